//! Amounts that a sentence tells: "01 ngày lương", "10 cây giống (mắc ca); 05 ngày công". What cannot be counted is said to be so.

use super::convert::{self, Take};
use super::encoding::Script;
use super::workbook::{Cell, Value};
use crate::domain::pledge::{Amounts, Days};
use crate::domain::spelling::fold;

/// Something is given, and the words do not say how much of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Uncounted;

/// What a part of a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Salary,
    Labour,
    Seedlings,
    Money,
}

/// Words around an amount of seedlings that are not their species, in small letters. Without its marks "hồ tiêu" would begin as
/// "hộ" does.
const NO_SPECIES: [&str; 16] =
    ["cây", "giống", "cay", "giong", "tặng", "trao", "góp", "nộp", "đã", "giúp", "và", "cho", "các", "loại", "loài", "trồng"];
/// Pairs of words that are not.
const NO_SPECIES_PAIRS: [(&str, &str); 4] = [("đăng", "ký"), ("ủng", "hộ"), ("hỗ", "trợ"), ("số", "lượng")];
/// Numbers that are written out right before a unit where no digits stand, in small letters. "Năm" may be a year.
const NUMBERS: [(&str, &str); 9] = [
    ("một", "1"),
    ("hai", "2"),
    ("ba", "3"),
    ("bốn", "4"),
    ("sáu", "6"),
    ("bảy", "7"),
    ("tám", "8"),
    ("chín", "9"),
    ("mười", "10"),
];

/// The amounts of a sentence; `None` where it speaks of none.
///
/// # Errors
/// When it speaks of something that is given and cannot be counted: no number, two numbers, no unit, two species.
pub(super) fn told(text: &str) -> Result<Option<Amounts>, Uncounted> {
    let mut all = Amounts::default();
    let mut any = false;
    let text = HALVES.iter().fold(text.to_owned(), |text, half| text.replace(half, "0,5 ngày"));
    for part in parts(&text) {
        let Some((what, number)) = amount(&part)? else { continue };
        any = true;
        match what {
            What::Salary => once(&mut all.salary_days, read(&number, convert::half_days).map(Days::halves)?)?,
            What::Labour => once(&mut all.labour_days, read(&number, convert::half_days).map(Days::halves)?)?,
            What::Money => once(&mut all.money_dong, read(&number, |cell, guess| convert::money(cell, 0, guess))?)?,
            What::Seedlings => {
                once(&mut all.seedlings, read(&number, convert::count)?)?;
                all.species = species(&part).map(Into::into);
            }
        }
    }
    Ok(any.then_some(all))
}

/// Half a day as it is written out, in front of its unit.
const HALVES: [&str; 4] = ["1/2 ngày", "½ ngày", "nửa ngày", "Nửa ngày"];

fn once<T>(of: &mut Option<T>, value: T) -> Result<(), Uncounted> {
    if of.replace(value).is_some() { Err(Uncounted) } else { Ok(()) }
}

fn read(number: &str, read: impl Fn(&Cell<'_>, Script) -> Take<u64>) -> Result<u64, Uncounted> {
    let cell = Cell { col: 0, value: Value::Text(number.to_owned().into()), script: Script::Unicode, formula: false };
    read(&cell, Script::Unicode).value().ok_or(Uncounted)
}

/// The parts of a sentence: what stands between semicolons, plus signs, commas that are none of a number, and "và". What stands in
/// brackets goes with what stands before them.
fn parts(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let digit = |at: Option<usize>| at.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
    let mut parts = vec![String::new()];
    let mut depth = 0_u32;
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = match sign {
            ',' => !(digit(at.checked_sub(1)) && digit(at.checked_add(1))),
            ';' | '+' | '\n' => true,
            _ => false,
        };
        if ends && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(*sign);
        }
    }
    let by_and = |part: String| -> Vec<String> {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.split(|word| fold(word) == "va").map(|words| words.join(" ")).collect()
    };
    parts.into_iter().flat_map(by_and).filter(|part| part.contains(char::is_alphanumeric)).collect()
}

/// The words of a part, with numbers apart from the letters behind them ("10cây") and without the year that it is of.
fn words(part: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in part.split(|c: char| !(c.is_alphanumeric() || matches!(c, ',' | '.' | '\''))) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let end = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(word.len());
        let (number, rest) = word.split_at(end);
        words.extend([number, rest].into_iter().filter(|word| !word.is_empty()).map(str::to_owned));
    }
    let is_year = |at: usize| {
        let year = |at: usize| words.get(at).is_some_and(|word| word.len() == 4 && word.starts_with("20"));
        let word = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|word| fold(word) == "nam");
        (year(at) && word(at.checked_sub(1))) || (word(Some(at)) && year(at + 1))
    };
    (0..words.len()).filter(|at| !is_year(*at)).filter_map(|at| words.get(at).cloned()).collect()
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

