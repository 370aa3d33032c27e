//! Any text as a name: folding settles at once, what is printed is settled too, and every name type refuses or keeps it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use thoatngheo::domain::ids::CitizenNumber;
use thoatngheo::domain::peoples::People;
use thoatngheo::domain::rate::Hundredths;
use thoatngheo::domain::source::CellRef;
use thoatngheo::domain::spelling::{fold, fold_tight, nearest, nfc_squeezed, title_case_place};
use thoatngheo::domain::standard::Standard;

fuzz_target!(|text: &str| {
    let folded = fold(text);
    assert!(fold(&folded) == folded, "folding twice changes {text:?}");
    let tight = fold_tight(text);
    assert!(fold_tight(&tight) == tight, "tight folding twice changes {text:?}");
    let squeezed = nfc_squeezed(text);
    assert!(nfc_squeezed(&squeezed) == squeezed, "squeezing twice changes {text:?}");
    assert!(fold(&squeezed) == folded, "squeezing changes the fold of {text:?}");
    let _ = (title_case_place(text), nearest(text, ["poor", "near-poor", "Xã Yang Tao"]), Standard::parse(text));
    if let Some(people) = People::parse(text) {
        assert!(People::parse(people.name()) == Some(people));
    }
    let _ = People::nearest(text);
    if let Some(number) = CitizenNumber::parse(text) {
        assert!(number.to_string() == text);
        let _ = (number.masked(), number.province(), number.birth_year(), number.sex());
    }
    if let Some(cell) = CellRef::parse(text) {
        assert!(CellRef::parse(&cell.to_string()) == Some(cell), "{text:?} does not read back");
    }
    if let Some(rate) = Hundredths::parse(text) {
        assert!(Hundredths::parse(&rate.to_string()) == Some(rate), "{text:?} does not read back");
    }
});
