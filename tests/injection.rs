//! Names that would be formulas or markup go through every command and every format as the texts they are.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::io::Read;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use rust_xlsxwriter::{Workbook, Worksheet};

/// What somebody might type into a name, all invented.
const NAMES: [&str; 8] = [
    "=HYPERLINK(\"http://evil.example\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1+1",
    "\r=2+2",
    "<script>alert(1)</script>",
    "=IMPORTXML(\"http://evil.example\",\"//a\")",
];

fn write(sheet: &mut Worksheet, rows: &[Vec<String>]) {
    for (row, cells) in (0_u32..).zip(rows) {
        for (col, text) in (0_u16..).zip(cells) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
}

fn texts(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|text| (*text).to_owned()).collect()
}

/// A programme of two years whose every name is hostile.
fn programme(folder: &Path) {
    for (year, class) in [(2022, "Hộ nghèo"), (2023, "Hộ cận nghèo")] {
        let mut rows =
            vec![texts(&["STT", "Xã", "Thôn/Buôn", "Họ và tên chủ hộ", "Số CCCD", "Số nhân khẩu", "Phân loại hộ", "Ghi chú"])];
        for (index, name) in NAMES.iter().enumerate() {
            let (number, citizen) = ((index + 1).to_string(), format!("06607000000{index}"));
            rows.push(texts(&[&number, "Xã Yang Tao", "=Buôn+1", name, &citizen, "4", class, "=1+1"]));
        }
        let mut book = Workbook::new();
        write(book.add_worksheet(), &rows);
        book.save(folder.join(format!("ho-{year}.xlsx"))).unwrap();
    }
    let mut rows = vec![texts(&[
        "STT",
        "Họ và tên",
        "Ngày vào Đảng",
        "Số CCCD",
        "Tổ chức cơ sở đảng",
        "Chi bộ",
        "Ngày lương đăng ký",
        "Số cây giống đăng ký",
        "Loại cây đăng ký",
    ])];
    for (index, name) in NAMES.iter().enumerate() {
        let (number, citizen) = ((index + 1).to_string(), format!("06608000000{index}"));
        let organisation = if index < 5 { "Đảng bộ xã Yang Tao" } else { "=Chi bộ()" };
        rows.push(texts(&[&number, name, "01/02/2001", &citizen, organisation, "@Chi bộ", "1", "5", "=Sầu riêng"]));
    }
    let mut book = Workbook::new();
    write(book.add_worksheet(), &rows);
    book.save(folder.join("dv.xlsx")).unwrap();
    let mut book = Workbook::new();
    write(
        book.add_worksheet(),
        &[
            texts(&["STT", "Tổ chức cơ sở đảng", "Xã kết nghĩa", "Thôn/Buôn kết nghĩa"]),
            texts(&["1", "=Chi bộ()", "Xã Yang Tao", "=Buôn+1"]),
        ],
    );
    book.save(folder.join("kn.xlsx")).unwrap();
    let mut book = Workbook::new();
    let support = ["STT", "Họ và tên chủ hộ", "Số CCCD chủ hộ", "Loại hỗ trợ", "Có nhu cầu", "Đã được hỗ trợ"];
    write(book.add_worksheet(), &[texts(&support), texts(&["1", NAMES[0], "066070000000", "=Vay+vốn", "x", ""])]);
    book.save(folder.join("ht.xlsx")).unwrap();
    let settings = "[programme]\nname = \"=Chương trình\"\n[years.2022]\nhouseholds = \"ho-2022.xlsx\"\n[years.2023]\nhouseholds = \"ho-2023.xlsx\"\nmembers = \"dv.xlsx\"\ntwinning = \"kn.xlsx\"\nsupport = \"ht.xlsx\"\n";
    std::fs::write(folder.join("thoatngheo.toml"), settings).unwrap();
}

fn run(folder: &Path, args: &[&str]) {
    let output = Command::cargo_bin("thoatngheo")
        .unwrap()
        .current_dir(folder)
        .args(args)
        .args(["--lang", "vi", "--quiet"])
        .output()
        .unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// All files under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Whether a text would be computed by a program that opens a delimited file. A negative number is one.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '@', '\t', '\r', '\n'])
        || (text.starts_with('-') && text.len() > 1 && text.parse::<f64>().is_err())
}

fn csv_is_harmless(path: &Path) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_path(path).unwrap();
    for record in reader.records() {
        for field in &record.unwrap() {
            assert!(!is_formula(field), "{}: {field:?}", path.display());
        }
    }
}

/// No part holds a formula, a link out of the file or an element of its own making; every part is well-formed.
fn container_is_harmless(path: &Path) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let (name, mut text) = (part.name().unwrap().to_string(), String::new());
        if part.read_to_string(&mut text).is_err() {
            continue;
        }
        let at = format!("{} {name}", path.display());
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(_) => {}
                Err(error) => assert_eq!(error.to_string(), "", "{at} is not well-formed"),
            }
        }
        assert!(!text.contains("<script"), "{at}");
        if name.starts_with("xl/worksheets/") && !name.ends_with(".rels") {
            assert!(!text.contains("<f>") && !text.contains("<f "), "{at} holds a formula");
            assert!(!text.contains("t=\"str\""), "{at} holds the result of a formula");
        }
        if name.ends_with(".rels") {
            assert!(!text.contains("evil.example"), "{at} links out of the file");
        }
        assert!(!text.contains("w:fldSimple") && !text.contains("ddeLink"), "{at}");
    }
}

