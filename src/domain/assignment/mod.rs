//! Who helps whom: the exact assignment of members to poor and near-poor households, one commune at a time.
//!
//! The way of a unit: [`mod@prepare`] sorts and cleans it, [`build`] makes a flow network of it, [`simplex`] finds a flow of
//! least cost, [`certificate`] proves it, [`deal`] turns it into pairs, [`objective`] counts the levels again
//! from the pairs, and only when that count meets the proven one is the plan called optimal.
//!
//! Hard rules: a pair is allowed where the member helps in the household's village, it is not the member's own household
//! and nobody excluded it; no pair twice; every pin is kept; every household has at least `min_helpers`
//! helpers (or all allowed ones, where there are fewer); every member has at least one household and at most the
//! cap. Members and households without any allowed pair are listed and left out. See [`Level`] for what is then made best.
//!
//! Everything here is a function of its arguments, in whole numbers; the order of the input does not matter.

pub mod allotment;
mod build;
mod certificate;
mod changes;
pub mod clash;
mod cost;
mod deal;
pub mod explain;
#[cfg(test)]
mod explain_tests;
mod kinds;
mod model;
mod network;
mod objective;
mod outcome;
mod prepare;
mod shared;
mod shortage;
mod simplex;
mod solve;
mod suggest;
#[cfg(test)]
mod tests;

pub use model::{Helper, Level, Link, Scope, Settings, Target, Unit, VillageIndex};
pub use outcome::{
    Assignment, CapBelowPins, Effort, Idle, Infeasible, InputFault, NotAllowed, Pair, Reason, Refusal, Shortage, Uncovered,
    VillageShortage,
};

use objective::Order;
use prepare::{PairIx, Problem, prepare};
use solve::Plan;
pub use solve::Way;

/// The best plan for one unit, or the reason why there is none.
///
/// # Errors
///
/// [`Refusal::Input`] when the input contradicts itself, [`Refusal::Infeasible`] when pins and caps leave no plan,
/// [`Refusal::TooLarge`] when the unit does not fit the solver.
pub fn assign(unit: &Unit, settings: &Settings) -> Result<Assignment, Refusal> {
    assign_by(unit, settings, Way::Automatic)
}

/// As [`assign`], and of all best plans one that keeps most pairs of the plan at hand.
///
/// The vector is the same as that of [`assign`]; only ties are decided otherwise.
///
/// # Errors
///
/// As for [`assign`].
pub fn assign_near(unit: &Unit, settings: &Settings, at_hand: &[Link]) -> Result<Assignment, Refusal> {
    let problem = prepare::prepare_near(unit, settings, at_hand)?;
    let plan = plan(&problem, settings, Way::Automatic)?;
    Ok(report(&problem, &Order::new(&settings.order), plan))
}

/// As [`assign`], with the model of pairs chosen by the caller.
///
/// # Errors
///
/// As for [`assign`].
pub fn assign_by(unit: &Unit, settings: &Settings, way: Way) -> Result<Assignment, Refusal> {
    let problem = prepare(unit, settings)?;
    let plan = plan(&problem, settings, way)?;
    Ok(report(&problem, &Order::new(&settings.order), plan))
}

/// The best plan of a prepared problem.
fn plan(problem: &Problem, settings: &Settings, way: Way) -> Result<Plan, Refusal> {
    let order = Order::new(&settings.order);
    match settings.max_changes {
        None => solve::solve(problem, &order, way),
        Some(most) => changes::solve_bounded(problem, &order, way, most),
    }
}

/// The plan in the positions of the unit.
fn report(problem: &Problem, order: &Order, plan: Plan) -> Assignment {
    Assignment {
        pairs: plan
            .pairs
            .iter()
            .map(|&(m, h)| Pair {
                member: problem.members[m as usize].origin,
                household: problem.households[h as usize].origin,
                reasons: reasons(problem, (m, h)),
            })
            .collect(),
        objective: plan.values.in_order(order.levels()),
        optimal: plan.proved,
        idle: problem.idle.clone(),
        uncovered: problem.uncovered.clone(),
        effort: plan.effort,
    }
}

/// What speaks for a pair.
fn reasons(problem: &Problem, (m, h): PairIx) -> Vec<Reason> {
    let (signature, class) = (problem.signature(m), problem.class(h));
    let candidates = [
        (Reason::Pinned, problem.pinned(m, h)),
        (Reason::Continued, problem.previous.contains(&(m, h))),
        (Reason::SameVillage, signature.same_village(class)),
        (Reason::SamePeople, signature.same_people(class)),
        (Reason::CommonLanguage, signature.common_language(class)),
        (Reason::OnlyHelper, problem.households[h as usize].allowed == 1),
        (Reason::OnlyHousehold, problem.members[m as usize].allowed == 1),
    ];
    let reasons: Vec<Reason> = candidates.into_iter().filter(|(_, holds)| *holds).map(|(reason, _)| reason).collect();
    if reasons.is_empty() { vec![Reason::Balance] } else { reasons }
}
