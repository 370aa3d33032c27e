//! Coverage of support as tables.

use super::heading;
use crate::domain::coverage::{CoverageRow, CoverageSums, DeprivationRow};
use crate::domain::household::Class;
use crate::domain::rate::Share;
use crate::domain::standard::Standard;
use crate::report::table::{Column, Datum, Row, Sensitivity, Sum, Table};
use crate::report::wording::Words;

/// Kinds of support by class. The second cell is the class, then come needed, received, percent and left out.
#[must_use]
pub fn table(sums: &CoverageSums<'_>, words: &Words) -> Table {
    let number = |key, word| Column::new(key, heading(words, word)).number().telling(Sensitivity::SmallCount);
    let columns = vec![
        Column::new("support", heading(words, "support")).wide(24),
        Column::new("class", heading(words, "class")).wide(20),
        number("needed", "needed"),
        number("received", "received"),
        number("percent", "percent").from(&["received", "left_out"]),
        number("left_out", "left_out"),
        number("not_told", "not_told"),
        number("without_need", "without_need"),
        number("not_listed", "not_listed"),
    ];
    let mut table = Table::new("coverage", words.say("title", "coverage"), columns);
    table.sums.push(Sum { whole: "needed", plus: vec!["received", "left_out", "not_told"], minus: Vec::new() });
    table.rows = sums.rows.iter().map(|row| Row::body(cells(row, words))).collect();
    table.notes.push(words.say("note", "coverage_percent").to_owned());
    table
}

fn cells(row: &CoverageRow, words: &Words) -> Vec<Datum> {
    vec![
        Datum::text(&*row.support),
        Datum::text(class(row.class, words)),
        Datum::count(Some(row.needed)),
        Datum::count(Some(row.received)),
        Datum::percent(row.share().percent()),
        Datum::count(Some(row.left_out)),
        Datum::count(Some(row.unknown)),
        Datum::count(Some(row.without_need)),
        // Nobody asks that every household above the line stands in the register.
        row.not_listed.map_or_else(Datum::nothing, |count| Datum::count(Some(count))),
    ]
}

fn class(class: Option<Class>, words: &Words) -> String {
    class.map_or_else(|| words.say("group", "not_in_survey"), |class| words.say("class", class.word())).to_owned()
}

/// What poor and near-poor households of the district lack, indicator by indicator; `None` where no list has marks.
#[must_use]
pub fn deprivations(rows: &[DeprivationRow], standard: Standard, words: &Words) -> Option<Table> {
    let of = |class| rows.iter().find(|row| row.commune.is_none() && row.class == class);
    let (poor, near_poor) = (of(Class::Poor)?, of(Class::NearPoor)?);
    if poor.households + near_poor.households == 0 {
        return None;
    }
    let small = |key, word, class: Class| {
        let column = Column::new(key, heading(words, word)).number().telling(Sensitivity::SmallCount);
        column.under(words.say("class", class.word()))
    };
    let columns = vec![
        Column::new("indicator", heading(words, "indicator")).wide(28),
        small("poor", "lacking", Class::Poor),
        small("poor_percent", "percent", Class::Poor).from(&["poor"]),
        small("near_poor", "lacking", Class::NearPoor),
        small("near_poor_percent", "percent", Class::NearPoor).from(&["near_poor"]),
    ];
    let mut table = Table::new("deprivations", words.say("title", "deprivations"), columns);
    for (indicator, of) in standard.indicators().iter().enumerate() {
        // The lists of today's standard have names in both languages; those of others keep that of their decree.
        let field = format!("cs{}", indicator + 1);
        let mut cells = vec![Datum::text(if standard == Standard::Nd07_2021 { words.field(&field) } else { of.name })];
        for row in [poor, near_poor] {
            cells.push(Datum::count(row.counts.get(indicator).copied()));
            cells.push(Datum::percent(row.share(indicator).and_then(Share::percent)));
        }
        table.rows.push(Row::body(cells));
    }
    let numbers = [poor.households, near_poor.households, poor.without_marks + near_poor.without_marks].map(|n| n.to_string());
    let values = [("poor", &*numbers[0]), ("near_poor", &numbers[1]), ("without", &numbers[2])];
    table.notes.push(words.fill_in("note", "deprivations", &values));
    Some(table)
}

/// Households that need support and did not receive it.
#[must_use]
pub fn left_out(sums: &CoverageSums<'_>, words: &Words) -> Table {
    let named = |key| Column::new(key, heading(words, key)).telling(Sensitivity::Named);
    let columns = vec![
        named("support").wide(24),
        named("commune").wide(20),
        named("village").wide(20),
        named("head").wide(26),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(16),
        named("class").wide(20),
    ];
    let mut table = Table::new("support_left_out", words.say("title", "support_left_out"), columns);
    table.persons = true;
    for left in &sums.left_out {
        let place = left.found.map(|household| &household.place);
        table.rows.push(Row::body(vec![
            Datum::text(&*left.support),
            Datum::maybe_text(place.map(|place| place.commune.name())),
            Datum::maybe_text(place.and_then(|place| place.village.as_ref()).map(ToString::to_string)),
            Datum::maybe_text(left.found.map(|household| household.head.to_string())),
            Datum::text(left.household.to_string()),
            Datum::text(class(left.found.map(|household| household.class), words)),
        ]));
    }
    table
}
