//! Plants faults of the warning kind and keeps a list of where they are.

use super::grid::{Cell, address};
use super::layouts::{Field, Laid};
use super::places::COMMUNES;
use super::survey::{Class, Household};

/// A fault, for the list in the README.
pub(crate) struct Planted {
    pub(crate) file: String,
    pub(crate) sheet: String,
    pub(crate) cell: String,
    pub(crate) found: String,
    pub(crate) what: &'static str,
}

/// What is done to a cell.
#[derive(Clone, Copy)]
enum Change {
    /// Another text.
    Text(&'static str),
    /// Another number.
    Number(u64),
    /// The citizen number without its last digit.
    Short,
    /// The citizen number as a spreadsheet keeps it after 1.23E+11: the last six digits are zeros.
    LostDigits,
    /// The citizen number of somebody of the other sex.
    OtherSex,
    /// Left blank.
    Blank,
    /// The number in the cell and so much more.
    Plus(u64),
}

/// Which household of a list is chosen: the n-th of a class that can carry the fault.
type Choice = (Class, usize);

/// Year, commune (row in the list of communes), field, household, change, and what it is.
type Plan = (u32, usize, Field, Choice, Change, &'static str);

use Change as C;
use Class::{NearPoor, Other, Poor};
use Field as F;

const PLANS: &[Plan] = &[
    (2022, 0, F::Number, (Poor, 7), C::Short, "citizen number too short"),
    (2022, 0, F::B2, (Poor, 19), C::Number(45), "B2 is not a multiple of 10"),
    (2022, 0, F::Number, (Other, 60), C::OtherSex, "citizen number against the sex"),
    (2022, 0, F::Number, (NearPoor, 12), C::Blank, "no citizen number: matched with 2023 by name, birth and village"),
    (2022, 0, F::Number, (Other, 333), C::Blank, "no citizen number: matched with 2023 by name, birth and village"),
    (2022, 1, F::B1, (Poor, 40), C::Number(155), "poor, but B1 is above the line of 140"),
    (2022, 1, F::BirthMan, (Other, 77), C::Number(1893), "birth before 1900"),
    (2022, 2, F::B2, (Poor, 31), C::Number(30), "B2 unlike the marks"),
    (2022, 2, F::Birth, (Other, 90), C::Text("31/02/1975"), "a day that no calendar has"),
    (2022, 2, F::People, (Other, 140), C::Text("M'Nôngg"), "unknown people"),
    (2022, 3, F::People, (Other, 700), C::Text("Pơ Kơ"), "unknown people"),
    (2022, 6, F::B2, (NearPoor, 25), C::Number(40), "near-poor, but B2 is 30 or more"),
    (2022, 6, F::NoLabour, (Poor, 55), C::Text("?"), "unreadable mark"),
    (2022, 8, F::B2, (Poor, 64), C::Number(120), "B2 unlike the marks"),
    (2023, 0, F::BirthWoman, (Other, 5), C::Number(2039), "birth in the future"),
    (2023, 2, F::Birth, (NearPoor, 9), C::Text("29/2/1971"), "a day that no calendar has"),
    (2023, 2, F::Number, (Poor, 3), C::LostDigits, "citizen number whose last six digits are lost"),
    (2023, 3, F::B1, (Other, 200), C::Number(120), "not poor, but B1 is under the line of 140"),
    (2023, 6, F::Number, (Other, 44), C::Short, "citizen number too short"),
    (2023, 8, F::B2, (Poor, 100), C::Number(20), "poor, but B2 is below 30"),
    (2023, 9, F::B2, (Poor, 17), C::Number(110), "B2 unlike the marks"),
];

/// Subtotals that are wrong: year, commune, which subtotal of the list, persons too many.
const SUBTOTALS: &[(u32, usize, usize, u64)] = &[(2023, 8, 4, 10), (2022, 4, 0, 3)];

/// Plants the faults of a commune's list.
pub(crate) fn plant(
    laid: &mut Laid,
    year: u32,
    commune: usize,
    file: &str,
    households: &[&Household],
    planted: &mut Vec<Planted>,
) {
    for (_, _, field, choice, change, what) in PLANS.iter().filter(|p| p.0 == year && p.1 == commune) {
        let chosen = (0..households.len()).filter(|&i| fits(laid, *field, i, households[i], choice.0)).nth(choice.1);
        if let Some(i) = chosen {
            let (sheet, row) = laid.rows[i];
            let column = laid.columns[field];
            put(laid, (sheet, row, column), *change, what, file, planted);
        }
    }
    for (_, _, which, extra) in SUBTOTALS.iter().filter(|s| s.0 == year && s.1 == commune) {
        let Some(&(sheet, row)) = laid.subtotals.get(*which) else {
            continue;
        };
        let column = laid.columns[&Field::Persons];
        let what = "the total of persons is unlike the sum of its rows";
        put(laid, (sheet, row, column), C::Plus(*extra), what, file, planted);
    }
}

/// Whether a household can carry the fault: of the class, and with something in the cell already
/// where the cell must not change its meaning (a birth year stands under the head's own sex).
fn fits(laid: &Laid, field: Field, i: usize, household: &Household, class: Class) -> bool {
    let (sheet, row) = laid.rows[i];
    let filled = laid
        .columns
        .get(&field)
        .is_some_and(|&column| field == Field::NoLabour || laid.book.sheets[sheet].rows[row][column] != Cell::Blank);
    // With more than four marks every planted B2 is unlike them.
    household.class == class && filled && (class != Poor || household.b2() > 40)
}

fn put(
    laid: &mut Laid,
    (sheet, row, column): (usize, usize, usize),
    change: Change,
    what: &'static str,
    file: &str,
    planted: &mut Vec<Planted>,
) {
    let sheet = &mut laid.book.sheets[sheet];
    let cell = &mut sheet.rows[row][column];
    let number = cell.shown();
    let textual = matches!(cell, Cell::Text(_));
    *cell = match change {
        C::Text(text) => Cell::text(text),
        C::Number(n) if textual => Cell::text(n.to_string()),
        C::Number(n) => Cell::Number(n),
        C::Short => Cell::text(number.get(..11).unwrap_or("")),
        C::LostDigits => Cell::Number(number[..6].parse().unwrap_or(66) * 1_000_000),
        C::OtherSex => {
            let other = if &number[3..4] == "0" { "1" } else { "0" };
            Cell::text(format!("{}{other}{}", &number[..3], &number[4..]))
        }
        C::Blank => Cell::Blank,
        C::Plus(extra) => Cell::Number(number.parse::<u64>().unwrap_or(0) + extra),
    };
    planted.push(Planted {
        file: file.to_owned(),
        sheet: sheet.name.clone(),
        cell: address(row, column),
        found: cell.shown(),
        what,
    });
}

/// One village of the typed list has its citizen numbers as numbers, which have lost their zero.
pub(crate) fn lose_zeros(laid: &mut Laid, file: &str, households: &[&Household], planted: &mut Vec<Planted>) {
    let column = laid.columns[&Field::Number];
    let village = COMMUNES[households[0].commune].villages.len() - 1;
    let mut span: Option<(usize, usize)> = None;
    for (i, household) in households.iter().enumerate() {
        // Only a few rows: each is a warning of its own.
        if household.village != village || i % 8 != 0 {
            continue;
        }
        let (sheet, row) = laid.rows[i];
        let cell = &mut laid.book.sheets[sheet].rows[row][column];
        if let Ok(number) = cell.shown().parse() {
            *cell = Cell::Number(number);
            span = Some((span.map_or(row, |s| s.0), row));
        }
    }
    if let Some((first, last)) = span {
        planted.push(Planted {
            file: file.to_owned(),
            sheet: laid.book.sheets[0].name.clone(),
            cell: format!("{} to {}", address(first, column), address(last, column)),
            found: "66…".to_owned(),
            what: "citizen numbers kept as numbers have lost their first zero (every eighth row; restored)",
        });
    }
}

/// Letters that windows-1258 cannot write stand as question marks.
pub(crate) fn lost_letters(laid: &Laid, file: &str, planted: &mut Vec<Planted>) {
    let sheet = &laid.book.sheets[0];
    for (r, row) in sheet.rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            let text = cell.shown();
            let lost = |c: char| c != '?' && super::legacy::windows_1258(c.encode_utf8(&mut [0; 4])) == b"?";
            if text.contains(lost) {
                planted.push(Planted {
                    file: file.to_owned(),
                    sheet: sheet.name.clone(),
                    cell: address(r, c),
                    found: text.replace(lost, "?"),
                    what: "a letter that windows-1258 lacks has become a question mark",
                });
            }
        }
    }
}
