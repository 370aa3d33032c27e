//! Any bytes as delimited text or as a web page.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = thoatngheo_fuzz::read(&thoatngheo_fuzz::scratch("xa-thu.csv", data));
});
