//! `report`: the yearly workbook and web page from the programme file, and with `--per-commune` one workbook a commune.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use jiff::civil::Date;

use super::communes::{Communes, Computed};
use super::input::{Loaded, Wanted, language, load, programme};
use super::options::ReportArgs;
use super::output::{make_file, write_file};
use super::refused::{Refused, in_words};
use super::world::{Steps, World, audience};
use super::{Outcome, assign, changes, coverage, pledges, quotas, rates, scorecard};
use crate::domain::coverage::CoverageSums;
use crate::domain::duty::Requirement;
use crate::domain::household::Household;
use crate::domain::plan::{Basis, DistrictPlan};
use crate::domain::spelling::fold;
use crate::domain::tally::By;
use crate::ingest::Kind;
use crate::programme::IssuerKind;
use crate::report::audience::{Audience, mask};
use crate::report::json::manifest::{self, Count, Manifest, Output};
use crate::report::json::{self, InputSheet, IssueCounts};
use crate::report::table::{Issuer, Narrative, Report, Table};
use crate::report::views::{self, year};
use crate::report::wording::{Words, words};
use crate::report::{Format, Setting, render_narrative, render_to};

/// The kinds that the report reads.
const KINDS: &[Kind] =
    &[Kind::Households, Kind::Totals, Kind::Members, Kind::Pledges, Kind::Twinning, Kind::Support, Kind::Assignment];

/// The groupings that the report counts by.
const BY: [By; 7] = [By::Commune, By::Village, By::Minority, By::Sex, By::NoLabour, By::OldAlone, By::Ethnicity];

/// Runs the command.
///
/// # Errors
/// When nothing can be read, the assignment has no plan, or the folder cannot be written.
pub fn run(args: &ReportArgs, world: &mut World<'_>) -> Result<Outcome> {
    if args.all_years { all_years(args, world) } else { one_year(args, world) }
}

/// Every year of the programme file, each into a folder of its own. A year that fails keeps no other from being made:
/// then something needs a person. Only where not one year can be made the command has failed.
fn all_years(args: &ReportArgs, world: &mut World<'_>) -> Result<Outcome> {
    let programme = programme(&args.inputs, args.lang, world)?;
    let years: Vec<i16> = programme.years().collect();
    if years.is_empty() {
        bail!(Refused::new("no_years").with("file", crate::programme::FILE_NAME))
    }
    let (mut made, mut whole) = (0_usize, true);
    for year in &years {
        let mut of_year = ReportArgs { output: args.output.join(year.to_string()), all_years: false, ..args.clone() };
        of_year.inputs.year = Some(*year);
        match one_year(&of_year, world) {
            Ok(outcome) => {
                made += 1;
                whole &= outcome == Outcome::Done;
            }
            Err(error) => {
                whole = false;
                let why = in_words(&error, words(world.spoken()));
                world.say(&format!("thoatngheo: {year}: {why}"));
            }
        }
    }
    if made == 0 {
        bail!(Refused::new("no_year_made").with("count", years.len()))
    }
    Ok(if whole { Outcome::Done } else { Outcome::NeedsPerson })
}

