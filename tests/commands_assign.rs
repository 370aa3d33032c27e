//! Questions to `assign`, asked as a person asks them, on the sample district.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Runs `assign` in the sample district.
fn assign(args: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(folder)
        .arg("assign")
        .args(args)
        .arg("--quiet")
        .output()
        .unwrap();
    assert!(output.status.code().unwrap() < 2, "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str::<Value>(&assign(&[args, &["--format", "json"]].concat())).unwrap()["result"].clone()
}

#[test]
fn a_written_assignment_reads_back_and_stays_and_a_member_can_be_taken_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("phan-cong.csv");
    let file = file.to_str().unwrap();
    assign(&["-o", file]);
    let again = json(&["--previous", file]);
    let pairs = again["pairs"].as_array().unwrap();
    assert_eq!(again["changes"]["kept"], pairs.len());
    assert_eq!((&again["changes"]["new"], again["changes"]["ended"].as_array().unwrap().len()), (&Value::from(0), 0));

    let (member, household) = (pairs[0]["member"].as_str().unwrap(), pairs[0]["household"].as_str().unwrap());
    let without = json(&["--previous", file, "--without", member]);
    let ended = without["changes"]["ended"].as_array().unwrap();
    assert!(ended.iter().any(|pair| pair["household"] == household));
    assert!(ended.iter().filter(|pair| pair["member"] == member).all(|pair| pair["why"] == "member_out"));
    assert!(without["excluded"].as_array().unwrap().iter().any(|left| left["member"] == member && left["why"] == "taken_out"));

    let story = assign(&["--explain", household, "--format", "csv"]);
    assert!(story.lines().any(|line| line.contains(household) && line.contains(member)), "{story}");
    let helpers = assign(&["--suggest", household, "--format", "csv"]);
    assert!(helpers.lines().count() > 1 && !helpers.contains(member), "who helps already is not suggested: {helpers}");
}
