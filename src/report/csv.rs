//! Delimited text for scripts: UTF-8, commas, keys as headings, tables one after the other with an empty line between.
//!
//! Values are the same whatever the language: counts plain, percentages and points with two decimals after a point, days
//! with a half as `.5`, dates in ISO order, missing as nothing, hidden as `*`. Identity numbers stay the text they are.
//!
//! **Formula guard.** A text that begins with `=`, `+`, `-`, `@`, a tab or a line end would be run as a formula by a
//! spreadsheet program that opens the file; such a text gets an apostrophe (`'`) in front. Numbers are not touched.

use super::RenderError;
use super::table::{Datum, Report, Table};
use super::wording::{Key, Lang, words};

/// All tables of a report.
pub(super) fn render(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    for (index, table) in report.tables.iter().enumerate() {
        if index > 0 {
            out.push(b'\n');
        }
        out.extend(block(table)?);
    }
    Ok(out)
}

fn block(table: &Table) -> Result<Vec<u8>, RenderError> {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| column.key))?;
    for row in &table.rows {
        writer.write_record(row.cells.iter().map(field))?;
    }
    writer.into_inner().map_err(|error| RenderError::Stream(error.into_error()))
}

fn field(datum: &Datum) -> String {
    match datum {
        Datum::Missing => String::new(),
        Datum::Hidden => words(Lang::En).get(Key::Hidden).to_owned(),
        Datum::Text(text) => guarded(text),
        Datum::Count(value) | Datum::Money(value) => value.to_string(),
        Datum::Percent(value) | Datum::Points(value) | Datum::Decimal(value) => value.to_string(),
        Datum::Days(days) => days.to_string(),
        Datum::Date(date) => date.to_string(),
    }
}

/// The text, with an apostrophe in front where it would otherwise be read as a formula.
pub(super) fn guarded(text: &str) -> String {
    // A lone dash is a "no" in our clean tables, and no program computes with it.
    let formula = text != "-" && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    #[test]
    fn text_cannot_become_a_formula() {
        for text in ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(guarded(text), format!("'{text}"));
        }
        assert_eq!(guarded("Y Bang - Liêng"), "Y Bang - Liêng");
    }

    #[test]
    fn a_report_as_delimited_text() {
        let text = String::from_utf8(render(&samples::rates()).unwrap()).unwrap();
        insta::assert_snapshot!(text);
    }

    #[test]
    fn values_read_back_as_they_were() {
        let text = render(&samples::everything()).unwrap();
        let mut reader = ::csv::Reader::from_reader(text.as_slice());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(
            rows[0].iter().collect::<Vec<_>>(),
            ["'=1+1", "066169609101", "-19284", "25.24", "-3.87", "1.5", "1800000", "2022-12-31"]
        );
        assert_eq!(rows[1].iter().collect::<Vec<_>>(), [""; 8]);
        assert!(rows[2].iter().all(|field| field == "*"));
    }
}
