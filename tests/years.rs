//! Surveys of several years beside each other, on either side of the merger of 1 July 2025, through the program.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const HEAD: &str = "key,year,coverage,commune,village,head,birth,persons,class\n";

/// Runs the program in a folder: exit code, standard output, standard error.
fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo")).current_dir(folder).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json_of(folder: &Path, args: &[&str]) -> Value {
    let (code, out, err) = run(folder, &[args, &["--format", "json", "--quiet"]].concat());
    assert!(code < 2, "{args:?}: {err}");
    serde_json::from_str::<Value>(&out).unwrap()["result"].clone()
}

/// Three years of five households in two communes that became one, and a programme file that names the lists.
fn three_years() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    // The third has no number in 2023; the fifth is another household of the third's name.
    write(
        "2023.csv",
        format!(
            "{HEAD}066050000001,2023,all,Xã Buôn Tría,Buôn A,Y Bang,,2,poor\n066050000002,2023,all,Xã Đắk Liêng,Buôn B,H Wen,,3,poor\n\
         ,2023,all,Xã Buôn Tría,Buôn A,Y Khăm,1960,4,near_poor\n066050000004,2023,all,Xã Đắk Liêng,Buôn B,H Lan,,1,other\n"
        ),
    );
    write(
        "2024.csv",
        format!(
            "{HEAD}066050000001,2024,all,Xã Buôn Tría,Buôn A,Y Bang,,2,other\n066050000002,2024,all,Xã Đắk Liêng,Buôn B,H Wen,,3,poor\n\
         066060000003,2024,all,Xã Buôn Tría,Buôn A,Y Khăm,1960,4,other\n066050000004,2024,all,Xã Đắk Liêng,Buôn B,H Lan,,1,other\n"
        ),
    );
    write(
        "2025.csv",
        format!(
            "{HEAD}066050000001,2025,all,Xã Đắk Liêng,Buôn A,Y Bang,,2,poor\n066050000002,2025,all,Xã Đắk Liêng,Buôn B,H Wen,,3,other\n\
         066060000003,2025,all,Xã Đắk Liêng,Buôn A,Y Khăm,1960,4,near_poor\n066050000004,2025,all,Xã Đắk Liêng,Buôn B,H Lan,,1,poor\n"
        ),
    );
    let years: String = [2023, 2024, 2025].map(|year| format!("[years.{year}]\nhouseholds = \"{year}.csv\"\n")).concat();
    write("thoatngheo.toml", years);
    folder
}

/// Lists of two years that only their names tell, and one of no told year.
fn lists_of_years() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, rows: &[&str]| {
        let text = format!("Xã,Thôn buôn,Họ và tên chủ hộ,Số định danh cá nhân,Số nhân khẩu,Phân loại hộ\n{}\n", rows.join("\n"));
        fs::write(folder.path().join(name), text).unwrap();
    };
    let [first, second] = ["Xã Yang Tao,Buôn Dơng,Y Thử Một,066050000001,2,", "Xã Yang Tao,Buôn Dơng,H Thử Hai,066150000002,3,"];
    write(
        "ho-2022.csv",
        &[
            &format!("{first}Hộ nghèo"),
            &format!("{second}Hộ nghèo"),
            "Xã Yang Tao,Buôn Dơng,Y Thử Năm,066050000005,1,Không nghèo",
        ],
    );
    write("ho-2023.csv", &[&format!("{first}Hộ nghèo"), &format!("{second}Không nghèo")]);
    write(
        "ho.csv",
        &["Xã Krông Nô,Buôn Y,Y Thử Ba,066050000003,1,Hộ cận nghèo", "Xã Krông Nô,Buôn Y,H Thử Tư,066150000004,4,Không nghèo"],
    );
    folder
}

