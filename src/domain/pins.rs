//! What a person decided about pairs and no plan can hold: a pin that is forgotten in silence is a household without the help
//! that was promised, and an exclusion of nobody excludes nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::household::Household;
use super::ids::Key;
use super::plan::{Basis, Excluded, PreviousPair, Problems};

/// Why a decision has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Without {
    /// No member of the roster has the key.
    NoMember,
    /// No household of the survey has the key.
    NoHousehold,
    /// The household is neither poor nor near-poor.
    NotTarget,
    /// The member is out of the helpers.
    MemberOut(Excluded),
    /// The two are in different communes, or in different parts of a twinned organisation.
    OtherCommune,
}

impl Without {
    /// The word of scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoMember => "no_member",
            Self::NoHousehold => "no_household",
            Self::NotTarget => "not_poor",
            Self::MemberOut(why) => why.word(),
            Self::OtherCommune => "other_commune",
        }
    }
}

/// A decision without effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The pair that it is about.
    pub pair: PreviousPair,
    /// A pin; else an exclusion.
    pub pin: bool,
    /// Why.
    pub why: Without,
    /// The only key of the lists that differs from the one that nobody has by one character.
    pub nearest: Option<Key>,
}

impl Idle {
    /// Whether a person has to mend it before there is a plan: one digit is mistyped, or the two can never meet. That a household
    /// left poverty, that a member no longer helps, and that somebody is not in the lists at hand come with time or with part
    /// of the lists; they are said, and the rest is done.
    #[must_use]
    pub fn is_mistake(&self) -> bool {
        match self.why {
            Without::NoMember | Without::NoHousehold => self.nearest.is_some(),
            Without::OtherCommune => true,
            Without::NotTarget => false,
            Without::MemberOut(why) => matches!(why, Excluded::NoVillage | Excluded::OutsidePool),
        }
    }
}

/// The decisions that no plan of these problems can hold. An exclusion of two who cannot meet anyway holds.
#[must_use]
pub fn idle(basis: &Basis<'_>, problems: &Problems) -> Vec<Idle> {
    if basis.pins.is_empty() && basis.exclusions.is_empty() {
        return Vec::new();
    }
    let members: BTreeSet<&Key> = basis.members.iter().map(|member| &member.key).collect();
    let households: BTreeMap<&Key, &Household> = basis.households.iter().map(|household| (&household.key, *household)).collect();
    let out: BTreeMap<&Key, Excluded> = problems.excluded.iter().map(|(at, why)| (&basis.members[*at].key, *why)).collect();
    let mut helps_in: BTreeMap<&Key, usize> = BTreeMap::new();
    let mut lives_in: BTreeMap<&Key, usize> = BTreeMap::new();
    for (commune, problem) in problems.communes.iter().enumerate() {
        helps_in.extend(problem.members.iter().map(|&at| (&basis.members[at].key, commune)));
        lives_in.extend(problem.households.iter().map(|&at| (&basis.households[at].key, commune)));
    }
    let of = |pair: &PreviousPair, pin: bool| {
        let unknown = |why, key: &Key, known: &mut dyn Iterator<Item = &Key>| Some((why, only_near(key, known)));
        let (why, nearest) = if !members.contains(&pair.member) {
            unknown(Without::NoMember, &pair.member, &mut members.iter().copied())?
        } else if !households.contains_key(&pair.household) {
            unknown(Without::NoHousehold, &pair.household, &mut households.keys().copied())?
        } else if !pin {
            return None;
        } else if let Some(why) = out.get(&pair.member) {
            (Without::MemberOut(*why), None)
        } else if households.get(&pair.household).is_some_and(|household| !household.class.is_target()) {
            (Without::NotTarget, None)
        } else if helps_in.get(&pair.member) != lives_in.get(&pair.household) {
            (Without::OtherCommune, None)
        } else {
            return None;
        };
        Some(Idle { pair: pair.clone(), pin, why, nearest })
    };
    let pins = basis.pins.iter().filter_map(|pair| of(pair, true));
    pins.chain(basis.exclusions.iter().filter_map(|pair| of(pair, false))).collect()
}

/// The only one of some keys that one changed character tells from a key.
fn only_near(key: &Key, known: &mut dyn Iterator<Item = &Key>) -> Option<Key> {
    let text = key.to_string();
    let near = |other: &&Key| {
        let other = other.to_string();
        other.chars().count() == text.chars().count() && other.chars().zip(text.chars()).filter(|(a, b)| a != b).count() == 1
    };
    let mut near = known.filter(near);
    near.next().filter(|_| near.next().is_none()).cloned()
}

#[cfg(test)]
mod tests {
    use super::super::household::Class;
    use super::super::invented::{basis, citizen, household, member};
    use super::super::member::{Member, Standing};
    use super::super::plan::problems;
    use super::*;

    #[test]
    fn a_decision_that_nobody_can_hold_is_told_with_its_cause() {
        let gone = Standing::Departed { since: None };
        let members = [member(1, true), Member { standing: gone, ..member(2, true) }, member(3, false)];
        let home = members[0].organisation.committee_of().unwrap().name().to_owned();
        let households =
            [household(101, &home, Class::Poor), household(102, &home, Class::Other), household(103, "Xã Khác", Class::Poor)];
        let of_year: Vec<&Household> = households.iter().collect();
        let pair = |member: u32, household: u32| PreviousPair { member: citizen(member), household: citizen(household) };
        let pins = [pair(1, 101), pair(1, 102), pair(1, 103), pair(2, 101), pair(3, 101), pair(9, 101), pair(1, 999)];
        let exclusions = [pair(1, 103), pair(9, 101)];
        let basis = Basis { pins: &pins, exclusions: &exclusions, ..basis(&of_year, &members) };
        let found: Vec<(bool, &str, bool)> =
            idle(&basis, &problems(&basis)).iter().map(|idle| (idle.pin, idle.why.word(), idle.is_mistake())).collect();
        let expected = [
            (true, "not_poor", false),
            (true, "other_commune", true),
            (true, "departed", false),
            (true, "no_village", true),
            (true, "no_member", false),
            (true, "no_household", false),
            (false, "no_member", false),
        ];
        assert_eq!(found, expected, "who cannot meet need not be kept apart");
    }

    #[test]
    fn one_mistyped_digit_is_recognised_where_it_fits_one_only() {
        let keys = [citizen(1), citizen(2)];
        let typed = Key::Made(format!("{}x", &keys[0].to_string()[..11]));
        let near = only_near(&typed, &mut keys.iter());
        assert_eq!(near, None, "both differ from it by one character");
        assert_eq!(only_near(&typed, &mut keys[..1].iter()), Some(citizen(1)));
        let longer = Key::Made(format!("{}1", keys[0]));
        assert_eq!(only_near(&longer, &mut keys[..1].iter()), None, "a digit too many is no changed one");
        assert_eq!(only_near(&citizen(999_998), &mut keys[..1].iter()), None);
    }

    #[test]
    fn exclusions_alone_and_pins_alone_are_looked_at() {
        let (members, households) = ([member(1, true)], [household(101, "Xã A", Class::Poor)]);
        let of_year: Vec<&Household> = households.iter().collect();
        let stray = [PreviousPair { member: citizen(9), household: citizen(101) }];
        let of = |pins, exclusions| {
            let basis = Basis { pins, exclusions, ..basis(&of_year, &members) };
            idle(&basis, &problems(&basis)).len()
        };
        assert_eq!([of(&stray, &[]), of(&[], &stray), of(&[], &[])], [1, 1, 0]);
    }
}
