//! Read, then stop or go on: which files belong to a year, and what came out of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::listed_cells;
use super::named_files;
use super::options::{InputArgs, KindArg, LangArg};
use super::previous;
use super::refused::Refused;
use super::world::{Progress, World};
use crate::domain::goals::Measure;
use crate::domain::ids::Key;
use crate::domain::issue::{Code, Issue, Severity};
use crate::domain::plan::PreviousPair;
use crate::domain::support::Support;
use crate::domain::survey::Survey;
use crate::ingest::workbook::ReaderProcess;
use crate::ingest::{self, Counting, Ingested, Kind};
use crate::programme::{self, Programme, ProgrammeError};
use crate::report::json::{Corrections, Document, Input, InputSheet, IssueCounts, schema_name};
use crate::report::wording::{Lang, Words, words};

/// Everything a command works on.
pub struct Loaded {
    /// The programme, or its defaults.
    pub programme: Programme,
    /// The year, where anything tells it.
    pub year: Option<i16>,
    /// The day on which exemptions and pledges are judged.
    pub as_of: Option<Date>,
    /// What was read, of all years.
    pub data: Ingested,
    /// The pairs of last year's assignment, under the keys of this year's lists.
    pub previous: Vec<PreviousPair>,
    /// The names that last year's assignment has for those whom this year's lists lack.
    pub names_before: BTreeMap<Key, String>,
    /// The files and folders that are named and the files that were read in the folders, so that no output overwrites them.
    pub paths: Vec<PathBuf>,
}

/// The kinds that a command needs.
pub struct Wanted<'a> {
    /// These kinds of the programme file's year, unless flags name others.
    pub kinds: &'a [Kind],
    /// Whether the surveys of all earlier years are read too, for changes and the pace.
    pub earlier: bool,
    /// Of what the command asks for numbers alone, so that it need not be kept.
    pub counting: Counting,
    /// Whether all is wanted that lists say, of whatever year.
    pub all_years: bool,
    /// Whether faults are what the command is about: it goes on when not one file can be read, and lists skipped rows.
    pub faults: bool,
}

impl<'a> Wanted<'a> {
    /// Of these kinds what counts in the year.
    pub fn of(kinds: &'a [Kind]) -> Self {
        Self { kinds, earlier: false, counting: Counting::Nothing, all_years: false, faults: false }
    }
}

impl Loaded {
    /// The survey of the year.
    #[must_use]
    pub fn survey(&self) -> Option<&Survey> {
        self.data.surveys.get(&self.year).or_else(|| self.data.surveys.get(&None))
    }

    /// The support of the year: what registers tell, and the mark columns of the year's own household lists.
    pub fn supports(&self) -> impl Iterator<Item = &Support> {
        self.data.supports.iter().filter(|support| support.year.is_none_or(|year| self.year.is_none_or(|of| of == year)))
    }

    /// The nearest year before the year with a survey.
    #[must_use]
    pub fn survey_before(&self) -> Option<(i16, &Survey)> {
        let year = self.year?;
        let earlier = self.data.surveys.iter().filter_map(|(of, survey)| of.map(|of| (of, survey)));
        earlier.filter(|(of, _)| *of < year).max_by_key(|(of, _)| *of)
    }

    /// The day on which standings are judged; without a year nothing says which day it is, and every dated exemption
    /// counts as begun.
    #[must_use]
    pub fn day(&self) -> Date {
        self.as_of.unwrap_or(Date::MAX)
    }

    /// Every file that was read, as scripts and lists of sources see it.
    #[must_use]
    pub fn inputs(&self) -> Vec<Input> {
        let inputs = self.data.files.iter().map(|file| Input {
            file: file.file.to_string(),
            sha256: (!file.sha256.is_empty()).then(|| file.sha256.clone()),
            error: file.error.as_ref().map(|issue| issue.code.word().to_owned()),
            sheets: file
                .sheets
                .iter()
                .map(|sheet| InputSheet {
                    sheet: sheet.sheet.clone(),
                    kind: sheet.kind.map(|kind| kind.word().to_owned()),
                    read: sheet.read,
                    used: sheet.used,
                    rejected: sheet.rejected,
                    skipped: sheet.skipped,
                })
                .collect(),
        });
        inputs.collect()
    }

