//! Counting households one at a time: memory grows with places and groups, not with rows, and counts of files that were
//! read side by side merge into the same result in any order.

use std::collections::BTreeMap;

use super::household::{Birth, Class, Household, Sex};
use super::peoples::People;
use super::place::{CommuneRef, Village};
use super::survey::{Coverage, Survey};

/// The age from which a person is old: 60 full years (Law 39/2009/QH12 on the elderly, article 2).
const OLD_AGE: i16 = 60;

/// What rows are made by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// All that was read, as one.
    District,
    /// A row a commune.
    Commune,
    /// A row a village.
    Village,
    /// A row a people of the head.
    Ethnicity,
    /// Minority people and Kinh.
    Minority,
    /// Sex of the head.
    Sex,
    /// With and without a member able to work.
    NoLabour,
    /// One person alone who is 60 or older, and all others.
    OldAlone,
}

impl By {
    /// All groupings in the order in which they are documented.
    pub const ALL: [Self; 8] = [
        Self::District,
        Self::Commune,
        Self::Village,
        Self::Ethnicity,
        Self::Minority,
        Self::Sex,
        Self::NoLabour,
        Self::OldAlone,
    ];

    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Commune => "commune",
            Self::Village => "village",
            Self::Ethnicity => "ethnicity",
            Self::Minority => "minority",
            Self::Sex => "sex",
            Self::NoLabour => "no_labour",
            Self::OldAlone => "old_alone",
        }
    }
}

/// The value of a household within a grouping; `None` inside is "the list does not say", which is a group of its own
/// so that the groups add up to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// By ethnicity.
    People(Option<People>),
    /// By minority: `true` for every people but Kinh.
    Minority(Option<bool>),
    /// By sex of the head.
    Sex(Option<Sex>),
    /// By labour: `true` where nobody is able to work.
    NoLabour(Option<bool>),
    /// Old and alone: `true` for one person of 60 or more living alone.
    OldAlone(Option<bool>),
}

impl Group {
    /// The grouping that the value belongs to.
    #[must_use]
    pub fn by(self) -> By {
        match self {
            Self::People(_) => By::Ethnicity,
            Self::Minority(_) => By::Minority,
            Self::Sex(_) => By::Sex,
            Self::NoLabour(_) => By::NoLabour,
            Self::OldAlone(_) => By::OldAlone,
        }
    }

    /// The groups of a household in a survey of a year.
    fn of(household: &Household, year: i16) -> [Self; 5] {
        [
            Self::People(household.people),
            Self::Minority(household.people.map(People::is_minority)),
            Self::Sex(household.sex),
            Self::NoLabour(household.no_labour),
            Self::OldAlone(old_alone(household.persons, household.birth, year)),
        ]
    }
}

/// Whether the only person of a household is old at the end of the year; `None` where the birth of one who lives alone
/// is not told. The year of birth is enough, because by 31 December everybody had this year's birthday.
fn old_alone(persons: u32, birth: Option<Birth>, year: i16) -> Option<bool> {
    if persons != 1 {
        return Some(false);
    }
    birth.map(|birth| is_old(birth.year(), year))
}

/// Whether somebody born in a year is old at the end of another.
pub(super) fn is_old(birth: i16, year: i16) -> bool {
    birth <= year.saturating_sub(OLD_AGE)
}

/// Households and the persons in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heads {
    /// Households.
    pub households: u64,
    /// Persons.
    pub persons: u64,
}

impl Heads {
    /// Adds. Rows are counted one by one, so a sum beyond 64 bits cannot come from any real list; it stays at the top.
    fn add(&mut self, other: Self) {
        self.households = self.households.saturating_add(other.households);
        self.persons = self.persons.saturating_add(other.persons);
    }
}

/// Households and persons of one area or group, by class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Poor.
    pub poor: Heads,
    /// Near-poor.
    pub near_poor: Heads,
    /// Neither.
    pub other: Heads,
}

