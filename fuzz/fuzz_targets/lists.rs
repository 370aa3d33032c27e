//! Any delimited text as a list of each kind, to the end of the reading: no row is lost, and every issue has its words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoatngheo::ingest::{Settings, read_paths};
use thoatngheo_fuzz::{LIMITS, scratch};

fuzz_target!(|data: &[u8]| {
    let path = scratch("xa-thu-2023.csv", data);
    let settings = Settings { limits: LIMITS.clone(), ..Settings::default() };
    let read = read_paths(&[path], &settings, &|_, _| ());
    for sheet in read.files.iter().flat_map(|file| &file.sheets) {
        assert!(sheet.read == sheet.used + sheet.rejected + sheet.skipped, "{sheet:?}");
    }
    for issue in &read.issues {
        assert!(!issue.code.word().is_empty());
    }
});
