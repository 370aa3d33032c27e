//! Rosters as committees and cells keep them.

use super::*;
use crate::domain::member::Member;

fn members(rows: &str) -> Vec<Member> {
    let ingested = read(book("dang-vien.xlsx").sheet("1", rows));
    assert_eq!(issues(&ingested), NONE, "{rows}");
    ingested.roster.members
}

#[test]
fn births_and_admissions_stand_under_groups_of_many_names() {
    for (birth, admitted, first, second) in [
        ("Ngày tháng năm sinh", "Ngày vào Đảng", "DB", "CT"),
        ("Năm sinh", "Ngày vào ĐCSVN", "Dự bị", "Chính thức"),
        ("Ngày, tháng, năm sinh", "Kết nạp Đảng", "D.bị", "C.thức"),
    ] {
        let rows = format!(
            "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nChi bộ Công an huyện\nTT|Họ tên|{birth}||Chức vụ||{admitted}|\n||Nam|Nữ|Đảng|Chính quyền|{first}|{second}
1|Thử Văn A|01/02/1970||Bí thư|Trưởng|01/01/2000|01/01/2001\n2|Thử Thị B||05/06/1980||Cán bộ|02/01/2010|02/01/2011"
        );
        let told: Vec<String> = members(&rows)
            .iter()
            .map(|member| format!("{:?} {:?} {:?} {:?}", member.birth, member.sex, member.admitted, member.official))
            .collect();
        let day = |year, month, day| Some(jiff::civil::date(year, month, day));
        let born = |year, month, on| day(year, month, on).map(Birth::Day);
        assert_eq!(
            told,
            [
                format!("{:?} {:?} {:?} {:?}", born(1970, 2, 1), Some(Sex::Male), day(2000, 1, 1), day(2001, 1, 1)),
                format!("{:?} {:?} {:?} {:?}", born(1980, 6, 5), Some(Sex::Female), day(2010, 1, 2), day(2011, 1, 2)),
            ],
            "{birth}"
        );
    }
}

#[test]
fn one_column_of_births_of_men_and_women_tells_nobodys_sex() {
    let rows = "SỔ DANH SÁCH ĐẢNG VIÊN\nChi bộ Công an huyện\nSTT|Họ và tên|Ngày sinh Nam Nữ|Ngày vào Đảng\n1|Thử Thị B|05/06/1980|01/01/2010";
    let members = members(rows);
    assert_eq!((members[0].sex, members[0].birth), (None, Some(Birth::Day(jiff::civil::date(1980, 6, 5)))));
}

#[test]
fn a_title_may_name_the_committee_and_the_cell_in_one_line() {
    for title in [
        "Đảng bộ xã Yang Tao - Chi bộ Buôn Jun",
        "Chi bộ Buôn Jun, Đảng bộ xã Yang Tao",
        "CHI BỘ BUÔN JUN TRỰC THUỘC ĐẢNG BỘ XÃ YANG TAO",
        "Chi bộ Buôn Jun thuộc Đảng bộ xã Yang Tao",
    ] {
        let members = members(&format!(
            "DANH SÁCH ĐẢNG VIÊN NĂM 2023\n{title}\nSTT|Họ và tên|Năm sinh|Ngày vào Đảng\n1|Thử A|1970|01/01/2000"
        ));
        let cell = members[0].cell.as_ref().map(|cell| cell.name.to_lowercase());
        assert_eq!(
            (members[0].organisation.name(), cell.as_deref()),
            ("Đảng bộ xã Yang Tao", Some("chi bộ buôn jun")),
            "{title}"
        );
    }
}

