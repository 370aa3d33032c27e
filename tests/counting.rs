//! Counting households and members as they are read, and keeping them all and counting them afterwards, are the same: the same
//! sums, the same issues at the same cells, the same account of every row. The slow way is the oracle of the quick one.

#![expect(clippy::print_stderr, reason = "a skip is said")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::Date;
use proptest::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use thoatngheo::domain::roster::CountedRoster;
use thoatngheo::domain::survey::Survey;
use thoatngheo::domain::tally::Tallies;
use thoatngheo::ingest::workbook::Limits;
use thoatngheo::ingest::{Counting, Ingested, Settings, read_paths};

static THREE_THREADS: LazyLock<ThreadPool> = LazyLock::new(|| {
    #[expect(clippy::unwrap_used, reason = "without threads there is nothing to test")]
    ThreadPoolBuilder::new().num_threads(3).build().unwrap()
});

/// How many households and members were counted and not kept.
#[derive(Debug, PartialEq, Eq)]
struct Only {
    households: u64,
    members: u64,
}

/// Reads files both ways and compares all that comes of them.
fn both_ways(paths: &[PathBuf], settings: &Settings) -> Result<Only, TestCaseError> {
    let read = |settings: &Settings| read_paths(paths, settings, &|_, _| {});
    let one_by_one = |counting| {
        let limits = Limits { sheets_bytes: u64::MAX, ..settings.limits.clone() };
        Settings { counting, limits, ..settings.clone() }
    };
    let kept = read(&one_by_one(Counting::Nothing));
    // The same once more with text in blocks of two rows, which several threads look at ahead of their turn, and with the
    // sheets of each workbook side by side.
    let at_once = |counting| {
        let limits = Limits { shared_bytes: 0, block_bytes: 200, sheets_bytes: 0, ..settings.limits.clone() };
        Settings { counting, limits, ..settings.clone() }
    };
    for counting in [Counting::Nothing, Counting::Households, Counting::HouseholdsAndMembers] {
        let read = THREE_THREADS.install(|| read(&at_once(counting)));
        compare(&kept, &read)?;
        if counting == Counting::Nothing {
            prop_assert_eq!(records(&kept), records(&read));
        }
    }
    let households = compare(&kept, &read(&one_by_one(Counting::Households)))?.households;
    let members = compare(&kept, &read(&one_by_one(Counting::HouseholdsAndMembers)))?.members;
    Ok(Only { households, members })
}

fn compare(kept: &Ingested, counted: &Ingested) -> Result<Only, TestCaseError> {
    for (kept, counted) in kept.issues.iter().zip(&counted.issues) {
        prop_assert_eq!(kept, counted);
    }
    prop_assert_eq!(kept.issues.len(), counted.issues.len());
    prop_assert_eq!(&kept.files, &counted.files);
    prop_assert_eq!(years(kept), years(counted));
    for (kept, counted) in kept.surveys.values().zip(counted.surveys.values()) {
        prop_assert_eq!(said(kept), said(counted));
    }
    let mut roster = CountedRoster::of(&counted.roster.members);
    roster.merge(counted.roster.counted.clone());
    let roster_of_kept = CountedRoster::of(&kept.roster.members);
    prop_assert_eq!(format!("{roster_of_kept:?}"), format!("{roster:?}"));
    let members = counted.roster.counted.total(Date::MAX).total;
    Ok(Only { households: counted.surveys.values().map(only_counted).sum(), members })
}

/// Everything that is kept, in its order.
fn records(all: &Ingested) -> String {
    let surveys: Vec<_> = all.surveys.values().map(|survey| (&survey.all, &survey.poor_only, &survey.totals)).collect();
    let roster = (&all.roster.members, &all.roster.pledges, &all.roster.twinning);
    format!("{surveys:?}{roster:?}{:?}{:?}{:?}", all.supports, all.doubled, all.applied)
}

fn years(all: &Ingested) -> Vec<Option<i16>> {
    all.surveys.keys().copied().collect()
}

