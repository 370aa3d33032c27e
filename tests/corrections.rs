//! Decisions of persons on doubtful rows: asked for by `check --corrections`, replayed by every later run.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::cargo_bin("thoatngheo").unwrap();
    command.current_dir(folder).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "en_US.UTF-8");
    command.args(args).output().unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    let mut args = args.to_vec();
    args.extend(["--format", "json"]);
    let run = run(folder, &args);
    serde_json::from_slice(&run.stdout).unwrap_or_else(|_| unread(&run))
}

/// What a run said instead of a document; no test takes it for one.
fn unread(run: &Output) -> Value {
    Value::String(format!("{:?} {}", run.status.code(), String::from_utf8_lossy(&run.stderr)))
}

const HEAD: &str = "STT,Xã,Thôn,Họ và tên chủ hộ,Năm sinh,Số CCCD,Số khẩu,Dân tộc,Phân loại hộ\n";

/// A list of a year: two households of one citizen number, a people that is misspelt on two rows, a number that is too
/// short, and a household without a usable number.
fn list(folder: &Path, year: &str, rows: &str) {
    fs::write(folder.join(format!("ho-{year}.csv")), format!("{HEAD}{rows}")).unwrap();
}

fn two_years(folder: &Path) {
    list(
        folder,
        "2022",
        "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,M'Nông,Hộ nghèo\n\
         2,Xã Yang Tao,Buôn Dơng,H'Thử Hai,1970,066170000002,3,M'Nôg,Hộ nghèo\n\
         3,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,2,M'Nôg,Hộ cận nghèo\n\
         4,Xã Yang Tao,Buôn Dơng,Thử Văn Bốn,1980,,5,Kinh,Hộ nghèo\n\
         5,Xã Yang Tao,Buôn Dơng,Thử Văn Năm,1981,0660810001,6,Kinh,Không nghèo\n",
    );
    list(
        folder,
        "2023",
        "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,M'Nông,Không nghèo\n\
         2,Xã Yang Tao,Buôn Dơng,H'Thử Hai,1970,066170000002,3,M'Nông,Hộ nghèo\n\
         3,Xã Yang Tao,Buôn Dơng,Thử Văn Bốn,1982,066082000004,5,Kinh,Hộ cận nghèo\n\
         4,Xã Yang Tao,Buôn Dơng,Thử Văn Năm,1981,066081000005,6,Kinh,Không nghèo\n",
    );
}

/// A corrections file by hand.
fn decide(folder: &Path, rows: &[&str]) {
    let head = "code,file,sheet,cell,found,other,decision,value,initials,note";
    fs::write(folder.join("sua.csv"), format!("{head}\n{}\n", rows.join("\n"))).unwrap();
}

const RATES: &[&str] = &["rates", "--households", "ho-2022.csv", "--by", "ethnicity", "--corrections", "sua.csv"];

fn district(document: &Value) -> Vec<u64> {
    let row = &document["result"]["rows"][0];
    ["households", "persons", "poor", "near_poor"].map(|key| row[key].as_u64().unwrap()).to_vec()
}

#[test]
fn a_double_is_left_out_or_counted_as_the_decision_says_and_is_no_longer_an_issue() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    decide(folder.path(), &["citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,same,,TH,"]);
    let same = json(folder.path(), RATES);
    assert_eq!(district(&same), [4, 18, 3, 0], "{same}");
    assert_eq!((&same["issues"]["errors"], &same["corrections"]["applied"]), (&0.into(), &1.into()));
    assert_eq!(same["inputs"][1]["sheets"][0]["rejected"], 0, "{}", same["inputs"]);
    // A spreadsheet program that saved the file took the first zero away.
    decide(folder.path(), &["citizen-twice,somewhere/ho-2022.csv,ho-2022,F4,66069000001,,khác,,TH,"]);
    let different = json(folder.path(), RATES);
    assert_eq!(district(&different), [5, 20, 3, 1], "{different}");
    assert_eq!(different["issues"]["errors"], 0);
}

