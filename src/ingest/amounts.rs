//! The amounts of a row: days of salary and labour, seedlings and their species, money; pledged and delivered.

use super::convert::{self, Take, Why};
use super::desk::{Desk, thousands};
use super::encoding::Script;
use super::fields::Field;
use super::line::Line;
use super::told_amounts;
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
    let text = if fields == PLEDGED { Field::PledgedText } else { Field::DeliveredText };
    if !line.columns.has_any(&fields) && !line.columns.has(text) {
        return Ok(None);
    }
    let words = in_words(line, desk, text, line.columns.has_any(&fields));
    let [salary, labour, seedlings, species, money] = fields;
    let salary = amount(line, desk, salary, half_days);
    let labour = amount(line, desk, labour, half_days);
    let trees = amount(line, desk, seedlings, convert::count);
    let zeros = line.columns.zeros(money);
    let most = if line.columns.has(Field::Donor) { MOST_OF_A_DONOR } else { MOST_OF_A_MEMBER };
    let money = amount(line, desk, money, |cell, guess| match convert::money(cell, zeros, guess) {
        Take::Is(dong) if (zeros > 0 && dong > most) || (1..LEAST).contains(&dong) => Take::Wrong(Why::Unreadable),
        taken @ (Take::Blank | Take::Is(_) | Take::Wrong(_)) => taken,
    });
    let kind = line.text(species).or_else(|| line.species_in(seedlings));
    if trees.as_ref().is_ok_and(|trees| trees.is_some_and(|trees| trees > 0))
        && line.columns.has(species)
        && !line.columns.is_clean()
        && kind.is_none()
    {
        desk.find_at(Code::SpeciesMissing, line, species, Hint::None);
    }
    let trees = trees?;
    Ok(Some(Amounts {
        salary_days: salary?.map(Days::halves).or(words.salary_days),
        labour_days: labour?.map(Days::halves).or(words.labour_days),
        species: kind.map(Into::into).or(words.species.filter(|_| trees.is_none())),
        seedlings: trees.or(words.seedlings),
        money_dong: money?.or(words.money_dong),
    }))
}

/// What a sentence tells, with the number that may stand in a column of its own. Where there are columns of amounts, words without
/// a number only say what they are of.
fn in_words(line: &Line<'_>, desk: &mut Desk<'_>, field: Field, beside_amounts: bool) -> Amounts {
    let Some(words) = line.text(field) else { return Amounts::default() };
    let is_bare = !words.contains(|c: char| c.is_ascii_digit());
    let number = line.text(Field::AmountNumber).filter(|_| is_bare);
    let told = told_amounts::told(&number.map_or_else(|| words.clone(), |number| format!("{number} {words}")));
    match told {
        Ok(amounts) => amounts.unwrap_or_default(),
        Err(_) if is_bare && beside_amounts => Amounts::default(),
        Err(_) => {
            desk.find_at(Code::AmountUnread, line, field, Hint::None);
            Amounts::default()
        }
    }
}

/// Half days, of which no year has more than so many: more are đồng in the column of days.
fn half_days(cell: &Cell<'_>, guess: Script) -> Take<u64> {
    match convert::half_days(cell, guess) {
        Take::Is(halves) if halves > MOST_HALF_DAYS => Take::Wrong(Why::Unreadable),
        taken @ (Take::Blank | Take::Is(_) | Take::Wrong(_)) => taken,
    }
}

/// Nobody gives less than so many đồng: it is thousands of them.
const LEAST: u64 = 1_000;
/// The most đồng of a member in a column of thousands or millions: more are đồng in that column.
const MOST_OF_A_MEMBER: u64 = 100_000_000;
/// The same of a donor.
const MOST_OF_A_DONOR: u64 = 100_000_000_000;

/// The half days of a leap year.
const MOST_HALF_DAYS: u64 = 2 * 366;

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
