//! Linking two years of invented households.

use std::sync::Arc;

use proptest::prelude::*;

use super::super::invented;
use super::*;
use crate::domain::household::{Class, Sex};

/// A household without a citizen number.
fn unnumbered(key: &str, head: &str, birth: Option<i16>) -> Household {
    Household {
        key: Key::Made(key.to_owned()),
        head: Arc::from(head),
        birth: birth.map(Birth::Year),
        ..invented::household(1, "Xã A", Class::Poor)
    }
}

fn numbered(serial: u32, head: &str, birth: Option<i16>) -> Household {
    Household { key: invented::citizen(serial), ..unnumbered("", head, birth) }
}

fn rules(linkage: &Linkage<'_>) -> Vec<Rule> {
    linkage.links.iter().map(|link| link.by).collect()
}

#[test]
fn a_citizen_number_links_whatever_else_changed() {
    let (a, b) = (numbered(1, "Y Bang", Some(1970)), numbered(1, "Y Bang Liêng", Some(1971)));
    let linkage = link([&a], [&b], &[]);
    assert_eq!(rules(&linkage), [Rule::Citizen]);
    assert!(linkage.unsure.is_empty());
}

#[test]
fn two_citizen_numbers_are_two_households_whatever_their_names() {
    let (a, b) = (numbered(1, "Y Bang", Some(1970)), numbered(2, "Y Bang", Some(1970)));
    let linkage = link([&a], [&b], &[]);
    assert_eq!((linkage.links.len(), linkage.gone.len(), linkage.arrived.len(), linkage.unsure.len()), (0, 1, 1, 0));
}

#[test]
fn without_a_number_name_birth_and_village_link() {
    let (a, b) = (numbered(1, "Y  BANG", Some(1970)), unnumbered("x", "Y Bang", Some(1970)));
    assert_eq!(rules(&link([&a], [&b], &[])), [Rule::NameBirthVillage]);
    let exact = Household { birth: Some(Birth::Day(jiff::civil::date(1970, 5, 1))), ..b.clone() };
    assert_eq!(rules(&link([&a], [&exact], &[])), [Rule::NameBirthVillage], "as far as both are exact");
    let elsewhere = Household { place: invented::household(1, "Xã B", Class::Poor).place, ..b };
    assert!(link([&a], [&elsewhere], &[]).links.is_empty());
}

#[test]
fn name_and_village_link_one_with_one_only() {
    let (a, b) = (unnumbered("a", "Y Bang", None), unnumbered("b", "Y Bang", Some(1970)));
    assert_eq!(rules(&link([&a], [&b], &[])), [Rule::NameVillage]);
    let second = unnumbered("c", "Y Bang", Some(1980));
    let linkage = link([&a], [&b, &second], &[]);
    assert!(linkage.links.is_empty(), "two candidates are never guessed");
    assert_eq!((linkage.unsure.len(), linkage.unsure[0].candidates.len()), (1, 2));
}

#[test]
fn a_namesake_of_another_birth_is_listed_with_what_differs() {
    let (a, b) = (unnumbered("a", "Y Bang", Some(1970)), unnumbered("b", "Y Bang", Some(1990)));
    let linkage = link([&a], [&b], &[]);
    assert!(linkage.links.is_empty());
    assert_eq!(linkage.unsure[0].candidates[0].1, [Field::Birth]);
    let woman = Household { sex: Some(Sex::Female), birth: a.birth, ..b };
    let man = Household { sex: Some(Sex::Male), ..a };
    let linkage = link([&man], [&woman], &[]);
    assert_eq!(linkage.unsure[0].candidates[0].1, [Field::Sex]);
}

