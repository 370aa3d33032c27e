//! The shared nodes of a network: hubs of members, crossings, and nodes of household classes.
//!
//! Every arc has the smallest capacity that still lets all plans through: the number of allowed pairs it stands for that
//! have no arc of their own. Forbidden pairs and pairs used twice thus seldom pay.

use std::collections::BTreeMap;

use super::build::{Builder, Group, Link, PLENTY};
use super::cost::{Cost, Lex};
use super::model::{Level, Scope};
use super::network::Node;
use super::prepare::Problem;

/// Adds the shared nodes; the pairs with arcs of their own must be there.
pub(super) fn add_to(builder: &mut Builder<'_>) {
    let counts = Counts::new(builder);
    let classes = vec![None; builder.problem.classes.len()];
    Sharing { builder, counts, classes, crossings: BTreeMap::new(), hubs: BTreeMap::new() }.add();
}

/// People and languages, and whether it is for poor households.
type CrossingKey = (Option<u16>, Vec<u16>, bool);

struct Sharing<'a, 'b> {
    builder: &'a mut Builder<'b>,
    counts: Counts,
    /// Node of each class that shared nodes serve.
    classes: Vec<Option<Node>>,
    crossings: BTreeMap<CrossingKey, (usize, Node)>,
    /// By signature, and whether it is for poor households.
    hubs: BTreeMap<(usize, bool), (usize, Node)>,
}

/// How many pairs each arc stands for.
struct Counts {
    /// Households per class.
    class: Vec<u32>,
    /// Members per signature who use shared nodes.
    signature: Vec<u32>,
    /// Poor and near-poor households in the reach of each signature.
    reach: Vec<[u32; 2]>,
    /// Pairs that shared nodes need not carry, by signature and class.
    blocked: BTreeMap<(usize, usize), u32>,
    /// The same by member, near-poor and poor.
    blocked_by_member: Vec<[u32; 2]>,
    /// Allowed pairs of each household that have an arc of their own or are pinned.
    direct_by_household: Vec<u32>,
}

impl Counts {
    fn new(builder: &Builder<'_>) -> Self {
        let (problem, style) = (builder.problem, builder.style);
        let mut class = vec![0; problem.classes.len()];
        for household in &problem.households {
            class[household.class] += 1;
        }
        let reach = problem
            .signatures
            .iter()
            .map(|signature| {
                let mut reach = [0; 2];
                for (at, of) in problem.classes.iter().enumerate().filter(|(_, of)| signature.reaches(of.village)) {
                    reach[usize::from(of.poor)] += class[at];
                }
                reach
            })
            .collect();
        let mut counts = Self {
            class,
            signature: vec![0; problem.signatures.len()],
            reach,
            blocked: BTreeMap::new(),
            blocked_by_member: vec![[0; 2]; problem.members.len()],
            direct_by_household: problem.households.iter().map(|household| household.pins).collect(),
        };
        for (m, member) in problem.members.iter().enumerate().filter(|(m, _)| !style.explicit[*m]) {
            counts.signature[member.signature] += 1;
            for &h in member.forbidden.iter().chain(&member.known).chain(&member.pins) {
                let class = problem.households[h as usize].class;
                *counts.blocked.entry((member.signature, class)).or_insert(0) += 1;
                counts.blocked_by_member[m][usize::from(problem.classes[class].poor)] += 1;
            }
        }
        for &(_, (_, h)) in &builder.model.pairs {
            counts.direct_by_household[h as usize] += 1;
        }
        counts
    }

    /// Pairs of the group that only shared nodes carry.
    fn of_group(&self, problem: &Problem, group: &Group, poor: bool) -> u32 {
        let of = |&m: &u32| {
            let reach = self.reach[problem.members[m as usize].signature][usize::from(poor)];
            reach - self.blocked_by_member[m as usize][usize::from(poor)]
        };
        group.members.iter().map(of).fold(0, u32::saturating_add).min(PLENTY)
    }

    /// Pairs of a signature and a class that only shared nodes carry.
    fn of_signature(&self, signature: usize, class: usize) -> u32 {
        let all = self.signature[signature].saturating_mul(self.class[class]);
        (all - self.blocked.get(&(signature, class)).copied().unwrap_or(0)).min(PLENTY)
    }
}