    /// The document around a result.
    #[must_use]
    pub fn document<T>(&self, command: &str, result: T) -> Document<T> {
        Document {
            schema: schema_name(command),
            tool: env!("CARGO_PKG_VERSION"),
            year: self.year,
            as_of: self.as_of.map(|day| day.to_string()),
            inputs: self.inputs(),
            issues: IssueCounts::of(&self.data.issues),
            corrections: self.corrections(),
            result,
        }
    }

    /// How many decisions of corrections files were given and applied; `None` without any.
    #[must_use]
    pub fn corrections(&self) -> Option<Corrections> {
        let (given, applied) = (self.data.decisions.len() as u64, self.data.applied.len() as u64);
        (given > 0).then_some(Corrections { given, applied })
    }

    /// Whether an issue needs a person before the numbers are whole.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.data.issues.iter().any(|issue| issue.severity == Severity::Error)
    }

    /// Whether not one file could be read.
    #[must_use]
    pub fn nothing_readable(&self) -> bool {
        self.data.files.iter().all(|file| file.error.is_some())
    }

    /// Why a command cannot do without what was not found, with what the sheets that hold something were taken for.
    #[must_use]
    pub fn lacks(&self, key: &'static str) -> Refused {
        let mut read = Vec::new();
        for file in &self.data.files {
            for sheet in file.sheets.iter().filter(|sheet| sheet.read > 0) {
                let skipped = sheet.why_skipped.map(|why| ("skipped", why.word()));
                let taken_for = skipped.or_else(|| Some(("kind", sheet.kind?.word())));
                read.extend(taken_for.map(|(section, key)| (format!("{} [{}]", file.file, sheet.sheet), section, key)));
            }
        }
        Refused::new(key).with_sheets(read)
    }

    /// The first line of what a person reads, when rows or files are left out.
    #[must_use]
    pub fn left_out(&self, words: &Words) -> Vec<String> {
        let mut lines = Vec::new();
        let count = |number: u64| words.count(i64::try_from(number).unwrap_or(i64::MAX));
        let rows = self.data.rejected();
        if rows > 0 {
            lines.push(words.fill_in("note", "left_out", &[("count", &count(rows))]));
        }
        let files = self.data.files.iter().filter(|file| file.error.is_some()).count() as u64;
        if files > 0 {
            lines.push(words.fill_in("note", "files_left_out", &[("count", &count(files))]));
        }
        for (code, note) in
            [(Code::TableUnknown, "tables_unknown"), (Code::TableOther, "tables_other"), (Code::OtherYear, "other_years")]
        {
            let told: Vec<&Issue> = self.data.issues.iter().filter(|issue| issue.code == code).collect();
            if !told.is_empty() {
                let number = count(told.iter().map(|issue| issue.count).sum());
                let mut files: Vec<&str> = told.iter().map(|issue| &*issue.file).collect();
                files.dedup();
                lines.push(words.fill_in("note", note, &[("count", &number), ("files", &files.join(", "))]));
            }
        }
        if let Some(of) = self.corrections() {
            let values = [("applied", count(of.applied)), ("given", count(of.given))];
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            lines.push(words.fill_in("note", "corrections_applied", &values));
        }
        lines
    }
}

/// The programme file that holds: the one that is named, else the one in the present folder, else none.
///
/// # Errors
/// When the file is named and not there, or says something that is not understood.
pub fn programme(args: &InputArgs, lang: Option<LangArg>, world: &World<'_>) -> Result<Programme> {
    let file = args.programme.clone().or_else(|| {
        let usual = world.folder.join(programme::FILE_NAME);
        usual.is_file().then(|| PathBuf::from(programme::FILE_NAME))
    });
    file.map_or_else(|| Ok(Programme::default()), |path| Programme::load(&path).map_err(|error| in_words(&error, lang, world)))
}

/// An error of the programme file in the language of the user.
fn in_words(error: &ProgrammeError, lang: Option<LangArg>, world: &World<'_>) -> anyhow::Error {
    anyhow!(error.say(match world.language(lang, None) {
        Lang::Vi => programme::Language::Vi,
        Lang::En => programme::Language::En,
    }))
}

/// The language that the programme file chooses; the defaults of a missing file choose none.
#[must_use]
pub fn language(programme: &Programme) -> Option<Lang> {
    programme.path()?;
    Some(match programme.file().programme.language {
        programme::Language::Vi => Lang::Vi,
        programme::Language::En => Lang::En,
    })
}

