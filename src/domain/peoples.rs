//! The peoples of Vietnam, as forms name them.
//!
//! A people is always told by its name. A bare number is not accepted: the list of Decision 121-TCTK/PPCĐ of 1979 and that of
//! the census agree on 01 to 03 only, so 11 would be Ngái in one and Ê Đê in the other.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::spelling::{fold, fold_tight, nearest};

/// A people (dân tộc). Ordered as in Decision 121-TCTK/PPCĐ, Kinh first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct People(u8);

/// A people's name as officials print it, other names of the whole people, and its local groups.
struct Entry {
    name: &'static str,
    variants: &'static [&'static str],
    /// Groups that are accepted by themselves and after the people's name (`M'Nông Gar`).
    groups: &'static [&'static str],
    /// Groups whose names other peoples share; accepted only after the people's name (`M'Nông Chil`, `Cơ Ho Chil`).
    shared_groups: &'static [&'static str],
}

const fn entry(name: &'static str, variants: &'static [&'static str], groups: &'static [&'static str]) -> Entry {
    Entry { name, variants, groups, shared_groups: &[] }
}

/// In the order of Decision 121-TCTK/PPCĐ; the place in the list is no code that forms may use.
const PEOPLES: [Entry; 54] = [
    entry("Kinh", &["Việt"], &[]),
    entry("Tày", &[], &["Ngạn", "Phén", "Thù Lao", "Pa Dí"]),
    entry("Thái", &[], &["Thái Đen", "Thái Trắng", "Tày Khao", "Tày Đăm", "Tày Mười", "Tày Thanh", "Pu Thay"]),
    entry("Hoa", &["Hán"], &["Triều Châu", "Phúc Kiến", "Quảng Đông", "Hải Nam", "Xạ Phang"]),
    entry("Khmer", &["Khơ Me", "Khơ Mer", "Khome", "Khmer Krôm"], &[]),
    entry("Mường", &[], &["Ao Tá", "Mọi Bi"]),
    Entry {
        name: "Nùng",
        variants: &[],
        groups: &["Phàn Sinh", "Phàn Slình", "Quý Rịn", "Khèn Lài"],
        shared_groups: &["An", "Cháo", "Lòi", "Inh", "Dín", "Xuồng", "Giang"],
    },
    Entry {
        name: "Mông",
        variants: &["Hmông", "Mèo", "Mẹo"],
        groups: &["Ná Miẻo"],
        shared_groups: &["Hoa", "Xanh", "Đỏ", "Đen", "Trắng"],
    },
    Entry {
        name: "Dao",
        variants: &["Mán"],
        groups: &["Dìu Miền", "Kiềm Miền", "Quần Trắng", "Quần Chẹt", "Lô Gang", "Thanh Y", "Lan Tẻn", "Đại Bản", "Tiểu Bản"],
        shared_groups: &["Đỏ", "Tiền", "Áo Dài", "Tuyển"],
    },
    Entry {
        name: "Gia Rai",
        variants: &["Ja Rai", "Jrai", "Giơ Rai", "Gia Lai"],
        groups: &["Tơ Buăn", "Hơ Bau", "Hđrung", "Chor"],
        shared_groups: &[],
    },
    entry("Ngái", &[], &["Khách Gia"]),
    Entry {
        name: "Ê Đê",
        variants: &["Ra Đê", "Rha Đê", "Rơ Đê", "Ê Đê Êga"],
        groups: &["Bih", "Kpă", "Kpạ", "Ađham", "Krung", "Ktul", "Đliê Ruê", "Blô", "Êpan", "Mđhur"],
        shared_groups: &[],
    },
    entry("Ba Na", &["Bahnar", "Ba Nar"], &["Gơ Lar", "Tơ Lô", "Giơ Lâng", "Rơ Ngao", "Krem", "Roh", "Kon Kđe", "Bơ Nâm"]),
    entry("Xơ Đăng", &["Sê Đăng", "Sơ Đăng", "Xê Đăng"], &["Xơ Teng", "Tơ Đrá", "Mơ Nâm", "Ha Lăng", "Ca Dong", "Kmrâng"]),
    entry("Sán Chay", &[], &["Cao Lan", "Sán Chỉ", "Mán Cao Lan", "Hờn Bạn", "Cao Lan - Sán Chỉ"]),
    Entry {
        name: "Cơ Ho",
        variants: &["K'Ho", "Kơ Ho", "Koho"],
        groups: &["Srê", "Xrê", "Nốp", "Tu Lốp", "Cơ Don", "Lạch"],
        shared_groups: &["Chil", "Cil", "Lát", "Trinh"],
    },
    entry("Chăm", &["Chàm", "Chiêm Thành"], &["Hroi", "Chăm Hroi"]),
    entry("Sán Dìu", &["Sán Dẻo"], &["Trại Đất", "Mán Quần Cộc"]),
    entry("Hrê", &["Chăm Rê", "H Rê"], &["Krẹ Lũy"]),
    Entry {
        name: "M'Nông",
        variants: &["Mơ Nông", "Pnông", "Bu Nông", "Bunong"],
        groups: &["Rlăm", "Rơ Lăm", "Gar", "Kuênh", "Preh", "Prâng", "Bu Đâng", "Đi Pri", "Biat"],
        shared_groups: &["Nong", "Chil", "Cil", "Pré", "Rơlơm"],
    },
    entry("Ra Glai", &["Raglay", "Ra Clây", "Roglai"], &["Noang", "La Oang"]),
    entry("Xtiêng", &["S'tiêng", "Xa Điêng"], &[]),
    entry("Bru - Vân Kiều", &["Bru", "Vân Kiều"], &["Măng Coong", "Tri", "Khùa", "Trì Khùa"]),
    entry("Thổ", &[], &["Đan Lai", "Ly Hà", "Tày Pọng", "Con Kha"]),
    entry("Giáy", &["Nhắng"], &["Pầu Thìn", "Cùi Chu"]),
    entry("Cơ Tu", &["Ca Tu", "Ka Tu"], &[]),
    entry("Gié - Triêng", &["Giẻ Triêng", "Gié", "Giẻ"], &["Triêng", "Ta Riêng", "Ve", "La Ve", "Ca Tang"]),
    entry("Mạ", &["Châu Mạ"], &["Mạ Ngăn", "Mạ Xốp", "Mạ Tô", "Mạ Krung"]),
    entry("Khơ Mú", &["Khmú", "Kh'mú"], &["Xá Cẩu", "Tày Hay"]),
    entry("Co", &["Cor", "Kor"], &["Cùa", "Trầu"]),
    entry("Tà Ôi", &["Ta Ôi", "Tôi Ôi"], &["Pa Cô", "Pa Kô", "Pa Hi"]),
    entry("Chơ Ro", &["Dơ Ro", "Châu Ro"], &[]),
    entry("Kháng", &[], &[]),
    entry("Xinh Mun", &["Xing Mun"], &["Puộc"]),
    entry("Hà Nhì", &["U Ní", "Xá U Ní"], &[]),
    entry("Chu Ru", &["Chơ Ru"], &[]),
    entry("Lào", &[], &["Lào Bốc", "Lào Nọi"]),
    entry("La Chí", &[], &["Cù Tê", "La Quả"]),
    entry("La Ha", &[], &[]),
    entry("Phù Lá", &[], &["Bồ Khô Pạ", "Mu Di Pạ", "Va Xơ"]),
    entry("La Hủ", &[], &["Khù Xung", "Cò Xung", "Khả Quy"]),
    entry("Lự", &["Lữ"], &[]),
    entry("Lô Lô", &[], &["Mun Di"]),
    entry("Chứt", &[], &["Rục", "Mã Liềng", "A Rem"]),
    entry("Mảng", &["Mảng Ư"], &[]),
    entry("Pà Thẻn", &["Pà Hưng"], &[]),
    entry("Cơ Lao", &["Cờ Lao"], &[]),
    entry("Cống", &["Xắm Khống"], &[]),
    entry("Bố Y", &[], &["Chủng Chá", "Trọng Gia", "Tu Dí", "Tu Dìn"]),
    entry("Si La", &[], &["Khả Pẻ"]),
    entry("Pu Péo", &["Ka Pèo", "La Quả Pu Péo"], &[]),
    entry("Brâu", &["Brao"], &[]),
    entry("Ơ Đu", &["Ơ Ðu"], &["Tày Hạt"]),
    entry("Rơ Măm", &[], &[]),
];

impl Entry {
    /// The people's own names.
    fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.variants.iter().copied())
    }

    /// Every tightly folded text that names the people: its names, its groups, and a name with a group behind it.
    fn keys(&self) -> impl Iterator<Item = String> {
        let grouped = self.names().flat_map(|name| {
            self.groups.iter().chain(self.shared_groups).map(move |group| format!("{}{}", fold_tight(name), fold_tight(group)))
        });
        self.names().chain(self.groups.iter().copied()).map(fold_tight).chain(grouped)
    }
}

