//! Questions about a plan: why this pair and not that one, who could help, what a level costs, what a change would change.
//!
//! "What if this pair were decided?" is answered exactly, by solving again with the pair pinned (or ruled out, where the plan
//! has it). Only the few best answers are wanted, so the candidates are first put in the order of a
//! bound: the shortest way around the pair in the network of the plan, which no plan with the pair can beat.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::build::Model;
use super::cost::{Cost, Lex};
use super::model::{Level, Link, Settings, Unit};
use super::objective::{Order, Values};
use super::outcome::{NotAllowed, Refusal};
use super::prepare::{PairIx, Problem, prepare};
use super::simplex::Solved;
use super::solve::{Way, solve_keeping};

pub use super::suggest::{Suggestion, suggest};

/// What one decision about a pair would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Position in [`Unit::members`].
    pub member: usize,
    /// Position in [`Unit::households`].
    pub household: usize,
    /// Whether the plan has the pair. Then the change is that of ruling it out, else that of pinning it. Ruling out a pair
    /// that a person pinned may make the objective better.
    pub in_plan: bool,
    /// Per level, in the order of the settings: the value after the decision minus the value now. None when no plan
    /// would be left, or only one that leaves somebody out.
    pub change: Option<Vec<(Level, i64)>>,
    /// Pairs of the plan that would end, at the least.
    pub ended: usize,
}

/// Whose pairs are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A member, by position in [`Unit::members`].
    Member(usize),
    /// A household, by position in [`Unit::households`].
    Household(usize),
}

/// The pairs of the subject that the plan has, then the `most` other ones that would change the objective least, best first
/// (compared from `sum_sq_load` on, which tells more than `max_load`).
/// Nothing for those who are idle or uncovered.
///
/// # Errors
///
/// As [`super::assign`].
pub fn alternatives(unit: &Unit, settings: &Settings, subject: Subject, most: usize) -> Result<Vec<Alternative>, Refusal> {
    alternatives_by(unit, settings, subject, most, Way::Automatic)
}

/// As [`alternatives`], with bounds from a network modelled in the given way.
pub(super) fn alternatives_by(
    unit: &Unit,
    settings: &Settings,
    subject: Subject,
    most: usize,
    way: Way,
) -> Result<Vec<Alternative>, Refusal> {
    let problem = prepare(unit, settings)?;
    let ask = Asked::new(unit, settings, &problem, way)?;
    let pairs = ask.candidates(subject);
    let (mine, others): (Vec<PairIx>, Vec<PairIx>) = pairs.into_iter().partition(|pair| ask.has(*pair));
    let mut answers = Vec::new();
    for pair in mine {
        answers.push(ask.answer(pair)?.0);
    }
    let bounds = ask.bounds(&others);
    let mut found: Vec<(Option<Lex>, Alternative)> = Vec::new();
    for (bound, pair) in bounds {
        // Those that leave no plan come last.
        found.sort_by_key(|(cost, _)| (cost.is_none(), *cost));
        let last = most.checked_sub(1).and_then(|at| found.get(at)).and_then(|(cost, _)| *cost);
        if most == 0 || last.is_some_and(|worst| worst <= bound) {
            break;
        }
        let (answer, cost) = ask.answer(pair)?;
        found.push((cost, answer));
    }
    found.sort_by_key(|(cost, _)| (cost.is_none(), *cost));
    answers.extend(found.into_iter().take(most).map(|(_, answer)| answer));
    Ok(answers)
}

/// A plan and what is needed to question it.
struct Asked<'a> {
    unit: &'a Unit,
    settings: &'a Settings,
    problem: &'a Problem,
    order: Order,
    pairs: BTreeSet<PairIx>,
    /// The same pairs in positions of the unit.
    links: Vec<Link>,
    values: Values,
    /// The network of the plan, where its order of levels gives bounds.
    network: Option<(Model, Solved)>,
}

impl<'a> Asked<'a> {
    fn new(unit: &'a Unit, settings: &'a Settings, problem: &'a Problem, way: Way) -> Result<Self, Refusal> {
        let order = Order::new(&settings.order);
        let bounded = settings.max_changes.is_some() || order.needs_two_solves();
        let (plan, network) = if bounded {
            (super::plan(problem, settings, way)?, None)
        } else {
            let kept = solve_keeping(problem, &order, way)?;
            (kept.plan, Some((kept.model, kept.solved)))
        };
        let links = plan.pairs.iter().map(|&pair| problem.origin(pair)).collect();
        let pairs = plan.pairs.into_iter().collect();
        Ok(Self { unit, settings, problem, order, pairs, links, values: plan.values, network })
    }

