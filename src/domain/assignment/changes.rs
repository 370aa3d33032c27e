//! At most so many new pairs: the best plan under a bound on the pairs that were not pairs last year.
//!
//! Such a bound is not part of a flow, so it is priced. Level by level, in their order:
//!
//! 1. While the level can reach its optimum with few enough new pairs (found by making new pairs fewest right after it),
//!    it is taken at its optimum, as without the bound. `max_load` is taken by trying caps.
//! 2. At the first level that cannot, `weight · level + price · new pairs` takes its place. Prices at which both a plan with
//!    too few and one with too many new pairs are best are found as in a convex hull; a plan on it with exactly
//!    the allowed number is best under the bound, since with fewer or as many new pairs nothing on this level is
//!    better. Where the hull has no such plan at a vertex, the next level is traded in the same way along the edge.
//!
//! When every level is used up and the hull still steps over the allowed number, no price proves a plan best. Then the best plan
//! found is given and is *not* called optimal. The bound itself always holds.

use super::model::Level;
use super::objective::Order;
use super::outcome::{Infeasible, Refusal};
use super::prepare::Problem;
use super::solve::{Plan, Way, solve};

/// Solves under the bound.
pub(super) fn solve_bounded(problem: &Problem, order: &Order, way: Way, most: u32) -> Result<Plan, Refusal> {
    let free = solve(problem, order, way)?;
    if free.values.new_pairs <= i64::from(most) {
        return Ok(free);
    }
    let mut search =
        Search { problem: problem.clone(), order: order.with_maximum_kept(), way, most: i64::from(most), proved: free.proved };
    let mut fewest = search.solve(&search.order.with_new_pairs_after(0, 1))?;
    refuse_more(&fewest, most)?;
    let mut taken = 0;
    let levels = order.levels().to_vec();
    for (at, &level) in levels.iter().enumerate() {
        if level == Level::MaxLoad {
            fewest = search.least_maximum(fewest, taken)?;
            continue;
        }
        let best = search.solve(&search.order.with_new_pairs_after(taken + 1, 1))?;
        if best.values.new_pairs > search.most {
            // A maximum that comes later is not held down while levels are traded.
            search.proved &= !levels[at..].contains(&Level::MaxLoad);
            return search.trade(&levels[at..], taken, fewest, best);
        }
        fewest = best;
        taken += 1;
    }
    fewest.proved &= search.proved;
    Ok(fewest)
}

/// Refuses when even the plan with the fewest new pairs has too many; cheaper than the best plan under the bound.
pub(super) fn few_enough(problem: &Problem, order: &Order, most: u32) -> Result<(), Refusal> {
    let fewest = solve(problem, &order.with_maximum_kept().with_new_pairs_after(0, 1), Way::Automatic)?;
    refuse_more(&fewest, most)
}

fn refuse_more(fewest: &Plan, most: u32) -> Result<(), Refusal> {
    let least = fewest.values.new_pairs;
    if least > i64::from(most) { Err(Refusal::Infeasible(Infeasible::TooManyChanges { least, allowed: most })) } else { Ok(()) }
}

struct Search {
    problem: Problem,
    order: Order,
    way: Way,
    most: i64,
    /// Whether all plans that the search relied on were proved.
    proved: bool,
}

impl Search {
    fn solve(&mut self, order: &Order) -> Result<Plan, Refusal> {
        let plan = solve(&self.problem, order, self.way)?;
        self.proved &= plan.proved;
        Ok(plan)
    }

    /// Holds the maximum down as far as the bound and the levels taken allow.
    fn least_maximum(&mut self, mut known: Plan, taken: usize) -> Result<Plan, Refusal> {
        let order = self.order.with_new_pairs_after(taken, 1);
        let target = order.as_cost(&known.values);
        let (mut low, mut high) = (1, u32::try_from(known.values.get(Level::MaxLoad)).unwrap_or(u32::MAX));
        while low < high {
            let cap = low + (high - low) / 2;
            let found = self.capped(cap).and_then(|problem| match solve(&problem, &order, self.way) {
                Ok(plan) => Some(Ok(plan)),
                Err(Refusal::Infeasible(_)) => None,
                Err(other) => Some(Err(other)),
            });
            let Some(plan) = found.transpose()? else {
                low = cap + 1;
                continue;
            };
            self.proved &= plan.proved;
            // The levels taken must keep their values; only the number of new pairs may grow, up to the bound.
            let same = order.as_cost(&plan.values).0[..=taken] == target.0[..=taken];
            if same && plan.values.new_pairs <= self.most {
                known = plan;
                high = cap;
            } else {
                low = cap + 1;
            }
        }
        if let Some(problem) = self.capped(high) {
            self.problem = problem;
        }
        Ok(known)
    }

    /// The problem with no load above the cap; None when pins forbid it.
    fn capped(&self, cap: u32) -> Option<Problem> {
        let mut problem = self.problem.clone();
        for member in &mut problem.members {
            if member.pins.len() > cap as usize {
                return None;
            }
            member.limit = member.limit.min(cap);
        }
        Some(problem)
    }

    /// Trades levels against new pairs between a plan with too few of them and one with too many.
    fn trade(&mut self, levels: &[Level], taken: usize, mut few: Plan, mut many: Plan) -> Result<Plan, Refusal> {
        if few.values.new_pairs == self.most {
            // The levels taken need that many, so the other levels were already decided among all plans there are.
            return Ok(self.finished(few, true));
        }
        for (done, &level) in (taken + 1..).zip(levels.iter().filter(|&&level| level != Level::MaxLoad)) {
            loop {
                let price = self.order.signed(level, &few.values) - self.order.signed(level, &many.values);
                let weight = many.values.new_pairs - few.values.new_pairs;
                let divisor = gcd(price.unsigned_abs(), weight.unsigned_abs());
                let order = self.order.with_mixed(level, weight / divisor, price / divisor);
                let left = self.solve(&order.with_new_pairs_after(done, 1))?;
                if left.values.new_pairs == self.most {
                    return Ok(self.finished(left, true));
                }
                if left.values.new_pairs > self.most {
                    many = left;
                    continue;
                }
                let right = self.solve(&order.with_new_pairs_after(done, -1))?;
                if right.values.new_pairs == self.most {
                    return Ok(self.finished(right, true));
                }
                if right.values.new_pairs < self.most {
                    few = right;
                    continue;
                }
                (few, many) = (left, right);
                self.order = order;
                break;
            }
        }
        Ok(self.finished(few, false))
    }

    fn finished(&self, mut plan: Plan, exact: bool) -> Plan {
        plan.proved = exact && self.proved;
        plan
    }
}

/// The greatest common divisor; 1 for two zeros, so that it can divide.
fn gcd(a: u64, b: u64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    i64::try_from(a.max(1)).unwrap_or(1)
}
