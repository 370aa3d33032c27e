//! Folding of Vietnamese spelling for matching; what is printed stays as it was found.
//!
//! Names come composed and decomposed, with `hoà` and `hòa`, with six kinds of apostrophe, with `Ð` (U+00D0) for `Đ`, and
//! without any marks at all. Two spellings are the same name when their folds are equal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds for matching and keeps the words: lower case, no marks, no apostrophes, hyphens as spaces, single spaces.
///
/// `Đắk-Liêng`, `ĐẮK  LIÊNG` and `Dak Lieng` are all `dak lieng`. Other punctuation stays.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            'A'..='Z' => folded.push(c.to_ascii_lowercase()),
            c if is_combining_mark_of_latin(c) => {}
            c => match place_of_latin(c).and_then(|at| PLAIN.get(at)) {
                Some(Some(plain)) if plain.is_ascii_lowercase() => folded.push(*plain),
                Some(Some(plain)) => push_folded(&mut folded, *plain),
                _ => taken_apart(c).for_each(|c| push_folded(&mut folded, c)),
            },
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a text: letters and digits between signs of any other kind.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Words that lists put before names: "Ông Y Thử", "Đ/c H'Lan", "Hộ bà H'Lan".
const BEFORE_NAMES: [&str; 8] = ["hộ", "gia đình", "ông", "bà", "đồng chí", "đ/c", "đ/ c", "đ.c"];

/// Folds a name for matching, without what lists put before names: "Ông: Y Thử Liêng" and "Y Thử Liêng" are one person. Before the
/// name of a woman of the Ê Đê or M'Nông "H" is written in many ways, and "H' Lan", "H Lan" and "H'Lan" are one name.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut bare = name.trim_start();
    while let Some(rest) = BEFORE_NAMES.iter().find_map(|word| behind(bare, word)) {
        bare = rest;
    }
    let folded = fold(bare);
    match folded.strip_prefix("h ") {
        Some(rest) => format!("h{rest}"),
        None => folded,
    }
}

/// What stands behind a word at the beginning of a text, whatever its case, where that is a name of two words at least.
fn behind<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut signs = text.chars();
    for expected in word.chars() {
        let sign = signs.next()?;
        if sign != expected && !sign.to_lowercase().eq([expected]) {
            return None;
        }
    }
    let rest = signs.as_str();
    let bare = rest.trim_start_matches([' ', ':', '.']);
    (bare.len() < rest.len() && bare.contains(' ')).then_some(bare)
}

/// Folds for matching without regard to spaces and punctuation: letters and digits only. `Ea R'Bin` is `earbin`.
#[must_use]
pub fn fold_tight(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(char::is_alphanumeric);
    folded
}

/// The parts of a sign in lower case, without its marks. Decomposing goes sign by sign: only the order of marks depends on
/// what stands beside them, and marks are left out.
fn taken_apart(c: char) -> impl Iterator<Item = char> {
    // Lower case may bring a mark of its own (İ), so marks are left out after it as well as before.
    std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).nfd()
}

const fn is_combining_mark_of_latin(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// What [`taken_apart`] makes of the Latin letters, where that is one sign: names are folded so often that taking each letter
/// apart again was a fifth of the time of reading a survey.
static PLAIN: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let one = |c: char| {
        let mut parts = taken_apart(c).filter(|part| !is_combining_mark(*part));
        parts.next().filter(|_| parts.next().is_none())
    };
    LATIN.into_iter().flatten().map(one).collect()
});

/// The two blocks in which all letters of Vietnamese, Ê Đê and M'Nông lie; more would take a millisecond of every start.
const LATIN: [std::ops::RangeInclusive<char>; 2] = ['\0'..='\u{24F}', '\u{1E00}'..='\u{1EFF}'];

/// The place of a sign among those of [`LATIN`].
fn place_of_latin(c: char) -> Option<usize> {
    let at = match c {
        '\0'..='\u{24F}' => u32::from(c),
        '\u{1E00}'..='\u{1EFF}' => 0x250 + u32::from(c) - 0x1E00,
        _ => return None,
    };
    usize::try_from(at).ok()
}

fn push_folded(folded: &mut String, c: char) {
    match c {
        'đ' | 'ð' | 'ɖ' => folded.push('d'),
        'ƀ' | 'ɓ' => folded.push('b'),
        'ı' => folded.push('i'),
        c if is_apostrophe(c) || is_invisible(c) || is_combining_mark(c) => {}
        c if c.is_whitespace() || is_hyphen(c) => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        c => folded.push(c),
    }
}

