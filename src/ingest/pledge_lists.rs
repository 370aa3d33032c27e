//! Lists of members with what they pledge, which committees keep beside the whole roster: who stands on both is one member, and the
//! row of the list is a pledge of theirs.

use std::collections::{HashMap, HashSet};
use std::mem::take;

use super::batch::{Batch, Record};
use super::columns::Columns;
use super::fields::Field;
use super::givers::{Found, Givers};
use crate::domain::ids::Key;
use crate::domain::member::Member;
use crate::domain::pledge::{Clues, Giver, Pledge};
use crate::domain::rate::Hundredths;

/// What a roster tells of its members and a list of pledges does not.
const OF_ROSTERS: [Field; 12] = [
    Field::Admitted,
    Field::Official,
    Field::AdmittedOfficial,
    Field::CardLines,
    Field::Standing,
    Field::StandingDate,
    Field::MovedAway,
    Field::Died,
    Field::LeftParty,
    Field::Exempt,
    Field::Probation,
    Field::Membership,
];

/// Whether a list of members is one of pledges by its columns.
pub(super) fn is_pledge_list(columns: &Columns) -> bool {
    columns.has_any(&Field::AMOUNTS) && !columns.has_any(&OF_ROSTERS) && !columns.is_clean()
}

/// Makes pledges of the rows of such lists, where a roster has their members or others of their organisation. Whoever is of an
/// organisation that has sent no roster is a member as any other. What such a list tells of salaries the roster need not.
pub(crate) fn join(batches: &mut [Batch]) {
    if batches.iter().all(|batch| batch.pledge_lists.is_empty()) {
        return;
    }
    let organisations: HashSet<String> = members(batches, false).map(|member| member.organisation.folded().to_owned()).collect();
    if organisations.is_empty() {
        return;
    }
    let givers = Givers::of(members(batches, false), members(batches, true).map(|member| &*member.name));
    let mut paid: HashMap<Key, (Option<Hundredths>, Option<bool>)> = HashMap::new();
    for batch in batches.iter_mut() {
        let Batch { members, pledges, pledge_lists, .. } = batch;
        for record in take(members) {
            let member = &record.value;
            if !pledge_lists.contains(&record.sheet) {
                members.push(record);
                continue;
            }
            let clues = clues_of(member);
            let found = givers.find(&member.name, member.citizen(), &clues);
            if let Found::One(key) = &found {
                paid.insert(key.clone(), (member.coefficient, member.salaried));
            }
            if found != Found::Nobody || organisations.contains(member.organisation.folded()) {
                pledges.push(pledge(record, clues));
            } else {
                members.push(record);
            }
        }
    }
    for member in batches.iter_mut().flat_map(|batch| &mut batch.members).map(|record| &mut record.value) {
        if let Some((coefficient, salaried)) = paid.get(&member.key) {
            member.coefficient = member.coefficient.or(*coefficient);
            member.salaried = member.salaried.or(*salaried);
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
