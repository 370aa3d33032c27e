//! Head and signature of an annex, after its issuer: a Party body (Guidance 05-HD/VPTW, Regulation 399-QĐ/TW) or a State
//! body (Decree 30/2020/NĐ-CP, annex I). An annex has no number of its own but that of the report it goes with; number,
//! place, date and signatory stay blank for a person to fill.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Book;
use super::sheet::spread;
use crate::report::table::{Annex, Issuer};
use crate::report::wording::Key;

/// Writes the letterhead and gives the row where the table begins.
pub(super) fn letterhead(sheet: &mut Worksheet, annex: &Annex, last: u16, book: &Book<'_>) -> Result<u32, XlsxError> {
    let words = book.words;
    let (plain, bold, italic) = (&book.formats.letterhead, &book.formats.letterhead_bold, &book.formats.italic);
    let (left, right) = halves(last);
    let mut pair = |row: u32, texts: [(&str, &rust_xlsxwriter::Format); 2]| -> Result<(), XlsxError> {
        spread(sheet, row, 0, left, texts[0].0, texts[0].1)?;
        spread(sheet, row, right, last.max(right), texts[1].0, texts[1].1)
    };
    match annex.issuer {
        Issuer::Party => {
            pair(0, [(&annex.superior, plain), (words.get(Key::PartyCountry), bold)])?;
            pair(1, [(&annex.body, bold), ("―――――――", plain)])?;
            pair(2, [("*", plain), ("", plain)])?;
        }
        Issuer::State => {
            pair(0, [(&annex.superior, plain), (words.get(Key::StateCountry), bold)])?;
            pair(1, [(&annex.body, bold), (words.get(Key::StateMotto), bold)])?;
            pair(2, [("―――――", plain), ("――――――――――", plain)])?;
        }
    }
    spread(sheet, 4, 0, last, words.get(Key::AnnexWord), &book.formats.annex)?;
    sheet.set_row_height(4, 20)?;
    spread(sheet, 5, 0, last, &annex.title, bold)?;
    sheet.set_row_height(5, 36)?;
    spread(sheet, 6, 0, last, words.get(Key::Annexed), italic)?;
    Ok(8)
}

/// Writes place, date and whose signature it is, and gives the row after it. Five rows stay free for signature and seal.
pub(super) fn signature(sheet: &mut Worksheet, annex: &Annex, row: u32, last: u16, book: &Book<'_>) -> Result<u32, XlsxError> {
    let (_, right) = halves(last);
    let (plain, bold) = (&book.formats.letterhead, &book.formats.letterhead_bold);
    let (body, signer, format) = match annex.issuer {
        Issuer::Party => (Key::PartySignature, Key::PartySigner, plain),
        Issuer::State => (Key::StateSignature, Key::StateSigner, bold),
    };
    let lines = [(Key::PlaceDate, &book.formats.italic), (body, bold), (signer, format)];
    for (at, (key, format)) in (row..).zip(lines) {
        spread(sheet, at, right, last.max(right), book.words.get(key), format)?;
    }
    Ok(row + 8)
}

/// The last column of the left half and the first of the right half.
fn halves(last: u16) -> (u16, u16) {
    let left = last / 2;
    (left, left + 1)
}
