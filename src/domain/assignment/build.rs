//! The network of a problem.
//!
//! Bank → member → (the member's poor side) → household → bank. The bank's arcs to a member cost 3, 5, 7 … for the
//! second, third … household, so that a member's squares add up; likewise the arcs to the poor side and those
//! from a household back to the bank. First households and first helpers are forced by supplies.
//!
//! Between members and households there are two ways. An *explicit* member has an arc to each allowed household.
//! All others meet at shared nodes: members of one [`Signature`](super::kinds::Signature) at a hub, households of one
//! [`Class`](super::kinds::Class) at a class node, with arcs from hub to class for the villages in reach. Only pairs of last
//! year have arcs of their own. Shared nodes forget forbidden pairs and may use a pair twice; so their optimum is
//! a bound, and [`super::deal`] has to turn it into pairs.
//!
//! Members that nothing tells apart are one node of capacity n, and so are households. The deal gives each of them
//! the mean, rounded down or up, which no convex cost can improve on.

use std::collections::BTreeMap;

use super::cost::{Cost, Lex, PARTS};
use super::model::Level;
use super::network::{Arc, Network, Node};
use super::objective::{Order, Values};
use super::prepare::{PairIx, Problem, count};
use super::shared;

/// More than any flow.
pub(super) const PLENTY: u32 = u32::MAX / 8;

/// How a problem is to be modelled.
#[derive(Debug, Clone)]
pub(super) struct Style {
    /// Members with an arc to each allowed household.
    pub(super) explicit: Vec<bool>,
    /// Whether members and households that nothing tells apart share a node.
    pub(super) aggregate: bool,
    /// Arcs of one unit before the last one takes the rest, per member and per household.
    pub(super) load_steps: Vec<u32>,
    pub(super) cover_steps: Vec<u32>,
}

/// Members with one node.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) members: Vec<u32>,
    pub(super) node: Node,
    pub(super) poor_node: Option<Node>,
    /// Arcs that take all loads beyond the steps, at the price of the first of them.
    overflow: Vec<Arc>,
}

/// Households with one node.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    pub(super) households: Vec<u32>,
    pub(super) node: Node,
    pub(super) class: usize,
    overflow: Option<Arc>,
}

/// An arc of the shared part, with the places it joins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) arc: Arc,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// A network and what its arcs mean. A hub is a position in `hubs`, and so on.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) network: Network,
    pub(super) bank: Node,
    pub(super) groups: Vec<Group>,
    pub(super) clusters: Vec<Cluster>,
    /// Arcs of single pairs.
    pub(super) pairs: Vec<(Arc, PairIx)>,
    /// Hubs, where members of one signature meet, one for poor and one for near-poor households.
    pub(super) hubs: usize,
    /// Crossings, where members of all signatures of one people meet that may go anywhere.
    pub(super) crossings: usize,
    /// From a group to a hub; poor or not is told by the node the arc leaves.
    pub(super) group_to_hub: Vec<Link>,
    pub(super) hub_to_class: Vec<Link>,
    pub(super) hub_to_crossing: Vec<Link>,
    pub(super) crossing_to_class: Vec<Link>,
    pub(super) class_to_cluster: Vec<Link>,
    /// What the pins and the forced pairs cost before any flow.
    pub(super) constant: Lex,
    /// Estimates for the packing of costs.
    pub(super) spread: [i64; PARTS],
}

impl Default for Lex {
    fn default() -> Self {
        Self::ZERO
    }
}

/// A network in the making.
pub(super) struct Builder<'a> {
    pub(super) problem: &'a Problem,
    pub(super) order: &'a Order,
    pub(super) style: &'a Style,
    pub(super) model: Model,
    household_node: Vec<Node>,
}

/// Builds the network.
pub(super) fn build(problem: &Problem, order: &Order, style: &Style) -> Model {
    let mut builder =
        Builder { problem, order, style, model: Model::default(), household_node: vec![0; problem.households.len()] };
    builder.model.bank = builder.model.network.node(0);
    builder.clusters();
    builder.groups();
    builder.single_pairs();
    shared::add_to(&mut builder);
    builder.model.constant = builder.constant();
    builder.model.spread = builder.spread();
    let others: i64 = builder.model.network.supply.iter().sum();
    builder.model.network.supply[builder.model.bank as usize] = -others;
    builder.model
}

