//! Headings as offices word them: short forms, other words, counts under any group, columns that their cells tell.

use super::sections::households;
use super::*;
use crate::domain::source::CellRef;
use crate::domain::totals::AreaTotal;
use crate::ingest::asked::Asked;
use crate::ingest::columns::Columns;
use crate::ingest::fields::Field;
use crate::ingest::headings::Heading;

fn totals(ingested: &Ingested) -> Vec<AreaTotal> {
    ingested.surveys.values().flat_map(|survey| &survey.totals).cloned().collect()
}

/// The field of one heading among no others; `group / sub`.
fn field_of(kind: Kind, heading: &str) -> Option<Field> {
    let headings = [Heading { col: 0, parts: heading.split(" / ").map(str::to_owned).collect(), cell: CellRef::new(0, 0) }];
    Columns::new(kind, &Asked::all(&headings), None).field_at(0)
}

fn assert_all(kind: Kind, field: Option<Field>, headings: &[&str]) {
    let other: Vec<(&str, Option<Field>)> =
        headings.iter().map(|heading| (*heading, field_of(kind, heading))).filter(|(_, found)| *found != field).collect();
    assert_eq!(other, [], "{kind:?} {field:?}");
}

#[test]
fn headings_of_households_are_known_in_other_words() {
    let all: &[(Field, &[&str])] = &[
        (
            Field::Head,
            &["Tên hộ", "H/tên chủ hộ", "Họ và chữ đệm, tên chủ hộ", "Họ tên người đứng tên chủ hộ", "Danh sách chủ hộ"],
        ),
        (Field::Name, &["Họ, chữ đệm và tên"]),
        (
            Field::Citizen,
            &[
                "Số CMTND/CCCD",
                "Chứng minh nhân dân",
                "Số chứng minh thư",
                "CMT",
                "Số CC",
                "Mã ĐDCN",
                "CCCD/mã số ĐDCN",
                "CCCD gắn chip",
                "Số giấy tờ tùy thân",
                "Số CCCD/Mã định danh của chủ hộ",
            ],
        ),
        (Field::Village, &["Thôn, bon, buôn", "Thôn, làng", "Khu phố", "Xóm", "Đơn vị thôn", "Thôn, buôn, bản, tổ dân phố"]),
        (Field::Commune, &["Xã/TT", "Tên xã, TT", "Đơn vị xã", "Các xã, thị trấn"]),
        (Field::Persons, &["Số NK", "SL khẩu", "T.số khẩu", "TSNK", "TS khẩu", "Tổng số người trong hộ", "Khẩu thường trú"]),
        (Field::Class, &["N/CN", "HN/HCN", "Hộ N, CN", "Ghi rõ hộ nghèo/cận nghèo", "Xếp loại hộ", "Thuộc diện"]),
        (Field::B1, &["Điểm thu nhập", "Tổng điểm thu nhập", "Chiều thu nhập (B1)", "Kết quả điểm B1"]),
        (Field::B2, &["Điểm thiếu hụt", "Điểm thiếu hụt DVXHCB", "Điểm thiếu hụt dịch vụ xã hội cơ bản", "Số điểm B2"]),
        (Field::People, &["D.tộc", "Thuộc dân tộc"]),
        (Field::Birth, &["Ng.sinh", "N/sinh", "Tháng, năm sinh"]),
        (Field::Unused, &["ĐT", "Số ĐT"]),
    ];
    for (field, headings) in all {
        assert_all(Kind::Households, Some(*field), headings);
    }
    // Of part of a household, of another time or another place.
    let none = [
        "Số NK nữ",
        "Số người trong độ tuổi lao động",
        "Mã định danh hộ",
        "bốn",
        "Ban",
        "Xã hội hóa",
        "Điểm B1 năm trước",
        "Số CCCD của vợ",
        "Năm sinh vợ/chồng",
        "Số thẻ BHYT",
    ];
    assert_all(Kind::Households, None, &none);
}

