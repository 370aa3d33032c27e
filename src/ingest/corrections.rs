//! Decisions of a person on doubtful rows: what a filled-in corrections file says.

use std::sync::Arc;

use super::fields::Field;
use super::line::{Desk, Line};
use super::reader::{Outcome, RowReader};
use crate::domain::issue::{Code, Hint};
use crate::domain::source::CellRef;
use crate::domain::spelling::fold;

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

/// Reads decisions.
#[derive(Debug, Default)]
pub(crate) struct DecisionRows;

impl RowReader for DecisionRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        // A row that nobody touched yet decides nothing and is no fault.
        let touched = [Field::Decision, Field::NewValue, Field::Initials].iter().any(|field| line.text(*field).is_some());
        if !touched {
            desk.skipped(1);
            return Outcome::Part;
        }
        let Some(decision) = decision(line, desk) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        desk.used(1);
        desk.batch.decisions.push(decision);
        Outcome::Head
    }
}

/// A decision is whole when it has a known word, initials, and for a new value that value.
fn decision(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Decision> {
    let half = |desk: &mut Desk<'_>, field| {
        desk.find_at(Code::DecisionHalf, line, field, Hint::None);
        None
    };
    let Some(word) = line.text(Field::Decision) else { return half(desk, Field::Decision) };
    let Some(initials) = line.text(Field::Initials) else { return half(desk, Field::Initials) };
    let value = line.text(Field::NewValue);
    let verdict = match fold(&word).as_str() {
        "keep" | "giu" | "giu lai" => Verdict::Keep,
        "drop" | "bo" | "loai" => Verdict::Drop,
        "same" | "cung" | "trung" => Verdict::Same,
        "different" | "khac" => Verdict::Different,
        "value" | "new value" | "new_value" | "gia tri moi" | "sua" => match value {
            Some(value) => Verdict::Value(value),
            None => return half(desk, Field::NewValue),
        },
        _ => return half(desk, Field::Decision),
    };
    let (Some(code), Some(file)) = (line.text(Field::Code), line.text(Field::File)) else {
        return half(desk, Field::Code);
    };
    let cell = match line.text(Field::IssueCell) {
        None => None,
        Some(text) => match CellRef::parse(&text) {
            Some(cell) => Some(cell),
            None => return half(desk, Field::IssueCell),
        },
    };
    Some(Decision {
        code,
        file: file.into(),
        sheet: line.text(Field::Sheet).unwrap_or_default().into(),
        cell,
        found: line.text(Field::Found).unwrap_or_default(),
        other: line.text(Field::Other).unwrap_or_default(),
        verdict,
        initials,
        at: (desk.batch.file.clone(), desk.around.sheet.name.as_str().into(), line.at_first(&[Field::Decision])),
    })
}