/// Reads what a command needs.
///
/// # Errors
/// When the programme file is not understood, no input is named, or none can be read.
pub fn load(
    args: &InputArgs,
    extra: &[PathBuf],
    wanted: &Wanted<'_>,
    lang: Option<LangArg>,
    world: &mut World<'_>,
) -> Result<Loaded> {
    let programme = programme(args, lang, world)?;
    let said = words(world.language(lang, language(&programme)));
    let flagged = flagged(args, extra);
    let year = args.year.or_else(|| if flagged.contains_key(&None) { None } else { programme.latest_year() });
    let readings = readings(&programme, year, wanted, &flagged).map_err(|error| in_words(&error, lang, world))?;
    let mut settings = settings(&programme, args);
    // What last year's pairs mean is looked up among the records themselves.
    settings.counting = if args.previous.is_empty() { wanted.counting } else { Counting::Nothing };
    settings.listing = wanted.faults;
    settings.one_year = !wanted.all_years;
    settings.supports = wanted.kinds.contains(&Kind::Support);
    settings.limits.process = world.program.clone().map_or(ReaderProcess::InProcess, ReaderProcess::Child);
    let mut paths = Vec::new();
    let mut data = decided(args, &programme, (year, wanted.earlier), &settings, &mut paths)
        .map_err(|error| in_words(&error, lang, world))?;
    if !wanted.faults {
        refuse_foreign(&data, said)?;
        refuse_half(&data, said)?;
    }
    let decisions = data.decisions.clone();
    let mut named = Vec::new();
    for mut reading in readings {
        named.append(&mut reading.named);
        // A JSON document of `assign` is no workbook; its pairs are taken as they are.
        for path in reading.paths.extract_if(.., |path| is_json(path)) {
            data.merge(previous::of_json(&path)?);
            paths.push(path);
        }
        if reading.paths.is_empty() {
            continue;
        }
        // Only what flags name may be of other years than the one that is asked for.
        let asked = args.year.filter(|_| reading.year.is_none());
        let mut settings = ingest::Settings { year: reading.year, asked, decisions: decisions.clone(), ..settings.clone() };
        settings.kind = reading.kind.or(settings.kind);
        let progress = Progress::new(world.shows_progress);
        data.merge(read(&reading.paths, &settings, &progress));
        paths.extend(reading.paths);
    }
    data.issues.extend(named_files::issues(&named, &data.files));
    data.hold_totals_against_lists(&decisions);
    data.issues.extend(data.unused(&decisions));
    if let Some(path) = programme.path() {
        let listed = &programme.file().cells;
        data.issues.extend(listed_cells::issues(&ingest::shown(path), listed, &data.roster));
    }
    // A year may be known by published figures alone; then there is nothing to read and still something to say.
    let figures =
        wanted.earlier && year.is_some_and(|year| Measure::ALL.iter().any(|of| programme.published(year, *of).is_some()));
    if paths.is_empty() && figures {
        let as_of = args.as_of.or_else(|| year.and_then(|year| programme.as_of(year)));
        return Ok(Loaded { programme, year, as_of, data, previous: Vec::new(), names_before: BTreeMap::new(), paths });
    }
    if paths.is_empty() {
        let years: Vec<String> = programme.file().years.keys().map(|year| year.get().to_string()).collect();
        if let Some(asked) = args.year.filter(|asked| !years.is_empty() && !years.contains(&asked.to_string())) {
            let (asked, years) = (asked.to_string(), years.join(", "));
            bail!(said.fill_in("note", "no_such_year", &[("year", &asked), ("years", &years), ("file", programme::FILE_NAME)]));
        }
        bail!(said.fill_in("note", "no_input", &[("file", programme::FILE_NAME)]));
    }
    if data.files.is_empty() {
        bail!(said.fill_in("note", "no_workbook", &[("paths", &listed(&paths))]));
    }
    let nothing = data.files.iter().all(|file| file.error.is_some());
    if nothing && !wanted.faults {
        let first = data.files.iter().find_map(|file| file.error.as_ref());
        let what = first.map(|issue| unreadable(issue, said));
        let count = data.files.len().to_string();
        bail!(said.fill_in("note", "none_readable", &[("count", &count), ("first", &what.unwrap_or_default())]));
    }
    if let Some(asked) = args.year.filter(|_| !wanted.faults && !figures && !flagged.is_empty()) {
        refuse_other_years(&data, asked)?;
    }
    // Flags alone name no year; then the lists themselves say which they are of.
    let told = data.surveys.keys().copied().flatten().max();
    let told = told.or_else(|| data.files.iter().flat_map(|file| &file.sheets).filter_map(|sheet| sheet.year).max());
    let year = args.year.or(if programme.path().is_some() { year } else { None }).or(told);
    let as_of = args.as_of.or_else(|| year.and_then(|year| programme.as_of(year)));
    paths.extend(counted(&data));
    let (previous, names_before) = previous::settle(&mut data, year);
    if !args.previous.is_empty() && previous.is_empty() {
        let named: Vec<_> = args.previous.iter().map(|path| ingest::shown(path)).collect();
        if let Some(issue) = data.issues.iter().find(|issue| named.contains(&issue.file)) {
            bail!("{}", unreadable(issue, said));
        }
        bail!(Refused::new("no_pair").with("files", listed(&args.previous)));
    }
    Ok(Loaded { programme, year, as_of, data, previous, names_before, paths })
}

