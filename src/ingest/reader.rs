//! What every kind of table has in common: rows come in one at a time, records go to the desk.

use super::line::{Desk, Line};

/// What a row turned out to be, for the sums beneath it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A record, or the row that begins one.
    Head,
    /// A further row of a record.
    Part,
    /// A record that is left out: what it says of class and area is not known.
    Disturbed,
}

/// Reads the records of one kind.
pub(crate) trait RowReader {
    /// Takes one row that is a record or a part of one, and says at the desk whether it is used or rejected, now or at the
    /// next pause.
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome;

    /// The rows are interrupted by a banner or a sum, or are at their end: whatever is open is complete.
    fn pause(&mut self, _desk: &mut Desk<'_>) {}
}
