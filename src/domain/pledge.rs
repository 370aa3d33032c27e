//! What members and outside donors pledge and deliver: days of salary, days of labour, seedlings, money.
//!
//! The four are never added together.

use std::fmt;
use std::sync::Arc;

use super::household::Birth;
use super::ids::Key;
use super::source::Source;

/// A number of days, kept in halves because half days are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(u64);

impl Days {
    /// From whole days; `None` on overflow.
    #[must_use]
    pub fn whole(days: u64) -> Option<Self> {
        days.checked_mul(2).map(Self)
    }

    /// From half days.
    #[must_use]
    pub const fn halves(halves: u64) -> Self {
        Self(halves)
    }

    /// The number of half days.
    #[must_use]
    pub const fn in_halves(self) -> u64 {
        self.0
    }

    /// The sum; `None` on overflow.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }
}

impl fmt::Display for Days {
    /// `3` or `3.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let half = if self.0.is_multiple_of(2) { "" } else { ".5" };
        write!(f, "{}{half}", self.0 / 2)
    }
}

/// Amounts of one pledge or delivery. A blank cell is `None`; whether the list has the columns at all is told by the
/// `Option` around the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amounts {
    /// Days of salary.
    pub salary_days: Option<Days>,
    /// Days of labour.
    pub labour_days: Option<Days>,
    /// Seedlings.
    pub seedlings: Option<u64>,
    /// Species of the seedlings as found.
    pub species: Option<Arc<str>>,
    /// Money in đồng, where the ledger states a sum.
    pub money_dong: Option<u64>,
}

impl Amounts {
    /// Whether anything at all is above zero.
    #[must_use]
    pub fn is_something(&self) -> bool {
        [self.salary_days.map(Days::in_halves), self.labour_days.map(Days::in_halves), self.seedlings, self.money_dong]
            .into_iter()
            .flatten()
            .any(|amount| amount > 0)
    }
}

/// Who gives.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Giver {
    /// A member, by key.
    Member(Key),
    /// A twinned unit, a business or a person outside the roster, by name.
    Donor(Arc<str>),
}

impl Giver {
    /// The key of a member.
    #[must_use]
    pub fn member(&self) -> Option<&Key> {
        match self {
            Self::Member(key) => Some(key),
            Self::Donor(_) => None,
        }
    }
}

/// What a row tells of the member who gives besides the name, as found: by it the member is found on the roster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clues {
    /// The organisation.
    pub organisation: Option<Arc<str>>,
    /// The cell.
    pub cell: Option<Arc<str>>,
    /// The Party card.
    pub card: Option<Arc<str>>,
    /// Birth.
    pub birth: Option<Birth>,
}

/// A row of a pledge ledger that is not part of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pledge {
    /// The row.
    pub source: Source,
    /// Who gives.
    pub giver: Giver,
    /// The giver's name as found.
    pub name: Arc<str>,
    /// What else is told of the giver.
    pub clues: Clues,
    /// What is pledged; `None` where the ledger has no such columns.
    pub pledged: Option<Amounts>,
    /// What is delivered; `None` where the ledger has no such columns.
    pub delivered: Option<Amounts>,
    /// What it bought (tools, livestock …), where the ledger says so.
    pub bought: Option<Arc<str>>,
    /// The household that got it, as found.
    pub household: Option<Arc<str>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_add_up_or_say_that_they_cannot() {
        assert_eq!(Days::halves(3).plus(Days::halves(4)), Some(Days::halves(7)));
        assert_eq!(Days::halves(u64::MAX).plus(Days::halves(1)), None);
    }

    #[test]
    fn half_days_are_kept_and_printed() {
        assert_eq!(Days::halves(3).to_string(), "1.5");
        assert_eq!(Days::whole(2).unwrap().to_string(), "2");
        assert_eq!(Days::whole(u64::MAX), None);
    }

    #[test]
    fn zero_amounts_are_nothing() {
        let zero = Amounts { salary_days: Some(Days::default()), seedlings: Some(0), ..Amounts::default() };
        assert!(!zero.is_something());
        assert!(Amounts { seedlings: Some(1), ..zero }.is_something());
    }
}
