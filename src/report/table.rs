//! The one shape between results and formats: every result becomes a [`Report`] of [`Table`]s, every format prints any
//! of them. Masking ([`super::audience`]) works on this shape, so that a new format cannot leak.

use std::fmt::Display;

use jiff::civil::Date;
use smol_str::{SmolStr, ToSmolStr};

pub use super::narrative::{Narrative, Passage};
use crate::domain::pledge::Days;
use crate::domain::rate::Hundredths;

/// A value in a cell of a table. Missing is not zero: it prints as nothing, or as "no data".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Datum {
    /// Nobody counted it. What does not apply is [`Datum::nothing`].
    Missing,
    /// It was counted and is not shown to this audience.
    Hidden,
    /// Words; up to 23 bytes of them, as most names are, lie in the cell itself.
    Text(SmolStr),
    /// A whole number.
    Count(i64),
    /// Hundredths of a percent.
    Percent(Hundredths),
    /// Hundredths of a percentage point, printed with its sign.
    Points(Hundredths),
    /// Hundredths of a plain decimal, printed without a sign of growth: a gap, a pace.
    Decimal(Hundredths),
    /// Days, in halves.
    Days(Days),
    /// Đồng.
    Money(i64),
    /// A calendar date.
    Date(Date),
}

impl Datum {
    /// A count where there is one.
    #[must_use]
    pub fn count(value: Option<u64>) -> Self {
        value.and_then(|count| i64::try_from(count).ok()).map_or(Self::Missing, Self::Count)
    }

    /// A percentage where there is one.
    #[must_use]
    pub fn percent(value: Option<Hundredths>) -> Self {
        value.map_or(Self::Missing, Self::Percent)
    }

    /// Words.
    #[must_use]
    pub fn text(value: impl Into<SmolStr>) -> Self {
        Self::Text(value.into())
    }

    /// Words as a value prints itself.
    #[must_use]
    pub fn display(value: impl Display) -> Self {
        Self::Text(value.to_smolstr())
    }

    /// What does not apply to this row, and is therefore neither missing nor hidden: an empty cell.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Text(SmolStr::default())
    }

    /// The value in hundredths of its unit, for the lengths of charts; `None` for words, dates and what is not shown.
    #[must_use]
    pub fn hundredths(&self) -> Option<i64> {
        match self {
            Self::Count(value) | Self::Money(value) => value.checked_mul(100),
            Self::Percent(value) | Self::Points(value) | Self::Decimal(value) => Some(value.get()),
            Self::Days(days) => i64::try_from(days.in_halves()).ok()?.checked_mul(50),
            Self::Missing | Self::Hidden | Self::Text(_) | Self::Date(_) => None,
        }
    }

    /// Words where there are some.
    #[must_use]
    pub fn maybe_text(value: Option<impl Into<SmolStr>>) -> Self {
        value.map_or(Self::Missing, |text| Self::Text(text.into()))
    }
}

/// What a column tells about persons; audiences are defined by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sensitivity {
    /// Nothing about a single person: places, counts of areas, organisations.
    Open,
    /// Counts of households or persons that may be so few that they point at somebody.
    SmallCount,
    /// Names, villages and classes of single persons: may hang on the village board.
    Named,
    /// Birth dates, scores, people, notes about a single person: for the office only.
    Private,
    /// Identity numbers: for the office only, and masked on every screen.
    Identity,
    /// Small counts that no audience is shown, but that a reader could compute from others: masking has to know them.
    Unseen,
}

/// How a column is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
    /// Marks, dates, ordinals.
    Centre,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The key of scripts, English whatever the language: `poor_percent`.
    pub key: &'static str,
    /// The heading in the language of the report.
    pub heading: String,
    /// A heading over several neighbouring columns, where they belong together.
    pub group: Option<String>,
    /// What it tells about persons.
    pub sensitivity: Sensitivity,
    /// Layout.
    pub align: Align,
    /// Least width in characters that the column needs in print; 0 lets the format decide.
    pub width: u16,
    /// Keys of the columns of the same table from which this one is computed (a rate from its two counts, persons of
    /// households from the households): where one of them is hidden from an audience, so is this.
    pub from: Vec<&'static str>,
    /// Whether a screen that is too narrow for all columns leaves this one to the files.
    pub aside: bool,
    /// Whether its numbers are ones and zeros that paper shows as an x and nothing.
    pub mark: bool,
}

impl Column {
    /// A column of words that are open to all.
    #[must_use]
    pub fn new(key: &'static str, heading: impl Into<String>) -> Self {
        Self {
            key,
            heading: heading.into(),
            group: None,
            sensitivity: Sensitivity::Open,
            align: Align::Left,
            width: 0,
            from: Vec::new(),
            aside: false,
            mark: false,
        }
    }

