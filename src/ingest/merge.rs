//! Puts the files together: doubles, one spelling for each village and organisation, whose cell is whose, and what one list
//! says of another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::absorb::Absorbed;
use super::account::{FileAccount, Ingested, SheetAccount, add};
use super::batch::{Batch, HouseholdRecord, Record};
use super::context::Places;
use super::corrections::Verdict;
use super::doubles;
use super::fields::Field;
use super::settings::Settings;
use super::spellings::{Spellings, Villages, spell_organisations};
use super::summaries;
use crate::domain::counted::Counted;
use crate::domain::household::Household;
use crate::domain::ids::Key;
use crate::domain::issue::{Code, Hint, Issue, Severity};
use crate::domain::member::Member;
use crate::domain::organisation::{Cell, Organisation, village_of};
use crate::domain::place::{CommuneRef, Village};
use crate::domain::source::{CellRef, Source};
use crate::domain::spelling::nearest;
use crate::domain::survey::{Coverage, end_of};

/// Puts files together in reading order.
pub(crate) fn merge(mut batches: Vec<Batch>, settings: &Settings, places: &Places) -> Ingested {
    doubles::files(&mut batches);
    batches.iter_mut().for_each(summaries::compare);
    batches.iter_mut().for_each(summaries::cover);
    super::persons::attach(&mut batches);
    doubles::households(&mut batches, settings);
    doubles::nameless(&mut batches, settings);
    super::alike_households::tell(&mut batches, settings);
    doubles::people(&mut batches);
    finish(batches, BTreeMap::new(), Spellings::default(), settings, places)
}

/// Puts files together whose households, and members, were counted as they were read.
pub(crate) fn merge_counted(batches: Vec<Batch>, absorbed: Absorbed, settings: &Settings, places: &Places) -> Ingested {
    let (counted, spellings) = absorbed.sums();
    finish(batches, counted, spellings, settings, places)
}

/// What comes after doubled households are left out.
fn finish(
    mut batches: Vec<Batch>,
    mut counted: BTreeMap<Option<i16>, Counted>,
    spellings: Spellings,
    settings: &Settings,
    places: &Places,
) -> Ingested {
    super::other_years::members(&mut batches, settings);
    super::standing_lists::join(&mut batches);
    super::pledge_lists::join(&mut batches);
    doubles::members(&mut batches, settings);
    super::alike_members::leave_out(&mut batches, settings);
    doubles::areas(&mut batches);
    let villages = spellings.settle(&mut batches, settings);
    let printed = |commune: &CommuneRef, village: &Village| villages.get(commune)?.get(village.folded()).cloned();
    counted.values_mut().for_each(|counted| counted.respell(printed));
    spell_organisations(&mut batches);
    super::agencies::join(&mut batches);
    batches.iter_mut().for_each(|batch| cells(batch, &villages));
    super::other_years::twinning(&mut batches, settings);
    batches.iter_mut().for_each(|batch| twinned_villages(batch, &villages));
    super::twinning::mistyped(&mut batches);
    number_keys(&mut batches);
    super::givers::settle(&mut batches);
    super::other_years::gifts(&mut batches, settings);
    super::givers::tell_doubled(&mut batches);
    super::other_years::supports(&mut batches, settings);
    super::other_years::assignment(&mut batches, settings);
    super::receivers::settle(&mut batches);
    doubles::supports(&mut batches);
    let extra = missing_communes(&batches, &counted, settings, places);
    let mut all = gather(batches, extra);
    for (year, counted) in counted {
        all.surveys.entry(year).or_default().counted = counted;
    }
    let accepted = accepted(&mut all.issues, settings);
    all.applied.extend(accepted);
    all
}

/// Which village a cell of a commune committee is of, by its name.
fn cells(batch: &mut Batch, villages: &Villages) {
    let Batch { members, counted_members, findings, sheets, .. } = batch;
    let mut tell = |sheet: usize, at: Option<CellRef>, name: &str, hint: Hint| {
        let sheet = sheets.get(sheet).map(|sheet| sheet.sheet.as_str());
        if at.is_some() {
            findings.add(Code::VillageUnknown, sheet, at, Some(Field::Cell), name, hint);
        }
    };
    for record in members {
        let Some(cell) = record.value.cell.as_mut() else { continue };
        if let Some(hint) = place_cell(cell, &record.value.organisation, villages) {
            tell(record.sheet, record.place, &cell.name, hint);
        }
    }
    // In the order of their rows, which is that of the members themselves.
    counted_members.slots.sort_by_key(|slot| (slot.sheet, slot.first));
    for slot in &mut counted_members.slots {
        let (members, Some(first), Some(cell)) = (slot.members(), slot.first, slot.cell.as_mut()) else { continue };
        if let Some(hint) = place_cell(cell, &slot.organisation, villages) {
            let at = slot.place_col.map(|col| CellRef::new(first, col));
            (0..members).for_each(|_| tell(slot.sheet, at, &cell.name, hint.clone()));
        }
    }
}

