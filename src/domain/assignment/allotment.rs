//! The members of one organisation that is twinned with villages in several communes, allotted to those communes.
//!
//! A member helps in one commune only. The organisation's members are shared out in proportion to the poor and near-poor
//! households of its twinned villages in each commune, by the largest remainder, ties by commune code. Members with a pin
//! are in its commune, because a pin is in every plan. Members with a living pair from last year stay in that pair's commune while its share lasts; the others follow in the
//! order of their keys (citizen number, then roster key), communes being filled in the order of their codes.

/// A commune in which the organisation has twinned villages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinnedCommune {
    /// The code of the commune; unique.
    pub code: String,
    /// Poor and near-poor households in the twinned villages.
    pub households: u64,
}

/// A member of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwinnedMember {
    /// The stable key: citizen number, then roster key.
    pub key: String,
    /// The communes (positions) of the member's pins, one entry per pin.
    pub pinned: Vec<usize>,
    /// The communes (positions) of the member's pairs of last year that are still alive, one entry per pair.
    pub last_year: Vec<usize>,
}

/// Members per commune, in the order given. All zero when there are no households.
#[must_use]
pub fn shares(communes: &[TwinnedCommune], members: usize) -> Vec<usize> {
    let total: u128 = communes.iter().map(|commune| u128::from(commune.households)).sum();
    if total == 0 {
        return vec![0; communes.len()];
    }
    // Fewer than 2^64 members times fewer than 2^64 households fit.
    let members_wide = u128::try_from(members).unwrap_or(0);
    let exact = |commune: &TwinnedCommune| members_wide * u128::from(commune.households);
    let mut shares: Vec<usize> =
        communes.iter().map(|commune| usize::try_from(exact(commune) / total).unwrap_or(members)).collect();
    let mut by_remainder: Vec<usize> = (0..communes.len()).collect();
    by_remainder.sort_by(|&a, &b| {
        let remainder = |at: usize| exact(&communes[at]) % total;
        remainder(b).cmp(&remainder(a)).then_with(|| communes[a].code.cmp(&communes[b].code))
    });
    let left = members - shares.iter().sum::<usize>();
    for &at in by_remainder.iter().take(left) {
        shares[at] += 1;
    }
    shares
}