#[test]
fn one_decision_renames_a_text_in_the_whole_column() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    decide(folder.path(), &["people-unknown,ho-2022.csv,ho-2022,H3,M'Nôg,,value,M'Nông,TH,"]);
    let check = json(folder.path(), &["check", "ho-2022.csv", "--kind", "households"]);
    assert!(check.to_string().contains("people-unknown"));
    let rates = json(folder.path(), RATES);
    let mnong =
        rates["result"]["rows"].as_array().unwrap().iter().find(|row| row["group"] == "M'Nông" || row["group"] == "Mnông");
    assert_eq!(mnong.map(|row| row["households"].clone()), Some(2.into()), "{rates}");
    assert_eq!((&rates["corrections"]["given"], &rates["corrections"]["applied"]), (&1.into(), &1.into()));
    let text = run(folder.path(), RATES);
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    assert!(text.contains("Decisions of the corrections file that were applied: 1 of 1."), "{text}");
}

#[test]
fn a_warning_that_a_person_accepted_is_gone_and_a_stale_decision_is_one() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    decide(
        folder.path(),
        &[
            "citizen-length,ho-2022.csv,ho-2022,F6,0660810001,,keep,,TH,",
            "citizen-length,ho-2022.csv,ho-2022,F6,12345,,keep,,TH,",
        ],
    );
    let rates = json(folder.path(), RATES);
    assert_eq!((&rates["corrections"]["given"], &rates["corrections"]["applied"]), (&2.into(), &1.into()));
    // Left are the people that is not known and the decision on a number that is no longer there.
    assert_eq!(rates["issues"]["warnings"], 2, "{rates}");
}

#[test]
fn a_half_made_decision_stops_the_run_and_is_named_by_its_cell() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    for (row, cell) in [
        ("citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,same,,,", "I2"),
        ("citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,value,,TH,", "H2"),
        ("citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,maybe,,TH,", "G2"),
        ("citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,,,TH,", "G2"),
        ("link,ho-2022.csv,,,a,b,keep,,TH,", "G2"),
    ] {
        decide(folder.path(), &[row]);
        let run = run(folder.path(), RATES);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{row}: {said}");
        assert!(said.contains("sua.csv") && said.contains(cell) && run.stdout.is_empty(), "{row}: {said}");
    }
}

#[test]
fn a_household_under_two_keys_is_one_when_a_person_says_so() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    let changes = ["changes", "--from", "ho-2022.csv", "--to", "ho-2023.csv", "--corrections", "sua.csv"];
    decide(folder.path(), &[]);
    let before = json(folder.path(), &changes);
    assert_eq!(before["result"]["matrix"]["poor"]["near_poor"], 0, "{before}");
    let unsure = before["result"]["unsure"].to_string();
    assert!(unsure.contains("066082000004"), "{unsure}");
    let earlier = "thu van bon.1980.dong.xa yang tao";
    assert!(unsure.contains("thu van bon"), "{unsure}");
    let key = before["result"]["unsure"].as_array().unwrap().iter().find_map(|row| row["household"].as_str()).unwrap_or(earlier);
    let row = format!("link,ho-2022.csv,ho-2022,,{key},066082000004,same,,TH,");
    decide(folder.path(), &[&row, "link,ho-2022.csv,ho-2022,,066999000001,066082000004,same,,TH,"]);
    let after = json(folder.path(), &changes);
    assert_eq!(after["result"]["matrix"]["poor"]["near_poor"], 1, "{after}");
    assert_eq!((&after["corrections"]["given"], &after["corrections"]["applied"]), (&2.into(), &1.into()));
    let warned = |document: &Value| document["issues"]["warnings"].as_u64().unwrap();
    assert_eq!(warned(&after), warned(&before) + 1, "the decision that matches nothing is told");
}

