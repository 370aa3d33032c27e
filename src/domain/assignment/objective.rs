//! The levels: where each stands in a cost vector, and its value counted from the pairs.

use super::cost::{Lex, PARTS};
use super::model::Level;
use super::prepare::{PairIx, Problem};

/// The parts of a cost vector for one order of levels. `max_load` has none, see [`Order::needs_two_solves`].
#[derive(Debug, Clone)]
pub(super) struct Order {
    levels: Vec<Level>,
}

impl Order {
    pub(super) fn new(levels: &[Level]) -> Self {
        Self { levels: levels.to_vec() }
    }

    pub(super) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The part of the vector that carries the level, 1 to 7; 0 for `max_load`, which no arc carries.
    pub(super) fn part(&self, level: Level) -> usize {
        let carried = self.levels.iter().filter(|&&l| l != Level::MaxLoad);
        if level == Level::MaxLoad { 0 } else { carried.take_while(|&&l| l != level).count() + 1 }
    }

    /// Whether `max_load` is not implied by `sum_sq_load` in this order.
    ///
    /// The loads that the levels before leave open are the flows on the arcs that leave one node. Among such vectors one
    /// with the least sum of squares also has the least maximum (Frank and Murota), so `max_load` costs nothing
    /// when `sum_sq_load` comes before it or right after it. Otherwise the least maximum is found first and
    /// then kept as a cap.
    pub(super) fn needs_two_solves(&self) -> bool {
        let at = |level| self.levels.iter().position(|&l| l == level).unwrap_or(0);
        at(Level::SumSqLoad) > at(Level::MaxLoad) + 1
    }

    /// The order that finds the least maximum: the levels before `max_load`, then `sum_sq_load`, then the others.
    pub(super) fn to_find_the_maximum(&self) -> Self {
        let mut levels: Vec<Level> = self.levels.iter().copied().filter(|&l| l != Level::SumSqLoad).collect();
        let at = levels.iter().position(|&l| l == Level::MaxLoad).unwrap_or(0);
        levels.insert(at, Level::SumSqLoad);
        Self { levels }
    }

    /// A cost of `amount` at the level.
    pub(super) fn cost(&self, level: Level, amount: i64) -> Lex {
        Lex::only(self.part(level), amount)
    }

    /// The vector of these values (in the order of [`Level::ALL`]) as a cost: what is to be most is negative.
    pub(super) fn as_cost(&self, values: &Values) -> Lex {
        let mut parts = [0; PARTS];
        for level in Level::ALL.into_iter().filter(|&level| level != Level::MaxLoad) {
            let value = values.get(level);
            parts[self.part(level)] = if level.more_is_better() { -value } else { value };
        }
        Lex(parts)
    }
}

/// A value for each level, in the order of [`Level::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Values([i64; 8]);

impl Values {
    pub(super) fn get(&self, level: Level) -> i64 {
        Level::ALL.iter().position(|&l| l == level).map_or(0, |at| self.0[at])
    }

    pub(super) fn set(&mut self, level: Level, value: i64) {
        if let Some(at) = Level::ALL.iter().position(|&l| l == level) {
            self.0[at] = value;
        }
    }

    pub(super) fn add(&mut self, level: Level, value: i64) {
        self.set(level, self.get(level) + value);
    }

    /// The values in the given order.
    pub(super) fn in_order(&self, order: &[Level]) -> Vec<(Level, i64)> {
        order.iter().map(|&level| (level, self.get(level))).collect()
    }
}

/// Counts every level from the pairs, knowing nothing of networks.
pub(super) fn count_levels(problem: &Problem, pairs: &[PairIx]) -> Values {
    let mut loads = vec![0_i64; problem.members.len()];
    let mut poor = vec![0_i64; problem.members.len()];
    let mut cover = vec![0_i64; problem.households.len()];
    let mut values = Values::default();
    for &(m, h) in pairs {
        let (signature, class) = (problem.signature(m), problem.class(h));
        loads[m as usize] += 1;
        poor[m as usize] += i64::from(class.poor);
        cover[h as usize] += 1;
        values.add(Level::Continuity, i64::from(problem.previous.contains(&(m, h))));
        values.add(Level::SameVillage, i64::from(signature.same_village(class)));
        values.add(Level::SameEthnicity, i64::from(signature.same_ethnicity(class)));
    }
    let squares = |counts: &[i64]| counts.iter().map(|n| n * n).sum();
    values.set(Level::MaxLoad, loads.iter().copied().max().unwrap_or(0));
    values.set(Level::SumSqLoad, squares(&loads));
    values.set(Level::SumSqCover, squares(&cover));
    values.set(Level::SumSqPoor, squares(&poor));
    let near = (0_u32..).zip(&cover).filter(|(h, _)| !problem.class(*h).poor);
    values.set(Level::NearExtra, near.map(|(_, helpers)| helpers - 1).sum());
    values
}
