//! The values that a shell offers, put into the scripts that clap writes: years, workbooks, folders, programme files.
//!
//! A value is known by the name that the help gives it (`YEAR`, `PATH`, `DIR` …), so that a new flag is completed like the
//! others of its kind. Scripts of elvish stay as clap writes them.

use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;

use crate::commands::options::Cli;

/// The endings of the workbooks that are read.
const WORKBOOKS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt"];

/// The endings of a list of pairs: `assign` writes it as JSON and as a web page too.
const PAIRS: [&str; 10] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv", "txt", "json", "html"];

/// The parts that are not clap's, with places for the flags and endings.
const BASH: &str = include_str!("offers.bash");
const ZSH: &str = include_str!("offers.zsh");
const FISH: &str = include_str!("offers.fish");
const POWERSHELL: &str = include_str!("offers.ps1");

/// What can be offered for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Offer {
    /// A year of the programme file.
    Years,
    /// A workbook, or a folder of them.
    Workbooks,
    /// Last year's pairs.
    Pairs,
    /// A programme file.
    Programme,
    /// A manifest.
    Manifest,
    /// A folder.
    Folders,
}

impl Offer {
    const ALL: [Self; 6] = [Self::Years, Self::Workbooks, Self::Pairs, Self::Programme, Self::Manifest, Self::Folders];

    fn of(arg: &Arg) -> Option<Self> {
        let name = arg.get_value_names()?.first()?.as_str();
        match (name, arg.get_id().as_str()) {
            ("YEAR" | "YEAR|DATE", _) => Some(Self::Years),
            ("PATH", "previous") => Some(Self::Pairs),
            ("PATH", _) => Some(Self::Workbooks),
            ("FILE", "programme") => Some(Self::Programme),
            ("MANIFEST", _) => Some(Self::Manifest),
            ("DIR", _) => Some(Self::Folders),
            _ => None,
        }
    }

    /// The place in the scripts where its flags stand.
    fn mark(self) -> &'static str {
        match self {
            Self::Years => "@YEARS@",
            Self::Workbooks => "@WORKBOOKS@",
            Self::Pairs => "@PAIRS@",
            Self::Programme => "@PROGRAMME@",
            Self::Manifest => "@MANIFEST@",
            Self::Folders => "@FOLDERS@",
        }
    }

    /// What zsh calls to offer it.
    fn in_zsh(self) -> &'static str {
        match self {
            Self::Years => "_thoatngheo_years",
            Self::Workbooks => "_thoatngheo_workbooks",
            Self::Pairs => "_thoatngheo_pairs",
            Self::Programme => "_files -g \"*.toml(-.)\"",
            Self::Manifest => "_files -g \"*.json(-.)\"",
            Self::Folders => "_files -/",
        }
    }

    /// What fish calls to offer it.
    fn in_fish(self) -> String {
        match self {
            Self::Years => "__thoatngheo_years".to_owned(),
            Self::Workbooks => format!("__thoatngheo_files {}", WORKBOOKS.join(" ")),
            Self::Pairs => format!("__thoatngheo_files {}", PAIRS.join(" ")),
            Self::Programme => "__thoatngheo_files toml".to_owned(),
            Self::Manifest => "__thoatngheo_files json".to_owned(),
            Self::Folders => "__thoatngheo_files".to_owned(),
        }
    }
}

/// An argument under the words by which a script knows it.
struct Known {
    command: String,
    /// `--year`, `-o`; empty where the value has no flag.
    flag: String,
    offer: Option<Offer>,
    takes_values: bool,
    takes_many: bool,
}

/// Every argument of every command; one with two flags stands there twice.
fn arguments() -> Vec<Known> {
    let mut program = Cli::command();
    program.build();
    let mut known = Vec::new();
    for command in program.get_subcommands() {
        for arg in command.get_arguments() {
            let long = arg.get_long().map(|long| format!("--{long}"));
            let short = arg.get_short().map(|short| format!("-{short}"));
            let mut flags: Vec<String> = long.into_iter().chain(short).collect();
            if arg.is_positional() {
                flags.push(String::new());
            }
            let takes_many = arg.get_num_args().is_some_and(|range| range.max_values() > 1);
            let takes_values = arg.get_action().takes_values();
            known.extend(flags.into_iter().map(|flag| {
                let command = command.get_name().to_owned();
                Known { command, flag, offer: Offer::of(arg), takes_values, takes_many }
            }));
        }
    }
    known
}

/// The patterns `command:flag` of the arguments that are wanted; a flag that is wanted in every command that has it stands
/// there once, as `*:flag`.
fn patterns(known: &[Known], wanted: impl Fn(&Known) -> bool) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for one in known.iter().filter(|one| wanted(one)) {
        let everywhere = !one.flag.is_empty() && known.iter().filter(|other| other.flag == one.flag).all(&wanted);
        let pattern = format!("{}:{}", if everywhere { "*" } else { &one.command }, one.flag);
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}

/// A text whose places are filled in the way of a shell.
fn filled(text: &str, patterns_as: impl Fn(&[String]) -> String, endings_as: impl Fn(&[&str]) -> String) -> String {
    let known = arguments();
    let mut text = text.to_owned();
    for offer in Offer::ALL {
        text = text.replace(offer.mark(), &patterns_as(&patterns(&known, |one| one.offer == Some(offer))));
    }
    text = text.replace("@SWITCHES@", &patterns_as(&patterns(&known, |one| !one.takes_values)));
    text = text.replace("@MANY@", &patterns_as(&patterns(&known, |one| one.takes_many)));
    text = text.replace("@WORKBOOK-ENDINGS@", &endings_as(&WORKBOOKS));
    text.replace("@PAIR-ENDINGS@", &endings_as(&PAIRS))
}

