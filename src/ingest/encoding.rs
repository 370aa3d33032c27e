//! Old Vietnamese encodings: told from the font or from the text, and turned into Unicode.
//!
//! In TCVN3 and VNI the text of a cell is a row of windows-1252 signs that only the right font shows as Vietnamese (`Hé nghÌo`,
//! `Hoä ngheøo`). A workbook names the font of each cell, so there the font decides; delimited text has no fonts, so there the
//! spelling decides: words are counted that are Vietnamese syllables under one reading and under no other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

mod syllable;
mod tables;

use syllable::is_syllable;

/// How the signs of a text stand for Vietnamese letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// The file tells no font for the text (delimited text, xls, xlsb, ods): only [`guess_script`] can say.
    #[default]
    Unknown,
    /// As they are: a font of Unicode text.
    Unicode,
    /// TCVN 5712:1993, also called ABC (fonts `.VnTime`, `.VnArial` …).
    Tcvn3,
    /// The same in a font that shows small letters as capitals (`.VnTimeH` …).
    Tcvn3Capitals,
    /// VNI for Windows (fonts `VNI-Times` …): a letter, then a sign for its marks.
    Vni,
}

impl Script {
    /// The script that a font shows. Fonts are known by their names alone: `.Vn…` and `VNI-…`; all others are Unicode.
    #[must_use]
    pub fn of_font(name: &str) -> Self {
        let name = name.trim().to_ascii_lowercase();
        if name.starts_with(".vn") {
            if name.ends_with('h') { Self::Tcvn3Capitals } else { Self::Tcvn3 }
        } else if name.starts_with("vni-") || name.starts_with("vni ") {
            Self::Vni
        } else {
            Self::Unicode
        }
    }

    /// Whether text in this script must be converted before it can be read.
    #[must_use]
    pub const fn is_old(self) -> bool {
        matches!(self, Self::Tcvn3 | Self::Tcvn3Capitals | Self::Vni)
    }
}

/// Turns text in a script into Unicode (NFC). Signs outside the script's table stay as they are, so that the letters ŭ, ĭ and Ƀ of
/// Ê Đê and M'Nông names, which the old fonts lack, come through.
///
/// Text that holds a letter which only Unicode has for Vietnamese (ộ, ạ, đ, ư …) is Unicode whatever its font says, and stays as it
/// is; so does text in a VNI font where VNI signs stand only where no VNI writer could have put them (`Lâm`).
#[must_use]
pub fn convert(text: &str, script: Script) -> Cow<'_, str> {
    let untouched = !script.is_old() || (text.is_ascii() && script != Script::Tcvn3Capitals);
    if untouched || text.chars().any(is_only_unicode) {
        return Cow::Borrowed(text);
    }
    match script {
        Script::Unknown | Script::Unicode => Cow::Borrowed(text),
        Script::Tcvn3 => Cow::Owned(text.chars().map(tables::tcvn3).collect()),
        Script::Tcvn3Capitals => Cow::Owned(text.chars().map(tables::tcvn3).flat_map(char::to_uppercase).collect()),
        Script::Vni => convert_vni(text),
    }
}

/// Vietnamese letters that no windows-1252 sign can stand for.
const fn is_only_unicode(c: char) -> bool {
    matches!(c, 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1EA0}'..='\u{1EF9}')
}

fn convert_vni(text: &str) -> Cow<'_, str> {
    let mut converted = String::with_capacity(text.len());
    let (mut pairs, mut orphans) = (0u32, 0u32);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let letter = tables::vni_letter(sign).unwrap_or(sign);
        if let Some(pair) = signs.peek().and_then(|next| tables::vni_pair(letter, *next)) {
            converted.push(pair);
            signs.next();
            pairs += 1;
        } else {
            converted.push(letter);
            orphans += u32::from(tables::is_vni_mark(sign));
        }
    }
    if pairs == 0 && orphans > 0 { Cow::Borrowed(text) } else { Cow::Owned(converted) }
}

/// Whether the beginning of a text is enough to tell that all of it is in Unicode: it has as many words as are ever looked at,
/// and they are not in an old script.
#[must_use]
pub fn is_surely_unicode(beginning: &str) -> bool {
    let enough = usize::try_from(WORDS_ENOUGH).unwrap_or(usize::MAX);
    let words = fields(beginning).filter(|field| !field.is_ascii()).flat_map(marked_words).take(enough).count();
    words == enough && !guess_script(fields(beginning)).is_old()
}

/// Words with marks that are looked at before a guess; a sheet or file is in one script, so more would not tell more.
const WORDS_ENOUGH: u32 = 4_000;

