//! How a table fits its sheet and its page: widths of columns, heights of rows, and how many columns are printed.

use std::borrow::Cow;

use super::{Book, letters};
use crate::report::table::{Align, Column, Datum, Row, RowKind, Table, runs};

/// The width in pixels of a column that nobody set.
const UNSET: u32 = 64;
/// The width in pixels between the margins of a page that stands upright.
const UPRIGHT: u32 = 624;
/// The heights in pixels between the margins of a page that stands upright and of one that lies.
const TALL: u32 = 971;
const LOW: u32 = 642;
/// The width in pixels between the margins of a page that lies.
const WIDE: u32 = 952;
/// The width in pixels from which a sheet is printed across the page: its letters would be smaller than 11 points.
const ACROSS: u32 = UPRIGHT * 12 / 11;
/// The width in pixels of a page across whose letters are 11 points high.
const READABLE: u32 = WIDE * 12 / 11;

/// How narrow the columns of a table are made, in pixels.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// How wide a heading may be on one line.
    heading: u32,
    /// How wide words may be on one line.
    words: u32,
    /// How wide "no data" may be on one line.
    absent: u32,
    /// Whether columns are as wide as they ask for, and words and numbers stand away from the edge.
    roomy: bool,
}

/// The limits that are tried one after the other, until a page across has letters that are easy to read.
const LIMITS: [Limits; 4] = [
    Limits { heading: 108, words: 362, absent: 93, roomy: true },
    Limits { heading: 85, words: 278, absent: 85, roomy: true },
    Limits { heading: 54, words: 200, absent: 72, roomy: false },
    Limits { heading: 46, words: 150, absent: 54, roomy: false },
];
/// The least width of a column in pixels.
const LEAST: u32 = 40;
/// What a cell keeps free beside its words, and more where they are indented.
const EDGES: u32 = 6;
const INDENT: u32 = 13;
/// The size that headings are measured with: they are bold.
const HEADING: u32 = 13;

/// The measures of a sheet.
#[derive(Debug)]
pub(super) struct Fit {
    /// Widths of the columns in pixels.
    widths: Vec<u32>,
    /// Whether words and numbers stand away from the edges of their cells.
    roomy: bool,
    /// Which columns say nothing in any row: they are hidden, so that the others have room in print.
    silent: Vec<bool>,
    /// How many columns are printed: those of the table, and as many empty ones as lines above and below it need.
    printed: usize,
}

impl Fit {
    pub(super) fn new(table: &Table, rows: &[Row], book: &Book<'_>) -> Self {
        let silent = silent(table);
        let mut fit = Self { widths: Vec::new(), roomy: true, silent, printed: 1 };
        for limits in LIMITS {
            fit.widths = widths(table, rows, limits, book);
            fit.roomy = limits.roomy;
            if fit.table() <= READABLE {
                break;
            }
        }
        let beside = usize::try_from(UPRIGHT.saturating_sub(fit.table()) / UNSET).unwrap_or(0);
        fit.printed = fit.widths.len().max(1) + beside;
        fit
    }

    /// The columns that say nothing in any row.
    pub(super) fn silent(&self) -> impl Iterator<Item = usize> {
        self.silent.iter().enumerate().filter(|(_, silent)| **silent).map(|(at, _)| at)
    }

    /// The width of each column in pixels.
    pub(super) fn columns(&self) -> impl Iterator<Item = u32> {
        self.widths.iter().copied()
    }

    /// Whether words and numbers stand away from the edges of their cells.
    pub(super) fn roomy(&self) -> bool {
        self.roomy
    }

    /// The last column that is printed.
    pub(super) fn last_printed(&self) -> usize {
        self.printed - 1
    }

    /// Whether the sheet is printed across the page.
    pub(super) fn across(&self) -> bool {
        self.table() > ACROSS
    }

    /// The width of the table in pixels.
    pub(super) fn table(&self) -> u32 {
        self.widths.iter().zip(&self.silent).filter(|(_, silent)| !**silent).map(|(&width, _)| width).sum()
    }

    /// The height of a page in pixels of the sheet, which is printed smaller where it is wider than the page.
    pub(super) fn page(&self) -> u32 {
        let (width, height) = if self.across() { (WIDE, LOW) } else { (UPRIGHT, TALL) };
        height * self.table().max(width) / width
    }

    /// The height of a line of words above or below the table, over all columns that are printed.
    pub(super) fn line(&self, text: &str, points: u32) -> f64 {
        let beside = u32::try_from(self.printed.saturating_sub(self.widths.len())).unwrap_or(0) * UNSET;
        letters::height(letters::lines(text, (self.table() + beside).saturating_sub(EDGES), points))
    }

    /// The height of the row of headings.
    pub(super) fn headings(&self, columns: &[Column]) -> f64 {
        // Headings are bold, which takes more room than the size says.
        let lines = columns.iter().zip(&self.widths).map(|(column, width)| lines_in(&column.heading, *width, EDGES, HEADING));
        letters::height(lines.max().unwrap_or(1)) + 4.0
    }

