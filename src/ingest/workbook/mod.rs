//! Any workbook into rows of cells. The only place that names the reading library; knows nothing of surveys.
//!
//! [`open`] tells the format by content, refuses what would hurt, and lists the sheets; [`Workbook::read_sheet`] hands the
//! rows of one sheet to a function, one at a time, in the order of the file, so that memory does not grow with the sheet.
//!
//! ```no_run
//! use thoatngheo::ingest::workbook::{open, Limits};
//! let mut book = open("xa-yang-tao.xlsx".as_ref(), &Limits::default())?;
//! for index in 0..book.sheets().len() {
//!     let end = book.read_sheet(index, &mut |row| assert!(!row.cells.is_empty()))?;
//!     println!("{}: {} rows", book.sheets()[index].name, end.rows);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod blocks;
mod cell;
mod child;
mod container;
mod cut;
mod delimited;
mod error;
mod library;
mod limits;
mod lines;
mod ole;
mod overview;
mod raw;
mod rows;
mod shared_file;
mod sniff;
mod spans;
mod strings;
mod webpage;
mod wire;
mod xlsx;

pub use cell::{Cell, CellRef, Merge, Row, Script, Value};
pub use child::serve_child;
pub use error::{LooksLike, OpenError, ReadError, ReadNote};
pub use limits::{CHILD_COMMAND, FAR_COLUMN, FAR_ROWS, Limits, MAX_COLUMNS, MAX_ROWS, ReaderProcess};
use overview::{HEAD, Overview, digest};
pub use raw::{RawCell, RawRow, RawValue, Scout, TakeRows};
use rows::RowSink;
pub use rows::SheetEnd;
use shared_file::SharedFile;

use serde::{Deserialize, Serialize};
use sniff::Sniffed;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// What a file is, by its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Excel 2007 and later.
    Xlsx,
    /// The same with macros (which are not looked at).
    Xlsm,
    /// The binary form of 2007.
    Xlsb,
    /// Excel 5 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
    /// Text with separators.
    Delimited {
        /// The separator: a comma, a semicolon, a tab, or what a `sep=` line names.
        delimiter: char,
        /// The name of the encoding, and of the old script that was converted.
        encoding: String,
        /// Whether the text was in an old Vietnamese script and was converted; its cells are then Unicode like all others.
        converted: bool,
        /// Letters that were lost before or while reading (`?` in place of ŭ).
        lost: usize,
    },
    /// Tables of a web page, one sheet each.
    WebPage,
}

/// One sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetInfo {
    /// Its name; of delimited text the file's name without extension.
    pub name: String,
    /// Whether it is shown.
    pub visible: bool,
    /// Whether it is a sheet of cells, not a chart or a dialog.
    pub has_cells: bool,
}

/// Something rows can be read from, sheet by sheet, any number of times.
trait Source: Send {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError>;

    /// Another one of the same file, so that two sheets can be read at the same time; `None` where that would cost more than it
    /// saves.
    fn fork(&self) -> Option<Box<dyn Source>> {
        None
    }
}

/// What an open file is read through.
type Opened = (Format, Vec<SheetInfo>, Box<dyn Source>);

/// An open workbook.
pub struct Workbook {
    format: Format,
    sheets: Vec<SheetInfo>,
    sha256: [u8; 32],
    bytes: u64,
    limits: Limits,
    source: Box<dyn Source>,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("format", &self.format).field("sheets", &self.sheets).finish_non_exhaustive()
    }
}

/// Opens a file of any format.
///
/// # Errors
/// [`OpenError`] when the file cannot be read at all; its text says what was found and its advice what to do.
pub fn open(path: &Path, limits: &Limits) -> Result<Workbook, OpenError> {
    let mut file = open_file(path, limits)?;
    let Overview { sha256, bytes, head, lost } = digest(&mut file, limits.file_bytes.max(limits.text_bytes))?;
    if bytes == 0 {
        return Err(OpenError::Empty);
    }
    let (format, sheets, source) = open_as(path, file, bytes, &head, lost, limits)?;
    Ok(Workbook { format, sheets, sha256, bytes, limits: limits.clone(), source })
}

/// Opens long text whose beginning tells how it is read, so that its rows can be read while the rest is looked at for the first
/// time; `None` for anything else.
pub(crate) fn open_ahead(path: &Path, limits: &Limits) -> Option<(Workbook, Unseen)> {
    let mut file = open_file(path, limits).ok()?;
    let bytes = file.metadata().ok()?.len();
    if bytes < limits.shared_bytes {
        return None;
    }
    if !matches!(sniff::sniff(&head_of(&mut file).ok()?), Sniffed::Text) {
        return None;
    }
    let file = SharedFile::new(file);
    let (format, sheets, source) = delimited::open_long(&file, &stem(path), 0).ok()??;
    let book = Workbook { format, sheets, sha256: [0; 32], bytes, limits: limits.clone(), source };
    Some((book, Unseen { file, most: limits.file_bytes.max(limits.text_bytes) }))
}

/// Long text that is read before all of it was seen.
pub(crate) struct Unseen {
    file: SharedFile,
    most: u64,
}

impl Unseen {
    /// Its hash, in lower-case hexadecimal; `None` where it is not UTF-8 throughout or broke off, and has to be opened as any
    /// other file.
    pub(crate) fn look(mut self) -> Option<String> {
        let seen = digest(&mut self.file, self.most).ok()?;
        seen.lost.map(|_| hexadecimal(&seen.sha256))
    }
}

