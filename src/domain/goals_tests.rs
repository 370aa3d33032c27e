//! Goals against the published figures of Lắk, and their laws.

use super::*;
use proptest::prelude::*;

fn counts(year: i16, part: u64, whole: u64) -> Point {
    Point { year, standard: Standard::Nd07_2021, known: Known::Counts(Share { part, whole: Some(whole) }) }
}

fn published(year: i16, percent: i64) -> Point {
    Point { year, standard: Standard::Nd07_2021, known: Known::Published { percent: Hundredths::new(percent), households: None } }
}

fn text(value: Option<Hundredths>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

#[test]
fn the_example_of_2022_comes_out() {
    let [poor_2025, _, poor_2030, _] = resolution_14();
    let now = counts(2022, 4868, 19_284);
    let found = progress(poor_2025, now, &[published(2021, 2911)]);
    assert_eq!(found.reached, Some(false));
    assert_eq!((text(found.gap_points).as_str(), found.gap_households), ("5.24", Some(1012)));
    assert_eq!((found.years_left, text(found.pace_needed_points).as_str()), (3, "1.75"));
    assert_eq!((found.pace_needed_households, text(found.pace_so_far_points).as_str()), (Some(338), "3.87"));
    assert_eq!((found.verdict, text(found.projected).as_str()), (Verdict::OnPace, "13.63"));
    assert_eq!(progress(poor_2030, now, &[]).gap_households, Some(2554));
}

#[test]
fn the_goal_of_2025_was_met_in_2024_for_the_poor_and_not_for_the_near_poor() {
    let [poor, near_poor, ..] = resolution_14();
    let poor_years = [published(2022, 2524), published(2023, 2095)];
    let found = progress(poor, published(2024, 1763), &poor_years);
    assert_eq!((found.verdict, text(found.gap_points).as_str(), found.gap_households), (Verdict::Reached, "0.00", None));
    let near_years = [published(2023, 1677), published(2022, 1821)];
    let found = progress(near_poor, published(2024, 1502), &near_years);
    assert_eq!((text(found.gap_points).as_str(), text(found.pace_needed_points).as_str()), ("4.02", "4.02"));
    assert_eq!(text(found.pace_so_far_points), "1.60", "(18.21 − 15.02) ÷ 2 = 1.595");
    assert_eq!(found.verdict, Verdict::Behind);
    let [.., near_2030] = resolution_14();
    let found = progress(near_2030, published(2024, 1502), &near_years);
    assert_eq!(text(found.projected), "5.45", "15.02 − 6 × 3.19 ÷ 2, and not 6 × 1.60");
}

#[test]
fn a_rate_just_above_the_limit_is_not_at_most_the_limit() {
    let [poor, ..] = resolution_14();
    let found = progress(poor, counts(2022, 5001, 25_000), &[]);
    assert_eq!(found.reached, Some(false), "20.004 %");
    assert_eq!((text(found.gap_points).as_str(), found.gap_households), ("0.00", Some(1)));
    assert_eq!(holds(poor, Known::Counts(Share { part: 5000, whole: Some(25_000) })), Some(true));
}

#[test]
fn below_is_not_reached_at_the_limit() {
    let [.., poor, _] = resolution_14();
    assert_eq!(holds(poor, Known::Counts(Share { part: 12, whole: Some(100) })), Some(false));
    assert_eq!(gap_households(poor, Share { part: 12, whole: Some(100) }), Some(1));
    let nothing = Goal { limit: Hundredths::default(), ..poor };
    assert_eq!(gap_households(nothing, Share { part: 5, whole: Some(100) }), None, "below 0 % is never reached");
}

#[test]
fn without_a_denominator_there_is_no_verdict() {
    let [poor, ..] = resolution_14();
    let now = Point { known: Known::Counts(Share { part: 5, whole: None }), ..counts(2022, 0, 0) };
    let found = progress(poor, now, &[published(2021, 2911)]);
    assert_eq!((found.verdict, found.reached, found.gap_points, found.gap_households), (Verdict::NoData, None, None, None));
    assert_eq!(found.projected, None);
}

#[test]
fn one_year_alone_gives_a_gap_and_no_pace() {
    let [poor, ..] = resolution_14();
    let found = progress(poor, counts(2022, 4868, 19_284), &[]);
    assert_eq!((found.verdict, found.gap_households, found.pace_so_far_points), (Verdict::NoData, Some(1012), None));
}

#[test]
fn two_standards_are_not_compared() {
    let [poor, _, poor_2030, _] = resolution_14();
    let before = Point { standard: Standard::Nd59_2015, ..published(2021, 1500) };
    let found = progress(poor, counts(2022, 4868, 19_284), &[before]);
    assert_eq!((found.verdict, found.pace_so_far_points), (Verdict::NotComparable, None));
    let after = Point { standard: Standard::Nd351_2025, ..counts(2027, 10, 100) };
    let found = progress(poor_2030, after, &[]);
    assert_eq!((found.verdict, found.reached, found.gap_households), (Verdict::NotComparable, None, None));
}

#[test]
fn a_goal_whose_year_is_over_is_missed_or_reached() {
    let [poor, ..] = resolution_14();
    let missed = progress(poor, counts(2026, 30, 100), &[counts(2025, 40, 100)]);
    assert_eq!((missed.verdict, missed.years_left, missed.pace_needed_households), (Verdict::Behind, 0, None));
    assert_eq!(missed.pace_needed_points, None);
    let reached = progress(poor, counts(2025, 20, 100), &[]);
    assert_eq!((reached.verdict, reached.pace_needed_points), (Verdict::Reached, Some(Hundredths::default())));
}

#[test]
fn a_whole_of_zero_is_no_rate_for_a_goal() {
    let [poor, ..] = resolution_14();
    let nobody = Share { part: 0, whole: Some(0) };
    assert_eq!((holds(poor, Known::Counts(nobody)), gap_households(poor, nobody)), (None, None));
}

#[test]
fn a_gap_that_prints_as_zero_is_still_a_gap() {
    let [poor, ..] = resolution_14();
    // 20.004 %: not at most 20 %, and 0.00 points above it.
    let still = progress(poor, counts(2023, 5001, 25_000), &[counts(2022, 5001, 25_000)]);
    assert_eq!((text(still.gap_points).as_str(), text(still.pace_so_far_points).as_str()), ("0.00", "0.00"));
    assert_eq!(still.verdict, Verdict::Behind, "standing still is no pace");
    let over = progress(poor, counts(2025, 5001, 25_000), &[counts(2022, 6000, 25_000)]);
    assert_eq!((over.pace_needed_points, over.verdict), (None, Verdict::Behind), "no year is left in which to close it");
}

#[test]
fn what_is_no_earlier_rate_makes_nothing_incomparable() {
    let [poor, ..] = resolution_14();
    let now = counts(2022, 4868, 19_284);
    let other = |point: Point| Point { standard: Standard::Nd59_2015, ..point };
    let unknown = Point { known: Known::Counts(Share { part: 1, whole: None }), ..counts(2021, 0, 1) };
    for history in [[other(published(2022, 1500))], [other(published(2023, 1500))], [other(unknown)]] {
        assert_eq!(progress(poor, now, &history).verdict, Verdict::NoData, "{history:?}");
    }
    let nobody_counted = other(Point { known: Known::Counts(Share { part: 5, whole: None }), ..now });
    assert_eq!(progress(poor, nobody_counted, &[]).verdict, Verdict::NoData, "no rate goes before another standard");
}

#[test]
fn a_series_breaks_where_the_standard_changes() {
    let new = |year, percent| Point { standard: Standard::Nd351_2025, ..published(year, percent) };
    let parts = lines(&[new(2028, 1400), published(2026, 900), published(2025, 1000), new(2027, 1600), counts(2026, 9, 100)]);
    let years: Vec<Vec<i16>> = parts.iter().map(|part| part.iter().map(|point| point.year).collect()).collect();
    assert_eq!(years, [vec![2025, 2026], vec![2027, 2028]]);
    assert!(matches!(parts[0][1].known, Known::Counts(_)), "counts beat a published percentage");
}

#[test]
fn a_plan_is_kept_by_its_upper_end() {
    let plan = PlannedFall { low: Hundredths::new(300), high: Hundredths::new(400) };
    assert_eq!(text(plan.percent_kept(Hundredths::new(387))), "96.75");
    assert_eq!(text(plan.percent_kept(Hundredths::new(-100))), "-25.00");
    assert_eq!(PlannedFall { high: Hundredths::default(), ..plan }.percent_kept(Hundredths::new(1)), None);
}

fn goals() -> impl Strategy<Value = Goal> {
    (0i64..=10_000, prop::bool::ANY).prop_map(|(limit, below)| Goal {
        limit: Hundredths::new(limit),
        comparison: if below { Comparison::Below } else { Comparison::AtMost },
        ..resolution_14()[0]
    })
}

proptest! {
    #[test]
    fn the_gap_is_the_least_number_that_must_leave(goal in goals(), whole in 1u64..5000, part in 0u64..5000) {
        let part = part.min(whole);
        let after = |left: u64| holds(goal, Known::Counts(Share { part: part - left, whole: Some(whole) })).unwrap();
        match gap_households(goal, Share { part, whole: Some(whole) }) {
            Some(gap) => {
                prop_assert!(after(gap));
                prop_assert!(gap == 0 || !after(gap - 1));
            }
            None => prop_assert!(!after(part)),
        }
    }

    #[test]
    fn the_needed_pace_closes_the_gap_in_time_and_not_a_year_early(goal in goals(), whole in 1u64..5000, part in 0u64..5000) {
        let found = progress(goal, counts(2022, part.min(whole), whole), &[]);
        if let (Some(gap), Some(pace)) = (found.gap_households, found.pace_needed_households) {
            let years = u64::from(found.years_left);
            prop_assert!(pace * years >= gap);
            prop_assert!(pace == 0 || (pace - 1) * years < gap);
        }
    }

    #[test]
    fn the_order_of_the_history_does_not_matter(mut rates in prop::collection::vec((2015i16..2024, 0i64..10_000), 0..8)) {
        rates.sort_unstable();
        rates.dedup_by_key(|&mut (year, _)| year);
        let points: Vec<Point> = rates.iter().map(|&(year, percent)| published(year, percent)).collect();
        let backwards: Vec<Point> = points.iter().rev().copied().collect();
        let now = counts(2022, 25, 100);
        prop_assert_eq!(progress(resolution_14()[0], now, &points), progress(resolution_14()[0], now, &backwards));
        prop_assert_eq!(lines(&points), lines(&backwards));
    }
}

#[test]
fn households_are_those_counted_or_those_published() {
    assert_eq!(counts(2022, 4868, 19_284).known.households(), Some(4868));
    assert_eq!(published(2021, 2911).known.households(), None);
    let told = Known::Published { percent: Hundredths::new(2911), households: Some(5500) };
    assert_eq!(told.households(), Some(5500));
}
