//! What surrounds a table, worked out once for the sheet and anew at every banner: year, commune, village, organisation.

use std::sync::Arc;

use jiff::civil::Date;

use super::account::SheetAccount;
use super::amounts::is_done;
use super::columns::Columns;
use super::context::{self, Places, Remembered};
use super::desk::{Desk, Told};
use super::fields::Field;
use super::households::{class_of_section, class_told, names_others, says_everybody};
use super::kind::Kind;
use super::membership::{is_inside, is_outside};
use super::pledge_lists::is_pledge_list;
use super::rows::is_ordinal;
use super::settings::Settings;
use super::standings::standing_of_section;
use super::told_support::ToldSupport;
use crate::domain::household::Class;
use crate::domain::issue::{Code, Hint, Severity};
use crate::domain::member::Standing;
use crate::domain::organisation::{cell_place, committee_place};
use crate::domain::place::{CommuneRef, village_key};
use crate::domain::source::{CellRef, Sheet};
use crate::domain::spelling::{fold, title_case_place};

/// What stands between the lines of a title that are kept as one.
pub(crate) const BETWEEN_LINES: &str = " \u{b7} ";

/// What surrounds a table.
#[derive(Debug)]
pub(crate) struct Surroundings {
    pub(crate) sheet: Arc<Sheet>,
    pub(crate) index: usize,
    pub(crate) kind: Kind,
    pub(crate) year: Option<i16>,
    pub(crate) day: Option<Date>,
    pub(crate) title: String,
    /// The class of households that have none of their own: of the title, or of the section.
    pub(crate) class: Option<Class>,
    /// What is told of the support of a register's rows.
    pub(crate) support: ToldSupport,
    /// The standing that the title tells of all members.
    pub(crate) title_standing: Option<Standing>,
    section: Section,
    /// Commune of the sheet as a whole: sheet name, title or file name.
    pub(crate) commune: Option<Told<CommuneRef>>,
    /// Village of the sheet as a whole.
    pub(crate) village: Option<Told<String>>,
    /// Organisation and cell of the sheet as a whole.
    pub(crate) organisation: Option<String>,
    pub(crate) cell: Option<String>,
    /// Of the last banner.
    pub(crate) banner_commune: Option<Told<CommuneRef>>,
    pub(crate) banner_village: Option<Told<String>>,
    pub(crate) banner_organisation: Option<String>,
    pub(crate) banner_cell: Option<String>,
}

/// What the section of a roster or a ledger tells of the rows below it.
#[derive(Clone, Copy, Debug, Default)]
struct Section {
    standing: Option<Standing>,
    /// Whether what the rows promise was delivered.
    delivered: Option<bool>,
    /// Whether they are of people who are no members.
    outside: bool,
    /// Whether it ends with the organisation or the cell that it is a part of.
    is_part: bool,
}

impl Section {
    fn tells_nothing(self) -> bool {
        self.standing.is_none() && self.delivered.is_none() && !self.outside
    }
}

impl Surroundings {
    /// Of a table of which nothing is known yet: the sheet, and the place of its account.
    pub(crate) fn new(sheet: Arc<Sheet>, index: usize) -> Self {
        Self {
            sheet,
            index,
            kind: Kind::Households,
            year: None,
            day: None,
            title: String::new(),
            class: None,
            support: ToldSupport::default(),
            title_standing: None,
            section: Section::default(),
            commune: None,
            village: None,
            organisation: None,
            cell: None,
            banner_commune: None,
            banner_village: None,
            banner_organisation: None,
            banner_cell: None,
        }
    }

    /// Takes the heading of a section of a roster or a ledger for what it tells of those below it; says whether it tells anything.
    fn enter_section(&mut self, text: &str) -> bool {
        let (standing, delivered) = (standing_of_section(text), is_done(text));
        let outside = is_outside(text);
        if standing.is_none() && delivered.is_none() && !outside && !is_inside(text) {
            return false;
        }
        // Below the name of a cell it is a section of that cell.
        let is_first = self.section.tells_nothing();
        self.section.is_part |= is_first && (self.banner_organisation.is_some() || self.banner_cell.is_some());
        self.section.standing = standing.or(self.section.standing);
        self.section.delivered = delivered.or(self.section.delivered);
        self.section.outside = outside;
        true
    }

    /// The standing of members of whom nothing else tells it.
    pub(crate) fn standing(&self) -> Option<Standing> {
        self.section.standing.or(self.title_standing)
    }

