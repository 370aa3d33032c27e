//! Files and folders: which are read, in which order, and what opening one may come to.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::account::{SheetAccount, WhySkipped};
use super::batch::Batch;
use super::context::Places;
use super::merged::Shares;
use super::settings::Settings;
use super::sheet::SheetReader;
use super::workbook::{self, LooksLike, OpenError, ReadError, ReadNote, Workbook};
use crate::domain::issue::{Code, Hint, Issue};
use crate::domain::source::CellRef;
use crate::domain::spelling::{fold, nearest};

/// What `report` leaves beside its outputs.
const MANIFEST: &str = "manifest.json";

/// The files that paths stand for: a folder with its subfolders, each sorted by name. A file that two paths lead to is one
/// file (`--households DIR --members DIR`); a copy under another name is not, and is told as such.
///
/// What `report` wrote into a folder is no input there, unless `with_reports` asks for it: its lists of households would be
/// counted once more.
pub(crate) fn expand(paths: &[PathBuf], with_reports: bool) -> Vec<PathBuf> {
    let (mut files, mut reports, mut walked) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for path in paths {
        if path.is_dir() { walk(path, &mut files, &mut reports, &mut walked) } else { files.push(path.clone()) }
    }
    if !with_reports {
        files.retain(|file| paths.contains(file) || !reports.contains(file));
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| file.canonicalize().map_or(true, |file| seen.insert(file)));
    files
}

/// Gathers the files of a folder and of those in it. A folder that links lead back to is walked once.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, reports: &mut BTreeSet<PathBuf>, walked: &mut BTreeSet<PathBuf>) {
    if !folder.canonicalize().map_or(true, |real| walked.insert(real)) {
        return;
    }
    reports.extend(reported(folder));
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
            walk(&path, files, reports, walked);
        } else if !beside(&name) {
            files.push(path);
        }
    }
}

/// The files that `report` wrote into a folder, by the manifest that it left there.
fn reported(folder: &Path) -> Vec<PathBuf> {
    let text = std::fs::read(folder.join(MANIFEST)).unwrap_or_default();
    let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(&text) else { return Vec::new() };
    if !manifest.get("schema").and_then(|schema| schema.as_str()).is_some_and(|schema| schema.starts_with("thoatngheo/report/")) {
        return Vec::new();
    }
    let outputs = manifest.pointer("/result/outputs").and_then(|outputs| outputs.as_array()).into_iter().flatten();
    outputs.filter_map(|output| Some(folder.join(output.get("file")?.as_str()?))).collect()
}

/// Files that stand beside workbooks in a programme's folder and are read by other means or for people only.
fn beside(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    matches!(extension.as_str(), "toml" | "json" | "md")
}

/// The path as the user typed it, with `/` between folders on every system.
#[must_use]
pub fn shown(path: &Path) -> Arc<str> {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.as_ref().into() } else { text.replace(std::path::MAIN_SEPARATOR, "/").into() }
}

/// Files in parts that are read one after the other, each with enough to do for all threads: what is read of a part is in
/// memory at the same time.
pub(crate) fn parts(files: &[PathBuf]) -> Vec<&[PathBuf]> {
    const ENOUGH: u64 = 1 << 26;
    let threads = rayon::current_num_threads();
    let (mut parts, mut rest, mut taken, mut bytes) = (Vec::new(), files, 0, 0);
    for file in files {
        taken += 1;
        bytes += file.metadata().map_or(0, |about| about.len());
        if taken >= threads && bytes >= ENOUGH {
            let (part, after) = rest.split_at(taken);
            parts.push(part);
            (rest, taken, bytes) = (after, 0, 0);
        }
    }
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts
}

