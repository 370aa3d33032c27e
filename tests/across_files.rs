//! What no single workbook shows: doubles between files and communes, a file given twice, a commune that sent nothing.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const HEAD: &str = "STT,Xã,Thôn,Họ và tên chủ hộ,Năm sinh,Số CCCD,Số khẩu,Dân tộc,Phân loại hộ";
const PERSONS: &str = "STT,Xã,Thôn,Họ và tên,Quan hệ với chủ hộ,Năm sinh,Số CCCD,Phân loại hộ";

fn write(folder: &Path, name: &str, head: &str, rows: &[&str]) {
    fs::write(folder.join(name), format!("{head}\n{}\n", rows.join("\n"))).unwrap();
}

fn json(folder: &Path, args: &[&str]) -> (Option<i32>, Value) {
    let run =
        Command::cargo_bin("thoatngheo").unwrap().current_dir(folder).args(args).args(["--format", "json"]).output().unwrap();
    let document = serde_json::from_slice(&run.stdout);
    (run.status.code(), document.unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&run.stderr).into_owned())))
}

/// Code, file, cell and where the first one stands, of each issue.
fn issues(document: &Value) -> Vec<String> {
    let text = |issue: &Value, key: &str| issue[key].as_str().unwrap_or("-").to_owned();
    let issues = document["result"]["issues"].as_array().unwrap().iter();
    issues.map(|issue| format!("{} {} {}", text(issue, "code"), text(issue, "file"), text(issue, "cell"))).collect()
}

fn fix(document: &Value, code: &str) -> String {
    let issues = document["result"]["issues"].as_array().unwrap();
    issues.iter().find(|issue| issue["code"] == code).unwrap()["fix"].as_str().unwrap().to_owned()
}

const HOUSEHOLD: &str = "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,M'Nông,Hộ nghèo";
const NAMELESS: &str = "2,Xã Yang Tao,Buôn Dơng,Y Thử Hai,1970,,4,M'Nông,Không nghèo";

#[test]
fn a_head_in_two_communes_is_an_error_on_the_later_row_that_names_the_first() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a-2022.csv", HEAD, &[HOUSEHOLD, NAMELESS]);
    write(folder.path(), "b-2022.csv", HEAD, &["1,Xã Krông Nô,Buôn Y,Y Thử Một,1969,066069000001,4,M'Nông,Không nghèo"]);
    let (code, document) = json(folder.path(), &["check", "a-2022.csv", "b-2022.csv"]);
    assert_eq!((code, issues(&document)), (Some(1), vec!["citizen-twice b-2022.csv F2".to_owned()]));
    assert!(fix(&document, "citizen-twice").contains("a-2022.csv [a-2022] F2"));
    let (_, rates) = json(folder.path(), &["rates", "--households", "a-2022.csv", "b-2022.csv"]);
    assert_eq!(rates["result"]["rows"][0]["households"], 2, "{rates}");
}

#[test]
fn a_report_written_into_the_folder_of_the_data_is_not_counted_when_the_folder_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "ho-2022.csv", HEAD, &[HOUSEHOLD, NAMELESS]);
    let roster = "Danh sách đảng viên năm 2022\nSTT,Họ và tên,Giới tính,Tổ chức cơ sở đảng,Hưởng lương NSNN\n\
        1,Y Bang Liêng,Nam,Đảng bộ xã Yang Tao,Có\n";
    fs::write(folder.path().join("dang-vien-2022.csv"), roster).unwrap();
    let rates = ["rates", "--households", "."];
    let (_, before) = json(folder.path(), &rates);
    let report = ["report", "--year", "2022", "--households", ".", "--members", ".", "-o", "bao-cao"];
    let run = Command::cargo_bin("thoatngheo").unwrap().current_dir(folder.path()).args(report).output().unwrap();
    let err = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(folder.path().join("bao-cao/manifest.json").exists(), "{err}");
    let (_, after) = json(folder.path(), &rates);
    assert_eq!((&after["result"], &after["inputs"]), (&before["result"], &before["inputs"]));
    assert_eq!(after["result"]["rows"][0]["households"], 2);
    // Without its manifest nothing tells the program's workbook from one that a commune sent.
    fs::remove_file(folder.path().join("bao-cao/manifest.json")).unwrap();
    let (_, told) = json(folder.path(), &rates);
    assert_ne!(told["inputs"], before["inputs"]);
}

