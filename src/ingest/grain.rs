//! Whether a household list has a row a household or a row a person, decided from its columns before anything is counted.

use super::columns::Columns;
use super::convert;
use super::fields::Field;
use super::line::Line;
use crate::domain::spelling::fold;

/// What a row of a household list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// One household.
    Household,
    /// One person; household facts stand on the head's row.
    Person,
}

impl Grain {
    /// The grain of a list: persons where it names them beside the head or says how they are related to the head.
    pub(crate) fn of(columns: &Columns) -> Self {
        let persons = columns.has(Field::Relation)
            || columns.has(Field::PersonNumber)
            || (columns.has(Field::Head) && columns.has(Field::Name));
        if persons { Self::Person } else { Self::Household }
    }
}

/// What tells one household of a person list from the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Current {
    number: Option<String>,
    head: Option<String>,
}

impl Current {
    /// Whether a row begins a household: the head by relation, or another household number, or another head's name. A number
    /// or a name that is repeated on every row of the household begins nothing.
    pub(crate) fn begins(&mut self, line: &Line<'_>, open: bool) -> bool {
        let number = line.text(Field::HouseholdNumber);
        let head = line.text(Field::Head).map(|head| fold(&head));
        let relation = line.text(Field::Relation).map(|relation| fold(&relation));
        let is_head = relation.as_deref().map(|relation| matches!(relation, "chu ho" | "ch" | "head"));
        let new_number = number.is_some() && number != self.number;
        let begins = if line.columns.has(Field::HouseholdNumber) {
            new_number || (is_head == Some(true) && (number.is_none() || !open))
        } else if let Some(is_head) = is_head {
            is_head
        } else if line.columns.has(Field::Head) {
            head.is_some() && head != self.head
        } else {
            matches!(line.take(Field::PersonNumber, convert::count), convert::Take::Is(1))
        };
        if begins {
            self.number = number;
            self.head = head;
        }
        begins
    }
}
