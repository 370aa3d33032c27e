//! The first sheet of a copy: every issue of the workbook, with a link to its cell.

use std::fmt::Write;

use super::styles::{ListLooks, which};
use super::xml::escaped;
use crate::domain::issue::{Hint, Issue, Severity};
use crate::domain::source::{CellRef, column_letters};
use crate::report::wording::Words;

/// Widths of the columns in characters.
pub(super) const WIDTHS: [u8; 8] = [6, 12, 20, 10, 30, 28, 42, 48];

/// What the list says, in rows of texts.
pub(super) struct List {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    pub(super) headings: [String; 8],
    pub(super) rows: Vec<ListRow>,
}

/// One issue.
pub(super) struct ListRow {
    pub(super) severity: Severity,
    pub(super) texts: [String; 8],
    /// Where the link in the column of cells leads.
    pub(super) target: Option<(String, CellRef)>,
}

impl ListRow {
    /// How many lines the longest text takes in its column.
    pub(super) fn lines(&self) -> usize {
        let lines = |(text, width): (&String, &u8)| text.chars().count() / usize::from(*width) + 1;
        self.texts.iter().zip(&WIDTHS).map(lines).max().unwrap_or(1)
    }
}

impl List {
    pub(super) fn new(file: &str, issues: &[&Issue], also: &[String], words: &Words) -> Self {
        let heading = |key: &'static str| words.say("column", key).to_owned();
        let errors = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
        let count = |number: usize| words.count(i64::try_from(number).unwrap_or(i64::MAX));
        let mut lines = vec![words.fill_in(
            "note",
            "marked_counts",
            &[("errors", &count(errors)), ("warnings", &count(issues.len() - errors))],
        )];
        if issues.is_empty() {
            lines = vec![words.say("note", "no_issues").to_owned()];
        } else {
            lines.push(words.say("note", "marked_how").to_owned());
        }
        lines.extend_from_slice(also);
        let rows = issues.iter().enumerate().map(|(index, issue)| ListRow {
            severity: issue.severity,
            texts: [
                (index + 1).to_string(),
                words.severity(issue.severity).to_owned(),
                issue.sheet.as_deref().unwrap_or_default().to_owned(),
                issue.cell.map(|cell| cell.to_string()).unwrap_or_default(),
                title(issue, words),
                words.issue_found(issue).to_owned(),
                words.issue_expected(issue),
                fix(issue, words),
            ],
            target: issue.sheet.as_ref().zip(issue.cell).map(|(sheet, cell)| (sheet.to_string(), cell)),
        });
        Self {
            title: words.fill_in("title", "marked", &[("file", file)]),
            lines,
            headings: [
                heading("number"),
                heading("severity"),
                heading("sheet"),
                heading("cell_ref"),
                heading("title"),
                heading("found"),
                heading("expected"),
                heading("fix"),
            ],
            rows: rows.collect(),
        }
    }

    /// The row of the headings, from zero.
    pub(super) fn heading_row(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(0) + 2
    }

    /// The list as a sheet of its own.
    pub(super) fn xml(&self, looks: &ListLooks, strict: bool) -> String {
        let space = if strict {
            "http://purl.oclc.org/ooxml/spreadsheetml/main"
        } else {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        };
        let top = self.heading_row() + 1;
        let mut out = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{space}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"><pane ySplit=\"{top}\" topLeftCell=\"A{}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>",
            top + 1
        );
        for (index, width) in WIDTHS.iter().enumerate() {
            let _ = write!(out, "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>", n = index + 1);
        }
        out.push_str("</cols><sheetData>");
        row(&mut out, 0, [(looks.title, self.title.as_str())].into_iter());
        for (index, line) in (1_u32..).zip(&self.lines) {
            row(&mut out, index, [(looks.line, line.as_str())].into_iter());
        }
        row(&mut out, self.heading_row(), self.headings.iter().map(|text| (looks.heading, text.as_str())));
        let mut links = String::new();
        for (index, issue) in (top..).zip(&self.rows) {
            let look = |col: usize| match (col, &issue.target) {
                (1, _) => looks.marked[which(issue.severity)],
                (3, Some(_)) => looks.link,
                _ => looks.text,
            };
            row_of(&mut out, index, issue.lines(), issue.texts.iter().enumerate().map(|(col, text)| (look(col), text.as_str())));
            if let Some((sheet, cell)) = &issue.target {
                let place = escaped(&format!("'{}'!{cell}", sheet.replace('\'', "''")));
                let _ = write!(links, "<hyperlink ref=\"D{}\" location=\"{place}\" display=\"{cell}\"/>", index + 1);
            }
        }
        out.push_str("</sheetData>");
        if !self.rows.is_empty() {
            let end = top as usize + self.rows.len();
            let _ = write!(out, "<autoFilter ref=\"A{top}:H{end}\"/>");
        }
        if !links.is_empty() {
            let _ = write!(out, "<hyperlinks>{links}</hyperlinks>");
        }
        out.push_str("<pageMargins left=\"0.59\" right=\"0.59\" top=\"0.79\" bottom=\"0.79\" header=\"0.39\" footer=\"0.39\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
        out
    }
}

/// How to mend an issue. The copy goes back to who sent the workbook: another file is named without the folders of the office.
fn fix(issue: &Issue, words: &Words) -> String {
    match &issue.hint {
        Hint::Row { file, sheet, cell } if *file != issue.file => {
            let last = file.rsplit('/').next().unwrap_or(file);
            let hint = Hint::Row { file: last.into(), sheet: sheet.clone(), cell: *cell };
            words.issue_fix(&Issue { hint, ..issue.clone() })
        }
        Hint::Row { .. }
        | Hint::None
        | Hint::Nearest(_)
        | Hint::Value(_)
        | Hint::Other(_)
        | Hint::Class(_)
        | Hint::Birth(_)
        | Hint::Day(_)
        | Hint::Fault(_) => words.issue_fix(issue),
    }
}

/// What is wrong, and in how many cells.
fn title(issue: &Issue, words: &Words) -> String {
    let title = words.issue_title(issue.code);
    if issue.count > 1 {
        let count = words.count(i64::try_from(issue.count).unwrap_or(i64::MAX));
        format!("{title} {}", words.fill_in("note", "marked_more", &[("count", &count)]))
    } else {
        title.to_owned()
    }
}

fn row<'a>(out: &mut String, row: u32, cells: impl Iterator<Item = (usize, &'a str)>) {
    row_of(out, row, 1, cells);
}

/// A row that is so many lines high.
fn row_of<'a>(out: &mut String, row: u32, lines: usize, cells: impl Iterator<Item = (usize, &'a str)>) {
    let _ = write!(out, "<row r=\"{}\" ht=\"{}\" customHeight=\"1\">", row + 1, lines * 16 + 3);
    for (col, (look, text)) in (0_u32..).zip(cells) {
        let place = format!("{}{}", column_letters(col), row + 1);
        if col == 0 && text.parse::<u32>().is_ok() {
            let _ = write!(out, "<c r=\"{place}\" s=\"{look}\"><v>{text}</v></c>");
        } else {
            let _ = write!(
                out,
                "<c r=\"{place}\" s=\"{look}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(text)
            );
        }
    }
    out.push_str("</row>");
}

/// The note on a cell: each of its issues with what was expected and how to mend it.
pub(super) fn note(issue: &Issue, words: &Words) -> String {
    format!("{}: {}\n{}\n{}", words.severity(issue.severity), title(issue, words), words.issue_expected(issue), fix(issue, words))
}
