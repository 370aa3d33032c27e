//! Rates of a year in the communes of any day: a year before a merger in the units after it, and the other way round.
//!
//! Whole communes were merged, so figures of old units add up to the new ones exactly. Figures of a new unit are parted
//! only by its villages, where somebody tells in which old unit each village lay; else they are refused, because a code
//! or a name that is the same before and after a merger means two territories.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::household::Household;
use super::mergers::{Mergers, Unmergeable};
use super::place::{CommuneRef, Place, Village};
use super::poverty::{Counts, RateRow};
use super::survey::Survey;
use super::tally::By;

/// The villages of communes, by which a merged commune can be parted again.
pub type Homes = BTreeMap<CommuneRef, BTreeSet<Village>>;

/// The communes of a day, and what is needed to bring figures to them.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    /// The day of the communes.
    pub day: Date,
    /// What became what.
    pub mergers: &'a Mergers,
    /// In which old commune villages lay.
    pub homes: &'a Homes,
}

/// In which communes of a day households stand. The one by default leaves each where its list has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    day: Option<Date>,
    places: BTreeMap<CommuneRef, BTreeMap<Option<Village>, CommuneRef>>,
}

impl Standing {
    /// The day; `None` where households stand where their lists have them.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// The commune in which a place is counted.
    #[must_use]
    pub fn commune<'a>(&'a self, place: &'a Place) -> &'a CommuneRef {
        let moved = self.places.get(&place.commune).and_then(|villages| villages.get(&place.village));
        moved.unwrap_or(&place.commune)
    }
}

/// Notes the villages of a survey.
pub fn note_homes(homes: &mut Homes, survey: &Survey) {
    let households = survey.all.iter().chain(&survey.poor_only).map(|household| &household.place);
    for place in households.chain(survey.totals.iter().map(|total| &total.place)) {
        if let Some(village) = &place.village {
            homes.entry(place.commune.clone()).or_default().insert(village.clone());
        }
    }
    for (commune, village) in survey.counted.places() {
        if let Some(village) = village {
            homes.entry(commune.clone()).or_default().insert(village.clone());
        }
    }
}

