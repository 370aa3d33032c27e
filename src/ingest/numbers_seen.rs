//! Which citizen numbers were seen, and at which row each first: exact, in about ten bytes a number, so that the doubles of a
//! whole nation are found in memory.
//!
//! A number has twelve digits and so fits 40 bits. Its bits are mixed by a function that loses nothing; the upper 10 choose one
//! of 1,024 tables and the lower 30 are kept in an entry of that table, beside the row. The tables lie one after the other in
//! one piece of memory and grow together, a little at a time and where they lie: tables of their own, each moved when it
//! grew, left holes of a sixth of the memory behind.

use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use rayon::prelude::*;

use super::pieces::Pieces;
use crate::domain::ids::CitizenNumber;

/// Bits of a number below 10^12.
const NUMBER_BITS: u32 = 40;
/// Bits of the mixed number that an entry keeps; the others say in which table it is.
const KEPT_BITS: u32 = 30;
/// The tables.
const TABLES: usize = 1 << (NUMBER_BITS - KEPT_BITS);
/// Rows that can be told apart.
const MOST_ROWS: u64 = 1 << (64 - KEPT_BITS);

/// Numbers and the rows at which they were first seen.
#[derive(Debug)]
pub(crate) struct NumbersSeen {
    /// All tables, each of `length` entries.
    entries: Vec<u64>,
    length: usize,
    /// How many entries of each table are taken.
    used: Vec<usize>,
    spread: Spread,
}

/// How numbers are spread over the tables: another way in each run, so that no file can be written which crowds one table and
/// makes all of them grow. What is found does not depend on it.
#[derive(Clone, Copy, Debug)]
struct Spread(u64);

impl Default for NumbersSeen {
    fn default() -> Self {
        Self { entries: Vec::new(), length: 0, used: vec![0; TABLES], spread: Spread(RandomState::new().hash_one(TABLES)) }
    }
}

/// A table: entries at places that their own bits choose, or the next free one; an entry of zero is free.
struct Table<'a> {
    entries: &'a mut [u64],
    used: &'a mut usize,
}

impl NumbersSeen {
    /// Notes a number at a row; gives the row at which it was seen before, and then keeps that one. Rows beyond 2^34 are not
    /// told apart: no list has a tenth of them.
    pub(crate) fn note(&mut self, number: CitizenNumber, row: u64) -> Option<u64> {
        let (table, kept) = self.spread.parts(number);
        self.make_room(self.used.get(table)? + 1);
        let entries = self.entries.get_mut(table * self.length..(table + 1) * self.length)?;
        Table { entries, used: self.used.get_mut(table)? }.note(kept, limited(row))
    }

    /// Notes the numbers of a list, of which `number` gives each with its row, that many behind `from`: first each thread orders
    /// a share of the list by table, then each fills a share of the tables. Gives those that were seen before, by their place
    /// in the list, with the row at which it was.
    pub(crate) fn note_all<T: Sync>(
        &mut self,
        list: &Pieces<T>,
        number: impl Fn(&T) -> Option<(CitizenNumber, u32)> + Sync,
        from: u64,
    ) -> Vec<(usize, u64)> {
        let spread = self.spread;
        let order = |share: Range<usize>| ByTable::of(spread, share.start, || list.range(share.clone()).map(&number));
        let parts: Vec<ByTable> = list.shares().into_par_iter().map(order).collect();
        let more = |table: usize| parts.iter().map(|part| part.table(table).len()).sum::<usize>();
        self.make_room((0..).zip(&self.used).map(|(table, used)| used + more(table)).max().unwrap_or(0));
        let share = TABLES.div_ceil(rayon::current_num_threads());
        let length = self.length.max(1);
        let fill = |(first, (entries, used)): (usize, (&mut [u64], &mut [usize]))| {
            let mut seen = Vec::new();
            for (nth, (entries, used)) in entries.chunks_exact_mut(length).zip(used).enumerate() {
                let mut table = Table { entries, used };
                for one in parts.iter().flat_map(|part| part.table(first * share + nth)) {
                    let before = table.note(u64::from(one.kept), limited(from + u64::from(one.row)));
                    seen.extend(before.map(|before| (one.at as usize, before)));
                }
            }
            seen
        };
        let shares = self.entries.par_chunks_mut(share * length).zip(self.used.par_chunks_mut(share));
        let mut seen: Vec<(usize, u64)> = shares.enumerate().flat_map_iter(fill).collect();
        seen.sort_unstable();
        seen
    }

    /// The row at which a number was seen.
    pub(crate) fn row_of(&self, number: CitizenNumber) -> Option<u64> {
        let (table, kept) = self.spread.parts(number);
        let entries = self.entries.get(table * self.length..(table + 1) * self.length)?;
        find(entries, kept).ok().map(row_in)
    }

