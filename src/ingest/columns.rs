//! From headings to fields: which column holds what, which kind of table that makes, and what is missing or doubled.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::fields::Field;
use super::headings::Heading;
use super::kind::Kind;
use super::vocabulary;
use crate::domain::spelling::{fold, fold_tight};

/// How surely a heading names a field; the surest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The programme file says so.
    Told,
    /// The whole heading.
    Whole,
    /// The words of a pledge under any wording.
    Words,
    /// The last line of a grouped heading.
    Last,
    /// The beginning of the heading.
    Start,
}

/// What a heading means, by the place of the kind of table in `Kind::ALL`.
type Meanings = [Option<Field>; Kind::ALL.len()];

/// The words of all kinds of tables, folded.
struct Vocabulary {
    /// What headings mean that some kind of table knows whole.
    meanings: HashMap<String, Meanings>,
    /// How they begin, where they may begin a longer heading: most cells that are no headings are told by it.
    starts: HashSet<Vec<u8>>,
}

static WORDS: LazyLock<Vocabulary> = LazyLock::new(|| {
    // Kinds share words, and folding them is what takes the time.
    let mut folded: HashMap<&'static str, Vec<String>> = HashMap::new();
    let mut meanings: HashMap<String, Meanings> = HashMap::new();
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        for (field, headings) in vocabulary::of(kind) {
            for heading in headings {
                for key in folded.entry(heading).or_insert_with(|| Keys::of(heading).all()) {
                    match meanings.get_mut(key.as_str()) {
                        Some(known) => _ = known[at].get_or_insert(field),
                        None => meanings.entry(key.clone()).or_default()[at] = Some(field),
                    }
                }
            }
        }
    }
    let starts = meanings.keys().filter_map(|key| key.as_bytes().get(..SHORTEST_START)).map(<[u8]>::to_vec).collect();
    Vocabulary { meanings, starts }
});

static BARE: LazyLock<Vec<String>> = LazyLock::new(|| vocabulary::BARE.iter().map(|heading| heading_key(heading)).collect());

/// Folds a heading for comparison: letters and digits of each part of `group / sub`, underscores of English keys kept apart.
fn heading_key(heading: &str) -> String {
    if heading.contains(" / ") { heading.split(" / ").map(fold_tight).collect::<Vec<_>>().join("/") } else { fold_tight(heading) }
}

/// A heading without what stands in round brackets: units, examples, column numbers.
fn without_brackets(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            '(' => depth = depth.saturating_add(1),
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// A heading with its folds, which all kinds of table look up alike.
struct Asked<'a> {
    heading: &'a Heading,
    folded: String,
    /// The amount that it speaks of, once somebody asked.
    amount: OnceCell<Option<Field>>,
    /// What the whole heading means, by its surest name that a kind knows.
    whole: Meanings,
    /// What its last line means alone.
    last: Meanings,
    /// The last line, where it may begin as a heading does that some kind knows.
    start: Option<String>,
}

/// The fold of a text, and that of what stands outside its brackets.
struct Keys {
    key: String,
    /// `None` where nothing stands in brackets.
    plain: Option<String>,
}

impl Keys {
    fn of(text: &str) -> Self {
        let plain = text.contains(['(', ')']).then(|| heading_key(&without_brackets(text)));
        Self { key: heading_key(text), plain }
    }

    /// Both keys.
    fn all(self) -> Vec<String> {
        std::iter::once(self.key).chain(self.plain).collect()
    }

    /// What stands outside the brackets.
    fn into_plain(self) -> String {
        self.plain.unwrap_or(self.key)
    }

    /// What the text means, or else what stands outside its brackets.
    fn meanings(&self) -> Meanings {
        let known = |key: &str| WORDS.meanings.get(key).copied().unwrap_or_default();
        let whole = known(&self.key);
        match &self.plain {
            Some(plain) if !plain.is_empty() => surer(whole, known(plain)),
            Some(_) | None => whole,
        }
    }
}

