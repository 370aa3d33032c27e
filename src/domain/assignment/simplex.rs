//! The network simplex method on a strongly feasible spanning tree (Ahuja, Magnanti, Orlin: Network Flows, chapter 11).
//!
//! A basis is a spanning tree of the nodes and one artificial root. Every arc outside of it is empty or full. A pivot
//! takes in an arc whose reduced cost says that using it helps, pushes flow around the cycle it closes,
//! and drops an arc that blocks. The tree is kept strongly feasible (every node could send a little more towards the root)
//! by always dropping the last blocking arc of the cycle, seen from its apex in the direction of the
//! flow; that excludes cycling.
//!
//! Arcs are looked at in an order shuffled by a fixed rule: parallel arcs and arcs of one node no longer stand
//! together, which halves the number of pivots, and the order is the same in every run.

use std::ops::Range;

use super::cost::{Cost, Lex, packed};
use super::network::{Network, Node};

/// No node.
const NIL: u32 = u32::MAX;

/// Where an arc stands. The number is the sign with which its reduced cost counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Empty,
    Tree,
    Full,
}

/// A flow, and the potentials that go with it.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    /// Units on each arc of the network.
    pub(super) flow: Vec<u32>,
    /// The potential of each node; with them, reduced costs prove the flow best.
    pub(super) potential: Vec<Lex>,
    /// Supply or demand of each node that could not be routed: positive for supply, negative for demand.
    pub(super) unmet: Vec<i64>,
    /// Pivots made.
    pub(super) pivots: usize,
}

/// Finds a flow of least cost among those that leave the least unmet. `spread` guides the packing of costs, see
/// [`packed`].
pub(super) fn solve(network: &Network, spread: &[i64; super::cost::PARTS]) -> Solved {
    let mut basis = Basis::start(network);
    let mut costs = network.costs.clone();
    let big = u32::try_from(costs.len()).unwrap_or(u32::MAX);
    costs.push(Lex::only(0, 1));
    basis.cost.extend(std::iter::repeat_n(big, network.supply.len()));
    let mut pivots = 0;
    if let Some(numbers) = packed(&costs, spread, network.supply.len() + 1) {
        pivots += basis.optimise(&numbers).1;
    }
    // The vectors decide: usually there is nothing left to do here, and that is the proof.
    let (potential, more) = basis.optimise(&costs);
    pivots += more;
    basis.finish(network, potential, pivots)
}

/// A spanning tree with flows. Node `n` (the last) is the root; arc `m + v` is the artificial arc of node `v`.
struct Basis {
    // Arcs, shuffled; the artificial ones follow.
    tail: Vec<Node>,
    head: Vec<Node>,
    cap: Vec<u32>,
    cost: Vec<u32>,
    flow: Vec<u32>,
    state: Vec<State>,
    /// The arc of the network that stands at each place.
    origin: Vec<u32>,
    // The tree.
    parent: Vec<Node>,
    /// The arc to the parent, and whether it points up to it.
    arc: Vec<u32>,
    up: Vec<bool>,
    /// Nodes of the subtree.
    size: Vec<u32>,
    child: Vec<Node>,
    next: Vec<Node>,
    prev: Vec<Node>,
    /// Real arcs, and the place where the search goes on.
    real: usize,
    cursor: usize,
}

/// A fixed shuffle of `0..n` (Fisher and Yates, with Knuth's linear congruence).
fn shuffled(n: usize) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(n).unwrap_or(u32::MAX)).collect();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for i in (1..order.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bound = i as u64 + 1;
        let j = usize::try_from((seed >> 33) % bound).unwrap_or(0);
        order.swap(i, j);
    }
    order
}

impl Basis {
    /// The tree in which every node hangs on the root by its artificial arc.
    fn start(network: &Network) -> Self {
        let n = network.supply.len();
        let real = network.tail.len();
        let origin = shuffled(real);
        let pick = |from: &Vec<u32>| -> Vec<u32> { origin.iter().map(|&a| from[a as usize]).collect() };
        let root = u32::try_from(n).unwrap_or(NIL);
        let mut basis = Self {
            tail: pick(&network.tail),
            head: pick(&network.head),
            cap: pick(&network.cap),
            cost: pick(&network.cost),
            flow: vec![0; real],
            state: vec![State::Empty; real],
            origin,
            parent: vec![root; n + 1],
            arc: vec![NIL; n + 1],
            up: vec![true; n + 1],
            size: vec![1; n + 1],
            child: vec![NIL; n + 1],
            next: vec![NIL; n + 1],
            prev: vec![NIL; n + 1],
            real,
            cursor: 0,
        };
        basis.parent[n] = NIL;
        basis.size[n] = root + 1;
        for (v, &supply) in (0_u32..).zip(&network.supply) {
            let up = supply >= 0;
            basis.tail.push(if up { v } else { root });
            basis.head.push(if up { root } else { v });
            basis.cap.push(u32::MAX);
            basis.flow.push(u32::try_from(supply.unsigned_abs()).unwrap_or(u32::MAX));
            basis.state.push(State::Tree);
            basis.up[v as usize] = up;
            basis.arc[v as usize] = u32::try_from(real).unwrap_or(NIL) + v;
            basis.adopt(root, v);
        }
        basis
    }

