//! The container of a workbook: its parts, how they refer to each other, and how changed parts go back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::{ZipArchive, ZipWriter};

use super::Refused;
use super::xml::{Kind, Patches, escaped, prefix, walk};
use crate::report::origin;

/// No part of a real workbook is longer when unpacked.
const LONGEST: u64 = 1 << 29;

/// An open container.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    changed: BTreeMap<String, String>,
}

/// A reference from one part to another.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `styles`, `comments`, `vmlDrawing`.
    pub(super) kind: String,
    /// The part it leads to.
    pub(super) part: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refused> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Refused(error.to_string()))?;
        Ok(Self { archive, changed: BTreeMap::new() })
    }

    /// The text of a part, as changed so far.
    pub(super) fn text(&mut self, part: &str) -> Result<String, Refused> {
        if let Some(text) = self.changed.get(part) {
            return Ok(text.clone());
        }
        let entry = self.archive.by_name(part).map_err(|error| Refused(format!("{part}: {error}")))?;
        let mut bytes = Vec::new();
        entry.take(LONGEST).read_to_end(&mut bytes).map_err(|error| Refused(format!("{part}: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|_| Refused(format!("{part} is not UTF-8")))?;
        Ok(text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text))
    }

    /// Whether the part is there.
    pub(super) fn has(&self, part: &str) -> bool {
        self.changed.contains_key(part) || self.archive.index_for_name(part).is_some()
    }

    /// Changes or adds a part.
    pub(super) fn set(&mut self, part: &str, text: String) {
        self.changed.insert(part.to_owned(), text);
    }

    /// A name like `xl/comments7.xml` that no part has yet.
    pub(super) fn free(&self, before: &str, after: &str) -> String {
        let mut number = 1_u32;
        loop {
            let name = format!("{before}{number}{after}");
            if !self.has(&name) {
                return name;
            }
            number += 1;
        }
    }

    /// What a part refers to.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Refused> {
        let file = relations_of(part);
        if !self.has(&file) {
            return Ok(Vec::new());
        }
        let text = self.text(&file)?;
        let mut found = Vec::new();
        walk(&text, &mut |tag| {
            if tag.local == "Relationship"
                && let (Some(id), Some(kind), Some(target)) = (tag.get("Id"), tag.get("Type"), tag.get("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.push(Relation { id, kind, part: resolved(part, &target) });
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Adds a reference and gives its id.
    pub(super) fn relate(&mut self, part: &str, kind: &str, target: &str, strict: bool) -> Result<String, Refused> {
        let known = self.relations(part)?;
        let id = (1_u32..).map(|number| format!("rIdTn{number}")).find(|id| known.iter().all(|relation| relation.id != *id));
        let id = id.unwrap_or_default();
        let file = relations_of(part);
        let text = if self.has(&file) {
            self.text(&file)?
        } else {
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>".to_owned()
        };
        let entry = format!(
            "<{}Relationship Id=\"{id}\" Type=\"{}/{kind}\" Target=\"/{}\"/>",
            prefix(&text),
            relations_namespace(strict),
            escaped(target)
        );
        let text = append(&text, "Relationships", 0, &entry)?;
        self.set(&file, text);
        Ok(id)
    }

    /// Says what a new part is.
    pub(super) fn declare(&mut self, part: &str, content: &str) -> Result<(), Refused> {
        let text = self.text("[Content_Types].xml")?;
        let entry = format!("<{}Override PartName=\"/{part}\" ContentType=\"{content}\"/>", prefix(&text));
        let text = append(&text, "Types", 0, &entry)?;
        self.set("[Content_Types].xml", text);
        Ok(())
    }

    /// The container again. Parts that nobody changed are copied as they are packed.
    pub(super) fn save(mut self) -> Result<Vec<u8>, Refused> {
        let refused = |error: zip::result::ZipError| Refused(error.to_string());
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(refused)?;
            let name = entry.name().map_err(refused)?.into_owned();
            if let Some(text) = self.changed.remove(&name) {
                out.start_file(name, origin::packed()).map_err(refused)?;
                out.write_all(text.as_bytes()).map_err(|error| Refused(error.to_string()))?;
            } else {
                out.raw_copy_file(entry).map_err(refused)?;
            }
        }
        for (name, text) in self.changed {
            out.start_file(name, origin::packed()).map_err(refused)?;
            out.write_all(text.as_bytes()).map_err(|error| Refused(error.to_string()))?;
        }
        Ok(out.finish().map_err(refused)?.into_inner())
    }
}

/// The namespace of references between parts.
pub(super) fn relations_namespace(strict: bool) -> &'static str {
    if strict {
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    } else {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    }
}

/// Puts text at the end of the first element of a name and depth.
pub(super) fn append(xml: &str, element: &str, depth: usize, text: &str) -> Result<String, Refused> {
    let mut patches = Patches::default();
    let mut done = false;
    walk(xml, &mut |tag| {
        if !done && tag.local == element && tag.depth == depth {
            match tag.kind {
                Kind::Close => {
                    patches.insert(tag.at.start, text.to_owned());
                    done = true;
                }
                Kind::Empty => {
                    patches.replace(tag.at.clone(), format!("{}{text}</{}>", tag.opened(&[]), tag.name()));
                    done = true;
                }
                Kind::Open => {}
            }
        }
        Ok(())
    })?;
    if done { Ok(patches.apply(xml)) } else { Err(Refused(format!("there is no {element}"))) }
}

fn relations_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{name}.rels")
}

/// A target as seen from a part.
fn resolved(part: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = part.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            ".." => {
                path.pop();
            }
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.join("/")
}
