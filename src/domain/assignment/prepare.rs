//! From a unit as given to a problem as solved: checked, sorted by key, without those who cannot take part.

use std::collections::{BTreeMap, BTreeSet};

use super::kinds::{Class, Signature, class, signature};
use super::model::{Link, Scope, Settings, Unit, VillageIndex};
use super::outcome::{CapBelowPins, Idle, Infeasible, InputFault, NotAllowed, Refusal, Uncovered};

/// A pair by positions in [`Problem::members`] and [`Problem::households`].
pub(super) type PairIx = (u32, u32);

/// A member who takes part.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Position in the unit.
    pub(super) origin: usize,
    pub(super) signature: usize,
    /// The most households: the caps, and never more than there are allowed ones.
    pub(super) limit: u32,
    pub(super) allowed: u32,
    /// Forbidden households within reach, sorted.
    pub(super) forbidden: Vec<u32>,
    /// Households of last year and of the plan at hand that are allowed and not pinned, sorted.
    pub(super) known: Vec<u32>,
    /// Pinned households, sorted.
    pub(super) pins: Vec<u32>,
}

/// A household that takes part.
#[derive(Debug, Clone)]
pub(super) struct Household {
    /// Position in the unit.
    pub(super) origin: usize,
    pub(super) class: usize,
    /// The least helpers: `min_helpers`, and never more than there are allowed ones.
    pub(super) need: u32,
    pub(super) allowed: u32,
    /// Pinned helpers.
    pub(super) pins: u32,
}

/// The cleaned problem. Members and households are in the order of their keys.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) members: Vec<Member>,
    pub(super) households: Vec<Household>,
    pub(super) signatures: Vec<Signature>,
    pub(super) classes: Vec<Class>,
    /// All pairs of last year that are allowed, pinned ones too.
    pub(super) previous: BTreeSet<PairIx>,
    /// Allowed pairs of a plan at hand, which is kept where no level is the worse for it.
    pub(super) at_hand: BTreeSet<PairIx>,
    /// Members and households that were left out, with positions in the unit, by key.
    pub(super) idle: Vec<(usize, Idle)>,
    pub(super) uncovered: Vec<(usize, Uncovered)>,
}

impl Problem {
    pub(super) fn signature(&self, member: u32) -> &Signature {
        &self.signatures[self.members[member as usize].signature]
    }

    /// The pair in positions of the unit.
    pub(super) fn origin(&self, (m, h): PairIx) -> Link {
        Link { member: self.members[m as usize].origin, household: self.households[h as usize].origin }
    }

    pub(super) fn class(&self, household: u32) -> &Class {
        &self.classes[self.households[household as usize].class]
    }

    /// Whether the hard rules allow the pair.
    pub(super) fn allowed(&self, member: u32, household: u32) -> bool {
        self.signature(member).reaches(self.class(household).village)
            && self.members[member as usize].forbidden.binary_search(&household).is_err()
    }

    pub(super) fn pinned(&self, member: u32, household: u32) -> bool {
        self.members[member as usize].pins.binary_search(&household).is_ok()
    }

    /// All allowed pairs, by member, then household.
    pub(super) fn allowed_pairs(&self) -> u64 {
        self.members.iter().map(|member| u64::from(member.allowed)).sum()
    }
}

/// Checks and cleans the unit.
pub(super) fn prepare(unit: &Unit, settings: &Settings) -> Result<Problem, Refusal> {
    prepare_near(unit, settings, &[])
}

/// Checks and cleans the unit, with a plan at hand.
pub(super) fn prepare_near(unit: &Unit, settings: &Settings, at_hand: &[Link]) -> Result<Problem, Refusal> {
    if let Some(&link) = at_hand.iter().find(|link| !unit.names(**link)) {
        return Err(Refusal::Input(InputFault::NoSuchLink(link)));
    }
    check(unit, settings).map_err(Refusal::Input)?;
    let survey = Rows::of(unit);
    pins_are_allowed(unit, &survey)?;
    caps_hold_pins(unit, settings)?;
    Ok(survey.problem(unit, settings, at_hand))
}

