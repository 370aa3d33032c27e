//! All words for people, in Vietnamese and English, and numbers and dates in the style of each language.
//!
//! The words themselves stand in `words.toml`, which a person who reads no Rust can correct; it is part of the binary. Every key
//! used here is checked by a test to be there, in both languages, with the same placeholders.

use jiff::civil::Date;

use super::table::{Align, Datum, Table};
use super::word_file;
use crate::domain::household::{Birth, Class, Sex};
use crate::domain::issue::{Code, Hint, Issue, Severity};
use crate::domain::pledge::Days;
use crate::domain::rate::Hundredths;

pub use super::keys::Key;

/// A language of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    lang: Lang,
    /// Whether keys stand for the words.
    silent: bool,
}

/// The words of a language.
#[must_use]
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Vi => &Words { lang: Lang::Vi, silent: false },
        Lang::En => &Words { lang: Lang::En, silent: false },
    }
}

/// Words that nobody reads, keys standing for them: for tables that are made for their numbers alone.
#[must_use]
pub fn silent() -> &'static Words {
    &Words { lang: Lang::En, silent: true }
}

impl Words {
    /// The language.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The words of a key.
    #[must_use]
    pub fn get(&self, key: Key) -> &str {
        key.name().rsplit_once('.').and_then(|(section, name)| self.text(section, name)).unwrap_or_else(|| key.name())
    }

    /// The words of a key with its placeholders filled: `("count", "3")` goes where `{count}` stands.
    #[must_use]
    pub fn fill(&self, key: Key, values: &[(&str, &str)]) -> String {
        filled(self.get(key), values)
    }

    /// The words under a section and a key that only data decides (a column, a reason). A test looks that all are there.
    #[must_use]
    pub fn say<'a>(&'a self, section: &str, key: &'a str) -> &'a str {
        self.text(section, key).unwrap_or(key)
    }

    /// The same with its placeholders filled.
    #[must_use]
    pub fn fill_in(&self, section: &str, key: &str, values: &[(&str, &str)]) -> String {
        filled(self.say(section, key), values)
    }

    /// The name of a class of households.
    #[must_use]
    pub fn class(&self, class: Class) -> &str {
        self.get(match class {
            Class::Poor => Key::ClassPoor,
            Class::NearPoor => Key::ClassNearPoor,
            Class::Other => Key::ClassOther,
        })
    }

    /// The name of a sex.
    #[must_use]
    pub fn sex(&self, sex: Sex) -> &str {
        self.get(match sex {
            Sex::Male => Key::SexMale,
            Sex::Female => Key::SexFemale,
        })
    }

    /// The name of a severity.
    #[must_use]
    pub fn severity(&self, severity: Severity) -> &str {
        self.get(match severity {
            Severity::Error => Key::SeverityError,
            Severity::Warning => Key::SeverityWarning,
        })
    }

    /// The name of a field by its English key; a field without a name is shown by its key.
    #[must_use]
    pub fn field<'a>(&'a self, field: &'a str) -> &'a str {
        self.say("field", field)
    }

    /// The heading of a column on a screen, where it has a shorter one than on paper.
    #[must_use]
    pub fn screen(&self, key: &str) -> Option<&str> {
        self.text("screen", key)
    }

    /// The name of the sheet of a table, by the key of the table, where its title is too long for one.
    #[must_use]
    pub fn sheet(&self, key: &str) -> Option<&str> {
        self.text("sheet", key)
    }

    /// The title of a kind of issue.
    #[must_use]
    pub fn issue_title(&self, code: Code) -> &str {
        self.text(&format!("issue.{code}"), "title").unwrap_or_else(|| code.word())
    }

    /// What was expected where an issue stands.
    #[must_use]
    pub fn issue_expected(&self, issue: &Issue) -> String {
        let expected = self.issue_text(issue, "expected");
        match &issue.hint {
            Hint::Value(value) => {
                let restored = matches!(issue.code, Code::CitizenRestored | Code::NumberSuspect);
                let heading = issue.code == Code::HeadingMissing;
                let key = if heading { Key::HintHeading } else { Key::HintValue };
                let key = if restored { Key::HintRead } else { key };
                format!("{expected} {}", self.fill(key, &[("value", &self.plain_number(value))]))
            }
            Hint::None
            | Hint::Nearest(_)
            | Hint::Other(_)
            | Hint::Class(_)
            | Hint::Birth(_)
            | Hint::Day(_)
            | Hint::Fault(_)
            | Hint::Row { .. } => expected,
        }
    }

