//! A member on the Party roster (đảng viên) and the standing that decides whether the programme asks anything.

use std::sync::Arc;

use jiff::civil::Date;

use super::household::{Birth, Sex};
use super::ids::{CitizenNumber, Key};
use super::organisation::{Cell, Organisation};
use super::peoples::People;
use super::pledge::Amounts;
use super::rate::Hundredths;
use super::source::Source;

/// Standing of a member (trạng thái đảng viên).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Chính thức.
    Official,
    /// Dự bị: has all duties.
    Probation,
    /// Miễn công tác và sinh hoạt đảng, from a day on where the roster says which.
    Exempt {
        /// First day of the exemption; without one it holds on every day.
        since: Option<Date>,
    },
    /// Đình chỉ sinh hoạt, from a day on where the roster says which.
    Suspended {
        /// First day; without one it holds on every day.
        since: Option<Date>,
    },
    /// Chuyển đi, or attached elsewhere for a time.
    Transferred {
        /// First day; without one it holds on every day.
        since: Option<Date>,
    },
    /// Từ trần, xóa tên, khai trừ, xin ra.
    Departed {
        /// First day; without one it holds on every day.
        since: Option<Date>,
    },
}

/// What a member is to the programme on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Eligibility {
    /// Takes part.
    Eligible,
    /// Exempt on that day: owes nothing, is outside the 100 % and is listed.
    Exempt,
    /// Suspended.
    Suspended,
    /// Transferred.
    Transferred,
    /// Departed.
    Departed,
}

impl Eligibility {
    /// The word of scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Exempt => "exempt",
            Self::Suspended => "suspended",
            Self::Transferred => "transferred",
            Self::Departed => "departed",
        }
    }
}

impl Standing {
    /// What the standing means on a day.
    #[must_use]
    pub fn on(self, day: Date) -> Eligibility {
        let (since, then) = match self {
            Self::Official | Self::Probation => return Eligibility::Eligible,
            Self::Exempt { since } => (since, Eligibility::Exempt),
            Self::Suspended { since } => (since, Eligibility::Suspended),
            Self::Transferred { since } => (since, Eligibility::Transferred),
            Self::Departed { since } => (since, Eligibility::Departed),
        };
        // Who leaves next year had this year's duty.
        if since.is_none_or(|since| since <= day) { then } else { Eligibility::Eligible }
    }
}

/// A member of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Citizen number, or a made key.
    pub key: Key,
    /// The row.
    pub source: Source,
    /// Name as found, composed (NFC).
    pub name: Arc<str>,
    /// Birth.
    pub birth: Option<Birth>,
    /// Sex.
    pub sex: Option<Sex>,
    /// People (dân tộc); an unknown one is `None` and an issue.
    pub people: Option<People>,
    /// Party card number as found.
    pub card: Option<Arc<str>>,
    /// Base organisation.
    pub organisation: Organisation,
    /// Cell, where the roster tells it.
    pub cell: Option<Cell>,
    /// Day of admission.
    pub admitted: Option<Date>,
    /// Day of official membership.
    pub official: Option<Date>,
    /// Standing.
    pub standing: Standing,
    /// Whether paid from the state budget; `None` where the roster does not say.
    pub salaried: Option<bool>,
    /// Salary coefficient in hundredths (3.66 is 366).
    pub coefficient: Option<Hundredths>,
    /// What the roster's own columns say is pledged, which many share; `None` where it has no such columns.
    pub pledged: Option<Arc<Amounts>>,
    /// What the roster's own columns say is delivered; `None` where it has no such columns.
    pub delivered: Option<Arc<Amounts>>,
}

impl Member {
    /// The citizen number, where usable.
    #[must_use]
    pub fn citizen(&self) -> Option<CitizenNumber> {
        self.key.citizen()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_standing_holds_from_its_first_day_and_without_a_day_always() {
        let dated = Standing::Exempt { since: Some(date(2022, 3, 1)) };
        assert_eq!(dated.on(date(2022, 2, 28)), Eligibility::Eligible);
        assert_eq!(dated.on(date(2022, 3, 1)), Eligibility::Exempt);
        assert_eq!(Standing::Exempt { since: None }.on(date(1990, 1, 1)), Eligibility::Exempt);
        for (standing, then) in [
            (Standing::Suspended { since: Some(date(2024, 5, 5)) }, Eligibility::Suspended),
            (Standing::Transferred { since: Some(date(2024, 5, 5)) }, Eligibility::Transferred),
            (Standing::Departed { since: Some(date(2024, 5, 5)) }, Eligibility::Departed),
        ] {
            assert_eq!(standing.on(date(2023, 12, 31)), Eligibility::Eligible, "{standing:?} was a member then");
            assert_eq!(standing.on(date(2024, 5, 5)), then);
        }
        assert_eq!(Standing::Departed { since: None }.on(date(1990, 1, 1)), Eligibility::Departed);
        assert_eq!(Standing::Probation.on(date(2023, 12, 31)), Eligibility::Eligible);
    }
}