fn page_is_harmless(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains("<script>alert"), "{}", path.display());
    assert!(!text.contains("href=\"http://evil"), "{}", path.display());
}

/// Holds every file of a folder to what its format asks for. Gives how many there were of each.
fn harmless(folder: &Path) -> [usize; 5] {
    let mut seen = [0; 5];
    for path in files(folder) {
        match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
            "csv" => {
                csv_is_harmless(&path);
                seen[0] += 1;
            }
            "xlsx" => {
                container_is_harmless(&path);
                seen[1] += 1;
            }
            "docx" => {
                container_is_harmless(&path);
                seen[2] += 1;
            }
            "html" | "svg" => {
                page_is_harmless(&path);
                seen[3] += 1;
            }
            "json" => {
                let _: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
                seen[4] += 1;
            }
            other => assert_eq!(other, "", "{} is of no known format", path.display()),
        }
    }
    seen
}

#[test]
fn no_command_writes_a_name_as_a_formula_or_as_markup_in_any_format() {
    let folder = tempfile::tempdir().unwrap();
    programme(folder.path());
    let out = folder.path().join("out");
    for command in [
        "check",
        "rates --by village",
        "members",
        "assign",
        "pledges",
        "changes",
        "coverage",
        "scorecard",
        "quotas --reduction 2",
    ] {
        for format in ["csv", "xlsx", "html", "json"] {
            let name = format!("out/{}.{format}", command.split(' ').next().unwrap());
            let args: Vec<&str> = command.split(' ').chain(["-o", &name]).collect();
            run(folder.path(), &args);
        }
    }
    assert_eq!(harmless(&out), [9, 9, 0, 9, 9]);
    let assigned = std::fs::read_to_string(out.join("assign.csv")).unwrap();
    assert!(assigned.contains("'=HYPERLINK") && assigned.contains("'@SUM(A1)"), "the names are there, and are texts: {assigned}");
    let page = std::fs::read_to_string(out.join("assign.html")).unwrap();
    assert!(page.contains("&lt;script&gt;alert(1)"), "the name is there, and is text");
    let json = std::fs::read_to_string(out.join("assign.json")).unwrap();
    assert!(json.contains("@SUM(A1)") && !json.contains("'@SUM(A1)"), "scripts get what stands in the file");
}

#[test]
fn clean_tables_reports_and_documents_hold_no_formula() {
    let folder = tempfile::tempdir().unwrap();
    programme(folder.path());
    run(folder.path(), &["ingest", "-o", "clean"]);
    run(folder.path(), &["ingest", "-o", "book", "--as", "xlsx"]);
    let tables = harmless(&folder.path().join("clean"));
    assert!(tables[0] >= 4, "{tables:?}");
    assert_eq!(harmless(&folder.path().join("book"))[1], 1);
    let report = Command::cargo_bin("thoatngheo")
        .unwrap()
        .current_dir(folder.path())
        .args(["report", "--docx", "--per-commune", "-o", "bc", "--lang", "vi"])
        .output()
        .unwrap();
    assert!(report.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&report.stderr));
    let written = harmless(&folder.path().join("bc"));
    assert!(written[1] >= 2 && written[2] >= 1 && written[3] >= 1, "{written:?}");
}

#[test]
fn clean_tables_with_hostile_names_read_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    programme(folder.path());
    run(folder.path(), &["ingest", "ho-2023.xlsx", "-o", "clean"]);
    run(folder.path(), &["ingest", "clean/households.csv", "-o", "again"]);
    let heads = |table: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_path(folder.path().join(table)).unwrap();
        let column = reader.headers().unwrap().iter().position(|name| name == "head").unwrap();
        reader.records().map(|record| record.unwrap()[column].to_owned()).collect()
    };
    let first = heads("clean/households.csv");
    assert_eq!(first.len(), NAMES.len());
    assert_eq!(first, heads("again/households.csv"), "the guard is not written twice");
}

#[test]
fn marked_copies_hold_no_formula_whatever_they_are_made_of() {
    let folder = tempfile::tempdir().unwrap();
    programme(folder.path());
    let mut lines = "STT;Xã;Họ và tên chủ hộ;Số nhân khẩu;Phân loại hộ\n".to_owned();
    for (index, name) in NAMES.iter().enumerate() {
        lines.push_str(&format!("{};Xã Yang Tao;\"{}\";=4+1;=Hộ nghèo\n", index + 1, name.replace('"', "\"\"")));
    }
    std::fs::write(folder.path().join("ho-khac-2023.csv"), lines).unwrap();
    run(folder.path(), &["check", "ho-2023.xlsx", "dv.xlsx", "ho-khac-2023.csv", "--annotate", "tra-lai"]);
    let copies = harmless(&folder.path().join("tra-lai"));
    assert!(copies[1] >= 2, "{copies:?}");
}
