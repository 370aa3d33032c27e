//! Whether a list of persons with sums or days is one of the Party's: communes keep many lists of money.

use super::columns::Columns;
use super::desk::Desk;
use super::fields::Field;
use super::headings::Heading;
use super::kind::Kind;
use crate::domain::issue::{Code, Hint};
use crate::domain::spelling::fold;

/// Words of giving.
const GIVING: [&str; 17] = [
    "ung ho",
    "dang ky",
    "dong gop",
    "quyen gop",
    "giup do",
    "cam ket",
    "tai tro",
    "hao tam",
    "tu thien",
    "phat dong",
    "ngay luong",
    "cay giong",
    "phan cong",
    "nghi quyet",
    "14 nq",
    "pledge",
    "deliver",
];
/// Words of those who are asked to give, which stand above other lists of theirs too.
const GIVERS: [&str; 5] = ["dang vien", "dang bo", "chi bo", "dang uy", "member"];
/// Words of lists of other money.
const OTHERS: [&str; 16] = [
    "dang phi",
    "hoi phi",
    "hoc phi",
    "tro cap",
    "khen thuong",
    "tien thuong",
    "vay von",
    "cho vay",
    "nhan tien",
    "nhan qua",
    "chi tra",
    "thanh toan",
    "du toan",
    "quyet toan",
    "boi thuong",
    "thiet hai",
];

/// Words of lists of people who are not in the Party, or not yet.
const NO_MEMBERS: [&str; 8] =
    ["quan chung uu tu", "cam tinh dang", "phat trien dang", "nguon ket nap", "hoi vien", "doan vien", "cu tri", "dan quan"];
/// Words of lists of what people are paid for their work.
const PAYROLLS: [&str; 4] = ["tien luong", "bang luong", "cham cong", "phu cap"];

/// Whether a roster or a ledger is one by the words around it: a payroll names no members of the Party, and dues and allowances are
/// no gifts. A ledger of which no word tells is taken for one, and that is told.
pub(super) fn is_of_party(kind: Kind, lines: &[String], headings: &[Heading], columns: &Columns, desk: &mut Desk<'_>) -> bool {
    if !matches!(kind, Kind::Members | Kind::Pledges) || desk.settings.kind.is_some() || columns.is_clean() {
        return true;
    }
    let sheet = &desk.around.sheet;
    // The folders of a file may be named after anything.
    let file = sheet.file.rsplit('/').next().unwrap_or_default();
    let around = lines.iter().map(String::as_str).chain([&*sheet.name, file]).map(|text| fold(text).replace('_', " "));
    let around = around.collect::<Vec<_>>().join(" ");
    if kind == Kind::Members {
        let of_others = says(&around, &NO_MEMBERS) && !says(&around, &["dang vien"]);
        let is_payroll = says(&around, &PAYROLLS) && !says(&around, &GIVING) && !says(&around, &GIVERS);
        return !of_others && !is_payroll;
    }
    let ledger = ledger(&around, headings, columns);
    if ledger == Ledger::Unclear {
        let (name, title) = (sheet.name.clone(), desk.around.title.clone());
        let cell = headings.first().map(|heading| heading.cell);
        desk.batch.findings.add(Code::LedgerUnclear, Some(&name), cell, None, &title, Hint::None);
    }
    ledger != Ledger::Other
}

fn says(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.contains(word))
}

/// What a list of amounts is by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ledger {
    /// One of what was given.
    Gifts,
    /// One of other money: salaries, dues, what people got.
    Other,
    /// No word tells.
    Unclear,
}

/// What the words around a list of amounts, folded, and its headings make of it.
fn ledger(around: &str, headings: &[Heading], columns: &Columns) -> Ledger {
    // Donors, days of salary and seedlings are no other money.
    let of_gifts = [
        Field::Donor,
        Field::PledgedText,
        Field::DeliveredText,
        Field::PledgedSalary,
        Field::DeliveredSalary,
        Field::PledgedSeedlings,
        Field::DeliveredSeedlings,
    ];
    let heads = headings.iter().map(|heading| fold(&heading.joined())).collect::<Vec<_>>().join(" ");
    let say = |words: &[&str]| says(around, words) || says(&heads, words);
    if columns.has_any(&of_gifts) || say(&GIVING) {
        Ledger::Gifts
    } else if say(&OTHERS) || say(&PAYROLLS) {
        Ledger::Other
    } else if say(&GIVERS) {
        Ledger::Gifts
    } else {
        Ledger::Unclear
    }
}
