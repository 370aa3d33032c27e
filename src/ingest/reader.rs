//! What every kind of table has in common: rows come in one at a time, records go to the desk.

use super::assignment::AssignmentRows;
use super::columns::Columns;
use super::corrections::DecisionRows;
use super::desk::Desk;
use super::grain::Grain;
use super::households::HouseholdRows;
use super::kind::Kind;
use super::line::Line;
use super::members::MemberRows;
use super::pledges::PledgeRows;
use super::settings::Counting;
use super::support::SupportRows;
use super::totals::TotalRows;
use super::twinning::TwinningRows;

/// What a row turned out to be, for the sums beneath it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A record, or the row that begins one.
    Head,
    /// A further row of a record.
    Part,
    /// A record of a part of what a row above counts: its numbers are in the sums already.
    Within,
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

/// The reader of a kind of table.
pub(super) fn reader_of(kind: Kind, columns: &Columns) -> Box<dyn RowReader> {
    match kind {
        Kind::Households => Box::new(HouseholdRows::new(Grain::of(columns))),
        Kind::Totals => Box::new(TotalRows::default()),
        Kind::Members => Box::new(MemberRows),
        Kind::Pledges => Box::new(PledgeRows::default()),
        Kind::Twinning => Box::new(TwinningRows::default()),
        Kind::Support => Box::new(SupportRows::default()),
        Kind::Assignment => Box::new(AssignmentRows),
        Kind::Corrections => Box::new(DecisionRows),
    }
}

/// Whether a table asks for the records themselves: keys and persons of clean tables, registers of support and last year's
/// assignment for households, and ledgers for members.
pub(super) fn asks_for_records(kind: Kind, columns: &Columns, counting: Counting) -> bool {
    match kind {
        Kind::Households => counting.households() && columns.is_clean(),
        Kind::Support | Kind::Assignment => counting.households(),
        Kind::Pledges => counting.members(),
        Kind::Totals | Kind::Members | Kind::Twinning | Kind::Corrections => false,
    }
}
