//! The commands of the years, run as a person runs them: on the sample district and on the look-alike workbooks.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "what cannot be run or read fails the test")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use thoatngheo::report::json;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The look-alike workbooks, where this machine has them.
fn lak() -> Option<PathBuf> {
    let shared = std::env::var_os("THOATNGHEO_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let folder = shared.join("workbooks/lak");
    if !folder.is_dir() {
        eprintln!("SKIPPED: there are no look-alike workbooks in {}", folder.display());
        return None;
    }
    Some(folder)
}

/// Runs the program in a folder.
fn run(folder: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let output = command.current_dir(root().join(folder)).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The JSON of a command, held against its schema.
fn json_of(folder: &str, args: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[args, &["--format", "json", "--quiet"]].concat());
    assert!(code < 2, "{args:?}: {err}");
    let document: Value = serde_json::from_str(&out).unwrap();
    let schema = json::schema(args[0]).unwrap();
    let faults: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{args:?}: {faults:?}");
    document["result"].clone()
}

#[test]
fn the_movement_of_the_look_alike_district_is_the_expected_one() {
    let Some(lak) = lak() else { return };
    let (from, to) = (lak.join("households-2022"), lak.join("households-2023"));
    let result = json_of("tests", &["changes", "--from", from.to_str().unwrap(), "--to", to.to_str().unwrap()]);
    let expected: Value = serde_json::from_slice(&std::fs::read(lak.join("expected.json")).unwrap()).unwrap();
    for (cell, households) in expected["changes"].as_object().unwrap() {
        let (from, to) = cell.split_once("->").unwrap();
        assert_eq!(&result["matrix"][from][to], households, "{cell}");
    }
    assert_eq!((&result["from"], &result["to"]), (&Value::from(2022), &Value::from(2023)), "the lists tell their years");
    assert_eq!(result["rows"].as_array().unwrap().len(), 11);
}

/// The sum of all cells of a matrix.
fn all(matrix: &Value) -> u64 {
    matrix.as_object().unwrap().values().flat_map(|row| row.as_object().unwrap().values()).filter_map(Value::as_u64).sum()
}

#[test]
fn each_household_of_the_sample_district_is_in_one_cell_of_its_changes() {
    let result = json_of("sample-data", &["changes", "--from-year", "2022", "--to-year", "2023"]);
    let households = result["households"].as_array().unwrap();
    assert!(households.len() > 100);
    assert_eq!(all(&result["matrix"]), households.len() as u64);
    for row in result["rows"].as_array().unwrap() {
        let line = &row["movement"]["poor"];
        let of = |key: &str| line[key]["persons"].as_i64().unwrap_or(0);
        let out = of("to_other_class") + of("above") + of("other_out");
        let come = of("from_other_class") + of("fallen_back") + of("new") + of("other_in");
        assert_eq!(of("start") - out + come, of("end"), "{row}");
    }
    assert_eq!(result, json_of("sample-data", &["changes"]), "the two latest years are the default");
}

#[test]
fn the_public_sees_no_household_and_no_small_count_of_the_changes() {
    let result = json_of("sample-data", &["changes", "--audience", "public"]);
    assert_eq!((&result["households"], &result["unsure"]), (&Value::from(Vec::<u8>::new()), &Value::from(Vec::<u8>::new())));
    for row in result["rows"].as_array().unwrap() {
        let counts = row["matrix"].as_object().unwrap().values().flat_map(|cells| cells.as_object().unwrap().values());
        assert!(counts.filter_map(Value::as_u64).all(|count| count == 0 || count >= 5), "{row}");
    }
    let posted = json_of("sample-data", &["changes", "--audience", "posted"]);
    assert!(posted["households"].as_array().unwrap().iter().all(|row| row["household"].is_null() && row["head"].is_string()));
}

#[test]
fn two_surveys_of_one_year_are_refused() {
    let (code, _, err) = run("sample-data", &["changes", "--from-year", "2023", "--to-year", "2023"]);
    assert_eq!(code, 2);
    assert!(err.contains("2023"), "{err}");
}

#[test]
fn a_file_found_in_a_folder_is_an_input_that_no_output_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("households.csv");
    let rows = "key,year,coverage,commune,village,head,persons,class\n066050000001,2022,all,Xã Nam Ka,Thôn 1,Y Bang,2,poor\n";
    std::fs::write(&list, rows).unwrap();
    let here = folder.path().to_str().unwrap();
    for args in [vec!["ingest", here, "-o", here], vec!["rates", "--households", here, "-o", list.to_str().unwrap()]] {
        let (code, _, err) = run("tests", &args);
        assert_eq!((code, err.contains("households.csv")), (2, true), "{args:?}: {err}");
        assert_eq!(std::fs::read_to_string(&list).unwrap(), rows, "{args:?}");
    }
    let (code, _, err) = run("tests", &["rates", "--households", here, "--totals", here, "--quiet"]);
    assert_eq!(code, 0, "one folder under two flags is read once: {err}");
}
