//! Several tables in one sheet: each is read by its own headings, be it of another kind or with its columns in another order, and has
//! an account of its own where its rows are not those of the table above.

use super::*;
use crate::domain::survey::Survey;
use crate::ingest::account::WhySkipped;
use crate::ingest::settings::Counting;

/// What became of each table: its kind, and its rows read, used, rejected and skipped.
fn tables(ingested: &Ingested) -> Vec<(Option<Kind>, [u64; 4])> {
    let of_files = ingested.files.iter().flat_map(|file| &file.sheets);
    of_files.map(|table| (table.kind, [table.read, table.used, table.rejected, table.skipped])).collect()
}

const LIST: &str = "UBND XÃ YANG TAO
DANH SÁCH HỘ NGHÈO NĂM 2023
STT|Họ và tên chủ hộ|Năm sinh|Dân tộc|Thôn, buôn|Số nhân khẩu|Phân loại hộ
1|Y Thử Một|1960|Ê Đê|Buôn Cuôr|4|Hộ nghèo
2|Y Thử Hai|1961|Ê Đê|Buôn Cuôr|3|Hộ nghèo
3|Y Thử Ba|1962|Ê Đê|Buôn Bhốk|2|Hộ nghèo";

const SUMMARY: &str = "STT|Thôn, buôn|Tổng số hộ|Hộ nghèo|Hộ cận nghèo
1|Buôn Cuôr|120|2|0
2|Buôn Bhốk|80|1|0
|Tổng cộng|200|3|0";

fn sheet(rows: &str) -> Ingested {
    read(book("danh-sach.xlsx").sheet("1", rows))
}

#[test]
fn a_summary_below_or_above_a_list_gives_the_totals_and_no_household() {
    let signed = "|NGƯỜI LẬP BIỂU||||CHỦ TỊCH\n|(đã ký)";
    let list = (Some(Kind::Households), 3);
    let summary = (Some(Kind::Totals), 2);
    for (rows, expected) in [
        (format!("{LIST}\n{SUMMARY}"), [list, summary]),
        (format!("{LIST}\n\n{SUMMARY}"), [list, summary]),
        (format!("{LIST}\n|Cộng||||9\n{signed}\nBIỂU TỔNG HỢP KẾT QUẢ RÀ SOÁT\n{SUMMARY}"), [list, summary]),
        (format!("UBND XÃ YANG TAO\nTỔNG HỢP KẾT QUẢ NĂM 2023\n{SUMMARY}\n\n{LIST}"), [summary, list]),
    ] {
        let ingested = sheet(&rows);
        let found: Vec<(Option<Kind>, u64)> = tables(&ingested).into_iter().map(|(kind, [_, used, ..])| (kind, used)).collect();
        assert_eq!((found.as_slice(), issues(&ingested)), (expected.as_slice(), Vec::new()), "{rows}");
        let survey = ingested.surveys.values().next().unwrap();
        assert_eq!((survey.totals.len(), survey.poor_only.len()), (2, 3), "{rows}");
        assert!(survey.totals.iter().all(|total| total.place.commune.name() == "Xã Yang Tao"), "{rows}");
    }
}

#[test]
fn a_summary_unlike_its_list_is_told_at_its_own_cell() {
    let wrong = SUMMARY.replace("1|Buôn Cuôr|120|2|0", "1|Buôn Cuôr|120|3|0").replace("200|3|0", "200|4|0");
    let mut ingested = sheet(&format!("{LIST}\n\n{wrong}"));
    ingested.hold_totals_against_lists(&[]);
    assert_eq!(issues(&ingested), ["total-unlike-list D9"]);
}

#[test]
fn a_short_list_is_not_taken_for_the_title_of_a_longer_one() {
    let second = "DANH SÁCH HỘ CẬN NGHÈO NĂM 2023
TT|Thôn, buôn|Họ và tên chủ hộ|Năm sinh||Dân tộc|Số nhân khẩu|Phân loại hộ
|||Nam|Nữ
1|Buôn Bhốk|H Thử Bốn||1970|Ê Đê|4|Hộ cận nghèo
2|Buôn Bhốk|Y Thử Năm|1971||Ê Đê|5|Hộ cận nghèo";
    let ingested = sheet(&format!("{LIST}\n\n{second}"));
    assert_eq!(tables(&ingested), [(Some(Kind::Households), [11, 5, 0, 6])]);
    assert_eq!(issues(&ingested), NONE);
    let told = all(&ingested).into_iter().find(|household| &*household.head == "H Thử Bốn").map(|household| household.sex);
    assert_eq!(told, Some(Some(Sex::Female)));
}

