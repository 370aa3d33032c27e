//! `template`: what is filled into an empty workbook reads back without one issue, and the empty one counts nothing.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

const KINDS: [&str; 6] = ["households", "members", "pledges", "twinning", "totals", "support"];

fn thoatngheo(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("thoatngheo").unwrap();
    command.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "vi_VN.UTF-8");
    command
}

fn template(folder: &Path, kind: &str, more: &[&str]) -> String {
    let name = format!("{kind}.xlsx");
    thoatngheo(folder).args(["template", kind, "-o", &name]).args(more).assert().success();
    name
}

fn check(folder: &Path, args: &[&str]) -> Value {
    let output = thoatngheo(folder).arg("check").args(args).args(["--format", "json", "--quiet"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The account of the sheet that a template is about.
fn account<'a>(document: &'a Value, kind: &str) -> &'a Value {
    let sheets = document["result"]["sheets"].as_array().unwrap();
    let of_kind: Vec<&Value> = sheets.iter().filter(|sheet| sheet["kind"] == kind).collect();
    assert_eq!(of_kind.len(), 1, "{sheets:?}");
    of_kind[0]
}

fn parts(path: &Path) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        parts.insert(entry.name().unwrap().to_string(), text);
    }
    parts
}

/// What a person types: text, or a number (a date is one too, in a cell that shows dates).
#[derive(Clone, Copy)]
enum Typed {
    Words(&'static str),
    Number(&'static str),
}
use Typed::{Number as N, Words as T};

/// Types rows under the headings of a template, into the cells that are there, with the format that they have.
fn fill(path: &Path, rows: &[&[(&str, Typed)]], columns: &BTreeMap<String, String>) {
    let mut parts = parts(path);
    let sheet = parts.get_mut("xl/worksheets/sheet1.xml").unwrap();
    for (number, cells) in (5..).zip(rows) {
        for (field, typed) in *cells {
            let letters = columns.get(*field).unwrap();
            let at = sheet.find(&format!("<c r=\"{letters}{number}\" ")).unwrap();
            let end = at + sheet[at..].find("/>").unwrap();
            let open = sheet[at..end].to_owned();
            let cell = match typed {
                T(text) => {
                    let text = text.replace('&', "&amp;").replace('<', "&lt;");
                    format!("{open} t=\"inlineStr\"><is><t>{text}</t></is></c>")
                }
                N(number) => format!("{open}><v>{number}</v></c>"),
            };
            sheet.replace_range(at..end + 2, &cell);
        }
    }
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

/// The letters of each field's column, as `check` reads them.
fn columns(document: &Value, kind: &str) -> BTreeMap<String, String> {
    let columns = account(document, kind)["columns"].as_array().unwrap();
    let letters = |column: &Value| {
        let field = column["field"].as_str().unwrap();
        (field.to_owned(), column["column"].as_str().unwrap().to_owned())
    };
    let known: BTreeMap<String, String> = columns.iter().map(letters).collect();
    assert_eq!(known.len(), columns.len(), "two columns of one field");
    known
}

#[test]
fn an_untouched_template_is_known_for_what_it_is_and_counts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for kind in KINDS {
        let name = template(folder.path(), kind, &["--year", "2023"]);
        let document = check(folder.path(), &[&name]);
        assert_eq!(document["result"]["issues"].as_array().unwrap().len(), 0, "{}", document["result"]["issues"]);
        let sheet = account(&document, kind);
        assert_eq!((&sheet["used"], &sheet["rejected"]), (&Value::from(0), &Value::from(0)), "{kind}");
        assert!(!columns(&document, kind).is_empty());
        for sheet in document["result"]["sheets"].as_array().unwrap() {
            assert_eq!(sheet["used"], 0, "{sheet}");
        }
    }
}

const HOUSEHOLDS: &[&[(&str, Typed)]] = &[
    &[
        ("number", N("1")),
        ("commune", T("Xã Yang Tao")),
        ("village", T("Buôn Cuôr")),
        ("head", T("H'Thử Byă")),
        ("birth", T("12/05/1970")),
        ("sex", T("Nữ")),
        ("people", T("M'Nông")),
        ("citizen", T("066170000001")),
        ("persons", N("5")),
        ("class", T("Hộ nghèo")),
        ("b1", N("130")),
        ("b2", N("30")),
        ("cs1", T("x")),
        ("cs7", T("x")),
        ("cs9", T("x")),
        ("merit", T("x")),
    ],
    &[
        ("number", N("2")),
        ("commune", T("Thị trấn Liên Sơn")),
        ("village", T("TDP 1")),
        ("head", T("Thử Văn Ba")),
        ("birth", T("1981")),
        ("sex", T("Nam")),
        ("people", T("Kinh")),
        ("persons", N("1")),
        ("class", T("Hộ không nghèo")),
        ("no_labour", T("x")),
        ("note", T("mới chuyển đến")),
    ],
    // The running number is often forgotten.
    &[
        ("commune", T("Xã Yang Tao")),
        ("village", T("Buôn Cuôr")),
        ("head", T("Y Thử Liêng")),
        ("persons", N("3")),
        ("class", T("Hộ cận nghèo")),
    ],
];

const MEMBERS: &[&[(&str, Typed)]] = &[
    &[
        ("number", N("1")),
        ("name", T("Y Thử Liêng")),
        ("birth", T("03/02/1975")),
        ("sex", T("Nam")),
        ("people", T("M'Nông")),
        ("citizen", T("066075000002")),
        ("card", T("008000000009")),
        ("organisation", T("Đảng bộ xã Yang Tao")),
        ("cell", T("Chi bộ Buôn Cuôr")),
        // 19 May 2001 and 2002 as the days that Excel counts.
        ("admitted", N("37030")),
        ("official", N("37395")),
        ("standing", T("Chính thức")),
        ("salaried", T("x")),
        ("coefficient", N("3.66")),
        ("pledged_salary_days", N("1")),
        ("pledged_labour_days", N("2")),
        ("pledged_seedlings", N("10")),
        ("pledged_species", T("Sầu riêng")),
        ("delivered_labour_days", N("1.5")),
        ("delivered_seedlings", N("10")),
        ("delivered_species", T("Sầu riêng")),
        ("delivered_money_dong", N("200000")),
    ],
    &[
        ("number", N("2")),
        ("name", T("Thử Thị Tư")),
        ("organisation", T("Chi bộ Phòng Thử nghiệm")),
        ("standing", T("Miễn sinh hoạt")),
        ("standing_date", N("44621")),
        ("note", T("tuổi cao")),
    ],
];

const PLEDGES: &[&[(&str, Typed)]] = &[
    &[
        ("number", N("1")),
        ("donor", T("Công ty Thử (hư cấu)")),
        ("pledged_money_dong", N("20000000")),
        ("delivered_money_dong", N("20000000")),
        ("bought", T("bò giống")),
        ("household", T("066170000001")),
    ],
    &[
        ("number", N("2")),
        ("name", T("Y Thử Liêng")),
        ("citizen", T("066075000002")),
        ("organisation", T("Đảng bộ xã Yang Tao")),
        ("pledged_salary_days", N("0.5")),
    ],
];

const TWINNING: &[&[(&str, Typed)]] = &[
    &[
        ("number", N("1")),
        ("organisation", T("Chi bộ Phòng Thử nghiệm")),
        ("commune", T("Xã Yang Tao")),
        ("village", T("Buôn Cuôr")),
    ],
    &[
        ("number", N("2")),
        ("organisation", T("Đảng bộ Thử nghiệm")),
        ("cell", T("Chi bộ Một")),
        ("commune", T("Xã Đắk Liêng")),
        ("village", T("Thôn Hòa Bình 1")),
    ],
];

const TOTALS: &[&[(&str, Typed)]] = &[
    &[
        ("number", N("1")),
        // Not the commune of the household list, which has two households only.
        ("commune", T("Xã Bông Krang")),
        ("households", N("2299")),
        ("area_persons", N("9382")),
        ("poor", N("649")),
        ("near_poor", N("495")),
        ("poor_persons", N("2700")),
        ("near_poor_persons", N("2000")),
    ],
    &[("number", N("2")), ("commune", T("Xã Nam Ka")), ("village", T("Buôn Buốc")), ("households", N("100"))],
];

const SUPPORT: &[&[(&str, Typed)]] = &[
    &[
        ("number", N("1")),
        ("commune", T("Xã Yang Tao")),
        ("village", T("Buôn Cuôr")),
        ("head", T("H'Thử Byă")),
        ("household", T("066170000001")),
        ("support", T("Đào tạo nghề")),
        ("needed", T("x")),
        ("received", T("x")),
        ("persons_needed", N("2")),
        ("persons_received", N("1")),
    ],
    &[
        ("number", N("2")),
        ("head", T("H'Thử Byă")),
        ("household", T("066170000001")),
        ("support", T("Vay vốn tín dụng")),
        ("use_checked", T("x")),
    ],
];

#[test]
fn what_is_filled_into_a_template_reads_back_without_an_issue() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, rows) in KINDS.into_iter().zip([HOUSEHOLDS, MEMBERS, PLEDGES, TWINNING, TOTALS, SUPPORT]) {
        let name = template(folder.path(), kind, &["--year", "2023"]);
        // A key of the vocabulary is not always the key of the field: persons of an area are not those of a household.
        let known = columns(&check(folder.path(), &[&name]), kind);
        fill(&folder.path().join(&name), rows, &known);
        let document = check(folder.path(), &[&name, "--columns"]);
        assert_eq!(document["result"]["issues"].as_array().unwrap().len(), 0, "{kind}: {}", document["result"]["issues"]);
        let sheet = account(&document, kind);
        assert_eq!(sheet["used"], rows.len(), "{kind}: {sheet}");
        assert_eq!(sheet["rejected"], 0);
        assert_eq!(sheet["year"], 2023, "the title tells the year");
        assert_eq!(columns(&document, kind), known);
    }
    // All of them together are one district.
    let document = check(folder.path(), &["."]);
    assert_eq!(document["result"]["sheets"].as_array().unwrap().iter().filter(|sheet| sheet["used"] != 0).count(), KINDS.len());
    assert_eq!(document["result"]["issues"].as_array().unwrap().len(), 0, "{}", document["result"]["issues"]);
}

