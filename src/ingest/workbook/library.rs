//! The reading library (calamine) behind our own rows: xlsb, xls and ods, and xlsx where our own scanner does not go.

use super::cell::{CellRef, Merge, Script};
use super::container::{self, Archive};
use super::error::{OpenError, ReadError};
use super::limits::Limits;
use super::rows::{Raw, RowSink, Rows, SheetEnd};
use super::strings::Strings;
use super::{Format, Opened, SheetInfo, Source};
use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx, XlsxError};
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

type Disk = BufReader<File>;

/// Errors in a row, without a cell between them, after which a sheet is given up.
const MOST_ERRORS: u32 = 1_000;

/// Runs a step of the library; a panic becomes an error. An abort does not, which is why most of this runs in a child process.
fn guarded<T>(step: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(step)).map_err(|payload| {
        let text = payload.downcast_ref::<String>().cloned().or_else(|| payload.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        text.unwrap_or_else(|| "the parser gave up".to_owned())
    })
}

fn crashed(what: String) -> OpenError {
    OpenError::Crashed(what)
}

/// Opens a zip container that was checked before.
pub(super) fn open_container(path: &Path, format: Format) -> Result<Opened, OpenError> {
    let open = || File::open(path).map_err(|e| OpenError::Io(e.to_string()));
    let disk = || open().map(BufReader::new);
    let (sheets, source): (Vec<SheetInfo>, Box<dyn Source>) = match &format {
        Format::Xlsb => {
            let file = disk()?;
            let book = guarded(|| Xlsb::new(file)).map_err(crashed)?.map_err(xlsb_error)?;
            (infos(book.sheets_metadata()), Box::new(BinarySource { book }))
        }
        Format::Ods => {
            let file = disk()?;
            let book = guarded(|| Ods::new(file)).map_err(crashed)?.map_err(|e| OpenError::Damaged(e.to_string()))?;
            let merges = super::spans::of(open()?);
            (infos(book.sheets_metadata()), Box::new(WholeSource { book, merges, is_1904: false }))
        }
        Format::Xlsx | Format::Xlsm | Format::Xls | Format::Delimited { .. } | Format::WebPage => {
            check_string_count(&mut container::archive(open()?)?)?;
            let (file, twin) = (disk()?, disk()?);
            let book = guarded(|| Xlsx::new(file)).map_err(crashed)?.map_err(xlsx_error)?;
            let twin = guarded(|| Xlsx::new(twin)).map_err(crashed)?.map_err(xlsx_error)?;
            (infos(book.sheets_metadata()), Box::new(StreamSource { book, twin }))
        }
    };
    Ok((format, sheets, source))
}

/// The library sets memory aside for as many shared texts as the file claims to have; a claim of more than would fit is refused.
fn check_string_count(archive: &mut Archive) -> Result<(), OpenError> {
    const NAME: &str = "xl/sharedStrings.xml";
    const MARK: &[u8] = b"uniqueCount=";
    /// The shortest text, `<si/>`.
    const SHORTEST: u64 = 5;
    let Some(index) = container::find(archive, NAME) else { return Ok(()) };
    let size = archive.by_index_data(index).map_or(0, |entry| entry.size());
    let head = container::part(archive, NAME, 4096).unwrap_or_default();
    let Some(at) = memchr::memmem::find(&head, MARK) else { return Ok(()) };
    let digits = head.get(at + MARK.len() + 1..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit());
    let count = digits.fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
    if count > size / SHORTEST {
        return Err(OpenError::Damaged(format!("it claims {count} shared texts in {size} bytes")));
    }
    Ok(())
}

/// Opens an old binary workbook.
pub(super) fn open_xls(mut file: File, bytes: u64, limits: &Limits) -> Result<Opened, OpenError> {
    use std::io::Seek;
    if bytes > limits.xls_bytes {
        return Err(OpenError::TooLarge {
            what: "the old binary workbook, in bytes,".to_owned(),
            found: bytes,
            limit: limits.xls_bytes,
        });
    }
    file.rewind().map_err(|e| OpenError::Io(e.to_string()))?;
    let book = guarded(|| Xls::new(BufReader::new(file))).map_err(crashed)?.map_err(xls_error)?;
    let is_1904 = book.has_1904_epoch();
    let sheets = infos(book.sheets_metadata());
    let mut merges = Vec::new();
    for sheet in &sheets {
        let areas = book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        merges.push(areas.iter().map(merge).collect());
    }
    Ok((Format::Xls, sheets, Box::new(WholeSource { book, merges, is_1904 })))
}

fn infos(sheets: &[calamine::Sheet]) -> Vec<SheetInfo> {
    let info = |sheet: &calamine::Sheet| SheetInfo {
        name: sheet.name.clone(),
        visible: sheet.visible == SheetVisible::Visible,
        has_cells: sheet.typ == SheetType::WorkSheet,
    };
    sheets.iter().map(info).collect()
}

fn xlsx_error(error: XlsxError) -> OpenError {
    if matches!(error, XlsxError::Password) { OpenError::Locked } else { OpenError::Damaged(error.to_string()) }
}