    /// The same column, right-aligned for numbers.
    #[must_use]
    pub fn number(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// The same column, centred.
    #[must_use]
    pub fn centred(self) -> Self {
        Self { align: Align::Centre, ..self }
    }

    /// The same column with what it tells about persons.
    #[must_use]
    pub fn telling(self, sensitivity: Sensitivity) -> Self {
        Self { sensitivity, ..self }
    }

    /// The same column under a group heading.
    #[must_use]
    pub fn under(self, group: impl Into<String>) -> Self {
        Self { group: Some(group.into()), ..self }
    }

    /// The same column with a least width.
    #[must_use]
    pub fn wide(self, width: u16) -> Self {
        Self { width, ..self }
    }

    /// The same column with the keys of the columns from which it is computed.
    #[must_use]
    pub fn from(self, keys: &[&'static str]) -> Self {
        Self { from: keys.to_vec(), ..self }
    }

    /// The same column, whose numbers are marks: a one says that it holds of the row.
    #[must_use]
    pub fn mark(self) -> Self {
        Self { mark: true, ..self }
    }

    /// The heading with that of the group, where it has one.
    #[must_use]
    pub fn full_name(&self) -> String {
        self.group.as_ref().map_or_else(|| self.heading.clone(), |group| format!("{group}: {}", self.heading))
    }

    /// The same column, among the first to go where a screen is too narrow for all.
    #[must_use]
    pub fn aside(self) -> Self {
        Self { aside: true, ..self }
    }
}

/// Columns without a group one by one, the others by runs of one group: the first of each, and how many.
pub(super) fn runs(columns: &[Column]) -> Vec<(&Column, usize)> {
    let mut runs: Vec<(&Column, usize)> = Vec::new();
    for column in columns {
        match runs.last_mut() {
            Some((first, span)) if column.group.is_some() && first.group == column.group => *span += 1,
            _ => runs.push((column, 1)),
        }
    }
    runs
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An ordinary row.
    Body,
    /// A sum over the rows of the table: never among what is filtered or sorted.
    Total,
}

/// How the figures of a row hang together with those of others. Rows of persons, of which there may be half a million, have none
/// of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ties {
    /// What the row is about, the same in every table of a report: `district`, `commune:24583`. Two rows of one name
    /// hold the same figures in columns of one key, so that what is hidden in one is hidden in the other.
    pub about: Option<String>,
    /// The name of the row of which this row and its neighbours are the parts, in this table or another.
    pub part_of: Option<String>,
    /// Cells that are a figure of something else than the row and its column say: index, what it is about, its key.
    pub same: Vec<(usize, String, &'static str)>,
    /// Figures of other rows from which all numbers of this one could be told: where one is hidden, so is the row.
    pub follows: Vec<(String, &'static str)>,
}

impl Ties {
    /// No tie.
    pub const NONE: Self = Self { about: None, part_of: None, same: Vec::new(), follows: Vec::new() };
}

/// A row; as many cells as the table has columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// The values.
    pub cells: Vec<Datum>,
    /// What ties it to other rows, where anything does.
    pub ties: Option<Box<Ties>>,
    /// Whether the row counts households, whatever its column says.
    pub of_households: bool,
}

impl Row {
    /// An ordinary row.
    #[must_use]
    pub fn body(cells: Vec<Datum>) -> Self {
        Self { kind: RowKind::Body, cells, ties: None, of_households: false }
    }

    /// A sum.
    #[must_use]
    pub fn total(cells: Vec<Datum>) -> Self {
        Self { kind: RowKind::Total, ..Self::body(cells) }
    }

    /// What ties it to other rows.
    #[must_use]
    pub fn ties(&self) -> &Ties {
        static NONE: Ties = Ties::NONE;
        self.ties.as_deref().unwrap_or(&NONE)
    }

    fn tied(mut self, tie: impl FnOnce(&mut Ties)) -> Self {
        tie(self.ties.get_or_insert_with(|| Box::new(Ties::NONE)));
        self
    }

    /// The same row with the name of what it is about.
    #[must_use]
    pub fn about(self, name: impl Into<String>) -> Self {
        self.tied(|ties| ties.about = Some(name.into()))
    }

    /// The same row with a cell that is the figure `key` of something else.
    #[must_use]
    pub fn same(self, cell: usize, about: impl Into<String>, key: &'static str) -> Self {
        self.tied(|ties| ties.same.push((cell, about.into(), key)))
    }

    /// The same row with a figure from which its numbers could be told, or that could be told from them.
    #[must_use]
    pub fn follows(self, about: impl Into<String>, key: &'static str) -> Self {
        self.tied(|ties| ties.follows.push((about.into(), key)))
    }

    /// The same row as one that counts households.
    #[must_use]
    pub fn of_households(self) -> Self {
        Self { of_households: true, ..self }
    }

    /// The same row as a part of another.
    #[must_use]
    pub fn part_of(self, name: impl Into<String>) -> Self {
        self.tied(|ties| ties.part_of = Some(name.into()))
    }
}

/// Columns that add up in every row: `whole` = the sum of `plus` − the sum of `minus`, by keys. A reader can compute
/// the one from the others, so masking has to know it: households = poor + near-poor + other; end = start − out + in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The key of the column of sums.
    pub whole: &'static str,
    /// The keys of the columns added.
    pub plus: Vec<&'static str>,
    /// The keys of the columns taken away.
    pub minus: Vec<&'static str>,
}

/// A line that bars are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Name.
    pub name: String,
    /// Where it is.
    pub value: Hundredths,
    /// Index of the column whose bars it is for.
    pub of: usize,
}

