//! Parse, run, outcome to exit code.

use std::cell::Cell;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Command, FromArgMatches};
use thoatngheo::commands::options::Cli;
use thoatngheo::commands::world::World;
use thoatngheo::commands::{Outcome, run};
use thoatngheo::commands::{help, mistyped, refused};
use thoatngheo::ingest::workbook;
use thoatngheo::report::wording::{Lang, words};

/// The width that tables take where the terminal tells none, or none that can be: a serial line says that it has no columns.
const USUAL_WIDTH: u16 = 120;

fn parse(command: &mut Command, given: &[OsString]) -> Result<Cli, clap::Error> {
    command.try_get_matches_from_mut(given).and_then(|matches| Cli::from_arg_matches(&matches))
}

fn main() -> ExitCode {
    // A workbook that could hurt is read by a child process, which is this program again.
    if let Some(code) = workbook::serve_child(std::env::args_os()) {
        return code;
    }
    let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(env);
    let args: Vec<String> = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    let lang = help::language(help::asked(&args), locale.as_deref());
    // The flags are the same in each language: the words of the help are laid over them where somebody reads them.
    let mut command = help::command(Lang::En);
    let mut given = std::env::args_os();
    let name = given.next().unwrap_or_else(|| help::NAME.into());
    let given: Vec<_> = std::iter::once(name).chain(help::with_language_last(given.collect(), &command)).collect();
    let mut parsed = parse(&mut command, &given);
    if parsed.is_err() && lang == Lang::Vi {
        command = help::command(lang);
        parsed = parse(&mut command, &given);
    }
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let Some(said) =
                Some(lang).filter(|lang| *lang == Lang::Vi).and_then(|_| mistyped::in_vietnamese(&error, &command, &args))
            else {
                error.exit()
            };
            let _ = io::stderr().write_all(said.as_bytes());
            return ExitCode::from(2);
        }
    };
    let mut world = World {
        out: &mut io::BufWriter::new(io::stdout()),
        // Not locked: the threads that read draw the bar of progress there.
        err: &mut io::stderr(),
        width: comfy_table::Table::new().width().filter(|width| *width > 0).unwrap_or(USUAL_WIDTH),
        out_is_terminal: io::stdout().is_terminal(),
        shows_progress: io::stderr().is_terminal(),
        no_color: env("NO_COLOR").is_some(),
        locale,
        folder: std::env::current_dir().unwrap_or_default(),
        program: std::env::current_exe().ok(),
        chosen: Cell::new(help::asked(&args).map(|flag| help::language(Some(flag), None))),
    };
    match run(cli, &mut world) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NeedsPerson) => ExitCode::from(1),
        Ok(Outcome::NothingReadable) => ExitCode::from(2),
        Err(error) => {
            let why = refused::in_words(&error, words(world.spoken()));
            world.say(&format!("thoatngheo: {why}"));
            ExitCode::from(2)
        }
    }
}
