//! Sums of what members and donors pledged and delivered, who takes part and who owes what.
//!
//! Days of salary, days of labour and seedlings are never added together. What is pledged decides about taking part
//! and about the minimum; what is delivered has figures of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::duty::{DutyRules, Least, Money};
use super::ids::Key;
use super::member::{Eligibility, Member};
use super::organisation::Organisation;
use super::place::CommuneRef;
use super::pledge::{Amounts, Days, Giver, Pledge};
use super::spelling::fold;
use super::survey::Roster;

/// What was given, kind by kind. A blank cell adds nothing. Sums stay at the top of 64 bits, which no real list reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Days of salary.
    pub salary_days: Days,
    /// Days of labour.
    pub labour_days: Days,
    /// Seedlings.
    pub seedlings: u64,
    /// Money in đồng, where lists state a sum; `None` where nobody stated one.
    pub money_dong: Option<u64>,
    /// What the days of salary of members are worth; `None` unless asked for and known for at least one.
    pub estimate_dong: Option<u64>,
}

impl Given {
    /// The amounts of one row.
    fn of(amounts: &Amounts) -> Self {
        Self {
            salary_days: amounts.salary_days.unwrap_or_default(),
            labour_days: amounts.labour_days.unwrap_or_default(),
            seedlings: amounts.seedlings.unwrap_or_default(),
            money_dong: amounts.money_dong,
            estimate_dong: None,
        }
    }

    /// Adds kind to kind.
    pub fn add(&mut self, other: Self) {
        let days = |a: Days, b: Days| Days::halves(a.in_halves().saturating_add(b.in_halves()));
        let money = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (known, None) | (None, known) => known,
        };
        self.salary_days = days(self.salary_days, other.salary_days);
        self.labour_days = days(self.labour_days, other.labour_days);
        self.seedlings = self.seedlings.saturating_add(other.seedlings);
        self.money_dong = money(self.money_dong, other.money_dong);
        self.estimate_dong = money(self.estimate_dong, other.estimate_dong);
    }

    /// Whether anything is above zero.
    #[must_use]
    pub fn is_something(&self) -> bool {
        let amounts = [self.salary_days.in_halves(), self.labour_days.in_halves(), self.seedlings, self.money_dong.unwrap_or(0)];
        amounts.into_iter().any(|amount| amount > 0)
    }

    /// Whether one way of doing one's duty is done.
    #[must_use]
    pub fn meets(&self, way: Least) -> bool {
        match way {
            Least::SalaryDays(days) => self.salary_days >= days,
            Least::LabourDays(days) => self.labour_days >= days,
            Least::Seedlings(seedlings) => self.seedlings >= seedlings,
        }
    }
}

/// Seedlings by species. Spellings that fold to the same are one species; `None` is "not told".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Species(BTreeMap<Option<String>, BTreeMap<Arc<str>, u64>>);

impl Species {
    fn add(&mut self, species: Option<&Arc<str>>, seedlings: u64) {
        if seedlings > 0 {
            let spellings = self.0.entry(species.map(|name| fold(name))).or_default();
            let sum = spellings.entry(species.cloned().unwrap_or_else(|| Arc::from(""))).or_default();
            *sum = sum.saturating_add(seedlings);
        }
    }

    /// The species in the order of their folded names, each in its most usual spelling, and the seedlings whose species
    /// is not told first, as `None`.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, u64)> {
        self.0.iter().map(|(folded, spellings)| {
            let usual = spellings.iter().rev().max_by_key(|(_, seedlings)| **seedlings).map(|(spelling, _)| &**spelling);
            let sum = spellings.values().fold(0u64, |sum, seedlings| sum.saturating_add(*seedlings));
            (usual.filter(|_| folded.is_some()), sum)
        })
    }
}

