//! Workbooks read back by another library than the one that wrote them.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::domain::rate::Hundredths;
use crate::report::samples;
use crate::report::table::{Column, Datum, Row, Table};
use crate::report::wording::Lang;

fn bytes(report: &Report) -> Vec<u8> {
    crate::report::render(report, crate::report::Format::Xlsx, &Setting::new(Lang::Vi)).unwrap()
}

fn cells(bytes: &[u8], sheet: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

#[test]
fn values_read_back_with_their_types() {
    let bytes = bytes(&samples::everything());
    let rows = cells(&bytes, "Mọi loại giá trị");
    let heading = rows.iter().position(|row| row[0] == Data::String("Chữ".to_owned())).unwrap();
    let values = &rows[heading + 1];
    assert_eq!(values[0], Data::String("=1+1".to_owned()));
    assert_eq!(values[1], Data::String("066169609101".to_owned()));
    assert_eq!(values[2], Data::Float(-19284.0));
    assert_eq!(values[3], Data::Float(0.2524));
    assert_eq!(values[4], Data::Float(-3.87));
    assert_eq!(values[5], Data::Float(1.5));
    assert_eq!(values[6], Data::Float(1_800_000.0));
    assert!(matches!(&values[7], Data::DateTime(date) if date.to_string() == "44926"), "{:?}", values[7]);
    assert_eq!(rows[heading + 2][0], Data::Empty);
    assert_eq!(rows[heading + 2][2], Data::String("không có số liệu".to_owned()));
    assert_eq!(rows[heading + 3][2], Data::String("*".to_owned()));
}

#[test]
fn there_are_no_formulas() {
    assert!(!part(&bytes(&samples::everything()), "xl/worksheets/sheet1.xml").contains("<f>"));
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let first = bytes(&samples::year());
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(first, bytes(&samples::year()));
}

#[test]
fn a_sheet_prints_on_a4_with_its_headings_repeated() {
    let bytes = bytes(&samples::rates());
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for wanted in ["paperSize=\"9\"", "fitToPage=\"1\"", "<autoFilter"] {
        assert!(sheet.contains(wanted), "{wanted}");
    }
    assert!(sheet.contains("left=\"1.1811"), "30 mm on the left");
    assert!(part(&bytes, "xl/workbook.xml").contains("Print_Titles"));
}

#[test]
fn a_sheet_fits_the_width_of_its_page_and_takes_as_many_pages_as_it_needs() {
    for rows in [3, 30, 90] {
        let mut table = Table::new("rows", "Bảng", vec![Column::new("count", "Số hộ").number()]);
        table.rows = (0..rows).map(|at| Row::body(vec![Datum::Count(at)])).collect();
        let sheet = part(&bytes(&Report { tables: vec![table], ..Report::default() }), "xl/worksheets/sheet1.xml");
        // The height is 1 where it is not told, and 0 is as many as it takes.
        assert!(sheet.contains("fitToHeight=\"0\""), "{rows}: {sheet}");
    }
}

#[test]
fn a_wide_table_has_narrower_columns_so_that_its_letters_can_be_read() {
    let of = |count: usize| {
        let columns = (0..count).map(|_| Column::new("count", "So với năm trước (điểm %)").number()).collect();
        let mut table = Table::new("rows", "Bảng", columns);
        table.rows = vec![Row::body(vec![Datum::Count(1); count])];
        let sheet = part(&bytes(&Report { tables: vec![table], ..Report::default() }), "xl/worksheets/sheet1.xml");
        let width = sheet.split("<col min=\"1\"").nth(1).and_then(|col| col.split("width=\"").nth(1)).unwrap().to_owned();
        width.split('"').next().unwrap().parse::<f64>().unwrap()
    };
    assert!(of(14) < of(4) * 0.75, "{} {}", of(14), of(4));
}

#[test]
fn the_letters_of_the_rates_by_village_are_at_least_ten_points_high_in_print() {
    let words = crate::report::wording::words(Lang::Vi);
    let keys = [
        "commune",
        "village",
        "households",
        "persons",
        "poor",
        "near_poor",
        "poor_persons",
        "near_poor_persons",
        "poor_percent",
        "near_poor_percent",
        "both_percent",
        "poor_persons_percent",
        "near_poor_persons_percent",
        "poor_points",
        "near_poor_points",
    ];
    let columns = keys.iter().enumerate().map(|(at, key)| {
        let column = Column::new("key", words.say("column", key));
        if at < 2 { column.wide(24) } else { column.number() }
    });
    let mut table = Table::new("rates", "Bảng", columns.collect());
    let mut cells = vec![Datum::text("Thị trấn Liên Sơn"), Datum::text("Buôn Yang Lah 1")];
    cells.extend([5_361, 21_758, 387, 346, 1_577, 1_393].map(Datum::Count));
    cells.extend([1_637, 1_871, 3_509, 1_836, 1_707].map(|value| Datum::Percent(Hundredths::new(value))));
    cells.extend([-363, -541].map(|value| Datum::Points(Hundredths::new(value))));
    table.rows = vec![Row::body(cells)];
    let sheet = part(&bytes(&Report { tables: vec![table], ..Report::default() }), "xl/worksheets/sheet1.xml");
    // A column of so many characters is seven pixels each and five; a page across has 952 pixels between its margins.
    let widths = sheet.split("width=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
    let spans = sheet.split("<col min=\"").skip(1).map(|col| {
        let number = |text: &str| text.split('"').next().unwrap().parse::<f64>().unwrap();
        number(col.split("max=\"").nth(1).unwrap()) - number(col) + 1.0
    });
    let pixels: f64 = widths.zip(spans).map(|(width, span)| width * 7.0 * span).sum();
    assert!(pixels > 700.0 && 12.0 * 952.0 / pixels >= 10.0, "{pixels}");
}

#[test]
fn a_column_that_says_nothing_is_hidden_and_named_and_a_mark_is_an_x() {
    let column = |heading: &str| Column::new("count", heading).number();
    let columns = vec![column("Số"), column("Trống").under("Nhóm"), column("Thuộc diện").mark(), column("Đăng ký").mark()];
    let mut table = Table::new("rows", "Bảng", columns);
    let row = |first, mark| Row::body(vec![Datum::Missing, Datum::Missing, first, mark]);
    table.rows = vec![row(Datum::Count(1), Datum::Count(0)), row(Datum::Count(0), Datum::Missing)];
    let bytes = bytes(&Report { tables: vec![table], ..Report::default() });
    let hidden = part(&bytes, "xl/worksheets/sheet1.xml").split("<col ").filter(|col| col.contains("hidden=\"1\"")).count();
    assert_eq!(hidden, 1, "the first column names the rows and stays");
    let rows = cells(&bytes, "Bảng");
    let note = rows.iter().find(|row| row[0].to_string().contains("được ẩn đi")).unwrap();
    assert!(note[0].to_string().ends_with(": Nhóm: Trống."), "{note:?}");
    let first = rows.iter().position(|row| row[2] == Data::String("x".to_owned())).unwrap();
    assert_eq!(rows[first][3], Data::Empty);
    assert_eq!(rows[first + 1][3], Data::String("không có số liệu".to_owned()));
}

#[test]
fn no_data_in_a_narrow_column_has_the_height_of_its_lines() {
    let of = |datum| {
        let mut table = Table::new("rows", "Bảng", vec![Column::new("count", "Số").number()]);
        table.rows = vec![Row::body(vec![datum])];
        part(&bytes(&Report { tables: vec![table], ..Report::default() }), "xl/worksheets/sheet1.xml")
    };
    let height = |sheet: &str| -> Option<f64> {
        sheet.split("<row r=\"4\"").nth(1)?.split('>').next()?.split("ht=\"").nth(1)?.split('"').next()?.parse().ok()
    };
    assert_eq!(height(&of(Datum::Count(1))), height(&of(Datum::Count(22))));
    assert!(height(&of(Datum::Missing)) >= Some(33.0), "{:?}", of(Datum::Missing));
}

#[test]
fn lines_above_and_below_a_narrow_table_have_the_width_of_a_page() {
    let mut table = Table::new("rows", "Bảng", vec![Column::new("count", "Số").number()]);
    table.rows = vec![Row::body(vec![Datum::Count(1)])];
    table.notes = vec!["Một câu ghi chú ngắn vừa một dòng của trang in.".to_owned()];
    let line = "Nghị quyết thử nghiệm số 1 về phân công đảng viên giúp đỡ hộ nghèo, hộ cận nghèo";
    let report = Report { subtitle: vec![line.to_owned()], tables: vec![table], ..Report::default() };
    let bytes = bytes(&report);
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for row in [1, 2, 7] {
        assert!(sheet.contains(&format!("<mergeCell ref=\"A{row}:J{row}\"")), "row {row}: {sheet}");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("$A$1:$J$7"), "{}", part(&bytes, "xl/workbook.xml"));
}

#[test]
fn a_row_is_as_high_as_its_words_are_wide() {
    let of = |text: &str| {
        let mut table = Table::new("rows", "Bảng", vec![Column::new("text", "Chữ").wide(40)]);
        table.rows = vec![Row::body(vec![Datum::text(text)])];
        let sheet = part(&bytes(&Report { tables: vec![table], ..Report::default() }), "xl/worksheets/sheet1.xml");
        let row = sheet.split("<row r=\"4\"").nth(1).and_then(|row| row.split('>').next()).unwrap().to_owned();
        row.split("ht=\"").nth(1).and_then(|height| height.split('"').next()?.parse::<f64>().ok())
    };
    let words = "Mức độ thiếu hụt các dịch vụ xã hội cơ bản của";
    assert_eq!(of(words), Some(16.5));
    assert_eq!(of(&words.to_uppercase()), Some(33.0), "as many letters, and wider ones");
    assert_eq!(of(&format!("{words} {words} {words}")), Some(49.5));
}

#[test]
fn sums_at_the_foot_are_not_filtered() {
    let sheet = part(&bytes(&samples::rates()), "xl/worksheets/sheet1.xml");
    let filter = sheet.split("<autoFilter ref=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let rows = cells(&bytes(&samples::rates()), "Tỷ lệ hộ nghèo, hộ cận nghèo");
    let total = rows.iter().position(|row| row[0] == Data::String("Tổng cộng".to_owned())).unwrap();
    assert!(filter.ends_with(&format!("G{total}")), "{filter} ends in the row before {total}");
}

#[test]
fn an_annex_carries_its_letterhead_and_leaves_number_date_and_signatory_blank() {
    let rows = cells(&bytes(&samples::year()), "Xã Yang Tao");
    let text: Vec<String> = rows.iter().flatten().filter(|cell| **cell != Data::Empty).map(ToString::to_string).collect();
    for expected in ["ĐẢNG BỘ HUYỆN LẮK", "ĐẢNG ỦY XÃ YANG TAO", "ĐẢNG CỘNG SẢN VIỆT NAM", "T/M BAN THƯỜNG VỤ", "BÍ THƯ"]
    {
        assert!(text.iter().any(|text| text == expected), "{expected}");
    }
    assert!(!text.iter().any(|text| text.contains("CỘNG HÒA XÃ HỘI")), "a Party document has no national heading");
    assert!(!text.iter().any(|text| text.starts_with("Số ...")), "an annex has the number of its report: {text:?}");
    let at = |wanted: &str| text.iter().position(|text| text.starts_with(wanted));
    assert!(at("Phụ lục") < at("DANH SÁCH") && at("DANH SÁCH") < at("(Kèm theo Báo cáo số ……"), "{text:?}");
    assert!(at("……………, ngày") > at("DANH SÁCH") && at("……………, ngày") < at("T/M"), "{text:?}");
}

#[test]
fn an_annex_of_the_state_carries_the_national_heading_and_every_sheet_counts_its_own_pages() {
    let mut report = samples::year();
    for table in &mut report.tables {
        if let Some(annex) = &mut table.annex {
            annex.issuer = crate::report::table::Issuer::State;
            annex.body = "ỦY BAN NHÂN DÂN XÃ YANG TAO".to_owned();
        }
    }
    let bytes = bytes(&report);
    let rows = cells(&bytes, "Xã Yang Tao");
    let text: Vec<String> = rows.iter().flatten().map(ToString::to_string).collect();
    for expected in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    {
        assert!(text.iter().any(|text| text == expected), "{expected}");
    }
    assert!(!text.iter().any(|text| text.contains("ĐẢNG CỘNG SẢN")), "{text:?}");
    for (at, table) in (1..).zip(&report.tables) {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{at}.xml"));
        assert!(sheet.contains("useFirstPageNumber=\"1\"") && !sheet.contains("&amp;N"), "{sheet}");
        assert_eq!(sheet.contains("&amp;12&amp;P<"), table.annex.is_some(), "an annex has the number alone");
    }
}

#[test]
fn long_tables_are_written_row_by_row_with_nothing_lost() {
    let mut table = Table::new("long", "Dài", vec![Column::new("n", "Số").number().under("Nhóm"), Column::new("t", "Chữ")]);
    for row in 0..6_000 {
        table.rows.push(Row::body(vec![Datum::Count(row), Datum::text(format!("dòng {row}"))]));
    }
    table.notes.push("Hết.".to_owned());
    let report = Report { tables: vec![table], ..Report::default() };
    let rows = cells(&bytes(&report), "Dài");
    assert!(rows.iter().any(|row| row[0] == Data::Float(5999.0) && row[1] == Data::String("dòng 5999".to_owned())));
    assert!(rows.iter().any(|row| row[0] == Data::String("Hết.".to_owned())));
    assert_eq!(bytes(&report), bytes(&report));
}

#[test]
fn an_empty_report_is_still_a_workbook() {
    assert!(!bytes(&Report::default()).is_empty());
    let table = Table::new("empty", "Trống", vec![Column::new("a", "A")]);
    assert!(!bytes(&Report { tables: vec![table], ..Report::default() }).is_empty());
}

#[test]
fn a_table_longer_than_a_sheet_goes_on_in_the_next() {
    let columns = vec![Column::new("head", "Hộ")];
    let rows = (1..=7).map(|at| Row::body(vec![Datum::text(format!("Y Thử {at}"))])).collect();
    let report = Report { tables: vec![Table { rows, ..Table::new("list", "Danh sách", columns) }], ..Report::default() };
    let mut bytes = std::io::Cursor::new(Vec::new());
    write_in_parts(&report, &Setting::new(Lang::Vi), 3, &mut bytes).unwrap();
    let bytes = bytes.into_inner();
    let mut names = Vec::new();
    for (sheet, goes_on) in [("Danh sách", true), ("Danh sách (2)", true), ("Danh sách (3)", false)] {
        let rows = cells(&bytes, sheet);
        let texts: Vec<String> = rows.iter().map(|row| row[0].to_string()).collect();
        names.extend(texts.iter().filter(|text| text.starts_with("Y Thử")).cloned());
        assert_eq!(texts.iter().any(|text| text == "Bảng còn tiếp ở trang tính sau."), goes_on, "{texts:?}");
    }
    assert_eq!(names, (1..=7).map(|at| format!("Y Thử {at}")).collect::<Vec<_>>());
}

#[test]
fn a_chart_that_is_shown_on_another_sheet_draws_from_hidden_cells_of_that_sheet() {
    let mut report = samples::rates();
    let table = report.tables.iter().find(|table| !table.charts.is_empty()).unwrap().clone();
    let mut first = Table::new("overview", "Nhìn chung", vec![Column::new("what", "Nội dung")]);
    first.rows.push(Row::body(vec![Datum::text("Một dòng")]));
    first.shows = vec![table.key, "rates_of_nobody"];
    report.tables.insert(0, first);
    let bytes = bytes(&report);
    let chart = part(&bytes, "xl/charts/chart1.xml");
    let name = words(Lang::Vi).sheet("overview").unwrap_or("Nhìn chung");
    assert!(chart.contains(&format!("'{name}'!")) && chart.contains("$BI$"), "{chart}");
    let rows = cells(&bytes, name);
    let label =
        words(Lang::Vi).datum(&table.rows.iter().find(|row| row.kind == crate::report::table::RowKind::Body).unwrap().cells[0]);
    assert!(rows.iter().any(|row| row.get(60) == Some(&Data::String(label.clone()))), "{label} is in the hidden column");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("min=\"61\"") && sheet.contains("hidden=\"1\""), "{sheet}");
}
