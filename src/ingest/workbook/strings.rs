//! Shared texts of a workbook, one after the other in one piece of memory, each brought to NFC once.

use super::cell::Script;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Appends a text in NFC; nearly all texts are already so and are only copied.
pub(super) fn push_nfc(into: &mut String, text: &str) {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        into.push_str(text);
    } else {
        into.extend(text.nfc());
    }
}

/// The shared texts, by index.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
    /// Texts whose own runs name a legacy font, sorted by index.
    scripts: Vec<(u32, Script)>,
}

impl Strings {
    /// Adds a text; false when the texts together no longer fit (4 GiB).
    pub(super) fn push(&mut self, text: &str) -> bool {
        push_nfc(&mut self.text, text);
        u32::try_from(self.text.len()).is_ok_and(|end| {
            self.ends.push(end);
            true
        })
    }

    /// Says of the text added last that its runs are in a legacy font.
    pub(super) fn mark_last(&mut self, script: Script) {
        if let Some(last) = self.len().checked_sub(1) {
            self.scripts.push((last, script));
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// The text of an index.
    pub(super) fn get(&self, index: u32) -> Option<&str> {
        let at = usize::try_from(index).ok()?;
        let end = usize::try_from(*self.ends.get(at)?).ok()?;
        let start = match at.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.text.get(start..end)
    }

    /// The script its own runs name, when they do.
    pub(super) fn script(&self, index: u32) -> Option<Script> {
        let at = self.scripts.binary_search_by_key(&index, |entry| entry.0).ok()?;
        self.scripts.get(at).map(|entry| entry.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_by_index_in_nfc() {
        let mut strings = Strings::default();
        assert!(strings.push("Buôn"));
        assert!(strings.push(""));
        assert!(strings.push("Nguye\u{302}\u{303}n"));
        strings.mark_last(Script::Vni);
        assert_eq!(strings.get(0), Some("Buôn"));
        assert_eq!(strings.get(1), Some(""));
        assert_eq!(strings.get(2), Some("Nguyễn"));
        assert_eq!(strings.get(3), None);
        assert_eq!((strings.script(1), strings.script(2)), (None, Some(Script::Vni)));
    }
}
