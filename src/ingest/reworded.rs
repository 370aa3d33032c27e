//! Headings in other words than those of the vocabulary: short forms are written out, and of words that say the same one is taken.
//!
//! What comes out is looked up in the vocabulary as any heading is. Columns that it knows by their own words come first.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::domain::spelling::fold;

/// The longest heading that is put in other words; what is longer is a sentence.
const LONGEST: usize = 100;

/// Words and what stands for them, folded, in the order in which they are applied. An empty one is left out.
const WORDS: &[(&str, &str)] = &[
    // Short forms.
    ("t so", "tong so"),
    ("ts", "tong so"),
    ("tsnk", "tong so khau"),
    ("sl", "so luong"),
    ("nk", "nhan khau"),
    ("hgd", "ho gia dinh"),
    ("hcn", "ho can ngheo"),
    ("ho cn", "ho can ngheo"),
    ("hn", "ho ngheo"),
    ("n cn", "ngheo can ngheo"),
    ("ho n", "ho ngheo"),
    ("tl", "ty le"),
    ("ti le", "ty le"),
    ("h so", "he so"),
    ("hs luong", "he so luong"),
    ("d toc", "dan toc"),
    ("ng sinh", "ngay sinh"),
    ("n sinh", "nam sinh"),
    ("h ten", "ho ten"),
    ("nsnn", "ngan sach nha nuoc"),
    ("dcsvn", "dang"),
    ("dang csvn", "dang"),
    ("dang cong san viet nam", "dang"),
    ("ngay vd", "ngay vao dang"),
    ("tai cb", "tai chi bo"),
    ("ten cb", "ten chi bo"),
    ("tccs dang", "tccsd"),
    ("ten tccsd", "tccsd"),
    ("ten dv", "ten dang vien"),
    ("the dv", "the dang vien"),
    ("dv dang", "dang vien dang"),
    // Numbers of persons. The old cards and the new ones are headed alike.
    ("giay chung minh nhan dan", "cmnd"),
    ("chung minh nhan dan", "cmnd"),
    ("chung minh thu", "cmnd"),
    ("cmtnd", "cmnd"),
    ("cmt", "cmnd"),
    ("can cuoc cong dan", "cccd"),
    ("can cuoc", "cccd"),
    ("so cc", "so cccd"),
    ("dinh danh ca nhan", "cccd"),
    ("dinh danh", "cccd"),
    ("ddcn", "cccd"),
    ("giay to tuy than", "cccd"),
    ("gan chip", ""),
    ("ma so cccd", "cccd"),
    ("ma cccd", "cccd"),
    ("the cccd", "cccd"),
    ("giay cccd", "cccd"),
    ("so cccd", "cccd"),
    ("so cmnd", "cmnd"),
    ("cmnd cccd", "cccd"),
    ("cccd cmnd", "cccd"),
    ("cccd cccd", "cccd"),
    ("cmnd cmnd", "cmnd"),
    // Whose it is.
    ("cua", ""),
    ("thuoc", ""),
    ("ghi ro", ""),
    // Days.
    ("ngay thang nam", "ngay"),
    ("ngay thang", "ngay"),
    ("thang nam", "ngay"),
    ("nam vao dang", "ngay vao dang"),
    ("duoc ket nap", "ket nap"),
    ("ngay du bi", "ngay ket nap"),
    ("cong nhan dang vien chinh thuc", "chinh thuc"),
    ("cong nhan dv chinh thuc", "chinh thuc"),
    ("cong nhan chinh thuc", "chinh thuc"),
    ("chuyen dang chinh thuc", "chinh thuc"),
    ("chuyen chinh thuc", "chinh thuc"),
    // A question.
    ("nha nuoc khong", "nha nuoc"),
    // Names.
    ("ho chu dem va ten", "ho va ten"),
    ("ho va chu dem ten", "ho va ten"),
    ("ho chu dem ten", "ho va ten"),
    ("nguoi dung ten chu ho", "chu ho"),
    ("danh sach chu ho", "chu ho"),
    // Counts.
    ("nhan khau", "khau"),
    ("so luong", "so"),
    ("tong so", "so"),
    ("tong ho", "so ho"),
    ("tong khau", "so khau"),
    ("tong dan so", "dan so"),
    ("so dan", "dan so"),
    ("so nguoi", "so khau"),
    ("khau ho ngheo", "khau ngheo"),
    ("khau ho can ngheo", "khau can ngheo"),
    ("khau thuong tru", "khau"),
    ("ty le %", "ty le"),
    ("% ho", "ty le ho"),
    ("luong he so", "he so luong"),
    ("muc he so luong", "he so luong"),
    ("tong he so", "he so"),
    ("ma the", "so the"),
    ("xep loai ho", "phan loai ho"),
    ("xa tt", "xa thi tran"),
];

