//! Words of standings: who is exempt, on probation, gone or dead.

use jiff::civil::Date;

use super::convert;
use crate::domain::member::Standing;
use crate::domain::spelling::{self, fold};

/// Official or on probation, where a cell of standings says just that.
pub(super) fn kind_of_member(text: &str) -> Option<Standing> {
    let folded = fold(text);
    match folded.strip_prefix("dang vien ").or_else(|| folded.strip_prefix("dv ")).unwrap_or(&folded) {
        "chinh thuc" | "ct" | "dvct" => Some(Standing::Official),
        "du bi" | "db" | "dvdb" => Some(Standing::Probation),
        _ => None,
    }
}

/// The first day that a text names.
pub(super) fn day_in(text: &str) -> Option<Date> {
    text.split_whitespace().find_map(|word| convert::date_of_text(word.trim_matches([',', ';', '.', '(', ')'])).value())
}

/// The standing that a text tells, with the day from which it holds, where it has one. What is denied ("chưa chuyển đi") or asked
/// for ("xin miễn sinh hoạt") tells none, nor does the death of somebody else ("vợ từ trần").
pub(crate) fn standing_of(text: &str, since: Option<Date>) -> Option<Standing> {
    const NOT: [&str; 8] = ["khong", "chua", "het", "thoi", "xin", "se", "de", "kien"];
    const KIN: [&str; 10] = ["vo", "chong", "bo", "cha", "me", "con", "anh", "chi", "em", "than"];
    let folded = fold(text);
    let before = |at: usize, most: usize, words: &[&str]| {
        let all: Vec<&str> = folded.get(..at).unwrap_or_default().split(|c: char| !c.is_alphanumeric()).collect();
        all.iter().rev().filter(|word| !word.is_empty()).take(most).any(|word| words.contains(word))
    };
    let found = |words: &[&str], kin: &[&str]| {
        let at = words.iter().filter_map(|word| folded.find(word)).min();
        at.is_some_and(|at| !before(at, 2, &NOT) && !before(at, 3, kin))
    };
    let says = |words: &[&str]| found(words, &[]);
    let since = since.or_else(|| day_in(text));
    if says(&["mien cong tac", "mien sinh hoat", "mien sh", "mien ct", "mien shd", "exempt"]) || folded == "mien" {
        Some(Standing::Exempt { since })
    } else if says(&["dinh chi", "suspended"]) {
        Some(Standing::Suspended { since })
    } else if found(&["tu tran", "da mat", "qua doi", "chet", "mat ngay", "mat nam", "hy sinh"], &KIN)
        || says(&["xoa ten", "khai tru", "xin ra", "ra khoi dang", "departed"])
    {
        Some(Standing::Departed { since })
    } else if says(&["chuyen di", "chuyen sinh hoat", "chuyen sh", "da chuyen", "sinh hoat tam thoi", "transferred"]) {
        (!arrived(&folded)).then_some(Standing::Transferred { since })
    } else if says(&["du bi", "probation"]) {
        Some(Standing::Probation)
    } else if says(&["chinh thuc", "dang sinh hoat", "dang sh", "dang hoat dong", "official"]) {
        Some(Standing::Official)
    } else {
        None
    }
}

/// Whether one who changed the organisation came from another: "chuyển sinh hoạt đến từ xã Nam Ka". "Từ ngày 1/5" is no place.
fn arrived(folded: &str) -> bool {
    let words: Vec<&str> = spelling::words(folded).collect();
    let no_place =
        |word: &str| matches!(word, "tran" | "ngay" | "thang" | "nam" | "quy") || word.starts_with(|c: char| c.is_ascii_digit());
    let from = words.windows(2).any(|pair| matches!(pair, ["tu", next] if !no_place(next)));
    from || words.windows(2).any(|pair| matches!(pair, ["tiep", "nhan"] | ["moi", "den"]))
}

/// How headings of sections and titles tell a standing, behind the word for members or alone.
const SECTIONS: [&str; 20] = [
    "chinh thuc",
    "du bi",
    "duoc mien",
    "mien cong tac",
    "mien sinh hoat",
    "mien sh",
    "tu tran",
    "da tu tran",
    "da mat",
    "qua doi",
    "bi khai tru",
    "bi xoa ten",
    "bi ky luat khai tru",
    "xin ra khoi",
    "ra khoi dang",
    "chuyen di",
    "da chuyen di",
    "chuyen sinh hoat di",
    "chuyen sinh hoat dang di",
    "bi dinh chi",
];

