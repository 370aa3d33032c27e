//! `check`: what each sheet is, and everything that is wrong.

use anyhow::Result;

use super::input::{Loaded, Wanted, language, load};
use super::options::{AudienceArg, CheckArgs, InputArgs};
use super::show::{Shown, show};
use super::world::World;
use super::{Outcome, annotate, corrections};
use crate::domain::source::column_letters;
use crate::ingest::Kind;
use crate::report::json::check::{Check, Column, Issue, Sheet, SkippedRow, Told};
use crate::report::table::Report;
use crate::report::views;
use crate::report::wording::{Words, words};

/// The kinds that `check` reads of the programme file.
const ALL: &[Kind] =
    &[Kind::Households, Kind::Totals, Kind::Members, Kind::Pledges, Kind::Twinning, Kind::Support, Kind::Assignment];

/// Runs the command.
///
/// # Errors
/// When nothing at all can be read.
pub fn run(args: &CheckArgs, world: &mut World<'_>) -> Result<Outcome> {
    let questions = corrections::target(args, world)?;
    let inputs = match &questions {
        // The file of decisions is read if it is there already, and made if not. A household under two keys is seen by
        // the surveys of two years.
        Some(file) if !file.exists() => InputArgs { corrections: Vec::new(), ..args.inputs.clone() },
        _ => args.inputs.clone(),
    };
    let wanted = Wanted { earlier: questions.is_some(), all_years: true, faults: true, ..Wanted::of(ALL) };
    let loaded = load(&inputs, &args.paths, &wanted, args.output.lang, world)?;
    if let Some(file) = &questions {
        corrections::write(file, args, &loaded, world)?;
    }
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let report = || report(args, &loaded, &sheets(&loaded), words);
    let document = || {
        let shown = args.output.audience == AudienceArg::Internal;
        let issues = loaded.data.issues.iter().map(|issue| Issue::new(issue, words));
        let issues = issues.map(|issue| {
            if shown { issue } else { Issue { found: String::new(), expected: String::new(), fix: String::new(), ..issue } }
        });
        let mut sheets = sheets(&loaded);
        if !shown {
            sheets.iter_mut().flat_map(|sheet| &mut sheet.skipped_rows).for_each(|row| row.text.clear());
        }
        loaded.document("check", Check { sheets, issues: issues.collect() })
    };
    show(&Shown { output: &args.output, loaded: &loaded, main_table: "issues" }, report, document, world)?;
    if let Some(folder) = &args.annotate {
        annotate::write(folder, &loaded, &args.output, words, world)?;
    }
    Ok(if loaded.nothing_readable() {
        Outcome::NothingReadable
    } else if loaded.has_errors() {
        Outcome::NeedsPerson
    } else {
        Outcome::Done
    })
}

/// The accounts of all sheets in the shape of the report.
#[must_use]
pub fn sheets(loaded: &Loaded) -> Vec<Sheet> {
    let of_file = |file: &crate::ingest::FileAccount| {
        let name = file.file.to_string();
        let sheet = |sheet: &crate::ingest::SheetAccount| Sheet {
            file: name.clone(),
            sheet: sheet.sheet.clone(),
            kind: sheet.kind.map(|kind| kind.word().to_owned()),
            year: sheet.year,
            read: sheet.read,
            used: sheet.used,
            rejected: sheet.rejected,
            skipped: sheet.skipped,
            why: sheet.why_skipped.map(|why| why.word().to_owned()),
            told: sheet.told.map(told),
            columns: sheet.columns.iter().map(column).collect(),
            skipped_rows: sheet.skipped_rows.iter().map(skipped_row).collect(),
        };
        file.sheets.iter().map(sheet).collect::<Vec<_>>()
    };
    loaded.data.files.iter().flat_map(of_file).collect()
}

fn told(told: crate::ingest::ToldSupport) -> Told {
    Told { support: told.kind.map(str::to_owned), needed: told.needed, received: told.received }
}

fn column(column: &crate::ingest::ColumnUse) -> Column {
    Column { column: column_letters(column.cell.col), heading: column.heading.clone(), field: column.field.map(str::to_owned) }
}

fn skipped_row(row: &crate::ingest::SkippedRow) -> SkippedRow {
    let (rows, taken_for, text) = (row.rows, row.taken_for.word(), row.text.clone());
    SkippedRow { row: row.row.saturating_add(1), rows, taken_for: taken_for.to_owned(), text }
}

/// A screen gets the issues by code with their first cells; a file gets every one of them.
fn report(args: &CheckArgs, loaded: &Loaded, sheets: &[Sheet], words: &Words) -> Report {
    let issues = &loaded.data.issues;
    let mut tables = vec![views::check::sheets(sheets, words)];
    if args.columns {
        tables.push(views::check::columns(sheets, words));
    }
    if args.skipped && sheets.iter().any(|sheet| !sheet.skipped_rows.is_empty()) {
        tables.push(views::check::skipped_rows(sheets, !args.output.writes_a_file(), words));
    }
    if args.output.writes_a_file() {
        tables.push(views::check::issues(issues, words));
    } else if !issues.is_empty() {
        tables.push(views::check::grouped(issues, words));
    }
    let mut notes = Vec::new();
    if sheets.iter().all(|sheet| sheet.used == 0 && sheet.rejected == 0) {
        notes.push(words.say("note", "no_table").to_owned());
    } else if issues.is_empty() {
        notes.push(words.say("note", "no_issues").to_owned());
    }
    Report { title: words.say("title", "check").to_owned(), tables, notes, as_of: loaded.as_of, ..Report::default() }
}
