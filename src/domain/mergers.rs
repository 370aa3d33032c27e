//! Units over time: figures of old communes brought to the communes that they became.
//!
//! Whole units were merged, so sums from old to new are exact. From new to old they would need the village of each
//! household and are refused.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::gazetteer::{MERGER_DAY, lak};
use super::household::Household;
use super::place::{Commune, CommuneRef, Village};
use super::poverty::Counts;

/// One old unit and what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merger {
    /// The unit that ended.
    pub from: CommuneRef,
    /// The unit that holds its whole territory from then on.
    pub into: CommuneRef,
    /// First day of the new unit.
    pub day: Date,
}

/// The mergers that the tool knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mergers(BTreeMap<CommuneRef, Merger>);

/// Why figures cannot be brought to other units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmergeable {
    /// The new unit was made of several old ones, and nobody knows which household is in which.
    NeedsVillages {
        /// The new unit.
        unit: CommuneRef,
        /// What it was made of.
        parts: Vec<CommuneRef>,
    },
    /// No list tells in which old unit a village of the new one lay, or two lists tell two.
    UnplacedVillage {
        /// The new unit.
        unit: CommuneRef,
        /// The village.
        village: Village,
        /// The old units that have a village of this name; none or several.
        candidates: Vec<CommuneRef>,
    },
    /// An old unit and the new one that holds it are both among the figures: together they would count twice.
    BothTimes {
        /// The old unit.
        old: CommuneRef,
        /// The new unit.
        new: CommuneRef,
    },
}

/// Old and new code of the mergers of 1 July 2025 in Lắk (Resolution 1660/NQ-UBTVQH15).
const LAK_2025: [(u32, u32); 10] = [
    (24580, 24580),
    (24583, 24580),
    (24586, 24580),
    (24589, 24595),
    (24592, 24595),
    (24595, 24595),
    (24598, 24598),
    (24601, 24598),
    (24607, 24607),
    (24610, 24607),
];

impl Mergers {
    /// The mergers of Lắk in 2025; Krông Nô was left as it was.
    #[must_use]
    pub fn lak_2025() -> Self {
        let units: Vec<CommuneRef> = lak().into_iter().map(CommuneRef::new).collect();
        let find =
            |code: u32, holds: fn(&Commune) -> bool| units.iter().find(|unit| unit.code == Some(code) && holds(unit)).cloned();
        Self::new(LAK_2025.into_iter().filter_map(|(old, new)| {
            let from = find(old, |unit| unit.valid_to == Some(MERGER_DAY))?;
            let into = find(new, |unit| unit.valid_from == Some(MERGER_DAY))?;
            Some(Merger { from, into, day: MERGER_DAY })
        }))
    }

    /// Mergers as a programme file lists them; of two for one old unit the earlier day counts.
    #[must_use]
    pub fn new(mergers: impl IntoIterator<Item = Merger>) -> Self {
        let mut sorted: Vec<Merger> = mergers.into_iter().collect();
        sorted.sort_by(|a, b| (&a.from, a.day, &a.into).cmp(&(&b.from, b.day, &b.into)));
        sorted.dedup_by(|later, first| later.from == first.from);
        Self(sorted.into_iter().map(|merger| (merger.from.clone(), merger)).collect())
    }

    /// All mergers, by old unit.
    pub fn iter(&self) -> impl Iterator<Item = &Merger> {
        self.0.values()
    }

    /// The unit that holds a commune's territory on a day; the commune itself where nothing merged it by then.
    #[must_use]
    pub fn on<'a>(&'a self, commune: &'a CommuneRef, day: Date) -> &'a CommuneRef {
        let mut unit = commune;
        // Each step goes on to a later merger; a circle in a programme file ends after as many steps as there are mergers.
        for _ in 0..self.0.len() {
            match self.0.get(unit) {
                Some(merger) if merger.day <= day => unit = &merger.into,
                Some(_) | None => break,
            }
        }
        unit
    }

    /// The old units that a new one was made of; empty for a unit that no merger made.
    #[must_use]
    pub fn parts(&self, unit: &CommuneRef) -> Vec<CommuneRef> {
        self.0.values().filter(|merger| &merger.into == unit).map(|merger| merger.from.clone()).collect()
    }

    /// A household as it stands in the units of a day, for linking and for movement across a merger.
    #[must_use]
    pub fn household_on(&self, household: &Household, day: Date) -> Household {
        let mut moved = household.clone();
        moved.place.commune = self.on(&household.place.commune, day).clone();
        moved
    }

