//! The programme file as it is written: its tables, their keys and their defaults.
//!
//! The comments of the fields are the descriptions in the JSON Schema. A key that is left out has the value of
//! Resolution 14-NQ/HU of the Party committee of Lắk district, 6 September 2023.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::lists::{Assignment, Cell, Columns, Commune, Merger, Organisation};
use super::values::{Day, HalfDays, Percent, Texts, Year};

/// The programme file of thoatngheo (TOML).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ProgrammeFile {
    /// What the programme is called and who issues its reports.
    pub programme: About,
    /// The goals. Those given replace the four of Resolution 14.
    pub goals: Vec<Goal>,
    /// What each kind of member owes a year.
    pub duty: Duty,
    /// How days of salary are turned into an estimate of money.
    pub money: Money,
    /// How households are shared out to members.
    pub assignment: Assignment,
    /// The communes. Once one is given, the list is complete: a commune outside it is an error and a commune of it without a workbook is named. Without any, the units of Lắk are known and others are a warning.
    pub communes: Vec<Commune>,
    /// Which communes were merged into which. Without `[[communes]]`, the merger of Lắk on 1 July 2025 is known.
    pub mergers: Vec<Merger>,
    /// Party organisations whose names do not tell whether they are a commune committee, or that have several spellings.
    pub organisations: Vec<Organisation>,
    /// Cells whose names do not tell their village, or that are bound to their villages.
    pub cells: Vec<Cell>,
    /// Columns that the headings cannot tell: per kind of table, the heading of a field.
    pub columns: Columns,
    /// Per year, the rates that the province published, printed beside those of the district.
    pub province: BTreeMap<Year, Published>,
    /// Grades of the scorecard; without any, the scorecard gives figures and no grades.
    pub scorecard: Scorecard,
    /// Per year, the workbooks, or what is published about a year without workbooks.
    pub years: BTreeMap<Year, YearTable>,
}

/// `[programme]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct About {
    /// The name of the programme as reports print it.
    pub name: String,
    /// The area that all communes make up together, as the first row of tables prints it.
    pub area: String,
    /// The body that issues the report, for the head of annexes.
    pub issuer: String,
    /// The body above the issuer, for the head of annexes.
    pub superior: String,
    /// Whether the issuer is a body of the Party or of the State: they print different heads.
    pub issuer_kind: IssuerKind,
    /// The place in "place, date".
    pub place: String,
    /// The language of reports and messages where the command line does not say.
    pub language: Language,
}

/// Party or State.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum IssuerKind {
    /// A Party committee.
    Party,
    /// A People's Committee or another body of the State.
    State,
}

/// A language of reports and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

/// `[[goals]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The class that must fall.
    pub measure: Measure,
    /// The year by whose end the goal must hold.
    #[schemars(range(min = 1900, max = 2199))]
    pub year: i16,
    /// The limit in percent of all households.
    pub limit: Percent,
    /// `at_most`: the rate may equal the limit (giảm còn 20 %). `below`: it must be less (giảm còn dưới 12 %).
    #[serde(default = "at_most")]
    pub comparison: Comparison,
    /// The poverty standard under which the goal was set; a rate under another is not compared with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Standard>,
    /// The yearly fall that the plan foresees, in percentage points, from the least to the most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Planned>,
}

/// The planned fall of a rate in a year, in percentage points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Planned {
    /// The least fall a year, in percentage points.
    pub least: Percent,
    /// The most a year, in percentage points.
    pub most: Percent,
}

/// What a goal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Measure {
    /// Poor households of all households.
    Poor,
    /// Near-poor households of all households.
    NearPoor,
}

/// How a rate is compared with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Comparison {
    /// ≤
    AtMost,
    /// <
    Below,
}

fn at_most() -> Comparison {
    Comparison::AtMost
}

/// A poverty standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Standard {
    /// Decision 59/2015/QĐ-TTg.
    #[serde(rename = "ND59-2015")]
    Nd59_2015,
    /// Decree 07/2021/NĐ-CP.
    #[serde(rename = "ND07-2021")]
    Nd07_2021,
    /// Decree 351/2025/NĐ-CP.
    #[serde(rename = "ND351-2025")]
    Nd351_2025,
}

