//! JSON of `check`: every sheet and every issue, in a stable order.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::wording::Words;

/// What the workbooks hold and what is wrong with them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Check {
    /// Every sheet.
    pub sheets: Vec<Sheet>,
    /// Every issue.
    pub issues: Vec<Issue>,
}

/// A sheet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Sheet {
    /// The file as the user named it.
    pub file: String,
    /// Name of the sheet.
    pub sheet: String,
    /// What kind of table it is.
    pub kind: Option<String>,
    /// The year it is about.
    pub year: Option<i16>,
    /// Rows that hold anything.
    pub read: u64,
    /// Rows that are counted.
    pub used: u64,
    /// Rows with an error, left out of the counts.
    pub rejected: u64,
    /// Titles, headings, banners, sums, signatures.
    pub skipped: u64,
    /// Why a sheet of no known kind is left alone.
    pub why: Option<String>,
    /// What the title of a register tells of all its rows, where no column does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// Which column was understood as which field.
    pub columns: Vec<Column>,
    /// The rows that are skipped in a sheet that is used: together as many as `skipped`.
    pub skipped_rows: Vec<SkippedRow>,
}

/// What the title of a register tells of all its rows.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Told {
    /// The kind of support.
    pub support: Option<String>,
    /// Whether the households need it.
    pub needed: Option<bool>,
    /// Whether they received it.
    pub received: Option<bool>,
}

/// A row that no record was made of.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SkippedRow {
    /// The row, as a spreadsheet numbers it.
    pub row: u32,
    /// How many rows it stands for: one, or those of a household that begins here.
    pub rows: u64,
    /// title, heading, sum, banner, signature, note, unknown, left-out (by a decision) or undecided.
    pub taken_for: String,
    /// What stands in its cells; empty unless the reader may see everything.
    pub text: String,
}

/// A column and what it was understood as.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Column {
    /// Letters of the column.
    pub column: String,
    /// The heading, groups joined by ` / `.
    pub heading: String,
    /// The field; null where the column is not used.
    pub field: Option<String>,
}

/// An issue.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Issue {
    /// error or warning.
    pub severity: &'static str,
    /// The code, as documented in docs/issues.md.
    pub code: &'static str,
    /// The file.
    pub file: String,
    /// The sheet.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<String>,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// How to mend it.
    pub fix: String,
    /// How many cells of the same column, value and code it stands for.
    pub count: u64,
}

impl Issue {
    /// The shape of an issue, with its words in a language.
    #[must_use]
    pub fn new(issue: &crate::domain::issue::Issue, words: &Words) -> Self {
        Self {
            severity: issue.severity.word(),
            code: issue.code.word(),
            file: issue.file.to_string(),
            sheet: issue.sheet.as_deref().map(str::to_owned),
            cell: issue.cell.map(|cell| cell.to_string()),
            found: words.issue_found(issue).to_owned(),
            expected: words.issue_expected(issue),
            fix: words.issue_fix(issue),
            count: issue.count,
        }
    }
}
