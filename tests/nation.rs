//! The lists of the benches say what the program says of them: a bench that is fast and wrong would be worth nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot read what it made has failed")]

#[path = "../benches/support/mod.rs"]
mod support;

use serde_json::Value;
use std::fs::File;
use std::path::Path;
use std::process::Command;
use support::nation::{Known, Nation};
use support::roster::Roster;
use support::written::Strings;

fn said(args: &[&str], folder: &Path) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let done = command.args(args).args(["--format", "json", "--year", "2023"]).current_dir(folder).output().unwrap();
    assert!(matches!(done.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// The numbers of the rates, those of the district first.
fn rates(file: &str, folder: &Path) -> Vec<Known> {
    let said = said(&["rates", "--households", file, "--by", "commune"], folder);
    let count = |row: &Value, key: &str| row[key].as_u64().unwrap();
    let rejected: u64 = said["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|input| input["sheets"].as_array().unwrap().iter().map(|sheet| count(sheet, "rejected")))
        .sum();
    said["result"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| Known {
            households: count(row, "households"),
            persons: count(row, "persons"),
            poor: count(row, "poor"),
            near_poor: count(row, "near_poor"),
            poor_persons: count(row, "poor_persons"),
            // The account of rows is by sheet and not by commune.
            rejected: if row["by"] == "district" { rejected } else { 0 },
        })
        .collect()
}

fn sum(known: &[Known]) -> Known {
    known.iter().fold(Known::default(), |sum, one| Known {
        households: sum.households + one.households,
        persons: sum.persons + one.persons,
        poor: sum.poor + one.poor,
        near_poor: sum.near_poor + one.near_poor,
        poor_persons: sum.poor_persons + one.poor_persons,
        rejected: sum.rejected + one.rejected,
    })
}

#[test]
fn the_rates_of_a_made_up_district_are_the_known_ones_in_every_form() {
    let nation = Nation::of(5_000);
    let folder = tempfile::tempdir().unwrap();
    let sheet = nation.sheet();
    sheet.delimited(0..nation.rows, File::create(folder.path().join("ho-2023.csv")).unwrap()).unwrap();
    for (strings, name) in [(Strings::Shared, "chung"), (Strings::Inline, "rieng"), (Strings::Numbers, "so")] {
        let file = File::create(folder.path().join(format!("{name}-2023.xlsx"))).unwrap();
        sheet.workbook(0..nation.rows, strings, file).unwrap();
    }
    let known = nation.known();
    assert_eq!(sum(&known).rejected, 5 + 2);
    for file in ["ho-2023.csv", "chung-2023.xlsx", "rieng-2023.xlsx", "so-2023.xlsx"] {
        let found = rates(file, folder.path());
        assert_eq!(found[0], sum(&known), "{file}");
        let mut communes: Vec<Known> = known.iter().map(|one| Known { rejected: 0, ..*one }).collect();
        let mut found = found[1..].to_vec();
        // Communes are printed by name.
        let key = |known: &Known| (known.households, known.persons, known.poor, known.near_poor, known.poor_persons);
        communes.sort_by_key(key);
        found.sort_by_key(key);
        assert_eq!(found, communes, "{file}");
    }
}

#[test]
fn a_nation_in_several_files_is_the_nation_in_one() {
    let nation = Nation::of(3_000);
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("ho-2023")).unwrap();
    let sheet = nation.sheet();
    for part in 0..3 {
        let file = File::create(folder.path().join(format!("ho-2023/{part}.csv"))).unwrap();
        sheet.delimited(part * 1_000..(part + 1) * 1_000, file).unwrap();
    }
    assert_eq!(rates("ho-2023", folder.path())[0], sum(&nation.known()));
}

#[test]
fn a_made_up_roster_adds_up_to_the_known_sums() {
    let roster = Roster::of(Nation::of(6_000));
    let folder = tempfile::tempdir().unwrap();
    let file = File::create(folder.path().join("dang-vien-2023.xlsx")).unwrap();
    roster.sheet().workbook(0..roster.members, Strings::Shared, file).unwrap();
    let known = roster.known();
    let members = said(&["members", "--members", "dang-vien-2023.xlsx"], folder.path());
    let count = |key: &str| members["result"][key].as_u64().unwrap();
    assert_eq!(
        [count("total"), count("women"), count("minority"), count("exempt"), count("salaried")],
        [known.total, known.women, known.minority, known.exempt, known.salaried]
    );
    let pledges = said(&["pledges", "--members", "dang-vien-2023.xlsx"], folder.path());
    let pledged = &pledges["result"]["pledged"];
    assert_eq!(pledges["result"]["taking_part"], known.taking_part);
    assert_eq!(pledged["salary_days"], known.salary_days.to_string());
    assert_eq!(pledged["labour_days"], known.labour_days.to_string());
    assert_eq!(pledged["seedlings"], known.seedlings);
}