/// The first meanings, and where they have none the second.
fn surer(first: Meanings, second: Meanings) -> Meanings {
    let mut both = first;
    both.iter_mut().zip(second).for_each(|(meaning, other)| *meaning = meaning.or(other));
    both
}

impl<'a> Asked<'a> {
    /// `None` for a heading without a text.
    fn of(heading: &'a Heading) -> Option<Self> {
        let last = heading.parts.last()?;
        let joined = heading.joined();
        let (folded, alone, amount) = (fold(&joined), Keys::of(last), OnceCell::new());
        if heading.parts.len() == 1 {
            let whole = alone.meanings();
            // Where some kind of table knows the whole heading, its beginning says nothing to any other.
            let known = whole.iter().any(Option::is_some);
            let plain = alone.into_plain();
            let begins = plain.as_bytes().get(..SHORTEST_START).is_some_and(|start| WORDS.starts.contains(start));
            let start = (begins && !known).then_some(plain);
            return Some(Self { heading, folded, amount, whole, last: Meanings::default(), start });
        }
        let mut whole = Keys::of(&joined).meanings();
        if let [.., group, last] = heading.parts.as_slice() {
            whole = surer(whole, Keys::of(&format!("{group} / {last}")).meanings());
        }
        if let [first, _, .., last] = heading.parts.as_slice() {
            whole = surer(whole, Keys::of(&format!("{first} / {last}")).meanings());
        }
        // Some last lines say too little alone.
        let meanings = alone.meanings();
        let bare = BARE.contains(&alone.into_plain()) && !speaks_of_all(&heading.parts);
        let last = if bare { Meanings::default() } else { meanings };
        Some(Self { heading, folded, amount, whole, last, start: None })
    }

    /// The amount that the heading speaks of.
    fn amount(&self) -> Option<Field> {
        *self.amount.get_or_init(|| amount_of(&self.folded))
    }
}

/// The columns of a sheet, as one kind of table sees them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    /// The column of each field, sorted by field.
    of: Vec<(Field, u32)>,
    /// Fields that two columns fit equally well: the columns.
    pub(crate) doubled: Vec<(Field, Vec<u32>)>,
}

impl Columns {
    /// Takes headings for the columns of a kind of table. `told` are the columns that the programme file names: key → heading.
    fn new(kind: Kind, headings: &[Asked<'_>], told: Option<&BTreeMap<String, String>>) -> Self {
        let mut best: BTreeMap<Field, (Fit, Vec<u32>)> = BTreeMap::new();
        for asked in headings {
            let Some((field, fit)) = field_of(kind, asked, told) else { continue };
            let col = asked.heading.col;
            let entry = best.entry(field).or_insert((fit, Vec::new()));
            if fit < entry.0 {
                *entry = (fit, vec![col]);
            } else if fit == entry.0 {
                entry.1.push(col);
            }
        }
        let mut columns = Self::default();
        for (field, (fit, cols)) in best {
            if cols.len() > 1 && !field.may_double() && fit != Fit::Start {
                columns.doubled.push((field, cols.clone()));
            }
            if (cols.len() == 1 || fit != Fit::Start)
                && let Some(col) = cols.first()
            {
                columns.of.push((field, *col));
            }
        }
        columns
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

    /// The fields and their columns.
    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Field, u32)> + '_ {
        self.of.iter().copied()
    }

    /// The field of a column.
    pub(crate) fn field_at(&self, col: u32) -> Option<Field> {
        self.of.iter().find(|(_, at)| *at == col).map(|(field, _)| *field)
    }

    /// Whether this is a table that `ingest` wrote: it has the stable keys, or as one of support the year of each row.
    pub(crate) fn is_clean(&self) -> bool {
        self.has(Field::Key) || (self.has(Field::SupportKind) && self.has(Field::Year))
    }

    /// How many fields that say something are known.
    pub(crate) fn known(&self) -> usize {
        self.of.iter().filter(|(field, _)| !matches!(field, Field::Number | Field::Note | Field::Unused)).count()
    }
}

