//! What is wrong with a command line, in Vietnamese: what was found, the nearest word, and where to look it up.
//!
//! English is clap's own. The sentences stand in `help.toml` under `[error]`, and what a flag's value looks like under
//! `[value]`.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use super::help::{NAME, words};

/// The error in Vietnamese; `None` for what is no error (help, version) and is printed as it is.
#[must_use]
#[expect(clippy::wildcard_enum_match_arm, reason = "the library may add kinds")]
pub fn in_vietnamese(error: &Error, program: &Command, given: &[String]) -> Option<String> {
    let said = Said { error, program, given, words: words()? };
    let sentence = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::DisplayVersion => return None,
        ErrorKind::InvalidValue if said.text(ContextKind::InvalidValue).is_some_and(str::is_empty) => said.say("no_value"),
        ErrorKind::InvalidValue => said.say("value"),
        ErrorKind::ValueValidation => said.say("unfit"),
        ErrorKind::UnknownArgument if said.text(ContextKind::InvalidArg).is_some_and(|arg| arg.starts_with('-')) => {
            said.say("flag")
        }
        ErrorKind::UnknownArgument => said.say("word"),
        ErrorKind::InvalidSubcommand => said.say("command"),
        ErrorKind::NoEquals => said.say("equals"),
        ErrorKind::TooManyValues => said.say("too_many"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => said.say("too_few"),
        ErrorKind::ArgumentConflict if said.text(ContextKind::InvalidArg) == said.text(ContextKind::PriorArg) => {
            said.say("twice")
        }
        ErrorKind::ArgumentConflict => said.say("conflict"),
        ErrorKind::MissingRequiredArgument => said.say("missing"),
        ErrorKind::MissingSubcommand => said.say("no_command"),
        ErrorKind::InvalidUtf8 => said.say("letters"),
        _ => said.say("other"),
    };
    let more = [said.expected(), said.nearest(), said.possible()].into_iter().flatten();
    let lines: Vec<String> = std::iter::once(sentence).chain(more).chain([said.next()]).collect();
    Some(format!("{NAME}: {}\n", lines.join("\n")))
}

/// An error of clap, the command line of the program and the one that was given, and our words.
struct Said<'a> {
    error: &'a Error,
    program: &'a Command,
    given: &'a [String],
    words: toml::Table,
}

impl Said<'_> {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the library may add kinds")]
    fn text(&self, kind: ContextKind) -> Option<&str> {
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(text),
            ContextValue::Strings(texts) => texts.first().map(String::as_str),
            _ => None,
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the library may add kinds")]
    fn list(&self, kind: ContextKind) -> Option<String> {
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(flag(text).to_owned()),
            ContextValue::Strings(texts) if !texts.is_empty() => {
                Some(texts.iter().map(|text| flag(text)).collect::<Vec<_>>().join(", "))
            }
            _ => None,
        }
    }

    /// A sentence of the file with its places filled by what clap found.
    fn say(&self, key: &str) -> String {
        let sentence = self.words.get("error").and_then(|section| section.get(key)).and_then(toml::Value::as_str).unwrap_or(key);
        let value = self.text(ContextKind::InvalidValue).or_else(|| self.text(ContextKind::InvalidSubcommand));
        let arg = self.list(ContextKind::InvalidArg).unwrap_or_default();
        let prior = self.list(ContextKind::PriorArg).unwrap_or_default();
        let filled = sentence.replace("{arg}", &arg).replace("{prior}", &prior);
        filled.replace("{value}", value.unwrap_or_default())
    }

    /// What a value of the flag looks like, where it is no word of a list.
    fn expected(&self) -> Option<String> {
        if !matches!(self.error.kind(), ErrorKind::ValueValidation | ErrorKind::TooFewValues) {
            return None;
        }
        // Shown as `--year <YEAR>`; values that are read all belong to flags.
        let long = self.text(ContextKind::InvalidArg)?.strip_prefix("--")?.split([' ', '=']).next()?;
        let commands = std::iter::once(self.program).chain(self.program.get_subcommands());
        let arg = commands.flat_map(Command::get_arguments).find(|arg| arg.get_long() == Some(long))?;
        Some(self.say("expected").replace("{form}", form(&self.words, arg)?))
    }

    /// The nearest known word.
    fn nearest(&self) -> Option<String> {
        let kinds = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
        let word = kinds.into_iter().find_map(|kind| self.text(kind))?;
        Some(self.say("nearest").replace("{word}", word))
    }

    /// The words that a flag takes, or the commands.
    fn possible(&self) -> Option<String> {
        if self.error.kind() == ErrorKind::MissingSubcommand || self.error.kind() == ErrorKind::InvalidSubcommand {
            let names: Vec<&str> = self.program.get_subcommands().map(Command::get_name).collect();
            return Some(self.say("commands").replace("{list}", &names.join(", ")));
        }
        Some(self.say("possible").replace("{list}", &self.list(ContextKind::ValidValue)?))
    }

    /// Where to look it up: the help of the command.
    fn next(&self) -> String {
        let known = |word: &&String| self.program.get_subcommands().any(|sub| sub.get_name() == word.as_str());
        let command = self.given.iter().find(known).map(|name| format!(" {name}")).unwrap_or_default();
        self.say("next").replace("{command}", &format!("{NAME}{command} --help --lang vi"))
    }
}

