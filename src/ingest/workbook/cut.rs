//! Where a line of delimited text is cut, eight bytes at a time.

const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
const EACH: u64 = 0x0101_0101_0101_0101;

/// The fields of a line without quotation marks that are not empty, with their columns: where each begins and ends. `each`
/// says no to stop. Fields are so short that a search prepared for long texts would take longer than this.
pub(super) fn fields(line: &[u8], delimiter: u8, mut each: impl FnMut(u32, usize, usize) -> bool) -> bool {
    let wanted = u64::from(delimiter) * EACH;
    let (mut col, mut from) = (0_u32, 0_usize);
    let mut cut = |at: usize| {
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
            if !cut(eight * 8 + (hits.trailing_zeros() / 8) as usize) {
                return false;
            }
            hits &= hits - 1;
        }
    }
    for (at, byte) in (eights.len() * 8..).zip(rest) {
        if *byte == delimiter && !cut(at) {
            return false;
        }
    }
    cut(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fields_are_those_between_the_separators(line in prop::collection::vec(prop::sample::select(&b",,,a;\x2B\x2D\xAC\x80\x00\xFF"[..]), 0..60)) {
            let mut ours = Vec::new();
            let through = fields(&line, b',', |col, from, end| {
                ours.push((col as usize, line[from..end].to_vec()));
                true
            });
            prop_assert!(through);
            let split = line.split(|byte| *byte == b',').map(<[u8]>::to_vec).enumerate();
            let theirs: Vec<(usize, Vec<u8>)> = split.filter(|(_, field)| !field.is_empty()).collect();
            prop_assert_eq!(&ours, &theirs);
            let mut seen = 0;
            let stopped = fields(&line, b',', |_, _, _| {
                seen += 1;
                seen < 2
            });
            prop_assert_eq!((stopped, seen), (theirs.len() < 2, theirs.len().min(2)));
        }
    }
}
