//! What one raw cell says, where it is as it should be; `None` leaves the row to the slow way.

use std::borrow::Cow;

use super::super::convert::{self, Take};
use super::super::desk::is_formula_like;
use super::super::digits::{digits, eight};
use super::super::encoding::{Script, lost_letters};
use super::super::remarks::may_contradict;
use super::super::workbook::{Cell, RawCell, RawRow, RawValue, Value};
use super::words::{DOUBTFUL, Words};
use crate::domain::household::{Class, Sex};
use crate::domain::ids::CitizenNumber;
use crate::domain::peoples::People;
use crate::domain::spelling::nfc_squeezed;

/// The code of a word; `find` is asked once for each.
fn code(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>, find: impl Fn(&str) -> u8) -> u8 {
    match cell.value {
        RawValue::Shared(index) => words.shared(index, || find(row.shared(index))),
        RawValue::Text(text) => words.own(text, || find(text)),
        RawValue::Number(_) | RawValue::Date { .. } | RawValue::Other => DOUBTFUL,
    }
}

/// Whether nothing is to be said of a text. Names are as many as rows, so only shared ones are remembered.
pub(super) fn plain(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>, is_plain: impl Fn(&str) -> bool) -> bool {
    match cell.value {
        RawValue::Shared(index) => words.shared(index, || u8::from(is_plain(row.shared(index)))) != DOUBTFUL,
        RawValue::Text(text) => is_plain(text),
        RawValue::Number(_) | RawValue::Date { .. } | RawValue::Other => false,
    }
}

/// Whether nothing is to be said of a remark.
pub(super) fn remark(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>) -> bool {
    let find = |text: &str| u8::from(is_plain(text) && !may_contradict(&nfc_squeezed(text)));
    code(words, cell, row, find) != DOUBTFUL
}

/// Whether no letter of a text is lost and it is no formula.
pub(super) fn is_plain(text: &str) -> bool {
    // U+FFFD, which stands for a lost letter, begins with the byte EF.
    let begins = match text.as_bytes() {
        [first, ..] if first.is_ascii_alphanumeric() || matches!(first, 0xC3..=0xC9) => true,
        // Letters with two marks, as in Ấ.
        [0xE1, 0xB8..=0xBB, ..] => true,
        _ => false,
    };
    let begins_well = begins && !text.bytes().any(|byte| matches!(byte, b'?' | 0xEF));
    begins_well || (lost_letters(text) == 0 && !is_formula_like(&nfc_squeezed(text)))
}

/// The same of a name, which has at least one letter.
pub(super) fn is_plain_name(text: &str) -> bool {
    (text.bytes().any(|byte| byte.is_ascii_alphanumeric()) || text.chars().any(char::is_alphanumeric)) && is_plain(text)
}

fn value_cell(text: &str) -> Cell<'_> {
    Cell { col: 0, value: Value::Text(Cow::Borrowed(text)), script: Script::Unicode, formula: false }
}

/// The code of one of a few values: its place in the list, from 1.
fn code_of<T: PartialEq>(values: &[T], value: Option<T>) -> u8 {
    let at = value.and_then(|value| values.iter().position(|known| *known == value));
    at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(DOUBTFUL)
}

const SEXES: [Sex; 2] = [Sex::Male, Sex::Female];

pub(super) fn sex(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>) -> Option<Sex> {
    let code = code(words, cell, row, |text| code_of(&SEXES, convert::sex(&nfc_squeezed(text))));
    SEXES.get(usize::from(code).checked_sub(1)?).copied()
}

pub(super) fn people(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>) -> Option<People> {
    let find = |text: &str| {
        let people = People::parse(&nfc_squeezed(text));
        people.and_then(|people| u8::try_from(people.index() + 1).ok()).unwrap_or(DOUBTFUL)
    };
    People::at(usize::from(code(words, cell, row, find)).checked_sub(1)?)
}

pub(super) fn class(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>) -> Option<Class> {
    let code = code(words, cell, row, |text| code_of(&Class::ALL, convert::class(&nfc_squeezed(text))));
    Class::ALL.get(usize::from(code).checked_sub(1)?).copied()
}

pub(super) fn mark(words: &mut Words, cell: &RawCell<'_>, row: &RawRow<'_>) -> Option<bool> {
    if let RawValue::Number(number) = cell.value {
        let one = number.to_bits() == 1_f64.to_bits();
        return (one || number.to_bits() == 0_f64.to_bits()).then_some(one);
    }
    let find = |text: &str| match convert::mark(&value_cell(text), Script::Unicode) {
        Take::Is(yes) => 1 + u8::from(yes),
        Take::Blank => 1,
        Take::Wrong(_) => DOUBTFUL,
    };
    Some(code(words, cell, row, find).checked_sub(1)? == 1)
}

/// Whether a running number is one.
pub(super) fn is_number(cell: &RawCell<'_>, row: &RawRow<'_>) -> bool {
    count(cell, row).is_some()
}

/// A whole number of a few digits, and nothing else.
pub(super) fn count(cell: &RawCell<'_>, row: &RawRow<'_>) -> Option<u32> {
    let text = match cell.value {
        RawValue::Number(number) => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "what is cut off is looked at right here"
            )]
            let whole = number as u32;
            return (f64::from(whole).to_bits() == number.to_bits()).then_some(whole);
        }
        RawValue::Text(text) => text,
        RawValue::Shared(index) => row.shared(index),
        RawValue::Date { .. } | RawValue::Other => return None,
    };
    digits(text.as_bytes()).filter(|_| text.len() <= 9).and_then(|whole| u32::try_from(whole).ok())
}

/// Twelve digits that end in no row of zeros.
pub(super) fn citizen(cell: &RawCell<'_>, row: &RawRow<'_>) -> Option<CitizenNumber> {
    let text = match cell.value {
        RawValue::Text(text) => text,
        RawValue::Shared(index) => row.shared(index),
        RawValue::Number(_) | RawValue::Date { .. } | RawValue::Other => return None,
    };
    let [first @ .., a, b, c, d] = text.as_bytes() else { return None };
    let number = eight(first.try_into().ok()?)? * 10_000 + eight([b'0', b'0', b'0', b'0', *a, *b, *c, *d])?;
    CitizenNumber::of_u64(number).filter(|_| number % 1_000_000 != 0)
}
