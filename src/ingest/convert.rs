//! From the value of one cell to what it means: strict, and never by guessing. Blank, zero and unreadable are three things.

use std::borrow::Cow;

use jiff::civil::Date;

use super::encoding::{Script, convert};
use super::workbook::{Cell, Value};
use crate::domain::household::{Birth, Class, Sex};
use crate::domain::ids::CitizenNumber;
use crate::domain::rate::Hundredths;
use crate::domain::spelling::{fold, fold_tight, nfc_squeezed};

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Take<T> {
    /// Nothing is there.
    Blank,
    /// A value.
    Is(T),
    /// Something is there and cannot be read.
    Wrong(Why),
}

impl<T> Take<T> {
    /// The value, where there is one.
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Blank | Self::Wrong(_) => None,
        }
    }

    fn and_then<U>(self, next: impl FnOnce(T) -> Take<U>) -> Take<U> {
        match self {
            Self::Blank => Take::Blank,
            Self::Is(value) => next(value),
            Self::Wrong(why) => Take::Wrong(why),
        }
    }
}

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It is no number, date or word of the kind.
    Unreadable,
    /// Less than zero.
    Negative,
    /// Not whole.
    Fraction,
    /// A number with three decimals, which was most likely written with a point between thousands.
    Thousands(u64),
    /// An error value such as `#REF!`.
    ErrorValue,
    /// A formula whose result was not stored.
    NoCache,
}

/// The text of a cell as a person reads it: in Unicode, trimmed, single spaces. `guess` is the script of cells whose font
/// nothing tells.
pub(crate) fn text<'a>(cell: &'a Cell<'_>, guess: Script) -> Cow<'a, str> {
    match &cell.value {
        Value::Text(text) => squeezed(convert(text, script_of(cell, guess))),
        Value::Number(number) => Cow::Owned(number_text(*number)),
        Value::Date { serial, is_1904 } => {
            Cow::Owned(date_of_serial(*serial, *is_1904).map_or_else(|| number_text(*serial), |date| date.to_string()))
        }
        Value::DateText(text) => Cow::Borrowed(text),
        Value::Bool(true) => Cow::Borrowed("TRUE"),
        Value::Bool(false) => Cow::Borrowed("FALSE"),
        Value::Error(text) => Cow::Borrowed(text),
        Value::MissingCache => Cow::Borrowed(""),
    }
}

/// The lines of a cell that holds several facts.
pub(crate) fn lines(cell: &Cell<'_>, guess: Script) -> Vec<String> {
    match &cell.value {
        Value::Text(text) => convert(text, script_of(cell, guess))
            .split(['\n', '\r', ';'])
            .map(|line| nfc_squeezed(line).into_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        Value::Number(_) | Value::Date { .. } | Value::DateText(_) | Value::Bool(_) | Value::Error(_) | Value::MissingCache => {
            vec![text(cell, guess).into_owned()]
        }
    }
}

fn squeezed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => nfc_squeezed(text),
        Cow::Owned(text) => Cow::Owned(nfc_squeezed(&text).into_owned()),
    }
}

/// The script of a cell's text.
pub(crate) fn script_of(cell: &Cell<'_>, guess: Script) -> Script {
    if cell.script == Script::Unknown { guess } else { cell.script }
}

/// A number as it is written without grouping: at most six decimals, no zeros at their end.
pub(crate) fn number_text(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
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

    /// The number as a whole one.
    fn whole(self) -> Take<u64> {
        if self.negative {
            return Take::Wrong(Why::Negative);
        }
        let rest = self.millionths % Self::ONE;
        if rest != 0 {
            let thousands = self.millionths / 1_000;
            let three = rest.is_multiple_of(1_000) && !rest.is_multiple_of(10_000);
            return Take::Wrong(u64::try_from(thousands).ok().filter(|_| three).map_or(Why::Fraction, Why::Thousands));
        }
        u64::try_from(self.millionths / Self::ONE).map_or(Take::Wrong(Why::Unreadable), Take::Is)
    }
}

/// A number of millionths without needless zeros.
pub(crate) fn millionths_text(millionths: i128) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.unsigned_abs();
    let text = format!("{sign}{}.{:06}", size / Decimal::ONE, size % Decimal::ONE);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Words that may stand behind a number.
const UNITS: [&str; 14] =
    ["ngay", "cong", "cay", "nguoi", "khau", "ho", "d", "dong", "vnd", "%", "diem", "nhan khau", "ngay cong", "ngay luong"];

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
    let end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (number, unit) = text.split_at(end);
    let unit = fold(unit.trim().trim_end_matches('.'));
    if !unit.is_empty() && !UNITS.contains(&unit.as_str()) {
        return Take::Wrong(Why::Unreadable);
    }
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

