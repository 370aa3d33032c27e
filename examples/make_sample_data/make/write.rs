//! Writes a workbook as xlsx or as delimited text.

use super::grid::{Book, Cell, Letters, Sheet};
use super::legacy;
use anyhow::{Context, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};
use thoatngheo::report::origin;
use zip::{ZipArchive, ZipWriter};

struct Looks {
    title: Format,
    heading: Format,
    plain: Format,
    centred: Format,
    date: Format,
    money: Format,
}

impl Looks {
    fn of(letters: Letters) -> Self {
        let (body, titles) = match letters {
            Letters::Unicode => ("Times New Roman", "Times New Roman"),
            Letters::Tcvn3 => (".VnTime", ".VnTimeH"),
            Letters::Vni => ("VNI-Times", "VNI-Times"),
        };
        let plain = Format::new().set_font_name(body).set_font_size(11);
        Self {
            title: Format::new().set_font_name(titles).set_font_size(12).set_bold(),
            heading: plain
                .clone()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin),
            date: plain.clone().set_num_format("dd/mm/yyyy"),
            money: plain.clone().set_num_format("#,##0"),
            centred: plain.clone().set_align(FormatAlign::Center),
            plain,
        }
    }
}

/// An xlsx workbook; its date of creation is fixed, so that its bytes are.
pub(crate) fn xlsx(book: &Book) -> Result<Vec<u8>> {
    let looks = Looks::of(book.letters);
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2024, 1, 15)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&sheet.name)?;
        worksheet.set_hidden(sheet.hidden);
        for (column, width) in (0_u16..).zip(&sheet.widths) {
            worksheet.set_column_width(column, *width)?;
        }
        worksheet.set_landscape().set_paper_size(9);
        worksheet.set_print_fit_to_pages(1, 0);
        fill(worksheet, sheet, &looks, book.from_1904)?;
    }
    // The library names the system in the container; the sample is the same wherever it is made.
    let bytes = origin::hidden(workbook.save_to_buffer()?)?;
    if book.from_1904 { count_from_1904(&bytes) } else { Ok(bytes) }
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, looks: &Looks, from_1904: bool) -> Result<()> {
    for &(top, left, bottom, right) in &sheet.merges {
        let format =
            if top < sheet.heading.0 { looks.title.clone().set_align(FormatAlign::Center) } else { looks.heading.clone() };
        let (top, bottom) = (u32::try_from(top)?, u32::try_from(bottom)?);
        let (left, right) = (u16::try_from(left)?, u16::try_from(right)?);
        worksheet.merge_range(top, left, bottom, right, "", &format)?;
    }
    for (r, cells) in sheet.rows.iter().enumerate() {
        let merged_title = sheet.merges.iter().any(|m| m.0 == r);
        let centred = looks.title.clone().set_align(FormatAlign::Center);
        let look = if r < sheet.heading.0 && merged_title {
            &centred
        } else if r < sheet.heading.0 {
            &looks.title
        } else if r <= sheet.heading.1 {
            &looks.heading
        } else {
            &looks.plain
        };
        let row = u32::try_from(r)?;
        let body = r > sheet.heading.1;
        if r >= sheet.heading.0 && !body && !sheet.widths.is_empty() {
            worksheet.set_row_height(row, heading_height(sheet))?;
        }
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    // Marks and figures stand in the middle of their column.
                    let figures = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '/');
                    let mark = body && (text.chars().count() <= 3 || text.chars().all(figures));
                    let look = if mark { &looks.centred } else { look };
                    worksheet.write_string_with_format(row, column, text, look)?;
                }
                Cell::Number(number) => {
                    let look = if body { &looks.centred } else { look };
                    let number = as_float(*number)?;
                    worksheet.write_number_with_format(row, column, number, look)?;
                }
                Cell::Money(dong) => {
                    worksheet.write_number_with_format(row, column, as_float(*dong)?, &looks.money)?;
                }
                Cell::Date(day) => {
                    let shift = if from_1904 { 1462 } else { 0 };
                    let serial = f64::from(day.serial()) - f64::from(shift);
                    worksheet.write_number_with_format(row, column, serial, &looks.date)?;
                }
                Cell::Formula(formula, value) => {
                    let formula = Formula::new(formula).set_result(value.to_string());
                    worksheet.write_formula_with_format(row, column, formula, look)?;
                }
            }
        }
    }
    if sheet.heading.1 + 1 < sheet.rows.len() && sheet.rows.len() > 20 {
        worksheet.set_freeze_panes(u32::try_from(sheet.heading.1 + 1)?, 0)?;
    }
    Ok(())
}

/// Room for headings of three lines in all.
fn heading_height(sheet: &Sheet) -> u32 {
    match sheet.heading.1 - sheet.heading.0 {
        0 => 48,
        1 => 26,
        _ => 18,
    }
}

/// Spreadsheets keep every number as a float; ours have at most twelve digits, which fit exactly.
fn as_float(number: u64) -> Result<f64> {
    let high = u32::try_from(number / 1_000_000)?;
    let low = u32::try_from(number % 1_000_000)?;
    Ok(f64::from(high) * 1e6 + f64::from(low))
}

/// Says in the workbook that its days count from 1904; the writer has no setting for it.
fn count_from_1904(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index)?;
        if entry.name()? == "xl/workbook.xml" {
            let mut text = String::new();
            entry.read_to_string(&mut text)?;
            to.start_file("xl/workbook.xml", origin::packed())?;
            let marked = text.replacen("<workbookPr ", "<workbookPr date1904=\"1\" ", 1);
            to.write_all(marked.as_bytes())?;
        } else {
            to.raw_copy_file(entry)?;
        }
    }
    Ok(to.finish()?.into_inner())
}

/// Delimited text in one of three encodings.
#[derive(Clone, Copy)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
    Windows1258,
}

/// The first sheet as delimited text.
pub(crate) fn delimited(book: &Book, encoding: Encoding) -> Result<Vec<u8>> {
    let delimiter = match encoding {
        Encoding::Utf8 => b';',
        Encoding::Utf16 => b'\t',
        Encoding::Windows1258 => b',',
    };
    let mut writer =
        csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    let sheet = book.sheets.first().context("a csv file needs a sheet")?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(Cell::shown))?;
    }
    let text = String::from_utf8(writer.into_inner()?)?;
    Ok(match encoding {
        Encoding::Utf8 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Encoding::Utf16 => [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        Encoding::Windows1258 => legacy::windows_1258(&text),
    })
}
