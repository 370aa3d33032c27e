//! `template`: an empty workbook of a kind, to be filled in by a commune. Columns and headings come from the reader, words
//! from `template.toml`, lists of places and organisations from the programme file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use serde::Deserialize;

use super::Outcome;
use super::input::{language, programme};
use super::options::{InputArgs, LangArg};
use super::output::{Sink, write_new};
use super::refused::Refused;
use super::world::World;
use crate::domain::peoples::People;
use crate::domain::survey::end_of;
use crate::ingest::Kind;
use crate::ingest::fields::Field;
use crate::ingest::form::{Entry, FormColumn, form};
use crate::programme::Programme;
use crate::report::form::{Column, Form, Guide, Look, Rule, render};

/// `template`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo template households -o ho-dan.xlsx\n  thoatngheo template members --programme thoatngheo.toml --year 2023 -o dang-vien-2023.xlsx"
)]
pub struct TemplateArgs {
    /// What is to be filled in.
    #[arg(value_enum, value_name = "KIND")]
    pub kind: TemplateKind,
    /// The workbook to write; a file that is already there is never touched, since somebody may have filled it in.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The programme file whose communes, villages and organisations are offered [default: thoatngheo.toml in this folder, if there is one].
    #[arg(long, value_name = "FILE")]
    pub programme: Option<PathBuf>,
    /// The year that the title names, and in whose communes the list is made [default: the programme file's latest; else blank].
    #[arg(long)]
    pub year: Option<i16>,
    /// Language of messages; the workbook itself is in Vietnamese.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// No messages on the side.
    #[arg(short, long)]
    pub quiet: bool,
}

/// The kinds of tables that people fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TemplateKind {
    /// All households with their class.
    Households,
    /// The Party roster, with pledges.
    Members,
    /// Pledges outside the roster.
    Pledges,
    /// Organisations and their villages.
    Twinning,
    /// All households and persons per area.
    Totals,
    /// Support needed and received.
    Support,
}

impl TemplateKind {
    /// The kind as the reader knows it.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Households => Kind::Households,
            Self::Members => Kind::Members,
            Self::Pledges => Kind::Pledges,
            Self::Twinning => Kind::Twinning,
            Self::Totals => Kind::Totals,
            Self::Support => Kind::Support,
        }
    }
}

/// The words of `template.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    hint: String,
    year: String,
    blank_year: String,
    lists: String,
    list: String,
    guide: GuideWords,
    how: BTreeMap<String, String>,
    kind: BTreeMap<String, KindWords>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuideWords {
    sheet: String,
    title: String,
    headings: [String; 4],
    needed: String,
    lines: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWords {
    sheet: String,
    title: String,
    about: String,
    #[serde(default)]
    how: BTreeMap<String, String>,
    example: BTreeMap<String, String>,
}

/// The lists of the programme file; empty where it has none.
#[derive(Debug, Default)]
struct Known {
    communes: Vec<String>,
    /// Commune and village, those of a commune together.
    villages: Vec<(String, String)>,
    organisations: Vec<String>,
    /// Kinds of seedlings.
    species: Vec<String>,
}

/// Runs the command.
///
/// # Errors
/// When the programme file is not understood, the file is already there, or it cannot be written.
pub fn run(args: &TemplateArgs, world: &mut World<'_>) -> Result<Outcome> {
    let inputs = InputArgs { programme: args.programme.clone(), ..InputArgs::default() };
    let programme = programme(&inputs, args.lang, world)?;
    // Errors are told in the language that holds.
    let _ = world.language(args.lang, language(&programme));
    let bytes = bytes(args.kind, args.year, &programme)?;
    let Some(path) = &args.output else {
        if world.out_is_terminal {
            bail!(Refused::new("terminal"));
        }
        Sink { out: &mut *world.out, err: &mut *world.err }.write(&bytes, None, &[])?;
        return Ok(Outcome::Done);
    };
    refuse(path)?;
    write_new(path, &bytes)?;
    if !args.quiet {
        world.say(&path.display().to_string());
    }
    Ok(Outcome::Done)
}

/// The workbook of a kind.
///
/// # Errors
/// When the words of `template.toml` are broken, which a test excludes.
pub fn bytes(kind: TemplateKind, year: Option<i16>, programme: &Programme) -> Result<Vec<u8>> {
    render(&make(kind.kind(), year, &known(programme, year))?).map_err(|error| Refused::new("no_template").because(error).into())
}

/// A template that is there may be filled in by now, so it is not replaced as other results are.
fn refuse(path: &Path) -> Result<()> {
    if path.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("xlsx")) {
        bail!(Refused::new("template_name").with("file", path.display()));
    }
    if path.symlink_metadata().is_ok() {
        bail!(Refused::new("template_there").with("file", path.display()));
    }
    Ok(())
}

