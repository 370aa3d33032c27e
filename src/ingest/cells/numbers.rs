//! Numbers as Vietnamese workbooks write them: a point between thousands, a comma before decimals.

use super::{Content, Fault, Reading, Value, read};
use crate::domain::pledge::Days;
use crate::domain::rate::Hundredths;
use crate::ingest::decimal::whole;

/// Decimals of a true number that are looked at; what lies beyond is the noise of binary fractions.
const DECIMALS: usize = 9;

/// A number by its digits: no binary fraction touches a count, a rate or money.
struct Decimal {
    negative: bool,
    whole: u64,
    /// Digits after the decimal sign, without zeros at the end.
    part: String,
}

impl Decimal {
    /// The value in units of one 10^-`decimals`, when it has no more decimals than that.
    fn scaled(&self, decimals: usize) -> Result<u64, Fault> {
        if self.negative {
            return Err(Fault::Negative);
        }
        if self.part.len() > decimals {
            return Err(Fault::Fractional);
        }
        let digits = format!("{}{:0<decimals$}", self.whole, self.part);
        digits.parse().map_err(|_| Fault::TooLarge)
    }
}

/// Prints a true number by its shortest digits, with a point before decimals: `3`, `3.66`.
pub(super) fn plain(number: f64) -> String {
    if let Some(whole) = whole(number) {
        return whole.to_string();
    }
    let digits = format!("{number:.DECIMALS$}");
    let trimmed = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
}

fn of_number(number: f64) -> Result<Decimal, Fault> {
    if !number.is_finite() {
        return Err(Fault::NotANumber);
    }
    split(&plain(number), Some('.'))
}

/// Reads text. Where `point_groups`, a point with three digits behind it stands between thousands (`19.284`); elsewhere a single
/// point stands before decimals, as a coefficient or a rate is also written `3.66`.
fn of_text(text: &str, point_groups: bool) -> Result<Decimal, Fault> {
    let text = text.trim_start_matches('\'');
    let compact: String = if is_grouped(text, ' ') { text.replace(' ', "") } else { text.trim().to_owned() };
    let unsigned = compact.trim_start_matches(['-', '−', '+']);
    let (points, commas) = (unsigned.matches('.').count(), unsigned.matches(',').count());
    let groups = |sign| is_grouped(unsigned, sign);
    match (points, commas) {
        (0, 0) => split(&compact, None),
        (0, 1) => split(&compact, Some(',')),
        (0, _) if groups(',') => split(&compact.replace(',', ""), None),
        (_, 0) if groups('.') && (point_groups || points > 1) => split(&compact.replace('.', ""), None),
        (1, 0) => split(&compact, Some('.')),
        (_, 1) if unsigned.split(',').next().is_some_and(|whole| is_grouped(whole, '.')) => {
            split(&compact.replace('.', ""), Some(','))
        }
        _ => Err(Fault::NotANumber),
    }
}

/// Whether a text is digits in threes with a sign between them: one to three first, not beginning with zero, then threes.
fn is_grouped(text: &str, sign: char) -> bool {
    let mut groups = text.trim().trim_start_matches(['-', '−', '+']).split(sign);
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0'));
    let mut rest = groups.peekable();
    first && rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group))
}

fn split(text: &str, decimal_sign: Option<char>) -> Result<Decimal, Fault> {
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = decimal_sign.and_then(|sign| digits.split_once(sign)).unwrap_or((digits, "0"));
    if whole.is_empty() || part.is_empty() || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
        return Err(Fault::NotANumber);
    }
    let whole = whole.parse().map_err(|_| Fault::TooLarge)?;
    let part = part.trim_end_matches('0').to_owned();
    let negative = negative && (whole > 0 || !part.is_empty());
    Ok(Decimal { negative, whole, part })
}

fn decimal(content: Content<'_>, point_groups: bool) -> Result<Decimal, Fault> {
    match content {
        Content::Text(text) => of_text(&text, point_groups),
        Content::Number(number) => of_number(number),
        Content::Date { .. } | Content::Bool(_) => Err(Fault::NotANumber),
    }
}

/// A whole count of households, persons, seedlings or points: `19.284` as text is 19284, ` 4` is 4, 3.7 is [`Fault::Fractional`]. A true
/// number with exactly three decimals, and the text `19,284`, are [`Fault::Suspect`]: thousands read as decimals.
#[must_use]
pub fn count(cell: Option<&Value<'_>>) -> Reading<u64> {
    read(cell, |content| {
        let decimal = decimal(content, true)?;
        if !decimal.negative && decimal.part.len() == 3 && (1..1_000).contains(&decimal.whole) {
            return Err(Fault::Suspect);
        }
        decimal.scaled(0)
    })
}

