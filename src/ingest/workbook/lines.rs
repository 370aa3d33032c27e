//! Records of delimited text, a line at a time, from text of any length in a small window.
//!
//! A line without quotation marks is cut at its separators right here; any other record is read by `csv_core`, which decides
//! what quotation marks mean. Every end of a line counts as a line, empty ones too, because spreadsheets count them.

use std::io::{ErrorKind, Read};
use std::ops::Range;

use csv_core::ReadRecordResult;

use super::error::ReadError;

/// A record and the line on which it begins, from zero.
pub(super) struct Record<'a> {
    pub(super) line: u64,
    pub(super) fields: Fields<'a>,
}

impl Record<'_> {
    /// The line as a row of a sheet.
    pub(super) fn row(&self) -> Result<u32, ReadError> {
        u32::try_from(self.line).map_err(|_| ReadError::TooManyCells { limit: u64::from(u32::MAX) })
    }
}

/// The fields of a record.
pub(super) enum Fields<'a> {
    /// A line without quotation marks, to be cut at this separator.
    Plain(&'a [u8], u8),
    /// Fields without their quotation marks: their bytes, and where each ends.
    Read(&'a [u8], &'a [usize]),
}

impl<'a> Fields<'a> {
    /// The bytes of all fields.
    pub(super) fn bytes(&self) -> &'a [u8] {
        let (Fields::Plain(bytes, _) | Fields::Read(bytes, _)) = *self;
        bytes
    }
}

/// Reads records.
pub(super) struct Lines<R> {
    reader: R,
    delimiter: u8,
    /// Bytes that are read at once.
    step: usize,
    window: Vec<u8>,
    at: usize,
    end: usize,
    whole: bool,
    line: u64,
    quoted: csv_core::Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// What was found at the place of the next record.
enum Found {
    /// A line without quotation marks: where it ends, and where the next one begins.
    Plain(usize, usize),
    /// A record with quotation marks: its number of fields, and where the next one begins.
    Quoted(usize, usize),
    Nothing,
}

impl<R: Read> Lines<R> {
    /// Records of a text that is read by `step` bytes; a longer record makes the window grow.
    pub(super) fn new(reader: R, delimiter: u8, first_line: u64, step: usize) -> Self {
        let quoted = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let (window, bytes, ends) = (Vec::new(), vec![0; 1 << 12], vec![0; 1 << 8]);
        let step = step.max(1);
        Self { reader, delimiter, step, window, at: 0, end: 0, whole: false, line: first_line, quoted, bytes, ends }
    }

    /// The separator.
    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The next record; `None` at the end.
    pub(super) fn next(&mut self) -> std::io::Result<Option<Record<'_>>> {
        let found = loop {
            match self.find() {
                Some(found) => break found,
                None => self.more()?,
            }
        };
        Ok(self.pass(&found).map(|(record, _)| record))
    }