    /// Makes `v` a child of `parent`.
    fn adopt(&mut self, parent: Node, v: Node) {
        let first = self.child[parent as usize];
        self.parent[v as usize] = parent;
        self.prev[v as usize] = NIL;
        self.next[v as usize] = first;
        if first != NIL {
            self.prev[first as usize] = v;
        }
        self.child[parent as usize] = v;
    }

    /// Takes `v` from its parent's children.
    fn orphan(&mut self, v: Node) {
        let (prev, next) = (self.prev[v as usize], self.next[v as usize]);
        if prev == NIL {
            self.child[self.parent[v as usize] as usize] = next;
        } else {
            self.next[prev as usize] = next;
        }
        if next != NIL {
            self.prev[next as usize] = prev;
        }
    }

    /// Pivots until no arc can improve; returns the potentials and the number of pivots.
    fn optimise<C: Cost>(&mut self, costs: &[C]) -> (Vec<C>, usize) {
        let mut potential = self.potentials(costs);
        let mut pivots = 0;
        while let Some((arc, reduced)) = self.entering(costs, &potential) {
            self.pivot(arc, reduced, &mut potential);
            pivots += 1;
        }
        (potential, pivots)
    }

    /// Potentials for which every tree arc has reduced cost zero; the root has none.
    fn potentials<C: Cost>(&self, costs: &[C]) -> Vec<C> {
        let root = self.parent.len() - 1;
        let mut potential = vec![C::ZERO; root + 1];
        let mut stack = vec![u32::try_from(root).unwrap_or(NIL)];
        while let Some(u) = stack.pop() {
            let mut v = self.child[u as usize];
            while v != NIL {
                let cost = costs[self.cost[self.arc[v as usize] as usize] as usize];
                let above = potential[u as usize];
                // Reduced cost is cost + potential(tail) − potential(head).
                potential[v as usize] = if self.up[v as usize] { above.minus(cost) } else { above.plus(cost) };
                stack.push(v);
                v = self.next[v as usize];
            }
        }
        potential
    }

    fn reduced<C: Cost>(&self, arc: usize, costs: &[C], potential: &[C]) -> C {
        let (tail, head) = (self.tail[arc] as usize, self.head[arc] as usize);
        costs[self.cost[arc] as usize].plus(potential[tail]).minus(potential[head])
    }

    /// The most promising arc of the first block, from the cursor on, that has one, with its reduced cost.
    fn entering<C: Cost>(&mut self, costs: &[C], potential: &[C]) -> Option<(usize, C)> {
        let block = self.real.isqrt().max(20);
        let mut best = None;
        let mut left = self.real;
        let mut left_in_block = block;
        while left > 0 {
            let few = left_in_block.min(left).min(self.real - self.cursor);
            let arcs = self.cursor..self.cursor + few;
            self.cursor = if arcs.end == self.real { 0 } else { arcs.end };
            best = self.better(arcs, best, costs, potential);
            left -= few;
            left_in_block -= few;
            if left_in_block == 0 {
                if best.is_some() {
                    break;
                }
                left_in_block = block;
            }
        }
        best.map(|(arc, _)| (arc, self.reduced(arc, costs, potential)))
    }

    /// The first of these arcs that helps most, with its gain, where it helps more than the best one so far.
    ///
    /// Half the time of the search is spent here. Slices of one length and a single question of each arc make it a third faster.
    fn better<C: Cost>(&self, arcs: Range<usize>, best: Option<(usize, C)>, costs: &[C], potential: &[C]) -> Option<(usize, C)> {
        let mut best = best;
        let mut least = best.map_or(C::ZERO, |(_, gain)| gain);
        let ends = self.tail[arcs.clone()].iter().zip(&self.head[arcs.clone()]);
        let known = self.cost[arcs.clone()].iter().zip(&self.state[arcs.clone()]);
        for (arc, ((&tail, &head), (&cost, &state))) in arcs.zip(ends.zip(known)) {
            let reduced = costs[cost as usize].plus(potential[tail as usize]).minus(potential[head as usize]);
            // An arc of the tree has a reduced cost of nothing, so it need not be told from an empty one.
            let gain = if state == State::Full { C::ZERO.minus(reduced) } else { reduced };
            if gain < least {
                least = gain;
                best = Some((arc, gain));
            }
        }
        best
    }

    /// The nearest common ancestor of two nodes. An ancestor always has the larger subtree.
    fn apex(&self, mut u: Node, mut v: Node) -> Node {
        while u != v {
            let (a, b) = (self.size[u as usize], self.size[v as usize]);
            if a <= b {
                u = self.parent[u as usize];
            }
            if b <= a {
                v = self.parent[v as usize];
            }
        }
        u
    }

