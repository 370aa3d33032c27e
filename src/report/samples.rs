//! Made-up reports on which the formats are tested. All places are real, all people and all counts of them invented.

use jiff::civil::date;

use super::table::{Annex, Chart, Column, Datum, Issuer, Limit, Narrative, Passage, Report, Row, RowKind, Sensitivity, Table};
use crate::domain::pledge::Days;
use crate::domain::rate::{Hundredths, Share};

/// Rates of three communes and one without a denominator, with bars and goals.
pub(crate) fn rates() -> Report {
    let small = |key, heading: &str| Column::new(key, heading).number().telling(Sensitivity::SmallCount);
    let columns = vec![
        Column::new("commune", "Xã, thị trấn"),
        Column::new("households", "Tổng số hộ").number(),
        small("poor", "Số hộ").under("Hộ nghèo"),
        small("poor_percent", "Tỷ lệ").under("Hộ nghèo").from(&["poor", "households"]),
        small("near_poor", "Số hộ").under("Hộ cận nghèo"),
        small("near_poor_percent", "Tỷ lệ").under("Hộ cận nghèo").from(&["near_poor", "households"]),
        small("poor_points", "Tăng, giảm hộ nghèo (điểm %)").from(&["poor", "households"]),
    ];
    let mut table = Table::new("rates", "Tỷ lệ hộ nghèo, hộ cận nghèo theo xã", columns);
    let row = |kind, name: &str, counts: [Option<u64>; 3], points: Option<i64>| {
        let [households, poor, near] = counts;
        let percent = |part: Option<u64>| Datum::percent(part.and_then(|part| Share { part, whole: households }.percent()));
        let points = points.map_or(Datum::Missing, |points| Datum::Points(Hundredths::new(points)));
        let cells = vec![
            Datum::text(name),
            Datum::count(households),
            Datum::count(poor),
            percent(poor),
            Datum::count(near),
            percent(near),
            points,
        ];
        Row { kind, ..Row::body(cells) }
    };
    table.rows = vec![
        row(RowKind::Body, "Thị trấn Liên Sơn", [Some(1650), Some(101), Some(120)], Some(-145)),
        row(RowKind::Body, "Xã Yang Tao", [Some(2310), Some(812), Some(332)], Some(-387)),
        row(RowKind::Body, "Xã Ea R'Bin", [Some(1004), Some(402), Some(188)], Some(26)),
        row(RowKind::Body, "Xã Nam Ka", [None, Some(390), Some(201)], None),
        row(RowKind::Total, "Tổng cộng", [Some(4964), Some(1315), Some(640)], Some(-212)),
    ];
    let goals = vec![Limit { name: "Mục tiêu 2025".to_owned(), value: Hundredths::new(2000), of: 3 }];
    table.charts.push(Chart::Bars { title: "Tỷ lệ hộ nghèo theo xã".to_owned(), label: 0, values: vec![3], goals });
    table.notes.push("Xã Nam Ka chưa có tổng số hộ.".to_owned());
    Report {
        title: "Tỷ lệ hộ nghèo, hộ cận nghèo năm 2022".to_owned(),
        subtitle: vec!["Số liệu đến ngày 31/12/2022".to_owned(), "Chuẩn nghèo: Nghị định 07/2021/NĐ-CP".to_owned()],
        tables: vec![table],
        notes: vec!["Có 3 dòng lỗi không được tính; xem lệnh check.".to_owned()],
        as_of: Some(date(2022, 12, 31)),
    }
}

