//! One sheet of the copy: marked cells get another look, cells that are blank and marked come into being, and nothing else
//! changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Refused;
use super::package::relations_namespace;
use super::styles::Styles;
use super::xml::{Kind, Patches, Tag, prefix, walk};
use crate::domain::issue::Severity;
use crate::domain::source::CellRef;

/// Elements of a sheet that come after the reference to its notes.
const LATER: [&str; 9] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
];

/// What is done to a sheet.
pub(super) struct Change<'a> {
    /// The cells to mark.
    pub(super) marks: &'a BTreeMap<CellRef, Severity>,
    /// The id of the reference to the drawing of the notes, where the sheet has none yet.
    pub(super) notes: Option<&'a str>,
    /// Whether the workbook is of the strict kind.
    pub(super) strict: bool,
}

/// Where the walk over a sheet stands.
struct Walk<'a> {
    /// Marks that are not set yet.
    left: BTreeMap<CellRef, Severity>,
    styles: &'a mut Styles,
    patches: Patches,
    prefix: String,
    /// Looks of whole columns: first, last, look.
    columns: Vec<(u32, u32, usize)>,
    /// The row that the walk is in, or was in last, counted from one; zero before the first.
    row: u32,
    row_look: Option<usize>,
    /// The column after the last cell.
    next_col: u32,
}

/// The sheet with its marks.
pub(super) fn changed(xml: &str, change: &Change<'_>, styles: &mut Styles) -> Result<String, Refused> {
    let mut walker = Walk {
        left: change.marks.clone(),
        styles,
        patches: Patches::default(),
        prefix: prefix(xml),
        columns: Vec::new(),
        row: 0,
        row_look: None,
        next_col: 0,
    };
    let marked: BTreeSet<u32> = change.marks.keys().map(|cell| cell.row + 1).collect();
    let mut notes = change.notes;
    walk(xml, &mut |tag| {
        match tag.local.as_str() {
            // Two selected sheets would be a group, and what is typed into one would go into both.
            "sheetView" if tag.kind != Kind::Close && tag.get("tabSelected").is_some() => {
                walker.patches.replace(tag.at.clone(), tag.with(&[("tabSelected", None)]));
            }
            "col" if tag.kind != Kind::Close => walker.column(tag),
            "row" if tag.depth == 2 => walker.row(tag, &marked),
            "c" if tag.depth == 3 && tag.kind != Kind::Close => walker.cell(tag),
            "sheetData" if tag.depth == 1 && tag.kind != Kind::Open => walker.end(tag),
            _ => {}
        }
        let end = tag.depth == 0 && tag.kind == Kind::Close;
        let later = tag.depth == 1 && tag.kind != Kind::Close && LATER.contains(&tag.local.as_str());
        if let Some(id) = notes.filter(|_| end || later) {
            let name = format!("{}legacyDrawing", walker.prefix);
            let space = relations_namespace(change.strict);
            walker.patches.insert(tag.at.start, format!("<{name} xmlns:r=\"{space}\" r:id=\"{id}\"/>"));
            notes = None;
        }
        Ok(())
    })?;
    if walker.left.is_empty() { Ok(walker.patches.apply(xml)) } else { Err(Refused("the sheet has no cells".to_owned())) }
}

impl Walk<'_> {
    fn column(&mut self, tag: &Tag<'_>) {
        let number = |name: &str| tag.get(name).and_then(|text| text.parse::<u32>().ok());
        if let (Some(first), Some(last), Some(look)) = (number("min"), number("max"), number("style")) {
            self.columns.push((first, last, usize::try_from(look).unwrap_or(0)));
        }
    }

    fn row(&mut self, tag: &Tag<'_>, marked: &BTreeSet<u32>) {
        if tag.kind == Kind::Close {
            let cells = self.cells_before(u32::MAX);
            self.patches.insert(tag.at.start, cells);
            return;
        }
        let row = tag.get("r").and_then(|text| text.parse().ok()).unwrap_or(self.row + 1);
        let rows = self.rows_before(row);
        self.patches.insert(tag.at.start, rows);
        self.row = row;
        self.next_col = 0;
        let look = tag.get("s").filter(|_| tag.get("customFormat").is_some_and(|yes| yes == "1" || yes == "true"));
        self.row_look = look.and_then(|look| look.parse().ok());
        if !marked.contains(&row) {
            return;
        }
        // A row that grows may outgrow what it says of its width.
        if tag.kind == Kind::Empty {
            let cells = self.cells_before(u32::MAX);
            self.patches.replace(tag.at.clone(), format!("{}{cells}</{}>", tag.opened(&[("spans", None)]), tag.name()));
        } else {
            self.patches.replace(tag.at.clone(), tag.with(&[("spans", None)]));
        }
    }

    fn cell(&mut self, tag: &Tag<'_>) {
        if self.left.is_empty() {
            return;
        }
        let col = tag.get("r").and_then(|text| CellRef::parse(&text)).map_or(self.next_col, |cell| cell.col);
        self.next_col = col + 1;
        let cells = self.cells_before(col);
        if !cells.is_empty() {
            self.patches.insert(tag.at.start, cells);
        }
        let Some(row) = self.row.checked_sub(1) else { return };
        if let Some(severity) = self.left.remove(&CellRef::new(row, col)) {
            let look = tag.get("s").and_then(|text| text.parse().ok()).unwrap_or(0);
            let look = self.styles.marked(look, severity).to_string();
            self.patches.replace(tag.at.clone(), tag.with(&[("s", Some(&look))]));
        }
    }

    fn end(&mut self, tag: &Tag<'_>) {
        let rows = self.rows_before(u32::MAX);
        if tag.kind == Kind::Empty {
            self.patches.replace(tag.at.clone(), format!("{}{rows}</{}>", tag.opened(&[]), tag.name()));
        } else {
            self.patches.insert(tag.at.start, rows);
        }
    }

    /// The marked cells of the present row that are blank, left of a column.
    fn cells_before(&mut self, col: u32) -> String {
        let Some(row) = self.row.checked_sub(1) else { return String::new() };
        let (first, last) = (CellRef::new(row, 0), CellRef::new(row, col));
        let cells: Vec<(CellRef, Severity)> = self.left.range(first..last).map(|(cell, severity)| (*cell, *severity)).collect();
        let mut out = String::new();
        for (cell, severity) in cells {
            self.left.remove(&cell);
            let of_column =
                || self.columns.iter().find(|(from, to, _)| (*from..=*to).contains(&(cell.col + 1))).map(|known| known.2);
            let look = self.row_look.or_else(of_column).unwrap_or(0);
            let look = self.styles.marked(look, severity);
            let _ = write!(out, "<{}c r=\"{cell}\" s=\"{look}\"/>", self.prefix);
        }
        out
    }

    /// The rows that have nothing but marked blank cells, above a row.
    fn rows_before(&mut self, row: u32) -> String {
        let above: BTreeSet<u32> =
            self.left.keys().map(|cell| cell.row + 1).filter(|known| *known < row && *known > self.row).collect();
        let mut out = String::new();
        for known in above {
            self.row = known;
            self.row_look = None;
            let cells = self.cells_before(u32::MAX);
            let _ = write!(out, "<{p}row r=\"{known}\">{cells}</{p}row>", p = self.prefix);
        }
        out
    }
}
