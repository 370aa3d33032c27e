//! Rows read for a lane on another thread, kept until their turn comes.

use super::super::workbook::{self, RawRow, RawValue};
use super::eyes::{Eyes, Said, Seen};

/// Reads a block of rows.
#[derive(Debug)]
pub(crate) struct Scout {
    eyes: Eyes,
    /// The rows that were understood, each with its home by place in the list.
    rows: Vec<(Said, usize)>,
    homes: Vec<Home>,
}

/// Where rows that stand together live, as it is written in them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Home {
    commune: Option<Box<str>>,
    village: Option<Box<str>>,
    /// The numbers that the lane gives to these names, once it has.
    pub(super) number: Option<(u64, u64)>,
}

impl Home {
    pub(super) fn commune(&self) -> Option<RawValue<'_>> {
        self.commune.as_deref().map(RawValue::Text)
    }

    pub(super) fn village(&self) -> Option<RawValue<'_>> {
        self.village.as_deref().map(RawValue::Text)
    }

    fn is_of(&self, commune: Option<&str>, village: Option<&str>) -> bool {
        self.commune.as_deref() == commune && self.village.as_deref() == village
    }
}

/// The letters of a place that a scout can keep: its own text. None is no place, which is kept too.
fn letters<'a>(value: Option<RawValue<'a>>) -> Option<Option<&'a str>> {
    match value {
        None => Some(None),
        Some(RawValue::Text(text)) => Some(Some(text)),
        Some(_) => None,
    }
}

impl Scout {
    pub(super) fn new(eyes: Eyes) -> Self {
        Self { eyes, rows: Vec::new(), homes: Vec::new() }
    }

    /// What the row said that was the `nth` to be understood, and where it lives.
    pub(super) fn said(&mut self, nth: usize) -> Option<(&Said, &mut Home)> {
        let (said, home) = self.rows.get(nth)?;
        Some((said, self.homes.get_mut(*home)?))
    }
}

impl workbook::Scout for Scout {
    fn begin(&mut self) {
        self.rows.clear();
        self.homes.clear();
    }

    fn look(&mut self, row: &RawRow<'_>) -> bool {
        let Some(Seen { said, commune, village }) = self.eyes.read(row) else { return false };
        let Some((commune, village)) = letters(commune).zip(letters(village)) else { return false };
        if !self.homes.last().is_some_and(|home| home.is_of(commune, village)) {
            self.homes.push(Home { commune: commune.map(Into::into), village: village.map(Into::into), number: None });
        }
        self.rows.push((said, self.homes.len() - 1));
        true
    }
}
