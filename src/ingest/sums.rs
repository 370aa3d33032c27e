//! Total and subtotal rows against the rows above them. They are left out of every count and serve as a cross-check only.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::convert::{self, Take};
use super::decimal::{self, Decimal, decimal};
use super::desk::Desk;
use super::fields::Field;
use super::line::Line;
use super::reader::Outcome;
use super::totals;
use crate::domain::household::Class;
use crate::domain::issue::{Code, Hint};
use crate::domain::source::CellRef;
use crate::domain::spelling::fold;

/// Columns of numbers that are added up under a table.
const NUMBERS: [Field; 15] = [
    Field::Persons,
    Field::PledgedSalary,
    Field::PledgedLabour,
    Field::PledgedSeedlings,
    Field::PledgedMoney,
    Field::DeliveredSalary,
    Field::DeliveredLabour,
    Field::DeliveredSeedlings,
    Field::DeliveredMoney,
    Field::Households,
    Field::AreaPersons,
    Field::Poor,
    Field::NearPoor,
    Field::PoorPersons,
    Field::NearPoorPersons,
];
/// Columns of marks that are counted under a table.
const MARKS: [Field; 5] = [Field::ClassPoor, Field::ClassNearPoor, Field::ClassOther, Field::NoLabour, Field::Merit];

/// A sum, or nothing once a cell that belongs to it could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sum {
    millionths: i128,
    known: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Self { millionths: 0, known: true }
    }
}

/// Sums since some row.
#[derive(Clone, Debug, Default)]
struct Since {
    records: u64,
    columns: BTreeMap<Field, Sum>,
}

impl Since {
    fn add(&mut self, field: Field, value: Option<i128>) {
        let sum = self.columns.entry(field).or_default();
        match value.and_then(|value| sum.millionths.checked_add(value)) {
            Some(total) => sum.millionths = total,
            None => sum.known = false,
        }
    }
}

/// A number printed in a total row, to be compared with what is above it (or below, where the total comes first).
#[derive(Clone, Debug)]
struct Printed {
    field: Option<Field>,
    cell: CellRef,
    found: String,
    millionths: i128,
}

/// Running sums of a sheet: since the last total or banner, since the last commune, and of all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    block: Since,
    commune: Since,
    all: Since,
    /// Totals above the first record.
    ahead: Vec<Printed>,
    /// Sums that the banner of the block prints of the rows below it.
    of_block: Vec<Printed>,
}

fn mark(line: &Line<'_>, field: Field) -> Take<bool> {
    let class = Field::CLASS_MARKS.into_iter().zip(Class::ALL).find(|(of, _)| *of == field).map(|(_, class)| class);
    line.take(field, |cell, guess| match class {
        Some(class) => convert::class_mark(cell, guess, class),
        None => convert::mark(cell, guess),
    })
}

impl Sums {
    /// Adds a record. Cells that hold a number count as they stand, even where the row is rejected; cells that hold something
    /// else leave their column without a sum.
    pub(crate) fn add(&mut self, line: &Line<'_>, outcome: Outcome) {
        if outcome == Outcome::Within {
            return;
        }
        let mut values: Vec<(Field, Option<i128>)> = Vec::new();
        for field in NUMBERS.into_iter().filter(|field| line.cell(*field).is_some()) {
            match line.take(field, decimal) {
                Take::Blank => {}
                Take::Is(number) => values.push((field, signed(number))),
                Take::Wrong(_) => values.push((field, None)),
            }
        }
        let marks: Vec<(Field, Take<bool>)> =
            MARKS.into_iter().filter(|field| line.columns.has(*field)).map(|field| (field, mark(line, field))).collect();
        let class_mark = |field: &Field| Field::CLASS_MARKS.contains(field);
        let classes = marks.iter().filter(|(field, mark)| class_mark(field) && *mark == Take::Is(true)).count();
        let class_known = outcome == Outcome::Part || classes == 1 || !line.columns.has(Field::ClassPoor);
        for (field, mark) in marks {
            match mark {
                // A row without a class, or with two, leaves the sums of all classes unknown.
                _ if class_mark(&field) && !class_known => values.push((field, None)),
                Take::Is(true) => values.push((field, Some(1_000_000))),
                Take::Blank | Take::Is(false) => {}
                Take::Wrong(_) => values.push((field, None)),
            }
        }
        for since in [&mut self.block, &mut self.commune, &mut self.all] {
            since.records += u64::from(outcome != Outcome::Part);
            values.iter().for_each(|(field, value)| since.add(*field, *value));
        }
    }

    /// Adds records whose numbers were added up already; `None` for a sum that is not known.
    pub(crate) fn add_many(&mut self, records: u64, sums: &[(Field, Option<u64>)]) {
        for since in [&mut self.block, &mut self.commune, &mut self.all] {
            since.records += records;
            sums.iter().for_each(|(field, sum)| since.add(*field, sum.map(|sum| i128::from(sum) * 1_000_000)));
        }
    }

    /// A banner begins a new block, of which it may print the sums; one that names a commune also begins a new commune.
    pub(crate) fn banner(&mut self, line: &Line<'_>, label: Option<(CellRef, &str)>, commune: bool, desk: &mut Desk<'_>) {
        self.next_block(commune, desk);
        self.of_block = printed(line, label, desk);
    }