    /// Whether the section says that what its rows promise was delivered.
    pub(crate) fn delivered(&self) -> Option<bool> {
        self.section.delivered
    }

    /// Whether the section is of people who are no members.
    pub(crate) fn outside(&self) -> bool {
        self.section.outside
    }

    /// Another organisation or cell ends the sections that are parts of one.
    fn leave_section(&mut self) {
        if self.section.is_part {
            self.section = Section { is_part: true, ..Section::default() };
        }
    }
}

impl Desk<'_> {
    /// Year, commune, village and organisation from title, sheet name and file name; contradictions among them are issues.
    pub(crate) fn surround(&mut self, kind: Kind, columns: &Columns, lines: &[String]) {
        let name = self.around.sheet.name.clone();
        let file = self.batch.file.clone();
        self.around.kind = kind;
        self.around.class = class_told(&self.around.title, &self.around.sheet.name);
        let surveyed = matches!(kind, Kind::Households | Kind::Totals);
        let of_title = columns.year.or_else(|| lines.iter().find_map(|line| context::year_in_title(line)));
        let of_title = of_title.or_else(|| lines.iter().find_map(|line| context::year_counted_to(line)));
        let of_path = context::year_in_path(&file);
        let (year, other) = year_of(self.settings, surveyed, of_title, of_path);
        if surveyed && !columns.has(Field::Year) && (year.is_none() || other.is_some()) {
            let found = year.map(|year| year.to_string()).unwrap_or_default();
            let hint = other.map_or(Hint::None, |other| Hint::Other(other.to_string()));
            self.batch.findings.add(Code::YearUnknown, Some(&name), None, Some(Field::Year), &found, hint);
        }
        let part = lines.iter().find(|line| context::is_of_part(line)).filter(|_| surveyed);
        if let Some(line) = part.filter(|_| !columns.is_clean()) {
            self.batch.findings.add(Code::ListOfPart, Some(&name), None, None, line, Hint::None);
        }
        let day = context::day_of(year, self.settings);
        self.around.year = year;
        self.around.day = day;
        if let Some(account) = self.batch.sheets.get_mut(self.around.index).filter(|_| !surveyed) {
            account.told_year = of_title.or(of_path);
        }
        if matches!(kind, Kind::Members | Kind::Pledges) {
            let mut all = lines.to_vec();
            if fold(&name).starts_with("dang bo ") || cell_place(&fold(&name)).is_some() {
                all.push(name.clone());
            }
            (self.around.organisation, self.around.cell) = context::organisation_in(&all);
            self.around.title_standing = lines.iter().chain([&name]).find_map(|line| standing_of_section(line));
            self.around.section.delivered = is_done(&name);
            if kind == Kind::Members && self.around.title_standing.is_some_and(|standing| standing != Standing::Official) {
                self.batch.standing_lists.insert(self.around.index);
                // Numbers alone do not tell whom of a roster it names.
                self.batch.uncountable = true;
            }
            if kind == Kind::Members && is_pledge_list(columns) {
                self.batch.pledge_lists.insert(self.around.index);
                self.batch.uncountable |= self.settings.counting.members();
            }
        } else {
            self.place_around(&name, &file, lines);
        }
        if kind == Kind::Twinning {
            self.around.organisation = context::organisation_in(lines).0.filter(|_| columns.has(Field::Cell));
        }
        let commune = self.around.commune.as_ref().map(|told| told.what.name().to_owned());
        if kind == Kind::Households && says_everybody(&self.around.title) {
            self.batch.everybody = true;
        }
        if let Some(account) = self.batch.sheets.get_mut(self.around.index) {
            account.kind = Some(kind);
            account.year = year;
            account.commune = commune;
        }
    }

    /// Begins the account of another table of the sheet with the row that is being looked at. Nothing that stood between the rows
    /// above is said of its rows.
    pub(crate) fn another_table(&mut self, title: &[String]) {
        let sheet = self.around.sheet.clone();
        self.another_account(SheetAccount { sheet: sheet.name.clone(), ..SheetAccount::default() });
        self.around = Surroundings::new(sheet, self.around.index);
        self.around.title = title.join(BETWEEN_LINES);
        self.remembered = Remembered::default();
    }

    /// Goes on in another account, to which the row that is being looked at belongs.
    fn another_account(&mut self, account: SheetAccount) {
        if let Some(before) = self.batch.sheets.get_mut(self.around.index) {
            before.read -= 1;
        }
        self.batch.sheets.push(SheetAccount { read: 1, ..account });
        self.around.index = self.batch.sheets.len() - 1;
    }

    /// The year that the title of further rows of a list tells, where it is another than that of the rows above, and nobody said of
    /// what year the list is.
    pub(crate) fn other_year(&self, columns: &Columns, title: &[String]) -> Option<i16> {
        let told = self.settings.year.is_some() || columns.has(Field::Year);
        let surveyed = matches!(self.around.kind, Kind::Households | Kind::Totals);
        let year = title.iter().find_map(|line| context::year_in_title(line)).filter(|_| surveyed && !told)?;
        self.around.year.is_some_and(|of_list| of_list != year).then_some(year)
    }

    /// Begins an account for the rows of another year with the row that is being looked at.
    pub(crate) fn another_year(&mut self, year: i16) {
        (self.around.year, self.around.day) = (Some(year), context::day_of(Some(year), self.settings));
        let Some(account) = self.batch.sheets.get(self.around.index) else { return };
        let (sheet, columns, commune) = (account.sheet.clone(), account.columns.clone(), account.commune.clone());
        let (kind, year) = (account.kind, Some(year));
        self.another_account(SheetAccount { sheet, kind, year, columns, commune, ..SheetAccount::default() });
    }

    fn place_around(&mut self, name: &str, file: &str, lines: &[String]) {
        let (places, day) = (self.places, context::place_day(self.around.year, self.settings));
        let stem = file.rsplit('/').next().unwrap_or(file);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).replace(['-', '_'], " ");
        let of_sheet =
            places.by_name(name, day).filter(|_| !context::is_village_name(name)).map(|commune| (commune, name.to_owned()));
        let of_title = commune_in(lines, places, day);
        let of_file = places.in_text(&stem, true, day).map(|(commune, _)| (commune, stem.clone()));
        let known: Vec<_> = [of_sheet, of_title, of_file].into_iter().flatten().collect();
        if let Some((commune, text)) = known.first() {
            if let Some((_, other)) = known.iter().find(|(other, _)| other != commune) {
                let hint = Hint::Other(other.clone());
                self.batch.findings.add(Code::PlaceContradicts, Some(name), None, Some(Field::Commune), text, hint);
            }
            self.around.commune = Some(Told { what: commune.clone(), text: text.clone() });
        } else if let Some(found) = lines.iter().find_map(|line| context::unlisted_commune(line)) {
            self.unknown_commune(name, &found);
        }
        let of_sheet = village_of_sheet(name);
        let of_title = village_beside(lines, places, day);
        if let (Some(sheet), Some(title)) = (&of_sheet, &of_title)
            && village_key(sheet) != village_key(title)
        {
            self.batch.findings.add(
                Code::PlaceContradicts,
                Some(name),
                None,
                Some(Field::Village),
                sheet,
                Hint::Other(title.clone()),
            );
        }
        self.around.village = of_sheet.or(of_title).map(|what| Told { text: what.clone(), what });
    }

    /// Takes the lines above another table of the same sheet for what its rows are of; what they do not tell stays as it was. Says
    /// whether they name another commune.
    pub(crate) fn surround_anew(&mut self, lines: &[String], cell: CellRef) -> bool {
        if matches!(self.around.kind, Kind::Members | Kind::Pledges) {
            let (organisation, of_cell) = context::organisation_in(lines);
            let named = organisation.is_some();
            if named {
                self.around.banner_organisation = organisation;
            }
            if named || of_cell.is_some() {
                self.around.banner_cell = of_cell;
                self.around.leave_section();
            }
            lines.iter().for_each(|line| _ = self.around.enter_section(line));
            return named;
        }
        self.support_anew(lines);
        let year = lines.iter().find_map(|line| context::year_in_title(line));
        if let (Some(year), Some(of_list)) = (year, self.around.year)
            && year != of_list
        {
            self.find(Code::YearUnknown, cell, Field::Year, &of_list.to_string(), Hint::Other(year.to_string()));
        }
        self.around.class = lines.iter().find_map(|line| class_of_section(line)).unwrap_or(self.around.class);
        self.batch.everybody |= self.around.kind == Kind::Households && lines.iter().any(|line| says_everybody(line));
        let (places, day) = (self.places, context::place_day(self.around.year, self.settings));
        let commune = commune_in(lines, places, day);
        let before = self.around.banner_commune.as_ref().or(self.around.commune.as_ref()).map(|told| &told.what);
        let other = commune.as_ref().is_some_and(|(commune, _)| before != Some(commune));
        if let Some((what, text)) = commune.filter(|_| other) {
            self.around.banner_commune = Some(Told { what, text });
            // The village before lies in the other commune.
            (self.around.village, self.around.banner_village) = (None, None);
        }
        if let Some(what) = village_beside(lines, places, day) {
            self.around.banner_village = Some(Told { text: what.clone(), what });
        }
        other
    }

    /// Takes what lines between the rows of a register tell of the support below; says whether they tell anything.
    fn support_anew(&mut self, lines: &[String]) -> bool {
        let told = ToldSupport::of_section(lines);
        if self.around.kind != Kind::Support || (told.kind.is_none() && !told.tells()) {
            return false;
        }
        let before = self.around.support;
        self.around.support = match (told.kind, told.tells()) {
            (Some(_), true) => told,
            (kind, false) => ToldSupport { kind, ..before },
            (None, true) => ToldSupport { kind: before.kind, ..told },
        };
        true
    }

    /// A title that names a commune outside the list.
    fn unknown_commune(&mut self, sheet: &str, found: &str) {
        let listed = self.settings.communes_listed;
        let severity = if listed { Severity::Error } else { Severity::Warning };
        let hint = self.places.nearest(found).map_or(Hint::None, |name| Hint::Nearest(name.to_owned()));
        self.batch.findings.add_as(severity, Code::CommuneUnknown, Some(sheet), None, Some(Field::Commune), found, hint);
        if !listed {
            self.around.commune = Some(Told { what: context::unlisted(found), text: found.to_owned() });
        }
    }
}