impl Builder<'_> {
    /// Households, one node each or one for those that are alike, with their arcs back to the bank.
    fn clusters(&mut self) {
        let problem = self.problem;
        let mut single = vec![!self.style.aggregate || self.style.explicit.contains(&true); problem.households.len()];
        for member in &problem.members {
            for &h in member.known.iter().chain(&member.pins) {
                single[h as usize] = true;
            }
        }
        let mut alike: BTreeMap<(usize, u32, u32), Vec<u32>> = BTreeMap::new();
        for (h, household) in (0_u32..).zip(&problem.households) {
            // Households that stand alone have a key of their own.
            let key = if single[h as usize] { h + 1 } else { 0 };
            alike.entry((household.class, household.need, key)).or_default().push(h);
        }
        for ((class, need, _), households) in alike {
            let n = count(households.len());
            let pins = households.iter().map(|&h| problem.households[h as usize].pins).max().unwrap_or(0);
            let most = households.iter().map(|&h| problem.households[h as usize].allowed).max().unwrap_or(0);
            let base = need.max(pins);
            let forced = i64::from(n) * i64::from(need.saturating_sub(pins));
            let node = self.model.network.node(-forced);
            for &h in &households {
                self.household_node[h as usize] = node;
            }
            let steps = households.iter().map(|&h| self.style.cover_steps[h as usize]).max().unwrap_or(1);
            let extra = if problem.classes[class].poor { Lex::ZERO } else { self.order.cost(Level::NearExtra, 1) };
            let convex = Convex { level: Level::SumSqCover, base, most, steps, n };
            let overflow = self.convex(node, self.model.bank, convex, extra);
            self.model.clusters.push(Cluster { households, node, class, overflow });
        }
    }

    /// Members, with their arcs from the bank and to their poor sides.
    fn groups(&mut self) {
        let problem = self.problem;
        let has_poor: Vec<bool> =
            problem.signatures.iter().map(|s| problem.classes.iter().any(|c| c.poor && s.reaches(c.village))).collect();
        let mut alike: BTreeMap<(usize, u32, u32), Vec<u32>> = BTreeMap::new();
        for (m, member) in (0_u32..).zip(&problem.members) {
            let alone =
                !self.style.aggregate || self.style.explicit[m as usize] || !member.known.is_empty() || !member.pins.is_empty();
            let key = if alone { m + 1 } else { 0 };
            alike.entry((member.signature, member.limit, key)).or_default().push(m);
        }
        for ((signature, limit, _), members) in alike {
            let n = count(members.len());
            let pins = &problem.members[members[0] as usize].pins;
            let pinned = count(pins.len());
            let pinned_poor = count(pins.iter().filter(|&&h| problem.class(h).poor).count());
            let forced = i64::from(n) * i64::from(1_u32.saturating_sub(pinned));
            let node = self.model.network.node(forced);
            let steps = members.iter().map(|&m| self.style.load_steps[m as usize]).max().unwrap_or(1);
            let convex = Convex { level: Level::SumSqLoad, base: pinned.max(1), most: limit, steps, n };
            let mut overflow: Vec<Arc> = self.convex(self.model.bank, node, convex, Lex::ZERO).into_iter().collect();
            let poor_node = has_poor[signature].then(|| self.model.network.node(0));
            if let Some(poor_node) = poor_node {
                let convex = Convex { level: Level::SumSqPoor, base: pinned_poor, most: limit, steps, n };
                overflow.extend(self.convex(node, poor_node, convex, Lex::ZERO));
            }
            self.model.groups.push(Group { members, node, poor_node, overflow });
        }
    }

    /// Unit arcs of rising cost, and one for the rest; returns that one.
    fn convex(&mut self, from: Node, to: Node, what: Convex, extra: Lex) -> Option<Arc> {
        let Convex { level, base, most, steps, n } = what;
        let price = |k: u32| self.order.cost(level, 2 * i64::from(k) - 1).plus(extra);
        let last = most.min(base.saturating_add(steps));
        for k in base + 1..=last {
            self.model.network.arc(from, to, n, price(k));
        }
        (last < most && last >= base).then(|| {
            let rest = (most - last).saturating_mul(n).min(PLENTY);
            self.model.network.arc(from, to, rest, price(last + 1))
        })
    }

    /// Arcs of explicit members, and of last year's pairs of the others.
    fn single_pairs(&mut self) {
        for at in 0..self.model.groups.len() {
            let group = &self.model.groups[at];
            let (node, poor_node, m) = (group.node, group.poor_node, group.members[0]);
            if group.members.len() > 1 {
                continue;
            }
            if self.style.explicit[m as usize] {
                for h in 0..count(self.problem.households.len()) {
                    if self.problem.allowed(m, h) && !self.problem.pinned(m, h) {
                        self.single_pair(node, poor_node, m, h);
                    }
                }
            } else {
                for i in 0..self.problem.members[m as usize].known.len() {
                    let h = self.problem.members[m as usize].known[i];
                    self.single_pair(node, poor_node, m, h);
                }
            }
        }
    }

    fn single_pair(&mut self, node: Node, poor_node: Option<Node>, m: u32, h: u32) {
        let poor = self.problem.class(h).poor;
        let from = if poor { poor_node.unwrap_or(node) } else { node };
        let cost = pair_cost(self.problem, self.order, m, h);
        let arc = self.model.network.arc(from, self.household_node[h as usize], 1, cost);
        self.model.pairs.push((arc, (m, h)));
    }

    /// The vector of the forced part: squares up to the bases, and the pinned pairs.
    fn constant(&self) -> Lex {
        let mut values = Values::default();
        for (m, member) in (0_u32..).zip(&self.problem.members) {
            let base = i64::from(count(member.pins.len()).max(1));
            values.add(Level::SumSqLoad, base * base);
            let poor = member.pins.iter().filter(|&&h| self.problem.class(h).poor).count();
            let poor = i64::from(count(poor));
            values.add(Level::SumSqPoor, poor * poor);
            for &h in &member.pins {
                let (signature, class) = (self.problem.signature(m), self.problem.class(h));
                let continued = self.problem.previous.contains(&(m, h));
                values.add(Level::Continuity, i64::from(continued));
                values.new_pairs += i64::from(!continued);
                values.at_hand += i64::from(self.problem.at_hand.contains(&(m, h)));
                values.add(Level::SameVillage, i64::from(signature.same_village(class)));
                values.add(Level::SameEthnicity, i64::from(signature.same_ethnicity(class)));
            }
        }
        for (h, household) in (0_u32..).zip(&self.problem.households) {
            let base = i64::from(household.need.max(household.pins));
            values.add(Level::SumSqCover, base * base);
            if !self.problem.class(h).poor {
                values.add(Level::NearExtra, base - 1);
            }
        }
        self.order.as_cost(&values)
    }

    /// How far each part may differ between good plans.
    fn spread(&self) -> [i64; PARTS] {
        let members = i64::from(count(self.problem.members.len())).max(1);
        let households = i64::from(count(self.problem.households.len())).max(1);
        let needed: i64 = self.problem.households.iter().map(|h| i64::from(h.need.max(h.pins))).sum();
        let pairs = members + needed;
        let of = |level| match level {
            Level::MaxLoad => 1,
            Level::SumSqLoad | Level::SumSqPoor => pairs * (2 * (pairs / members) + 5),
            Level::SumSqCover => pairs * (2 * (pairs / households) + 5),
            Level::NearExtra | Level::SameVillage | Level::SameEthnicity => pairs,
            Level::Continuity => count(self.problem.previous.len()).into(),
        };
        let mut spread = self.order.new_pairs_cost(pairs).0.map(i64::abs);
        spread[PARTS - 1] = count(self.problem.at_hand.len()).into();
        for level in Level::ALL {
            spread[self.order.part(level)] += self.order.cost(level, of(level)).0[self.order.part(level)];
        }
        spread
    }
}

