//! Doubles: the same file, household, member or area twice. Of two the later one in reading order carries the issue, and
//! names the cell of the first.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::account::WhySkipped;
use super::batch::{Batch, HouseholdRecord, Record};
use super::corrections::{Verdict, same_text};
use super::counted::CountedRows;
use super::counted_members::CountedMembers;
use super::fields::Field;
use super::findings::Findings;
use super::identity::key;
use super::members_seen::MembersSeen;
use super::settings::Settings;
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint, Issue};
use crate::domain::member::Member;
use crate::domain::place::Place;
use crate::domain::source::{CellRef, Sheet, Source};
use crate::domain::support::kind_key;
use crate::domain::survey::Coverage;

/// Where the first of two stands.
pub(crate) type First = (Arc<str>, String, CellRef);

pub(crate) fn named(first: &First) -> Hint {
    Hint::Row { file: first.0.clone(), sheet: first.1.clone(), cell: first.2 }
}

fn first_of<T>(file: &Arc<str>, batch_sheets: &[super::account::SheetAccount], record: &Record<T>) -> First {
    let sheet = batch_sheets.get(record.sheet).map(|sheet| sheet.sheet.clone()).unwrap_or_default();
    (file.clone(), sheet, record.identity)
}

/// Files whose content was read already add nothing.
pub(crate) fn files(batches: &mut [Batch]) {
    let mut seen: BTreeMap<String, Arc<str>> = BTreeMap::new();
    batches.iter_mut().for_each(|batch| file(&mut seen, batch));
}

/// The same for one file, with the hashes of those before it.
pub(crate) fn file(seen: &mut BTreeMap<String, Arc<str>>, batch: &mut Batch) {
    if batch.sha256.is_empty() {
        return;
    }
    let Some(first) = seen.get(&batch.sha256).cloned() else {
        seen.insert(batch.sha256.clone(), batch.file.clone());
        return;
    };
    let mut issue = Issue::of_file(Code::FileTwice, batch.file.clone(), batch.file.to_string());
    issue.hint = Hint::Other(first.to_string());
    batch.error = Some(issue);
    batch.findings = Findings::new(batch.file.clone());
    batch.households.clear();
    batch.counted = CountedRows::default();
    batch.counted_members = CountedMembers::default();
    batch.totals.clear();
    batch.members.clear();
    batch.pledges.clear();
    batch.twinning.clear();
    batch.supports.clear();
    batch.previous.clear();
    batch.decisions.clear();
    batch.answers.clear();
    batch.persons.clear();
    for sheet in &mut batch.sheets {
        sheet.give_up(sheet.why_skipped.unwrap_or(WhySkipped::Twice));
    }
}

/// Takes the rows of a record out of the used ones.
pub(crate) fn reject(sheets: &mut [super::account::SheetAccount], sheet: usize, rows: u64) {
    if let Some(account) = sheets.get_mut(sheet) {
        account.used = account.used.saturating_sub(rows);
        account.rejected += rows;
    }
}

/// Takes the rows of a record out of the used ones because a person decided so; `found` is what the double is known by.
pub(super) fn leave_out<T>(sheets: &mut [super::account::SheetAccount], record: &Record<T>, found: &str, settings: &Settings) {
    if let Some(account) = sheets.get_mut(record.sheet) {
        account.leave_out(record.identity.row, record.rows, settings.listing.then_some(found));
    }
}

/// What a person decided on a doubled row: that it counts all the same, or that it is left out; `None` where nobody did.
fn counts(settings: &Settings, code: Code, here: &First, found: &str, applied: &mut Vec<usize>) -> Option<bool> {
    let (file, sheet, cell) = here;
    let decided = settings.decisions.iter().enumerate().find_map(|(at, decision)| {
        let counts = match decision.verdict {
            Verdict::Keep | Verdict::Different => true,
            Verdict::Drop | Verdict::Same => false,
            Verdict::Value(_) => return None,
        };
        let about = decision.code == code.word() && decision.cell == Some(*cell) && decision.concerns(file, sheet);
        (about && same_text(&decision.found, found)).then_some((at, counts))
    });
    applied.extend(decided.map(|(at, _)| at));
    decided.map(|(_, counts)| counts)
}

/// The same of two rows that may be one, on either of them: which is read first depends on the order of the files.
pub(super) fn counts_of_two(
    settings: &Settings,
    code: Code,
    rows: [(&First, &str); 2],
    applied: &mut Vec<usize>,
) -> Option<bool> {
    rows.into_iter().find_map(|(here, found)| counts(settings, code, here, found, applied))
}

/// How many rows say the same, where a person decided on such rows at all. A decision is about its own row, whichever of the
/// two is read first; and the last one of them is never left out.
struct Rows<K: Ord>(BTreeMap<K, usize>);

