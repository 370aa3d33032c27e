//! Identity numbers: text by declaration, and what has become of those that a spreadsheet took for numbers.

use super::{Content, Fault, Reading, Value, numbers, read};
use crate::domain::ids::CitizenNumber;

/// What stands in the column of identity numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A citizen number of twelve digits.
    Citizen(CitizenNumber),
    /// A citizen number whose first zero was lost because it was stored as a number, and that the rest proves.
    Restored(CitizenNumber),
    /// Six or more zeros at the end, or a power of ten (`1,23E+11`): digits are lost for good.
    DigitsLost,
    /// Nine digits: an identity card of the old kind (CMND).
    Old,
    /// Too few or too many digits; how many.
    WrongLength(usize),
    /// Other signs than digits.
    NotDigits,
}

/// Provinces that citizen numbers were issued for (001 Hà Nội to 096 Cà Mau), by Circular 07/2016/TT-BCA.
const PROVINCES: std::ops::RangeInclusive<u64> = 1..=96;

/// Reads an identity number. Spaces, points and hyphens between digits are let pass; an error value or an empty cache is a fault.
#[must_use]
pub fn identity(cell: Option<&Value<'_>>) -> Reading<Identity> {
    read(cell, |content| match content {
        Content::Text(text) => Ok(of_text(&text)),
        Content::Number(number) => Ok(of_digits(&numbers::plain(number), true)),
        Content::Date { .. } | Content::Bool(_) => Err(Fault::NotANumber),
    })
}

fn of_text(text: &str) -> Identity {
    if is_power_of_ten(text) {
        return Identity::DigitsLost;
    }
    let digits: String = unlabelled(text).chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '\'' | '’')).collect();
    of_digits(&digits, false)
}

/// A number without the name of what it is a number of: "CCCD: 066…", "066… (CCCD)".
fn unlabelled(text: &str) -> &str {
    const LABELS: [&str; 4] = ["số cccd", "cccd", "căn cước", "đdcn"];
    let of = |text: &str| text.trim_matches([' ', ':', '(', ')']).to_lowercase();
    let begins = text.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
    let ends = text.rfind(|c: char| c.is_ascii_digit()).map_or(text.len(), |last| last + 1);
    let around = [text.get(..begins), text.get(ends..)].map(|part| of(part.unwrap_or_default()));
    let labelled = around.iter().all(|label| label.is_empty() || LABELS.contains(&label.as_str()));
    if labelled { text.get(begins..ends).unwrap_or(text) } else { text }
}

/// `1.23E+11`, `6,6E10`.
fn is_power_of_ten(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.split_once(['E', 'e'])
        .is_some_and(|(factor, power)| digits(power.trim_start_matches('+')) && digits(&factor.replacen(['.', ','], "", 1)))
}

fn of_digits(digits: &str, was_number: bool) -> Identity {
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Identity::NotDigits;
    }
    if digits.len() > 6 && digits.ends_with("000000") {
        return Identity::DigitsLost;
    }
    match digits.len() {
        CitizenNumber::DIGITS => CitizenNumber::parse(digits).map_or(Identity::NotDigits, Identity::Citizen),
        11 if was_number => CitizenNumber::parse(&format!("0{digits}"))
            .filter(|number| PROVINCES.contains(&number.province()) && (1900..2100).contains(&number.birth_year()))
            .map_or(Identity::WrongLength(11), Identity::Restored),
        9 => Identity::Old,
        other => Identity::WrongLength(other),
    }
}
