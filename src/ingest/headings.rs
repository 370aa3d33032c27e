//! Finds the heading rows of a sheet: the one to three rows near its top whose joined words are known best.

use std::collections::BTreeMap;

use super::asked::{is_heading, names_records};
use super::fields::Field;
use super::kind::Kind;
use super::reading::{Reading, read_headings};
use super::rows::is_section_of_class;
use super::year_columns::is_year;
use crate::domain::source::CellRef;
use crate::domain::spelling::fold;

/// The last row, from zero, on which headings may begin: row 15, and a few more for long title blocks.
const LAST_START: u32 = 19;
/// The most rows that headings take.
const MOST_ROWS: usize = 3;

/// The texts of one row as they are read by a person: converted, trimmed, numbers as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TextRow {
    /// The row, from zero.
    pub(crate) row: u32,
    /// Column and text of every cell that is not blank.
    pub(crate) cells: Vec<(u32, String)>,
}

impl TextRow {
    /// How many cells it has.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The text in a column.
    pub(crate) fn at(&self, col: u32) -> Option<&str> {
        self.cells.binary_search_by_key(&col, |(at, _)| *at).ok().and_then(|at| self.cells.get(at)).map(|(_, text)| text.as_str())
    }
}

/// The heading of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// The column.
    pub(crate) col: u32,
    /// Its texts from the top, groups first.
    pub(crate) parts: Vec<String>,
    /// The cell of the lowest part.
    pub(crate) cell: CellRef,
}

impl Heading {
    /// `group / sub`.
    pub(crate) fn joined(&self) -> String {
        self.parts.join(" / ")
    }
}

/// Where the headings are and what they say.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Index of the first heading row among the rows looked at.
    pub(crate) first: usize,
    /// How many rows they take, a numbering row included.
    pub(crate) rows: usize,
    /// The headings by column.
    pub(crate) headings: Vec<Heading>,
    /// What they make.
    pub(crate) reading: Reading,
}

/// Complete or not, how many columns are known, and in how few rows.
type Worth = (u8, usize, std::cmp::Reverse<usize>);

/// How good a reading is: complete before incomplete, then by the number of known columns.
fn worth(reading: &Reading) -> (u8, usize) {
    match reading {
        Reading::Is(_, columns) => (2, columns.known()),
        Reading::Either(..) => (1, usize::MAX),
        Reading::Nearly(_, columns) => (0, columns.known()),
        Reading::Nothing => (0, 0),
    }
}

/// What rows are worth at the very best, without a look at what they say: all words of the vocabulary have a letter, and most cells
/// below the headings have none. A cell that is missing may stand under a group's.
fn at_best(block: &[TextRow]) -> Worth {
    let above = block.split_last().map_or(&[][..], |(_, above)| above);
    let may_say = |col: &u32| {
        let says = |row: &TextRow| row.at(*col).is_some_and(|text| text.chars().any(char::is_alphabetic));
        block.iter().any(says) || above.iter().any(|row| row.at(*col).is_none())
    };
    (2, columns_of(block).iter().filter(|col| may_say(col)).count(), std::cmp::Reverse(block.len()))
}

/// The columns in which some row has a cell.
fn columns_of(block: &[TextRow]) -> Vec<u32> {
    let mut cols: Vec<u32> = block.iter().flat_map(|row| row.cells.iter().map(|(col, _)| *col)).collect();
    cols.sort_unstable();
    cols.dedup();
    cols
}

/// What the programme file says of headings: key → heading, by kind of table.
type ToldHeadings = BTreeMap<Kind, BTreeMap<String, String>>;

/// Looks for the headings among the first rows of a sheet.
pub(crate) fn find(rows: &[TextRow], told: &ToldHeadings, only: Option<Kind>) -> Option<Found> {
    find_until(LAST_START, rows, told, only)
}

/// The headings that begin in the first of these rows, which stand between others of a sheet.
pub(crate) fn find_here(rows: &[TextRow], told: &ToldHeadings, only: Option<Kind>) -> Option<Found> {
    find_until(rows.first()?.row, rows, told, only)
}

