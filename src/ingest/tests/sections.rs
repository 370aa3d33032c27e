//! Several tables or sections in one sheet: what stands between their rows tells the village, the commune and the class of those
//! below it, and is nobody's household.

use super::*;
use crate::domain::issue::Hint;
use crate::ingest::settings::Counting;

/// Commune, village, head and class of each household, in the order of the rows.
pub(super) fn households(ingested: &Ingested) -> Vec<String> {
    let mut all = all(ingested);
    all.sort_by_key(|household| household.source.row);
    let of = |household: &&Household| {
        let place = &household.place;
        let village = place.village.as_ref().map_or("", |village| village.name());
        let class = match household.class {
            Class::Poor => "poor",
            Class::NearPoor => "near",
            Class::Other => "other",
        };
        format!("{} / {village} / {} / {class}", place.commune.name(), household.head)
    };
    all.iter().map(of).collect()
}

#[test]
fn the_title_of_a_second_table_tells_where_its_households_live() {
    // Only signatures say that what is named above them is over; else another commune contradicts the title.
    let signed = "|NGƯỜI LẬP BIỂU|||CHỦ TỊCH\n|(đã ký)|||\n|Nguyễn Thử Mười|||";
    for (between, told) in [(signed, &[][..]), ("|Tổng cộng||8|", &["place-contradicts A7"]), ("", &["place-contradicts A7"])]
    {
        let rows = format!(
            "UBND XÃ YANG TAO||||
DANH SÁCH HỘ NGHÈO BUÔN CUÔR NĂM 2023||||
STT|Họ và tên chủ hộ|Ngày sinh|Số khẩu|Phân loại hộ
1|Y Thử Một|01/02/1970|4|Hộ nghèo
2|Y Thử Hai|01/02/1971|4|Hộ nghèo
{between}
UBND XÃ BÔNG KRANG||||
DANH SÁCH HỘ NGHÈO BUÔN MẠ NĂM 2023||||
STT|Họ và tên chủ hộ|Ngày sinh|Số khẩu|Phân loại hộ
1|Y Thử Ba|01/02/1975|4|Hộ nghèo
DANH SÁCH HỘ NGHÈO BUÔN DIÊO NĂM 2023||||
1|Y Thử Tư|01/02/1976|4|Hộ nghèo"
        );
        let ingested = read(book("danh-sach.xlsx").sheet("1", &rows));
        let expected = [
            "Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor",
            "Xã Yang Tao / Buôn Cuôr / Y Thử Hai / poor",
            "Xã Bông Krang / Buôn Mạ / Y Thử Ba / poor",
            "Xã Bông Krang / Buôn Diêo / Y Thử Tư / poor",
        ];
        assert_eq!(households(&ingested), expected, "{between}");
        assert_eq!(issues(&ingested), told, "{between}");
    }
}

#[test]
fn a_second_title_of_another_year_is_an_issue_where_the_programme_tells_the_year() {
    let rows = "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023||||
STT|Họ và tên chủ hộ|Thôn|Số khẩu|Phân loại hộ
1|Y Thử Một|Buôn Cuôr|4|Hộ nghèo
DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2022||||
1|Y Thử Ba|Buôn Cuôr|4|Hộ nghèo";
    let settings = Settings { year: Some(2023), ..Settings::default() };
    let told = read_with(&settings, vec![book("danh-sach.xlsx").sheet("1", rows)]);
    assert_eq!(issues(&told), ["year-unknown A4"]);
    assert_eq!(told.surveys.keys().collect::<Vec<_>>(), [&Some(2023)]);
}

