//! From survey and roster to one assignment problem for each commune, and back to pairs with names.
//!
//! The rules are those of Resolution 14-NQ/HU: a member of a commune committee helps in that commune; a member of a
//! twinned organisation helps in its twinned villages only; nobody helps the own household.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::assignment::allotment::{self, TwinnedCommune, TwinnedMember};
use super::assignment::clash::{self, Clash};
use super::assignment::{
    self, Assignment, Helper, Level, Link, NotAllowed, Refusal, Scope, Settings, Target, Unit, VillageIndex,
};
use super::household::{Birth, Class, Household};
use super::ids::{CitizenNumber, Key};
use super::member::{Eligibility, Member};
use super::organisation::{Organisation, Twinning};
use super::peoples::People;
use super::pins::Idle;
use super::place::{CommuneRef, Village};
use super::previous::Remarks;
use super::spelling::{fold, fold_name};

/// Who may be a helper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pool {
    /// Members of commune committees and of twinned organisations.
    #[default]
    All,
    /// Members of commune committees only.
    Commune,
    /// Members of twinned organisations only.
    Twinned,
}

/// A pair of last year, by the keys under which last year's list names both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PreviousPair {
    /// The household.
    pub household: Key,
    /// The member.
    pub member: Key,
}

/// What a plan is made from.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// All households of the year; the poor and near-poor ones are to be helped, the others explain what ended.
    pub households: &'a [&'a Household],
    /// All members of the roster.
    pub members: &'a [Member],
    /// Twinned villages.
    pub twinning: &'a [Twinning],
    /// Last year's pairs; `None` where there is no such list.
    pub previous: Option<&'a [PreviousPair]>,
    /// Pairs that a person decided on.
    pub pins: &'a [PreviousPair],
    /// Pairs that a person ruled out.
    pub exclusions: &'a [PreviousPair],
    /// Members who are taken out by the person who asks.
    pub without: &'a [Key],
    /// Members with living pairs stay in the commune of their pairs, whatever the shares of their organisation say: where
    /// somebody asks what changes, nobody else is moved.
    pub settled: bool,
    /// The day on which standings are judged.
    pub day: Date,
    /// Who may be a helper.
    pub pool: Pool,
    /// Groups of peoples that share a language. Vietnamese is none: everybody would match.
    pub languages: &'a [Vec<People>],
    /// Names and causes that no list of the year has.
    pub remarks: Option<&'a Remarks>,
}

/// Why a member is not among the helpers at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Excluded {
    /// Exempt on the day.
    Exempt,
    /// Suspended.
    Suspended,
    /// Transferred.
    Transferred,
    /// Departed.
    Departed,
    /// The organisation is neither a commune committee nor twinned with a village.
    NoVillage,
    /// The chosen pool leaves the member out.
    OutsidePool,
    /// The person who asks takes the member out.
    TakenOut,
}

impl Excluded {
    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Suspended => "suspended",
            Self::Transferred => "transferred",
            Self::Departed => "departed",
            Self::NoVillage => "no_village",
            Self::OutsidePool => "outside_pool",
            Self::TakenOut => "taken_out",
        }
    }
}

/// The problem of one commune; positions point into [`Basis::households`] and [`Basis::members`].
#[derive(Clone, Debug)]
pub struct CommuneProblem {
    /// The commune.
    pub commune: CommuneRef,
    /// Its poor and near-poor households.
    pub households: Vec<usize>,
    /// The members who help there.
    pub members: Vec<usize>,
    /// The problem as the solver takes it; its positions point into `households` and `members`.
    pub unit: Unit,
}

/// A solved commune.
#[derive(Clone, Debug)]
pub struct CommunePlan {
    /// The problem.
    pub problem: CommuneProblem,
    /// The answer.
    pub assignment: Assignment,
}

