//! The workbooks of single communes: their rows are the commune's own, and together they are the district.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

type Rows = Vec<Vec<String>>;

fn run(folder: &Path, args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_thoatngheo")).current_dir(folder).args(args).output().unwrap();
    assert!(run.status.code().unwrap() < 2, "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn result(folder: &Path, args: &[&str]) -> Value {
    let text = run(folder, &[args, &["--format", "json"]].concat());
    serde_json::from_str::<Value>(&text).unwrap()["result"].clone()
}

/// Every sheet of a workbook as texts, by name.
fn sheets(path: &Path) -> BTreeMap<String, Rows> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let names = book.sheet_names();
    let rows = |name: &String| {
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    };
    names.iter().cloned().zip(names.iter().map(rows).collect::<Vec<_>>()).collect()
}

/// The rows below the row of headings that has all of these, as those columns alone.
fn columns(rows: &Rows, headings: &[&str]) -> Rows {
    let has_all = |row: &&Vec<String>| headings.iter().all(|heading| row.iter().any(|cell| cell == heading));
    let head = rows.iter().find(has_all);
    assert!(head.is_some(), "no {headings:?} in {rows:?}");
    let head = head.unwrap();
    let at: Vec<usize> = headings.iter().map(|heading| head.iter().position(|cell| cell == heading).unwrap()).collect();
    let below = rows.iter().skip_while(|row| *row != head).skip(1);
    below.map(|row| at.iter().map(|at| row[*at].clone()).collect()).collect()
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}

#[test]
fn the_parts_of_the_communes_are_their_own_rows_and_together_the_district() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let folder = tempfile::tempdir().unwrap();
    run(&sample, &["report", "--per-commune", "--quiet", "-o", folder.path().to_str().unwrap()]);
    let rates = result(&sample, &["rates", "--by", "commune"]);
    let coverage = result(&sample, &["coverage"]);
    let plan = result(&sample, &["assign"]);
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let pairs = plan["pairs"].as_array().unwrap();
    let mut helped: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for pair in pairs {
        helped.entry(text(pair, "commune")).or_default().insert(text(pair, "household"));
    }
    let everybody: BTreeSet<&String> = helped.values().flatten().collect();
    let mut received = 0;
    let mut seen = 0;
    for file in fs::read_dir(folder.path().join("xa")).unwrap() {
        let path = file.unwrap().path();
        let sheets = sheets(&path);
        let villages = columns(&sheets["Tỷ lệ theo thôn, buôn"], &["Xã, thị trấn", "Thôn, buôn", "Tổng số hộ", "Hộ nghèo"]);
        let commune = villages[0][0].clone();
        let of = rates["rows"].as_array().unwrap().iter().find(|row| row["commune"] == *commune).unwrap();
        let total = villages.iter().find(|row| row[0] == "Tổng cộng").unwrap();
        let own: Vec<_> = villages.iter().filter(|row| row[0] == commune).collect();
        for (at, key) in [(2, "households"), (3, "poor")] {
            assert_eq!(number(&total[at]), of[key].as_u64().unwrap(), "{commune} {key}");
            assert_eq!(own.iter().map(|row| number(&row[at])).sum::<u64>(), number(&total[at]), "{commune} {key}");
        }
        let every_cell: BTreeSet<&String> = sheets.values().flatten().flatten().collect();
        let strangers: Vec<_> = everybody.difference(&helped[&commune].iter().collect()).copied().collect();
        assert!(strangers.len() > 1000);
        assert!(strangers.iter().all(|household| !every_cell.contains(household)), "{commune}");
        // The register of support is of two communes.
        let support = sheets.get("Hỗ trợ").map(|rows| columns(rows, &["Đã được hỗ trợ"])).unwrap_or_default();
        received += support.iter().map(|row| number(&row[0])).sum::<u64>();
        seen += 1;
    }
    assert!(seen == 11 && received > 0);
    // Households outside the survey are in no commune's list.
    let found = coverage["rows"].as_array().unwrap().iter().filter(|row| row["class"].is_string());
    assert_eq!(received, found.map(|row| row["received"].as_u64().unwrap()).sum::<u64>());
}

const HEAD: &str = "STT,Xã,Thôn,Họ và tên chủ hộ,Năm sinh,Số CCCD,Số khẩu,Phân loại hộ";

#[test]
fn without_a_roster_each_commune_still_gets_its_villages_and_no_name_overwrites_another() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        "1,Xã Ea Rô,Buôn A,Y Thử Một,1969,066069000001,4,Hộ nghèo",
        "2,Xã Ea Rơ,Buôn B,Y Thử Hai,1970,066070000002,3,Không nghèo",
    ];
    fs::write(folder.path().join("ho-2022.csv"), format!("{HEAD}\n{}\n", rows.join("\n"))).unwrap();
    run(folder.path(), &["report", "--year", "2022", "--households", "ho-2022.csv", "--per-commune", "-o", "ra"]);
    for (file, commune, village) in [("xa-ea-ro.xlsx", "Xã Ea Rô", "Buôn A"), ("xa-ea-ro-2.xlsx", "Xã Ea Rơ", "Buôn B")] {
        let sheets = sheets(&folder.path().join("ra/xa").join(file));
        let villages = columns(&sheets["Tỷ lệ theo thôn, buôn"], &["Xã, thị trấn", "Thôn, buôn"]);
        assert_eq!(villages[..2], [[commune, village], ["Tổng cộng", ""]], "{file}");
    }
    let manifest = fs::read_to_string(folder.path().join("ra/manifest.json")).unwrap();
    assert!(manifest.contains("xa/xa-ea-ro-2.xlsx"), "{manifest}");
}

#[test]
fn where_nothing_is_told_of_any_commune_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let roster = "Danh sách đảng viên năm 2022\nSTT,Họ và tên,Giới tính,Tổ chức cơ sở đảng,Hưởng lương NSNN\n\
        1,Y Bang Liêng,Nam,Chi bộ Phòng Nội vụ,Có\n";
    fs::write(folder.path().join("dang-vien-2022.csv"), roster).unwrap();
    let row = "1,Xã Ea Rô,Buôn A,Y Thử Một,1969,066069000001,4,Hộ nghèo";
    fs::write(folder.path().join("ho-2022.csv"), format!("{HEAD}\n{row}\n")).unwrap();
    let members: &[&str] = &["--members", "dang-vien-2022.csv"];
    // Without an assignment a commune's workbook would show the public nothing at all.
    let households: &[&str] = &["--households", "ho-2022.csv", "--audience", "public"];
    for lists in [members, households] {
        let args = [&["report", "--year", "2022", "--per-commune", "-o", "ra"], lists].concat();
        let run = Command::new(env!("CARGO_BIN_EXE_thoatngheo")).current_dir(folder.path()).args(args).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{lists:?}");
        assert!(String::from_utf8(run.stderr).unwrap().contains("không có xã nào để ghi riêng"));
        assert!(!folder.path().join("ra").exists());
    }
}