/// The script of clap with what is offered for values.
pub(super) fn with_values(shell: Shell, script: &str) -> String {
    let script = without_hidden(script);
    match shell {
        Shell::Bash => in_bash(&script),
        Shell::Zsh => in_zsh(&script),
        Shell::Fish => in_fish(&script),
        Shell::PowerShell => in_powershell(&script),
        Shell::Elvish | _ => script,
    }
}

/// clap tells shells of the flags too that no help shows.
fn without_hidden(script: &str) -> String {
    let program = Cli::command();
    let hidden: Vec<&Arg> = program.get_subcommands().flat_map(Command::get_arguments).filter(|arg| arg.is_hide_set()).collect();
    let helps: Vec<String> = hidden.iter().filter_map(|arg| arg.get_help()).map(ToString::to_string).collect();
    let flags: String = hidden.iter().filter_map(|arg| arg.get_long()).map(|long| format!(" --{long}")).collect();
    let lines = script.lines().filter(|line| !helps.iter().any(|help| line.contains(help.as_str())));
    // Bash has all flags of a command on one line.
    lines.map(|line| format!("{}\n", line.replace(&format!("{flags} "), " "))).collect()
}

/// Bash calls one function; ours looks for values and calls clap's for all else.
fn in_bash(script: &str) -> String {
    // Bash of macOS cannot compare without regard to case, so each letter stands in both.
    let both = |letter: char| format!("[{letter}{}]", letter.to_ascii_uppercase());
    let glob = |ending: &&str| format!("*.{}", ending.chars().map(both).collect::<String>());
    let endings = |endings: &[&str]| endings.iter().map(glob).collect::<Vec<_>>().join("|");
    let ours = filled(BASH, |patterns| patterns.join("|"), endings);
    let (functions, registration) = script.rsplit_once("\nif [[").unwrap_or((script, ""));
    let registration = registration.replace("complete -F _thoatngheo ", "complete -F _thoatngheo_offers ");
    format!("{functions}\n{ours}\nif [[{registration}")
}

/// Each argument stands on a line of its own, with the name of its value at the end.
fn in_zsh(script: &str) -> String {
    let line = |line: &str| -> String {
        let Some(before) = line.strip_suffix("_files' \\").or_else(|| line.strip_suffix("_default' \\")) else {
            return line.to_owned();
        };
        let offer = if before.ends_with(":YEAR:") || before.ends_with(":YEAR|DATE:") {
            Offer::Years
        } else if before.starts_with("'*--previous=") {
            Offer::Pairs
        } else if before.ends_with(":PATH:") || before.starts_with("'*::paths ") {
            Offer::Workbooks
        } else if before.starts_with("'--programme=") {
            Offer::Programme
        } else if before.starts_with("':manifest ") {
            Offer::Manifest
        } else if before.ends_with(":DIR:") || before.starts_with("':folder ") {
            Offer::Folders
        } else {
            return line.to_owned();
        };
        format!("{before}{}' \\", offer.in_zsh())
    };
    let ours = filled(ZSH, |patterns| patterns.join(" "), |endings| endings.join("|"));
    let mut lines = script.lines();
    // The first line tells zsh whose script it is.
    let first = lines.next().unwrap_or_default();
    let rest: Vec<String> = lines.map(line).collect();
    format!("{first}\n{ours}\n{}\n", rest.join("\n"))
}

/// Each flag stands on a line of its own; values without a flag have none, and get one.
fn in_fish(script: &str) -> String {
    let known = arguments();
    let in_command = |one: &Known| format!("-n \"__fish_thoatngheo_using_subcommand {}\"", one.command);
    let line = |line: &str| -> String {
        let plain = line.strip_suffix(" -r -F").or_else(|| line.strip_suffix(" -r"));
        let its = |one: &&Known| {
            one.flag.strip_prefix("--").is_some_and(|long| line.contains(&format!(" -l {long} ")))
                && line.contains(&in_command(one))
        };
        match (plain, known.iter().find(its).and_then(|one| one.offer)) {
            (Some(plain), Some(offer)) => format!("{plain} -x -a \"({})\"", offer.in_fish()),
            _ => line.to_owned(),
        }
    };
    let flags: Vec<String> = script.lines().map(line).collect();
    let values = known.iter().filter(|one| one.flag.is_empty()).filter_map(|one| {
        let offer = one.offer?;
        Some(format!("complete -c thoatngheo {} -f -a \"({})\"", in_command(one), offer.in_fish()))
    });
    format!("{FISH}\n{}\n{}\n", flags.join("\n"), values.collect::<Vec<_>>().join("\n"))
}

/// The values come before the names of flags are looked for.
fn in_powershell(script: &str) -> String {
    let quoted = |words: &[String]| words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ");
    let endings = |endings: &[&str]| endings.iter().map(|ending| format!("'.{ending}'")).collect::<Vec<_>>().join(", ");
    let ours = filled(POWERSHELL, |patterns| quoted(patterns), endings);
    let names = "    $completions = @(switch ($command) {";
    script.replacen(names, &format!("{ours}\n{names}"), 1)
}