#[test]
fn sections_and_titles_tell_the_class_where_no_column_does() {
    let expected = ["Y Thử Một / poor", "Y Thử Hai / poor", "Y Thử Ba / near", "Y Thử Tư / near"];
    let heads = "STT|Họ và tên chủ hộ|Ngày sinh|Thôn/Buôn|Số khẩu|Ghi chú";
    let [one, two, three, four] =
        ["1|Y Thử Một|01/02/1970", "2|Y Thử Hai|01/02/1971", "1|Y Thử Ba|01/02/1972", "2|Y Thử Tư|01/02/1973"]
            .map(|row| format!("{row}|Buôn Cuôr|4|"));
    let title = |what: &str| format!("DANH SÁCH {what} XÃ YANG TAO NĂM 2023|||||");
    let both = title("HỘ NGHÈO, HỘ CẬN NGHÈO");
    let layouts = [
        format!("{both}\n{heads}\nA|HỘ NGHÈO||||\n{one}\n{two}\nB|HỘ CẬN NGHÈO||||\n{three}\n{four}"),
        format!("{both}\n{heads}\nHộ nghèo|||||\n{one}\n{two}\nHộ cận nghèo|||||\n{three}\n{four}"),
        format!("{both}\n{heads}\nI|Hộ nghèo|||8|\n{one}\n{two}\nII|Hộ cận nghèo|||8|\n{three}\n{four}"),
        format!(
            "{}\n{heads}\n{one}\n{two}\n|Tổng cộng|||8|\n\n{}\n{heads}\n{three}\n{four}",
            title("HỘ NGHÈO"),
            title("HỘ CẬN NGHÈO")
        ),
    ];
    for layout in layouts {
        let ingested = read(book("danh-sach.xlsx").sheet("1", &layout));
        let found = households(&ingested);
        let told = found.iter().map(|text| text.trim_start_matches("Xã Yang Tao / Buôn Cuôr / ")).collect::<Vec<_>>();
        assert_eq!(told, expected, "{layout}\n{:?}", ingested.issues);
        assert_eq!(issues(&ingested), NONE, "{layout}");
    }
}

#[test]
fn who_rose_above_poverty_is_of_no_class_that_a_section_tells() {
    let rows = "DANH SÁCH HỘ NGHÈO VÀ HỘ THOÁT NGHÈO XÃ YANG TAO NĂM 2023||||
STT|Họ và tên chủ hộ|Ngày sinh|Thôn|Số khẩu
HỘ NGHÈO||||
1|Y Thử Một|01/02/1970|Buôn Cuôr|4
HỘ THOÁT NGHÈO||||
2|Y Thử Hai|01/02/1971|Buôn Cuôr|4
HỘ KHÔNG NGHÈO||||
3|Y Thử Ba|01/02/1972|Buôn Cuôr|4";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    assert_eq!(issues(&ingested), ["class-missing B6"]);
    let expected = ["Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor", "Xã Yang Tao / Buôn Cuôr / Y Thử Ba / other"];
    assert_eq!(households(&ingested), expected);
}

#[test]
fn a_banner_that_prints_the_sums_of_its_rows_is_no_household_and_is_held_against_them() {
    let rows = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023|||||
STT|Họ và tên chủ hộ|Ngày sinh|Số khẩu|Hộ nghèo|Hộ cận nghèo
I|BUÔN CUÔR||=8|=1|=1
1|Y Thử Một|01/02/1970|=4|x|
2|Y Thử Hai|01/02/1971|=4||x
II|Buôn Jun||=6|=1|
1|Y Thử Ba|01/02/1972|=5|x|
|Thôn Đông||||
|Lang Thử Tư||=5|x|
|Bon Thử Năm||=5|=1|";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    let expected = [
        "Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor",
        "Xã Yang Tao / Buôn Cuôr / Y Thử Hai / near",
        "Xã Yang Tao / Buôn Jun / Y Thử Ba / poor",
        "Xã Yang Tao / Thôn Đông / Lang Thử Tư / poor",
        "Xã Yang Tao / Thôn Đông / Bon Thử Năm / poor",
    ];
    assert_eq!(households(&ingested), expected, "people may be called Lang and Bon");
    assert_eq!(issues(&ingested), ["sum-unlike D6"]);
}

#[test]
fn a_second_table_may_have_other_columns() {
    let rows = "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023|||||
STT|Họ và tên chủ hộ|Ngày sinh|Thôn|Số khẩu|Phân loại hộ
1|Y Thử Một|01/02/1970|Buôn Cuôr|=4|Hộ nghèo
DANH SÁCH HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023|||||
STT|Họ và tên chủ hộ|Thôn|Ngày sinh|Số khẩu|Phân loại hộ
1|Y Thử Hai|Buôn Jun|03/04/1971|=4|Hộ cận nghèo
|Tổng cộng|||=4|";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    let expected = ["Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor", "Xã Yang Tao / Buôn Jun / Y Thử Hai / near"];
    assert_eq!((households(&ingested).as_slice(), issues(&ingested)), (&expected.map(str::to_owned)[..], vec![]));
    assert_eq!(all(&ingested)[1].birth, Some(Birth::Day(jiff::civil::date(1971, 4, 3))));
    let other = rows.replace("Thôn|Ngày sinh|Số khẩu", "Ngày sinh|Thôn|Diện tích");
    assert!(issues(&read(book("danh-sach.xlsx").sheet("1", &other))).contains(&"row-unknown A5".to_owned()));
}

