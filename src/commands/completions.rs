//! `completions`: what a shell needs to complete our commands, flags and values: words that are known, the years of the
//! programme file, workbooks where lists are asked for, folders where a folder is.
//!
//! clap writes the scripts; [`scripts`] puts the values in. Years change with the file, so a script asks this program for
//! them (`completions --years`, a flag that no help shows), which reads the file and nothing else.

mod scripts;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

use super::Outcome;
use super::help::NAME;
use super::options::LangArg;
use super::output::Sink;
use super::world::World;
use crate::programme::{FILE_NAME, years_of};

/// `completions`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo completions bash > ~/.local/share/bash-completion/completions/thoatngheo\n  thoatngheo completions powershell >> $PROFILE",
    override_usage = "thoatngheo completions [OPTIONS] <SHELL>"
)]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL", required_unless_present = "years")]
    pub shell: Option<Shell>,
    /// Language of the explanations.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// The years of the programme file, one a line, for the scripts.
    #[arg(long, hide = true, conflicts_with = "shell")]
    pub years: bool,
    /// The programme file whose years are meant.
    #[arg(long, hide = true, value_name = "FILE", requires = "years")]
    pub programme: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &CompletionsArgs, world: &mut World<'_>) -> Result<Outcome> {
    let bytes = match args.shell {
        Some(shell) => {
            let lang = super::help::language(args.lang, world.locale.as_deref());
            let mut command = super::help::command(lang);
            let mut bytes = Vec::new();
            clap_complete::generate(shell, &mut command, NAME, &mut bytes);
            scripts::with_values(shell, &String::from_utf8_lossy(&bytes)).into_bytes()
        }
        None => years(args.programme.as_deref().unwrap_or(Path::new(FILE_NAME))).into_bytes(),
    };
    Sink { out: &mut *world.out, err: &mut *world.err }.write(&bytes, None, &[])?;
    Ok(Outcome::Done)
}

/// The years of a programme file, one a line. A file that is not there or not whole has those that can be read: somebody
/// who presses a key wants a word or none, and no message.
fn years(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    years_of(&text).iter().map(|year| format!("{year}\n")).collect()
}
