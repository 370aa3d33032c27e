//! The scorecard as tables.

use super::heading;
use crate::domain::pledge::Days;
use crate::domain::pledges::Given;
use crate::domain::scorecard::{ScoreBy, ScoreOf, ScoreRow};
use crate::report::table::{Column, Datum, Row, Sensitivity, Table};
use crate::report::views::pledges::Told;
use crate::report::wording::Words;

/// What the scorecard rests on beside its rows.
#[derive(Clone, Copy, Debug)]
pub struct Rests {
    /// Which amounts any list states.
    pub told: Told,
    /// Whether the assignment is last year's list.
    pub previous: bool,
    /// Whether days of salary are estimated in đồng.
    pub estimated: bool,
    /// The years of the survey before and of this one, where both are there.
    pub years: Option<(i16, i16)>,
}

/// Organisations or members with what they gave and achieved. `grades` holds one grade a row where the programme sets
/// grades, and nothing where it sets none.
#[must_use]
pub fn table(by: ScoreBy, rows: &[ScoreRow], grades: &[Option<String>], rests: Rests, words: &Words) -> Table {
    let member = by == ScoreBy::Member;
    // A member's own row is about a single person, which only the office sees in full.
    let telling = |column: Column| if member { column.telling(Sensitivity::Private) } else { column };
    let number = |key, word| telling(Column::new(key, heading(words, word)).number());
    // A cell helps a few households only, and the cells of an organisation add up to it.
    let few = |key, word| {
        number(key, word).telling(match by {
            ScoreBy::Organisation => Sensitivity::SmallCount,
            ScoreBy::Cell => Sensitivity::Named,
            ScoreBy::Member => Sensitivity::Private,
        })
    };
    let mut columns = Vec::new();
    if member {
        columns.push(Column::new("organisation", heading(words, "organisation")).telling(Sensitivity::Private).wide(34));
        columns.push(Column::new("name", heading(words, "member")).telling(Sensitivity::Private).wide(26));
    } else {
        columns.push(Column::new("name", words.say("by", by.word())).wide(34));
    }
    let mark = |column: Column| if member { column.mark() } else { column };
    columns.push(mark(number("eligible", "eligible")));
    columns.push(mark(few("assigned", "assigned")));
    columns.extend(["taking_part", "meeting_minimum", "kept"].map(|key| mark(number(key, key))));
    for (group, keys) in [
        ("pledged", ["pledged_salary_days", "pledged_labour_days", "pledged_seedlings"]),
        ("delivered", ["delivered_salary_days", "delivered_labour_days", "delivered_seedlings"]),
    ] {
        let group = heading(words, group);
        let shorts = ["salary_days", "labour_days", "seedlings"];
        columns.extend(keys.into_iter().zip(shorts).map(|(key, short)| number(key, short).under(group)));
    }
    // The committee of a commune helps all its households: the counts of organisations are those of communes once more, by
    // which a figure suppressed there could be found.
    let of_places = |key| number(key, key).telling(if member { Sensitivity::Private } else { Sensitivity::Named });
    columns.push(of_places("helped"));
    // Counted by place they are sums of the movement tables.
    let by_place = !rests.previous && rests.years.is_some();
    let left = |key| if by_place { number(key, key).telling(Sensitivity::Private) } else { of_places(key) };
    columns.push(left("left_poverty"));
    columns.push(left("left_near_poverty"));
    if !grades.is_empty() {
        columns.push(telling(Column::new("grade", heading(words, "grade")).wide(24)));
    }
    let key = match by {
        ScoreBy::Organisation => "scorecard",
        ScoreBy::Cell => "scorecard_cells",
        ScoreBy::Member => "scorecard_members",
    };
    let mut table = Table::new(key, words.say("title", key), columns);
    table.persons = member;
    for (at, row) in rows.iter().enumerate() {
        let mut cells = names(&row.of, words);
        cells.extend(numbers(row, rests.told));
        cells.extend(grades.get(at).map(|grade| Datum::maybe_text(grade.as_deref())));
        table.rows.push(Row::body(cells));
    }
    if !member && !table.rows.is_empty() {
        let total = total(&table, words);
        table.rows.push(total);
    }
    match (rests.previous, rests.years) {
        (true, Some(_)) => {}
        (true, None) => table.notes.push(words.say("note", "scorecard_no_earlier").to_owned()),
        (false, None) => table.notes.push(words.say("note", "scorecard_no_previous").to_owned()),
        (false, Some((from, to))) => {
            let years = [("from", from.to_string()), ("to", to.to_string())];
            let years: Vec<(&str, &str)> = years.iter().map(|(key, year)| (*key, year.as_str())).collect();
            table.notes.push(words.fill_in("note", "scorecard_by_place", &years));
        }
    }
    table
}

