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
        (village, share.households, share.members, share.from_elsewhere, share.ruled_out, share.pinned)
    };
    let expected = [("Buôn 1".to_owned(), 2, 3, 0, 1, 0), ("Buôn 2".to_owned(), 1, 0, 1, 0, 0)];
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

#[test]
fn what_stays_as_it_is_comes_first_and_even_loads_before_it_where_somebody_is_added() {
    let settings = Settings::default();
    let first = changing_least(&settings).order;
    assert_eq!((first[0], first.len()), (Level::Continuity, settings.order.len()));
    assert!(first.iter().skip(1).eq(settings.order.iter().filter(|level| **level != Level::Continuity)));
    let shared = sharing_with_the_added(&settings).order;
    assert_eq!(shared[..3], [Level::MaxLoad, Level::SumSqLoad, Level::Continuity]);
    let mut all = shared.clone();
    all.sort_unstable();
    let mut known = settings.order;
    known.sort_unstable();
    assert_eq!(all, known);
}

fn twinned_with(
    organisation: &Organisation,
    commune_name: &str,
    village: &str,
    cell: Option<&str>,
) -> crate::domain::organisation::Twinning {
    crate::domain::organisation::Twinning {
        organisation: organisation.clone(),
        cell: cell.map(Arc::from),
        commune: super::super::invented::commune(commune_name),
        village: Village::new(village),
        source: super::super::invented::source(1),
    }
}

#[test]
fn members_of_an_agency_go_where_they_are_twinned_and_back_to_their_households_of_last_year() {
    let elsewhere = |serial, commune: &str| household(serial, commune, Class::Poor);
    let all = [elsewhere(1, "Xã A"), elsewhere(2, "Xã A"), elsewhere(3, "Xã B"), elsewhere(4, "Xã B"), {
        let mut far = elsewhere(5, "Xã B");
        far.place.village = Some(Village::new("Buôn 9"));
        far
    }];
    let households: Vec<&Household> = all.iter().collect();
    let members = [member(11, false), member(12, false), member(13, true)];
    let agency = &members[0].organisation;
    let twinning = [twinned_with(agency, "Xã A", "Buôn 1", None), twinned_with(agency, "Xã B", "Buôn 1", None)];
    let pair = |household: u32, member: u32| PreviousPair { household: citizen(household), member: citizen(member) };
    let helps = |previous: &[PreviousPair], pool: Pool| -> Vec<(String, Vec<u32>)> {
        let basis = Basis { twinning: &twinning, previous: Some(previous), pool, ..basis(&households, &members) };
        let serial = |at: &usize| u32::try_from(*at).unwrap() + 11;
        let told = |problem: &CommuneProblem| {
            let mut serials: Vec<u32> = problem.members.iter().map(serial).collect();
            serials.sort_unstable();
            (problem.commune.name().to_owned(), serials)
        };
        problems(&basis).communes.iter().map(told).collect()
    };
    let of = |a: &[u32], b: &[u32]| vec![("Xã A".to_owned(), a.to_vec()), ("Xã B".to_owned(), b.to_vec())];
    assert_eq!(helps(&[pair(3, 11), pair(1, 12)], Pool::All), of(&[12, 13], &[11]));
    assert_eq!(helps(&[pair(1, 11), pair(3, 12)], Pool::All), of(&[11, 13], &[12]));
    // A household of a village that nobody is twinned with draws nobody there.
    assert_eq!(helps(&[pair(5, 11), pair(5, 11)], Pool::All), helps(&[], Pool::All));
    assert_eq!(helps(&[], Pool::Commune), of(&[13], &[]));
    assert_eq!(helps(&[pair(3, 11), pair(1, 12)], Pool::Twinned), of(&[12], &[11]));
}

#[test]
fn a_village_twinned_with_a_cell_is_that_cells_alone() {
    let cell = |name: &str| Some(Cell { name: Arc::from(name), village: None, restricted: false });
    let members = [Member { cell: cell("Tổ Một"), ..member(11, false) }, Member { cell: cell("Tổ Hai"), ..member(12, false) }];
    let twinning = [twinned_with(&members[0].organisation, "Xã A", "Buôn 1", Some("tổ một"))];
    let all = [household(1, "Xã A", Class::Poor)];
    let households: Vec<&Household> = all.iter().collect();
    let basis = Basis { twinning: &twinning, ..basis(&households, &members) };
    let found = problems(&basis);
    assert_eq!(found.excluded, [(1, Excluded::NoVillage)]);
    assert_eq!(found.communes.iter().map(|problem| problem.members.as_slice()).collect::<Vec<_>>(), [[0]]);
}

