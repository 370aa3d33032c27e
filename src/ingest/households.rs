//! Household lists: the yearly survey of everybody, and the state list of the poor and near-poor.

use super::batch::{HouseholdRecord, Other};
use super::convert::{self, Take, Why};
use super::desk::{Desk, thousands};
use super::fields::Field;
use super::grain::{Current, Grain};
use super::identity::{key, place_part};
use super::line::Line;
use super::reader::{Outcome, RowReader};
use super::remarks;
use crate::domain::consistency::{ScoreCell, b2_against_marks, class_against_scores};
use crate::domain::household::{Class, Deprivations, Household, Person};
use crate::domain::ids::CitizenNumber;
use crate::domain::issue::{Code, Hint};
use crate::domain::source::CellRef;
use crate::domain::spelling::{self, fold, nearest};
use crate::domain::survey::Coverage;

/// The classes as lists print them, poorest first.
pub(crate) const CLASS_WORDS: [&str; 3] = ["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"];

/// Reads households, row by row.
#[derive(Debug)]
pub(crate) struct HouseholdRows {
    grain: Grain,
    current: Current,
    open: Option<Open>,
}

/// A household whose persons are still coming.
#[derive(Debug)]
struct Open {
    /// `None` where the head's row cannot count; its persons then do not either.
    head: Option<Draft>,
    rows: u64,
    others: Vec<Person>,
    /// Where the citizen numbers of the others stand.
    numbers: Vec<(CellRef, CitizenNumber)>,
}

/// A household without its number of persons, which may be the number of rows.
#[derive(Debug)]
struct Draft {
    record: HouseholdRecord,
    persons: Option<u32>,
    persons_cell: CellRef,
}

impl HouseholdRows {
    pub(crate) fn new(grain: Grain) -> Self {
        Self { grain, current: Current::default(), open: None }
    }

