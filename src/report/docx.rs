//! The narrative in Word: letterhead, prose, small tables and the place of signature, for a person to finish.
//!
//! Written as WordprocessingML (ECMA-376, part 1) straight into a zip container. The document needs paragraphs, tables, a
//! page number and nothing else; the crates that offer more bring image decoders and their own XML layers along, and the
//! `zip` crate is in the house already. Same narrative, same bytes.

use std::io::{Cursor, Write as _};

use super::table::{Align, Column, Datum, Issuer, Narrative, Passage, RowKind, Table};
use super::wording::{Key, Words, words};
use super::{RenderError, Setting, origin};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
<Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
</Types>";

const PACKAGE: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
</Relationships>";

const PARTS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>\
</Relationships>";

/// A4; margins 20, 20, 30 and 15 mm in twentieths of a point; a page number above every page but the first.
const SECTION: &str = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId2\"/>\
<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
<w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
<w:titlePg/></w:sectPr>";

/// Prints a narrative.
pub(super) fn render(narrative: &Narrative, setting: &Setting) -> Result<Vec<u8>, RenderError> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", PACKAGE.to_owned()),
        ("docProps/core.xml", properties(narrative)),
        ("word/_rels/document.xml.rels", PARTS.to_owned()),
        ("word/styles.xml", styles()),
        ("word/header1.xml", page_number()),
        ("word/document.xml", document(narrative, words(setting.lang))),
    ] {
        archive.start_file(name, origin::packed())?;
        archive.write_all(HEAD.as_bytes())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn properties(narrative: &Narrative) -> String {
    let day = narrative.as_of.map_or_else(|| "2000-01-01".to_owned(), |date| date.to_string());
    let title = escaped(&narrative.subject);
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
}

/// Times New Roman 14, justified, the first line set in by 1 cm, lines of 18 points (Guidance 05-HD/VPTW).
fn styles() -> String {
    let style = |id: &str, name: &str, default: &str, paragraph: &str, run: &str| {
        let based = if default.is_empty() { "<w:basedOn w:val=\"Normal\"/>" } else { "" };
        format!(
            "<w:style w:type=\"paragraph\" {default}w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{based}\
             <w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let fonts = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/>";
    let normal = "<w:spacing w:before=\"0\" w:after=\"60\" w:line=\"360\" w:lineRule=\"exact\"/><w:ind w:firstLine=\"567\"/><w:jc w:val=\"both\"/>";
    let heading = "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"60\"/><w:ind w:firstLine=\"567\"/><w:jc w:val=\"left\"/><w:outlineLvl w:val=\"0\"/>";
    let small = "<w:spacing w:before=\"20\" w:after=\"20\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:firstLine=\"0\"/><w:jc w:val=\"left\"/>";
    let caption = "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/><w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>";
    format!(
        "<w:styles xmlns:w=\"{NAMESPACE}\"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/>\
         <w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults>{}{}{}{}</w:styles>",
        style("Normal", "Normal", "w:default=\"1\" ", normal, ""),
        style("Heading1", "heading 1", "", heading, &format!("{fonts}<w:b/>")),
        style("Caption", "caption", "", caption, "<w:b/><w:sz w:val=\"26\"/>"),
        style("Small", "Table Text", "", small, "<w:sz w:val=\"24\"/>"),
    )
}

fn page_number() -> String {
    format!(
        "<w:hdr xmlns:w=\"{NAMESPACE}\"><w:p><w:pPr><w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/></w:pPr>\
         <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>"
    )
}

fn document(narrative: &Narrative, words: &Words) -> String {
    let mut body = letterhead(narrative, words);
    body.push_str(&centred("", ""));
    body.push_str(&centred(&narrative.annex.title, "<w:b/>"));
    body.push_str(&centred(&narrative.subject, "<w:b/>"));
    body.push_str(&centred(if narrative.annex.issuer == Issuer::Party { "-----" } else { "―――――" }, ""));
    let last = narrative.passages.iter().rposition(|passage| matches!(passage, Passage::Paragraph(_) | Passage::Item(_)));
    for (index, passage) in narrative.passages.iter().enumerate() {
        match passage {
            Passage::Heading(text) => body.push_str(&paragraph("Heading1", "", text, "")),
            Passage::Paragraph(text) => body.push_str(&paragraph("", "", &ended(text, last == Some(index), narrative), "")),
            Passage::Item(text) => {
                body.push_str(&paragraph("", "", &format!("- {}", ended(text, last == Some(index), narrative)), ""));
            }
            Passage::Table(table) => body.push_str(&grid(table, words)),
        }
    }
    body.push_str(&signature(narrative, words));
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    format!("<w:document xmlns:w=\"{NAMESPACE}\" xmlns:r=\"{relations}\"><w:body>{body}{SECTION}</w:body></w:document>")
}

/// A State document ends with `./.`, a Party document with a full stop alone.
fn ended(text: &str, last: bool, narrative: &Narrative) -> String {
    match narrative.annex.issuer {
        Issuer::State if last => format!("{}./.", text.trim_end_matches(['.', '/', ' '])),
        Issuer::State | Issuer::Party => text.to_owned(),
    }
}

fn letterhead(narrative: &Narrative, words: &Words) -> String {
    let annex = &narrative.annex;
    let date = match narrative.place.as_str() {
        "" => words.get(Key::PlaceDate).to_owned(),
        place => words.fill(Key::PlaceDateOf, &[("place", place)]),
    };
    let (plain, bold, italic) = ("<w:sz w:val=\"26\"/>", "<w:b/><w:sz w:val=\"26\"/>", "<w:i/><w:sz w:val=\"26\"/>");
    let rows: [[(&str, &str); 2]; 4] = match annex.issuer {
        Issuer::Party => [
            [(&annex.superior, plain), (words.get(Key::PartyCountry), "<w:b/><w:sz w:val=\"28\"/>")],
            [(&annex.body, bold), ("―――――――", plain)],
            [("*", plain), ("", plain)],
            [(words.get(Key::PartyNumber), plain), (&date, italic)],
        ],
        Issuer::State => [
            [(&annex.superior, plain), (words.get(Key::StateCountry), "<w:b/><w:sz w:val=\"24\"/>")],
            [(&annex.body, bold), (words.get(Key::StateMotto), bold)],
            [("―――――", plain), ("――――――――――", plain)],
            [(words.get(Key::StateNumber), plain), (&date, italic)],
        ],
    };
    let rows = rows.map(|row| row.map(|(text, run)| paragraph("Small", "<w:jc w:val=\"center\"/>", text, run)));
    columns([4000, 5355], &rows)
}

/// Whom it is sent to on the left, who signs on the right, and room for signature and seal.
fn signature(narrative: &Narrative, words: &Words) -> String {
    let (body, (signer, signs), label) = match narrative.annex.issuer {
        Issuer::Party => (Key::PartySignature, (Key::PartySigner, ""), "<w:u w:val=\"single\"/><w:sz w:val=\"24\"/>"),
        Issuer::State => (Key::StateSignature, (Key::StateSigner, "<w:b/>"), "<w:b/><w:i/><w:sz w:val=\"24\"/>"),
    };
    let mut left = paragraph("Small", "", &format!("{}:", words.get(Key::Recipients)), label);
    let archive = format!("{}.", words.get(Key::Archive));
    for recipient in narrative.recipients.iter().map(|name| format!("{name},")).chain([archive]) {
        left.push_str(&paragraph("Small", "", &format!("- {recipient}"), "<w:sz w:val=\"22\"/>"));
    }
    let right = [(words.get(body), "<w:b/>"), (words.get(signer), signs), ("", ""), ("", ""), ("", "")]
        .map(|(text, run)| paragraph("Small", "<w:jc w:val=\"center\"/>", text, &format!("{run}<w:sz w:val=\"28\"/>")));
    format!("{}{}", paragraph("Small", "", "", ""), columns([4677, 4678], &[[left, right.concat()]]))
}

/// Two columns without lines, one row each.
fn columns(widths: [u32; 2], rows: &[[String; 2]]) -> String {
    let [left, right] = widths;
    let rows: String = rows
        .iter()
        .map(|[a, b]| format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}{}</w:tr>", cell(left, "", a), cell(right, "", b)))
        .collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>\
         <w:tblGrid><w:gridCol w:w=\"{left}\"/><w:gridCol w:w=\"{right}\"/></w:tblGrid>{rows}</w:tbl>",
        left + right
    )
}

fn cell(width: u32, more: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{more}</w:tcPr>{content}</w:tc>")
}

/// A table with lines, its title above and its notes below; headings are repeated on every page.
fn grid(table: &Table, words: &Words) -> String {
    let widths = widths(table);
    let line = |name: &str| format!("<w:{name} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
    let lines: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    let mut rows = headings(table, &widths);
    for row in &table.rows {
        let cells = table.columns.iter().zip(&row.cells).zip(&widths).map(|((column, datum), &width)| {
            let align = match column.align {
                Align::Left => "left",
                Align::Right => "right",
                Align::Centre => "center",
            };
            let run = if matches!(datum, Datum::Missing | Datum::Hidden) {
                "<w:i/>"
            } else if row.kind == RowKind::Total {
                "<w:b/>"
            } else {
                ""
            };
            cell(width, "", &paragraph("Small", &format!("<w:jc w:val=\"{align}\"/>"), &words.cell(datum, column.align), run))
        });
        rows.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>", cells.collect::<String>()));
    }
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let notes: String = words.notes(table).iter().map(|note| paragraph("Small", "", note, "<w:i/>")).collect();
    format!(
        "{}<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr>\
         <w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>{}{notes}",
        paragraph("Caption", "", &table.title, ""),
        paragraph("Small", "", "", "")
    )
}

/// Columns of words are twice as wide as those of numbers; together they fill the page.
fn widths(table: &Table) -> Vec<u32> {
    let weight = |column: &Column| if column.align == Align::Left { 2 } else { 1 };
    let all: u32 = table.columns.iter().map(weight).sum();
    table.columns.iter().map(|column| 9355 * weight(column) / all.max(1)).collect()
}

fn headings(table: &Table, widths: &[u32]) -> String {
    let head = |text: &str| paragraph("Small", "<w:jc w:val=\"center\"/>", text, "<w:b/>");
    let row = |cells: String| format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>");
    if table.columns.iter().all(|column| column.group.is_none()) {
        return row(table.columns.iter().zip(widths).map(|(column, &width)| cell(width, "", &head(&column.heading))).collect());
    }
    let (mut upper, mut lower) = (String::new(), String::new());
    let mut at = 0;
    for (column, span) in super::table::runs(&table.columns) {
        let width = widths[at..at + span].iter().sum();
        at += span;
        match &column.group {
            Some(group) => upper.push_str(&cell(width, &format!("<w:gridSpan w:val=\"{span}\"/>"), &head(group))),
            None => upper.push_str(&cell(width, "<w:vMerge w:val=\"restart\"/>", &head(&column.heading))),
        }
    }
    for (column, &width) in table.columns.iter().zip(widths) {
        match &column.group {
            Some(_) => lower.push_str(&cell(width, "", &head(&column.heading))),
            None => lower.push_str(&cell(width, "<w:vMerge/>", &head(""))),
        }
    }
    row(upper) + &row(lower)
}

fn centred(text: &str, run: &str) -> String {
    paragraph("", "<w:ind w:firstLine=\"0\"/><w:jc w:val=\"center\"/>", text, run)
}

/// A paragraph of a style, with more properties of paragraph and run in the order of the schema.
fn paragraph(style: &str, more: &str, text: &str, run: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pStyle w:val=\"{style}\"/>") };
    let run = if text.is_empty() {
        String::new()
    } else {
        format!("<w:r><w:rPr>{run}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
    };
    format!("<w:p><w:pPr>{style}{more}</w:pPr>{run}</w:p>")
}

/// Text as XML holds it, without control characters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A line never breaks between a number and its percent sign.
            '%' if out.ends_with(' ') => {
                out.pop();
                out.push_str("\u{a0}%");
            }
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;
    use crate::report::wording::Lang;

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }

    fn narrative(issuer: Issuer) -> Vec<u8> {
        render(&samples::narrative(issuer), &Setting::new(Lang::Vi)).unwrap()
    }

    #[test]
    fn every_part_is_well_formed() {
        let bytes = narrative(Issuer::Party);
        for name in [
            "word/document.xml",
            "word/styles.xml",
            "word/header1.xml",
            "docProps/core.xml",
            "[Content_Types].xml",
            "_rels/.rels",
        ] {
            let text = part(&bytes, name);
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
        }
    }

    #[test]
    fn a_party_document_and_a_state_document_have_their_own_heads_and_ends() {
        let party = part(&narrative(Issuer::Party), "word/document.xml");
        assert!(party.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && party.contains("T/M BAN THƯỜNG VỤ"));
        assert!(!party.contains("CỘNG HÒA XÃ HỘI") && !party.contains("./."));
        let state = part(&narrative(Issuer::State), "word/document.xml");
        assert!(state.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && state.contains("TM. ỦY BAN NHÂN DÂN"));
        assert!(state.contains("./.</w:t>"));
    }

    #[test]
    fn text_cannot_break_out_of_its_place() {
        assert_eq!(escaped("a<b>&\"\u{1}"), "a&lt;b&gt;&amp;&quot; ");
    }

    #[test]
    fn the_same_narrative_is_the_same_bytes() {
        assert_eq!(narrative(Issuer::Party), narrative(Issuer::Party));
    }
}
