//! The denominator: all households and persons of an area, counted by somebody else.

use super::place::Place;
use super::rate::Hundredths;
use super::source::Source;

/// A row of a totals table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaTotal {
    /// The area: a commune, or a village of one.
    pub place: Place,
    /// All resident households.
    pub households: Option<u64>,
    /// All resident persons.
    pub persons: Option<u64>,
    /// Poor households, where the table has them.
    pub poor: Option<u64>,
    /// Near-poor households, where the table has them.
    pub near_poor: Option<u64>,
    /// Persons in poor households, where the table has them.
    pub poor_persons: Option<u64>,
    /// Persons in near-poor households, where the table has them.
    pub near_poor_persons: Option<u64>,
    /// The printed rate of the poor; checked, never used.
    pub printed_poor: Option<Hundredths>,
    /// The printed rate of the near-poor; checked, never used.
    pub printed_near_poor: Option<Hundredths>,
    /// The row.
    pub source: Source,
}
