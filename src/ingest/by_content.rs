//! Columns that are known by what stands in them, where no heading tells: classes under "Đối tượng", villages under "Tổ", đồng under
//! "Ngày lương".

use super::cells;
use super::columns::Columns;
use super::fields::Field;
use super::headings::{Heading, TextRow};
use super::kind::Kind;
use super::reading::{Reading, missing};
use super::workbook::Value;
use super::year_columns::year_of;
use crate::domain::household::Class;
use crate::domain::spelling::fold;

/// The fewest cells of a row that may be a record.
const FEWEST_CELLS: usize = 3;

/// Headings of a class or a place that is not the one of the end of the year, or not where the household lives.
const OTHERS: [&str; 20] = [
    "hien trang",
    "dau nam",
    "dau ky",
    "truoc",
    "cu",
    "du kien",
    "dang ky",
    "de nghi",
    "que",
    "nguyen quan",
    "sinh",
    "cap",
    "chuyen",
    "lam viec",
    "cong tac",
    "hoc",
    // "Buôn bán" is no village, nor is "Tổ trưởng".
    "nghe",
    "viec lam",
    "cong viec",
    "chuc",
];

/// The words with which the name of a village begins.
const VILLAGES: [&str; 13] =
    ["thon", "buon", "bon", "ban", "lang", "ap", "xom", "khu pho", "khu dan cu", "to dan pho", "tdp", "to", "khoi"];

/// The words with which the name of a commune begins.
const COMMUNES: [&str; 3] = ["xa", "thi tran", "phuong"];

/// A column that is known by its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What stands in it.
    pub(super) field: Field,
    /// Its heading.
    pub(super) heading: Heading,
}

/// Completes a table of households or areas by columns of which all cells are classes or places, where nothing but the heading is
/// unknown: what the rows below say is surer than a list without them. Gives the columns that were told so.
///
/// Where a column says other classes than the one that a heading tells, only a person knows which holds, unless the programme file
/// chose.
pub(super) fn by_content(reading: Reading, headings: &[Heading], below: &[TextRow], chosen: bool) -> (Reading, Vec<Told>) {
    if let Reading::Is(kind @ (Kind::Members | Kind::Pledges), columns) = reading {
        let (columns, told) = days_in_dong(columns, headings, below);
        return (Reading::Is(kind, columns), told);
    }
    let (kind, mut columns) = match reading {
        Reading::Is(kind @ (Kind::Households | Kind::Totals), columns)
        | Reading::Nearly(kind @ (Kind::Households | Kind::Totals), columns) => (kind, columns),
        other @ (Reading::Is(..) | Reading::Nearly(..) | Reading::Either(..) | Reading::Nothing) => return (other, Vec::new()),
    };
    if let (Kind::Households, Some(col), false) = (kind, columns.get(Field::Class), chosen) {
        let other = |heading: &&Heading| {
            let of_year = year_of(heading).is_none_or(|year| columns.year == Some(year));
            let free = columns.field_at(heading.col).is_none();
            free && of_year && holds(Field::Class, heading, below) && contradicts(col, heading.col, below)
        };
        let others: Vec<u32> = headings.iter().filter(other).map(|heading| heading.col).collect();
        if !others.is_empty() && !columns.is_doubled(Field::Class) {
            columns.doubled.push((Field::Class, [vec![col], others].concat()));
        }
    }
    let mut told = Vec::new();
    for field in wanted(kind, &columns) {
        let free = |col: u32| match columns.field_at(col) {
            None => columns.kind_at(col).is_none(),
            // "Địa bàn" may head villages and communes.
            Some(known) => known == Field::Village && field == Field::Commune,
        };
        let is = |heading: &&Heading| free(heading.col) && holds(field, heading, below);
        let mut found = headings.iter().filter(is);
        if let (Some(heading), None) = (found.next(), found.next()) {
            told.push(Told { field, heading: heading.clone() });
            columns = columns.with(field, heading.col);
        }
    }
    let whole = missing(kind, &columns).is_empty() && columns.doubled.is_empty();
    (if whole { Reading::Is(kind, columns) } else { Reading::Nearly(kind, columns) }, told)
}

