//! How much one file may cost before it is refused.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Rows of a sheet in every format we read.
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns of a sheet in every format we read.
pub const MAX_COLUMNS: u32 = 16_384;
/// A cell right of this column (AMJ) belongs to no table a person fills in: it is named, not delivered.
pub const FAR_COLUMN: u32 = 1_024;
/// A row this far below the one before is pointed out.
pub const FAR_ROWS: u32 = 10_000;
/// The most characters a cell holds in Excel.
pub(super) const LONG_TEXT: usize = 32_767;
/// Notes kept of one sheet; the rest are counted.
pub(super) const MAX_NOTES: usize = 1_000;

/// Which process parses the formats whose parser can abort (xls, xlsb, and xlsx that only the fallback can read).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReaderProcess {
    /// This one: a panic is caught, but an abort ends the program. For library users and tests.
    #[default]
    InProcess,
    /// The named program, called with [`CHILD_COMMAND`]; it must call [`serve_child`](super::serve_child).
    Child(PathBuf),
}

/// The hidden subcommand by which the binary reads a workbook for its parent.
pub const CHILD_COMMAND: &str = "__read";

/// The limits of one read, with defaults far above any real survey and far below what a machine can stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of any file but long text in UTF-8 (256 MiB).
    pub file_bytes: u64,
    /// Bytes of delimited text in UTF-8, of which a window is in memory at a time (64 GiB).
    pub text_bytes: u64,
    /// Bytes of delimited text from which several threads look at it (16 MiB); many shorter files are read side by side anyway.
    pub shared_bytes: u64,
    /// Bytes of such text that a thread looks at at a time (64 KiB): much more than they cost to send.
    pub block_bytes: usize,
    /// Bytes of a workbook from which its sheets are read side by side (512 KiB), where its format allows it.
    pub sheets_bytes: u64,
    /// Bytes of an old binary workbook, which is parsed whole (64 MiB).
    pub xls_bytes: u64,
    /// Entries of a zip container (10,000).
    pub entries: usize,
    /// Bytes of a container when unpacked, all entries together (2 GiB).
    pub inflated_bytes: u64,
    /// Bytes of one unpacked entry from which its packing ratio is looked at (16 MiB).
    pub ratio_from_bytes: u64,
    /// Times an entry of that size may grow; real sheets stay under 10, bombs reach 1,000.
    pub ratio: u64,
    /// Bytes of the unpacked shared strings (512 MiB).
    pub strings_bytes: u64,
    /// Cells of one sheet (50 million).
    pub cells: u64,
    /// Processor seconds of a reading child process (8); not on Windows.
    pub cpu_seconds: u64,
    /// Seconds that the parent waits for a reading child process in all (30).
    pub wall_seconds: u64,
    /// Bytes of address space of a reading child process (1 GiB); not on Windows.
    pub address_space: u64,
    /// Read xlsx by the library instead of our own reader: slower, for comparison.
    pub library_only: bool,
    /// Where the parsers that can abort run.
    #[serde(skip)]
    pub process: ReaderProcess,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            text_bytes: 64 << 30,
            shared_bytes: 16 << 20,
            block_bytes: 64 << 10,
            sheets_bytes: 512 << 10,
            xls_bytes: 64 << 20,
            entries: 10_000,
            inflated_bytes: 2 << 30,
            ratio_from_bytes: 16 << 20,
            ratio: 100,
            strings_bytes: 512 << 20,
            cells: 50_000_000,
            cpu_seconds: 8,
            wall_seconds: 30,
            address_space: 1 << 30,
            library_only: false,
            process: ReaderProcess::InProcess,
        }
    }
}
