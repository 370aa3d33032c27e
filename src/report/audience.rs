//! Who may see what: masking stands between every view and every format.
//!
//! The rules follow Law 91/2025/QH15 on personal data and Decision 24/2021/QĐ-TTg, which orders that the result of the
//! review hangs on the village board: names and classes may be posted there, identity numbers, birth dates and scores
//! may not, and what goes to everybody holds no persons at all.

use super::suppress;
use super::table::{Chart, Report, Sensitivity, Table};

/// For whom an output is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// The office: everything.
    #[default]
    Internal,
    /// The village board: names, villages and classes, no identity numbers, birth dates or scores.
    Posted,
    /// Everybody: no persons, and no small counts.
    Public,
}

impl Audience {
    /// The word of the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Posted => "posted",
            Self::Public => "public",
        }
    }

    fn sees(self, sensitivity: Sensitivity) -> bool {
        match self {
            Self::Internal => sensitivity < Sensitivity::Unseen,
            Self::Posted => sensitivity < Sensitivity::Private,
            Self::Public => sensitivity < Sensitivity::Named,
        }
    }
}

/// Takes out what the audience may not see: columns, tables of persons, and for the public every count under
/// [`suppress::LEAST`] households together with as many partners as keep it from being computed.
///
/// Notes are sentences that views write; they must hold no persons and no small counts. Prose in Word is written from
/// masked tables ([`super::views::narrative`]).
#[must_use]
pub fn mask(report: Report, audience: Audience) -> Report {
    let tables = report.tables.into_iter().filter(|table| audience != Audience::Public || !table.persons);
    let public = audience == Audience::Public;
    let seen = |sensitivity| audience.sees(sensitivity) || (public && sensitivity == Sensitivity::Unseen);
    let mut tables: Vec<Table> = tables.map(|table| without_columns(table, seen)).collect();
    if public {
        suppress::small_counts(&mut tables);
        tables = tables.into_iter().map(|table| without_columns(table, |sensitivity| audience.sees(sensitivity))).collect();
    }
    tables.retain(|table| !table.columns.is_empty());
    Report { tables, ..report }
}

fn without_columns(mut table: Table, seen: impl Fn(Sensitivity) -> bool) -> Table {
    let kept: Vec<usize> = (0..table.columns.len()).filter(|&index| seen(table.columns[index].sensitivity)).collect();
    if kept.len() == table.columns.len() {
        return table;
    }
    let place = |index: usize| kept.binary_search(&index).ok();
    table.charts = table.charts.into_iter().filter_map(|chart| moved(chart, place)).collect();
    table.columns = kept.iter().map(|&index| table.columns[index].clone()).collect();
    for row in &mut table.rows {
        row.cells = kept.iter().filter_map(|&index| row.cells.get(index).cloned()).collect();
        if let Some(ties) = &mut row.ties {
            ties.same = ties.same.drain(..).filter_map(|(cell, about, key)| Some((place(cell)?, about, key))).collect();
        }
    }
    table
}

/// The chart with its columns at their new places; `None` when one of them is gone.
fn moved(mut chart: Chart, place: impl Fn(usize) -> Option<usize>) -> Option<Chart> {
    let columns: Vec<&mut usize> = match &mut chart {
        Chart::Bars { label, values, .. } | Chart::Line { label, values, .. } => {
            std::iter::once(label).chain(values.iter_mut()).collect()
        }
        Chart::Histogram { label, value, .. } => vec![label, value],
        Chart::Flow { from, to, value, .. } => vec![from, to, value],
    };
    for column in columns {
        *column = place(*column)?;
    }
    Some(chart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::table::{Column, Datum, Row};

    fn persons() -> Report {
        let columns = vec![
            Column::new("village", "Thôn, buôn"),
            Column::new("citizen", "Số CCCD").telling(Sensitivity::Identity),
            Column::new("head", "Chủ hộ").telling(Sensitivity::Named),
            Column::new("birth", "Ngày sinh").telling(Sensitivity::Private),
            Column::new("households", "Số hộ").telling(Sensitivity::SmallCount),
        ];
        let mut table = Table::new("households", "Danh sách", columns);
        let texts = ["Buôn Jun", "066169609101", "H'Lan Triêk", "1969"].map(Datum::text);
        table.rows.push(Row::body(texts.into_iter().chain([Datum::Count(7)]).collect()));
        table.charts.push(Chart::Histogram { title: String::new(), label: 0, value: 4 });
        table.charts.push(Chart::Histogram { title: String::new(), label: 3, value: 4 });
        Report { tables: vec![table], ..Report::default() }
    }

    fn keys(report: &Report) -> Vec<&str> {
        report.tables.iter().flat_map(|table| table.columns.iter().map(|column| column.key)).collect()
    }

    #[test]
    fn the_village_board_has_names_and_no_numbers_or_birth_dates() {
        let posted = mask(persons(), Audience::Posted);
        assert_eq!(keys(&posted), ["village", "head", "households"]);
        assert_eq!(posted.tables[0].rows[0].cells, [Datum::text("Buôn Jun"), Datum::text("H'Lan Triêk"), Datum::Count(7)]);
        assert_eq!(posted.tables[0].charts, [Chart::Histogram { title: String::new(), label: 0, value: 2 }]);
    }

    #[test]
    fn the_public_sees_no_persons() {
        assert_eq!(keys(&mask(persons(), Audience::Public)), ["village", "households"]);
        let mut listed = persons();
        listed.tables[0].persons = true;
        assert!(mask(listed, Audience::Public).tables.is_empty());
    }

    #[test]
    fn the_office_sees_everything() {
        assert_eq!(mask(persons(), Audience::Internal), persons());
    }
}