    fn has(&self, pair: PairIx) -> bool {
        self.pairs.contains(&pair)
    }

    fn left_out(&self) -> usize {
        self.problem.idle.len() + self.problem.uncovered.len()
    }

    /// All allowed pairs of the subject.
    fn candidates(&self, subject: Subject) -> Vec<PairIx> {
        let members = (0_u32..).zip(&self.problem.members);
        let households = (0_u32..).zip(&self.problem.households);
        match subject {
            Subject::Member(origin) => members
                .filter(|(_, member)| member.origin == origin)
                .flat_map(|(m, _)| households.clone().map(move |(h, _)| (m, h)))
                .filter(|&(m, h)| self.problem.allowed(m, h))
                .collect(),
            Subject::Household(origin) => households
                .filter(|(_, household)| household.origin == origin)
                .flat_map(|(h, _)| members.clone().map(move |(m, _)| (m, h)))
                .filter(|&(m, h)| self.problem.allowed(m, h))
                .collect(),
        }
    }

    /// What the decision changes, and that as a cost.
    fn answer(&self, pair: PairIx) -> Result<(Alternative, Option<Lex>), Refusal> {
        let link = self.problem.origin(pair);
        let in_plan = self.has(pair);
        let mut unit = self.unit.clone();
        if in_plan {
            unit.pins.retain(|&pin| pin != link);
            unit.exclusions.push(link);
        } else {
            unit.pins.push(link);
        }
        let mut answer = Alternative { member: link.member, household: link.household, in_plan, change: None, ended: 0 };
        match super::assign_near(&unit, self.settings, &self.links) {
            // Who would have nobody any more is no longer part of the objective, so there is nothing to compare.
            Ok(plan) if plan.idle.len() + plan.uncovered.len() > self.left_out() => Ok((answer, None)),
            Ok(plan) => {
                let there: BTreeSet<Link> = plan.links().into_iter().collect();
                answer.ended = self.links.iter().filter(|link| !there.contains(link)).count();
                let change: Vec<(Level, i64)> =
                    plan.objective.iter().map(|&(level, value)| (level, value - self.values.get(level))).collect();
                let mut values = Values::default();
                for &(level, value) in &change {
                    values.set(level, value);
                }
                let cost = self.order.as_cost(&values);
                answer.change = Some(change);
                Ok((answer, Some(cost)))
            }
            Err(Refusal::Infeasible(_)) => Ok((answer, None)),
            Err(other) => Err(other),
        }
    }

    /// The pairs with a bound on their cost, by bound, then position. Without a network every bound is "nothing known".
    fn bounds(&self, pairs: &[PairIx]) -> Vec<(Lex, PairIx)> {
        let Some((model, solved)) = &self.network else {
            return pairs.iter().map(|&pair| (Lex([i64::MIN; super::cost::PARTS]), pair)).collect();
        };
        let residual = Residual::new(model, solved);
        let node_of = Places::new(self.problem, model);
        let mut known: BTreeMap<u32, Vec<Option<Lex>>> = BTreeMap::new();
        let mut bounds: Vec<(Lex, PairIx)> = pairs
            .iter()
            .map(|&(m, h)| {
                let from = node_of.households[h as usize];
                let (node, poor_node) = node_of.members[m as usize];
                let to = if self.problem.class(h).poor { poor_node } else { node };
                let way = known.entry(from).or_insert_with(|| residual.distances(from));
                // What the pair itself costs, and the way back; potentials cancel along a cycle.
                let pair_cost = super::build::pair_cost(self.problem, &self.order, m, h);
                let round = match way[to as usize] {
                    Some(back) => back.plus(pair_cost).plus(solved.potential[to as usize]).minus(solved.potential[from as usize]),
                    // There is no way around: the pair leaves no plan, which solving will confirm.
                    None => Lex::only(0, 1),
                };
                (round, (m, h))
            })
            .collect();
        bounds.sort();
        bounds
    }
}

/// The nodes of members (and their poor sides) and households.
struct Places {
    members: Vec<(u32, u32)>,
    households: Vec<u32>,
}

