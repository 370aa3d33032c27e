//! Last year's assignment, as `assign` wrote it: CSV with the keys of its JSON, or the workbook with Vietnamese headings.

use super::convert;
use super::fields::Field;
use super::line::{Desk, Line};
use super::reader::{Outcome, RowReader};
use super::support::{key_of, named_household};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::plan::PreviousPair;

/// Reads pairs of a household and a member.
#[derive(Debug, Default)]
pub(crate) struct AssignmentRows;

impl RowReader for AssignmentRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let household = named_household(line);
        let member = line
            .text(Field::Member)
            .map(|text| key_of(&text, line.cell(Field::Member).map(|cell| convert::identity(cell, line.guess))));
        let (Some(household), Some(member)) = (household, member) else {
            let field = if line.text(Field::Household).is_none() { Field::Household } else { Field::Member };
            desk.find_at(Code::NameMissing, line, field, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        desk.used(1);
        desk.batch.previous.push(PreviousPair { household, member });
        Outcome::Head
    }
}

/// Reads the pairs of a JSON document that `assign` printed.
///
/// # Errors
/// With a sentence, when the file cannot be read or is no such document.
pub fn read_json(path: &std::path::Path) -> Result<Vec<PreviousPair>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let document: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let pairs = document.pointer("/result/pairs").and_then(serde_json::Value::as_array);
    let pairs = pairs.ok_or("it is no document of `assign`: it has no result.pairs")?;
    let key = |text: &str| CitizenNumber::parse(text).map_or_else(|| Key::Made(text.to_owned()), Key::Citizen);
    let side = |pair: &serde_json::Value, name: &str| pair.get(name).and_then(serde_json::Value::as_str).map(key);
    let read = pairs.iter().map(|pair| Some(PreviousPair { household: side(pair, "household")?, member: side(pair, "member")? }));
    read.collect::<Option<Vec<_>>>()
        .ok_or_else(|| "its pairs have no numbers; print it for the office (--audience internal)".to_owned())
}
