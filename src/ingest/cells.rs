//! Values of cells to typed facts, strictly: a value is what it says or it is a fault with a name, and nothing is guessed.
//!
//! Every reader takes `Option<&Value>`, `None` being a cell that is not there. Text in an old script must be converted before (see
//! [`encoding`](super::encoding)). What a fault means for the row (error or warning, and its code) is for the caller to say.

use std::borrow::Cow;

use super::workbook::Value;
use crate::domain::household::{Class, Sex};
use crate::domain::spelling::{fold, fold_tight, nfc_squeezed};

mod dates;
mod identity;
mod numbers;

pub use dates::date;
pub use identity::{Identity, identity};
pub use numbers::{PercentScale, coefficient, count, half_days, money, percent, percent_scale};

/// What came of reading one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading<T> {
    /// Nothing is there, or a dash that stands for nothing.
    Blank,
    /// The fact.
    Value(T),
    /// Something is there that is not the fact.
    Fault(Fault),
}

/// Why a value cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// No number at all.
    NotANumber,
    /// A part where only whole ones count (or halves, for days).
    Fractional,
    /// Less than zero.
    Negative,
    /// Probably thousands whose separator was taken for a decimal sign (19.284 as a true number, `19,284`), or a year in a cell that
    /// shows dates.
    Suspect,
    /// Beyond any sensible size.
    TooLarge,
    /// A word that is none of those known here.
    UnknownWord,
    /// No date.
    NotADate,
    /// A date that no calendar has.
    ImpossibleDate,
    /// An error value such as `#REF!`.
    ErrorValue,
    /// A formula whose result was never stored.
    MissingCache,
}

impl<T> Reading<T> {
    /// The fact, when it is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank | Self::Fault(_) => None,
        }
    }

    /// The fault, when it is one.
    #[must_use]
    pub const fn fault(&self) -> Option<Fault> {
        match self {
            Self::Fault(fault) => Some(*fault),
            Self::Blank | Self::Value(_) => None,
        }
    }

    /// The same reading of another type.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Blank => Reading::Blank,
            Self::Value(value) => Reading::Value(change(value)),
            Self::Fault(fault) => Reading::Fault(fault),
        }
    }

    fn from_result(result: Result<T, Fault>) -> Self {
        result.map_or_else(Self::Fault, Self::Value)
    }
}

/// What stands in a cell, after white space, dashes for nothing, error values and empty caches are taken out.
enum Content<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Date { serial: f64, is_1904: bool },
    Bool(bool),
}

/// Looks at a cell and reads what is there, where something is.
fn read<T>(cell: Option<&Value<'_>>, reader: impl FnOnce(Content<'_>) -> Result<T, Fault>) -> Reading<T> {
    let content = match cell {
        None => return Reading::Blank,
        Some(Value::Text(text) | Value::DateText(text)) => {
            let text = nfc_squeezed(text);
            if is_error_word(&text) {
                return Reading::Fault(Fault::ErrorValue);
            }
            if text.chars().all(|c| matches!(c, '-' | '–' | '—' | '\'' | '.' | '…' | '_' | ' ')) {
                return Reading::Blank;
            }
            Content::Text(text)
        }
        Some(Value::Number(number)) => Content::Number(*number),
        Some(Value::Date { serial, is_1904 }) => Content::Date { serial: *serial, is_1904: *is_1904 },
        Some(Value::Bool(value)) => Content::Bool(*value),
        Some(Value::Error(_)) => return Reading::Fault(Fault::ErrorValue),
        Some(Value::MissingCache) => return Reading::Fault(Fault::MissingCache),
    };
    Reading::from_result(reader(content))
}

/// Error values that were saved as text, as delimited text has them.
fn is_error_word(text: &str) -> bool {
    matches!(text, "#REF!" | "#N/A" | "#VALUE!" | "#DIV/0!" | "#NAME?" | "#NUM!" | "#NULL!" | "#SPILL!" | "#CALC!")
}

/// The text of a name or a note, composed and squeezed. A whole number is printed (a village may be called 1); anything else is
/// [`Fault::UnknownWord`].
#[must_use]
pub fn text(cell: Option<&Value<'_>>) -> Reading<String> {
    read(cell, |content| match content {
        Content::Text(text) => Ok(text.into_owned()),
        Content::Number(number) => Ok(numbers::plain(number)),
        Content::Date { .. } | Content::Bool(_) => Err(Fault::UnknownWord),
    })
}

/// Ticks and crosses of the font Wingdings, which are letters where the font is lost, and those letters as TCVN3 has them, in lists whose
/// other cells are in such a font. None of them is a word.
const WINGDINGS: [&str; 7] = ["ü", "û", "þ", "ý", "ỹ", "ỷ", "ỵ"];

