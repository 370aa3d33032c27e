//! Rates and goals as tables.

use super::{heading, units_note};
use crate::domain::goals::{Comparison, Measure, PlannedFall, Progress};
use crate::domain::household::Sex;
use crate::domain::place::CommuneRef;
use crate::domain::poverty::RateRow;
use crate::domain::rate::Hundredths;
use crate::domain::tally::{By, Group};
use crate::domain::year_rates::YearRates;
use crate::report::table::{Chart, Column, Datum, Limit, Row, RowKind, Sensitivity, Sum, Table};
use crate::report::wording::Words;

/// How many columns at the end tell changes.
const CHANGES: usize = 2;

/// The rows of one grouping, with the district's row as the sum.
#[must_use]
pub fn by(result: &YearRates, by: By, words: &Words) -> Table {
    let mut names = Vec::new();
    match by {
        By::District => names.push(Column::new("area", heading(words, "area"))),
        By::Commune => names.push(Column::new("commune", heading(words, "commune")).wide(20)),
        By::Village => {
            names.push(Column::new("commune", heading(words, "commune")).wide(20));
            names.push(Column::new("village", heading(words, "village")).wide(24));
        }
        By::Ethnicity | By::Minority | By::Sex | By::NoLabour | By::OldAlone => {
            names.push(Column::new("group", words.say("by", by.word())).wide(28));
        }
    }
    let width = names.len();
    names.extend(count_columns(words));
    let mut table = Table::new("rates", words.say("title", title(by)), names);
    for row in result.rows.iter().filter(|row| row.by == by || row.by == By::District) {
        let district = row.by == By::District;
        let mut cells = if district { vec![Datum::text(words.say("column", "district"))] } else { name_cells(row, words) };
        cells.resize(width, Datum::Missing);
        cells.extend(count_cells(row));
        table.rows.push(named(if district && by != By::District { Row::total(cells) } else { Row::body(cells) }, row, words));
    }
    // Without a year before there is nothing to say about changes, and no column for it.
    if result.before.is_none() {
        let kept = table.columns.len() - CHANGES;
        table.columns.truncate(kept);
        table.rows.iter_mut().for_each(|row| row.cells.truncate(kept));
    }
    add_unseen(&mut table, result, by);
    // The sum stands below what it sums.
    table.rows.sort_by_key(|row| row.kind == RowKind::Total);
    if by == By::Commune {
        table.charts.push(bars(result, &table, words));
    }
    table.notes.push(words.fill_in("note", "standard", &[("standard", words.say("standard", result.standard.id()))]));
    table.notes.extend(units_note(result.units, words));
    if let Some(unknown) = unknown_denominators(result, words) {
        table.notes.push(unknown);
    }
    table
}

/// The villages of one commune, with the commune's row as the sum. The year must have its rows by commune and by village.
#[must_use]
pub fn villages_of(result: &YearRates, commune: &CommuneRef, words: &Words) -> Table {
    let own = result.rows.iter().filter(|row| row.commune.as_ref() == Some(commune));
    let rows = own.filter_map(|row| match row.by {
        By::Village => Some(row.clone()),
        By::Commune => Some(RateRow { by: By::District, ..row.clone() }),
        By::District | By::Ethnicity | By::Minority | By::Sex | By::NoLabour | By::OldAlone => None,
    });
    let mut table = by(&YearRates { rows: rows.collect(), goals: Vec::new(), series: Vec::new(), ..*result }, By::Village, words);
    for row in table.rows.iter_mut().filter(|row| row.kind == RowKind::Total) {
        row.cells[0] = Datum::text(words.say("general", "total"));
    }
    table
}

/// The key of the title of a grouping.
fn title(by: By) -> &'static str {
    match by {
        By::District => "rates",
        By::Commune => "by_commune",
        By::Village => "by_village",
        By::Ethnicity | By::Minority | By::Sex | By::NoLabour | By::OldAlone => "by_group",
    }
}

fn count_columns(words: &Words) -> Vec<Column> {
    let small = |key| Column::new(key, heading(words, key)).number().telling(Sensitivity::SmallCount);
    vec![
        small("households"),
        small("persons").from(&["households"]).aside(),
        small("poor"),
        small("near_poor"),
        small("poor_persons").from(&["poor"]).aside(),
        small("near_poor_persons").from(&["near_poor"]).aside(),
        small("poor_percent").from(&["poor", "households"]),
        small("near_poor_percent").from(&["near_poor", "households"]),
        small("both_percent").from(&["poor", "near_poor", "households"]).aside(),
        small("poor_persons_percent").from(&["poor_persons", "persons"]).aside(),
        small("near_poor_persons_percent").from(&["near_poor_persons", "persons"]).aside(),
        small("poor_points").from(&["poor", "households", "poor_before", "households_before"]),
        small("near_poor_points").from(&["near_poor", "households", "near_poor_before", "households_before"]),
    ]
}

