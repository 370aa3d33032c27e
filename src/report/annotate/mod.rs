//! Marked-up copies of workbooks, to be sent back to those who wrote them: cells coloured, a note on each, and a first sheet
//! that lists everything with links.
//!
//! A workbook of Excel 2007 and later is changed in place: only the parts that must change are touched, and everything else
//! (column widths, merged cells, drawings, formulas, print set-up) stays byte by byte. Other formats become a workbook of
//! values.

mod list;
mod notes;
mod package;
mod plain;
mod sheet;
mod styles;
mod xml;

use std::collections::BTreeMap;
use std::fmt;

pub use plain::{PlainSheet, PlainValue};

use self::list::List;
use self::package::Package;
use self::styles::Styles;
use self::xml::{Kind, Patches, escaped, prefix, walk};
use super::RenderError;
use super::wording::Words;
use crate::domain::issue::{Issue, Severity};
use crate::domain::source::CellRef;

/// Why a workbook cannot be changed in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// The fill of marked cells.
fn colour(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "F8B4B4",
        Severity::Warning => "FFE699",
    }
}

/// The cells of one sheet that carry issues, with the heaviest severity and the notes of all.
fn marks_of(issues: &[&Issue], words: &Words) -> BTreeMap<String, plain::Marks> {
    let mut marks: BTreeMap<String, plain::Marks> = BTreeMap::new();
    for issue in issues {
        let (Some(sheet), Some(cell)) = (&issue.sheet, issue.cell) else { continue };
        let slot = marks.entry(sheet.to_string()).or_default();
        let note = list::note(issue, words);
        let known = slot.cells.entry(cell).or_insert((issue.severity, String::new()));
        known.0 = known.0.min(issue.severity);
        if !known.1.is_empty() {
            known.1.push_str("\n\n");
        }
        known.1.push_str(&note);
    }
    marks
}

/// A copy of values: `name` is the workbook's, `sheets` its visible and hidden sheets, `also` what else the first sheet says.
///
/// # Errors
/// When the workbook cannot be made, for example of two sheets of one name.
pub fn plain_copy(
    name: &str,
    sheets: &[PlainSheet],
    issues: &[&Issue],
    also: &[String],
    words: &Words,
) -> Result<Vec<u8>, RenderError> {
    let list = List::new(name, issues, also, words);
    let list_name = free_name(words.say("title", "marked_sheet"), &|wanted| sheets.iter().any(|sheet| same(&sheet.name, wanted)));
    Ok(super::origin::hidden(plain::write(&list, &list_name, sheets, &marks_of(issues, words))?)?)
}

/// A copy of an xlsx or xlsm workbook with layout and values kept.
///
/// # Errors
/// [`Refused`] when its parts are not as they should be; a copy of values is then the next best.
pub fn marked_copy(name: &str, workbook: &[u8], issues: &[&Issue], words: &Words) -> Result<Vec<u8>, Refused> {
    let mut package = Package::open(workbook)?;
    let book = book_part(&mut package)?;
    let relations = package.relations(&book)?;
    let text = package.text(&book)?;
    let strict = text.contains("http://purl.oclc.org/ooxml/");
    let sheets = sheets_of(&text)?;
    let styles_part = relations.iter().find(|relation| relation.kind == "styles").map(|relation| relation.part.clone());
    let styles_part = styles_part.ok_or_else(|| Refused("the workbook has no styles".to_owned()))?;
    let mut styles = Styles::new(package.text(&styles_part)?)?;
    let mut marks = marks_of(issues, words);
    for (sheet, id) in &sheets {
        let Some(relation) = relations.iter().find(|relation| relation.id == *id && relation.kind == "worksheet") else {
            continue;
        };
        let marks = marks.remove(sheet).unwrap_or_default();
        let severities: BTreeMap<CellRef, Severity> =
            marks.cells.iter().map(|(cell, (severity, _))| (*cell, *severity)).collect();
        let texts: BTreeMap<CellRef, String> = marks.cells.into_iter().map(|(cell, (_, text))| (cell, text)).collect();
        let notes = notes::add(&mut package, &relation.part, &texts, strict)?;
        let xml = package.text(&relation.part)?;
        let change = sheet::Change { marks: &severities, notes: notes.as_deref(), strict };
        package.set(&relation.part, sheet::changed(&xml, &change, &mut styles)?);
    }
    if let Some((sheet, _)) = marks.first_key_value() {
        return Err(Refused(format!("there is no sheet {sheet}")));
    }
    let list = List::new(name, issues, &[], words);
    let looks = styles.list();
    let part = package.free("xl/worksheets/sheet", ".xml");
    package.set(&part, list.xml(&looks, strict));
    package.set(&styles_part, styles.into_xml()?);
    package.declare(&part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")?;
    let id = package.relate(&book, "worksheet", &part, strict)?;
    let list_name = free_name(words.say("title", "marked_sheet"), &|wanted| sheets.iter().any(|(name, _)| same(name, wanted)));
    package.set(&book, with_first_sheet(&text, &list_name, &id, strict)?);
    package.save()
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// A name that no sheet has.
fn free_name(wanted: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2_u32;
    while taken(&name) {
        name = format!("{wanted} ({number})");
        number += 1;
    }
    name
}

/// The part that is the workbook itself.
fn book_part(package: &mut Package<'_>) -> Result<String, Refused> {
    let root = package.relations("")?;
    let book = root.into_iter().find(|relation| relation.kind == "officeDocument").map(|relation| relation.part);
    book.ok_or_else(|| Refused("the container has no workbook".to_owned()))
}

/// Names of the sheets and the ids of their references, in order.
fn sheets_of(book: &str) -> Result<Vec<(String, String)>, Refused> {
    let mut sheets = Vec::new();
    walk(book, &mut |tag| {
        if tag.local == "sheet" && tag.depth == 2 && tag.kind != Kind::Close {
            let id = tag.attributes().into_iter().find(|(name, _)| name.ends_with(":id"));
            if let (Some(name), Some((_, id))) = (tag.get("name"), id) {
                sheets.push((name, id));
            }
        }
        Ok(())
    })?;
    Ok(sheets)
}

/// The workbook part with one more sheet in front, which is the one that opens. What counts sheets counts one more.
fn with_first_sheet(book: &str, name: &str, id: &str, strict: bool) -> Result<String, Refused> {
    let mut most = 0_u32;
    walk(book, &mut |tag| {
        if tag.local == "sheet" && tag.depth == 2 {
            most = most.max(tag.get("sheetId").and_then(|text| text.parse().ok()).unwrap_or(0));
        }
        Ok(())
    })?;
    let mut patches = Patches::default();
    let p = prefix(book);
    walk(book, &mut |tag| {
        if tag.kind == Kind::Close {
            return Ok(());
        }
        match (tag.local.as_str(), tag.depth) {
            ("sheets", 1) => {
                let space = package::relations_namespace(strict);
                let sheet =
                    format!("<{p}sheet xmlns:r=\"{space}\" name=\"{}\" sheetId=\"{}\" r:id=\"{id}\"/>", escaped(name), most + 1);
                patches.insert(tag.at.end, sheet);
            }
            ("workbookView", 2) => {
                patches.replace(tag.at.clone(), tag.with(&[("activeTab", Some("0")), ("firstSheet", Some("0"))]))
            }
            ("definedName", 2) => {
                if let Some(local) = tag.get("localSheetId").and_then(|text| text.parse::<u32>().ok()) {
                    patches.replace(tag.at.clone(), tag.with(&[("localSheetId", Some(&(local + 1).to_string()))]));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(patches.apply(book))
}