#[test]
fn headings_of_two_rows_may_be_repeated_on_each_page() {
    let heads = "TT|Thôn, buôn|Họ và tên chủ hộ|Năm sinh||Dân tộc|Số nhân khẩu|Phân loại hộ\n|||Nam|Nữ";
    let rows = format!(
        "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023\n{heads}\n1|Buôn Bhốk|H Thử Một||1970|Ê Đê|4|Hộ nghèo\n{heads}\n2|Buôn Bhốk|H Thử Hai||1971|Ê Đê|4|Hộ nghèo"
    );
    let ingested = sheet(&rows);
    assert_eq!((tables(&ingested), issues(&ingested)), (vec![(Some(Kind::Households), [7, 2, 0, 5])], Vec::new()));
}

#[test]
fn each_list_has_the_class_of_its_own_title() {
    let rows = "UBND XÃ YANG TAO
DANH SÁCH HỘ NGHÈO NĂM 2023
STT|Họ và tên chủ hộ|Năm sinh|Dân tộc|Thôn, buôn|Số nhân khẩu
1|Y Thử Một|1960|Ê Đê|Buôn Cuôr|4
|Cộng||||4
DANH SÁCH HỘ CẬN NGHÈO NĂM 2023
TT|Chủ hộ|Năm sinh||Dân tộc|Thôn, buôn|Số khẩu
||Nam|Nữ
1|H Thử Hai||1970|Ê Đê|Buôn Bhốk|2
|Cộng|||||3";
    let ingested = sheet(rows);
    let classes: Vec<(&str, Class)> = all(&ingested).iter().map(|household| (&*household.head, household.class)).collect();
    assert_eq!(classes, [("Y Thử Một", Class::Poor), ("H Thử Hai", Class::NearPoor)]);
    assert_eq!(issues(&ingested), ["sum-unlike G10"], "each table has sums of its own");
}

#[test]
fn a_roster_a_ledger_and_twinning_below_a_list_are_what_they_are() {
    let rows = format!(
        "{LIST}

ĐẢNG BỘ XÃ YANG TAO
DANH SÁCH ĐẢNG VIÊN
STT|Họ và tên|Ngày sinh|Giới tính|Dân tộc|Ngày vào Đảng|Chi bộ
1|Y Thử Sáu|01/02/1970|Nam|Ê Đê|03/02/2000|Chi bộ Buôn Cuôr
ĐĂNG KÝ ỦNG HỘ
STT|Họ và tên|Số ngày lương|Số cây giống|Loại cây
1|Y Thử Sáu|1||
2|Y Thử Sáu||10|Sầu riêng
ĐƠN VỊ KẾT NGHĨA
STT|Tổ chức đảng|Xã|Thôn, buôn
1|Chi bộ Thử|Xã Yang Tao|Buôn Cuôr"
    );
    let ingested = sheet(&rows);
    let expected = [
        (Some(Kind::Households), [8, 3, 0, 5]),
        (Some(Kind::Members), [3, 1, 0, 2]),
        (Some(Kind::Pledges), [4, 2, 0, 2]),
        (Some(Kind::Twinning), [2, 1, 0, 1]),
    ];
    assert_eq!((tables(&ingested).as_slice(), issues(&ingested)), (expected.as_slice(), Vec::new()));
    assert_eq!(ingested.roster.members[0].organisation.folded(), "dang bo xa yang tao", "the title above the roster tells it");
}

#[test]
fn of_a_second_table_that_lacks_a_column_the_column_is_missed() {
    let rows = format!(
        "{LIST}
DANH SÁCH HỘ CẬN NGHÈO
STT|Họ và tên chủ hộ|Năm sinh|Dân tộc|Thôn, buôn|Phân loại hộ
1|Y Thử Bốn|1970|Ê Đê|Buôn Bhốk|Hộ cận nghèo"
    );
    let ingested = sheet(&rows);
    assert_eq!(tables(&ingested), [(Some(Kind::Households), [7, 3, 0, 4]), (Some(Kind::Households), [2, 0, 0, 2])]);
    assert_eq!(ingested.files[0].sheets[1].why_skipped, Some(WhySkipped::Headings));
    assert_eq!(issues(&ingested), ["heading-missing A8"]);
    // A heading that is only spelled in another way leaves the columns where they are.
    let spelled = rows
        .replace("|Phân loại hộ\n1|Y Thử Bốn|1970|Ê Đê|Buôn Bhốk|", "|Số nhân khẩu|Kết luận\n4|Y Thử Bốn|1970|Ê Đê|Buôn Bhốk|2|");
    let ingested = sheet(&spelled);
    assert_eq!((tables(&ingested)[0].1, issues(&ingested)), ([9, 4, 0, 5], vec!["row-unknown A8".to_owned()]));
}