#[test]
fn merged_cells_of_villages_are_told_and_not_guessed() {
    let rows = "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023|||
TT|Thôn|Chủ hộ|Số nhân khẩu
1|Buôn Cuôr|Y Thử Một|4
2||Y Thử Hai|3
3||Y Thử Ba|2
4|Buôn Jun|Y Thử Tư|5";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    assert_eq!(issues(&ingested), ["village-missing B4"]);
    assert_eq!((ingested.issues[0].count, households(&ingested).len()), (2, 4));
    let banner = rows.replace("1|Buôn Cuôr", "|BUÔN CUÔR||\n1|");
    assert_eq!(issues(&read(book("danh-sach.xlsx").sheet("1", &banner))), ["place-contradicts B7"], "a banner tells it");
}

#[test]
fn a_group_of_households_or_a_page_is_no_village() {
    let rows = "DANH SÁCH HỘ NGHÈO BUÔN CUÔR XÃ YANG TAO NĂM 2023||||
STT|Họ và tên chủ hộ|Ngày sinh|Số khẩu|Phân loại hộ
HỘ GIA ĐÌNH CHÍNH SÁCH||||
1|Y Thử Một|01/02/1970|4|Hộ nghèo
TRANG 2||||
2|Y Thử Hai|01/02/1971|4|Hộ nghèo
BUÔN JUN||||
3|Y Thử Ba|01/02/1972|4|Hộ nghèo";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    let expected = [
        "Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor",
        "Xã Yang Tao / Buôn Cuôr / Y Thử Hai / poor",
        "Xã Yang Tao / Buôn Jun / Y Thử Ba / poor",
    ];
    assert_eq!(households(&ingested), expected);
    assert_eq!(issues(&ingested), ["row-unknown A3", "row-unknown A5", "place-contradicts A7"]);
}

#[test]
fn a_running_number_makes_no_household_of_a_village_and_no_gift_is_taken_for_a_banner() {
    let rows = "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023|||
STT|Họ và tên chủ hộ|Số khẩu|Phân loại hộ
=1|Buôn Cuôr|=8|
|Y Thử Một|=4|Hộ nghèo
|Y Thử Hai|=4|Hộ nghèo
=2|Buôn Jun||
|Y Thử Ba|=5|Hộ nghèo
=3|Buôn Thử Tư|=5|Hộ nghèo";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    let expected = [
        "Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor",
        "Xã Yang Tao / Buôn Cuôr / Y Thử Hai / poor",
        "Xã Yang Tao / Buôn Jun / Y Thử Ba / poor",
        "Xã Yang Tao / Buôn Jun / Buôn Thử Tư / poor",
    ];
    assert_eq!(households(&ingested), expected, "a household of a class is one, whatever its name");
    assert_eq!(issues(&ingested), NONE);
    let ledger =
        "STT|Họ và tên|Số tiền đăng ký|Số tiền đã thực hiện\n1|Chi bộ Ngân hàng|500.000|500.000\n|Thôn 1|200.000|200.000";
    let given = read(book("so-dong-gop.xlsx").sheet("1", ledger)).roster.pledges;
    assert_eq!(given.len(), 2, "{given:?}");
}

