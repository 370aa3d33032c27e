//! The smallest sets of rules that leave no plan.
//!
//! Rules are what a person set: pins, exclusions, caps, the least number of helpers, the most new pairs. Who may help where
//! and that nobody helps the own household stand behind them and never clash alone. A clash is found by leaving rules out as long
//! as there is still no plan: what is left clashes, and without any one of its rules there is a plan. Then fewer rules that clash
//! are looked for. Each question is answered by the solver itself, so that a clash is never one of a simpler problem.

use std::collections::BTreeSet;

use super::changes;
use super::model::{Link, Settings, Unit};
use super::objective::Order;
use super::outcome::{Infeasible, Refusal};
use super::prepare::prepare;
use super::solve::{Way, solve};

/// Plans that looking for the fewest rules may cost.
const MOST_TRIALS: usize = 512;
/// Steps of looking for one set that has something of each of several.
const MOST_STEPS: u32 = 100_000;

/// A rule that a person set; positions are those of the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A pinned pair.
    Pin(Link),
    /// An excluded pair.
    Exclusion(Link),
    /// The most households of one member: who, and how many.
    CapOf(usize, u32),
    /// The least helpers of every household, when more than one.
    MinHelpers(u32),
    /// The most new pairs.
    MaxChanges(u32),
    /// The most households of any member.
    Cap(u32),
}

/// The fewest rules that leave no plan: without any one of them, and with no others, there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The rules, sorted; pairs and members by key.
    pub rules: Vec<Rule>,
    /// What they bring about where no other rules hold.
    pub why: Infeasible,
}

/// Clashes that share no rule, at most so many; none where there is a plan. When all of them were mended, by any one rule of
/// each, there is a plan, unless there were more than asked for.
///
/// # Errors
///
/// [`Refusal::Input`] and [`Refusal::TooLarge`], as [`super::assign`].
pub fn clashes(unit: &Unit, settings: &Settings, most: usize) -> Result<Vec<Clash>, Refusal> {
    let court = Court { unit, settings };
    let mut rules = rules(unit, settings);
    let mut found = Vec::new();
    while found.len() < most && court.judge(&rules)?.is_some() {
        let clash = court.smallest(rules.clone())?;
        let Some(why) = court.judge(&clash)? else { break };
        rules.retain(|rule| !clash.contains(rule));
        found.push(Clash { rules: clash, why });
    }
    Ok(found)
}

/// All rules. The first are the first to be left out, so that few settings are named rather than many pairs.
pub(super) fn rules(unit: &Unit, settings: &Settings) -> Vec<Rule> {
    let by_key = |link: &Link| (&unit.members[link.member].key, &unit.households[link.household].key);
    let sorted = |links: &[Link]| {
        let links: BTreeSet<Link> = links.iter().copied().filter(|link| unit.names(*link)).collect();
        let mut links: Vec<Link> = links.into_iter().collect();
        links.sort_by_key(by_key);
        links
    };
    let mut members: Vec<usize> = (0..unit.members.len()).collect();
    members.sort_by_key(|&at| &unit.members[at].key);
    let mut rules: Vec<Rule> = sorted(&unit.exclusions).into_iter().map(Rule::Exclusion).collect();
    rules.extend(sorted(&unit.pins).into_iter().map(Rule::Pin));
    rules.extend(members.into_iter().filter_map(|at| Some(Rule::CapOf(at, unit.members[at].cap?))));
    rules.extend(Some(settings.min_helpers).filter(|least| *least > 1).map(Rule::MinHelpers));
    rules.extend(settings.max_changes.map(Rule::MaxChanges));
    rules.extend(settings.cap.map(Rule::Cap));
    rules
}

/// Where sets of rules are judged.
pub(super) struct Court<'a> {
    pub(super) unit: &'a Unit,
    pub(super) settings: &'a Settings,
}

