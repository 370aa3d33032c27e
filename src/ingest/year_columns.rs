//! Tables that show several years side by side: "Năm 2022 / Hộ nghèo", "Hộ nghèo năm 2023". The columns of one year are read.

use std::collections::BTreeSet;

use super::context::plausible_year;
use super::headings::Heading;
use super::reading::{Reading, read_headings};
use super::settings::Settings;

/// Takes headings of which those of two years fit the same fields for the headings of one: the year of the list where somebody
/// told it, else the year that is asked for, the only one that the title tells, or the last. Says which.
pub(crate) fn of_one_year(
    reading: Reading,
    headings: &[Heading],
    settings: &Settings,
    title: &[String],
) -> (Reading, Option<i16>) {
    let doubled = matches!(&reading, Reading::Nearly(_, columns) if !columns.doubled.is_empty());
    let years: BTreeSet<i16> = headings.iter().filter_map(year_of).collect();
    let (true, Some(last)) = (doubled && years.len() > 1, years.last()) else { return (reading, None) };
    let among = |year: &i16| years.contains(year);
    // A table of other years than the one that it is said to be of is none of it.
    if settings.year.is_some_and(|year| !among(&year)) {
        return (reading, None);
    }
    let of_title: BTreeSet<i16> = title.iter().flat_map(|line| years_in(line)).filter(among).collect();
    let of_title = of_title.first().copied().filter(|_| of_title.len() == 1);
    let asked = [settings.year, settings.asked, of_title].into_iter().flatten();
    let year = asked.into_iter().find(among).unwrap_or(*last);
    let of_it: Vec<Heading> = headings.iter().filter(|heading| year_of(heading).is_none_or(|of| of == year)).cloned().collect();
    match read_headings(&of_it, &settings.columns, settings.kind) {
        read @ Reading::Is(..) => (read, Some(year)),
        Reading::Either(..) | Reading::Nearly(..) | Reading::Nothing => (reading, None),
    }
}

/// The years in a text.
fn years_in(text: &str) -> impl Iterator<Item = i16> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(plausible_year)
}

/// The one year that the parts of a heading name.
fn year_of(heading: &Heading) -> Option<i16> {
    let years: BTreeSet<i16> = heading.parts.iter().flat_map(|part| years_in(part)).collect();
    years.first().copied().filter(|_| years.len() == 1)
}
