//! Columns as communes lay them out: names, births and classes in several of them, units behind numbers, words in short.

use super::sections::households;
use super::*;
use crate::domain::member::Member;

const TITLE: &str = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023";

fn list(rows: &str) -> Ingested {
    read(book("danh-sach.xlsx").sheet("1", &format!("{TITLE}\n{rows}")))
}

fn births(ingested: &Ingested) -> Vec<String> {
    let mut all = all(ingested);
    all.sort_by_key(|household| household.source.row);
    all.iter().map(|household| household.birth.map_or_else(String::new, |birth| birth.to_string())).collect()
}

#[test]
fn a_name_may_stand_in_two_columns() {
    let whole = ["Xã Yang Tao / Buôn Jun / Y Thử Liêng / poor", "Xã Yang Tao / Buôn Jun / H'Thử Byă / near"];
    for heads in [
        "Họ và tên đệm|Tên",
        "Họ|Tên",
        "Họ, tên đệm|Tên",
        // One heading over both columns.
        "Họ và tên chủ hộ|",
        "Họ và tên|",
    ] {
        let ingested = list(&format!(
            "STT|{heads}|Năm sinh|Thôn|Số khẩu|Phân loại\n1|Y Thử|Liêng|1970|Buôn Jun|4|HN\n2|H'Thử|Byă|1980|Buôn Jun|3|HCN"
        ));
        assert_eq!(households(&ingested), whole, "{heads}");
        assert_eq!(issues(&ingested), NONE, "{heads}");
    }
    let grouped = "STT|Họ và tên||Năm sinh|Thôn|Số khẩu|Phân loại
|Họ đệm|Tên||||
1|Y Thử|Liêng|1970|Buôn Jun|4|HN
2|H'Thử|Byă|1980|Buôn Jun|3|HCN";
    assert_eq!(households(&list(grouped)), whole);
}

#[test]
fn a_remark_beside_a_name_and_the_name_of_something_else_are_no_part_of_it() {
    let beside = "STT|Họ và tên chủ hộ||Thôn|Số khẩu|Phân loại
1|Y Thử|đã mất|Buôn Jun|4|HN
2|H'Thử|2 con|Buôn Jun|3|HCN
3|Thử Văn||Buôn Jun|3|HCN";
    let heads: Vec<String> = all(&list(beside)).iter().map(|household| household.head.to_string()).collect();
    assert_eq!(heads, ["Y Thử", "H'Thử", "Thử Văn"]);
    let other = "STT|Họ và tên chủ hộ|Thôn|Tên|Số khẩu|Phân loại\n1|Y Thử|Buôn Jun|Bò|4|HN";
    assert_eq!(households(&list(other)), ["Xã Yang Tao / Buôn Jun / Y Thử / poor"]);
    // What stands right of the table is no part of it.
    let outside = "STT|Thôn|Số khẩu|Phân loại|Họ và tên chủ hộ\n1|Buôn Jun|4|HN|Y Thử|Lan";
    assert_eq!(households(&list(outside)), ["Xã Yang Tao / Buôn Jun / Y Thử / poor"]);
}

#[test]
fn a_birth_may_stand_in_three_columns_and_persons_have_a_part_of_their_own() {
    let rows = "STT|Họ và tên|Ngày, tháng, năm sinh|||Thôn|Số khẩu||Phân loại hộ
||Ngày|Tháng|Năm||Tổng số|Nữ|
1|Y Thử|3|4|1970|Buôn Jun|4|2|Hộ nghèo
2|H'Thử|||1980|Buôn Jun|3|1|Hộ cận nghèo
3|Thử Văn||11|1981|Buôn Jun|2|1|Hộ cận nghèo
4|Thử Thị|31|2|1982|Buôn Jun|1|1|Hộ cận nghèo";
    let ingested = list(rows);
    assert_eq!(births(&ingested), ["1970-04-03", "1980", "1981-11", ""]);
    assert_eq!(all(&ingested).iter().map(|of| of.persons).collect::<Vec<_>>(), [4, 3, 2, 1]);
    assert_eq!(issues(&ingested), ["date-wrong E7"]);
    // "Nam" and "Nữ" fold as "Năm" does, and are births of their own where no column of months stands before them.
    let sexes = "STT|Họ và tên|Năm sinh||Thôn|Số khẩu|Phân loại hộ\n||Nam|Nữ|||\n1|Y Thử|1970||Buôn Jun|4|Hộ nghèo";
    let ingested = list(sexes);
    assert_eq!((births(&ingested), all(&ingested)[0].sex), (vec!["1970".to_owned()], Some(Sex::Male)));
}

