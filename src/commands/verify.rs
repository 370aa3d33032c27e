//! `verify`: whether the inputs and outputs of a run are still what its manifest says.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use super::Outcome;
use super::digest::sha256_of;
use super::options::LangArg;
use super::output::Sink;
use super::refused::Refused;
use super::world::World;
use crate::report::json::manifest::{Output, read};
use crate::report::wording::words;

/// `verify`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo verify bao-cao/manifest.json\n  thoatngheo verify clean/manifest.json --from ../lak"
)]
pub struct VerifyArgs {
    /// The manifest that `report` or `ingest` wrote.
    #[arg(value_name = "MANIFEST")]
    pub manifest: PathBuf,
    /// The folder in which that command ran, from which its input paths start [default: this folder].
    #[arg(long, value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// Language of the messages.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// Only the exit code and what differs.
    #[arg(short, long)]
    pub quiet: bool,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Same,
    Changed,
    Gone,
    Unreadable,
}

impl State {
    /// Its word in the wording file.
    fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When the manifest cannot be read.
pub fn run(args: &VerifyArgs, world: &mut World<'_>) -> Result<Outcome> {
    let words = words(world.language(args.lang, None));
    let shown = &args.manifest.display();
    let text =
        std::fs::read_to_string(&args.manifest).map_err(|error| Refused::new("no_read").with("file", shown).because(error))?;
    let promised = read(&text).map_err(|other| match other {
        Some(schema) => Refused::new("other_document").with("file", shown).with("schema", schema),
        None => Refused::new("no_manifest").with("file", shown),
    })?;
    let beside = args.manifest.parent().unwrap_or(Path::new(""));
    let from = args.from.clone().unwrap_or_else(|| world.folder.clone());
    let mut lines = String::new();
    let mut differ = 0_usize;
    let all = promised.inputs.iter().map(|file| (from.as_path(), file)).chain(promised.outputs.iter().map(|file| (beside, file)));
    for (folder, file) in all {
        let state = state(&folder.join(&file.file), file);
        if state != State::Same {
            differ += 1;
            lines.push_str(&format!("{}: {}\n", file.file, words.say("verify", state.word())));
        }
    }
    let count = promised.inputs.len() + promised.outputs.len();
    if !args.quiet {
        let count = count.to_string();
        let told = [("count", &*count), ("version", &promised.tool), ("differ", &differ.to_string())];
        lines.push_str(&words.fill_in("verify", "sum", &told));
        lines.push('\n');
    }
    Sink { out: &mut *world.out, err: &mut *world.err }.write(lines.as_bytes(), None, &[])?;
    Ok(if differ == 0 { Outcome::Done } else { Outcome::NeedsPerson })
}

/// Compares a file with what was promised.
fn state(path: &Path, promised: &Output) -> State {
    match File::open(path).and_then(sha256_of) {
        Ok(hash) if hash == promised.sha256 => State::Same,
        Ok(_) => State::Changed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => State::Gone,
        Err(_) => State::Unreadable,
    }
}
