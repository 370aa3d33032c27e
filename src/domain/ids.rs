//! Numbers that name people: the citizen number and what it tells, and keys that stay the same whatever the row order.

use std::fmt;

use super::household::Sex;

/// A twelve-digit citizen number (số định danh cá nhân, số CCCD).
///
/// Its shape is set by Circular 07/2016/TT-BCA and Decree 137/2015/NĐ-CP: three digits for the province of birth
/// registration, one for century and sex, two for the year of birth, six at random.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitizenNumber(u64);

impl CitizenNumber {
    /// Number of digits of a citizen number.
    pub const DIGITS: usize = 12;

    /// Reads exactly twelve ASCII digits; anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != Self::DIGITS || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        text.parse().ok().map(Self)
    }

    /// The number of an integer, as [`CitizenNumber::as_u64`] gave it; `None` where it has more than twelve digits.
    #[must_use]
    pub fn of_u64(number: u64) -> Option<Self> {
        (number < 1_000_000_000_000).then_some(Self(number))
    }

    /// The province code, 1 to 96 in numbers that were really issued (066 is Đắk Lắk).
    #[must_use]
    pub fn province(self) -> u64 {
        self.0 / 1_000_000_000
    }

    /// The year of birth that the number tells: digit 4 gives the century (0 and 1 the 1900s, 2 and 3 the 2000s, …).
    #[must_use]
    pub fn birth_year(self) -> u16 {
        let century = 1900 + self.century_digit() / 2 * 100;
        let year = self.0 / 1_000_000 % 100;
        u16::try_from(century + year).unwrap_or(u16::MAX)
    }

    /// The sex that the number tells: an even fourth digit is a man's.
    #[must_use]
    pub fn sex(self) -> Sex {
        if self.century_digit().is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    /// The number as screens show it: `066******123`.
    #[must_use]
    pub fn masked(self) -> String {
        let digits = self.to_string();
        format!("{}******{}", &digits[..3], &digits[9..])
    }

    /// The number as an integer, for compact sets and sorting.
    #[must_use]
    pub fn as_u64(self) -> u64 {
        self.0
    }

    fn century_digit(self) -> u64 {
        self.0 / 100_000_000 % 10
    }
}

impl fmt::Display for CitizenNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for CitizenNumber {
    /// Masked, so that a debug print in a log never holds a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// The name under which a household or a member is known to every command and every run: the citizen number, or
/// where it is missing or unusable a key made from what the row says (never from where the row stands).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The citizen number of the head or the member.
    Citizen(CitizenNumber),
    /// Folded name, birth and place joined by dots, with `#2`, `#3` … for rows that say exactly the same.
    Made(String),
}

impl Key {
    /// The citizen number, where the key is one.
    #[must_use]
    pub fn citizen(&self) -> Option<CitizenNumber> {
        match self {
            Self::Citizen(number) => Some(*number),
            Self::Made(_) => None,
        }
    }

    /// The key as screens show it; a made key holds a name and is shown whole.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Citizen(number) => number.masked(),
            Self::Made(text) => text.clone(),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Citizen(number) => number.fmt(f),
            Self::Made(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citizen_number_tells_province_sex_and_year() {
        let number = CitizenNumber::parse("066169609101").unwrap();
        assert_eq!((number.province(), number.sex(), number.birth_year()), (66, Sex::Female, 1969));
        let young = CitizenNumber::parse("066301125728").unwrap();
        assert_eq!((young.sex(), young.birth_year()), (Sex::Female, 2001));
    }

    #[test]
    fn keys_print_in_full_and_debug_hides() {
        let number = CitizenNumber::parse("066169609101").unwrap();
        assert_eq!((number.as_u64(), format!("{number:?}").as_str()), (66_169_609_101, "066******101"));
        let made = Key::Made("buon-1/y-invented".to_owned());
        assert_eq!([Key::Citizen(number).to_string(), made.to_string()], ["066169609101", "buon-1/y-invented"]);
        assert_eq!((made.masked().as_str(), made.citizen()), ("buon-1/y-invented", None));
    }

    #[test]
    fn only_twelve_digits_are_a_citizen_number() {
        for text in ["", "66169609101", "0661696091011", "06616960910a", "０66169609101"] {
            assert_eq!(CitizenNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_mask_hides_six_digits_and_debug_is_masked() {
        let number = CitizenNumber::parse("066169609101").unwrap();
        assert_eq!(number.masked(), "066******101");
        assert_eq!(format!("{:?}", Key::Citizen(number)), "066******101");
    }

    #[test]
    fn a_number_kept_as_an_integer_is_the_same_number() {
        let number = CitizenNumber::parse("066169609101").unwrap();
        assert_eq!(CitizenNumber::of_u64(number.as_u64()), Some(number));
        assert_eq!(CitizenNumber::of_u64(1_000_000_000_000), None);
    }
}
