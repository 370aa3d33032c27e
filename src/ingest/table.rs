//! The rows below the headings of a sheet: each is a record, or is named for what else it is.

use super::account::TakenFor;
use super::columns::Columns;
use super::convert;
use super::desk::Desk;
use super::encoding::Script;
use super::fields::Field;
use super::grain::Grain;
use super::headings::{self, Heading, TextRow};
use super::kind::Kind;
use super::line::Line;
use super::merged::{Merged, Shares};
use super::quick::Lane;
use super::reader::{Outcome, RowReader};
use super::reading::Reading;
use super::rows::{self, RowKind};
use super::sheet::owned;
use super::sums::Sums;
use super::surroundings::banner;
use super::workbook::{Cell, Row};
use crate::domain::place::village_key;
use crate::domain::source::CellRef;

/// The rows below the headings of a sheet.
pub(super) struct Table {
    columns: Columns,
    headings: Vec<Heading>,
    reader: Box<dyn RowReader>,
    /// Where rows are only counted, the way of those that are as they should be.
    lane: Option<Box<Lane>>,
    merged: Merged,
    sums: Sums,
    /// Whether signatures stood above.
    ended: bool,
    /// Rows of a single text since the last record, and what stands below the signatures: above another table it is its title.
    below: Vec<String>,
    /// Whether no row below heads another table.
    last: bool,
    /// How often the year changed.
    years: usize,
    /// Whether the row before repeated the headings.
    repeated: bool,
    /// A row that heads a section if the next one is of it, and else is a record.
    waiting: Option<Waiting>,
}

/// How often the year of the rows may change. No list has so many years; nothing of one that pretends to is kept for each.
const MOST_YEARS: usize = 100;

/// How many of these texts are kept.
const MOST_BELOW: usize = 40;

/// A row that waits for the next one.
struct Waiting {
    /// The number of its section.
    section: String,
    row: u32,
    cells: Vec<Cell<'static>>,
}

impl Table {
    /// A table whose headings are known, with the lane by which its rows may be counted.
    pub(super) fn new(columns: Columns, headings: Vec<Heading>, reader: Box<dyn RowReader>, lane: Option<Box<Lane>>) -> Self {
        Self {
            columns,
            headings,
            reader,
            lane,
            merged: Merged::default(),
            sums: Sums::default(),
            ended: false,
            below: Vec::new(),
            last: false,
            years: 0,
            repeated: false,
            waiting: None,
        }
    }

    /// The same, below which no row heads another table.
    pub(super) fn last(self) -> Self {
        Self { last: true, ..self }
    }

    /// The same, of whose rows some share cells of these blocks.
    pub(super) fn sharing(self, shares: &Shares, kind: Kind) -> Self {
        Self { merged: Merged::new(shares, kind, &self.columns), ..self }
    }

    /// The lane, where rows may be counted by it now.
    pub(super) fn lane(&mut self) -> Option<&mut Lane> {
        self.lane.as_deref_mut().filter(|_| !self.ended && self.waiting.is_none())
    }

    /// The same, to look at.
    pub(super) fn open_lane(&self) -> Option<&Lane> {
        self.lane.as_deref().filter(|_| !self.ended && self.waiting.is_none())
    }

    /// The table is at its end. Gives the lines that stand above the next.
    pub(super) fn finish(mut self, guess: Script, desk: &mut Desk<'_>) -> Vec<String> {
        if let Some(waiting) = self.waiting.take() {
            self.take_waiting(&waiting, false, guess, desk);
        }
        self.reader.pause(desk);
        if let Some(lane) = &mut self.lane {
            lane.hand_over(&mut self.sums);
        }
        self.sums.finish(desk);
        self.below
    }

