//! `ingest`: the clean tables of all workbooks, with a manifest that tells where every record came from.

use std::path::Path;

use anyhow::Result;

use super::Outcome;
use super::input::{Loaded, Wanted, language, load};
use super::options::{FormatArg, IngestArgs, IngestFormat};
use super::output::{Sink, make_file, write_file};
use super::refused::Refused;
use super::world::World;
use crate::ingest::Kind;
use crate::report::json::ingest::{CleanTable, Manifest};
use crate::report::json::{self};
use crate::report::table::{Report, Table};
use crate::report::views::clean;
use crate::report::wording::words;
use crate::report::{Format, Setting, render_to};

/// The kinds that are read of the programme file.
const KINDS: &[Kind] = &[Kind::Households, Kind::Totals, Kind::Members, Kind::Pledges, Kind::Twinning, Kind::Support];

/// The name of the manifest in the folder of the clean tables.
const MANIFEST: &str = "manifest.json";

/// Runs the command.
///
/// # Errors
/// When nothing can be read, or the folder cannot be written.
pub fn run(args: &IngestArgs, world: &mut World<'_>) -> Result<Outcome> {
    let loaded = load(&args.inputs, &args.paths, &Wanted { all_years: true, ..Wanted::of(KINDS) }, args.lang, world)?;
    let lang = world.language(args.lang, language(&loaded.programme));
    let tables: Vec<Table> = tables(&loaded).into_iter().filter(|table| !table.rows.is_empty()).collect();
    let mut setting = Setting::new(lang);
    setting.scratch = Some(std::env::temp_dir());
    let mut written = Vec::new();
    for (file, tables) in outputs(args.format, &tables) {
        let report = Report { tables: tables.to_vec(), as_of: loaded.as_of, ..Report::default() };
        let format = if args.format == IngestFormat::Csv { Format::Csv } else { Format::Xlsx };
        let sha256 = make_file(&args.output.join(&file), &loaded.paths, |out| render_to(&report, format, &setting, out))?;
        written.extend(tables.iter().map(|table| CleanTable {
            table: table.key,
            file: file.clone(),
            rows: table.rows.len() as u64,
            sha256: sha256.clone(),
        }));
    }
    let manifest = json::print(&loaded.document("ingest", Manifest { tables: written }))
        .map_err(|error| Refused::new("no_manifest_made").because(error))?;
    write_file(&args.output.join(MANIFEST), &manifest, &loaded.paths)?;
    if args.print == Some(FormatArg::Json) {
        Sink { out: &mut *world.out, err: &mut *world.err }.write(&manifest, None, &[])?;
    } else if !args.quiet {
        say(&loaded, &tables, &args.output, words(lang), world);
    }
    Ok(if loaded.has_errors() { Outcome::NeedsPerson } else { Outcome::Done })
}

/// Says what was written, for people.
fn say(loaded: &Loaded, tables: &[Table], folder: &Path, words: &crate::report::wording::Words, world: &mut World<'_>) {
    for line in loaded.left_out(words) {
        world.say(&line);
    }
    for table in tables {
        let count = words.count(i64::try_from(table.rows.len()).unwrap_or(i64::MAX));
        world.say(&words.fill_in("note", "clean_rows", &[("count", &count), ("table", words.say("kind", table.key))]));
    }
    world.say(&folder.display().to_string());
}

/// The files to write and the tables in each.
fn outputs(format: IngestFormat, tables: &[Table]) -> Vec<(String, &[Table])> {
    match format {
        IngestFormat::Csv => tables.chunks(1).filter_map(|one| Some((format!("{}.csv", one.first()?.key), one))).collect(),
        IngestFormat::Xlsx if tables.is_empty() => Vec::new(),
        IngestFormat::Xlsx => vec![("ingest.xlsx".to_owned(), tables)],
    }
}

/// The clean tables of everything that was read.
fn tables(loaded: &Loaded) -> Vec<Table> {
    let surveys = &loaded.data.surveys;
    let households = || {
        surveys.iter().flat_map(|(year, survey)| {
            let all = survey.all.iter().map(|household| (*year, "all", household));
            all.chain(survey.poor_only.iter().map(|household| (*year, "poor_only", household)))
        })
    };
    vec![
        clean::households(households()),
        clean::persons(households().map(|(year, _, household)| (year, household))),
        clean::totals(surveys.iter().flat_map(|(year, survey)| survey.totals.iter().map(|total| (*year, total)))),
        clean::members(&loaded.data.roster.members),
        clean::pledges(&loaded.data.roster.pledges),
        clean::twinning(&loaded.data.roster.twinning),
        clean::support(&loaded.data.supports),
    ]
}