impl Units<'_> {
    /// The rows of a year in the units of the day. They must hold those by commune and by village, and the rows by
    /// village are renamed where two villages of one name came into one commune; other rows do not depend on units.
    ///
    /// # Errors
    /// [`Unmergeable`] where the figures do not exist in these units.
    pub fn rows(&self, rows: Vec<RateRow>) -> Result<Vec<RateRow>, Unmergeable> {
        let mut figures: BTreeMap<CommuneRef, Counts> = BTreeMap::new();
        // Where each village of the rows lies in the units that the figures are in after parting.
        let mut villages: Vec<(CommuneRef, RateRow)> = Vec::new();
        for row in rows.iter().filter(|row| row.by == By::Commune) {
            let Some(commune) = &row.commune else { continue };
            let own = || rows.iter().filter(|other| other.by == By::Village && other.commune.as_ref() == Some(commune));
            if self.is_later(commune) {
                for (home, part) in self.part(commune, own())? {
                    let known = figures.entry(home.clone()).or_insert(ZERO);
                    *known = Counts::sum([*known, part.counts]);
                    villages.push((home, part.clone()));
                }
            } else {
                figures.insert(commune.clone(), row.counts);
                villages.extend(own().map(|village| (commune.clone(), village.clone())));
            }
        }
        let sums = self.mergers.sums_on(&figures, self.day)?;
        let communes = sums.into_iter().map(|(commune, counts)| RateRow {
            by: By::Commune,
            commune: Some(commune),
            village: None,
            group: None,
            counts,
            change: None,
            before: None,
        });
        let communes: Vec<RateRow> = communes.collect();
        let villages = self.villages(villages);
        let rank = |by: By| rows.iter().position(|row| row.by == by);
        let mut brought: Vec<RateRow> = rows
            .iter()
            .filter(|row| !matches!(row.by, By::Commune | By::Village))
            .cloned()
            .chain(communes)
            .chain(villages)
            .collect();
        brought.sort_by_key(|row| rank(row.by));
        Ok(brought)
    }

    /// Whether a unit was made only after the day.
    fn is_later(&self, unit: &CommuneRef) -> bool {
        self.mergers.iter().any(|merger| &merger.into == unit && merger.day > self.day)
    }

    /// The villages of a new unit, each with the old unit in which it lay.
    fn part<'r>(
        &self,
        unit: &CommuneRef,
        villages: impl Iterator<Item = &'r RateRow>,
    ) -> Result<Vec<(CommuneRef, &'r RateRow)>, Unmergeable> {
        let parted = villages.map(|row| Ok((self.home(unit, row.village.as_ref())?, row)));
        let parted = parted.collect::<Result<Vec<_>, _>>()?;
        if parted.is_empty() {
            return Err(Unmergeable::NeedsVillages { unit: unit.clone(), parts: self.mergers.parts(unit) });
        }
        Ok(parted)
    }

    /// The old unit in which a village of a new one lay.
    fn home(&self, unit: &CommuneRef, village: Option<&Village>) -> Result<CommuneRef, Unmergeable> {
        let parts = self.mergers.parts(unit);
        let Some(village) = village else { return Err(Unmergeable::NeedsVillages { unit: unit.clone(), parts }) };
        let lay_in = |part: &CommuneRef| self.homes.get(part).is_some_and(|known| known.contains(village));
        let mut candidates: Vec<CommuneRef> = parts.into_iter().filter(lay_in).collect();
        if candidates.len() == 1 {
            return Ok(candidates.remove(0));
        }
        Err(Unmergeable::UnplacedVillage { unit: unit.clone(), village: village.clone(), candidates })
    }

    /// Where households stand on the day, each by its own commune and village.
    ///
    /// # Errors
    /// [`Unmergeable`] where a household of a later unit has no village, or nothing tells where its village lay.
    pub fn standing<'h>(&self, households: impl IntoIterator<Item = &'h Household>) -> Result<Standing, Unmergeable> {
        let mut places: BTreeMap<CommuneRef, BTreeMap<Option<Village>, CommuneRef>> = BTreeMap::new();
        for Household { place: Place { commune, village }, .. } in households {
            let known = places.get(commune).is_some_and(|villages| villages.contains_key(village));
            if !known {
                let home = if self.is_later(commune) { self.home(commune, village.as_ref())? } else { commune.clone() };
                let unit = self.mergers.on(&home, self.day).clone();
                places.entry(commune.clone()).or_default().insert(village.clone(), unit);
            }
        }
        Ok(Standing { day: Some(self.day), places })
    }

    /// Villages in the units of the day, in order; two of one name in one unit are told apart by where they lay.
    fn villages(&self, villages: Vec<(CommuneRef, RateRow)>) -> Vec<RateRow> {
        let mut homes: BTreeMap<(CommuneRef, Option<Village>), BTreeSet<CommuneRef>> = BTreeMap::new();
        let unit = |home: &CommuneRef| self.mergers.on(home, self.day).clone();
        for (home, row) in &villages {
            homes.entry((unit(home), row.village.clone())).or_default().insert(home.clone());
        }
        let mut brought: Vec<RateRow> = villages
            .into_iter()
            .map(|(home, row)| {
                let unit = unit(&home);
                let several = homes.get(&(unit.clone(), row.village.clone())).is_some_and(|homes| homes.len() > 1);
                let village = match row.village {
                    Some(village) if several => Some(Village::new(&format!("{village} ({})", home.name()))),
                    village => village,
                };
                RateRow { commune: Some(unit), village, ..row }
            })
            .collect();
        brought.sort_by(|a, b| {
            let key = |row: &RateRow| (row.commune.clone(), row.village.is_none(), row.village.clone());
            key(a).cmp(&key(b))
        });
        // Households whose village nobody told are one row of the unit, as they are of an old one.
        let mut merged: Vec<RateRow> = Vec::new();
        for row in brought {
            match merged.last_mut() {
                Some(last) if last.commune == row.commune && last.village == row.village => {
                    last.counts = Counts::sum([last.counts, row.counts]);
                }
                Some(_) | None => merged.push(row),
            }
        }
        merged
    }
}

/// Counted, and none there: what a sum of known parts begins with.
const ZERO: Counts = Counts {
    households: Some(0),
    persons: Some(0),
    poor: Some(0),
    near_poor: Some(0),
    poor_persons: Some(0),
    near_poor_persons: Some(0),
};

#[cfg(test)]
#[path = "units_tests.rs"]
mod tests;
