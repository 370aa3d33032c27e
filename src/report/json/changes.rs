//! JSON of `changes`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::changes::{self, MOVEMENTS};
use crate::domain::household::Class;
use crate::domain::ids::Key;
use crate::domain::linkage::{Field, Rule};
use crate::domain::movement::{AreaMovement, ClassMovement};
use crate::domain::tally::Heads;
use crate::report::audience::{Audience, mask};
use crate::report::table::{Datum, Report};
use crate::report::views::changes as views;
use crate::report::wording::silent;

/// Movement between classes from one survey to another.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changes {
    /// The earlier year.
    pub from: i16,
    /// The later year.
    pub to: i16,
    /// The poverty standards of the two years; where they differ, a change of class may be one of the standard alone.
    pub standards: Standards,
    /// The day of whose communes the rows are, with `--units`; null for those of the later year.
    pub units: Option<String>,
    /// Households of the district from class to class; each household of either year is in exactly one cell.
    pub matrix: Matrix,
    /// The ministry's lines of the district; null for the public.
    pub movement: Option<Lines>,
    /// By commune.
    pub rows: Vec<Row>,
    /// Every household of either year; none for the public.
    pub households: Vec<Household>,
    /// Households that no rule could place; they are counted as gone and arrived until a person decides.
    pub unsure: Vec<Unsure>,
}

/// The poverty standards of two years: `ND07-2021`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Standards {
    /// Of the earlier year.
    pub from: &'static str,
    /// Of the later year.
    pub to: &'static str,
}

/// Households from class to class.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Matrix {
    /// Poor in the earlier year.
    pub poor: Targets,
    /// Near-poor in the earlier year.
    pub near_poor: Targets,
    /// Neither in the earlier year.
    pub other: Targets,
    /// Not in the survey of the earlier year.
    pub arrived: Arrivals,
}

/// Where households of a class went; null where hidden from the audience.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Targets {
    /// Poor in the later year.
    pub poor: Option<u64>,
    /// Near-poor in the later year.
    pub near_poor: Option<u64>,
    /// Neither in the later year.
    pub other: Option<u64>,
    /// Not in the survey of the later year.
    pub gone: Option<u64>,
}

/// Where arrivals are; null where hidden from the audience.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Arrivals {
    /// Poor in the later year.
    pub poor: Option<u64>,
    /// Near-poor in the later year.
    pub near_poor: Option<u64>,
    /// Neither in the later year.
    pub other: Option<u64>,
}

/// The movement of a commune.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// Name.
    pub commune: String,
    /// Households from class to class; one that moved to another commune is gone here and arrived there.
    pub matrix: Matrix,
    /// The ministry's lines; null for the public.
    pub movement: Option<Lines>,
}

/// The ministry's lines for the poor and the near-poor.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Lines {
    /// Hộ nghèo.
    pub poor: Line,
    /// Hộ cận nghèo.
    pub near_poor: Line,
}

/// start − to_other_class − above − other_out + from_other_class + fallen_back + new + other_in = end.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Line {
    /// Đầu kỳ.
    pub start: Count,
    /// Became near-poor, or for the near-poor poor.
    pub to_other_class: Count,
    /// Above the near-poverty line.
    pub above: Count,
    /// Gone.
    pub other_out: Count,
    /// Was near-poor, or for the near-poor poor.
    pub from_other_class: Count,
    /// Was in the class in a survey before; null where there is none to tell.
    pub fallen_back: Option<Count>,
    /// New; without an earlier survey those fallen back are among them.
    pub new: Count,
    /// Arrived.
    pub other_in: Count,
    /// Cuối kỳ.
    pub end: Count,
}

/// Households and the persons in them.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Count {
    /// Households.
    pub households: u64,
    /// Persons.
    pub persons: u64,
}

/// A household of either year.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Household {
    /// Citizen number of the head, or made key, in the later list where it is there; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// Commune.
    pub commune: String,
    /// Village.
    pub village: Option<String>,
    /// poor, near_poor, other or arrived.
    pub from: &'static str,
    /// poor, near_poor, other or gone.
    pub to: &'static str,
    /// unchanged, became_near_poor, became_poor, above, fallen_back, new, arrived or gone, as in the ministry's tables; without
    /// a survey of an earlier year those fallen back are among the new.
    pub movement: &'static str,
    /// correction, citizen, name_birth_village or name_village; null for one that is in one list only.
    pub matched_by: Option<&'static str>,
}

/// A household that no rule could place.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Unsure {
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// Commune.
    pub commune: String,
    /// Village.
    pub village: Option<String>,
    /// The year of its list.
    pub year: i16,
    /// Households of the later list that it might be.
    pub candidates: Vec<Candidate>,
}

/// A household that another might be.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Candidate {
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// Fields that differ: birth, sex, persons, people, citizen; none shown but to the office.
    pub differs: Vec<&'static str>,
}

