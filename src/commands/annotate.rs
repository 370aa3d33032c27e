//! `check --annotate DIR`: a marked-up copy of each workbook, to be sent back to those who wrote it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::input::Loaded;
use super::options::{AudienceArg, OutputArgs};
use super::output::write_file;
use super::refused::Refused;
use super::world::World;
use crate::domain::issue::Issue;
use crate::domain::source::CellRef;
use crate::ingest::workbook::{self, Format, Limits, ReaderProcess, Value};
use crate::report::annotate::{PlainSheet, PlainValue, marked_copy, plain_copy};
use crate::report::wording::Words;

/// Days between the two epochs of Excel.
const DAYS_TO_1904: f64 = 1462.0;

/// Writes the copies and says on the side what was written.
///
/// # Errors
/// When the audience may not see the cells, the folder is one of the inputs, or a copy cannot be written.
pub fn write(folder: &Path, loaded: &Loaded, output: &OutputArgs, words: &Words, world: &mut World<'_>) -> Result<()> {
    if output.audience != AudienceArg::Internal {
        bail!(Refused::new("marked_office"));
    }
    refuse_inside_inputs(folder, &loaded.paths)?;
    let inputs: Vec<PathBuf> = loaded.data.files.iter().map(|file| PathBuf::from(file.file.as_ref())).collect();
    let names = names(&loaded.data.files.iter().map(|file| file.file.as_ref()).collect::<Vec<_>>());
    // Parsers that can abort run in a process of their own, as they did when the file was read first.
    let process = world.program.clone().map_or(ReaderProcess::InProcess, ReaderProcess::Child);
    let limits = Limits { process, ..Limits::default() };
    for file in &loaded.data.files {
        let mut lines = Vec::new();
        let issues: Vec<&Issue> = loaded.data.issues.iter().filter(|issue| issue.file == file.file).collect();
        match copy(Path::new(file.file.as_ref()), &issues, &limits, words)? {
            None => lines.push(words.fill_in("note", "marked_unreadable", &[("file", &file.file)])),
            Some(copy) => {
                let name = names.get(file.file.as_ref()).cloned().unwrap_or_default();
                let path = folder.join(name).with_extension(copy.extension);
                write_file(&path, &copy.bytes, &inputs)?;
                lines.push(words.fill_in("note", "marked_written", &[("file", &path.display().to_string())]));
                lines.extend(copy.said.map(|said| format!("  {said}")));
            }
        }
        if !output.quiet {
            lines.iter().for_each(|line| world.say(line));
        }
    }
    Ok(())
}

/// Copies among the inputs would be read as inputs the next time, and everything would be there twice.
fn refuse_inside_inputs(folder: &Path, inputs: &[PathBuf]) -> Result<()> {
    let whole = |path: &Path| -> Option<PathBuf> {
        path.ancestors().find_map(|known| {
            let known_whole = if known.as_os_str().is_empty() { Path::new(".") } else { known }.canonicalize().ok()?;
            Some(known_whole.join(path.strip_prefix(known).unwrap_or(Path::new(""))))
        })
    };
    let Some(target) = whole(folder) else { return Ok(()) };
    for input in inputs.iter().filter(|input| input.is_dir()) {
        if input.canonicalize().is_ok_and(|input| target.starts_with(input)) {
            bail!(Refused::new("marked_inside").with("folder", folder.display()).with("input", input.display()));
        }
    }
    Ok(())
}

/// Where each copy goes: the paths below the folder that all files share. Of two that differ only in their extension each
/// keeps it before the new one.
fn names(files: &[&str]) -> BTreeMap<String, PathBuf> {
    let folder = |file: &str| Path::new(file).parent().map(Path::to_path_buf).unwrap_or_default();
    let mut shared = files.first().map(|file| folder(file)).unwrap_or_default();
    for file in files {
        while !folder(file).starts_with(&shared) && shared.pop() {}
    }
    let below = |file: &str| Path::new(file).strip_prefix(&shared).map_or_else(|_| safe(file), Path::to_path_buf);
    let mut stems: BTreeMap<PathBuf, u32> = BTreeMap::new();
    for file in files {
        *stems.entry(below(file).with_extension("")).or_default() += 1;
    }
    let name = |file: &&str| {
        let path = below(file);
        let alone = stems.get(&path.with_extension("")).is_none_or(|count| *count == 1);
        // What comes after the last dot is replaced by the extension of the copy.
        let path = if alone { path } else { PathBuf::from(format!("{}.x", path.display())) };
        ((*file).to_owned(), path)
    };
    files.iter().map(name).collect()
}