/// The fewest letters by which the beginning of a heading is known.
const SHORTEST_START: usize = 6;

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
    if let Some(field) = asked.whole[at] {
        return Some((field, Fit::Whole));
    }
    if matches!(kind, Kind::Members | Kind::Pledges)
        && let Some(field) = asked.amount()
    {
        return Some((field, Fit::Words));
    }
    if let Some(field) = asked.last[at] {
        return Some((field, Fit::Last));
    }
    // The longest word of the kind that begins the heading.
    let key = asked.start.as_ref()?;
    let beginnings = (SHORTEST_START..=key.len()).rev().filter_map(|end| key.get(..end));
    let field = beginnings.filter_map(|word| WORDS.meanings.get(word)).find_map(|meanings| meanings[at])?;
    (!field.may_double()).then_some((field, Fit::Start))
}

/// Whether the groups of a heading speak of the whole population, so that "Số hộ" under them is all households.
fn speaks_of_all(parts: &[String]) -> bool {
    let groups = parts.split_last().map_or(&[][..], |(_, groups)| groups);
    groups.iter().all(|group| {
        let group = fold(group);
        ["dan cu", "dan so", "toan", "hien co"].iter().any(|word| group.contains(word))
    })
}

/// The amount that a folded heading speaks of: what (salary, labour, seedlings, species, money) and whether pledged or
/// delivered; a heading that says neither is a pledge.
fn amount_of(heading: &str) -> Option<Field> {
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let delivered = says(&["thuc hien", "da giup", "da nop", "da dong gop", "ket qua", "da trao", "da ho tro"]);
    let fields = if says(&["ngay luong"]) {
        [Field::PledgedSalary, Field::DeliveredSalary]
    } else if says(&["ngay cong"]) {
        [Field::PledgedLabour, Field::DeliveredLabour]
    } else if says(&["loai cay", "giong cay", "loai cay giong"]) {
        [Field::PledgedSpecies, Field::DeliveredSpecies]
    } else if says(&["cay giong", "so cay"]) {
        [Field::PledgedSeedlings, Field::DeliveredSeedlings]
    } else if says(&["so tien", "tien mat", "quy ra tien", "thanh tien"]) {
        [Field::PledgedMoney, Field::DeliveredMoney]
    } else {
        return None;
    };
    let [pledged, done] = fields;
    Some(if delivered { done } else { pledged })
}

/// What a kind of table must have, each a choice of fields.
const fn required(kind: Kind) -> &'static [&'static [Field]] {
    match kind {
        Kind::Households => &[
            &[Field::Head, Field::Name],
            &[Field::Class, Field::ClassPoor],
            &[Field::Persons, Field::HouseholdNumber, Field::Relation, Field::PersonNumber],
        ],
        Kind::Totals => &[
            &[Field::Commune, Field::Village, Field::CommuneCode],
            &[Field::Households, Field::AreaPersons, Field::Poor, Field::NearPoor],
        ],
        Kind::Members => &[&[Field::Name]],
        Kind::Pledges => &[&[Field::Donor, Field::Name, Field::Member, Field::Citizen], &Field::AMOUNTS],
        Kind::Twinning => &[&[Field::Organisation], &[Field::Village]],
        Kind::Support => {
            &[&[Field::Household, Field::Citizen, Field::Head], &[Field::SupportKind], &[Field::Needed, Field::Received]]
        }
        Kind::Assignment => &[&[Field::Household, Field::Head], &[Field::Member, Field::Name]],
        Kind::Corrections => &[&[Field::File], &[Field::IssueCell], &[Field::Code], &[Field::Decision]],
    }
}

/// The fields that a kind of table must have and the columns lack; for a choice the usual one.
pub(crate) fn missing(kind: Kind, columns: &Columns) -> Vec<Field> {
    required(kind).iter().filter(|choice| !columns.has_any(choice)).filter_map(|choice| choice.first().copied()).collect()
}

