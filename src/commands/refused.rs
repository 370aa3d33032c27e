//! Why a command could not run: a key of `words.toml` and what to fill in, in no language until somebody is told.

use std::error::Error;
use std::fmt;
use std::io;

use crate::report::RenderError;
use crate::report::wording::{Lang, Words, words};

/// A reason in no language yet, with what lies behind it.
#[derive(Debug)]
pub struct Refused {
    key: &'static str,
    values: Vec<(&'static str, String)>,
    /// Sheets that were read, and what each was taken for: a key of `words.toml`.
    sheets: Vec<(String, &'static str, &'static str)>,
    because: Option<anyhow::Error>,
}

/// How many sheets a sentence names.
const MOST_SHEETS: usize = 3;

impl Refused {
    /// The reason that stands under `error.<key>`.
    #[must_use]
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new(), sheets: Vec::new(), because: None }
    }

    /// The same with a place of the sentence filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// The same with the sheets that were read instead: name, and the section and the key of what each was taken for.
    #[must_use]
    pub fn with_sheets(self, sheets: Vec<(String, &'static str, &'static str)>) -> Self {
        Self { sheets, ..self }
    }

    /// The same with what lies behind it.
    #[must_use]
    pub fn because(self, error: impl Into<anyhow::Error>) -> Self {
        Self { because: Some(error.into()), ..self }
    }

    fn say(&self, words: &Words) -> String {
        let values: Vec<(&str, &str)> = self.values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let said = words.fill_in("error", self.key, &values);
        if self.sheets.is_empty() {
            return said;
        }
        let sheet = |(sheet, section, key): &(String, &str, &str)| format!("{sheet}: {}", words.say(section, key));
        let mut sheets: Vec<String> = self.sheets.iter().take(MOST_SHEETS).map(sheet).collect();
        if self.sheets.len() > MOST_SHEETS {
            sheets.push("…".to_owned());
        }
        format!("{said}. {}", words.fill_in("error", "read_as", &[("sheets", &sheets.join("; "))]))
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(words(Lang::En)))
    }
}

impl Error for Refused {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.because.as_ref().map(AsRef::as_ref)
    }
}

/// An error and all that lies behind it as one line in a language.
#[must_use]
pub fn in_words(error: &anyhow::Error, words: &Words) -> String {
    let said = error.chain().map(|cause| {
        let refused = cause.downcast_ref::<Refused>().map(|refused| refused.say(words));
        let system = || cause.downcast_ref::<io::Error>().map(|error| of_the_system(error, words));
        let render = || cause.downcast_ref::<RenderError>().map(|error| of_a_format(error, words));
        refused.or_else(system).or_else(render).unwrap_or_else(|| cause.to_string())
    });
    said.collect::<Vec<_>>().join(": ")
}

/// Which output could not be made; why stands behind it.
fn of_a_format(error: &RenderError, words: &Words) -> String {
    let key = match error {
        RenderError::Workbook(_) => "no_workbook",
        RenderError::Text(_) => "no_delimited",
        RenderError::Document(_) => "no_document",
        RenderError::Stream(_) => "no_output",
    };
    words.say("error", key).to_owned()
}

/// What the system says is English everywhere; what happens often has words of ours.
#[expect(clippy::wildcard_enum_match_arm, reason = "the system has many more kinds")]
fn of_the_system(error: &io::Error, words: &Words) -> String {
    let key = match error.kind() {
        io::ErrorKind::NotFound => "not_found",
        io::ErrorKind::PermissionDenied => "permission",
        io::ErrorKind::ReadOnlyFilesystem => "read_only",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk_full",
        io::ErrorKind::FileTooLarge => "too_large",
        io::ErrorKind::IsADirectory => "is_folder",
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "is_no_folder",
        io::ErrorKind::InvalidData => "no_text",
        _ => return error.to_string(),
    };
    words.say("error", key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_and_what_lies_behind_it_are_told_in_the_language_of_the_user() {
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        let error = anyhow::Error::from(Refused::new("no_write").with("file", "a.csv").because(denied));
        let vi = in_words(&error, words(Lang::Vi));
        assert!(vi.starts_with("a.csv: không ghi được") && vi.ends_with(": không có quyền"), "{vi}");
        let en = in_words(&error, words(Lang::En));
        assert!(en.starts_with("a.csv cannot be written") && en.ends_with(": no permission"), "{en}");
    }

    #[test]
    fn what_has_no_words_of_ours_is_told_as_it_came() {
        let error = anyhow::anyhow!("ổ đĩa lạ").context("x");
        assert_eq!(in_words(&error, words(Lang::Vi)), "x: ổ đĩa lạ");
    }
}
