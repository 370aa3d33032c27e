//! What a cell's style says of its value: whether a number is a date, in what font its letters are, and whether it is struck out.

use super::package::{Part, Step, attribute, local, step};
use crate::ingest::digits::digits;
use crate::ingest::workbook::cell::Script;
use std::collections::BTreeMap;

/// The number by which a cell names its style; 0, which is that of a cell without one, where it is no number.
pub(super) fn number(written: &[u8]) -> usize {
    digits(written).and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}

/// The styles of a workbook, by the number that cells give.
#[derive(Debug, Default)]
pub(super) struct Styles {
    cells: Vec<Style>,
    /// Whether any style strikes out.
    strikes: bool,
}

#[derive(Clone, Copy, Debug)]
struct Style {
    date: bool,
    font: Font,
}

#[derive(Clone, Copy, Debug, Default)]
struct Font {
    script: Script,
    struck: bool,
}

impl Styles {
    /// Whether numbers of a style are shown as a date or a time of day.
    pub(super) fn is_date(&self, style: usize) -> bool {
        self.cells.get(style).is_some_and(|style| style.date)
    }

    /// What the font of a style says.
    pub(super) fn script(&self, style: usize) -> Script {
        self.cells.get(style).map_or(Script::Unknown, |style| style.font.script)
    }

    /// Whether a style strikes out what stands in the cell.
    pub(super) fn is_struck(&self, style: Option<usize>) -> bool {
        self.strikes && style.and_then(|style| self.cells.get(style)).is_some_and(|style| style.font.struck)
    }

    /// Reads the part of styles.
    pub(super) fn read(part: &Part) -> Result<Self, String> {
        let mut reader = part.reader();
        let (mut formats, mut fonts, mut cells) = (BTreeMap::new(), Vec::<Font>::new(), Vec::new());
        let mut inside = Vec::new();
        loop {
            match step(&mut reader)? {
                Step::Start(tag) => {
                    let name = local(&tag);
                    match (inside.last().map(String::as_str), name.as_str()) {
                        (Some("numFmts"), "numFmt") => {
                            if let (Some(id), Some(code)) = (attribute(&tag, "numFmtId"), attribute(&tag, "formatCode")) {
                                formats.insert(id, is_date_format(&code));
                            }
                        }
                        (Some("fonts"), "font") => fonts.push(Font::default()),
                        (Some("font"), "name") => {
                            if let (Some(font), Some(name)) = (fonts.last_mut(), attribute(&tag, "val")) {
                                font.script = Script::of_font(&name);
                            }
                        }
                        (Some("font"), "strike") => {
                            let off = matches!(attribute(&tag, "val").as_deref(), Some("0" | "false"));
                            fonts.last_mut().into_iter().for_each(|font| font.struck = !off);
                        }
                        (Some("cellXfs"), "xf") => {
                            let format = attribute(&tag, "numFmtId").unwrap_or_default();
                            let date = formats.get(&format).copied().unwrap_or_else(|| is_built_in_date(&format));
                            let font = attribute(&tag, "fontId").and_then(|id| id.parse::<usize>().ok());
                            let font = font.and_then(|id| fonts.get(id).copied()).unwrap_or_default();
                            cells.push(Style { date, font });
                        }
                        _ => {}
                    }
                    inside.push(name);
                }
                Step::End => {
                    inside.pop();
                }
                Step::Finished => {
                    let strikes = cells.iter().any(|style| style.font.struck);
                    return Ok(Self { cells, strikes });
                }
                Step::Other => {}
            }
        }
    }
}

/// The built-in formats that show a date or a time of day (ECMA-376, 18.8.30); those of East Asian and Thai locales among them.
fn is_built_in_date(id: &str) -> bool {
    matches!(id.parse::<u32>(), Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58))
}

/// Whether the first section of a format shows a date or a time of day. A duration (`[h]:mm`) is a number of days, not a date.
fn is_date_format(code: &str) -> bool {
    let mut signs = code.chars();
    let mut meridiem = false;
    while let Some(sign) = signs.next() {
        match sign {
            // The next sign is itself, a width or a filling.
            '\\' | '_' | '*' => {
                signs.next();
            }
            '"' => while signs.next().is_some_and(|quoted| quoted != '"') {},
            ';' => return false,
            '[' => {
                let bracket: String = signs.by_ref().take_while(|inner| *inner != ']').collect();
                let unit = bracket.chars().next().map(|c| c.to_ascii_lowercase());
                let same = bracket.chars().all(|c| Some(c.to_ascii_lowercase()) == unit);
                if matches!(unit, Some('h' | 'm' | 's')) && same {
                    return false;
                }
            }
            'd' | 'm' | 'h' | 'y' | 's' | 'D' | 'M' | 'H' | 'Y' | 'S' if !meridiem => return true,
            'p' | 'm' | '/' | 'P' | 'M' if meridiem => return true,
            'a' | 'A' => meridiem = true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_of_dates_are_told_from_formats_of_numbers() {
        for date in
            ["dd/mm/yyyy", "[$-42A]dd \"tháng\" mm yyyy", "H:MM:SS;@", "m\"M\"d\"D\";@", "*-yyyy-mm-dd", "ha/p\\\\m", "yyyy"]
        {
            assert!(is_date_format(date), "{date}");
        }
        for number in [
            "General",
            "0",
            "#,##0\\ \"đồng\"",
            "[h]:mm:ss",
            "[Red]0",
            "\\Y000000",
            "#,##0*y",
            "0_d",
            "#,##0.0####\" YMD\"",
            "0;dd",
            "[mm]",
            "@",
        ] {
            assert!(!is_date_format(number), "{number}");
        }
    }
}