/// Guesses the script of a whole sheet or file from its texts, where no font tells it.
///
/// An old script is guessed only when at least two words are Vietnamese in it that are not so as they stand, and when such words
/// outnumber those that are Vietnamese as they stand four to one. Plain ASCII, Unicode and names in Ê Đê or M'Nông are
/// therefore [`Script::Unicode`]; [`Script::Unknown`] is never the answer. The capitals of `.VnTimeH` cannot be told from text.
pub fn guess_script<'a>(samples: impl IntoIterator<Item = &'a str>) -> Script {
    // Lists say few words, over and over.
    let mut known: BTreeMap<&str, Option<Script>> = BTreeMap::new();
    let (mut unicode, mut tcvn3, mut vni, mut words) = (0_u32, 0_u32, 0_u32, 0_u32);
    let is_old = |old: u32, unicode: u32| old >= 2 && old > unicode.saturating_mul(4);
    for sample in samples.into_iter().filter(|sample| !sample.is_ascii()) {
        for word in marked_words(sample) {
            match *known.entry(word).or_insert_with(|| only_reading(word)) {
                Some(Script::Unicode) => unicode += 1,
                Some(Script::Tcvn3) => tcvn3 += 1,
                Some(Script::Vni) => vni += 1,
                Some(Script::Tcvn3Capitals | Script::Unknown) | None => {}
            }
            words += 1;
        }
        // What is still to be looked at may no longer outvote what was found.
        let left = WORDS_ENOUGH.saturating_sub(words);
        if left == 0 || !is_old(tcvn3.max(vni).saturating_add(left), unicode) {
            break;
        }
    }
    let (script, old) = if vni > tcvn3 { (Script::Vni, vni) } else { (Script::Tcvn3, tcvn3) };
    if is_old(old, unicode) { script } else { Script::Unicode }
}

/// The words of a text that have a sign beyond ASCII and a letter of the alphabet. The signs of the old scripts (`©`, `«`, the soft
/// hyphen) are no letters to Unicode, so words end at white space and ASCII punctuation only.
fn marked_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphabetic()))
        .filter(|word| !word.is_ascii() && word.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// The script in which a word is Vietnamese, where it is so in one alone.
fn only_reading(word: &str) -> Option<Script> {
    if word.nfc().any(is_only_unicode) {
        return Some(Script::Unicode);
    }
    let reads = |script| {
        let converted = convert(word, script);
        converted != word && is_syllable(&converted)
    };
    match (is_syllable(word), reads(Script::Tcvn3), reads(Script::Vni)) {
        (true, false, false) => Some(Script::Unicode),
        (false, true, false) => Some(Script::Tcvn3),
        (false, false, true) => Some(Script::Vni),
        _ => None,
    }
}

/// How the bytes of a delimited text stand for its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first, with or without a byte order mark.
    Utf16Le,
    /// UTF-16, high byte first, with or without a byte order mark.
    Utf16Be,
    /// One byte a letter, TCVN3 (ABC).
    Tcvn3,
    /// One or two bytes a letter, VNI.
    Vni,
    /// Windows code page 1258.
    Windows1258,
}

/// Delimited text as Unicode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark. Composed (NFC) where it was not Unicode before.
    pub text: Cow<'a, str>,
    /// How the bytes were read.
    pub encoding: Encoding,
    /// The script that was converted: Unicode where nothing was. A UTF-8 file saved from cells in an old font is UTF-8 in encoding and
    /// TCVN3 or VNI in script.
    pub script: Script,
    /// Letters that were lost before or while reading, see [`lost_letters`].
    pub lost: usize,
}

impl Decoded<'_> {
    /// The name of the encoding for people: `UTF-8`, `windows-1258`, `TCVN3`; `UTF-8, VNI` for old text in a new file.
    #[must_use]
    pub fn name(&self) -> String {
        let encoding = match self.encoding {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Tcvn3 => return "TCVN3".to_owned(),
            Encoding::Vni => return "VNI".to_owned(),
            Encoding::Windows1258 => "windows-1258",
        };
        match self.script {
            Script::Unknown | Script::Unicode => encoding.to_owned(),
            Script::Tcvn3 | Script::Tcvn3Capitals => format!("{encoding}, TCVN3"),
            Script::Vni => format!("{encoding}, VNI"),
        }
    }
}

