//! Which household and which member of this year a row of last year means.

use std::sync::Arc;

use super::super::household::Class;
use super::super::invented::{citizen, household, member, source};
use super::super::plan::{Continuity, Ended};
use super::*;

fn told(key: Option<Key>, name: Option<&str>, places: &[&str]) -> Told {
    let places = places.iter().map(|place| (*place).to_owned()).collect();
    Told { key, name: name.map(str::to_owned), places, cell: None }
}

/// What a row of a household means, the member being known: a key, or the word of the doubt.
fn means(told: &[Told], households: &[Household]) -> Vec<String> {
    let members = [member(900, true)];
    let rows: Vec<PreviousRow> = told
        .iter()
        .map(|household| PreviousRow {
            household: household.clone(),
            member: Told { key: Some(citizen(900)), ..Told::default() },
            source: source(1),
        })
        .collect();
    let households: Vec<&Household> = households.iter().collect();
    rows.iter()
        .map(|row| {
            let of = meant(&rows, &households, &members);
            let at = rows.iter().position(|other| std::ptr::eq(other, row)).unwrap();
            let doubt = of.doubts.iter().find(|doubt| std::ptr::eq(doubt.row, row));
            let before = rows[..at].iter().filter(|row| !of.doubts.iter().any(|doubt| std::ptr::eq(doubt.row, *row)));
            doubt.map_or_else(|| of.pairs[before.count()].household.to_string(), |doubt| doubt.code.word().to_owned())
        })
        .collect()
}

fn without_number(serial: u32, name: &str, year: i16) -> Household {
    let key = Key::Made(format!("{}.{year}.buon 1.xa a", fold(name)));
    Household { key, head: Arc::from(name), birth: Some(Birth::Year(year)), ..household(serial, "Xã A", Class::Poor) }
}

#[test]
fn the_number_decides_and_a_name_of_somebody_else_is_told() {
    let list = [household(1, "Xã A", Class::Poor), household(2, "Xã A", Class::Poor)];
    let here = ["buon 1", "xa a"];
    let rows = [
        told(Some(citizen(1)), Some("Y Invented 1"), &here),
        told(Some(citizen(1)), Some("Y Invented 2"), &here),
        told(Some(citizen(1)), Some("Y Corrected"), &here),
        told(Some(citizen(3)), Some("Y Invented 1"), &here),
    ];
    let own = citizen(1).to_string();
    assert_eq!(
        means(&rows, &list),
        [&own, "previous-name", &own, &citizen(3).to_string()],
        "another number is another household"
    );
}

#[test]
fn a_missing_or_broken_number_is_looked_up_by_name_in_its_place_and_only_one_candidate_is_taken() {
    let mut list = vec![household(1, "Xã A", Class::Poor), household(2, "Xã A", Class::Poor), household(3, "Xã B", Class::Poor)];
    list[2].head = Arc::clone(&list[0].head);
    let broken = || Some(Key::Made("06607000001".to_owned()));
    let rows = [
        told(None, Some("y invented 1"), &["buon 1", "xa a"]),
        told(broken(), Some("Y Invented 2"), &[]),
        told(None, Some("Y Invented 1"), &[]),
        told(broken(), Some("Y Nobody"), &[]),
        told(broken(), None, &[]),
    ];
    let known = [citizen(1), citizen(2)].map(|key| key.to_string());
    let unknown = "previous-unknown";
    assert_eq!(means(&rows, &list), [&known[0], &known[1], unknown, unknown, unknown]);
}

#[test]
fn who_got_a_number_or_a_fuller_birth_is_the_same_and_a_namesake_of_another_year_is_not() {
    let made = |year| Some(Key::Made(format!("y an.{year}.buon 1.xa a")));
    let here = ["buon 1", "xa a"];
    let numbered = Household { head: Arc::from("Y Ân"), birth: Some(Birth::Year(1955)), ..household(1, "Xã A", Class::Poor) };
    let own = citizen(1).to_string();
    let rows = [told(made(1955), Some("Y Ân"), &here), told(made(1960), Some("Y Ân"), &here)];
    assert_eq!(means(&rows, std::slice::from_ref(&numbered)), [&own, "y an.1960.buon 1.xa a"]);
    let day = Birth::Day(jiff::civil::date(1955, 5, 1));
    let fuller = Household { key: Key::Made("y an.1955-05-01.buon 1.xa a".to_owned()), birth: Some(day), ..numbered.clone() };
    assert_eq!(means(&rows[..1], std::slice::from_ref(&fuller)), ["y an.1955-05-01.buon 1.xa a"]);
    // A number that went missing.
    let lost = without_number(4, "Y Ân", 1955);
    assert_eq!(means(&[told(Some(citizen(1)), Some("Y Ân"), &here)], std::slice::from_ref(&lost)), ["y an.1955.buon 1.xa a"]);
    // Whom another row names by number is nobody else, and two of last year are not one of this year.
    let both = [told(made(1955), Some("Y Ân"), &here), told(Some(citizen(1)), Some("Y Ân"), &here)];
    assert_eq!(means(&both, std::slice::from_ref(&numbered)), ["y an.1955.buon 1.xa a", &own]);
    let two = [told(made(1955), Some("Y Ân"), &here), told(Some(Key::Made("y an..buon 1.xa a".to_owned())), Some("Y Ân"), &here)];
    assert_eq!(means(&two, &[numbered]), ["y an.1955.buon 1.xa a", "y an..buon 1.xa a"]);
}

