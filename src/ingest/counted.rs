//! Households of one file that are counted and not kept: twenty bytes a row until the doubles are known, then sums.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::batch::HouseholdRecord;
use super::pieces::Pieces;
use crate::domain::counted::Facts;
use crate::domain::household::{Class, Sex};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::peoples::People;
use crate::domain::place::{CommuneRef, Place};
use crate::domain::survey::Coverage;

/// A household in five words: its number and facts, where it stands, and how many persons it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CountedRow {
    /// The lower 32 bits of the citizen number; no number is zero, which no number that is used can be.
    low: u32,
    /// The upper bits of the number, class, sex, labour, people and year of birth.
    packed: u32,
    /// What it has in common with others, by place in the list of the file.
    pub(crate) slot: u32,
    /// Row of the sheet, from zero.
    pub(crate) row: u32,
    persons: u32,
}

/// The year before the first that a birth may lie in; see `birth_in`.
const BEFORE_BIRTHS: i16 = 1899;

impl CountedRow {
    pub(crate) fn new(number: Option<CitizenNumber>, facts: &Facts, slot: u32, row: u32) -> Self {
        let number = number.map_or(0, CitizenNumber::as_u64);
        let class = match facts.class {
            Class::Poor => 0,
            Class::NearPoor => 1,
            Class::Other => 2,
        };
        let sex = match facts.sex {
            None => 0,
            Some(Sex::Male) => 1,
            Some(Sex::Female) => 2,
        };
        let no_labour = match facts.no_labour {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        };
        let people = facts.people.map_or(0, |people| u32::try_from(people.index() + 1).unwrap_or(0));
        let birth = facts.birth_year.map_or(0, |year| u32::from(u8::try_from(year - BEFORE_BIRTHS).unwrap_or(u8::MAX)));
        let high = u32::try_from(number >> 32).unwrap_or(0);
        let packed = high | class << 8 | sex << 10 | no_labour << 12 | people << 14 | birth << 20;
        Self { low: u32::try_from(number & u64::from(u32::MAX)).unwrap_or(0), packed, slot, row, persons: facts.persons }
    }

    /// The citizen number of the head.
    pub(crate) fn number(self) -> Option<CitizenNumber> {
        let number = u64::from(self.packed & 0xFF) << 32 | u64::from(self.low);
        CitizenNumber::of_u64(number).filter(|_| number != 0)
    }

    /// The declared class.
    pub(crate) fn class(self) -> Class {
        match self.packed >> 8 & 3 {
            0 => Class::Poor,
            1 => Class::NearPoor,
            _ => Class::Other,
        }
    }

    /// What the sums ask of it.
    pub(crate) fn facts(self) -> Facts {
        let sex = match self.packed >> 10 & 3 {
            0 => None,
            1 => Some(Sex::Male),
            _ => Some(Sex::Female),
        };
        let no_labour = match self.packed >> 12 & 3 {
            0 => None,
            1 => Some(false),
            _ => Some(true),
        };
        let people = (self.packed >> 14 & 0x3F).checked_sub(1).and_then(|index| People::at(index as usize));
        let birth = i16::try_from(self.packed >> 20).ok().filter(|birth| *birth > 0);
        let birth_year = birth.map(|birth| birth + BEFORE_BIRTHS);
        Facts { class: self.class(), persons: self.persons, people, sex, no_labour, birth_year }
    }
}

/// What households of one place and one list have in common.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// The sheet, by place in the file's accounts.
    pub(crate) sheet: usize,
    /// The year of the list.
    pub(crate) year: Option<i16>,
    /// What the rows themselves say of the list.
    pub(crate) coverage: Option<Coverage>,
    /// Where the households live.
    pub(crate) place: Place,
    /// The column of the cell that carries issues about their identity.
    pub(crate) col: u32,
    /// How many they are.
    pub(crate) households: u64,
    /// The row behind the last of them.
    pub(crate) end: u32,
}

/// A household without a usable number that might stand in another file too.
#[derive(Clone, Debug)]
pub(crate) struct Nameless {
    /// Its place among the rows.
    pub(crate) at: usize,
    /// Its made key.
    pub(crate) key: String,
    /// The name of its head.
    pub(crate) head: Arc<str>,
}

/// What tells slots apart; villages by their spelling, which is counted too.
type SlotKey = (usize, Option<i16>, Option<Coverage>, u32, CommuneRef, Option<Arc<str>>);

/// The households of a file, in reading order.
#[derive(Debug, Default)]
pub(crate) struct CountedRows {
    pub(crate) slots: Vec<Slot>,
    known: BTreeMap<SlotKey, u32>,
    pub(crate) rows: Pieces<CountedRow>,
    /// Households that took several rows of the sheet, by their place among the rows.
    long: BTreeMap<usize, u64>,
    pub(crate) nameless: Vec<Nameless>,
}

