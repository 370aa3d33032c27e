//! Words of standings: who is exempt, on probation, gone or dead.

use jiff::civil::Date;

use super::convert;
use crate::domain::member::Standing;
use crate::domain::spelling::fold;

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
        Some(Standing::Transferred { since })
    } else if says(&["du bi", "probation"]) {
        Some(Standing::Probation)
    } else if says(&["chinh thuc", "dang sinh hoat", "dang sh", "dang hoat dong", "official"]) {
        Some(Standing::Official)
    } else {
        None
    }
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
}
