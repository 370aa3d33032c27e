//! How a reading child process speaks to its parent: frames of a tag, a length and a body on the child's standard output.
//!
//! Rows travel in batches as plain bytes; what is rare travels as JSON. All numbers are little-endian.

use super::cell::{Cell, Row, Script, Value};
use super::{Format, OpenError, ReadError, RowSink, SheetEnd, SheetInfo};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, Read, Write};

/// A batch of rows.
pub(super) const ROWS: u8 = b'R';
/// Anything else, as JSON.
pub(super) const MESSAGE: u8 = b'M';
/// The longest body a parent accepts.
const MOST: usize = 1 << 30;
/// Bytes of rows after which a batch is sent.
pub(super) const BATCH: usize = 1 << 16;

/// What is said besides rows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// The answer to opening.
    Opened(Result<(Format, Vec<SheetInfo>), OpenError>),
    /// The end of a sheet.
    End(Result<SheetEnd, ReadError>),
}

/// Writes one frame.
pub(super) fn send(to: &mut dyn Write, tag: u8, body: &[u8]) -> io::Result<()> {
    let length = u32::try_from(body.len()).map_err(|_| io::Error::other("a row of more than 4 GiB"))?;
    to.write_all(&[tag])?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(body)
}

/// Writes one message.
pub(super) fn say(to: &mut dyn Write, message: &Message) -> io::Result<()> {
    send(to, MESSAGE, &serde_json::to_vec(message)?)?;
    to.flush()
}

/// Reads one frame; an error at the end of the stream.
pub(super) fn receive(from: &mut dyn Read) -> io::Result<(u8, Vec<u8>)> {
    let mut head = [0; 5];
    from.read_exact(&mut head)?;
    let [tag, a, b, c, d] = head;
    let length = usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(usize::MAX);
    if length > MOST {
        return Err(io::Error::other("a frame of more than 1 GiB"));
    }
    let mut body = Vec::new();
    from.take(u64::try_from(length).unwrap_or(0)).read_to_end(&mut body)?;
    if body.len() == length { Ok((tag, body)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Appends one row to a batch.
pub(super) fn write_row(batch: &mut Vec<u8>, row: &Row<'_>) {
    batch.extend(row.row.to_le_bytes());
    batch.extend(u32::try_from(row.cells.len()).unwrap_or(0).to_le_bytes());
    for cell in row.cells {
        batch.extend(cell.col.to_le_bytes());
        let script = match cell.script {
            Script::Unknown => 0,
            Script::Unicode => 1,
            Script::Tcvn3 => 2,
            Script::Vni => 3,
            Script::Tcvn3Capitals => 4,
        };
        batch.push(script << 1 | u8::from(cell.formula));
        match &cell.value {
            Value::Text(text) => write_text(batch, b't', text),
            Value::DateText(text) => write_text(batch, b'i', text),
            Value::Error(text) => write_text(batch, b'e', text),
            Value::Number(number) => {
                batch.push(b'n');
                batch.extend(number.to_le_bytes());
            }
            Value::Date { serial, is_1904 } => {
                batch.push(if *is_1904 { b'D' } else { b'd' });
                batch.extend(serial.to_le_bytes());
            }
            Value::Bool(value) => batch.push(if *value { b'1' } else { b'0' }),
            Value::MissingCache => batch.push(b'm'),
        }
    }
}

fn write_text(batch: &mut Vec<u8>, kind: u8, text: &str) {
    batch.push(kind);
    batch.extend(u32::try_from(text.len()).unwrap_or(0).to_le_bytes());
    batch.extend(text.as_bytes());
}

/// Hands the rows of a batch on; `None` when the batch is not whole.
pub(super) fn read_rows(batch: &[u8], sink: RowSink<'_>) -> Option<()> {
    let mut rest = batch;
    while !rest.is_empty() {
        let row = take_u32(&mut rest)?;
        let count = take_u32(&mut rest)?;
        let mut cells = Vec::with_capacity(usize::try_from(count).ok()?.min(1 << 14));
        for _ in 0..count {
            cells.push(read_cell(&mut rest)?);
        }
        sink.row(&Row { row, cells: &cells });
    }
    Some(())
}

fn read_cell<'a>(rest: &mut &'a [u8]) -> Option<Cell<'a>> {
    let col = take_u32(rest)?;
    let [flags, kind] = take::<2>(rest)?;
    let script = match flags >> 1 {
        1 => Script::Unicode,
        2 => Script::Tcvn3,
        3 => Script::Vni,
        4 => Script::Tcvn3Capitals,
        _ => Script::Unknown,
    };
    let value = match kind {
        b't' => Value::Text(take_text(rest)?),
        b'i' => Value::DateText(take_text(rest)?),
        b'e' => Value::Error(take_text(rest)?),
        b'n' => Value::Number(f64::from_le_bytes(take::<8>(rest)?)),
        b'd' | b'D' => Value::Date { serial: f64::from_le_bytes(take::<8>(rest)?), is_1904: kind == b'D' },
        b'0' | b'1' => Value::Bool(kind == b'1'),
        b'm' => Value::MissingCache,
        _ => return None,
    };
    Some(Cell { col, value, script, formula: flags & 1 == 1 })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*bytes)
}

fn take_u32(rest: &mut &[u8]) -> Option<u32> {
    take::<4>(rest).map(u32::from_le_bytes)
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<Cow<'a, str>> {
    let length = usize::try_from(take_u32(rest)?).ok()?;
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(Cow::Borrowed(std::str::from_utf8(text).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::workbook::raw::Each;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value<'static>> {
        prop_oneof![
            ".*".prop_map(|text| Value::Text(text.into())),
            ".*".prop_map(|text| Value::Error(text.into())),
            any::<i32>().prop_map(|n| Value::Number(f64::from(n) / 8.0)),
            (any::<i32>(), any::<bool>()).prop_map(|(n, is_1904)| Value::Date { serial: f64::from(n), is_1904 }),
            any::<bool>().prop_map(Value::Bool),
            Just(Value::MissingCache),
        ]
    }

    proptest! {
        #[test]
        fn rows_arrive_as_they_were_sent(row in any::<u32>(), cells in prop::collection::vec((any::<u32>(), any_value(), any::<bool>()), 0..9)) {
            let cells: Vec<Cell<'_>> =
                cells.into_iter().map(|(col, value, formula)| Cell { col, value, script: Script::Vni, formula }).collect();
            let mut batch = Vec::new();
            write_row(&mut batch, &Row { row, cells: &cells });
            let mut seen = 0;
            prop_assert_eq!(read_rows(&batch, &mut Each(&mut |got| { assert_eq!(got, &Row { row, cells: &cells }); seen += 1; })), Some(()));
            prop_assert_eq!(seen, 1);
        }

        #[test]
        fn no_bytes_break_the_parent(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_rows(&bytes, &mut Each(&mut |_| {}));
        }
    }
}
