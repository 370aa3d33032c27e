//! A moving window over a part that is being unpacked: the scanner sees a run of bytes and asks for more where an element is cut.

use std::io::{self, Read};

const STEP: usize = 1 << 18;
/// The longest single element (a cell or a text) that is taken; Excel's own limit is 32,767 characters a cell.
const LONGEST: usize = 1 << 26;

/// Why there is no more.
#[derive(Debug)]
pub(super) enum Starved {
    /// The part is at its end.
    End,
    /// One element is longer than any real one.
    TooLong,
    /// It cannot be unpacked.
    Io(io::Error),
}

/// The bytes from the first one not yet consumed.
pub(super) struct Window<R> {
    reader: R,
    bytes: Vec<u8>,
    at: usize,
    end: usize,
}

impl<R: Read> Window<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, bytes: vec![0; STEP], at: 0, end: 0 }
    }

    /// What can be seen.
    pub(super) fn seen(&self) -> &[u8] {
        self.bytes.get(self.at..self.end).unwrap_or_default()
    }

    /// Moves on.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes).min(self.end);
    }

    /// Shows at least one byte more, and twice as much where the window was full, so that a long element is looked over few times.
    pub(super) fn more(&mut self) -> Result<(), Starved> {
        self.bytes.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        if self.end > self.bytes.len() / 2 {
            if self.bytes.len() >= LONGEST {
                return Err(Starved::TooLong);
            }
            self.bytes.resize(self.bytes.len() * 2, 0);
        }
        let before = self.end;
        while let Some(free) = self.bytes.get_mut(self.end..).filter(|free| !free.is_empty()) {
            match self.reader.read(free) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Starved::Io(error)),
            }
        }
        if self.end > before { Ok(()) } else { Err(Starved::End) }
    }
}
