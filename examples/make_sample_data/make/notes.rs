//! The README of the sample and its programme file.

use super::LAYOUTS;
use super::faults::Planted;
use super::layouts::Layout;
use super::places::COMMUNES;
use super::roster::Member;
use super::survey::{Class, Household};
use std::collections::BTreeMap;

/// The programme file.
pub(crate) const PROGRAMME: &str = include_str!("thoatngheo.toml");

fn describe(layout: Layout) -> &'static str {
    match layout {
        Layout::Plain => "one sheet, real dates",
        Layout::Plain1904 => "one sheet, days counted from 1904",
        Layout::Official => "official form: two heading rows, village banners, subtotals, signatures",
        Layout::Sheets => "a sheet for each village, twelve indicators, a hidden sheet of codes, a sheet of sums",
        Layout::SheetsOds => "the same as OpenDocument",
        Layout::Textual => "typed by hand: text, years beside dates, decomposed letters, spellings",
        Layout::Three => "three heading rows",
        Layout::Marks => "another mark in each village (+, ✓, v, có, X, 1)",
        Layout::Tcvn3 => "TCVN3 letters, font .VnTime",
        Layout::Vni => "VNI letters, font VNI-Times",
        Layout::CsvUtf8 => "csv, UTF-8 with byte order mark, semicolons",
        Layout::CsvUtf16 => "csv, UTF-16, tabs",
        Layout::Csv1258 => "csv, windows-1258, commas",
    }
}

fn count(households: &[Household], class: Class) -> usize {
    households.iter().filter(|h| h.class == class).count()
}

/// The README: what is in the folder, the true counts, and where the faults are.
pub(crate) fn readme(y2022: &[Household], y2023: &[Household], members: &[Member], planted: &[Planted]) -> String {
    let mut text = String::from(
        "# Sample district\n\n\
         A whole district, two surveys and a Party roster, made by\n\
         `cargo run --release --example make_sample_data -- sample-data`. Everyone in it is invented. The totals of 2022\n\
         and of the roster are the published ones of Lắk district; the rates of 2023 are those of the press\n\
         (20.95 % poor, 16.77 % near-poor); everything below them is made up.\n\n\
         In this folder, `thoatngheo report` is the whole yearly job.\n\n",
    );
    text.push_str("## What is true\n\n| | 2022 | 2023 |\n|---|---|---|\n");
    let persons = |all: &[Household]| all.iter().map(|h| h.persons).sum::<u32>();
    let minority = |all: &[Household]| all.iter().filter(|h| h.head.minority()).count();
    let rows = [
        ("households", y2022.len(), y2023.len()),
        ("poor", count(y2022, Class::Poor), count(y2023, Class::Poor)),
        ("near-poor", count(y2022, Class::NearPoor), count(y2023, Class::NearPoor)),
        ("households of minority peoples", minority(y2022), minority(y2023)),
    ];
    text.push_str(&format!("| persons | {} | {} |\n", persons(y2022), persons(y2023)));
    for (what, first, second) in rows {
        text.push_str(&format!("| {what} | {first} | {second} |\n"));
    }
    let women = members.iter().filter(|m| m.person.woman).count();
    let minority = members.iter().filter(|m| m.person.minority()).count();
    let own = members.iter().filter(|m| m.own_household.is_some_and(|c| c != Class::Other)).count();
    text.push_str(&format!(
        "\nRoster: {} members in 51 organisations, {women} women, {minority} of minority peoples; {own} of them head a\n\
         poor or near-poor household of the survey themselves, and may not be assigned to it.\n\n",
        members.len()
    ));
    text.push_str(&movement(y2022, y2023));
    text.push_str(&pledges(members));
    text.push_str(FILES);
    text.push_str("| commune | 2022 | 2023 |\n|---|---|---|\n");
    for (commune, (first, second)) in COMMUNES.iter().zip(LAYOUTS) {
        let (first, second) = (describe(first), describe(second));
        text.push_str(&format!("| {} | {first} | {second} |\n", commune.name));
    }
    text.push_str(
        "\n## Which row shows which fault\n\n\
         None of them is an error: every row is counted. The programme that makes the files writes this list.\n\n\
         | file | sheet | cell | found | what |\n|---|---|---|---|---|\n",
    );
    for fault in planted {
        let found = match fault.found.as_str() {
            "" => "(blank)".to_owned(),
            other => format!("`{other}`"),
        };
        let sheet = if fault.file.ends_with(".csv") { "–" } else { fault.sheet.as_str() };
        text.push_str(&format!("| {} | {sheet} | {} | {found} | {} |\n", fault.file, fault.cell, fault.what));
    }
    text
}

