//! The sheets of the yearly report that bring several results together: the overview, the series over the years, the
//! groups, the assignment by cell, and the sources.

use std::collections::BTreeMap;

use super::{coverage, heading, number};
use crate::domain::coverage::CoverageSums;
use crate::domain::goals::{Measure, Point};
use crate::domain::plan::{Basis, DistrictPlan};
use crate::domain::pledges::PledgeSums;
use crate::domain::rate::Hundredths;
use crate::domain::tally::By;
use crate::domain::year_rates::YearRates;
use crate::report::json::Input;
use crate::report::table::{Chart, Column, Datum, Row, Sensitivity, Table};
use crate::report::views::pledges::Told;
use crate::report::wording::Words;

/// What the overview is made of; a part that was not computed is `None` and its lines are left out.
#[derive(Clone, Copy)]
pub struct Parts<'a> {
    /// Rates and goals.
    pub rates: Option<&'a YearRates>,
    /// The assignment.
    pub plan: Option<&'a DistrictPlan>,
    /// Pledges and deliveries.
    pub pledges: Option<(&'a PledgeSums<'a>, Told)>,
    /// How far support reaches the poor and near-poor.
    pub coverage: Option<&'a CoverageSums<'a>>,
    /// Rows with errors, which are not counted.
    pub rejected: u64,
    /// Errors and warnings.
    pub issues: (u64, u64),
}

/// The headline figures, a line each.
#[must_use]
pub fn overview(parts: Parts<'_>, words: &Words) -> Table {
    let columns = vec![
        Column::new("what", heading(words, "what")).wide(46),
        Column::new("value", heading(words, "value")).number().wide(18),
        Column::new("percent", heading(words, "percent")).number().wide(12),
        Column::new("change", heading(words, "difference_points")).number().wide(18),
    ];
    let mut table = Table::new("overview", words.say("title", "overview"), columns);
    let mut line = |key: &'static str, value: Datum, percent: Datum, change: Datum| {
        let row = Row::body(vec![Datum::text(words.say("line", key)), value, percent, change]);
        table.rows.push(of_line(row, key));
    };
    // A line without a share or a change is blank there: it is not that somebody failed to count it.
    let none = || Datum::text("");
    if let Some(row) = parts.rates.and_then(|rates| rates.rows.first()) {
        let (counts, percents) = (row.counts, row.counts.percents());
        let points = |value: Option<Hundredths>| value.map_or(Datum::Missing, Datum::Points);
        line("households", Datum::count(counts.households), none(), none());
        line("persons", Datum::count(counts.persons), none(), none());
        line(
            "poor",
            Datum::count(counts.poor),
            Datum::percent(percents.poor),
            points(row.change.and_then(|change| change.poor_points)),
        );
        line(
            "near_poor",
            Datum::count(counts.near_poor),
            Datum::percent(percents.near_poor),
            points(row.change.and_then(|change| change.near_poor_points)),
        );
        let both = counts.poor.zip(counts.near_poor).and_then(|(poor, near)| poor.checked_add(near));
        line("both", Datum::count(both), Datum::percent(percents.both), points(row.change.and_then(|change| change.both_points)));
    }
    for measure in Measure::ALL {
        table.rows.extend(parts.rates.into_iter().flat_map(|rates| goals(rates, measure, words)));
    }
    let mut line = |key: &'static str, value: Datum, percent: Datum, change: Datum| {
        let row = Row::body(vec![Datum::text(words.say("line", key)), value, percent, change]);
        table.rows.push(of_line(row, key));
    };
    if let Some((sums, told)) = parts.pledges {
        let total = &sums.total;
        let share = |part: u64| Datum::percent(crate::domain::rate::Share { part, whole: Some(total.eligible) }.percent());
        line("members", Datum::count(Some(total.members)), none(), none());
        line("eligible", Datum::count(Some(total.eligible)), none(), none());
        if told.pledged {
            line("taking_part", Datum::count(Some(total.taking_part)), share(total.taking_part), none());
            line("meeting_minimum", Datum::count(Some(total.meeting_minimum)), share(total.meeting_minimum), none());
            line("pledged_salary_days", Datum::Days(total.pledged.salary_days), none(), none());
            line("pledged_labour_days", Datum::Days(total.pledged.labour_days), none(), none());
            line("pledged_seedlings", Datum::count(Some(total.pledged.seedlings)), none(), none());
        }
        if told.delivered {
            line("delivered_salary_days", Datum::Days(total.delivered.salary_days), none(), none());
            line("delivered_labour_days", Datum::Days(total.delivered.labour_days), none(), none());
            line("delivered_seedlings", Datum::count(Some(total.delivered.seedlings)), none(), none());
        }
    }
    if let Some(plan) = parts.plan {
        let sum = |of: fn(&crate::domain::plan::CommunePlan) -> usize| number(plan.communes.iter().map(of).sum());
        line(
            "assigned_households",
            sum(|commune| commune.problem.households.len() - commune.assignment.uncovered.len()),
            none(),
            none(),
        );
        line("uncovered_households", sum(|commune| commune.assignment.uncovered.len()), none(), none());
        line("assigned_members", sum(|commune| commune.problem.members.len() - commune.assignment.idle.len()), none(), none());
        line("idle_members", sum(|commune| commune.assignment.idle.len()), none(), none());
    }
    if let Some(sums) = parts.coverage {
        coverage::lines(sums, &mut table, words);
    }
    let mut line = |key: &'static str, value: Datum, percent: Datum, change: Datum| {
        let row = Row::body(vec![Datum::text(words.say("line", key)), value, percent, change]);
        table.rows.push(of_line(row, key));
    };
    line("rejected", Datum::count(Some(parts.rejected)), none(), none());
    line("errors", Datum::count(Some(parts.issues.0)), none(), none());
    line("warnings", Datum::count(Some(parts.issues.1)), none(), none());
    table.shows = vec!["series", "rates"];
    let district = |key| (By::District.word().to_owned(), key);
    table.links.push(["both", "helped", "uncovered"].map(district).to_vec());
    if let Some(rates) = parts.rates {
        table.notes.push(words.say("note", "difference").to_owned());
        table.notes.push(words.fill_in("note", "standard", &[("standard", words.say("standard", rates.standard.id()))]));
    }
    table
}