    /// What was found, in words where it is no text of the file but the file's own state.
    #[must_use]
    pub fn issue_found<'a>(&'a self, issue: &'a Issue) -> &'a str {
        match &issue.hint {
            // In English the finding tells more than the key does.
            Hint::Fault(key) if self.lang == Lang::Vi => self.say("fault", key),
            Hint::Other(_) if issue.code == Code::SheetAmbiguous => self.say("kind", &issue.found),
            Hint::None if issue.code == Code::TableOther => self.say("kind", &issue.found),
            Hint::None
            | Hint::Nearest(_)
            | Hint::Value(_)
            | Hint::Other(_)
            | Hint::Class(_)
            | Hint::Birth(_)
            | Hint::Day(_)
            | Hint::Fault(_)
            | Hint::Row { .. } => &issue.found,
        }
    }

    /// How to mend an issue.
    #[must_use]
    pub fn issue_fix(&self, issue: &Issue) -> String {
        let fix = self.issue_text(issue, "fix");
        match &issue.hint {
            Hint::None | Hint::Value(_) | Hint::Fault(_) => fix,
            Hint::Nearest(word) => format!("{fix} {}", self.fill(Key::HintNearest, &[("word", word)])),
            Hint::Other(_) | Hint::Class(_) | Hint::Birth(_) | Hint::Day(_) | Hint::Row { .. } => {
                format!("{fix} {}", self.fill(other_hint(issue.code), &[("place", &self.issue_hint(issue))]))
            }
        }
    }

    /// What helps to mend an issue, without a sentence around it; nothing where nothing does.
    #[must_use]
    pub fn issue_hint(&self, issue: &Issue) -> String {
        match &issue.hint {
            Hint::None | Hint::Fault(_) => String::new(),
            Hint::Other(kind) if issue.code == Code::SheetAmbiguous => self.say("kind", kind).to_owned(),
            Hint::Nearest(text) | Hint::Value(text) | Hint::Other(text) => text.clone(),
            Hint::Class(class) => self.class(*class).to_owned(),
            Hint::Birth(Birth::Day(date)) | Hint::Day(date) => self.date(*date),
            Hint::Birth(Birth::Month { year, month }) => format!("{month:02}/{year}"),
            Hint::Birth(Birth::Year(year)) => year.to_string(),
            // A row of the same file is named without it.
            Hint::Row { file, sheet, cell } if *file == issue.file => format!("[{sheet}] {cell}"),
            Hint::Row { file, sheet, cell } => format!("{file} [{sheet}] {cell}"),
        }
    }