/// One member with everything that the pledges say about him or her.
#[derive(Clone, Debug)]
pub struct MemberGiving<'a> {
    /// The member.
    pub member: &'a Member,
    /// Standing on the as-of date.
    pub eligibility: Eligibility,
    /// What is pledged; `None` where no list says anything.
    pub pledged: Option<Given>,
    /// What is delivered; `None` where no list says anything.
    pub delivered: Option<Given>,
    /// Ways that would do the duty and of which none is pledged; empty when the minimum is met or nothing is owed.
    pub owes: Vec<Least>,
    /// The minimum is also met by what is delivered.
    pub delivered_minimum: bool,
    /// Whether roster and ledger both state a pledge or both a delivery; then the ledger counts.
    pub told_twice: bool,
    pledged_species: Species,
    delivered_species: Species,
}

impl MemberGiving<'_> {
    /// Not exempt on the day and not gone.
    #[must_use]
    pub fn is_eligible(&self) -> bool {
        self.eligibility == Eligibility::Eligible
    }

    /// Eligible, and pledged anything above zero.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.is_eligible() && self.pledged.is_some_and(|given| given.is_something())
    }

    /// Takes part, and delivered as much as is pledged of each kind.
    #[must_use]
    pub fn keeps_pledge(&self) -> bool {
        let all = |pledged: Given, given: Given| {
            given.salary_days >= pledged.salary_days
                && given.labour_days >= pledged.labour_days
                && given.seedlings >= pledged.seedlings
                && given.money_dong.unwrap_or(0) >= pledged.money_dong.unwrap_or(0)
        };
        self.takes_part() && self.pledged.is_some_and(|pledged| all(pledged, self.delivered.unwrap_or_default()))
    }

    /// Eligible, and what is pledged does the duty.
    #[must_use]
    pub fn meets_minimum(&self) -> bool {
        self.is_eligible() && self.owes.is_empty()
    }
}

/// What the lists and the rules say about what members give: one look at the ledger, then each member by himself.
#[derive(Debug)]
struct Giving<'a> {
    ledger: BTreeMap<&'a Key, Vec<&'a Pledge>>,
    day: Date,
    duty: &'a DutyRules,
    money: Option<&'a Money>,
}

impl<'a> Giving<'a> {
    fn new(pledges: &'a [Pledge], day: Date, duty: &'a DutyRules, money: Option<&'a Money>) -> Self {
        let mut ledger: BTreeMap<&Key, Vec<&Pledge>> = BTreeMap::new();
        for pledge in pledges {
            if let Giver::Member(key) = &pledge.giver {
                ledger.entry(key).or_default().push(pledge);
            }
        }
        Self { ledger, day, duty, money }
    }

    /// What a member gives. Ledger rows of one member add up; where the roster's own columns also say something, the ledger
    /// counts, because the two usually tell the same pledge.
    fn of<'b>(&self, member: &'b Member) -> MemberGiving<'b> {
        let rows = self.ledger.get(&member.key).map_or(&[][..], Vec::as_slice);
        let (pledged, pledged_species, twice) =
            gather(rows.iter().map(|row| (row.pledged.as_ref(), None)), member.pledged.as_deref(), None);
        let known = member.pledged.as_deref().and_then(|amounts| amounts.species.as_ref());
        let deliveries = rows.iter().map(|row| (row.delivered.as_ref(), species_pledged(row)));
        let (delivered, delivered_species, delivered_twice) = gather(deliveries, member.delivered.as_deref(), known);
        let requirement = self.duty.of(member);
        let holds = |given: Option<Given>| {
            let ways = requirement.ways();
            ways.is_empty() || ways.iter().any(|&way| given.is_some_and(|given| given.meets(way)))
        };
        let worth = |given: Given| Given {
            estimate_dong: self.money.zip(member.coefficient).and_then(|(money, coefficient)| {
                money.estimate(given.salary_days, coefficient, self.day).filter(|_| given.salary_days > Days::default())
            }),
            ..given
        };
        MemberGiving {
            member,
            eligibility: member.standing.on(self.day),
            owes: if holds(pledged) { Vec::new() } else { requirement.ways().to_vec() },
            delivered_minimum: holds(delivered),
            pledged: pledged.map(worth),
            delivered: delivered.map(worth),
            told_twice: twice || delivered_twice,
            pledged_species,
            delivered_species,
        }
    }
}

