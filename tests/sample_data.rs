//! The sample district is what its generator makes, byte for byte, and holds the published totals.
//!
//! The totals are counted here from the files as they lie in the repository, with neither the
//! library nor the generator's own ledger.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper of a test fails the test by panicking")]

#[path = "../examples/make_sample_data/make/mod.rs"]
mod make;

use calamine::{Data, Reader, open_workbook_auto};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files_below(&path));
        } else {
            all.push(path);
        }
    }
    all
}

#[test]
fn making_the_sample_again_gives_the_same_bytes() {
    let made = make::all_files().unwrap();
    let mut names = BTreeSet::new();
    for file in &made {
        let path = folder().join(&file.path);
        let kept = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(kept == file.bytes, "{} is not what the generator makes", file.path);
        names.insert(path);
    }
    let kept: BTreeSet<PathBuf> = files_below(&folder()).into_iter().collect();
    assert_eq!(kept, names, "the folder holds exactly the files that are made");
}

#[test]
fn the_sample_is_small() {
    let bytes: u64 = files_below(&folder()).iter().map(|f| f.metadata().unwrap().len()).sum();
    assert!(bytes < 4_000_000, "{bytes} bytes");
}

type Grid = Vec<Vec<String>>;

/// The cells of every sheet of a file, as text.
fn sheets(path: &Path) -> Vec<Grid> {
    if path.extension().is_some_and(|e| e == "csv") {
        return vec![delimited(&std::fs::read(path).unwrap())];
    }
    let mut book = open_workbook_auto(path).unwrap();
    let names = book.sheet_names();
    names
        .iter()
        .map(|name| {
            let range = book.worksheet_range(name).unwrap();
            range.rows().map(|row| row.iter().map(shown).collect()).collect()
        })
        .collect()
}

fn shown(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}

fn delimited(bytes: &[u8]) -> Grid {
    let (text, delimiter) = if bytes.starts_with(&[0xFF, 0xFE]) {
        (encoding_rs::UTF_16LE.decode(bytes).0, b'\t')
    } else if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        (encoding_rs::UTF_8.decode(bytes).0, b';')
    } else {
        (encoding_rs::WINDOWS_1258.decode(bytes).0, b',')
    };
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Letters only, so that every spelling, encoding and case of a class word comes out alike.
fn plain(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// 0 for poor, 1 for near-poor, 2 for neither.
fn class_of(word: &str) -> Option<usize> {
    const WORDS: [(&str, usize); 17] = [
        ("hộ nghèo", 0),
        ("nghèo", 0),
        ("n", 0),
        ("hộ cận nghèo", 1),
        ("cận nghèo", 1),
        ("cn", 1),
        ("hộ không nghèo", 2),
        ("không nghèo", 2),
        ("không", 2),
        ("kn", 2),
        // TCVN3 and VNI.
        ("hé nghìo", 0),
        ("hé cën nghìo", 1),
        ("hé kh«ng nghìo", 2),
        ("hoä ngheøo", 0),
        ("hoä caän ngheøo", 1),
        ("hoä khoâng ngheøo", 2),
        ("", 3),
    ];
    let word = plain(word);
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, class)| *class).filter(|class| *class < 3)
}

/// Where a heading stands that begins with one of the words: row and column.
fn find(grid: &Grid, words: &[&str]) -> Option<(usize, usize)> {
    grid.iter()
        .enumerate()
        .take(12)
        .find_map(|(r, row)| row.iter().position(|cell| words.iter().any(|w| plain(cell).starts_with(w))).map(|c| (r, c)))
}

/// Households of the three classes, persons, and citizen numbers of one year.
#[derive(Default)]
struct Count {
    classes: [u32; 3],
    persons: u32,
    numbers: BTreeSet<String>,
    villages: BTreeMap<String, u32>,
}

fn count(year: u32) -> Count {
    let mut count = Count::default();
    let files = files_below(&folder().join(format!("ho-dan-{year}")));
    assert_eq!(files.len(), 11, "a workbook for each commune");
    for file in files {
        for grid in sheets(&file) {
            count_sheet(&grid, &mut count);
        }
    }
    count
}

fn count_sheet(grid: &Grid, count: &mut Count) {
    let number_heads = ["cccd", "số cccd", "số định danh", "sè cmnd", "soá cmnd"];
    let Some((_, number)) = find(grid, &number_heads) else {
        return; // a sheet of codes or of sums
    };
    let persons_heads = ["số nhân khẩu", "nhân khẩu", "số khẩu", "tổng số nhân khẩu", "sè nh©n khèu", "soá nhaân khaåu"];
    let (_, persons) = find(grid, &persons_heads).unwrap();
    let word = find(grid, &["phân loại (", "phân loại hộ", "loại hộ", "ph©n lo¹i", "phaân loaïi"]);
    // Three class words side by side are headings of mark columns; elsewhere they are values.
    let marks = grid.iter().take(12).find_map(|row| {
        let at = |w: &str| row.iter().position(|cell| plain(cell) == w);
        Some([at("hộ nghèo")?, at("hộ cận nghèo")?, at("hộ không nghèo")?])
    });
    let village = find(grid, &["thôn", "th«n", "thoân"]);
    for row in grid {
        let Ok(here) = row[persons].trim().parse::<u32>() else {
            continue;
        };
        let class = match (marks, word) {
            (Some(columns), _) => {
                // Rows of sums have a name, but no citizen number; one household may have lost its number, too.
                let set: Vec<usize> = (0..3).filter(|i| !row[columns[*i]].is_empty()).collect();
                let sum = row.iter().any(|c| plain(c).starts_with("cộng ") || plain(c).starts_with("tổng cộng"));
                set.first().copied().filter(|_| set.len() == 1 && !sum)
            }
            (None, Some((_, column))) => class_of(&row[column]),
            (None, None) => panic!("no class in this sheet"),
        };
        if let Some(class) = class {
            count.classes[class] += 1;
            count.persons += here;
            count.numbers.insert(row[number].trim_start_matches('0').to_owned());
            if let Some((_, column)) = village {
                *count.villages.entry(row[column].clone()).or_default() += 1;
            }
        }
    }
}

