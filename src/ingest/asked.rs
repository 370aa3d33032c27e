//! What headings ask for: their words folded and looked up, alike for all kinds of tables.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::amount_columns::amount_of;
use super::area_columns::count_of;
use super::fields::Field;
use super::headings::Heading;
use super::kind::Kind;
use super::reworded::reworded;
use super::vocabulary;
use crate::domain::spelling::{fold, fold_tight};

/// The fewest letters by which the beginning of a heading is known.
pub(super) const SHORTEST_START: usize = 6;

/// No form has more columns; a hostile sheet has thousands, and to put all of them in other words would take seconds.
pub(super) const MOST_COLUMNS: usize = 512;

/// What a heading means, by the place of the kind of table in `Kind::ALL`.
pub(super) type Meanings = [Option<Field>; Kind::ALL.len()];

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
const WHOLE_OF_GROUP: [&str; 5] = ["tong so", "tong", "tong cong", "ts", "chung"];

/// Under a heading of the class these are its marks: "Kết quả phân loại / N".
const MARKS_OF_CLASS: [(&str, Field); 14] = [
    ("n", Field::ClassPoor),
    ("hn", Field::ClassPoor),
    ("ngheo", Field::ClassPoor),
    ("ho ngheo", Field::ClassPoor),
    ("cn", Field::ClassNearPoor),
    ("hcn", Field::ClassNearPoor),
    ("can ngheo", Field::ClassNearPoor),
    ("ho can ngheo", Field::ClassNearPoor),
    ("kn", Field::ClassOther),
    ("hkn", Field::ClassOther),
    ("khong ngheo", Field::ClassOther),
    ("ho khong ngheo", Field::ClassOther),
    ("khac", Field::ClassOther),
    ("ho khac", Field::ClassOther),
];

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

/// The parts of a heading with short forms of a date of birth or of admission written out, and their group by its usual name:
/// "Ngày tháng năm sinh / Nam", "Vào ĐCSVN / CT".
fn in_full(mut parts: Vec<String>) -> Vec<String> {
    if let Some(full) = parts.last().and_then(|last| lost_in_folding(last)) {
        parts.pop();
        parts.push(full);
    }
    if let [.., group, last] = parts.as_mut_slice() {
        let (folded, of_last) = (fold(group), fold(last));
        let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
        let (usual, short) = match of_last.trim_end_matches('.') {
            "nam" | "nu" if says(&["nam sinh", "ngay sinh", "sinh nam", "sinh ngay", "ntns", "ng.sinh"]) => ("Năm sinh", None),
            "db" | "d.bi" | "du bi" if says(&["vao dang", "ket nap", "vao dcs"]) => ("Ngày vào Đảng", Some("Dự bị")),
            "ct" | "c.thuc" | "chinh thuc" if says(&["vao dang", "ket nap", "vao dcs"]) => ("Ngày vào Đảng", Some("Chính thức")),
            _ => return parts,
        };
        usual.clone_into(group);
        short.into_iter().for_each(|short| short.clone_into(last));
    }
    parts
}

