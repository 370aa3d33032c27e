//! Rosters and ledgers of several years in one folder: an organisation has the members of one year, and a giver gave what the lists of
//! that year say.

use std::collections::{BTreeMap, BTreeSet};

use super::account::SheetAccount;
use super::batch::{Batch, Record};
use super::fields::Field;
use super::findings::Findings;
use super::givers::Units;
use super::settings::Settings;
use crate::domain::issue::{Code, Hint};
use crate::domain::member::Member;

/// The years that lists tell of each of those whom they are about.
struct Years<K>(BTreeMap<K, BTreeSet<i16>>);

impl<K: Ord> Years<K> {
    fn of(told: impl Iterator<Item = (K, Option<i16>)>) -> Self {
        let mut years: BTreeMap<K, BTreeSet<i16>> = BTreeMap::new();
        told.for_each(|(of, year)| years.entry(of).or_default().extend(year));
        years.retain(|_, years| years.len() > 1);
        Self(years)
    }

    /// Whether a list of a year is not the one that counts of somebody: that of the year that is asked for, or of the last before it,
    /// else of the last.
    fn is_other(&self, of: &K, year: Option<i16>, asked: Option<i16>) -> bool {
        let (Some(year), Some(years)) = (year, self.0.get(of)) else { return false };
        let before = asked.and_then(|asked| years.range(..=asked).next_back());
        before.or(years.last()) != Some(&year)
    }
}

fn told(sheets: &[SheetAccount], sheet: usize) -> Option<i16> {
    sheets.get(sheet).and_then(|sheet| sheet.told_year)
}

/// Whether lists of several years are told apart: not where all are wanted, nor where somebody said of which year they are.
fn are_told_apart(settings: &Settings) -> bool {
    settings.one_year && settings.year.is_none()
}

/// Whether rosters of members who are counted and not kept tell several years: which of them count their records tell.
pub(crate) fn may_be(batches: &[Batch], settings: &Settings) -> bool {
    let sheets = batches.iter().flat_map(|batch| batch.counted_members.slots.iter().map(move |slot| (batch, slot.sheet)));
    let years: BTreeSet<i16> = sheets.filter_map(|(batch, sheet)| told(&batch.sheets, sheet)).collect();
    are_told_apart(settings) && years.len() > 1
}

/// Leaves out the members of other years, where rosters of the year that counts have those of the same organisation and cell.
pub(crate) fn members(batches: &mut [Batch], settings: &Settings) {
    if !are_told_apart(settings) {
        return;
    }
    let all = || batches.iter().flat_map(|batch| batch.members.iter().map(move |record| (batch, record)));
    let years: BTreeSet<i16> = all().filter_map(|(batch, record)| told(&batch.sheets, record.sheet)).collect();
    if years.len() < 2 {
        return;
    }
    let units = Years::of(all().map(|(batch, record)| (units_of(record), told(&batch.sheets, record.sheet))));
    for Batch { members, sheets, findings, .. } in batches {
        members.retain(|record| {
            let year = told(sheets, record.sheet);
            !units.is_other(&units_of(record), year, settings.asked)
                || leave(record, &record.value.name, year, sheets, findings, settings)
        });
        // Whom no list of the year that counts has may still be the same as somebody on one.
        members.iter_mut().for_each(|record| record.year = None);
    }
}

/// Leaves out the gifts of other years, where ledgers of the year that counts have some of the same giver.
pub(crate) fn gifts(batches: &mut [Batch], settings: &Settings) {
    if !are_told_apart(settings) {
        return;
    }
    let all = batches.iter().flat_map(|batch| batch.pledges.iter().map(move |record| (batch, record)));
    let givers = Years::of(all.map(|(batch, record)| (record.value.giver.clone(), told(&batch.sheets, record.sheet))));
    for Batch { pledges, sheets, findings, .. } in batches.iter_mut().filter(|_| !givers.0.is_empty()) {
        pledges.retain(|record| {
            let year = told(sheets, record.sheet);
            !givers.is_other(&record.value.giver, year, settings.asked)
                || leave(record, &record.value.name, year, sheets, findings, settings)
        });
    }
}

fn units_of(record: &Record<Member>) -> Units {
    Units::of(&record.value.organisation, record.value.cell.as_ref())
}

/// Leaves out a record of another year, and says so; it does not stay.
fn leave<T>(
    record: &Record<T>,
    name: &str,
    year: Option<i16>,
    sheets: &mut [SheetAccount],
    findings: &mut Findings,
    settings: &Settings,
) -> bool {
    if let Some(account) = sheets.get_mut(record.sheet) {
        account.leave_out(record.identity.row, record.rows, settings.listing.then_some(name));
        let year = year.map(|year| year.to_string()).unwrap_or_default();
        findings.add(Code::OtherYear, Some(&account.sheet), Some(record.identity), Some(Field::Year), &year, Hint::None);
    }
    false
}
