//! Registers of support beside surveys: whose the support is.

use super::*;

const SURVEY: &str = "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023
STT|Thôn|Họ và tên chủ hộ|Ngày sinh|Số CCCD|Số khẩu|Phân loại hộ
1|Buôn Cuôr|Thử Văn Hòa|01/02/1970|066070000001|4|Hộ nghèo
2|Buôn Cuôr|Y Thử Liêng|01/02/1971|066071000002|4|Hộ nghèo
3|Buôn Jun|H'Thử Triêk|01/02/1972|066172000003|4|Hộ cận nghèo
4|Buôn Jun|Thử Văn Hải|01/02/1980|066080000004|4|Hộ nghèo
5|Buôn Cuôr|Thử Văn Hải|01/02/1974|066074000005|4|Hộ nghèo
6|Buôn Cuôr|Thử Thị Sáu|01/02/1950||1|Hộ nghèo";

/// The head of the household that a row of a register means, and the issues.
fn meant(heads: &str, row: &str) -> (Option<String>, Vec<String>) {
    let list =
        format!("DANH SÁCH HỘ ĐƯỢC HỖ TRỢ NHÀ Ở XÃ YANG TAO NĂM 2023\nSTT|Họ và tên chủ hộ|{heads}|Số tiền\n1|{row}|40000000");
    let books = vec![book("a-ho.xlsx").sheet("1", SURVEY), book("b-nha-o.xlsx").sheet("1", &list)];
    let ingested = read_with(&Settings::default(), books);
    let key = &ingested.supports[0].household;
    let of = all(&ingested).into_iter().find(|household| household.key == *key);
    (of.map(|of| format!("{} {}", of.head, of.source.row)), issues(&ingested))
}

#[test]
fn a_register_means_the_household_that_all_it_tells_is_of() {
    let unknown = Some("support-household");
    for (heads, row, head, told) in [
        ("Thôn", "Thử Văn Hoà|Buôn Cuôr", Some("Thử Văn Hòa 2"), None),
        ("Thôn", "H' Thử Triêk|Buôn Jun", Some("H'Thử Triêk 4"), None),
        ("Thôn", "Y Thử Liêng (Ama Lan)|Buôn Cuôr", Some("Y Thử Liêng 3"), None),
        ("Thôn", "Thử Văn Hải|Buôn Jun", Some("Thử Văn Hải 5"), None),
        ("Thôn", "Thử Văn Hải|B. Cuôr", Some("Thử Văn Hải 6"), None),
        ("Năm sinh", "Thử Văn Hải|1980", Some("Thử Văn Hải 5"), None),
        ("Ngày sinh", "Thử Văn Hải|01/02/1974", Some("Thử Văn Hải 6"), None),
        ("Thôn", "Thử Văn Hải|", None, unknown),
        ("Năm sinh", "Thử Văn Hòa|1985", None, unknown),
        ("Thôn", "Thử Văn Hòa|Buôn Jun", Some("Thử Văn Hòa 2"), Some("support-elsewhere")),
        ("Số CCCD", "Thử Thị Lạ|066070000001", Some("Thử Văn Hòa 2"), Some("number-name")),
        ("Số CCCD", "Thử Văn Hoa|066070000001", Some("Thử Văn Hòa 2"), None),
        ("Số CCCD", "Thử Văn Hòa|066070000099", None, unknown),
        // The survey has no number of hers.
        ("Số CCCD", "Thử Thị Sáu|066150000006", Some("Thử Thị Sáu 7"), None),
    ] {
        let (found, issues) = meant(heads, row);
        assert_eq!(found.as_deref(), head, "{heads} {row}");
        let codes: Vec<&str> = issues.iter().filter_map(|issue| issue.split(' ').next()).collect();
        assert_eq!(codes, told.into_iter().collect::<Vec<_>>(), "{heads} {row}");
    }
}
