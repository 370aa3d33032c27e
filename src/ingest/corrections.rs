//! Decisions of a person on doubtful rows: what a filled-in corrections file says.

use std::sync::Arc;

use crate::domain::source::CellRef;

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The row counts as it is.
    Keep,
    /// The row does not count, and that is no longer an issue.
    Drop,
    /// Two rows are the same household or member.
    Same,
    /// Two rows are different households or members.
    Different,
    /// The cell holds this instead.
    Value(String),
}

/// One decided row of a corrections file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The code of the issue that was decided on, or `link` for a doubtful pair of two years.
    pub code: String,
    /// The file of the doubtful row, as it was named in the issue.
    pub file: Arc<str>,
    /// Its sheet.
    pub sheet: Arc<str>,
    /// Its cell.
    pub cell: Option<CellRef>,
    /// What was found there; a decision on something else than what is found now is not applied.
    pub found: String,
    /// The other of the two, for pairs.
    pub other: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Initials of who decided.
    pub initials: String,
    /// The cell of the decision itself, for issues about it.
    pub at: (Arc<str>, Arc<str>, CellRef),
}
