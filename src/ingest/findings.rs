//! Collects what is wrong with one file. The same finding in one column, over and over, is kept once with a count.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::Field;
use crate::domain::issue::{Code, Hint, Issue, Severity};
use crate::domain::source::CellRef;

/// How findings of a code are gathered.
fn gathers(code: Code) -> Gather {
    if matches!(
        code,
        Code::OldEncoding
            | Code::LettersLost
            | Code::CommuneNone
            | Code::VillageMissing
            | Code::YearUnknown
            | Code::OrganisationNone
            | Code::ScoresUnchecked
            | Code::PledgeTwice
            | Code::OtherYear
    ) {
        Gather::Column
    } else if matches!(
        code,
        Code::ClassUnknown
            | Code::SexUnknown
            | Code::PeopleUnknown
            | Code::CommuneUnknown
            | Code::CommuneAmbiguous
            | Code::CommuneOtherTime
            | Code::VillageUnknown
            | Code::OrganisationUnknown
            | Code::MarkUnknown
            | Code::StandingUnknown
            | Code::PlaceContradicts
            | Code::CoefficientWrong
            | Code::AmountUnread
            | Code::NoMember
    ) {
        Gather::Value
    } else {
        Gather::No
    }
}

/// What makes two findings the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gather {
    /// Nothing: each is listed.
    No,
    /// Code, column and value.
    Value,
    /// Code and column.
    Column,
}

/// Code, sheet, column and value.
type Same = (Code, Option<Arc<str>>, Option<u32>, String);

/// What is wrong with one file so far.
#[derive(Clone, Debug)]
pub(crate) struct Findings {
    file: Arc<str>,
    issues: Vec<Issue>,
    seen: BTreeMap<Same, usize>,
    /// The issues under which findings were gathered since somebody began to listen, and whether others were added.
    heard: Vec<usize>,
    others: bool,
}

impl Findings {
    pub(crate) fn new(file: Arc<str>) -> Self {
        Self { file, issues: Vec::new(), seen: BTreeMap::new(), heard: Vec::new(), others: false }
    }

    /// Adds a finding with the severity of its code.
    pub(crate) fn add(
        &mut self,
        code: Code,
        sheet: Option<&str>,
        cell: Option<CellRef>,
        field: Option<Field>,
        found: &str,
        hint: Hint,
    ) {
        self.add_as(code.severity(), code, sheet, cell, field, found, hint);
    }

    /// Adds a finding with a severity of its own.
    #[expect(clippy::too_many_arguments, reason = "an issue has that many parts, and each call names them all")]
    pub(crate) fn add_as(
        &mut self,
        severity: Severity,
        code: Code,
        sheet: Option<&str>,
        cell: Option<CellRef>,
        field: Option<Field>,
        found: &str,
        hint: Hint,
    ) {
        let sheet: Option<Arc<str>> = sheet.map(Arc::from);
        let value = match gathers(code) {
            Gather::No => None,
            Gather::Value => Some(found.to_owned()),
            Gather::Column => Some(String::new()),
        };
        if let Some(value) = value {
            let same = (code, sheet.clone(), cell.map(|cell| cell.col), value);
            if let Some(at) = self.seen.get(&same).copied() {
                self.heard.push(at);
                self.again(at);
                return;
            }
            self.heard.push(self.issues.len());
            self.seen.insert(same, self.issues.len());
        } else {
            self.others = true;
        }
        self.issues.push(Issue {
            code,
            severity,
            file: self.file.clone(),
            sheet,
            cell,
            field: field.map(Field::key),
            found: found.to_owned(),
            hint,
            count: 1,
        });
    }

    /// Adds what was found of a later sheet; what is the same is counted where it was found first.
    pub(crate) fn append(&mut self, part: Self) {
        let mut same: BTreeMap<usize, Same> = part.seen.into_iter().map(|(same, at)| (at, same)).collect();
        for (at, issue) in part.issues.into_iter().enumerate() {
            if let Some(same) = same.remove(&at) {
                if let Some(known) = self.seen.get(&same).and_then(|known| self.issues.get_mut(*known)) {
                    known.count = known.count.saturating_add(issue.count);
                    continue;
                }
                self.seen.insert(same, self.issues.len());
            }
            self.issues.push(issue);
        }
    }

    /// Begins to listen to what is found of a row.
    pub(crate) fn listen(&mut self) {
        self.heard.clear();
        self.others = false;
    }

    /// The issues under which everything that was found since then is gathered; `None` where something was found that
    /// stands for itself.
    pub(crate) fn heard(&self) -> Option<&[usize]> {
        (!self.others).then_some(self.heard.as_slice())
    }

    /// The same was found once more.
    pub(crate) fn again(&mut self, at: usize) {
        if let Some(issue) = self.issues.get_mut(at) {
            issue.count = issue.count.saturating_add(1);
        }
    }

    /// The finding that was added last is one of so many rows.
    pub(crate) fn of_rows(&mut self, rows: u64) {
        self.issues.last_mut().into_iter().for_each(|issue| issue.count = rows);
    }

    /// Everything found.
    pub(crate) fn into_issues(self) -> Vec<Issue> {
        self.issues
    }
}
