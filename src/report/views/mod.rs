//! Results to tables: one file for each result. A view decides columns, order and words; it computes nothing.

pub mod annex;
pub mod assign;
pub mod changes;
pub mod check;
pub mod clean;
pub mod coverage;
pub mod deprivations;
pub mod members;
pub mod narrative;
pub mod pledges;
pub mod quotas;
pub mod rates;
pub mod scorecard;
pub mod story;
pub mod year;

use jiff::civil::Date;

use super::table::Datum;
use super::wording::Words;

/// A whole number that was counted.
fn number(count: usize) -> Datum {
    i64::try_from(count).map_or(Datum::Missing, Datum::Count)
}

/// In which communes figures are, where a day was asked for.
fn units_note(units: Option<Date>, words: &Words) -> Option<String> {
    units.map(|day| words.fill_in("note", "units", &[("date", &words.date(day))]))
}

/// The words of a column: its heading stands under `column.<key>`.
fn heading<'a>(words: &'a Words, key: &'static str) -> &'a str {
    words.say("column", key)
}
