//! Sharing a reduction of poor households out over communes in whole households (chỉ tiêu giao).
//!
//! The shares follow the poor households that can work, by the largest remainder: everybody gets the whole part of the
//! exact share, and what is left goes one by one to the largest remainders, ties by commune order (code, then name).

use std::collections::BTreeMap;

use super::household::{Class, Household};
use super::place::CommuneRef;

/// What a commune has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The commune.
    pub commune: CommuneRef,
    /// Households of the class.
    pub poor: u64,
    /// Those among them that are not known to be without a member able to work.
    pub able: u64,
    /// Those among the able for which the list does not say; they are taken as able.
    pub labour_unknown: u64,
}

/// One commune's share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaRow {
    /// What the commune has.
    pub pool: Pool,
    /// Households that it is to bring out of the class; never more than the able.
    pub quota: u64,
}

/// A reduction shared out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// The reduction asked for.
    pub reduction: u64,
    /// The shares, by commune.
    pub rows: Vec<QuotaRow>,
    /// Households that could not be placed because all communes together have fewer able ones; the quotas and this
    /// add up to the reduction exactly.
    pub unplaced: u64,
}

/// Counts the households of a class by commune; the others are passed over, but their communes are there with zero.
#[must_use]
pub fn pools<'a>(households: impl IntoIterator<Item = &'a Household>, class: Class) -> Vec<Pool> {
    let mut pools: BTreeMap<&CommuneRef, (u64, u64, u64)> = BTreeMap::new();
    for household in households {
        let (poor, able, unknown) = pools.entry(&household.place.commune).or_default();
        if household.class == class {
            *poor += 1;
            *able += u64::from(household.no_labour != Some(true));
            *unknown += u64::from(household.no_labour.is_none());
        }
    }
    pools
        .into_iter()
        .map(|(commune, (poor, able, labour_unknown))| Pool { commune: commune.clone(), poor, able, labour_unknown })
        .collect()
}

/// Shares a reduction out in proportion to the able households. A share is never above what its commune has, because
/// no exact share is while the reduction is not above the sum.
#[must_use]
pub fn quotas(reduction: u64, mut pools: Vec<Pool>) -> Quotas {
    pools.sort_by(|a, b| a.commune.cmp(&b.commune));
    let able: u128 = pools.iter().map(|pool| u128::from(pool.able)).sum();
    let placed = u128::from(reduction).min(able);
    let exact = |pool: &Pool| placed * u128::from(pool.able);
    let mut rows: Vec<QuotaRow> = pools
        .into_iter()
        .map(|pool| {
            let whole = exact(&pool).checked_div(able).unwrap_or(0);
            QuotaRow { quota: u64::try_from(whole).unwrap_or(pool.able), pool }
        })
        .collect();
    let given: u128 = rows.iter().map(|row| u128::from(row.quota)).sum();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let remainder = |row: &QuotaRow| exact(&row.pool).checked_rem(able).unwrap_or(0);
    order.sort_by(|&a, &b| remainder(&rows[b]).cmp(&remainder(&rows[a])).then(a.cmp(&b)));
    let left = usize::try_from(placed - given).unwrap_or(usize::MAX);
    for at in order.into_iter().take(left) {
        rows[at].quota += 1;
    }
    Quotas { reduction, rows, unplaced: u64::try_from(u128::from(reduction) - placed).unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::super::invented::{commune, household};
    use super::*;
    use proptest::prelude::*;

    fn pool(name: &str, able: u64) -> Pool {
        Pool { commune: commune(name), poor: able, able, labour_unknown: 0 }
    }

    fn shares(reduction: u64, able: &[u64]) -> Vec<u64> {
        let pools = able.iter().zip('A'..).map(|(&able, name)| pool(&format!("Xã {name}"), able)).collect();
        quotas(reduction, pools).rows.iter().map(|row| row.quota).collect()
    }

    #[test]
    fn what_is_left_goes_to_the_largest_remainders_and_ties_to_the_first_commune() {
        assert_eq!(shares(10, &[30, 30, 40]), [3, 3, 4]);
        assert_eq!(shares(10, &[10, 20, 5]), [3, 6, 1], "exact shares 2.86, 5.71, 1.43");
        assert_eq!(shares(1, &[5, 5, 5]), [1, 0, 0]);
        assert_eq!(shares(2, &[5, 5, 5]), [1, 1, 0]);
    }

    #[test]
    fn what_nobody_has_is_not_placed_and_said() {
        let found = quotas(10, vec![pool("Xã A", 3), pool("Xã B", 4)]);
        assert_eq!((found.rows.iter().map(|row| row.quota).collect::<Vec<_>>(), found.unplaced), (vec![3, 4], 3));
        assert_eq!(quotas(5, Vec::new()).unplaced, 5);
        assert_eq!(shares(0, &[3, 4]), [0, 0]);
    }

    #[test]
    fn households_that_cannot_work_are_left_out() {
        let rows: Vec<Household> = [Some(true), Some(false), None]
            .into_iter()
            .map(|no_labour| Household { no_labour, ..household(1, "Xã A", Class::Poor) })
            .chain([household(2, "Xã B", Class::NearPoor)])
            .collect();
        let found = pools(&rows, Class::Poor);
        let counts: Vec<_> = found.iter().map(|pool| (pool.poor, pool.able, pool.labour_unknown)).collect();
        assert_eq!(counts, [(3, 2, 1), (0, 0, 0)]);
    }

    proptest! {
        #[test]
        fn quotas_add_up_exactly_and_are_within_one_of_the_exact_share(
            able in prop::collection::vec(0u64..500, 0..12), reduction in 0u64..3000
        ) {
            let pools: Vec<Pool> = able.iter().zip('A'..).map(|(&able, name)| pool(&format!("Xã {name}"), able)).collect();
            let found = quotas(reduction, pools.clone());
            prop_assert_eq!(found.rows.iter().map(|row| row.quota).sum::<u64>() + found.unplaced, reduction);
            let sum: u64 = able.iter().sum();
            prop_assert!(found.unplaced == reduction.saturating_sub(sum));
            for row in &found.rows {
                prop_assert!(row.quota <= row.pool.able);
                let exact = (reduction - found.unplaced) * row.pool.able;
                prop_assert!(row.quota * sum < exact + sum && exact < (row.quota + 1) * sum || sum == 0);
            }
            prop_assert_eq!(quotas(reduction, pools.into_iter().rev().collect()), found);
        }

        // More households to bring out may well mean fewer for one commune (the paradox of largest remainders); within
        // one sharing, who has more never gets less.
        #[test]
        fn a_commune_with_more_households_that_can_work_never_has_a_smaller_quota(
            able in prop::collection::vec(0u64..500, 1..12), reduction in 0u64..3000
        ) {
            let pools = able.iter().zip('A'..).map(|(&able, name)| pool(&format!("Xã {name}"), able)).collect();
            let found = quotas(reduction, pools);
            for a in &found.rows {
                for b in &found.rows {
                    prop_assert!(a.pool.able <= b.pool.able || a.quota >= b.quota, "{:?} {:?}", a, b);
                    prop_assert!(a.pool.able != b.pool.able || a.quota.abs_diff(b.quota) <= 1);
                }
            }
        }
    }
}