/// Why nothing of a file or a row is used, and what to do.
fn unreadable(issue: &Issue, words: &Words) -> String {
    let missing = issue.code == Code::FileMissing;
    let found = if missing { words.issue_title(issue.code) } else { words.issue_found(issue) };
    let cell = issue.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
    format!("{}{cell}: {found}. {}", issue.file, words.issue_fix(issue))
}

/// Reads paths. Where surveys tell several years, the year that is asked for chooses among them; where all of them tell one
/// other year, the person who typed the year means it of them, and they are read again as of that year, with a warning.
fn read(paths: &[PathBuf], settings: &ingest::Settings, progress: &Progress) -> Ingested {
    let read = |settings: &ingest::Settings| ingest::read_paths(paths, settings, &|done, of| progress.at(done, of));
    let data = read(settings);
    let mut years = data.surveys.keys().copied();
    match (settings.asked, years.next(), years.next()) {
        (Some(asked), Some(Some(told)), None) if told != asked => {
            read(&ingest::Settings { year: Some(asked), ..settings.clone() })
        }
        _ => data,
    }
}

/// A year that somebody asks for and no list is of, where lists of other years were read: the years are named.
fn refuse_other_years(data: &Ingested, asked: i16) -> Result<()> {
    let years: Vec<i16> = data.surveys.keys().copied().flatten().collect();
    if years.is_empty() || years.contains(&asked) || data.surveys.contains_key(&None) {
        return Ok(());
    }
    let years = years.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
    bail!(Refused::new("year_not_told").with("year", asked).with("years", years))
}

/// Whether a path is named as a JSON document.
fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The files in the folders that are inputs and not an earlier output without a known table: what anything is read from,
/// and what cannot be read and is somebody's all the same.
fn counted(data: &Ingested) -> impl Iterator<Item = PathBuf> + '_ {
    let counted = |file: &&ingest::FileAccount| file.error.is_some() || file.sheets.iter().any(|sheet| sheet.kind.is_some());
    data.files.iter().filter(counted).map(|file| PathBuf::from(&*file.file))
}

/// Paths as a sentence lists them.
fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// The paths that flags name, by kind.
fn flagged(args: &InputArgs, extra: &[PathBuf]) -> BTreeMap<Option<Kind>, Vec<PathBuf>> {
    let named = [
        (Kind::Households, &args.households),
        (Kind::Members, &args.members),
        (Kind::Totals, &args.totals),
        (Kind::Pledges, &args.pledges),
        (Kind::Twinning, &args.twinning),
        (Kind::Support, &args.support),
        (Kind::Assignment, &args.previous),
    ];
    let mut flagged: BTreeMap<Option<Kind>, Vec<PathBuf>> =
        named.into_iter().filter(|(_, paths)| !paths.is_empty()).map(|(kind, paths)| (Some(kind), paths.clone())).collect();
    if !extra.is_empty() {
        flagged.insert(None, extra.to_vec());
    }
    flagged
}

/// Paths that are read together, and the year that the programme file says they are of.
struct Reading {
    year: Option<i16>,
    /// The only kind of table that is wanted: last year's assignment may stand in a workbook beside sums that look like others.
    kind: Option<Kind>,
    paths: Vec<PathBuf>,
    /// The kinds that paths are named for.
    named: Vec<(Kind, PathBuf)>,
}

