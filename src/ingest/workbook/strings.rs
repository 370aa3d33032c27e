//! Shared texts of a workbook, one after the other in one piece of memory, each brought to NFC once.

use super::cell::Script;
use super::limits::LONG_TEXT;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a text is nothing but white space, hard spaces included.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether a text is in NFC as far as a look at its bytes tells. Letters below U+0300 and the Vietnamese ones from U+1E00 to
/// U+1EFF are composed; in any other the library looks. Both looks go over all bytes, without a way out on the way, so that
/// the compiler can make many of one step.
pub(super) fn is_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_ascii() {
        return true;
    }
    let odd = bytes.iter().fold(0, |odd, byte| odd | u8::from(*byte > 0xCB && *byte != 0xE1));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let odd = pairs.fold(odd, |odd, (lead, next)| odd | u8::from(*lead == 0xE1 && !(0xB8..=0xBB).contains(next)));
    odd == 0 || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Appends a text in NFC; nearly all texts are already so and are only copied.
pub(super) fn push_nfc(into: &mut String, text: &str) {
    if is_composed(text) {
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
    /// Texts that are blank or over-long or not there, sorted by index: nearly always none.
    odd: Vec<u32>,
}

impl Strings {
    /// Adds a text; false when the texts together no longer fit (4 GiB).
    pub(super) fn push(&mut self, text: &str) -> bool {
        let start = self.text.len();
        push_nfc(&mut self.text, text);
        let added = self.text.get(start..).unwrap_or_default();
        if added.len() > LONG_TEXT || is_blank(added) {
            self.odd.push(self.len());
        }
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

    /// Whether a text needs a look before it is used: it may be blank, over-long, or not there.
    pub(super) fn is_odd(&self, index: u32) -> bool {
        index >= self.len() || (!self.odd.is_empty() && self.odd.binary_search(&index).is_ok())
    }

    /// Whether nothing is to be said of any of them: none is odd and no font speaks of a script.
    pub(super) fn are_plain(&self) -> bool {
        self.odd.is_empty() && self.scripts.is_empty()
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
    fn a_look_at_bytes_calls_no_text_composed_that_is_not() {
        for letter in ('\0'..='\u{2FFF}').chain('\u{F900}'..='\u{FB4F}') {
            let text: String = [letter].into_iter().collect();
            let composed: String = text.nfc().collect();
            assert!(!is_composed(&text) || text == composed, "U+{:04X}", u32::from(letter));
        }
        assert!(is_composed("Nguyễn Thị Hường") && !is_composed("Nguye\u{302}\u{303}n"));
    }

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
