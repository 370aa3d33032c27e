//! Households that are counted while they are read and are not kept: memory grows with places and not with rows.
//!
//! The sums are those of [`Tallies`](super::tally::Tallies), which takes them over; a test holds both ways of counting
//! against each other.

use std::collections::BTreeMap;

use super::household::{Class, Household, Sex};
use super::peoples::People;
use super::place::{CommuneRef, Place, Village};
use super::survey::Coverage;
use super::tally::{Group, ListTally, Tally, is_old};

/// What the sums ask of a household.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The declared class.
    pub class: Class,
    /// Persons in the household, at least 1.
    pub persons: u32,
    /// People of the head.
    pub people: Option<People>,
    /// Sex of the head.
    pub sex: Option<Sex>,
    /// Whether nobody is able to work.
    pub no_labour: Option<bool>,
    /// Year of birth of the head.
    pub birth_year: Option<i16>,
}

impl Facts {
    /// The facts of a household.
    #[must_use]
    pub fn of(household: &Household) -> Self {
        Self {
            class: household.class,
            persons: household.persons,
            people: household.people,
            sex: household.sex,
            no_labour: household.no_labour,
            birth_year: household.birth.map(super::household::Birth::year),
        }
    }
}

/// Where the households of one place are counted; good for the [`Counted`] that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    list: usize,
    village: usize,
}

/// The counts of lists whose households are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    lists: Vec<List>,
    by_place: BTreeMap<(CommuneRef, Coverage), usize>,
}

/// The counts of one commune from one kind of list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct List {
    villages: Vec<(Option<Village>, Tally)>,
    by_village: BTreeMap<Option<Village>, usize>,
    groups: Groups,
}

/// Counts by group, in places that the facts themselves name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Groups {
    /// By people; those whose people is not known come first.
    people: Vec<Tally>,
    sex: [Tally; 3],
    no_labour: [Tally; 3],
    /// Households of one person by the year of birth, since the year of the survey decides who is old.
    alone: BTreeMap<Option<i16>, Tally>,
    /// Households of several persons.
    together: Tally,
}

impl List {
    fn new() -> Self {
        let (sex, no_labour) = ([Tally::default(); 3], [Tally::default(); 3]);
        let people = vec![Tally::default(); People::all().count() + 1];
        let groups = Groups { people, sex, no_labour, alone: BTreeMap::new(), together: Tally::default() };
        Self { villages: Vec::new(), by_village: BTreeMap::new(), groups }
    }

    fn village(&mut self, village: Option<&Village>) -> usize {
        let next = self.villages.len();
        let at = *self.by_village.entry(village.cloned()).or_insert(next);
        if at == next {
            self.villages.push((village.cloned(), Tally::default()));
        }
        at
    }
}

/// The values of a yes-or-no group, in the order of their counts.
const ANSWERS: [Option<bool>; 3] = [None, Some(false), Some(true)];
/// The same for the sex.
const SEXES: [Option<Sex>; 3] = [None, Some(Sex::Male), Some(Sex::Female)];

impl Groups {
    fn add(&mut self, facts: &Facts) {
        let (class, persons) = (facts.class, facts.persons);
        if let Some(people) = self.people.get_mut(facts.people.map_or(0, |people| people.index() + 1)) {
            people.add(class, persons);
        }
        let sex = match facts.sex {
            None => 0,
            Some(Sex::Male) => 1,
            Some(Sex::Female) => 2,
        };
        self.sex[sex].add(class, persons);
        let no_labour = match facts.no_labour {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        };
        self.no_labour[no_labour].add(class, persons);
        if persons == 1 {
            self.alone.entry(facts.birth_year).or_default().add(class, persons);
        } else {
            self.together.add(class, persons);
        }
    }

    fn merge(&mut self, other: Self) {
        self.people.iter_mut().zip(other.people).for_each(|(known, more)| known.merge(more));
        self.sex.iter_mut().zip(other.sex).for_each(|(known, more)| known.merge(more));
        self.no_labour.iter_mut().zip(other.no_labour).for_each(|(known, more)| known.merge(more));
        for (year, more) in other.alone {
            self.alone.entry(year).or_default().merge(more);
        }
        self.together.merge(other.together);
    }

    /// The groups at the end of a year; those without a household are not there.
    fn at_end_of(&self, year: i16) -> BTreeMap<Group, Tally> {
        let mut groups: BTreeMap<Group, Tally> = BTreeMap::new();
        let mut add = |group: Group, tally: Tally| {
            if tally != Tally::default() {
                groups.entry(group).or_default().merge(tally);
            }
        };
        for (people, tally) in std::iter::once(None).chain(People::all().map(Some)).zip(&self.people) {
            add(Group::People(people), *tally);
            add(Group::Minority(people.map(People::is_minority)), *tally);
        }
        for (sex, tally) in SEXES.into_iter().zip(self.sex) {
            add(Group::Sex(sex), tally);
        }
        for (answer, tally) in ANSWERS.into_iter().zip(self.no_labour) {
            add(Group::NoLabour(answer), tally);
        }
        for (birth, tally) in &self.alone {
            add(Group::OldAlone(birth.map(|birth| is_old(birth, year))), *tally);
        }
        add(Group::OldAlone(Some(false)), self.together);
        groups
    }
}

impl Counted {
    /// Where households of a place and a kind of list are counted.
    pub fn spot(&mut self, place: &Place, coverage: Coverage) -> Spot {
        let (list, known) = self.list((place.commune.clone(), coverage));
        Spot { list, village: known.village(place.village.as_ref()) }
    }

