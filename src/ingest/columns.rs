//! From headings to fields: which column holds what, which kind of table that makes, and what is missing or doubled.

use std::collections::BTreeMap;

use super::amount_columns::{self, zeros_of};
use super::area_columns::{COUNTS, beside};
use super::asides::set_aside;
use super::asked::{Asked, SHORTEST_START, meanings_of};
use super::fields::Field;
use super::given::{self, Given};
use super::headings::Heading;
use super::instalments::{self, Instalments};
use super::kind::Kind;
use super::kind_columns::{self, KindColumn, kind_columns};
use super::told_support::ToldSupport;
use crate::domain::spelling::{fold, fold_tight};

/// How surely a heading names a field; the surest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The programme file says so.
    Told,
    /// The whole heading.
    Whole,
    /// The words of a pledge under any wording.
    Words,
    /// A count of an area under any wording.
    Count,
    /// The last line of a grouped heading.
    Last,
    /// A part of what the group says: "Hộ nghèo / Tái nghèo".
    Part,
    /// Other words for the whole heading, or for its last line.
    Reworded,
    /// The beginning of the heading.
    Start,
}

/// The columns of a sheet, as one kind of table sees them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// The column of each field, sorted by field.
    of: Vec<(Field, u32)>,
    /// Fields that two columns fit equally well: the columns.
    pub(crate) doubled: Vec<(Field, Vec<u32>)>,
    /// Whether the rows of persons have a number only where a household begins.
    pub(crate) numbers_heads: bool,
    /// Second parts of names.
    given: Vec<Given>,
    /// What a mark stands for in columns of amounts whose headings tell it: "01 ngày lương", "10 cây giống".
    marked: Vec<(Field, u32)>,
    /// How many zeros the unit stands for in which a column of money is counted.
    zeros: Vec<(Field, u8)>,
    /// Fields of which the cells of several columns are added up.
    instalments: Vec<Instalments>,
    /// Further columns of marks, of which any may hold the one of a row.
    further: Vec<(Field, u32)>,
    /// The year of the columns, where there are some of other years beside them.
    pub(crate) year: Option<i16>,
    /// Columns that are each of one kind of support.
    kinds: Vec<KindColumn>,
    /// Whether the rows of a register are of persons, each with the head of the household.
    pub(crate) of_persons: bool,
}

