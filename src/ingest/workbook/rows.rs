//! Where every reader puts its cells: one row at a time, checked against the grid and the limits, handed on sorted.

use super::blocks::Glance;
use super::cell::{Cell, CellRef, Merge, Row, Script, Value};
use super::cut;
use super::error::{ReadError, ReadNote};
use super::limits::{FAR_COLUMN, FAR_ROWS, LONG_TEXT, Limits, MAX_COLUMNS, MAX_NOTES, MAX_ROWS};
use super::lines::Fields;
use super::raw::{RawRow, Scout, Stored, StoredCell, TakeRows};
use super::strings::{Strings, is_blank, push_nfc};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What was found of a sheet besides its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetEnd {
    /// Rows delivered.
    pub rows: u64,
    /// Cells delivered.
    pub cells: u64,
    /// Oddities, in reading order, the first thousand.
    pub notes: Vec<ReadNote>,
    /// Oddities beyond those.
    pub notes_left_out: u64,
    /// Merged cells, sorted (all formats but xlsb and text with separators tell them).
    pub merges: Vec<Merge>,
}

/// What takes the rows.
pub(super) type RowSink<'s> = &'s mut dyn TakeRows;

/// A value as a reader pushes it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Raw<'a> {
    /// Text not yet in NFC.
    Text(&'a str),
    /// A shared text by its index.
    Shared(u32),
    Number(f64),
    Date {
        serial: f64,
        is_1904: bool,
    },
    DateText(&'a str),
    Bool(bool),
    Error(&'a str),
    MissingCache,
}

/// Collects cells into rows and hands them on.
pub(super) struct Rows<'s> {
    sink: RowSink<'s>,
    strings: &'s Strings,
    max_cells: u64,
    max_rows: u32,
    seen_cells: u64,
    row: Option<u32>,
    last_row: Option<u32>,
    last_cell: Option<CellRef>,
    sorted: bool,
    cells: Vec<StoredCell>,
    text: String,
    hidden: Apart,
    struck: Apart,
    end: SheetEnd,
}

/// Rows that are hidden, or in which something is struck out.
#[derive(Default)]
struct Apart {
    first: Option<CellRef>,
    last_row: u32,
    rows: u64,
}

impl Apart {
    fn note(&mut self, at: CellRef) {
        if self.first.is_none() || self.last_row != at.row {
            self.rows = self.rows.saturating_add(1);
        }
        self.first.get_or_insert(at);
        self.last_row = at.row;
    }
}

impl<'s> Rows<'s> {
    pub(super) fn new(sink: RowSink<'s>, strings: &'s Strings, limits: &Limits) -> Self {
        Self {
            sink,
            strings,
            max_cells: limits.cells,
            max_rows: MAX_ROWS,
            seen_cells: 0,
            row: None,
            last_row: None,
            last_cell: None,
            sorted: true,
            cells: Vec::new(),
            text: String::new(),
            hidden: Apart::default(),
            struck: Apart::default(),
            end: SheetEnd::default(),
        }
    }

    /// For delimited text, which no grid bounds and of which a window is in memory at a time.
    pub(super) fn of_text(self) -> Self {
        Self { max_cells: u64::MAX, max_rows: u32::MAX, ..self }
    }

    /// Keeps a note, or counts it once there are very many.
    pub(super) fn note(&mut self, note: ReadNote) {
        if self.end.notes.len() < MAX_NOTES {
            self.end.notes.push(note);
        } else {
            self.end.notes_left_out = self.end.notes_left_out.saturating_add(1);
        }
    }

    /// A value that could not be read, whose place is known or not.
    pub(super) fn unreadable(&mut self, cell: Option<CellRef>, found: &str) {
        let after = self.last_cell;
        self.note(ReadNote::Unreadable { cell, after, found: shorten(found) });
    }

    /// A reference that is no cell.
    pub(super) fn outside(&mut self, reference: &str) {
        let after = self.last_cell;
        self.note(ReadNote::OutsideGrid { reference: shorten(reference), after });
    }

    /// A cell with a value that is hidden or struck out.
    pub(super) fn out_of_sight(&mut self, at: CellRef, hidden: bool, struck: bool) {
        let kinds = [(hidden, &mut self.hidden), (struck, &mut self.struck)];
        kinds.into_iter().filter(|(holds, _)| *holds).for_each(|(_, apart)| apart.note(at));
    }

    /// Merged cells of the sheet.
    pub(super) fn merge(&mut self, merge: Merge) {
        self.end.merges.push(merge);
    }

    /// Counts a cell of the file, blank or not, against the limit.
    pub(super) fn count(&mut self) -> Result<(), ReadError> {
        self.seen_cells = self.seen_cells.saturating_add(1);
        if self.seen_cells > self.max_cells { Err(ReadError::TooManyCells { limit: self.max_cells }) } else { Ok(()) }
    }

    /// Ends the current row, so that the next cell opens a new one even under the same number.
    pub(super) fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        if self.cells.is_empty() {
            return;
        }
        if !self.sorted {
            self.sort(row);
        }
        let text = std::mem::take(&mut self.text);
        self.hand_on(row, &text);
        self.text = text;
        self.text.clear();
        self.sorted = true;
    }

    /// Hands the collected cells on, whose texts lie in `text`.
    fn hand_on(&mut self, row: u32, text: &str) {
        self.place_notes(row);
        if !self.sink.raw(&RawRow { row, cells: &self.cells, text, strings: self.strings }) {
            let cells: Vec<Cell<'_>> = self.cells.iter().map(|cell| show(cell, text, self.strings)).collect();
            self.sink.row(&Row { row, cells: &cells });
        }
        self.end.rows = self.end.rows.saturating_add(1);
        self.end.cells = self.end.cells.saturating_add(u64::try_from(self.cells.len()).unwrap_or(u64::MAX));
        self.last_row = Some(row);
        self.cells.clear();
    }

    /// Takes a whole record in which nothing is unusual: its texts stay where they are. False leaves it to be pushed field by
    /// field.
    pub(super) fn line(&mut self, row: u32, fields: &Fields<'_>) -> bool {
        self.end_row();
        self.cells.clear();
        let text = if row < self.max_rows { cut::cells(fields, &mut self.cells) } else { None };
        match (text, self.cells.last()) {
            (Some(text), Some(last)) => {
                self.last_cell = Some(CellRef { row, col: last.col });
                self.hand_on(row, text);
            }
            (Some(_), None) => {}
            (None, _) => self.cells.clear(),
        }
        text.is_some()
    }

    /// Somebody who looks at rows ahead of their turn.
    pub(super) fn scout(&self) -> Option<Box<dyn Scout>> {
        self.sink.scout()
    }

    /// Takes a row that a scout has understood; false leaves it to be taken as any other.
    pub(super) fn scouted(&mut self, scout: &mut dyn Scout, glance: Glance, row: u32) -> bool {
        self.end_row();
        let follows = self.last_row.is_some_and(|last| row > last && row - last <= FAR_ROWS);
        if !follows || row >= self.max_rows || !self.sink.scouted(scout, glance.nth, row) {
            return false;
        }
        self.end.rows = self.end.rows.saturating_add(1);
        self.end.cells = self.end.cells.saturating_add(u64::try_from(glance.cells).unwrap_or(u64::MAX));
        self.last_row = Some(row);
        self.last_cell = Some(CellRef { row, col: glance.last });
        true
    }

    fn place_notes(&mut self, row: u32) {
        let Some(last) = self.last_row else { return };
        if row <= last {
            self.note(ReadNote::OutOfOrder { row, after: last });
        } else if row - last > FAR_ROWS {
            let col = self.cells.first().map_or(0, |cell| cell.col);
            self.note(ReadNote::FarRow { cell: CellRef { row, col } });
        }
    }

    fn sort(&mut self, row: u32) {
        self.cells.sort_by_key(|cell| cell.col);
        let mut doubled = Vec::new();
        self.cells.dedup_by(|later, kept| {
            let same = later.col == kept.col;
            if same {
                doubled.push(later.col);
                *kept = *later;
            }
            same
        });
        for col in doubled {
            self.note(ReadNote::Doubled { cell: CellRef { row, col } });
        }
    }

    /// Takes a cell without a formula that stands behind the last one, as nearly all do; false leaves it to be pushed. A shared
    /// text is one of which nothing is to be said.
    #[expect(clippy::inline_always, reason = "a call for each cell of a workbook is a twentieth of the time")]
    #[inline(always)]
    pub(super) fn follow(&mut self, at: CellRef, value: Stored, script: Script) -> bool {
        if at.row >= self.max_rows || at.col >= FAR_COLUMN {
            return false;
        }
        if self.row != Some(at.row) {
            self.end_row();
            self.row = Some(at.row);
        }
        let follows = self.cells.last().is_none_or(|last| last.col < at.col);
        if follows {
            self.last_cell = Some(at);
            self.cells.push(StoredCell { col: at.col, value, script, formula: false });
        }
        follows
    }

    /// The same with a text in NFC that is neither blank nor long.
    pub(super) fn follow_text(&mut self, at: CellRef, text: &str, script: Script) -> bool {
        if at.row >= self.max_rows || at.col >= FAR_COLUMN {
            return false;
        }
        if self.row != Some(at.row) {
            self.end_row();
            self.row = Some(at.row);
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.follow(at, Stored::Text(start, self.text.len()), script)
    }

    /// Takes one cell. Cells of another row than the last one's end that row.
    pub(super) fn push(&mut self, at: CellRef, value: Raw<'_>, script: Script, formula: bool) {
        if at.row >= self.max_rows || at.col >= MAX_COLUMNS {
            return self.outside(&at.to_string());
        }
        if self.row != Some(at.row) {
            self.end_row();
            self.row = Some(at.row);
        }
        self.last_cell = Some(at);
        let mut script = script;
        if let Raw::Shared(index) = value {
            script = self.strings.script(index).unwrap_or(script);
        }
        let Some(stored) = self.store(at, value) else { return };
        if at.col >= FAR_COLUMN {
            let cell = StoredCell { col: at.col, value: stored, script, formula };
            let found = shorten(&plain(&show(&cell, &self.text, self.strings).value));
            return self.note(ReadNote::FarCell { cell: at, found });
        }
        if self.cells.last().is_some_and(|last| last.col >= at.col) {
            self.sorted = false;
        }
        self.cells.push(StoredCell { col: at.col, value: stored, script, formula });
    }

    /// Puts a value away; `None` for a blank.
    fn store(&mut self, at: CellRef, value: Raw<'_>) -> Option<Stored> {
        Some(match value {
            Raw::Text(text) => {
                let (start, end) = self.keep(text);
                self.text_at(at, start, end)?
            }
            Raw::Shared(index) => {
                if self.strings.is_odd(index) {
                    let text = self.strings.get(index)?;
                    if is_blank(text) {
                        return None;
                    }
                    let chars = text.chars().count();
                    if chars > LONG_TEXT {
                        let chars = u64::try_from(chars).unwrap_or(u64::MAX);
                        self.note(ReadNote::LongText { cell: at, chars });
                    }
                }
                Stored::Shared(index)
            }
            Raw::Number(number) if number.is_finite() => Stored::Number(number),
            Raw::Date { serial, is_1904 } if serial.is_finite() => Stored::Date { serial, is_1904 },
            Raw::Number(_) | Raw::Date { .. } => {
                let (start, end) = self.keep("#NUM!");
                Stored::Error(start, end)
            }
            Raw::DateText(text) => {
                let (start, end) = self.keep(text);
                if start == end {
                    return None;
                }
                Stored::DateText(start, end)
            }
            Raw::Bool(value) => Stored::Bool(value),
            Raw::Error(text) => {
                let (start, end) = self.keep(text);
                Stored::Error(start, end)
            }
            Raw::MissingCache => Stored::MissingCache,
        })
    }

    /// A text that was put away; `None` for a blank one.
    fn text_at(&mut self, at: CellRef, start: usize, end: usize) -> Option<Stored> {
        if self.long(at, start, end)? {
            let chars = self.text.get(start..end)?.chars().count();
            self.note(ReadNote::LongText { cell: at, chars: u64::try_from(chars).unwrap_or(u64::MAX) });
        }
        Some(Stored::Text(start, end))
    }

    fn keep(&mut self, text: &str) -> (usize, usize) {
        let start = self.text.len();
        push_nfc(&mut self.text, text);
        (start, self.text.len())
    }

    /// Whether a kept text is over-long; `None` when it is blank.
    fn long(&self, _at: CellRef, start: usize, end: usize) -> Option<bool> {
        let text = self.text.get(start..end)?;
        if is_blank(text) {
            return None;
        }
        Some(text.len() > LONG_TEXT && text.chars().count() > LONG_TEXT)
    }

    /// Ends the sheet.
    pub(super) fn finish(mut self) -> SheetEnd {
        self.end_row();
        let hidden = self.hidden.first.map(|cell| ReadNote::Hidden { cell, rows: self.hidden.rows });
        let struck = self.struck.first.map(|cell| ReadNote::Struck { cell, rows: self.struck.rows });
        self.end.notes.extend(hidden.into_iter().chain(struck));
        self.end.merges.sort_unstable();
        self.end
    }
}

fn show<'a>(cell: &StoredCell, text: &'a str, strings: &'a Strings) -> Cell<'a> {
    let slice = |start: usize, end: usize| Cow::Borrowed(text.get(start..end).unwrap_or_default());
    let value = match cell.value {
        Stored::Text(start, end) => Value::Text(slice(start, end)),
        Stored::Shared(index) => Value::Text(Cow::Borrowed(strings.get(index).unwrap_or_default())),
        Stored::Number(number) => Value::Number(number),
        Stored::Date { serial, is_1904 } => Value::Date { serial, is_1904 },
        Stored::DateText(start, end) => Value::DateText(slice(start, end)),
        Stored::Bool(value) => Value::Bool(value),
        Stored::Error(start, end) => Value::Error(slice(start, end)),
        Stored::MissingCache => Value::MissingCache,
    };
    Cell { col: cell.col, value, script: cell.script, formula: cell.formula }
}

fn plain(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) | Value::DateText(text) | Value::Error(text) => text.to_string(),
        Value::Number(number) | Value::Date { serial: number, .. } => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::MissingCache => "a formula without a stored result".to_owned(),
    }
}

/// The start of a text, for a message.
pub(super) fn shorten(text: &str) -> String {
    const KEPT: usize = 60;
    let mut short: String = text.chars().take(KEPT).collect();
    if text.chars().nth(KEPT).is_some() {
        short.push('…');
    }
    short
}
