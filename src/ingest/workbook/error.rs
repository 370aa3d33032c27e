//! Why a file or a sheet could not be read, and what was odd in one that could.

use super::cell::{CellRef, on_wire};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a file that is no workbook looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LooksLike {
    /// A web page with no table in it.
    WebPage,
    /// A web archive (.mht).
    WebArchive,
    /// Excel's XML format of 2003.
    XmlSpreadsheet,
    /// Other XML.
    Xml,
    /// A PDF document.
    Pdf,
    /// A word processor's document.
    Document,
    /// A slide show.
    Slides,
    /// A picture.
    Picture,
    /// A container of other files (zip, rar, 7z).
    Archive,
    /// An OLE file without a workbook in it.
    OleFile,
    /// A sheet of Excel 2 to 4, older than workbooks.
    OldSheet,
    /// A folder.
    Folder,
    /// Bytes of no known kind.
    Unknown,
}

/// Why a file could not be opened. `Display` says what was found, [`OpenError::advice`] what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenError {
    /// The system refused (not there, no permission, unreadable disk).
    Io(String),
    /// The file has no bytes.
    Empty,
    /// The file needs a password.
    Locked,
    /// The file ends before its format does.
    Truncated(String),
    /// A small file that unpacks to a huge one.
    Bomb(String),
    /// Too big for a stated limit.
    TooLarge {
        /// What was measured.
        what: String,
        /// Its size.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// The content is something else.
    NotAWorkbook {
        /// What it looks like.
        looks_like: LooksLike,
    },
    /// A workbook whose inner parts contradict each other.
    Damaged(String),
    /// The reading process used up its time.
    Timeout {
        /// Seconds allowed.
        seconds: u64,
    },
    /// The reading process died, nearly always of a memory limit.
    Crashed(String),
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(why) => write!(f, "the file cannot be read: {why}"),
            Self::Empty => f.write_str("the file is empty"),
            Self::Locked => f.write_str("the file is locked with a password"),
            Self::Truncated(what) => write!(f, "the file is cut off: {what}"),
            Self::Bomb(what) => write!(f, "the file unpacks to far more than a workbook holds: {what}"),
            Self::TooLarge { what, found, limit } => {
                write!(f, "{what} is {}, more than the limit of {}", grouped(*found), grouped(*limit))
            }
            Self::NotAWorkbook { looks_like } => write!(f, "the file is not a workbook but {looks_like}"),
            Self::Damaged(what) => write!(f, "the file is damaged: {what}"),
            Self::Timeout { seconds } => write!(f, "reading took more than {seconds} seconds"),
            Self::Crashed(what) => write!(f, "the file breaks its reader: {what}"),
        }
    }
}

/// A count by thousands: a person reads it at a glance, and no screen takes it for an identity number.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

impl std::error::Error for OpenError {}

impl OpenError {
    /// What a person can do about it, as a plain sentence.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Io(_) => "Check the path and that the file may be read.",
            Self::Empty => "Ask for the file again.",
            Self::Locked => {
                "Open it in Excel with the password, remove the password (File, Info, Protect Workbook) and save it again."
            }
            Self::Truncated(_) => "Copy or download the file again; if it is the same, ask the sender for it.",
            Self::Bomb(_) | Self::Crashed(_) => "Open it in Excel, copy the table into a new workbook and save that.",
            Self::TooLarge { .. } | Self::Timeout { .. } => "Save only the sheet that is needed into a new .xlsx workbook.",
            Self::NotAWorkbook { looks_like } => match looks_like {
                LooksLike::WebPage | LooksLike::WebArchive | LooksLike::XmlSpreadsheet | LooksLike::OldSheet => {
                    "Open it in Excel and save it as .xlsx (File, Save As)."
                }
                LooksLike::Archive => "Unpack it and give the workbooks inside.",
                LooksLike::Folder => "Give the files of the folder.",
                LooksLike::Pdf
                | LooksLike::Document
                | LooksLike::Slides
                | LooksLike::Picture
                | LooksLike::Xml
                | LooksLike::OleFile
                | LooksLike::Unknown => "Ask for the workbook (.xlsx) it was made from.",
            },
            Self::Damaged(_) => "Open it in Excel, let it repair the file, and save it as .xlsx.",
        }
    }
}

impl fmt::Display for LooksLike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WebPage => "a web page",
            Self::WebArchive => "a web archive",
            Self::XmlSpreadsheet => "an XML spreadsheet of 2003",
            Self::Xml => "an XML file",
            Self::Pdf => "a PDF document",
            Self::Document => "a text document",
            Self::Slides => "a slide show",
            Self::Picture => "a picture",
            Self::Archive => "an archive of files",
            Self::OleFile => "an OLE file without a workbook in it",
            Self::OldSheet => "a sheet of Excel 4 or older",
            Self::Folder => "a folder",
            Self::Unknown => "something unknown",
        })
    }
}

