//! The roster in numbers: members by organisation, commune, cell, sex, people and standing.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::household::Sex;
use super::member::{Eligibility, Member, Standing};
use super::organisation::Organisation;
use super::peoples::People;
use super::place::CommuneRef;
use super::rate::Share;

/// What rows of the roster are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RosterBy {
    /// A row an organisation.
    Organisation,
    /// A row a commune committee, and one for all other organisations.
    Commune,
    /// A row a cell.
    Cell,
    /// A row a sex.
    Sex,
    /// A row a people.
    Ethnicity,
    /// Minority peoples and Kinh.
    Minority,
    /// A row a standing on the as-of date.
    Standing,
}

impl RosterBy {
    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Commune => "commune",
            Self::Cell => "cell",
            Self::Sex => "sex",
            Self::Ethnicity => "ethnicity",
            Self::Minority => "minority",
            Self::Standing => "standing",
        }
    }
}

/// Standing of a member on a day, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StandingOn {
    /// Chính thức, and a member whose exemption has not begun.
    Official,
    /// Dự bị.
    Probation,
    /// Miễn sinh hoạt on the day.
    Exempt,
    /// Đình chỉ sinh hoạt.
    Suspended,
    /// Chuyển đi.
    Transferred,
    /// Từ trần, xóa tên, khai trừ, xin ra.
    Departed,
}

impl StandingOn {
    /// The standing of a member on a day.
    #[must_use]
    pub fn of(member: &Member, day: Date) -> Self {
        match (member.standing.on(day), member.standing) {
            (Eligibility::Eligible, Standing::Probation) => Self::Probation,
            (Eligibility::Eligible, _) => Self::Official,
            (Eligibility::Exempt, _) => Self::Exempt,
            (Eligibility::Suspended, _) => Self::Suspended,
            (Eligibility::Transferred, _) => Self::Transferred,
            (Eligibility::Departed, _) => Self::Departed,
        }
    }

    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Probation => "probation",
            Self::Exempt => "exempt",
            Self::Suspended => "suspended",
            Self::Transferred => "transferred",
            Self::Departed => "departed",
        }
    }
}

/// What a row of the roster is about; `None` inside is "the roster does not say".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RosterOf {
    /// An organisation.
    Organisation(Organisation),
    /// The committee of a commune; `None` holds all other organisations.
    Commune(Option<CommuneRef>),
    /// A cell of an organisation.
    Cell(Organisation, Option<Arc<str>>),
    /// A sex.
    Sex(Option<Sex>),
    /// A people.
    People(Option<People>),
    /// `true` for the minority peoples.
    Minority(Option<bool>),
    /// A standing.
    Standing(StandingOn),
}

/// Numbers of one row. A number that rests on a column which the roster does not have at all is `None`, not zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterCounts {
    /// Everybody on the list, the exempt and the gone included.
    pub total: u64,
    /// Women.
    pub women: Option<u64>,
    /// Members of minority peoples.
    pub minority: Option<u64>,
    /// Paid from the state budget.
    pub salaried: Option<u64>,
    /// Exempt on the day.
    pub exempt: u64,
    /// On probation.
    pub probation: u64,
    /// Not exempt on the day, not suspended and not gone.
    pub eligible: u64,
    /// Organisations that have a member here.
    pub organisations: u64,
    /// Those organisations of which the name says committee (đảng bộ) and not cell.
    pub committees: u64,
}

impl RosterCounts {
    /// The women as a share of all.
    #[must_use]
    pub fn women_share(&self) -> Option<Share> {
        self.women.map(|part| Share { part, whole: Some(self.total) })
    }

    /// The minority members as a share of all.
    #[must_use]
    pub fn minority_share(&self) -> Option<Share> {
        self.minority.map(|part| Share { part, whole: Some(self.total) })
    }

    fn of(members: &[&Member], day: Date) -> Self {
        let standing = |wanted| count(members, |member| StandingOn::of(member, day) == wanted);
        let organisations: BTreeSet<&Organisation> = members.iter().map(|member| &member.organisation).collect();
        Self {
            total: count(members, |_| true),
            women: known(members, |member| member.sex.map(|sex| sex == Sex::Female)),
            minority: known(members, |member| member.people.map(People::is_minority)),
            salaried: known(members, |member| member.salaried),
            exempt: standing(StandingOn::Exempt),
            probation: standing(StandingOn::Probation),
            eligible: standing(StandingOn::Official) + standing(StandingOn::Probation),
            organisations: organisations.iter().map(|_| 1).sum(),
            committees: organisations.iter().map(|organisation| u64::from(organisation.is_committee())).sum(),
        }
    }
}

fn count(members: &[&Member], holds: impl Fn(&Member) -> bool) -> u64 {
    members.iter().map(|member| u64::from(holds(member))).sum()
}

/// Counts the members for whom something is known to hold; `None` where it is known of nobody.
fn known(members: &[&Member], holds: impl Fn(&Member) -> Option<bool>) -> Option<u64> {
    let known: Vec<bool> = members.iter().filter_map(|member| holds(member)).collect();
    (!known.is_empty() || members.is_empty()).then(|| known.into_iter().map(u64::from).sum())
}

