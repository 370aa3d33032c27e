//! A long sheet streamed to disk as delimited text or as a workbook, row by row, in little memory.

use std::io::{BufWriter, Result, Seek, Write};
use std::ops::Range;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field {
    /// Nothing.
    Blank,
    /// A word of the sheet's list.
    Word(u64),
    /// A mark: a word of the list, or the number 1 in a workbook of numbers.
    Mark(u64),
    /// Twelve digits that are no number.
    Digits(u64),
    /// A whole number.
    Number(u64),
    /// Tenths.
    Tenths(u64),
    /// A day after 1 March 1900.
    Day {
        /// Year.
        year: u64,
        /// Month from 1.
        month: u64,
        /// Day from 1.
        day: u64,
    },
}

/// How a workbook keeps its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strings {
    /// In the table that all cells share, as Excel does.
    Shared,
    /// In the cell, as many programs do that write row by row.
    Inline,
    /// In the shared table, and marks are the number 1.
    Numbers,
}

/// Fills the cells of a row.
pub(crate) type Rows = Box<dyn Fn(u64, &mut Vec<Field>)>;

/// A sheet: headings, the words that its cells name, and its rows.
pub(crate) struct Sheet {
    name: &'static str,
    words: Vec<String>,
    columns: usize,
    /// Fills the cells of a row, from 0.
    pub(crate) rows: Rows,
}

impl Sheet {
    /// A sheet without rows.
    #[must_use]
    pub(crate) fn new(name: &'static str, headings: &[&str]) -> Self {
        let words = headings.iter().map(ToString::to_string).collect();
        Self { name, words, columns: headings.len(), rows: Box::new(|_, _| {}) }
    }

    /// Adds words; returns the number of the first.
    pub(crate) fn add(&mut self, words: impl IntoIterator<Item = String>) -> u64 {
        let first = u64::try_from(self.words.len()).unwrap_or(0);
        self.words.extend(words);
        first
    }

    fn word(&self, at: u64) -> &str {
        usize::try_from(at).ok().and_then(|at| self.words.get(at)).map_or("", String::as_str)
    }

