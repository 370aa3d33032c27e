//! `rates`: poverty rates and goals.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::{ByArg, RatesArgs};
use super::show::{Shown, show};
use super::world::{Steps, World};
use crate::domain::goals::{Measure, PlannedFall, Point};
use crate::domain::rate::Hundredths;
use crate::domain::tally::By;
use crate::domain::year_rates::{YearOf, YearRates, published_year, year_rates};
use crate::ingest::Kind;
use crate::report::json;
use crate::report::table::Report;
use crate::report::views;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When nothing can be read or counted.
pub fn run(args: &RatesArgs, world: &mut World<'_>) -> Result<Outcome> {
    let wanted = Wanted { kinds: &[Kind::Households, Kind::Totals], earlier: true, faults: false };
    let mut steps = Steps::start(args.output.verbose);
    let loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    steps.end("read", world);
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let by: Vec<By> = args.by.iter().copied().map(grouping).collect();
    let result = compute(&loaded, &by)?;
    steps.end("count", world);
    let report = report(&result, &by, args.history, &loaded, words);
    let sources = sources(&loaded);
    let public = super::world::audience(args.output.audience);
    let document = || {
        loaded
            .document("rates", json::rates::Rates::new(&result, public).with_history(args.history.then_some((&result, &sources))))
    };
    show(&Shown { output: &args.output, loaded: &loaded, report, main_table: "rates" }, document, world)?;
    let missed = result.goals.iter().any(|goal| goal.goal.year <= result.year && goal.reached != Some(true));
    Ok(if loaded.has_errors() || (args.require_goals && missed) { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Counts the year that was loaded.
///
/// # Errors
/// When there is neither a household list nor a totals table, or nothing tells the year.
pub fn compute(loaded: &Loaded, by: &[By]) -> Result<YearRates> {
    let year = loaded.year.context("nothing tells the year of these lists; give --year")?;
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
        bail!("no household list and no totals table was read; name them with --households and --totals");
    };
    let of = |year: i16, survey| YearOf { year, standard: loaded.programme.standard(year), survey };
    let earlier: Vec<YearOf<'_>> = loaded
        .data
        .surveys
        .iter()
        .filter_map(|(other, survey)| Some(of((*other)?, survey)))
        .filter(|other| other.year < year)
        .collect();
    Ok(year_rates(of(year, survey), &earlier, &published, &loaded.programme.goals(), by))
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

/// How much of the planned fall each goal's year kept, in percent of the plan's upper end.
fn plans_kept(result: &YearRates, loaded: &Loaded) -> Vec<Option<Hundredths>> {
    let kept = |goal: &crate::programme::file::Goal| {
        let planned = goal.planned.as_ref()?;
        let plan = PlannedFall { low: planned.least.hundredths(), high: planned.most.hundredths() };
        plan.percent_kept(result.fall(goal.to_domain().measure)?)
    };
    loaded.programme.file().goals.iter().map(kept).collect()
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
    if history || result.rows.is_empty() {
        tables.push(views::year::series(result, &sources(loaded), words));
        tables.push(views::rates::outlook(result, &plans_kept(result, loaded), words));
    } else {
        tables.push(views::rates::goals(result, words));
    }
    let title = words.fill_in("title", "rates_of", &[("year", &result.year.to_string())]);
    Report { title, tables, as_of: loaded.as_of, ..Report::default() }
}
