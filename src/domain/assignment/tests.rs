//! The solver against all plans there are, on small random units, and its ways of modelling against each other.

use super::*;

/// A small count as a value of a level.
fn int(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}

/// A fixed sequence of numbers that look random.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// A number below `n`.
    pub(super) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    pub(super) fn index(&mut self, n: usize) -> usize {
        usize::try_from(self.below(n as u64)).unwrap()
    }

    pub(super) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn small(&mut self, n: u64) -> u32 {
        u32::try_from(self.below(n)).unwrap()
    }

    fn people(&mut self) -> Option<u16> {
        (!self.one_in(5)).then(|| u16::try_from(self.below(2)).unwrap())
    }

    fn languages(&mut self) -> Vec<u16> {
        (0..3).filter(|_| self.one_in(5)).collect()
    }

    fn villages(&mut self, of: u32) -> Vec<VillageIndex> {
        let some: Vec<VillageIndex> = (0..of).filter(|_| self.one_in(2)).map(VillageIndex).collect();
        if some.is_empty() { vec![VillageIndex(self.small(u64::from(of)))] } else { some }
    }
}

/// A random unit of at most so many members and households.
pub(super) fn random_unit(dice: &mut Dice, members: u64, households: u64, tight: bool) -> Unit {
    let villages = 1 + dice.small(3);
    let members: Vec<Helper> = (0..=dice.below(members))
        .map(|i| {
            let own_villages = dice.villages(villages);
            let scope = match dice.below(3) {
                0 => Scope::Villages(own_villages.clone()),
                1 => Scope::Villages(dice.villages(villages)),
                _ => Scope::WholeCommune,
            };
            let cap = (tight && dice.one_in(3)).then(|| dice.small(4));
            Helper { key: format!("m{i}"), scope, own_villages, people: dice.people(), languages: dice.languages(), cap }
        })
        .collect();
    let households: Vec<Target> = (0..=dice.below(households))
        .map(|i| Target {
            key: format!("h{i}"),
            village: VillageIndex(dice.small(u64::from(villages))),
            poor: dice.one_in(2),
            people: dice.people(),
            languages: dice.languages(),
        })
        .collect();
    let (m, h) = (members.len(), households.len());
    let links = |dice: &mut Dice, most: u64| -> Vec<Link> {
        (0..dice.below(most + 1)).map(|_| Link { member: dice.index(m), household: dice.index(h) }).collect()
    };
    let previous = links(dice, (m + h) as u64 / 2);
    let exclusions = links(dice, 2);
    let own_households = links(dice, 2);
    let mut unit = Unit { members, households, previous, pins: Vec::new(), exclusions, own_households };
    let pins = links(dice, if tight { 2 } else { 0 });
    unit.pins = pins.into_iter().filter(|&link| dice.one_in(12) || allowed(&unit, link)).collect();
    unit
}

pub(super) fn random_settings(dice: &mut Dice, tight: bool) -> Settings {
    let mut order = Level::ALL.to_vec();
    if dice.one_in(2) {
        for i in (1..order.len()).rev() {
            order.swap(i, dice.index(i + 1));
        }
    }
    Settings {
        cap: (tight && dice.one_in(3)).then(|| 1 + dice.small(3)),
        min_helpers: 1 + if dice.one_in(4) { dice.small(3) } else { 0 },
        order,
        max_changes: None,
    }
}

pub(super) fn reaches(unit: &Unit, link: Link) -> bool {
    let village = unit.households[link.household].village;
    match &unit.members[link.member].scope {
        Scope::WholeCommune => true,
        Scope::Villages(villages) => villages.contains(&village),
    }
}

pub(super) fn allowed(unit: &Unit, link: Link) -> bool {
    reaches(unit, link) && !unit.exclusions.contains(&link) && !unit.own_households.contains(&link)
}

fn cap_of(unit: &Unit, settings: &Settings, member: usize) -> Option<u32> {
    [settings.cap, unit.members[member].cap].into_iter().flatten().min()
}

/// Whether a pair may be in a plan: it is allowed, and the member is not capped at nothing.
pub(super) fn usable(unit: &Unit, settings: &Settings, link: Link) -> bool {
    allowed(unit, link) && cap_of(unit, settings, link.member) != Some(0)
}

