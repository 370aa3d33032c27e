//! Any bytes as text of old or new encodings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoatngheo::ingest::encoding::{Script, convert, decode_bytes, guess_script, lost_letters};

fuzz_target!(|data: &[u8]| {
    let decoded = decode_bytes(data);
    assert!(!decoded.name().is_empty());
    assert!(decoded.lost == lost_letters(&decoded.text), "lost letters are counted twice over");
    let text = String::from_utf8_lossy(data);
    for script in [Script::Unknown, Script::Unicode, Script::Tcvn3, Script::Tcvn3Capitals, Script::Vni] {
        let converted = convert(&text, script);
        if !script.is_old() {
            assert!(converted == text, "text of no old script is changed");
        }
    }
    let guessed = guess_script(text.lines());
    assert!(guessed != Script::Unknown);
    if text.is_ascii() {
        assert!(guessed == Script::Unicode && decoded.text == text || data.contains(&0));
    }
});
