//! One sheet: title or letterhead, headings, rows, notes, charts, and how it prints.

use rust_xlsxwriter::{ExcelDateTime, Format, IgnoreError, Worksheet, XlsxError};

use super::fit::Fit;
use super::{Book, annex, charts, letters};
use crate::report::table::{Align, Datum, Row, RowKind, Table};

/// Millimetres in an inch.
const INCH: f64 = 25.4;

/// Where the parts of a table stand on its sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    /// The row of headings; a row of group headings may stand above.
    pub(super) heading: u32,
    /// The first row of values.
    pub(super) first: u32,
    /// The row after the last value.
    pub(super) end: u32,
}

/// What stands of a table on one sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a> {
    /// The table.
    pub(super) table: &'a Table,
    /// Its rows on this sheet.
    pub(super) rows: &'a [Row],
    /// Whether others stand on the next.
    pub(super) goes_on: bool,
}

/// The most rows that get a height of their own. The workbook library keeps every height: those of half a million rows would
/// be a third of the memory of the whole report. Beyond, the program that opens the sheet gives rows the height they need.
const MEASURED: usize = 50_000;

/// Writes a table, or a part of one, to its sheet.
pub(super) fn write(sheet: &mut Worksheet, name: &str, part: Part<'_>, book: &Book<'_>, long: bool) -> Result<(), XlsxError> {
    let Part { table, rows, goes_on } = part;
    let last_column = column(table.columns.len().max(1) - 1)?;
    let fit = Fit::new(table, rows, book);
    let measured = rows.len() <= MEASURED;
    if measured {
        sheet.set_default_row_height(letters::LINE);
    }
    for (at, width) in fit.columns().enumerate() {
        sheet.set_column_width_pixels(column(at)?, width)?;
    }
    for at in fit.silent() {
        sheet.set_column_hidden(column(at)?)?;
    }
    let last_printed = column(fit.last_printed())?;
    let top = match &table.annex {
        Some(letterhead) => annex::letterhead(sheet, letterhead, last_column, book)?,
        None => titles(sheet, table, &fit, book)?,
    };
    let grouped = table.columns.iter().any(|column| column.group.is_some());
    let heading = if grouped { top + 1 } else { top };
    if grouped {
        groups(sheet, top, table, book)?;
        sheet.set_row_height(top, fit.groups(&table.columns))?;
    }
    headings(sheet, heading, table, &fit, book)?;
    let first = heading + 1;
    let mut next = first;
    let mut taller = fit.headings(&table.columns) - letters::LINE;
    for row in rows {
        if let Some(height) = fit.row(row, &table.columns, book).filter(|_| measured) {
            sheet.set_row_height(next, height)?;
            taller += height - letters::LINE;
        }
        values(sheet, next, row, (table, fit.roomy()), book)?;
        next += 1;
    }
    let layout = Layout { heading, first, end: next };
    let more = goes_on.then(|| book.words.say("note", "goes_on").to_owned());
    for note in more.into_iter().chain(book.words.notes(table)).chain(silent_note(table, &fit, book)) {
        next += u32::from(next == layout.end);
        spread(sheet, next, 0, last_printed, &note, &book.formats.note)?;
        sheet.set_row_height(next, fit.line(&note, 12))?;
        next += 1;
    }
    if let Some(letterhead) = &table.annex {
        next = annex::signature(sheet, letterhead, next + 1, last_column, book)?;
    }
    if !long {
        let page = charts::Page { above: taller, width: fit.table(), height: fit.page() };
        next = charts::insert(sheet, name, table, layout, (next + 1, page), book)?;
    }
    let body_end = trailing_totals(rows, layout);
    if body_end > layout.first {
        sheet.autofilter(layout.heading, 0, body_end - 1, last_column)?;
    }
    if layout.end > layout.first {
        sheet.ignore_error_range(layout.first, 0, layout.end - 1, last_column, IgnoreError::NumberStoredAsText)?;
    }
    sheet.set_freeze_panes(layout.first, 0)?;
    sheet.set_repeat_rows(if grouped { heading - 1 } else { heading }, heading)?;
    sheet.set_print_area(0, 0, next.max(1) - 1, last_printed)?;
    print_setup(sheet, fit.across(), table.annex.is_some(), book);
    Ok(())
}

