//! Twinning tables: which organisation, or which of its cells, goes with which village.

use super::fields::Field;
use super::line::{Desk, Line};
use super::reader::{Outcome, RowReader};
use crate::domain::issue::{Code, Hint};
use crate::domain::organisation::Twinning;

/// Reads pairs of an organisation and a village.
#[derive(Debug, Default)]
pub(crate) struct TwinningRows {
    /// The organisation of the row above: merged cells leave the rows below blank.
    last: Option<(String, Option<String>)>,
}

impl RowReader for TwinningRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let organisation = match line.text(Field::Organisation) {
            Some(text) => {
                desk.look_at(line, Field::Organisation, &text);
                let cell = line.text(Field::Cell);
                self.last = Some((text, cell));
                self.last.clone()
            }
            None => self.last.clone().map(|(organisation, cell)| (organisation, line.text(Field::Cell).or(cell))),
        };
        let Some((organisation, cell)) = organisation else {
            desk.find_at(Code::OrganisationNone, line, Field::Organisation, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let Ok(place) = desk.place(line) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let Some(village) = place.village else {
            desk.find_at(Code::VillageUnknown, line, Field::Village, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let organisation = desk.organisation(&organisation);
        let twinning =
            Twinning { organisation, cell: cell.map(Into::into), commune: place.commune, village, source: desk.source(line) };
        let record = desk.record(twinning, line.at_first(&[Field::Organisation]), line.at(Field::Village));
        desk.used(1);
        desk.batch.twinning.push(record);
        Outcome::Head
    }
}
