//! The rows that a person has to decide on, as a workbook with drop-downs or as delimited text. `ingest` reads both back.

use super::RenderError;
use super::wording::Words;

/// A word that a row may be decided with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// The value is right as it stands.
    Keep,
    /// The row does not count.
    Drop,
    /// Two rows are one household or member.
    Same,
    /// Two rows are two.
    Different,
    /// Another value.
    Value,
}

impl Choice {
    /// The word in a language; the reader knows those of all languages.
    #[must_use]
    pub fn word(self, words: &Words) -> &str {
        words.say(
            "decision",
            match self {
                Self::Keep => "keep",
                Self::Drop => "drop",
                Self::Same => "same",
                Self::Different => "different",
                Self::Value => "value",
            },
        )
    }
}

/// A row to be decided on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Code of the issue, or `link`.
    pub code: String,
    /// What there is to look at, in words.
    pub asked: String,
    /// The file of the row.
    pub file: String,
    /// Its sheet.
    pub sheet: String,
    /// Its cell.
    pub cell: String,
    /// What was found.
    pub found: String,
    /// What helps to decide.
    pub other: String,
    /// Whom it is about.
    pub about: String,
    /// The words that fit.
    pub choices: Vec<Choice>,
    /// What was decided, as it was written.
    pub decision: String,
    /// The new value.
    pub value: String,
    /// Who decided.
    pub initials: String,
    /// A remark.
    pub note: String,
}

/// A column: its key in the file of words, its width in characters, and whether a person fills it in.
pub(super) struct Column {
    pub(super) key: &'static str,
    pub(super) width: u16,
    pub(super) to_fill: bool,
}

const fn shown(key: &'static str, width: u16) -> Column {
    Column { key, width, to_fill: false }
}

const fn to_fill(key: &'static str, width: u16) -> Column {
    Column { key, width, to_fill: true }
}

/// Place of the column that has drop-downs.
pub(super) const DECISION: usize = 9;

/// The columns in their order.
pub(super) const COLUMNS: [Column; 13] = [
    shown("code", 17),
    shown("asked", 26),
    shown("file", 24),
    shown("place", 20),
    shown("cell", 7),
    shown("found", 22),
    shown("other", 26),
    shown("about", 34),
    shown("choices", 20),
    to_fill("decision", 13),
    to_fill("value", 18),
    to_fill("initials", 13),
    to_fill("note", 24),
];

/// The cells of a row, one for each of [`COLUMNS`].
pub(super) fn cells(question: &Question, words: &Words) -> [String; COLUMNS.len()] {
    let choices: Vec<&str> = question.choices.iter().map(|choice| choice.word(words)).collect();
    let own = |text: &String| text.clone();
    [
        own(&question.code),
        own(&question.asked),
        own(&question.file),
        own(&question.sheet),
        own(&question.cell),
        own(&question.found),
        own(&question.other),
        own(&question.about),
        choices.join(" / "),
        own(&question.decision),
        own(&question.value),
        own(&question.initials),
        own(&question.note),
    ]
}

/// Prints the rows as a workbook: drop-downs of the words that fit each row, and a sheet that explains them.
///
/// # Errors
/// When the library refuses.
pub fn workbook(questions: &[Question], words: &Words) -> Result<Vec<u8>, RenderError> {
    super::xlsx::corrections::render(questions, words)
}

/// Prints the rows as delimited text, with the mark by which spreadsheet programs know UTF-8. No text can become a formula.
///
/// # Errors
/// When the library refuses.
pub fn delimited(questions: &[Question], words: &Words) -> Result<Vec<u8>, RenderError> {
    let mut writer = ::csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(COLUMNS.iter().map(|column| words.say("corrections", column.key)))?;
    for question in questions {
        writer.write_record(cells(question, words).iter().map(|text| super::csv::guarded(text)))?;
    }
    writer.into_inner().map_err(|error| RenderError::Stream(error.into_error()))
}
