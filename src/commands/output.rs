//! The only writer of files and of standard output. A file is whole or absent: it is written under a temporary name in
//! the same folder and renamed.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::digest::sha256_of;
use super::refused::Refused;
use crate::report::RenderError;

/// Where results go.
pub struct Sink<'a> {
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Standard error, for what a person should know beside the result.
    pub err: &'a mut dyn Write,
}

impl Sink<'_> {
    /// Writes to a file, or to standard output without one. A reader that has gone away (`| head`) is no error.
    ///
    /// # Errors
    /// When the file cannot be written, or is one of the inputs.
    pub fn write(&mut self, bytes: &[u8], file: Option<&Path>, inputs: &[PathBuf]) -> Result<()> {
        self.write_by(file, inputs, |out| out.write_all(bytes))
    }

    /// The same by what writes it piece by piece, so that its bytes are never in memory at once.
    ///
    /// # Errors
    /// Those of [`Sink::write`].
    pub fn write_by(
        &mut self,
        file: Option<&Path>,
        inputs: &[PathBuf],
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        if let Some(path) = file {
            make_file(path, inputs, |draft| Ok(fill(draft)?))?;
            return Ok(());
        }
        let mut out = BufWriter::with_capacity(1 << 16, &mut *self.out);
        let written = fill(&mut out).and_then(|()| out.flush());
        // What a reader that has gone away did not take is not tried once more.
        drop(out.into_parts());
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => bail!(Refused::new("stdout").because(error)),
            _ => Ok(()),
        }
    }

    /// A line beside the result; a standard error that is gone is nobody's loss.
    pub fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }
}

/// Writes a file whole or not at all, and never over an input.
///
/// # Errors
/// When the path is one of the inputs, or the folder or file cannot be written; what was there before is then still there.
pub fn write_file(path: &Path, bytes: &[u8], inputs: &[PathBuf]) -> Result<()> {
    make_file(path, inputs, |file| file.write_all(bytes).map_err(Into::into))?;
    Ok(())
}

/// Writes a file whole or not at all, as [`write_file`] does, by what fills it piece by piece, so that its bytes are
/// never in memory at once. Gives the SHA-256 of what stands on the disk.
///
/// # Errors
/// Those of [`write_file`], and that of `fill`.
pub fn make_file(
    path: &Path,
    inputs: &[PathBuf],
    fill: impl FnOnce(&mut Draft<'_>) -> Result<(), RenderError>,
) -> Result<String> {
    refuse_input(path, inputs)?;
    make_folder(folder_of(path))?;
    let attempt = || -> Result<String, RenderError> {
        let file = filled(folder_of(path), fill)?;
        let sha256 = sha256_of(file.reopen()?)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(sha256)
    };
    attempt().map_err(|error| Refused::new("no_write").with("file", path.display()).because(error).into())
}

/// Writes a file whole that is not there yet.
///
/// # Errors
/// When something of that name is there, or the folder or file cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    make_folder(folder_of(path))?;
    let attempt = || -> io::Result<()> {
        let file = filled(folder_of(path), |file| file.write_all(bytes))?;
        file.persist_noclobber(path).map_err(|error| error.error)?;
        Ok(())
    };
    attempt().map_err(|error| Refused::new("no_new").with("file", path.display()).because(error).into())
}

/// Makes a folder and those above it; one that is there is fine.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Refused::new("no_folder").with("folder", folder.display()).because(error).into())
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A file that is being written through a buffer, and may be read again while it is.
pub struct Draft<'f>(BufWriter<&'f File>);

impl Write for Draft<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Seek for Draft<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

impl Read for Draft<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.flush()?;
        let mut file: &File = self.0.get_ref();
        file.read(into)
    }
}

/// A temporary file in a folder with all its bytes on the disk.
fn filled<E: From<io::Error>>(
    folder: &Path,
    fill: impl FnOnce(&mut Draft<'_>) -> Result<(), E>,
) -> Result<tempfile::NamedTempFile, E> {
    let file = tempfile::Builder::new().prefix(".thoatngheo-").tempfile_in(folder)?;
    let mut draft = Draft(BufWriter::new(file.as_file()));
    fill(&mut draft)?;
    draft.flush()?;
    drop(draft);
    file.as_file().sync_all()?;
    set_usual_mode(file.path())?;
    Ok(file)
}

/// Refuses to write over a file that was read.
fn refuse_input(path: &Path, inputs: &[PathBuf]) -> Result<()> {
    let Ok(target) = path.canonicalize() else {
        return Ok(());
    };
    if inputs.iter().any(|input| input.canonicalize().is_ok_and(|input| input == target)) {
        bail!(Refused::new("is_input").with("file", path.display()));
    }
    Ok(())
}

/// A temporary file is private to its owner; a result is a file like any other.
#[cfg(unix)]
fn set_usual_mode(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as on unix")]
fn set_usual_mode(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write_file(&path, b"first", &[]).unwrap();
        write_file(&path, b"2", &[]).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_fails_half_way_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        let whole = make_file(&path, &[], |file| Ok(file.write_all(b"whole")?)).unwrap();
        assert_eq!(whole, sha256_of(&b"whole"[..]).unwrap());
        let full = make_file(&path, &[], |file| {
            file.write_all(b"half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull).into())
        });
        assert!(full.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_input_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, b"people").unwrap();
        let other_name = folder.path().join(".").join("a.csv");
        assert!(write_file(&path, b"result", &[other_name]).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"people");
    }
}