/// "Ngày lương" in đồng: nobody gives a thousand days. It is the money that is given, or beside a column of that what a day comes to.
fn days_in_dong(mut columns: Columns, headings: &[Heading], below: &[TextRow]) -> (Columns, Vec<Told>) {
    let mut told = Vec::new();
    let sides = [(Field::PledgedSalary, Field::PledgedMoney), (Field::DeliveredSalary, Field::DeliveredMoney)];
    for (days, money) in sides {
        let heading = columns.get(days).and_then(|col| headings.iter().find(|heading| heading.col == col));
        let Some(heading) = heading.filter(|heading| all_are_dong(heading.col, below)) else { continue };
        if columns.has(money) {
            columns = columns.with(Field::Unused, heading.col);
        } else {
            told.push(Told { field: money, heading: heading.clone() });
            columns = columns.with(money, heading.col);
        }
    }
    (columns, told)
}

/// Whether all cells of a column are sums of money, and there is one.
fn all_are_dong(col: u32, below: &[TextRow]) -> bool {
    const LEAST: u64 = 1_000;
    let is_dong = |text: &str| {
        let digits: String = text.chars().filter(|c| !matches!(c, '.' | ',' | 'đ' | 'Đ') && !c.is_whitespace()).collect();
        digits.parse::<u64>().is_ok_and(|dong| dong >= LEAST)
    };
    let mut texts = below.iter().filter_map(|row| row.at(col)).peekable();
    texts.peek().is_some() && texts.all(is_dong)
}

/// The fields that the headings of a kind of table did not tell.
fn wanted(kind: Kind, columns: &Columns) -> Vec<Field> {
    let choices: &[(&[Field], Field)] = match kind {
        Kind::Households => &[
            (&[Field::Class, Field::ClassPoor, Field::ClassNearPoor], Field::Class),
            (&[Field::Commune, Field::CommuneCode], Field::Commune),
            (&[Field::Village, Field::Address], Field::Village),
        ],
        Kind::Totals => {
            let areas = &[Field::Commune, Field::CommuneCode, Field::Village];
            &[(&[Field::Commune, Field::CommuneCode], Field::Commune), (areas, Field::Village)]
        }
        Kind::Members | Kind::Pledges | Kind::Twinning | Kind::Support | Kind::Assignment | Kind::Corrections => &[],
    };
    choices.iter().filter(|(known, _)| !columns.has_any(known)).map(|(_, field)| *field).collect()
}

/// The class that a text names.
fn class(text: &str) -> Option<Class> {
    match cells::class(Some(&Value::Text(text.into()))) {
        cells::Reading::Value(class) => Some(class),
        cells::Reading::Blank | cells::Reading::Fault(_) => None,
    }
}

/// Whether some row has one class in a column and another in the other.
fn contradicts(one: u32, other: u32, below: &[TextRow]) -> bool {
    let mut both = below.iter().filter_map(|row| Some((class(row.at(one)?)?, class(row.at(other)?)?)));
    both.any(|(one, other)| one != other)
}

/// Whether all cells of a column are of a field, and most records have one.
fn holds(field: Field, heading: &Heading, below: &[TextRow]) -> bool {
    let said = format!(" {} ", fold(&heading.joined()));
    if OTHERS.iter().any(|word| said.contains(&format!(" {word} "))) {
        return false;
    }
    let records: Vec<&TextRow> = below.iter().filter(|row| row.cells.len() >= FEWEST_CELLS).collect();
    let texts: Vec<&str> = records.iter().filter_map(|row| row.at(heading.col)).collect();
    let begins = |text: &str, words: &[&str]| {
        let folded = fold(text);
        words.iter().any(|word| folded.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
    };
    let is = |text: &&str| {
        (field == Field::Class && class(text).is_some())
            || (field == Field::Commune && begins(text, &COMMUNES))
            || (field == Field::Village && begins(text, &VILLAGES))
    };
    // "Không" answers other questions too.
    let says = field != Field::Class || texts.iter().any(|text| class(text).is_some_and(Class::is_target));
    !texts.is_empty() && texts.len() * 2 > records.len() && texts.iter().all(is) && says
}