    /// Takes a row for a record or for what else it is; false where it heads another table, of which it says nothing.
    #[must_use]
    pub(super) fn take(&mut self, row: &Row<'_>, guess: Script, desk: &mut Desk<'_>) -> bool {
        if let Some(waiting) = self.waiting.take() {
            let line = Line::new(row, &self.columns, guess);
            let heads = rows::is_of_section(&waiting.section, &line, &text_row(row.row, row.cells, guess));
            self.take_waiting(&waiting, heads, guess, desk);
        }
        let line = Line::new(row, &self.columns, guess);
        if !self.ended && rows::is_numbered(&line) && !rows::may_head_a_block(&line) {
            desk.batch.findings.listen();
            self.below.clear();
            take_record(&line, &mut self.merged, &mut *self.reader, &mut self.sums, desk);
            if desk.settings.counting.households() {
                self.settle(desk);
            }
            return true;
        }
        if let Some(lane) = &mut self.lane {
            lane.hand_over(&mut self.sums);
            lane.forget_places();
        }
        let texts = text_row(row.row, row.cells, guess);
        let repeats = headings::repeats(&self.headings, &texts);
        let differs = repeats && headings::differs(&self.headings, &texts) && !headings::is_numbering(&texts);
        if !self.last
            && (differs || !repeats)
            && let Some(reading) = headings::begins(&texts, &desk.settings.columns, desk.settings.kind)
            && !(repeats && self.says_no_more(&reading, desk.around.kind))
        {
            return false;
        }
        if repeats || (self.repeated && (headings::is_numbering(&texts) || headings::continues(&self.headings, &texts))) {
            self.resume(line.at_first(&[]), desk);
            self.repeated = true;
            desk.skipped_row(row.row, row.cells, guess, TakenFor::Heading);
            if differs {
                desk.row_unknown(CellRef::new(row.row, 0), "");
            }
            return true;
        }
        self.repeated = false;
        if !self.ended
            && let Some(section) = rows::section_headed_by(&line, &texts)
        {
            self.waiting = Some(Waiting { section, row: row.row, cells: row.cells.iter().map(owned).collect() });
            return true;
        }
        // Beside a member who helps several households a row may have no more than the name of one.
        let of_pair = desk.around.kind == Kind::Assignment && self.merged.goes_on(row.row) && rows::names_a_side(&line);
        let is = if of_pair { RowKind::Record } else { rows::classify(&line, &texts, self.ended) };
        if let Some(text) = of_a_title(&is, &texts, self.ended) {
            keep(&mut self.below, text);
        }
        match is {
            RowKind::Record => {
                if self.ended && self.below.iter().any(|line| rows::is_title(line)) {
                    self.resume(line.at_first(&[]), desk);
                }
                if !self.ended {
                    self.below.clear();
                }
                let line = Line::new(row, &self.columns, guess);
                take_record(&line, &mut self.merged, &mut *self.reader, &mut self.sums, desk);
            }
            RowKind::Total(col, label) => {
                self.reader.pause(desk);
                self.sums.total(&line, Some((CellRef::new(row.row, col), &label)), desk);
                desk.skipped(&line, TakenFor::Sum);
            }
            RowKind::Banner(col, text) => {
                self.reader.pause(desk);
                take_banner(&line, CellRef::new(row.row, col), &text, &mut self.sums, desk);
            }
            RowKind::Title(col, text) => {
                if !self.ended {
                    self.begin_again(CellRef::new(row.row, col), std::slice::from_ref(&text), desk);
                }
                desk.skipped_row(row.row, row.cells, guess, TakenFor::Title);
            }
            RowKind::Signature => {
                self.reader.pause(desk);
                if rows::is_signed(&line, &texts) {
                    self.below.clear();
                } else {
                    texts.cells.iter().for_each(|(_, text)| keep(&mut self.below, text));
                }
                self.ended = true;
                desk.skipped(&line, TakenFor::Signature);
            }
            RowKind::Note => desk.skipped(&line, TakenFor::Note),
            RowKind::Unknown(col, text) => {
                desk.row_unknown(CellRef::new(row.row, col), &text);
                desk.skipped(&line, TakenFor::Unknown);
            }
        }
        true
    }

    /// Goes on behind signatures, where there are any, or below a line that tells another year: what stands there is the title of the
    /// rows from this cell on.
    fn resume(&mut self, at: CellRef, desk: &mut Desk<'_>) {
        if self.ended || desk.other_year(&self.columns, &self.below).is_some() {
            self.ended = false;
            let title = std::mem::take(&mut self.below);
            self.begin_again(at, &title, desk);
        }
    }

    /// Another table begins at this cell, of which these lines are the title.
    fn begin_again(&mut self, at: CellRef, title: &[String], desk: &mut Desk<'_>) {
        self.reader.pause(desk);
        if let Some(year) = desk.other_year(&self.columns, title).filter(|_| self.years < MOST_YEARS) {
            self.years += 1;
            if let Some(lane) = &mut self.lane {
                lane.hand_over(&mut self.sums);
            }
            std::mem::take(&mut self.sums).finish(desk);
            // The lane and its scouts read by the year before.
            self.lane = None;
            desk.another_year(year);
        }
        let commune = desk.surround_anew(title, at);
        self.sums.next_block(commune, desk);
    }

