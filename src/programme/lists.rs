//! The lists of the programme file: communes, mergers, organisations, cells, columns, and the assignment's decisions.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::values::{Day, Texts};

/// `[[communes]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commune {
    /// The statistical code of the unit.
    #[serde(default)]
    pub code: Option<u32>,
    /// The name with its rank, as it is printed: `Xã Yang Tao`.
    pub name: String,
    /// Other spellings that workbooks use.
    #[serde(default)]
    pub aliases: Texts,
    /// Whether the urban poverty line holds. Without it: yes for thị trấn and phường.
    #[serde(default)]
    pub urban: Option<bool>,
    /// The first day on which the unit existed.
    #[serde(default)]
    pub valid_from: Option<Day>,
    /// The first day on which it no longer existed.
    #[serde(default)]
    pub valid_to: Option<Day>,
    /// Its villages. Once given, a village outside the list is a warning.
    #[serde(default)]
    pub villages: Texts,
}

/// `[[mergers]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    /// The communes that ended, by name as of the day before.
    pub from: Texts,
    /// The commune that they became, by name as of the day.
    pub into: String,
    /// The first day of the new commune.
    pub on: Day,
}

/// `[[organisations]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The name as it is printed.
    pub name: String,
    /// Other spellings that workbooks use.
    #[serde(default)]
    pub aliases: Texts,
    /// The commune whose committee this is, or `"none"` where it is no commune committee although its name looks like one.
    #[serde(default)]
    pub committee_of: Option<String>,
}

/// `[[cells]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The name as rosters have it.
    pub name: String,
    /// The organisation that it belongs to, by name.
    pub organisation: String,
    /// The village whose cell it is.
    #[serde(default)]
    pub village: Option<String>,
    /// Whether its members help in that village only, and not in the whole commune.
    #[serde(default)]
    pub restricted: bool,
}

/// `[columns]`: per kind of table, a field and the heading under which it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// Headings of household lists.
    pub households: BTreeMap<String, String>,
    /// Headings of totals tables.
    pub totals: BTreeMap<String, String>,
    /// Headings of rosters.
    pub members: BTreeMap<String, String>,
    /// Headings of pledge ledgers.
    pub pledges: BTreeMap<String, String>,
    /// Headings of twinning tables.
    pub twinning: BTreeMap<String, String>,
    /// Headings of support registers.
    pub support: BTreeMap<String, String>,
    /// Headings of an assignment that is read back.
    pub assignment: BTreeMap<String, String>,
}

/// `[assignment]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Assignment {
    /// Whose members help: those of commune committees, those of twinned organisations, or both.
    pub pool: Pool,
    /// The most households of one member. Without it there is no limit.
    #[schemars(range(min = 1))]
    pub cap: Option<u32>,
    /// The least helpers of each household, where there are members enough.
    #[schemars(range(min = 1))]
    pub min_helpers: u32,
    /// The most pairs of a commune that were no pairs the year before. Without it there is no limit.
    pub max_changes: Option<u32>,
    /// The levels of the objective, most important first; each of the eight once.
    pub order: Vec<Level>,
    /// Groups of peoples that share a language. Vietnamese is none: everybody would match.
    pub common_languages: Vec<Vec<String>>,
    /// Pairs that a person has decided on: they are in every plan.
    pub pins: Vec<Pair>,
    /// Pairs that a person has ruled out.
    pub exclusions: Vec<Pair>,
}

impl Default for Assignment {
    fn default() -> Self {
        Self {
            pool: Pool::All,
            cap: None,
            min_helpers: 1,
            max_changes: None,
            order: Level::ALL.to_vec(),
            common_languages: Vec::new(),
            pins: Vec::new(),
            exclusions: Vec::new(),
        }
    }
}

/// Whose members help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Pool {
    /// Members of commune committees and of twinned organisations.
    All,
    /// Members of commune committees only.
    Commune,
    /// Members of twinned organisations only.
    Twinned,
}

/// A level of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The most households of one member, as few as can be.
    MaxLoad,
    /// Loads as equal as can be.
    SumSqLoad,
    /// Second helpers spread evenly.
    SumSqCover,
    /// Second helpers to the poor before the near-poor.
    NearExtra,
    /// Pairs of last year kept.
    Continuity,
    /// Households in the village of the member's cell, or in a twinned village.
    SameVillage,
    /// Poor households spread evenly.
    SumSqPoor,
    /// Pairs of one people or a common language.
    SameEthnicity,
}

impl Level {
    /// All levels in the order of the default.
    pub const ALL: [Self; 8] = [
        Self::MaxLoad,
        Self::SumSqLoad,
        Self::SumSqCover,
        Self::NearExtra,
        Self::Continuity,
        Self::SameVillage,
        Self::SumSqPoor,
        Self::SameEthnicity,
    ];
}

/// `[[assignment.pins]]` and `[[assignment.exclusions]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// The member, by citizen number or by the key that `ingest` prints.
    pub member: String,
    /// The household, by the citizen number of its head or by the key that `ingest` prints.
    pub household: String,
    /// The year for which it holds. Without it: every year.
    #[serde(default)]
    pub year: Option<i16>,
    /// Who decided so and why, for the record.
    #[serde(default)]
    pub why: Option<String>,
}
