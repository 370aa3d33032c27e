//! Twinning tables as offices type them: merged cells, several villages in one cell.

use super::*;
use crate::ingest::context::villages_in;

/// Organisation, commune and village of each pair, in their order.
fn pairs(ingested: &Ingested) -> Vec<String> {
    let pair = |pair: &crate::domain::organisation::Twinning| {
        format!("{} / {} / {}", pair.organisation.name(), pair.commune.name(), pair.village.name())
    };
    ingested.roster.twinning.iter().map(pair).collect()
}

#[test]
fn merged_cells_and_cells_of_several_villages_are_all_pairs() {
    let rows = "PHÂN CÔNG CƠ QUAN KẾT NGHĨA BUÔN NĂM 2023|||
TT|Cơ quan đơn vị|Xã|Buôn kết nghĩa
1|Chi bộ Ngân hàng|Xã Yang Tao|Buôn Cuôr, Buôn Jun
2|Đảng bộ Công an|Xã Bông Krang|Buôn Mạ
|||Buôn Krai
||Xã Đắk Phơi|Buôn Năm
|||Buôn Jiê Juk
3|Huyện đoàn||Buôn Du Mah";
    let ingested = read(book("ket-nghia.xlsx").sheet("1", rows));
    assert_eq!(issues(&ingested), NONE);
    let expected = [
        "Chi bộ Ngân hàng / Xã Yang Tao / Buôn Cuôr",
        "Chi bộ Ngân hàng / Xã Yang Tao / Buôn Jun",
        "Đảng bộ Công an / Xã Bông Krang / Buôn Mạ",
        "Đảng bộ Công an / Xã Bông Krang / Buôn Krai",
        "Đảng bộ Công an / Xã Đắk Phơi / Buôn Năm",
        "Đảng bộ Công an / Xã Đắk Phơi / Buôn Jiê Juk",
        "Huyện đoàn / Xã Đắk Phơi / Buôn Du Mah",
    ];
    assert_eq!(pairs(&ingested), expected);
    let sheet = &ingested.files[0].sheets[0];
    assert_eq!((sheet.used, sheet.skipped), (6, 2), "a row of two pairs is one row");
}

#[test]
fn banners_of_communes_stay_banners() {
    let rows = "STT|Thôn, buôn|Tổ chức cơ sở đảng
I|XÃ YANG TAO|
1|Buôn Cuôr|Chi bộ Ngân hàng
II|XÃ BÔNG KRANG|
1|Buôn Mạ|Chi bộ Tòa án";
    let ingested = read(book("ket-nghia.xlsx").sheet("1", rows));
    let expected = ["Chi bộ Ngân hàng / Xã Yang Tao / Buôn Cuôr", "Chi bộ Tòa án / Xã Bông Krang / Buôn Mạ"];
    assert_eq!(pairs(&ingested), expected, "{:?}", issues(&ingested));
}

#[test]
fn the_villages_of_a_cell_are_told_apart() {
    for (cell, villages) in [
        ("Buôn Cuôr", &["Buôn Cuôr"][..]),
        ("Buôn Cuôr, Buôn Jun", &["Buôn Cuôr", "Buôn Jun"]),
        ("Buôn Cuôr; Jun và thôn Đông", &["Buôn Cuôr", "Buôn Jun", "thôn Đông"]),
        // Two lines of a cell.
        ("Buôn Cuôr Tar Buôn Jun", &["Buôn Cuôr Tar", "Buôn Jun"]),
        ("Buôn Yang Lah 1, 2 và 3", &["Buôn Yang Lah 1", "Buôn Yang Lah 2", "Buôn Yang Lah 3"]),
        ("Thôn 1, 2", &["Thôn 1", "Thôn 2"]),
        ("Tổ dân phố 1, 2", &["Tổ dân phố 1", "Tổ dân phố 2"]),
        ("M'Nông", &["M'Nông"]),
        ("Cả 3 buôn", &["Cả 3 buôn"]),
        ("thôn buôn Jun", &["thôn buôn Jun"]),
    ] {
        assert_eq!(villages_in(cell), villages, "{cell}");
    }
}

#[test]
fn offices_are_named_by_several_headings() {
    for heads in
        ["Tên cơ quan, đơn vị|Thôn, buôn kết nghĩa", "Đơn vị phụ trách|Thôn, buôn phụ trách", "Tên đơn vị|Buôn kết nghĩa"]
    {
        let rows = format!("STT|{heads}|Xã, thị trấn\n1|Công an huyện|Buôn Cuôr|Yang Tao");
        let ingested = read(book("ket-nghia.xlsx").sheet("1", &rows));
        assert_eq!(pairs(&ingested), ["Công an huyện / Xã Yang Tao / Buôn Cuôr"], "{heads}");
    }
}

