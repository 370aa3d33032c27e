//! Each commune's share of a reduction as a table.

use super::heading;
use crate::domain::quota::Quotas;
use crate::domain::tally::{By, Group};
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};
use crate::report::views::rates::group_name;
use crate::report::wording::Words;

/// The communes and the district.
#[must_use]
pub fn table(quotas: &Quotas, words: &Words) -> Table {
    let number = |key| Column::new(key, heading(words, key)).number().telling(Sensitivity::SmallCount);
    // A quota is an order that everybody may read, but it follows from how many are able, so it hides with them.
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(24),
        number("poor"),
        number("able"),
        number("quota").from(&["able"]),
    ];
    let mut table = Table::new("quotas", words.say("title", "quotas"), columns);
    for row in &quotas.rows {
        let name = Datum::text(row.pool.commune.name());
        let counts = [row.pool.poor, row.pool.able, row.quota].map(|count| Datum::count(Some(count)));
        let name_of_row = format!("commune:{}", row.pool.commune.name());
        table.rows.push(Row::body([name].into_iter().chain(counts).collect()).about(name_of_row).part_of("district"));
    }
    let sum = |of: fn(&crate::domain::quota::QuotaRow) -> u64| Datum::count(Some(quotas.rows.iter().map(of).sum()));
    let total = vec![
        Datum::text(words.say("column", "district")),
        sum(|row| row.pool.poor),
        sum(|row| row.pool.able),
        sum(|row| row.quota),
    ];
    table.rows.push(Row::total(total).about("district"));
    // Who is able to work is also told by the groups of the rates.
    let group = |known| format!("{}:{}", By::NoLabour.word(), group_name(Group::NoLabour(known), words));
    table.links.push(vec![("district".to_owned(), "able"), (group(Some(false)), "poor")]);
    let count = |count: u64| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    table.notes.push(words.fill_in("note", "quotas_of", &[("count", &count(quotas.reduction))]));
    if quotas.unplaced > 0 {
        table.notes.push(words.fill_in("note", "quotas_unplaced", &[("count", &count(quotas.unplaced))]));
    }
    if quotas.rows.iter().any(|row| row.pool.labour_unknown > 0) {
        table.notes.push(words.say("note", "quotas_unknown").to_owned());
    }
    table
}
