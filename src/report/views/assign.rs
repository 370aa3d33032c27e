//! The assignment as tables: communes, pairs, and who is left out.

use super::{heading, number};
use crate::domain::assignment::{Idle, Level, Reason, Uncovered};
use crate::domain::household::Household;
use crate::domain::ids::Key as Id;
use crate::domain::member::Member;
use crate::domain::plan::{Basis, CommunePlan, DistrictPlan, PlannedPair, PreviousPair, VillageShare};
use crate::domain::previous::Names;
use crate::domain::tally::By;
use crate::report::table::{Chart, Column, Datum, Row, Sensitivity, Table};
use crate::report::wording::Words;

/// One row for each commune: how many are to be helped, by how many, with which loads, and whether it is proved best.
#[must_use]
pub fn communes(plan: &DistrictPlan, words: &Words) -> Table {
    // Of a few households every pair tells something.
    let few = |key| Column::new(key, heading(words, key)).number().from(&["households"]);
    let district = By::District.word();
    let columns = vec![
        Column::new("commune", heading(words, "commune")),
        Column::new("households", heading(words, "targets")).number().telling(Sensitivity::SmallCount),
        Column::new("members", heading(words, "helpers")).number(),
        few("pairs"),
        few("least_load"),
        few("max_load"),
        few("same_village"),
        few("continuity"),
        Column::new("optimal", heading(words, "optimal")).centred(),
    ];
    let mut table = Table::new("communes", words.say("title", "assign_communes"), columns);
    let mut sums = [0usize; 3];
    for commune in &plan.communes {
        let (problem, assignment) = (&commune.problem, &commune.assignment);
        let counts = [problem.households.len(), problem.members.len(), assignment.pairs.len()];
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        let loads = commune.loads();
        // Idle members are listed apart; the least load is that of members who have a household.
        let least = loads.keys().find(|&&load| load > 0).copied();
        let cells = vec![
            Datum::text(problem.commune.name()),
            number(counts[0]),
            number(counts[1]),
            number(counts[2]),
            Datum::count(least),
            Datum::Count(assignment.value(Level::MaxLoad)),
            Datum::Count(assignment.value(Level::SameVillage)),
            if plan.continuity.is_some() { Datum::Count(assignment.value(Level::Continuity)) } else { Datum::text("") },
            Datum::text(words.say("answer", if assignment.optimal { "yes" } else { "no" })),
        ];
        let about = format!("{}:{}", By::Commune.word(), problem.commune.name());
        table.rows.push(Row::body(cells).same(1, about.clone(), "both").about(about).part_of(district));
    }
    let mut total = vec![Datum::text(words.say("column", "district"))];
    total.extend(sums.map(number));
    total.resize(table.columns.len(), Datum::nothing());
    table.rows.push(Row::total(total).same(1, district, "both").about(district));
    table.notes.push(words.say("note", "assign_optimal").to_owned());
    if !plan.without_effect.is_empty() {
        let count = words.count(i64::try_from(plan.without_effect.len()).unwrap_or(i64::MAX));
        table.notes.push(words.fill_in("note", "without_effect", &[("count", &count)]));
    }
    table
}

/// Villages to which members come from elsewhere, with what makes them come; `most` is how many rows are wanted.
///
/// It is no list of persons, but counts of so few that the public does not get it.
#[must_use]
pub fn villages(plan: &DistrictPlan, basis: &Basis<'_>, most: usize, words: &Words) -> Table {
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(18),
        Column::new("village", heading(words, "village")).wide(18),
        // Not the heading of a survey's class: the file is read again as last year's assignment.
        Column::new("households", heading(words, "to_help")).number(),
        Column::new("members", heading(words, "village_members")).number(),
        Column::new("from_elsewhere", heading(words, "from_elsewhere")).number(),
    ];
    let mut table = Table::new("villages", words.say("title", "from_elsewhere"), columns);
    table.persons = true;
    let of_commune = |commune: &CommunePlan| {
        let name = commune.problem.commune.name().to_owned();
        commune.villages(basis).into_iter().map(move |share| (name.clone(), share)).collect::<Vec<_>>()
    };
    let mut shares: Vec<(String, VillageShare)> =
        plan.communes.iter().flat_map(of_commune).filter(|(_, share)| share.from_elsewhere > 0).collect();
    // The sort is stable, so that villages with as many keep the order of their communes.
    shares.sort_by_key(|(_, share)| std::cmp::Reverse(share.from_elsewhere));
    if shares.len() > most {
        let count = (shares.len() - most).to_string();
        table.notes.push(words.fill_in("note", "more_villages", &[("count", &count)]));
        shares.truncate(most);
    }
    table.rows = shares
        .into_iter()
        .map(|(commune, share)| {
            Row::body(vec![
                Datum::text(commune),
                Datum::maybe_text(share.village.as_ref().map(|village| village.name())),
                Datum::count(Some(share.households)),
                Datum::count(Some(share.members)),
                Datum::count(Some(share.from_elsewhere)),
            ])
        })
        .collect();
    table
}

