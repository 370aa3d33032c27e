//! The look-alike workbooks of a district, read from end to end and compared with what they were made from.
//!
//! They lie outside the repository; where they are absent the tests say so and pass.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a fixture that is not as expected fails the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;
use thoatngheo::domain::household::{Class, Household, Sex};
use thoatngheo::domain::issue::{Code, Issue};
use thoatngheo::domain::member::{Member, Standing};
use thoatngheo::ingest::{Ingested, Settings, read_paths};

/// The folder of the workbooks, where it is there.
fn shared() -> Option<PathBuf> {
    let told = std::env::var_os("THOATNGHEO_SHARED").map(PathBuf::from);
    let folder = told.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")).join("workbooks");
    if !folder.is_dir() {
        eprintln!("SKIPPED: no workbooks in {}", folder.display());
        return None;
    }
    Some(folder)
}

fn read(paths: &[PathBuf]) -> Ingested {
    let ingested = read_paths(paths, &Settings::default(), &|_, _| {});
    for sheet in ingested.files.iter().flat_map(|file| &file.sheets) {
        assert_eq!(sheet.read, sheet.used + sheet.rejected + sheet.skipped, "{}", sheet.sheet);
    }
    ingested
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn shown(issue: &Issue) -> String {
    let cell = issue.cell.map(|cell| cell.to_string()).unwrap_or_default();
    format!(
        "{} {} [{}] {cell} {:?} {:?} ×{}",
        issue.code,
        issue.file.rsplit('/').next().unwrap(),
        issue.sheet.as_deref().unwrap_or_default(),
        issue.found,
        issue.hint,
        issue.count
    )
}

/// Households, persons, and both of the poor and the near-poor.
fn counts<'a>(households: impl Iterator<Item = &'a Household>) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    for household in households {
        let persons = u64::from(household.persons);
        let mut add = |key, by| *counts.entry(key).or_default() += by;
        add("households", 1);
        add("persons", persons);
        match household.class {
            Class::Poor => {
                add("poor", 1);
                add("poor_persons", persons);
            }
            Class::NearPoor => {
                add("near_poor", 1);
                add("near_poor_persons", persons);
            }
            Class::Other => {}
        }
    }
    counts
}

#[track_caller]
fn same_counts(found: &BTreeMap<&'static str, u64>, expected: &Value, what: &str) {
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(found.get(key.as_str()).copied().unwrap_or_default(), value.as_u64().unwrap(), "{what}: {key}");
    }
}

fn check_year(year: i16) {
    let Some(folder) = shared() else { return };
    let ingested = read(&[folder.join(format!("lak/households-{year}"))]);
    let expected = &json(&folder.join("lak/expected.json"))["years"][year.to_string()];
    let survey = &ingested.surveys[&Some(year)];
    assert_eq!(ingested.surveys.len(), 1);
    assert!(survey.poor_only.is_empty() && survey.totals.is_empty(), "summary sheets add nothing");
    for (commune, expected) in expected["communes"].as_object().unwrap() {
        let of = survey.all.iter().filter(|household| household.place.commune.name() == commune);
        same_counts(&counts(of), expected, commune);
    }
    same_counts(&counts(survey.all.iter()), &expected["total"], "district");
    for (group, minority) in [("minority", true), ("kinh", false)] {
        let of = survey.all.iter().filter(|household| household.people.unwrap().is_minority() == minority);
        same_counts(&counts(of), &expected["minority"][group], group);
    }
    assert!(survey.all.iter().all(|household| household.place.village.is_some() && household.citizen().is_some()));
    let errors: Vec<String> = ingested.issues.iter().filter(|issue| issue.severity.word() == "error").map(shown).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let known = [Code::CitizenRestored, Code::OldEncoding, Code::LettersLost, Code::SheetHidden];
    let others: Vec<String> = ingested.issues.iter().filter(|issue| !known.contains(&issue.code)).map(shown).collect();
    assert!(others.is_empty(), "{others:#?}");
}

#[test]
fn the_survey_of_2022_comes_out_in_all_its_layouts() {
    check_year(2022);
}

#[test]
fn the_survey_of_2023_comes_out_in_all_its_layouts() {
    check_year(2023);
}