/// Whether a sign is used as the apostrophe of `M'Nông` and `H'Gro`.
#[must_use]
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | '′' | '`' | '´' | '＇')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}')
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Text as it is kept and printed: composed (NFC), trimmed, every run of white space (NBSP and line breaks too) one space.
///
/// The soft hyphen stays, because in TCVN3 it is the letter ư; zero-width spaces and byte order marks go.
#[must_use]
pub fn nfc_squeezed(text: &str) -> Cow<'_, str> {
    if is_squeezed(text) && (text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes) {
        return Cow::Borrowed(text);
    }
    let mut squeezed = String::with_capacity(text.len());
    for c in text.nfc() {
        if c.is_whitespace() {
            if !squeezed.is_empty() && !squeezed.ends_with(' ') {
                squeezed.push(' ');
            }
        } else if !is_zero_width(c) {
            squeezed.push(c);
        }
    }
    squeezed.truncate(squeezed.trim_end().len());
    // A dropped zero-width space may have stood between a letter and its mark.
    if is_nfc_quick(squeezed.chars()) == IsNormalized::Yes { squeezed.into() } else { squeezed.nfc().collect::<String>().into() }
}

const fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{FEFF}')
}

fn is_squeezed(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if is_zero_width(c) || (c.is_whitespace() && (c != ' ' || before == ' ')) {
            return false;
        }
        before = c;
    }
    text.is_empty() || before != ' '
}

/// The least likeness, 0 to 1, at which a candidate is worth suggesting.
const LIKE_ENOUGH: f64 = 0.6;