    /// Counts a household.
    pub fn add(&mut self, spot: Spot, facts: &Facts) {
        let Some(list) = self.lists.get_mut(spot.list) else { return };
        if let Some((_, tally)) = list.villages.get_mut(spot.village) {
            tally.add(facts.class, facts.persons);
        }
        list.groups.add(facts);
    }

    /// Adds what was counted of other files.
    pub fn merge(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let mut lists: Vec<Option<List>> = other.lists.into_iter().map(Some).collect();
        for (place, at) in other.by_place {
            let Some(more) = lists.get_mut(at).and_then(Option::take) else { continue };
            let (_, known) = self.list(place);
            for (nth, (village, tally)) in more.villages.into_iter().enumerate() {
                // Parts of one file have their villages in one order.
                let same = known.villages.get(nth).is_some_and(|(of, _)| *of == village);
                let at = if same { nth } else { known.village(village.as_ref()) };
                known.villages[at].1.merge(tally);
            }
            known.groups.merge(more.groups);
        }
    }

    /// The counts of a place and a kind of list, and where they stand.
    fn list(&mut self, place: (CommuneRef, Coverage)) -> (usize, &mut List) {
        let next = self.lists.len();
        let list = *self.by_place.entry(place).or_insert(next);
        if list == next {
            self.lists.push(List::new());
        }
        (list, &mut self.lists[list])
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// The places in which households were counted.
    pub fn places(&self) -> impl Iterator<Item = (&CommuneRef, Option<&Village>)> {
        self.by_place.iter().flat_map(|((commune, _), at)| {
            self.lists
                .get(*at)
                .into_iter()
                .flat_map(move |list| list.villages.iter().map(move |(village, _)| (commune, village.as_ref())))
        })
    }

    /// Gives villages the spelling that is printed.
    pub fn respell(&mut self, spelling: impl Fn(&CommuneRef, &Village) -> Option<Village>) {
        for ((commune, _), at) in &self.by_place {
            for (village, _) in self.lists.get_mut(*at).into_iter().flat_map(|list| &mut list.villages) {
                if let Some(known) = village
                    && let Some(printed) = spelling(commune, known)
                {
                    *known = printed;
                }
            }
        }
    }

    /// The counts of each commune and kind of list, with who is old at the end of a year.
    pub fn tallies(&self, year: i16) -> impl Iterator<Item = (&CommuneRef, Coverage, ListTally)> {
        self.by_place.iter().filter_map(move |((commune, coverage), at)| {
            let list = self.lists.get(*at)?;
            let mut total = Tally::default();
            list.villages.iter().for_each(|(_, tally)| total.merge(*tally));
            let villages = list.villages.iter().cloned().collect();
            Some((commune, *coverage, ListTally { total, villages, groups: list.groups.at_end_of(year) }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::household::Birth;
    use super::super::invented;
    use super::super::survey::Survey;
    use super::super::tally::Tallies;
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn household()(serial in 0u32..1000, commune in 0usize..2, village in 0usize..3, class in 0usize..3, people in 0usize..4,
            sex in 0usize..3, labour in 0usize..3, persons in 1u32..3, born in prop::option::of(1950i16..1975)) -> Household {
            let mut household = invented::household(serial, ["Xã A", "Xã B"][commune], Class::ALL[class]);
            household.place.village = [None, Some("Buôn 1"), Some("Buôn 2")][village].map(Village::new);
            household.people = [None, People::at(0), People::at(9), People::at(53)][people];
            household.sex = SEXES[sex];
            household.no_labour = ANSWERS[labour];
            household.persons = persons;
            household.birth = born.map(Birth::Year);
            household
        }
    }

    fn counted(households: &[Household]) -> Counted {
        let mut counted = Counted::default();
        for household in households {
            let spot = counted.spot(&household.place, Coverage::All);
            counted.add(spot, &Facts::of(household));
        }
        counted
    }

    #[test]
    fn what_counts_nothing_is_empty() {
        assert!(counted(&[]).is_empty() && !counted(&[invented::household(1, "Xã A", Class::Poor)]).is_empty());
    }

    proptest! {
        #[test]
        fn counting_without_keeping_gives_the_sums_of_what_is_kept(
            all in prop::collection::vec(household(), 0..30), cut in 0usize..30,
        ) {
            let (some, rest) = all.split_at(cut.min(all.len()));
            let mut both = counted(some);
            both.merge(counted(rest));
            prop_assert_eq!(both.is_empty(), all.is_empty());
            let (mut respelled, old) = (both.clone(), Village::new("Buôn 1"));
            respelled.respell(|commune, village| (commune.name() == "Xã A" && *village == old).then(|| Village::new("Buôn Một")));
            let here = |counted: &Counted, name: &str| {
                counted.places().any(|(commune, village)| commune.name() == "Xã A" && village.is_some_and(|of| of.name() == name))
            };
            prop_assert_eq!((here(&respelled, "Buôn Một"), here(&respelled, "Buôn 1")), (here(&both, "Buôn 1"), false));
            let places: std::collections::BTreeSet<_> = all.iter().map(|of| (&of.place.commune, of.place.village.as_ref())).collect();
            prop_assert_eq!(both.places().collect::<std::collections::BTreeSet<_>>(), places);
            let kept = Survey { all: all.clone(), ..Survey::default() };
            let tallies = Tallies::of(2023, &kept);
            prop_assert_eq!(tallies.year(), 2023);
            let sums = Survey { counted: both, ..Survey::default() };
            prop_assert_eq!(Tallies::of(2023, &sums), tallies);
        }
    }
}