/// How many members have how many households.
#[must_use]
pub fn loads(plan: &DistrictPlan, words: &Words) -> Table {
    let columns = vec![
        Column::new("households", heading(words, "load")).number(),
        Column::new("members", heading(words, "helpers")).number(),
    ];
    let mut table = Table::new("loads", words.say("title", "loads"), columns);
    let mut loads = std::collections::BTreeMap::new();
    for (load, members) in plan.communes.iter().flat_map(CommunePlan::loads) {
        *loads.entry(load).or_insert(0u64) += members;
    }
    let all = Row::total(vec![Datum::text(words.say("general", "total")), Datum::count(Some(loads.values().sum()))]);
    let rows = loads.into_iter().map(|(load, members)| Row::body(vec![Datum::count(Some(load)), Datum::count(Some(members))]));
    // Loads add up to the pairs, and with few households to the households.
    table.rows = rows.chain([all]).map(|row| row.follows(By::District.word(), "both")).collect();
    table.charts.push(Chart::Histogram { title: words.say("title", "loads").to_owned(), label: 0, value: 1 });
    table
}

/// All pairs in one table, with the keys that read back as last year's assignment.
#[must_use]
pub fn pairs(plan: &DistrictPlan, basis: &Basis<'_>, words: &Words) -> Table {
    let mut columns = vec![Column::new("commune", heading(words, "commune")).wide(18)];
    columns.extend(pair_columns(words));
    let mut table = Table::new("pairs", words.say("title", "pairs"), columns);
    table.persons = true;
    for commune in &plan.communes {
        for pair in commune.pairs(basis) {
            let mut cells = vec![Datum::text(commune.problem.commune.name())];
            cells.extend(pair_cells(&pair, basis, words));
            table.rows.push(Row::body(cells));
        }
    }
    table
}

fn pair_columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new("village", heading(words, "village")).telling(Sensitivity::Named).wide(18),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(22),
        Column::new("status", heading(words, "class")).telling(Sensitivity::Named).wide(12),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("name", heading(words, "helper")).telling(Sensitivity::Named).wide(22),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("organisation", heading(words, "organisation")).telling(Sensitivity::Named).wide(26),
        Column::new("cell", heading(words, "cell")).telling(Sensitivity::Named).wide(22),
        Column::new("reasons", heading(words, "reasons")).telling(Sensitivity::Private).wide(24),
    ]
}

