//! Bars and histograms in characters, for a terminal.

use std::fmt::Write as _;

use super::Setting;
use super::table::{Chart, Column, Datum, RowKind, Table};
use super::terminal::{cut, display_width, plain};
use super::wording::Words;

/// Marks of goals, in the order of the goals.
const MARKS: [char; 3] = ['│', '┊', '┆'];

/// One bar.
struct Bar {
    label: String,
    text: String,
    size: i64,
}

/// The chart, or nothing where a terminal cannot draw it: the table above holds its figures.
pub(super) fn draw(chart: &Chart, table: &Table, words: &Words, setting: &Setting) -> String {
    match chart {
        Chart::Bars { title, label, values, goals } => {
            // The goal of one measure says nothing about the bars of another.
            let limits = |of: usize| -> Vec<(String, i64)> {
                let own = goals.iter().filter(|limit| limit.of == of);
                own.map(|limit| (format!("{}: {}", limit.name, words.percent(limit.value)), limit.value.get())).collect()
            };
            // Two drawings under one title could not be told apart.
            let heading = |value: usize| table.columns.get(value).map(whole_heading).unwrap_or_default();
            let named = |value: usize| if values.len() > 1 { format!("{title}: {}", heading(value)) } else { title.clone() };
            let drawn = |value: &usize| bars(&named(*value), &collect(table, *label, *value, words), &limits(*value), setting);
            values.iter().map(drawn).collect()
        }
        Chart::Histogram { title, label, value } => bars(title, &collect(table, *label, *value, words), &[], setting),
        Chart::Line { .. } | Chart::Flow { .. } => String::new(),
    }
}

/// The heading of a column with that of its group: `Hộ nghèo, Tỷ lệ`.
fn whole_heading(column: &Column) -> String {
    column.group.as_ref().map_or_else(|| column.heading.clone(), |group| format!("{group}, {}", column.heading))
}

fn collect(table: &Table, label: usize, value: usize, words: &Words) -> Vec<Bar> {
    let cell = |cells: &[Datum], at: usize| cells.get(at).cloned().unwrap_or(Datum::Missing);
    let rows = table.rows.iter().filter(|row| row.kind == RowKind::Body);
    rows.map(|row| {
        let value = cell(&row.cells, value);
        let label = plain(&words.datum(&cell(&row.cells, label)));
        Bar { label, text: words.datum(&value), size: value.hundredths().unwrap_or(0).max(0) }
    })
    .collect()
}

/// `label  value  ████████│` for each bar, and a line that says what the mark is. Narrow windows get none.
fn bars(title: &str, bars: &[Bar], goals: &[(String, i64)], setting: &Setting) -> String {
    let window = usize::from(setting.width);
    let widest = |text: fn(&Bar) -> &str| bars.iter().map(|bar| display_width(text(bar))).max().unwrap_or(0);
    let label = widest(|bar| &bar.label).min(window / 3);
    let text = widest(|bar| &bar.text);
    let Some(room) = window.checked_sub(label + text + 4).filter(|&room| room >= 8 && !bars.is_empty()) else {
        return String::new();
    };
    let most = bars.iter().map(|bar| bar.size).chain(goals.iter().map(|goal| goal.1)).max().unwrap_or(0).max(1);
    let place = |size: i64| {
        let exact = (i128::from(size) * 2 * i128::try_from(room - 1).unwrap_or(0) + i128::from(most)) / (2 * i128::from(most));
        usize::try_from(exact).unwrap_or(0).min(room - 1)
    };
    let mut out = format!("\n{}\n", &title[..cut(title, window)]);
    for bar in bars {
        let mut cells = vec![' '; room];
        cells.iter_mut().take(place(bar.size)).for_each(|cell| *cell = '█');
        for (goal, mark) in goals.iter().zip(MARKS) {
            cells[place(goal.1)] = mark;
        }
        let drawn: String = cells.into_iter().collect();
        let name = &bar.label[..cut(&bar.label, label)];
        let gap = " ".repeat(label.saturating_sub(display_width(name)) + 2 + text - display_width(&bar.text));
        let drawn = if setting.colour { format!("\u{1b}[36m{}\u{1b}[0m", drawn.trim_end()) } else { drawn.trim_end().to_owned() };
        let _ = writeln!(out, "{}", format!("{name}{gap}{}  {drawn}", bar.text).trim_end());
    }
    for (goal, mark) in goals.iter().zip(MARKS) {
        let line = format!("{mark} {}", goal.0);
        let _ = writeln!(out, "{}", &line[..cut(&line, window)]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use crate::report::wording::{Lang, words};

    #[test]
    fn each_of_two_drawings_of_a_chart_says_whose_bars_it_holds() {
        let report = samples::rates();
        let table = &report.tables[0];
        let setting = Setting { width: 100, ..Setting::new(Lang::Vi) };
        let drawn = |values: Vec<usize>| {
            let chart = Chart::Bars { title: "Theo xã".to_owned(), label: 0, values, goals: Vec::new() };
            let text = draw(&chart, table, words(Lang::Vi), &setting);
            text.lines().filter(|line| line.starts_with("Theo xã")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(drawn(vec![1]), ["Theo xã"]);
        let two = drawn(vec![3, 5]);
        assert_eq!(two.len(), 2);
        assert!(two[0].contains("Hộ nghèo") && two[1].contains("Hộ cận nghèo"), "{two:?}");
    }
}
