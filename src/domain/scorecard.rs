//! The scorecard: organisations, cells and members with what they pledged, gave and achieved, as a basis for judging
//! them at the end of the year (Resolution 14-NQ/HU).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::charge::Charge;
use super::household::Class;
use super::ids::Key;
use super::movement::Move;
use super::organisation::Organisation;
use super::pledges::{GivingCounts, MemberGiving};

/// A pair of the assignment by keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AssignedPair {
    /// The member.
    pub member: Key,
    /// The household.
    pub household: Key,
}

/// What rows of the scorecard are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreBy {
    /// A row an organisation.
    Organisation,
    /// A row a cell.
    Cell,
    /// A row a member.
    Member,
}

impl ScoreBy {
    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Cell => "cell",
            Self::Member => "member",
        }
    }
}

/// Whom a row judges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoreOf {
    /// An organisation.
    Organisation(Organisation),
    /// A cell of an organisation; `None` holds the members whose cell is not told.
    Cell(Organisation, Option<Arc<str>>),
    /// A member, within the organisation, by key.
    Member(Organisation, Key, Arc<str>),
}

/// A row of the scorecard. What rests on a list that is not there is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoreRow {
    /// Whom the row judges.
    pub of: ScoreOf,
    /// Members, taking part, minimum, pledged and delivered.
    pub giving: GivingCounts,
    /// Eligible members with at least one household.
    pub assigned: Option<u64>,
    /// Households helped by them; one that two of them help counts once.
    pub households: Option<u64>,
    /// The households of which the two below are counted: those helped, or those in the organisation's charge
    /// ([`ScoreRow::by_place`]).
    pub followed: Option<u64>,
    /// Those among them that were poor and no longer are.
    pub left_poverty: Option<u64>,
    /// Those among them that were near-poor and are above the line now.
    pub left_near_poverty: Option<u64>,
}

impl ScoreRow {
    /// The row with what left in the places of the organisation, where no list tells who helped whom. An organisation
    /// without a place, and a member, have no such figure.
    #[must_use]
    pub fn by_place(self, charge: Option<&Charge>) -> Self {
        Self {
            followed: charge.map(|charge| charge.households),
            left_poverty: charge.map(|charge| charge.left_poverty),
            left_near_poverty: charge.map(|charge| charge.left_near_poverty),
            ..self
        }
    }
}

/// Households that left a class between two surveys, under the key of either year.
#[derive(Clone, Debug, Default)]
struct Leavers<'a> {
    poverty: BTreeMap<&'a Key, &'a Key>,
    near_poverty: BTreeMap<&'a Key, &'a Key>,
}