    fn draft(&self, line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Draft> {
        let name_field = if line.columns.has(Field::Head) { Field::Head } else { Field::Name };
        // On a person list the head's own row may leave the head's column to the name column.
        let name_field =
            if line.text(name_field).is_none() && line.text(Field::Name).is_some() { Field::Name } else { name_field };
        let head = desk.name(line, name_field);
        let persons = persons(line, desk, self.grain);
        let class = class(line, desk);
        let (birth, told) = desk.birth(line);
        let sex = desk.sex(line, told);
        let people = desk.people(line);
        let citizen = desk.citizen(line, birth, sex);
        let b1 = desk.optional(line, Field::B1, Code::B1Wrong, convert::count).and_then(|b1| u32::try_from(b1).ok());
        let b2 = desk.optional(line, Field::B2, Code::B2Wrong, convert::count).and_then(|b2| u32::try_from(b2).ok());
        let deprivations = deprivations(line, desk);
        let no_labour = desk.mark(line, Field::NoLabour);
        let merit = desk.mark(line, Field::Merit);
        let place = desk.place(line);
        let remark = line.text(Field::Note);
        if let Some(remark) = &remark {
            desk.look_at(line, Field::Note, remark);
        }
        let (head, persons, class, place) = (head?, persons.ok()?, class?, place.ok()?);
        if remark.is_some_and(|remark| remarks::contradicts(&remark, class)) {
            desk.find_at(Code::RemarkContradicts, line, Field::Note, Hint::None);
        }
        check_scores(line, desk, class, b1, b2, deprivations, place.commune.urban);
        let made = line.text(Field::Key).filter(|_| citizen.is_none());
        let key =
            made.map_or_else(|| key(citizen, &head, birth, &place_part(&place)), |text| super::support::key_of(&text, None));
        let household = Household {
            key,
            source: desk.source(line),
            place,
            head: head.into(),
            birth,
            sex,
            people,
            persons: persons.unwrap_or(1),
            class,
            b1,
            b2,
            deprivations,
            no_labour,
            merit,
            others: Vec::new(),
        };
        let identity = line.at_first(&[Field::Citizen, name_field]);
        let mut record = desk.record(household, identity, line.at(Field::Village));
        if let Some(year) = line.text(Field::Year).and_then(|year| year.parse().ok()) {
            record.year = Some(year);
        }
        let coverage = line.text(Field::Coverage).and_then(|word| match word.as_str() {
            "all" => Some(Coverage::All),
            "poor_only" => Some(Coverage::PoorOnly),
            _ => None,
        });
        if class == Class::Other || line.columns.has(Field::ClassOther) {
            desk.batch.everybody = true;
        }
        let record = HouseholdRecord { record, coverage };
        Some(Draft { record, persons, persons_cell: line.at_first(&[Field::Persons, name_field]) })
    }

    fn close(&mut self, desk: &mut Desk<'_>) {
        let Some(open) = self.open.take() else { return };
        let Some(mut draft) = open.head else {
            desk.rejected(open.rows);
            return;
        };
        let rows = u32::try_from(open.rows).unwrap_or(u32::MAX);
        match draft.persons {
            Some(persons) if persons != rows => {
                let found = persons.to_string();
                desk.find(Code::PersonsRows, draft.persons_cell, Field::Persons, &found, Hint::Value(rows.to_string()));
            }
            Some(_) => {}
            None => draft.record.record.value.persons = rows,
        }
        let (sheet, head) = (draft.record.record.sheet, draft.record.record.value.source.row);
        let others = open.numbers.into_iter().map(|(cell, number)| Other { sheet, cell, head, number });
        desk.batch.others.extend(others);
        draft.record.record.value.others = open.others;
        draft.record.record.rows = open.rows;
        desk.used(open.rows);
        desk.batch.households.push(draft.record);
    }

    fn person(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        if self.current.begins(line, self.open.is_some()) {
            self.close(desk);
            let head = self.draft(line, desk);
            let disturbed = head.is_none();
            self.open = Some(Open { head, rows: 1, others: Vec::new(), numbers: Vec::new() });
            return if disturbed { Outcome::Disturbed } else { Outcome::Head };
        }
        if self.open.is_none() {
            desk.find_at(Code::PersonWithoutHead, line, Field::Name, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        }
        let name = desk.name(line, Field::Name);
        let (birth, told) = desk.birth(line);
        let sex = desk.sex(line, told);
        let citizen = desk.citizen(line, birth, sex);
        let relation = line.text(Field::Relation);
        if let Some(open) = &mut self.open {
            open.rows += 1;
            // A person without a name is counted: only the name is missing.
            open.numbers.extend(line.at(Field::Citizen).zip(citizen));
            open.others.push(Person { name: name.unwrap_or_default(), birth, sex, citizen, relation });
        }
        Outcome::Part
    }
}

impl RowReader for HouseholdRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        if self.grain == Grain::Person {
            return self.person(line, desk);
        }
        let Some(draft) = self.draft(line, desk) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        desk.used(1);
        super::support::marks(line, desk, &draft.record.record.value, draft.record.record.year);
        desk.batch.households.push(draft.record);
        Outcome::Head
    }

    fn pause(&mut self, desk: &mut Desk<'_>) {
        self.close(desk);
    }
}

/// The class that a title tells for all its rows: a list of the poor alone, or of the near-poor alone.
pub(crate) fn class_of_title(title: &str) -> Option<Class> {
    let title = fold(title);
    let near = title.contains("can ngheo");
    let poor = title.replace("can ngheo", "").contains("ho ngheo");
    match (poor, near) {
        (true, false) => Some(Class::Poor),
        (false, true) => Some(Class::NearPoor),
        (true, true) | (false, false) => None,
    }
}

/// Whether a title says that the list holds every household.
pub(crate) fn says_everybody(title: &str) -> bool {
    let folded = fold(title);
    ["ho dan", "dan cu", "toan bo ho", "tat ca cac ho"].iter().any(|word| folded.contains(word))
}