#[test]
fn headings_of_rosters_are_known_in_other_words() {
    let all: &[(Field, &[&str])] = &[
        (Field::Name, &["Họ tên ĐV", "Tên ĐV", "Đồng chí", "Họ, chữ đệm và tên"]),
        (Field::Citizen, &["Số CMTND", "Số CC"]),
        (Field::BirthFemale, &["NTNS / Nữ", "Ng.sinh / Nữ"]),
        (Field::Cell, &["Sinh hoạt tại CB", "Thuộc chi bộ", "Sinh hoạt chi bộ", "Chi bộ đang sinh hoạt", "Nơi sinh hoạt Đảng"]),
        (Field::Organisation, &["Đảng bộ, chi bộ", "Chi, đảng bộ", "Thuộc Đảng bộ", "TCCS Đảng", "Tên TCCSĐ"]),
        (Field::Admitted, &["Ngày VĐ", "Ngày, tháng, năm vào Đảng", "Ngày tháng năm kết nạp", "Ngày vào ĐCSVN", "Năm vào Đảng"]),
        (
            Field::Official,
            &[
                "Ngày công nhận đảng viên chính thức",
                "Ngày công nhận ĐV chính thức",
                "Ngày chuyển chính thức",
                "Ngày, tháng, năm chính thức",
            ],
        ),
        (Field::Standing, &["ĐV chính thức/dự bị", "Đảng viên (chính thức/dự bị)", "CT/DB", "Loại đảng viên"]),
        (Field::Card, &["Số thẻ ĐV (12 số)", "Mã thẻ đảng"]),
        (
            Field::Salaried,
            &[
                "Có hưởng lương",
                "ĐV hưởng lương",
                "CBCC hưởng lương",
                "Có hưởng lương từ NSNN không",
                "Đảng viên hưởng lương NSNN",
            ],
        ),
        (Field::Coefficient, &["HS lương", "H.số lương", "Lương (hệ số)", "Mức lương (hệ số)"]),
        (Field::PledgedLabour, &["Số ngày công", "Ngày công đăng ký"]),
    ];
    for (field, headings) in all {
        assert_all(Kind::Members, Some(*field), headings);
    }
    assert_all(Kind::Members, None, &["Không hưởng lương", "Ngày công tác", "Ban", "ĐV"]);
}

#[test]
fn amounts_are_known_in_any_words_and_by_their_units() {
    let all: &[(Field, &[&str])] = &[
        (Field::Name, &["Họ tên đảng viên", "Tên ĐV", "Cá nhân đăng ký"]),
        (
            Field::PledgedSalary,
            &["Ủng hộ 1 ngày lương", "Lương (ngày)", "Đã đăng ký ngày lương", "Đăng ký thực hiện / Ngày lương"],
        ),
        (Field::DeliveredSalary, &["Ngày lương đã thu", "Kết quả thực hiện đăng ký / Ngày lương", "Nộp ngày lương"]),
        (Field::PledgedLabour, &["Số công", "Công lao động", "Số công đăng ký", "Công (ngày)", "Kết quả đăng ký / Ngày công"]),
        (Field::DeliveredLabour, &["Số công đã giúp", "Ngày công thực tế"]),
        (Field::PledgedSeedlings, &["Số lượng cây", "Cây giống (cây)", "Số cây con giống"]),
        (Field::DeliveredSeedlings, &["Cây giống đã tặng", "Số cây đã trồng"]),
        (Field::PledgedSpecies, &["Tên cây giống", "Chủng loại cây", "Giống cây"]),
        (
            Field::PledgedMoney,
            &[
                "Tiền (đồng)",
                "Kinh phí ủng hộ",
                "Mức đóng góp",
                "Bằng tiền",
                "Số tiền 01 ngày lương",
                "Tiền lương 01 ngày (đồng)",
            ],
        ),
        (Field::DeliveredMoney, &["Tiền đã nộp", "Đã ủng hộ (đồng)", "Số tiền thực nộp", "Kết quả thực hiện / Tiền (đồng)"]),
    ];
    for (field, headings) in all {
        assert_all(Kind::Pledges, Some(*field), headings);
    }
    assert_all(Kind::Pledges, None, &["Số tiền đảng phí", "Tiền lương", "Số công văn", "Ngày công tác", "Mức độ"]);
}