/// A village of a solved commune.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VillageShare {
    /// The village; `None` for households whose list names none.
    pub village: Option<Village>,
    /// Its households to be helped.
    pub households: u64,
    /// The members for whom it is a village of their own, or a twinned one.
    pub members: u64,
    /// The pairs in which a member helps here who has other villages, or none.
    pub from_elsewhere: u64,
    /// Those of them that a person decided.
    pub pinned: u64,
    /// Pairs of its households and members that are ruled out: the member's own household, or excluded by a person.
    pub ruled_out: u64,
}

/// All problems of a district, each to be solved on its own.
#[derive(Clone, Debug)]
pub struct Problems {
    /// One for each commune that has targets or helpers, in the order of communes.
    pub communes: Vec<CommuneProblem>,
    /// Members who are out, with the reason, by key.
    pub excluded: Vec<(usize, Excluded)>,
}

/// What became of a pair of last year that is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// The household is no longer poor or near-poor.
    LeftPoverty,
    /// The household is not in the survey.
    HouseholdGone,
    /// The member is not on the roster.
    MemberGone,
    /// The member is on the roster and out of the helpers.
    MemberOut,
    /// The member no longer helps where the household lives.
    OutOfReach,
    /// A person ruled the pair out.
    Excluded,
    /// It is the member's own household.
    OwnHousehold,
    /// Both are still there; even loads or covers ask for another pair.
    Load,
}

impl Ended {
    fn by_rule(rule: NotAllowed) -> Self {
        match rule {
            NotAllowed::OutOfReach => Self::OutOfReach,
            NotAllowed::Excluded => Self::Excluded,
            NotAllowed::OwnHousehold => Self::OwnHousehold,
        }
    }

    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LeftPoverty => "left_poverty",
            Self::HouseholdGone => "household_gone",
            Self::MemberGone => "member_gone",
            Self::MemberOut => "member_out",
            Self::OutOfReach => "out_of_reach",
            Self::Excluded => "excluded",
            Self::OwnHousehold => "own_household",
            Self::Load => "load",
        }
    }
}

/// Last year's pairs beside this year's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Continuity {
    /// Pairs that stay.
    pub kept: u64,
    /// Pairs that are new.
    pub new: u64,
    /// Pairs that are no more, with the cause, by household and member.
    pub ended: Vec<(PreviousPair, Ended)>,
}

/// The plan of a whole district.
#[derive(Clone, Debug)]
pub struct DistrictPlan {
    /// The communes, in their order.
    pub communes: Vec<CommunePlan>,
    /// Members who are out, with the reason, by key.
    pub excluded: Vec<(usize, Excluded)>,
    /// Last year's pairs beside this year's; `None` without last year's list.
    pub continuity: Option<Continuity>,
    /// Pins and exclusions that say nothing to this plan: the household is no longer poor, the member no longer helps, or one of
    /// the two is not in the lists.
    pub without_effect: Vec<Idle>,
    /// Households (positions in [`Basis::households`]) that have fewer helpers than a person asked for, and how many; none of
    /// them has one member more who may help.
    pub short_of_helpers: Vec<(usize, u32)>,
}

/// A pair of a plan, with both sides.
#[derive(Clone, Debug)]
pub struct PlannedPair<'a> {
    /// The household.
    pub household: &'a Household,
    /// The member.
    pub member: &'a Member,
    /// What speaks for the pair.
    pub reasons: &'a [assignment::Reason],
}

impl CommunePlan {
    /// The pairs by village, household and member, as annexes list them.
    #[must_use]
    pub fn pairs<'a>(&'a self, basis: &Basis<'a>) -> Vec<PlannedPair<'a>> {
        let mut pairs: Vec<PlannedPair<'a>> = self
            .assignment
            .pairs
            .iter()
            .map(|pair| PlannedPair {
                household: basis.households[self.problem.households[pair.household]],
                member: &basis.members[self.problem.members[pair.member]],
                reasons: &pair.reasons,
            })
            .collect();
        pairs.sort_by(|a, b| {
            (&a.household.place, &a.household.key, &a.member.key).cmp(&(&b.household.place, &b.household.key, &b.member.key))
        });
        pairs
    }

