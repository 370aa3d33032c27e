//! `--without` and `--add`: who is taken out of a plan and who comes into it.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::questions::not_one;
use crate::commands::input::{Loaded, settings};
use crate::commands::options::AssignArgs;
use crate::commands::world::World;
use crate::domain::assignment::Settings;
use crate::domain::ids::Key;
use crate::domain::joining::{self, Untold};
use crate::domain::member::{Eligibility, Member, Standing};
use crate::domain::plan::{self, Basis};
use crate::domain::story::{self, Subject};
use crate::ingest::workbook::ReaderProcess;
use crate::ingest::{self, Kind};
use crate::report::wording::Words;

/// Who is to be taken out, and who is to come in.
pub(super) struct WhatIf {
    /// The keys of those who are taken out.
    pub(super) without: Vec<Key>,
    /// Those who come in; a row of theirs takes the place of the roster's.
    pub(super) added: Vec<Member>,
}

impl WhatIf {
    /// Whether anything is asked at all.
    pub(super) fn asks(&self) -> bool {
        !self.without.is_empty() || !self.added.is_empty()
    }

    /// The keys of those who come in.
    pub(super) fn keys(&self) -> Vec<Key> {
        self.added.iter().map(|member| member.key.clone()).collect()
    }

    /// The settings that change only what must change. Those who come in take over what even loads give them, which is what
    /// they come in for; where somebody only leaves, nobody else's pairs are touched for the sake of even loads.
    pub(super) fn settings(&self, settings: &Settings) -> Settings {
        if self.added.is_empty() { plan::changing_least(settings) } else { plan::sharing_with_the_added(settings) }
    }
}

/// Understands the flags. `joining` are the members that were read from the rosters among the values of `--add`.
///
/// # Errors
/// When a name is nobody's or that of several, or what is typed does not tell a member.
pub(super) fn asked(args: &AssignArgs, joining: &[Member], basis: &Basis<'_>, words: &Words) -> Result<WhatIf> {
    let mut without = Vec::new();
    for name in &args.without {
        without.push(one_member(name, basis, words)?.key.clone());
    }
    let mut added: Vec<Member> = joining.to_vec();
    for text in args.add.iter().filter(|text| !is_roster(text)) {
        added.push(one_added(text, basis, words)?);
    }
    added.iter_mut().for_each(|member| joining::place(member, basis));
    Ok(WhatIf { without, added })
}

fn members<'a>(name: &str, basis: &Basis<'a>) -> Vec<&'a Member> {
    let of_member = |subject| if let Subject::Member(at) = subject { Some(&basis.members[at]) } else { None };
    story::find(basis, name).into_iter().filter_map(of_member).collect()
}

/// The only member of that number or name.
fn one_member<'a>(name: &str, basis: &Basis<'a>, words: &Words) -> Result<&'a Member> {
    match members(name, basis)[..] {
        [member] => Ok(member),
        ref found => bail!("{}", not_one(name, found.len(), words)),
    }
}

/// A member who is on the roster and out for the present, or one that is typed.
fn one_added(text: &str, basis: &Basis<'_>, words: &Words) -> Result<Member> {
    let said = |key, name: &str| words.fill_in("said", key, &[("name", name)]);
    match members(text, basis)[..] {
        [member] if member.standing.on(basis.day) != Eligibility::Eligible => {
            return Ok(Member { standing: Standing::Official, ..member.clone() });
        }
        [_] => bail!(said("add_already", text)),
        [] => {}
        ref found => bail!("{}", not_one(text, found.len(), words)),
    }
    let nearest = |near: Option<String>| near.map(|name| said("add_nearest", &name)).unwrap_or_default();
    match joining::typed(text, basis) {
        Ok(member) if basis.members.iter().any(|known| known.key == member.key) => bail!(said("add_already", text)),
        Ok(member) => Ok(member),
        Err(Untold::Shape) if looks_like_a_file(text) => bail!(said("add_file_missing", text)),
        Err(Untold::Shape) => bail!(said("add_shape", text)),
        Err(Untold::Organisation(name, near)) => bail!("{}{}", said("add_organisation", &name), nearest(near)),
        Err(Untold::Cell(name, near)) => bail!("{}{}", said("add_cell", &name), nearest(near)),
    }
}

fn is_roster(text: &str) -> bool {
    Path::new(text).exists()
}

/// A name that only a file would have.
fn looks_like_a_file(text: &str) -> bool {
    let known = ["xlsx", "xls", "xlsm", "xlsb", "ods", "csv", "tsv", "txt"];
    let extension = Path::new(text).extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    extension.is_some_and(|extension| known.contains(&&*extension)) || text.contains(['/', '\\'])
}

/// Reads the rosters among the values of `--add` into the account of what was read, so that their rows, issues and hashes are
/// told like those of every input; the members come last. How many members the roster itself has.
///
/// # Errors
/// When a file has no member in it.
pub(super) fn read(args: &AssignArgs, loaded: &mut Loaded, world: &World<'_>, words: &Words) -> Result<usize> {
    let on_roster = loaded.data.roster.members.len();
    let paths: Vec<PathBuf> = args.add.iter().filter(|text| is_roster(text)).map(PathBuf::from).collect();
    if paths.is_empty() {
        return Ok(on_roster);
    }
    let mut how = ingest::Settings { year: loaded.year, as_of: loaded.as_of, ..settings(&loaded.programme, &args.inputs) };
    how.kind = Some(Kind::Members);
    how.expect_every_commune = false;
    how.limits.process = world.program.clone().map_or(ReaderProcess::InProcess, ReaderProcess::Child);
    let read = ingest::read_paths(&paths, &how, &|_, _| {});
    if read.roster.members.is_empty() {
        let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        let why = read.files.iter().find_map(|file| file.error.as_ref());
        let why = why.map(|issue| format!(": {}", words.issue_fix(issue))).unwrap_or_default();
        bail!("{}{why}", words.fill_in("said", "add_nobody", &[("name", &names.join(", "))]));
    }
    loaded.paths.extend(read.files.iter().map(|file| PathBuf::from(&*file.file)));
    loaded.paths.extend(paths);
    loaded.data.merge(read);
    Ok(on_roster)
}
