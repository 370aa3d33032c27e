//! Files made to hurt, and files that are something else than their name says.

use crate::support::{read, shared};
use thoatngheo::ingest::workbook::{Limits, OpenError, ReadNote};

#[test]
fn hostile_files_are_read_or_refused_in_words() {
    let Some(folder) = shared("hostile") else { return };
    let try_file = |name: &str| read(&folder.join(name), &Limits::default());
    assert!(matches!(try_file("zip-bomb.xlsx"), Err(OpenError::Bomb(_))));
    assert!(matches!(try_file("truncated.xlsx"), Err(OpenError::Truncated(_))));
    assert_eq!(try_file("empty.xlsx"), Err(OpenError::Empty));
    assert_eq!(try_file("text.xlsx").unwrap()[0].text(0, 0), "not a workbook");
    assert!(try_file("blank.xlsx").unwrap().iter().all(|sheet| sheet.cells.is_empty()));
    let far = &try_file("far-cell.xlsx").unwrap()[0];
    assert!(far.cells.len() > 40 * 5);
    let notes = &far.end.as_ref().unwrap().notes;
    assert!(matches!(notes.as_slice(), [ReadNote::FarCell { cell, .. }] if cell.to_string() == "XFD1048576"), "{notes:?}");
}
