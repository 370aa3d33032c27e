//! Quotas, coverage and the scorecard, run as a person runs them on the sample district.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use thoatngheo::report::json;

/// Runs the program in the folder of the sample district.
fn run(args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let output = command.current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The JSON of a command, held against its schema.
fn json_of(args: &[&str]) -> Value {
    let (code, out, err) = run(&[args, &["--format", "json", "--quiet"]].concat());
    assert!(code < 2, "{args:?}: {err}");
    let document: Value = serde_json::from_str(&out).unwrap();
    let validator = jsonschema::validator_for(&json::schema(args[0]).unwrap()).unwrap();
    let faults: Vec<String> = validator.iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{args:?}: {faults:?}");
    document["result"].clone()
}

fn rows(result: &Value) -> &[Value] {
    result["rows"].as_array().unwrap()
}

fn sum(result: &Value, key: &str) -> u64 {
    rows(result).iter().filter_map(|row| row[key].as_u64()).sum()
}

#[test]
fn the_quotas_of_the_sample_district_add_up_and_follow_who_can_work() {
    let result = json_of(&["quotas"]);
    assert_eq!(result["reduction"], 800, "the programme file sets it");
    assert_eq!((sum(&result, "quota"), result["unplaced"].as_u64()), (800, Some(0)));
    assert!(rows(&result).iter().all(|row| row["quota"].as_u64() <= row["able"].as_u64()));
    let goal = &json_of(&["rates"])["goals"][0];
    let to_goal = json_of(&["quotas", "--to-goal", &goal["year"].to_string()]);
    assert_eq!(to_goal["reduction"], goal["gap_households"]);
    assert_eq!(sum(&to_goal, "poor"), sum(&result, "poor"));
    let (code, _, err) = run(&["quotas", "--to-goal", "1999"]);
    assert!(code == 2 && err.contains("2025"), "{err}");
}

#[test]
fn who_is_left_out_of_support_is_counted_and_listed_alike() {
    let result = json_of(&["coverage"]);
    let listed = result["left_out"].as_array().unwrap();
    assert!(!listed.is_empty());
    assert_eq!(listed.len() as u64, sum(&result, "left_out"));
    assert!(rows(&result).iter().all(|row| row["received"].as_u64() <= row["needed"].as_u64()));
    let public = json_of(&["coverage", "--audience", "public"]);
    assert!(public["left_out"].as_array().unwrap().is_empty());
    let counts = rows(&public).iter().flat_map(|row| ["needed", "received", "left_out"].map(|key| row[key].as_u64()));
    assert!(counts.flatten().all(|count| count == 0 || count >= 5));
    let posted = json_of(&["coverage", "--audience", "posted"]);
    assert!(posted["left_out"].as_array().unwrap().iter().all(|row| row["household"].is_null()));
}

#[test]
fn a_mark_that_is_not_set_leaves_out_a_poor_household_and_says_nothing_of_one_above_the_line() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Xã,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ,Hỗ trợ vay vốn\n\
                Xã Nam Ka,Thôn 1,Y Bang Niê,3,Hộ nghèo,x\n\
                Xã Nam Ka,Thôn 1,Y Blơk Cil,4,Hộ nghèo,\n\
                Xã Nam Ka,Thôn 1,H'Lan Niê,2,Hộ cận nghèo,\n\
                Xã Nam Ka,Thôn 1,Lê Văn Tâm,2,Hộ không nghèo,x\n\
                Xã Nam Ka,Thôn 1,Trần Thị Mai,5,Hộ không nghèo,\n";
    std::fs::write(folder.path().join("ho.csv"), text).unwrap();
    // In a folder without a programme file, whose own register of support would come in too.
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(&folder)
        .args(["coverage", "--households", "ho.csv", "--year", "2023", "--format", "json", "--quiet"])
        .output()
        .unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let result = &document["result"];
    let found: Vec<_> = rows(result)
        .iter()
        .map(|row| (row["class"].as_str(), ["needed", "received", "left_out"].map(|key| row[key].as_u64())))
        .collect();
    let counts = |needed, received, left_out| [Some(needed), Some(received), Some(left_out)];
    let wanted = [(Some("poor"), counts(2, 1, 1)), (Some("near_poor"), counts(1, 0, 1)), (Some("other"), counts(1, 1, 0))];
    assert_eq!(found, wanted);
    assert_eq!(result["left_out"].as_array().unwrap().len(), 2);
}

