//! `assign`: who helps which household.

mod questions;
mod refusal;
mod what_if;

use anyhow::{Result, bail};
use rayon::prelude::*;

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::{AssignArgs, PoolArg};
use super::refused::Refused;
use super::show::{Shown, show};
use super::world::{Steps, World, audience};
use crate::domain::assignment::Settings;
use crate::domain::household::Household;
use crate::domain::joining;
use crate::domain::member::Member;
use crate::domain::peoples::People;
use crate::domain::pins;
use crate::domain::plan::{self, Basis, DistrictPlan, Pool, PreviousPair};
use crate::domain::previous::Remarks;
use crate::ingest::Kind;
use crate::programme::Programme;
use crate::report::json;
use crate::report::table::Report;
use crate::report::views;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When there are no households or members, or the hard rules leave no plan.
pub fn run(args: &AssignArgs, world: &mut World<'_>) -> Result<Outcome> {
    let wanted = Wanted::of(&[Kind::Households, Kind::Members, Kind::Twinning, Kind::Assignment]);
    let mut steps = Steps::start(args.output.verbose);
    let mut loaded = load(&args.inputs, &[], &wanted, args.output.lang, world)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let on_roster = what_if::read(args, &mut loaded, world, words)?;
    steps.end("read", words, world);
    let survey = loaded.survey().ok_or_else(|| loaded.lacks("no_list"))?;
    let (roster, joining) = loaded.data.roster.members.split_at(on_roster);
    if roster.is_empty() {
        bail!(loaded.lacks("no_roster"));
    }
    let households: Vec<&Household> = survey.households().collect();
    let decided = Decided::of(&loaded);
    let mut basis = decided.basis(&loaded, &households, args.pool.map(pool));
    let mut settings = loaded.programme.assignment();
    settings.cap = args.cap.or(settings.cap);
    settings.min_helpers = args.min_helpers.unwrap_or(settings.min_helpers);
    settings.max_changes = args.max_changes.or(settings.max_changes);
    basis.members = roster;
    let what_if = what_if::asked(args, joining, &basis, words)?;
    let (base, members): (Vec<PreviousPair>, Vec<Member>);
    if what_if.asks() {
        if basis.previous.is_none() {
            base = solve(&basis, &settings, words)?.previous_pairs(&basis);
            basis.previous = Some(&base);
        }
        basis.without = &what_if.without;
        basis.settled = true;
        members = joining::with(roster, &what_if.added);
        basis.members = &members;
        settings = what_if.settings(&settings);
    } else if args.least_changes {
        if basis.previous.is_none() {
            bail!(Refused::new("least_changes"));
        }
        basis.settled = true;
        settings = plan::changing_least(&settings);
    }
    let plan = solve(&basis, &settings, words)?;
    steps.end("compute", words, world);
    let answer = questions::answer(args, &plan, &basis, &settings, words)?;
    let report = || {
        let mut report = report(&plan, &basis, &loaded, words, args.output.writes_a_file());
        if what_if.asks() || args.least_changes {
            report.tables.insert(0, views::story::changed(&plan, &basis, &what_if.keys(), words));
        }
        if let Some(answer) = &answer {
            let told = answer.is_for(audience(args.output.audience));
            report.tables = if told { answer.tables(&plan, &basis, words) } else { Vec::new() };
            if !told {
                report.notes.push(words.say("note", "answer_for_office").to_owned());
            }
        }
        report
    };
    let document = || {
        let audience = audience(args.output.audience);
        let mut json = json::assign::Assign::new(&plan, &basis, audience);
        json.add(&what_if.keys(), &plan, &basis, audience);
        if let Some(answer) = &answer {
            answer.put_into(&mut json, &plan, &basis, audience);
        }
        loaded.document("assign", json)
    };
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "pairs" }, report, document, world)?;
    steps.end("write", words, world);
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// What the programme file decides about the assignment of the year.
pub struct Decided {
    pins: Vec<PreviousPair>,
    exclusions: Vec<PreviousPair>,
    languages: Vec<Vec<People>>,
    remarks: Remarks,
}

impl Decided {
    /// Takes the decisions of the year that was loaded.
    #[must_use]
    pub fn of(loaded: &Loaded) -> Self {
        let of_year = |pairs: fn(&Programme, i16) -> Vec<PreviousPair>| {
            loaded.year.map(|year| pairs(&loaded.programme, year)).unwrap_or_default()
        };
        Self {
            pins: of_year(Programme::pins),
            exclusions: of_year(Programme::exclusions),
            languages: loaded.programme.common_languages(),
            remarks: Remarks {
                names: loaded.names_before.clone(),
                whys: loaded.year.map(|year| loaded.programme.whys(year)).unwrap_or_default(),
            },
        }
    }