/// Why the rest of a sheet could not be read. Rows delivered before it are not to be counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// There is no sheet of this number.
    NoSuchSheet(usize),
    /// A chart or dialog sheet, which has no cells.
    NoCells,
    /// The sheet ends before its format does.
    Truncated(String),
    /// The sheet contradicts its format.
    Damaged(String),
    /// More cells than a stated limit.
    TooManyCells {
        /// The limit.
        limit: u64,
    },
    /// A quoted field of delimited text that never closes.
    UnclosedQuote {
        /// Where it opens.
        #[serde(with = "on_wire")]
        cell: CellRef,
    },
    /// The reading process used up its time.
    Timeout {
        /// Seconds allowed.
        seconds: u64,
    },
    /// The reading process died.
    Crashed(String),
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchSheet(index) => write!(f, "there is no sheet number {}", index.saturating_add(1)),
            Self::NoCells => f.write_str("the sheet is a chart or a dialog and has no cells"),
            Self::Truncated(what) => write!(f, "the sheet is cut off: {what}"),
            Self::Damaged(what) => write!(f, "the sheet is damaged: {what}"),
            Self::TooManyCells { limit } => write!(f, "the sheet has more than {limit} cells"),
            Self::UnclosedQuote { cell } => write!(f, "the quotation mark that opens at {cell} is never closed"),
            Self::Timeout { seconds } => write!(f, "reading took more than {seconds} seconds"),
            Self::Crashed(what) => write!(f, "the sheet breaks its reader: {what}"),
        }
    }
}

impl std::error::Error for ReadError {}

impl ReadError {
    /// What a person can do about it, as a plain sentence.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoSuchSheet(_) | Self::NoCells => "Choose another sheet.",
            Self::Truncated(_) => "Copy or download the file again; if it is the same, ask the sender for it.",
            Self::Damaged(_) | Self::Crashed(_) => "Open it in Excel, let it repair the file, and save it as .xlsx.",
            Self::TooManyCells { .. } | Self::Timeout { .. } => "Save only the sheet that is needed into a new .xlsx workbook.",
            Self::UnclosedQuote { .. } => "Close or remove the quotation mark.",
        }
    }
}

/// Something odd in a sheet that was read to its end all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadNote {
    /// A cell whose value cannot be read. It is not delivered.
    Unreadable {
        /// Its place, when the file tells it.
        #[serde(with = "on_wire::maybe")]
        cell: Option<CellRef>,
        /// The cell before it in the file; `None` at the start.
        #[serde(with = "on_wire::maybe")]
        after: Option<CellRef>,
        /// What was found.
        found: String,
    },
    /// A cell outside the grid of a sheet (below row 1,048,576, right of XFD) or with a reference that is none. Not delivered.
    OutsideGrid {
        /// The reference as written.
        reference: String,
        /// The cell before it in the file; `None` at the start.
        #[serde(with = "on_wire::maybe")]
        after: Option<CellRef>,
    },
    /// A cell far right of any table ([`FAR_COLUMN`](super::FAR_COLUMN)). Not delivered.
    FarCell {
        /// Its place.
        #[serde(with = "on_wire")]
        cell: CellRef,
        /// Its text, cut short.
        found: String,
    },
    /// A row far below the one before it ([`FAR_ROWS`](super::FAR_ROWS)). Delivered.
    FarRow {
        /// Its first cell.
        #[serde(with = "on_wire")]
        cell: CellRef,
    },
    /// A row that comes after a row with a higher or the same number. Delivered.
    OutOfOrder {
        /// The row, from zero.
        row: u32,
        /// The row before it in the file.
        after: u32,
    },
    /// A cell that stands twice in its row; the last one counts.
    Doubled {
        /// Its place.
        #[serde(with = "on_wire")]
        cell: CellRef,
    },
    /// Text longer than Excel can hold. Delivered whole.
    LongText {
        /// Its place.
        #[serde(with = "on_wire")]
        cell: CellRef,
        /// Its length in characters.
        chars: u64,
    },
    /// Hidden rows. Delivered (only our reader of xlsx tells).
    Hidden {
        /// The first cell with a value.
        #[serde(with = "on_wire")]
        cell: CellRef,
        /// How many.
        rows: u64,
    },
    /// Rows with something struck out. Delivered (xlsx only).
    Struck {
        /// The first such cell.
        #[serde(with = "on_wire")]
        cell: CellRef,
        /// How many.
        rows: u64,
    },
}

impl fmt::Display for ReadNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { cell: Some(cell), found, .. } => write!(f, "unreadable value in {cell}: {found}"),
            Self::Unreadable { after: Some(after), found, .. } => write!(f, "unreadable value after {after}: {found}"),
            Self::Unreadable { found, .. } => write!(f, "unreadable value at the start of the sheet: {found}"),
            Self::OutsideGrid { reference, .. } => write!(f, "{reference:?} is no cell of a sheet"),
            Self::FarCell { cell, found } => write!(f, "{cell} is far from any table: {found}"),
            Self::FarRow { cell } => write!(f, "{cell} is far below the rows before it"),
            Self::OutOfOrder { row, after } => {
                write!(f, "row {} stands after row {}", u64::from(*row) + 1, u64::from(*after) + 1)
            }
            Self::Doubled { cell } => write!(f, "{cell} stands twice; the last one counts"),
            Self::Hidden { cell, rows } => write!(f, "{rows} rows are hidden, the first at {cell}"),
            Self::Struck { cell, rows } => write!(f, "something is struck out in {rows} rows, first in {cell}"),
            Self::LongText { cell, chars } => write!(f, "{cell} holds a text of {chars} characters"),
        }
    }
}
