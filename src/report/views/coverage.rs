//! Coverage of support as tables.

use super::heading;
use crate::domain::coverage::{CoverageRow, CoverageSums};
use crate::domain::household::Class;
use crate::domain::place::Village;
use crate::domain::rate::Share;
use crate::report::table::{Column, Datum, Row, Sensitivity, Sum, Table};
use crate::report::wording::Words;

/// Kinds of support by class. The second cell is the class, then come needed, received, percent and left out.
#[must_use]
pub fn table(sums: &CoverageSums<'_>, words: &Words) -> Table {
    let number = |key, word| Column::new(key, heading(words, word)).number().telling(Sensitivity::SmallCount);
    let columns = vec![
        Column::new("support", heading(words, "support")).wide(24),
        Column::new("class", heading(words, "class")).wide(20),
        number("needed", "needed"),
        number("received", "received"),
        number("percent", "percent").from(&["received", "left_out"]),
        number("left_out", "left_out"),
        number("not_told", "not_told"),
        number("without_need", "without_need").aside(),
        number("not_listed", "not_listed").aside(),
        // Vocational training is promised to persons, and loans are looked after: where a register says so.
        number("persons_needed", "persons_needed").from(&["needed"]).aside(),
        number("persons_received", "persons_received").from(&["received"]).aside(),
        number("persons_percent", "persons_percent").from(&["persons_received"]),
        number("use_checked", "use_checked").from(&["received"]).aside(),
    ];
    let mut table = Table::new("coverage", words.say("title", "coverage"), columns);
    table.sums.push(Sum { whole: "needed", plus: vec!["received", "left_out", "not_told"], minus: Vec::new() });
    let named = |row: &CoverageRow| Row::body(cells(row, words)).about(about(&row.support, row.class));
    table.rows = sums.rows.iter().map(named).collect();
    table.notes.push(words.say("note", "coverage_percent").to_owned());
    // What no register tells has no column: whether loans were looked after is the last, persons stand before it.
    let told = if sums.rows.iter().any(|row| row.use_checked.is_some()) {
        13
    } else if sums.rows.iter().any(|row| row.persons_needed.is_some() || row.persons_received.is_some()) {
        12
    } else {
        9
    };
    table.columns.truncate(told);
    table.rows.iter_mut().for_each(|row| row.cells.truncate(told));
    table
}

/// What tells the figures of a row from those of others.
fn about(support: &str, class: Option<Class>) -> String {
    format!("{support}/{}", class.map_or("", Class::word))
}

/// The kinds of support as lines of the overview: what it is, who of the poor and near-poor received it with their percentage,
/// and who did not. Each number is a sum of two of the coverage table.
pub(super) fn lines(sums: &CoverageSums<'_>, overview: &mut Table, words: &Words) {
    let mut kinds: Vec<&str> = sums.rows.iter().map(|row| &*row.support).collect();
    kinds.dedup();
    for kind in kinds {
        let of_kind = sums.rows.iter().filter(|row| *row.support == *kind);
        let targets: Vec<&CoverageRow> = of_kind.filter(|row| row.class.is_some_and(Class::is_target)).collect();
        let sum = |of: fn(&CoverageRow) -> u64| targets.iter().map(|row| of(row)).sum::<u64>();
        let (received, left_out) = (sum(|row| row.received), sum(|row| row.left_out));
        if received + left_out == 0 {
            continue;
        }
        let percent = Share { part: received, whole: Some(received + left_out) }.percent();
        let line = |key, value, percent| {
            let what = words.fill_in("line", key, &[("support", kind)]);
            let row = Row::body(vec![Datum::text(what), Datum::count(Some(value)), percent, Datum::text("")]);
            row.of_households().follows(kind, "received").follows(kind, "left_out")
        };
        overview.rows.push(line("supported", received, Datum::percent(percent)).same(1, kind, "received"));
        overview.rows.push(line("not_supported", left_out, Datum::text("")).same(1, kind, "left_out"));
        for key in ["received", "left_out"] {
            let parts = targets.iter().map(|row| (about(kind, row.class), key));
            overview.links.push(std::iter::once((kind.to_owned(), key)).chain(parts).collect());
        }
    }
}