#[test]
fn marks_tell_who_is_exempt_and_who_is_on_probation() {
    let rows = "DANH SÁCH ĐẢNG VIÊN NĂM 2023
Đảng bộ xã Yang Tao
STT|Họ và tên|Năm sinh|Chi bộ|Đảng viên chính thức|Đảng viên dự bị|Miễn SHĐ
1|Thử A|1970|Chi bộ Buôn Jun|x||
2|Thử B|1980|Chi bộ Buôn Jun||x|-
3|Thử C|1940|Chi bộ Buôn Jun|x||x
4|Thử D|1941|Chi bộ Buôn Jun|x|không|từ 05/05/2020";
    let standings: Vec<Standing> = members(rows).iter().map(|member| member.standing).collect();
    let since = Some(jiff::civil::date(2020, 5, 5));
    assert_eq!(
        standings,
        [Standing::Official, Standing::Probation, Standing::Exempt { since: None }, Standing::Exempt { since }]
    );
}

#[test]
fn a_cell_may_be_named_by_its_village_alone() {
    let survey =
        "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023\nSTT|Họ và tên chủ hộ|Thôn|Số khẩu|Phân loại hộ\n1|Y Thử|Buôn Jun|4|Hộ nghèo";
    let roster = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Năm sinh|Chi bộ\n1|Thử A|1970|Buôn Jun\n2|Thử B|1971|Cơ quan";
    let ingested = read_with(&Settings::default(), vec![book("ho.xlsx").sheet("1", survey), book("dv.xlsx").sheet("1", roster)]);
    let villages: Vec<Option<&str>> =
        ingested.roster.members.iter().map(|member| Some(member.cell.as_ref()?.village.as_ref()?.name())).collect();
    assert_eq!(villages, [Some("Buôn Jun"), None]);
}

#[test]
fn who_is_official_may_be_exempt_or_have_left_by_the_remarks() {
    let roster = |heading: &str| {
        format!(
            "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Năm sinh|{heading}|Ghi chú
1|Thử A|1940|Chính thức|Miễn sinh hoạt
2|Thử B|1941|ĐVCT|Đã chuyển đi
3|Thử C|1990|DB|Bí thư đoàn
4|Thử D|1942|CT|Xin miễn sinh hoạt
5|Thử E|1943|Đang sinh hoạt|Miễn sinh hoạt"
        )
    };
    for heading in ["Trạng thái", "Chính thức/Dự bị", "Đảng viên (chính thức, dự bị)"] {
        let standings: Vec<Standing> = members(&roster(heading)).iter().map(|member| member.standing).collect();
        assert_eq!(
            standings,
            [
                Standing::Exempt { since: None },
                Standing::Transferred { since: None },
                Standing::Probation,
                Standing::Official,
                // What the column says of the life of the Party is newer than a remark.
                Standing::Official,
            ],
            "{heading}"
        );
    }
}

#[test]
fn a_committee_is_one_organisation_however_it_is_written() {
    let names =
        ["Đảng bộ xã Yang Tao", "ĐB xã Yang Tao", "ĐB Yang Tao", "Đảng ủy xã Yang Tao", "Xã Yang Tao", "ĐẢNG BỘ XÃ YANG TAO"];
    let rows: String = names.iter().enumerate().map(|(at, name)| format!("\n{at}|Thử {at}|1970|{name}|01/01/2000")).collect();
    let members = members(&format!("DANH SÁCH ĐẢNG VIÊN NĂM 2023\nSTT|Họ và tên|Năm sinh|Đảng bộ|Ngày vào Đảng{rows}"));
    let told: std::collections::BTreeSet<(&str, Option<&str>)> = members
        .iter()
        .map(|member| (member.organisation.name(), member.organisation.committee_of().map(|commune| commune.name())))
        .collect();
    assert_eq!(told.into_iter().collect::<Vec<_>>(), [("Đảng bộ xã Yang Tao", Some("Xã Yang Tao"))]);
}

#[test]
fn the_committee_of_a_commune_that_no_list_has_is_told_with_its_rank() {
    for (name, commune) in
        [("ĐB xã Ea-Tul", Some("Xã Ea-Tul")), ("Đảng bộ xã Ea Tul", Some("Xã Ea Tul")), ("Đảng bộ Công an huyện", None)]
    {
        let rows =
            format!("DANH SÁCH ĐẢNG VIÊN NĂM 2023\nSTT|Họ và tên|Năm sinh|Đảng bộ|Ngày vào Đảng\n1|Thử A|1970|{name}|01/01/2000");
        let ingested = read(book("dang-vien.xlsx").sheet("1", &rows));
        let told = ingested.roster.members[0].organisation.committee_of().map(|commune| commune.name().to_owned());
        assert_eq!(told.as_deref(), commune, "{name}");
    }
}

