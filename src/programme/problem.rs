//! What is wrong with a programme file, where, and how it is said in both languages.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::file::Language;

/// A place in the file, line and column counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Position {
    /// The place of a byte of the text.
    pub(super) fn of(text: &str, span: &Range<usize>) -> Self {
        let before = text.get(..span.start).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { line, column }
    }
}

/// What is wrong with one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is no TOML here; the words are the parser's.
    Syntax(String),
    /// No table has this key; the nearest that this one has.
    UnknownKey {
        /// The nearest key of the table.
        nearest: Option<String>,
    },
    /// A key that the table needs is missing.
    MissingKey,
    /// A value of another kind than expected.
    WrongValue {
        /// What stands in the file.
        found: String,
        /// What may stand there.
        expected: Expected,
        /// The nearest of the words that may stand there.
        nearest: Option<String>,
    },
    /// A path of the file system that is not there.
    MissingPath(PathBuf),
    /// A name that nothing in the programme file or the built-in lists has.
    UnknownName {
        /// The name as written.
        name: String,
        /// The nearest that is known.
        nearest: Option<String>,
    },
    /// Something else that the values together make wrong.
    Contradiction(Contradiction),
}

/// Values that are right one by one and wrong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// `assignment.order` does not name each level once.
    LevelsNotOnceEach,
    /// A unit ends before it begins.
    EndsBeforeItBegins,
    /// A minimum of the duty that names no amount, several, or zero.
    NoSingleAmount,
    /// The least is more than the most.
    LeastAboveMost,
    /// The same thing stands twice.
    Twice,
    /// More poor or near-poor households than households.
    PartAboveWhole,
}

/// What may stand at a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// Text in quotes.
    Text,
    /// Text, or a list of texts.
    TextOrList,
    /// A whole number, in bounds where there are any.
    Integer {
        /// The least.
        least: Option<i64>,
        /// The most.
        most: Option<i64>,
    },
    /// `true` or `false`.
    Boolean,
    /// A date.
    Date,
    /// A year as a key.
    Year,
    /// A percentage.
    Percent,
    /// A number of days.
    HalfDays,
    /// A table.
    Table,
    /// A list.
    List,
    /// One of these words.
    OneOf(Vec<String>),
}

/// One problem of a programme file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` where the file says nothing and a default is at fault.
    pub at: Option<Position>,
    /// The key with its tables: `years.2022.households`.
    pub key: String,
    /// What is wrong.
    pub fault: Fault,
}

/// Why a programme file cannot be used. It holds all problems, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgrammeError {
    /// The file cannot be read; the words are the system's.
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The file is read and wrong.
    Wrong {
        /// The file.
        file: PathBuf,
        /// What is wrong, never empty.
        problems: Vec<Problem>,
    },
}

impl std::error::Error for ProgrammeError {}

impl fmt::Display for ProgrammeError {
    /// In English; [`ProgrammeError::say`] knows both languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say(Language::En))
    }
}

impl ProgrammeError {
    /// The problems; empty when the file could not be read.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Unreadable { .. } => &[],
            Self::Wrong { problems, .. } => problems,
        }
    }

    /// All of it for a person, a line for each problem: `thoatngheo.toml:12:3: years.2022.housholds: …`.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        match self {
            Self::Unreadable { file, why } => match language {
                Language::Vi => format!("{}: không đọc được tệp chương trình: {why}", shown(file)),
                Language::En => format!("{}: the programme file cannot be read: {why}", shown(file)),
            },
            Self::Wrong { file, problems } => {
                let lines: Vec<String> = problems.iter().map(|problem| problem.line(file, language)).collect();
                lines.join("\n")
            }
        }
    }
}

/// A path with `/` between folders on every system.
fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

impl Problem {
    fn line(&self, file: &Path, language: Language) -> String {
        let at = self.at.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        format!("{}{at}: {key}{}", shown(file), self.fault.say(language))
    }
}

