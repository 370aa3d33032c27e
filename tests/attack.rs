//! A curious reader against the public report of a small district: every figure that the workbook shows, and everything
//! known about how figures add up, are put together, and no count from one to four may come out.
//!
//! The attacker shares no code with the masking. It knows the truth only to tell which figures must stay unknown.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a report that cannot be written or read fails the test; counts here are small"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};

const COMMUNES: [&str; 3] = ["Xã Yang Tao", "Xã Nam Ka", "Xã Ea R'Bin"];
/// Village by village: poor, near-poor and other households of the earlier year, and of those the poor who moved up.
const VILLAGES: [[[i64; 3]; 3]; 3] =
    [[[3, 12, 40], [14, 9, 30], [21, 7, 22]], [[8, 2, 33], [9, 11, 25], [10, 6, 20]], [[2, 1, 30], [0, 0, 25], [0, 2, 19]]];
/// How many of the poor of each village become near-poor, and of the near-poor other.
const MOVED: [[[i64; 2]; 3]; 3] = [[[1, 3], [2, 1], [6, 0]], [[2, 1], [0, 4], [3, 3]], [[0, 1], [0, 0], [0, 0]]];
const CLASSES: [&str; 3] = ["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"];
const KEYS: [&str; 3] = ["poor", "near_poor", "other"];

/// The classes of the households of a village in both years.
fn households(commune: usize, village: usize) -> Vec<[usize; 2]> {
    let mut all = Vec::new();
    for class in 0..3 {
        for index in 0..VILLAGES[commune][village][class] {
            let moves = class < 2 && index < MOVED[commune][village][class];
            all.push([class, if moves { class + 1 } else { class }]);
        }
    }
    all
}

/// Writes the lists of both years, a roster, and a programme file; gives the true figures.
fn write(folder: &Path) -> BTreeMap<String, i64> {
    let mut truth: BTreeMap<String, i64> = BTreeMap::new();
    for (at, year) in [2022, 2023].into_iter().enumerate() {
        let mut list = "STT;Xã;Thôn/Buôn;Họ và tên chủ hộ;Giới tính;Dân tộc;Ngày sinh;Số nhân khẩu;Phân loại hộ\n".to_owned();
        let mut number = 0;
        for (commune, name) in COMMUNES.iter().enumerate() {
            for village in 0..3 {
                for classes in households(commune, village) {
                    number += 1;
                    let (class, sex) = (classes[at], if number % 5 == 0 { "Nữ" } else { "Nam" });
                    let people = ["Kinh", "Ê Đê", "M'Nông", "Kinh"][number % 4];
                    let people = if number == 30 { "Tày" } else { people };
                    let birth = format!("{:02}/{:02}/{}", number % 28 + 1, number / 28 % 12 + 1, 1950 + number / 336);
                    let row = (number, name, village + 1, number, sex, people, birth, number % 5 + 1, CLASSES[class]);
                    let (a, b, c, d, e, f, g, h, i) = row;
                    writeln!(list, "{a};{b};Buôn {c};Y Người {d};{e};{f};{g};{h};{i}").unwrap();
                    let year = if at == 0 { "before" } else { "now" };
                    for place in ["district".to_owned(), (*name).to_owned(), format!("{name}/Buôn {}", village + 1)] {
                        *truth.entry(format!("{place} {} {year}", KEYS[class])).or_default() += 1;
                    }
                    if at == 1 {
                        for group in [sex.to_owned(), people.to_owned()] {
                            *truth.entry(format!("{group} {} now", KEYS[class])).or_default() += 1;
                        }
                        for place in ["district", name] {
                            let key = format!("{place} {}>{}", KEYS[classes[0]], KEYS[class]);
                            *truth.entry(key).or_default() += 1;
                        }
                    }
                }
            }
        }
        std::fs::write(folder.join(format!("ho-{year}.csv")), list).unwrap();
    }
    let mut roster = "STT;Họ và tên;Ngày sinh;Tổ chức cơ sở đảng;Ngày vào Đảng\n".to_owned();
    for (index, commune) in COMMUNES.iter().cycle().take(60).enumerate() {
        writeln!(roster, "{};Y Đảng Viên {index};{};Đảng bộ {};01/02/2001", index + 1, 1960 + index % 30, commune.to_lowercase())
            .unwrap();
    }
    std::fs::write(folder.join("dang-vien.csv"), roster).unwrap();
    let years = "[years.2022]\nhouseholds = [\"ho-2022.csv\"]\n[years.2023]\nhouseholds = [\"ho-2023.csv\"]\nmembers = [\"dang-vien.csv\"]\n";
    std::fs::write(folder.join("thoatngheo.toml"), years).unwrap();
    truth
}

