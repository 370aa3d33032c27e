//! Notes on cells, of the kind that every program shows: their texts in one part, their boxes in another.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Refused;
use super::package::{Package, append};
use super::xml::{Kind, Patches, escaped, prefix, walk};
use crate::domain::source::CellRef;

/// The author of the notes.
const AUTHOR: &str = "thoatngheo";

/// Adds notes to a sheet. Gives the id of the reference that the sheet must name, where it names none yet.
pub(super) fn add(
    package: &mut Package<'_>,
    sheet: &str,
    notes: &BTreeMap<CellRef, String>,
    strict: bool,
) -> Result<Option<String>, Refused> {
    if notes.is_empty() {
        return Ok(None);
    }
    let relations = package.relations(sheet)?;
    let of = |kind: &str| relations.iter().find(|relation| relation.kind == kind).cloned();
    let new: Vec<CellRef> = match of("comments") {
        Some(known) => {
            let text = package.text(&known.part)?;
            let (text, new) = joined(&text, notes)?;
            package.set(&known.part, text);
            new
        }
        None => {
            let part = package.free("xl/comments", ".xml");
            package.set(&part, texts(notes, strict));
            package.declare(&part, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml")?;
            package.relate(sheet, "comments", &part, strict)?;
            notes.keys().copied().collect()
        }
    };
    // The sheet may have boxes of another kind (buttons) and name them already; its own reference tells, not the list of all.
    let named = legacy_drawing(&package.text(sheet)?)?;
    let drawing = named.as_ref().and_then(|id| relations.iter().find(|relation| relation.id == *id)).cloned();
    if let Some(drawing) = drawing {
        let text = package.text(&drawing.part)?;
        let text = append(&text, "xml", 0, &boxes(&new, notes, text.matches("<v:shape ").count()))?;
        package.set(&drawing.part, text);
        return Ok(None);
    }
    let part = package.free("xl/drawings/vmlDrawing", ".vml");
    let head = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"1\"/></o:shapelayout>";
    package.set(&part, format!("{head}{}</xml>", boxes(&new, notes, 0)));
    package.declare(&part, "application/vnd.openxmlformats-officedocument.vmlDrawing")?;
    Ok(Some(package.relate(sheet, "vmlDrawing", &part, strict)?))
}

fn legacy_drawing(sheet: &str) -> Result<Option<String>, Refused> {
    let mut found = None;
    walk(sheet, &mut |tag| {
        if tag.local == "legacyDrawing" && tag.depth == 1 && tag.kind != Kind::Close {
            let id = tag.attributes().into_iter().find(|(name, _)| name.ends_with(":id"));
            found = id.map(|(_, id)| id);
        }
        Ok(())
    })?;
    Ok(found)
}

/// A run of text in a note.
fn run(p: &str, text: &str) -> String {
    format!(
        "<{p}r><{p}rPr><{p}sz val=\"10\"/><{p}rFont val=\"Times New Roman\"/></{p}rPr><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>",
        escaped(text)
    )
}

fn note(p: &str, cell: CellRef, author: usize, text: &str) -> String {
    format!("<{p}comment ref=\"{cell}\" authorId=\"{author}\"><{p}text>{}</{p}text></{p}comment>", run(p, text))
}

/// The texts of a sheet that had no notes.
fn texts(notes: &BTreeMap<CellRef, String>, strict: bool) -> String {
    let space = if strict {
        "http://purl.oclc.org/ooxml/spreadsheetml/main"
    } else {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    };
    let all: String = notes.iter().map(|(cell, text)| note("", *cell, 0, text)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{space}\"><authors><author>{AUTHOR}</author></authors><commentList>{all}</commentList></comments>"
    )
}

/// The texts of a sheet that had notes already: ours come after what stood there. Gives the cells that are new.
fn joined(xml: &str, notes: &BTreeMap<CellRef, String>) -> Result<(String, Vec<CellRef>), Refused> {
    let p = prefix(xml);
    let mut left = notes.clone();
    let mut patches = Patches::default();
    let mut authors = 0;
    let mut at: Option<CellRef> = None;
    walk(xml, &mut |tag| {
        match (tag.local.as_str(), tag.kind) {
            ("author", Kind::Open | Kind::Empty) => authors += 1,
            ("comment", Kind::Open) => at = tag.get("ref").and_then(|text| CellRef::parse(&text)),
            ("text", Kind::Close) if tag.depth == 3 => {
                if let Some(text) = at.take().and_then(|cell| left.remove(&cell)) {
                    patches.insert(tag.at.start, run(&p, &format!("\n{text}")));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    let xml = patches.apply(xml);
    let xml = append(&xml, "authors", 1, &format!("<{p}author>{AUTHOR}</{p}author>"))?;
    let new: String = left.iter().map(|(cell, text)| note(&p, *cell, authors, text)).collect();
    Ok((append(&xml, "commentList", 1, &new)?, left.into_keys().collect()))
}

/// How many lines a note takes in its box, with characters of 10 points.
fn lines(text: &str) -> usize {
    const WIDTH: usize = 50;
    text.lines().map(|line| line.chars().count() / WIDTH + 1).sum()
}

/// The boxes of notes, as high as their texts, hidden until somebody points at the cell.
fn boxes(cells: &[CellRef], notes: &BTreeMap<CellRef, String>, known: usize) -> String {
    let mut out = String::new();
    for (index, cell) in cells.iter().enumerate() {
        let (row, col) = (cell.row, cell.col);
        let lines = notes.get(cell).map_or(0, |text| lines(text));
        let rows = u32::try_from(lines).unwrap_or(u32::MAX).clamp(6, 40);
        let _ = write!(
            out,
            "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"_x0000_s{id}\" style=\"position:absolute;width:260pt;height:{height}pt;z-index:{z};visibility:hidden\" fillcolor=\"#ffffe1\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 15, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{col}</x:Column></x:ClientData></v:shape>",
            id = 2001 + known + index,
            z = 1 + known + index,
            left = col + 1,
            top = row.saturating_sub(1),
            right = col + 5,
            height = rows * 15 + 20,
            bottom = row.saturating_add(rows),
        );
    }
    out
}
