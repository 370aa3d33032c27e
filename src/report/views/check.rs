//! Sheets, columns and issues as tables. What the reader found comes in as plain rows, because reading and reporting do
//! not know each other.

use std::collections::BTreeMap;

use super::heading;
use crate::domain::issue::{Code, Issue, Severity};
use crate::report::json::check::{Sheet, SkippedRow};
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};
use crate::report::wording::Words;

/// How many cells of a code the screen shows.
const FIRST_CELLS: usize = 3;
/// How many letters of a skipped row the screen shows.
const FIRST_LETTERS: usize = 60;

/// What each sheet is and what became of its rows.
#[must_use]
pub fn sheets(sheets: &[Sheet], words: &Words) -> Table {
    let columns = vec![
        Column::new("file", heading(words, "file")).wide(30),
        Column::new("sheet", heading(words, "sheet")).wide(20),
        Column::new("kind", heading(words, "kind")),
        Column::new("year", heading(words, "year")).centred(),
        Column::new("read", heading(words, "read")).number(),
        Column::new("used", heading(words, "used")).number(),
        Column::new("rejected", heading(words, "rejected")).number(),
        Column::new("skipped", heading(words, "skipped")).number(),
        Column::new("note", heading(words, "note")),
    ];
    let mut table = Table::new("sheets", words.say("title", "sheets"), columns);
    for sheet in sheets {
        table.rows.push(Row::body(vec![
            Datum::text(&*sheet.file),
            Datum::text(&*sheet.sheet),
            Datum::maybe_text(sheet.kind.as_ref().map(|kind| words.say("kind", kind).to_owned())),
            Datum::maybe_text(sheet.year.map(|year| year.to_string())),
            Datum::count(Some(sheet.read)),
            Datum::count(Some(sheet.used)),
            Datum::count(Some(sheet.rejected)),
            Datum::count(Some(sheet.skipped)),
            Datum::maybe_text(note(sheet, words)),
        ]));
    }
    table
}

/// Why nothing of a sheet is used, or what its title tells of all its rows.
fn note(sheet: &Sheet, words: &Words) -> Option<String> {
    let Some(told) = &sheet.told else { return sheet.why.as_ref().map(|why| words.say("skipped", why).to_owned()) };
    let became = match (told.needed, told.received) {
        (_, Some(true)) => Some("received"),
        (_, Some(false)) => Some("left_out"),
        (Some(_), None) => Some("needed"),
        (None, None) => None,
    };
    let became = became.map(|key| words.say("told", key).to_owned());
    let what: Vec<String> = told.support.iter().cloned().chain(became).collect();
    Some(words.fill_in("note", "by_title", &[("what", &what.join(", "))]))
}

/// Which column was understood as which field.
#[must_use]
pub fn columns(sheets: &[Sheet], words: &Words) -> Table {
    let columns = vec![
        Column::new("file", heading(words, "file")).wide(30),
        Column::new("sheet", heading(words, "sheet")).wide(20),
        Column::new("column", heading(words, "column")).centred(),
        Column::new("heading", heading(words, "heading")).wide(30),
        Column::new("field", heading(words, "field")),
    ];
    let mut table = Table::new("columns", words.say("title", "columns"), columns);
    for sheet in sheets {
        table.rows.extend(sheet.columns.iter().map(|column| {
            Row::body(vec![
                Datum::text(&*sheet.file),
                Datum::text(&*sheet.sheet),
                Datum::text(&*column.column),
                Datum::text(&*column.heading),
                // The key is what [columns] of the programme file is written with.
                Datum::maybe_text(column.field.as_ref().map(|field| format!("{} ({field})", words.field(field)))),
            ])
        }));
    }
    table
}

/// Which rows are skipped, and what each was taken for. In brief, rows in a line that were taken for the same are one, with
/// the beginning of the first.
#[must_use]
pub fn skipped_rows(sheets: &[Sheet], brief: bool, words: &Words) -> Table {
    let columns = vec![
        Column::new("file", heading(words, "file")).wide(30),
        Column::new("sheet", heading(words, "sheet")).wide(20),
        Column::new("row", heading(words, "row")).centred(),
        Column::new("taken_for", heading(words, "taken_for")),
        // A row that is taken for something else than it is may be a person.
        Column::new("text", heading(words, "row_text")).telling(Sensitivity::Private).wide(60),
    ];
    let mut table = Table::new("skipped_rows", words.say("title", "skipped_rows"), columns);
    table.persons = true;
    let end = |row: &SkippedRow| u64::from(row.row) + row.rows - 1;
    for sheet in sheets {
        let runs = sheet
            .skipped_rows
            .chunk_by(|one, next| brief && one.taken_for == next.taken_for && end(one) + 1 == u64::from(next.row));
        for run in runs {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let (from, to) = (u64::from(first.row), end(last));
            table.rows.push(Row::body(vec![
                Datum::text(&*sheet.file),
                Datum::text(&*sheet.sheet),
                Datum::text(if from == to { from.to_string() } else { format!("{from}\u{2013}{to}") }),
                Datum::text(words.say("taken_for", &first.taken_for)),
                Datum::text(if brief { beginning(&first.text) } else { first.text.clone() }),
            ]));
        }
    }
    table
}

