//! The quick lane for counting: a row of a household list that is as it should be is counted from its raw cells, without a
//! text or a record being made of it.
//!
//! The lane only ever says yes. Whatever would be an issue, is written in an unusual way or is met for the first time goes the
//! slow way, which decides alone; what words, dates and places stand for is asked of the same functions that the slow way
//! calls, and remembered. So there is nothing to get wrong here but speed, and a test holds both ways against each other.

mod births;
mod cells;
mod words;

use std::collections::BTreeMap;

use super::columns::Columns;
use super::encoding::Script;
use super::fields::Field;
use super::grain::Grain;
use super::kind::Kind;
use super::line::Desk;
use super::sums::{self, Sums};
use super::workbook::{RawCell, RawRow, RawValue};
use crate::domain::consistency::{b2_against_marks, class_against_scores};
use crate::domain::counted::Facts;
use crate::domain::household::{Class, Deprivations, Sex};
use crate::domain::ids::CitizenNumber;
use crate::domain::peoples::People;
use crate::domain::standard::Standard;
use births::Births;
use cells::{citizen, class, count, is_number, is_plain, is_plain_name, mark, people, plain, sex};
use words::Words;

/// What the lane does with the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Nothing,
    Number,
    Name,
    Note,
    Commune,
    Village,
    Citizen,
    Birth,
    Sex,
    People,
    Persons,
    Class,
    B1,
    B2,
    /// A mark, by its bit.
    Mark(u8),
}

/// The bits of marks: the indicators first, then the classes in the order of `Class::ALL`, then the rest.
const CLASS_BIT: u8 = 12;
const NO_LABOUR_BIT: u8 = 15;
const MERIT_BIT: u8 = 16;
/// Marks that are looked at and not counted.
const OTHER_BIT: u8 = 17;

/// Fields that only the slow way reads: a table that has one of them has no lane.
const SLOW: [Field; 12] = [
    Field::BirthMale,
    Field::BirthFemale,
    Field::SexMale,
    Field::SexFemale,
    Field::SexPeople,
    Field::CommuneCode,
    Field::Key,
    Field::Year,
    Field::Coverage,
    Field::Relation,
    Field::PersonNumber,
    Field::HouseholdNumber,
];

/// A place that rows name, as it was found the slow way.
#[derive(Clone, Copy, Debug)]
struct Known {
    slot: u32,
    urban: bool,
    /// Where the issues are listed that each of its rows adds to.
    issues: (usize, usize),
}

/// What was gathered for the sums under the table since they were last asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Gathered {
    records: u64,
    persons: u64,
    /// By the bit of the mark, from the classes on.
    marks: [u64; 5],
    /// Households without a mark of a class.
    unmarked: u64,
}

/// The lane of one table.
#[derive(Debug)]
pub(crate) struct Lane {
    roles: Vec<Role>,
    /// Whether the class is told by marks, and not by a word.
    class_marks: bool,
    class_other: bool,
    indicators: bool,
    no_labour: bool,
    standard: Standard,
    names: Words,
    notes: Words,
    sexes: Words,
    peoples: Words,
    classes: Words,
    marks: Words,
    births: Births,
    /// Names of places by their letters, and the last of communes and villages.
    texts: BTreeMap<Box<str>, u64>,
    last_text: [(Box<str>, u64); 2],
    known: BTreeMap<(u64, u64), Known>,
    /// Issues about places that are told once, with the number of rows: an unknown commune and the like.
    issues: Vec<usize>,
    last: Option<((u64, u64), Known)>,
    /// The place of a row that was left to the slow way only because it is new.
    pending: Option<(u64, u64)>,
    gathered: Gathered,
}

/// What the cells of a row say.
#[derive(Default)]
struct Said {
    numbered: bool,
    named: bool,
    commune: u64,
    village: u64,
    citizen: Option<CitizenNumber>,
    birth_year: Option<i16>,
    sex: Option<Sex>,
    people: Option<People>,
    persons: u32,
    class: Option<Class>,
    b1: Option<u32>,
    b2: Option<u32>,
    marks: u32,
}