#[test]
fn words_that_are_headings_elsewhere_make_no_table_of_a_record() {
    let rows = "TT|Họ và tên|Giới tính|Chức vụ|Diện|Loại|Chi bộ|Ngày vào Đảng
|Y Thử Một|Nam|Bí thư|Hộ nghèo|Sầu riêng|Chi bộ Buôn Cuôr|03/02/2000
|H Thử Hai|Nữ|Đảng viên|Hộ cận nghèo|Cà phê|Chi bộ Buôn Cuôr|03/02/2000";
    let ingested = read(book("dang-vien.xlsx").sheet("ĐẢNG BỘ XÃ YANG TAO", rows));
    assert_eq!((tables(&ingested), issues(&ingested)), (vec![(Some(Kind::Members), [3, 2, 0, 1])], Vec::new()));
}

#[test]
fn counting_reads_several_tables_as_keeping_does() {
    let all_of = LIST.replace("HỘ NGHÈO NĂM", "HỘ DÂN CƯ NĂM").replace("2|Hộ nghèo", "2|Hộ không nghèo");
    let second = "STT|Thôn, buôn|Họ và tên chủ hộ|Số nhân khẩu|Phân loại hộ\n1|Buôn Bhốk|Y Thử Bốn|4|Hộ nghèo";
    let rows = format!("{all_of}\n{second}\n{SUMMARY}\n{second}");
    let kept = sheet(&rows);
    let settings = Settings { counting: Counting::Households, ..Settings::default() };
    let counted = read_with(&settings, vec![book("danh-sach.xlsx").sheet("1", &rows)]);
    assert_eq!(tables(&kept), tables(&counted));
    assert_eq!((all(&kept).len(), tables(&kept).len()), (5, 3));
}

#[test]
fn rows_below_the_title_of_another_year_are_of_that_year() {
    let signed = "|NGƯỜI LẬP BIỂU||||CHỦ TỊCH";
    let second = LIST.replace("NĂM 2023", "NĂM 2022").replace("UBND XÃ YANG TAO\n", "");
    let bare =
        "DANH SÁCH HỘ NGHÈO NĂM 2022\n1|Y Thử Một|1960|Ê Đê|Buôn Cuôr|4|Hộ nghèo\n2|Y Thử Hai|1961|Ê Đê|Buôn Cuôr|3|Hộ nghèo";
    for (rows, earlier) in [
        (format!("{LIST}\n{second}"), [5, 3, 0, 2]),
        (format!("{LIST}\n{signed}\n{second}"), [4, 3, 0, 1]),
        (format!("{LIST}\n|Cộng||||9\n{bare}\n|Cộng||||7"), [4, 2, 0, 2]),
        (format!("{LIST}\n{signed}\n{bare}"), [2, 2, 0, 0]),
    ] {
        let ingested = sheet(&rows);
        let years: Vec<Option<i16>> = ingested.files[0].sheets.iter().map(|table| table.year).collect();
        assert_eq!((years, issues(&ingested)), (vec![Some(2023), Some(2022)], Vec::new()), "{rows}");
        assert_eq!(tables(&ingested)[1].1, earlier, "{rows}");
        let of_year: Vec<usize> = ingested.surveys.values().map(|survey| survey.poor_only.len()).collect();
        assert_eq!(of_year, [usize::try_from(earlier[1]).unwrap(), 3], "{rows}");
        let settings = Settings { counting: Counting::Households, ..Settings::default() };
        let counted = read_with(&settings, vec![book("danh-sach.xlsx").sheet("1", &rows)]);
        assert_eq!(tables(&ingested), tables(&counted), "{rows}");
    }
}