#[test]
fn sections_that_print_sums_give_nothing_and_organisations_numbered_as_sections_do() {
    let title = "ĐẢNG BỘ XÃ YANG TAO\nBẢNG ĐĂNG KÝ GIÚP ĐỠ HỘ NGHÈO NĂM 2023\nSTT|Họ và tên|Ngày lương|Cây giống";
    let sums =
        "I|Chi bộ Buôn Cuôr|3|10\n1|Y Thử Một|1|10\n2|H Thử Hai|2|\nII|Chi bộ Trường học|1|\n1|Thử Văn Ba|1|\n|Tổng cộng|4|10";
    let pledged = read(book("dang-ky.xlsx").sheet("1", &format!("{title}\n{sums}")));
    assert_eq!((pledged.roster.pledges.len(), issues(&pledged)), (3, Vec::new()));
    let nested = "A|Khối xã|3|10\nI|Chi bộ Buôn Cuôr|3|10\n1|Y Thử Một|1|10\n2|H Thử Hai|2|";
    assert_eq!(read(book("dang-ky.xlsx").sheet("1", &format!("{title}\n{nested}"))).roster.pledges.len(), 2);
    let wrong = read(
        book("dang-ky.xlsx")
            .sheet("1", &format!("{title}\n{}", sums.replace("II|Chi bộ Trường học|1", "II|Chi bộ Trường học|2"))),
    );
    assert_eq!(issues(&wrong), ["sum-unlike C7"]);
    let heads = "STT|Đơn vị, cá nhân|Số tiền đã thực hiện|Nội dung";
    let all = format!("{heads}\nI|Ngân hàng Thử|500.000|\nII|Công ty Thử|300.000|");
    assert_eq!(read(book("ung-ho.xlsx").sheet("1", &all)).roster.pledges.len(), 2, "no row is of a section");
    let letters: Vec<String> = ('A'..='K').map(|letter| format!("{letter}|Ông Thử {letter}|100.000|")).collect();
    let lettered = read(book("ung-ho.xlsx").sheet("1", &format!("{heads}\n{}", letters.join("\n"))));
    assert_eq!(lettered.roster.pledges.len(), 11, "I stands behind H");
    let unnumbered =
        format!("{heads}\nA|Doanh nghiệp|800.000|\n|Ngân hàng Thử|500.000|\n|Công ty Thử|300.000|\n|Tổng cộng|800.000|");
    assert_eq!(read(book("ung-ho.xlsx").sheet("1", &unnumbered)).roster.pledges.len(), 2);
    let summed = format!("{heads}\nI|Ngân hàng Thử|500.000|\nII|Công ty Thử|300.000|\n|Tổng cộng|800.000|");
    assert_eq!(read(book("ung-ho.xlsx").sheet("1", &summed)).roster.pledges.len(), 2);
    let grouped = format!(
        "{heads}\nA|Doanh nghiệp|800.000|\n1|Ngân hàng Thử|500.000|\n2|Công ty Thử|300.000|\nB|Cá nhân|100.000|\n1|Bà Thử|100.000|"
    );
    assert_eq!(read(book("ung-ho.xlsx").sheet("1", &grouped)).roster.pledges.len(), 3);
}

#[test]
fn sections_of_a_roster_tell_organisation_and_cell() {
    let rows = "DANH SÁCH ĐẢNG VIÊN||||
TT|Họ và tên|Năm sinh|Ngày vào Đảng|Số thẻ
|Đảng bộ xã Yang Tao|||
1|Y Thử Một|1970|03/02/2000|1
DANH SÁCH ĐẢNG VIÊN ĐẢNG BỘ XÃ NAM KA||||
TT|Họ và tên|Năm sinh|Ngày vào Đảng|Số thẻ
1|Y Thử Hai|1971|03/02/2001|2";
    let ingested = read(book("dang-vien.xlsx").sheet("1", rows));
    let organisations: Vec<&str> = ingested.roster.members.iter().map(|member| member.organisation.folded()).collect();
    assert_eq!(organisations, ["dang bo xa yang tao", "dang bo xa nam ka"]);
}

