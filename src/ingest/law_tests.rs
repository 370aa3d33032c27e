//! Laws of reading on random input: whatever stands in the cells of a table, every row is accounted for, nothing panics, and
//! every issue names a cell of the table.

use std::fmt::Write;

use proptest::prelude::*;

use super::account::{Ingested, SheetAccount};
use super::batch::Batch;
use super::context::{self, Places};
use super::convert::Take;
use super::corrections::{Decision, Verdict};
use super::decimal::{decimal, millionths_text};
use super::encoding::Script;
use super::form::form;
use super::kind::Kind;
use super::merge::merge;
use super::settings::Settings;
use super::sheet::SheetReader;
use super::workbook::{Cell, Row, TakeRows, Value};
use crate::domain::issue::Code;
use crate::domain::source::CellRef;

/// The kinds that people fill in.
const KINDS: [Kind; 7] =
    [Kind::Households, Kind::Totals, Kind::Members, Kind::Pledges, Kind::Twinning, Kind::Support, Kind::Corrections];

/// What people type, and what nobody would.
fn content() -> impl Strategy<Value = Value<'static>> {
    let likely = prop::sample::select(vec![
        "Xã Yang Tao",
        "Buôn Cuôr",
        "Y Thử Một",
        "Hộ nghèo",
        "cận nghèo",
        "x",
        "4",
        "1969",
        "26/01/1969",
        "066069000001",
        "-",
        "0",
        "Nam",
        "Kinh",
        "M'Nông",
        "Đảng bộ xã Yang Tao",
        "Chi bộ Buôn Cuôr",
        "Cộng",
        "Tổng số: 4 hộ",
        "XÃ NAM KA",
        "NGƯỜI LẬP BIỂU",
        "1,5",
        "19.284",
        "3.66",
        "Sầu riêng",
        "=1+1",
        "?",
    ]);
    prop_oneof![
        6 => likely.prop_map(|text| Value::Text(text.into())),
        2 => any::<String>().prop_map(|text| Value::Text(text.into())),
        2 => (0u32..3_000).prop_map(|number| Value::Number(f64::from(number))),
        1 => any::<f64>().prop_filter("readers hand on finite numbers only", |number| number.is_finite()).prop_map(Value::Number),
        1 => (any::<f64>().prop_filter("finite", |serial| serial.is_finite()), any::<bool>())
            .prop_map(|(serial, is_1904)| Value::Date { serial, is_1904 }),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => Just(Value::Error("#REF!".into())),
        1 => Just(Value::MissingCache),
    ]
}

/// Rows of a table: a column and what stands in it.
fn rows() -> impl Strategy<Value = Vec<Vec<(u32, Value<'static>)>>> {
    prop::collection::vec(prop::collection::vec((0u32..28, content()), 1..20), 0..12)
}

fn cell(col: u32, value: Value<'static>) -> Cell<'static> {
    Cell { col, value, script: Script::Unicode, formula: false }
}

/// A decision about a cell of the table, or near it.
fn decision() -> impl Strategy<Value = Decision> {
    let verdict = prop_oneof![
        Just(Verdict::Keep),
        Just(Verdict::Drop),
        Just(Verdict::Same),
        Just(Verdict::Different),
        any::<String>().prop_map(Verdict::Value),
    ];
    let code = prop::sample::select(Code::ALL.to_vec()).prop_map(|code| code.word().to_owned());
    let found = prop::sample::select(vec!["", "Xã Yang Tao", "Buôn Cuôr", "066069000001", "x", "4", "Kinh", "?"]);
    (code, prop::option::of((0u32..14, 0u32..28)), found, verdict).prop_map(|(code, cell, found, verdict)| Decision {
        code,
        file: FILE.into(),
        sheet: SHEET.into(),
        cell: cell.map(|(row, col)| CellRef::new(row, col)),
        found: found.to_owned(),
        other: String::new(),
        verdict,
        initials: "TH".to_owned(),
        at: ("sua.csv".into(), "sua".into(), CellRef::new(1, 6)),
    })
}

const FILE: &str = "xa-thu-2022.csv";
const SHEET: &str = "Biểu";

/// The headings of a kind; those of corrections files are not among the forms.
fn headings(kind: Kind) -> Vec<&'static str> {
    if kind == Kind::Corrections {
        return vec!["code", "file", "sheet", "cell", "found", "other", "decision", "value", "initials", "note"];
    }
    form(kind).into_iter().map(|column| column.heading).collect()
}

