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
const OF_A_THREAD: usize = 2;

/// Records and what their scout saw in them.
struct Block {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    records: Vec<Kept>,
    cells: Vec<StoredCell>,
    scout: Box<dyn Scout>,
}

/// A record in a block.
struct Kept {
    row: u32,
    bytes: Range<usize>,
    /// Where its fields end, of one that had quotation marks.
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

/// Reads all records from here on, in blocks of some size, where there is more than one thread and somebody who looks ahead; false where not.
pub(super) fn read<R: Read>(lines: &mut Lines<R>, size: usize, rows: &mut Rows<'_>) -> Result<bool, ReadError> {
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
                block.fill(lines, size)
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
        Some(Self { bytes: Vec::new(), ends: Vec::new(), records: Vec::new(), cells: Vec::new(), scout: scout? })
    }

    /// Fills it with the next records.
    fn fill<R: Read>(&mut self, lines: &mut Lines<R>, size: usize) -> Result<(), ReadError> {
        self.bytes.clear();
        self.ends.clear();
        self.records.clear();
        while self.bytes.len() < size
            && let Some(record) = lines.next().map_err(|e| ReadError::Damaged(e.to_string()))?
        {
            let from = self.bytes.len();
            let ends = match record.fields {
                Fields::Plain(line, _) => {
                    self.bytes.extend_from_slice(line);
                    None
                }
                Fields::Read(bytes, ends) => {
                    let first = self.ends.len();
                    self.bytes.extend_from_slice(bytes);
                    self.ends.extend_from_slice(ends);
                    Some(first..self.ends.len())
                }
            };
            self.records.push(Kept { row: record.row()?, bytes: from..self.bytes.len(), ends, glance: None });
        }
        Ok(())
    }

    /// Has its scout look at every record.
    fn look(&mut self, delimiter: u8) {
        let strings = Strings::default();
        self.scout.begin();
        let mut nth = 0;
        // One look at all records is quicker than one at each. Text in NFC that is cut between letters stays so.
        let composed = cut::composed(&self.bytes);
        for kept in &mut self.records {
            self.cells.clear();
            let fields = fields(&self.bytes, &self.ends, &kept.bytes, kept.ends.as_ref(), delimiter);
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
                record(&fields(&self.bytes, &self.ends, &kept.bytes, kept.ends.as_ref(), delimiter), kept.row, rows)?;
            }
        }
        Ok(())
    }
}

fn fields<'a>(
    bytes: &'a [u8],
    ends: &'a [usize],
    at: &Range<usize>,
    ends_at: Option<&Range<usize>>,
    delimiter: u8,
) -> Fields<'a> {
    let bytes = bytes.get(at.clone()).unwrap_or_default();
    match ends_at {
        None => Fields::Plain(bytes, delimiter),
        Some(at) => Fields::Read(bytes, ends.get(at.clone()).unwrap_or_default()),
    }
}
