//! Keeps small counts from the public: a count under five is hidden, and with it as many other figures as it takes that
//! nobody can subtract it back.
//!
//! Every figure is an unknown or a known number, and what a reader knows about them are equations: rows that add up to
//! their total, in the same table or in another one ([`Row::about`], [`Row::part_of`]), columns that add up
//! ([`Sum`](super::table::Sum)), sums over tables ([`Table::links`]), and what is computed from others
//! ([`Column::from`](super::table::Column), [`Row::follows`]). Hidden figures get partners until
//!
//! 1. no equation has one hidden figure alone, and none gives away that a few hidden parts sum up to less than five;
//! 2. no hidden figure follows from all the equations together (Gaussian elimination);
//! 3. nothing computed from a hidden figure is shown.
//!
//! Partners are figures above zero wherever there are any: a reader who knows that counts are not negative could
//! otherwise tell a hidden zero.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{Datum, Row, RowKind, Sensitivity, Table};

/// Counts below this, and above zero, are not shown to the public.
pub const LEAST: i64 = 5;

/// Hides small counts and their partners in the tables of one report.
pub fn small_counts(tables: &mut [Table]) {
    let mut figures = Figures::of(tables);
    figures.hide_small(tables);
    figures.protect();
    for (at, table) in tables.iter_mut().enumerate() {
        for (row, cells) in table.rows.iter_mut().enumerate() {
            for (column, cell) in cells.cells.iter_mut().enumerate() {
                let hidden = figures.at.get(&(at, row, column)).is_some_and(|figure| figures.hidden.contains(figure));
                if hidden && *cell != Datum::Missing {
                    *cell = Datum::Hidden;
                }
            }
        }
    }
}

/// What makes two cells the same figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    /// The same thing under the same column key, wherever it stands.
    Shared(String, &'static str),
    /// A cell of a row without a name.
    Local(usize, usize, usize),
}

/// Figures whose signed sum is zero: a whole and its parts.
type Equation = Vec<(usize, Sign)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Whole,
    Part,
}

#[derive(Debug, Default)]
struct Figures {
    names: BTreeMap<Name, usize>,
    at: BTreeMap<(usize, usize, usize), usize>,
    /// The count of a figure; `None` for what is no count (a rate, a word) and takes no part in sums.
    counts: Vec<Option<i64>>,
    equations: Vec<Equation>,
    /// The equations of each figure.
    uses: Vec<Vec<usize>>,
    /// Figures that follow from others: source, result.
    follows: BTreeMap<usize, BTreeSet<usize>>,
    hidden: BTreeSet<usize>,
}

impl Figures {
    fn of(tables: &[Table]) -> Self {
        let mut figures = Self::default();
        for (at, table) in tables.iter().enumerate() {
            for (row, cells) in table.rows.iter().enumerate() {
                for (column, cell) in cells.cells.iter().enumerate().take(table.columns.len()) {
                    figures.add(name(table, at, row, column), (at, row, column), cell);
                }
            }
        }
        for (at, table) in tables.iter().enumerate() {
            figures.sums_of_columns(at, table);
            figures.sums_of_rows(at, table);
            figures.sums_over_tables(table);
            figures.what_follows(at, table);
            figures.whole_rows(at, table);
        }
        figures.equations.sort_by(|a, b| a.iter().map(|term| term.0).cmp(b.iter().map(|term| term.0)));
        figures.equations.dedup();
        figures.uses = vec![Vec::new(); figures.counts.len()];
        for (index, equation) in figures.equations.iter().enumerate() {
            for &(figure, _) in equation {
                figures.uses[figure].push(index);
            }
        }
        figures
    }

    fn add(&mut self, name: Name, cell: (usize, usize, usize), datum: &Datum) {
        let next = self.counts.len();
        let figure = *self.names.entry(name).or_insert(next);
        if figure == next {
            self.counts.push(None);
        }
        self.at.insert(cell, figure);
        if let Datum::Count(count) = datum {
            self.counts[figure] = Some(*count);
        }
        if *datum == Datum::Hidden {
            self.hidden.insert(figure);
        }
    }

