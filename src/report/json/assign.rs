//! JSON of `assign`.

use schemars::JsonSchema;
use serde::Serialize;

/// Who helps whom.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Assign {
    /// Each commune's problem and its answer.
    pub communes: Vec<Commune>,
    /// The pairs, by commune, village and household; none for the public.
    pub pairs: Vec<Pair>,
    /// Eligible members without a household they may help.
    pub idle: Vec<Left>,
    /// Members who are out, with the reason.
    pub excluded: Vec<Left>,
    /// Households without a member who may help them.
    pub uncovered: Vec<Uncovered>,
    /// What became of last year's pairs; null without them.
    pub changes: Option<Changes>,
}

/// A commune.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Commune {
    /// Name.
    pub commune: String,
    /// Poor and near-poor households.
    pub households: u64,
    /// Members who help there.
    pub members: u64,
    /// The value of each level, in order.
    pub objective: Vec<(&'static str, i64)>,
    /// True only when the certificate of this run proves that no plan is better.
    pub optimal: bool,
}

/// A pair.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pair {
    /// Commune.
    pub commune: String,
    /// Village.
    pub village: Option<String>,
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// poor or near_poor.
    pub status: &'static str,
    /// Citizen number of the member, or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name of the member.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Cell.
    pub cell: Option<String>,
    /// Why this pair.
    pub reasons: Vec<&'static str>,
}

/// A member who is left out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Left {
    /// Citizen number, or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Why.
    pub why: &'static str,
}

/// A household without a helper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Uncovered {
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// Commune.
    pub commune: String,
    /// Village.
    pub village: Option<String>,
    /// Why.
    pub why: &'static str,
}

/// What became of last year's pairs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changes {
    /// Pairs that stay.
    pub kept: u64,
    /// Pairs that were not there last year.
    pub new: u64,
    /// Pairs that are no more.
    pub ended: Vec<Ended>,
}

/// A pair that is no more.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ended {
    /// The household as last year's list names it; null where hidden from the audience.
    pub household: Option<String>,
    /// The member as last year's list names it; null where hidden from the audience.
    pub member: Option<String>,
    /// Why.
    pub why: &'static str,
}
