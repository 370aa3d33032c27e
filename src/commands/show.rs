//! The last step of every command: `write(render(mask(view(result))))`.

use std::path::Path;

use anyhow::{Result, bail};
use serde::Serialize;

use super::input::{Loaded, language};
use super::options::{FormatArg, OutputArgs};
use super::output::Sink;
use super::refused::Refused;
use super::world::{World, audience};
use crate::report::audience::mask;
use crate::report::json::{self, Document};
use crate::report::table::Report;
use crate::report::wording::words;
use crate::report::{Format, Setting, render};

/// What is shown.
pub struct Shown<'a> {
    /// How.
    pub output: &'a OutputArgs,
    /// What it was made from.
    pub loaded: &'a Loaded,
    /// The key of the table that delimited text consists of: such a file holds one table, so that programs can read it.
    pub main_table: &'static str,
}

impl OutputArgs {
    /// The format: the flag, then the extension of the output, then tables.
    ///
    /// # Errors
    /// When the extension says nothing that is known.
    pub fn chosen(&self) -> Result<FormatArg> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let Some(path) = &self.output else { return Ok(FormatArg::Table) };
        let extension = path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
        Ok(match extension.as_deref() {
            Some("json") => FormatArg::Json,
            Some("csv") => FormatArg::Csv,
            Some("xlsx") => FormatArg::Xlsx,
            Some("html" | "htm") => FormatArg::Html,
            Some("txt") => FormatArg::Table,
            _ => bail!(Refused::new("no_format").with("file", path.display())),
        })
    }

    /// Whether the result is for a file or a program, which get everything, and not for the screen.
    #[must_use]
    pub fn writes_a_file(&self) -> bool {
        self.chosen().is_ok_and(|format| format != FormatArg::Table) || self.output.is_some()
    }
}

/// Masks, renders and writes. Tables are made for people, the document for scripts; what nobody asked for is not made.
///
/// # Errors
/// When the format is not told, a workbook is to go to a terminal, or the output cannot be written.
pub fn show<T: Serialize>(
    shown: &Shown<'_>,
    report: impl FnOnce() -> Report,
    document: impl FnOnce() -> Document<T>,
    world: &mut World<'_>,
) -> Result<()> {
    let output = shown.output;
    let lang = world.language(output.lang, language(&shown.loaded.programme));
    let words = words(lang);
    let format = output.chosen()?;
    let left_out = shown.loaded.left_out(words);
    let mut setting = Setting::new(lang);
    let bytes = match format {
        FormatArg::Json => None,
        FormatArg::Table => {
            setting.width = world.width;
            setting.colour = output.output.is_none() && world.colour(output.color);
            let mut report = report();
            report.notes.splice(0..0, left_out.clone());
            Some(render(&mask(report, audience(output.audience)), Format::Table, &setting)?)
        }
        FormatArg::Csv => {
            let mut report = mask(report(), audience(output.audience));
            if report.tables.iter().any(|table| table.key == shown.main_table) {
                report.tables.retain(|table| table.key == shown.main_table);
            }
            Some(render(&report, Format::Csv, &setting)?)
        }
        FormatArg::Xlsx | FormatArg::Html => {
            let mut report = report();
            report.notes.splice(0..0, left_out.clone());
            let format = if format == FormatArg::Xlsx { Format::Xlsx } else { Format::Html };
            Some(render(&mask(report, audience(output.audience)), format, &setting)?)
        }
    };
    if format == FormatArg::Xlsx && output.output.is_none() && world.out_is_terminal {
        bail!(Refused::new("terminal"));
    }
    let to_file = output.output.as_deref();
    if format != FormatArg::Table && !output.quiet {
        left_out.iter().for_each(|line| world.say(line));
    }
    let mut sink = Sink { out: &mut *world.out, err: &mut *world.err };
    match bytes {
        Some(bytes) => sink.write(&bytes, to_file, &shown.loaded.paths)?,
        None => {
            let document = document().seen_by(audience(output.audience));
            sink.write_by(to_file, &shown.loaded.paths, |out| json::write(&document, out))?;
        }
    }
    say_written(to_file, output.quiet, world);
    Ok(())
}

/// Says where the result is.
fn say_written(file: Option<&Path>, quiet: bool, world: &mut World<'_>) {
    if let Some(path) = file.filter(|_| !quiet) {
        world.say(&path.display().to_string());
    }
}
