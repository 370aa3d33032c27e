//! The shapes that nearly all cells of all workbooks have, `<c r="B7" s="3" t="s"><v>41</v></c>` and
//! `<c r="B7" t="inlineStr"><is><t>Buôn Jun</t></is></c>`, without the general scanner.
//!
//! Anything that differs by a single byte is `None` and goes the general way, so that there is nothing to get wrong here but speed.

use crate::ingest::digits::{before, digits};
use crate::ingest::workbook::cell::CellRef;
use crate::ingest::workbook::strings::{is_blank, is_composed};
use crate::ingest::workbook::{MAX_COLUMNS, MAX_ROWS};

/// A cell of the usual shape.
pub(super) struct Quick<'a> {
    pub(super) at: CellRef,
    /// The style it names; 0 where that is no number.
    pub(super) style: Option<usize>,
    pub(super) kind: &'a [u8],
    /// `None` for a cell that is only styled, or has its text in itself.
    pub(super) value: Option<&'a [u8]>,
    /// The value where it is a whole number of at most fifteen digits.
    pub(super) whole: Option<u64>,
    /// The text of a cell that has it in itself, and whether it is composed and no blank.
    pub(super) text: Option<(&'a str, bool)>,
    /// Its length with both tags.
    pub(super) length: usize,
}

/// The most bytes looked at: an address, a style, a type and a number or a name are shorter.
const LONGEST: usize = 160;

/// Digits of a whole number that a float holds exactly.
const DIGITS: usize = 15;

/// What the cells before were: the next is likely to be the same.
#[derive(Default)]
pub(super) struct Lasts {
    row: LastRow,
    /// By column.
    texts: Vec<LastTexts>,
}

/// The texts of a column whose cells have them in themselves. Most such columns hold a few words over and over.
struct LastTexts {
    known: Vec<Known>,
    /// The place at which the next is remembered.
    next: usize,
    /// How often the column said something again, less how often it did not; at zero it is no longer looked at.
    patience: u8,
}

/// A text that is composed and no blank.
struct Known {
    /// The first eight bytes of what is written: nearly all others differ in them.
    first: u64,
    /// The text and all tags behind it.
    written: Vec<u8>,
    text: String,
}

/// What a column that is met for the first time gets.
const PATIENCE: u8 = 24;
/// Columns that are remembered.
const COLUMNS: u32 = 256;
/// Texts of a column that are remembered: classes, peoples, marks.
const TEXTS: usize = 6;

fn first(written: &[u8]) -> Option<u64> {
    written.first_chunk().map(|eight| u64::from_le_bytes(*eight))
}

impl Lasts {
    /// A text that was met in its column before, by what is written from its first letter on, and its length with all tags.
    #[inline]
    fn known(&mut self, at: CellRef, written: &[u8]) -> Option<(usize, usize)> {
        let col = usize::try_from(at.col).ok()?;
        let (texts, first) = (self.texts.get_mut(col)?, first(written)?);
        let nth = texts.known.iter().position(|known| known.first == first && written.starts_with(&known.written))?;
        texts.patience = texts.patience.saturating_add(1);
        Some((col, nth))
    }

    /// Remembers a text that may be said again.
    fn remember(&mut self, at: CellRef, written: &[u8], text: &str) {
        let Some(col) = usize::try_from(at.col).ok().filter(|_| at.col < COLUMNS) else { return };
        if self.texts.len() <= col {
            self.texts.resize_with(col + 1, || LastTexts { known: Vec::new(), next: 0, patience: PATIENCE });
        }
        let Some(texts) = self.texts.get_mut(col).filter(|texts| texts.patience > 0) else { return };
        texts.patience -= 1;
        if texts.patience == 0 {
            texts.known.clear();
            return;
        }
        let Some(first) = first(written) else { return };
        match texts.known.get_mut(texts.next) {
            None => texts.known.push(Known { first, written: written.to_vec(), text: text.to_owned() }),
            Some(known) => {
                known.first = first;
                known.written.clear();
                known.written.extend_from_slice(written);
                known.text.clear();
                known.text.push_str(text);
            }
        }
        texts.next = (texts.next + 1) % TEXTS;
    }
}

