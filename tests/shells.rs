//! Completions and manual pages against the help they are made from: every command, flag and value is in each of them, and
//! bash really offers them.

#![expect(clippy::unwrap_used, reason = "a test that cannot run its shell fails")]
#![expect(clippy::print_stderr, reason = "a test that shows nothing here says so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
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
fn offered_by_bash(script: &str, lines: &[Vec<String>], folder: &Path) -> Option<Vec<BTreeSet<String>>> {
    // The function that bash would call is the one that the script has registered.
    let mut driver = format!("{script}\nOURS=$(complete -p thoatngheo | sed 's/.*-F \\([^ ]*\\).*/\\1/')\n");
    for words in lines {
        let mut quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        // The script asks the program by the name under which it is called.
        quoted[0] = format!("'{BINARY}'");
        let (last, before) = (words.len() - 1, quoted.iter().rev().nth(1).unwrap());
        let current = quoted.last().unwrap();
        driver.push_str(&format!(
            "COMP_WORDS=({}); COMP_CWORD={last}; COMPREPLY=(); $OURS '{BINARY}' {current} {before}; (IFS='|'; echo \"${{COMPREPLY[*]}}\")\n",
            quoted.join(" ")
        ));
    }
    let apart = tempfile::tempdir().unwrap();
    let file = apart.path().join("driver.bash");
    fs::write(&file, driver).unwrap();
    let run = Plain::new("bash").arg("--norc").arg(&file).current_dir(folder).output().ok()?;
    assert!(run.status.success() && run.stderr.is_empty(), "{}", String::from_utf8_lossy(&run.stderr));
    let words = |line: &str| line.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect();
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
    let folder = tempfile::tempdir().unwrap();
    let Some(offered) = offered_by_bash(&script, &lines, folder.path()) else {
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
    let folder = tempfile::tempdir().unwrap();
    let lines = [line(&["thoatngheo", "rat"]), line(&["thoatngheo", "rates", "--require"])];
    let Some(offered) = offered_by_bash(&script, &lines, folder.path()) else {
        eprintln!("SKIPPED: there is no bash here");
        return;
    };
    assert_eq!(offered, [BTreeSet::from(["rates".to_owned()]), BTreeSet::from(["--require-goals".to_owned()])]);
}

/// A folder as an analyst has one: workbooks of some kinds among other files, and a programme file half written.
fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("ho dan")).unwrap();
    for name in ["Xã Đắk Nuê (bản cuối).XLSX", "xa.csv", "cu.xls", "ghi-chu.pdf", "manifest.json"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    fs::write(folder.path().join("thoatngheo.toml"), "[years.2022]\n[years.2023]\nhouseholds = \"ho dan\"\n[goal").unwrap();
    fs::write(folder.path().join("khac.toml"), "[years.2031]\n").unwrap();
    folder
}

/// What is offered after a line, told for every shell in the same way.
const OFFERS: [(&str, &[&str]); 12] = [
    ("rates --year ", &["2022", "2023"]),
    ("rates --quiet --units ", &["2022", "2023"]),
    ("changes --from-year 2022 --to-year ", &["2022", "2023"]),
    ("quotas --to-goal ", &["2022", "2023"]),
    ("report --programme khac.toml --year ", &["2031"]),
    ("rates --households ", &["Xã Đắk Nuê (bản cuối).XLSX", "cu.xls", "ho dan", "xa.csv"]),
    ("check --columns ", &["Xã Đắk Nuê (bản cuối).XLSX", "cu.xls", "ho dan", "xa.csv"]),
    ("ingest --as csv ", &["Xã Đắk Nuê (bản cuối).XLSX", "cu.xls", "ho dan", "xa.csv"]),
    ("assign --previous ", &["Xã Đắk Nuê (bản cuối).XLSX", "cu.xls", "ho dan", "manifest.json", "xa.csv"]),
    ("members --programme ", &["ho dan", "khac.toml", "thoatngheo.toml"]),
    ("verify ", &["ho dan", "manifest.json"]),
    ("report -o ", &["ho dan"]),
];

