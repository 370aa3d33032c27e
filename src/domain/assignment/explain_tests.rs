//! What is answered about a plan, held against solving and counting again.

use std::collections::BTreeSet;

use super::explain::{Subject, alternatives_by, forbidden};
use super::tests::{Dice, WAYS, allowed, better, judge, links, random_settings, random_unit, reaches, usable};
use super::*;

fn some_subject(dice: &mut Dice, unit: &Unit) -> Subject {
    if dice.one_in(2) {
        Subject::Member(dice.index(unit.members.len()))
    } else {
        Subject::Household(dice.index(unit.households.len()))
    }
}

fn subject_has(subject: Subject, link: Link) -> bool {
    match subject {
        Subject::Member(member) => link.member == member,
        Subject::Household(household) => link.household == household,
    }
}

fn every_pair(unit: &Unit) -> impl Iterator<Item = Link> {
    let households = unit.households.len();
    (0..unit.members.len()).flat_map(move |member| (0..households).map(move |household| Link { member, household }))
}

#[test]
fn alternatives_are_those_that_solving_for_every_candidate_finds_best() {
    let mut dice = Dice(31);
    for _ in 0..150 {
        let tight = dice.one_in(3);
        let unit = random_unit(&mut dice, 9, 9, tight);
        let settings = Settings { min_helpers: 1, ..random_settings(&mut dice, tight) };
        let Ok(now) = assign(&unit, &settings) else { continue };
        let subject = some_subject(&mut dice, &unit);
        let way = WAYS[dice.index(3)];
        let few = alternatives_by(&unit, &settings, subject, 2, way).unwrap();
        let all = alternatives_by(&unit, &settings, subject, usize::MAX, way).unwrap();
        let own = all.iter().filter(|a| a.in_plan).count();
        // What is said to be in the plan is in it; of several best plans this way of modelling finds one.
        let plan: BTreeSet<Link> = links(&assign_by(&unit, &settings, way).unwrap()).into_iter().collect();
        for a in &all {
            let link = Link { member: a.member, household: a.household };
            assert_eq!(a.in_plan, plan.contains(&link), "{a:?} {way:?} {unit:#?} {settings:?}");
        }
        // None that is allowed is left out, and a member with a cap of nothing is nobody's helper.
        let expected: BTreeSet<Link> =
            every_pair(&unit).filter(|link| subject_has(subject, *link) && usable(&unit, &settings, *link)).collect();
        let answered: BTreeSet<Link> = all.iter().map(|a| Link { member: a.member, household: a.household }).collect();
        assert_eq!((answered.len(), &answered), (all.len(), &expected), "{unit:#?} {settings:?}");
        assert!(alternatives_by(&unit, &settings, subject, 0, way).unwrap().iter().all(|a| a.in_plan));
        let key = |a: &explain::Alternative| {
            a.change.as_ref().map(|change| {
                let carried = change.iter().filter(|(level, _)| *level != Level::MaxLoad);
                carried.map(|&(level, by)| if level.more_is_better() { -by } else { by }).collect::<Vec<_>>()
            })
        };
        assert_eq!(few.len(), all.len().min(own + 2));
        assert!(few.iter().zip(&all).all(|(a, b)| key(a) == key(b)), "{few:?} {all:?}");
        assert!(all[own..].windows(2).all(|w| key(&w[1]).is_none() || key(&w[0]) <= key(&w[1])));
        for alternative in &all {
            let link = Link { member: alternative.member, household: alternative.household };
            if unit.pins.contains(&link) {
                continue;
            }
            // The decision taken, and all solved again without the help of the plan at hand.
            let mut decided = unit.clone();
            if alternative.in_plan {
                decided.exclusions.push(link)
            } else {
                decided.pins.push(link)
            }
            let left_out = |plan: &Assignment| plan.idle.len() + plan.uncovered.len();
            let then = assign(&decided, &settings).ok().filter(|plan| left_out(plan) <= left_out(&now));
            let change = |plan: Assignment| -> Vec<(Level, i64)> {
                plan.objective.iter().zip(&now.objective).map(|(after, before)| (after.0, after.1 - before.1)).collect()
            };
            if settings.max_changes.is_none() {
                assert_eq!(alternative.change, then.map(change), "{alternative:?}");
            }
            let bad = alternative
                .change
                .as_ref()
                .is_some_and(|change| better(change, &change.iter().map(|&(level, _)| (level, 0)).collect::<Vec<_>>()));
            assert!(!bad, "a decision made the optimum better: {alternative:?}");
        }
    }
}