#[test]
fn sections_and_titles_tell_the_standing() {
    let standings = |rows: &str| {
        let ingested = read(book("dv.xlsx").sheet("1", rows));
        let word = |standing: Standing| match standing {
            Standing::Official => "official",
            Standing::Probation => "probation",
            Standing::Exempt { .. } => "exempt",
            Standing::Suspended { .. } => "suspended",
            Standing::Transferred { .. } => "transferred",
            Standing::Departed { .. } => "departed",
        };
        let told: Vec<String> =
            ingested.roster.members.iter().map(|member| format!("{} {}", member.name, word(member.standing))).collect();
        (told.join(", "), issues(&ingested))
    };
    let headings = "STT|Họ và tên|Ngày sinh|Ngày vào Đảng|Ghi chú";
    let row = |number: u8, name: &str, note: &str| format!("{number}|Thử {name}|01/02/1970|01/01/2000|{note}");
    let [a, b, c, d] = [(1, "A"), (2, "B"), (3, "C"), (4, "D")].map(|(number, name)| row(number, name, ""));
    let list = |title: &str, rows: &[&str]| standings(&format!("ĐẢNG BỘ XÃ YANG TAO\n{title}\n{headings}\n{}", rows.join("\n")));
    // Over the whole list sections go on from cell to cell.
    let whole =
        list("DANH SÁCH ĐẢNG VIÊN", &["I. ĐẢNG VIÊN CHÍNH THỨC", &a, "|II. Đảng viên miễn sinh hoạt", &b, "Chi bộ Buôn Jun", &c]);
    assert_eq!(whole, ("Thử A official, Thử B exempt, Thử C exempt".to_owned(), vec![]));
    // Within a cell they end with it.
    let within =
        list("DANH SÁCH ĐẢNG VIÊN", &["Chi bộ Buôn Jun", &a, "Đảng viên dự bị", &b, "Chi bộ Buôn Lê", &c, "TỪ TRẦN", &d]);
    assert_eq!(within, ("Thử A official, Thử B probation, Thử C official, Thử D departed".to_owned(), vec![]));
    // What a row says itself stands above it.
    let noted = row(1, "A", "Từ trần 05/2023");
    assert_eq!(list("DANH SÁCH ĐẢNG VIÊN MIỄN SINH HOẠT NĂM 2023", &[&noted, &b]).0, "Thử A departed, Thử B exempt");
    let sheet = read(book("dv.xlsx").sheet("Miễn SH", &format!("DANH SÁCH ĐẢNG VIÊN\nĐảng bộ xã Yang Tao\n{headings}\n{a}")));
    assert!(matches!(sheet.roster.members[0].standing, Standing::Exempt { .. }), "the name of the sheet tells it");
    // Who is not in the Party yet is on no roster of it.
    assert_eq!(list("DANH SÁCH QUẦN CHÚNG ƯU TÚ", &[&a]), (String::new(), vec![]));
}

