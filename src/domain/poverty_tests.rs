//! Rates on small districts made by hand, and the laws of sums.

use proptest::prelude::*;

use super::super::invented::{self, commune, source};
use super::*;
use crate::domain::household::{Birth, Class, Household};
use crate::domain::peoples::People;
use crate::domain::place::Place;
use crate::domain::survey::{Coverage, Survey};

fn household(commune_name: &str, village: Option<&str>, class: Class, persons: u32) -> Household {
    Household {
        place: Place { commune: commune(commune_name), village: village.map(Village::new) },
        birth: Some(Birth::Year(1950)),
        people: Some(People::KINH),
        persons,
        ..invented::household(1, commune_name, class)
    }
}

fn total(commune_name: &str, village: Option<&str>, households: Option<u64>, poor: Option<u64>) -> AreaTotal {
    AreaTotal {
        place: Place { commune: commune(commune_name), village: village.map(Village::new) },
        households,
        persons: households.map(|households| households * 4),
        poor,
        near_poor: poor,
        poor_persons: None,
        near_poor_persons: None,
        printed_poor: None,
        printed_near_poor: None,
        source: source(1),
    }
}

fn text(value: Option<Hundredths>) -> String {
    value.map_or_else(|| "no data".to_owned(), |value| value.to_string())
}

#[test]
fn a_survey_is_its_own_denominator() {
    let survey = Survey {
        all: vec![
            household("Xã A", Some("Buôn 1"), Class::Poor, 5),
            household("Xã A", Some("Buôn 2"), Class::NearPoor, 3),
            household("Xã A", Some("Buôn 2"), Class::Other, 4),
        ],
        ..Survey::default()
    };
    let rows = rates(&Tallies::of(2022, &survey), &[], &[By::Village, By::District, By::Village]);
    let shown: Vec<_> = rows.iter().map(|row| (row.by, row.village.as_ref().map(Village::name), row.counts.poor)).collect();
    assert_eq!(
        shown,
        [(By::District, None, Some(1)), (By::Village, Some("Buôn 1"), Some(1)), (By::Village, Some("Buôn 2"), Some(0))]
    );
    let district = rows[0].counts;
    assert_eq!((district.households, district.persons, district.poor_persons), (Some(3), Some(12), Some(5)));
    let percents = district.percents();
    assert_eq!([percents.poor, percents.near_poor, percents.both].map(text), ["33.33", "33.33", "66.67"]);
    assert_eq!(text(district.person_percents().poor), "41.67");
}

#[test]
fn a_state_list_without_totals_has_counts_and_no_rate() {
    let survey = Survey { poor_only: vec![household("Xã A", None, Class::Poor, 5)], ..Survey::default() };
    let rows = rates(&Tallies::of(2022, &survey), &[], &[By::Commune]);
    for row in &rows {
        assert_eq!(
            (row.counts.poor, row.counts.households, text(row.counts.percents().poor).as_str()),
            (Some(1), None, "no data")
        );
    }
}

#[test]
fn a_state_list_takes_the_commune_total_or_the_sum_of_its_villages() {
    let survey = Survey {
        poor_only: vec![household("Xã A", Some("Buôn 1"), Class::Poor, 5), household("Xã B", Some("Buôn 1"), Class::Poor, 5)],
        ..Survey::default()
    };
    let totals = [
        total("Xã A", None, Some(10), None),
        total("Xã A", Some("Buôn 1"), Some(9), None),
        total("Xã B", Some("Buôn 1"), Some(4), None),
        total("Xã B", Some("Buôn 2"), Some(16), None),
    ];
    let tallies = Tallies::of(2022, &survey);
    let rows = rates(&tallies, &totals, &[By::Commune, By::Village]);
    let shown: Vec<String> = rows.iter().map(|row| text(row.counts.percents().poor)).collect();
    assert_eq!(shown, ["6.67", "10.00", "5.00", "11.11", "25.00", "0.00"]);
    let unknown = rates(&tallies, &totals[..3], &[By::Commune]);
    assert_eq!(unknown[0].counts.households, Some(14));
    let one_missing = rates(&tallies, &totals[..2], &[By::Commune]);
    assert_eq!(one_missing[0].counts.households, None, "one commune without a denominator leaves the district without");
    assert_eq!(one_missing[0].counts.poor, Some(2));
}

