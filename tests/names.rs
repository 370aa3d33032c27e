//! Names and line ends as other systems make them: letters with separate marks (macOS), spaces, a leading dash, CRLF.

#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its folder fails")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use thoatngheo::commands::init::SAMPLE;
use unicode_normalization::UnicodeNormalization;

/// A list of a commune.
const CSV: &str = "ho-dan-2022/xa-nam-ka.csv";

/// One that is written in UTF-8.
const UTF_8: &str = "ho-dan-2022/xa-dak-phoi.csv";

fn sample(name: &str) -> &'static [u8] {
    SAMPLE.iter().find(|(known, _)| *known == name).unwrap().1
}

/// The rows that `check` tells of its one sheet: read, used, rejected, skipped.
fn rows(folder: &Path, args: &[&str]) -> [u64; 4] {
    let mut run = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let run = run.current_dir(folder).args(["check", "--format", "json"]).args(args).output().unwrap();
    assert_ne!(run.status.code(), Some(2), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    let told: Value = serde_json::from_slice(&run.stdout).unwrap();
    let sheet = &told["inputs"][0]["sheets"][0];
    ["read", "used", "rejected", "skipped"].map(|key| sheet[key].as_u64().unwrap())
}

#[test]
fn a_file_is_read_whatever_its_name_is_made_of() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain.csv"), sample(CSV)).unwrap();
    let plain = rows(folder.path(), &["plain.csv"]);
    assert!(plain[1] > 100, "{plain:?}");
    let parted: String = "Xã Nam Ka – bản cuối.csv".nfd().collect();
    assert_ne!(parted, "Xã Nam Ka – bản cuối.csv");
    for name in [parted.as_str(), "Xã Nam Ka (sửa lần 2).csv", "-nam-ka.csv"] {
        fs::write(folder.path().join(name), sample(CSV)).unwrap();
        assert_eq!(rows(folder.path(), &["--", name]), plain, "{name}");
        fs::remove_file(folder.path().join(name)).unwrap();
    }
}

#[test]
fn a_folder_is_read_whatever_its_name_is_made_of() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plain.csv"), sample(CSV)).unwrap();
    let plain = rows(folder.path(), &["plain.csv"]);
    let parted: String = "Hộ dân năm 2022".nfd().collect();
    for name in [parted.as_str(), "-2022"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("xã.csv"), sample(CSV)).unwrap();
        assert_eq!(rows(folder.path(), &["--", name]), plain, "{name}");
    }
}

#[test]
fn line_ends_of_windows_change_no_row() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::str::from_utf8(sample(UTF_8)).unwrap().replace("\r\n", "\n");
    fs::write(folder.path().join("lf.csv"), &text).unwrap();
    fs::write(folder.path().join("crlf.csv"), text.replace('\n', "\r\n")).unwrap();
    assert_eq!(rows(folder.path(), &["lf.csv"]), rows(folder.path(), &["crlf.csv"]));
}

#[test]
fn a_programme_file_with_line_ends_of_windows_is_understood() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[years.2022]\nhouseholds = [\"hộ dân\"]\n".replace('\n', "\r\n");
    fs::write(folder.path().join("thoatngheo.toml"), text).unwrap();
    fs::create_dir(folder.path().join("hộ dân")).unwrap();
    fs::write(folder.path().join("hộ dân").join("xã.csv"), sample(CSV)).unwrap();
    assert!(rows(folder.path(), &[])[1] > 100);
}