#[test]
fn the_state_list_and_its_totals_come_out() {
    let Some(folder) = shared() else { return };
    let ingested = read(&[folder.join("lak/official-2022")]);
    let expected = &json(&folder.join("lak/expected.json"))["years"]["2022"];
    let survey = &ingested.surveys[&Some(2022)];
    assert!(survey.all.is_empty());
    let found = counts(survey.poor_only.iter());
    for key in ["poor", "near_poor", "poor_persons", "near_poor_persons"] {
        assert_eq!(found[key], expected["total"][key].as_u64().unwrap(), "{key}");
    }
    assert_eq!(survey.totals.iter().filter_map(|total| total.households).sum::<u64>(), 19_284);
    assert_eq!(survey.totals.iter().filter_map(|total| total.persons).sum::<u64>(), 78_254);
    for class in [Class::Poor, Class::NearPoor] {
        let no_labour = survey.poor_only.iter().filter(|household| household.class == class && household.no_labour == Some(true));
        assert_eq!(no_labour.count() as u64, expected["no_labour"][class.word()].as_u64().unwrap());
    }
    let issues: Vec<String> = ingested.issues.iter().map(shown).collect();
    assert!(issues.is_empty(), "{issues:#?}");
}

fn check_roster(file: &str, with_deliveries: bool) {
    let Some(folder) = shared() else { return };
    let ingested = read(&[folder.join("lak").join(file)]);
    let expected = json(&folder.join("lak/expected.json"));
    let members = &ingested.roster.members;
    let count = |test: &dyn Fn(&Member) -> bool| members.iter().filter(|member| test(member)).count() as u64;
    let roster = &expected["members"];
    for (key, found) in [
        ("total", count(&|_| true)),
        ("women", count(&|member| member.sex == Some(Sex::Female))),
        ("minority", count(&|member| member.people.unwrap().is_minority())),
        ("exempt", count(&|member| matches!(member.standing, Standing::Exempt { .. }))),
        ("probation", count(&|member| member.standing == Standing::Probation)),
        ("salaried", count(&|member| member.salaried == Some(true))),
    ] {
        assert_eq!(found, roster[key].as_u64().unwrap(), "{key}");
    }
    let organisations: std::collections::BTreeSet<_> = members.iter().map(|member| member.organisation.clone()).collect();
    assert_eq!(organisations.len() as u64, roster["organisations"].as_u64().unwrap());
    let committees = organisations.iter().filter(|organisation| organisation.committee_of().is_some()).count();
    assert_eq!(committees, 11, "one for each commune");
    let pledged = |days: &dyn Fn(&thoatngheo::domain::pledge::Amounts) -> u64| {
        members.iter().filter_map(|member| member.pledged.as_deref()).map(days).sum::<u64>()
    };
    let salary = pledged(&|amounts| amounts.salary_days.map_or(0, |days| days.in_halves()));
    let labour = pledged(&|amounts| amounts.labour_days.map_or(0, |days| days.in_halves()));
    let seedlings = pledged(&|amounts| amounts.seedlings.unwrap_or(0));
    assert_eq!(salary, 2 * expected["pledges"]["salary_days"].as_u64().unwrap());
    assert_eq!(labour, 2 * expected["pledges"]["labour_days"].as_u64().unwrap());
    assert_eq!(seedlings, expected["pledges"]["seedlings"].as_u64().unwrap());
    if with_deliveries {
        let trees: u64 = members.iter().filter_map(|member| member.delivered.as_ref()?.seedlings).sum();
        assert_eq!(trees, expected["pledges"]["delivered_seedlings"].as_u64().unwrap());
    }
    let issues: Vec<String> = ingested.issues.iter().map(shown).collect();
    assert!(issues.is_empty(), "{issues:#?}");
}

#[test]
fn the_roster_of_one_sheet_comes_out() {
    check_roster("members.xlsx", true);
}

#[test]
fn the_roster_of_a_sheet_an_organisation_comes_out() {
    check_roster("members-by-organisation.xlsx", false);
}

