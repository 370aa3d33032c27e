//! JSON of `pledges`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::member::{Eligibility, Member};
use crate::domain::pledge::Pledge;
use crate::domain::pledges::{self, Given, GivingCounts, GivingOf, PledgeSums};
use crate::report::audience::Audience;
use crate::report::views::pledges::Told;

/// What is pledged and delivered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pledges {
    /// Numbers of the whole roster.
    #[serde(flatten)]
    pub counts: Counts,
    /// Pledged seedlings by species.
    pub by_species: BTreeMap<String, u64>,
    /// Delivered seedlings by species.
    pub delivered_by_species: BTreeMap<String, u64>,
    /// How days of salary are estimated in đồng; null where the programme does not ask for it.
    pub estimate: Option<Estimate>,
    /// By organisation and commune.
    pub rows: Vec<Row>,
    /// Members who are short of the minimum.
    pub short: Vec<Short>,
    /// Members outside the 100 %, with the reason; none for the public.
    pub outside: Vec<Outside>,
    /// Givers outside the roster.
    pub donors: Vec<Donor>,
    /// What gifts bought and who got it, where the ledger says so; none for the public.
    pub bought: Vec<Bought>,
}

/// What a gift bought.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Bought {
    /// The giver, a member or a donor.
    pub name: String,
    /// What it bought.
    pub what: Option<String>,
    /// The household that got it, as the ledger has it; null where hidden from the audience.
    pub household: Option<String>,
}

/// The rule of the estimate: coefficient × base salary ÷ divisor for a day of salary.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Estimate {
    /// The day of the base salary, ISO.
    pub day: String,
    /// Base salary in đồng a month; null before the first that the programme knows.
    pub base_salary_dong: Option<u64>,
    /// Working days of a month.
    pub divisor: u32,
    /// Members who pledged days of salary and whose coefficient is not known: the estimate leaves them out.
    pub without_coefficient: u64,
}

/// Numbers of members and amounts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// All members.
    pub members: Option<u64>,
    /// Members of whom the programme asks something.
    pub eligible: Option<u64>,
    /// Eligible members who pledged anything.
    pub taking_part: Option<u64>,
    /// Eligible members whose pledge meets the duty.
    pub meeting_minimum: Option<u64>,
    /// Eligible members whose deliveries meet the duty.
    pub delivered_minimum: Option<u64>,
    /// Pledged; null where the lists have no such columns.
    pub pledged: Option<Amounts>,
    /// Delivered; null where the lists have no such columns.
    pub delivered: Option<Amounts>,
}

/// Amounts, which are never added together.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Amounts {
    /// Days of salary, with halves: `1520.5`.
    pub salary_days: String,
    /// Days of labour.
    pub labour_days: String,
    /// Seedlings.
    pub seedlings: u64,
    /// What the days of salary are worth in đồng, where the programme asks for the estimate; else what lists state.
    pub money_dong: Option<u64>,
    /// Money in đồng that lists state; null where none does.
    pub stated_dong: Option<u64>,
}

/// Numbers of a part of the roster.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// organisation, commune or cell.
    pub by: &'static str,
    /// Which one; `not_on_roster` for what the ledger says of members whom the roster does not have.
    pub name: String,
    /// Its numbers.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A member who is short of the minimum.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Short {
    /// Citizen number or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// What is owed: `salary_days>=1 or seedlings>=10`.
    pub owes: String,
}

/// A member of whom the programme asks nothing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Outside {
    /// Citizen number or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// exempt, suspended, transferred or departed; null where hidden from the audience.
    pub why: Option<&'static str>,
}

/// A giver outside the roster.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Donor {
    /// Name.
    pub name: String,
    /// Pledged.
    pub pledged: Option<Amounts>,
    /// Delivered.
    pub delivered: Option<Amounts>,
}

