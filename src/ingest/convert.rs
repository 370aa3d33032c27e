//! The cell of a row in the hands of `cells`: decoded from its script first, and with its faults in the words of issues.

use std::borrow::Cow;

use jiff::civil::Date;

use super::cells::{self, Fault, Reading};
use super::encoding::{Script, convert};
use super::workbook::{Cell, Value};
use crate::domain::household::{Birth, Class, Sex};
use crate::domain::rate::Hundredths;
use crate::domain::spelling::{fold_tight, nfc_squeezed};

pub(crate) use super::cells::Identity;
pub(crate) use super::decimal::number_text;

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

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It is no number, date or word of the kind.
    Unreadable,
    /// Less than zero.
    Negative,
    /// Not whole.
    Fraction,
    /// Thousands whose separator was most likely taken for a decimal sign, or a year in a cell that shows dates.
    Suspect,
    /// An error value such as `#REF!`.
    ErrorValue,
    /// A formula whose result was not stored.
    NoCache,
}

impl<T> Take<T> {
    /// The value, where there is one.
    pub(crate) fn value(self) -> Option<T> {
        match self {
            Self::Is(value) => Some(value),
            Self::Blank | Self::Wrong(_) => None,
        }
    }

    fn of(reading: Reading<T>) -> Self {
        match reading {
            Reading::Blank => Self::Blank,
            Reading::Value(value) => Self::Is(value),
            Reading::Fault(fault) => Self::Wrong(match fault {
                Fault::Fractional => Why::Fraction,
                Fault::Negative => Why::Negative,
                Fault::Suspect => Why::Suspect,
                Fault::ErrorValue => Why::ErrorValue,
                Fault::MissingCache => Why::NoCache,
                Fault::NotANumber | Fault::TooLarge | Fault::UnknownWord | Fault::NotADate | Fault::ImpossibleDate => {
                    Why::Unreadable
                }
            }),
        }
    }
}