/// All sums of a survey, with the printed names of its places.
fn said(survey: &Survey) -> (Tallies, String) {
    let tallies = Tallies::of(2022, survey);
    let printed = format!("{tallies:?}");
    (tallies, printed)
}

fn only_counted(survey: &Survey) -> u64 {
    survey.counted.tallies(2022).map(|(_, _, list)| list.total.all().households).sum()
}

#[test]
fn the_sample_district_is_counted_as_it_is_kept() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let Only { households, .. } = both_ways(&[sample.join("ho-dan-2022")], &Settings::default()).unwrap();
    assert!(households > 19_000, "{households} households of a year were counted and not kept");
    // Both years, totals, rosters and registers at once; the last ask for the records themselves.
    both_ways(std::slice::from_ref(&sample), &Settings::default()).unwrap();
    let Only { members, .. } = both_ways(&[sample.join("dang-vien-2023.xlsx")], &Settings::default()).unwrap();
    assert!(members > 3_000, "{members} members were counted and not kept");
}

#[test]
fn the_look_alikes_are_counted_as_they_are_kept() {
    let shared = std::env::var("THOATNGHEO_SHARED")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if !shared.join("workbooks").is_dir() {
        eprintln!("SKIPPED: {} is not there, so its workbooks are not counted", shared.display());
        return;
    }
    for folder in ["lak", "faults"] {
        both_ways(&[shared.join("workbooks").join(folder)], &Settings::default()).unwrap();
    }
}

#[test]
fn persons_and_households_of_one_number_are_told_in_the_same_words() {
    let folder = tempfile::tempdir().unwrap();
    let households = "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2022\n\
        STT,Thôn/Buôn,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Số nhân khẩu,Phân loại hộ\n\
        1,Buôn Cuôr,Y Thử Một,1969,066069000001,4,Hộ nghèo\n\
        2,Buôn Cuôr,Y Thử Hai,1970,066070000002,3,Hộ không nghèo\n\
        3,BUÔN CUÔR,Y Thử Ba,1971,,2,Hộ cận nghèo\n\
        4,Buôn Cuôr,Y Thử Bốn,1969,066069000001,2,Hộ không nghèo\n";
    let persons = "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2022\n\
        STT,Thôn/Buôn,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Số CCCD,Phân loại hộ\n\
        1,Buôn Jun,H' Thử Năm,Chủ hộ,1975,066175000005,Hộ không nghèo\n\
        2,Buôn Jun,Y Thử Hai,Con,1970,066070000002,\n\
        3,Buôn Jun,H' Thử Sáu,Chủ hộ,1980,066180000006,Hộ nghèo\n\
        4,Buôn Jun,H' Thử Năm,Con,1975,066175000005,\n";
    let again = "DANH SÁCH HỘ DÂN CƯ XÃ YANG TAO NĂM 2022\n\
        STT,Thôn/Buôn,Họ và tên chủ hộ,Ngày sinh,Số CCCD,Số nhân khẩu,Phân loại hộ\n\
        1,Buôn Cuôr,Y Thử Ba,1971,,2,Hộ cận nghèo\n\
        2,Buôn Jun,H' Thử Sáu,1980,066180000006,1,Hộ không nghèo\n\
        3,Buôn Cuôr,Y Thử Hai,1970,066070000002,3,Hộ không nghèo\n";
    for (name, text) in [("a.csv", households), ("b.csv", persons), ("c.csv", again), ("d.csv", again)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    // Where records tell more they are kept, and that is the same.
    assert_eq!(both_ways(&[folder.path().to_path_buf()], &Settings::default()).unwrap().households, 0);
    let settings = Settings { kept_rows: 0, ..Settings::default() };
    assert_eq!(both_ways(&[folder.path().to_path_buf()], &settings).unwrap().households, 6);
    let codes: Vec<&str> =
        read_paths(&[folder.path().to_path_buf()], &settings, &|_, _| {}).issues.iter().map(|issue| issue.code.word()).collect();
    for code in ["citizen-twice", "person-twice", "household-twice", "file-twice"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn long_text_is_read_while_it_is_hashed_and_read_again_where_it_is_not_what_it_seemed() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = format!("\u{feff}{HEADINGS}\n");
    for row in 0..12_000 {
        let (year, serial) = (60 + row % 30, row / 30 + 1);
        text += &format!("{row};Xã Yang Tao;Buôn Jun;Y Thử Một;19{year};Nam;Kinh;0660{year}{serial:06};4;Hộ nghèo;100;30;;\n");
    }
    assert!(text.len() > 1 << 20, "shorter text is read whole");
    let mut broken = text.clone().into_bytes();
    broken.extend(b"1;X\xE3 Yang Tao;Bu\xF4n Jun;Y Th\xFF Hai;1960;Nam;Kinh;;4;H\xF4 ngheo;100;30;;\n");
    for (name, bytes) in [("sound.csv", text.as_bytes()), ("broken.csv", &broken)] {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        assert_eq!(
            both_ways(std::slice::from_ref(&file), &Settings { year: Some(2022), ..Settings::default() }).unwrap().households,
            12_000
        );
    }
}

/// The cells of a column, the usual ones first and many times.
fn cell(usual: &'static [&'static str], odd: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        12 => prop::sample::select(usual).prop_map(str::to_owned),
        1 => prop::sample::select(odd).prop_map(str::to_owned),
    ]
}

