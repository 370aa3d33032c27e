//! Our own xlsx reader against the library, cell by cell: value, kind, address, font, formula.

use crate::making::{self, MAIN};
use crate::support::{OwnSheet, files, read, shared};
use rust_xlsxwriter::{Chart, ChartType, ExcelDateTime, Format, Formula, Workbook};
use std::path::Path;
use thoatngheo::ingest::workbook::{Limits, Value};

fn library() -> Limits {
    Limits { library_only: true, ..Limits::default() }
}

fn compare(path: &Path) {
    let (own, other) = (read(path, &Limits::default()), read(path, &library()));
    let (own, other) = match (own, other) {
        (Ok(own), Ok(other)) => (own, other),
        (own, other) => {
            assert_eq!(own.is_err(), other.is_err(), "{}: {own:?} against {other:?}", path.display());
            return;
        }
    };
    assert_eq!(own.len(), other.len(), "{}", path.display());
    for (own, other) in own.iter().zip(&other) {
        assert_eq!((&own.name, own.visible), (&other.name, other.visible), "{}", path.display());
        for (a, b) in own.cells.iter().zip(&other.cells) {
            assert_eq!(a, b, "{} {}", path.display(), own.name);
        }
        assert_eq!(own.cells.len(), other.cells.len(), "{} {}", path.display(), own.name);
        assert_eq!(own.end, other.end, "{} {}", path.display(), own.name);
    }
}

fn is_xlsx(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "xlsx" || e == "xlsm")
}

#[test]
fn both_readers_agree_on_every_workbook_at_hand() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let folders = ["lak", "faults", "hostile"].into_iter().filter_map(shared).chain(sample.exists().then_some(sample));
    let mut compared = 0;
    for path in folders.flat_map(|folder| files(&folder)).filter(|path| is_xlsx(path)) {
        compare(&path);
        compared += 1;
    }
    eprintln!("{compared} workbooks compared");
}

#[test]
fn both_readers_agree_on_what_a_writer_can_write() {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let month = Format::new().set_num_format("[$-42A]mm/yyyy;@");
    let hours = Format::new().set_num_format("[h]:mm");
    let old = Format::new().set_font_name(".VnTime");
    let capitals = Format::new().set_font_name(".VnTimeH");
    let vni = Format::new().set_font_name("VNI-Times").set_num_format("0.00%");
    let sheet = book.add_worksheet();
    sheet.set_name("Hộ nghèo & cận nghèo").unwrap();
    for row in 0..300_u32 {
        let n = f64::from(row);
        sheet.write(row, 0, n).unwrap();
        sheet.write(row, 1, n / 7.0 - 20.0).unwrap();
        sheet.write(row, 2, format!("Y Bhĭ Ƀing {row} <&> \"'")).unwrap();
        sheet.write(row, 3, " hai đầu trống ").unwrap();
        sheet.write_with_format(row, 4, ExcelDateTime::from_serial_datetime(n * 100.5).unwrap(), &date).unwrap();
        sheet.write_with_format(row, 5, n + 0.25, &hours).unwrap();
        sheet.write_with_format(row, 6, "Hé nghÌo", &old).unwrap();
        sheet.write_with_format(row, 7, "Hoä ngheøo", &vni).unwrap();
        sheet.write_with_format(row, 8, "hé nghÌo", &capitals).unwrap();
        sheet.write(row, 9, row % 2 == 0).unwrap();
        sheet.write(row, 10, Formula::new("=A1+1").set_result((n + 1.0).to_string())).unwrap();
        sheet.write(row, 11, Formula::new("=\"a\"&\"b\"").set_result("a & <b>")).unwrap();
        sheet.write(row, 12, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(row, 13, Formula::new("=TRUE()").set_result("TRUE")).unwrap();
        sheet.write_with_format(row, 14, n + 44_000.0, &month).unwrap();
        sheet.write_blank(row, 15, &date).unwrap();
        sheet.write(row, 16, "a_x000D_b\r\n\u{1}\u{1F4F7} Nguye\u{302}\u{303}n").unwrap();
        sheet.write(row, 17, 1e300 * f64::from(row % 3)).unwrap();
        sheet.write(row, 18, -123_456_789_012_345.0 - n).unwrap();
    }
    sheet.write_rich_string(400, 0, &[(&Format::default(), "chữ "), (&old, "®Ëm "), (&Format::default(), " hết")]).unwrap();
    sheet.write_rich_string(401, 0, &[(&old, "Hé "), (&old, "nghÌo")]).unwrap();
    sheet.merge_range(500, 1, 501, 4, "Năm sinh", &Format::new()).unwrap();
    sheet.merge_range(510, 1, 510, 2, "", &Format::new()).unwrap();
    book.add_worksheet().set_hidden(true).write(1_048_575, 16_383, "xa").unwrap();
    book.add_worksheet_with_constant_memory().unwrap().write(3, 3, "tại chỗ _x000D_ &").unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("Hộ nghèo & cận nghèo", 0, 0, 9, 0));
    book.add_chartsheet().insert_chart(0, 0, &chart).unwrap();
    let made = making::file("written.xlsx", &book.save_to_buffer().unwrap());
    compare_but_for_runs(&made.path);
}