#[test]
fn the_year_that_is_asked_for_chooses_among_lists_of_several() {
    let folder = lists_of_years();
    let poor = |args: &[&str]| {
        let (code, out, err) = run(folder.path(), &[&["rates"], args, &["--format", "json", "--quiet", "--lang", "en"]].concat());
        let told: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{args:?}: {err}"));
        let row = &told["result"]["rows"][0];
        (code, told["year"].clone(), row["households"].clone(), row["poor"].clone(), told["issues"].clone())
    };
    let none = serde_json::json!({"errors": 0, "warnings": 0});
    let both = ["--households", "ho-2022.csv", "ho-2023.csv", "--year"];
    assert_eq!(poor(&[&both[..], &["2022"]].concat()), (0, 2022.into(), 3.into(), 2.into(), none.clone()));
    assert_eq!(poor(&[&both[..], &["2023"]].concat()), (0, 2023.into(), 2.into(), 1.into(), none.clone()));
    // A list that tells no year is of the one that is asked for; the other keeps its own.
    let three = ["--households", "ho-2022.csv", "ho-2023.csv", "ho.csv", "--year", "2023"];
    assert_eq!(poor(&three), (0, 2023.into(), 4.into(), 1.into(), none));
    // Where all lists tell one other year, the person means it of them, and the other year is a warning.
    let warned = serde_json::json!({"errors": 0, "warnings": 1});
    assert_eq!(poor(&["--households", "ho-2022.csv", "--year", "2021"]), (0, 2021.into(), 3.into(), 2.into(), warned));
    let (code, _, err) = run(folder.path(), &[&["rates", "--lang", "en"], &both[..], &["2021"]].concat());
    assert_eq!(code, 2);
    assert!(err.contains("no list is of 2021; those that are named are of 2022, 2023"), "{err}");
}

#[test]
fn two_years_are_compared_that_lie_in_one_folder() {
    let folder = lists_of_years();
    let asked = ["--households", "ho-2022.csv", "ho-2023.csv", "--from-year", "2022", "--to-year", "2023"];
    let whole = json_of(folder.path(), &[&["changes"], &asked[..]].concat());
    let sides = ["--from", ".", "--from-year", "2022", "--to", "ho-2022.csv", "ho-2023.csv", "--to-year", "2023"];
    fs::remove_file(folder.path().join("ho.csv")).unwrap();
    let by_sides = json_of(folder.path(), &[&["changes"], &sides[..]].concat());
    for told in [whole, by_sides] {
        assert_eq!((&told["from"], &told["to"]), (&Value::from(2022), &Value::from(2023)));
        assert_eq!(told["matrix"]["poor"]["other"], 1, "{}", told["matrix"]);
    }
}

fn heads(line: &Value, key: &str) -> (u64, u64) {
    (line[key]["households"].as_u64().unwrap(), line[key]["persons"].as_u64().unwrap())
}

#[test]
fn who_fell_back_is_told_by_the_years_before_over_a_merger_and_a_number_that_came_later() {
    let folder = three_years();
    let result = json_of(folder.path(), &["changes"]);
    assert_eq!((&result["from"], &result["to"]), (&Value::from(2024), &Value::from(2025)));
    let rows = result["rows"].as_array().unwrap();
    let communes: Vec<&str> = rows.iter().map(|row| row["commune"].as_str().unwrap()).collect();
    assert_eq!(communes, ["Xã Đắk Liêng"], "the earlier year stands in the communes of the later");
    assert_eq!(rows[0]["matrix"]["arrived"], serde_json::json!({"poor": 0, "near_poor": 0, "other": 0}));
    let (poor, near_poor) = (&rows[0]["movement"]["poor"], &rows[0]["movement"]["near_poor"]);
    assert_eq!((heads(poor, "fallen_back"), heads(poor, "new"), heads(poor, "above")), ((1, 2), (1, 1), (1, 3)));
    // In 2023 it had no number: it is known by its name, birth and village.
    assert_eq!((heads(near_poor, "fallen_back"), heads(near_poor, "new")), ((1, 4), (0, 0)));

    let way = |result: &Value, head: &str| {
        let households = result["households"].as_array().unwrap();
        households.iter().find(|row| row["head"] == head).unwrap()["movement"].as_str().unwrap().to_owned()
    };
    let ways = ["Y Bang", "H Wen", "Y Khăm", "H Lan"].map(|head| way(&result, head));
    assert_eq!(ways, ["fallen_back", "above", "fallen_back", "new"]);
    assert_eq!(result["standards"], serde_json::json!({"from": "ND07-2021", "to": "ND07-2021"}));

    // Without the programme file: the two years by their paths, and a year before them for who fell back.
    fs::remove_file(folder.path().join("thoatngheo.toml")).unwrap();
    let two = json_of(folder.path(), &["changes", "--from", "2024.csv", "--to", "2025.csv"]);
    assert!(two["rows"][0]["movement"]["poor"]["fallen_back"].is_null(), "nobody knows");
    assert_eq!(way(&two, "Y Bang"), "new");
    let three = json_of(folder.path(), &["changes", "--from", "2024.csv", "--to", "2025.csv", "--households", "2023.csv"]);
    assert_eq!(three["rows"], result["rows"]);
    let (code, _, err) = run(folder.path(), &["changes", "--from", "2023.csv", "--to", "2025.csv", "--households", "2024.csv"]);
    assert_eq!(code, 2);
    assert!(err.contains("2024"), "{err}");
}