/// What a reader knows: bounds of each figure, and sums: the first is the sum of the others.
#[derive(Default)]
struct Known {
    bounds: BTreeMap<String, [i64; 2]>,
    sums: Vec<Vec<String>>,
}

impl Known {
    fn bound(&mut self, name: &str, low: i64, high: i64) {
        let known = self.bounds.entry(name.to_owned()).or_insert([0, 100_000]);
        *known = [known[0].max(low), known[1].min(high)];
        assert!(known[0] <= known[1], "{name} is {known:?}: the attacker takes two figures for the same");
    }

    fn sum(&mut self, whole: String, parts: Vec<String>) {
        self.sums.push(std::iter::once(whole).chain(parts).collect());
    }

    /// Tightens every bound by every sum until nothing changes.
    fn think(&mut self) {
        loop {
            let before = self.bounds.clone();
            for sum in self.sums.clone() {
                for at in 0..sum.len() {
                    // The figure at `at` is the whole minus the other parts, or the sum of all parts.
                    let of = |name: &String| self.bounds.get(name).copied().unwrap_or([0, 100_000]);
                    let others =
                        |end: usize| -> i64 { (1..sum.len()).filter(|part| *part != at).map(|part| of(&sum[part])[end]).sum() };
                    let [low, high] = if at == 0 {
                        [others(0), others(1)]
                    } else {
                        let whole = of(&sum[0]);
                        [whole[0] - others(1), whole[1] - others(0)]
                    };
                    self.bound(&sum[at], low, high);
                }
            }
            if self.bounds == before {
                return;
            }
        }
    }

    /// A figure that all sums together fix, though none alone does: elimination over fractions of whole numbers.
    fn fixed_by_elimination(&self) -> Vec<String> {
        let names: Vec<&String> = self.bounds.keys().collect();
        let column = |name: &String| names.binary_search(&name).unwrap();
        let mut rows: Vec<Vec<f64>> = Vec::new();
        for sum in &self.sums {
            let mut row = vec![0.0; names.len()];
            for (at, name) in sum.iter().enumerate() {
                let [low, high] = self.bounds[name];
                if low < high {
                    row[column(name)] += if at == 0 { 1.0 } else { -1.0 };
                }
            }
            rows.push(row);
        }
        let mut done = 0;
        for pivot in 0..names.len() {
            let Some(at) = (done..rows.len()).find(|&at| rows[at][pivot].abs() > 1e-6) else { continue };
            rows.swap(done, at);
            let scale = rows[done][pivot];
            rows[done].iter_mut().for_each(|value| *value /= scale);
            let base = rows[done].clone();
            for (other, row) in rows.iter_mut().enumerate().filter(|(other, _)| *other != done) {
                let factor = row[pivot];
                debug_assert!(other != done);
                row.iter_mut().zip(&base).for_each(|(value, base)| *value -= factor * base);
            }
            done += 1;
        }
        let alone = rows.iter().filter(|row| row.iter().filter(|value| value.abs() > 1e-6).count() == 1);
        alone.map(|row| names[row.iter().position(|value| value.abs() > 1e-6).unwrap()].clone()).collect()
    }
}

