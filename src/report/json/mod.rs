//! The JSON that scripts read. Its shapes are a contract of their own: versioned, described by JSON Schema, and never the
//! domain's types. Keys are English whatever the language; percentages are text with two decimals, counts are whole
//! numbers, missing is `null`, dates are ISO.

pub mod answer;
pub mod assign;
pub mod changes;
pub mod check;
pub mod coverage;
pub mod ingest;
pub mod manifest;
pub mod members;
pub mod pledges;
pub mod quotas;
pub mod rates;
pub mod scorecard;

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::audience::{Audience, mask};
use super::table::{Datum, Report, Table};
use crate::domain::issue::{Issue, Severity};

/// The document around every result.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document<T> {
    /// Name and version of the shape of `result`: `thoatngheo/rates/1`.
    pub schema: String,
    /// Version of the program.
    pub tool: &'static str,
    /// The year that the result is about.
    pub year: Option<i16>,
    /// The day on which exemptions and pledges were judged.
    pub as_of: Option<String>,
    /// Every file that was read.
    pub inputs: Vec<Input>,
    /// How many issues the inputs have.
    pub issues: IssueCounts,
    /// Decisions of corrections files; absent where none were given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrections: Option<Corrections>,
    /// What was asked for.
    pub result: T,
}

/// A file that was read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Input {
    /// The file as the user named it.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// The code of what kept it from being read.
    pub error: Option<String>,
    /// Its sheets; none for the public.
    pub sheets: Vec<InputSheet>,
}

/// A sheet that was looked at: `read = used + rejected + skipped`.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct InputSheet {
    /// Name of the sheet.
    pub sheet: String,
    /// What kind of table it is.
    pub kind: Option<String>,
    /// Rows that hold anything.
    pub read: u64,
    /// Rows that are counted.
    pub used: u64,
    /// Rows with an error, left out of the counts.
    pub rejected: u64,
    /// Titles, headings, banners, sums, signatures.
    pub skipped: u64,
}

/// How many issues there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IssueCounts {
    /// Rows or files that are not counted.
    pub errors: u64,
    /// Things to look at.
    pub warnings: u64,
}

/// Decisions of persons on doubtful rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Corrections {
    /// Decisions that were given.
    pub given: u64,
    /// Those among them that had an effect on what was read.
    pub applied: u64,
}

impl<T> Document<T> {
    /// The document without the rows of each sheet for the public: those of a list of the poor are the poor of a commune.
    #[must_use]
    pub fn seen_by(mut self, audience: Audience) -> Self {
        if audience == Audience::Public {
            self.inputs.iter_mut().for_each(|input| input.sheets.clear());
        }
        self
    }
}

impl IssueCounts {
    /// Counts issues; one that stands for many cells counts once, as it is listed once.
    #[must_use]
    pub fn of(issues: &[Issue]) -> Self {
        let count = |severity| issues.iter().filter(|issue| issue.severity == severity).count() as u64;
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

/// Prints a document: two spaces of indent, keys in the order of the contract, a newline at the end.
///
/// # Errors
/// When a value cannot be put into JSON, which none of our shapes can bring about.
pub fn print<T: Serialize>(document: &Document<T>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write(document, &mut bytes)?;
    Ok(bytes)
}

/// The same piece by piece: that of a province has 65 MB.
///
/// # Errors
/// Those of [`print()`], and that of `out`.
pub fn write<T: Serialize>(document: &Document<T>, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, document)?;
    out.write_all(b"\n")
}

/// The counts of a table as an audience sees them, row by row; what is hidden, missing or no count is `None`.
fn masked(table: Table, audience: Audience) -> Vec<Vec<Option<u64>>> {
    let count = |datum: &Datum| if let Datum::Count(count) = datum { u64::try_from(*count).ok() } else { None };
    let masked = mask(Report { tables: vec![table], ..Report::default() }, audience);
    masked.tables.iter().flat_map(|table| &table.rows).map(|row| row.cells.iter().map(count).collect()).collect()
}

/// The name of a shape, as documents carry it.
#[must_use]
pub fn schema_name(command: &str) -> String {
    format!("thoatngheo/{command}/1")
}

/// The names of the shapes that [`schema`] knows.
pub const SCHEMAS: &[&str] =
    &["assign", "changes", "check", "coverage", "ingest", "members", "pledges", "quotas", "rates", "report", "scorecard"];

/// The JSON Schema of a command's document.
#[must_use]
pub fn schema(command: &str) -> Option<serde_json::Value> {
    let schema = match command {
        "assign" => schemars::schema_for!(Document<assign::Assign>),
        "changes" => schemars::schema_for!(Document<changes::Changes>),
        "check" => schemars::schema_for!(Document<check::Check>),
        "coverage" => schemars::schema_for!(Document<coverage::Coverage>),
        "ingest" => schemars::schema_for!(Document<ingest::Manifest>),
        "members" => schemars::schema_for!(Document<members::Members>),
        "pledges" => schemars::schema_for!(Document<pledges::Pledges>),
        "quotas" => schemars::schema_for!(Document<quotas::Quotas>),
        "rates" => schemars::schema_for!(Document<rates::Rates>),
        "report" => schemars::schema_for!(Document<manifest::Manifest>),
        "scorecard" => schemars::schema_for!(Document<scorecard::Scorecard>),
        _ => return None,
    };
    Some(schema.to_value())
}