#[test]
fn totals_of_two_years_are_of_two_years() {
    let rows = "UBND HUYỆN LẮK
TỔNG HỢP HỘ NGHÈO NĂM 2022
STT|Xã, thị trấn|Tổng số hộ|Hộ nghèo|Hộ cận nghèo
1|Xã Yang Tao|1000|300|100
2|Xã Nam Ka|1000|200|100
BẢNG TỔNG HỢP HỘ NGHÈO NĂM 2023
STT|Xã, thị trấn|Tổng số hộ|Hộ nghèo|Hộ cận nghèo
1|Xã Yang Tao|1010|250|100
2|Xã Nam Ka|1000|150|100";
    for rows in [rows.to_owned(), rows.replace("BẢNG TỔNG HỢP", "TỔNG HỢP")] {
        let ingested = sheet(&rows);
        assert_eq!(issues(&ingested), NONE);
        let poor = |survey: &Survey| survey.totals.iter().filter_map(|total| total.poor).sum::<u64>();
        let poor: Vec<_> = ingested.surveys.iter().map(|(year, survey)| (*year, poor(survey))).collect();
        assert_eq!(poor, [(Some(2022), 500), (Some(2023), 400)]);
    }
}

#[test]
fn a_list_below_one_that_is_not_read_is_read() {
    let rose = "DANH SÁCH HỘ THOÁT NGHÈO XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Năm sinh|Dân tộc|Thôn, buôn|Số nhân khẩu
1|Y Thử Chín|1960|Ê Đê|Buôn Cuôr|4
2|Y Thử Mười|1961|Ê Đê|Buôn Cuôr|4";
    let other = format!(
        "CÔNG VIỆC TRONG NĂM\nTháng|Việc\n{}",
        (1..=60).map(|at| format!("{at}|Việc {at}")).collect::<Vec<_>>().join("\n")
    );
    // The lines above its headings are counted with what stands above.
    for (above, read) in [(rose, 6), (&other, 64)] {
        let ingested = sheet(&format!("{above}\n\n{LIST}"));
        let skipped = (None, [read, 0, 0, read]);
        assert_eq!(tables(&ingested)[1], (Some(Kind::Households), [4, 3, 0, 1]), "{above}");
        assert_eq!((tables(&ingested)[0], issues(&ingested)), (skipped, Vec::new()), "{above}");
        assert_eq!(ingested.files[0].sheets[0].why_skipped, Some(WhySkipped::NoTable));
    }
}

#[test]
fn a_short_list_that_lacks_a_column_is_no_title_of_the_summary_below_it() {
    let rows = format!("{}\n\n{SUMMARY}", LIST.replace("|Số nhân khẩu|", "||"));
    let ingested = sheet(&rows);
    assert_eq!(tables(&ingested), [(Some(Kind::Households), [6, 0, 0, 6]), (Some(Kind::Totals), [4, 2, 0, 2])]);
    assert_eq!(issues(&ingested), ["heading-missing A3"]);
}

#[test]
fn the_detailed_list_of_the_forms_has_a_row_a_person_and_its_class_in_its_title() {
    let heads = "STT chủ hộ|STT thành viên|Họ và tên|Năm sinh||Dân tộc|Quan hệ với chủ hộ|Nghèo mới|Tái nghèo|Nghèo cũ
|||Nam|Nữ";
    let rows = format!(
        "ỦY BAN NHÂN DÂN HUYỆN LẮK
DANH SÁCH CHI TIẾT HỘ NGHÈO NĂM 2023
{heads}
||XÃ YANG TAO
1|1|Y Thử Một|1960||Ê Đê|Chủ hộ|||x
|2|H Thử Hai||1965|Ê Đê|Vợ|||
2|1|Y Thử Ba|1960||Ê Đê|Chủ hộ|x||
||XÃ NAM KA
1|1|Y Thử Tư|1960||Ê Đê|Chủ hộ|||x
DANH SÁCH CHI TIẾT HỘ CẬN NGHÈO NĂM 2023
{heads}
||XÃ YANG TAO
1|1|Y Thử Năm|1960||Ê Đê|Chủ hộ|||x"
    );
    let ingested = sheet(&rows);
    let of = |household: &&Household| {
        format!("{} {} {} {:?}", household.place.commune.name(), household.head, household.persons, household.class)
    };
    let expected = [
        "Xã Yang Tao Y Thử Một 2 Poor",
        "Xã Yang Tao Y Thử Ba 1 Poor",
        "Xã Nam Ka Y Thử Tư 1 Poor",
        "Xã Yang Tao Y Thử Năm 1 NearPoor",
    ];
    assert_eq!(all(&ingested).iter().map(of).collect::<Vec<_>>(), expected);
    assert_eq!(issues(&ingested), NONE);
}

