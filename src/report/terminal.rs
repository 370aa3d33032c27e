//! Tables for a terminal, never wider than its window.
//!
//! Three ways to lay a table out, by what fits: at its natural width; with wrapped words; and where even the numbers do
//! not fit side by side, one line a value. Identity numbers are masked for every audience, because a screen is seen by
//! whoever stands behind it; and control characters from files are not passed on to the terminal.

use std::fmt::Write as _;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Width};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::table::{Align, Column, Datum, Report, Row, RowKind, Table};
use super::wording::{Words, words};
use super::{Setting, bars};

/// A report as lines of text.
pub(super) fn render(report: &Report, setting: &Setting) -> String {
    let words = words(setting.lang);
    let mut out = String::new();
    for note in &report.notes {
        lines(&mut out, note, setting, false);
    }
    if !report.title.is_empty() {
        lines(&mut out, &report.title, setting, true);
    }
    for line in &report.subtitle {
        lines(&mut out, line, setting, false);
    }
    for table in &report.tables {
        if !out.is_empty() {
            out.push('\n');
        }
        if table.title != report.title {
            lines(&mut out, &table.title, setting, true);
        }
        laid_out(&mut out, table, words, setting);
        for note in words.notes(table) {
            lines(&mut out, &note, setting, false);
        }
        for chart in &table.charts {
            out.push_str(&bars::draw(chart, table, words, setting));
        }
    }
    out
}

/// The most lines of a heading for which a table keeps columns that it can do without.
const HIGH: usize = 3;

/// The table side by side, without the columns that say nothing and then those that stand aside where they make it too
/// wide or its headings too high, and with a note of what is left out; one line a value where even that does not fit.
fn laid_out(out: &mut String, table: &Table, words: &Words, setting: &Setting) {
    let mut left = table.clone();
    let mut without = Vec::new();
    let width = usize::from(setting.width);
    let pleasant = |table: &Table| {
        fitted(table, words, width).is_some_and(|widths| high(table, words, &widths) <= HIGH && readable(table, words, &widths))
    };
    while !pleasant(&left) {
        let silent = (0..left.columns.len()).rev().find(|&at| left.rows.iter().all(|row| says_nothing(row, at)));
        let Some(at) = silent.or_else(|| left.columns.iter().rposition(|column| column.aside)) else { break };
        without.insert(0, on_one_line(&left.columns.remove(at)));
        left.rows.iter_mut().filter(|row| at < row.cells.len()).for_each(|row| drop(row.cells.remove(at)));
    }
    let Some(grid) = grid(&left, words, setting) else {
        out.push_str(&records(table, words, setting));
        return;
    };
    out.push_str(&grid);
    if !without.is_empty() {
        let count = without.len().to_string();
        let note = words.fill_in("note", "aside", &[("count", &count), ("list", &without.join("; "))]);
        lines(out, &note, setting, false);
    }
}

/// The width below which names are not squeezed for the sake of columns that a table can do without.
const NAMES: usize = 20;

/// Whether the names of the rows have room.
fn readable(table: &Table, words: &Words, widths: &[usize]) -> bool {
    let texts = texts(table, words);
    table.columns.iter().zip(widths).enumerate().filter(|(_, (column, _))| column.align == Align::Left).all(|(at, (_, width))| {
        let natural = texts.iter().map(|row| display_width(&row[at])).max().unwrap_or(0);
        *width >= natural.min(NAMES)
    })
}

/// Whether a cell holds nothing. What is hidden from an audience is something.
fn says_nothing(row: &Row, at: usize) -> bool {
    row.cells.get(at).is_none_or(|datum| *datum == Datum::Missing || *datum == Datum::nothing())
}

/// How many lines the highest heading takes in columns of these widths.
fn high(table: &Table, words: &Words, widths: &[usize]) -> usize {
    let heights = table.columns.iter().zip(widths).map(|(column, width)| {
        let heading = heading(column, words);
        heading.lines().map(|line| wrapped(line, *width).len()).sum()
    });
    heights.max().unwrap_or(0)
}