/// The number of the row in which the last cell stood, as it is written: that of the next cell is nearly always the same.
#[derive(Clone, Copy, Default)]
struct LastRow {
    row: u32,
    /// The digits and the quotation mark behind them, from the lowest byte on, and which bytes those are.
    written: u64,
    mask: u64,
    length: usize,
}

/// Takes a cell at the start of the bytes, when it has the usual shape and is whole.
pub(super) fn cell<'a>(bytes: &'a [u8], lasts: &'a mut Lasts) -> Option<Quick<'a>> {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let mut rest = bytes.strip_prefix(b"<c r=\"")?;
    let at = address(&mut rest, &mut lasts.row)?;
    let (mut style, mut kind): (Option<usize>, &[u8]) = (None, b"");
    if let Some(after) = rest.strip_prefix(b" s=\"") {
        if let Some((length, number)) = after.first_chunk().and_then(|eight| before(*eight, b'"')) {
            style = usize::try_from(number).ok();
            rest = after.get(length + 1..)?;
        } else {
            style = Some(super::styles::number(up_to(after, b'"', &mut rest)?));
        }
    }
    if let Some(after) = rest.strip_prefix(b" t=\"s\"") {
        (kind, rest) = (b"s", after);
    } else if let Some(inside) = rest.strip_prefix(b" t=\"inlineStr\"><is><t>") {
        let (text, written) = own_text(inside, at, lasts)?;
        let length = bytes.len() - inside.len() + written;
        return Some(Quick { at, style, kind: b"inlineStr", value: None, whole: None, text: Some(text), length });
    } else if let Some(after) = rest.strip_prefix(b" t=\"n\"") {
        (kind, rest) = (b"n", after);
    } else if let Some(after) = rest.strip_prefix(b" t=\"") {
        kind = up_to(after, b'"', &mut rest)?;
    }
    let quick =
        |value, whole, after: &[u8]| Quick { at, style, kind, value, whole, text: None, length: bytes.len() - after.len() };
    // An inline text has no value.
    let Some(inside) = rest.strip_prefix(b"><v>").filter(|_| kind != b"inlineStr") else {
        return Some(quick(None, None, rest.strip_prefix(b"/>")?));
    };
    if let Some((length, whole)) = inside.first_chunk().and_then(|eight| before(*eight, b'<'))
        && let Some(after) = inside.get(length..).and_then(|after| after.strip_prefix(b"</v></c>"))
    {
        return Some(quick(inside.get(..length), Some(whole), after));
    }
    let value = up_to(inside, b'<', &mut rest)?;
    let after = rest.strip_prefix(b"/v></c>")?;
    let whole = digits(value).filter(|_| value.len() <= DIGITS);
    Some(quick(Some(value), whole, after))
}

/// The text of a cell that has it in itself, with whether it is composed and no blank, and its length with all tags.
#[inline(never)]
fn own_text<'a>(inside: &'a [u8], at: CellRef, lasts: &'a mut Lasts) -> Option<((&'a str, bool), usize)> {
    if let Some((col, nth)) = lasts.known(at, inside) {
        let known = lasts.texts.get(col)?.known.get(nth)?;
        return Some(((&known.text, true), known.written.len()));
    }
    let (text, after) = inside.split_at_checked(memchr::memchr(b'<', inside)?)?;
    let written = inside.len() - after.strip_prefix(b"</t></is></c>")?.len();
    let text = plain(text)?;
    let sound = is_composed(text) && !is_blank(text);
    if sound {
        lasts.remember(at, inside.get(..written)?, text);
    }
    Some(((text, sound), written))
}

/// A text that stands as it is written. Entities, escapes and outer blanks are for the general scanner.
fn plain(text: &[u8]) -> Option<&str> {
    let (first, last) = text.first().zip(text.last())?;
    if first.is_ascii_whitespace() || last.is_ascii_whitespace() || memchr::memchr3(b'&', b'\r', b'_', text).is_some() {
        return None;
    }
    std::str::from_utf8(text).ok()
}

