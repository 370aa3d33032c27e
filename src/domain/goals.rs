//! Goals of the programme: reached or not, how far off, and whether the pace is enough.
//!
//! A goal is tested on whole numbers: 20.004 % is not "at most 20 %". Where a year is known only by its published
//! percentage, the percentage as printed is all there is, and no gap in households is given.

use super::rate::{Hundredths, Share};
use super::standard::Standard;

/// What a goal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Poor households of all households.
    Poor,
    /// Near-poor households of all households.
    NearPoor,
}

impl Measure {
    /// Both measures, in the order of the resolution.
    pub const ALL: [Self; 2] = [Self::Poor, Self::NearPoor];

    /// The word scripts see: `poor` or `near_poor`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Poor => "poor",
            Self::NearPoor => "near_poor",
        }
    }
}

/// How a rate is compared with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// "Giảm còn 20 %": at most the limit.
    AtMost,
    /// "Giảm còn dưới 12 %": below the limit.
    Below,
}

impl Comparison {
    /// The word scripts see: `at_most` or `below`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AtMost => "at_most",
            Self::Below => "below",
        }
    }
}

/// A goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// What falls.
    pub measure: Measure,
    /// The year at whose end it must hold.
    pub year: i16,
    /// The limit, in hundredths of a percent.
    pub limit: Hundredths,
    /// At most, or below.
    pub comparison: Comparison,
    /// The poverty standard under which the goal was set, where known; a rate under another is not compared with it.
    pub standard: Option<Standard>,
}

/// The goals of Resolution 14-NQ/HU: poor to 20 % and near-poor to 11 % by the end of 2025, poor under 12 % and
/// near-poor under 7 % by 2030, all set under Decree 07/2021/NĐ-CP.
#[must_use]
pub fn resolution_14() -> [Goal; 4] {
    let goal = |measure, year, limit, comparison| Goal {
        measure,
        year,
        limit: Hundredths::new(limit),
        comparison,
        standard: Some(Standard::Nd07_2021),
    };
    [
        goal(Measure::Poor, 2025, 2000, Comparison::AtMost),
        goal(Measure::NearPoor, 2025, 1100, Comparison::AtMost),
        goal(Measure::Poor, 2030, 1200, Comparison::Below),
        goal(Measure::NearPoor, 2030, 700, Comparison::Below),
    ]
}

/// What is known of a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Both counts; a share without a whole is no rate.
    Counts(Share),
    /// A published percentage, with the households in the class where they were published too; all of them nobody told.
    Published {
        /// The percentage.
        percent: Hundredths,
        /// The households in the class.
        households: Option<u64>,
    },
}

impl Known {
    /// The percentage as printed; `None` without a denominator.
    #[must_use]
    pub fn percent(self) -> Option<Hundredths> {
        match self {
            Self::Counts(share) => share.percent(),
            Self::Published { percent, .. } => Some(percent),
        }
    }

    /// The households in the class, where they are told.
    #[must_use]
    pub fn households(self) -> Option<u64> {
        match self {
            Self::Counts(share) => Some(share.part),
            Self::Published { households, .. } => households,
        }
    }
}

/// One year of a series of rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The year, at whose end the rate holds.
    pub year: i16,
    /// The standard under which it was counted.
    pub standard: Standard,
    /// The rate.
    pub known: Known,
}

/// What is said of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The goal holds now.
    Reached,
    /// Not yet, and the pace so far is at least the pace needed.
    OnPace,
    /// Not yet, and the pace so far is less than the pace needed, or the time is over.
    Behind,
    /// There is no rate, or no earlier year that would give a pace.
    NoData,
    /// The poverty standard changed between the two years that would be compared.
    NotComparable,
}

impl Verdict {
    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::OnPace => "on_pace",
            Self::Behind => "behind",
            Self::NoData => "no_data",
            Self::NotComparable => "not_comparable",
        }
    }
}

