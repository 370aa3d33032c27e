//! The subcommands, one file each: read, compute, render, write.

pub mod annotate;
pub mod assign;
pub mod changes;
pub mod check;
mod communes;
pub mod completions;
pub mod corrections;
pub mod coverage;
pub mod digest;
pub mod help;
pub mod ingest;
pub mod init;
pub mod input;
mod listed_cells;
pub mod man;
pub mod members;
pub mod mistyped;
mod named_files;
pub mod options;
pub mod output;
pub mod pledges;
mod previous;
pub mod quotas;
pub mod rates;
pub mod refused;
pub mod report;
pub mod schema;
pub mod scorecard;
pub mod show;
pub mod template;
mod units;
pub mod verify;
pub mod world;

use anyhow::Result;

use options::{Cli, Command};
use world::World;

/// How a command ended, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and nothing needs a person: 0.
    Done,
    /// Done, and something needs a person (an error-level issue, a goal that is missed): 1.
    NeedsPerson,
    /// What there is to say was said, and not one input could be read: 2.
    NothingReadable,
}

/// Runs a command.
///
/// # Errors
/// When it could not run at all: no readable input, contradictory settings, an output that cannot be written. The exit code is then 2.
pub fn run(cli: Cli, world: &mut World<'_>) -> Result<Outcome> {
    world.shows_progress &= !cli.command.is_quiet();
    match cli.command {
        Command::Check(args) => check::run(&args, world),
        Command::Rates(args) => rates::run(&args, world),
        Command::Members(args) => members::run(&args, world),
        Command::Pledges(args) => pledges::run(&args, world),
        Command::Changes(args) => changes::run(&args, world),
        Command::Assign(args) => assign::run(&args, world),
        Command::Quotas(args) => quotas::run(&args, world),
        Command::Coverage(args) => coverage::run(&args, world),
        Command::Scorecard(args) => scorecard::run(&args, world),
        Command::Ingest(args) => ingest::run(&args, world),
        Command::Report(args) => report::run(&args, world),
        Command::Init(args) => init::run(&args, world),
        Command::Template(args) => template::run(&args, world),
        Command::Verify(args) => verify::run(&args, world),
        Command::Schema(args) => schema::run(&args, world),
        Command::Completions(args) => completions::run(&args, world),
        Command::Man(args) => man::run(&args, world),
    }
}
