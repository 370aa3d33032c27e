//! `check --annotate`: copies with everything as it was, and what is wrong marked on it; `check --skipped`: what was taken
//! for no record.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a step of a test that fails fails the test; a skipped test says so"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use rust_xlsxwriter::{Format, Note, Workbook};
use thoatngheo::ingest::workbook::{self, Limits};

/// A household list of two sheets: one household without a class, one whose persons are a word, a note that stood there
/// before, merged cells, a place that counts sheets (a print area).
fn list(path: &Path) {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    book.add_worksheet().set_name("Bìa").unwrap().write_string(0, 0, "Kèm theo báo cáo").unwrap();
    let page = book.add_worksheet().set_name("Bon Jun's").unwrap();
    page.merge_range(0, 0, 0, 5, "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2022", &bold).unwrap();
    for (col, heading) in (0_u16..).zip(["STT", "Thôn/Buôn", "Họ và tên chủ hộ", "Số nhân khẩu", "Phân loại hộ", "Số CCCD"])
    {
        page.write_string(2, col, heading).unwrap();
    }
    for (row, (head, class)) in (3_u32..).zip([("Y Thử Một", "Hộ nghèo"), ("H'Thử Hai", ""), ("Thử Văn Ba", "Hộ cận nghèo")])
    {
        page.write_number(row, 0, f64::from(row) - 2.0).unwrap();
        page.write_string(row, 1, "Buôn Cuôr").unwrap();
        page.write_string(row, 2, head).unwrap();
        page.write_number(row, 3, 4).unwrap();
        if !class.is_empty() {
            page.write_string_with_format(row, 4, class, &bold).unwrap();
        }
        page.write_string(row, 5, format!("06619000000{row}")).unwrap();
    }
    page.write_string(5, 3, "bốn").unwrap();
    page.insert_note(5, 3, &Note::new("Hỏi lại trưởng buôn")).unwrap();
    page.set_print_area(0, 0, 10, 5).unwrap();
    book.save(path).unwrap();
}

fn thoatngheo(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("thoatngheo").unwrap();
    command.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "vi_VN.UTF-8");
    command
}

/// All cells of all sheets, as they are read.
fn cells(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut book = workbook::open(path, &Limits::default()).unwrap();
    let mut all = BTreeMap::new();
    for index in 0..book.sheets().len() {
        let name = book.sheets()[index].name.clone();
        let mut found = Vec::new();
        let read = book.read_sheet(index, &mut |row| {
            found.extend(row.cells.iter().map(|cell| format!("{} {} {:?}", row.row, cell.col, cell.value)));
        });
        read.unwrap();
        all.insert(name, found);
    }
    all
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Parts of a container whose names begin so, joined.
fn parts(path: &Path, start: &str) -> String {
    let archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let names: BTreeSet<String> = archive.file_names().filter_map(Result::ok).map(|name| name.to_string()).collect();
    names.iter().filter(|name| name.starts_with(start)).map(|name| part(path, name)).collect()
}

#[test]
fn a_marked_copy_keeps_every_value_and_opens_with_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("yang-tao.xlsx");
    list(&original);
    thoatngheo(folder.path()).args(["check", "yang-tao.xlsx", "--annotate", "tra-lai"]).assert().code(1);
    let copy = folder.path().join("tra-lai/yang-tao.xlsx");
    let (before, mut after) = (cells(&original), cells(&copy));
    let list = after.remove("Vấn đề").unwrap().join("\n");
    assert_eq!(before, after);
    assert!(list.contains("E5") && list.contains("D6") && list.contains("bốn"), "{list}");
    let book = workbook::open(&copy, &Limits::default()).unwrap();
    assert_eq!(book.sheets()[0].name, "Vấn đề");
    // The print area is still that of its own sheet, which is the third one now.
    assert!(part(&copy, "xl/workbook.xml").contains("localSheetId=\"2\""));
    let notes = parts(&copy, "xl/comments");
    assert!(notes.contains("Hỏi lại trưởng buôn") && notes.contains("ref=\"E5\""), "{notes}");
    assert_eq!(notes.matches("ref=\"D6\"").count(), 1, "a cell has one note: {notes}");
    assert!(parts(&copy, "xl/worksheets/sheet").contains("'Bon Jun''s'!E5"), "links lead to the cells");
    assert_eq!(parts(&copy, "xl/worksheets/sheet").matches("tabSelected=\"1\"").count(), 1, "one sheet is selected");
}

