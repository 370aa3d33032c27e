//! Support that households need and receive (Resolution 14-NQ/HU, part on policies: credit, training, housing …).

use std::sync::Arc;

use super::place::Place;
use super::source::Source;

/// One kind of support for one household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The row.
    pub source: Source,
    /// The year of the household list whose mark column says it; `None` in a register, which is of the year it is given for.
    pub year: Option<i16>,
    /// The household as the register names it: a citizen number, or a made key.
    pub household: super::ids::Key,
    /// Name of the head as found.
    pub head: Option<Arc<str>>,
    /// Commune and village, where told.
    pub place: Option<Place>,
    /// The kind of support as found (vay vốn, đào tạo nghề …).
    pub kind: Arc<str>,
    /// Whether the household needs it; `None` where the register does not say.
    pub needed: Option<bool>,
    /// Whether it received it; `None` where the register does not say.
    pub received: Option<bool>,
    /// Persons concerned, for support counted in persons (vocational training).
    pub persons_needed: Option<u64>,
    /// Persons who received it.
    pub persons_received: Option<u64>,
    /// Whether the use of a loan was checked; `None` where the register does not say.
    pub use_checked: Option<bool>,
}