/// What a part gives and the number of it, as written.
fn amount(part: &str) -> Result<Option<(What, String)>, Uncounted> {
    let words = words(part);
    let folded: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let says = |first: &str, second: &str| folded.windows(2).any(|pair| matches!(pair, [a, b] if a == first && b == second));
    let has = |word: &str| folded.iter().any(|of| of == word);
    let behind_number = |names: &[&str]| {
        folded.windows(2).any(|pair| matches!(pair, [number, name] if is_number(number) && names.contains(&name.as_str())))
    };
    let salary = says("ngay", "luong");
    let labour = says("ngay", "cong") || says("cong", "lao") || says("ngay", "lao") || behind_number(&["cong"]);
    let seedlings = has("cay");
    let money = behind_number(&["dong", "d", "vnd", "nghin", "ngan", "trieu", "tr"]) || says("tien", "mat");
    let said: Vec<What> = [(salary, What::Salary), (labour, What::Labour), (seedlings, What::Seedlings), (money, What::Money)]
        .into_iter()
        .filter_map(|(says, what)| says.then_some(what))
        .collect();
    // What is promised every month or quarter has no number of the year. Without its marks "quỹ" (a fund) is as "quý" is.
    let word = |at: Option<usize>| at.and_then(|at| folded.get(at)).map_or("", String::as_str);
    let often = |at: usize| {
        let (before, after) = (word(at.checked_sub(1)), word(at.checked_add(1)));
        let every = matches!(before, "moi" | "hang") || !(is_number(before) || is_number(after));
        let small = words.get(at).map(|word| word.to_lowercase());
        matches!(small.as_deref(), Some("tháng" | "thang" | "quý")) && every
    };
    if !said.is_empty() && (0..folded.len()).any(often) {
        return Err(Uncounted);
    }
    let digits: Vec<&String> = words.iter().filter(|word| is_number(word)).collect();
    let written = || {
        let of_unit = |at: usize| {
            let next = folded.get(at + 1).map(String::as_str);
            matches!(next, Some("ngay" | "cay" | "cong" | "nghin" | "ngan" | "trieu"))
        };
        let known = |word: &String| NUMBERS.iter().find(|(name, _)| *name == word.to_lowercase()).map(|(_, number)| *number);
        let numbers: Vec<(usize, &str)> = words.iter().enumerate().filter_map(|(at, word)| Some((at, known(word)?))).collect();
        // "Một hoặc hai ngày" is neither.
        let any = numbers.iter().any(|(at, _)| of_unit(*at));
        numbers.into_iter().filter(|_| any).map(|(_, number)| number.to_owned()).collect::<Vec<_>>()
    };
    let numbers: Vec<String> = if digits.is_empty() { written() } else { digits.into_iter().cloned().collect() };
    match (said.as_slice(), numbers.as_slice()) {
        // What is done for a number of households, or for nobody that is counted, is no amount.
        ([], []) => Ok(None),
        ([], _) if digits_of_households(&folded) => Ok(None),
        ([What::Money], [number]) => Ok(Some((What::Money, with_unit(number, &folded)))),
        ([what], [number]) => Ok(Some((*what, number.clone()))),
        _ => Err(Uncounted),
    }
}

/// Whether every number counts households, persons or times, or is written out.
fn digits_of_households(folded: &[String]) -> bool {
    folded.iter().enumerate().filter(|(_, word)| is_number(word)).all(|(at, _)| {
        folded.get(at + 1).is_some_and(|next| matches!(next.as_str(), "ho" | "gia" | "khau" | "nguoi" | "lan" | "thang" | "nam"))
    })
}

/// A number of đồng with the words behind it that say thousands and millions.
fn with_unit(number: &str, folded: &[String]) -> String {
    let unit = folded.iter().find_map(|word| match word.as_str() {
        "nghin" | "ngan" => Some(" nghìn"),
        "trieu" | "tr" => Some(" triệu"),
        _ => None,
    });
    format!("{number}{}", unit.unwrap_or_default())
}