/// Takes a shared text without runs, `<si><t>Buôn Jun</t></si>`, and its length with all tags.
pub(super) fn shared_text(bytes: &[u8]) -> Option<(&str, usize)> {
    let inside = bytes.strip_prefix(b"<si><t>")?;
    let (text, after) = inside.split_at_checked(memchr::memchr(b'<', inside)?)?;
    let after = after.strip_prefix(b"</t></si>")?;
    Some((plain(text)?, bytes.len() - after.len()))
}

/// Takes the end of a row and the beginning of the next, `</row><row r="8" spans="1:30">`: the number of that, whether it is
/// hidden, and the length of both tags.
pub(super) fn next_row(bytes: &[u8]) -> Option<(u64, bool, usize)> {
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let tag = bytes.strip_prefix(b"</row><row r=\"")?;
    let mut rest = tag;
    let number = digits(up_to(tag, b'"', &mut rest)?)?;
    let attributes = rest.get(..rest.iter().position(|byte| *byte == b'>')?)?;
    // A mark between quotation marks is no end of a tag; a row without cells ends in its own tag.
    let marks = attributes.iter().fold(0_usize, |marks, byte| marks + usize::from(*byte == b'"'));
    if marks % 2 != 0 || attributes.iter().any(|byte| matches!(byte, b'\'' | b'/' | b'<')) {
        return None;
    }
    // Most rows have no letter of the word, and none of these has to be looked through.
    let hidden = attributes.contains(&b'd')
        && [&b" hidden=\"1\""[..], b" hidden=\"true\""].iter().any(|word| memchr::memmem::find(attributes, word).is_some());
    Some((number, hidden, bytes.len() - rest.len() + attributes.len() + 1))
}

/// Takes the bytes before a mark, and leaves the rest behind it.
fn up_to<'a>(bytes: &'a [u8], mark: u8, rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = bytes.iter().position(|byte| *byte == mark)?;
    let (taken, after) = bytes.split_at_checked(length)?;
    *rest = after.get(1..)?;
    Some(taken)
}