/// The class that the title of a list tells, or where it names none or both the name of the sheet, which says nothing else: "Hộ nghèo",
/// "DS HCN 2023". A list of everybody has households of every class.
pub(crate) fn class_told(title: &str, sheet: &str) -> Option<Class> {
    class_of_title(title).or_else(|| {
        let everybody = says_everybody(title) || fold(title).contains("tat ca");
        let folded = fold(sheet);
        let words = spelling::words(&folded);
        let more = |word: &&str| {
            !matches!(*word, "ds" | "danh" | "sach" | "ho" | "nam") && !word.bytes().all(|byte| byte.is_ascii_digit())
        };
        match words.filter(more).collect::<Vec<_>>().as_slice() {
            _ if everybody => None,
            ["ngheo" | "hn"] => Some(Class::Poor),
            ["can", "ngheo"] | ["hcn" | "cn"] => Some(Class::NearPoor),
            _ => None,
        }
    })
}

/// The class that a line between the rows tells for those below it: `Some(None)` where they are of none that is known, as those who
/// rose above poverty may still be near-poor, and those who were poor when the year began anything.
pub(crate) fn class_of_section(text: &str) -> Option<Option<Class>> {
    const OTHER_TIMES: [&str; 6] = ["dau nam", "dau ky", "nam truoc", "ngheo xuong", "ngheo len", "ngheo chuyen"];
    let folded = fold(text);
    if rose(text) || (folded.contains("ngheo") && OTHER_TIMES.iter().any(|word| folded.contains(word))) {
        return Some(None);
    }
    let other = folded.contains("ho khong ngheo").then_some(Class::Other);
    // Poor again is poor.
    other.or_else(|| class_of_title(&folded.replace("ho tai ", "ho "))).map(Some)
}

/// Whether a line speaks of households that rose above poverty.
pub(crate) fn rose(text: &str) -> bool {
    let folded = fold(text);
    ["thoat ngheo", "thoat can ngheo"].iter().any(|word| folded.contains(word))
}

/// Whether a line between the rows names households of another kind than the section above.
pub(crate) fn names_others(text: &str) -> bool {
    let folded = fold(text);
    ["ho ", "cac ho ", "nhom ho ", "so ho "].iter().any(|start| folded.starts_with(start))
}

/// The number of persons; `Ok(None)` where the list counts them by its rows.
fn persons(line: &Line<'_>, desk: &mut Desk<'_>, grain: Grain) -> Result<Option<u32>, ()> {
    let (code, hint) = match line.take_sum(Field::Persons, convert::count) {
        Take::Is(persons) if persons >= 1 => match u32::try_from(persons) {
            Ok(persons) => return Ok(Some(persons)),
            Err(_) => (Code::PersonsWrong, Hint::None),
        },
        Take::Blank if grain == Grain::Person => return Ok(None),
        Take::Blank => (Code::PersonsMissing, Hint::None),
        Take::Wrong(Why::ErrorValue) => (Code::ErrorValue, Hint::None),
        Take::Wrong(Why::NoCache) => (Code::FormulaEmpty, Hint::None),
        Take::Wrong(Why::Suspect) => (Code::NumberSuspect, thousands(&line.found(Field::Persons))),
        Take::Is(_) | Take::Wrong(Why::Unreadable | Why::Negative | Why::Fraction) => (Code::PersonsWrong, Hint::None),
    };
    desk.find_at(code, line, Field::Persons, hint);
    Err(())
}

