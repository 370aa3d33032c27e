//! Years side by side: where the change comes from, and what the goals are held against.

use super::super::goals::{Verdict, resolution_14};
use super::super::household::Class;
use super::super::invented::household;
use super::super::mergers::Mergers;
use super::super::units::Homes;
use super::*;

/// A survey of a commune with so many poor and near-poor of a hundred households.
fn survey(poor: u32, near_poor: u32) -> Survey {
    let class = |serial: u32| match serial {
        _ if serial < poor => Class::Poor,
        _ if serial < poor + near_poor => Class::NearPoor,
        _ => Class::Other,
    };
    Survey { all: (0..100).map(|serial| household(serial, "Xã A", class(serial))).collect(), ..Survey::default() }
}

fn of(year: i16, survey: &Survey) -> YearOf<'_> {
    YearOf { year, standard: Standard::Nd07_2021, survey }
}

fn published(measure: Measure, year: i16, percent: i64) -> (Measure, Point) {
    (
        measure,
        Point {
            year,
            standard: Standard::Nd07_2021,
            known: Known::Published { percent: Hundredths::new(percent), households: None },
        },
    )
}

/// The year in the communes that its lists name, with no merger known.
fn counted(now: YearOf<'_>, earlier: &[YearOf<'_>], known: &[(Measure, Point)], by: &[By]) -> YearRates {
    let (mergers, homes) = (Mergers::new([]), Homes::new());
    let units = Units { day: Date::new(now.year, 12, 31).unwrap(), mergers: &mergers, homes: &homes };
    year_rates(now, earlier, known, &resolution_14(), by, In::Own(units)).unwrap()
}

fn change(found: &YearRates, row: usize) -> Option<i64> {
    found.rows[row].change?.poor_points.map(Hundredths::get)
}

#[test]
fn the_change_is_that_on_the_survey_of_the_year_before_in_every_row() {
    let (first, second, third) = (survey(50, 10), survey(40, 12), survey(30, 14));
    let found = counted(of(2023, &third), &[of(2021, &first), of(2022, &second), of(2024, &first)], &[], &[By::Commune]);
    assert_eq!((found.before, found.units, found.rows.len()), (Some(2022), None, 2));
    assert_eq!([change(&found, 0), change(&found, 1)], [Some(-1000), Some(-1000)]);
    let years: Vec<(i16, Measure)> = found.series.iter().map(|(measure, point)| (point.year, *measure)).collect();
    let both = |year| [(year, Measure::Poor), (year, Measure::NearPoor)];
    assert_eq!(years, [2021, 2022, 2023].map(both).concat(), "by year, and nothing of a year to come");
    assert_eq!(found.percent(Measure::NearPoor), Some(Hundredths::new(1400)));
    assert_eq!(found.fall(Measure::Poor), Some(Hundredths::new(1000)));
    assert_eq!(found.fall(Measure::NearPoor), Some(Hundredths::new(-200)));
}

#[test]
fn an_older_year_gives_a_pace_and_no_change() {
    let (first, third) = (survey(50, 10), survey(30, 14));
    let found = counted(of(2023, &third), &[of(2021, &first)], &[], &[]);
    assert_eq!((found.before, change(&found, 0), found.fall(Measure::Poor)), (None, None, None));
    assert_eq!(found.goals[0].pace_so_far_points, Some(Hundredths::new(1000)));
    assert_eq!((found.goals[0].verdict, found.goals[1].verdict), (Verdict::OnPace, Verdict::Behind));
}

