//! JSON of `pledges`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

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
    /// Citizen number or made key.
    pub member: String,
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