/// One year.
fn one_year(args: &ReportArgs, world: &mut World<'_>) -> Result<Outcome> {
    if args.units.is_some() && audience(args.audience) == Audience::Public {
        bail!(Refused::new("units_public"))
    }
    let mut steps = Steps::start(args.verbose);
    let mut loaded = load(&args.inputs, &[], &Wanted { earlier: true, ..Wanted::of(KINDS) }, args.lang, world)?;
    changes::note_links_before(&mut loaded)?;
    let lang = world.language(args.lang, language(&loaded.programme));
    let words = words(lang);
    steps.end("read", words, world);
    let Some(year) = loaded.year else { bail!(Refused::new("no_year")) };
    let households: Vec<&Household> = loaded.survey().map(|survey| survey.households().collect()).unwrap_or_default();
    let decided = assign::Decided::of(&loaded);
    let basis = decided.basis(&loaded, &households, None);
    let units = args.units.map(|units| units.0);
    let mut whole = Whole::compute(&loaded, &basis, units, words)?;
    let audience = audience(args.audience);
    let report = whole.report(&loaded, &basis, audience, words, year);
    let computed = Computed { rates: whole.rates.as_ref(), plan: whole.plan.as_ref() };
    let communes = args.per_commune.then(|| Communes::of(&loaded, &basis, computed, audience));
    if communes.as_ref().is_some_and(|communes| communes.named().next().is_none()) {
        bail!(Refused::new("no_communes"))
    }
    steps.end("compute", words, world);
    let mut setting = Setting::new(lang);
    setting.scratch = Some(std::env::temp_dir());
    let mut written = Vec::new();
    for (extension, format) in [("xlsx", Format::Xlsx), ("html", Format::Html)] {
        let path = args.output.join(format!("bao-cao-{year}.{extension}"));
        written.push(write(&path, &report, format, &setting, &loaded.paths)?);
    }
    if args.docx {
        let narrative = narrative(&report, &loaded, audience, words, year);
        let path = args.output.join(format!("bao-cao-{year}.docx"));
        let document = render_narrative(&narrative, &setting)?;
        let sha256 = make_file(&path, &loaded.paths, |file| Ok(file.write_all(&document)?))?;
        written.push(Written { path, sha256 });
    }
    steps.end("write", words, world);
    if let Some(communes) = &communes {
        let mut names = BTreeSet::new();
        for commune in communes.named() {
            let report = communes.part(commune, computed, &loaded, &basis, audience, words);
            let path = args.output.join("xa").join(format!("{}.xlsx", file_name(commune.name(), &mut names)));
            written.push(write(&path, &report, Format::Xlsx, &setting, &loaded.paths)?);
        }
        steps.end("communes", words, world);
    }
    write_manifest(&args.output, &loaded, &written, &options(&loaded, units, words), audience)?;
    if !args.quiet {
        loaded.left_out(words).iter().for_each(|line| world.say(line));
        written.iter().for_each(|file| world.say(&file.path.display().to_string()));
    }
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// A file of the report and the hash of its bytes.
struct Written {
    path: PathBuf,
    sha256: String,
}

/// Renders and writes one file.
fn write(path: &Path, report: &Report, format: Format, setting: &Setting, inputs: &[PathBuf]) -> Result<Written> {
    let sha256 = make_file(path, inputs, |file| render_to(report, format, setting, file))?;
    Ok(Written { path: path.to_owned(), sha256 })
}

/// The report in words, from the tables as the audience sees them.
fn narrative(report: &Report, loaded: &Loaded, audience: Audience, words: &Words, year: i16) -> Narrative {
    let programme = &loaded.programme.file().programme;
    let difficulties = views::narrative::difficulties(&loaded.data.issues, words);
    let about = views::narrative::About {
        programme: &programme.name,
        area: &programme.area,
        issuer: &programme.issuer,
        superior: &programme.superior,
        kind: form(loaded).issuer,
        place: &programme.place,
        year,
        as_of: loaded.as_of,
        annexes: &format!("bao-cao-{year}.xlsx"),
    };
    let difficulties = mask(Report { tables: vec![difficulties], ..Report::default() }, audience);
    views::narrative::narrative(report, &difficulties, &about, words)
}

/// Writes the manifest by which `verify` tells, years later, from which bytes and settings the files came about. It comes
/// last: a folder with a manifest has the whole report.
fn write_manifest(
    folder: &Path,
    loaded: &Loaded,
    written: &[Written],
    options: &[(String, String)],
    audience: Audience,
) -> Result<()> {
    let output = |file: &Written| {
        let name = file.path.strip_prefix(folder).unwrap_or(&file.path);
        Output { file: name.display().to_string().replace('\\', "/"), sha256: file.sha256.clone() }
    };
    let inputs = loaded.inputs();
    let rows = inputs.iter().flat_map(|input| &input.sheets);
    let sum = |of: fn(&InputSheet) -> u64| rows.clone().map(of).sum();
    let count = |name: &str, count: u64| Count { name: name.to_owned(), count };
    let result = Manifest {
        options: options.iter().map(|(name, value)| manifest::Setting { name: name.clone(), value: value.clone() }).collect(),
        counts: vec![
            count("read", sum(|sheet| sheet.read)),
            count("used", sum(|sheet| sheet.used)),
            count("rejected", sum(|sheet| sheet.rejected)),
            count("skipped", sum(|sheet| sheet.skipped)),
        ],
        outputs: written.iter().map(output).collect(),
    };
    let document = loaded.document("report", result).seen_by(audience);
    let bytes = json::print(&document).map_err(|error| Refused::new("no_manifest_made").because(error))?;
    write_file(&folder.join("manifest.json"), &bytes, &loaded.paths)
}

/// A name of a commune as a file name: no marks, no spaces, and a number where another commune has the name already.
fn file_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain = fold(name).split_whitespace().collect::<Vec<_>>().join("-");
    let numbered = (2..).map(|number| format!("{plain}-{number}"));
    let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(plain);
    taken.insert(free.clone());
    free
}

