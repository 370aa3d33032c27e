//! Pledges and deliveries as tables. Days of salary, days of labour, seedlings and money stand side by side and are never
//! added together.

use std::collections::{BTreeMap, BTreeSet};

use super::heading;
use crate::domain::duty::Least;
use crate::domain::household::Household;
use crate::domain::ids::CitizenNumber;
use crate::domain::pledges::{Given, GivingBy, GivingCounts, GivingOf, PledgeSums, Species};
use crate::domain::spelling::fold;
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};
use crate::report::wording::Words;

/// Which amounts any list states; the others are no data and not zero.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Whether any list has columns of pledges.
    pub pledged: bool,
    /// Whether any list has columns of deliveries.
    pub delivered: bool,
}

/// One table of rows with the whole roster as the sum.
#[must_use]
pub fn table(by: GivingBy, sums: &PledgeSums<'_>, told: Told, words: &Words) -> Table {
    let key = by.word();
    let number = |key| Column::new(key, heading(words, key)).number();
    let mut columns = vec![
        Column::new("name", words.say("by", key)).wide(34),
        number("members"),
        number("eligible"),
        number("taking_part"),
        number("meeting_minimum"),
        // The duty is judged by what is pledged; what is delivered has its own figures.
        number("delivered_minimum").aside(),
    ];
    columns.extend(amount_columns(sums, words));
    let mut table =
        Table::new(key, format!("{}: {}", words.say("title", "pledges"), words.say("by", key).to_lowercase()), columns);
    let rows = sums.rows.iter().filter(|(of, _)| by_of(of) == by);
    let estimated = sums.money.is_some();
    table.rows = rows.map(|(of, counts)| Row::body(cells(name(of, words), counts, told, estimated))).collect();
    table.rows.push(Row::total(cells(words.say("column", "all_members").to_owned(), &sums.total, told, estimated)));
    table.notes.extend(notes(sums, words));
    table
}

/// The kinds of gifts, pledged and delivered. The value of days of salary is an estimate and has a column of its own, where
/// one is asked for: money that a list states is not added to it.
fn amount_columns(sums: &PledgeSums<'_>, words: &Words) -> Vec<Column> {
    let mut columns = Vec::new();
    for (group, keys) in [
        (
            "pledged",
            ["pledged_salary_days", "pledged_labour_days", "pledged_seedlings", "pledged_money_dong", "pledged_estimate_dong"],
        ),
        (
            "delivered",
            [
                "delivered_salary_days",
                "delivered_labour_days",
                "delivered_seedlings",
                "delivered_money_dong",
                "delivered_estimate_dong",
            ],
        ),
    ] {
        let shorts = ["salary_days", "labour_days", "seedlings", "money_dong", "estimate_dong"];
        let kept = if sums.money.is_some() { shorts.len() } else { shorts.len() - 1 };
        for (key, short) in keys.into_iter().zip(shorts).take(kept) {
            let column = Column::new(key, heading(words, short)).number().under(heading(words, group));
            columns.push(if short.ends_with("dong") { column.aside() } else { column });
        }
    }
    columns
}

/// How the estimate came about and whom it leaves out, and for whom two lists tell the same gift.
fn notes(sums: &PledgeSums<'_>, words: &Words) -> Vec<String> {
    let count = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    let mut notes = Vec::new();
    if let Some((money, day)) = &sums.money {
        let base = money.base_on(*day).and_then(|dong| i64::try_from(dong).ok());
        let base = base.map_or_else(|| words.say("group", "unknown").to_owned(), |dong| words.count(dong));
        let without = count(usize::try_from(sums.total.without_coefficient).unwrap_or(usize::MAX));
        let divisor = money.divisor.to_string();
        let values = [("base", &*base), ("date", &words.date(*day)), ("divisor", &divisor), ("without", &without)];
        notes.push(words.fill_in("note", "money_estimate", &values));
    }
    if !sums.told_twice.is_empty() {
        notes.push(words.fill_in("note", "told_twice", &[("count", &count(sums.told_twice.len()))]));
    }
    notes
}

fn by_of(of: &GivingOf) -> GivingBy {
    match of {
        GivingOf::Organisation(_) => GivingBy::Organisation,
        GivingOf::Commune(_) => GivingBy::Commune,
        GivingOf::Cell(..) => GivingBy::Cell,
        GivingOf::NotOnRoster(by) => *by,
    }
}

fn cells(name: String, counts: &GivingCounts, told: Told, estimated: bool) -> Vec<Datum> {
    let mut cells = vec![
        Datum::text(name),
        Datum::count(Some(counts.members)),
        Datum::count(Some(counts.eligible)),
        Datum::count(told.pledged.then_some(counts.taking_part)),
        Datum::count(told.pledged.then_some(counts.meeting_minimum)),
        Datum::count(told.delivered.then_some(counts.delivered_minimum)),
    ];
    cells.extend(amounts(told.pledged.then_some(&counts.pledged), estimated));
    cells.extend(amounts(told.delivered.then_some(&counts.delivered), estimated));
    cells
}