#[test]
fn bash_offers_the_years_of_the_programme_file_and_the_files_of_a_kind() {
    let script = output(&["completions", "bash"]);
    let split = |line: &str| format!("thoatngheo {line}").split(' ').map(str::to_owned).collect::<Vec<String>>();
    let mut lines: Vec<Vec<String>> = OFFERS.iter().map(|(line, _)| split(line)).collect();
    let mut expected: Vec<&[&str]> = OFFERS.iter().map(|(_, words)| *words).collect();
    // Several lists after one flag, a flag and its value in one word, a word begun, and a flag after a list.
    lines.push(split("rates --households xa.csv "));
    expected.push(&["Xã Đắk Nuê (bản cuối).XLSX", "cu.xls", "ho dan", "xa.csv"]);
    lines.push(split("rates --year = 2"));
    expected.push(&["2022", "2023"]);
    lines.push(split("rates --year 2023"));
    expected.push(&["2023"]);
    lines.push(split("rates --households xa.csv --require"));
    expected.push(&["--require-goals"]);
    let folder = office();
    let Some(offered) = offered_by_bash(&script, &lines, folder.path()) else {
        eprintln!("SKIPPED: there is no bash here");
        return;
    };
    for ((line, expected), offered) in lines.iter().zip(expected).zip(&offered) {
        let expected: BTreeSet<String> = expected.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(offered, &expected, "{line:?}");
    }
}

#[test]
fn fish_offers_the_years_of_the_programme_file_and_the_files_of_a_kind() {
    let script = output(&["completions", "fish"]);
    let apart = tempfile::tempdir().unwrap();
    fs::write(apart.path().join("script.fish"), script).unwrap();
    let folder = office();
    let path = format!("{}:{}", Path::new(BINARY).parent().unwrap().display(), std::env::var("PATH").unwrap());
    for (line, expected) in OFFERS {
        let asked = format!("source {}; complete -C 'thoatngheo {line}'", apart.path().join("script.fish").display());
        let mut fish = Plain::new("fish");
        let Ok(run) =
            fish.args(["-N", "-c", &asked]).env("PATH", &path).env("LC_ALL", "C.UTF-8").current_dir(folder.path()).output()
        else {
            eprintln!("SKIPPED: there is no fish here");
            return;
        };
        let text = String::from_utf8(run.stdout).unwrap();
        let word = |line: &str| line.split('\t').next().unwrap_or_default().trim_end_matches('/').to_owned();
        let offered: BTreeSet<String> = text.lines().map(word).collect();
        assert_eq!(offered, expected.iter().map(|word| (*word).to_owned()).collect(), "{line:?}");
    }
}

#[test]
fn each_script_asks_for_years_and_files_wherever_a_flag_takes_them() {
    let program = help::command(Lang::En);
    let takes = |name: &str| {
        let args = program.get_subcommands().flat_map(clap::Command::get_arguments).filter(|arg| !arg.is_hide_set());
        args.filter(|arg| arg.get_value_names().is_some_and(|names| names[0].as_str().starts_with(name))).count()
    };
    let (years, paths) = (takes("YEAR"), takes("PATH"));
    assert!(years > 15 && paths > 80, "{years} {paths}");
    let zsh = output(&["completions", "zsh"]);
    assert_eq!(zsh.matches(":_thoatngheo_years'").count(), years);
    assert_eq!(zsh.matches(":_thoatngheo_workbooks'").count() + zsh.matches(":_thoatngheo_pairs'").count(), paths);
    let fish = output(&["completions", "fish"]);
    assert_eq!(fish.matches("\"(__thoatngheo_years)\"").count(), years);
    let powershell = output(&["completions", "powershell"]);
    assert!(powershell.contains("'*:--year', '*:--units'") && !powershell.contains('@'.to_string().repeat(2).as_str()));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = output(&["completions", shell, "--lang", "vi"]);
        assert!(!script.contains("for the scripts") && !script.contains("@YEARS@"), "{shell} shows what is hidden");
    }
}

#[test]
fn years_are_told_from_a_file_that_is_being_written_and_none_where_there_is_no_file() {
    let folder = office();
    let run = |args: &[&str]| {
        let done = Command::new(BINARY).arg("completions").args(args).current_dir(folder.path()).assert().code(0);
        assert!(done.get_output().stderr.is_empty());
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    };
    assert_eq!(run(&["--years"]), "2022\n2023\n");
    assert_eq!(run(&["--years", "--programme", "khac.toml"]), "2031\n");
    assert_eq!(run(&["--years", "--programme", "khong-co.toml"]), "");
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
