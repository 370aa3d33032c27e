//! Tests of what a district's plan is made of and what is told of it.

use std::sync::Arc;

use super::super::household::{Class, Person};
use super::super::invented::{basis, citizen, household, member};
use super::super::organisation::Cell;
use super::*;

fn of_village(serial: u32, village: &str) -> Household {
    let mut household = household(serial, "Xã A", Class::Poor);
    household.place.village = Some(Village::new(village));
    household
}

fn of_cell(serial: u32, village: &str) -> Member {
    let cell = Cell { name: Arc::from(format!("Chi bộ {village}")), village: Some(Village::new(village)), restricted: false };
    Member { cell: Some(cell), ..member(serial, true) }
}

fn solved(basis: &Basis<'_>, settings: &Settings) -> Vec<CommunePlan> {
    problems(basis).communes.into_iter().map(|problem| solve(problem, settings).unwrap()).collect()
}

/// The households in which each of the members may live, by the serials of their numbers.
fn at_home(households: &[Household], members: &[Member]) -> Vec<(usize, usize)> {
    let households: Vec<&Household> = households.iter().collect();
    let basis = basis(&households, members);
    let all = |count: usize| (0..count).collect::<Vec<_>>();
    let links = own_households(&basis, &all(members.len()), &all(households.len()));
    links.into_iter().map(|link| (link.member, link.household)).collect()
}

#[test]
fn nobody_helps_at_home_by_number_or_by_name_year_and_village() {
    let born = |year| Some(Birth::Year(year));
    let without_number = |household: Household, name: &str, year| Household {
        key: Key::Made(name.to_owned()),
        head: Arc::from(name),
        birth: born(year),
        ..household
    };
    let named = |member: Member, name: &str, year| Member { name: Arc::from(name), birth: born(year), ..member };
    // The same number, whatever the names.
    assert_eq!(at_home(&[household(7, "Xã A", Class::Poor)], &[member(7, true), member(8, true)]), [(0, 0)]);
    // A person beside the head.
    let person = Person { name: "H Lan".to_owned(), birth: born(1990), sex: None, citizen: citizen(9).citizen(), relation: None };
    let with_person = Household { others: vec![person], ..household(1, "Xã A", Class::Poor) };
    assert_eq!(at_home(std::slice::from_ref(&with_person), &[member(9, true)]), [(0, 0)]);
    // Without a number on one side: name and year of birth in the village of the cell.
    let nin = without_number(of_village(2, "Buôn 1"), "Y Nin", 1970);
    let elsewhere = without_number(of_village(3, "Buôn 2"), "Y Nin", 1970);
    let younger = without_number(of_village(4, "Buôn 1"), "Y Nin", 1971);
    let all = [nin, elsewhere, younger];
    assert_eq!(at_home(&all, &[named(of_cell(20, "Buôn 1"), "Y NIN", 1970)]), [(0, 0)]);
    // A cell of no village may be of any: to rule out too much is harmless.
    assert_eq!(at_home(&all, &[named(member(20, true), "Y Nin", 1970)]), [(0, 0), (0, 1)]);
    // Two numbers that differ are two persons, whatever their names say.
    let numbered = Household { head: Arc::from("Y Nin"), birth: born(1970), ..of_village(5, "Buôn 1") };
    assert_eq!(at_home(std::slice::from_ref(&numbered), &[named(of_cell(20, "Buôn 1"), "Y Nin", 1970)]), []);
    let unnumbered = Member { key: Key::Made("y nin".to_owned()), ..named(of_cell(20, "Buôn 1"), "Y Nin", 1970) };
    assert_eq!(at_home(&[numbered], &[unnumbered]), [(0, 0)]);
    // Without a year of birth a name alone says nothing.
    assert_eq!(at_home(&all, &[Member { birth: None, name: Arc::from("Y Nin"), ..of_cell(20, "Buôn 1") }]), []);
}