#[test]
fn two_numbers_of_one_name_day_of_birth_and_village_may_be_a_slip() {
    let born = |day| Some(Birth::Day(jiff::civil::date(1970, 2, day)));
    let of = |number, day| Household { birth: born(day), ..numbered(number, "Y Bang", None) };
    let (a, b) = (of(1, 1), of(10, 1));
    let linkage = link([&a], [&b], &[]);
    assert_eq!((linkage.links.len(), linkage.gone.len(), linkage.arrived.len()), (0, 1, 1), "only a person knows");
    assert_eq!((linkage.unsure.len(), &linkage.unsure[0].candidates[0].1), (1, &vec![Field::Citizen]));
    assert!(link([&a], [&of(10, 2)], &[]).unsure.is_empty(), "born on another day");
    let decided = Decision { earlier: a.key.clone(), later: b.key.clone(), same: false };
    assert!(link([&a], [&b], &[decided]).unsure.is_empty());
}

#[test]
fn a_household_without_a_number_that_fits_nothing_is_unsure_on_either_side() {
    let (a, b) = (unnumbered("a", "Y Bang", None), unnumbered("b", "H Rina", None));
    let linkage = link([&a], [&b], &[]);
    assert_eq!(linkage.unsure.len(), 2);
    assert!(linkage.unsure.iter().all(|unsure| unsure.candidates.is_empty()));
    assert_eq!((linkage.gone.len(), linkage.arrived.len()), (1, 1), "until a person decides they are counted so");
}

#[test]
fn a_birth_that_is_told_leaves_the_other_for_the_weaker_rule() {
    let earlier = [unnumbered("a", "Y Bang", Some(1970)), unnumbered("b", "Y Bang", None)];
    let later = [unnumbered("c", "Y Bang", Some(1970)), unnumbered("d", "Y Bang", Some(1985))];
    assert_eq!(rules(&link(&earlier, &later, &[])), [Rule::NameBirthVillage, Rule::NameVillage]);
}

#[test]
fn a_person_decides_before_every_rule() {
    let (a, b, c) = (numbered(1, "Y Bang", None), numbered(1, "Y Bang", None), numbered(2, "Y Khác", None));
    let decide = |later: &Household, same| Decision { earlier: a.key.clone(), later: later.key.clone(), same };
    let linkage = link([&a], [&b, &c], &[decide(&c, true)]);
    assert_eq!((rules(&linkage), &linkage.links[0].later.key), (vec![Rule::Correction], &c.key));
    assert!(link([&a], [&b], &[decide(&b, false)]).links.is_empty());
    let (d, e) = (unnumbered("d", "Y Bang", None), unnumbered("e", "Y Bang", None));
    let other = Decision { earlier: d.key.clone(), later: e.key.clone(), same: false };
    let linkage = link([&d], [&e], &[other]);
    assert_eq!((linkage.links.len(), linkage.unsure.len()), (0, 0), "what a person decided is in no doubt");
    let linkage = link([&a], [&b], &[decide(&c, true)]);
    assert_eq!((rules(&linkage), linkage.unused.len()), (vec![Rule::Citizen], 1));
}

#[test]
fn decisions_that_cannot_all_hold_are_told_and_none_is_applied() {
    let (a, b) = (numbered(1, "Y Bang", None), numbered(2, "Y Hai", None));
    let (c, d) = (numbered(3, "Y Bang", None), numbered(4, "Y Hai", None));
    let decide =
        |earlier: &Household, later: &Household, same| Decision { earlier: earlier.key.clone(), later: later.key.clone(), same };
    for (one, other) in [
        // One household of the earlier year is two, two are one, and two are one and are not.
        (decide(&a, &c, true), decide(&a, &d, true)),
        (decide(&a, &c, true), decide(&b, &c, true)),
        (decide(&a, &c, true), decide(&a, &c, false)),
    ] {
        for given in [[one.clone(), other.clone()], [other.clone(), one.clone()]] {
            let linkage = link([&a, &b], [&c, &d], &given);
            let mut told: Vec<Decision> = linkage.contradictions.iter().map(|(one, _)| one.clone()).collect();
            told.sort();
            let mut both = given.to_vec();
            both.sort();
            assert_eq!((told, linkage.links.len(), linkage.unused.len()), (both, 0, 0));
        }
    }
    let sound = [decide(&a, &c, true), decide(&a, &d, false), decide(&b, &d, true)];
    let linkage = link([&a, &b], [&c, &d], &sound);
    assert_eq!((linkage.links.len(), linkage.contradictions.len()), (2, 0));
    // What is said of a household that is not there contradicts nothing.
    let linkage = link([&a], [&c], &[decide(&a, &c, true), decide(&a, &d, true)]);
    assert_eq!((linkage.links.len(), linkage.contradictions.len(), linkage.unused.len()), (1, 0, 1));
}