/// Everything that the report shows.
struct Whole<'a> {
    /// The day of whose communes rates, movement and deprivations are.
    units: Option<Date>,
    rates: Option<crate::domain::year_rates::YearRates>,
    plan: Option<DistrictPlan>,
    pledges: Option<crate::domain::pledges::PledgeSums<'a>>,
    /// Movement since the survey before.
    movement: Vec<Table>,
    /// How far support reaches those who need it.
    coverage: Option<CoverageSums<'a>>,
    /// Support, quotas and the scorecard.
    judged: Vec<Table>,
}

impl<'a> Whole<'a> {
    fn compute(loaded: &'a Loaded, basis: &Basis<'_>, units: Option<Date>, words: &Words) -> Result<Self> {
        let rates = if loaded.survey().is_some() { Some(rates::compute(loaded, &BY, units)?) } else { None };
        let has_plan = !basis.members.is_empty() && basis.households.iter().any(|household| household.class.is_target());
        let plan = if has_plan { Some(assign::solve(basis, &loaded.programme.assignment(), words)?) } else { None };
        let roster = &loaded.data.roster;
        let pledges = (!roster.members.is_empty() || !roster.pledges.is_empty()).then(|| pledges::compute(loaded));
        let movement = movement(loaded, units, words)?;
        let supported = loaded.supports().next().is_some() && !basis.households.is_empty();
        let coverage = supported.then(|| coverage::compute(loaded));
        let judged = judged(loaded, basis, (plan.as_ref(), coverage.as_ref()), units, words)?;
        Ok(Self { units, rates, plan, pledges, movement, coverage, judged })
    }

    /// The sheets in their order. What this year has no lists for is left out and said. The tables that were made before
    /// go into the report: a copy of every household that is left out would double the memory.
    fn report(&mut self, loaded: &Loaded, basis: &Basis<'_>, audience: Audience, words: &Words, of: i16) -> Report {
        let told = pledges::told(loaded);
        let counts = IssueCounts::of(&loaded.data.issues);
        let parts = year::Parts {
            rates: self.rates.as_ref(),
            plan: self.plan.as_ref(),
            pledges: self.pledges.as_ref().map(|sums| (sums, told)),
            coverage: self.coverage.as_ref(),
            rejected: loaded.data.rejected(),
            issues: (counts.errors, counts.warnings),
        };
        let mut tables = vec![year::overview(parts, words)];
        if let Some(rates) = &self.rates {
            tables.push(views::rates::goals(rates, words));
            tables.push(year::series(rates, &rates::sources(loaded), words));
            let mut communes = views::rates::by(rates, By::Commune, words);
            communes.notes.extend(rates::province(loaded, rates.year, words));
            tables.push(communes);
            tables.push(views::rates::by(rates, By::Village, words));
            tables.push(year::groups(rates, words));
        }
        tables.append(&mut self.movement);
        if let Some(plan) = &self.plan {
            tables.push(views::assign::communes(plan, words));
            tables.push(views::assign::loads(plan, words));
            let form = form(loaded);
            tables.extend(plan.communes.iter().map(|commune| views::annex::annex(commune, basis, &plan.excluded, form, words)));
            tables.push(year::by_cell(plan, basis, words));
        }
        if let Some(sums) = &self.pledges {
            tables.extend(pledges::tables(sums, basis.households, told, true, words));
        }
        if let Some(plan) = &self.plan {
            tables.extend(views::assign::left_out(plan, basis, words).into_iter().filter(|table| !table.rows.is_empty()));
        }
        tables.append(&mut self.judged);
        tables.push(views::check::issues(&loaded.data.issues, words));
        tables.extend(year::sources(&loaded.inputs(), &options(loaded, self.units, words), words));
        let mut notes = loaded.left_out(words);
        notes.extend(self.units.map(|day| words.fill_in("note", "units_report", &[("date", &words.date(day))])));
        let report = Report {
            title: words.fill_in("title", "report", &[("year", &of.to_string())]),
            subtitle: subtitle(loaded, words),
            tables,
            notes,
            as_of: loaded.as_of,
        };
        mask(report, audience)
    }
}

