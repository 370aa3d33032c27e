//! The roster in numbers: members by organisation, commune, cell, sex, people and standing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::household::Sex;
use super::member::{Eligibility, Member, Standing};
use super::organisation::{Cell, Organisation};
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
    /// What a standing is on a day.
    #[must_use]
    pub fn of(standing: Standing, day: Date) -> Self {
        match (standing.on(day), standing) {
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
}

/// What the counts ask of a member beside organisation and cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Traits {
    /// Sex.
    pub sex: Option<Sex>,
    /// People.
    pub people: Option<People>,
    /// Whether paid from the state budget.
    pub salaried: Option<bool>,
    /// Standing, with the day from which it holds.
    pub standing: Standing,
}

impl Traits {
    /// The traits of a member.
    #[must_use]
    pub fn of(member: &Member) -> Self {
        Self { sex: member.sex, people: member.people, salaried: member.salaried, standing: member.standing }
    }
}

/// A roster by cells and traits: all that its numbers rest on, in memory that grows with cells and not with members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountedRoster(BTreeMap<(Organisation, Option<Cell>), BTreeMap<Traits, u64>>);

impl CountedRoster {
    /// The roster of some members.
    #[must_use]
    pub fn of(members: &[Member]) -> Self {
        let mut counted = Self::default();
        members.iter().for_each(|member| counted.add(&member.organisation, member.cell.as_ref(), Traits::of(member), 1));
        counted
    }

    /// Counts members of one cell who are alike.
    pub fn add(&mut self, organisation: &Organisation, cell: Option<&Cell>, traits: Traits, members: u64) {
        *self.0.entry((organisation.clone(), cell.cloned())).or_default().entry(traits).or_default() += members;
    }

    /// Adds another roster.
    pub fn merge(&mut self, other: Self) {
        for (of, alike) in other.0 {
            let known = self.0.entry(of).or_default();
            alike.into_iter().for_each(|(traits, members)| *known.entry(traits).or_default() += members);
        }
    }

    /// Whether nobody is on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The organisations and their cells.
    pub fn cells(&self) -> impl Iterator<Item = (&Organisation, Option<&Cell>)> {
        self.0.keys().map(|(organisation, cell)| (organisation, cell.as_ref()))
    }

    /// The roster as a whole, as of a day.
    #[must_use]
    pub fn total(&self, day: Date) -> RosterCounts {
        let mut sums = Sums::default();
        self.each(|organisation, _, traits, members| sums.add(organisation, traits, members, day));
        sums.counts()
    }

    /// The rows of one grouping, as of a day; a member is in exactly one of them.
    #[must_use]
    pub fn rows(&self, by: RosterBy, day: Date) -> Vec<(RosterOf, RosterCounts)> {
        let mut groups: BTreeMap<RosterOf, Sums<'_>> = BTreeMap::new();
        self.each(|organisation, cell, traits, members| {
            let of = match by {
                RosterBy::Organisation => RosterOf::Organisation(organisation.clone()),
                RosterBy::Commune => RosterOf::Commune(organisation.committee_of().cloned()),
                RosterBy::Cell => RosterOf::Cell(organisation.clone(), cell.map(|cell| Arc::clone(&cell.name))),
                RosterBy::Sex => RosterOf::Sex(traits.sex),
                RosterBy::Ethnicity => RosterOf::People(traits.people),
                RosterBy::Minority => RosterOf::Minority(traits.people.map(People::is_minority)),
                RosterBy::Standing => RosterOf::Standing(StandingOn::of(traits.standing, day)),
            };
            groups.entry(of).or_default().add(organisation, traits, members, day);
        });
        groups.into_iter().map(|(of, sums)| (of, sums.counts())).collect()
    }

    fn each<'a>(&'a self, mut tell: impl FnMut(&'a Organisation, Option<&'a Cell>, Traits, u64)) {
        for ((organisation, cell), alike) in &self.0 {
            alike.iter().for_each(|(traits, members)| tell(organisation, cell.as_ref(), *traits, *members));
        }
    }
}

/// The numbers of a row as they grow; a trait that is known of nobody stays `None`.
#[derive(Default)]
struct Sums<'a> {
    counts: RosterCounts,
    organisations: BTreeSet<&'a Organisation>,
}