/// Figures that a reader can compute though no column shows them: both classes together, and the year before.
fn add_unseen(table: &mut Table, result: &YearRates, by: By) {
    let rows: Vec<&RateRow> = result.rows.iter().filter(|row| row.by == by || row.by == By::District).collect();
    let keys = ["both", "households_before", "poor_before", "near_poor_before"];
    // Read in the order of `result`, before the sum is moved below.
    for (row, of) in table.rows.iter_mut().zip(rows) {
        let both = of.counts.poor.zip(of.counts.near_poor).and_then(|(poor, near)| poor.checked_add(near));
        let before = of.before.unwrap_or_default();
        row.cells.extend([both, before.households, before.poor, before.near_poor].map(Datum::count));
    }
    table.columns.extend(keys.map(|key| Column::new(key, key).number().telling(Sensitivity::Unseen)));
    table.sums.push(Sum { whole: "both", plus: vec!["poor", "near_poor"], minus: Vec::new() });
}

/// The row with what it is about and what it is a part of, so that masking knows which figures a reader can subtract.
fn named(row: Row, of: &RateRow, words: &Words) -> Row {
    let district = By::District.word();
    let commune = of.commune.as_ref().map(|commune| format!("{}:{}", By::Commune.word(), commune.name()));
    match (of.by, commune, of.group) {
        (By::Commune, Some(commune), _) => row.about(commune).part_of(district),
        (By::Village, Some(commune), _) => {
            let village = of.village.as_ref().map_or("", |village| village.folded());
            row.about(format!("{commune}/{village}")).part_of(commune)
        }
        (_, _, Some(group)) => named_group(row, group, words),
        (By::District, ..) => row.about(district),
        (_, _, None) => row,
    }
}

/// The peoples but Kinh are the parts of the minority; Kinh, and those not told, are the same households in both
/// groupings.
fn named_group(row: Row, group: Group, words: &Words) -> Row {
    let about = |group: Group| format!("{}:{}", group.by().word(), group_name(group, words));
    let minority = |known: Option<bool>| about(Group::Minority(known));
    match group {
        Group::People(Some(people)) if people.is_minority() => row.about(about(group)).part_of(minority(Some(true))),
        Group::People(people) => row.about(minority(people.map(|_| false))),
        Group::Minority(_) | Group::Sex(_) | Group::NoLabour(_) | Group::OldAlone(_) => {
            row.about(about(group)).part_of(By::District.word())
        }
    }
}

fn count_cells(row: &RateRow) -> Vec<Datum> {
    let (counts, percents, of_persons) = (&row.counts, row.counts.percents(), row.counts.person_percents());
    let points = |value: Option<Hundredths>| value.map_or(Datum::Missing, Datum::Points);
    vec![
        Datum::count(counts.households),
        Datum::count(counts.persons),
        Datum::count(counts.poor),
        Datum::count(counts.near_poor),
        Datum::count(counts.poor_persons),
        Datum::count(counts.near_poor_persons),
        Datum::percent(percents.poor),
        Datum::percent(percents.near_poor),
        Datum::percent(percents.both),
        Datum::percent(of_persons.poor),
        Datum::percent(of_persons.near_poor),
        points(row.change.and_then(|change| change.poor_points)),
        points(row.change.and_then(|change| change.near_poor_points)),
    ]
}

fn name_cells(row: &RateRow, words: &Words) -> Vec<Datum> {
    let mut cells = Vec::new();
    if let Some(commune) = &row.commune {
        cells.push(Datum::text(commune.name()));
    }
    if row.by == By::Village {
        cells.push(Datum::text(row.village.as_ref().map_or(words.say("group", "unknown"), |village| village.name())));
    }
    if let Some(group) = row.group {
        cells.push(Datum::text(group_name(group, words)));
    }
    cells
}

/// What a group is called.
#[must_use]
pub fn group_name(group: Group, words: &Words) -> String {
    let say = |key: &'static str| words.say("group", key).to_owned();
    match group {
        Group::People(Some(people)) => people.name().to_owned(),
        Group::Minority(Some(true)) => say("minority"),
        Group::Minority(Some(false)) => say("kinh"),
        Group::Sex(Some(Sex::Male)) => say("male"),
        Group::Sex(Some(Sex::Female)) => say("female"),
        Group::NoLabour(Some(true)) => say("no_labour"),
        Group::NoLabour(Some(false)) => say("labour"),
        Group::OldAlone(Some(true)) => say("old_alone"),
        Group::OldAlone(Some(false)) => say("not_old_alone"),
        Group::People(None) | Group::Minority(None) | Group::Sex(None) | Group::NoLabour(None) | Group::OldAlone(None) => {
            say("unknown")
        }
    }
}