/// The rows of a table.
type Rows = Vec<Vec<(u32, Value<'static>)>>;

/// Tables of a sheet, one below the other, each of a kind with these rows under its headings, read with these decisions.
fn sheet(tables: Vec<(Kind, Rows)>, decisions: Vec<Decision>) -> Ingested {
    let settings = Settings { year: Some(2022), decisions, listing: true, ..Settings::default() };
    let places = Places::new(&settings);
    let mut batch = Batch::new(FILE.into());
    let mut reader = SheetReader::new(&settings, &places, &mut batch, SHEET);
    let head = |kind: Kind| (0u32..).zip(headings(kind).into_iter().map(|text| Value::Text(text.into()))).collect::<Vec<_>>();
    let rows = tables.into_iter().flat_map(|(kind, rows)| std::iter::once(head(kind)).chain(rows));
    for (row, cells) in (0u32..).zip(rows) {
        let mut cells: Vec<Cell<'static>> = cells.into_iter().map(|(col, value)| cell(col, value)).collect();
        cells.sort_by_key(|cell| cell.col);
        cells.dedup_by_key(|cell| cell.col);
        reader.row(&Row { row, cells: &cells });
    }
    reader.finish();
    merge(vec![batch], &settings, &places)
}

/// Whether every row of a table is accounted for, and the skipped ones are listed.
fn is_whole(table: &SheetAccount) -> bool {
    let listed: u64 = table.skipped_rows.iter().map(|row| row.rows).sum();
    let to_list = if table.why_skipped.is_none() { table.skipped } else { 0 };
    table.read == table.used + table.rejected + table.skipped && listed == to_list
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_table_of_any_kind_loses_a_row_or_names_a_cell_that_is_not_there(kind in prop::sample::select(KINDS.to_vec()), rows in rows()) {
        let count = u32::try_from(rows.len()).unwrap();
        let read = sheet(vec![(kind, rows)], Vec::new());
        let table = &read.files[0].sheets[0];
        prop_assert_eq!(table.read, u64::from(count) + 1);
        prop_assert!(is_whole(table), "{:?}", table);
        for issue in &read.issues {
            prop_assert!(issue.cell.is_none_or(|cell| cell.row <= count && cell.col < 40), "{:?}", issue);
        }
    }

    #[test]
    fn no_decisions_lose_a_row_or_apply_more_than_there_are(
        kind in prop::sample::select(KINDS.to_vec()), rows in rows(), decisions in prop::collection::vec(decision(), 0..12),
    ) {
        let given = decisions.len();
        let read = sheet(vec![(kind, rows)], decisions.clone());
        let table = &read.files[0].sheets[0];
        prop_assert!(is_whole(table), "{:?}", table);
        prop_assert!(read.applied.iter().all(|at| *at < given));
        prop_assert!(read.unused(&decisions).len() + read.applied.len() <= given);
    }

    #[test]
    fn no_sheet_of_several_tables_loses_a_row(
        tables in prop::collection::vec((prop::sample::select(KINDS.to_vec()), rows()), 2..5),
        decisions in prop::collection::vec(decision(), 0..3),
    ) {
        let count: usize = tables.iter().map(|(_, rows)| rows.len() + 1).sum();
        let read = sheet(tables, decisions);
        let tables = &read.files[0].sheets;
        prop_assert_eq!(tables.iter().map(|table| table.read).sum::<u64>(), count as u64);
        prop_assert!(tables.iter().all(is_whole), "{:?}", tables);
    }

    #[test]
    fn no_title_sheet_name_or_path_panics(text in any::<String>(), bare in any::<bool>()) {
        let places = Places::new(&Settings::default());
        let _ = (places.in_text(&text, bare, None), places.by_name(&text, None), places.nearest(&text));
        let _ = (context::unlisted_commune(&text), context::village_in(&text), context::is_village_name(&text));
        let _ = (context::year_in_title(&text), context::year_in_path(&text));
    }

    #[test]
    fn a_year_in_a_title_is_found(year in 2000i16..=2099, commune in prop::sample::select(vec!["Yang Tao", "Nam Ka", "Krông Nô"])) {
        prop_assert_eq!(context::year_in_title(&format!("DANH SÁCH HỘ NGHÈO XÃ {commune} NĂM {year}")), Some(year));
        let places = Places::new(&Settings::default());
        let (found, _) = places.in_text(&format!("Danh sách hộ nghèo xã {commune} năm {year}"), false, None).unwrap();
        prop_assert_eq!(found.name(), format!("Xã {commune}"));
    }

    #[test]
    fn a_printed_decimal_reads_back(millionths in 0i64..1_000_000_000_000_000) {
        let plain = millionths_text(i128::from(millionths));
        let vietnamese = plain.replace('.', ",");
        // A point before three decimals groups thousands, as everywhere else; a comma never does.
        let grouped = plain.split_once('.').is_some_and(|(whole, part)| part.len() == 3 && whole.len() <= 3 && whole != "0");
        let mut texts = vec![vietnamese];
        if !grouped {
            texts.push(plain);
        }
        for text in texts {
            let read = decimal(&cell(0, Value::Text(text.clone().into())), Script::Unicode);
            prop_assert_eq!(read.value().map(|number| (number.negative, number.millionths)), Some((false, u128::try_from(millionths).unwrap())), "{}", text);
        }
    }

    #[test]
    fn no_decimal_panics(text in any::<String>(), number in any::<f64>()) {
        let mut printed = String::new();
        for value in [Value::Text(text.into()), Value::Number(number)] {
            if let Take::Is(number) = decimal(&cell(0, value), Script::Unicode) {
                let _ = write!(printed, "{}", millionths_text(i128::try_from(number.millionths).unwrap_or_default()));
            }
        }
    }
}