impl Lane {
    /// The lane of a table, where it has one.
    pub(crate) fn of(kind: Kind, columns: &Columns, guess: Script, desk: &Desk<'_>) -> Option<Self> {
        let household = kind == Kind::Households && Grain::of(columns) == Grain::Household && !columns.is_clean();
        let complete = columns.has_any(&[Field::Head, Field::Name])
            && [Field::Number, Field::Citizen, Field::Persons].into_iter().all(|field| columns.has(field))
            && columns.has_any(&[Field::Class, Field::ClassPoor]);
        if !household || !complete || columns.has_any(&SLOW) || guess.is_old() || sums::has_more(columns) {
            return None;
        }
        let class_marks = !columns.has(Field::Class);
        if !class_marks && columns.has_any(&Field::CLASS_MARKS) {
            return None;
        }
        let name = if columns.has(Field::Head) { Field::Head } else { Field::Name };
        let mut lane = Self {
            roles: Vec::new(),
            class_marks,
            class_other: columns.has(Field::ClassOther),
            indicators: columns.has_any(&Field::INDICATORS),
            no_labour: columns.has(Field::NoLabour),
            standard: desk.settings.standard(desk.around.year),
            names: Words::default(),
            notes: Words::default(),
            sexes: Words::default(),
            peoples: Words::default(),
            classes: Words::default(),
            marks: Words::default(),
            births: Births::default(),
            texts: BTreeMap::new(),
            last_text: Default::default(),
            known: BTreeMap::new(),
            issues: Vec::new(),
            last: None,
            pending: None,
            gathered: Gathered::default(),
        };
        let mut set = |field: Field, role: Role| {
            let Some(col) = columns.get(field).and_then(|col| usize::try_from(col).ok()) else { return };
            if lane.roles.len() <= col {
                lane.roles.resize(col + 1, Role::Nothing);
            }
            lane.roles[col] = role;
        };
        let roles = [
            (Field::Number, Role::Number),
            (name, Role::Name),
            (Field::Note, Role::Note),
            (Field::Commune, Role::Commune),
            (Field::Village, Role::Village),
            (Field::Citizen, Role::Citizen),
            (Field::Birth, Role::Birth),
            (Field::Sex, Role::Sex),
            (Field::People, Role::People),
            (Field::Persons, Role::Persons),
            (Field::Class, Role::Class),
            (Field::B1, Role::B1),
            (Field::B2, Role::B2),
            (Field::NoLabour, Role::Mark(NO_LABOUR_BIT)),
            (Field::Merit, Role::Mark(MERIT_BIT)),
        ];
        roles.into_iter().for_each(|(field, role)| set(field, role));
        (0_u8..).zip(Field::INDICATORS).for_each(|(bit, field)| set(field, Role::Mark(bit)));
        Field::SUPPORT_MARKS.into_iter().for_each(|(field, _)| set(field, Role::Mark(OTHER_BIT)));
        (CLASS_BIT..).zip(Field::CLASS_MARKS).for_each(|(bit, field)| set(field, Role::Mark(bit)));
        Some(lane)
    }

    /// Counts a row where it is as it should be; false leaves it to the slow way, as if it had not been looked at.
    pub(crate) fn take(&mut self, row: &RawRow<'_>, desk: &mut Desk<'_>) -> bool {
        self.pending = None;
        let Some(said) = self.read(row, desk) else { return false };
        let Some(class) = self.class(&said, desk.batch.everybody) else { return false };
        let Some(number) = said.citizen.filter(|number| fits(*number, &said)) else { return false };
        let place = (said.commune, said.village);
        let Some(known) = self.place(place) else {
            self.pending = Some(place);
            return false;
        };
        if !self.scores_fit(class, &said, known.urban) {
            return false;
        }
        let facts = Facts {
            class,
            persons: said.persons,
            people: said.people,
            sex: said.sex,
            no_labour: self.no_labour.then_some(said.marks >> NO_LABOUR_BIT & 1 == 1),
            birth_year: said.birth_year,
        };
        desk.batch.counted.push(number, &facts, known.slot, row.row);
        let (from, to) = known.issues;
        self.issues.get(from..to).into_iter().flatten().for_each(|at| desk.batch.findings.again(*at));
        desk.batch.everybody |= class == Class::Other || self.class_other;
        desk.read_and_used();
        self.gather(&said);
        true
    }

    /// Notes where the row lives that was left to the slow way for its place alone, and was counted there; `issues` are those
    /// that each row of the place adds to.
    pub(crate) fn learn(&mut self, slot: u32, urban: bool, issues: &[usize]) {
        if let Some(place) = self.pending.take() {
            let from = self.issues.len();
            self.issues.extend(issues);
            self.known.insert(place, Known { slot, urban, issues: (from, self.issues.len()) });
        }
    }

    /// Whether the place of the last row is all that was not known of it.
    pub(crate) fn is_learning(&self) -> bool {
        self.pending.is_some()
    }

    /// A banner may have changed where rows live.
    pub(crate) fn forget_places(&mut self) {
        self.known.clear();
        self.last = None;
        self.pending = None;
    }

    /// Hands over what was gathered for the sums under the table.
    pub(crate) fn hand_over(&mut self, sums: &mut Sums) {
        let gathered = std::mem::take(&mut self.gathered);
        if gathered.records > 0 {
            let [poor, near_poor, other, no_labour, merit] = gathered.marks;
            // A row without a class mark leaves the sums of all classes unknown, as the slow way has it.
            let of_class = |sum: u64| (gathered.unmarked == 0).then_some(sum);
            sums.add_many(
                gathered.records,
                &[
                    (Field::Persons, Some(gathered.persons)),
                    (Field::ClassPoor, of_class(poor)),
                    (Field::ClassNearPoor, of_class(near_poor)),
                    (Field::ClassOther, of_class(other)),
                    (Field::NoLabour, Some(no_labour)),
                    (Field::Merit, Some(merit)),
                ],
            );
        }
    }

