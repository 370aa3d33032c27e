//! What is in the charge of an organisation by its place: the commune of a committee, and the twinned villages.
//!
//! Where nobody kept a list of who helped whom, this is what can still be counted of an organisation (never of a member):
//! the households of the earlier survey in its places, and those among them that left.

use std::collections::{BTreeMap, BTreeSet};

use super::household::{Class, Household};
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

    /// Whether a household lives there.
    #[must_use]
    pub fn hold(&self, household: &Household) -> bool {
        let place = &household.place;
        let village = || place.village.clone().map(|village| (place.commune.clone(), village));
        self.communes.contains(&place.commune) || village().is_some_and(|village| self.villages.contains(&village))
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
    /// Counts what lies in some places; `moves` must stand in the communes in which the places are named.
    #[must_use]
    pub fn of(places: &Places, moves: &[Move<'_>]) -> Self {
        let mut charge = Self::default();
        for one in moves {
            let Some(earlier) = one.earlier.filter(|earlier| earlier.class.is_target() && places.hold(earlier)) else { continue };
            charge.households += 1;
            match (earlier.class, one.later.map(|later| later.class)) {
                (Class::Poor, Some(Class::NearPoor | Class::Other)) => charge.left_poverty += 1,
                (Class::NearPoor, Some(Class::Other)) => charge.left_near_poverty += 1,
                (Class::Poor, Some(Class::Poor) | None)
                | (Class::NearPoor, Some(Class::Poor | Class::NearPoor) | None)
                | (Class::Other, _) => {}
            }
        }
        charge
    }
}

/// The charge of each of these organisations that has a place.
#[must_use]
pub fn charges<'a>(
    organisations: impl IntoIterator<Item = &'a Organisation>,
    twinning: &[Twinning],
    moves: &[Move<'_>],
) -> BTreeMap<Organisation, Charge> {
    let charge = |organisation: &Organisation| Places::of(organisation, twinning).map(|places| Charge::of(&places, moves));
    organisations.into_iter().filter_map(|organisation| Some((organisation.clone(), charge(organisation)?))).collect()
}

#[cfg(test)]
mod tests {
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
        let twinning = [Twinning {
            organisation: agency.clone(),
            cell: None,
            commune: elsewhere.place.commune.clone(),
            village,
            source: elsewhere.source.clone(),
        }];
        let found = charges([&committee, &agency, &idle], &twinning, &moves);
        assert_eq!(found[&committee], Charge { households: 3, left_poverty: 1, left_near_poverty: 1 });
        assert_eq!(found[&agency], Charge { households: 1, left_poverty: 1, left_near_poverty: 0 });
        assert!(!found.contains_key(&idle), "an organisation without a place has no charge, which is not a charge of 0");
    }
}
