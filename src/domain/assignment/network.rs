//! A flow network: nodes with supplies, arcs with capacities and costs.

use std::collections::BTreeMap;

use super::cost::{Lex, vectors_fit};

/// Position of a node.
pub(super) type Node = u32;
/// Position of an arc.
pub(super) type Arc = usize;

/// Nodes and arcs. Supplies sum to zero; lower bounds are already worked into the supplies.
#[derive(Debug, Clone, Default)]
pub(super) struct Network {
    /// What each node sends (positive) or takes (negative).
    pub(super) supply: Vec<i64>,
    pub(super) tail: Vec<Node>,
    pub(super) head: Vec<Node>,
    pub(super) cap: Vec<u32>,
    /// The cost of each arc, as a position in `costs`.
    pub(super) cost: Vec<u32>,
    /// The distinct costs.
    pub(super) costs: Vec<Lex>,
    known: BTreeMap<[i64; super::cost::PARTS], u32>,
}

impl Network {
    /// Adds a node. Positions past `u32` are refused by [`Self::fits`], so the last one is enough here.
    pub(super) fn node(&mut self, supply: i64) -> Node {
        let node = u32::try_from(self.supply.len()).unwrap_or(u32::MAX);
        self.supply.push(supply);
        node
    }

    /// Adds an arc and returns its position.
    pub(super) fn arc(&mut self, tail: Node, head: Node, cap: u32, cost: Lex) -> Arc {
        let cost = self.cost_id(cost);
        self.tail.push(tail);
        self.head.push(head);
        self.cap.push(cap);
        self.cost.push(cost);
        self.tail.len() - 1
    }

    fn cost_id(&mut self, cost: Lex) -> u32 {
        let next = u32::try_from(self.costs.len()).unwrap_or(u32::MAX);
        let costs = &mut self.costs;
        *self.known.entry(cost.0).or_insert_with(|| {
            costs.push(cost);
            next
        })
    }

    /// Whether positions, capacities and costs are within what the solver counts with.
    pub(super) fn fits(&self) -> bool {
        let few = |n: usize| u32::try_from(n).is_ok_and(|n| n < u32::MAX / 4);
        few(self.supply.len() + self.tail.len()) && vectors_fit(&self.costs, self.supply.len())
    }

    /// The cost of a flow, or None when it does not fit.
    pub(super) fn cost_of(&self, flow: &[u32]) -> Option<Lex> {
        let mut total = super::cost::Cost::ZERO;
        for (arc, &units) in flow.iter().enumerate().filter(|(_, units)| **units > 0) {
            let cost = self.costs[self.cost[arc] as usize].times(i64::from(units))?;
            total = Lex::checked_plus(total, cost)?;
        }
        Some(total)
    }
}
