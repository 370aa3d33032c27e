//! What `check` tells a Vietnamese official is Vietnamese: no English sentence, no key of the program.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a step of a test that fails fails the test; a skipped test says so"
)]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use thoatngheo::ingest::fields::Field;

fn shared(name: &str) -> Option<PathBuf> {
    let shared = std::env::var("THOATNGHEO_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = shared.join("workbooks").join(name);
    if !path.exists() {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn vi(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let run = Command::cargo_bin("thoatngheo").unwrap().current_dir(folder).args(args).args(["--lang", "vi"]).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code(), text(&run.stdout), text(&run.stderr))
}

/// Words that stand in English sentences and in no Vietnamese one.
const ENGLISH: [&str; 15] =
    ["the", "is", "of", "file", "sheet", "and", "not", "than", "value", "row", "cannot", "a", "with", "households", "persons"];

/// English words and keys in a sentence of the program.
fn foreign(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-' && c != '.').map(|word| word.trim_matches('.'));
    let is_key = |word: &str| word.contains('_') && Field::ALL.iter().any(|field| field.key() == word);
    words.filter(|word| ENGLISH.contains(word) || is_key(word)).map(str::to_owned).collect()
}

fn issues(document: &str) -> Vec<Value> {
    let document: Value = serde_json::from_str(document).unwrap();
    document["result"]["issues"].as_array().unwrap().clone()
}

#[test]
fn every_sentence_about_faulty_and_hostile_files_is_vietnamese() {
    for name in ["faults", "hostile", "lak"] {
        let Some(folder) = shared(name) else { continue };
        let (_, document, _) = vi(&folder, &["check", ".", "--format", "json"]);
        for issue in issues(&document) {
            let text = |key: &str| issue[key].as_str().unwrap_or_default().to_owned();
            let (expected, fix) = (text("expected"), text("fix"));
            // Names of files and sheets are the user's own.
            let own = fix.split("Đã có trước ở").next().unwrap_or_default().to_owned();
            assert_eq!(foreign(&expected), Vec::<String>::new(), "{issue}");
            assert_eq!(foreign(&own), Vec::<String>::new(), "{issue}");
            if issue["cell"].is_null() && issue["code"] != "file-twice" {
                assert_eq!(foreign(&text("found")), Vec::<String>::new(), "{issue}");
            }
        }
    }
}

#[test]
fn a_wrong_path_is_told_with_the_name_that_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("xa-yang-tao.csv"), "a").unwrap();
    let (code, document, _) = vi(folder.path(), &["check", "xa-yang-ta.csv", "--format", "json"]);
    let issue = &issues(&document)[0];
    assert_eq!((code, &issue["code"]), (Some(2), &"file-missing".into()));
    assert!(issue["fix"].as_str().unwrap().contains("“xa-yang-tao.csv”"), "{issue}");
    let (code, out, said) = vi(folder.path(), &["rates", "--households", "khong-co"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(said.contains("Không có tệp") && said.contains("Kiểm tra lại đường dẫn"), "{said}");
    let (code, _, said) = vi(folder.path(), &["rates"]);
    assert_eq!((code, foreign(&said)), (Some(2), vec![]), "{said}");
}

#[test]
fn a_count_of_bytes_is_not_taken_for_an_identity_number() {
    let Some(folder) = shared("hostile") else { return };
    let run = Command::cargo_bin("thoatngheo")
        .unwrap()
        .current_dir(&folder)
        .args(["check", "zip-bomb.xlsx", "--lang", "en"])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(text.contains("bytes") && !text.contains('*'), "{text}");
}

#[test]
fn headings_are_shown_with_the_name_of_their_field_and_its_key_for_the_programme_file() {
    let folder = tempfile::tempdir().unwrap();
    let list = "STT,Xã,Họ và tên chủ hộ,Số khẩu,Phân loại hộ\n1,Xã Yang Tao,Y Thử,3,Hộ nghèo\n";
    std::fs::write(folder.path().join("ho-2022.csv"), list).unwrap();
    let (_, text, _) = vi(folder.path(), &["check", "ho-2022.csv", "--columns"]);
    assert!(text.contains("(head)") && text.contains("(persons)") && text.contains("Họ tên chủ hộ"), "{text}");
}

/// Runs a command line that must be refused and gives what was said.
fn refused(folder: &Path, args: &[&str]) -> String {
    let (code, out, said) = vi(folder, args);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{args:?}: {said}");
    said
}

#[test]
fn a_slip_of_the_keyboard_is_told_in_vietnamese_with_the_nearest_word_and_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    for (args, nearest) in [
        (["rates", "--househods", "ho.csv"], "“--households”"),
        (["rates", "--by", "comune"], "“commune”"),
        (["rate", "--by", "commune"], "“rates”"),
        (["rates", "--format", "jsn"], "“json”"),
    ] {
        let said = refused(folder.path(), &args);
        assert!(said.contains(nearest) && said.contains("--help --lang vi"), "{said}");
        assert_eq!(foreign(&said), Vec::<String>::new(), "{said}");
    }
    // The locale chooses the language as the flag does.
    let run = Command::cargo_bin("thoatngheo")
        .unwrap()
        .env("LC_ALL", "vi_VN.UTF-8")
        .args(["rates", "--year", "hainghin"])
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(said.contains("không đọc được “hainghin”"), "{said}");
}

#[test]
fn why_a_command_cannot_run_is_told_in_vietnamese() {
    let folder = tempfile::tempdir().unwrap();
    let list = "STT,Xã,Họ và tên chủ hộ,Số khẩu,Phân loại hộ\n1,Xã Yang Tao,Y Thử,3,Hộ nghèo\n";
    std::fs::write(folder.path().join("ho-2022.csv"), list).unwrap();
    std::fs::write(folder.path().join("co-roi"), "x").unwrap();
    for args in [
        &["assign", "--households", "ho-2022.csv"][..],
        &["members", "--households", "ho-2022.csv"],
        &["pledges", "--households", "ho-2022.csv"],
        &["coverage", "--households", "ho-2022.csv"],
        &["quotas", "--households", "ho-2022.csv"],
        &["quotas", "--households", "ho-2022.csv", "--to-goal", "2199"],
        &["changes", "--from", "ho-2022.csv"],
        &["changes", "--from", "ho-2022.csv", "--to", "ho-2022.csv"],
        &["rates", "--households", "ho-2022.csv", "-o", "ho-2022.csv"],
        &["rates", "--households", "ho-2022.csv", "-o", "ket-qua"],
        &["rates", "--households", "ho-2022.csv", "-o", "co-roi/rates.csv"],
        &["report", "--all-years"],
        &["init", "co-roi"],
        &["schema", "rate"],
        &["man", "rate"],
        &["verify", "khong-co.json"],
        &["verify", "ho-2022.csv"],
        &["template", "households", "-o", "bieu.csv"],
    ] {
        let said = refused(folder.path(), args);
        assert_eq!(foreign(&said), Vec::<String>::new(), "{args:?}: {said}");
    }
}