    /// A number with a decimal point as the language writes it; any other text as it is.
    fn plain_number(&self, text: &str) -> String {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let decimal = text.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part) && part.len() < 3);
        if decimal && self.lang == Lang::Vi { text.replace('.', ",") } else { text.to_owned() }
    }

    fn issue_text(&self, issue: &Issue, part: &str) -> String {
        let text = self.text(&format!("issue.{}", issue.code), part).unwrap_or_default();
        let field = issue.field.map_or_else(|| self.get(Key::FieldAny), |field| self.field(field));
        filled(text, &[("field", field), ("found", &issue.found)])
    }

    fn text(&self, section: &str, key: &str) -> Option<&'static str> {
        if self.silent { None } else { word_file::text(section, key, self.lang) }
    }

    /// A whole number: `19.284` in Vietnamese, `19,284` in English.
    #[must_use]
    pub fn count(&self, value: i64) -> String {
        let sign = if value < 0 { "-" } else { "" };
        format!("{sign}{}", self.grouped(value.unsigned_abs()))
    }

    /// A percentage: `25,24 %` in Vietnamese, `25.24%` in English.
    #[must_use]
    pub fn percent(&self, value: Hundredths) -> String {
        match self.lang {
            Lang::Vi => format!("{} %", self.decimal(value)),
            Lang::En => format!("{}%", self.decimal(value)),
        }
    }

    /// Percentage points with their sign: `-3,87`, `+1,59`.
    #[must_use]
    pub fn points(&self, value: Hundredths) -> String {
        let sign = if value.get() > 0 { "+" } else { "" };
        format!("{sign}{}", self.decimal(value))
    }

    /// Two decimals: `25,24`.
    #[must_use]
    pub fn decimal(&self, value: Hundredths) -> String {
        let sign = if value.get() < 0 { "-" } else { "" };
        let size = value.get().unsigned_abs();
        format!("{sign}{}{}{:02}", self.grouped(size / 100), self.point(), size % 100)
    }

    /// Days: `1.520` or `1,5` in Vietnamese.
    #[must_use]
    pub fn days(&self, days: Days) -> String {
        let whole = self.grouped(days.in_halves() / 2);
        if days.in_halves().is_multiple_of(2) { whole } else { format!("{whole}{}5", self.point()) }
    }

    /// A date: `31/12/2022` in Vietnamese, `31 December 2022` in English.
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        match self.lang {
            Lang::Vi => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            Lang::En => format!("{} {} {}", date.day(), month(date.month()), date.year()),
        }
    }

    /// A value as people read it; missing is "no data", hidden is a star.
    #[must_use]
    pub fn datum(&self, datum: &Datum) -> String {
        match datum {
            Datum::Missing => self.get(Key::NoData).to_owned(),
            Datum::Hidden => self.get(Key::Hidden).to_owned(),
            Datum::Text(text) => text.to_string(),
            Datum::Count(value) | Datum::Money(value) => self.count(*value),
            Datum::Percent(value) => self.percent(*value),
            Datum::Points(value) => self.points(*value),
            Datum::Decimal(value) => self.decimal(*value),
            Datum::Days(days) => self.days(*days),
            Datum::Date(date) => self.date(*date),
        }
    }

    /// A value in a column: as [`Words::datum`], but nothing where words are missing. A missing number is always said.
    #[must_use]
    pub fn cell(&self, datum: &Datum, align: Align) -> String {
        if *datum == Datum::Missing && align != Align::Right { String::new() } else { self.datum(datum) }
    }

    /// The sentences under a table, and one about what is hidden where something is.
    #[must_use]
    pub fn notes(&self, table: &Table) -> Vec<String> {
        let hidden = table.rows.iter().any(|row| row.cells.contains(&Datum::Hidden));
        let note = hidden.then(|| self.fill(Key::HiddenNote, &[("least", &self.count(super::suppress::LEAST))]));
        table.notes.iter().cloned().chain(note).collect()
    }

    fn point(&self) -> char {
        match self.lang {
            Lang::Vi => ',',
            Lang::En => '.',
        }
    }

    fn grouped(&self, value: u64) -> String {
        let separator = match self.lang {
            Lang::Vi => '.',
            Lang::En => ',',
        };
        let digits = value.to_string();
        let mut text = String::with_capacity(digits.len() * 4 / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }
}

/// Puts values where their names stand in braces. What a value holds is not looked at again.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let value = values.iter().find(|(known, _)| *known == name)?;
            Some((value.1, tail))
        });
        match known {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The sentence around what a value contradicts, by what kind of issue it is.
fn other_hint(code: Code) -> Key {
    const SENTENCES: [(Code, Key); 19] = [
        (Code::SupportTwice, Key::HintFirst),
        (Code::PersonTwice, Key::HintFirst),
        (Code::HouseholdTwice, Key::HintFirst),
        (Code::FileTwice, Key::HintFirst),
        (Code::CitizenTwice, Key::HintFirst),
        (Code::MemberTwice, Key::HintFirst),
        (Code::AreaTwice, Key::HintFirst),
        (Code::PledgeTwice, Key::HintFirst),
        (Code::PlaceContradicts, Key::HintElsewhere),
        (Code::YearUnknown, Key::HintElsewhere),
        (Code::SheetAmbiguous, Key::HintKind),
        (Code::TotalUnlikeList, Key::HintList),
        (Code::TotalTooSmall, Key::HintPoor),
        (Code::CommuneMissing, Key::HintYear),
        (Code::ClassScores, Key::HintScores),
        (Code::CitizenBirth, Key::HintBirth),
        (Code::OfficialBeforeAdmission, Key::HintAdmitted),
        (Code::PreviousName, Key::HintHolder),
        (Code::NumberName, Key::HintHolder),
    ];
    SENTENCES.iter().find(|(of, _)| *of == code).map_or(Key::HintOther, |(_, key)| *key)
}

fn month(number: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(number).ok().and_then(|number| NAMES.get(number.wrapping_sub(1))).copied().unwrap_or_default()
}

#[cfg(test)]
#[path = "wording_tests.rs"]
mod tests;
