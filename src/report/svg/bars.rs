//! Horizontal bars with goal lines, and the upright bars of a histogram.

use maud::{Markup, html};

use super::{Drawing, Frame, TEXT, body, legend, scaled, short, size};
use crate::report::table::{Limit, Row, Table};
use crate::report::wording::Words;

/// What is kept free after the longest bar for its figure.
const FIGURE: i64 = 900;
const BAR: i64 = 170;

/// Where bars begin, how long the longest is, and what it stands for.
#[derive(Clone, Copy, Debug)]
struct Scale {
    left: i64,
    length: i64,
    most: i64,
}

/// One row of bars for each row of the table, the longest first bar above, goals as dashed lines across all.
pub(super) fn horizontal(
    table: &Table,
    label: usize,
    values: &[usize],
    goals: &[Limit],
    (frame, words): (Frame, &Words),
) -> Drawing {
    let largest = body(table).flat_map(|row| values.iter().filter_map(|&value| size(row, value))).max().unwrap_or(0);
    let most = goals.iter().map(|goal| goal.value.get()).fold(largest, i64::max).max(1);
    let left = frame.names[0];
    let scale = Scale { left, length: frame.width - left - FIGURE, most };
    let bars = i64::try_from(values.len().max(1)).unwrap_or(1);
    let row_height = bars * BAR + 110;
    let goal_lines = i64::try_from(goals.len()).unwrap_or(0);
    let top = goal_lines * TEXT + if values.len() > 1 { TEXT } else { 0 } + 60;
    let mut rows: Vec<_> = body(table).collect();
    // Rows of the same length stay in the order of the table; those that are not shown come last.
    rows.sort_by_key(|row| std::cmp::Reverse(values.first().and_then(|&value| size(row, value))));
    let bottom = top + row_height * i64::try_from(rows.len()).unwrap_or(0);
    let marks = html! {
        @if values.len() > 1 { (legend(table, values, TEXT - 40, frame.width)) }
        (shapes(&rows, values, scale, top, row_height))
        (goal_marks(goals, scale, (top, bottom), words))
        @for (index, row) in rows.iter().enumerate() {
            @let y = top + row_height * i64::try_from(index).unwrap_or(0);
            @let name = row.cells.get(label).map_or_else(String::new, |datum| words.datum(datum));
            text x=(left - 90) y=(y + row_height / 2 + 20) text-anchor="end" { (short(&name, usize::try_from((left - 90) / 69).unwrap_or(24))) }
            @for (bar, &value) in values.iter().enumerate() {
                @let y = y + 30 + BAR * i64::try_from(bar).unwrap_or(0);
                @let length = size(row, value).map_or(0, |size| scaled(size, scale.most, scale.length));
                @let figure = row.cells.get(value).map_or_else(String::new, |datum| words.datum(datum));
                text x=(left + length + 60) y=(y + 120) { (figure) }
            }
        }
        line .grid x1=(left) y1=(top) x2=(left) y2=(bottom) {}
    };
    Drawing { height: bottom + 60, marks }
}

/// The bars alone: goal lines lie over them, and all words over both.
fn shapes(rows: &[&Row], values: &[usize], scale: Scale, top: i64, row_height: i64) -> Markup {
    html! {
        @for (index, row) in rows.iter().enumerate() {
            @for (bar, &value) in values.iter().enumerate() {
                @let y = top + row_height * i64::try_from(index).unwrap_or(0) + 30 + BAR * i64::try_from(bar).unwrap_or(0);
                @let length = size(row, value).map_or(0, |size| scaled(size, scale.most, scale.length));
                @if length > 0 { rect .(format!("f{}", bar % 4)) x=(scale.left) y=(y) width=(length) height=(BAR - 20) {} }
            }
        }
    }
}

/// Each goal has a line of its own for its name, so that names cannot run into each other.
fn goal_marks(goals: &[Limit], scale: Scale, (top, bottom): (i64, i64), words: &Words) -> Markup {
    let lines = i64::try_from(goals.len()).unwrap_or(0);
    html! {
        @for (index, goal) in goals.iter().enumerate() {
            @let x = scale.left + scaled(goal.value.get(), scale.most, scale.length);
            @let y = top - TEXT * (lines - i64::try_from(index).unwrap_or(0)) + 110;
            line .goal x1=(x) y1=(y + 20) x2=(x) y2=(bottom) {}
            text x=(x.min(scale.left + scale.length)) y=(y) text-anchor="middle" { (short(&goal.name, 40)) ": " (words.percent(goal.value)) }
        }
    }
}

/// Upright bars, each with its count above and its value below.
pub(super) fn histogram(table: &Table, label: usize, value: usize, (frame, words): (Frame, &Words)) -> Drawing {
    const HIGH: i64 = 1800;
    const TOP: i64 = 240;
    let rows: Vec<_> = body(table).collect();
    let most = rows.iter().filter_map(|row| size(row, value)).max().unwrap_or(0).max(1);
    let across = (frame.width - 200) / i64::try_from(rows.len().max(1)).unwrap_or(1);
    let wide = (across * 4 / 5).min(700);
    let heading = |column: usize| table.columns.get(column).map_or("", |column| column.heading.as_str());
    let marks = html! {
        text .soft x="0" y="130" { (short(heading(value), 60)) }
        @for (index, row) in rows.iter().enumerate() {
            @let middle = 100 + across * i64::try_from(index).unwrap_or(0) + across / 2;
            @let high = size(row, value).map_or(0, |size| scaled(size, most, HIGH));
            @let text_of = |column: usize| row.cells.get(column).map_or_else(String::new, |datum| words.datum(datum));
            rect .f2 x=(middle - wide / 2) y=(TOP + TEXT + HIGH - high) width=(wide) height=(high) {}
            text x=(middle) y=(TOP + TEXT + HIGH - high - 50) text-anchor="middle" { (text_of(value)) }
            text x=(middle) y=(TOP + TEXT + HIGH + 160) text-anchor="middle" { (text_of(label)) }
        }
        line .grid x1="0" y1=(TOP + TEXT + HIGH) x2=(frame.width) y2=(TOP + TEXT + HIGH) {}
        text .soft x=(frame.width / 2) y=(TOP + TEXT * 3 + HIGH) text-anchor="middle" { (short(heading(label), 60)) }
    };
    Drawing { height: TOP + TEXT * 3 + HIGH + 80, marks }
}
