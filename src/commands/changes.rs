//! `changes`: movement between classes from one survey to another.

use std::borrow::Cow;

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::{ChangesArgs, InputArgs};
use super::refused::Refused;
use super::show::{Shown, show};
use super::units::standing;
use super::world::{World, audience};
use crate::domain::changes::{self, Changes, brought};
use crate::domain::household::Class;
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Issue};
use crate::domain::linkage;
use crate::domain::survey::Survey;
use crate::domain::year_rates::YearOf;
use crate::ingest::corrections::{LINK, Verdict};
use crate::ingest::{self, FileAccount, Kind};
use crate::report::audience::Audience;
use crate::report::json;
use crate::report::table::{Report, Table};
use crate::report::views;
use crate::report::wording::{Words, words};

/// Runs the command.
///
/// # Errors
/// When one of the two surveys is not there, or nothing tells their years.
pub fn run(args: &ChangesArgs, world: &mut World<'_>) -> Result<Outcome> {
    let (mut loaded, from, to) = read(args, world)?;
    note_links(&mut loaded, from, to)?;
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let earlier = Earlier::of(&loaded, from, to)?;
    let result = earlier.changes(args.units.map(|units| units.0))?;
    let audience = audience(args.output.audience);
    let whole = args.output.writes_a_file() || audience == Audience::Public;
    let years = [("from", from.to_string()), ("to", to.to_string())];
    let years: Vec<(&str, &str)> = years.iter().map(|(key, year)| (*key, year.as_str())).collect();
    let report = || Report {
        title: words.fill_in("title", "changes", &years),
        tables: tables(&result, whole, words),
        notes: notes(&result, &loaded.data.issues, words),
        as_of: loaded.as_of,
        ..Report::default()
    };
    let document = || loaded.document("changes", json::changes::Changes::new(&result, audience));
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "households" }, report, document, world)?;
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// The tables; the screen gets the district and the ministry's forms, a file everything.
#[must_use]
pub fn tables(result: &Changes<'_>, whole: bool, words: &Words) -> Vec<Table> {
    let mut tables = vec![views::changes::matrix(result, words)];
    if whole {
        tables.push(views::changes::flows(result, words));
        tables.push(views::changes::communes(result, words));
    }
    tables.push(views::changes::form(result, Class::Poor, words));
    tables.push(views::changes::form(result, Class::NearPoor, words));
    if whole {
        tables.push(views::changes::list(result, words));
        if !result.unsure.is_empty() {
            tables.push(views::changes::unsure(result, words));
        }
    }
    tables
}

fn notes(result: &Changes<'_>, issues: &[Issue], words: &Words) -> Vec<String> {
    let count = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    let mut notes = Vec::new();
    if result.movement.district.poor.fallen_back.is_none() {
        notes.push(words.say("note", "no_register_how").to_owned());
    }
    if !result.unsure.is_empty() {
        notes.push(words.fill_in("note", "unsure_count", &[("count", &count(result.unsure.len()))]));
    }
    if !result.unused.is_empty() {
        notes.push(words.fill_in("note", "decisions_unused", &[("count", &count(result.unused.len()))]));
    }
    if !result.contradictions.is_empty() {
        let mut told: Vec<&Issue> = issues.iter().filter(|issue| issue.code == Code::DecisionContradicts).collect();
        told.sort_by_key(|issue| issue.place_key());
        let places: Vec<String> = told.into_iter().map(views::check::place).collect();
        let told = [("count", &*count(result.contradictions.len())), ("places", &*places.join(", "))];
        notes.push(words.fill_in("note", "decisions_contradict", &told));
    }
    notes
}

/// A side of which lists of several years are named is the year that was chosen among them.
fn keep_year(side: &mut Loaded, chosen: Option<i16>) {
    if chosen.is_some() && side.data.surveys.contains_key(&chosen) {
        side.data.surveys.retain(|year, _| *year == chosen);
    }
}