/// The library does not tell the fonts of runs within a text, ours does: A402 is set in an old font as a whole.
fn compare_but_for_runs(path: &Path) {
    let own = read(path, &Limits::default()).unwrap();
    let mut other = read(path, &library()).unwrap();
    let changed = |sheets: &[OwnSheet]| sheets[0].cells.iter().position(|cell| (cell.row, cell.col) == (401, 0)).unwrap();
    let (a, b) = (changed(&own), changed(&other));
    assert!(own[0].cells[a].script.is_old() && !other[0].cells[b].script.is_old());
    other[0].cells[b].script = own[0].cells[a].script;
    for (own, other) in own.iter().zip(&other) {
        for (a, b) in own.cells.iter().zip(&other.cells) {
            assert_eq!(a, b);
        }
    }
    assert_eq!(own, other);
}

fn texts() -> Vec<u8> {
    format!("<?xml version=\"1.0\"?>\r\n<sst {MAIN} count=\"9\" uniqueCount=\"4\"><si><t>Hộ  nghèo</t></si><si><t xml:space=\"preserve\"> x </t></si><si/><si><r><t>a</t></r><r><rPr><b/></rPr><t xml:space='preserve'> b</t></r><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></si></sst>").into_bytes()
}

fn styles() -> Vec<u8> {
    format!("<styleSheet {MAIN}><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd&quot;/&quot;mm\"/></numFmts><fonts><font><sz val=\"11\"/><name val=\"Arial\"/></font><font><name val=\".VnTime\"/></font></fonts><cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"14\" fontId=\"1\"/><xf numFmtId=\"164\" fontId=\"0\"><alignment/></xf><xf numFmtId=\"46\" fontId=\"7\"/></cellXfs></styleSheet>").into_bytes()
}

#[test]
fn both_readers_agree_on_odd_markup() {
    let cases = [
        // Rows and cells without addresses, and in no order.
        "<row><c><v>1</v></c><c/><c t=\"s\"><v>0</v></c></row><row/><row><c t='s'><v>1</v></c></row>",
        "<row r=\"5\"><c r=\"C5\"><v>1</v></c><c r=\"A5\"><v>2</v></c><c><v>3</v></c></row><row r=\"2\"><c r=\"A2\"><v>4</v></c></row><row><c><v>5</v></c></row>",
        "<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><v>2</v></c><c r=\"B3\"><v>3</v></c></row>",
        "<row r=\"1\"><c r=\"A9\"><v>1</v></c></row>",
        // Kinds of value.
        "<row r=\"1\"><c r=\"A1\" t=\"n\"><v>1e3</v></c><c r=\"B1\" t=\"b\"><v>1</v></c><c r=\"C1\" t=\"b\"><v> FALSE </v></c><c r=\"D1\" t=\"e\"><v>#REF!</v></c><c r=\"E1\" t=\"d\"><v>1960-05-04T00:00:00</v></c><c r=\"F1\" t=\"str\"><v>a&amp;b_x0041_</v></c></row>",
        "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>30000</v></c><c r=\"B1\" s=\"2\"><v>30000.5</v></c><c r=\"C1\" s=\"3\"><v>1.5</v></c><c r=\"D1\" s=\"99\"><v>1</v></c><c r=\"E1\" s=\"x\"><v>1</v></c><c r=\"F1\" s=\"1\" t=\"s\"><v>3</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>chữ</v></c><c r=\"B1\"><v>1e400</v></c><c r=\"C1\"><v>-0</v></c><c r=\"D1\"><v>.5</v></c><c r=\"E1\"><v>+7</v></c><c r=\"F1\"><v>12345678901234567890</v></c><c r=\"G1\"><v>0.1</v></c></row>",
        // Formulas with and without a stored result.
        "<row r=\"1\"><c r=\"A1\"><f>B1</f></c><c r=\"B1\"><f>C1</f><v></v></c><c r=\"C1\" t=\"str\"><f>D1</f><v></v></c><c r=\"D1\" t=\"str\"><f>E1</f></c><c r=\"E1\" t=\"s\"><f>F1</f><v/></c><c r=\"F1\" t=\"e\"><f>G1</f><v>#N/A</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><f t=\"shared\" ref=\"A1:A3\" si=\"0\">B1*2</f><v>4</v></c></row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\"/><v>6</v></c><c r=\"B2\"><f/><v>1</v></c></row>",
        // Inline texts.
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t> a &#x1EA1; </t></is></c><c r=\"B1\" t=\"inlineStr\"><is><r><t xml:space=\"preserve\">a </t></r><r><t>b</t></r></is></c><c r=\"C1\" t=\"inlineStr\"><is/></c><c r=\"D1\" t=\"inlineStr\"><f>A1</f></c></row>",
        // White space between elements, both kinds of quotes, space within tags.
        "\r\n <row  r = '1'\n spans=\"1:3\" >\n  <c r='A1'\tt='s' >\n<v>0</v >\n</c >\n</row >\n",
        // Left to the library: comments, CDATA, instructions, other elements.
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><!-- a --><c r=\"A2\"><v>2</v></c></row><row r=\"3\"><c r=\"A3\"><v>3</v></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t><![CDATA[a<b]]></t></is></c></row>",
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><?pi x?><row r=\"2\"><c r=\"A2\"><v>2</v></c></row>",
        // Merged cells.
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"D4:D4\"></mergeCell></mergeCells><sheetData>",
        "",
    ];
    for rows in cases {
        let made = making::xlsx_rows(rows, &[("xl/sharedStrings.xml", &texts()), ("xl/styles.xml", &styles())]);
        compare(&made.path);
    }
    let prefixed = "<x:worksheet xmlns:x=\"m\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    let made = making::xlsx(prefixed.as_bytes(), &[]);
    compare(&made.path);
    assert_eq!(read(&made.path, &Limits::default()).unwrap()[0].text(0, 0), "1");
}

