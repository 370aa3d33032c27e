//! The small parts of a container: which sheets there are, under which names, and in which parts.

use crate::ingest::workbook::SheetInfo;
use crate::ingest::workbook::container::{self, Archive};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;
use std::io::Read;

/// The most bytes of a small part; a workbook of a thousand sheets needs a tenth.
const MOST: u64 = 1 << 25;

/// A small part, as Unicode.
pub(super) struct Part {
    text: String,
}

impl Part {
    /// Reads a part whole; `None` when there is none of that name.
    pub(super) fn read(archive: &mut Archive, name: &str) -> Result<Option<Self>, String> {
        let Some(index) = container::find(archive, name) else { return Ok(None) };
        let mut bytes = Vec::new();
        let part = archive.by_index(index).map_err(|e| e.to_string())?;
        part.take(MOST + 1).read_to_end(&mut bytes).map_err(|e| e.to_string())?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST {
            return Err(format!("{name} is longer than {MOST} bytes"));
        }
        let (text, _, broken) = encoding_rs::UTF_8.decode(&bytes);
        if broken { Err(format!("{name} is not UTF-8")) } else { Ok(Some(Self { text: text.into_owned() })) }
    }

    /// Its XML, every empty element as a start and an end.
    pub(super) fn reader(&self) -> Reader<&[u8]> {
        let mut reader = Reader::from_str(&self.text);
        reader.config_mut().expand_empty_elements = true;
        reader
    }
}

/// What these parts are read for.
pub(super) enum Step<'a> {
    /// An element begins.
    Start(BytesStart<'a>),
    /// An element ends.
    End,
    /// The part is at its end.
    Finished,
    /// Text, a comment and the like.
    Other,
}

/// The next thing in a small part.
pub(super) fn step<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Step<'a>, String> {
    Ok(match reader.read_event().map_err(|e| e.to_string())? {
        Event::Start(tag) => Step::Start(tag),
        Event::End(_) => Step::End,
        Event::Eof => Step::Finished,
        Event::Empty(_)
        | Event::Text(_)
        | Event::CData(_)
        | Event::Comment(_)
        | Event::Decl(_)
        | Event::PI(_)
        | Event::DocType(_)
        | Event::GeneralRef(_) => Step::Other,
    })
}

/// The name of an element without its prefix.
pub(super) fn local(tag: &BytesStart<'_>) -> String {
    tag.local_name().as_ref().to_owned()
}

/// An attribute by its name without prefix, entities resolved.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let raw: &str = found.value.as_ref();
    let mut text = String::new();
    super::markup::decode_into(raw.as_bytes(), &mut text).ok()?;
    Some(text)
}

/// A workbook's sheets and what all of them share.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) sheets: Vec<SheetInfo>,
    /// The part of each sheet, by index in the container.
    pub(super) parts: Vec<Option<usize>>,
    pub(super) is_1904: bool,
    pub(super) strings: Option<usize>,
    pub(super) styles: Option<String>,
}

/// One line of a relationships part: its type's last word and its target.
type Relations = BTreeMap<String, (String, String)>;

fn relations(archive: &mut Archive, name: &str) -> Result<Relations, String> {
    let mut found = Relations::new();
    let Some(part) = Part::read(archive, name)? else { return Ok(found) };
    let mut reader = part.reader();
    loop {
        match step(&mut reader)? {
            Step::Start(tag) if local(&tag) == "Relationship" => {
                let kind = attribute(&tag, "Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                if let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) {
                    found.insert(id, (kind, target));
                }
            }
            Step::Finished => return Ok(found),
            Step::Start(_) | Step::End | Step::Other => {}
        }
    }
}

/// A target as the name of a part: absolute, or from the folder of the part that names it.
fn resolve(folder: &str, target: &str) -> String {
    let joined = if target.starts_with('/') { target.to_owned() } else { format!("{folder}{target}") };
    let mut steps: Vec<&str> = Vec::new();
    for step in joined.split(['/', '\\']) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

impl Package {
    /// Reads the list of sheets. An error means that this is no package as Excel writes it.
    pub(super) fn read(archive: &mut Archive) -> Result<Self, String> {
        let root = relations(archive, "_rels/.rels")?;
        let main = root.values().find(|(kind, _)| kind == "officeDocument").ok_or("no main part is named")?;
        let main = resolve("", &main.1);
        let (folder, name) = main.rsplit_once('/').map_or(("", main.as_str()), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let links = relations(archive, &format!("{folder}_rels/{name}.rels"))?;
        let mut package = Self::default();
        let linked = |kind: &str, usual: &str| {
            let target = links.values().find(|link| link.0 == kind).map(|link| link.1.clone());
            resolve(&folder, &target.unwrap_or_else(|| usual.to_owned()))
        };
        package.strings = container::find(archive, &linked("sharedStrings", "sharedStrings.xml"));
        package.styles = Some(linked("styles", "styles.xml"));
        let part = Part::read(archive, &main)?.ok_or("its main part is missing")?;
        package.read_sheets(&part, archive, &folder, &links)?;
        Ok(package)
    }

    fn read_sheets(&mut self, part: &Part, archive: &Archive, folder: &str, links: &Relations) -> Result<(), String> {
        let mut reader = part.reader();
        loop {
            match step(&mut reader)? {
                Step::Start(tag) if local(&tag) == "sheet" => {
                    let link = attribute(&tag, "id").and_then(|id| links.get(&id));
                    let kind = link.map_or("", |link| link.0.as_str());
                    self.parts.push(link.and_then(|link| container::find(archive, &resolve(folder, &link.1))));
                    self.sheets.push(SheetInfo {
                        name: attribute(&tag, "name").unwrap_or_default(),
                        visible: attribute(&tag, "state").is_none_or(|state| state == "visible"),
                        has_cells: !matches!(kind, "chartsheet" | "dialogsheet"),
                    });
                }
                Step::Start(tag) if local(&tag) == "workbookPr" => {
                    if let Some(value) = attribute(&tag, "date1904") {
                        self.is_1904 = value == "1" || value == "true";
                    }
                }
                Step::Finished => return Ok(()),
                Step::Start(_) | Step::End | Step::Other => {}
            }
        }
    }
}