#[test]
fn without_a_year_before_the_table_says_what_to_give() {
    let folder = three_years();
    let two = "[years.2024]\nhouseholds = \"2024.csv\"\n[years.2025]\nhouseholds = \"2025.csv\"\n";
    fs::write(folder.path().join("thoatngheo.toml"), two).unwrap();
    let (code, out, err) = run(folder.path(), &["changes", "--lang", "en"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("no data") && out.contains("--households"), "{out}");
}

#[test]
fn one_clean_file_of_all_years_is_read_as_the_single_lists_are() {
    let folder = three_years();
    let (code, _, err) = run(folder.path(), &["ingest", "2023.csv", "2024.csv", "2025.csv", "--quiet", "-o", "sach"]);
    assert_eq!(code, 0, "{err}");
    fs::remove_file(folder.path().join("thoatngheo.toml")).unwrap();
    let clean = fs::read_to_string(folder.path().join("sach/households.csv")).unwrap();
    assert_eq!(clean.lines().count(), 13);
    let (code, out, err) = run(
        folder.path(),
        &["rates", "--households", "sach/households.csv", "--year", "2025", "--by", "commune", "--format", "json", "--quiet"],
    );
    assert_eq!(code, 0, "{err}");
    let rates: Value = serde_json::from_str(&out).unwrap();
    let rows = rates["result"]["rows"].as_array().unwrap();
    let shown: Vec<_> =
        rows.iter().map(|row| (row["commune"].as_str(), row["households"].as_u64(), row["poor"].as_u64())).collect();
    assert_eq!(shown, [(None, Some(4), Some(2)), (Some("Xã Đắk Liêng"), Some(4), Some(2))]);
}

/// The issues of a list about communes, as (severity, code, cell, found).
fn issues(folder: &Path, name: &str, text: &str) -> Vec<[String; 4]> {
    fs::write(folder.join(name), text).unwrap();
    let (_, out, _) = run(folder, &["check", name, "--format", "json", "--quiet"]);
    let document: Value = serde_json::from_str(&out).unwrap();
    let issues = document["result"]["issues"].as_array().unwrap().iter();
    let issue =
        |issue: &Value| ["severity", "code", "cell", "found"].map(|key| issue[key].as_str().unwrap_or_default().to_owned());
    issues.map(issue).filter(|[_, code, ..]| code.starts_with("commune")).collect()
}

#[test]
fn a_code_that_was_two_communes_is_an_issue_where_no_year_tells_which() {
    let folder = tempfile::tempdir().unwrap();
    let list = |title: &str, code: &str, commune: &str| {
        format!(
            "{title}\nMã xã,Xã,Thôn,Họ và tên chủ hộ,Số khẩu,Phân loại\n{code},{commune},Buôn Một,Y Bang Liêng,4,Hộ nghèo\n{code},{commune},Buôn Một,H Wen,3,Hộ nghèo\n"
        )
    };
    let bare = issues(folder.path(), "ho.csv", &list("Danh sách hộ dân", "24595", ""));
    assert_eq!(bare, [["error", "commune-ambiguous", "A3", "24595"].map(str::to_owned)], "Buôn Tría before, Đắk Liêng after");
    // A year tells which of the two it is, and so does a name; a code that is one commune throughout needs neither.
    assert!(issues(folder.path(), "ho-2024.csv", &list("Danh sách hộ dân", "24595", "")).is_empty());
    assert!(issues(folder.path(), "ho.csv", &list("Danh sách hộ dân năm 2025", "24595", "")).is_empty());
    assert!(issues(folder.path(), "ho.csv", &list("Danh sách hộ dân", "24604", "")).is_empty());
    let (code, out, _) = run(folder.path(), &["rates", "--households", "ho-2024.csv", "--by", "commune", "--format", "json"]);
    assert!(code < 2 && out.contains("Xã Buôn Tría"), "{out}");
}

#[test]
fn a_commune_that_is_not_of_the_year_of_its_list_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let list = |year: i16, commune: &str| {
        let text = format!(
            "Danh sách hộ dân năm {year}\nXã,Thôn,Họ và tên chủ hộ,Số khẩu,Phân loại\n{commune},Buôn Một,Y Bang Liêng,4,Hộ nghèo\n{commune},Buôn Một,H Wen,4,Hộ nghèo\n"
        );
        issues(folder.path(), &format!("ho-{year}.csv"), &text)
    };
    let one = |cell: &str, found: &str| vec![["warning", "commune-other-time", cell, found].map(str::to_owned)];
    assert_eq!(list(2025, "Xã Buôn Tría"), one("A3", "Xã Buôn Tría"));
    assert_eq!(list(2024, "Xã Liên Sơn Lắk"), one("A3", "Xã Liên Sơn Lắk"));
    assert!(list(2024, "Xã Buôn Tría").is_empty() && list(2025, "Xã Liên Sơn Lắk").is_empty());
    assert!(list(2024, "Xã Đắk Liêng").is_empty() && list(2025, "Xã Đắk Liêng").is_empty(), "a name of both times");
}

