//! JSON of `rates`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::goals::{Measure, PlannedFall, Point, Progress};
use crate::domain::household::Sex;
use crate::domain::poverty::{self, Counts};
use crate::domain::rate::Hundredths;
use crate::domain::tally::{By, Group};
use crate::domain::year_rates::YearRates;
use crate::report::audience::{Audience, mask};
use crate::report::table::{Datum, Report, Row, Table};

/// Rates and goals.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rates {
    /// The poverty standard under which classes are meant: `ND07-2021`.
    pub standard: String,
    /// The day of whose communes the rows are, with `--units`; null for those that the lists name.
    pub units: Option<String>,
    /// The district first, then what `--by` asked for.
    pub rows: Vec<RateRow>,
    /// The goals of the programme.
    pub goals: Vec<Goal>,
    /// The series over the years, with `--history`; null without.
    pub history: Option<Vec<HistoryRow>>,
    /// The rates that the province published for the year, where the programme file has them.
    pub province: Option<Province>,
}

/// What the province published for a year.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Province {
    /// The poor, in percent.
    pub poor_percent: Option<String>,
    /// The near-poor, in percent.
    pub near_poor_percent: Option<String>,
    /// Where it stands.
    pub source: Option<String>,
}

/// What stands beside the sums of a year.
#[derive(Debug, Default)]
pub struct Beside<'a> {
    /// Who published the figures of years without a survey; with `--history`.
    pub history: Option<&'a BTreeMap<i16, String>>,
    /// The planned fall of each goal, and how much of it the year kept, in percent.
    pub plans: Vec<Option<(PlannedFall, Option<Hundredths>)>>,
    /// The province's rates.
    pub province: Option<Province>,
    /// Of a year without a survey: the numbers that were published.
    pub published: Option<Counts>,
}

/// A year of the series.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HistoryRow {
    /// The year.
    pub year: i16,
    /// poor or near_poor.
    pub measure: &'static str,
    /// The poverty standard.
    pub standard: String,
    /// Households, where they are counted.
    pub households: Option<u64>,
    /// The rate in percent, as counted or as published.
    pub percent: Option<String>,
    /// Who published it; null where a survey was counted.
    pub source: Option<String>,
}

/// The rates of an area or a group.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RateRow {
    /// district, commune, village, ethnicity, minority, sex or no_labour.
    pub by: &'static str,
    /// The commune.
    pub commune: Option<String>,
    /// The village.
    pub village: Option<String>,
    /// The value of the group.
    pub group: Option<String>,
    /// All resident households; null where nobody counted them.
    pub households: Option<u64>,
    /// All resident persons; null where nobody counted them.
    pub persons: Option<u64>,
    /// Poor households; null where hidden from the audience.
    pub poor: Option<u64>,
    /// Near-poor households.
    pub near_poor: Option<u64>,
    /// Persons in poor households.
    pub poor_persons: Option<u64>,
    /// Persons in near-poor households.
    pub near_poor_persons: Option<u64>,
    /// Poor households of all, in percent.
    pub poor_percent: Option<String>,
    /// Near-poor households of all, in percent.
    pub near_poor_percent: Option<String>,
    /// Persons in poor households of all persons, in percent.
    pub poor_persons_percent: Option<String>,
    /// Persons in near-poor households of all persons, in percent.
    pub near_poor_persons_percent: Option<String>,
    /// Poor and near-poor households of all, in percent, from the counts.
    pub both_percent: Option<String>,
    /// The change on the year before, where it is known and the standard is the same.
    pub change: Option<Change>,
}

/// Differences of printed rates, in percentage points.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Change {
    /// The year compared with.
    pub from: Option<i16>,
    /// Of the poor.
    pub poor_points: Option<String>,
    /// Of the near-poor.
    pub near_poor_points: Option<String>,
    /// Of both.
    pub both_points: Option<String>,
}

/// A goal and how far it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Goal {
    /// poor or near_poor.
    pub measure: &'static str,
    /// The year by whose end it is to be reached.
    pub year: i16,
    /// The limit, in percent, as the resolution writes it.
    pub limit_percent: String,
    /// at_most or below.
    pub comparison: &'static str,
    /// reached, on_pace, behind, no_data or not_comparable.
    pub verdict: &'static str,
    /// Whether the counts satisfy the limit.
    pub reached: Option<bool>,
    /// Percentage points above the limit.
    pub gap_points: Option<String>,
    /// The least number of households that must leave the class.
    pub gap_households: Option<u64>,
    /// Years left.
    pub years_left: i64,
    /// Points a year that are needed.
    pub pace_needed_points: Option<String>,
    /// Households a year that are needed.
    pub pace_needed_households: Option<u64>,
    /// Points a year so far.
    pub pace_so_far_points: Option<String>,
    /// The rate in the goal's year if the pace so far went on.
    pub projected_percent: Option<String>,
    /// The fall a year that is planned for this goal, in points: the lower end; null where the programme file plans none.
    pub planned_least_points: Option<String>,
    /// The upper end.
    pub planned_most_points: Option<String>,
    /// The fall of the year in percent of the upper end.
    pub plan_kept_percent: Option<String>,
}