/// The goals of one measure: how far each is, the pace that it needs, and the pace so far.
fn goals(rates: &YearRates, measure: Measure, words: &Words) -> Vec<Row> {
    let (key, share) = match measure {
        Measure::Poor => ("poor", "poor_percent"),
        Measure::NearPoor => ("near_poor", "near_poor_percent"),
    };
    let district = By::District.word();
    let line = |what: String, households: Datum, points: Option<Hundredths>| {
        let points = points.map_or(Datum::Missing, Datum::Decimal);
        let row = Row::body(vec![Datum::text(what), households, Datum::text(""), points]);
        row.of_households().follows(district, key).follows(district, share)
    };
    let name = words.say("measure", measure.word());
    let mut lines = Vec::new();
    for progress in rates.goals.iter().filter(|progress| progress.goal.measure == measure) {
        let (year, limit) = (progress.goal.year.to_string(), super::rates::limit(progress, words));
        let verdict = words.say("verdict", progress.verdict.word()).to_lowercase();
        let all = [("measure", name), ("year", &*year), ("limit", &*limit), ("verdict", &*verdict)];
        let gap = Datum::count(progress.gap_households);
        lines.push(line(words.fill_in("line", "goal", &all), gap, progress.gap_points));
        if progress.reached == Some(false) && progress.years_left > 0 {
            let needed = Datum::count(progress.pace_needed_households);
            lines.push(line(words.fill_in("line", "pace_needed", &all), needed, progress.pace_needed_points));
        }
    }
    let so_far =
        rates.goals.iter().filter(|progress| progress.goal.measure == measure).find_map(|progress| progress.pace_so_far_points);
    let said = |pace| line(words.fill_in("line", "pace_so_far", &[("measure", name)]), Datum::text(""), Some(pace));
    lines.extend(so_far.map(said));
    lines
}

