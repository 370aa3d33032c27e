//! The levels: where each stands in a cost vector, and its value counted from the pairs.

use super::cost::{Cost, Lex, PARTS};
use super::model::Level;
use super::prepare::{PairIx, Problem};

/// What carries what in a cost vector, for one order of levels.
///
/// `max_load` has no part of its own, see [`Order::needs_two_solves`]. The number of new pairs has one, which is idle unless
/// [`super::changes`] bounds it; the last part counts the pairs of a plan at hand.
#[derive(Debug, Clone)]
pub(super) struct Order {
    levels: Vec<Level>,
    /// After how many carried levels the new pairs count, and with which sign.
    new_pairs: Option<(usize, i64)>,
    /// Levels that are traded against new pairs: `(level, its weight, the weight of a new pair)`.
    mixed: Vec<(Level, i64, i64)>,
    /// Whether the caps already hold the maximum down.
    maximum_is_kept: bool,
}

impl Order {
    pub(super) fn new(levels: &[Level]) -> Self {
        Self { levels: levels.to_vec(), new_pairs: None, mixed: Vec::new(), maximum_is_kept: false }
    }

    pub(super) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The levels that arcs carry.
    fn carried(&self) -> impl Iterator<Item = Level> {
        self.levels.iter().copied().filter(|&level| level != Level::MaxLoad)
    }

    /// The part of the vector that carries the level; 0 for `max_load`, which no arc carries.
    pub(super) fn part(&self, level: Level) -> usize {
        let before = self.carried().take_while(|&l| l != level).count();
        let shift = self.new_pairs.is_some_and(|(after, _)| after <= before);
        if level == Level::MaxLoad { 0 } else { before + 1 + usize::from(shift) }
    }

    /// The part that carries the number of new pairs.
    pub(super) fn new_pairs_part(&self) -> usize {
        self.new_pairs.map_or(PARTS - 2, |(after, _)| after + 1)
    }

    /// This order with the number of new pairs as a level after so many others; `sign` −1 makes it most.
    pub(super) fn with_new_pairs_after(&self, levels: usize, sign: i64) -> Self {
        Self { new_pairs: Some((levels, sign)), ..self.clone() }
    }

    /// This order with `weight · level + new_weight · new pairs` in the place of the level.
    pub(super) fn with_mixed(&self, level: Level, weight: i64, new_weight: i64) -> Self {
        let mut mixed = self.mixed.clone();
        mixed.push((level, weight, new_weight));
        Self { mixed, ..self.clone() }
    }

    /// This order for a problem whose caps already hold the maximum down.
    pub(super) fn with_maximum_kept(&self) -> Self {
        Self { maximum_is_kept: true, ..self.clone() }
    }

    /// Whether more new pairs can be better than fewer. Shared nodes take every pair for a new one, so then they
    /// give no bound.
    pub(super) fn rewards_new_pairs(&self) -> bool {
        self.new_pairs.is_some_and(|(_, sign)| sign < 0) || self.mixed.iter().any(|&(_, _, new)| new < 0)
    }

    /// Whether `max_load` is not implied by `sum_sq_load` in this order.
    ///
    /// The loads that the levels before leave open are the flows on the arcs that leave one node. Among such vectors one
    /// with the least sum of squares also has the least maximum (Frank and Murota), so `max_load` costs nothing
    /// when `sum_sq_load` comes before it or right after it. Otherwise the least maximum is found first and
    /// then kept as a cap.
    pub(super) fn needs_two_solves(&self) -> bool {
        let at = |level| self.levels.iter().position(|&l| l == level).unwrap_or(0);
        !self.maximum_is_kept && at(Level::SumSqLoad) > at(Level::MaxLoad) + 1
    }

    /// The order that finds the least maximum: the levels before `max_load`, then `sum_sq_load`, then the others.
    pub(super) fn to_find_the_maximum(&self) -> Self {
        let mut levels: Vec<Level> = self.levels.iter().copied().filter(|&l| l != Level::SumSqLoad).collect();
        let at = levels.iter().position(|&l| l == Level::MaxLoad).unwrap_or(0);
        levels.insert(at, Level::SumSqLoad);
        Self { levels, ..self.clone() }
    }

    /// A cost of `amount` at the level.
    pub(super) fn cost(&self, level: Level, amount: i64) -> Lex {
        let weight = self.mixed.iter().find(|(l, _, _)| *l == level).map_or(1, |(_, weight, _)| *weight);
        Lex::only(self.part(level), amount * weight)
    }

    /// The cost of so many new pairs.
    pub(super) fn new_pairs_cost(&self, pairs: i64) -> Lex {
        let mut parts = [0; PARTS];
        for &(level, _, weight) in &self.mixed {
            parts[self.part(level)] = weight * pairs;
        }
        if let Some((_, sign)) = self.new_pairs {
            parts[self.new_pairs_part()] = sign * pairs;
        }
        Lex(parts)
    }

    /// The vector of these values as a cost: what is to be most is negative.
    pub(super) fn as_cost(&self, values: &Values) -> Lex {
        let mut total = self.new_pairs_cost(values.new_pairs).plus(Lex::only(PARTS - 1, -values.at_hand));
        for level in self.carried() {
            total = total.plus(self.cost(level, self.signed(level, values)));
        }
        total
    }

    /// The value of a level, negative when more is better.
    pub(super) fn signed(&self, level: Level, values: &Values) -> i64 {
        if level.more_is_better() { -values.get(level) } else { values.get(level) }
    }
}

/// A value for each level, and the number of pairs that were not pairs last year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Values {
    /// In the order of [`Level::ALL`].
    levels: [i64; 8],
    pub(super) new_pairs: i64,
    /// Pairs of the plan at hand.
    pub(super) at_hand: i64,
}

impl Values {
    pub(super) fn get(&self, level: Level) -> i64 {
        Level::ALL.iter().position(|&l| l == level).map_or(0, |at| self.levels[at])
    }

    pub(super) fn set(&mut self, level: Level, value: i64) {
        if let Some(at) = Level::ALL.iter().position(|&l| l == level) {
            self.levels[at] = value;
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
        let continued = problem.previous.contains(&(m, h));
        values.add(Level::Continuity, i64::from(continued));
        values.new_pairs += i64::from(!continued);
        values.at_hand += i64::from(problem.at_hand.contains(&(m, h)));
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