    /// Whether headings that repeat those of the table, and say something else in some column, leave it as it is: what can be
    /// read of them stands where it stood.
    fn says_no_more(&self, reading: &Reading, kind: Kind) -> bool {
        match reading {
            Reading::Is(..) => false,
            Reading::Nearly(of, columns) => *of == kind && columns.are_among(&self.columns),
            Reading::Either(..) | Reading::Nothing => true,
        }
    }

    /// Whether rows under such headings are of the same table, with the columns in another order.
    pub(super) fn reads(&self, columns: &Columns) -> bool {
        Grain::of(columns) == Grain::of(&self.columns)
    }

    /// Reads the rows below by the headings that begin in this row.
    pub(super) fn head_anew(&mut self, row: u32, headings: Vec<Heading>, columns: Columns, desk: &mut Desk<'_>) {
        self.resume(CellRef::new(row, 0), desk);
        self.merged.of(desk.around.kind, &columns);
        (self.headings, self.columns, self.lane) = (headings, columns, None);
    }

    /// Takes a row that waited, now that the next one tells what it is.
    fn take_waiting(&mut self, waiting: &Waiting, heads: bool, guess: Script, desk: &mut Desk<'_>) {
        let row = Row { row: waiting.row, cells: &waiting.cells };
        let line = Line::new(&row, &self.columns, guess);
        let name = rows::name_of(&line).filter(|_| heads);
        if let Some((col, text)) = name {
            self.reader.pause(desk);
            take_banner(&line, CellRef::new(waiting.row, col), &text, &mut self.sums, desk);
        } else {
            take_record(&line, &mut self.merged, &mut *self.reader, &mut self.sums, desk);
        }
    }

    /// Keeps what sums need of the household of a row; the lane learns its place where what was found of it, if anything, is
    /// gathered under issues that the next row of the same place adds to.
    fn settle(&mut self, desk: &mut Desk<'_>) {
        let slot = desk.batch.settle(desk.settings.counting);
        if let (Some(lane), Some(slot)) = (self.lane.as_mut().filter(|lane| lane.is_learning()), slot)
            && let Some(heard) = desk.batch.findings.heard()
            && let Some(known) = desk.batch.counted.slots.get(slot as usize)
        {
            lane.learn(slot, known.place.commune.urban, heard);
        }
    }
}

/// What a row says for the title of another table below it: a title, or between records the text of a row that has no other.
fn of_a_title<'a>(is: &'a RowKind, texts: &'a TextRow, ended: bool) -> Option<&'a str> {
    match (is, texts.cells.as_slice()) {
        (RowKind::Title(_, text), _) => Some(text),
        (RowKind::Record | RowKind::Signature, _) => None,
        (_, [(_, text)]) if !ended => Some(text),
        _ => None,
    }
}

/// Keeps a text that may be of the title of another table, which stands right above it.
pub(super) fn keep(below: &mut Vec<String>, text: &str) {
    below.drain(..(below.len() + 1).saturating_sub(MOST_BELOW));
    below.push(text.to_owned());
}

/// Takes a row for what heads the rows below it.
fn take_banner(line: &Line<'_>, cell: CellRef, text: &str, sums: &mut Sums, desk: &mut Desk<'_>) {
    let commune = banner(text, cell, desk);
    sums.banner(line, Some((cell, text)), commune, desk);
    desk.skipped(line, TakenFor::Banner);
}

/// Takes a row for a record.
fn take_record(line: &Line<'_>, merged: &mut Merged, reader: &mut dyn RowReader, sums: &mut Sums, desk: &mut Desk<'_>) {
    desk.batch.dittos |= merged.has_ditto(line.row);
    let line = &Line { merged: merged.beside(line.row), ..*line };
    let outcome = reader.row(line, desk);
    sums.add(line, outcome);
    if outcome == Outcome::Disturbed && desk.around.kind == Kind::Households {
        let village = line.text(Field::Village).or_else(|| {
            let told = desk.around.banner_village.as_ref().or(desk.around.village.as_ref());
            told.map(|told| told.what.clone())
        });
        let commune = desk.around.sheet.name.clone();
        desk.batch.disturbed.push((commune, village.map(|village| village_key(&village))));
    }
}

/// The texts of a row as a person reads them.
pub(super) fn text_row(row: u32, cells: &[Cell<'_>], guess: Script) -> TextRow {
    let texts = cells.iter().map(|cell| (cell.col, convert::text(cell, guess).into_owned())).filter(|(_, text)| !text.is_empty());
    TextRow { row, cells: texts.collect() }
}