/// The village that a sheet is named after: "Buôn Cuôr", "B. Cuôr". "B.1" is a form, and "T.1" a month.
fn village_of_sheet(name: &str) -> Option<String> {
    let short = name.strip_prefix("B.").map(str::trim).filter(|rest| rest.starts_with(char::is_alphabetic));
    let whole = short.map_or_else(|| name.to_owned(), |rest| format!("Buôn {rest}"));
    context::is_village_name(&whole).then_some(whole)
}

/// The commune that lines above a table name, and the line that does.
fn commune_in(lines: &[String], places: &Places, day: Option<Date>) -> Option<(CommuneRef, String)> {
    lines.iter().find_map(|line| Some((places.in_text(line, false, day)?.0, line.clone())))
}

/// The village that they name, beside the commune.
fn village_beside(lines: &[String], places: &Places, day: Option<Date>) -> Option<String> {
    lines.iter().find_map(|line| {
        let rest = places.in_text(line, false, day).map_or_else(|| line.clone(), |(_, rest)| rest);
        context::village_in(&rest)
    })
}

/// The year of a list, and another that contradicts it. A year that the programme file gives stands above the name of the
/// file, which often tells when it was saved; one that somebody typed for all lists is compared with both, and a title that
/// it agrees with settles the matter. Rosters and ledgers are judged on the year that is asked for, whatever they tell.
fn year_of(settings: &Settings, surveyed: bool, of_title: Option<i16>, of_path: Option<i16>) -> (Option<i16>, Option<i16>) {
    let told = settings.year.or(settings.asked.filter(|_| !surveyed));
    let year = [told, of_title, of_path, settings.asked].into_iter().flatten().next();
    let settled = settings.asked.is_some() && settings.asked == of_title;
    let compared = (told.is_none() || settings.asked.is_some()) && !settled;
    let other = [told, of_title, of_path.filter(|_| compared)].into_iter().flatten().find(|other| Some(*other) != year);
    (year, other)
}

