//! Dates in all the forms of the lists, as exactly as they say and no more: 01/01 is never invented.

use jiff::Span;
use jiff::civil::{Date, date as civil};

use super::{Content, Fault, Reading, Value, numbers, read};
use crate::domain::household::Birth;
use crate::domain::spelling::fold;
use crate::ingest::decimal::whole;

/// Numbers that are taken for a year when they stand where a date is asked for.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2100;

/// Plain numbers that are taken for a serial of the 1900 epoch: 1908 to 2099, clear of everything that could be a year.
const SERIALS: std::ops::RangeInclusive<i32> = 3_000..=73_050;

/// A date with its precision: `26/01/1969`, `6.1.69` not (the century is not told), `1/1969`, `1969`, `00/00/1969`, `/1969`, `1969-01-26`,
/// `ngày 26 tháng 01 năm 1969`, a serial, or a number that is a year. Whether it lies in the future or too far back is for the
/// caller to say.
#[must_use]
pub fn date(cell: Option<&Value<'_>>) -> Reading<Birth> {
    read(cell, |content| match content {
        Content::Text(text) => of_text(&text),
        Content::Number(number) => of_number(number),
        Content::Date { serial, is_1904 } => of_serial(serial, is_1904),
        Content::Bool(_) => Err(Fault::NotADate),
    })
}

fn of_number(number: f64) -> Result<Birth, Fault> {
    let whole: i32 = numbers::plain(number).parse().map_err(|_| Fault::NotADate)?;
    match i16::try_from(whole) {
        Ok(year) if YEARS.contains(&year) => Ok(Birth::Year(year)),
        _ if SERIALS.contains(&whole) => of_serial(f64::from(whole), false),
        _ => Err(Fault::NotADate),
    }
}

/// Days since the epoch. Day 60 of the 1900 epoch is 29/02/1900, which never was, so earlier days count from one day later. A serial
/// that would be a year is [`Fault::Suspect`]: somebody typed 1969 into a cell that shows dates, and it says 22/05/1905.
fn of_serial(serial: f64, is_1904: bool) -> Result<Birth, Fault> {
    let days = whole(serial.floor()).and_then(|days| i32::try_from(days).ok()).ok_or(Fault::ImpossibleDate)?;
    if i16::try_from(days).is_ok_and(|year| YEARS.contains(&year)) {
        return Err(Fault::Suspect);
    }
    let start = match (is_1904, days) {
        (true, 0..) => civil(1904, 1, 1),
        (false, 1..=59) => civil(1899, 12, 31),
        (false, 61..) => civil(1899, 12, 30),
        _ => return Err(Fault::ImpossibleDate),
    };
    let day = Span::new().try_days(days).and_then(|span| start.checked_add(span));
    day.map(Birth::Day).map_err(|_| Fault::ImpossibleDate)
}

fn of_text(text: &str) -> Result<Birth, Fault> {
    let folded = fold(text.trim_start_matches('\'')).replace("ngay", " ").replace("thang", "/").replace("nam", "/");
    // Folding made hyphens spaces; a time of day behind a date says nothing about a birth.
    let day = folded.split(['t', ':']).next().unwrap_or_default();
    let has_time = day.len() < folded.len();
    let mut parts: Vec<&str> = day.split(['/', '.', ' ', ',', '\\', '_', '…']).filter(|part| !part.is_empty()).collect();
    if has_time && parts.len() == 4 {
        parts.pop();
    }
    if parts.is_empty() || parts.iter().any(|part| part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(Fault::NotADate);
    }
    let number = |part: &str| part.parse::<i16>().map_err(|_| Fault::NotADate);
    let is_year = |part: &str| part.len() == 4;
    match parts.as_slice() {
        [year] if is_year(year) => whole_date(0, 0, number(year)?),
        [month, year] if is_year(year) && !is_year(month) => whole_date(0, number(month)?, number(year)?),
        [year, month] if is_year(year) && !is_year(month) => whole_date(0, number(month)?, number(year)?),
        [day, month, year] if is_year(year) && !is_year(day) && !is_year(month) => {
            whole_date(number(day)?, number(month)?, number(year)?)
        }
        [year, month, day] if is_year(year) && !is_year(day) && !is_year(month) => {
            whole_date(number(day)?, number(month)?, number(year)?)
        }
        _ => Err(Fault::NotADate),
    }
}

/// Zeros stand for what nobody knows: 00/00/1969 is a year, 00/01/1969 a month, but 05/00/1969 is nothing.
fn whole_date(day: i16, month: i16, year: i16) -> Result<Birth, Fault> {
    let small = |number: i16| i8::try_from(number).map_err(|_| Fault::ImpossibleDate);
    match (day, month, year) {
        (_, _, ..1000) => Err(Fault::ImpossibleDate),
        (0, 0, year) => Ok(Birth::Year(year)),
        (0, 1..=12, year) => Ok(Birth::Month { year, month: small(month)? }),
        _ => Date::new(year, small(month)?, small(day)?).map(Birth::Day).map_err(|_| Fault::ImpossibleDate),
    }
}
