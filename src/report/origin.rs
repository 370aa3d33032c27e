//! What a container tells of the system it was made on: nothing, so that the same report has the same bytes everywhere.

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{DateTime, System, ZipArchive};

/// The system that every entry names. It decides nothing for those who read a workbook.
const EVERYWHERE: System = System::Unix;

/// How an entry is packed that tells neither when nor where.
#[must_use]
pub fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default().last_modified_time(DateTime::default()).system(EVERYWHERE)
}

/// Where an entry of the directory names the system: the upper byte of "version made by" (APPNOTE 4.3.12 and 4.4.2).
const SYSTEM_AT: u64 = 5;

/// Puts the same system into every entry of a container that a library has written.
///
/// # Errors
/// When it is no container, or cannot be read or written.
pub fn hide(out: &mut (impl Read + Write + Seek)) -> ZipResult<()> {
    let mut archive = ZipArchive::new(&mut *out)?;
    let entries: Vec<u64> = (0..archive.len())
        .map(|at| archive.by_index_raw(at).map(|entry| entry.central_header_start()))
        .collect::<ZipResult<_>>()?;
    for entry in entries {
        out.seek(SeekFrom::Start(entry + SYSTEM_AT))?;
        out.write_all(&[EVERYWHERE as u8])?;
    }
    out.seek(SeekFrom::End(0))?;
    Ok(())
}

/// The same of a container in memory.
///
/// # Errors
/// When it is no container.
pub fn hidden(bytes: Vec<u8>) -> ZipResult<Vec<u8>> {
    let mut container = Cursor::new(bytes);
    hide(&mut container)?;
    Ok(container.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_on(system: System) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            archive.start_file(name, packed().unix_permissions(0o600).system(system)).unwrap();
            archive.write_all(name.repeat(40).as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_container_does_not_tell_where_it_was_made() {
        let (here, there) = (made_on(EVERYWHERE), made_on(System::Dos));
        assert_ne!(here, there);
        assert_eq!(hidden(there).unwrap(), here);
        assert_eq!(hidden(here.clone()).unwrap(), here);
    }
}