#[test]
fn who_is_on_a_list_of_one_standing_and_on_the_roster_is_one_member() {
    let headings = "STT|Họ và tên|Ngày sinh|Số CCCD|Ngày vào Đảng";
    let roster = format!(
        "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\n{headings}\n1|Thử Văn A|01/02/1970|066070000001|01/01/2000
2|Thử Thị B|03/04/1950||01/01/1980\n3|Thử Văn C|05/06/1960||01/01/1990"
    );
    let exempt = format!(
        "DANH SÁCH ĐẢNG VIÊN MIỄN SINH HOẠT NĂM 2023\nĐảng bộ xã Yang Tao\n{headings}\n1|Ông Thử Văn A|01/02/1970||01/01/2000
2|Thử Thị B|03/04/1950||01/01/1980\n3|Thử Văn D|07/08/1940||01/01/1970"
    );
    let told = |ingested: &Ingested| {
        let members = ingested.roster.members.iter();
        let mut told: Vec<String> =
            members.map(|member| format!("{} {}", member.name, matches!(member.standing, Standing::Exempt { .. }))).collect();
        told.sort();
        told
    };
    let both = ["Thử Thị B true", "Thử Văn A true", "Thử Văn C false", "Thử Văn D true"];
    for list_is_first in [false, true] {
        let mut books = vec![book("dv.xlsx").sheet("DV", &roster), book("mien.xlsx").sheet("1", &exempt)];
        if list_is_first {
            books.reverse();
        }
        let ingested = read_with(&Settings::default(), books);
        assert_eq!((told(&ingested), issues(&ingested)), (both.map(str::to_owned).to_vec(), vec![]));
    }
    let one = read(book("dv.xlsx").sheet("Miễn SH", &exempt).sheet("DV", &roster));
    assert_eq!((told(&one), issues(&one)), (both.map(str::to_owned).to_vec(), vec![]));
}

#[test]
fn a_member_on_two_rosters_is_one_though_each_tells_other_things() {
    let first = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao
STT|Họ và tên|Ngày sinh|Chi bộ|Số thẻ đảng|Ngày vào Đảng
1|Thử Văn A|01/02/1970|Chi bộ Buôn Cuôr|66.000001|01/01/2000
2|Thử Thị B|1950|Chi bộ Buôn Jun||01/01/1980";
    let of = |unit: &str, heads: &str, row: &str| {
        format!("DANH SÁCH ĐẢNG VIÊN NĂM 2023\n{unit}\nSTT|Họ và tên|{heads}|Ngày vào Đảng\n1|{row}")
    };
    let committee = "Đảng bộ xã Yang Tao";
    for (unit, heads, row, twice) in [
        (committee, "Ngày sinh", "Ông Thử Văn A|01/02/1970|01/01/2000", true),
        (committee, "Ngày sinh", "Thử Văn A|02/02/1970|01/01/2000", false),
        (committee, "Năm sinh", "Thử Văn A|1970|01/01/2000", true),
        (committee, "Năm sinh", "Thử Văn A|1970|", true),
        (committee, "Năm sinh", "Thử Văn A|1970|05/05/2005", false),
        (committee, "Năm sinh", "Thử Thị B|1950|01/01/1980", true),
        (committee, "Năm sinh", "Thử Thị B|1951|01/01/1980", false),
        (committee, "Năm sinh|Chi bộ", "Thử Văn A|1970|Chi bộ Buôn Jun|", false),
        (committee, "Ngày sinh|Số CCCD", "Thử Văn A|01/02/1970|066070000001|", true),
        (committee, "Ngày sinh|Số thẻ đảng", "Thử Văn A|01/02/1970|66000001|", true),
        (committee, "Ngày sinh|Số thẻ đảng", "Thử Văn A|01/02/1970|66.000009|", false),
        (committee, "Chức vụ", "Thử Văn A|Bí thư|01/01/2000", true),
        (committee, "Chức vụ", "Thử Văn A|Bí thư|", false),
        ("Chi bộ Buôn Cuôr", "Ngày sinh", "Thử Văn A|01/02/1970|01/01/2000", true),
        ("Chi bộ Buôn Cuôr", "Năm sinh", "Thử Văn A|1970|01/01/2000", false),
        ("Chi bộ Phòng Nội vụ", "Ngày sinh", "Thử Văn A|01/02/1970|01/01/2000", false),
    ] {
        let ingested = read_with(
            &Settings::default(),
            vec![book("a.xlsx").sheet("1", first), book("b.xlsx").sheet("1", &of(unit, heads, row))],
        );
        let told = (ingested.roster.members.len(), issues(&ingested).iter().any(|issue| issue.starts_with("member-twice")));
        assert_eq!(told, (if twice { 2 } else { 3 }, twice), "{unit} {heads} {row}: {:?}", issues(&ingested));
    }
    // On one sheet two rows may be of namesakes.
    let row = "Thử Văn A|01/02/1970|01/01/2000";
    let one = read(book("a.xlsx").sheet("1", &format!("{}\n2|{row}", of(committee, "Ngày sinh", row))));
    assert_eq!((one.roster.members.len(), issues(&one)), (2, vec![]));
}