fn amounts(given: Option<&Given>, estimated: bool) -> Vec<Datum> {
    let money = |dong: Option<u64>| dong.and_then(|dong| i64::try_from(dong).ok()).map_or(Datum::Missing, Datum::Money);
    let mut amounts = given.map_or_else(
        || vec![Datum::Missing; 5],
        |given| {
            vec![
                Datum::Days(given.salary_days),
                Datum::Days(given.labour_days),
                Datum::count(Some(given.seedlings)),
                money(given.money_dong),
                money(given.estimate_dong),
            ]
        },
    );
    amounts.truncate(if estimated { 5 } else { 4 });
    amounts
}

/// What a row is about.
#[must_use]
pub fn name(of: &GivingOf, words: &Words) -> String {
    match of {
        GivingOf::Organisation(organisation) => organisation.name().to_owned(),
        GivingOf::Commune(Some(commune)) => commune.name().to_owned(),
        GivingOf::Commune(None) => words.say("group", "other_organisations").to_owned(),
        GivingOf::Cell(organisation, cell) => {
            format!("{} – {}", organisation.name(), cell.as_deref().unwrap_or(words.say("group", "unknown")))
        }
        GivingOf::NotOnRoster(_) => words.say("group", "not_on_roster").to_owned(),
    }
}

/// Seedlings by species, pledged and delivered.
#[must_use]
pub fn species(sums: &PledgeSums<'_>, told: Told, words: &Words) -> Table {
    let columns = vec![
        Column::new("species", heading(words, "species")).wide(20),
        Column::new("pledged", heading(words, "pledged")).number(),
        Column::new("delivered", heading(words, "delivered")).number(),
    ];
    let mut table = Table::new("species", words.say("title", "species"), columns);
    // What is delivered without a pledge is delivered all the same.
    let pledged: BTreeMap<Option<String>, (Option<&str>, u64)> = by_name(&sums.pledged_species);
    let delivered = by_name(&sums.delivered_species);
    let names: BTreeSet<&Option<String>> = pledged.keys().chain(delivered.keys()).collect();
    for name in names {
        let (promised, given) = (pledged.get(name), delivered.get(name));
        let species = promised.or(given).and_then(|(species, _)| *species);
        let count = |of: Option<&(Option<&str>, u64)>| of.map_or(0, |(_, count)| *count);
        table.rows.push(Row::body(vec![
            Datum::text(species.unwrap_or(words.say("group", "unknown"))),
            Datum::count(told.pledged.then(|| count(promised))),
            Datum::count(told.delivered.then(|| count(given))),
        ]));
    }
    let all = |species: &Species| species.iter().map(|(_, count)| count).sum();
    table.rows.push(Row::total(vec![
        Datum::text(words.say("general", "total")),
        Datum::count(told.pledged.then(|| all(&sums.pledged_species))),
        Datum::count(told.delivered.then(|| all(&sums.delivered_species))),
    ]));
    table
}

/// Species by their folded names, so that two spellings are one.
fn by_name(species: &Species) -> BTreeMap<Option<String>, (Option<&str>, u64)> {
    species.iter().map(|(name, count)| (name.map(fold), (name, count))).collect()
}

/// Members outside the 100 %: exempt on the day, suspended, transferred, departed.
#[must_use]
pub fn outside(sums: &PledgeSums<'_>, words: &Words) -> Table {
    let named = |key, word| Column::new(key, heading(words, word)).telling(Sensitivity::Named);
    let columns = vec![
        named("organisation", "organisation").wide(34),
        named("cell", "cell").wide(24),
        named("name", "member").wide(24),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("why", heading(words, "why")).telling(Sensitivity::Private).wide(30),
    ];
    let mut table = Table::new("outside", words.say("title", "outside"), columns);
    table.persons = true;
    for (member, why) in &sums.outside {
        table.rows.push(Row::body(vec![
            Datum::text(member.organisation.name()),
            Datum::maybe_text(member.cell.as_ref().map(|cell| &*cell.name)),
            Datum::text(&*member.name),
            Datum::display(&member.key),
            Datum::text(words.say("eligibility", why.word())),
        ]));
    }
    table
}