/// The rule that forbids the pair, if one does.
pub(super) fn why_not(unit: &Unit, links: &[Link]) -> Result<Vec<Option<NotAllowed>>, InputFault> {
    check(unit, &Settings::default())?;
    if let Some(&link) = links.iter().find(|&&link| !unit.names(link)) {
        return Err(InputFault::NoSuchLink(link));
    }
    let (rows, own) = (Rows::of(unit), unit.own_households.iter().copied().collect());
    Ok(links.iter().map(|&link| rows.why_not(link, &own)).collect())
}

fn check(unit: &Unit, settings: &Settings) -> Result<(), InputFault> {
    if settings.cap == Some(0) {
        return Err(InputFault::CapIsZero);
    }
    if settings.min_helpers == 0 {
        return Err(InputFault::MinHelpersIsZero);
    }
    for level in super::model::Level::ALL {
        if settings.order.iter().filter(|&&l| l == level).count() != 1 {
            return Err(InputFault::Order(level));
        }
    }
    if let Some(key) = doubled(unit.members.iter().map(|m| m.key.as_str())) {
        return Err(InputFault::DoubledMember(key));
    }
    if let Some(key) = doubled(unit.households.iter().map(|h| h.key.as_str())) {
        return Err(InputFault::DoubledHousehold(key));
    }
    let links = [&unit.previous, &unit.pins, &unit.exclusions, &unit.own_households];
    for &link in links.into_iter().flatten() {
        if !unit.names(link) {
            return Err(InputFault::NoSuchLink(link));
        }
    }
    Ok(())
}

fn doubled<'a>(keys: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned())
}

/// The positions in key order, and facts that several checks need.
struct Rows {
    signatures: Vec<Signature>,
    classes: Vec<Class>,
    /// Signature of each member and class of each household, by position in the unit.
    signature_of: Vec<usize>,
    class_of: Vec<usize>,
    /// Forbidden pairs within reach.
    forbidden: BTreeSet<(usize, usize)>,
}

impl Rows {
    fn of(unit: &Unit) -> Self {
        let mut found = BTreeSet::new();
        let signatures: Vec<Signature> = unit.members.iter().map(signature).collect();
        found.extend(signatures.iter().cloned());
        let kinds: Vec<Signature> = found.into_iter().collect();
        let signature_of = signatures.iter().map(|s| kinds.partition_point(|kind| kind < s)).collect();
        let classes: Vec<Class> = unit.households.iter().map(class).collect();
        let found: BTreeSet<Class> = classes.iter().cloned().collect();
        let class_kinds: Vec<Class> = found.into_iter().collect();
        let class_of = classes.iter().map(|c| class_kinds.partition_point(|kind| kind < c)).collect();
        let mut rows = Self { signatures: kinds, classes: class_kinds, signature_of, class_of, forbidden: BTreeSet::new() };
        for link in unit.exclusions.iter().chain(&unit.own_households) {
            if rows.reaches(*link) {
                rows.forbidden.insert((link.member, link.household));
            }
        }
        rows
    }

    fn reaches(&self, link: Link) -> bool {
        let village = self.classes[self.class_of[link.household]].village;
        self.signatures[self.signature_of[link.member]].reaches(village)
    }

    /// The rule that forbids the pair, if one does.
    fn why_not(&self, link: Link, own: &BTreeSet<Link>) -> Option<NotAllowed> {
        if !self.reaches(link) {
            Some(NotAllowed::OutOfReach)
        } else if own.contains(&link) {
            Some(NotAllowed::OwnHousehold)
        } else {
            self.forbidden.contains(&(link.member, link.household)).then_some(NotAllowed::Excluded)
        }
    }