/// A row of a household list, as it should be or nearly.
fn row() -> impl Strategy<Value = String> {
    let numbers =
        prop_oneof![20 => (0_u32..400).prop_map(|at| format!("0660{:02}{:06}", 60 + at % 30, at + 1)), 1 => Just(String::new())];
    let household = (
        cell(&["1", "2", "17"], &["", "a", "1.5", "12."]),
        cell(&["Xã Yang Tao", "Xã Nam Ka"], &["", "Yang Tao", "Xã Lạ", "xã  yang tao"]),
        cell(&["Buôn Cuôr", "Buôn Jun", "Thôn 2"], &["", "BUÔN CUÔR", "B. Jun", "2"]),
        cell(&["Y Thử Một", "Nguyễn Thị Hai"], &["", "-", "Y Th? Ba", "=1+1", "Cộng", " Tống Văn An "]),
        cell(&["1960", "01/02/1975", "05/1981"], &["", "31/02/1975", "2030", "1850", "x"]),
        cell(&["Nam", "Nữ"], &["", "nam?", "1", "khác"]),
        cell(&["Kinh", "M'Nông", "Ê Đê"], &["", "12", "Mnông", "M'Nôngg"]),
        numbers,
        cell(&["1", "4", "7"], &["", "0", "3.7", "19.284", " 4", "-1", "#REF!"]),
        cell(&["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"], &["", "KN", "nghèo?", "hộ nghèo "]),
        (cell(&["100", "140", "190"], &["", "1,5", "b"]), cell(&["0", "10", "30"], &["", "15", "3"])),
        (
            cell(&["", "x"], &["-", "1", "có", "?"]),
            cell(&["", "x"], &["0", "không", "…"]),
            cell(&["", "Mới chuyển đến"], &["Đã chuyển đi", "Trùng", "Thoát nghèo", "Tái nghèo", "=1", "7"]),
        ),
    );
    household.prop_map(
        |(number, commune, village, name, birth, sex, people, citizen, persons, class, (b1, b2), (mark, labour, remark))| {
            [number, commune, village, name, birth, sex, people, citizen, persons, class, b1, b2, mark, labour, remark].join(";")
        },
    )
}

fn line() -> impl Strategy<Value = String> {
    let between = [
        "XÃ NAM KA;;;;;;;;;;;;;",
        ";;BUÔN JUN;;;;;;;;;;;",
        ";;Cộng;;;;;;12;;;;2;1",
        ";;Tổng số: 4 hộ;;;;;;;;;;;",
        ";;;;;;;;;;;;;",
        HEADINGS,
        ";NGƯỜI LẬP BIỂU;;;;;;;;;;;;",
    ];
    prop_oneof![20 => row(), 1 => prop::sample::select(between.to_vec()).prop_map(str::to_owned)]
}