#[test]
fn what_poor_and_near_poor_households_lack_is_counted_where_lists_mark_it() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Xã,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ,CS1,CS2,CS3,CS4,CS5,CS6,CS7,CS8,CS9,CS10,CS11,CS12\n\
                Xã Nam Ka,Thôn 1,Y Bang Niê,3,Hộ nghèo,x,,,,,,,,x,,,\n\
                Xã Nam Ka,Thôn 1,Y Blơk Cil,4,Hộ nghèo,,,,,,,,,x,,,\n\
                Xã Nam Ka,Thôn 1,H'Lan Niê,2,Hộ cận nghèo,x,,,,,,,,,,,\n\
                Xã Nam Ka,Thôn 1,Lê Văn Tâm,2,Hộ không nghèo,x,x,,,,,,,x,,,\n";
    std::fs::write(folder.path().join("ho.csv"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(&folder)
        .args(["coverage", "--households", "ho.csv", "--year", "2023", "--format", "table", "--lang", "en"])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let row = |name: &str| -> Vec<String> {
        let line = printed.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {printed}"));
        line.split(')').next_back().unwrap().split_whitespace().map(str::to_owned).collect()
    };
    assert_eq!(row("CS1 (employment)"), ["1", "50.00%", "1", "100.00%"]);
    assert_eq!(row("CS2 (dependants)"), ["0", "0.00%", "0", "0.00%"]);
    assert_eq!(row("CS9 (water)"), ["2", "100.00%", "0", "0.00%"]);
    assert!(printed.contains("Of 2 poor and 1 near-poor households"), "{printed}");
}

#[test]
fn the_scorecard_tells_who_left_poverty_once_last_years_assignment_is_there() {
    let without = json_of(&["scorecard"]);
    let members = |result: &Value| rows(result).iter().filter(|row| row["by"] == "member").count();
    let none = |row: &&Value| row["by"] == "member" && !row["left_poverty"].is_null();
    assert_eq!(rows(&without).iter().filter(none).count(), 0, "nobody can tell who helped whom");
    let changed = json_of(&["changes"]);
    let by_place = |result: &Value, name: &str| {
        rows(result).iter().find(|row| row["name"] == name).map(|row| row["left_poverty"].as_u64()).unwrap()
    };
    let commune = rows(&changed).iter().find(|row| row["commune"] == "Xã Yang Tao").unwrap();
    let poor = &commune["matrix"]["poor"];
    let left = poor["near_poor"].as_u64().unwrap() + poor["other"].as_u64().unwrap();
    assert_eq!(by_place(&without, "Đảng bộ xã Yang Tao"), Some(left), "a committee has its commune in its charge");
    let public = json_of(&["scorecard", "--audience", "public"]);
    assert_eq!(by_place(&public, "Đảng bộ xã Yang Tao"), None, "the movement tables say it, with what they must hide");
    assert!(members(&without) > 1000);
    assert!(sum(&without, "assigned") > 1000);
    assert_eq!(members(&json_of(&["scorecard", "--audience", "public"])), 0);

    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("phan-cong-2022.csv");
    let list = list.to_str().unwrap();
    let of_2022 = ["--year", "2022", "--members", "dang-vien-2023.xlsx", "--twinning", "ket-nghia.xlsx"];
    let (code, _, err) = run(&[&["assign"][..], &of_2022, &["--quiet", "-o", list]].concat());
    assert!(code < 2, "{err}");
    let with = json_of(&["scorecard", "--previous", list]);
    let organisations: Vec<&Value> = rows(&with).iter().filter(|row| row["by"] == "organisation").collect();
    let left: u64 = organisations.iter().filter_map(|row| row["left_poverty"].as_u64()).sum();
    assert!(left > 0);
    assert!(organisations.iter().all(|row| row["left_poverty"].as_u64() <= row["households"].as_u64()));
}
