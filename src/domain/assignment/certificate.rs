//! The proof that a flow is best, checked in every run.
//!
//! A flow is of least cost exactly when there are potentials such that no arc with room has a negative
//! reduced cost, and no arc in use a positive one. The check trusts nothing but the network: it takes a flow and
//! potentials from wherever they come.

use super::cost::{Cost, Lex};
use super::network::Network;

/// Whether the flow respects supplies and capacities, and the potentials prove that none is cheaper.
pub(super) fn proves(network: &Network, flow: &[u32], potential: &[Lex]) -> bool {
    if flow.len() != network.tail.len() || potential.len() != network.supply.len() {
        return false;
    }
    let mut balance = network.supply.clone();
    for (arc, &units) in flow.iter().enumerate() {
        let (tail, head) = (network.tail[arc] as usize, network.head[arc] as usize);
        balance[tail] -= i64::from(units);
        balance[head] += i64::from(units);
        let reduced = network.costs[network.cost[arc] as usize].plus(potential[tail]).minus(potential[head]);
        let has_room = units < network.cap[arc];
        if units > network.cap[arc] || (has_room && reduced < Lex::ZERO) || (units > 0 && reduced > Lex::ZERO) {
            return false;
        }
    }
    balance.iter().all(|&left| left == 0)
}

#[cfg(test)]
mod tests {
    use super::super::cost::PARTS;
    use super::super::simplex;
    use super::*;

    fn two_ways() -> Network {
        let mut network = Network::default();
        let (a, b) = (network.node(2), network.node(-2));
        network.arc(a, b, 1, Lex::only(3, 1));
        network.arc(a, b, 5, Lex::only(3, 4));
        network.arc(a, b, 5, Lex::only(2, 1));
        network
    }

    #[test]
    fn the_optimum_is_proved_and_a_worse_flow_is_not() {
        let network = two_ways();
        let solved = simplex::solve(&network, &[10; PARTS]);
        assert_eq!(solved.flow, [1, 1, 0]);
        assert!(proves(&network, &solved.flow, &solved.potential));
        assert!(!proves(&network, &[1, 0, 1], &solved.potential));
        assert!(!proves(&network, &[0, 2, 0], &solved.potential));
    }

    #[test]
    fn a_flow_that_breaks_a_capacity_or_a_supply_is_not_proved() {
        let network = two_ways();
        let solved = simplex::solve(&network, &[10; PARTS]);
        assert!(!proves(&network, &[2, 0, 0], &solved.potential));
        assert!(!proves(&network, &[1, 0, 0], &solved.potential));
        assert!(!proves(&network, &[1, 1], &solved.potential));
    }
}
