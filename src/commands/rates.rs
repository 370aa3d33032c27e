//! `rates`: poverty rates and goals.

use anyhow::{Context, Result};

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::{ByArg, RatesArgs};
use super::show::{Shown, show};
use super::world::{Steps, World};
use crate::domain::goals::{Measure, Point};
use crate::domain::tally::By;
use crate::domain::year_rates::{YearOf, YearRates, year_rates};
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
    let report = report(&result, &by, &loaded, words);
    let public = super::world::audience(args.output.audience);
    let document = || loaded.document("rates", json::rates::Rates::new(&result, public));
    show(&Shown { output: &args.output, loaded: &loaded, report, main_table: "rates" }, document, world)?;
    let missed = result.goals.iter().any(|goal| goal.goal.year <= result.year && goal.reached != Some(true));
    Ok(if loaded.has_errors() || (args.require_goals && missed) { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Counts the year that was loaded.
///
/// # Errors
/// When there is neither a household list nor a totals table, or nothing tells the year.
pub fn compute(loaded: &Loaded, by: &[By]) -> Result<YearRates> {
    let survey =
        loaded.survey().context("no household list and no totals table was read; name them with --households and --totals")?;
    let year = loaded.year.context("nothing tells the year of these lists; give --year")?;
    let of = |year: i16, survey| YearOf { year, standard: loaded.programme.standard(year), survey };
    let earlier: Vec<YearOf<'_>> = loaded
        .data
        .surveys
        .iter()
        .filter_map(|(other, survey)| Some(of((*other)?, survey)))
        .filter(|other| other.year < year)
        .collect();
    let published: Vec<(Measure, Point)> = loaded
        .programme
        .years()
        .flat_map(|year| Measure::ALL.map(|measure| (measure, year)))
        .filter_map(|(measure, year)| Some((measure, loaded.programme.published(year, measure)?)))
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

fn report(result: &YearRates, by: &[By], loaded: &Loaded, words: &Words) -> Report {
    let mut asked: Vec<By> = by.iter().copied().filter(|by| *by != By::District).collect();
    if asked.is_empty() {
        asked.push(By::District);
    }
    let mut tables: Vec<_> = asked.into_iter().map(|by| views::rates::by(result, by, words)).collect();
    tables.push(views::rates::goals(result, words));
    let title = words.fill_in("title", "rates_of", &[("year", &result.year.to_string())]);
    Report { title, tables, as_of: loaded.as_of, ..Report::default() }
}