#[test]
fn a_class_may_be_marked_by_how_a_household_came_to_be_of_it() {
    let rows = "TT|Họ và tên chủ hộ|NS|Thôn|Số khẩu|Hộ nghèo|||HCN
|||||Cũ|Tái nghèo|Phát sinh|
1|Y Thử|1970|Buôn Jun|4|x|||
2|H'Thử|1980|Buôn Jun|3|||x|
3|Thử Văn|1985|Buôn Jun|3||||x
4|Thử Thị|1985|Buôn Jun|3||||
|Cộng|||13|1||1|1";
    let ingested = list(rows);
    assert_eq!(
        households(&ingested).iter().map(|of| of.rsplit(" / ").next().unwrap_or_default()).collect::<Vec<_>>(),
        ["poor", "poor", "near"]
    );
    assert_eq!(issues(&ingested), ["class-missing F7"]);
}

#[test]
fn words_under_groups_are_headings_and_no_record() {
    let rows = "STT|Họ và tên chủ hộ|Thôn|Số khẩu|Phân loại hộ|Đất đai|||Ghi chú
|||||Ruộng|Rẫy|Vườn|
1|Y Thử|Buôn Jun|4|Hộ nghèo|có|||x";
    let ingested = list(rows);
    assert_eq!(households(&ingested).len(), 1);
    assert_eq!(issues(&ingested), NONE);
}

#[test]
fn amounts_may_have_the_unit_of_their_column_and_seedlings_their_species() {
    let rows = "DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ XÃ YANG TAO NĂM 2023
STT|Họ và tên|Năm sinh|Ngày vào Đảng|Chi bộ|Đăng ký ủng hộ||
|||||Ngày lương|Cây giống|Ngày công
1|Thử A|1970|03/02/2010|CB Buôn Jun|01 ngày lương|10 cây mắc ca|5 ngày công
2|Thử B|1980|03/02/2012|CB Buôn Jun|0,5 ngày|12 CÂY|05 công
3|Thử C|1980|03/02/2012|CB Buôn Jun|5 ngày công||
4|Thử D|1980|03/02/2012|CB Buôn Jun||10 cây bơ, 5 cây mít|";
    let ingested = read(book("dang-vien.xlsx").sheet("1", rows));
    let told = |member: &Member| {
        let of = member.pledged.as_deref().unwrap();
        let halves = |days: Option<crate::domain::pledge::Days>| days.map(crate::domain::pledge::Days::in_halves);
        (halves(of.salary_days), halves(of.labour_days), of.seedlings, of.species.as_deref().map(str::to_owned))
    };
    let members: Vec<_> = ingested.roster.members.iter().map(told).collect();
    assert_eq!(members, [(Some(2), Some(10), Some(10), Some("mắc ca".to_owned())), (Some(1), Some(10), Some(12), None)]);
    assert_eq!(issues(&ingested), ["amount-wrong F6", "amount-wrong G7"]);
}