#[test]
fn a_pair_that_ended_tells_which_of_the_two_is_why() {
    let gone = crate::domain::member::Standing::Departed { since: None };
    let members = [member(11, true), Member { standing: gone, ..member(12, true) }];
    let all = [household(1, "Xã A", Class::Poor), household(2, "Xã B", Class::Poor), household(3, "Xã A", Class::Other)];
    let households: Vec<&Household> = all.iter().collect();
    let pair = |household: u32, member: u32| PreviousPair { household: citizen(household), member: citizen(member) };
    let pairs = [pair(1, 12), pair(1, 99), pair(2, 11), pair(3, 11), pair(9, 11), pair(1, 11)];
    let basis = Basis { previous: Some(&pairs), ..basis(&households, &members) };
    let Problems { communes, excluded } = problems(&basis);
    let solve = |problem: CommuneProblem| solve(problem, &Settings::default()).ok();
    let plans: Vec<CommunePlan> = communes.into_iter().filter_map(solve).collect();
    let told = continuity(&basis, &plans, &excluded).unwrap();
    let of = |pair: &PreviousPair| told.ended.iter().find(|(ended, _)| ended == pair).map(|(_, why)| *why);
    let expected = [
        Some(Ended::MemberOut),
        Some(Ended::MemberGone),
        Some(Ended::OutOfReach),
        Some(Ended::LeftPoverty),
        Some(Ended::HouseholdGone),
        None,
    ];
    assert_eq!((pairs.each_ref().map(of), told.kept), (expected, 1));
}

#[test]
fn a_people_speaks_the_languages_of_the_groups_that_it_is_in() {
    let [ede, mnong, kinh] = ["Ê Đê", "M'Nông", "Kinh"].map(|name| People::parse(name).unwrap());
    let languages = [vec![ede], vec![mnong, ede]].map(|group| group.into_iter().collect());
    let basis = Basis { languages: &languages, ..basis(&[], &[]) };
    assert_eq!(
        [Some(ede), Some(mnong), Some(kinh), None].map(|people| spoken(&basis, people)),
        [vec![0, 1], vec![1], vec![], vec![]]
    );
}

#[test]
fn pinned_helpers_from_elsewhere_are_told_apart() {
    let all = [of_village(1, "Buôn 2"), of_village(2, "Buôn 2"), of_village(3, "Buôn 2")];
    let households: Vec<&Household> = all.iter().collect();
    let members = [of_cell(11, "Buôn 1"), of_cell(12, "Buôn 1"), of_cell(13, "Buôn 2")];
    let pins =
        [(1, 11), (2, 12)].map(|(household, member)| PreviousPair { household: citizen(household), member: citizen(member) });
    let basis = Basis { pins: &pins, ..basis(&households, &members) };
    let shares = solved(&basis, &Settings::default())[0].villages(&basis);
    let of_two = shares.iter().find(|share| share.village == Some(Village::new("Buôn 2"))).unwrap();
    assert_eq!((of_two.from_elsewhere, of_two.pinned), (2, 2));
}

#[test]
fn the_poor_are_told_from_the_near_poor() {
    let all = [household(1, "Xã A", Class::Poor), household(2, "Xã A", Class::NearPoor)];
    let households: Vec<&Household> = all.iter().collect();
    let members = [member(11, true)];
    let found = problems(&basis(&households, &members));
    assert_eq!(found.communes[0].unit.households.iter().map(|target| target.poor).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn a_pair_that_even_loads_part_ended_for_the_load_and_belongs_to_its_commune() {
    let all: Vec<Household> = (1..=4).map(|serial| household(serial, "Xã A", Class::Poor)).collect();
    let households: Vec<&Household> = all.iter().collect();
    let members = [member(11, true), member(12, true)];
    let pair = |household: u32, member: u32| PreviousPair { household: citizen(household), member: citizen(member) };
    // All four were with the first; and a household that is gone was with the second.
    let pairs = [pair(1, 11), pair(2, 11), pair(3, 11), pair(4, 11), pair(9, 12)];
    let basis = Basis { previous: Some(&pairs), ..basis(&households, &members) };
    let communes = solved(&basis, &Settings::default());
    let continuity = continuity(&basis, &communes, &[]);
    let whole =
        DistrictPlan { communes, excluded: Vec::new(), continuity, without_effect: Vec::new(), short_of_helpers: Vec::new() };
    let mut why: Vec<Ended> = whole.continuity.as_ref().unwrap().ended.iter().map(|(_, why)| *why).collect();
    why.sort_by_key(|why| why.word());
    assert_eq!(why, [Ended::HouseholdGone, Ended::Load, Ended::Load]);
    let part = whole.of_commune(&whole.communes[0], &basis).continuity.unwrap();
    assert_eq!((part.kept, part.ended.len()), (2, 3), "of a household that is gone the member tells the commune");
}
