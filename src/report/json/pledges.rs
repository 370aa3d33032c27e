//! JSON of `pledges`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

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
    /// By organisation and commune.
    pub rows: Vec<Row>,
    /// Members who are short of the minimum.
    pub short: Vec<Short>,
    /// Givers outside the roster.
    pub donors: Vec<Donor>,
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
    /// The estimate in đồng, where one was asked for, or the sum that ledgers state.
    pub money_dong: Option<u64>,
}

/// Numbers of a part of the roster.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// organisation, commune or cell.
    pub by: &'static str,
    /// Which one.
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
        let shown = |_: &&pledges::Short<'_>| audience != Audience::Public;
        Self {
            counts: Counts::new(&sums.total, told),
            by_species: sums
                .pledged_species
                .iter()
                .map(|(species, count)| (species.unwrap_or("unknown").to_owned(), count))
                .collect(),
            rows: sums.rows.iter().map(|(of, counts)| Row::new(of, counts, told)).collect(),
            short: sums.short.iter().filter(shown).map(|short| Short::new(short, audience)).collect(),
            donors: if audience == Audience::Public { Vec::new() } else { sums.donors.iter().map(Donor::new).collect() },
        }
    }
}

impl Counts {
    fn new(counts: &GivingCounts, told: Told) -> Self {
        Self {
            members: Some(counts.members),
            eligible: Some(counts.eligible),
            taking_part: told.pledged.then_some(counts.taking_part),
            meeting_minimum: told.pledged.then_some(counts.meeting_minimum),
            pledged: told.pledged.then(|| Amounts::new(&counts.pledged)),
            delivered: told.delivered.then(|| Amounts::new(&counts.delivered)),
        }
    }
}

impl Amounts {
    pub(super) fn new(given: &Given) -> Self {
        Self {
            salary_days: given.salary_days.to_string(),
            labour_days: given.labour_days.to_string(),
            seedlings: given.seedlings,
            money_dong: given.money_dong.or(given.estimate_dong),
        }
    }
}

impl Row {
    fn new(of: &GivingOf, counts: &GivingCounts, told: Told) -> Self {
        let (by, name) = match of {
            GivingOf::Organisation(organisation) => ("organisation", organisation.name().to_owned()),
            GivingOf::Commune(commune) => ("commune", commune.as_ref().map_or("other", |commune| commune.name()).to_owned()),
            GivingOf::Cell(organisation, cell) => {
                ("cell", format!("{} / {}", organisation.name(), cell.as_deref().unwrap_or("unknown")))
            }
        };
        Self { by, name, counts: Counts::new(counts, told) }
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
            pledged: Some(Amounts::new(&donor.pledged)),
            delivered: Some(Amounts::new(&donor.delivered)),
        }
    }
}