/// Decodes delimited text. In this order: byte order mark, UTF-16 by its NULs, UTF-8 (a few broken bytes allowed), then whichever of
/// windows-1258, TCVN3 and VNI makes the most Vietnamese words. Never fails: bytes that mean nothing become U+FFFD and count as lost.
#[must_use]
pub fn decode_bytes(bytes: &[u8]) -> Decoded<'_> {
    let utf16 = |encoding, decoder: &'static encoding_rs::Encoding, bytes| {
        decoded_unicode(decoder.decode_without_bom_handling(bytes).0, encoding)
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decoded_unicode(String::from_utf8_lossy(rest), Encoding::Utf8),
        [0xFF, 0xFE, rest @ ..] => utf16(Encoding::Utf16Le, UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => utf16(Encoding::Utf16Be, UTF_16BE, rest),
        _ => match utf16_order(bytes) {
            Some(Encoding::Utf16Le) => utf16(Encoding::Utf16Le, UTF_16LE, bytes),
            Some(_) => utf16(Encoding::Utf16Be, UTF_16BE, bytes),
            None if is_nearly_utf8(bytes) => decoded_unicode(String::from_utf8_lossy(bytes), Encoding::Utf8),
            None => decode_one_byte(bytes),
        },
    }
}

/// UTF-16 without a byte order mark: digits, separators and unmarked letters have a NUL as their high byte.
fn utf16_order(bytes: &[u8]) -> Option<Encoding> {
    let (mut high_first, mut low_first, mut pairs) = (0usize, 0usize, 0usize);
    for pair in bytes.chunks_exact(2).take(8_192) {
        pairs += 1;
        high_first += usize::from(pair[0] == 0 && pair[1] != 0);
        low_first += usize::from(pair[1] == 0 && pair[0] != 0);
    }
    if low_first * 4 > pairs && high_first * 20 < pairs {
        Some(Encoding::Utf16Le)
    } else if high_first * 4 > pairs && low_first * 20 < pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Whether bytes are UTF-8, or UTF-8 with at most one broken place in twenty letters beyond ASCII.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken * 20 <= whole || broken == 0
}

fn decoded_unicode(text: Cow<'_, str>, encoding: Encoding) -> Decoded<'_> {
    let script = guess_script(fields(&text));
    let text = if script.is_old() { Cow::Owned(convert_fields(&text, script)) } else { text };
    Decoded { lost: lost_letters(&text), text, encoding, script }
}

fn decode_one_byte(bytes: &[u8]) -> Decoded<'static> {
    // Without byte order marks: the bytes FF FE in the middle of nowhere are letters here.
    let plain = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let paged: String = WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect();
    let readings = [
        (Encoding::Windows1258, Script::Unicode, paged),
        (Encoding::Tcvn3, Script::Tcvn3, convert_fields(&plain, Script::Tcvn3)),
        (Encoding::Vni, Script::Vni, convert_fields(&plain, Script::Vni)),
    ];
    let mut best = (None, Decoded { text: Cow::Borrowed(""), encoding: Encoding::Windows1258, script: Script::Unicode, lost: 0 });
    for (encoding, script, text) in readings {
        let limit = usize::try_from(WORDS_ENOUGH).unwrap_or(usize::MAX);
        let likeness = Some(marked_words(&text).take(limit).filter(|word| is_syllable(word)).count());
        if likeness > best.0 {
            best = (likeness, Decoded { lost: lost_letters(&text), text: Cow::Owned(text), encoding, script });
        }
    }
    best.1
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ';' | '\t' | '\n' | '\r' | '"')
}

fn fields(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_separator)
}

/// Converts field by field, because whether a text is Unicode already is decided for each cell by itself.
fn convert_fields(text: &str, script: Script) -> String {
    text.split_inclusive(is_separator).map(|field| convert(field, script)).collect()
}

/// Counts the places where a `?` or U+FFFD stands for a letter that an earlier save could not write: windows-1258 has no ŭ, ĭ or Ƀ, so
/// `Y Bhĭ Ƀing` comes as `Y Bh? ?ing`. A `?` behind a whole Vietnamese word asks a question and is not counted.
#[must_use]
pub fn lost_letters(text: &str) -> usize {
    // U+FFFD begins with the byte EF.
    if memchr::memchr2(b'?', 0xEF, text.as_bytes()).is_none() {
        return 0;
    }
    text.split(|c: char| c.is_whitespace() || is_separator(c)).map(lost_in_word).sum()
}

fn lost_in_word(word: &str) -> usize {
    let replaced = word.matches('\u{FFFD}').count();
    let asked = word.matches('?').count();
    let has_letters = word.chars().any(char::is_alphabetic);
    let is_question = asked == 1 && word.trim_end_matches([')', '.', '!']).strip_suffix('?').is_some_and(ends_whole);
    if !has_letters || is_question { replaced } else { replaced + asked }
}

/// Whether a word stands whole before a question mark: a Vietnamese syllable, or an abbreviation in capitals and digits (`KNLĐ?`).
fn ends_whole(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let capitals = word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    capitals || is_syllable(word)
}

#[cfg(test)]
mod tests;