#[test]
fn a_forbidden_pair_is_one_in_reach_that_a_rule_takes_away() {
    let mut dice = Dice(53);
    let mut told = 0;
    for _ in 0..300 {
        let unit = random_unit(&mut dice, 6, 6, true);
        let subject = some_subject(&mut dice, &unit);
        let taken_away = every_pair(&unit).filter(|link| reaches(&unit, *link) && !allowed(&unit, *link));
        let expected: Vec<(Link, NotAllowed)> = taken_away
            .filter(|link| subject_has(subject, *link))
            .map(|link| (link, if unit.own_households.contains(&link) { NotAllowed::OwnHousehold } else { NotAllowed::Excluded }))
            .collect();
        assert_eq!(forbidden(&unit, subject).unwrap(), expected, "{unit:#?}");
        told += expected.len();
    }
    assert!(told > 100, "{told}");
}

#[test]
fn every_level_has_a_price_but_the_first_that_is_implied_and_the_last() {
    let unit = random_unit(&mut Dice(5), 6, 9, false);
    let settings = Settings { min_helpers: 1, ..Settings::default() };
    let priced: Vec<Level> = explain::level_prices(&unit, &settings).unwrap().iter().map(|price| price.level).collect();
    let expected = settings.order.iter().copied().filter(|level| *level != Level::MaxLoad);
    assert_eq!(priced, expected.take(settings.order.len() - 2).collect::<Vec<_>>());
    // A price is what the others gain where the level gives way to all of them.
    let mut dice = Dice(59);
    let mut dear = 0;
    for _ in 0..60 {
        let unit = random_unit(&mut dice, 7, 7, false);
        let settings = Settings { min_helpers: 1, ..random_settings(&mut dice, false) };
        let Ok(now) = assign(&unit, &settings) else { continue };
        for price in explain::level_prices(&unit, &settings).unwrap() {
            let mut order = settings.order.clone();
            order.sort_by_key(|level| *level == price.level);
            let other = assign(&unit, &Settings { order, ..settings.clone() }).unwrap();
            let value = |of: &Assignment, level| of.objective.iter().find(|(l, _)| *l == level).unwrap().1;
            let expected: Vec<(Level, i64)> =
                settings.order.iter().map(|&level| (level, value(&other, level) - value(&now, level))).collect();
            dear += usize::from(expected.iter().any(|(_, by)| *by != 0));
            assert_eq!(price.without, expected, "{:?}", price.level);
        }
    }
    assert!(dear > 30, "{dear}");
}

#[test]
fn who_is_suggested_changes_each_level_by_what_counting_again_finds() {
    let mut dice = Dice(77);
    let mut suggested = 0;
    for _ in 0..200 {
        let tight = dice.one_in(3);
        let unit = random_unit(&mut dice, 7, 7, tight);
        let settings = Settings { max_changes: None, ..random_settings(&mut dice, tight) };
        let Ok(plan) = assign(&unit, &settings) else { continue };
        let pairs = links(&plan);
        let Some(now) = judge(&unit, &settings, &pairs) else { panic!("a plan keeps the rules: {plan:?}") };
        for household in 0..unit.households.len() {
            let found = explain::suggest(&unit, &settings, &pairs, household).unwrap();
            let more = |member| [pairs.as_slice(), &[Link { member, household }]].concat();
            for one in &found {
                let then = judge(&unit, &settings, &more(one.member)).unwrap();
                let change: Vec<_> = then.iter().zip(&now).map(|(after, before)| (after.0, after.1 - before.1)).collect();
                assert_eq!(one.change, change, "{one:?}");
            }
            assert!(found.windows(2).all(|pair| !better(&pair[1].change, &pair[0].change)), "best first: {found:?}");
            // Nobody who could help too is left out.
            let could = (0..unit.members.len()).filter(|&member| {
                !pairs.contains(&Link { member, household }) && judge(&unit, &settings, &more(member)).is_some()
            });
            let mut members: Vec<usize> = found.iter().map(|one| one.member).collect();
            members.sort_unstable();
            assert_eq!(members, could.collect::<Vec<_>>());
            suggested += found.len();
            // The first helper of a near-poor household is no extra one.
            let others: Vec<Link> = pairs.iter().copied().filter(|pair| pair.household != household).collect();
            for one in explain::suggest(&unit, &settings, &others, household).unwrap() {
                assert!(one.change.contains(&(Level::NearExtra, 0)), "{one:?}");
            }
        }
    }
    assert!(suggested > 500, "{suggested}");
}
