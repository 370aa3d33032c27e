//! The look-alike workbooks of a district, in every format.

use crate::support::{child, files, read, shared};
use thoatngheo::ingest::workbook::{Format, Limits, open};

#[test]
fn every_lookalike_workbook_reads_to_its_end() {
    let Some(folder) = shared("lak") else { return };
    let mut formats = Vec::new();
    for path in files(&folder).into_iter().filter(|path| path.extension().is_none_or(|e| e != "json")) {
        let sheets = read(&path, &Limits::default()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for sheet in &sheets {
            let end = sheet.end.as_ref().unwrap_or_else(|e| panic!("{} {}: {e}", path.display(), sheet.name));
            assert!(end.notes.is_empty(), "{} {}: {:?}", path.display(), sheet.name, end.notes);
        }
        let cells: usize = sheets.iter().map(|sheet| sheet.cells.len()).sum();
        assert!(cells > 100, "{}: {cells} cells", path.display());
        let format = open(&path, &Limits::default()).unwrap().format().clone();
        formats.push(format!("{format:?}"));
    }
    for wanted in ["Xlsx", "Xls", "Ods", "UTF-8", "UTF-16LE", "windows-1258"] {
        assert!(formats.iter().any(|format| format.contains(wanted)), "no {wanted} among {formats:?}");
    }
    assert!(matches!(open(&folder.join("members.xlsx"), &Limits::default()).unwrap().format(), Format::Xlsx));
}

#[test]
fn a_child_process_delivers_what_this_process_reads() {
    let Some(folder) = shared("lak") else { return };
    for path in files(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "xls" || e == "ods")) {
        assert_eq!(read(&path, &child()), read(&path, &Limits::default()), "{}", path.display());
    }
}
