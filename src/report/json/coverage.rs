//! JSON of `coverage`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::masked;
use crate::domain::coverage::{self, CoverageSums};
use crate::domain::household::Class;
use crate::domain::rate::Share;
use crate::domain::standard::Indicator;
use crate::report::audience::{Audience, mask};
use crate::report::table::{Datum, Report};
use crate::report::views;
use crate::report::wording::silent;

/// How far support reaches those who need it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// The day of whose communes the rows by commune are, with `--units`; null for those that the lists name.
    pub units: Option<String>,
    /// By kind of support and class.
    pub rows: Vec<Row>,
    /// Households that need it and did not receive it; none for the public.
    pub left_out: Vec<LeftOut>,
    /// What poor and near-poor households lack: the district first, then the communes, each class in turn; empty where no
    /// list of the year marks it.
    pub deprivations: Vec<Deprivations>,
}

/// What the households of one class lack; numbers are null where hidden from the audience, or where no household has marks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Deprivations {
    /// district or commune.
    pub by: &'static str,
    /// The commune; null for the district.
    pub commune: Option<String>,
    /// poor or `near_poor`.
    pub class: &'static str,
    /// Households of the class with marks.
    pub households: Option<u64>,
    /// Households of the class whose list has no marks.
    pub without_marks: Option<u64>,
    /// The indicators in the order of the standard.
    pub indicators: Vec<Lacking>,
}

/// Households that lack one thing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Lacking {
    /// The name of the indicator, as the decree has it.
    pub indicator: &'static str,
    /// Households that lack it.
    pub households: Option<u64>,
    /// Of those with marks, in percent.
    pub percent: Option<String>,
}

/// One kind of support for households of one class; numbers are null where hidden from the audience.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// The kind of support.
    pub support: String,
    /// poor, `near_poor` or other; null for households that are not in the survey.
    pub class: Option<&'static str>,
    /// Households that need it.
    pub needed: Option<u64>,
    /// Those among them that received it.
    pub received: Option<u64>,
    /// Received, of those of which the register says whether they did.
    pub percent: Option<String>,
    /// Those among them that did not receive it.
    pub left_out: Option<u64>,
    /// Persons concerned; null where the register does not count persons.
    pub persons_needed: Option<u64>,
    /// Persons who received it.
    pub persons_received: Option<u64>,
    /// Persons who received it among those concerned.
    pub persons_percent: Option<String>,
    /// Households that received it and whose use of it was checked; null where the register does not say.
    pub use_checked: Option<u64>,
}

/// A household that needs support and did not receive it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LeftOut {
    /// The kind of support.
    pub support: String,
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head; null for a household that is not in the survey.
    pub head: Option<String>,
    /// Commune.
    pub commune: Option<String>,
    /// Village.
    pub village: Option<String>,
}

impl Coverage {
    /// The shape of coverage for an audience: the public sees no households, the village board no numbers of them.
    #[must_use]
    pub fn new(sums: &CoverageSums<'_>, lacking: Option<&coverage::Lacking>, audience: Audience) -> Self {
        let cells = masked(views::coverage::table(sums, silent()), audience);
        let row = |(row, cells): (&coverage::CoverageRow, Vec<Option<u64>>)| {
            let cell = |at: usize| cells.get(at).copied().flatten();
            let (received, left_out) = (cell(3), cell(5));
            let share = received.zip(left_out).map(|(part, left)| Share { part, whole: part.checked_add(left) });
            Row {
                support: row.support.to_string(),
                class: row.class.map(Class::word),
                needed: cell(2),
                received,
                percent: share.and_then(Share::percent).map(|percent| percent.to_string()),
                left_out,
                persons_needed: cell(9),
                persons_received: cell(10),
                persons_percent: cell(10)
                    .map(|part| Share { part, whole: cell(9) })
                    .and_then(Share::percent)
                    .map(|percent| percent.to_string()),
                use_checked: cell(12),
            }
        };
        let left_out = sums.left_out.iter().filter(|_| audience != Audience::Public);
        Self {
            units: lacking.and_then(|lacking| lacking.units).map(|day| day.to_string()),
            rows: sums.rows.iter().zip(cells).map(row).collect(),
            left_out: left_out.map(|left| LeftOut::new(left, audience)).collect(),
            deprivations: lacking.map(|lacking| lacks(lacking, audience)).unwrap_or_default(),
        }
    }
}

/// The rows in the shape of scripts, with the numbers that the tables show to this audience.
fn lacks(of: &coverage::Lacking, audience: Audience) -> Vec<Deprivations> {
    let tables = views::deprivations::by_commune(of, silent());
    let report = mask(Report { tables, ..Report::default() }, audience);
    let shown = |class: Class, at: usize| {
        let key = format!("deprivations_{}", class.word());
        let table = report.tables.iter().find(|table| table.key == key)?;
        // The district stands first among the rows and last in the table, as their sum.
        table.rows.get(at.checked_sub(1).unwrap_or(table.rows.len() - 1))
    };
    let mut seen = BTreeMap::new();
    let mut out = Vec::new();
    for row in &of.rows {
        let at = seen.entry(row.class).or_insert(0_usize);
        let cells = shown(row.class, *at).map_or(&[][..], |row| &row.cells);
        *at += 1;
        let count = |at: usize| match cells.get(at) {
            Some(Datum::Count(count)) => u64::try_from(*count).ok(),
            _ => None,
        };
        let households = count(1);
        let lacking = |(at, of): (usize, &Indicator)| {
            let lacking = count(at + 4);
            let share = lacking.map(|part| Share { part, whole: households });
            let percent = share.and_then(Share::percent).map(|percent| percent.to_string());
            Lacking { indicator: of.name, households: lacking, percent }
        };
        out.push(Deprivations {
            by: if row.commune.is_some() { "commune" } else { "district" },
            commune: row.commune.as_ref().map(|commune| commune.name().to_owned()),
            class: row.class.word(),
            households,
            without_marks: count(2),
            indicators: of.standard.indicators().iter().enumerate().map(lacking).collect(),
        });
    }
    out
}

impl LeftOut {
    fn new(left: &coverage::LeftOut<'_>, audience: Audience) -> Self {
        let place = left.found.map(|household| &household.place);
        Self {
            support: left.support.to_string(),
            household: (audience == Audience::Internal).then(|| left.household.to_string()),
            head: left.found.map(|household| household.head.to_string()),
            commune: place.map(|place| place.commune.name().to_owned()),
            village: place.and_then(|place| place.village.as_ref()).map(ToString::to_string),
        }
    }
}
