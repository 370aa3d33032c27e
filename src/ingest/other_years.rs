//! Lists of several years in one folder that are no surveys: an organisation has the members and the villages of one year, and what
//! was given or received is what the lists of that year say.

use std::collections::{BTreeMap, BTreeSet};

use super::account::SheetAccount;
use super::batch::{Batch, Record};
use super::fields::Field;
use super::givers::Units;
use super::settings::Settings;
use crate::domain::issue::{Code, Hint};
use crate::domain::member::Member;
use crate::domain::organisation::Twinning;
use crate::domain::previous::PreviousRow;
use crate::domain::support::{Support, kind_key};

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

fn told_year(sheets: &[SheetAccount], sheet: usize) -> Option<i16> {
    sheets.get(sheet).and_then(|sheet| sheet.told_year)
}

/// Whether lists of several years are told apart: not where all are wanted, nor where somebody said of which year they are.
fn are_told_apart(settings: &Settings) -> bool {
    settings.one_year && settings.year.is_none()
}

/// Whether rosters of members who are counted and not kept tell several years: which of them count their records tell.
pub(crate) fn may_be(batches: &[Batch], settings: &Settings) -> bool {
    let sheets = batches.iter().flat_map(|batch| batch.counted_members.slots.iter().map(move |slot| (batch, slot.sheet)));
    let years: BTreeSet<i16> = sheets.filter_map(|(batch, sheet)| told_year(&batch.sheets, sheet)).collect();
    are_told_apart(settings) && years.len() > 1
}

/// Leaves out the members of other years, where rosters of the year that counts have those of the same organisation and cell.
pub(crate) fn members(batches: &mut [Batch], settings: &Settings) {
    let of = |member: &Member| Units::of(&member.organisation, member.cell.as_ref());
    if keep_one(batches, settings, |batch| &mut batch.members, of, |member| &member.name) {
        // Whom no list of the year that counts has may still be the same as somebody on one.
        batches.iter_mut().flat_map(|batch| &mut batch.members).for_each(|record| record.year = None);
    }
}

/// Leaves out the gifts of other years, where ledgers of the year that counts have some of the same giver.
pub(crate) fn gifts(batches: &mut [Batch], settings: &Settings) {
    keep_one(batches, settings, |batch| &mut batch.pledges, |pledge| pledge.giver.clone(), |pledge| &pledge.name);
}

/// Leaves out support of other years, where registers of the year that counts have the same kind in the same commune. A list of who needs
/// it and one of who got it tell different things: what last year's survey found to be needed is given this year.
pub(crate) fn supports(batches: &mut [Batch], settings: &Settings) {
    let commune = |support: &Support| support.place.as_ref().map(|place| place.commune.clone());
    let tells = |support: &Support| [support.needed.is_some(), support.received.is_some()];
    let of = |support: &Support| (commune(support), kind_key(&support.kind), tells(support));
    keep_one(batches, settings, |batch| &mut batch.supports, of, |support| support.head.as_deref().unwrap_or(&support.kind));
}

/// Leaves out the villages of other years, where a list of the year that counts has some of the same organisation.
pub(crate) fn twinning(batches: &mut [Batch], settings: &Settings) {
    let of = |twinning: &Twinning| twinning.organisation.clone();
    keep_one(batches, settings, |batch| &mut batch.twinning, of, |twinning| twinning.village.name());
}

/// Leaves out the pairs of other years, where an assignment of the year that counts has some of the same commune.
pub(crate) fn assignment(batches: &mut [Batch], settings: &Settings) {
    // The commune stands behind the village.
    let of = |pair: &PreviousRow| pair.household.places.last().cloned();
    keep_one(batches, settings, |batch| &mut batch.previous, of, |pair| pair.household.name.as_deref().unwrap_or_default());
}

/// Leaves out what lists of other years tell, where one of the year that counts tells of the same; false where no two lists tell
/// different years, so that nothing was looked at.
fn keep_one<T, K: Ord>(
    batches: &mut [Batch],
    settings: &Settings,
    records: fn(&mut Batch) -> &mut Vec<Record<T>>,
    of: impl Fn(&T) -> K,
    name: fn(&T) -> &str,
) -> bool {
    if !are_told_apart(settings) {
        return false;
    }
    let all: Vec<Vec<Record<T>>> = batches.iter_mut().map(|batch| std::mem::take(records(batch))).collect();
    let years_told = || {
        let batches = batches.iter().zip(&all);
        batches.flat_map(|(batch, all)| all.iter().map(|record| (record, told_year(&batch.sheets, record.sheet))))
    };
    let several = years_told().filter_map(|(_, year)| year).collect::<BTreeSet<i16>>().len() > 1;
    let years = Years::of(years_told().filter(|_| several).map(|(record, year)| (of(&record.value), year)));
    for (batch, mut stay) in batches.iter_mut().zip(all) {
        let is_other =
            |record: &Record<T>| years.is_other(&of(&record.value), told_year(&batch.sheets, record.sheet), settings.asked);
        let left: Vec<Record<T>> = stay.extract_if(.., |record| several && is_other(record)).collect();
        leave(&left, &stay, batch, name, settings);
        *records(batch) = stay;
    }
    several
}

fn row_of<T>(record: &Record<T>) -> (usize, u32) {
    (record.sheet, record.identity.row)
}

/// Takes the rows that are left out from those that are used, and says so of each. A row of which something stays is used.
fn leave<T>(left: &[Record<T>], stay: &[Record<T>], batch: &mut Batch, name: fn(&T) -> &str, settings: &Settings) {
    let used: BTreeSet<(usize, u32)> = stay.iter().filter(|_| !left.is_empty()).map(row_of).collect();
    for of_row in left.chunk_by(|a, b| row_of(a) == row_of(b)) {
        let (Some(record), rows) = (of_row.first(), of_row.iter().map(|record| record.rows).max().unwrap_or(0)) else { continue };
        let Some(account) = batch.sheets.get_mut(record.sheet) else { continue };
        if !used.contains(&row_of(record)) {
            account.leave_out(record.identity.row, rows, settings.listing.then(|| name(&record.value)));
        }
        let year = account.told_year.map(|year| year.to_string()).unwrap_or_default();
        batch.findings.add(Code::OtherYear, Some(&account.sheet), Some(record.identity), Some(Field::Year), &year, Hint::None);
    }
}