#[test]
fn a_marked_copy_that_comes_back_reads_as_the_original_did() {
    let folder = tempfile::tempdir().unwrap();
    list(&folder.path().join("yang-tao.xlsx"));
    let found = |path: &str| {
        let run = thoatngheo(folder.path()).args(["check", path, "--format", "json", "--annotate", "ra"]).output().unwrap();
        let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let issues = json["result"]["issues"].as_array().unwrap().clone();
        issues.iter().map(|issue| format!("{} {} {}", issue["code"], issue["sheet"], issue["cell"])).collect::<BTreeSet<_>>()
    };
    let before = found("yang-tao.xlsx");
    std::fs::rename(folder.path().join("ra/yang-tao.xlsx"), folder.path().join("lai.xlsx")).unwrap();
    assert_eq!(found("lai.xlsx"), before);
}

#[test]
fn a_format_that_cannot_be_changed_in_place_becomes_a_workbook_of_values_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = "STT,Xã,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ\n1,Xã Yang Tao,Buôn Cuôr,=Y Thử,4,Hộ khá\n";
    std::fs::write(folder.path().join("a.csv"), text).unwrap();
    list(&folder.path().join("a.xlsx"));
    let run = thoatngheo(folder.path()).args(["check", "a.csv", "a.xlsx", "--annotate", "ra"]).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("csv") && said.contains("chỉ giữ giá trị"), "{said}");
    let copy = folder.path().join("ra/a.csv.xlsx");
    let (before, mut after) = (cells(&folder.path().join("a.csv")), cells(&copy));
    assert!(after.remove("Vấn đề").unwrap().join("\n").contains("chỉ giữ giá trị"));
    assert_eq!(before, after);
    assert!(!parts(&copy, "xl/worksheets/sheet").contains("<f>"), "text is never a formula");
    assert!(folder.path().join("ra/a.xlsx.xlsx").is_file(), "two files of one name each have a copy");
}

#[test]
fn copies_are_not_written_among_the_inputs_or_for_others_than_the_office() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    list(&folder.path().join("in/a.xlsx"));
    thoatngheo(folder.path()).args(["check", "in", "--annotate", "in/ra"]).assert().code(2);
    thoatngheo(folder.path()).args(["check", "in", "--annotate", "in"]).assert().code(2);
    thoatngheo(folder.path()).args(["check", "in", "--annotate", "ra", "--audience", "posted"]).assert().code(2);
    assert!(!folder.path().join("ra").exists() && !folder.path().join("in/ra").exists());
    thoatngheo(folder.path()).args(["check", "in/a.xlsx", "--annotate", "in"]).assert().code(2);
}

#[test]
fn the_same_workbook_gives_the_same_copy() {
    let folder = tempfile::tempdir().unwrap();
    list(&folder.path().join("a.xlsx"));
    for out in ["mot", "hai"] {
        thoatngheo(folder.path()).args(["check", "a.xlsx", "--annotate", out]).assert().code(1);
    }
    let read = |out: &str| std::fs::read(folder.path().join(out).join("a.xlsx")).unwrap();
    assert_eq!(read("mot"), read("hai"));
}