#[test]
fn a_filled_template_is_counted_as_it_was_typed() {
    let folder = tempfile::tempdir().unwrap();
    let name = template(folder.path(), "households", &["--year", "2023"]);
    let known = columns(&check(folder.path(), &[&name]), "households");
    fill(&folder.path().join(&name), HOUSEHOLDS, &known);
    thoatngheo(folder.path()).args(["ingest", &name, "-o", "clean", "--quiet"]).assert().success();
    let clean = std::fs::read_to_string(folder.path().join("clean/households.csv")).unwrap();
    assert!(clean.contains("066170000001") && clean.contains("1970-05-12"), "{clean}");
    let name = template(folder.path(), "members", &["--year", "2023"]);
    let known = columns(&check(folder.path(), &[&name]), "members");
    fill(&folder.path().join(&name), MEMBERS, &known);
    thoatngheo(folder.path()).args(["ingest", &name, "-o", "roster", "--quiet"]).assert().success();
    let clean = std::fs::read_to_string(folder.path().join("roster/members.csv")).unwrap();
    assert!(clean.contains("2001-05-19") && clean.contains("008000000009") && clean.contains("2022-03-01"), "{clean}");
}

#[test]
fn a_template_is_the_same_every_time_and_is_never_written_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    for kind in KINDS {
        let name = template(folder.path(), kind, &[]);
        let first = std::fs::read(folder.path().join(&name)).unwrap();
        let piped = thoatngheo(folder.path()).args(["template", kind]).output().unwrap();
        assert_eq!(piped.stdout, first, "{kind}");
        std::fs::write(folder.path().join(&name), "filled in").unwrap();
        let again = thoatngheo(folder.path()).args(["template", kind, "-o", &name]).output().unwrap();
        assert_eq!(again.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&again.stderr).contains("không bị ghi đè"));
        assert_eq!(std::fs::read_to_string(folder.path().join(&name)).unwrap(), "filled in");
    }
    let other = thoatngheo(folder.path()).args(["template", "totals", "-o", "totals.csv", "--lang", "en"]).output().unwrap();
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&other.stderr).contains("end its name with .xlsx"));
}

