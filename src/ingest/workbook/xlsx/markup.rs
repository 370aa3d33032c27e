//! The little of XML that a sheet is written in. Whatever goes beyond it is [`Stop::Odd`] and left to the reading library.

use crate::ingest::workbook::cell::Script;

/// Why a step cannot be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The window ends within the element.
    More,
    /// Something legal but unusual: a comment, CDATA, a prefix, an element that does not belong here.
    Odd,
}

pub(super) type Parsed<T> = Result<T, Stop>;

/// Where the scanner stands in the window.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
}

/// The next thing within a tag.
pub(super) enum Inside<'a> {
    /// An attribute and its value, undecoded.
    Attribute(&'a [u8], &'a [u8]),
    /// `>`
    Open,
    /// `/>`
    Closed,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn peek(&self) -> Parsed<u8> {
        self.bytes.get(self.at).copied().ok_or(Stop::More)
    }

    pub(super) fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// Takes the bytes before the next `<`, at which it stops.
    pub(super) fn text(&mut self) -> Parsed<&'a [u8]> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = memchr::memchr(b'<', rest).ok_or(Stop::More)?;
        self.at += length;
        Ok(rest.get(..length).unwrap_or_default())
    }

    /// Takes `<name` or `</name`; the name keeps its slash. Comments, CDATA, instructions and prefixed names are odd.
    pub(super) fn tag(&mut self) -> Parsed<&'a [u8]> {
        if self.peek()? != b'<' {
            return Err(Stop::Odd);
        }
        let start = self.at + 1;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let mut length = usize::from(rest.first() == Some(&b'/'));
        loop {
            match rest.get(length).ok_or(Stop::More)? {
                b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t' => break,
                b':' | b'!' | b'?' | b'<' => return Err(Stop::Odd),
                _ => length += 1,
            }
        }
        self.at = start + length;
        Ok(rest.get(..length).unwrap_or_default())
    }

    /// What follows.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn starts_with(&self, mark: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(mark))
    }

    /// Passes everything up to behind a mark.
    pub(super) fn pass(&mut self, mark: &[u8]) -> Parsed<()> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        self.at += memchr::memmem::find(rest, mark).ok_or(Stop::More)? + mark.len();
        Ok(())
    }

    /// Takes the next attribute of a tag, or its end.
    pub(super) fn inside(&mut self) -> Parsed<Inside<'a>> {
        self.skip_space();
        match self.peek()? {
            b'>' => {
                self.at += 1;
                return Ok(Inside::Open);
            }
            b'/' => {
                return match self.bytes.get(self.at + 1) {
                    None => Err(Stop::More),
                    Some(b'>') => {
                        self.at += 2;
                        Ok(Inside::Closed)
                    }
                    Some(_) => Err(Stop::Odd),
                };
            }
            _ => {}
        }
        let start = self.at;
        let mut at = start;
        loop {
            match self.bytes.get(at).ok_or(Stop::More)? {
                b'=' => break,
                b'>' | b'<' | b'"' => return Err(Stop::Odd),
                _ => at += 1,
            }
        }
        let name = self.bytes.get(start..at).unwrap_or_default().trim_ascii_end();
        self.at = at + 1;
        self.skip_space();
        let quote = self.peek()?;
        if quote != b'"' && quote != b'\'' {
            return Err(Stop::Odd);
        }
        let start = self.at + 1;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == quote).ok_or(Stop::More)?;
        self.at = start + length + 1;
        Ok(Inside::Attribute(name, rest.get(..length).unwrap_or_default()))
    }

    /// Passes the rest of a tag; whether it closed itself.
    pub(super) fn rest_of_tag(&mut self) -> Parsed<bool> {
        loop {
            match self.inside()? {
                Inside::Attribute(..) => {}
                Inside::Open => return Ok(false),
                Inside::Closed => return Ok(true),
            }
        }
    }

    /// After the opening tag of an element without children: its text, undecoded, up to behind its closing tag.
    pub(super) fn leaf(&mut self, closing: &[u8]) -> Parsed<&'a [u8]> {
        let text = self.text()?;
        if self.tag()? != closing || self.rest_of_tag()? {
            return Err(Stop::Odd);
        }
        Ok(text)
    }
}

/// A text that cannot be decoded: not UTF-8, or an entity that XML does not define.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadText;

