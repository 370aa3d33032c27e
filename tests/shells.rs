//! Completions and manual pages against the help they are made from: every command, flag and value is in each of them, and
//! bash really offers them.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its shell fails")]
#![expect(clippy::print_stderr, reason = "a test that shows nothing here says so")]

use std::collections::BTreeSet;
use std::fs;
use std::process::Command as Plain;

use assert_cmd::Command;
use thoatngheo::commands::help;
use thoatngheo::report::wording::Lang;

const BINARY: &str = env!("CARGO_BIN_EXE_thoatngheo");

/// A command as a user can call it.
struct Known {
    name: String,
    flags: BTreeSet<String>,
    /// The words that a flag takes, where they are told.
    values: Vec<(String, Vec<String>)>,
}

/// The commands that are shown, with their flags that are shown.
fn commands() -> Vec<Known> {
    let mut program = help::command(Lang::En);
    program.build();
    let known = |command: &clap::Command| {
        let shown = || command.get_arguments().filter(|arg| !arg.is_hide_set());
        let flags = shown().filter_map(|arg| arg.get_long().map(|long| format!("--{long}"))).collect();
        let words = |arg: &clap::Arg| {
            let long = arg.get_long().filter(|_| arg.get_action().takes_values())?;
            let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            (!values.is_empty()).then(|| (format!("--{long}"), values))
        };
        Known { name: command.get_name().to_owned(), flags, values: shown().filter_map(words).collect() }
    };
    let shown = program.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help");
    let known: Vec<Known> = shown.map(known).collect();
    assert!(known.len() >= 16 && known.iter().all(|command| command.flags.len() >= 2));
    known
}

fn output(args: &[&str]) -> String {
    let run = Command::new(BINARY).args(args).env("LC_ALL", "C").assert().code(0);
    String::from_utf8(run.get_output().stdout.clone()).unwrap()
}

#[test]
fn every_command_flag_and_value_stands_in_the_script_of_each_shell() {
    for (shell, dashes) in [("bash", "--"), ("zsh", "--"), ("fish", "-l "), ("powershell", "--"), ("elvish", "--")] {
        let script = output(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(&command.name), "{shell} lacks {}", command.name);
            for flag in &command.flags {
                assert!(script.contains(&flag.replacen("--", dashes, 1)), "{shell} lacks {} {flag}", command.name);
            }
            // The scripts of PowerShell and elvish complete names only.
            let words = command.values.iter().filter(|_| !matches!(shell, "powershell" | "elvish"));
            for (flag, values) in words {
                let missing: Vec<&String> = values.iter().filter(|value| !script.contains(value.as_str())).collect();
                assert!(missing.is_empty(), "{shell} lacks {} {flag} {missing:?}", command.name);
            }
        }
    }
}

/// What bash offers when the words stand on the line and the last of them is being written.
fn offered_by_bash(script: &str, lines: &[Vec<String>]) -> Option<Vec<BTreeSet<String>>> {
    let mut driver = format!("{script}\n");
    for words in lines {
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let (last, before) = (words.len() - 1, quoted.iter().rev().nth(1).unwrap());
        let current = quoted.last().unwrap();
        driver.push_str(&format!(
            "COMP_WORDS=({}); COMP_CWORD={last}; COMPREPLY=(); _thoatngheo thoatngheo {current} {before}; echo \"${{COMPREPLY[*]}}\"\n",
            quoted.join(" ")
        ));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("driver.bash");
    fs::write(&file, driver).unwrap();
    let run = Plain::new("bash").arg("--norc").arg(&file).current_dir(folder.path()).output().ok()?;
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect();
    Some(String::from_utf8(run.stdout).unwrap().lines().map(words).collect())
}

#[test]
fn bash_offers_every_command_every_flag_and_every_value() {
    let script = output(&["completions", "bash"]);
    let line = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let commands = commands();
    let mut lines = vec![line(&["thoatngheo", ""])];
    let mut expected = vec![commands.iter().map(|command| command.name.clone()).collect::<BTreeSet<String>>()];
    for command in &commands {
        lines.push(line(&["thoatngheo", &command.name, "--"]));
        expected.push(command.flags.clone());
        for (flag, values) in &command.values {
            lines.push(line(&["thoatngheo", &command.name, flag, ""]));
            expected.push(values.iter().cloned().collect());
        }
    }
    let Some(offered) = offered_by_bash(&script, &lines) else {
        eprintln!("SKIPPED: there is no bash here");
        return;
    };
    assert_eq!(offered.len(), lines.len());
    for ((line, expected), offered) in lines.iter().zip(&expected).zip(&offered) {
        let missing: Vec<&String> = expected.difference(offered).collect();
        assert!(missing.is_empty(), "{line:?}: {missing:?} is not among {offered:?}");
    }
}

#[test]
fn bash_offers_what_begins_like_the_word_that_is_being_written() {
    let script = output(&["completions", "bash"]);
    let line = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let Some(offered) = offered_by_bash(&script, &[line(&["thoatngheo", "rat"]), line(&["thoatngheo", "rates", "--require"])])
    else {
        eprintln!("SKIPPED: there is no bash here");
        return;
    };
    assert_eq!(offered, [BTreeSet::from(["rates".to_owned()]), BTreeSet::from(["--require-goals".to_owned()])]);
}

#[test]
fn the_manual_has_a_page_for_each_command_with_each_flag_and_value() {
    let folder = tempfile::tempdir().unwrap();
    Command::new(BINARY).args(["man", "-o", "man1"]).current_dir(folder.path()).assert().code(0);
    let page = |name: &str| {
        let text = fs::read_to_string(folder.path().join("man1").join(name)).unwrap();
        // In a manual page a hyphen that is meant as one is written with a backslash.
        text.replace("\\-", "-")
    };
    let top = page("thoatngheo.1");
    for command in commands() {
        assert!(top.contains(&format!("thoatngheo-{}(1)", command.name)), "the first page does not name {}", command.name);
        let text = page(&format!("thoatngheo-{}.1", command.name));
        for flag in &command.flags {
            assert!(text.contains(flag.as_str()), "the page of {} lacks {flag}", command.name);
        }
        for (flag, values) in &command.values {
            let missing: Vec<&String> = values.iter().filter(|value| !text.contains(value.as_str())).collect();
            assert!(missing.is_empty(), "the page of {} lacks {flag} {missing:?}", command.name);
        }
    }
}

#[test]
fn the_manual_of_each_language_names_the_same_flags() {
    let mut english = help::command(Lang::En);
    let mut vietnamese = help::command(Lang::Vi);
    english.build();
    vietnamese.build();
    let flags = |command: &clap::Command| -> BTreeSet<String> {
        let all = command.get_arguments().filter(|arg| !arg.is_hide_set());
        all.map(|arg| arg.get_id().as_str().to_owned()).collect()
    };
    for command in english.get_subcommands().filter(|command| command.get_name() != "help") {
        let other = vietnamese.find_subcommand(command.get_name()).unwrap();
        assert_eq!(flags(command), flags(other), "{}", command.get_name());
    }
}