#[test]
fn counting_reads_sections_as_keeping_does() {
    let rows = "UBND XÃ YANG TAO|||||
DANH SÁCH HỘ DÂN CƯ BUÔN CUÔR NĂM 2023|||||
STT|Họ và tên chủ hộ|Ngày sinh|Số CCCD|Số khẩu|Phân loại hộ
1|Y Thử Một|01/02/1970|066070000001|4|Hộ nghèo
2|Y Thử Hai|01/02/1970|066070000002|4|Hộ nghèo
|CHỦ TỊCH||||
UBND XÃ BÔNG KRANG|||||
DANH SÁCH HỘ DÂN CƯ BUÔN MẠ NĂM 2023|||||
STT|Họ và tên chủ hộ|Ngày sinh|Số CCCD|Số khẩu|Phân loại hộ
1|Y Thử Ba|01/02/1970|066070000003|4|Hộ nghèo
2|Y Thử Bốn|01/02/1970|066070000004|5|Hộ không nghèo
II|BUÔN YANG LAH 1||||
3|Y Thử Sáu|01/02/1970|066070000006|5|Hộ không nghèo";
    let book = || book("danh-sach.xlsx").sheet("1", rows);
    let mut kept: Vec<(String, Class)> =
        all(&read(book())).iter().map(|household| (format!("{:?}", household.place), household.class)).collect();
    let settings = Settings { counting: Counting::Households, ..Settings::default() };
    let places = Places::new(&settings);
    let mut batch = read_book(&settings, &places, book());
    batch.settle(settings.counting);
    let slots = &batch.counted.slots;
    let mut counted: Vec<(String, Class)> =
        batch.counted.rows.iter().map(|row| (format!("{:?}", slots[row.slot as usize].place), row.class())).collect();
    kept.sort();
    counted.sort();
    assert_eq!((kept.len(), kept), (5, counted));
}

#[test]
fn a_label_that_counts_the_poor_is_held_against_a_list_of_the_poor_only() {
    let rows = |title: &str, near: &str, label: &str| {
        format!(
            "DANH SÁCH {title} XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Thôn|Số khẩu|Phân loại hộ
1|Y Thử Một|Buôn Cuôr|4|Hộ nghèo
2|Y Thử Hai|Buôn Cuôr|4|{near}
{label}"
        )
    };
    let told = |rows: String| issues(&read(book("danh-sach.xlsx").sheet("1", &rows)));
    let both = "HỘ NGHÈO, HỘ CẬN NGHÈO";
    assert_eq!(told(rows(both, "Hộ cận nghèo", "Tổng số hộ nghèo: 01 hộ; hộ cận nghèo: 01 hộ")), NONE);
    assert_eq!(told(rows(both, "Hộ cận nghèo", "Tổng số: 03 hộ")), ["sum-unlike A5"]);
    assert_eq!(told(rows("HỘ NGHÈO", "Hộ nghèo", "Tổng số hộ nghèo: 02 hộ")), NONE);
    assert_eq!(told(rows("HỘ NGHÈO", "Hộ nghèo", "Tổng số hộ nghèo: 03 hộ")), ["sum-unlike A5"]);
}

#[test]
fn a_sheet_may_be_named_after_its_village_in_short() {
    let rows = "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023\nSTT|Họ và tên chủ hộ|Số khẩu|Phân loại hộ\n1|Y Thử Một|4|Hộ nghèo";
    for name in ["B. Cuôr", "B.Cuôr", "Buôn Cuôr"] {
        assert_eq!(households(&read(book("danh-sach.xlsx").sheet(name, rows))), ["Xã Yang Tao / Buôn Cuôr / Y Thử Một / poor"]);
    }
    for name in ["B.1", "T.1"] {
        assert_eq!(households(&read(book("danh-sach.xlsx").sheet(name, rows))), ["Xã Yang Tao /  / Y Thử Một / poor"]);
    }
}

#[test]
fn merged_cells_leave_further_kinds_of_support_to_the_household_above() {
    let rows = "XÃ YANG TAO
DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NĂM 2023
STT|Họ và tên chủ hộ|Số CCCD|Thôn, buôn|Nội dung hỗ trợ|Nhu cầu|Đã hỗ trợ
1|Y Thử Một|066060000001|Buôn Cuôr|Y tế|x|x
||||Giáo dục|x|
||||Nhà ở||x
|Cộng||||3|2
||||Vay vốn|x|
2|H Thử Hai|066160000002|Buôn Cuôr|Y tế|x|";
    let ingested = read(book("ho-tro.xlsx").sheet("1", rows));
    let of = |support: &crate::domain::support::Support| format!("{} {} {:?}", support.household, support.kind, support.received);
    let expected = [
        "066060000001 Y tế Some(true)",
        "066060000001 Giáo dục Some(false)",
        "066060000001 Nhà ở Some(true)",
        "066160000002 Y tế Some(false)",
    ];
    assert_eq!(ingested.supports.iter().map(of).collect::<Vec<_>>(), expected);
    assert_eq!(issues(&ingested), ["name-missing B8"], "below a sum nobody is named");
}

