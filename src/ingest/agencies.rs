//! Organisations that lists name by their agency or in short: "Phòng Nội vụ", "CB Phòng Nội vụ" of the Chi bộ Phòng Nội vụ.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::batch::Batch;
use crate::domain::organisation::{Organisation, cell_place, committee_place};
use crate::domain::spelling::fold_tight;

/// The agency of an organisation, folded; `None` for the committee of a commune.
fn agency(organisation: &Organisation) -> Option<String> {
    if organisation.committee_of().is_some() {
        return None;
    }
    let folded = organisation.folded();
    let named = committee_place(folded).or_else(|| cell_place(folded)).unwrap_or(folded);
    Some(fold_tight(named.strip_prefix("co so ").unwrap_or(named)))
}

/// Whether a name says in full what kind of organisation it is.
fn is_full(organisation: &Organisation) -> bool {
    organisation.is_committee() || organisation.folded().starts_with("chi bo ")
}

/// Takes agencies for the organisations of the roster that are theirs, where there is one of each: a decision about twins names agencies,
/// and the members of an organisation that it does not name would have no village.
pub(crate) fn join(batches: &mut [Batch]) {
    let mut rosters: BTreeMap<String, BTreeSet<Organisation>> = BTreeMap::new();
    // A roster names few organisations on many rows.
    let mut met: HashSet<&str> = HashSet::new();
    for batch in batches.iter() {
        let members = batch.members.iter().map(|record| &record.value.organisation);
        for organisation in members.chain(batch.counted_members.slots.iter().map(|slot| &slot.organisation)) {
            if met.insert(organisation.folded())
                && let Some(agency) = agency(organisation)
            {
                rosters.entry(agency).or_default().insert(organisation.clone());
            }
        }
    }
    // Of "CB X" and "Chi bộ X" it is the latter.
    let one = |agency: &str| {
        let named = rosters.get(agency)?;
        let mut full = named.iter().filter(|organisation| is_full(organisation));
        match (full.next(), full.next()) {
            (Some(one), None) => Some(one),
            (None, _) if named.len() == 1 => named.first(),
            _ => None,
        }
    };
    let settle = |organisation: &mut Organisation| {
        if is_full(organisation) {
            return;
        }
        if let Some(known) = agency(organisation).and_then(|agency| one(&agency)) {
            *organisation = known.clone();
        }
    };
    for batch in batches {
        batch.members.iter_mut().for_each(|record| settle(&mut record.value.organisation));
        batch.counted_members.slots.iter_mut().for_each(|slot| settle(&mut slot.organisation));
        batch.twinning.iter_mut().for_each(|record| settle(&mut record.value.organisation));
    }
}
