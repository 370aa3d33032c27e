//! Totals tables against the household lists of their year, once everything is read: the two may come in different files, one
//! from the programme file and the other from a flag.

use std::collections::BTreeSet;

use super::account::Ingested;
use super::corrections::{Decision, Verdict};
use super::fields::Field;
use super::kind::Kind;
use crate::domain::against::{Number, Unlike, unlike};
use crate::domain::issue::{Code, Hint, Issue};
use crate::domain::place::CommuneRef;
use crate::domain::source::Source;
use crate::domain::survey::Survey;
use crate::domain::tally::Tallies;

impl Ingested {
    /// Says at the cells of totals tables where a list of the same year tells another number. A commune with fewer
    /// households or persons than its list has of the poor loses its totals: a rate above 100 % is none.
    pub fn hold_totals_against_lists(&mut self, decisions: &[Decision]) {
        let mut found = Vec::new();
        for (year, survey) in self.surveys.iter().filter(|(_, survey)| !survey.totals.is_empty()) {
            let tallies = Tallies::of(year.unwrap_or_default(), survey);
            let differing = unlike(&tallies, &survey.totals).into_iter().filter(|unlike| !self.explained(*year, unlike));
            found.extend(differing.map(|unlike| {
                let commune = unlike.too_small.then(|| unlike.total.place.commune.clone());
                (*year, commune, self.issue(&unlike))
            }));
        }
        for (year, commune, issue) in found {
            match commune {
                Some(commune) => {
                    self.without_totals(year, &commune);
                    self.issues.push(issue);
                }
                None => self.warn(issue, decisions),
            }
        }
        self.issues.sort_by(|a, b| a.place_key().cmp(&b.place_key()));
    }

    /// Rows of the list that were left out, and are told as errors, are enough to explain that a list has less.
    fn explained(&self, year: Option<i16>, unlike: &Unlike<'_>) -> bool {
        let commune = unlike.total.place.commune.name();
        let of_list = self.files.iter().flat_map(|file| &file.sheets).filter(|sheet| {
            let here = sheet.commune.as_deref().is_none_or(|told| told == commune);
            sheet.kind == Some(Kind::Households) && sheet.year == year && here
        });
        let rejected: u64 = of_list.map(|sheet| sheet.rejected).sum();
        let missing = unlike.printed.saturating_sub(unlike.counted);
        missing > 0 && (missing <= rejected || (rejected > 0 && unlike.number == Number::Persons))
    }

    fn issue(&self, unlike: &Unlike<'_>) -> Issue {
        let source = &unlike.total.source;
        let field = match unlike.number {
            Number::Households => Field::Households,
            Number::Persons => Field::AreaPersons,
            Number::Poor => Field::Poor,
            Number::NearPoor => Field::NearPoor,
        };
        let code = if unlike.too_small { Code::TotalTooSmall } else { Code::TotalUnlikeList };
        let mut issue = Issue::of_file(code, source.sheet.file.clone(), unlike.printed.to_string());
        issue.sheet = Some(source.sheet.name.as_str().into());
        issue.cell = self.column(source, field).map(|col| source.cell(col));
        issue.field = Some(field.key());
        issue.hint = Hint::Other(unlike.counted.to_string());
        issue
    }

    fn column(&self, source: &Source, field: Field) -> Option<u32> {
        let file = self.files.iter().find(|file| file.file == source.sheet.file)?;
        let table = file.sheets.iter().find(|table| table.is_of(Kind::Totals, &source.sheet.name))?;
        table.columns.iter().find(|column| column.field == Some(field.key())).map(|column| column.cell.col)
    }

    /// A warning, unless a person looked at it and found it right as it stands.
    fn warn(&mut self, issue: Issue, decisions: &[Decision]) {
        let accepts = |decision: &Decision| matches!(decision.verdict, Verdict::Keep | Verdict::Different);
        let accepted: BTreeSet<usize> = decisions
            .iter()
            .enumerate()
            .filter(|(_, decision)| accepts(decision) && decision.is_about(&issue))
            .map(|(at, _)| at)
            .collect();
        if accepted.is_empty() {
            self.issues.push(issue);
        }
        self.applied.extend(accepted);
    }

    /// Leaves the totals of a commune out, its villages' too: their sum would stand in for its own.
    fn without_totals(&mut self, year: Option<i16>, commune: &CommuneRef) {
        let Some(Survey { totals, .. }) = self.surveys.get_mut(&year) else { return };
        for total in totals.extract_if(.., |total| total.place.commune == *commune) {
            let sheet = &total.source.sheet;
            let of_sheet = self.files.iter_mut().filter(|file| file.file == sheet.file).flat_map(|file| &mut file.sheets);
            for account in of_sheet.filter(|account| account.is_of(Kind::Totals, &sheet.name)) {
                account.used -= 1;
                account.rejected += 1;
            }
        }
    }
}
