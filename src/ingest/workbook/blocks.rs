//! Long delimited text on all threads: while rows are taken in their order on one thread, scouts look at the rows after them.
//!
//! Where a record ends is decided by one reader from the beginning on, because nobody else can know whether a line break
//! stands between quotation marks. What is in a record, which takes longer, is a question for any thread.

use std::io::Read;
use std::mem::swap;
use std::ops::Range;

use super::cut;
use super::delimited::record;
use super::error::ReadError;
use super::lines::{Fields, Lines};
use super::raw::{RawRow, Scout, StoredCell};
use super::rows::Rows;
use super::strings::Strings;

/// Blocks that are looked at while as many others are taken, for each thread.
const OF_A_THREAD: usize = 6;

/// Records and what their scout saw in them.
struct Block {
    text: Text,
    records: Vec<Kept>,
    cells: Vec<StoredCell>,
    scout: Box<dyn Scout>,
}

/// What the records of a block are written in.
#[derive(Default)]
struct Text {
    /// A window of the text.
    window: Vec<u8>,
    /// The fields of records that had quotation marks, without them, and where each ends.
    unquoted: Vec<u8>,
    ends: Vec<usize>,
}

/// A record in a block.
struct Kept {
    row: u32,
    /// Where it lies in the window, or without its quotation marks.
    bytes: Range<usize>,
    /// Which of the ends are those of its fields, of one that had quotation marks.
    ends: Option<Range<usize>>,
    glance: Option<Glance>,
}

/// A record that a scout has understood.
#[derive(Clone, Copy)]
pub(super) struct Glance {
    /// Which of those of its block it is.
    pub(super) nth: usize,
    /// How many cells it has.
    pub(super) cells: usize,
    /// The column of the last.
    pub(super) last: u32,
}

/// Reads all records from here on, window by window, where there is more than one thread and somebody who looks ahead; false
/// where not.
pub(super) fn read<R: Read>(lines: &mut Lines<R>, rows: &mut Rows<'_>) -> Result<bool, ReadError> {
    let (threads, delimiter) = (rayon::current_num_threads(), lines.delimiter());
    if threads < 2 || rows.scout().is_none() {
        return Ok(false);
    }
    let blocks =
        || -> Vec<Block> { std::iter::repeat_with(|| rows.scout()).map_while(Block::new).take(threads * OF_A_THREAD).collect() };
    let (mut ahead, mut behind) = (blocks(), blocks());
    loop {
        rayon::in_place_scope(|scope| {
            for block in ahead.iter_mut().filter(|block| !block.records.is_empty()) {
                scope.spawn(|_| block.look(delimiter));
            }
            behind.iter_mut().try_for_each(|block| {
                block.take(delimiter, rows)?;
                block.fill(lines)
            })
        })?;
        swap(&mut ahead, &mut behind);
        if ahead.iter().chain(&behind).all(|block| block.records.is_empty()) {
            return Ok(true);
        }
    }
}

impl Block {
    fn new(scout: Option<Box<dyn Scout>>) -> Option<Self> {
        Some(Self { text: Text::default(), records: Vec::new(), cells: Vec::new(), scout: scout? })
    }

    /// Fills it with the next records.
    fn fill<R: Read>(&mut self, lines: &mut Lines<R>) -> Result<(), ReadError> {
        let Self { text: Text { window, unquoted, ends }, records, .. } = self;
        unquoted.clear();
        ends.clear();
        records.clear();
        lines.next_window(window, |record, bytes| {
            let row = record.row()?;
            records.push(match record.fields {
                Fields::Plain(..) => Kept { row, bytes, ends: None, glance: None },
                Fields::Read(fields, of_fields) => {
                    let (from, first) = (unquoted.len(), ends.len());
                    unquoted.extend_from_slice(fields);
                    ends.extend_from_slice(of_fields);
                    Kept { row, bytes: from..unquoted.len(), ends: Some(first..ends.len()), glance: None }
                }
            });
            Ok(())
        })?;
        Ok(())
    }

    /// Has its scout look at every record.
    fn look(&mut self, delimiter: u8) {
        let strings = Strings::default();
        self.scout.begin();
        let mut nth = 0;
        // One look at all records is quicker than one at each. Text in NFC that is cut between letters stays so.
        let end = self.records.iter().rev().find(|kept| kept.ends.is_none()).map_or(0, |kept| kept.bytes.end);
        let plain = cut::composed(self.text.window.get(..end).unwrap_or_default());
        let unquoted = cut::composed(&self.text.unquoted);
        for kept in &mut self.records {
            self.cells.clear();
            let fields = self.text.fields(kept, delimiter);
            let composed = if kept.ends.is_none() { plain } else { unquoted };
            let text = match composed.and_then(|text| text.get(kept.bytes.clone())) {
                Some(text) => cut::cells_of(&fields, text, &mut self.cells).then_some(text),
                None => cut::cells(&fields, &mut self.cells),
            };
            if let Some(text) = text
                && let Some(last) = self.cells.last()
                && self.scout.look(&RawRow { row: kept.row, cells: &self.cells, text, strings: &strings })
            {
                kept.glance = Some(Glance { nth, cells: self.cells.len(), last: last.col });
                nth += 1;
            }
        }
    }

    /// Hands its records on.
    fn take(&mut self, delimiter: u8, rows: &mut Rows<'_>) -> Result<(), ReadError> {
        for kept in &self.records {
            let understood = kept.glance.is_some_and(|glance| rows.scouted(self.scout.as_mut(), glance, kept.row));
            if !understood {
                record(&self.text.fields(kept, delimiter), kept.row, rows)?;
            }
        }
        Ok(())
    }
}

impl Text {
    fn fields(&self, kept: &Kept, delimiter: u8) -> Fields<'_> {
        let in_text = |text| <[u8]>::get(text, kept.bytes.clone()).unwrap_or_default();
        match kept.ends.clone() {
            None => Fields::Plain(in_text(&self.window), delimiter),
            Some(ends) => Fields::Read(in_text(&self.unquoted), self.ends.get(ends).unwrap_or_default()),
        }
    }
}