/// A value of every kind, a row of missing ones and a row of hidden ones.
pub(crate) fn everything() -> Report {
    let columns = vec![
        Column::new("text", "Chữ"),
        Column::new("citizen", "Số CCCD").telling(Sensitivity::Identity),
        Column::new("count", "Số").number(),
        Column::new("percent", "Tỷ lệ").number(),
        Column::new("points", "Điểm").number(),
        Column::new("days", "Ngày").number(),
        Column::new("money", "Tiền").number(),
        Column::new("date", "Ngày tháng").centred(),
    ];
    let mut table = Table::new("everything", "Mọi loại giá trị", columns);
    table.rows = vec![
        Row::body(vec![
            Datum::text("=1+1"),
            Datum::text("066169609101"),
            Datum::Count(-19284),
            Datum::Percent(Hundredths::new(2524)),
            Datum::Points(Hundredths::new(-387)),
            Datum::Days(Days::halves(3)),
            Datum::Money(1_800_000),
            Datum::Date(date(2022, 12, 31)),
        ]),
        Row::body(vec![Datum::Missing; 8]),
        Row::body(vec![Datum::Hidden; 8]),
    ];
    Report { title: "Mọi thứ".to_owned(), tables: vec![table], as_of: Some(date(2022, 12, 31)), ..Report::default() }
}

/// The series of years with the break of 2027, loads as a histogram, movement as a flow, and an annex to be signed.
pub(crate) fn year() -> Report {
    let mut report = rates();
    let percent = |value: i64| Datum::Percent(Hundredths::new(value));
    let mut series = Table::new(
        "series",
        "Tỷ lệ qua các năm",
        vec![
            Column::new("year", "Năm").centred(),
            Column::new("poor_percent", "Tỷ lệ hộ nghèo").number(),
            Column::new("near_poor_percent", "Tỷ lệ hộ cận nghèo").number(),
        ],
    );
    for (year, poor, near) in
        [(2021, 2911, 1662), (2022, 2524, 1821), (2023, 2095, 1677), (2024, 1763, 1502), (2027, 2410, 1903), (2028, 2206, 1755)]
    {
        series.rows.push(Row::body(vec![Datum::display(year), percent(poor), percent(near)]));
    }
    let goal = |name: &str, year: &str, value| (name.to_owned(), year.to_owned(), Hundredths::new(value));
    series.charts.push(Chart::Line {
        title: "Hộ nghèo, hộ cận nghèo qua các năm".to_owned(),
        label: 0,
        values: vec![1, 2],
        breaks: vec![4],
        goals: vec![
            goal("Hộ nghèo 2025", "2025", 2000),
            goal("Hộ cận nghèo 2025", "2025", 1100),
            goal("Hộ nghèo 2030", "2030", 1200),
        ],
    });
    let mut loads = Table::new(
        "loads",
        "Số hộ mỗi đảng viên",
        vec![Column::new("load", "Số hộ giúp đỡ").number(), Column::new("members", "Số đảng viên").number()],
    );
    for (load, members) in [(1, 2), (2, 31), (3, 120), (4, 63)] {
        loads.rows.push(Row::body(vec![Datum::Count(load), Datum::Count(members)]));
    }
    loads.charts.push(Chart::Histogram { title: "Số hộ mỗi đảng viên".to_owned(), label: 0, value: 1 });
    report.tables.extend([series, loads, movement(), assignment(12)]);
    report
}

fn movement() -> Table {
    let mut table = Table::new(
        "movement",
        "Diễn biến hộ nghèo",
        vec![
            Column::new("from", "Năm 2022"),
            Column::new("to", "Năm 2023"),
            Column::new("households", "Số hộ").number().telling(Sensitivity::SmallCount),
        ],
    );
    for (from, to, count) in [
        ("Hộ nghèo", "Hộ nghèo", 3420),
        ("Hộ nghèo", "Hộ cận nghèo", 910),
        ("Hộ nghèo", "Hộ không nghèo", 538),
        ("Hộ cận nghèo", "Hộ nghèo", 121),
        ("Hộ cận nghèo", "Hộ cận nghèo", 2204),
        ("Hộ cận nghèo", "Hộ không nghèo", 1187),
        ("Hộ không nghèo", "Hộ nghèo", 64),
    ] {
        table.rows.push(Row::body(vec![Datum::text(from), Datum::text(to), Datum::Count(count)]));
    }
    let title = "Diễn biến giữa các loại hộ".to_owned();
    table.charts.push(Chart::Flow { title, from: 0, to: 1, value: 2 });
    table
}

