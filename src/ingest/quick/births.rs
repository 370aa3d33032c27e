//! Births, remembered by what stands in the cell: the year, or that it needs a closer look.

use std::borrow::Cow;
use std::sync::atomic::{AtomicI16, Ordering};

use super::super::convert;
use super::super::digits::eight;
use super::super::encoding::Script;
use super::super::workbook::{Cell, RawRow, RawValue, Value};
use jiff::civil::Date;

/// Serials and years that are remembered: those of the twentieth and twenty-first century.
const MOST: usize = 1 << 17;
/// Not yet met.
const NEW: i16 = 0;
/// Needs a closer look.
const DOUBTFUL: i16 = -1;

/// The births of one column, which several threads may read: what one finds for a text all would find.
#[derive(Debug)]
pub(super) struct Births {
    by_serial: Box<[AtomicI16]>,
    by_number: Box<[AtomicI16]>,
    /// By day, month and year of `dd/mm/yyyy`.
    by_text: Box<[AtomicI16]>,
}

impl Default for Births {
    fn default() -> Self {
        let none = || std::iter::repeat_with(|| AtomicI16::new(NEW)).take(MOST).collect();
        Self { by_serial: none(), by_number: none(), by_text: none() }
    }
}

/// Reads the year of a birth as the slow way does; `None` for whatever that would report.
fn year(value: Value<'_>, day: Option<Date>) -> Option<i16> {
    let cell = Cell { col: 0, value, script: Script::Unicode, formula: false };
    let convert::Take::Is(birth) = convert::birth(&cell, Script::Unicode) else { return None };
    super::super::desk::within_reason(birth, day).then(|| birth.year())
}

impl Births {
    /// The year of a birth; `None` when the cell needs a closer look.
    pub(super) fn year(&self, value: RawValue<'_>, row: &RawRow<'_>, day: Option<Date>) -> Option<i16> {
        match value {
            RawValue::Date { serial, is_1904: false } => {
                let at = whole(serial)?;
                remembered(&self.by_serial, at, || year(Value::Date { serial, is_1904: false }, day))
            }
            RawValue::Number(number) => {
                let at = whole(number)?;
                remembered(&self.by_number, at, || year(Value::Number(number), day))
            }
            RawValue::Text(text) => self.of_text(text, day),
            RawValue::Shared(index) => self.of_text(row.shared(index), day),
            RawValue::Date { .. } | RawValue::Other => None,
        }
    }

    /// The year of a birth that is written as text.
    fn of_text(&self, text: &str, day: Option<Date>) -> Option<i16> {
        let read = || year(Value::Text(Cow::Borrowed(text)), day);
        match place(text.as_bytes()) {
            Some(at) => remembered(&self.by_text, at, read),
            None => read(),
        }
    }
}

/// A number without a part, as a place in a list.
fn whole(number: f64) -> Option<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is cut off is looked at right below")]
    let at = number as usize;
    #[expect(clippy::cast_precision_loss, reason = "numbers below 2^17 are exact")]
    let back = at as f64;
    (at < MOST && back.to_bits() == number.to_bits()).then_some(at)
}

/// The place of `dd/mm/yyyy` in a list of all such texts of the years 1900 to 2099.
fn place(text: &[u8]) -> Option<usize> {
    let [d1, d2, b'/', m1, m2, b'/', y1, y2, y3, y4] = *text else { return None };
    let number = eight([d1, d2, m1, m2, y1, y2, y3, y4])?;
    let (day, month, year) = (number / 1_000_000, number / 10_000 % 100, number % 10_000);
    let within = day < 32 && month < 16 && (1900..2100).contains(&year);
    usize::try_from((year.checked_sub(1900)?) << 9 | month << 5 | day).ok().filter(|_| within)
}

fn remembered(years: &[AtomicI16], at: usize, read: impl FnOnce() -> Option<i16>) -> Option<i16> {
    let slot = years.get(at)?;
    let known = match slot.load(Ordering::Relaxed) {
        NEW => {
            let year = read().unwrap_or(DOUBTFUL);
            slot.store(year, Ordering::Relaxed);
            year
        }
        known => known,
    };
    (known != DOUBTFUL).then_some(known)
}
