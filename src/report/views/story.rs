//! Questions about a plan as tables: one story, who could help, what changed, and a slip for each member.

use std::collections::BTreeMap;

use super::assign::{idle_word, reasons, uncovered_word};
use super::{heading, number};
use crate::domain::assignment::Reason;
use crate::domain::assignment::explain::{Alternative, LevelPrice, Suggestion};
use crate::domain::household::Household;
use crate::domain::ids::Key as Id;
use crate::domain::member::Member;
use crate::domain::plan::{Basis, DistrictPlan, PlannedPair};
use crate::domain::story::{Barred, Forbidden, Story, Subject, Told};
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};
use crate::report::wording::Words;

/// The columns of a pair with a word on it and a sentence.
fn columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new("what", heading(words, "what")).telling(Sensitivity::Private).wide(20),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(22),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("name", heading(words, "helper")).telling(Sensitivity::Named).wide(22),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("why", heading(words, "why")).telling(Sensitivity::Private).wide(50),
    ]
}

/// The story of one household or member.
#[must_use]
pub fn story(subject: Subject, story: &Story, basis: &Basis<'_>, words: &Words) -> Table {
    let (household, member) = match subject {
        Subject::Household(at) => (Some(basis.households[at]), None),
        Subject::Member(at) => (None, Some(&basis.members[at])),
    };
    let mut table = Table::new("story", words.fill_in("title", "story", &[("name", &name(basis, subject))]), columns(words));
    table.persons = true;
    let alone = |why: &str| row("", (household, None), (member, None), why);
    table.rows = match story {
        Story::Pairs(told, forbidden) => {
            let others = forbidden.iter().map(|one| forbidden_row(one, basis, words));
            told.iter().map(|one| told_row(one, basis, words)).chain(others).collect()
        }
        Story::Idle(why, forbidden) => {
            let others = forbidden.iter().map(|one| forbidden_row(one, basis, words));
            std::iter::once(alone(words.say("idle", idle_word(*why)))).chain(others).collect()
        }
        Story::Uncovered(why, forbidden) => {
            let others = forbidden.iter().map(|one| forbidden_row(one, basis, words));
            std::iter::once(alone(words.say("uncovered", uncovered_word(*why)))).chain(others).collect()
        }
        Story::Excluded(why) => vec![alone(words.say("excluded", why.word()))],
        Story::NotToBeHelped => vec![alone(words.say("story", "not_to_be_helped"))],
    };
    table
}

fn name(basis: &Basis<'_>, subject: Subject) -> String {
    match subject {
        Subject::Household(at) => basis.households[at].head.to_string(),
        Subject::Member(at) => basis.members[at].name.to_string(),
    }
}

fn told_row(told: &Told, basis: &Basis<'_>, words: &Words) -> Row {
    let (what, why) = if told.other.in_plan {
        let (household, member) = (basis.households[told.household], &basis.members[told.member]);
        (words.say("story", "in_plan"), reasons(&PlannedPair { household, member, reasons: &told.reasons }, basis, words))
    } else {
        (words.say("story", "runner_up"), lost(&told.other, words))
    };
    row(what, (Some(basis.households[told.household]), None), (Some(&basis.members[told.member]), None), &why)
}

/// A pair that a rule forbids.
fn forbidden_row(one: &Forbidden, basis: &Basis<'_>, words: &Words) -> Row {
    let (household, member) = ((Some(basis.households[one.household]), None), (Some(&basis.members[one.member]), None));
    row(words.say("story", "forbidden"), household, member, words.say("not_allowed", one.why.name()))
}

/// Why a pair is not in the plan: the first level that it would change.
fn lost(other: &Alternative, words: &Words) -> String {
    let Some(change) = &other.change else { return words.say("story", "impossible").to_owned() };
    let Some((level, by)) = change.iter().find(|(_, by)| *by != 0) else { return words.say("story", "tie").to_owned() };
    let (name, ended) = (words.say("level", level.name()), other.ended.to_string());
    let worse = level.more_is_better() == (*by < 0);
    let values = [("level", name), ("by", &*format!("{by:+}")), ("ended", &*ended)];
    if worse { words.fill_in("story", "worse", &values) } else { words.fill_in("story", "better", &values) }
}

