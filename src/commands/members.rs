//! `members`: the roster in numbers.

use anyhow::{Result, bail};

use super::Outcome;
use super::input::{Wanted, language, load};
use super::options::MembersArgs;
use super::show::{Shown, show};
use super::world::{World, audience};
use crate::domain::roster::{CountedRoster, RosterBy};
use crate::ingest::{Counting, Kind};
use crate::report::json;
use crate::report::table::Report;
use crate::report::views;
use crate::report::wording::words;

/// The groupings that the command shows.
const BY: [RosterBy; 6] =
    [RosterBy::Organisation, RosterBy::Cell, RosterBy::Sex, RosterBy::Ethnicity, RosterBy::Minority, RosterBy::Standing];

/// Runs the command.
///
/// # Errors
/// When no roster can be read.
pub fn run(args: &MembersArgs, world: &mut World<'_>) -> Result<Outcome> {
    let loaded = load(
        &args.inputs,
        &[],
        &Wanted { counting: Counting::HouseholdsAndMembers, ..Wanted::of(&[Kind::Members]) },
        args.output.lang,
        world,
    )?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let mut roster = CountedRoster::of(&loaded.data.roster.members);
    roster.merge(loaded.data.roster.counted.clone());
    if roster.is_empty() {
        bail!(loaded.lacks("no_roster"));
    }
    let total = roster.total(loaded.day());
    let rows = BY.map(|by| (by, roster.rows(by, loaded.day())));
    let report = || {
        // The screen is for the overview; cells are for files.
        let whole = args.output.writes_a_file();
        let shown = rows.iter().filter(|(by, _)| whole || *by != RosterBy::Cell);
        let tables = shown.map(|(by, rows)| views::members::table(by.word(), rows, &total, words)).collect();
        Report { title: words.say("title", "members").to_owned(), tables, as_of: loaded.as_of, ..Report::default() }
    };
    let document = || {
        let rows: Vec<_> =
            rows.iter().flat_map(|(by, rows)| rows.iter().map(|(of, counts)| (by.word(), of.clone(), *counts))).collect();
        loaded.document("members", json::members::Members::new(&total, &rows, audience(args.output.audience)))
    };
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "organisation" }, report, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}
