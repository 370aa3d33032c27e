//! Typed results to bytes. Pure: width, date and language are arguments.
//!
//! A view makes a [`table::Report`] from a result, [`audience::mask`] takes out what the audience may not see, and
//! [`render`] prints any report in any [`Format`]. JSON is not among the formats: its shapes are a contract with
//! scripts, one for each command, and not a print of tables.

use std::io::{Cursor, Read, Seek, Write};
use std::path::PathBuf;

pub mod annotate;
pub mod audience;
mod bars;
pub mod corrections;
mod csv;
mod docx;
pub mod form;
mod html;
pub mod json;
mod keys;
pub mod narrative;
pub mod origin;
#[cfg(test)]
mod samples;
mod series;
pub mod suppress;
mod svg;
pub mod table;
mod terminal;
pub mod views;
mod word_file;
pub mod wording;
mod xlsx;

use table::{Narrative, Report};
use wording::Lang;

/// A form in which any report can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Tables for a terminal of a given width.
    Table,
    /// Delimited text for scripts: one table after the other, keys as headings.
    Csv,
    /// A workbook, a sheet a table.
    Xlsx,
    /// One web page that works offline.
    Html,
}

/// How to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The language of people; scripts see English keys whatever it is.
    pub lang: Lang,
    /// Width of the terminal in columns.
    pub width: u16,
    /// Whether a terminal shows colours.
    pub colour: bool,
    /// Where workbooks with very long sheets may keep their temporary files; the system's place by default.
    pub scratch: Option<PathBuf>,
}

impl Setting {
    /// 100 columns without colours.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang, width: 100, colour: false, scratch: None }
    }
}

/// Why a report could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A workbook could not be made.
    #[error("the workbook cannot be made: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// Delimited text could not be made.
    #[error("the delimited text cannot be made: {0}")]
    Text(#[from] ::csv::Error),
    /// A Word document could not be made.
    #[error("the document cannot be made: {0}")]
    Document(#[from] zip::result::ZipError),
    /// A stream that lives in memory failed.
    #[error("the output cannot be made: {0}")]
    Stream(#[from] std::io::Error),
}

/// Prints a report.
///
/// # Errors
/// When a library that writes a format refuses (a sheet with more than 1,048,576 rows, no place for temporary files).
pub fn render(report: &Report, format: Format, setting: &Setting) -> Result<Vec<u8>, RenderError> {
    let mut out = Cursor::new(Vec::new());
    render_to(report, format, setting, &mut out)?;
    Ok(out.into_inner())
}

/// Prints a report into a file: a page and a workbook of low memory are never in memory as a whole.
///
/// # Errors
/// Those of [`render`], and when nothing can be written.
pub fn render_to<W: Read + Write + Seek + Send>(
    report: &Report,
    format: Format,
    setting: &Setting,
    out: &mut W,
) -> Result<(), RenderError> {
    match format {
        Format::Table => out.write_all(terminal::render(report, setting).as_bytes())?,
        Format::Csv => out.write_all(&csv::render(report)?)?,
        Format::Xlsx => xlsx::write(report, setting, out)?,
        Format::Html => html::write(report, setting, out)?,
    }
    Ok(())
}

/// Prints a narrative as a Word document.
///
/// # Errors
/// When the container cannot be written.
pub fn render_narrative(narrative: &Narrative, setting: &Setting) -> Result<Vec<u8>, RenderError> {
    docx::render(narrative, setting)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the samples in all formats into the folder that `THOATNGHEO_LOOK` names, for a person to look at them.
    #[test]
    fn samples_can_be_looked_at() {
        let Ok(folder) = std::env::var("THOATNGHEO_LOOK") else {
            return;
        };
        for issuer in [table::Issuer::Party, table::Issuer::State] {
            let bytes = render_narrative(&samples::narrative(issuer), &Setting::new(Lang::Vi)).unwrap();
            std::fs::write(format!("{folder}/narrative-{issuer:?}.docx"), bytes).unwrap();
        }
        for lang in [Lang::Vi, Lang::En] {
            for (format, ending) in [(Format::Table, "txt"), (Format::Csv, "csv"), (Format::Xlsx, "xlsx"), (Format::Html, "html")]
            {
                for (name, report) in [("year", samples::year()), ("everything", samples::everything())] {
                    let bytes = render(&report, format, &Setting::new(lang)).unwrap();
                    std::fs::write(format!("{folder}/{name}-{lang:?}.{ending}"), bytes).unwrap();
                }
            }
        }
    }
}