#[test]
fn both_layouts_of_the_roster_name_the_same_organisations() {
    let Some(folder) = shared() else { return };
    let names = |file: &str| {
        let ingested = read(&[folder.join("lak").join(file)]);
        ingested
            .roster
            .members
            .iter()
            .map(|member| member.organisation.folded().to_owned())
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names("members.xlsx"), names("members-by-organisation.xlsx"));
}

#[test]
fn twinning_is_read_and_its_villages_are_known_to_the_survey() {
    let Some(folder) = shared() else { return };
    let ingested = read(&[folder.join("lak/twinning.xlsx"), folder.join("lak/members.xlsx"), folder.join("lak/households-2022")]);
    assert_eq!(ingested.roster.twinning.len(), 60);
    let unknown: Vec<String> = ingested.issues.iter().filter(|issue| issue.code == Code::VillageUnknown).map(shown).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    let village_cells =
        ingested.roster.members.iter().filter(|member| member.cell.as_ref().is_some_and(|cell| cell.village.is_some()));
    assert!(village_cells.count() > 1_000);
}

#[test]
fn every_planted_fault_is_found_at_its_cell() {
    let Some(folder) = shared() else { return };
    let ingested = read(&[folder.join("faults")]);
    let planted = json(&folder.join("faults/faults.json"));
    let mut expected: Vec<(String, String, String, String)> = Vec::new();
    for fault in planted["faults"].as_array().unwrap() {
        let text = |key: &str| fault[key].as_str().unwrap().to_owned();
        expected.push((text("file"), text("sheet"), text("cell"), text("severity")));
    }
    let found: Vec<(String, String, String, String)> = ingested
        .issues
        .iter()
        .map(|issue| {
            let file = issue.file.rsplit('/').next().unwrap().to_owned();
            let sheet = issue.sheet.as_deref().unwrap_or_default().to_owned();
            let cell = issue.cell.map(|cell| cell.to_string()).unwrap_or_default();
            (file, sheet, cell, issue.severity.word().to_owned())
        })
        .collect();
    let missed: Vec<_> = expected.iter().filter(|fault| !found.contains(fault)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let sums: Vec<(String, u64)> = planted["sum_rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row[0].as_str().unwrap().to_owned(), row[2].as_u64().unwrap()))
        .collect();
    let elsewhere: Vec<String> = ingested
        .issues
        .iter()
        .zip(&found)
        .filter(|(issue, found)| {
            let row = issue.cell.map_or(0, |cell| u64::from(cell.row) + 1);
            !expected.contains(found) && !sums.contains(&(found.0.clone(), row))
        })
        .map(|(issue, _)| shown(issue))
        .collect();
    assert!(elsewhere.len() <= 5, "{elsewhere:#?}");
    let errors = expected.iter().filter(|(file, _, _, severity)| severity == "error" && file.starts_with("households")).count();
    let survey: usize = ingested.surveys.values().map(|survey| survey.all.len() + survey.poor_only.len()).sum();
    let rows: u64 = planted["households"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(survey as u64 + errors as u64, rows, "a rejected row is not counted, and no other is left out");
}

#[test]
fn a_hostile_file_is_an_error_and_the_others_are_read() {
    let Some(folder) = shared() else { return };
    let ingested = read(&[folder.join("hostile")]);
    let error = |file: &str| {
        ingested.files.iter().find(|account| account.file.ends_with(file)).unwrap().error.as_ref().map(|issue| issue.code)
    };
    assert_eq!(error("password.xlsx"), Some(Code::FileLocked));
    assert_eq!(error("empty.xlsx"), Some(Code::FileEmpty));
    assert_eq!(error("same-twice-b.xlsx"), Some(Code::FileTwice));
    assert_eq!(error("zip-bomb.xlsx"), Some(Code::FileTooLarge));
    let used = |file: &str| {
        let account = ingested.files.iter().find(|account| account.file.ends_with(file)).unwrap();
        account.sheets.iter().map(|sheet| sheet.used).sum::<u64>()
    };
    assert_eq!((used("same-twice-a.xlsx"), used("same-twice-b.xlsx"), used("blank.xlsx")), (40, 0, 0));
    assert!(ingested.issues.iter().any(|issue| issue.code == Code::FarCell && issue.file.ends_with("far-cell.xlsx")));
}
