//! A row as it lies in the reader, before its cells are made into values: for those who look at millions of rows and need
//! few of their texts.

use std::any::Any;

use super::cell::{Row, Script};
use super::strings::Strings;

/// What takes the rows of a sheet.
pub trait TakeRows {
    /// Takes a row as it lies in the reader; false when it is to be handed over with its cells as values.
    fn raw(&mut self, _row: &RawRow<'_>) -> bool {
        false
    }

    /// Takes a row with its cells as values.
    fn row(&mut self, row: &Row<'_>);

    /// Somebody who looks at rows ahead of their turn, on another thread, where this taker knows already how to.
    fn scout(&self) -> Option<Box<dyn Scout>> {
        None
    }

    /// Takes a row that one of its scouts has understood, the `nth` of its block; false when it is to be handed over after all.
    fn scouted(&mut self, _scout: &mut dyn Scout, _nth: usize, _row: u32) -> bool {
        false
    }
}

/// Looks at the rows of a block before their turn, and keeps what it understood for the taker of the rows.
pub trait Scout: Any + Send {
    /// Forgets the last block.
    fn begin(&mut self);

    /// Looks at a row; whether all of it is understood.
    fn look(&mut self, row: &RawRow<'_>) -> bool;
}

/// A function that takes every row with its cells as values.
pub(super) struct Each<'f>(pub(super) &'f mut dyn FnMut(&Row<'_>));

impl TakeRows for Each<'_> {
    fn row(&mut self, row: &Row<'_>) {
        (self.0)(row);
    }
}

/// A stored value; texts lie elsewhere.
#[derive(Clone, Copy)]
pub(super) enum Stored {
    Text(usize, usize),
    Shared(u32),
    Number(f64),
    Date { serial: f64, is_1904: bool },
    DateText(usize, usize),
    Bool(bool),
    Error(usize, usize),
    MissingCache,
}

/// A stored cell.
#[derive(Clone, Copy)]
pub(super) struct StoredCell {
    pub(super) col: u32,
    pub(super) value: Stored,
    pub(super) script: Script,
    pub(super) formula: bool,
}

/// A row that is not blank; its cells are sorted by column, each column once.
pub struct RawRow<'a> {
    /// Row, from zero.
    pub row: u32,
    pub(super) cells: &'a [StoredCell],
    pub(super) text: &'a str,
    pub(super) strings: &'a Strings,
}

impl std::fmt::Debug for RawRow<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawRow").field("row", &self.row).field("cells", &self.cells.len()).finish_non_exhaustive()
    }
}

/// A value of a raw row.
#[derive(Clone, Copy, Debug)]
pub enum RawValue<'a> {
    /// Text in NFC that stands in the cell.
    Text(&'a str),
    /// Text that many cells of the workbook may share, by its number in the workbook; [`RawRow::shared`] has it.
    Shared(u32),
    /// A number.
    Number(f64),
    /// A number that is shown as a date.
    Date {
        /// As in [`Value::Date`](super::Value::Date).
        serial: f64,
        /// Whether the workbook counts from 1904.
        is_1904: bool,
    },
    /// Anything else.
    Other,
}

/// A cell of a raw row.
#[derive(Clone, Copy, Debug)]
pub struct RawCell<'a> {
    /// Column, from zero.
    pub col: u32,
    /// What it holds.
    pub value: RawValue<'a>,
    /// What its font says of its letters.
    pub script: Script,
}

impl<'a> RawRow<'a> {
    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether it has no cell; such rows are not handed over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The text of a number of [`RawValue::Shared`].
    #[must_use]
    pub fn shared(&self, index: u32) -> &'a str {
        self.strings.get(index).unwrap_or_default()
    }

    /// Its cells.
    pub fn cells(&self) -> impl Iterator<Item = RawCell<'a>> {
        let text = self.text;
        self.cells.iter().map(move |cell| {
            let value = match cell.value {
                Stored::Text(start, end) => RawValue::Text(text.get(start..end).unwrap_or_default()),
                Stored::Shared(index) => RawValue::Shared(index),
                Stored::Number(number) => RawValue::Number(number),
                Stored::Date { serial, is_1904 } => RawValue::Date { serial, is_1904 },
                Stored::DateText(..) | Stored::Bool(_) | Stored::Error(..) | Stored::MissingCache => RawValue::Other,
            };
            RawCell { col: cell.col, value, script: cell.script }
        })
    }
}
