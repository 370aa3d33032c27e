//! JSON of `ingest`: the manifest of the clean tables.

use schemars::JsonSchema;
use serde::Serialize;

/// What was written, and how many records each table holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Manifest {
    /// The clean tables.
    pub tables: Vec<CleanTable>,
}

/// A clean table.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CleanTable {
    /// Name of the table: households, persons, members, pledges, twinning, totals or support.
    pub table: &'static str,
    /// The file, within the folder of the manifest.
    pub file: String,
    /// Records.
    pub rows: u64,
    /// SHA-256 of the file in hexadecimal.
    pub sha256: String,
}