impl Tally {
    pub(super) fn add(&mut self, class: Class, persons: u32) {
        let heads = Heads { households: 1, persons: u64::from(persons) };
        match class {
            Class::Poor => self.poor.add(heads),
            Class::NearPoor => self.near_poor.add(heads),
            Class::Other => self.other.add(heads),
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.poor.add(other.poor);
        self.near_poor.add(other.near_poor);
        self.other.add(other.other);
    }

    /// All classes together.
    #[must_use]
    pub fn all(self) -> Heads {
        let mut sum = self.poor;
        sum.add(self.near_poor);
        sum.add(self.other);
        sum
    }
}

/// The counts of one commune from one kind of list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListTally {
    /// The whole commune.
    pub total: Tally,
    /// By village; `None` holds the households whose village is not told.
    pub villages: BTreeMap<Option<Village>, Tally>,
    /// By group.
    pub groups: BTreeMap<Group, Tally>,
}

impl ListTally {
    fn add(&mut self, household: &Household, year: i16) {
        self.total.add(household.class, household.persons);
        self.villages.entry(household.place.village.clone()).or_default().add(household.class, household.persons);
        for group in Group::of(household, year) {
            self.groups.entry(group).or_default().add(household.class, household.persons);
        }
    }

    fn merge(&mut self, other: Self) {
        self.total.merge(other.total);
        for (village, tally) in other.villages {
            self.villages.entry(village).or_default().merge(tally);
        }
        for (group, tally) in other.groups {
            self.groups.entry(group).or_default().merge(tally);
        }
    }
}

/// The counts of one commune. Where both lists are there only the survey counts; the two are never added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommuneTally {
    /// From lists of every resident household.
    pub survey: Option<ListTally>,
    /// From state lists of the poor and the near-poor only.
    pub state_list: Option<ListTally>,
}

/// The counts of one year, by commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tallies {
    year: i16,
    communes: BTreeMap<CommuneRef, CommuneTally>,
}

impl Tallies {
    /// Nothing counted yet, for a year.
    #[must_use]
    pub fn new(year: i16) -> Self {
        Self { year, communes: BTreeMap::new() }
    }

    /// The counts of a survey: of the households that are in memory, and of those that were counted as they were read.
    #[must_use]
    pub fn of(year: i16, survey: &Survey) -> Self {
        let mut tallies = Self::new(year);
        survey.all.iter().for_each(|household| tallies.add(household, Coverage::All));
        survey.poor_only.iter().for_each(|household| tallies.add(household, Coverage::PoorOnly));
        for (commune, coverage, list) in survey.counted.tallies(year) {
            tallies.list(commune, coverage).merge(list);
        }
        tallies
    }

    /// Counts one household of a list.
    pub fn add(&mut self, household: &Household, coverage: Coverage) {
        let year = self.year;
        self.list(&household.place.commune, coverage).add(household, year);
    }

    /// Notes that a commune has a list of this kind, so that a list without a single household still counts as zero
    /// and not as unknown.
    pub fn note(&mut self, commune: &CommuneRef, coverage: Coverage) {
        self.list(commune, coverage);
    }

    /// Adds the counts of other files of the same year.
    pub fn merge(&mut self, other: Self) {
        for (commune, tally) in other.communes {
            for (coverage, list) in [(Coverage::All, tally.survey), (Coverage::PoorOnly, tally.state_list)] {
                if let Some(list) = list {
                    self.list(&commune, coverage).merge(list);
                }
            }
        }
    }

    /// The year whose end decides who is old.
    #[must_use]
    pub fn year(&self) -> i16 {
        self.year
    }

    /// The communes in their order.
    #[must_use]
    pub fn communes(&self) -> &BTreeMap<CommuneRef, CommuneTally> {
        &self.communes
    }

    fn list(&mut self, commune: &CommuneRef, coverage: Coverage) -> &mut ListTally {
        let tally = self.communes.entry(commune.clone()).or_default();
        match coverage {
            Coverage::All => tally.survey.get_or_insert_default(),
            Coverage::PoorOnly => tally.state_list.get_or_insert_default(),
        }
    }
}
