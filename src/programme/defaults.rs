//! The defaults: Resolution 14-NQ/HU of the Party committee of Lắk district, 6 September 2023, and the decrees on the
//! base salary.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::file::{
    About, BaseSalary, Comparison, Duty, Goal, IssuerKind, Language, Measure, Minimum, Money, ProgrammeFile, Scorecard, Standard,
};
use super::lists::{Assignment, Columns};
use super::values::{Day, HalfDays, Percent};
use crate::domain::goals;

impl Default for ProgrammeFile {
    fn default() -> Self {
        Self {
            programme: About::default(),
            goals: goals::resolution_14().into_iter().map(Goal::from).collect(),
            duty: Duty::default(),
            money: Money::default(),
            assignment: Assignment::default(),
            communes: Vec::new(),
            mergers: Vec::new(),
            organisations: Vec::new(),
            cells: Vec::new(),
            columns: Columns::default(),
            province: BTreeMap::new(),
            scorecard: Scorecard::default(),
            years: BTreeMap::new(),
        }
    }
}

impl Default for About {
    fn default() -> Self {
        Self {
            name: "Nghị quyết số 14-NQ/HU về phân công đảng viên giúp đỡ hộ nghèo, hộ cận nghèo".to_owned(),
            area: "Huyện Lắk".to_owned(),
            issuer: "Huyện ủy Lắk".to_owned(),
            superior: "Đảng bộ tỉnh Đắk Lắk".to_owned(),
            issuer_kind: IssuerKind::Party,
            place: "Lắk".to_owned(),
            language: Language::Vi,
        }
    }
}

impl From<goals::Goal> for Goal {
    fn from(goal: goals::Goal) -> Self {
        Self {
            measure: match goal.measure {
                goals::Measure::Poor => Measure::Poor,
                goals::Measure::NearPoor => Measure::NearPoor,
            },
            year: goal.year,
            limit: Percent::of(goal.limit),
            comparison: match goal.comparison {
                goals::Comparison::AtMost => Comparison::AtMost,
                goals::Comparison::Below => Comparison::Below,
            },
            standard: goal.standard.map(Standard::from),
            planned: None,
        }
    }
}

impl Default for Duty {
    /// Outside commune committees 1 day of salary or 10 seedlings; in them 1 day of salary from those paid from the state
    /// budget, and 1 day of labour from the others, for whom the resolution names no number. The kinds of seedlings
    /// are those that the resolution names as examples.
    fn default() -> Self {
        let salary = || Minimum { salary_days: Some(HalfDays::whole(1)), ..Minimum::default() };
        Self {
            outside_committees: vec![salary(), Minimum { seedlings: Some(10), ..Minimum::default() }],
            committee_salaried: vec![salary()],
            committee_unsalaried: vec![Minimum { labour_days: Some(HalfDays::whole(1)), ..Minimum::default() }],
            species: ["Sầu riêng", "Bơ", "Mít", "Chôm chôm", "Nhãn"].map(str::to_owned).to_vec(),
        }
    }
}

impl Default for Money {
    fn default() -> Self {
        let row = |year, dong, decree: &str| BaseSalary { from: Day(date(year, 7, 1)), dong, decree: Some(decree.to_owned()) };
        Self {
            estimate: false,
            divisor: 22,
            allowances_included: false,
            base_salary: vec![
                row(2019, 1_490_000, "Nghị định số 38/2019/NĐ-CP"),
                row(2023, 1_800_000, "Nghị định số 24/2023/NĐ-CP"),
                row(2024, 2_340_000, "Nghị định số 73/2024/NĐ-CP"),
                row(2026, 2_530_000, "Nghị định số 161/2026/NĐ-CP"),
            ],
        }
    }
}