#[test]
fn money_is_counted_in_the_unit_that_its_heading_or_a_line_above_tells() {
    let sums = |above: &str, heading: &str, cells: [&str; 2]| {
        let text = format!(
            "DANH SÁCH ĐẢNG VIÊN ĐĂNG KÝ ỦNG HỘ - ĐẢNG BỘ XÃ YANG TAO NĂM 2023\n{above}
STT|Họ và tên đảng viên|{heading}\n1|Y Thử|{}\n2|H Thử|{}",
            cells[0], cells[1]
        );
        let ingested = read(book("dang-ky.xlsx").sheet("1", &text));
        let money: Vec<u64> = ingested.roster.pledges.iter().filter_map(|of| of.pledged.as_ref()?.money_dong).collect();
        (money, issues(&ingested))
    };
    for (above, heading, cells) in [
        ("", "Số tiền (nghìn đồng)", ["200", "150,5"]),
        ("", "Số tiền (1.000đ)", ["=200", "150.500 đồng"]),
        ("", "Số tiền (triệu đồng)", ["=0.2", "0,1505"]),
        ("", "Tiền (tr.đ)", ["0.2", "150,5 nghìn"]),
        ("||ĐVT: 1.000 đồng", "Số tiền", ["200", "150,5"]),
        ("||Đơn vị tính: ngàn đồng", "Số tiền đăng ký", ["200", "150,5"]),
        ("||ĐVT: 1.000 đồng", "Số tiền (đồng)", ["200.000", "150.500"]),
        ("||ĐVT: đồng", "Số tiền", ["200000", "150500"]),
        ("||ĐVT: hộ, người", "Số tiền", ["200000", "150500"]),
        ("", "Số tiền", ["200,000", "=150500"]),
    ] {
        assert_eq!(sums(above, heading, cells), (vec![200_000, 150_500], Vec::new()), "{above} {heading}");
    }
    assert_eq!(sums("", "Số tiền", ["200", "150000"]), (vec![150_000], vec!["amount-wrong C4".to_owned()]), "two hundred đồng");
    // Đồng in a column of thousands would be a hundred million.
    assert_eq!(sums("", "Số tiền (nghìn đồng)", ["200000", "150"]), (vec![150_000], vec!["amount-wrong C4".to_owned()]));
}

#[test]
fn communes_and_villages_of_twins_are_known_under_their_groups() {
    let communes = ["Thôn, buôn kết nghĩa / Xã", "Địa bàn kết nghĩa / Xã", "Xã kết nghĩa", "Thuộc xã"];
    assert_all(Kind::Twinning, Some(Field::Commune), &communes);
    let villages = ["Địa bàn kết nghĩa / Thôn", "Thôn, buôn kết nghĩa / Buôn", "Buôn được kết nghĩa", "Buôn, thôn kết nghĩa"];
    assert_all(Kind::Twinning, Some(Field::Village), &villages);
    let organisations = ["Cơ quan, ban, ngành", "Đơn vị đỡ đầu", "Đơn vị được phân công", "Chi, đảng bộ"];
    assert_all(Kind::Twinning, Some(Field::Organisation), &organisations);
}