/// The levels counted straight from the specification; None when a hard rule is broken.
pub(super) fn judge(unit: &Unit, settings: &Settings, pairs: &[Link]) -> Option<Vec<(Level, i64)>> {
    let cap_of = |m: usize| cap_of(unit, settings, m);
    let usable = |link: Link| usable(unit, settings, link);
    let all = |m, h| Link { member: m, household: h };
    let mut loads = Vec::new();
    let mut poor = Vec::new();
    for m in 0..unit.members.len() {
        let mine = pairs.iter().filter(|p| p.member == m);
        let load = mine.clone().count();
        let any = (0..unit.households.len()).any(|h| usable(all(m, h)));
        if (any && load == 0) || cap_of(m).is_some_and(|cap| load > cap as usize) {
            return None;
        }
        loads.push(int(load));
        poor.push(int(mine.filter(|p| unit.households[p.household].poor).count()));
    }
    let mut cover = Vec::new();
    let mut near_extra = 0;
    for h in 0..unit.households.len() {
        let helpers = pairs.iter().filter(|p| p.household == h).count();
        let most = (0..unit.members.len()).filter(|&m| usable(all(m, h))).count();
        if helpers < most.min(settings.min_helpers as usize) {
            return None;
        }
        cover.push(int(helpers));
        if !unit.households[h].poor && most > 0 {
            near_extra += int(helpers) - 1;
        }
    }
    if unit.pins.iter().any(|pin| !pairs.contains(pin)) || pairs.iter().any(|&p| !usable(p)) {
        return None;
    }
    let count = |holds: &dyn Fn(&Helper, &Target) -> bool| {
        int(pairs.iter().filter(|p| holds(&unit.members[p.member], &unit.households[p.household])).count())
    };
    let squares = |counts: &[i64]| counts.iter().map(|n| n * n).sum::<i64>();
    let value = |level: Level| match level {
        Level::MaxLoad => loads.iter().copied().max().unwrap_or(0),
        Level::SumSqLoad => squares(&loads),
        Level::SumSqCover => squares(&cover),
        Level::NearExtra => near_extra,
        Level::Continuity => int(pairs.iter().filter(|p| unit.previous.contains(p)).count()),
        Level::SameVillage => count(&|m, h| m.own_villages.contains(&h.village)),
        Level::SumSqPoor => squares(&poor),
        Level::SameEthnicity => {
            count(&|m, h| (m.people.is_some() && m.people == h.people) || m.languages.iter().any(|l| h.languages.contains(l)))
        }
    };
    let new_pairs = pairs.len() - pairs.iter().filter(|p| unit.previous.contains(p)).count();
    if settings.max_changes.is_some_and(|most| new_pairs > most as usize) {
        return None;
    }
    Some(settings.order.iter().map(|&level| (level, value(level))).collect())
}

pub(super) fn better(a: &[(Level, i64)], b: &[(Level, i64)]) -> bool {
    let key = |v: &[(Level, i64)]| -> Vec<i64> {
        v.iter().map(|(level, value)| if level.more_is_better() { -value } else { *value }).collect()
    };
    key(a) < key(b)
}

/// The best vector among all sets of allowed pairs.
fn by_trying_all(unit: &Unit, settings: &Settings) -> Option<Option<Vec<(Level, i64)>>> {
    let mut candidates = Vec::new();
    for member in 0..unit.members.len() {
        for household in 0..unit.households.len() {
            let link = Link { member, household };
            if allowed(unit, link) {
                candidates.push(link);
            }
        }
    }
    if candidates.len() > 11 {
        return None;
    }
    let mut best: Option<Vec<(Level, i64)>> = None;
    for chosen in 0_u32..1 << candidates.len() {
        let pairs: Vec<Link> = candidates.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == 1).map(|(_, &p)| p).collect();
        if let Some(vector) = judge(unit, settings, &pairs)
            && best.as_ref().is_none_or(|known| better(&vector, known))
        {
            best = Some(vector);
        }
    }
    Some(best)
}

pub(super) fn links(assignment: &Assignment) -> Vec<Link> {
    assignment.pairs.iter().map(|p| Link { member: p.member, household: p.household }).collect()
}

pub(super) const WAYS: [Way; 4] = [Way::Explicit, Way::Hubs, Way::Aggregated, Way::Automatic];