/// All keys of all peoples, made once: a survey asks for tens of thousands of names.
static KEYS: LazyLock<BTreeMap<String, People>> = LazyLock::new(|| {
    People::all().zip(&PEOPLES).flat_map(|(people, entry)| entry.keys().map(move |key| (key, people))).collect()
});

impl People {
    /// Kinh, the majority.
    pub const KINH: Self = Self(0);

    /// All 54 peoples, Kinh first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..).take(PEOPLES.len()).map(Self)
    }

    /// Its place in the list of all peoples, Kinh at 0; good for tables in memory and nothing else.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The people at a place of the list of all peoples.
    #[must_use]
    pub fn at(index: usize) -> Option<Self> {
        u8::try_from(index).ok().filter(|_| index < PEOPLES.len()).map(Self)
    }

    /// Reads the name of a people, a variant of it or one of its local groups, in any spelling: `M'Nông`, `mnong`,
    /// `Êđê`, `Ê Đê (Bih)`, `M'Nông Gar`, `dân tộc Thái`. A number, an unknown or an ambiguous name is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        // Most lists print the names as they stand here, and need no folds of all the others.
        if let Some(people) = Self::all().find(|people| people.name() == text) {
            return Some(people);
        }
        let outer = text.split_once(['(', '（']).map_or(text, |(before, _)| before);
        let folded = fold(outer);
        let bare = ["dan toc ", "nguoi ", "dt ", "dt. "].iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(&folded);
        KEYS.get(&fold_tight(bare)).copied()
    }

    /// The people whose name is most like an unknown one, for "did you mean".
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        nearest(text, PEOPLES.iter().flat_map(Entry::names)).and_then(Self::parse)
    }

    /// The name as officials print it.
    #[must_use]
    pub fn name(self) -> &'static str {
        PEOPLES.get(usize::from(self.0)).map_or("", |entry| entry.name)
    }

    /// Whether the people is one of the 53 minorities (dân tộc thiểu số): all but Kinh, by article 4 of Decree
    /// 05/2011/NĐ-CP.
    #[must_use]
    pub fn is_minority(self) -> bool {
        self != Self::KINH
    }
}

