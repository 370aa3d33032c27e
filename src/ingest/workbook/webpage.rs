//! Tables of a web page, which many offices save under the name of a workbook (.xls): one sheet each, all cells text.
//!
//! Tolerant as browsers are: end tags may be missing, attributes may be unquoted. What stands above a table outside of all
//! tables (its title) becomes rows of one cell above it, as spreadsheets show it. One pass over the text, no script is run and
//! nothing is fetched.

mod markup;

use super::cell::{CellRef, Merge, Script};
use super::error::{LooksLike, OpenError, ReadError};
use super::limits::{FAR_COLUMN, Limits, MAX_COLUMNS, MAX_ROWS};
use super::rows::{Raw, RowSink, Rows, SheetEnd};
use super::strings::Strings;
use super::{Format, Opened, SheetInfo, Source};
use crate::ingest::encoding::decode_bytes;
use markup::{Line, Tag, after_content, after_mark, characters};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Tables within tables that are followed; the text of deeper ones belongs to the cell around them.
const DEEPEST: usize = 16;
/// Lines above a table that are kept: the last ones, which are its title.
const LINES_ABOVE: usize = 8;
/// Tables of one page.
const MOST_TABLES: usize = 1_000;

/// A table, open or done.
#[derive(Debug, Default)]
struct Table {
    /// Row, column and text of the cells that are not blank, in reading order.
    cells: Vec<(CellRef, String)>,
    merges: Vec<Merge>,
    /// For each column the first row that no cell from above reaches.
    free: Vec<u32>,
    /// The row that is being read; `None` before the first.
    row: Option<u32>,
    /// The next column of that row.
    col: u32,
    /// The cell that is being read.
    open: Option<(CellRef, Line)>,
}

impl Table {
    /// A table under the lines of its title.
    fn below(lines: &mut Vec<String>) -> Self {
        let mut table = Self::default();
        let kept = lines.len().saturating_sub(LINES_ABOVE);
        for (row, line) in (0_u32..).zip(lines.drain(..).skip(kept)) {
            table.cells.push((CellRef { row, col: 0 }, line));
            table.row = Some(row);
        }
        table
    }

    fn begin_row(&mut self) {
        self.end_cell();
        self.row = Some(self.row.map_or(0, |row| row.saturating_add(1)));
        self.col = 0;
    }

    fn begin_cell(&mut self, across: u32, down: u32) {
        self.end_cell();
        let Some(row) = self.row else {
            self.begin_row();
            return self.begin_cell(across, down);
        };
        let at = |col: u32| usize::try_from(col).unwrap_or(usize::MAX);
        while self.free.get(at(self.col)).is_some_and(|free| *free > row) {
            self.col = self.col.saturating_add(1);
        }
        let (across, down) = (across.clamp(1, FAR_COLUMN), down.clamp(1, MAX_ROWS));
        let first = CellRef { row, col: self.col };
        self.col = self.col.saturating_add(across);
        if first.col >= MAX_COLUMNS {
            return;
        }
        let last = CellRef { row: row.saturating_add(down - 1).min(MAX_ROWS - 1), col: (self.col - 1).min(MAX_COLUMNS - 1) };
        if down > 1 {
            // Beyond the columns of any table spans are not followed, so that a row costs no more than its own cells.
            let width = at(last.col.min(FAR_COLUMN)).saturating_add(1);
            if self.free.len() < width {
                self.free.resize(width, 0);
            }
            self.free.iter_mut().take(width).skip(at(first.col)).for_each(|free| *free = last.row.saturating_add(1));
        }
        if first != last {
            self.merges.push(Merge { first, last });
        }
        self.open = Some((first, Line::default()));
    }

    fn end_cell(&mut self) {
        if let Some((at, line)) = self.open.take()
            && !line.text.is_empty()
        {
            self.cells.push((at, line.text));
        }
    }
}

/// The page while it is read.
#[derive(Default)]
struct Page {
    /// Tables in the order in which they begin.
    tables: Vec<Table>,
    /// Which of them are open, the innermost last.
    open: Vec<usize>,
    /// Tables that are open and not followed.
    too_deep: usize,
    /// Lines outside of tables since the last one.
    lines: Vec<String>,
    line: Line,
}

impl Page {
    fn table(&mut self) -> Option<&mut Table> {
        let index = *self.open.last()?;
        self.tables.get_mut(index)
    }

