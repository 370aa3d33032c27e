//! What the reader of a kind works at: the table's surroundings, what is remembered of it, and where records and findings go.

use jiff::civil::Date;

use super::account::{SkippedRow, TakenFor};
use super::batch::{Batch, Record};
use super::context::{self, Places, Remembered};
use super::convert::{self, Take, Why};
use super::encoding::{Script, lost_letters};
use super::fields::Field;
use super::kind::Kind;
use super::line::Line;
use super::settings::Settings;
use super::surroundings::Surroundings;
use super::workbook::{Cell, Value};
use crate::domain::household::{Birth, Sex};
use crate::domain::issue::{Code, Hint, Severity};
use crate::domain::peoples::People;
use crate::domain::place::{CommuneRef, Place, Village, village_key};
use crate::domain::source::{CellRef, Source};

/// The issue of a mark that cannot be read.
pub(crate) const fn code_of_mark(why: Why) -> Code {
    match why {
        Why::ErrorValue | Why::NoCache => Code::CellUnreadable,
        Why::Unreadable | Why::Negative | Why::Fraction | Why::Suspect => Code::MarkUnknown,
    }
}

/// The thousands that a number with three decimals most likely was.
pub(crate) fn thousands(found: &str) -> Hint {
    let digits: String = found.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() { Hint::None } else { Hint::Value(digits) }
}

/// A commune and what told it.
#[derive(Clone, Debug)]
pub(crate) struct Told<T> {
    pub(crate) what: T,
    pub(crate) text: String,
}

/// Whether a birth may be one of somebody who lives on a day.
pub(crate) fn within_reason(birth: Birth, day: Option<Date>) -> bool {
    let late = day.is_some_and(|day| match birth {
        Birth::Day(date) => date > day,
        Birth::Month { year, month } => (year, month) > (day.year(), day.month()),
        Birth::Year(year) => year > day.year(),
    });
    !late && (1900..=2100).contains(&birth.year())
}

/// Whether a text would be a formula if a spreadsheet took it for one.
pub(crate) fn is_formula_like(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@']) && text.chars().nth(1).is_some()
}

/// All that the reader of a kind needs: the settings, the surroundings, and where results go.
pub(crate) struct Desk<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) places: &'a Places,
    pub(crate) around: Surroundings,
    pub(crate) remembered: Remembered,
    pub(crate) batch: &'a mut Batch,
}

