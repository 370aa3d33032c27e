//! Last year's assignment, as `assign` wrote it: CSV with the keys of its JSON, the workbook with Vietnamese headings, or the
//! annexes that are printed, signed and corrected by hand, which name members without their numbers.

use std::path::Path;
use std::sync::Arc;

use super::account::{FileAccount, SheetAccount};
use super::convert;
use super::desk::Desk;
use super::fields::Field;
use super::kind::Kind;
use super::line::Line;
use super::reader::{Outcome, RowReader};
use super::support::{key_of, named_household};
use super::{Ingested, files};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::village_key;
use crate::domain::previous::{PreviousRow, Told};
use crate::domain::source::{CellRef, Sheet, Source};
use crate::domain::spelling::fold;

/// Reads pairs of a household and a member.
#[derive(Debug, Default)]
pub(crate) struct AssignmentRows;

impl RowReader for AssignmentRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let household = Told {
            key: named_household(line),
            name: line.text(Field::Head),
            places: household_places(line, desk),
            cell: cell(line, &[Field::Household, Field::Head]),
        };
        let member = Told {
            key: line
                .text(Field::Member)
                .map(|text| key_of(&text, line.cell(Field::Member).map(|cell| convert::identity(cell, line.guess)))),
            name: line.text(Field::Name),
            places: [Field::Organisation, Field::Cell]
                .into_iter()
                .filter_map(|field| line.text(field))
                .map(|text| fold(&text))
                .collect(),
            cell: cell(line, &[Field::Member, Field::Name]),
        };
        let sides = [(&household, [Field::Household, Field::Head]), (&member, [Field::Member, Field::Name])];
        if let Some((_, fields)) = sides.into_iter().find(|(side, _)| side.key.is_none() && side.name.is_none()) {
            let field = fields.into_iter().find(|field| line.columns.has(*field)).unwrap_or(Field::Name);
            desk.find_at(Code::NameMissing, line, field, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        }
        desk.used(1);
        let source = desk.source(line);
        let at = line.at_first(&[Field::Household, Field::Head]);
        let record = desk.record(PreviousRow { household, member, source }, at, None);
        desk.batch.previous.push(record);
        Outcome::Head
    }
}

/// The village and the commune that the row or its sheet tells.
fn household_places(line: &Line<'_>, desk: &Desk<'_>) -> Vec<String> {
    let village = line.text(Field::Village).map(|village| village_key(&village));
    let around = || desk.around.commune.as_ref().map(|commune| fold(commune.what.name()));
    let commune = line.text(Field::Commune).map(|commune| fold(&commune)).or_else(around);
    village.into_iter().chain(commune).collect()
}

/// The first of some fields that has a column.
fn cell(line: &Line<'_>, fields: &[Field]) -> Option<CellRef> {
    fields.iter().find_map(|field| line.at(*field))
}

/// Reads the pairs of a JSON document that `assign` printed.
///
/// # Errors
/// With a sentence, when it is no such document.
pub fn read_json(path: &Path, bytes: &[u8], sha256: String) -> Result<Ingested, String> {
    let document: serde_json::Value = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
    let pairs = document.pointer("/result/pairs").and_then(serde_json::Value::as_array);
    let pairs = pairs.ok_or("it is no document of `assign`: it has no result.pairs")?;
    let file: Arc<str> = files::shown(path);
    let sheet = Arc::new(Sheet { file: Arc::clone(&file), name: "pairs".to_owned() });
    let rows = (0..).zip(pairs).map(|(row, pair)| {
        let text = |name: &str| pair.get(name).and_then(serde_json::Value::as_str);
        let key = |text: &str| CitizenNumber::parse(text).map_or_else(|| Key::Made(text.to_owned()), Key::Citizen);
        let places = |names: [&str; 2], key: fn(&str) -> String| names.into_iter().filter_map(text).map(key).collect();
        let side = |number: &str, name: &str, places: Vec<String>| {
            Some(Told { key: Some(key(text(number)?)), name: text(name).map(str::to_owned), places, cell: None })
        };
        Some(PreviousRow {
            household: side("household", "head", places(["village", "commune"], village_key))?,
            member: side("member", "name", places(["organisation", "cell"], fold))?,
            source: Source { sheet: Arc::clone(&sheet), row },
        })
    });
    let previous: Vec<PreviousRow> = rows
        .collect::<Option<_>>()
        .ok_or_else(|| "its pairs have no numbers; print it for the office (--audience internal)".to_owned())?;
    let count = previous.len() as u64;
    let account = SheetAccount {
        sheet: "pairs".to_owned(),
        kind: Some(Kind::Assignment),
        read: count,
        used: count,
        ..SheetAccount::default()
    };
    let account = FileAccount { file, sha256, error: None, sheets: vec![account] };
    Ok(Ingested { previous, files: vec![account], ..Ingested::default() })
}