#[test]
fn counts_of_areas_are_known_under_any_group() {
    let all: &[(Field, &[&str])] = &[
        (
            Field::Households,
            &["TS hộ", "T.số hộ", "Hộ dân", "Dân số (hộ)", "Tổng dân số / Số hộ", "TS / Hộ", "Dân số toàn xã / Tổng số hộ"],
        ),
        (Field::AreaPersons, &["TS khẩu", "Tổng dân số", "Tổng số người", "Tổng dân số / Số khẩu", "TS / NK"]),
        (
            Field::Poor,
            &[
                "TS hộ nghèo",
                "SL hộ nghèo",
                "Tổng hộ nghèo",
                "Hộ nghèo (hộ)",
                "Nghèo / Số hộ",
                "Số hộ / Nghèo",
                "Hộ nghèo năm 2023 / Tổng số hộ",
                "Kết quả rà soát hộ nghèo / Số hộ",
                "Trong đó / Hộ nghèo",
            ],
        ),
        (Field::NearPoor, &["Hộ CN", "Số hộ CN", "Tổng hộ cận nghèo", "Cận nghèo / Số hộ", "Số hộ / Hộ cận nghèo"]),
        (
            Field::PoorPersons,
            &[
                "Khẩu HN",
                "Số người nghèo",
                "Số nhân khẩu thuộc hộ nghèo",
                "Hộ nghèo (khẩu)",
                "Số khẩu / Hộ nghèo",
                "Kết quả rà soát hộ nghèo / Nhân khẩu",
            ],
        ),
        (Field::NearPoorPersons, &["Số khẩu của hộ cận nghèo", "Hộ cận nghèo (khẩu)", "Cận nghèo / Số khẩu"]),
        (Field::PoorRate, &["TL hộ nghèo", "TL HN (%)", "% hộ nghèo", "Hộ nghèo (%)", "HN / TL", "Tỷ lệ (%) / Nghèo"]),
        (Field::NearPoorRate, &["Tỷ lệ HCN", "% hộ cận nghèo", "Tỷ lệ (%) / Hộ cận nghèo"]),
    ];
    for (field, headings) in all {
        assert_all(Kind::Totals, Some(*field), headings);
    }
    let none = [
        "Tổng số hộ DTTS",
        "Số hộ có công",
        "Số hộ nghèo năm sau",
        "Hộ dân tộc",
        "Hộ nghèo DTTS / Tổng số hộ",
        "Hộ nghèo đầu năm / Số hộ",
        "Số hộ nghèo giảm",
        "Hộ nghèo, khẩu nghèo",
        "Tổng số hộ/khẩu nghèo",
        "Số hộ nghèo, cận nghèo còn lại",
        "Tỷ lệ giảm nghèo",
    ];
    for heading in none {
        let found = field_of(Kind::Totals, heading);
        assert!(matches!(found, None | Some(Field::Unused)), "{heading} {found:?}");
    }
}

#[test]
fn what_stands_right_of_a_count_of_households_is_theirs() {
    let text = "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023
STT|Xã|TS hộ|NK|HN|NK|TL|HCN|NK|TL
1|Xã Yang Tao|100|400|20|80|20,00|10|40|10,00
2|Xã Bông Krang|200|900|50|200|25,01|40|160|20,00";
    let ingested = read(book("tong-hop.xlsx").sheet("1", text));
    let of = |total: &AreaTotal| [total.persons, total.poor_persons, total.near_poor_persons];
    assert_eq!(totals(&ingested).first().map(of), Some([Some(400), Some(80), Some(40)]));
    assert_eq!(issues(&ingested), ["rate-unlike G4"], "a rate right of the poor is compared with them");
    // One count of persons may be that of the whole area.
    let text = "TỔNG HỢP HỘ NGHÈO NĂM 2023\nSTT|Xã|Tổng số hộ|HN|HCN|Khẩu\n1|Xã Yang Tao|100|20|10|400";
    let ingested = read(book("tong-hop.xlsx").sheet("1", text));
    assert_eq!(totals(&ingested).first().map(of), Some([Some(400), None, None]));
}