    /// The height of the row of headings over groups of columns.
    pub(super) fn groups(&self, columns: &[Column]) -> f64 {
        let mut at = 0;
        let lines = runs(columns).into_iter().map(|(first, span)| {
            let shown = (at..at + span).filter(|column| !self.silent[*column]);
            let width: u32 = shown.map(|column| self.widths[column]).sum();
            at += span;
            first.group.as_ref().map_or(1, |group| letters::lines(group, width.saturating_sub(EDGES), HEADING))
        });
        letters::height(lines.max().unwrap_or(1)) + 4.0
    }

    /// The height of a row of values, where it is more than one line; only words wrap.
    pub(super) fn row(&self, row: &Row, columns: &[Column], book: &Book<'_>) -> Option<f64> {
        let points = points(row);
        let shown = row.cells.iter().zip(columns).zip(&self.widths).zip(&self.silent).filter(|(_, silent)| !**silent);
        let lines = shown.map(|(((datum, column), width), _)| {
            let Some(words) = wrapping(datum, column, book) else { return 1 };
            lines_in(&words, *width, edges(column, self.roomy), points)
        });
        lines.max().filter(|lines| *lines > 1).map(letters::height)
    }
}

/// The words of a cell, which wrap; none of numbers and dates, which do not.
fn wrapping<'a>(datum: &'a Datum, column: &Column, book: &Book<'_>) -> Option<Cow<'a, str>> {
    match datum {
        Datum::Text(text) => Some(Cow::Borrowed(text)),
        Datum::Missing | Datum::Hidden => Some(Cow::Owned(book.words.cell(datum, column.align))),
        Datum::Count(_)
        | Datum::Percent(_)
        | Datum::Points(_)
        | Datum::Decimal(_)
        | Datum::Days(_)
        | Datum::Money(_)
        | Datum::Date(_) => None,
    }
}

fn lines_in(text: &str, width: u32, edges: u32, points: u32) -> u32 {
    letters::lines(text, width.saturating_sub(edges), points)
}

/// The size that words of a row are measured with: those of a sum are bold, which takes more room than the size says.
fn points(row: &Row) -> u32 {
    if row.kind == RowKind::Total { HEADING } else { 12 }
}

/// The width in pixels of so many characters with their edges, for columns that ask for a width.
fn characters(count: u16) -> u32 {
    u32::from(count) * 77 / 10 + 16
}

/// What a column keeps free beside its words.
fn edges(column: &Column, roomy: bool) -> u32 {
    if roomy && column.align != Align::Centre { EDGES + INDENT } else { EDGES }
}

/// Which columns have no figure and no word in any row of the table; one that is empty on purpose is not among them, nor is
/// the first, which names the rows.
fn silent(table: &Table) -> Vec<bool> {
    let cells = |at: usize| table.rows.iter().filter_map(move |row| row.cells.get(at));
    let nothing = |datum: &Datum| *datum == Datum::Missing || *datum == Datum::nothing();
    (0..table.columns.len()).map(|at| at > 0 && cells(at).all(nothing) && cells(at).any(|cell| *cell == Datum::Missing)).collect()
}

/// Widths in pixels that fit the values in Times New Roman 12; headings wrap.
fn widths(table: &Table, rows: &[Row], limits: Limits, book: &Book<'_>) -> Vec<u32> {
    // The columns of an annex are cut out for its page, so that most rows take one line; longer words wrap.
    let most = |column: &Column| match column.width {
        width if width > 0 && table.annex.is_some() => characters(width),
        _ => limits.words,
    };
    let least = |column: &Column| {
        let heading = letters::pixels(&column.heading, HEADING);
        let word = column.heading.split(' ').map(|word| letters::pixels(word, HEADING)).max().unwrap_or(0);
        let asked = if limits.roomy && table.annex.is_none() { characters(column.width).min(limits.words) } else { 0 };
        (word + EDGES).max((heading + EDGES).min(limits.heading)).max(asked).max(LEAST)
    };
    let mut widths: Vec<u32> = table.columns.iter().map(least).collect();
    for row in rows {
        for (width, (column, datum)) in widths.iter_mut().zip(table.columns.iter().zip(&row.cells)) {
            let free = edges(column, limits.roomy);
            let wanted = match (wrapping(datum, column, book), datum) {
                (Some(words), Datum::Text(_)) => (letters::pixels(&words, points(row)) + free).min(most(column)),
                (Some(words), _) => (letters::pixels(&words, points(row)) + free).min(limits.absent),
                // A number that has no room is not shown at all, and programs differ in how wide they draw it.
                (None, _) => letters::pixels(&book.words.cell(datum, column.align), 12) + free + 4,
            };
            *width = wanted.max(*width);
        }
    }
    widths
}