/// What lines in capitals begin with that name no village: groups of households, parts of a list, pages.
const NO_PLACES: [&str; 9] = ["ho ", "cac ho ", "nhom ", "doi tuong ", "dien ", "phan ", "muc ", "trang ", "to trinh"];

/// The name that a banner begins with, without the number of its section and without what is said of it: "I. Buôn Jun: 12 hộ",
/// "Buôn Jun (tiếp theo)", "Buôn Jun - Trưởng buôn: ...".
fn name_in_banner(text: &str) -> &str {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let numbered = first.ends_with(['.', ')', '/']) && is_ordinal(first);
    let name = if numbered || matches!(first, "*" | "-" | "+") { rest } else { text };
    let ends = [":", "(", ";", " - ", " \u{2013} "].iter().filter_map(|mark| name.find(mark));
    ends.min().and_then(|end| name.get(..end)).unwrap_or(name).trim()
}

/// Whether a cell is one of the committee named above it. A cell has none below it, and one that the programme file lists or that is of
/// the district ("Chi bộ Công an huyện") is no part of a commune's committee.
fn is_within_committee(name: &str, folded: &str, desk: &mut Desk<'_>) -> bool {
    let above = desk.around.banner_organisation.as_ref().or(desk.around.organisation.as_ref());
    let is_committee = above.is_some_and(|above| cell_place(&fold(above)).is_none());
    let of_district = folded.split(' ').any(|word| word == "huyen")
        && above.is_some_and(|above| committee_place(&fold(above)).is_some_and(|place| !place.contains("huyen")));
    is_committee && !of_district && desk.known_organisation(name).is_none()
}