    /// Sums figures by the units of a day. Old figures are summed exactly; figures of new units for a day before their
    /// merger are refused, and so is a mix of an old unit with the new one that holds it.
    ///
    /// # Errors
    /// [`Unmergeable`] names the first unit, in the order of codes, for which the sum does not exist.
    pub fn sums_on(
        &self,
        figures: &BTreeMap<CommuneRef, Counts>,
        day: Date,
    ) -> Result<BTreeMap<CommuneRef, Counts>, Unmergeable> {
        let mut parts: BTreeMap<&CommuneRef, Vec<Counts>> = BTreeMap::new();
        for (commune, counts) in figures {
            let unit = self.on(commune, day);
            if unit != commune && figures.contains_key(unit) {
                return Err(Unmergeable::BothTimes { old: commune.clone(), new: unit.clone() });
            }
            if self.0.values().any(|merger| &merger.into == unit && merger.day > day) {
                return Err(Unmergeable::NeedsVillages { unit: unit.clone(), parts: self.parts(unit) });
            }
            parts.entry(unit).or_default().push(*counts);
        }
        Ok(parts.into_iter().map(|(unit, counts)| (unit.clone(), Counts::sum(counts))).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::gazetteer::lak_on;
    use jiff::civil::date;
    use proptest::prelude::*;

    const BEFORE: Date = date(2025, 6, 30);

    fn units(day: Date) -> Vec<CommuneRef> {
        lak_on(day).into_iter().map(CommuneRef::new).collect()
    }

    fn counts(households: u64, poor: u64) -> Counts {
        Counts { households: Some(households), poor: Some(poor), ..Counts::default() }
    }

    /// Households and poor of 2022 in the look-alike district, by code.
    const YEAR: [(u64, u64); 11] = [
        (1710, 385),
        (2299, 649),
        (1684, 409),
        (2700, 645),
        (1953, 420),
        (1354, 306),
        (1771, 514),
        (1456, 388),
        (2353, 616),
        (1091, 293),
        (913, 243),
    ];

    #[test]
    fn eleven_units_become_five_and_the_district_stays_the_same() {
        let mergers = Mergers::lak_2025();
        assert_eq!(mergers.iter().count(), 10);
        let old = units(BEFORE);
        let on = |day| old.iter().map(|unit| mergers.on(unit, day).clone()).collect::<BTreeSet<CommuneRef>>();
        assert_eq!(on(BEFORE).len(), 11);
        assert_eq!(on(MERGER_DAY), units(MERGER_DAY).into_iter().collect());
        let figures = old.into_iter().zip(YEAR.map(|(households, poor)| counts(households, poor))).collect();
        let sums = mergers.sums_on(&figures, MERGER_DAY).unwrap();
        let shown: Vec<_> = sums.iter().map(|(unit, sum)| (unit.name(), sum.households.unwrap(), sum.poor.unwrap())).collect();
        assert_eq!(
            shown,
            [
                ("Xã Liên Sơn Lắk", 5693, 1443),
                ("Xã Đắk Liêng", 6007, 1371),
                ("Xã Đắk Phơi", 3227, 902),
                ("Xã Krông Nô", 2353, 616),
                ("Xã Nam Ka", 2004, 536),
            ]
        );
        assert_eq!(Counts::sum(sums.into_values()).poor, Some(4868));
    }

    #[test]
    fn the_old_dak_lieng_and_the_old_buon_tria_both_become_the_new_dak_lieng() {
        let mergers = Mergers::lak_2025();
        let old = units(BEFORE);
        let into = |code| {
            let unit = old.iter().find(|unit| unit.code == Some(code)).unwrap();
            (mergers.on(unit, MERGER_DAY).code, mergers.on(unit, BEFORE).code)
        };
        assert_eq!(into(24589), (Some(24595), Some(24589)));
        assert_eq!(into(24595), (Some(24595), Some(24595)));
        assert_eq!(into(24604), (Some(24604), Some(24604)));
    }

    #[test]
    fn new_units_are_not_parted_and_old_and_new_are_not_mixed() {
        let mergers = Mergers::lak_2025();
        let new: BTreeMap<_, _> = units(MERGER_DAY).into_iter().map(|unit| (unit, counts(10, 1))).collect();
        let Err(Unmergeable::NeedsVillages { unit, parts }) = mergers.sums_on(&new, BEFORE) else { panic!("refused") };
        assert_eq!((unit.name(), parts.len()), ("Xã Liên Sơn Lắk", 3));
        let both: BTreeMap<_, _> = units(BEFORE).into_iter().chain(units(MERGER_DAY)).map(|unit| (unit, counts(10, 1))).collect();
        assert!(matches!(mergers.sums_on(&both, MERGER_DAY), Err(Unmergeable::BothTimes { .. })));
        assert_eq!(mergers.sums_on(&new, MERGER_DAY), Ok(new));
    }

    #[test]
    fn a_circle_of_mergers_ends() {
        let [a, b] = ["Xã A", "Xã B"].map(|name| CommuneRef::new(Commune::unlisted(name)));
        let merger = |from: &CommuneRef, into: &CommuneRef| Merger { from: from.clone(), into: into.clone(), day: BEFORE };
        let circle = Mergers::new([merger(&a, &b), merger(&b, &a)]);
        assert!([&a, &b].contains(&circle.on(&a, MERGER_DAY)));
    }

    proptest! {
        #[test]
        fn sums_from_old_to_new_lose_nothing(figures in prop::collection::vec((0u64..5000, 0u64..5000), 11)) {
            let old: BTreeMap<_, _> =
                units(BEFORE).into_iter().zip(figures).map(|(unit, (households, poor))| (unit, counts(households, poor))).collect();
            let sums = Mergers::lak_2025().sums_on(&old, MERGER_DAY).unwrap();
            prop_assert_eq!(Counts::sum(sums.into_values()), Counts::sum(old.into_values()));
        }
    }
}
