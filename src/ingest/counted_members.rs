//! Members of one file who are counted and not kept: some forty bytes a row until the doubles are known, then numbers by cell.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alike_members::name_hash;
use super::batch::Record;
use super::pieces::Pieces;
use crate::domain::ids::CitizenNumber;
use crate::domain::member::Member;
use crate::domain::organisation::{Cell, Organisation};
use crate::domain::place::CommuneRef;
use crate::domain::roster::Traits;

/// A member: what doubles are told by, where the row stands, and what is counted.
#[derive(Clone, Copy, Debug)]
struct Row {
    number: Option<CitizenNumber>,
    /// Where the Party card ends among the cards of the file; it begins where that of the row before ends.
    card_end: usize,
    /// The cell, by place in the list of the file.
    slot: u32,
    /// What is counted of the member, by place in the list of the file.
    traits: u32,
    /// A hash of the name.
    name: u32,
    /// Row of the sheet, from zero.
    row: u32,
}

/// A member as those see it who look for doubles.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) number: Option<CitizenNumber>,
    pub(crate) card: Option<&'a str>,
    pub(crate) slot: &'a MemberSlot,
    /// Its place in the list of the file.
    pub(crate) at: usize,
    /// A hash of the name.
    pub(crate) name: u32,
    /// Row of the sheet, from zero.
    pub(crate) row: u32,
}

/// The members of one cell on one sheet.
#[derive(Clone, Debug)]
pub(crate) struct MemberSlot {
    /// The sheet, by place in the file's accounts.
    pub(crate) sheet: usize,
    /// The year of the roster.
    pub(crate) year: Option<i16>,
    pub(crate) organisation: Organisation,
    pub(crate) cell: Option<Cell>,
    /// The column of the cell that carries issues about their identity.
    pub(crate) col: u32,
    /// The column of their cell.
    pub(crate) place_col: Option<u32>,
    /// The first row that counts.
    pub(crate) first: Option<u32>,
    /// How many count, by the place of their traits.
    counts: BTreeMap<u32, u64>,
}

impl MemberSlot {
    /// How many members count.
    pub(crate) fn members(&self) -> u64 {
        self.counts.values().sum()
    }

    fn holds(&self, record: &Record<Member>) -> bool {
        let member = &record.value;
        (self.sheet, self.year, self.col) == (record.sheet, record.year, record.identity.col)
            && self.place_col == record.place.map(|place| place.col)
            && self.organisation.name() == member.organisation.name()
            && self.organisation.committee_of() == member.organisation.committee_of()
            && self.cell == member.cell
    }
}

/// What tells slots apart; organisations by their spelling, which is counted too.
type SlotKey = (usize, Option<i16>, (u32, Option<u32>), Arc<str>, Option<CommuneRef>, Option<Cell>);

/// The members of a file, in reading order.
#[derive(Debug, Default)]
pub(crate) struct CountedMembers {
    pub(crate) slots: Vec<MemberSlot>,
    known: BTreeMap<SlotKey, u32>,
    traits: Vec<Traits>,
    known_traits: BTreeMap<Traits, u32>,
    rows: Pieces<Row>,
    cards: String,
}

fn place(list: usize) -> u32 {
    u32::try_from(list).unwrap_or(u32::MAX)
}

impl CountedMembers {
    /// Takes a member and lets all go that numbers do not need.
    pub(crate) fn take(&mut self, record: &Record<Member>) {
        let member = &record.value;
        self.cards.push_str(member.card.as_deref().unwrap_or_default());
        let slot = self.slot(record);
        let of = Traits::of(member);
        let next = place(self.traits.len());
        let traits = *self.known_traits.entry(of).or_insert(next);
        if traits == next {
            self.traits.push(of);
        }
        let (number, card_end) = (member.citizen(), self.cards.len());
        let name = name_hash(&member.name);
        self.rows.push(Row { number, card_end, slot, traits, name, row: record.identity.row });
    }

    fn slot(&mut self, record: &Record<Member>) -> u32 {
        let last = self.rows.len().checked_sub(1).and_then(|last| self.rows.get(last)).map(|row| row.slot);
        if let Some(last) = last.filter(|last| self.slots.get(*last as usize).is_some_and(|slot| slot.holds(record))) {
            return last;
        }
        let member = &record.value;
        let place_col = record.place.map(|place| place.col);
        let (organisation, cell) = (member.organisation.clone(), member.cell.clone());
        let key = (
            record.sheet,
            record.year,
            (record.identity.col, place_col),
            Arc::from(organisation.name()),
            organisation.committee_of().cloned(),
            cell.clone(),
        );
        let next = place(self.slots.len());
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            let (sheet, year, col) = (record.sheet, record.year, record.identity.col);
            self.slots.push(MemberSlot { sheet, year, organisation, cell, col, place_col, first: None, counts: BTreeMap::new() });
        }
        at
    }

    /// Adds the members of later sheets, of which `sheets` stand before.
    pub(crate) fn append(&mut self, part: Self, sheets: usize) {
        let (slots, traits, cards) = (place(self.slots.len()), place(self.traits.len()), self.cards.len());
        self.slots.extend(part.slots.into_iter().map(|slot| MemberSlot { sheet: slot.sheet + sheets, ..slot }));
        self.traits.extend(part.traits);
        self.cards.push_str(&part.cards);
        for row in part.rows.iter() {
            let (slot, of) = (row.slot.saturating_add(slots), row.traits.saturating_add(traits));
            self.rows.push(Row { card_end: row.card_end + cards, slot, traits: of, ..*row });
        }
    }

    /// Sheet and row of every member.
    pub(crate) fn places(&self) -> impl Iterator<Item = (usize, u32)> {
        self.rows.iter().filter_map(|row| Some((self.slots.get(row.slot as usize)?.sheet, row.row)))
    }

    /// Counts those of whom it is said that they count, asked in reading order, and lets the rows go.
    pub(crate) fn settle(&mut self, mut counts: impl FnMut(Seen<'_>) -> bool) {
        let mut begin = 0;
        for Row { number, card_end, slot: at, traits, name, row } in std::mem::take(&mut self.rows).iter().copied() {
            let card = self.cards.get(begin..card_end).filter(|card| !card.is_empty());
            begin = card_end;
            let at = at as usize;
            let Some(slot) = self.slots.get_mut(at) else { continue };
            if counts(Seen { number, card, slot, at, name, row }) {
                slot.first.get_or_insert(row);
                *slot.counts.entry(traits).or_default() += 1;
            }
        }
        (self.cards, self.known, self.known_traits) = Default::default();
    }

    /// How many members of each cell are alike.
    pub(crate) fn alike(&self) -> impl Iterator<Item = (&MemberSlot, Traits, u64)> {
        self.slots.iter().flat_map(move |slot| {
            let of_slot = slot.counts.iter();
            of_slot.filter_map(move |(traits, members)| Some((slot, *self.traits.get(*traits as usize)?, *members)))
        })
    }

    /// Forgets the members of the last sheet, which broke off.
    pub(crate) fn forget(&mut self, sheet: usize) {
        let slots = self.slots.iter().take_while(|slot| slot.sheet != sheet).count();
        let rows = self.rows.iter().take_while(|row| (row.slot as usize) < slots).count();
        self.slots.truncate(slots);
        self.known.retain(|_, slot| (*slot as usize) < slots);
        self.rows.truncate(rows);
        self.cards.truncate(rows.checked_sub(1).and_then(|last| self.rows.get(last)).map_or(0, |row| row.card_end));
    }
}
