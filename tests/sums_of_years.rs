//! Sums of the year worked out a second time, apart from the program: the ministry's movement tables, what members and
//! donors give, the estimate of a day's salary, and how much of a planned fall was kept.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

/// Runs the program in a folder, which must succeed, and gives what it printed.
fn said(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo")).current_dir(folder).args(args).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code().unwrap() < 2, "{args:?}: {err}");
    String::from_utf8(output.stdout).unwrap()
}

fn json_of(folder: &Path, args: &[&str]) -> Value {
    let text = said(folder, &[args, &["--format", "json", "--quiet"]].concat());
    serde_json::from_str::<Value>(&text).unwrap()["result"].clone()
}

const COLUMNS: [&str; 9] =
    ["start", "to_other_class", "above", "other_out", "from_other_class", "fallen_back", "new", "other_in", "end"];

#[test]
fn the_movement_tables_of_the_ministry_add_up_along_rows_and_down_columns() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let result = json_of(&sample, &["changes"]);
    let count = |line: &Value, column: &str, unit: &str| line[column][unit].as_i64().unwrap_or(0);
    // From the list of households alone: how many went from which class to which, in each commune.
    let mut listed: BTreeMap<(String, String, String), i64> = BTreeMap::new();
    for row in result["households"].as_array().unwrap() {
        let [commune, from, to] = ["commune", "from", "to"].map(|key| row[key].as_str().unwrap().to_owned());
        *listed.entry((commune, from, to)).or_default() += 1;
    }
    let communes = result["rows"].as_array().unwrap();
    for class in ["poor", "near_poor"] {
        let other = if class == "poor" { "near_poor" } else { "poor" };
        for row in communes.iter().chain([&result]) {
            let line = &row["movement"][class];
            for unit in ["households", "persons"] {
                let of = |column| count(line, column, unit);
                let end = of("start") - of("to_other_class") - of("above") - of("other_out")
                    + of("from_other_class")
                    + of("fallen_back")
                    + of("new")
                    + of("other_in");
                assert_eq!(end, of("end"), "{class} {unit} of {}", row["commune"]);
            }
            let Some(commune) = row["commune"].as_str() else { continue };
            let pair =
                |from: &str, to: &str| listed.get(&(commune.to_owned(), from.to_owned(), to.to_owned())).copied().unwrap_or(0);
            let households = |column| count(line, column, "households");
            assert_eq!(households("to_other_class"), pair(class, other), "{class} of {commune}");
            assert_eq!(households("above"), pair(class, "other"), "{class} of {commune}");
            assert_eq!(households("from_other_class"), pair(other, class), "{class} of {commune}");
            assert_eq!(households("fallen_back") + households("new"), pair("other", class), "{class} of {commune}");
        }
        for column in COLUMNS {
            for unit in ["households", "persons"] {
                let sum: i64 = communes.iter().map(|row| count(&row["movement"][class], column, unit)).sum();
                let district = count(&result["movement"][class], column, unit);
                // Who moved between communes is in the other columns of both, and in none of the district.
                let within = if column.starts_with("other") { sum >= district } else { sum == district };
                assert!(within, "{class} {column} {unit}: {sum}, {district}");
            }
        }
    }
}

/// A roster of four and a ledger of two donors.
fn giving() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let roster = "Danh sách đảng viên năm 2023\n\
        STT,Họ và tên,Giới tính,Tổ chức cơ sở đảng,Hưởng lương NSNN,Hệ số lương,Đăng ký ngày lương,Đăng ký ngày công,Đăng ký cây giống\n\
        1,Y Bang Liêng,Nam,Chi bộ Phòng Nội vụ,Có,\"2,34\",1,,\n\
        2,H Wen Niê,Nữ,Chi bộ Phòng Nội vụ,Có,\"3,66\",\"1,5\",,\n\
        3,Y Khăm Teh,Nam,Chi bộ Phòng Nội vụ,Có,\"4,98\",,,10\n\
        4,H Lan Cil,Nữ,Đảng bộ xã Yang Tao,Không,,,2,\n";
    fs::write(folder.path().join("dang-vien-2023.csv"), roster).unwrap();
    let ledger = "Danh sách ủng hộ năm 2023\n\
        STT,Đơn vị/cá nhân ủng hộ,Số tiền (đồng),Cây giống (cây),Loại cây\n\
        1,Công ty Hồ Xanh,5000000,,\n2,Bà Tuyết,,40,Sầu riêng\n";
    fs::write(folder.path().join("ung-ho-2023.csv"), ledger).unwrap();
    let programme = "[money]\nestimate = true\n[years.2023]\nmembers = \"dang-vien-2023.csv\"\npledges = \"ung-ho-2023.csv\"\n";
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    folder
}

