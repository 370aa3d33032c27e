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

#[test]
fn of_registers_of_two_years_that_of_the_year_counts() {
    let register = |title: &str, year: u32, rows: &str| {
        format!("DANH SÁCH HỘ {title} XÃ YANG TAO NĂM {year}\nSTT|Họ và tên chủ hộ|Số CCCD|Số tiền\n{rows}")
    };
    let (hoa, lieng) = ("Thử Văn Hòa|066070000001|40000000", "Y Thử Liêng|066071000002|40000000");
    let lists = [
        register("ĐƯỢC HỖ TRỢ NHÀ Ở", 2022, &format!("1|{hoa}\n2|{lieng}")),
        register("ĐƯỢC HỖ TRỢ NHÀ Ở", 2023, &format!("1|{hoa}")),
        register("VAY VỐN", 2022, &format!("1|{lieng}")),
    ];
    let read = |asked: i16, one_year: bool| {
        let survey = std::iter::once(book("a.xlsx").sheet("1", SURVEY));
        let registers = lists.iter().zip(["b.xlsx", "c.xlsx", "d.xlsx"]).map(|(rows, name)| book(name).sheet("1", rows));
        let ingested =
            read_with(&Settings { asked: Some(asked), one_year, ..Settings::default() }, survey.chain(registers).collect());
        let told =
            ingested.supports.iter().map(|support| format!("{} {}", support.head.as_deref().unwrap_or_default(), support.kind));
        let used: Vec<u64> = ingested.files.iter().skip(1).flat_map(|file| &file.sheets).map(|sheet| sheet.used).collect();
        (told.collect::<Vec<_>>(), used, issues(&ingested))
    };
    let (told, used, issues) = read(2023, true);
    assert_eq!(told, ["Thử Văn Hòa Nhà ở", "Y Thử Liêng Vay vốn tín dụng"], "no loans of 2023 are told");
    assert_eq!((used, issues), (vec![0, 1, 1], vec!["other-year C3".to_owned()]));
    assert_eq!(read(2022, true).0.len(), 3);
    assert_eq!(read(2023, false).0.len(), 4, "who lists all that is there");
}

#[test]
fn what_was_needed_last_year_is_given_this_year() {
    let needed = "DANH SÁCH HỘ CÓ NHU CẦU HỖ TRỢ XÃ YANG TAO NĂM 2022\nSTT|Họ và tên chủ hộ|Số CCCD|Loại hỗ trợ|Nhu cầu
1|Thử Văn Hòa|066070000001|Nhà ở|x\n2|Y Thử Liêng|066071000002|Nhà ở|x";
    let got = "DANH SÁCH HỘ ĐƯỢC HỖ TRỢ NHÀ Ở XÃ YANG TAO NĂM 2023\nSTT|Họ và tên chủ hộ|Số CCCD|Số tiền\n1|Thử Văn Hòa|066070000001|40000000";
    let books = [("a.xlsx", SURVEY), ("b.xlsx", needed), ("c.xlsx", got)].map(|(name, rows)| book(name).sheet("1", rows));
    let ingested = read_with(&Settings { asked: Some(2023), one_year: true, ..Settings::default() }, books.into());
    assert_eq!((ingested.supports.len(), issues(&ingested)), (3, Vec::new()));
}
