//! Finds in the surveys the households that registers of support name.

use std::collections::{BTreeMap, BTreeSet};

use super::batch::Batch;
use super::fields::Field;
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::CommuneRef;
use crate::domain::spelling::fold_name;

/// Finds the household that a register means; one that no survey has is an issue, where there is a survey.
pub(crate) fn settle(batches: &mut [Batch]) {
    let surveyed = || batches.iter().flat_map(|batch| &batch.households).map(|household| &household.record.value);
    if surveyed().next().is_none() {
        return;
    }
    // Only those are looked for by name whom no survey has by number: a province has many more households than a register.
    let registered = batches.iter().flat_map(|batch| &batch.supports).filter(|record| record.rows > 0);
    let mut strangers: BTreeSet<Key> = registered.map(|record| record.value.household.clone()).collect();
    surveyed().for_each(|household| {
        strangers.remove(&household.key);
    });
    if strangers.is_empty() {
        return;
    }
    // A register may name any person of a household; one whom two households name is nobody's for certain.
    let mut by_person: BTreeMap<CitizenNumber, Option<Key>> = BTreeMap::new();
    let mut by_name: BTreeMap<(String, Option<CommuneRef>), BTreeSet<Key>> = BTreeMap::new();
    for household in surveyed() {
        let numbers = household.others.iter().filter_map(|person| person.citizen);
        for number in numbers.filter(|number| strangers.contains(&Key::Citizen(*number))) {
            let of = by_person.entry(number).or_insert_with(|| Some(household.key.clone()));
            *of = of.take().filter(|of| *of == household.key);
        }
        for commune in [Some(household.place.commune.clone()), None] {
            by_name.entry((fold_name(&household.head), commune)).or_default().insert(household.key.clone());
        }
    }
    for batch in batches {
        let Batch { supports, findings, sheets, .. } = batch;
        let mut of_persons: BTreeSet<usize> = BTreeSet::new();
        for record in supports.iter_mut().filter(|record| record.rows > 0) {
            let support = &mut record.value;
            if !strangers.contains(&support.household) {
                continue;
            }
            if let Some(household) = support.household.citizen().and_then(|number| by_person.get(&number)?.as_ref()) {
                support.household = household.clone();
                of_persons.insert(record.sheet);
                continue;
            }
            let commune = support.place.as_ref().map(|place| place.commune.clone());
            let named = support.head.as_ref().and_then(|head| by_name.get(&(fold_name(head), commune)));
            match named.map(|keys| keys.iter().collect::<Vec<_>>()).as_deref() {
                Some([only]) if support.household.citizen().is_none() => support.household = (*only).clone(),
                _ => {
                    let sheet = sheets.get(record.sheet).map(|sheet| sheet.sheet.as_str());
                    let found = support.head.as_deref().map_or_else(|| support.household.masked(), str::to_owned);
                    findings.add(
                        Code::SupportHousehold,
                        sheet,
                        Some(record.identity),
                        Some(Field::Household),
                        &found,
                        Hint::None,
                    );
                }
            }
        }
        // Where some rows are of persons, all of the sheet are.
        supports.iter_mut().filter(|record| record.rows > 0 && of_persons.contains(&record.sheet)).for_each(|record| {
            super::support::count_person(&mut record.value);
        });
    }
}
