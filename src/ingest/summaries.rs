//! What a list of households says as a whole: whether it speaks of everybody, and whether the summary beside it is right.

use std::collections::BTreeMap;

use super::account::WhySkipped;
use super::batch::Batch;
use super::fields::Field;
use crate::domain::household::Class;
use crate::domain::issue::{Code, Hint};
use crate::domain::place::{Place, village_key};
use crate::domain::source::CellRef;
use crate::domain::survey::Coverage;

/// A totals table in a workbook of household lists is a summary of them: it is compared with them and adds nothing.
pub(crate) fn compare(batch: &mut Batch) {
    if !batch.everybody || (batch.households.is_empty() && batch.counted.rows.is_empty()) || batch.totals.is_empty() {
        return;
    }
    let totals = std::mem::take(&mut batch.totals);
    let counts = counts(batch);
    for record in totals {
        let village = record.value.place.village.as_ref().map(|village| village_key(village.name()));
        let disturbed = batch.disturbed.iter().any(|(_, at)| village.is_none() || at.is_none() || *at == village);
        let counted = counts.get(&village).copied().unwrap_or_default();
        let printed = [record.value.households, record.value.poor, record.value.near_poor];
        let Some(account) = batch.sheets.get_mut(record.sheet) else { continue };
        account.used -= record.rows;
        account.skipped += record.rows;
        account.skipped_rows.clear();
        account.why_skipped = Some(WhySkipped::Summary);
        for ((printed, counted), field) in printed.into_iter().zip(counted).zip([Field::Households, Field::Poor, Field::NearPoor])
        {
            let col = account.columns.iter().find(|column| column.field == Some(field.key())).map(|column| column.cell.col);
            if let (Some(printed), Some(col), false) = (printed, col, disturbed)
                && printed != counted
            {
                let cell = CellRef::new(record.value.source.row, col);
                let hint = Hint::Value(counted.to_string());
                batch.findings.add(Code::SumUnlike, Some(&account.sheet), Some(cell), Some(field), &printed.to_string(), hint);
            }
        }
    }
}

/// Whether each list speaks of everybody, in its households and in its account.
pub(crate) fn cover(batch: &mut Batch) {
    let of_file = if batch.everybody { Coverage::All } else { Coverage::PoorOnly };
    for household in &mut batch.households {
        let coverage = *household.coverage.get_or_insert(of_file);
        if let Some(account) = batch.sheets.get_mut(household.record.sheet) {
            account.coverage.get_or_insert(coverage);
        }
    }
    for slot in &mut batch.counted.slots {
        let coverage = *slot.coverage.get_or_insert(of_file);
        if let Some(account) = batch.sheets.get_mut(slot.sheet) {
            account.coverage.get_or_insert(coverage);
        }
    }
}

/// All, poor and near-poor households of each village of a file by its folded name, and of all of it under `None`.
fn counts(batch: &Batch) -> BTreeMap<Option<String>, [u64; 3]> {
    let mut counts: BTreeMap<Option<String>, [u64; 3]> = BTreeMap::new();
    let mut add = |place: &Place, class: Class| {
        let village = place.village.as_ref().map(|village| village.folded().to_owned());
        for slot in [village.clone(), None].into_iter().take(if village.is_some() { 2 } else { 1 }) {
            let count = counts.entry(slot).or_default();
            count[0] += 1;
            count[1] += u64::from(class == Class::Poor);
            count[2] += u64::from(class == Class::NearPoor);
        }
    };
    for household in &batch.households {
        add(&household.record.value.place, household.record.value.class);
    }
    for row in batch.counted.rows.iter() {
        if let Some(slot) = batch.counted.slots.get(row.slot as usize) {
            add(&slot.place, row.class());
        }
    }
    counts
}