/// The rows of a sheet as text, numbers without a fraction as whole ones.
fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let found = book.sheet_names().into_iter().find(|sheet| sheet == name);
    let Some(found) = found else { panic!("no sheet {name} in {:?}", book.sheet_names()) };
    let range = book.worksheet_range(&found).unwrap();
    let text = |cell: &Data| if let Data::Float(value) = cell { format!("{value}") } else { cell.to_string() };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// Notes what a table of rates shows of the rows that `name` knows.
fn rates(known: &mut Known, rows: &[Vec<String>], name: impl Fn(&[String]) -> Option<String>) {
    let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Persons")).unwrap();
    let column = |heading: &str| rows[head].iter().position(|cell| cell == heading).unwrap();
    let percent = |row: &[String], heading: &str| {
        row[column(heading)].parse::<f64>().ok().map(|value| if heading.ends_with("(%)") { value * 100.0 } else { value })
    };
    for row in &rows[head + 1..] {
        let Some(place) = name(row) else { continue };
        let all = row[column("Households")].parse::<i64>().ok();
        for (heading, key) in [("Households", "all"), ("Poor", "poor"), ("Near-poor", "near_poor")] {
            if let Ok(count) = row[column(heading)].parse() {
                known.bound(&format!("{place} {key} now"), count, count);
            }
        }
        let sum = |year| KEYS.iter().map(|key| format!("{place} {key} {year}")).collect();
        known.sum(format!("{place} all now"), sum("now"));
        known.sum(format!("{place} all before"), sum("before"));
        for (rate, change, key) in [
            ("Poor (%)", "Poor, change on the year before (points)", "poor"),
            ("Near-poor (%)", "Near-poor, change on the year before (points)", "near_poor"),
        ] {
            let Some((rate, all)) = percent(row, rate).zip(all) else { continue };
            // A rate with two decimals tells the count.
            let count = |rate: f64| [-0.0051, 0.0051].map(|half| (rate + half) / 100.0 * all as f64);
            let [low, high] = count(rate);
            known.bound(&format!("{place} {key} now"), low.ceil() as i64, high.floor() as i64);
            // The households of this programme are the same in both years, as far as anybody knows.
            if let Some(points) = percent(row, change) {
                let [low, high] = count(rate - points);
                known.bound(&format!("{place} {key} before"), low.ceil() as i64, high.floor() as i64);
            }
        }
    }
}

/// Everything that the workbook tells.
fn read(path: &Path) -> Known {
    let mut known = Known::default();
    let place = |cell: &str| if cell == "District" { "district".to_owned() } else { cell.to_owned() };
    let is_place = |cell: &str| cell == "District" || COMMUNES.contains(&cell);
    rates(&mut known, &sheet(path, "Rates by commune"), |row| is_place(&row[0]).then(|| place(&row[0])));
    rates(&mut known, &sheet(path, "Rates by village"), |row| {
        (is_place(&row[0]) && !row[1].is_empty()).then(|| format!("{}/{}", row[0], row[1]))
    });
    let mut groups: Vec<String> = Vec::new();
    for row in sheet(path, "By group") {
        let name = match row.get(1).map(String::as_str) {
            Some("Male") => "Nam",
            Some("Female") => "Nữ",
            Some(people) if ["Kinh", "Ê Đê", "Mnông", "M'Nông", "Tày"].contains(&people) => people,
            _ => continue,
        };
        groups.push(name.to_owned());
    }
    rates(&mut known, &sheet(path, "By group"), |row| {
        let name = match row[1].as_str() {
            "Male" => "Nam",
            "Female" => "Nữ",
            other => other,
        };
        let of = row[0].as_str();
        (groups.iter().any(|group| group == name))
            .then(|| format!("{}{name}", if of.contains("inorit") { "minority:" } else { "" }))
    });
    for key in ["all", "poor", "near_poor", "other"] {
        for year in ["now", "before"] {
            let of = |name: &str| format!("{name} {key} {year}");
            known.sum(of("district"), COMMUNES.map(&of).to_vec());
            for commune in COMMUNES {
                known.sum(of(commune), (1..4).map(|village| of(&format!("{commune}/Buôn {village}"))).collect());
            }
            known.sum(of("district"), vec![of("Nam"), of("Nữ")]);
            let peoples: Vec<String> = groups.iter().filter(|group| !["Nam", "Nữ"].contains(&group.as_str())).cloned().collect();
            let mut distinct = peoples.clone();
            distinct.sort();
            distinct.dedup();
            known.sum(of("district"), distinct.iter().map(|people| of(people)).collect());
        }
    }
    movement(&mut known, path);
    let assigned = sheet(path, "Assignment by commune");
    for row in assigned.iter().filter(|row| is_place(&row[0])) {
        let name = place(&row[0]);
        // Every household has a pair at least, so that the pairs are no fewer.
        for (cell, exact) in [(1, true), (3, false)] {
            if let Ok(count) = row[cell].parse() {
                known.bound(&format!("{name} both"), if exact { count } else { 0 }, count);
            }
        }
        known.sum(format!("{name} both"), vec![format!("{name} poor now"), format!("{name} near_poor now")]);
    }
    known
}

