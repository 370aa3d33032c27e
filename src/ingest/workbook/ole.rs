//! Looks into an OLE compound file before any parser does: its chains must end, and its streams tell what it is.
//!
//! The layout is that of [MS-CFB]: a header, a table that says of every sector which one follows it, a directory of streams.

use super::error::{LooksLike, OpenError};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FIRST_RESERVED: u32 = 0xFFFF_FFFA;
/// Streams shorter than this lie in the small sectors of the root stream.
const SMALL_STREAM: u64 = 4096;

/// A stream of the directory.
#[derive(Debug)]
struct Stream {
    name: String,
    kind: u8,
    start: u32,
    bytes: u64,
}

struct Compound {
    file: File,
    sector: u64,
    sectors: u64,
    next: Vec<u32>,
    streams: Vec<Stream>,
}

fn damaged(what: &str) -> OpenError {
    OpenError::Damaged(what.to_owned())
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let end = at.saturating_add(4);
    bytes.get(at..end).and_then(|b| <[u8; 4]>::try_from(b).ok()).map_or(0, u32::from_le_bytes)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|chunk| u32::from_le_bytes(*chunk))
}

/// Checks a compound file and says whether it is an old binary workbook.
///
/// # Errors
/// `Locked` for an encrypted package, `NotAWorkbook` for other documents, `Truncated` or `Damaged` for chains that do not end.
pub(super) fn check(file: &File, bytes: u64) -> Result<(), OpenError> {
    let file = file.try_clone().map_err(|e| OpenError::Io(e.to_string()))?;
    let mut compound = Compound::open(file, bytes)?;
    let find = |names: &[&str]| compound.streams.iter().position(|s| names.iter().any(|name| s.name.eq_ignore_ascii_case(name)));
    if find(&["EncryptedPackage"]).is_some() {
        return Err(OpenError::Locked);
    }
    let looks_like = if find(&["WordDocument"]).is_some() {
        LooksLike::Document
    } else if find(&["PowerPoint Document"]).is_some() {
        LooksLike::Slides
    } else {
        LooksLike::OleFile
    };
    let Some(book) = find(&["Workbook", "Book"]) else { return Err(OpenError::NotAWorkbook { looks_like }) };
    compound.check_stream(book)
}