/// A goal beside the year at hand. Everything but the verdict is `None` where it cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The goal.
    pub goal: Goal,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether the goal holds now, by whole numbers.
    pub reached: Option<bool>,
    /// The printed rate above the limit, in percentage points; zero once reached.
    pub gap_points: Option<Hundredths>,
    /// The least number of households that must leave the class, the total unchanged; zero once reached.
    pub gap_households: Option<u64>,
    /// Whole years from the year at hand to that of the goal; zero when it is over.
    pub years_left: u16,
    /// Gap in points ÷ years left; `None` when there is a gap and no year left.
    pub pace_needed_points: Option<Hundredths>,
    /// Gap in households ÷ years left, rounded up.
    pub pace_needed_households: Option<u64>,
    /// Fall of the printed rate a year since the first comparable year at hand; negative when it rose.
    pub pace_so_far_points: Option<Hundredths>,
    /// The rate in the goal's year if the pace so far went on; never below zero.
    pub projected: Option<Hundredths>,
}

/// Compares the year at hand with a goal. `history` holds other years, in any order; those of the same year or later
/// and those under another standard are left out.
#[must_use]
pub fn progress(goal: Goal, now: Point, history: &[Point]) -> Progress {
    let comparable = goal.standard.is_none_or(|standard| standard == now.standard);
    let reached = if comparable { holds(goal, now.known) } else { None };
    let years_left = u16::try_from(i32::from(goal.year) - i32::from(now.year)).unwrap_or(0);
    let percent = now.known.percent().filter(|_| comparable);
    let gap_points = percent.and_then(|percent| match reached? {
        true => Some(Hundredths::default()),
        false => percent.minus(goal.limit),
    });
    let gap_households = match (now.known, comparable) {
        (Known::Counts(share), true) => gap_households(goal, share),
        (Known::Counts(_) | Known::Published { .. }, _) => None,
    };
    let fall = fall_so_far(now, history);
    let pace_so_far_points = pace_so_far(now, history);
    let pace_needed_points = gap_points.and_then(|gap| match gap.get() {
        ..=0 if reached == Some(true) => Some(Hundredths::default()),
        _ => gap.divided_by(i64::from(years_left)),
    });
    Progress {
        goal,
        verdict: verdict(comparable, reached, now, history, pace_needed_points, pace_so_far_points),
        reached,
        gap_points,
        gap_households,
        years_left,
        pace_needed_points,
        pace_needed_households: gap_households.and_then(|gap| match (gap, u64::from(years_left)) {
            (0, _) => Some(0),
            (_, 0) => None,
            (gap, years) => Some(gap.div_ceil(years)),
        }),
        pace_so_far_points,
        projected: percent.and_then(|percent| projected(percent, fall?, years_left)),
    }
}

/// Whether a goal holds: by `part × 10 000` against `limit × whole`, so that no rounding decides; for a published
/// percentage by the percentage itself. `None` without a rate.
#[must_use]
pub fn holds(goal: Goal, known: Known) -> Option<bool> {
    let (left, right) = match known {
        Known::Counts(share) => {
            let whole = share.whole.filter(|&whole| whole > 0)?;
            (i128::from(share.part) * 10_000, i128::from(goal.limit.get()) * i128::from(whole))
        }
        Known::Published { percent, .. } => (i128::from(percent.get()), i128::from(goal.limit.get())),
    };
    Some(match goal.comparison {
        Comparison::AtMost => left <= right,
        Comparison::Below => left < right,
    })
}

/// The least number of households that must leave the class for the goal to hold, the total unchanged. `None` without
/// a rate, and where no number is enough (below 0 %).
#[must_use]
pub fn gap_households(goal: Goal, share: Share) -> Option<u64> {
    let whole = share.whole.filter(|&whole| whole > 0)?;
    let limit = u128::try_from(goal.limit.get()).ok()? * u128::from(whole);
    let most = match goal.comparison {
        Comparison::AtMost => limit / 10_000,
        Comparison::Below => limit.checked_sub(1)? / 10_000,
    };
    // More than all households are never in a class, so a limit above 100 % leaves no gap.
    Some(u64::try_from(most).map_or(0, |most| share.part.saturating_sub(most)))
}