#[test]
fn two_decisions_that_cannot_both_hold_are_errors_that_name_each_other() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    let changes = ["changes", "--from", "ho-2022.csv", "--to", "ho-2023.csv", "--corrections", "sua.csv"];
    decide(folder.path(), &[]);
    let before = json(folder.path(), &changes);
    let unsure = before["result"]["unsure"].as_array().unwrap();
    let key = unsure.iter().find_map(|row| row["household"].as_str()).unwrap().to_owned();
    let row = |word: &str| format!("link,ho-2022.csv,ho-2022,,{key},066082000004,{word},,TH,");
    decide(folder.path(), &[&row("same")]);
    let one = json(folder.path(), &changes);
    assert_eq!(one["result"]["matrix"]["poor"]["near_poor"], 1, "one decision alone holds: {one}");
    decide(folder.path(), &[&row("same"), &row("different")]);
    let both = json(folder.path(), &changes);
    assert_eq!(both["result"]["matrix"]["poor"]["near_poor"], 0, "{both}");
    assert_eq!((&both["corrections"]["given"], &both["corrections"]["applied"]), (&2.into(), &0.into()));
    let errors = |document: &Value| document["issues"]["errors"].as_u64().unwrap();
    assert_eq!(errors(&both), errors(&one) + 2, "{both}");
    let said = run(folder.path(), &changes);
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(1), "{text}");
    assert!(
        text.contains("2 decisions contradict")
            && text.contains("sua.csv [sua] G2, sua.csv [sua] G3")
            && !text.contains("name a household that is not there"),
        "{text}"
    );
}

#[test]
fn a_decision_on_two_years_says_nothing_about_the_two_after_them() {
    let folder = tempfile::tempdir().unwrap();
    let head = "key,coverage,commune,village,head,persons,class";
    for (year, name, class) in [(2021, "Y Bang", "poor"), (2022, "H Wen", "other"), (2023, "H Wen", "poor")] {
        let row = format!("066050000001,all,Xã Yang Tao,Buôn A,{name},2,{class}");
        fs::write(folder.path().join(format!("ho-{year}.csv")), format!("{head}\n{row}\n")).unwrap();
    }
    let years = [2021, 2022, 2023].map(|year| format!("[years.{year}]\nhouseholds = \"ho-{year}.csv\"\n"));
    fs::write(folder.path().join("thoatngheo.toml"), years.concat()).unwrap();
    let changes = ["changes", "--corrections", "sua.csv"];
    let moved = |document: &Value, year: i16| {
        let line = &document["result"]["movement"]["poor"];
        let count = |key: &str| line[key]["households"].as_u64().unwrap();
        (document["result"]["to"] == year, count("fallen_back"), count("new"), count("other_in"))
    };
    // Without a decision the number of 2021 says that the household fell back.
    decide(folder.path(), &[]);
    assert_eq!(moved(&json(folder.path(), &changes), 2023), (true, 1, 0, 0));
    // The number was another household's in 2021: it ends there, and the two later years stay one household.
    decide(folder.path(), &["link,ho-2021.csv,ho-2021,,066050000001,066050000001,different,,TH,"]);
    assert_eq!(moved(&json(folder.path(), &changes), 2023), (true, 0, 1, 0), "new, and not one that arrived");
    let earlier = json(folder.path(), &[&changes[..], &["--year", "2022"]].concat());
    assert_eq!(earlier["result"]["matrix"]["poor"]["gone"], 1, "{earlier}");
    assert_eq!(earlier["corrections"]["applied"], 1);
}

/// The rows of a corrections file as its reader sees them, without the title: code and cell, and the rest by heading.
fn rows(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let mut book = thoatngheo::ingest::workbook::open(path, &thoatngheo::ingest::workbook::Limits::default()).unwrap();
    let mut all: Vec<Vec<String>> = Vec::new();
    book.read_sheet(0, &mut |row| {
        let mut cells = vec![String::new(); 13];
        for cell in row.cells {
            let thoatngheo::ingest::workbook::Value::Text(text) = &cell.value else { continue };
            cells[cell.col as usize] = text.to_string();
        }
        all.push(cells);
    })
    .unwrap();
    let at = all.iter().position(|row| !row[12].is_empty() && !row[0].is_empty()).unwrap();
    let body = all.split_off(at + 1);
    (all.pop().unwrap(), body)
}