#[test]
fn the_survey_of_2022_has_the_published_totals() {
    let count = count(2022);
    assert_eq!(count.classes, [4868, 3512, 19_284 - 4868 - 3512]);
    assert_eq!(count.persons, 78_254);
    // Two households have lost their number; all others have one of their own.
    assert_eq!(count.numbers.len(), 19_284 - 2 + 1);
    assert!(count.villages.values().all(|n| (20..=350).contains(n)), "{:?}", count.villages);
}

#[test]
fn the_survey_of_2023_gives_the_rates_of_the_press() {
    let count = count(2023);
    let total: u32 = count.classes.iter().sum();
    let hundredths = |part: u32| (part * 20_000 + total) / (2 * total);
    assert_eq!((hundredths(count.classes[0]), hundredths(count.classes[1])), (2095, 1677));
}

#[test]
fn most_households_are_in_both_surveys_and_some_come_and_go() {
    let (before, after) = (count(2022).numbers, count(2023).numbers);
    let stayed = before.intersection(&after).count();
    assert!(stayed > 19_000, "{stayed}");
    assert!(before.len() - stayed > 100 && after.len() - stayed > 100);
}

#[test]
fn the_roster_has_the_published_members_in_fifty_one_organisations() {
    let grid = sheets(&folder().join("dang-vien-2023.xlsx")).remove(0);
    let (top, name) = find(&grid, &["tổ chức cơ sở"]).unwrap();
    let (_, sex) = find(&grid, &["giới tính"]).unwrap();
    let (_, people) = find(&grid, &["dân tộc"]).unwrap();
    let members: Vec<&Vec<String>> = grid[top + 2..].iter().filter(|row| !row[name].is_empty()).collect();
    assert_eq!(members.len(), 3305);
    assert_eq!(members.iter().filter(|row| row[sex] == "Nữ").count(), 1142);
    assert_eq!(members.iter().filter(|row| row[people] != "Kinh").count(), 1419);
    let organisations: BTreeSet<&str> = members.iter().map(|row| row[name].as_str()).collect();
    let cells = organisations.iter().filter(|o| o.starts_with("Chi bộ")).count();
    let of_communes = organisations.iter().filter(|o| o.starts_with("Đảng bộ xã") || o.starts_with("Đảng bộ thị trấn")).count();
    assert_eq!((organisations.len(), cells, of_communes), (51, 37, 11));
}

#[test]
fn some_members_head_a_poor_or_near_poor_household_themselves() {
    let roster = sheets(&folder().join("dang-vien-2023.xlsx")).remove(0);
    let (_, number) = find(&roster, &["số cccd"]).unwrap();
    let members: BTreeSet<&str> = roster.iter().map(|row| row[number].as_str()).collect();
    let list = sheets(&folder().join("ho-dan-2023/thi-tran-lien-son.xlsx")).remove(0);
    let (_, id) = find(&list, &["số cccd"]).unwrap();
    let shared = list.iter().filter(|row| row[id].len() == 12 && members.contains(row[id].as_str()));
    let targets = shared.filter(|row| row[7] == "x" || row[8] == "x").count();
    assert!(targets > 0);
}

/// Row and column of `K251`.
fn position(address: &str) -> (usize, usize) {
    let (letters, digits) = address.split_at(address.find(|c: char| c.is_ascii_digit()).unwrap());
    let column = letters.bytes().fold(0, |sum, letter| 26 * sum + usize::from(letter - b'A') + 1);
    (digits.parse::<usize>().unwrap() - 1, column - 1)
}

#[test]
fn every_fault_of_the_list_is_in_the_cell_that_it_names() {
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    let mut checked = 0;
    for line in readme.lines().skip_while(|l| !l.starts_with("## Which row")) {
        let parts: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [file, sheet, cell, found, _] = parts.as_slice() else { continue };
        let path = folder().join(file);
        if !path.is_file() || cell.contains(' ') {
            continue;
        }
        let expected = if *found == "(blank)" { "" } else { found.trim_matches('`') };
        let (row, column) = position(cell);
        let actual = if file.ends_with(".csv") {
            delimited(&std::fs::read(&path).unwrap())[row][column].clone()
        } else {
            let mut book = open_workbook_auto(&path).unwrap();
            let range = book.worksheet_range(sheet).unwrap();
            let at = (u32::try_from(row).unwrap(), u32::try_from(column).unwrap());
            range.get_value(at).map(shown).unwrap_or_default()
        };
        assert_eq!(actual, expected, "{file} {sheet} {cell}");
        checked += 1;
    }
    assert!(checked > 30, "{checked}");
}
