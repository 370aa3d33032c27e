//! Registers of support: household × kind, needed and received; or mark columns on the household list.

use std::sync::Arc;

use super::convert::{self, Identity, Take};
use super::desk::Desk;
use super::fields::Field;
use super::identity::{key, place_part};
use super::line::Line;
use super::reader::{Outcome, RowReader};
use crate::domain::household::Household;
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::Place;
use crate::domain::support::Support;

/// Reads supports.
#[derive(Debug, Default)]
pub(crate) struct SupportRows {
    /// The household of the row above: merged cells leave the rows of its other kinds of support blank.
    above: Option<Supported>,
}

/// A household as a row of the register names it.
#[derive(Clone, Debug)]
struct Supported {
    row: u32,
    household: Key,
    head: Option<Arc<str>>,
    place: Option<Place>,
}

impl RowReader for SupportRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let goes_on = line.goes_on(self.above.as_ref().map(|above| above.row), &NAMING);
        let above = self.above.take().filter(|_| goes_on);
        let Some(support) = support(line, above, desk) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let (household, head, place) = (support.household.clone(), support.head.clone(), support.place.clone());
        self.above = Some(Supported { row: line.row.row, household, head, place });
        let mut record = desk.record(support, line.at_first(&[Field::Household, Field::Citizen, Field::Head]), None);
        record.year = record.value.year.or(record.year);
        desk.used(1);
        desk.batch.supports.push(record);
        Outcome::Head
    }

    fn pause(&mut self, _desk: &mut Desk<'_>) {
        self.above = None;
    }
}

/// What tells the household of a row.
const NAMING: [Field; 9] = [
    Field::Number,
    Field::Household,
    Field::Citizen,
    Field::Head,
    Field::Birth,
    Field::Commune,
    Field::CommuneCode,
    Field::Village,
    Field::Address,
];

/// The support of a row, of the household that it names or else of the one above.
fn support(line: &Line<'_>, above: Option<Supported>, desk: &mut Desk<'_>) -> Option<Support> {
    let Supported { household, head, place, .. } = match above {
        Some(above) => above,
        None => supported(line, desk)?,
    };
    let Some(kind) = line.text(Field::SupportKind) else {
        desk.find_at(Code::NameMissing, line, Field::SupportKind, Hint::None);
        return None;
    };
    Some(Support {
        source: desk.source(line),
        year: line.text(Field::Year).and_then(|year| year.parse().ok()),
        household,
        head,
        place,
        kind: kind.into(),
        needed: desk.mark(line, Field::Needed),
        received: desk.mark(line, Field::Received),
        persons_needed: desk.optional(line, Field::PersonsNeeded, Code::CellUnreadable, convert::count),
        persons_received: desk.optional(line, Field::PersonsReceived, Code::CellUnreadable, convert::count),
        use_checked: desk.mark(line, Field::UseChecked),
    })
}

/// The household that a row names.
fn supported(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Supported> {
    let head = line.text(Field::Head);
    let (birth, of_birth) = desk.birth(line);
    let sex = desk.sex(line, of_birth);
    let citizen = desk.citizen(line, birth, sex);
    // A register need not tell the place: the household is known by its number.
    let told = [Field::Commune, Field::CommuneCode, Field::Village].into_iter().any(|field| line.text(field).is_some());
    let outer = desk.around.commune.is_some() || desk.around.banner_commune.is_some();
    let place = if told || outer || desk.commune_in_address(line).is_some() { Some(desk.place(line).ok()?) } else { None };
    let household = named_household(line).or_else(|| citizen.map(Key::Citizen)).or_else(|| {
        let head = head.as_deref()?;
        Some(key(None, head, birth, &place.as_ref().map(place_part).unwrap_or_default()))
    });
    if household.is_none() {
        desk.find_at(Code::NameMissing, line, Field::Head, Hint::None);
    }
    Some(Supported { row: line.row.row, household: household?, head: head.map(Into::into), place })
}

/// The household of a key column: a citizen number, or a key that `ingest` made.
pub(crate) fn named_household(line: &Line<'_>) -> Option<Key> {
    let text = line.text(Field::Household)?;
    Some(key_of(&text, line.cell(Field::Household).map(|cell| convert::identity(cell, line.guess))))
}

/// A key as another table names it.
pub(crate) fn key_of(text: &str, identity: Option<Take<Identity>>) -> Key {
    match identity {
        Some(Take::Is(Identity::Citizen(number) | Identity::Restored(number))) => Key::Citizen(number),
        _ => CitizenNumber::parse(text).map_or_else(|| Key::Made(text.to_owned()), Key::Citizen),
    }
}

/// The support marks of a row of the household list. A poor or near-poor household without a mark was left out, because all
/// of them are to be reached (Resolution 14-NQ/HU); that one above the line needs support nobody says, unless it got it.
pub(crate) fn marks(line: &Line<'_>, desk: &mut Desk<'_>, household: &Household, year: Option<i16>) {
    for (field, kind) in Field::SUPPORT_MARKS {
        let Some(received) = desk.mark(line, field) else { continue };
        if !desk.settings.supports || desk.settings.counting.households() || (!received && !household.class.is_target()) {
            continue;
        }
        let support = Support {
            source: household.source.clone(),
            year,
            household: household.key.clone(),
            head: Some(household.head.clone()),
            place: Some(household.place.clone()),
            kind: desk.remembered.kind(kind),
            needed: None,
            received: Some(received),
            persons_needed: None,
            persons_received: None,
            use_checked: None,
        };
        let mut record = desk.record(support, line.at_first(&[field]), None);
        record.rows = 0;
        desk.batch.supports.push(record);
    }
}
