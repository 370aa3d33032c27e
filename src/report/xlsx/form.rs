//! An empty table as a workbook: the sheet to fill in, the sheet that explains it, and a sheet of the lists that are too long
//! for a cell's own. Same form, same bytes.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::formats::plain;
use super::sheet::{column, spread, wrapped_lines};
use crate::report::form::{Column, Form, Look, Rule};
use crate::report::{RenderError, origin};

/// Row of the headings, from zero.
const HEADING: u32 = 3;
/// The first row to fill in.
const FIRST: u32 = HEADING + 1;
/// Rows that are drawn, so that the empty form can be printed and filled in by pen.
const DRAWN: u32 = 30;
/// The last row with drop-downs: a commune has fewer households.
const LAST: u32 = 9_999;
/// Signs that the drop-down list of a cell holds in itself; Excel's limit is 255.
const OWN_LIST: usize = 250;

/// A form as a workbook.
pub(in crate::report) fn render(form: &Form) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&form.title).set_creation_datetime(&created));
    let lists = Lists::of(form)?;
    table(workbook.add_worksheet(), form, &lists)?;
    guide(workbook.add_worksheet(), form)?;
    if !lists.columns.is_empty() {
        lists.write(workbook.add_worksheet(), form)?;
    }
    Ok(origin::hidden(workbook.save_to_buffer()?)?)
}

/// The sheet to fill in.
fn table(sheet: &mut Worksheet, form: &Form, lists: &Lists) -> Result<(), XlsxError> {
    let last = column(form.columns.len().max(1) - 1)?;
    sheet.set_name(&form.sheet)?;
    sheet.write_string_with_format(0, 0, &form.title, &plain(14).set_bold())?;
    sheet.write_string_with_format(1, 0, &form.hint, &plain(12).set_italic())?;
    let mut lines = 1;
    for (at, head) in form.columns.iter().enumerate() {
        let col = column(at)?;
        let heading = if head.needed { format!("{} *", head.heading) } else { head.heading.clone() };
        sheet.write_string_with_format(HEADING, col, &heading, &heading_format(head.needed))?;
        lines = lines.max(wrapped_lines(&heading, usize::from(head.width)));
        let cell = cell_format(head.look);
        sheet.set_column_width(col, f64::from(head.width))?;
        sheet.set_column_format(col, &cell)?;
        let boxed = cell.set_border(FormatBorder::Thin);
        for row in FIRST..FIRST + DRAWN {
            sheet.write_blank(row, col, &boxed)?;
        }
        sheet.add_data_validation(FIRST, col, LAST, col, &validation(at, head, form, lists)?)?;
    }
    sheet.set_row_height(HEADING, 16.5 * f64::from(u32::try_from(lines).unwrap_or(1)) + 4.0)?;
    for row in FIRST..FIRST + DRAWN {
        sheet.set_row_height(row, 22)?;
    }
    // Rows below the drawn ones get their lines when something is typed.
    let filled = format!("=COUNTA($A{row}:${letters}{row})>0", row = FIRST + DRAWN + 1, letters = letters(last));
    let lined =
        ConditionalFormatFormula::new().set_rule(filled.as_str()).set_format(Format::new().set_border(FormatBorder::Thin));
    sheet.add_conditional_format(FIRST + DRAWN, 0, LAST, last, &lined)?;
    sheet.set_freeze_panes(FIRST, 0)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    page(sheet, form.columns.iter().map(|column| u32::from(column.width)).sum());
    sheet.set_active(true);
    Ok(())
}

/// A4 across, or A3 where A4 would make the print too small to write in; one page wide.
fn page(sheet: &mut Worksheet, width: u32) {
    const A3: u8 = 8;
    const A4: u8 = 9;
    /// Characters beyond which a page of A4 would be printed at less than two thirds.
    const MOST: u32 = 190;
    sheet.set_landscape().set_paper_size(if width > MOST { A3 } else { A4 });
    sheet.set_print_fit_to_pages(1, 0).set_margins(0.5, 0.4, 0.6, 0.6, 0.3, 0.3).set_footer("&C&\"Times New Roman\"&10&P/&N");
}

