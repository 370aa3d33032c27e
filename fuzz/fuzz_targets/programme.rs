//! Any text as a programme file: every problem has words in both languages, and a file without one gives all its settings.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use thoatngheo::programme::{Language, Programme};

fuzz_target!(|text: &str| {
    match Programme::parse(text, Path::new("/nonexistent/thoatngheo.toml")) {
        Err(error) => {
            assert!(!error.problems().is_empty());
            for language in [Language::Vi, Language::En] {
                assert!(!error.say(language).is_empty());
            }
        }
        Ok(programme) => {
            let _ = (programme.goals(), programme.communes(), programme.mergers(), programme.duty(), programme.money());
            let _ = (programme.assignment(), programme.pool(), programme.common_languages(), programme.listed_mergers());
            let years: Vec<i16> = programme.years().collect();
            for year in years {
                let _ = (programme.standard(year), programme.as_of(year), programme.pins(year), programme.exclusions(year));
                let _ = programme.all_inputs(year);
            }
        }
    }
});
