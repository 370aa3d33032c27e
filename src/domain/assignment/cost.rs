//! Costs that compare level by level, and their packing into one integer.
//!
//! A flow algorithm only adds, negates and compares costs, so a vector compared from left to right is a cost
//! like any other. [`Lex`] is that vector: exact, and what every proof here is made of. Adding vectors is
//! slow, so the search first runs on [`packed`] costs, one `i128` per arc, and is finished and proved on vectors.
//! The weights of the packing may therefore be estimates: a bad estimate costs time, never a wrong plan.

use std::cmp::Ordering;

/// Components of a cost: component 0 counts demand that cannot be met, the others are the levels in their order, the
/// number of new pairs, and last the pairs of a plan at hand.
pub(super) const PARTS: usize = 10;

/// What the network simplex needs of a cost.
pub(super) trait Cost: Copy + Ord {
    /// Nothing.
    const ZERO: Self;
    /// The sum.
    fn plus(self, other: Self) -> Self;
    /// The difference.
    fn minus(self, other: Self) -> Self;
}

impl Cost for i128 {
    const ZERO: Self = 0;
    fn plus(self, other: Self) -> Self {
        self + other
    }
    fn minus(self, other: Self) -> Self {
        self - other
    }
}

/// A cost per level, compared from the first component to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lex(pub(super) [i64; PARTS]);

impl Ord for Lex {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Lex {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Cost for Lex {
    const ZERO: Self = Self([0; PARTS]);
    fn plus(self, other: Self) -> Self {
        let mut sum = self.0;
        for (a, b) in sum.iter_mut().zip(other.0) {
            *a += b;
        }
        Self(sum)
    }
    fn minus(self, other: Self) -> Self {
        let mut difference = self.0;
        for (a, b) in difference.iter_mut().zip(other.0) {
            *a -= b;
        }
        Self(difference)
    }
}

impl Lex {
    /// A cost of `amount` in one component.
    pub(super) const fn only(part: usize, amount: i64) -> Self {
        let mut parts = [0; PARTS];
        parts[part] = amount;
        Self(parts)
    }

    /// This cost `times` over, or None when a component does not fit.
    pub(super) fn times(self, times: i64) -> Option<Self> {
        let mut product = self.0;
        for part in &mut product {
            *part = part.checked_mul(times)?;
        }
        Some(Self(product))
    }

    /// The sum, or None when a component does not fit.
    pub(super) fn checked_plus(self, other: Self) -> Option<Self> {
        let mut sum = self.0;
        for (a, b) in sum.iter_mut().zip(other.0) {
            *a = a.checked_add(b)?;
        }
        Some(Self(sum))
    }
}

/// Whether sums of vectors along any path of a network with so many nodes fit, with room to spare.
pub(super) fn vectors_fit(costs: &[Lex], nodes: usize) -> bool {
    let Ok(nodes) = i64::try_from(nodes) else { return false };
    let largest = costs.iter().flat_map(|cost| cost.0).map(i64::unsigned_abs).max().unwrap_or(0);
    // A potential is a sum over a path, a reduced cost of two potentials and an arc.
    i64::try_from(largest).ok().and_then(|largest| largest.checked_mul(nodes.checked_add(1)?)?.checked_mul(8)).is_some()
}

/// Packs the costs into integers, `spread[p]` being an estimate of how far component `p` can differ between good
/// plans. None when not even coarse weights fit; the search then runs on vectors alone.
pub(super) fn packed(costs: &[Lex], spread: &[i64; PARTS], nodes: usize) -> Option<Vec<i128>> {
    let mut spread = *spread;
    for _ in 0..i64::BITS {
        if let Some(weights) = weights(costs, &spread, nodes) {
            return Some(costs.iter().map(|cost| dot(cost, &weights)).collect());
        }
        for part in &mut spread {
            *part = (*part / 2).max(1);
        }
    }
    None
}

fn dot(cost: &Lex, weights: &[i128; PARTS]) -> i128 {
    cost.0.iter().zip(weights).map(|(part, weight)| i128::from(*part) * weight).sum()
}

/// Weights for these spreads, or None when a potential could leave the range of `i128`.
fn weights(costs: &[Lex], spread: &[i64; PARTS], nodes: usize) -> Option<[i128; PARTS]> {
    let mut weights = [1_i128; PARTS];
    for part in (1..PARTS - 1).rev() {
        weights[part] = weights[part + 1].checked_mul(i128::from(spread[part + 1]).checked_add(1)?)?;
    }
    weights[0] = 0;
    let mut largest = 1_i128;
    for cost in costs {
        let mut sum = 0_i128;
        for (&part, weight) in cost.0.iter().zip(weights).skip(1) {
            sum = sum.checked_add(i128::from(part).checked_mul(weight)?.checked_abs()?)?;
        }
        largest = largest.max(sum);
    }
    // Unmet demand outweighs any path; two such arcs and two paths must still fit.
    weights[0] = largest.checked_mul(i128::try_from(nodes).ok()?.checked_add(1)?)?;
    weights[0].checked_mul(16)?;
    Some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_compare_from_the_first_component_on() {
        let cheap = Lex([0, 1, 9, 9, 9, 9, 9, 9, 9, 9]);
        let dear = Lex([0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert!(cheap < dear);
        assert_eq!(cheap.plus(dear).minus(dear), cheap);
    }

    #[test]
    fn packed_costs_keep_the_order_within_their_spread() {
        let a = Lex([0, 1, 50, 0, 0, 0, 0, -3, 0, 0]);
        let b = Lex([0, 1, 49, 0, 0, 0, 0, 40, 0, 0]);
        let packed = packed(&[a, b], &[100; PARTS], 10).unwrap();
        assert!(packed[1] < packed[0]);
    }

    #[test]
    fn spreads_that_do_not_fit_are_made_coarser_and_huge_vectors_are_refused() {
        let a = Lex([1; PARTS]);
        assert!(packed(&[a], &[i64::MAX; PARTS], 10).is_some());
        assert!(!vectors_fit(&[Lex::only(3, i64::MAX / 4)], 10));
        assert!(vectors_fit(&[a], 1_000_000));
    }
}
