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
use crate::domain::source::CellRef;
use crate::domain::spelling::{self, fold};

/// Salary days, labour days, seedlings, species, money.
pub(crate) const PLEDGED: [Field; 5] =
    [Field::PledgedSalary, Field::PledgedLabour, Field::PledgedSeedlings, Field::PledgedSpecies, Field::PledgedMoney];
/// The same, delivered.
pub(crate) const DELIVERED: [Field; 5] =
    [Field::DeliveredSalary, Field::DeliveredLabour, Field::DeliveredSeedlings, Field::DeliveredSpecies, Field::DeliveredMoney];

/// What was promised, delivered.
pub(super) fn delivered(field: Field) -> Option<Field> {
    PLEDGED.into_iter().zip(DELIVERED).find_map(|(pledged, delivered)| (pledged == field).then_some(delivered))
}

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

/// The amounts of both sides. What was delivered may be told of the whole row: by a mark, a day or a word under "Đã nộp", in the
/// remarks, or by the section.
pub(crate) fn sides(line: &Line<'_>, desk: &mut Desk<'_>) -> (Result<Option<Amounts>, ()>, Result<Option<Amounts>, ()>) {
    let pledged = amounts(line, desk, PLEDGED);
    let by_columns = line.columns.has_any(&DELIVERED);
    if let (Ok(Some(promised)), false) = (&pledged, by_columns)
        && let Some(delivered) = delivered_whole(line, desk, promised)
    {
        return (pledged, Ok(Some(delivered)));
    }
    let delivered = amounts(line, desk, DELIVERED);
    // Under a title of what was given the section may say that this was not.
    if by_columns && matches!(pledged, Ok(None)) && told_delivered(line, desk) == Some(false) {
        return (delivered, Ok(Some(Amounts::default())));
    }
    (pledged, delivered)
}

/// What was delivered of what is promised, where the row is told to be done or not, or how much of the only kind of its amounts.
fn delivered_whole(line: &Line<'_>, desk: &Desk<'_>, promised: &Amounts) -> Option<Amounts> {
    let whole = |done: bool| if done { promised.clone() } else { Amounts::default() };
    if !line.columns.has(Field::DeliveredText) {
        return told_delivered(line, desk).map(whole);
    }
    let cell = line.cell(Field::DeliveredText)?;
    let [salary, labour, seedlings, _, money] = PLEDGED;
    let mut kinds = [salary, labour, seedlings, money].into_iter().filter(|field| line.columns.has(*field));
    let only = kinds.next().filter(|_| kinds.next().is_none());
    let zeros = line.columns.zeros(money);
    let halves = || half_days(cell, line.guess).value().map(Days::halves);
    let of_kind = match only {
        Some(Field::PledgedMoney) => convert::money(cell, zeros, line.guess)
            .value()
            .filter(|dong| *dong >= LEAST)
            .map(|dong| Amounts { money_dong: Some(dong), ..Amounts::default() }),
        Some(Field::PledgedSalary) => halves().map(|days| Amounts { salary_days: Some(days), ..Amounts::default() }),
        Some(Field::PledgedLabour) => halves().map(|days| Amounts { labour_days: Some(days), ..Amounts::default() }),
        Some(Field::PledgedSeedlings) => convert::count(cell, line.guess).value().map(|trees| Amounts {
            seedlings: Some(trees),
            species: promised.species.clone(),
            ..Amounts::default()
        }),
        _ => None,
    };
    of_kind.or_else(|| whole_done(cell, line).map(whole))
}

/// Whether a cell says by a mark, a day or in words that what its row promises was delivered.
fn whole_done(cell: &Cell<'_>, line: &Line<'_>) -> Option<bool> {
    let is_day = matches!(convert::date(cell, line.guess), Take::Is(_));
    let marked = convert::mark(cell, line.guess).value().or_else(|| is_day.then_some(true));
    marked.or_else(|| is_done(&convert::text(cell, line.guess)))
}

/// Whether the remarks of a row or its section tell that what is promised was delivered.
fn told_delivered(line: &Line<'_>, desk: &Desk<'_>) -> Option<bool> {
    line.text(Field::Note).and_then(|text| is_done(&text)).or(desk.around.delivered())
}

/// Whether words say that what was promised was delivered, or that it was not yet: "Đã nộp đủ", "II. CHƯA NỘP". Words with a number
/// tell how much.
pub(super) fn is_done(text: &str) -> Option<bool> {
    const DONE: [&str; 12] = [
        "nop",
        "dong",
        "thu",
        "ung ho",
        "dong gop",
        "thuc hien",
        "giao nop",
        "hoan thanh",
        "chuyen khoan",
        "giao",
        "trao",
        "xong",
    ];
    /// What may stand behind: of dues, papers and other things it says nothing.
    const MORE: [&str; 14] =
        ["du", "tien", "xong", "roi", "het", "ngay", "luong", "cong", "cay", "giong", "ung", "ho", "dang", "ky"];
    let folded = fold(text);
    let words: Vec<&str> = spelling::words(&folded).collect();
    // Before it there is the number of a section at most.
    let at = words.iter().position(|word| matches!(*word, "da" | "chua")).filter(|at| *at <= 1)?;
    let said = words.get(at + 1..)?.join(" ");
    let done =
        |word: &&str| said.strip_prefix(*word).is_some_and(|rest| rest.split_whitespace().all(|word| MORE.contains(&word)));
    let is_part = words.get(at) == Some(&"chua") && words.contains(&"du");
    (!is_part && DONE.iter().any(done)).then(|| words.get(at) == Some(&"da"))
}