#[test]
fn a_member_is_named_by_cell_or_organisation_as_an_annex_does() {
    let agency = member(1, false);
    let committee = Member { name: Arc::clone(&agency.name), ..member(2, true) };
    let members = [agency, committee];
    let of = |unit: &str| {
        let row = PreviousRow {
            household: Told { key: Some(citizen(10)), ..Told::default() },
            member: told(None, Some("H Invented 1"), &[&fold(unit)]),
            source: source(1),
        };
        meant(&[row], &[], &members).pairs.first().map(|pair| pair.member.clone())
    };
    assert_eq!([of(&unit_name(&members[0])), of("Đảng bộ xã A"), of("Chi bộ khác")], [Some(citizen(1)), Some(citizen(2)), None]);
}

#[test]
fn who_is_in_no_list_any_more_keeps_the_name_that_last_year_had() {
    let row = |household: u32, member: u32| PreviousRow {
        household: told(Some(citizen(household)), Some("Y Cũ"), &["buon 1", "xa a"]),
        member: told(Some(citizen(member)), Some("H Cũ"), &["dang bo xa a"]),
        source: source(household),
    };
    let (list, members) = (household(1, "Xã A", Class::Poor), [member(11, true)]);
    let households = [&list];
    // The first pair lives, of the second the household is gone, of the third the member.
    let rows = [row(1, 11), row(2, 11), row(1, 12)];
    let meant = meant(&rows, &households, &members);
    assert_eq!(meant.doubts.len() + meant.pairs.len(), 3);
    let gone: Vec<(String, &str)> = meant.names.iter().map(|(key, name)| (key.to_string(), name.as_str())).collect();
    assert_eq!(gone, [(citizen(2).to_string(), "Y Cũ"), (citizen(12).to_string(), "H Cũ")]);
    let remarks = Remarks { names: meant.names.clone(), ..Remarks::default() };
    let pair = |household, member| PreviousPair { household: citizen(household), member: citizen(member) };
    let ended = vec![(pair(2, 11), Ended::HouseholdGone), (pair(1, 12), Ended::MemberGone)];
    let basis = Basis { remarks: Some(&remarks), ..super::super::invented::basis(&households, &members) };
    let continuity = Continuity { kept: 1, new: 0, ended: Vec::new() };
    let mut plan = DistrictPlan {
        communes: Vec::new(),
        excluded: Vec::new(),
        continuity: Some(continuity),
        without_effect: Vec::new(),
        short_of_helpers: Vec::new(),
    };
    assert_eq!(Names::of(&plan, &basis).head(&citizen(1)), None, "nothing ended, and nobody is looked up");
    plan.continuity.iter_mut().for_each(|continuity| continuity.ended.clone_from(&ended));
    let names = Names::of(&plan, &basis);
    let heads = [1, 2, 3].map(|serial| names.head(&citizen(serial)));
    assert_eq!(heads, [Some("Y Invented 1".to_owned()), Some("Y Cũ".to_owned()), None]);
    let helpers = [11, 12, 13].map(|serial| names.member(&citizen(serial)));
    assert_eq!(helpers, [Some("H Invented 11".to_owned()), Some("H Cũ".to_owned()), None]);
}

#[test]
fn a_cell_names_its_member_alone_where_the_organisation_says_no_more() {
    let cell = |name: &str, member: Member| {
        let cell = crate::domain::organisation::Cell { name: Arc::from(name), village: None, restricted: false };
        unit_name(&Member { cell: Some(cell), ..member })
    };
    assert_eq!(cell("Chi bộ Buôn 1", member(1, true)), "Chi bộ Buôn 1", "the annex says of which commune");
    assert_eq!(cell("Chi bộ kho bạc", member(1, false)), "Chi bộ kho bạc");
    assert_eq!(cell("Tổ Kế toán", member(1, false)), "Tổ Kế toán – Chi bộ Kho bạc");
    assert_eq!(unit_name(&member(1, false)), "Chi bộ Kho bạc");
}
