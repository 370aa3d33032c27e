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
        out.push_str(&grid(table, words, setting).unwrap_or_else(|| records(table, words, setting)));
        for note in words.notes(table) {
            lines(&mut out, &note, setting, false);
        }
        for chart in &table.charts {
            out.push_str(&bars::draw(chart, table, words, setting));
        }
    }
    out
}

/// The table side by side; `None` when its columns cannot be made narrow enough.
fn grid(table: &Table, words: &Words, setting: &Setting) -> Option<String> {
    let texts: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| table.columns.iter().enumerate().map(|(at, column)| shown(row, at, column, words)).collect())
        .collect();
    let widths = fitted(table, &texts, usize::from(setting.width))?;
    let mut grid = comfy_table::Table::new();
    let style = UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()).header_separator(LineStyle::none().fill('─').junction('─'));
    grid.load_style(style).set_content_arrangement(ContentArrangement::Dynamic).set_width(setting.width);
    if setting.colour {
        grid.enforce_styling();
    } else {
        grid.force_no_tty();
    }
    let bold = |cell: Cell, bold: bool| if bold && setting.colour { cell.add_attribute(Attribute::Bold) } else { cell };
    grid.set_header(table.columns.iter().map(|column| bold(Cell::new(heading(column)), true)));
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
            let group = column.group.as_ref().map(|group| format!("{group}, ")).unwrap_or_default();
            lines(&mut out, &format!("{group}{}: {}", column.heading, shown(row, at, column, words)), setting, false);
        }
        out.push('\n');
    }
    out
}

/// Widths of the columns without padding: natural ones where they fit, else "no data" among numbers
/// gives way first, then the widest words. The
/// padding of the last column takes room too, and so does the gap that stands for a line between columns.
fn fitted(table: &Table, texts: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let mut widths = Vec::new();
    let mut least = Vec::new();
    for (at, column) in table.columns.iter().enumerate() {
        let cells = texts.iter().map(|row| row[at].as_str());
        let head = heading(column);
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

fn heading(column: &Column) -> String {
    column.group.as_ref().map_or_else(|| column.heading.clone(), |group| format!("{group}\n{}", column.heading))
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
