//! `coverage`: how far support reaches those who need it, and who is left out.

use anyhow::{Result, bail};

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::CoverageArgs;
use super::refused::Refused;
use super::show::{Shown, show};
use super::world::{World, audience};
use crate::domain::coverage::{CoverageSums, DeprivationRow, coverage, deprivations};
use crate::domain::standard::Standard;
use crate::ingest::Kind;
use crate::report::json;
use crate::report::table::{Report, Table};
use crate::report::views;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When there is no household list or no register of support.
pub fn run(args: &CoverageArgs, world: &mut World<'_>) -> Result<Outcome> {
    let wanted = Wanted { kinds: &[Kind::Households, Kind::Support], earlier: false, counting: false, faults: false };
    let loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let whole = args.output.writes_a_file();
    let lacks = lacks(&loaded, whole, words);
    if loaded.data.supports.is_empty() && lacks.is_empty() {
        bail!(Refused::new("no_support"));
    }
    if loaded.survey().is_none_or(|survey| survey.households().next().is_none()) {
        bail!(Refused::new("no_list"));
    }
    let sums = compute(&loaded);
    let mut tables = tables(&sums, whole, words);
    if let Some(first) = tables.first_mut().filter(|_| !whole && !sums.left_out.is_empty()) {
        first.notes.push(words.say("note", "coverage_list").to_owned());
    }
    tables.extend(lacks);
    let report = Report { title: words.say("title", "coverage").to_owned(), tables, as_of: loaded.as_of, ..Report::default() };
    let document =
        || loaded.document("coverage", json::coverage::Coverage::new(&sums, lacking(&loaded), audience(args.output.audience)));
    show(&Shown { output: &args.output, loaded: &loaded, report, main_table: "coverage" }, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// The coverage of the year.
#[must_use]
pub fn compute(loaded: &Loaded) -> CoverageSums<'_> {
    let households = loaded.survey().into_iter().flat_map(crate::domain::survey::Survey::households);
    coverage(&loaded.data.supports, households)
}

/// What poor and near-poor households lack (Circular 07/2021/TT-BLĐTBXH), where the lists of the year mark it.
#[must_use]
pub fn lacking(loaded: &Loaded) -> Option<(Vec<DeprivationRow>, Standard)> {
    let standard = loaded.programme.standard(loaded.year?);
    Some((deprivations(loaded.survey()?.households(), standard), standard))
}

/// Its tables; the screen gets the district, a file the communes too.
#[must_use]
pub fn lacks(loaded: &Loaded, whole: bool, words: &Words) -> Vec<Table> {
    let Some((rows, standard)) = lacking(loaded) else { return Vec::new() };
    let mut tables: Vec<Table> = views::deprivations::district(&rows, standard, words).into_iter().collect();
    if whole {
        tables.extend(views::deprivations::by_commune(&rows, standard, words));
    }
    tables
}

/// The tables; the screen gets the numbers, a file the households too.
#[must_use]
pub fn tables(sums: &CoverageSums<'_>, whole: bool, words: &Words) -> Vec<Table> {
    let mut tables = vec![views::coverage::table(sums, words)];
    if whole && !sums.left_out.is_empty() {
        tables.push(views::coverage::left_out(sums, words));
    }
    tables
}
