//! What stands in several columns that are added up: amounts in instalments, "Đợt 1", "Đợt 2" or "Quý I" to "Quý IV", beside which there may
//! be a column of what they come to, and counts in two halves.

use std::collections::{BTreeMap, BTreeSet};

use super::amounts::{DELIVERED, PLEDGED, delivered};
use super::area_columns::COUNTS;
use super::asked::{Asked, MOST_COLUMNS};
use super::columns::Fit;
use super::fields::Field;
use super::headings::Heading;
use crate::domain::spelling::fold;

/// The columns of which the cells are added up.
#[derive(Clone, Debug)]
pub(super) struct Instalments {
    pub(super) field: Field,
    /// The single ones.
    pub(super) cols: Vec<u32>,
    /// Whether the column of the field is that of what they come to; else it is the first of them.
    pub(super) summed: bool,
}

/// One of several: its word, its number, and what else the heading says.
#[derive(Debug, PartialEq, Eq)]
struct Part {
    word: String,
    number: u32,
    base: Heading,
}

/// Words that stand before the number of an instalment.
const WORDS: [&str; 4] = ["dot", "lan", "quy", "thang"];
/// Numbers as they are written behind "Quý".
const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
/// What stands over the column of what they come to, where it does not say of what.
const WHOLE: [&str; 8] = ["tong cong", "tong so", "tong", "cong", "ca nam", "tong ca nam", "cong ca nam", "tong so ca nam"];
/// No form has more; a hostile sheet has thousands.
const MOST: usize = 64;
/// Words of a promise.
const PROMISED: [&str; 3] = ["dang ky", "cam ket", "phai nop"];

/// The number of an instalment: "1", "01", "II", "1/2023".
fn number(word: &str) -> Option<u32> {
    let plain = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    let first = plain.split('/').next()?;
    let roman = ROMAN.iter().position(|roman| *roman == first).and_then(|at| u32::try_from(at + 1).ok());
    roman.or_else(|| first.parse().ok()).filter(|number| (1..=12).contains(number))
}

/// Takes "Đợt 1" out of a text: the word, the number, and the rest. A fund folds as a quarter does.
fn take_out(text: &str) -> Option<(String, u32, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |at: usize| {
        let plain = words.get(at).map(|word| word.trim_start_matches('(').to_lowercase())?;
        (WORDS.contains(&fold(&plain).as_str()) && plain != "quỹ").then_some(plain)
    };
    let (at, word, number) = (0..words.len()).find_map(|at| Some((at, is_word(at)?, number(words.get(at + 1)?)?)))?;
    let rest = words.get(..at).into_iter().chain(words.get(at + 2..)).flatten().copied().collect::<Vec<_>>().join(" ");
    // When it was may stand in brackets: "Đợt 1 (tháng 3)". A unit has no number.
    let is_when = rest.starts_with('(') && rest.contains(|c: char| c.is_ascii_digit());
    let says_nothing = is_when || !rest.contains(char::is_alphanumeric);
    Some((fold(&word), number, if says_nothing { String::new() } else { rest }))
}

/// The instalment that a heading speaks of, where it also says of what.
fn part_of(heading: &Heading) -> Option<Part> {
    let (at, (word, number, rest)) = (0..).zip(&heading.parts).find_map(|(at, part)| Some((at, take_out(part)?)))?;
    let mut parts = heading.parts.clone();
    if rest.is_empty() {
        parts.remove(at);
    } else {
        *parts.get_mut(at)? = rest;
    }
    (!parts.is_empty()).then(|| Part { word, number, base: Heading { parts, ..heading.clone() } })
}

