//! Makes odd workbooks part by part, as no program would write them.

use std::io::Write;
use std::path::PathBuf;
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// A file that is removed with the folder that holds it.
pub(crate) struct Made {
    pub(crate) path: PathBuf,
    _folder: tempfile::TempDir,
}

/// Writes bytes under a name.
pub(crate) fn file(name: &str, bytes: &[u8]) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    Made { path, _folder: folder }
}

/// Packs parts into a zip container.
pub(crate) fn container(name: &str, parts: &[(&str, &[u8])]) -> Made {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (part, bytes) in parts {
        zip.start_file(*part, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    file(name, zip.finish().unwrap().get_ref())
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="Biểu 01" sheetId="1" r:id="rId1"/></sheets></workbook>"#;

/// The namespace of sheets, as an attribute.
pub(crate) const MAIN: &str = r#"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main""#;

/// A workbook of one sheet, given its whole XML and any further or replaced parts.
pub(crate) fn xlsx(sheet: &[u8], more: &[(&str, &[u8])]) -> Made {
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    parts.extend_from_slice(more);
    container("odd.xlsx", &parts)
}

/// A workbook of one sheet, given its rows.
pub(crate) fn xlsx_rows(rows: &str, more: &[(&str, &[u8])]) -> Made {
    xlsx(format!("<?xml version=\"1.0\"?>\n<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>").as_bytes(), more)
}

/// An OpenDocument workbook, given the inside of `office:spreadsheet`.
pub(crate) fn ods(tables: &str) -> Made {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#
    );
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<?xml version=\"1.0\"?><manifest:manifest/>"),
        ("content.xml", content.as_bytes()),
    ];
    container("odd.ods", &parts)
}