#[test]
fn a_survey_beats_a_state_list_and_the_totals() {
    let survey = Survey {
        all: vec![household("Xã A", None, Class::Poor, 5), household("Xã A", None, Class::Other, 5)],
        poor_only: vec![household("Xã A", None, Class::Poor, 5), household("Xã A", None, Class::Poor, 1)],
        totals: Vec::new(),
        ..Survey::default()
    };
    let rows = rates(&Tallies::of(2022, &survey), &[total("Xã A", None, Some(99), Some(9))], &[]);
    assert_eq!((rows[0].counts.poor, rows[0].counts.households), (Some(1), Some(2)));
}

#[test]
fn totals_with_poor_counts_give_rates_by_themselves() {
    let rows = rates(&Tallies::new(2022), &[total("Xã A", None, Some(19_284), Some(4868))], &[By::Sex]);
    assert_eq!(rows.len(), 1, "nobody told the sexes");
    assert_eq!(text(rows[0].counts.percents().poor), "25.24");
    let bare = rates(&Tallies::new(2022), &[total("Xã A", None, Some(10), None)], &[]);
    assert_eq!((bare[0].counts.poor, bare[0].counts.percents().poor), (None, None), "no count is not a count of zero");
}

#[test]
fn a_group_of_a_state_list_has_no_denominator() {
    let survey = Survey {
        all: vec![household("Xã A", None, Class::Poor, 5)],
        poor_only: vec![household("Xã B", None, Class::Poor, 1)],
        ..Survey::default()
    };
    let totals = [total("Xã B", None, Some(10), None)];
    let rows = rates(&Tallies::of(2022, &survey), &totals, &[By::Minority, By::OldAlone]);
    let shown: Vec<_> = rows.iter().map(|row| (row.group, row.counts.poor, row.counts.households)).collect();
    assert_eq!(
        shown,
        [
            (None, Some(2), Some(11)),
            (Some(Group::Minority(Some(false))), Some(2), None),
            (Some(Group::OldAlone(Some(false))), Some(1), None),
            (Some(Group::OldAlone(Some(true))), Some(1), None),
        ]
    );
}

#[test]
fn a_state_list_that_names_no_village_says_nothing_about_villages() {
    let survey = Survey { poor_only: vec![household("Xã A", None, Class::Poor, 5)], ..Survey::default() };
    let rows = rates(&Tallies::of(2022, &survey), &[total("Xã A", Some("Buôn 1"), Some(9), None)], &[By::Village]);
    assert_eq!((rows[1].counts.poor, rows[1].counts.households), (None, Some(9)));
    assert_eq!((rows[2].village.as_ref(), rows[2].counts.poor, rows[2].counts.households), (None, Some(1), None));
}

#[test]
fn shares_for_goals_are_the_two_counts() {
    let counts = Counts { households: Some(9), poor: Some(4), near_poor: Some(3), ..Counts::default() };
    assert_eq!(counts.poor_share(), Some(Share { part: 4, whole: Some(9) }));
    assert_eq!(counts.near_poor_share(), Some(Share { part: 3, whole: Some(9) }));
    assert_eq!((Counts::default().poor_share(), Counts::default().near_poor_share()), (None, None));
}

#[test]
fn a_change_that_is_known_in_part_is_told_in_part() {
    let percents = |poor: Option<i64>, near_poor: Option<i64>, both: Option<i64>| {
        let [poor, near_poor, both] = [poor, near_poor, both].map(|value| value.map(Hundredths::new));
        Percents { poor, near_poor, both }
    };
    let all = percents(Some(500), Some(300), Some(800));
    let change = |earlier: Percents| {
        all.change_since(&earlier).map(|change| [change.poor_points, change.near_poor_points, change.both_points].map(text))
    };
    assert_eq!(change(percents(Some(400), None, None)).unwrap(), ["1.00", "no data", "no data"]);
    assert_eq!(change(percents(None, Some(400), None)).unwrap(), ["no data", "-1.00", "no data"]);
    assert_eq!(change(percents(None, None, Some(800))).unwrap(), ["no data", "no data", "0.00"]);
    assert_eq!(change(percents(None, None, None)), None);
}

#[test]
fn a_village_of_a_state_list_has_the_persons_of_its_total() {
    let survey = Survey { poor_only: vec![household("Xã A", Some("Buôn 1"), Class::Poor, 5)], ..Survey::default() };
    let totals = [total("Xã A", Some("Buôn 1"), Some(9), None), total("Xã A", Some("Buôn 2"), Some(4), None)];
    let rows = rates(&Tallies::of(2022, &survey), &totals, &[By::Village]);
    let persons: Vec<_> = rows[1..].iter().map(|row| (row.counts.persons, row.counts.poor_persons)).collect();
    assert_eq!(persons, [(Some(36), Some(5)), (Some(16), Some(0))]);
}