#[test]
fn small_units_equal_the_best_of_all_plans_in_every_way_of_modelling() {
    let mut dice = Dice(7);
    let (mut solved, mut infeasible) = (0, 0);
    while solved < 2_500 || infeasible < 100 {
        let tight = dice.one_in(2);
        let unit = random_unit(&mut dice, 5, 5, tight);
        let settings = random_settings(&mut dice, tight);
        let Some(best) = by_trying_all(&unit, &settings) else { continue };
        for way in WAYS {
            match (assign_by(&unit, &settings, way), &best) {
                (Ok(found), Some(best)) => {
                    assert_eq!(&found.objective, best, "{way:?} {unit:#?} {settings:?}");
                    assert!(found.optimal, "{way:?} {unit:#?} {settings:?}");
                    assert_eq!(judge(&unit, &settings, &links(&found)).as_ref(), Some(best));
                }
                (Err(Refusal::Infeasible(_)), None) => {}
                (found, best) => panic!("{way:?}: {found:?} but {best:?} for {unit:#?} {settings:?}"),
            }
        }
        if best.is_some() { solved += 1 } else { infeasible += 1 }
    }
}

#[test]
fn shared_nodes_and_aggregation_reach_the_same_vector_as_an_arc_for_each_pair() {
    let mut dice = Dice(11);
    for round in 0..150 {
        let tight = dice.one_in(3);
        let unit = random_unit(&mut dice, 30, 40, tight);
        let mut settings = random_settings(&mut dice, tight);
        if round % 3 != 0 {
            settings.order = Level::ALL.to_vec();
        }
        let known = assign_by(&unit, &settings, Way::Explicit);
        for way in [Way::Hubs, Way::Aggregated] {
            match (&known, assign_by(&unit, &settings, way)) {
                (Ok(known), Ok(found)) => {
                    assert_eq!(known.objective, found.objective, "{way:?} {unit:#?} {settings:?}");
                    assert!(known.optimal && found.optimal);
                    assert_eq!(judge(&unit, &settings, &links(&found)), Some(known.objective.clone()));
                }
                (Err(known), Err(found)) => assert_eq!(*known, found),
                (known, found) => panic!("{way:?}: {found:?} but {known:?}"),
            }
        }
    }
}

#[test]
fn a_bound_on_new_pairs_holds_and_a_plan_called_optimal_under_it_is_the_best() {
    let mut dice = Dice(23);
    let (mut bound, mut proved, mut worse, mut refused) = (0, 0, 0, 0);
    while bound < 800 {
        let tight = dice.one_in(3);
        let unit = random_unit(&mut dice, 5, 5, tight);
        let mut settings = random_settings(&mut dice, tight);
        // A bound that is felt: below what the best plan has without one.
        let Ok(free) = assign(&unit, &settings) else { continue };
        let new = links(&free).iter().filter(|pair| !unit.previous.contains(pair)).count();
        if new == 0 {
            continue;
        }
        settings.max_changes = Some(dice.small(new as u64));
        // Most such bounds leave no plan; a few of these are enough.
        if assign(&unit, &settings).is_err() && !dice.one_in(200) {
            continue;
        }
        let Some(best) = by_trying_all(&unit, &settings) else { continue };
        for way in WAYS {
            match (assign_by(&unit, &settings, way), &best) {
                (Ok(found), Some(best)) => {
                    assert!(judge(&unit, &settings, &links(&found)).is_some());
                    if found.optimal {
                        assert_eq!(&found.objective, best, "{way:?} {unit:#?} {settings:?}");
                    }
                    bound += 1;
                    proved += usize::from(found.optimal);
                    worse += usize::from(&found.objective != best);
                }
                (Err(Refusal::Infeasible(_)), None) => refused += 1,
                (found, best) => panic!("{way:?}: {found:?} but {best:?} for {unit:#?} {settings:?}"),
            }
        }
    }
    assert!(refused > 10 && proved > 80, "{refused} {proved}");
    // What no price proves is the best all the same, nearly always.
    assert!(worse * 12 < bound, "{worse} of {bound} are not the best");
}