/// `[duty]`: for each kind of member the alternatives, one of which is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Duty {
    /// Members of organisations other than commune committees.
    pub outside_committees: Vec<Minimum>,
    /// Members of commune committees who are paid from the state budget.
    pub committee_salaried: Vec<Minimum>,
    /// The other members of commune committees.
    pub committee_unsalaried: Vec<Minimum>,
    /// Kinds of seedlings that templates offer; others may be given all the same.
    pub species: Vec<String>,
}

/// The least that an alternative of the duty asks a year: exactly one amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Minimum {
    /// Days of salary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub salary_days: Option<HalfDays>,
    /// Days of labour.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labour_days: Option<HalfDays>,
    /// Seedlings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seedlings: Option<u32>,
}

/// `[money]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Money {
    /// Whether reports show what the days of salary are worth: coefficient × base salary on the date ÷ divisor.
    pub estimate: bool,
    /// The number of working days of a month.
    #[schemars(range(min = 1, max = 31))]
    pub divisor: u32,
    /// Whether the coefficients in the rosters include allowances; printed beside the estimate.
    pub allowances_included: bool,
    /// The base salary (lương cơ sở) and the days from which it holds. Those given replace the built-in table.
    pub base_salary: Vec<BaseSalary>,
}

/// `[[money.base_salary]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaseSalary {
    /// The first day on which it holds.
    pub from: Day,
    /// Đồng a month.
    #[schemars(range(min = 1))]
    pub dong: u64,
    /// The decree that sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decree: Option<String>,
}

/// Figures that somebody published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Published {
    /// The published rate of the poor.
    pub poor_percent: Option<Percent>,
    /// The published rate of the near-poor.
    pub near_poor_percent: Option<Percent>,
    /// All resident households.
    pub households: Option<u64>,
    /// All resident persons.
    pub persons: Option<u64>,
    /// Poor households.
    pub poor: Option<u64>,
    /// Near-poor households.
    pub near_poor: Option<u64>,
    /// Who published it, and where.
    pub source: Option<String>,
}

/// `[scorecard]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Scorecard {
    /// The grades from the best to the last. An organisation gets the first whose conditions it meets.
    pub grades: Vec<Grade>,
}

/// `[[scorecard.grades]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// What the grade is called.
    pub name: String,
    /// At least so many percent of the eligible members have a household.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_percent: Option<Percent>,
    /// At least so many percent of the eligible members take part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taking_part_percent: Option<Percent>,
    /// At least so many percent of the eligible members meet the minimum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_minimum_percent: Option<Percent>,
    /// At least so many percent of the eligible members delivered what they pledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_percent: Option<Percent>,
    /// At least so many percent of the households that were helped left poverty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_poverty_percent: Option<Percent>,
}

/// `[years.2022]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct YearTable {
    /// Survey workbooks or state lists: a file or a folder, or a list of them, relative to the programme file.
    pub households: Texts,
    /// All households and persons by area: the denominator.
    pub totals: Texts,
    /// Party rosters.
    pub members: Texts,
    /// Ledgers of pledges and deliveries, of members and of donors.
    pub pledges: Texts,
    /// Organisations and their twinned villages.
    pub twinning: Texts,
    /// Kinds of support, needed and received.
    pub support: Texts,
    /// The assignment of the year before, as `assign` wrote it.
    pub previous: Texts,
    /// The decisions about doubtful rows, as `check --corrections` wrote them and a person completed them.
    pub corrections: Texts,
    /// The poverty standard of the survey. Without it: ND59-2015 until 2021, ND07-2021 from 2022 to 2026, ND351-2025 from 2027.
    pub standard: Option<Standard>,
    /// The day for which standings, birthdays and the base salary are taken. Without it: 31 December of the year.
    pub as_of: Option<Day>,
    /// By how many households the district must bring the poor down in this year; `report` shares them out to communes.
    pub reduction: Option<u32>,
    /// What is published about the year, where there are no workbooks or to compare with them.
    pub published: Option<Published>,
}
