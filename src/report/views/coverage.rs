//! Coverage of support as tables.

use super::heading;
use crate::domain::coverage::{CoverageRow, CoverageSums};
use crate::domain::household::Class;
use crate::domain::rate::Share;
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
        number("without_need", "without_need").aside(),
        number("not_listed", "not_listed").aside(),
        // Vocational training is promised to persons, and loans are looked after: where a register says so.
        number("persons_needed", "persons_needed").from(&["needed"]).aside(),
        number("persons_received", "persons_received").from(&["received"]).aside(),
        number("persons_percent", "persons_percent").from(&["persons_received"]),
        number("use_checked", "use_checked").from(&["received"]).aside(),
    ];
    let mut table = Table::new("coverage", words.say("title", "coverage"), columns);
    table.sums.push(Sum { whole: "needed", plus: vec!["received", "left_out", "not_told"], minus: Vec::new() });
    table.rows = sums.rows.iter().map(|row| Row::body(cells(row, words))).collect();
    table.notes.push(words.say("note", "coverage_percent").to_owned());
    // What no register tells has no column: whether loans were looked after is the last, persons stand before it.
    let told = if sums.rows.iter().any(|row| row.use_checked.is_some()) {
        13
    } else if sums.rows.iter().any(|row| row.persons_needed.is_some() || row.persons_received.is_some()) {
        12
    } else {
        9
    };
    table.columns.truncate(told);
    table.rows.iter_mut().for_each(|row| row.cells.truncate(told));
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
        told(row.not_listed),
        told(row.persons_needed),
        told(row.persons_received),
        row.persons_share().and_then(Share::percent).map_or_else(Datum::nothing, Datum::Percent),
        told(row.use_checked),
    ]
}

/// A count that not every register has: an empty cell says that this one does not, which is no fault of the list.
fn told(count: Option<u64>) -> Datum {
    count.map_or_else(Datum::nothing, |count| Datum::count(Some(count)))
}

fn class(class: Option<Class>, words: &Words) -> String {
    class.map_or_else(|| words.say("group", "not_in_survey"), |class| words.say("class", class.word())).to_owned()
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