/// Reads both surveys: by years of the programme file, or by paths whose lists tell their years.
fn read(args: &ChangesArgs, world: &mut World<'_>) -> Result<(Loaded, i16, i16)> {
    let wanted = |earlier| Wanted { earlier, ..Wanted::of(&[Kind::Households]) };
    let lang = args.output.lang;
    if args.from.is_empty() && args.to.is_empty() {
        let year = args.to_year.or(args.inputs.year);
        let loaded = load(&InputArgs { year, ..args.inputs.clone() }, &[], &wanted(true), lang, world)?;
        let Some(to) = loaded.year else { bail!(Refused::new("no_later_year")) };
        let Some(from) = args.from_year.or_else(|| loaded.survey_before().map(|(year, _)| year)) else {
            bail!(Refused::new("no_survey_before").with("year", to))
        };
        return Ok((loaded, from, to));
    }
    if args.from.is_empty() || args.to.is_empty() {
        bail!(Refused::new("two_surveys"));
    }
    let side = |paths: &[std::path::PathBuf], year| InputArgs { households: paths.to_vec(), year, ..args.inputs.clone() };
    let mut first = load(&side(&args.from, args.from_year), &[], &wanted(false), lang, world)?;
    keep_year(&mut first, args.from_year);
    let before = if args.inputs.households.is_empty() {
        None
    } else {
        Some(load(&side(&args.inputs.households, None), &[], &wanted(false), lang, world)?)
    };
    let mut loaded = load(&side(&args.to, args.to_year), &[], &wanted(false), lang, world)?;
    keep_year(&mut loaded, args.to_year);
    let told = |of: &Loaded, flag: &str| match of.data.surveys.keys().copied().collect::<Vec<_>>().as_slice() {
        [Some(year)] => Ok(*year),
        [] => bail!(Refused::new("side_no_list").with("flag", flag)),
        [None] => bail!(Refused::new("side_no_year").with("flag", flag)),
        _ => bail!(Refused::new("side_years").with("flag", flag)),
    };
    let (from, to) = (told(&first, "--from")?, told(&loaded, "--to")?);
    let late = |before: &Loaded| before.data.surveys.keys().copied().find(|year| year.is_none_or(|year| year >= from));
    if let Some(year) = before.as_ref().and_then(late) {
        let why = year.map_or(Refused::new("before_no_year"), |year| Refused::new("before_late").with("year", year));
        bail!(why.with("from", from));
    }
    loaded.year = Some(to);
    loaded.as_of = args.inputs.as_of.or_else(|| loaded.programme.as_of(to));
    if let Some(before) = before {
        join(&mut first, before);
    }
    // What is kept of the two is the later side: its year, its day.
    std::mem::swap(&mut first.data, &mut loaded.data);
    std::mem::swap(&mut first.paths, &mut loaded.paths);
    join(&mut loaded, first);
    Ok((loaded, from, to))
}

/// Puts the lists of one side beside those of the other. Both were read with the same decisions.
fn join(into: &mut Loaded, mut more: Loaded) {
    more.data.decisions.clear();
    more.data.answers.clear();
    more.data.files.retain(|file| into.data.files.iter().all(|known| known.file != file.file));
    into.data.merge(more.data);
    into.paths.extend(more.paths);
}

/// The earlier survey in the communes of the later, and what else the comparison needs.
pub struct Earlier<'a> {
    loaded: &'a Loaded,
    from: i16,
    to: i16,
    brought: Option<Survey>,
}

impl<'a> Earlier<'a> {
    /// Brings the earlier survey over mergers that lie between the two.
    ///
    /// # Errors
    /// When the years are no two years in order, or one of them has no survey.
    pub fn of(loaded: &'a Loaded, from: i16, to: i16) -> Result<Self> {
        if from >= to {
            bail!(Refused::new("years_order").with("from", from).with("to", to));
        }
        let day = loaded.programme.as_of(to).unwrap_or(Date::MAX);
        let survey = survey(loaded, from)?;
        Ok(Self { loaded, from, to, brought: brought(survey, &loaded.programme.mergers(), day) })
    }

    /// The nearest survey before the year that was loaded; `None` where one of the two has no household list.
    ///
    /// # Errors
    /// Those of [`Earlier::of`].
    pub fn before(loaded: &'a Loaded) -> Result<Option<Self>> {
        let (Some((from, _)), Some(to)) = (loaded.survey_before(), loaded.year) else { return Ok(None) };
        if survey(loaded, from).is_err() || survey(loaded, to).is_err() {
            return Ok(None);
        }
        Self::of(loaded, from, to).map(Some)
    }

    /// The two years.
    #[must_use]
    pub fn years(&self) -> (i16, i16) {
        (self.from, self.to)
    }

    /// The changes from the one to the other, summed by the communes of the later year or by those of a day.
    ///
    /// # Errors
    /// When the later year has no survey, or a household cannot be placed in the communes of the day.
    pub fn changes(&self, units: Option<Date>) -> Result<Changes<'_>> {
        let (loaded, programme) = (self.loaded, &self.loaded.programme);
        let earlier = match &self.brought {
            Some(brought) => brought,
            None => survey(loaded, self.from)?,
        };
        let of = |year, survey| YearOf { year, standard: programme.standard(year), survey };
        let day = programme.as_of(self.to).unwrap_or(Date::MAX);
        let links = |year| decisions(loaded, year).into_iter().map(|(_, link)| link).collect::<Vec<linkage::Decision>>();
        let before = loaded.data.surveys.iter().filter_map(|(year, survey)| Some(((*year)?, survey)));
        let before = before.filter(|(year, survey)| *year < self.from && survey.households().next().is_some());
        let in_units = |survey| brought(survey, &programme.mergers(), day).map_or(Cow::Borrowed(survey), Cow::Owned);
        let before: Vec<(Cow<'_, Survey>, Vec<linkage::Decision>)> =
            before.map(|(year, survey)| (in_units(survey), links(year))).collect();
        let later = survey(loaded, self.to)?;
        let links = links(self.from);
        let register = changes::register(before.iter().map(|(survey, links)| (&**survey, &**links)), earlier);
        let standing = standing(loaded, units, earlier.households().chain(later.households()))?;
        Ok(changes::changes(of(self.from, earlier), of(self.to, later), &links, register.as_ref(), &standing))
    }
}

