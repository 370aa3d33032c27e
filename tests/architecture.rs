//! The walls of the house: which folder may name which. A text search, so that a broken wall fails with file and line.

#![expect(clippy::unwrap_used, reason = "a file of the repository that cannot be read fails the test")]
use std::fs;
use std::path::{Path, PathBuf};

/// All Rust files under a path of the package, or the path itself.
fn files(path: &str) -> Vec<PathBuf> {
    fn walk(path: &Path, found: &mut Vec<PathBuf>) {
        if path.is_dir() {
            let mut entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
            entries.sort();
            entries.iter().for_each(|entry| walk(entry, found));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path.to_path_buf());
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for place in [root.join(path), root.join(format!("{path}.rs"))] {
        if place.exists() {
            walk(&place, &mut found);
        }
    }
    found
}

/// The lines of a file that are code, with their numbers: no comments, and nothing from the unit tests on.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.trim_start()))
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.starts_with("//"))
}

/// Every line of code in a folder that holds one of the words.
fn breaches(folder: &str, words: &[&str], but_for: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files(folder) {
        let name = file.to_string_lossy().replace('\\', "/");
        // Unit tests may stand in a file of their own; they may use what they like.
        let of_tests = name.ends_with("/tests.rs") || name.ends_with("_tests.rs") || name.contains("/tests/");
        if of_tests || but_for.iter().any(|allowed| name.contains(allowed)) {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in code(&text) {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{name}:{number}: `{word}` in `{line}`"));
            }
        }
    }
    found
}

#[track_caller]
fn none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn the_domain_names_nothing_of_ours_and_nothing_of_the_world() {
    none(&breaches(
        "src/domain",
        &[
            "crate::ingest",
            "crate::report",
            "crate::commands",
            "crate::programme",
            "std::fs",
            "std::io",
            "std::env",
            "std::time",
            "std::process",
            "std::thread",
            "Instant::now",
            "SystemTime",
            "serde",
            "anyhow",
            "calamine",
            "rust_xlsxwriter",
            "rand::",
            "println!",
            "eprintln!",
            "HashMap",
            "HashSet",
        ],
        &[],
    ));
}

#[test]
fn ingest_names_only_the_domain() {
    none(&breaches("src/ingest", &["crate::report", "crate::commands", "crate::programme", "rust_xlsxwriter", "println!"], &[]));
}

#[test]
fn report_names_only_the_domain_and_opens_no_file() {
    none(&breaches(
        "src/report",
        &[
            "crate::ingest",
            "crate::commands",
            "crate::programme",
            "calamine",
            "std::fs",
            "std::env",
            "std::process",
            "Instant::now",
            "SystemTime",
            "println!",
            "File::",
        ],
        &[],
    ));
}

#[test]
fn the_programme_file_names_only_the_domain() {
    none(&breaches("src/programme", &["crate::ingest", "crate::report", "crate::commands", "println!"], &[]));
}

#[test]
fn calamine_is_named_in_one_place() {
    none(&breaches("src", &["calamine"], &["src/ingest/workbook"]));
}

#[test]
fn files_are_written_in_one_place() {
    none(&breaches(
        "src",
        &["fs::write", "File::create", "fs::rename", "fs::remove", "create_dir", "OpenOptions", ".persist("],
        &["src/commands/output.rs"],
    ));
}

#[test]
fn no_sentence_in_two_languages_stands_in_the_code_of_a_command() {
    let forms = ["Lang::Vi => \"", "Lang::Vi => format!", "Lang::Vi) => \"", "Lang::Vi) => format!", "Lang::Vi) => {"];
    none(&breaches("src/commands", &forms, &[]));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = files("src")
        .into_iter()
        .filter(|file| !fs::read_to_string(file).unwrap().starts_with("//!"))
        .map(|file| format!("{}: no `//!` line", file.display()))
        .collect();
    none(&silent);
}

#[test]
fn nothing_is_put_off() {
    none(&breaches("src", &["todo!", "unimplemented!"], &[]));
    let put_off: Vec<String> = files("src")
        .into_iter()
        .filter(|file| fs::read_to_string(file).unwrap().lines().any(|line| line.contains("TODO") || line.contains("FIXME")))
        .map(|file| file.display().to_string())
        .collect();
    none(&put_off);
}

#[test]
fn the_search_finds_a_planted_breach() {
    let planted = "use crate::report::table;\n// crate::report in a comment\n#[cfg(test)]\nuse crate::report;\n";
    assert_eq!(
        code(planted).filter(|(_, line)| line.contains("crate::report")).map(|(number, _)| number).collect::<Vec<_>>(),
        [1]
    );
}