/// A mark: x, X, the Cyrillic х, +, v, ✓, 1 and có are yes; 0, không and a dash are no; a cell that is not there is [`Reading::Blank`],
/// which is also no where the column exists.
#[must_use]
pub fn mark(cell: Option<&Value<'_>>) -> Reading<bool> {
    if let Some(Value::Text(text)) = cell {
        match text.trim() {
            "-" | "–" | "—" => return Reading::Value(false),
            sign if WINGDINGS.contains(&sign) => return Reading::Value(true),
            _ => {}
        }
    }
    read(cell, |content| match content {
        Content::Text(text) => match fold(&text).trim_end_matches('.') {
            "x" | "х" | "×" | "+" | "v" | "✓" | "✔" | "√" | "☑" | "☒" | "1" | "co" | "da co" | "true" => Ok(true),
            "0" | "khong" | "ko" | "chua" | "khong co" | "chua co" | "☐" | "false" => Ok(false),
            _ => Err(Fault::UnknownWord),
        },
        Content::Number(number) => match numbers::plain(number).as_str() {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(Fault::UnknownWord),
        },
        Content::Bool(value) => Ok(value),
        Content::Date { .. } => Err(Fault::UnknownWord),
    })
}

/// A word without case, marks and punctuation. A question mark is somebody's doubt, and a doubtful word is not known.
fn word(text: &str) -> Result<String, Fault> {
    if text.contains('?') { Err(Fault::UnknownWord) } else { Ok(fold_tight(text)) }
}

/// The class of a household as a word. The whole value counts, since "cận nghèo" contains "nghèo".
#[must_use]
pub fn class(cell: Option<&Value<'_>>) -> Reading<Class> {
    read(cell, |content| {
        let Content::Text(text) = content else { return Err(Fault::UnknownWord) };
        let tight = word(&text)?;
        match tight.strip_prefix("ho").filter(|rest| !rest.is_empty()).unwrap_or(&tight) {
            "ngheo" | "n" | "hn" | "ngheodachieu" | "ngheomoi" | "ngheocu" | "ngheophatsinh" | "taingheo" => Ok(Class::Poor),
            "canngheo" | "canngheodachieu" | "cngheo" | "cn" | "hcn" | "can" | "canngheomoi" | "canngheocu" | "taicanngheo" => {
                Ok(Class::NearPoor)
            }
            "khongngheo"
            | "kongheo"
            | "kngheo"
            | "khong"
            | "kn"
            | "hkn"
            | "binhthuong"
            | "trungbinh"
            | "tb"
            | "comucsongtrungbinh"
            | "mucsongtrungbinh"
            | "mstb"
            | "lamnongnghiepcomucsongtrungbinh"
            | "lamnonglamngunghiepcomucsongtrungbinh"
            | "khac"
            | "ngoaidien"
            | "khongthuocdien"
            | "khongthuocdienngheocanngheo"
            | "khongthuocdienhongheocanngheo"
            | "khongthuocdienhongheohocanngheo"
            // Its income is above that of the near-poor (Decision 28/2015/QĐ-TTg).
            | "moithoatngheo" => Ok(Class::Other),
            _ => qualified(&text).ok_or(Fault::UnknownWord),
        }
    })
}

/// What may stand behind a class and changes nothing in it: who is of the household, how it came to be of the class.
const QUALIFIERS: [&str; 24] = [
    "dan toc thieu so",
    "dtts tai cho",
    "dtts",
    "bao tro xa hoi",
    "btxh",
    "khong co kha nang lao dong",
    "khong con kha nang lao dong",
    "khong co knld",
    "kcknld",
    "co kha nang lao dong",
    "co knld",
    "nguoi co cong",
    "phat sinh",
    "tai can ngheo",
    "tai ngheo",
    "moi",
    "cu",
    "da chieu",
    "theo thu nhap",
    "thu nhap",
    "nhom 1",
    "nhom 2",
    "n1",
    "n2",
];

/// The class of a word with qualifiers: "Hộ nghèo DTTS", "HN-KCKNLĐ". Two classes in one cell are none.
fn qualified(text: &str) -> Option<Class> {
    let folded = fold(text);
    // What stands for a letter that is lost parts no words.
    let parts = folded.split([' ', ',', '.', ';', ':', '-', '–', '+', '/', '(', ')']);
    let words: Vec<&str> = parts.filter(|word| !word.is_empty()).collect();
    let (class, rest) = match words.as_slice() {
        ["ho", "can", "ngheo", rest @ ..] | ["can", "ngheo", rest @ ..] | ["hcn", rest @ ..] => (Class::NearPoor, rest),
        ["ho", "ngheo", rest @ ..] | ["h", "ngheo", rest @ ..] | ["ngheo", rest @ ..] | ["hn", rest @ ..] => (Class::Poor, rest),
        _ => return None,
    };
    let mut rest = format!(" {} ", rest.join(" "));
    QUALIFIERS.iter().for_each(|said| rest = rest.replace(&format!(" {said} "), " "));
    rest.trim().is_empty().then_some(class)
}

/// Sex: Nam, Nữ and words like them; 1 is a man, 0 or 2 a woman.
#[must_use]
pub fn sex(cell: Option<&Value<'_>>) -> Reading<Sex> {
    read(cell, |content| {
        let word = match content {
            Content::Text(text) => word(&text)?,
            Content::Number(number) => numbers::plain(number),
            Content::Date { .. } | Content::Bool(_) => return Err(Fault::UnknownWord),
        };
        match word.as_str() {
            "nam" | "namgioi" | "trai" | "ong" | "male" | "m" | "1" => Ok(Sex::Male),
            "nu" | "nugioi" | "gai" | "ba" | "female" | "f" | "0" | "2" => Ok(Sex::Female),
            _ => Err(Fault::UnknownWord),
        }
    })
}

#[cfg(test)]
mod tests;