/// What a heading says by letters that folding takes away, or in brackets, in words: "ĐT" is no people, "Đảng viên (chính thức/dự
/// bị)" no name.
fn lost_in_folding(part: &str) -> Option<String> {
    let folded = fold_tight(part);
    let full = match folded.as_str() {
        "dt" | "sodt" if part.contains(['Đ', 'đ']) => "Điện thoại",
        "ctdb" => "Chính thức/Dự bị",
        _ if ["chinhthuc", "dubi"].iter().all(|word| folded.contains(word)) && !folded.contains("ngay") => "Chính thức/Dự bị",
        _ => return None,
    };
    Some(full.to_owned())
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
    pub(super) heading: &'a Heading,
    /// Whether it is one of as many as forms have.
    is_form: bool,
    pub(super) folded: String,
    /// The amount that it speaks of, once somebody asked.
    amount: OnceCell<Option<Field>>,
    /// The count of an area that it names, likewise.
    count: OnceCell<Option<Field>>,
    /// What the whole heading means, by its surest name that a kind knows.
    pub(super) whole: Meanings,
    /// What its last line means alone.
    pub(super) last: Meanings,
    /// What the group means of which its last line is a part.
    pub(super) part: Meanings,
    /// What it means in the usual words, whole or by its last line.
    pub(super) reworded: Meanings,
    /// The last line, where it may begin as a heading does that some kind knows.
    pub(super) start: Option<String>,
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

/// What a heading means by all of its parts, by the last of them alone, and by its group.
fn meanings_of_parts(parts: &[String]) -> (Meanings, Meanings, Meanings) {
    let [.., group, last] = parts else {
        return (
            parts.last().map_or_else(Meanings::default, |last| Keys::of(last).meanings()),
            Meanings::default(),
            Meanings::default(),
        );
    };
    let mut whole = Keys::of(&parts.join(" / ")).meanings();
    whole = surer(whole, Keys::of(&format!("{group} / {last}")).meanings());
    if let [first, _, .., last] = parts {
        whole = surer(whole, Keys::of(&format!("{first} / {last}")).meanings());
    }
    let mut part = Meanings::default();
    let folded = fold(last);
    if WHOLE_OF_GROUP.contains(&folded.as_str()) {
        whole = surer(whole, Keys::of(group).meanings());
    } else if PARTS_OF_CLASS.contains(&folded.as_str()) {
        part = Keys::of(group).meanings();
    } else if let Some((_, mark)) = MARKS_OF_CLASS.iter().find(|(said, _)| *said == folded) {
        let of_class = Keys::of(group).meanings().map(|meant| meant.filter(|field| *field == Field::Class).map(|_| *mark));
        whole = surer(whole, of_class);
    }
    // Some last lines say too little alone.
    let alone = Keys::of(last);
    let meanings = alone.meanings();
    let bare = BARE.contains(&alone.into_plain()) && !speaks_of_all(parts);
    let bare = bare || parts.iter().any(|part| is_of_beginning(part));
    (whole, if bare { Meanings::default() } else { meanings }, part)
}

/// What a heading means whose parts are put in the usual words, or those of them outside its brackets; nothing where they are in the
/// usual words already.
fn meanings_reworded(parts: &[String]) -> Meanings {
    let meanings = |parts: &[String]| {
        let usual: Vec<Option<String>> = parts.iter().map(|part| reworded(part)).collect();
        if usual.iter().all(Option::is_none) {
            return Meanings::default();
        }
        let usual: Vec<String> =
            usual.into_iter().zip(parts).map(|(usual, part)| usual.unwrap_or_else(|| part.clone())).collect();
        let (whole, last, _) = meanings_of_parts(&usual);
        surer(whole, last)
    };
    let all = meanings(parts);
    if parts.iter().any(|part| part.contains('(')) {
        let outside: Vec<String> = parts.iter().map(|part| without_brackets(part)).collect();
        return surer(all, meanings(&outside));
    }
    all
}

/// The first meanings, and where they have none the second.
fn surer(first: Meanings, second: Meanings) -> Meanings {
    let mut both = first;
    both.iter_mut().zip(second).for_each(|(meaning, other)| *meaning = meaning.or(other));
    both
}

impl<'a> Asked<'a> {
    /// The headings of a table, but for those without a text.
    pub(super) fn all(headings: &'a [Heading]) -> Vec<Self> {
        let is_form = headings.len() <= MOST_COLUMNS;
        headings.iter().filter_map(|heading| Self::of(heading, is_form)).collect()
    }

    /// `None` for a heading without a text. Only those of forms are looked up in other words.
    fn of(heading: &'a Heading, is_form: bool) -> Option<Self> {
        let parts = in_full(without_end(&heading.parts));
        let last = parts.last()?;
        let (folded, alone, amount) = (fold(&heading.joined()), Keys::of(last), OnceCell::new());
        let (whole, of_last, part) = meanings_of_parts(&parts);
        let (count, reworded) = (OnceCell::new(), Meanings::default());
        let mut asked = Self { heading, is_form, folded, amount, count, whole, last: of_last, part, reworded, start: None };
        // Where some kind of table knows the whole heading, other words for it and its beginning say nothing to any other.
        if whole.iter().all(Option::is_none) {
            asked.reworded = if is_form { meanings_reworded(&parts) } else { Meanings::default() };
            let plain = alone.into_plain();
            let begins = plain.as_bytes().get(..SHORTEST_START).is_some_and(|start| WORDS.starts.contains(start));
            asked.start = (begins && parts.len() == 1).then_some(plain);
        }
        Some(asked)
    }

    /// The count of an area that the heading names.
    pub(super) fn count(&self) -> Option<Field> {
        let count = || if is_of_beginning(&self.folded) || !self.is_form { None } else { count_of(&self.heading.parts) };
        *self.count.get_or_init(count)
    }

    /// The amount that the heading speaks of.
    pub(super) fn amount(&self) -> Option<Field> {
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

/// Whether the groups of a heading speak of the whole population, so that "Số hộ" under them is all households.
fn speaks_of_all(parts: &[String]) -> bool {
    let groups = parts.split_last().map_or(&[][..], |(_, groups)| groups);
    groups.iter().all(|group| {
        let group = fold(group);
        ["dan cu", "dan so", "toan", "hien co"].iter().any(|word| group.contains(word))
    })
}

/// What a folded text means to each kind of table, where some kind knows it whole.
pub(super) fn meanings_of(folded: &str) -> Option<&'static Meanings> {
    WORDS.meanings.get(folded)
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