    /// How much the arc above `v` can take, towards the parent or away from it.
    fn room(&self, v: Node, towards_parent: bool) -> u32 {
        let arc = self.arc[v as usize] as usize;
        if self.up[v as usize] == towards_parent { self.cap[arc] - self.flow[arc] } else { self.flow[arc] }
    }

    fn push(&mut self, v: Node, towards_parent: bool, units: u32) {
        let arc = self.arc[v as usize] as usize;
        if self.up[v as usize] == towards_parent {
            self.flow[arc] += units;
        } else {
            self.flow[arc] -= units;
        }
    }

    /// Takes the arc into the tree.
    fn pivot<C: Cost>(&mut self, entering: usize, reduced: C, potential: &mut [C]) {
        let fills = self.state[entering] == State::Empty;
        let (from, to) =
            if fills { (self.tail[entering], self.head[entering]) } else { (self.head[entering], self.tail[entering]) };
        let apex = self.apex(from, to);
        // The cycle runs from the apex down to `from`, over the entering arc, and from `to` up to the apex.
        let mut units = self.cap[entering];
        let mut leaving = NIL;
        let mut below_from = true;
        let mut v = from;
        while v != apex {
            let room = self.room(v, false);
            if room < units {
                units = room;
                leaving = v;
            }
            v = self.parent[v as usize];
        }
        v = to;
        while v != apex {
            let room = self.room(v, true);
            if room <= units {
                units = room;
                leaving = v;
                below_from = false;
            }
            v = self.parent[v as usize];
        }
        if units > 0 {
            self.send(entering, fills, units, (from, to, apex));
        }
        if leaving == NIL {
            self.state[entering] = if fills { State::Full } else { State::Empty };
            return;
        }
        let dropped = self.arc[leaving as usize] as usize;
        self.state[dropped] = if self.flow[dropped] == 0 { State::Empty } else { State::Full };
        self.state[entering] = State::Tree;
        let (inside, outside) = if below_from { (from, to) } else { (to, from) };
        self.rehang(leaving, inside, outside, entering, apex);
        let raise = if self.tail[entering] == inside { C::ZERO.minus(reduced) } else { reduced };
        self.shift(inside, raise, potential);
    }

    fn send(&mut self, entering: usize, fills: bool, units: u32, (from, to, apex): (Node, Node, Node)) {
        if fills {
            self.flow[entering] += units;
        } else {
            self.flow[entering] -= units;
        }
        let mut v = from;
        while v != apex {
            self.push(v, false, units);
            v = self.parent[v as usize];
        }
        v = to;
        while v != apex {
            self.push(v, true, units);
            v = self.parent[v as usize];
        }
    }

    /// Cuts the subtree of `top` off and hangs it, turned round, by its node `inside` under `outside`.
    fn rehang(&mut self, top: Node, inside: Node, outside: Node, entering: usize, apex: Node) {
        let moved = self.size[top as usize];
        let mut v = self.parent[top as usize];
        while v != apex {
            self.size[v as usize] -= moved;
            v = self.parent[v as usize];
        }
        v = outside;
        while v != apex {
            self.size[v as usize] += moved;
            v = self.parent[v as usize];
        }
        let mut v = inside;
        let mut parent = outside;
        let mut arc = u32::try_from(entering).unwrap_or(NIL);
        let mut up = self.tail[entering] == inside;
        let mut below = 0;
        loop {
            let (old_parent, old_arc, old_up, old_size) =
                (self.parent[v as usize], self.arc[v as usize], self.up[v as usize], self.size[v as usize]);
            self.orphan(v);
            self.adopt(parent, v);
            self.arc[v as usize] = arc;
            self.up[v as usize] = up;
            self.size[v as usize] = moved - below;
            if v == top {
                break;
            }
            below = old_size;
            parent = v;
            v = old_parent;
            arc = old_arc;
            up = !old_up;
        }
    }

    /// Raises the potentials of the subtree of `top`.
    fn shift<C: Cost>(&self, top: Node, raise: C, potential: &mut [C]) {
        let mut v = top;
        loop {
            potential[v as usize] = potential[v as usize].plus(raise);
            if self.child[v as usize] != NIL {
                v = self.child[v as usize];
                continue;
            }
            while v != top && self.next[v as usize] == NIL {
                v = self.parent[v as usize];
            }
            if v == top {
                return;
            }
            v = self.next[v as usize];
        }
    }

    /// Puts flows back into the order of the network.
    fn finish(self, network: &Network, mut potential: Vec<Lex>, pivots: usize) -> Solved {
        let mut flow = vec![0; self.real];
        for (place, &arc) in self.origin.iter().enumerate() {
            flow[arc as usize] = self.flow[place];
        }
        let unmet = network
            .supply
            .iter()
            .zip(&self.flow[self.real..])
            .map(|(&supply, &units)| if supply >= 0 { i64::from(units) } else { -i64::from(units) })
            .collect();
        potential.truncate(network.supply.len());
        Solved { flow, potential, unmet, pivots }
    }
}
