//! Tests of units over time.

use super::super::gazetteer::{MERGER_DAY, lak_on};
use super::super::household::Class;
use super::super::invented::household;
use super::super::poverty::rates;
use super::super::tally::Tallies;
use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const BEFORE: Date = date(2025, 6, 30);

fn unit(code: u32, day: Date) -> CommuneRef {
    CommuneRef::new(lak_on(day).into_iter().find(|unit| unit.code == Some(code)).unwrap())
}

/// A survey of households by unit, village and whether they are poor.
fn survey(rows: &[(CommuneRef, &str, bool)]) -> Survey {
    let mut survey = Survey::default();
    for (serial, (commune, village, poor)) in rows.iter().enumerate() {
        let class = if *poor { Class::Poor } else { Class::Other };
        let mut household = household(u32::try_from(serial).unwrap(), "x", class);
        household.place.commune = commune.clone();
        household.place.village = (!village.is_empty()).then(|| Village::new(village));
        survey.all.push(household);
    }
    survey
}

fn rows(survey: &Survey) -> Vec<RateRow> {
    rates(&Tallies::of(2025, survey), &survey.totals, &[By::Commune, By::Village])
}

fn in_units(of: &Survey, day: Date, homes: &Homes) -> Result<Vec<RateRow>, Unmergeable> {
    Units { day, mergers: &Mergers::lak_2025(), homes }.rows(rows(of))
}

/// Name, households and poor of the rows of a grouping.
fn shown(rows: &[RateRow], by: By) -> Vec<(String, u64, u64)> {
    let name = |row: &RateRow| match &row.village {
        Some(village) => village.to_string(),
        None => row.commune.as_ref().map_or_else(String::new, |commune| commune.name().to_owned()),
    };
    let of = rows.iter().filter(|row| row.by == by);
    of.map(|row| (name(row), row.counts.households.unwrap(), row.counts.poor.unwrap())).collect()
}

#[test]
fn old_units_add_up_to_the_new_ones_and_villages_of_one_name_stay_two() {
    let (town, yang_tao) = (unit(24580, BEFORE), unit(24583, BEFORE));
    let survey = survey(&[
        (town.clone(), "Thôn 1", true),
        (yang_tao.clone(), "Thôn 1", false),
        (yang_tao, "Buôn Cuôr", true),
        (town, "", false),
    ]);
    let rows = in_units(&survey, MERGER_DAY, &Homes::new()).unwrap();
    assert_eq!(shown(&rows, By::Commune), [("Xã Liên Sơn Lắk".to_owned(), 4, 2)]);
    let villages: Vec<String> = shown(&rows, By::Village).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(villages, ["Buôn Cuôr", "Thôn 1 (Thị trấn Liên Sơn)", "Thôn 1 (Xã Yang Tao)", "Xã Liên Sơn Lắk"]);
}

#[test]
fn a_new_unit_is_parted_by_villages_that_an_older_list_tells() {
    let (new, dak_lieng, buon_tria) = (unit(24595, MERGER_DAY), unit(24589, BEFORE), unit(24595, BEFORE));
    let later = survey(&[(new.clone(), "Buôn A", true), (new.clone(), "Buôn B", false), (new.clone(), "Buôn B", true)]);
    let mut homes = Homes::new();
    note_homes(&mut homes, &survey(&[(dak_lieng, "Buôn A", false), (buon_tria, "Buôn B", false)]));
    let rows = in_units(&later, BEFORE, &homes).unwrap();
    assert_eq!(shown(&rows, By::Commune), [("Xã Đắk Liêng".to_owned(), 1, 1), ("Xã Buôn Tría".to_owned(), 2, 1)]);
}

#[test]
fn a_new_unit_is_not_parted_by_its_bare_code_or_name() {
    // The code 24595 was Buôn Tría and became Đắk Liêng; without villages nobody knows which household is in which.
    let new = unit(24595, MERGER_DAY);
    let refused = in_units(&survey(&[(new.clone(), "", true)]), BEFORE, &Homes::new()).unwrap_err();
    assert!(matches!(refused, Unmergeable::NeedsVillages { unit, parts } if unit == new && parts.len() == 3));
    let unknown = in_units(&survey(&[(new.clone(), "Buôn A", true)]), BEFORE, &Homes::new()).unwrap_err();
    assert!(matches!(unknown, Unmergeable::UnplacedVillage { candidates, .. } if candidates.is_empty()));
    let mut homes = Homes::new();
    note_homes(&mut homes, &survey(&[(unit(24589, BEFORE), "Buôn A", false), (unit(24595, BEFORE), "Buôn A", false)]));
    let two = in_units(&survey(&[(new, "Buôn A", true)]), BEFORE, &homes).unwrap_err();
    assert!(matches!(two, Unmergeable::UnplacedVillage { candidates, .. } if candidates.len() == 2));
}