/// The species that a part names: what is left of it without number, unit and deed.
fn species(part: &str) -> Option<String> {
    let words = words(part);
    let small: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let in_pair = |at: usize| {
        let pair = |at: usize| small.get(at).zip(small.get(at + 1));
        let is_one = |(first, second): (&String, &String)| NO_SPECIES_PAIRS.contains(&(first, second));
        pair(at).is_some_and(is_one) || at.checked_sub(1).and_then(pair).is_some_and(is_one)
    };
    let is_written = |word: &str| NUMBERS.iter().any(|(name, _)| *name == word);
    let left: Vec<String> = words
        .iter()
        .zip(&small)
        .enumerate()
        .filter(|(at, (_, small))| {
            !(is_number(small) || is_written(small) || NO_SPECIES.contains(&small.as_str()) || in_pair(*at))
        })
        .map(|(_, (word, _))| word.clone())
        .collect();
    (!left.is_empty() && left.len() <= 4).then(|| left.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        match told(text) {
            Err(Uncounted) => "?".to_owned(),
            Ok(None) => "-".to_owned(),
            Ok(Some(of)) => {
                let days = |days: Option<Days>, word: &str| days.map(|days| format!("{days} {word}"));
                let species = of.species.as_deref().map(|species| format!(" {species}")).unwrap_or_default();
                let seedlings = of.seedlings.map(|count| format!("{count} cây{species}"));
                let money = of.money_dong.map(|money| format!("{money} đồng"));
                let all = [days(of.salary_days, "lương"), days(of.labour_days, "công"), seedlings, money];
                all.into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
        }
    }

    #[test]
    fn a_sentence_tells_how_much_of_what() {
        for (text, amounts) in [
            ("01 ngày lương", "1 lương"),
            ("Ủng hộ 1 ngày lương/năm", "1 lương"),
            ("0,5 ngày lương năm 2023", "0.5 lương"),
            ("Một ngày lương", "1 lương"),
            ("Nửa ngày lương; 1/2 ngày công", "0.5 lương, 0.5 công"),
            ("05 ngày công lao động", "5 công"),
            ("5 công", "5 công"),
            ("10 cây giống (mắc ca)", "10 cây mắc ca"),
            ("Tặng 10 cây Cà phê", "10 cây Cà phê"),
            ("10cây bơ", "10 cây bơ"),
            ("Cây mắc ca: 10 cây", "10 cây mắc ca"),
            ("mười cây giống", "10 cây"),
            ("1 ngày lương, 10 cây sầu riêng", "1 lương, 10 cây sầu riêng"),
            ("Ủng hộ 10 cây hồ tiêu", "10 cây hồ tiêu"),
            ("Đăng ký hỗ trợ mười cây tầm vông", "10 cây tầm vông"),
            ("- 01 ngày lương;\n- 2 ngày công", "1 lương, 2 công"),
            ("01 ngày lương và 03 ngày công", "1 lương, 3 công"),
            ("500.000 đồng", "500000 đồng"),
            ("500 nghìn đồng", "500000 đồng"),
            ("1,5 triệu", "1500000 đồng"),
            ("Tiền mặt 200.000đ", "200000 đồng"),
            ("Ủng hộ Quỹ vì người nghèo 200.000 đồng", "200000 đồng"),
            ("Giúp đỡ hộ Y Thử Liêng, 01 ngày lương", "1 lương"),
            ("Giúp 01 hộ nghèo và 5 ngày công", "5 công"),
        ] {
            assert_eq!(said(text), amounts, "{text}");
        }
    }

    #[test]
    fn what_gives_nothing_is_no_amount_and_what_cannot_be_counted_is_none() {
        for text in ["Giúp đỡ hộ Y Thử Liêng", "Nhận theo dõi 02 hộ nghèo", "Không", "", "-", "x"] {
            assert_eq!(said(text), "-", "{text}");
        }
        for text in [
            "Ngày lương",
            "Ủng hộ cây giống",
            "Ủng hộ cây tầm vông",
            "10",
            "02 con gà",
            "10 cây mắc ca, 5 cây bơ",
            "10 cây (mắc ca 5 cây, bơ 5 cây)",
            "1-2 ngày công",
            "Một hoặc hai ngày công",
            "200.000 đồng (01 ngày lương)",
            "1,25 ngày lương",
            "1 ngày công/tháng",
            "Mỗi quý 1 ngày công",
            "1 ngày lương + 1 ngày lương",
            "99999999999999999999 cây",
        ] {
            assert_eq!(said(text), "?", "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_told_in_one_order_is_told_in_any(
            salary in 1u64..20, labour in 1u64..20, trees in 1u64..500, order in Just([0, 1, 2]).prop_shuffle(),
            between in prop::sample::select(vec![", ", "; ", " và ", " + ", "\n"]),
        ) {
            let parts = [format!("{salary:02} ngày lương"), format!("{labour} ngày công"), format!("{trees} cây bơ")];
            let text = order.map(|at| parts[at].clone()).join(between);
            prop_assert_eq!(said(&text), format!("{salary} lương, {labour} công, {trees} cây bơ"));
        }

        #[test]
        fn no_sentence_panics(text in "[ -~à-ỹĐđ\n]{0,60}") {
            let _ = told(&text);
        }
    }
}
