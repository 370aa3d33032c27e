//! `coverage`: how far support reaches those who need it, and who is left out.

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::CoverageArgs;
use super::show::{Shown, show};
use super::units::standing;
use super::world::{World, audience};
use crate::domain::coverage::{CoverageSums, Lacking, coverage, deprivations};
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
    let wanted = Wanted::of(&[Kind::Households, Kind::Support]);
    let loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let whole = args.output.writes_a_file();
    let lacking = lacking(&loaded, args.units.map(|units| units.0))?;
    let lacks = lacks(lacking.as_ref(), whole, words);
    if loaded.supports().next().is_none() && lacks.is_empty() {
        bail!(loaded.lacks("no_support"));
    }
    if loaded.survey().is_none_or(|survey| survey.households().next().is_none()) {
        bail!(loaded.lacks("no_list"));
    }
    let sums = compute(&loaded);
    let report = || {
        let mut tables = tables(&sums, whole, words);
        if let Some(first) = tables.first_mut().filter(|_| !whole && !sums.left_out.is_empty()) {
            first.notes.push(words.say("note", "coverage_list").to_owned());
        }
        tables.extend(lacks);
        Report { title: words.say("title", "coverage").to_owned(), tables, as_of: loaded.as_of, ..Report::default() }
    };
    let document =
        || loaded.document("coverage", json::coverage::Coverage::new(&sums, lacking.as_ref(), audience(args.output.audience)));
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "coverage" }, report, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// The coverage of the year.
#[must_use]
pub fn compute(loaded: &Loaded) -> CoverageSums<'_> {
    let households = loaded.survey().into_iter().flat_map(crate::domain::survey::Survey::households);
    coverage(loaded.supports(), households)
}

/// What poor and near-poor households lack (Circular 07/2021/TT-BLĐTBXH), where the lists of the year mark it; by the
/// communes of the lists or of a day.
///
/// # Errors
/// When a household cannot be placed in the communes of the day.
pub fn lacking(loaded: &Loaded, units: Option<Date>) -> Result<Option<Lacking>> {
    let (Some(year), Some(survey)) = (loaded.year, loaded.survey()) else { return Ok(None) };
    let standard = loaded.programme.standard(year);
    let standing = standing(loaded, units, survey.households())?;
    Ok(Some(deprivations(survey.households(), standard, &standing)))
}

/// Its tables; the screen gets the district, a file the communes too.
#[must_use]
pub fn lacks(lacking: Option<&Lacking>, whole: bool, words: &Words) -> Vec<Table> {
    let Some(lacking) = lacking else { return Vec::new() };
    let mut tables: Vec<Table> = views::deprivations::district(lacking, words).into_iter().collect();
    if whole {
        tables.extend(views::deprivations::by_commune(lacking, words));
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