impl Columns {
    /// Takes headings for the columns of a kind of table. `told` are the columns that the programme file names: key → heading.
    pub(super) fn new(kind: Kind, headings: &[Asked<'_>], told: Option<&BTreeMap<String, String>>) -> Self {
        let mut best: BTreeMap<Field, (Fit, Vec<u32>)> = BTreeMap::new();
        let mut fits: Vec<Option<(Field, Fit)>> = headings.iter().map(|asked| field_of(kind, asked, told)).collect();
        if kind == Kind::Totals {
            place_beside(headings, &mut fits);
        }
        set_aside(kind, headings, &mut fits);
        let instalments = match kind {
            Kind::Members | Kind::Pledges => instalments::find(headings, &mut fits, |asked| field_of(kind, asked, None)),
            Kind::Households | Kind::Totals => instalments::halves(headings, &mut fits, |asked| field_of(kind, asked, None)),
            Kind::Twinning | Kind::Support | Kind::Assignment | Kind::Corrections => Vec::new(),
        };
        for (asked, fit) in headings.iter().zip(fits) {
            let Some((field, fit)) = fit else { continue };
            let col = asked.heading.col;
            let entry = best.entry(field).or_insert((fit, Vec::new()));
            if fit < entry.0 {
                *entry = (fit, vec![col]);
            } else if fit == entry.0 {
                entry.1.push(col);
            }
        }
        let mut columns = Self { instalments, ..Self::default() };
        for (field, (fit, cols)) in best {
            if fit == Fit::Part {
                columns.further.extend(cols.iter().skip(1).map(|col| (field, *col)));
            } else if cols.len() > 1 && !field.may_double() && fit != Fit::Start {
                columns.doubled.push((field, cols.clone()));
            }
            if (cols.len() == 1 || fit != Fit::Start)
                && let Some(col) = cols.first()
            {
                columns.of.push((field, *col));
            }
        }
        let of_number =
            |field: &Field| Field::AMOUNTS.contains(field) && !matches!(field, Field::PledgedMoney | Field::DeliveredMoney);
        for (field, col) in columns.of.iter().filter(|(field, _)| of_number(field)) {
            let heading = headings.iter().map(|asked| asked.heading).find(|heading| heading.col == *col);
            columns.marked.extend(heading.and_then(amount_columns::number_in).map(|number| (*field, number)));
        }
        let of_money = |field: &Field| matches!(field, Field::PledgedMoney | Field::DeliveredMoney);
        for (field, col) in columns.of.iter().filter(|(field, _)| of_money(field)) {
            let parts = columns.instalments.iter().filter(|of| of.field == *field).flat_map(|of| &of.cols);
            let mut asked =
                std::iter::once(col).chain(parts).filter_map(|col| headings.iter().find(|asked| asked.heading.col == *col));
            columns.zeros.extend(asked.find_map(|asked| zeros_of(&asked.folded)).map(|zeros| (*field, zeros)));
        }
        columns.join_names(headings);
        columns.join_births();
        columns.join_sexes(headings);
        if matches!(kind, Kind::Support | Kind::Households) {
            columns.kinds = kind_columns(headings, |col| !columns.is_free(col));
        }
        if kind == Kind::Support {
            columns.join_heads(headings);
            columns.of_persons |= columns.has(Field::Relation);
        }
        columns
    }

    /// The same, of which it is known that they are those of a year.
    pub(super) fn of_year(self, year: Option<i16>) -> Self {
        Self { year, ..self }
    }

    /// The same with a column as that of a field that had none.
    pub(super) fn with(mut self, field: Field, col: u32) -> Self {
        self.of.retain(|(_, at)| *at != col);
        self.of.push((field, col));
        self.of.sort_unstable();
        self
    }

    /// The same, where the title tells whether the marks of columns that do not say so are of what is needed or was received.
    pub(super) fn telling(mut self, told: ToldSupport) -> Self {
        let of_title = told.needed.map(|_| Field::Needed).or(told.received.filter(|got| *got).map(|_| Field::Received));
        self.kinds.iter_mut().for_each(|kind| kind.tells = kind.tells.or(of_title));
        self
    }

    /// The same under a line that tells the unit of money where no heading does.
    pub(super) fn counted_in(mut self, zeros: u8) -> Self {
        for field in [Field::PledgedMoney, Field::DeliveredMoney] {
            if self.has(field) && !self.zeros.iter().any(|(of, _)| *of == field) {
                self.zeros.push((field, zeros));
            }
        }
        self
    }

    /// How many zeros the unit of a column of money stands for.
    pub(crate) fn zeros(&self, field: Field) -> u8 {
        self.zeros.iter().find(|(of, _)| *of == field).map_or(0, |(_, zeros)| *zeros)
    }

    /// The same under a title that says that the amounts were given: they are delivered where no heading says otherwise.
    pub(super) fn delivering(mut self, headings: &[Heading]) -> Self {
        let of_title = |field: Field, col: u32| {
            let heading = headings.iter().find(|heading| heading.col == col)?;
            amount_columns::delivered(field, heading).filter(|delivered| !self.has(*delivered))
        };
        let changed: Vec<(Field, Field)> =
            self.of.iter().filter_map(|(field, col)| Some((*field, of_title(*field, *col)?))).collect();
        let zeros = self.zeros.iter_mut().map(|(field, _)| field);
        let parts = self.instalments.iter_mut().map(|of| &mut of.field);
        let all = self.of.iter_mut().chain(&mut self.marked).map(|(field, _)| field).chain(zeros).chain(parts);
        all.for_each(|field| {
            *field = changed.iter().find(|(pledged, _)| pledged == field).map_or(*field, |(_, delivered)| *delivered);
        });
        self.of.sort_unstable();
        self
    }

    /// The columns of single kinds of support of which it is known what their marks say.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = &KindColumn> {
        self.kinds.iter().filter(|kind| kind.tells.is_some())
    }

    /// What a column of a single kind of support tells.
    pub(crate) fn kind_at(&self, col: u32) -> Option<Field> {
        self.kinds().find(|kind| kind.col == col)?.tells
    }

    /// Whether kinds of support have columns of their own.
    pub(crate) fn has_kinds(&self) -> bool {
        !self.has(Field::SupportKind) && self.kinds().next().is_some()
    }