/// What a sentence tells, with the number that may stand in a column of its own. Where there are columns of amounts, words without
/// a number only say what they are of.
fn in_words(line: &Line<'_>, desk: &mut Desk<'_>, field: Field, beside_amounts: bool) -> Amounts {
    let (Some(words), Some(cell)) = (line.text(field), line.cell(field)) else { return Amounts::default() };
    // Beside what was delivered a mark or the day of it says no more.
    if field == Field::DeliveredText && beside_amounts && whole_done(cell, line).is_some() {
        return Amounts::default();
    }
    let is_bare = !words.contains(|c: char| c.is_ascii_digit());
    let number = line.text(Field::AmountNumber).filter(|_| is_bare);
    // Of money the number is in đồng.
    let unit = if matches!(&*fold(&words), "tien" | "tien mat") { "đồng" } else { &*words };
    let told = told_amounts::told(&number.map_or_else(|| words.clone(), |number| format!("{number} {unit}")));
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

/// An amount, or what its instalments come to. What a column of their sum says is held against them, and is the amount where none
/// of them is told.
fn amount(
    line: &Line<'_>,
    desk: &mut Desk<'_>,
    field: Field,
    read: impl Fn(&Cell<'_>, Script) -> Take<u64>,
) -> Result<Option<u64>, ()> {
    let Some(instalments) = line.columns.instalments(field) else {
        return one(line, desk, field, line.columns.get(field), &read);
    };
    let mut sum: Option<u64> = None;
    for col in &instalments.cols {
        sum = match (sum, one(line, desk, field, Some(*col), &read)?) {
            (None, part) => part,
            (sum, None) => sum,
            (Some(sum), Some(part)) => Some(sum.saturating_add(part)),
        };
    }
    if !instalments.summed {
        return Ok(sum);
    }
    let told = one(line, desk, field, line.columns.get(field), &read)?;
    if let (Some(sum), Some(told)) = (sum, told)
        && sum != told
    {
        let in_halves =
            matches!(field, Field::PledgedSalary | Field::PledgedLabour | Field::DeliveredSalary | Field::DeliveredLabour);
        let expected = if in_halves { Days::halves(sum).to_string() } else { sum.to_string() };
        desk.find_at(Code::SumUnlike, line, field, Hint::Value(expected));
    }
    Ok(sum.or(told))
}

/// The amount in a column.
fn one(
    line: &Line<'_>,
    desk: &mut Desk<'_>,
    field: Field,
    col: Option<u32>,
    read: impl Fn(&Cell<'_>, Script) -> Take<u64>,
) -> Result<Option<u64>, ()> {
    let own = line.columns.get(field) == col;
    let Some(cell) = (if own { line.cell(field) } else { col.and_then(|col| line.cell_at(col)) }) else { return Ok(None) };
    let (code, hint) = match line.take_of(field, cell, &read) {
        Take::Blank => return Ok(None),
        Take::Is(value) => return Ok(Some(value)),
        Take::Wrong(Why::ErrorValue) => (Code::ErrorValue, Hint::None),
        Take::Wrong(Why::NoCache) => (Code::FormulaEmpty, Hint::None),
        Take::Wrong(Why::Fraction) => (Code::AmountFraction, Hint::None),
        Take::Wrong(Why::Suspect) => (Code::NumberSuspect, thousands(&convert::text(cell, line.guess))),
        Take::Wrong(Why::Unreadable | Why::Negative) => {
            match (line.take_of(field, cell, convert::mark), line.columns.marked(field)) {
                // A mark under "10 cây giống" is ten.
                (Take::Is(true), Some(number)) => {
                    let value = Value::Number(f64::from(number));
                    let cell = Cell { col: 0, value, script: Script::Unicode, formula: false };
                    return Ok(read(&cell, line.guess).value());
                }
                // "không" is nothing.
                (Take::Is(false), _) => return Ok(None),
                _ => (Code::AmountWrong, Hint::None),
            }
        }
    };
    if own {
        desk.find_at(code, line, field, hint);
    } else {
        desk.find(code, CellRef::new(line.row.row, cell.col), field, &convert::text(cell, line.guess), hint);
    }
    Err(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_whether_a_promise_was_kept() {
        for done in
            ["Đã nộp", "ĐÃ NỘP ĐỦ", "I. Đã thực hiện", "Đã ủng hộ xong", "đã đóng tiền", "Đã nộp tiền ủng hộ", "A - ĐÃ THU"]
        {
            assert_eq!(is_done(done), Some(true), "{done}");
        }
        for not in ["Chưa nộp", "II. CHƯA THỰC HIỆN", "chưa ủng hộ"] {
            assert_eq!(is_done(not), Some(false), "{not}");
        }
        for other in [
            "Đã nộp đơn xin miễn",
            "Đã nộp hồ sơ",
            "Đã đóng đảng phí",
            "Đã nộp 50.000",
            "Chưa nộp đủ",
            "Đã mất",
            "Đã chuyển đi",
            "Đã thực hiện nghĩa vụ quân sự",
            "Chi bộ Đạ Thu",
            "",
        ] {
            assert_eq!(is_done(other), None, "{other}");
        }
    }
}