/// A count: a whole number from zero.
pub(crate) fn count(cell: &Cell<'_>, guess: Script) -> Take<u64> {
    decimal(cell, guess).and_then(Decimal::whole)
}

/// A number of half days.
pub(crate) fn half_days(cell: &Cell<'_>, guess: Script) -> Take<u64> {
    decimal(cell, guess).and_then(|number| {
        if number.negative {
            return Take::Wrong(Why::Negative);
        }
        let halves = number.millionths * 2;
        if !halves.is_multiple_of(Decimal::ONE) {
            return Take::Wrong(Why::Fraction);
        }
        u64::try_from(halves / Decimal::ONE).map_or(Take::Wrong(Why::Unreadable), Take::Is)
    })
}

/// A number with two decimals, such as a salary coefficient.
pub(crate) fn hundredths(cell: &Cell<'_>, guess: Script) -> Take<Hundredths> {
    decimal(cell, guess).and_then(|number| {
        if number.negative {
            return Take::Wrong(Why::Negative);
        }
        if !number.millionths.is_multiple_of(10_000) {
            return Take::Wrong(Why::Fraction);
        }
        i64::try_from(number.millionths / 10_000).map_or(Take::Wrong(Why::Unreadable), |value| Take::Is(Hundredths::new(value)))
    })
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
    decimal(cell, guess).and_then(|number| Take::Is(Percent(number)))
}

/// The date of a serial number. Day 60 of the 1900 epoch never was.
pub(crate) fn date_of_serial(serial: f64, is_1904: bool) -> Option<Date> {
    if !serial.is_finite() || !(0.0..3_000_000.0).contains(&serial) {
        return None;
    }
    let days: i64 = format!("{:.0}", serial.floor()).parse().ok()?;
    let (epoch, days) = match (is_1904, days) {
        (true, days) => (jiff::civil::date(1904, 1, 1), days),
        (false, 60) => return None,
        (false, days) if days < 60 => (jiff::civil::date(1899, 12, 31), days),
        (false, days) => (jiff::civil::date(1899, 12, 30), days),
    };
    epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// A birth, as precise as the cell is and no more.
pub(crate) fn birth(cell: &Cell<'_>, guess: Script) -> Take<Birth> {
    match &cell.value {
        Value::Date { serial, is_1904 } => {
            date_of_serial(*serial, *is_1904).map_or(Take::Wrong(Why::Unreadable), |date| Take::Is(Birth::Day(date)))
        }
        Value::Number(number) => {
            let text = number_text(*number);
            if text.len() == 4 {
                return birth_of_text(&text);
            }
            let serial = text.len() == 5 && !text.contains('.');
            date_of_serial(*number, false)
                .filter(|_| serial)
                .map_or(Take::Wrong(Why::Unreadable), |date| Take::Is(Birth::Day(date)))
        }
        Value::Text(_) | Value::DateText(_) => birth_of_text(&text(cell, guess)),
        Value::Error(_) => Take::Wrong(Why::ErrorValue),
        Value::MissingCache => Take::Wrong(Why::NoCache),
        Value::Bool(_) => Take::Wrong(Why::Unreadable),
    }
}

fn birth_of_text(text: &str) -> Take<Birth> {
    let text = text.trim_matches(['\'', ' ']);
    // A time of day behind the date says nothing.
    let text = text.split(['T', ' ']).next().filter(|_| text.contains(':')).unwrap_or(text);
    if text.is_empty() || matches!(text, "-" | "–") {
        return Take::Blank;
    }
    if is_error_text(text) {
        return Take::Wrong(Why::ErrorValue);
    }
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let found = match parts.as_slice() {
        [year] | ["", year] | ["", "", year] => four(year).map(Birth::Year),
        [day, month, year] if year.len() == 4 => of_parts(day, month, year),
        [year, month, day] if year.len() == 4 => of_parts(day, month, year),
        [month, year] if year.len() == 4 => of_parts("", month, year),
        [year, month] if year.len() == 4 => of_parts("", month, year),
        _ => None,
    };
    found.map_or(Take::Wrong(Why::Unreadable), Take::Is)
}

fn four(year: &str) -> Option<i16> {
    if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) { year.parse().ok() } else { None }
}

/// Zeros and blanks stand for an unknown day or month.
fn of_parts(day: &str, month: &str, year: &str) -> Option<Birth> {
    let unknown = |text: &str| text.is_empty() || text.bytes().all(|b| b == b'0');
    let year = four(year)?;
    if unknown(month) {
        return unknown(day).then_some(Birth::Year(year));
    }
    let month: i8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    if unknown(day) {
        return Some(Birth::Month { year, month });
    }
    Date::new(year, month, day.parse().ok()?).ok().map(Birth::Day)
}

/// A full date.
pub(crate) fn date(cell: &Cell<'_>, guess: Script) -> Take<Date> {
    birth(cell, guess).and_then(full)
}

