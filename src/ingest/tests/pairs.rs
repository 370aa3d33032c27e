//! Lists of who helps whom that somebody made by hand, as last year's assignment.

use super::*;

fn pairs(settings: &Settings, rows: &str) -> Vec<String> {
    let ingested = read_with(settings, vec![book("phan-cong.xlsx").sheet("1", rows)]);
    let name = |told: &crate::domain::previous::Told| told.name.clone().unwrap_or_default();
    ingested.previous.iter().map(|row| format!("{} – {}", name(&row.member), name(&row.household))).collect()
}

#[test]
fn names_tell_the_pairs_where_nothing_else_is_wanted() {
    let wanted = Settings { kind: Some(Kind::Assignment), ..Settings::default() };
    let by_member = "DANH SÁCH PHÂN CÔNG ĐẢNG VIÊN GIÚP ĐỠ HỘ NGHÈO NĂM 2022
Đảng bộ xã Yang Tao
STT|Họ và tên đảng viên|Chi bộ|Họ và tên chủ hộ|Thôn, buôn|Phân loại hộ
1|Thử Văn A|Chi bộ Buôn Jun|Y Thử Liêng|Buôn Jun|Hộ nghèo
2|Thử Thị B|Chi bộ Buôn Jun|H'Thử Byă|Buôn Jun|Hộ cận nghèo";
    let by_household = "PHÂN CÔNG ĐẢNG VIÊN GIÚP ĐỠ HỘ NGHÈO NĂM 2022
Đảng bộ xã Yang Tao
STT|Họ tên chủ hộ|Thôn, buôn|Đảng viên giúp đỡ|
|||Họ và tên|Chi bộ
1|Y Thử Liêng|Buôn Jun|Thử Văn A|Chi bộ Buôn Jun
2|H'Thử Byă|Buôn Jun|Thử Thị B|Chi bộ Buôn Jun";
    for rows in [by_member, by_household] {
        assert_eq!(pairs(&wanted, rows), ["Thử Văn A – Y Thử Liêng", "Thử Thị B – H'Thử Byă"], "{rows}");
        // Among other lists it could be many things.
        assert_eq!(pairs(&Settings::default(), rows), NONE, "{rows}");
    }
}

#[test]
fn a_member_whose_name_is_blank_is_none_and_not_the_one_above() {
    let wanted = Settings { kind: Some(Kind::Assignment), ..Settings::default() };
    let rows = "STT|Họ và tên đảng viên|Chi bộ|Họ và tên chủ hộ\n1|Thử A|Chi bộ 1|Y Thử Một\n2|||Y Thử Hai";
    let ingested = read_with(&wanted, vec![book("phan-cong.xlsx").sheet("1", rows)]);
    assert_eq!((ingested.previous.len(), issues(&ingested)), (1, vec!["name-missing B3".to_owned()]));
}

#[test]
fn both_sides_are_known_under_the_headings_that_offices_use() {
    let wanted = Settings { kind: Some(Kind::Assignment), ..Settings::default() };
    for (member, head) in [
        ("Đồng chí", "Phụ trách hộ"),
        ("Đảng viên nhận giúp đỡ", "Họ tên hộ nghèo"),
        ("Họ và tên người giúp đỡ", "Họ và tên hộ được giúp đỡ"),
        ("Người phụ trách", "Hộ nhận giúp đỡ"),
    ] {
        let rows = format!("DANH SÁCH PHÂN CÔNG\nTT|{member}|Chức vụ|{head}|Buôn\n1|Thử Văn A|Bí thư|Y Thử Liêng|Buôn Jun");
        assert_eq!(pairs(&wanted, &rows), ["Thử Văn A – Y Thử Liêng"], "{member}, {head}");
    }
}

#[test]
fn of_assignments_of_two_years_that_of_the_last_counts() {
    let list = |year: u32, commune: &str, rows: &str| {
        format!(
            "DANH SÁCH PHÂN CÔNG GIÚP ĐỠ HỘ NGHÈO NĂM {year}\n{commune}\nSTT|Họ và tên đảng viên|CCCD đảng viên|Thôn|Họ và tên chủ hộ|CCCD chủ hộ\n{rows}"
        )
    };
    let (a, b) = ("066060000002|Buôn Jun|Y Bang|066050000001", "066060000002|Buôn Cuôr|H'Lan|066150000003");
    let lists = [
        list(2022, "Xã Yang Tao", &format!("1|Thử A|{a}\n2|Thử A|{b}")),
        list(2023, "Xã Yang Tao", &format!("1|Thử A|{b}")),
        list(2022, "Xã Nam Ka", "1|Thử B|066060000004|Buôn Tu Sria|Y Nêh|066050000005"),
    ];
    let read = |asked: Option<i16>, one_year: bool| {
        let books = lists.iter().zip(["a.xlsx", "b.xlsx", "c.xlsx"]).map(|(rows, name)| book(name).sheet("1", rows)).collect();
        let ingested = read_with(&Settings { asked, one_year, ..Settings::default() }, books);
        let heads: Vec<String> = ingested.previous.iter().filter_map(|row| row.household.name.clone()).collect();
        (heads, issues(&ingested))
    };
    let (heads, told) = read(Some(2024), true);
    assert_eq!(heads, ["H'Lan", "Y Nêh"], "of a commune that sent none since the pairs before it");
    assert_eq!(told, ["other-year F4"]);
    assert_eq!(read(None, true).0, heads);
    assert_eq!(read(Some(2022), true).0, ["Y Bang", "H'Lan", "Y Nêh"]);
    assert_eq!(read(Some(2024), false).0.len(), 4);
}
