//! Registers of support as communes keep them: the kind in the title, in a section or in columns of its own.

use super::*;
use crate::domain::support::Support;

const SURVEY: &str = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Số CCCD|Thôn|Số khẩu|Phân loại hộ
1|Y Thử Liêng|066070000001|Buôn Jun|4|Hộ nghèo
2|H'Thử Byă|066180000002|Buôn Jun|3|Hộ cận nghèo";

const HEADINGS: &str = "STT|Họ và tên chủ hộ|Số CCCD|Thôn";
const FIRST: &str = "1|Y Thử Liêng|066070000001|Buôn Jun";
const SECOND: &str = "2|H'Thử Byă|066180000002|Buôn Jun";

/// A register beside the survey of its households.
fn register(rows: &str) -> Ingested {
    let survey = book("ho.xlsx").sheet("1", SURVEY);
    read_with(&Settings { supports: true, ..Settings::default() }, vec![survey, book("ho-tro.xlsx").sheet("1", rows)])
}

fn listed(title: &str) -> Ingested {
    register(&format!("{title}\nXã Yang Tao\n{HEADINGS}\n{FIRST}\n{SECOND}"))
}

/// Head, kind, whether needed and whether received: yes, no or not told.
fn said(ingested: &Ingested) -> Vec<String> {
    let word = |told: Option<bool>| told.map_or("?", |yes| if yes { "yes" } else { "no" });
    let line = |support: &Support| {
        let head = support.head.as_deref().unwrap_or_default();
        format!("{head}: {}, {}, {}", support.kind, word(support.needed), word(support.received))
    };
    ingested.supports.iter().map(line).collect()
}

