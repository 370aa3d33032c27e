//! Time and memory of the program on a district, a province, a region and a nation, beside the least that any program
//! must do with the same file, on the same machine and in the same run.
//!
//! ```text
//! cargo bench --bench nation                                   the district and the province
//! cargo bench --bench nation -- --sizes 500k --what xlsx,csv   one size, some measurements
//! cargo bench --bench nation -- --keep DIR --what csv          the files stay, for benches/compare.py
//! cargo bench --bench nation -- --smoke                        so small that it only shows that it runs
//! ```
//!
//! Sizes are `20k`, `500k`, `2m`, `27m`; measurements `xlsx` (three ways to keep words), `csv`, `members`, `pledges`, and
//! `district` (the eleven workbooks of the sample district) and `sheets` (one workbook of eleven large sheets), both with one
//! thread and with all, and `assign` (two communes and a province, from lists to the plan), which have sizes of their own. The files are made in a temporary folder (`TMPDIR`; the nation needs 5 GB)
//! and go with it. Rows are printed as they stand in BENCHMARKS.md.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod support;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use support::child::{Taken, medians, myself};
use support::nation::Nation;
use support::roster::Roster;
use support::unit::Unit;
use support::written::Strings;
use support::{limits, written::Sheet};

/// The rows of a file of the nation or of a large workbook.
const PART: u64 = 500_000;

/// What to measure.
struct Wish {
    sizes: Vec<u64>,
    what: Vec<String>,
    runs: Option<usize>,
    keep: Option<PathBuf>,
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    if let [word, rest @ ..] = args.as_slice()
        && word == "limit"
    {
        return limit(rest);
    }
    let wish = wish(&args)?;
    let temporary = tempfile::tempdir().context("no place for the files")?;
    install(temporary.path())?;
    let folder = wish.keep.as_deref().unwrap_or(temporary.path());
    println!("| what | rows | file MB | CPU s | wall s | memory MB | µs a row | limit: CPU s | times the limit |");
    println!("|---|--:|--:|--:|--:|--:|--:|---|---|");
    for what in &wish.what {
        match what.as_str() {
            "district" => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/ho-dan-2023");
                on_all_threads("the eleven workbooks of the sample district", &folder, wish.runs.unwrap_or(11))?;
                continue;
            }
            "sheets" => {
                let place = folder.join("sheets");
                std::fs::create_dir_all(&place)?;
                sheets(&place.join("xa.xlsx"))?;
                on_all_threads("a workbook of eleven sheets of 20,000 households", &place, wish.runs.unwrap_or(11))?;
                continue;
            }
            "assign" => {
                assignments(&folder.join("assign"), wish.sizes.last().copied().unwrap_or(500_000), wish.runs.unwrap_or(5))?;
                continue;
            }
            _ => {}
        }
        let mut grown: Vec<(u64, Taken)> = Vec::new();
        for &rows in &wish.sizes {
            let place = folder.join(format!("{what}-{rows}"));
            std::fs::create_dir_all(&place)?;
            // The nation is read once: it takes minutes.
            let runs = wish.runs.unwrap_or(if rows > 5_000_000 { 1 } else { 5 });
            let taken = match what.as_str() {
                "xlsx" => workbooks(Nation::of(rows), &place, runs)?,
                "csv" => delimited(Nation::of(rows), &place, runs)?,
                "members" | "pledges" => roster(what, Nation::of(rows), &place, runs)?,
                other => bail!("no such measurement: {other}"),
            };
            if wish.keep.is_none() {
                std::fs::remove_dir_all(&place)?;
            }
            grown.push((rows, taken));
        }
        for pair in grown.windows(2) {
            let ((few, small), (many, large)) = (pair[0], pair[1]);
            let power = (large.cpu.as_secs_f64() / small.cpu.as_secs_f64()).ln() / (float(many) / float(few)).ln();
            println!("\n{what}: from {few} to {many} rows the time grows with the power {power:.2} of the rows\n");
        }
    }
    Ok(())
}

