//! One spelling for each village and organisation, however files write them.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::context::print_organisation;
use super::settings::Settings;
use crate::domain::organisation::Organisation;
use crate::domain::place::{CommuneRef, Village, village_key};
use crate::domain::spelling::fold;

/// The villages of each commune, by folded name.
pub(crate) type Villages = BTreeMap<CommuneRef, BTreeMap<String, Village>>;

/// How often each spelling of a village was found, and which villages surveys and totals know. A nation has a hundred thousand.
#[derive(Debug, Default)]
pub(crate) struct Spellings {
    found: BTreeMap<(CommuneRef, String), Found>,
}

/// What was found of a village.
#[derive(Debug, Default)]
struct Found {
    /// Its spellings, nearly always one, and how often each was found.
    names: Vec<(Box<str>, u64)>,
    /// Whether a survey or a totals table has it.
    known: bool,
}

impl Spellings {
    /// Notes a spelling that was found so many times; `known` when a survey or a totals table has it.
    pub(crate) fn note(&mut self, commune: &CommuneRef, village: &Village, times: u64, known: bool) {
        let found = self.found.entry((commune.clone(), village.folded().to_owned())).or_default();
        match found.names.iter_mut().find(|(name, _)| **name == *village.name()) {
            Some((_, count)) => *count += times,
            None => {
                found.names.reserve_exact(1);
                found.names.push((village.name().into(), times));
            }
        }
        found.known |= known;
    }

    /// Gives every village the spelling that is printed: the programme file's, else one that is not in capitals, else the most
    /// frequent, else the first in the alphabet. What comes back is the register of villages that surveys and totals know.
    pub(crate) fn settle(mut self, batches: &mut [Batch], settings: &Settings) -> Villages {
        for batch in batches.iter() {
            let places = batch.households.iter().map(|household| &household.record.value.place);
            for place in places.chain(batch.totals.iter().map(|record| &record.value.place)) {
                if let Some(village) = &place.village {
                    self.note(&place.commune, village, 1, true);
                }
            }
            for record in &batch.twinning {
                self.note(&record.value.commune, &record.value.village, 1, false);
            }
        }
        let listed = |commune: &CommuneRef, folded: &str| {
            settings.villages.get(commune.name())?.iter().find(|name| village_key(name) == folded).cloned()
        };
        let mut villages = Villages::new();
        let mut chosen: BTreeMap<(CommuneRef, String), Village> = BTreeMap::new();
        for (slot, Found { names, known }) in self.found {
            let best = names.iter().min_by_key(|(name, count)| (is_capitals(name), std::cmp::Reverse(*count), name));
            let listed = listed(&slot.0, &slot.1);
            let best = listed.as_deref().or(best.map(|(name, _)| &**name)).unwrap_or_default();
            let village = Village::new(best);
            if known {
                villages.entry(slot.0.clone()).or_default().insert(slot.1.clone(), village.clone());
            }
            chosen.insert(slot, village);
        }
        let spell = |commune: &CommuneRef, village: &mut Village| {
            if let Some(chosen) = chosen.get(&(commune.clone(), village.folded().to_owned())) {
                *village = chosen.clone();
            }
        };
        for batch in batches {
            for household in &mut batch.households {
                let place = &mut household.record.value.place;
                place.village.iter_mut().for_each(|village| spell(&place.commune, village));
            }
            for record in &mut batch.totals {
                let place = &mut record.value.place;
                place.village.iter_mut().for_each(|village| spell(&place.commune, village));
            }
            for record in &mut batch.twinning {
                spell(&record.value.commune, &mut record.value.village);
            }
        }
        villages
    }
}

fn is_capitals(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() > 3 && !name.chars().any(char::is_lowercase)
}

/// Gives every organisation one spelling: not one that was made from capitals where another is known, then the most frequent.
pub(crate) fn spell_organisations(batches: &mut [Batch]) {
    // A roster names few organisations and cells on many rows: each is folded once.
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for batch in batches.iter() {
        for record in &batch.members {
            *counts.entry(record.value.organisation.name()).or_default() += 1;
            record.value.cell.iter().for_each(|cell| *counts.entry(&cell.name).or_default() += 1);
        }
        for slot in &batch.counted_members.slots {
            *counts.entry(slot.organisation.name()).or_default() += slot.members();
            slot.cell.iter().for_each(|cell| *counts.entry(&cell.name).or_default() += slot.members());
        }
        batch.twinning.iter().for_each(|record| *counts.entry(record.value.organisation.name()).or_default() += 1);
    }
    // A spelling of rows that are all left out is nobody's.
    counts.retain(|_, rows| *rows > 0);
    let mut spellings: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (name, count) in counts {
        spellings.entry(fold(name)).or_default().insert(name.to_owned(), count);
    }
    spellings.retain(|_, names| names.len() > 1);
    let best = |organisation: &Organisation| {
        let names = spellings.get(organisation.folded())?;
        let committee = organisation.committee_of();
        let made = |name: &str| committee.is_none() && print_organisation(&name.to_uppercase(), None) == name;
        let best =
            names.iter().min_by_key(|(name, count)| (is_capitals(name), made(name), std::cmp::Reverse(**count), name.as_str()));
        best.filter(|(name, _)| name.as_str() != organisation.name()).map(|(name, _)| Organisation::new(name, committee.cloned()))
    };
    // What a name becomes depends on whether it is a committee, and on the name alone otherwise.
    let mut settled: BTreeMap<(String, Option<CommuneRef>), Option<Organisation>> = BTreeMap::new();
    let mut spell = |organisation: &mut Organisation| {
        if !spellings.contains_key(organisation.folded()) {
            return;
        }
        let slot = (organisation.name().to_owned(), organisation.committee_of().cloned());
        if let Some(better) = settled.entry(slot).or_insert_with(|| best(organisation)) {
            *organisation = better.clone();
        }
    };
    for batch in batches {
        batch.members.iter_mut().for_each(|record| spell(&mut record.value.organisation));
        batch.counted_members.slots.iter_mut().for_each(|slot| spell(&mut slot.organisation));
        batch.twinning.iter_mut().for_each(|record| spell(&mut record.value.organisation));
    }
}