/// The heading of a column with that of its group.
fn on_one_line(column: &Column) -> String {
    let group = column.group.as_ref().map(|group| format!("{group}, ")).unwrap_or_default();
    format!("{group}{}", column.heading)
}

/// The table side by side; `None` when its columns cannot be made narrow enough.
fn grid(table: &Table, words: &Words, setting: &Setting) -> Option<String> {
    let widths = fitted(table, words, usize::from(setting.width))?;
    let texts = texts(table, words);
    let mut grid = comfy_table::Table::new();
    let style = UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()).header_separator(LineStyle::none().fill('─').junction('─'));
    grid.load_style(style).set_content_arrangement(ContentArrangement::Dynamic).set_width(setting.width);
    if setting.colour {
        grid.enforce_styling();
    } else {
        grid.force_no_tty();
    }
    let bold = |cell: Cell, bold: bool| if bold && setting.colour { cell.add_attribute(Attribute::Bold) } else { cell };
    grid.set_header(table.columns.iter().map(|column| bold(Cell::new(heading(column, words)), true)));
    for (row, texts) in table.rows.iter().zip(texts) {
        grid.add_row(texts.into_iter().map(|text| bold(Cell::new(text), row.kind == RowKind::Total)));
    }
    for (column, (width, of)) in grid.column_iter_mut().zip(widths.iter().zip(&table.columns)) {
        column.set_padding((0, 1));
        column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(u16::try_from(*width + 1).unwrap_or(u16::MAX))));
        column.set_cell_alignment(match of.align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
            Align::Centre => CellAlignment::Center,
        });
    }
    Some(grid.lines().map(|line| format!("{}\n", line.trim_end())).collect())
}

/// One line a value, rows apart by an empty line.
fn records(table: &Table, words: &Words, setting: &Setting) -> String {
    let mut out = String::new();
    for row in &table.rows {
        for (at, column) in table.columns.iter().enumerate() {
            let line = format!("{}: {}", on_one_line(column), shown(row, at, column, words));
            lines(&mut out, &line, setting, false);
        }
        out.push('\n');
    }
    out
}

/// Widths of the columns without padding: natural ones where they fit, else "no data" among numbers
/// gives way first, then the widest words. The
/// padding of the last column takes room too, and so does the gap that stands for a line between columns.
fn fitted(table: &Table, words: &Words, width: usize) -> Option<Vec<usize>> {
    let texts = texts(table, words);
    let mut widths = Vec::new();
    let mut least = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let cells = texts.iter().map(|row| row[at].as_str());
        let head = heading(column, words);
        let heads = head.split(['\n', ' ']).map(display_width).max().unwrap_or(0);
        let longest_word = cells.clone().flat_map(|text| text.split(' ')).map(display_width).max().unwrap_or(0);
        let body = cells.clone().map(display_width).max().unwrap_or(0);
        let natural = head.lines().map(display_width).max().unwrap_or(0).min(heads.max(14)).max(body).max(1);
        let needed = match column.align {
            Align::Left => longest_word.min(16).max(heads.min(10)),
            // A number is never broken; only the words that stand for a missing one are.
            Align::Right | Align::Centre => {
                let numbers = cells.filter(|text| text.bytes().any(|b| b.is_ascii_digit())).map(display_width).max().unwrap_or(0);
                numbers.max(heads).max(longest_word)
            }
        };
        widths.push(natural);
        least.push(needed.clamp(1, natural));
    }
    let room = (width + 1).checked_sub(2 * widths.len())?;
    if least.iter().sum::<usize>() > room {
        return None;
    }
    while widths.iter().sum::<usize>() > room {
        let widest = (0..widths.len())
            .filter(|&at| widths[at] > least[at])
            .max_by_key(|&at| (table.columns[at].align == Align::Right, widths[at], at))?;
        widths[widest] -= 1;
    }
    Some(widths)
}

