//! An OpenDocument workbook, written by hand: a zip with three entries.

use super::grid::{Book, Cell, Sheet};
use anyhow::Result;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use thoatngheo::report::origin;
use zip::{CompressionMethod, ZipWriter};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Namespaces, and the styles: a hidden sheet, a landscape page, titles and headings.
const HEAD: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"",
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"",
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"",
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"",
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.2\">",
    "<office:automatic-styles>",
    "<style:style style:name=\"hidden\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>",
    "<style:style style:name=\"bold\" style:family=\"table-cell\"><style:text-properties fo:font-weight=\"bold\"/></style:style>",
);

/// The workbook's bytes.
pub(crate) fn ods(book: &Book) -> Result<Vec<u8>> {
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest \
         xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"{KIND}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>"
    );
    let mut content = String::from(HEAD);
    let widest = book.sheets.iter().flat_map(|s| &s.widths).copied().max().unwrap_or(0);
    for width in 0..=widest {
        // A column is about two millimetres wide for each letter.
        write!(
            content,
            "<style:style style:name=\"w{width}\" style:family=\"table-column\"><style:table-column-properties \
             style:column-width=\"{}mm\"/></style:style>",
            2 * width
        )?;
    }
    content.push_str("</office:automatic-styles><office:body><office:spreadsheet>");
    for sheet in &book.sheets {
        write_sheet(&mut content, sheet)?;
    }
    content.push_str("</office:spreadsheet></office:body></office:document-content>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = origin::packed();
    let stored = packed.compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored)?;
    zip.write_all(KIND.as_bytes())?;
    zip.start_file("content.xml", packed)?;
    zip.write_all(content.as_bytes())?;
    zip.start_file("META-INF/manifest.xml", packed)?;
    zip.write_all(manifest.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn write_sheet(content: &mut String, sheet: &Sheet) -> Result<()> {
    let style = if sheet.hidden { " table:style-name=\"hidden\"" } else { "" };
    let name = escaped(&sheet.name);
    write!(content, "<table:table table:name=\"{name}\"{style}>")?;
    for width in &sheet.widths {
        write!(content, "<table:table-column table:style-name=\"w{width}\"/>")?;
    }
    for (r, row) in sheet.rows.iter().enumerate() {
        let bold = if r <= sheet.heading.1 { " table:style-name=\"bold\"" } else { "" };
        content.push_str("<table:table-row>");
        let mut blanks = 0;
        for cell in row {
            if *cell == Cell::Blank {
                blanks += 1;
                continue;
            }
            write_blanks(content, blanks)?;
            blanks = 0;
            let text = escaped(&cell.shown());
            let kind = match cell {
                Cell::Number(n) => format!("float\" office:value=\"{n}"),
                _ => "string".to_owned(),
            };
            write!(content, "<table:table-cell{bold} office:value-type=\"{kind}\"><text:p>{text}</text:p></table:table-cell>")?;
        }
        if row.is_empty() {
            content.push_str("<table:table-cell/>");
        }
        content.push_str("</table:table-row>");
    }
    content.push_str("</table:table>");
    Ok(())
}

fn write_blanks(content: &mut String, blanks: u32) -> Result<()> {
    match blanks {
        0 => {}
        1 => content.push_str("<table:table-cell/>"),
        n => write!(content, "<table:table-cell table:number-columns-repeated=\"{n}\"/>")?,
    }
    Ok(())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
