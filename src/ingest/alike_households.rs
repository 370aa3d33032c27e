//! Households without a number whom another sheet of the same list has with one, or with other details of the birth: numbers do not
//! tell them, but name, birth and village do. They may be namesakes, so both count until a person decides.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::batch::{Batch, HouseholdRecord};
use super::counted::CountedRows;
use super::doubles::{self, First};
use super::fields::Field;
use super::settings::Settings;
use crate::domain::household::Birth;
use crate::domain::issue::Code;
use crate::domain::place::{CommuneRef, Place, Village};
use crate::domain::source::{CellRef, Sheet};
use crate::domain::spelling::fold_name;
use crate::domain::survey::Coverage;

/// The year and the kind of a list, within which doubles are looked for.
type List = (Option<i16>, Coverage);
/// What two rows of one household say alike.
type Said = (List, String, String, String);

fn said(record: &HouseholdRecord, everybody: bool) -> Option<Said> {
    let household = &record.record.value;
    household.birth?;
    let village = household.place.village.as_ref()?;
    let commune = household.place.commune.name().to_owned();
    Some((doubles::list_of(record, everybody), commune, village.folded().to_owned(), fold_name(&household.head)))
}

/// What is kept of a household in whose name another may come.
struct Known {
    sheet: Arc<Sheet>,
    at: CellRef,
    birth: Option<Birth>,
    head: Arc<str>,
    /// The made key of one without a number, of which two in two files are told already.
    key: Option<String>,
}

impl Known {
    fn of(record: &HouseholdRecord) -> Self {
        let household = &record.record.value;
        Self {
            sheet: Arc::clone(&household.source.sheet),
            at: record.record.identity,
            birth: household.birth,
            head: Arc::clone(&household.head),
            key: household.citizen().is_none().then(|| household.key.to_string()),
        }
    }

    fn place(&self) -> First {
        (Arc::clone(&self.sheet.file), self.sheet.name.clone(), self.at)
    }

    fn is(&self, other: &Self) -> bool {
        let told = self.key.is_some() && self.key == other.key && self.sheet.file != other.sheet.file;
        let births = self.birth.zip(other.birth).is_some_and(|(a, b)| a.agrees(b));
        self.sheet != other.sheet && (self.key.is_some() || other.key.is_some()) && births && !told
    }
}

/// Tells of such households; the later one carries the issue.
pub(crate) fn tell(batches: &mut [Batch], settings: &Settings) {
    let of_batch = |batch: &Batch| {
        let nameless = batch.households.iter().filter(|household| household.record.value.citizen().is_none());
        nameless.filter_map(|household| said(household, batch.everybody)).collect::<Vec<_>>()
    };
    let wanted: HashSet<Said> = batches.iter().flat_map(of_batch).collect();
    if wanted.is_empty() {
        return;
    }
    let villages: HashSet<&str> = wanted.iter().map(|(_, _, village, _)| village.as_str()).collect();
    let mut known: HashMap<Said, Vec<Known>> = HashMap::new();
    for batch in batches {
        let Batch { households, sheets, findings, applied, everybody, doubled, .. } = batch;
        households.retain(|household| {
            // Most villages have no such household, and a name takes time to fold.
            let place = &household.record.value.place;
            if !place.village.as_ref().is_some_and(|village| villages.contains(village.folded())) {
                return true;
            }
            let Some(said) = said(household, *everybody).filter(|said| wanted.contains(said)) else { return true };
            let (here, of_name) = (Known::of(household), known.entry(said).or_default());
            let Some(first) = of_name.iter().find(|first| first.is(&here)) else {
                of_name.push(here);
                return true;
            };
            let rows = [(&here.place(), &*here.head), (&first.place(), &*first.head)];
            match doubles::counts_of_two(settings, Code::HouseholdTwice, rows, applied) {
                Some(true) => {}
                Some(false) => {
                    doubles::leave_out(sheets, &household.record, &here.head, settings);
                    return false;
                }
                None => {
                    let (sheet, at, hint) = (&here.sheet.name, Some(here.at), doubles::named(&first.place()));
                    findings.add(Code::HouseholdTwice, Some(sheet), at, Some(Field::Head), &here.head, hint);
                    doubled.push((household.record.value.source.clone(), here.head.to_string()));
                }
            }
            of_name.push(here);
            true
        });
    }
}

/// Looks among households that are counted and not kept for one without a number in a village that another sheet has too: whether
/// they are alike their records have to tell.
#[derive(Debug, Default)]
pub(crate) struct MayBeAlike {
    /// By list and village the sheet; `None` where there are several.
    sheets: BTreeMap<(List, CommuneRef, Village), Option<usize>>,
    nameless: BTreeSet<(List, CommuneRef, Village)>,
    rows: u64,
}

impl MayBeAlike {
    /// Notes the households of a file, of whose sheets so many stand before.
    pub(crate) fn note(&mut self, rows: &CountedRows, first_sheet: usize) {
        let at = |list: List, place: &Place| Some((list, place.commune.clone(), place.village.clone()?));
        for slot in rows.slots.iter().filter(|slot| slot.households > 0) {
            self.rows += slot.households;
            let Some(village) = at(super::absorb::list_of(slot), &slot.place) else { continue };
            let sheet = first_sheet + slot.sheet;
            let known = self.sheets.entry(village).or_insert(Some(sheet));
            *known = known.filter(|known| *known == sheet);
        }
        for nameless in &rows.nameless {
            let Some((_, slot)) = rows.row(nameless.at) else { continue };
            self.nameless.extend(at(super::absorb::list_of(slot), &slot.place));
        }
    }

    /// Whether there may be any among so many households at most.
    pub(crate) fn found(&self, most: u64) -> bool {
        self.rows <= most && self.nameless.iter().any(|village| self.sheets.get(village) == Some(&None))
    }
}
