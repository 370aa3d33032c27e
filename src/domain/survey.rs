//! All lists of one year, as commands pass them to the sums.

use jiff::civil::Date;

use super::counted::Counted;
use super::household::Household;
use super::member::Member;
use super::organisation::Twinning;
use super::pledge::Pledge;
use super::roster::CountedRoster;
use super::totals::AreaTotal;

/// How a household list counts: everybody, or only the poor and the near-poor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Every resident household with its class: it holds its own denominator.
    All,
    /// The official list of poor and near-poor households only: the denominator must come from a totals table.
    PoorOnly,
}

/// The households of one year.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// Every household of lists that hold all households.
    pub all: Vec<Household>,
    /// Households of state lists that hold only the poor and the near-poor.
    pub poor_only: Vec<Household>,
    /// Households that were counted as they were read, where nothing but sums was asked for; they are in neither list.
    pub counted: Counted,
    /// Totals tables of the year.
    pub totals: Vec<AreaTotal>,
}

impl Survey {
    /// The households that count: in each commune those of the full survey where there is one, else those of the
    /// state list. The two are never added together. Households that were only counted are not among them.
    pub fn households(&self) -> impl Iterator<Item = &Household> {
        let surveyed: std::collections::BTreeSet<_> = self.all.iter().map(|household| household.place.commune.clone()).collect();
        self.all.iter().chain(self.poor_only.iter().filter(move |household| !surveyed.contains(&household.place.commune)))
    }
}

/// The Party side of one year.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Members.
    pub members: Vec<Member>,
    /// Members who were counted as they were read, where nothing but numbers was asked for; they are not in `members`.
    pub counted: CountedRoster,
    /// Pledges that stand outside the roster: ledgers and donors.
    pub pledges: Vec<Pledge>,
    /// Twinned villages.
    pub twinning: Vec<Twinning>,
}

/// The last day of a year, the as-of date by default; never the clock.
#[must_use]
pub fn end_of(year: i16) -> Option<Date> {
    Date::new(year, 12, 31).ok()
}

#[cfg(test)]
mod tests {
    use super::super::household::Class;
    use super::super::invented::household;
    use super::*;

    #[test]
    fn in_a_commune_with_a_survey_the_state_list_does_not_count() {
        let all = vec![household(1, "Xã A", Class::Poor)];
        let poor_only = vec![household(2, "Xã A", Class::Poor), household(3, "Xã B", Class::Poor)];
        let survey = Survey { all, poor_only, ..Survey::default() };
        let counted: Vec<u32> = survey.households().map(|household| household.source.row).collect();
        assert_eq!(counted, [1, 3]);
    }

    #[test]
    fn a_year_ends_on_its_last_day() {
        assert_eq!(end_of(2024), Some(jiff::civil::date(2024, 12, 31)));
        assert_eq!(end_of(i16::MAX), None, "a year of no calendar");
    }
}