const HEADINGS: &str = "STT;Xã;Thôn/Buôn;Họ và tên chủ hộ;Ngày sinh;Giới tính;Dân tộc;Số CCCD;Số nhân khẩu;Phân loại hộ;B1;B2;CS1;Không có khả năng lao động;Ghi chú";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_a_table_holds_it_is_counted_as_it_is_kept(
        lines in prop::collection::vec(line(), 1..120),
        second in prop::collection::vec(line(), 0..40),
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (name, lines) in [("a.csv", lines), ("b.csv", second)] {
            fs::write(folder.path().join(name), format!("{HEADINGS}\n{}\n", lines.join("\n"))).unwrap();
        }
        let settings = Settings { year: Some(2022), ..Settings::default() };
        both_ways(&[folder.path().to_path_buf()], &settings)?;
    }
}

const ROSTER: &str = "STT;Họ và tên;Ngày sinh;Giới tính;Dân tộc;Số CCCD;Số thẻ đảng;Chi bộ;Tổ chức cơ sở đảng;Ngày chính thức;Trạng thái;Hưởng lương ngân sách";

/// A row of a roster; numbers, cards and names come up again and again.
fn member() -> impl Strategy<Value = String> {
    let numbers = prop_oneof![
        9 => (0_u32..60).prop_map(|at| format!("0660{:02}{:06}", 60 + at % 30, at + 1)),
        3 => Just(String::new()),
        1 => Just("66060".to_owned()),
    ];
    let cards = prop_oneof![6 => (0_u32..50).prop_map(|at| format!("66.{at:06}")), 3 => Just(String::new())];
    let fields = (
        cell(&["1", "2"], &["", "a"]),
        cell(&["Y Thử Một", "Nguyễn Thị Hai"], &["", "Tống Văn An", "=1+1"]),
        cell(&["1960", "01/02/1975"], &["", "31/02/1975"]),
        cell(&["Nam", "Nữ"], &["", "nam?"]),
        cell(&["Kinh", "M'Nông"], &["", "Mnôngg"]),
        numbers,
        cards,
        cell(&["Chi bộ Buôn Jun", "Chi bộ Buôn Cuôr", "Chi bộ Cơ quan"], &["", "CHI BỘ BUÔN JUN", "Chi bộ Buôn Lạ", "Buôn Jun"]),
        cell(
            &["Đảng bộ xã Yang Tao", "Chi bộ Kho bạc"],
            &["", "ĐẢNG BỘ XÃ YANG TAO", "CHI BỘ KHO BẠC", "Đảng ủy xã Yang Tao", "Chi bộ  kho bạc", "Đảng bộ xã Lạ"],
        ),
        cell(&["02/03/1999", "2005"], &["", "1890", "x"]),
        cell(&["Chính thức", "Dự bị", "Miễn sinh hoạt từ 01/03/2022"], &["", "Hưu trí", "Chuyển đi 05/05/2024", "Từ trần"]),
        cell(&["x", ""], &["?", "không"]),
    );
    fields.prop_map(|(number, name, birth, sex, people, citizen, card, cell, organisation, official, standing, salaried)| {
        let party = [citizen, card, cell, organisation, official, standing, salaried].join(";");
        [number, name, birth, sex, people, party].join(";")
    })
}

