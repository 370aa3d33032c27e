//! The fast reader of sheet parts: one pass over the unpacked bytes, one cell at a time, no tree and no events.

use super::markup::{Cursor, Inside, Parsed, Stop, decode_into, rich, unescape_into};
use super::quick;
use super::styles::{self, Styles};
use super::window::{Starved, Window};
use crate::ingest::digits::digits;
use crate::ingest::workbook::cell::{CellRef, Merge, Script};
use crate::ingest::workbook::error::ReadError;
use crate::ingest::workbook::raw::Stored;
use crate::ingest::workbook::rows::{Raw, Rows};
use std::io::Read;

/// Why the fast reader stopped before the end.
pub(super) enum Stopped {
    /// Legal but unusual XML: let the library read it.
    Odd,
    /// The sheet cannot be read.
    Failed(ReadError),
}

impl From<ReadError> for Stopped {
    fn from(error: ReadError) -> Self {
        Self::Failed(error)
    }
}

/// What cells refer to.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) strings: u32,
    pub(super) unreadable_strings: &'a [u32],
    /// Whether nothing is to be said of any of the texts.
    pub(super) plain_strings: bool,
    pub(super) is_1904: bool,
}

/// Where cells without an address of their own belong, and a buffer for texts.
#[derive(Default)]
struct State {
    row: u32,
    col: u32,
    /// Whether the row is hidden.
    hidden: bool,
    lasts: quick::Lasts,
    text: String,
}

/// What one step took.
enum Took {
    Element,
    EndOfData,
}

/// Reads a whole sheet part.
pub(super) fn scan<R: Read>(window: &mut Window<R>, context: &Context<'_>, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    if !find_data(window)? {
        return merges(window, rows);
    }
    let mut state = State::default();
    loop {
        let mut cursor = Cursor::new(window.seen());
        let mut whole = 0;
        let stop = loop {
            cursor.skip_space();
            quick_cells(&mut cursor, &mut state, context, rows)?;
            whole = whole.max(cursor.at);
            match element(&mut cursor, &mut state, context, rows) {
                Ok(Ok(Took::Element)) => whole = cursor.at,
                Ok(Ok(Took::EndOfData)) => {
                    let taken = cursor.at;
                    window.consume(taken);
                    return merges(window, rows);
                }
                Ok(Err(error)) => return Err(error.into()),
                Err(stop) => break stop,
            }
        };
        if stop == Stop::Odd {
            return Err(Stopped::Odd);
        }
        window.consume(whole);
        more(window, "the list of rows is not closed")?;
    }
}