/// Bars of both rates by commune beside the nearest goal of each.
fn bars(result: &YearRates, table: &Table, words: &Words) -> Chart {
    let column = |key: &str| table.columns.iter().position(|column| column.key == key).unwrap_or_default();
    let mut goals = Vec::new();
    for measure in Measure::ALL {
        let next = result.goals.iter().filter(|progress| progress.goal.measure == measure && progress.goal.year >= result.year);
        if let Some(progress) = next.min_by_key(|progress| progress.goal.year) {
            goals.push(Limit {
                name: format!("{} {}", words.say("measure", measure.word()), progress.goal.year),
                value: progress.goal.limit,
                of: column(percent_key(measure)),
            });
        }
    }
    Chart::Bars {
        title: words.say("title", "by_commune").to_owned(),
        label: 0,
        values: vec![column("poor_percent"), column("near_poor_percent")],
        goals,
    }
}

/// The communes without a denominator, which have no rate.
fn unknown_denominators(result: &YearRates, words: &Words) -> Option<String> {
    let district = result.rows.first()?;
    if district.counts.households.is_some() {
        return None;
    }
    let communes = result.rows.iter().filter(|row| row.by == By::Commune && row.counts.households.is_none());
    let names: Vec<&str> = communes.filter_map(|row| row.commune.as_ref()).map(|commune| commune.name()).collect();
    let list = if names.is_empty() { words.say("column", "district").to_owned() } else { names.join(", ") };
    Some(words.fill_in("note", "no_denominator", &[("list", &list)]))
}

/// The goals with gap and pace.
#[must_use]
pub fn goals(result: &YearRates, words: &Words) -> Table {
    let of_now = |key| Column::new(key, heading(words, key)).number().from(&["now_percent"]);
    let columns = vec![
        Column::new("measure", heading(words, "measure")).wide(20),
        Column::new("year", heading(words, "year")).centred(),
        Column::new("limit_percent", heading(words, "limit")).wide(16),
        Column::new("now_percent", heading(words, "now")).number(),
        Column::new("verdict", heading(words, "verdict")).wide(16),
        of_now("gap_points").aside(),
        of_now("gap_households"),
        Column::new("years_left", heading(words, "years_left")).number().aside(),
        of_now("pace_needed_points"),
        of_now("pace_needed_households").aside(),
        of_now("pace_so_far_points"),
    ];
    let mut table = Table::new("goals", words.say("title", "goals"), columns);
    for progress in &result.goals {
        let now = result.percent(progress.goal.measure);
        let decimal = |value: Option<Hundredths>| value.map_or(Datum::Missing, Datum::Decimal);
        let cells = vec![
            Datum::text(words.say("measure", progress.goal.measure.word())),
            Datum::display(progress.goal.year),
            Datum::text(limit(progress, words)),
            Datum::percent(now),
            Datum::text(words.say("verdict", progress.verdict.word())),
            decimal(progress.gap_points),
            Datum::count(progress.gap_households),
            Datum::Count(i64::from(progress.years_left)),
            decimal(progress.pace_needed_points),
            Datum::count(progress.pace_needed_households),
            decimal(progress.pace_so_far_points),
        ];
        table.rows.push(Row::body(cells).same(3, By::District.word(), percent_key(progress.goal.measure)));
    }
    table
}

/// The key of the column with the rate of a measure.
fn percent_key(measure: Measure) -> &'static str {
    match measure {
        Measure::Poor => "poor_percent",
        Measure::NearPoor => "near_poor_percent",
    }
}

/// The goals with projection at the present pace, and how much of a planned fall the year kept.
#[must_use]
pub fn outlook(result: &YearRates, plans: &[Option<(PlannedFall, Option<Hundredths>)>], words: &Words) -> Table {
    let mut table = goals(result, words);
    table.columns.push(Column::new("projected_percent", heading(words, "projected")).number().from(&["now_percent"]));
    let planned = plans.iter().any(Option::is_some);
    if planned {
        table.columns.push(Column::new("planned_points", heading(words, "planned")).number());
        table.columns.push(Column::new("plan_kept_percent", heading(words, "plan_kept")).number().from(&["now_percent"]));
    }
    for (index, (row, progress)) in table.rows.iter_mut().zip(&result.goals).enumerate() {
        row.cells.push(Datum::percent(progress.projected));
        if planned {
            let plan = plans.get(index).copied().flatten();
            let range = plan.map(|(plan, _)| format!("{}–{}", words.decimal(plan.low), words.decimal(plan.high)));
            row.cells.push(range.map_or_else(Datum::nothing, Datum::text));
            row.cells.push(Datum::percent(plan.and_then(|(_, kept)| kept)));
        }
    }
    table
}

/// The limit of a goal in words: "còn dưới 12 %".
pub(super) fn limit(progress: &Progress, words: &Words) -> String {
    let percent = format!("{} %", shortest(&words.decimal(progress.goal.limit)));
    let key = match progress.goal.comparison {
        Comparison::AtMost => "at_most",
        Comparison::Below => "below",
    };
    words.fill_in("verdict", key, &[("limit", &percent)])
}

/// A decimal without the zeros that a resolution would not write: "20", "12,5".
fn shortest(decimal: &str) -> &str {
    decimal.trim_end_matches('0').trim_end_matches([',', '.'])
}
