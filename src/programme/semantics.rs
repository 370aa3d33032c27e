//! What a schema cannot say: values that are right one by one and wrong together, and names that must be known.

use std::collections::BTreeSet;

use super::Programme;
use super::check::nearest;
use super::file::{Minimum, Published};
use super::lists::Level;
use super::problem::{Contradiction, Fault, Problem};
use crate::domain::organisation::NO_COMMITTEE;
use crate::domain::peoples::People;
use crate::domain::spelling::fold;

/// The problems of a file whose keys and values are right one by one, in the order of the file.
pub(super) fn problems(programme: &Programme) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut say = |key: String, what| found.push(programme.problem_at(&key, Fault::Contradiction(what)));
    goals(programme, &mut say);
    duty(programme, &mut say);
    money(programme, &mut say);
    lists(programme, &mut say);
    figures(programme, &mut say);
    let levels: BTreeSet<Level> = programme.file.assignment.order.iter().copied().collect();
    if programme.file.assignment.order.len() != Level::ALL.len() || levels.len() != Level::ALL.len() {
        say("assignment.order".to_owned(), Contradiction::LevelsNotOnceEach);
    }
    found.extend(names(programme));
    found.sort_by_key(|problem| problem.at);
    found
}

fn goals(programme: &Programme, say: &mut impl FnMut(String, Contradiction)) {
    let mut seen = Vec::new();
    for (at, goal) in programme.file.goals.iter().enumerate() {
        if seen.contains(&(goal.measure, goal.year)) {
            say(format!("goals.{at}"), Contradiction::Twice);
        }
        seen.push((goal.measure, goal.year));
        if goal.planned.as_ref().is_some_and(|planned| planned.least > planned.most) {
            say(format!("goals.{at}.planned"), Contradiction::LeastAboveMost);
        }
    }
}

fn duty(programme: &Programme, say: &mut impl FnMut(String, Contradiction)) {
    let duty = &programme.file.duty;
    let rules = [
        ("outside_committees", &duty.outside_committees),
        ("committee_salaried", &duty.committee_salaried),
        ("committee_unsalaried", &duty.committee_unsalaried),
    ];
    for (name, minimums) in rules {
        for (at, _) in minimums.iter().enumerate().filter(|(_, minimum)| names_no_single_amount(minimum)) {
            say(format!("duty.{name}.{at}"), Contradiction::NoSingleAmount);
        }
    }
}

fn names_no_single_amount(minimum: &Minimum) -> bool {
    let days = [minimum.salary_days, minimum.labour_days].map(|days| days.map(|days| days.days().in_halves()));
    let amounts: Vec<u64> = days.into_iter().chain([minimum.seedlings.map(u64::from)]).flatten().collect();
    !matches!(amounts[..], [amount] if amount > 0)
}

fn money(programme: &Programme, say: &mut impl FnMut(String, Contradiction)) {
    let rows = &programme.file.money.base_salary;
    for (at, row) in rows.iter().enumerate() {
        if rows[..at].iter().any(|before| before.from == row.from) {
            say(format!("money.base_salary.{at}.from"), Contradiction::Twice);
        }
    }
}

fn lists(programme: &Programme, say: &mut impl FnMut(String, Contradiction)) {
    let communes = &programme.file.communes;
    for (at, commune) in communes.iter().enumerate() {
        if let (Some(from), Some(to)) = (commune.valid_from, commune.valid_to)
            && to <= from
        {
            say(format!("communes.{at}.valid_to"), Contradiction::EndsBeforeItBegins);
        }
        // A name may come again when a unit of another time bears it.
        let same = |before: &&super::lists::Commune| {
            fold(&before.name) == fold(&commune.name)
                && before.valid_to.is_none_or(|end| commune.valid_from.is_none_or(|start| start < end))
                && commune.valid_to.is_none_or(|end| before.valid_from.is_none_or(|start| start < end))
        };
        if communes[..at].iter().any(|before| same(&before)) {
            say(format!("communes.{at}.name"), Contradiction::Twice);
        }
    }
    let organisations = &programme.file.organisations;
    for (at, organisation) in organisations.iter().enumerate() {
        if organisations[..at].iter().any(|before| fold(&before.name) == fold(&organisation.name)) {
            say(format!("organisations.{at}.name"), Contradiction::Twice);
        }
    }
}

fn figures(programme: &Programme, say: &mut impl FnMut(String, Contradiction)) {
    let too_many = |published: &Published| {
        let part = published.poor.unwrap_or(0).checked_add(published.near_poor.unwrap_or(0));
        published.households.is_some_and(|whole| part.is_none_or(|part| part > whole))
    };
    for (year, table) in &programme.file.years {
        if table.published.as_ref().is_some_and(too_many) {
            say(format!("years.{year}.published.households"), Contradiction::PartAboveWhole);
        }
    }
    for (year, published) in &programme.file.province {
        if too_many(published) {
            say(format!("province.{year}.households"), Contradiction::PartAboveWhole);
        }
    }
}

/// Names of communes in mergers and organisations that no list has.
fn names(programme: &Programme) -> Vec<Problem> {
    let known: Vec<String> = programme.communes().iter().map(|commune| commune.name.clone()).collect();
    let unknown = |name: &str| Fault::UnknownName { name: name.to_owned(), nearest: nearest(name, &known) };
    let mut found = Vec::new();
    for (at, merger) in programme.file.mergers.iter().enumerate() {
        for (item, name) in merger.from.0.iter().enumerate() {
            if programme.commune_before(name, merger.on.0).is_none() {
                let list = format!("mergers.{at}.from");
                let key = format!("{list}.{item}");
                let key = if programme.position(&key).is_some() { key } else { list };
                found.push(programme.problem_at(&key, unknown(name)));
            }
        }
        if programme.commune_on(&merger.into, merger.on.0).is_none() {
            found.push(programme.problem_at(&format!("mergers.{at}.into"), unknown(&merger.into)));
        }
    }
    for (at, organisation) in programme.file.organisations.iter().enumerate() {
        if let Some(name) = organisation.committee_of.as_deref().filter(|&name| name != NO_COMMITTEE)
            && programme.commune_named(name).is_none()
        {
            found.push(programme.problem_at(&format!("organisations.{at}.committee_of"), unknown(name)));
        }
    }
    found.extend(peoples(programme));
    found
}

/// Names of peoples that nobody bears.
fn peoples(programme: &Programme) -> Vec<Problem> {
    let groups = programme.file.assignment.common_languages.iter().enumerate();
    let names = groups.flat_map(|(group, names)| names.iter().enumerate().map(move |(item, name)| (group, item, name)));
    names
        .filter(|(_, _, name)| People::parse(name).is_none())
        .map(|(group, item, name)| {
            let nearest = People::nearest(name).map(|people| people.name().to_owned());
            let key = format!("assignment.common_languages.{group}.{item}");
            programme.problem_at(&key, Fault::UnknownName { name: name.clone(), nearest })
        })
        .collect()
}
