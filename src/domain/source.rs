//! Where a fact stands: file, sheet, cell.

use std::fmt;
use std::sync::Arc;

/// A cell by row and column, both counted from zero; printed as in a spreadsheet (`A1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Row, from zero.
    pub row: u32,
    /// Column, from zero.
    pub col: u32,
}

impl CellRef {
    /// The cell at a row and a column, both from zero.
    #[must_use]
    pub const fn new(row: u32, col: u32) -> Self {
        Self { row, col }
    }

    /// Reads `A1` style text (no dollar signs); `None` when it is no cell of a real sheet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, number) = text.split_at(letters);
        if name.is_empty() || name.len() > 3 || number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let col = name.bytes().fold(0u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1) - 1;
        let row = number.parse::<u32>().ok()?.checked_sub(1)?;
        (row < 1_048_576 && col < 16_384).then_some(Self { row, col })
    }
}

/// The letters of a column counted from zero: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(col) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), u64::from(self.row) + 1)
    }
}

/// One sheet of one file; shared by all rows that came from it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sheet {
    /// The file as the user named it, with `/` between folders on every system.
    pub file: Arc<str>,
    /// The sheet's name; for delimited text the file's own name.
    pub name: String,
}

/// A row of a sheet, from which a household, a member or a pledge was read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The sheet.
    pub sheet: Arc<Sheet>,
    /// The row, from zero.
    pub row: u32,
}

impl Source {
    /// The cell of this row in a column.
    #[must_use]
    pub fn cell(&self, col: u32) -> CellRef {
        CellRef { row: self.row, col }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.sheet.file, self.sheet.name, u64::from(self.row) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        for (row, col, text) in [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(CellRef::new(row, col).to_string(), text);
        }
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "$A$1", "A-1"] {
            assert_eq!(CellRef::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_printed_cell_reads_back(row in 0u32..1_048_576, col in 0u32..16_384) {
            let cell = CellRef::new(row, col);
            prop_assert_eq!(CellRef::parse(&cell.to_string()), Some(cell));
        }
    }
}