/// The commune (position) of each member, in the order given; None when no twinned village has a household. With `settled`
/// those with living pairs stay where these are, whatever the shares say.
#[must_use]
pub fn allot(communes: &[TwinnedCommune], members: &[TwinnedMember], settled: bool) -> Vec<Option<usize>> {
    let mut room = shares(communes, members.len());
    let mut by_code: Vec<usize> = (0..communes.len()).collect();
    by_code.sort_by(|&a, &b| communes[a].code.cmp(&communes[b].code));
    let mut by_key: Vec<usize> = (0..members.len()).collect();
    by_key.sort_by(|&a, &b| members[a].key.cmp(&members[b].key));
    let mut place = vec![None; members.len()];
    // Of several communes the one with most pairs, then the one whose code comes first.
    let wished = |pairs: &[usize]| -> Vec<usize> {
        let pairs_in = |commune: usize| pairs.iter().filter(|&&at| at == commune).count();
        let mut wished: Vec<usize> = by_code.iter().copied().filter(|&commune| pairs_in(commune) > 0).collect();
        wished.sort_by_key(|&commune| std::cmp::Reverse(pairs_in(commune)));
        wished
    };
    for &member in &by_key {
        let fixed = wished(&members[member].pinned).first().copied();
        let settles = || wished(&members[member].last_year).first().copied().filter(|_| settled);
        if let Some(commune) = fixed.or_else(settles) {
            // Whoever has to be there beyond the share takes the place of one elsewhere.
            if room[commune] > 0 {
                room[commune] -= 1;
            } else if let Some(&most) = by_code.iter().max_by_key(|&&at| room[at]).filter(|&&most| room[most] > 0) {
                room[most] -= 1;
            }
            place[member] = Some(commune);
        }
    }
    for &member in &by_key {
        if place[member].is_some() {
            continue;
        }
        if let Some(commune) = wished(&members[member].last_year).into_iter().find(|&commune| room[commune] > 0) {
            room[commune] -= 1;
            place[member] = Some(commune);
        }
    }
    for &member in &by_key {
        if place[member].is_none()
            && let Some(&commune) = by_code.iter().find(|&&commune| room[commune] > 0)
        {
            room[commune] -= 1;
            place[member] = Some(commune);
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn commune(code: &str, households: u64) -> TwinnedCommune {
        TwinnedCommune { code: code.to_owned(), households }
    }

    fn member(key: &str, last_year: &[usize]) -> TwinnedMember {
        TwinnedMember { key: key.to_owned(), pinned: Vec::new(), last_year: last_year.to_vec() }
    }

    #[test]
    fn shares_follow_the_largest_remainder_and_ties_the_commune_code() {
        // 7 members over 10, 10 and 10 households: a third of a member is left in each.
        let even = [commune("24610", 10), commune("24580", 10), commune("24592", 10)];
        assert_eq!(shares(&even, 7), [2, 3, 2]);
        // 5 over 6, 3, 1: 3.0, 1.5, 0.5; the tie of the halves goes to the smaller code.
        let uneven = [commune("a", 6), commune("c", 3), commune("b", 1)];
        assert_eq!(shares(&uneven, 5), [3, 1, 1]);
    }

    #[test]
    fn members_stay_with_last_years_commune_while_its_share_lasts() {
        let communes = [commune("a", 1), commune("b", 1)];
        let members = [member("3", &[1]), member("1", &[]), member("2", &[1]), member("4", &[1, 1, 0])];
        // Two places each: keys 2 and 3 stay in b, key 4 finds b full and has a pair in a as well, key 1 follows.
        assert_eq!(allot(&communes, &members, false), [Some(1), Some(0), Some(1), Some(0)]);
    }

    #[test]
    fn a_pin_beyond_the_share_takes_one_place_of_the_commune_with_most() {
        let communes = [commune("a", 1), commune("b", 2), commune("c", 1)];
        let pinned = |key: &str| TwinnedMember { pinned: vec![0], ..member(key, &[]) };
        let members = [pinned("1"), pinned("2"), member("3", &[]), member("4", &[])];
        assert_eq!(shares(&communes, members.len()), [1, 2, 1]);
        // The second pin takes one of the two places in b, so that the last member goes to c.
        assert_eq!(allot(&communes, &members, false), [Some(0), Some(0), Some(1), Some(2)]);
        let members = [pinned("1"), pinned("2"), pinned("3"), pinned("4"), pinned("5"), member("6", &[])];
        assert_eq!(shares(&communes, members.len()), [2, 3, 1]);
        // Three pins too many take two places in b and then, of b and c with one each, that of the commune whose code is last.
        assert_eq!(allot(&communes, &members, false)[5], Some(1));
    }

    #[test]
    fn a_pin_goes_before_shares_and_where_somebody_asks_nobody_else_is_moved() {
        let communes = [commune("a", 1), commune("b", 1)];
        let pinned = TwinnedMember { pinned: vec![1], ..member("1", &[0]) };
        let members = [pinned.clone(), TwinnedMember { key: "2".to_owned(), ..pinned }, member("3", &[]), member("4", &[1])];
        // Both places in b are taken by pins.
        assert_eq!(allot(&communes, &members, false), [Some(1), Some(1), Some(0), Some(0)]);
        let members = [member("1", &[1]), member("2", &[1]), member("3", &[1])];
        assert_eq!(allot(&communes, &members, false), [Some(1), Some(0), Some(0)], "two of three for a, whose code comes first");
        assert_eq!(allot(&communes, &members, true), [Some(1), Some(1), Some(1)]);
    }

    #[test]
    fn without_households_nobody_is_allotted() {
        assert_eq!(allot(&[commune("a", 0)], &[member("1", &[0])], false), [None]);
        assert_eq!(allot(&[], &[member("1", &[])], false), [None]);
    }

    proptest! {
        #[test]
        fn every_member_has_a_place_each_share_is_the_mean_rounded_and_order_does_not_matter(
            households in prop::collection::vec(0_u64..50, 1..6),
            last_year in prop::collection::vec(prop::collection::vec(0_usize..6, 0..3), 0..20),
        ) {
            let communes: Vec<_> = households.iter().enumerate().map(|(i, &n)| commune(&format!("{i}"), n)).collect();
            let members: Vec<_> = last_year
                .iter()
                .enumerate()
                .map(|(i, pairs)| {
                    let known: Vec<usize> = pairs.iter().copied().filter(|&c| c < communes.len()).collect();
                    member(&format!("{i:03}"), &known)
                })
                .collect();
            let total: u64 = households.iter().sum();
            let places = allot(&communes, &members, false);
            let n = members.len() as u64;
            for (at, commune) in communes.iter().enumerate() {
                let got = places.iter().filter(|place| **place == Some(at)).count() as u64;
                if total > 0 {
                    prop_assert!(got * total + total > n * commune.households && got * total < n * commune.households + total);
                } else {
                    prop_assert_eq!(got, 0);
                }
            }
            let mut turned = members.clone();
            turned.reverse();
            let mut other = allot(&communes, &turned, false);
            other.reverse();
            prop_assert_eq!(places, other);
        }
    }
}