    /// Makes room for so many entries in each table. At most six of seven places are taken, so that a search ends soon.
    fn make_room(&mut self, most: usize) {
        let needed = most * 7 / 6 + 1;
        if needed > self.length {
            let more = if self.length < 64 { self.length } else { self.length / 8 };
            self.grow(needed.max(self.length + more).max(8));
        }
    }

    /// Gives each table a greater length. The last one moves first, so that each finds its new place free.
    fn grow(&mut self, length: usize) {
        let before = std::mem::replace(&mut self.length, length);
        self.entries.reserve_exact(TABLES * length - self.entries.len());
        self.entries.resize(TABLES * length, 0);
        let mut moving: Vec<u64> = Vec::with_capacity(before);
        for table in (0..TABLES).rev() {
            let Some(old) = self.entries.get_mut(table * before..(table + 1) * before) else { continue };
            moving.clear();
            moving.extend(old.iter().filter(|entry| **entry != 0));
            old.fill(0);
            let Some(new) = self.entries.get_mut(table * length..(table + 1) * length) else { continue };
            for entry in &moving {
                if let Err(free) = find(new, entry >> (64 - KEPT_BITS)) {
                    new[free] = *entry;
                }
            }
        }
    }
}

/// A number of a list: what its entry keeps, where it stands in the list, and at which row of it, so that none of these has to
/// be looked up again.
#[derive(Clone, Copy, Debug, Default)]
struct Listed {
    kept: u32,
    at: u32,
    row: u32,
}

/// Numbers of a part of a list, ordered by table, and within a table as they come: what is noted next to each other is near each
/// other in memory.
struct ByTable {
    listed: Vec<Listed>,
    /// Where those of each table end.
    ends: Vec<usize>,
}

impl ByTable {
    /// Orders the numbers of a part that begins at `first`, which it goes over twice.
    fn of<N: Iterator<Item = Option<(CitizenNumber, u32)>>>(spread: Spread, first: usize, numbers: impl Fn() -> N) -> Self {
        let mut counts = vec![0_usize; TABLES];
        numbers().flatten().for_each(|(number, _)| counts[spread.parts(number).0] += 1);
        let (mut ends, mut sum) = (Vec::with_capacity(TABLES), 0);
        for count in counts {
            ends.push(sum);
            sum += count;
        }
        let mut listed = vec![Listed::default(); sum];
        for (at, number) in (first..).zip(numbers()) {
            let (Some((number, row)), Ok(at)) = (number, u32::try_from(at)) else { continue };
            let (table, kept) = spread.parts(number);
            listed[ends[table]] = Listed { kept: u32::try_from(kept).unwrap_or(u32::MAX), at, row };
            ends[table] += 1;
        }
        Self { listed, ends }
    }

    /// The numbers that go to a table.
    fn table(&self, table: usize) -> &[Listed] {
        let from = table.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.listed[from..self.ends[table]]
    }
}

impl Table<'_> {
    fn note(&mut self, kept: u64, row: u64) -> Option<u64> {
        match find(self.entries, kept) {
            Ok(entry) => Some(row_in(entry)),
            Err(free) => {
                if let Some(entry) = self.entries.get_mut(free) {
                    *entry = kept << (64 - KEPT_BITS) | (row + 1);
                    *self.used += 1;
                }
                None
            }
        }
    }
}

/// The entry of a number in a table, or the free place for it.
fn find(entries: &[u64], kept: u64) -> Result<u64, usize> {
    let mut at = home(kept, entries.len());
    loop {
        match entries.get(at) {
            None if entries.is_empty() => return Err(0),
            None => at = 0,
            Some(0) => return Err(at),
            Some(entry) if entry >> (64 - KEPT_BITS) == kept => return Ok(*entry),
            Some(_) => at += 1,
        }
    }
}

/// Where the search for a number begins: the kept bits, scaled to the length of the table.
fn home(kept: u64, length: usize) -> usize {
    let length = u64::try_from(length).unwrap_or(0);
    usize::try_from((kept * length) >> KEPT_BITS).unwrap_or(0)
}

fn limited(row: u64) -> u64 {
    row.min(MOST_ROWS - 2)
}

fn row_in(entry: u64) -> u64 {
    (entry & (MOST_ROWS - 1)) - 1
}

impl Spread {
    /// The table of a number, and what its entry keeps.
    fn parts(self, number: CitizenNumber) -> (usize, u64) {
        let mixed = mix(number.as_u64() ^ self.0);
        let table = usize::try_from(mixed >> KEPT_BITS).unwrap_or(0);
        (table, mixed & ((1 << KEPT_BITS) - 1))
    }
}

