//! Households on two sheets of one list that numbers do not tell.

use super::*;

#[test]
fn a_household_without_a_number_may_be_one_that_another_sheet_has_with_one() {
    let heads = "STT|Thôn|Họ và tên chủ hộ|Ngày sinh|Số CCCD|Số khẩu|Phân loại hộ";
    let list = |row: &str| format!("DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023\n{heads}\n{row}");
    let numbered = "1|Buôn Cuôr|Thử Văn Hòa|01/02/1970|066070000001|4|Hộ nghèo";
    for (first, second, told) in [
        (numbered, "1|Buôn Cuôr|Thử Văn Hoà|01/02/1970||4|Hộ nghèo", true),
        (numbered, "1|B. Cuôr|Ông Thử Văn Hòa|1970||4|Hộ nghèo", true),
        ("1|Buôn Cuôr|Thử Văn Hòa|1970||4|Hộ nghèo", "1|Buôn Cuôr|Thử Văn Hòa|01/02/1970||4|Hộ nghèo", true),
        ("1|Buôn Cuôr|Thử Văn Hòa|1970||4|Hộ nghèo", numbered, true),
        (numbered, "1|Buôn Cuôr|Thử Văn Hòa|1971||4|Hộ nghèo", false),
        (numbered, "1|Buôn Jun|Thử Văn Hòa|1970||4|Hộ nghèo", false),
        (numbered, "1|Buôn Cuôr|Thử Văn Hòa|||4|Hộ nghèo", false),
        (numbered, "1|Buôn Cuôr|Thử Văn Hòa|01/02/1970|066070000002|4|Hộ nghèo", false),
    ] {
        let books = || vec![book("a.xlsx").sheet("1", &list(first)), book("b.xlsx").sheet("1", &list(second))];
        let kept = read_with(&Settings::default(), books());
        let issues = issues(&kept);
        let issues: Vec<&str> = issues.iter().map(String::as_str).filter(|issue| !issue.starts_with("citizen")).collect();
        let code = issues.first().and_then(|issue| issue.split(' ').next());
        assert_eq!((all(&kept).len(), code), (2, told.then_some("household-twice")), "{first} / {second}: {issues:?}");
        // On one sheet they are two.
        let rows = format!("{}\n{second}", list(first));
        assert_eq!(self::issues(&read(book("a.xlsx").sheet("1", &rows))), NONE, "{first} / {second}");
    }
}
