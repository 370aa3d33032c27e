//! What an empty table of each kind asks for: the fields in their order and what may stand in them. The headings are those of
//! the vocabulary, so that a template and the reader cannot drift apart.

use super::fields::Field;
use super::kind::Kind;
use super::reading;

/// A column of an empty table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormColumn {
    /// The field.
    pub field: Field,
    /// The heading by which the reader knows it best.
    pub heading: &'static str,
    /// Whether a row without it does not count.
    pub required: bool,
    /// What may stand in it.
    pub entry: Entry,
}

/// What may stand in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The running number of the row.
    Ordinal,
    /// A name or a remark.
    Words,
    /// A citizen number: twelve digits, as text.
    Identity,
    /// Another number that is text.
    Code,
    /// A day, a month or a year of birth, as text: a cell for dates would show the year 1970 as a day of 1905.
    Birth,
    /// A full date.
    Day,
    /// A whole number of at least so many.
    Whole(u32),
    /// A multiple of ten up to so many.
    Tens(u32),
    /// Days, halves among them.
    HalfDays,
    /// đồng.
    Money,
    /// A number with decimals.
    Decimal,
    /// x or nothing.
    Mark,
    /// One of these words and no other.
    OneOf(&'static [&'static str]),
    /// One of these words, or another.
    Usually(&'static [&'static str]),
    /// A commune.
    Commune,
    /// A village.
    Village,
    /// A people.
    People,
    /// An organisation of the Party.
    Organisation,
    /// A kind of seedling.
    Species,
}

/// A field, whether it must be filled, and what with.
type Asked = (Field, bool, Entry);

const SEXES: &[&str] = &["Nam", "Nữ"];

/// Standings as the reader knows them.
const STANDINGS: &[&str] =
    &["Chính thức", "Dự bị", "Miễn sinh hoạt", "Đình chỉ sinh hoạt", "Chuyển đi", "Từ trần", "Xin ra khỏi Đảng", "Khai trừ"];

/// The kinds of support of the household list, one spelling for both.
const SUPPORTS: &[&str] = &{
    let mut words = [""; Field::SUPPORT_MARKS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = Field::SUPPORT_MARKS[at].1;
        at += 1;
    }
    words
};

const HOUSEHOLDS: &[Asked] = &[
    (Field::Number, false, Entry::Ordinal),
    (Field::Commune, true, Entry::Commune),
    (Field::Village, true, Entry::Village),
    (Field::Head, true, Entry::Words),
    (Field::Birth, false, Entry::Birth),
    (Field::Sex, false, Entry::OneOf(SEXES)),
    (Field::People, false, Entry::People),
    (Field::Citizen, false, Entry::Identity),
    (Field::Persons, true, Entry::Whole(1)),
    (Field::Class, true, Entry::OneOf(&super::households::CLASS_WORDS)),
    (Field::B1, false, Entry::Whole(0)),
    (Field::B2, false, Entry::Tens(120)),
    (Field::Cs1, false, Entry::Mark),
    (Field::Cs2, false, Entry::Mark),
    (Field::Cs3, false, Entry::Mark),
    (Field::Cs4, false, Entry::Mark),
    (Field::Cs5, false, Entry::Mark),
    (Field::Cs6, false, Entry::Mark),
    (Field::Cs7, false, Entry::Mark),
    (Field::Cs8, false, Entry::Mark),
    (Field::Cs9, false, Entry::Mark),
    (Field::Cs10, false, Entry::Mark),
    (Field::Cs11, false, Entry::Mark),
    (Field::Cs12, false, Entry::Mark),
    (Field::NoLabour, false, Entry::Mark),
    (Field::Merit, false, Entry::Mark),
    (Field::Note, false, Entry::Words),
];

const TOTALS: &[Asked] = &[
    (Field::Number, false, Entry::Ordinal),
    (Field::Commune, true, Entry::Commune),
    (Field::Village, false, Entry::Village),
    (Field::Households, true, Entry::Whole(0)),
    (Field::AreaPersons, false, Entry::Whole(0)),
    (Field::Poor, false, Entry::Whole(0)),
    (Field::NearPoor, false, Entry::Whole(0)),
    (Field::PoorPersons, false, Entry::Whole(0)),
    (Field::NearPoorPersons, false, Entry::Whole(0)),
    (Field::Note, false, Entry::Words),
];

const MEMBERS: &[Asked] = &[
    (Field::Number, false, Entry::Ordinal),
    (Field::Name, true, Entry::Words),
    (Field::Birth, false, Entry::Birth),
    (Field::Sex, false, Entry::OneOf(SEXES)),
    (Field::People, false, Entry::People),
    (Field::Citizen, false, Entry::Identity),
    (Field::Card, false, Entry::Code),
    (Field::Organisation, true, Entry::Organisation),
    (Field::Cell, false, Entry::Words),
    (Field::Admitted, false, Entry::Day),
    (Field::Official, false, Entry::Day),
    (Field::Standing, false, Entry::OneOf(STANDINGS)),
    (Field::StandingDate, false, Entry::Day),
    (Field::Salaried, false, Entry::Mark),
    (Field::Coefficient, false, Entry::Decimal),
];