#[test]
fn the_fewest_clashing_rules_are_found_without_trying_all_sets() {
    let mut dice = Dice(43);
    let mut found_fewer = 0;
    for _ in 0..1_200 {
        // Without exclusions and caps of none, which take households out, more rules never leave more plans: the search is exact.
        let mut unit = Unit { exclusions: Vec::new(), ..random_unit(&mut dice, 5, 5, true) };
        unit.members.iter_mut().for_each(|member| member.cap = member.cap.map(|cap| cap.max(1)));
        let settings = random_settings(&mut dice, true);
        let rules = clash::rules(&unit, &settings);
        let court = clash::Court { unit: &unit, settings: &settings };
        let judge = |set: &[clash::Rule]| court.judge(set).unwrap().is_some();
        if rules.len() > 10 || !judge(&rules) {
            continue;
        }
        let sets =
            (1_u32..1 << rules.len()).map(|set| (0..rules.len()).filter(|at| set >> at & 1 == 1).map(|at| rules[at]).collect());
        let fewest = sets.filter(|set: &Vec<clash::Rule>| judge(set)).map(|set| set.len()).min().unwrap();
        let hit = court.by_hitting(&rules, rules.len() + 1).unwrap().unwrap();
        assert!(judge(&hit));
        assert_eq!(hit.len(), fewest, "{hit:?} {unit:#?} {settings:?}");
        assert_eq!(court.by_hitting(&rules, fewest).unwrap(), None);
        let none_spared = court.irreducible(rules.clone()).unwrap();
        assert!(judge(&none_spared), "{none_spared:?}");
        for at in 0..none_spared.len() {
            let mut others = none_spared.clone();
            others.remove(at);
            assert!(!judge(&others), "{none_spared:?} without {at}");
        }
        found_fewer += usize::from(fewest < rules.len() && fewest > 1);
    }
    assert!(found_fewer > 20, "{found_fewer}");
}

#[test]
fn what_every_plan_keeps_anyway_is_no_rule_that_could_clash() {
    let unit = Unit { pins: Vec::new(), exclusions: Vec::new(), ..random_unit(&mut Dice(3), 4, 4, false) };
    let rules = |min_helpers| clash::rules(&unit, &Settings { min_helpers, ..Settings::default() });
    assert_eq!((rules(1), rules(2)), (Vec::new(), vec![clash::Rule::MinHelpers(2)]));
}

#[test]
fn a_shortage_counts_no_room_and_no_need_that_a_pin_has_taken() {
    let member = |key: &str| Helper {
        key: key.to_owned(),
        scope: Scope::WholeCommune,
        own_villages: Vec::new(),
        people: None,
        languages: Vec::new(),
        cap: Some(2),
    };
    let household =
        |key: &str| Target { key: key.to_owned(), village: VillageIndex(0), poor: true, people: None, languages: Vec::new() };
    let unit = Unit {
        members: ["m0", "m1"].map(member).to_vec(),
        households: ["h0", "h1", "h2", "h3", "h4"].map(household).to_vec(),
        pins: vec![Link { member: 0, household: 0 }],
        ..Unit::default()
    };
    let Err(Refusal::Infeasible(Infeasible::Shortage(found))) = assign(&unit, &Settings::default()) else {
        panic!("five households and room for four")
    };
    let [shortage] = found.as_slice() else { panic!("one village, one shortage: {found:?}") };
    assert_eq!((shortage.needed, shortage.room, shortage.outside, shortage.short), (4, 3, 0, 1));
}

#[test]
fn sets_of_places_follow_each_other_and_none_is_left_out() {
    for all in 1..7_usize {
        for size in 1..=all {
            let mut chosen: Vec<usize> = (0..size).collect();
            let mut seen = vec![chosen.clone()];
            while clash::next_set(&mut chosen, all) {
                seen.push(chosen.clone());
            }
            let sets = (0_u32..1 << all).filter(|set| set.count_ones() as usize == size);
            let mut expected: Vec<Vec<usize>> = sets.map(|set| (0..all).filter(|at| set >> at & 1 == 1).collect()).collect();
            expected.sort_unstable();
            assert_eq!(seen, expected, "{size} of {all}");
        }
    }
}