/// A chart that goes with a table. Formats without charts leave it out; the table holds all its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Bars of one or two measures by row, with goal lines.
    Bars {
        /// Title.
        title: String,
        /// Index of the column that names the bars.
        label: usize,
        /// Indexes of the columns that give the lengths.
        values: Vec<usize>,
        /// Lines to compare with.
        goals: Vec<Limit>,
    },
    /// A line over the rows (years), broken before the row indexes in `breaks`.
    Line {
        /// Title.
        title: String,
        /// Index of the column that names the points.
        label: usize,
        /// Indexes of the columns that give the heights.
        values: Vec<usize>,
        /// Rows before which the line is broken, because the poverty standard changes there.
        breaks: Vec<usize>,
        /// Points to reach: name, label of the row, value.
        goals: Vec<(String, String, Hundredths)>,
    },
    /// How many rows fall on each value of a whole-number column.
    Histogram {
        /// Title.
        title: String,
        /// Index of the column of values.
        label: usize,
        /// Index of the column of counts.
        value: usize,
    },
    /// Flows between classes: from, to, how many (indexes of columns).
    Flow {
        /// Title.
        title: String,
        /// Index of the column that names the origin.
        from: usize,
        /// Index of the column that names the target.
        to: usize,
        /// Index of the column of counts.
        value: usize,
    },
}

/// Whose letterhead and signature an annex carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Issuer {
    /// A Party body: "Đảng Cộng sản Việt Nam" at the top right, `T/M BAN THƯỜNG VỤ` (Guidance 05-HD/VPTW).
    Party,
    /// A State body: Quốc hiệu and tiêu ngữ, `TM. ỦY BAN NHÂN DÂN` (Decree 30/2020/NĐ-CP).
    State,
}

/// The letterhead of a table that is printed and signed; number, date and signatory stay blank for a person to fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// Whose form.
    pub issuer: Issuer,
    /// The body above the issuing body: `ĐẢNG BỘ HUYỆN LẮK`.
    pub superior: String,
    /// The issuing body: `ĐẢNG ỦY XÃ YANG TAO`.
    pub body: String,
    /// Title in capitals.
    pub title: String,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The key of scripts and files: `rates`, `goals`, `pairs`.
    pub key: &'static str,
    /// The title, which is also the sheet's name where it is short enough.
    pub title: String,
    /// The sheet's name, where the title is not to be used.
    pub sheet: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Columns that add up in every row.
    pub sums: Vec<Sum>,
    /// Sums over tables, by name: the first figure is the sum of the others. A name is what a row is about and a key.
    pub links: Vec<Vec<(String, &'static str)>>,
    /// Charts.
    pub charts: Vec<Chart>,
    /// Tables of the same report, by key, whose first chart is shown here too where a reader sees one table at a time.
    pub shows: Vec<&'static str>,
    /// Sentences under the table: what is left out, how it was counted, the source.
    pub notes: Vec<String>,
    /// Letterhead and signature, where the table is an annex to be signed.
    pub annex: Option<Annex>,
    /// Whether the table lists single persons: such tables are no part of what the public sees.
    pub persons: bool,
}

impl Table {
    /// A table with columns and no rows yet.
    #[must_use]
    pub fn new(key: &'static str, title: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            key,
            title: title.into(),
            sheet: None,
            columns,
            rows: Vec::new(),
            sums: Vec::new(),
            links: Vec::new(),
            charts: Vec::new(),
            shows: Vec::new(),
            notes: Vec::new(),
            annex: None,
            persons: false,
        }
    }
}

/// Everything that one output holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The title.
    pub title: String,
    /// Lines under the title: issuing body, as-of date, standard.
    pub subtitle: Vec<String>,
    /// The tables in order.
    pub tables: Vec<Table>,
    /// Sentences that belong to the whole: how many rows are left out, what is not covered.
    pub notes: Vec<String>,
    /// The day that files carry as their date of creation, so that the same inputs give the same bytes.
    pub as_of: Option<Date>,
}
