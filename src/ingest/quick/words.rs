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
    own: Vec<(Box<str>, Code)>,
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
        if let Some((_, code)) = self.own.iter().find(|(known, _)| **known == *word) {
            return *code;
        }
        let code = find();
        if self.own.len() < MOST {
            self.own.push((word.into(), code));
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
    fn a_column_of_remarks_is_not_kept_whole() {
        let mut words = Words::default();
        for at in 0..1_000 {
            words.own(&at.to_string(), || 1);
        }
        assert_eq!(words.own.len(), MOST);
    }
}
