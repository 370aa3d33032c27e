//! Pledge ledgers outside the roster: members by number or name, and donors.

use super::amounts::sides;
use super::convert;
use super::desk::Desk;
use super::fields::Field;
use super::identity::key;
use super::line::Line;
use super::reader::{Outcome, RowReader};
use super::support::key_of;
use crate::domain::ids::Key;
use crate::domain::issue::{Code, Hint};
use crate::domain::pledge::{Giver, Pledge};

/// Reads pledges.
#[derive(Debug, Default)]
pub(crate) struct PledgeRows {
    /// The row above and who gives in it: merged cells leave the rows of other species blank.
    above: Option<(u32, (Giver, String))>,
}

/// What tells who gives.
const NAMING: [Field; 7] =
    [Field::Number, Field::Donor, Field::Citizen, Field::Member, Field::Name, Field::Organisation, Field::Cell];

impl RowReader for PledgeRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let (pledged, delivered) = sides(line, desk);
        // Without a species it may be a sum that nothing names.
        let species = line.text(Field::PledgedSpecies).or_else(|| line.text(Field::DeliveredSpecies));
        let goes_on = species.is_some() && line.goes_on(self.above.as_ref().map(|(row, _)| *row), &NAMING);
        let above = self.above.take().filter(|_| goes_on).map(|(_, giver)| giver);
        let giver = above.or_else(|| giver(line, desk));
        let (Ok(pledged), Ok(delivered), Some((giver, name))) = (pledged, delivered, giver) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        self.above = Some((line.row.row, (giver.clone(), name.clone())));
        let pledge = Pledge {
            source: desk.source(line),
            giver,
            name: name.into(),
            pledged,
            delivered,
            bought: line.text(Field::Bought).map(Into::into),
            household: line.text(Field::Household).map(Into::into),
        };
        let record = desk.record(pledge, line.at_first(&[Field::Member, Field::Citizen, Field::Name, Field::Donor]), None);
        desk.used(1);
        desk.batch.pledges.push(record);
        Outcome::Head
    }

    fn pause(&mut self, _desk: &mut Desk<'_>) {
        self.above = None;
    }
}

/// Who gives, and the name as found.
fn giver(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<(Giver, String)> {
    if let Some(donor) = line.text(Field::Donor) {
        desk.look_at(line, Field::Donor, &donor);
        return Some((Giver::Donor(donor.as_str().into()), donor));
    }
    let citizen = desk.citizen(line, None, None);
    let told = line
        .text(Field::Member)
        .map(|text| key_of(&text, line.cell(Field::Member).map(|cell| convert::identity(cell, line.guess))));
    let name = line.text(Field::Name);
    if name.is_none() && citizen.is_none() && told.is_none() {
        let field = if line.columns.has(Field::Name) { Field::Name } else { Field::Donor };
        desk.find_at(Code::NameMissing, line, field, Hint::None);
        return None;
    }
    let organisation = line.text(Field::Organisation).or_else(|| desk.around.organisation.clone());
    let organisation = organisation.map(|name| desk.organisation(&name).folded().to_owned()).unwrap_or_default();
    let key = told
        .or_else(|| citizen.map(Key::Citizen))
        .unwrap_or_else(|| key(None, name.as_deref().unwrap_or_default(), None, &organisation));
    let name = name.unwrap_or_else(|| key.to_string());
    Some((Giver::Member(key), name))
}
