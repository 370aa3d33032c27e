//! Lists of the exempt, of those on probation, of the dead and the gone, which committees keep beside the whole roster: who stands on
//! both is one member, of the standing that the list tells by its title or the name of its sheet.

use std::collections::BTreeMap;

use super::batch::{Batch, Record};
use super::identity::key;
use crate::domain::household::Birth;
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::member::{Member, Standing};

/// Where a member stands: the file and the place among its members.
type At = (usize, usize);

/// Gives the members of rosters the standings that such lists tell, and takes them off the lists. Whoever is on a list alone is a
/// member as any other. What a roster itself says of somebody, who is more than official there, holds.
pub(crate) fn join(batches: &mut [Batch]) {
    if batches.iter().all(|batch| batch.standing_lists.is_empty()) {
        return;
    }
    let known = Known::of(batches);
    let found: BTreeMap<At, (At, Standing)> = listed(batches)
        .filter(|(_, _, of_list)| *of_list)
        .filter_map(|(here, record, _)| Some((here, (known.find(record)?, record.value.standing))))
        .collect();
    for ((file, at), standing) in found.values() {
        if let Some(record) = batches.get_mut(*file).and_then(|batch| batch.members.get_mut(*at))
            && matches!(record.value.standing, Standing::Official | Standing::Probation)
        {
            record.value.standing = *standing;
        }
    }
    for (file, batch) in batches.iter_mut().enumerate() {
        let mut places = 0..;
        batch.members.retain(|_| places.next().is_none_or(|at| !found.contains_key(&(file, at))));
    }
}

/// All members with their places, and whether a list of one standing has them.
fn listed(batches: &[Batch]) -> impl Iterator<Item = (At, &Record<Member>, bool)> {
    batches.iter().enumerate().flat_map(|(file, batch)| {
        let places = batch.members.iter().enumerate();
        places.map(move |(at, record)| ((file, at), record, batch.standing_lists.contains(&record.sheet)))
    })
}

/// What is known by year and key; of several nothing.
type OfYears<K, V> = BTreeMap<(Option<i16>, K), Option<V>>;

/// The members of rosters by what tells them; of several that one thing tells none is meant.
#[derive(Debug, Default)]
struct Known {
    numbers: OfYears<CitizenNumber, At>,
    cards: OfYears<String, At>,
    /// By name, and whether the roster has a number.
    names: OfYears<Key, (At, bool)>,
}

impl Known {
    fn of(batches: &[Batch]) -> Self {
        let mut known = Self::default();
        for (at, Record { year, value, .. }, _) in listed(batches).filter(|(_, _, of_list)| !of_list) {
            if let Some(number) = value.citizen() {
                known.numbers.entry((*year, number)).and_modify(|of| *of = None).or_insert(Some(at));
            }
            if let Some(card) = &value.card {
                known.cards.entry((*year, card.to_string())).and_modify(|of| *of = None).or_insert(Some(at));
            }
            if let Some(name) = name_of(value) {
                let numbered = value.citizen().is_some();
                known.names.entry((*year, name)).and_modify(|of| *of = None).or_insert(Some((at, numbered)));
            }
        }
        known
    }

    /// The member of the roster of the same year, or of one that tells no year.
    fn find(&self, Record { year, value, .. }: &Record<Member>) -> Option<At> {
        [*year, None].into_iter().find_map(|year| self.find_in(year, value))
    }

    fn find_in(&self, year: Option<i16>, member: &Member) -> Option<At> {
        let by_number = member.citizen().and_then(|number| self.numbers.get(&(year, number)).copied().flatten());
        let card = || self.cards.get(&(year, member.card.as_ref()?.to_string())).copied().flatten();
        // Two usable numbers are two members.
        let by_name = || {
            let (at, numbered) = self.names.get(&(year, name_of(member)?)).copied().flatten()?;
            (!numbered || member.citizen().is_none()).then_some(at)
        };
        by_number.or_else(card).or_else(by_name)
    }
}

/// The key that a member without a number has, where the day of birth is known: with it the key is nobody else's.
fn name_of(member: &Member) -> Option<Key> {
    let is_day = matches!(member.birth, Some(Birth::Day(_)));
    is_day.then(|| key(None, &member.name, member.birth, member.organisation.folded()))
}