#[test]
fn published_figures_stand_in_where_no_survey_is() {
    let now = survey(30, 14);
    let known = [
        published(Measure::Poor, 2022, 4200),
        published(Measure::NearPoor, 2021, 900),
        published(Measure::Poor, 2023, 100),
        published(Measure::Poor, 2024, 100),
    ];
    let found = counted(of(2023, &now), &[], &known, &[By::Commune]);
    assert_eq!((found.before, change(&found, 0), change(&found, 1)), (Some(2022), Some(-1200), None));
    assert_eq!(found.rows[0].change.unwrap().near_poor_points, None, "of the year before only the poor were published");
    assert_eq!(found.percent(Measure::Poor), Some(Hundredths::new(3000)), "the survey at hand goes before what was published");
    assert_eq!(found.series.len(), 4);
    let other = known.map(|(measure, point)| (measure, Point { standard: Standard::Nd59_2015, ..point }));
    let found = counted(of(2023, &now), &[], &other, &[]);
    assert_eq!((found.before, change(&found, 0)), (None, None), "two standards are not compared");
}

#[test]
fn a_survey_goes_before_what_was_published_of_its_year() {
    let (before, now) = (survey(40, 12), survey(30, 14));
    let known = [published(Measure::Poor, 2022, 9900), published(Measure::Poor, 2021, 5000)];
    let found = counted(of(2023, &now), &[of(2022, &before)], &known, &[]);
    assert_eq!((found.before, change(&found, 0)), (Some(2022), Some(-1000)));
    let poor: Vec<_> = found.series.iter().filter(|(measure, _)| *measure == Measure::Poor).collect();
    let rates: Vec<_> = poor.iter().map(|(_, point)| point.known.percent().unwrap().get()).collect();
    assert_eq!(rates, [5000, 4000, 3000]);
    // Of a year that nobody surveyed both measures are told.
    let both = [published(Measure::Poor, 2021, 5000), published(Measure::NearPoor, 2021, 1500)];
    let found = counted(of(2023, &now), &[], &both, &[]);
    let of_2021: Vec<_> = found.series.iter().filter(|(_, point)| point.year == 2021).map(|(measure, _)| *measure).collect();
    assert_eq!(of_2021, [Measure::Poor, Measure::NearPoor]);
}

#[test]
fn a_year_known_by_its_figures_alone_has_goals_and_no_rows() {
    let known = [
        published(Measure::NearPoor, 2022, 1821),
        published(Measure::Poor, 2022, 2524),
        published(Measure::Poor, 2021, 2911),
        published(Measure::Poor, 2023, 2095),
    ];
    let found = published_year(2022, Standard::Nd07_2021, &known, &resolution_14());
    assert!(found.rows.is_empty() && found.before.is_none());
    let series: Vec<(i16, Measure)> = found.series.iter().map(|(measure, point)| (point.year, *measure)).collect();
    assert_eq!(series, [(2021, Measure::Poor), (2022, Measure::Poor), (2022, Measure::NearPoor)]);
    assert_eq!(found.goals[0].pace_so_far_points, Some(Hundredths::new(387)));
    assert_eq!((found.goals[0].verdict, found.goals[1].verdict), (Verdict::OnPace, Verdict::NoData));
}

#[test]
fn a_year_asked_for_in_the_communes_of_a_day_says_so() {
    let (before, now) = (survey(40, 12), survey(30, 14));
    let (mergers, homes) = (Mergers::new([]), Homes::new());
    let day = Date::new(2025, 12, 31).unwrap();
    let units = In::Asked(Units { day, mergers: &mergers, homes: &homes });
    let found = year_rates(of(2023, &now), &[of(2022, &before)], &[], &[], &[By::Commune], units).unwrap();
    assert_eq!((found.units, found.before), (Some(day), Some(2022)));
    assert_eq!(found.rows.iter().map(|row| row.by).collect::<Vec<_>>(), [By::District, By::Commune], "only what was asked for");
    assert_eq!([change(&found, 0), change(&found, 1)], [Some(-1000), Some(-1000)]);
}

#[test]
fn a_survey_of_the_year_itself_is_no_earlier_one() {
    let now = survey(30, 14);
    let found = counted(of(2023, &now), &[of(2023, &now)], &[], &[]);
    let poor = found.series.iter().filter(|(measure, _)| *measure == Measure::Poor).count();
    assert_eq!((found.before, poor), (None, 1));
}