/// The standing that a title or the heading of a section tells of all members below it: "Danh sách đảng viên miễn sinh hoạt",
/// "II. Đảng viên dự bị", "III. Miễn sinh hoạt". One that names others beside them tells none: "kể cả đảng viên dự bị".
pub(super) fn standing_of_section(text: &str) -> Option<Standing> {
    let said = said(text);
    let both = said.contains("chinh thuc") && said.contains("du bi");
    if both || ["ke ca", "khong ke", "khong tinh", "bao gom", "tru dang vien", "tru cac"].iter().any(|word| said.contains(word)) {
        return None;
    }
    let members = said.split_once("dang vien ").or_else(|| said.strip_prefix("dv ").map(|rest| ("", rest)));
    let (members, rest) = match members {
        Some((_, rest)) => (true, rest),
        None => (false, behind_number(&said)),
    };
    let begins = |words: &&&str| rest.strip_prefix(**words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let words = SECTIONS.iter().find(begins)?;
    if rest.contains("dang vien") || (!members && rest.len() > words.len() + 30) {
        return None;
    }
    standing_of(if words.starts_with("duoc mien") { "mien" } else { words }, None)
}

/// The words of a text, folded, without signs between them.
pub(super) fn said(text: &str) -> String {
    spelling::words(&fold(text)).collect::<Vec<_>>().join(" ")
}

/// The words of the heading of a section behind its number.
pub(super) fn behind_number(said: &str) -> &str {
    said.split_once(' ').filter(|(first, _)| is_number(first)).map_or(said, |(_, rest)| rest)
}

/// Whether a word is the number of a section.
fn is_number(word: &str) -> bool {
    word.len() <= 4
        && (word.bytes().all(|byte| byte.is_ascii_digit()) || word.bytes().all(|byte| b"ivxl".contains(&byte)) || word.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standing_is_told_by_its_words() {
        use jiff::civil::date;
        assert_eq!(standing_of("Miễn sinh hoạt từ 01/03/2022", None), Some(Standing::Exempt { since: Some(date(2022, 3, 1)) }));
        assert_eq!(standing_of("Miễn SH", None), Some(Standing::Exempt { since: None }));
        assert_eq!(standing_of("Dự bị", None), Some(Standing::Probation));
        assert_eq!(standing_of("Chính thức", None), Some(Standing::Official));
        assert_eq!(standing_of("Đã chuyển đi Buôn Ma Thuột", None), Some(Standing::Transferred { since: None }));
        let dated = Standing::Transferred { since: Some(date(2024, 5, 5)) };
        assert_eq!(standing_of("Chuyển đi 05/05/2024", None), Some(dated));
        assert_eq!(standing_of("Hưu trí", None), None, "a pensioner is not exempt for that");
        for text in ["Đã chết 2022", "Mất ngày 05/05/2024", "Qua đời năm 2023", "Đưa ra khỏi Đảng", "Từ trần"]
        {
            assert!(matches!(standing_of(text, None), Some(Standing::Departed { .. })), "{text}");
        }
        for text in [
            "Không miễn sinh hoạt",
            "Chưa chuyển đi",
            "Vợ từ trần 2020",
            "Bố đẻ mới mất năm 2023",
            "Hết miễn sinh hoạt",
            "Xin miễn sinh hoạt",
            "Đề nghị miễn SHĐ",
            "Sẽ chuyển đi",
        ] {
            assert_eq!(standing_of(text, None), None, "{text}");
        }
    }

    #[test]
    fn who_came_did_not_leave() {
        for text in [
            "Chuyển sinh hoạt đến từ xã Nam Ka",
            "Đã chuyển sinh hoạt từ Đảng bộ Công an tỉnh về",
            "Đã chuyển về, tiếp nhận tháng 5",
        ] {
            assert_eq!(standing_of(text, None), None, "{text}");
        }
        for text in ["Chuyển sinh hoạt đến xã Nam Ka", "Chuyển sinh hoạt từ ngày 01/05/2023", "Đã chuyển từ tháng 5"]
        {
            assert!(matches!(standing_of(text, None), Some(Standing::Transferred { .. })), "{text}");
        }
    }

    #[test]
    fn a_section_tells_the_standing_of_those_below_it() {
        let exempt = Some(Standing::Exempt { since: None });
        let departed = Some(Standing::Departed { since: None });
        let transferred = Some(Standing::Transferred { since: None });
        for (text, standing) in [
            ("DANH SÁCH ĐẢNG VIÊN MIỄN SINH HOẠT NĂM 2023", exempt),
            ("III. MIỄN CÔNG TÁC VÀ SINH HOẠT ĐẢNG", exempt),
            ("2. Đảng viên được miễn công tác", exempt),
            ("II. ĐẢNG VIÊN DỰ BỊ", Some(Standing::Probation)),
            ("ĐẢNG VIÊN DỰ BỊ (03 đồng chí)", Some(Standing::Probation)),
            ("I. Đảng viên chính thức", Some(Standing::Official)),
            ("Đảng viên từ trần trong năm", departed),
            ("DANH SÁCH ĐẢNG VIÊN BỊ KHAI TRỪ, XÓA TÊN", departed),
            ("IV - CHUYỂN SINH HOẠT ĐI", transferred),
            ("Danh sách đảng viên chuyển sinh hoạt đảng đi năm 2023", transferred),
            ("DANH SÁCH ĐẢNG VIÊN NĂM 2023", None),
            ("DANH SÁCH ĐẢNG VIÊN CHÍNH THỨC VÀ DỰ BỊ", None),
            ("DANH SÁCH ĐẢNG VIÊN (KỂ CẢ ĐẢNG VIÊN MIỄN SINH HOẠT)", None),
            ("DANH SÁCH ĐẢNG VIÊN KHÔNG TÍNH ĐẢNG VIÊN DỰ BỊ", None),
            ("Danh sách đảng viên chuyển sinh hoạt đến", None),
            ("Chi bộ Buôn Jun", None),
            ("Dự bị", Some(Standing::Probation)),
            ("DV mien sinh hoat", exempt),
            ("", None),
        ] {
            assert_eq!(standing_of_section(text), standing, "{text}");
        }
    }
}