/// What the programme file lists: the communes of the end of the year, without one those that still exist.
fn known(programme: &Programme, year: Option<i16>) -> Known {
    let mut known = Known::default();
    let day = year.and_then(end_of);
    if programme.communes_listed() {
        let communes = day.map_or_else(|| programme.communes_on(Date::MAX), |day| programme.communes_on(day));
        for commune in communes {
            let villages = programme.villages(&commune).unwrap_or_default();
            known.villages.extend(villages.iter().map(|village| (commune.name.clone(), village.name().to_owned())));
            known.communes.push(commune.name);
        }
    }
    known.species.clone_from(&programme.file().duty.species);
    known.organisations = programme.file().organisations.iter().map(|organisation| organisation.name.clone()).collect();
    known
}

/// The template of a kind.
fn make(kind: Kind, year: Option<i16>, known: &Known) -> Result<Form> {
    let words: Words = toml::from_str(include_str!("template.toml")).context("template.toml is broken")?;
    let Some(own) = words.kind.get(kind.word()) else { bail!("template.toml lacks kind.{}", kind.word()) };
    let asked = form(kind);
    let columns = asked.iter().map(|column| made(column, &asked, &words, own, known)).collect::<Result<_>>()?;
    let year = year.map_or_else(|| words.blank_year.clone(), |year| year.to_string());
    let title = format!("{} {} {year}", own.title, words.year);
    let lines = std::iter::once(own.about.clone()).chain(words.guide.lines.iter().cloned()).collect();
    Ok(Form {
        sheet: own.sheet.clone(),
        title,
        hint: words.hint.clone(),
        columns,
        guide: Guide {
            sheet: words.guide.sheet.clone(),
            title: words.guide.title.clone(),
            lines,
            headings: words.guide.headings.clone(),
            needed: words.guide.needed.clone(),
        },
        lists: words.lists.clone(),
        list: words.list.clone(),
    })
}

fn made(column: &FormColumn, asked: &[FormColumn], words: &Words, own: &KindWords, known: &Known) -> Result<Column> {
    let key = column.field.key();
    let Some(how) = own.how.get(key).or_else(|| words.how.get(key)) else { bail!("template.toml lacks how.{key}") };
    let (look, width, rule) = looks(column, asked, known);
    let example = example(column.entry, known).or_else(|| own.example.get(key).cloned()).unwrap_or_default();
    Ok(Column { heading: column.heading.to_owned(), needed: column.required, width, look, rule, how: how.clone(), example })
}

/// Of a place that the programme file lists, the example is one of its own.
fn example(entry: Entry, known: &Known) -> Option<String> {
    match entry {
        Entry::Commune => known.villages.first().map(|(commune, _)| commune).or(known.communes.first()).cloned(),
        Entry::Village => known.villages.first().map(|(_, village)| village.clone()),
        Entry::Ordinal
        | Entry::Words
        | Entry::Identity
        | Entry::Code
        | Entry::Birth
        | Entry::Day
        | Entry::Whole(_)
        | Entry::Tens(_)
        | Entry::HalfDays
        | Entry::Money
        | Entry::Decimal
        | Entry::Mark
        | Entry::OneOf(_)
        | Entry::Usually(_)
        | Entry::People
        | Entry::Organisation
        | Entry::Species => None,
    }
}

