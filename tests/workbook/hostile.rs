//! Files made to hurt, and files that are something else than their name says.

use crate::making;
use crate::support::{child, files, read, shared};
use std::time::{Duration, Instant};
use thoatngheo::ingest::workbook::{Limits, LooksLike, OpenError, ReadError, ReadNote};

#[test]
fn hostile_files_are_read_or_refused_in_words() {
    let Some(folder) = shared("hostile") else { return };
    let started = Instant::now();
    for limits in [Limits::default(), child()] {
        let try_file = |name: &str| read(&folder.join(name), &limits);
        assert!(matches!(try_file("zip-bomb.xlsx"), Err(OpenError::Bomb(_))));
        assert!(matches!(try_file("truncated.xlsx"), Err(OpenError::Truncated(_))));
        assert_eq!(try_file("empty.xlsx"), Err(OpenError::Empty));
        assert_eq!(try_file("password.xlsx"), Err(OpenError::Locked));
        assert!(matches!(try_file("ole-loop.xls"), Err(OpenError::Damaged(_) | OpenError::Truncated(_))));
        assert_eq!(try_file("text.xlsx").unwrap()[0].text(0, 0), "not a workbook");
        assert!(try_file("blank.xlsx").unwrap().iter().all(|sheet| sheet.cells.is_empty()));
        let far = &try_file("far-cell.xlsx").unwrap()[0];
        assert!(far.cells.len() > 40 * 5);
        let notes = &far.end.as_ref().unwrap().notes;
        assert!(matches!(notes.as_slice(), [ReadNote::FarCell { cell, .. }] if cell.to_string() == "XFD1048576"), "{notes:?}");
    }
    assert!(started.elapsed() < Duration::from_secs(10), "all of them together took {:?}", started.elapsed());
}

#[test]
fn whatever_stands_in_a_file_the_answer_is_rows_or_an_error() {
    let Some(folder) = shared("") else { return };
    let mut seed = 20_221_231_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below.max(1)
    };
    let small = |path: &std::path::PathBuf| std::fs::metadata(path).unwrap().len() < 400_000;
    let binary =
        files(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "xls" || e == "ods" || e == "xlsx"));
    for path in binary.filter(small) {
        let whole = std::fs::read(&path).unwrap();
        for round in 0..3 {
            let mut bytes = whole.clone();
            if bytes.is_empty() {
                continue;
            }
            if round == 0 {
                bytes.truncate(random(whole.len()));
            } else {
                for _ in 0..8 {
                    let at = random(bytes.len());
                    bytes[at] = u8::try_from(random(256)).unwrap();
                }
            }
            let made = making::file("mutant", &bytes);
            // A crash of the reading process is an answer; a crash of this one fails the test.
            let _ = read(&made.path, &child());
        }
    }
}

#[test]
fn repeats_that_unfold_to_millions_of_cells_are_refused() {
    let row = r#"<table:table-row table:number-rows-repeated="6100"><table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>"#;
    let made = making::ods(&format!(r#"<table:table table:name="a">{row}</table:table>"#));
    let started = Instant::now();
    let result = read(&made.path, &child());
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    match result {
        Err(OpenError::TooLarge { .. } | OpenError::Crashed(_) | OpenError::Timeout { .. }) => {}
        Ok(sheets) => assert!(matches!(sheets[0].end, Err(ReadError::TooManyCells { .. })), "{:?}", sheets[0].end),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_false_number_of_shared_texts_costs_no_memory() {
    let texts = format!("<?xml version=\"1.0\"?><sst {} uniqueCount=\"4294967295\"><si><t>Buôn Yuk</t></si></sst>", making::MAIN);
    let made =
        making::xlsx_rows(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#, &[("xl/sharedStrings.xml", texts.as_bytes())]);
    match read(&made.path, &Limits::default()) {
        Ok(sheets) => assert_eq!(sheets[0].text(0, 0), "Buôn Yuk"),
        Err(error) => assert!(matches!(error, OpenError::Damaged(_)), "{error}"),
    }
}

#[test]
fn other_documents_are_named_for_what_they_are() {
    let looks = |bytes: &[u8]| match read(&making::file("ho-ngheo.xlsx", bytes).path, &Limits::default()) {
        Err(OpenError::NotAWorkbook { looks_like }) => looks_like,
        other => panic!("{other:?}"),
    };
    assert_eq!(looks(b"%PDF-1.7\n"), LooksLike::Pdf);
    assert_eq!(looks(b"\x89PNG\r\n\x1a\n"), LooksLike::Picture);
    assert_eq!(looks(b"{\\rtf1\\ansi}"), LooksLike::Document);
    assert_eq!(looks(b"\x01\x02\x00\x00\x03\x04\x00\x05abc\x00\x00\x00"), LooksLike::Unknown);
    assert_eq!(looks(b"<?xml version=\"1.0\"?><a/>"), LooksLike::Xml);
    let word = making::container(
        "a.xlsx",
        &[("[Content_Types].xml", b"<Types>wordprocessingml</Types>"), ("word/document.xml", b"<w/>")],
    );
    assert_eq!(read(&word.path, &Limits::default()), Err(OpenError::NotAWorkbook { looks_like: LooksLike::Document }));
    let folder = word.path.parent().unwrap();
    assert_eq!(read(folder, &Limits::default()), Err(OpenError::NotAWorkbook { looks_like: LooksLike::Folder }));
}