/// A heading of nothing but some words, of which one at least must be there, is the usual heading behind them.
const ONLY: &[(&[&str], &[&str], &str)] = &[
    (
        &["thon", "buon", "bon", "xom", "ap", "khu pho", "khu dan cu", "cum dan cu", "to dan pho", "tdp", "khoi pho", "thon ban"],
        &["ban", "lang", "to", "khoi", "ten", "don", "vi", "va", "hoac", "o", "noi", "duoc", "ket", "nghia"],
        "thon",
    ),
    (&["xa", "phuong", "thi tran"], &["ten", "cac", "don", "vi", "ubnd", "hanh", "chinh", "truc", "va", "dac", "khu"], "xa"),
    (&["chi bo"], &["sinh", "hoat", "dang", "tai", "noi", "ten", "hien", "nay", "truc"], "chi bo"),
    (
        &["huong luong"],
        &["co", "dang", "vien", "dv", "nguoi", "tu", "ngan", "sach", "nha", "nuoc", "cbcc", "can", "bo", "doi", "tuong", "dien"],
        "huong luong",
    ),
    (&["b1", "diem thu nhap"], &["so", "tong", "ket", "qua", "chieu", "diem", "thu", "nhap"], "b1"),
    (
        &["b2", "diem thieu hut"],
        &[
            "so", "tong", "ket", "qua", "chieu", "diem", "thieu", "hut", "dvxhcb", "dich", "vu", "xa", "hoi", "co", "ban", "muc",
            "do",
        ],
        "b2",
    ),
];

/// Words and what stands for them, a word each.
type Rule = (Vec<&'static str>, Vec<&'static str>);

/// The same, parted once: a hostile sheet has thousands of headings.
static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let words = |text: &'static str| text.split_whitespace().collect();
    WORDS.iter().map(|(said, meant)| (words(said), words(meant))).collect()
});

/// The words with which any of these begin: most headings have none of them.
static FIRST: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let said = WORDS.iter().map(|(said, _)| *said).chain(ONLY.iter().flat_map(|(one, ..)| one.iter().copied()));
    said.filter_map(|said| said.split(' ').next()).collect()
});

/// A heading in the words of the vocabulary, folded; `None` where they are its own, or where it is a sentence.
pub(super) fn reworded(heading: &str) -> Option<String> {
    if heading.len() > LONGEST {
        return None;
    }
    let folded = folded(heading);
    let own = own_words(&folded);
    if !own.iter().any(|word| FIRST.contains(word)) {
        return None;
    }
    let words = put_in_usual_words(own.clone());
    let text = made_only_of(&words).map_or_else(|| words.join(" "), str::to_owned);
    (!text.is_empty() && text != own.join(" ")).then_some(text)
}

/// The words of a heading, folded, with the usual ones in the place of others; `None` for a sentence.
pub(super) fn usual_words(heading: &str) -> Option<Vec<String>> {
    let of = |folded: &str| put_in_usual_words(own_words(folded)).into_iter().map(str::to_owned).collect();
    (heading.len() <= LONGEST).then(|| of(&folded(heading)))
}

/// A heading folded. A share may be told by its sign alone.
fn folded(heading: &str) -> String {
    fold(heading).replace('%', " % ")
}

fn own_words(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|word| !word.is_empty()).collect()
}

fn put_in_usual_words(mut words: Vec<&str>) -> Vec<&str> {
    if !words.iter().any(|word| FIRST.contains(word)) {
        return words;
    }
    for (said, meant) in RULES.iter() {
        while let Some(at) = words.windows(said.len()).position(|some| some == said) {
            words.splice(at..at + said.len(), meant.iter().copied());
        }
    }
    words
}

/// Takes words out wherever they stand among others; whether they stood there.
pub(super) fn take_out(words: &mut Vec<&str>, said: &str) -> bool {
    let before = words.len();
    while let Some(place) = find(words, said) {
        words.drain(place);
    }
    words.len() < before
}

/// Where words stand among others.
fn find(words: &[&str], said: &str) -> Option<Range<usize>> {
    let length = said.split(' ').count();
    let at = words.windows(length).position(|some| some.iter().copied().eq(said.split(' ')))?;
    Some(at..at + length)
}

/// The usual heading of a text of nothing but certain words. One word alone may be any other that folds alike: "bon" is a village and
/// the number four.
fn made_only_of(words: &[&str]) -> Option<&'static str> {
    if let ["bon" | "ap" | "b1" | "b2"] = words {
        return None;
    }
    ONLY.iter().find_map(|(one, others, usual)| {
        let mut rest = words.to_vec();
        one.iter().for_each(|said| _ = take_out(&mut rest, said));
        (rest.len() < words.len() && rest.iter().all(|word| others.contains(word))).then_some(*usual)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_are_put_in_their_own_place() {
        for (said, meant) in WORDS {
            let meant: Vec<&str> = meant.split_whitespace().collect();
            assert_eq!(find(&meant, said), None, "{said}");
        }
    }
}