    /// Writes rows as UTF-8 with commas.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn delimited(&self, rows: Range<u64>, file: impl Write) -> Result<()> {
        let mut out = BufWriter::with_capacity(1 << 18, file);
        let mut cells: Vec<Field> = (0..).take(self.columns).map(Field::Word).collect();
        self.line(&cells, &mut out)?;
        for row in rows {
            cells.clear();
            (self.rows)(row, &mut cells);
            self.line(&cells, &mut out)?;
        }
        out.flush()
    }

    fn line(&self, cells: &[Field], out: &mut impl Write) -> Result<()> {
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.write_all(b",")?;
            }
            match cell {
                Field::Blank => {}
                Field::Word(word) | Field::Mark(word) => {
                    let word = self.word(*word);
                    if word.contains(',') { write!(out, "\"{word}\"")? } else { out.write_all(word.as_bytes())? }
                }
                Field::Digits(digits) => write!(out, "{digits:012}")?,
                Field::Number(number) => write!(out, "{number}")?,
                Field::Tenths(tenths) => write!(out, "{}.{}", tenths / 10, tenths % 10)?,
                Field::Day { year, month, day } => write!(out, "{day:02}/{month:02}/{year}")?,
            }
        }
        out.write_all(b"\n")
    }

    /// Writes rows as a workbook of one sheet.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(crate) fn workbook(&self, rows: Range<u64>, strings: Strings, file: impl Write + Seek) -> Result<()> {
        let mut zip = ZipWriter::new(file);
        let options = SimpleFileOptions::default().large_file(true);
        for (path, text) in PARTS {
            zip.start_file(*path, options)?;
            zip.write_all(text.replace("{name}", self.name).as_bytes())?;
        }
        zip.start_file("xl/worksheets/sheet1.xml", options)?;
        let own = self.cells(rows.clone(), strings, &mut BufWriter::with_capacity(1 << 18, &mut zip))?;
        // The list of contents names this part, so it is there also where no cell refers to it.
        zip.start_file("xl/sharedStrings.xml", options)?;
        let listed = if strings == Strings::Inline { 0..0 } else { rows };
        self.shared(listed, own, &mut BufWriter::with_capacity(1 << 18, &mut zip))?;
        zip.finish()?;
        Ok(())
    }

    /// Writes the cells; returns how many texts stand in one cell only.
    fn cells(&self, rows: Range<u64>, strings: Strings, out: &mut impl Write) -> Result<u64> {
        write!(out, "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>")?;
        let letters: Vec<String> = (0..self.columns).map(letters).collect();
        let mut cells: Vec<Field> = (0..).take(self.columns).map(Field::Word).collect();
        let words = u64::try_from(self.words.len()).unwrap_or(0);
        let mut own = 0;
        for (line, row) in (1_u64..).zip(std::iter::once(None).chain(rows.map(Some))) {
            if let Some(row) = row {
                cells.clear();
                (self.rows)(row, &mut cells);
            }
            write!(out, "<row r=\"{line}\">")?;
            for (cell, letters) in cells.iter().zip(&letters) {
                let inline = strings == Strings::Inline;
                match cell {
                    Field::Blank => {}
                    Field::Mark(_) if strings == Strings::Numbers => write!(out, "<c r=\"{letters}{line}\"><v>1</v></c>")?,
                    Field::Word(word) | Field::Mark(word) if inline => {
                        let word = self.word(*word);
                        write!(out, "<c r=\"{letters}{line}\" t=\"inlineStr\"><is><t>{word}</t></is></c>")?;
                    }
                    Field::Digits(digits) if inline => {
                        write!(out, "<c r=\"{letters}{line}\" t=\"inlineStr\"><is><t>{digits:012}</t></is></c>")?;
                    }
                    Field::Word(word) | Field::Mark(word) => write!(out, "<c r=\"{letters}{line}\" t=\"s\"><v>{word}</v></c>")?,
                    Field::Digits(_) => {
                        write!(out, "<c r=\"{letters}{line}\" t=\"s\"><v>{}</v></c>", words + own)?;
                        own += 1;
                    }
                    Field::Number(number) => write!(out, "<c r=\"{letters}{line}\"><v>{number}</v></c>")?,
                    Field::Tenths(tenths) => {
                        write!(out, "<c r=\"{letters}{line}\"><v>{}.{}</v></c>", tenths / 10, tenths % 10)?;
                    }
                    Field::Day { year, month, day } => {
                        write!(out, "<c r=\"{letters}{line}\" s=\"1\"><v>{}</v></c>", serial(*year, *month, *day))?;
                    }
                }
            }
            out.write_all(b"</row>")?;
        }
        write!(out, "</sheetData></worksheet>")?;
        out.flush()?;
        Ok(own)
    }

    /// The table of shared strings: the words, then the texts of single cells in the order of their rows.
    fn shared(&self, rows: Range<u64>, own: u64, out: &mut impl Write) -> Result<()> {
        let unique = u64::try_from(self.words.len()).unwrap_or(0) + own;
        write!(out, "{HEAD}<sst xmlns=\"{MAIN}\" uniqueCount=\"{unique}\">")?;
        for word in &self.words {
            write!(out, "<si><t>{word}</t></si>")?;
        }
        let mut cells = Vec::new();
        for row in rows {
            cells.clear();
            (self.rows)(row, &mut cells);
            for cell in &cells {
                if let Field::Digits(digits) = cell {
                    write!(out, "<si><t>{digits:012}</t></si>")?;
                }
            }
        }
        write!(out, "</sst>")?;
        out.flush()
    }
}

/// `A`, `B` … `AD`.
fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    let last = letter(column);
    if column < 26 { last.to_string() } else { format!("{}{last}", letter(column / 26 - 1)) }
}

/// The number of a day in a workbook that counts from 1900.
fn serial(year: u64, month: u64, day: u64) -> u64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1 - 693_899
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The parts of a workbook beside its sheet and its strings.
const PARTS: &[(&str, &str)] = &[
    (
        "[Content_Types].xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml\"/></Types>",
    ),
    (
        "_rels/.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"{name}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
    ),
    (
        "xl/styles.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"Times New Roman\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
    ),
];
