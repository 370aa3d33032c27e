//! Workbooks in, typed rows and issues out.
//!
//! Reading never stops at the first fault: whatever can be read is, and everything that is wrong comes back as an issue with
//! its cell. [`read_paths`] is the door.
//!
//! The way of a row: `workbook` hands out its cells, `sheet` knows its headings and tells records from sums, banners and
//! signatures, one file per kind makes a typed record of it, `merge` puts the files together and finds doubles.

pub mod account;
pub mod assignment;
mod batch;
pub mod cells;
mod columns;
mod context;
mod convert;
pub mod corrections;
mod decimal;
mod doubles;
pub mod encoding;
pub mod fields;
mod files;
mod findings;
pub mod form;
mod grain;
mod headings;
mod households;
mod identity;
pub mod kind;
#[cfg(test)]
mod law_tests;
mod line;
mod members;
mod merge;
mod organisations;
mod persons;
mod pledges;
mod reader;
mod rows;
pub mod settings;
mod sheet;
mod sums;
mod support;
mod surroundings;
#[cfg(test)]
mod tests;
mod totals;
mod twinning;
pub mod vocabulary;
pub mod workbook;

use std::path::PathBuf;

pub use account::{ColumnUse, FileAccount, Ingested, SheetAccount, WhySkipped};
pub use kind::Kind;
pub use settings::{KnownCell, KnownOrganisation, Settings};

/// Reads files and folders (with their subfolders, sorted by name). Never fails as a whole: a file that cannot be read is one
/// issue, the others are read. `progress` is told how many files are done, and of how many.
#[must_use]
pub fn read_paths(paths: &[PathBuf], settings: &Settings, progress: &(dyn Fn(usize, usize) + Sync)) -> Ingested {
    let places = context::Places::new(settings);
    let files = files::expand(paths);
    merge::merge(files::read_all(&files, settings, &places, progress), settings, &places)
}