impl fmt::Display for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(text: &str) -> Option<&'static str> {
        People::parse(text).map(People::name)
    }

    #[test]
    fn variants_and_local_groups_are_their_people() {
        for (people, texts) in [
            ("M'Nông", &["M'Nông", "Mnông", "M’nông", "M NÔNG", "mnong", "Mơ Nông", "M'Nông Gar", "Rlăm", "M'Nông Chil"][..]),
            ("Ê Đê", &["Ê-đê", "Êđê", "Ê Ðê", "EDE", "E De", "Ra-đê", "Rhađê", "Bih", "Ê Đê (Bih)", "Ê Đê Kpă", "A-đham"]),
            ("Gia Rai", &["Gia-rai", "Ja-rai", "Jrai", "JARAI"]),
            ("Mông", &["Hmông", "H'Mông", "H’mông", "HMông", "Mèo", "Mông Hoa"]),
            ("Cơ Ho", &["Cơ-ho", "K'Ho", "Kơ Ho", "Koho", "Lạch", "Srê", "K'Ho Cil"]),
            ("Khmer", &["Khơ-me", "Khơ Me"]),
            ("Ra Glai", &["Raglay", "Ra-glai"]),
            ("Xtiêng", &["S'tiêng", "X'Tiêng"]),
            ("Sán Chay", &["Cao Lan", "Sán Chỉ"]),
            ("Hoa", &["Hán"]),
            ("Kinh", &["kinh", " KINH ", "Việt", "dân tộc Kinh"]),
            ("Tày", &["Tày", "tay"]),
            ("Bru - Vân Kiều", &["Bru-Vân Kiều", "Vân Kiều"]),
        ] {
            for text in texts {
                assert_eq!(name(text), Some(people), "{text}");
            }
        }
    }

    #[test]
    fn numbers_unknown_and_shared_names_are_not_guessed() {
        for text in ["", "  ", "01", "12", "20", "Chil", "Thượng", "Khác", "Kinh, Tày", "Kinh/Ê Đê", "Nông", "-", "(Bih)"]
        {
            assert_eq!(name(text), None, "{text}");
        }
    }

    #[test]
    fn only_kinh_is_no_minority() {
        assert_eq!(People::all().filter(|people| people.is_minority()).count(), 53);
        assert!(!People::parse("Kinh").unwrap().is_minority());
        assert!(People::parse("Hoa").unwrap().is_minority());
    }

    #[test]
    fn every_name_is_of_one_people_only() {
        let mut owners: BTreeMap<String, &str> = BTreeMap::new();
        for entry in &PEOPLES {
            for key in entry.keys() {
                let owner = *owners.entry(key.clone()).or_insert(entry.name);
                assert_eq!(owner, entry.name, "{key}");
            }
        }
    }

    #[test]
    fn a_misspelt_name_is_suggested_and_not_taken() {
        assert_eq!(name("M'Nôngg"), None);
        assert_eq!(People::nearest("M'Nôngg").map(People::name), Some("M'Nông"));
        assert_eq!(People::nearest("Gia Raii").map(People::name), Some("Gia Rai"));
        assert_eq!(People::nearest("12"), None);
    }

    proptest! {
        #[test]
        fn a_printed_name_reads_back(index in 0u8..54) {
            prop_assert_eq!(People::parse(&People(index).to_string()), Some(People(index)));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = (People::parse(&text), People::nearest(&text));
        }
    }

    #[test]
    fn places_in_the_list_lead_back_to_the_people() {
        let places: Vec<usize> = People::all().map(People::index).collect();
        assert_eq!(places, (0..54).collect::<Vec<_>>());
        assert!(People::all().all(|people| People::at(people.index()) == Some(people)));
        assert_eq!((People::at(0).map(People::is_minority), People::at(54)), (Some(false), None));
    }
}
