//! Movement between classes as tables: the matrix, the rows of communes, the ministry's forms, and the households.
//!
//! The matrix and the ministry's forms say the same figures a second time in another shape, where masking could not tell
//! that they are the same; they are for offices, and the public gets the rows of communes with the district's sum.

use super::{heading, units_note};
use crate::domain::changes::{Changes, MOVEMENTS};
use crate::domain::household::{Class, Household};
use crate::domain::linkage::Unsure;
use crate::domain::movement::{AreaMovement, ClassMovement, Move, Way};
use crate::domain::place::Village;
use crate::domain::tally::{By, Heads};
use crate::report::suppress::LEAST;
use crate::report::table::{Chart, Column, Datum, Row, Sensitivity, Table};
use crate::report::wording::Words;

/// The keys of the columns of [`communes`], in the order of [`MOVEMENTS`].
pub const KEYS: [&str; 15] = [
    "poor_to_poor",
    "poor_to_near_poor",
    "poor_to_other",
    "poor_to_gone",
    "near_poor_to_poor",
    "near_poor_to_near_poor",
    "near_poor_to_other",
    "near_poor_to_gone",
    "other_to_poor",
    "other_to_near_poor",
    "other_to_other",
    "other_to_gone",
    "arrived_to_poor",
    "arrived_to_near_poor",
    "arrived_to_other",
];

/// The word of where households come from.
#[must_use]
pub fn from_word(class: Option<Class>) -> &'static str {
    class.map_or("arrived", Class::word)
}

/// The word of where households go to.
#[must_use]
pub fn to_word(class: Option<Class>) -> &'static str {
    class.map_or("gone", Class::word)
}

/// The matrix of the district: rows are the classes of the earlier year, columns those of the later.
#[must_use]
pub fn matrix(changes: &Changes<'_>, words: &Words) -> Table {
    let group = words.fill_in("column", "later_year", &[("year", &changes.to.to_string())]);
    let number = |key| Column::new(key, heading(words, key)).number().under(group.clone());
    let columns = vec![
        Column::new("from", words.fill_in("column", "earlier_year", &[("year", &changes.from.to_string())])).wide(26),
        number("poor"),
        number("near_poor"),
        number("other"),
        number("gone"),
        Column::new("sum", words.say("general", "total")).number(),
    ];
    let title = words.fill_in("title", "matrix", &[("from", &changes.from.to_string()), ("to", &changes.to.to_string())]);
    let mut table = Table::new("matrix", title, columns);
    table.persons = true;
    let matrix = &changes.movement.district.matrix;
    let targets = Class::ALL.map(Some).into_iter().chain([None]);
    for from in targets.clone() {
        let cell = |to: Option<Class>| if from.is_none() && to.is_none() { None } else { Some(matrix.get(from, to)) };
        let counts: Vec<Option<u64>> = targets.clone().map(cell).collect();
        let mut cells = vec![Datum::text(words.say("column", from_word(from)))];
        cells.extend(counts.iter().map(|count| count.map_or_else(Datum::nothing, |count| Datum::count(Some(count)))));
        cells.push(Datum::count(Some(counts.iter().flatten().sum())));
        table.rows.push(Row::body(cells));
    }
    let sum = |to: Option<Class>| Class::ALL.map(Some).into_iter().chain([None]).map(|from| matrix.get(from, to)).sum::<u64>();
    let sums: Vec<u64> = targets.map(sum).collect();
    let mut cells = vec![Datum::text(words.say("general", "total"))];
    cells.extend(sums.iter().map(|sum| Datum::count(Some(*sum))));
    cells.push(Datum::count(Some(sums.iter().sum())));
    table.rows.push(Row::total(cells));
    table.notes = notes(changes, words);
    table
}