/// Writes decisions into rows by code, as a person would, and saves them as delimited text.
fn answer(path: &Path, answers: &[(&str, &str, &str)]) {
    let (head, mut body) = rows(path);
    for row in &mut body {
        if let Some((_, decision, value)) = answers.iter().find(|(code, ..)| *code == row[0]) {
            row[9] = (*decision).to_owned();
            row[10] = (*value).to_owned();
            row[11] = "TH".to_owned();
        }
    }
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(&head).unwrap();
    body.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
}

#[test]
fn what_check_asks_and_a_person_answers_is_what_later_runs_do() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    let check = ["check", "ho-2022.csv", "ho-2023.csv", "--corrections", "hoi.csv"];
    assert_eq!(run(folder.path(), &check).status.code(), Some(1));
    let file = folder.path().join("hoi.csv");
    let (_, asked) = rows(&file);
    let codes: Vec<&str> = asked.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(codes, ["people-unknown", "citizen-twice", "link", "citizen-length"], "{asked:?}");
    assert!(asked[1][6].ends_with("F2") && asked[1][7].contains("Y Thử Một"), "{:?}", asked[1]);
    assert!(asked[2][7].contains("1980") && asked[2][7].contains("1982"), "{:?}", asked[2]);
    let first = fs::read(&file).unwrap();
    run(folder.path(), &check);
    assert_eq!(fs::read(&file).unwrap(), first, "asking again changes nothing");
    let vi = ["check", "ho-2022.csv", "ho-2023.csv", "--corrections", "hoi.csv", "--lang", "vi"];
    run(folder.path(), &vi);
    assert_eq!(rows(&file).0[9], "Quyết định");

    let answers = [
        ("people-unknown", "giá trị mới", "M'Nông"),
        ("citizen-twice", "trùng", ""),
        ("link", "trùng", ""),
        ("citizen-length", "value", "066081000005"),
    ];
    answer(&file, &answers);
    let decided = fs::read_to_string(&file).unwrap();
    assert_eq!(run(folder.path(), &vi).status.code(), Some(0), "nothing is left to mend");
    let (_, kept) = rows(&file);
    assert_eq!(kept.len(), 4);
    assert!(kept.iter().all(|row| row[11] == "TH" && !row[9].is_empty()), "{decided}\n{kept:?}");
    let second = fs::read(&file).unwrap();
    run(folder.path(), &vi);
    assert_eq!(fs::read(&file).unwrap(), second);

    let rates = json(folder.path(), &["rates", "--households", "ho-2022.csv", "--by", "ethnicity", "--corrections", "hoi.csv"]);
    assert_eq!(district(&rates), [4, 18, 3, 0], "{rates}");
    assert_eq!((&rates["issues"]["errors"], &rates["issues"]["warnings"]), (&0.into(), &0.into()));
    assert_eq!((&rates["corrections"]["given"], &rates["corrections"]["applied"]), (&4.into(), &3.into()));
    let changes = json(folder.path(), &["changes", "--from", "ho-2022.csv", "--to", "ho-2023.csv", "--corrections", "hoi.csv"]);
    assert_eq!(changes["result"]["matrix"]["poor"]["near_poor"], 1, "{changes}");
    assert_eq!(changes["corrections"]["applied"], 4);
    assert_eq!(changes["issues"]["warnings"], 0);
}

#[test]
fn a_workbook_of_questions_offers_the_words_that_fit_and_reads_back() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    let check = ["check", "ho-2022.csv", "ho-2023.csv", "--corrections", "hoi.xlsx", "--lang", "vi"];
    run(folder.path(), &check);
    let file = folder.path().join("hoi.xlsx");
    let (head, asked) = rows(&file);
    assert_eq!((head[0].as_str(), asked.len()), ("Mã lỗi", 4));
    let mut archive = zip::ZipArchive::new(fs::File::open(&file).unwrap()).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    for (cell, list) in
        [("J5", "giữ,giá trị mới"), ("J6", "trùng,khác,giá trị mới"), ("J7", "trùng,khác"), ("J8", "giữ,giá trị mới,bỏ")]
    {
        let at = sheet.find(&format!("sqref=\"{cell}\"")).unwrap_or(0);
        assert!(sheet[at..].split("</dataValidation>").next().unwrap().contains(list), "{cell}: {sheet}");
    }
    let first = fs::read(&file).unwrap();
    run(folder.path(), &check);
    assert_eq!(fs::read(&file).unwrap(), first);
    // Nothing is decided, and the sheet that explains is no table: every command goes on.
    let rates = json(folder.path(), &["rates", "--households", "ho-2022.csv", "--corrections", "hoi.xlsx"]);
    assert_eq!(district(&rates)[0], 4, "{rates}");
    assert_eq!(rates["issues"]["errors"], 1, "{rates}");
}

