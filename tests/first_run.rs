//! The first ten minutes: a folder to start from, help in both languages, schemas, completions, manual, and a manifest that
//! is checked again.

#![expect(clippy::unwrap_used, reason = "a test that cannot prepare its folder fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use thoatngheo::commands::init::SAMPLE;

/// The program in a folder, with a locale that tells no language.
fn thoatngheo(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    command.current_dir(folder).env_remove("LC_MESSAGES").env("LC_ALL", "C");
    command
}

fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path);
        }
    }
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_program_alone_says_in_either_language_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let plain = thoatngheo(folder.path()).assert().code(2);
    let english = text(&plain.get_output().stderr);
    let asked = thoatngheo(folder.path()).args(["--lang", "vi"]).assert().code(2);
    let vietnamese = text(&asked.get_output().stderr);
    for said in [&english, &vietnamese] {
        assert!(said.contains("thoatngheo init"), "{said}");
    }
    assert!(english.contains("Usage") && vietnamese.contains("Cách dùng") && !vietnamese.contains("Usage"), "{vietnamese}");
}

#[test]
fn the_program_holds_every_file_of_the_sample_district() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let there: BTreeSet<PathBuf> = files(&folder);
    let held: BTreeSet<PathBuf> = SAMPLE.iter().map(|(name, _)| folder.join(name)).collect();
    assert_eq!(there, held, "the list in src/commands/init.rs is unlike the folder");
    assert!(SAMPLE.iter().all(|(name, bytes)| fs::read(folder.join(name)).unwrap() == *bytes));
}

#[test]
fn init_writes_the_sample_district_anywhere_and_never_twice() {
    let folder = tempfile::tempdir().unwrap();
    thoatngheo(folder.path()).args(["init", "--sample", "lak"]).assert().code(0);
    assert_eq!(files(&folder.path().join("lak")).len(), SAMPLE.len());
    fs::write(folder.path().join("lak/README.md"), "mine").unwrap();
    let again = thoatngheo(folder.path()).args(["init", "--sample", "lak", "--lang", "en"]).assert().code(2);
    assert!(text(&again.get_output().stderr).contains("not overwritten"));
    assert_eq!(fs::read_to_string(folder.path().join("lak/README.md")).unwrap(), "mine");
}

#[test]
fn init_writes_nothing_at_all_when_one_file_is_there() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("README.md"), "mine").unwrap();
    thoatngheo(folder.path()).args(["init", "."]).assert().code(2);
    assert_eq!(files(folder.path()).len(), 1);
}

#[test]
fn a_fresh_folder_has_a_valid_programme_file_and_the_next_error_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    thoatngheo(folder.path()).args(["init", "moi"]).assert().code(0);
    let moi = folder.path().join("moi");
    assert_eq!(files(&moi.join("bieu-mau")).len(), 6, "an empty workbook of each kind");
    let report = thoatngheo(&moi).arg("report").assert().code(2);
    let said = text(&report.get_output().stderr);
    assert!(said.contains("chưa nêu tệp nào") && said.contains("thoatngheo.toml"), "{said}");
}

#[test]
fn without_a_command_the_program_says_what_to_do_first() {
    let folder = tempfile::tempdir().unwrap();
    let alone = thoatngheo(folder.path()).assert().code(2);
    assert!(text(&alone.get_output().stderr).contains("thoatngheo init --sample"));
}

#[test]
fn help_is_vietnamese_when_asked_or_where_the_locale_is() {
    let folder = tempfile::tempdir().unwrap();
    let asked = thoatngheo(folder.path()).args(["rates", "--help", "--lang", "vi"]).assert().code(0);
    let by_locale = thoatngheo(folder.path()).env("LC_ALL", "vi_VN.UTF-8").args(["rates", "--help"]).assert().code(0);
    let (asked, by_locale) = (text(&asked.get_output().stdout), text(&by_locale.get_output().stdout));
    assert_eq!(asked, by_locale);
    assert!(asked.contains("Cách dùng:") && asked.contains("Ví dụ:"), "{asked}");
    for english in ["Usage:", "Print help", "possible values", "[default:", "Inputs:", "Output:", "Options:"] {
        assert!(!asked.contains(english), "{english} in {asked}");
    }
    let english = thoatngheo(folder.path()).args(["rates", "--help"]).assert().code(0);
    assert!(text(&english.get_output().stdout).contains("Usage:"));
}

#[test]
fn schemas_completions_and_manual_pages_come_out() {
    let folder = tempfile::tempdir().unwrap();
    for name in thoatngheo::report::json::SCHEMAS.iter().copied().chain(["programme"]) {
        let schema = thoatngheo(folder.path()).args(["schema", name]).assert().code(0);
        let schema: serde_json::Value = serde_json::from_slice(&schema.get_output().stdout).unwrap();
        assert!(schema["$schema"].is_string() && schema["properties"].is_object(), "{name}");
    }
    let unknown = thoatngheo(folder.path()).args(["schema", "ratez", "--lang", "en"]).assert().code(2);
    assert!(text(&unknown.get_output().stderr).contains("`rates`"));
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = thoatngheo(folder.path()).args(["completions", shell]).assert().code(0);
        assert!(text(&script.get_output().stdout).contains("require-goals"), "{shell}");
    }
    thoatngheo(folder.path()).args(["man", "-o", "man1"]).assert().code(0);
    let pages = files(&folder.path().join("man1"));
    assert!(pages.contains(&folder.path().join("man1/thoatngheo-rates.1")));
    let one = thoatngheo(folder.path()).args(["man", "rates"]).assert().code(0);
    assert_eq!(one.get_output().stdout, fs::read(folder.path().join("man1/thoatngheo-rates.1")).unwrap());
}

#[test]
fn verify_finds_what_changed_and_what_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (_, list) = SAMPLE.iter().find(|(name, _)| *name == "ket-nghia.xlsx").unwrap();
    fs::write(folder.path().join("ket-nghia.xlsx"), list).unwrap();
    let _ = thoatngheo(folder.path()).args(["ingest", "ket-nghia.xlsx", "-o", "sach"]).assert();
    let verify = |code: i32| {
        let run = thoatngheo(folder.path()).args(["verify", "sach/manifest.json", "--lang", "en"]).assert().code(code);
        text(&run.get_output().stdout)
    };
    assert!(verify(0).ends_with("0 differ.\n"));
    let mut changed = list.to_vec();
    changed.push(0);
    fs::write(folder.path().join("ket-nghia.xlsx"), changed).unwrap();
    fs::remove_file(folder.path().join("sach/twinning.csv")).unwrap();
    let said = verify(1);
    assert!(said.contains("ket-nghia.xlsx: its content has changed"), "{said}");
    assert!(said.contains("twinning.csv: it is not there"), "{said}");
}