impl<K: Ord> Rows<K> {
    fn of(settings: &Settings, code: Code, slots: impl Iterator<Item = K>) -> Self {
        let mut rows = BTreeMap::new();
        if settings.decisions.iter().any(|decision| decision.code == code.word()) {
            slots.for_each(|slot| *rows.entry(slot).or_default() += 1);
        }
        Self(rows)
    }

    /// Whether nobody decided on such rows.
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is another row like this one.
    fn doubled(&self, slot: &K) -> bool {
        self.0.get(slot).is_some_and(|rows| *rows > 1)
    }

    fn left_out(&mut self, slot: &K) {
        if let Some(rows) = self.0.get_mut(slot) {
            *rows = rows.saturating_sub(1);
        }
    }
}

/// The row at which a number was first seen, as the record itself tells it: of half a million, it has to be small.
type Seen = (Arc<Sheet>, CellRef);

fn seen_of<T>(record: &Record<T>, source: &Source) -> Seen {
    (Arc::clone(&source.sheet), record.identity)
}

fn named_row((sheet, cell): &Seen) -> Hint {
    Hint::Row { file: Arc::clone(&sheet.file), sheet: sheet.name.clone(), cell: *cell }
}

/// What a household is known by: its year, its kind of list, and its number or made key.
type Slot = (Option<i16>, Coverage, Key);

fn slot_of(household: &HouseholdRecord, everybody: bool) -> Slot {
    let (year, coverage) = list_of(household, everybody);
    (year, coverage, household.record.value.key.clone())
}

/// The year and the kind of the list of a household.
pub(super) fn list_of(household: &HouseholdRecord, everybody: bool) -> (Option<i16>, Coverage) {
    let of_file = if everybody { Coverage::All } else { Coverage::PoorOnly };
    (household.record.year, household.coverage.unwrap_or(of_file))
}

fn slots(batches: &[Batch]) -> impl Iterator<Item = Slot> + '_ {
    batches.iter().flat_map(|batch| batch.households.iter().map(|household| slot_of(household, batch.everybody)))
}

/// Households of one number within one year and one kind of list.
pub(crate) fn households(batches: &mut [Batch], settings: &Settings) {
    // A first row is kept by its number and named only where a second one turns up. The map is only asked, never walked.
    let mut seen: HashMap<(Option<i16>, Coverage, CitizenNumber), Seen> = HashMap::new();
    let mut rows = Rows::of(settings, Code::CitizenTwice, slots(batches));
    for batch in batches {
        let Batch { households, sheets, findings, supports, applied, file, everybody, doubled, .. } = batch;
        // Gathered and looked for together: a list that is given twice in two forms has as many doubles as rows.
        let mut gone: BTreeSet<Source> = BTreeSet::new();
        households.retain_mut(|household| {
            let Some(number) = household.record.value.citizen() else { return true };
            let slot = slot_of(household, *everybody);
            let record = &mut household.record;
            let known = (slot.0, slot.1, number);
            let decided = rows.doubled(&slot).then(|| {
                let here = first_of(file, sheets, record);
                counts(settings, Code::CitizenTwice, &here, &number.to_string(), applied)
            });
            match (decided.flatten(), seen.get(&known)) {
                (Some(true), _) => {
                    let value = &mut record.value;
                    value.key = key(None, &value.head, value.birth, &super::identity::place_part(&value.place));
                    return true;
                }
                (Some(false), _) => {
                    rows.left_out(&slot);
                    leave_out(sheets, record, &number.to_string(), settings);
                }
                (None, None) => {
                    seen.insert(known, seen_of(record, &record.value.source));
                    return true;
                }
                (None, Some(first)) => {
                    let (sheet, at) = (&record.value.source.sheet.name, Some(record.identity));
                    let (found, hint) = (number.to_string(), named_row(first));
                    findings.add(Code::CitizenTwice, Some(sheet), at, Some(Field::Citizen), &found, hint);
                    reject(sheets, record.sheet, record.rows);
                    doubled.push((record.value.source.clone(), record.value.head.to_string()));
                }
            }
            gone.insert(record.value.source.clone());
            false
        });
        if !gone.is_empty() {
            supports.retain(|support| support.rows > 0 || !gone.contains(&support.value.source));
        }
    }
}

