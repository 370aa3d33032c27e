//! `completions`: what a shell needs to complete our commands and flags.

use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

use super::Outcome;
use super::help::NAME;
use super::options::LangArg;
use super::output::Sink;
use super::world::World;

/// `completions`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo completions bash > ~/.local/share/bash-completion/completions/thoatngheo\n  thoatngheo completions powershell >> $PROFILE"
)]
pub struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
    /// Language of the explanations.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
}

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &CompletionsArgs, world: &mut World<'_>) -> Result<Outcome> {
    let mut command = super::help::command(super::help::language(args.lang, world.locale.as_deref()));
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut command, NAME, &mut bytes);
    Sink { out: &mut *world.out, err: &mut *world.err }.write(&bytes, None, &[])?;
    Ok(Outcome::Done)
}