impl Fault {
    /// What is wrong, in words.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let vi = language == Language::Vi;
        match self {
            Self::Syntax(words) if vi => format!("không đúng cú pháp TOML: {words}"),
            Self::Syntax(words) => format!("not valid TOML: {words}"),
            Self::UnknownKey { nearest } => {
                let text = if vi { "không có khóa này" } else { "there is no such key" };
                format!("{text}{}", did_you_mean(nearest.as_deref(), language))
            }
            Self::MissingKey if vi => "thiếu khóa bắt buộc này".to_owned(),
            Self::MissingKey => "this key is required and missing".to_owned(),
            Self::WrongValue { found, expected, nearest } => {
                let nearest = did_you_mean(nearest.as_deref(), language);
                let expected = expected.say(language);
                if vi {
                    format!("có {found}, cần {expected}{nearest}")
                } else {
                    format!("found {found}, expected {expected}{nearest}")
                }
            }
            Self::MissingPath(path) if vi => format!("không có tệp hay thư mục {}", shown(path)),
            Self::MissingPath(path) => format!("there is no file or folder {}", shown(path)),
            Self::UnknownName { name, nearest } => {
                let nearest = did_you_mean(nearest.as_deref(), language);
                if vi {
                    format!("không có tên “{name}” trong danh sách{nearest}")
                } else {
                    format!("nothing is called “{name}”{nearest}")
                }
            }
            Self::Contradiction(what) => what.say(language).to_owned(),
        }
    }
}

fn did_you_mean(nearest: Option<&str>, language: Language) -> String {
    match (nearest, language) {
        (None, _) => String::new(),
        (Some(word), Language::Vi) => format!("; có phải là “{word}”?"),
        (Some(word), Language::En) => format!("; did you mean “{word}”?"),
    }
}

impl Contradiction {
    fn say(self, language: Language) -> &'static str {
        let (vi, en) = match self {
            Self::LevelsNotOnceEach => ("mỗi cấp phải có đúng một lần", "each of the eight levels must stand here exactly once"),
            Self::EndsBeforeItBegins => ("valid_to phải sau valid_from", "valid_to must be later than valid_from"),
            Self::NoSingleAmount => {
                ("mỗi mức phải ghi đúng một số lượng lớn hơn 0", "each alternative must name exactly one amount above 0")
            }
            Self::LeastAboveMost => ("least không được lớn hơn most", "least must not be more than most"),
            Self::Twice => ("đã có ở trên", "this stands above already"),
            Self::PartAboveWhole => {
                ("số hộ nghèo, cận nghèo lớn hơn tổng số hộ", "more poor and near-poor households than households")
            }
        };
        match language {
            Language::Vi => vi,
            Language::En => en,
        }
    }
}

impl Expected {
    /// What may stand there, in words.
    #[must_use]
    pub fn say(&self, language: Language) -> String {
        let (vi, en) = match self {
            Self::Text => ("chữ trong dấu nháy", "text in quotes"),
            Self::TextOrList => ("chữ trong dấu nháy, hoặc danh sách [\"…\", \"…\"]", "text in quotes, or a list [\"…\", \"…\"]"),
            Self::Boolean => ("true hoặc false", "true or false"),
            Self::Date => ("ngày viết như 2023-12-31", "a date such as 2023-12-31"),
            Self::Year => ("năm từ 1900 đến 2199, như 2022", "a year from 1900 to 2199, such as 2022"),
            Self::Percent => (
                "tỷ lệ từ 0 đến 100, số nguyên hoặc chữ như \"29.11\"",
                "a percentage from 0 to 100, an integer or text such as \"29.11\"",
            ),
            Self::HalfDays => ("số ngày, số nguyên hoặc chữ như \"0.5\"", "a number of days, an integer or text such as \"0.5\""),
            Self::Table => ("bảng, như [bảng] hoặc { khóa = giá trị }", "a table, [name] or { key = value }"),
            Self::List => ("danh sách", "a list"),
            Self::Integer { least, most } => return bounds(*least, *most, language),
            Self::OneOf(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                let (last, first) = words.split_last().map_or((String::new(), &[][..]), |(last, first)| (last.clone(), first));
                let or = if language == Language::Vi { "hoặc" } else { "or" };
                return if first.is_empty() { last } else { format!("{} {or} {last}", first.join(", ")) };
            }
        };
        if language == Language::Vi { vi.to_owned() } else { en.to_owned() }
    }
}

fn bounds(least: Option<i64>, most: Option<i64>, language: Language) -> String {
    let vi = language == Language::Vi;
    match (least, most) {
        (Some(least), Some(most)) if vi => format!("số nguyên từ {least} đến {most}"),
        (Some(least), Some(most)) => format!("an integer from {least} to {most}"),
        (Some(least), None) if vi => format!("số nguyên từ {least} trở lên"),
        (Some(least), None) => format!("an integer of at least {least}"),
        (None, Some(most)) if vi => format!("số nguyên không quá {most}"),
        (None, Some(most)) => format!("an integer of at most {most}"),
        (None, None) if vi => "số nguyên".to_owned(),
        (None, None) => "an integer".to_owned(),
    }
}