#[test]
fn a_household_without_a_number_in_two_files_is_counted_until_a_person_decides() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a-2022.csv", HEAD, &[HOUSEHOLD, NAMELESS]);
    write(folder.path(), "b-2022.csv", HEAD, &[NAMELESS, &NAMELESS.replace("1970", "1990"), &NAMELESS.replace("Dơng", "Khác")]);
    let files = ["a-2022.csv", "b-2022.csv"];
    let (code, document) = json(folder.path(), &["check", files[0], files[1], "--corrections", "hoi.csv"]);
    assert_eq!((code, issues(&document)), (Some(0), vec!["household-twice b-2022.csv F2".to_owned()]));
    let rates = |more: &[&str]| {
        let args = [&["rates", "--households", files[0], files[1]], more].concat();
        let (_, rates) = json(folder.path(), &args);
        (rates["result"]["rows"][0]["households"].clone(), rates["issues"]["warnings"].clone())
    };
    assert_eq!(rates(&[]), (5.into(), 1.into()));
    for (word, counted) in [("same", 4), ("different", 5)] {
        let asked = fs::read_to_string(folder.path().join("hoi.csv")).unwrap();
        assert!(asked.contains("Y Thử Hai,a-2022.csv [a-2022] F3"), "{asked}");
        let header = "code,file,sheet,cell,found,other,decision,value,initials,note";
        let row = format!("household-twice,b-2022.csv,b-2022,F2,Y Thử Hai,,{word},,TH,");
        fs::write(folder.path().join("sua.csv"), format!("{header}\n{row}\n")).unwrap();
        assert_eq!(rates(&["--corrections", "sua.csv"]), (counted.into(), 0.into()), "{word}");
    }
}

#[test]
fn a_person_in_two_households_is_told_once_and_both_households_count() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,Chủ hộ,1969,066069000001,Hộ nghèo",
        ",Xã Yang Tao,Buôn Dơng,H'Thử Con,Con,1999,066199000002,",
        "2,Xã Yang Tao,Buôn Dơng,Y Thử Ba,Chủ hộ,1968,066068000003,Không nghèo",
    ];
    write(folder.path(), "a-2022.csv", PERSONS, &rows);
    let rows = [
        "1,Xã Krông Nô,Buôn Y,Y Thử Rể,Chủ hộ,1998,066098000004,Hộ nghèo",
        ",Xã Krông Nô,Buôn Y,H'Thử Con,Vợ,1999,066199000002,",
        ",Xã Krông Nô,Buôn Y,Y Thử Ba,Bố,1968,066068000003,",
        "2,Xã Krông Nô,Buôn Y,Y Thử Khác,Chủ hộ,1970,066070000005,Không nghèo",
    ];
    write(folder.path(), "b-2022.csv", PERSONS, &rows);
    let (code, document) = json(folder.path(), &["check", "a-2022.csv", "b-2022.csv"]);
    assert_eq!(
        (code, issues(&document)),
        (Some(0), vec!["person-twice b-2022.csv G3".to_owned(), "person-twice b-2022.csv G4".to_owned()])
    );
    assert!(fix(&document, "person-twice").contains("a-2022.csv [a-2022] G3"));
    let (_, rates) = json(folder.path(), &["rates", "--households", "a-2022.csv", "b-2022.csv"]);
    assert_eq!((&rates["result"]["rows"][0]["households"], &rates["result"]["rows"][0]["persons"]), (&4.into(), &7.into()));
    // Next year's list may hold the same people, of course.
    write(folder.path(), "b-2023.csv", PERSONS, &rows);
    let (_, document) = json(folder.path(), &["check", "a-2022.csv", "b-2023.csv"]);
    assert_eq!(issues(&document), Vec::<String>::new());
}

#[test]
fn a_household_that_is_left_out_as_a_double_does_not_tell_each_of_its_persons_too() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,Chủ hộ,1969,066069000001,Hộ nghèo",
        ",Xã Yang Tao,Buôn Dơng,H'Thử Con,Con,1999,066199000002,",
        "2,Xã Yang Tao,Buôn Dơng,Y Thử Ba,Chủ hộ,1968,066068000003,Không nghèo",
    ];
    write(folder.path(), "a-2022.csv", PERSONS, &rows);
    write(
        folder.path(),
        "b-2022.csv",
        PERSONS,
        &[&rows[..2], &["2,Xã Yang Tao,Buôn Dơng,Y Bốn,Chủ hộ,1970,066070000005,Không nghèo"]].concat(),
    );
    let (_, document) = json(folder.path(), &["check", "a-2022.csv", "b-2022.csv"]);
    assert_eq!(issues(&document), ["citizen-twice b-2022.csv G2"]);
    assert_eq!(document["result"]["sheets"][1]["rejected"], 2);
}

