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
    // 15.02 − 6 × (16.62 − 15.02) ÷ 3, rounded once.
    assert_eq!(goal("near_poor", 2030)["projected_percent"], "11.82");
    let rows = out["result"]["rows"].as_array().unwrap();
    let district = |key: &str| rows[0][key].clone();
    assert_eq!((rows.len(), district("by")), (1, Value::from("district")));
    assert_eq!((district("poor"), district("near_poor"), district("households")), (3_405.into(), 2_900.into(), Value::Null));
    assert_eq!((district("poor_percent"), district("near_poor_percent")), ("17.63".into(), "15.02".into()));
    assert_eq!(rows[0]["change"]["poor_points"], "-3.32");
    let history = out["result"]["history"].as_array().unwrap();
    assert_eq!(history.len(), 8, "four years, two measures");
    assert!(history.iter().all(|row| row["source"].is_string()));
    // Of 2024 the households of the classes were published, and not all households; of 2023 neither was.
    let households =
        |year: i64| history.iter().filter(|row| row["year"] == year).map(|row| row["households"].as_i64()).collect::<Vec<_>>();
    assert_eq!((households(2024), households(2023)), (vec![Some(3_405), Some(2_900)], vec![None, None]));
}

#[test]
fn a_year_that_the_programme_file_does_not_have_is_told_with_those_that_it_has() {
    let asked = ["rates", "--programme", "examples/lak-series/thoatngheo.toml", "--year", "2032", "--lang", "en"];
    let output =
        Command::new(env!("CARGO_BIN_EXE_thoatngheo")).args(asked).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("has no year 2032; it has 2021, 2022, 2023, 2024"), "{said}");
}

#[test]
fn the_sources_are_printed() {
    let text = run("table");
    for source in ["VietNamNet", "Báo Đắk Lắk", "Nghị quyết số 14-NQ/HU"] {
        assert!(text.contains(source), "{source}");
    }
}