/// What the cells say, row by row.
fn texts(table: &Table, words: &Words) -> Vec<Vec<String>> {
    let row = |row| table.columns.iter().enumerate().map(|(at, column)| shown(row, at, column, words)).collect();
    table.rows.iter().map(row).collect()
}

/// The heading on a screen: the short one where there is one, unless a group stands above that already says half of it.
fn heading(column: &Column, words: &Words) -> String {
    match &column.group {
        Some(group) => format!("{group}\n{}", column.heading),
        None => words.screen(column.key).unwrap_or(&column.heading).to_owned(),
    }
}

fn shown(row: &Row, at: usize, column: &Column, words: &Words) -> String {
    let datum = row.cells.get(at).unwrap_or(&Datum::Missing);
    if let Datum::Text(text) = datum { plain(text) } else { words.cell(datum, column.align) }
}

/// Wrapped lines of a sentence.
fn lines(out: &mut String, text: &str, setting: &Setting, bold: bool) {
    let width = usize::from(setting.width.max(1));
    for line in wrapped(&plain(text), width) {
        if bold && setting.colour {
            let _ = writeln!(out, "\u{1b}[1m{line}\u{1b}[0m");
        } else {
            let _ = writeln!(out, "{line}");
        }
    }
}

/// Breaks at spaces, and inside words that are longer than the line.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let gap = usize::from(used > 0);
            let size = display_width(&word);
            if used + gap + size > width && used > 0 {
                lines.push(String::new());
                used = 0;
                continue;
            }
            let rest = if size > width { word.split_off(cut(&word, width)) } else { String::new() };
            if let Some(line) = lines.last_mut() {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(&word);
            }
            used += gap + display_width(&word);
            if rest.is_empty() {
                break;
            }
            word = rest;
        }
    }
    lines
}

/// The byte at which `width` columns of a text end, at least one character on.
pub(super) fn cut(text: &str, width: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += usize::from(!is_combining_mark(c));
        if used > width.max(1) {
            return at;
        }
    }
    text.len()
}

/// Columns that a text takes on a terminal; all our letters take one, marks take none.
pub(super) fn display_width(text: &str) -> usize {
    text.chars().filter(|c| !is_combining_mark(*c)).count()
}

/// Text without control characters, composed, with identity numbers masked.
pub(super) fn plain(text: &str) -> String {
    masked(&text.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>())
}

