//! Tests of the programme file as text: defaults, problems all at once, what becomes of the values. `tests/programme.rs`
//! tests what needs files.

use super::problem::{Contradiction, Expected};
use super::*;
use crate::domain::duty::{DutyRules, Money};
use crate::domain::goals;
use crate::domain::standard::Standard;
use jiff::civil::date;
use std::collections::BTreeSet;

fn parsed(text: &str) -> Programme {
    Programme::parse(text, Path::new("t.toml")).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(text: &str) -> Vec<Problem> {
    Programme::parse(text, Path::new("t.toml")).unwrap_err().problems().to_vec()
}

/// The problems as a person reads them in English.
fn lines(text: &str) -> Vec<String> {
    let error = Programme::parse(text, Path::new("t.toml")).unwrap_err();
    error.say(Language::En).lines().map(str::to_owned).collect()
}

#[test]
fn an_empty_file_and_the_template_are_resolution_14() {
    assert_eq!(parsed("").file(), &ProgrammeFile::default());
    assert_eq!(parsed(template()).file(), &ProgrammeFile::default());
    let programme = Programme::default();
    assert_eq!(programme.goals(), goals::resolution_14());
    assert_eq!((programme.duty(), programme.money()), (DutyRules::default(), Money::default()));
    assert_eq!(programme.assignment(), crate::domain::assignment::Settings::default());
}

/// The template's commented lines, as they are after a person takes the signs away.
fn uncommented() -> String {
    let is_setting = |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let lines = template().lines().map(|line| match line.strip_prefix("# ") {
        Some(setting) if is_setting(setting) => setting.replace("\"…\"", "\"12.34\""),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_commented_lines_of_the_template_are_right_too() {
    let text = uncommented();
    let error = Programme::parse(&text, Path::new("t.toml")).unwrap_err();
    // The one listed commune does not make up the merger, which is all that is wrong with the examples.
    let others: Vec<_> = error.problems().iter().filter(|problem| !problem.key.starts_with("mergers")).collect();
    assert!(others.is_empty(), "{others:?}");
    let without_mergers = text.replace("[[mergers]]", "[unused]").replace("[unused]", "#");
    let without_mergers: String = without_mergers
        .lines()
        .filter(|line| !["from = [\"Thị", "into =", "on ="].iter().any(|start| line.starts_with(start)))
        .map(|line| format!("{line}\n"))
        .collect();
    let programme = parsed(&without_mergers);
    assert_eq!(programme.latest_year(), Some(2022));
    assert_eq!(programme.assignment().cap, Some(8));
}

#[test]
fn every_unknown_key_is_named_at_once_with_place_and_neighbour() {
    let text = "[programe]\nname = \"A\"\n\n[duty]\noutside_comittees = []\n\n[years.2022]\nhousholds = \"a\"\nzzz = 1\n";
    assert_eq!(
        lines(text),
        [
            "t.toml:1:2: programe: there is no such key; did you mean “programme”?",
            "t.toml:5:1: duty.outside_comittees: there is no such key; did you mean “outside_committees”?",
            "t.toml:8:1: years.2022.housholds: there is no such key; did you mean “households”?",
            "t.toml:9:1: years.2022.zzz: there is no such key",
        ]
    );
}

#[test]
fn every_wrong_value_says_what_was_expected() {
    let text = r#"
goals = [{ measure = "por", year = 2025, limit = 20.5 }]
[programme]
name = 14
language = "fr"
[money]
divisor = 0
estimate = "yes"
base_salary = [{ from = 2023-02-30T00:00:00, dong = -1 }, { from = "1/7/2023", dong = 1 }]
[years.22]
households = "a"
[years.2022]
households = 5
as_of = 2022
"#;
    // The parser itself refuses 30 February.
    assert!(matches!(refused(text)[0].fault, Fault::Syntax(_)));
    let found: Vec<(String, Expected)> = refused(&text.replace("02-30", "02-28"))
        .into_iter()
        .map(|problem| {
            let Fault::WrongValue { expected, .. } = problem.fault else { panic!("{problem:?}") };
            (problem.key, expected)
        })
        .collect();
    let words = |words: &[&str]| Expected::OneOf(words.iter().map(|word| (*word).to_owned()).collect());
    let integer = |least, most| Expected::Integer { least, most };
    let expected = [
        ("goals.0.measure", words(&["poor", "near_poor"])),
        ("goals.0.limit", Expected::Percent),
        ("programme.name", Expected::Text),
        ("programme.language", words(&["vi", "en"])),
        ("money.divisor", integer(Some(1), Some(31))),
        ("money.estimate", Expected::Boolean),
        ("money.base_salary.0.from", Expected::Date),
        ("money.base_salary.0.dong", integer(Some(1), None)),
        ("money.base_salary.1.from", Expected::Date),
        ("years.22", Expected::Year),
        ("years.2022.households", Expected::TextOrList),
        ("years.2022.as_of", Expected::Date),
    ];
    assert_eq!(found, expected.map(|(key, expected)| (key.to_owned(), expected)));
}

#[test]
fn a_missing_key_and_a_word_one_letter_off_are_said() {
    assert_eq!(
        lines("[[communes]]\ncode = 1\n[assignment]\npool = \"comune\""),
        [
            "t.toml:1:1: communes.0.name: this key is required and missing",
            "t.toml:4:8: assignment.pool: found \"comune\", expected \"all\", \"commune\" or \"twinned\"; did you mean “commune”?",
        ]
    );
}

#[test]
fn problems_are_said_in_vietnamese() {
    let error = Programme::parse("[duti]\n", Path::new("t.toml")).unwrap_err();
    assert_eq!(error.say(Language::Vi), "t.toml:1:2: duti: không có khóa này; có phải là “duty”?");
}

#[test]
fn all_syntax_errors_carry_their_line() {
    let problems = refused("a = 1\nb = = 2\n[c]\nd = \"x\n");
    let lines: BTreeSet<usize> = problems.iter().filter_map(|problem| problem.at).map(|at| at.line).collect();
    assert_eq!(lines, BTreeSet::from([2, 4]));
}

#[test]
fn values_that_contradict_each_other_are_said() {
    let text = r#"
goals = [{ measure = "poor", year = 2025, limit = 20, planned = { least = 4, most = "3.5" } }, { measure = "poor", year = 2025, limit = 1 }]
[duty]
outside_committees = [{ seedlings = 0 }, { seedlings = 1 }, { seedlings = 1, salary_days = 1 }]
[assignment]
order = ["max_load", "max_load"]
common_languages = [["Ê Đê", "Gia Rại nào"]]
[[communes]]
name = "Xã A"
valid_from = 2020-01-01
valid_to = 2020-01-01
[years.2021.published]
households = 10
poor = 8
near_poor = 3
[[mergers]]
from = "Xã B"
into = "Xã A"
on = 2025-07-01
"#;
    let found: Vec<(String, Option<Contradiction>)> = refused(text)
        .into_iter()
        .map(|problem| {
            if let Fault::Contradiction(what) = problem.fault {
                return (problem.key, Some(what));
            }
            assert!(matches!(problem.fault, Fault::UnknownName { .. }), "{problem:?}");
            (problem.key, None)
        })
        .collect();
    let expected = [
        ("goals.0.planned", Some(Contradiction::LeastAboveMost)),
        ("goals.1", Some(Contradiction::Twice)),
        ("duty.outside_committees.0", Some(Contradiction::NoSingleAmount)),
        ("duty.outside_committees.2", Some(Contradiction::NoSingleAmount)),
        ("assignment.order", Some(Contradiction::LevelsNotOnceEach)),
        ("assignment.common_languages.0.1", None),
        ("communes.0.valid_to", Some(Contradiction::EndsBeforeItBegins)),
        ("years.2021.published.households", Some(Contradiction::PartAboveWhole)),
        ("mergers.0.from", None),
        ("mergers.0.into", None),
    ];
    assert_eq!(found, expected.map(|(key, what)| (key.to_owned(), what)));
}

#[test]
fn dates_are_taken_as_dates_or_as_text_and_one_path_as_a_list() {
    let both = parsed(
        "[years.2022]\nas_of = 2022-11-30\nhouseholds = \"a\"\n[years.2023]\nas_of = \"2023-11-30\"\nhouseholds = [\"a\"]\n",
    );
    assert_eq!((both.as_of(2022), both.as_of(2023)), (Some(date(2022, 11, 30)), Some(date(2023, 11, 30))));
    assert_eq!(both.as_of(2024), Some(date(2024, 12, 31)));
    assert_eq!(both.year(2022).unwrap().households, both.year(2023).unwrap().households);
}

#[test]
fn the_standard_of_a_year_is_stated_or_that_of_the_decrees() {
    let programme = parsed("[years.2026]\nstandard = \"ND351-2025\"\n");
    assert_eq!(programme.standard(2021), Standard::Nd59_2015);
    assert_eq!(programme.standard(2022), Standard::Nd07_2021);
    assert_eq!(programme.standard(2026), Standard::Nd351_2025);
    assert_eq!(Programme::default().standard(2026), Standard::Nd07_2021);
}

#[test]
fn the_duty_of_the_file_is_the_duty_that_is_tested() {
    let duty =
        parsed("[duty]\noutside_committees = [{ salary_days = \"1,5\" }, { seedlings = 20 }]\ncommittee_unsalaried = []\n")
            .duty();
    assert_eq!(duty.elsewhere.to_string(), "salary_days>=1.5 or seedlings>=20");
    assert_eq!(duty.committee_salaried, DutyRules::default().committee_salaried);
    assert_eq!(duty.committee_unsalaried.to_string(), "none");
}

#[test]
fn listed_communes_replace_those_of_lak() {
    assert!(!Programme::default().communes_listed());
    assert_eq!(Programme::default().communes_on(date(2022, 12, 31)).len(), 11);
    let listed = parsed(
        "[[communes]]\nname = \"Thị trấn A\"\nvillages = [\"TDP 1\"]\n[[communes]]\nname = \"Xã B\"\nurban = true\naliases = \"X. B\"",
    );
    let communes = listed.communes();
    assert!(listed.communes_listed() && communes.iter().all(|commune| commune.urban));
    assert_eq!(listed.commune_named("x. b").unwrap().name(), "Xã B");
    assert_eq!(listed.villages(&communes[0]).unwrap().len(), 1);
    assert_eq!(listed.villages(&communes[1]), None);
}

#[test]
fn a_merger_finds_its_communes_by_the_day_they_existed() {
    let text =
        "[[mergers]]\nfrom = [\"Xã Đắk Liêng\", \"Xã Buôn Tría\", \"Xã Buôn Triết\"]\ninto = \"Xã Đắk Liêng\"\non = 2025-07-01\n";
    let mergers = parsed(text).listed_mergers();
    assert_eq!((mergers[0].from[0].code, mergers[0].into.code), (Some(24589), Some(24595)));
}

#[test]
fn decisions_on_pairs_hold_in_their_year_or_always() {
    let text = "[[assignment.pins]]\nmember = \"066079000001\"\nhousehold = \"h mai.1969\"\nyear = 2023\n[[assignment.exclusions]]\nmember = \"066079000001\"\nhousehold = \"066169000002\"\n";
    let programme = parsed(text);
    assert_eq!((programme.pins(2022).len(), programme.pins(2023).len()), (0, 1));
    assert!(programme.pins(2023)[0].member.citizen().is_some() && programme.pins(2023)[0].household.citizen().is_none());
    assert_eq!((programme.exclusions(2022).len(), programme.exclusions(2023).len()), (1, 1));
}

#[test]
fn the_latest_year_is_the_latest_with_workbooks() {
    let text = "[years.2022]\nhouseholds = \"a\"\n[years.2024.published]\npoor_percent = 17\n";
    assert_eq!(parsed(text).latest_year(), Some(2022));
    assert_eq!(parsed("[years.2024.published]\npoor_percent = 17\n").latest_year(), Some(2024));
    assert_eq!(Programme::default().latest_year(), None);
}