fn more<R: Read>(window: &mut Window<R>, at_end: &str) -> Result<(), Stopped> {
    window.more().map_err(|starved| {
        Stopped::Failed(match starved {
            Starved::End => ReadError::Truncated(at_end.to_owned()),
            Starved::TooLong => ReadError::Damaged("one of its cells is longer than 64 MiB".to_owned()),
            Starved::Io(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => ReadError::Truncated(error.to_string()),
            Starved::Io(error) => ReadError::Damaged(error.to_string()),
        })
    })
}

/// Moves to the first row; false for an empty list of rows. Only what a sheet begins with may stand before it.
fn find_data<R: Read>(window: &mut Window<R>) -> Result<bool, Stopped> {
    const MARK: &[u8] = b"<sheetData";
    /// Column widths and views before the rows take a few thousand bytes.
    const MOST: usize = 1 << 22;
    loop {
        let seen = window.seen();
        let found = memchr::memmem::find(seen, MARK);
        // A comment or a document type could hide a false mark.
        if memchr::memmem::find(seen.get(..found.unwrap_or(seen.len())).unwrap_or_default(), b"<!").is_some() {
            return Err(Stopped::Odd);
        }
        if let Some(at) = found {
            let mut cursor = Cursor::new(seen);
            cursor.at = at + MARK.len();
            match cursor.rest_of_tag() {
                Ok(closed) => {
                    let taken = cursor.at;
                    window.consume(taken);
                    return Ok(!closed);
                }
                Err(Stop::Odd) => return Err(Stopped::Odd),
                Err(Stop::More) => {}
            }
        }
        if window.seen().len() > MOST {
            return Err(Stopped::Odd);
        }
        match window.more() {
            Ok(()) => {}
            Err(Starved::End | Starved::TooLong) => return Err(Stopped::Odd),
            Err(Starved::Io(error)) => return Err(ReadError::Damaged(error.to_string()).into()),
        }
    }
}

/// Takes a cell that holds a shared text or a whole number, as nearly all do; false leaves it to be delivered as any other.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "fifteen digits fit the 53 bits of a float")]
fn usual(cell: &quick::Quick<'_>, context: &Context<'_>, rows: &mut Rows<'_>) -> bool {
    let Some(whole) = cell.whole else { return false };
    let script = context.styles.script(cell.style.unwrap_or(0));
    let number = || u32::try_from(whole).map_or(whole as f64, f64::from);
    match cell.kind {
        b"s" => match u32::try_from(whole) {
            Ok(index) if index < context.strings && context.unreadable_strings.is_empty() => {
                if !(context.plain_strings && rows.follow(cell.at, Stored::Shared(index), script)) {
                    rows.push(cell.at, Raw::Shared(index), script, false);
                }
                true
            }
            _ => false,
        },
        b"" | b"n" if cell.style.is_some_and(|style| context.styles.is_date(style)) => {
            rows.follow(cell.at, Stored::Date { serial: number(), is_1904: context.is_1904 }, script)
        }
        b"" | b"n" => rows.follow(cell.at, Stored::Number(number()), script),
        _ => false,
    }
}

/// Notes a cell that has a value and is hidden or struck out.
#[inline]
fn out_of_sight(at: CellRef, style: Option<usize>, hidden: bool, context: &Context<'_>, rows: &mut Rows<'_>) {
    let struck = context.styles.is_struck(style);
    if hidden || struck {
        rows.out_of_sight(at, hidden, struck);
    }
}

/// Takes as many cells of the usual shape as follow each other, in rows of the usual shape.
fn quick_cells(cursor: &mut Cursor<'_>, state: &mut State, context: &Context<'_>, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    loop {
        let Some(cell) = quick::cell(cursor.rest(), &mut state.lasts) else {
            if let Some((number, hidden, length)) = quick::next_row(cursor.rest())
                && let Some(row) = number.checked_sub(1).and_then(|row| u32::try_from(row).ok())
            {
                (state.row, state.col, state.hidden) = (row, 0, hidden);
                cursor.at += length;
                continue;
            }
            return Ok(());
        };
        cursor.at += cell.length;
        rows.count()?;
        state.col = cell.at.col.saturating_add(1);
        if cell.text.is_none() && cell.value.is_none() {
            continue;
        }
        out_of_sight(cell.at, cell.style, state.hidden, context, rows);
        if let Some((text, sound)) = cell.text {
            let script = context.styles.script(cell.style.unwrap_or(0));
            if !(sound && rows.follow_text(cell.at, text, script)) {
                rows.push(cell.at, Raw::Text(text), script, false);
            }
            continue;
        }
        if !usual(&cell, context, rows) {
            let found = Found { style: cell.style, kind: cell.kind, value: cell.value, ..Found::default() };
            deliver(&found, cell.at, &mut state.text, context, rows);
        }
    }
}

/// Takes a row's tag, or a whole cell. Nothing is handed on before it is whole.
fn element(
    cursor: &mut Cursor<'_>,
    state: &mut State,
    context: &Context<'_>,
    rows: &mut Rows<'_>,
) -> Parsed<Result<Took, ReadError>> {
    match cursor.tag()? {
        b"c" => return cell(cursor, state, context, rows),
        b"row" => {
            let (mut number, mut closed, mut hidden) = (None, false, false);
            loop {
                match cursor.inside()? {
                    Inside::Attribute(b"r", value) => number = Some(value),
                    Inside::Attribute(b"hidden", value) => hidden = matches!(value, b"1" | b"true"),
                    Inside::Attribute(..) => {}
                    Inside::Open => break,
                    Inside::Closed => {
                        closed = true;
                        break;
                    }
                }
            }
            if let Some(number) = number {
                match digits(number).and_then(|n| n.checked_sub(1)).and_then(|n| u32::try_from(n).ok()) {
                    Some(row) => state.row = row,
                    None => rows.outside(&String::from_utf8_lossy(number)),
                }
            }
            state.hidden = hidden;
            if closed {
                state.row = state.row.saturating_add(1);
                state.col = 0;
            }
        }
        b"/row" => {
            cursor.rest_of_tag()?;
            state.row = state.row.saturating_add(1);
            state.col = 0;
        }
        b"/sheetData" => {
            cursor.rest_of_tag()?;
            return Ok(Ok(Took::EndOfData));
        }
        _ => return Err(Stop::Odd),
    }
    Ok(Ok(Took::Element))
}

/// The parts of a cell, undecoded.
#[derive(Default)]
struct Found<'a> {
    reference: Option<&'a [u8]>,
    style: Option<usize>,
    kind: &'a [u8],
    value: Option<&'a [u8]>,
    formula: bool,
    /// An inline text: whether it is sound, and its own script.
    inline: Option<(bool, Option<Script>)>,
}