/// An assignment list of `rows` pairs as a Party annex.
pub(crate) fn assignment(rows: u32) -> Table {
    let columns = vec![
        Column::new("number", "STT").centred(),
        Column::new("head", "Chủ hộ").telling(Sensitivity::Named).under("Hộ được giúp đỡ"),
        Column::new("household", "Số CCCD").telling(Sensitivity::Identity).under("Hộ được giúp đỡ"),
        Column::new("village", "Thôn, buôn").under("Hộ được giúp đỡ"),
        Column::new("class", "Phân loại").telling(Sensitivity::Named).under("Hộ được giúp đỡ"),
        Column::new("name", "Họ và tên").telling(Sensitivity::Named).under("Đảng viên phụ trách"),
        Column::new("cell", "Chi bộ").under("Đảng viên phụ trách"),
        Column::new("signature", "Ký nhận").wide(14),
    ];
    let mut table = Table::new("pairs", "Danh sách phân công đảng viên giúp đỡ hộ nghèo, hộ cận nghèo", columns);
    table.sheet = Some("Xã Yang Tao".to_owned());
    table.persons = true;
    for index in 1..=rows {
        let class = if index % 3 == 0 { "Hộ cận nghèo" } else { "Hộ nghèo" };
        table.rows.push(Row::body(vec![
            Datum::Count(i64::from(index)),
            Datum::text(if index % 2 == 0 { "Y Bhăm Liêng" } else { "H'Gro Rơ Yam" }),
            Datum::text(format!("0661{:08}", 69_609_100 + index)),
            Datum::text(if index % 2 == 0 { "Buôn Dơng Yang" } else { "Buôn Cuôr" }),
            Datum::text(class),
            Datum::text("H'Ngân Ŏng Ƀam"),
            Datum::text("Chi bộ Buôn Cuôr"),
            Datum::text(""),
        ]));
    }
    table.annex = Some(Annex {
        issuer: Issuer::Party,
        superior: "ĐẢNG BỘ HUYỆN LẮK".to_owned(),
        body: "ĐẢNG ỦY XÃ YANG TAO".to_owned(),
        title: "DANH SÁCH PHÂN CÔNG ĐẢNG VIÊN GIÚP ĐỠ HỘ NGHÈO, HỘ CẬN NGHÈO".to_owned(),
    });
    table
}

/// The yearly report as prose, with a small table.
pub(crate) fn narrative(issuer: Issuer) -> Narrative {
    let (superior, body) = match issuer {
        Issuer::Party => ("TỈNH ỦY ĐẮK LẮK", "HUYỆN ỦY LẮK"),
        Issuer::State => ("UBND TỈNH ĐẮK LẮK", "UBND HUYỆN LẮK"),
    };
    let mut table = rates().tables.remove(0);
    table.charts.clear();
    Narrative {
        annex: Annex { issuer, superior: superior.to_owned(), body: body.to_owned(), title: "BÁO CÁO".to_owned() },
        subject: "kết quả phân công đảng viên giúp đỡ hộ nghèo, hộ cận nghèo năm 2023".to_owned(),
        place: "Lắk".to_owned(),
        recipients: vec!["Thường trực Tỉnh ủy".to_owned(), "Các chi, đảng bộ cơ sở".to_owned()],
        passages: vec![
            Passage::Heading("1. Kết quả giảm nghèo".to_owned()),
            Passage::Paragraph(
                "Đến ngày 31/12/2022, toàn huyện có 4.868 hộ nghèo, chiếm 25,24 %, giảm 3,87 điểm phần trăm so với năm \
                 trước; 3.512 hộ cận nghèo, chiếm 18,21 %, tăng 1,59 điểm phần trăm."
                    .to_owned(),
            ),
            Passage::Table(Box::new(table)),
            Passage::Heading("2. Khó khăn".to_owned()),
            Passage::Item("Xã Nam Ka chưa gửi tổng số hộ.".to_owned()),
            Passage::Paragraph("Trên đây là báo cáo kết quả thực hiện.".to_owned()),
        ],
        as_of: Some(date(2022, 12, 31)),
    }
}