fn cells(row: &CoverageRow, words: &Words) -> Vec<Datum> {
    vec![
        Datum::text(&*row.support),
        Datum::text(class(row.class, words)),
        Datum::count(Some(row.needed)),
        Datum::count(Some(row.received)),
        Datum::percent(row.share().percent()),
        Datum::count(Some(row.left_out)),
        Datum::count(Some(row.unknown)),
        Datum::count(Some(row.without_need)),
        // Nobody asks that every household above the line stands in the register.
        told(row.not_listed),
        told(row.persons_needed),
        told(row.persons_received),
        row.persons_share().and_then(Share::percent).map_or_else(Datum::nothing, Datum::Percent),
        told(row.use_checked),
    ]
}

/// A count that not every register has: an empty cell says that this one does not, which is no fault of the list.
fn told(count: Option<u64>) -> Datum {
    count.map_or_else(Datum::nothing, |count| Datum::count(Some(count)))
}

fn class(class: Option<Class>, words: &Words) -> String {
    class.map_or_else(|| words.say("group", "not_in_survey"), |class| words.say("class", class.word())).to_owned()
}

/// Households that need support and did not receive it.
#[must_use]
pub fn left_out(sums: &CoverageSums<'_>, words: &Words) -> Table {
    let named = |key| Column::new(key, heading(words, key)).telling(Sensitivity::Named);
    let columns = vec![
        named("support").wide(24),
        named("commune").wide(20),
        named("village").wide(20),
        named("head").wide(26),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(16),
        named("class").wide(20),
    ];
    let mut table = Table::new("support_left_out", words.say("title", "support_left_out"), columns);
    table.persons = true;
    for left in &sums.left_out {
        let place = left.found.map(|household| &household.place);
        table.rows.push(Row::body(vec![
            Datum::text(&*left.support),
            Datum::maybe_text(place.map(|place| place.commune.name())),
            Datum::maybe_text(place.and_then(|place| place.village.as_ref()).map(Village::name)),
            Datum::maybe_text(left.found.map(|household| &*household.head)),
            Datum::display(left.household),
            Datum::text(class(left.found.map(|household| household.class), words)),
        ]));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::suppress;
    use crate::report::views::year::{self, Parts};
    use crate::report::wording::{Lang, words};

    fn sums(left_out: [u64; 2]) -> CoverageSums<'static> {
        let classes = [Class::Poor, Class::NearPoor, Class::Other].map(Some);
        let row = |(class, (received, left_out)): (Option<Class>, (u64, u64))| CoverageRow {
            support: "Nhà ở".into(),
            class,
            needed: received + left_out,
            received,
            left_out,
            unknown: 0,
            without_need: 0,
            not_listed: None,
            persons_needed: None,
            persons_received: None,
            use_checked: None,
        };
        let counts = [(40, left_out[0]), (50, left_out[1]), (7, 8)];
        CoverageSums { rows: classes.into_iter().zip(counts).map(row).collect(), left_out: Vec::new() }
    }

    /// The overview and the coverage table as the public sees them.
    fn public(left_out: [u64; 2]) -> [Table; 2] {
        let sums = sums(left_out);
        let words = words(Lang::En);
        let parts = Parts { rates: None, plan: None, pledges: None, coverage: Some(&sums), rejected: 0, issues: (0, 0) };
        let mut tables = [year::overview(parts, words), table(&sums, words)];
        suppress::small_counts(&mut tables);
        tables
    }

    #[test]
    fn the_overview_tells_how_many_of_the_poor_and_near_poor_each_support_reaches() {
        let [overview, _] = public([20, 30]);
        let line = |at: usize| overview.rows[at].cells[1..3].to_vec();
        assert_eq!(line(0), [Datum::Count(90), Datum::percent(Share { part: 90, whole: Some(140) }.percent())]);
        assert_eq!(line(1)[0], Datum::Count(50), "those above the line are not among them");
    }

    #[test]
    fn the_sums_of_the_overview_do_not_give_away_a_small_count() {
        for left_out in [[3, 60], [60, 3], [3, 1]] {
            let [overview, coverage] = public(left_out);
            let is_count = |cell: &Datum| matches!(cell, Datum::Count(_));
            let parts = [0, 1].map(|row: usize| coverage.rows[row].cells[5].clone());
            // How many were reached, and their percentage, tell how many were not.
            let told = is_count(&overview.rows[0].cells[1]) && matches!(overview.rows[0].cells[2], Datum::Percent(_));
            let whole = told || is_count(&overview.rows[1].cells[1]);
            assert!(!(whole && parts.iter().any(is_count)), "the whole and a part tell the other: {left_out:?} {parts:?}");
            assert!(!whole || left_out.iter().sum::<u64>() >= 5, "{left_out:?}");
        }
    }
}