    /// "Họ và tên" beside "Họ tên chủ hộ" is the name of a person, and what else tells who somebody is may be of that person.
    fn join_heads(&mut self, headings: &[Asked<'_>]) {
        let Some((_, cols)) = self.doubled.iter().find(|(field, _)| *field == Field::Head) else { return };
        let of_head = |col: &u32| headings.iter().any(|asked| asked.heading.col == *col && asked.folded.contains("chu ho"));
        let heads: Vec<u32> = cols.iter().copied().filter(of_head).collect();
        let [head] = heads.as_slice() else { return };
        self.doubled.retain(|(field, _)| *field != Field::Head);
        self.of.retain(|(field, col)| *field != Field::Head && (!Field::OF_ONE.contains(field) || of_head(col)));
        self.of.push((Field::Head, *head));
        self.of.sort_unstable();
        self.of_persons = true;
    }

    /// "Nam" beside "Nữ" is a mark for a man; alone it folds as the word for a year does.
    fn join_sexes(&mut self, headings: &[Asked<'_>]) {
        let Some(before) = self.get(Field::SexFemale).and_then(|col| col.checked_sub(1)) else { return };
        let is_man = |asked: &&Asked<'_>| asked.heading.col == before && asked.folded == "nam";
        if !self.has(Field::SexMale) && self.is_free(before) && headings.iter().any(|asked| is_man(&asked)) {
            self.of.push((Field::SexMale, before));
            self.of.sort_unstable();
        }
    }

    /// Beside a column of months "Năm" is the year, which folds as "Nam" does, a man's birth.
    fn join_births(&mut self) {
        let month = self.get(Field::BirthMonth);
        if month.is_none() || self.get(Field::BirthMale) != month.map(|month| month + 1) || self.has(Field::BirthFemale) {
            return;
        }
        self.of.retain(|(field, _)| *field != Field::Birth);
        self.of.iter_mut().filter(|(field, _)| *field == Field::BirthMale).for_each(|(field, _)| *field = Field::Birth);
        self.of.sort_unstable();
    }

    /// Finds the columns that hold the second parts of names.
    fn join_names(&mut self, headings: &[Asked<'_>]) {
        let all = || headings.iter().map(|asked| asked.heading);
        if let Some(col) = self.get(Field::GivenName) {
            let left = all().find(|left| left.col + 1 == col);
            let first = left.filter(|left| given::heads_first_part(left) && self.is_free(left.col)).map(|left| left.col);
            if let Some(col) = first.filter(|_| !self.has_any(&[Field::Head, Field::Name])) {
                self.of.push((Field::Name, col));
                self.of.sort_unstable();
            }
            let names = [Field::Head, Field::Name];
            match names.into_iter().find(|field| left.is_some_and(|left| self.get(*field) == Some(left.col))) {
                Some(field) => self.given.push(Given { field, col, headed: true }),
                // "Tên" may be the name of anything.
                None => self.of.retain(|(field, _)| *field != Field::GivenName),
            }
        }
        let cols: Vec<u32> = all().map(|heading| heading.col).collect();
        for field in [Field::Head, Field::Name] {
            if let Some(col) = self.get(field).filter(|col| given::is_under(&cols, *col)) {
                self.given.push(Given { field, col: col + 1, headed: false });
            }
        }
    }

    /// Whether nothing is read from a column.
    fn is_free(&self, col: u32) -> bool {
        self.field_at(col).is_none_or(|field| matches!(field, Field::Unused))
    }

    /// What a mark in a column of amounts stands for.
    pub(crate) fn marked(&self, field: Field) -> Option<u32> {
        self.marked.iter().find(|(of, _)| *of == field).map(|(_, number)| *number)
    }

    /// The columns of a field that are added up.
    pub(super) fn instalments(&self, field: Field) -> Option<&Instalments> {
        self.instalments.iter().find(|of| of.field == field)
    }

    /// The further columns of a field.
    pub(crate) fn further(&self, field: Field) -> impl Iterator<Item = u32> + '_ {
        self.further.iter().filter(move |(of, _)| *of == field).map(|(_, col)| *col)
    }

    /// Whether what is asked of one field may stand in several columns.
    pub(crate) fn spread(&self) -> bool {
        !(self.given.is_empty() && self.further.is_empty() && self.instalments.is_empty())
    }

    /// The column of the second parts of names.
    pub(super) fn given(&self, field: Field) -> Option<&Given> {
        self.given.iter().find(|given| given.field == field)
    }

    /// The column of a field.
    pub(crate) fn get(&self, field: Field) -> Option<u32> {
        self.of.binary_search_by_key(&field, |(field, _)| *field).ok().and_then(|at| self.of.get(at)).map(|(_, col)| *col)
    }

    /// Whether there is a column of the field.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.get(field).is_some()
    }

    /// Whether there is a column of any of the fields.
    pub(crate) fn has_any(&self, fields: &[Field]) -> bool {
        fields.iter().any(|field| self.has(*field))
    }

    /// Whether two columns fit a field equally well.
    pub(super) fn is_doubled(&self, field: Field) -> bool {
        self.doubled.iter().any(|(of, _)| *of == field)
    }

    /// The fields and their columns.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, u32)> + '_ {
        self.of.iter().copied()
    }