impl<'a> Leavers<'a> {
    fn of(moves: &[Move<'a>]) -> Self {
        let mut leavers = Self::default();
        for one in moves {
            let (Some(earlier), Some(later)) = (one.earlier, one.later) else { continue };
            let left = match (earlier.class, later.class) {
                (Class::Poor, Class::NearPoor | Class::Other) => &mut leavers.poverty,
                (Class::NearPoor, Class::Other) => &mut leavers.near_poverty,
                (Class::Poor, Class::Poor) | (Class::NearPoor, Class::Poor | Class::NearPoor) | (Class::Other, _) => continue,
            };
            left.insert(&earlier.key, &earlier.key);
            left.insert(&later.key, &earlier.key);
        }
        leavers
    }
}

/// The rows of one grouping. `pairs` is the assignment and `moves` the movement from its survey to the next one; without
/// them the columns that rest on them are `None`.
#[must_use]
pub fn scorecard(
    members: &[MemberGiving<'_>],
    pairs: Option<&[AssignedPair]>,
    moves: Option<&[Move<'_>]>,
    by: ScoreBy,
) -> Vec<ScoreRow> {
    let mut helped: BTreeMap<&Key, BTreeSet<&Key>> = BTreeMap::new();
    for pair in pairs.unwrap_or_default() {
        helped.entry(&pair.member).or_default().insert(&pair.household);
    }
    let leavers = moves.map(Leavers::of);
    let mut groups: BTreeMap<ScoreOf, Vec<&MemberGiving<'_>>> = BTreeMap::new();
    for giving in members {
        let member = giving.member;
        let organisation = member.organisation.clone();
        let of = match by {
            ScoreBy::Organisation => ScoreOf::Organisation(organisation),
            ScoreBy::Cell => ScoreOf::Cell(organisation, member.cell.as_ref().map(|cell| Arc::clone(&cell.name))),
            ScoreBy::Member => ScoreOf::Member(organisation, member.key.clone(), Arc::clone(&member.name)),
        };
        groups.entry(of).or_default().push(giving);
    }
    let row = |(of, members): (ScoreOf, Vec<&MemberGiving<'_>>)| {
        let keys = members.iter().filter_map(|giving| helped.get(&giving.member.key));
        let households: BTreeSet<&Key> = keys.flatten().copied().collect();
        let assigned = members.iter().filter(|giving| giving.is_eligible() && helped.contains_key(&giving.member.key)).count();
        let left = |pick: fn(&Leavers<'_>, &BTreeSet<&Key>) -> usize| {
            let leavers = leavers.as_ref().filter(|_| pairs.is_some())?;
            u64::try_from(pick(leavers, &households)).ok()
        };
        ScoreRow {
            of,
            giving: GivingCounts::of(members.iter().copied()),
            assigned: pairs.and_then(|_| u64::try_from(assigned).ok()),
            households: pairs.and_then(|_| u64::try_from(households.len()).ok()),
            followed: pairs.and_then(|_| u64::try_from(households.len()).ok()),
            left_poverty: left(|leavers, keys| among(&leavers.poverty, keys)),
            left_near_poverty: left(|leavers, keys| among(&leavers.near_poverty, keys)),
        }
    };
    groups.into_iter().map(row).collect()
}

/// How many leavers are among these households; one that is named under the keys of both years counts once.
fn among(leavers: &BTreeMap<&Key, &Key>, households: &BTreeSet<&Key>) -> usize {
    households.iter().filter_map(|key| leavers.get(key)).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::super::invented::{amounts, citizen, household, member};
    use super::*;
    use crate::domain::duty::DutyRules;
    use crate::domain::household::Household;
    use crate::domain::linkage::link;
    use crate::domain::member::{Member, Standing};
    use crate::domain::movement::moves;
    use crate::domain::pledges::of_members;
    use crate::domain::survey::Roster;
    use proptest::prelude::*;

    fn roster() -> Roster {
        let exempt = Member { standing: Standing::Exempt { since: None }, ..member(3, true) };
        let paying = Member { pledged: Some(amounts(2, 0, 0, None).into()), ..member(1, true) };
        Roster { members: vec![paying, member(2, true), exempt, member(4, false)], ..Roster::default() }
    }

    fn pair(member: u32, household: u32) -> AssignedPair {
        AssignedPair { member: citizen(member), household: citizen(household) }
    }

    #[test]
    fn an_organisation_counts_each_household_once() {
        let roster = roster();
        let members = of_members(&roster, jiff::civil::date(2022, 12, 31), &DutyRules::default(), None);
        let earlier = [(100, Class::Poor), (101, Class::Poor), (102, Class::NearPoor)]
            .map(|(serial, class)| household(serial, "Xã A", class));
        let later = [(100, Class::NearPoor), (101, Class::Poor), (102, Class::Other)]
            .map(|(serial, class)| household(serial, "Xã A", class));
        let linkage = link(&earlier, &later, &[]);
        let pairs = [pair(1, 100), pair(2, 100), pair(1, 101), pair(2, 102)];
        let rows = scorecard(&members, Some(&pairs), Some(&moves(&linkage)), ScoreBy::Organisation);
        let numbers =
            |row: &ScoreRow| (row.giving.eligible, row.assigned, row.households, row.left_poverty, row.left_near_poverty);
        let shown: Vec<_> = rows.iter().map(numbers).collect();
        assert_eq!(shown, [(2, Some(2), Some(3), Some(1), Some(1)), (1, Some(0), Some(0), Some(0), Some(0))]);
        assert_eq!((rows[0].giving.members, rows[0].giving.meeting_minimum), (3, 1));
        let charge = Charge { households: 9, left_poverty: 4, left_near_poverty: 2 };
        let placed = rows[0].clone().by_place(Some(&charge));
        assert_eq!((placed.followed, placed.left_poverty, placed.left_near_poverty), (Some(9), Some(4), Some(2)));
        assert_eq!((placed.households, placed.clone().by_place(None).followed), (Some(3), None));
        let by_member = scorecard(&members, Some(&pairs), Some(&moves(&linkage)), ScoreBy::Member);
        assert_eq!(by_member.iter().map(|row| row.households).collect::<Vec<_>>(), [Some(2), Some(2), Some(0), Some(0)]);
        assert_eq!(by_member.iter().map(|row| row.left_poverty).collect::<Vec<_>>(), [Some(1), Some(1), Some(0), Some(0)]);
    }

    #[test]
    fn what_rests_on_a_missing_list_is_unknown() {
        let roster = roster();
        let members = of_members(&roster, jiff::civil::date(2022, 12, 31), &DutyRules::default(), None);
        let rows = scorecard(&members, None, None, ScoreBy::Cell);
        assert!(rows.iter().all(|row| (row.assigned, row.households, row.left_poverty) == (None, None, None)));
        let rows = scorecard(&members, Some(&[pair(1, 100)]), None, ScoreBy::Cell);
        assert_eq!((rows[0].households, rows[0].left_poverty), (Some(1), None));
    }

    proptest! {
        #[test]
        fn members_add_up_and_the_order_of_pairs_does_not_matter(
            given in prop::collection::vec((1u32..5, 100u32..106), 0..20), classes in prop::collection::vec(0usize..3, 12)
        ) {
            let roster = roster();
            let members = of_members(&roster, jiff::civil::date(2022, 12, 31), &DutyRules::default(), None);
            let year = |classes: &[usize]| -> Vec<Household> {
                (100u32..).zip(classes).map(|(serial, &class)| household(serial, "Xã A", Class::ALL[class])).collect()
            };
            let (earlier, later) = (year(&classes[..6]), year(&classes[6..]));
            let linkage = link(&earlier, &later, &[]);
            let moves = moves(&linkage);
            let mut pairs: Vec<AssignedPair> = given.iter().map(|&(member, household)| pair(member, household)).collect();
            let rows = scorecard(&members, Some(&pairs), Some(&moves), ScoreBy::Organisation);
            let single = scorecard(&members, Some(&pairs), Some(&moves), ScoreBy::Member);
            let sum = |rows: &[ScoreRow], of: fn(&ScoreRow) -> u64| rows.iter().map(of).sum::<u64>();
            prop_assert_eq!(sum(&rows, |row| row.giving.members), sum(&single, |row| row.giving.members));
            prop_assert_eq!(sum(&rows, |row| row.assigned.unwrap()), sum(&single, |row| row.assigned.unwrap()));
            prop_assert!(sum(&rows, |row| row.households.unwrap()) <= sum(&single, |row| row.households.unwrap()));
            prop_assert!(rows.iter().all(|row| row.left_poverty.unwrap() + row.left_near_poverty.unwrap() <= row.households.unwrap()));
            pairs.reverse();
            prop_assert_eq!(scorecard(&members, Some(&pairs), Some(&moves), ScoreBy::Organisation), rows);
        }
    }
}
