//! Workbooks that people filter, print and sign: a sheet a table, values and not formulas, identity numbers as text.
//!
//! Sheets of more than [`LONG`] rows are written row by row in the low-memory mode of the library, which cannot hold
//! charts; where all sheets together have more, so are those that have no chart: the annexes of 180 communes are short, each
//! of them. All others are written in the standard mode. Same report, same bytes: the date of creation is the report's as-of date.

mod annex;
mod charts;
pub(super) mod corrections;
mod fit;
pub(super) mod form;
mod formats;
mod letters;
mod names;
mod sheet;

use std::io::{Read, Seek, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

use self::formats::Formats;
use self::names::Names;
use super::table::Report;
use super::wording::{Words, words};
use super::{RenderError, Setting, origin};

/// Sheets, or workbooks, with more rows than this are written in low-memory mode.
const LONG: usize = 5_000;
/// The most rows of a table on one sheet; Excel has 1,048,576 rows, and titles and notes need some.
const MOST: usize = 1_000_000;

/// What every sheet of a workbook needs to know.
struct Book<'a> {
    report: &'a Report,
    words: &'static Words,
    formats: Formats,
}

/// A report as a workbook.
pub(super) fn write(report: &Report, setting: &Setting, out: &mut (impl Read + Write + Seek + Send)) -> Result<(), RenderError> {
    write_in_parts(report, setting, MOST, out)
}

/// The same with at most so many rows of a table on one sheet; the table goes on in the next.
fn write_in_parts(
    report: &Report,
    setting: &Setting,
    most: usize,
    out: &mut (impl Read + Write + Seek + Send),
) -> Result<(), RenderError> {
    let mut workbook = Workbook::new();
    if let Some(scratch) = &setting.scratch {
        workbook.set_tempdir(scratch)?;
    }
    workbook.set_properties(&properties(report)?);
    let book = Book { report, words: words(setting.lang), formats: Formats::new(setting.lang) };
    let mut names = Names::default();
    let large = report.tables.iter().map(|table| table.rows.len()).sum::<usize>() > LONG;
    for table in &report.tables {
        let long = table.rows.len() > LONG;
        let by_rows = long || (large && table.charts.is_empty() && table.shows.is_empty());
        let mut rest = table.rows.as_slice();
        loop {
            let (rows, after) = rest.split_at(rest.len().min(most));
            let sheet: &mut Worksheet =
                if by_rows { workbook.add_worksheet_with_low_memory()? } else { workbook.add_worksheet() };
            let short = table.sheet.as_deref().or_else(|| book.words.sheet(table.key));
            let name = names.unique(short.unwrap_or(&table.title));
            sheet.set_name(&name)?;
            sheet::write(sheet, &name, sheet::Part { table, rows, goes_on: !after.is_empty() }, &book, long)?;
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
    }
    if report.tables.is_empty() {
        // A workbook without a sheet cannot be opened.
        workbook.add_worksheet().set_name(names.unique(&report.title))?;
    }
    workbook.save_to_writer(&mut *out)?;
    Ok(origin::hide(out)?)
}

/// The date of creation is part of the bytes; a report without a date gets a fixed one.
fn properties(report: &Report) -> Result<DocProperties, RenderError> {
    let (year, month, day) = report
        .as_of
        .and_then(|date| {
            Some((u16::try_from(date.year()).ok()?, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?))
        })
        .filter(|(year, ..)| (1900..=9999).contains(year))
        .unwrap_or((2000, 1, 1));
    let created = ExcelDateTime::from_ymd(year, month, day)?;
    Ok(DocProperties::new().set_title(&report.title).set_creation_datetime(&created))
}

#[cfg(test)]
mod tests;