/// A row of a pair; a side that is not known any more is shown by its key.
fn row(what: &str, household: (Option<&Household>, Option<&Id>), member: (Option<&Member>, Option<&Id>), why: &str) -> Row {
    let key = |found: Option<&Id>| Datum::text(found.map(ToString::to_string).unwrap_or_default());
    Row::body(vec![
        Datum::text(what),
        Datum::text(household.0.map(|household| household.head.to_string()).unwrap_or_default()),
        key(household.0.map(|household| &household.key).or(household.1)),
        Datum::text(member.0.map(|member| member.name.to_string()).unwrap_or_default()),
        key(member.0.map(|member| &member.key).or(member.1)),
        Datum::text(why),
    ])
}

/// The members who could take a household, best first.
#[must_use]
pub fn suggestions(
    household: usize,
    helpers: &[(usize, Suggestion)],
    barred: &Barred,
    basis: &Basis<'_>,
    words: &Words,
) -> Table {
    let columns = vec![
        Column::new("number", heading(words, "number")).centred().wide(5),
        Column::new("name", heading(words, "helper")).telling(Sensitivity::Named).wide(22),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("organisation", heading(words, "organisation")).telling(Sensitivity::Named).wide(26),
        Column::new("load", heading(words, "load")).telling(Sensitivity::Private).number(),
        Column::new("reasons", heading(words, "reasons")).telling(Sensitivity::Private).wide(30),
    ];
    let title = words.fill_in("title", "suggestions", &[("name", &name(basis, Subject::Household(household)))]);
    let mut table = Table::new("suggestions", title, columns);
    table.persons = true;
    for (index, (member, suggestion)) in helpers.iter().enumerate() {
        let member = &basis.members[*member];
        let gains = suggestion.change.iter().filter(|(level, by)| level.more_is_better() && *by > 0);
        let gains: Vec<&str> = gains.map(|(level, _)| words.say("level", level.name())).collect();
        table.rows.push(Row::body(vec![
            number(index + 1),
            Datum::text(&*member.name),
            Datum::display(&member.key),
            Datum::text(member.organisation.name()),
            number(suggestion.load),
            Datum::text(gains.join("; ")),
        ]));
    }
    match barred {
        Barred::NotToBeHelped => table.notes.push(words.say("story", "not_to_be_helped").to_owned()),
        Barred::By(forbidden) => {
            if helpers.is_empty() {
                table.notes.push(words.say("note", "nobody_else").to_owned());
            }
            let said = |one: &Forbidden| {
                let values = [("name", &*basis.members[one.member].name), ("why", words.say("not_allowed", one.why.name()))];
                words.fill_in("note", "may_not_help", &values)
            };
            table.notes.extend(forbidden.iter().map(said));
        }
    }
    table
}

/// What each level costs the others: the values of the plan, and those that change when the level comes last.
///
/// It is no list of persons, but what small communes do with so few that the public does not get it.
#[must_use]
pub fn prices(plan: &DistrictPlan, prices: &[Vec<LevelPrice>], words: &Words) -> Table {
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(18),
        Column::new("level", heading(words, "level")).wide(34),
        Column::new("value", heading(words, "value")).number(),
        Column::new("if_last", heading(words, "if_last")).wide(60),
    ];
    let mut table = Table::new("prices", words.say("title", "prices"), columns);
    table.persons = true;
    for (commune, prices) in plan.communes.iter().zip(prices) {
        for price in prices {
            let now = |level| commune.assignment.value(level);
            let changes = price.without.iter().filter(|(_, by)| *by != 0).map(|&(level, by)| {
                let (then, now) = (words.count(now(level) + by), words.count(now(level)));
                let values = [("level", words.say("level", level.name())), ("now", &*now), ("then", &*then)];
                words.fill_in("story", "price", &values)
            });
            let changes: Vec<String> = changes.collect();
            table.rows.push(Row::body(vec![
                Datum::text(commune.problem.commune.name()),
                Datum::text(words.say("level", price.level.name())),
                Datum::Count(now(price.level)),
                Datum::text(if changes.is_empty() { words.say("story", "no_price").to_owned() } else { changes.join("; ") }),
            ]));
        }
    }
    table.notes.push(words.say("note", "prices").to_owned());
    table
}