/// The figures of a line that other tables show too.
fn of_line(row: Row, line: &'static str) -> Row {
    let district = By::District.word();
    match line {
        "households" | "persons" => row.same(1, district, line),
        "poor" => row.same(1, district, "poor").same(2, district, "poor_percent").same(3, district, "poor_points"),
        "near_poor" => {
            row.same(1, district, "near_poor").same(2, district, "near_poor_percent").same(3, district, "near_poor_points")
        }
        "both" => {
            let row = row.same(1, district, "both").same(2, district, "both_percent");
            row.follows(district, "both").follows(district, "poor_points").follows(district, "near_poor_points")
        }
        "assigned_households" => row.same(1, district, "helped").of_households(),
        "uncovered_households" => row.same(1, district, "uncovered").of_households(),
        _ => row,
    }
}

/// Both rates over the years, with goal points and a break where the poverty standard changes.
#[must_use]
pub fn series(rates: &YearRates, sources: &BTreeMap<i16, String>, words: &Words) -> Table {
    let small = |key| Column::new(key, heading(words, key)).number().telling(Sensitivity::SmallCount);
    let columns = vec![
        Column::new("year", heading(words, "year")).centred().wide(8),
        small("poor"),
        small("poor_percent").from(&["poor"]),
        small("near_poor"),
        small("near_poor_percent").from(&["near_poor"]),
        Column::new("standard", heading(words, "standard")).wide(20),
        Column::new("source", heading(words, "source")).wide(40),
    ];
    let mut table = Table::new("series", words.say("title", "series"), columns);
    let mut years: BTreeMap<i16, [Option<Point>; 2]> = BTreeMap::new();
    for (measure, point) in &rates.series {
        years.entry(point.year).or_default()[usize::from(*measure == Measure::NearPoor)] = Some(*point);
    }
    let mut breaks = Vec::new();
    let mut standard = None;
    for (index, (year, points)) in years.iter().enumerate() {
        let now = points.iter().flatten().next().map(|point| point.standard);
        if index > 0 && standard.is_some() && now != standard {
            breaks.push(index);
        }
        standard = now;
        let count = |point: Option<Point>| Datum::count(point.and_then(|point| point.known.households()));
        let percent = |point: Option<Point>| Datum::percent(point.and_then(|point| point.known.percent()));
        let cells = vec![
            Datum::display(year),
            count(points[0]),
            percent(points[0]),
            count(points[1]),
            percent(points[1]),
            Datum::maybe_text(now.map(|standard| words.say("standard", standard.id()))),
            Datum::text(sources.get(year).map_or(words.say("answer", "survey"), String::as_str)),
        ];
        table.rows.push(of_district(Row::body(cells), *year, rates));
    }
    let goals = rates
        .goals
        .iter()
        .map(|progress| {
            let name = format!("{} {}", words.say("measure", progress.goal.measure.word()), progress.goal.year);
            (name, progress.goal.year.to_string(), progress.goal.limit)
        })
        .collect();
    table.charts.push(Chart::Line {
        title: words.say("title", "series").to_owned(),
        label: 0,
        values: vec![2, 4],
        breaks,
        goals,
    });
    table
}

/// The figures of the series that other tables show too.
fn of_district(row: Row, year: i16, rates: &YearRates) -> Row {
    let district = By::District.word();
    if year == rates.year {
        let row = row.same(1, district, "poor").same(2, district, "poor_percent");
        return row.same(3, district, "near_poor").same(4, district, "near_poor_percent");
    }
    if Some(year) == rates.before { row.same(1, district, "poor_before").same(3, district, "near_poor_before") } else { row }
}

/// All groups in one table: minority, sex of the head, labour, old and alone, peoples.
#[must_use]
pub fn groups(rates: &YearRates, words: &Words) -> Table {
    let order = [By::Minority, By::Sex, By::NoLabour, By::OldAlone, By::Ethnicity];
    let mut parts = order.into_iter().map(|by| (by, super::rates::by(rates, by, words)));
    let Some((first, table)) = parts.next() else { return Table::new("groups", words.say("title", "by_group"), Vec::new()) };
    let mut whole = Table { key: "groups", rows: Vec::new(), ..table.clone() };
    whole.columns.insert(0, Column::new("by", heading(words, "grouping")).wide(24));
    for (by, table) in std::iter::once((first, table)).chain(parts) {
        for row in table.rows.into_iter().filter(|row| row.kind == crate::report::table::RowKind::Body) {
            let mut cells = vec![Datum::text(words.say("by", by.word()))];
            cells.extend(row.cells.iter().cloned());
            whole.rows.push(Row { cells, ..row });
        }
    }
    if let Some(column) = whole.columns.get_mut(1) {
        column.heading = heading(words, "group").to_owned();
    }
    whole
}

