//! What the title of a register tells of all its rows: the kind of support, and whether it is needed or was received.

use super::asked::Asked;
use super::columns::Columns;
use super::fields::Field;
use super::headings::{Heading, TextRow};
use super::kind::Kind;
use super::reading::{Reading, missing};
use super::settings::Settings;
use crate::domain::spelling::fold;
use crate::domain::support::kind_in;

/// What lines above a register tell of the support that its rows are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToldSupport {
    /// The kind.
    pub kind: Option<&'static str>,
    /// Whether the households need it.
    pub needed: Option<bool>,
    /// Whether they received it.
    pub received: Option<bool>,
}

/// Words of a title by which its households have yet to get what it names: "đăng ký nhu cầu", "đề nghị được vay vốn".
const WANTED: [&str; 6] = ["nhu cau", "dang ky", "de nghi", "de xuat", "can ho tro", "can duoc"];
/// Words by which they do not need it, and of which nothing is told.
const UNWANTED: [&str; 3] = ["khong co nhu cau", "khong dang ky", "khong de nghi"];
/// Words by which they did not get it.
const LEFT_OUT: [&str; 8] =
    ["chua duoc", "khong duoc", "chua tiep can", "khong tiep can", "chua vay", "khong vay", "chua nhan", "khong nhan"];
/// Words by which they got it. "Nhận" and "nhân" fold alike, so it needs what was given.
const GOT: [&str; 30] = [
    "duoc ho tro",
    "da ho tro",
    "nhan ho tro",
    "duoc nhan",
    "da nhan",
    "ho nhan",
    "nhan bo",
    "nhan nha",
    "nhan qua",
    "nhan tien",
    "nhan con giong",
    "nhan cay giong",
    "nhan giong",
    "duoc cap",
    "da cap",
    "duoc tang",
    "duoc trao",
    "ban giao nha",
    "duoc vay",
    "da vay",
    "dang vay",
    "ho vay",
    "ngheo vay",
    "du no",
    "thu huong",
    "duoc huong",
    "duoc tham gia",
    "tham gia hoc",
    "tham gia lop",
    "tham gia dao tao",
];
/// Words of titles of those who give.
const GIVERS: [&str; 4] = ["dang vien", "dang bo", "chi bo", "ung ho"];
/// Where what is said of the support ends: whence it comes, for when, by what decision.
const ENDS: [&str; 9] =
    [" thuoc ", " theo ", " tu nguon ", " chuong trinh ", " du an ", " ngan hang ", " nam 20", " quy ", " kem theo "];

impl ToldSupport {
    /// What lines above a table tell.
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let lines = lines.into_iter().map(fold).filter(|line| !line.trim_start_matches('(').starts_with("kem theo"));
        let title = lines.collect::<Vec<_>>().join(" ");
        // What members of the Party give is told by rosters and ledgers.
        if GIVERS.iter().chain(&UNWANTED).any(|word| title.contains(word)) {
            return Self::default();
        }
        let first = |words: &[&str]| words.iter().filter_map(|word| title.find(word)).min();
        let (wanted, left_out, got) = (first(&WANTED), first(&LEFT_OUT), first(&GOT));
        let (needed, received) = match (wanted, left_out, got) {
            (Some(_), None, _) => (Some(true), None),
            (None, Some(_), _) => (None, Some(false)),
            (None, None, Some(_)) => (None, Some(true)),
            // What is both asked for and said not to have been got tells less than either.
            (Some(_), Some(_), _) | (None, None, None) => (None, None),
        };
        let from = wanted.or(left_out).or(got).unwrap_or(0);
        let said = title.get(from..).unwrap_or_default();
        let end = ENDS.iter().filter_map(|end| said.find(end)).min().unwrap_or(said.len());
        let kind = kind_in(said.get(..end).unwrap_or_default()).or_else(|| kind_in(title.get(..from).unwrap_or_default()));
        Self { kind, needed, received }
    }

    /// The same, where another text that tells no more than a kind may name it: the sheet.
    pub(crate) fn or_kind_in(self, text: &str) -> Self {
        Self { kind: self.kind.or_else(|| kind_in(text)), ..self }
    }

    /// What of it no column tells.
    pub(crate) fn beyond(self, columns: &Columns) -> Self {
        let by_kinds = columns.has_kinds();
        Self {
            kind: self.kind.filter(|_| !by_kinds && !columns.has(Field::SupportKind)),
            needed: self.needed.filter(|_| !by_kinds && !columns.has(Field::Needed)),
            received: self.received.filter(|_| !by_kinds && !columns.has(Field::Received)),
        }
    }

    /// Whether it tells both the kind and what became of it.
    const fn is_whole(self) -> bool {
        self.kind.is_some() && self.tells()
    }

    /// Whether it tells what became of the support.
    pub(crate) const fn tells(self) -> bool {
        self.needed.is_some() || self.received.is_some()
    }
}

/// What names the households of a register.
const NAMING: [Field; 3] = [Field::Household, Field::Citizen, Field::Head];

/// Whether the titles among the first rows of a sheet name both a kind of support and what became of it.
pub(crate) fn is_told(rows: &[TextRow]) -> bool {
    let alone = rows.iter().filter(|row| row.cells.len() == 1).flat_map(|row| &row.cells);
    let told = ToldSupport::of(alone.map(|(_, text)| text.as_str()));
    told.is_whole()
}

/// Whether a row between others says of what kind of support the rows below are: "II. Vay vốn tín dụng".
fn heads_a_kind(row: &TextRow) -> bool {
    let words = row.cells.iter().filter(|(_, text)| text.chars().filter(|c| c.is_alphabetic()).count() > 3);
    row.cells.len() <= 2 && words.filter(|(_, text)| kind_in(text).is_some()).count() == 1
}

/// Whether a table could be a survey: it has all columns of one, or all but that of the class, which titles may tell.
pub(crate) fn may_be_survey(reading: &Reading) -> bool {
    match reading {
        Reading::Is(kind, _) => *kind == Kind::Households,
        Reading::Nearly(kind, columns) => *kind == Kind::Households && missing(*kind, columns) == [Field::Class],
        Reading::Either(..) | Reading::Nothing => false,
    }
}

/// Takes headings for those of a register where its title or the sections below tell what no column does. A title that names both
/// the kind of support and what became of it makes a register even of columns that a survey could have: a list of the poor who
/// got a loan is none of all the poor.
pub(crate) fn register(
    reading: Reading,
    headings: &[Heading],
    below: &[TextRow],
    told: ToldSupport,
    settings: &Settings,
) -> Reading {
    let may_be = match &reading {
        Reading::Is(Kind::Households, _) => settings.kind.is_none() && told.is_whole(),
        Reading::Is(..) => false,
        Reading::Nearly(..) | Reading::Either(..) | Reading::Nothing => settings.kind.is_none_or(|only| only == Kind::Support),
    };
    if !may_be {
        return reading;
    }
    let year = reading.year();
    let asked: Vec<Asked<'_>> = Asked::all(headings);
    let columns = Columns::new(Kind::Support, &asked, settings.columns.get(&Kind::Support)).telling(told);
    let kinds =
        || columns.has(Field::SupportKind) || columns.has_kinds() || told.kind.is_some() || below.iter().any(heads_a_kind);
    let became = columns.has_any(&[Field::Needed, Field::Received]) || columns.has_kinds() || told.tells();
    let is_register = columns.has_any(&NAMING) && columns.doubled.is_empty() && became && kinds();
    if is_register { Reading::Is(Kind::Support, columns.of_year(year)) } else { reading }
}
