//! JSON of `members`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::domain::household::Sex;
use crate::domain::roster::{RosterCounts, RosterOf};
use crate::report::audience::Audience;

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

impl Members {
    /// The shape of a roster's numbers; small groups are hidden from the public.
    #[must_use]
    pub fn new(total: &RosterCounts, rows: &[(&'static str, RosterOf, RosterCounts)], audience: Audience) -> Self {
        Self {
            counts: Counts::new(total),
            organisations: Some(total.organisations),
            rows: rows
                .iter()
                .map(|(by, of, counts)| Row {
                    by,
                    name: row_name(of),
                    counts: if audience == Audience::Public { Counts::total_only(counts) } else { Counts::new(counts) },
                })
                .collect(),
        }
    }
}

impl Counts {
    fn new(counts: &RosterCounts) -> Self {
        Self {
            total: Some(counts.total),
            women: counts.women,
            minority: counts.minority,
            exempt: Some(counts.exempt),
            probation: Some(counts.probation),
            salaried: counts.salaried,
        }
    }

    /// For the public a part of the roster shows how many members it has, and nothing that a few of them could be told by.
    fn total_only(counts: &RosterCounts) -> Self {
        Self { total: Some(counts.total), women: None, minority: None, exempt: None, probation: None, salaried: None }
    }
}

/// The name of a row for scripts: names as printed, English words for the rest.
fn row_name(of: &RosterOf) -> String {
    match of {
        RosterOf::Organisation(organisation) => organisation.name().to_owned(),
        RosterOf::Commune(commune) => commune.as_ref().map_or("other", |commune| commune.name()).to_owned(),
        RosterOf::Cell(organisation, cell) => format!("{} / {}", organisation.name(), cell.as_deref().unwrap_or("unknown")),
        RosterOf::Sex(Some(Sex::Male)) => "male".to_owned(),
        RosterOf::Sex(Some(Sex::Female)) => "female".to_owned(),
        RosterOf::People(Some(people)) => people.name().to_owned(),
        RosterOf::Minority(Some(minority)) => if *minority { "minority" } else { "kinh" }.to_owned(),
        RosterOf::Standing(standing) => standing.word().to_owned(),
        RosterOf::Sex(None) | RosterOf::People(None) | RosterOf::Minority(None) => "unknown".to_owned(),
    }
}
