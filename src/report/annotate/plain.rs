//! A copy that holds values alone, for formats that cannot be changed in place.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Note, Url, Workbook, Worksheet, XlsxError};

use super::colour;
use super::list::{List, WIDTHS};
use crate::domain::issue::Severity;
use crate::domain::source::CellRef;

/// A sheet of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlainSheet {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub cells: Vec<(CellRef, PlainValue)>,
    /// The corners of its merged cells.
    pub merged: Vec<(CellRef, CellRef)>,
}

/// A value as it stood in the workbook.
#[derive(Clone, Debug, PartialEq)]
pub enum PlainValue {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// Days since 1899-12-30, to be shown as a date.
    Date(f64),
    /// True or false.
    Bool(bool),
}

/// What is marked on a sheet.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) cells: BTreeMap<CellRef, (Severity, String)>,
}

/// The copy: the list, then the sheets.
pub(super) fn write(
    list: &List,
    list_name: &str,
    sheets: &[PlainSheet],
    marks: &BTreeMap<String, Marks>,
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    write_list(book.add_worksheet().set_name(list_name)?, list)?;
    let none = Marks::default();
    for sheet in sheets {
        let page = book.add_worksheet().set_name(&sheet.name)?;
        write_sheet(page, sheet, marks.get(&sheet.name).unwrap_or(&none))?;
    }
    book.save_to_buffer()
}

fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12).set_align(FormatAlign::Top)
}

fn write_list(page: &mut Worksheet, list: &List) -> Result<(), XlsxError> {
    let text = base().set_text_wrap().set_quote_prefix();
    page.write_string_with_format(0, 0, &list.title, &base().set_bold().set_font_size(14))?;
    for (row, line) in (1_u32..).zip(&list.lines) {
        page.write_string_with_format(row, 0, line, &base())?;
    }
    let top = list.heading_row();
    for (col, heading) in (0_u16..).zip(&list.headings) {
        page.set_column_width(col, WIDTHS[usize::from(col)])?;
        page.write_string_with_format(top, col, heading, &base().set_bold().set_text_wrap().set_background_color("#E7EEF4"))?;
    }
    for (row, issue) in (top + 1..).zip(&list.rows) {
        page.set_row_height(row, f64::from(u32::try_from(issue.lines()).unwrap_or(1)) * 16.0 + 3.0)?;
        for (col, value) in (0_u16..).zip(&issue.texts) {
            match (col, &issue.target) {
                (0, _) => page.write_number_with_format(row, col, value.parse().unwrap_or(0.0), &text)?,
                (1, _) => page.write_string_with_format(
                    row,
                    col,
                    value,
                    &text.clone().set_background_color(format!("#{}", colour(issue.severity)).as_str()),
                )?,
                (3, Some((sheet, cell))) => {
                    let place = Url::new(format!("internal:'{}'!{cell}", sheet.replace('\'', "''"))).set_text(cell.to_string());
                    page.write_url(row, col, place)?
                }
                _ => page.write_string_with_format(row, col, value, &text)?,
            };
        }
    }
    page.set_freeze_panes(top + 1, 0)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_sheet(page: &mut Worksheet, sheet: &PlainSheet, marks: &Marks) -> Result<(), XlsxError> {
    let plain = Format::new();
    let filled = |severity| Format::new().set_background_color(format!("#{}", colour(severity)).as_str());
    for (first, last) in &sheet.merged {
        let (Ok(from), Ok(to)) = (u16::try_from(first.col), u16::try_from(last.col)) else { continue };
        // Blocks that overlap, which no spreadsheet writes, cannot be written; their values are.
        let _overlaps = page.merge_range(first.row, from, last.row, to, "", &plain).is_err();
    }
    for (cell, value) in &sheet.cells {
        let Ok(col) = u16::try_from(cell.col) else { continue };
        let format = marks.cells.get(cell).map_or_else(|| plain.clone(), |(severity, _)| filled(*severity));
        match value {
            PlainValue::Text(text) => page.write_string_with_format(cell.row, col, text, &format.set_num_format("@"))?,
            PlainValue::Number(number) => page.write_number_with_format(cell.row, col, *number, &format)?,
            PlainValue::Date(serial) => {
                page.write_number_with_format(cell.row, col, *serial, &format.set_num_format("dd/mm/yyyy"))?
            }
            PlainValue::Bool(value) => page.write_boolean_with_format(cell.row, col, *value, &format)?,
        };
    }
    let known: std::collections::BTreeSet<CellRef> = sheet.cells.iter().map(|(cell, _)| *cell).collect();
    for (cell, (severity, note)) in &marks.cells {
        let Ok(col) = u16::try_from(cell.col) else { continue };
        if !known.contains(cell) {
            page.write_blank(cell.row, col, &filled(*severity))?;
        }
        page.insert_note(cell.row, col, &Note::new(note).set_width(350).set_height(150))?;
    }
    page.autofit();
    Ok(())
}
