//! The clean tables: every record with file, sheet and row, under English headings that every command reads back.

use std::fmt::Display;

use crate::domain::household::{Birth, Household, Sex};
use crate::domain::member::{Member, Standing};
use crate::domain::organisation::Twinning;
use crate::domain::place::Place;
use crate::domain::pledge::{Amounts, Giver, Pledge};
use crate::domain::source::Source;
use crate::domain::support::Support;
use crate::domain::totals::AreaTotal;
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};

/// A table whose headings are its keys; everything in it is for the office.
fn table(key: &'static str, columns: &[&'static str]) -> Table {
    let column = |key: &&'static str| Column::new(key, *key).telling(Sensitivity::Private);
    let mut table = Table::new(key, key, columns.iter().map(column).collect());
    table.persons = true;
    table
}

fn text(value: Option<impl Display>) -> Datum {
    value.map_or(Datum::Missing, Datum::display)
}

fn source(source: &Source) -> [Datum; 3] {
    [Datum::text(&*source.sheet.file), Datum::text(&*source.sheet.name), Datum::Count(i64::from(source.row) + 1)]
}

fn place(place: &Place) -> [Datum; 3] {
    [text(place.commune.code), Datum::text(place.commune.name()), text(place.village.as_ref())]
}

fn sex(sex: Option<Sex>) -> Datum {
    text(sex.map(|sex| match sex {
        Sex::Male => "male",
        Sex::Female => "female",
    }))
}

fn birth(birth: Option<Birth>) -> Datum {
    text(birth)
}

/// A mark as it reads back: blank where the list has no such column.
fn mark(value: Option<bool>) -> Datum {
    text(value.map(|value| if value { "x" } else { "-" }))
}

/// Households, with the year and the kind of list they came from.
#[must_use]
pub fn households<'a>(rows: impl Iterator<Item = (Option<i16>, &'static str, &'a Household)>) -> Table {
    const MARKS: [&str; 12] = ["cs1", "cs2", "cs3", "cs4", "cs5", "cs6", "cs7", "cs8", "cs9", "cs10", "cs11", "cs12"];
    let mut columns = vec![
        "key",
        "year",
        "coverage",
        "file",
        "sheet",
        "row",
        "commune_code",
        "commune",
        "village",
        "head",
        "birth",
        "sex",
        "people",
        "citizen",
        "persons",
        "class",
        "b1",
        "b2",
    ];
    columns.extend(MARKS);
    columns.extend(["no_labour", "merit"]);
    let mut table = table("households", &columns);
    for (year, coverage, household) in rows {
        let mut cells = vec![Datum::display(&household.key), text(year), Datum::text(coverage)];
        cells.extend(source(&household.source));
        cells.extend(place(&household.place));
        cells.push(Datum::text(&*household.head));
        cells.push(birth(household.birth));
        cells.push(sex(household.sex));
        cells.push(text(household.people));
        cells.push(text(household.citizen()));
        cells.push(Datum::Count(i64::from(household.persons)));
        cells.push(Datum::text(household.class.word()));
        cells.push(text(household.b1));
        cells.push(text(household.b2));
        cells.extend((0..MARKS.len()).map(|index| mark(household.deprivations.map(|marks| marks.has(index)))));
        cells.push(mark(household.no_labour));
        cells.push(mark(household.merit));
        table.rows.push(Row::body(cells));
    }
    table
}

/// The persons beside the head, under the key of their household.
#[must_use]
pub fn persons<'a>(rows: impl Iterator<Item = (Option<i16>, &'a Household)>) -> Table {
    let mut table = table("persons", &["household_key", "year", "name", "birth", "sex", "citizen", "relation"]);
    for (year, household) in rows {
        for person in &household.others {
            table.rows.push(Row::body(vec![
                Datum::display(&household.key),
                text(year),
                Datum::text(&*person.name),
                birth(person.birth),
                sex(person.sex),
                text(person.citizen),
                text(person.relation.as_ref()),
            ]));
        }
    }
    table
}

/// Totals by area.
#[must_use]
pub fn totals<'a>(rows: impl Iterator<Item = (Option<i16>, &'a AreaTotal)>) -> Table {
    let mut table = table(
        "totals",
        &[
            "year",
            "file",
            "sheet",
            "row",
            "commune_code",
            "commune",
            "village",
            "households",
            "persons",
            "poor",
            "near_poor",
            "poor_persons",
            "near_poor_persons",
            "poor_percent",
            "near_poor_percent",
        ],
    );
    for (year, total) in rows {
        let mut cells = vec![text(year)];
        cells.extend(source(&total.source));
        cells.extend(place(&total.place));
        let counts = [total.households, total.persons, total.poor, total.near_poor, total.poor_persons, total.near_poor_persons];
        cells.extend(counts.map(Datum::count));
        cells.extend([total.printed_poor, total.printed_near_poor].map(text));
        table.rows.push(Row::body(cells));
    }
    table
}

const AMOUNTS: [&str; 10] = [
    "pledged_salary_days",
    "pledged_labour_days",
    "pledged_seedlings",
    "pledged_species",
    "pledged_money_dong",
    "delivered_salary_days",
    "delivered_labour_days",
    "delivered_seedlings",
    "delivered_species",
    "delivered_money_dong",
];

