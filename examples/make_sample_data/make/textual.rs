//! The list that somebody typed by hand: numbers as text, years beside dates, decomposed letters,
//! one people's name in several spellings.

use super::grid::Cell;
use super::layouts::Field;
use super::survey::{Class, Household};
use unicode_normalization::UnicodeNormalization;

/// The cell of a field as a hurried clerk types it. The serial number decides which way.
pub(crate) fn cell(field: Field, serial: u32, household: &Household) -> Cell {
    let head = &household.head;
    let habit = |n: u32| usize::try_from(serial % n).unwrap_or(0);
    match field {
        Field::Serial => Cell::text(serial.to_string()),
        Field::Village => Cell::text(household.village_name()),
        Field::Name => Cell::text(match habit(11) {
            3 => head.name.nfd().collect(),
            5 => head.name.replacen(' ', "  ", 1),
            7 => format!("{}\u{A0}", head.name),
            9 => head.name.replace('\'', "\u{2019}"),
            _ => head.name.clone(),
        }),
        Field::Birth => Cell::text(match habit(3) {
            0 => head.birth.year.to_string(),
            _ => head.birth.short(),
        }),
        Field::Sex => Cell::text(head.sex()),
        Field::Number => Cell::text(head.number.as_str()),
        Field::People => Cell::text(match head.people {
            "M'Nông" => ["Mnông", "M\u{2019}Nông", "M'nông", "M'Nông"][habit(4)],
            "Ê Đê" => ["Ê-đê", "Êđê", "Ê đê"][habit(3)],
            "Hmông" => ["H'Mông", "Mông"][habit(2)],
            other => other,
        }),
        Field::Persons => Cell::text(format!(" {}", household.persons)),
        Field::Class => Cell::text(match household.class {
            Class::Poor => ["hộ nghèo", "Nghèo", "Hộ  nghèo"][habit(3)],
            Class::NearPoor => ["Cận nghèo", "hộ cận nghèo"][habit(2)],
            Class::Other => ["Không nghèo", "Không", "hộ không nghèo"][habit(3)],
        }),
        Field::B1 => Cell::text(household.b1.to_string()),
        Field::B2 => Cell::text(household.b2().to_string()),
        Field::NoLabour => Cell::text(match (household.no_labour, habit(2)) {
            (true, 0) => "có",
            (true, _) => "x",
            (false, _) => "",
        }),
        _ => Cell::Blank,
    }
}
