//! The amounts of a row: days of salary and labour, seedlings and their species, money; pledged and delivered.

use super::convert::{self, Take, Why};
use super::desk::{Desk, thousands};
use super::encoding::Script;
use super::fields::Field;
use super::line::Line;
use super::workbook::{Cell, Value};
use crate::domain::issue::{Code, Hint};
use crate::domain::pledge::{Amounts, Days};

/// Salary days, labour days, seedlings, species, money.
pub(crate) const PLEDGED: [Field; 5] =
    [Field::PledgedSalary, Field::PledgedLabour, Field::PledgedSeedlings, Field::PledgedSpecies, Field::PledgedMoney];
/// The same, delivered.
pub(crate) const DELIVERED: [Field; 5] =
    [Field::DeliveredSalary, Field::DeliveredLabour, Field::DeliveredSeedlings, Field::DeliveredSpecies, Field::DeliveredMoney];

/// The amounts of one side; `Ok(None)` where the list has none of its columns. `Err` where one cannot be read: then the row
/// does not count.
pub(crate) fn amounts(line: &Line<'_>, desk: &mut Desk<'_>, fields: [Field; 5]) -> Result<Option<Amounts>, ()> {
    if !line.columns.has_any(&fields) {
        return Ok(None);
    }
    let [salary, labour, seedlings, species, money] = fields;
    let salary = amount(line, desk, salary, convert::half_days);
    let labour = amount(line, desk, labour, convert::half_days);
    let trees = amount(line, desk, seedlings, convert::count);
    let money = amount(line, desk, money, convert::money);
    let kind = line.text(species).or_else(|| line.species_in(seedlings));
    if trees.as_ref().is_ok_and(|trees| trees.is_some_and(|trees| trees > 0))
        && line.columns.has(species)
        && !line.columns.is_clean()
        && kind.is_none()
    {
        desk.find_at(Code::SpeciesMissing, line, species, Hint::None);
    }
    Ok(Some(Amounts {
        salary_days: salary?.map(Days::halves),
        labour_days: labour?.map(Days::halves),
        seedlings: trees?,
        species: kind.map(Into::into),
        money_dong: money?,
    }))
}

fn amount(
    line: &Line<'_>,
    desk: &mut Desk<'_>,
    field: Field,
    read: impl Fn(&Cell<'_>, Script) -> Take<u64>,
) -> Result<Option<u64>, ()> {
    let (code, hint) = match line.take(field, &read) {
        Take::Blank => return Ok(None),
        Take::Is(value) => return Ok(Some(value)),
        Take::Wrong(Why::ErrorValue) => (Code::ErrorValue, Hint::None),
        Take::Wrong(Why::NoCache) => (Code::FormulaEmpty, Hint::None),
        Take::Wrong(Why::Fraction) => (Code::AmountFraction, Hint::None),
        Take::Wrong(Why::Suspect) => (Code::NumberSuspect, thousands(&line.found(field))),
        Take::Wrong(Why::Unreadable | Why::Negative) => match (line.take(field, convert::mark), line.columns.marked(field)) {
            // A mark under "10 cây giống" is ten.
            (Take::Is(true), Some(number)) => {
                let value = Value::Number(f64::from(number));
                let cell = Cell { col: 0, value, script: Script::Unicode, formula: false };
                return Ok(read(&cell, line.guess).value());
            }
            // "không" is nothing.
            (Take::Is(false), _) => return Ok(None),
            _ => (Code::AmountWrong, Hint::None),
        },
    };
    desk.find_at(code, line, field, hint);
    Err(())
}
