//! Parts of a workbook of Excel, as text, under our own reader of sheets, strings, styles and relationships.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoatngheo_fuzz::{container, parts, read, scratch};

fuzz_target!(|data: &[u8]| {
    let parts = parts(data);
    if !parts.is_empty() {
        let _ = read(&scratch("xa-thu.xlsx", &container(&parts)));
    }
});
