//! What the README shows is what the program prints: every `console` block with output is run and compared.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a README that cannot be run fails the test")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// The commands of the README with the lines that they are said to print; a last line of `…` leaves the rest out.
fn shown(text: &str) -> Vec<(String, Vec<String>)> {
    let mut shown = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap_or_default();
        let mut lines = block.lines();
        let command = lines.next().and_then(|line| line.strip_prefix("$ ")).unwrap_or_else(|| panic!("no command in {block}"));
        shown.push((command.to_owned(), lines.map(str::to_owned).collect()));
    }
    shown
}

fn run(command: &str, folder: &Path) -> (Option<i32>, String) {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("thoatngheo"), "{command}");
    // What a command writes goes to a folder of the test's own.
    let words: Vec<String> = words.map(str::to_owned).collect();
    let outputs: Vec<usize> = words.iter().enumerate().filter(|(_, word)| *word == "-o").map(|(at, _)| at + 1).collect();
    let words = words
        .iter()
        .enumerate()
        .map(|(at, word)| if outputs.contains(&at) { folder.join(word).display().to_string() } else { word.clone() });
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .args(words)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn every_command_of_the_readme_prints_what_it_shows() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let shown = shown(&text);
    assert!(shown.len() >= 8, "the README shows each command");
    let folder = tempfile::tempdir().unwrap();
    for (command, lines) in shown {
        let (code, out) = run(&command, folder.path());
        assert_eq!(code, Some(0), "{command}");
        let cut = lines.last().is_some_and(|line| line == "…");
        let wanted = if cut { &lines[..lines.len() - 1] } else { &lines[..] };
        let got: Vec<&str> = out.lines().map(str::trim_end).collect();
        if cut {
            assert!(got.len() > wanted.len(), "{command}: nothing is left out");
        } else if !wanted.is_empty() {
            assert_eq!(got.len(), wanted.len(), "{command}\n{out}");
        }
        for (line, (got, wanted)) in got.iter().zip(wanted).enumerate() {
            assert_eq!(got, wanted, "{command}, line {line}");
        }
    }
}

#[test]
fn the_two_commands_are_in_the_readme_and_the_first_one_works() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    assert!(text.contains("cargo run --release -- report --programme sample-data/thoatngheo.toml"));
    assert!(text.contains("\ncargo test\n"));
    let folder = tempfile::tempdir().unwrap();
    let (code, _) = run("thoatngheo report --programme sample-data/thoatngheo.toml -o bao-cao", folder.path());
    assert_eq!(code, Some(0), "the faults of the sample district are warnings");
    for name in ["bao-cao-2023.xlsx", "bao-cao-2023.html"] {
        assert!(fs::metadata(folder.path().join("bao-cao").join(name)).unwrap().len() > 100_000, "{name}");
    }
}