impl Sharing<'_, '_> {
    fn add(&mut self) {
        for at in 0..self.builder.model.groups.len() {
            let group = self.builder.model.groups[at].clone();
            let m = group.members[0] as usize;
            if self.builder.style.explicit[m] {
                continue;
            }
            let signature = self.builder.problem.members[m].signature;
            let sides = [(false, Some(group.node)), (true, group.poor_node)];
            for (poor, from) in sides {
                let room = self.counts.of_group(self.builder.problem, &group, poor);
                let Some(from) = from.filter(|_| room > 0) else { continue };
                let (hub, to) = self.hub(signature, poor);
                let arc = self.builder.model.network.arc(from, to, room, Lex::ZERO);
                self.builder.model.group_to_hub.push(Link { arc, from: at, to: hub });
            }
        }
        for at in 0..self.builder.model.clusters.len() {
            let cluster = &self.builder.model.clusters[at];
            let (class, to) = (cluster.class, cluster.node);
            let Some(from) = self.classes[class] else { continue };
            let room = cluster.households.iter().map(|&h| {
                let household = &self.builder.problem.households[h as usize];
                household.allowed - self.counts.direct_by_household[h as usize]
            });
            let room = room.fold(0, u32::saturating_add).min(PLENTY);
            let arc = self.builder.model.network.arc(from, to, room, Lex::ZERO);
            self.builder.model.class_to_cluster.push(Link { arc, from: class, to: at });
        }
    }

    /// The hub of a signature, with its arcs to the classes in reach.
    fn hub(&mut self, signature: usize, poor: bool) -> (usize, Node) {
        if let Some(&known) = self.hubs.get(&(signature, poor)) {
            return known;
        }
        let node = self.builder.model.network.node(0);
        let hub = self.builder.model.hubs;
        self.builder.model.hubs += 1;
        self.hubs.insert((signature, poor), (hub, node));
        let kind = &self.builder.problem.signatures[signature];
        let anywhere = kind.scope == Scope::WholeCommune;
        for (class, of) in self.builder.problem.classes.iter().enumerate() {
            let own = kind.same_village(of);
            let room = self.counts.of_signature(signature, class);
            if of.poor == poor && kind.reaches(of.village) && (own || !anywhere) && room > 0 {
                let cost = self.pair_cost(own, kind.same_ethnicity(of));
                let to = self.class_node(class);
                let arc = self.builder.model.network.arc(node, to, room, cost);
                self.builder.model.hub_to_class.push(Link { arc, from: hub, to: class });
            }
        }
        if anywhere {
            let (crossing, to) = self.crossing(signature, poor);
            let arc = self.builder.model.network.arc(node, to, PLENTY, Lex::ZERO);
            self.builder.model.hub_to_crossing.push(Link { arc, from: hub, to: crossing });
        }
        (hub, node)
    }

    /// The crossing of all signatures of one people that may go anywhere, with its arcs to all classes.
    fn crossing(&mut self, signature: usize, poor: bool) -> (usize, Node) {
        let kind = &self.builder.problem.signatures[signature];
        let key = (kind.people, kind.languages.clone(), poor);
        if let Some(&known) = self.crossings.get(&key) {
            return known;
        }
        let node = self.builder.model.network.node(0);
        let crossing = self.builder.model.crossings;
        self.builder.model.crossings += 1;
        self.crossings.insert(key, (crossing, node));
        for (class, of) in self.builder.problem.classes.iter().enumerate().filter(|(_, of)| of.poor == poor) {
            let cost = self.pair_cost(false, kind.same_ethnicity(of));
            let to = self.class_node(class);
            let arc = self.builder.model.network.arc(node, to, PLENTY, cost);
            self.builder.model.crossing_to_class.push(Link { arc, from: crossing, to: class });
        }
        (crossing, node)
    }

    /// What a pair that was none last year costs.
    fn pair_cost(&self, own_village: bool, same_ethnicity: bool) -> Lex {
        let order = self.builder.order;
        order
            .new_pairs_cost(1)
            .plus(order.cost(Level::SameVillage, -i64::from(own_village)))
            .plus(order.cost(Level::SameEthnicity, -i64::from(same_ethnicity)))
    }

    fn class_node(&mut self, class: usize) -> Node {
        let network = &mut self.builder.model.network;
        *self.classes[class].get_or_insert_with(|| network.node(0))
    }
}