    fn sums_of_columns(&mut self, at: usize, table: &Table) {
        let place = |key: &str| table.columns.iter().position(|column| column.key == key);
        for sum in &table.sums {
            let Some(whole) = place(sum.whole) else { continue };
            let Some(plus) = sum.plus.iter().map(|key| place(key)).collect::<Option<Vec<_>>>() else { continue };
            let Some(minus) = sum.minus.iter().map(|key| place(key)).collect::<Option<Vec<_>>>() else { continue };
            for row in 0..table.rows.len() {
                let wholes = minus.iter().chain([&whole]).map(|&column| (column, Sign::Whole));
                let parts = plus.iter().map(|&column| (column, Sign::Part));
                let terms = wholes.chain(parts).filter_map(|(column, sign)| Some((*self.at.get(&(at, row, column))?, sign)));
                let equation = terms.collect();
                self.equations.push(equation);
            }
        }
    }

    fn sums_of_rows(&mut self, at: usize, table: &Table) {
        let rows = |wanted: &dyn Fn(&Row) -> bool| -> Vec<usize> {
            (0..table.rows.len())
                .filter(|&row| table.rows[row].cells.len() == table.columns.len() && wanted(&table.rows[row]))
                .collect()
        };
        let parents: BTreeSet<&String> = table.rows.iter().filter_map(|row| row.ties().part_of.as_ref()).collect();
        // One table may divide the same whole in several ways: by sex, and once more by labour.
        let ways: BTreeSet<(&String, &str)> =
            table.rows.iter().filter_map(|row| Some((row.ties().part_of.as_ref()?, way(row)))).collect();
        for (parent, of_way) in &ways {
            let parts = rows(&|row| row.ties().part_of.as_ref() == Some(*parent) && way(row) == *of_way);
            for column in 0..table.columns.len() {
                let Some(Name::Shared(_, key)) = parts.first().map(|&row| name(table, at, row, column)) else { continue };
                if let Some(&whole) = self.names.get(&Name::Shared((*parent).clone(), key)) {
                    self.sum_of_rows(at, whole, column, &parts);
                }
            }
        }
        let body = rows(&|row| row.kind == RowKind::Body);
        for (row, total) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Total) {
            if total.ties().about.as_ref().is_some_and(|name| parents.contains(name)) {
                continue;
            }
            for column in 0..table.columns.len() {
                if let Some(&whole) = self.at.get(&(at, row, column)) {
                    self.sum_of_rows(at, whole, column, &body);
                }
            }
        }
    }

    fn sum_of_rows(&mut self, at: usize, whole: usize, column: usize, parts: &[usize]) {
        let parts: Vec<usize> = parts.iter().filter_map(|&row| self.at.get(&(at, row, column)).copied()).collect();
        let counted = self.counts[whole].is_some() || parts.iter().any(|&part| self.counts[part].is_some());
        if counted && !parts.is_empty() && !parts.contains(&whole) {
            let parts = parts.into_iter().map(|part| (part, Sign::Part));
            self.equations.push(std::iter::once((whole, Sign::Whole)).chain(parts).collect());
        }
    }

    /// A sum of which a figure stands in no table tells nothing.
    fn sums_over_tables(&mut self, table: &Table) {
        for link in &table.links {
            let figure = |(about, key): &(String, &'static str)| self.names.get(&Name::Shared(about.clone(), key)).copied();
            let Some(figures) = link.iter().map(figure).collect::<Option<Vec<usize>>>() else { continue };
            let signs = std::iter::once(Sign::Whole).chain(std::iter::repeat(Sign::Part));
            self.equations.push(figures.into_iter().zip(signs).collect());
        }
    }

    /// The numbers of a row that could be told from a figure of another.
    fn whole_rows(&mut self, at: usize, table: &Table) {
        for (row, cells) in table.rows.iter().enumerate() {
            for (about, key) in &cells.ties().follows {
                let Some(&source) = self.names.get(&Name::Shared(about.clone(), key)) else { continue };
                for (column, datum) in cells.cells.iter().enumerate() {
                    let Some(&result) = self.at.get(&(at, row, column)).filter(|_| !matches!(datum, Datum::Text(_))) else {
                        continue;
                    };
                    self.follows.entry(source).or_default().insert(result);
                }
            }
        }
    }

    /// What is computed from a column that is not there, or says not from which, cannot be judged: it is hidden.
    fn what_follows(&mut self, at: usize, table: &Table) {
        for (column, head) in table.columns.iter().enumerate() {
            for (row, cells) in table.rows.iter().enumerate() {
                let Some(&result) = self.at.get(&(at, row, column)) else { continue };
                for key in &head.from {
                    let place = table.columns.iter().position(|other| other.key == *key);
                    let local = place.and_then(|place| self.at.get(&(at, row, place)));
                    let shared = || {
                        let about = cells.ties().about.as_ref()?;
                        self.names.get(&Name::Shared(about.clone(), key))
                    };
                    match local.or_else(shared) {
                        Some(&source) => {
                            self.follows.entry(source).or_default().insert(result);
                        }
                        None => {
                            self.hidden.insert(result);
                        }
                    }
                }
                let judged = matches!(cells.cells[column], Datum::Count(_) | Datum::Text(_) | Datum::Missing);
                if is_small_count(head.sensitivity) && head.from.is_empty() && !judged {
                    self.hidden.insert(result);
                }
            }
        }
    }

    fn hide_small(&mut self, tables: &[Table]) {
        for (&(at, row, column), &figure) in &self.at {
            let small = self.counts[figure].is_some_and(|count| count != 0 && count.unsigned_abs() < LEAST.unsigned_abs());
            let table = &tables[at];
            if small && (is_small_count(table.columns[column].sensitivity) || table.rows[row].of_households) {
                self.hidden.insert(figure);
            }
        }
    }

    /// Adds partners until nothing hidden can be computed. Every round hides something more, so it comes to an end.
    fn protect(&mut self) {
        loop {
            let before = self.hidden.len();
            self.spread();
            for index in 0..self.equations.len() {
                if self.is_weak(index) {
                    self.add_partner(&[index]);
                }
            }
            if self.hidden.len() > before {
                continue;
            }
            for figure in self.determined() {
                self.add_partner(&self.uses[figure].clone());
            }
            if self.hidden.len() == before {
                return;
            }
        }
    }

    fn spread(&mut self) {
        let mut queue: Vec<usize> = self.hidden.iter().copied().collect();
        while let Some(source) = queue.pop() {
            for &result in self.follows.get(&source).into_iter().flatten() {
                if self.hidden.insert(result) {
                    queue.push(result);
                }
            }
        }
    }

    /// One hidden figure alone, or hidden parts that are seen to sum up to a small count.
    fn is_weak(&self, equation: usize) -> bool {
        let hidden: Vec<&(usize, Sign)> =
            self.equations[equation].iter().filter(|(figure, _)| self.hidden.contains(figure)).collect();
        match hidden.as_slice() {
            [] => false,
            [_] => true,
            [(_, first), rest @ ..] => {
                let sum: u64 = hidden.iter().map(|(figure, _)| self.size(*figure)).fold(0, u64::saturating_add);
                rest.iter().all(|(_, sign)| sign == first) && sum < LEAST.unsigned_abs()
            }
        }
    }

    fn size(&self, figure: usize) -> u64 {
        self.counts[figure].unwrap_or(0).unsigned_abs()
    }

    /// Hides one more figure of the first of these equations that has one to spare: rather a part than the whole, rather
    /// one above zero, rather one whose other equations have hidden figures already, rather a small one.
    fn add_partner(&mut self, equations: &[usize]) {
        for &index in equations {
            let free = self.equations[index].iter().filter(|(figure, _)| !self.hidden.contains(figure));
            let best = free.min_by_key(|&&(figure, sign)| {
                let lonely = self.uses[figure].iter().filter(|&&other| {
                    other != index && !self.equations[other].iter().any(|(figure, _)| self.hidden.contains(figure))
                });
                (self.size(figure) == 0, sign == Sign::Whole, lonely.count(), self.size(figure), figure)
            });
            if let Some(&(figure, _)) = best {
                self.hidden.insert(figure);
                return;
            }
        }
    }

    /// The hidden figures that all equations together fix to one value.
    fn determined(&self) -> Vec<usize> {
        let mut solved: BTreeMap<usize, BTreeMap<usize, u64>> = BTreeMap::new();
        for equation in &self.equations {
            let mut row: BTreeMap<usize, u64> = BTreeMap::new();
            for &(figure, sign) in equation.iter().filter(|(figure, _)| self.hidden.contains(figure)) {
                let sign = if sign == Sign::Whole { 1 } else { field::PRIME - 1 };
                add_to(&mut row, figure, sign);
            }
            for pivot in row.keys().copied().collect::<Vec<_>>() {
                if let Some(known) = solved.get(&pivot) {
                    let factor = row.get(&pivot).copied().unwrap_or(0);
                    subtract(&mut row, known, factor);
                }
            }
            let Some((&pivot, &lead)) = row.iter().next() else { continue };
            let scale = field::inverse(lead);
            for value in row.values_mut() {
                *value = field::times(*value, scale);
            }
            for known in solved.values_mut() {
                if let Some(&factor) = known.get(&pivot) {
                    subtract(known, &row, factor);
                }
            }
            solved.insert(pivot, row);
        }
        solved.into_iter().filter(|(_, row)| row.len() == 1).map(|(pivot, _)| pivot).collect()
    }
}

