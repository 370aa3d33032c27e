//! The script for schedulers, and every year in one run.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its folder fails")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use thoatngheo::commands::init::SAMPLE;

const BINARY: &str = env!("CARGO_BIN_EXE_thoatngheo");

/// A folder with the sample district.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in SAMPLE {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn script(folder: &Path, program: &Path, year: Option<&str>) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/yearly-report.sh");
    Command::new("sh").arg(script).arg(folder).args(year).env("THOATNGHEO", program).output().unwrap()
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// A program in the place of ours.
fn stand_in(folder: &Path, body: &str) -> PathBuf {
    let path = folder.join("stand-in.sh");
    fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn the_script_makes_every_year_and_what_fails_later_leaves_the_last_reports() {
    let folder = sample();
    let run = script(folder.path(), Path::new(BINARY), None);
    let log = || fs::read_to_string(folder.path().join("nhat-ky.log")).unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", log());
    let reports = folder.path().join("bao-cao");
    let made = files(&reports);
    for name in ["kiem-tra.json", "2021/manifest.json", "2022/bao-cao-2022.xlsx", "2023/bao-cao-2023.html"] {
        assert!(made.contains_key(&reports.join(name)), "{name}");
    }
    for step in ["check: exit 0", "report: exit 0", "2023/manifest.json: exit 0", "ends: exit 0"] {
        assert!(log().contains(step), "{step}: {}", log());
    }

    // Killed in the middle of a report: half a folder of it, and the shell that ran it gone too.
    let tools = tempfile::tempdir().unwrap();
    let half = "case $1 in report) mkdir -p bao-cao.moi/2023; echo half >bao-cao.moi/2023/bao-cao-2023.xlsx; kill -9 $PPID; exit 137 ;; esac";
    let killed = script(folder.path(), &stand_in(tools.path(), half), None);
    assert_eq!(killed.status.code(), None, "killed by a signal");
    assert!(files(&reports) == made, "the last reports are in place");

    // A program that fails, and one that says it made a report and did not.
    for (body, what) in [("exit 2", "failed: check"), ("exit 0", "no report was made"), ("exit 101", "exit 101")] {
        let failed = script(folder.path(), &stand_in(tools.path(), body), None);
        assert_eq!(failed.status.code(), Some(2), "{what}: {}", log());
        assert!(log().contains(what), "{what}: {}", log());
        assert!(files(&reports) == made && !folder.path().join("bao-cao.moi").exists(), "{what}");
    }
    assert!(log().contains("lock is taken over"), "{}", log());

    // One year again: the others keep their reports, and the same inputs make the same bytes.
    let again = script(folder.path(), Path::new(BINARY), Some("2022"));
    assert_eq!(again.status.code(), Some(0), "{}", log());
    assert!(log().contains("kept: 2023") && files(&reports).keys().eq(made.keys()));
    let page = reports.join("2022/bao-cao-2022.html");
    assert!(files(&reports)[&page] == made[&page]);
}

#[test]
fn an_error_in_a_list_ends_the_script_with_one_and_the_reports_are_made() {
    let folder = sample();
    fs::write(folder.path().join("ho-dan-2023/hong.xlsx"), "PK\x03\x04 and nothing after it").unwrap();
    let run = script(folder.path(), Path::new(BINARY), Some("2023"));
    assert_eq!(run.status.code(), Some(1));
    assert!(folder.path().join("bao-cao/2023/bao-cao-2023.xlsx").is_file());
}

#[test]
fn a_year_that_fails_is_said_and_the_others_are_made() {
    let folder = sample();
    let all_years = || {
        Command::new(BINARY).current_dir(folder.path()).args(["report", "--all-years", "--quiet", "-o", "ra"]).output().unwrap()
    };
    fs::remove_file(folder.path().join("dang-vien-2023.xlsx")).unwrap();
    let run = all_years();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("2023"), "{said}");
    assert!(folder.path().join("ra/2022/manifest.json").is_file());
    fs::write(folder.path().join("thoatngheo.toml"), "[years.2022]\nhouseholds = \"gone\"\n").unwrap();
    assert_eq!(all_years().status.code(), Some(2), "not one year");
}