impl Places {
    fn new(problem: &Problem, model: &Model) -> Self {
        let mut places = Self { members: vec![(0, 0); problem.members.len()], households: vec![0; problem.households.len()] };
        for group in &model.groups {
            for &m in &group.members {
                places.members[m as usize] = (group.node, group.poor_node.unwrap_or(group.node));
            }
        }
        for cluster in &model.clusters {
            for &h in &cluster.households {
                places.households[h as usize] = cluster.node;
            }
        }
        places
    }
}

/// Where flow could be moved, with reduced costs, none of which is negative.
struct Residual {
    out: Vec<Vec<(u32, Lex)>>,
}

impl Residual {
    fn new(model: &Model, solved: &Solved) -> Self {
        let network = &model.network;
        let mut out = vec![Vec::new(); network.supply.len()];
        for (arc, &units) in solved.flow.iter().enumerate() {
            let (tail, head) = (network.tail[arc], network.head[arc]);
            let reduced = network.costs[network.cost[arc] as usize]
                .plus(solved.potential[tail as usize])
                .minus(solved.potential[head as usize]);
            if units < network.cap[arc] {
                out[tail as usize].push((head, reduced));
            }
            if units > 0 {
                out[head as usize].push((tail, Lex::ZERO.minus(reduced)));
            }
        }
        Self { out }
    }

    /// The shortest way to every node (Dijkstra).
    fn distances(&self, from: u32) -> Vec<Option<Lex>> {
        let mut distance: Vec<Option<Lex>> = vec![None; self.out.len()];
        let mut queue = BinaryHeap::from([Reverse((Lex::ZERO, from))]);
        while let Some(Reverse((so_far, node))) = queue.pop() {
            if distance[node as usize].is_some() {
                continue;
            }
            distance[node as usize] = Some(so_far);
            for &(next, step) in &self.out[node as usize] {
                if distance[next as usize].is_none() {
                    queue.push(Reverse((so_far.plus(step), next)));
                }
            }
        }
        distance
    }
}

/// Why a pair is not allowed, or None when it is.
///
/// # Errors
///
/// [`Refusal::Input`] when the link names nobody.
pub fn why_not(unit: &Unit, link: Link) -> Result<Option<NotAllowed>, Refusal> {
    Ok(why_none(unit, &[link])?.pop().flatten())
}

/// As [`why_not`], of many pairs at once.
///
/// # Errors
///
/// [`Refusal::Input`] when a link names nobody.
pub fn why_none(unit: &Unit, links: &[Link]) -> Result<Vec<Option<NotAllowed>>, Refusal> {
    super::prepare::why_not(unit, links).map_err(Refusal::Input)
}

/// The pairs of the subject that are in reach and forbidden all the same, each with the rule.
///
/// # Errors
///
/// [`Refusal::Input`] when the subject is nobody.
pub fn forbidden(unit: &Unit, subject: Subject) -> Result<Vec<(Link, NotAllowed)>, Refusal> {
    let of_subject = |link: &&Link| match subject {
        Subject::Member(at) => link.member == at,
        Subject::Household(at) => link.household == at,
    };
    let links: BTreeSet<Link> = unit.own_households.iter().chain(&unit.exclusions).filter(of_subject).copied().collect();
    let mut found = Vec::new();
    for link in links {
        if let Some(why) = why_not(unit, link)?.filter(|why| *why != NotAllowed::OutOfReach) {
            found.push((link, why));
        }
    }
    Ok(found)
}

/// What a level costs the levels after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelPrice {
    /// The level.
    pub level: Level,
    /// Per level, in the order of the settings: the value if this level came last, minus the value now.
    pub without: Vec<(Level, i64)>,
}

/// For each level but `max_load` and the last: what the others would be if it came last of all.
///
/// # Errors
///
/// As [`super::assign`].
pub fn level_prices(unit: &Unit, settings: &Settings) -> Result<Vec<LevelPrice>, Refusal> {
    let now = super::assign(unit, settings)?;
    let mut prices = Vec::new();
    let last = settings.order.last().copied();
    for &level in settings.order.iter().filter(|&&level| level != Level::MaxLoad && Some(level) != last) {
        let mut order: Vec<Level> = settings.order.iter().copied().filter(|&l| l != level).collect();
        order.push(level);
        let other = super::assign(unit, &Settings { order, ..settings.clone() })?;
        let without = now.objective.iter().map(|&(l, value)| (l, other.value(l) - value)).collect();
        prices.push(LevelPrice { level, without });
    }
    Ok(prices)
}