#[test]
fn merged_cells_leave_further_species_to_the_giver_above() {
    let rows = "ĐẢNG BỘ XÃ YANG TAO
BẢNG ĐĂNG KÝ GIÚP ĐỠ HỘ NGHÈO NĂM 2023
STT|Họ và tên|Chi bộ|Số ngày lương|Số cây giống|Loại cây
1|Y Thử Một|Chi bộ Buôn Cuôr|1|10|Sầu riêng
||||5|Cà phê
||||15|
2|H Thử Hai|Chi bộ Buôn Cuôr|1||";
    let ingested = read(book("dang-ky.xlsx").sheet("1", rows));
    let given: Vec<(&str, Option<u64>)> = ingested
        .roster
        .pledges
        .iter()
        .map(|pledge| (&*pledge.name, pledge.pledged.as_ref().and_then(|amounts| amounts.seedlings)))
        .collect();
    assert_eq!(given, [("Y Thử Một", Some(10)), ("Y Thử Một", Some(5)), ("H Thử Hai", None)]);
    assert_eq!(issues(&ingested), ["name-missing B6", "species-missing F6"], "an amount alone may be a sum");
}

#[test]
fn nobody_guesses_the_class_of_who_rose_above_poverty() {
    let rows = "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023\nSTT|Họ và tên chủ hộ|Thôn|Số khẩu|Loại hộ\n1|Y Thử Một|Buôn Cuôr|4|Thoát nghèo\n2|Y Thử Hai|Buôn Cuôr|4|Hộ ngèo";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    let hints: Vec<&Hint> = ingested.issues.iter().map(|issue| &issue.hint).collect();
    assert_eq!(
        (issues(&ingested).as_slice(), hints.as_slice()),
        (
            &["class-unknown E3".to_owned(), "class-unknown E4".to_owned()][..],
            &[&Hint::None, &Hint::Nearest("Hộ nghèo".to_owned())][..]
        )
    );
}

#[test]
fn a_banner_may_have_its_number_and_more_in_one_cell() {
    let heads = "STT|Họ và tên chủ hộ|Ngày sinh|Số khẩu|Phân loại hộ";
    for (banner, village, told) in [
        ("I. Buôn Jun: 01 hộ", "Buôn Jun", NONE.as_slice()),
        ("I. BUÔN JUN: 01 HỘ", "Buôn Jun", &NONE),
        ("1. Buôn Jun (01 hộ nghèo, 02 hộ cận nghèo)", "Buôn Jun", &NONE),
        ("Buôn Jun - Trưởng buôn: Y Thử", "Buôn Jun", &NONE),
        ("* Buôn Jun", "Buôn Jun", &NONE),
        ("II. Buôn Jun, xã Yang Tao", "Buôn Jun", &NONE),
        ("Buôn Yang Lah 1 - xã Yang Tao", "Buôn Yang Lah 1", &NONE),
        ("I. Buôn Jun: 02 hộ", "Buôn Jun", &["sum-unlike A3"]),
    ] {
        let rows = format!(
            "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO XÃ YANG TAO NĂM 2023\n{heads}\n{banner}\n1|Y Thử Một|01/02/1970|4|Hộ nghèo"
        );
        let ingested = read(book("danh-sach.xlsx").sheet("1", &rows));
        assert_eq!(households(&ingested), [format!("Xã Yang Tao / {village} / Y Thử Một / poor")], "{banner}");
        assert_eq!(issues(&ingested), told, "{banner}");
    }
    let roster =
        "ĐẢNG BỘ XÃ YANG TAO\nTT|Họ và tên|Năm sinh|Ngày vào Đảng\n1. Chi bộ Buôn Jun: 12 đảng viên\n1|Y Thử Một|1970|03/02/2000";
    let members = read(book("dang-vien.xlsx").sheet("1", roster)).roster.members;
    assert_eq!(members[0].cell.as_ref().map(|cell| &*cell.name), Some("Chi bộ Buôn Jun"));
}

