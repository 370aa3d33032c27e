//! The programme file: read, checked as a whole, and turned into the settings of the domain.
//!
//! [`mod@file`] and [`lists`] are the file as it is written, [`values`] its single values, [`defaults`] what holds without a
//! file. [`mod@check`] finds every unknown key and wrong value at once, [`problem`] says them in both languages, [`settings`]
//! gives the domain's types, [`inputs`] the workbooks of a year. The documentation is `docs/programme-file.md`.

mod check;
mod defaults;
pub mod file;
pub mod inputs;
pub mod lists;
pub mod problem;
mod semantics;
pub mod settings;
pub mod values;

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use toml::de::DeTable;

pub use file::{IssuerKind, Language, ProgrammeFile};
pub use inputs::Input;
pub use problem::{Fault, Position, Problem, ProgrammeError};

/// The name that a programme file has by default.
pub const FILE_NAME: &str = "thoatngheo.toml";

/// The programme: its settings, and the place of the file against which paths are taken.
#[derive(Clone, Debug, Default)]
pub struct Programme {
    file: ProgrammeFile,
    path: Option<PathBuf>,
    places: check::Places,
}

impl Programme {
    /// Reads a programme file.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, and with all its problems when it is no valid programme file. Workbooks are not
    /// looked for here but when [`Programme::inputs`] asks for them.
    pub fn load(path: &Path) -> Result<Self, ProgrammeError> {
        let text = std::fs::read_to_string(path)
            .map_err(|why| ProgrammeError::Unreadable { file: path.to_owned(), why: why.to_string() })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a programme file that stands, or would stand, at a path.
    ///
    /// # Errors
    ///
    /// With all problems of the text.
    pub fn parse(text: &str, path: &Path) -> Result<Self, ProgrammeError> {
        // Editors on Windows begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let wrong = |problems| ProgrammeError::Wrong { file: path.to_owned(), problems };
        let (tree, faults) = DeTable::parse_recoverable(text);
        if !faults.is_empty() {
            let mut problems: Vec<Problem> = faults.iter().map(|fault| syntax(text, fault)).collect();
            problems.sort_by_key(|problem| problem.at);
            return Err(wrong(problems));
        }
        let (problems, places) = check::check(text, &tree, &schema());
        if !problems.is_empty() {
            return Err(wrong(problems));
        }
        let file =
            ProgrammeFile::deserialize(toml::Deserializer::from(tree)).map_err(|fault| wrong(vec![syntax(text, &fault)]))?;
        let programme = Self { file, path: Some(path.to_owned()), places };
        let problems = semantics::problems(&programme);
        if problems.is_empty() { Ok(programme) } else { Err(wrong(problems)) }
    }

    /// The file as it is written, with its defaults.
    #[must_use]
    pub fn file(&self) -> &ProgrammeFile {
        &self.file
    }

    /// Where the programme file stands; `None` for the defaults.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Where a key stands in the file, by its dotted path (`columns.households.class`); for messages.
    #[must_use]
    pub fn position(&self, key: &str) -> Option<Position> {
        self.places.get(key).copied()
    }

    /// A problem that somebody else found with a key of this file, as the error that says so.
    #[must_use]
    pub fn error_at(&self, key: &str, fault: Fault) -> ProgrammeError {
        let file = self.path.clone().unwrap_or_else(|| PathBuf::from(FILE_NAME));
        ProgrammeError::Wrong { file, problems: vec![self.problem_at(key, fault)] }
    }

    fn problem_at(&self, key: &str, fault: Fault) -> Problem {
        // The item of a list stands where its own key is, else where the list is.
        let table = key.rsplit_once('.').and_then(|(table, _)| self.position(table));
        Problem { at: self.position(key).or(table), key: key.to_owned(), fault }
    }
}

/// A fault of the parser as a problem.
fn syntax(text: &str, fault: &toml::de::Error) -> Problem {
    Problem {
        at: fault.span().map(|span| Position::of(text, &span)),
        key: String::new(),
        fault: Fault::Syntax(fault.message().to_owned()),
    }
}

/// The years that a text of a programme file has tables for, as far as it can be read: the key that completes a word may be
/// pressed while the file is being written.
#[must_use]
pub fn years_of(text: &str) -> std::collections::BTreeSet<i16> {
    let (tree, _) = DeTable::parse_recoverable(text.strip_prefix('\u{feff}').unwrap_or(text));
    let years = tree.get_ref().get("years").and_then(|years| years.get_ref().as_table());
    years.into_iter().flatten().filter_map(|(year, _)| year.get_ref().parse().ok()).collect()
}

/// The JSON Schema of the programme file, kept as `docs/programme.schema.json` for editors.
#[must_use]
pub fn schema() -> Value {
    schemars::schema_for!(ProgrammeFile).to_value()
}

/// The programme file that `init` writes: every table with its default, explained in Vietnamese and English.
#[must_use]
pub fn template() -> &'static str {
    include_str!("template.toml")
}

#[cfg(test)]
mod tests;