    /// Households per village.
    fn households_per_village(&self) -> BTreeMap<VillageIndex, u32> {
        let mut count = BTreeMap::new();
        for &class in &self.class_of {
            *count.entry(self.classes[class].village).or_insert(0) += 1;
        }
        count
    }

    fn problem(self, unit: &Unit, settings: &Settings, at_hand: &[Link]) -> Problem {
        let per_village = self.households_per_village();
        let all: u32 = per_village.values().sum();
        let in_reach: Vec<u32> = self
            .signatures
            .iter()
            .map(|signature| match &signature.scope {
                Scope::WholeCommune => all,
                Scope::Villages(villages) => villages.iter().map(|v| per_village.get(v).copied().unwrap_or(0)).sum(),
            })
            .collect();
        let mut forbidden_of = vec![Vec::new(); unit.members.len()];
        for &(member, household) in &self.forbidden {
            forbidden_of[member].push(household);
        }
        let mut idle = Vec::new();
        let mut members = Vec::new();
        for origin in sorted(unit.members.iter().map(|m| m.key.as_str())) {
            let reach = in_reach[self.signature_of[origin]];
            // Households that drop out as uncovered are forbidden to every member who reaches them and takes part,
            // so they are not counted here.
            let allowed = reach - count(forbidden_of[origin].len());
            let cap = [settings.cap, unit.members[origin].cap].into_iter().flatten().min();
            if cap == Some(0) {
                idle.push((origin, Idle::CapIsZero));
            } else if allowed == 0 {
                let why = if reach == 0 { Idle::NoHouseholdInReach } else { Idle::OnlyForbidden };
                idle.push((origin, why));
            } else {
                members.push(Member {
                    origin,
                    signature: self.signature_of[origin],
                    limit: cap.map_or(allowed, |cap| cap.min(allowed)),
                    allowed,
                    forbidden: Vec::new(),
                    known: Vec::new(),
                    pins: Vec::new(),
                });
            }
        }
        let (households, uncovered) = self.households(unit, settings);
        let mut problem = Problem {
            members,
            households,
            signatures: self.signatures,
            classes: self.classes,
            previous: BTreeSet::new(),
            at_hand: BTreeSet::new(),
            idle,
            uncovered,
        };
        link_up(&mut problem, unit, &self.forbidden, at_hand);
        problem
    }

    /// How many of these members may help in each village.
    fn reach_of(&self, members: impl Iterator<Item = usize>) -> Reach {
        let mut reach = Reach::default();
        for origin in members {
            match &self.signatures[self.signature_of[origin]].scope {
                Scope::WholeCommune => reach.everywhere += 1,
                Scope::Villages(villages) => {
                    for village in villages {
                        *reach.bound.entry(*village).or_insert(0) += 1;
                    }
                }
            }
        }
        reach
    }

    /// The households that some member may help, and those that nobody may.
    fn households(&self, unit: &Unit, settings: &Settings) -> (Vec<Household>, Vec<(usize, Uncovered)>) {
        let idle = |origin: usize| [settings.cap, unit.members[origin].cap].contains(&Some(0));
        let all = self.reach_of(0..unit.members.len());
        let able = self.reach_of((0..unit.members.len()).filter(|&origin| !idle(origin)));
        let mut forbidden = vec![0; unit.households.len()];
        for &(member, household) in &self.forbidden {
            forbidden[household] += u32::from(!idle(member));
        }
        let mut households = Vec::new();
        let mut uncovered = Vec::new();
        for origin in sorted(unit.households.iter().map(|h| h.key.as_str())) {
            let class = self.class_of[origin];
            let village = self.classes[class].village;
            let allowed = able.at(village) - forbidden[origin];
            if allowed == 0 {
                let why = if all.at(village) == 0 { Uncovered::NoMemberInReach } else { Uncovered::OnlyForbidden };
                uncovered.push((origin, why));
            } else {
                households.push(Household { origin, class, need: settings.min_helpers.min(allowed), allowed, pins: 0 });
            }
        }
        (households, uncovered)
    }
}