fn line_of_roster() -> impl Strategy<Value = String> {
    let between = [
        ";CHI BỘ BUÔN JUN;;;;;;;;;;",
        "I;Đảng bộ xã Yang Tao;;;;;;;;;;",
        ";Cộng;;;;;;;;;;12",
        ROSTER,
        ";NGƯỜI LẬP BIỂU;;;;;;;;;;",
    ];
    prop_oneof![20 => member(), 1 => prop::sample::select(between.to_vec()).prop_map(str::to_owned)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_a_roster_holds_it_is_counted_as_it_is_kept(
        rosters in prop::collection::vec((prop::option::of(2022_i16..2024), prop::collection::vec(line_of_roster(), 1..60)), 1..4),
        surveyed in any::<bool>(),
        namesakes in any::<bool>(),
        one_year in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
        for (at, (year, lines)) in rosters.into_iter().enumerate() {
            let title = year.map(|year| format!("DANH SÁCH ĐẢNG VIÊN NĂM {year}\n")).unwrap_or_default();
            // Whether namesakes on two sheets are one member their records tell, which then are kept.
            let names = ["Y Thử Một", "Nguyễn Thị Hai", "Tống Văn An", "=1+1"];
            let own = |line: String| names.iter().fold(line, |line, name| line.replace(name, &format!("{name}{at}")));
            let lines: Vec<String> = lines.into_iter().map(|line| if namesakes { line } else { own(line) }).collect();
            write(&format!("b{at}.csv"), format!("{title}{ROSTER}\n{}\n", lines.join("\n")));
        }
        // The villages of a survey tell which cell is of which.
        if surveyed {
            let household = "1;Xã Yang Tao;Buôn Jun;Y Thử Một;1960;Nam;Kinh;066060000099;4;Hộ nghèo;100;30;;";
            write("a.csv", format!("DANH SÁCH HỘ NĂM 2022\n{HEADINGS}\n{household}\n"));
        }
        let paths = [folder.path().to_path_buf()];
        let settings = Settings { one_year, ..Settings::default() };
        both_ways(&paths, &settings)?;
        let counting = Settings { counting: Counting::HouseholdsAndMembers, ..settings };
        let kept = read_paths(&paths, &counting, &|_, _| {}).roster.members;
        prop_assert!(namesakes || one_year || kept.is_empty(), "nobody is kept");
    }
}

/// Writes tables as the sheets of one workbook.
fn workbook(path: &Path, sheets: &[(String, Vec<String>)]) -> Result<(), rust_xlsxwriter::XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (at, (headings, lines)) in sheets.iter().enumerate() {
        let sheet = book.add_worksheet().set_name(format!("Xã {at}"))?;
        for (row, line) in (0_u32..).zip(std::iter::once(headings).chain(lines)) {
            for (col, text) in (0_u16..).zip(line.split(';')).filter(|(_, text)| !text.is_empty()) {
                match text.parse::<u32>() {
                    Ok(number) if text.len() < 10 => sheet.write(row, col, number)?,
                    _ => sheet.write(row, col, text)?,
                };
            }
        }
    }
    book.save(path)
}

const MARKED: &str = "STT;Xã;Thôn/Buôn;Họ và tên chủ hộ;Ngày sinh;Số CCCD;Số nhân khẩu;Hộ nghèo;Hộ cận nghèo";

/// A household whose class is told by marks; without one it is neither, where the file speaks of everybody.
fn marked() -> impl Strategy<Value = String> {
    let number = (0_u32..60).prop_map(|at| format!("0660{:02}{:06}", 60 + at % 30, at + 1));
    let marks = prop::sample::select(vec!["x;", ";x", ";", "x;x"]);
    (number, prop::sample::select(vec!["Xã Yang Tao", "Xã Lạ"]), marks)
        .prop_map(|(number, commune, marks)| format!("1;{commune};Buôn Jun;Y Thử Một;1960;{number};4;{marks}"))
}