impl Reading {
    /// Paths that are named for kinds, of a year.
    fn of(year: Option<i16>, named: Vec<(Kind, PathBuf)>) -> Self {
        Self { year, kind: None, paths: named.iter().map(|(_, path)| path.clone()).collect(), named }
    }

    /// Last year's assignment, which is read alone.
    fn of_pairs(year: Option<i16>, paths: Vec<PathBuf>) -> Self {
        Self { year, kind: Some(Kind::Assignment), paths, named: Vec::new() }
    }
}

/// What is read: the paths of flags, and of the programme file the kinds that no flag names; each year on its own, so that
/// doubles are looked for within a year.
fn readings(
    programme: &Programme,
    year: Option<i16>,
    wanted: &Wanted<'_>,
    flagged: &BTreeMap<Option<Kind>, Vec<PathBuf>>,
) -> Result<Vec<Reading>, ProgrammeError> {
    let mut readings = Vec::new();
    // Paths without a kind are everything that is asked for; the programme file's own are then left alone.
    if let (Some(year), false) = (year, flagged.contains_key(&None)) {
        let of = |year: i16, kind: Kind| {
            let paths = programme.inputs(year, input(kind))?;
            Ok(paths.into_iter().map(move |path| (kind, path)))
        };
        if wanted.earlier && !flagged.contains_key(&Some(Kind::Households)) {
            for earlier in programme.years().filter(|earlier| *earlier < year) {
                let named = of(earlier, Kind::Households)?.chain(of(earlier, Kind::Totals)?);
                readings.push(Reading::of(Some(earlier), named.collect()));
            }
        }
        let (mut named, mut pairs) = (Vec::new(), Vec::new());
        for kind in wanted.kinds.iter().filter(|kind| !flagged.contains_key(&Some(**kind))) {
            match kind {
                Kind::Assignment => pairs.extend(programme.inputs(year, input(*kind))?),
                Kind::Households
                | Kind::Totals
                | Kind::Members
                | Kind::Pledges
                | Kind::Twinning
                | Kind::Support
                | Kind::Corrections => named.extend(of(year, *kind)?),
            }
        }
        readings.push(Reading::of(Some(year), named));
        readings.push(Reading::of_pairs(Some(year), pairs));
    }
    let mut of_flags = Reading::of(None, Vec::new());
    for (kind, paths) in flagged.iter().filter(|(kind, _)| **kind != Some(Kind::Assignment)) {
        of_flags.paths.extend_from_slice(paths);
        of_flags.named.extend(kind.iter().flat_map(|kind| paths.iter().map(|path| (*kind, path.clone()))));
    }
    readings.push(of_flags);
    readings.push(Reading::of_pairs(None, flagged.get(&Some(Kind::Assignment)).cloned().unwrap_or_default()));
    readings.retain(|reading| !reading.paths.is_empty());
    Ok(readings)
}

/// The key of a kind in the programme file.
fn input(kind: Kind) -> programme::Input {
    match kind {
        Kind::Households => programme::Input::Households,
        Kind::Totals => programme::Input::Totals,
        Kind::Members => programme::Input::Members,
        Kind::Pledges => programme::Input::Pledges,
        Kind::Twinning => programme::Input::Twinning,
        Kind::Support => programme::Input::Support,
        Kind::Assignment => programme::Input::Previous,
        Kind::Corrections => programme::Input::Corrections,
    }
}

/// What corrections files say, which are read first: the decisions, and the issues of those that are half made. Where the
/// surveys of earlier years are read, their decisions hold as they did in their own year.
fn decided(
    args: &InputArgs,
    programme: &Programme,
    (year, earlier): (Option<i16>, bool),
    settings: &ingest::Settings,
    paths: &mut Vec<PathBuf>,
) -> Result<Ingested, ProgrammeError> {
    let files = match year {
        Some(year) if args.corrections.is_empty() => {
            let years = programme.years().filter(|of| *of == year || (earlier && *of < year));
            let files = years.map(|of| programme.inputs(of, programme::Input::Corrections));
            let mut files = files.collect::<Result<Vec<_>, _>>()?.concat();
            files.sort();
            files.dedup();
            files
        }
        _ => args.corrections.clone(),
    };
    if files.is_empty() {
        return Ok(Ingested::default());
    }
    let settings = ingest::Settings { kind: Some(Kind::Corrections), ..settings.clone() };
    let read = ingest::read_paths(&files, &settings, &|_, _| {});
    paths.extend(files);
    Ok(read)
}