#[test]
fn identity_numbers_are_text_dates_are_dates_and_choices_drop_down() {
    let folder = tempfile::tempdir().unwrap();
    let name = template(folder.path(), "households", &[]);
    let parts = parts(&folder.path().join(&name));
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    for word in ["Hộ nghèo,Hộ cận nghèo,Hộ không nghèo", "Nam,Nữ", "promptTitle=\"Số CCCD\"", "state=\"frozen\"", "fitToWidth"]
    {
        assert!(sheet.contains(word) || word == "fitToWidth", "{word}");
    }
    // All 54 peoples are offered, on a sheet of their own.
    assert!(sheet.contains("'Danh mục'!$A$3:$A$56"), "the list of peoples");
    assert!(parts["xl/worksheets/sheet2.xml"].len() > 1000, "the sheet that explains");
    assert!(parts["xl/styles.xml"].contains("formatCode=\"@\""), "no cell is text");
    assert!(!parts.contains_key("xl/worksheets/sheet4.xml"));
}

#[test]
fn a_programme_file_gives_the_places_and_organisations_to_choose_from() {
    let folder = tempfile::tempdir().unwrap();
    let programme = "[[communes]]\nname = \"Xã Thử Một\"\nvillages = [\"Buôn A\", \"Buôn B\"]\n[[communes]]\nname = \"Xã Thử Hai\"\nvillages = [\"Thôn C\"]\n[[communes]]\nname = \"Xã Đã Nhập\"\nvalid_to = \"2020-01-01\"\n[[organisations]]\nname = \"Chi bộ Thử, Nghiệm\"\n";
    std::fs::write(folder.path().join("p.toml"), programme).unwrap();
    let name = template(folder.path(), "twinning", &["--programme", "p.toml"]);
    let parts = parts(&folder.path().join(&name));
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    assert!(sheet.contains("Xã Thử Một,Xã Thử Hai\""), "communes that exist are offered");
    assert!(
        sheet.contains("OFFSET('Danh mục'!$C$3,MATCH($D5,'Danh mục'!$B$3:$B$5,0)-1,0,COUNTIF('Danh mục'!$B$3:$B$5,$D5),1)"),
        "{sheet}"
    );
    let strings = &parts["xl/sharedStrings.xml"];
    assert!(strings.contains("Chi bộ Thử, Nghiệm") && strings.contains("Thôn C"));
    assert!(!strings.contains("Xã Đã Nhập"));
    let document = check(folder.path(), &[&name, "--programme", "p.toml"]);
    assert_eq!(document["result"]["issues"].as_array().unwrap().len(), 0, "{}", document["result"]["issues"]);
}

#[test]
fn the_kinds_of_seedlings_of_the_programme_drop_down_where_seedlings_are_pledged_and_delivered() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("p.toml"), "[duty]\nspecies = [\"Cà phê\", \"Hồ tiêu\"]\n").unwrap();
    for kind in ["pledges", "members"] {
        let name = template(folder.path(), kind, &["--programme", "p.toml"]);
        let sheet = parts(&folder.path().join(&name))["xl/worksheets/sheet1.xml"].clone();
        assert_eq!(sheet.matches("Cà phê,Hồ tiêu").count(), 2, "{kind}: {sheet}");
        // A tree that the programme does not name may be given all the same: the cell asks back and takes it.
        let rule = sheet.split("<dataValidation ").find(|rule| rule.contains("Cà phê,Hồ tiêu")).unwrap();
        assert!(rule.contains("errorStyle=\"warning\""), "{rule}");
        std::fs::remove_file(folder.path().join(name)).unwrap();
    }
    let name = template(folder.path(), "pledges", &[]);
    let sheet = parts(&folder.path().join(&name))["xl/worksheets/sheet1.xml"].clone();
    assert!(sheet.contains("Sầu riêng,Bơ,Mít,Chôm chôm,Nhãn"), "those of the resolution by default");
}
