//! The assignment from outside: laws that need no oracle, and an independent exact method on units of middle size.
//!
//! The independent method knows no network simplex, no packing and no shared nodes: it starts from any plan and cancels
//! negative cycles, with costs that depend on the plan at hand, until there are none.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;
use thoatngheo::domain::assignment::explain::{level_prices, suggest, why_not};
use thoatngheo::domain::assignment::{
    Assignment, Helper, Infeasible, Level, Link, NotAllowed, Refusal, Scope, Settings, Target, Unit, VillageIndex, Way, assign,
    assign_by, assign_near,
};

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (n as u64)).unwrap()
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn small(&mut self, n: usize) -> u32 {
        u32::try_from(self.below(n)).unwrap()
    }
}

/// Settings by which pairs in force stay wherever hard rules let them.
fn continuity_first() -> Settings {
    let settings = Settings::default();
    let others = settings.order.iter().copied().filter(|&level| level != Level::Continuity);
    Settings { order: std::iter::once(Level::Continuity).chain(others).collect(), ..settings }
}

/// How many pairs of a plan another one has too.
fn kept(plan: &Assignment, other: &Assignment) -> usize {
    plan.links().iter().filter(|link| other.links().contains(link)).count()
}

/// A unit of invented people: villages with a people of their own, half of the members bound to villages, caps if `tight`.
fn unit(seed: u64, members: usize, households: usize, tight: bool) -> Unit {
    let mut dice = Dice(seed);
    let villages = 1 + dice.below(5);
    let mut unit = Unit::default();
    for i in 0..members {
        let village = VillageIndex(dice.small(villages));
        let other = VillageIndex(dice.small(villages));
        unit.members.push(Helper {
            key: format!("member {i:03}"),
            scope: if dice.percent(50) { Scope::WholeCommune } else { Scope::Villages(vec![village, other]) },
            own_villages: if dice.percent(50) { vec![village] } else { vec![village, other] },
            people: (!dice.percent(10)).then(|| u16::try_from(dice.below(3)).unwrap()),
            languages: if dice.percent(15) { vec![7] } else { Vec::new() },
            cap: (tight && dice.percent(40)).then(|| 1 + dice.small(3)),
        });
    }
    for i in 0..households {
        unit.households.push(Target {
            key: format!("household {i:03}"),
            village: VillageIndex(dice.small(villages)),
            poor: dice.percent(60),
            people: (!dice.percent(10)).then(|| u16::try_from(dice.below(3)).unwrap()),
            languages: if dice.percent(15) { vec![7] } else { Vec::new() },
        });
    }
    let mut links = |n: usize| -> Vec<Link> {
        (0..n).map(|_| Link { member: dice.below(members), household: dice.below(households) }).collect()
    };
    unit.previous = links(members.max(households) / 2);
    unit.own_households = links(members / 8);
    unit.exclusions = links(members / 10);
    let wished = links(if tight { members / 6 } else { 0 });
    unit.pins = wished.into_iter().filter(|&link| why_not(&unit, link) == Ok(None)).collect();
    unit
}

/// The plan as pairs of keys.
fn by_key(unit: &Unit, plan: &Assignment) -> BTreeSet<(String, String)> {
    let key = |link: Link| (unit.members[link.member].key.clone(), unit.households[link.household].key.clone());
    plan.links().into_iter().map(key).collect()
}

fn shuffled<T: Clone>(rows: &[T], dice: &mut Dice) -> (Vec<T>, Vec<usize>) {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, dice.below(i + 1));
    }
    let mut place = vec![0; rows.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    (order.iter().map(|&old| rows[old].clone()).collect(), place)
}

