//! Which citizen numbers were seen, and at which row each first: exact, in about ten bytes a number, so that the doubles of a
//! whole nation are found in memory.
//!
//! A number has twelve digits and so fits 40 bits. Its bits are mixed by a function that loses nothing; the upper 10 choose one
//! of 1,024 tables and the lower 30 are kept in an entry of that table, beside the row. The tables grow one by one, and a
//! little at a time, so that none of the room is ever doubled at once.

use std::ops::Range;

use rayon::prelude::*;

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
    tables: Vec<Table>,
}

impl Default for NumbersSeen {
    fn default() -> Self {
        let mut tables = Vec::new();
        tables.resize_with(TABLES, Table::default);
        Self { tables }
    }
}

/// Entries at places that their own bits choose, or the next free one; an entry of zero is free.
#[derive(Debug, Default)]
struct Table {
    entries: Vec<u64>,
    used: usize,
}

impl NumbersSeen {
    /// Notes a number at a row; gives the row at which it was seen before, and then keeps that one. Rows beyond 2^34 are not
    /// told apart: no list has a tenth of them.
    pub(crate) fn note(&mut self, number: CitizenNumber, row: u64) -> Option<u64> {
        let (table, kept) = parts(number);
        self.tables.get_mut(table)?.note(kept, limited(row))
    }

    /// Notes the numbers of a list, each at `from` and its row of the list, table by table and the tables side by side. Gives
    /// those that were seen before, by their place in the list, with the row at which it was.
    pub(crate) fn note_all<N>(&mut self, numbers: &N, from: u64) -> Vec<(usize, u64)>
    where
        N: Iterator<Item = Option<(CitizenNumber, u32)>> + Clone + Sync,
    {
        let share = TABLES.div_ceil(rayon::current_num_threads());
        let of_share = |(nth, tables): (usize, &mut [Table])| {
            let first = nth * share;
            let listed = by_table(numbers.clone(), &(first..first + tables.len()));
            let mut seen = Vec::new();
            for of_table in listed.chunk_by(|one, next| parts(one.number).0 == parts(next.number).0) {
                let table = of_table.first().and_then(|one| tables.get_mut(parts(one.number).0 - first));
                let Some(table) = table else { continue };
                table.make_room(of_table.len());
                for one in of_table {
                    let before = table.note(parts(one.number).1, limited(from + u64::from(one.row)));
                    seen.extend(before.map(|before| (one.at as usize, before)));
                }
            }
            seen
        };
        let mut seen: Vec<(usize, u64)> = self.tables.par_chunks_mut(share).enumerate().flat_map_iter(of_share).collect();
        seen.sort_unstable();
        seen
    }

    /// The row at which a number was seen.
    pub(crate) fn row_of(&self, number: CitizenNumber) -> Option<u64> {
        let (table, kept) = parts(number);
        let table = self.tables.get(table)?;
        table.find(kept).ok().map(row_in)
    }
}

/// A number of a list: where it stands in the list, and at which row of it, so that neither has to be looked up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Listed {
    number: CitizenNumber,
    at: u32,
    row: u32,
}

/// The numbers of a list that go to some of the tables, with their rows, ordered by table, and within a table as they come:
/// what is noted next to each other is near each other in memory.
fn by_table(numbers: impl Iterator<Item = Option<(CitizenNumber, u32)>> + Clone, tables: &Range<usize>) -> Vec<Listed> {
    let table_of = |number| Some(parts(number).0).filter(|table| tables.contains(table)).map(|table| table - tables.start);
    let mut ends = vec![0_usize; tables.len() + 1];
    let (mut sum, mut any) = (0, None);
    for (number, row) in numbers.clone().flatten() {
        if let Some(table) = table_of(number) {
            ends[table + 1] += 1;
            any = Some(Listed { number, at: 0, row });
        }
    }
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    let Some(any) = any else { return Vec::new() };
    let mut ordered = vec![any; sum];
    for (at, number) in (0_u32..).zip(numbers) {
        if let Some((number, row)) = number
            && let Some(table) = table_of(number)
        {
            let next = &mut ends[table];
            ordered[*next] = Listed { number, at, row };
            *next += 1;
        }
    }
    ordered
}