/// Reads files side by side; what comes back is in the order of the files.
pub(crate) fn read_all(
    files: &[PathBuf],
    settings: &Settings,
    places: &Places,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Batch> {
    let done = AtomicUsize::new(0);
    // The costliest first, so that no thread begins it when the others are done.
    let mut turns: Vec<(usize, &PathBuf)> = files.iter().enumerate().collect();
    turns.sort_by_key(|(_, path)| Reverse(cost(path)));
    let read = |(place, path): (usize, &PathBuf)| {
        let batch = read_file(path, settings, places);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
        (place, batch)
    };
    // Inside of the pool from the beginning, so that a single file too is read by one of its threads and not by one more.
    let mut threads = vec![(); rayon::current_num_threads().min(files.len())];
    let mut read: Vec<(usize, Batch)> = rayon::scope(|_| in_turn(&mut threads, &turns, |(), turn| read(turn)));
    read.sort_by_key(|(place, _)| *place);
    read.into_iter().map(|(_, batch)| batch).collect()
}

/// About what a file costs to read, in bytes of xlsx: other containers are read by the library.
fn cost(path: &Path) -> u64 {
    let bytes = path.metadata().map_or(0, |about| about.len());
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    bytes.saturating_mul(if matches!(extension.as_str(), "ods" | "xls" | "xlsb") { 5 } else { 1 })
}

/// Work that several do side by side: each takes the next turn until there is none. What comes back is in the order of the turns.
fn in_turn<W: Send, N: Copy + Sync, T: Send>(workers: &mut [W], turns: &[N], work: impl Fn(&mut W, N) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let of_worker = |worker: &mut W| {
        let take = || {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            Some((nth, work(worker, *turns.get(nth)?)))
        };
        std::iter::from_fn(take).collect::<Vec<(usize, T)>>()
    };
    let mut done: Vec<(usize, T)> = workers.par_iter_mut().with_max_len(1).flat_map_iter(of_worker).collect();
    done.sort_by_key(|(nth, _)| *nth);
    done.into_iter().map(|(_, result)| result).collect()
}

fn read_file(path: &Path, settings: &Settings, places: &Places) -> Batch {
    read_ahead(path, settings, places).unwrap_or_else(|| read_whole(path, settings, places))
}

/// Reads long text while its hash is taken; `None` for any other file, and for one that is not what its beginning promised.
fn read_ahead(path: &Path, settings: &Settings, places: &Places) -> Option<Batch> {
    if rayon::current_num_threads() < 2 {
        return None;
    }
    let (mut book, unseen) = workbook::open_ahead(path, &settings.limits)?;
    let mut batch = Batch::new(shown(path));
    let (sha256, ()) = rayon::join(|| unseen.look(), || read_sheet(&mut book, 0, settings, places, &mut batch));
    batch.sha256 = sha256?;
    Some(batch)
}

fn read_whole(path: &Path, settings: &Settings, places: &Places) -> Batch {
    let mut batch = Batch::new(shown(path));
    match workbook::open(path, &settings.limits) {
        Ok(mut book) => {
            batch.sha256 = book.sha256();
            if !side_by_side(&book, settings, places, &mut batch) {
                for index in 0..book.sheets().len() {
                    read_sheet(&mut book, index, settings, places, &mut batch);
                }
            }
        }
        Err(error) => {
            // What to do is said with the code, in the language of the reader.
            let missing = path.symlink_metadata().is_err_and(|error| error.kind() == ErrorKind::NotFound);
            let code = if missing { Code::FileMissing } else { code_of(&error) };
            let mut issue = Issue::of_file(code, batch.file.clone(), error.to_string());
            issue.hint = if missing { sibling(path) } else { Hint::Fault(fault(&error)) };
            if missing {
                issue.found = batch.file.to_string();
            }
            batch.error = Some(issue);
        }
    }
    batch
}

/// Reads the sheets of a large workbook on all threads; false where there is one sheet or one thread, or where the format is
/// read by one at a time.
fn side_by_side(book: &Workbook, settings: &Settings, places: &Places, batch: &mut Batch) -> bool {
    let sheets = book.sheets().len();
    let readers = rayon::current_num_threads().min(sheets);
    if readers < 2 || book.bytes() < settings.limits.sheets_bytes {
        return false;
    }
    let Some(mut books) = (0..readers).map(|_| book.fork()).collect::<Option<Vec<Workbook>>>() else { return false };
    let file = batch.file.clone();
    let of_sheet = |book: &mut Workbook, index: usize, everybody: bool| {
        let mut part = Batch::new(file.clone());
        part.everybody = everybody;
        read_sheet(book, index, settings, places, &mut part);
        part
    };
    let turns: Vec<usize> = (0..sheets).collect();
    let parts = in_turn(&mut books, &turns, |book, index| of_sheet(book, index, false));
    for (index, part) in parts.into_iter().enumerate() {
        // A sheet above may tell that the file is of everybody, which a row without a class was asked about.
        let again = (batch.everybody && part.asked_everybody).then(|| books.first_mut()).flatten();
        let part = again.map_or(part, |book| of_sheet(book, index, true));
        batch.append(part);
    }
    true
}

/// The name beside a path that is most like the one that is not there.
fn sibling(path: &Path) -> Hint {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else { return Hint::None };
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    nearest(&wanted, names.iter().map(String::as_str)).map_or(Hint::None, |name| Hint::Nearest(name.to_owned()))
}

/// The key of what a person is told about a file that cannot be read.
fn fault(error: &OpenError) -> &'static str {
    match error {
        OpenError::Io(why) if why.to_ascii_lowercase().contains("denied") => "denied",
        OpenError::Io(_) => "io",
        OpenError::Empty => "empty",
        OpenError::Locked => "locked",
        OpenError::Truncated(_) => "truncated",
        OpenError::Bomb(_) => "bomb",
        OpenError::TooLarge { .. } => "too_large",
        OpenError::Damaged(_) => "damaged",
        OpenError::Timeout { .. } => "timeout",
        OpenError::Crashed(_) => "crashed",
        OpenError::NotAWorkbook { looks_like } => match looks_like {
            LooksLike::WebPage => "web_page",
            LooksLike::WebArchive => "web_archive",
            LooksLike::XmlSpreadsheet => "xml_spreadsheet",
            LooksLike::Xml => "xml",
            LooksLike::Pdf => "pdf",
            LooksLike::Document => "document",
            LooksLike::Slides => "slides",
            LooksLike::Picture => "picture",
            LooksLike::Archive => "archive",
            LooksLike::OleFile => "ole_file",
            LooksLike::OldSheet => "old_sheet",
            LooksLike::Folder => "folder",
            LooksLike::Unknown => "unknown",
        },
    }
}

