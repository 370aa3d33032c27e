//! Registers of support: household × kind, needed and received; or mark columns on the household list.

use std::sync::Arc;

use super::convert::{self, Identity, Take, Why};
use super::desk::{Desk, code_of_mark};
use super::fields::Field;
use super::identity::{key, place_part};
use super::kind_columns::{KindColumn, OfKind};
use super::line::Line;
use super::reader::{Outcome, RowReader};
use super::support_words::answer;
use super::workbook::Cell;
use crate::domain::household::{Birth, Household};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::Place;
use crate::domain::source::CellRef;
use crate::domain::support::{Support, kind_in};

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
    birth: Option<Birth>,
}

impl RowReader for SupportRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let goes_on = line.goes_on(self.above.as_ref().map(|above| above.row), &NAMING);
        let above = self.above.take().filter(|_| goes_on);
        let supported = above.or_else(|| supported(line, desk));
        let supports = supported.as_ref().map(|supported| supports(line, supported, desk)).unwrap_or_default();
        let Some(supported) = supported.filter(|_| !supports.is_empty()) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let supported_birth = supported.birth.filter(|_| supported.household.citizen().is_none());
        self.above = Some(Supported { row: line.row.row, ..supported });
        if let Some(birth) = supported_birth {
            desk.batch.register_births.insert((desk.around.index, line.row.row), birth);
        }
        for support in supports {
            let mut record = desk.record(support, line.at_first(&[Field::Household, Field::Citizen, Field::Head]), None);
            record.year = record.value.year.or(record.year);
            desk.batch.supports.push(record);
        }
        desk.used(1);
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

/// The support of a household that a row tells: of the kind that it names or that stands above, or of each kind that has a column.
fn supports(line: &Line<'_>, of: &Supported, desk: &mut Desk<'_>) -> Vec<Support> {
    let told = desk.around.support;
    let mut support = Support {
        source: desk.source(line),
        year: line.text(Field::Year).and_then(|year| year.parse().ok()),
        household: of.household.clone(),
        head: of.head.clone(),
        place: of.place.clone(),
        kind: Arc::from(""),
        needed: said(line, Field::Needed, desk).or(told.needed.filter(|_| !line.columns.has(Field::Needed))),
        received: said(line, Field::Received, desk).or(told.received.filter(|_| !line.columns.has(Field::Received))),
        persons_needed: desk.optional(line, Field::PersonsNeeded, Code::CellUnreadable, convert::count),
        persons_received: desk.optional(line, Field::PersonsReceived, Code::CellUnreadable, convert::count),
        use_checked: said(line, Field::UseChecked, desk),
    };
    if line.columns.has_kinds() {
        return by_kinds(line, &support, desk);
    }
    if line.columns.of_persons {
        count_person(&mut support);
    }
    let own = line.text(Field::SupportKind);
    // Under a title that names the kind a column may tell what was done of it: "Xây mới", "Sửa chữa".
    let of_title = told.kind.filter(|_| own.as_ref().is_none_or(|own| kind_in(own).is_none()) && told.tells());
    let of_section = told.kind.filter(|_| !line.columns.has(Field::SupportKind));
    let told = of_title.or(of_section).map(|kind| desk.remembered.kind(kind));
    let Some(kind) = told.or_else(|| own.map(Arc::from)) else {
        desk.find_at(Code::NameMissing, line, Field::SupportKind, Hint::None);
        return Vec::new();
    };
    support.kind = kind;
    vec![support]
}

/// Counts the person of a row, where no column counts persons.
pub(crate) fn count_person(support: &mut Support) {
    let one = |said: Option<bool>| said.filter(|said| *said).map(u64::from);
    support.persons_needed = support.persons_needed.or(one(support.needed));
    support.persons_received = support.persons_received.or(one(support.received));
}