/// Appends an undecoded text: entities resolved, line ends as XML has them.
pub(super) fn decode_into(raw: &[u8], out: &mut String) -> Result<(), BadText> {
    let text = std::str::from_utf8(raw).map_err(|_| BadText)?;
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        out.push_str(text);
        return Ok(());
    }
    let mut rest = text;
    while let Some(at) = rest.find(['&', '\r']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if let Some(after) = after.strip_prefix('\r') {
            out.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
        } else {
            let end = after.find(';').ok_or(BadText)?;
            out.push(entity(after.get(1..end).unwrap_or_default()).ok_or(BadText)?);
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Ok(())
}

/// The five entities of XML and the numbered ones. Entities that a document declares itself are never expanded.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

/// Resolves `_xHHHH_`, by which Excel writes characters that XML forbids; pairs of surrogates make one character. Appends.
pub(super) fn unescape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let Some(unit) = escape(after) else {
            out.push('_');
            rest = after.get(1..).unwrap_or_default();
            continue;
        };
        let mut used = ESCAPE;
        let mut units = vec![unit];
        if (0xD800..0xDC00).contains(&unit)
            && let Some(low @ 0xDC00..=0xDFFF) = after.get(ESCAPE..).and_then(escape)
        {
            units.push(low);
            used += ESCAPE;
        }
        out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = after.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// Bytes of `_xHHHH_`.
const ESCAPE: usize = 7;

fn escape(text: &str) -> Option<u16> {
    let hex = text.strip_prefix("_x")?;
    let (digits, end) = (hex.get(..4)?, hex.as_bytes().get(4)?);
    (*end == b'_' && digits.bytes().all(|b| b.is_ascii_hexdigit())).then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

/// Appends one `<t>`: decoded, trimmed unless its space is to be kept, and unescaped.
fn push_t(raw: &[u8], keep_space: bool, out: &mut String) -> Result<(), BadText> {
    let plain = memchr::memchr3(b'&', b'\r', b'_', raw).is_none();
    let trim = |text: &str| -> (usize, usize) {
        let kept = text.trim_matches([' ', '\t', '\r', '\n']);
        let start = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
        (start.min(text.len()), start.min(text.len()) + kept.len())
    };
    if plain {
        let text = std::str::from_utf8(raw).map_err(|_| BadText)?;
        let (start, end) = if keep_space { (0, text.len()) } else { trim(text) };
        out.push_str(text.get(start..end).unwrap_or_default());
        return Ok(());
    }
    let mut text = String::new();
    decode_into(raw, &mut text)?;
    let (start, end) = if keep_space { (0, text.len()) } else { trim(&text) };
    unescape_into(text.get(start..end).unwrap_or_default(), out);
    Ok(())
}

/// A text of `<si>` or `<is>`.
#[derive(Debug)]
pub(super) struct Rich {
    /// Whether its letters could be decoded.
    pub(super) sound: bool,
    /// The old script that all of its runs with a font name.
    pub(super) script: Option<Script>,
}

/// Takes the children of `<si>` or `<is>` up to behind the closing tag, and appends the text of its runs without phonetic guides.
pub(super) fn rich(cursor: &mut Cursor<'_>, closing: &[u8], out: &mut String) -> Parsed<Rich> {
    let (mut sound, mut phonetic) = (true, false);
    let mut fonts: Vec<Script> = Vec::new();
    loop {
        cursor.text()?;
        match cursor.tag()? {
            b"t" => {
                let mut keep = false;
                let closed = loop {
                    match cursor.inside()? {
                        Inside::Attribute(name, value) => keep |= name == b"xml:space" && value == b"preserve",
                        Inside::Open => break false,
                        Inside::Closed => break true,
                    }
                };
                let raw = if closed { &[] } else { cursor.leaf(b"/t")? };
                sound &= phonetic || push_t(raw, keep, out).is_ok();
            }
            b"rPh" => phonetic = !cursor.rest_of_tag()?,
            b"/rPh" => {
                phonetic = false;
                cursor.rest_of_tag()?;
            }
            b"rFont" => loop {
                match cursor.inside()? {
                    Inside::Attribute(b"val", value) => fonts.push(Script::of_font(&String::from_utf8_lossy(value))),
                    Inside::Attribute(..) => {}
                    Inside::Open | Inside::Closed => break,
                }
            },
            name if name == closing => {
                cursor.rest_of_tag()?;
                let first = fonts.first().copied().filter(|script| script.is_old());
                return Ok(Rich { sound, script: first.filter(|script| fonts.iter().all(|font| font == script)) });
            }
            _ => {
                cursor.rest_of_tag()?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rich_text(xml: &str) -> (String, bool) {
        let mut out = String::new();
        let rich = rich(&mut Cursor::new(xml.as_bytes()), b"/si", &mut out).unwrap();
        (out, rich.sound)
    }

    #[test]
    fn runs_join_and_phonetic_guides_do_not() {
        let xml = "<r><t>Buôn </t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> Yuk </t></r><rPh><t>x</t></rPh></si>";
        assert_eq!(rich_text(xml), ("Buôn Yuk ".to_owned(), true));
        assert_eq!(rich_text("</si>"), (String::new(), true));
        assert_eq!(rich_text("<t/></si>"), (String::new(), true));
    }

    #[test]
    fn entities_and_escapes_are_resolved_once() {
        assert_eq!(
            rich_text("<t>a&amp;lt;&#x1EA1;&#273;_x000D__x005F_x000D__xD83D__xDCF7__xD83D_x_xZZZZ_</t></si>").0,
            "a&lt;ạđ\r_x000D_📷\u{FFFD}x_xZZZZ_"
        );
        assert_eq!(rich_text("<t>a\r\nb\rc</t></si>").0, "a\nb\nc");
        assert!(!rich_text("<t>&lol;</t></si>").1);
    }

    #[test]
    fn a_cut_element_asks_for_more_and_a_comment_is_odd() {
        let step = |xml: &str| rich(&mut Cursor::new(xml.as_bytes()), b"/si", &mut String::new()).err();
        for cut in ["", "<", "<t", "<t xml:sp", "<t>abc", "<t>abc<", "<t>abc</t", "<t>abc</t><", "<t>abc</t></si"] {
            assert_eq!(step(cut), Some(Stop::More), "{cut}");
        }
        for odd in ["<!-- a --></si>", "<t><![CDATA[x]]></t></si>", "<x:t>a</x:t></si>", "<t><b/></t></si>"] {
            assert_eq!(step(odd), Some(Stop::Odd), "{odd}");
        }
    }
}