#[test]
fn no_text_of_a_workbook_becomes_a_formula_in_the_questions_and_each_finds_its_cell_again() {
    let folder = tempfile::tempdir().unwrap();
    let name = "=ho-2022.csv";
    let rows_of = "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,=cmd|' /C calc'!A0,Hộ nghèo\n\
                   2,Xã Yang Tao,Buôn Dơng,@Thử Hai,1969,066069000001,3,Kinh,Hộ nghèo\n";
    fs::write(folder.path().join(name), format!("{HEAD}{rows_of}")).unwrap();
    run(folder.path(), &["check", name, "--corrections", "hoi.csv"]);
    let file = folder.path().join("hoi.csv");
    let (_, asked) = rows(&file);
    assert_eq!(asked.len(), 2, "{asked:?}");
    for row in &asked {
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{row:?}");
    }
    assert_eq!(asked[0][5], "'=cmd|' /C calc'!A0");
    answer(&file, &[("people-unknown", "value", "Kinh"), ("citizen-twice", "different", "")]);
    let rates = json(folder.path(), &["rates", "--households", name, "--corrections", "hoi.csv"]);
    assert_eq!((&rates["corrections"]["applied"], &rates["result"]["rows"][0]["poor"]), (&2.into(), &2.into()), "{rates}");
    run(folder.path(), &["check", name, "--corrections", "hoi.csv"]);
    assert_eq!(rows(&file).1.iter().filter(|row| row[11] == "TH").count(), 2, "the decisions are kept");
}

#[test]
fn a_file_that_is_no_corrections_file_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    fs::write(folder.path().join("khac.csv"), "a,b\n1,2\n").unwrap();
    let before = fs::read(folder.path().join("ho-2023.csv")).unwrap();
    for file in ["khac.csv", "ho-2023.csv", "hoi.txt"] {
        let run = run(folder.path(), &["check", "ho-2022.csv", "--corrections", file]);
        assert_eq!(run.status.code(), Some(2), "{file}: {}", String::from_utf8_lossy(&run.stderr));
    }
    assert_eq!(fs::read(folder.path().join("khac.csv")).unwrap(), b"a,b\n1,2\n");
    assert_eq!(fs::read(folder.path().join("ho-2023.csv")).unwrap(), before);
    let posted = run(folder.path(), &["check", "ho-2022.csv", "--corrections", "a.csv", "--audience", "posted"]);
    assert_eq!(posted.status.code(), Some(2));
    assert!(!folder.path().join("hoi.txt").exists() && !folder.path().join("a.csv").exists());
}

