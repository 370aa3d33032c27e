//! Columns of registers that are each of one kind of support: "Nhu cầu hỗ trợ / Nhà ở", "Đã vay vốn".

use std::collections::BTreeMap;
use std::sync::Arc;

use super::asked::Asked;
use super::fields::Field;
use super::headings::Heading;
use crate::domain::spelling::fold;
use crate::domain::support::{kind_in, kind_key};

/// A column whose marks are of one kind of support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KindColumn {
    /// The column.
    pub(crate) col: u32,
    /// `Needed` or `Received`; `None` where only the title tells.
    pub(crate) tells: Option<Field>,
    /// The kind as it is printed.
    pub(crate) kind: Arc<str>,
}

/// Words of headings under which marks are of what is needed.
const NEEDED: [&str; 7] = ["nhu cau", "can ho tro", "dang ky", "de nghi", "de xuat", "nguyen vong", "mong muon"];
/// Words of headings under which they are of what was received.
const RECEIVED: [&str; 11] = [
    "da ho tro",
    "duoc ho tro",
    "da duoc",
    "da nhan",
    "duoc vay",
    "da vay",
    "ket qua ho tro",
    "ket qua thuc hien",
    "ket qua vay",
    "thu huong",
    "da thuc hien",
];
/// Headings that say neither, above names of kinds.
const NEITHER: [&str; 5] = ["ho tro", "noi dung ho tro", "loai ho tro", "chinh sach ho tro", "hinh thuc ho tro"];
/// Words of headings that are of something else than whether a household needs or got support: the kinds are named as the indicators
/// of poverty are, and amounts, days and reasons stand beside them.
const OTHERS: [&str; 16] = [
    "ung ho",
    "dong gop",
    "dang vien",
    "thieu hut",
    "chi so",
    "chua",
    "so tien",
    "kinh phi",
    "muc dich",
    "ngay",
    "so nguoi",
    "so luong",
    "ly do",
    "ghi chu",
    "khong",
    "con lai",
];

/// The kind of what no other column is of.
const OTHER: &str = "Khác";

/// The columns of kinds among headings, but for those that hold something else already.
pub(super) fn kind_columns(headings: &[Asked<'_>], taken: impl Fn(u32) -> bool) -> Vec<KindColumn> {
    // What stands above the first column too is a title and no group.
    let titles = headings.iter().map(|asked| asked.heading).min_by_key(|heading| heading.col);
    let titles = titles.and_then(|first| first.parts.split_last()).map_or(&[][..], |(_, groups)| groups);
    let free = || headings.iter().map(|asked| asked.heading).filter(|heading| !taken(heading.col));
    let mut columns: Vec<KindColumn> = free().filter_map(|heading| kind_column(heading, titles)).collect();
    if let Some(tells) = columns.first().map(|first| first.tells) {
        let rest = free().filter(|heading| heading.parts.last().is_some_and(|last| kind_key(last) == "khac"));
        columns.extend(rest.map(|heading| KindColumn {
            col: heading.col,
            tells: self::tells(&fold(&heading.joined())).or(tells),
            kind: OTHER.into(),
        }));
    }
    // Columns of one kind have one name for it, so that no row need tell whether two names are one.
    let mut names: BTreeMap<String, Arc<str>> = BTreeMap::new();
    for column in &mut columns {
        column.kind = names.entry(kind_key(&column.kind)).or_insert_with(|| Arc::clone(&column.kind)).clone();
    }
    columns
}

fn kind_column(heading: &Heading, titles: &[String]) -> Option<KindColumn> {
    let (last, groups) = heading.parts.split_last()?;
    // Most headings of most tables name no kind.
    let name = kind_in(last)?;
    let groups: Vec<String> = groups.iter().filter(|group| !titles.contains(group)).map(|group| fold(group)).collect();
    let folded = fold(last);
    let says = |word: &&str| folded.contains(word) || groups.iter().any(|group| group.contains(word));
    if OTHERS.iter().any(says) {
        return None;
    }
    let is_name = kind_key(last) == fold(name);
    let of_groups = groups.iter().find_map(|group| tells(group));
    let tells = of_groups.or_else(|| tells(&folded));
    // A group that says nothing of support is the heading of something else. Alone, what says neither must be the name of a kind
    // and nothing else: "Diện tích đất sản xuất" is none.
    let is_one = match groups.as_slice() {
        [] => tells.is_some() || is_name,
        groups => of_groups.is_some() || groups.iter().any(|group| NEITHER.contains(&group.as_str())),
    };
    is_one.then(|| KindColumn { col: heading.col, tells, kind: if is_name { name.into() } else { last.as_str().into() } })
}

/// Whether the marks under a folded heading are of what is needed or of what was received, where it says so.
pub(super) fn tells(folded: &str) -> Option<Field> {
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    // "Nhu cầu được hỗ trợ" is a need.
    if says(&NEEDED) { Some(Field::Needed) } else { says(&RECEIVED).then_some(Field::Received) }
}

/// What a row says of one kind of support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OfKind {
    pub(super) kind: Arc<str>,
    pub(super) needed: Option<bool>,
    pub(super) received: Option<bool>,
}

impl KindColumn {
    /// Adds what the column says of its kind to what the row says of others; of two columns of one kind yes beats no.
    pub(super) fn tell(&self, said: Option<bool>, all: &mut Vec<OfKind>) {
        let at = all.iter().position(|of| of.kind == self.kind).unwrap_or(all.len());
        if at == all.len() {
            all.push(OfKind { kind: Arc::clone(&self.kind), needed: None, received: None });
        }
        if let (Some(of), Some(said)) = (all.get_mut(at), said) {
            let told = if self.tells == Some(Field::Needed) { &mut of.needed } else { &mut of.received };
            *told = Some(told.unwrap_or(false) || said);
        }
    }

    /// Whether words in the column say what else was needed or received.
    pub(super) fn takes_words(&self) -> bool {
        &*self.kind == OTHER
    }
}
