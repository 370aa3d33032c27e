//! The roster in numbers as tables.

use super::heading;
use crate::domain::household::Sex;
use crate::domain::peoples::People;
use crate::domain::roster::{RosterCounts, RosterOf};
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};
use crate::report::wording::Words;

/// One table of rows of the roster with the whole roster as the sum.
#[must_use]
pub fn table(key: &'static str, rows: &[(RosterOf, RosterCounts)], total: &RosterCounts, words: &Words) -> Table {
    // The sex of a member is no household head's.
    let title = if key == "sex" { words.field("sex") } else { words.say("by", key) };
    let number = |key| Column::new(key, heading(words, key)).number().telling(Sensitivity::SmallCount);
    let columns = vec![
        Column::new("name", title).wide(34),
        number("total"),
        number("women"),
        number("women_percent").from(&["women", "total"]),
        number("minority"),
        number("minority_percent").from(&["minority", "total"]),
        number("salaried"),
        number("probation"),
        number("exempt"),
        number("eligible"),
    ];
    let mut table = Table::new(key, format!("{}: {}", words.say("title", "members"), title.to_lowercase()), columns);
    let cells = |name: String, counts: &RosterCounts| {
        vec![
            Datum::text(name),
            Datum::count(Some(counts.total)),
            Datum::count(counts.women),
            Datum::percent(counts.women_share().and_then(crate::domain::rate::Share::percent)),
            Datum::count(counts.minority),
            Datum::percent(counts.minority_share().and_then(crate::domain::rate::Share::percent)),
            Datum::count(counts.salaried),
            Datum::count(Some(counts.probation)),
            Datum::count(Some(counts.exempt)),
            Datum::count(Some(counts.eligible)),
        ]
    };
    table.rows = rows
        .iter()
        .map(|(of, counts)| {
            let row = Row::body(cells(name(of, words), counts)).about(format!("{key}:{}", name(of, words)));
            // A cell is a part of its organisation, which may stand in another table.
            if let RosterOf::Cell(organisation, _) = of {
                row.part_of(format!("organisation:{}", organisation.name()))
            } else {
                row
            }
        })
        .collect();
    table.rows.push(Row::total(cells(words.say("column", "all_members").to_owned(), total)).about("members"));
    table
}

/// What a row is about, in words.
#[must_use]
pub fn name(of: &RosterOf, words: &Words) -> String {
    let say = |key: &'static str| words.say("group", key).to_owned();
    match of {
        RosterOf::Organisation(organisation) => organisation.name().to_owned(),
        RosterOf::Commune(commune) => {
            commune.as_ref().map_or_else(|| say("other_organisations"), |commune| commune.name().to_owned())
        }
        RosterOf::Cell(organisation, cell) => {
            format!("{} – {}", organisation.name(), cell.as_deref().unwrap_or(words.say("group", "unknown")))
        }
        RosterOf::Sex(Some(Sex::Male)) => say("man"),
        RosterOf::Sex(Some(Sex::Female)) => say("woman"),
        RosterOf::People(Some(people)) => people.name().to_owned(),
        RosterOf::Minority(Some(true)) => say("minority"),
        RosterOf::Minority(Some(false)) => People::KINH.name().to_owned(),
        RosterOf::Standing(standing) => words.say("group", standing.word()).to_owned(),
        RosterOf::Sex(None) | RosterOf::People(None) | RosterOf::Minority(None) => say("unknown"),
    }
}
