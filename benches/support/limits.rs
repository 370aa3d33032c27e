//! The least that any program must do with the same file: what ours is compared with.

use std::fs::File;
use std::io::{BufReader, Read, Result};
use std::path::Path;

/// Unpacks every part of a container and throws it away; with `tags`, also looks for every `<`.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn inflate(path: &Path, tags: bool) -> Result<u64> {
    let mut zip = zip::ZipArchive::new(BufReader::new(File::open(path)?))?;
    let mut found = 0;
    for index in 0..zip.len() {
        found += counted(zip.by_index(index)?, tags.then_some(b'<'))?;
    }
    Ok(found)
}

/// Looks for every line end.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn lines(path: &Path) -> Result<u64> {
    counted(File::open(path)?, Some(b'\n'))
}

fn counted(mut from: impl Read, what: Option<u8>) -> Result<u64> {
    let mut buffer = vec![0; 1 << 18];
    let mut found = 0;
    loop {
        let read = from.read(&mut buffer)?;
        let part = buffer.get(..read).unwrap_or_default();
        if part.is_empty() {
            return Ok(found);
        }
        let count = what.map_or(read, |byte| memchr::memchr_iter(byte, part).count());
        found += u64::try_from(count).unwrap_or(0);
    }
}