fn heading_format(needed: bool) -> Format {
    let colour = if needed { "#FCE4C8" } else { "#E7EEF4" };
    let format = plain(12).set_bold().set_text_wrap().set_align(FormatAlign::Center);
    format.set_border(FormatBorder::Thin).set_background_color(colour)
}

fn cell_format(look: Look) -> Format {
    let format = plain(12);
    match look {
        Look::Words => format.set_num_format("@"),
        Look::Code => format.set_num_format("@").set_align(FormatAlign::Center),
        Look::Whole => format.set_num_format("#,##0"),
        Look::Decimal => format.set_num_format("General"),
        Look::Day => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
    }
}

/// What may be typed in a column, and the message beside the cell.
fn validation(at: usize, head: &Column, form: &Form, lists: &Lists) -> Result<DataValidation, XlsxError> {
    let own = letters(column(at)?);
    let first = FIRST + 1;
    let custom = |text: String| DataValidation::new().allow_custom(Formula::new(text));
    let asking = |validation: DataValidation| validation.set_error_style(DataValidationErrorStyle::Warning);
    let made = match &head.rule {
        Rule::Free => DataValidation::new(),
        Rule::Digits(count) => asking(custom(format!("=AND(LEN({own}{first})={count},ISNUMBER(VALUE({own}{first})))"))),
        Rule::Whole(least) => {
            let least = i32::try_from(*least).unwrap_or(i32::MAX);
            DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(least))
        }
        Rule::Tens(most) => custom(format!("=AND({own}{first}>=0,{own}{first}<={most},MOD({own}{first},10)=0)")),
        Rule::Halves => custom(format!("=AND({own}{first}>=0,MOD({own}{first}*2,1)=0)")),
        Rule::Number => DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
        Rule::Day => {
            let between =
                DataValidationRule::Between(ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
            asking(DataValidation::new().allow_date(between))
        }
        Rule::OneOf { words, others, .. } => {
            let list = match lists.range_of(at) {
                Some(range) => DataValidation::new().allow_list_formula(Formula::new(format!("={range}"))),
                None => DataValidation::new().allow_list_strings(words)?,
            };
            if *others { asking(list) } else { list }
        }
        Rule::Within { column: outer, .. } => match lists.within(at, *outer)? {
            Some(formula) => asking(DataValidation::new().allow_list_formula(Formula::new(formula))),
            None => DataValidation::new(),
        },
    };
    let title: String = head.heading.chars().take(32).collect();
    let wrong = format!("{} ({})", head.how.chars().take(200).collect::<String>(), form.guide.sheet);
    made.set_input_title(&title)?.set_input_message(&head.how)?.set_error_title(&title)?.set_error_message(&wrong)
}

/// The lists that stand on a sheet of their own: for which column of the form, name, words.
struct Lists {
    sheet: String,
    columns: Vec<(usize, String, Vec<String>)>,
}

impl Lists {
    fn of(form: &Form) -> Result<Self, XlsxError> {
        let mut columns = Vec::new();
        for (at, head) in form.columns.iter().enumerate() {
            match &head.rule {
                Rule::OneOf { name, words, .. } if !fits_in_the_cell(words) => columns.push((at, name.clone(), words.clone())),
                Rule::Within { names: [outer, inner], pairs, .. } if !pairs.is_empty() => {
                    let (outers, inners) = pairs.iter().cloned().unzip();
                    columns.push((at, outer.clone(), outers));
                    columns.push((at, inner.clone(), inners));
                }
                Rule::OneOf { .. }
                | Rule::Within { .. }
                | Rule::Free
                | Rule::Digits(_)
                | Rule::Whole(_)
                | Rule::Tens(_)
                | Rule::Halves
                | Rule::Number
                | Rule::Day => {}
            }
        }
        Ok(Self { sheet: form.lists.clone(), columns })
    }

    /// The cells of a list, absolute: `'Danh mục'!$A$3:$A$56`.
    fn cells(&self, place: usize) -> Result<Option<String>, XlsxError> {
        let Some((_, _, words)) = self.columns.get(place) else { return Ok(None) };
        let letters = letters(column(place)?);
        Ok(Some(format!("'{}'!${letters}$3:${letters}${}", self.sheet, words.len() + 2)))
    }