/// What to give so that the scorecard tells more: for who runs the command, and no part of what is printed and handed in.
#[must_use]
pub fn how(rests: Rests, words: &Words) -> Option<String> {
    match (rests.previous, rests.years) {
        (true, _) => None,
        (false, None) => Some(words.say("note", "scorecard_no_previous_how").to_owned()),
        (false, Some((from, to))) => {
            let (from, to) = (from.to_string(), to.to_string());
            Some(words.fill_in("note", "scorecard_by_place_how", &[("from", &from), ("to", &to)]))
        }
    }
}

/// The sum of members and of what they gave. Households have none: those whom members of two organisations help would be
/// counted twice.
fn total(table: &Table, words: &Words) -> Row {
    let sums = table.columns.iter().enumerate().map(|(at, column)| match column.key {
        "name" => Datum::text(words.say("general", "total")),
        "helped" | "left_poverty" | "left_near_poverty" | "grade" => Datum::nothing(),
        _ => sum(table.rows.iter().filter_map(|row| row.cells.get(at))),
    });
    Row::total(sums.collect())
}

/// The sum of counts, or of days; missing where one of them is.
fn sum<'a>(cells: impl Iterator<Item = &'a Datum>) -> Datum {
    let added = |sum: Datum, cell: &Datum| match (sum, cell) {
        (Datum::Count(sum), Datum::Count(count)) => sum.checked_add(*count).map_or(Datum::Missing, Datum::Count),
        (Datum::Days(sum), Datum::Days(days)) => Datum::Days(Days::halves(sum.in_halves().saturating_add(days.in_halves()))),
        _ => Datum::Missing,
    };
    let mut cells = cells.cloned();
    cells.next().map_or(Datum::Missing, |first| cells.fold(first, |sum, cell| added(sum, &cell)))
}

fn names(of: &ScoreOf, words: &Words) -> Vec<Datum> {
    match of {
        ScoreOf::Organisation(organisation) => vec![Datum::text(organisation.name())],
        ScoreOf::Cell(organisation, cell) => {
            let cell = cell.as_deref().unwrap_or(words.say("group", "unknown"));
            vec![Datum::text(format!("{} – {cell}", organisation.name()))]
        }
        ScoreOf::Member(organisation, _, name) => vec![Datum::text(organisation.name()), Datum::text(&**name)],
    }
}

fn numbers(row: &ScoreRow, told: Told) -> Vec<Datum> {
    let giving = &row.giving;
    let mut cells = vec![
        Datum::count(Some(giving.eligible)),
        Datum::count(row.assigned),
        Datum::count(told.pledged.then_some(giving.taking_part)),
        Datum::count(told.pledged.then_some(giving.meeting_minimum)),
        Datum::count((told.pledged && told.delivered).then_some(giving.kept)),
    ];
    cells.extend(amounts(told.pledged.then_some(&giving.pledged)));
    cells.extend(amounts(told.delivered.then_some(&giving.delivered)));
    cells.extend([row.households, row.left_poverty, row.left_near_poverty].map(Datum::count));
    cells
}

fn amounts(given: Option<&Given>) -> [Datum; 3] {
    given.map_or([Datum::Missing, Datum::Missing, Datum::Missing], |given| {
        [Datum::Days(given.salary_days), Datum::Days(given.labour_days), Datum::count(Some(given.seedlings))]
    })
}