/// The movements of the district as flows, for the picture; those that stay above the line are left out of it.
#[must_use]
pub fn flows(changes: &Changes<'_>, words: &Words) -> Table {
    let columns = vec![
        Column::new("from", words.fill_in("column", "earlier_year", &[("year", &changes.from.to_string())])).wide(26),
        Column::new("to", words.fill_in("column", "later_year", &[("year", &changes.to.to_string())])).wide(26),
        Column::new("households", heading(words, "households_moved")).number(),
    ];
    let mut table = Table::new("flows", words.say("title", "flows"), columns);
    table.persons = true;
    let mut moved = 0_u64;
    for (from, to) in MOVEMENTS {
        let households = changes.movement.district.matrix.get(from, to);
        let outside = |class: Option<Class>| class.is_none_or(|class| class == Class::Other);
        if households > 0 && !(outside(from) && outside(to)) {
            let words = |word: &'static str| Datum::text(words.say("column", word));
            table.rows.push(Row::body(vec![words(from_word(from)), words(to_word(to)), Datum::count(Some(households))]));
            moved = moved.saturating_add(households);
        }
    }
    if moved > 0 {
        let total = words.say("general", "total");
        table.rows.push(Row::total(vec![Datum::text(total), Datum::nothing(), Datum::count(Some(moved))]));
    }
    table.charts.push(Chart::Flow { title: words.say("title", "flows").to_owned(), from: 0, to: 1, value: 2 });
    table
}

/// Every movement by commune with the district as the sum: for every audience, small counts hidden from the public.
#[must_use]
pub fn communes(changes: &Changes<'_>, words: &Words) -> Table {
    let mut columns = vec![Column::new("commune", heading(words, "commune")).wide(20)];
    // Both headings name classes: the years tell which is which.
    let (before, after) = (changes.from.to_string(), changes.to.to_string());
    let group = |from: Option<Class>| {
        let key = if from.is_some() { "class_in_years" } else { "arrived_in_year" };
        let values = [("class", words.say("column", from_word(from))), ("from", &before), ("to", &after)];
        words.fill_in("column", key, &values)
    };
    for ((from, to), key) in MOVEMENTS.into_iter().zip(KEYS) {
        let column = Column::new(key, words.say("column", to_word(to))).number().telling(Sensitivity::SmallCount);
        columns.push(column.under(group(from)));
    }
    let mut table = Table::new("changes", words.say("title", "changes_by_commune"), columns);
    let cells = |name: &str, area: &AreaMovement| {
        let mut cells = vec![Datum::text(name)];
        cells.extend(MOVEMENTS.into_iter().map(|(from, to)| Datum::count(Some(area.matrix.get(from, to)))));
        cells
    };
    let district = By::District.word();
    table.links.extend(links(district));
    for (commune, area) in &changes.movement.communes {
        let about = format!("{}:{}", By::Commune.word(), commune.name());
        table.links.extend(links(&about));
        table.rows.push(Row::body(cells(commune.name(), area)).about(about).part_of(district));
    }
    table.rows.push(Row::total(cells(words.say("column", "district"), &changes.movement.district)).about(district));
    table.notes = notes(changes, words);
    table.notes.extend(units_note(changes.units, words));
    // A sentence is for every audience, so that it tells no small count.
    let moved = changes.movement.moved_within;
    if moved > 0 && moved < LEAST.unsigned_abs() {
        table.notes.push(words.fill_in("note", "moved_within_few", &[("least", &words.count(LEAST))]));
    } else if moved > 0 {
        let count = words.count(i64::try_from(moved).unwrap_or(i64::MAX));
        table.notes.push(words.fill_in("note", "moved_within", &[("count", &count)]));
    }
    table
}

