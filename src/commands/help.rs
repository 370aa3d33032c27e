//! The command line in the language of the user. English stands beside the flags in `options`; Vietnamese stands in
//! `help.toml`, which a person who reads no Rust can correct, and is laid over it before anything is parsed.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command, CommandFactory};

use super::options::{Cli, LangArg};
use crate::report::wording::Lang;

/// The name of the program.
pub const NAME: &str = "thoatngheo";

/// The Vietnamese help.
const FILE: &str = include_str!("help.toml");

/// The form of help with Vietnamese words in it.
const TEMPLATE: &str = "{before-help}{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// The language of help: the flag, then a Vietnamese locale, then English.
#[must_use]
pub fn language(flag: Option<LangArg>, locale: Option<&str>) -> Lang {
    match flag {
        Some(LangArg::Vi) => Lang::Vi,
        Some(LangArg::En) => Lang::En,
        None if locale.is_some_and(|locale| locale.to_ascii_lowercase().starts_with("vi")) => Lang::Vi,
        None => Lang::En,
    }
}

/// The language that a command line asks for, before it is parsed: `--lang vi` or `--lang=vi`.
#[must_use]
pub fn asked(args: &[String]) -> Option<LangArg> {
    let word = |text: &str| match text {
        "vi" => Some(LangArg::Vi),
        "en" => Some(LangArg::En),
        _ => None,
    };
    let joined = args.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let parted = || args.windows(2).find(|two| two[0] == "--lang").map(|two| two[1].as_str());
    joined.or_else(parted).and_then(word)
}

/// The command line with a language that stands before the command put behind it, where commands take it; the language
/// alone asks for nothing, as the program without a word does.
#[must_use]
pub fn with_language_last(mut args: Vec<OsString>, program: &Command) -> Vec<OsString> {
    let words: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let length = match words.first().map(String::as_str) {
        Some("--lang") => 2,
        Some(joined) if joined.starts_with("--lang=") => 1,
        Some(_) | None => return args,
    };
    if words.get(..length).and_then(asked).is_none() {
        return args;
    }
    let takes = |sub: &Command| sub.get_arguments().any(|arg| arg.get_long() == Some("lang"));
    let named = words.get(length).and_then(|name| program.find_subcommand(name));
    if named.is_some_and(takes) {
        args.get_mut(..=length).unwrap_or_default().rotate_left(length);
    } else {
        args.drain(..length);
    }
    args
}

/// The whole command line with its help in a language.
#[must_use]
pub fn command(lang: Lang) -> Command {
    match lang {
        Lang::Vi => words().map_or_else(Cli::command, |words| in_vietnamese(Cli::command(), NAME, &words)),
        Lang::En => Cli::command(),
    }
}

/// The words of the file. A test reads it; if it were broken, English would be shown.
pub(super) fn words() -> Option<toml::Table> {
    FILE.parse().ok()
}

/// A text of the file.
fn text<'a>(words: &'a toml::Table, section: &str, key: &str) -> Option<&'a str> {
    words.get(section)?.get(key)?.as_str()
}

fn in_vietnamese(command: Command, name: &str, words: &toml::Table) -> Command {
    let about = text(words, "about", name).map(str::to_owned);
    let example = text(words, "example", name).map(str::to_owned);
    let example = example.or_else(|| command.get_before_help().map(|help| help.to_string().replacen("Example:", "Ví dụ:", 1)));
    let after = text(words, "after", name).map(str::to_owned);
    let after = after.or_else(|| command.get_after_help().map(ToString::to_string));
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Lệnh")
        .subcommand_value_name("LỆNH")
        .disable_help_flag(true)
        .mut_args(|arg| explained(arg, name, words))
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("In phần trợ giúp này").help_heading("Khác"));
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    command = command.disable_version_flag(true).arg(version.help("In số phiên bản").help_heading("Khác"));
    if let Some(about) = about {
        command = command.about(about.clone()).long_about(about);
    }
    if let Some(example) = example {
        command = command.before_help(example);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    // clap has these two words of a usage in English only.
    let whole = if name == NAME { name.to_owned() } else { format!("{NAME} {name}") };
    let usage = command.clone().bin_name(whole).version(env!("CARGO_PKG_VERSION")).render_usage().to_string();
    let usage = usage.replacen("Usage: ", "", 1).replace("[OPTIONS]", "[TÙY CHỌN]");
    command = command.override_usage(usage);
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(name.clone(), |sub| in_vietnamese(sub, &name, words));
    }
    command
}

/// What stands for the value of an argument, in English: the name that it was given, or its own.
fn value_name(arg: &Arg) -> String {
    let given = arg.get_value_names().and_then(|names| names.first());
    given.map_or_else(|| arg.get_id().as_str().to_uppercase(), ToString::to_string)
}