#[test]
fn villages_tell_their_households_members_and_who_comes_from_elsewhere() {
    let all: Vec<Household> =
        [(1, "Buôn 1"), (2, "Buôn 1"), (3, "Buôn 2")].map(|(serial, village)| of_village(serial, village)).into();
    let households: Vec<&Household> = all.iter().collect();
    // The first lives in the first household, so that it is ruled out in the own village.
    let members = [of_cell(1, "Buôn 1"), of_cell(12, "Buôn 1"), of_cell(13, "Buôn 1")];
    let basis = basis(&households, &members);
    let plans = solved(&basis, &Settings::default());
    let shares = plans[0].villages(&basis);
    let told = |share: &VillageShare| {
        let village = share.village.as_ref().map(ToString::to_string).unwrap_or_default();
        (village, share.households, share.members, share.from_elsewhere, share.ruled_out)
    };
    let expected = [("Buôn 1".to_owned(), 2, 3, 0, 1), ("Buôn 2".to_owned(), 1, 0, 1, 0)];
    assert_eq!(shares.iter().map(told).collect::<Vec<_>>(), expected);
    assert_eq!(plans[0].loads(), BTreeMap::from([(1, 3)]));
    let helped: Vec<String> = plans[0].pairs(&basis).iter().map(|pair| pair.household.key.to_string()).collect();
    assert_eq!(helped, all.iter().map(|household| household.key.to_string()).collect::<Vec<_>>(), "each once, in order");
}

#[test]
fn loads_count_those_who_help_nobody_too() {
    let all = [household(1, "Xã A", Class::Poor)];
    let households: Vec<&Household> = all.iter().collect();
    let idle = [member(11, true), member(12, true)];
    let settings = Settings { min_helpers: 1, ..Settings::default() };
    let of = |members: &[Member], households: &[&Household]| solved(&basis(households, members), &settings)[0].loads();
    assert_eq!(of(&idle[..1], &households).into_iter().collect::<Vec<_>>(), [(1, 1)]);
    assert_eq!(of(&idle, &[]).into_iter().collect::<Vec<_>>(), [(0, 2)]);
}

#[test]
fn a_household_with_fewer_helpers_than_asked_for_is_told() {
    let all = [of_village(1, "Buôn 1"), of_village(2, "Buôn 1")];
    let households: Vec<&Household> = all.iter().collect();
    let members = [of_cell(11, "Buôn 1"), of_cell(12, "Buôn 1")];
    let asked = |min_helpers| Settings { min_helpers, ..Settings::default() };
    let plans = solved(&basis(&households, &members), &asked(1));
    assert_eq!(short_of_helpers(&plans, &asked(2)), [(0, 1), (1, 1)]);
    assert_eq!(short_of_helpers(&plans, &asked(1)), []);
}

#[test]
fn a_part_of_a_plan_is_that_of_one_commune() {
    let all = [household(1, "Xã A", Class::Poor), household(2, "Xã B", Class::Poor)];
    let households: Vec<&Household> = all.iter().collect();
    let exempt = Member { standing: crate::domain::member::Standing::Exempt { since: None }, ..member(12, true) };
    let members = [member(11, true), exempt];
    let pairs = [
        PreviousPair { household: citizen(1), member: citizen(11) },
        PreviousPair { household: citizen(2), member: citizen(99) },
    ];
    let basis = Basis { previous: Some(&pairs), ..basis(&households, &members) };
    let Problems { communes, excluded } = problems(&basis);
    let communes: Vec<CommunePlan> =
        communes.into_iter().filter_map(|problem| solve(problem, &Settings::default()).ok()).collect();
    let continuity = continuity(&basis, &communes, &excluded);
    let whole =
        DistrictPlan { communes, excluded, continuity, without_effect: Vec::new(), short_of_helpers: vec![(0, 1), (1, 1)] };
    let a = whole.communes.iter().find(|plan| plan.problem.commune.name() == "Xã A").unwrap();
    let part = whole.of_commune(a, &basis);
    let continuity = part.continuity.unwrap();
    assert_eq!((continuity.kept, continuity.new, continuity.ended.len()), (1, 0, 0), "the pair that ended is of the other");
    assert_eq!((part.excluded.len(), part.short_of_helpers), (1, vec![(0, 1)]));
    let ended = whole.continuity.unwrap().ended;
    assert_eq!(ended.iter().map(|(pair, _)| pair.household.to_string()).collect::<Vec<_>>(), [citizen(2).to_string()]);
}