/// Finds the village of a cell, where it is one of a commune committee; gives what it may mean where its name is that of a
/// village which no list has, and there are lists.
fn place_cell(cell: &mut Cell, organisation: &Organisation, villages: &Villages) -> Option<Hint> {
    let known = villages.get(organisation.committee_of()?);
    let names = || known.into_iter().flat_map(BTreeMap::values);
    if let Some(village) = &mut cell.village {
        if let Some(printed) = known.and_then(|known| known.get(village.folded())) {
            *village = printed.clone();
        }
        return None;
    }
    if let Some(village) = village_of(&cell.name, names()) {
        cell.village = Some(village);
        return None;
    }
    let named = cell.name.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
    if !super::context::is_village_name(&named) {
        return None;
    }
    cell.village = Some(Village::new(&named));
    names().next()?;
    Some(nearest(&named, names().map(Village::name)).map_or(Hint::None, |name| Hint::Nearest(name.to_owned())))
}

/// Twinning to a village that no survey has, where there is a survey of the commune to compare with.
fn twinned_villages(batch: &mut Batch, villages: &Villages) {
    for record in &batch.twinning {
        let Some(known) = villages.get(&record.value.commune) else { continue };
        if known.contains_key(record.value.village.folded()) {
            continue;
        }
        let found = record.value.village.name();
        let hint = nearest(found, known.values().map(Village::name)).map_or(Hint::None, |name| Hint::Nearest(name.to_owned()));
        let sheet = batch.sheets.get(record.sheet).map(|sheet| sheet.sheet.as_str());
        batch.findings.add(Code::VillageUnknown, sheet, record.place, Some(Field::Village), found, hint);
    }
}

/// Numbers made keys that are the same, within one year and one kind of list.
fn number_keys(batches: &mut [Batch]) {
    let mut slots: BTreeSet<(Option<i16>, Option<Coverage>)> = BTreeSet::new();
    let mut keys: BTreeMap<Source, Key> = BTreeMap::new();
    for household in batches.iter().flat_map(|batch| &batch.households) {
        slots.insert((household.record.year, household.coverage));
    }
    for slot in slots {
        let of_slot = batches.iter_mut().flat_map(|batch| &mut batch.households).filter(|household| {
            (household.record.year, household.coverage) == slot && household.record.value.citizen().is_none()
        });
        let renamed = doubles::number_keys(
            of_slot,
            |household| &mut household.record.value.key,
            |household| household_says(&household.record.value),
        );
        let renamed = renamed.into_iter().map(|household| &household.record.value);
        keys.extend(renamed.map(|household| (household.source.clone(), household.key.clone())));
    }
    // A mark column is about the household of its own row.
    for record in batches.iter_mut().flat_map(|batch| &mut batch.supports).filter(|record| record.rows == 0) {
        if let Some(key) = keys.get(&record.value.source) {
            record.value.household = key.clone();
        }
    }
    let members = batches.iter_mut().flat_map(|batch| &mut batch.members).filter(|record| record.value.citizen().is_none());
    doubles::number_keys(members, |record| &mut record.value.key, |record| member_says(&record.value));
}

/// All that a row says of a household beyond its made key. Where it stands comes last: it only orders rows that are the
/// same in every respect, so that the numbers they get do not depend on the order of the rows.
fn household_says(of: &Household) -> String {
    let scores = (of.persons, of.class, of.b1, of.b2, of.sex, of.deprivations);
    let numbers: Vec<String> = of.others.iter().filter_map(|person| Some(person.citizen?.to_string())).collect();
    format!("{scores:?}{:?}{numbers:?}{}", (of.people, of.no_labour, of.merit, &of.others), of.source)
}

/// As [`household_says`], of a member.
fn member_says(of: &Member) -> String {
    let party = (&of.card, of.admitted, &of.cell, of.official, of.standing);
    let gives = (of.salaried, of.coefficient, &of.pledged, &of.delivered);
    format!("{party:?}{:?}{gives:?}{}", (of.sex, of.people), of.source)
}

