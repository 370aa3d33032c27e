//! A household of the survey, and the few facts about it that the programme asks for.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::ids::{CitizenNumber, Key};
use super::peoples::People;
use super::place::Place;
use super::source::Source;

/// Class of a household in the yearly review (phân loại hộ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Hộ nghèo.
    Poor,
    /// Hộ cận nghèo.
    NearPoor,
    /// Neither: hộ không nghèo.
    Other,
}

impl Class {
    /// All classes, poorest first.
    pub const ALL: [Self; 3] = [Self::Poor, Self::NearPoor, Self::Other];

    /// Poor or near-poor: a household that the programme is for.
    #[must_use]
    pub fn is_target(self) -> bool {
        matches!(self, Self::Poor | Self::NearPoor)
    }

    /// The word scripts see: `poor`, `near_poor` or `other`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Poor => "poor",
            Self::NearPoor => "near_poor",
            Self::Other => "other",
        }
    }
}

/// Sex, as the forms give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

/// When somebody was born, as exactly as the form says and no more: 01/01 is never invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Birth {
    /// The year alone.
    Year(i16),
    /// Month and year.
    Month {
        /// Year.
        year: i16,
        /// Month, 1 to 12.
        month: i8,
    },
    /// The full date.
    Day(Date),
}

impl Birth {
    /// The year of birth.
    #[must_use]
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Month { year, .. } => year,
            Self::Day(date) => date.year(),
        }
    }

    /// Whether two births can be one: they agree as far as both are exact.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        let month = |birth: Self| match birth {
            Self::Year(_) => None,
            Self::Month { month, .. } => Some(month),
            Self::Day(date) => Some(date.month()),
        };
        let day = |birth: Self| match birth {
            Self::Year(_) | Self::Month { .. } => None,
            Self::Day(date) => Some(date.day()),
        };
        let same = |a: Option<i8>, b: Option<i8>| a.zip(b).is_none_or(|(a, b)| a == b);
        self.year() == other.year() && same(month(self), month(other)) && same(day(self), day(other))
    }
}

impl fmt::Display for Birth {
    /// As precise as known, ISO order: `1969`, `1969-01`, `1969-01-26`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => date.fmt(f),
        }
    }
}

/// The deprivations marked for a household: bit `i` is indicator `i + 1` of the poverty standard in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Deprivations(u16);

impl Deprivations {
    /// Number of indicators of Decree 07/2021/NĐ-CP.
    pub const INDICATORS: usize = 12;

    /// Marks indicator `index`, counted from zero; indexes past the twelfth are ignored.
    #[must_use]
    pub fn with(self, index: usize) -> Self {
        if index < Self::INDICATORS { Self(self.0 | 1 << index) } else { self }
    }

    /// Whether indicator `index`, counted from zero, is marked.
    #[must_use]
    pub fn has(self, index: usize) -> bool {
        index < Self::INDICATORS && self.0 & (1 << index) != 0
    }

    /// How many are marked.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }
}

/// A person of a household as far as lists with a row a person tell (nhân khẩu).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// Full name as found.
    pub name: String,
    /// Birth, where given.
    pub birth: Option<Birth>,
    /// Sex, where given.
    pub sex: Option<Sex>,
    /// Citizen number, where usable.
    pub citizen: Option<CitizenNumber>,
    /// Relation to the head as found (Vợ/chồng, Con …).
    pub relation: Option<String>,
}

/// A household of one survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Citizen number of the head, or a made key.
    pub key: Key,
    /// The row of the head.
    pub source: Source,
    /// Commune and village.
    pub place: Place,
    /// Name of the head as found, composed (NFC).
    pub head: Arc<str>,
    /// Birth of the head.
    pub birth: Option<Birth>,
    /// Sex of the head.
    pub sex: Option<Sex>,
    /// People (dân tộc) of the head; an unknown one is `None` and an issue.
    pub people: Option<People>,
    /// Persons in the household, at least 1.
    pub persons: u32,
    /// Declared class; it is what is counted.
    pub class: Class,
    /// Score B1 (assets and income), where given.
    pub b1: Option<u32>,
    /// Score B2 (deprivations × 10), where given.
    pub b2: Option<u32>,
    /// Marks of the single indicators, where the list has them.
    pub deprivations: Option<Deprivations>,
    /// No member able to work (không có khả năng lao động); `None` where the list has no such column.
    pub no_labour: Option<bool>,
    /// Has a member with merit (người có công); `None` where the list has no such column.
    pub merit: Option<bool>,
    /// The other persons, where the list has a row a person; the head is not repeated here.
    pub others: Vec<Person>,
}

impl Household {
    /// The citizen number of the head, where usable.
    #[must_use]
    pub fn citizen(&self) -> Option<CitizenNumber> {
        self.key.citizen()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_is_printed_as_exactly_as_it_is_known() {
        let day = Birth::Day(Date::new(1969, 3, 7).unwrap());
        let births = [Birth::Year(969), Birth::Month { year: 1969, month: 3 }, day];
        assert_eq!(births.map(|birth| birth.to_string()), ["0969", "1969-03", "1969-03-07"]);
        assert_eq!(births.map(Birth::year), [969, 1969, 1969]);
    }

    #[test]
    fn marks_beyond_the_last_indicator_are_not_there() {
        let marks = Deprivations::default().with(0).with(0).with(11).with(12);
        assert_eq!((marks.count(), marks.has(0), marks.has(11), marks.has(12), marks.has(1)), (2, true, true, false, false));
        assert!(!Deprivations(u16::MAX).has(12), "bits of no indicator are no marks");
    }
}
