//! The quick lane for counting: a row of a household list that is as it should be is counted from its raw cells, without a
//! text or a record being made of it.
//!
//! The lane only ever says yes. Whatever would be an issue, is written in an unusual way or is met for the first time goes the
//! slow way, which decides alone; what words, dates and places stand for is asked of the same functions that the slow way
//! calls, and remembered. So there is nothing to get wrong here but speed, and a test holds both ways against each other.

mod births;
mod cells;
mod eyes;
mod scout;
mod words;

use std::collections::BTreeMap;

use super::addresses::tell_places;
use super::columns::Columns;
use super::desk::Desk;
use super::encoding::Script;
use super::fields::Field;
use super::grain::Grain;
use super::kind::Kind;
use super::sums::{self, Sums};
use super::workbook::{RawRow, RawValue};
use crate::domain::consistency::{b2_against_marks, class_against_scores};
use crate::domain::counted::Facts;
use crate::domain::household::{Class, Deprivations};
use crate::domain::ids::CitizenNumber;
use crate::domain::standard::Standard;
use eyes::{CLASS_BIT, Eyes, NO_LABOUR_BIT, Said};
pub(crate) use scout::Scout;

/// Fields that only the slow way reads: a table that has one of them has no lane.
const SLOW: [Field; 14] = [
    Field::BirthDay,
    Field::BirthMonth,
    Field::BirthMale,
    Field::BirthFemale,
    Field::SexMale,
    Field::SexFemale,
    Field::SexPeople,
    Field::CommuneCode,
    Field::Key,
    Field::Year,
    Field::Coverage,
    Field::Relation,
    Field::PersonNumber,
    Field::HouseholdNumber,
];

/// A place that rows name, as it was found the slow way.
#[derive(Clone, Copy, Debug)]
struct Known {
    slot: u32,
    urban: bool,
    /// Where the issues are listed that each of its rows adds to.
    issues: (usize, usize),
}

/// What was gathered for the sums under the table since they were last asked for.
#[derive(Clone, Copy, Debug, Default)]
struct Gathered {
    records: u64,
    persons: u64,
    /// By the bit of the mark, from the classes on.
    marks: [u64; 5],
    /// Households without a mark of a class.
    unmarked: u64,
}

/// The lane of one table.
#[derive(Debug)]
pub(crate) struct Lane {
    eyes: Eyes,
    /// Whether the class is told by marks, and not by a word.
    class_marks: bool,
    class_other: bool,
    indicators: bool,
    no_labour: bool,
    standard: Standard,
    /// Names of places by their letters, and the last of communes and villages.
    texts: BTreeMap<Box<str>, u64>,
    last_text: [(Box<str>, u64); 2],
    known: BTreeMap<(u64, u64), Known>,
    /// Issues about places that are told once, with the number of rows: an unknown commune and the like.
    issues: Vec<usize>,
    last: Option<((u64, u64), Known)>,
    /// The place of a row that was left to the slow way only because it is new.
    pending: Option<(u64, u64)>,
    gathered: Gathered,
}

impl Lane {
    /// The lane of a table, where it has one.
    pub(crate) fn of(kind: Kind, columns: &Columns, guess: Script, desk: &Desk<'_>) -> Option<Self> {
        let household = kind == Kind::Households && Grain::of(columns) == Grain::Household && !columns.is_clean();
        let complete = columns.has_any(&[Field::Head, Field::Name])
            && [Field::Number, Field::Citizen, Field::Persons].into_iter().all(|field| columns.has(field))
            && columns.has_any(&[Field::Class, Field::ClassPoor]);
        if !household
            || !complete
            || columns.has_any(&SLOW)
            || tell_places(columns)
            || columns.spread()
            || guess.is_old()
            || sums::has_more(columns)
        {
            return None;
        }
        let class_marks = !columns.has(Field::Class);
        if !class_marks && columns.has_any(&Field::CLASS_MARKS) {
            return None;
        }
        Some(Self {
            eyes: Eyes::new(columns, desk.around.day),
            class_marks,
            class_other: columns.has(Field::ClassOther),
            indicators: columns.has_any(&Field::INDICATORS),
            no_labour: columns.has(Field::NoLabour),
            standard: desk.settings.standard(desk.around.year),
            texts: BTreeMap::new(),
            last_text: Default::default(),
            known: BTreeMap::new(),
            issues: Vec::new(),
            last: None,
            pending: None,
            gathered: Gathered::default(),
        })
    }

    /// Counts a row where it is as it should be; false leaves it to the slow way, as if it had not been looked at.
    pub(crate) fn take(&mut self, row: &RawRow<'_>, desk: &mut Desk<'_>) -> bool {
        self.pending = None;
        let Some(seen) = self.eyes.read(row) else { return false };
        let place = self.name(0, seen.commune).zip(self.name(1, seen.village));
        place.is_some_and(|place| self.count(&seen.said, place, row.row, desk))
    }

    /// Somebody who reads rows for this lane on another thread.
    pub(crate) fn scout(&self) -> Scout {
        Scout::new(self.eyes.fresh())
    }

    /// Counts a row that a scout read, the `nth` that it understood.
    pub(crate) fn take_scouted(&mut self, scout: &mut Scout, nth: usize, row: u32, desk: &mut Desk<'_>) -> bool {
        self.pending = None;
        let Some((said, home)) = scout.said(nth) else { return false };
        let place = home.number.or_else(|| self.name(0, home.commune()).zip(self.name(1, home.village())));
        home.number = place;
        place.is_some_and(|place| self.count(said, place, row, desk))
    }