fn cell(
    cursor: &mut Cursor<'_>,
    state: &mut State,
    context: &Context<'_>,
    rows: &mut Rows<'_>,
) -> Parsed<Result<Took, ReadError>> {
    let mut found = Found::default();
    let closed = loop {
        match cursor.inside()? {
            Inside::Attribute(b"r", value) => found.reference = Some(value),
            Inside::Attribute(b"s", value) => found.style = Some(styles::number(value)),
            Inside::Attribute(b"t", value) => found.kind = value,
            Inside::Attribute(..) => {}
            Inside::Open => break false,
            Inside::Closed => break true,
        }
    };
    if !closed {
        children(cursor, &mut found, &mut state.text)?;
    }
    if let Err(error) = rows.count() {
        return Ok(Err(error));
    }
    let at = match found.reference {
        None => Some(CellRef { row: state.row, col: state.col }),
        Some(reference) => place(reference),
    };
    match at {
        Some(at) => {
            state.col = at.col.saturating_add(1);
            if found.inline.is_some() || found.value.is_some_and(|value| !value.is_empty()) {
                out_of_sight(at, found.style, state.hidden, context, rows);
            }
            deliver(&found, at, &mut state.text, context, rows);
        }
        None => {
            rows.outside(&String::from_utf8_lossy(found.reference.unwrap_or_default()));
            state.col = state.col.saturating_add(1);
        }
    }
    Ok(Ok(Took::Element))
}

fn children<'a>(cursor: &mut Cursor<'a>, found: &mut Found<'a>, text: &mut String) -> Parsed<()> {
    loop {
        cursor.skip_space();
        match cursor.tag()? {
            b"v" => found.value = Some(if cursor.rest_of_tag()? { &[] } else { cursor.leaf(b"/v")? }),
            b"f" => {
                found.formula = true;
                if !cursor.rest_of_tag()? {
                    cursor.leaf(b"/f")?;
                }
            }
            b"is" => {
                text.clear();
                if !cursor.rest_of_tag()? {
                    let rich = rich(cursor, b"/is", text)?;
                    found.inline = Some((rich.sound, rich.script));
                }
            }
            b"/c" => {
                cursor.rest_of_tag()?;
                return Ok(());
            }
            _ => return Err(Stop::Odd),
        }
    }
}

fn deliver(found: &Found<'_>, at: CellRef, text: &mut String, context: &Context<'_>, rows: &mut Rows<'_>) {
    let script = context.styles.script(found.style.unwrap_or(0));
    let formula = found.formula;
    let missing = |rows: &mut Rows<'_>| {
        if formula {
            rows.push(at, Raw::MissingCache, script, true);
        }
    };
    if matches!(found.kind, b"inlineStr" | b"is") {
        return match found.inline {
            None => missing(rows),
            Some((true, own)) => rows.push(at, Raw::Text(text), own.unwrap_or(script), formula),
            Some((false, _)) => rows.unreadable(Some(at), text),
        };
    }
    let Some(value) = found.value else { return missing(rows) };
    match found.kind {
        b"" | b"n" => number(found, value, at, text, context, rows, script),
        b"s" => match (value.is_empty(), digits(value).and_then(|n| u32::try_from(n).ok())) {
            (true, _) => missing(rows),
            (false, Some(index)) if index < context.strings && context.unreadable_strings.binary_search(&index).is_err() => {
                rows.push(at, Raw::Shared(index), script, formula);
            }
            (false, _) => rows.unreadable(Some(at), &format!("shared text {}", String::from_utf8_lossy(value))),
        },
        b"b" => match value.trim_ascii() {
            b"" => missing(rows),
            b"0" => rows.push(at, Raw::Bool(false), script, formula),
            b"1" => rows.push(at, Raw::Bool(true), script, formula),
            word if word.eq_ignore_ascii_case(b"false") => rows.push(at, Raw::Bool(false), script, formula),
            word if word.eq_ignore_ascii_case(b"true") => rows.push(at, Raw::Bool(true), script, formula),
            other => rows.unreadable(Some(at), &String::from_utf8_lossy(other)),
        },
        b"e" | b"d" | b"str" => {
            if found.kind == b"e" && value.is_empty() {
                return missing(rows);
            }
            text.clear();
            if decode_into(value, text).is_err() {
                return rows.unreadable(Some(at), &String::from_utf8_lossy(value));
            }
            match found.kind {
                b"e" => rows.push(at, Raw::Error(text), script, formula),
                b"d" => rows.push(at, Raw::DateText(text), script, formula),
                _ if text.contains("_x") => {
                    let mut plain = String::new();
                    unescape_into(text, &mut plain);
                    rows.push(at, Raw::Text(&plain), script, formula);
                }
                _ => rows.push(at, Raw::Text(text), script, formula),
            }
        }
        other => rows.unreadable(Some(at), &format!("a value of type {}", String::from_utf8_lossy(other))),
    }
}