/// Gathers what each member gives, in the order of the roster.
#[must_use]
pub fn of_members<'a>(roster: &'a Roster, day: Date, duty: &DutyRules, money: Option<&Money>) -> Vec<MemberGiving<'a>> {
    let giving = Giving::new(&roster.pledges, day, duty, money);
    roster.members.iter().map(|member| giving.of(member)).collect()
}

/// The species that a row of the ledger pledges.
fn species_pledged(row: &Pledge) -> Option<&Arc<str>> {
    row.pledged.as_ref()?.species.as_ref()
}

/// Adds the rows of the ledger, or where it says nothing takes the roster's own columns. A delivery that names no
/// species is of the species that was pledged.
fn gather<'a>(
    rows: impl Iterator<Item = (Option<&'a Amounts>, Option<&'a Arc<str>>)>,
    own: Option<&'a Amounts>,
    pledged_species: Option<&Arc<str>>,
) -> (Option<Given>, Species, bool) {
    let rows: Vec<(&Amounts, Option<&Arc<str>>)> =
        rows.filter_map(|(amounts, species)| Some((amounts?, species.or(pledged_species)))).collect();
    let ledger_says = rows.iter().any(|(amounts, _)| amounts.is_something());
    let own_says = own.is_some_and(Amounts::is_something);
    let used = if ledger_says { rows } else { own.map(|own| (own, pledged_species)).into_iter().chain(rows).collect() };
    let mut species = Species::default();
    for (amounts, pledged) in &used {
        species.add(amounts.species.as_ref().or(*pledged), amounts.seedlings.unwrap_or(0));
    }
    let sum = used.into_iter().map(|(amounts, _)| Given::of(amounts)).reduce(|mut sum, given| {
        sum.add(given);
        sum
    });
    (sum, species, ledger_says && own_says)
}

/// The members of one row and what they give.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GivingCounts {
    /// All on the roster.
    pub members: u64,
    /// Not exempt on the day and not gone.
    pub eligible: u64,
    /// Eligible, and pledged anything above zero.
    pub taking_part: u64,
    /// Eligible, and what is pledged does the duty.
    pub meeting_minimum: u64,
    /// Eligible, and delivered anything above zero.
    pub delivering: u64,
    /// Eligible, and what is delivered does the duty.
    pub delivered_minimum: u64,
    /// Eligible, pledged something and delivered all of it.
    pub kept: u64,
    /// Sums of what is pledged, by everybody on the roster.
    pub pledged: Given,
    /// Sums of what is delivered.
    pub delivered: Given,
    /// Members who pledged days of salary and whose coefficient is not known, so that the estimate leaves them out.
    pub without_coefficient: u64,
}

impl GivingCounts {
    fn add(&mut self, giving: &MemberGiving<'_>) {
        let eligible = giving.is_eligible();
        let one = |holds: bool| u64::from(holds);
        self.members += 1;
        self.eligible += one(eligible);
        self.taking_part += one(giving.takes_part());
        self.meeting_minimum += one(giving.meets_minimum());
        self.delivering += one(eligible && giving.delivered.is_some_and(|given| given.is_something()));
        self.kept += one(giving.keeps_pledge());
        self.delivered_minimum += one(eligible && giving.delivered_minimum);
        self.pledged.add(giving.pledged.unwrap_or_default());
        self.delivered.add(giving.delivered.unwrap_or_default());
        let salary = giving.pledged.is_some_and(|given| given.salary_days > Days::default());
        self.without_coefficient += one(salary && giving.member.coefficient.is_none());
    }

    /// The counts of some members.
    #[must_use]
    pub fn of<'a, 'b: 'a>(members: impl IntoIterator<Item = &'a MemberGiving<'b>>) -> Self {
        let mut counts = Self::default();
        members.into_iter().for_each(|giving| counts.add(giving));
        counts
    }
}

