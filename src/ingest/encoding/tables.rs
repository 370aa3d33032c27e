//! The letters of TCVN3 (ABC, fonts `.Vn*`) and VNI (fonts `VNI-*`) as they appear when their bytes are read as windows-1252.

use unicode_normalization::UnicodeNormalization;

/// TCVN 5712:1993 from 0xA1 to 0xFF; a blank stands for the five combining marks of 0xB0 to 0xB4, which the fonts of that
/// family show as they are and which are more often `°` and `m²` typed in such a font.
const TCVN3: [char; 95] = [
    'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', 'Ằ', // A1
    ' ', ' ', ' ', ' ', ' ', 'à', 'ả', 'ã', 'á', 'ạ', 'Ẳ', 'ằ', 'ẳ', 'ẵ', 'ắ', 'Ẵ', // B0
    'Ắ', 'Ầ', 'Ẩ', 'Ẫ', 'Ấ', 'Ề', 'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', 'Ể', 'ẻ', 'ẽ', // C0
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', 'Ễ', 'Ế', 'Ồ', 'ĩ', 'í', 'ị', 'ò', // D0
    'Ổ', 'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù', // E0
    'Ỗ', 'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', 'Ố', // F0
];

/// The letter that a TCVN3 font shows for a sign; signs outside the table are themselves.
pub(super) fn tcvn3(c: char) -> char {
    let letter = u32::from(c).checked_sub(0xA1).and_then(|at| TCVN3.get(usize::try_from(at).ok()?));
    letter.copied().filter(|letter| *letter != ' ').unwrap_or(c)
}

/// A VNI letter that needs no sign behind it: ơ, ư, đ and the letters on i; `None` for all other signs.
pub(super) const fn vni_letter(c: char) -> Option<char> {
    Some(match c {
        'ô' => 'ơ',
        'Ô' => 'Ơ',
        'ö' => 'ư',
        'Ö' => 'Ư',
        'ñ' => 'đ',
        'Ñ' => 'Đ',
        'æ' => 'ỉ',
        'Æ' => 'Ỉ',
        'ó' => 'ĩ',
        'Ó' => 'Ĩ',
        'ò' => 'ị',
        'Ò' => 'Ị',
        'î' => 'ỵ',
        'Î' => 'Ỵ',
        _ => return None,
    })
}

const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';
const ACUTE: char = '\u{301}';
const GRAVE: char = '\u{300}';
const HOOK: char = '\u{309}';
const TILDE: char = '\u{303}';
const DOT: char = '\u{323}';

/// What a VNI sign behind a letter adds to it: a shape (circumflex or breve), a tone, or both. Case does not matter.
const fn vni_mark(c: char) -> Option<(Option<char>, Option<char>)> {
    Some(match c {
        'ù' | 'Ù' => (None, Some(ACUTE)),
        'ø' | 'Ø' => (None, Some(GRAVE)),
        'û' | 'Û' => (None, Some(HOOK)),
        'õ' | 'Õ' => (None, Some(TILDE)),
        'ï' | 'Ï' => (None, Some(DOT)),
        'â' | 'Â' => (Some(CIRCUMFLEX), None),
        'á' | 'Á' => (Some(CIRCUMFLEX), Some(ACUTE)),
        'à' | 'À' => (Some(CIRCUMFLEX), Some(GRAVE)),
        'å' | 'Å' => (Some(CIRCUMFLEX), Some(HOOK)),
        'ã' | 'Ã' => (Some(CIRCUMFLEX), Some(TILDE)),
        'ä' | 'Ä' => (Some(CIRCUMFLEX), Some(DOT)),
        'ê' | 'Ê' => (Some(BREVE), None),
        'é' | 'É' => (Some(BREVE), Some(ACUTE)),
        'è' | 'È' => (Some(BREVE), Some(GRAVE)),
        'ú' | 'Ú' => (Some(BREVE), Some(HOOK)),
        'ü' | 'Ü' => (Some(BREVE), Some(TILDE)),
        'ë' | 'Ë' => (Some(BREVE), Some(DOT)),
        _ => return None,
    })
}

/// Whether a sign can only stand behind a vowel in VNI.
pub(super) const fn is_vni_mark(c: char) -> bool {
    vni_mark(c).is_some()
}

/// The letter that a vowel (already `ơ`, `ư` where it was `ô`, `ö`) and the VNI sign behind it make together.
pub(super) fn vni_pair(vowel: char, sign: char) -> Option<char> {
    let (shape, tone) = vni_mark(sign)?;
    let fits = match vowel {
        'a' | 'A' => true,
        'e' | 'E' | 'o' | 'O' => shape != Some(BREVE),
        'u' | 'U' | 'y' | 'Y' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => shape.is_none(),
        _ => false,
    };
    if !fits {
        return None;
    }
    let mut composed = std::iter::once(vowel).chain(shape).chain(tone).nfc();
    composed.next().filter(|_| composed.next().is_none())
}
