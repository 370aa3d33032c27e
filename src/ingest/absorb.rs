//! Files one after the other into sums: doubles are found in reading order, what is left is counted, and the rows go.
//!
//! It does for counted rows what `doubles` does for kept records, with the same findings; a test holds both against each other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::alike_households;
use super::alike_members::{MayBeAlike, UnitsOfSlot};
use super::batch::Batch;
use super::counted::{CountedRow, CountedRows, Slot};
use super::counted_members::Seen;
use super::doubles::{self, First};
use super::fields::Field;
use super::identity::fingerprint;
use super::members_seen::MembersSeen;
use super::numbers_seen::NumbersSeen;
use super::settings::Settings;
use super::spellings::Spellings;
use super::summaries;
use crate::domain::counted::{Counted, Spot};
use crate::domain::ids::CitizenNumber;
use crate::domain::issue::{Code, Hint};
use crate::domain::source::CellRef;
use crate::domain::survey::Coverage;

/// The year and the kind of a list, within which doubles are looked for.
type List = (Option<i16>, Coverage);

/// All files so far.
#[derive(Debug, Default)]
pub(crate) struct Absorbed {
    hashes: BTreeMap<String, Arc<str>>,
    sheets: Vec<SheetAt>,
    /// Rows so far.
    rows: u64,
    heads: BTreeMap<List, NumbersSeen>,
    /// Persons beside the heads.
    others: BTreeMap<List, NumbersSeen>,
    /// Households without a number by a hash of their made key: the place and the column of the first.
    nameless: BTreeMap<(List, [u8; 16]), (u64, u32)>,
    members: MembersSeen,
    /// Which of them may be alike though neither number nor card tells it.
    alike: MayBeAlike,
    /// The same of households.
    alike_households: alike_households::MayBeAlike,
    /// The sums by year.
    counted: BTreeMap<Option<i16>, Counted>,
    /// How often each spelling of a village was counted.
    spellings: Spellings,
}

/// A sheet, for those who need to name a cell of it later.
#[derive(Debug)]
struct SheetAt {
    /// The place of its first row among the rows of all sheets.
    base: u64,
    file: Arc<str>,
    name: String,
    /// The column of citizen numbers, or of names where there is none.
    col: u32,
}

impl Absorbed {
    /// Counts what a file adds, in reading order, and lets its rows go.
    pub(crate) fn absorb(&mut self, batch: &mut Batch) {
        doubles::file(&mut self.hashes, batch);
        summaries::compare(batch);
        summaries::cover(batch);
        let first_sheet = self.sheets.len();
        for sheet in &batch.sheets {
            let of = |field: Field| sheet.columns.iter().find(|column| column.field == Some(field.key()));
            let col = of(Field::Citizen).or_else(|| of(Field::Name)).map_or(0, |column| column.cell.col);
            self.sheets.push(SheetAt { base: 0, file: batch.file.clone(), name: sheet.sheet.clone(), col });
        }
        let rows = std::mem::take(&mut batch.counted);
        self.alike_households.note(&rows, first_sheet);
        self.lay_out(&rows, first_sheet, batch);
        let left_out = self.households(&rows, first_sheet, batch);
        self.people(&rows, &left_out, first_sheet, batch);
        self.count(&rows, &left_out);
        self.members(first_sheet, batch);
    }

    /// The sums by year and the spellings of villages, once all files are counted. What told doubles goes before anything else is done.
    pub(crate) fn sums(self) -> (BTreeMap<Option<i16>, Counted>, Spellings) {
        (self.counted, self.spellings)
    }

    /// Whether members or households on two sheets may be one, which only their records tell.
    pub(crate) fn may_be_alike(&self, settings: &Settings) -> bool {
        self.alike.found || self.alike_households.found(settings.kept_rows)
    }

    /// Gives the rows of a file their places among all rows.
    fn lay_out(&mut self, rows: &CountedRows, first_sheet: usize, batch: &Batch) {
        let mut lengths = vec![0_u64; batch.sheets.len()];
        let mut reach = |sheet: usize, end: u64| {
            if let Some(length) = lengths.get_mut(sheet) {
                *length = (*length).max(end);
            }
        };
        rows.slots.iter().for_each(|slot| reach(slot.sheet, u64::from(slot.end)));
        batch.others.iter().for_each(|other| reach(other.sheet, u64::from(other.cell.row) + 1));
        batch.counted_members.places().for_each(|(sheet, row)| reach(sheet, u64::from(row) + 1));
        for (sheet, length) in self.sheets.iter_mut().skip(first_sheet).zip(lengths) {
            sheet.base = self.rows;
            self.rows += length;
        }
    }

