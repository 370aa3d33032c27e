//! What is in the charge of an organisation by its place: the commune of a committee, and the twinned villages.
//!
//! Where nobody kept a list of who helped whom, this is what can still be counted of an organisation (never of a member):
//! the households of the earlier survey in its places, and those among them that left.

use std::collections::{BTreeMap, BTreeSet};

use super::household::Class;
use super::movement::Move;
use super::organisation::{Organisation, Twinning};
use super::place::{CommuneRef, Village};

/// The places of one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    communes: BTreeSet<CommuneRef>,
    villages: BTreeSet<(CommuneRef, Village)>,
}

impl Places {
    /// The commune of which it is the committee (Resolution 14-NQ/HU: its members follow the households there) and the
    /// villages twinned with it or one of its cells; `None` for an organisation without a place.
    #[must_use]
    pub fn of(organisation: &Organisation, twinning: &[Twinning]) -> Option<Self> {
        let twinned = twinning.iter().filter(|twinning| &twinning.organisation == organisation);
        let places = Self {
            communes: organisation.committee_of().cloned().into_iter().collect(),
            villages: twinned.map(|twinning| (twinning.commune.clone(), twinning.village.clone())).collect(),
        };
        (!places.communes.is_empty() || !places.villages.is_empty()).then_some(places)
    }
}

/// The poor and near-poor households of the earlier survey in some places, and what became of them. One that two
/// organisations have in their charge is counted for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Charge {
    /// Poor and near-poor in the earlier survey.
    pub households: u64,
    /// Those among them that were poor and are near-poor or above the line in the later one.
    pub left_poverty: u64,
    /// Those among them that were near-poor and are above the line in the later one.
    pub left_near_poverty: u64,
}

impl Charge {
    /// Counts one household of the earlier survey.
    fn count(&mut self, earlier: Class, later: Option<Class>) {
        self.households += 1;
        match (earlier, later) {
            (Class::Poor, Some(Class::NearPoor | Class::Other)) => self.left_poverty += 1,
            (Class::NearPoor, Some(Class::Other)) => self.left_near_poverty += 1,
            (Class::Poor, Some(Class::Poor) | None)
            | (Class::NearPoor, Some(Class::Poor | Class::NearPoor) | None)
            | (Class::Other, _) => {}
        }
    }

    fn add(&mut self, other: Self) {
        self.households += other.households;
        self.left_poverty += other.left_poverty;
        self.left_near_poverty += other.left_near_poverty;
    }
}

/// A commune with all that it holds, and what each of its villages holds.
#[derive(Default)]
struct Counted<'a> {
    all: Charge,
    villages: BTreeMap<&'a Village, Charge>,
}

/// The communes and villages of the households that were poor or near-poor, counted once for all organisations.
fn counted<'a>(moves: &[Move<'a>]) -> BTreeMap<&'a CommuneRef, Counted<'a>> {
    let mut communes: BTreeMap<&CommuneRef, Counted<'_>> = BTreeMap::new();
    for one in moves {
        let Some(earlier) = one.earlier.filter(|earlier| earlier.class.is_target()) else { continue };
        let later = one.later.map(|later| later.class);
        let commune = communes.entry(&earlier.place.commune).or_default();
        commune.all.count(earlier.class, later);
        if let Some(village) = &earlier.place.village {
            commune.villages.entry(village).or_default().count(earlier.class, later);
        }
    }
    communes
}

/// The charge of each of these organisations that has a place; `moves` must stand in the communes in which the places are
/// named.
#[must_use]
pub fn charges<'a>(
    organisations: impl IntoIterator<Item = &'a Organisation>,
    twinning: &[Twinning],
    moves: &[Move<'_>],
) -> BTreeMap<Organisation, Charge> {
    let counted = counted(moves);
    let of = |places: &Places| {
        let mut charge = Charge::default();
        for commune in places.communes.iter().filter_map(|commune| counted.get(commune)) {
            charge.add(commune.all);
        }
        // A village of a commune that is held as a whole is in that commune's sum already.
        for (commune, village) in places.villages.iter().filter(|(commune, _)| !places.communes.contains(commune)) {
            if let Some(found) = counted.get(commune).and_then(|commune| commune.villages.get(village)) {
                charge.add(*found);
            }
        }
        charge
    };
    let distinct: BTreeSet<&Organisation> = organisations.into_iter().collect();
    let placed = distinct.into_iter().filter_map(|one| Some((one.clone(), Places::of(one, twinning)?)));
    placed.map(|(organisation, places)| (organisation, of(&places))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::household::Household;
    use super::super::invented::household;
    use super::super::linkage::link;
    use super::super::movement::moves;
    use super::*;

    #[test]
    fn a_committee_has_its_commune_and_a_twinned_agency_its_villages() {
        let class = |serial, class| household(serial, "Xã A", class);
        let mut elsewhere = household(4, "Xã B", Class::Poor);
        let village = Village::new("Buôn Jun");
        elsewhere.place.village = Some(village.clone());
        let earlier =
            [class(1, Class::Poor), class(2, Class::Poor), class(3, Class::NearPoor), elsewhere.clone(), class(5, Class::Other)];
        let above = Household { class: Class::Other, ..elsewhere.clone() };
        // The second is gone, which is no way out of poverty.
        let later = [class(1, Class::NearPoor), class(3, Class::Other), above, class(5, Class::Poor)];
        let linkage = link(&earlier, &later, &[]);
        let moves = moves(&linkage);
        let commune = earlier[0].place.commune.clone();
        let committee = Organisation::new("Đảng bộ xã A", Some(commune));
        let agency = Organisation::new("Chi bộ Trạm Khuyến nông", None);
        let idle = Organisation::new("Chi bộ Kho bạc", None);
        let twinned = |organisation: &Organisation, household: &Household| Twinning {
            organisation: organisation.clone(),
            cell: None,
            commune: household.place.commune.clone(),
            village: household.place.village.clone().unwrap_or_else(|| village.clone()),
            source: household.source.clone(),
        };
        // A village of its own commune adds nothing to what the committee has already.
        let twinning = [twinned(&agency, &elsewhere), twinned(&committee, &earlier[0])];
        let found = charges([&committee, &agency, &idle], &twinning, &moves);
        assert_eq!(found[&committee], Charge { households: 3, left_poverty: 1, left_near_poverty: 1 });
        assert_eq!(found[&agency], Charge { households: 1, left_poverty: 1, left_near_poverty: 0 });
        assert!(!found.contains_key(&idle), "an organisation without a place has no charge, which is not a charge of 0");
    }
}