/// The word of a reason: whether the village is the member's own or a twinned one is two things to a reader.
pub(super) fn reason_key(pair: &PlannedPair<'_>, reason: Reason) -> &'static str {
    let cell = pair.member.cell.as_ref().filter(|_| pair.member.organisation.committee_of().is_some());
    let own =
        cell.and_then(|cell| cell.village.as_ref()).is_some_and(|village| pair.household.place.village.as_ref() == Some(village));
    if reason == Reason::SameVillage && !own { "twinned_village" } else { reason.name() }
}

/// Why a pair is there, in words; of one that a person decided, what the person wrote.
pub(super) fn reasons(pair: &PlannedPair<'_>, basis: &Basis<'_>, words: &Words) -> String {
    let said = |reason: &Reason| {
        let word = words.say("reason", reason_key(pair, *reason));
        let decided = || PreviousPair { household: pair.household.key.clone(), member: pair.member.key.clone() };
        let why = basis.remarks.filter(|_| *reason == Reason::Pinned).and_then(|remarks| remarks.whys.get(&decided()));
        why.map_or_else(|| word.to_owned(), |why| format!("{word} ({why})"))
    };
    pair.reasons.iter().map(said).collect::<Vec<_>>().join("; ")
}

fn pair_cells(pair: &PlannedPair<'_>, basis: &Basis<'_>, words: &Words) -> Vec<Datum> {
    vec![
        Datum::maybe_text(pair.household.place.village.as_ref().map(|village| village.name())),
        Datum::text(&*pair.household.head),
        Datum::text(words.class(pair.household.class)),
        Datum::display(&pair.household.key),
        Datum::text(&*pair.member.name),
        Datum::display(&pair.member.key),
        Datum::text(pair.member.organisation.name()),
        Datum::maybe_text(pair.member.cell.as_ref().map(|cell| &*cell.name)),
        Datum::text(reasons(pair, basis, words)),
    ]
}

/// Members and households that are left out, each with the reason.
#[must_use]
pub fn left_out(plan: &DistrictPlan, basis: &Basis<'_>, words: &Words) -> Vec<Table> {
    let mut idle = Table::new("idle", words.say("title", "idle"), member_columns(words));
    let mut uncovered = Table::new("uncovered", words.say("title", "uncovered"), household_columns(words));
    for commune in &plan.communes {
        for (at, why) in &commune.assignment.idle {
            idle.rows.push(member_row(&basis.members[commune.problem.members[*at]], words.say("idle", idle_word(*why))));
        }
        for (at, why) in &commune.assignment.uncovered {
            let household = basis.households[commune.problem.households[*at]];
            uncovered.rows.push(household_row(household, words.say("uncovered", uncovered_word(*why))));
        }
    }
    let mut excluded = Table::new("excluded", words.say("title", "excluded"), member_columns(words));
    excluded.rows = plan
        .excluded
        .iter()
        .map(|(member, why)| member_row(&basis.members[*member], words.say("excluded", why.word())))
        .collect();
    let mut short = Table::new("short_of_helpers", words.say("title", "short_of_helpers"), household_columns(words));
    short.rows = plan
        .short_of_helpers
        .iter()
        .map(|(at, helpers)| {
            let household = basis.households[*at];
            let why = words.fill_in("uncovered", "fewer", &[("count", &words.count(i64::from(*helpers)))]);
            household_row(household, &why)
        })
        .collect();
    let mut tables = vec![idle, uncovered, excluded];
    if !short.rows.is_empty() {
        tables.push(short);
    }
    if let Some(continuity) = &plan.continuity {
        let mut ended = Table::new("ended", words.say("title", "ended"), ended_columns(words));
        let shown = |key: &Id| Datum::display(key);
        let names = Names::of(plan, basis);
        ended.rows = continuity
            .ended
            .iter()
            .map(|(pair, why)| {
                let place = names.household(&pair.household).map(|household| &household.place);
                let village = place.and_then(|place| place.village.as_ref());
                Row::body(vec![
                    Datum::maybe_text(place.map(|place| place.commune.name())),
                    Datum::maybe_text(village.map(|village| village.name())),
                    Datum::maybe_text(names.head(&pair.household)),
                    shown(&pair.household),
                    Datum::maybe_text(names.member(&pair.member)),
                    shown(&pair.member),
                    Datum::text(words.say("ended", why.word())),
                ])
            })
            .collect();
        tables.push(ended);
    }
    for table in &mut tables {
        table.persons = true;
    }
    tables
}

/// How many members and households are left out, table by table and reason by reason, for the screen.
#[must_use]
pub fn left_out_counts(tables: &[Table], words: &Words) -> Table {
    let columns = vec![
        Column::new("what", heading(words, "what")),
        Column::new("why", heading(words, "why")),
        Column::new("count", heading(words, "count_of")).number(),
    ];
    let mut table = Table::new("left_out", words.say("title", "left_out"), columns);
    for left in tables {
        let why = |row: &Row| row.cells.last().cloned().unwrap_or_else(|| Datum::text(""));
        let mut reasons: Vec<(Datum, usize)> = Vec::new();
        for row in &left.rows {
            match reasons.iter_mut().find(|(known, _)| *known == why(row)) {
                Some((_, count)) => *count += 1,
                None => reasons.push((why(row), 1)),
            }
        }
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if reasons.is_empty() {
            reasons.push((Datum::text(""), 0));
        }
        let row = |(why, count)| Row::body(vec![Datum::text(left.title.clone()), why, number(count)]);
        table.rows.extend(reasons.into_iter().map(row));
    }
    table
}

fn member_columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new("name", heading(words, "member")).telling(Sensitivity::Named).wide(24),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("organisation", heading(words, "organisation")).telling(Sensitivity::Named).wide(30),
        Column::new("why", heading(words, "why")).telling(Sensitivity::Private).wide(34),
    ]
}

fn member_row(member: &Member, why: &str) -> Row {
    Row::body(vec![
        Datum::text(&*member.name),
        Datum::display(&member.key),
        Datum::text(member.organisation.name()),
        Datum::text(why),
    ])
}

fn household_row(household: &Household, why: &str) -> Row {
    Row::body(vec![
        Datum::text(household.place.commune.name()),
        Datum::maybe_text(household.place.village.as_ref().map(|village| village.name())),
        Datum::text(&*household.head),
        Datum::display(&household.key),
        Datum::text(why),
    ])
}

fn household_columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new("commune", heading(words, "commune")).wide(18),
        Column::new("village", heading(words, "village")).telling(Sensitivity::Named).wide(18),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(24),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("why", heading(words, "why")).telling(Sensitivity::Named).wide(40),
    ]
}

fn ended_columns(words: &Words) -> Vec<Column> {
    vec![
        Column::new("commune", heading(words, "commune")).wide(18),
        Column::new("village", heading(words, "village")).telling(Sensitivity::Named).wide(18),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(22),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("name", heading(words, "helper")).telling(Sensitivity::Named).wide(22),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("why", heading(words, "why")).telling(Sensitivity::Private).wide(40),
    ]
}

/// The word scripts see for an idle member.
#[must_use]
pub fn idle_word(why: Idle) -> &'static str {
    match why {
        Idle::NoHouseholdInReach => "no_household_in_reach",
        Idle::OnlyForbidden => "only_forbidden",
        Idle::CapIsZero => "cap_is_zero",
    }
}

/// The word scripts see for a household without a helper.
#[must_use]
pub fn uncovered_word(why: Uncovered) -> &'static str {
    match why {
        Uncovered::NoMemberInReach => "no_member_in_reach",
        Uncovered::OnlyForbidden => "only_forbidden",
    }
}