/// The roster as a whole, as of a day.
#[must_use]
pub fn total(members: &[Member], day: Date) -> RosterCounts {
    RosterCounts::of(&members.iter().collect::<Vec<_>>(), day)
}

/// The rows of one grouping, as of a day; a member is in exactly one of them.
#[must_use]
pub fn rows(members: &[Member], by: RosterBy, day: Date) -> Vec<(RosterOf, RosterCounts)> {
    let mut groups: std::collections::BTreeMap<RosterOf, Vec<&Member>> = std::collections::BTreeMap::new();
    for member in members {
        let of = match by {
            RosterBy::Organisation => RosterOf::Organisation(member.organisation.clone()),
            RosterBy::Commune => RosterOf::Commune(member.organisation.committee_of().cloned()),
            RosterBy::Cell => {
                RosterOf::Cell(member.organisation.clone(), member.cell.as_ref().map(|cell| Arc::clone(&cell.name)))
            }
            RosterBy::Sex => RosterOf::Sex(member.sex),
            RosterBy::Ethnicity => RosterOf::People(member.people),
            RosterBy::Minority => RosterOf::Minority(member.people.map(People::is_minority)),
            RosterBy::Standing => RosterOf::Standing(StandingOn::of(member, day)),
        };
        groups.entry(of).or_default().push(member);
    }
    groups.into_iter().map(|(of, members)| (of, RosterCounts::of(&members, day))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::invented::member;
    use super::*;
    use proptest::prelude::*;

    const DAY: Date = jiff::civil::date(2022, 12, 31);

    fn roster(rows: &[(bool, Option<bool>, Option<bool>, u8)]) -> Vec<Member> {
        let standings = [
            Standing::Official,
            Standing::Probation,
            Standing::Exempt { since: None },
            Standing::Exempt { since: Some(jiff::civil::date(2023, 1, 1)) },
            Standing::Suspended { since: None },
            Standing::Transferred { since: None },
            Standing::Departed { since: None },
        ];
        (0u32..)
            .zip(rows)
            .map(|(serial, &(committee, woman, minority, standing))| Member {
                sex: woman.map(|woman| if woman { Sex::Female } else { Sex::Male }),
                people: minority.and_then(|minority| People::all().find(|people| people.is_minority() == minority)),
                standing: standings[usize::from(standing) % standings.len()],
                ..member(serial, committee)
            })
            .collect()
    }

    #[test]
    fn the_roster_is_counted_as_of_the_day() {
        let members = roster(&[
            (true, Some(true), Some(false), 0),
            (true, Some(false), Some(true), 1),
            (false, Some(true), Some(true), 2),
            (false, None, None, 3),
            (false, Some(false), Some(false), 6),
        ]);
        let counts = total(&members, DAY);
        assert_eq!((counts.total, counts.women, counts.minority), (5, Some(2), Some(2)));
        assert_eq!((counts.exempt, counts.probation, counts.eligible), (1, 1, 3), "an exemption of 2023 has not begun");
        assert_eq!((counts.organisations, counts.committees, counts.salaried), (2, 1, Some(5)));
        assert_eq!(counts.women_share().unwrap().percent().unwrap().to_string(), "40.00");
        assert_eq!(total(&members[..1], DAY).women, Some(1));
        assert_eq!(counts.minority_share().unwrap(), Share { part: 2, whole: Some(5) });
    }

    #[test]
    fn a_column_that_is_not_there_is_not_zero() {
        let counts = total(&roster(&[(true, None, None, 0)]), DAY);
        assert_eq!((counts.total, counts.women, counts.minority), (1, None, None));
        assert_eq!(total(&[], DAY).women, Some(0), "of nobody, nobody is a woman");
    }

    proptest! {
        #[test]
        fn rows_add_up_and_their_order_does_not_matter(
            given in prop::collection::vec((any::<bool>(), any::<Option<bool>>(), any::<Option<bool>>(), 0u8..7), 0..30)
        ) {
            let members = roster(&given);
            let backwards: Vec<Member> = members.iter().rev().cloned().collect();
            let all = total(&members, DAY);
            for by in [
                RosterBy::Organisation, RosterBy::Commune, RosterBy::Cell, RosterBy::Sex, RosterBy::Ethnicity,
                RosterBy::Minority, RosterBy::Standing,
            ] {
                let parts = rows(&members, by, DAY);
                let sum = |of: fn(&RosterCounts) -> u64| parts.iter().map(|(_, counts)| of(counts)).sum::<u64>();
                prop_assert_eq!(sum(|counts| counts.total), all.total);
                prop_assert_eq!(sum(|counts| counts.eligible), all.eligible);
                prop_assert_eq!(sum(|counts| counts.women.unwrap_or(0)), all.women.unwrap_or(0));
                prop_assert_eq!(sum(|counts| counts.minority.unwrap_or(0)), all.minority.unwrap_or(0));
                prop_assert_eq!(rows(&backwards, by, DAY), parts);
            }
        }
    }
}
