//! `scorecard`: what organisations and members gave and achieved.

use anyhow::{Result, bail};

use super::changes::{Earlier, note_links_before};
use super::input::{Loaded, Wanted, language, load};
use super::options::ScorecardArgs;
use super::show::{Shown, show};
use super::world::{World, audience};
use super::{Outcome, assign, pledges};
use crate::domain::charge::charges;
use crate::domain::household::Household;
use crate::domain::plan::{Basis, DistrictPlan};
use crate::domain::pledges::of_members;
use crate::domain::scorecard::{AssignedPair, ScoreBy, ScoreOf, ScoreRow, scorecard};
use crate::ingest::Kind;
use crate::programme::file::Grade;
use crate::report::json;
use crate::report::table::{Report, Table};
use crate::report::views;
use crate::report::views::scorecard::Rests;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When no roster can be read, or the assignment that is needed has no plan.
pub fn run(args: &ScorecardArgs, world: &mut World<'_>) -> Result<Outcome> {
    let kinds = &[Kind::Households, Kind::Members, Kind::Pledges, Kind::Twinning, Kind::Assignment];
    let mut loaded = load(&args.inputs, &[], &Wanted { earlier: true, ..Wanted::of(kinds) }, args.output.lang, world)?;
    note_links_before(&mut loaded)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    if loaded.data.roster.members.is_empty() {
        bail!(loaded.lacks("no_roster"));
    }
    let households: Vec<&Household> = loaded.survey().map(|survey| survey.households().collect()).unwrap_or_default();
    let decided = assign::Decided::of(&loaded);
    let basis = decided.basis(&loaded, &households, None);
    // Last year's list says who helped; without one the program's own assignment says who is to help.
    let needs_plan = basis.previous.is_none() && households.iter().any(|household| household.class.is_target());
    let plan = if needs_plan { Some(assign::solve(&basis, &loaded.programme.assignment(), words)?) } else { None };
    let scores = Scores::compute(&loaded, &basis, plan.as_ref())?;
    let whole = args.output.writes_a_file();
    let report = || {
        let mut tables = scores.tables(whole, words);
        if let Some(first) = tables.first_mut() {
            first.notes.extend(views::scorecard::how(scores.rests, words));
        }
        if let Some(first) = tables.first_mut().filter(|_| !whole) {
            first.notes.push(words.say("note", "scorecard_members").to_owned());
        }
        Report { title: words.say("title", "scorecard").to_owned(), tables, as_of: loaded.as_of, ..Report::default() }
    };
    let document = || {
        let (audience, rests) = (audience(args.output.audience), scores.rests);
        let parts = (&*scores.cells, &*scores.members);
        let result = json::scorecard::Scorecard::new(&scores.organisations, &scores.grades, parts, rests, audience);
        loaded.document("scorecard", result)
    };
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "scorecard" }, report, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// The scorecard of a year.
pub struct Scores {
    organisations: Vec<ScoreRow>,
    /// A grade for each organisation, or none at all.
    grades: Vec<Option<String>>,
    cells: Vec<ScoreRow>,
    members: Vec<ScoreRow>,
    rests: Rests,
}

impl Scores {
    /// Judges the roster that was loaded. Who helped is what last year's list says, and then the movement since last
    /// year's survey says who left poverty. Without that list the pairs are those of this year's plan, whose households
    /// are poor now; who left is then counted of last year's households in the places of each organisation, and of no
    /// member.
    ///
    /// # Errors
    /// When the two surveys cannot be compared.
    pub fn compute(loaded: &Loaded, basis: &Basis<'_>, plan: Option<&DistrictPlan>) -> Result<Self> {
        let pairs = basis.previous.map(|pairs| {
            pairs.iter().map(|pair| AssignedPair { member: pair.member.clone(), household: pair.household.clone() }).collect()
        });
        let previous = pairs.is_some();
        let pairs: Option<Vec<AssignedPair>> = pairs.or_else(|| plan.map(|plan| planned(plan, basis)));
        let earlier = Earlier::before(loaded)?;
        let changes = earlier.as_ref().map(|earlier| earlier.changes(None)).transpose()?;
        let moves = changes.as_ref().map(|changes| &*changes.moves);
        let money = loaded.programme.file().money.estimate.then(|| loaded.programme.money());
        let giving = of_members(&loaded.data.roster, loaded.day(), &loaded.programme.duty(), money.as_ref());
        let years = earlier.as_ref().map(Earlier::years);
        let rests = Rests { told: pledges::told(loaded), previous, estimated: money.is_some(), years };
        let linked = moves.filter(|_| previous);
        let rows = |by| scorecard(&giving, pairs.as_deref(), linked, by);
        let mut organisations = rows(ScoreBy::Organisation);
        if let Some(moves) = moves.filter(|_| !previous) {
            let roster = &loaded.data.roster;
            let charges = charges(roster.members.iter().map(|member| &member.organisation), &roster.twinning, moves);
            let place = |row: ScoreRow| {
                let charge = if let ScoreOf::Organisation(of) = &row.of { charges.get(of) } else { None };
                row.by_place(charge)
            };
            organisations = organisations.into_iter().map(place).collect();
        }
        let conditions = &loaded.programme.file().scorecard.grades;
        let graded = organisations.iter().filter(|_| !conditions.is_empty());
        let grades = graded.map(|row| grade(row, conditions, rests)).collect();
        Ok(Self { grades, cells: rows(ScoreBy::Cell), members: rows(ScoreBy::Member), organisations, rests })
    }

    /// The tables; the screen gets the organisations, a file the cells and members too.
    #[must_use]
    pub fn tables(&self, whole: bool, words: &Words) -> Vec<Table> {
        let table = |by, rows, grades| views::scorecard::table(by, rows, grades, self.rests, words);
        let mut tables = vec![table(ScoreBy::Organisation, &self.organisations, &self.grades)];
        if whole {
            tables.push(table(ScoreBy::Cell, &self.cells, &[]));
            tables.push(table(ScoreBy::Member, &self.members, &[]));
        }
        tables
    }
}

/// The pairs of a plan by keys.
fn planned(plan: &DistrictPlan, basis: &Basis<'_>) -> Vec<AssignedPair> {
    let pairs = plan.communes.iter().flat_map(|commune| commune.pairs(basis));
    pairs.map(|pair| AssignedPair { member: pair.member.key.clone(), household: pair.household.key.clone() }).collect()
}

/// The first grade whose conditions hold. Where nobody can tell whether one holds, there is no grade, rather than a
/// worse one.
fn grade(row: &ScoreRow, grades: &[Grade], rests: Rests) -> Option<String> {
    let giving = &row.giving;
    let pledged = |count: u64| rests.told.pledged.then_some(count);
    for grade in grades {
        let conditions = [
            (grade.assigned_percent, row.assigned, Some(giving.eligible)),
            (grade.taking_part_percent, pledged(giving.taking_part), Some(giving.eligible)),
            (grade.meeting_minimum_percent, pledged(giving.meeting_minimum), Some(giving.eligible)),
            (grade.delivered_percent, rests.told.delivered.then_some(giving.kept), Some(giving.eligible)),
            (grade.left_poverty_percent, row.left_poverty, row.followed),
        ];
        let mut holds = true;
        for (least, part, whole) in conditions {
            let Some(least) = least else { continue };
            let (part, whole) = (u128::from(part?), u128::from(whole.filter(|&whole| whole > 0)?));
            let least = u128::try_from(least.hundredths().get()).ok()?;
            holds &= part * 10_000 >= least * whole;
        }
        if holds {
            return Some(grade.name.clone());
        }
    }
    None
}