impl CountedRows {
    /// Takes a household and lets all of it go that sums do not need; gives its slot.
    pub(crate) fn take(&mut self, household: HouseholdRecord) -> u32 {
        let HouseholdRecord { record, coverage } = household;
        let slot = self.slot(Slot {
            sheet: record.sheet,
            year: record.year,
            coverage,
            place: record.value.place.clone(),
            col: record.identity.col,
            households: 0,
            end: 0,
        });
        let household = record.value;
        let (at, told) = (self.rows.len(), household.birth.is_some() && household.place.village.is_some());
        self.put(CountedRow::new(household.citizen(), &Facts::of(&household), slot, record.identity.row));
        if record.rows != 1 {
            self.long.insert(at, record.rows);
        }
        if let (Key::Made(key), true) = (household.key, told) {
            self.nameless.push(Nameless { at, key, head: household.head });
        }
        slot
    }

    /// Takes a household that is known by its number.
    pub(crate) fn push(&mut self, number: CitizenNumber, facts: &Facts, slot: u32, row: u32) {
        self.put(CountedRow::new(Some(number), facts, slot, row));
    }

    fn put(&mut self, row: CountedRow) {
        if let Some(slot) = self.slots.get_mut(row.slot as usize) {
            slot.households += 1;
            slot.end = slot.end.max(row.row.saturating_add(1));
        }
        self.rows.push(row);
    }

    /// A row and its slot.
    pub(crate) fn row(&self, at: usize) -> Option<(CountedRow, &Slot)> {
        let row = *self.rows.get(at)?;
        Some((row, self.slots.get(row.slot as usize)?))
    }

    /// How many rows of the sheet a household took.
    pub(crate) fn rows_of(&self, at: usize) -> u64 {
        self.long.get(&at).copied().unwrap_or(1)
    }

    fn slot(&mut self, slot: Slot) -> u32 {
        let village = slot.place.village.as_ref().map(|village| Arc::from(village.name()));
        let key = (slot.sheet, slot.year, slot.coverage, slot.col, slot.place.commune.clone(), village);
        let next = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            self.slots.push(slot);
        }
        at
    }

    /// Adds the households of later sheets, of which `sheets` stand before.
    pub(crate) fn append(&mut self, part: Self, sheets: usize) {
        let (rows, slots) = (self.rows.len(), self.slots.len());
        let first = u32::try_from(slots).unwrap_or(u32::MAX);
        self.slots.extend(part.slots.into_iter().map(|slot| Slot { sheet: slot.sheet + sheets, ..slot }));
        if slots == 0 {
            self.rows = part.rows;
        } else {
            part.rows.iter().for_each(|row| self.rows.push(CountedRow { slot: row.slot.saturating_add(first), ..*row }));
        }
        self.long.extend(part.long.into_iter().map(|(at, of_row)| (at + rows, of_row)));
        self.nameless.extend(part.nameless.into_iter().map(|nameless| Nameless { at: nameless.at + rows, ..nameless }));
    }

    /// Forgets the households of the last sheet, which broke off.
    pub(crate) fn forget(&mut self, sheet: usize) {
        let slots = self.slots.iter().take_while(|slot| slot.sheet != sheet).count();
        let first = u32::try_from(slots).unwrap_or(u32::MAX);
        let rows = self.rows.iter().take_while(|row| row.slot < first).count();
        self.slots.truncate(slots);
        self.known.retain(|_, slot| *slot < first);
        self.rows.truncate(rows);
        self.long.retain(|at, _| *at < rows);
        self.nameless.retain(|nameless| nameless.at < rows);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_row_keeps_number_and_facts(
            number in prop::option::of(1_u64..1_000_000_000_000),
            class in prop::sample::select(Class::ALL.to_vec()),
            persons in 1_u32..=u32::MAX,
            people in prop::option::of(0_usize..54),
            sex in prop::option::of(prop::bool::ANY),
            no_labour in prop::option::of(prop::bool::ANY),
            birth_year in prop::option::of(1900_i16..=2100),
        ) {
            let number = number.map(|number| CitizenNumber::of_u64(number).unwrap());
            let sex = sex.map(|man| if man { Sex::Male } else { Sex::Female });
            let facts = Facts { class, persons, people: people.and_then(People::at), sex, no_labour, birth_year };
            let row = CountedRow::new(number, &facts, 3, 4);
            prop_assert_eq!((row.number(), row.facts(), row.slot, row.row), (number, facts, 3, 4));
        }
    }
}