    /// The place of a row of a sheet among all rows.
    fn place_of(&self, sheet: usize, row: u32) -> u64 {
        self.sheets.get(sheet).map_or(u64::MAX, |sheet| sheet.base + u64::from(row))
    }

    /// Households of one number, and households without one that another file has too. Gives those that are left out.
    fn households(&mut self, rows: &CountedRows, first_sheet: usize, batch: &mut Batch) -> BTreeSet<usize> {
        let doubled = self.doubled(rows, first_sheet);
        for (at, first) in &doubled {
            let Some((row, slot)) = rows.row(*at) else { continue };
            let Some(number) = row.number() else { continue };
            let cell = CellRef::new(row.row, slot.col);
            self.tell(batch, slot.sheet, cell, Code::CitizenTwice, &number.to_string(), *first);
            doubles::reject(&mut batch.sheets, slot.sheet, rows.rows_of(*at));
        }
        for known in &rows.nameless {
            let Some((row, slot)) = rows.row(known.at).filter(|(row, _)| row.number().is_none()) else { continue };
            let here = (self.place_of(first_sheet + slot.sheet, row.row), slot.col);
            let first = *self.nameless.entry((list_of(slot), fingerprint(&known.key))).or_insert(here);
            if self.sheet_of(first.0).is_some_and(|sheet| sheet.file != batch.file) {
                let cell = CellRef::new(row.row, slot.col);
                let hint = self.named(first.0, first.1);
                tell(batch, slot.sheet, cell, (Code::HouseholdTwice, Field::Head), &known.head, hint);
            }
        }
        doubled.into_iter().map(|(at, _)| at).collect()
    }

    /// Rows whose number was seen before in a list of their year and kind, and where it was.
    fn doubled(&mut self, rows: &CountedRows, first_sheet: usize) -> Vec<(usize, u64)> {
        let lists: BTreeSet<List> = rows.slots.iter().map(list_of).collect();
        let mut doubled = Vec::new();
        for list in lists {
            let mut seen = self.heads.remove(&list).unwrap_or_default();
            // Where the rows of each sheet of the list begin among all rows of the file, which are fewer than 2^32.
            let from = self.sheets.get(first_sheet).map_or(0, |sheet| sheet.base);
            let bases: Vec<Option<u64>> = rows
                .slots
                .iter()
                .map(|slot| (list_of(slot) == list).then(|| self.place_of(first_sheet + slot.sheet, 0) - from))
                .collect();
            let number = |row: &CountedRow| {
                let row_of_file = bases[row.slot as usize]? + u64::from(row.row);
                Some((row.number()?, u32::try_from(row_of_file).ok()?))
            };
            doubled.extend(seen.note_all(&rows.rows, number, from));
            self.heads.insert(list, seen);
        }
        doubled.sort_unstable();
        doubled
    }

    /// A person of one number in two households: as a member of both, or as the head of the other. All count.
    fn people(&mut self, rows: &CountedRows, left_out: &BTreeSet<usize>, first_sheet: usize, batch: &mut Batch) {
        let of_file = if batch.everybody { Coverage::All } else { Coverage::PoorOnly };
        let others = std::mem::take(&mut batch.others);
        if others.is_empty() && self.others.is_empty() {
            return;
        }
        let counted = rows.rows.iter().enumerate().filter(|(at, _)| !left_out.contains(at)).map(|(_, row)| row);
        let counted: Vec<(&Slot, u32, Option<CitizenNumber>)> =
            counted.filter_map(|row| Some((rows.slots.get(row.slot as usize)?, row.row, row.number()))).collect();
        let heads: BTreeSet<(usize, u32)> = counted.iter().map(|(slot, row, _)| (slot.sheet, *row)).collect();
        let others = others.iter().filter(|other| heads.contains(&(other.sheet, other.head)));
        let mut numbers: Vec<(usize, CellRef, CitizenNumber, bool)> =
            others.map(|other| (other.sheet, other.cell, other.number, false)).collect();
        numbers.extend(
            counted.iter().filter_map(|(slot, row, number)| Some((slot.sheet, CellRef::new(*row, slot.col), (*number)?, true))),
        );
        numbers.sort_by_key(|(sheet, cell, ..)| (*sheet, *cell));
        for (sheet, cell, number, is_head) in numbers {
            let list = (batch.sheets.get(sheet).and_then(|sheet| sheet.year), of_file);
            let here = self.place_of(first_sheet + sheet, cell.row);
            let other = if is_head {
                self.others.get(&list).and_then(|seen| seen.row_of(number))
            } else {
                self.others.entry(list).or_default().note(number, here)
            };
            // Heads of rows further down are known already; the first of two is the one that stands above.
            let head = self.heads.get(&list).and_then(|seen| seen.row_of(number)).filter(|head| !is_head && *head < here);
            if let Some(first) = other.into_iter().chain(head).min() {
                self.tell(batch, sheet, cell, Code::PersonTwice, &number.to_string(), first);
            }
        }
    }

