//! Parts of an OpenDocument workbook, and any other container: what stands before the library's parser.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoatngheo_fuzz::{container, parts, read, scratch};

fuzz_target!(|data: &[u8]| {
    let mut all: Vec<(&str, &[u8])> = vec![("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")];
    all.extend(parts(data));
    let _ = read(&scratch("xa-thu.ods", &container(&all)));
});
