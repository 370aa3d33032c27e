//! Rows and cells as a workbook holds them, before anyone asks what they mean.

pub use crate::domain::source::CellRef;
pub use crate::ingest::encoding::Script;
use std::borrow::Cow;

/// What a cell holds. Blank cells (nothing, or only white space) are never delivered.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text in Unicode NFC, otherwise as stored (xlsx drops outer blanks that are not marked to be kept). Text in a legacy
    /// font is still in the letters of that font: see [`Cell::script`].
    Text(Cow<'a, str>),
    /// A finite number; a duration (format `[h]:mm`) is a number of days.
    Number(f64),
    /// A number that is shown as a date or a time of day: days since the workbook's epoch.
    Date {
        /// Days since 1899-12-30 (1900 epoch, 1 = 1900-01-01, with the false leap day at 60) or 1904-01-01 (1904 epoch, 0-based).
        serial: f64,
        /// Whether the workbook counts from 1904.
        is_1904: bool,
    },
    /// A date or duration stored as ISO 8601 text (ods, and xlsx cells of type `d`).
    DateText(Cow<'a, str>),
    /// True or false.
    Bool(bool),
    /// An error value such as `#REF!`, as printed; a number that is not finite is `#NUM!`.
    Error(Cow<'a, str>),
    /// A formula whose result was never stored: not blank, and not known.
    MissingCache,
}

/// One cell that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<'a> {
    /// Column, from zero.
    pub col: u32,
    /// What it holds.
    pub value: Value<'a>,
    /// What its font says of its letters.
    pub script: Script,
    /// Whether the value is the stored result of a formula.
    pub formula: bool,
}

/// The cells of one row, sorted by column, each column once, blanks left out; rows with no cell are not delivered.
#[derive(Clone, Debug, PartialEq)]
pub struct Row<'a> {
    /// Row, from zero.
    pub row: u32,
    /// Its cells.
    pub cells: &'a [Cell<'a>],
}

impl Row<'_> {
    /// The cell in a column, when it is not blank.
    #[must_use]
    pub fn cell(&self, col: u32) -> Option<&Cell<'_>> {
        self.cells.binary_search_by_key(&col, |cell| cell.col).ok().and_then(|at| self.cells.get(at))
    }
}

/// A block of merged cells, both corners within it. Its value stands in the first cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Merge {
    /// Top left.
    #[serde(with = "on_wire")]
    pub first: CellRef,
    /// Bottom right.
    #[serde(with = "on_wire")]
    pub last: CellRef,
}

/// Cell references between processes, as row and column; the domain's own type knows no serde.
pub(super) mod on_wire {
    use super::CellRef;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(cell: &CellRef, to: S) -> Result<S::Ok, S::Error> {
        (cell.row, cell.col).serialize(to)
    }

    pub(in super::super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<CellRef, D::Error> {
        <(u32, u32)>::deserialize(from).map(|(row, col)| CellRef { row, col })
    }

    /// The same where there may be none.
    pub(in super::super) mod maybe {
        use super::{CellRef, Deserialize, Deserializer, Serialize, Serializer};

        pub(in super::super::super) fn serialize<S: Serializer>(cell: &Option<CellRef>, to: S) -> Result<S::Ok, S::Error> {
            cell.map(|cell| (cell.row, cell.col)).serialize(to)
        }

        pub(in super::super::super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Option<CellRef>, D::Error> {
            let pair = Option::<(u32, u32)>::deserialize(from)?;
            Ok(pair.map(|(row, col)| CellRef { row, col }))
        }
    }
}