/// The usual heading of a field, as it is named where it is missing.
pub(crate) fn usual(kind: Kind, field: Field) -> &'static str {
    let headings = vocabulary::of(kind).filter(|(of, _)| *of == field).find_map(|(_, headings)| headings.first());
    headings.copied().unwrap_or(field.key())
}

/// Fields that only a roster has.
const ROSTER: [Field; 12] = [
    Field::Admitted,
    Field::Official,
    Field::AdmittedOfficial,
    Field::Card,
    Field::CardLines,
    Field::Standing,
    Field::StandingDate,
    Field::Salaried,
    Field::Coefficient,
    Field::MovedAway,
    Field::Died,
    Field::LeftParty,
];

/// Whether the columns have what tells this kind from the others, beside what it must have.
fn speaks_of(kind: Kind, columns: &Columns) -> bool {
    let amounts = columns.has_any(&Field::AMOUNTS);
    let roster = columns.has_any(&ROSTER);
    let personal = columns.has_any(&[Field::Birth, Field::BirthMale, Field::People]);
    match kind {
        Kind::Households => columns.has_any(&[Field::Class, Field::ClassPoor, Field::Persons, Field::B1]),
        Kind::Totals => !columns.has_any(&[Field::Citizen]),
        Kind::Members => roster || ((amounts || columns.has_any(&[Field::Organisation, Field::Cell])) && personal),
        Kind::Pledges => amounts && (columns.has(Field::Donor) || (!roster && !personal_list(columns))),
        Kind::Assignment => !ended_pairs(columns) && (numbered_pairs(columns) || columns.has(Field::Reasons)),
        Kind::Twinning | Kind::Support | Kind::Corrections => true,
    }
}

/// Whether the columns are those of pairs that ended: both sides and a reason, and no word of the class or the organisation.
fn ended_pairs(columns: &Columns) -> bool {
    columns.has(Field::Reasons) && !columns.has_any(&[Field::Status, Field::Organisation, Field::Cell])
}

/// Whether both sides of the pairs have their numbers; in an annex, which is narrower, names stand in their place.
fn numbered_pairs(columns: &Columns) -> bool {
    columns.has(Field::Household) && columns.has(Field::Member)
}

/// Whether the columns describe persons as a roster does; a ledger names them only.
fn personal_list(columns: &Columns) -> bool {
    columns.has_any(&[Field::Birth, Field::BirthMale, Field::People])
}

/// What a set of headings could be.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    /// One kind, complete.
    Is(Kind, Columns),
    /// Complete as two kinds at once.
    Either(Kind, Kind),
    /// Most like this kind, but headings are missing or doubled.
    Nearly(Kind, Columns),
    /// Nothing that is known.
    Nothing,
}