#[test]
fn a_file_given_twice_or_copied_counts_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a-2022.csv", HEAD, &[HOUSEHOLD, NAMELESS]);
    // The same path by two ways is one file, and nothing to tell.
    let (code, document) = json(folder.path(), &["check", "a-2022.csv", "./a-2022.csv", "."]);
    assert_eq!((code, issues(&document)), (Some(0), vec![]), "{document}");
    fs::copy(folder.path().join("a-2022.csv"), folder.path().join("b-2022.csv")).unwrap();
    let (code, document) = json(folder.path(), &["check", "."]);
    assert_eq!((code, issues(&document)), (Some(1), vec!["file-twice ./b-2022.csv -".to_owned()]));
    let sheets = document["result"]["sheets"].as_array().unwrap();
    assert_eq!((&sheets[1]["read"], &sheets[1]["skipped"]), (&3.into(), &3.into()));
    let (_, rates) = json(folder.path(), &["rates", "--households", "."]);
    assert_eq!(rates["result"]["rows"][0]["households"], 2);
}

#[test]
fn a_commune_of_the_programme_without_a_workbook_is_named_with_the_year() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("2022")).unwrap();
    write(folder.path(), "2022/a.csv", HEAD, &[HOUSEHOLD, NAMELESS]);
    let programme = "[[communes]]\nname = \"Xã Yang Tao\"\n[[communes]]\nname = \"Xã Krông Nô\"\n[[communes]]\nname = \"Xã Đã Nhập\"\nvalid_to = \"2020-01-01\"\n[years.2022]\nhouseholds = [\"2022\"]\n";
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    let (code, document) = json(folder.path(), &["check"]);
    let told = document["result"]["issues"].as_array().unwrap();
    assert_eq!((code, told.len()), (Some(0), 1), "{document}");
    assert_eq!((&told[0]["code"], &told[0]["found"]), (&"commune-missing".into(), &"Xã Krông Nô".into()));
    assert!(told[0]["fix"].as_str().unwrap().contains("2022"));
    write(folder.path(), "2022/b.csv", HEAD, &["1,Xã Krông Nô,Buôn Y,Y Thử Ba,1969,066069000009,4,M'Nông,Không nghèo"]);
    let (_, document) = json(folder.path(), &["check"]);
    assert_eq!(issues(&document), Vec::<String>::new());
}

#[test]
fn a_member_in_two_organisations_is_an_error_on_the_later_row() {
    let folder = tempfile::tempdir().unwrap();
    let head = "STT,Họ và tên,Năm sinh,Số CCCD,Tổ chức cơ sở đảng,Ngày vào Đảng";
    write(folder.path(), "a-2022.csv", head, &["1,Thử Văn Một,1969,066069000001,Đảng bộ xã Yang Tao,03/02/1995"]);
    write(folder.path(), "b-2022.csv", head, &["1,Thử Văn Một,1969,066069000001,Chi bộ Tòa án,03/02/1995"]);
    let (code, document) = json(folder.path(), &["check", "a-2022.csv", "b-2022.csv"]);
    assert_eq!((code, issues(&document)), (Some(1), vec!["member-twice b-2022.csv D2".to_owned()]));
    assert!(fix(&document, "member-twice").contains("a-2022.csv [a-2022] D2"));
}

#[test]
fn a_totals_table_that_contradicts_the_list_is_told_at_its_cell_and_gives_no_rate_above_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let poor = HOUSEHOLD.replace(",4,", ",3,");
    let near_poor = NAMELESS.replace("Không nghèo", "Hộ cận nghèo");
    write(folder.path(), "ds-2023.csv", HEAD, &[&poor, &near_poor]);
    let totals = "STT,Xã,Tổng số hộ,Tổng số nhân khẩu,Số hộ nghèo,Số hộ cận nghèo";
    let rates = ["rates", "--households", "ds-2023.csv", "--totals", "tong-2023.csv"];
    write(folder.path(), "tong-2023.csv", totals, &["1,Xã Yang Tao,10,40,5,1"]);
    let (code, document) = json(folder.path(), &["check", "."]);
    assert_eq!((code, issues(&document)), (Some(0), vec!["total-unlike-list ./tong-2023.csv E2".to_owned()]));
    assert!(fix(&document, "total-unlike-list").contains(": 1"), "{document}");
    let (_, told) = json(folder.path(), &rates);
    assert_eq!((&told["result"]["rows"][0]["poor"], &told["issues"]["warnings"]), (&1.into(), &1.into()));
    // The list alone has more households than the table has in all.
    write(folder.path(), "tong-2023.csv", "STT,Xã,Tổng số hộ,Tổng số nhân khẩu", &["1,Xã Yang Tao,1,40"]);
    let (code, document) = json(folder.path(), &["check", "."]);
    assert_eq!((code, issues(&document)), (Some(1), vec!["total-too-small ./tong-2023.csv C2".to_owned()]));
    let (code, told) = json(folder.path(), &rates);
    let row = &told["result"]["rows"][0];
    assert_eq!((code, &row["poor"], &row["households"], &row["poor_percent"]), (Some(1), &1.into(), &Value::Null, &Value::Null));
}

