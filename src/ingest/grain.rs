//! Whether a household list has a row a household or a row a person, decided from its columns before anything is counted.

use super::columns::Columns;
use super::convert;
use super::fields::Field;
use super::headings::TextRow;
use super::line::Line;
use crate::domain::spelling::{self, fold, fold_name};

/// What a row of a household list is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// One household.
    Household,
    /// One person; household facts stand on the head's row.
    Person,
}

impl Grain {
    /// The grain of a list: persons where it names them beside the head or says how they are related to the head, or where its rows
    /// tell.
    pub(crate) fn of(columns: &Columns) -> Self {
        let persons = columns.numbers_heads
            || columns.has(Field::Relation)
            || columns.has(Field::PersonNumber)
            || (columns.has(Field::Head) && columns.has(Field::Name));
        if persons { Self::Person } else { Self::Household }
    }
}

/// Whether the first rows below the headings of a list of households are persons without a word of how they are related: only the row
/// of a head has a number, a class and the number of persons, and that is the number of rows until the next.
pub(crate) fn numbers_heads(columns: &Columns, rows: &[TextRow]) -> bool {
    let names = columns.has(Field::Name) && columns.has(Field::Number) && columns.has(Field::Persons);
    if !names || Grain::of(columns) == Grain::Person {
        return false;
    }
    let at = |row: &TextRow, field: Field| columns.get(field).and_then(|col| row.at(col).map(str::to_owned));
    let of_household = [Field::Number, Field::Persons, Field::Class, Field::ClassPoor, Field::ClassNearPoor, Field::ClassOther];
    // The persons that each head tells, and the rows that follow it without a word of a household.
    let mut heads: Vec<(Option<usize>, usize)> = Vec::new();
    // A cell alone is a banner.
    for row in rows.iter().filter(|row| row.len() > 1 && at(row, Field::Name).is_some()) {
        let tells = of_household.map(|field| at(row, field).is_some());
        match (tells, heads.last_mut()) {
            ([true, true, ..], _) => heads.push((at(row, Field::Persons).and_then(|text| text.parse().ok()), 1)),
            (tells, Some((_, rows))) if !tells.contains(&true) => *rows += 1,
            _ => return false,
        }
    }
    // Below the last head there may be rows that were not looked at, and signatures.
    heads.pop();
    let several = heads.iter().filter(|(_, rows)| *rows > 1).count();
    let right = heads.iter().filter(|(persons, rows)| *persons == Some(*rows)).count();
    several > 0 && right * 3 >= heads.len() * 2
}

/// Whether a relation, folded, is that of the head: in words, in short, as the first of the numbers that forms give to relations, or
/// beside another ("Chồng (chủ hộ)"); "chủ" alone folds as an uncle does. One who has died is still the head under whose name the
/// household stands.
fn is_of_head(relation: &str) -> bool {
    const HEADS: [&str; 12] =
        ["chu ho", "ch", "c ho", "chu khau", "chu nha", "la chu ho", "chu ho moi", "ban than", "tu than", "head", "1", "01"];
    const GONE: [&str; 3] = ["mat", "da mat", "chet"];
    if relation.ends_with("(chu ho)") {
        return true;
    }
    let words = spelling::words(relation).collect::<Vec<_>>().join(" ");
    let gone = words.strip_prefix("chu ho ").is_some_and(|rest| GONE.contains(&rest));
    gone || HEADS.contains(&words.as_str())
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
        let head = line.text(Field::Head).map(|head| fold_name(&head));
        let relation = line.text(Field::Relation).map(|relation| fold(&relation));
        let is_head = relation.as_deref().map(is_of_head);
        let new_number = number.is_some() && number != self.number;
        let begins = if line.columns.has(Field::HouseholdNumber) {
            new_number || (is_head == Some(true) && (number.is_none() || !open))
        } else if let Some(is_head) = is_head {
            is_head
        } else if line.columns.numbers_heads {
            line.text(Field::Number).is_some()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_known_by_any_word_for_one() {
        for head in
            ["Chủ hộ", "CH", "C.Hộ", "Chủ hộ.", "Chủ hộ (đã mất)", "Chủ hộ mới", "Bản thân", "Chồng (chủ hộ)", "01", "Chủ khẩu"]
        {
            assert!(is_of_head(&fold(head)), "{head}");
        }
        for other in ["Vợ", "Vợ chủ hộ", "Con CH", "Cháu", "Chú", "Chủ hộ cũ", "Chủ hộ/Vợ", "02", "Chồng", "Đại diện hộ", "x", ""]
        {
            assert!(!is_of_head(&fold(other)), "{other}");
        }
    }
}