/// What a pair costs by itself.
pub(super) fn pair_cost(problem: &Problem, order: &Order, m: u32, h: u32) -> Lex {
    let (signature, class) = (problem.signature(m), problem.class(h));
    let continued = problem.previous.contains(&(m, h));
    order
        .new_pairs_cost(i64::from(!continued))
        .plus(Lex::only(PARTS - 1, -i64::from(problem.at_hand.contains(&(m, h)))))
        .plus(order.cost(Level::Continuity, -i64::from(continued)))
        .plus(order.cost(Level::SameVillage, -i64::from(signature.same_village(class))))
        .plus(order.cost(Level::SameEthnicity, -i64::from(signature.same_ethnicity(class))))
}

/// A convex cost on the way of `n` equal members or households.
#[derive(Clone, Copy)]
struct Convex {
    level: Level,
    /// Forced units, each; they cost nothing here.
    base: u32,
    /// The most units, each.
    most: u32,
    /// Unit arcs before the last.
    steps: u32,
    n: u32,
}

impl Model {
    /// Doubles the steps of those whose last arc carries more than its price is right for, or of `all` when there is
    /// one. True when there was.
    pub(super) fn deepen(&self, flow: &[u32], style: &mut Style, all: bool) -> bool {
        let mut any = false;
        for group in &self.groups {
            let n = count(group.members.len());
            if group.overflow.iter().any(|&arc| flow[arc] > n) {
                group.members.iter().for_each(|&m| double(&mut style.load_steps[m as usize]));
                any = true;
            }
        }
        for cluster in &self.clusters {
            if cluster.overflow.is_some_and(|arc| flow[arc] > count(cluster.households.len())) {
                cluster.households.iter().for_each(|&h| double(&mut style.cover_steps[h as usize]));
                any = true;
            }
        }
        if any && all {
            style.load_steps.iter_mut().chain(&mut style.cover_steps).for_each(double);
        }
        any
    }
}

fn double(steps: &mut u32) {
    *steps = steps.saturating_mul(2);
}