fn survey(loaded: &Loaded, year: i16) -> Result<&Survey> {
    let survey = loaded.data.surveys.get(&Some(year)).filter(|survey| survey.households().next().is_some());
    survey.ok_or_else(|| Refused::new("no_list_of").with("year", year).into())
}

/// The same between the year and the nearest survey before it, where there are both.
///
/// # Errors
/// Those of [`Earlier::of`].
pub fn note_links_before(loaded: &mut Loaded) -> Result<()> {
    let (Some((from, _)), Some(to)) = (loaded.survey_before(), loaded.year) else { return Ok(()) };
    if survey(loaded, from).is_err() || survey(loaded, to).is_err() {
        return Ok(());
    }
    note_links(loaded, from, to)
}

/// Counts the decisions on pairs of the two years that had an effect, and tells of those about the earlier year's lists
/// that match nothing and of those that contradict each other.
fn note_links(loaded: &mut Loaded, from: i16, to: i16) -> Result<()> {
    let decisions = decisions(loaded, from);
    if decisions.is_empty() {
        return Ok(());
    }
    let (unused, contradictions) = {
        let earlier = Earlier::of(loaded, from, to)?;
        let changes = earlier.changes(None)?;
        (changes.unused, changes.contradictions)
    };
    let row_of = |link: &linkage::Decision| {
        let (at, _) = decisions.iter().find(|(_, other)| other == link)?;
        loaded.data.decisions.get(*at)
    };
    let clashes: Vec<Issue> =
        contradictions.iter().filter_map(|(one, other)| Some(row_of(one)?.contradicts(row_of(other)?))).collect();
    let is_earlier = |file: &&FileAccount| file.sheets.iter().any(|sheet| sheet.year == Some(from));
    let files: Vec<&FileAccount> = loaded.data.files.iter().filter(is_earlier).collect();
    let stale = decisions.iter().filter(|(_, link)| unused.contains(link)).filter_map(|(at, _)| loaded.data.decisions.get(*at));
    let stale: Vec<Issue> = stale
        .filter(|decision| files.iter().any(|file| decision.is_of(&file.file)))
        .map(ingest::corrections::Decision::unused)
        .collect();
    let is_left = |link: &linkage::Decision| unused.contains(link) || contradictions.iter().any(|(one, _)| one == link);
    let applied: Vec<usize> = decisions.iter().filter(|(_, link)| !is_left(link)).map(|(at, _)| *at).collect();
    loaded.data.issues.extend(stale);
    loaded.data.issues.extend(clashes);
    loaded.data.applied.extend(applied);
    Ok(())
}

/// What a person decided on doubtful pairs of which the earlier row is of a year: rows with the code `link`, the earlier key
/// as what was found and the later as the other; each with its place in the list of decisions. A household may have one
/// number in many years, so that a decision on two of them must not part or join it in others; one that names a file
/// which is not there any more is tried in every year.
fn decisions(loaded: &Loaded, earlier: i16) -> Vec<(usize, linkage::Decision)> {
    // A spreadsheet program takes the first zero of a number away when it saves delimited text.
    let number = |text: &str| CitizenNumber::parse(text).or_else(|| CitizenNumber::parse(&format!("{text:0>12}")));
    let key = |text: &str| number(text).map_or_else(|| Key::Made(text.to_owned()), Key::Citizen);
    let decided = |verdict: &Verdict| match verdict {
        Verdict::Same => Some(true),
        Verdict::Different => Some(false),
        Verdict::Keep | Verdict::Drop | Verdict::Value(_) => None,
    };
    let is_of_year = |decision: &ingest::corrections::Decision| {
        let files = loaded.data.files.iter().filter(|file| decision.is_of(&file.file));
        let mut years = files.flat_map(|file| &file.sheets).filter_map(|sheet| sheet.year).peekable();
        years.peek().is_none() || years.any(|year| year == earlier)
    };
    let links = loaded.data.decisions.iter().enumerate();
    let links = links.filter(|(_, decision)| decision.code == LINK && is_of_year(decision));
    links
        .filter_map(|(at, decision)| {
            let same = decided(&decision.verdict)?;
            Some((at, linkage::Decision { earlier: key(&decision.found), later: key(&decision.other), same }))
        })
        .collect()
}