#[test]
fn copies_of_the_lookalike_workbooks_keep_every_value() {
    let shared = std::env::var_os("THOATNGHEO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let faults = shared.join("workbooks/faults");
    if !faults.is_dir() {
        eprintln!("SKIPPED: {} is not there", faults.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    thoatngheo(folder.path()).arg("check").arg(&faults).args(["--annotate", "ra"]).assert().code(1);
    for name in ["households-official.xlsx", "households-plain.xlsx", "members.xlsx"] {
        let mut after = cells(&folder.path().join("ra").join(name));
        assert!(after.remove("Vấn đề").is_some());
        assert_eq!(cells(&faults.join(name)), after, "{name}");
    }
}

/// The skipped rows of a list in each of whose gaps something stands that is no household.
#[test]
fn every_skipped_row_is_listed_with_what_it_was_taken_for() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        "UBND XÃ YANG TAO,,,,",
        "DANH SÁCH HỘ DÂN CƯ NĂM 2022,,,,",
        "STT,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ",
        "I,Buôn Cuôr,,,",
        "1,Buôn Cuôr,Y Thử,4,Hộ nghèo",
        ",Cộng Buôn Cuôr,,4,",
        "STT,Thôn,Họ và tên chủ hộ,Số nhân khẩu,Phân loại hộ",
        "2,Buôn Cuôr,H'Thử,3,Hộ nghèo",
        ",Ghi chú: lấy theo biểu năm trước,,,",
        ",,NGƯỜI LẬP BIỂU,,",
    ];
    std::fs::write(folder.path().join("xa.csv"), rows.join("\n")).unwrap();
    let run = |args: &[&str]| {
        let output = thoatngheo(folder.path()).args(["check", "xa.csv"]).args(args).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let listed = |args: &[&str]| {
        let document: serde_json::Value = serde_json::from_str(&run(args)).unwrap();
        let sheet = &document["result"]["sheets"][0];
        assert_eq!((&sheet["used"], &sheet["skipped"]), (&2.into(), &8.into()));
        let rows = sheet["skipped_rows"].as_array().unwrap().clone();
        rows.iter().map(|row| format!("{} {} {}", row["row"], row["taken_for"], row["text"])).collect::<Vec<_>>()
    };
    let headings = "STT \u{b7} Thôn \u{b7} Họ và tên chủ hộ \u{b7} Số nhân khẩu \u{b7} Phân loại hộ";
    let expected = [
        r#"1 "title" "UBND XÃ YANG TAO""#.to_owned(),
        r#"2 "title" "DANH SÁCH HỘ DÂN CƯ NĂM 2022""#.to_owned(),
        format!(r#"3 "heading" "{headings}""#),
        "4 \"banner\" \"I \u{b7} Buôn Cuôr\"".to_owned(),
        "6 \"sum\" \"Cộng Buôn Cuôr \u{b7} 4\"".to_owned(),
        format!(r#"7 "heading" "{headings}""#),
        r#"9 "note" "Ghi chú: lấy theo biểu năm trước""#.to_owned(),
        r#"10 "signature" "NGƯỜI LẬP BIỂU""#.to_owned(),
    ];
    assert_eq!(listed(&["--format", "json"]), expected);
    assert!(listed(&["--format", "json", "--audience", "public"]).iter().all(|row| row.ends_with(r#" """#)));
    let screen = run(&["--skipped"]);
    for shown in ["Các dòng bỏ qua", "1\u{2013}2", "tiêu đề biểu", "dòng cộng", "Cộng Buôn Cuôr \u{b7} 4", "ghi chú", "chữ ký"]
    {
        assert!(screen.contains(shown), "{shown}: {screen}");
    }
    assert!(!run(&[]).contains("Các dòng bỏ qua"));
    assert!(!run(&["--skipped", "--audience", "public"]).contains("NGƯỜI LẬP"));
}

#[test]
fn each_column_that_is_missing_is_named_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let text = "STT,Họ và tên chủ hộ,Năm sinh,Dân tộc,Thôn\n1,Y Thử Một,1970,Ê Đê,Buôn Cuôr\n";
    std::fs::write(folder.path().join("ho-2023.csv"), text).unwrap();
    let screen = thoatngheo(folder.path()).args(["check", "ho-2023.csv"]).output().unwrap();
    let screen = String::from_utf8(screen.stdout).unwrap();
    for column in ["Thêm cột Phân loại hộ", "Thêm cột Số nhân khẩu"] {
        assert!(screen.contains(column), "{column}: {screen}");
    }
}