/// The same for a sheet.
fn sheet_fault(error: &ReadError) -> &'static str {
    match error {
        ReadError::NoSuchSheet(_) => "no_sheet",
        ReadError::NoCells => "no_cells",
        ReadError::Truncated(_) => "truncated",
        ReadError::Damaged(_) => "damaged",
        ReadError::TooManyCells { .. } => "too_large",
        ReadError::UnclosedQuote { .. } => "quote",
        ReadError::Timeout { .. } => "timeout",
        ReadError::Crashed(_) => "crashed",
    }
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
    let mut read = |shares: Shares| {
        let mut part = Batch::new(batch.file.clone());
        part.everybody = batch.everybody;
        let mut reader = SheetReader::new(settings, places, &mut part, &info.name).sharing(shares);
        let end = book.read_rows(index, &mut reader);
        let shared = reader.finish();
        (part, end, shared)
    };
    let (mut part, mut end, shared) = read(Shares::default());
    let shares = end.as_ref().map_or_else(|_| Shares::default(), |end| Shares::of(&end.merges, &shared, part.dittos));
    if !shares.is_empty() {
        (part, end, _) = read(shares);
    }
    match end {
        Ok(end) => {
            // What is hidden or struck out on a sheet of which nothing is read is of no account.
            let is_read = part.sheets.iter().any(|sheet| sheet.why_skipped.is_none());
            let of_rows = |note: &&ReadNote| matches!(note, ReadNote::Hidden { .. } | ReadNote::Struck { .. });
            let told = end.notes.iter().filter(|note| is_read || !of_rows(note));
            told.for_each(|note| tell(note, &info.name, &mut part));
        }
        Err(error) => {
            (0..part.sheets.len()).for_each(|table| give_up(&mut part, table));
            say_why(&mut part, &info.name, &error);
        }
    }
    batch.append(part);
}

/// A table of a sheet that breaks off counts for nothing: half a list would look like a whole one.
fn give_up(batch: &mut Batch, at: usize) {
    batch.households.retain(|household| household.record.sheet != at);
    batch.counted.forget(at);
    batch.counted_members.forget(at);
    batch.totals.retain(|record| record.sheet != at);
    batch.members.retain(|record| record.sheet != at);
    batch.pledges.retain(|record| record.sheet != at);
    batch.twinning.retain(|record| record.sheet != at);
    batch.supports.retain(|record| record.sheet != at);
    if let Some(account) = batch.sheets.get_mut(at) {
        account.give_up(WhySkipped::Unreadable);
    }
}