/// Takes `B7"`, in capitals.
fn address(rest: &mut &[u8], last_row: &mut LastRow) -> Option<CellRef> {
    let mut bytes = rest.iter();
    let (mut col, mut letters) = (0_u32, 0);
    while let Some(byte) = bytes.as_slice().first()
        && byte.is_ascii_uppercase()
    {
        letters += 1;
        if letters > 3 {
            return None;
        }
        col = col * 26 + u32::from(byte - b'A') + 1;
        bytes.next();
    }
    let col = col.checked_sub(1).filter(|col| *col < MAX_COLUMNS)?;
    let number = bytes.as_slice();
    if let Some(word) = number.first_chunk::<8>()
        && last_row.length > 0
        && u64::from_le_bytes(*word) & last_row.mask == last_row.written
    {
        *rest = number.get(last_row.length..)?;
        return Some(CellRef { row: last_row.row, col });
    }
    let number = up_to(number, b'"', rest)?;
    let row = digits(number).filter(|_| number.len() <= 7).and_then(|row| u32::try_from(row).ok())?.checked_sub(1)?;
    if row >= MAX_ROWS {
        return None;
    }
    let mut written = [0; 8];
    let mut mask = [0; 8];
    written.iter_mut().zip(number.iter().chain(b"\"")).for_each(|(byte, digit)| *byte = *digit);
    mask.iter_mut().take(number.len() + 1).for_each(|byte| *byte = u8::MAX);
    let (written, mask) = (u64::from_le_bytes(written), u64::from_le_bytes(mask));
    *last_row = LastRow { row, written, mask, length: number.len() + 1 };
    Some(CellRef { row, col })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn addresses_do_not_depend_on_the_cell_before(rows in prop::collection::vec(("[A-Z]{1,4}", "(0{0,2}[0-9]{1,6}|104857[0-9]|99999999)"), 0..6)) {
            let mut lasts = Lasts::default();
            for (letters, row) in rows {
                let xml = format!("<c r=\"{letters}{row}\"/><c r=\"");
                let at = |lasts: &mut Lasts| cell(xml.as_bytes(), lasts).map(|cell| (cell.at, cell.length));
                prop_assert_eq!(at(&mut lasts), at(&mut Lasts::default()), "{}", xml);
                prop_assert_eq!(at(&mut lasts), at(&mut Lasts::default()), "{}", xml);
            }
        }
    }

    proptest! {
        #[test]
        fn cells_do_not_depend_on_those_above(
            cells in prop::collection::vec(
                ("[A-C]", "( s=\"[12]\")?", "( t=\"inlineStr\"><is><t>(x|Nam|Nữ|e\u{301}|\u{a0}|xx|a&lt;b)</t></is></c>|/>|><v>[12]</v></c>)"),
                0..200,
            ),
        ) {
            let said = |xml: &str, lasts: &mut Lasts| {
                cell(xml.as_bytes(), lasts).map(|cell| {
                    let text = cell.text.map(|(text, sound)| (text.to_owned(), sound));
                    (cell.at, cell.style, cell.kind.to_vec(), cell.value.map(<[u8]>::to_vec), cell.whole, text, cell.length)
                })
            };
            let mut lasts = Lasts::default();
            for (row, (letter, style, rest)) in (1_u32..).zip(cells) {
                let xml = format!("<c r=\"{letter}{row}\"{style}{rest}<c r=\"");
                prop_assert_eq!(said(&xml, &mut lasts), said(&xml, &mut Lasts::default()), "{}", xml);
            }
        }
    }

    #[test]
    fn a_column_that_never_says_the_same_is_no_longer_looked_at() {
        let mut lasts = Lasts::default();
        let mut take = |text: &str| {
            let xml = format!("<c r=\"A1\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
            assert!(cell(xml.as_bytes(), &mut lasts).is_some());
            lasts.texts.first().is_some_and(|texts| !texts.known.is_empty())
        };
        assert!((1..PATIENCE).all(|at| take(&format!("Y Thử {at}"))));
        assert!(!take("Y Thử") && !take("Y Thử"));
    }

    #[test]
    fn a_text_and_a_row_are_taken_where_they_are_as_usual() {
        assert_eq!(shared_text("<si><t>Buôn 1</t></si><si>".as_bytes()), Some(("Buôn 1", 23)));
        for other in
            ["<si><t>a</t></si", "<si><t></t></si>", "<si><t> a</t></si>", "<si><t>&amp;</t></si>", "<si><t>a_b</t></si>"]
        {
            assert_eq!(shared_text(other.as_bytes()), None, "{other}");
        }
        assert_eq!(shared_text(b"<si><t>\xFF</t></si>"), None);
        assert_eq!(shared_text(b"<si><r><t>a</t></r></si>"), None);
        for row in ["</row><row r=\"8\" spans=\"1:30\">", "</row><row r=\"8\">"] {
            assert_eq!(next_row(format!("{row}<c").as_bytes()), Some((8, false, row.len())), "{row}");
        }
        for (hidden, row) in [
            (true, "</row><row r=\"8\" spans=\"1:30\" hidden=\"1\">"),
            (true, "</row><row r=\"8\" hidden=\"true\" ht=\"12.8\">"),
            (false, "</row><row r=\"8\" customFormat=\"false\" ht=\"12.8\" hidden=\"false\">"),
        ] {
            assert_eq!(next_row(format!("{row}<c").as_bytes()), Some((8, hidden, row.len())), "{row}");
        }
        for other in [
            "</row><row r=\"8\"/>",
            "</row><row r=\"8\" x=\"a>b\">",
            "</row><row r=\"8\" x='\">",
            "</row><row r=\"x\">",
            "</row><row>",
            "</row> <row r=\"8\">",
            "</row><row r=\"8\"",
        ] {
            assert_eq!(next_row(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn only_the_usual_shape_is_taken() {
        let taken = |xml: &str| {
            cell(xml.as_bytes(), &mut Lasts::default())
                .map(|q| (q.at.to_string(), q.value.or(q.text.map(|(text, _)| text.as_bytes())).map(<[u8]>::to_vec), q.length))
        };
        assert_eq!(
            taken("<c r=\"XFD1048576\" s=\"3\" t=\"s\"><v>41</v></c><c"),
            Some(("XFD1048576".to_owned(), Some(b"41".to_vec()), 43))
        );
        assert_eq!(taken("<c r=\"A1\" t=\"n\"><v>3</v></c>"), Some(("A1".to_owned(), Some(b"3".to_vec()), 28)));
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