fn is_small_count(sensitivity: Sensitivity) -> bool {
    matches!(sensitivity, Sensitivity::SmallCount | Sensitivity::Unseen)
}

/// How a row divides the whole that it is a part of: `sex` of `sex:Nữ`.
fn way(row: &Row) -> &str {
    row.ties().about.as_ref().and_then(|about| about.split_once(':')).map_or("", |(way, _)| way)
}

fn name(table: &Table, at: usize, row: usize, column: usize) -> Name {
    if let Some((_, about, key)) = table.rows[row].ties().same.iter().find(|(cell, _, _)| *cell == column) {
        return Name::Shared(about.clone(), key);
    }
    match &table.rows[row].ties().about {
        Some(about) => Name::Shared(about.clone(), table.columns[column].key),
        None => Name::Local(at, row, column),
    }
}

fn subtract(row: &mut BTreeMap<usize, u64>, other: &BTreeMap<usize, u64>, factor: u64) {
    for (&figure, &value) in other {
        add_to(row, figure, field::PRIME - field::times(value, factor));
    }
}

fn add_to(row: &mut BTreeMap<usize, u64>, figure: usize, value: u64) {
    let sum = field::plus(row.get(&figure).copied().unwrap_or(0), value);
    if sum == 0 {
        row.remove(&figure);
    } else {
        row.insert(figure, sum);
    }
}

/// Whole numbers modulo a large prime. Elimination needs exact division, and the coefficients here are 1 and −1 only, so
/// what is fixed modulo 2^61 − 1 is fixed in the rational numbers.
mod field {
    pub(super) const PRIME: u64 = (1 << 61) - 1;

    pub(super) fn plus(a: u64, b: u64) -> u64 {
        (a % PRIME + b % PRIME) % PRIME
    }

    pub(super) fn times(a: u64, b: u64) -> u64 {
        u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap_or_default()
    }

    /// By Fermat: a^(p − 2).
    pub(super) fn inverse(a: u64) -> u64 {
        let (mut result, mut base, mut rest) = (1, a, PRIME - 2);
        while rest > 0 {
            if rest % 2 == 1 {
                result = times(result, base);
            }
            base = times(base, base);
            rest /= 2;
        }
        result
    }
}

#[cfg(test)]
#[path = "suppress_tests.rs"]
mod tests;
