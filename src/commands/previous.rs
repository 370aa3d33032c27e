//! Last year's assignment among the inputs: what its rows mean in this year's lists, and what is said of those that mean nobody.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;

use super::digest::sha256_of;
use super::refused::Refused;
use crate::domain::household::Household;
use crate::domain::ids::Key;
use crate::domain::issue::{Hint, Issue, Severity};
use crate::domain::plan::PreviousPair;
use crate::domain::previous::{Doubt, PreviousRow, meant};
use crate::domain::survey::Survey;
use crate::ingest::{self, Ingested, Kind};

/// Reads a JSON document of `assign`, which is no workbook, as an input like every other.
///
/// # Errors
/// When it cannot be read, or is no such document.
pub(super) fn of_json(path: &Path) -> Result<Ingested> {
    let refused = || Refused::new("no_pairs_json").with("file", path.display());
    let bytes = std::fs::read(path).map_err(|error| refused().because(error))?;
    let hash = sha256_of(&*bytes)?;
    Ok(ingest::assignment::read_json(path, &bytes, hash).map_err(|_| refused())?)
}

/// The pairs of last year under the keys of this year's lists, and the names of those whom these lists lack. Rows that cannot be told are issues and count as left out;
/// without both lists there is nothing to look a name up in, and keys are taken as they are.
pub(super) fn settle(data: &mut Ingested, year: Option<i16>) -> (Vec<PreviousPair>, BTreeMap<Key, String>) {
    let rows = std::mem::take(&mut data.previous);
    // A province has half a million names to look up in, and most runs have nothing to look up.
    if rows.is_empty() {
        return Default::default();
    }
    let survey = data.surveys.get(&year).or_else(|| data.surveys.get(&None));
    let households: Vec<&Household> = survey.map(|survey: &Survey| survey.households().collect()).unwrap_or_default();
    if households.is_empty() || data.roster.members.is_empty() {
        let keys = |row: PreviousRow| Some(PreviousPair { household: row.household.key?, member: row.member.key? });
        return (rows.into_iter().filter_map(keys).collect(), BTreeMap::new());
    }
    let found = meant(&rows, &households, &data.roster.members);
    let issues: Vec<Issue> = found.doubts.iter().map(issue).collect();
    let mut left_out: Vec<_> = found.doubts.iter().map(|doubt| &doubt.row.source).collect();
    left_out.dedup();
    for source in left_out {
        let sheets = data.files.iter_mut().filter(|file| file.file == source.sheet.file).flat_map(|file| &mut file.sheets);
        for sheet in sheets.filter(|sheet| sheet.is_of(Kind::Assignment, &source.sheet.name)) {
            sheet.used = sheet.used.saturating_sub(1);
            sheet.rejected += 1;
        }
    }
    data.issues.extend(issues);
    (found.pairs, found.names)
}

/// What is said of a side that cannot be told.
fn issue(doubt: &Doubt<'_>) -> Issue {
    let name = doubt.side.name.clone().or_else(|| doubt.side.key.as_ref().map(ToString::to_string));
    Issue {
        code: doubt.code,
        severity: Severity::Error,
        sheet: Some(doubt.row.source.sheet.name.as_str().into()),
        cell: doubt.side.cell,
        field: Some(doubt.field),
        hint: doubt.holder.clone().map_or(Hint::None, Hint::Other),
        ..Issue::of_file(doubt.code, doubt.row.source.sheet.file.clone(), name.unwrap_or_default())
    }
}