#[test]
fn who_helps_which_household_is_no_twinning() {
    let rows = "DANH SÁCH ĐẢNG VIÊN GIÚP ĐỠ HỘ NGHÈO XÃ YANG TAO NĂM 2023
STT|Họ và tên đảng viên|Chức vụ|Đơn vị|Hộ được giúp đỡ|Thôn|Nội dung giúp đỡ
1|Thử A|Bí thư|Đảng bộ xã Yang Tao|Y Thử|Buôn Jun|10 cây cà phê";
    let ingested = read(book("giup-do.xlsx").sheet("1", rows));
    assert!(ingested.roster.twinning.is_empty());
    let twinned = "KẾT NGHĨA XÃ YANG TAO NĂM 2023\nSTT|Đơn vị|Họ và tên thủ trưởng|Họ và tên|Buôn kết nghĩa\n1|Công an huyện|Thử A|Thử B|Buôn Jun";
    assert_eq!(read(book("ket-nghia.xlsx").sheet("1", twinned)).roster.twinning.len(), 1);
}

#[test]
fn persons_may_follow_their_head_without_a_word_of_how_they_are_related() {
    let rows = "STT|Họ và tên|Năm sinh|Số CCCD|Thôn|Số khẩu|Phân loại hộ
|Buôn Jun
1|Y Thử A|1970|066070000001|Buôn Jun|3|Hộ nghèo
|H Thử B|1972|066172000002|||
|Y Thử C|2000||||
2|Y Thử D|1980|066080000003|Buôn Jun|1|Hộ cận nghèo
3|Y Thử E|1981|066081000004|Buôn Jun|2|Hộ cận nghèo
|H Thử F|1982||||
4|Y Thử G|1981|066081000005|Buôn Jun|3|Hộ cận nghèo
|H Thử H|1982||||";
    let ingested = list(rows);
    let told: Vec<(u32, usize)> = all(&ingested).iter().map(|of| (of.persons, of.others.len())).collect();
    assert_eq!(told, [(3, 2), (1, 0), (2, 1), (3, 1)]);
    assert_eq!(issues(&ingested), ["persons-rows F10"]);
    // Where the numbers of persons are not those of the rows, a row without them is a household that lacks them.
    let apart = "STT|Họ và tên|Năm sinh|Thôn|Số khẩu|Phân loại hộ
1|Y Thử A|1970|Buôn Jun|5|Hộ nghèo
|H Thử B|1972|||
2|Y Thử D|1980|Buôn Jun|4|Hộ cận nghèo
3|Y Thử E|1980|Buôn Jun|4|Hộ cận nghèo";
    let ingested = list(apart);
    assert_eq!(all(&ingested).len(), 3);
    assert_eq!(issues(&ingested), ["village-missing D4", "persons-missing E4", "class-missing F4"]);
}

/// The households, the poor and the near-poor of each area.
fn totals(rows: &str) -> Vec<(Option<u64>, Option<u64>, Option<u64>)> {
    let ingested = read(book("tong-hop.xlsx").sheet("1", &format!("TỔNG HỢP DIỄN BIẾN HỘ NGHÈO NĂM 2023\n{rows}")));
    assert_eq!(issues(&ingested), NONE);
    ingested.surveys[&Some(2023)].totals.iter().map(|of| (of.households, of.poor, of.near_poor)).collect()
}

#[test]
fn counts_of_the_end_of_the_year_are_those_of_the_year_and_of_its_beginning_none() {
    let in_line = "TT|Xã|Tổng số hộ|Số hộ nghèo đầu năm|Số hộ thoát nghèo|Số hộ nghèo phát sinh|Số hộ nghèo cuối năm 2023
1|Xã Yang Tao|1000|300|50|10|260";
    assert_eq!(totals(in_line), [(Some(1000), Some(260), None)]);
    let grouped = "TT|Xã|Tổng số hộ|Hộ nghèo đầu năm||Hộ nghèo cuối năm||Hộ cận nghèo cuối năm|
|||Số hộ|Tỷ lệ|Số hộ|Tỷ lệ|Số hộ|Tỷ lệ
1|Xã Yang Tao|1000|300|30|260|26|90|9";
    assert_eq!(totals(grouped), [(Some(1000), Some(260), Some(90))]);
    let by_time = "TT|Xã|Tổng số hộ|Đầu năm||Cuối năm|
|||Hộ nghèo|Hộ cận nghèo|Hộ nghèo|Hộ cận nghèo
1|Xã Yang Tao|1000|300|100|260|90";
    assert_eq!(totals(by_time), [(Some(1000), Some(260), Some(90))]);
    let beginning = "TT|Xã|Tổng số hộ hiện tại|Số hộ nghèo đầu năm|Tổng số hộ DTTS\n1|Xã Yang Tao|1000|300|400";
    assert_eq!(totals(beginning), [(Some(1000), None, None)]);
    let part = "TT|Xã|Tổng số hộ DTTS|Hộ nghèo\n1|Xã Yang Tao|400|300";
    assert_eq!(totals(part), [(None, Some(300), None)]);
}

