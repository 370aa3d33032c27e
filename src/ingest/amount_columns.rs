//! Columns of amounts: of what they are, whether it was promised or given, and in which unit money stands in them.

use super::amounts;
use super::fields::Field;
use super::headings::Heading;
use crate::domain::spelling::{self, fold};

/// The words of money. "Số tiền 01 ngày lương" is money.
const MONEY: [&str; 17] = [
    "so tien",
    "tong tien",
    "tong so tien",
    "tien mat",
    "bang tien",
    "quy ra tien",
    "thanh tien",
    "tien ung ho",
    "tien dong gop",
    "tien giup do",
    "tien da",
    "tien ngay luong",
    "tien 01 ngay",
    "tien 1 ngay",
    "kinh phi",
    "muc dong gop",
    "muc ung ho",
];
/// Money that is nobody's help: dues to the Party, salaries.
const OTHER_MONEY: [&str; 2] = ["dang phi", "tien luong"];
/// What is left of a promise.
const LEFT: [&str; 4] = ["con lai", "con thieu", "con no", "chua nop"];
/// What stands behind "ngày công" in headings of days that are no labour: of recognition, of office.
const NO_LABOUR: [&str; 4] = ["nhan", "tac", "bo", "chuc"];
/// What stands behind "số công" in those of labour, where anything does.
const LABOUR: [&str; 9] = ["dang", "da", "lao", "giup", "ung", "thuc", "dong", "ho", "cam"];

/// The words of a folded heading.
struct Words<'a>(Vec<&'a str>);

impl<'a> Words<'a> {
    fn of(heading: &'a str) -> Self {
        Self(spelling::words(heading).collect())
    }

    fn at(&self, place: usize) -> &str {
        self.0.get(place).copied().unwrap_or_default()
    }

    /// The places behind some words.
    fn behind(&self, said: &str) -> Vec<usize> {
        let length = said.split(' ').count();
        let is = |some: &[&str]| some.iter().copied().eq(said.split(' '));
        self.0.windows(length).enumerate().filter(|(_, some)| is(some)).map(|(at, _)| at + length).collect()
    }

    fn say(&self, any: &[&str]) -> bool {
        any.iter().any(|said| !self.behind(said).is_empty())
    }

    /// Whether some words stand before none of the others, if before any.
    fn say_but_before(&self, said: &str, others: &[&str]) -> bool {
        self.behind(said).into_iter().any(|at| !others.contains(&self.at(at)))
    }

    /// Whether they say that what is below was given. "Đã đăng ký", "kết quả đăng ký" and "đăng ký thực hiện" are promises.
    fn are_given(&self) -> bool {
        let promised = |at: usize| self.at(at) == "dang" && self.at(at + 1) == "ky";
        let done = ["da", "ket qua"].iter().flat_map(|said| self.behind(said)).any(|at| !promised(at));
        let carried_out = self.behind("thuc hien").into_iter().any(|at| at < 4 || !promised(at - 4));
        let paid = self.say(&["nop"]) && !self.say(&["phai nop", "dang ky"]);
        done || carried_out || paid || self.say(&["thuc te", "thuc thu", "thuc nop"])
    }
}

/// The amount that a folded heading speaks of: what (salary, labour, seedlings, species, money) and whether pledged or
/// delivered; a heading that says neither is a pledge.
pub(super) fn amount_of(heading: &str) -> Option<Field> {
    // Most headings, and most cells of lists, have none of these.
    if !["luong", "cong", "cay", "giong", "tien", "kinh phi", "muc", "dong)"].iter().any(|word| heading.contains(word)) {
        return None;
    }
    let words = Words::of(heading);
    if words.say(&LEFT) {
        return None;
    }
    let (in_days, in_trees) = (heading.contains("(ngay)"), heading.contains("(cay)"));
    let others = words.say(&OTHER_MONEY) && !words.say(&["ngay"]);
    let money = (words.say(&MONEY) || zeros_of(heading).is_some()) && !others;
    let labour = words.say_but_before("ngay cong", &NO_LABOUR)
        || words.behind("so cong").into_iter().any(|at| words.at(at).is_empty() || LABOUR.contains(&words.at(at)))
        || words.say(&["cong lao dong"])
        || (in_days && words.say(&["cong"]));
    let [pledged, delivered] = if money && !words.say(&["nop tien"]) {
        [Field::PledgedMoney, Field::DeliveredMoney]
    } else if words.say(&["ngay luong"]) || (in_days && words.say(&["luong"])) {
        [Field::PledgedSalary, Field::DeliveredSalary]
    } else if labour {
        [Field::PledgedLabour, Field::DeliveredLabour]
    } else if !in_trees && words.say(&["loai cay", "giong cay", "loai giong", "ten cay", "ten giong"]) {
        [Field::PledgedSpecies, Field::DeliveredSpecies]
    } else if in_trees || words.say(&["cay giong", "so cay", "so luong cay", "cay con"]) {
        [Field::PledgedSeedlings, Field::DeliveredSeedlings]
    } else if money {
        [Field::PledgedMoney, Field::DeliveredMoney]
    } else {
        return None;
    };
    Some(if words.are_given() { delivered } else { pledged })
}

