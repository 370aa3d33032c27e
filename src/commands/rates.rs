//! `rates`: poverty rates and goals.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::{ByArg, RatesArgs};
use super::refused::Refused;
use super::show::{Shown, show};
use super::units::{homes, refused};
use super::world::{Steps, World};
use crate::domain::goals::{Measure, PlannedFall, Point};
use crate::domain::poverty::Counts;
use crate::domain::rate::Hundredths;
use crate::domain::tally::By;
use crate::domain::units::Units;
use crate::domain::year_rates::{In, YearOf, YearRates, published_year, year_rates};
use crate::ingest::{Counting, Kind};
use crate::report::json;
use crate::report::table::Report;
use crate::report::views;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When nothing can be read or counted.
pub fn run(args: &RatesArgs, world: &mut World<'_>) -> Result<Outcome> {
    let wanted = Wanted { earlier: true, counting: Counting::Households, ..Wanted::of(&[Kind::Households, Kind::Totals]) };
    let mut steps = Steps::start(args.output.verbose);
    let loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    steps.end("read", words, world);
    let mut by: Vec<By> = args.by.iter().copied().map(grouping).collect();
    if args.units.is_some() && by.is_empty() {
        by.push(By::Commune);
    }
    let result = compute(&loaded, &by, args.units.map(|units| units.0))?;
    steps.end("compute", words, world);
    let report = report(&result, &by, args.history, &loaded, words);
    let sources = sources(&loaded);
    let audience = super::world::audience(args.output.audience);
    let tables = report.tables.clone();
    let beside = || json::rates::Beside {
        history: args.history.then_some(&sources),
        plans: plans(&result, &loaded),
        province: province_rates(&loaded, result.year),
        published: published_counts(&loaded, result.year),
    };
    let document = || loaded.document("rates", json::rates::Rates::new(&result, beside(), audience, &tables));
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "rates" }, || report, document, world)?;
    let missed = result.goals.iter().any(|goal| goal.goal.year <= result.year && goal.reached != Some(true));
    Ok(if loaded.has_errors() || (args.require_goals && missed) { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Counts the year that was loaded, in the communes of its lists or in those of a day.
///
/// # Errors
/// When there is neither a household list nor a totals table, nothing tells the year, or it cannot be told in the
/// communes of the day.
pub fn compute(loaded: &Loaded, by: &[By], units: Option<Date>) -> Result<YearRates> {
    let year = loaded.year.ok_or_else(|| {
        // Where there is no list, its year is not what is missing.
        if loaded.data.surveys.is_empty() { loaded.lacks("no_list_no_totals") } else { Refused::new("no_year") }
    })?;
    let published: Vec<(Measure, Point)> = loaded
        .programme
        .years()
        .flat_map(|year| Measure::ALL.map(|measure| (measure, year)))
        .filter_map(|(measure, year)| Some((measure, loaded.programme.published(year, measure)?)))
        .collect();
    let Some(survey) = loaded.survey() else {
        if published.iter().any(|(_, point)| point.year == year) {
            return Ok(published_year(year, loaded.programme.standard(year), &published, &loaded.programme.goals()));
        }
        bail!(loaded.lacks("no_list_no_totals"));
    };
    let of = |year: i16, survey| YearOf { year, standard: loaded.programme.standard(year), survey };
    let earlier: Vec<YearOf<'_>> = loaded
        .data
        .surveys
        .iter()
        .filter_map(|(other, survey)| Some(of((*other)?, survey)))
        .filter(|other| other.year < year)
        .collect();
    let (mergers, homes) = (loaded.programme.mergers(), homes(loaded));
    let in_units = |day| Units { day, mergers: &mergers, homes: &homes };
    let own = || In::Own(in_units(loaded.programme.as_of(year).unwrap_or(Date::MAX)));
    let units = units.map_or_else(own, |day| In::Asked(in_units(day)));
    year_rates(of(year, survey), &earlier, &published, &loaded.programme.goals(), by, units).map_err(|why| refused(&why).into())
}

fn grouping(arg: ByArg) -> By {
    match arg {
        ByArg::District => By::District,
        ByArg::Commune => By::Commune,
        ByArg::Village => By::Village,
        ByArg::Ethnicity => By::Ethnicity,
        ByArg::Minority => By::Minority,
        ByArg::Sex => By::Sex,
        ByArg::NoLabour => By::NoLabour,
        ByArg::OldAlone => By::OldAlone,
    }
}

/// Who published the figures of years that have no survey.
#[must_use]
pub fn sources(loaded: &Loaded) -> BTreeMap<i16, String> {
    let programme = &loaded.programme;
    let published = programme.years().filter(|year| !loaded.data.surveys.contains_key(&Some(*year)));
    published.filter_map(|year| Some((year, programme.year(year)?.published.as_ref()?.source.clone()?))).collect()
}

/// The rates that the province published for a year, as a sentence under those of the district; `None` where the
/// programme file has none.
pub fn province(loaded: &Loaded, year: i16, words: &Words) -> Option<String> {
    let programme = &loaded.programme;
    let [poor, near_poor] = [Measure::Poor, Measure::NearPoor].map(|measure| programme.province(year, measure));
    if poor.is_none() && near_poor.is_none() {
        return None;
    }
    let none = || words.say("general", "no_data").to_owned();
    let [poor, near_poor] = [poor, near_poor].map(|rate| rate.map_or_else(none, |rate| words.percent(rate)));
    let source = programme.province_source(year).map_or_else(none, str::to_owned);
    let year = year.to_string();
    let parts = [("year", year.as_str()), ("poor", &poor), ("near_poor", &near_poor), ("source", &source)];
    Some(words.fill_in("note", "province", &parts))
}

/// The same for scripts.
fn province_rates(loaded: &Loaded, year: i16) -> Option<json::rates::Province> {
    let rate = |measure| loaded.programme.province(year, measure).map(|rate| rate.to_string());
    let (poor_percent, near_poor_percent) = (rate(Measure::Poor), rate(Measure::NearPoor));
    let source = loaded.programme.province_source(year).map(str::to_owned);
    (poor_percent.is_some() || near_poor_percent.is_some()).then_some(json::rates::Province {
        poor_percent,
        near_poor_percent,
        source,
    })
}

/// The numbers that were published of a year.
fn published_counts(loaded: &Loaded, year: i16) -> Option<Counts> {
    let published = loaded.programme.year(year)?.published.as_ref()?;
    let (households, persons) = (published.households, published.persons);
    Some(Counts { households, persons, poor: published.poor, near_poor: published.near_poor, ..Counts::default() })
}

/// The planned fall of each goal, and how much of it the year kept, in percent of the plan's upper end.
fn plans(result: &YearRates, loaded: &Loaded) -> Vec<Option<(PlannedFall, Option<Hundredths>)>> {
    let of = |goal: &crate::programme::file::Goal| {
        let planned = goal.planned.as_ref()?;
        let plan = PlannedFall { low: planned.least.hundredths(), high: planned.most.hundredths() };
        Some((plan, result.fall(goal.to_domain().measure).and_then(|fall| plan.percent_kept(fall))))
    };
    loaded.programme.file().goals.iter().map(of).collect()
}

fn report(result: &YearRates, by: &[By], history: bool, loaded: &Loaded, words: &Words) -> Report {
    let mut asked: Vec<By> = by.iter().copied().filter(|by| *by != By::District).collect();
    if asked.is_empty() {
        asked.push(By::District);
    }
    let mut tables: Vec<_> = Vec::new();
    if !result.rows.is_empty() {
        tables.extend(asked.into_iter().map(|by| views::rates::by(result, by, words)));
    }
    if let Some(table) = tables.first_mut() {
        table.notes.extend(province(loaded, result.year, words));
    }
    if history || result.rows.is_empty() {
        tables.push(views::year::series(result, &sources(loaded), words));
        tables.push(views::rates::outlook(result, &plans(result, loaded), words));
    } else {
        tables.push(views::rates::goals(result, words));
    }
    let title = words.fill_in("title", "rates_of", &[("year", &result.year.to_string())]);
    Report { title, tables, as_of: loaded.as_of, ..Report::default() }
}