/// What the table of movements tells, and how it adds up to both years.
fn movement(known: &mut Known, path: &Path) {
    let targets = ["poor", "near_poor", "other", "gone"];
    let rows = sheet(path, "Movement by commune");
    for row in rows.iter().filter(|row| row[0] == "District" || COMMUNES.contains(&row[0].as_str())) {
        let place = if row[0] == "District" { "district" } else { &row[0] };
        for (from, start) in [("poor", 1), ("near_poor", 5), ("other", 9), ("arrived", 13)] {
            for (at, to) in targets.iter().enumerate().take(if from == "arrived" { 3 } else { 4 }) {
                if let Ok(count) = row[start + at].parse() {
                    known.bound(&format!("{place} {from}>{to}"), count, count);
                }
            }
        }
        for key in KEYS {
            let into = ["poor", "near_poor", "other", "arrived"].map(|from| format!("{place} {from}>{key}"));
            known.sum(format!("{place} {key} now"), into.to_vec());
            known.sum(format!("{place} {key} before"), targets.map(|to| format!("{place} {key}>{to}")).to_vec());
        }
    }
    for from in ["poor", "near_poor", "other", "arrived"] {
        for to in targets.iter().take(if from == "arrived" { 3 } else { 4 }) {
            let of = |name: &str| format!("{name} {from}>{to}");
            known.sum(of("district"), COMMUNES.map(of).to_vec());
        }
    }
}

#[test]
fn no_count_under_five_can_be_computed_from_all_tables_of_the_public_report_together() {
    let folder = tempfile::tempdir().unwrap();
    let truth = write(folder.path());
    for audience in ["internal", "public"] {
        Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
            .args(["report", "--lang", "en", "--audience", audience, "-o", audience])
            .current_dir(folder.path())
            .assert()
            .code(0);
    }
    let told = |audience: &str| {
        let mut known = read(&folder.path().join(audience).join("bao-cao-2023.xlsx"));
        known.think();
        let eliminated = known.fixed_by_elimination();
        let mut told = Vec::new();
        for (name, [low, high]) in &known.bounds {
            let small = truth.get(name).is_some_and(|count| (1..5).contains(count));
            if let Some(count) = truth.get(name) {
                assert!((*low..=*high).contains(count), "{name} is {count}, and the attacker thinks {low} to {high}");
            }
            if small && (low == high || eliminated.contains(name)) {
                told.push(format!("{name} = {low}"));
            }
        }
        told
    };
    let internal = told("internal");
    assert!(internal.len() > 10, "the attacker reads what is there: {internal:?}");
    assert_eq!(told("public"), Vec::<String>::new());
}