#[test]
fn a_sheet_with_spaces_around_its_name_and_a_file_with_parted_letters_find_their_decisions_again() {
    let folder = tempfile::tempdir().unwrap();
    // As a Mac writes them: the mark after its letter.
    let name = "xa\u{303} Đa\u{306}\u{301}k 2022.xlsx";
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Danh  sách ").unwrap();
    let rows = ["1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,M'Nông,Không nghèo"; 2];
    for (row, line) in (0_u32..).zip(std::iter::once(HEAD.trim_end()).chain(rows)) {
        for (col, text) in (0_u16..).zip(line.split(',')) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    book.save(folder.path().join(name)).unwrap();
    run(folder.path(), &["check", name, "--corrections", "hoi.csv"]);
    answer(&folder.path().join("hoi.csv"), &[("citizen-twice", "same", "")]);
    let rates = json(folder.path(), &["rates", "--households", name, "--corrections", "hoi.csv"]);
    assert_eq!((&rates["corrections"]["applied"], &rates["issues"]["errors"]), (&1.into(), &0.into()), "{rates}");
    run(folder.path(), &["check", name, "--corrections", "hoi.csv"]);
    assert_eq!(rows_decided(&folder.path().join("hoi.csv")), (1, 1));
}

/// Rows of a corrections file, and those with initials.
fn rows_decided(path: &Path) -> (usize, usize) {
    let (_, rows) = rows(path);
    (rows.len(), rows.iter().filter(|row| !row[11].is_empty()).count())
}

#[test]
fn decisions_of_an_earlier_year_hold_where_a_later_year_is_compared_with_it() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    fs::write(
        folder.path().join("thoatngheo.toml"),
        "[years.2022]\nhouseholds = \"ho-2022.csv\"\ncorrections = \"sua.csv\"\n[years.2023]\nhouseholds = \"ho-2023.csv\"\n",
    )
    .unwrap();
    // Two households of one number, one of them near-poor: with both of them 2022 has a rate of 1 in 5.
    decide(folder.path(), &["citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,different,,TH,"]);
    let own = json(folder.path(), &["rates", "--year", "2022"]);
    assert_eq!(district(&own), [5, 20, 3, 1], "{own}");
    let later = json(folder.path(), &["rates", "--year", "2023"]);
    let change = |document: &Value| document["result"]["rows"][0]["change"]["near_poor_points"].clone();
    assert_eq!(change(&later), "5.00", "{later}");
    decide(folder.path(), &["citizen-twice,ho-2022.csv,ho-2022,F4,066069000001,,same,,TH,"]);
    let later = json(folder.path(), &["rates", "--year", "2023"]);
    assert_eq!(change(&later), "25.00", "{later}");
    assert_eq!(later["corrections"]["applied"], 1);
}

#[test]
fn a_file_that_is_no_corrections_file_is_refused_and_not_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    fs::write(folder.path().join("trong.csv"), "").unwrap();
    for file in ["ho-2023.csv", "khong-co.csv", "trong.csv"] {
        let run = run(folder.path(), &["rates", "--households", "ho-2022.csv", "--corrections", file]);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!((run.status.code(), run.stdout.len()), (Some(2), 0), "{file}: {said}");
        assert!(said.contains(file), "{said}");
    }
    // Headings without a row are a corrections file in which nothing is to be decided.
    decide(folder.path(), &[]);
    assert_eq!(run(folder.path(), RATES).status.code(), Some(1));
}

#[test]
fn the_yearly_report_joins_households_as_decided_and_says_so_in_its_manifest() {
    let folder = tempfile::tempdir().unwrap();
    two_years(folder.path());
    let check = ["check", "ho-2022.csv", "ho-2023.csv", "--corrections", "hoi.csv"];
    run(folder.path(), &check);
    answer(&folder.path().join("hoi.csv"), &[("link", "same", ""), ("citizen-twice", "same", "")]);
    let years =
        "[years.2022]\nhouseholds = \"ho-2022.csv\"\n[years.2023]\nhouseholds = \"ho-2023.csv\"\ncorrections = \"hoi.csv\"\n";
    fs::write(folder.path().join("thoatngheo.toml"), years).unwrap();
    let report = run(folder.path(), &["report", "-o", "ra"]);
    assert_eq!(report.status.code(), Some(0), "{}", String::from_utf8_lossy(&report.stderr));
    let manifest: Value = serde_json::from_slice(&fs::read(folder.path().join("ra/manifest.json")).unwrap()).unwrap();
    assert_eq!((&manifest["corrections"]["given"], &manifest["corrections"]["applied"]), (&2.into(), &2.into()));
    assert!(manifest["inputs"].to_string().contains("hoi.csv"), "the decisions are among what the report rests on");
    assert_eq!(run(folder.path(), &["verify", "ra/manifest.json"]).status.code(), Some(0));
}