/// Names of people need more room than kinds of seedlings, since every column has to fit on one page.
fn width_of_words(field: Field) -> u16 {
    if field == Field::Note { 16 } else { 22 }
}

/// Look, width in characters and rule of a column.
fn looks(column: &FormColumn, asked: &[FormColumn], known: &Known) -> (Look, u16, Rule) {
    let name = column.heading.to_owned();
    let list = |words: Vec<String>, others| {
        if words.is_empty() { Rule::Free } else { Rule::OneOf { name: name.clone(), words, others } }
    };
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match column.entry {
        Entry::Ordinal => (Look::Whole, 6, Rule::Whole(1)),
        Entry::Words => (Look::Words, width_of_words(column.field), Rule::Free),
        Entry::Identity => (Look::Code, 16, Rule::Digits(12)),
        Entry::Code => (Look::Code, 16, Rule::Free),
        Entry::Birth => (Look::Code, 12, Rule::Free),
        Entry::Day => (Look::Day, 13, Rule::Day),
        Entry::Whole(least) => (Look::Whole, 10, Rule::Whole(least)),
        Entry::Tens(most) => (Look::Whole, 7, Rule::Tens(most)),
        Entry::HalfDays => (Look::Decimal, 11, Rule::Halves),
        Entry::Money => (Look::Whole, 14, Rule::Whole(0)),
        Entry::Decimal => (Look::Decimal, 8, Rule::Number),
        Entry::Mark => (Look::Code, if column.heading.chars().count() > 5 { 11 } else { 6 }, list(texts(&["x"]), false)),
        Entry::OneOf(words) => (Look::Words, if words.len() == 2 { 7 } else { 16 }, list(texts(words), false)),
        Entry::Usually(words) => (Look::Words, 20, list(texts(words), true)),
        Entry::People => (Look::Words, 12, list(People::all().map(|people| people.name().to_owned()).collect(), true)),
        Entry::Commune => (Look::Words, 19, list(known.communes.clone(), false)),
        Entry::Organisation => (Look::Words, 26, list(known.organisations.clone(), true)),
        // A tree of another kind helps as much.
        Entry::Species => (Look::Words, 12, list(known.species.clone(), true)),
        Entry::Village => {
            let commune = asked.iter().position(|column| column.entry == Entry::Commune);
            let rule = commune.filter(|_| !known.villages.is_empty()).map_or(Rule::Free, |at| {
                let outer = asked.get(at).map_or("", |column| column.heading).to_owned();
                Rule::Within { column: at, names: [outer, name], pairs: known.villages.clone() }
            });
            (Look::Words, 19, rule)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_template_is_explained_within_the_limits_of_excel() {
        for kind in TemplateKind::value_variants() {
            let form = make(kind.kind(), Some(2023), &Known::default()).unwrap();
            for column in &form.columns {
                assert!(column.how.encode_utf16().count() <= 255, "{}", column.heading);
            }
            render(&form).unwrap();
        }
    }

    #[test]
    fn no_word_of_the_file_is_left_over() {
        let words: Words = toml::from_str(include_str!("template.toml")).unwrap();
        let keys = |kind: Kind| form(kind).iter().map(|column| column.field.key()).collect::<Vec<_>>();
        let all: Vec<&str> = TemplateKind::value_variants().iter().flat_map(|kind| keys(kind.kind())).collect();
        assert!(words.how.keys().all(|key| all.contains(&key.as_str())));
        for (kind, own) in &words.kind {
            let keys = keys(Kind::parse(kind).unwrap());
            assert!(own.how.keys().chain(own.example.keys()).all(|key| keys.contains(&key.as_str())), "{kind}");
        }
    }
}