/// Finds the instalments among the headings: of each amount one column fits, that of what they come to, where there is one, else the
/// first of them.
pub(super) fn find(
    headings: &[Asked<'_>],
    fits: &mut [Option<(Field, Fit)>],
    field_of: impl Fn(&Asked<'_>) -> Option<(Field, Fit)>,
) -> Vec<Instalments> {
    let free = headings.iter().zip(&*fits).enumerate().filter(|(_, (_, fit))| fit.is_none_or(|(_, fit)| fit != Fit::Told));
    let parts: Vec<(usize, Part)> = free.filter_map(|(at, (asked, _))| Some((at, part_of(asked.heading)?))).collect();
    if !(2..=MOST).contains(&parts.len()) {
        return Vec::new();
    }
    let pledged: BTreeSet<Field> =
        fits.iter().flatten().map(|(field, _)| *field).filter(|field| PLEDGED.contains(field) && !is_species(*field)).collect();
    let mut of_fields: BTreeMap<Field, Vec<(usize, &Part)>> = BTreeMap::new();
    for (at, part) in &parts {
        let asked = Asked::all(std::slice::from_ref(&part.base));
        // "Đã nộp" is of the only kind that was promised, and "Ngày nộp" the day.
        let field = match asked.first().and_then(&field_of) {
            Some((Field::DeliveredText, _)) if asked.iter().any(|asked| asked.folded.contains("ngay ")) => None,
            Some((Field::DeliveredText, _)) => pledged.first().filter(|_| pledged.len() == 1).and_then(|field| delivered(*field)),
            Some((field, _)) => Some(field),
            None => None,
        };
        if let Some(field) =
            field.filter(|field| PLEDGED.contains(field) || DELIVERED.contains(field)).filter(|of| !is_species(*of))
        {
            of_fields.entry(field).or_default().push((*at, part));
        }
    }
    of_fields.into_iter().filter_map(|(field, parts)| settle(field, &parts, headings, fits)).collect()
}

/// Counts of which the two parts under a group are all there is: "Số khẩu / Nam" and "Nữ", "Tổng số hộ / Thành thị" and "Nông thôn".
const HALVES: [[&[&str]; 2]; 3] =
    [[&["nam"], &["nu"]], [&["thanh thi", "do thi"], &["nong thon"]], [&["kinh", "dan toc kinh"], &["dtts", "dan toc thieu so"]]];

/// Finds such counts where no column holds the whole of them.
pub(super) fn halves(
    headings: &[Asked<'_>],
    fits: &mut [Option<(Field, Fit)>],
    field_of: impl Fn(&Asked<'_>) -> Option<(Field, Fit)>,
) -> Vec<Instalments> {
    if headings.len() > MOST_COLUMNS {
        return Vec::new();
    }
    let group_of = |asked: &Asked<'_>| asked.heading.parts.split_last().map(|(_, group)| group.to_vec());
    let mut found = Vec::new();
    for (at, pair) in headings.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        let Some(group) = group_of(one).filter(|_| are_halves(one.heading, other.heading)) else { continue };
        if headings.iter().filter(|asked| asked.heading.parts.starts_with(&group)).count() != 2 {
            continue;
        }
        let group = [Heading { parts: group, ..one.heading.clone() }];
        let field = Asked::all(&group).first().and_then(&field_of).map(|(field, _)| field).filter(|field| is_count(*field));
        let Some(field) = field.filter(|field| !fits.iter().flatten().any(|(of, _)| of == field)) else { continue };
        fits.iter_mut().skip(at).zip([Some((field, Fit::Words)), None]).for_each(|(fit, new)| *fit = new);
        found.push(Instalments { field, cols: vec![one.heading.col, other.heading.col], summed: false });
    }
    found
}

/// Whether the last lines of two headings under one group are the two parts of a whole, in either order.
fn are_halves(one: &Heading, other: &Heading) -> bool {
    let ([of_one @ .., first], [of_other @ .., second]) = (one.parts.as_slice(), other.parts.as_slice()) else { return false };
    if of_one.is_empty() || of_one != of_other {
        return false;
    }
    let (first, second) = (fold(first), fold(second));
    let are = |[a, b]: [&[&str]; 2]| a.contains(&&*first) && b.contains(&&*second);
    HALVES.into_iter().any(|[a, b]| are([a, b]) || are([b, a]))
}

/// Settles which column is that of an amount; `None` where the parts are not one after the other of one kind, so that nothing is changed.
fn settle(
    field: Field,
    parts: &[(usize, &Part)],
    headings: &[Asked<'_>],
    fits: &mut [Option<(Field, Fit)>],
) -> Option<Instalments> {
    let (first, last) = (parts.first()?, parts.last()?);
    let rising = parts.windows(2).all(|pair| matches!(pair, [a, b] if a.1.number < b.1.number));
    // Months beside quarters would be counted twice.
    let alike = parts.iter().all(|(_, part)| part.word == first.1.word);
    if parts.len() < 2 || !rising || !alike {
        return None;
    }
    let is_whole = |at: &usize| headings.get(*at).is_some_and(|asked| comes_to(field, asked, fits.get(*at).copied().flatten()));
    let whole = [Some(last.0 + 1), first.0.checked_sub(1)].into_iter().flatten().find(is_whole);
    let is_part = |at: usize| parts.iter().any(|(of, _)| *of == at);
    let is_other =
        |(at, fit): (usize, &Option<(Field, Fit)>)| fit.is_some_and(|(of, _)| of == field) && !is_part(at) && Some(at) != whole;
    if fits.iter().enumerate().any(is_other) {
        return None;
    }
    fits.iter_mut().enumerate().filter(|(at, _)| is_part(*at)).for_each(|(_, fit)| *fit = None);
    *fits.get_mut(whole.unwrap_or(first.0))? = Some((field, Fit::Words));
    let cols = parts.iter().filter_map(|(at, _)| Some(headings.get(*at)?.heading.col)).collect();
    Some(Instalments { field, cols, summed: whole.is_some() })
}

/// Whether a heading is that of what the columns beside it come to, and does not say of what.
pub(super) fn is_sum(heading: &Heading) -> bool {
    heading.parts.last().is_some_and(|last| WHOLE.contains(&fold(last).as_str()))
}

/// Whether a column beside the instalments of an amount is that of what they come to.
fn comes_to(field: Field, asked: &Asked<'_>, fit: Option<(Field, Fit)>) -> bool {
    if fit.is_some_and(|(_, fit)| fit == Fit::Told) || part_of(asked.heading).is_some() {
        return false;
    }
    let of = fit.map(|(of, _)| of);
    let unsaid = DELIVERED.contains(&field) && !PROMISED.iter().any(|word| asked.folded.contains(word));
    let same = of == Some(field) || (unsaid && of.is_some_and(|of| of == Field::DeliveredText || delivered(of) == Some(field)));
    same || (is_sum(asked.heading) && of.is_none_or(|of| of == Field::Unused))
}

/// Whether a field is a count of households or persons.
fn is_count(field: Field) -> bool {
    field == Field::Persons || COUNTS.contains(&field)
}

fn is_species(field: Field) -> bool {
    matches!(field, Field::PledgedSpecies | Field::DeliveredSpecies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instalment_is_a_word_and_a_number() {
        for (text, word, number, rest) in [
            ("Đợt 1", "dot", 1, ""),
            ("Đợt II", "dot", 2, ""),
            ("Số tiền lần 02", "lan", 2, "Số tiền"),
            ("Quý IV/2023", "quy", 4, ""),
            ("Tháng 12/2023", "thang", 12, ""),
            ("Đợt 1 (tháng 3/2023)", "dot", 1, ""),
            ("Đợt 1 (đồng)", "dot", 1, "(đồng)"),
            ("Đã nộp đợt 2 (nghìn đồng)", "dot", 2, "Đã nộp (nghìn đồng)"),
        ] {
            assert_eq!(take_out(text), Some((word.to_owned(), number, rest.to_owned())), "{text}");
        }
        for text in ["Đăng ký 1 ngày lương", "Quỹ 1", "Quỹ I", "Đợt", "Quý", "Lần đầu", "Tháng 13", "Đợt này", "1", ""]
        {
            assert_eq!(take_out(text), None, "{text}");
        }
    }
}
