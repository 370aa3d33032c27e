//! Files and folders: which are read, in which order, and what opening one may come to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::account::{SheetAccount, WhySkipped};
use super::batch::Batch;
use super::context::Places;
use super::settings::Settings;
use super::sheet::SheetReader;
use super::workbook::{self, OpenError, ReadError, ReadNote, Workbook};
use crate::domain::issue::{Code, Hint, Issue};
use crate::domain::spelling::fold;

/// The files that paths stand for: a folder with its subfolders, each sorted by name. A file that two paths lead to is one
/// file (`--households DIR --members DIR`); a copy under another name is not, and is told as such.
pub(crate) fn expand(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() { walk(path, &mut files) } else { files.push(path.clone()) }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| file.canonicalize().map_or(true, |file| seen.insert(file)));
    files
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        files.push(folder.to_path_buf());
        return;
    };
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    found.sort();
    for path in found {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Hidden files and the lock files of Excel and LibreOffice are nobody's workbooks.
        if name.starts_with(['.', '~']) {
            continue;
        }
        if path.is_dir() {
            walk(&path, files);
        } else if !beside(&name) {
            files.push(path);
        }
    }
}

/// Files that stand beside workbooks in a programme's folder and are read by other means or for people only.
fn beside(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    matches!(extension.as_str(), "toml" | "json" | "md")
}

/// The path as the user typed it, with `/` between folders on every system.
fn shown(path: &Path) -> Arc<str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.as_ref().into() } else { text.replace(std::path::MAIN_SEPARATOR, "/").into() }
}

/// Reads files side by side; what comes back is in the order of the files.
pub(crate) fn read_all(
    files: &[PathBuf],
    settings: &Settings,
    places: &Places,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Batch> {
    let done = AtomicUsize::new(0);
    files
        .par_iter()
        .map(|path| {
            let batch = read_file(path, settings, places);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            batch
        })
        .collect()
}

fn read_file(path: &Path, settings: &Settings, places: &Places) -> Batch {
    let mut batch = Batch::new(shown(path));
    match workbook::open(path, &settings.limits) {
        Ok(mut book) => {
            batch.sha256 = book.sha256();
            for index in 0..book.sheets().len() {
                read_sheet(&mut book, index, settings, places, &mut batch);
            }
        }
        Err(error) => {
            // What to do is said with the code, in the language of the reader.
            batch.error = Some(Issue::of_file(code_of(&error), batch.file.clone(), error.to_string()));
        }
    }
    batch
}

fn code_of(error: &OpenError) -> Code {
    match error {
        OpenError::Locked => Code::FileLocked,
        OpenError::Empty => Code::FileEmpty,
        OpenError::TooLarge { .. } | OpenError::Bomb(_) => Code::FileTooLarge,
        OpenError::NotAWorkbook { .. } => Code::FileNotWorkbook,
        OpenError::Io(_)
        | OpenError::Truncated(_)
        | OpenError::Damaged(_)
        | OpenError::Timeout { .. }
        | OpenError::Crashed(_) => Code::FileUnreadable,
    }
}

fn read_sheet(book: &mut Workbook, index: usize, settings: &Settings, places: &Places, batch: &mut Batch) {
    let Some(info) = book.sheets().get(index).cloned() else { return };
    let asked = settings.sheet.as_ref().is_none_or(|sheet| fold(sheet) == fold(&info.name));
    let why = if !info.visible {
        batch.findings.add(Code::SheetHidden, Some(&info.name), None, None, &info.name, Hint::None);
        Some(WhySkipped::Hidden)
    } else if !info.has_cells {
        Some(WhySkipped::NoCells)
    } else if !asked {
        Some(WhySkipped::NotAsked)
    } else {
        None
    };
    if why.is_some() {
        batch.sheets.push(SheetAccount { sheet: info.name, why_skipped: why, ..SheetAccount::default() });
        return;
    }
    let mut reader = SheetReader::new(settings, places, batch, &info.name);
    let end = book.read_sheet(index, &mut |row| reader.row(row));
    reader.finish();
    let at = batch.sheets.len() - 1;
    match end {
        Ok(end) => end.notes.iter().for_each(|note| tell(note, &info.name, batch)),
        Err(error) => give_up(batch, at, &info.name, &error),
    }
}

/// A sheet that breaks off counts for nothing: half a list would look like a whole one.
fn give_up(batch: &mut Batch, at: usize, sheet: &str, error: &ReadError) {
    batch.households.retain(|household| household.record.sheet != at);
    batch.totals.retain(|record| record.sheet != at);
    batch.members.retain(|record| record.sheet != at);
    batch.pledges.retain(|record| record.sheet != at);
    batch.twinning.retain(|record| record.sheet != at);
    batch.supports.retain(|record| record.sheet != at);
    if let Some(account) = batch.sheets.get_mut(at) {
        account.skipped = account.read;
        account.used = 0;
        account.rejected = 0;
        account.why_skipped = Some(WhySkipped::Unreadable);
    }
    batch.findings.add(Code::FileUnreadable, Some(sheet), None, None, &error.to_string(), Hint::None);
}

fn tell(note: &ReadNote, sheet: &str, batch: &mut Batch) {
    let (code, cell, found) = match note {
        ReadNote::Unreadable { cell, found, .. } => (Code::CellUnreadable, *cell, found.clone()),
        ReadNote::OutsideGrid { reference, .. } => (Code::FarCell, None, reference.clone()),
        ReadNote::FarCell { cell, found } => (Code::FarCell, Some(*cell), found.clone()),
        ReadNote::FarRow { cell } | ReadNote::Doubled { cell } => (Code::FarCell, Some(*cell), note.to_string()),
        ReadNote::OutOfOrder { .. } => (Code::CellUnreadable, None, note.to_string()),
        ReadNote::LongText { cell, .. } => (Code::CellUnreadable, Some(*cell), note.to_string()),
    };
    batch.findings.add(code, Some(sheet), cell, None, &found, Hint::None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_two_paths_lead_to_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.csv");
        std::fs::write(&file, b"x").unwrap();
        let missing = folder.path().join("missing.csv");
        let roundabout = folder.path().join(".").join("a.csv");
        let paths = [folder.path().to_path_buf(), missing.clone(), roundabout, folder.path().to_path_buf()];
        assert_eq!(expand(&paths), [file, missing]);
    }
}
