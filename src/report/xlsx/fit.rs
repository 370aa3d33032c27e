//! How a table fits its sheet and its page: widths of columns, heights of rows, and how many columns are printed.

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
/// The width in pixels from which a sheet is printed across the page: its letters would be smaller than 10 points.
const ACROSS: u32 = UPRIGHT * 12 / 10;
/// The width in pixels of a page across whose letters are 10 points high.
const READABLE: u32 = WIDE * 121 / 100;
/// How narrow columns may be, in characters: the least for a heading and the most for words. The next is tried where a page
/// across would have letters that are hard to read.
const LIMITS: [(usize, usize); 3] = [(12, 45), (9, 34), (7, 26)];
/// What a cell keeps free beside its words, and more where they are indented.
const EDGES: u32 = 6;
const INDENT: u32 = 13;

/// The measures of a sheet.
#[derive(Debug)]
pub(super) struct Fit {
    /// Widths of the columns in characters.
    widths: Vec<usize>,
    /// Which columns say nothing in any row: they are hidden, so that the others have room in print.
    silent: Vec<bool>,
    /// How many columns are printed: those of the table, and as many empty ones as lines above and below it need.
    printed: usize,
}

impl Fit {
    pub(super) fn new(table: &Table, rows: &[Row], book: &Book<'_>) -> Self {
        let silent = silent(table);
        let mut fit = Self { widths: Vec::new(), silent, printed: 1 };
        for (heading, words) in LIMITS {
            fit.widths = widths(table, rows, (heading, words), book);
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

    /// The width of each column in the unit of Excel, a digit of its default font, which is narrower than ours.
    pub(super) fn columns(&self) -> impl Iterator<Item = f64> {
        self.widths.iter().map(|&width| f64::from(u32::try_from(width).unwrap_or(45)) * 1.1 + 1.5)
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
        self.widths.iter().zip(&self.silent).filter(|(_, silent)| !**silent).map(|(&width, _)| pixels(width)).sum()
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
        let lines = columns.iter().zip(&self.widths).map(|(column, width)| lines_in(&column.heading, *width, EDGES, 13));
        letters::height(lines.max().unwrap_or(1)) + 4.0
    }

    /// The height of the row of headings over groups of columns.
    pub(super) fn groups(&self, columns: &[Column]) -> f64 {
        let mut at = 0;
        let lines = runs(columns).into_iter().map(|(first, span)| {
            let shown = (at..at + span).filter(|column| !self.silent[*column]);
            let width: u32 = shown.map(|column| pixels(self.widths[column])).sum();
            at += span;
            first.group.as_ref().map_or(1, |group| letters::lines(group, width.saturating_sub(EDGES), 13))
        });
        letters::height(lines.max().unwrap_or(1)) + 4.0
    }

    /// The height of a row of values, where it is more than one line; only words wrap.
    pub(super) fn row(&self, row: &Row, columns: &[Column], book: &Book<'_>) -> Option<f64> {
        let points = if row.kind == RowKind::Total { 13 } else { 12 };
        let shown = row.cells.iter().zip(columns).zip(&self.widths).zip(&self.silent).filter(|(_, silent)| !**silent);
        let lines = shown.map(|(((datum, column), width), _)| {
            let words = match datum {
                Datum::Text(text) => text,
                Datum::Missing | Datum::Hidden => &book.words.cell(datum, column.align),
                Datum::Count(_)
                | Datum::Percent(_)
                | Datum::Points(_)
                | Datum::Decimal(_)
                | Datum::Days(_)
                | Datum::Money(_)
                | Datum::Date(_) => return 1,
            };
            lines_in(words, *width, if column.align == Align::Centre { EDGES } else { EDGES + INDENT }, points)
        });
        lines.max().filter(|lines| *lines > 1).map(letters::height)
    }
}

fn lines_in(text: &str, width: usize, edges: u32, points: u32) -> u32 {
    letters::lines(text, pixels(width).saturating_sub(edges), points)
}

/// The width of a column in pixels, seven a digit and five for the edges.
fn pixels(characters: usize) -> u32 {
    u32::try_from(characters).unwrap_or(45) * 77 / 10 + 16
}

/// Which columns have no figure and no word in any row of the table; one that is empty on purpose is not among them, nor is
/// the first, which names the rows.
fn silent(table: &Table) -> Vec<bool> {
    let cells = |at: usize| table.rows.iter().filter_map(move |row| row.cells.get(at));
    let nothing = |datum: &Datum| *datum == Datum::Missing || *datum == Datum::nothing();
    (0..table.columns.len()).map(|at| at > 0 && cells(at).all(nothing) && cells(at).any(|cell| *cell == Datum::Missing)).collect()
}

/// Widths in characters of Times New Roman 12 that fit the values; headings wrap.
fn widths(table: &Table, rows: &[Row], (heading, words): (usize, usize), book: &Book<'_>) -> Vec<usize> {
    let length = |text: &str| text.chars().count();
    // The columns of an annex are cut out for its page, so that most rows take one line.
    // The last try gives words no more room than they need.
    let own = |column: &Column| match usize::from(column.width) {
        width if table.annex.is_some() => width,
        _ if words == LIMITS[LIMITS.len() - 1].1 => 0,
        width => width.min(words),
    };
    let mut widths: Vec<usize> = table
        .columns
        .iter()
        .map(|column| {
            let longest_word = column.heading.split(' ').map(length).max().unwrap_or(0) + 2;
            longest_word.max(length(&column.heading).min(heading)).max(own(column)).max(5)
        })
        .collect();
    for row in rows {
        for (at, (column, datum)) in table.columns.iter().zip(&row.cells).enumerate() {
            // An annex keeps to the widths that fit its page; longer words wrap.
            let most = if matches!(datum, Datum::Missing | Datum::Hidden) {
                10
            } else if table.annex.is_some() && column.width > 0 {
                usize::from(column.width)
            } else {
                words
            };
            let text = if let Datum::Text(text) = datum { length(text) } else { length(&book.words.cell(datum, column.align)) };
            let bold = usize::from(row.kind == RowKind::Total) + usize::from(column.align == Align::Right);
            widths[at] = widths[at].max((text + bold).min(most));
        }
    }
    widths
}
