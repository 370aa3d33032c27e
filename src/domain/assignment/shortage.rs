//! Why households cannot be covered: the smallest account of a shortage, from the min cut.
//!
//! When demand stays unmet, follow the flow back from there: every node that could still send something towards an
//! unmet household. The members found this way are full, and everything they give goes to the households
//! found; so these households can be helped by nobody else, and what is missing is exactly the unmet demand.

use std::collections::BTreeMap;

use super::build::Model;
use super::network::Node;
use super::outcome::{Shortage, VillageShortage};
use super::prepare::Problem;
use super::simplex::Solved;

/// The shortages, one for each connected group, by their first village.
pub(super) fn shortages(problem: &Problem, model: &Model, solved: &Solved) -> Vec<Shortage> {
    let component = components(model, solved);
    let mut parts: BTreeMap<u32, Part> = BTreeMap::new();
    for cluster in &model.clusters {
        if let Some(root) = component[cluster.node as usize] {
            let part = parts.entry(root).or_default();
            part.households.extend(&cluster.households);
            part.short += solved.unmet[cluster.node as usize].unsigned_abs();
        }
    }
    for group in &model.groups {
        // A member whose whole load is poor may have only the poor side in the group.
        let poor_side = group.poor_node.and_then(|node| component[node as usize]);
        if let Some(root) = component[group.node as usize].or(poor_side) {
            parts.entry(root).or_default().members.extend(&group.members);
        }
    }
    let mut shortages: Vec<Shortage> =
        parts.into_values().filter(|part| part.short > 0).map(|part| part.describe(problem)).collect();
    shortages.sort_by_key(|shortage| shortage.villages.first().map(|v| v.village));
    shortages
}

/// Nodes of one connected shortage.
#[derive(Default)]
struct Part {
    households: Vec<u32>,
    members: Vec<u32>,
    short: u64,
}

impl Part {
    fn describe(mut self, problem: &Problem) -> Shortage {
        self.households.sort_unstable();
        self.members.sort_unstable();
        let mut villages: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut needed = 0;
        for &h in &self.households {
            let household = &problem.households[h as usize];
            needed += u64::from(household.need.saturating_sub(household.pins));
            villages.entry(problem.class(h).village).or_default().push(household.origin);
        }
        let room: u64 = self
            .members
            .iter()
            .map(|&m| &problem.members[m as usize])
            .map(|member| u64::from(member.limit - super::prepare::count(member.pins.len())))
            .sum();
        Shortage {
            villages: villages.into_iter().map(|(village, households)| VillageShortage { village, households }).collect(),
            members: self.members.iter().map(|&m| problem.members[m as usize].origin).collect(),
            needed,
            room,
            outside: needed.saturating_sub(room + self.short),
            short: self.short,
        }
    }
}

/// For each node that could send something towards unmet demand, the representative of its connected group.
fn components(model: &Model, solved: &Solved) -> Vec<Option<Node>> {
    let network = &model.network;
    let mut into: Vec<Vec<Node>> = vec![Vec::new(); network.supply.len()];
    for (arc, &units) in solved.flow.iter().enumerate() {
        let (tail, head) = (network.tail[arc], network.head[arc]);
        if units < network.cap[arc] {
            into[head as usize].push(tail);
        }
        if units > 0 {
            into[tail as usize].push(head);
        }
    }
    let mut group: Vec<Option<Node>> = vec![None; network.supply.len()];
    let mut same = Vec::new();
    for (start, _) in (0_u32..).zip(&solved.unmet).filter(|(_, unmet)| **unmet < 0) {
        if group[start as usize].is_some() {
            continue;
        }
        group[start as usize] = Some(start);
        let mut stack = vec![start];
        while let Some(v) = stack.pop() {
            for &u in into[v as usize].iter().filter(|&&u| u != model.bank) {
                match group[u as usize] {
                    None => {
                        group[u as usize] = Some(start);
                        stack.push(u);
                    }
                    Some(other) if other != start => same.push((start, other)),
                    Some(_) => {}
                }
            }
        }
    }
    // Groups that touch are one: each is named by the smallest start it is joined to.
    let mut name: BTreeMap<Node, Node> = BTreeMap::new();
    loop {
        let mut changed = false;
        for &(a, b) in &same {
            let (x, y) = (*name.get(&a).unwrap_or(&a), *name.get(&b).unwrap_or(&b));
            if x != y {
                name.insert(a, x.min(y));
                name.insert(b, x.min(y));
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    group.into_iter().map(|start| start.map(|start| *name.get(&start).unwrap_or(&start))).collect()
}
