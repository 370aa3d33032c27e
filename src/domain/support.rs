//! Support that households need and receive (Resolution 14-NQ/HU, part on policies: credit, training, housing …).

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::place::Place;
use super::source::Source;
use super::spelling::fold;

/// One kind of support for one household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Support {
    /// The row.
    pub source: Source,
    /// The year of the household list whose mark column says it; `None` in a register, which is of the year it is given for.
    pub year: Option<i16>,
    /// The household as the register names it: a citizen number, or a made key.
    pub household: super::ids::Key,
    /// Name of the head as found.
    pub head: Option<Arc<str>>,
    /// Commune and village, where told.
    pub place: Option<Place>,
    /// The kind of support as found (vay vốn, đào tạo nghề …).
    pub kind: Arc<str>,
    /// Whether the household needs it; `None` where the register does not say.
    pub needed: Option<bool>,
    /// Whether it received it; `None` where the register does not say.
    pub received: Option<bool>,
    /// Persons concerned, for support counted in persons (vocational training).
    pub persons_needed: Option<u64>,
    /// Persons who received it.
    pub persons_received: Option<u64>,
    /// Whether the use of a loan was checked; `None` where the register does not say.
    pub use_checked: Option<bool>,
}

/// Kinds of support by the names under which they are printed where no list names them otherwise, with words for them, folded: what
/// Resolution 14-NQ/HU and the national programme on poverty (Decision 90/QĐ-TTg of 2022) give to households.
const KINDS: &[(&str, &[&str])] = &[
    (
        "Nhà ở",
        &[
            "nha o",
            "xoa nha tam",
            "nha tam",
            "nha dot nat",
            "nha dai doan ket",
            "nha tinh thuong",
            "nha tinh nghia",
            "xay nha",
            "xay dung nha",
            "lam nha",
            "sua chua nha",
            "sua nha",
        ],
    ),
    (
        "Vay vốn tín dụng",
        &["vay von tin dung", "vay von", "von vay", "tin dung chinh sach", "tin dung uu dai", "tin dung", "vay uu dai"],
    ),
    ("Đào tạo nghề", &["dao tao nghe", "hoc nghe", "day nghe"]),
    ("Xuất khẩu lao động", &["xuat khau lao dong", "di lam viec o nuoc ngoai", "lam viec o nuoc ngoai"]),
    ("Việc làm", &["giai quyet viec lam", "gioi thieu viec lam", "tao viec lam", "viec lam"]),
    ("Y tế", &["bao hiem y te", "the bhyt", "bhyt", "kham chua benh", "y te"]),
    ("Giáo dục", &["chi phi hoc tap", "hoc phi", "hoc bong", "giao duc"]),
    ("Hỗ trợ sản xuất", &["phat trien san xuat", "san xuat", "sinh ke", "mo hinh giam ngheo"]),
    ("Giống cây trồng", &["giong cay trong", "cay giong", "cay trong"]),
    (
        "Giống vật nuôi",
        &[
            "giong vat nuoi",
            "vat nuoi",
            "con giong",
            "bo giong",
            "bo sinh san",
            "bo cai sinh san",
            "trau giong",
            "heo giong",
            "lon giong",
            "de giong",
            "de sinh san",
            "ga giong",
        ],
    ),
    ("Chuyển giao kỹ thuật", &["chuyen giao khoa hoc ky thuat", "chuyen giao ky thuat", "tap huan ky thuat"]),
    ("Nước sinh hoạt", &["nuoc sinh hoat", "nuoc sach", "bon chua nuoc", "bon nuoc"]),
    ("Nhà tiêu hợp vệ sinh", &["nha tieu hop ve sinh", "nha tieu", "nha ve sinh"]),
    ("Đất ở", &["dat o"]),
    ("Đất sản xuất", &["dat san xuat"]),
    ("Tiền điện", &["tien dien"]),
    (
        "Văn hóa, thông tin",
        &["van hoa, thong tin", "van hoa thong tin", "tiep can thong tin", "ti vi", "tivi", "radio", "dien thoai thong minh"],
    ),
    ("Trợ giúp pháp lý", &["tro giup phap ly"]),
    ("Trợ cấp xã hội", &["tro cap xa hoi", "tro cap bao tro xa hoi", "tro giup xa hoi"]),
    ("Quà Tết", &["qua tet", "tien tet", "qua nhan dip tet"]),
    ("Gạo", &["gao cuu doi", "cap gao", "gao"]),
];