#[test]
fn a_column_of_classes_or_places_is_known_by_its_cells_and_that_is_said() {
    let rows = |class: &str, cells: [&str; 2]| {
        format!(
            "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023
STT|Họ và tên chủ hộ|Số khẩu|Xã|{class}|Khối
1|Y Thử Liêng|4|Xã Yang Tao|{}|Buôn Jun
2|H Thử Niê|5|Xã Yang Tao|{}|Tổ 2",
            cells[0], cells[1]
        )
    };
    let told = |text: &str| read(book("danh-sach.xlsx").sheet("1", text));
    let ingested = told(&rows("Đối tượng", ["Hộ nghèo", "HCN"]));
    assert_eq!(households(&ingested), ["Xã Yang Tao / Buôn Jun / Y Thử Liêng / poor", "Xã Yang Tao / Tổ 2 / H Thử Niê / near"]);
    assert_eq!(issues(&ingested), ["heading-by-content E2", "heading-by-content F2"]);
    // Other answers, one cell that is no class, the class of another time.
    for (class, cells) in
        [("Đối tượng", ["không", "không"]), ("Đối tượng", ["Hộ nghèo", "BTXH"]), ("Phân loại đầu năm", ["Hộ nghèo", "HCN"])]
    {
        let ingested = told(&rows(class, cells));
        assert!(households(&ingested).is_empty(), "{class} {cells:?}");
        assert!(issues(&ingested).iter().any(|issue| issue.starts_with("heading-missing")), "{class}");
    }
    // "Địa bàn" heads villages and communes.
    let ingested = told("TỔNG HỢP NĂM 2023\nSTT|Địa bàn|Tổng số hộ|Số hộ nghèo\n1|Xã Yang Tao|100|20\n2|Xã Krông Nô|200|50");
    assert_eq!(totals(&ingested).len(), 2);
    assert_eq!(issues(&ingested), ["heading-by-content B2"]);
}

#[test]
fn beside_citizen_numbers_those_of_old_cards_are_no_second_ones() {
    for heads in ["Số CMND|Số CCCD", "Số CMND cũ|Số CCCD/ĐDCN", "Chứng minh nhân dân|Căn cước công dân"] {
        let ingested = read(book("danh-sach.xlsx").sheet(
            "1",
            &format!(
                "DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023\nSTT|Họ và tên chủ hộ|{heads}|Thôn|Phân loại|Số khẩu
1|Y Thử Liêng|240123456|066070000011|Buôn Jun|HN|4"
            ),
        ));
        let numbers: Vec<String> = all(&ingested).iter().filter_map(|of| Some(of.citizen()?.to_string())).collect();
        assert_eq!(numbers, ["066070000011"], "{heads}");
        assert_eq!(issues(&ingested), NONE, "{heads}");
    }
    // Alone they are the numbers that the list has.
    assert_eq!(field_of(Kind::Households, "Số CMND"), Some(Field::Citizen));
}

#[test]
fn a_list_of_a_part_of_the_poor_is_told_to_be_one() {
    let told = |title: &str| {
        let rows = "STT|Họ và tên chủ hộ|Thôn|Phân loại|Số khẩu\n1|Y Thử Liêng|Buôn Jun|HN|4";
        issues(&read(book("danh-sach.xlsx").sheet("1", &format!("{title} NĂM 2023\nXÃ YANG TAO\n{rows}"))))
    };
    for title in ["DANH SÁCH HỘ NGHÈO DTTS", "DANH SÁCH HỘ NGHÈO ĐĂNG KÝ THOÁT NGHÈO", "DANH SÁCH HỘ GIA ĐÌNH CẦN RÀ SOÁT TRONG"]
    {
        assert_eq!(told(title), ["list-of-part"], "{title}");
    }
    for title in ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO", "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU RÀ SOÁT"] {
        assert_eq!(told(title), NONE, "{title}");
    }
    let areas = |title: &str| {
        let rows = format!("{title} NĂM 2023\nXÃ YANG TAO\nSTT|Thôn|Tổng số hộ|Hộ nghèo\n1|Buôn Jun|100|20");
        issues(&read(book("tong-hop.xlsx").sheet("1", &rows)))
    };
    assert_eq!(areas("TỔNG HỢP HỘ NGHÈO THEO THÔN"), NONE);
    assert_eq!(areas("CHỈ TIÊU GIẢM NGHÈO THEO THÔN"), ["list-of-part"]);
}