/// The text of a cell as a person reads it: in Unicode, trimmed, single spaces. `guess` is the script of cells whose font
/// nothing tells.
pub(crate) fn text<'a>(cell: &'a Cell<'_>, guess: Script) -> Cow<'a, str> {
    match &cell.value {
        Value::Text(text) => squeezed(convert(text, script_of(cell, guess))),
        Value::Number(number) => Cow::Owned(number_text(*number)),
        Value::Date { serial, .. } => Cow::Owned(shown_date(cell).map_or_else(|| number_text(*serial), |date| date.to_string())),
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

/// The value of a cell with its text in Unicode.
fn value<'a>(cell: &'a Cell<'_>, guess: Script) -> Cow<'a, Value<'a>> {
    match &cell.value {
        Value::Text(text) => Cow::Owned(Value::Text(convert(text, script_of(cell, guess)))),
        Value::Number(_) | Value::Date { .. } | Value::DateText(_) | Value::Bool(_) | Value::Error(_) | Value::MissingCache => {
            Cow::Borrowed(&cell.value)
        }
    }
}

/// The date that a cell shows, as text.
fn shown_date(cell: &Cell<'_>) -> Option<Birth> {
    cells::date(Some(&cell.value)).value()
}

/// A count: a whole number from zero.
pub(crate) fn count(cell: &Cell<'_>, guess: Script) -> Take<u64> {
    Take::of(cells::count(Some(&value(cell, guess))))
}

/// A number of half days.
pub(crate) fn half_days(cell: &Cell<'_>, guess: Script) -> Take<u64> {
    Take::of(cells::half_days(Some(&value(cell, guess))).map(crate::domain::pledge::Days::in_halves))
}

/// A sum of money in đồng.
pub(crate) fn money(cell: &Cell<'_>, zeros: u8, guess: Script) -> Take<u64> {
    Take::of(cells::money(Some(&value(cell, guess)), zeros))
}

/// A salary coefficient.
pub(crate) fn coefficient(cell: &Cell<'_>, guess: Script) -> Take<Hundredths> {
    Take::of(cells::coefficient(Some(&value(cell, guess))))
}

/// A birth, as precise as the cell is and no more.
pub(crate) fn birth(cell: &Cell<'_>, guess: Script) -> Take<Birth> {
    Take::of(cells::date(Some(&value(cell, guess))))
}

/// A birth whose day and month have cells of their own, zero where they are blank.
pub(crate) fn birth_in_parts(day: &str, month: &str, year: &Cell<'_>, guess: Script) -> Take<Birth> {
    if matches!(year.value, Value::Error(_) | Value::MissingCache) {
        return birth(year, guess);
    }
    let whole = format!("{day}/{month}/{}", text(year, guess));
    Take::of(cells::date(Some(&Value::Text(whole.into()))))
}

/// A full date.
pub(crate) fn date(cell: &Cell<'_>, guess: Script) -> Take<Date> {
    full(birth(cell, guess))
}

/// A full date in a text.
pub(crate) fn date_of_text(text: &str) -> Take<Date> {
    full(Take::of(cells::date(Some(&Value::Text(text.into())))))
}

fn full(birth: Take<Birth>) -> Take<Date> {
    match birth {
        Take::Is(Birth::Day(date)) => Take::Is(date),
        Take::Is(Birth::Year(_) | Birth::Month { .. }) => Take::Wrong(Why::Unreadable),
        Take::Blank => Take::Blank,
        Take::Wrong(why) => Take::Wrong(why),
    }
}

/// A mark: yes or no. A dash is no; so is one with the apostrophe that keeps it from being a formula.
pub(crate) fn mark(cell: &Cell<'_>, guess: Script) -> Take<bool> {
    if let Value::Text(text) = &cell.value
        && text.trim() == "'-"
    {
        return Take::Is(false);
    }
    Take::of(cells::mark(Some(&value(cell, guess))))
}

/// A mark of a class, or the class itself for one: "Hộ nghèo" under "Hộ nghèo".
pub(crate) fn class_mark(cell: &Cell<'_>, guess: Script, of: Class) -> Take<bool> {
    match mark(cell, guess) {
        Take::Wrong(Why::Unreadable) if class(&text(cell, guess)) == Some(of) => Take::Is(true),
        taken @ (Take::Blank | Take::Is(_) | Take::Wrong(_)) => taken,
    }
}

/// Sex as a word.
pub(crate) fn sex(text: &str) -> Option<Sex> {
    cells::sex(Some(&Value::Text(text.into()))).value()
}

/// Class as a whole value, in the words of forms or in those that `ingest` writes.
pub(crate) fn class(text: &str) -> Option<Class> {
    let folded = fold_tight(text);
    let clean = Class::ALL.into_iter().find(|class| class.word().bytes().filter(|byte| *byte != b'_').eq(folded.bytes()));
    clean.or_else(|| cells::class(Some(&Value::Text(text.into()))).value())
}

/// An identity number.
pub(crate) fn identity(cell: &Cell<'_>, guess: Script) -> Take<Identity> {
    Take::of(cells::identity(Some(&value(cell, guess))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_cell(text: &'static str, script: Script) -> Cell<'static> {
        Cell { col: 0, value: Value::Text(text.into()), script, formula: false }
    }

    #[test]
    fn text_in_an_old_script_is_decoded_before_it_is_read() {
        assert_eq!(text(&text_cell("Hé cËn nghÌo", Script::Tcvn3), Script::Unicode), "Hộ cận nghèo");
        assert_eq!(text(&text_cell("Hoä ngheøo", Script::Unknown), Script::Vni), "Hộ nghèo");
    }

    #[test]
    fn ticks_of_a_font_of_signs_are_marks_in_every_script() {
        for (tick, script) in ["ü", "û", "þ", "ý"]
            .into_iter()
            .flat_map(|tick| [Script::Unicode, Script::Tcvn3, Script::Vni].map(|script| (tick, script)))
        {
            assert_eq!(mark(&text_cell(tick, Script::Unknown), script), Take::Is(true), "{tick} {script:?}");
        }
    }

    #[test]
    fn what_ingest_writes_reads_back() {
        assert_eq!(class("near_poor"), Some(Class::NearPoor));
        assert_eq!(mark(&text_cell("'-", Script::Unicode), Script::Unicode), Take::Is(false));
        assert_eq!(sex("female"), Some(Sex::Female));
    }

    #[test]
    fn a_year_alone_is_no_full_date() {
        assert_eq!(date_of_text("1985"), Take::Wrong(Why::Unreadable));
        assert_eq!(date_of_text("03/02/1985"), Take::Is(jiff::civil::date(1985, 2, 3)));
    }
}