/// How many members may help in each village.
#[derive(Default)]
struct Reach {
    everywhere: u32,
    bound: BTreeMap<VillageIndex, u32>,
}

impl Reach {
    fn at(&self, village: VillageIndex) -> u32 {
        self.everywhere + self.bound.get(&village).copied().unwrap_or(0)
    }
}

/// Writes pins, forbidden and last year's pairs into the members. Those who are left out have none.
fn link_up(problem: &mut Problem, unit: &Unit, forbidden: &BTreeSet<(usize, usize)>, at_hand: &[Link]) {
    let mut member_at = vec![None; unit.members.len()];
    for (at, member) in (0_u32..).zip(&problem.members) {
        member_at[member.origin] = Some(at);
    }
    let mut household_at = vec![None; unit.households.len()];
    for (at, household) in (0_u32..).zip(&problem.households) {
        household_at[household.origin] = Some(at);
    }
    let place = |member: usize, household: usize| Some((member_at[member]?, household_at[household]?));
    for &(member, household) in forbidden {
        if let Some((m, h)) = place(member, household) {
            problem.members[m as usize].forbidden.push(h);
        }
    }
    for member in &mut problem.members {
        member.forbidden.sort_unstable();
    }
    let pins: BTreeSet<PairIx> = unit.pins.iter().filter_map(|l| place(l.member, l.household)).collect();
    for (m, h) in pins {
        problem.members[m as usize].pins.push(h);
        problem.households[h as usize].pins += 1;
    }
    let alive = |links: &[Link], problem: &Problem| -> BTreeSet<PairIx> {
        let links = links.iter().filter_map(|l| place(l.member, l.household));
        links.filter(|&(m, h)| problem.allowed(m, h)).collect()
    };
    let previous = alive(&unit.previous, problem);
    let at_hand = alive(at_hand, problem);
    for &(m, h) in previous.union(&at_hand) {
        if !problem.pinned(m, h) {
            problem.members[m as usize].known.push(h);
        }
    }
    problem.previous = previous;
    problem.at_hand = at_hand;
}

/// Pins must be allowed, and fit under the caps.
fn pins_are_allowed(unit: &Unit, rows: &Rows) -> Result<(), Refusal> {
    let own: BTreeSet<Link> = unit.own_households.iter().copied().collect();
    let pins: BTreeSet<Link> = unit.pins.iter().copied().collect();
    let mut wrong: Vec<(Link, NotAllowed)> = pins.iter().filter_map(|&link| Some((link, rows.why_not(link, &own)?))).collect();
    wrong.sort_by_key(|(link, _)| (&unit.members[link.member].key, &unit.households[link.household].key));
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Infeasible(Infeasible::PinNotAllowed(wrong))) }
}

/// Members whose pins exceed their caps.
fn caps_hold_pins(unit: &Unit, settings: &Settings) -> Result<(), Refusal> {
    let mut pins: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for link in &unit.pins {
        pins.entry(link.member).or_default().insert(link.household);
    }
    let mut wrong = Vec::new();
    for (member, households) in pins {
        let cap = [settings.cap, unit.members[member].cap].into_iter().flatten().min();
        let pins = count(households.len());
        if let Some(cap) = cap
            && cap < pins
        {
            wrong.push(CapBelowPins { member, cap, pins });
        }
    }
    wrong.sort_by(|a, b| unit.members[a.member].key.cmp(&unit.members[b.member].key));
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Infeasible(Infeasible::CapBelowPins(wrong))) }
}

/// Positions in the order of their keys.
fn sorted<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut keyed: Vec<(&str, usize)> = keys.enumerate().map(|(at, key)| (key, at)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, at)| at).collect()
}

/// A length as a number of people or households; a unit has fewer than four thousand million.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
