//! The old encodings in whole look-alike workbooks: every name must be the name that the same citizen number has in the other year,
//! whose workbook is in another encoding.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::wildcard_enum_match_arm,
    reason = "a test fails by panicking and says aloud what it skips"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use thoatngheo::domain::spelling::nfc_squeezed;
use thoatngheo::ingest::encoding::{Script, convert, guess_script, lost_letters};
use thoatngheo::ingest::workbook::{Limits, Value, open};

fn shared() -> Option<PathBuf> {
    let root = std::env::var_os("THOATNGHEO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join("workbooks/lak");
    if !path.exists() {
        eprintln!("SKIPPED: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// The texts of every row that has a citizen number, by that number, converted from whatever script the sheet is in.
fn texts_by_citizen(path: &Path) -> (Script, BTreeMap<u64, Vec<String>>) {
    let mut book = open(path, &Limits::default()).unwrap();
    let mut rows: Vec<(Option<u64>, Vec<String>)> = Vec::new();
    for sheet in 0..book.sheets().len() {
        let end = book.read_sheet(sheet, &mut |row| {
            let (mut citizen, mut texts) = (None, Vec::new());
            for cell in row.cells {
                match &cell.value {
                    Value::Text(text) if text.len() == 12 && text.parse::<u64>().is_ok() => citizen = text.parse().ok(),
                    Value::Number(number) if number.to_string().len() == 11 => citizen = number.to_string().parse().ok(),
                    Value::Text(text) => texts.push(text.to_string()),
                    _ => {}
                }
            }
            rows.push((citizen, texts));
        });
        end.unwrap();
    }
    let script = guess_script(rows.iter().flat_map(|(_, texts)| texts.iter().map(String::as_str)));
    let converted = |texts: Vec<String>| texts.iter().map(|text| nfc_squeezed(&convert(text, script)).into_owned()).collect();
    (script, rows.into_iter().filter_map(|(citizen, texts)| Some((citizen?, converted(texts)))).collect())
}

/// Compares two workbooks of one commune; the first may be in an old script, and its names are in the given place among its texts.
fn names_agree(old: &Path, script: Script, name_at: usize, other: &Path) {
    let (guessed, old_rows) = texts_by_citizen(old);
    assert_eq!(guessed, script, "{}", old.display());
    let (_, other_rows) = texts_by_citizen(other);
    let mut compared = 0;
    for (citizen, texts) in &old_rows {
        let Some(partner) = other_rows.get(citizen) else { continue };
        let name = &texts[name_at];
        if lost_letters(name) > 0 {
            continue;
        }
        compared += 1;
        assert!(partner.contains(name), "{name} is not among {partner:?}");
    }
    assert!(compared * 10 > old_rows.len() * 8, "{compared} of {} of {} compared", old_rows.len(), old.display());
}

#[test]
fn names_in_tcvn3_and_vni_are_those_of_the_other_year() {
    let Some(lak) = shared() else { return };
    let year = |year: u32, file: &str| lak.join(format!("households-{year}")).join(file);
    names_agree(&year(2022, "xa-buon-tria.xls"), Script::Vni, 0, &year(2023, "xa-buon-tria.csv"));
    names_agree(&year(2023, "xa-dak-lieng.xls"), Script::Tcvn3, 0, &year(2022, "xa-dak-lieng (ban cuoi sua 2).xlsx"));
    names_agree(&year(2022, "xa-buon-triet.xls"), Script::Tcvn3, 0, &year(2023, "xa-buon-triet.xls"));
    names_agree(&year(2023, "xa-buon-triet.xls"), Script::Vni, 0, &year(2022, "xa-buon-triet.xls"));
}

#[test]
fn names_in_windows_1258_are_those_of_the_other_year() {
    let Some(lak) = shared() else { return };
    let year = |year: u32, file: &str| lak.join(format!("households-{year}")).join(file);
    names_agree(&year(2022, "xa-krong-no.csv"), Script::Unicode, 3, &year(2023, "xa-krong-no.ods"));
    names_agree(&year(2023, "xa-dak-nue.csv"), Script::Unicode, 3, &year(2022, "xa-dak-nue.csv"));
}

#[test]
fn no_unicode_workbook_is_taken_for_an_old_script() {
    let Some(lak) = shared() else { return };
    for folder in ["households-2022", "households-2023", "."] {
        for entry in std::fs::read_dir(lak.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_old = name.contains("buon-triet.xls") || name == "xa-buon-tria.xls" || name == "xa-dak-lieng.xls";
            if path.is_file() && !is_old && !name.ends_with(".json") {
                assert_eq!(texts_by_citizen(&path).0, Script::Unicode, "{name}");
            }
        }
    }
}