#[test]
fn marks_under_short_names_of_classes_are_those_of_the_class() {
    for (group, marks, persons) in [
        ("Phân loại hộ", "Nghèo|Cận nghèo|Không nghèo", "Tổng số"),
        ("Kết quả phân loại", "N|CN|KN", "Tổng số"),
        ("Kết quả rà soát", "HN|HCN|HKN", "TS"),
        ("Diện hộ", "Hộ nghèo|Hộ cận nghèo|Khác", "Tổng"),
    ] {
        let rows = format!(
            "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023
STT|Chủ hộ||Thôn|Nhân khẩu||{group}|||Điểm|\n|Họ tên|Năm sinh||{persons}|Nữ|{marks}|B1|B2
1|Y Thử A|1970|Buôn Jun|3|1|x|||120|30\n2|H'Thử B|1971|Buôn Jun|4|2||x||120|20\n3|Y Thử C|1972|Buôn Jun|5|2|||x|150|0"
        );
        let ingested = read(book("ho.xlsx").sheet("1", &rows));
        let place = "Xã Yang Tao / Buôn Jun";
        assert_eq!(
            households(&ingested),
            ["Y Thử A / poor", "H'Thử B / near", "Y Thử C / other"].map(|of| format!("{place} / {of}")),
            "{group}"
        );
        assert_eq!(issues(&ingested), NONE, "{group}");
    }
}

#[test]
fn records_whose_cells_are_called_as_counts_are_make_no_table_of_areas() {
    // The list of slips that `assign` writes beside the pairs.
    let rows = "DANH SÁCH PHÂN CÔNG NĂM 2023
Xã, thị trấn|Chi bộ|Đảng viên giúp đỡ|Số định danh đảng viên|Thôn, buôn|Chủ hộ|Diện hộ
Thị trấn Liên Sơn|Chi bộ A|Thử A|066054034568|TDP 4|Thử B|Hộ cận nghèo\nXã Yang Tao|Chi bộ A|Thử C|066054034569|Buôn Lê|Y Thử|Hộ nghèo
Xã Yang Tao|Chi bộ A|Thử C|066054034569|Buôn Lê|Y Thử D|Hộ nghèo";
    let ingested = read(book("pc.xlsx").sheet("1", rows));
    assert_eq!(issues(&ingested), NONE);
    let account = &ingested.files[0].sheets[0];
    assert_eq!((account.kind, account.read, account.skipped), (None, 5, 5));
}

#[test]
fn a_class_under_its_own_heading_is_its_mark() {
    let list = |mark: &str, total: u32| {
        format!(
            "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2023\nSTT|Thôn|Họ và tên chủ hộ|Ngày sinh|Số CCCD|Số khẩu|Hộ nghèo|Hộ cận nghèo|Hộ không nghèo
1|Buôn Cuôr|Thử Văn A|01/02/1970|066070000001|4|x||\n2|Buôn Cuôr|Thử Văn B|01/02/1971|066071000002|4|{mark}||
3|Buôn Cuôr|Thử Văn C|01/02/1972|066072000003|4||x|\n|Tổng cộng||||12|{total}|1|0"
        )
    };
    for mark in ["Hộ nghèo", "N", "Tái nghèo", "ü"] {
        for (total, told) in [(2, &[][..]), (3, &["sum-unlike G6"])] {
            let ingested = read(book("a.xlsx").sheet("1", &list(mark, total)));
            let poor = all(&ingested).iter().filter(|household| household.class == Class::Poor).count();
            assert_eq!((poor, issues(&ingested)), (2, told.iter().map(|issue| (*issue).to_owned()).collect()), "{mark} {total}");
        }
    }
    for mark in ["Hộ cận nghèo", "Thoát nghèo", "nghèo?", "u"] {
        let ingested = read(book("a.xlsx").sheet("1", &list(mark, 2)));
        assert_eq!(issues(&ingested), ["class-unknown G4"], "{mark}");
    }
}
