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
use crate::domain::pledge::{Clues, Giver, Pledge};
use crate::domain::source::CellRef;

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
            clues: clues(line, desk),
            pledged,
            delivered,
            bought: line.text(Field::Bought).map(Into::into),
            household: line.text(Field::Household).map(Into::into),
        };
        let record =
            desk.record(pledge, line.at_first(&[Field::Member, Field::Citizen, Field::Name, Field::Donor]), unit_cell(line));
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
    let organisation = organisation(line, desk);
    let organisation = organisation.map(|name| desk.organisation(&name).folded().to_owned()).unwrap_or_default();
    let key = told
        .or_else(|| citizen.map(Key::Citizen))
        .unwrap_or_else(|| key(None, name.as_deref().unwrap_or_default(), None, &organisation));
    let name = name.unwrap_or_else(|| key.to_string());
    Some((Giver::Member(key), name))
}

/// The organisation, of its column, of the section or of the title.
fn organisation(line: &Line<'_>, desk: &Desk<'_>) -> Option<String> {
    let around = || desk.around.banner_organisation.clone().or_else(|| desk.around.organisation.clone());
    line.text(Field::Organisation).or_else(around)
}

/// Where a row says of which organisation or cell the giver is.
pub(super) fn unit_cell(line: &Line<'_>) -> Option<CellRef> {
    [Field::Organisation, Field::Cell].into_iter().find_map(|field| line.at(field).filter(|_| line.text(field).is_some()))
}

/// What a row and what stands around it tell of the giver besides the name.
pub(super) fn clues(line: &Line<'_>, desk: &mut Desk<'_>) -> Clues {
    let around = || desk.around.banner_cell.clone().or_else(|| desk.around.cell.clone());
    let cell = line.text(Field::Cell).or_else(around);
    let organisation = organisation(line, desk);
    Clues {
        organisation: organisation.map(|name| desk.remembered.cell(&name)),
        cell: cell.map(|name| desk.remembered.cell(&name)),
        card: line.text(Field::Card).map(Into::into),
        birth: desk.birth(line).0,
    }
}
