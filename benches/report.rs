//! The report of a province: the whole run, and its longest kind of sheet beside the same cells written by the workbook
//! library alone in its low-memory mode.
//!
//! ```text
//! cargo bench --bench report                       500,000 rows
//! cargo bench --bench report -- --rows 20000       another size
//! ```

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod support;

use anyhow::{Context, Result, bail};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatBorder, Workbook};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::process::Command;
use support::child::{Taken, medians};
use support::nation::Nation;
use support::roster::Roster;
use support::written::Strings;
use thoatngheo::commands::output::make_file;
use thoatngheo::domain::rate::Hundredths;
use thoatngheo::report::table::{Column, Datum, Report, Row, Table};
use thoatngheo::report::wording::Lang;
use thoatngheo::report::{self, Setting};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ours", rows, file] => ours(rows.parse()?, Path::new(file)),
        ["library", rows, file] => library(rows.parse()?, Path::new(file)),
        [] => compare(500_000),
        ["--rows", rows] => compare(rows.parse()?),
        other => bail!("no such words: {other:?}"),
    }
}

/// Prints both tables.
fn compare(rows: u32) -> Result<()> {
    let folder = tempfile::tempdir().context("no place for the files")?;
    let child = |what: &str| -> Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args([what, &rows.to_string()]).arg(folder.path().join(what).with_extension("xlsx"));
        Ok(command)
    };
    let taken = medians(&mut [child("ours")?, child("library")?], 5)?;
    println!("| what | rows | CPU s | wall s | memory MB | limit: CPU s | times the limit |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    let seconds = |taken: &Taken| taken.cpu.as_secs_f64();
    println!(
        "| a sheet of 10 columns | {rows} | {:.2} | {:.2} | {} | library {:.2} | {:.2} |",
        seconds(&taken[0]),
        taken[0].wall.as_secs_f64(),
        taken[0].megabytes(),
        seconds(&taken[1]),
        seconds(&taken[0]) / seconds(&taken[1]),
    );
    let nation = Nation::of(u64::from(rows));
    let roster = Roster::of(nation);
    let (households, members) = (folder.path().join("ho.xlsx"), folder.path().join("dang-vien.xlsx"));
    nation.sheet().workbook(0..nation.rows, Strings::Shared, File::create(&households)?)?;
    roster.sheet().workbook(0..roster.members, Strings::Shared, File::create(&members)?)?;
    let mut whole = Command::new(env!("CARGO_BIN_EXE_thoatngheo"));
    whole.arg("report").arg("--households").arg(&households).arg("--members").arg(&members);
    whole.args(["--year", "2023", "--quiet", "-o"]).arg(folder.path().join("ra"));
    let taken = medians(&mut [whole], 3)?;
    println!(
        "| report, whole run | {rows} | {:.2} | {:.2} | {} | | |",
        seconds(&taken[0]),
        taken[0].wall.as_secs_f64(),
        taken[0].megabytes()
    );
    Ok(())
}

/// The texts and numbers of a row.
fn row(at: u32) -> ([String; 5], [u32; 4], (u16, u8, u8)) {
    let texts = [
        format!("0661{at:08}"),
        format!("Y Bhăm Niê {}", at % 977),
        format!("Xã Ea Tul {}", at / 4_000),
        format!("Buôn {}", at % 23),
        ["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"][(at % 3) as usize].to_owned(),
    ];
    let date = (1930 + (at % 70) as u16, 1 + (at % 12) as u8, 1 + (at % 28) as u8);
    (texts, [1 + at % 9, 5 * (at % 60), at % 10_000, 100 * (at % 100_000)], date)
}

/// The sheet as a report writes it.
fn ours(rows: u32, file: &Path) -> Result<()> {
    let text = |key| Column::new(key, key);
    let number = |key| Column::new(key, key).number();
    let columns = vec![
        text("key"),
        text("head"),
        text("commune"),
        text("village"),
        text("class"),
        number("persons"),
        number("b1"),
        number("percent"),
        number("money"),
        text("birth"),
    ];
    let mut table = Table::new("households", "Danh sách", columns);
    table.rows = (0..rows)
        .map(|at| {
            let (texts, [persons, b1, percent, money], (year, month, day)) = row(at);
            let mut cells: Vec<Datum> = texts.into_iter().map(Datum::text).collect();
            cells.extend([Datum::Count(persons.into()), Datum::Count(b1.into())]);
            cells.push(Datum::Percent(Hundredths::new(percent.into())));
            cells.push(Datum::Money(money.into()));
            cells.push(Datum::Date(jiff::civil::date(year.cast_signed(), month.cast_signed(), day.cast_signed())));
            Row::body(cells)
        })
        .collect();
    let mut setting = Setting::new(Lang::Vi);
    setting.scratch = Some(std::env::temp_dir());
    let report = Report { title: "Danh sách".to_owned(), tables: vec![table], ..Report::default() };
    make_file(file, &[], |out| report::render_to(&report, report::Format::Xlsx, &setting, out))?;
    Ok(())
}

/// The same cells by the library alone.
fn library(rows: u32, file: &Path) -> Result<()> {
    let mut book = Workbook::new();
    book.set_tempdir(std::env::temp_dir())?;
    let plain = Format::new().set_border(FormatBorder::Thin);
    let number = plain.clone().set_num_format("#,##0");
    let percent = plain.clone().set_num_format("0.00%");
    let day = plain.clone().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet_with_low_memory()?;
    for at in 0..rows {
        let (texts, [persons, b1, hundredths, money], (year, month, date)) = row(at);
        for (col, text) in (0..).zip(texts) {
            sheet.write_string_with_format(at, col, text, &plain)?;
        }
        sheet.write_number_with_format(at, 5, persons, &number)?;
        sheet.write_number_with_format(at, 6, b1, &number)?;
        sheet.write_number_with_format(at, 7, f64::from(hundredths) / 10_000.0, &percent)?;
        sheet.write_number_with_format(at, 8, money, &number)?;
        sheet.write_datetime_with_format(at, 9, &ExcelDateTime::from_ymd(year, month, date)?, &day)?;
    }
    book.save_to_writer(BufWriter::new(File::create(file)?))?;
    Ok(())
}