impl Court<'_> {
    /// The unit and settings with these rules alone.
    fn under(&self, rules: &[Rule]) -> (Unit, Settings) {
        let mut unit = Unit { pins: Vec::new(), exclusions: Vec::new(), ..self.unit.clone() };
        unit.members.iter_mut().for_each(|member| member.cap = None);
        let mut settings = Settings { cap: None, min_helpers: 1, max_changes: None, ..self.settings.clone() };
        for rule in rules {
            match *rule {
                Rule::Pin(link) => unit.pins.push(link),
                Rule::Exclusion(link) => unit.exclusions.push(link),
                Rule::CapOf(member, cap) => unit.members[member].cap = Some(cap),
                Rule::MinHelpers(least) => settings.min_helpers = least,
                Rule::MaxChanges(most) => settings.max_changes = Some(most),
                Rule::Cap(cap) => settings.cap = Some(cap),
            }
        }
        (unit, settings)
    }

    /// Why these rules alone leave no plan, if they leave none.
    pub(super) fn judge(&self, rules: &[Rule]) -> Result<Option<Infeasible>, Refusal> {
        let (unit, settings) = self.under(rules);
        let order = Order::new(&settings.order);
        let solved = prepare(&unit, &settings).and_then(|problem| match settings.max_changes {
            None => solve(&problem, &order.with_maximum_kept(), Way::Automatic).map(|_| ()),
            Some(most) => changes::few_enough(&problem, &order, most),
        });
        match solved {
            Ok(()) => Ok(None),
            Err(Refusal::Infeasible(why)) => Ok(Some(why)),
            Err(other) => Err(other),
        }
    }

    /// The fewest of these rules that clash; where telling that would take very many plans, a part of which none can be spared.
    fn smallest(&self, rules: Vec<Rule>) -> Result<Vec<Rule>, Refusal> {
        let irreducible = self.irreducible(rules.clone())?;
        let fewer = match self.by_trying(&rules, irreducible.len())? {
            Searched::All(found) => found,
            Searched::TooMany => self.by_hitting(&rules, irreducible.len())?,
        };
        Ok(fewer.unwrap_or(irreducible))
    }

    /// The first of all sets of fewer rules than so many that clash, the smallest first.
    fn by_trying(&self, rules: &[Rule], than: usize) -> Result<Searched, Refusal> {
        let sets = (1..than).fold((1, 0_usize), |(ways, sum), size| {
            let ways = (ways * (rules.len() + 1 - size) / size).min(MOST_TRIALS + 1);
            (ways, sum.saturating_add(ways))
        });
        if sets.1 > MOST_TRIALS {
            return Ok(Searched::TooMany);
        }
        for size in 1..than {
            let mut chosen: Vec<usize> = (0..size).collect();
            loop {
                let set: Vec<Rule> = chosen.iter().map(|at| rules[*at]).collect();
                if self.judge(&set)?.is_some() {
                    return Ok(Searched::All(Some(set)));
                }
                if !next_set(&mut chosen, rules.len()) {
                    break;
                }
            }
        }
        Ok(Searched::All(None))
    }

    /// The same, where there are too many sets to try, by what any clash must have: with each plan that as many rules as can
    /// be leave, at least one of the rules that are not among them. Sets that have one of each are tried, the smallest first.
    pub(super) fn by_hitting(&self, rules: &[Rule], than: usize) -> Result<Option<Vec<Rule>>, Refusal> {
        let mut spoilers: Vec<Vec<usize>> = Vec::new();
        for _ in 0..MOST_TRIALS / 8 {
            let mut steps = MOST_STEPS;
            let mut sizes = 0..than;
            let Some(set) = sizes.find_map(|size| hitting(&spoilers, size, &mut Vec::new(), &mut steps)) else { return Ok(None) };
            let chosen: Vec<Rule> = set.iter().map(|at| rules[*at]).collect();
            if self.judge(&chosen)?.is_some() {
                return Ok(Some(chosen));
            }
            spoilers.push(self.left_out_by_most(rules, &set)?);
        }
        Ok(None)
    }

    /// Adds rules to a set that leaves a plan, as long as there is one; those that could not be added.
    fn left_out_by_most(&self, rules: &[Rule], set: &[usize]) -> Result<Vec<usize>, Refusal> {
        let mut kept = set.to_vec();
        let mut waiting: Vec<Vec<usize>> = vec![(0..rules.len()).filter(|at| !set.contains(at)).collect()];
        let mut out = Vec::new();
        while let Some(piece) = waiting.pop() {
            let with: Vec<Rule> = kept.iter().chain(&piece).map(|at| rules[*at]).collect();
            if self.judge(&with)?.is_none() {
                kept.extend(piece);
            } else if let [one] = piece[..] {
                out.push(one);
            } else {
                let (first, second) = piece.split_at(piece.len() / 2);
                waiting.extend([second.to_vec(), first.to_vec()]);
            }
        }
        Ok(out)
    }

    /// A part of clashing rules of which none can be spared, though others may be fewer. Large pieces are tried first, so that hundreds of decisions about
    /// pairs cost a few dozen plans.
    pub(super) fn irreducible(&self, mut kept: Vec<Rule>) -> Result<Vec<Rule>, Refusal> {
        let mut piece = kept.len().div_ceil(2).max(1);
        loop {
            let mut spared = false;
            let mut at = 0;
            while at < kept.len() {
                let end = (at + piece).min(kept.len());
                let without = [&kept[..at], &kept[end..]].concat();
                if self.judge(&without)?.is_some() {
                    kept = without;
                    spared = true;
                } else {
                    at = end;
                }
            }
            // More rules do not always leave fewer plans (an exclusion may take a household out of the problem), so the last
            // round is repeated until it spares nothing.
            if piece == 1 && !spared {
                return Ok(kept);
            }
            piece = piece.div_ceil(2);
        }
    }
}

/// What came of trying all sets.
enum Searched {
    All(Option<Vec<Rule>>),
    TooMany,
}

/// The next set of as many places below `all`, in order; false after the last.
pub(super) fn next_set(chosen: &mut [usize], all: usize) -> bool {
    let size = chosen.len();
    let Some(at) = (0..size).rev().find(|&at| chosen[at] < all - (size - at)) else { return false };
    chosen[at] += 1;
    for later in at + 1..size {
        chosen[later] = chosen[later - 1] + 1;
    }
    true
}

/// A set of `size` places at most that has one of each of the given sets; none where there is none, or after too many steps.
fn hitting(sets: &[Vec<usize>], size: usize, chosen: &mut Vec<usize>, steps: &mut u32) -> Option<Vec<usize>> {
    let Some(missed) = sets.iter().find(|set| !set.iter().any(|at| chosen.contains(at))) else { return Some(chosen.clone()) };
    *steps = steps.checked_sub(1)?;
    if chosen.len() == size {
        return None;
    }
    missed.iter().find_map(|at| {
        chosen.push(*at);
        let found = hitting(sets, size, chosen, steps);
        chosen.pop();
        found
    })
}
