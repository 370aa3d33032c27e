//! Laws of `assign` through the program: the order of rows and files changes no byte.

#![expect(clippy::unwrap_used, reason = "what cannot be run or read fails the test")]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % (n as u64)).unwrap()
    }

    fn one_of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    fn shuffled(&mut self, rows: &[String]) -> Vec<String> {
        let mut rows = rows.to_vec();
        for i in (1..rows.len()).rev() {
            rows.swap(i, self.below(i + 1));
        }
        rows
    }
}

/// Runs `assign` in a folder and gives what it prints.
fn assign(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thoatngheo"))
        .current_dir(folder)
        .arg("assign")
        .args(args)
        .arg("--quiet")
        .output()
        .unwrap();
    assert!(output.status.code().unwrap() < 2, "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

const HOUSEHOLDS: &str = "Tên xã,Thôn,Họ tên chủ hộ,Ngày sinh,Giới tính,CCCD,Dân tộc,Nhân khẩu,Phân loại hộ";
const MEMBERS: &str = "Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số CCCD,Tổ chức cơ sở đảng,Chi bộ,Trạng thái";
const TWINNING: &str = "Tổ chức cơ sở đảng,Xã/Thị trấn,Thôn/Buôn kết nghĩa";
const PREVIOUS: &str = "household,member,status,reasons";

fn write(folder: &Path, name: &str, heading: &str, rows: &[String]) -> String {
    std::fs::write(folder.join(name), format!("{heading}\n{}\n", rows.join("\n"))).unwrap();
    name.to_owned()
}

/// The number of a man born in 1970; the first of them are households, the others members.
fn number(serial: usize) -> String {
    format!("066070{serial:06}")
}

const VILLAGES: [(&str, &str); 5] = [
    ("Xã Yang Tao", "Buôn Cuôr"),
    ("Xã Yang Tao", "Buôn Đăk Hiu"),
    ("Xã Buôn Tría", "Buôn Tría"),
    ("Xã Buôn Tría", "Thôn Liên Kết 2"),
    ("Thị trấn Liên Sơn", "TDP 2"),
];

/// The rows of two household lists, a roster, a twinning list and last year's pairs, as a real district sends them: with
/// names that several have, numbers that are missing, a household of which only the class tells it from another.
fn district(dice: &mut Dice) -> [Vec<String>; 5] {
    let mut lists: [Vec<String>; 5] = Default::default();
    let names = ["Y Bhĭ Teh", "H'Ler Lưk", "Y Mơ Niê", "Nguyễn Văn An", "Lò Thị Hoa"];
    let peoples = ["M'Nông", "Kinh", "Ê Đê", "Tày"];
    let numbered = |serial: usize, dice: &mut Dice| if dice.below(6) == 0 { String::new() } else { number(serial) };
    for serial in 0..120 {
        let (commune, village) = VILLAGES[dice.below(5)];
        let class = dice.one_of(&["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"]);
        let (name, people, citizen) = (dice.one_of(&names), dice.one_of(&peoples), numbered(serial, dice));
        let row = format!("{commune},{village},{name},01/01/1970,Nam,{citizen},{people},3,{class}");
        lists[usize::from(commune == "Xã Buôn Tría")].push(row);
    }
    for class in ["Hộ nghèo", "Hộ cận nghèo", "Hộ nghèo"] {
        lists[0].push(format!("Xã Yang Tao,Buôn Cuôr,Y Sinh Ba,05/05/1971,Nam,,M'Nông,4,{class}"));
    }
    for serial in 500..560 {
        let (organisation, cell) = [
            ("Đảng bộ xã Yang Tao", "Chi bộ Buôn Cuôr"),
            ("Đảng bộ xã Buôn Tría", "Chi bộ Buôn Tría"),
            ("Đảng bộ thị trấn Liên Sơn", "Chi bộ TDP 2"),
            ("Đảng bộ Công an huyện", "Chi bộ 1"),
            ("Đảng bộ Kho bạc", "Chi bộ 2"),
        ][dice.below(5)];
        let standing = if dice.below(9) == 0 { "Miễn sinh hoạt từ 01/03/2022" } else { "Chính thức" };
        let (name, people, citizen) = (dice.one_of(&names), dice.one_of(&peoples), numbered(serial, dice));
        lists[2].push(format!("{name},01/01/1970,Nam,{people},{citizen},{organisation},{cell},{standing}"));
    }
    for at in [1, 2, 3] {
        lists[3].push(format!("Đảng bộ Công an huyện,{},{}", VILLAGES[at].0, VILLAGES[at].1));
    }
    for _ in 0..60 {
        lists[4].push(format!("{},{},Hộ nghèo,chia đều", number(dice.below(120)), number(500 + dice.below(60))));
    }
    lists[4].sort();
    lists[4].dedup();
    lists
}

/// Writes the lists and runs `assign` on them, with the household lists in the order that is asked for: its CSV, and its
/// JSON from `"result"` on, since what goes before names the bytes of the inputs.
fn outputs(lists: &[Vec<String>; 5], turned: bool) -> [String; 2] {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut files = [write(at, "ho-a.csv", HOUSEHOLDS, &lists[0]), write(at, "ho-b.csv", HOUSEHOLDS, &lists[1])];
    if turned {
        files.reverse();
    }
    write(at, "dang-vien.csv", MEMBERS, &lists[2]);
    write(at, "ket-nghia.csv", TWINNING, &lists[3]);
    write(at, "nam-truoc.csv", PREVIOUS, &lists[4]);
    let common = ["--members", "dang-vien.csv", "--twinning", "ket-nghia.csv", "--previous", "nam-truoc.csv", "--year", "2023"];
    let run = |format: &str| assign(at, &[&["--households", &files[0], &files[1], "--format", format][..], &common].concat());
    let json = run("json");
    let result = json[json.find("\"result\"").unwrap()..].to_owned();
    [run("csv"), result]
}

#[test]
fn the_order_of_rows_and_files_changes_no_byte_of_the_pairs() {
    let mut twins = 0;
    for seed in 0..4 {
        let mut dice = Dice(seed);
        let lists = district(&mut dice);
        let base = outputs(&lists, false);
        let result: Value = serde_json::from_str(&format!("{{{}", base[1])).unwrap();
        let result = &result["result"];
        assert!(result["changes"]["kept"].as_u64().unwrap() > 0 && result["pairs"].as_array().unwrap().len() > 60);
        assert!(
            result["communes"].as_array().unwrap().iter().filter(|one| one["households"] != 0).all(|one| one["optimal"] == true)
        );
        let made = |pair: &&Value| pair["household"].as_str().unwrap().contains('#');
        twins += result["pairs"].as_array().unwrap().iter().filter(made).count();
        for turned in [true, false] {
            let moved = lists.each_ref().map(|rows| dice.shuffled(rows));
            assert!(moved != lists);
            let again = outputs(&moved, turned);
            assert!(again[0] == base[0], "the csv is another one, seed {seed}");
            assert!(again[1] == base[1], "the result is another one, seed {seed}");
        }
        let turned = outputs(&lists, true);
        assert!(turned == base);
    }
    assert!(twins > 0, "households that only their class tells apart were among the pairs");
}