    /// What a plan is made from; a pool that is asked for goes before that of the programme file.
    #[must_use]
    pub fn basis<'a>(&'a self, loaded: &'a Loaded, households: &'a [&'a Household], pool: Option<Pool>) -> Basis<'a> {
        Basis {
            households,
            members: &loaded.data.roster.members,
            twinning: &loaded.data.roster.twinning,
            previous: (!loaded.previous.is_empty()).then_some(&*loaded.previous),
            pins: &self.pins,
            exclusions: &self.exclusions,
            without: &[],
            settled: false,
            day: loaded.day(),
            pool: pool.unwrap_or_else(|| loaded.programme.pool()),
            languages: &self.languages,
            remarks: Some(&self.remarks),
        }
    }
}

/// Solves all communes, side by side; the order of the answer does not depend on which is ready first.
///
/// # Errors
/// When a commune has no plan; the message says which rules clash where.
pub fn solve(basis: &Basis<'_>, settings: &Settings, words: &Words) -> Result<DistrictPlan> {
    let problems = plan::problems(basis);
    let (mistaken, without_effect): (Vec<_>, Vec<_>) = pins::idle(basis, &problems).into_iter().partition(pins::Idle::is_mistake);
    if !mistaken.is_empty() {
        bail!("{}", mistaken.iter().map(|idle| refusal::idle(idle, basis, words)).collect::<Vec<_>>().join("\n"));
    }
    // Without last year's list no pair is a change, so that a limit of changes says nothing.
    let settings = &Settings { max_changes: settings.max_changes.filter(|_| basis.previous.is_some()), ..settings.clone() };
    let plans: Vec<_> = problems.communes.into_par_iter().map(|problem| plan::solve(problem, settings)).collect();
    let mut communes = Vec::new();
    let mut refusals = Vec::new();
    for plan in plans {
        match plan {
            Ok(plan) => communes.push(plan),
            Err(refused) => refusals.push(refusal::in_words(&refused, basis, words)),
        }
    }
    // A setting that makes no sense is the same sentence for every commune, and is said once.
    refusals.dedup();
    if !refusals.is_empty() {
        bail!("{}", refusals.join("\n"));
    }
    let continuity = plan::continuity(basis, &communes, &problems.excluded);
    let short_of_helpers = plan::short_of_helpers(&communes, settings);
    Ok(DistrictPlan { communes, excluded: problems.excluded, continuity, without_effect, short_of_helpers })
}

fn pool(arg: PoolArg) -> Pool {
    match arg {
        PoolArg::All => Pool::All,
        PoolArg::Commune => Pool::Commune,
        PoolArg::Twinned => Pool::Twinned,
    }
}

/// How many villages with helpers from elsewhere the screen shows; a file shows all.
const VILLAGES_ON_SCREEN: usize = 6;

/// The tables: the screen gets the communes and who is left out, a file gets every pair too.
fn report(plan: &DistrictPlan, basis: &Basis<'_>, loaded: &Loaded, words: &Words, whole: bool) -> Report {
    let mut communes = views::assign::communes(plan, words);
    let left_out = views::assign::left_out(plan, basis, words);
    let mut tables = Vec::new();
    if whole {
        tables.push(communes);
        tables.push(views::assign::loads(plan, words));
        tables.push(views::assign::villages(plan, basis, usize::MAX, words));
        tables.push(views::assign::pairs(plan, basis, words));
        tables.push(views::story::slips(plan, basis, words));
        tables.extend(left_out);
    } else {
        let pairs: usize = plan.communes.iter().map(|commune| commune.assignment.pairs.len()).sum();
        let count = words.count(i64::try_from(pairs).unwrap_or(i64::MAX));
        communes.notes.push(words.fill_in("note", "assign_pairs", &[("count", &count)]));
        tables.push(communes);
        tables.push(views::assign::loads(plan, words));
        let villages = views::assign::villages(plan, basis, VILLAGES_ON_SCREEN, words);
        if !villages.rows.is_empty() {
            tables.push(villages);
        }
        tables.push(views::assign::left_out_counts(&left_out, words));
    }
    Report { title: words.say("title", "pairs").to_owned(), tables, as_of: loaded.as_of, ..Report::default() }
}