/// Helpers and households by organisation and cell.
#[must_use]
pub fn by_cell(plan: &DistrictPlan, basis: &Basis<'_>, words: &Words) -> Table {
    // A cell helps a few households only, and the cells of a commune add up to its households.
    let few = |key| Column::new(key, heading(words, key)).number().telling(Sensitivity::Named);
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(20),
        Column::new("organisation", heading(words, "organisation")).wide(34),
        Column::new("cell", heading(words, "cell")).wide(26),
        Column::new("members", heading(words, "helpers")).number(),
        few("pairs"),
        few("poor"),
        few("near_poor"),
    ];
    let mut table = Table::new("by_cell", words.say("title", "by_cell"), columns);
    let mut whole = [0; 4];
    for commune in &plan.communes {
        let mut cells: BTreeMap<(&crate::domain::organisation::Organisation, &str), [usize; 4]> = BTreeMap::new();
        let key = |member: usize| {
            let member = &basis.members[commune.problem.members[member]];
            (&member.organisation, member.cell.as_ref().map_or("", |cell| &cell.name))
        };
        for member in 0..commune.problem.members.len() {
            cells.entry(key(member)).or_default()[0] += 1;
        }
        for pair in &commune.assignment.pairs {
            let sums = cells.entry(key(pair.member)).or_default();
            let poor =
                basis.households[commune.problem.households[pair.household]].class == crate::domain::household::Class::Poor;
            sums[1] += 1;
            sums[if poor { 2 } else { 3 }] += 1;
        }
        for ((organisation, cell), sums) in cells {
            let mut row = vec![Datum::text(commune.problem.commune.name()), Datum::text(organisation.name()), Datum::text(cell)];
            row.extend(sums.map(number));
            table.rows.push(Row::body(row));
            for (all, sum) in whole.iter_mut().zip(sums) {
                *all += sum;
            }
        }
    }
    if !table.rows.is_empty() {
        let mut row = vec![Datum::text(words.say("general", "total")), Datum::nothing(), Datum::nothing()];
        row.extend(whole.map(number));
        table.rows.push(Row::total(row));
    }
    table
}

/// Every file and sheet with its hash and rows, so that each number can be traced.
#[must_use]
pub fn sources(inputs: &[Input], options: &[(String, String)], words: &Words) -> Vec<Table> {
    // The rows of a list of the poor are the poor of its commune, or of the village that its sheet is of.
    let rows = |key| Column::new(key, heading(words, key)).number().telling(Sensitivity::Named);
    let columns = vec![
        Column::new("file", heading(words, "file")).wide(40),
        Column::new("sheet", heading(words, "sheet")).wide(22),
        Column::new("kind", heading(words, "kind")),
        rows("read"),
        rows("used"),
        rows("rejected"),
        rows("skipped"),
        Column::new("sha256", heading(words, "sha256")).wide(66),
    ];
    let mut table = Table::new("sources", words.say("title", "sources"), columns);
    for input in inputs {
        for sheet in &input.sheets {
            table.rows.push(Row::body(vec![
                Datum::text(&*input.file),
                Datum::text(&*sheet.sheet),
                Datum::maybe_text(sheet.kind.as_ref().map(|kind| words.say("kind", kind).to_owned())),
                Datum::count(Some(sheet.read)),
                Datum::count(Some(sheet.used)),
                Datum::count(Some(sheet.rejected)),
                Datum::count(Some(sheet.skipped)),
                Datum::maybe_text(input.sha256.clone()),
            ]));
        }
    }
    let columns = vec![
        Column::new("option", heading(words, "option")).wide(30),
        Column::new("value", heading(words, "setting")).telling(Sensitivity::Open).wide(60),
    ];
    let mut settings = Table::new("options", words.say("title", "options"), columns);
    settings.rows = options.iter().map(|(name, value)| Row::body(vec![Datum::text(&**name), Datum::text(&**value)])).collect();
    vec![table, settings]
}
