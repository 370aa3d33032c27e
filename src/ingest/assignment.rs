//! Last year's assignment, as `assign` wrote it: CSV with the keys of its JSON, or the workbook with Vietnamese headings.

use super::convert;
use super::fields::Field;
use super::line::{Desk, Line};
use super::reader::{Outcome, RowReader};
use super::support::{key_of, named_household};
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
