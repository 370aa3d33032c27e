//! JSON of `members`.

use schemars::JsonSchema;
use serde::Serialize;

/// The roster in numbers.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Members {
    /// Numbers of the whole roster.
    #[serde(flatten)]
    pub counts: Counts,
    /// Base organisations.
    pub organisations: Option<u64>,
    /// By organisation, cell, sex, ethnicity and standing.
    pub rows: Vec<Row>,
}

/// Numbers of members.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Counts {
    /// All members.
    pub total: Option<u64>,
    /// Women.
    pub women: Option<u64>,
    /// Members of minority peoples.
    pub minority: Option<u64>,
    /// Exempt on the as-of date.
    pub exempt: Option<u64>,
    /// On probation.
    pub probation: Option<u64>,
    /// Paid from the state budget.
    pub salaried: Option<u64>,
}

/// Numbers of a part of the roster.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// organisation, cell, sex, ethnicity or standing.
    pub by: &'static str,
    /// Which one.
    pub name: String,
    /// Its numbers.
    #[serde(flatten)]
    pub counts: Counts,
}
