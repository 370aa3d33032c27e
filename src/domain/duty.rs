//! The duty of a member: the least that the programme asks for in a year, by kind of member, and what a day is worth.

use std::fmt;

use jiff::civil::Date;

use super::member::Member;
use super::pledge::Days;
use super::rate::Hundredths;

/// One way to do one's duty: at least so much of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Least {
    /// At least so many days of salary.
    SalaryDays(Days),
    /// At least so many days of labour.
    LabourDays(Days),
    /// At least so many seedlings.
    Seedlings(u64),
}

impl fmt::Display for Least {
    /// As the programme file and scripts write it: `salary_days>=1`, `seedlings>=10`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SalaryDays(days) => write!(f, "salary_days>={days}"),
            Self::LabourDays(days) => write!(f, "labour_days>={days}"),
            Self::Seedlings(seedlings) => write!(f, "seedlings>={seedlings}"),
        }
    }
}

impl Least {
    /// Reads `salary_days >= 1`, `labour_days>=0.5`, `seedlings ≥ 10`.
    fn parse(text: &str) -> Option<Self> {
        let (kind, amount) = text.split_once(">=").or_else(|| text.split_once('≥'))?;
        let amount = Hundredths::parse(amount.trim()).and_then(|amount| u64::try_from(amount.get()).ok())?;
        let halves = amount.is_multiple_of(50).then(|| Days::halves(amount / 50));
        match kind.trim() {
            "salary_days" => halves.map(Self::SalaryDays),
            "labour_days" => halves.map(Self::LabourDays),
            "seedlings" => amount.is_multiple_of(100).then_some(Self::Seedlings(amount / 100)),
            _ => None,
        }
    }
}

/// Ways to do one's duty, of which one is enough; they are never added together. Without any, nothing is owed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement(Vec<Least>);

impl Requirement {
    /// Any of these ways.
    #[must_use]
    pub fn any(ways: impl IntoIterator<Item = Least>) -> Self {
        Self(ways.into_iter().collect())
    }

    /// Reads `salary_days >= 1 or seedlings >= 10`; `none` asks for nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.trim() == "none" {
            return Some(Self::default());
        }
        text.split(" or ").map(Least::parse).collect::<Option<Vec<_>>>().map(Self)
    }

    /// The ways, in the order in which they were given.
    #[must_use]
    pub fn ways(&self) -> &[Least] {
        &self.0
    }
}

impl fmt::Display for Requirement {
    /// `salary_days>=1 or seedlings>=10`, which reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        for (index, way) in self.0.iter().enumerate() {
            write!(f, "{}{way}", if index == 0 { "" } else { " or " })?;
        }
        Ok(())
    }
}

/// The duty of each kind of member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRules {
    /// Members of organisations other than commune committees.
    pub elsewhere: Requirement,
    /// Members of commune committees who are paid from the state budget.
    pub committee_salaried: Requirement,
    /// The other members of commune committees.
    pub committee_unsalaried: Requirement,
}

impl Default for DutyRules {
    /// Resolution 14-NQ/HU: a day of salary or ten seedlings; in commune committees a day of salary for those paid from
    /// the state budget and days of labour for the others, from one day on.
    fn default() -> Self {
        let day = Days::halves(2);
        Self {
            elsewhere: Requirement::any([Least::SalaryDays(day), Least::Seedlings(10)]),
            committee_salaried: Requirement::any([Least::SalaryDays(day)]),
            committee_unsalaried: Requirement::any([Least::LabourDays(day)]),
        }
    }
}

impl DutyRules {
    /// What a member owes, whatever the standing. Where a committee's roster does not say who is paid from the state
    /// budget, either of the two rules is enough.
    #[must_use]
    pub fn of(&self, member: &Member) -> Requirement {
        if member.organisation.committee_of().is_none() {
            return self.elsewhere.clone();
        }
        match member.salaried {
            Some(true) => self.committee_salaried.clone(),
            Some(false) => self.committee_unsalaried.clone(),
            None if self.committee_salaried.0.is_empty() || self.committee_unsalaried.0.is_empty() => Requirement::default(),
            None => Requirement::any(self.committee_salaried.0.iter().chain(&self.committee_unsalaried.0).copied()),
        }
    }
}

/// How a day of salary becomes money: (coefficient × base salary on the day) ÷ divisor. All of it is printed beside the
/// estimate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// Base salary (lương cơ sở) in đồng a month, with the first day on which it holds; in any order.
    pub base_salary: Vec<(Date, u64)>,
    /// Working days of a month.
    pub divisor: u32,
}