fn open_file(path: &Path, limits: &Limits) -> Result<File, OpenError> {
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    let about = std::fs::metadata(path).map_err(io)?;
    if about.is_dir() {
        return Err(OpenError::NotAWorkbook { looks_like: LooksLike::Folder });
    }
    let mut file = File::open(path).map_err(io)?;
    if about.len() > limits.file_bytes {
        // Text may be longer than what is held in memory; whether it may be that long is seen from its beginning.
        let head = head_of(&mut file).map_err(io)?;
        let limit = if matches!(sniff::sniff(&head), Sniffed::Text) { limits.text_bytes } else { limits.file_bytes };
        if about.len() > limit {
            return Err(OpenError::TooLarge { what: "the file, in bytes,".to_owned(), found: about.len(), limit });
        }
    }
    Ok(file)
}

/// The beginning of a file, by which its format is told.
fn head_of(file: &mut File) -> std::io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    Read::by_ref(file).take(HEAD).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(head)
}

/// Opens without the hash, which the parent of a reading process has taken already.
fn open_unhashed(path: &Path, limits: &Limits) -> Result<Opened, OpenError> {
    let mut file = open_file(path, limits)?;
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    let head = head_of(&mut file).map_err(io)?;
    let bytes = file.metadata().map_err(io)?.len();
    open_as(path, file, bytes, &head, None, limits)
}

/// The name of a file without its extension.
fn stem(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn hexadecimal(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn open_as(path: &Path, file: File, bytes: u64, head: &[u8], lost: Option<usize>, limits: &Limits) -> Result<Opened, OpenError> {
    let name = stem(path);
    match sniff::sniff(head) {
        Sniffed::Zip => {
            let (format, archive) = container::open(file, bytes, limits)?;
            let own = matches!(format, Format::Xlsx | Format::Xlsm) && !limits.library_only;
            let library = library_opener(path, format.clone(), limits);
            if own { xlsx::open(archive, format, library) } else { library() }
        }
        Sniffed::Ole => {
            ole::check(&file, bytes)?;
            apart(path, limits, || library::open_xls(file, bytes, limits))
        }
        Sniffed::OldSheet => Err(OpenError::NotAWorkbook { looks_like: LooksLike::OldSheet }),
        Sniffed::Text => delimited::open(file, &name, lost, limits),
        Sniffed::WebPage => webpage::open(file, bytes, &name, limits),
        Sniffed::Other(looks_like) => Err(OpenError::NotAWorkbook { looks_like }),
    }
}

/// Opens in a child process where the limits name one, else here.
fn apart(path: &Path, limits: &Limits, here: impl FnOnce() -> Result<Opened, OpenError>) -> Result<Opened, OpenError> {
    match &limits.process {
        ReaderProcess::Child(program) => child::open(program, path, limits),
        ReaderProcess::InProcess => here(),
    }
}

/// Opens a container by the library, in a child process where the limits name one.
fn library_opener(path: &Path, format: Format, limits: &Limits) -> xlsx::Fallback {
    let (path, limits) = (path.to_owned(), limits.clone());
    Arc::new(move || apart(&path, &limits, || library::open_container(&path, format.clone())))
}

impl Workbook {
    /// What the file is.
    #[must_use]
    pub fn format(&self) -> &Format {
        &self.format
    }

    /// Its sheets in their order, hidden ones and charts too.
    #[must_use]
    pub fn sheets(&self) -> &[SheetInfo] {
        &self.sheets
    }

    /// SHA-256 of the file's bytes, in lower-case hexadecimal: the same content twice is the same file.
    #[must_use]
    pub fn sha256(&self) -> String {
        hexadecimal(&self.sha256)
    }

    /// Length of the file.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The same workbook once more, for another thread; `None` where its format is read by one at a time.
    #[must_use]
    pub fn fork(&self) -> Option<Self> {
        let source = self.source.fork()?;
        let (format, sheets, limits) = (self.format.clone(), self.sheets.clone(), self.limits.clone());
        Some(Self { format, sheets, sha256: self.sha256, bytes: self.bytes, limits, source })
    }

    /// Hands every row of a sheet that is not blank to `sink`, in the order of the file (nearly always downwards; a row that
    /// is not is named in the notes).
    ///
    /// # Errors
    /// [`ReadError`] when the sheet cannot be read to its end. Rows handed on before are then not to be counted.
    pub fn read_sheet(&mut self, index: usize, sink: &mut dyn FnMut(&Row<'_>)) -> Result<SheetEnd, ReadError> {
        self.read_rows(index, &mut raw::Each(sink))
    }

    /// The same for somebody who can tell from a row as it lies in the reader whether its values are needed.
    ///
    /// # Errors
    /// As [`Workbook::read_sheet`].
    pub fn read_rows(&mut self, index: usize, sink: &mut dyn TakeRows) -> Result<SheetEnd, ReadError> {
        match self.sheets.get(index) {
            None => Err(ReadError::NoSuchSheet(index)),
            Some(sheet) if !sheet.has_cells => Err(ReadError::NoCells),
            Some(_) => self.source.read(index, sink, &self.limits),
        }
    }
}
