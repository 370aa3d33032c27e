//! Any bytes as a file: told by content, and refused in words or read.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Err(error) = thoatngheo_fuzz::read(&thoatngheo_fuzz::scratch("xa-thu.bin", data)) {
        assert!(!error.to_string().is_empty() && !error.advice().is_empty());
    }
});