/// The beginning of a text, as long as a screen has room for.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(FIRST_LETTERS) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}

/// Every issue, in their order.
#[must_use]
pub fn issues(issues: &[Issue], words: &Words) -> Table {
    let columns = vec![
        Column::new("severity", heading(words, "severity")),
        Column::new("code", heading(words, "code")).wide(18),
        Column::new("file", heading(words, "file")).wide(30),
        Column::new("sheet", heading(words, "sheet")).wide(18),
        Column::new("cell", heading(words, "cell_ref")).centred(),
        Column::new("found", heading(words, "found")).telling(Sensitivity::Private).wide(24),
        // What was expected may name the number that a cell should hold.
        Column::new("expected", heading(words, "expected")).telling(Sensitivity::Private).wide(36),
        Column::new("fix", heading(words, "fix")).telling(Sensitivity::Private).wide(40),
        Column::new("count", heading(words, "count")).number(),
    ];
    let mut table = Table::new("issues", words.say("title", "issues"), columns);
    table.persons = true;
    table.rows = issues
        .iter()
        .map(|issue| {
            Row::body(vec![
                Datum::text(words.severity(issue.severity)),
                Datum::text(issue.code.word()),
                Datum::text(&*issue.file),
                Datum::maybe_text(issue.sheet.as_deref()),
                Datum::maybe_text(issue.cell.map(|cell| cell.to_string())),
                Datum::text(words.issue_found(issue)),
                Datum::text(words.issue_expected(issue)),
                Datum::text(words.issue_fix(issue)),
                Datum::count(Some(issue.count)),
            ])
        })
        .collect();
    table
}

/// The issues for a screen: one row for each code, errors first, with the first cells and how to mend them. Of headings there is one
/// for each field: who adds one column has not added the other.
#[must_use]
pub fn grouped(issues: &[Issue], words: &Words) -> Table {
    let columns = vec![
        Column::new("severity", heading(words, "severity")),
        Column::new("title", heading(words, "title")).wide(24),
        Column::new("count", heading(words, "count")).number(),
        Column::new("cell", heading(words, "first_cells")).wide(30),
        Column::new("found", heading(words, "found")).telling(Sensitivity::Private),
        Column::new("fix", heading(words, "fix")).telling(Sensitivity::Private).wide(30),
    ];
    let mut table = Table::new("issues", words.say("title", "issues"), columns);
    let mut by_code: BTreeMap<(Severity, Code, Option<&str>), Vec<&Issue>> = BTreeMap::new();
    for issue in issues {
        let field = issue.field.filter(|_| matches!(issue.code, Code::HeadingMissing | Code::HeadingDoubled));
        by_code.entry((issue.severity, issue.code, field)).or_default().push(issue);
    }
    for ((severity, code, _), issues) in by_code {
        let count: u64 = issues.iter().map(|issue| issue.count).sum();
        let mut cells: Vec<String> = issues.iter().take(FIRST_CELLS).map(|issue| place(issue)).collect();
        if issues.len() > FIRST_CELLS {
            cells.push("…".to_owned());
        }
        table.rows.push(Row::body(vec![
            Datum::text(words.severity(severity)),
            Datum::text(words.issue_title(code)),
            Datum::count(Some(count)),
            Datum::text(cells.join("\n")),
            Datum::maybe_text(issues.first().map(|issue| words.issue_found(issue).to_owned())),
            Datum::maybe_text(issues.first().map(|issue| words.issue_fix(issue))),
        ]));
    }
    table
}

/// File, sheet and cell of an issue, as short as they can be said: `xa-a.xlsx [Biểu 01] G50`.
#[must_use]
pub fn place(issue: &Issue) -> String {
    let file = issue.file.rsplit('/').next().unwrap_or(&issue.file);
    let sheet = issue.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
    let cell = issue.cell.map(|cell| format!(" {cell}")).unwrap_or_default();
    format!("{file}{sheet}{cell}")
}