/// The candidate most like a word, for "did you mean", or `None` when nothing is near.
///
/// Both sides are folded. Likeness is the better of two measures: edits of the letters (typing mistakes), and shared words
/// (abridged headings, where edits alone find "Số nhân khẩu" and "Số khẩu" unlike). A word that stands in many candidates
/// ("Xã", "Thôn") says little and weighs little. Of two equally like candidates the first wins.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(word);
    let wanted_tight = fold_tight(word);
    if wanted_tight.is_empty() {
        return None;
    }
    let candidates: Vec<(&str, String)> = candidates.into_iter().map(|candidate| (candidate, fold(candidate))).collect();
    let mut frequency: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, folded) in &candidates {
        for token in tokens(folded) {
            *frequency.entry(token).or_default() += 1;
        }
    }
    let mut best: Option<(f64, &'a str)> = None;
    for (candidate, folded) in &candidates {
        let tight = fold_tight(folded);
        if tight.is_empty() {
            continue;
        }
        let edits = strsim::normalized_damerau_levenshtein(&wanted_tight, &tight);
        let likeness = edits.max(shared_words(&wanted, folded, &frequency));
        if likeness >= LIKE_ENOUGH && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn tokens(folded: &str) -> Vec<&str> {
    let mut tokens: Vec<&str> = words(folded).collect();
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// Twice the weight of the shared words over the weight of all words of both (Dice), a word weighing less the more
/// candidates have it.
fn shared_words(a: &str, b: &str, frequency: &BTreeMap<&str, u32>) -> f64 {
    let weight = |token: &&str| 1.0 / f64::from(frequency.get(*token).copied().unwrap_or(1).max(1));
    let (a, b) = (tokens(a), tokens(b));
    let shared: f64 = a.iter().filter(|token| b.contains(token)).map(weight).sum();
    let all: f64 = a.iter().chain(&b).map(weight).sum();
    if all > 0.0 { 2.0 * shared / all } else { 0.0 }
}

/// A place name written in capitals, as banners have it, in the case that is printed: `BUÔN EA RBIN` is `Buôn Ea Rbin`,
/// `XÃ EA R'BIN` is `Xã Ea R'Bin`. `TDP`, `TT` and roman numerals keep their capitals; a name that is not all in
/// capitals stays as it is.
#[must_use]
pub fn title_case_place(name: &str) -> Cow<'_, str> {
    if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
        return Cow::Borrowed(name);
    }
    let mut titled = String::with_capacity(name.len());
    for (index, word) in name.split(' ').enumerate() {
        if index > 0 {
            titled.push(' ');
        }
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        if matches!(letters, "TDP" | "TT") || (index > 0 && is_roman(letters)) || letters.chars().any(|c| c.is_ascii_digit()) {
            titled.push_str(word);
        } else {
            push_titled(&mut titled, word);
        }
    }
    Cow::Owned(titled)
}

/// One word with a capital at its start and after each apostrophe, hyphen or other sign.
fn push_titled(titled: &mut String, word: &str) {
    let mut starts = true;
    for c in word.chars() {
        if is_combining_mark(c) {
            titled.push(c);
        } else if c.is_alphabetic() && !starts {
            titled.extend(c.to_lowercase());
        } else {
            titled.push(c);
            starts = !c.is_alphabetic();
        }
    }
}

/// Roman numerals as lists use them, I to XXXIX.
fn is_roman(word: &str) -> bool {
    let ones = word.trim_start_matches('X');
    word.len() - ones.len() <= 3
        && !word.is_empty()
        && matches!(ones, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_the_same_with_and_without_what_addresses_its_person() {
        for name in [
            "Ông Y Thử Liêng",
            "ÔNG: Y THỬ LIÊNG",
            "Đ/c Y Thử Liêng",
            "Đồng chí Y Thử Liêng",
            "Hộ ông Y Thử Liêng",
            "hộ Y Thử Liêng",
        ] {
            assert_eq!(fold_name(name), "y thu lieng", "{name}");
        }
        // A name of one word is whole, and other words that fold alike begin names.
        for (name, folded) in [
            ("Bà Niê", "ba nie"),
            ("Ba Văn Thử", "ba van thu"),
            ("Hồ Văn Thử", "ho van thu"),
            ("Hộ", "ho"),
            ("Ông", "ong"),
            ("H'Thử Triêk", "hthu triek"),
            ("H’ Thử Triêk", "hthu triek"),
            ("H Thử Triêk", "hthu triek"),
            ("Bà H' Thử Triêk", "hthu triek"),
            ("Hà Thử Triêk", "ha thu triek"),
            ("H", "h"),
            ("", ""),
        ] {
            assert_eq!(fold_name(name), folded, "{name}");
        }
    }

    #[test]
    fn spellings_of_one_name_fold_to_the_same() {
        for (a, b) in [
            ("M'Nông", "Mnông"),
            ("M’Nông", "M`nông"),
            ("Đắk Liêng", "Ðăk-Lieng"),
            ("Hoà Bình", "Hòa  Bình"),
            ("Uỷ ban", "Ủy\u{a0}ban"),
            ("Ƀuôn Krŭk", "buon kruk"),
            ("Buo\u{302}n Tri\u{301}a", "Buôn Tría"),
            (" Ê-đê ", "Ê Đê"),
            ("Bu\u{ad}ôn\u{200b} Jun", "Buôn Jun"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_eq!(fold("  Số  nhân khẩu\n(người) "), "so nhan khau (nguoi)");
    }

    #[test]
    fn a_tight_fold_has_letters_and_digits_only() {
        assert_eq!(fold_tight("Ea R'Bin (xã) - số 2"), "earbinxaso2");
        assert_eq!(fold_tight("Ê Đê"), fold_tight("Êđê"));
    }

    #[test]
    fn different_names_stay_different() {
        assert_ne!(fold("Buôn Yang Lah 1"), fold("Buôn Yang Lah 2"));
        assert_ne!(fold("Mông"), fold("M'Nông"));
        assert_ne!(fold("nghèo"), fold("cận nghèo"));
    }

    #[test]
    fn kept_text_is_composed_and_squeezed_and_otherwise_as_found() {
        assert_eq!(nfc_squeezed("  H’Gro \u{a0} Rơ\nYam\u{200b} "), "H’Gro Rơ Yam");
        assert_eq!(nfc_squeezed("Bu\u{6f}\u{302}n"), "Buôn");
        assert_eq!(nfc_squeezed("D\u{ad}¬ng"), "D\u{ad}¬ng", "in TCVN3 the soft hyphen is a letter");
        assert!(matches!(nfc_squeezed("Y Bang Liêng"), Cow::Borrowed(_)));
        assert_eq!(nfc_squeezed(" \u{a0} "), "");
    }

    #[test]
    fn the_nearest_word_is_found_through_typing_mistakes_and_abridged_headings() {
        let headings = ["Số khẩu", "Số hộ", "Số CCCD", "Họ và tên chủ hộ", "Phân loại hộ"];
        assert_eq!(nearest("Số nhân khẩu", headings), Some("Số khẩu"));
        assert_eq!(nearest("Phân lọai hộ", headings), Some("Phân loại hộ"));
        assert_eq!(nearest("Ghi chú", headings), None);
        let communes = ["Xã Yang Tao", "Xã Nam Ka", "Xã Krông Nô", "Xã Buôn Tría", "Xã Buôn Triết"];
        assert_eq!(nearest("xã Yang Tăo", communes), Some("Xã Yang Tao"));
        assert_eq!(nearest("Krong Nô", communes), Some("Xã Krông Nô"));
        assert_eq!(nearest("Xã Hòa Hiệp", communes), None, "a shared rank is no likeness");
        assert_eq!(nearest("", communes), None);
    }

    #[test]
    fn shared_words_weigh_less_the_more_candidates_have_them() {
        let often = BTreeMap::from([("xa", 4), ("nam", 1), ("ka", 1)]);
        assert!((shared_words("xa nam ka", "ka nam xa", &often) - 1.0).abs() < 1e-9, "the order of words is nothing");
        let (rare, common) = (shared_words("nam ka", "nam tao", &often), shared_words("xa ka", "xa tao", &often));
        assert!(rare > common && common > 0.0, "{rare} {common}");
        assert!(shared_words("a", "b", &often).abs() < 1e-9);
        // Punctuation is no word, and a word said twice counts once.
        assert!((shared_words("nam, nam", "nam", &often) - 1.0).abs() < 1e-9);
        assert_eq!(nearest("số khẩu", ["Họ tên", "Số nhân khẩu", "Ngày sinh"]), Some("Số nhân khẩu"));
        assert_eq!(nearest("b", ["ab", "cb"]), None);
        assert_eq!(nearest("Buon", ["Buôn A B", "Buôn B A"]), nearest("Buon", ["Buôn A B"]), "of two alike the first");
    }

    #[test]
    fn names_in_capitals_get_the_case_that_is_printed() {
        for (capitals, printed) in [
            ("BUÔN EA RBIN", "Buôn Ea Rbin"),
            ("XÃ EA R'BIN", "Xã Ea R'Bin"),
            ("BUÔN KNỐT", "Buôn Knốt"),
            ("TDP 1", "TDP 1"),
            ("THÔN ĐOÀN KẾT II", "Thôn Đoàn Kết II"),
            ("BUÔN JA A", "Buôn Ja A"),
            ("BUÔN BU\u{302}N", "Buôn Bu\u{302}n"),
            ("Xã Ea R'Bin", "Xã Ea R'Bin"),
            ("12", "12"),
        ] {
            assert_eq!(title_case_place(capitals), printed);
        }
    }

    /// The fold by its definition: the whole text taken apart, sign after sign.
    fn folded_whole(text: &str) -> String {
        let mut folded = String::new();
        for c in text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).nfd() {
            push_folded(&mut folded, c);
        }
        folded.trim_end().to_owned()
    }

    #[test]
    fn every_sign_alone_folds_by_the_definition() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c}b");
            assert_eq!(fold(&text), folded_whole(&text), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn signs_side_by_side_fold_by_the_definition(text in any::<String>(), letters in "[a-zÀ-ỹ\u{300}-\u{36F}ᄀ-ᇿ '-]{0,20}") {
            prop_assert_eq!(fold(&text), folded_whole(&text));
            prop_assert_eq!(fold(&letters), folded_whole(&letters));
        }

        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            let tight = fold_tight(&text);
            prop_assert_eq!(fold_tight(&tight), tight.clone());
            prop_assert!(!once.contains("  ") && once.trim() == once);
        }

        #[test]
        fn case_composition_and_spaces_do_not_matter(words in prop::collection::vec("[a-zA-ZàáảãạđĐêếôờưựŭĭƀ']{1,6}", 1..5)) {
            let plain = words.join(" ");
            let decomposed: String = words.join("\u{a0} ").nfd().collect();
            prop_assert_eq!(fold(&plain), fold(&decomposed.to_uppercase()));
        }

        #[test]
        fn squeezing_is_done_once_and_does_not_change_the_fold(text in any::<String>()) {
            let squeezed = nfc_squeezed(&text).into_owned();
            prop_assert_eq!(nfc_squeezed(&squeezed), squeezed.as_str());
            prop_assert_eq!(fold(&squeezed), fold(&text));
        }

        #[test]
        fn a_title_case_name_folds_like_its_capitals(name in "[A-ZĐÊÔƠƯẮỀ]{1,5}( [A-ZĐÊÔƠƯẮỀ']{1,5}){0,3}") {
            prop_assert_eq!(fold(&title_case_place(&name)), fold(&name));
        }

        #[test]
        fn a_candidate_is_its_own_nearest(index in 0usize..4) {
            let names = ["Liên Sơn", "Đắk Phơi", "Đắk Nuê", "Nam Ka"];
            prop_assert_eq!(nearest(names[index], names), Some(names[index]));
        }
    }

    #[test]
    fn a_mark_after_what_is_left_out_is_composed_with_its_letter() {
        assert_eq!(nfc_squeezed("ho\u{200b}\u{323}  ngheo"), "họ ngheo");
    }

    #[test]
    fn a_name_in_small_letters_stays_as_it_is() {
        assert_eq!(title_case_place("Thôn Liên kết 2"), "Thôn Liên kết 2");
    }

    #[test]
    fn words_that_most_names_share_tell_least() {
        let names = ["Chi bộ Buôn Jun", "Chi bộ Buôn Lê", "Chi bộ Buôn Jiê", "Trường Jun"];
        assert_eq!(nearest("Chi bộ Jun", names), Some("Chi bộ Buôn Jun"));
    }
}