/// Communes of the list that exist at the end of a year and have no household list of that year.
fn missing_communes(
    batches: &[Batch],
    counted: &BTreeMap<Option<i16>, Counted>,
    settings: &Settings,
    places: &Places,
) -> Vec<Issue> {
    if !settings.expect_every_commune {
        return Vec::new();
    }
    let mut found: BTreeMap<i16, BTreeSet<CommuneRef>> = BTreeMap::new();
    for household in batches.iter().flat_map(|batch| &batch.households) {
        if let Some(year) = household.record.year {
            found.entry(year).or_default().insert(household.record.value.place.commune.clone());
        }
    }
    for (year, counted) in counted {
        if let Some(year) = year {
            found.entry(*year).or_default().extend(counted.places().map(|(commune, _)| commune.clone()));
        }
    }
    let mut issues = Vec::new();
    for (year, found) in found {
        let expected = places.all().iter().filter(|commune| end_of(year).is_none_or(|day| commune.exists_on(day)));
        for commune in expected.filter(|commune| !found.contains(*commune)) {
            let mut issue = Issue::of_file(Code::CommuneMissing, Arc::from(""), commune.name());
            issue.field = Some(Field::Commune.key());
            issue.hint = Hint::Other(year.to_string());
            issues.push(issue);
        }
    }
    issues
}

/// Takes away the warnings that a person looked at and found to be right as they stand.
fn accepted(issues: &mut Vec<Issue>, settings: &Settings) -> BTreeSet<usize> {
    let mut applied = BTreeSet::new();
    for (at, decision) in settings.decisions.iter().enumerate() {
        if !matches!(decision.verdict, Verdict::Keep | Verdict::Different) {
            continue;
        }
        let before = issues.len();
        issues.retain(|issue| issue.severity != Severity::Warning || !decision.is_about(issue));
        if issues.len() < before {
            applied.insert(at);
        }
    }
    applied
}

/// The values of records, in the memory that these have; what they no longer need of it is given back.
fn values<R, T>(records: Vec<R>, value: impl Fn(R) -> T) -> Vec<T> {
    let mut values: Vec<T> = records.into_iter().map(value).collect();
    values.shrink_to_fit();
    values
}

fn value<T>(record: Record<T>) -> T {
    record.value
}

/// The list of a year and a kind.
fn list(all: &mut Ingested, year: Option<i16>, coverage: Coverage) -> &mut Vec<Household> {
    let survey = all.surveys.entry(year).or_default();
    match coverage {
        Coverage::All => &mut survey.all,
        Coverage::PoorOnly => &mut survey.poor_only,
    }
}

/// Hands everything over, in reading order; issues sorted by file, sheet and cell.
fn gather(batches: Vec<Batch>, extra: Vec<Issue>) -> Ingested {
    let mut all = Ingested { issues: extra, ..Ingested::default() };
    for batch in batches {
        debug_assert!(batch.sheets.iter().all(balanced), "{}: {:?}", batch.file, batch.sheets);
        let of = |household: &HouseholdRecord| (household.record.year, household.coverage.unwrap_or(Coverage::PoorOnly));
        let first = batch.households.first().map(of);
        if let Some((year, coverage)) = first.filter(|first| batch.households.iter().all(|household| of(household) == *first)) {
            // Most files are one list: its rows are moved together.
            add(list(&mut all, year, coverage), values(batch.households, |household| household.record.value));
        } else {
            for household in batch.households {
                let (year, coverage) = of(&household);
                list(&mut all, year, coverage).push(household.record.value);
            }
        }
        for record in batch.totals {
            all.surveys.entry(record.year).or_default().totals.push(record.value);
        }
        add(&mut all.roster.members, values(batch.members, value));
        for (slot, traits, members) in batch.counted_members.alike() {
            all.roster.counted.add(&slot.organisation, slot.cell.as_ref(), traits, members);
        }
        add(&mut all.roster.pledges, values(batch.pledges, value));
        add(&mut all.roster.twinning, values(batch.twinning, value));
        add(&mut all.supports, values(batch.supports, value));
        add(&mut all.previous, values(batch.previous, value));
        all.decisions.extend(batch.decisions);
        all.answers.extend(batch.answers);
        all.doubled.extend(batch.doubled);
        all.applied.extend(batch.applied);
        all.issues.extend(batch.error.clone());
        all.issues.extend(batch.findings.into_issues());
        all.files.push(FileAccount { file: batch.file, sha256: batch.sha256, error: batch.error, sheets: batch.sheets });
    }
    all.issues.sort_by(|a, b| a.place_key().cmp(&b.place_key()));
    all
}

/// Nothing is lost.
fn balanced(account: &SheetAccount) -> bool {
    account.read == account.used + account.rejected + account.skipped
}
