//! Communes and villages: how they are named, ordered and found.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::spelling::fold;

/// A commune-level unit (xã, thị trấn, phường).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune {
    /// The statistical code (24580 …), where known. A code alone is ambiguous without a date.
    pub code: Option<u32>,
    /// The name as it is printed, with its rank: `Xã Yang Tao`.
    pub name: String,
    /// Other spellings that files use.
    pub aliases: Vec<String>,
    /// Whether the urban poverty line holds (phường, thị trấn).
    pub urban: bool,
    /// First day on which the unit existed, where known.
    pub valid_from: Option<Date>,
    /// First day on which the unit no longer existed, where known.
    pub valid_to: Option<Date>,
}

impl Commune {
    /// A commune that no list knows: its name as found, rural unless its rank says otherwise.
    #[must_use]
    pub fn unlisted(name: &str) -> Self {
        let folded = fold(name);
        Self {
            code: None,
            name: name.to_owned(),
            aliases: Vec::new(),
            urban: ["thi tran", "tt ", "phuong", "tt. "].iter().any(|rank| folded.starts_with(rank)),
            valid_from: None,
            valid_to: None,
        }
    }

    /// Whether the unit existed on a day.
    #[must_use]
    pub fn exists_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }
}

/// A commune that rows share. Ordered by code, then name, so that reports follow the official order. The first day
/// counts too: a commune may keep name and code through a merger that gives it other territory.
#[derive(Clone, Debug)]
pub struct CommuneRef(Arc<Commune>);

impl CommuneRef {
    /// Shares a commune.
    #[must_use]
    pub fn new(commune: Commune) -> Self {
        Self(Arc::new(commune))
    }

    /// The name as printed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    fn rank(&self) -> (u32, &str, Option<Date>) {
        (self.0.code.unwrap_or(u32::MAX), &self.0.name, self.0.valid_from)
    }
}

impl std::ops::Deref for CommuneRef {
    type Target = Commune;

    fn deref(&self) -> &Commune {
        &self.0
    }
}

impl PartialEq for CommuneRef {
    fn eq(&self, other: &Self) -> bool {
        self.rank() == other.rank()
    }
}

impl Eq for CommuneRef {}

impl PartialOrd for CommuneRef {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CommuneRef {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// A village (thôn, buôn, tổ dân phố) of a commune; two spellings that fold to the same are the same village.
/// Rows share it, so it is no larger than a reference.
#[derive(Clone, Debug)]
pub struct Village(Arc<Spelling>);

#[derive(Debug)]
struct Spelling {
    printed: Box<str>,
    folded: Box<str>,
}

impl Village {
    /// A village by its name as it should be printed.
    #[must_use]
    pub fn new(printed: &str) -> Self {
        Self(Arc::new(Spelling { printed: printed.into(), folded: village_key(printed).into() }))
    }

    /// The name as printed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.printed
    }

    /// The folded name by which villages are matched.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.0.folded
    }
}

impl PartialEq for Village {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.folded() == other.folded()
    }
}

impl Eq for Village {}

impl PartialOrd for Village {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Village {
    fn cmp(&self, other: &Self) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { natural(self.folded(), other.folded()) }
    }
}

impl fmt::Display for Village {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Folds a village name for matching: marks, case and punctuation go, and the short forms `B.`, `T.`, `TDP` of the
/// rank are written out, so that "TDP 1" and "Tổ dân phố 1" are one village.
#[must_use]
pub fn village_key(name: &str) -> String {
    let folded = fold(name).replace(['.', ','], " ");
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    match words.as_slice() {
        ["b", _, ..] => words[0] = "buon",
        ["t", _, ..] => words[0] = "thon",
        ["to", "dan", "pho", _, ..] => {
            words.splice(0..3, ["tdp"]);
        }
        _ => {}
    }
    words.join(" ")
}

/// Compares so that `thon 2` stands before `thon 10`.
fn natural(a: &str, b: &str) -> Ordering {
    fn parts(text: &str) -> impl Iterator<Item = (bool, u64, &str)> {
        text.split(' ').map(|word| word.parse().map_or((true, 0, word), |number| (false, number, "")))
    }
    parts(a).cmp(parts(b)).then_with(|| a.cmp(b))
}

/// Where a household lives: a commune and, where known, a village.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The commune.
    pub commune: CommuneRef,
    /// The village, where the list tells it.
    pub village: Option<Village>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_village_are_equal() {
        for (a, b) in
            [("BUÔN CUÔR", "Buôn Cuôr"), ("TDP 1", "Tổ dân phố 1"), ("B. Jun", "Buôn Jun"), ("Thôn Hoà Bình", "thôn Hòa Bình")]
        {
            assert_eq!(Village::new(a), Village::new(b), "{a} and {b}");
        }
        assert_ne!(Village::new("Buôn Yang Lah 1"), Village::new("Buôn Yang Lah 2"));
    }

    #[test]
    fn village_numbers_are_ordered_as_numbers() {
        let mut villages: Vec<Village> = ["Thôn 10", "Thôn 2", "Thôn 1"].map(Village::new).into();
        villages.sort();
        assert_eq!(villages.iter().map(Village::name).collect::<Vec<_>>(), ["Thôn 1", "Thôn 2", "Thôn 10"]);
    }

    #[test]
    fn a_unit_exists_from_its_first_day_to_the_day_before_its_end() {
        let unit = Commune {
            valid_from: Some(jiff::civil::date(2000, 1, 1)),
            valid_to: Some(jiff::civil::date(2025, 7, 1)),
            ..Commune::unlisted("Xã Yang Tao")
        };
        assert!(unit.exists_on(jiff::civil::date(2025, 6, 30)));
        assert!(!unit.exists_on(jiff::civil::date(2025, 7, 1)));
    }
}