#[test]
fn households_that_were_left_out_explain_what_a_totals_table_has_more() {
    let folder = tempfile::tempdir().unwrap();
    let without_class = NAMELESS.replace("Không nghèo", "");
    write(folder.path(), "ho-2023.csv", HEAD, &[HOUSEHOLD, &NAMELESS.replace("Hai", "Ba"), &without_class]);
    write(folder.path(), "tong-2023.csv", "STT,Xã,Tổng số hộ,Tổng số nhân khẩu", &["1,Xã Yang Tao,3,12"]);
    let (_, document) = json(folder.path(), &["check", "."]);
    assert!(!issues(&document).iter().any(|issue| issue.contains("tong")), "{document}");
}

/// The exit code, what the screen begins with, and the codes of issues that `check` finds in the same files.
fn of_files(args: &[&str]) -> (Option<i32>, String, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let lists = [
        (
            "dang-vien.csv",
            "Họ và tên,Ngày sinh,Tổ chức đảng,Ngày vào Đảng\nThử Văn A,01/02/1970,Đảng bộ xã Yang Tao,01/01/2000\n",
        ),
        ("ung-ho.csv", "Họ và tên,Tổ chức đảng,Số tiền ủng hộ\nThử Văn A,Đảng bộ xã Yang Tao,100000\n"),
        ("khac.csv", "Họ và tên,Tổ chức đảng,Đợt 1,Đợt 2\nThử Văn A,Đảng bộ xã Yang Tao,100000,200000\n"),
        ("trao-nham.toml", "[years.2023]\nmembers = [\"dang-vien.csv\"]\npledges = [\"ho.csv\"]\n"),
        ("ho.csv", "Họ và tên chủ hộ,Xã,Số khẩu,Phân loại hộ\nThử Văn B,Xã Yang Tao,4,Hộ nghèo\n"),
    ];
    for (name, rows) in lists {
        fs::write(folder.path().join(name), rows).unwrap();
    }
    let run = |args: &[&str]| {
        let args = args.iter().chain(&["--year", "2023", "--lang", "en"]);
        Command::cargo_bin("thoatngheo").unwrap().current_dir(folder.path()).args(args).output().unwrap()
    };
    let shown = run(args);
    let first = String::from_utf8(shown.stdout).unwrap().lines().next().unwrap_or_default().to_owned();
    let of_kinds: Vec<&str> = args.iter().skip(1).copied().collect();
    let checked = run(&[&["check", "--format", "json"], &of_kinds[..]].concat());
    let checked: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    let codes = checked["result"]["issues"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap().to_owned());
    (shown.status.code(), first, codes.filter(|code| code.starts_with("table-")).collect())
}

#[test]
fn a_named_file_of_which_nothing_is_used_is_an_error() {
    let (code, first, codes) = of_files(&["pledges", "--members", "dang-vien.csv", "--pledges", "khac.csv"]);
    assert_eq!((code, codes), (Some(1), vec!["table-unknown".to_owned()]));
    assert_eq!(first, "Files without a known table, not used: 1, khac.csv.");
    for (flag, file) in
        [("--pledges", "ho.csv"), ("--twinning", "dang-vien.csv"), ("--support", "ho.csv"), ("--pledges", "dang-vien.csv")]
    {
        let (code, first, codes) = of_files(&["pledges", "--members", "dang-vien.csv", flag, file]);
        assert_eq!((code, codes), (Some(1), vec!["table-other".to_owned()]), "{flag} {file}");
        assert_eq!(first, format!("Files without a table of the kind that they are named for: 1, {file}."));
    }
    let (code, first, codes) = of_files(&["pledges", "--programme", "trao-nham.toml"]);
    assert_eq!((code, codes), (Some(1), vec!["table-other".to_owned()]));
    assert_eq!(first, "Files without a table of the kind that they are named for: 1, ho.csv.");
    // A folder may hold anything.
    for paths in [["dang-vien.csv", "ung-ho.csv"], ["dang-vien.csv", "."]] {
        let (code, _, codes) = of_files(&["pledges", "--members", paths[0], "--pledges", paths[1]]);
        assert_eq!((code, codes), (Some(0), Vec::new()), "{paths:?}");
    }
}
