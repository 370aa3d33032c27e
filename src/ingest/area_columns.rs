//! Columns of tables of areas: whom a heading counts, and in what. "Kết quả rà soát hộ nghèo / Nhân khẩu" are the persons of poor
//! households; "Tỷ lệ" right of "Hộ nghèo" is their share.

use super::columns::Columns;
use super::fields::Field;
use super::headings::TextRow;
use super::reworded::{take_out, usual_words};

/// Whom a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Subject {
    All,
    Poor,
    NearPoor,
}

/// In what it counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Households,
    Persons,
    Share,
}

/// What changes nothing in what is counted, longer words first. Single words of these would: "hộ có công" are no households of the area.
const BESIDE: [&str; 25] = [
    "tren dia ban xa",
    "tren dia ban huyen",
    "tren dia ban",
    "den cuoi nam",
    "ket qua ra soat",
    "ket qua",
    "sau ra soat",
    "ra soat",
    "theo chuan",
    "da chieu",
    "hien co",
    "hien trang",
    "tong cong",
    "toan xa",
    "toan thi tran",
    "toan huyen",
    "cuoi nam",
    "cuoi ky",
    "trong do",
    "dan cu",
    "gia dinh",
    "so",
    "tong",
    "dan",
    "nam",
];

/// The count that a heading of an area names in any words; `None` where a word of it makes it one of a part.
pub(super) fn count_of(parts: &[String]) -> Option<Field> {
    let usual = parts.iter().map(|part| usual_words(part)).collect::<Option<Vec<_>>>()?;
    // "Hộ/khẩu" are two counts in one cell; "khẩu hộ nghèo" and "hộ nghèo (khẩu)" are one.
    let are_two = |(part, words): (&String, &Vec<String>)| {
        let place = |word: &str| words.iter().position(|other| other == word);
        !part.contains('(') && place("ho").zip(place("khau")).is_some_and(|(household, person)| household < person)
    };
    if parts.iter().zip(&usual).any(are_two) {
        return None;
    }
    let mut rest: Vec<&str> = usual.iter().flatten().map(String::as_str).collect();
    let mut take = |said: &str| take_out(&mut rest, said);
    let (near, poor) = (take("can ngheo"), take("ngheo"));
    let share = take("ty le") | take("%");
    let (persons, households, people) = (take("khau") | take("nguoi"), take("ho"), take("dan so"));
    BESIDE.iter().for_each(|said| _ = take(said));
    let is_year = |word: &str| word.len() == 4 && word.starts_with("20") && word.bytes().all(|byte| byte.is_ascii_digit());
    if !rest.iter().all(|word| is_year(word)) {
        return None;
    }
    let subject = match (poor, near) {
        (true, true) => return None,
        (true, false) => Subject::Poor,
        (false, true) => Subject::NearPoor,
        (false, false) => Subject::All,
    };
    let measure = match (share, persons, households) {
        (true, true, _) => return None,
        (true, false, _) => Measure::Share,
        (false, true, _) => Measure::Persons,
        (false, false, true) => Measure::Households,
        (false, false, false) if people && subject == Subject::All => Measure::Persons,
        (false, false, false) => return None,
    };
    field(subject, measure)
}

const fn field(subject: Subject, measure: Measure) -> Option<Field> {
    Some(match (subject, measure) {
        (Subject::All, Measure::Households) => Field::Households,
        (Subject::All, Measure::Persons) => Field::AreaPersons,
        (Subject::Poor, Measure::Households) => Field::Poor,
        (Subject::Poor, Measure::Persons) => Field::PoorPersons,
        (Subject::Poor, Measure::Share) => Field::PoorRate,
        (Subject::NearPoor, Measure::Households) => Field::NearPoor,
        (Subject::NearPoor, Measure::Persons) => Field::NearPoorPersons,
        (Subject::NearPoor, Measure::Share) => Field::NearPoorRate,
        (Subject::All, Measure::Share) => return None,
    })
}

/// The counts of an area.
pub(super) const COUNTS: [Field; 6] =
    [Field::Households, Field::AreaPersons, Field::Poor, Field::NearPoor, Field::PoorPersons, Field::NearPoorPersons];

/// Whether words stand in the columns of counts below what looks like headings, and not one number: they are records of something else.
pub(super) fn counts_nothing(columns: &Columns, below: &[TextRow]) -> bool {
    let cols = || COUNTS.iter().filter_map(|field| columns.get(*field));
    let cells = || below.iter().flat_map(|row| cols().filter_map(|col| row.at(col)));
    let is_word = |text: &str| text.contains(char::is_alphabetic) && !text.contains('#');
    cells().any(is_word) && !cells().any(|text| text.contains(|c: char| c.is_ascii_digit()))
}

/// What stands right of counts of households without a word of whom: their persons and their share. `columns` are the parts of each
/// heading with the field that it has by itself; what comes out is the field that it has by its place, where it has one.
///
/// One "Số khẩu" may be that of the whole area; two of them are not.
pub(super) fn beside(columns: &[(&[String], Option<Field>)]) -> Vec<Option<Field>> {
    let bare = |parts: &[String]| match parts {
        // "Số nhân khẩu (người)" is about as long as such a heading is.
        [one] if one.len() < 40 => match usual_words(one)?.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["khau"] | ["so", "khau"] => Some(Measure::Persons),
            ["ty", "le"] | ["%"] => Some(Measure::Share),
            _ => None,
        },
        _ => None,
    };
    let of_persons = |(parts, field): &&(&[String], Option<Field>)| {
        *field == Some(Field::AreaPersons) || bare(parts) == Some(Measure::Persons)
    };
    let several = columns.iter().filter(of_persons).count() > 1;
    let mut subject = None;
    let placed = columns.iter().map(|(parts, own)| {
        let measure = bare(parts).filter(|measure| *measure != Measure::Persons || several);
        if let Some(measure) = measure {
            return field(subject?, measure);
        }
        let counted = [(Field::Households, Subject::All), (Field::Poor, Subject::Poor), (Field::NearPoor, Subject::NearPoor)];
        subject = counted.into_iter().find(|(field, _)| Some(*field) == *own).map(|(_, subject)| subject);
        None
    });
    placed.collect()
}