/// What became of the households, by their true citizen numbers.
fn movement(y2022: &[Household], y2023: &[Household]) -> String {
    let by_number =
        |all: &[Household]| -> BTreeMap<String, Class> { all.iter().map(|h| (h.head.number.clone(), h.class)).collect() };
    let (before, after) = (by_number(y2022), by_number(y2023));
    let mut counts: BTreeMap<(Option<Class>, Option<Class>), u32> = BTreeMap::new();
    for (number, class) in &before {
        *counts.entry((Some(*class), after.get(number).copied())).or_default() += 1;
    }
    for (number, class) in &after {
        if !before.contains_key(number) {
            *counts.entry((None, Some(*class))).or_default() += 1;
        }
    }
    let mut text = String::from("| 2022 \\ 2023 | poor | near-poor | neither | gone |\n|---|---|---|---|---|\n");
    let kinds = [Some(Class::Poor), Some(Class::NearPoor), Some(Class::Other), None];
    for (from, name) in kinds.iter().zip(["poor", "near-poor", "neither", "arrived"]) {
        let cells = kinds.map(|to| counts.get(&(*from, to)).copied().unwrap_or(0).to_string());
        text.push_str(&format!("| {name} | {} |\n", cells.join(" | ")));
    }
    text.push_str(
        "\nThese are the true movements. The few households whose number is damaged in one of the years (see below) are\n\
         found by name, birth and village.\n\n",
    );
    text
}

/// What the roster pledges and delivers; half days count as halves.
fn pledges(members: &[Member]) -> String {
    let days = |halves: u32| format!("{}{}", halves / 2, if halves % 2 == 1 { ".5" } else { "" });
    let sum = |of: fn(&Member) -> u32| members.iter().map(of).sum::<u32>();
    let number = |of: fn(&&Member) -> bool| members.iter().filter(of).count();
    format!(
        "| roster on 31 December 2023 | |\n|---|---|\n\
         | eligible | {} |\n| taking part | {} |\n| meeting the minimum | {} |\n\
         | days of salary pledged, delivered | {}, {} |\n| days of labour pledged, delivered | {}, {} |\n\
         | seedlings pledged, delivered | {}, {} |\n\n",
        number(|m| m.eligible()),
        number(|m| m.eligible() && m.takes_part()),
        number(|m| m.eligible() && m.meets_minimum()),
        days(sum(|m| m.pledged.salary_halves)),
        days(sum(|m| m.delivered.salary_halves)),
        days(sum(|m| m.pledged.labour_halves)),
        days(sum(|m| m.delivered.labour_halves)),
        sum(|m| m.pledged.seedlings),
        sum(|m| m.delivered.seedlings),
    )
}

const FILES: &str = "\
## What is in the folder

| path | what |
|---|---|
| `thoatngheo.toml` | the programme file |
| `ho-dan-2022/`, `ho-dan-2023/` | every resident household with its class, one workbook a commune |
| `tong-hop-2022.xlsx`, `tong-hop-2023.xlsx` | totals by commune with printed rates |
| `dang-vien-2023.xlsx` | the roster with pledges and deliveries |
| `ket-nghia.xlsx` | which organisation is twinned with which villages; Chi bộ Hội Chữ thập đỏ has none |
| `ung-ho-2023.xlsx` | donors outside the roster |
| `ho-tro-2023.xlsx` | register of support of Thị trấn Liên Sơn and Xã Đắk Phơi |
| `chinh-thuc-2022/` | the state's list of poor and near-poor households of Xã Ea R'Bin, a row for each person |

";