#[test]
fn donors_outside_the_roster_stand_beside_the_members_and_are_in_none_of_their_sums() {
    let folder = giving();
    let with = json_of(folder.path(), &["pledges"]);
    let donors: Vec<_> = with["donors"].as_array().unwrap().iter().collect();
    let shown: Vec<_> = donors.iter().map(|donor| (donor["name"].as_str().unwrap(), &donor["pledged"])).collect();
    assert_eq!(shown.len(), 2, "{shown:?}");
    let of = |name: &str| shown.iter().find(|(donor, _)| *donor == name).unwrap().1.clone();
    assert_eq!(of("Công ty Hồ Xanh")["money_dong"], 5_000_000);
    assert_eq!(of("Bà Tuyết")["seedlings"], 40);
    fs::remove_file(folder.path().join("ung-ho-2023.csv")).unwrap();
    let programme = "[money]\nestimate = true\n[years.2023]\nmembers = \"dang-vien-2023.csv\"\n";
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    let without = json_of(folder.path(), &["pledges"]);
    for key in ["members", "eligible", "taking_part", "meeting_minimum", "pledged", "rows", "short"] {
        assert_eq!(with[key], without[key], "{key}");
    }
    assert_eq!((&with["members"], &with["taking_part"], &with["meeting_minimum"]), (&4.into(), &4.into(), &4.into()));
    assert_eq!(with["pledged"]["salary_days"], "2.5");
    assert_eq!(with["pledged"]["seedlings"], 10);
}

#[test]
fn a_day_of_salary_is_the_coefficient_times_the_base_salary_of_the_day_over_the_divisor() {
    let folder = giving();
    let money = |args: &[&str]| json_of(folder.path(), &[&["pledges"], args].concat())["pledged"]["money_dong"].as_u64();
    // 2.34 × 1,800,000 ÷ 22 = 191,454.54… and 1.5 × 3.66 × 1,800,000 ÷ 22 = 449,181.81…, each rounded half up.
    assert_eq!(money(&[]), Some(191_455 + 449_182));
    // Before 1 July 2023 the base salary was 1,490,000: 158,481.81… and 371,822.72….
    assert_eq!(money(&["--as-of", "2023-06-30"]), Some(158_482 + 371_823));
    let settings = fs::read_to_string(folder.path().join("thoatngheo.toml")).unwrap();
    let path = folder.path().join("thoatngheo.toml");
    fs::write(&path, settings.replace("estimate = true", "estimate = true\ndivisor = 26")).unwrap();
    assert_eq!(money(&[]), Some(162_000 + 380_077), "162,000 and 380,076.92…");
    fs::write(&path, settings.replace("estimate = true", "estimate = false")).unwrap();
    assert_eq!(money(&[]), None, "an estimate that nobody asked for is not made");
}

#[test]
fn the_percent_of_a_plan_is_the_fall_over_the_upper_end_of_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let year = |year: i16, poor: &str| {
        format!("[years.{year}]\nstandard = \"ND07-2021\"\n[years.{year}.published]\npoor_percent = \"{poor}\"\nsource = \"x\"\n")
    };
    let goal = "[[goals]]\nmeasure = \"poor\"\nyear = 2025\nlimit = \"20\"\nplanned = { least = \"3\", most = \"4\" }\n";
    let programme = format!("{goal}{}{}", year(2023, "20.95"), year(2024, "17.63"));
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    let out = said(folder.path(), &["rates", "--history", "--lang", "en", "--year", "2024"]);
    // 20.95 − 17.63 = 3.32 points, of at most 4.
    assert!(out.contains("83.00"), "{out}");
    let rose = format!("{goal}{}{}", year(2023, "20.95"), year(2024, "21.95"));
    fs::write(folder.path().join("thoatngheo.toml"), rose).unwrap();
    let out = said(folder.path(), &["rates", "--history", "--lang", "en", "--year", "2024"]);
    assert!(out.contains("-25.00") || out.contains("−25.00"), "a rise keeps less than nothing of the plan: {out}");
}