fn amounts(amounts: Option<&Amounts>) -> [Datum; 5] {
    let Some(amounts) = amounts else { return std::array::from_fn(|_| Datum::Missing) };
    [
        text(amounts.salary_days),
        text(amounts.labour_days),
        Datum::count(amounts.seedlings),
        text(amounts.species.as_ref()),
        Datum::count(amounts.money_dong),
    ]
}

/// Members with their pledges.
#[must_use]
pub fn members(rows: &[Member]) -> Table {
    let mut columns = vec![
        "key",
        "file",
        "sheet",
        "row",
        "name",
        "birth",
        "sex",
        "people",
        "citizen",
        "card",
        "organisation",
        "committee_of",
        "cell",
        "cell_village",
        "cell_restricted",
        "admitted",
        "official",
        "standing",
        "standing_date",
        "salaried",
        "coefficient",
    ];
    columns.extend(AMOUNTS);
    let mut table = table("members", &columns);
    for member in rows {
        let cell = member.cell.as_ref();
        let (standing, since) = standing(member.standing);
        let mut cells = vec![Datum::display(&member.key)];
        cells.extend(source(&member.source));
        cells.push(Datum::text(&*member.name));
        cells.push(birth(member.birth));
        cells.push(sex(member.sex));
        cells.push(text(member.people));
        cells.push(text(member.citizen()));
        cells.push(text(member.card.as_ref()));
        cells.push(Datum::text(member.organisation.name()));
        cells.push(text(member.organisation.committee_of().map(|commune| commune.name().to_owned())));
        cells.push(text(cell.map(|cell| cell.name.to_string())));
        cells.push(text(cell.and_then(|cell| cell.village.as_ref())));
        cells.push(mark(cell.map(|cell| cell.restricted)));
        cells.push(text(member.admitted));
        cells.push(text(member.official));
        cells.push(Datum::text(standing));
        cells.push(text(since));
        cells.push(mark(member.salaried));
        cells.push(text(member.coefficient));
        cells.extend(amounts(member.pledged.as_deref()));
        cells.extend(amounts(member.delivered.as_deref()));
        table.rows.push(Row::body(cells));
    }
    table
}

fn standing(standing: Standing) -> (&'static str, Option<jiff::civil::Date>) {
    match standing {
        Standing::Official => ("official", None),
        Standing::Probation => ("probation", None),
        Standing::Exempt { since } => ("exempt", since),
        Standing::Suspended { since } => ("suspended", since),
        Standing::Transferred { since } => ("transferred", since),
        Standing::Departed { since } => ("departed", since),
    }
}

/// Ledgers of pledges.
#[must_use]
pub fn pledges(rows: &[Pledge]) -> Table {
    let mut columns = vec!["file", "sheet", "row", "donor", "member", "name"];
    columns.extend(AMOUNTS);
    columns.extend(["bought", "household"]);
    let mut table = table("pledges", &columns);
    for pledge in rows {
        let mut cells = Vec::from(source(&pledge.source));
        match &pledge.giver {
            Giver::Donor(name) => cells.extend([Datum::text(&**name), Datum::Missing, Datum::Missing]),
            Giver::Member(key) => cells.extend([Datum::Missing, Datum::display(key), Datum::text(&*pledge.name)]),
        }
        cells.extend(amounts(pledge.pledged.as_ref()));
        cells.extend(amounts(pledge.delivered.as_ref()));
        cells.push(text(pledge.bought.as_ref()));
        cells.push(text(pledge.household.as_ref()));
        table.rows.push(Row::body(cells));
    }
    table
}

/// Twinned villages.
#[must_use]
pub fn twinning(rows: &[Twinning]) -> Table {
    let mut table = table("twinning", &["file", "sheet", "row", "organisation", "cell", "commune_code", "commune", "village"]);
    for twinning in rows {
        let mut cells = Vec::from(source(&twinning.source));
        cells.push(Datum::text(twinning.organisation.name()));
        cells.push(text(twinning.cell.as_ref()));
        cells.push(text(twinning.commune.code));
        cells.push(Datum::text(twinning.commune.name()));
        cells.push(Datum::text(twinning.village.name()));
        table.rows.push(Row::body(cells));
    }
    table
}

/// Registers of support.
#[must_use]
pub fn support(rows: &[Support]) -> Table {
    let mut table = table(
        "support",
        &[
            "file",
            "sheet",
            "row",
            "household",
            "head",
            "commune_code",
            "commune",
            "village",
            "support",
            "needed",
            "received",
            "persons_needed",
            "persons_received",
            "use_checked",
            "year",
        ],
    );
    for support in rows {
        let mut cells = Vec::from(source(&support.source));
        cells.push(Datum::display(&support.household));
        cells.push(text(support.head.as_ref()));
        match &support.place {
            Some(of) => cells.extend(place(of)),
            None => cells.extend([Datum::Missing, Datum::Missing, Datum::Missing]),
        }
        cells.push(Datum::text(&*support.kind));
        cells.push(mark(support.needed));
        cells.push(mark(support.received));
        cells.push(Datum::count(support.persons_needed));
        cells.push(Datum::count(support.persons_received));
        cells.push(mark(support.use_checked));
        cells.push(text(support.year));
        table.rows.push(Row::body(cells));
    }
    table
}