    fn count(&mut self, said: &Said, place: (u64, u64), row: u32, desk: &mut Desk<'_>) -> bool {
        let Some(class) = self.class(said, desk.batch.everybody) else { return false };
        let Some(number) = said.citizen.filter(|number| fits(*number, said)) else { return false };
        let Some(known) = self.place(place) else {
            self.pending = Some(place);
            return false;
        };
        if !self.scores_fit(class, said, known.urban) {
            return false;
        }
        let facts = Facts {
            class,
            persons: said.persons,
            people: said.people,
            sex: said.sex,
            no_labour: self.no_labour.then_some(said.marks >> NO_LABOUR_BIT & 1 == 1),
            birth_year: said.birth_year,
        };
        desk.batch.counted.push(number, &facts, known.slot, row);
        let (from, to) = known.issues;
        self.issues.get(from..to).into_iter().flatten().for_each(|at| desk.batch.findings.again(*at));
        desk.batch.everybody |= class == Class::Other || self.class_other;
        desk.read_and_used();
        self.gather(said);
        true
    }

    /// Notes where the row lives that was left to the slow way for its place alone, and was counted there; `issues` are those
    /// that each row of the place adds to.
    pub(crate) fn learn(&mut self, slot: u32, urban: bool, issues: &[usize]) {
        if let Some(place) = self.pending.take() {
            let from = self.issues.len();
            self.issues.extend(issues);
            self.known.insert(place, Known { slot, urban, issues: (from, self.issues.len()) });
        }
    }

    /// Whether the place of the last row is all that was not known of it.
    pub(crate) fn is_learning(&self) -> bool {
        self.pending.is_some()
    }

    /// A banner may have changed where rows live.
    pub(crate) fn forget_places(&mut self) {
        self.known.clear();
        self.last = None;
        self.pending = None;
    }

    /// Hands over what was gathered for the sums under the table.
    pub(crate) fn hand_over(&mut self, sums: &mut Sums) {
        let gathered = std::mem::take(&mut self.gathered);
        if gathered.records > 0 {
            let [poor, near_poor, other, no_labour, merit] = gathered.marks;
            // A row without a class mark leaves the sums of all classes unknown, as the slow way has it.
            let of_class = |sum: u64| (gathered.unmarked == 0).then_some(sum);
            sums.add_many(
                gathered.records,
                &[
                    (Field::Persons, Some(gathered.persons)),
                    (Field::ClassPoor, of_class(poor)),
                    (Field::ClassNearPoor, of_class(near_poor)),
                    (Field::ClassOther, of_class(other)),
                    (Field::NoLabour, Some(no_labour)),
                    (Field::Merit, Some(merit)),
                ],
            );
        }
    }

    fn gather(&mut self, said: &Said) {
        self.gathered.records += 1;
        self.gathered.persons += u64::from(said.persons);
        self.gathered.unmarked += u64::from(self.class_marks && said.marks >> CLASS_BIT & 7 == 0);
        for (count, bit) in self.gathered.marks.iter_mut().zip(CLASS_BIT..) {
            *count += u64::from(said.marks >> bit & 1);
        }
    }

    /// The declared class, where there is exactly one.
    fn class(&self, said: &Said, everybody: bool) -> Option<Class> {
        if !self.class_marks {
            return said.class;
        }
        match said.marks >> CLASS_BIT & 7 {
            1 => Some(Class::Poor),
            2 => Some(Class::NearPoor),
            4 => Some(Class::Other),
            0 if !self.class_other && everybody => Some(Class::Other),
            _ => None,
        }
    }

    fn scores_fit(&self, class: Class, said: &Said, urban: bool) -> bool {
        let marks = self.indicators.then(|| {
            (0..Deprivations::INDICATORS)
                .filter(|index| said.marks >> index & 1 == 1)
                .fold(Deprivations::default(), Deprivations::with)
        });
        if b2_against_marks(said.b2, marks, self.standard).is_some() {
            return false;
        }
        let Some(scores) = self.standard.scores() else { return said.b1.is_none() && said.b2.is_none() };
        class_against_scores(class, said.b1, said.b2, urban, scores).is_none()
    }

    /// The name of a place as a number: that of the shared text, or one that is given here to its letters; 0 for none.
    fn name(&mut self, column: usize, value: Option<RawValue<'_>>) -> Option<u64> {
        match value {
            None => Some(0),
            Some(RawValue::Shared(index)) => Some(u64::from(index) + 1),
            Some(RawValue::Text(text)) => {
                let (last, number) = self.last_text.get(column)?;
                if **last == *text {
                    return Some(*number);
                }
                let next = (1 << 32) + u64::try_from(self.texts.len()).ok()? + 1;
                let number = match self.texts.get(text) {
                    Some(number) => *number,
                    None => *self.texts.entry(text.into()).or_insert(next),
                };
                *self.last_text.get_mut(column)? = (text.into(), number);
                Some(number)
            }
            Some(RawValue::Number(_) | RawValue::Date { .. } | RawValue::Other) => None,
        }
    }

    fn place(&mut self, place: (u64, u64)) -> Option<Known> {
        if let Some((last, known)) = self.last
            && last == place
        {
            return Some(known);
        }
        let known = *self.known.get(&place)?;
        self.last = Some((place, known));
        Some(known)
    }
}

/// Whether a number agrees with the birth and the sex of its row.
fn fits(number: CitizenNumber, said: &Said) -> bool {
    said.birth_year.is_none_or(|year| i32::from(year) == i32::from(number.birth_year()))
        && said.sex.is_none_or(|sex| sex == number.sex())
}