/// Which columns are hidden because they say nothing.
fn silent_note(table: &Table, fit: &Fit, book: &Book<'_>) -> Option<String> {
    let names: Vec<String> = fit.silent().map(|at| table.columns[at].full_name()).collect();
    (!names.is_empty()).then(|| book.words.fill_in("note", "silent_columns", &[("list", &names.join("; "))]))
}

/// The row after the last one that is not a sum at the foot of the table.
fn trailing_totals(rows: &[Row], layout: Layout) -> u32 {
    let totals = rows.iter().rev().take_while(|row| row.kind == RowKind::Total).count();
    layout.end - u32::try_from(totals).unwrap_or(0)
}

/// The title and the lines under it, over all that is printed: on a narrow table they would be cut at its edge.
fn titles(sheet: &mut Worksheet, table: &Table, fit: &Fit, book: &Book<'_>) -> Result<u32, XlsxError> {
    let last = column(fit.last_printed())?;
    spread(sheet, 0, 0, last, &table.title, &book.formats.title)?;
    sheet.set_row_height(0, fit.line(&table.title, 15) + 4.0)?;
    let mut next = 1;
    let title = (!book.report.title.is_empty() && book.report.title != table.title).then_some(&book.report.title);
    let notes = if book.report.tables.first().is_some_and(|first| std::ptr::eq(first, table)) {
        book.report.notes.as_slice()
    } else {
        &[]
    };
    for line in title.into_iter().chain(&book.report.subtitle).chain(notes) {
        spread(sheet, next, 0, last, line, &book.formats.subtitle)?;
        sheet.set_row_height(next, fit.line(line, 12))?;
        next += 1;
    }
    Ok(next + 1)
}

/// Neighbours of one group under one merged heading.
fn groups(sheet: &mut Worksheet, row: u32, table: &Table, book: &Book<'_>) -> Result<(), XlsxError> {
    let mut at = 0;
    while at < table.columns.len() {
        let group = &table.columns[at].group;
        let same = table.columns[at..].iter().take_while(|column| column.group == *group).count();
        let end = at + same - 1;
        match group {
            Some(group) => spread(sheet, row, column(at)?, column(end)?, group, &book.formats.group)?,
            None => {
                for empty in at..=end {
                    sheet.write_blank(row, column(empty)?, &book.formats.no_group)?;
                }
            }
        }
        at = end + 1;
    }
    Ok(())
}

fn headings(sheet: &mut Worksheet, row: u32, table: &Table, fit: &Fit, book: &Book<'_>) -> Result<(), XlsxError> {
    let grouped = table.columns.iter().any(|column| column.group.is_some());
    for (at, head) in table.columns.iter().enumerate() {
        let open_top = grouped && head.group.is_none();
        let format = if open_top { &book.formats.heading } else { &book.formats.under_group };
        sheet.write_string_with_format(row, column(at)?, &head.heading, format)?;
    }
    sheet.set_row_height(row, fit.headings(&table.columns))?;
    Ok(())
}

