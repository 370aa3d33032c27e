//! Totals tables: all households and persons of communes or villages, with or without the poor among them.

use super::batch::Record;
use super::convert::{self, Take, Why};
use super::decimal::{self, Percent};
use super::desk::{Desk, thousands};
use super::fields::Field;
use super::line::Line;
use super::reader::{Outcome, RowReader};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::CommuneRef;
use crate::domain::rate::Share;
use crate::domain::totals::AreaTotal;

/// Reads areas and their counts.
#[derive(Debug, Default)]
pub(crate) struct TotalRows {
    /// The commune of the row above.
    above: Option<CommuneRef>,
    /// The last commune that has a row of its own: those of its villages are parts of it.
    whole: Option<CommuneRef>,
}

/// The counts of a row.
struct Counts {
    households: Option<u64>,
    persons: Option<u64>,
    poor: Option<u64>,
    near_poor: Option<u64>,
    poor_persons: Option<u64>,
    near_poor_persons: Option<u64>,
}

impl RowReader for TotalRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let counts = counts(line, desk);
        let place = desk.place_of_area(line, self.above.as_ref());
        let (Some(counts), Ok(place)) = (counts, place) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        self.above = Some(place.commune.clone());
        if place.village.is_none() {
            self.whole = Some(place.commune.clone());
        }
        let within = place.village.is_some() && self.whole.as_ref() == Some(&place.commune);
        let printed_poor = rate(line, desk, Field::PoorRate, counts.poor, counts.households);
        let printed_near_poor = rate(line, desk, Field::NearPoorRate, counts.near_poor, counts.households);
        let total = AreaTotal {
            place,
            households: counts.households,
            persons: counts.persons,
            poor: counts.poor,
            near_poor: counts.near_poor,
            poor_persons: counts.poor_persons,
            near_poor_persons: counts.near_poor_persons,
            printed_poor: printed_poor.map(Percent::hundredths),
            printed_near_poor: printed_near_poor.map(Percent::hundredths),
            source: desk.source(line),
        };
        let identity = line.at_first(&[Field::Village, Field::Commune, Field::CommuneCode]);
        let mut record: Record<AreaTotal> = desk.record(total, identity, Some(identity));
        if let Some(year) = line.text(Field::Year).and_then(|year| year.parse().ok()) {
            record.year = Some(year);
        }
        desk.used(1);
        desk.batch.totals.push(record);
        if within { Outcome::Within } else { Outcome::Head }
    }
}

fn counts(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Counts> {
    let mut fine = true;
    let mut count = |field: Field| match line.take_sum(field, convert::count) {
        Take::Blank => None,
        Take::Is(count) => Some(count),
        Take::Wrong(why) => {
            let (code, hint) = match why {
                Why::ErrorValue => (Code::ErrorValue, Hint::None),
                Why::NoCache => (Code::FormulaEmpty, Hint::None),
                Why::Suspect => (Code::NumberSuspect, thousands(&line.found(field))),
                Why::Unreadable | Why::Negative | Why::Fraction => (Code::TotalWrong, Hint::None),
            };
            desk.find_at(code, line, field, hint);
            fine = false;
            None
        }
    };
    let counts = Counts {
        households: count(Field::Households),
        persons: count(Field::AreaPersons),
        poor: count(Field::Poor),
        near_poor: count(Field::NearPoor),
        poor_persons: count(Field::PoorPersons),
        near_poor_persons: count(Field::NearPoorPersons),
    };
    if !fine {
        return None;
    }
    if counts.households.is_none() && line.columns.has(Field::Households) {
        desk.find_at(Code::TotalWrong, line, Field::Households, Hint::None);
        return None;
    }
    let target = counts.poor.unwrap_or(0).saturating_add(counts.near_poor.unwrap_or(0));
    if counts.households.is_some_and(|households| target > households) {
        desk.find_at(Code::TotalTooSmall, line, Field::Households, Hint::Other(target.to_string()));
        return None;
    }
    Some(counts)
}

/// A printed rate, compared with its counts.
pub(crate) fn rate(line: &Line<'_>, desk: &mut Desk<'_>, field: Field, part: Option<u64>, whole: Option<u64>) -> Option<Percent> {
    let printed = desk.optional(line, field, Code::RateUnlike, decimal::percent)?;
    if let Some(exact) = part.and_then(|part| Share { part, whole }.percent())
        && !printed.fits(exact)
    {
        desk.find_at(Code::RateUnlike, line, field, Hint::Value(exact.to_string()));
    }
    Some(printed)
}