fn solved(unit: &Unit, settings: &Settings) -> Option<Assignment> {
    match assign(unit, settings) {
        Ok(plan) => {
            assert!(plan.optimal, "not proved: {plan:?}");
            Some(plan)
        }
        Err(Refusal::Infeasible(_)) => None,
        Err(other) => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_rows_does_not_matter(seed: u64, members in 1_usize..60, households in 1_usize..90, tight: bool) {
        let unit = unit(seed, members, households, tight);
        let mut dice = Dice(seed ^ 99);
        let (rows, member_at) = shuffled(&unit.members, &mut dice);
        let (targets, household_at) = shuffled(&unit.households, &mut dice);
        let moved = |links: &[Link], dice: &mut Dice| {
            let links: Vec<Link> = links
                .iter()
                .map(|l| Link { member: member_at[l.member], household: household_at[l.household] })
                .collect();
            shuffled(&links, dice).0
        };
        let other = Unit {
            members: rows,
            households: targets,
            previous: moved(&unit.previous, &mut dice),
            pins: moved(&unit.pins, &mut dice),
            exclusions: moved(&unit.exclusions, &mut dice),
            own_households: moved(&unit.own_households, &mut dice),
        };
        for way in [Way::Automatic, Way::Hubs, Way::Aggregated] {
            let one = assign_by(&unit, &Settings::default(), way);
            let two = assign_by(&other, &Settings::default(), way);
            match (one, two) {
                (Ok(one), Ok(two)) => prop_assert_eq!(by_key(&unit, &one), by_key(&other, &two)),
                (one, two) => prop_assert!(one.is_err() && two.is_err()),
            }
        }
    }

    #[test]
    fn last_years_pairs_that_are_an_optimum_are_kept_whole(seed: u64, members in 1_usize..60, households in 1_usize..90) {
        let mut unit = unit(seed, members, households, seed % 2 == 0);
        if let Some(plan) = solved(&unit, &Settings::default()) {
            unit.previous = plan.links();
            for way in [Way::Automatic, Way::Hubs, Way::Aggregated] {
                let again = assign_by(&unit, &Settings::default(), way).unwrap();
                prop_assert_eq!(plan.links(), again.links());
                prop_assert_eq!(usize::try_from(again.value(Level::Continuity)), Ok(plan.pairs.len()));
            }
            let none = solved(&unit, &Settings { max_changes: Some(0), ..Settings::default() }).unwrap();
            prop_assert_eq!(plan.links(), none.links());
        }
    }

    #[test]
    fn a_plan_at_hand_decides_ties_and_nothing_else(seed: u64, members in 1_usize..40, households in 1_usize..60) {
        let mut unit = unit(seed, members, households, seed % 2 == 0);
        if let Some(plan) = solved(&unit, &Settings::default()) {
            let near = assign_near(&unit, &Settings::default(), &plan.links()).unwrap();
            prop_assert_eq!(near.links(), plan.links());
            // One more excluded pair: as few others as possible change.
            if let Some(&gone) = plan.links().get(Dice(seed).below(plan.pairs.len().max(1))) {
                unit.exclusions.push(gone);
                unit.pins.retain(|&pin| pin != gone);
            }
            if let Some(far) = solved(&unit, &Settings::default()) {
                let near = assign_near(&unit, &Settings::default(), &plan.links()).unwrap();
                prop_assert!(near.optimal);
                prop_assert_eq!(&near.objective, &far.objective);
                prop_assert!(kept(&plan, &near) >= kept(&plan, &far));
            }
        }
    }

    #[test]
    fn ruling_out_unused_pairs_and_capping_at_present_loads_change_no_level(
        seed: u64, members in 2_usize..60, households in 2_usize..90,
    ) {
        let mut unit = unit(seed, members, households, seed % 2 == 0);
        if let Some(plan) = solved(&unit, &Settings::default()) {
            let mut dice = Dice(seed ^ 5);
            let used: BTreeSet<Link> = plan.links().into_iter().collect();
            for _ in 0..10 {
                let link = Link { member: dice.below(members), household: dice.below(households) };
                if !used.contains(&link) {
                    unit.exclusions.push(link);
                }
            }
            prop_assert_eq!(&solved(&unit, &Settings::default()).unwrap().objective, &plan.objective);
            for (m, member) in unit.members.iter_mut().enumerate() {
                let load = used.iter().filter(|link| link.member == m).count();
                if load > 0 {
                    member.cap = Some(u32::try_from(load).unwrap());
                }
            }
            let capped = solved(&unit, &Settings::default()).unwrap();
            prop_assert_eq!(&capped.objective, &plan.objective);
            let most = u32::try_from(plan.value(Level::MaxLoad)).unwrap();
            let capped = solved(&unit, &Settings { cap: Some(most.max(1)), ..Settings::default() }).unwrap();
            prop_assert_eq!(&capped.objective, &plan.objective);
        }
    }

    #[test]
    fn two_copies_of_a_commune_have_twice_the_vector(seed: u64, members in 1_usize..40, households in 1_usize..60) {
        let mut one = unit(seed, members, households, seed % 2 == 0);
        let everywhere: Vec<VillageIndex> = (0..9).map(VillageIndex).collect();
        for member in &mut one.members {
            if member.scope == Scope::WholeCommune {
                member.scope = Scope::Villages(everywhere.clone());
            }
        }
        let far = |village: &mut VillageIndex| village.0 += 100;
        let mut two = one.clone();
        let mut copy = one.clone();
        for member in &mut copy.members {
            member.key.push('b');
            member.own_villages.iter_mut().for_each(far);
            if let Scope::Villages(villages) = &mut member.scope {
                villages.iter_mut().for_each(far);
            }
        }
        for household in &mut copy.households {
            household.key.push('b');
            far(&mut household.village);
        }
        two.members.extend(copy.members);
        two.households.extend(copy.households);
        for list in [&mut two.previous, &mut two.pins, &mut two.exclusions, &mut two.own_households] {
            let moved: Vec<Link> = list
                .iter()
                .map(|l| Link { member: l.member + members, household: l.household + households })
                .collect();
            list.extend(moved);
        }
        if let Some(single) = solved(&one, &Settings::default()) {
            let double = solved(&two, &Settings::default()).unwrap();
            for (&(level, a), &(_, b)) in single.objective.iter().zip(&double.objective) {
                prop_assert_eq!(if level == Level::MaxLoad { a } else { 2 * a }, b);
            }
        }
    }

    #[test]
    fn a_shortage_says_exactly_how_much_room_is_missing(seed: u64, members in 1_usize..20, households in 5_usize..60) {
        let mut unit = unit(seed, members, households, true);
        unit.pins.clear();
        for member in &mut unit.members {
            member.cap = Some(member.cap.unwrap_or(1));
        }
        for way in [Way::Explicit, Way::Hubs, Way::Aggregated] {
            if let Err(Refusal::Infeasible(Infeasible::Shortage(shortages))) = assign_by(&unit, &Settings::default(), way) {
                let short: u64 = shortages.iter().map(|s| s.short).sum();
                prop_assert!(short > 0);
                for shortage in &shortages {
                    let households: usize = shortage.villages.iter().map(|v| v.households.len()).sum();
                    prop_assert_eq!(shortage.needed, households as u64);
                    prop_assert_eq!(shortage.needed, shortage.room + shortage.outside + shortage.short);
                    prop_assert_eq!(shortage.outside, 0);
                    // Nobody else may help these households.
                    let group: BTreeSet<usize> = shortage.members.iter().copied().collect();
                    for village in &shortage.villages {
                        for &household in &village.households {
                            prop_assert_eq!(unit.households[household].village, village.village);
                            for member in (0..members).filter(|m| !group.contains(m)) {
                                let link = Link { member, household };
                                prop_assert!(why_not(&unit, link).unwrap().is_some());
                            }
                        }
                    }
                }
                let with = |extra: u64| {
                    let mut more = unit.clone();
                    more.members.extend((0..extra).map(|i| Helper {
                        key: format!("one more {i}"),
                        scope: Scope::WholeCommune,
                        own_villages: Vec::new(),
                        people: None,
                        languages: Vec::new(),
                        cap: Some(1),
                    }));
                    // Households nobody could help so far stay out of the count.
                    let left_out: Vec<usize> = (0..households)
                        .filter(|&household| (0..members).all(|member| why_not(&unit, Link { member, household }) != Ok(None)))
                        .collect();
                    let new = members..more.members.len();
                    more.exclusions.extend(new.flat_map(|member| {
                        left_out.iter().map(move |&household| Link { member, household })
                    }));
                    assign(&more, &Settings::default()).is_ok()
                };
                prop_assert!(with(short));
                prop_assert!(!with(short - 1));
            }
        }
    }

    #[test]
    fn a_departure_ends_only_the_pairs_of_the_one_who_left(seed: u64, members in 2_usize..40, households in 1_usize..60) {
        let mut unit = unit(seed, members, households, false);
        unit.exclusions.clear();
        if let Some(plan) = solved(&unit, &Settings::default()) {
            let gone = Dice(seed ^ 3).below(members);
            unit.members[gone].scope = Scope::Villages(Vec::new());
            unit.previous = plan.links();
            let after = assign(&unit, &continuity_first()).unwrap();
            prop_assert!(after.optimal);
            let stays = |link: &Link| after.links().contains(link);
            prop_assert!(plan.links().iter().all(|link| stays(link) != (link.member == gone)));
        }
    }
}

#[test]
fn an_independent_method_finds_the_same_vector_on_units_of_middle_size() {
    let mut refused = 0;
    for seed in 0..15 {
        let mut dice = Dice(seed);
        let (members, households) = (10 + dice.below(25), 10 + dice.below(35));
        let unit = unit(seed * 31 + 1, members, households, seed % 3 == 0);
        let min_helpers = 1 + u32::from(seed % 5 == 0);
        let settings = Settings { min_helpers, ..Settings::default() };
        let known = cycles::best(&unit, &settings);
        for way in [Way::Explicit, Way::Hubs, Way::Aggregated] {
            match (assign_by(&unit, &settings, way), &known) {
                (Ok(plan), Some(known)) => {
                    assert!(plan.optimal);
                    let vector: Vec<i64> = plan.objective.iter().skip(1).map(|(_, value)| *value).collect();
                    assert_eq!(&vector, known, "{way:?}, seed {seed}");
                }
                (Err(Refusal::Infeasible(_)), None) => refused += 1,
                (found, known) => panic!("{found:?} but {known:?}"),
            }
        }
    }
    assert!(refused < 20, "the units are too tight to tell anything");
}

#[test]
fn people_who_cannot_take_part_are_named_with_the_reason_and_do_not_stop_the_others() {
    use thoatngheo::domain::assignment::{Idle, Reason, Uncovered};
    let member = |key: &str, scope: Scope| Helper {
        key: key.to_owned(),
        scope,
        own_villages: vec![VillageIndex(1)],
        people: Some(1),
        languages: Vec::new(),
        cap: None,
    };
    let village = |n: u32| Scope::Villages(vec![VillageIndex(n)]);
    let household = |key: &str, village: u32| Target {
        key: key.to_owned(),
        village: VillageIndex(village),
        poor: true,
        people: Some(1),
        languages: Vec::new(),
    };
    let mut unit = Unit {
        members: vec![member("far", village(9)), member("own", village(2)), member("able", village(1))],
        households: vec![household("near", 1), household("lone", 2), household("lost", 3)],
        own_households: vec![Link { member: 1, household: 1 }],
        ..Unit::default()
    };
    let plan = assign(&unit, &Settings::default()).unwrap();
    assert_eq!(plan.idle, [(0, Idle::NoHouseholdInReach), (1, Idle::OnlyForbidden)]);
    assert_eq!(plan.uncovered, [(1, Uncovered::OnlyForbidden), (2, Uncovered::NoMemberInReach)]);
    assert_eq!(plan.links(), [Link { member: 2, household: 0 }]);
    let reasons = [Reason::SameVillage, Reason::SamePeople, Reason::OnlyHelper, Reason::OnlyHousehold];
    assert_eq!(plan.pairs[0].reasons, reasons);

    unit.pins = vec![Link { member: 1, household: 1 }, Link { member: 0, household: 0 }];
    let refusal = assign(&unit, &Settings::default());
    let wrong = vec![
        (Link { member: 0, household: 0 }, NotAllowed::OutOfReach),
        (Link { member: 1, household: 1 }, NotAllowed::OwnHousehold),
    ];
    assert_eq!(refusal, Err(Refusal::Infeasible(Infeasible::PinNotAllowed(wrong))));
    unit.pins.clear();
    unit.members[2].cap = Some(0);
    let plan = assign(&unit, &Settings::default()).unwrap();
    assert!(plan.pairs.is_empty() && plan.optimal);
    assert!(plan.idle.contains(&(2, Idle::CapIsZero)));
}

#[test]
fn an_empty_unit_has_an_empty_plan_and_a_wrong_one_is_refused() {
    let plan = assign(&Unit::default(), &Settings::default()).unwrap();
    assert!(plan.pairs.is_empty() && plan.optimal);
    let twice = Unit { members: vec![unit(1, 1, 1, false).members[0].clone(); 2], ..Unit::default() };
    assert!(matches!(assign(&twice, &Settings::default()), Err(Refusal::Input(_))));
    let mut settings = Settings::default();
    settings.order.swap_remove(0);
    assert!(matches!(assign(&Unit::default(), &settings), Err(Refusal::Input(_))));
    assert!(matches!(assign(&Unit::default(), &Settings { cap: Some(0), ..Settings::default() }), Err(Refusal::Input(_))));
}

#[test]
fn suggestions_are_ranked_by_what_they_add_and_prices_never_gain_on_the_level_itself() {
    let unit = unit(77, 20, 30, false);
    let plan = solved(&unit, &Settings::default()).unwrap();
    let suggestions = suggest(&unit, &Settings::default(), &plan.links(), 3).unwrap();
    assert!(!suggestions.is_empty());
    assert!(suggestions.windows(2).all(|w| w[0].load <= w[1].load));
    assert!(suggestions.iter().all(|s| !plan.links().contains(&Link { member: s.member, household: 3 })));
    for price in level_prices(&unit, &Settings::default()).unwrap() {
        let own = price.without.iter().find(|(level, _)| *level == price.level).unwrap().1;
        assert!(if price.level.more_is_better() { own <= 0 } else { own >= 0 }, "{price:?}");
    }
}

/// Cancelling negative cycles.
mod cycles {
    use super::*;

    /// A part for loads above the caps, then the levels from `sum_sq_load` on, those to be most negative.
    type Cost = [i64; 8];

    fn only(part: usize, amount: i64) -> Cost {
        let mut cost = [0; 8];
        cost[part] = amount;
        cost
    }

    fn plus(a: Cost, b: Cost) -> Cost {
        std::array::from_fn(|i| a[i] + b[i])
    }

    fn minus(a: Cost) -> Cost {
        a.map(|part| -part)
    }

    struct State<'a> {
        unit: &'a Unit,
        settings: &'a Settings,
        allowed: Vec<Vec<bool>>,
        held: Vec<Vec<bool>>,
    }

    impl State<'_> {
        fn load(&self, m: usize) -> i64 {
            i64::try_from(self.held[m].iter().filter(|&&held| held).count()).unwrap()
        }

        fn poor(&self, m: usize) -> i64 {
            let poor = (0..self.unit.households.len()).filter(|&h| self.held[m][h] && self.unit.households[h].poor);
            i64::try_from(poor.count()).unwrap()
        }

        fn cover(&self, h: usize) -> i64 {
            i64::try_from(self.held.iter().filter(|row| row[h]).count()).unwrap()
        }

        fn need(&self, h: usize) -> i64 {
            let most = self.allowed.iter().filter(|row| row[h]).count();
            i64::try_from(most.min(self.settings.min_helpers as usize)).unwrap()
        }

        fn pair(&self, m: usize, h: usize) -> Cost {
            let (member, household) = (&self.unit.members[m], &self.unit.households[h]);
            let continued = self.unit.previous.contains(&Link { member: m, household: h });
            let village = member.own_villages.contains(&household.village);
            let people = member.people.is_some() && member.people == household.people;
            let language = member.languages.iter().any(|l| household.languages.contains(l));
            [0, 0, 0, 0, -i64::from(continued), -i64::from(village), 0, -i64::from(people || language)]
        }

        fn over(&self, m: usize, load: i64) -> i64 {
            self.unit.members[m].cap.map_or(0, |cap| (load - i64::from(cap)).max(0))
        }

        /// The cost of a step between two of: bank 0, member 1 + m, poor side, household; None when there is no step.
        fn steps(&self) -> Vec<(usize, usize, Cost)> {
            let (members, households) = (self.held.len(), self.unit.households.len());
            let mut steps = Vec::new();
            for m in 0..members {
                let (node, poor_node) = (1 + m, 1 + members + m);
                if !self.allowed[m].contains(&true) {
                    continue;
                }
                let (load, poor) = (self.load(m), self.poor(m));
                let more = plus(only(1, 2 * load + 1), only(0, self.over(m, load + 1) - self.over(m, load)));
                steps.push((0, node, more));
                if load > 1 {
                    let less = plus(only(1, 1 - 2 * load), only(0, self.over(m, load - 1) - self.over(m, load)));
                    steps.push((node, 0, less));
                }
                steps.push((node, poor_node, only(6, 2 * poor + 1)));
                if poor > 0 {
                    steps.push((poor_node, node, only(6, 1 - 2 * poor)));
                }
                for h in 0..households {
                    let from = if self.unit.households[h].poor { poor_node } else { node };
                    let to = 1 + 2 * members + h;
                    let pinned = self.unit.pins.contains(&Link { member: m, household: h });
                    if self.held[m][h] && !pinned {
                        steps.push((to, from, minus(self.pair(m, h))));
                    } else if !self.held[m][h] && self.allowed[m][h] {
                        steps.push((from, to, self.pair(m, h)));
                    }
                }
            }
            for h in 0..households {
                let (node, cover) = (1 + 2 * members + h, self.cover(h));
                let near = i64::from(!self.unit.households[h].poor);
                steps.push((node, 0, plus(only(2, 2 * cover + 1), only(3, near))));
                if cover > self.need(h) {
                    steps.push((0, node, plus(only(2, 1 - 2 * cover), only(3, -near))));
                }
            }
            steps
        }

        /// Finds a negative cycle (Bellman and Ford) and moves one unit around it.
        fn improve(&mut self) -> bool {
            let (members, households) = (self.held.len(), self.unit.households.len());
            let nodes = 1 + 2 * members + households;
            let steps = self.steps();
            let mut distance = vec![[0; 8]; nodes];
            let mut before: Vec<Option<usize>> = vec![None; nodes];
            let mut last = None;
            for _ in 0..=nodes {
                last = None;
                for &(from, to, cost) in &steps {
                    let reached = plus(distance[from], cost);
                    if reached < distance[to] {
                        distance[to] = reached;
                        before[to] = Some(from);
                        last = Some(to);
                    }
                }
                if last.is_none() {
                    return false;
                }
            }
            let mut node = last.unwrap();
            for _ in 0..nodes {
                node = before[node].unwrap();
            }
            let start = node;
            loop {
                let from = before[node].unwrap();
                let member = |n: usize| if n > members { n - 1 - members } else { n - 1 };
                let is_household = |n: usize| n > 2 * members;
                if is_household(node) && from > 0 {
                    self.held[member(from)][node - 1 - 2 * members] = true;
                } else if is_household(from) && node > 0 {
                    self.held[member(node)][from - 1 - 2 * members] = false;
                }
                node = from;
                if node == start {
                    return true;
                }
            }
        }
    }

    /// The best vector from `sum_sq_load` on, in the default order; None when the caps leave no plan.
    pub(super) fn best(unit: &Unit, settings: &Settings) -> Option<Vec<i64>> {
        let (members, households) = (unit.members.len(), unit.households.len());
        let allowed: Vec<Vec<bool>> = (0..members)
            .map(|member| (0..households).map(|household| why_not(unit, Link { member, household }) == Ok(None)).collect())
            .collect();
        let mut state = State { unit, settings, held: vec![vec![false; households]; members], allowed };
        for pin in &unit.pins {
            state.held[pin.member][pin.household] = true;
        }
        for m in 0..members {
            if state.load(m) == 0
                && let Some(h) = state.allowed[m].iter().position(|&ok| ok)
            {
                state.held[m][h] = true;
            }
        }
        for h in 0..households {
            for m in 0..members {
                if state.cover(h) < state.need(h) && state.allowed[m][h] {
                    state.held[m][h] = true;
                }
            }
        }
        while state.improve() {}
        if (0..members).any(|m| state.over(m, state.load(m)) > 0) {
            return None;
        }
        let mut vector = vec![0; 7];
        for m in 0..members {
            vector[0] += state.load(m).pow(2);
            vector[5] += state.poor(m).pow(2);
            for h in (0..households).filter(|&h| state.held[m][h]) {
                let cost = state.pair(m, h);
                vector[3] -= cost[4];
                vector[4] -= cost[5];
                vector[6] -= cost[7];
            }
        }
        for h in (0..households).filter(|&h| state.allowed.iter().any(|row| row[h])) {
            vector[1] += state.cover(h).pow(2);
            vector[2] += if unit.households[h].poor { 0 } else { state.cover(h) - 1 };
        }
        Some(vector)
    }
}
