//! Which poverty standard the class of a household is held against, year by year and place by place, through the program.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// The issues about classes and scores of one list, as (code, cell, found, count).
fn findings(folder: &Path, list: &str) -> Vec<(String, String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let output = command.current_dir(folder).args(["check", list, "--format", "json", "--quiet"]).output().unwrap();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |issue: &Value, key: &str| issue[key].as_str().unwrap_or_default().to_owned();
    let issues = document["result"]["issues"].as_array().unwrap().iter();
    let issues = issues.map(|issue| (text(issue, "code"), text(issue, "cell"), text(issue, "found")));
    issues.filter(|(code, _, _)| code.contains("scores") || code.starts_with("b2")).collect()
}

/// A list of two households: one of 150 points that is called poor, one of 160 with 40 that is called near-poor.
fn list(folder: &Path, year: i16, commune: &str) -> String {
    let name = format!("ho-{year}.csv");
    let text = format!(
        "Danh sách hộ năm {year}\nXã,Thôn,Họ và tên chủ hộ,Số khẩu,Phân loại,Điểm B1,Điểm B2\n\
         {commune},Buôn Một,Y Bang Liêng,4,Hộ nghèo,150,40\n{commune},Buôn Một,H'Gro Rơ Yam,3,Hộ nghèo,120,20\n"
    );
    fs::write(folder.join(&name), text).unwrap();
    name
}

#[test]
fn a_class_is_held_against_the_standard_of_its_year_and_the_line_of_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let of = |year, commune| findings(folder.path(), &list(folder.path(), year, commune));
    let finding = |code: &str, cell: &str, found: &str| (code.to_owned(), cell.to_owned(), found.to_owned());
    let low_b2 = finding("class-scores", "G4", "20");
    // 150 points are above the line of a commune, 140, and within that of a town, 175.
    let rural = [finding("class-scores", "F3", "150"), low_b2.clone()];
    assert_eq!(of(2022, "Xã Yang Tao"), rural);
    assert_eq!(of(2024, "Thị trấn Liên Sơn"), std::slice::from_ref(&low_b2));
    // Since 1 July 2025 what was the town lies in a commune; the standard stays until 2026.
    assert_eq!(of(2025, "Xã Liên Sơn Lắk"), rural);
    assert_eq!(of(2026, "Xã Liên Sơn Lắk"), rural);
    // Before and after, the classes rest on other forms: nothing is judged by these lines, and that is said once a column.
    assert_eq!(of(2021, "Xã Yang Tao"), [finding("scores-unchecked", "F3", "ND59-2015")]);
    assert_eq!(of(2027, "Xã Liên Sơn Lắk"), [finding("scores-unchecked", "F3", "ND351-2025")]);
}

#[test]
fn a_standard_that_the_programme_states_for_a_year_is_the_one_of_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let name = list(folder.path(), 2026, "Xã Liên Sơn Lắk");
    let programme = format!("[years.2026]\nhouseholds = \"{name}\"\nstandard = \"ND351-2025\"\n");
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    let found = findings(folder.path(), &name);
    assert_eq!(found, [("scores-unchecked".to_owned(), "F3".to_owned(), "ND351-2025".to_owned())]);
}