#[test]
fn a_title_that_says_where_something_holds_names_no_hamlet_and_the_day_of_a_count_tells_its_year() {
    let rows = "STT|Họ và tên chủ hộ|Số khẩu|Phân loại hộ\n1|Y Thử|4|Hộ nghèo";
    let title = "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023 ÁP DỤNG CHO NĂM 2024";
    let ingested = read(book("danh-sach.xlsx").sheet("1", &format!("{title}\n{rows}")));
    assert_eq!(households(&ingested), ["Xã Yang Tao /  / Y Thử / poor"]);
    assert_eq!(ingested.surveys.keys().copied().collect::<Vec<_>>(), [Some(2023)]);
    let title = "DANH SÁCH HỘ NGHÈO ẤP 2 XÃ YANG TAO (tính đến ngày 31/12/2023)";
    let ingested = read(book("danh-sach.xlsx").sheet("1", &format!("{title}\n{rows}")));
    assert_eq!(households(&ingested), ["Xã Yang Tao / Ấp 2 / Y Thử / poor"]);
    assert_eq!(ingested.surveys.keys().copied().collect::<Vec<_>>(), [Some(2023)]);
}

#[test]
fn a_dash_where_a_member_could_have_left_says_that_nobody_did() {
    let rows = "DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ XÃ YANG TAO NĂM 2023
STT|Họ và tên|Ngày sinh|Chuyển đi|Ngày từ trần, lý do|Ngày ra khỏi Đảng, hình thức|Ngày chính thức
1|Thử A|1970|-|–|-|1/2/2001
2|Thử B|1970|không|.|0|1/2/2001
3|Thử C|1970|Không|x|-|1/2/2001
4|Thử D|1970|Buôn Ma Thuột|-|-|1/2/2001";
    let ingested = read(book("dang-vien.xlsx").sheet("1", rows));
    let told: Vec<Standing> = ingested.roster.members.iter().map(|member| member.standing).collect();
    let (departed, transferred) = (Standing::Departed { since: None }, Standing::Transferred { since: None });
    assert_eq!(told, [Standing::Official, Standing::Official, departed, transferred]);
}

#[test]
fn dashes_are_no_places_and_words_no_numbers() {
    let rows = "DANH SÁCH ĐẢNG VIÊN NĂM 2023
STT|Họ và tên|Ngày sinh|Số thẻ đảng|Đảng bộ|Chi bộ|Ngày chính thức|Loại cây đăng ký|Số cây giống đăng ký
1|Thử A|01/02/1970|-|Đảng bộ xã Yang Tao|-|1/2/2001|-|-
2|Thử B|01/02/1971|Chưa có|Đảng bộ xã Yang Tao|…|1/2/2001|Mắc ca|5
3|Thử C|01/02/1972|Chưa có|Đảng bộ xã Yang Tao|Chi bộ 1|1/2/2001|-|không
4|Thử D|01/02/1973|-|-|Chi bộ 1|1/2/2001|-|";
    let ingested = read(book("dang-vien.xlsx").sheet("1", rows));
    assert_eq!(issues(&ingested), ["organisation-none E6"]);
    let cells: Vec<Option<&str>> =
        ingested.roster.members.iter().map(|member| member.cell.as_ref().map(|cell| &*cell.name)).collect();
    assert_eq!(cells, [None, None, Some("Chi bộ 1")]);
    let seedlings: Vec<Option<u64>> =
        ingested.roster.members.iter().map(|member| member.pledged.as_ref().and_then(|of| of.seedlings)).collect();
    assert_eq!(seedlings, [None, Some(5), None]);
    let list = list("STT|Họ và tên chủ hộ|Xã|Thôn|Số khẩu|Dân tộc|Phân loại hộ\n1|Thử A|-|–|4|-|Hộ nghèo");
    assert_eq!(households(&list), ["Xã Yang Tao /  / Thử A / poor"]);
    assert_eq!(issues(&list), ["village-missing D3"]);
}

