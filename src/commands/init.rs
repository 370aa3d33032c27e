//! `init`: a folder to start from, with a programme file, an empty workbook of each kind and a note on what to do next;
//! with `--sample` the whole sample district. It works from any folder: what it writes is part of the program.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;

use super::Outcome;
use super::options::LangArg;
use super::output::{make_folder, write_new};
use super::refused::Refused;
use super::template::{self, TemplateKind};
use super::world::World;
use crate::programme::{self, Programme};
use crate::report::wording::{Lang, words};

/// `init`.
#[derive(Debug, Args)]
#[command(before_help = "Example:\n  thoatngheo init lak\n  thoatngheo init --sample lak-mau")]
pub struct InitArgs {
    /// The folder to make; files that are already there are never touched.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Fill it with the sample district: two years, everybody in it invented.
    #[arg(long)]
    pub sample: bool,
    /// Language of the messages and the note.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
}

/// Files of the sample district, embedded. A test holds the list against the folder `sample-data`.
macro_rules! sample {
    ($($name:literal,)+) => {
        &[$(($name, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/", $name)))),+]
    };
}

/// The sample district: paths within its folder, and bytes.
pub const SAMPLE: &[(&str, &[u8])] = sample![
    "README.md",
    "chinh-thuc-2022/danh-sach-xa-ea-r-bin.xlsx",
    "dang-vien-2023.xlsx",
    "ho-dan-2022/thi-tran-lien-son.xlsx",
    "ho-dan-2022/xa-bong-krang.xlsx",
    "ho-dan-2022/xa-buon-tria.csv",
    "ho-dan-2022/xa-buon-triet.xlsx",
    "ho-dan-2022/xa-dak-lieng (ban cuoi sua 2).xlsx",
    "ho-dan-2022/xa-dak-nue.xlsx",
    "ho-dan-2022/xa-dak-phoi.csv",
    "ho-dan-2022/xa-ea-r-bin.xlsx",
    "ho-dan-2022/xa-krong-no.ods",
    "ho-dan-2022/xa-nam-ka.csv",
    "ho-dan-2022/xa-yang-tao.xlsx",
    "ho-dan-2023/thi-tran-lien-son.xlsx",
    "ho-dan-2023/xa-bong-krang (ban cuoi sua 2).xlsx",
    "ho-dan-2023/xa-buon-tria.xlsx",
    "ho-dan-2023/xa-buon-triet.csv",
    "ho-dan-2023/xa-dak-lieng.xlsx",
    "ho-dan-2023/xa-dak-nue.xlsx",
    "ho-dan-2023/xa-dak-phoi.xlsx",
    "ho-dan-2023/xa-ea-r-bin.csv",
    "ho-dan-2023/xa-krong-no.xlsx",
    "ho-dan-2023/xa-nam-ka.ods",
    "ho-dan-2023/xa-yang-tao.xlsx",
    "ho-tro-2023.xlsx",
    "ket-nghia.xlsx",
    "thoatngheo.toml",
    "tong-hop-2022.xlsx",
    "tong-hop-2023.xlsx",
    "ung-ho-2023.xlsx",
];

/// The folder for the household lists.
const LISTS: &str = "ho-dan";

/// The empty workbooks to send to the communes.
const FORMS: [(TemplateKind, &str); 6] = [
    (TemplateKind::Households, "bieu-mau/ho-dan.xlsx"),
    (TemplateKind::Members, "bieu-mau/dang-vien.xlsx"),
    (TemplateKind::Pledges, "bieu-mau/ung-ho.xlsx"),
    (TemplateKind::Twinning, "bieu-mau/ket-nghia.xlsx"),
    (TemplateKind::Totals, "bieu-mau/tong-hop.xlsx"),
    (TemplateKind::Support, "bieu-mau/ho-tro.xlsx"),
];

/// Runs the command.
///
/// # Errors
/// When a file is already there, or the folder cannot be written.
pub fn run(args: &InitArgs, world: &mut World<'_>) -> Result<Outcome> {
    let lang = world.language(args.lang, None);
    let note = note(lang);
    let mut files: Vec<(&str, Cow<'_, [u8]>)> = Vec::new();
    if args.sample {
        files.extend(SAMPLE.iter().map(|(name, bytes)| (*name, Cow::Borrowed(*bytes))));
    } else {
        files.push((programme::FILE_NAME, Cow::Borrowed(programme::template().as_bytes())));
        files.push(("README.md", Cow::Borrowed(note.as_bytes())));
        for (kind, name) in FORMS {
            files.push((name, Cow::Owned(template::bytes(kind, None, &Programme::default())?)));
        }
    }
    refuse_existing(&args.folder, &files)?;
    for (name, bytes) in &files {
        write_new(&args.folder.join(name), bytes)?;
    }
    if !args.sample {
        make_folder(&args.folder.join(LISTS))?;
    }
    world.say(&next_step(&args.folder, args.sample, lang));
    Ok(Outcome::Done)
}

/// Nothing is written unless everything can be.
fn refuse_existing(folder: &Path, files: &[(&str, Cow<'_, [u8]>)]) -> Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!(Refused::new("init_is_file").with("file", folder.display()));
    }
    // A dangling link counts as being there.
    let there = files.iter().map(|(name, _)| folder.join(name)).find(|path| path.symlink_metadata().is_ok());
    let Some(path) = there else { return Ok(()) };
    bail!(Refused::new("init_there").with("file", path.display()))
}

/// What to type next.
fn next_step(folder: &Path, sample: bool, lang: Lang) -> String {
    let key = if sample { "sample" } else { "empty" };
    let folder = folder.display().to_string();
    words(lang).fill_in("init", key, &[("folder", &folder), ("programme", programme::FILE_NAME)])
}

/// The note that lies in the new folder.
fn note(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => include_str!("init.vi.md"),
        Lang::En => include_str!("init.en.md"),
    }
}
