//! One sheet: its headings are found among its first rows, then every row is a record or is named for what it is.

use std::any::Any;
use std::sync::Arc;

use super::account::{ColumnUse, SheetAccount, TakenFor, WhySkipped};
use super::amount_columns::{says_given, zeros_told};
use super::area_columns::counts_nothing;
use super::batch::Batch;
use super::by_content::{Told, by_content};
use super::columns::Columns;
use super::context::{Places, Remembered};
use super::convert;
use super::corrections::Decision;
use super::decided::{Decided, decided};
use super::desk::Desk;
use super::encoding::{Script, guess_script};
use super::fields::Field;
use super::gifts;
use super::grain;
use super::headings::{self, Found, Heading, TextRow};
use super::kind::Kind;
use super::merged::{self, SharedColumn, Shares};
use super::misfits;
use super::quick::Lane;
use super::reader::{RowReader, asks_for_records, reader_of};
use super::reading::{self, Reading};
use super::rows;
use super::settings::Settings;
use super::surroundings::{BETWEEN_LINES, Surroundings};
use super::table::{Table, keep, text_row};
use super::told_support::{self, ToldSupport, may_be_survey, register};
use super::workbook::{Cell, RawRow, Row, Scout, TakeRows, Value};
use super::year_columns::of_one_year;
use crate::domain::issue::{Code, Hint};
use crate::domain::source::{CellRef, Sheet};

/// Rows that are looked at before the headings are decided on.
const FIRST_ROWS: usize = 40;
/// No heading of the first table begins below this row.
const LAST_ROW: u32 = 24;
/// Tables of a sheet that are told from each other.
const MOST_TABLES: usize = 200;