/// Runs of nine digits or more as `066******101`: citizen numbers, old identity cards, and numbers that lost a digit.
/// Single spaces between groups of three digits do not protect a number.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = number_length(rest);
        let digits: String = rest[..length].chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= 9 {
            let _ = write!(out, "{}{}{}", &digits[..3], "*".repeat(digits.len() - 6), &digits[digits.len() - 3..]);
        } else {
            out.push_str(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// How many bytes the number at the front of a text takes.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    while length % 4 == 3 && text[length..].starts_with(' ') && digits(&text[length + 1..]) == 3 {
        length += 4;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use crate::report::wording::Lang;
    use proptest::prelude::*;

    fn at(width: u16) -> Setting {
        Setting { width, ..Setting::new(Lang::Vi) }
    }

    #[test]
    fn rates_on_a_wide_terminal() {
        insta::assert_snapshot!(render(&samples::rates(), &at(100)));
    }

    #[test]
    fn rates_on_a_narrow_terminal() {
        insta::assert_snapshot!(render(&samples::rates(), &at(60)));
    }

    #[test]
    fn what_fits_nowhere_side_by_side_is_one_line_a_value() {
        insta::assert_snapshot!(render(&samples::everything(), &at(30)));
    }

    #[test]
    fn nothing_is_wider_than_the_window() {
        for width in 20..200 {
            for report in [samples::year(), samples::everything()] {
                for line in render(&report, &at(width)).lines() {
                    assert!(display_width(line) <= usize::from(width), "{width}: {line}");
                }
            }
        }
    }

    /// A table with more columns than a small window holds: those of persons stand aside.
    fn crowded() -> (Report, Vec<String>) {
        let names = ["Số hộ", "Số nhân khẩu", "Hộ nghèo", "Nhân khẩu nghèo", "Hộ cận nghèo", "Nhân khẩu cận nghèo"];
        let mut columns = vec![Column::new("commune", "Xã, thị trấn")];
        columns.extend(names.iter().map(|name| Column::new("count", *name).number()));
        for at in [2, 4, 6] {
            columns[at] = columns[at].clone().aside();
        }
        let mut table = Table::new("rates", "", columns);
        let counts = (1..7).map(|at| Datum::Count(at * 11_111));
        table.rows.push(Row::body(std::iter::once(Datum::Text("Xã Buôn Tría".into())).chain(counts).collect()));
        let mut report = samples::rates();
        report.tables = vec![table];
        (report, names.map(str::to_owned).to_vec())
    }

    #[test]
    fn a_window_without_room_leaves_out_what_stands_aside_and_names_it() {
        let (report, names) = crowded();
        let mut left_out = Vec::new();
        for width in (34..140).rev() {
            let out = render(&report, &at(width));
            let flat = out.replace('\n', " ");
            let note = flat.split("cột: ").nth(1).unwrap_or_default();
            for (at, name) in names.iter().enumerate() {
                let number = format!("{}.{}", (at + 1) * 11, (at + 1) * 111);
                let aside = at % 2 == 1;
                assert_eq!(note.contains(name.as_str()), !out.contains(&number), "{width} {name}: {out}");
                assert!(aside || out.contains(&number), "{width} {name}: {out}");
            }
            left_out.push(names.iter().filter(|name| note.contains(name.as_str())).count());
        }
        assert!(left_out.is_sorted(), "a narrower window never shows more: {left_out:?}");
        assert_eq!((left_out.first(), left_out.last()), (Some(&0), Some(&3)));
    }

    #[test]
    fn columns_that_say_nothing_are_the_first_to_go() {
        let (mut report, names) = crowded();
        report.tables[0].rows[0].cells[3] = Datum::Missing;
        let out = (34..140).rev().map(|width| render(&report, &at(width)).replace('\n', " "));
        let first = out.into_iter().find(|out| out.contains("cột: ")).unwrap();
        let note = first.split("cột: ").nth(1).unwrap();
        assert!(note.starts_with(names[2].as_str()), "{first}");
        assert_eq!(names.iter().filter(|name| note.contains(name.as_str())).count(), 1, "{first}");
    }

    #[test]
    fn colours_are_there_when_asked_for_and_only_then() {
        assert!(!render(&samples::rates(), &at(100)).contains('\u{1b}'));
        let coloured = Setting { colour: true, ..at(100) };
        assert!(render(&samples::rates(), &coloured).contains('\u{1b}'));
    }

    #[test]
    fn identity_numbers_are_masked_wherever_they_stand() {
        assert_eq!(masked("số 066169609101, 19284 hộ"), "số 066******101, 19284 hộ");
        assert_eq!(masked("066 169 609 101"), "066******101");
        assert_eq!(masked("240123456"), "240***456");
        assert_eq!(masked("31/12/2022 12345678"), "31/12/2022 12345678");
        assert!(!render(&samples::year(), &at(120)).contains("069609"));
    }

    #[test]
    fn a_file_cannot_send_commands_to_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{7}\nc"), "a [31mb  c");
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_letter(text in "[a-zà-ỹ ]{0,80}", width in 1usize..30) {
            let together = |text: &str| text.split_whitespace().collect::<String>();
            let wrapped = wrapped(&text, width);
            prop_assert!(wrapped.iter().all(|line| display_width(line) <= width));
            prop_assert_eq!(together(&wrapped.concat()), together(&text));
        }
    }
}
