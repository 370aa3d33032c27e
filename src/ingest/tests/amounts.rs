//! What members and donors give, as ledgers tell it.

use super::*;
use crate::domain::pledge::{Amounts, Days};

/// What is pledged and delivered: days of salary, days of labour, seedlings and their species, đồng.
fn said(amounts: Option<&Amounts>) -> String {
    let Some(of) = amounts else { return "-".to_owned() };
    let days = |days: Option<Days>, word: &str| days.map(|days| format!("{days} {word}"));
    let seedlings =
        of.seedlings.map(|count| format!("{count} cây {}", of.species.as_deref().unwrap_or_default()).trim().to_owned());
    let money = of.money_dong.map(|money| format!("{money} đồng"));
    let all = [days(of.salary_days, "lương"), days(of.labour_days, "công"), seedlings, money];
    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Of a roster and of a ledger, pledged and delivered.
fn gifts(ingested: &Ingested) -> Vec<String> {
    let members = ingested.roster.members.iter().map(|member| (member.pledged.as_deref(), member.delivered.as_deref()));
    let ledger = ingested.roster.pledges.iter().map(|pledge| (pledge.pledged.as_ref(), pledge.delivered.as_ref()));
    members.chain(ledger).map(|(pledged, delivered)| format!("{} | {}", said(pledged), said(delivered))).collect()
}

fn ledger(rows: &str) -> Ingested {
    read(book("so.xlsx").sheet("1", rows))
}

#[test]
fn money_for_a_day_of_salary_is_money() {
    let rows = |title: &str| {
        format!(
            "{title} NĂM 2023\nChi bộ Phòng Nội vụ\nSTT|Họ và tên|Hệ số lương|Số tiền 01 ngày lương|Ký nộp\n1|Thử Văn A|4,98|338000|"
        )
    };
    assert_eq!(gifts(&ledger(&rows("DANH SÁCH ĐĂNG KÝ ỦNG HỘ"))), ["338000 đồng | -"]);
    // What was collected is delivered, whoever collected it.
    let planners = rows("DANH SÁCH THU TIỀN ỦNG HỘ").replace("Phòng Nội vụ", "Phòng Giáo dục - Kế hoạch");
    assert_eq!(gifts(&ledger(&planners)), ["- | 338000 đồng"]);
    assert_eq!(gifts(&ledger(&rows("DANH SÁCH THU TIỀN ỦNG HỘ"))), ["- | 338000 đồng"]);
    let days = "DANH SÁCH ĐĂNG KÝ ỦNG HỘ\nChi bộ Phòng Nội vụ\nSTT|Họ và tên|Năm sinh|Ngày lương\n1|Thử Văn A|1970|338000\n2|Thử Văn B|1970|366";
    let ingested = ledger(days);
    assert_eq!((gifts(&ingested), issues(&ingested)), (vec!["366 lương | -".to_owned()], vec!["amount-wrong D4".to_owned()]));
}

#[test]
fn a_title_tells_that_amounts_were_given_where_no_heading_says_otherwise() {
    let rows = |title: &str| {
        format!(
            "{title} NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Năm sinh|Ngày lương|Số cây giống đăng ký|Loại cây đăng ký\n1|Thử Văn A|1970|1|10|Bơ"
        )
    };
    assert_eq!(gifts(&ledger(&rows("KẾT QUẢ ỦNG HỘ CỦA ĐẢNG VIÊN"))), ["10 cây Bơ | 1 lương"]);
    assert_eq!(gifts(&ledger(&rows("ĐĂNG KÝ VÀ KẾT QUẢ ỦNG HỘ CỦA ĐẢNG VIÊN"))), ["1 lương, 10 cây Bơ | -"]);
    assert_eq!(gifts(&ledger(&rows("DANH SÁCH ĐẢNG VIÊN"))), ["1 lương, 10 cây Bơ | -"]);
}

#[test]
fn a_mark_stands_for_the_number_of_its_heading() {
    let rows = "ĐĂNG KÝ ỦNG HỘ NĂM 2023
Đảng bộ xã Yang Tao
STT|Họ và tên|Chi bộ|Hình thức đăng ký|||
|||Ủng hộ 01 ngày lương|Ủng hộ 10 cây giống|Ủng hộ ngày công|Số tiền 01 ngày lương
1|Thử Văn A|Chi bộ Buôn Jun|x|||
2|Thử Văn B|Chi bộ Buôn Jun||x||
3|Thử Văn C|Chi bộ Buôn Jun|||5|200000
4|Thử Văn D|Chi bộ Buôn Jun|||x|
5|Thử Văn E|Chi bộ Buôn Jun||||x";
    let ingested = ledger(rows);
    assert_eq!(gifts(&ingested), ["1 lương | -", "10 cây | -", "5 công, 200000 đồng | -"]);
    assert_eq!(issues(&ingested), ["amount-wrong F8", "amount-wrong G9"]);
}

#[test]
fn whoever_gives_is_known_under_many_headings() {
    for heading in ["Tên tổ chức, cá nhân", "Cá nhân, đơn vị", "Đơn vị, cá nhân ủng hộ"] {
        let ingested = ledger(&format!("DANH SÁCH ỦNG HỘ NĂM 2023\nSTT|{heading}|Số tiền (đồng)\n1|Công ty Thử|10000000"));
        assert_eq!(gifts(&ingested), ["10000000 đồng | -"], "{heading}");
    }
}

#[test]
fn a_sentence_may_tell_the_amounts() {
    let rows = "DANH SÁCH ĐẢNG VIÊN ĐĂNG KÝ THỰC HIỆN NGHỊ QUYẾT 14-NQ/HU NĂM 2023
Đảng bộ xã Yang Tao
STT|Họ và tên|Năm sinh|Chi bộ|Nội dung đăng ký|Kết quả giúp đỡ
1|Thử Văn A|1970|Chi bộ Buôn Jun|01 ngày lương; 10 cây giống (mắc ca)|Đã nộp 01 ngày lương
2|Thử Văn B|1970|Chi bộ Buôn Jun|Giúp đỡ hộ Y Thử|
3|Thử Văn C|1970|Chi bộ Buôn Jun|Ủng hộ cây giống|
4|Thử Văn D|1970|Chi bộ Buôn Jun||5 ngày công";
    let ingested = ledger(rows);
    assert_eq!(gifts(&ingested), ["1 lương, 10 cây mắc ca | 1 lương", " | ", " | ", " | 5 công"]);
    assert_eq!(issues(&ingested), ["amount-unread E6"]);
    assert!(ingested.issues.iter().all(|issue| issue.severity == Severity::Warning), "no member is lost for it");
}

#[test]
fn a_number_may_stand_beside_the_words_and_columns_of_amounts_come_first() {
    let beside = "DANH SÁCH ĐĂNG KÝ ỦNG HỘ NĂM 2023
Đảng bộ xã Yang Tao
STT|Họ và tên|Nội dung đăng ký|Số lượng
1|Thử Văn A|Ngày lương|1
2|Thử Văn B|Cây giống mắc ca|10
3|Thử Văn C|05 ngày công|
4|Thử Văn D|Ngày công|";
    let ingested = ledger(beside);
    assert_eq!(gifts(&ingested), ["1 lương | -", "10 cây mắc ca | -", "5 công | -", " | -"]);
    assert_eq!(issues(&ingested), ["amount-unread C7"]);
    let both = "DANH SÁCH ỦNG HỘ NĂM 2023
STT|Tên tổ chức, cá nhân|Nội dung ủng hộ|Số tiền (đồng)
1|Công ty Thử|Tiền mặt|10000000
2|Ông Thử|200.000 đồng, 10 cây bơ|300000";
    let ingested = ledger(both);
    assert_eq!(gifts(&ingested), ["10000000 đồng | -", "10 cây bơ, 300000 đồng | -"]);
    assert_eq!(issues(&ingested), NONE);
}

#[test]
fn sums_that_nobody_gives_are_no_pledges() {
    let list = |title: &str, headings: &str| {
        let rows = format!("{title}\nXã Yang Tao năm 2023\nSTT|Họ và tên|Chức vụ|{headings}\n1|Thử Văn A|Bí thư|50.000");
        let ingested = read(book("a.xlsx").sheet("1", &rows));
        (ingested.roster.pledges.len(), issues(&ingested))
    };
    for (title, headings) in [
        ("DANH SÁCH THU ĐẢNG PHÍ", "Số tiền"),
        ("DANH SÁCH ĐẢNG VIÊN ĐÓNG ĐẢNG PHÍ", "Số tiền"),
        ("DANH SÁCH CÁN BỘ NHẬN PHỤ CẤP", "Thành tiền"),
        ("DANH SÁCH KHEN THƯỞNG", "Số tiền thưởng"),
        ("BẢNG CHẤM CÔNG", "Số công"),
    ] {
        assert_eq!(list(title, headings), (0, vec![]), "{title}");
    }
    for (title, headings) in [
        ("DANH SÁCH ỦNG HỘ QUỸ VÌ NGƯỜI NGHÈO", "Số tiền"),
        ("DANH SÁCH", "Số tiền ủng hộ"),
        ("DANH SÁCH ĐẢNG VIÊN", "Số tiền"),
        ("DANH SÁCH PHÁT ĐỘNG CHI TRẢ", "Số tiền"),
    ] {
        assert_eq!(list(title, headings), (1, vec![]), "{title}");
    }
    // A payroll names no members of the Party.
    let paid = |title: &str| {
        let rows = format!("{title}\nSTT|Họ và tên|Đảng bộ, cơ quan|Hệ số lương\n1|Thử Văn A|Đảng bộ xã Yang Tao|3,66");
        read(book("a.xlsx").sheet("1", &rows)).roster.members.len()
    };
    assert_eq!(["BẢNG LƯƠNG THÁNG 12/2023", "BẢNG LƯƠNG CỦA ĐẢNG VIÊN", "DANH SÁCH"].map(paid), [0, 1, 1]);
    // Where no word tells, they are counted and that is said.
    assert_eq!(list("DANH SÁCH", "Số tiền"), (1, vec!["ledger-unclear A3".to_owned()]));
}

#[test]
fn what_was_delivered_may_be_told_of_the_whole_row() {
    let of = |title: &str, headings: &str, rows: &str| {
        let ingested =
            read(book("a.xlsx").sheet("1", &format!("{title}\nĐảng bộ xã Yang Tao năm 2023\nSTT|Họ và tên|{headings}\n{rows}")));
        let money = |of: &Option<Amounts>| of.as_ref().map(|amounts| amounts.money_dong.unwrap_or(0));
        let told: Vec<_> =
            ingested.roster.pledges.iter().map(|pledge| (money(&pledge.pledged), money(&pledge.delivered))).collect();
        (told, issues(&ingested))
    };
    let both = (vec![(Some(100_000), Some(100_000)), (Some(200_000), Some(0))], vec![]);
    let title = "DANH SÁCH ĐẢNG VIÊN ỦNG HỘ";
    for (headings, rows) in [
        ("Số tiền|Đã nộp|Chưa nộp", "1|Thử A|100.000|x|\n2|Thử B|200.000||x"),
        ("Số tiền|Đã nộp|Ngày nộp", "1|Thử A|100.000|x|12/03/2023\n2|Thử B|200.000||"),
        ("Số tiền|Ngày nộp", "1|Thử A|100.000|12/03/2023\n2|Thử B|200.000|"),
        ("Số tiền đăng ký|Đã nộp|Còn lại", "1|Thử A|100.000|100.000|0\n2|Thử B|200.000|0|200.000"),
        ("Số tiền|Ghi chú", "1|Thử A|100.000|Đã nộp đủ\n2|Thử B|200.000|Chưa nộp"),
        ("Số tiền", "I. ĐÃ NỘP\n1|Thử A|100.000\nII. CHƯA NỘP\n2|Thử B|200.000"),
    ] {
        assert_eq!(of(title, headings, rows), both, "{headings}");
    }
    let part = of(title, "Số tiền đăng ký|Đã nộp|Còn lại", "1|Thử A|100.000|60.000|40.000");
    assert_eq!(part, (vec![(Some(100_000), Some(60_000))], vec![]));
    // Under a title of what was given a section may say that this was not.
    let given = of("KẾT QUẢ ỦNG HỘ", "Số tiền", "A. Đã nộp\n1|Thử A|100.000\nB. Chưa nộp\n2|Thử B|200.000");
    assert_eq!(given.0, [(None, Some(100_000)), (Some(200_000), Some(0))]);
    let days = of("DANH SÁCH THU TIỀN ỦNG HỘ", "Số tiền nộp|Ngày nộp", "1|Thử A|100.000|12/03/2023");
    assert_eq!(days, (vec![(None, Some(100_000))], vec![]));
    let forms = of(title, "Hình thức|Số lượng|Đơn vị tính", "1|Thử A|Tiền mặt|200.000|đồng\n2|Thử B|Ngày lương|1|ngày");
    assert_eq!(forms, (vec![(Some(200_000), None), (Some(0), None)], vec![]));
    // Where nothing is promised it is of something else.
    let dues = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Ngày vào Đảng|Đảng phí|Đã thu\n1|Thử A|01/01/2000|50.000|50.000";
    let roster = read(book("dv.xlsx").sheet("1", dues));
    assert_eq!((roster.roster.members[0].delivered.is_none(), issues(&roster)), (true, vec![]));
    // Where nothing tells, nothing is known of it.
    assert_eq!(of(title, "Số tiền|Ghi chú", "1|Thử A|100.000|Bí thư").0, [(Some(100_000), None)]);
}

/// What the members of a ledger pledge and deliver, and the issues.
fn instalments(headings: &str, rows: [&str; 2]) -> (Vec<String>, Vec<String>) {
    let [first, second] = rows;
    let list =
        format!("DANH SÁCH ĐẢNG VIÊN ỦNG HỘ NĂM 2023\n{headings}\n1|Thử Văn A|Chi bộ 1|{first}\n2|Thử Văn B|Chi bộ 1|{second}");
    let ingested = ledger(&list);
    (gifts(&ingested), issues(&ingested))
}

#[test]
fn instalments_are_added_up_and_their_sum_is_checked() {
    let pledged = ["300000 đồng | -", "100000 đồng | -"];
    for (headings, rows) in [
        ("STT|Họ và tên|Chi bộ|Số tiền đợt 1|Số tiền đợt 2", ["100000|200000", "100000|"]),
        ("STT|Họ và tên|Chi bộ|Số tiền đợt 1|Số tiền đợt 2|Tổng cộng", ["100000|200000|300000", "100000||100000"]),
        ("STT|Họ và tên|Chi bộ|Tổng số tiền|Số tiền lần 1|Số tiền lần 2", ["300000|100000|200000", "100000||100000"]),
        ("STT|Họ và tên|Chi bộ|Số tiền ủng hộ|\n|||Đợt 1|Đợt 2", ["100000|200000", "100000|"]),
        ("STT|Họ và tên|Chi bộ|Số tiền ủng hộ||\n|||Đợt 1|Đợt 2|Tổng cộng", ["100000|200000|300000", "|100000|100000"]),
        (
            "STT|Họ và tên|Chi bộ|Số tiền (nghìn đồng)||||\n|||Quý I|Quý II|Quý III|Quý IV|Cả năm",
            ["100|100||100|300", "100||||100"],
        ),
        // Who paid all at once may have it in the sum alone.
        ("STT|Họ và tên|Chi bộ|Số tiền đợt 1|Số tiền đợt 2|Tổng số tiền", ["100000|200000|300000", "||100000"]),
        ("STT|Họ và tên|Chi bộ|Đợt 1 (đồng)|Đợt 2 (đồng)|Tổng cộng", ["100000|200000|300000", "100000||100000"]),
    ] {
        let (all, told) = instalments(headings, rows);
        assert_eq!((all, told), (pledged.map(str::to_owned).to_vec(), Vec::new()), "{headings}");
    }
    for headings in [
        "STT|Họ và tên|Chi bộ|Số tiền đăng ký|Số tiền đã nộp đợt 1|Số tiền đã nộp đợt 2|Tổng đã nộp",
        "STT|Họ và tên|Chi bộ|Số tiền đăng ký|Đã nộp||Tổng\n||||Đợt 1|Đợt 2|",
        "STT|Họ và tên|Chi bộ|Số tiền đăng ký|Số tiền đã nộp đợt 1|Số tiền đã nộp đợt 2|Số tiền còn lại",
    ] {
        let (all, told) = instalments(headings, ["400000|100000|200000|300000", "100000|100000||100000"]);
        let expected = ["400000 đồng | 300000 đồng", "100000 đồng | 100000 đồng"];
        assert_eq!((all, told), (expected.map(str::to_owned).to_vec(), Vec::new()), "{headings}");
    }
    let (all, told) =
        instalments("STT|Họ và tên|Chi bộ|Số tiền||\n|||Đăng ký|Đã nộp|Còn lại", ["400000|300000|100000", "100000|100000|0"]);
    assert_eq!((all.join("; ").as_str(), told), ("400000 đồng | 300000 đồng; 100000 đồng | 100000 đồng", Vec::new()));
    let paid = "STT|Họ và tên|Chi bộ|Đợt 1||Đợt 2|\n|||Số tiền|Ngày nộp|Số tiền|Ngày nộp";
    let (all, told) = instalments(paid, ["100000|01/03/2023|200000|01/09/2023", "100000|01/03/2023||"]);
    assert_eq!((all.join("; ").as_str(), told), ("300000 đồng | 300000 đồng; 100000 đồng | 100000 đồng", Vec::new()));
    let summed = "STT|Họ và tên|Chi bộ|Số tiền đợt 1|Số tiền đợt 2|Tổng cộng";
    let (all, told) = instalments(summed, ["100000|200000|200000", "100000|x|100000"]);
    assert_eq!(all, ["300000 đồng | -"]);
    assert_eq!(told, ["sum-unlike F3", "amount-wrong E4"]);
}

#[test]
fn columns_that_are_no_instalments_of_one_amount_stay_doubled() {
    for headings in [
        "STT|Họ và tên|Chi bộ|Số tiền tháng 1|Số tiền tháng 2|Số tiền quý I",
        "STT|Họ và tên|Chi bộ|Số tiền đợt 1|Số tiền đợt 1",
        "STT|Họ và tên|Chi bộ|Số tiền ủng hộ|Ghi chú|Số tiền đợt 1|Số tiền đợt 2",
        "STT|Họ và tên|Chi bộ|Số tiền Quỹ I|Số tiền Quỹ II",
    ] {
        let (all, told) = instalments(headings, ["100000|100000|200000", "100000|100000|"]);
        assert_eq!(all, NONE, "{headings}");
        assert!(!told.is_empty() && told.iter().all(|issue| issue.starts_with("heading-doubled")), "{headings} {told:?}");
    }
}

#[test]
fn days_in_dong_are_money_and_beside_money_nothing() {
    let told = "heading-by-content D2";
    for (headings, rows, all, issue) in [
        ("STT|Họ và tên|Chi bộ|Ngày lương tháng 9", ["407000", "245.000"], ["407000 đồng | -", "245000 đồng | -"], Some(told)),
        (
            "STT|Họ và tên|Chi bộ|Một ngày lương|Số tiền",
            ["407000|400000", "245000|300000"],
            ["400000 đồng | -", "300000 đồng | -"],
            None,
        ),
        ("STT|Họ và tên|Chi bộ|Ngày lương", ["1", "0,5"], ["1 lương | -", "0.5 lương | -"], None),
    ] {
        let (found, issues) = instalments(headings, rows);
        let issue: Vec<&str> = issue.into_iter().collect();
        assert_eq!(
            (found.iter().map(String::as_str).collect::<Vec<_>>(), issues),
            (all.to_vec(), issue.into_iter().map(str::to_owned).collect()),
            "{headings}"
        );
    }
    let (found, issues) = instalments("STT|Họ và tên|Chi bộ|Ngày lương", ["407000", "2"]);
    assert_eq!((found, issues), (vec!["2 lương | -".to_owned()], vec!["amount-wrong D3".to_owned()]));
}

#[test]
fn what_is_given_each_month_is_no_sum_of_the_year() {
    let yearly = ["600000 đồng | -", "240000 đồng | -"];
    for headings in [
        "STT|Họ và tên|Chi bộ|Mức đóng góp/tháng|Số tháng|Tổng cộng",
        "STT|Họ và tên|Chi bộ|Mức đóng góp mỗi tháng|Số tháng|Thành tiền",
    ] {
        assert_eq!(instalments(headings, ["50000|12|600000", "20000|12|240000"]).0, yearly, "{headings}");
    }
    let alone = instalments("STT|Họ và tên|Chi bộ|Mức đóng góp hàng tháng", ["50000", "20000"]);
    assert_eq!(alone.0, NONE);
    assert_eq!(instalments("STT|Họ và tên|Chi bộ|Số tiền ủng hộ tháng 1", ["600000", "240000"]).0, yearly);
}