proptest! {
    #[test]
    fn units_change_no_sum_and_lead_back_to_where_they_came_from(
        households in prop::collection::vec((0usize..11, 0u8..4, any::<bool>()), 1..60),
    ) {
        let old: Vec<CommuneRef> = lak_on(BEFORE).into_iter().map(CommuneRef::new).collect();
        // Villages are named after their old commune, so that the way back is told.
        let names: Vec<String> =
            households.iter().map(|(at, village, _)| format!("Buôn {village} {}", old[*at].name())).collect();
        let of = |place: &dyn Fn(&CommuneRef) -> CommuneRef| {
            let rows: Vec<(CommuneRef, &str, bool)> =
                households.iter().zip(&names).map(|((at, _, poor), name)| (place(&old[*at]), name.as_str(), *poor)).collect();
            survey(&rows)
        };
        let mergers = Mergers::lak_2025();
        let earlier = of(&CommuneRef::clone);
        let later = of(&|commune| mergers.on(commune, MERGER_DAY).clone());
        let mut homes = Homes::new();
        note_homes(&mut homes, &earlier);
        prop_assert_eq!(in_units(&earlier, MERGER_DAY, &homes).unwrap(), rows(&later));
        prop_assert_eq!(in_units(&later, BEFORE, &homes).unwrap(), rows(&earlier));
        prop_assert_eq!(in_units(&earlier, BEFORE, &homes).unwrap(), rows(&earlier));
    }
}

#[test]
fn households_stand_in_the_units_of_the_day_each_by_its_own_village() {
    let (town, yang_tao) = (unit(24580, BEFORE), unit(24583, BEFORE));
    let old = survey(&[(town.clone(), "TDP 1", true), (yang_tao, "Buôn Cuôr", true)]);
    let mergers = Mergers::lak_2025();
    let standing = Units { day: MERGER_DAY, mergers: &mergers, homes: &Homes::new() }.standing(&old.all).unwrap();
    assert_eq!(standing.day(), Some(MERGER_DAY));
    let names: BTreeSet<&str> = old.all.iter().map(|household| standing.commune(&household.place).name()).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["Xã Liên Sơn Lắk"]);
    let elsewhere = Place { commune: town.clone(), village: Some(Village::new("TDP 9")) };
    assert_eq!(standing.commune(&elsewhere), &town, "a place that nobody lives in stays where it is");
    assert_eq!((Standing::default().day(), Standing::default().commune(&old.all[0].place)), (None, &town));
    // Back in time only with villages that an older list tells.
    let new = survey(&[(unit(24580, MERGER_DAY), "TDP 1", true)]);
    let mut homes = Homes::new();
    assert!(Units { day: BEFORE, mergers: &mergers, homes: &homes }.standing(&new.all).is_err());
    note_homes(&mut homes, &old);
    let back = Units { day: BEFORE, mergers: &mergers, homes: &homes }.standing(&new.all).unwrap();
    assert_eq!(back.commune(&new.all[0].place), &town);
}

#[test]
fn on_its_first_day_a_unit_is_whole_and_households_without_a_village_are_one_row_of_it() {
    let mergers = Mergers::lak_2025();
    let new = survey(&[(unit(24580, MERGER_DAY), "TDP 1", true)]);
    let standing = Units { day: MERGER_DAY, mergers: &mergers, homes: &Homes::new() }.standing(&new.all).unwrap();
    assert_eq!(standing.commune(&new.all[0].place), &new.all[0].place.commune);
    let (town, yang_tao) = (unit(24580, BEFORE), unit(24583, BEFORE));
    let old =
        survey(&[(town.clone(), "", true), (yang_tao.clone(), "", false), (town, "TDP 1", true), (yang_tao, "Buôn Cuôr", true)]);
    let of_villages = shown(&in_units(&old, MERGER_DAY, &Homes::new()).unwrap(), By::Village);
    let mut told: Vec<(&str, u64, u64)> = of_villages.iter().map(|(name, all, poor)| (name.as_str(), *all, *poor)).collect();
    told.sort_unstable();
    assert_eq!(told, [("Buôn Cuôr", 1, 1), ("TDP 1", 1, 1), ("Xã Liên Sơn Lắk", 2, 1)]);
}
