//! Tables that show several years side by side: "Năm 2022 / Hộ nghèo", "Hộ nghèo năm 2023". The columns of one year are read.

use std::collections::BTreeSet;

use super::context::plausible_year;
use super::headings::Heading;
use super::reading::{Reading, read_headings};
use super::settings::Settings;
use crate::domain::spelling::fold;

/// Takes headings of which those of two years fit the same fields for the headings of one: the year of the list where somebody
/// told it, else the year that is asked for, the only one that the title tells, or the last. The columns say which.
pub(crate) fn of_one_year(reading: Reading, headings: &[Heading], settings: &Settings, title: &[String]) -> Reading {
    let years: BTreeSet<i16> = headings.iter().filter_map(year_of).collect();
    let (true, Some(last)) = (years.len() > 1, years.last()) else { return reading };
    let among = |year: &i16| years.contains(year);
    // A table of other years than the one that it is said to be of is none of it.
    if settings.year.is_some_and(|year| !among(&year)) {
        return reading;
    }
    let of_title: BTreeSet<i16> = title.iter().flat_map(|line| years_in(line)).filter(among).collect();
    let of_title = of_title.first().copied().filter(|_| of_title.len() == 1);
    let year = [settings.year, settings.asked, of_title].into_iter().flatten().find(among).unwrap_or(*last);
    let of_it = headings.iter().filter(|heading| year_of(heading).is_none_or(|of| of == year));
    let of_it: Vec<Heading> = of_it.filter_map(without_year).collect();
    let known = match &reading {
        Reading::Is(_, columns) => columns.known(),
        Reading::Either(..) | Reading::Nearly(..) | Reading::Nothing => 0,
    };
    match read_headings(&of_it, &settings.columns, settings.kind) {
        // Columns of two years that fit the same field are none of it, so that more is known where one of them is left out.
        Reading::Is(kind, columns) if columns.known() > known => Reading::Is(kind, columns.of_year(Some(year))),
        Reading::Is(..) | Reading::Either(..) | Reading::Nearly(..) | Reading::Nothing => reading,
    }
}

/// A heading without the year that it is of; `None` where nothing else is said.
fn without_year(heading: &Heading) -> Option<Heading> {
    let plain = |part: &String| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_year = |word: &str| years_in(word).next().is_some();
        let before_year = |at: usize| words.get(at + 1).is_some_and(|next| is_year(next));
        let kept = |at: &usize| {
            let word = words.get(*at).copied().unwrap_or_default();
            !(is_year(word) || (fold(word) == "nam" && before_year(*at)))
        };
        (0..words.len()).filter(kept).filter_map(|at| words.get(at).copied()).collect::<Vec<_>>().join(" ")
    };
    let parts: Vec<String> = heading.parts.iter().map(plain).filter(|part| part.contains(char::is_alphanumeric)).collect();
    (!parts.is_empty()).then(|| Heading { parts, ..heading.clone() })
}

/// Whether a text names a year and says nothing else: "Năm 2022".
pub(super) fn is_year(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let last = words.next_back();
    let before: Vec<String> = words.map(fold).collect();
    last.and_then(plausible_year).is_some() && before.iter().all(|word| word == "nam")
}

/// The years in a text.
fn years_in(text: &str) -> impl Iterator<Item = i16> {
    text.split(|c: char| !c.is_alphanumeric()).filter_map(plausible_year)
}

/// The one year that the parts of a heading name.
pub(super) fn year_of(heading: &Heading) -> Option<i16> {
    let years: BTreeSet<i16> = heading.parts.iter().flat_map(|part| years_in(part)).collect();
    years.first().copied().filter(|_| years.len() == 1)
}