fn wish(args: &[String]) -> Result<Wish> {
    let mut wish = Wish { sizes: vec![20_000, 500_000], what: Vec::new(), runs: None, keep: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--sizes" => wish.sizes = value()?.split(',').map(size).collect::<Result<_>>()?,
            "--what" => wish.what = value()?.split(',').map(str::to_owned).collect(),
            "--runs" => wish.runs = Some(value()?.parse().context("--runs is a number")?),
            "--keep" => wish.keep = Some(PathBuf::from(value()?)),
            "--smoke" => (wish.sizes, wish.runs) = (vec![300, 1_200], Some(1)),
            other => bail!("no such flag: {other}"),
        }
    }
    if wish.what.is_empty() {
        wish.what = ["xlsx", "csv", "members", "pledges"].map(str::to_owned).to_vec();
    }
    Ok(wish)
}

fn size(word: &str) -> Result<u64> {
    let word = word.to_lowercase();
    let (digits, times) = match word.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => word.strip_suffix('m').map_or((word.as_str(), 1), |digits| (digits, 1_000_000)),
    };
    Ok(digits.parse::<u64>().with_context(|| format!("no size: {word}"))? * times)
}

/// A child of this bench: one of the limits, or a file that is made where its memory does not count.
fn limit(args: &[String]) -> Result<()> {
    let [what, path] = args else { bail!("limit WHAT FILE") };
    let each = |one: &dyn Fn(&Path) -> std::io::Result<u64>| -> Result<()> {
        for file in files(Path::new(path))? {
            one(&file)?;
        }
        Ok(())
    };
    match what.as_str() {
        "inflate" => each(&|file| limits::inflate(file, false)),
        "tags" => each(&|file| limits::inflate(file, true)),
        "lines" => each(&limits::lines),
        other => bail!("no such limit: {other}"),
    }
}

/// A file, or the files of a folder.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    Ok(files)
}

/// The program on a file or folder.
/// The program that is measured.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// Copies the program, as installing does. What the linker wrote piece by piece takes a millisecond longer to start, until the
/// system has read it anew.
fn install(folder: &Path) -> Result<()> {
    let program = folder.join("thoatngheo").with_extension(std::env::consts::EXE_EXTENSION);
    std::fs::copy(env!("CARGO_BIN_EXE_thoatngheo"), &program).context("no copy of the program")?;
    if PROGRAM.set(program).is_err() {
        bail!("the program is copied once");
    }
    Ok(())
}

fn ours(command: &str, kind: &str, path: &Path) -> Command {
    let mut ours = Command::new(PROGRAM.get().map_or(Path::new(env!("CARGO_BIN_EXE_thoatngheo")), PathBuf::as_path));
    ours.args([command, kind]).arg(path).args(["--year", "2023", "--format", "json"]);
    ours
}

/// Writes the rows in parts; the names end in the extension.
fn written(
    rows: u64,
    part: u64,
    place: &Path,
    write: &dyn Fn(std::ops::Range<u64>, File) -> std::io::Result<()>,
    extension: &str,
) -> Result<u64> {
    let mut bytes = 0;
    for (number, from) in (0..rows).step_by(usize::try_from(part)?).enumerate() {
        let path = place.join(format!("danh-sach-{number:03}.{extension}"));
        write(from..rows.min(from + part), File::create(&path)?)?;
        bytes += path.metadata()?.len();
    }
    Ok(bytes)
}

/// `rates` on a folder, with one thread and with all.
fn on_all_threads(what: &str, folder: &Path, runs: usize) -> Result<()> {
    let mut alone = ours("rates", "--households", folder);
    alone.env("RAYON_NUM_THREADS", "1");
    let taken = medians(&mut [alone, ours("rates", "--households", folder)], runs)?;
    let (alone, together) = (taken[0].wall.as_secs_f64(), taken[1].wall.as_secs_f64());
    println!(
        "\nrates, {what}: {alone:.2} s on the clock with one thread, {together:.2} s with all: {:.2} times faster\n",
        alone / together
    );
    Ok(())
}

