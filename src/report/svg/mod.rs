//! Charts of the web page as inline SVG, drawn with whole numbers: 130 units a line of text, 6,400 units across on a desk and
//! on paper, fewer on a phone, where words would be too small otherwise. The style sheet shows one of the two.
//!
//! Every chart has a title, a description that says its figures in words, and stands above the table that holds them.

mod bars;
mod flow;
mod line;

use maud::{Markup, html};

use super::html::clean;
use super::table::{Chart, Datum, Row, RowKind, Table};
use super::wording::{Key, Words};

/// The room that a chart has.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// The class by which the style sheet knows it.
    class: &'static str,
    /// Units across.
    width: i64,
    /// Units for the names at the side of bars and of flows.
    names: [i64; 2],
}

/// On a desk and on paper, and on a phone.
const FRAMES: [Frame; 2] =
    [Frame { class: "desk", width: 6400, names: [1750, 1900] }, Frame { class: "phone", width: 4400, names: [1300, 1500] }];
/// The height of a line of text.
const TEXT: i64 = 180;
/// Most rows whose figures the description says.
const SPOKEN: usize = 40;

/// A drawing and its height.
struct Drawing {
    height: i64,
    marks: Markup,
}

/// A chart with its caption.
pub(super) fn figure(chart: &Chart, table: &Table, id: &str, words: &Words) -> Markup {
    let (title, labels, values) = match chart {
        Chart::Bars { title, label, values, .. } | Chart::Line { title, label, values, .. } => {
            (title, vec![*label], values.clone())
        }
        Chart::Histogram { title, label, value } => (title, vec![*label], vec![*value]),
        Chart::Flow { title, from, to, value } => (title, vec![*from, *to], vec![*value]),
    };
    let said = spoken(table, &labels, &values, words);
    html! {
        figure tabindex="0" {
            figcaption { (clean(title)) }
            @for frame in FRAMES {
                @let drawing = draw(chart, table, frame, words);
                @let (name, description) = (format!("{id}-{}-t", frame.class), format!("{id}-{}-d", frame.class));
                svg .(frame.class) xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {} {}", frame.width, drawing.height)) role="img" aria-labelledby=(format!("{name} {description}")) {
                    title #(name) { (clean(title)) }
                    desc #(description) { (clean(&said)) (words.get(Key::ChartTable)) }
                    (drawing.marks)
                }
            }
        }
    }
}

fn draw(chart: &Chart, table: &Table, frame: Frame, words: &Words) -> Drawing {
    match chart {
        Chart::Bars { label, values, goals, .. } => bars::horizontal(table, *label, values, goals, (frame, words)),
        Chart::Histogram { label, value, .. } => bars::histogram(table, *label, *value, (frame, words)),
        Chart::Line { label, values, breaks, goals, .. } => line::draw(table, *label, (values, breaks), goals, (frame, words)),
        Chart::Flow { from, to, value, .. } => flow::draw(table, *from, *to, *value, (frame, words)),
    }
}

/// The figures in words: `Xã Yang Tao: 35,15 %; …`
fn spoken(table: &Table, labels: &[usize], values: &[usize], words: &Words) -> String {
    let cell = |row: &Row, at: &usize| row.cells.get(*at).map_or_else(String::new, |datum| words.datum(datum));
    let rows = body(table).take(SPOKEN).map(|row| {
        let label: Vec<String> = labels.iter().map(|at| cell(row, at)).collect();
        let values: Vec<String> = values.iter().map(|at| cell(row, at)).collect();
        format!("{}: {}", label.join(" → "), values.join(", "))
    });
    let said = rows.collect::<Vec<_>>().join("; ");
    if said.is_empty() { said } else { format!("{said}. ") }
}

fn body(table: &Table) -> impl Iterator<Item = &Row> {
    table.rows.iter().filter(|row| row.kind == RowKind::Body)
}

/// The value of a cell in hundredths, where it is shown and not below zero.
fn size(row: &Row, column: usize) -> Option<i64> {
    row.cells.get(column).and_then(Datum::hundredths).filter(|&size| size >= 0)
}

/// `value` on a scale on which `most` is `length`, rounded.
fn scaled(value: i64, most: i64, length: i64) -> i64 {
    let most = i128::from(most.max(1));
    i64::try_from((i128::from(value) * i128::from(length) * 2 + most) / (most * 2)).unwrap_or(0)
}

/// A round step that divides an axis up to `most` into at most six parts, in hundredths.
fn step(most: i64) -> i64 {
    let mut step: i64 = 100;
    for factor in [2, 5, 10].into_iter().cycle() {
        if most <= step.saturating_mul(6) {
            return step;
        }
        // 1, 2, 5, 10, 20, 50, … in turn: each is made from the last power of ten.
        let power = power_of_ten(step);
        step = power.saturating_mul(factor);
        if step == i64::MAX {
            return step;
        }
    }
    step
}

/// The greatest power of ten that is at most `value`.
fn power_of_ten(value: i64) -> i64 {
    let mut power: i64 = 1;
    while power.checked_mul(10).is_some_and(|next| next <= value) {
        power *= 10;
    }
    power
}

/// A text shortened to so many characters.
fn short(text: &str, most: usize) -> String {
    let text = clean(text);
    if text.chars().count() <= most { text } else { text.chars().take(most - 1).chain(['…']).collect() }
}

/// The heading of a column with its group.
fn measure(table: &Table, column: usize) -> String {
    table.columns.get(column).map_or_else(String::new, |column| match &column.group {
        Some(group) => format!("{group}: {}", column.heading),
        None => column.heading.clone(),
    })
}

/// The names of measures with the colours in which they are drawn, on one line.
fn legend(table: &Table, values: &[usize], y: i64, width: i64) -> Markup {
    let mut x = 0;
    let most = usize::try_from((width / i64::try_from(values.len().max(1)).unwrap_or(1) - 260) / 74).unwrap_or(0).clamp(8, 40);
    let entries = values.iter().enumerate().map(|(index, &value)| {
        let name = short(&measure(table, value), most);
        let at = x;
        x += 260 + i64::try_from(name.chars().count()).unwrap_or(0) * 74;
        (index, name, at)
    });
    html! {
        @for (index, name, at) in entries.collect::<Vec<_>>() {
            rect .(format!("f{}", index % 4)) x=(at) y=(y - 110) width="120" height="120" {}
            text x=(at + 170) y=(y) { (name) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let steps: Vec<i64> = [300, 700, 3500, 6_001, 24_000, 480_400].into_iter().map(step).collect();
        assert_eq!(steps, [100, 200, 1000, 2000, 5000, 100_000]);
    }

    #[test]
    fn scaling_rounds_and_does_not_overflow() {
        assert_eq!(scaled(1, 3, 100), 33);
        assert_eq!(scaled(2, 3, 100), 67);
        assert_eq!(scaled(i64::MAX, i64::MAX, 6400), 6400);
        assert_eq!(scaled(5, 0, 100), 500);
    }
}