/// Takes the rows of one sheet.
pub(crate) struct SheetReader<'a> {
    desk: Desk<'a>,
    waiting: Vec<(u32, Vec<Cell<'static>>)>,
    state: State,
    /// What stands above the rows that wait, where the first of them heads another table.
    former: Option<Former>,
    /// The lines above the first table.
    lines: Vec<String>,
    /// How many tables were begun.
    tables: usize,
    guess: Script,
    /// Cells converted from an old encoding: the first, and how many.
    converted: Option<(CellRef, Script, u64)>,
    /// Decisions about this sheet: place in the settings' list, and the decision.
    decisions: Vec<(usize, &'a Decision)>,
    /// Cells that rows share, where they are known.
    shares: Shares,
    /// The columns in which rows may share cells.
    shared: Vec<SharedColumn>,
}

enum State {
    Waiting,
    Table(Box<Table>),
    /// Nothing is read, until a row heads a table. The texts that stood alone since may be of its title.
    Skipping(Vec<String>),
}

/// What stands above another table of a sheet.
enum Former {
    Table(Box<Table>),
    Skipped(Vec<String>),
}

impl<'a> SheetReader<'a> {
    /// Opens the account of a sheet.
    pub(crate) fn new(settings: &'a Settings, places: &'a Places, batch: &'a mut Batch, name: &str) -> Self {
        batch.sheets.push(SheetAccount { sheet: name.to_owned(), ..SheetAccount::default() });
        let index = batch.sheets.len() - 1;
        let sheet = Arc::new(Sheet { file: batch.file.clone(), name: name.to_owned() });
        let decisions =
            settings.decisions.iter().enumerate().filter(|(_, decision)| decision.concerns(&batch.file, name)).collect();
        let around = Surroundings::new(sheet, index);
        Self {
            desk: Desk { settings, places, around, remembered: Remembered::default(), batch },
            waiting: Vec::new(),
            state: State::Waiting,
            former: None,
            lines: Vec::new(),
            tables: 0,
            guess: Script::Unicode,
            converted: None,
            decisions,
            shares: Shares::default(),
            shared: Vec::new(),
        }
    }

    /// The same, where it is known which cells several rows share.
    pub(crate) fn sharing(self, shares: Shares) -> Self {
        Self { shares, ..self }
    }

    fn account(&mut self) -> Option<&mut SheetAccount> {
        self.desk.batch.sheets.get_mut(self.desk.around.index)
    }

    /// Counts a row of a sheet that is not used.
    fn pass(&mut self) {
        if let Some(account) = self.account() {
            account.skipped += 1;
        }
    }

    /// Takes a row.
    fn take(&mut self, row: &Row<'_>) {
        match self.state {
            State::Waiting => {
                self.wait(row);
                let past = row.row > LAST_ROW && self.former.is_none();
                if past || self.waiting.len() >= FIRST_ROWS {
                    self.decide();
                }
            }
            State::Table(_) => {
                self.read();
                self.process(row);
            }
            State::Skipping(_) => {
                self.read();
                self.skim(row);
            }
        }
    }

    /// Passes a row by, unless it heads a table.
    fn skim(&mut self, row: &Row<'_>) {
        let State::Skipping(below) = &mut self.state else { return };
        let texts = text_row(row.row, row.cells, self.guess);
        let settings = self.desk.settings;
        let begins = self.tables < MOST_TABLES && headings::begins(&texts, &settings.columns, settings.kind).is_some();
        if begins {
            self.former = Some(Former::Skipped(std::mem::take(below)));
            self.state = State::Waiting;
            self.wait(row);
            return;
        }
        match texts.cells.as_slice() {
            [(_, text)] => keep(below, text),
            _ => below.clear(),
        }
        self.pass();
    }

    /// Counts a row that was read. Rows that wait are counted when it is known of what table they are.
    fn read(&mut self) {
        if let Some(account) = self.account() {
            account.read += 1;
        }
    }

    fn wait(&mut self, row: &Row<'_>) {
        self.waiting.push((row.row, row.cells.iter().map(owned).collect()));
    }

    /// The sheet is at its end. Gives the columns in which its rows may share cells.
    pub(crate) fn finish(mut self) -> Vec<SharedColumn> {
        while matches!(self.state, State::Waiting) {
            self.decide();
        }
        if let State::Table(table) = std::mem::replace(&mut self.state, State::Skipping(Vec::new())) {
            table.finish(self.guess, &mut self.desk);
        }
        if self.desk.settings.counting.households() {
            self.desk.batch.settle(self.desk.settings.counting);
        }
        if let Some((cell, script, count)) = self.converted {
            let name = self.desk.around.sheet.name.clone();
            let found = if script == Script::Vni { "VNI" } else { "TCVN3" };
            for _ in 0..count {
                self.desk.batch.findings.add(Code::OldEncoding, Some(&name), Some(cell), None, found, Hint::None);
            }
        }
        self.shared
    }

    fn decide(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            self.skip(WhySkipped::Blank);
            return;
        }
        let former = self.former.take();
        let is_first = former.is_none();
        if is_first {
            self.guess = guess_of(&waiting);
        }
        let guess = self.guess;
        let texts: Vec<TextRow> = waiting.iter().map(|(row, cells)| text_row(*row, cells, guess)).collect();
        let (first, body) = match former {
            Some(former) => (0, self.open_another(former, &texts)),
            None => {
                let (columns, only) = (&self.desk.settings.columns, self.desk.settings.kind);
                let found = headings::find(&texts, columns, only).or_else(|| {
                    // Names and villages alone are a register where a title says of what.
                    let may_be = only.is_none() && told_support::is_told(&texts);
                    may_be.then(|| headings::find(&texts, columns, Some(Kind::Support)))?
                });
                let first = found.as_ref().map_or(0, |found| found.first);
                let lines = texts.iter().take(first).flat_map(|row| row.cells.iter().map(|(_, text)| text.clone())).collect();
                self.lines = lines;
                self.desk.around.title = self.lines.join(BETWEEN_LINES);
                (first, self.open(found, &texts))
            }
        };
        for (index, (row, cells)) in waiting.iter().enumerate() {
            if index < body {
                // The row that heads another table went the way of a record until then.
                if is_first || index > 0 {
                    self.read();
                    self.count_converted(*row, cells);
                }
                let taken_for = if index < first { TakenFor::Title } else { TakenFor::Heading };
                match self.state {
                    State::Table(_) => self.desk.skipped_row(*row, cells, guess, taken_for),
                    State::Waiting | State::Skipping(_) => self.pass(),
                }
            } else {
                self.take(&Row { row: *row, cells });
            }
        }
    }

    /// Decides what the table is that begins with these rows below another; gives the index of the first row below its headings.
    fn open_another(&mut self, former: Former, texts: &[TextRow]) -> usize {
        let found = headings::find_here(texts, &self.desk.settings.columns, self.desk.settings.kind);
        let title = match former {
            Former::Skipped(title) => title,
            Former::Table(mut table) => {
                if let Some(Found { rows, headings, reading: Reading::Is(kind, columns), .. }) = &found
                    && *kind == self.desk.around.kind
                    && table.reads(columns)
                    && let Some(row) = texts.first()
                {
                    let from = texts.get(*rows).map_or(u32::MAX, |row| row.row);
                    self.shared.extend(merged::shared(*kind, columns, from));
                    table.head_anew(row.row, headings.clone(), columns.clone(), &mut self.desk);
                    self.state = State::Table(table);
                    return *rows;
                }
                table.finish(self.guess, &mut self.desk)
            }
        };
        self.desk.another_table(&title);
        // What its own title does not tell, that of the sheet does.
        self.lines.splice(0..0, title);
        self.open(found, texts)
    }

    /// Decides what the table is; gives the index of the first row below its headings, which is the first where there are none.
    fn open(&mut self, found: Option<Found>, texts: &[TextRow]) -> usize {
        let Some(found) = found else {
            self.skip(WhySkipped::NoTable);
            return 0;
        };
        let body = found.first + found.rows;
        let from = texts.get(body).map_or(u32::MAX, |row| row.row);
        let told = self.told_support();
        let settings = self.desk.settings;
        let reading = of_one_year(found.reading, &found.headings, settings, &self.lines);
        let surveyed = may_be_survey(&reading);
        let reading = register(reading, &found.headings, texts.get(body..).unwrap_or_default(), told, settings);
        if surveyed && matches!(reading, Reading::Is(Kind::Support, _)) {
            let (name, title) = (self.desk.around.sheet.name.clone(), self.desk.around.title.clone());
            let cell = found.headings.first().map(|heading| heading.cell);
            self.desk.batch.findings.add(Code::RegisterByTitle, Some(&name), cell, None, &title, Hint::None);
        }
        self.desk.around.support = told;
        let below = texts.get(body..).unwrap_or_default();
        if let Reading::Is(Kind::Totals, columns) | Reading::Nearly(Kind::Totals, columns) = &reading
            && counts_nothing(columns, below)
        {
            self.skip(WhySkipped::NoTable);
            return body;
        }
        let reading = self.by_content(reading, &found.headings, below);
        let (kind, columns) = match reading {
            Reading::Is(kind, columns) => (kind, columns),
            Reading::Either(first, second) => {
                let cell = found.headings.first().map(|heading| heading.cell);
                let name = self.desk.around.sheet.name.clone();
                let hint = Hint::Other(second.word().to_owned());
                self.desk.batch.findings.add(Code::SheetAmbiguous, Some(&name), cell, None, first.word(), hint);
                self.skip(WhySkipped::Headings);
                return body;
            }
            Reading::Nearly(kind, columns) => {
                let mut sections = texts.iter().skip(body).filter(|row| rows::is_section_of_class(row)).peekable();
                let in_sections = sections.peek().is_some();
                // The title of another list below is no section of this one.
                let sorted = sections.any(|row| !row.cells.iter().any(|(_, text)| rows::is_title(text)));
                let name = &self.desk.around.sheet.name;
                let rose = kind == Kind::Households
                    && [&self.desk.around.title, name].into_iter().any(|text| super::households::rose(text));
                if rose && !sorted {
                    self.skip(WhySkipped::NoTable);
                    return body;
                }
                let missing = reading::missing(kind, &columns);
                if kind == Kind::Households && columns.has(Field::Household) && columns.doubled.is_empty() {
                    self.open_table((kind, columns), found.headings, Box::new(super::persons::PersonRows), from);
                    return body;
                }
                let told = kind == Kind::Households
                    && missing == [Field::Class]
                    && (super::households::class_told(&self.desk.around.title, name).is_some() || in_sections);
                if !told || !columns.doubled.is_empty() {
                    misfits::report(&mut self.desk, kind, &columns, &found.headings);
                    self.desk.around.kind = kind;
                    if let Some(account) = self.account() {
                        account.kind = Some(kind);
                    }
                    self.note_columns(&columns, &found.headings);
                    self.skip(WhySkipped::Headings);
                    return body;
                }
                (kind, columns)
            }
            Reading::Nothing => {
                self.skip(WhySkipped::NoTable);
                return body;
            }
        };
        if !gifts::is_of_party(kind, &self.lines, &found.headings, &columns, &mut self.desk) {
            self.skip(WhySkipped::NoTable);
            return body;
        }
        let given = matches!(kind, Kind::Members | Kind::Pledges) && says_given(&self.desk.around.title);
        let columns = if given { columns.delivering(&found.headings) } else { columns };
        let zeros = zeros_told(self.desk.around.title.split(BETWEEN_LINES));
        let mut columns = match zeros {
            Some(zeros) => columns.counted_in(zeros),
            None => columns,
        };
        columns.numbers_heads = kind == Kind::Households && grain::numbers_heads(&columns, texts.get(body..).unwrap_or_default());
        let reader = reader_of(kind, &columns);
        self.open_table((kind, columns), found.headings, reader, from);
        body
    }

    /// Takes columns for what stands in them where nothing heads them so, and says of each that it did.
    fn by_content(&mut self, reading: Reading, headings: &[Heading], below: &[TextRow]) -> Reading {
        let chosen = self.desk.settings.columns.get(&Kind::Households).is_some_and(|told| told.contains_key(Field::Class.key()));
        let (reading, told) = by_content(reading, headings, below, chosen);
        let name = self.desk.around.sheet.name.clone();
        for Told { field, heading } in told {
            let (cell, text) = (Some(heading.cell), heading.joined());
            self.desk.batch.findings.add(Code::HeadingByContent, Some(&name), cell, Some(field), &text, Hint::None);
        }
        reading
    }

    /// What is told of support above the table: by its own title, else by that of the sheet.
    fn told_support(&self) -> ToldSupport {
        let own = ToldSupport::of(self.desk.around.title.split(BETWEEN_LINES));
        let told = if own.tells() { own } else { ToldSupport::of(self.lines.iter().map(String::as_str)) };
        told.or_kind_in(&self.desk.around.sheet.name)
    }

    /// Opens a table of which `from` is the first row below the headings.
    fn open_table(&mut self, (kind, columns): (Kind, Columns), headings: Vec<Heading>, reader: Box<dyn RowReader>, from: u32) {
        self.shared.extend(merged::shared(kind, &columns, from));
        self.desk.surround(kind, &columns, &self.lines);
        self.note_columns(&columns, &headings);
        if kind == Kind::Support {
            let told = Some(self.desk.around.support.beyond(&columns)).filter(|told| *told != ToldSupport::default());
            self.account().into_iter().for_each(|account| account.told = told);
        }
        // Scouts look ahead by the columns of the first table, and no lane knows what rows share.
        let alone = self.decisions.is_empty() && self.tables == 0 && self.shares.is_empty();
        let counting = self.desk.settings.counting.households() && alone;
        let lane = if counting { Lane::of(kind, &columns, self.guess, &self.desk).map(Box::new) } else { None };
        self.desk.batch.uncountable |= asks_for_records(kind, &columns, self.desk.settings.counting);
        let table = Table::new(columns, headings, reader, lane).sharing(&self.shares, kind);
        self.tables += 1;
        self.state = State::Table(Box::new(if self.tables < MOST_TABLES { table } else { table.last() }));
    }

    fn skip(&mut self, why: WhySkipped) {
        self.state = State::Skipping(Vec::new());
        // A table that is refused is one of those that are told from each other.
        self.tables += 1;
        if let Some(account) = self.account() {
            account.why_skipped = Some(why);
        }
    }

    fn note_columns(&mut self, columns: &Columns, headings: &[Heading]) {
        let uses = headings
            .iter()
            .map(|heading| ColumnUse {
                cell: heading.cell,
                heading: heading.joined(),
                field: columns.field_at(heading.col).or_else(|| columns.kind_at(heading.col)).map(Field::key),
            })
            .collect();
        if let Some(account) = self.account() {
            account.columns = uses;
        }
    }

    fn count_converted(&mut self, row: u32, cells: &[Cell<'_>]) {
        for cell in cells {
            let script = convert::script_of(cell, self.guess);
            if script.is_old()
                && let Value::Text(text) = &cell.value
                && super::encoding::convert(text, script) != *text
            {
                let first = self.converted.get_or_insert((CellRef::new(row, cell.col), script, 0));
                first.2 = first.2.saturating_add(1);
            }
        }
    }

    fn process(&mut self, row: &Row<'_>) {
        self.count_converted(row.row, row.cells);
        if self.decisions.is_empty() {
            self.process_row(row);
            return;
        }
        match decided(row, self.guess, &self.decisions, &mut self.desk.batch.applied) {
            Decided::Nothing => self.process_row(row),
            Decided::Dropped => self.desk.skipped_row(row.row, row.cells, self.guess, TakenFor::LeftOut),
            Decided::Changed(cells) => self.process_row(&Row { row: row.row, cells: &cells }),
        }
    }

    fn process_row(&mut self, row: &Row<'_>) {
        let taken = match &mut self.state {
            State::Table(table) => table.take(row, self.guess, &mut self.desk),
            State::Waiting | State::Skipping(_) => true,
        };
        if !taken && let State::Table(table) = std::mem::replace(&mut self.state, State::Waiting) {
            self.former = Some(Former::Table(table));
            self.wait(row);
        }
    }
}

impl TakeRows for SheetReader<'_> {
    fn raw(&mut self, row: &RawRow<'_>) -> bool {
        let State::Table(table) = &mut self.state else { return false };
        table.lane().is_some_and(|lane| lane.take(row, &mut self.desk))
    }

    fn row(&mut self, row: &Row<'_>) {
        self.take(row);
    }

    fn scout(&self) -> Option<Box<dyn Scout>> {
        let State::Table(table) = &self.state else { return None };
        Some(Box::new(table.open_lane()?.scout()))
    }

    fn scouted(&mut self, scout: &mut dyn Scout, nth: usize, row: u32) -> bool {
        let State::Table(table) = &mut self.state else { return false };
        let Some(lane) = table.lane() else { return false };
        let scout: &mut dyn Any = scout;
        scout.downcast_mut().is_some_and(|scout| lane.take_scouted(scout, nth, row, &mut self.desk))
    }
}

/// The script of texts whose cells do not tell it.
fn guess_of(rows: &[(u32, Vec<Cell<'static>>)]) -> Script {
    let unknown = rows.iter().flat_map(|(_, cells)| cells).filter(|cell| cell.script == Script::Unknown);
    guess_script(unknown.filter_map(|cell| match &cell.value {
        Value::Text(text) => Some(text.as_ref()),
        Value::Number(_) | Value::Date { .. } | Value::DateText(_) | Value::Bool(_) | Value::Error(_) | Value::MissingCache => {
            None
        }
    }))
}

/// A cell that outlives the row it came in.
pub(super) fn owned(cell: &Cell<'_>) -> Cell<'static> {
    let value = match &cell.value {
        Value::Text(text) => Value::Text(text.to_string().into()),
        Value::Number(number) => Value::Number(*number),
        Value::Date { serial, is_1904 } => Value::Date { serial: *serial, is_1904: *is_1904 },
        Value::DateText(text) => Value::DateText(text.to_string().into()),
        Value::Bool(value) => Value::Bool(*value),
        Value::Error(text) => Value::Error(text.to_string().into()),
        Value::MissingCache => Value::MissingCache,
    };
    Cell { col: cell.col, value, script: cell.script, formula: cell.formula }
}
