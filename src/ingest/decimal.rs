//! Exact decimals of the cells that serve as a cross-check only: sums under a table and printed rates.

use super::convert::{Take, Why, text};
use super::encoding::Script;
use super::workbook::{Cell, Value};
use crate::domain::rate::Hundredths;

/// A number as it is written without grouping: at most six decimals, no zeros at their end.
pub(crate) fn number_text(number: f64) -> String {
    if let Some(whole) = whole(number) {
        return whole.to_string();
    }
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A number without a part, below the size from which floats leave numbers out.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "what is cut off is looked at right here")]
pub(crate) fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    (whole.unsigned_abs() < 1 << 53 && (whole as f64).to_bits() == number.to_bits()).then_some(whole)
}

/// A decimal number, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    /// Below zero.
    pub(crate) negative: bool,
    /// Millionths.
    pub(crate) millionths: u128,
}

impl Decimal {
    const ONE: u128 = 1_000_000;

    /// Reads digits with at most six decimals after a point.
    fn plain(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix(['-', '−']).map_or((false, text), |rest| (true, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 20 || part.len() > 6 || !digits(whole) || !digits(part) {
            return None;
        }
        let millionths = whole.parse::<u128>().ok()? * Self::ONE + format!("{part:0<6}").parse::<u128>().ok()?;
        Some(Self { negative: negative && millionths > 0, millionths })
    }
}

/// A number of millionths without needless zeros.
pub(crate) fn millionths_text(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.unsigned_abs();
    let text = format!("{sign}{}.{:06}", size / Decimal::ONE, size % Decimal::ONE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A decimal number. In text a point groups thousands and a comma begins the decimals, as Vietnamese workbooks write; a point
/// that cannot group (`3.66`) begins the decimals too.
pub(crate) fn decimal(cell: &Cell<'_>, guess: Script) -> Take<Decimal> {
    match &cell.value {
        Value::Number(number) => Decimal::plain(&number_text(*number)).map_or(Take::Wrong(Why::Unreadable), Take::Is),
        Value::Error(_) => Take::Wrong(Why::ErrorValue),
        Value::MissingCache => Take::Wrong(Why::NoCache),
        Value::Text(_) => decimal_of_text(&text(cell, guess)),
        Value::Date { .. } | Value::DateText(_) | Value::Bool(_) => Take::Wrong(Why::Unreadable),
    }
}

fn decimal_of_text(text: &str) -> Take<Decimal> {
    let text = text.trim_matches(['\'', ' ']);
    if text.is_empty() || matches!(text, "-" | "–" | "—") {
        return Take::Blank;
    }
    if is_error_text(text) {
        return Take::Wrong(Why::ErrorValue);
    }
    let number = text.trim_end_matches('%');
    let number: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, part) = match number.split_once(',') {
        Some((whole, part)) => (whole.to_owned(), part.to_owned()),
        None if groups(&number) => (number.clone(), String::new()),
        None => number
            .split_once('.')
            .map_or_else(|| (number.clone(), String::new()), |(whole, part)| (whole.to_owned(), part.to_owned())),
    };
    let whole = if groups(&whole) { whole.replace('.', "") } else { whole };
    let plain = if part.is_empty() { whole } else { format!("{whole}.{part}") };
    Decimal::plain(&plain).map_or(Take::Wrong(Why::Unreadable), Take::Is)
}

/// Whether points group thousands: one to three digits, then groups of exactly three.
fn groups(number: &str) -> bool {
    let digits = number.strip_prefix('-').unwrap_or(number);
    let mut parts = digits.split('.');
    let first = parts.next().unwrap_or_default();
    let mut others = parts.peekable();
    others.peek().is_some() && (1..=3).contains(&first.len()) && !first.starts_with('0') && others.all(|part| part.len() == 3)
}

fn is_error_text(text: &str) -> bool {
    text.starts_with('#')
        && ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]
            .iter()
            .any(|error| text.eq_ignore_ascii_case(error))
}

/// A printed percentage: `25,24`, `25,24%`, 25.24, or 0.2524 as a share of one. A decimal below one may be either; see
/// [`Percent::fits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Percent(Decimal);

impl Percent {
    /// The value in hundredths of a percent; a number of at most one that is no text with a percent sign is a share of one.
    pub(crate) fn hundredths(self) -> Hundredths {
        let millionths = if self.0.millionths <= Decimal::ONE { self.0.millionths * 100 } else { self.0.millionths };
        Hundredths::new(i64::try_from((millionths + 5_000) / 10_000).unwrap_or(i64::MAX))
    }

    /// Whether it is the percentage as it would be printed: as a percentage, or as a share of one, to as many decimals as it has.
    pub(crate) fn fits(self, exact: Hundredths) -> bool {
        let printed = u128::try_from(exact.get()).unwrap_or(0) * 10_000;
        // A rate with fewer than two decimals (25,2 or 25) is right when it is the rounded one.
        let near = |value: u128| {
            let step = [1_000_000_u128, 100_000, 10_000].into_iter().find(|step| value.is_multiple_of(*step)).unwrap_or(10_000);
            value.abs_diff(printed) * 2 <= step.max(10_000) && (step > 10_000 || (value + 5_000) / 10_000 * 10_000 == printed)
        };
        !self.0.negative && (near(self.0.millionths) || near(self.0.millionths * 100))
    }
}

/// Reads a printed percentage.
pub(crate) fn percent(cell: &Cell<'_>, guess: Script) -> Take<Percent> {
    match decimal(cell, guess) {
        Take::Is(number) => Take::Is(Percent(number)),
        Take::Blank => Take::Blank,
        Take::Wrong(why) => Take::Wrong(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(value: Value<'static>) -> Cell<'static> {
        Cell { col: 0, value, script: Script::Unicode, formula: false }
    }

    fn txt(text: &'static str) -> Cell<'static> {
        cell(Value::Text(text.into()))
    }

    fn num(number: f64) -> Cell<'static> {
        cell(Value::Number(number))
    }

    #[test]
    fn decimals_are_exact_and_grouped_as_vietnamese_workbooks_write() {
        for (found, shown) in
            [(txt("19.284"), "19284"), (txt("2,5"), "2.5"), (num(220.5), "220.5"), (num(-1.0), "1"), (num(0.1), "0.1")]
        {
            let number = decimal(&found, Script::Unicode).value().unwrap();
            assert_eq!(millionths_text(i128::try_from(number.millionths).unwrap()), shown, "{found:?}");
        }
        assert_eq!(decimal(&txt("hai"), Script::Unicode), Take::Wrong(Why::Unreadable));
    }

    #[test]
    fn a_rate_fits_its_counts_in_every_way_it_is_written() {
        let exact = Hundredths::new(2524);
        for found in [txt("25,24"), txt("25,24%"), num(25.24), num(0.2524), txt("25,2"), txt("25%"), num(0.252_437)] {
            assert!(percent(&found, Script::Unicode).value().unwrap().fits(exact), "{found:?}");
        }
        for found in [txt("25,25"), txt("25,3"), num(0.2523)] {
            assert!(!percent(&found, Script::Unicode).value().unwrap().fits(exact), "{found:?}");
        }
    }
}