impl<'a> Sums<'a> {
    fn add(&mut self, organisation: &'a Organisation, traits: Traits, members: u64, day: Date) {
        let counts = &mut self.counts;
        let add = |sum: &mut Option<u64>, holds: Option<bool>| {
            if let Some(holds) = holds {
                *sum = Some(sum.unwrap_or(0) + if holds { members } else { 0 });
            }
        };
        counts.total += members;
        add(&mut counts.women, traits.sex.map(|sex| sex == Sex::Female));
        add(&mut counts.minority, traits.people.map(People::is_minority));
        add(&mut counts.salaried, traits.salaried);
        match StandingOn::of(traits.standing, day) {
            StandingOn::Official => counts.eligible += members,
            StandingOn::Probation => {
                counts.eligible += members;
                counts.probation += members;
            }
            StandingOn::Exempt => counts.exempt += members,
            StandingOn::Suspended | StandingOn::Transferred | StandingOn::Departed => {}
        }
        self.organisations.insert(organisation);
    }

    fn counts(self) -> RosterCounts {
        let Self { mut counts, organisations } = self;
        counts.organisations = organisations.iter().map(|_| 1).sum();
        counts.committees = organisations.iter().map(|organisation| u64::from(organisation.is_committee())).sum();
        if counts.total == 0 {
            // Of nobody, nobody is a woman.
            (counts.women, counts.minority, counts.salaried) = (Some(0), Some(0), Some(0));
        }
        counts
    }
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
        let counts = CountedRoster::of(&members).total(DAY);
        assert_eq!((counts.total, counts.women, counts.minority), (5, Some(2), Some(2)));
        assert_eq!((counts.exempt, counts.probation, counts.eligible), (1, 1, 3), "an exemption of 2023 has not begun");
        assert_eq!((counts.organisations, counts.committees, counts.salaried), (2, 1, Some(5)));
        assert_eq!(counts.women_share().unwrap().percent().unwrap().to_string(), "40.00");
        assert_eq!(CountedRoster::of(&members[..1]).total(DAY).women, Some(1));
        assert_eq!(counts.minority_share().unwrap(), Share { part: 2, whole: Some(5) });
    }

    #[test]
    fn a_column_that_is_not_there_is_not_zero() {
        let counts = CountedRoster::of(&roster(&[(true, None, None, 0)])).total(DAY);
        assert_eq!((counts.total, counts.women, counts.minority), (1, None, None));
        assert_eq!(CountedRoster::default().total(DAY).women, Some(0), "of nobody, nobody is a woman");
    }

    proptest! {
        #[test]
        fn rows_add_up_and_their_order_does_not_matter(
            given in prop::collection::vec((any::<bool>(), any::<Option<bool>>(), any::<Option<bool>>(), 0u8..7), 0..30)
        ) {
            let members = roster(&given);
            let backwards: Vec<Member> = members.iter().rev().cloned().collect();
            let (counted, all) = (CountedRoster::of(&members), CountedRoster::of(&members).total(DAY));
            let (some, rest) = members.split_at(members.len() / 3);
            let mut both = CountedRoster::of(some);
            both.merge(CountedRoster::of(rest));
            prop_assert_eq!(&both, &counted);
            prop_assert_eq!(both.is_empty(), members.is_empty());
            for by in [
                RosterBy::Organisation, RosterBy::Commune, RosterBy::Cell, RosterBy::Sex, RosterBy::Ethnicity,
                RosterBy::Minority, RosterBy::Standing,
            ] {
                let parts = counted.rows(by, DAY);
                let sum = |of: fn(&RosterCounts) -> u64| parts.iter().map(|(_, counts)| of(counts)).sum::<u64>();
                prop_assert_eq!(sum(|counts| counts.total), all.total);
                prop_assert_eq!(sum(|counts| counts.eligible), all.eligible);
                prop_assert_eq!(sum(|counts| counts.women.unwrap_or(0)), all.women.unwrap_or(0));
                prop_assert_eq!(sum(|counts| counts.minority.unwrap_or(0)), all.minority.unwrap_or(0));
                prop_assert_eq!(CountedRoster::of(&backwards).rows(by, DAY), parts);
            }
        }
    }
}
