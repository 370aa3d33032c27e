//! Numbers with the unit of their column behind them, as people write them by hand: "5 khẩu", "5 ngày công", "10 cây mắc ca".

use super::convert;
use super::encoding::Script;
use super::fields::Field;
use super::workbook::{Cell, Value};
use crate::domain::spelling::fold;

/// The words that may stand behind a number of a column, folded, longest first.
const UNITS: [(Field, &[&str]); 13] = [
    (Field::Persons, &["nhan khau", "khau", "nguoi", "nk"]),
    (Field::Households, &["ho"]),
    (Field::Poor, &["ho ngheo", "ho"]),
    (Field::NearPoor, &["ho can ngheo", "ho"]),
    (Field::AreaPersons, &["nhan khau", "khau", "nguoi", "nk"]),
    (Field::PoorPersons, &["nhan khau", "khau", "nguoi", "nk"]),
    (Field::NearPoorPersons, &["nhan khau", "khau", "nguoi", "nk"]),
    (Field::PledgedSalary, &["ngay luong", "ngay"]),
    (Field::DeliveredSalary, &["ngay luong", "ngay"]),
    (Field::PledgedLabour, &["ngay cong", "cong", "ngay"]),
    (Field::DeliveredLabour, &["ngay cong", "cong", "ngay"]),
    (Field::PledgedSeedlings, &["cay giong", "cay"]),
    (Field::DeliveredSeedlings, &["cay giong", "cay"]),
];

/// A cell of a column by what it says without its unit, and what stands behind the unit; `None` where no number stands before one.
pub(super) fn bare(field: Field, cell: &Cell<'_>, guess: Script) -> Option<(Cell<'static>, String)> {
    let (_, units) = UNITS.iter().find(|(of, _)| *of == field).filter(|_| matches!(cell.value, Value::Text(_)))?;
    let text = convert::text(cell, guess);
    let digits = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')))?;
    let (number, words) = text.split_at_checked(digits)?;
    let words = words.trim();
    // A further number would be a further amount.
    if number.is_empty() || words.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let count = units.iter().find_map(|unit| {
        let of_unit = unit.split(' ').count();
        let first: Vec<&str> = words.split_whitespace().take(of_unit).collect();
        (fold(&first.join(" ")) == *unit).then_some(of_unit)
    })?;
    let behind = words.split_whitespace().skip(count).collect::<Vec<_>>().join(" ");
    let value = Value::Text(number.to_owned().into());
    Some((Cell { col: cell.col, value, script: Script::Unicode, formula: cell.formula }, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_before_the_unit_of_its_column_and_before_no_other() {
        let of = |field: Field, text: &str| {
            let cell = Cell { col: 0, value: Value::Text(text.to_owned().into()), script: Script::Unicode, formula: false };
            bare(field, &cell, Script::Unicode)
                .map(|(cell, behind)| format!("{}|{behind}", convert::text(&cell, Script::Unicode)))
        };
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(of(Field::PledgedSalary, "01 ngày lương"), is("01|"));
        assert_eq!(of(Field::PledgedSalary, "0,5 NGÀY"), is("0,5|"));
        assert_eq!(of(Field::Persons, "04 khẩu"), is("04|"));
        assert_eq!(of(Field::Households, "1.080 hộ"), is("1.080|"));
        assert_eq!(of(Field::DeliveredLabour, "5 ngày công"), is("5|"));
        assert_eq!(of(Field::DeliveredLabour, "05 công"), is("05|"));
        assert_eq!(of(Field::PledgedSeedlings, "10cây"), is("10|"));
        assert_eq!(of(Field::PledgedSeedlings, "10 cây giống mắc ca"), is("10|mắc ca"));
        for (field, text) in [
            (Field::PledgedSalary, "5 ngày công"),
            (Field::PledgedLabour, "1 ngày lương"),
            (Field::PledgedSeedlings, "10 cây mắc ca, 5 cây bơ"),
            (Field::PledgedSeedlings, "mười cây"),
            (Field::PledgedSeedlings, "10"),
            (Field::PledgedLabour, "5 con"),
            (Field::Persons, "5 khẩu, 1 đã mất"),
            (Field::Persons, "5 hộ"),
        ] {
            let behind = of(field, text);
            assert!(behind.as_ref().is_none_or(|text| !text.ends_with('|')), "{text} {behind:?}");
        }
    }
}