fn values(
    sheet: &mut Worksheet,
    row: u32,
    cells: &Row,
    (table, roomy): (&Table, bool),
    book: &Book<'_>,
) -> Result<(), XlsxError> {
    for (at, (head, datum)) in table.columns.iter().zip(&cells.cells).enumerate() {
        let (datum, align) = if head.mark { (&marked(datum), Align::Centre) } else { (datum, head.align) };
        let format = book.formats.of(datum, align, (cells.kind, roomy));
        let col = column(at)?;
        match datum {
            Datum::Missing | Datum::Hidden => {
                let text = book.words.cell(datum, head.align);
                if text.is_empty() {
                    sheet.write_blank(row, col, format)?
                } else {
                    sheet.write_string_with_format(row, col, text, format)?
                }
            }
            Datum::Text(text) if text.is_empty() => sheet.write_blank(row, col, format)?,
            Datum::Text(text) => sheet.write_string_with_format(row, col, most(text), format)?,
            Datum::Count(value) | Datum::Money(value) => sheet.write_number_with_format(row, col, float(*value, 0), format)?,
            Datum::Percent(value) => sheet.write_number_with_format(row, col, float(value.get(), -4), format)?,
            Datum::Points(value) | Datum::Decimal(value) => {
                sheet.write_number_with_format(row, col, float(value.get(), -2), format)?
            }
            Datum::Days(days) => {
                let tenths = i64::try_from(days.in_halves()).unwrap_or(i64::MAX).saturating_mul(5);
                sheet.write_number_with_format(row, col, float(tenths, -1), format)?
            }
            Datum::Date(date) => {
                let parts = (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()));
                match parts {
                    (Ok(year @ 1900..), Ok(month), Ok(day)) => {
                        let date = ExcelDateTime::from_ymd(year, month, day)?;
                        sheet.write_datetime_with_format(row, col, &date, format)?
                    }
                    // Excel knows no dates before 1900.
                    _ => sheet.write_string_with_format(row, col, book.words.date(*date), format)?,
                }
            }
        };
    }
    Ok(())
}

/// A one as the mark that lists on paper have, a zero as nothing; what nobody told stays what it is.
fn marked(datum: &Datum) -> Datum {
    if *datum == Datum::Count(1) {
        Datum::text("x")
    } else if *datum == Datum::Count(0) {
        Datum::nothing()
    } else {
        datum.clone()
    }
}

/// Text as long as a cell may hold.
fn most(text: &str) -> &str {
    text.char_indices().nth(32_767).map_or(text, |(end, _)| &text[..end])
}

/// A whole number divided by a power of ten as the nearest double. Both are doubles exactly where the number is short, and a
/// division of two doubles is rounded once; longer numbers go by way of their digits.
pub(super) fn float(value: i64, power: i8) -> f64 {
    let tens = usize::try_from(-power).ok().and_then(|at| [1.0, 10.0, 100.0, 1_000.0, 10_000.0].get(at));
    match (i32::try_from(value), tens) {
        (Ok(value), Some(tens)) => f64::from(value) / tens,
        _ => format!("{value}e{power}").parse().unwrap_or(0.0),
    }
}

/// Text over several columns of a row.
pub(super) fn spread(sheet: &mut Worksheet, row: u32, from: u16, to: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    if from < to {
        sheet.merge_range(row, from, row, to, text, format)?;
    } else {
        sheet.write_string_with_format(row, from, text, format)?;
    }
    Ok(())
}

/// How many lines a heading takes when it breaks at spaces.
pub(super) fn wrapped_lines(text: &str, width: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in text.split(' ').map(|word| word.chars().count()) {
        if used > 0 && used + 1 + word > width {
            lines += 1;
            used = word;
        } else {
            used += word + usize::from(used > 0);
        }
    }
    lines
}

/// A4, 20 mm above and below, 30 mm left for the binding, 15 mm right (Guidance 05-HD/VPTW, Decree 30/2020/NĐ-CP).
fn print_setup(sheet: &mut Worksheet, across: bool, annex: bool, book: &Book<'_>) {
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(30.0 / INCH, 15.0 / INCH, 20.0 / INCH, 20.0 / INCH, 10.0 / INCH, 10.0 / INCH);
    let page = book.words.get(crate::report::wording::Key::Page);
    // Each sheet is a document that is handed on by itself, and counts its own pages. An annex has the number alone.
    let number = if annex { "&P".to_owned() } else { format!("&A – {page} &P") };
    sheet.set_footer(format!("&C&\"Times New Roman,Regular\"&12{number}")).set_print_first_page_number(1);
    if across {
        sheet.set_landscape();
    } else {
        sheet.set_portrait();
    }
}

/// A column's index as the library wants it.
pub(super) fn column(at: usize) -> Result<u16, XlsxError> {
    u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)
}