/// Tells the kind of table from its headings.
pub(crate) fn read_headings(
    headings: &[Heading],
    told: &BTreeMap<Kind, BTreeMap<String, String>>,
    only: Option<Kind>,
) -> Reading {
    let asked: Vec<Asked<'_>> = headings.iter().filter_map(Asked::of).collect();
    let kinds: Vec<(Kind, Columns)> = Kind::ALL
        .into_iter()
        .filter(|kind| only.is_none_or(|only| only == *kind))
        .map(|kind| (kind, Columns::new(kind, &asked, told.get(&kind))))
        .collect();
    // An area has neither a class nor a head: a table with such a column is a household list, whatever it lacks.
    let households = kinds.iter().find(|(kind, _)| *kind == Kind::Households).map(|(_, columns)| columns);
    let of_household = [Field::Class, Field::Head].map(|field| households.and_then(|columns| columns.get(field)));
    let classed = |kind: Kind, columns: &Columns| {
        kind == Kind::Totals && of_household.into_iter().flatten().any(|col| columns.field_at(col).is_none())
    };
    let fits: Vec<&(Kind, Columns)> = kinds
        .iter()
        .filter(|(kind, columns)| missing(*kind, columns).is_empty() && speaks_of(*kind, columns) && !classed(*kind, columns))
        .collect();
    let rules: Vec<Kind> = fits.iter().map(|(kind, _)| *kind).collect();
    // A ledger of pledges has no days of admission and no standings, and its own words do not know them.
    let roster = fits.iter().any(|(kind, columns)| *kind == Kind::Members && columns.has_any(&ROSTER));
    let ledger = |kind: Kind, columns: &Columns| kind == Kind::Pledges && roster && !columns.has(Field::Donor);
    // Names alone tell pairs only where the columns are nothing else.
    let named = |kind: Kind, columns: &Columns| kind == Kind::Assignment && rules.len() > 1 && !numbered_pairs(columns);
    let beaten = |kind: Kind| fits.iter().any(|(other, columns)| beats(*other, kind) && !named(*other, columns));
    let mut left: Vec<&&(Kind, Columns)> =
        fits.iter().filter(|(kind, columns)| !beaten(*kind) && !ledger(*kind, columns) && !named(*kind, columns)).collect();
    left.sort_by_key(|(kind, columns)| (std::cmp::Reverse(columns.known()), *kind));
    match left.as_slice() {
        [] => nearly(kinds),
        [(kind, columns)] => {
            let (kind, columns) = (*kind, columns.clone());
            if columns.doubled.is_empty() { Reading::Is(kind, columns) } else { Reading::Nearly(kind, columns) }
        }
        [(first, ..), (second, ..), ..] => Reading::Either(*first, *second),
    }
}

/// Whether a table that fits both kinds is always the first: it has all that the second has, and more.
const fn beats(first: Kind, second: Kind) -> bool {
    match first {
        Kind::Corrections => !matches!(second, Kind::Corrections),
        Kind::Assignment => !matches!(second, Kind::Corrections | Kind::Assignment),
        Kind::Support => matches!(second, Kind::Pledges),
        Kind::Households => matches!(second, Kind::Totals | Kind::Twinning),
        Kind::Members => matches!(second, Kind::Twinning | Kind::Totals),
        Kind::Pledges => matches!(second, Kind::Twinning | Kind::Totals),
        Kind::Totals => matches!(second, Kind::Twinning),
        Kind::Twinning => false,
    }
}

/// The kind that most headings speak of, where none is complete.
fn nearly(kinds: Vec<(Kind, Columns)>) -> Reading {
    // No survey knows the numbers of members: such a table is a slip for each member that `assign` wrote beside the pairs.
    let slips = kinds.iter().any(|(kind, columns)| {
        *kind == Kind::Assignment && columns.has(Field::Member) && !columns.has_any(&[Field::Household, Field::Status])
    });
    let likely = |kind: Kind, columns: &Columns| match kind {
        Kind::Households => {
            !slips
                && (columns.has_any(&[Field::Class, Field::ClassPoor, Field::Persons])
                    || (columns.has_any(&[Field::Head, Field::Household]) && !columns.has(Field::Reasons)))
        }
        Kind::Members => columns.has_any(&ROSTER),
        Kind::Totals => columns.has_any(&[Field::Households, Field::Poor]),
        Kind::Pledges => columns.has_any(&Field::AMOUNTS),
        Kind::Twinning => false,
        Kind::Support => columns.has(Field::SupportKind),
        Kind::Assignment => columns.has(Field::Reasons) && columns.has(Field::Status),
        Kind::Corrections => columns.has(Field::Decision),
    };
    kinds
        .into_iter()
        .filter(|(kind, columns)| columns.known() >= 3 && likely(*kind, columns))
        .min_by_key(|(kind, columns)| (std::cmp::Reverse(columns.known()), *kind))
        .map_or(Reading::Nothing, |(kind, columns)| Reading::Nearly(kind, columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_is_known_that_has_no_letter() {
        assert!(WORDS.meanings.keys().all(|key| key.chars().any(char::is_alphabetic)));
        assert_eq!(["12", "%", "066", ""].map(amount_of), [None; 4]);
    }
}
