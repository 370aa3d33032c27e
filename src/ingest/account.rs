//! What became of every file, sheet and row: nothing is lost without a word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::corrections::{Answer, Decision};
use super::fields::Field;
use super::kind::Kind;
use super::told_support::ToldSupport;
use crate::domain::issue::{Code, Issue};
use crate::domain::previous::PreviousRow;
use crate::domain::source::{CellRef, Source};
use crate::domain::support::Support;
use crate::domain::survey::{Coverage, Roster, Survey};

/// A column of a sheet and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnUse {
    /// The cell of the heading.
    pub cell: CellRef,
    /// The heading as joined from its rows, `group / sub`.
    pub heading: String,
    /// The key of the field; `None` for a column that is not used.
    pub field: Option<&'static str>,
}

/// What became of the rows of a sheet. Always `read = used + rejected + skipped`; rows without any cell are not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetAccount {
    /// The sheet's name.
    pub sheet: String,
    /// The kind of table; `None` where it is none that is known.
    pub kind: Option<Kind>,
    /// Rows with at least one cell.
    pub read: u64,
    /// Rows that a record was made of.
    pub used: u64,
    /// Rows of records that are not counted because of an error.
    pub rejected: u64,
    /// Titles, headings, banners, sums, signatures; or everything, where the sheet is not read.
    pub skipped: u64,
    /// The year of the list.
    pub year: Option<i16>,
    /// The year that the title or the name of the file tells of a roster or a ledger, whatever year it counts for.
    pub told_year: Option<i16>,
    /// The commune that the sheet as a whole is of, as printed.
    pub commune: Option<String>,
    /// For households: everybody, or the poor only.
    pub coverage: Option<Coverage>,
    /// What the title of a register tells of all its rows, where no column does.
    pub told: Option<ToldSupport>,
    /// What each column was taken for.
    pub columns: Vec<ColumnUse>,
    /// Why nothing of the sheet is used.
    pub why_skipped: Option<WhySkipped>,
    /// The skipped rows of a sheet that is used, in their order; empty unless `Settings::listing` asks for them.
    pub skipped_rows: Vec<SkippedRow>,
}

impl SheetAccount {
    /// Whether it is that of the tables of a kind in a sheet.
    pub(crate) fn is_of(&self, kind: Kind, sheet: &str) -> bool {
        self.kind == Some(kind) && self.sheet == sheet
    }

    /// Whether it holds what a list of a kind tells: a roster may say what its members give, and a survey who gets support.
    #[must_use]
    pub fn tells(&self, kind: Kind) -> bool {
        let key = |fields: &[Field], key: &str| fields.iter().any(|field| field.key() == key);
        let has = |fields: &[Field]| self.columns.iter().filter_map(|column| column.field).any(|of| key(fields, of));
        let marked = || has(&Field::SUPPORT_MARKS.map(|(field, _)| field)) || has(&[Field::Needed, Field::Received]);
        match (kind, self.kind) {
            (Kind::Households | Kind::Totals, Some(Kind::Households | Kind::Totals)) => true,
            (Kind::Pledges, Some(Kind::Members)) => has(&Field::AMOUNTS),
            (Kind::Support, Some(Kind::Households)) => marked(),
            (kind, of) => of == Some(kind),
        }
    }

    /// Whether issues say why nothing of it is used.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        matches!(self.why_skipped, Some(WhySkipped::Headings | WhySkipped::Unreadable | WhySkipped::Twice | WhySkipped::Hidden))
    }

    /// Whether it was read as a table of decisions, be it one without rows.
    #[must_use]
    pub fn holds_decisions(&self) -> bool {
        self.kind == Some(Kind::Corrections) && self.why_skipped.is_none() && !self.columns.is_empty()
    }

    /// Nothing of the sheet is used: all that was read of it is skipped, for one reason.
    pub(super) fn give_up(&mut self, why: WhySkipped) {
        (self.used, self.rejected, self.skipped) = (0, 0, self.read);
        self.skipped_rows.clear();
        self.why_skipped = Some(why);
    }

    /// Takes the rows of a record out of the used ones because a person decided so.
    pub(super) fn leave_out(&mut self, row: u32, rows: u64, listed: Option<&str>) {
        self.used = self.used.saturating_sub(rows);
        self.skipped += rows;
        if let Some(text) = listed {
            let at = self.skipped_rows.partition_point(|known| known.row <= row);
            self.skipped_rows.insert(at, SkippedRow { row, rows, taken_for: TakenFor::LeftOut, text: text.to_owned() });
        }
    }
}

/// A row that no record was made of, in a sheet of which others were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// The row, from zero.
    pub row: u32,
    /// How many rows of the sheet it stands for: one, or those of a household that begins here.
    pub rows: u64,
    /// What it was taken for.
    pub taken_for: TakenFor,
    /// What stands in its cells.
    pub text: String,
}

