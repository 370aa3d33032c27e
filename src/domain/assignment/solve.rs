//! Solves a prepared problem: model, flow, proof, deal, and again where the model was too coarse.

use super::build::{Model, Style, build};
use super::certificate;
use super::cost::Lex;
use super::deal::deal;
use super::model::Level;
use super::objective::{Order, Values, count_levels};
use super::outcome::{Effort, Infeasible, Refusal};
use super::prepare::{PairIx, Problem, count};
use super::shortage::shortages;
use super::simplex::{self, Solved};

/// Units with at most this many allowed pairs get an arc for each.
const FEW_PAIRS: u64 = 4_000;
/// Units with at most this many get them where shared nodes do not help.
const SOME_PAIRS: u64 = 1_000_000;
/// Rounds in which only those are modelled finer for whom the model was too coarse.
const FEW_ROUNDS: usize = 3;
/// No network gets more pair arcs than this; each takes about 80 bytes.
const MOST_PAIRS: u64 = 30_000_000;

/// How to model the pairs. All ways reach the same vector; tests and benchmarks compare them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By size.
    Automatic,
    /// An arc for each pair.
    Explicit,
    /// Shared nodes, each person and household with a node of its own.
    Hubs,
    /// Shared nodes, and one node for those that are alike.
    Aggregated,
}

/// A plan of positions in the problem.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Sorted.
    pub(super) pairs: Vec<PairIx>,
    pub(super) values: Values,
    /// Whether the certificate was checked and meets the counted vector.
    pub(super) proved: bool,
    pub(super) effort: Effort,
}

/// Solves the problem for this order of levels.
pub(super) fn solve(problem: &Problem, order: &Order, way: Way) -> Result<Plan, Refusal> {
    if !order.needs_two_solves() {
        return solve_keeping(problem, order, way).map(|kept| kept.plan);
    }
    let first = solve_keeping(problem, &order.to_find_the_maximum(), way)?.plan;
    let max_load = u32::try_from(first.values.get(Level::MaxLoad)).unwrap_or(u32::MAX);
    let mut bounded = problem.clone();
    for member in &mut bounded.members {
        member.limit = member.limit.min(max_load.max(1));
    }
    let mut plan = solve_keeping(&bounded, &order.with_maximum_kept(), way)?.plan;
    plan.proved &= first.proved;
    plan.effort.pivots += first.effort.pivots;
    plan.effort.rounds += first.effort.rounds;
    Ok(plan)
}

/// Shared nodes price a pair that is used twice; that is only harmless where loads and cover come first.
fn hubs_are_bounded(order: &Order) -> bool {
    let at = |level| order.part(level);
    let squares = at(Level::SumSqLoad).min(at(Level::SumSqCover));
    squares < at(Level::SameVillage) && squares < at(Level::SameEthnicity) && !order.rewards_new_pairs()
}

fn style(problem: &Problem, order: &Order, way: Way) -> Style {
    let explicit = match way {
        Way::Explicit => true,
        Way::Automatic => !hubs_are_bounded(order) || problem.allowed_pairs() <= FEW_PAIRS,
        Way::Hubs | Way::Aggregated => order.rewards_new_pairs(),
    };
    let (load_steps, cover_steps) = steps(problem);
    Style {
        explicit: vec![explicit; problem.members.len()],
        aggregate: matches!(way, Way::Automatic | Way::Aggregated) && !explicit,
        load_steps,
        cover_steps,
    }
}

/// A guess of the loads and covers, beyond the forced one; wrong guesses are mended by [`super::build::Model::deepen`].
fn steps(problem: &Problem) -> (Vec<u32>, Vec<u32>) {
    let members = count(problem.members.len()).max(1);
    let households = count(problem.households.len()).max(1);
    let needed: u32 = problem.households.iter().map(|household| household.need.max(household.pins)).sum();
    let load = needed.div_ceil(members) + 2;
    let cover = members.div_ceil(households) + 2;
    (vec![load; problem.members.len()], vec![cover; problem.households.len()])
}

/// A plan with the network that proves it.
pub(super) struct Kept {
    pub(super) plan: Plan,
    pub(super) model: Model,
    pub(super) solved: Solved,
}

/// Solves the problem for an order whose maximum is implied, and keeps the network.
pub(super) fn solve_keeping(problem: &Problem, order: &Order, way: Way) -> Result<Kept, Refusal> {
    let mut style = style(problem, order, way);
    let mut effort = Effort::default();
    loop {
        let model = model(problem, order, &style)?;
        let solved = simplex::solve(&model.network, &model.spread);
        effort.nodes = model.network.supply.len();
        effort.arcs = model.network.tail.len();
        effort.pivots += solved.pivots;
        effort.rounds += 1;
        if solved.unmet.iter().any(|&left| left != 0) {
            // Shared nodes forget forbidden pairs; the account of a shortage should not, if it can be had.
            if style.explicit.contains(&false) && problem.allowed_pairs() <= SOME_PAIRS {
                style.explicit.fill(true);
                continue;
            }
            return Err(Refusal::Infeasible(Infeasible::Shortage(shortages(problem, &model, &solved))));
        }
        if model.deepen(&solved.flow, &mut style, effort.rounds > FEW_ROUNDS) {
            continue;
        }
        let dealt = deal(problem, &model, &solved.flow);
        effort.swaps += dealt.swaps;
        if !dealt.conflicts.is_empty() {
            make_explicit(problem, &mut style, &dealt.conflicts, effort.rounds);
            continue;
        }
        effort.explicit_members = style.explicit.iter().filter(|&&explicit| explicit).count();
        let values = count_levels(problem, &dealt.pairs);
        let bound = model.network.cost_of(&solved.flow).and_then(|cost| Lex::checked_plus(cost, model.constant));
        let proved =
            certificate::proves(&model.network, &solved.flow, &solved.potential) && bound == Some(order.as_cost(&values));
        let plan = Plan { pairs: dealt.pairs, values, proved, effort };
        return Ok(Kept { plan, model, solved });
    }
}

/// Gives members an arc to each of their households: those in conflict, and when that does not help, those who are like
/// them, and at last everybody.
fn make_explicit(problem: &Problem, style: &mut Style, conflicts: &[u32], rounds: usize) {
    let mut alike = vec![false; problem.signatures.len()];
    for &m in conflicts {
        style.explicit[m as usize] = true;
        alike[problem.members[m as usize].signature] = rounds > FEW_ROUNDS;
    }
    let everybody = rounds > 2 * FEW_ROUNDS && problem.allowed_pairs() <= SOME_PAIRS;
    for (explicit, member) in style.explicit.iter_mut().zip(&problem.members) {
        *explicit |= everybody || alike[member.signature];
    }
}

/// The network, unless it is too large.
fn model(problem: &Problem, order: &Order, style: &Style) -> Result<Model, Refusal> {
    let explicit = problem.members.iter().zip(&style.explicit).filter(|(_, explicit)| **explicit);
    let pairs: u64 = explicit.map(|(member, _)| u64::from(member.allowed)).sum();
    if pairs > MOST_PAIRS {
        return Err(Refusal::TooLarge);
    }
    let model = build(problem, order, style);
    if model.network.fits() { Ok(model) } else { Err(Refusal::TooLarge) }
}
