//! The rates of one year beside the year before and the goals: what `rates` and the yearly report show.

use jiff::civil::Date;

use super::goals::{Goal, Known, Measure, Point, Progress, progress};
use super::mergers::Unmergeable;
use super::poverty::{Change, Counts, RateRow, compare, rates};
use super::rate::{Hundredths, Share};
use super::standard::Standard;
use super::survey::Survey;
use super::tally::{By, Tallies};
use super::units::Units;

/// A survey and the year and standard that it is of.
#[derive(Clone, Copy, Debug)]
pub struct YearOf<'a> {
    /// The year.
    pub year: i16,
    /// The poverty standard.
    pub standard: Standard,
    /// The lists.
    pub survey: &'a Survey,
}

/// Rates and goals of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRates {
    /// The year.
    pub year: i16,
    /// The poverty standard.
    pub standard: Standard,
    /// The year that changes are counted from.
    pub before: Option<i16>,
    /// The day of whose communes the rows are; `None` for those that the lists name.
    pub units: Option<Date>,
    /// The district first, then each grouping.
    pub rows: Vec<RateRow>,
    /// The goals.
    pub goals: Vec<Progress>,
    /// Both measures over the years up to this one, by year.
    pub series: Vec<(Measure, Point)>,
}

/// How the rows of a year stand in communes.
#[derive(Clone, Copy, Debug)]
pub enum In<'a> {
    /// In the communes that its lists name. Earlier years are brought to them for the change, as far as that is exact.
    Own(Units<'a>),
    /// In the communes of a day that somebody asks for, earlier years too.
    Asked(Units<'a>),
}

/// Counts a year. `earlier` are other surveys, `published` years that are known only as published figures; a survey of
/// a year goes before what was published about it.
///
/// # Errors
/// [`Unmergeable`] where the year does not exist in the communes that are asked for.
pub fn year_rates(
    now: YearOf<'_>,
    earlier: &[YearOf<'_>],
    published: &[(Measure, Point)],
    goals: &[Goal],
    by: &[By],
    units: In<'_>,
) -> Result<YearRates, Unmergeable> {
    let counted = |of: &YearOf<'_>, by: &[By]| rates(&Tallies::of(of.year, of.survey), &of.survey.totals, by);
    let with_places: Vec<By> = by.iter().copied().chain([By::Commune, By::Village]).collect();
    let asked_for = |row: &RateRow| row.by == By::District || by.contains(&row.by);
    let mut rows = match units {
        In::Own(_) => counted(&now, by),
        In::Asked(units) => units.rows(counted(&now, &with_places))?.into_iter().filter(asked_for).collect(),
    };
    let mut series: Vec<(Measure, Point)> = Vec::new();
    let mut before = None;
    for year in earlier.iter().filter(|other| other.year < now.year) {
        let nearest = year.year == now.year - 1;
        let old = counted(year, if nearest { &with_places } else { &[] });
        series.extend(points(year.year, year.standard, &district(&old)));
        if nearest {
            let (In::Own(to) | In::Asked(to)) = units;
            // A unit that stayed itself is found in both; a merged one only among the rows that were brought over.
            let brought = match (to.rows(old.clone()), units) {
                (Ok(brought), In::Own(_)) => old.into_iter().chain(brought).collect(),
                (Ok(brought), In::Asked(_)) => brought,
                (Err(_), In::Own(_)) => old,
                (Err(refused), In::Asked(_)) => return Err(refused),
            };
            compare(&mut rows, now.standard, &brought, year.standard);
            before = Some(year.year);
        }
    }
    for (measure, point) in published.iter().filter(|(_, point)| point.year < now.year) {
        if !series.iter().any(|(known, other)| known == measure && other.year == point.year) {
            series.push((*measure, *point));
        }
    }
    if before.is_none() {
        before = compare_published(&mut rows, now, published);
    }
    series.extend(points(now.year, now.standard, &district(&rows)));
    series.sort_by_key(|(measure, point)| (point.year, *measure));
    let goals = beside_goals(&series, now.year, now.standard, goals);
    let of = match units {
        In::Own(_) => None,
        In::Asked(units) => Some(units.day),
    };
    Ok(YearRates { year: now.year, standard: now.standard, before, units: of, rows, goals, series })
}

/// A year of which only published figures are known: the series and the goals, and no rows.
#[must_use]
pub fn published_year(year: i16, standard: Standard, published: &[(Measure, Point)], goals: &[Goal]) -> YearRates {
    let mut series: Vec<(Measure, Point)> = published.iter().filter(|(_, point)| point.year <= year).copied().collect();
    series.sort_by_key(|(measure, point)| (point.year, *measure));
    let goals = beside_goals(&series, year, standard, goals);
    YearRates { year, standard, before: None, units: None, rows: Vec::new(), goals, series }
}

/// Each goal beside the year at hand and the years before it.
fn beside_goals(series: &[(Measure, Point)], year: i16, standard: Standard, goals: &[Goal]) -> Vec<Progress> {
    let beside = |goal: &Goal| {
        let of: Vec<Point> = series.iter().filter(|(measure, _)| *measure == goal.measure).map(|(_, point)| *point).collect();
        let at_hand = of.iter().copied().find(|point| point.year == year);
        let nothing = Point { year, standard, known: Known::Counts(Share { part: 0, whole: None }) };
        progress(*goal, at_hand.unwrap_or(nothing), &of)
    };
    goals.iter().map(beside).collect()
}

impl YearRates {
    /// The printed rate of a measure in the year.
    #[must_use]
    pub fn percent(&self, measure: Measure) -> Option<Hundredths> {
        self.percent_in(self.year, measure)
    }

    /// The fall of the printed rate in the year, from the year before; negative when it rose.
    #[must_use]
    pub fn fall(&self, measure: Measure) -> Option<Hundredths> {
        self.percent_in(self.year - 1, measure)?.minus(self.percent(measure)?)
    }

    fn percent_in(&self, year: i16, measure: Measure) -> Option<Hundredths> {
        let point = self.series.iter().find(|(of, point)| *of == measure && point.year == year)?;
        point.1.known.percent()
    }
}

/// The change of the district on published rates of the year before, where there is no survey of it.
fn compare_published(rows: &mut [RateRow], now: YearOf<'_>, published: &[(Measure, Point)]) -> Option<i16> {
    let before = now.year - 1;
    let of = |wanted: Measure| -> Option<Hundredths> {
        let known = published
            .iter()
            .find(|(measure, point)| *measure == wanted && point.year == before && point.standard == now.standard);
        known.and_then(|(_, point)| point.known.percent())
    };
    let earlier = super::poverty::Percents { poor: of(Measure::Poor), near_poor: of(Measure::NearPoor), both: None };
    let row = rows.first_mut()?;
    let change: Change = row.counts.percents().change_since(&earlier)?;
    row.change = Some(change);
    Some(before)
}

/// The counts of the first row, which is the district's.
fn district(rows: &[RateRow]) -> Counts {
    rows.first().map(|row| row.counts).unwrap_or_default()
}

/// Both measures of a year, where they were counted.
fn points(year: i16, standard: Standard, counts: &Counts) -> impl Iterator<Item = (Measure, Point)> + use<> {
    [(Measure::Poor, counts.poor_share()), (Measure::NearPoor, counts.near_poor_share())]
        .into_iter()
        .filter_map(move |(measure, share)| Some((measure, Point { year, standard, known: Known::Counts(share?) })))
}

#[cfg(test)]
#[path = "year_rates_tests.rs"]
mod tests;