#[test]
fn a_mark_stands_for_the_number_of_its_heading_and_what_was_paid_is_delivered() {
    let rows = "DANH SÁCH ĐẢNG VIÊN ĐĂNG KÝ ỦNG HỘ NĂM 2023
Đảng bộ xã Yang Tao
STT|Họ và tên|Chi bộ|01 ngày lương|10 cây giống|Ngày công|Số tiền đã nộp
1|Thử A|Chi bộ 1|x|||200.000
2|Thử B|Chi bộ 1||x||
3|Thử C|Chi bộ 1|||x|
4|Thử D|Chi bộ 1|2|15|-|";
    let ingested = read(book("ung-ho.xlsx").sheet("1", rows));
    let told: Vec<_> = ingested
        .roster
        .pledges
        .iter()
        .map(|pledge| {
            let of = pledge.pledged.as_ref().unwrap();
            let paid = pledge.delivered.as_ref().and_then(|of| of.money_dong);
            (of.salary_days.map(crate::domain::pledge::Days::in_halves), of.seedlings, paid)
        })
        .collect();
    assert_eq!(told, [(Some(2), None, Some(200_000)), (None, Some(10), None), (Some(4), Some(15), None)]);
    assert_eq!(issues(&ingested), ["amount-wrong F6"]);
}

#[test]
fn money_that_households_got_is_no_pledge_of_theirs() {
    let rows = "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NHÀ Ở XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Số CCCD|Thôn|Số tiền hỗ trợ
1|Y Thử|066070000001|Buôn Jun|40000000";
    assert!(read(book("nha-o.xlsx").sheet("1", rows)).roster.pledges.is_empty());
}

#[test]
fn a_cell_is_of_the_committee_above_it_and_of_no_other_cell() {
    let block = |name: &str, member: &str| format!("{name}\nSTT|Họ và tên|Năm sinh|Ngày vào Đảng\n1|{member}|1970|1/2/2000\n");
    let rows = ["CHI BỘ HUYỆN ĐOÀN", "ĐẢNG BỘ XÃ NAM KA", "CHI BỘ BUÔN PAI", "Chi bộ Công an huyện", "CHI BỘ Y TẾ"]
        .iter()
        .zip(["Thử A", "Thử B", "Thử C", "Thử D", "Thử E"])
        .map(|(name, member)| block(name, member))
        .collect::<String>();
    let ingested = read(book("dang-vien.xlsx").sheet("1", &format!("DANH SÁCH ĐẢNG VIÊN NĂM 2023\n{rows}")));
    let told: Vec<(&str, Option<&str>)> = ingested
        .roster
        .members
        .iter()
        .map(|member| (member.organisation.name(), member.cell.as_ref().map(|cell| &*cell.name)))
        .collect();
    let expected = [
        ("CHI BỘ HUYỆN ĐOÀN", None),
        ("ĐẢNG BỘ XÃ NAM KA", None),
        ("ĐẢNG BỘ XÃ NAM KA", Some("CHI BỘ BUÔN PAI")),
        ("Chi bộ Công an huyện", None),
        ("CHI BỘ Y TẾ", None),
    ];
    assert_eq!(
        told.iter().map(|(of, cell)| (of.to_lowercase(), cell.map(str::to_lowercase))).collect::<Vec<_>>(),
        expected.iter().map(|(of, cell)| (of.to_lowercase(), cell.map(str::to_lowercase))).collect::<Vec<_>>()
    );
}

