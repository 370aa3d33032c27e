//! `man`: the manual, as one page on standard output or as all pages in a folder.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use clap_mangen::Man;

use super::Outcome;
use super::help::NAME;
use super::options::LangArg;
use super::output::{Sink, write_file};
use super::refused::Refused;
use super::world::World;

/// `man`.
#[derive(Debug, Args)]
#[command(before_help = "Example:\n  thoatngheo man rates > thoatngheo-rates.1\n  thoatngheo man -o man1/")]
pub struct ManArgs {
    /// The command whose page is printed; without one, the page of the program.
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write all pages into this folder instead.
    #[arg(short, long, value_name = "DIR", conflicts_with = "command")]
    pub output: Option<PathBuf>,
    /// Language of the manual.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
}

/// Runs the command.
///
/// # Errors
/// When there is no such command, or the pages cannot be written.
pub fn run(args: &ManArgs, world: &mut World<'_>) -> Result<Outcome> {
    // Errors are told in the language of the flag.
    let _ = world.language(args.lang, None);
    let mut program = super::help::command(super::help::language(args.lang, world.locale.as_deref()));
    program.build();
    let pages = |wanted: Option<&str>| -> Result<Vec<(String, Vec<u8>)>> {
        let top = (NAME.to_owned(), program.clone());
        let of_command = |command: &clap::Command| {
            // Building the program has given each command the name of its page.
            (format!("{NAME}-{}", command.get_name()), command.clone())
        };
        let all = std::iter::once(top).chain(program.get_subcommands().map(of_command));
        let page = |(name, command): (String, clap::Command)| {
            let mut bytes = Vec::new();
            Man::new(command).render(&mut bytes).map_err(|error| Refused::new("no_man").because(error))?;
            Ok((name, bytes))
        };
        all.filter(|(name, _)| wanted.is_none_or(|wanted| wanted == name)).map(page).collect()
    };
    if let Some(folder) = &args.output {
        for (name, bytes) in pages(None)? {
            write_file(&folder.join(format!("{name}.1")), &bytes, &[])?;
        }
        world.say(&folder.display().to_string());
        return Ok(Outcome::Done);
    }
    let wanted = args.command.as_ref().map_or_else(|| NAME.to_owned(), |command| format!("{NAME}-{command}"));
    let Some((_, bytes)) = pages(Some(&wanted))?.pop() else {
        let name = args.command.as_deref().unwrap_or_default();
        let known = program.get_subcommands().map(clap::Command::get_name);
        let nearest = known.max_by(|a, b| strsim::jaro(a, name).total_cmp(&strsim::jaro(b, name))).unwrap_or(NAME);
        bail!(Refused::new("no_command").with("name", name).with("nearest", nearest).with("program", NAME));
    };
    Sink { out: &mut *world.out, err: &mut *world.err }.write(&bytes, None, &[])?;
    Ok(Outcome::Done)
}