/// What two names of one kind of support have in common: "Hỗ trợ nhà ở" is "Nhà ở", and "Vay vốn" is "Vay vốn tín dụng".
#[must_use]
pub fn kind_key(kind: &str) -> String {
    let folded = fold(kind);
    let bare = ["duoc ho tro ", "ho tro "].iter().find_map(|start| folded.strip_prefix(start)).unwrap_or(&folded);
    let known = of_first(bare).iter().find(|(words, _)| *words == bare);
    known.map_or_else(|| bare.to_owned(), |(_, name)| fold(name))
}

/// The words for kinds by the first of them, so that a text is looked at once: each with the name of its kind.
static BY_FIRST: LazyLock<BTreeMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    let mut by_first: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for (name, words) in KINDS {
        for word in *words {
            by_first.entry(first_word(word)).or_default().push((word, name));
        }
    }
    // Of names that begin alike the longest is meant.
    by_first.values_mut().for_each(|words| words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
    by_first
});

/// The word that a text begins with, up to a sign that is no letter and no digit.
fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(text)
}

/// The words for kinds that begin as a folded text does, the longest first.
fn of_first(folded: &str) -> &'static [(&'static str, &'static str)] {
    BY_FIRST.get(first_word(folded)).map_or(&[], Vec::as_slice)
}

/// The kind of support that a text names; `None` where it names none, or one beside another ("nhà ở và đất sản xuất").
#[must_use]
pub fn kind_in(text: &str) -> Option<&'static str> {
    let folded = fold(text);
    let mut first: Option<(usize, &'static str)> = None;
    for (at, name, end) in kinds_named(&folded) {
        let Some((before, of_before)) = first else {
            first = Some((end, name));
            continue;
        };
        let between = folded.get(before..at).map(str::trim);
        if name == of_before {
            first = Some((before.max(end), name));
        } else if matches!(between, Some("va" | "," | "/" | "+" | "-" | ";" | "&" | "hoac")) {
            return None;
        }
    }
    first.map(|(_, name)| name)
}

/// Where a folded text names kinds: the place, the kind, and the end of the words.
pub fn kinds_named(folded: &str) -> impl Iterator<Item = (usize, &'static str, usize)> + '_ {
    let begins_at = |at: usize| folded.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    let starts = folded.char_indices().map(|(at, _)| at).filter(move |at| begins_at(*at));
    starts.filter_map(|at| {
        let rest = folded.get(at..)?;
        let ends = |words: &str| !rest.get(words.len()..).unwrap_or_default().starts_with(char::is_alphanumeric);
        let (words, name) = of_first(rest).iter().find(|(words, _)| rest.starts_with(words) && ends(words))?;
        Some((at, *name, at + words.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_kind_are_one() {
        for (first, second) in [
            ("Hỗ trợ nhà ở", "Nhà ở"),
            ("Vay vốn", "Vay vốn tín dụng"),
            ("Hỗ trợ sản xuất", "sản xuất"),
            ("BHYT", "Y tế"),
            ("Xóa nhà tạm", "NHÀ Ở"),
        ] {
            assert_eq!(kind_key(first), kind_key(second), "{first}");
        }
        for (first, second) in [("Đất ở", "Nhà ở"), ("Cây giống", "Sản xuất"), ("Khác", "Hỗ trợ"), ("Vay vốn xây nhà", "Vay vốn")]
        {
            assert_ne!(kind_key(first), kind_key(second), "{first}");
        }
        assert_eq!(kind_key("Hỗ trợ xe lăn"), "xe lan");
    }

    #[test]
    fn a_text_names_one_kind_or_none() {
        for (text, kind) in [
            ("được hỗ trợ nhà ở năm 2023", Some("Nhà ở")),
            ("vay vốn để xây nhà", Some("Vay vốn tín dụng")),
            ("hỗ trợ đất sản xuất", Some("Đất sản xuất")),
            ("nhà tiêu hợp vệ sinh", Some("Nhà tiêu hợp vệ sinh")),
            ("Đào tạo nghề và dạy nghề", Some("Đào tạo nghề")),
            ("nhà ở và đất sản xuất", None),
            ("nhà ở, nước sinh hoạt", None),
            ("hỗ trợ hộ nghèo", None),
            ("mua gạch", None),
            ("", None),
        ] {
            assert_eq!(kind_in(text), kind, "{text}");
        }
    }

    #[test]
    fn every_word_for_a_kind_is_folded_and_names_it() {
        for (name, words) in KINDS {
            for word in *words {
                assert_eq!((fold(word).as_str(), kind_in(word)), (*word, Some(*name)), "{word}");
                assert_eq!(kind_key(word), kind_key(name), "{word}");
            }
        }
    }
}
