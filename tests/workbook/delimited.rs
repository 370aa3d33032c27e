//! Delimited text of every kind that communes send.

use crate::making;
use crate::support::{OwnSheet, read};
use thoatngheo::ingest::workbook::{Format, Limits, ReadError, open};

fn sheet(bytes: &[u8]) -> OwnSheet {
    let made = making::file("ho-ngheo.xls", bytes);
    read(&made.path, &Limits::default()).unwrap().remove(0)
}

fn cells(bytes: &[u8]) -> Vec<String> {
    let sheet = sheet(bytes);
    let shown = sheet.cells.iter().map(|cell| format!("{}={}", at(cell.row, cell.col), crate::support::words(&cell.value)));
    shown.collect()
}

fn at(row: u32, col: u32) -> String {
    thoatngheo::ingest::workbook::CellRef { row, col }.to_string()
}

#[test]
fn the_separator_is_found_and_empty_lines_keep_their_numbers() {
    assert_eq!(
        cells("STT;Họ và tên\r\n1;Y Bang, Liêng\r\n\r\n\r\n2;H'Gro\r\n".as_bytes()),
        ["A1=STT", "B1=Họ và tên", "A2=1", "B2=Y Bang, Liêng", "A5=2", "B5=H'Gro"]
    );
    assert_eq!(cells(b"\n\na\tb\n\nc\td"), ["A3=a", "B3=b", "A5=c", "B5=d"]);
    assert_eq!(cells(b"a,b\rc,d\r\re,f\r"), ["A1=a", "B1=b", "A2=c", "B2=d", "A4=e", "B4=f"]);
    assert_eq!(cells("DANH SÁCH, 2022\na;b;c\n1;2;3\n4;5;6\n".as_bytes())[0], "A1=DANH SÁCH, 2022");
    assert_eq!(cells(b"one column\nonly\n"), ["A1=one column", "A2=only"]);
}

#[test]
fn a_line_that_names_the_separator_is_a_row_without_cells() {
    assert_eq!(cells(b"sep=;\r\na;b,c\r\n"), ["A2=a", "B2=b,c"]);
    assert_eq!(cells(b"sep=|\na|b\n"), ["A2=a", "B2=b"]);
}

#[test]
fn quotes_hold_separators_and_line_breaks_but_not_the_whole_file() {
    assert_eq!(cells(b"a,\"b, \"\"c\"\"\nd\"\ne,f\n"), ["A1=a", "B1=b, \"c\"\nd", "A2=e", "B2=f"]);
    let unclosed = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(200));
    let end = sheet(unclosed.as_bytes()).end;
    assert!(matches!(end, Err(ReadError::UnclosedQuote { cell }) if cell.to_string() == "B2"), "{end:?}");
}

#[test]
fn letters_are_read_in_their_encoding() {
    let text = "STT,Họ tên,Dân tộc\n1,Nguyễn Văn Đức,Kinh\n2,Lê Thị Hường,Kinh\n";
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16.clone()).collect();
    let utf8_marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [text.as_bytes().to_vec(), utf8_marked, utf16, marked] {
        assert_eq!(sheet(&bytes).text(1, 1), "Nguyễn Văn Đức");
    }
    let made = making::file("a.csv", text.as_bytes());
    let format = open(&made.path, &Limits::default()).unwrap().format().clone();
    assert!(matches!(format, Format::Delimited { delimiter: ',', converted: false, lost: 0, .. }), "{format:?}");
}

#[test]
fn rows_of_unequal_length_are_read_as_they_are() {
    assert_eq!(
        cells(b"a;b;c\n1\n1;2;3;4\n;;\n ;\xC2\xA0;x\n"),
        ["A1=a", "B1=b", "C1=c", "A2=1", "A3=1", "B3=2", "C3=3", "D3=4", "C5=x"]
    );
}
