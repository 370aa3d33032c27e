//! `schema`: the JSON Schema of a command's document, or of the programme file.

use anyhow::{Result, bail};
use clap::Args;

use super::Outcome;
use super::options::LangArg;
use super::output::Sink;
use super::refused::Refused;
use super::world::World;
use crate::programme;
use crate::report::json;

/// The name of the schema of the programme file.
pub const PROGRAMME: &str = "programme";

/// `schema`.
#[derive(Debug, Args)]
#[command(before_help = "Example:\n  thoatngheo schema rates > rates.schema.json\n  thoatngheo schema programme")]
pub struct SchemaArgs {
    /// A command that writes JSON, or `programme` for the programme file.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Language of messages.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
}

/// Runs the command.
///
/// # Errors
/// When there is no schema of that name.
pub fn run(args: &SchemaArgs, world: &mut World<'_>) -> Result<Outcome> {
    // Errors are told in the language of the flag.
    let _ = world.language(args.lang, None);
    let schema = if args.name == PROGRAMME { Some(programme::schema()) } else { json::schema(&args.name) };
    let Some(schema) = schema else {
        let known: Vec<&str> = json::SCHEMAS.iter().copied().chain([PROGRAMME]).collect();
        let nearest = known.iter().max_by(|a, b| strsim::jaro(a, &args.name).total_cmp(&strsim::jaro(b, &args.name)));
        let nearest = nearest.copied().unwrap_or(PROGRAMME);
        bail!(Refused::new("no_schema").with("name", &args.name).with("nearest", nearest).with("list", known.join(", ")));
    };
    let mut bytes = serde_json::to_vec_pretty(&schema).map_err(|error| Refused::new("no_schema_made").because(error))?;
    bytes.push(b'\n');
    Sink { out: &mut *world.out, err: &mut *world.err }.write(&bytes, None, &[])?;
    Ok(Outcome::Done)
}