#[test]
fn a_section_of_other_households_has_not_the_class_of_the_one_above() {
    let told = |section: &str| {
        let rows = format!(
            "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023\nXã Yang Tao\nSTT|Họ và tên chủ hộ|Thôn|Số khẩu\nI. HỘ NGHÈO\n1|Y Thử A|Buôn Jun|4
II. HỘ CẬN NGHÈO\n2|Y Thử B|Buôn Jun|4\nIII. {section}\n3|Y Thử C|Buôn Jun|4"
        );
        let ingested = read(book("ho.xlsx").sheet("1", &rows));
        (all(&ingested).iter().map(|household| household.class).collect::<Vec<_>>(), issues(&ingested))
    };
    let classes = |third: Option<Class>| [Class::Poor, Class::NearPoor].into_iter().chain(third).collect::<Vec<_>>();
    assert_eq!(told("HỘ TÁI NGHÈO"), (classes(Some(Class::Poor)), vec![]));
    assert_eq!(told("HỘ TÁI CẬN NGHÈO"), (classes(Some(Class::NearPoor)), vec![]));
    let missing = || vec!["class-missing B9".to_owned()];
    for section in ["HỘ NGHÈO ĐẦU NĂM 2023", "Hộ cận nghèo xuống nghèo", "HỘ NGHÈO THOÁT NGHÈO"] {
        assert_eq!(told(section), (classes(None), missing()), "{section}");
    }
    for section in ["HỘ CHUYỂN ĐI NƠI KHÁC", "CÁC HỘ CÒN LẠI", "Hộ có người có công"] {
        let found = ["row-unknown A8".to_owned()].into_iter().chain(missing()).collect();
        assert_eq!(told(section), (classes(None), found), "{section}");
    }
}

#[test]
fn the_name_of_a_sheet_tells_the_class_where_the_title_names_both() {
    let told = |sheet: &'static str, title: &str| {
        let rows = format!("{title} NĂM 2023\nXã Yang Tao\nSTT|Họ và tên chủ hộ|Thôn|Số khẩu\n1|Y Thử A|Buôn Jun|4");
        let ingested = read(book("ho.xlsx").sheet(sheet, &rows));
        (all(&ingested).first().map(|household| household.class), issues(&ingested).len())
    };
    let both = "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO";
    for (sheet, class) in [
        ("Hộ nghèo", Class::Poor),
        ("HN", Class::Poor),
        ("DS ho ngheo 2023", Class::Poor),
        ("Cận nghèo", Class::NearPoor),
        ("HCN", Class::NearPoor),
    ] {
        assert_eq!(told(sheet, both), (Some(class), 0), "{sheet}");
    }
    for (sheet, title) in
        [("Rà soát hộ nghèo", both), ("Hộ nghèo, cận nghèo", both), ("Sheet1", both), ("Hộ nghèo", "DANH SÁCH HỘ DÂN CƯ")]
    {
        assert_eq!(told(sheet, title), (None, 1), "{sheet}, {title}");
    }
    // Those who rose above poverty are no list of the poor.
    assert_eq!(told("Thoát nghèo", both), (None, 0));
}

#[test]
fn a_remark_against_the_class_is_told_and_the_household_counted() {
    let rows = "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023
STT|Họ và tên chủ hộ|Thôn|Ngày sinh|Số CCCD|Số khẩu|Phân loại hộ|Ghi chú
1|Y Thử Một|Buôn Cuôr|01/02/1970|066070000001|4|Hộ nghèo|Đã chuyển đi
2|Y Thử Hai|Buôn Cuôr|01/02/1970|066070000002|4|Hộ nghèo|Chồng đã chết
3|Y Thử Ba|Buôn Cuôr|01/02/1970|066070000003|4|Hộ nghèo|Thoát nghèo
4|Y Thử Bốn|Buôn Cuôr|01/02/1970|066070000004|4|Hộ không nghèo|Thoát nghèo
5|Y Thử Năm|Buôn Cuôr|01/02/1970|066070000005|4|Hộ không nghèo|";
    let ingested = read(book("danh-sach.xlsx").sheet("1", rows));
    assert_eq!(all(&ingested).len(), 5);
    assert_eq!(issues(&ingested), ["remark-contradicts H3", "remark-contradicts H5"]);
}
