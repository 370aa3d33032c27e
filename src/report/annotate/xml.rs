//! XML that is changed in places and otherwise copied letter by letter, so that what nobody touched stays as it was.

use std::fmt::Write;
use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Refused;

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    Empty,
}

/// A tag and where it stands.
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    /// Its bytes in the text.
    pub(super) at: Range<usize>,
    /// The name without its prefix.
    pub(super) local: String,
    /// How many elements are around it; the root has none.
    pub(super) depth: usize,
    start: Option<&'a BytesStart<'a>>,
}

impl Tag<'_> {
    /// The value of an attribute by its name with prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.attributes().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Attributes in their order, unescaped.
    pub(super) fn attributes(&self) -> Vec<(String, String)> {
        let Some(start) = self.start else { return Vec::new() };
        let known = start.attributes().flatten();
        known
            .map(|attribute| {
                let raw = attribute.value.as_ref();
                (attribute.key.as_ref().to_owned(), quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), Into::into))
            })
            .collect()
    }

    /// The tag again with attributes changed: a value sets one, `None` takes it away.
    pub(super) fn with(&self, changes: &[(&str, Option<&str>)]) -> String {
        self.rewritten(changes, self.kind)
    }

    /// The same as an opening tag, whatever it was.
    pub(super) fn opened(&self, changes: &[(&str, Option<&str>)]) -> String {
        self.rewritten(changes, Kind::Open)
    }

    /// The name as it is written, with its prefix.
    pub(super) fn name(&self) -> String {
        self.start.map_or_else(|| self.local.clone(), |start| start.name().as_ref().to_owned())
    }

    fn rewritten(&self, changes: &[(&str, Option<&str>)], kind: Kind) -> String {
        let mut out = format!("<{}", self.name());
        let attributes = self.attributes();
        for (name, value) in &attributes {
            match changes.iter().find(|(changed, _)| changed == name) {
                Some((_, Some(value))) => push(&mut out, name, value),
                Some((_, None)) => {}
                None => push(&mut out, name, value),
            }
        }
        for (name, value) in changes {
            if let Some(value) = value.filter(|_| attributes.iter().all(|(known, _)| known != name)) {
                push(&mut out, name, value);
            }
        }
        out.push_str(if kind == Kind::Empty { "/>" } else { ">" });
        out
    }
}

fn push(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"{}\"", escaped(value));
}

/// Text that may stand in XML; signs that XML cannot hold are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\r' | '\u{FFFE}' | '\u{FFFF}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Walks over all tags.
pub(super) fn walk(xml: &str, each: &mut dyn FnMut(&Tag<'_>) -> Result<(), Refused>) -> Result<(), Refused> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        let start = position(&reader)?;
        let event = reader.read_event().map_err(|error| Refused(error.to_string()))?;
        let at = start..position(&reader)?;
        let tag = |kind, local: &str, depth, start| Tag { kind, at: at.clone(), local: local.to_owned(), depth, start };
        match &event {
            Event::Start(start) => {
                each(&tag(Kind::Open, start.local_name().as_ref(), depth, Some(start)))?;
                depth += 1;
            }
            Event::Empty(start) => each(&tag(Kind::Empty, start.local_name().as_ref(), depth, Some(start)))?,
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                each(&tag(Kind::Close, end.local_name().as_ref(), depth, None))?;
            }
            Event::Eof => return Ok(()),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> Result<usize, Refused> {
    usize::try_from(reader.buffer_position()).map_err(|_| Refused("a part is too long".to_owned()))
}

/// Changes to a text, by place.
#[derive(Debug, Default)]
pub(super) struct Patches(Vec<(Range<usize>, String)>);

impl Patches {
    /// Puts text in place of a range.
    pub(super) fn replace(&mut self, at: Range<usize>, with: String) {
        self.0.push((at, with));
    }

    /// Puts text before a place.
    pub(super) fn insert(&mut self, at: usize, text: String) {
        self.0.push((at..at, text));
    }

    /// The text with all changes.
    pub(super) fn apply(mut self, xml: &str) -> String {
        self.0.sort_by_key(|(at, _)| (at.start, at.end));
        let mut out = String::with_capacity(xml.len() + 1024);
        let mut done = 0;
        for (at, with) in self.0 {
            out.push_str(xml.get(done..at.start).unwrap_or_default());
            out.push_str(&with);
            done = done.max(at.end);
        }
        out.push_str(xml.get(done..).unwrap_or_default());
        out
    }
}

/// The prefix that a document gives its own elements, with the colon: mostly none.
pub(super) fn prefix(xml: &str) -> String {
    let mut prefix = String::new();
    let _ = walk(xml, &mut |tag| {
        if let Some((before, _)) = tag.name().split_once(':').filter(|_| tag.depth == 0 && tag.kind != Kind::Close) {
            prefix = format!("{before}:");
        }
        if tag.depth == 0 { Ok(()) } else { Err(Refused(String::new())) }
    });
    prefix
}