/// The declared class: a word, or a mark in one of three columns, or that of the title or the section.
fn class(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Class> {
    if line.columns.has(Field::Class) {
        return class_word(line, desk);
    }
    if !line.columns.has(Field::ClassPoor) && !line.columns.has(Field::ClassNearPoor) {
        if desk.around.class.is_none() {
            desk.find(Code::ClassMissing, line.at_first(&[Field::Head, Field::Name]), Field::Class, "", Hint::None);
        }
        return desk.around.class;
    }
    let mut marked: Vec<(Field, Class)> = Vec::new();
    for (field, class) in Field::CLASS_MARKS.into_iter().zip(Class::ALL) {
        match line.take(field, |cell, guess| convert::class_mark(cell, guess, class)) {
            Take::Is(true) => marked.push((field, class)),
            Take::Blank | Take::Is(false) => {}
            Take::Wrong(why) => {
                let code = if why == Why::ErrorValue { Code::ErrorValue } else { Code::ClassUnknown };
                desk.find_at(code, line, field, Hint::None);
                return None;
            }
        }
    }
    match marked.as_slice() {
        [(_, class)] => Some(*class),
        // Without a column for them, households that are neither bear no mark.
        [] if !line.columns.has(Field::ClassOther) && desk.batch.everybody => Some(Class::Other),
        [] => {
            desk.batch.asked_everybody = true;
            desk.find_at(Code::ClassMissing, line, Field::ClassPoor, Hint::None);
            None
        }
        [(_, first), (later, _), ..] => {
            desk.find_at(Code::ClassTwice, line, *later, Hint::Class(*first));
            None
        }
    }
}

fn class_word(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Class> {
    use super::workbook::Value;
    match line.cell(Field::Class).map(|cell| &cell.value) {
        Some(Value::Error(_)) => {
            desk.find_at(Code::ErrorValue, line, Field::Class, Hint::None);
            return None;
        }
        Some(Value::MissingCache) => {
            desk.find_at(Code::FormulaEmpty, line, Field::Class, Hint::None);
            return None;
        }
        _ => {}
    }
    let Some(text) = line.text(Field::Class) else {
        desk.find_at(Code::ClassMissing, line, Field::Class, Hint::None);
        return None;
    };
    let class = convert::class(&text);
    if class.is_none() {
        // Who rose above poverty may be near-poor or not: only a person knows.
        let meant = nearest(&text, CLASS_WORDS).filter(|_| !fold(&text).contains("thoat"));
        let hint = meant.map_or(Hint::None, |word| Hint::Nearest(word.to_owned()));
        desk.find_at(Code::ClassUnknown, line, Field::Class, hint);
    }
    class
}

/// The marks of the single indicators, where the list has any of their columns.
fn deprivations(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Deprivations> {
    if !line.columns.has_any(&Field::INDICATORS) {
        return None;
    }
    let mut marks = Deprivations::default();
    let mut whole = true;
    for (index, field) in Field::INDICATORS.into_iter().enumerate() {
        match desk.mark(line, field) {
            Some(true) => marks = marks.with(index),
            Some(false) => {}
            None => whole = false,
        }
    }
    whole.then_some(marks)
}

/// Compares the declared class with the scores, and the score B2 with its marks.
fn check_scores(
    line: &Line<'_>,
    desk: &mut Desk<'_>,
    class: Class,
    b1: Option<u32>,
    b2: Option<u32>,
    marks: Option<Deprivations>,
    urban: bool,
) {
    let standard = desk.settings.standard(desk.year(line));
    let b2_wrong = b2_against_marks(b2, marks, standard);
    if let Some(finding) = b2_wrong {
        let hint = match finding {
            crate::domain::consistency::B2Finding::Impossible => Hint::None,
            crate::domain::consistency::B2Finding::UnlikeMarks { marks } => Hint::Value(marks.to_string()),
        };
        desk.find_at(finding.code(), line, Field::B2, hint);
    }
    let Some(scores) = standard.scores() else {
        if b1.is_some() || b2.is_some() {
            let field = if b1.is_some() { Field::B1 } else { Field::B2 };
            desk.find(Code::ScoresUnchecked, line.at_first(&[field]), field, standard.id(), Hint::None);
        }
        return;
    };
    // A B2 that cannot be right is not held against the class as well.
    let b2 = b2.filter(|_| b2_wrong.is_none_or(|finding| finding.code() != Code::B2Wrong));
    if let Some(finding) = class_against_scores(class, b1, b2, urban, scores) {
        let field = match finding.cell {
            ScoreCell::B1 => Field::B1,
            ScoreCell::B2 => Field::B2,
        };
        let hint = finding.scored.map_or(Hint::None, Hint::Class);
        desk.find_at(Code::ClassScores, line, field, hint);
    }
}