impl Default for Money {
    /// Decrees 38/2019, 24/2023, 73/2024 and 161/2026; 22 working days, as offices with a 40-hour week count.
    fn default() -> Self {
        let day = jiff::civil::date;
        Self {
            base_salary: vec![
                (day(2019, 7, 1), 1_490_000),
                (day(2023, 7, 1), 1_800_000),
                (day(2024, 7, 1), 2_340_000),
                (day(2026, 7, 1), 2_530_000),
            ],
            divisor: 22,
        }
    }
}

impl Money {
    /// The base salary on a day; `None` before the first that is known.
    #[must_use]
    pub fn base_on(&self, day: Date) -> Option<u64> {
        self.base_salary.iter().filter(|(from, _)| *from <= day).max_by_key(|(from, _)| *from).map(|&(_, base)| base)
    }

    /// What days of salary are worth, in đồng, rounded half up once at the end; `None` without a base salary or a divisor.
    #[must_use]
    pub fn estimate(&self, days: Days, coefficient: Hundredths, day: Date) -> Option<u64> {
        let coefficient = u128::try_from(coefficient.get()).ok()?;
        let value = u128::from(days.in_halves()).checked_mul(coefficient)?.checked_mul(u128::from(self.base_on(day)?))?;
        // Halves of days and hundredths of the coefficient: 2 × 100.
        let by = u128::from(self.divisor) * 200;
        if by == 0 {
            return None;
        }
        u64::try_from((value.checked_mul(2)? + by) / (by * 2)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::invented::member;
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_requirement_reads_back() {
        for text in ["salary_days>=1 or seedlings>=10", "labour_days>=0.5", "none"] {
            assert_eq!(Requirement::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(Requirement::parse("salary_days >= 1 or seedlings ≥ 10"), Some(DutyRules::default().elsewhere));
        for wrong in ["", "days>=1", "seedlings>=1.5", "salary_days>=0.25", "salary_days>1", "salary_days>=-1"] {
            assert_eq!(Requirement::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_member_of_a_committee_of_whom_no_salary_is_told_owes_either_or_nothing_where_one_rule_is_nothing() {
        let rules = DutyRules::default();
        let mut unknown = member(1, true);
        unknown.salaried = None;
        assert_eq!(rules.of(&unknown).to_string(), "salary_days>=1 or labour_days>=1");
        let nothing = Requirement::parse("none").unwrap();
        for either in [
            DutyRules { committee_salaried: nothing.clone(), ..rules.clone() },
            DutyRules { committee_unsalaried: nothing.clone(), ..rules.clone() },
        ] {
            assert_eq!(either.of(&unknown), nothing, "the unknown member may be the one who owes nothing");
        }
        let paid = Member { salaried: Some(true), ..unknown.clone() };
        assert_eq!(rules.of(&paid).to_string(), "salary_days>=1");
        assert_eq!(rules.of(&Member { salaried: Some(false), ..unknown }).to_string(), "labour_days>=1");
        assert_eq!(rules.of(&member(2, false)).to_string(), "salary_days>=1 or seedlings>=10");
    }

    #[test]
    fn a_day_of_salary_is_worth_what_the_decrees_say() {
        let coefficient = Hundredths::new(234);
        let worth = |money: &Money, day| money.estimate(Days::halves(2), coefficient, day);
        let office = Money::default();
        assert_eq!(worth(&office, date(2023, 12, 31)), Some(191_455));
        assert_eq!(worth(&office, date(2024, 7, 1)), Some(248_891));
        assert_eq!(worth(&office, date(2026, 12, 31)), Some(269_100));
        assert_eq!(worth(&office, date(2019, 6, 30)), None, "no base salary is known");
        let enterprise = Money { divisor: 26, ..office };
        assert_eq!(worth(&enterprise, date(2023, 7, 1)), Some(162_000));
        assert_eq!(worth(&Money { divisor: 0, ..enterprise }, date(2023, 7, 1)), None);
    }

    proptest! {
        #[test]
        fn an_estimate_errs_by_at_most_half_a_dong(halves in 0u64..100, coefficient in 0i64..1500, divisor in 1u32..31) {
            let money = Money { divisor, ..Money::default() };
            let shown = money.estimate(Days::halves(halves), Hundredths::new(coefficient), date(2023, 1, 1)).unwrap();
            let by = i128::from(divisor) * 200;
            let exact = i128::from(halves) * i128::from(coefficient) * 1_490_000;
            prop_assert!(((i128::from(shown) * by - exact) * 2).abs() <= by);
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = Requirement::parse(&text);
        }
    }
}