#[test]
fn villages_below_their_commune_in_its_column_are_no_communes() {
    let rows = "TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO NĂM 2023
STT|Phường/Xã|Số hộ|Hộ nghèo
1|Xã Yang Tao|180|30
1.1|Buôn Jun|100|25
1.2|Thôn 1|80|5
2|Buôn Tría|50|10
|Tổng cộng|230|40";
    let ingested = read(book("tong-hop.xlsx").sheet("1", rows));
    let told: Vec<String> = ingested.surveys[&Some(2023)]
        .totals
        .iter()
        .map(|of| format!("{}/{}", of.place.commune.name(), of.place.village.as_ref().map_or("", |village| village.name())))
        .collect();
    assert_eq!(told, ["Xã Yang Tao/", "Xã Yang Tao/Buôn Jun", "Xã Yang Tao/Thôn 1", "Xã Buôn Tría/"]);
    assert_eq!(issues(&ingested), NONE);
}

#[test]
fn the_class_of_the_beginning_of_the_year_is_not_that_of_the_year() {
    let rows = |heads: &str, cells: &str| list(&format!("STT|Họ và tên chủ hộ|Thôn|Số khẩu|{heads}\n1|Y Thử|Buôn Jun|4|{cells}"));
    let both = rows("Phân loại hộ đầu năm|Kết quả rà soát cuối năm", "Hộ nghèo|Hộ cận nghèo");
    assert_eq!(households(&both), ["Xã Yang Tao / Buôn Jun / Y Thử / near"]);
    let beginning = rows("Phân loại hộ đầu năm|Thu nhập", "Hộ nghèo|1");
    assert_eq!((all(&beginning).len(), issues(&beginning)), (0, vec!["heading-missing E2".to_owned()]));
}

#[test]
fn a_year_under_a_man_is_no_mark() {
    let rows = "STT|Họ và tên chủ hộ|Nam|Nữ|Thôn|Số khẩu|Phân loại hộ
1|Y Thử|x||Buôn Jun|4|Hộ nghèo
2|H'Thử||x|Buôn Jun|4|Hộ nghèo
3|Y Lạ|1971||Buôn Jun|4|Hộ nghèo";
    let ingested = list(rows);
    assert_eq!(all(&ingested).iter().map(|of| of.sex).collect::<Vec<_>>(), [Some(Sex::Male), Some(Sex::Female), Some(Sex::Male)]);
    assert_eq!(issues(&ingested), ["mark-unknown C5"]);
}