fn find_until(last_start: u32, rows: &[TextRow], told: &ToldHeadings, only: Option<Kind>) -> Option<Found> {
    // A heading that the programme file names may have no letter.
    let told_none = told.values().all(BTreeMap::is_empty);
    let mut best: Option<(Worth, Found)> = None;
    for first in 0..rows.len() {
        if rows.get(first).is_none_or(|row| row.row > last_start) {
            break;
        }
        // Better headings below the records of a table are those of the next one.
        if best.as_ref().is_some_and(|(_, found)| is_table(found, rows.get(found.first + found.rows..first).unwrap_or_default()))
        {
            break;
        }
        for count in 1..=MOST_ROWS {
            let Some(block) = rows.get(first..first + count).filter(|block| consecutive(block)) else { break };
            // "HỘ NGHÈO" alone under headings says what the rows below are.
            if count > 1 && block.last().is_some_and(|last| is_section_of_class(last) || is_alone_at_the_edge(last, block)) {
                break;
            }
            if best.as_ref().is_some_and(|(most, _)| told_none && at_best(block) <= *most) {
                continue;
            }
            let headings = join(block);
            if headings.len() < 2 {
                continue;
            }
            let reading = read_headings(&headings, told, only);
            if matches!(reading, Reading::Nothing) {
                continue;
            }
            // Of two readings that know the same the one of fewer rows is right: a title joined to every heading adds nothing.
            let (complete, known) = worth(&reading);
            let worth = (complete, known, std::cmp::Reverse(count));
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, Found { first, rows: count, headings, reading }));
            }
        }
    }
    best.map(|(_, mut found)| {
        let below = rows.get(found.first..=found.first + found.rows).filter(|block| consecutive(block));
        if let Some((block, row)) = below.and_then(|block| Some((block, block.last()?))) {
            if parts_only(row, &found) {
                found.rows += 1;
            } else if parts_groups(row, &found.headings) {
                found.rows += 1;
                let groups = groups_over(row, &found.headings);
                found.headings = join(block);
                let parted = read_headings(&found.headings, told, only);
                found.reading =
                    if worth(&parted) >= worth(&found.reading) { parted } else { torn(found.reading, parted, &groups) };
            }
        }
        if rows.get(found.first + found.rows).is_some_and(is_numbering) {
            found.rows += 1;
        }
        found
    })
}

/// Whether headings and the rows below them are a table that may not be passed over: one of the rows is a record.
fn is_table(found: &Found, below: &[TextRow]) -> bool {
    let is_list = match &found.reading {
        Reading::Is(..) => true,
        // A list of people that lacks a column is told so. What its title tells may be the class.
        Reading::Nearly(_, columns) => columns.has_any(&[Field::Head, Field::Name]),
        Reading::Either(..) | Reading::Nothing => false,
    };
    let enough = MOST_ROWS.max(found.headings.len().div_ceil(2));
    let mut full = below.iter().filter(|row| row.cells.len() >= enough && !is_numbering(row));
    let numeral = |text: &str| text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic);
    is_list && (full.clone().any(|row| row.cells.iter().any(|(_, text)| numeral(text))) || full.nth(MOST_ROWS).is_some())
}

/// Whether a row between others heads another table: three cells, and half of them, are headings, one names what the rows are of, and
/// together they are those of some kind.
pub(crate) fn begins(row: &TextRow, told: &ToldHeadings, only: Option<Kind>) -> Option<Reading> {
    // Most records have more numbers, and to look up their words would take longer than to read them.
    let letterless = row.cells.iter().filter(|(_, text)| !text.contains(char::is_alphabetic)).count();
    if row.cells.len() < 3 || letterless * 3 > row.cells.len() {
        return None;
    }
    let known = row.cells.iter().filter(|(_, text)| is_heading(&clean(text))).count();
    if known < 3 || known * 2 < row.cells.len() || !row.cells.iter().any(|(_, text)| names_records(&clean(text))) {
        return None;
    }
    let reading = read_headings(&join(std::slice::from_ref(row)), told, only);
    (!matches!(reading, Reading::Nothing)).then_some(reading)
}

/// Whether a row has cells only under headings from which nothing is read: the parts of "Quê quán" and the like.
fn parts_only(row: &TextRow, found: &Found) -> bool {
    let columns = match &found.reading {
        Reading::Is(_, columns) | Reading::Nearly(_, columns) => columns,
        Reading::Either(..) | Reading::Nothing => return false,
    };
    row.cells.iter().all(|(col, text)| {
        columns.field_at(*col).is_none_or(|field| field == Field::Unused) && text.chars().any(char::is_alphabetic)
    })
}

/// Whether a row says what the parts are of groups above it, and nothing of any other column: "Tổng số", "Nữ" under "Số khẩu". All of
/// its cells are words, stand under groups, and one at least under no heading of its own.
fn parts_groups(row: &TextRow, headings: &[Heading]) -> bool {
    let headed = |col: u32| headings.iter().any(|heading| heading.col == col);
    let count = |text: &str, is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    // "Dưới 16 tuổi", "Đợt 1"; an amount or a day has more digits than letters, and a dash has neither.
    let lettered = |text: &str| count(text, |c| c.is_ascii_digit()).max(1) <= count(text, char::is_alphabetic);
    let says = |text: &str| lettered(text) || is_heading(text) || is_year(text);
    let words = |text: &str| says(&clean(text));
    let begins_group = |col: u32| !headed(col + 1) && row.at(col + 1).is_some();
    row.cells.len() >= 2
        && row.cells.iter().all(|(col, text)| words(text) && (!headed(*col) || begins_group(*col)))
        && row.cells.iter().any(|(col, _)| !headed(*col))
}