impl Rates {
    /// The shape of a result for an audience, with the series where sources are given. What the public must not see is
    /// told by the tables that are shown beside it.
    #[must_use]
    pub fn new(result: &YearRates, beside: Beside<'_>, audience: Audience, tables: &[Table]) -> Self {
        let mut rows: Vec<RateRow> = result.rows.iter().map(|row| RateRow::new(row, result.before)).collect();
        if rows.is_empty() {
            rows.push(RateRow::published(result, &beside.published.unwrap_or_default()));
        }
        let mut rates = Self {
            standard: result.standard.id().to_owned(),
            units: result.units.map(|day| day.to_string()),
            rows,
            goals: result.goals.iter().map(Goal::new).collect(),
            history: beside.history.map(|sources| series(result, sources)),
            province: beside.province,
        };
        for (goal, plan) in rates.goals.iter_mut().zip(beside.plans) {
            let Some((plan, kept)) = plan else { continue };
            goal.planned_least_points = Some(plan.low.to_string());
            goal.planned_most_points = Some(plan.high.to_string());
            goal.plan_kept_percent = text(kept);
        }
        if audience == Audience::Public {
            hide(&mut rates, tables);
        }
        rates
    }
}

/// The series over the years.
fn series(result: &YearRates, sources: &BTreeMap<i16, String>) -> Vec<HistoryRow> {
    let row = |(measure, point): &(Measure, Point)| HistoryRow {
        year: point.year,
        measure: measure.word(),
        standard: point.standard.id().to_owned(),
        households: point.known.households(),
        percent: text(point.known.percent()),
        source: sources.get(&point.year).cloned(),
    };
    result.series.iter().map(row).collect()
}

/// Takes out what the public must not see, by the tables that people see: they are masked together, and what is hidden
/// there becomes null here.
fn hide(rates: &mut Rates, tables: &[Table]) {
    let masked = mask(Report { tables: tables.to_vec(), ..Report::default() }, Audience::Public);
    let of = |key: &'static str| masked.tables.iter().filter(move |table| table.key == key);
    let district = of("rates").find_map(|table| Some((table, table.rows.iter().find(|row| is_district(row))?)));
    for (row, (table, shown)) in rates.rows.iter_mut().filter(|row| row.by == By::District.word()).zip(district) {
        row.hide(table, shown);
    }
    let others = rates.rows.iter_mut().filter(|row| row.by != By::District.word());
    let shown = of("rates").flat_map(|table| table.rows.iter().filter(|row| !is_district(row)).map(move |row| (table, row)));
    others.zip(shown).for_each(|(row, (table, shown))| row.hide(table, shown));
    for (goal, (table, shown)) in
        rates.goals.iter_mut().zip(of("goals").flat_map(|table| table.rows.iter().map(move |row| (table, row))))
    {
        if hidden(table, shown, "now_percent") || hidden(table, shown, "gap_points") {
            goal.reached = None;
            goal.gap_points = None;
            goal.gap_households = None;
            goal.pace_needed_points = None;
            goal.pace_needed_households = None;
            goal.pace_so_far_points = None;
            goal.projected_percent = None;
            goal.plan_kept_percent = None;
        }
    }
    for (table, shown) in of("series").flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
        let year = shown.cells.first();
        for row in rates.history.iter_mut().flatten().filter(|row| year == Some(&Datum::display(row.year))) {
            if hidden(table, shown, row.measure) {
                row.households = None;
                row.percent = None;
            }
        }
    }
}

/// Whether a cell is hidden, or its column is not there.
fn hidden(table: &Table, row: &Row, key: &str) -> bool {
    let column = table.columns.iter().position(|column| column.key == key);
    column.is_none_or(|column| row.cells.get(column) == Some(&Datum::Hidden))
}

fn is_district(row: &Row) -> bool {
    row.ties().about.as_deref() == Some(By::District.word())
}

fn text(value: Option<Hundredths>) -> Option<String> {
    value.map(|value| value.to_string())
}