#[test]
fn a_decision_is_about_its_own_row_whichever_of_the_two_is_read_first() {
    let folder = tempfile::tempdir().unwrap();
    let household = "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,M'Nông,Hộ nghèo\n";
    let other = "1,Xã Krông Nô,Buôn Y,Y Thử Khác,1969,066069000001,2,M'Nông,Hộ cận nghèo\n";
    list(folder.path(), "2022-a", household);
    list(folder.path(), "2022-b", other);
    for (word, near_poor) in [("same", 0), ("different", 1)] {
        decide(folder.path(), &[&format!("citizen-twice,ho-2022-b.csv,ho-2022-b,F2,066069000001,,{word},,TH,")]);
        for files in [["ho-2022-a.csv", "ho-2022-b.csv"], ["ho-2022-b.csv", "ho-2022-a.csv"]] {
            let rates = json(folder.path(), &["rates", "--households", files[0], files[1], "--corrections", "sua.csv"]);
            let row = &rates["result"]["rows"][0];
            let counted = ["poor", "poor_persons", "near_poor"].map(|key| row[key].as_u64().unwrap());
            assert_eq!(counted, [1, 4, near_poor], "{word} {files:?}: {rates}");
            assert_eq!(
                (&rates["issues"]["errors"], &rates["corrections"]["applied"]),
                (&0.into(), &1.into()),
                "{word} {files:?}"
            );
            let used: u64 = (1..3).map(|at| rates["inputs"][at]["sheets"][0]["used"].as_u64().unwrap()).sum();
            assert_eq!(used, 1 + near_poor, "{word} {files:?}");
        }
        // The other of the two was mended since: then nothing is left out, and the decision is told to be stale.
        let alone = json(folder.path(), &["rates", "--households", "ho-2022-b.csv", "--corrections", "sua.csv"]);
        assert_eq!(
            (&alone["inputs"][1]["sheets"][0]["used"], &alone["corrections"]["applied"]),
            (&1.into(), &0.into()),
            "{alone}"
        );
        assert_eq!(alone["issues"]["warnings"], 1, "{alone}");
    }
}

#[test]
fn a_member_doubled_by_the_party_card_alone_is_decided_on_too() {
    let folder = tempfile::tempdir().unwrap();
    let head = "STT,Họ và tên,Năm sinh,Số CCCD,Số thẻ Đảng,Tổ chức cơ sở đảng,Ngày vào Đảng\n";
    let rows = "1,Thử Văn Một,1969,066069000001,12345678,Đảng bộ xã Yang Tao,03/02/1995\n2,Thử Văn Một,1969,,12345678,Chi bộ Tòa án,03/02/1995\n";
    fs::write(folder.path().join("dv-2022.csv"), format!("{head}{rows}")).unwrap();
    run(folder.path(), &["check", "dv-2022.csv", "--corrections", "hoi.csv"]);
    let members = |more: &[&str]| json(folder.path(), &[&["members", "--members", "dv-2022.csv"], more].concat());
    assert_eq!(members(&[])["issues"]["errors"], 1);
    for (word, total) in [("same", 1), ("different", 2)] {
        answer(&folder.path().join("hoi.csv"), &[("member-twice", word, "")]);
        let counted = members(&["--corrections", "hoi.csv"]);
        assert_eq!((&counted["result"]["total"], &counted["issues"]["errors"]), (&total.into(), &0.into()), "{word}: {counted}");
        assert_eq!(counted["corrections"]["applied"], 1);
    }
}

