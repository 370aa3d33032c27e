//! JSON of `rates`.

use schemars::JsonSchema;
use serde::Serialize;

/// Rates and goals.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Rates {
    /// The poverty standard under which classes are meant: `ND07-2021`.
    pub standard: String,
    /// The district first, then what `--by` asked for.
    pub rows: Vec<RateRow>,
    /// The goals of the programme.
    pub goals: Vec<Goal>,
}

/// The rates of an area or a group.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RateRow {
    /// district, commune, village, ethnicity, minority, sex or no_labour.
    pub by: &'static str,
    /// The commune.
    pub commune: Option<String>,
    /// The village.
    pub village: Option<String>,
    /// The value of the group.
    pub group: Option<String>,
    /// All resident households; null where nobody counted them.
    pub households: Option<u64>,
    /// All resident persons; null where nobody counted them.
    pub persons: Option<u64>,
    /// Poor households; null where hidden from the audience.
    pub poor: Option<u64>,
    /// Near-poor households.
    pub near_poor: Option<u64>,
    /// Persons in poor households.
    pub poor_persons: Option<u64>,
    /// Persons in near-poor households.
    pub near_poor_persons: Option<u64>,
    /// Poor households of all, in percent.
    pub poor_percent: Option<String>,
    /// Near-poor households of all, in percent.
    pub near_poor_percent: Option<String>,
    /// Poor and near-poor households of all, in percent, from the counts.
    pub both_percent: Option<String>,
    /// The change on the year before, where it is known and the standard is the same.
    pub change: Option<Change>,
}

/// Differences of printed rates, in percentage points.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Change {
    /// The year compared with.
    pub from: Option<i16>,
    /// Of the poor.
    pub poor_points: Option<String>,
    /// Of the near-poor.
    pub near_poor_points: Option<String>,
    /// Of both.
    pub both_points: Option<String>,
}

/// A goal and how far it is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Goal {
    /// poor or near_poor.
    pub measure: &'static str,
    /// The year by whose end it is to be reached.
    pub year: i16,
    /// The limit, in percent, as the resolution writes it.
    pub limit_percent: String,
    /// at_most or below.
    pub comparison: &'static str,
    /// reached, on_pace, behind, no_data or not_comparable.
    pub verdict: &'static str,
    /// Whether the counts satisfy the limit.
    pub reached: Option<bool>,
    /// Percentage points above the limit.
    pub gap_points: Option<String>,
    /// The least number of households that must leave the class.
    pub gap_households: Option<u64>,
    /// Years left.
    pub years_left: i64,
    /// Points a year that are needed.
    pub pace_needed_points: Option<String>,
    /// Households a year that are needed.
    pub pace_needed_households: Option<u64>,
    /// Points a year so far.
    pub pace_so_far_points: Option<String>,
}