impl RateRow {
    fn hide(&mut self, table: &Table, shown: &Row) {
        let hidden = |key: &str| hidden(table, shown, key);
        let counts = [
            ("households", &mut self.households),
            ("persons", &mut self.persons),
            ("poor", &mut self.poor),
            ("near_poor", &mut self.near_poor),
            ("poor_persons", &mut self.poor_persons),
            ("near_poor_persons", &mut self.near_poor_persons),
        ];
        counts.into_iter().filter(|(key, _)| hidden(key)).for_each(|(_, value)| *value = None);
        let percents = [
            ("poor_percent", &mut self.poor_percent),
            ("near_poor_percent", &mut self.near_poor_percent),
            ("poor_persons_percent", &mut self.poor_persons_percent),
            ("near_poor_persons_percent", &mut self.near_poor_persons_percent),
            ("both_percent", &mut self.both_percent),
        ];
        percents.into_iter().filter(|(key, _)| hidden(key)).for_each(|(_, value)| *value = None);
        if hidden("poor_points") || hidden("near_poor_points") {
            self.change = None;
        }
    }

    /// The district of a year of which only published figures are known.
    fn published(result: &YearRates, counts: &Counts) -> Self {
        let of = |measure, year| result.series.iter().find(|(of, point)| *of == measure && point.year == year);
        let percent = |measure| of(measure, result.year)?.1.known.percent();
        let points = |measure| {
            let (now, before) = (of(measure, result.year)?.1, of(measure, result.year - 1)?.1);
            now.known.percent()?.minus(before.known.percent()?).filter(|_| now.standard == before.standard)
        };
        let [poor_points, near_poor_points] = [Measure::Poor, Measure::NearPoor].map(points);
        let change = Change {
            from: Some(result.year - 1),
            poor_points: text(poor_points),
            near_poor_points: text(near_poor_points),
            both_points: None,
        };
        Self {
            by: By::District.word(),
            commune: None,
            village: None,
            group: None,
            households: counts.households,
            persons: counts.persons,
            poor: counts.poor,
            near_poor: counts.near_poor,
            poor_persons: None,
            near_poor_persons: None,
            poor_percent: text(percent(Measure::Poor)),
            near_poor_percent: text(percent(Measure::NearPoor)),
            poor_persons_percent: None,
            near_poor_persons_percent: None,
            both_percent: text(counts.percents().both),
            change: Some(change).filter(|change| change.poor_points.is_some() || change.near_poor_points.is_some()),
        }
    }

    fn new(row: &poverty::RateRow, before: Option<i16>) -> Self {
        let (counts, percents, of_persons) = (&row.counts, row.counts.percents(), row.counts.person_percents());
        Self {
            by: row.by.word(),
            commune: row.commune.as_ref().map(|commune| commune.name().to_owned()),
            village: row.village.as_ref().map(ToString::to_string),
            group: row.group.map(|group| group_word(group).to_owned()),
            households: counts.households,
            persons: counts.persons,
            poor: counts.poor,
            near_poor: counts.near_poor,
            poor_persons: counts.poor_persons,
            near_poor_persons: counts.near_poor_persons,
            poor_percent: text(percents.poor),
            near_poor_percent: text(percents.near_poor),
            poor_persons_percent: text(of_persons.poor),
            near_poor_persons_percent: text(of_persons.near_poor),
            both_percent: text(percents.both),
            change: row.change.map(|change| Change {
                from: before,
                poor_points: text(change.poor_points),
                near_poor_points: text(change.near_poor_points),
                both_points: text(change.both_points),
            }),
        }
    }
}

/// The English word of a group; peoples keep their names.
fn group_word(group: Group) -> &'static str {
    match group {
        Group::People(Some(people)) => people.name(),
        Group::Minority(Some(true)) => "minority",
        Group::Minority(Some(false)) => "kinh",
        Group::Sex(Some(Sex::Male)) => "male",
        Group::Sex(Some(Sex::Female)) => "female",
        Group::NoLabour(Some(true)) => "no_labour",
        Group::NoLabour(Some(false)) => "labour",
        Group::OldAlone(Some(true)) => "old_alone",
        Group::OldAlone(Some(false)) => "other",
        Group::People(None) | Group::Minority(None) | Group::Sex(None) | Group::NoLabour(None) | Group::OldAlone(None) => {
            "unknown"
        }
    }
}

impl Goal {
    fn new(progress: &Progress) -> Self {
        let limit = progress.goal.limit.to_string();
        Self {
            measure: progress.goal.measure.word(),
            year: progress.goal.year,
            limit_percent: limit.trim_end_matches('0').trim_end_matches('.').to_owned(),
            comparison: progress.goal.comparison.word(),
            verdict: progress.verdict.word(),
            reached: progress.reached,
            gap_points: text(progress.gap_points),
            gap_households: progress.gap_households,
            years_left: i64::from(progress.years_left),
            pace_needed_points: text(progress.pace_needed_points),
            pace_needed_households: progress.pace_needed_households,
            pace_so_far_points: text(progress.pace_so_far_points),
            projected_percent: text(progress.projected),
            planned_least_points: None,
            planned_most_points: None,
            plan_kept_percent: None,
        }
    }
}