    fn range_of(&self, at: usize) -> Option<String> {
        let place = self.columns.iter().position(|(of, ..)| *of == at)?;
        self.cells(place).ok().flatten()
    }

    /// The part of a list that belongs to the word in the outer column of the same row.
    fn within(&self, at: usize, outer: usize) -> Result<Option<String>, XlsxError> {
        let Some(place) = self.columns.iter().position(|(of, ..)| *of == at) else { return Ok(None) };
        let (Some(keys), inner) = (self.cells(place)?, letters(column(place + 1)?)) else { return Ok(None) };
        let word = format!("${}{}", letters(column(outer)?), FIRST + 1);
        Ok(Some(format!("=OFFSET('{}'!${inner}$3,MATCH({word},{keys},0)-1,0,COUNTIF({keys},{word}),1)", self.sheet)))
    }

    fn write(&self, sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
        sheet.set_name(&self.sheet)?;
        for (place, (_, name, words)) in self.columns.iter().enumerate() {
            let col = column(place)?;
            sheet.write_string_with_format(1, col, format!("{}: {name}", form.list), &heading_format(false))?;
            sheet.set_column_width(col, 30)?;
            for (row, word) in (2_u32..).zip(words) {
                sheet.write_string_with_format(row, col, word, &plain(12).set_num_format("@"))?;
            }
        }
        sheet.set_freeze_panes(2, 0)?;
        sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

/// Whether a list fits into the cell's own: short, and without the sign that parts its words.
fn fits_in_the_cell(words: &[String]) -> bool {
    let signs: usize = words.iter().map(|word| word.encode_utf16().count() + 1).sum();
    signs <= OWN_LIST && words.iter().all(|word| !word.contains(','))
}

/// The sheet that explains.
fn guide(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    const WIDTHS: [u16; 4] = [30, 11, 66, 27];
    let guide = &form.guide;
    sheet.set_name(&guide.sheet)?;
    let (text, top) = (plain(12).set_text_wrap().set_align(FormatAlign::Top), FormatAlign::Top);
    for (col, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(col, f64::from(width))?;
    }
    sheet.write_string_with_format(0, 0, &guide.title, &plain(14).set_bold())?;
    let mut row = 1;
    for line in &guide.lines {
        spread(sheet, row, 0, 3, line, &text)?;
        set_height(sheet, row, wrapped_lines(line, usize::from(WIDTHS.iter().sum::<u16>())))?;
        row += 1;
    }
    row += 1;
    let heading = row;
    for (col, heading) in (0_u16..).zip(&guide.headings) {
        sheet.write_string_with_format(row, col, heading, &heading_format(false))?;
    }
    let boxed = text.clone().set_border(FormatBorder::Thin);
    for head in &form.columns {
        row += 1;
        let needed = if head.needed { guide.needed.as_str() } else { "" };
        sheet.write_string_with_format(row, 0, &head.heading, &boxed.clone().set_bold())?;
        sheet.write_string_with_format(row, 1, needed, &boxed.clone().set_align(FormatAlign::Center))?;
        sheet.write_string_with_format(row, 2, &head.how, &boxed)?;
        let example = boxed.clone().set_num_format("@").set_italic().set_font_color("#7A4B00").set_align(top);
        sheet.write_string_with_format(row, 3, &head.example, &example)?;
        let lines = [(&head.heading, 0), (&head.how, 2), (&head.example, 3)]
            .map(|(text, col): (&String, usize)| wrapped_lines(text, usize::from(WIDTHS[col])));
        set_height(sheet, row, lines.into_iter().max().unwrap_or(1))?;
    }
    sheet.set_repeat_rows(heading, heading)?;
    sheet.set_portrait().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&C&\"Times New Roman\"&10&P/&N");
    Ok(())
}

fn set_height(sheet: &mut Worksheet, row: u32, lines: usize) -> Result<(), XlsxError> {
    sheet.set_row_height(row, 16.5 * f64::from(u32::try_from(lines).unwrap_or(1)) + 2.0)?;
    Ok(())
}

/// The letters of a column.
fn letters(col: u16) -> String {
    crate::domain::source::column_letters(u32::from(col))
}