/// Takes a banner for what the rows below are of. Says whether it names a commune.
pub(crate) fn banner(text: &str, cell: CellRef, desk: &mut Desk<'_>) -> bool {
    let name = name_in_banner(text);
    let folded = fold(name);
    if matches!(desk.around.kind, Kind::Members | Kind::Pledges) {
        if desk.around.enter_section(text) {
            return false;
        }
        if committee_place(&folded).is_some() {
            desk.around.leave_section();
            desk.around.banner_organisation = Some(name.to_owned());
            desk.around.banner_cell = None;
            return true;
        }
        if cell_place(&folded).is_some() {
            desk.around.leave_section();
            let within = is_within_committee(name, &folded, desk);
            if within {
                desk.around.banner_cell = Some(name.to_owned());
            } else {
                desk.around.banner_organisation = Some(name.to_owned());
                desk.around.banner_cell = None;
            }
            return !within;
        }
    }
    // A section of a kind of support: "II. Vay vốn tín dụng".
    if desk.support_anew(&[text.to_owned()]) {
        return false;
    }
    // A section of a class: "I. HỘ NGHÈO", "Hộ cận nghèo Buôn Jun".
    if desk.around.kind == Kind::Households && class_of_section(text).is_some() {
        return desk.surround_anew(&[text.to_owned()], cell);
    }
    let day = context::place_day(desk.around.year, desk.settings);
    let bare = desk.places.by_name(name, day).filter(|_| !context::is_village_name(name));
    let beside = desk.places.in_text(text, false, day).filter(|_| bare.is_none());
    let village = beside.as_ref().and_then(|(_, rest)| context::village_in(rest));
    if let Some(commune) = bare.or(beside.map(|(commune, _)| commune)) {
        if let Some(outer) = desk.around.commune.clone().filter(|outer| outer.what != commune) {
            desk.find(Code::PlaceContradicts, cell, Field::Commune, text, Hint::Other(outer.text));
        }
        let before = desk.around.banner_commune.as_ref().or(desk.around.commune.as_ref()).map(|told| &told.what);
        // A village of the same commune begins no other.
        let begins = village.is_none() || before != Some(&commune);
        desk.around.banner_commune = Some(Told { what: commune, text: text.to_owned() });
        desk.around.banner_village = village.map(|what| Told { what, text: text.to_owned() });
        return begins;
    }
    let ranked = context::village_in(name).filter(|_| context::is_village_name(name));
    let bare = || name == name.to_uppercase() && !NO_PLACES.iter().any(|start| folded.starts_with(start));
    let named = ranked.or_else(|| bare().then(|| title_case_place(name).into_owned()));
    if let Some(found) = context::unlisted_commune(text) {
        let name = desk.around.sheet.name.clone();
        let severity = if desk.settings.communes_listed { Severity::Error } else { Severity::Warning };
        desk.batch.findings.add_as(
            severity,
            Code::CommuneUnknown,
            Some(&name),
            Some(cell),
            Some(Field::Commune),
            &found,
            Hint::None,
        );
        desk.around.banner_commune = Some(Told { what: context::unlisted(&found), text: text.to_owned() });
        desk.around.banner_village = None;
        return true;
    }
    let Some(village) = named else {
        if desk.around.kind == Kind::Households && names_others(name) {
            desk.around.class = class_told(&desk.around.title, &desk.around.sheet.name);
        }
        desk.row_unknown(cell, text);
        return false;
    };
    if let Some(outer) = desk.around.village.clone().filter(|outer| village_key(&outer.what) != village_key(&village)) {
        desk.find(Code::PlaceContradicts, cell, Field::Village, text, Hint::Other(outer.text));
    }
    desk.around.banner_village = Some(Told { what: village, text: text.to_owned() });
    false
}