/// The pairs that are new and those that ended, each with the cause, and those of the added who have no pair.
#[must_use]
pub fn changed(plan: &DistrictPlan, basis: &Basis<'_>, added: &[Id], words: &Words) -> Table {
    let mut table = Table::new("changed", words.say("title", "changed"), columns(words));
    table.persons = true;
    let Some(continuity) = &plan.continuity else { return table };
    let households: BTreeMap<&Id, &Household> = basis.households.iter().map(|household| (&household.key, *household)).collect();
    let members: BTreeMap<&Id, &Member> = basis.members.iter().map(|member| (&member.key, member)).collect();
    for (pair, why) in &continuity.ended {
        let household = (households.get(&pair.household).copied(), Some(&pair.household));
        let member = (members.get(&pair.member).copied(), Some(&pair.member));
        table.rows.push(row(words.say("story", "ended"), household, member, words.say("ended", why.word())));
    }
    for pair in plan.communes.iter().flat_map(|commune| commune.pairs(basis)) {
        if !pair.reasons.contains(&Reason::Continued) {
            let (household, member) = ((Some(pair.household), None), (Some(pair.member), None));
            table.rows.push(row(words.say("story", "new"), household, member, &reasons(&pair, basis, words)));
        }
    }
    for key in added {
        if let (Some(member), Some(why)) = (members.get(key), without_pair(key, plan, basis, words)) {
            table.rows.push(row(words.say("story", "added_nothing"), (None, None), (Some(member), None), why));
        }
    }
    table
}

/// Why a member has no household; `None` for one who has.
fn without_pair<'a>(key: &Id, plan: &DistrictPlan, basis: &Basis<'_>, words: &'a Words) -> Option<&'a str> {
    if let Some((_, why)) = plan.excluded.iter().find(|(at, _)| basis.members[*at].key == *key) {
        return Some(words.say("excluded", why.word()));
    }
    plan.communes.iter().find_map(|commune| {
        let mut idle = commune.assignment.idle.iter();
        let found = idle.find(|(at, _)| basis.members[commune.problem.members[*at]].key == *key);
        found.map(|(_, why)| words.say("idle", idle_word(*why)))
    })
}

/// One row for each household of each member, by commune, organisation and cell: what a cell hands to its members.
///
/// It is no list that is read again as last year's assignment: the pairs stand in a table of their own, and would be there twice.
#[must_use]
pub fn slips(plan: &DistrictPlan, basis: &Basis<'_>, words: &Words) -> Table {
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(18),
        Column::new("organisation", heading(words, "organisation")).telling(Sensitivity::Named).wide(26),
        Column::new("cell", heading(words, "cell")).telling(Sensitivity::Named).wide(22),
        Column::new("name", heading(words, "helper")).telling(Sensitivity::Named).wide(22),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("village", heading(words, "village")).telling(Sensitivity::Named).wide(18),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(22),
        // Not the heading of a class, by which a list of pairs is known.
        Column::new("status", heading(words, "slip_class")).telling(Sensitivity::Named).wide(14),
        Column::new("why", heading(words, "slip_why")).telling(Sensitivity::Private).wide(30),
    ];
    let mut table = Table::new("slips", words.say("title", "slips"), columns);
    table.persons = true;
    for commune in &plan.communes {
        let mut pairs = commune.pairs(basis);
        let cell = |pair: &PlannedPair<'_>| pair.member.cell.as_ref().map(|cell| cell.name.to_string());
        // The sort is stable: the households of a member stay in the order of their villages.
        pairs.sort_by_cached_key(|pair| (pair.member.organisation.name().to_owned(), cell(pair), pair.member.key.clone()));
        let rows = pairs.iter().map(|pair| {
            Row::body(vec![
                Datum::text(commune.problem.commune.name()),
                Datum::text(pair.member.organisation.name()),
                Datum::maybe_text(cell(pair)),
                Datum::text(&*pair.member.name),
                Datum::display(&pair.member.key),
                Datum::maybe_text(pair.household.place.village.as_ref().map(|village| village.name())),
                Datum::text(&*pair.household.head),
                Datum::text(words.class(pair.household.class)),
                Datum::text(reasons(pair, basis, words)),
            ])
        });
        table.rows.extend(rows);
    }
    table
}
