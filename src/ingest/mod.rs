//! Workbooks in, typed rows and issues out.
//!
//! Reading never stops at the first fault: whatever can be read is, and everything that is wrong comes back as an issue with
//! its cell. [`read_paths`] is the door.
//!
//! The way of a row: `workbook` hands out its cells, `sheet` knows its headings, `table` tells records from sums, banners and
//! signatures, one file per kind makes a typed record of it, `merge` puts the files together and finds doubles.

mod absorb;
pub mod account;
mod addresses;
mod against;
mod agencies;
mod alike_households;
mod alike_members;
mod amount_columns;
mod amounts;
mod area_columns;
mod asides;
mod asked;
pub mod assignment;
mod batch;
mod by_content;
pub mod cells;
mod columns;
mod context;
mod convert;
pub mod corrections;
mod counted;
mod counted_members;
mod decided;
mod decimal;
mod desk;
mod digits;
mod doubles;
pub mod encoding;
pub mod fields;
mod files;
mod findings;
pub mod form;
mod gifts;
mod given;
mod givers;
mod grain;
mod headings;
mod households;
mod identity;
mod instalments;
pub mod kind;
mod kind_columns;
#[cfg(test)]
mod law_tests;
mod line;
mod measured;
mod members;
mod members_seen;
mod membership;
mod merge;
mod merged;
mod misfits;
mod numbers_seen;
mod organisations;
mod other_years;
mod persons;
mod pieces;
mod pledge_lists;
mod pledges;
mod quick;
mod reader;
mod reading;
mod receivers;
mod remarks;
mod reworded;
mod rows;
pub mod settings;
mod sheet;
mod spellings;
mod standing_lists;
mod standings;
mod summaries;
mod sums;
mod support;
mod support_words;
mod surroundings;
mod table;
#[cfg(test)]
mod tests;
mod told_amounts;
mod told_support;
mod totals;
mod twinning;
pub mod vocabulary;
pub mod workbook;
mod year_columns;

use std::path::PathBuf;

use crate::domain::issue::{Code, Issue};

pub use account::{ColumnUse, FileAccount, Ingested, SheetAccount, SkippedRow, TakenFor, WhySkipped};
pub use files::shown;
pub use kind::Kind;
pub use settings::{Counting, KnownCell, KnownOrganisation, Settings};
pub use told_support::ToldSupport;

/// Reads files and folders (with their subfolders, sorted by name). Never fails as a whole: a file that cannot be read is one
/// issue, the others are read. `progress` is told how many files are done, and of how many.
#[must_use]
pub fn read_paths(paths: &[PathBuf], settings: &Settings, progress: &(dyn Fn(usize, usize) + Sync)) -> Ingested {
    let mut all = read_all(paths, settings, progress);
    tell_unknown(&mut all, paths);
    all
}

/// Says of which files that somebody named nothing is used because no table in them is known: a script would otherwise take what was
/// given for nothing. Folders hold other things too.
fn tell_unknown(all: &mut Ingested, paths: &[PathBuf]) {
    let mut unknown = Vec::new();
    for named in paths.iter().filter(|path| path.is_file()).map(|path| shown(path)) {
        let Some(account) = all.files.iter().find(|account| account.file == named && account.error.is_none()) else { continue };
        let is_told = |sheet: &SheetAccount| {
            matches!(sheet.why_skipped, Some(WhySkipped::NoTable | WhySkipped::Blank | WhySkipped::NoCells))
        };
        if account.sheets.iter().all(is_told) {
            unknown.push(Issue::of_file(Code::TableUnknown, named.clone(), named.to_string()));
        }
    }
    if !unknown.is_empty() {
        all.issues.extend(unknown);
        all.issues.sort_by(|a, b| a.place_key().cmp(&b.place_key()));
    }
}

fn read_all(paths: &[PathBuf], settings: &Settings, progress: &(dyn Fn(usize, usize) + Sync)) -> Ingested {
    let places = context::Places::new(settings);
    // Last year's assignment may be given as the folder of last year's report.
    let files = files::expand(paths, settings.kind == Some(Kind::Assignment));
    if settings.counting.households()
        && settings.decisions.is_empty()
        && let Some(counted) = count_files(&files, settings, &places, progress)
    {
        return counted;
    }
    let settings = &Settings { counting: Counting::Nothing, ..settings.clone() };
    merge::merge(files::read_all(&files, settings, &places, progress), settings, &places)
}

/// Reads files a few at a time and keeps sums of their households; `None` where a file has more to say of them than that.
fn count_files(
    files: &[PathBuf],
    settings: &Settings,
    places: &context::Places,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Option<Ingested> {
    let (mut absorbed, mut batches) = (absorb::Absorbed::default(), Vec::new());
    for part in files::parts(files) {
        let before = batches.len();
        let read = files::read_all(part, settings, places, &|done, _| progress(before + done, files.len()));
        if read.iter().any(|batch| batch.uncountable) {
            return None;
        }
        for mut batch in read {
            absorbed.absorb(&mut batch);
            batches.push(batch);
        }
    }
    if absorbed.may_be_alike(settings) || other_years::may_be(&batches, settings) {
        return None;
    }
    Some(merge::merge_counted(batches, absorbed, settings, places))
}
