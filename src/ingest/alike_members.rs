//! Members whom two rosters have with different details: the one a card and the day of birth, the other a year and no card. Number
//! and card do not tell them, but name, organisation and birth do.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;

use super::batch::{Batch, Record};
use super::counted_members::MemberSlot;
use super::doubles::{self, First};
use super::fields::Field;
use super::givers::{Units, card_key, name_key};
use super::settings::Settings;
use crate::domain::household::Birth;
use crate::domain::ids::CitizenNumber;
use crate::domain::issue::Code;
use crate::domain::member::Member;
use crate::domain::organisation::Organisation;
use crate::domain::source::{CellRef, Sheet};

/// What is kept of a member in whose name another may come.
struct Known {
    year: Option<i16>,
    sheet: Arc<Sheet>,
    at: CellRef,
    /// What an issue about it names.
    found: String,
    number: Option<CitizenNumber>,
    card: Option<String>,
    birth: Option<Birth>,
    admitted: Option<Date>,
    organisation: Organisation,
    units: Units,
}

impl Known {
    fn of(record: &Record<Member>) -> Self {
        let member = &record.value;
        Self {
            year: record.year,
            sheet: Arc::clone(&member.source.sheet),
            at: record.identity,
            found: doubles::found_of(member),
            number: member.citizen(),
            card: member.card.as_deref().and_then(card_key),
            birth: member.birth,
            admitted: member.admitted,
            organisation: member.organisation.clone(),
            units: Units::of(&member.organisation, member.cell.as_ref()),
        }
    }

    fn place(&self) -> First {
        (Arc::clone(&self.sheet.file), self.sheet.name.clone(), self.at)
    }

    /// Whether a member of the same name on another sheet is this one: born on the same day in one organisation or in a cell of it,
    /// or of one organisation and born in the same year, or admitted on the same day where a birth is not told. Within one sheet, with
    /// two numbers or two cards, and where only a year tells the birth with two cells or two days of admission, they are namesakes.
    fn is(&self, other: &Self) -> bool {
        let two_numbers = self.number.zip(other.number).is_some_and(|(a, b)| a != b);
        let two_cards = self.card.as_ref().zip(other.card.as_ref()).is_some_and(|(a, b)| a != b);
        let two_years = self.year.zip(other.year).is_some_and(|(a, b)| a != b);
        if self.sheet == other.sheet || two_numbers || two_cards || two_years {
            return false;
        }
        let one_organisation = self.organisation.folded() == other.organisation.folded();
        match self.birth.zip(other.birth) {
            Some((Birth::Day(a), Birth::Day(b))) => a == b && (one_organisation || self.units.are_one(&other.units)),
            Some((a, b)) => {
                let cells = self.units.cell.as_ref().zip(other.units.cell.as_ref());
                let two_cells = cells.is_some_and(|(a, b)| a != b);
                let two_days = self.admitted.zip(other.admitted).is_some_and(|(a, b)| a != b);
                a.agrees(b) && one_organisation && !two_cells && !two_days
            }
            None => one_organisation && self.admitted.is_some() && self.admitted == other.admitted,
        }
    }
}

/// A short hash of a name as it is compared.
pub(crate) fn name_hash(name: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    name_key(name).hash(&mut hasher);
    #[expect(clippy::cast_possible_truncation, reason = "the lower half of a hash is a hash")]
    let half = hasher.finish() as u32;
    half
}

/// The units of members who are counted together: the organisation and the cell, by their numbers.
pub(crate) type UnitsOfSlot = (u32, Option<u32>);

/// In the place of a sheet: more than one.
const SEVERAL: usize = usize::MAX;

/// Looks among members who are counted and not kept for a name that two sheets have in one organisation, or the one in the
/// organisation and the other in a cell of that name. Some of those are namesakes: their records have to tell.
#[derive(Debug, Default)]
pub(crate) struct MayBeAlike {
    units: HashMap<String, u32>,
    /// By unit and name the sheet, and whether the unit is an organisation there.
    names: HashMap<(u32, u32), (usize, bool)>,
    pub(crate) found: bool,
}

impl MayBeAlike {
    /// The units of a slot.
    pub(crate) fn units_of(&mut self, slot: &MemberSlot) -> UnitsOfSlot {
        let Units { organisation, cell } = Units::of(&slot.organisation, slot.cell.as_ref());
        let mut number = |unit: String| {
            let next = u32::try_from(self.units.len()).unwrap_or(u32::MAX);
            *self.units.entry(unit).or_insert(next)
        };
        (number(organisation), cell.map(number))
    }

    /// Notes a member.
    pub(crate) fn note(&mut self, (organisation, cell): UnitsOfSlot, name: u32, sheet: usize) {
        for (unit, is_organisation) in [(Some(organisation), true), (cell, false)] {
            let Some(unit) = unit else { continue };
            let (first, was_organisation) = self.names.entry((unit, name)).or_insert((sheet, is_organisation));
            self.found |= *first != sheet && (*was_organisation || is_organisation);
            *was_organisation |= is_organisation;
            if *first != sheet {
                *first = SEVERAL;
            }
        }
    }
}

/// Leaves out members whom another sheet has already; the later one carries the issue.
pub(crate) fn leave_out(batches: &mut [Batch], settings: &Settings) {
    let all = || batches.iter().flat_map(|batch| &batch.members);
    let mut sheets = all().map(|record| &record.value.source.sheet);
    let first = sheets.next().cloned();
    if sheets.all(|sheet| Some(sheet) == first.as_ref()) {
        return;
    }
    let (mut names, mut twice) = (HashSet::new(), HashSet::new());
    for record in all() {
        let name = name_key(&record.value.name);
        if !names.insert(name.clone()) {
            twice.insert(name);
        }
    }
    drop(names);
    let mut known: HashMap<String, Vec<Known>> = HashMap::new();
    for batch in batches {
        let Batch { members, sheets, findings, applied, doubled, .. } = batch;
        members.retain(|record| {
            let member = &record.value;
            let name = name_key(&member.name);
            if !twice.contains(&name) {
                return true;
            }
            let (here, of_name) = (Known::of(record), known.entry(name).or_default());
            let Some(first) = of_name.iter().find(|first| first.is(&here)) else {
                of_name.push(here);
                return true;
            };
            let rows = [(&here.place(), &*here.found), (&first.place(), &*first.found)];
            match doubles::counts_of_two(settings, Code::MemberTwice, rows, applied) {
                Some(true) => {
                    of_name.push(here);
                    return true;
                }
                Some(false) => doubles::leave_out(sheets, record, &here.found, settings),
                None => {
                    let (sheet, at, hint) = (&here.sheet.name, Some(here.at), doubles::named(&first.place()));
                    findings.add(Code::MemberTwice, Some(sheet), at, Some(Field::Name), &here.found, hint);
                    doubles::reject(sheets, record.sheet, record.rows);
                    doubled.push((member.source.clone(), member.name.to_string()));
                }
            }
            false
        });
    }
}