    /// A new block begins, and maybe a new commune.
    pub(crate) fn next_block(&mut self, commune: bool, desk: &mut Desk<'_>) {
        self.close_block(desk);
        self.of_block.clear();
        self.block = Since::default();
        if commune {
            self.commune = Since::default();
        }
    }

    /// Compares a total row with the sums that it may be of, and begins a new block.
    pub(crate) fn total(&mut self, line: &Line<'_>, label: Option<(CellRef, &str)>, desk: &mut Desk<'_>) {
        self.close_block(desk);
        let printed = printed(line, label, desk);
        printed_rates(line, desk);
        if self.all.records == 0 {
            self.ahead.extend(printed);
            return;
        }
        for printed in printed {
            self.compare(&printed, label.map_or("", |(_, text)| text), desk);
        }
        let of_commune =
            label.is_some_and(|(_, text)| ["xa ", "thi tran", "phuong"].iter().any(|rank| fold(text).contains(rank)));
        self.block = Since::default();
        if of_commune {
            self.commune = Since::default();
        }
    }

    /// At the end of the sheet: totals that came first are of everything.
    pub(crate) fn finish(&mut self, desk: &mut Desk<'_>) {
        self.close_block(desk);
        for printed in std::mem::take(&mut self.ahead) {
            self.compare(&printed, "tổng", desk);
        }
    }

    /// Compares what the banner of the block prints; a banner above other banners is of more than one block, and not compared.
    fn close_block(&mut self, desk: &mut Desk<'_>) {
        let printed = std::mem::take(&mut self.of_block);
        if self.block.records > 0 {
            printed.iter().for_each(|printed| self.compare(printed, "", desk));
        }
    }

    fn compare(&self, printed: &Printed, label: &str, desk: &mut Desk<'_>) {
        let value = |since: &Since| match printed.field {
            Some(field) => {
                let sum = since.columns.get(&field).copied().unwrap_or_default();
                sum.known.then_some(sum.millionths)
            }
            None => Some(i128::from(since.records) * 1_000_000),
        };
        // Three decimals are most likely a point between thousands; see "numbers".
        let same =
            |sum: i128| sum == printed.millionths || sum == printed.millionths * 1_000 && printed.millionths % 1_000_000 != 0;
        let sums = [value(&self.block), value(&self.commune), value(&self.all)];
        if sums.iter().any(|sum| sum.is_none_or(same)) {
            return;
        }
        let whole = fold(label).starts_with("tong");
        let [block, _, all] = sums;
        if let Some(expected) = if whole { all } else { block } {
            let field = printed.field.unwrap_or(Field::Households);
            desk.find(Code::SumUnlike, printed.cell, field, &printed.found, Hint::Value(decimal::millionths_text(expected)));
        }
    }
}

/// The rates that a total row prints are those of its own counts.
fn printed_rates(line: &Line<'_>, desk: &mut Desk<'_>) {
    let count = |field| line.take_sum(field, convert::count).value();
    for (rate, part) in [(Field::PoorRate, Field::Poor), (Field::NearPoorRate, Field::NearPoor)] {
        if let (Some(part), Some(whole)) = (count(part), count(Field::Households)) {
            totals::rate(line, desk, rate, Some(part), Some(whole));
        }
    }
}

/// Whether a household list has columns of numbers beside the persons that are added up under it.
pub(crate) fn has_more(columns: &Columns) -> bool {
    NUMBERS.into_iter().any(|field| field != Field::Persons && columns.has(field))
}

fn signed(number: Decimal) -> Option<i128> {
    let size = i128::try_from(number.millionths).ok()?;
    Some(if number.negative { -size } else { size })
}

/// The numbers of a total row: those of its columns, and the one in a label such as "Tổng số: 45 hộ".
fn printed(line: &Line<'_>, label: Option<(CellRef, &str)>, desk: &Desk<'_>) -> Vec<Printed> {
    let mut found: Vec<Printed> = NUMBERS
        .iter()
        .chain(&MARKS)
        // What is printed under one of several columns of a mark is a part of its sum.
        .filter(|field| line.columns.further(**field).next().is_none())
        .filter_map(|field| {
            let number = line.take(*field, decimal).value()?;
            Some(Printed { field: Some(*field), cell: line.at(*field)?, found: line.found(*field), millionths: signed(number)? })
        })
        .collect();
    // Of a list of several classes "Tổng số hộ nghèo: 2 hộ" tells a part.
    if let Some((cell, text)) = label
        && let Some(households) = households_in(text)
        && (desk.around.class.is_some() || !fold(text).contains("ngheo"))
    {
        found.push(Printed { field: None, cell, found: text.to_owned(), millionths: i128::from(households) * 1_000_000 });
    }
    found
}

/// "Tổng số: 45 hộ", "Cộng: 1.234 hộ".
fn households_in(text: &str) -> Option<u64> {
    let folded = fold(text);
    let words: Vec<&str> =
        folded.split(|c: char| c.is_whitespace() || matches!(c, ':' | '(' | ')' | ',')).filter(|word| !word.is_empty()).collect();
    words.windows(2).find_map(|pair| match pair {
        [number, "ho"] => number.replace('.', "").parse().ok(),
        _ => None,
    })
}