/// Writes a workbook of eleven sheets by the library.
fn sheets(file: &Path) -> Result<()> {
    const SHEETS: u64 = 11;
    const EACH: u64 = 20_000;
    let nation = Nation::of(SHEETS * EACH);
    let mut book = rust_xlsxwriter::Workbook::new();
    for nth in 0..SHEETS {
        let mut text = Vec::new();
        nation.sheet().delimited(nth * EACH..(nth + 1) * EACH, &mut text)?;
        let sheet = book.add_worksheet().set_name(format!("Phần {}", nth + 1))?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_slice());
        for (row, record) in (0..).zip(reader.records()) {
            let record = record?;
            for (col, cell) in (0..).zip(record.iter()).filter(|(_, cell)| !cell.is_empty()) {
                match cell.parse::<u32>() {
                    Ok(number) if cell.len() < 10 => sheet.write(row, col, number)?,
                    _ => sheet.write(row, col, cell)?,
                };
            }
        }
    }
    Ok(book.save(file)?)
}

/// What is looked at of a plan.
#[derive(Deserialize)]
struct Plan {
    result: PlanResult,
}

#[derive(Deserialize)]
struct PlanResult {
    pairs: Vec<IgnoredAny>,
    communes: Vec<PlanCommune>,
}

#[derive(Deserialize)]
struct PlanCommune {
    optimal: bool,
}

/// `assign` as a whole run, from the lists to the plan as JSON: of two communes in csv, and of a province in two workbooks.
fn assignments(place: &Path, province: u64, runs: usize) -> Result<()> {
    println!("\n| assign, whole run | households | members | pairs | CPU s | wall s | memory MB |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (what, unit) in [
        ("a commune", Unit { households: 500, members: 200, villages: 15 }),
        ("one large unit", Unit { households: 20_000, members: 10_000, villages: 60 }),
    ] {
        let (lists, roster) = (place.join(format!("ho-{}", unit.households)), place.join(format!("dang-vien-{}", unit.members)));
        for folder in [&lists, &roster] {
            std::fs::create_dir_all(folder)?;
        }
        unit.households(BufWriter::new(File::create(lists.join("ho.csv"))?))?;
        unit.members(BufWriter::new(File::create(roster.join("dang-vien.csv"))?))?;
        // Of runs of a few milliseconds a median of five is chance.
        let runs = if unit.households < 1_000 { runs.max(41) } else { runs };
        assignment(what, &lists, &roster, (unit.households, unit.members), runs)?;
    }
    let nation = Nation::of(province);
    let (lists, roster) = (place.join("ho-tinh"), place.join("dang-vien-tinh"));
    for folder in [&lists, &roster] {
        std::fs::create_dir_all(folder)?;
    }
    let members = Roster::of(nation);
    written(nation.rows, PART, &lists, &|rows, file| nation.sheet().workbook(rows, Strings::Shared, file), "xlsx")?;
    written(members.members, PART, &roster, &|rows, file| members.sheet().workbook(rows, Strings::Shared, file), "xlsx")?;
    assignment("a province", &lists, &roster, (nation.rows, members.members), runs)
}

fn assignment(what: &str, lists: &Path, roster: &Path, (households, members): (u64, u64), runs: usize) -> Result<()> {
    let mut ours = ours("assign", "--households", lists);
    ours.arg("--members").arg(roster);
    // Read piece by piece: what a parent holds when it starts a child counts as the child's memory.
    let file = lists.join("plan.json");
    let mut once = Command::new(ours.get_program());
    support::child::once(once.args(ours.get_args()).arg("--output").arg(&file))?;
    let plan: Plan = serde_json::from_reader(BufReader::new(File::open(&file)?)).context("a plan as JSON")?;
    std::fs::remove_file(&file)?;
    let (pairs, proved) = (plan.result.pairs.len(), plan.result.communes.iter().all(|commune| commune.optimal));
    if pairs == 0 || !proved {
        bail!("{what}: {pairs} pairs, proved: {proved}; that is nothing to measure");
    }
    let taken = medians(&mut [ours], runs)?[0];
    let (cpu, wall) = (taken.cpu.as_secs_f64(), taken.wall.as_secs_f64());
    println!("| {what} | {households} | {members} | {pairs} | {cpu:.4} | {wall:.4} | {} |", taken.megabytes());
    Ok(())
}