/// A person of one number in two households: as a member of both, or as the head of the other. The household is counted as
/// it stands, since only its own village knows where the person lives.
pub(crate) fn people(batches: &mut [Batch]) {
    type OfPerson = (Option<i16>, Coverage, CitizenNumber);
    // Heads doubled among themselves are told before; here at least one of the two is no head.
    let mut seen: BTreeMap<OfPerson, (First, bool)> = BTreeMap::new();
    if batches.iter().all(|batch| batch.others.is_empty()) {
        return;
    }
    for batch in batches.iter_mut() {
        let of_file = if batch.everybody { Coverage::All } else { Coverage::PoorOnly };
        let sheet = |place: usize| batch.sheets.get(place).map(|sheet| (sheet.sheet.clone(), sheet.year)).unwrap_or_default();
        let heads = batch.households.iter().filter_map(|household| {
            let record = &household.record;
            let number = record.value.citizen()?;
            Some((record.sheet, record.identity, number, true))
        });
        // Persons of a household that is left out are left out with it.
        let counted: BTreeSet<(usize, u32)> = if batch.others.is_empty() {
            BTreeSet::new()
        } else {
            batch.households.iter().map(|household| (household.record.sheet, household.record.value.source.row)).collect()
        };
        let others = batch.others.iter().filter(|other| counted.contains(&(other.sheet, other.head)));
        let others = others.map(|other| (other.sheet, other.cell, other.number, false));
        let mut numbers: Vec<_> = heads.chain(others).collect();
        numbers.sort_by_key(|(sheet, cell, ..)| (*sheet, *cell));
        let mut told = Vec::new();
        for (place, cell, number, is_head) in numbers {
            let (name, year) = sheet(place);
            let here = (batch.file.clone(), name, cell);
            match seen.entry((year, of_file, number)) {
                Entry::Vacant(slot) => {
                    slot.insert((here, is_head));
                }
                Entry::Occupied(slot) => {
                    let (first, was_head) = slot.get();
                    if !(*was_head && is_head) {
                        told.push((here, number, named(first)));
                    }
                }
            }
        }
        for ((_, sheet, cell), number, hint) in told {
            batch.findings.add(Code::PersonTwice, Some(&sheet), Some(cell), Some(Field::Citizen), &number.to_string(), hint);
        }
    }
}

/// Households without a number that say the same name, birth and village in two files of one year and one kind of list.
/// They may be namesakes, so both count until a person decides.
pub(crate) fn nameless(batches: &mut [Batch], settings: &Settings) {
    let mut seen: BTreeMap<Slot, First> = BTreeMap::new();
    let mut rows = Rows::of(settings, Code::HouseholdTwice, slots(batches));
    for batch in batches {
        let Batch { households, sheets, findings, applied, file, everybody, doubled, .. } = batch;
        households.retain(|household| {
            let record = &household.record;
            let told = record.value.birth.is_some() && record.value.place.village.is_some();
            if !told || record.value.citizen().is_some() {
                return true;
            }
            let slot = slot_of(household, *everybody);
            let here = first_of(file, sheets, record);
            let found = record.value.head.to_string();
            let decided = rows.doubled(&slot).then(|| counts(settings, Code::HouseholdTwice, &here, &found, applied));
            match (decided.flatten(), seen.get(&slot)) {
                (Some(true), _) => true,
                (Some(false), _) => {
                    rows.left_out(&slot);
                    leave_out(sheets, record, &found, settings);
                    false
                }
                (None, None) => {
                    seen.insert(slot, here);
                    true
                }
                (None, Some(first)) if first.0 == *file => true,
                (None, Some(first)) => {
                    let at = Some(record.identity);
                    findings.add(Code::HouseholdTwice, Some(&here.1), at, Some(Field::Head), &found, named(first));
                    doubled.push((record.value.source.clone(), found));
                    true
                }
            }
        });
    }
}

/// What a doubled member may be told by: the number first, then the Party card.
pub(crate) fn names(number: Option<CitizenNumber>, card: Option<&str>) -> impl Iterator<Item = String> + use<> {
    number.map(|number| number.to_string()).into_iter().chain(card.map(|card| format!("card {card}")))
}

/// What a doubled member is told by first; a member of whom there is neither number nor card by the made key.
pub(super) fn found_of(member: &Member) -> String {
    names_of(member).next().unwrap_or_else(|| member.key.to_string())
}

fn names_of(member: &Member) -> impl Iterator<Item = String> {
    names(member.citizen(), member.card.as_deref())
}