/// The support of each kind that has columns of its own.
fn by_kinds(line: &Line<'_>, all: &Support, desk: &mut Desk<'_>) -> Vec<Support> {
    let mut kinds = Vec::new();
    tell_kinds(line, desk, &mut kinds);
    let support = |OfKind { kind, needed, received }| Support { kind, needed, received, ..all.clone() };
    let mut supports: Vec<Support> = kinds.into_iter().map(support).collect();
    if line.columns.of_persons {
        supports.iter_mut().for_each(count_person);
    }
    supports
}

/// Adds what the columns of single kinds say in a row.
fn tell_kinds(line: &Line<'_>, desk: &mut Desk<'_>, kinds: &mut Vec<OfKind>) {
    for column in line.columns.kinds() {
        column.tell(of_kind(line, column, desk), kinds);
    }
}

/// What a row says of the kind of a column.
fn of_kind(line: &Line<'_>, column: &KindColumn, desk: &mut Desk<'_>) -> Option<bool> {
    let Some(cell) = line.cell_at(column.col) else { return Some(false) };
    match convert::mark(cell, line.guess) {
        Take::Blank => Some(false),
        Take::Is(said) => Some(said),
        Take::Wrong(_) if is_something(cell, line) => Some(true),
        Take::Wrong(why) => {
            let (tells, found) = (column.tells.unwrap_or(Field::Received), convert::text(cell, line.guess));
            let answer = answer(tells, &found).or((why == Why::Unreadable && column.takes_words()).then_some(true));
            if answer.is_none() {
                desk.find(code_of_mark(why), CellRef::new(line.row.row, column.col), tells, &found, Hint::None);
            }
            answer
        }
    }
}

/// What a row says in a column of all kinds.
fn said(line: &Line<'_>, field: Field, desk: &mut Desk<'_>) -> Option<bool> {
    let cell = line.cell(field);
    match cell.map(|cell| convert::mark(cell, line.guess)) {
        Some(Take::Is(yes)) => return Some(yes),
        Some(Take::Blank) | None => return desk.mark(line, field),
        Some(Take::Wrong(_)) => {}
    }
    let amount = cell.is_some_and(|cell| field != Field::UseChecked && is_something(cell, line)).then_some(true);
    let in_words = || answer(field, &convert::text(cell?, line.guess));
    amount.or_else(in_words).or_else(|| desk.mark(line, field))
}

/// Whether a cell tells how much was needed or received, or when: that is a yes.
fn is_something(cell: &Cell<'_>, line: &Line<'_>) -> bool {
    matches!(convert::count(cell, line.guess), Take::Is(amount) if amount > 0)
        || matches!(convert::date(cell, line.guess), Take::Is(_))
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
    Some(Supported { row: line.row.row, household: household?, head: head.map(Into::into), place, birth })
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
/// of them are to be reached (Resolution 14-NQ/HU), unless the list says what each needs; that one above the line needs support
/// nobody says, unless it got it.
pub(crate) fn marks(line: &Line<'_>, desk: &mut Desk<'_>, household: &Household, year: Option<i16>) {
    let wanted = desk.settings.supports && !desk.settings.counting.households();
    let mut kinds: Vec<OfKind> = Vec::new();
    for (field, kind) in Field::SUPPORT_MARKS {
        // What cannot be read is told, be the support asked for or not.
        let received = said(line, field, desk).filter(|_| wanted);
        if received.is_some() {
            kinds.push(OfKind { kind: desk.remembered.kind(kind), needed: None, received });
        }
    }
    tell_kinds(line, desk, &mut kinds);
    if !wanted {
        return;
    }
    for OfKind { kind, needed, received } in kinds {
        let is_told = needed.or(received).is_some();
        if !is_told || !(needed == Some(true) || received == Some(true) || household.class.is_target()) {
            continue;
        }
        let support = Support {
            source: household.source.clone(),
            year,
            household: household.key.clone(),
            head: Some(household.head.clone()),
            place: Some(household.place.clone()),
            kind,
            needed,
            received,
            persons_needed: None,
            persons_received: None,
            use_checked: None,
        };
        let mut record = desk.record(support, line.at_first(&[]), None);
        record.rows = 0;
        desk.batch.supports.push(record);
    }
}