impl Table {
    /// Makes room for more entries at once. At most six of seven places are taken, so that a search ends soon.
    fn make_room(&mut self, more: usize) {
        let needed = (self.used + more) * 7 / 6 + 1;
        if needed > self.entries.len() {
            self.grow(needed);
        }
    }

    fn note(&mut self, kept: u64, row: u64) -> Option<u64> {
        self.make_room(1);
        match self.find(kept) {
            Ok(entry) => Some(row_in(entry)),
            Err(free) => {
                if let Some(entry) = self.entries.get_mut(free) {
                    *entry = kept << (64 - KEPT_BITS) | (row + 1);
                    self.used += 1;
                }
                None
            }
        }
    }

    /// The entry of a number, or the free place for it.
    fn find(&self, kept: u64) -> Result<u64, usize> {
        let mut at = self.home(kept);
        loop {
            match self.entries.get(at) {
                None if self.entries.is_empty() => return Err(0),
                None => at = 0,
                Some(0) => return Err(at),
                Some(entry) if entry >> (64 - KEPT_BITS) == kept => return Ok(*entry),
                Some(_) => at += 1,
            }
        }
    }

    /// Where the search for a number begins: the kept bits, scaled to the length of the table.
    fn home(&self, kept: u64) -> usize {
        let length = u64::try_from(self.entries.len()).unwrap_or(0);
        usize::try_from((kept * length) >> KEPT_BITS).unwrap_or(0)
    }

    fn grow(&mut self, needed: usize) {
        let length = self.entries.len();
        let length = (length + if length < 64 { length } else { length / 8 }).max(8).max(needed);
        let before = std::mem::replace(&mut self.entries, vec![0; length]);
        for entry in before.into_iter().filter(|entry| *entry != 0) {
            if let Err(free) = self.find(entry >> (64 - KEPT_BITS)) {
                self.entries[free] = entry;
            }
        }
    }
}

fn limited(row: u64) -> u64 {
    row.min(MOST_ROWS - 2)
}

fn row_in(entry: u64) -> u64 {
    (entry & (MOST_ROWS - 1)) - 1
}

/// The table of a number, and what its entry keeps.
fn parts(number: CitizenNumber) -> (usize, u64) {
    let mixed = mix(number.as_u64());
    let table = usize::try_from(mixed >> KEPT_BITS).unwrap_or(0);
    (table, mixed & ((1 << KEPT_BITS) - 1))
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
        let longest = seen.tables.iter().map(|table| table.used).max().unwrap();
        assert!(longest < 270, "two hundred thousand numbers over 1,024 tables are about 195 each, not {longest}");
    }

    #[test]
    fn numbers_of_one_table_stay_in_their_order() {
        let numbers: Vec<Option<CitizenNumber>> =
            (0..3_000).map(|at| (at % 5 != 0).then(|| number(66_170_000_000 + at % 700))).collect();
        let rows = numbers.iter().zip(10..).map(|(number, row)| Some(((*number)?, row)));
        let halves = [0..TABLES / 2, TABLES / 2..TABLES].map(|tables| by_table(rows.clone(), &tables));
        let ordered = halves.concat();
        assert_eq!(ordered.len(), numbers.iter().flatten().count());
        assert!(ordered.iter().all(|one| numbers[one.at as usize] == Some(one.number) && one.row == one.at + 10));
        let of = |one: &Listed| (parts(one.number).0, one.at);
        assert!(ordered.is_sorted_by_key(of), "by table, and within a table by place");
    }

    proptest! {
        #[test]
        fn a_list_is_noted_as_its_numbers_one_by_one_are(lists in prop::collection::vec(prop::collection::vec(prop::option::of(0_u64..500), 0..400), 1..4)) {
            let (mut together, mut one_by_one) = (NumbersSeen::default(), NumbersSeen::default());
            for (from, list) in (0..).step_by(1_000).zip(lists) {
                let numbers = list.iter().zip(0_u32..).map(|(value, row)| Some((number(999_999_999_999 - (*value)? * 333_333_333), row)));
                let single = |(at, one): (usize, Option<(CitizenNumber, u32)>)| {
                    let (number, row) = one?;
                    Some((at, one_by_one.note(number, from + u64::from(row))?))
                };
                let expected: Vec<(usize, u64)> = numbers.clone().enumerate().filter_map(single).collect();
                prop_assert_eq!(together.note_all(&numbers, from), expected);
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
