//! What a file is, told by its first bytes and never by its name.

use super::error::LooksLike;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A zip container: look inside.
    Zip,
    /// An OLE compound file: look inside.
    Ole,
    /// A sheet record of Excel 2 to 4 without a container.
    OldSheet,
    /// HTML.
    WebPage,
    /// Text that may be delimited.
    Text,
    /// Something that is no workbook.
    Other(LooksLike),
}

/// Tells by the first few thousand bytes.
pub(super) fn sniff(head: &[u8]) -> Sniffed {
    let starts = |magic: &[u8]| head.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Sniffed::Zip;
    }
    if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Sniffed::Ole;
    }
    if starts(b"\x09\x00\x04\x00") || starts(b"\x09\x02\x06\x00") || starts(b"\x09\x04\x06\x00") || starts(b"\x09\x08\x08\x00") {
        return Sniffed::OldSheet;
    }
    let magic: [(&[u8], LooksLike); 9] = [
        (b"%PDF", LooksLike::Pdf),
        (b"{\\rtf", LooksLike::Document),
        (b"\x89PNG", LooksLike::Picture),
        (b"\xFF\xD8\xFF", LooksLike::Picture),
        (b"GIF8", LooksLike::Picture),
        (b"Rar!", LooksLike::Archive),
        (b"7z\xBC\xAF\x27\x1C", LooksLike::Archive),
        (b"\x1F\x8B", LooksLike::Archive),
        (b"MIME-Version:", LooksLike::WebArchive),
    ];
    if let Some((_, kind)) = magic.iter().find(|(magic, _)| starts(magic)) {
        return Sniffed::Other(*kind);
    }
    if head.contains(&0) && !starts(b"\xFF\xFE") && !starts(b"\xFE\xFF") && !looks_utf16(head, 1) && !looks_utf16(head, 0) {
        return Sniffed::Other(LooksLike::Unknown);
    }
    markup(head)
}

/// HTML and XML by their first tag, in any of the encodings where a tag is spelt in ASCII or in pairs of bytes.
fn markup(head: &[u8]) -> Sniffed {
    let ascii: String =
        head.iter().filter(|b| b.is_ascii() && **b != 0).map(|b| char::from(b.to_ascii_lowercase())).take(4096).collect();
    let mut rest = ascii.trim_start();
    if !rest.starts_with('<') {
        return Sniffed::Text;
    }
    let xml = rest.starts_with("<?xml");
    if xml && (rest.contains("urn:schemas-microsoft-com:office:spreadsheet") || rest.contains("progid=\"excel.sheet\"")) {
        return Sniffed::Other(LooksLike::XmlSpreadsheet);
    }
    // Comments and declarations may stand before the first element.
    while rest.starts_with("<?") || rest.starts_with("<!--") {
        let end = if rest.starts_with("<?") { "?>" } else { "-->" };
        match rest.find(end).and_then(|at| rest.get(at + end.len()..)) {
            Some(after) => rest = after.trim_start(),
            None => break,
        }
    }
    let html = ["<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "<div", "<title", "<link"];
    if html.iter().any(|tag| rest.starts_with(tag)) {
        Sniffed::WebPage
    } else if xml {
        Sniffed::Other(LooksLike::Xml)
    } else {
        Sniffed::Text
    }
}

/// Whether the even (0) or odd (1) bytes of the start are zero far more often than the others, as in UTF-16 of Western letters.
fn looks_utf16(bytes: &[u8], zeros: usize) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let count = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    pairs >= 4 && count(zeros) * 10 >= pairs * 3 && count(1 - zeros) * 20 < pairs
}
