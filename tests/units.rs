//! Rates in the communes of another day, run as a person runs them.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "what cannot be run or read fails the test")]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// Runs the program in a folder.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo")).current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn rows(folder: &Path, args: &[&str]) -> Vec<Value> {
    let (code, out, err) = run(folder, &[&["rates", "--by", "commune", "--format", "json"], args].concat());
    assert!(code < 2, "{args:?}: {err}");
    let document: Value = serde_json::from_str(&out).unwrap();
    document["result"]["rows"].as_array().unwrap().clone()
}

fn sum(rows: &[Value], key: &str) -> u64 {
    rows[1..].iter().map(|row| row[key].as_u64().unwrap()).sum()
}

#[test]
fn the_look_alike_district_of_2022_adds_up_to_the_household_in_the_communes_of_2025() {
    let shared = std::env::var_os("THOATNGHEO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let lak = shared.join("workbooks/lak");
    if !lak.is_dir() {
        eprintln!("SKIPPED: there are no look-alike workbooks in {}", lak.display());
        return;
    }
    let (old, new) =
        (rows(&lak, &["--households", "households-2022"]), rows(&lak, &["--households", "households-2022", "--units", "2025"]));
    assert_eq!((old.len(), new.len()), (12, 6), "the district, and eleven communes that became five");
    assert_eq!(old[0], new[0], "the district is the same whatever its communes");
    for key in ["households", "persons", "poor", "near_poor", "poor_persons", "near_poor_persons"] {
        assert_eq!(new[0][key].as_u64().unwrap(), sum(&new, key), "{key}");
        assert_eq!(sum(&old, key), sum(&new, key), "{key}");
    }
    assert_eq!(new[0]["households"], 19284);
}

/// Two years of invented lists on either side of the merger, the later with or without villages.
fn across(villages: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let head = "key,year,coverage,commune,village,head,persons,class\n";
    let old =
        "066050000001,2024,all,Xã Buôn Tría,Buôn A,Y Bang,2,poor\n066050000002,2024,all,Xã Đắk Liêng,Buôn B,H Wen,3,other\n";
    let (a, b) = if villages { ("Buôn A", "Buôn B") } else { ("", "") };
    let new =
        format!("066050000001,2025,all,Xã Đắk Liêng,{a},Y Bang,2,other\n066050000002,2025,all,Xã Đắk Liêng,{b},H Wen,3,other\n");
    std::fs::write(folder.path().join("2024.csv"), format!("{head}{old}")).unwrap();
    std::fs::write(folder.path().join("2025.csv"), format!("{head}{new}")).unwrap();
    let programme = "[years.2024]\nhouseholds = \"2024.csv\"\n[years.2025]\nhouseholds = \"2025.csv\"\n";
    std::fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    folder
}

#[test]
fn a_new_commune_is_told_in_old_ones_by_its_villages() {
    let folder = across(true);
    let rows = rows(folder.path(), &["--units", "2024"]);
    let shown: Vec<_> = rows[1..].iter().map(|row| (row["commune"].as_str().unwrap(), row["poor"].as_u64().unwrap())).collect();
    assert_eq!(shown, [("Xã Đắk Liêng", 0), ("Xã Buôn Tría", 0)]);
    assert_eq!(rows[2]["change"]["poor_points"], "-100.00", "the old commune beside itself, the year before");
}

#[test]
fn without_villages_a_code_that_means_two_communes_is_refused() {
    let folder = across(false);
    let (code, _, err) = run(folder.path(), &["rates", "--units", "2024", "--lang", "en"]);
    assert_eq!(code, 2);
    assert!(err.contains("Xã Đắk Liêng") && err.contains("Xã Buôn Tría") && err.contains("village"), "{err}");
    let (code, ..) = run(folder.path(), &["rates", "--units", "2025-07-01"]);
    assert_eq!(code, 0, "its own communes need no village");
}

#[test]
fn the_change_over_a_merger_is_counted_in_the_new_communes() {
    let folder = across(true);
    let rows = rows(folder.path(), &[]);
    assert_eq!(rows[1]["commune"], "Xã Đắk Liêng");
    assert_eq!(rows[1]["change"]["poor_points"], "-50.00", "one of the two of the old communes was poor");
}

#[test]
fn a_day_of_no_calendar_is_refused() {
    let folder = across(true);
    let (code, _, err) = run(folder.path(), &["rates", "--units", "2025-13-01"]);
    assert_eq!(code, 2);
    assert!(err.contains("2025-06-30"), "{err}");
}
