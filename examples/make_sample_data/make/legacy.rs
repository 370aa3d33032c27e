//! Writes Vietnamese in the old ways: TCVN3 and VNI letters, and windows-1258 bytes.

use super::grid::{Book, Cell, Letters};
use unicode_normalization::UnicodeNormalization;

/// TCVN3 keeps one byte for each letter; a workbook shows the byte as a windows-1252 letter.
const TCVN3: &[(&str, &str)] = &[
    ("àảãáạ", "\u{B5}\u{B6}\u{B7}\u{B8}\u{B9}"),
    ("ăằẳẵắặ", "\u{A8}\u{BB}\u{BC}\u{BD}\u{BE}\u{C6}"),
    ("âầẩẫấậ", "\u{A9}\u{C7}\u{C8}\u{C9}\u{CA}\u{CB}"),
    ("đ", "\u{AE}"),
    ("èẻẽéẹ", "\u{CC}\u{CE}\u{CF}\u{D0}\u{D1}"),
    ("êềểễếệ", "\u{AA}\u{D2}\u{D3}\u{D4}\u{D5}\u{D6}"),
    ("ìỉĩíị", "\u{D7}\u{D8}\u{DC}\u{DD}\u{DE}"),
    ("òỏõóọ", "\u{DF}\u{E1}\u{E2}\u{E3}\u{E4}"),
    ("ôồổỗốộ", "\u{AB}\u{E5}\u{E6}\u{E7}\u{E8}\u{E9}"),
    ("ơờởỡớợ", "\u{AC}\u{EA}\u{EB}\u{EC}\u{ED}\u{EE}"),
    ("ùủũúụ", "\u{EF}\u{F1}\u{F2}\u{F3}\u{F4}"),
    ("ưừửữứự", "\u{AD}\u{F5}\u{F6}\u{F7}\u{F8}\u{F9}"),
    ("ỳỷỹýỵ", "\u{FA}\u{FB}\u{FC}\u{FD}\u{FE}"),
    ("ĂÂÊÔƠƯĐ", "\u{A1}\u{A2}\u{A3}\u{A4}\u{A5}\u{A6}\u{A7}"),
];

/// VNI keeps some letters whole and writes the others as a letter and a mark.
const VNI_WHOLE: &[(char, char)] =
    &[('đ', 'ñ'), ('ơ', 'ô'), ('ư', 'ö'), ('í', 'í'), ('ì', 'ì'), ('ỉ', 'æ'), ('ĩ', 'ó'), ('ị', 'ò'), ('ỵ', 'î')];

/// Puts the texts of a workbook into its letters. Titles in capitals become small letters in
/// TCVN3, because its font .VnTimeH draws small letters as capitals.
pub(crate) fn put_into_letters(book: &mut Book) {
    let convert: fn(&str) -> String = match book.letters {
        Letters::Unicode => return,
        Letters::Tcvn3 => tcvn3,
        Letters::Vni => vni,
    };
    for sheet in &mut book.sheets {
        let (first_heading, _) = sheet.heading;
        for (r, row) in sheet.rows.iter_mut().enumerate() {
            for cell in row {
                if let Cell::Text(text) = cell {
                    let in_title = r < first_heading && book.letters == Letters::Tcvn3;
                    let source = if in_title { text.to_lowercase() } else { text.clone() };
                    *text = convert(&source);
                }
            }
        }
    }
}

/// TCVN3 letters; what TCVN3 lacks (ŭ, ĭ, Ƀ) stays as it is.
pub(crate) fn tcvn3(text: &str) -> String {
    let one = |c: char| {
        TCVN3.iter().find_map(|(from, to)| from.chars().position(|f| f == c).and_then(|i| to.chars().nth(i))).unwrap_or(c)
    };
    text.nfc().map(one).collect()
}

/// VNI letters; what VNI lacks (ŭ, ĭ, Ƀ) stays as it is.
pub(crate) fn vni(text: &str) -> String {
    text.nfc().map(vni_letter).collect()
}

fn vni_letter(c: char) -> String {
    let small = c.to_lowercase().next().unwrap_or(c);
    let as_case = |s: char| -> String { if c == small { s.to_string() } else { s.to_uppercase().collect() } };
    if let Some((_, whole)) = VNI_WHOLE.iter().find(|(from, _)| *from == small) {
        return as_case(*whole);
    }
    let (base, shape, tone) = parts(small);
    let mark = match (shape, tone) {
        ('^', ' ') => 'â',
        ('^', '/') => 'á',
        ('^', '\\') => 'à',
        ('^', '?') => 'å',
        ('^', '~') => 'ã',
        ('^', '.') => 'ä',
        ('(', ' ') => 'ê',
        ('(', '/') => 'é',
        ('(', '\\') => 'è',
        ('(', '?') => 'ú',
        ('(', '~') => 'ü',
        ('(', '.') => 'ë',
        (_, '/') => 'ù',
        (_, '\\') => 'ø',
        (_, '?') => 'û',
        (_, '~') => 'õ',
        (_, '.') => 'ï',
        _ => return c.to_string(),
    };
    // ơ and ư are whole letters, so a horn is already part of the base.
    let base = match (base, shape) {
        ('o', '+') => 'ô',
        ('u', '+') => 'ö',
        _ => base,
    };
    // Only the vowels of Vietnamese have VNI marks; ŭ and ĭ have none.
    if !"aeiouyôö".contains(base) || (shape == '(' && base != 'a') {
        return c.to_string();
    }
    format!("{}{}", as_case(base), as_case(mark))
}

/// The base letter, its shape (^ ( + or blank) and its tone (/ \ ? ~ . or blank).
fn parts(c: char) -> (char, char, char) {
    let mut base = c;
    let (mut shape, mut tone) = (' ', ' ');
    for (i, mark) in c.nfd().enumerate() {
        match mark {
            '\u{302}' => shape = '^',
            '\u{306}' => shape = '(',
            '\u{31B}' => shape = '+',
            '\u{301}' => tone = '/',
            '\u{300}' => tone = '\\',
            '\u{309}' => tone = '?',
            '\u{303}' => tone = '~',
            '\u{323}' => tone = '.',
            _ if i == 0 => base = mark,
            _ => {}
        }
    }
    (base, shape, tone)
}

/// Windows-1258 bytes: letters that the code page lacks are a letter and a tone; what it cannot
/// write at all is a question mark, as in life.
pub(crate) fn windows_1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.nfc() {
        match byte_1258(c) {
            Some(byte) => bytes.push(byte),
            None => {
                let tones = "\u{300}\u{301}\u{303}\u{309}\u{323}";
                let all: Vec<char> = c.nfd().collect();
                let base: String = all.iter().copied().filter(|m| !tones.contains(*m)).nfc().collect();
                let tone = all.iter().find(|m| tones.contains(**m));
                let base = base.chars().next().and_then(byte_1258);
                bytes.push(base.unwrap_or(b'?'));
                if base.is_some() {
                    bytes.extend(tone.and_then(|t| byte_1258(*t)));
                }
            }
        }
    }
    bytes
}

fn byte_1258(c: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1258.encode(c.encode_utf8(&mut buffer));
    match (unmappable, bytes.first()) {
        (false, Some(byte)) => Some(*byte),
        _ => None,
    }
}
