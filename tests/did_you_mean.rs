//! Misspelt names come back with the nearest known one, and headings that fit twice or not at all are told all at once; the
//! programme file settles them.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const PROGRAMME: &str = "[[communes]]\nname = \"Xã Thử Đông\"\nvillages = [\"Buôn Kmiên\", \"Thôn Hòa Bình\"]\n[[communes]]\nname = \"Xã Thử Tây\"\n[[organisations]]\nname = \"Chi bộ Phòng Thử nghiệm\"\n";

fn check(folder: &Path, args: &[&str]) -> (Option<i32>, Value) {
    let mut command = Command::cargo_bin("thoatngheo").unwrap();
    let output = command
        .current_dir(folder)
        .arg("check")
        .args(args)
        .args(["--format", "json", "--lang", "en", "--year", "2023"])
        .output()
        .unwrap();
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap())
}

/// Severity, cell, found and fix of the issues of a code.
fn of_code<'a>(document: &'a Value, code: &str) -> Vec<[&'a str; 4]> {
    let issues = document["result"]["issues"].as_array().unwrap().iter().filter(|issue| issue["code"] == code);
    issues.map(|issue| ["severity", "cell", "found", "fix"].map(|key| issue[key].as_str().unwrap_or_default())).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

#[test]
fn communes_villages_organisations_and_peoples_come_with_the_nearest_known_name() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "thoatngheo.toml", PROGRAMME);
    write(
        folder.path(),
        "ho.csv",
        "STT;Xã;Thôn/Buôn;Họ và tên chủ hộ;Dân tộc;Số nhân khẩu;Phân loại hộ\n1;Xã Thử Đôgn;Buôn Kmiên;Y Một;Kinh;3;Hộ nghèo\n2;Xã Thử Đông;Buôn Kmien Kmiên;Y Hai;M'Nôg;3;Hộ nghèo\n3;xa thu dong;buon kmien;Y Ba;mnong;3;Hộ nghèo\n4;Xã Thử Tây;Buôn Nào Cũng Được;Y Bốn;Kinh;3;Hộ cận ngèo\n",
    );
    write(
        folder.path(),
        "dv.csv",
        "STT;Họ và tên;Ngày sinh;Tổ chức cơ sở đảng;Ngày vào Đảng\n1;Y Năm;1970;Chi bộ Phòng Thử nghiêm 1;01/02/2001\n2;Y Sáu;1971;chi bộ phòng thử nghiệm;01/02/2001\n",
    );
    let (code, document) = check(folder.path(), &["ho.csv", "dv.csv"]);
    assert_eq!(code, Some(1));
    let one = |code: &str, severity: &str, cell: &str, nearest: &str| {
        let found = of_code(&document, code);
        assert_eq!(found.len(), 1, "{code}: {found:?}; the other spellings are known");
        assert_eq!((found[0][0], found[0][1]), (severity, cell), "{code}");
        assert!(found[0][3].contains(nearest), "{code}: {}", found[0][3]);
    };
    one("commune-unknown", "error", "B2", "Xã Thử Đông");
    one("village-unknown", "warning", "C3", "Buôn Kmiên");
    one("people-unknown", "warning", "E3", "M'Nông");
    one("class-unknown", "error", "G5", "Hộ cận nghèo");
    one("organisation-unknown", "warning", "D2", "Chi bộ Phòng Thử nghiệm");
}

#[test]
fn a_name_that_is_like_no_other_is_offered_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        "ho.csv",
        "STT;Xã;Họ và tên chủ hộ;Dân tộc;Số nhân khẩu;Phân loại hộ\n1;Xã Yang Tao;Y Một;Zzzzqq;3;Hộ nghèo\n",
    );
    let (_, document) = check(folder.path(), &["ho.csv"]);
    let found = of_code(&document, "people-unknown");
    assert_eq!(found.len(), 1);
    assert!(!found[0][3].contains("mean"), "{}", found[0][3]);
}

/// Two columns fit the persons and two the class, the name of the head has an unknown heading.
const AMBIGUOUS: &str =
    "STT;Xã;Tên người đứng đầu;Số nhân khẩu;Nhân khẩu;Phân loại hộ;Loại hộ\n1;Xã Yang Tao;Y Một;3;4;Hộ nghèo;Hộ cận nghèo\n";