#[test]
fn what_the_province_published_stands_beside_the_rates_of_the_district() {
    let folder = tempfile::tempdir().unwrap();
    let list = "key,year,coverage,commune,village,head,persons,class\n\
        066050000001,2023,all,Xã Yang Tao,Buôn A,Y Bang,2,poor\n066050000002,2023,all,Xã Yang Tao,Buôn A,H Wen,3,other\n";
    fs::write(folder.path().join("ho-2023.csv"), list).unwrap();
    let programme = "[years.2023]\nhouseholds = \"ho-2023.csv\"\n[province.2023]\npoor_percent = \"9.51\"\nsource = \"Quyết định của tỉnh\"\n";
    fs::write(folder.path().join("thoatngheo.toml"), programme).unwrap();
    let out = said(folder.path(), &["rates", "--lang", "en"]);
    assert!(out.contains("poor 9.51%, near-poor no data. Source: Quyết định của tỉnh"), "{out}");
    let document: Value = serde_json::from_str(&said(folder.path(), &["rates", "--format", "json"])).unwrap();
    assert_eq!(
        document["result"]["province"],
        serde_json::json!({"poor_percent": "9.51", "near_poor_percent": null, "source": "Quyết định của tỉnh"})
    );
    assert_eq!(document["result"]["rows"][0]["poor_persons_percent"], "40.00", "2 of 5 persons");
    fs::write(folder.path().join("thoatngheo.toml"), "[years.2023]\nhouseholds = \"ho-2023.csv\"\n").unwrap();
    assert!(!said(folder.path(), &["rates", "--lang", "en"]).contains("province"));
}

#[test]
fn a_file_says_what_a_gift_bought_and_for_which_household() {
    let folder = giving();
    let ledger = "Danh sách ủng hộ năm 2023\n\
        STT,Đơn vị/cá nhân ủng hộ,Số tiền (đồng),Đã mua,Hộ được hỗ trợ\n1,Công ty Hồ Xanh,5000000,bò giống,066050000001\n2,Bà Tuyết,200000,,\n";
    fs::write(folder.path().join("ung-ho-2023.csv"), ledger).unwrap();
    let page = |audience: &str| {
        said(folder.path(), &["pledges", "--quiet", "--lang", "en", "--audience", audience, "-o", "ra.html"]);
        fs::read_to_string(folder.path().join("ra.html")).unwrap()
    };
    let internal = page("internal");
    assert!(internal.contains("bò giống") && internal.contains("066050000001"), "the office sees all of it");
    assert!(!internal.contains("Y Thử Đã"), "no list of households tells the name");
    let households = "STT,Xã,Thôn,Họ và tên chủ hộ,Năm sinh,Số CCCD,Số khẩu,Phân loại hộ\n1,Xã Yang Tao,Buôn Dơng,Y Thử Đã,1950,066050000001,4,Hộ nghèo\n";
    fs::write(folder.path().join("ho-2023.csv"), households).unwrap();
    let with_list = |audience: &str| {
        let args = [
            "pledges",
            "--pledges",
            "ung-ho-2023.csv",
            "--households",
            "ho-2023.csv",
            "--quiet",
            "--lang",
            "en",
            "--audience",
            audience,
            "-o",
            "ra.html",
        ];
        said(folder.path(), &args);
        fs::read_to_string(folder.path().join("ra.html")).unwrap()
    };
    let named = with_list("internal");
    assert!(named.contains("Y Thử Đã") && named.contains("Buôn Dơng") && named.contains("066050000001"), "{named}");
    assert!(!with_list("posted").contains("Y Thử Đã"), "who was helped is for the office");
    assert!(!page("posted").contains("066050000001"));
    let public = page("public");
    assert!(!public.contains("066050000001") && !public.contains("Công ty Hồ Xanh"));
}