/// What a row of pledges is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GivingOf {
    /// A base organisation.
    Organisation(Organisation),
    /// A commune committee's commune; `None` holds the members of all other organisations.
    Commune(Option<CommuneRef>),
    /// A cell of an organisation; `None` holds the members whose cell is not told.
    Cell(Organisation, Option<Arc<str>>),
    /// What the ledger says of members whom the roster does not have, in a grouping.
    NotOnRoster(GivingBy),
}

/// What rows of pledges are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GivingBy {
    /// A row an organisation.
    Organisation,
    /// A row a commune committee.
    Commune,
    /// A row a cell.
    Cell,
}

impl GivingBy {
    /// The word of scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Commune => "commune",
            Self::Cell => "cell",
        }
    }

    /// The row in which a member is counted.
    fn of(self, member: &Member) -> GivingOf {
        match self {
            Self::Organisation => GivingOf::Organisation(member.organisation.clone()),
            Self::Commune => GivingOf::Commune(member.organisation.committee_of().cloned()),
            Self::Cell => GivingOf::Cell(member.organisation.clone(), member.cell.as_ref().map(|cell| Arc::clone(&cell.name))),
        }
    }
}

/// A member who has not pledged the minimum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short<'a> {
    /// The member.
    pub member: &'a Member,
    /// The ways of which one would do.
    pub owes: Vec<Least>,
    /// Whether anything at all is pledged.
    pub takes_part: bool,
}

/// What an outside donor gives (twinned unit, business, person outside the roster).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Donor {
    /// The name in its first spelling by reading order.
    pub name: Arc<str>,
    /// Sums of what is pledged.
    pub pledged: Given,
    /// Sums of what is delivered.
    pub delivered: Given,
}

/// All sums of pledges of a year.
#[derive(Clone, Debug)]
pub struct PledgeSums<'a> {
    /// Everybody on the roster, and what the ledger says of members who are not.
    pub total: GivingCounts,
    /// Pledged seedlings by species.
    pub pledged_species: Species,
    /// Delivered seedlings by species.
    pub delivered_species: Species,
    /// Rows of each grouping, in the order asked for.
    pub rows: Vec<(GivingOf, GivingCounts)>,
    /// Eligible members short of the minimum, by organisation, then key.
    pub short: Vec<Short<'a>>,
    /// Members outside the 100 %, with the reason, by organisation, then key.
    pub outside: Vec<(&'a Member, Eligibility)>,
    /// Members for whom roster and ledger both state amounts; the ledger counts.
    pub told_twice: Vec<&'a Member>,
    /// Donors outside the roster, by name; not part of any total above.
    pub donors: Vec<Donor>,
    /// Ledger rows of members that the roster does not have; a row of their own in every grouping.
    pub unknown: Vec<&'a Pledge>,
    /// Ledger rows that say what was bought or which household got it.
    pub uses: Vec<&'a Pledge>,
    /// The rule and the day by which days of salary are estimated in đồng, where they are.
    pub money: Option<(Money, Date)>,
}