/// The names of members that a list gives, and its issues.
fn told(title: &str, rows: &str) -> (Vec<String>, Vec<String>) {
    let rows = format!("DANH SÁCH {title} NĂM 2023\nChi bộ Trường Tiểu học Yang Tao\n{rows}");
    let ingested = read(book("danh-sach.xlsx").sheet("1", &rows));
    let names = ingested.roster.members.iter().map(|member| member.name.to_string());
    (names.collect(), issues(&ingested))
}

#[test]
fn colleagues_and_those_who_may_join_are_no_members() {
    let heads = "STT|Họ và tên|Ngày sinh|Chức vụ|";
    let (first, second) = ("1|Thử Văn A|01/02/1970|Hiệu trưởng", "2|Thử Văn B|01/02/1980|Giáo viên");
    for (title, columns, of_first, of_second) in [
        ("CÁN BỘ, GIÁO VIÊN", "Ngày vào Đảng", "03/02/1995", ""),
        ("ĐẢNG VIÊN", "Ngày vào Đảng", "03/02/1995", "Chưa"),
        ("ĐẢNG VIÊN", "Trạng thái", "Chính thức", "Quần chúng"),
        ("GIÁO VIÊN", "Đảng viên", "x", ""),
        ("GIÁO VIÊN", "Là đảng viên", "Có", "Không"),
        ("GIÁO VIÊN", "ĐV/QC", "ĐV", "QC"),
    ] {
        let rows = format!("{heads}{columns}\n{first}|{of_first}\n{second}|{of_second}");
        assert_eq!(told(title, &rows), (vec!["Thử Văn A".to_owned()], vec!["no-member E5".to_owned()]), "{title} {columns}");
    }
    let rows = format!("{heads}Ngày vào Đảng|Ghi chú\n{first}|03/02/1995|Nguyên là quần chúng\n{second}||Cảm tình Đảng");
    assert_eq!(told("ĐẢNG VIÊN", &rows).1, ["no-member F5"]);
    let rows = format!("{heads}Ngày vào Đảng\nI|ĐẢNG VIÊN|||\n{first}|\nII|QUẦN CHÚNG|||\n{second}|");
    assert_eq!(told("ĐẢNG VIÊN VÀ QUẦN CHÚNG", &rows), (vec!["Thử Văn A".to_owned()], vec!["no-member E7".to_owned()]));
}

#[test]
fn a_day_or_a_card_says_more_than_a_title_and_a_blank_says_nothing_on_a_roster() {
    let rows = "STT|Họ và tên|Ngày sinh|Số thẻ|Ngày vào Đảng
1|Thử Văn A|01/02/1970|66.000001|
2|Thử Văn B|01/02/1980||03/02/1995";
    assert_eq!(told("CÁN BỘ, CÔNG CHỨC", rows).1, NONE);
    let rows = "STT|Họ và tên|Ngày sinh|Ngày vào Đảng\n1|Thử Văn A|01/02/1970|\n2|Thử Văn B|01/02/1980|03/02/1995";
    assert_eq!(told("ĐẢNG VIÊN", rows).1, NONE);
    // Alone the column of members is that of their names.
    let rows = "STT|Đảng viên|Ngày sinh|Ngày vào Đảng\n1|Thử Văn A|01/02/1970|\n2|Thử Văn B|01/02/1980|03/02/1995";
    assert_eq!(told("ĐẢNG VIÊN", rows).0, ["Thử Văn A", "Thử Văn B"]);
}
