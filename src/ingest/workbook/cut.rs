//! The cells of a record of delimited text, where nothing in it is unusual: its texts then need not be copied.

use super::cell::Script;
use super::delimited::MOST_BREAKS;
use super::limits::{FAR_COLUMN, LONG_TEXT};
use super::lines::Fields;
use super::raw::{Stored, StoredCell};
use super::strings::{is_blank, is_composed};

const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
const EACH: u64 = 0x0101_0101_0101_0101;

/// Adds the cells of a record to `cells` and gives the text that they lie in; `None` where a text is not in NFC, over-long or
/// far away, or may be the rest of the file behind a quotation mark that was never closed.
pub(super) fn cells<'a>(fields: &Fields<'a>, cells: &mut Vec<StoredCell>) -> Option<&'a str> {
    let bytes = fields.bytes();
    let text = simdutf8::basic::from_utf8(bytes).ok().filter(|text| text.len() <= LONG_TEXT && is_composed(text))?;
    let mut cell = |col: u32, from: usize, end: usize| {
        let surely_shown = bytes.get(from).is_some_and(u8::is_ascii_graphic);
        if surely_shown || !text.get(from..end).is_none_or(is_blank) {
            cells.push(StoredCell { col, value: Stored::Text(from, end), script: Script::Unicode, formula: false });
        }
        col < FAR_COLUMN
    };
    let usual = match *fields {
        Fields::Plain(line, delimiter) => cut(line, delimiter, cell),
        Fields::Read(bytes, ends) => {
            let starts = std::iter::once(&0).chain(ends);
            let few_breaks = memchr::memchr_iter(b'\n', bytes).nth(MOST_BREAKS).is_none();
            few_breaks
                && (0..)
                    .zip(starts.zip(ends))
                    .all(|(col, (from, end))| from == end || (text.is_char_boundary(*end) && cell(col, *from, *end)))
        }
    };
    usual.then_some(text)
}

/// The fields of a line without quotation marks that are not empty, with their columns: where each begins and ends. `each`
/// says no to stop. Fields are so short that a search prepared for long texts would take longer than this.
fn cut(line: &[u8], delimiter: u8, mut each: impl FnMut(u32, usize, usize) -> bool) -> bool {
    let wanted = u64::from(delimiter) * EACH;
    let (mut col, mut from) = (0_u32, 0_usize);
    let mut field = |at: usize| {
        let goes_on = from == at || each(col, from, at);
        col = col.saturating_add(1);
        from = at + 1;
        goes_on
    };
    let (eights, rest) = line.as_chunks::<8>();
    for (eight, bytes) in eights.iter().enumerate() {
        let other = u64::from_le_bytes(*bytes) ^ wanted;
        // The highest bit of each byte that is the delimiter.
        let mut hits = !(((other & LOW) + LOW) | other | LOW);
        while hits != 0 {
            if !field(eight * 8 + (hits.trailing_zeros() / 8) as usize) {
                return false;
            }
            hits &= hits - 1;
        }
    }
    for (at, byte) in (eights.len() * 8..).zip(rest) {
        if *byte == delimiter && !field(at) {
            return false;
        }
    }
    field(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fields_are_those_between_the_separators(line in prop::collection::vec(prop::sample::select(&b",,,a;\x2B\x2D\xAC\x80\x00\xFF"[..]), 0..60)) {
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