#[test]
fn a_clash_leaves_no_plan_of_all_there_are_and_without_any_one_of_its_rules_there_is_one() {
    use clash::{Rule, clashes};
    let mut dice = Dice(41);
    let under = |unit: &Unit, settings: &Settings, rules: &[Rule]| {
        let mut unit = Unit { pins: Vec::new(), exclusions: Vec::new(), ..unit.clone() };
        unit.members.iter_mut().for_each(|member| member.cap = None);
        let mut settings = Settings { cap: None, min_helpers: 1, max_changes: None, ..settings.clone() };
        for rule in rules {
            match *rule {
                Rule::Pin(link) => unit.pins.push(link),
                Rule::Exclusion(link) => unit.exclusions.push(link),
                Rule::CapOf(member, cap) => unit.members[member].cap = Some(cap),
                Rule::MinHelpers(least) => settings.min_helpers = least,
                Rule::MaxChanges(most) => settings.max_changes = Some(most),
                Rule::Cap(cap) => settings.cap = Some(cap),
            }
        }
        by_trying_all(&unit, &settings).map(|best| best.is_some())
    };
    let (mut judged, mut of_many, mut smaller_tried, mut kinds) = (0, 0, 0, Vec::new());
    while judged < 250 {
        let unit = random_unit(&mut dice, 4, 4, true);
        let mut settings = random_settings(&mut dice, true);
        settings.max_changes = dice.one_in(3).then(|| dice.small(3));
        let Some(possible) = by_trying_all(&unit, &settings) else { continue };
        let found = clashes(&unit, &settings, 9).unwrap();
        assert_eq!(found.is_empty(), possible.is_some(), "{unit:#?} {settings:?}");
        assert_eq!(clashes(&unit, &settings, 1).unwrap(), found.iter().take(1).cloned().collect::<Vec<_>>());
        for clash in &found {
            // Without exclusions there may be more pairs than can be tried.
            let Some(all) = under(&unit, &settings, &clash.rules) else { continue };
            assert!(!all, "{clash:?} {unit:#?} {settings:?}");
            judged += 1;
            of_many += usize::from(clash.rules.len() > 1);
            for at in 0..clash.rules.len() {
                let mut others = clash.rules.clone();
                let kind = std::mem::discriminant(&others.remove(at));
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
                assert_ne!(under(&unit, &settings, &others), Some(false), "{clash:?} without {at} {unit:#?} {settings:?}");
            }
        }
        // No fewer rules than those of the first clash leave no plan, whichever they are.
        let rules = clash::rules(&unit, &settings);
        if let Some(first) = found.first().filter(|_| rules.len() < 12) {
            let sets = (1_u32..1 << rules.len()).filter(|set| (set.count_ones() as usize) < first.rules.len());
            for set in sets {
                let fewer: Vec<Rule> = (0..rules.len()).filter(|at| set >> at & 1 == 1).map(|at| rules[at]).collect();
                assert_ne!(under(&unit, &settings, &fewer), Some(false), "{fewer:?} {first:?} {unit:#?} {settings:?}");
                smaller_tried += 1;
            }
        }
    }
    assert!(smaller_tried > 200, "{smaller_tried} smaller sets were tried");
    assert!(of_many > 50, "{of_many} of {judged} clashes are of more than one rule");
    assert_eq!(kinds.len(), 6, "every kind of rule was in a clash");
}

#[test]
fn what_scripts_read_has_the_names_of_the_schema() {
    let levels = Level::ALL.map(Level::name).join(" ");
    assert_eq!(levels, "max_load sum_sq_load sum_sq_cover near_extra continuity same_village sum_sq_poor same_ethnicity");
    use Reason::{Balance, CommonLanguage, Continued, OnlyHelper, OnlyHousehold, Pinned, SamePeople, SameVillage};
    let reasons = [Pinned, Continued, SameVillage, SamePeople, CommonLanguage, OnlyHelper, OnlyHousehold, Balance];
    let expected = "pinned continued same_village same_ethnicity common_language only_helper only_household balance";
    assert_eq!(reasons.map(Reason::name).join(" "), expected);
    let rules = [NotAllowed::OutOfReach, NotAllowed::OwnHousehold, NotAllowed::Excluded];
    assert_eq!(rules.map(NotAllowed::name).join(" "), "out_of_reach own_household excluded");
}

#[test]
fn a_link_is_of_a_unit_where_both_of_its_sides_are() {
    let unit = random_unit(&mut Dice(5), 4, 4, false);
    let (members, households) = (unit.members.len(), unit.households.len());
    assert!(unit.names(Link { member: members - 1, household: households - 1 }));
    assert!(!unit.names(Link { member: members, household: 0 }) && !unit.names(Link { member: 0, household: households }));
}
