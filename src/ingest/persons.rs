//! The persons beside the heads, as `ingest` writes them: they go back to their households by year and key.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::convert;
use super::desk::Desk;
use super::fields::Field;
use super::line::Line;
use super::reader::{Outcome, RowReader};
use super::support::named_household;
use crate::domain::household::Person;
use crate::domain::ids::Key;
use crate::domain::issue::{Code, Hint};
use crate::domain::survey::Coverage;

/// A person and the household that it goes back to.
pub(crate) type Returning = (Option<i16>, Key, Person);

/// Reads the clean table of persons.
#[derive(Debug, Default)]
pub(crate) struct PersonRows;

impl RowReader for PersonRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let Some(household) = named_household(line) else {
            desk.find_at(Code::PersonWithoutHead, line, Field::Household, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let (birth, _) = desk.birth(line);
        let sex = line.text(Field::Sex).and_then(|text| convert::sex(&text));
        let person = Person {
            name: line.text(Field::Name).unwrap_or_default(),
            birth,
            sex,
            citizen: desk.citizen(line, birth, sex),
            relation: line.text(Field::Relation),
        };
        let year = line.text(Field::Year).and_then(|year| year.parse().ok());
        desk.used(1);
        desk.batch.persons.push((year.or(desk.around.year), household, person));
        Outcome::Head
    }
}

/// Gives the persons back to their households.
pub(crate) fn attach(batches: &mut [Batch]) {
    let mut persons: BTreeMap<(Option<i16>, Key), Vec<Person>> = BTreeMap::new();
    for (year, key, person) in batches.iter_mut().flat_map(|batch| std::mem::take(&mut batch.persons)) {
        persons.entry((year, key)).or_default().push(person);
    }
    if persons.is_empty() {
        return;
    }
    // Where a household stands in the survey and in the state list of one year, the list with a row a person comes first.
    for coverage in [Coverage::PoorOnly, Coverage::All] {
        let households =
            batches.iter_mut().flat_map(|batch| &mut batch.households).filter(|household| household.coverage == Some(coverage));
        for household in households {
            let slot = (household.record.year, household.record.value.key.clone());
            if let Some(others) = persons.remove(&slot) {
                household.record.value.others = others;
            }
        }
    }
}
