//! The rows that a person has to decide on, as a workbook. Same rows, same bytes.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::formats::plain;
use super::sheet::{column, wrapped_lines};
use crate::report::corrections::{COLUMNS, Choice, DECISION, Question, cells};
use crate::report::wording::Words;
use crate::report::{RenderError, origin};

/// Row of the headings, from zero.
const HEADING: u32 = 3;

/// The rows as a workbook.
pub(in crate::report) fn render(questions: &[Question], words: &Words) -> Result<Vec<u8>, RenderError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    table(workbook.add_worksheet(), questions, words)?;
    guide(workbook.add_worksheet(), words)?;
    Ok(origin::hidden(workbook.save_to_buffer()?)?)
}

fn heading(to_fill: bool) -> Format {
    let colour = if to_fill { "#FCE4C8" } else { "#E7EEF4" };
    let format = plain(12).set_bold().set_text_wrap().set_align(FormatAlign::Center);
    format.set_border(FormatBorder::Thin).set_background_color(colour)
}

fn table(sheet: &mut Worksheet, questions: &[Question], words: &Words) -> Result<(), XlsxError> {
    let say = |key| words.say("corrections", key);
    sheet.set_name(say("sheet"))?;
    sheet.write_string_with_format(0, 0, say("title"), &plain(14).set_bold())?;
    sheet.write_string_with_format(1, 0, say("hint"), &plain(12).set_italic())?;
    for (at, head) in COLUMNS.iter().enumerate() {
        let col = column(at)?;
        sheet.write_string_with_format(HEADING, col, say(head.key), &heading(head.to_fill))?;
        sheet.set_column_width(col, f64::from(head.width))?;
    }
    sheet.set_row_height(HEADING, 36)?;
    // Text by declaration: a number that a person types keeps its first zero.
    let text = plain(12).set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_num_format("@");
    let blank = text.clone().set_background_color("#FFF9F1");
    for (row, question) in (HEADING + 1..).zip(questions) {
        let cells = cells(question, words);
        let mut lines = 1;
        for (at, (head, cell)) in COLUMNS.iter().zip(&cells).enumerate() {
            sheet.write_string_with_format(row, column(at)?, cell, if head.to_fill { &blank } else { &text })?;
            // A path is one long word that breaks anywhere.
            let width = usize::from(head.width);
            lines = lines.max(wrapped_lines(cell, width)).max(cell.chars().count().div_ceil(width));
        }
        sheet.set_row_height(row, 16.5 * f64::from(u32::try_from(lines).unwrap_or(1)) + 3.0)?;
    }
    drop_downs(sheet, questions, words)?;
    let last = HEADING + u32::try_from(questions.len()).unwrap_or_default();
    sheet.autofilter(HEADING, 0, last.max(HEADING + 1), column(COLUMNS.len() - 1)?)?;
    sheet.set_freeze_panes(HEADING + 1, 0)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    sheet.set_landscape().set_paper_size(8).set_print_fit_to_pages(1, 0).set_footer("&C&\"Times New Roman\"&10&P/&N");
    Ok(())
}

/// One drop-down for each run of rows that may be decided with the same words.
fn drop_downs(sheet: &mut Worksheet, questions: &[Question], words: &Words) -> Result<(), XlsxError> {
    let col = column(DECISION)?;
    let mut row = HEADING + 1;
    for run in questions.chunk_by(|a, b| a.choices == b.choices) {
        let last = row + u32::try_from(run.len()).unwrap_or(u32::MAX) - 1;
        let choices: &[Choice] = run.first().map_or(&[], |question| &question.choices);
        if !choices.is_empty() {
            let list: Vec<&str> = choices.iter().map(|choice| choice.word(words)).collect();
            let rule = DataValidation::new()
                .allow_list_strings(&list)?
                .set_error_title(words.say("corrections", "decision"))?
                .set_error_message(list.join(" / "))?;
            sheet.add_data_validation(row, col, last, col, &rule)?;
        }
        row = last + 1;
    }
    Ok(())
}

/// The sheet that explains, one sentence a row.
fn guide(sheet: &mut Worksheet, words: &Words) -> Result<(), XlsxError> {
    const WIDTH: u16 = 80;
    let say = |key| words.say("corrections", key);
    sheet.set_name(say("guide"))?;
    sheet.set_column_width(0, f64::from(WIDTH))?;
    sheet.write_string_with_format(0, 0, say("guide"), &plain(14).set_bold())?;
    let text = plain(12).set_text_wrap().set_align(FormatAlign::Top);
    let lines = [say("how_1"), say("how_2"), say("how_3"), say("how_4"), say("how_5"), say("how_6"), say("how_7")];
    for (row, line) in (2_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, line, &text)?;
        let lines = u32::try_from(wrapped_lines(line, usize::from(WIDTH))).unwrap_or(1);
        sheet.set_row_height(row, 16.5 * f64::from(lines) + 4.0)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