impl Changes {
    /// The shape of a result for an audience: the public sees no households and no small counts.
    #[must_use]
    pub fn new(result: &changes::Changes<'_>, audience: Audience) -> Self {
        let public = audience == Audience::Public;
        let shown = if public { masked(result) } else { Vec::new() };
        let matrix = |at: usize, area: &AreaMovement| match public {
            true => Matrix::new(|cell| shown.get(at).and_then(|row| *row.get(cell)?)),
            false => Matrix::new(|cell| MOVEMENTS.get(cell).map(|(from, to)| area.matrix.get(*from, *to))),
        };
        let communes = &result.movement.communes;
        let rows = communes.iter().enumerate().map(|(at, (commune, area))| Row {
            commune: commune.name().to_owned(),
            matrix: matrix(at, area),
            movement: (!public).then(|| Lines::new(area)),
        });
        let mut whole = Self {
            from: result.from,
            to: result.to,
            standards: Standards { from: result.standards.0.id(), to: result.standards.1.id() },
            units: result.units.map(|day| day.to_string()),
            matrix: matrix(communes.len(), &result.movement.district),
            movement: (!public).then(|| Lines::new(&result.movement.district)),
            rows: rows.collect(),
            households: Vec::new(),
            unsure: Vec::new(),
        };
        if !public {
            let id = |key: &Key| (audience == Audience::Internal).then(|| key.to_string());
            whole.households = households(result, &id);
            whole.unsure = unsure(result, &id);
        }
        whole
    }
}

/// The cells of the table of communes as the public sees it, the district last.
fn masked(result: &changes::Changes<'_>) -> Vec<Vec<Option<u64>>> {
    let table = views::communes(result, silent());
    let masked = mask(Report { tables: vec![table], ..Report::default() }, Audience::Public);
    let count = |datum: &Datum| if let Datum::Count(count) = datum { u64::try_from(*count).ok() } else { None };
    let rows = masked.tables.iter().flat_map(|table| &table.rows);
    rows.map(|row| row.cells.iter().skip(1).map(count).collect()).collect()
}

fn households(result: &changes::Changes<'_>, id: &dyn Fn(&Key) -> Option<String>) -> Vec<Household> {
    let ways = result.moves.iter().zip(&result.ways);
    let mut moves: Vec<_> = ways.filter_map(|(one, way)| Some((views::shown(one)?, one, *way))).collect();
    moves.sort_by(|(a, ..), (b, ..)| (&a.place, &a.key, &a.source).cmp(&(&b.place, &b.key, &b.source)));
    let class = |row: Option<&crate::domain::household::Household>| row.map(|row| row.class);
    moves
        .into_iter()
        .map(|(household, one, way)| Household {
            household: id(&household.key),
            head: household.head.to_string(),
            commune: household.place.commune.name().to_owned(),
            village: household.place.village.as_ref().map(ToString::to_string),
            from: views::from_word(class(one.earlier)),
            to: views::to_word(class(one.later)),
            movement: way.word(),
            matched_by: one.by.map(Rule::word),
        })
        .collect()
}

fn unsure(result: &changes::Changes<'_>, id: &dyn Fn(&Key) -> Option<String>) -> Vec<Unsure> {
    let doubts = result.unsure.iter().filter_map(|doubt| Some((doubt, views::doubtful(doubt, result)?)));
    doubts
        .map(|(doubt, (household, year))| Unsure {
            household: id(&household.key),
            head: household.head.to_string(),
            commune: household.place.commune.name().to_owned(),
            village: household.place.village.as_ref().map(ToString::to_string),
            year,
            candidates: doubt
                .candidates
                .iter()
                .map(|(other, fields)| Candidate {
                    household: id(&other.key),
                    head: other.head.to_string(),
                    // What differs is a birth or a number, which only the office may know.
                    differs: if id(&other.key).is_some() {
                        fields.iter().copied().map(Field::word).collect()
                    } else {
                        Vec::new()
                    },
                })
                .collect(),
        })
        .collect()
}

impl Matrix {
    /// The matrix of cells in the order of [`MOVEMENTS`].
    fn new(cell: impl Fn(usize) -> Option<u64>) -> Self {
        let targets = |class: Class| {
            let first = MOVEMENTS.iter().position(|(from, _)| *from == Some(class)).unwrap_or_default();
            Targets { poor: cell(first), near_poor: cell(first + 1), other: cell(first + 2), gone: cell(first + 3) }
        };
        let arrived = MOVEMENTS.iter().position(|(from, _)| from.is_none()).unwrap_or_default();
        Self {
            poor: targets(Class::Poor),
            near_poor: targets(Class::NearPoor),
            other: targets(Class::Other),
            arrived: Arrivals { poor: cell(arrived), near_poor: cell(arrived + 1), other: cell(arrived + 2) },
        }
    }
}

impl Lines {
    fn new(area: &AreaMovement) -> Self {
        Self { poor: Line::new(&area.poor), near_poor: Line::new(&area.near_poor) }
    }
}

impl Line {
    fn new(line: &ClassMovement) -> Self {
        let count = |heads: Heads| Count { households: heads.households, persons: heads.persons };
        Self {
            start: count(line.start),
            to_other_class: count(line.to_other_class),
            above: count(line.above),
            other_out: count(line.other_out),
            from_other_class: count(line.from_other_class),
            fallen_back: line.fallen_back.map(count),
            new: count(line.new),
            other_in: count(line.other_in),
            end: count(line.end),
        }
    }
}
