//! Delimited text (.csv, .tsv, .txt and the like): one sheet of text cells.

use super::blocks;
use super::cell::{CellRef, Script};
use super::error::{OpenError, ReadError};
use super::limits::Limits;
use super::lines::{Fields, Lines};
use super::rows::{Raw, RowSink, Rows, SheetEnd};
use super::shared_file::SharedFile;
use super::strings::Strings;
use super::{Format, Opened, SheetInfo, Source};
use crate::ingest::encoding::{decode_bytes, is_surely_unicode, lost_letters};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Line breaks in one quoted field from which it is taken for a quotation mark that was never closed.
pub(super) const MOST_BREAKS: usize = 50;
/// Lines by which the separator is chosen.
const SNIFFED_LINES: usize = 30;

/// A text that is no longer than this is read and decoded whole.
const SHORT: usize = 1 << 20;

struct Delimited {
    text: Text,
    delimiter: u8,
    first_row: u32,
}

/// The text behind its mark of byte order and its `sep=` line.
enum Text {
    /// Decoded.
    Whole(Vec<u8>),
    /// UTF-8 throughout, from this byte of the file on.
    InFile(SharedFile, u64),
}

/// Decodes the file and chooses the separator. Long text in UTF-8, of which `lost` says how many letters are lost, stays where
/// it is.
pub(super) fn open(file: File, name: &str, lost: Option<usize>, limits: &Limits) -> Result<Opened, OpenError> {
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    let mut file = SharedFile::new(file);
    let length = file.length().map_err(io)?;
    if let Some(lost) = lost.filter(|_| length >= u64::try_from(SHORT).unwrap_or(u64::MAX))
        && let Some(opened) = open_long(&file, name, lost).map_err(io)?
    {
        return Ok(opened);
    }
    if length > limits.file_bytes {
        return Err(OpenError::TooLarge {
            what: "text that is not UTF-8, in bytes,".to_owned(),
            found: length,
            limit: limits.file_bytes,
        });
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(io)?;
    let decoded = decode_bytes(&bytes);
    let (encoding, converted, lost) = (decoded.name(), decoded.script.is_old(), decoded.lost);
    let (delimiter, skipped, first_row) = separator(&decoded.text);
    // Whole UTF-8 text is read where it lies; anything else is a copy.
    let whole = skipped == 0 && matches!(&decoded.text, std::borrow::Cow::Borrowed(text) if text.len() == bytes.len());
    let text = (!whole).then(|| decoded.text.get(skipped..).unwrap_or_default().as_bytes().to_vec());
    let source = Delimited { text: Text::Whole(text.unwrap_or(bytes)), delimiter, first_row };
    Ok(opened(source, name, encoding, converted, lost))
}

fn opened(source: Delimited, name: &str, encoding: String, converted: bool, lost: usize) -> Opened {
    let format = Format::Delimited { delimiter: char::from(source.delimiter), encoding, converted, lost };
    (format, vec![SheetInfo { name: name.to_owned(), visible: true, has_cells: true }], Box::new(source))
}

/// Opens long text in UTF-8 whose beginning tells that it is in no old script; `None` for any other.
pub(super) fn open_long(file: &SharedFile, name: &str, lost: usize) -> std::io::Result<Option<Opened>> {
    let mut file = file.at_start();
    let mut head = Vec::new();
    (&mut file).take(u64::try_from(SHORT).unwrap_or(u64::MAX)).read_to_end(&mut head)?;
    let marked = head.strip_prefix(b"\xEF\xBB\xBF");
    let lines = memchr::memrchr(b'\n', &head).map_or(0, |at| at + 1);
    let start = head.len() - marked.unwrap_or(&head).len();
    let text = head.get(start..lines).and_then(|text| std::str::from_utf8(text).ok());
    let Some(text) = text.filter(|text| head.len() == SHORT && is_surely_unicode(text)) else { return Ok(None) };
    let (delimiter, skipped, first_row) = separator(text);
    let from = u64::try_from(start + skipped).unwrap_or(0);
    let source = Delimited { text: Text::InFile(file, from), delimiter, first_row };
    Ok(Some(opened(source, name, "UTF-8".to_owned(), false, lost)))
}

/// Finds out of a long text, block by block, whether it is UTF-8 and how many of its letters are lost.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The line at the end of the last block, of which the next block has the rest.
    begun: Vec<u8>,
    lost: usize,
    other: bool,
}