/// A full date in a text.
pub(crate) fn date_of_text(text: &str) -> Take<Date> {
    birth_of_text(text).and_then(full)
}

fn full(birth: Birth) -> Take<Date> {
    match birth {
        Birth::Day(date) => Take::Is(date),
        Birth::Year(_) | Birth::Month { .. } => Take::Wrong(Why::Unreadable),
    }
}

/// A mark: yes or no. Blank and a dash are no.
pub(crate) fn mark(cell: &Cell<'_>, guess: Script) -> Take<bool> {
    match &cell.value {
        Value::Bool(value) => Take::Is(*value),
        Value::Error(_) => Take::Wrong(Why::ErrorValue),
        Value::MissingCache => Take::Wrong(Why::NoCache),
        Value::Text(_) | Value::Number(_) | Value::Date { .. } | Value::DateText(_) => {
            let found = text(cell, guess);
            match fold(&found).as_str() {
                "" | "-" => Take::Is(false),
                "x" | "х" | "+" | "v" | "✓" | "✔" | "√" | "1" | "co" | "yes" | "true" | "r" => Take::Is(true),
                "0" | "k" | "ko" | "khong" | "no" | "false" | "chua" => Take::Is(false),
                _ if matches!(&*found, "–" | "—" | "−") => Take::Is(false),
                _ => Take::Wrong(Why::Unreadable),
            }
        }
    }
}

/// Sex as a word.
pub(crate) fn sex(text: &str) -> Option<Sex> {
    match fold(text).as_str() {
        "nam" | "trai" | "ong" | "m" | "male" => Some(Sex::Male),
        "nu" | "gai" | "ba" | "f" | "female" => Some(Sex::Female),
        _ => None,
    }
}

/// Class as a whole value: "cận nghèo" holds "nghèo", so parts are never looked at.
pub(crate) fn class(text: &str) -> Option<Class> {
    match fold_tight(text).as_str() {
        "hongheo" | "ngheo" | "n" | "hn" | "poor" => Some(Class::Poor),
        "hocanngheo" | "canngheo" | "cn" | "hcn" | "nearpoor" => Some(Class::NearPoor),
        "hokhongngheo"
        | "khongngheo"
        | "khong"
        | "kn"
        | "hkn"
        | "k"
        | "other"
        | "hokhongthuocdien"
        | "khongthuocdien"
        | "hokhongngheocanngheo"
        | "khongthuochongheohocanngheo"
        | "khongthuochongheocanngheo"
        | "hokhac"
        | "hobinhthuong"
        | "binhthuong"
        | "mucsongtrungbinh"
        | "hocomucsongtrungbinh"
        | "holamnonglamngunghiepcomucsongtrungbinh" => Some(Class::Other),
        _ => None,
    }
}

/// What a cell of identity numbers holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// Nothing.
    Blank,
    /// Twelve digits.
    Is(CitizenNumber),
    /// Eleven digits whose first zero was lost; the number that it would be.
    OneShort(CitizenNumber),
    /// Nine digits: an old identity card.
    Old,
    /// Digits lost at the end (`1.23E+11`).
    DigitsLost,
    /// Another number of digits.
    Length,
    /// Something else than digits.
    Wrong,
}

