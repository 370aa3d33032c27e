//! What poor and near-poor households lack, as the ministry's forms have it: counts and rates of each indicator, for the
//! district and by commune (phân tích các chỉ số thiếu hụt, Circular 07/2021/TT-BLĐTBXH, forms 4 to 7).

use super::{heading, units_note};
use crate::domain::coverage::{DeprivationRow, Lacking};
use crate::domain::household::{Class, Deprivations};
use crate::domain::rate::Share;
use crate::domain::standard::Standard;
use crate::domain::tally::By;
use crate::report::table::{Column, Datum, Row, Sensitivity, Sum, Table};
use crate::report::wording::Words;

/// The keys of the columns of one class.
#[derive(Debug)]
struct Keys {
    /// Households of the class, as the tables of rates have them.
    class: &'static str,
    marked: &'static str,
    unmarked: &'static str,
    marks: &'static str,
    lacking: [&'static str; Deprivations::INDICATORS],
    percent: [&'static str; Deprivations::INDICATORS],
    counts: &'static str,
    rates: &'static str,
}

macro_rules! keys {
    ($class:literal) => {
        Keys {
            class: $class,
            marked: concat!($class, "_marked"),
            unmarked: concat!($class, "_unmarked"),
            marks: concat!($class, "_marks"),
            lacking: keys!($class, ""),
            percent: keys!($class, "_percent"),
            counts: concat!("deprivations_", $class),
            rates: concat!("deprivations_", $class, "_percent"),
        }
    };
    ($class:literal, $what:literal) => {
        [
            concat!($class, "_cs1", $what),
            concat!($class, "_cs2", $what),
            concat!($class, "_cs3", $what),
            concat!($class, "_cs4", $what),
            concat!($class, "_cs5", $what),
            concat!($class, "_cs6", $what),
            concat!($class, "_cs7", $what),
            concat!($class, "_cs8", $what),
            concat!($class, "_cs9", $what),
            concat!($class, "_cs10", $what),
            concat!($class, "_cs11", $what),
            concat!($class, "_cs12", $what),
        ]
    };
}

const POOR: Keys = keys!("poor");
const NEAR_POOR: Keys = keys!("near_poor");

/// The classes that the forms are about, with their keys.
const CLASSES: [(Class, &Keys); 2] = [(Class::Poor, &POOR), (Class::NearPoor, &NEAR_POOR)];

/// The district: a row an indicator; `None` where no list has marks.
#[must_use]
pub fn district(lacking: &Lacking, words: &Words) -> Option<Table> {
    let Lacking { rows, standard, .. } = lacking;
    let of = |class| rows.iter().find(|row| row.commune.is_none() && row.class == class);
    let (poor, near_poor) = (of(Class::Poor)?, of(Class::NearPoor)?);
    if poor.households + near_poor.households == 0 {
        return None;
    }
    let small = |key, word, class: Class| {
        let column = Column::new(key, heading(words, word)).number().telling(Sensitivity::SmallCount);
        column.under(words.say("class", class.word()))
    };
    let columns = vec![
        Column::new("indicator", heading(words, "indicator")).wide(28),
        small("poor", "lacking", Class::Poor),
        small("poor_percent", "percent", Class::Poor).from(&["poor"]),
        small("near_poor", "lacking", Class::NearPoor),
        small("near_poor_percent", "percent", Class::NearPoor).from(&["near_poor"]),
    ];
    let mut table = Table::new("deprivations", words.say("title", "deprivations"), columns);
    for (indicator, name) in names(*standard, words).into_iter().enumerate() {
        let mut cells = vec![Datum::text(name)];
        for row in [poor, near_poor] {
            cells.push(Datum::count(row.counts.get(indicator).copied()));
            cells.push(Datum::percent(row.share(indicator).and_then(Share::percent)));
        }
        let district = By::District.word();
        let row = Row::body(cells).same(1, district, POOR.lacking[indicator]);
        table.rows.push(row.same(3, district, NEAR_POOR.lacking[indicator]));
    }
    let all = [
        ("marked", [poor.households, near_poor.households], [POOR.marked, NEAR_POOR.marked]),
        ("unmarked", [poor.without_marks, near_poor.without_marks], [POOR.unmarked, NEAR_POOR.unmarked]),
    ];
    for (word, [poor, near_poor], keys) in all {
        let name = Datum::text(heading(words, word));
        let [poor, near_poor] = [poor, near_poor].map(|count| Datum::count(Some(count)));
        let row = Row::total(vec![name, poor, Datum::nothing(), near_poor, Datum::nothing()]);
        let district = By::District.word();
        // These lines are no sums of those above them: a household may lack several things.
        table
            .rows
            .push(Row { kind: crate::report::table::RowKind::Body, ..row }.same(1, district, keys[0]).same(3, district, keys[1]));
    }
    table.notes.push(words.say("note", "deprivations").to_owned());
    Some(table)
}

/// By commune: the counts of the poor, their rates, and the same of the near-poor; nothing where no list has marks.
#[must_use]
pub fn by_commune(lacking: &Lacking, words: &Words) -> Vec<Table> {
    let Lacking { rows, standard, units } = lacking;
    let marked = |row: &&DeprivationRow| row.commune.is_none() && row.households > 0;
    let told = |class| rows.iter().any(|row| row.class == class && marked(&row));
    let classes = CLASSES.into_iter().filter(|(class, _)| told(*class));
    let mut tables: Vec<Table> = classes
        .flat_map(|(class, keys)| [counts(rows, class, keys, *standard, words), rates(rows, class, keys, *standard, words)])
        .collect();
    for table in &mut tables {
        table.notes.extend(units_note(*units, words));
    }
    tables
}

fn counts(rows: &[DeprivationRow], class: Class, keys: &Keys, standard: Standard, words: &Words) -> Table {
    let small = |key, heading: &str| Column::new(key, heading).number().telling(Sensitivity::SmallCount);
    let mut columns = vec![
        Column::new("commune", heading(words, "commune")).wide(20),
        small(keys.marked, heading(words, "marked")),
        // How many were listed without marks tells nothing about any of them.
        Column::new(keys.unmarked, heading(words, "unmarked")).number(),
        small(keys.marks, heading(words, "marks")),
    ];
    let names = names(standard, words);
    columns.extend(keys.lacking.into_iter().zip(&names).map(|(key, name)| small(key, name)));
    let mut table = Table::new(keys.counts, words.say("title", keys.counts), columns);
    table.sums.push(Sum { whole: keys.marks, plus: keys.lacking[..names.len()].to_vec(), minus: Vec::new() });
    for row in rows.iter().filter(|row| row.class == class) {
        // Where no household has marks nobody counted, which is not zero.
        let counted = |count: u64| Datum::count((row.households > 0).then_some(count));
        let numbers = [Datum::count(Some(row.households)), Datum::count(Some(row.without_marks)), counted(row.marks())];
        let cells = numbers.into_iter().chain(row.counts.iter().map(|&count| counted(count)));
        table.links.push([keys.class, keys.marked, keys.unmarked].map(|key| (about(row), key)).to_vec());
        table.rows.push(line(row, cells, words));
    }
    table.rows.sort_by_key(|row| row.kind == crate::report::table::RowKind::Total);
    table
}

fn rates(rows: &[DeprivationRow], class: Class, keys: &Keys, standard: Standard, words: &Words) -> Table {
    let names = names(standard, words);
    let mut columns = vec![Column::new("commune", heading(words, "commune")).wide(20)];
    columns.extend(keys.percent.into_iter().zip(keys.lacking).zip(&names).map(|((key, count), name)| {
        Column::new(key, name).number().telling(Sensitivity::SmallCount).from(&[count, keys.marked])
    }));
    let mut table = Table::new(keys.rates, words.say("title", keys.rates), columns);
    for row in rows.iter().filter(|row| row.class == class) {
        let cells = (0..names.len()).map(|indicator| Datum::percent(row.share(indicator).and_then(Share::percent)));
        table.rows.push(line(row, cells, words));
    }
    table.rows.sort_by_key(|row| row.kind == crate::report::table::RowKind::Total);
    table.notes.push(words.say("note", "deprivations").to_owned());
    table
}

/// The row of a commune, or that of the district, which is the sum of the others.
fn line(row: &DeprivationRow, cells: impl IntoIterator<Item = Datum>, words: &Words) -> Row {
    let name = row.commune.as_ref().map_or(words.say("column", "district"), |commune| commune.name());
    let cells = std::iter::once(Datum::text(name)).chain(cells).collect();
    match row.commune {
        Some(_) => Row::body(cells).about(about(row)).part_of(By::District.word()),
        None => Row::total(cells).about(about(row)),
    }
}

/// What masking knows a row by, the same as in the tables of rates.
fn about(row: &DeprivationRow) -> String {
    let commune = row.commune.as_ref().map(|commune| format!("{}:{}", By::Commune.word(), commune.name()));
    commune.unwrap_or_else(|| By::District.word().to_owned())
}

/// The indicators by name. Those of today's standard have names in both languages; others keep that of their decree.
fn names(standard: Standard, words: &Words) -> Vec<String> {
    let name = |(at, indicator): (usize, &crate::domain::standard::Indicator)| match standard {
        Standard::Nd07_2021 => words.field(&format!("cs{}", at + 1)).to_owned(),
        Standard::Nd59_2015 | Standard::Nd351_2025 => indicator.name.to_owned(),
    };
    standard.indicators().iter().enumerate().map(name).collect()
}