    /// Each village of the households: how many they are, how many members have it for their own, and how many of the
    /// pairs come from elsewhere.
    #[must_use]
    pub fn villages(&self, basis: &Basis<'_>) -> Vec<VillageShare> {
        let mut shares: BTreeMap<VillageIndex, VillageShare> = BTreeMap::new();
        for (target, &at) in self.problem.unit.households.iter().zip(&self.problem.households) {
            let village = basis.households[at].place.village.clone();
            let share = shares.entry(target.village).or_insert(VillageShare { village, ..VillageShare::default() });
            share.households += 1;
        }
        for helper in &self.problem.unit.members {
            for village in &helper.own_villages {
                if let Some(share) = shares.get_mut(village) {
                    share.members += 1;
                }
            }
        }
        for pair in self.assignment.pairs.iter().filter(|pair| !pair.reasons.contains(&assignment::Reason::SameVillage)) {
            if let Some(share) = shares.get_mut(&self.problem.unit.households[pair.household].village) {
                share.from_elsewhere += 1;
                share.pinned += u64::from(pair.reasons.contains(&assignment::Reason::Pinned));
            }
        }
        let unit = &self.problem.unit;
        let ruled_out: BTreeSet<&Link> = unit.own_households.iter().chain(&unit.exclusions).collect();
        for link in ruled_out {
            let village = unit.households[link.household].village;
            if unit.members[link.member].own_villages.contains(&village)
                && let Some(share) = shares.get_mut(&village)
            {
                share.ruled_out += 1;
            }
        }
        shares.into_values().collect()
    }

    /// How many members have how many households, from the least load to the greatest.
    #[must_use]
    pub fn loads(&self) -> BTreeMap<u64, u64> {
        let mut of_member = vec![0u64; self.problem.members.len()];
        for pair in &self.assignment.pairs {
            of_member[pair.member] += 1;
        }
        let mut loads = BTreeMap::new();
        for load in of_member {
            *loads.entry(load).or_insert(0) += 1;
        }
        loads
    }
}

impl DistrictPlan {
    /// The pairs as the next plan takes them for those of last year.
    #[must_use]
    pub fn previous_pairs(&self, basis: &Basis<'_>) -> Vec<PreviousPair> {
        let pairs = self.communes.iter().flat_map(|commune| commune.pairs(basis));
        pairs.map(|pair| PreviousPair { household: pair.household.key.clone(), member: pair.member.key.clone() }).collect()
    }
}

impl DistrictPlan {
    /// The part of one commune: its pairs, the members of its own committee who are out, and what ended of last year's pairs
    /// of its households and members.
    #[must_use]
    pub fn of_commune(&self, plan: &CommunePlan, basis: &Basis<'_>) -> Self {
        let commune = &plan.problem.commune;
        let own = |at: usize| basis.members[at].organisation.committee_of() == Some(commune);
        let excluded: Vec<(usize, Excluded)> = self.excluded.iter().copied().filter(|(at, _)| own(*at)).collect();
        let households = basis.households.iter().filter(|household| household.place.commune == *commune);
        let households: BTreeSet<&Key> = households.map(|household| &household.key).collect();
        let helping = plan.problem.members.iter().copied();
        let members: BTreeSet<&Key> =
            helping.chain(excluded.iter().map(|(at, _)| *at)).map(|at| &basis.members[at].key).collect();
        let here = |pair: &PreviousPair| households.contains(&pair.household) || members.contains(&pair.member);
        let continuity = self.continuity.as_ref().map(|continuity| {
            let kept = plan.assignment.pairs.iter().filter(|pair| pair.reasons.contains(&assignment::Reason::Continued));
            let kept = kept.count() as u64;
            let ended = continuity.ended.iter().filter(|(pair, _)| here(pair)).cloned().collect();
            Continuity { kept, new: plan.assignment.pairs.len() as u64 - kept, ended }
        });
        let without_effect = self.without_effect.iter().filter(|idle| here(&idle.pair)).cloned().collect();
        let short = self.short_of_helpers.iter().copied();
        let short_of_helpers = short.filter(|(at, _)| basis.households[*at].place.commune == *commune).collect();
        Self { communes: vec![plan.clone()], excluded, continuity, without_effect, short_of_helpers }
    }
}