/// The fall of the printed rate a year, from the first comparable year before this one to this one; negative when the
/// rate rose. `None` where there is no such year.
#[must_use]
pub fn pace_so_far(now: Point, history: &[Point]) -> Option<Hundredths> {
    let (fall, years) = fall_so_far(now, history)?;
    fall.divided_by(years)
}

/// The fall of the printed rate from the first comparable year before this one, and the years that it took.
fn fall_so_far(now: Point, history: &[Point]) -> Option<(Hundredths, i64)> {
    let first = history
        .iter()
        .filter(|point| point.year < now.year && point.standard == now.standard && point.known.percent().is_some())
        .min_by_key(|point| (point.year, matches!(point.known, Known::Published { .. }), point.known.percent()))?;
    let fall = first.known.percent()?.minus(now.known.percent()?)?;
    Some((fall, i64::from(now.year) - i64::from(first.year)))
}

fn verdict(
    comparable: bool,
    reached: Option<bool>,
    now: Point,
    history: &[Point],
    needed: Option<Hundredths>,
    so_far: Option<Hundredths>,
) -> Verdict {
    let earlier = |point: &Point| point.year < now.year && point.known.percent().is_some();
    match (now.known.percent(), reached, needed, so_far) {
        (None, ..) => Verdict::NoData,
        _ if !comparable => Verdict::NotComparable,
        (_, None, ..) => Verdict::NoData,
        (_, Some(true), ..) => Verdict::Reached,
        (_, Some(false), None, _) => Verdict::Behind,
        // Standing still is no pace, even where the gap in printed points rounds to zero.
        (_, Some(false), Some(needed), Some(so_far)) if so_far >= needed && so_far.get() > 0 => Verdict::OnPace,
        (_, Some(false), Some(_), Some(_)) => Verdict::Behind,
        // What is left of the earlier years is all under another standard, or there is none.
        (_, Some(false), Some(_), None) if history.iter().any(earlier) => Verdict::NotComparable,
        (_, Some(false), Some(_), None) => Verdict::NoData,
    }
}

/// The rate after some years at the pace of a fall that took some years, never below zero. It is rounded once, at the end:
/// a pace of 0.075 points a year is not one of 0.08.
#[must_use]
pub fn projected(percent: Hundredths, (fall, took): (Hundredths, i64), years: u16) -> Option<Hundredths> {
    let fall = Hundredths::new(fall.get().checked_mul(i64::from(years))?).divided_by(took)?;
    percent.minus(fall).map(|rate| rate.max(Hundredths::default()))
}

/// Sorts a series by year and parts it where the standard changes, so that two standards are never drawn as one line.
/// Years without a rate are left out; of two points of one year the one with counts is kept.
#[must_use]
pub fn lines(points: &[Point]) -> Vec<Vec<Point>> {
    let mut sorted: Vec<Point> = points.iter().copied().filter(|point| point.known.percent().is_some()).collect();
    sorted.sort_by_key(|point| {
        let published = matches!(point.known, Known::Published { .. });
        (point.year, published, point.standard, point.known.percent())
    });
    sorted.dedup_by_key(|point| point.year);
    sorted.chunk_by(|a, b| a.standard == b.standard).map(<[Point]>::to_vec).collect()
}

/// A planned yearly fall, as plans give it ("giảm 3–4 %/năm").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedFall {
    /// The lower end, in percentage points a year.
    pub low: Hundredths,
    /// The upper end; the plan is kept in full only when it is reached.
    pub high: Hundredths,
}

impl PlannedFall {
    /// The fall that happened in percent of the upper end of the plan, in hundredths; `None` when the upper end is not
    /// above zero.
    #[must_use]
    pub fn percent_kept(self, fall: Hundredths) -> Option<Hundredths> {
        Hundredths::new(fall.get().checked_mul(10_000)?).divided_by(self.high.get())
    }
}

#[cfg(test)]
#[path = "goals_tests.rs"]
mod tests;