/// Says why a sheet could not be read to its end.
fn say_why(batch: &mut Batch, sheet: &str, error: &ReadError) {
    let cell = if let ReadError::UnclosedQuote { cell } = error { Some(*cell) } else { None };
    let hint = Hint::Fault(sheet_fault(error));
    batch.findings.add(Code::FileUnreadable, Some(sheet), cell, None, &error.to_string(), hint);
}

fn tell(note: &ReadNote, sheet: &str, batch: &mut Batch) {
    let fault = Hint::Fault;
    let (code, cell, found, hint) = match note {
        ReadNote::Unreadable { cell, found, .. } => (Code::CellUnreadable, *cell, found.clone(), fault("value")),
        ReadNote::OutsideGrid { reference, .. } => (Code::FarCell, None, reference.clone(), Hint::None),
        ReadNote::FarCell { cell, found } => (Code::FarCell, Some(*cell), found.clone(), Hint::None),
        ReadNote::FarRow { cell } => (Code::FarCell, Some(*cell), note.to_string(), fault("far_row")),
        ReadNote::Doubled { cell } => (Code::FarCell, Some(*cell), note.to_string(), fault("doubled")),
        ReadNote::OutOfOrder { row, .. } => (Code::CellUnreadable, Some(CellRef::new(*row, 0)), note.to_string(), fault("order")),
        ReadNote::Hidden { cell, .. } => (Code::RowsHidden, Some(*cell), String::new(), Hint::None),
        ReadNote::Struck { cell, .. } => (Code::RowsStruck, Some(*cell), String::new(), Hint::None),
        ReadNote::LongText { cell, .. } => (Code::CellUnreadable, Some(*cell), note.to_string(), fault("long_text")),
    };
    batch.findings.add(code, Some(sheet), cell, None, &found, hint);
    if let ReadNote::Hidden { rows, .. } | ReadNote::Struck { rows, .. } = note {
        batch.findings.of_rows(*rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_report_wrote_is_no_input_unless_it_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("bao-cao");
        std::fs::create_dir_all(out.join("xa")).unwrap();
        let [list, own, annex, other] = ["ho.csv", "bao-cao/bao-cao-2023.xlsx", "bao-cao/xa/xa-a.xlsx", "bao-cao/ghi-chu.csv"]
            .map(|name| folder.path().join(name));
        for file in [&list, &own, &annex, &other] {
            std::fs::write(file, b"x").unwrap();
        }
        let manifest = |schema: &str| {
            let text = format!(
                r#"{{"schema":"{schema}","result":{{"outputs":[{{"file":"bao-cao-2023.xlsx"}},{{"file":"xa/xa-a.xlsx"}}]}}}}"#
            );
            std::fs::write(out.join(MANIFEST), text).unwrap();
        };
        let walked = || expand(&[folder.path().to_path_buf()], false);
        manifest("thoatngheo/ingest/1");
        assert_eq!(walked(), [&own, &other, &annex, &list].map(Clone::clone), "clean tables are inputs");
        manifest("thoatngheo/report/1");
        assert_eq!(walked(), [other.clone(), list.clone()]);
        assert_eq!(expand(&[folder.path().to_path_buf(), own.clone()], false), [own.clone(), other, list], "named by a person");
        assert_eq!(expand(std::slice::from_ref(&folder.path().to_path_buf()), true).len(), 4);
        assert_eq!(expand(&[out.join("xa")], false), [annex], "the folder of the annexes alone");
    }

    #[test]
    fn a_file_that_two_paths_lead_to_is_read_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.csv");
        std::fs::write(&file, b"x").unwrap();
        let missing = folder.path().join("missing.csv");
        let roundabout = folder.path().join(".").join("a.csv");
        let paths = [folder.path().to_path_buf(), missing.clone(), roundabout, folder.path().to_path_buf()];
        assert_eq!(expand(&paths, false), [file, missing]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_links_to_itself_is_walked_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.csv");
        std::fs::write(&file, b"x").unwrap();
        // Each way down doubles at every step.
        for link in ["b", "c", "d"] {
            std::os::unix::fs::symlink(folder.path(), folder.path().join(link)).unwrap();
        }
        assert_eq!(expand(&[folder.path().to_path_buf()], false), [file]);
    }
}