/// The covered households that have fewer helpers than a person asked for, and how many, by commune.
#[must_use]
pub fn short_of_helpers(plans: &[CommunePlan], settings: &Settings) -> Vec<(usize, u32)> {
    let of_commune = |plan: &CommunePlan| {
        let mut helpers = vec![0u32; plan.problem.households.len()];
        plan.assignment.pairs.iter().for_each(|pair| helpers[pair.household] += 1);
        let short = plan.problem.households.iter().copied().zip(helpers);
        short.filter(|(_, helpers)| (1..settings.min_helpers).contains(helpers)).collect::<Vec<_>>()
    };
    plans.iter().flat_map(of_commune).collect()
}

/// Makes each commune's problem.
#[must_use]
pub fn problems(basis: &Basis<'_>) -> Problems {
    let targets = targets_by_commune(basis.households);
    let (helpers, mut excluded) = helpers_by_commune(basis, &targets);
    excluded.sort_by(|a, b| basis.members[a.0].key.cmp(&basis.members[b.0].key));
    let communes: BTreeSet<CommuneRef> = targets.keys().chain(helpers.keys()).cloned().collect();
    let communes = communes
        .into_iter()
        .map(|commune| {
            let households = targets.get(&commune).cloned().unwrap_or_default();
            let scoped = helpers.get(&commune).cloned().unwrap_or_default();
            problem(basis, commune, households, scoped)
        })
        .collect();
    Problems { communes, excluded }
}

/// The settings under which a plan changes only what must change: keeping pairs comes before every other level.
#[must_use]
pub fn changing_least(settings: &Settings) -> Settings {
    let mut order = vec![Level::Continuity];
    order.extend(settings.order.iter().copied().filter(|&level| level != Level::Continuity));
    Settings { order, ..settings.clone() }
}

/// The settings under which those who are added take over what even loads give them and nothing else changes: the levels of
/// loads, in their order, then keeping pairs, then every other level.
#[must_use]
pub fn sharing_with_the_added(settings: &Settings) -> Settings {
    let rank = |level: &Level| match level {
        Level::MaxLoad | Level::SumSqLoad => 0,
        Level::Continuity => 1,
        Level::SumSqCover | Level::NearExtra | Level::SameVillage | Level::SumSqPoor | Level::SameEthnicity => 2,
    };
    let mut order = settings.order.clone();
    order.sort_by_key(rank);
    Settings { order, ..settings.clone() }
}

/// A commune that has no plan, and why; the problem names what the refusal points at.
#[derive(Clone, Debug)]
pub struct Refused {
    /// The problem.
    pub problem: CommuneProblem,
    /// Why it has no plan.
    pub refusal: Refusal,
    /// The rules that clash, where that is why.
    pub clashes: Vec<Clash>,
}

/// How many clashes of one commune are looked for; they share no rule, so that each asks for a decision of its own.
const MOST_CLASHES: usize = 10;

/// Solves one commune.
///
/// # Errors
/// The solver's refusal with the problem: contradictory input, or pins and caps that leave no plan.
pub fn solve(problem: CommuneProblem, settings: &Settings) -> Result<CommunePlan, Box<Refused>> {
    match assignment::assign(&problem.unit, settings) {
        Ok(assignment) => Ok(CommunePlan { problem, assignment }),
        Err(refusal) => {
            let clashes = match refusal {
                Refusal::Infeasible(_) => clash::clashes(&problem.unit, settings, MOST_CLASHES).unwrap_or_default(),
                Refusal::Input(_) | Refusal::TooLarge => Vec::new(),
            };
            Err(Box::new(Refused { problem, refusal, clashes }))
        }
    }
}

