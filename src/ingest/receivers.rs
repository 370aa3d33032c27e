//! Finds in the surveys the households that registers of support name: by number, by that of a person, else by the head's name and
//! what is told beside it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::batch::{Batch, Record};
use super::fields::Field;
use super::givers::{is_one_name, name_key};
use crate::domain::household::{Birth, Household};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::{CommuneRef, Village};
use crate::domain::support::Support;

/// A household that a name may mean.
#[derive(Debug)]
struct Candidate {
    key: Key,
    head: String,
    commune: CommuneRef,
    village: Option<Village>,
    birth: Option<Birth>,
}

/// The households of the surveys that registers may mean and do not name by their own number.
#[derive(Debug, Default)]
struct Receivers {
    /// By the number of a person; one whom two households name is nobody's for certain.
    by_person: BTreeMap<CitizenNumber, Option<Key>>,
    by_name: HashMap<String, Vec<Candidate>>,
}

/// Which household a row means.
enum Found<'a> {
    OfPerson(Key),
    Named(&'a Candidate),
    Nobody,
}

impl Receivers {
    fn of<'a>(households: impl Iterator<Item = &'a Household>, strangers: &BTreeSet<Key>, names: &HashSet<String>) -> Self {
        let mut receivers = Self::default();
        for household in households {
            let numbers = household.others.iter().filter_map(|person| person.citizen);
            for number in numbers.filter(|number| strangers.contains(&Key::Citizen(*number))) {
                let of = receivers.by_person.entry(number).or_insert_with(|| Some(household.key.clone()));
                *of = of.take().filter(|of| *of == household.key);
            }
            let name = name_key(&household.head);
            if names.contains(&name) {
                receivers.by_name.entry(name).or_default().push(Candidate {
                    key: household.key.clone(),
                    head: household.head.to_string(),
                    commune: household.place.commune.clone(),
                    village: household.place.village.clone(),
                    birth: household.birth,
                });
            }
        }
        receivers
    }

    /// The household of a row: not one of another number, commune or birth; of several the one of the village, and then the one whose
    /// head is written alike. The same household may stand in the survey and in the state list.
    fn find(&self, support: &Support, birth: Option<Birth>) -> Found<'_> {
        let number = support.household.citizen();
        if let Some(household) = number.and_then(|number| self.by_person.get(&number)?.as_ref()) {
            return Found::OfPerson(household.clone());
        }
        let Some(head) = &support.head else { return Found::Nobody };
        let place = support.place.as_ref();
        let mut possible: Vec<&Candidate> = self.by_name.get(&name_key(head)).into_iter().flatten().collect();
        possible.retain(|of| number.is_none() || of.key.citizen().is_none());
        possible.retain(|of| place.is_none_or(|place| of.commune == place.commune));
        possible.retain(|of| birth.zip(of.birth).is_none_or(|(told, known)| told.agrees(known)));
        possible.sort_by(|a, b| a.key.cmp(&b.key));
        possible.dedup_by(|a, b| a.key == b.key);
        let village = place.and_then(|place| place.village.as_ref());
        let of_village = |of: &Candidate| village.is_some() && of.village.as_ref() == village;
        for narrower in [&of_village as &dyn Fn(&Candidate) -> bool, &|of| of.head.to_lowercase() == head.to_lowercase()] {
            if possible.len() > 1 && possible.iter().any(|of| narrower(of)) {
                possible.retain(|of| narrower(of));
            }
        }
        match possible.as_slice() {
            [only] => Found::Named(only),
            _ => Found::Nobody,
        }
    }
}

/// Finds the household that a register means; one that no survey has is an issue, where there is a survey, and so are one that the
/// survey has in another village and a number that is not that of the name beside it.
pub(crate) fn settle(batches: &mut [Batch]) {
    let surveyed = || batches.iter().flat_map(|batch| &batch.households).map(|household| &household.record.value);
    let registered = || batches.iter().flat_map(|batch| &batch.supports).filter(|record| record.rows > 0);
    if surveyed().next().is_none() || registered().next().is_none() {
        return;
    }
    // Only those are looked for that registers name: a province has many more households than a register.
    let mut strangers: BTreeSet<Key> = registered().map(|record| record.value.household.clone()).collect();
    let mut heads: HashMap<CitizenNumber, Vec<String>> =
        registered().filter_map(|record| Some((record.value.household.citizen()?, Vec::new()))).collect();
    for household in surveyed() {
        strangers.remove(&household.key);
        if let Some(names) = household.citizen().and_then(|number| heads.get_mut(&number)) {
            names.push(household.head.to_string());
            names.extend(household.others.iter().map(|person| person.name.clone()));
        }
    }
    let strange = registered().filter(|record| strangers.contains(&record.value.household));
    let names: HashSet<String> = strange.filter_map(|record| record.value.head.as_deref().map(name_key)).collect();
    let receivers = if strangers.is_empty() { Receivers::default() } else { Receivers::of(surveyed(), &strangers, &names) };
    for batch in batches {
        let Batch { supports, findings, sheets, register_births, .. } = batch;
        let mut of_persons: BTreeSet<usize> = BTreeSet::new();
        let mut tell = |record: &Record<Support>, code: Code, field: Field, found: &str, hint: Hint| {
            let sheet = sheets.get(record.sheet).map(|sheet| sheet.sheet.as_str());
            findings.add(code, sheet, Some(record.identity), Some(field), found, hint);
        };
        for record in supports.iter_mut().filter(|record| record.rows > 0) {
            let support = &record.value;
            if !strangers.contains(&support.household) {
                let known = support.household.citizen().and_then(|number| heads.get(&number)).map_or(&[][..], Vec::as_slice);
                if let (Some(head), Some(first)) = (&support.head, known.first())
                    && !known.iter().any(|name| is_one_name(name, head))
                {
                    tell(record, Code::NumberName, Field::Head, head, Hint::Other(first.clone()));
                }
                continue;
            }
            let birth = register_births.get(&(record.sheet, support.source.row)).copied();
            match receivers.find(support, birth) {
                Found::OfPerson(household) => {
                    record.value.household = household;
                    of_persons.insert(record.sheet);
                }
                Found::Named(of) => {
                    let village = support.place.as_ref().and_then(|place| place.village.as_ref());
                    let other = of
                        .village
                        .as_ref()
                        .zip(village)
                        .filter(|(known, told)| known != told && !is_one_name(known.name(), told.name()));
                    if let Some((known, told)) = other {
                        tell(record, Code::SupportElsewhere, Field::Village, told.name(), Hint::Other(known.name().to_owned()));
                    }
                    record.value.household = of.key.clone();
                }
                Found::Nobody => {
                    let found = support.head.as_deref().map_or_else(|| support.household.masked(), str::to_owned);
                    tell(record, Code::SupportHousehold, Field::Household, &found, Hint::None);
                }
            }
        }
        // Where some rows are of persons, all of the sheet are.
        supports.iter_mut().filter(|record| record.rows > 0 && of_persons.contains(&record.sheet)).for_each(|record| {
            super::support::count_person(&mut record.value);
        });
    }
}