#[test]
fn the_sums_of_a_district_above_its_communes_are_no_commune() {
    let rows = "TỔNG HỢP KẾT QUẢ RÀ SOÁT NĂM 2023
STT|Phường/Xã|Số hộ|Nhân khẩu|Hộ nghèo||Khẩu nghèo||Khẩu cận nghèo|
||||Số hộ|Tỷ lệ %|Số khẩu|Tỷ lệ %|Số khẩu|Tỷ lệ %
1|Huyện Lắk|3000|12000|500|16,67|2000|16,67|1500|12,50
1.1|Xã Yang Tao|1000|4000|300|30,00|1200|30,00|400|10,00
1.2|Xã Nam Ka|2000|8000|200|10,00|800|10,00|1100|13,75";
    let ingested = sheet(rows);
    assert_eq!((tables(&ingested), issues(&ingested)), (vec![(Some(Kind::Totals), [6, 2, 0, 4])], Vec::new()));
    let totals: Vec<_> = ingested.surveys.values().flat_map(|survey| &survey.totals).collect();
    let told: Vec<_> = totals.iter().map(|total| (total.households, total.poor_persons, total.near_poor_persons)).collect();
    assert_eq!(told, [(Some(1000), Some(1200), Some(400)), (Some(2000), Some(800), Some(1100))]);
}

#[test]
fn persons_of_who_rose_above_poverty_are_no_areas() {
    let rows = "XÃ YANG TAO
DANH SÁCH HỘ THOÁT NGHÈO SAU KHI RÀ SOÁT NĂM 2023
STT hộ|Họ tên|Quan hệ với chủ hộ|Giới tính|Ngày sinh|Số CCCD|Dân tộc|Địa chỉ|Điểm B1|Điểm B2|Tuổi|Số nhân khẩu
1|Y Thử Chín|Chủ hộ|Nam|01/02/1960|066060000009|Ê Đê|Buôn Jun, xã Yang Tao|200|10|63|3";
    let ingested = sheet(rows);
    assert_eq!((tables(&ingested), issues(&ingested)), (vec![(None, [4, 0, 0, 4])], Vec::new()));
    assert!(ingested.surveys.values().all(|survey| survey.totals.is_empty()));
}

#[test]
fn of_several_years_side_by_side_one_is_read() {
    let rows = |title: &str| {
        format!(
            "{title}
STT|Xã|Năm 2022|||Năm 2023||
||Tổng số hộ|Hộ nghèo|Tỷ lệ hộ nghèo|Tổng số hộ|Hộ nghèo|Tỷ lệ hộ nghèo
1|Xã Yang Tao|2250|700|31,11|2299|649|28,23"
        )
    };
    let of = |settings: &Settings, title: &str| {
        let ingested = read_with(settings, vec![book("tong-hop.xlsx").sheet("1", &rows(title))]);
        let areas =
            |survey: &crate::domain::survey::Survey| survey.totals.iter().map(|area| (area.households, area.poor)).collect();
        let told: Vec<(Option<i16>, Vec<_>)> = ingested.surveys.iter().map(|(year, survey)| (*year, areas(survey))).collect();
        (told, issues(&ingested))
    };
    let (earlier, later) = ((Some(2250), Some(700)), (Some(2299), Some(649)));
    let both = "SO SÁNH HỘ NGHÈO NĂM 2022 VÀ NĂM 2023";
    let year = |year| Settings { year: Some(year), ..Settings::default() };
    let asked = |year| Settings { asked: Some(year), ..Settings::default() };
    for (settings, title, (told, counts)) in [
        (Settings::default(), both, (2023, later)),
        (Settings::default(), "HỘ NGHÈO NĂM 2022", (2022, earlier)),
        (asked(2022), both, (2022, earlier)),
        (year(2022), both, (2022, earlier)),
        (year(2023), both, (2023, later)),
        (asked(2025), both, (2023, later)),
    ] {
        assert_eq!(
            of(&settings, title),
            (vec![(Some(told), vec![counts])], vec![]),
            "{title} {:?}",
            (settings.year, settings.asked)
        );
    }
    // A table of other years is none of the year that it is said to be of.
    let (told, found) = of(&year(2025), both);
    assert!(told.is_empty() && found.iter().all(|issue| issue.starts_with("heading-doubled")), "{told:?} {found:?}");
}

