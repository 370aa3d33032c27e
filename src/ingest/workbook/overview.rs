//! One pass over a whole file: its hash, its length, what it is, and of text whether it is UTF-8 throughout.

use std::io::Read;

use sha2::{Digest, Sha256};

use super::delimited::Scan;
use super::error::OpenError;
use super::sniff::{Sniffed, sniff};

/// What one pass over a file tells.
pub(super) struct Overview {
    pub(super) sha256: [u8; 32],
    pub(super) bytes: u64,
    pub(super) head: Vec<u8>,
    /// The letters lost in it, of text in UTF-8.
    pub(super) lost: Option<usize>,
}

/// Bytes of a file by which its format is told.
pub(super) const HEAD: u64 = 8_192;

/// Bytes of a file that are looked at together.
const BLOCK: usize = 1 << 18;

/// Goes over a file once.
pub(super) fn digest(file: &mut impl Read, most: u64) -> Result<Overview, OpenError> {
    let io = |error: std::io::Error| OpenError::Io(error.to_string());
    let mut hash = Sha256::new();
    let mut block = vec![0; BLOCK];
    let (mut bytes, mut head, mut scan) = (0_u64, Vec::new(), None);
    loop {
        let read = file.read(&mut block).map_err(io)?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else { break };
        if bytes == 0 {
            part.take(HEAD).read_to_end(&mut head).map_err(io)?;
            scan = matches!(sniff(&head), Sniffed::Text).then(Scan::default);
        }
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if bytes > most {
            return Err(OpenError::TooLarge { what: "the file, in bytes,".to_owned(), found: bytes, limit: most });
        }
        hash.update(part);
        scan.iter_mut().for_each(|scan| scan.block(part));
    }
    Ok(Overview { sha256: hash.finalize().into(), bytes, head, lost: scan.and_then(Scan::lost) })
}
