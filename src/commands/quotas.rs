//! `quotas`: each commune's share of a reduction of poor households.

use anyhow::{Result, bail};

use super::input::{Loaded, Wanted, language, load};
use super::options::QuotasArgs;
use super::refused::Refused;
use super::show::{Shown, show};
use super::world::{World, audience};
use super::{Outcome, rates};
use crate::domain::goals::Measure;
use crate::domain::household::Class;
use crate::domain::quota::{self, Quotas};
use crate::ingest::Kind;
use crate::report::json;
use crate::report::table::Report;
use crate::report::views;
use crate::report::wording::words;

/// Runs the command.
///
/// # Errors
/// When there is no household list, or nothing tells the reduction.
pub fn run(args: &QuotasArgs, world: &mut World<'_>) -> Result<Outcome> {
    let wanted = Wanted::of(&[Kind::Households, Kind::Totals]);
    let loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let reduction = match (args.reduction, args.to_goal) {
        (Some(reduction), _) => reduction,
        (None, Some(year)) => to_goal(&loaded, year)?,
        (None, None) => planned(&loaded).ok_or_else(|| Refused::new("no_reduction"))?,
    };
    let quotas = compute(&loaded, reduction).ok_or_else(|| loaded.lacks("no_list"))?;
    let report = || {
        let tables = vec![views::quotas::table(&quotas, words)];
        Report { title: words.say("title", "quotas").to_owned(), tables, as_of: loaded.as_of, ..Report::default() }
    };
    let document = || loaded.document("quotas", json::quotas::Quotas::new(&quotas, audience(args.output.audience)));
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "quotas" }, report, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// The reduction that the programme file sets for the year.
#[must_use]
pub fn planned(loaded: &Loaded) -> Option<u64> {
    let year = loaded.year?.to_string();
    loaded.programme.file().years.iter().find(|(of, _)| of.to_string() == year)?.1.reduction.map(u64::from)
}

/// The shares of the communes; `None` without a household list.
#[must_use]
pub fn compute(loaded: &Loaded, reduction: u64) -> Option<Quotas> {
    let pools = quota::pools(loaded.survey()?.households(), Class::Poor);
    (!pools.is_empty()).then(|| quota::quotas(reduction, pools))
}

/// The households that are missing to the goal of a year.
fn to_goal(loaded: &Loaded, year: i16) -> Result<u64> {
    let goals = rates::compute(loaded, &[], None)?.goals;
    let poor = || goals.iter().filter(|progress| progress.goal.measure == Measure::Poor);
    let Some(progress) = poor().find(|progress| progress.goal.year == year) else {
        let years: Vec<String> = poor().map(|progress| progress.goal.year.to_string()).collect();
        bail!(Refused::new("no_goal").with("year", year).with("years", years.join(", ")));
    };
    progress.gap_households.ok_or_else(|| Refused::new("no_gap").with("year", year).into())
}
