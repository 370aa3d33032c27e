//! Household lists in odd containers, through the program: web pages and delimited text under the name of a workbook, workbooks
//! with macros, binary workbooks, OpenDocument with repeats.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]

#[path = "workbook/making.rs"]
#[allow(dead_code, reason = "not every maker is needed here")]
mod making;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use XlsbCell::{Blank, Failed, Number, Text};

fn check(path: &Path) -> Value {
    let output = Command::cargo_bin("thoatngheo").unwrap().arg("check").arg(path).args(["--format", "json"]).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The only sheet, which is a household list of so many without an issue.
fn households(path: &Path, count: u64) {
    let document = check(path);
    let result = &document["result"];
    assert_eq!(result["issues"].as_array().unwrap().len(), 0, "{}", result["issues"]);
    assert_eq!(result["sheets"].as_array().unwrap().len(), 1, "{result}");
    assert_eq!(result["sheets"][0]["kind"], "households", "{result}");
    assert_eq!(result["sheets"][0]["used"], count, "{result}");
}

const PAGE: &str = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><style>td{mso-number-format:\"\\@\"}</style></head><body>
<h3>DANH S&Aacute;CH HỘ D&Acirc;N XÃ YANG TAO NĂM 2022</h3>
<table border=1><tr><th rowspan=2>STT<th rowspan=2>Họ và tên chủ hộ<th colspan=2>Năm sinh<th rowspan=2>Số CCCD<th rowspan=2>Số nhân khẩu<th rowspan=2>Phân loại hộ
<tr><th>Nam<th>Nữ
<tr><td>1<td>Y&nbsp;Thử<br>Liêng<td>1970<td><td x:str>066070000001<td align=right>5<td>Hộ nghèo
<tr><td>2</td><td>H'Thử Byă</td><td></td><td>1981</td><td>066181000002</td><td>3</td><td>Hộ không nghèo</td></tr></table>";

#[test]
fn a_web_page_named_as_a_workbook_is_read_with_its_merged_headings() {
    let made = making::file("ho-dan.xls", PAGE.as_bytes());
    households(&made.path, 2);
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(PAGE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    households(&making::file("ho-dan.xls", &utf16).path, 2);
}

#[test]
fn a_web_page_without_a_table_is_named_for_what_it_is() {
    let made =
        making::file("ho-dan.xls", b"<html><body>Trang n\xC3\xA0y kh\xC3\xB4ng t\xE1\xBB\x93n t\xE1\xBA\xA1i</body></html>");
    let output =
        Command::cargo_bin("thoatngheo").unwrap().arg("check").arg(&made.path).args(["--format", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["result"]["issues"][0]["code"], "file-not-workbook", "{document}");
}

#[test]
fn the_marked_copy_of_a_web_page_is_a_workbook() {
    let made = making::file("ho-dan.xls", PAGE.replace("Hộ nghèo", "Hộ giàu").as_bytes());
    let folder = made.path.parent().unwrap().to_owned();
    let run = Command::cargo_bin("thoatngheo")
        .unwrap()
        .current_dir(&folder)
        .args(["check", "ho-dan.xls", "--annotate", "tra-lai", "--lang", "vi"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    let copies: Vec<PathBuf> = std::fs::read_dir(folder.join("tra-lai")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(copies.iter().any(|path| path.extension().is_some_and(|extension| extension == "xlsx")), "{copies:?}");
}

const LINES: [&str; 3] = [
    "STT;Xã;Họ và tên chủ hộ;Số CCCD;Số nhân khẩu;Phân loại hộ",
    "1;Xã Yang Tao;Y Thử Liêng;066070000001;5;Hộ nghèo",
    "2;Xã Yang Tao;H'Thử Byă;066181000002;3;Hộ không nghèo",
];

#[test]
fn delimited_text_named_as_a_workbook_is_read_by_its_content() {
    let text = LINES.join("\r\n");
    households(&making::file("ho-dan-2022.xls", text.as_bytes()).path, 2);
    households(&making::file("ho-dan-2022.xlsx", text.replace(';', "\t").as_bytes()).path, 2);
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.replace(';', "\t").encode_utf16().collect::<Vec<_>>())
        .flat_map(u16::to_le_bytes)
        .collect();
    households(&making::file("ho-dan-2022.xls", &utf16).path, 2);
}

#[test]
fn a_workbook_with_macros_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0_u32..).zip(LINES) {
        for (col, text) in (0_u16..).zip(line.split(';')) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    book.save(&plain).unwrap();
    let path = folder.path().join("ho-dan-2022.xlsm");
    let mut from = zip::ZipArchive::new(std::fs::File::open(&plain).unwrap()).unwrap();
    let mut into = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let (name, mut bytes) = (part.name().unwrap().to_string(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        if name == "[Content_Types].xml" {
            let types = String::from_utf8(bytes).unwrap();
            let macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
            bytes =
                types.replace("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", macros).into_bytes();
        }
        into.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        into.write_all(&bytes).unwrap();
    }
    into.start_file("xl/vbaProject.bin", zip::write::SimpleFileOptions::default()).unwrap();
    into.write_all(b"no macro is looked at").unwrap();
    into.finish().unwrap();
    households(&path, 2);
}

#[test]
fn a_binary_workbook_is_read() {
    let head: Vec<XlsbCell<'_>> = LINES[0].split(';').map(Text).collect();
    let made = xlsb(
        "Năm 2022",
        &[
            &[Text("DANH SÁCH HỘ DÂN NĂM 2022")],
            &head,
            &[Number(1.0), Text("Xã Yang Tao"), Text("Y Thử Liêng"), Text("066070000001"), Number(5.0), Text("Hộ nghèo")],
            &[Blank, Text("Xã Yang Tao"), Text("H'Thử Byă"), Blank, Number(3.0), Text("Hộ không nghèo")],
        ],
    );
    households(&made.path, 2);
}

#[test]
fn a_formula_of_a_binary_workbook_that_failed_is_an_issue_at_its_cell_and_no_blank() {
    let head: Vec<XlsbCell<'_>> = LINES[0].split(';').map(Text).collect();
    let made = xlsb(
        "Năm 2022",
        &[
            &head,
            &[Number(1.0), Text("Xã Yang Tao"), Text("Y Thử Liêng"), Failed, Number(5.0), Text("Hộ nghèo")],
            &[Number(2.0), Text("Xã Yang Tao"), Text("H'Thử Byă"), Blank, Failed, Text("Hộ không nghèo")],
            &[Number(3.0), Text("Xã Yang Tao"), Text("H'Thử Ba"), Blank, Number(2.0), Failed],
        ],
    );
    let run = Command::cargo_bin("thoatngheo").unwrap().arg("check").arg(&made.path).args(["--format", "json"]).output().unwrap();
    let document: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let issues = document["result"]["issues"].as_array().unwrap().iter();
    let issues = issues.filter(|issue| issue["cell"].is_string());
    let told: Vec<String> = issues.map(|issue| format!("{} {}", issue["code"], issue["cell"]).replace('"', "")).collect();
    assert_eq!(told, ["cell-unreadable D2", "error-value E3", "error-value F4"]);
    assert_eq!(document["result"]["sheets"][0]["used"], 1, "{document}");
}

#[test]
fn repeated_cells_of_an_open_document_are_as_many_rows() {
    let cell = |text: &str| format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>");
    let row = |line: &str| format!("<table:table-row>{}</table:table-row>", line.split(';').map(cell).collect::<String>());
    // The rest of the sheet is one row repeated a million times, as every such file has it.
    let rest = "<table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>";
    let rows: String = LINES.iter().map(|line| row(line)).collect();
    let made = making::ods(&format!("<table:table table:name=\"Năm 2022\">{rows}{rest}</table:table>"));
    let path = made.path.with_file_name("ho-dan-2022.ods");
    std::fs::rename(&made.path, &path).unwrap();
    households(&path, 2);
}

/// A list in which one cell of two rows names the village of both, as an open document and as a web page.
fn of_a_merged_village() -> [making::Made; 2] {
    const LINES: [[&str; 5]; 4] = [
        ["STT", "Thôn/Buôn", "Họ và tên chủ hộ", "Số nhân khẩu", "Phân loại hộ"],
        ["1", "Buôn Jun", "Y Thử", "4", "Hộ nghèo"],
        ["2", "", "H'Thử", "3", "Hộ cận nghèo"],
        ["3", "Thôn 1", "Thử Văn", "5", "Hộ không nghèo"],
    ];
    let of_ods = |text: &str| match text {
        "" => "<table:covered-table-cell/>".to_owned(),
        _ => {
            let rows = 1 + u8::from(text == "Buôn Jun");
            format!(
                "<table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"{rows}\"><text:p>{text}</text:p></table:table-cell>"
            )
        }
    };
    let of_page = |text: &str| match text {
        "" => String::new(),
        _ => format!("<td rowspan={}>{text}</td>", 1 + u8::from(text == "Buôn Jun")),
    };
    let ods = LINES.map(|line| format!("<table:table-row>{}</table:table-row>", line.map(of_ods).concat())).concat();
    let page = LINES.map(|line| format!("<tr>{}</tr>", line.map(of_page).concat())).concat();
    const TITLE: &str = "DANH SÁCH HỘ DÂN XÃ YANG TAO NĂM 2022";
    let page = format!("<html><body><h3>{TITLE}</h3><table>{page}</table></body></html>");
    let title = format!("<table:table-row>{}</table:table-row>", of_ods(TITLE));
    let ods = making::ods(&format!("<table:table table:name=\"a\">{title}{ods}</table:table>"));
    [ods, making::file("ho-dan.xls", page.as_bytes())]
}

#[test]
fn a_merged_village_is_that_of_all_its_rows_and_of_those_of_the_marked_copy() {
    for made in of_a_merged_village() {
        households(&made.path, 3);
        let copies = made.path.with_file_name("tra-lai");
        let mut run = Command::cargo_bin("thoatngheo").unwrap();
        let marked = run.arg("check").arg(&made.path).arg("--annotate").arg(&copies).output().unwrap();
        assert!(marked.status.success(), "{}", String::from_utf8_lossy(&marked.stderr));
        let copy = std::fs::read_dir(&copies).unwrap().map(|entry| entry.unwrap().path()).next().unwrap();
        assert!(copy.extension().is_some_and(|extension| extension == "xlsx"), "{}", copy.display());
        let sheets = check(&copy)["result"]["sheets"].clone();
        assert!(sheets.as_array().unwrap().iter().any(|sheet| sheet["used"] == 3), "{sheets}");
        assert_eq!(check(&copy)["result"]["issues"].as_array().unwrap().len(), 0);
    }
}

/// A binary workbook (.xlsb) of one sheet, with the few records that every such file has: no program at hand writes them. A
/// number is stored as a double, a text as a shared one.
fn xlsb(name: &str, rows: &[&[XlsbCell<'_>]]) -> making::Made {
    const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>"#;
    let mut texts: Vec<&str> = Vec::new();
    let mut sheet = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    for (row, cells) in (0_u32..).zip(rows) {
        sheet.extend(record(0x00, &[&row.to_le_bytes()[..], &[0; 21]].concat()));
        for (col, cell) in (0_u32..).zip(*cells) {
            let head = [col.to_le_bytes(), 0_u32.to_le_bytes()].concat();
            match cell {
                XlsbCell::Blank => {}
                // A formula of no words whose stored value is #REF!.
                XlsbCell::Failed => sheet.extend(record(0x0B, &[&head[..], &[0x17], &[0; 10]].concat())),
                XlsbCell::Number(number) => sheet.extend(record(0x05, &[head, number.to_le_bytes().to_vec()].concat())),
                XlsbCell::Text(text) => {
                    let index = u32::try_from(texts.len()).unwrap();
                    texts.push(text);
                    sheet.extend(record(0x07, &[head, index.to_le_bytes().to_vec()].concat()));
                }
            }
        }
    }
    sheet.extend(record(0x92, &[]));
    sheet.extend(record(0x82, &[]));
    let count = u32::try_from(texts.len()).unwrap().to_le_bytes();
    let mut shared = record(0x9F, &[count, count].concat());
    for text in texts {
        shared.extend(record(0x13, &[vec![0], wide(text)].concat()));
    }
    shared.extend(record(0xA0, &[]));
    let bundle = [0_u32.to_le_bytes().to_vec(), 1_u32.to_le_bytes().to_vec(), wide("rId1"), wide(name)].concat();
    let book = [
        record(0x83, &[]),
        record(0x8F, &[]),
        record(0x9C, &bundle),
        record(0x90, &[]),
        record(0x9D, &[0; 26]),
        record(0x84, &[]),
    ];
    let types = br#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    making::container(
        "odd.xlsb",
        &[
            ("[Content_Types].xml", types),
            ("xl/workbook.bin", &book.concat()),
            ("xl/_rels/workbook.bin.rels", RELS.as_bytes()),
            ("xl/sharedStrings.bin", &shared),
            ("xl/worksheets/sheet1.bin", &sheet),
        ],
    )
}

/// A cell of a made binary workbook.
enum XlsbCell<'a> {
    Blank,
    Failed,
    Number(f64),
    Text(&'a str),
}

/// A record of the binary format: its number and its length in groups of seven bits, then its bytes.
fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let low = u8::try_from(kind & 0x7F).unwrap();
    let mut made = if kind < 0x80 { vec![low] } else { vec![low | 0x80, u8::try_from(kind >> 7).unwrap()] };
    let mut length = bytes.len();
    loop {
        let low = u8::try_from(length & 0x7F).unwrap();
        length >>= 7;
        made.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            break;
        }
    }
    made.extend_from_slice(bytes);
    made
}

/// A text with its length, in UTF-16.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut made = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    units.iter().for_each(|unit| made.extend(unit.to_le_bytes()));
    made
}