    /// Whether all of these are columns of the others too.
    pub(crate) fn are_among(&self, others: &Self) -> bool {
        self.of.iter().all(|(field, col)| others.get(*field) == Some(*col))
    }

    /// The field of a column.
    pub(crate) fn field_at(&self, col: u32) -> Option<Field> {
        let own = self.of.iter().chain(&self.further).find(|(_, at)| *at == col).map(|(field, _)| *field);
        own.or_else(|| self.instalments.iter().find(|of| of.cols.contains(&col)).map(|of| of.field))
    }

    /// Whether this is a table that `ingest` wrote: it has the stable keys, or as one of support the year of each row.
    pub(crate) fn is_clean(&self) -> bool {
        self.has(Field::Key) || (self.has(Field::SupportKind) && self.has(Field::Year))
    }

    /// How many fields that say something are known.
    pub(crate) fn known(&self) -> usize {
        let fields = self.of.iter().filter(|(field, _)| !matches!(field, Field::Number | Field::Note | Field::Unused));
        fields.count() + self.kinds().count()
    }
}

/// Gives counts of areas that do not say of whom they are to whom they stand beside.
fn place_beside(headings: &[Asked<'_>], fits: &mut [Option<(Field, Fit)>]) {
    let own = headings.iter().zip(&*fits).map(|(asked, fit)| (asked.heading.parts.as_slice(), fit.map(|(field, _)| field)));
    let placed = beside(&own.collect::<Vec<_>>());
    for (fit, field) in fits.iter_mut().zip(placed).filter(|(fit, _)| fit.is_none_or(|(_, fit)| fit != Fit::Told)) {
        *fit = field.map(|field| (field, Fit::Last)).or(*fit);
    }
}

/// The field of a heading in a kind of table, and how surely.
fn field_of(kind: Kind, asked: &Asked<'_>, told: Option<&BTreeMap<String, String>>) -> Option<(Field, Fit)> {
    let parts = &asked.heading.parts;
    if let Some(told) = told {
        let last = parts.last().map(|last| fold(last));
        for (key, text) in told {
            let text = fold(text);
            if asked.folded == text || last.as_ref() == Some(&text) {
                return Field::parse(key).map(|field| (field, Fit::Told));
            }
        }
    }
    let at = Kind::ALL.iter().position(|of| *of == kind)?;
    // "Nhu cầu / Hỗ trợ nhà ở" is no column of what was received.
    let meant = asked.whole[at].or(asked.last[at]).filter(|_| kind == Kind::Households);
    if meant.is_some_and(|field| Field::SUPPORT_MARKS.iter().any(|(mark, _)| *mark == field))
        && kind_columns::tells(&asked.folded) == Some(Field::Needed)
    {
        return None;
    }
    // What is counted may stand in brackets or be told by a sign: "Hộ nghèo (khẩu)", "% hộ nghèo".
    if kind == Kind::Totals
        && parts.iter().any(|part| part.contains(['(', '%']))
        && let Some(field) = asked.count()
    {
        return Some((field, Fit::Whole));
    }
    // "Đã ủng hộ (đồng)" says of what.
    let in_words = |field: &Field| *field == Field::DeliveredText && asked.amount().is_some();
    if let Some(field) = asked.whole[at].filter(|field| !in_words(field)) {
        return Some((field, Fit::Whole));
    }
    if matches!(kind, Kind::Members | Kind::Pledges)
        && let Some(field) = asked.amount()
    {
        return Some((field, Fit::Words));
    }
    if let Some(field) = asked.part[at].filter(|field| kind == Kind::Households && Field::CLASS_MARKS.contains(field)) {
        return Some((field, Fit::Part));
    }
    if kind == Kind::Totals
        && let Some(field) = asked.count()
    {
        return Some((field, Fit::Count));
    }
    if let Some(field) = asked.last[at].filter(|field| kind != Kind::Totals || !is_of_part(*field, parts)) {
        return Some((field, Fit::Last));
    }
    if let Some(field) = asked.reworded[at] {
        return Some((field, Fit::Reworded));
    }
    // The longest word of the kind that begins the heading.
    let key = asked.start.as_ref()?;
    let beginnings = (SHORTEST_START..=key.len()).rev().filter_map(|end| key.get(..end));
    // One column of births of men and women tells nobody's sex: "Ngày sinh nam nữ".
    let of_one_sex = |field: Field, rest: &str| {
        let of_both = [(Field::BirthMale, "nu"), (Field::BirthFemale, "nam")];
        !of_both.into_iter().any(|(of, other)| field == of && rest.starts_with(other))
    };
    let rest_behind = |word: &str| key.get(word.len()..).unwrap_or_default();
    let mut known = beginnings.filter_map(|word| Some((word, meanings_of(word)?[at]?)));
    let (word, field) = known.find(|(word, field)| of_one_sex(*field, rest_behind(word)))?;
    let rest = rest_behind(word);
    // "Đã thực hiện đủ mức tối thiểu" does not say what was delivered.
    let is_bare = field == Field::DeliveredText && !["noidung", "ketqua"].iter().any(|start| word.starts_with(start));
    (!field.may_double() && !is_bare && !says_part(field, rest)).then_some((field, Fit::Start))
}

/// Whether the groups of a heading make its count one of a part: "Hộ nghèo DTTS / Tổng số hộ" are none of all households.
fn is_of_part(field: Field, parts: &[String]) -> bool {
    let groups = parts.split_last().map_or(&[][..], |(_, groups)| groups);
    groups.iter().map(|group| fold_tight(group)).any(|group| {
        let of_class = matches!(field, Field::Households | Field::AreaPersons) && group.contains("ngheo");
        of_class || says_part(field, &group)
    })
}

/// Whether what stands behind a heading, folded, makes it one of a part, of another time or of somebody else: "Tổng số hộ DTTS" is none
/// of all households, "Phân loại hộ đầu năm" none of the end of this year, "Mã định danh hộ" nobody's number.
fn says_part(field: Field, rest: &str) -> bool {
    const OTHER_TIMES: [&str; 6] = ["daunam", "dauky", "namtruoc", "namsau", "namtoi", "dukien"];
    const ELSE: [&str; 7] = ["vo", "chong", "con", "cha", "me", "hogiadinh", "hongheo"];
    const PARTS: [&str; 22] = [
        "dtts",
        "dantoc",
        "taicho",
        "kinh",
        "nu",
        "treem",
        "laodong",
        "bhyt",
        "thoat",
        "vuot",
        "taingheo",
        "taicanngheo",
        "phatsinh",
        "giam",
        "tang",
        "chuyen",
        "thieuhut",
        "cocong",
        "baotro",
        "chinhsach",
        "hotro",
        "dangky",
    ];
    let of_count = COUNTS.contains(&field) || matches!(field, Field::PoorRate | Field::NearPoorRate | Field::Persons);
    let of_time = of_count || matches!(field, Field::Class | Field::B1 | Field::B2);
    let of_person = Field::OF_ONE.contains(&field) || field == Field::People;
    let whose = rest.strip_prefix("cua").unwrap_or(rest);
    let counts_poor = matches!(field, Field::Poor | Field::PoorPersons | Field::PoorRate);
    let counts_households = matches!(field, Field::Households | Field::Poor | Field::NearPoor);
    (of_count && (rest == "moi" || PARTS.iter().any(|part| rest.contains(part))))
        || (counts_households && rest.contains("khau"))
        || (counts_poor && rest.contains("canngheo"))
        || (of_time && OTHER_TIMES.iter().any(|time| rest.contains(time)))
        || (of_person && (whose == "ho" || ELSE.iter().any(|other| whose.starts_with(other))))
}