impl Pledges {
    /// The shape of the sums of pledges for an audience: the public sees no persons, the village board no numbers of them.
    #[must_use]
    pub fn new(sums: &PledgeSums<'_>, told: Told, audience: Audience) -> Self {
        let estimated = sums.money.is_some();
        let shown = |_: &&pledges::Short<'_>| audience != Audience::Public;
        Self {
            counts: Counts::new(&sums.total, told, estimated),
            by_species: by_species(&sums.pledged_species),
            delivered_by_species: by_species(&sums.delivered_species),
            estimate: sums.money.as_ref().map(|(money, day)| Estimate {
                day: day.to_string(),
                base_salary_dong: money.base_on(*day),
                divisor: money.divisor,
                without_coefficient: sums.total.without_coefficient,
            }),
            rows: sums.rows.iter().map(|(of, counts)| Row::new(of, counts, told, estimated)).collect(),
            short: sums.short.iter().filter(shown).map(|short| Short::new(short, audience)).collect(),
            outside: sums.outside.iter().filter(|_| audience != Audience::Public).map(|of| Outside::new(of, audience)).collect(),
            donors: if audience == Audience::Public { Vec::new() } else { sums.donors.iter().map(Donor::new).collect() },
            bought: sums.uses.iter().filter(|_| audience != Audience::Public).map(|of| Bought::new(of, audience)).collect(),
        }
    }
}

fn by_species(species: &pledges::Species) -> BTreeMap<String, u64> {
    species.iter().map(|(species, count)| (species.unwrap_or("unknown").to_owned(), count)).collect()
}

impl Bought {
    fn new(of: &Pledge, audience: Audience) -> Self {
        Self {
            name: of.name.to_string(),
            what: of.bought.as_deref().map(str::to_owned),
            household: of.household.as_deref().filter(|_| audience == Audience::Internal).map(str::to_owned),
        }
    }
}

impl Outside {
    fn new((member, why): &(&Member, Eligibility), audience: Audience) -> Self {
        let internal = audience == Audience::Internal;
        Self {
            member: internal.then(|| member.key.to_string()),
            name: member.name.to_string(),
            organisation: member.organisation.to_string(),
            why: internal.then(|| why.word()),
        }
    }
}

impl Counts {
    fn new(counts: &GivingCounts, told: Told, estimated: bool) -> Self {
        Self {
            members: Some(counts.members),
            eligible: Some(counts.eligible),
            taking_part: told.pledged.then_some(counts.taking_part),
            meeting_minimum: told.pledged.then_some(counts.meeting_minimum),
            delivered_minimum: told.delivered.then_some(counts.delivered_minimum),
            pledged: told.pledged.then(|| Amounts::new(&counts.pledged, estimated)),
            delivered: told.delivered.then(|| Amounts::new(&counts.delivered, estimated)),
        }
    }
}

impl Amounts {
    /// With `estimated` the money is the worth of the days of salary, else what lists state.
    pub(super) fn new(given: &Given, estimated: bool) -> Self {
        Self {
            salary_days: given.salary_days.to_string(),
            labour_days: given.labour_days.to_string(),
            seedlings: given.seedlings,
            money_dong: if estimated { given.estimate_dong } else { given.money_dong },
            stated_dong: given.money_dong,
        }
    }
}

impl Row {
    fn new(of: &GivingOf, counts: &GivingCounts, told: Told, estimated: bool) -> Self {
        let (by, name) = match of {
            GivingOf::Organisation(organisation) => ("organisation", organisation.name().to_owned()),
            GivingOf::Commune(commune) => ("commune", commune.as_ref().map_or("other", |commune| commune.name()).to_owned()),
            GivingOf::Cell(organisation, cell) => {
                ("cell", format!("{} / {}", organisation.name(), cell.as_deref().unwrap_or("unknown")))
            }
            GivingOf::NotOnRoster(by) => (by.word(), "not_on_roster".to_owned()),
        };
        Self { by, name, counts: Counts::new(counts, told, estimated) }
    }
}

impl Short {
    fn new(short: &pledges::Short<'_>, audience: Audience) -> Self {
        let ways: Vec<String> = short.owes.iter().map(ToString::to_string).collect();
        Self {
            member: if audience == Audience::Internal { Some(short.member.key.to_string()) } else { None },
            name: short.member.name.to_string(),
            organisation: short.member.organisation.to_string(),
            owes: ways.join(" or "),
        }
    }
}

impl Donor {
    fn new(donor: &pledges::Donor) -> Self {
        Self {
            name: donor.name.to_string(),
            pledged: Some(Amounts::new(&donor.pledged, false)),
            delivered: Some(Amounts::new(&donor.delivered, false)),
        }
    }
}