    fn gather(&mut self, said: &Said) {
        self.gathered.records += 1;
        self.gathered.persons += u64::from(said.persons);
        self.gathered.unmarked += u64::from(self.class_marks && said.marks >> CLASS_BIT & 7 == 0);
        for (count, bit) in self.gathered.marks.iter_mut().zip(CLASS_BIT..) {
            *count += u64::from(said.marks >> bit & 1);
        }
    }

    fn read(&mut self, row: &RawRow<'_>, desk: &Desk<'_>) -> Option<Said> {
        let mut said = Said::default();
        for cell in row.cells() {
            if cell.script.is_old() {
                return None;
            }
            let role = usize::try_from(cell.col).ok().and_then(|col| self.roles.get(col)).copied();
            match role.unwrap_or(Role::Nothing) {
                Role::Nothing => {}
                Role::Number => said.numbered = is_number(&cell, row),
                Role::Name => {
                    said.named = plain(&mut self.names, &cell, row, is_plain_name);
                    if !said.named {
                        return None;
                    }
                }
                Role::Note => {
                    if !plain(&mut self.notes, &cell, row, is_plain) {
                        return None;
                    }
                }
                Role::Commune => said.commune = self.text(0, &cell)?,
                Role::Village => said.village = self.text(1, &cell)?,
                Role::Citizen => said.citizen = Some(citizen(&cell, row)?),
                Role::Birth => said.birth_year = Some(self.births.year(cell.value, row, desk.around.day)?),
                Role::Sex => said.sex = Some(sex(&mut self.sexes, &cell, row)?),
                Role::People => said.people = Some(people(&mut self.peoples, &cell, row)?),
                Role::Persons => said.persons = count(&cell, row)?,
                Role::Class => said.class = Some(class(&mut self.classes, &cell, row)?),
                Role::B1 => said.b1 = Some(count(&cell, row)?),
                Role::B2 => said.b2 = Some(count(&cell, row)?),
                Role::Mark(bit) => said.marks |= u32::from(mark(&mut self.marks, &cell, row)?) << bit,
            }
        }
        (said.numbered && said.named && said.persons > 0 && row.len() >= 2).then_some(said)
    }

    /// The declared class, where there is exactly one.
    fn class(&self, said: &Said, everybody: bool) -> Option<Class> {
        if !self.class_marks {
            return said.class;
        }
        match said.marks >> CLASS_BIT & 7 {
            1 => Some(Class::Poor),
            2 => Some(Class::NearPoor),
            4 => Some(Class::Other),
            0 if !self.class_other && everybody => Some(Class::Other),
            _ => None,
        }
    }

    fn scores_fit(&self, class: Class, said: &Said, urban: bool) -> bool {
        let marks = self.indicators.then(|| {
            (0..Deprivations::INDICATORS)
                .filter(|index| said.marks >> index & 1 == 1)
                .fold(Deprivations::default(), Deprivations::with)
        });
        if b2_against_marks(said.b2, marks, self.standard).is_some() {
            return false;
        }
        let Some(scores) = self.standard.scores() else { return said.b1.is_none() && said.b2.is_none() };
        class_against_scores(class, said.b1, said.b2, urban, scores).is_none()
    }

    /// The name of a place as a number: that of the shared text, or one that is given here to its letters.
    fn text(&mut self, column: usize, cell: &RawCell<'_>) -> Option<u64> {
        match cell.value {
            RawValue::Shared(index) => Some(u64::from(index) + 1),
            RawValue::Text(text) => {
                let (last, number) = self.last_text.get(column)?;
                if **last == *text {
                    return Some(*number);
                }
                let next = (1 << 32) + u64::try_from(self.texts.len()).ok()? + 1;
                let number = match self.texts.get(text) {
                    Some(number) => *number,
                    None => *self.texts.entry(text.into()).or_insert(next),
                };
                *self.last_text.get_mut(column)? = (text.into(), number);
                Some(number)
            }
            RawValue::Number(_) | RawValue::Date { .. } | RawValue::Other => None,
        }
    }

    fn place(&mut self, place: (u64, u64)) -> Option<Known> {
        if let Some((last, known)) = self.last
            && last == place
        {
            return Some(known);
        }
        let known = *self.known.get(&place)?;
        self.last = Some((place, known));
        Some(known)
    }
}

/// Whether a number agrees with the birth and the sex of its row.
fn fits(number: CitizenNumber, said: &Said) -> bool {
    said.birth_year.is_none_or(|year| i32::from(year) == i32::from(number.birth_year()))
        && said.sex.is_none_or(|sex| sex == number.sex())
}
