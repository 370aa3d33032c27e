//! The published series of Lắk, of which no workbook is at hand: goals and pace come from the published figures alone.

#![expect(clippy::unwrap_used, reason = "a command that cannot be run fails the test")]

use assert_cmd::Command;
use serde_json::Value;

fn run(format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .args(["rates", "--history", "--programme", "examples/lak-series/thoatngheo.toml", "--lang", "en", "--format", format])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_goal_of_2025_for_the_poor_was_reached_in_2024_and_the_near_poor_are_behind() {
    let out: Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(out["year"], 2024);
    let goal = |measure: &str, year: i64| {
        let goals = out["result"]["goals"].as_array().unwrap();
        goals.iter().find(|goal| goal["measure"] == measure && goal["year"] == year).unwrap().clone()
    };
    assert_eq!((goal("poor", 2025)["verdict"].as_str(), goal("poor", 2025)["reached"].as_bool()), (Some("reached"), Some(true)));
    assert_eq!(goal("near_poor", 2025)["verdict"], "behind");
    // 29.11 in 2021 to 17.63 in 2024 are 11.48 points in three years.
    assert_eq!(goal("poor", 2030)["pace_so_far_points"], "3.83");
    let history = out["result"]["history"].as_array().unwrap();
    assert_eq!(history.len(), 8, "four years, two measures");
    assert!(history.iter().all(|row| row["source"].is_string()));
}

#[test]
fn the_sources_are_printed() {
    let text = run("table");
    for source in ["VietNamNet", "Báo Đắk Lắk", "Nghị quyết số 14-NQ/HU"] {
        assert!(text.contains(source), "{source}");
    }
}
