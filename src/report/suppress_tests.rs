//! What a curious reader can and cannot compute from a masked report. The attacker here shares no code with the masking:
//! it lists every table of whole numbers that agrees with what is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::rate::Share;
use crate::report::audience::{Audience, mask};
use crate::report::table::{Column, Report, Sum};
use proptest::prelude::*;

const PARTS: [&str; 2] = ["poor", "other"];

/// Villages by class, with sums by row and column, and a rate.
fn villages(key: &'static str, rows: &[[i64; 2]], named: bool) -> Table {
    let count = |key| Column::new(key, key).number().telling(Sensitivity::SmallCount);
    let columns = vec![
        Column::new("village", "village"),
        count("households"),
        count("poor"),
        count("other"),
        Column::new("poor_percent", "%").telling(Sensitivity::SmallCount).from(&["poor", "households"]),
    ];
    let mut table = Table::new(key, key, columns);
    table.sums.push(Sum { whole: "households", plus: PARTS.to_vec(), minus: Vec::new() });
    let cells = |name: &str, counts: [i64; 2]| {
        let share = Share { part: counts[0].unsigned_abs(), whole: Some((counts[0] + counts[1]).unsigned_abs()) };
        let [poor, other] = counts;
        let counts = [poor + other, poor, other].map(Datum::Count);
        std::iter::once(Datum::text(name)).chain(counts).chain([Datum::percent(share.percent())]).collect::<Vec<_>>()
    };
    for (index, counts) in rows.iter().enumerate() {
        let row = Row::body(cells("v", *counts));
        table.rows.push(if named { row.about(format!("{key}:{index}")).part_of(key) } else { row });
    }
    let total = rows.iter().fold([0, 0], |sum, row| [sum[0] + row[0], sum[1] + row[1]]);
    let row = Row::total(cells("total", total));
    table.rows.push(if named { row.about(key) } else { row });
    table
}

fn public(tables: Vec<Table>) -> Vec<Table> {
    mask(Report { tables, ..Report::default() }, Audience::Public).tables
}

/// All ways to fill rows of (poor, other) that agree with a shown table, each count at most `most`.
fn consistent(table: &Table, most: i64) -> Vec<Vec<[i64; 2]>> {
    let fits = |shown: &Datum, value: i64| *shown == Datum::Hidden || *shown == Datum::Count(value);
    let row_fits = |row: &Row, counts: [i64; 2]| {
        let share = Share { part: counts[0].unsigned_abs(), whole: Some((counts[0] + counts[1]).unsigned_abs()) };
        let rate = row.cells[4] == Datum::Hidden || row.cells[4] == Datum::percent(share.percent());
        rate && fits(&row.cells[1], counts[0] + counts[1]) && fits(&row.cells[2], counts[0]) && fits(&row.cells[3], counts[1])
    };
    let (total, body) = table.rows.split_last().unwrap();
    let mut ways: Vec<Vec<[i64; 2]>> = vec![Vec::new()];
    for row in body {
        let choices: Vec<[i64; 2]> = (0..=most)
            .flat_map(|poor| (0..=most).map(move |other| [poor, other]))
            .filter(|&counts| row_fits(row, counts))
            .collect();
        ways = ways
            .iter()
            .flat_map(|way| choices.iter().map(move |choice| way.iter().copied().chain([*choice]).collect()))
            .collect();
    }
    ways.retain(|way| row_fits(total, way.iter().fold([0, 0], |sum, row| [sum[0] + row[0], sum[1] + row[1]])));
    ways
}

#[test]
fn a_small_count_takes_a_partner_in_its_row_and_one_in_its_column() {
    let masked = &public(vec![villages("a", &[[3, 40], [20, 50], [30, 60]], false)])[0];
    let hidden = |row: usize, column: usize| masked.rows[row].cells[column] == Datum::Hidden;
    assert!(hidden(0, 2) && hidden(0, 4), "the small count and its rate");
    assert!(hidden(0, 1) || hidden(0, 3), "a partner in the row");
    assert!((1..4).any(|row| hidden(row, 2)), "a partner in the column");
    assert!(!hidden(3, 1) && !hidden(3, 4), "the total of the district and its rate stay");
}

#[test]
fn zeros_and_counts_of_five_or_more_stay() {
    let tables = vec![villages("a", &[[0, 40], [5, 50]], false)];
    assert_eq!(public(tables.clone()), tables);
}

