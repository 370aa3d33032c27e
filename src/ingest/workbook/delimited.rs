//! Delimited text (.csv, .tsv, .txt and the like): one sheet of text cells.

use super::cell::{CellRef, Script};
use super::error::{OpenError, ReadError};
use super::limits::{Limits, MAX_ROWS};
use super::rows::{Raw, RowSink, Rows, SheetEnd};
use super::strings::Strings;
use super::{Format, Opened, SheetInfo, Source};
use crate::ingest::encoding::decode_bytes;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Line breaks in one quoted field from which it is taken for a quotation mark that was never closed.
const MOST_BREAKS: usize = 50;
/// Lines by which the separator is chosen.
const SNIFFED_LINES: usize = 30;

struct Delimited {
    bytes: Vec<u8>,
    delimiter: u8,
    first_row: u32,
}

/// Reads and decodes the file whole, and chooses the separator.
pub(super) fn open(mut file: File, name: &str) -> Result<Opened, OpenError> {
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    file.seek(SeekFrom::Start(0)).map_err(io)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(io)?;
    let decoded = decode_bytes(&bytes);
    let (encoding, converted, lost) = (decoded.name(), decoded.script.is_old(), decoded.lost);
    let (delimiter, skipped, first_row) = separator(&decoded.text);
    // Whole UTF-8 text is read where it lies; anything else is a copy.
    let whole = skipped == 0 && matches!(&decoded.text, std::borrow::Cow::Borrowed(text) if text.len() == bytes.len());
    let text = (!whole).then(|| decoded.text.get(skipped..).unwrap_or_default().as_bytes().to_vec());
    let source = Delimited { bytes: text.unwrap_or(bytes), delimiter, first_row };
    let format = Format::Delimited { delimiter: char::from(delimiter), encoding, converted, lost };
    Ok((format, vec![SheetInfo { name: name.to_owned(), visible: true, has_cells: true }], Box::new(source)))
}

/// The separator, the bytes of a `sep=` line before the data, and the number of the first row after it.
fn separator(text: &str) -> (u8, usize, u32) {
    let first = text.split('\n').next().unwrap_or_default();
    if let Some(named) =
        first.trim_end_matches('\r').strip_prefix("sep=").or_else(|| first.trim_end_matches('\r').strip_prefix("SEP="))
        && let [delimiter] = named.as_bytes()
        && delimiter.is_ascii()
    {
        return (*delimiter, (first.len() + 1).min(text.len()), 1);
    }
    // The separator is the one that most lines share the same, highest number of; a comma inside a title does not win that way.
    let score = |delimiter: char| {
        let mut counts: Vec<usize> =
            text.lines().take(SNIFFED_LINES).map(|line| outside_quotes(line, delimiter)).filter(|n| *n > 0).collect();
        counts.sort_unstable();
        let most_common = counts.chunk_by(|a, b| a == b).map(|run| (run.len(), run.first().copied().unwrap_or(0))).max();
        most_common.map_or(0, |(lines, fields)| lines * fields.min(64) * lines)
    };
    let best = [(b'\t', score('\t')), (b';', score(';')), (b',', score(','))].into_iter().rev().max_by_key(|(_, points)| *points);
    (best.filter(|(_, points)| *points > 0).map_or(b',', |(delimiter, _)| delimiter), 0, 0)
}

fn outside_quotes(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            if *c == '"' {
                quoted = !quoted;
            }
            *c == delimiter && !quoted
        })
        .count()
}

impl Source for Delimited {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        if sheet != 0 {
            return Err(ReadError::NoSuchSheet(sheet));
        }
        let strings = Strings::default();
        let mut rows = Rows::new(sink, &strings, limits);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(self.bytes.as_slice());
        let mut record = csv::ByteRecord::new();
        let mut lines = u64::from(self.first_row);
        loop {
            let before = reader.position().byte();
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => return Err(ReadError::Damaged(error.to_string())),
            }
            lines = lines.saturating_add(self.empty_lines(before));
            let Some(row) = u32::try_from(lines).ok().filter(|row| *row < MAX_ROWS) else {
                return Err(ReadError::TooManyCells { limit: u64::from(MAX_ROWS) });
            };
            for (col, field) in (0_u32..).zip(record.iter()) {
                rows.count()?;
                let at = CellRef { row, col };
                if field.len() > MOST_BREAKS && memchr::memchr_iter(b'\n', field).count() > MOST_BREAKS {
                    return Err(ReadError::UnclosedQuote { cell: at });
                }
                if !field.is_empty() {
                    rows.push(at, Raw::Text(&String::from_utf8_lossy(field)), Script::Unicode, false);
                }
            }
            rows.end_row();
            lines = lines.saturating_add(1);
        }
        Ok(rows.finish())
    }
}

impl Delimited {
    /// Empty lines at a place between two records: the csv reader skips them without a word, a spreadsheet counts them.
    fn empty_lines(&self, from: u64) -> u64 {
        let Some((before, after)) = usize::try_from(from).ok().and_then(|from| self.bytes.split_at_checked(from)) else {
            return 0;
        };
        let gap = after.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let (feeds, returns) = gap.fold((0_u64, 0_u64), |(n, r), byte| if *byte == b'\n' { (n + 1, r) } else { (n, r + 1) });
        // After a record that ended in \r\n the reader stands between the two, so that one \n belongs to the record itself.
        let own = u64::from(before.last() == Some(&b'\r') && after.first() == Some(&b'\n'));
        if feeds > 0 { feeds - own } else { returns }
    }
}