    /// Adds up what is left.
    fn count(&mut self, rows: &CountedRows, left_out: &BTreeSet<usize>) {
        let mut counts: Vec<u64> = rows.slots.iter().map(|slot| slot.households).collect();
        left_out.iter().filter_map(|at| rows.rows.get(*at)).for_each(|row| counts[row.slot as usize] -= 1);
        // Nearly all files are of one year.
        let years: BTreeSet<Option<i16>> = rows.slots.iter().map(|slot| slot.year).collect();
        for year in years {
            let mut empty = Counted::default();
            // A place whose households are all left out is not there.
            let mut spot = |(slot, count): (&Slot, &u64)| {
                (slot.year == year && *count > 0).then(|| empty.spot(&slot.place, list_of(slot).1))
            };
            let spots: Vec<Option<Spot>> = rows.slots.iter().zip(&counts).map(&mut spot).collect();
            let count = |share: Range<usize>| {
                let (mut counted, mut left_out) = (empty.clone(), left_out.range(share.clone()).peekable());
                for (at, row) in share.clone().zip(rows.rows.range(share)) {
                    let counts = left_out.next_if_eq(&&at).is_none();
                    if let Some(spot) = spots[row.slot as usize].filter(|_| counts) {
                        counted.add(spot, &row.facts());
                    }
                }
                counted
            };
            let parts: Vec<Counted> = rows.rows.shares().into_par_iter().map(count).collect();
            let known = self.counted.entry(year).or_default();
            parts.into_iter().for_each(|part| known.merge(part));
        }
        for (slot, count) in rows.slots.iter().zip(counts).filter(|(_, count)| *count > 0) {
            if let Some(village) = &slot.place.village {
                self.spellings.note(&slot.place.commune, village, count, true);
            }
        }
    }

    /// Members of one number or one card; what is left is counted.
    fn members(&mut self, first_sheet: usize, batch: &mut Batch) {
        let mut members = std::mem::take(&mut batch.counted_members);
        let mut units: Vec<Option<UnitsOfSlot>> = vec![None; members.slots.len()];
        members.settle(|Seen { number, card, slot, at, name, row }| {
            let here = self.place_of(first_sheet + slot.sheet, row);
            let Some(first) = self.members.note(slot.year, number, card, here) else {
                let units = units.get_mut(at).map(|units| *units.get_or_insert_with(|| self.alike.units_of(slot)));
                units.into_iter().for_each(|units| self.alike.note(units, name, first_sheet + slot.sheet));
                return true;
            };
            let found = doubles::names(number, card).next().unwrap_or_default();
            self.tell(batch, slot.sheet, CellRef::new(row, slot.col), Code::MemberTwice, &found, first);
            doubles::reject(&mut batch.sheets, slot.sheet, 1);
            false
        });
        batch.counted_members = members;
    }

    fn sheet_of(&self, place: u64) -> Option<&SheetAt> {
        // Of sheets without a counted row the last has the base of the one that follows.
        self.sheets.partition_point(|sheet| sheet.base <= place).checked_sub(1).and_then(|sheet| self.sheets.get(sheet))
    }

    fn named(&self, place: u64, col: u32) -> Hint {
        let Some(sheet) = self.sheet_of(place) else { return Hint::None };
        let row = u32::try_from(place - sheet.base).unwrap_or(0);
        let first: First = (sheet.file.clone(), sheet.name.clone(), CellRef::new(row, col));
        doubles::named(&first)
    }

    /// A finding about a number whose first place is known.
    fn tell(&self, batch: &mut Batch, sheet: usize, cell: CellRef, code: Code, found: &str, first: u64) {
        let hint = self.named(first, self.sheet_of(first).map_or(0, |sheet| sheet.col));
        tell(batch, sheet, cell, (code, Field::Citizen), found, hint);
    }
}

/// The list of a slot; what it speaks of is known once its file is read.
pub(super) fn list_of(slot: &Slot) -> List {
    (slot.year, slot.coverage.unwrap_or(Coverage::PoorOnly))
}

fn tell(batch: &mut Batch, sheet: usize, cell: CellRef, (code, field): (Code, Field), found: &str, hint: Hint) {
    let Batch { findings, sheets, .. } = batch;
    let name = sheets.get(sheet).map(|sheet| sheet.sheet.as_str()).unwrap_or_default();
    findings.add(code, Some(name), Some(cell), Some(field), found, hint);
}
