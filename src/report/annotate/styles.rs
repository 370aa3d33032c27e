//! Looks of marked cells: the look that the cell has, with another fill.

use std::collections::BTreeMap;

use super::package::append;
use super::xml::{Kind, Patches, prefix, walk};
use super::{Refused, colour};
use crate::domain::issue::Severity;

/// The looks of a workbook, and those that are added.
pub(super) struct Styles {
    xml: String,
    looks: Vec<Look>,
    added: Vec<String>,
    marked: BTreeMap<(usize, Severity), usize>,
    first_fill: usize,
    first_font: usize,
}

/// One entry of the looks of cells: its text, and the same with a fill of errors and of warnings.
struct Look {
    filled: [String; 2],
}

/// Looks of the sheet that lists the issues.
pub(super) struct ListLooks {
    pub(super) title: usize,
    /// Of lines above the table, which run over the columns beside them.
    pub(super) line: usize,
    pub(super) heading: usize,
    pub(super) text: usize,
    pub(super) link: usize,
    pub(super) marked: [usize; 2],
}

impl Styles {
    pub(super) fn new(xml: String) -> Result<Self, Refused> {
        let first_fill = children(&xml, "fills")?;
        let first_font = children(&xml, "fonts")?;
        let mut looks: Vec<Look> = Vec::new();
        let mut inside = false;
        let mut open: Option<(usize, [String; 2])> = None;
        walk(&xml, &mut |tag| {
            if tag.local == "cellXfs" && tag.depth == 1 {
                inside = tag.kind == Kind::Open;
            }
            if !inside || tag.local != "xf" || tag.depth != 2 {
                return Ok(());
            }
            let filled = || {
                [0, 1].map(|more| {
                    let fill = (first_fill + more).to_string();
                    tag.with(&[("fillId", Some(&fill)), ("applyFill", Some("1"))])
                })
            };
            match tag.kind {
                Kind::Empty => looks.push(Look { filled: filled() }),
                Kind::Open => open = Some((tag.at.end, filled())),
                Kind::Close => {
                    if let Some((start, filled)) = open.take() {
                        let rest = xml.get(start..tag.at.end).unwrap_or_default();
                        looks.push(Look { filled: filled.map(|open| open + rest) });
                    }
                }
            }
            Ok(())
        })?;
        if looks.is_empty() {
            return Err(Refused("the workbook has no looks of cells".to_owned()));
        }
        Ok(Self { xml, looks, added: Vec::new(), marked: BTreeMap::new(), first_fill, first_font })
    }

    /// The look of a cell with the fill of a severity.
    pub(super) fn marked(&mut self, look: usize, severity: Severity) -> usize {
        let look = if look < self.looks.len() { look } else { 0 };
        if let Some(known) = self.marked.get(&(look, severity)) {
            return *known;
        }
        let text = self.looks.get(look).map(|look| look.filled[which(severity)].clone()).unwrap_or_default();
        let id = self.add(text);
        self.marked.insert((look, severity), id);
        id
    }

    /// Looks for the list of issues.
    pub(super) fn list(&mut self) -> ListLooks {
        let p = prefix(&self.xml);
        let (bold, blue, plain, large) = (self.first_font, self.first_font + 1, self.first_font + 2, self.first_font + 3);
        let look = |font: usize, fill: usize, more: &str, wrap: bool| {
            let wrap = if wrap { " wrapText=\"1\"" } else { "" };
            format!(
                "<{p}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"{more}><{p}alignment vertical=\"top\"{wrap}/></{p}xf>"
            )
        };
        let fill = self.first_fill;
        ListLooks {
            title: self.add(look(large, 0, "", false)),
            line: self.add(look(plain, 0, "", false)),
            heading: self.add(look(bold, fill + 2, "", true)),
            text: self.add(look(plain, 0, " quotePrefix=\"1\"", true)),
            link: self.add(look(blue, 0, "", true)),
            marked: [self.add(look(plain, fill, "", true)), self.add(look(plain, fill + 1, "", true))],
        }
    }

    fn add(&mut self, text: String) -> usize {
        self.added.push(text);
        self.looks.len() + self.added.len() - 1
    }

    /// The part again, with everything that was added.
    pub(super) fn into_xml(self) -> Result<String, Refused> {
        let p = prefix(&self.xml);
        let fill = |colour: &str| {
            format!(
                "<{p}fill><{p}patternFill patternType=\"solid\"><{p}fgColor rgb=\"FF{colour}\"/><{p}bgColor indexed=\"64\"/></{p}patternFill></{p}fill>"
            )
        };
        let fills = [colour(Severity::Error), colour(Severity::Warning), "E7EEF4"].map(fill).concat();
        let font = |size: u8, more: &str, colour: &str| {
            format!(
                "<{p}font>{more}<{p}sz val=\"{size}\"/><{p}color rgb=\"FF{colour}\"/><{p}name val=\"Times New Roman\"/><{p}family val=\"1\"/></{p}font>"
            )
        };
        let fonts = [
            font(12, &format!("<{p}b/>"), "000000"),
            font(12, &format!("<{p}u/>"), "0563C1"),
            font(12, "", "000000"),
            font(14, &format!("<{p}b/>"), "000000"),
        ];
        let xml = append(&self.xml, "fills", 1, &fills)?;
        let xml = append(&xml, "fonts", 1, &fonts.concat())?;
        let xml = append(&xml, "cellXfs", 1, &self.added.concat())?;
        let counts = [
            ("fills", self.first_fill + 3),
            ("fonts", self.first_font + fonts.len()),
            ("cellXfs", self.looks.len() + self.added.len()),
        ];
        let mut patches = Patches::default();
        walk(&xml, &mut |tag| {
            if let Some((_, count)) =
                counts.iter().find(|(name, _)| tag.depth == 1 && tag.kind == Kind::Open && tag.local == *name)
            {
                patches.replace(tag.at.clone(), tag.with(&[("count", Some(&count.to_string()))]));
            }
            Ok(())
        })?;
        Ok(patches.apply(&xml))
    }
}

/// Errors first.
pub(super) fn which(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
    }
}

/// How many children the first element of a name has.
fn children(xml: &str, element: &str) -> Result<usize, Refused> {
    let (mut inside, mut seen, mut count) = (false, false, 0);
    walk(xml, &mut |tag| {
        if tag.local == element && tag.depth == 1 {
            inside = tag.kind == Kind::Open;
            seen = true;
        } else if inside && tag.depth == 2 && tag.kind != Kind::Close {
            count += 1;
        }
        Ok(())
    })?;
    if seen { Ok(count) } else { Err(Refused(format!("the workbook has no {element}"))) }
}