/// Compares the plan with last year's pairs; `None` without last year's list.
#[must_use]
pub fn continuity(basis: &Basis<'_>, plans: &[CommunePlan], excluded: &[(usize, Excluded)]) -> Option<Continuity> {
    let previous: BTreeSet<&PreviousPair> = basis.previous?.iter().collect();
    let mut now = BTreeSet::new();
    let mut helps_in = BTreeMap::new();
    let mut lives_in = BTreeMap::new();
    for (commune, plan) in plans.iter().enumerate() {
        let (members, households) = (plan.problem.members.iter(), plan.problem.households.iter());
        helps_in.extend(members.enumerate().map(|(at, &member)| (&basis.members[member].key, (commune, at))));
        lives_in.extend(households.enumerate().map(|(at, &household)| (&basis.households[household].key, (commune, at))));
        for pair in &plan.assignment.pairs {
            now.insert(PreviousPair {
                household: basis.households[plan.problem.households[pair.household]].key.clone(),
                member: basis.members[plan.problem.members[pair.member]].key.clone(),
            });
        }
    }
    let kept = previous.iter().filter(|pair| now.contains(**pair)).count() as u64;
    let out: BTreeSet<&Key> = excluded.iter().map(|(member, _)| &basis.members[*member].key).collect();
    let households: BTreeMap<&Key, &Household> = basis.households.iter().map(|household| (&household.key, *household)).collect();
    let mut ended = Vec::new();
    // Pairs of two who are both still in one commune; which rule parts them is asked of all of a commune at once.
    let mut both_there: BTreeMap<usize, Vec<(usize, Link)>> = BTreeMap::new();
    for pair in previous.into_iter().filter(|pair| !now.contains(*pair)) {
        let why = match households.get(&pair.household) {
            None => Ended::HouseholdGone,
            Some(household) if !household.class.is_target() => Ended::LeftPoverty,
            Some(_) if out.contains(&pair.member) => Ended::MemberOut,
            Some(_) => match (helps_in.get(&pair.member), lives_in.get(&pair.household)) {
                (Some(&(commune, member)), Some(&(of, household))) if commune == of => {
                    both_there.entry(commune).or_default().push((ended.len(), Link { member, household }));
                    Ended::Load
                }
                (Some(_), _) => Ended::OutOfReach,
                (None, _) => Ended::MemberGone,
            },
        };
        ended.push((pair.clone(), why));
    }
    for (commune, pairs) in both_there {
        let links: Vec<Link> = pairs.iter().map(|(_, link)| *link).collect();
        let rules = assignment::explain::why_none(&plans[commune].problem.unit, &links).unwrap_or_default();
        for ((at, _), rule) in pairs.into_iter().zip(rules) {
            ended[at].1 = rule.map_or(Ended::Load, Ended::by_rule);
        }
    }
    Some(Continuity { kept, new: now.len() as u64 - kept, ended })
}

/// The poor and near-poor households of each commune.
fn targets_by_commune(households: &[&Household]) -> BTreeMap<CommuneRef, Vec<usize>> {
    let mut targets: BTreeMap<CommuneRef, Vec<usize>> = BTreeMap::new();
    for (index, household) in households.iter().enumerate().filter(|(_, household)| household.class.is_target()) {
        targets.entry(household.place.commune.clone()).or_default().push(index);
    }
    targets
}

/// A member with the villages that bind it; `None` is the whole commune.
type Scoped = (usize, Option<BTreeSet<Village>>);

/// The helpers of each commune.
type Helpers = BTreeMap<CommuneRef, Vec<Scoped>>;

