//! Whether the files that a flag or the programme file names for one kind of list hold such a list.

use std::path::PathBuf;

use crate::domain::issue::{Code, Issue};
use crate::ingest::{self, FileAccount, Kind};

/// Files that are named for a kind and hold lists of other kinds alone: what was meant to count does not. Folders may hold anything.
pub(super) fn issues(named: &[(Kind, PathBuf)], files: &[FileAccount]) -> Vec<Issue> {
    let issue = |(kind, path): &(Kind, PathBuf)| {
        let name = ingest::shown(path);
        let file = files.iter().find(|file| file.file == name)?;
        let told = file.sheets.iter().any(|sheet| sheet.tells(*kind) || sheet.is_faulty());
        let other = file.sheets.iter().find_map(|sheet| sheet.kind).filter(|_| !told)?;
        Some(Issue::of_file(Code::TableOther, name, other.word()))
    };
    let mut issues: Vec<Issue> = named.iter().filter(|(_, path)| path.is_file()).filter_map(issue).collect();
    issues.dedup();
    issues
}