fn xlsb_error(error: calamine::XlsbError) -> OpenError {
    if matches!(error, calamine::XlsbError::Password) { OpenError::Locked } else { OpenError::Damaged(error.to_string()) }
}

fn xls_error(error: calamine::XlsError) -> OpenError {
    if matches!(error, calamine::XlsError::Password) { OpenError::Locked } else { OpenError::Damaged(error.to_string()) }
}

fn merge(area: &Dimensions) -> Merge {
    Merge { first: CellRef { row: area.start.0, col: area.start.1 }, last: CellRef { row: area.end.0, col: area.end.1 } }
}

fn date(value: ExcelDateTime, is_1904: bool) -> Raw<'static> {
    let serial = value.as_f64();
    if value.is_duration() { Raw::Number(serial) } else { Raw::Date { serial, is_1904 } }
}

/// Whole numbers of xls and xlsb fit 30 bits, so that the conversion is exact.
#[expect(clippy::cast_precision_loss, reason = "the formats that hand out whole numbers store at most 30 bits")]
fn whole(value: i64) -> Raw<'static> {
    Raw::Number(value as f64)
}

/// xlsx by streaming. The library tells either the style or the formula of a cell, so a twin reads alongside for the second.
struct StreamSource {
    book: Xlsx<Disk>,
    twin: Xlsx<Disk>,
}

impl Source for StreamSource {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        guarded(|| self.stream(sheet, sink, limits)).map_err(ReadError::Crashed)?
    }
}

impl StreamSource {
    fn stream(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        let damaged = |e: XlsxError| ReadError::Damaged(e.to_string());
        let name = self.book.sheets_metadata().get(sheet).map(|s| s.name.clone()).ok_or(ReadError::NoSuchSheet(sheet))?;
        let is_1904 = self.book.has_1904_epoch();
        let merges = self.twin.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let mut values = self.book.worksheet_cells_reader(&name).map_err(damaged)?;
        let mut formulas = self.twin.worksheet_cells_reader(&name).map_err(damaged)?;
        let fonts: Vec<(Script, bool)> = values.styles().iter().map(|style| font(style.font.as_ref())).collect();
        let strings = Strings::default();
        let mut rows = Rows::new(sink, &strings, limits);
        merges.iter().for_each(|area| rows.merge(merge(area)));
        let mut errors = 0_u32;
        loop {
            let (value, formula) = (values.next_cell_with_style_id(), formulas.next_cell_with_formula_metadata());
            rows.count()?;
            let formula = formula.map_or(true, |record| record.is_some_and(|record| record.formula.is_some()));
            match value {
                Ok(None) => break,
                Ok(Some((cell, style))) => {
                    errors = 0;
                    let (row, col) = cell.get_position();
                    let at = CellRef { row, col };
                    let (script, struck) = fonts.get(style).copied().unwrap_or_default();
                    if struck && *cell.get_value() != DataRef::Empty {
                        rows.out_of_sight(at, false, true);
                    }
                    push(&mut rows, at, cell.get_value(), script, formula, is_1904);
                }
                Err(XlsxError::XmlEof(what)) => return Err(ReadError::Truncated(format!("no end of {what}"))),
                Err(error) => {
                    errors += 1;
                    if errors > MOST_ERRORS || is_fatal(&error) {
                        return Err(ReadError::Damaged(error.to_string()));
                    }
                    rows.unreadable(None, &error.to_string());
                }
            }
        }
        Ok(rows.finish())
    }
}

/// The script of a font, and whether it strikes out.
fn font(font: Option<&calamine::Font>) -> (Script, bool) {
    let script = font.and_then(|font| font.name.as_deref()).map_or(Script::Unknown, Script::of_font);
    (script, font.is_some_and(calamine::Font::has_strikethrough))
}

/// After a fault of the XML itself the library's reader stands still; after a fault of one value it goes on.
fn is_fatal(error: &XlsxError) -> bool {
    let one_value = matches!(error, XlsxError::Xml(quick_xml::Error::Escape(_)));
    !one_value && matches!(error, XlsxError::Xml(_) | XlsxError::Io(_) | XlsxError::Zip(_))
}

fn push(rows: &mut Rows<'_>, at: CellRef, value: &DataRef<'_>, script: Script, formula: bool, is_1904: bool) {
    let mut put = |raw: Raw<'_>| rows.push(at, raw, script, formula);
    match value {
        DataRef::Int(value) => put(whole(*value)),
        DataRef::Float(value) => put(Raw::Number(*value)),
        DataRef::String(text) => put(Raw::Text(text)),
        DataRef::SharedString(text) => put(Raw::Text(text)),
        DataRef::Bool(value) => put(Raw::Bool(*value)),
        DataRef::DateTime(value) => put(date(*value, is_1904)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => put(Raw::DateText(text)),
        DataRef::Error(error) => put(Raw::Error(&error.to_string())),
        DataRef::Empty if formula => put(Raw::MissingCache),
        DataRef::Empty => {}
    }
}

/// What stands for a stored error that the library does not name.
const FAILED: &str = "#ERROR!";

/// xlsb by streaming; the library tells neither fonts nor, in the same pass, formulas. It passes over formulas whose stored
/// value is an error (`#REF!`) without a word, so a pass over the formulas comes first: one without a value is such a one.
struct BinarySource {
    book: Xlsb<Disk>,
}

impl Source for BinarySource {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        guarded(|| self.stream(sheet, sink, limits)).map_err(ReadError::Crashed)?
    }
}

