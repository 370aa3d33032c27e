//! From headings to fields: which column holds what, which kind of table that makes, and what is missing or doubled.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use super::fields::Field;
use super::given::{self, Given};
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
    /// A part of what the group says: "Hộ nghèo / Tái nghèo".
    Part,
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

/// Under a group these say the whole of it: "Số khẩu / Tổng số" beside "Số khẩu / Nữ".
const WHOLE_OF_GROUP: [&str; 4] = ["tong so", "tong", "tong cong", "chung"];

/// Under the name of a class these say how a household came to be of it: whichever is marked, it is.
const PARTS_OF_CLASS: [&str; 12] = [
    "cu",
    "moi",
    "tai",
    "tai ngheo",
    "tai can ngheo",
    "phat sinh",
    "phat sinh moi",
    "ngheo cu",
    "ngheo moi",
    "can ngheo cu",
    "can ngheo moi",
    "moi phat sinh",
];

/// The parts of a heading without the word for the end of the year, of which counts are where nothing else is said: "Hộ nghèo cuối năm",
/// "Cuối năm / Hộ nghèo".
fn without_end(parts: &[String]) -> Vec<String> {
    let without = |part: &String| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let at =
            words.windows(2).position(|pair| matches!((fold(pair[0]).as_str(), fold(pair[1]).as_str()), ("cuoi", "nam" | "ky")));
        let year = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
        match at {
            Some(at) if words.get(at + 2..).is_some_and(|rest| rest.iter().all(year)) => {
                words.get(..at).unwrap_or_default().join(" ")
            }
            Some(_) | None => part.clone(),
        }
    };
    let cut: Vec<String> = parts.iter().map(without).filter(|part| !part.is_empty()).collect();
    if cut.is_empty() { parts.to_vec() } else { cut }
}

/// Whether a group is of the beginning of the year: what stands under it is no count of its end.
fn is_of_beginning(group: &str) -> bool {
    let folded = fold(group);
    ["dau nam", "dau ky", "nam truoc"].iter().any(|word| folded.contains(word))
}

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
pub(super) struct Asked<'a> {
    heading: &'a Heading,
    folded: String,
    /// The amount that it speaks of, once somebody asked.
    amount: OnceCell<Option<Field>>,
    /// What the whole heading means, by its surest name that a kind knows.
    whole: Meanings,
    /// What its last line means alone.
    last: Meanings,
    /// What the group means of which its last line is a part.
    part: Meanings,
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
    pub(super) fn of(heading: &'a Heading) -> Option<Self> {
        let parts = without_end(&heading.parts);
        let last = parts.last()?;
        let joined = parts.join(" / ");
        let (folded, alone, amount) = (fold(&heading.joined()), Keys::of(last), OnceCell::new());
        if parts.len() == 1 {
            let whole = alone.meanings();
            // Where some kind of table knows the whole heading, its beginning says nothing to any other.
            let known = whole.iter().any(Option::is_some);
            let plain = alone.into_plain();
            let begins = plain.as_bytes().get(..SHORTEST_START).is_some_and(|start| WORDS.starts.contains(start));
            let start = (begins && !known).then_some(plain);
            return Some(Self { heading, folded, amount, whole, last: Meanings::default(), part: Meanings::default(), start });
        }
        let mut whole = Keys::of(&joined).meanings();
        if let [.., group, last] = parts.as_slice() {
            whole = surer(whole, Keys::of(&format!("{group} / {last}")).meanings());
        }
        if let [first, _, .., last] = parts.as_slice() {
            whole = surer(whole, Keys::of(&format!("{first} / {last}")).meanings());
        }
        let mut part = Meanings::default();
        if let [.., group, last] = parts.as_slice() {
            let last = fold(last);
            if WHOLE_OF_GROUP.contains(&last.as_str()) {
                whole = surer(whole, Keys::of(group).meanings());
            } else if PARTS_OF_CLASS.contains(&last.as_str()) {
                part = Keys::of(group).meanings();
            }
        }
        // Some last lines say too little alone.
        let meanings = alone.meanings();
        let bare = BARE.contains(&alone.into_plain()) && !speaks_of_all(&parts);
        let bare = bare || parts.iter().any(|part| is_of_beginning(part));
        let last = if bare { Meanings::default() } else { meanings };
        Some(Self { heading, folded, amount, whole, last, part, start: None })
    }

    /// The amount that the heading speaks of.
    fn amount(&self) -> Option<Field> {
        *self.amount.get_or_init(|| amount_of(&self.folded))
    }
}

/// Whether some kind of table knows a text whole for one of its headings, or it speaks of an amount.
pub(crate) fn is_heading(text: &str) -> bool {
    Keys::of(text).meanings().iter().any(Option::is_some) || amount_of(&fold(text)).is_some()
}