prop_compose! {
    fn year()(rows in prop::collection::vec((0u32..12, any::<bool>(), 0usize..3, prop::option::of(1970i16..1973)), 0..12)) -> Vec<Household> {
        let mut seen = BTreeSet::new();
        rows.into_iter().enumerate().filter_map(|(row, (serial, has_number, name, birth))| {
            let name = ["Y Bang", "H Rina", "Y Thơn"][name];
            if has_number {
                seen.insert(serial).then(|| numbered(serial, name, birth))
            } else {
                Some(unnumbered(&format!("key {row}"), name, birth))
            }
        }).collect()
    }
}

proptest! {
    #[test]
    fn every_household_is_linked_once_or_alone_in_its_year(earlier in year(), later in year()) {
        let linkage = link(&earlier, &later, &[]);
        prop_assert_eq!(linkage.links.len() + linkage.gone.len(), earlier.len());
        prop_assert_eq!(linkage.links.len() + linkage.arrived.len(), later.len());
        let used: BTreeSet<&Key> = linkage.links.iter().map(|link| &link.later.key).collect();
        prop_assert_eq!(used.len(), linkage.links.len());
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_the_past_links_like_the_future(earlier in year(), later in year()) {
        let keys = |linkage: &Linkage<'_>, turned: bool| -> BTreeSet<(Key, Key)> {
            let pair = |link: &Link<'_>| (link.earlier.key.clone(), link.later.key.clone());
            linkage.links.iter().map(pair).map(|(a, b)| if turned { (b, a) } else { (a, b) }).collect()
        };
        let forwards = link(&earlier, &later, &[]);
        let shuffled = link(earlier.iter().rev(), later.iter().rev(), &[]);
        prop_assert_eq!(keys(&forwards, false), keys(&shuffled, false));
        prop_assert_eq!(forwards.unsure.len(), shuffled.unsure.len());
        prop_assert_eq!(keys(&forwards, false), keys(&link(&later, &earlier, &[]), true));
    }
}

#[test]
fn births_are_one_as_far_as_both_are_exact() {
    let day = |day| Birth::Day(jiff::civil::date(1970, 3, day));
    let month = |month| Birth::Month { year: 1970, month };
    for (a, b, one) in [
        (day(5), day(5), true),
        (day(5), day(6), false),
        (day(5), month(3), true),
        (day(5), month(4), false),
        (month(3), month(3), true),
        (month(3), month(4), false),
        (month(3), Birth::Year(1970), true),
        (day(5), Birth::Year(1971), false),
    ] {
        assert_eq!((a.agrees(b), b.agrees(a)), (one, one), "{a:?} {b:?}");
    }
}

#[test]
fn a_pair_that_is_parted_leaves_the_others_as_they_are() {
    let (a, b) = (numbered(1, "Y Bang", None), numbered(2, "Y Khăm", None));
    let parted = Decision { earlier: a.key.clone(), later: a.key.clone(), same: false };
    let linkage = link([&a, &b], [&a, &b], &[parted]);
    assert_eq!(linkage.links.iter().map(|link| &link.later.key).collect::<Vec<_>>(), [&b.key]);
}
