//! A file that several read at the same time, each at a place of its own.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A place in a file that others read too. Handles that the system duplicates would share one place.
pub(super) struct SharedFile {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl SharedFile {
    pub(super) fn new(file: File) -> Self {
        Self { file: Arc::new(Mutex::new(file)), at: 0 }
    }

    /// The same file from its beginning.
    pub(super) fn at_start(&self) -> Self {
        Self { file: Arc::clone(&self.file), at: 0 }
    }

    /// How long the file is.
    pub(super) fn length(&self) -> std::io::Result<u64> {
        Ok(self.file().metadata()?.len())
    }

    fn file(&self) -> MutexGuard<'_, File> {
        // Whoever panicked over it left no more than a place behind, and each goes to its own.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read for SharedFile {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file();
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(into)?;
        drop(file);
        self.at = self.at.saturating_add(u64::try_from(read).unwrap_or(0));
        Ok(read)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let mut file = self.file();
        if let SeekFrom::Current(_) = to {
            file.seek(SeekFrom::Start(self.at))?;
        }
        let at = file.seek(to)?;
        drop(file);
        self.at = at;
        Ok(at)
    }
}
