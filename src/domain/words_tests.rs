//! The words that scripts read. They are a contract: a word that changes breaks somebody's script, so each stands here once
//! more, away from the code that says it.

use super::assignment::{Level, NotAllowed, Reason};
use super::consistency::B2Finding;
use super::goals::{Comparison, Measure, Verdict};
use super::household::Class;
use super::issue::{Code, Severity};
use super::linkage::{Field, Rule};
use super::member::Eligibility;
use super::plan::{Ended, Excluded};
use super::pledges::GivingBy;
use super::roster::{RosterBy, StandingOn};
use super::scorecard::ScoreBy;
use super::standard::{Service, Standard};
use super::tally::By;

#[test]
fn the_words_of_the_survey_stay_what_scripts_know() {
    assert_eq!(Class::ALL.map(Class::word), ["poor", "near_poor", "other"]);
    let by = ["district", "commune", "village", "ethnicity", "minority", "sex", "no_labour", "old_alone"];
    assert_eq!(By::ALL.map(By::word), by);
    let giving = [GivingBy::Organisation, GivingBy::Commune, GivingBy::Cell];
    assert_eq!(giving.map(GivingBy::word), ["organisation", "commune", "cell"]);
    assert_eq!([Severity::Error, Severity::Warning].map(Severity::word), ["error", "warning"]);
    let found = [B2Finding::Impossible, B2Finding::UnlikeMarks { marks: 20 }].map(B2Finding::code);
    assert_eq!(found, [Code::B2Wrong, Code::B2Marks]);
}

#[test]
fn the_words_of_goals_stay_what_scripts_know() {
    assert_eq!(Measure::ALL.map(Measure::word), ["poor", "near_poor"]);
    assert_eq!([Comparison::AtMost, Comparison::Below].map(Comparison::word), ["at_most", "below"]);
    let verdicts = [Verdict::Reached, Verdict::OnPace, Verdict::Behind, Verdict::NoData, Verdict::NotComparable];
    assert_eq!(verdicts.map(Verdict::word), ["reached", "on_pace", "behind", "no_data", "not_comparable"]);
}

#[test]
fn the_words_of_linked_households_stay_what_scripts_know() {
    let rules = [Rule::Correction, Rule::Citizen, Rule::NameBirthVillage, Rule::NameVillage];
    assert_eq!(rules.map(Rule::word), ["correction", "citizen", "name_birth_village", "name_village"]);
    let fields = [Field::Birth, Field::Sex, Field::Persons, Field::People, Field::Citizen];
    assert_eq!(fields.map(Field::word), ["birth", "sex", "persons", "people", "citizen"]);
}

#[test]
fn the_words_of_members_stay_what_scripts_know() {
    let by = [
        RosterBy::Organisation,
        RosterBy::Commune,
        RosterBy::Cell,
        RosterBy::Sex,
        RosterBy::Ethnicity,
        RosterBy::Minority,
        RosterBy::Standing,
    ];
    let words = ["organisation", "commune", "cell", "sex", "ethnicity", "minority", "standing"];
    assert_eq!(by.map(RosterBy::word), words);
    let standings = [
        StandingOn::Official,
        StandingOn::Probation,
        StandingOn::Exempt,
        StandingOn::Suspended,
        StandingOn::Transferred,
        StandingOn::Departed,
    ];
    let words = ["official", "probation", "exempt", "suspended", "transferred", "departed"];
    assert_eq!(standings.map(StandingOn::word), words);
    let by = [ScoreBy::Organisation, ScoreBy::Cell, ScoreBy::Member];
    assert_eq!(by.map(ScoreBy::word), ["organisation", "cell", "member"]);
}

#[test]
fn what_is_printed_in_messages_stays_what_people_know() {
    assert_eq!(Code::B2Wrong.to_string(), "b2-wrong");
    assert_eq!(super::invented::source(4).to_string(), "a.xlsx [1] 5");
    let [agency, committee] = [false, true].map(|committee| super::invented::member(1, committee).organisation);
    assert_eq!([agency.to_string(), committee.to_string()], ["Chi bộ Kho bạc", "Đảng bộ xã A"]);
    assert!(committee < agency, "committees of communes come first");
    assert_eq!(super::place::village_key("T. 3, xã A"), "thon 3 xa a");
    let of_day =
        [Eligibility::Eligible, Eligibility::Exempt, Eligibility::Suspended, Eligibility::Transferred, Eligibility::Departed];
    assert_eq!(of_day.map(Eligibility::word), ["eligible", "exempt", "suspended", "transferred", "departed"]);
}

#[test]
fn the_words_of_the_assignment_stay_what_scripts_know() {
    let excluded = [
        Excluded::Exempt,
        Excluded::Suspended,
        Excluded::Transferred,
        Excluded::Departed,
        Excluded::NoVillage,
        Excluded::OutsidePool,
        Excluded::TakenOut,
    ];
    let words = ["exempt", "suspended", "transferred", "departed", "no_village", "outside_pool", "taken_out"];
    assert_eq!(excluded.map(Excluded::word), words);
    let ended = [Ended::LeftPoverty, Ended::HouseholdGone, Ended::MemberGone, Ended::MemberOut, Ended::OutOfReach, Ended::Load];
    let words = ["left_poverty", "household_gone", "member_gone", "member_out", "out_of_reach", "load"];
    assert_eq!(ended.map(Ended::word), words);
    let reasons = [
        Reason::Pinned,
        Reason::Continued,
        Reason::SameVillage,
        Reason::SamePeople,
        Reason::CommonLanguage,
        Reason::OnlyHelper,
        Reason::OnlyHousehold,
        Reason::Balance,
    ];
    let words =
        ["pinned", "continued", "same_village", "same_ethnicity", "common_language", "only_helper", "only_household", "balance"];
    assert_eq!(reasons.map(Reason::name), words);
    let levels =
        ["max_load", "sum_sq_load", "sum_sq_cover", "near_extra", "continuity", "same_village", "sum_sq_poor", "same_ethnicity"];
    assert_eq!(Level::ALL.map(Level::name), levels);
    let rules = [NotAllowed::OutOfReach, NotAllowed::OwnHousehold, NotAllowed::Excluded];
    assert_eq!(rules.map(NotAllowed::name), ["out_of_reach", "own_household", "excluded"]);
}

#[test]
fn a_standard_is_quoted_as_its_decree_and_names_its_services() {
    let decrees = ["Quyết định số 59/2015/QĐ-TTg", "Nghị định số 07/2021/NĐ-CP", "Nghị định số 351/2025/NĐ-CP"];
    assert_eq!([Standard::Nd59_2015, Standard::Nd07_2021, Standard::Nd351_2025].map(Standard::decree), decrees);
    let water = |standard: Standard| standard.service_name(Service::Water);
    assert_ne!(water(Standard::Nd59_2015), water(Standard::Nd07_2021));
    assert!(water(Standard::Nd351_2025).ends_with("môi trường"));
    let others = [Service::Work, Service::Health, Service::Education, Service::Housing, Service::Information];
    let names = others.map(|service| Standard::Nd07_2021.service_name(service));
    assert_eq!(names, ["Việc làm", "Y tế", "Giáo dục", "Nhà ở", "Thông tin"]);
    assert!(Standard::Nd07_2021.scores().is_some() && Standard::Nd351_2025.scores().is_none());
}