#[test]
fn what_the_parts_under_a_heading_say_decides_which_of_its_columns_is_read() {
    let list = |heads: &str, below: &str, rows: [&str; 2]| {
        let [first, second] = rows;
        let list = format!(
            "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023\nSTT|Thôn|Họ và tên chủ hộ|Năm sinh|{heads}\n||||{below}
1|Buôn Cuôr|Thử Văn A|1970|{first}\n2|Buôn Cuôr|Thử Văn B|1971|{second}"
        );
        let ingested = read(book("a.xlsx").sheet("1", &list));
        let households = all(&ingested).iter().map(|of| format!("{} {:?}", of.persons, of.class)).collect::<Vec<_>>();
        (households, issues(&ingested))
    };
    let both = ["4 NearPoor", "5 Poor"].map(str::to_owned).to_vec();
    for (heads, below, rows) in [
        ("Số khẩu|Phân loại hộ|", "|Năm 2022|Năm 2023", ["4|N|CN", "5|KN|N"]),
        ("Số khẩu|Phân loại hộ|", "|2022|2023", ["4|N|CN", "5|KN|N"]),
        ("Số khẩu||Phân loại hộ", "Nam|Nữ|", ["1|3|CN", "|5|N"]),
        ("Số khẩu|||Phân loại hộ", "Nam|Nữ|Tổng số|", ["1|3|4|CN", "|5|5|N"]),
        ("Số khẩu|||Phân loại hộ", "Tổng số|Nữ|Trẻ em dưới 16 tuổi|", ["4|3|1|CN", "5|5||N"]),
    ] {
        assert_eq!(list(heads, below, rows), (both.clone(), Vec::new()), "{below}");
    }
    // Which of them is meant only a person knows; the first one was taken.
    for (heads, below, rows) in [
        ("Số khẩu|Phân loại hộ|", "|Thôn đề nghị|Xã duyệt", ["4|N|CN", "5|KN|N"]),
        ("Số khẩu|Phân loại hộ|", "|Lần 1|Lần 2", ["4|N|CN", "5|KN|N"]),
        ("Số khẩu||Phân loại hộ", "Dưới 16 tuổi|Từ 16 tuổi|", ["1|3|CN", "0|5|N"]),
    ] {
        let (households, told) = list(heads, below, rows);
        assert!(households.is_empty() && told.iter().all(|issue| issue.starts_with("heading-doubled")), "{below} {told:?}");
    }
    // A second column of classes, unless it says the same or is of another time.
    for (heads, rows, doubled) in [
        ("Số khẩu|Loại hộ|Loại hộ mới", ["4|N|CN", "5|KN|N"], &["heading-doubled G2"][..]),
        ("Số khẩu|Phân loại hộ|Kết quả bình xét", ["4|N|N", "5|KN|N"], &["heading-doubled G2"]),
        ("Số khẩu|Phân loại hộ|Kết quả bình xét", ["4|N|N", "5|KN|KN"], &[]),
        ("Số khẩu|Phân loại hộ|Phân loại hộ đầu năm", ["4|N|CN", "5|KN|N"], &[]),
        ("Số khẩu|Hiện trạng|Kết quả rà soát", ["4|N|CN", "5|KN|N"], &[]),
    ] {
        assert_eq!(list(heads, "||", rows).1, doubled, "{heads}");
    }
    for (below, doubled) in [
        ("||||N1|N2|", &["heading-doubled F3"][..]),
        ("||||Kế hoạch|Thực hiện|", &["heading-doubled F3"]),
        ("||||Số hộ|Tỷ lệ|", &[]),
        ("||||Đầu năm|Cuối năm|", &[]),
    ] {
        let list = format!("TỔNG HỢP NĂM 2023\nTT|Xã|Tổng số hộ||Hộ nghèo||Hộ cận nghèo\n{below}\n1|Xã Yang Tao|50|150|20|40|10");
        assert_eq!(issues(&read(book("a.xlsx").sheet("1", &list))), doubled, "{below}");
    }
}

#[test]
fn the_two_halves_of_a_count_are_added_up() {
    let totals = |heads: &str, below: &str, row: &str| {
        let list = format!("TỔNG HỢP NĂM 2023\nTT|Xã|{heads}\n||{below}\n1|Xã Yang Tao|{row}\n2|Xã Nam Ka|{row}");
        let ingested = read(book("a.xlsx").sheet("1", &list));
        let surveys = ingested.surveys.values().flat_map(|survey| &survey.totals);
        let counts = surveys.map(|total| (total.households, total.poor, total.near_poor)).collect::<Vec<_>>();
        (counts, issues(&ingested))
    };
    let both = vec![(Some(200), Some(30), Some(10)); 2];
    for (heads, below, row) in [
        ("Tổng số hộ||Hộ nghèo|Hộ cận nghèo", "Thành thị|Nông thôn||", "50|150|30|10"),
        ("Tổng số hộ|Hộ nghèo||Hộ cận nghèo|", "|DTTS|Kinh|DTTS|Kinh", "200|20|10|10|"),
        ("Tổng số hộ|Hộ nghèo|||Hộ cận nghèo", "|Tổng số|DTTS|Kinh|", "200|30|20|10|10"),
    ] {
        assert_eq!(totals(heads, below, row), (both.clone(), Vec::new()), "{below}");
    }
    // With a third part beside them two are not the whole.
    let (counts, told) = totals("Tổng số hộ|Hộ nghèo|||Hộ cận nghèo", "|Thành thị|Nông thôn|Khu công nghiệp|", "200|20|5|5|10");
    assert_eq!((counts, told), (Vec::new(), ["heading-doubled E3", "heading-doubled F3"].map(str::to_owned).to_vec()));
}
