//! `pledges`: what is pledged and delivered, and who is short of the minimum.

use anyhow::{Result, bail};

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::PledgesArgs;
use super::show::{Shown, show};
use super::world::{World, audience};
use crate::domain::duty::Money;
use crate::domain::household::Household;
use crate::domain::pledges::{GivingBy, PledgeSums, pledge_sums};
use crate::domain::survey::Survey;
use crate::ingest::Kind;
use crate::report::json;
use crate::report::table::{Report, Table};
use crate::report::views;
use crate::report::views::pledges::Told;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When neither a roster nor a ledger can be read.
pub fn run(args: &PledgesArgs, world: &mut World<'_>) -> Result<Outcome> {
    let wanted = Wanted::of(&[Kind::Members, Kind::Pledges]);
    let loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    if loaded.data.roster.members.is_empty() && loaded.data.roster.pledges.is_empty() {
        bail!(loaded.lacks("no_roster_no_ledger"));
    }
    let sums = compute(&loaded);
    let told = told(&loaded);
    let households: Vec<&Household> = loaded.survey().into_iter().flat_map(Survey::households).collect();
    let report = || Report {
        title: words.say("title", "pledges").to_owned(),
        tables: tables(&sums, &households, told, args.output.writes_a_file(), words),
        as_of: loaded.as_of,
        ..Report::default()
    };
    let document = || loaded.document("pledges", json::pledges::Pledges::new(&sums, told, audience(args.output.audience)));
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "organisation" }, report, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// The sums of what was loaded, with money estimates where the programme asks for them.
#[must_use]
pub fn compute(loaded: &Loaded) -> PledgeSums<'_> {
    let by = [GivingBy::Organisation, GivingBy::Commune, GivingBy::Cell];
    pledge_sums(&loaded.data.roster, loaded.day(), &loaded.programme.duty(), money(loaded).as_ref(), &by)
}

/// The rule by which days of salary are estimated in đồng; `None` unless the programme asks for it.
#[must_use]
pub fn money(loaded: &Loaded) -> Option<Money> {
    loaded.programme.file().money.estimate.then(|| loaded.programme.money())
}

/// Which amounts any list states.
#[must_use]
pub fn told(loaded: &Loaded) -> Told {
    let roster = &loaded.data.roster;
    Told {
        pledged: roster.members.iter().any(|member| member.pledged.is_some())
            || roster.pledges.iter().any(|row| row.pledged.is_some()),
        delivered: roster.members.iter().any(|member| member.delivered.is_some())
            || roster.pledges.iter().any(|row| row.delivered.is_some()),
    }
}

/// The tables; the screen gets the overview, a file everything.
#[must_use]
pub fn tables(sums: &PledgeSums<'_>, households: &[&Household], told: Told, whole: bool, words: &Words) -> Vec<Table> {
    let mut tables = vec![views::pledges::table(GivingBy::Organisation, sums, told, words)];
    if whole {
        tables.push(views::pledges::table(GivingBy::Commune, sums, told, words));
        tables.push(views::pledges::table(GivingBy::Cell, sums, told, words));
    }
    tables.push(views::pledges::species(sums, told, words));
    if whole {
        tables.push(views::pledges::short(sums, words));
        if !sums.outside.is_empty() {
            tables.push(views::pledges::outside(sums, words));
        }
    }
    if !sums.donors.is_empty() {
        tables.push(views::pledges::donors(sums, words));
    }
    if whole && !sums.uses.is_empty() {
        tables.push(views::pledges::uses(sums, households, words));
    }
    tables
}