impl BinarySource {
    fn stream(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        let damaged = |e: calamine::XlsbError| ReadError::Damaged(e.to_string());
        let name = self.book.sheets_metadata().get(sheet).map(|s| s.name.clone()).ok_or(ReadError::NoSuchSheet(sheet))?;
        let is_1904 = self.book.has_1904_epoch();
        let formulas = guarded(|| self.formulas(&name, limits)).unwrap_or_default();
        let mut formulas = formulas.into_iter().peekable();
        let mut cells = self.book.worksheet_cells_reader(&name).map_err(damaged)?;
        let strings = Strings::default();
        let mut rows = Rows::new(sink, &strings, limits);
        let mut errors = 0_u32;
        loop {
            rows.count()?;
            match cells.next_cell() {
                Ok(None) => break,
                Ok(Some(cell)) => {
                    errors = 0;
                    let (row, col) = cell.get_position();
                    let at = CellRef { row, col };
                    while let Some(failed) = formulas.next_if(|formula| *formula < at) {
                        rows.push(failed, Raw::Error(FAILED), Script::Unknown, true);
                    }
                    let formula = formulas.next_if_eq(&at).is_some();
                    push(&mut rows, at, cell.get_value(), Script::Unknown, formula, is_1904);
                }
                // Only an unknown error code leaves the reader at the next record.
                Err(error @ calamine::XlsbError::CellError(_)) if errors < MOST_ERRORS => {
                    errors += 1;
                    rows.unreadable(None, &error.to_string());
                }
                Err(error) => return Err(damaged(error)),
            }
        }
        formulas.for_each(|failed| rows.push(failed, Raw::Error(FAILED), Script::Unknown, true));
        Ok(rows.finish())
    }

    /// Where the formulas of a sheet stand, in the order of rows and columns; none where the records are in no order.
    fn formulas(&mut self, name: &str, limits: &Limits) -> Vec<CellRef> {
        let Ok(mut cells) = self.book.worksheet_cells_reader(name) else { return Vec::new() };
        let mut found: Vec<CellRef> = Vec::new();
        let mut records = 0_u64;
        loop {
            records += 1;
            match cells.next_formula() {
                _ if records > limits.cells => return Vec::new(),
                Ok(None) => return found,
                Ok(Some(cell)) => {
                    let (row, col) = cell.get_position();
                    let at = CellRef { row, col };
                    if found.last().is_some_and(|last| *last >= at) {
                        return Vec::new();
                    }
                    found.push(at);
                }
                // The part itself is at fault, which the pass over the values tells.
                Err(calamine::XlsbError::Io(_) | calamine::XlsbError::Zip(_)) => return found,
                // A formula that the library cannot put into words; the reader stands at the next record.
                Err(_) => {}
            }
        }
    }
}

/// xls and ods, which the library parses whole when it opens them.
struct WholeSource<B> {
    book: B,
    /// Of each sheet.
    merges: Vec<Vec<Merge>>,
    is_1904: bool,
}

impl<B: Reader<Disk> + Send> Source for WholeSource<B> {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        guarded(|| self.walk(sheet, sink, limits)).map_err(ReadError::Crashed)?
    }
}

impl<B: Reader<Disk>> WholeSource<B> {
    fn walk(&mut self, sheet: usize, sink: RowSink<'_>, limits: &Limits) -> Result<SheetEnd, ReadError> {
        let name = self.book.sheets_metadata().get(sheet).map(|s| s.name.clone()).ok_or(ReadError::NoSuchSheet(sheet))?;
        let range = self.book.worksheet_range(&name).map_err(|e| ReadError::Damaged(format!("{e:?}")))?;
        let formulas = self.book.worksheet_formula(&name).ok();
        let strings = Strings::default();
        let mut rows = Rows::new(sink, &strings, limits);
        self.merges.get(sheet).into_iter().flatten().for_each(|area| rows.merge(*area));
        let start = range.start().unwrap_or_default();
        for (row, cells) in (start.0..).zip(range.rows()) {
            for (col, value) in (start.1..).zip(cells) {
                let formula = formulas.as_ref().and_then(|all| all.get_value((row, col))).is_some_and(|text| !text.is_empty());
                if value != &Data::Empty || formula {
                    rows.count()?;
                    push(&mut rows, CellRef { row, col }, &borrowed(value), Script::Unknown, formula, self.is_1904);
                }
            }
        }
        Ok(rows.finish())
    }
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(value) => DataRef::Int(*value),
        Data::Float(value) => DataRef::Float(*value),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(value) => DataRef::DateTime(*value),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}
