//! A workbook before it has a format: sheets of cells, and where the rows and columns are.

use super::names::Day;

/// The content of a cell.
#[derive(Clone, PartialEq)]
pub(crate) enum Cell {
    Blank,
    Text(String),
    Number(u64),
    /// An amount in đồng.
    Money(u64),
    Date(Day),
    /// A formula with the value that a spreadsheet would store beside it.
    Formula(String, u64),
}

impl Cell {
    /// A text, or a blank cell for an empty one.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// A count.
    pub(crate) fn count(count: u32) -> Self {
        Self::Number(u64::from(count))
    }

    /// `x` where the mark is set.
    pub(crate) fn mark(set: bool) -> Self {
        if set { Self::text("x") } else { Self::Blank }
    }

    /// What the cell says, in plain letters.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) | Self::Money(number) | Self::Formula(_, number) => number.to_string(),
            Self::Date(day) => day.long(),
        }
    }
}

/// The letters in which the texts of a workbook are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    Unicode,
    /// TCVN3 (ABC) in the fonts .VnTime and .VnTimeH.
    Tcvn3,
    /// VNI in the font VNI-Times.
    Vni,
}

/// A sheet.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// First row, first column, last row, last column.
    pub(crate) merges: Vec<(usize, usize, usize, usize)>,
    /// First and last row of the headings; the rows before them are titles.
    pub(crate) heading: (usize, usize),
    pub(crate) widths: Vec<u32>,
}

impl Sheet {
    /// An empty sheet.
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), hidden: false, rows: Vec::new(), merges: Vec::new(), heading: (0, 0), widths: Vec::new() }
    }

    /// Adds a row of texts, blank where the text is empty.
    pub(crate) fn line(&mut self, texts: &[&str]) {
        self.rows.push(texts.iter().map(|t| Cell::text(*t)).collect());
    }

    /// Adds heading rows. A text that stands over blanks in its row is merged over them, and one that
    /// stands over blanks in its column is merged down, where `merged` says so.
    pub(crate) fn headings(&mut self, rows: &[Vec<String>], merged: bool) {
        let top = self.rows.len();
        self.heading = (top, top + rows.len() - 1);
        for row in rows {
            self.rows.push(row.iter().map(|t| Cell::text(t.as_str())).collect());
        }
        if !merged {
            return;
        }
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate() {
                if text.is_empty() {
                    continue;
                }
                let below_blank = |r: usize| rows.get(r).is_some_and(|row| row[c].is_empty());
                let mut last_row = r;
                while below_blank(last_row + 1) {
                    last_row += 1;
                }
                let mut last_column = c;
                // A group stands over blanks to its right that have a text of their own below.
                while last_row == r
                    && row.get(last_column + 1).is_some_and(String::is_empty)
                    && !covered_from_above(rows, r, last_column + 1)
                    && rows.get(r + 1).is_some_and(|next| !next[last_column + 1].is_empty() || r + 2 < rows.len())
                {
                    last_column += 1;
                }
                if (last_row, last_column) != (r, c) {
                    self.merges.push((top + r, c, top + last_row, last_column));
                }
            }
        }
    }
}

/// Whether the column is under a text of a higher heading row that reaches down to this row.
fn covered_from_above(rows: &[Vec<String>], row: usize, column: usize) -> bool {
    (0..row).rev().any(|r| !rows[r][column].is_empty() && (r..row).all(|k| k == r || rows[k][column].is_empty()))
}

/// A workbook, or a csv file when it has one sheet.
pub(crate) struct Book {
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) letters: Letters,
    /// Whether the workbook counts days from 1904, as old Macintosh ones do.
    pub(crate) from_1904: bool,
}

impl Book {
    /// A workbook of these sheets.
    pub(crate) fn of(sheets: Vec<Sheet>) -> Self {
        Self { sheets, letters: Letters::Unicode, from_1904: false }
    }
}

/// `A1` for row 0, column 0.
pub(crate) fn address(row: usize, column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}