/// Which members help in which commune, and who is out.
fn helpers_by_commune(basis: &Basis<'_>, targets: &BTreeMap<CommuneRef, Vec<usize>>) -> (Helpers, Vec<(usize, Excluded)>) {
    let mut helpers: Helpers = BTreeMap::new();
    let mut excluded = Vec::new();
    let mut shared: BTreeMap<(&Organisation, SharedOut), Vec<usize>> = BTreeMap::new();
    for (index, member) in basis.members.iter().enumerate() {
        match place_of(basis, member) {
            Ok(HelpsIn::Commune(commune)) => {
                let bound = member.cell.as_ref().filter(|cell| cell.restricted);
                let villages = bound.map(|cell| {
                    cell.village.iter().cloned().chain(twinned(basis, member).remove(&commune).into_iter().flatten()).collect()
                });
                helpers.entry(commune).or_default().push((index, villages));
            }
            // The members of one organisation are shared out, apart from those of another with the same villages.
            Ok(HelpsIn::Villages(villages)) => shared.entry((&member.organisation, villages)).or_default().push(index),
            Err(why) => excluded.push((index, why)),
        }
    }
    for ((_, villages), members) in shared {
        for (member, commune) in allot(basis, targets, &villages, &members) {
            let own = villages.get(&commune).cloned();
            helpers.entry(commune).or_default().push((member, own));
        }
    }
    (helpers, excluded)
}

/// Twinned villages by commune.
type SharedOut = BTreeMap<CommuneRef, BTreeSet<Village>>;

/// Where a member helps.
enum HelpsIn {
    /// Anywhere in the commune.
    Commune(CommuneRef),
    /// In these villages.
    Villages(SharedOut),
}

fn place_of(basis: &Basis<'_>, member: &Member) -> Result<HelpsIn, Excluded> {
    if basis.without.contains(&member.key) {
        return Err(Excluded::TakenOut);
    }
    match member.standing.on(basis.day) {
        Eligibility::Eligible => {}
        Eligibility::Exempt => return Err(Excluded::Exempt),
        Eligibility::Suspended => return Err(Excluded::Suspended),
        Eligibility::Transferred => return Err(Excluded::Transferred),
        Eligibility::Departed => return Err(Excluded::Departed),
    }
    if let Some(commune) = member.organisation.committee_of() {
        return if basis.pool == Pool::Twinned { Err(Excluded::OutsidePool) } else { Ok(HelpsIn::Commune(commune.clone())) };
    }
    let villages = twinned(basis, member);
    if villages.is_empty() {
        return Err(Excluded::NoVillage);
    }
    if basis.pool == Pool::Commune { Err(Excluded::OutsidePool) } else { Ok(HelpsIn::Villages(villages)) }
}

/// The villages twinned with a member's organisation, or with the member's own cell.
fn twinned(basis: &Basis<'_>, member: &Member) -> SharedOut {
    let mut villages = SharedOut::new();
    let cell = member.cell.as_ref().map(|cell| fold(&cell.name));
    for twinning in basis.twinning.iter().filter(|twinning| twinning.organisation == member.organisation) {
        let named = twinning.cell.as_ref().map(|cell| fold(cell));
        if named.is_none() || named == cell {
            villages.entry(twinning.commune.clone()).or_default().insert(twinning.village.clone());
        }
    }
    villages
}

/// Shares the members of a twinned organisation over the communes of its villages. Without a household to help in any of
/// them all go to the first, where they are listed as idle.
fn allot(
    basis: &Basis<'_>,
    targets: &BTreeMap<CommuneRef, Vec<usize>>,
    villages: &SharedOut,
    members: &[usize],
) -> Vec<(usize, CommuneRef)> {
    let names: Vec<&CommuneRef> = villages.keys().collect();
    let communes: Vec<TwinnedCommune> = villages
        .iter()
        .map(|(commune, villages)| TwinnedCommune {
            code: commune.code.map_or_else(|| commune.name().to_owned(), |code| code.to_string()),
            households: in_villages(basis, targets, commune, villages).count() as u64,
        })
        .collect();
    let last_year = communes_of(basis, targets, villages, members, basis.previous.unwrap_or_default());
    let pinned = communes_of(basis, targets, villages, members, basis.pins);
    let twinned: Vec<TwinnedMember> = members
        .iter()
        .map(|member| TwinnedMember {
            key: basis.members[*member].key.to_string(),
            pinned: pinned.get(member).cloned().unwrap_or_default(),
            last_year: last_year.get(member).cloned().unwrap_or_default(),
        })
        .collect();
    let communes = allotment::allot(&communes, &twinned, basis.settled);
    members.iter().zip(communes).filter_map(|(member, at)| Some((*member, (*names.get(at.unwrap_or(0))?).clone()))).collect()
}