/// Spreads neighbouring numbers over all tables. Each step can be undone (a product with an odd number, a shift added to
/// itself), so two numbers never come out as one.
fn mix(number: u64) -> u64 {
    const MASK: u64 = (1 << NUMBER_BITS) - 1;
    let mut mixed = number & MASK;
    mixed = mixed.wrapping_mul(0x9E_3779_B97F) & MASK;
    mixed ^= mixed >> 21;
    mixed = mixed.wrapping_mul(0xBF_5847_6D1D) & MASK;
    mixed ^ mixed >> 19
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    const SPREAD: Spread = Spread(0x5A_5A5A_5A5A);

    fn number(value: u64) -> CitizenNumber {
        CitizenNumber::parse(&format!("{value:012}")).unwrap()
    }

    #[test]
    fn neighbouring_numbers_are_told_apart_and_spread() {
        let mut seen = NumbersSeen::default();
        for value in 0..200_000 {
            assert_eq!(seen.note(number(66_170_000_000 + value), value), None);
        }
        for value in (0..200_000).step_by(7) {
            assert_eq!(seen.note(number(66_170_000_000 + value), 1_000_000), Some(value));
        }
        let longest = *seen.used.iter().max().unwrap();
        assert!(longest < 270, "two hundred thousand numbers over 1,024 tables are about 195 each, not {longest}");
    }

    #[test]
    fn numbers_of_one_table_stay_in_their_order() {
        let numbers: Vec<Option<CitizenNumber>> =
            (0..3_000).map(|at| (at % 5 != 0).then(|| number(66_170_000_000 + at % 700))).collect();
        let listed = ByTable::of(SPREAD, 7, || numbers.iter().zip(10..).map(|(number, row)| Some(((*number)?, row))));
        assert_eq!(listed.listed.len(), numbers.iter().flatten().count());
        for table in 0..TABLES {
            let of_table = listed.table(table);
            let expected = |one: &Listed| {
                let number = numbers[one.at as usize - 7].unwrap();
                SPREAD.parts(number) == (table, u64::from(one.kept)) && one.row == one.at + 3
            };
            assert!(of_table.iter().all(expected) && of_table.is_sorted_by_key(|one| one.at));
        }
    }

    #[test]
    fn a_list_in_shares_is_noted_in_its_order() {
        let mut rows = Pieces::default();
        (0_u32..100_000).for_each(|row| rows.push(row));
        let twice = |row: &u32| (!row.is_multiple_of(3)).then(|| (number(66_170_000_000 + u64::from(row % 60_000)), *row));
        let threads = rayon::ThreadPoolBuilder::new().num_threads(3).build().unwrap();
        let (shares, seen) = threads.install(|| (rows.shares().len(), NumbersSeen::default().note_all(&rows, twice, 5)));
        assert_eq!(shares, 3);
        let expected = (60_000..100_000).filter(|row: &usize| !row.is_multiple_of(3)).map(|row| (row, row as u64 - 60_000 + 5));
        assert_eq!(seen, expected.collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn a_list_is_noted_as_its_numbers_one_by_one_are(lists in prop::collection::vec(prop::collection::vec(prop::option::of(0_u64..500), 0..400), 1..4)) {
            let (mut together, mut one_by_one) = (NumbersSeen::default(), NumbersSeen::default());
            for (from, list) in (0..).step_by(1_000).zip(lists) {
                let of = |(value, row): &(Option<u64>, u32)| Some((number(999_999_999_999 - (*value)? * 333_333_333), *row));
                let mut rows = Pieces::default();
                list.into_iter().zip(0_u32..).for_each(|row| rows.push(row));
                let single = |(at, one): (usize, Option<(CitizenNumber, u32)>)| {
                    let (number, row) = one?;
                    Some((at, one_by_one.note(number, from + u64::from(row))?))
                };
                let expected: Vec<(usize, u64)> = rows.iter().map(of).enumerate().filter_map(single).collect();
                prop_assert_eq!(together.note_all(&rows, of, from), expected);
            }
        }

        #[test]
        fn what_is_noted_is_what_a_map_would_know(values in prop::collection::vec(0_u64..3_000, 0..4_000)) {
            let mut seen = NumbersSeen::default();
            let mut known: BTreeMap<u64, u64> = BTreeMap::new();
            for (row, value) in (0_u64..).zip(values) {
                // Far apart, and the largest number too.
                let value = 999_999_999_999 - value * 333_333_333;
                let first = known.get(&value).copied();
                prop_assert_eq!(seen.row_of(number(value)), first);
                prop_assert_eq!(seen.note(number(value), row), first);
                known.entry(value).or_insert(row);
            }
        }
    }
}