/// Reads an identity number.
pub(crate) fn identity(cell: &Cell<'_>, guess: Script) -> Identity {
    let found = text(cell, guess);
    match &cell.value {
        Value::Error(_) | Value::Bool(_) | Value::MissingCache => return Identity::Wrong,
        Value::Text(_) | Value::Number(_) | Value::Date { .. } | Value::DateText(_) => {}
    }
    let digits: String =
        found.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '.' | '-' | '\u{AD}')).collect();
    if digits.is_empty() {
        return Identity::Blank;
    }
    let is_power = |text: &str| text.to_ascii_uppercase().contains("E+");
    if is_power(&found) {
        return Identity::DigitsLost;
    }
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Identity::Wrong;
    }
    if digits.len() >= 10 && digits.ends_with("000000") {
        return Identity::DigitsLost;
    }
    match digits.len() {
        12 => CitizenNumber::parse(&digits).map_or(Identity::Wrong, Identity::Is),
        11 if !digits.starts_with('0') => {
            CitizenNumber::parse(&format!("0{digits}")).map_or(Identity::Length, Identity::OneShort)
        }
        9 => Identity::Old,
        _ => Identity::Length,
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
    fn numbers_are_read_as_vietnamese_workbooks_write_them() {
        for (found, value) in [
            (txt("19.284"), Take::Is(19_284)),
            (txt(" 4"), Take::Is(4)),
            (txt("1.490.000đ"), Take::Is(1_490_000)),
            (num(4.0), Take::Is(4)),
            (num(3.7), Take::Wrong(Why::Fraction)),
            (txt("3,7"), Take::Wrong(Why::Fraction)),
            (num(19.284), Take::Wrong(Why::Thousands(19_284))),
            (num(-2.0), Take::Wrong(Why::Negative)),
            (txt("bốn"), Take::Wrong(Why::Unreadable)),
            (txt("#REF!"), Take::Wrong(Why::ErrorValue)),
            (cell(Value::MissingCache), Take::Wrong(Why::NoCache)),
            (txt("-"), Take::Blank),
            (txt("0"), Take::Is(0)),
        ] {
            assert_eq!(count(&found, Script::Unicode), value, "{found:?}");
        }
        assert_eq!(hundredths(&txt("3,66"), Script::Unicode), Take::Is(Hundredths::new(366)));
        assert_eq!(hundredths(&txt("3.66"), Script::Unicode), Take::Is(Hundredths::new(366)));
        assert_eq!(half_days(&txt("1,5"), Script::Unicode), Take::Is(3));
        assert_eq!(half_days(&num(0.25), Script::Unicode), Take::Wrong(Why::Fraction));
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

    #[test]
    fn births_keep_their_precision() {
        use jiff::civil::date;
        for (found, value) in [
            (txt("1971"), Birth::Year(1971)),
            (num(1971.0), Birth::Year(1971)),
            (txt("/1965"), Birth::Year(1965)),
            (txt("00/00/1965"), Birth::Year(1965)),
            (txt("3/1965"), Birth::Month { year: 1965, month: 3 }),
            (txt("00/3/1965"), Birth::Month { year: 1965, month: 3 }),
            (txt("26/1/1969"), Birth::Day(date(1969, 1, 26))),
            (txt("1969-01-26"), Birth::Day(date(1969, 1, 26))),
            (txt("1969-01"), Birth::Month { year: 1969, month: 1 }),
            (num(25_229.0), Birth::Day(date(1969, 1, 26))),
            (cell(Value::Date { serial: 25_229.0, is_1904: false }), Birth::Day(date(1969, 1, 26))),
            (cell(Value::Date { serial: 23_767.0, is_1904: true }), Birth::Day(date(1969, 1, 26))),
            (cell(Value::Date { serial: 1.0, is_1904: false }), Birth::Day(date(1900, 1, 1))),
            (cell(Value::DateText("1969-01-26T00:00:00".into())), Birth::Day(date(1969, 1, 26))),
        ] {
            assert_eq!(birth(&found, Script::Unicode), Take::Is(value), "{found:?}");
        }
        for found in [txt("31/02/1970"), txt("năm 71"), txt("12/5/71"), num(71.0), txt("00/13/1965")] {
            assert_eq!(birth(&found, Script::Unicode), Take::Wrong(Why::Unreadable), "{found:?}");
        }
    }

    #[test]
    fn marks_classes_and_sexes_are_whole_words() {
        for yes in ["x", "X", "х", "+", "v", "✓", "1", "có"] {
            assert_eq!(mark(&txt(yes), Script::Unicode), Take::Is(true), "{yes}");
        }
        for no in ["-", "–", "không", "0"] {
            assert_eq!(mark(&txt(no), Script::Unicode), Take::Is(false), "{no}");
        }
        assert_eq!(mark(&txt("maybe"), Script::Unicode), Take::Wrong(Why::Unreadable));
        assert_eq!(class("hộ cận nghèo"), Some(Class::NearPoor));
        assert_eq!(class("Hộ nghèo"), Some(Class::Poor));
        assert_eq!(class("Không"), Some(Class::Other));
        assert_eq!(class("Hộ khá"), None);
        assert_eq!((sex("Nữ"), sex("nam"), sex("?")), (Some(Sex::Female), Some(Sex::Male), None));
    }

    #[test]
    fn identity_numbers_that_lost_digits_are_told_apart() {
        assert!(matches!(identity(&txt("066169609101"), Script::Unicode), Identity::Is(_)));
        assert!(matches!(identity(&txt("'066 169 609 101"), Script::Unicode), Identity::Is(_)));
        assert!(matches!(identity(&num(66_139_599_501.0), Script::Unicode), Identity::OneShort(_)));
        assert_eq!(identity(&num(123_000_000_000.0), Script::Unicode), Identity::DigitsLost);
        assert_eq!(identity(&txt("1.23E+11"), Script::Unicode), Identity::DigitsLost);
        assert_eq!(identity(&txt("240123456"), Script::Unicode), Identity::Old);
        assert_eq!(identity(&txt("06612345"), Script::Unicode), Identity::Length);
        assert_eq!(identity(&txt("không có"), Script::Unicode), Identity::Wrong);
        assert_eq!(identity(&txt("  "), Script::Unicode), Identity::Blank);
    }
}