#[test]
fn a_title_tells_the_kind_and_what_became_of_it() {
    for (title, told) in [
        ("DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở NĂM 2023", "Nhà ở, ?, yes"),
        ("Danh sách hộ nghèo vay vốn Ngân hàng Chính sách xã hội để xây nhà ở", "Vay vốn tín dụng, ?, yes"),
        ("DANH SÁCH HỘ NHẬN BÒ GIỐNG SINH SẢN THUỘC DỰ ÁN HỖ TRỢ PHÁT TRIỂN SẢN XUẤT", "Giống vật nuôi, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC CẤP THẺ BHYT NĂM 2023", "Y tế, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC TẶNG QUÀ TẾT NĂM 2023", "Quà Tết, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC BÀN GIAO NHÀ ĐẠI ĐOÀN KẾT", "Nhà ở, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO CÓ NHU CẦU HỖ TRỢ NHÀ Ở NĂM 2023", "Nhà ở, yes, ?"),
        ("BIỂU ĐĂNG KÝ NHU CẦU XÓA NHÀ TẠM, NHÀ DỘT NÁT", "Nhà ở, yes, ?"),
        ("DANH SÁCH HỘ NGHÈO ĐỀ NGHỊ ĐƯỢC VAY VỐN NĂM 2023", "Vay vốn tín dụng, yes, ?"),
        ("DANH SÁCH HỘ NGHÈO CHƯA ĐƯỢC HỖ TRỢ NƯỚC SINH HOẠT", "Nước sinh hoạt, ?, no"),
        ("DANH SÁCH HỘ NGHÈO KHÔNG ĐƯỢC VAY VỐN", "Vay vốn tín dụng, ?, no"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC XÓA NHÀ TẠM, NHÀ DỘT NÁT NĂM 2023", "Nhà ở, ?, yes"),
        ("KẾT QUẢ HỖ TRỢ NHÀ Ở CHO HỘ NGHÈO NĂM 2023", "Nhà ở, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐÃ HOÀN THÀNH XÂY NHÀ NĂM 2023", "Nhà ở, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO CÓ NHÀ TẠM CẦN XÓA NĂM 2023", "Nhà ở, yes, ?"),
        ("DANH SÁCH HỘ THUỘC DIỆN ĐƯỢC HỖ TRỢ NHÀ Ở NĂM 2023", "Nhà ở, yes, ?"),
        ("BẢNG KÊ GIẢI NGÂN CHO VAY HỘ NGHÈO NĂM 2023", "Vay vốn tín dụng, ?, yes"),
        ("DANH SÁCH KHÁCH HÀNG VAY VỐN NGÂN HÀNG CHÍNH SÁCH XÃ HỘI", "Vay vốn tín dụng, ?, yes"),
        ("DANH SÁCH TỔ VIÊN TỔ TIẾT KIỆM VÀ VAY VỐN", "Vay vốn tín dụng, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO CÒN DƯ NỢ ĐẾN 31/12/2023", "Vay vốn tín dụng, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐỦ ĐIỀU KIỆN VAY VỐN NĂM 2023", "Vay vốn tín dụng, yes, ?"),
        ("DANH SÁCH HỘ NGHÈO KHÔNG CÓ NHU CẦU VAY VỐN", "Vay vốn tín dụng, no, ?"),
        ("DANH SÁCH CẤP THẺ BẢO HIỂM Y TẾ CHO HỘ NGHÈO NĂM 2023", "Y tế, ?, yes"),
        ("DANH SÁCH NGƯỜI THAM GIA BHYT HỘ NGHÈO NĂM 2023", "Y tế, ?, yes"),
        ("DANH SÁCH HỘ CẬN NGHÈO CHƯA CÓ THẺ BHYT NĂM 2023", "Y tế, ?, no"),
        ("DANH SÁCH CHI TRẢ TIỀN ĐIỆN CHO HỘ NGHÈO QUÝ I NĂM 2023", "Tiền điện, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO HƯỞNG HỖ TRỢ TIỀN ĐIỆN NĂM 2023", "Tiền điện, ?, yes"),
        ("DANH SÁCH CẤP PHÁT GẠO CỨU ĐÓI CHO HỘ NGHÈO NĂM 2023", "Gạo, ?, yes"),
        ("DANH SÁCH TẶNG QUÀ TẾT CHO HỘ NGHÈO NĂM 2023", "Quà Tết, ?, yes"),
        ("BIÊN BẢN BÀN GIAO BÒ GIỐNG CHO HỘ NGHÈO NĂM 2023", "Giống vật nuôi, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ HEO NĂM 2023", "Giống vật nuôi, ?, yes"),
        ("DANH SÁCH HỘ THAM GIA DỰ ÁN CHĂN NUÔI BÒ SINH SẢN NĂM 2023", "Giống vật nuôi, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO HƯỞNG LỢI DỰ ÁN ĐA DẠNG HÓA SINH KẾ NĂM 2023", "Hỗ trợ sản xuất, ?, yes"),
        ("DANH SÁCH HỌC VIÊN LỚP ĐÀO TẠO NGHỀ MAY NĂM 2023", "Đào tạo nghề, ?, yes"),
        ("DANH SÁCH LAO ĐỘNG ĐI XUẤT KHẨU LAO ĐỘNG NĂM 2023", "Xuất khẩu lao động, ?, yes"),
        ("DANH SÁCH HỌC SINH HỘ NGHÈO ĐƯỢC MIỄN, GIẢM HỌC PHÍ", "Giáo dục, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC CẤP BỒN NƯỚC NĂM 2023", "Nước sinh hoạt, ?, yes"),
        ("DANH SÁCH HỘ NGHÈO THIẾU NƯỚC SINH HOẠT NĂM 2023", "Nước sinh hoạt, ?, no"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC CẤP TI VI NĂM 2023", "Văn hóa, thông tin, ?, yes"),
    ] {
        let ingested = listed(title);
        assert_eq!(said(&ingested), [format!("Y Thử Liêng: {told}"), format!("H'Thử Byă: {told}")], "{title}");
        assert_eq!(issues(&ingested), NONE, "{title}");
        assert_eq!(all(&ingested).len(), 2, "{title}: the register is no survey");
    }
}

#[test]
fn a_title_over_two_lines_is_one_and_what_it_is_sent_with_is_none_of_it() {
    let title = "ỦY BAN NHÂN DÂN XÃ YANG TAO
DANH SÁCH HỘ NGHÈO, HỘ MỚI THOÁT NGHÈO
ĐƯỢC VAY VỐN TÍN DỤNG CHÍNH SÁCH NĂM 2023
(Kèm theo Báo cáo nhu cầu hỗ trợ nhà ở số 12/BC-UBND)";
    assert_eq!(said(&listed(title)), ["Y Thử Liêng: Vay vốn tín dụng, ?, yes", "H'Thử Byă: Vay vốn tín dụng, ?, yes"]);
}

#[test]
fn a_title_that_tells_too_little_makes_no_register() {
    for title in [
        "DANH SÁCH HỖ TRỢ NHÀ Ở",
        "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NĂM 2023",
        "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở VÀ ĐẤT SẢN XUẤT",
        "DANH SÁCH HỘ NGHÈO ĐƯỢC ĐẢNG VIÊN HỖ TRỢ CÂY GIỐNG",
        "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ XE LĂN",
        "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ BỔ SUNG",
        "DANH SÁCH HỘ NGHÈO THIẾU HỤT CHỈ SỐ NHÀ Ở",
        "ĐIỀU TRA VIỆC LÀM CỦA HỘ NGHÈO",
    ] {
        let ingested = listed(title);
        assert!(ingested.supports.is_empty(), "{title}");
        assert!(issues(&ingested).iter().any(|issue| issue.starts_with("heading-missing")), "{title}: {:?}", issues(&ingested));
    }
}

#[test]
fn a_list_of_the_poor_who_got_something_is_no_list_of_all_the_poor() {
    let rows = |title: &str| {
        format!("{title}\nXã Yang Tao\n{HEADINGS}|Số khẩu|Hộ nghèo|Hộ cận nghèo|Số tiền\n{FIRST}|4|x||50\n{SECOND}|3||x|40")
    };
    let alone = |title: &str| read(book("ho.xlsx").sheet("1", &rows(title)));
    let loans = alone("DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC VAY VỐN NĂM 2023");
    assert_eq!((all(&loans).len(), loans.supports.len()), (0, 2));
    assert_eq!(issues(&loans), ["register-by-title A3"], "who thinks that it is a survey is told");
    // What lists are made for is no support that somebody got.
    for purpose in ["(Làm căn cứ hỗ trợ tiền điện)", "(Làm cơ sở cấp thẻ BHYT năm 2024)", "(Danh sách để cấp thẻ bảo hiểm y tế)"]
    {
        let survey = alone(&format!("DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023\n{purpose}"));
        assert_eq!((all(&survey).len(), survey.supports.len()), (2, 0), "{purpose}");
    }
}

#[test]
fn sums_that_households_got_are_no_pledges_of_theirs_and_they_are_no_members() {
    for (title, headings, cells) in [
        ("DANH SÁCH HỘ NGHÈO VAY VỐN NĂM 2023", "Số tiền vay|Ngày vay|Tổ trưởng", "50.000.000|12/05/2023|Y A"),
        ("BẢNG KÊ GIẢI NGÂN CHO VAY HỘ NGHÈO", "Số tiền giải ngân|Ngày giải ngân|Dư nợ", "50.000.000|12/05/2023|50.000.000"),
        ("DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ TIỀN ĐIỆN", "Ngày sinh|Dân tộc|Số tiền", "1970|Ê Đê|165.000"),
    ] {
        let rows = [(1, "Y Thử Liêng|066070000001"), (2, "H'Thử Byă|066180000002")]
            .map(|(number, named)| format!("{number}|{named}|Buôn Jun|{cells}"));
        let list = register(&format!("{title}\nXã Yang Tao\nSTT|Họ và tên|Số CCCD|Thôn|{headings}\n{}", rows.join("\n")));
        assert_eq!(list.supports.iter().map(|support| support.received).collect::<Vec<_>>(), [Some(true); 2], "{title}");
        assert!(list.roster.pledges.is_empty() && list.roster.members.is_empty(), "{title}");
    }
    // Where no word names the kind, that is what lacks, and nothing is counted.
    let unnamed =
        register("DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ TỪ QUỸ CỦA XÃ\nSTT|Họ và tên|Thôn|Số tiền\n1|Y Thử Liêng|Buôn Jun|500.000");
    assert_eq!((unnamed.supports.len(), unnamed.roster.pledges.len()), (0, 0));
    assert_eq!(issues(&unnamed), ["heading-missing A2"]);
    // Who gives is told by the title or a column.
    for (title, headings, cells) in [
        ("DANH SÁCH ĐẢNG VIÊN ỦNG HỘ XÂY NHÀ Ở CHO HỘ NGHÈO", "Số tiền", "500.000"),
        ("DANH SÁCH ĐƠN VỊ TẶNG QUÀ TẾT", "Đơn vị ủng hộ|Số tiền", "Công ty A|500.000"),
        ("DANH SÁCH CÁ NHÂN ĐÃ HỖ TRỢ HỘ NGHÈO XÂY NHÀ Ở", "Số tiền", "500.000"),
    ] {
        let ledger = register(&format!("{title}\nSTT|Họ và tên|{headings}\n1|Thử Văn C|{cells}"));
        assert_eq!((ledger.supports.len(), ledger.roster.pledges.len()), (0, 1), "{title}");
    }
}

#[test]
fn words_and_days_tell_what_became_of_support() {
    let of = |headings: &str, first: &str, second: &str| {
        let told = register(&format!(
            "THEO DÕI HỖ TRỢ XÃ YANG TAO NĂM 2023\n{HEADINGS}|Loại hỗ trợ|{headings}\n{FIRST}|Nhà ở|{first}\n{SECOND}|Nhà ở|{second}"
        ));
        let checked: Vec<Option<bool>> = told.supports.iter().map(|support| support.use_checked).collect();
        (said(&told), checked, issues(&told))
    };
    let lines = |first: &str, second: &str| vec![format!("Y Thử Liêng: Nhà ở, {first}"), format!("H'Thử Byă: Nhà ở, {second}")];
    let (told, _, found) = of("Nhu cầu|Kết quả", "Có nhu cầu|Đã hỗ trợ", "Không có nhu cầu|Chưa hỗ trợ");
    assert_eq!((told, found), (lines("yes, yes", "no, no"), vec![]));
    // A day says no more than the mark beside it.
    let (told, _, found) = of("Đã nhận|Ngày nhận", "x|12/05/2023", "|");
    assert_eq!((told, found), (lines("?, yes", "?, no"), vec![]));
    let (told, _, found) = of("Ngày vay|Ngày giải ngân", "12/05/2023|", "|");
    assert_eq!((told, found), (lines("?, yes", "?, no"), vec![]));
    // What is under way is neither.
    let (told, _, found) = of("Tình trạng", "Đã xong", "Đang làm");
    assert_eq!((told, found), (lines("?, yes", "?, ?"), vec!["mark-unknown F4".to_owned()]));
    let (_, checked, found) = of("Đã nhận|Kiểm tra sử dụng vốn", "x|Đúng mục đích", "x|Chưa kiểm tra");
    assert_eq!((checked, found), (vec![Some(true), Some(false)], vec![]));
}

#[test]
fn each_kind_may_have_a_column() {
    let grouped = register(&format!(
        "NHU CẦU VÀ KẾT QUẢ HỖ TRỢ XÃ YANG TAO NĂM 2023
{HEADINGS}|Nhu cầu hỗ trợ|||Đã được hỗ trợ||
||||Nhà ở|Vay vốn|Khác|Nhà ở|Vay vốn|Số tiền
{FIRST}|x||xe lăn|40||40
{SECOND}||x|||12/05/2023|50"
    ));
    assert_eq!(
        said(&grouped),
        [
            "Y Thử Liêng: Nhà ở, yes, yes",
            "Y Thử Liêng: Vay vốn tín dụng, no, no",
            "Y Thử Liêng: Khác, yes, ?",
            "H'Thử Byă: Nhà ở, no, no",
            "H'Thử Byă: Vay vốn tín dụng, yes, yes",
            "H'Thử Byă: Khác, no, ?",
        ]
    );
    assert_eq!(issues(&grouped), NONE);
    // Where columns name the kinds alone, the title says what their marks mean.
    let titled = register(&format!(
        "TỔNG HỢP NHU CẦU HỖ TRỢ CỦA HỘ NGHÈO XÃ YANG TAO\n{HEADINGS}|Nhà ở|Nước sinh hoạt|Diện tích đất sản xuất\n{FIRST}|x||200\n{SECOND}|có thể|x|300"
    ));
    assert_eq!(
        said(&titled),
        [
            "Y Thử Liêng: Nhà ở, yes, ?",
            "Y Thử Liêng: Nước sinh hoạt, no, ?",
            "H'Thử Byă: Nhà ở, ?, ?",
            "H'Thử Byă: Nước sinh hoạt, yes, ?",
        ]
    );
    assert_eq!(issues(&titled), ["mark-unknown E4"]);
}

#[test]
fn a_survey_may_say_what_each_household_needs() {
    let rows = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Số CCCD|Thôn|Số khẩu|Phân loại hộ|Nhu cầu hỗ trợ||Hỗ trợ
||||||Hỗ trợ nhà ở|Vay vốn|Nhà ở
1|Y Thử Liêng|066070000001|Buôn Jun|4|Hộ nghèo|x||x
2|H'Thử Byă|066180000002|Buôn Jun|3|Hộ cận nghèo||x|";
    let settings = Settings { supports: true, ..Settings::default() };
    let ingested = read_with(&settings, vec![book("ho.xlsx").sheet("1", rows)]);
    assert_eq!(
        said(&ingested),
        [
            "Y Thử Liêng: Nhà ở, yes, yes",
            "Y Thử Liêng: Vay vốn tín dụng, no, ?",
            "H'Thử Byă: Nhà ở, no, no",
            "H'Thử Byă: Vay vốn tín dụng, yes, ?",
        ]
    );
    assert_eq!(issues(&ingested), NONE);
}

#[test]
fn sections_and_sheets_may_name_the_kind() {
    let sections = register(&format!(
        "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ XÃ YANG TAO NĂM 2023\n{HEADINGS}\nI|Hỗ trợ nhà ở||\n{FIRST}\nII|Vay vốn tín dụng||\n{FIRST}\n{SECOND}"
    ));
    assert_eq!(
        said(&sections),
        ["Y Thử Liêng: Nhà ở, ?, yes", "Y Thử Liêng: Vay vốn tín dụng, ?, yes", "H'Thử Byă: Vay vốn tín dụng, ?, yes"]
    );
    assert_eq!(issues(&sections), NONE);
    let list = format!("DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ XÃ YANG TAO NĂM 2023\n{HEADINGS}\n{FIRST}");
    let sheets = read(book("ho-tro.xlsx").sheet("Nhà ở", &list).sheet("BHYT", &list));
    assert_eq!(said(&sheets), ["Y Thử Liêng: Nhà ở, ?, yes", "Y Thử Liêng: Y tế, ?, yes"]);
}

#[test]
fn a_column_beside_a_titles_kind_may_say_what_was_done_of_it() {
    let housing = |kind: &str| {
        let rows = format!(
            "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở XÃ YANG TAO NĂM 2023\n{HEADINGS}|Hình thức hỗ trợ|Ngày nhận\n{FIRST}|{kind}|12/05/2023"
        );
        said(&register(&rows))
    };
    assert_eq!(housing("Xây mới"), ["Y Thử Liêng: Nhà ở, ?, yes"]);
    assert_eq!(housing(""), ["Y Thử Liêng: Nhà ở, ?, yes"]);
    assert_eq!(housing("Vay vốn"), ["Y Thử Liêng: Vay vốn, ?, yes"]);
}

#[test]
fn rows_of_persons_beside_their_heads_are_counted() {
    let rows = "DANH SÁCH LAO ĐỘNG HỘ NGHÈO THAM GIA HỌC NGHỀ XÃ YANG TAO NĂM 2023
STT|Họ và tên|Ngày sinh|Số CCCD|Họ tên chủ hộ|Số CCCD chủ hộ|Thôn|Nghề học
1|Y Thử Một|01/02/2000|066200000003|Y Thử Liêng|066070000001|Buôn Jun|Sửa xe
2|Y Thử Hai|01/02/2002|066202000004|Y Thử Liêng|066070000001|Buôn Jun|May";
    let ingested = register(rows);
    assert_eq!(said(&ingested), ["Y Thử Liêng: Đào tạo nghề, ?, yes"; 2]);
    assert!(ingested.supports.iter().all(|support| support.persons_received == Some(1)));
    assert_eq!(issues(&ingested), NONE);
    let by_kinds = "HỖ TRỢ LAO ĐỘNG HỘ NGHÈO XÃ YANG TAO NĂM 2023
STT|Họ và tên|Họ tên chủ hộ|Số CCCD chủ hộ|Thôn|Nhu cầu hỗ trợ||Đã được hỗ trợ
|||||Học nghề|Việc làm|Học nghề
1|Y Thử Một|Y Thử Liêng|066070000001|Buôn Jun|x|x|x
2|Y Thử Hai|Y Thử Liêng|066070000001|Buôn Jun||x|";
    let ingested = register(by_kinds);
    let persons: Vec<_> =
        ingested.supports.iter().map(|support| (&*support.kind, support.persons_needed, support.persons_received)).collect();
    assert_eq!(
        persons,
        [
            ("Đào tạo nghề", Some(1), Some(1)),
            ("Việc làm", Some(1), None),
            ("Đào tạo nghề", None, None),
            ("Việc làm", Some(1), None)
        ]
    );
}

#[test]
fn who_needs_and_who_got_support_are_two_lists_and_no_doubles() {
    let list = |title: &str| format!("{title} XÃ YANG TAO NĂM 2023\n{HEADINGS}\n{FIRST}");
    let (need, got) = (list("DANH SÁCH HỘ NGHÈO CÓ NHU CẦU HỖ TRỢ NHÀ Ở"), list("DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở"));
    let of = |second: &str| {
        let books = [SURVEY, &need, second].map(|rows| book("a.xlsx").sheet("1", rows));
        let [survey, need, mut second] = books;
        second.file = "b.xlsx";
        read_with(&Settings::default(), vec![survey, need, second])
    };
    assert_eq!(issues(&of(&got)), NONE);
    assert_eq!(issues(&of(&need)), ["support-twice C3"]);
}

#[test]
fn a_register_may_name_any_person_of_a_household() {
    let survey = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023
Mã hộ|Họ và tên|Quan hệ với chủ hộ|Số CCCD|Thôn|Phân loại hộ
1|Y Thử Liêng|Chủ hộ|066070000001|Buôn Jun|Hộ nghèo
1|H'Thử Liêng|Con|066302000005|Buôn Jun|Hộ nghèo
2|H'Thử Byă|Chủ hộ|066180000002|Buôn Jun|Hộ cận nghèo";
    let persons = |headings: &str, relations: [&str; 3]| {
        let [first, second, third] = relations;
        let cards = format!(
            "DANH SÁCH NGƯỜI THUỘC HỘ NGHÈO ĐƯỢC CẤP THẺ BHYT XÃ YANG TAO NĂM 2023\nSTT|Họ và tên|Số CCCD|Thôn{headings}
1|Y Thử Liêng|066070000001|Buôn Jun{first}\n2|H'Thử Liêng|066302000005|Buôn Jun{second}\n3|Thử Văn C|066070000009|Buôn Jun{third}"
        );
        let books = vec![book("ho.xlsx").sheet("1", survey), book("the.xlsx").sheet("1", &cards)];
        let ingested = read_with(&Settings { supports: true, ..Settings::default() }, books);
        let told: Vec<(String, Option<u64>)> =
            ingested.supports.iter().map(|support| (support.household.to_string(), support.persons_received)).collect();
        (told, issues(&ingested))
    };
    let told = [("066070000001", Some(1)), ("066070000001", Some(1)), ("066070000009", Some(1))]
        .map(|(key, count)| (key.to_owned(), count));
    // The third is of no household of the survey.
    assert_eq!(persons("", [""; 3]), (told.to_vec(), vec!["support-household C5".to_owned()]));
    let (of_relations, found) = persons("|Quan hệ với chủ hộ", ["|Chủ hộ", "|Con", "|Chủ hộ"]);
    assert_eq!((of_relations, found.last().map(String::as_str)), (told.to_vec(), Some("support-household C5")));
}

#[test]
fn who_is_addressed_is_the_same_person() {
    let register = |name: &str| {
        register(&format!(
            "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở\nXã Yang Tao\nSTT|Họ và tên|Thôn\n1|{name}|Buôn Jun\n2|H'Thử Byă|Buôn Jun"
        ))
    };
    for name in ["Y Thử Liêng", "Ông Y Thử Liêng", "Hộ ông: Y Thử Liêng"] {
        let found = register(name);
        assert_eq!(found.supports[0].household.to_string(), "066070000001", "{name}");
        assert_eq!(issues(&found), NONE, "{name}");
    }
    assert_eq!(issues(&register("Y Thử Khác")), ["support-household B4"]);
}

#[test]
fn a_section_right_below_the_headings_is_none_of_them() {
    let told = register(&format!(
        "TỔNG HỢP HỖ TRỢ HỘ NGHÈO XÃ YANG TAO NĂM 2023\n{HEADINGS}\nI. ĐƯỢC VAY VỐN\n{FIRST}\nII. CHƯA ĐƯỢC HỖ TRỢ NHÀ Ở\n{SECOND}"
    ));
    assert_eq!(said(&told), ["Y Thử Liêng: Vay vốn tín dụng, ?, yes", "H'Thử Byă: Nhà ở, ?, no"]);
    // The title may tell the kind, and sections what became of it.
    let titled = register(&format!(
        "DANH SÁCH HỖ TRỢ NHÀ Ở CHO HỘ NGHÈO XÃ YANG TAO\n{HEADINGS}\nI. ĐÃ ĐƯỢC HỖ TRỢ\n{FIRST}\n|II. Chưa được hỗ trợ\n{SECOND}"
    ));
    assert_eq!(said(&titled), ["Y Thử Liêng: Nhà ở, ?, yes", "H'Thử Byă: Nhà ở, ?, no"]);
    assert_eq!(issues(&titled), NONE);
}

#[test]
fn a_survey_may_say_in_words_and_sums_what_each_household_got() {
    let rows = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Số CCCD|Thôn|Số khẩu|Phân loại hộ|Hỗ trợ||
||||||Y tế|Nhà ở|Vay vốn
1|Y Thử Liêng|066070000001|Buôn Jun|4|Hộ nghèo|Đã cấp|Chưa hỗ trợ|50.000.000
2|H'Thử Byă|066180000002|Buôn Jun|3|Hộ cận nghèo|x|có thể|";
    let settings = Settings { supports: true, ..Settings::default() };
    let ingested = read_with(&settings, vec![book("ho.xlsx").sheet("1", rows)]);
    assert_eq!(
        said(&ingested),
        [
            "Y Thử Liêng: Y tế, ?, yes",
            "Y Thử Liêng: Vay vốn tín dụng, ?, yes",
            "Y Thử Liêng: Nhà ở, ?, no",
            "H'Thử Byă: Y tế, ?, yes",
            "H'Thử Byă: Vay vốn tín dụng, ?, no",
        ]
    );
    assert_eq!(issues(&ingested), ["mark-unknown H5"]);
}