/// Members short of the minimum.
#[must_use]
pub fn short(sums: &PledgeSums<'_>, words: &Words) -> Table {
    let columns = vec![
        Column::new("organisation", heading(words, "organisation")).telling(Sensitivity::Named).wide(34),
        Column::new("cell", heading(words, "cell")).telling(Sensitivity::Named).wide(24),
        Column::new("name", heading(words, "member")).telling(Sensitivity::Named).wide(24),
        Column::new("member", heading(words, "member_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("taking_part", heading(words, "taking_part")).telling(Sensitivity::Private).centred(),
        Column::new("owes", heading(words, "owes")).telling(Sensitivity::Private).wide(36),
    ];
    let mut table = Table::new("short", words.say("title", "short"), columns);
    table.persons = true;
    for short in &sums.short {
        table.rows.push(Row::body(vec![
            Datum::text(short.member.organisation.name()),
            Datum::maybe_text(short.member.cell.as_ref().map(|cell| &*cell.name)),
            Datum::text(&*short.member.name),
            Datum::display(&short.member.key),
            Datum::text(words.say("answer", if short.takes_part { "yes" } else { "no" })),
            Datum::text(owes(&short.owes, words)),
        ]));
    }
    table
}

/// The duty in words: "ít nhất 1 ngày lương hoặc 10 cây giống".
#[must_use]
pub fn owes(ways: &[Least], words: &Words) -> String {
    let way = |way: &Least| match way {
        Least::SalaryDays(days) => words.fill_in("duty", "salary_days", &[("count", &words.days(*days))]),
        Least::LabourDays(days) => words.fill_in("duty", "labour_days", &[("count", &words.days(*days))]),
        Least::Seedlings(count) => {
            words.fill_in("duty", "seedlings", &[("count", &words.count(i64::try_from(*count).unwrap_or(i64::MAX)))])
        }
    };
    ways.iter().map(way).collect::<Vec<_>>().join(words.say("duty", "or"))
}

/// Donors outside the roster; they are no part of the members' sums.
#[must_use]
pub fn donors(sums: &PledgeSums<'_>, words: &Words) -> Table {
    let mut columns = vec![Column::new("name", heading(words, "donor")).telling(Sensitivity::Named).wide(34)];
    // Donors have no salary coefficient, by which their days could be estimated.
    columns.extend(amount_columns(sums, words).into_iter().filter(|column| !column.key.ends_with("estimate_dong")));
    let mut table = Table::new("donors", words.say("title", "donors"), columns);
    table.persons = true;
    let cells = |name: &str, pledged: &Given, delivered: &Given| {
        let mut cells = vec![Datum::text(name)];
        cells.extend(amounts(Some(pledged), false));
        cells.extend(amounts(Some(delivered), false));
        cells
    };
    let (mut pledged, mut delivered) = (Given::default(), Given::default());
    for donor in &sums.donors {
        pledged.add(donor.pledged);
        delivered.add(donor.delivered);
        table.rows.push(Row::body(cells(&donor.name, &donor.pledged, &donor.delivered)));
    }
    if table.rows.len() > 1 {
        table.rows.push(Row::total(cells(words.say("general", "total"), &pledged, &delivered)));
    }
    table
}

/// What gifts bought and for which household: its head and village where a list of households has the number that the
/// ledger tells, and the name where it tells that.
#[must_use]
pub fn uses(sums: &PledgeSums<'_>, households: &[&Household], words: &Words) -> Table {
    let columns = vec![
        Column::new("name", heading(words, "giver")).telling(Sensitivity::Named).wide(34),
        Column::new("bought", heading(words, "bought")).telling(Sensitivity::Named).wide(26),
        // Who was helped is for the office.
        Column::new("head", heading(words, "used_for")).telling(Sensitivity::Identity).wide(24),
        Column::new("village", heading(words, "village")).telling(Sensitivity::Identity).wide(20),
        Column::new("commune", heading(words, "commune")).telling(Sensitivity::Identity).wide(20),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(20),
    ];
    let mut table = Table::new("uses", words.say("title", "uses"), columns);
    table.persons = true;
    let numbers = sums.uses.iter().filter_map(|pledge| CitizenNumber::parse(pledge.household.as_ref()?));
    let wanted: BTreeSet<CitizenNumber> = numbers.collect();
    let of_key = |household: &&&Household| household.key.citizen().filter(|number| wanted.contains(number));
    let known: BTreeMap<CitizenNumber, &Household> =
        households.iter().filter_map(|household| Some((of_key(&household)?, *household))).collect();
    for pledge in &sums.uses {
        let number = pledge.household.as_deref().and_then(CitizenNumber::parse);
        let household = number.and_then(|number| known.get(&number));
        let place = household.map(|household| &household.place);
        // A ledger may tell the head by name instead of the number.
        let named = pledge.household.as_deref().filter(|_| number.is_none());
        let village = place.and_then(|place| place.village.as_ref());
        table.rows.push(Row::body(vec![
            Datum::text(&*pledge.name),
            Datum::maybe_text(pledge.bought.as_deref()),
            household.map(|household| &*household.head).or(named).map_or_else(Datum::nothing, Datum::text),
            village.map_or_else(Datum::nothing, |village| Datum::text(village.name())),
            place.map_or_else(Datum::nothing, |place| Datum::text(place.commune.name())),
            pledge.household.as_deref().filter(|_| named.is_none()).map_or_else(Datum::nothing, Datum::text),
        ]));
    }
    table
}