/// What a row was taken for that no record was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TakenFor {
    /// A line above the headings.
    Title,
    /// A heading, on top or repeated, or the numbers below one.
    Heading,
    /// A sum of the rows above; the rows themselves are counted, and the sum is held against them.
    Sum,
    /// What the rows below are of.
    Banner,
    /// The block of signatures.
    Signature,
    /// A remark.
    Note,
    /// None of these; an issue says so.
    Unknown,
    /// A record that a person left out.
    LeftOut,
    /// A question on which nobody decided yet.
    Undecided,
}

impl TakenFor {
    /// The word scripts see.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading => "heading",
            Self::Sum => "sum",
            Self::Banner => "banner",
            Self::Signature => "signature",
            Self::Note => "note",
            Self::Unknown => "unknown",
            Self::LeftOut => "left-out",
            Self::Undecided => "undecided",
        }
    }
}

/// Why a sheet is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhySkipped {
    /// It is hidden.
    Hidden,
    /// It has no cells, or none that is filled.
    Blank,
    /// It is a chart or a dialog.
    NoCells,
    /// No headings that are known.
    NoTable,
    /// It could be two kinds of table, or headings are missing or doubled; the issues say which.
    Headings,
    /// A summary of the other sheets of its workbook: they are checked against it, and it adds nothing.
    Summary,
    /// Another sheet was asked for.
    NotAsked,
    /// It could not be read to its end.
    Unreadable,
    /// The same content was read from another file.
    Twice,
}

impl WhySkipped {
    /// The word scripts see.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Blank => "blank",
            Self::NoCells => "no-cells",
            Self::NoTable => "no-known-table",
            Self::Headings => "headings",
            Self::Summary => "summary",
            Self::NotAsked => "not-asked",
            Self::Unreadable => "unreadable",
            Self::Twice => "twice",
        }
    }
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAccount {
    /// The file as the user named it, with `/` between folders.
    pub file: Arc<str>,
    /// SHA-256 of its bytes in lower-case hexadecimal; empty where it could not be opened.
    pub sha256: String,
    /// Why nothing of it is used.
    pub error: Option<Issue>,
    /// Its sheets in order.
    pub sheets: Vec<SheetAccount>,
}

/// Everything that was read.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// Households and totals by year; under `None` those whose year nothing tells.
    pub surveys: BTreeMap<Option<i16>, Survey>,
    /// Members, pledges outside the roster, twinning.
    pub roster: Roster,
    /// Support needed and received.
    pub supports: Vec<Support>,
    /// The rows of last year's assignment.
    pub previous: Vec<PreviousRow>,
    /// Decisions of corrections files; pass them on in `Settings::decisions`.
    pub decisions: Vec<Decision>,
    /// All rows of corrections files, decided or not.
    pub answers: Vec<Answer>,
    /// Whom the rows are about that were left out as doubles.
    pub doubled: Vec<(Source, String)>,
    /// Which of `Settings::decisions` had an effect, by their place in that list.
    pub applied: BTreeSet<usize>,
    /// Everything that is wrong, sorted by file, sheet and cell.
    pub issues: Vec<Issue>,
    /// Every file, in reading order.
    pub files: Vec<FileAccount>,
}

/// Adds rows to others; where there are none yet, they stay where they are in memory.
pub(super) fn add<T>(rows: &mut Vec<T>, more: Vec<T>) {
    if rows.is_empty() {
        *rows = more;
    } else {
        rows.extend(more);
    }
}

impl Ingested {
    /// Adds what another reading found, of other files or another year.
    pub fn merge(&mut self, other: Self) {
        for (year, survey) in other.surveys {
            let known = self.surveys.entry(year).or_default();
            add(&mut known.all, survey.all);
            add(&mut known.poor_only, survey.poor_only);
            known.counted.merge(survey.counted);
            add(&mut known.totals, survey.totals);
        }
        add(&mut self.roster.members, other.roster.members);
        self.roster.counted.merge(other.roster.counted);
        add(&mut self.roster.pledges, other.roster.pledges);
        add(&mut self.roster.twinning, other.roster.twinning);
        add(&mut self.supports, other.supports);
        add(&mut self.previous, other.previous);
        add(&mut self.decisions, other.decisions);
        add(&mut self.answers, other.answers);
        add(&mut self.doubled, other.doubled);
        self.applied.extend(other.applied);
        add(&mut self.issues, other.issues);
        add(&mut self.files, other.files);
    }

    /// Issues of those decisions about files that were read that match nothing in them. Pairs of two years are not among
    /// them: who compares years knows.
    #[must_use]
    pub fn unused(&self, decisions: &[Decision]) -> Vec<Issue> {
        let unused = decisions.iter().enumerate().filter(|(index, decision)| {
            Code::ALL.iter().any(|code| code.word() == decision.code)
                && !self.applied.contains(index)
                && self.files.iter().any(|file| decision.is_of(&file.file))
        });
        unused.map(|(_, decision)| decision.unused()).collect()
    }

    /// Rows that are left out of the counts because of an error.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.files.iter().flat_map(|file| &file.sheets).map(|sheet| sheet.rejected).sum()
    }
}
