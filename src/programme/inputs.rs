//! The workbooks of a year: which files and folders the programme file names, and whether they are there.

use std::path::{Path, PathBuf};

use super::file::YearTable;
use super::problem::{Fault, Problem, ProgrammeError};
use super::values::{Texts, Year};
use super::{FILE_NAME, Programme};

/// A kind of input that a year can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Surveys and state lists of households.
    Households,
    /// Totals by area.
    Totals,
    /// Party rosters.
    Members,
    /// Ledgers of pledges.
    Pledges,
    /// Twinned villages.
    Twinning,
    /// Registers of support.
    Support,
    /// Last year's assignment.
    Previous,
    /// Decisions about doubtful rows.
    Corrections,
}

impl Input {
    /// All kinds of input, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Households,
        Self::Totals,
        Self::Members,
        Self::Pledges,
        Self::Twinning,
        Self::Support,
        Self::Previous,
        Self::Corrections,
    ];

    /// The key in `[years.N]`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Totals => "totals",
            Self::Members => "members",
            Self::Pledges => "pledges",
            Self::Twinning => "twinning",
            Self::Support => "support",
            Self::Previous => "previous",
            Self::Corrections => "corrections",
        }
    }

    fn of(self, year: &YearTable) -> &Texts {
        match self {
            Self::Households => &year.households,
            Self::Totals => &year.totals,
            Self::Members => &year.members,
            Self::Pledges => &year.pledges,
            Self::Twinning => &year.twinning,
            Self::Support => &year.support,
            Self::Previous => &year.previous,
            Self::Corrections => &year.corrections,
        }
    }
}

impl Programme {
    /// The years that the file names, in order.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = i16> {
        self.file.years.keys().map(|year| year.get())
    }

    /// The latest year that has workbooks, else the latest that is named at all.
    #[must_use]
    pub fn latest_year(&self) -> Option<i16> {
        let has_workbooks = |year: &i16| Input::ALL.iter().any(|&input| self.names(*year, input));
        self.years().rev().find(has_workbooks).or_else(|| self.years().next_back())
    }

    /// The table of a year, where the file has one.
    #[must_use]
    pub fn year(&self, year: i16) -> Option<&YearTable> {
        Year::new(year).and_then(|year| self.file.years.get(&year))
    }

    /// Whether the file names workbooks of a kind for a year.
    #[must_use]
    pub fn names(&self, year: i16, input: Input) -> bool {
        self.year(year).is_some_and(|table| !input.of(table).0.is_empty())
    }

    /// The files and folders of a kind for a year, in the order of the file, taken from the folder of the programme file;
    /// empty where it names none.
    ///
    /// # Errors
    ///
    /// When one of them is not there; all that are missing are named with key and line.
    pub fn inputs(&self, year: i16, input: Input) -> Result<Vec<PathBuf>, ProgrammeError> {
        let problems = self.missing(year, input);
        if problems.is_empty() { Ok(self.named(year, input)) } else { Err(self.wrong(problems)) }
    }

    /// Checks that all workbooks of a year are there, before any is read.
    ///
    /// # Errors
    ///
    /// When one is not; all that are missing are named with key and line.
    pub fn all_inputs(&self, year: i16) -> Result<Vec<(Input, Vec<PathBuf>)>, ProgrammeError> {
        let problems: Vec<Problem> = Input::ALL.iter().flat_map(|&input| self.missing(year, input)).collect();
        if !problems.is_empty() {
            return Err(self.wrong(problems));
        }
        Ok(Input::ALL.iter().map(|&input| (input, self.named(year, input))).collect())
    }

    fn wrong(&self, mut problems: Vec<Problem>) -> ProgrammeError {
        problems.sort_by_key(|problem| problem.at);
        ProgrammeError::Wrong { file: self.path.clone().unwrap_or_else(|| PathBuf::from(FILE_NAME)), problems }
    }

    fn texts(&self, year: i16, input: Input) -> &[String] {
        self.year(year).map_or(&[], |table| &input.of(table).0)
    }

    fn named(&self, year: i16, input: Input) -> Vec<PathBuf> {
        let folder = self.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        self.texts(year, input).iter().map(|text| folder.join(text)).collect()
    }

    fn missing(&self, year: i16, input: Input) -> Vec<Problem> {
        let several = self.texts(year, input).len() > 1;
        let key = format!("years.{year}.{}", input.word());
        let paths = self.named(year, input).into_iter().enumerate().filter(|(_, path)| !path.exists());
        paths
            .map(|(at, path)| {
                let item = if several { format!("{key}.{at}") } else { key.clone() };
                self.problem_at(&item, Fault::MissingPath(path))
            })
            .collect()
    }
}