/// Sums pledges and deliveries of a year as of a day. With `money` the days of salary are also estimated in đồng.
#[must_use]
pub fn pledge_sums<'a>(
    roster: &'a Roster,
    day: Date,
    duty: &DutyRules,
    money: Option<&Money>,
    by: &[GivingBy],
) -> PledgeSums<'a> {
    let giving = Giving::new(&roster.pledges, day, duty, money);
    let mut members: Vec<&Member> = roster.members.iter().collect();
    members.sort_by(|a, b| order(a).cmp(&order(b)));
    // What one member gives is added to everything and let go: of half a million, all at once would be more than the roster.
    let (mut total, mut rows) = (GivingCounts::default(), vec![BTreeMap::new(); by.len()]);
    let (mut pledged_species, mut delivered_species) = (Species::default(), Species::default());
    let (mut short, mut outside, mut told_twice) = (Vec::new(), Vec::new(), Vec::new());
    for member in members {
        let giving = giving.of(member);
        total.add(&giving);
        for (by, rows) in by.iter().zip(&mut rows) {
            let row: &mut GivingCounts = rows.entry(by.of(member)).or_default();
            row.add(&giving);
        }
        merge_species(&mut pledged_species, &giving.pledged_species);
        merge_species(&mut delivered_species, &giving.delivered_species);
        if giving.told_twice {
            told_twice.push(member);
        }
        if !giving.is_eligible() {
            outside.push((member, giving.eligibility));
        } else if !giving.owes.is_empty() {
            let takes_part = giving.takes_part();
            short.push(Short { member, owes: giving.owes, takes_part });
        }
    }
    let mut strange: BTreeSet<&Key> = giving.ledger.keys().copied().collect();
    roster.members.iter().for_each(|member| {
        strange.remove(&member.key);
    });
    let unknown = by_source(&roster.pledges, |pledge| matches!(&pledge.giver, Giver::Member(key) if strange.contains(key)));
    // A gift is a gift, though nobody knows yet which member's it is: no one is counted, the amounts are.
    let mut strangers = GivingCounts::default();
    for pledge in &unknown {
        let known = species_pledged(pledge);
        for (amounts, sum, species) in [
            (&pledge.pledged, &mut strangers.pledged, &mut pledged_species),
            (&pledge.delivered, &mut strangers.delivered, &mut delivered_species),
        ] {
            let Some(amounts) = amounts else { continue };
            sum.add(Given::of(amounts));
            species.add(amounts.species.as_ref().or(known), amounts.seedlings.unwrap_or(0));
        }
    }
    total.pledged.add(strangers.pledged);
    total.delivered.add(strangers.delivered);
    let rows_of = |(by, rows): (&GivingBy, BTreeMap<GivingOf, GivingCounts>)| {
        rows.into_iter().chain((!unknown.is_empty()).then_some((GivingOf::NotOnRoster(*by), strangers))).collect::<Vec<_>>()
    };
    PledgeSums {
        total,
        pledged_species,
        delivered_species,
        rows: by.iter().zip(rows).flat_map(rows_of).collect(),
        short,
        outside,
        told_twice,
        donors: donors(&roster.pledges),
        unknown,
        uses: by_source(&roster.pledges, |pledge| pledge.bought.is_some() || pledge.household.is_some()),
        money: money.map(|money| (money.clone(), day)),
    }
}

/// Lists of members do not depend on the order of rows and files.
fn order(member: &Member) -> (&Organisation, &Key) {
    (&member.organisation, &member.key)
}

fn by_source(pledges: &[Pledge], keep: impl Fn(&Pledge) -> bool) -> Vec<&Pledge> {
    let mut kept: Vec<&Pledge> = pledges.iter().filter(|pledge| keep(pledge)).collect();
    kept.sort_by(|a, b| a.source.cmp(&b.source));
    kept
}

fn merge_species(into: &mut Species, from: &Species) {
    for spellings in from.0.iter() {
        for (spelling, seedlings) in spellings.1 {
            into.add(spellings.0.as_ref().map(|_| spelling), *seedlings);
        }
    }
}

fn donors(pledges: &[Pledge]) -> Vec<Donor> {
    let mut donors: BTreeMap<String, Donor> = BTreeMap::new();
    for pledge in by_source(pledges, |_| true) {
        if let Giver::Donor(name) = &pledge.giver {
            let new = || Donor { name: Arc::clone(name), pledged: Given::default(), delivered: Given::default() };
            let donor = donors.entry(fold(name)).or_insert_with(new);
            donor.pledged.add(pledge.pledged.as_ref().map(Given::of).unwrap_or_default());
            donor.delivered.add(pledge.delivered.as_ref().map(Given::of).unwrap_or_default());
        }
    }
    donors.into_values().collect()
}

#[cfg(test)]
#[path = "pledges_tests.rs"]
mod tests;
