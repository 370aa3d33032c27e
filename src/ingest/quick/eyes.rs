//! What the cells of a row say, where each is as it should be: the part of the quick lane that needs nothing of the rows
//! before, and so can be done on any thread.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::columns::Columns;
use super::super::fields::Field;
use super::super::workbook::{RawRow, RawValue};
use super::births::Births;
use super::cells::{citizen, class, count, is_number, is_plain_name, mark, people, plain, remark, sex};
use super::words::Words;
use crate::domain::household::{Class, Sex};
use crate::domain::ids::CitizenNumber;
use crate::domain::peoples::People;

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
pub(super) const CLASS_BIT: u8 = 12;
pub(super) const NO_LABOUR_BIT: u8 = 15;
const MERIT_BIT: u8 = 16;
/// Marks that are looked at and not counted.
const OTHER_BIT: u8 = 17;

/// What the cells of a row say.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) citizen: Option<CitizenNumber>,
    pub(super) birth_year: Option<i16>,
    pub(super) sex: Option<Sex>,
    pub(super) people: Option<People>,
    pub(super) persons: u32,
    pub(super) class: Option<Class>,
    pub(super) b1: Option<u32>,
    pub(super) b2: Option<u32>,
    pub(super) marks: u32,
}

/// A row that was read: what it says, and the names of its place as they stand in it.
pub(super) struct Seen<'a> {
    pub(super) said: Said,
    pub(super) commune: Option<RawValue<'a>>,
    pub(super) village: Option<RawValue<'a>>,
}

/// Reads rows of one table, and remembers what words and dates stand for.
#[derive(Debug)]
pub(super) struct Eyes {
    roles: Vec<Role>,
    /// The day of the list, which births are held against.
    day: Option<Date>,
    names: Words,
    notes: Words,
    sexes: Words,
    peoples: Words,
    classes: Words,
    marks: Words,
    births: Arc<Births>,
}

impl Eyes {
    pub(super) fn new(columns: &Columns, day: Option<Date>) -> Self {
        let mut roles = Vec::new();
        let mut set = |field: Field, role: Role| {
            let Some(col) = columns.get(field).and_then(|col| usize::try_from(col).ok()) else { return };
            if roles.len() <= col {
                roles.resize(col + 1, Role::Nothing);
            }
            roles[col] = role;
        };
        let name = if columns.has(Field::Head) { Field::Head } else { Field::Name };
        let of_fields = [
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
        of_fields.into_iter().for_each(|(field, role)| set(field, role));
        (0_u8..).zip(Field::INDICATORS).for_each(|(bit, field)| set(field, Role::Mark(bit)));
        Field::SUPPORT_MARKS.into_iter().for_each(|(field, _)| set(field, Role::Mark(OTHER_BIT)));
        (CLASS_BIT..).zip(Field::CLASS_MARKS).for_each(|(bit, field)| set(field, Role::Mark(bit)));
        Self::of(roles, day, Arc::default())
    }

    /// Others for the same table. Births, of which there are many thousands, are remembered together.
    pub(super) fn fresh(&self) -> Self {
        Self::of(self.roles.clone(), self.day, self.births.clone())
    }

    fn of(roles: Vec<Role>, day: Option<Date>, births: Arc<Births>) -> Self {
        Self {
            roles,
            day,
            names: Words::default(),
            notes: Words::default(),
            sexes: Words::default(),
            peoples: Words::default(),
            classes: Words::default(),
            marks: Words::default(),
            births,
        }
    }

    /// Reads a row; `None` where something in it needs a closer look.
    pub(super) fn read<'a>(&mut self, row: &RawRow<'a>) -> Option<Seen<'a>> {
        let mut said = Said::default();
        let (mut numbered, mut named, mut commune, mut village) = (false, false, None, None);
        for cell in row.cells() {
            if cell.script.is_old() {
                return None;
            }
            let role = usize::try_from(cell.col).ok().and_then(|col| self.roles.get(col)).copied();
            match role.unwrap_or(Role::Nothing) {
                Role::Nothing => {}
                Role::Number => numbered = is_number(&cell, row),
                Role::Name => {
                    named = plain(&mut self.names, &cell, row, is_plain_name);
                    if !named {
                        return None;
                    }
                }
                Role::Note => {
                    if !remark(&mut self.notes, &cell, row) {
                        return None;
                    }
                }
                Role::Commune => commune = Some(cell.value),
                Role::Village => village = Some(cell.value),
                Role::Citizen => said.citizen = Some(citizen(&cell, row)?),
                Role::Birth => said.birth_year = Some(self.births.year(cell.value, row, self.day)?),
                Role::Sex => said.sex = Some(sex(&mut self.sexes, &cell, row)?),
                Role::People => said.people = Some(people(&mut self.peoples, &cell, row)?),
                Role::Persons => said.persons = count(&cell, row)?,
                Role::Class => said.class = Some(class(&mut self.classes, &cell, row)?),
                Role::B1 => said.b1 = Some(count(&cell, row)?),
                Role::B2 => said.b2 = Some(count(&cell, row)?),
                Role::Mark(bit) => said.marks |= u32::from(mark(&mut self.marks, &cell, row)?) << bit,
            }
        }
        (numbered && named && said.persons > 0 && row.len() >= 2).then_some(Seen { said, commune, village })
    }
}
