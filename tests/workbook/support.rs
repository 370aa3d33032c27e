//! Finds the look-alike workbooks and collects what a reader delivers, in an owned form that can be compared.

use std::path::{Path, PathBuf};
use thoatngheo::ingest::workbook::{Limits, OpenError, ReadError, ReaderProcess, Script, SheetEnd, Value, open};

/// A folder of look-alike workbooks, or `None`, said loudly, when they are not on this machine.
pub(crate) fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("THOATNGHEO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("workbooks").join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("SKIPPED: {} is not there", path.display());
    None
}

/// Every file under a folder, sorted.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A cell that outlives its row: address, value in words, script, whether of a formula.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwnCell {
    pub(crate) row: u32,
    pub(crate) col: u32,
    pub(crate) value: Value<'static>,
    pub(crate) script: Script,
    pub(crate) formula: bool,
}

/// A sheet as delivered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwnSheet {
    pub(crate) name: String,
    pub(crate) visible: bool,
    pub(crate) cells: Vec<OwnCell>,
    pub(crate) end: Result<SheetEnd, ReadError>,
}

impl OwnSheet {
    /// The text at a place, however the cell is typed; empty for a blank.
    pub(crate) fn text(&self, row: u32, col: u32) -> String {
        let cell = self.cells.iter().find(|cell| cell.row == row && cell.col == col);
        cell.map(|cell| words(&cell.value)).unwrap_or_default()
    }
}

pub(crate) fn words(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::DateText(text) | Value::Error(text) => text.to_string(),
        Value::Number(number) | Value::Date { serial: number, .. } => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::MissingCache => "MISSING".to_owned(),
    }
}

pub(crate) fn owned(value: &Value<'_>) -> Value<'static> {
    match value {
        Value::Text(text) => Value::Text(text.to_string().into()),
        Value::DateText(text) => Value::DateText(text.to_string().into()),
        Value::Error(text) => Value::Error(text.to_string().into()),
        Value::Number(number) => Value::Number(*number),
        Value::Date { serial, is_1904 } => Value::Date { serial: *serial, is_1904: *is_1904 },
        Value::Bool(value) => Value::Bool(*value),
        Value::MissingCache => Value::MissingCache,
    }
}

/// The default limits, with the parsers that can abort in a child process of our own binary.
pub(crate) fn child() -> Limits {
    Limits { process: ReaderProcess::Child(env!("CARGO_BIN_EXE_thoatngheo").into()), ..Limits::default() }
}

/// Reads every sheet of a file.
pub(crate) fn read(path: &Path, limits: &Limits) -> Result<Vec<OwnSheet>, OpenError> {
    let mut book = open(path, limits)?;
    let sheets = book.sheets().to_vec();
    let read = |(index, sheet): (usize, &thoatngheo::ingest::workbook::SheetInfo)| {
        let mut cells = Vec::new();
        let end = book.read_sheet(index, &mut |row| {
            let mut last = None;
            for cell in row.cells {
                assert!(last < Some(cell.col), "cells of a row are sorted and single");
                last = Some(cell.col);
                cells.push(OwnCell {
                    row: row.row,
                    col: cell.col,
                    value: owned(&cell.value),
                    script: cell.script,
                    formula: cell.formula,
                });
            }
        });
        OwnSheet { name: sheet.name.clone(), visible: sheet.visible, cells, end }
    };
    Ok(sheets.iter().enumerate().map(read).collect())
}