impl Compound {
    fn open(mut file: File, bytes: u64) -> Result<Self, OpenError> {
        if bytes < 512 {
            return Err(OpenError::Truncated("it is shorter than its header".to_owned()));
        }
        let header = read_at(&mut file, 0, 512)?;
        let sector = match header.get(30) {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged("the size of its sectors is neither 512 nor 4096 bytes")),
        };
        let mut compound = Self { file, sector, sectors: bytes.div_ceil(sector), next: Vec::new(), streams: Vec::new() };
        compound.read_table(&header)?;
        let directory = compound.chain(word(&header, 48), u64::MAX)?;
        compound.check_small_table(word(&header, 60))?;
        compound.read_directory(&directory)?;
        Ok(compound)
    }

    /// Where a sector lies: the header fills the place of the one before the first.
    fn sector_bytes(&mut self, sector: u32) -> Result<Vec<u8>, OpenError> {
        let sector = u64::from(sector);
        if sector >= self.sectors {
            return Err(OpenError::Truncated(format!("its sector {sector} lies behind its end")));
        }
        read_at(&mut self.file, sector.saturating_add(1).saturating_mul(self.sector), self.sector)
    }

    /// The table of followers: 109 of its own sectors are named in the header, more in a chain of their own.
    fn read_table(&mut self, header: &[u8]) -> Result<(), OpenError> {
        let mut places: Vec<u32> = words(header.get(76..512).unwrap_or_default()).collect();
        let mut more = word(header, 68);
        let mut steps = 0_u64;
        while more < FIRST_RESERVED {
            steps += 1;
            if steps > self.sectors {
                return Err(damaged("its table of sectors runs in a circle"));
            }
            places.extend(words(&self.sector_bytes(more)?));
            more = places.pop().unwrap_or(END_OF_CHAIN);
        }
        places.retain(|place| *place < FIRST_RESERVED);
        if u64::try_from(places.len()).unwrap_or(u64::MAX) > self.sectors {
            return Err(damaged("its table of sectors is longer than the file"));
        }
        for place in places {
            let bytes = self.sector_bytes(place)?;
            self.next.extend(words(&bytes));
        }
        Ok(())
    }

    /// Walks a chain of sectors; a circle is an error.
    fn chain(&self, start: u32, bytes: u64) -> Result<Vec<u32>, OpenError> {
        let most = bytes.div_ceil(self.sector).min(self.sectors);
        let mut sectors = Vec::new();
        let mut at = start;
        while at != END_OF_CHAIN && u64::try_from(sectors.len()).unwrap_or(u64::MAX) < bytes.div_ceil(self.sector) {
            if u64::from(at) >= self.sectors {
                return Err(OpenError::Truncated(format!("its sector {at} lies behind its end")));
            }
            if u64::try_from(sectors.len()).unwrap_or(u64::MAX) >= most {
                return Err(damaged("a chain of its sectors runs in a circle"));
            }
            sectors.push(at);
            let follower = usize::try_from(at).ok().and_then(|at| self.next.get(at));
            at = *follower.ok_or_else(|| damaged("a sector is missing in its table"))?;
        }
        Ok(sectors)
    }

    fn check_small_table(&mut self, start: u32) -> Result<(), OpenError> {
        let mut sectors = 0_u64;
        if start < FIRST_RESERVED {
            sectors = u64::try_from(self.chain(start, u64::MAX)?.len()).unwrap_or(u64::MAX);
        }
        if sectors > self.sectors { Err(damaged("its table of small sectors is longer than the file")) } else { Ok(()) }
    }

    fn read_directory(&mut self, directory: &[u32]) -> Result<(), OpenError> {
        for sector in directory {
            let bytes = self.sector_bytes(*sector)?;
            for entry in bytes.as_chunks::<128>().0 {
                let units = entry.get(..64).unwrap_or_default().as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
                let name: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
                let high = if self.sector == 512 { 0 } else { u64::from(word(entry, 124)) << 32 };
                self.streams.push(Stream {
                    name: String::from_utf16_lossy(&name),
                    kind: entry.get(66).copied().unwrap_or(0),
                    start: word(entry, 116),
                    bytes: high | u64::from(word(entry, 120)),
                });
            }
        }
        self.streams.retain(|stream| stream.kind != 0);
        Ok(())
    }

    /// A workbook's own stream must end, and be no longer than the file.
    fn check_stream(&mut self, index: usize) -> Result<(), OpenError> {
        let Some(stream) = self.streams.get(index) else { return Ok(()) };
        let whole = self.sectors.saturating_mul(self.sector);
        if stream.bytes > whole {
            return Err(OpenError::Truncated("its workbook is longer than the file".to_owned()));
        }
        if stream.bytes >= SMALL_STREAM {
            let found = self.chain(stream.start, stream.bytes)?.len();
            let needed = stream.bytes.div_ceil(self.sector);
            if u64::try_from(found).unwrap_or(0) < needed {
                return Err(OpenError::Truncated("its workbook ends before its length".to_owned()));
            }
        }
        if let Some(root) = self.streams.iter().find(|stream| stream.kind == 5) {
            self.chain(root.start, root.bytes.min(whole))?;
        }
        Ok(())
    }
}

/// Reads bytes at a place; a file that ends within them gives what there is, filled up with zeros.
fn read_at(file: &mut File, at: u64, bytes: u64) -> Result<Vec<u8>, OpenError> {
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    file.seek(SeekFrom::Start(at)).map_err(io)?;
    let mut found = Vec::new();
    file.take(bytes).read_to_end(&mut found).map_err(io)?;
    if found.is_empty() {
        return Err(OpenError::Truncated("a sector lies behind its end".to_owned()));
    }
    found.resize(usize::try_from(bytes).unwrap_or(0), 0);
    Ok(found)
}