/// The units in which sums of money are counted, and how many zeros they stand for.
const UNITS: [(&str, u8); 13] = [
    ("trieu dong", 6),
    ("trieu d", 6),
    ("tr dong", 6),
    ("tr d", 6),
    ("trd", 6),
    ("nghin dong", 3),
    ("ngan dong", 3),
    ("nghin d", 3),
    ("1 000 dong", 3),
    ("1000 dong", 3),
    ("1 000 d", 3),
    ("1000d", 3),
    ("1 000d", 3),
];
/// The same where nothing else is said.
const ALONE: [(&str, u8); 3] = [("trieu", 6), ("nghin", 3), ("ngan", 3)];

/// How many zeros behind a sum the unit stands for that a folded heading names in brackets: "Số tiền (nghìn đồng)"; `None` where it
/// names none.
pub(super) fn zeros_of(heading: &str) -> Option<u8> {
    let brackets = heading.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    brackets.filter_map(unit).next()
}

/// The same of the lines above a table: "ĐVT: 1.000 đồng".
pub(super) fn zeros_told<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<u8> {
    let told = |line: &str| {
        let folded = fold(line);
        let at = ["dvt", "don vi tinh", "don vi:"].iter().find_map(|word| folded.find(word))?;
        unit(folded.get(at..)?)
    };
    lines.into_iter().find_map(told)
}

fn unit(text: &str) -> Option<u8> {
    let words = Words::of(text);
    let large = UNITS.iter().find(|(said, _)| words.say(&[said])).map(|(_, zeros)| *zeros);
    let alone = ALONE.iter().find(|(said, _)| words.0.as_slice() == [*said]).map(|(_, zeros)| *zeros);
    large.or(alone).or_else(|| matches!(words.0.last(), Some(&("dong" | "d" | "vnd"))).then_some(0))
}

/// The number in the last line of a heading that says how much a mark under it stands for: "01 ngày lương", "Ủng hộ 10 cây giống".
pub(super) fn number_in(heading: &Heading) -> Option<u32> {
    let last = fold(heading.parts.last()?);
    let words = Words::of(&last);
    let mut numbers = (0..words.0.len()).filter_map(|at| {
        let number = words.at(at).parse::<u32>().ok().filter(|number| *number > 0)?;
        matches!(words.at(at + 1), "ngay" | "cay" | "cong" | "dong" | "buoi").then_some(number)
    });
    numbers.next().filter(|_| numbers.next().is_none())
}

/// Words of titles by which what the columns hold was given: "kết quả ủng hộ", "thu tiền".
const GIVEN: [&str; 9] = [
    "da nop",
    "da ung ho",
    "da dong gop",
    "da thuc hien",
    "thu tien",
    "ket qua ung ho",
    "ket qua dong gop",
    "ket qua thuc hien",
    "danh sach nop",
];
/// Words of titles and headings by which it was promised.
const PROMISED: [&str; 4] = ["dang ky", "cam ket", "phai nop", "chi tieu"];

/// Whether a title says of amounts that they were given, and not that they were promised.
pub(super) fn says_given(title: &str) -> bool {
    let folded = fold(title);
    let says = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    says(&GIVEN) && !says(&PROMISED)
}

/// The amount of a column under such a title, where its heading says no other: what was pledged is what was delivered.
pub(super) fn delivered(field: Field, heading: &Heading) -> Option<Field> {
    let folded = fold(&heading.joined());
    if PROMISED.iter().any(|word| folded.contains(word)) {
        return None;
    }
    if field == Field::PledgedText { Some(Field::DeliveredText) } else { amounts::delivered(field) }
}
