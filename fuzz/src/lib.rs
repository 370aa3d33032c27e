//! What the targets share: a file to read, a container of parts, and the reading of whatever came out.

use std::io::Write;
use std::path::PathBuf;
use std::sync::LazyLock;

use thoatngheo::ingest::workbook::{Limits, OpenError, ReadError, ReaderProcess, Row, open};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Limits as in the program, small enough that a full one shows within the fuzzer's memory. The parsers that can abort run in a
/// process of their own in the program; here that process is missing, so that what is fuzzed is what stands before them.
pub static LIMITS: LazyLock<Limits> = LazyLock::new(|| Limits {
    inflated_bytes: 16 << 20,
    strings_bytes: 8 << 20,
    cells: 500_000,
    process: ReaderProcess::Child(PathBuf::from("/nonexistent/reader")),
    ..Limits::default()
});

/// Writes bytes where a reader finds them under a name; the file is written anew every time.
///
/// # Panics
/// When the folder for temporary files cannot be written.
pub fn scratch(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("thoatngheo-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Packs parts as they are, not deflated, so that a changed byte of a part stays one changed byte.
///
/// # Panics
/// Never in memory.
pub fn container(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // Two parts of one name are not written.
        if zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).is_ok() {
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of an input: `%% name` on a line of its own begins one.
pub fn parts(data: &[u8]) -> Vec<(&str, &[u8])> {
    let mut found: Vec<(&str, &[u8])> = Vec::new();
    let mut rest = data;
    let find = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).position(|window| window == what);
    while let Some(begin) = find(rest, b"%% ") {
        rest = &rest[begin + 3..];
        let Some(line) = find(rest, b"\n") else { break };
        let name = std::str::from_utf8(&rest[..line]).unwrap_or("odd");
        rest = &rest[line + 1..];
        let end = find(rest, b"\n%% ").unwrap_or(rest.len());
        found.push((name, &rest[..end]));
        rest = &rest[end..];
    }
    found
}

/// Opens a file and reads every sheet twice: rows go downwards or are noted, columns go to the right, and the second reading
/// gives what the first gave.
///
/// # Panics
/// When a promise of the reader is broken, which is what fuzzing looks for.
pub fn read(path: &std::path::Path) -> Result<(), OpenError> {
    let mut book = open(path, &LIMITS)?;
    let mut readings: Vec<Vec<(String, Result<u64, ReadError>)>> = Vec::new();
    for _ in 0..2 {
        let mut reading = Vec::new();
        for index in 0..book.sheets().len() {
            let mut text = String::new();
            let end = book.read_sheet(index, &mut |row: &Row<'_>| {
                assert!(!row.cells.is_empty(), "a row without cells is delivered");
                assert!(row.cells.windows(2).all(|pair| pair[0].col < pair[1].col), "columns are out of order");
                text.push_str(&format!("{row:?}\n"));
            });
            reading.push((text, end.map(|end| end.rows)));
        }
        readings.push(reading);
    }
    assert!(readings[0] == readings[1], "two readings differ");
    Ok(())
}