#[test]
fn those_who_may_be_one_on_two_lists_are_decided_on_whichever_is_read_first() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let party = "Đảng bộ xã Yang Tao,03/02/1995\n";
    let roster = "STT,Họ và tên,Ngày sinh,Số thẻ Đảng,Tổ chức cơ sở đảng,Ngày vào Đảng\n";
    write("a-2022.csv", &format!("{roster}1,Thử Văn Một,01/02/1969,12345678,{party}"));
    write("b-2022.csv", &format!("{roster}1,Thử Văn Một,1969,,{party}"));
    list(folder.path(), "2022-c", "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,066069000001,4,M'Nông,Hộ nghèo\n");
    list(folder.path(), "2022-d", "1,Xã Yang Tao,Buôn Dơng,Y Thử Một,1969,,4,M'Nông,Hộ nghèo\n");
    for (command, flag, files, code, field) in [
        ("members", "--members", ["a-2022.csv", "b-2022.csv"], "member-twice", "total"),
        ("rates", "--households", ["ho-2022-c.csv", "ho-2022-d.csv"], "household-twice", "poor"),
    ] {
        run(folder.path(), &["check", files[0], files[1], "--corrections", "hoi.csv"]);
        let asked = fs::read_to_string(folder.path().join("hoi.csv")).unwrap();
        assert!(asked.contains(code) && !asked.contains("/ value"), "a name is no number: {asked}");
        for (word, count) in [("same", 1), ("different", 2)] {
            answer(&folder.path().join("hoi.csv"), &[(code, word, "")]);
            for files in [files, [files[1], files[0]]] {
                let counted = json(folder.path(), &[command, flag, files[0], files[1], "--corrections", "hoi.csv"]);
                let result = &counted["result"];
                let found = if field == "total" { &result[field] } else { &result["rows"][0][field] };
                assert_eq!(
                    (found, &counted["corrections"]["applied"]),
                    (&count.into(), &1.into()),
                    "{word} {files:?}: {counted}"
                );
            }
        }
        fs::remove_file(folder.path().join("hoi.csv")).unwrap();
    }
}

mod laws {
    use std::fs;

    use proptest::prelude::*;
    use thoatngheo::domain::spelling::nfc_squeezed;
    use thoatngheo::ingest::{Kind, Settings, read_paths};
    use thoatngheo::report::corrections::{Choice, Question, delimited, workbook};
    use thoatngheo::report::wording::{Lang, words};

    /// What stands in a cell as it is read; the apostrophe of a guarded text is the writer's own.
    fn plain(text: &str) -> String {
        let text = nfc_squeezed(text).into_owned();
        text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).map_or(text.clone(), str::to_owned)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_a_person_wrote_is_read_as_it_was_written(
            texts in prop::collection::vec("[ -~à-ỹĐđŭĭƀ'=+@\\-]{1,20}", 5), row in 1u32..1000, lang in prop::sample::select(vec![Lang::Vi, Lang::En]),
        ) {
            let text = |at: usize| format!("a{}", texts[at]);
            let question = Question {
                code: "citizen-length".to_owned(),
                // The words of a real question, so that letters without a meaning are not taken for words in an old script.
                asked: "Số căn cước phải có mười hai chữ số".to_owned(),
                file: "a-2022.csv".to_owned(),
                sheet: text(0),
                cell: format!("F{row}"),
                found: texts[1].clone(),
                other: texts[2].clone(),
                choices: vec![Choice::Keep],
                decision: Choice::Keep.word(words(lang)).to_owned(),
                initials: text(3),
                note: texts[4].clone(),
                ..Question::default()
            };
            let folder = tempfile::tempdir().unwrap();
            let settings = Settings { kind: Some(Kind::Corrections), ..Settings::default() };
            let questions = [question.clone()];
            for (name, bytes) in
                [("hoi.csv", delimited(&questions, words(lang)).unwrap()), ("hoi.xlsx", workbook(&questions, words(lang)).unwrap())]
            {
                let path = folder.path().join(name);
                fs::write(&path, bytes).unwrap();
                let read = read_paths(&[path], &settings, &|_, _| ());
                prop_assert_eq!(read.answers.len(), 1, "{:?}", read.issues);
                let answer = &read.answers[0];
                prop_assert_eq!(&answer.sheet, &plain(&question.sheet));
                prop_assert_eq!(&answer.found, &plain(&question.found));
                prop_assert_eq!(&answer.other, &plain(&question.other));
                prop_assert_eq!(&answer.note, &plain(&question.note));
                prop_assert_eq!(read.decisions.len(), 1, "{:?}", read.issues);
            }
        }
    }
}