/// A sheet of any of four kinds: its headings and its rows.
fn sheet() -> impl Strategy<Value = (String, Vec<String>)> {
    let with = |headings: &str| {
        let headings = headings.to_owned();
        move |rows| (headings.clone(), rows)
    };
    prop_oneof![
        2 => prop::collection::vec(line(), 1..20).prop_map(with(HEADINGS)),
        2 => prop::collection::vec(marked(), 1..8).prop_map(with(MARKED)),
        2 => prop::collection::vec(marked().prop_map(|row| row + ";"), 1..8).prop_map(with(&format!("{MARKED};Hộ không nghèo"))),
        2 => prop::collection::vec(line_of_roster(), 1..20).prop_map(with(ROSTER)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sheets_are_read_side_by_side_as_one_by_one(sheets in prop::collection::vec(sheet(), 1..7)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.xlsx");
        workbook(&file, &sheets).unwrap();
        both_ways(&[file], &Settings { year: Some(2022), ..Settings::default() })?;
    }
}

#[test]
fn a_row_without_a_class_is_read_by_what_the_sheets_above_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let row = |number: u32, marks: &str| format!("1;Xã Yang Tao;Buôn Jun;Y Thử Một;1960;06606000000{number};4;{marks}");
    let asks = (MARKED.to_owned(), vec![row(1, ";"), row(2, "x;")]);
    let tells = (format!("{MARKED};Hộ không nghèo"), vec![row(3, ";;x")]);
    let asks_again = (MARKED.to_owned(), vec![row(4, ";"), row(5, ";x")]);
    workbook(&file, &[asks, tells, asks_again]).unwrap();
    let settings = Settings { year: Some(2022), ..Settings::default() };
    assert_eq!(both_ways(std::slice::from_ref(&file), &settings).unwrap().households, 4);
    let issues = read_paths(&[file], &settings, &|_, _| {}).issues;
    let told: Vec<_> = issues.iter().map(|issue| (issue.code.word(), issue.sheet.as_deref().unwrap_or_default())).collect();
    assert_eq!(told, [("class-missing", "Xã 0")], "the first sheet stands above the one that tells");
}

#[test]
fn members_of_one_number_or_one_card_are_told_in_the_same_words() {
    let folder = tempfile::tempdir().unwrap();
    let of = |name: &str, citizen: &str, card: &str, cell: &str, organisation: &str| {
        format!("1;Y Thử {name};1960;Nam;Kinh;{citizen};{card};{cell};{organisation};;;\n")
    };
    let (committee, cell) = ("Đảng bộ xã Yang Tao", "Chi bộ Buôn Jun");
    let first = of("Một", "066060000001", "66.1", cell, committee)
        + &of("Hai", "066060000002", "66.2", "Chi bộ Buôn Lạ", committee)
        + &of("Một", "", "66.1", cell, committee)
        + &of("Ba", "066060000003", "66.2", "Chi bộ Buôn Lạ", "ĐẢNG BỘ XÃ YANG TAO");
    let second = of("Một", "066060000001", "", cell, committee) + &of("Bốn", "", "66.4", cell, committee);
    for (name, rows) in [("a.csv", &first), ("b.csv", &second), ("c.csv", &second)] {
        fs::write(folder.path().join(name), format!("{ROSTER}\n{rows}")).unwrap();
    }
    let household = "1;Xã Yang Tao;Buôn Jun;Y Thử Một;1960;Nam;Kinh;066060000099;4;Hộ nghèo;100;30;;";
    fs::write(folder.path().join("d.csv"), format!("DANH SÁCH HỘ NĂM 2022\n{HEADINGS}\n{household}\n")).unwrap();
    let settings = Settings::default();
    let paths = [folder.path().to_path_buf()];
    assert_eq!(both_ways(&paths, &settings).unwrap(), Only { households: 1, members: 4 });
    let read = read_paths(&paths, &Settings { counting: Counting::HouseholdsAndMembers, ..settings }, &|_, _| {});
    let told: Vec<(&str, String, u64)> = read
        .issues
        .iter()
        .filter(|issue| !issue.code.word().starts_with("year"))
        .map(|issue| (issue.code.word(), issue.cell.map(|cell| cell.to_string()).unwrap_or_default(), issue.count))
        .collect();
    let expected = [("village-unknown", "H3", 2), ("member-twice", "F4", 1), ("member-twice", "F2", 1), ("file-twice", "", 1)];
    assert_eq!(told, expected.map(|(code, cell, count)| (code, cell.to_owned(), count)));
}