/// The help of an argument: the command's own words, else those that all commands share.
fn explained(arg: Arg, command: &str, words: &toml::Table) -> Arg {
    let arg = match text(words, "value_name", &value_name(&arg)) {
        Some(name) if arg.get_action().takes_values() => arg.value_name(name.to_owned()),
        _ => arg,
    };
    let heading = match arg.get_help_heading() {
        Some("Inputs") => "Đầu vào",
        Some("Output") => "Đầu ra",
        Some(_) | None if arg.is_positional() => "Tham số",
        Some(_) | None => "Tùy chọn",
    };
    let id = arg.get_id().as_str().to_owned();
    let own = words.get(command).and_then(|section| section.get(&id)).and_then(toml::Value::as_str);
    let Some(help) = own.or_else(|| text(words, "args", &id)) else { return arg.help_heading(heading) };
    let mut help = help.to_owned();
    // clap writes "possible values" and "default" in English only, so they are told here.
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let takes_value = arg.get_action().takes_values();
    if takes_value && !values.is_empty() {
        help = format!("{help} [giá trị: {}]", values.join(", "));
    }
    let defaults: Vec<&str> = arg.get_default_values().iter().filter_map(|value| value.to_str()).collect();
    if takes_value && !defaults.is_empty() {
        help = format!("{help} [mặc định: {}]", defaults.join(", "));
    }
    arg.help(help.clone()).long_help(help).help_heading(heading).hide_possible_values(takes_value).hide_default_value(takes_value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_help_is_the_flags_then_the_locales_then_english() {
        let asked = |line: &str| asked(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(asked("rates --lang vi --help"), Some(LangArg::Vi));
        assert_eq!(asked("--lang=en rates"), Some(LangArg::En));
        assert_eq!(asked("rates --lang"), None);
        assert_eq!(language(Some(LangArg::En), Some("vi_VN.UTF-8")), Lang::En);
        assert_eq!(language(None, Some("vi_VN.UTF-8")), Lang::Vi);
        assert_eq!(language(None, Some("C.UTF-8")), Lang::En);
    }

    #[test]
    fn a_language_before_the_command_is_as_good_as_one_behind_it() {
        let words = |line: &str| line.split_whitespace().map(OsString::from).collect::<Vec<_>>();
        for (line, meant) in [
            ("--lang vi", ""),
            ("--lang=vi --help", "--help"),
            ("--lang vi rates --year 2023", "rates --lang vi --year 2023"),
            ("--lang=en check a.csv", "check --lang=en a.csv"),
            ("--lang vi ratse", "ratse"),
            ("--lang xx", "--lang xx"),
            ("--lang", "--lang"),
            ("rates --lang vi", "rates --lang vi"),
        ] {
            assert_eq!(with_language_last(words(line), &command(Lang::Vi)), words(meant), "{line}");
        }
    }

    #[test]
    fn every_command_and_visible_argument_has_help_in_vietnamese() {
        let words: toml::Table = FILE.parse().unwrap();
        let program = Cli::command();
        for command in program.get_subcommands() {
            let name = command.get_name();
            assert!(text(&words, "about", name).is_some(), "help.toml lacks about.{name}");
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                let id = arg.get_id().as_str();
                let own = words.get(name).and_then(|section| section.get(id));
                assert!(own.is_some() || text(&words, "args", id).is_some(), "help.toml lacks args.{id} of {name}");
            }
        }
    }

    #[test]
    fn what_stands_for_a_value_is_vietnamese_too() {
        let words: toml::Table = FILE.parse().unwrap();
        let program = Cli::command();
        let arguments = program.get_subcommands().flat_map(Command::get_arguments);
        let taking = arguments.filter(|arg| !arg.is_hide_set() && arg.get_action().takes_values());
        let missing: std::collections::BTreeSet<String> =
            taking.map(value_name).filter(|name| text(&words, "value_name", name).is_none()).collect();
        assert!(missing.is_empty(), "help.toml lacks value_name for {missing:?}");
        let mut program = command(Lang::Vi);
        program.build();
        for sub in program.get_subcommands_mut().filter(|sub| sub.get_name() != "help") {
            let help = sub.render_long_help().to_string();
            for english in ["[OPTIONS]", "<FILE>", "<PATH>", "<YEAR>", "Usage"] {
                assert!(!help.contains(english), "{english} in the help of {}: {help}", sub.get_name());
            }
        }
    }

    #[test]
    fn every_command_has_an_example_in_both_languages() {
        for (lang, word) in [(Lang::Vi, "Ví dụ:"), (Lang::En, "Example:")] {
            for sub in command(lang).get_subcommands() {
                let help = sub.get_before_help().map(ToString::to_string).unwrap_or_default();
                let example = format!("  {NAME} {}", sub.get_name());
                assert!(help.starts_with(word) && help.contains(&example), "{lang:?} {}: {help}", sub.get_name());
            }
        }
    }

    #[test]
    fn both_command_lines_are_sound() {
        command(Lang::Vi).debug_assert();
        command(Lang::En).debug_assert();
    }
}