/// The columns of each group above such a row.
fn groups_over(row: &TextRow, headings: &[Heading]) -> Vec<Vec<u32>> {
    let headed = |col: u32| headings.iter().any(|heading| heading.col == col);
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for (col, _) in &row.cells {
        match groups.last_mut().filter(|_| !headed(*col)) {
            Some(group) => group.push(*col),
            None => groups.push(vec![*col]),
        }
    }
    groups
}

/// What is read under groups of which the parts say less than they do: in which of its columns the field of a group stands is not
/// known, and the first of them is as likely as the others to be last year's, or of some of the persons.
fn torn(whole: Reading, parted: Reading, groups: &[Vec<u32>]) -> Reading {
    if matches!(&parted, Reading::Nearly(_, columns) if !columns.doubled.is_empty()) {
        return parted;
    }
    let (Reading::Is(kind, mut columns) | Reading::Nearly(kind, mut columns)) = whole else { return whole };
    for group in groups.iter().filter(|group| group.len() > 1) {
        let field = group
            .first()
            .and_then(|col| columns.field_at(*col))
            .filter(|field| !field.may_double() && !columns.is_doubled(*field));
        columns.doubled.extend(field.map(|field| (field, group.clone())));
    }
    if columns.doubled.is_empty() { Reading::Is(kind, columns) } else { Reading::Nearly(kind, columns) }
}

/// Whether a row below headings has one cell, in their first column: the heading of a section, merged over the table, and none of the
/// running numbers.
fn is_alone_at_the_edge(row: &TextRow, block: &[TextRow]) -> bool {
    let above = block.iter().rev().nth(1).filter(|above| above.cells.len() >= 3).and_then(|above| above.cells.first());
    matches!((row.cells.as_slice(), above), ([(col, _)], Some((edge, _))) if col == edge)
}

fn consecutive(block: &[TextRow]) -> bool {
    block.windows(2).all(|pair| matches!(pair, [a, b] if a.row.saturating_add(1) == b.row))
}

/// Joins heading rows column by column. A group heading spreads to the right over the columns that have a heading below and
/// none of their own, which is what its merged cells look like once the merging is gone.
fn join(block: &[TextRow]) -> Vec<Heading> {
    let cols = columns_of(block);
    let mut groups: Vec<Option<String>> = vec![None; block.len()];
    let mut headings = Vec::new();
    for col in cols {
        let mut parts: Vec<String> = Vec::new();
        let mut lowest = None;
        let mut own_above = false;
        for (level, row) in block.iter().enumerate() {
            let below = block.iter().skip(level + 1).any(|row| row.at(col).is_some());
            if let Some(text) = row.at(col) {
                parts.push(clean(text));
                lowest = Some(row.row);
                own_above = true;
                if let Some(group) = groups.get_mut(level) {
                    *group = below.then(|| clean(text));
                }
                // A new heading ends the groups that stood under the one before.
                for group in groups.iter_mut().skip(level + 1) {
                    *group = None;
                }
            } else if below
                && !own_above
                && let Some(Some(group)) = groups.get(level)
            {
                parts.push(group.clone());
            }
        }
        if let Some(row) = lowest {
            headings.push(Heading { col, parts, cell: CellRef::new(row, col) });
        }
    }
    headings
}

/// A heading without the asterisks of required fields and without its column number.
fn clean(text: &str) -> String {
    text.replace('*', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a row numbers the columns: `(1) (2) (3)`, `1 2 3` or `A B 1 2`.
pub(crate) fn is_numbering(row: &TextRow) -> bool {
    let mut last = 0_u32;
    let mut numbers = 0_usize;
    for (_, text) in &row.cells {
        let label = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ' ' | '.'));
        if let Ok(number) = label.parse::<u32>() {
            if number <= last || number > 99 {
                return false;
            }
            last = number;
            numbers += 1;
        } else if label.split(['=', '+', '-', '/', ':', 'x']).all(|part| part.trim().parse::<u32>().is_ok()) && last > 0 {
            // A column that says how it is made: `5=3/2`.
            numbers += 1;
        } else if label.len() != 1 || !label.bytes().all(|b| b.is_ascii_alphabetic()) || last > 0 {
            return false;
        }
    }
    numbers >= 2 && row.cells.len() >= 3
}