/// A flag without its value: `--year` of `--year <YEAR>`.
fn flag(text: &str) -> &str {
    if text.starts_with('-') { text.split([' ', '=']).next().unwrap_or(text) } else { text }
}

/// What a value of an argument looks like.
fn form<'a>(words: &'a toml::Table, arg: &Arg) -> Option<&'a str> {
    words.get("value")?.get(arg.get_id().as_str())?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::help;
    use crate::report::wording::Lang;

    fn said(line: &str) -> String {
        let mut command = help::command(Lang::Vi);
        let error = command.try_get_matches_from_mut(line.split(' ')).unwrap_err();
        let given: Vec<String> = line.split(' ').skip(1).map(str::to_owned).collect();
        in_vietnamese(&error, &command, &given).unwrap()
    }

    #[test]
    fn a_flag_that_is_not_known_comes_with_the_nearest_and_the_next_step() {
        let said = said("thoatngheo rates --househods a.xlsx");
        assert!(said.starts_with("thoatngheo: không có tùy chọn “--househods”"), "{said}");
        assert!(said.contains("Có phải là “--households”?"), "{said}");
        assert!(said.ends_with("thoatngheo rates --help --lang vi\n"), "{said}");
    }

    #[test]
    fn a_command_that_is_not_known_comes_with_the_nearest_and_all_of_them() {
        let said = said("thoatngheo rate");
        assert!(said.contains("không có lệnh “rate”") && said.contains("Có phải là “rates”?"), "{said}");
        assert!(said.contains("check, ingest, rates"), "{said}");
    }

    #[test]
    fn a_word_that_is_not_in_the_list_comes_with_the_nearest_and_the_list() {
        let said = said("thoatngheo rates --by comune");
        assert!(said.contains("“comune”") && said.contains("--by") && said.contains("Có phải là “commune”?"), "{said}");
        assert!(said.contains("district, commune, village"), "{said}");
        assert!(said.ends_with("thoatngheo rates --help --lang vi\n"), "{said}");
    }

    #[test]
    fn a_missing_value_a_wrong_one_and_flags_that_exclude_each_other_are_told_with_what_to_write() {
        assert!(said("thoatngheo rates --year").contains("--year cần có giá trị"));
        let wrong = said("thoatngheo rates --year hainghin");
        assert!(wrong.contains("“hainghin”") && wrong.contains("2023"), "{wrong}");
        let date = said("thoatngheo rates --as-of 31/12/2023");
        assert!(date.contains("“31/12/2023”") && date.contains("2023-12-31"), "{date}");
        let both = said("thoatngheo report --all-years --year 2023");
        assert!(both.contains("--all-years") && both.contains("--year") && both.contains("không dùng cùng"), "{both}");
        assert!(said("thoatngheo ingest a.xlsx").contains("--output"));
        assert!(said("thoatngheo rates --quiet --quiet").contains("nhiều lần"));
        assert!(said("thoatngheo report ho-dan").contains("thừa “ho-dan”"));
    }

    #[test]
    fn no_english_is_left_in_what_is_said() {
        let lines = [
            "rates --househods a",
            "rate",
            "rates --by x",
            "rates --year",
            "rates --year x",
            "rates --as-of x",
            "report --all-years --year 2023",
            "ingest a",
            "report a",
            "assign --cap x",
            "rates --quiet=1",
            "man a b",
        ];
        for line in lines {
            let said = said(&format!("thoatngheo {line}"));
            let words = said.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
            let english = [
                "error",
                "unexpected",
                "argument",
                "found",
                "value",
                "for",
                "usage",
                "tip",
                "the",
                "with",
                "cannot",
                "required",
                "invalid",
                "digit",
                "possible",
            ];
            let found: Vec<String> = words.filter(|word| english.contains(&word.as_str())).collect();
            assert!(found.is_empty(), "{found:?} in {said}");
        }
    }

    #[test]
    fn every_flag_whose_value_is_read_says_what_it_looks_like() {
        let words = words().unwrap();
        let free = [std::any::TypeId::of::<String>(), std::any::TypeId::of::<std::path::PathBuf>()];
        let mut read = 0;
        let program = help::command(Lang::Vi);
        for arg in program.get_subcommands().flat_map(Command::get_arguments) {
            let kind = arg.get_value_parser().type_id();
            if arg.get_action().takes_values() && arg.get_possible_values().is_empty() && !free.iter().any(|free| kind == *free) {
                read += 1;
                assert!(form(&words, arg).is_some(), "help.toml lacks value.{}", arg.get_id());
            }
        }
        assert!(read > 5, "the search finds them");
    }

    #[test]
    fn help_and_version_are_no_errors() {
        let mut command = help::command(Lang::Vi);
        let help = command.try_get_matches_from_mut(["thoatngheo", "rates", "--help"]).unwrap_err();
        assert!(in_vietnamese(&help, &command, &[]).is_none());
    }
}
