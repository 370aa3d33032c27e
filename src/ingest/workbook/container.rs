//! Looks into a zip container before any parser does: how many entries, how large, and what kind of document.

use super::Format;
use super::error::{LooksLike, OpenError, grouped};
use super::limits::Limits;
use super::shared_file::SharedFile;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

/// Bytes that are read from the disk at once.
const BUFFER: usize = 1 << 16;

/// The container of a workbook, open. A clone reads the same file at places of its own.
pub(super) type Archive = ZipArchive<Handle>;

/// A file that several read, each through a buffer of its own.
pub(super) struct Handle(BufReader<SharedFile>);

impl Handle {
    fn new(file: SharedFile) -> Self {
        Self(BufReader::with_capacity(BUFFER, file))
    }
}

impl Clone for Handle {
    /// Its place is the beginning of the file: who reads an entry goes to where that begins.
    fn clone(&self) -> Self {
        Self::new(self.0.get_ref().at_start())
    }
}

impl Read for Handle {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(into)
    }
}

impl Seek for Handle {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

/// Opens a container, refuses bombs and locked files, and tells what workbook it holds.
pub(super) fn open(mut file: File, size: u64, limits: &Limits) -> Result<(Format, Archive), OpenError> {
    check_directory_size(&mut file, size, limits)?;
    let mut archive = archive(file)?;
    check_entries(&archive, limits)?;
    let format = kind(&mut archive)?;
    Ok((format, archive))
}

/// The list of parts of a container.
pub(super) fn archive(file: File) -> Result<Archive, OpenError> {
    ZipArchive::new(Handle::new(SharedFile::new(file))).map_err(zip_error)
}

/// The end record of the directory says how long the directory is; a hostile one would cost memory before it could be counted.
fn check_directory_size(file: &mut File, size: u64, limits: &Limits) -> Result<(), OpenError> {
    let tail = size.min(66_000);
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    file.seek(SeekFrom::Start(size.saturating_sub(tail))).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(tail).read_to_end(&mut bytes).map_err(io)?;
    let Some(at) = memchr::memmem::rfind(&bytes, b"PK\x05\x06") else {
        return Err(OpenError::Truncated("the list of parts at its end is missing".to_owned()));
    };
    let field = |offset: usize| -> u64 {
        let start = at.saturating_add(offset);
        bytes
            .get(start..start.saturating_add(4))
            .and_then(|b| <[u8; 4]>::try_from(b).ok())
            .map_or(0, |b| u64::from(u32::from_le_bytes(b)))
    };
    let directory = field(12);
    // 0xFFFFFFFF stands for a 64-bit record, whose directory can be no longer than the file.
    let directory = if directory == u64::from(u32::MAX) { size } else { directory };
    let most = u64::try_from(limits.entries).unwrap_or(u64::MAX).saturating_mul(1_024);
    if directory > most && directory > 1 << 20 && size > most {
        return Err(OpenError::TooLarge {
            what: "the list of parts inside the file, in bytes,".to_owned(),
            found: directory,
            limit: most,
        });
    }
    Ok(())
}

fn check_entries(archive: &Archive, limits: &Limits) -> Result<(), OpenError> {
    if archive.len() > limits.entries {
        return Err(OpenError::Bomb(format!("it has {} parts, the limit is {}", archive.len(), limits.entries)));
    }
    let mut total = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(zip_error)?;
        let (packed, plain) = (entry.compressed_size(), entry.size());
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        if entry.encrypted() {
            return Err(OpenError::Locked);
        }
        total = total.saturating_add(plain);
        if plain > limits.ratio_from_bytes && plain / limits.ratio.max(1) > packed {
            return Err(OpenError::Bomb(format!(
                "{name} grows from {} to {} bytes, more than {} times",
                grouped(packed),
                grouped(plain),
                limits.ratio
            )));
        }
        if name.to_ascii_lowercase().contains("sharedstrings") && plain > limits.strings_bytes {
            return Err(OpenError::TooLarge {
                what: format!("{name}, in bytes unpacked,"),
                found: plain,
                limit: limits.strings_bytes,
            });
        }
    }
    if total > limits.inflated_bytes {
        return Err(OpenError::Bomb(format!(
            "its parts unpack to {} bytes, the limit is {}",
            grouped(total),
            grouped(limits.inflated_bytes)
        )));
    }
    Ok(())
}

/// Reads the start of a small part.
pub(super) fn part(archive: &mut Archive, name: &str, most: u64) -> Option<Vec<u8>> {
    let index = find(archive, name)?;
    let mut bytes = Vec::new();
    archive.by_index(index).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// The index of a part, upper and lower case and both slashes alike, as Excel takes them.
pub(super) fn find(archive: &Archive, name: &str) -> Option<usize> {
    let name = name.trim_start_matches('/');
    archive.index_for_name(name).or_else(|| {
        (0..archive.len()).find(|index| {
            archive.by_index_data(*index).is_ok_and(|entry| {
                let other = entry.name_raw();
                other.len() == name.len()
                    && other.iter().zip(name.bytes()).all(|(a, b)| (if *a == b'\\' { b'/' } else { *a }).eq_ignore_ascii_case(&b))
            })
        })
    })
}

fn kind(archive: &mut Archive) -> Result<Format, OpenError> {
    let not = |looks_like| Err(OpenError::NotAWorkbook { looks_like });
    if let Some(mime) = part(archive, "mimetype", 200) {
        let mime = String::from_utf8_lossy(&mime).trim().to_ascii_lowercase();
        if mime.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
            let manifest = part(archive, "META-INF/manifest.xml", 1 << 20).unwrap_or_default();
            if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
                return Err(OpenError::Locked);
            }
            return Ok(Format::Ods);
        }
        return not(match mime.as_str() {
            m if m.contains("opendocument.text") => LooksLike::Document,
            m if m.contains("opendocument.presentation") => LooksLike::Slides,
            _ => LooksLike::Archive,
        });
    }
    let Some(types) = part(archive, "[Content_Types].xml", 1 << 20) else { return not(LooksLike::Archive) };
    let has = |needle: &str| memchr::memmem::find(&types, needle.as_bytes()).is_some();
    if find(archive, "xl/workbook.bin").is_some() || has("sheet.binary.macroEnabled.main") {
        Ok(Format::Xlsb)
    } else if has("sheet.macroEnabled.main") || has("template.macroEnabled.main") {
        Ok(Format::Xlsm)
    } else if has("spreadsheetml") || find(archive, "xl/workbook.xml").is_some() {
        Ok(Format::Xlsx)
    } else if has("wordprocessingml") {
        not(LooksLike::Document)
    } else if has("presentationml") {
        not(LooksLike::Slides)
    } else if has("s\0p\0r\0e\0a\0d\0s\0h\0e\0e\0t\0m\0l") {
        Ok(Format::Xlsx)
    } else {
        not(LooksLike::Archive)
    }
}

/// A container's fault in our words.
pub(super) fn zip_error(error: ZipError) -> OpenError {
    if matches!(&error, ZipError::Io(io) if io.kind() == std::io::ErrorKind::UnexpectedEof) {
        return OpenError::Truncated("a part inside it ends too early".to_owned());
    }
    OpenError::Damaged(error.to_string())
}