fn workbooks(nation: Nation, place: &Path, runs: usize) -> Result<Taken> {
    let sheet = nation.sheet();
    let mut first = None;
    for (strings, name) in [(Strings::Shared, "shared"), (Strings::Inline, "inline"), (Strings::Numbers, "numbers")] {
        let place = place.join(name);
        std::fs::create_dir_all(&place)?;
        let bytes = written(nation.rows, PART, &place, &|rows, file| sheet.workbook(rows, strings, file), "xlsx")?;
        let mut commands = [ours("rates", "--households", &place), myself("inflate", &place)?, myself("tags", &place)?];
        let taken = medians(&mut commands, runs)?;
        row(
            &format!("rates, xlsx, {name} strings"),
            nation.rows,
            bytes,
            taken[0],
            &[("inflate", taken[1]), ("inflate and `<`", taken[2])],
        );
        first.get_or_insert(taken[0]);
    }
    first.context("nothing was measured")
}

fn delimited(nation: Nation, place: &Path, runs: usize) -> Result<Taken> {
    let sheet = nation.sheet();
    // A region's list is one file; the nation's comes by province.
    let part = if nation.rows > 5_000_000 { nation.rows.div_ceil(34) } else { nation.rows };
    let bytes = written(nation.rows, part, place, &|rows, file| sheet.delimited(rows, file), "csv")?;
    let mut commands = vec![ours("rates", "--households", place), myself("lines", place)?];
    let mut count = Command::new("wc");
    count.arg("-l").args(files(place)?);
    let counts = support::child::once(&mut count).is_ok();
    if counts {
        commands.push(count);
    }
    let taken = medians(&mut commands, runs)?;
    let mut beside = vec![("line ends", taken[1])];
    beside.extend(taken.get(2).map(|taken| ("`wc -l`", *taken)));
    row("rates, csv", nation.rows, bytes, taken[0], &beside);
    // All threads look at long text: what a person waits for is less than the processor's time, beside what they wait for `wc`.
    let waited = |taken: Taken| Taken { cpu: taken.wall, ..taken };
    let beside: Vec<(&str, Taken)> = beside.into_iter().map(|(name, taken)| (name, waited(taken))).collect();
    row("rates, csv, by the clock", nation.rows, bytes, waited(taken[0]), &beside);
    Ok(taken[0])
}

fn roster(command: &str, nation: Nation, place: &Path, runs: usize) -> Result<Taken> {
    let roster = Roster::of(nation);
    let sheet: Sheet = roster.sheet();
    let bytes = written(roster.members, PART, place, &|rows, file| sheet.workbook(rows, Strings::Shared, file), "xlsx")?;
    let mut commands = [ours(command, "--members", place), myself("inflate", place)?];
    let taken = medians(&mut commands, runs)?;
    row(&format!("{command}, xlsx"), roster.members, bytes, taken[0], &[("inflate", taken[1])]);
    Ok(taken[0])
}

/// Prints a row of the table.
fn row(what: &str, rows: u64, bytes: u64, ours: Taken, limits: &[(&str, Taken)]) {
    let seconds = |taken: &Taken| taken.cpu.as_secs_f64();
    let each =
        |of: &dyn Fn(&str, &Taken) -> String| limits.iter().map(|(name, taken)| of(name, taken)).collect::<Vec<_>>().join(", ");
    println!(
        "| {what} | {rows} | {:.1} | {:.2} | {:.2} | {} | {:.2} | {} | {} |",
        float(bytes) / 1e6,
        seconds(&ours),
        ours.wall.as_secs_f64(),
        ours.megabytes(),
        seconds(&ours) * 1e6 / float(rows),
        each(&|name, taken| format!("{name} {:.3}", seconds(taken))),
        each(&|_, taken| format!("{:.1}", seconds(&ours) / seconds(taken))),
    );
}

#[expect(clippy::cast_precision_loss, reason = "rows and bytes are far below 2^53, and this only prints")]
fn float(number: u64) -> f64 {
    number as f64
}
