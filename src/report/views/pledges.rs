//! Pledges and deliveries as tables. Days of salary, days of labour, seedlings and money stand side by side and are never
//! added together.

use super::heading;
use crate::domain::duty::Least;
use crate::domain::pledges::{Given, GivingBy, GivingCounts, GivingOf, PledgeSums, Species};
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
    let key = match by {
        GivingBy::Organisation => "organisation",
        GivingBy::Commune => "commune",
        GivingBy::Cell => "cell",
    };
    let number = |key| Column::new(key, heading(words, key)).number();
    let mut columns = vec![
        Column::new("name", words.say("by", key)).wide(34),
        number("members"),
        number("eligible"),
        number("taking_part"),
        number("meeting_minimum"),
    ];
    for (pledged, keys) in [
        (true, ["pledged_salary_days", "pledged_labour_days", "pledged_seedlings", "pledged_money_dong"]),
        (false, ["delivered_salary_days", "delivered_labour_days", "delivered_seedlings", "delivered_money_dong"]),
    ] {
        let group = heading(words, if pledged { "pledged" } else { "delivered" });
        for (key, short) in keys.into_iter().zip(["salary_days", "labour_days", "seedlings", "money_dong"]) {
            let column = Column::new(key, heading(words, short)).number().under(group);
            // The value in money is an estimate of what stands beside it.
            columns.push(if short == "money_dong" { column.aside() } else { column });
        }
    }
    let mut table =
        Table::new(key, format!("{}: {}", words.say("title", "pledges"), words.say("by", key).to_lowercase()), columns);
    let rows = sums.rows.iter().filter(|(of, _)| by_of(of) == by);
    table.rows = rows.map(|(of, counts)| Row::body(cells(name(of, words), counts, told))).collect();
    table.rows.push(Row::total(cells(words.say("column", "all_members").to_owned(), &sums.total, told)));
    table
}

fn by_of(of: &GivingOf) -> GivingBy {
    match of {
        GivingOf::Organisation(_) => GivingBy::Organisation,
        GivingOf::Commune(_) => GivingBy::Commune,
        GivingOf::Cell(..) => GivingBy::Cell,
    }
}

fn cells(name: String, counts: &GivingCounts, told: Told) -> Vec<Datum> {
    let mut cells = vec![
        Datum::Text(name),
        Datum::count(Some(counts.members)),
        Datum::count(Some(counts.eligible)),
        Datum::count(told.pledged.then_some(counts.taking_part)),
        Datum::count(told.pledged.then_some(counts.meeting_minimum)),
    ];
    cells.extend(amounts(told.pledged.then_some(&counts.pledged)));
    cells.extend(amounts(told.delivered.then_some(&counts.delivered)));
    cells
}

fn amounts(given: Option<&Given>) -> Vec<Datum> {
    let Some(given) = given else { return vec![Datum::Missing; 4] };
    let money = given.money_dong.or(given.estimate_dong).and_then(|dong| i64::try_from(dong).ok());
    vec![
        Datum::Days(given.salary_days),
        Datum::Days(given.labour_days),
        Datum::count(Some(given.seedlings)),
        money.map_or(Datum::Missing, Datum::Money),
    ]
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
    let delivered: Vec<(Option<&str>, u64)> = sums.delivered_species.iter().collect();
    for (species, pledged) in sums.pledged_species.iter() {
        let given = delivered.iter().find(|(other, _)| *other == species).map_or(0, |(_, count)| *count);
        table.rows.push(Row::body(vec![
            Datum::text(species.unwrap_or(words.say("group", "unknown"))),
            Datum::count(Some(pledged)),
            Datum::count(told.delivered.then_some(given)),
        ]));
    }
    let all = |species: &Species| species.iter().map(|(_, count)| count).sum();
    table.rows.push(Row::total(vec![
        Datum::text(words.say("general", "total")),
        Datum::count(Some(all(&sums.pledged_species))),
        Datum::count(told.delivered.then(|| all(&sums.delivered_species))),
    ]));
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
            Datum::maybe_text(short.member.cell.as_ref().map(|cell| cell.name.to_string())),
            Datum::text(&*short.member.name),
            Datum::text(short.member.key.to_string()),
            Datum::text(words.say("answer", if short.takes_part { "yes" } else { "no" })),
            Datum::text(owes(&short.owes, words)),
        ]));
    }
    table
}

/// The duty in words: "ít nhất 1 ngày lương hoặc 10 cây giống".
fn owes(ways: &[Least], words: &Words) -> String {
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
    for (group, keys) in [
        ("pledged", ["pledged_salary_days", "pledged_labour_days", "pledged_seedlings", "pledged_money_dong"]),
        ("delivered", ["delivered_salary_days", "delivered_labour_days", "delivered_seedlings", "delivered_money_dong"]),
    ] {
        let group = heading(words, group);
        for (key, short) in keys.into_iter().zip(["salary_days", "labour_days", "seedlings", "money_dong"]) {
            columns.push(Column::new(key, heading(words, short)).number().under(group));
        }
    }
    let mut table = Table::new("donors", words.say("title", "donors"), columns);
    table.persons = true;
    for donor in &sums.donors {
        let mut cells = vec![Datum::text(&*donor.name)];
        cells.extend(amounts(Some(&donor.pledged)));
        cells.extend(amounts(Some(&donor.delivered)));
        table.rows.push(Row::body(cells));
    }
    table
}

/// What gifts bought and which household got it, where the ledger says so; members and donors alike.
#[must_use]
pub fn uses(sums: &PledgeSums<'_>, words: &Words) -> Table {
    let columns = vec![
        Column::new("name", heading(words, "giver")).telling(Sensitivity::Named).wide(34),
        Column::new("bought", heading(words, "bought")).telling(Sensitivity::Named).wide(30),
        // A number or a name, as the ledger has it: who was helped is for the office.
        Column::new("household", heading(words, "used_for")).telling(Sensitivity::Identity).wide(24),
    ];
    let mut table = Table::new("uses", words.say("title", "uses"), columns);
    table.persons = true;
    for pledge in &sums.uses {
        table.rows.push(Row::body(vec![
            Datum::text(&*pledge.name),
            Datum::maybe_text(pledge.bought.as_deref()),
            Datum::maybe_text(pledge.household.as_deref()),
        ]));
    }
    table
}
