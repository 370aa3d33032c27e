//! Merged cells of an OpenDocument workbook, which the library does not tell.

use std::fs::File;
use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cell::{CellRef, Merge};
use super::container;
use super::limits::{MAX_COLUMNS, MAX_ROWS};

/// The part with the cells.
const CONTENT: &str = "content.xml";
/// Merged cells of a workbook that are kept.
const MOST: usize = 1 << 20;

/// The merged cells of every sheet, in the order of the sheets. A part that cannot be read to its end gives those before: whether
/// that is a fault is for the library to say, which reads the cells themselves.
pub(super) fn of(file: File) -> Vec<Vec<Merge>> {
    let Ok(mut archive) = container::archive(file) else { return Vec::new() };
    let Some(index) = container::find(&archive, CONTENT) else { return Vec::new() };
    archive.by_index(index).map_or_else(|_| Vec::new(), read)
}

/// Where the next cell of a sheet lies.
#[derive(Default)]
struct Place {
    row: u32,
    col: u32,
    /// How many rows are like this one.
    alike: u32,
}

fn read(part: impl Read) -> Vec<Vec<Merge>> {
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut sheets, mut kept, mut bytes) = (Vec::<Vec<Merge>>::new(), 0, Vec::new());
    // Tables may lie in tables, as those of a chart do in its sheet.
    let (mut depth, mut place) = (0_u32, Place::default());
    loop {
        bytes.clear();
        let (tag, empty) = match reader.read_event_into(&mut bytes) {
            Ok(Event::Start(tag)) => (tag, false),
            Ok(Event::Empty(tag)) => (tag, true),
            Ok(Event::End(tag)) => {
                match tag.name().as_ref() {
                    "table:table" => depth = depth.saturating_sub(1),
                    "table:table-row" if depth == 1 => place.row = place.row.saturating_add(place.alike),
                    _ => {}
                }
                continue;
            }
            Ok(Event::Eof) | Err(_) => return sheets,
            Ok(_) => continue,
        };
        match tag.name().as_ref() {
            "table:table" => {
                if depth == 0 {
                    sheets.push(Vec::new());
                    place = Place::default();
                }
                depth = depth.saturating_add(u32::from(!empty));
            }
            "table:table-row" if depth == 1 => {
                (place.col, place.alike) = (0, number(&tag, "table:number-rows-repeated"));
                if empty {
                    place.row = place.row.saturating_add(place.alike);
                }
            }
            "table:table-cell" | "table:covered-table-cell" if depth == 1 => {
                let [down, across] = ["table:number-rows-spanned", "table:number-columns-spanned"].map(|name| number(&tag, name));
                let first = CellRef::new(place.row, place.col);
                let last = CellRef::new(first.row.saturating_add(down - 1), first.col.saturating_add(across - 1));
                if first < last && last.row < MAX_ROWS && last.col < MAX_COLUMNS && kept < MOST {
                    kept += 1;
                    sheets.iter_mut().last().into_iter().for_each(|sheet| sheet.push(Merge { first, last }));
                }
                place.col = place.col.saturating_add(number(&tag, "table:number-columns-repeated"));
            }
            _ => {}
        }
    }
}

/// A number of an element, at least one; one where it has none.
fn number(tag: &BytesStart<'_>, name: &str) -> u32 {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
    found.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_lie_where_repeated_rows_and_columns_put_them() {
        let content = r#"<office:spreadsheet>
            <table:table table:name="a"><table:table-header-rows><table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row></table:table-header-rows>
            <table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-rows-spanned="4" table:number-columns-spanned="1"><text:p>Buôn Jun</text:p></table:table-cell></table:table-row>
            <table:table-row table:number-rows-repeated="2"/>
            <table:table-row><table:covered-table-cell table:number-columns-repeated="3"/><table:table-cell table:number-columns-spanned="2"><draw:object><table:table table:name="chart"><table:table-row><table:table-cell table:number-rows-spanned="9"/></table:table-row></table:table></draw:object></table:table-cell></table:table-row></table:table>
            <table:table table:name="b"/>
            <table:table table:name="c"><table:table-row><table:table-cell table:number-rows-spanned="2"/><table:table-cell table:number-rows-spanned="4294967295"/></table:table-row></table:table>"#;
        let found: Vec<Vec<String>> = read(content.as_bytes())
            .iter()
            .map(|all| all.iter().map(|of| format!("{}:{}", of.first, of.last)).collect())
            .collect();
        assert_eq!(found, [vec!["C4:C7", "D7:E7"], vec![], vec!["A1:A2"]]);
    }
}
