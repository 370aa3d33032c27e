//! Lists of members with what they pledge, which committees keep beside the whole roster: who stands on both is one member, and what
//! the list says is theirs.

use std::collections::{HashMap, HashSet};
use std::mem::take;
use std::sync::Arc;

use super::batch::{Batch, Record};
use super::columns::Columns;
use super::fields::Field;
use super::givers::{Found, Givers};
use super::reading::ROSTER;
use crate::domain::ids::Key;
use crate::domain::member::Member;
use crate::domain::pledge::{Amounts, Clues, Giver, Pledge};
use crate::domain::rate::Hundredths;

/// What a list of pledges may tell of its members as a roster does.
const OF_BOTH: [Field; 3] = [Field::Card, Field::Salaried, Field::Coefficient];

/// Whether a list of members is one of pledges by its columns.
pub(super) fn is_pledge_list(columns: &Columns) -> bool {
    let of_roster = ROSTER.iter().any(|field| !OF_BOTH.contains(field) && columns.has(*field));
    columns.has_any(&Field::AMOUNTS) && !of_roster && !columns.is_clean()
}

/// What a list tells of a member of the roster.
struct Listed {
    coefficient: Option<Hundredths>,
    salaried: Option<bool>,
    pledged: Option<Arc<Amounts>>,
    delivered: Option<Arc<Amounts>>,
}

/// Gives the members of rosters what such lists say that they pledge, as if the roster had the columns. Whom the roster of their
/// organisation has not, or of whom it or another list says something already, makes a row of a ledger; whoever is of an organisation
/// that has sent no roster is a member as any other.
pub(crate) fn join(batches: &mut [Batch]) {
    if batches.iter().all(|batch| batch.pledge_lists.is_empty()) {
        return;
    }
    let organisations: HashSet<String> = members(batches, false).map(|member| member.organisation.folded().to_owned()).collect();
    if organisations.is_empty() {
        return;
    }
    let givers = Givers::of(members(batches, false), members(batches, true).map(|member| &*member.name));
    let says = |amounts: &Option<Arc<Amounts>>| amounts.as_ref().is_some_and(|amounts| amounts.is_something());
    let telling = members(batches, false).filter(|member| says(&member.pledged) || says(&member.delivered));
    let telling: HashSet<Key> = telling.map(|member| member.key.clone()).collect();
    let mut listed: HashMap<Key, Listed> = HashMap::new();
    for batch in batches.iter_mut() {
        let Batch { members, pledges, pledge_lists, .. } = batch;
        for record in take(members) {
            let member = &record.value;
            if !pledge_lists.contains(&record.sheet) {
                members.push(record);
                continue;
            }
            let clues = clues_of(member);
            match givers.find(&member.name, member.citizen(), &clues) {
                Found::One(key) if !telling.contains(&key) && !listed.contains_key(&key) => {
                    let Member { coefficient, salaried, pledged, delivered, .. } = record.value;
                    listed.insert(key, Listed { coefficient, salaried, pledged, delivered });
                }
                Found::Nobody if !organisations.contains(member.organisation.folded()) => members.push(record),
                Found::One(_) | Found::Elsewhere(..) | Found::Nobody => pledges.push(pledge(record, clues)),
            }
        }
    }
    for member in batches.iter_mut().flat_map(|batch| &mut batch.members).map(|record| &mut record.value) {
        if let Some(of) = listed.remove(&member.key) {
            member.coefficient = member.coefficient.or(of.coefficient);
            member.salaried = member.salaried.or(of.salaried);
            member.pledged = of.pledged.or(member.pledged.take());
            member.delivered = of.delivered.or(member.delivered.take());
        }
    }
}

/// The members of such lists, or those of the rosters.
fn members(batches: &[Batch], listed: bool) -> impl Iterator<Item = &Member> {
    let records = batches.iter().flat_map(|batch| batch.members.iter().map(move |record| (batch, record)));
    let chosen = records.filter(move |(batch, record)| batch.pledge_lists.contains(&record.sheet) == listed);
    chosen.map(|(_, record)| &record.value)
}

fn clues_of(member: &Member) -> Clues {
    Clues {
        organisation: Some(member.organisation.name().into()),
        cell: member.cell.as_ref().map(|cell| cell.name.clone()),
        card: member.card.clone(),
        birth: member.birth,
    }
}

fn pledge(record: Record<Member>, clues: Clues) -> Record<Pledge> {
    let Record { value: member, sheet, rows, year, identity, place } = record;
    let value = Pledge {
        source: member.source,
        giver: Giver::Member(member.key),
        name: member.name,
        clues,
        pledged: member.pledged.as_deref().cloned(),
        delivered: member.delivered.as_deref().cloned(),
        bought: None,
        household: None,
    };
    Record { value, sheet, rows, year, identity, place }
}