    /// Where text goes now: the open cell, or the page. Text between the cells of a table is not shown.
    fn text(&mut self) -> Option<&mut Line> {
        if self.open.is_empty() {
            return Some(&mut self.line);
        }
        self.table().and_then(|table| table.open.as_mut()).map(|(_, line)| line)
    }

    fn line_break(&mut self) {
        if self.open.is_empty() {
            let line = std::mem::take(&mut self.line).text;
            if !line.is_empty() {
                self.lines.push(line);
            }
        } else if let Some(line) = self.text() {
            line.line_break();
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) -> Result<(), OpenError> {
        if self.too_deep > 0 && !tag.is("table") {
            return Ok(());
        }
        match (tag.name.to_ascii_lowercase().as_str(), tag.closes) {
            ("table", false) => self.begin_table(),
            ("table", true) => {
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if let Some(index) = self.open.pop()
                    && let Some(table) = self.tables.get_mut(index)
                {
                    table.end_cell();
                }
            }
            ("tr", false) => {
                if let Some(table) = self.table() {
                    table.begin_row();
                    if table.row.is_some_and(|row| row >= MAX_ROWS) {
                        let limit = u64::from(MAX_ROWS);
                        return Err(OpenError::TooLarge { what: "a table, in rows,".to_owned(), found: limit + 1, limit });
                    }
                }
            }
            ("td" | "th", false) => {
                let (across, down) = (tag.number("colspan"), tag.number("rowspan"));
                if let Some(table) = self.table() {
                    table.begin_cell(across, down);
                }
            }
            ("td" | "th" | "tr", true) => {
                if let Some(table) = self.table() {
                    table.end_cell();
                }
            }
            ("br" | "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "center" | "caption", _) => self.line_break(),
            _ => {}
        }
        Ok(())
    }

    fn begin_table(&mut self) {
        if self.open.len() >= DEEPEST || self.tables.len() >= MOST_TABLES {
            self.too_deep += 1;
            return;
        }
        self.line_break();
        let table = if self.open.is_empty() { Table::below(&mut self.lines) } else { Table::default() };
        self.open.push(self.tables.len());
        self.tables.push(table);
    }

    /// The tables that hold anything below their titles.
    fn finish(mut self) -> Vec<Table> {
        self.tables.iter_mut().for_each(Table::end_cell);
        self.tables.retain(|table| table.cells.iter().any(|(at, _)| at.col > 0));
        self.tables
    }
}

/// Elements whose content is not shown.
const UNSEEN: [&str; 3] = ["script", "style", "title"];

/// The tables of a page.
fn tables(text: &str) -> Result<Vec<Table>, OpenError> {
    let mut page = Page::default();
    let mut rest = text;
    while !rest.is_empty() {
        let plain = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let (before, after) = rest.split_at(plain);
        if let Some(line) = page.text() {
            characters(before, line);
        }
        let Some(inner) = after.strip_prefix('<') else { break };
        rest = if inner.starts_with("!--") {
            after_mark(inner, "-->")
        } else if inner.starts_with(['!', '?']) {
            after_mark(inner, ">")
        } else if let Some((tag, length)) = Tag::at(inner) {
            page.tag(&tag)?;
            let next = inner.get(length..).unwrap_or_default();
            match UNSEEN.iter().find(|name| !tag.closes && tag.is(name)) {
                Some(name) => after_content(next, name),
                None => next,
            }
        } else {
            if let Some(line) = page.text() {
                line.push('<');
            }
            inner
        };
    }
    Ok(page.finish())
}

struct WebPage {
    tables: Vec<Table>,
}

/// Reads a page whole.
pub(super) fn open(mut file: File, bytes: u64, name: &str, limits: &Limits) -> Result<Opened, OpenError> {
    if bytes > limits.xls_bytes {
        let what = "the web page, in bytes,".to_owned();
        return Err(OpenError::TooLarge { what, found: bytes, limit: limits.xls_bytes });
    }
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    file.seek(SeekFrom::Start(0)).map_err(io)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(io)?;
    let tables = tables(&decode_bytes(&bytes).text)?;
    if tables.is_empty() {
        return Err(OpenError::NotAWorkbook { looks_like: LooksLike::WebPage });
    }
    // A page of one table is named as delimited text is, by its file; of several each needs a name of its own.
    let sheet = |number: usize| if tables.len() == 1 { name.to_owned() } else { format!("Bảng {number}") };
    let sheets = (1..=tables.len()).map(|number| SheetInfo { name: sheet(number), visible: true, has_cells: true }).collect();
    Ok((Format::WebPage, sheets, Box::new(WebPage { tables })))
}

impl Source for WebPage {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        let Some(table) = self.tables.get(sheet) else { return Err(ReadError::NoSuchSheet(sheet)) };
        let strings = Strings::default();
        let mut rows = Rows::new(sink, &strings, limits);
        table.merges.iter().for_each(|area| rows.merge(*area));
        for (at, text) in &table.cells {
            rows.count()?;
            rows.push(*at, Raw::Text(text), Script::Unknown, false);
        }
        Ok(rows.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(page: &str) -> Vec<Vec<String>> {
        let shown = |table: &Table| table.cells.iter().map(|(at, text)| format!("{at} {text}")).collect();
        tables(page).unwrap().iter().map(shown).collect()
    }

    #[test]
    fn tables_of_careless_pages_are_read_as_a_browser_shows_them() {
        let page = "<HTML><HEAD><title>x</title><style>td { a: b<c }</style></HEAD><h3>DANH SÁCH HỘ<br>XÃ YANG TAO</h3>
            <TABLE border=1><TR><TD>STT<TD ALIGN=center title='a>b'>Họ   v&agrave; t&ecirc;n&nbsp;
            <TR><TD>1<TD>Y&nbsp;&#77;&#x1EAB;u &amp; co<p>hai</p><script>if (a<b) '<td>'</script></TABLE>";
        assert_eq!(cells(page), [["A1 DANH SÁCH HỘ", "A2 XÃ YANG TAO", "A3 STT", "B3 Họ và tên", "A4 1", "B4 Y Mẫu & co\nhai"]]);
    }

    #[test]
    fn cells_that_span_keep_the_columns_of_their_neighbours() {
        let page = "<table><tr><td rowspan=2>a</td><td colspan=\"2\">b</td><td rowspan='2'>c</td></tr>
            <tr><td>d</td><td>e</td></tr><tr><td></td><td>f</td></tr></table>";
        assert_eq!(cells(page), [["A1 a", "B1 b", "D1 c", "B2 d", "C2 e", "B3 f"]]);
        let merges = tables(page).unwrap().remove(0).merges;
        let last: Vec<String> = merges.iter().map(|merge| merge.last.to_string()).collect();
        assert_eq!(last, ["A2", "C1", "D2"]);
    }

    #[test]
    fn a_table_within_a_table_is_a_sheet_of_its_own() {
        let page = "<table><tr><td>a</td><td>b<table><tr><td>c</td><td>d</td></tr></table>e</td></tr></table>";
        assert_eq!(cells(page), [vec!["A1 a", "B1 b\ne"], vec!["A1 c", "B1 d"]]);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(page in "(<|>|/|!|--|table|tr|td|script|&|#|;|=|'|\"|colspan|9{1,12}| |ộ|x){0,60}") {
            let _ = tables(&page);
        }

        #[test]
        fn what_is_written_into_a_cell_is_what_is_read(text in "[a-zA-ZộĐƀ<>&\"'0-9.,=+@-]{1,20}") {
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let expected = vec![vec![format!("A1 {text}"), "B1 x".to_owned()]];
            prop_assert_eq!(cells(&format!("<table><tr><td>{escaped}</td><td>x</td></tr></table>")), expected);
        }
    }

    #[test]
    fn spans_without_bounds_are_followed_no_farther_than_a_table_reaches() {
        let row = "<tr><td rowspan=999999999 colspan=999999999>x";
        let rows = 2_000;
        let tables = tables(&format!("<table>{}", row.repeat(rows))).unwrap();
        assert_eq!(tables.len(), 1);
        for table in &tables {
            // What a row costs is the columns that are remembered, whatever the spans say.
            assert!(table.free.len() <= usize::try_from(FAR_COLUMN).unwrap() + 1, "{}", table.free.len());
            assert!(table.merges.len() <= rows && (2..=rows).contains(&table.cells.len()), "{}", table.cells.len());
            assert!(table.cells.iter().all(|(at, _)| at.row < MAX_ROWS && at.col < MAX_COLUMNS));
            assert!(table.merges.iter().all(|area| area.last.row < MAX_ROWS && area.last.col < MAX_COLUMNS));
        }
    }
}