    /// Gives the window away for another piece of memory, with the records that lie in it whole: `each` is told every one of
    /// them and where it lies. False at the end of the text.
    pub(super) fn next_window(
        &mut self,
        window: &mut Vec<u8>,
        mut each: impl FnMut(&Record<'_>, Range<usize>) -> Result<(), ReadError>,
    ) -> Result<bool, ReadError> {
        let damaged = |e: std::io::Error| ReadError::Damaged(e.to_string());
        let mut any = false;
        loop {
            match self.find() {
                None if any => break,
                None => self.more().map_err(damaged)?,
                Some(Found::Nothing) => break,
                Some(found @ (Found::Plain(..) | Found::Quoted(..))) => {
                    any = true;
                    self.pass(&found).map_or(Ok(()), |(record, at)| each(&record, at))?;
                }
            }
        }
        if any {
            let begun = self.window.get(self.at..self.end).unwrap_or_default();
            window.resize(window.len().max(begun.len()), 0);
            window.iter_mut().zip(begun).for_each(|(to, from)| *to = *from);
            std::mem::swap(&mut self.window, window);
            self.end -= std::mem::take(&mut self.at);
        }
        Ok(any)
    }

    /// Goes past a record that was found, and shows it and where it lies in the window.
    fn pass(&mut self, found: &Found) -> Option<(Record<'_>, Range<usize>)> {
        let (start, line) = (self.at, self.line);
        let (end, next, fields) = match *found {
            Found::Nothing => return None,
            Found::Plain(end, next) => {
                let text = self.window.get(start..end).unwrap_or_default();
                (end, next, Fields::Plain(text, self.delimiter))
            }
            Found::Quoted(fields, next) => {
                let ends = self.ends.get(..fields).unwrap_or_default();
                let bytes = self.bytes.get(..ends.last().copied().unwrap_or(0)).unwrap_or_default();
                (next, next, Fields::Read(bytes, ends))
            }
        };
        self.at = next;
        self.line += 1;
        Some((Record { line, fields }, start..end))
    }

    /// What stands at the place of the next record; `None` where more of the text has to be seen.
    fn find(&mut self) -> Option<Found> {
        loop {
            let seen = self.window.get(self.at..self.end).unwrap_or_default();
            match memchr::memchr3(b'\n', b'\r', b'"', seen) {
                Some(0) if seen.first() != Some(&b'"') => {
                    self.at = self.after_end(0)?;
                    self.line += 1;
                }
                Some(length) if seen.get(length) == Some(&b'"') => {
                    return match self.quoted() {
                        Some((fields, next)) => Some(Found::Quoted(fields, next)),
                        None => self.whole.then_some(Found::Nothing),
                    };
                }
                Some(length) => return Some(Found::Plain(self.at + length, self.after_end(length)?)),
                None if !self.whole => return None,
                None if seen.is_empty() => return Some(Found::Nothing),
                None => return Some(Found::Plain(self.end, self.end)),
            }
        }
    }

    /// Where the next line begins behind an end of a line; `None` when it cannot be seen yet whether `\n` follows `\r`.
    fn after_end(&self, length: usize) -> Option<usize> {
        let at = self.at + length;
        if self.window.get(at) != Some(&b'\r') {
            return Some(at + 1);
        }
        if at + 1 < self.end {
            return Some(at + 1 + usize::from(self.window.get(at + 1) == Some(&b'\n')));
        }
        self.whole.then_some(at + 1)
    }

    /// Reads a record with quotation marks; `None` when its end cannot be seen yet.
    fn quoted(&mut self) -> Option<(usize, usize)> {
        self.quoted.reset();
        let (mut at, mut written, mut ended) = (self.at, 0, 0);
        loop {
            let input = self.window.get(at..self.end).unwrap_or_default();
            // An end of a line that is the last byte seen may be half of one.
            let last = input.is_empty() && self.whole;
            let (result, read, wrote, ends) =
                self.quoted.read_record(input, self.bytes.get_mut(written..)?, self.ends.get_mut(ended..)?);
            (at, written, ended) = (at + read, written + wrote, ended + ends);
            match result {
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty if self.whole && !last => {}
                ReadRecordResult::InputEmpty => return None,
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        let half = at == self.end && !self.whole && self.window.get(at.checked_sub(1)?) == Some(&b'\r');
        if half {
            return None;
        }
        let split = self.window.get(at.checked_sub(1)?) == Some(&b'\r') && at < self.end && self.window.get(at) == Some(&b'\n');
        Some((ended, at + usize::from(split)))
    }

    /// Shows more of the text.
    fn more(&mut self) -> std::io::Result<()> {
        self.window.copy_within(self.at..self.end, 0);
        self.end -= std::mem::take(&mut self.at);
        let room = self.step.max(2 * self.end);
        if self.window.len() < room {
            self.window.resize(room, 0);
        }
        while let Some(free) = self.window.get_mut(self.end..).filter(|free| !free.is_empty()) {
            match self.reader.read(free) {
                Ok(0) => {
                    self.whole = true;
                    break;
                }
                Ok(read) => self.end += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A reader that hands out a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let length = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(length);
            into[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    fn split(line: &[u8]) -> Vec<Vec<u8>> {
        line.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect()
    }

    fn cut(bytes: &[u8], ends: &[usize]) -> Vec<Vec<u8>> {
        std::iter::once(&0).chain(ends).zip(ends).map(|(start, end)| bytes[*start..*end].to_vec()).collect()
    }

    fn ours(text: &[u8], drops: usize) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut lines = Lines::new(Drops(text, drops), b',', 0, drops);
        let mut records = Vec::new();
        while let Some(record) = lines.next().unwrap() {
            let fields = match record.fields {
                Fields::Plain(line, _) => split(line),
                Fields::Read(bytes, ends) => cut(bytes, ends),
            };
            records.push((record.line, fields));
        }
        records
    }

    /// The same by windows that are given away.
    fn by_window(text: &[u8], drops: usize, step: usize) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut lines = Lines::new(Drops(text, drops), b',', 0, step);
        let (mut records, mut window) = (Vec::new(), Vec::new());
        loop {
            let mut of_window = Vec::new();
            let keep = |record: &Record<'_>, at: Range<usize>| {
                let read = match record.fields {
                    Fields::Plain(..) => None,
                    Fields::Read(bytes, ends) => Some(cut(bytes, ends)),
                };
                of_window.push((record.line, at, read));
                Ok(())
            };
            if !lines.next_window(&mut window, keep).unwrap() {
                return records;
            }
            records.extend(of_window.into_iter().map(|(line, at, read)| (line, read.unwrap_or_else(|| split(&window[at])))));
        }
    }

    fn theirs(text: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
        reader.into_byte_records().map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect()
    }

    #[test]
    fn every_end_of_a_line_counts() {
        let lines = |text: &str| ours(text.as_bytes(), 3).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("\n\na\n\nb"), [2, 4]);
        assert_eq!(lines("a\r\n\r\n\r\n\"b\r\nc\"\r\nd\r\n"), [0, 3, 4]);
        assert_eq!(lines("a\rb\r\rc\r"), [0, 1, 3]);
    }

    proptest! {
        #[test]
        fn records_are_those_of_the_csv_library(
            text in prop::collection::vec(prop::sample::select(&b"ab,,\"\"\n\n\r "[..]), 0..80),
            drops in 1_usize..9,
            step in 1_usize..40,
        ) {
            let records = ours(&text, drops);
            prop_assert_eq!(&records, &by_window(&text, drops, step));
            let records: Vec<Vec<Vec<u8>>> = records.into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(records, theirs(&text));
        }
    }
}