/// How movements add up to the rates of the two years, which other tables show.
fn links(about: &str) -> Vec<Vec<(String, &'static str)>> {
    let name = |key| (about.to_owned(), key);
    let of = |wanted: &dyn Fn(Option<Class>, Option<Class>) -> bool| -> Vec<(String, &'static str)> {
        MOVEMENTS.into_iter().zip(KEYS).filter(|((from, to), _)| wanted(*from, *to)).map(|(_, key)| name(key)).collect()
    };
    let sum = |whole: &[&'static str], parts| whole.iter().copied().map(name).chain(parts).collect();
    let other = Some(Class::Other);
    vec![
        sum(&["poor"], of(&|_, to| to == Some(Class::Poor))),
        sum(&["near_poor"], of(&|_, to| to == Some(Class::NearPoor))),
        sum(&["households", "both"], of(&|_, to| to == other)),
        sum(&["poor_before"], of(&|from, _| from == Some(Class::Poor))),
        sum(&["near_poor_before"], of(&|from, _| from == Some(Class::NearPoor))),
        sum(&["households_before", "poor_before", "near_poor_before"], of(&|from, _| from == other)),
    ]
}

/// What must be known to read the figures.
fn notes(changes: &Changes<'_>, words: &Words) -> Vec<String> {
    let mut notes = Vec::new();
    if !changes.poor_only.is_empty() {
        let names: Vec<&str> = changes.poor_only.iter().map(|commune| commune.name()).collect();
        notes.push(words.fill_in("note", "poor_only", &[("list", &names.join(", "))]));
    }
    if changes.standards.0 != changes.standards.1 {
        let [from, to] = [changes.standards.0, changes.standards.1].map(|standard| words.say("standard", standard.id()));
        notes.push(words.fill_in("note", "standards_differ", &[("from", from), ("to", to)]));
    }
    notes
}

/// The ministry's form for the poor or the near-poor (tổng hợp diễn biến, Circular 07/2021/TT-BLĐTBXH): a row of
/// households and a row of persons for each commune, the district last.
#[must_use]
pub fn form(changes: &Changes<'_>, class: Class, words: &Words) -> Table {
    let poor = class == Class::Poor;
    let number = |key, word| Column::new(key, words.say("column", word)).number();
    let down = |key, word| number(key, word).under(heading(words, "decrease"));
    let up = |key, word| number(key, word).under(heading(words, "increase"));
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(20),
        Column::new("unit", heading(words, "unit")).wide(10),
        number("start", "start"),
        down("to_other_class", if poor { "became_near_poor" } else { "became_poor" }),
        down("above", "above"),
        down("other_out", "other_out"),
        up("from_other_class", if poor { "near_poor_became" } else { "poor_became" }),
        up("fallen_back", if poor { "fallen_back_poor" } else { "fallen_back_near_poor" }),
        up("new", "new_in_class"),
        up("other_in", "other_in"),
        number("end", "end"),
    ];
    let (key, title) = if poor { ("poor_movement", "poor_movement") } else { ("near_poor_movement", "near_poor_movement") };
    let mut table = Table::new(key, words.say("title", title), columns);
    table.persons = true;
    let mut add = |name: &str, area: &AreaMovement, total: bool| {
        let line = if poor { &area.poor } else { &area.near_poor };
        for (unit, of) in [("unit_households", households as fn(Heads) -> u64), ("unit_persons", persons)] {
            let mut cells = vec![Datum::text(name), Datum::text(words.say("column", unit))];
            cells.extend(line_cells(line, of));
            table.rows.push(if total { Row::total(cells) } else { Row::body(cells) });
        }
    };
    changes.movement.communes.iter().for_each(|(commune, area)| add(commune.name(), area, false));
    add(words.say("column", "district"), &changes.movement.district, true);
    if changes.movement.district.poor.fallen_back.is_none() {
        table.notes.push(words.say("note", "no_register").to_owned());
    }
    table.notes.extend(units_note(changes.units, words));
    table
}

fn households(heads: Heads) -> u64 {
    heads.households
}

fn persons(heads: Heads) -> u64 {
    heads.persons
}

fn line_cells(line: &ClassMovement, of: fn(Heads) -> u64) -> Vec<Datum> {
    [
        Some(line.start),
        Some(line.to_other_class),
        Some(line.above),
        Some(line.other_out),
        Some(line.from_other_class),
        line.fallen_back,
        Some(line.new),
        Some(line.other_in),
        Some(line.end),
    ]
    .into_iter()
    .map(|heads| Datum::count(heads.map(of)))
    .collect()
}

/// The row by which a household of either year is shown: the later one where there is one.
#[must_use]
pub fn shown<'a>(one: &Move<'a>) -> Option<&'a Household> {
    one.later.or(one.earlier)
}

