//! The cells of a record of delimited text, where nothing in it is unusual: its texts then need not be copied.

use super::cell::Script;
use super::delimited::MOST_BREAKS;
use super::limits::{FAR_COLUMN, LONG_TEXT};
use super::lines::Fields;
use super::raw::{Stored, StoredCell};
use super::strings::{is_blank, is_composed};
use crate::ingest::digits::each;

const LOW: u64 = each(0x7F);
const TOGETHER: u64 = 0x0102_0408_1020_4080;

/// Text that is in NFC, where the bytes are that.
pub(super) fn composed(bytes: &[u8]) -> Option<&str> {
    simdutf8::basic::from_utf8(bytes).ok().filter(|text| is_composed(text))
}

/// Adds the cells of a record to `cells` and gives the text that they lie in; `None` where a text is not in NFC, over-long or
/// far away, or may be the rest of the file behind a quotation mark that was never closed.
pub(super) fn cells<'a>(fields: &Fields<'a>, cells: &mut Vec<StoredCell>) -> Option<&'a str> {
    let text = composed(fields.bytes())?;
    cells_of(fields, text, cells).then_some(text)
}

/// The same of a record whose bytes are known to be this text, which is in NFC; false instead of `None`.
pub(super) fn cells_of(fields: &Fields<'_>, text: &str, cells: &mut Vec<StoredCell>) -> bool {
    let bytes = text.as_bytes();
    let mut cell = |col: u32, from: usize, end: usize| {
        let surely_shown = bytes.get(from).is_some_and(u8::is_ascii_graphic);
        if surely_shown || !text.get(from..end).is_none_or(is_blank) {
            cells.push(StoredCell { col, value: Stored::Text(from, end), script: Script::Unicode, formula: false });
        }
        col < FAR_COLUMN
    };
    text.len() <= LONG_TEXT
        && match *fields {
            Fields::Plain(line, delimiter) => cut(line, delimiter, cell),
            Fields::Read(bytes, ends) => {
                let starts = std::iter::once(&0).chain(ends);
                let few_breaks = memchr::memchr_iter(b'\n', bytes).nth(MOST_BREAKS).is_none();
                few_breaks
                    && (0..)
                        .zip(starts.zip(ends))
                        .all(|(col, (from, end))| from == end || (text.is_char_boundary(*end) && cell(col, *from, *end)))
            }
        }
}

/// The fields of a line without quotation marks that are not empty, with their columns: where each begins and ends. `each`
/// says no to stop.
///
/// Sixty-four bytes become the bits of a number, one where a separator stands. Where a field begins and where it ends is then
/// known for all of them at once, and of a row of which most fields are empty those that are not are all that is looked at.
fn cut(line: &[u8], delimiter: u8, mut each: impl FnMut(u32, usize, usize) -> bool) -> bool {
    // Where the field begins that has no end yet.
    let mut open: Option<usize> = None;
    // The column of the last field and where it ended. From there to the next one all bytes are separators.
    let (mut col, mut ended) = (0_usize, 0);
    let mut field = |from: usize, end: usize| {
        col += from - std::mem::replace(&mut ended, end);
        each(u32::try_from(col).unwrap_or(u32::MAX), from, end)
    };
    let mut after_separator = 1_u64;
    for (start, part) in (0..).step_by(64).zip(line.chunks(64)) {
        let found = bits(part, delimiter);
        let behind = found << 1 | after_separator;
        let within = u64::MAX >> (64 - part.len());
        let (mut begins, mut ends) = (!found & behind & within, found & !behind);
        loop {
            let from = match open {
                Some(from) => from,
                None if begins == 0 => break,
                None => {
                    let at = begins.trailing_zeros();
                    begins &= begins - 1;
                    start + at as usize
                }
            };
            if ends == 0 {
                open = Some(from);
                break;
            }
            open = None;
            if !field(from, start + ends.trailing_zeros() as usize) {
                return false;
            }
            ends &= ends - 1;
        }
        after_separator = found >> 63;
    }
    open.is_none_or(|from| field(from, line.len()))
}

/// Where a byte stands in at most sixty-four, as bits from the lowest on.
fn bits(part: &[u8], wanted: u8) -> u64 {
    let (eights, rest) = part.as_chunks::<8>();
    let eight = |bytes: &[u8; 8]| {
        let other = u64::from_le_bytes(*bytes) ^ each(wanted);
        // The highest bit of each byte that is the wanted one; the product moves all eight side by side to the top.
        let hits = !(((other & LOW) + LOW) | other | LOW);
        (hits >> 7).wrapping_mul(TOGETHER) >> 56
    };
    let of_eights = (0..).zip(eights).fold(0, |found, (nth, bytes)| found | eight(bytes) << (8 * nth));
    let first = 8 * eights.len();
    (first..).zip(rest).fold(of_eights, |found, (at, byte)| found | u64::from(*byte == wanted) << at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fields_are_those_between_the_separators(line in prop::collection::vec(prop::sample::select(&b",,,a;\x2B\x2D\xAC\x80\x00\xFF"[..]), 0..200)) {
            let mut ours = Vec::new();
            let through = cut(&line, b',', |col, from, end| {
                ours.push((col as usize, line[from..end].to_vec()));
                true
            });
            prop_assert!(through);
            let split = line.split(|byte| *byte == b',').map(<[u8]>::to_vec).enumerate();
            let theirs: Vec<(usize, Vec<u8>)> = split.filter(|(_, field)| !field.is_empty()).collect();
            prop_assert_eq!(&ours, &theirs);
            let mut seen = 0;
            let stopped = cut(&line, b',', |_, _, _| {
                seen += 1;
                seen < 2
            });
            prop_assert_eq!((stopped, seen), (theirs.len() < 2, theirs.len().min(2)));
        }
    }
}