#[test]
fn cells_may_be_twinned_under_the_committee_of_the_title_and_beside_the_poor_of_each_village() {
    let pairs = |rows: &str| {
        let ingested = read(book("ket-nghia.xlsx").sheet("1", rows));
        assert!(ingested.surveys.values().all(|survey| survey.totals.is_empty()), "no totals of areas");
        let pair = |twinning: &crate::domain::organisation::Twinning| {
            let cell = twinning.cell.as_deref().unwrap_or("-").to_owned();
            format!("{} / {cell} / {} / {}", twinning.organisation.name(), twinning.commune.name(), twinning.village.name())
        };
        ingested.roster.twinning.iter().map(pair).collect::<Vec<_>>()
    };
    let cells = "PHÂN CÔNG CHI BỘ PHỤ TRÁCH THÔN, BUÔN NĂM 2023
Đảng bộ xã Yang Tao
STT|Chi bộ|Thôn, buôn phụ trách|Số hộ nghèo|Số đảng viên
1|Chi bộ Trạm Y tế|Buôn Jun|10|12
2|Chi bộ Trường học|Buôn Lê|5|6";
    assert_eq!(
        pairs(cells),
        [
            "Đảng bộ xã Yang Tao / Chi bộ Trạm Y tế / Xã Yang Tao / Buôn Jun",
            "Đảng bộ xã Yang Tao / Chi bộ Trường học / Xã Yang Tao / Buôn Lê"
        ]
    );
    let own = "THỐNG KÊ CHI BỘ NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Chi bộ|Thôn, buôn|Số đảng viên\n1|Chi bộ Buôn Jun|Buôn Jun|12";
    assert_eq!(pairs(own), NONE, "the cells of villages");
    let villages = "DANH SÁCH KẾT NGHĨA NĂM 2023
STT|Tên buôn|Cơ quan kết nghĩa|Số hộ nghèo
I|Xã Yang Tao||
1|Buôn Jun|Công an huyện|20";
    assert_eq!(pairs(villages), ["Công an huyện / - / Xã Yang Tao / Buôn Jun"]);
}

#[test]
fn an_agency_is_the_organisation_of_the_roster_that_is_its_own() {
    let roster = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nSTT|Họ và tên|Năm sinh|Tổ chức cơ sở đảng|Ngày vào Đảng
1|Thử A|1970|Chi bộ Phòng Nội vụ|01/01/2000\n2|Thử B|1971|CB Phòng Nội vụ|01/01/2000\n3|Thử C|1972|Đảng bộ Công an huyện|01/01/2000
4|Thử D|1973|Chi bộ Trường A|01/01/2000\n5|Thử E|1974|Đảng bộ Trường A|01/01/2000";
    let twins = "PHÂN CÔNG KẾT NGHĨA NĂM 2023\nSTT|Cơ quan, đơn vị|Xã|Thôn, buôn kết nghĩa
1|Phòng Nội vụ|Xã Yang Tao|Buôn Jun\n2|Công an huyện|Xã Yang Tao|Buôn Lê\n3|Trường A|Xã Yang Tao|Buôn Lê";
    let ingested = read_with(&Settings::default(), vec![book("dv.xlsx").sheet("1", roster), book("kn.xlsx").sheet("1", twins)]);
    let of_members: Vec<&str> = ingested.roster.members.iter().map(|member| member.organisation.name()).collect();
    let full = "Chi bộ Phòng Nội vụ";
    assert_eq!(of_members, [full, full, "Đảng bộ Công an huyện", "Chi bộ Trường A", "Đảng bộ Trường A"]);
    let mut of_twins: Vec<&str> = ingested.roster.twinning.iter().map(|row| row.organisation.name()).collect();
    of_twins.sort_unstable();
    // Which of two is meant nobody knows.
    assert_eq!(of_twins, [full, "Trường A", "Đảng bộ Công an huyện"]);
}

#[test]
fn of_lists_of_two_years_an_organisation_has_the_villages_of_the_year() {
    let list = |year: u32, rows: &str| format!("DANH SÁCH KẾT NGHĨA NĂM {year}\nTT|Cơ quan đơn vị|Xã|Buôn kết nghĩa\n{rows}");
    let before = list(2022, "1|Chi bộ Ngân hàng|Xã Yang Tao|Buôn Cuôr, Buôn Jun\n2|Huyện đoàn|Xã Yang Tao|Buôn Jun");
    let now = list(2023, "1|CHI BỘ NGÂN HÀNG|Xã Bông Krang|Buôn Mạ");
    let read = |asked: i16, one_year: bool| {
        let books = vec![book("a.xlsx").sheet("1", &before), book("b.xlsx").sheet("1", &now)];
        read_with(&Settings { asked: Some(asked), one_year, ..Settings::default() }, books)
    };
    let ingested = read(2023, true);
    assert_eq!(pairs(&ingested), ["Huyện đoàn / Xã Yang Tao / Buôn Jun", "Chi bộ Ngân hàng / Xã Bông Krang / Buôn Mạ"]);
    let sheet = &ingested.files[0].sheets[0];
    assert_eq!((sheet.used, sheet.skipped), (1, 3), "a row of two pairs is one row, beside the title and the headings");
    assert_eq!(issues(&ingested), ["other-year B3"]);
    assert_eq!(pairs(&read(2022, true)).len(), 3);
    assert_eq!(pairs(&read(2023, false)).len(), 4);
}