impl Scan {
    /// The next block.
    pub(super) fn block(&mut self, block: &[u8]) {
        let (rest, block) = match memchr::memchr(b'\n', block).filter(|_| !self.begun.is_empty()) {
            Some(at) => block.split_at(at + 1),
            None => (Default::default(), block),
        };
        if !rest.is_empty() {
            let mut line = std::mem::take(&mut self.begun);
            line.extend_from_slice(rest);
            self.lines(&line);
        }
        let (lines, begun) = block.split_at(memchr::memrchr(b'\n', block).map_or(0, |at| at + 1));
        self.lines(lines);
        self.begun.extend_from_slice(begun);
        // A line of a megabyte is nothing to be quick about.
        self.other |= self.begun.len() >= SHORT;
        if self.other {
            self.begun.clear();
        }
    }

    fn lines(&mut self, lines: &[u8]) {
        if self.other || encoding_rs::Encoding::utf8_valid_up_to(lines) < lines.len() {
            self.other = true;
        } else if memchr::memchr2(b'?', 0xEF, lines).is_some() {
            // Letters that were lost leave one of these bytes.
            self.lost += std::str::from_utf8(lines).map_or(0, lost_letters);
        }
    }

    /// The lost letters of the whole text; `None` where it is not UTF-8.
    pub(super) fn lost(mut self) -> Option<usize> {
        let last = std::mem::take(&mut self.begun);
        self.lines(&last);
        (!self.other).then_some(self.lost)
    }
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
        let first = u64::from(self.first_row);
        match &mut self.text {
            Text::Whole(bytes) => {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                records(Lines::new(bytes.as_slice(), self.delimiter, first, limits.block_bytes), length, sink, limits)
            }
            Text::InFile(file, from) => {
                let damaged = |e: std::io::Error| ReadError::Damaged(e.to_string());
                file.seek(SeekFrom::Start(*from)).map_err(damaged)?;
                let length = file.length().map_err(damaged)?;
                records(Lines::new(file, self.delimiter, first, limits.block_bytes), length, sink, limits)
            }
        }
    }
}

fn records<R: Read>(mut lines: Lines<R>, length: u64, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
    let strings = Strings::default();
    let mut rows = Rows::new(sink, &strings, limits).of_text();
    while !(length >= limits.shared_bytes && blocks::read(&mut lines, &mut rows)?) {
        let mut taken = 0;
        while taken <= limits.block_bytes {
            let Some(next) = lines.next().map_err(|e| ReadError::Damaged(e.to_string()))? else { return Ok(rows.finish()) };
            record(&next.fields, next.row()?, &mut rows)?;
            taken += next.fields.bytes().len();
        }
    }
    Ok(rows.finish())
}

/// Takes a record: as it lies in memory where nothing in it is unusual, else field by field.
pub(super) fn record(fields: &Fields<'_>, row: u32, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    if rows.line(row, fields) {
        return Ok(());
    }
    match fields {
        Fields::Plain(line, delimiter) => plain(line, *delimiter, row, rows)?,
        Fields::Read(bytes, ends) => quoted(bytes, ends, row, rows)?,
    }
    rows.end_row();
    Ok(())
}

/// The fields of a line without quotation marks.
fn plain(line: &[u8], delimiter: u8, row: u32, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    for (col, field) in (0..).zip(String::from_utf8_lossy(line).split(char::from(delimiter))) {
        rows.count()?;
        if !field.is_empty() {
            rows.push(CellRef { row, col }, Raw::Text(field), Script::Unicode, false);
        }
    }
    Ok(())
}

/// The fields of a record with quotation marks.
fn quoted(bytes: &[u8], ends: &[usize], row: u32, rows: &mut Rows<'_>) -> Result<(), ReadError> {
    for (col, (start, end)) in (0_u32..).zip(std::iter::once(&0).chain(ends).zip(ends)) {
        rows.count()?;
        let at = CellRef { row, col };
        let field = bytes.get(*start..*end).unwrap_or_default();
        if field.len() > MOST_BREAKS && memchr::memchr_iter(b'\n', field).count() > MOST_BREAKS {
            return Err(ReadError::UnclosedQuote { cell: at });
        }
        if !field.is_empty() {
            rows.push(at, Raw::Text(&String::from_utf8_lossy(field)), Script::Unicode, false);
        }
    }
    Ok(())
}
