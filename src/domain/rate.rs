//! Shares of a whole, kept as two counts and printed by integer arithmetic.

use std::fmt;

/// Hundredths: of a percent for rates, of a percentage point for differences and gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hundredths(i64);

impl Hundredths {
    /// A value given in hundredths: 2524 is 25.24.
    #[must_use]
    pub const fn new(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// The value in hundredths.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The difference, as published changes are: of the two printed values. `None` on overflow.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The value divided by a whole number, rounded half away from zero; `None` when `parts` is zero.
    #[must_use]
    pub fn divided_by(self, parts: i64) -> Option<Self> {
        round_half_up(i128::from(self.0), i128::from(parts)).map(Self)
    }

    /// Reads `25.24`, `25,24`, `20` or `-3.87`, with at most two decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        if whole.is_empty() || part.len() > 2 || !(whole.bytes().chain(part.bytes())).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let cents: i64 = format!("{part:0<2}").parse().ok()?;
        let value = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
        Some(Self(if negative { -value } else { value }))
    }
}

impl fmt::Display for Hundredths {
    /// Two decimals after a point, as scripts read it: `25.24`, `-3.87`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

/// A share: `part` of `whole`, both counts of the same kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The counted ones.
    pub part: u64,
    /// All of them; `None` where nobody counted them, and then there is no rate.
    pub whole: Option<u64>,
}

impl Share {
    /// The share in hundredths of a percent, rounded half up; no whole, or a whole of zero, is no rate.
    #[must_use]
    pub fn percent(self) -> Option<Hundredths> {
        let whole = self.whole.filter(|&whole| whole > 0)?;
        round_half_up(i128::from(self.part) * 10_000, i128::from(whole)).map(Hundredths)
    }
}

/// Divides and rounds half away from zero.
fn round_half_up(value: i128, by: i128) -> Option<i64> {
    if by <= 0 {
        return None;
    }
    let rounded = (value.abs() * 2 + by) / (by * 2);
    i64::try_from(if value < 0 { -rounded } else { rounded }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn percent(part: u64, whole: u64) -> String {
        Share { part, whole: Some(whole) }.percent().unwrap().to_string()
    }

    #[test]
    fn the_published_rates_of_2022_come_out() {
        assert_eq!(percent(4868, 19284), "25.24");
        assert_eq!(percent(3512, 19284), "18.21");
        assert_eq!(percent(4868 + 3512, 19284), "43.46", "from the counts; the two rounded rates add up to 43.45");
        assert_eq!(percent(1142, 3305), "34.55");
        assert_eq!(percent(1419, 3305), "42.93");
    }

    #[test]
    fn halves_are_rounded_up() {
        assert_eq!(percent(1, 8), "12.50");
        assert_eq!(percent(1, 20_000), "0.01", "0.005 % rounds up");
        assert_eq!(percent(1, 20_001), "0.00");
    }

    #[test]
    fn no_denominator_is_no_rate() {
        assert_eq!(Share { part: 3, whole: None }.percent(), None);
        assert_eq!(Share { part: 0, whole: Some(0) }.percent(), None);
    }

    #[test]
    fn what_is_not_a_number_of_at_most_two_decimals_is_not_read() {
        for text in ["", "-", ".5", ",25", "1.234", "1.2x", "x.25", "--1", "1.2.3", "99999999999999999999"] {
            assert_eq!(Hundredths::parse(text), None, "{text:?}");
        }
        assert_eq!(
            ["20", "20,5", "-3.87"].map(|text| Hundredths::parse(text).map(Hundredths::get)),
            [Some(2000), Some(2050), Some(-387)]
        );
    }

    #[test]
    fn a_division_by_nothing_or_less_has_no_result() {
        assert_eq!([3, 0, -3].map(|parts| Hundredths::new(-10).divided_by(parts)), [Some(Hundredths::new(-3)), None, None]);
    }

    proptest! {
        #[test]
        fn a_printed_value_reads_back(value in -1_000_000_000i64..1_000_000_000) {
            let hundredths = Hundredths::new(value);
            prop_assert_eq!(Hundredths::parse(&hundredths.to_string()), Some(hundredths));
        }

        #[test]
        fn rounding_errs_by_at_most_half_a_hundredth(part in 0u64..1_000_000, whole in 1u64..1_000_000) {
            let shown = i128::from(Share { part, whole: Some(whole) }.percent().unwrap().get());
            let error = (shown * i128::from(whole) - i128::from(part) * 10_000) * 2;
            prop_assert!(-i128::from(whole) < error && error <= i128::from(whole));
        }
    }
}