/// A list of a year with a mark column of loans; `marks` are of four households, the last two alike but for their scores.
fn marked_list(folder: &Path, year: i16, marks: [&str; 4]) {
    let mut list = "STT,Xã,Thôn,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Số nhân khẩu,Phân loại hộ,B1,Hỗ trợ vay vốn\n".to_owned();
    for (at, (who, mark)) in
        ["Y Bang,1950,066050000001", "H Wen,1951,", "Y Nin,1952,", "Y Nin,1952,"].iter().zip(marks).enumerate()
    {
        list.push_str(&format!("{},Xã Yang Tao,Buôn A,{who},3,Hộ nghèo,{},{mark}\n", at + 1, 100 + at));
    }
    fs::write(folder.join(format!("{year}.csv")), list).unwrap();
}

/// Households that need and received each support, by the numbers of a report's page or a command.
fn needed_and_received(result: &Value) -> (u64, u64, u64) {
    let row = &result["rows"][0];
    let cell = |key: &str| row[key].as_u64().unwrap();
    (cell("needed"), cell("received"), cell("left_out"))
}

#[test]
fn the_marks_of_an_earlier_list_are_no_support_of_the_year() {
    let folder = tempfile::tempdir().unwrap();
    marked_list(folder.path(), 2022, ["x"; 4]);
    marked_list(folder.path(), 2023, ["", "", "", "x"]);
    let programme = "[years.2022]\nhouseholds = \"2022.csv\"\n[years.2023]\nhouseholds = \"2023.csv\"\n";
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    let coverage = json_of(folder.path(), &["coverage"]);
    // Two households that nobody can tell apart by name are two households, each with its own mark.
    assert_eq!(needed_and_received(&coverage), (4, 1, 3));
    // Two years beside each other, which a report reads, say of each year only what its own list says.
    let (code, _, err) = run(folder.path(), &["report", "--quiet", "-o", "ra", "--docx"]);
    assert!(code < 2, "{err}");
    let page = fs::read_to_string(folder.path().join("ra/bao-cao-2023.html")).unwrap();
    let table = &page[page.find("Vay vốn tín dụng").unwrap()..];
    assert!(page.contains("25,00"), "one of four households was reached: {}", &table[..600]);
    // What `ingest` wrote of both years says the same of each, read again.
    let (code, _, err) = run(folder.path(), &["ingest", "2022.csv", "2023.csv", "-o", "sach", "--quiet"]);
    assert!(code < 2, "{err}");
    let again = json_of(
        &folder.path().join("sach"),
        &["coverage", "--households", "households.csv", "--support", "support.csv", "--year", "2023"],
    );
    assert_eq!(needed_and_received(&again), (4, 1, 3));
}
