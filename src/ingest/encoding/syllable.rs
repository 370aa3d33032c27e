//! Whether a word is spelt as a Vietnamese syllable: the yardstick by which old encodings are told apart.

use unicode_normalization::UnicodeNormalization;

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "qu", "r", "s",
    "t", "th", "tr", "v", "x", "đ",
];

const RHYMES: &[&str] = &[
    "a", "ai", "ao", "au", "ay", "ac", "ach", "am", "an", "ang", "anh", "ap", "at", "ăc", "ăk", "ăm", "ăn", "ăng", "ăp", "ăt",
    "âu", "ây", "âc", "âm", "ân", "âng", "âp", "ât", "e", "eo", "ec", "em", "en", "eng", "ep", "et", "ê", "êu", "êch", "êm",
    "ên", "ênh", "êp", "êt", "i", "ia", "iu", "ich", "im", "in", "inh", "ip", "it", "iêc", "iêm", "iên", "iêng", "iêp", "iêt",
    "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oăc", "oăm", "oăn",
    "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "oong", "ooc", "op", "ot", "ô", "ôc", "ôi", "ôm",
    "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uai", "uan", "uang", "uanh", "uach", "uac", "uat",
    "uay", "uao", "uăc", "uăn", "uăng", "uăt", "uân", "uâng", "uât", "uây", "uc", "uê", "uên", "uêch", "uênh", "ue", "uen",
    "uet", "ueo", "ui", "uit", "uinh", "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "up", "ut", "uy",
    "uya", "uych", "uyên", "uyêt", "uynh", "uyt", "uyu", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ươc", "ươi", "ươm", "ươn",
    "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y", "yêm", "yên", "yêng", "yêt", "yêu", "ynh", "yt",
];

/// Whether a word is a Vietnamese syllable (or the Đắk of place names) in a usual case (`hộ`, `Hộ`, `HỘ`): a known onset and rhyme, at most one tone, and only
/// the sharp and heavy tones before a final c, ch, p or t.
pub(super) fn is_syllable(word: &str) -> bool {
    if !has_usual_case(word) {
        return false;
    }
    let mut tone = None;
    let mut bare = String::with_capacity(word.len());
    for c in word.nfd() {
        if matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
            if tone.replace(c).is_some() {
                return false;
            }
        } else {
            bare.extend(c.to_lowercase());
        }
    }
    let bare: String = bare.nfc().collect();
    let stopped = bare.ends_with(['c', 'p', 't']) || bare.ends_with("ch");
    if stopped && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    ONSETS.iter().any(|onset| bare.strip_prefix(onset).is_some_and(|rhyme| RHYMES.contains(&rhyme)))
}

/// All lower, all upper, or a capital and then all lower.
fn has_usual_case(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return false };
    let rest: Vec<bool> = letters.map(char::is_uppercase).collect();
    rest.iter().all(|upper| !upper) || (first.is_uppercase() && rest.iter().all(|upper| *upper))
}

#[cfg(test)]
mod tests {
    use super::is_syllable;

    #[test]
    fn vietnamese_words_are_syllables() {
        let text = "Ủy ban nhân dân xã Đắk Liêng danh sách hộ dân và kết quả rà soát NGHÈO cận họ tên chủ giới tính \
                    thôn buôn Nguyễn Thúy Quỳnh Khuê khuỷu giếng gì quyết định người được hưởng khoẻ hòa uống rượu";
        for word in text.split_whitespace() {
            assert!(is_syllable(word), "{word}");
        }
    }

    #[test]
    fn other_words_are_none() {
        for word in ["nghÌo", "Hä", "tªn", "D©n", "ngheøo", "Mlô", "Niê", "Êban", "Café", "tõc", "", "µ", "hộộ", "Hmông", "kết̀"]
        {
            assert!(!is_syllable(word), "{word}");
        }
    }
}
