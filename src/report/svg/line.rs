//! A line over the years, broken where the poverty standard changes, with the goals as lines that end in the year in which they are to be reached.

use maud::{Markup, html};

use super::{Drawing, Frame, TEXT, body, legend, scaled, short, size, step};
use crate::domain::rate::Hundredths;
use crate::report::series::{in_order, stretches};
use crate::report::table::Table;
use crate::report::wording::{Key, Words};

const LEFT: i64 = 620;
const HIGH: i64 = 2600;
const TOP: i64 = 420;
/// The width of a figure.
const FIGURE: i64 = 480;
/// From which width on a year has room for the limit beside its point.
const ROOMY: i64 = 800;

/// Where points stand.
struct Axes {
    points: Vec<String>,
    most: i64,
    across: i64,
    width: i64,
}

impl Axes {
    fn x(&self, label: &str) -> Option<i64> {
        let index = self.points.iter().position(|point| point == label)?;
        Some(LEFT + self.across * i64::try_from(index).ok()? + self.across / 2)
    }

    fn y(&self, value: i64) -> i64 {
        TOP + HIGH - scaled(value, self.most, HIGH)
    }
}

/// Goals are `(name, label of the row, value)`.
pub(super) fn draw(
    table: &Table,
    label: usize,
    (values, breaks): (&[usize], &[usize]),
    goals: &[(String, String, Hundredths)],
    (frame, words): (Frame, &Words),
) -> Drawing {
    let rows: Vec<_> = body(table).collect();
    let labels: Vec<String> =
        rows.iter().map(|row| row.cells.get(label).map_or_else(String::new, |cell| words.datum(cell))).collect();
    let points = in_order(&labels, goals.iter().map(|goal| goal.1.as_str()));
    let largest = rows.iter().flat_map(|row| values.iter().filter_map(|&value| size(row, value))).max().unwrap_or(0);
    let largest = goals.iter().map(|goal| goal.2.get()).fold(largest, i64::max).max(1);
    let step = step(largest);
    let steps = largest.div_euclid(step) + i64::from(largest.rem_euclid(step) > 0);
    let across = (frame.width - LEFT - 100) / i64::try_from(points.len().max(1)).unwrap_or(1);
    let axes = Axes { points, most: step * steps, across, width: frame.width };
    let marks = html! {
        (legend(table, values, TEXT - 40, frame.width))
        (scale(&axes, step, steps, words))
        (goal_marks(&axes, goals, words))
        @for &row in breaks.iter().filter(|&&row| row > 0 && row < labels.len()) {
            @if let (Some(before), Some(after)) = (axes.x(&labels[row - 1]), axes.x(&labels[row])) {
                @let x = (before.max(after - axes.across) + after) / 2;
                line .break x1=(x) y1=(TOP - 60) x2=(x) y2=(TOP + HIGH) {}
                text .soft x=(x) y=(TOP - 90) text-anchor="middle" { (words.get(Key::StandardChanges)) }
            }
        }
        @for (index, &value) in values.iter().enumerate() {
            @for (from, to) in stretches(rows.len(), breaks) {
                @let shown: Vec<(i64, i64, String)> = (from..to).filter_map(|row| {
                    let figure = rows[row].cells.get(value).map_or_else(String::new, |datum| words.datum(datum));
                    Some((axes.x(&labels[row])?, axes.y(size(rows[row], value)?), figure))
                }).collect();
                (stretch(&shown, index, axes.across))
            }
        }
    };
    Drawing { height: TOP + HIGH + TEXT * (2 + i64::try_from(goals.len()).unwrap_or(0)), marks }
}

fn scale(axes: &Axes, step: i64, steps: i64, words: &Words) -> Markup {
    html! {
        @for tick in 0..=steps {
            @let y = axes.y(tick * step);
            line .grid x1=(LEFT) y1=(y) x2=(axes.width) y2=(y) {}
            text .soft x=(LEFT - 70) y=(y + 45) text-anchor="end" { (words.count(tick * step / 100)) " %" }
        }
        @for point in &axes.points {
            @if let Some(x) = axes.x(point) {
                text x=(x) y=(TOP + HIGH + TEXT + 20) text-anchor="middle" { (short(point, 14)) }
            }
        }
    }
}

/// A run of points of one measure under one standard. Figures of the first measure stand above, of the others below; where
/// points are close only some have theirs, and the last among them.
fn stretch(points: &[(i64, i64, String)], index: usize, across: i64) -> Markup {
    let every = usize::try_from(FIGURE / across.max(1)).unwrap_or(0) + 1;
    let path: Vec<String> = points.iter().map(|(x, y, _)| format!("{x},{y}")).collect();
    html! {
        polyline .line .(format!("l{}", index % 4)) points=(path.join(" ")) {}
        @for (at, (x, y, figure)) in points.iter().enumerate() {
            circle .(format!("f{}", index % 4)) cx=(x) cy=(y) r="48" {}
            @if (points.len() - 1 - at).is_multiple_of(every) {
                text x=(x) y=(if index == 0 { y - 95 } else { y + 195 }) text-anchor="middle" { (figure) }
            }
        }
    }
}

/// Each goal as a line up to its year, with a diamond and the limit there; the names stand under the chart, where they cannot run into each other.
fn goal_marks(axes: &Axes, goals: &[(String, String, Hundredths)], words: &Words) -> Markup {
    let below = |index: usize| TOP + HIGH + TEXT * (2 + i64::try_from(index).unwrap_or(0)) + 60;
    html! {
        @for (index, (name, label, limit)) in goals.iter().enumerate() {
            @let y = axes.y(limit.get());
            @if let Some(x) = axes.x(label) {
                line .goal x1=(LEFT) y1=(y) x2=(x) y2=(y) {}
                (diamond(x, y))
                @let (anchor, x, y) = if axes.across < ROOMY {
                    ("middle", x, y - 110)
                } else if x > axes.width - ROOMY {
                    ("end", x - 110, y + 45)
                } else {
                    ("start", x + 110, y + 45)
                };
                text x=(x) y=(y) text-anchor=(anchor) { (words.percent(*limit)) }
            }
            (diamond(LEFT + 80, below(index) - 45))
            text x=(LEFT + 220) y=(below(index)) { (short(name, 50)) ": " (words.percent(*limit)) }
        }
    }
}

fn diamond(x: i64, y: i64) -> Markup {
    html! { path .goalmark d=(format!("M{x} {} L{} {y} L{x} {} L{} {y} Z", y - 80, x + 80, y + 80, x - 80)) {} }
}
