//! What words of a column stand for, remembered: by their number in the workbook, or by their letters.

/// Words by letters that are remembered; a column of classes or peoples has few, and one of remarks is not worth it.
const MOST: usize = 48;

/// A word's code: what it stands for, or that it needs a closer look.
pub(super) type Code = u8;

/// A word that needs a closer look.
pub(super) const DOUBTFUL: Code = 0;

/// The words of a column, or of columns that are read alike.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// By number in the workbook: one more than the code, and zero for those not yet met.
    shared: Vec<Code>,
    /// By their letters, in the order in which they were met.
    own: Vec<(Letters, Box<str>, Code)>,
}

/// What a word begins and ends with and how long it is: of up to sixteen bytes that is the word itself. Numbers are compared
/// faster than texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letters {
    first: u64,
    last: u64,
    length: usize,
}

impl Letters {
    fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let (first, last) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>(), bytes) {
            (Some(first), Some(last), _) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            (_, _, [byte]) => (u64::from(*byte), 0),
            _ => (bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), 0),
        };
        Self { first, last, length: bytes.len() }
    }
}

impl Words {
    /// The code of a shared word. `find` tells it of a word not yet met.
    pub(super) fn shared(&mut self, index: u32, find: impl FnOnce() -> Code) -> Code {
        let at = index as usize;
        if let Some(known) = self.shared.get(at).and_then(|code| code.checked_sub(1)) {
            return known;
        }
        if self.shared.len() <= at {
            self.shared.resize(at + 1, 0);
        }
        let code = find();
        if let Some(slot) = self.shared.get_mut(at) {
            *slot = code.saturating_add(1);
        }
        code
    }

    /// The code of a word by its letters.
    pub(super) fn own(&mut self, word: &str, find: impl FnOnce() -> Code) -> Code {
        let letters = Letters::of(word);
        let known = self.own.iter().find(|(known, whole, _)| *known == letters && (letters.length <= 16 || **whole == *word));
        if let Some((.., code)) = known {
            return *code;
        }
        let code = find();
        if self.own.len() < MOST {
            self.own.push((letters, word.into(), code));
        }
        code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_asked_for_once() {
        let mut words = Words::default();
        assert_eq!((words.shared(7, || 3), words.shared(7, || unreachable!())), (3, 3));
        assert_eq!((words.shared(2, || DOUBTFUL), words.shared(2, || unreachable!())), (DOUBTFUL, DOUBTFUL));
        assert_eq!((words.own("x", || 1), words.own("x", || unreachable!()), words.own("y", || 2)), (1, 1, 2));
    }

    #[test]
    fn words_are_told_apart_by_every_letter() {
        let long = "Hộ cận nghèo của xã";
        for word in ["", "x", "Mạ", "M'Nông", "Ê Đê xyz", "Hộ nghèo", "Hộ cận nghè", "0123456789abcdef", long] {
            let mut words = Words::default();
            assert_eq!(words.own(word, || 1), 1);
            for (at, letter) in word.char_indices() {
                let (before, after) = (&word[..at], &word[at + letter.len_utf8()..]);
                assert_eq!(words.own(&format!("{before}q{after}"), || 2), 2, "{word} at {at}");
                assert_eq!(words.own(&format!("{before}{after}"), || 2), 2, "{word} without its letter at {at}");
            }
            assert_eq!(words.own(word, || unreachable!()), 1);
        }
        let mut words = Words::default();
        assert_eq!((words.own("\0", || 1), words.own("\0\0", || 2), words.own("", || 3)), (1, 2, 3));
    }

    #[test]
    fn a_column_of_remarks_is_not_kept_whole() {
        let mut words = Words::default();
        for at in 0..1_000 {
            words.own(&at.to_string(), || 1);
        }
        assert_eq!(words.own.len(), MOST);
    }
}