/// The households to be helped in some villages of a commune.
fn in_villages<'a>(
    basis: &'a Basis<'_>,
    targets: &'a BTreeMap<CommuneRef, Vec<usize>>,
    commune: &CommuneRef,
    villages: &'a BTreeSet<Village>,
) -> impl Iterator<Item = &'a Household> {
    let households = targets.get(commune).into_iter().flatten().map(|&index| basis.households[index]);
    households.filter(|household| household.place.village.as_ref().is_some_and(|village| villages.contains(village)))
}

/// The communes (positions) in which members have living pairs among some, an entry for each pair.
fn communes_of(
    basis: &Basis<'_>,
    targets: &BTreeMap<CommuneRef, Vec<usize>>,
    villages: &SharedOut,
    members: &[usize],
    pairs: &[PreviousPair],
) -> BTreeMap<usize, Vec<usize>> {
    // A pair that stands twice in a list is one pair.
    let pairs: BTreeSet<&PreviousPair> = pairs.iter().collect();
    let mut living: BTreeMap<&Key, usize> = BTreeMap::new();
    for (at, (commune, twinned)) in villages.iter().enumerate() {
        living.extend(in_villages(basis, targets, commune, twinned).map(|household| (&household.key, at)));
    }
    let keys: BTreeMap<&Key, usize> = members.iter().map(|&index| (&basis.members[index].key, index)).collect();
    let mut communes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for pair in pairs {
        if let (Some(&member), Some(&at)) = (keys.get(&pair.member), living.get(&pair.household)) {
            communes.entry(member).or_default().push(at);
        }
    }
    communes
}

/// Puts one commune into the shape of the solver.
fn problem(basis: &Basis<'_>, commune: CommuneRef, households: Vec<usize>, scoped: Vec<Scoped>) -> CommuneProblem {
    let mut names: BTreeSet<Option<Village>> =
        households.iter().map(|&index| basis.households[index].place.village.clone()).collect();
    for (member, villages) in &scoped {
        names.extend(villages.iter().flatten().cloned().map(Some));
        names.extend(basis.members[*member].cell.as_ref().and_then(|cell| cell.village.clone()).map(Some));
    }
    let village_index: BTreeMap<Option<Village>, VillageIndex> = names.into_iter().zip((0..).map(VillageIndex)).collect();
    // Numbered in their own order, so that the order of rows cannot reach the solver's ties.
    let of_members = scoped.iter().filter_map(|(index, _)| basis.members[*index].people);
    let peoples: BTreeSet<People> =
        households.iter().filter_map(|&index| basis.households[index].people).chain(of_members).collect();
    let peoples: BTreeMap<People, u16> = peoples.into_iter().zip(0..).collect();
    let members = scoped.iter().map(|(index, villages)| {
        let member = &basis.members[*index];
        let bound: Option<Vec<VillageIndex>> = villages
            .as_ref()
            .map(|names| names.iter().filter_map(|name| village_index.get(&Some(name.clone())).copied()).collect());
        // A cell of a commune committee has its own village and those that it is twinned with.
        let own = || {
            let villages = twinned(basis, member).remove(&commune).into_iter().flatten();
            let villages: BTreeSet<Village> =
                member.cell.as_ref().and_then(|cell| cell.village.clone()).into_iter().chain(villages).collect();
            villages.into_iter().filter_map(|name| village_index.get(&Some(name)).copied()).collect()
        };
        Helper {
            key: member.key.to_string(),
            own_villages: bound.clone().unwrap_or_else(own),
            scope: bound.map_or(Scope::WholeCommune, Scope::Villages),
            people: member.people.and_then(|people| peoples.get(&people).copied()),
            languages: spoken(basis, member.people),
            cap: None,
        }
    });
    let members: Vec<Helper> = members.collect();
    let targets = households.iter().map(|&index| {
        let household = basis.households[index];
        Target {
            key: household.key.to_string(),
            village: village_index.get(&household.place.village).copied().unwrap_or(VillageIndex(u32::MAX)),
            poor: household.class == Class::Poor,
            people: household.people.and_then(|people| peoples.get(&people).copied()),
            languages: spoken(basis, household.people),
        }
    });
    let targets: Vec<Target> = targets.collect();
    let who: Vec<usize> = scoped.into_iter().map(|(index, _)| index).collect();
    let unit = Unit {
        previous: links(basis, &who, &households, basis.previous.unwrap_or_default()),
        pins: links(basis, &who, &households, basis.pins),
        exclusions: links(basis, &who, &households, basis.exclusions),
        own_households: own_households(basis, &who, &households),
        members,
        households: targets,
    };
    CommuneProblem { commune, households, members: who, unit }
}