#[test]
fn what_the_library_gives_up_on_is_still_read() {
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#SPILL!</v></c><c r=\"B1\"><v>1</v></c><c r=\"C1\" t=\"b\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>77</v></c><c r=\"B4294967297\"><v>3</v></c><c r=\"E1\"><v> 5 </v></c></row>";
    let made = making::xlsx_rows(rows, &[("xl/sharedStrings.xml", &texts())]);
    let sheet = &read(&made.path, &Limits::default()).unwrap()[0];
    let shown: Vec<String> = sheet.cells.iter().map(|cell| crate::support::words(&cell.value)).collect();
    assert_eq!(shown, ["#SPILL!", "1", "5"]);
    let notes: Vec<String> = sheet.end.as_ref().unwrap().notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        ["unreadable value in C1: 2", "unreadable value in D1: shared text 77", "\"B4294967297\" is no cell of a sheet"]
    );
}

#[test]
fn rows_that_are_hidden_or_struck_out_are_told_by_either_reader() {
    let fonts = "<fonts count=\"3\"><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>";
    let cells = "<cellXfs count=\"3\"><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/></cellXfs>";
    let styles = format!("<styleSheet {MAIN}>{fonts}{cells}</styleSheet>");
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\" s=\"2\"><v>2</v></c><c r=\"B2\"><v>2</v></c></row>\
        <row r=\"3\" hidden=\"1\"><c r=\"A3\" s=\"1\"/></row><row r=\"4\" hidden=\"0\"><c r=\"A4\" s=\"1\"><v>4</v></c><c r=\"B4\" s=\"1\"><v>4</v></c></row>\
        <row r=\"5\" ht=\"9\" hidden=\"true\"><c r=\"C5\" s=\"1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row r=\"6\"><c r=\"A6\"><v>6</v></c></row>";
    let notes = |rows: &str| -> Vec<String> {
        let made = making::xlsx_rows(rows, &[("xl/styles.xml", styles.as_bytes())]);
        read(&made.path, &Limits::default()).unwrap()[0].end.as_ref().unwrap().notes.iter().map(ToString::to_string).collect()
    };
    let struck = "something is struck out in 2 rows, first in A4";
    assert_eq!(notes(rows), ["2 rows are hidden, the first at A2", struck]);
    let spaced = rows.replace("<row ", " <row  ");
    assert_eq!(notes(&spaced), notes(rows), "the general scanner tells the same");
    assert_eq!(notes(&format!("<!-- a -->{rows}")), [struck], "the library does not tell which rows are hidden");
}

#[test]
fn a_sheet_in_utf_16_is_read_as_any_other() {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><worksheet {MAIN}><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Buôn Cuôr Tăk</t></is></c></row></sheetData></worksheet>"
    );
    let bytes: Vec<u8> = [0xFEFF_u16].into_iter().chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&making::xlsx(&bytes, &[]).path, &Limits::default()).unwrap()[0].text(0, 0), "Buôn Cuôr Tăk");
}

#[test]
fn dates_say_which_epoch_they_count_from() {
    let book =
        "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let rows = "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>30000</v></c></row>";
    let made = making::xlsx_rows(rows, &[("xl/workbook.xml", book.as_bytes()), ("xl/styles.xml", &styles())]);
    compare(&made.path);
    let sheet = &read(&made.path, &Limits::default()).unwrap()[0];
    assert_eq!(sheet.cells[0].value, Value::Date { serial: 30_000.0, is_1904: true });
}

#[test]
fn wherever_a_sheet_is_cut_into_pieces_its_cells_are_the_same() {
    // Texts of many lengths move the cells across the borders of the window in every way.
    let mut rows = String::new();
    for row in 1..=4_000 {
        let text = "ộ".repeat(row % 311);
        rows += &format!(
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c><c r=\"B{row}\"><f>A{row}&amp;\"x\"</f><v>{row}</v></c></row>"
        );
    }
    rows += &format!("<row r=\"4001\"><c r=\"A4001\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(3_000_000));
    compare(&making::xlsx_rows(&rows, &[]).path);
}