/// Whether a cell says what the heading of its column says.
fn says_heading(headings: &[Heading], (col, text): &(u32, String)) -> bool {
    let text = fold(&clean(text));
    headings.iter().any(|heading| heading.col == *col && heading.parts.iter().any(|part| fold(part) == text))
}

/// Whether every cell of a row says what the heading of its column says: the second row of headings that are repeated.
pub(crate) fn continues(headings: &[Heading], row: &TextRow) -> bool {
    row.cells.iter().all(|cell| says_heading(headings, cell))
}

/// Whether a row repeats the headings, as printed pages do: at least three cells, and most of them, say what the heading says.
pub(crate) fn repeats(headings: &[Heading], row: &TextRow) -> bool {
    let same = row.cells.iter().filter(|cell| says_heading(headings, cell)).count();
    same >= 3 && same * 2 > row.cells.len()
}

/// Whether a row that repeats the headings says something else in some column: it heads another table of other columns.
pub(crate) fn differs(headings: &[Heading], row: &TextRow) -> bool {
    !continues(headings, row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(texts: &[&[&str]]) -> Vec<TextRow> {
        texts
            .iter()
            .zip(0_u32..)
            .filter(|(cells, _)| cells.iter().any(|text| !text.is_empty()))
            .map(|(cells, row)| TextRow {
                row,
                cells: cells
                    .iter()
                    .zip(0_u32..)
                    .filter(|(text, _)| !text.is_empty())
                    .map(|(text, col)| (col, (*text).to_owned()))
                    .collect(),
            })
            .collect()
    }

    fn found(texts: &[&[&str]]) -> Found {
        find(&rows(texts), &BTreeMap::new(), None).unwrap()
    }

    fn fields(found: &Found) -> Vec<(Field, u32)> {
        match &found.reading {
            Reading::Is(_, columns) => columns.iter().collect(),
            other @ (Reading::Either(..) | Reading::Nearly(..) | Reading::Nothing) => panic!("{other:?}"),
        }
    }

    #[test]
    fn two_merged_rows_and_a_numbering_row_are_joined() {
        let found = found(&[
            &["ỦY BAN NHÂN DÂN", "", "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            &["XÃ YANG TAO"],
            &[],
            &["STT", "Họ và tên chủ hộ", "Năm sinh", "", "Số khẩu", "Kết quả rà soát", "", "", "Điểm", ""],
            &["", "", "Nam", "Nữ", "", "Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo", "B1", "B2"],
            &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
            &["1", "Y Blơk Cil", "1971", "", "3", "", "x", "", "65", "10"],
        ]);
        assert_eq!((found.first, found.rows), (2, 3));
        let fields = fields(&found);
        for field in
            [(Field::BirthMale, 2), (Field::BirthFemale, 3), (Field::Persons, 4), (Field::ClassNearPoor, 6), (Field::B2, 9)]
        {
            assert!(fields.contains(&field), "{field:?} in {fields:?}");
        }
        assert_eq!(found.headings[3].joined(), "Năm sinh / Nữ");
    }

    #[test]
    fn three_rows_are_joined() {
        let found = found(&[
            &["TT", "Phường/Xã", "Dân cư", "", "Kết quả rà soát", "", "", ""],
            &["", "", "Tổng số hộ", "Số nhân khẩu", "Hộ nghèo", "", "Hộ cận nghèo", ""],
            &["", "", "", "", "Số hộ", "Tỷ lệ %", "Số hộ", "Tỷ lệ %"],
            &["1", "Xã Yang Tao", "2299", "9382", "649", "28,23", "495", "21,53"],
        ]);
        assert_eq!(found.rows, 3);
        let fields = fields(&found);
        for field in
            [(Field::Households, 2), (Field::AreaPersons, 3), (Field::Poor, 4), (Field::PoorRate, 5), (Field::NearPoor, 6)]
        {
            assert!(fields.contains(&field), "{field:?} in {fields:?}");
        }
    }

    #[test]
    fn a_single_row_at_the_top_is_not_joined_with_the_first_record() {
        let found = found(&[
            &["STT", "Xã/Thị trấn", "Họ và tên chủ hộ", "Giới tính", "Số nhân khẩu", "Phân loại hộ"],
            &["1", "Xã Yang Tao", "Y Blơk Cil", "Nam", "3", "Hộ nghèo"],
        ]);
        assert_eq!((found.first, found.rows), (0, 1));
    }

    #[test]
    fn a_record_of_small_numbers_is_no_numbering_row() {
        assert!(!is_numbering(&rows(&[&["1", "Xã Yang Tao", "2", "3"]])[0]));
        assert!(!is_numbering(&rows(&[&["5", "4", "3"]])[0]));
        assert!(is_numbering(&rows(&[&["A", "B", "1", "2", "3=1+2"]])[0]));
    }
}