/// The numbers of the languages that a people speaks besides the one that everybody speaks.
fn spoken(basis: &Basis<'_>, people: Option<People>) -> Vec<u16> {
    let groups = (0..).zip(basis.languages);
    groups.filter(|(_, group)| people.is_some_and(|people| group.contains(&people))).map(|(number, _)| number).collect()
}

/// Pairs by key as pairs by position, where both are in the commune.
fn links(basis: &Basis<'_>, members: &[usize], households: &[usize], pairs: &[PreviousPair]) -> Vec<Link> {
    if pairs.is_empty() {
        return Vec::new();
    }
    let member_at: BTreeMap<&Key, usize> =
        members.iter().enumerate().map(|(at, &index)| (&basis.members[index].key, at)).collect();
    let household_at: BTreeMap<&Key, usize> =
        households.iter().enumerate().map(|(at, &index)| (&basis.households[index].key, at)).collect();
    pairs
        .iter()
        .filter_map(|pair| Some(Link { member: *member_at.get(&pair.member)?, household: *household_at.get(&pair.household)? }))
        .collect()
}

/// Pairs of a member with the household the member lives in: the same citizen number as any of its persons; where a
/// number is missing on one side, the same name and year of birth in the village of the member's cell (in the
/// whole commune where the cell is of no village: to rule out too much is harmless, to rule out too little is not).
fn own_households(basis: &Basis<'_>, members: &[usize], households: &[usize]) -> Vec<Link> {
    let mut by_number: BTreeMap<CitizenNumber, Vec<usize>> = BTreeMap::new();
    let mut by_name: BTreeMap<(String, i16), Vec<(usize, bool)>> = BTreeMap::new();
    for (at, &index) in households.iter().enumerate() {
        let household = basis.households[index];
        let head = (&*household.head, household.birth, household.citizen());
        let others = household.others.iter().map(|person| (person.name.as_str(), person.birth, person.citizen));
        for (name, birth, citizen) in std::iter::once(head).chain(others) {
            if let Some(citizen) = citizen {
                by_number.entry(citizen).or_default().push(at);
            }
            if let Some(year) = birth.map(Birth::year) {
                by_name.entry((fold_name(name), year)).or_default().push((at, citizen.is_some()));
            }
        }
    }
    let mut found = BTreeSet::new();
    for (at, &index) in members.iter().enumerate() {
        let member = &basis.members[index];
        if let Some(citizen) = member.citizen() {
            found.extend(by_number.get(&citizen).into_iter().flatten().map(|&household| Link { member: at, household }));
        }
        let Some(year) = member.birth.map(Birth::year) else { continue };
        let village = member.cell.as_ref().and_then(|cell| cell.village.as_ref());
        for &(household, numbered) in by_name.get(&(fold_name(&member.name), year)).into_iter().flatten() {
            let same_place = village.is_none() || basis.households[households[household]].place.village.as_ref() == village;
            if same_place && !(numbered && member.citizen().is_some()) {
                found.insert(Link { member: at, household });
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