#[test]
fn headings_that_are_missing_or_fit_twice_are_told_all_at_once_and_settled_by_the_programme_file() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "ho.csv", AMBIGUOUS);
    let (code, document) = check(folder.path(), &["ho.csv"]);
    assert_eq!(code, Some(1));
    let doubled: Vec<&str> = of_code(&document, "heading-doubled").iter().map(|issue| issue[1]).collect();
    assert_eq!(doubled, ["E1", "G1"], "{document}");
    let missing = of_code(&document, "heading-missing");
    assert_eq!(missing.len(), 1, "{document}");
    assert!(of_code(&document, "heading-doubled")[0][3].contains("D1"), "the first of the two is named");
    assert_eq!(document["result"]["sheets"][0]["used"], 0);

    let columns = "[columns.households]\nhead = \"Tên người đứng đầu\"\npersons = \"Nhân khẩu\"\nclass = \"Loại hộ\"\n";
    write(folder.path(), "thoatngheo.toml", columns);
    let (code, document) = check(folder.path(), &["ho.csv", "--columns"]);
    assert_eq!(code, Some(0), "{document}");
    assert_eq!(document["result"]["sheets"][0]["used"], 1);
    let field = |letter: &str| {
        let columns = document["result"]["sheets"][0]["columns"].as_array().unwrap();
        columns.iter().find(|column| column["column"] == letter).unwrap()["field"].clone()
    };
    assert_eq!([field("C"), field("E"), field("G")], ["head", "persons", "class"].map(Value::from));
    assert_eq!([field("D"), field("F")], [Value::Null, Value::Null], "the other column of each pair is not read");
}

#[test]
fn cells_of_the_programme_file_are_held_against_the_roster() {
    let folder = tempfile::tempdir().unwrap();
    let cell = |name: &str, more: &str| format!("[[cells]]\nname = \"{name}\"\norganisation = \"Đảng bộ xã Thử Đông\"\n{more}");
    let cells = [
        cell("Chi bộ Buôn Kmiênn 1", ""),
        cell("Chi bộ Trường học", "restricted = true\n"),
        cell("Chi bộ Thôn Hòa Bình", "restricted = true\n"),
        cell("Chi bộ Trạm y tế", "village = \"Buôn Kmiên\"\nrestricted = true\n"),
        "[[cells]]\nname = \"Tổ 1\"\norganisation = \"Đảng bộ Công an huyện\"\nrestricted = true\n".to_owned(),
    ];
    write(folder.path(), "thoatngheo.toml", &format!("{PROGRAMME}{}", cells.concat()));
    write(
        folder.path(),
        "dv.csv",
        "STT;Họ và tên;Ngày sinh;Tổ chức cơ sở đảng;Chi bộ;Ngày vào Đảng\n\
         1;Y Năm;1970;Đảng bộ xã Thử Đông;Chi bộ Buôn Kmiên 1;01/02/2001\n\
         2;Y Sáu;1971;Đảng bộ xã Thử Đông;Chi bộ Trường học;01/02/2001\n\
         3;Y Bảy;1972;Đảng bộ xã Thử Đông;Chi bộ Thôn Hòa Bình;01/02/2001\n\
         4;Y Tám;1973;Đảng bộ xã Thử Đông;Chi bộ Trạm y tế;01/02/2001\n",
    );
    let (_, document) = check(folder.path(), &["dv.csv"]);
    let told =
        |code| of_code(&document, code).into_iter().map(|[_, _, found, fix]| format!("{found}: {fix}")).collect::<Vec<_>>();
    let [near] = &told("organisation-unknown")[..] else { panic!("{document:#}") };
    assert!(near.starts_with("Chi bộ Buôn Kmiênn 1: ") && near.contains("Chi bộ Buôn Kmiên 1"), "{near}");
    let [unbound] = &told("cell-no-village")[..] else { panic!("{document:#}") };
    assert!(unbound.starts_with("Chi bộ Trường học: "), "{unbound}");
}