impl Desk<'_> {
    /// Adds a finding about a cell.
    pub(crate) fn find(&mut self, code: Code, cell: CellRef, field: Field, found: &str, hint: Hint) {
        self.batch.findings.add(code, Some(&self.around.sheet.name), Some(cell), Some(field), found, hint);
    }

    /// Adds a finding about the cell of a field, with what stands there.
    pub(crate) fn find_at(&mut self, code: Code, line: &Line<'_>, field: Field, hint: Hint) {
        let cell = line.at_first(&[field]);
        self.find(code, cell, field, &line.found(field), hint);
    }

    /// Adds the finding that a row is nothing that is known.
    pub(crate) fn row_unknown(&mut self, cell: CellRef, found: &str) {
        self.batch.findings.add(Code::RowUnknown, Some(&self.around.sheet.name), Some(cell), None, found, Hint::None);
    }

    /// The row as a source.
    pub(crate) fn source(&self, line: &Line<'_>) -> Source {
        Source { sheet: self.around.sheet.clone(), row: line.row.row }
    }

    /// Counts rows of a record that is kept.
    pub(crate) fn used(&mut self, rows: u64) {
        if let Some(account) = self.batch.sheets.get_mut(self.around.index) {
            account.used += rows;
        }
    }

    /// Counts a row that is read and used at once.
    pub(crate) fn read_and_used(&mut self) {
        if let Some(account) = self.batch.sheets.get_mut(self.around.index) {
            account.read += 1;
            account.used += 1;
        }
    }

    /// Counts rows of a record that is left out.
    pub(crate) fn rejected(&mut self, rows: u64) {
        if let Some(account) = self.batch.sheets.get_mut(self.around.index) {
            account.rejected += rows;
        }
    }

    /// Counts a row that is no record.
    pub(crate) fn skipped(&mut self, line: &Line<'_>, taken_for: TakenFor) {
        self.skipped_row(line.row.row, line.row.cells, line.guess, taken_for);
    }

    /// Counts a row that is no record, be it above the table.
    pub(crate) fn skipped_row(&mut self, row: u32, cells: &[Cell<'_>], guess: Script, taken_for: TakenFor) {
        let Some(account) = self.batch.sheets.get_mut(self.around.index) else { return };
        account.skipped += 1;
        if self.settings.listing {
            let texts = cells.iter().map(|cell| convert::text(cell, guess)).filter(|text| !text.is_empty());
            let text = texts.collect::<Vec<_>>().join(" \u{b7} ");
            account.skipped_rows.push(SkippedRow { row, rows: 1, taken_for, text });
        }
    }

    /// Wraps a record of one row.
    pub(crate) fn record<T>(&self, value: T, identity: CellRef, place: Option<CellRef>) -> Record<T> {
        Record { value, sheet: self.around.index, rows: 1, year: self.around.year, identity, place }
    }

    /// A name that must be there. Reports what is missing, odd or lost in it.
    pub(crate) fn name(&mut self, line: &Line<'_>, field: Field) -> Option<String> {
        match line.cell(field).map(|cell| &cell.value) {
            Some(Value::Error(_)) => {
                self.find_at(Code::ErrorValue, line, field, Hint::None);
                return None;
            }
            Some(Value::MissingCache) => {
                self.find_at(Code::FormulaEmpty, line, field, Hint::None);
                return None;
            }
            _ => {}
        }
        let name = line.text(field).filter(|name| name.chars().any(char::is_alphanumeric));
        let Some(name) = name else {
            self.find_at(Code::NameMissing, line, field, Hint::None);
            return None;
        };
        self.look_at(line, field, &name);
        Some(name)
    }

    /// Reports lost letters and texts that would be formulas.
    pub(crate) fn look_at(&mut self, line: &Line<'_>, field: Field, text: &str) {
        if lost_letters(text) > 0 {
            self.find_at(Code::LettersLost, line, field, Hint::None);
        }
        if is_formula_like(text) {
            self.find_at(Code::FormulaText, line, field, Hint::None);
        }
    }

    /// A number or date that the row can do without.
    pub(crate) fn optional<T>(
        &mut self,
        line: &Line<'_>,
        field: Field,
        code: Code,
        read: impl Fn(&Cell<'_>, Script) -> Take<T>,
    ) -> Option<T> {
        match line.take(field, read) {
            Take::Blank => None,
            Take::Is(value) => Some(value),
            Take::Wrong(Why::ErrorValue | Why::NoCache) => {
                self.find_at(Code::CellUnreadable, line, field, Hint::None);
                None
            }
            Take::Wrong(Why::Unreadable | Why::Negative | Why::Fraction | Why::Suspect) => {
                self.find_at(code, line, field, Hint::None);
                None
            }
        }
    }

    /// A mark column: `None` where the list has no such column or the cell cannot be read, else yes or no.
    pub(crate) fn mark(&mut self, line: &Line<'_>, field: Field) -> Option<bool> {
        if !line.columns.has(field) {
            return None;
        }
        match line.take(field, convert::mark) {
            // In what `ingest` writes, a blank mark is one that nobody made; elsewhere it is no.
            Take::Blank => (!line.columns.is_clean()).then_some(false),
            Take::Is(yes) => Some(yes),
            Take::Wrong(why) => {
                self.find_at(code_of_mark(why), line, field, Hint::None);
                None
            }
        }
    }

    /// People, with an issue where it is not known.
    pub(crate) fn people_of(&mut self, line: &Line<'_>, field: Field, text: &str) -> Option<People> {
        let people = People::parse(text);
        if people.is_none() {
            let hint = People::nearest(text).map_or(Hint::None, |people| Hint::Nearest(people.name().to_owned()));
            self.find_at(Code::PeopleUnknown, line, field, hint);
        }
        people
    }

    /// People of the column, if there is one.
    pub(crate) fn people(&mut self, line: &Line<'_>) -> Option<People> {
        let text = line.text(Field::People)?;
        self.people_of(line, Field::People, &text)
    }

    /// Birth, and the sex that its column tells.
    pub(crate) fn birth(&mut self, line: &Line<'_>) -> (Option<Birth>, Option<Sex>) {
        let man = line.cell(Field::BirthMale).map(|_| (Field::BirthMale, Some(Sex::Male)));
        let woman = line.cell(Field::BirthFemale).map(|_| (Field::BirthFemale, Some(Sex::Female)));
        let (field, sex) = match (man, woman) {
            (Some(_), Some(_)) => {
                self.find_at(Code::SexUnknown, line, Field::BirthFemale, Hint::None);
                (Field::BirthMale, None)
            }
            (Some(told), None) | (None, Some(told)) => told,
            (None, None) => (Field::Birth, None),
        };
        // A mark instead of a year tells the sex alone, and the year may stand in a column of its own.
        if sex.is_some()
            && matches!(line.take(field, convert::birth), Take::Wrong(_))
            && line.take(field, convert::mark) == Take::Is(true)
        {
            return (self.birth_in(line, Field::Birth), sex);
        }
        (self.birth_in(line, field), sex)
    }

    fn birth_in(&mut self, line: &Line<'_>, field: Field) -> Option<Birth> {
        let parts = [Field::BirthDay, Field::BirthMonth];
        let birth = if field == Field::Birth && line.columns.has_any(&parts) {
            let [day, month] = parts.map(|part| line.text(part).unwrap_or_else(|| "0".to_owned()));
            self.optional(line, field, Code::DateWrong, |cell, guess| convert::birth_in_parts(&day, &month, cell, guess))?
        } else {
            self.optional(line, field, Code::DateWrong, convert::birth)?
        };
        if !within_reason(birth, self.around.day) {
            self.find_at(Code::DateOutside, line, field, Hint::None);
            return None;
        }
        Some(birth)
    }

    /// Sex: of the column, of two mark columns, else what the birth column tells.
    pub(crate) fn sex(&mut self, line: &Line<'_>, told: Option<Sex>) -> Option<Sex> {
        if let Some(text) = line.text(Field::Sex) {
            let sex = convert::sex(&text);
            if sex.is_none() {
                self.find_at(Code::SexUnknown, line, Field::Sex, Hint::None);
            }
            return sex.or(told);
        }
        let man = self.mark(line, Field::SexMale);
        let woman = self.mark(line, Field::SexFemale);
        match (man, woman) {
            (Some(true), Some(true)) => {
                self.find_at(Code::SexUnknown, line, Field::SexFemale, Hint::None);
                told
            }
            (Some(true), _) | (None, Some(false)) => Some(Sex::Male),
            (_, Some(true)) => Some(Sex::Female),
            (Some(false), Some(false) | None) | (None, None) => told,
        }
    }

    /// A full date within reason.
    pub(crate) fn date(&mut self, line: &Line<'_>, field: Field) -> Option<Date> {
        let date = self.optional(line, field, Code::DateWrong, convert::date)?;
        if date.year() < 1900 || self.around.day.is_some_and(|day| date > day) {
            self.find_at(Code::DateOutside, line, field, Hint::None);
            return None;
        }
        Some(date)
    }

    /// A day of the future is as good as one of the past: from when on something holds.
    pub(crate) fn any_date(&mut self, line: &Line<'_>, field: Field) -> Option<Date> {
        self.optional(line, field, Code::DateWrong, convert::date)
    }

    /// The year of a row: what its own column says, else that of the table.
    pub(crate) fn year(&self, line: &Line<'_>) -> Option<i16> {
        let own = line.text(Field::Year).and_then(|year| year.parse().ok());
        own.or(self.around.year)
    }

    /// Where the row's household, area or twinned village lies. `Err` when the row cannot count without it.
    pub(crate) fn place(&mut self, line: &Line<'_>) -> Result<Place, ()> {
        let commune = self.commune(line)?;
        self.check_time(line, &commune);
        let village = self.village(line, &commune);
        Ok(Place { commune, village })
    }

    /// The same of an area: below a commune its villages may stand in the column of communes ("1.1 | Buôn Jun").
    pub(crate) fn place_of_area(&mut self, line: &Line<'_>, above: Option<&CommuneRef>) -> Result<Place, ()> {
        let day = context::place_day(self.year(line), self.settings);
        let village = line
            .text(Field::Commune)
            .filter(|name| line.text(Field::Village).is_none() && context::begins_as_village(name))
            .filter(|name| self.remembered.by_name(self.places, name, day).is_none());
        let (Some(name), Some(commune)) = (village, above) else { return self.place(line) };
        let village = self.village_named((line, Field::Commune), commune, &name);
        Ok(Place { commune: commune.clone(), village: Some(village) })
    }

    /// The same where one cell may name several villages, and the commune may be told by the row above.
    pub(crate) fn places(&mut self, line: &Line<'_>, above: Option<CommuneRef>) -> Result<Vec<Place>, ()> {
        let commune = above.map_or_else(|| self.commune(line), Ok)?;
        self.check_time(line, &commune);
        let named = line.text(Field::Village).map(|text| context::villages_in(&text)).unwrap_or_default();
        if named.len() < 2 {
            let village = self.village(line, &commune);
            return Ok(vec![Place { commune, village }]);
        }
        let place = |name: &String| Place {
            commune: commune.clone(),
            village: Some(self.village_named((line, Field::Village), &commune, name)),
        };
        Ok(named.iter().map(place).collect())
    }

    /// Says where a commune did not exist on the day of the list.
    fn check_time(&mut self, line: &Line<'_>, commune: &CommuneRef) {
        if context::place_day(self.year(line), self.settings).is_some_and(|day| !commune.exists_on(day)) {
            let cell = line.at_first(&[Field::Commune, Field::CommuneCode, Field::Head, Field::Name]);
            self.find(Code::CommuneOtherTime, cell, Field::Commune, commune.name(), Hint::None);
        }
    }

    fn commune(&mut self, line: &Line<'_>) -> Result<CommuneRef, ()> {
        let outer = self.around.banner_commune.clone().or_else(|| self.around.commune.clone());
        let of_column = line.text(Field::Commune).map(|text| (Field::Commune, text));
        let told = of_column.or_else(|| self.commune_in_address(line));
        let Some((field, text)) = told else {
            return self.commune_beside(line, outer);
        };
        let day = context::place_day(self.year(line), self.settings);
        let commune = match self.remembered.by_name(self.places, &text, day) {
            Some(commune) => commune,
            None => {
                let (stranger, hint) = self.remembered.stranger(self.places, &text);
                let severity = if self.settings.communes_listed { Severity::Error } else { Severity::Warning };
                let cell = line.at(field);
                self.batch.findings.add_as(
                    severity,
                    Code::CommuneUnknown,
                    Some(&self.around.sheet.name),
                    cell,
                    Some(field),
                    &text,
                    hint,
                );
                if self.settings.communes_listed {
                    return Err(());
                }
                return Ok(stranger);
            }
        };
        if let Some(outer) = outer.filter(|outer| outer.what != commune) {
            self.find_at(Code::PlaceContradicts, line, field, Hint::Other(outer.text));
        }
        let code = line.text(Field::CommuneCode).and_then(|code| code.parse().ok());
        if let Some(of_code) = code.and_then(|code| self.places.by_code(code, day))
            && of_code.code != commune.code
        {
            self.find_at(Code::PlaceContradicts, line, Field::CommuneCode, Hint::Other(commune.name().to_owned()));
        }
        Ok(commune)
    }

    /// The commune of a row whose commune cell is blank: by its code, else from around the table.
    fn commune_beside(&mut self, line: &Line<'_>, outer: Option<Told<CommuneRef>>) -> Result<CommuneRef, ()> {
        let day = context::place_day(self.year(line), self.settings);
        if let Some(text) = line.text(Field::CommuneCode)
            && let Ok(code) = text.parse()
            && let Some(commune) = self.places.by_code(code, day)
        {
            if !self.places.is_ambiguous(code, day) {
                return Ok(commune);
            }
            // A title or a banner may name the one of the two that is meant.
            let Some(named) = outer.filter(|outer| outer.what.code == Some(code)) else {
                self.find_at(Code::CommuneAmbiguous, line, Field::CommuneCode, Hint::None);
                return Err(());
            };
            return Ok(named.what);
        }
        outer.map(|outer| outer.what).ok_or_else(|| {
            if line.text(Field::CommuneCode).is_some() {
                return self.find_at(Code::CommuneNone, line, Field::CommuneCode, Hint::None);
            }
            let cell = line.at_first(&[Field::Commune, Field::Head, Field::Name]);
            self.find(Code::CommuneNone, cell, Field::Commune, "", Hint::None);
        })
    }

    fn village(&mut self, line: &Line<'_>, commune: &CommuneRef) -> Option<Village> {
        let outer = self.around.banner_village.clone().or_else(|| self.around.village.clone());
        let Some((field, text)) = self.village_told(line) else {
            // Cells that are merged over several rows leave all but the first of them blank.
            if outer.is_none() && self.around.kind == Kind::Households && line.columns.has(Field::Village) {
                self.find_at(Code::VillageMissing, line, Field::Village, Hint::None);
            }
            return outer.map(|outer| Village::new(&outer.what));
        };
        if let Some(outer) = outer.filter(|outer| village_key(&outer.what) != village_key(&text)) {
            self.find_at(Code::PlaceContradicts, line, field, Hint::Other(outer.text));
        }
        Some(self.village_named((line, field), commune, &text))
    }

    fn village_named(&mut self, (line, field): (&Line<'_>, Field), commune: &CommuneRef, name: &str) -> Village {
        self.look_at(line, field, name);
        if let Some(known) = self.settings.villages.get(commune.name())
            && let Some(hint) = self.remembered.unknown_village(commune.name(), known, name)
        {
            self.find_at(Code::VillageUnknown, line, field, hint);
        }
        self.remembered.village(name)
    }
}
