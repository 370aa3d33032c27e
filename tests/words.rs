//! Every sentence that a view or a command looks up by section and key stands in the file of words.

#![expect(clippy::unwrap_used, reason = "a file of the repository that cannot be read fails the test")]

use std::fs;
use std::path::Path;

use thoatngheo::ingest::fields::Field;
use thoatngheo::report::wording::{Lang, words};

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// The two literals of each call `name("section", "key"`, with the key alone for `heading(words, "key")`.
fn looked_up(text: &str) -> Vec<(String, String)> {
    let literal =
        |text: &str| text.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(word, _)| word.to_owned());
    let mut found = Vec::new();
    for call in [".say(", ".fill_in("] {
        for part in text.split(call).skip(1) {
            let key = part.split_once(',').and_then(|(_, rest)| literal(rest));
            found.extend(literal(part).zip(key));
        }
    }
    for part in text.split("Refused::new(").skip(1) {
        found.extend(literal(part).map(|key| ("error".to_owned(), key)));
    }
    for part in text.split("heading(words,").skip(1) {
        found.extend(literal(part).map(|key| ("column".to_owned(), key)));
    }
    found
}

#[test]
fn every_word_that_a_view_looks_up_is_in_the_file() {
    let mut texts = Vec::new();
    for folder in ["src/report", "src/commands"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        if folder.exists() {
            sources(&folder, &mut texts);
        }
    }
    let calls: Vec<(String, String)> = texts.iter().flat_map(|text| looked_up(text)).collect();
    assert!(calls.len() > 20, "the search finds the calls");
    let missing: Vec<String> = calls
        .iter()
        .filter(|(section, key)| words(Lang::Vi).say(section, key) == key.as_str())
        .map(|(section, key)| format!("{section}.{key}"))
        .collect();
    assert!(missing.is_empty(), "words.toml lacks {missing:?}");
}

#[test]
fn every_field_that_an_issue_may_name_has_a_name_that_a_person_knows() {
    for lang in [Lang::Vi, Lang::En] {
        for field in Field::ALL {
            let name = words(lang).field(field.key());
            assert!(name.starts_with(char::is_uppercase) && !name.contains('_'), "{lang:?}: {} is called {name}", field.key());
        }
    }
}

#[test]
fn every_reason_why_a_command_cannot_run_is_used() {
    let mut texts = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands"), &mut texts);
    let file = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/words.toml")).unwrap();
    let section = file.split("\n[error]\n").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap();
    let keys: Vec<&str> = section.lines().filter_map(|line| line.split_once(" = {")).map(|(key, _)| key).collect();
    assert!(keys.len() > 30, "the search finds the keys");
    let unused: Vec<&&str> = keys.iter().filter(|key| !texts.iter().any(|text| text.contains(&format!("\"{key}\"")))).collect();
    assert!(unused.is_empty(), "nobody uses {unused:?}");
}