#[test]
fn a_figure_hidden_in_one_table_is_hidden_in_the_other() {
    let village = villages("commune", &[[3, 40], [20, 50]], true);
    let mut again = village.clone();
    again.key = "again";
    let masked = public(vec![village, again]);
    assert_eq!(masked[0].rows, masked[1].rows);
}

#[test]
fn the_villages_of_a_commune_do_not_give_away_the_commune() {
    // The commune's row stands in another table; its small count would be the sum of its villages.
    let count = |key| Column::new(key, key).telling(Sensitivity::SmallCount);
    let mut communes = Table::new("communes", "", vec![count("poor")]);
    let mut places = Table::new("places", "", vec![count("poor")]);
    for (name, value) in [("a", 3), ("b", 30), ("c", 40)] {
        communes.rows.push(Row::body(vec![Datum::Count(value)]).about(name).part_of("district"));
    }
    communes.rows.push(Row::total(vec![Datum::Count(73)]).about("district"));
    for (name, parent, value) in [("a1", "a", 3), ("a2", "a", 0), ("b1", "b", 10), ("b2", "b", 20), ("c1", "c", 40)] {
        places.rows.push(Row::body(vec![Datum::Count(value)]).about(name).part_of(parent));
    }
    let masked = public(vec![communes, places]);
    let shown = |table: usize, row: usize| masked[table].rows[row].cells[0].clone();
    assert_eq!((shown(0, 0), shown(1, 0)), (Datum::Hidden, Datum::Hidden));
    assert_eq!(shown(0, 1), Datum::Hidden, "b is the partner of a");
    assert!([2, 3].iter().any(|&row| shown(1, row) == Datum::Hidden), "and is not the sum of its villages");
    assert_eq!(shown(0, 3), Datum::Count(73));
}

#[test]
fn a_rate_that_does_not_say_from_which_counts_it_comes_is_not_shown() {
    let mut table = villages("a", &[[30, 40], [20, 50]], false);
    table.columns[4].from.clear();
    assert!(public(vec![table.clone()])[0].rows.iter().all(|row| row.cells[4] == Datum::Hidden));
    table.columns[4].from = vec!["somewhere"];
    assert!(public(vec![table])[0].rows.iter().all(|row| row.cells[4] == Datum::Hidden));
}

#[test]
fn four_equations_together_fix_what_none_fixes_alone() {
    // Hidden in a ring of equations that cross: x + y, y + z, x + z are known, so each of them is.
    let mut figures = Figures { counts: vec![Some(3), Some(9), Some(9), Some(1), Some(1), Some(1)], ..Figures::default() };
    for (whole, a, b) in [(3, 0, 1), (4, 1, 2), (5, 0, 2)] {
        figures.equations.push(vec![(whole, Sign::Whole), (a, Sign::Part), (b, Sign::Part)]);
    }
    figures.hidden.extend([0, 1, 2]);
    assert_eq!(figures.determined(), [0, 1, 2]);
    figures.hidden.insert(3);
    assert_eq!(figures.determined(), Vec::<usize>::new().as_slice());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_suppressed_value_can_be_computed_from_what_is_shown(rows in prop::collection::vec([0i64..9, 0i64..9], 1..4)) {
        let table = villages("a", &rows, false);
        let masked = &public(vec![table.clone()])[0];
        let ways = consistent(masked, 14);
        prop_assert!(ways.contains(&rows), "the attacker must find the truth among the ways");
        let mut values: BTreeMap<(usize, usize), BTreeSet<i64>> = BTreeMap::new();
        for way in &ways {
            for (row, counts) in way.iter().enumerate() {
                for (part, count) in counts.iter().enumerate() {
                    values.entry((row, part)).or_default().insert(*count);
                }
            }
        }
        for (row, counts) in rows.iter().enumerate() {
            for (part, &count) in counts.iter().enumerate() {
                let hidden = masked.rows[row].cells[part + 2] == Datum::Hidden;
                prop_assert!(hidden || count == 0 || count >= LEAST, "{count} is shown");
                prop_assert!(!hidden || count == 0 || values[&(row, part)].len() > 1, "row {row} {} is {count}", PARTS[part]);
            }
        }
    }

    #[test]
    fn where_nothing_is_small_nothing_is_hidden(rows in prop::collection::vec([5i64..90, 5i64..90], 1..6)) {
        let table = villages("a", &rows, true);
        prop_assert_eq!(public(vec![table.clone()]), vec![table]);
    }
}
