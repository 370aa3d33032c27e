//! What leaves the office: every identity number, name and full birth date of the inputs is looked for in the bytes of the
//! report that others see, unpacked.

#![expect(clippy::unwrap_used, reason = "a report that cannot be written or unpacked fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use thoatngheo::domain::household::Birth;
use thoatngheo::ingest::{Settings, read_paths};

/// The persons of the sample district, as our reader sees them.
struct Persons {
    numbers: BTreeSet<String>,
    names: BTreeSet<String>,
    births: BTreeSet<String>,
}

fn persons() -> Persons {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let paths: Vec<PathBuf> = ["ho-dan-2023", "dang-vien-2023.xlsx"].iter().map(|name| root.join(name)).collect();
    let read = read_paths(&paths, &Settings::default(), &|_, _| {});
    let mut persons = Persons { numbers: BTreeSet::new(), names: BTreeSet::new(), births: BTreeSet::new() };
    let households = read.surveys.values().flat_map(|survey| &survey.all);
    let rows = households.map(|household| (household.citizen(), household.head.to_string(), household.birth));
    let members = read.roster.members.iter().map(|member| (member.citizen(), member.name.to_string(), member.birth));
    for (number, name, birth) in rows.chain(members) {
        persons.numbers.extend(number.map(|number| number.to_string()));
        persons.names.insert(name);
        if let Some(Birth::Day(date)) = birth {
            persons.births.insert(format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()));
            persons.births.insert(date.to_string());
        }
    }
    assert!(persons.numbers.len() > 20_000 && persons.names.len() > 5_000 && persons.births.len() > 5_000);
    persons
}

/// All text of a report: the page, the manifest, and every part of the workbook and the Word document.
fn text(audience: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_string_lossy().into_owned();
    Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .args(["report", "--programme", "sample-data/thoatngheo.toml", "--quiet", "--docx", "--audience", audience, "-o", &out])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .assert()
        .code(0);
    let mut text = fs::read_to_string(folder.path().join("bao-cao-2023.html")).unwrap();
    text.push_str(&fs::read_to_string(folder.path().join("manifest.json")).unwrap());
    for name in ["bao-cao-2023.xlsx", "bao-cao-2023.docx"] {
        let mut archive = zip::ZipArchive::new(fs::File::open(folder.path().join(name)).unwrap()).unwrap();
        for index in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(index).unwrap().read_to_end(&mut part).unwrap();
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    // Markup writes an apostrophe in its own way.
    text.replace("&#39;", "'").replace("&apos;", "'")
}

/// What the commands that know persons print for scripts, in both formats.
fn printed(audience: &str) -> String {
    let mut text = String::new();
    for command in ["check", "assign", "changes", "coverage"] {
        for format in ["json", "csv"] {
            let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
                .args([command, "--programme", "sample-data/thoatngheo.toml", "--audience", audience, "--format", format])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap();
            assert!(!output.stdout.is_empty(), "{command} {format}");
            text.push_str(&String::from_utf8(output.stdout).unwrap());
            text.push_str(&String::from_utf8(output.stderr).unwrap());
        }
    }
    text
}

/// The words of a set that stand in a text as a whole, found by looking up what the text holds.
fn found<'a>(words: &'a BTreeSet<String>, text: &str) -> Vec<&'a String> {
    let cells: BTreeSet<&str> = text.split(['<', '>', '"', ';', ',', '\n', '(', ')', ':', ' ', '.']).map(str::trim).collect();
    let whole: BTreeSet<&str> = text.split(['<', '>', '"', ';', '\n']).map(str::trim).collect();
    words.iter().filter(|word| cells.contains(word.as_str()) || whole.contains(word.as_str())).collect()
}

#[test]
fn the_public_sees_no_number_name_or_birth_date_of_anybody() {
    let (persons, text) = (persons(), text("public") + &printed("public"));
    assert_eq!(found(&persons.numbers, &text), Vec::<&String>::new());
    assert_eq!(found(&persons.names, &text), Vec::<&String>::new());
    assert_eq!(found(&persons.births, &text), Vec::<&String>::new());
}

#[test]
fn the_village_board_sees_names_and_no_number_or_birth_date() {
    let (persons, text) = (persons(), text("posted"));
    assert_eq!(found(&persons.numbers, &text), Vec::<&String>::new());
    assert_eq!(found(&persons.births, &text), Vec::<&String>::new());
    assert!(found(&persons.names, &text).len() > 1000, "the search finds what is there");
}

#[test]
fn the_office_sees_everything() {
    let (persons, text) = (persons(), text("internal"));
    assert!(found(&persons.numbers, &text).len() > 1000, "the search finds what is there");
}