/// A number, a date by its format, or, in a cell of no stated type, text that is no number.
fn number(
    found: &Found<'_>,
    value: &[u8],
    at: CellRef,
    text: &mut String,
    context: &Context<'_>,
    rows: &mut Rows<'_>,
    script: Script,
) {
    let trimmed = value.trim_ascii();
    if trimmed.is_empty() {
        if found.formula {
            rows.push(at, Raw::MissingCache, script, true);
        }
        return;
    }
    match parse_number(trimmed) {
        Some(serial) => {
            let date = found.style.is_some_and(|style| context.styles.is_date(style));
            let raw = if date { Raw::Date { serial, is_1904: context.is_1904 } } else { Raw::Number(serial) };
            rows.push(at, raw, script, found.formula);
        }
        None => {
            text.clear();
            if found.kind.is_empty() && decode_into(value, text).is_ok() {
                rows.push(at, Raw::Text(text), script, found.formula);
            } else {
                rows.unreadable(Some(at), &String::from_utf8_lossy(value));
            }
        }
    }
}

/// Whole numbers of up to fifteen digits without a detour; all others as Rust reads them.
#[expect(clippy::cast_precision_loss, reason = "fifteen digits fit the 53 bits of a float")]
fn parse_number(text: &[u8]) -> Option<f64> {
    if text.len() <= 15
        && let Some(whole) = digits(text)
    {
        return Some(whole as f64);
    }
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// `B7` as a cell of the grid.
fn place(reference: &[u8]) -> Option<CellRef> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (name, number) = reference.split_at_checked(letters)?;
    if name.is_empty() || name.len() > 3 || number.len() > 7 {
        return None;
    }
    let col = name.iter().fold(0_u32, |sum, byte| sum * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1) - 1;
    let row = u32::try_from(digits(number)?.checked_sub(1)?).ok()?;
    (row < crate::ingest::workbook::MAX_ROWS && col < crate::ingest::workbook::MAX_COLUMNS).then_some(CellRef { row, col })
}

/// Reads what follows the rows to its end, for the merged cells, and so that the checksum of the part is looked at.
fn merges<R: Read>(window: &mut Window<R>, rows: &mut Rows<'_>) -> Result<(), Stopped> {
    const MARK: &[u8] = b"<mergeCell ";
    loop {
        let mut keep = window.seen().len().saturating_sub(MARK.len());
        for at in memchr::memmem::find_iter(window.seen(), MARK) {
            let mut cursor = Cursor::new(window.seen());
            cursor.at = at + MARK.len();
            let area = loop {
                match cursor.inside() {
                    Ok(Inside::Attribute(b"ref", value)) => break Ok(Some(value)),
                    Ok(Inside::Attribute(..)) => {}
                    Ok(Inside::Open | Inside::Closed) => break Ok(None),
                    Err(stop) => break Err(stop),
                }
            };
            match area {
                Ok(Some(area)) => {
                    let parts: Vec<Option<CellRef>> = area.split(|byte| *byte == b':').map(place).collect();
                    match parts.as_slice() {
                        [Some(one)] => rows.merge(Merge { first: *one, last: *one }),
                        [Some(first), Some(last)] if first.row <= last.row && first.col <= last.col => {
                            rows.merge(Merge { first: *first, last: *last });
                        }
                        _ => rows.outside(&String::from_utf8_lossy(area)),
                    }
                }
                Ok(None) | Err(Stop::Odd) => {}
                Err(Stop::More) => keep = keep.min(at),
            }
        }
        window.consume(keep);
        match window.more() {
            Ok(()) => {}
            Err(Starved::End) => return Ok(()),
            Err(Starved::TooLong) => {
                return Err(ReadError::Damaged("one of its elements is longer than 64 MiB".to_owned()).into());
            }
            Err(Starved::Io(error)) => return Err(ReadError::Damaged(error.to_string()).into()),
        }
    }
}