/// The households that are or were poor or near-poor, with their class in either year.
#[must_use]
pub fn list(changes: &Changes<'_>, words: &Words) -> Table {
    let class = |key, word| {
        let year = if word == "earlier_year" { changes.from } else { changes.to };
        Column::new(key, words.fill_in("column", word, &[("year", &year.to_string())])).telling(Sensitivity::Named).wide(22)
    };
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(20),
        Column::new("village", heading(words, "village")).telling(Sensitivity::Named).wide(22),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(24),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        class("from", "earlier_year"),
        class("to", "later_year"),
        Column::new("movement", heading(words, "movement")).telling(Sensitivity::Named).wide(22),
        Column::new("matched_by", heading(words, "matched_by")).telling(Sensitivity::Private).wide(24),
    ];
    let mut table = Table::new("households", words.say("title", "moved_households"), columns);
    // The list of one year has the same key, and a sheet of that name.
    table.sheet = Some(words.say("sheet", "moved_households").to_owned());
    table.persons = true;
    let ways = changes.moves.iter().zip(&changes.ways);
    let mut moves: Vec<(&Household, &Move<'_>, Way)> =
        ways.filter_map(|(one, way)| Some((shown(one)?, one, *way))).filter(|(_, one, _)| concerns(one)).collect();
    moves.sort_by(|(a, ..), (b, ..)| (&a.place, &a.key, &a.source).cmp(&(&b.place, &b.key, &b.source)));
    for (household, one, way) in moves {
        let (from, to) = (one.earlier.map(|row| row.class), one.later.map(|row| row.class));
        table.rows.push(Row::body(vec![
            Datum::text(household.place.commune.name()),
            Datum::maybe_text(household.place.village.as_ref().map(Village::name)),
            Datum::text(&*household.head),
            Datum::display(&household.key),
            Datum::text(words.say("column", from_word(from))),
            Datum::text(words.say("column", to_word(to))),
            Datum::text(words.say("way", way.word())),
            Datum::maybe_text(one.by.map(|by| words.say("matched", by.word()).to_owned())),
        ]));
    }
    table
}

/// A household that was or is a target of the programme.
fn concerns(one: &Move<'_>) -> bool {
    [one.earlier, one.later].into_iter().flatten().any(|household| household.class.is_target())
}

/// Households that no rule could place, each with what might be it and where the two differ.
#[must_use]
pub fn unsure(changes: &Changes<'_>, words: &Words) -> Table {
    let columns = vec![
        Column::new("commune", heading(words, "commune")).wide(20),
        Column::new("village", heading(words, "village")).telling(Sensitivity::Named).wide(22),
        Column::new("year", heading(words, "year")).centred(),
        Column::new("head", heading(words, "head")).telling(Sensitivity::Named).wide(24),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("candidate_head", heading(words, "candidate_head")).telling(Sensitivity::Named).wide(24),
        Column::new("candidate", heading(words, "candidate")).telling(Sensitivity::Identity).wide(14),
        Column::new("differs", heading(words, "differs")).telling(Sensitivity::Private).wide(30),
    ];
    let mut table = Table::new("unsure", words.say("title", "unsure"), columns);
    table.persons = true;
    for doubt in &changes.unsure {
        let Some((household, year)) = doubtful(doubt, changes) else { continue };
        let row = |candidate: Option<(&Household, String)>| {
            let (head, key, differs) = match candidate {
                Some((other, differs)) => (Datum::text(&*other.head), Datum::display(&other.key), Datum::text(differs)),
                None => (Datum::nothing(), Datum::nothing(), Datum::nothing()),
            };
            Row::body(vec![
                Datum::text(household.place.commune.name()),
                Datum::maybe_text(household.place.village.as_ref().map(Village::name)),
                Datum::display(year),
                Datum::text(&*household.head),
                Datum::display(&household.key),
                head,
                key,
                differs,
            ])
        };
        if doubt.candidates.is_empty() {
            table.rows.push(row(None));
        }
        for (other, fields) in &doubt.candidates {
            let names: Vec<&str> = fields.iter().map(|field| words.field(field.word())).collect();
            table.rows.push(row(Some((other, names.join(", ")))));
        }
    }
    table.notes.push(words.say("note", "unsure").to_owned());
    table
}

/// The household that a doubt is about, and the year of its list.
#[must_use]
pub fn doubtful<'a>(doubt: &Unsure<'a>, changes: &Changes<'_>) -> Option<(&'a Household, i16)> {
    let earlier = doubt.earlier.map(|household| (household, changes.from));
    earlier.or_else(|| doubt.later.map(|household| (household, changes.to)))
}
