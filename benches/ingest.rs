//! Reading a large survey, beside the least that any reader must do (unpacking the sheet) and beside the library.
//!
//! Three times the unpacking is the aim of our own xlsx reader. `ROWS=500000 cargo bench --bench ingest` measures a big one.

#![expect(clippy::unwrap_used, reason = "a bench that cannot make its workbook has nothing to measure")]

use std::io::Read;
use std::path::PathBuf;
use std::sync::OnceLock;
use thoatngheo::ingest::workbook::{Limits, Value, open};

fn main() {
    // Made before anything is timed.
    survey();
    divan::main();
}

/// A survey of thirty columns: names, numbers, two dates, five counts and fifteen columns of marks, three in ten filled.
fn survey() -> &'static PathBuf {
    static MADE: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    &MADE
        .get_or_init(|| {
            let rows: u32 = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(20_000);
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("survey.xlsx");
            let mut book = rust_xlsxwriter::Workbook::new();
            let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
            let sheet = book.add_worksheet_with_low_memory().unwrap();
            for row in 0..rows {
                for col in 0..5 {
                    sheet.write(row, col, format!("Y Bhĭ Ƀing Liêng {}", row % (977 * u32::from(col + 1)))).unwrap();
                }
                for col in 5..8 {
                    sheet.write(row, col, format!("0660{:08}", row.wrapping_mul(7 + u32::from(col)))).unwrap();
                }
                for col in 8..10 {
                    sheet.write_with_format(row, col, f64::from(20_000 + row % 20_000), &date).unwrap();
                }
                for col in 10..15 {
                    sheet.write(row, col, (row * 31 + u32::from(col)) % 9).unwrap();
                }
                for col in (15..30).filter(|col| (row * 13 + u32::from(*col) * 7) % 10 < 3) {
                    sheet.write(row, col, "x").unwrap();
                }
            }
            book.save(&path).unwrap();
            (folder, path)
        })
        .1
}

fn read(limits: &Limits) -> (u64, u64, usize) {
    let mut book = open(survey(), limits).unwrap();
    let mut bytes = 0;
    let end = book
        .read_sheet(0, &mut |row| {
            for cell in row.cells {
                if let Value::Text(text) = &cell.value {
                    bytes += text.len();
                }
            }
        })
        .unwrap();
    (end.rows, end.cells, bytes)
}

#[divan::bench(sample_count = 7, sample_size = 1)]
fn unpacking_only() -> u64 {
    let mut zip = zip::ZipArchive::new(std::io::BufReader::new(std::fs::File::open(survey()).unwrap())).unwrap();
    let mut buffer = vec![0; 1 << 18];
    let mut bytes = 0;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        loop {
            let read = part.read(&mut buffer).unwrap();
            if read == 0 {
                break;
            }
            bytes += u64::try_from(read).unwrap();
        }
    }
    bytes
}

#[divan::bench(sample_count = 7, sample_size = 1)]
fn our_own_reader() -> (u64, u64, usize) {
    read(&Limits::default())
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn the_library() -> (u64, u64, usize) {
    read(&Limits { library_only: true, ..Limits::default() })
}