/// Rows of registers that name one kind of support of one household again. All of them are kept, since together they are one
/// support; rows that count persons are of several persons of the household and are no doubles.
pub(crate) fn supports(batches: &mut [Batch]) {
    // The first row, and whether the rows so far tell of need and of receipt.
    type Told = (First, [bool; 2]);
    let mut seen: BTreeMap<(Option<i16>, Key, String), Told> = BTreeMap::new();
    for batch in batches {
        let Batch { supports, sheets, findings, file, .. } = batch;
        // Mark columns of a household list have no rows of their own, and may say again what a register says.
        for record in supports.iter().filter(|record| record.rows > 0) {
            let support = &record.value;
            if support.persons_needed.or(support.persons_received).is_some() {
                continue;
            }
            let here = first_of(file, sheets, record);
            let tells = [support.needed.is_some(), support.received.is_some()];
            match seen.entry((record.year, support.household.clone(), kind_key(&support.kind))) {
                Entry::Vacant(slot) => {
                    slot.insert((here, tells));
                }
                // A list of those who need it and one of those who got it say different things.
                Entry::Occupied(mut slot) if slot.get().1 != tells && tells != [true; 2] && slot.get().1 != [true; 2] => {
                    slot.get_mut().1 = [true; 2];
                }
                Entry::Occupied(slot) => {
                    let (at, hint) = (Some(record.identity), named(&slot.get().0));
                    findings.add(Code::SupportTwice, Some(&here.1), at, Some(Field::SupportKind), &support.kind, hint);
                }
            }
        }
    }
}

/// Members of one number, or of one Party card, in rosters of one year or of none that is told.
pub(crate) fn members(batches: &mut [Batch], settings: &Settings) {
    let mut seen = MembersSeen::default();
    // Where those stand that were noted; a first row is named only where a second one turns up.
    let mut places: Vec<Seen> = Vec::new();
    let all = batches.iter().flat_map(|batch| &batch.members).flat_map(|record| names_of(&record.value));
    let mut rows = Rows::of(settings, Code::MemberTwice, all);
    for batch in batches {
        let Batch { members, sheets, findings, applied, file, doubled, .. } = batch;
        members.retain_mut(|record| {
            let found = |member: &Member| names_of(member).next().unwrap_or_default();
            if !rows.is_empty() && rows.doubled(&found(&record.value)) {
                let here = first_of(file, sheets, record);
                match counts(settings, Code::MemberTwice, &here, &found(&record.value), applied) {
                    Some(true) => {
                        let value = &mut record.value;
                        value.key = key(None, &value.name, value.birth, value.organisation.folded());
                        return true;
                    }
                    Some(false) => {
                        names_of(&record.value).for_each(|name| rows.left_out(&name));
                        leave_out(sheets, record, &found(&record.value), settings);
                        return false;
                    }
                    None => {}
                }
            }
            let member = &record.value;
            let here = places.len() as u64;
            let Some(first) = seen.note(record.year, member.citizen(), member.card.as_deref(), here) else {
                places.push(seen_of(record, &member.source));
                return true;
            };
            let first = usize::try_from(first).ok().and_then(|first| places.get(first));
            let (sheet, at) = (&member.source.sheet.name, Some(record.identity));
            let hint = first.map_or(Hint::None, named_row);
            findings.add(Code::MemberTwice, Some(sheet), at, Some(Field::Citizen), &found(member), hint);
            reject(sheets, record.sheet, record.rows);
            doubled.push((member.source.clone(), member.name.to_string()));
            false
        });
    }
}

/// Areas of totals tables of one year.
pub(crate) fn areas(batches: &mut [Batch]) {
    let mut seen: BTreeMap<(Option<i16>, Place), First> = BTreeMap::new();
    for batch in batches {
        let Batch { totals, sheets, findings, file, .. } = batch;
        totals.retain(|record| {
            let here = first_of(file, sheets, record);
            let slot = (record.year, record.value.place.clone());
            let Some(first) = seen.get(&slot) else {
                seen.insert(slot, here);
                return true;
            };
            let found = record.value.place.village.as_ref().map_or(record.value.place.commune.name(), |village| village.name());
            findings.add(Code::AreaTwice, Some(&here.1), Some(record.identity), Some(Field::Commune), found, named(first));
            reject(sheets, record.sheet, record.rows);
            false
        });
    }
}

/// Numbers the made keys of rows that say exactly the same, whatever the order in which they were read; what comes back are
/// those that got a number.
pub(crate) fn number_keys<'a, T: 'a>(
    records: impl Iterator<Item = &'a mut T>,
    key_of: impl Fn(&mut T) -> &mut Key,
    content: impl Fn(&T) -> String,
) -> Vec<&'a mut T> {
    let mut numbered = Vec::new();
    let mut groups: BTreeMap<String, Vec<(String, &'a mut T)>> = BTreeMap::new();
    for record in records {
        let said = content(record);
        if let Key::Made(text) = key_of(record) {
            let text = text.clone();
            groups.entry(text).or_default().push((said, record));
        }
    }
    for (text, mut group) in groups {
        group.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (index, (_, record)) in group.into_iter().enumerate().skip(1) {
            *key_of(record) = Key::Made(format!("{text}#{}", index + 1));
            numbered.push(record);
        }
    }
    numbered
}
