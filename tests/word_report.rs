//! The report in words and its workbook: their figures are those that scripts get, and the same inputs give the same bytes.

#![expect(clippy::unwrap_used, reason = "a report that cannot be written or unpacked fails the test")]

use std::fs;
use std::io::{Cursor, Read};

use assert_cmd::Command;
use calamine::{Data, DataType, Reader, Xlsx};
use serde_json::Value;

const PROGRAMME: &str = "sample-data/thoatngheo.toml";

fn run(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    let run = command.args(arguments).args(["--programme", PROGRAMME, "--quiet"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    run.assert().code(0).get_output().stdout.clone()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_slice(&run(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// The bytes of the document and of the workbook, and the text of the document with a line for each paragraph.
fn document(more: &[&str]) -> ([Vec<u8>; 2], String) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_string_lossy().into_owned();
    run(&[&["report", "--docx", "-o", &out], more].concat());
    let bytes = fs::read(folder.path().join("bao-cao-2023.docx")).unwrap();
    let manifest = fs::read_to_string(folder.path().join("manifest.json")).unwrap();
    assert!(manifest.contains("bao-cao-2023.docx"), "the manifest names the document");
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let texts = xml.split("</w:p>").map(|paragraph| {
        paragraph.split("<w:t xml:space=\"preserve\">").skip(1).filter_map(|rest| rest.split("</w:t>").next()).collect::<String>()
    });
    let text = texts.collect::<Vec<_>>().join("\n");
    let workbook = fs::read(folder.path().join("bao-cao-2023.xlsx")).unwrap();
    ([bytes, workbook], text)
}

/// A count as Vietnamese print has it: 19.340.
fn vi(value: &Value) -> String {
    let digits = value.as_u64().unwrap().to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    groups.join(".")
}

/// A percentage as Vietnamese print has it: 20,95 %.
fn percent(value: &Value) -> String {
    format!("{}\u{a0}%", value.as_str().unwrap().replace('.', ","))
}

/// The rows of a sheet below the row that begins with these words, to the first that has nothing in its first cell.
fn sheet(workbook: &[u8], name: &str, first: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let below = range.rows().skip_while(|row| row[0] != Data::String(first.to_owned())).skip(1);
    below.take_while(|row| row[0] != Data::Empty).map(<[Data]>::to_vec).collect()
}

/// No name of a sheet is cut, and the movements of communes say of which year each class is.
fn the_workbook_names_its_sheets_and_years(workbook: &[u8]) {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let names = book.sheet_names();
    for name in ["Tổng quan", "Diễn biến theo xã", "Diễn biến hộ nghèo", "Chưa đạt", "Không thuộc diện phân công", "Nguồn"]
    {
        assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
    }
    let cells = sheet(workbook, "Phân công theo chi bộ", "Xã, thị trấn");
    let (total, parts) = cells.split_last().unwrap();
    assert_eq!(total[0], Data::String("Tổng cộng".to_owned()));
    for column in 3..7 {
        let sum: f64 = parts.iter().filter_map(|row| row[column].as_f64()).sum();
        assert_eq!(total[column].as_f64(), Some(sum), "column {column}");
    }
    // What is printed has neither keys nor flags nor ids.
    for name in &names {
        let range = book.worksheet_range(name).unwrap();
        for (row, column, cell) in range.used_cells() {
            let text = cell.to_string();
            let raw = ["ND07-2021", "max_load", ">=", " --", "assign -"].iter().find(|raw| text.contains(**raw));
            assert!(raw.is_none(), "{name} {row}:{column}: {text}");
        }
    }
    let range = book.worksheet_range("Diễn biến theo xã").unwrap();
    let text: Vec<String> = range.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for group in ["Hộ nghèo năm 2022, đến năm 2023", "Mới có trong danh sách năm 2023"] {
        assert!(text.iter().any(|cell| cell == group), "{group}: {text:?}");
    }
}

/// Each commune, and the district below, with the figures of the JSON.
fn the_workbook_says_what_the_json_says(workbook: &[u8], rates: &Value) {
    let rows = rates["result"]["rows"].as_array().unwrap();
    let printed = sheet(workbook, "Tỷ lệ theo xã", "Xã, thị trấn");
    assert_eq!(printed.len(), rows.len());
    for row in rows {
        let name = row["commune"].as_str().unwrap_or("Toàn huyện");
        let cells = printed.iter().find(|cells| cells[0] == Data::String(name.to_owned())).unwrap();
        let counts = ["households", "persons", "poor", "near_poor", "poor_persons", "near_poor_persons"];
        for (cell, key) in cells[1..].iter().zip(counts) {
            assert_eq!(cell.as_f64(), row[key].as_f64(), "{name} {key}");
        }
        let number = |value: &Value| value.as_str().map(|text| text.parse::<f64>().unwrap());
        let shares = ["poor_percent", "near_poor_percent", "both_percent", "poor_persons_percent", "near_poor_persons_percent"];
        for (cell, key) in cells[7..].iter().zip(shares) {
            // 20.95 % is the number 0.2095.
            assert_eq!(cell.as_f64().map(|part| (part * 10_000.0).round() / 100.0), number(&row[key]), "{name} {key}");
        }
        for (cell, key) in cells[12..].iter().zip(["poor_points", "near_poor_points"]) {
            assert_eq!(cell.as_f64(), number(&row["change"][key]), "{name} {key}");
        }
    }
}

#[test]
fn the_document_and_the_workbook_say_what_the_json_says() {
    let (files, text) = document(&[]);
    let has = |wanted: String| assert!(text.contains(&wanted), "the document lacks: {wanted}\n{text}");
    let rates = json(&["rates", "--by", "commune"]);
    the_workbook_names_its_sheets_and_years(&files[1]);
    the_workbook_says_what_the_json_says(&files[1], &rates);
    let row = &rates["result"]["rows"][0];
    has(format!("{} hộ, {} nhân khẩu", vi(&row["households"]), vi(&row["persons"])));
    has(format!("Hộ nghèo: {} hộ, tỷ lệ {}", vi(&row["poor"]), percent(&row["poor_percent"])));
    has(format!("Hộ cận nghèo: {} hộ, tỷ lệ {}", vi(&row["near_poor"]), percent(&row["near_poor_percent"])));
    for goal in rates["result"]["goals"].as_array().unwrap() {
        has(format!("({} hộ)", vi(&goal["gap_households"])));
    }
    let changes = json(&["changes", "--from-year", "2022", "--to-year", "2023"]);
    let moved = |from: &str, to: &str| changes["result"]["matrix"][from][to].clone();
    has(format!("gồm {} hộ trở thành hộ cận nghèo", vi(&moved("poor", "near_poor"))));
    has(format!("do vượt chuẩn là {} hộ", vi(&moved("near_poor", "other"))));
    let pledges = json(&["pledges"]);
    let result = &pledges["result"];
    has(format!("có {} đảng viên, trong đó {} đảng viên thuộc diện", vi(&result["members"]), vi(&result["eligible"])));
    has(format!("Đã đăng ký giúp đỡ: {} đảng viên", vi(&result["taking_part"])));
    has(format!("{} cây giống", vi(&result["delivered"]["seedlings"])));
    let plan = json(&["assign"])["result"].clone();
    let empty = |key: &str| plan[key].as_array().unwrap().is_empty();
    assert_eq!(text.contains("Mọi hộ nghèo, hộ cận nghèo đã có đảng viên giúp đỡ"), empty("uncovered") && empty("idle"));
    let errors = &rates["issues"]["errors"];
    assert_eq!(text.contains("Số liệu gửi về không có lỗi"), *errors == 0, "{errors}");
    assert_eq!(files, document(&[]).0, "the same inputs give the same bytes");
}

#[test]
fn the_document_is_there_in_english_and_for_the_public() {
    let (_, english) = document(&["--lang", "en"]);
    assert!(english.contains("percentage points on 2022") && english.contains("ĐẢNG CỘNG SẢN VIỆT NAM"), "{english}");
    let (_, public) = document(&["--audience", "public"]);
    assert!(!public.contains('{') && public.contains("Hộ nghèo: "), "{public}");
}