/// A file that is named as one of decisions and is none would leave out, without a word, what somebody decided.
fn refuse_foreign(data: &Ingested, words: &Words) -> Result<()> {
    for file in &data.files {
        if let Some(issue) = &file.error {
            bail!("{}: {}. {}", issue.file, words.issue_title(issue.code), words.issue_fix(issue));
        }
        if !file.sheets.iter().any(ingest::SheetAccount::holds_decisions) {
            bail!(words.fill_in("note", "decisions_none", &[("file", &file.file)]));
        }
    }
    Ok(())
}

/// A half-made decision is nobody's decision: figures that rest on it would not be what a person answers for.
fn refuse_half(data: &Ingested, words: &Words) -> Result<()> {
    let half = data.issues.iter().filter(|issue| issue.code == Code::DecisionHalf);
    let place = |issue: &Issue| {
        let sheet = issue.sheet.as_deref().unwrap_or_default();
        let cell = issue.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("{} [{sheet}] {cell}", issue.file)
    };
    let places: Vec<String> = half.map(place).collect();
    if places.is_empty() {
        return Ok(());
    }
    bail!(words.fill_in("note", "decisions_half", &[("places", &places.join("\n  "))]))
}

/// The reader's settings from the programme file and the flags.
#[must_use]
pub fn settings(programme: &Programme, args: &InputArgs) -> ingest::Settings {
    let file = programme.file();
    let communes = programme.communes();
    let villages = communes.iter().filter_map(|commune| {
        let villages = programme.villages(commune)?;
        Some((commune.name.clone(), villages.iter().map(|village| village.name().to_owned()).collect()))
    });
    ingest::Settings {
        villages: villages.collect(),
        communes_listed: programme.communes_listed(),
        expect_every_commune: programme.communes_listed(),
        organisations: organisations(file),
        columns: columns(&file.columns),
        kind: args.kind.map(kind),
        sheet: args.sheet.clone(),
        year: args.year,
        as_of: args.as_of,
        standards: programme.years().map(|year| (year, programme.standard(year))).collect(),
        communes,
        ..ingest::Settings::default()
    }
}

/// The organisations and cells of the programme file.
fn organisations(file: &programme::ProgrammeFile) -> Vec<ingest::KnownOrganisation> {
    let mut known: Vec<ingest::KnownOrganisation> = file
        .organisations
        .iter()
        .map(|row| ingest::KnownOrganisation {
            name: row.name.clone(),
            aliases: row.aliases.0.clone(),
            committee_of: row.committee_of.clone(),
            cells: Vec::new(),
        })
        .collect();
    for cell in &file.cells {
        let at = known.iter().position(|organisation| organisation.name == cell.organisation).unwrap_or_else(|| {
            known.push(ingest::KnownOrganisation { name: cell.organisation.clone(), ..ingest::KnownOrganisation::default() });
            known.len() - 1
        });
        known[at].cells.push(ingest::KnownCell {
            name: cell.name.clone(),
            village: cell.village.clone(),
            restricted: cell.restricted,
        });
    }
    known
}

/// The headings of the programme file, by kind.
fn columns(columns: &programme::lists::Columns) -> BTreeMap<Kind, BTreeMap<String, String>> {
    [
        (Kind::Households, &columns.households),
        (Kind::Totals, &columns.totals),
        (Kind::Members, &columns.members),
        (Kind::Pledges, &columns.pledges),
        (Kind::Twinning, &columns.twinning),
        (Kind::Support, &columns.support),
        (Kind::Assignment, &columns.assignment),
    ]
    .into_iter()
    .map(|(kind, fields)| (kind, fields.clone()))
    .collect()
}

fn kind(arg: KindArg) -> Kind {
    match arg {
        KindArg::Households => Kind::Households,
        KindArg::Totals => Kind::Totals,
        KindArg::Members => Kind::Members,
        KindArg::Pledges => Kind::Pledges,
        KindArg::Twinning => Kind::Twinning,
        KindArg::Support => Kind::Support,
        KindArg::Assignment => Kind::Assignment,
        KindArg::Corrections => Kind::Corrections,
    }
}