#[test]
fn classes_of_several_years_side_by_side_are_those_of_one() {
    let classes = |settings: &Settings, headings: &str| {
        let rows = format!(
            "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO\nSTT|Họ và tên chủ hộ|Thôn|Số khẩu|{headings}\n1|Y Thử A|Buôn Jun|4|x|x||\n2|Y Thử B|Buôn Jun|3|x|||x\n3|Y Thử C|Buôn Jun|3||x|x|"
        );
        let ingested = read_with(settings, vec![book("ho.xlsx").sheet("1", &rows)]);
        let mut all = all(&ingested);
        all.sort_by_key(|household| household.source.row);
        let told: Vec<(Option<i16>, usize)> =
            ingested.surveys.iter().map(|(year, survey)| (*year, survey.poor_only.len())).collect();
        (told, all.iter().map(|household| household.class).collect::<Vec<_>>())
    };
    use Class::{NearPoor, Poor};
    let asked = |year| Settings { asked: Some(year), ..Settings::default() };
    for headings in [
        "Hộ nghèo năm 2022|Hộ nghèo năm 2023|Hộ cận nghèo năm 2022|Hộ cận nghèo năm 2023",
        "Hộ nghèo 2022|Hộ nghèo 2023|Hộ cận nghèo 2022|Hộ cận nghèo 2023",
    ] {
        assert_eq!(classes(&Settings::default(), headings), (vec![(Some(2023), 3)], vec![Poor, NearPoor, Poor]), "{headings}");
        assert_eq!(classes(&asked(2022), headings), (vec![(Some(2022), 3)], vec![Poor, Poor, NearPoor]), "{headings}");
    }
    let rows = "TỔNG HỢP HỘ NGHÈO HUYỆN LẮK\nSTT|Xã|Tổng số hộ|Hộ nghèo năm 2022|Hộ nghèo năm 2023\n1|Xã Yang Tao|2299|700|649";
    let ingested = read(book("tong-hop.xlsx").sheet("1", rows));
    let poor: Vec<Option<u64>> = ingested.surveys.values().flat_map(|survey| &survey.totals).map(|area| area.poor).collect();
    assert_eq!(poor, [Some(649)]);
}

#[test]
fn a_sum_of_areas_may_have_a_number_and_the_name_of_its_commune() {
    let rows = "TỔNG HỢP THEO THÔN, BUÔN NĂM 2023
TT|Xã|Thôn, buôn|Tổng số hộ|Hộ nghèo
1|Xã Yang Tao|Buôn Jun|120|30
2|Xã Yang Tao|Buôn Lê|100|20
3||Cộng xã|220|50
4|Xã Bông Krang|Buôn Diêo|80|10
5|Xã Bông Krang|Cộng|80|10
6|Tổng cộng||300|60";
    let ingested = read(book("tong-hop.xlsx").sheet("1", rows));
    let areas = ingested.surveys.values().flat_map(|survey| &survey.totals);
    let told: Vec<(String, Option<u64>)> = areas
        .map(|area| (area.place.village.as_ref().map_or_else(String::new, |of| of.name().to_owned()), area.households))
        .collect();
    assert_eq!(told, [("Buôn Jun".to_owned(), Some(120)), ("Buôn Lê".to_owned(), Some(100)), ("Buôn Diêo".to_owned(), Some(80))]);
    assert_eq!(issues(&ingested), NONE);
    // The sums are held against their rows.
    let unlike = read(book("tong-hop.xlsx").sheet("1", &rows.replace("3||Cộng xã|220", "3||Cộng xã|230")));
    assert_eq!(issues(&unlike), ["sum-unlike D5"]);
    // A commune may be called so.
    let named = "TỔNG HỢP NĂM 2023\nTT|Xã|Tổng số hộ|Hộ nghèo\n1|Cộng Hòa|120|30\n2|Xã Yang Tao|100|20";
    let named = read(book("tong-hop.xlsx").sheet("1", named));
    assert_eq!(named.surveys.values().map(|survey| survey.totals.len()).sum::<usize>(), 2);
}
