//! Cells of the programme file held against the roster: an entry that is nobody's, and one that binds its members to no village.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::issue::{Code, Hint, Issue};
use crate::domain::organisation::Twinning;
use crate::domain::spelling::{fold, nearest};
use crate::domain::survey::Roster;
use crate::ingest::fields::Field;
use crate::programme::lists;

/// What a person should look at. A roster may be that of a part of the district: of an organisation that it lacks nothing is said.
pub(super) fn issues(file: &Arc<str>, listed: &[lists::Cell], roster: &Roster) -> Vec<Issue> {
    let mut on_roster: BTreeMap<String, BTreeMap<String, &str>> = BTreeMap::new();
    let mut with_village: BTreeSet<(String, String)> = BTreeSet::new();
    let kept = roster.members.iter().map(|member| (&member.organisation, member.cell.as_ref()));
    for (organisation, cell) in kept.chain(roster.counted.cells()) {
        let Some(cell) = cell else { continue };
        let organisation = fold(organisation.name());
        if cell.village.is_some() {
            with_village.insert((organisation.clone(), fold(&cell.name)));
        }
        on_roster.entry(organisation).or_default().insert(fold(&cell.name), &cell.name);
    }
    let has_twin = |organisation: &str, cell: &str| {
        let is_of = |row: &&Twinning| {
            fold(row.organisation.name()) == organisation && row.cell.as_ref().is_none_or(|name| fold(name) == cell)
        };
        roster.twinning.iter().any(|row| is_of(&row))
    };
    let named: BTreeSet<(String, String)> = listed.iter().map(|cell| (fold(&cell.organisation), fold(&cell.name))).collect();
    let mut issues = Vec::new();
    for cell in listed {
        let (organisation, name) = (fold(&cell.organisation), fold(&cell.name));
        let Some(known) = on_roster.get(&organisation) else { continue };
        let told =
            |code, hint| Issue { field: Some(Field::Cell.key()), hint, ..Issue::of_file(code, file.clone(), cell.name.clone()) };
        if !known.contains_key(&name) {
            let free = known.iter().filter(|(folded, _)| !named.contains(&(organisation.clone(), (*folded).clone())));
            let near = nearest(&cell.name, free.map(|(_, name)| *name));
            issues.push(told(Code::OrganisationUnknown, near.map_or(Hint::None, |name| Hint::Nearest(name.to_owned()))));
        } else if cell.restricted
            && !with_village.contains(&(organisation.clone(), name.clone()))
            && !has_twin(&organisation, &name)
        {
            issues.push(told(Code::CellNoVillage, Hint::None));
        }
    }
    issues
}
