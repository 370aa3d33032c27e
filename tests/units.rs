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

/// The result of a command as a script gets it.
fn result(folder: &Path, args: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[args, &["--format", "json"]].concat());
    assert!(code < 2, "{args:?}: {err}");
    serde_json::from_str::<Value>(&out).unwrap()["result"].take()
}

#[test]
fn movement_is_told_in_the_communes_of_any_day_and_adds_up() {
    let folder = across(true);
    let poor_to_other = |units: &[&str]| -> Vec<(String, u64)> {
        let result = result(folder.path(), &[&["changes"], units].concat());
        let rows = result["rows"].as_array().unwrap().clone();
        let cell = |row: &Value| row["matrix"]["poor"]["other"].as_u64().unwrap();
        rows.iter().map(|row| (row["commune"].as_str().unwrap().to_owned(), cell(row))).collect()
    };
    let named = |name: &str, count| (name.to_owned(), count);
    assert_eq!(poor_to_other(&[]), [named("Xã Đắk Liêng", 1)], "the communes of the later year");
    assert_eq!(poor_to_other(&["--units", "2025"]), [named("Xã Đắk Liêng", 1)]);
    let old = poor_to_other(&["--units", "2024"]);
    assert_eq!(old.len(), 2);
    assert!(old.contains(&named("Xã Buôn Tría", 1)) && old.contains(&named("Xã Đắk Liêng", 0)), "{old:?}");
    let result = result(folder.path(), &["changes", "--units", "2024"]);
    assert_eq!(result["units"], "2024-12-31");
}

#[test]
fn movement_without_villages_is_refused_in_old_communes() {
    let folder = across(false);
    let (code, _, err) = run(folder.path(), &["changes", "--units", "2024", "--lang", "en"]);
    assert_eq!(code, 2);
    assert!(err.contains("Xã Đắk Liêng") && err.contains("village"), "{err}");
    let (code, ..) = run(folder.path(), &["report", "--units", "2024", "--quiet"]);
    assert_eq!(code, 2);
    assert!(!folder.path().join("bao-cao").exists(), "a report that is refused leaves nothing behind");
}

/// The sample district, of eleven communes that became five.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = run(folder.path(), &["init", "--sample", "mau"]);
    assert_eq!(code, 0, "{err}");
    folder
}

#[test]
fn the_sample_district_moves_in_five_communes_as_it_does_in_eleven() {
    let sample = sample();
    let folder = sample.path().join("mau");
    let (own, brought) = (result(&folder, &["changes"]), result(&folder, &["changes", "--units", "2025"]));
    let rows = |result: &Value| result["rows"].as_array().unwrap().clone();
    assert!(rows(&own).len() > rows(&brought).len() && rows(&brought).len() <= 5);
    assert_eq!((&own["matrix"], &own["movement"]), (&brought["matrix"], &brought["movement"]), "the district stays what it is");
    for class in ["poor", "near_poor", "other"] {
        for to in ["poor", "near_poor", "other"] {
            let sum = |result: &Value| rows(result).iter().map(|row| row["matrix"][class][to].as_u64().unwrap()).sum::<u64>();
            assert!(sum(&brought) >= sum(&own), "who moved from one part of a new commune to another stayed in it");
        }
        let gone = |result: &Value| rows(result).iter().map(|row| row["matrix"][class]["gone"].as_u64().unwrap()).sum::<u64>();
        assert!(gone(&brought) <= gone(&own));
        let line = |result: &Value, key: &str| {
            let count = |row: &Value| row["movement"][class][key]["households"].as_u64().unwrap_or(0);
            rows(result).iter().map(count).sum::<u64>()
        };
        assert_eq!((line(&own, "start"), line(&own, "end")), (line(&brought, "start"), line(&brought, "end")));
    }
    let (own, brought) = (result(&folder, &["coverage"]), result(&folder, &["coverage", "--units", "2025"]));
    assert_eq!((own["units"].as_str(), brought["units"].as_str()), (None, Some("2025-12-31")));
    let count = |result: &Value| {
        let rows = result["deprivations"].as_array().unwrap().clone();
        let of = |by: &str| rows.iter().filter(|row| row["by"] == by).map(|row| row["households"].as_u64().unwrap()).sum::<u64>();
        (of("district"), of("commune"), rows.iter().filter(|row| row["by"] == "commune").count())
    };
    let ((district, communes, old), (again, five, new)) = (count(&own), count(&brought));
    assert!(district > 0 && old > new);
    assert_eq!((district, communes, five), (again, district, district));
}

#[test]
fn a_report_in_the_communes_of_a_day_says_so() {
    let sample = sample();
    let folder = sample.path().join("mau");
    for audience in ["internal", "posted"] {
        let (code, _, err) = run(&folder, &["report", "--units", "2025", "--audience", audience, "--quiet", "-o", audience]);
        assert!(code < 2, "{audience}: {err}");
        let pages: Vec<PathBuf> = std::fs::read_dir(folder.join(audience)).unwrap().map(|entry| entry.unwrap().path()).collect();
        let page = pages.iter().find(|path| path.extension().is_some_and(|extension| extension == "html")).unwrap();
        let page = std::fs::read_to_string(page).unwrap();
        assert!(page.contains("Xã Liên Sơn Lắk") && page.contains("31/12/2025"), "{audience}");
        let manifest = std::fs::read_to_string(folder.join(audience).join("manifest.json")).unwrap();
        assert!(manifest.contains("31/12/2025"), "the day is among the options: {audience}");
    }
    // Old and new communes in one document can be subtracted from each other, so the public gets none.
    let (code, _, err) = run(&folder, &["report", "--units", "2025", "--audience", "public", "--lang", "en", "-o", "public"]);
    assert!(code == 2 && err.contains("less those of an old one"), "{err}");
    assert!(!folder.join("public").exists());
    let (code, _, err) = run(&folder, &["report", "--units", "2025", "--per-commune", "--quiet"]);
    assert_eq!(code, 2);
    assert!(err.contains("--per-commune"), "{err}");
}