#[test]
fn a_change_is_the_difference_of_printed_rates_and_of_one_standard() {
    let before = rates(&Tallies::new(2022), &[total("Xã A", None, Some(10_000), Some(2911))], &[By::Commune]);
    let mut now = rates(&Tallies::new(2023), &[total("Xã A", None, Some(19_284), Some(4868))], &[By::Commune]);
    compare(&mut now, Standard::Nd07_2021, &before, Standard::Nd59_2015);
    assert!(now.iter().all(|row| row.change.is_none()));
    compare(&mut now, Standard::Nd07_2021, &before, Standard::Nd07_2021);
    assert_eq!(text(now[0].change.unwrap().poor_points), "-3.87");
    assert_eq!(now[0].change, now[1].change);
}

#[test]
fn a_person_alone_is_old_from_sixty_on() {
    let alone = |birth| Household { birth, ..household("Xã A", None, Class::Poor, 1) };
    let all = [Some(Birth::Year(1962)), Some(Birth::Year(1963)), None].map(alone).into();
    let rows = rates(&Tallies::of(2022, &Survey { all, ..Survey::default() }), &[], &[By::OldAlone]);
    let groups: Vec<_> = rows[1..].iter().map(|row| (row.group, row.counts.households)).collect();
    let expected = [None, Some(false), Some(true)].map(|old| (Some(Group::OldAlone(old)), Some(1)));
    assert_eq!(groups, expected);
}

prop_compose! {
    fn households()(rows in prop::collection::vec(
        (0usize..3, prop::option::of(0usize..3), 0usize..3, 1u32..9, any::<Option<bool>>(), prop::option::of(0usize..5)), 0..40
    )) -> Vec<Household> {
        rows.into_iter().map(|(place, village, class, persons, no_labour, people)| Household {
            no_labour,
            people: people.and_then(|index| People::all().nth(index)),
            ..household(
                ["Xã A", "Xã B", "Xã C"][place],
                village.map(|index| ["Buôn 1", "Buôn 2", "Buôn 10"][index]),
                Class::ALL[class],
                persons,
            )
        }).collect()
    }
}

proptest! {
    #[test]
    fn parts_add_up_to_the_whole(all in households()) {
        let rows = rates(&Tallies::of(2022, &Survey { all, ..Survey::default() }), &[], &By::ALL);
        for by in By::ALL {
            let parts = Counts::sum(rows.iter().filter(|row| row.by == by).map(|row| row.counts));
            prop_assert_eq!(parts, rows[0].counts, "{:?}", by);
        }
    }

    #[test]
    fn the_order_of_rows_and_files_does_not_matter(all in households(), cut in 0usize..40, seed: u64) {
        let whole = Tallies::of(2022, &Survey { all: all.clone(), ..Survey::default() });
        let cut = cut.min(all.len());
        let mut merged = Tallies::new(2022);
        let (left, right) = all.split_at(cut);
        for part in if seed.is_multiple_of(2) { [left, right] } else { [right, left] } {
            let mut tallies = Tallies::new(2022);
            part.iter().rev().for_each(|household| tallies.add(household, Coverage::All));
            merged.merge(tallies);
        }
        prop_assert_eq!(rates(&merged, &[], &By::ALL), rates(&whole, &[], &By::ALL));
    }

    #[test]
    fn a_list_with_its_totals_gives_the_rates_of_the_full_survey(all in households()) {
        let survey = Survey { all: all.clone(), ..Survey::default() };
        let full = rates(&Tallies::of(2022, &survey), &[], &[By::Commune]);
        let totals: Vec<AreaTotal> = full[1..].iter().map(|row| AreaTotal {
            place: Place { commune: row.commune.clone().unwrap(), village: None },
            persons: row.counts.persons,
            ..total("Xã A", None, row.counts.households, None)
        }).collect();
        let mut tallies = Tallies::new(2022);
        full[1..].iter().for_each(|row| tallies.note(row.commune.as_ref().unwrap(), Coverage::PoorOnly));
        all.iter().filter(|household| household.class.is_target()).for_each(|household| tallies.add(household, Coverage::PoorOnly));
        prop_assert_eq!(rates(&tallies, &totals, &[By::Commune]), full);
    }
}