/// Movement since the survey before, where there is one; who moved is for the command `changes`.
fn movement(loaded: &Loaded, units: Option<Date>, words: &Words) -> Result<Vec<Table>> {
    let Some(earlier) = changes::Earlier::before(loaded)? else { return Ok(Vec::new()) };
    let mut tables = changes::tables(&earlier.changes(units)?, true, words);
    tables.retain(|table| table.key != "households");
    Ok(tables)
}

/// Support, quotas and the scorecard, as far as the year has lists for them.
fn judged(
    loaded: &Loaded,
    basis: &Basis<'_>,
    (plan, coverage): (Option<&DistrictPlan>, Option<&CoverageSums<'_>>),
    units: Option<Date>,
    words: &Words,
) -> Result<Vec<Table>> {
    let mut tables = coverage.map_or_else(Vec::new, |sums| coverage::tables(sums, true, words));
    tables.extend(coverage::lacks(coverage::lacking(loaded, units)?.as_ref(), true, words));
    let quotas = quotas::planned(loaded).and_then(|reduction| quotas::compute(loaded, reduction));
    tables.extend(quotas.map(|quotas| views::quotas::table(&quotas, words)));
    if !basis.members.is_empty() {
        tables.extend(scorecard::Scores::compute(loaded, basis, plan)?.tables(true, words));
    }
    Ok(tables)
}

/// The lines under the title.
pub fn subtitle(loaded: &Loaded, words: &Words) -> Vec<String> {
    let about = &loaded.programme.file().programme;
    let as_of = loaded.as_of.map(|day| words.fill_in("general", "as_of", &[("date", &words.date(day))]));
    let made = words.fill_in("general", "made_by", &[("version", env!("CARGO_PKG_VERSION"))]);
    [about.issuer.clone(), about.name.clone()].into_iter().filter(|line| !line.is_empty()).chain(as_of).chain([made]).collect()
}

/// The settings by which the numbers came about.
fn options(loaded: &Loaded, units: Option<Date>, words: &Words) -> Vec<(String, String)> {
    let option = |key: &'static str, value: String| (words.say("option", key).to_owned(), value);
    let settings = loaded.programme.assignment();
    let order = (1..).zip(&settings.order).map(|(at, level)| format!("({at}) {}", words.say("level", level.name())));
    let order: Vec<String> = order.collect();
    let duty = loaded.programme.duty();
    let duty_of = |required: &Requirement| match required.ways() {
        [] => words.say("option", "no_duty").to_owned(),
        ways => views::pledges::owes(ways, words),
    };
    let file = loaded.programme.path().map(|path| path.display().to_string().replace('\\', "/"));
    let mut options = vec![
        option("version", env!("CARGO_PKG_VERSION").to_owned()),
        option("programme", file.unwrap_or_else(|| words.say("option", "defaults").to_owned())),
        option("as_of", loaded.as_of.map(|day| words.date(day)).unwrap_or_default()),
        option("order", order.join("; ")),
        option("cap", settings.cap.map_or_else(|| words.say("option", "none").to_owned(), |cap| cap.to_string())),
        option("min_helpers", settings.min_helpers.to_string()),
        option("duty_elsewhere", duty_of(&duty.elsewhere)),
        option("duty_salaried", duty_of(&duty.committee_salaried)),
        option("duty_unsalaried", duty_of(&duty.committee_unsalaried)),
    ];
    options.extend(units.map(|day| option("units", words.date(day))));
    if loaded.programme.file().money.estimate {
        let money = loaded.programme.money();
        options.push(option("divisor", money.divisor.to_string()));
        let base = loaded.as_of.and_then(|day| money.base_on(day)).and_then(|dong| i64::try_from(dong).ok());
        options.push(option("base_salary", base.map(|dong| words.count(dong)).unwrap_or_default()));
    }
    options
}

/// Whose form the annexes have: that of the body which issues the report.
pub fn form(loaded: &Loaded) -> views::annex::Form<'_> {
    let programme = &loaded.programme.file().programme;
    let issuer = match programme.issuer_kind {
        IssuerKind::Party => Issuer::Party,
        IssuerKind::State => Issuer::State,
    };
    views::annex::Form { issuer, superior: &programme.issuer }
}
