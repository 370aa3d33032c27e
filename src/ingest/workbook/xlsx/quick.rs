//! The shapes that nearly all cells of all workbooks have, `<c r="B7" s="3" t="s"><v>41</v></c>` and
//! `<c r="B7" t="inlineStr"><is><t>Buôn Jun</t></is></c>`, without the general scanner.
//!
//! Anything that differs by a single byte is `None` and goes the general way, so that there is nothing to get wrong here but speed.

use crate::ingest::workbook::cell::CellRef;
use crate::ingest::workbook::{MAX_COLUMNS, MAX_ROWS};

/// A cell of the usual shape.
pub(super) struct Quick<'a> {
    pub(super) at: CellRef,
    pub(super) style: Option<&'a [u8]>,
    pub(super) kind: &'a [u8],
    /// `None` for a cell that is only styled, or has its text in itself.
    pub(super) value: Option<&'a [u8]>,
    /// The text of a cell that has it in itself.
    pub(super) text: Option<&'a str>,
    /// Its length with both tags.
    pub(super) length: usize,
}

/// The most bytes looked at: an address, a style, a type and a number or a name are shorter.
const LONGEST: usize = 160;

/// Takes a cell at the start of the bytes, when it has the usual shape and is whole.
pub(super) fn cell(bytes: &[u8]) -> Option<Quick<'_>> {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let mut rest = bytes.strip_prefix(b"<c r=\"")?;
    let at = address(&mut rest)?;
    let (mut style, mut kind): (Option<&[u8]>, &[u8]) = (None, b"");
    if let Some(after) = rest.strip_prefix(b" s=\"") {
        style = Some(up_to(after, b'"', &mut rest)?);
    }
    if let Some(after) = rest.strip_prefix(b" t=\"") {
        kind = up_to(after, b'"', &mut rest)?;
    }
    if let Some(after) = rest.strip_prefix(b"/>") {
        return Some(Quick { at, style, kind, value: None, text: None, length: bytes.len() - after.len() });
    }
    if kind == b"inlineStr" {
        let value = up_to(rest.strip_prefix(b"><is><t>")?, b'<', &mut rest)?;
        let after = rest.strip_prefix(b"/t></is></c>")?;
        // Entities, escapes and outer blanks are for the general scanner.
        let ends = value.first().zip(value.last())?;
        let blank = |byte: &u8| byte.is_ascii_whitespace();
        if blank(ends.0) || blank(ends.1) || memchr::memchr3(b'&', b'\r', b'_', value).is_some() {
            return None;
        }
        let text = Some(std::str::from_utf8(value).ok()?);
        return Some(Quick { at, style, kind, value: None, text, length: bytes.len() - after.len() });
    }
    let value = up_to(rest.strip_prefix(b"><v>")?, b'<', &mut rest)?;
    let after = rest.strip_prefix(b"/v></c>")?;
    Some(Quick { at, style, kind, value: Some(value), text: None, length: bytes.len() - after.len() })
}

/// Takes the bytes before a mark, and leaves the rest behind it.
fn up_to<'a>(bytes: &'a [u8], mark: u8, rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = bytes.iter().position(|byte| *byte == mark)?;
    let (taken, after) = bytes.split_at_checked(length)?;
    *rest = after.get(1..)?;
    Some(taken)
}

/// Takes `B7"`, in capitals.
fn address(rest: &mut &[u8]) -> Option<CellRef> {
    let (mut col, mut row, mut letters) = (0_u32, 0_u32, 0);
    let mut bytes = rest.iter();
    let mut byte = bytes.next()?;
    while byte.is_ascii_uppercase() {
        letters += 1;
        if letters > 3 {
            return None;
        }
        col = col * 26 + u32::from(byte - b'A') + 1;
        byte = bytes.next()?;
    }
    let mut digits = 0;
    while byte.is_ascii_digit() {
        digits += 1;
        if digits > 7 {
            return None;
        }
        row = row * 10 + u32::from(byte - b'0');
        byte = bytes.next()?;
    }
    if *byte != b'"' {
        return None;
    }
    *rest = bytes.as_slice();
    let at = CellRef { row: row.checked_sub(1)?, col: col.checked_sub(1)? };
    (at.row < MAX_ROWS && at.col < MAX_COLUMNS).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_usual_shape_is_taken() {
        let taken = |xml: &str| {
            cell(xml.as_bytes()).map(|q| (q.at.to_string(), q.value.or(q.text.map(str::as_bytes)).map(<[u8]>::to_vec), q.length))
        };
        assert_eq!(
            taken("<c r=\"XFD1048576\" s=\"3\" t=\"s\"><v>41</v></c><c"),
            Some(("XFD1048576".to_owned(), Some(b"41".to_vec()), 43))
        );
        assert_eq!(taken("<c r=\"A1\"/>"), Some(("A1".to_owned(), None, 11)));
        assert_eq!(taken("<c r=\"A1\"><v></v></c>"), Some(("A1".to_owned(), Some(Vec::new()), 21)));
        assert_eq!(
            taken("<c r=\"A1\" t=\"inlineStr\"><is><t>Buôn 1</t></is></c>"),
            Some(("A1".to_owned(), Some("Buôn 1".as_bytes().to_vec()), 51))
        );
        for other in [
            "<c r=\"A1\"><v>1</v></c",
            "<c r=\"A1\"><v>1<!-- --></v></c>",
            "<c r='A1'/>",
            "<c  r=\"A1\"/>",
            "<c r=\"a1\"/>",
            "<c r=\"XFE1\"/>",
            "<c r=\"A0\"/>",
            "<c r=\"A1048577\"/>",
            "<c r=\"A\"/>",
            "<c r=\"1\"/>",
            "<c r=\"A1\" t=\"s\" s=\"1\"/>",
            "<c r=\"A1\"><f>B1</f><v>1</v></c>",
            "<c r=\"A1\"><v>1</v> </c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t></t></is></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t> a</t></is></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>a\n</t></is></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>a&amp;b</t></is></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>_x000D_</t></is></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><r><t>a</t></r></is></c>",
        ] {
            assert_eq!(taken(other), None, "{other}");
        }
    }
}