/// Days in halves: `0,5`, `1.5`, 2. Other parts of a day are [`Fault::Fractional`].
#[must_use]
pub fn half_days(cell: Option<&Value<'_>>) -> Reading<Days> {
    read(cell, |content| {
        let tenths = decimal(content, true)?.scaled(1)?;
        if tenths.is_multiple_of(5) { Ok(Days::halves(tenths / 5)) } else { Err(Fault::Fractional) }
    })
}

/// A salary coefficient in hundredths: `3,66`, `3.66`, 3.66.
#[must_use]
pub fn coefficient(cell: Option<&Value<'_>>) -> Reading<Hundredths> {
    read(cell, |content| {
        let hundredths = decimal(content, false)?.scaled(2)?;
        // The highest of all, the President's (Resolution 730/2004/NQ-UBTVQH11): more has lost its comma, or is money.
        if hundredths > 1_300 {
            return Err(Fault::TooLarge);
        }
        i64::try_from(hundredths).map(Hundredths::new).map_err(|_| Fault::TooLarge)
    })
}

/// Thousands and millions as they stand behind a sum of money, and how many zeros they are.
const SCALES: [(&str, usize); 6] = [("nghìn", 3), ("ngàn", 3), ("k", 3), ("triệu", 6), ("tr", 6), ("tỷ", 9)];

/// Money in whole đồng: 1490000, `1.490.000`, `1.490.000đ`, `1,490,000 đồng`, `500.000 VNĐ`, `500 nghìn`, `1,5 triệu đồng`. A number
/// without a unit is counted in that of its column, which stands for so many `zeros`.
#[must_use]
pub fn money(cell: Option<&Value<'_>>, zeros: u8) -> Reading<u64> {
    read(cell, |content| {
        if let Content::Text(text) = &content {
            let lower = text.to_lowercase();
            let amount = ["đồng", "vnđ", "vnd", "đ", "₫"].iter().find_map(|unit| lower.strip_suffix(unit)).unwrap_or(&lower);
            let amount = amount.trim();
            let scaled = SCALES.iter().find_map(|(word, zeros)| Some((amount.strip_suffix(word)?, *zeros)));
            let own = if amount.len() < lower.len() { 0 } else { zeros.into() };
            let (number, zeros) = scaled.unwrap_or((amount, own));
            // No part of a đồng has three decimals: "200,000" is two hundred thousand.
            let number = if zeros == 0 && is_grouped(number, ',') { number.replace(',', "") } else { number.to_owned() };
            return of_text(number.trim(), true)?.scaled(zeros);
        }
        decimal(content, true)?.scaled(zeros.into())
    })
}

/// What the true numbers of a column of rates stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PercentScale {
    /// 25.24 is 25.24 %.
    Percent,
    /// 0.2524 is 25.24 %.
    Fraction,
}

/// What the true numbers of a column stand for: fractions when none is above 1 and one at least has decimals, else percents. One cell
/// alone cannot tell (0.5 is half of all or one in two hundred), so the whole column is asked.
pub fn percent_scale<'v>(column: impl IntoIterator<Item = &'v Value<'v>>) -> PercentScale {
    let mut has_decimals = false;
    for value in column {
        if let Value::Number(number) = value {
            if *number > 1.0 {
                return PercentScale::Percent;
            }
            has_decimals |= *number > 0.0 && *number < 1.0;
        }
    }
    if has_decimals { PercentScale::Fraction } else { PercentScale::Percent }
}

/// A rate in hundredths of a percent, rounded half up: `25,24`, `25,24%`, `25.24 %`, and true numbers on the column's scale. Text without
/// a percent sign is on the column's scale only when the column has fractions and it is at most 1.
#[must_use]
pub fn percent(cell: Option<&Value<'_>>, scale: PercentScale) -> Reading<Hundredths> {
    read(cell, |content| {
        let (decimal, is_percent) = match content {
            Content::Text(text) => {
                let bare = text.strip_suffix('%');
                (of_text(bare.unwrap_or(&text).trim(), false)?, bare.is_some())
            }
            other @ (Content::Number(_) | Content::Date { .. } | Content::Bool(_)) => (decimal(other, false)?, false),
        };
        let is_fraction = !is_percent
            && scale == PercentScale::Fraction
            && (decimal.whole == 0 || (decimal.whole == 1 && decimal.part.is_empty()));
        let part: String = decimal.part.chars().take(DECIMALS).collect();
        let billionths = Decimal { part, ..decimal }.scaled(DECIMALS)?;
        let unit = if is_fraction { 100_000 } else { 10_000_000 };
        i64::try_from((billionths / unit) + u64::from(billionths % unit * 2 >= unit))
            .map(Hundredths::new)
            .map_err(|_| Fault::TooLarge)
    })
}