const AMOUNTS: &[Asked] = &[
    (Field::PledgedSalary, false, Entry::HalfDays),
    (Field::PledgedLabour, false, Entry::HalfDays),
    (Field::PledgedSeedlings, false, Entry::Whole(0)),
    (Field::PledgedSpecies, false, Entry::Species),
    (Field::PledgedMoney, false, Entry::Money),
    (Field::DeliveredSalary, false, Entry::HalfDays),
    (Field::DeliveredLabour, false, Entry::HalfDays),
    (Field::DeliveredSeedlings, false, Entry::Whole(0)),
    (Field::DeliveredSpecies, false, Entry::Species),
    (Field::DeliveredMoney, false, Entry::Money),
];

const PLEDGES: &[Asked] = &[
    (Field::Number, false, Entry::Ordinal),
    (Field::Donor, false, Entry::Words),
    (Field::Name, false, Entry::Words),
    (Field::Citizen, false, Entry::Identity),
    (Field::Organisation, false, Entry::Organisation),
];

const USE: &[Asked] = &[(Field::Bought, false, Entry::Words), (Field::Household, false, Entry::Identity)];

const NOTE: &[Asked] = &[(Field::Note, false, Entry::Words)];

const TWINNING: &[Asked] = &[
    (Field::Number, false, Entry::Ordinal),
    (Field::Organisation, true, Entry::Organisation),
    (Field::Cell, false, Entry::Words),
    (Field::Commune, true, Entry::Commune),
    (Field::Village, true, Entry::Village),
    (Field::Note, false, Entry::Words),
];

const SUPPORT: &[Asked] = &[
    (Field::Number, false, Entry::Ordinal),
    (Field::Commune, false, Entry::Commune),
    (Field::Village, false, Entry::Village),
    (Field::Head, true, Entry::Words),
    (Field::Household, false, Entry::Identity),
    (Field::SupportKind, true, Entry::Usually(SUPPORTS)),
    (Field::Needed, false, Entry::Mark),
    (Field::Received, false, Entry::Mark),
    (Field::PersonsNeeded, false, Entry::Whole(0)),
    (Field::PersonsReceived, false, Entry::Whole(0)),
    (Field::UseChecked, false, Entry::Mark),
    (Field::Note, false, Entry::Words),
];

/// The columns of an empty table, in their order. The two kinds that the program writes itself have none.
#[must_use]
pub fn form(kind: Kind) -> Vec<FormColumn> {
    let parts: &[&[Asked]] = match kind {
        Kind::Households => &[HOUSEHOLDS],
        Kind::Totals => &[TOTALS],
        Kind::Members => &[MEMBERS, AMOUNTS, NOTE],
        Kind::Pledges => &[PLEDGES, AMOUNTS, USE, NOTE],
        Kind::Twinning => &[TWINNING],
        Kind::Support => &[SUPPORT],
        Kind::Assignment | Kind::Corrections => &[],
    };
    let column = |&(field, required, entry): &Asked| {
        let heading = reading::usual(kind, field);
        FormColumn { field, heading, required, entry }
    };
    parts.iter().copied().flatten().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::source::CellRef;
    use crate::ingest::convert;
    use crate::ingest::headings::Heading;
    use crate::ingest::reading::{Reading, read_headings};

    #[test]
    fn the_headings_of_every_form_are_read_as_its_kind_and_each_as_its_field() {
        for kind in Kind::ALL {
            let form = form(kind);
            let heading = |(col, column): (u32, &FormColumn)| Heading {
                col,
                parts: vec![column.heading.to_owned()],
                cell: CellRef::new(0, col),
            };
            let headings: Vec<Heading> = (0_u32..).zip(&form).map(heading).collect();
            match read_headings(&headings, &std::collections::BTreeMap::new(), None) {
                Reading::Is(found, columns) => {
                    assert_eq!(found, kind);
                    for (col, column) in (0_u32..).zip(&form) {
                        assert_eq!(columns.field_at(col), Some(column.field), "{kind:?} {}", column.heading);
                    }
                }
                Reading::Nothing => assert!(form.is_empty(), "{kind:?} is not read"),
                other @ (Reading::Either(..) | Reading::Nearly(..)) => panic!("{kind:?} is read as {other:?}"),
            }
        }
    }

    #[test]
    fn every_word_of_a_drop_down_is_a_word_that_the_reader_knows() {
        assert!(super::super::households::CLASS_WORDS.iter().all(|word| convert::class(word).is_some()));
        assert!(SEXES.iter().all(|word| convert::sex(word).is_some()));
        assert!(STANDINGS.iter().all(|word| super::super::standings::standing_of(word, None).is_some()));
    }
}
