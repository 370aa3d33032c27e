//! The look-alike district, command by command: what must come out is said by its own `expected.json`, which our code did not
//! make. Skipped loudly where the folder is not there.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "tests of the binary: a fault fails the test, a skip is said"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// The folder of the look-alikes, if it is there.
fn lak() -> Option<PathBuf> {
    let shared = std::env::var("THOATNGHEO_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join("workbooks/lak");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is not there, so nothing of the look-alike district is tested", folder.display());
    None
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .args(args)
        .args(["--format", "json"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn expected(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("expected.json")).unwrap()).unwrap()
}

const COUNTS: [&str; 6] = ["households", "persons", "poor", "near_poor", "poor_persons", "near_poor_persons"];

/// Compares the counts of rows with what is expected of communes and the district.
#[track_caller]
fn counts_are(rows: &Value, expected: &Value) {
    let mut communes = 0;
    for row in rows.as_array().unwrap() {
        let wanted = match row["by"].as_str().unwrap() {
            "district" => &expected["total"],
            "commune" => {
                communes += 1;
                &expected["communes"][row["commune"].as_str().unwrap()]
            }
            "minority" => &expected["minority"][row["group"].as_str().unwrap()],
            other => panic!("{other}"),
        };
        for count in COUNTS {
            assert_eq!(row[count], wanted[count], "{count} of {row}");
        }
        let percent = |part: &str| {
            let (part, whole) = (wanted[part].as_u64().unwrap(), wanted["households"].as_u64().unwrap());
            let hundredths = (part * 20_000 + whole) / (whole * 2);
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        };
        assert_eq!(row["poor_percent"], percent("poor"), "{row}");
        assert_eq!(row["near_poor_percent"], percent("near_poor"), "{row}");
    }
    assert_eq!(communes, 11);
}

#[test]
fn every_commune_of_both_years_has_the_expected_counts_and_rates_whatever_its_layout() {
    let Some(folder) = lak() else { return };
    let expected = expected(&folder);
    for year in ["2022", "2023"] {
        let out = json(&folder, &["rates", "--households", &format!("households-{year}"), "--by", "commune", "--by", "minority"]);
        assert_eq!(out["year"].to_string(), year);
        counts_are(&out["result"]["rows"], &expected["years"][year]);
        for sheet in out["inputs"].as_array().unwrap().iter().flat_map(|file| file["sheets"].as_array().unwrap()) {
            let of = |key: &str| sheet[key].as_u64().unwrap();
            assert_eq!(of("read"), of("used") + of("rejected") + of("skipped"), "{sheet}");
        }
    }
}

#[test]
fn the_district_of_2022_has_the_published_rates_and_gaps() {
    let Some(folder) = lak() else { return };
    let out = json(&folder, &["rates", "--households", "households-2022"]);
    let district = &out["result"]["rows"][0];
    assert_eq!((district["poor_percent"].as_str(), district["near_poor_percent"].as_str()), (Some("25.24"), Some("18.21")));
    let gaps: BTreeMap<(String, i64), i64> = out["result"]["goals"]
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| {
            (
                (goal["measure"].as_str().unwrap().to_owned(), goal["year"].as_i64().unwrap()),
                goal["gap_households"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(gaps[&("poor".to_owned(), 2025)], 1012);
    assert_eq!(gaps[&("poor".to_owned(), 2030)], 2554);
}

#[test]
fn the_state_list_with_its_totals_gives_the_same_and_without_them_no_rate() {
    let Some(folder) = lak() else { return };
    let expected = expected(&folder);
    let list = ["rates", "--households", "official-2022/danh-sach.xlsx", "--by", "commune"];
    let with = json(&folder, &[&list[..], &["--totals", "official-2022/tong-hop.xlsx"]].concat());
    counts_are(&with["result"]["rows"], &expected["years"]["2022"]);
    let without = json(&folder, &list);
    for row in without["result"]["rows"].as_array().unwrap() {
        assert!(row["poor_percent"].is_null() && row["households"].is_null(), "{row}");
        assert!(row["poor"].as_u64().unwrap() > 0);
    }
    assert!(without["result"]["goals"].as_array().unwrap().iter().all(|goal| goal["verdict"] == "no_data"));
}

#[test]
fn both_rosters_have_the_expected_members_and_pledges() {
    let Some(folder) = lak() else { return };
    let expected = expected(&folder);
    for file in ["members.xlsx", "members-by-organisation.xlsx"] {
        let members = json(&folder, &["members", "--members", file]);
        for (key, value) in expected["members"].as_object().unwrap() {
            assert_eq!(&members["result"][key], value, "{key} of {file}");
        }
        let out = json(&folder, &["pledges", "--members", file]);
        let (got, wanted) = (&out["result"], &expected["pledges"]);
        for key in ["eligible", "taking_part", "meeting_minimum"] {
            assert_eq!(got[key], wanted[key], "{key} of {file}");
        }
        let days = |value: &Value| value.as_u64().unwrap().to_string();
        assert_eq!(got["pledged"]["salary_days"], days(&wanted["salary_days"]));
        assert_eq!(got["pledged"]["labour_days"], days(&wanted["labour_days"]));
        assert_eq!(got["pledged"]["seedlings"], wanted["seedlings"]);
    }
    let out = json(&folder, &["pledges", "--members", "members.xlsx"]);
    let (got, wanted) = (&out["result"], &expected["pledges"]);
    assert_eq!(got["delivered"]["salary_days"], wanted["delivered_salary"].to_string());
    assert_eq!(got["delivered"]["labour_days"], wanted["delivered_labour"].to_string());
    assert_eq!(got["delivered"]["seedlings"], wanted["delivered_seedlings"]);
    assert_eq!(got["by_species"], wanted["by_species"]);
}

const ASSIGN: [&str; 7] =
    ["assign", "--households", "households-2022", "--members", "members.xlsx", "--twinning", "twinning.xlsx"];

#[test]
fn everybody_helps_every_household_is_helped_and_nobody_helps_at_home() {
    let Some(folder) = lak() else { return };
    let expected = expected(&folder);
    let out = json(&folder, &ASSIGN);
    let result = &out["result"];
    assert_eq!(result["idle"].as_array().unwrap().len(), 0);
    assert_eq!(result["uncovered"].as_array().unwrap().len(), 0);
    assert_eq!(result["excluded"].as_array().unwrap().len() as u64, expected["members"]["exempt"].as_u64().unwrap());
    let pairs = result["pairs"].as_array().unwrap();
    let helped: BTreeSet<&str> = pairs.iter().map(|pair| pair["household"].as_str().unwrap()).collect();
    let helpers: BTreeSet<&str> = pairs.iter().map(|pair| pair["member"].as_str().unwrap()).collect();
    let total = &expected["years"]["2022"]["total"];
    assert_eq!(helped.len() as u64, total["poor"].as_u64().unwrap() + total["near_poor"].as_u64().unwrap());
    assert_eq!(helpers.len() as u64, expected["pledges"]["eligible"].as_u64().unwrap());
    let twice: BTreeSet<(&str, &str)> =
        pairs.iter().map(|pair| (pair["household"].as_str().unwrap(), pair["member"].as_str().unwrap())).collect();
    assert_eq!(twice.len(), pairs.len(), "no pair twice");
    assert!(pairs.iter().all(|pair| pair["household"] != pair["member"]), "nobody helps the own household");
    assert!(result["communes"].as_array().unwrap().iter().all(|commune| commune["optimal"] == true));
    // Members of commune committees may help in the whole commune, so nothing but evenness decides among them.
    let mut loads: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for pair in pairs.iter().filter(|pair| {
        pair["organisation"].as_str().unwrap().contains("Đảng bộ xã")
            || pair["organisation"].as_str().unwrap().contains("Đảng bộ thị trấn")
    }) {
        *loads.entry((pair["commune"].as_str().unwrap(), pair["member"].as_str().unwrap())).or_default() += 1;
    }
    for commune in result["communes"].as_array().unwrap() {
        let of: Vec<u64> =
            loads.iter().filter(|((name, _), _)| *name == commune["commune"].as_str().unwrap()).map(|(_, load)| *load).collect();
        assert!(of.iter().max().unwrap() - of.iter().min().unwrap() <= 1, "{commune}");
    }
}

#[test]
fn shuffled_rows_and_files_under_other_names_give_the_same_pairs() {
    let Some(folder) = lak() else { return };
    let copy = tempfile::tempdir().unwrap();
    // The csv communes with their rows reversed and their names changed, so that both orders differ.
    fs::create_dir(copy.path().join("households-2022")).unwrap();
    for entry in fs::read_dir(folder.join("households-2022")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        if name == "xa-dak-phoi.csv" {
            let text = String::from_utf8(bytes).unwrap();
            let (head, rows) = text.split_once('\n').unwrap();
            let mut rows: Vec<&str> = rows.lines().collect();
            rows.reverse();
            fs::write(copy.path().join("households-2022").join(format!("zz-{name}")), format!("{head}\n{}\n", rows.join("\n")))
                .unwrap();
        } else {
            fs::write(copy.path().join("households-2022").join(format!("{}-{name}", name.len())), bytes).unwrap();
        }
    }
    for name in ["members.xlsx", "twinning.xlsx"] {
        fs::copy(folder.join(name), copy.path().join(name)).unwrap();
    }
    let (before, after) = (json(&folder, &ASSIGN), json(copy.path(), &ASSIGN));
    for part in ["communes", "pairs", "idle", "excluded", "uncovered"] {
        assert!(before["result"][part] == after["result"][part], "{part} differ");
    }
}