/// Whether a text is a heading that says what the rows are of. "Hộ nghèo" and "Nam" are headings of some tables and cells of others.
pub(crate) fn names_records(text: &str) -> bool {
    let names = |field: &Field| {
        matches!(field, Field::Number | Field::Name | Field::Head | Field::Donor | Field::Village | Field::Commune)
    };
    Keys::of(text).meanings().iter().flatten().any(names)
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
    /// Further columns of marks, of which any may hold the one of a row.
    further: Vec<(Field, u32)>,
}

impl Columns {
    /// Takes headings for the columns of a kind of table. `told` are the columns that the programme file names: key → heading.
    pub(super) fn new(kind: Kind, headings: &[Asked<'_>], told: Option<&BTreeMap<String, String>>) -> Self {
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
        for (field, col) in columns.of.iter().filter(|(field, _)| Field::AMOUNTS.contains(field)) {
            let heading = headings.iter().map(|asked| asked.heading).find(|heading| heading.col == *col);
            columns.marked.extend(heading.and_then(number_before).map(|number| (*field, number)));
        }
        columns.join_names(headings);
        columns.join_births();
        columns
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
            let left = given::left_of(all(), col).filter(|left| left.col + 1 == col);
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

    /// The further columns of a field.
    pub(crate) fn further(&self, field: Field) -> impl Iterator<Item = u32> + '_ {
        self.further.iter().filter(move |(of, _)| *of == field).map(|(_, col)| *col)
    }

    /// Whether what is asked of one field may stand in several columns.
    pub(crate) fn spread(&self) -> bool {
        !self.given.is_empty() || !self.further.is_empty()
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
        self.of.iter().chain(&self.further).find(|(_, at)| *at == col).map(|(field, _)| *field)
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
    if let Some(field) = asked.part[at].filter(|field| kind == Kind::Households && Field::CLASS_MARKS.contains(field)) {
        return Some((field, Fit::Part));
    }
    if let Some(field) = asked.last[at] {
        return Some((field, Fit::Last));
    }
    // The longest word of the kind that begins the heading.
    let key = asked.start.as_ref()?;
    let beginnings = (SHORTEST_START..=key.len()).rev().filter_map(|end| key.get(..end));
    let (word, field) = beginnings.filter_map(|word| Some((word, WORDS.meanings.get(word)?[at]?))).next()?;
    let rest = key.get(word.len()..).unwrap_or_default();
    (!field.may_double() && !says_part(field, rest)).then_some((field, Fit::Start))
}

/// Whether what stands behind the heading of a count, folded, makes it one of a part or of another time: "Tổng số hộ DTTS" is none of
/// all households, "Số hộ nghèo đầu năm" none of the end of this year.
fn says_part(field: Field, rest: &str) -> bool {
    const COUNTS: [Field; 9] = [
        Field::Households,
        Field::AreaPersons,
        Field::Poor,
        Field::NearPoor,
        Field::PoorPersons,
        Field::NearPoorPersons,
        Field::PoorRate,
        Field::NearPoorRate,
        Field::Persons,
    ];
    const PARTS: [&str; 25] = [
        "daunam",
        "dauky",
        "namtruoc",
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
    COUNTS.contains(&field) && (rest == "moi" || PARTS.iter().any(|part| rest.contains(part)))
}

/// Whether the groups of a heading speak of the whole population, so that "Số hộ" under them is all households.
fn speaks_of_all(parts: &[String]) -> bool {
    let groups = parts.split_last().map_or(&[][..], |(_, groups)| groups);
    groups.iter().all(|group| {
        let group = fold(group);
        ["dan cu", "dan so", "toan", "hien co"].iter().any(|word| group.contains(word))
    })
}

/// The number with which the last line of a heading begins, before a word.
fn number_before(heading: &Heading) -> Option<u32> {
    let last = heading.parts.last()?;
    let (number, word) = last.split_once(char::is_whitespace)?;
    number.parse().ok().filter(|number| *number > 0 && word.starts_with(char::is_alphabetic))
}

/// The amount that a folded heading speaks of: what (salary, labour, seedlings, species, money) and whether pledged or
/// delivered; a heading that says neither is a pledge.
fn amount_of(heading: &str) -> Option<Field> {
    let says = |words: &[&str]| words.iter().any(|word| heading.contains(word));
    let paid = says(&[" nop", "nop tien"]) && !says(&["phai nop", "dang ky"]);
    let delivered = paid || says(&["thuc hien", "da giup", "da nop", "da dong gop", "ket qua", "da trao", "da ho tro"]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_is_known_that_has_no_letter() {
        assert!(WORDS.meanings.keys().all(|key| key.chars().any(char::is_alphabetic)));
        assert_eq!(["12", "%", "066", ""].map(amount_of), [None; 4]);
    }
}