/// A path without what leads upwards or to the root.
fn safe(file: &str) -> PathBuf {
    Path::new(file).components().filter(|part| matches!(part, std::path::Component::Normal(_))).collect()
}

/// A copy in memory.
struct Copy {
    bytes: Vec<u8>,
    extension: &'static str,
    /// What a person should know of it.
    said: Option<String>,
}

/// The marked-up copy of a file; `None` where the file cannot be read.
fn copy(path: &Path, issues: &[&Issue], limits: &Limits, words: &Words) -> Result<Option<Copy>> {
    let Ok(book) = workbook::open(path, limits) else { return Ok(None) };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let extension = match book.format() {
        Format::Xlsx => Some("xlsx"),
        Format::Xlsm => Some("xlsm"),
        Format::Xlsb | Format::Xls | Format::Ods | Format::Delimited { .. } | Format::WebPage => None,
    };
    let said = if let Some(extension) = extension {
        let bytes =
            std::fs::read(path).map_err(|error| Refused::new("no_read_again").with("file", path.display()).because(error))?;
        match marked_copy(&name, &bytes, issues, words) {
            Ok(bytes) => return Ok(Some(Copy { bytes, extension, said: None })),
            Err(refused) => words.fill_in("note", "marked_refused", &[("why", &refused.to_string())]),
        }
    } else {
        words.fill_in("note", "marked_plain", &[("format", format_name(book.format()))])
    };
    let Some(sheets) = values(book) else { return Ok(None) };
    let bytes = plain_copy(&name, &sheets, issues, std::slice::from_ref(&said), words)?;
    Ok(Some(Copy { bytes, extension: "xlsx", said: Some(said) }))
}

fn format_name(format: &Format) -> &'static str {
    match format {
        Format::Xlsx => "xlsx",
        Format::Xlsm => "xlsm",
        Format::Xlsb => "xlsb",
        Format::Xls => "xls",
        Format::Ods => "ods",
        Format::Delimited { .. } => "csv",
        Format::WebPage => "html",
    }
}

/// All values of a workbook by sheet and cell.
fn values(mut book: workbook::Workbook) -> Option<Vec<PlainSheet>> {
    let mut sheets = Vec::new();
    let mut seen = BTreeSet::new();
    for index in 0..book.sheets().len() {
        let info = book.sheets().get(index)?.clone();
        if !info.has_cells || !seen.insert(info.name.to_lowercase()) {
            continue;
        }
        let mut sheet = PlainSheet { name: info.name, ..PlainSheet::default() };
        let read = book.read_sheet(index, &mut |row| {
            for cell in row.cells {
                if let Some(value) = value(&cell.value) {
                    sheet.cells.push((CellRef::new(row.row, cell.col), value));
                }
            }
        });
        sheet.merged = read.ok()?.merges.iter().map(|merge| (merge.first, merge.last)).collect();
        sheets.push(sheet);
    }
    Some(sheets)
}

fn value(value: &Value<'_>) -> Option<PlainValue> {
    match value {
        Value::Text(text) | Value::DateText(text) | Value::Error(text) => Some(PlainValue::Text(text.to_string())),
        Value::Number(number) => Some(PlainValue::Number(*number)),
        Value::Date { serial, is_1904 } => Some(PlainValue::Date(if *is_1904 { serial + DAYS_TO_1904 } else { *serial })),
        Value::Bool(value) => Some(PlainValue::Bool(*value)),
        Value::MissingCache => None,
    }
}
