//! Native charts. They draw from the cells of the table; what the table does not hold as such (goal lines, a line broken
//! where the poverty standard changes) stands as values in hidden columns far to the right.

use rust_xlsxwriter::{
    Chart, ChartEmptyCells, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker,
    ChartMarkerType, ChartSeries, ChartSolidFill, Worksheet, XlsxError,
};

use super::sheet::{Layout, column, float};
use super::{Book, letters};
use crate::domain::rate::Hundredths;
use crate::report::series::{in_order, stretches};
use crate::report::table::{self, Datum, Limit, RowKind, Table};

/// The first hidden column.
const HELPERS: u16 = 60;
/// Colours of measures: poor, near-poor, others.
const COLOURS: [&str; 4] = ["#B4432E", "#E0A030", "#3E7CB1", "#6B6B6B"];
/// Colours of goals.
const GOALS: [&str; 4] = ["#7A1F12", "#8A5A00", "#12395B", "#333333"];
/// Rows that a chart covers, and its height in pixels.
const ROWS: u32 = 17;
const HEIGHT: u32 = 336;
/// The least and the greatest width of a chart in pixels; between them it is as wide as the table.
const WIDTHS: (u32, u32) = (560, 960);

/// A chart being made: where its hidden columns go, and what the library calls the sheet.
struct Place<'a> {
    sheet: &'a mut Worksheet,
    name: &'a str,
    next: u16,
}

/// Where the rows stand that a chart draws from.
#[derive(Clone, Copy)]
struct Cells {
    /// The first and the last row.
    rows: (u32, u32),
    /// The column of the table's first column.
    left: u16,
}

impl Cells {
    fn column(self, of_table: usize) -> Result<u16, XlsxError> {
        Ok(self.left.saturating_add(column(of_table)?))
    }
}

/// The page that charts stand on.
#[derive(Clone, Copy)]
pub(super) struct Page {
    /// How much higher the rows above the charts are than as many rows of one line, in points.
    pub(super) above: f64,
    /// The width of the table and the height of a page, in pixels.
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Page {
    /// Before which of so many charts, from a row on, a new page begins, so that none is cut in two.
    fn breaks(self, row: u32, charts: usize) -> Vec<u32> {
        let of_rows = |rows: u32| f64::from(rows) * letters::LINE;
        let height = f64::from(self.height) * 0.75;
        let mut used = of_rows(row) + self.above;
        let mut breaks = Vec::new();
        for at in (row..).step_by(ROWS as usize).take(charts) {
            // Below a table of several pages a new one begins always: where its last page ends, only who prints it knows.
            if used + f64::from(HEIGHT) * 0.75 > height {
                // The line above stays empty, so that the edge of the chart is not on the page before.
                breaks.push(at.saturating_sub(1));
                used = 0.0;
            }
            used += of_rows(ROWS);
        }
        breaks
    }
}

/// Puts the charts of a table below it and gives the row after them.
pub(super) fn insert(
    sheet: &mut Worksheet,
    name: &str,
    table: &Table,
    layout: Layout,
    (row, page): (u32, Page),
    book: &Book<'_>,
) -> Result<u32, XlsxError> {
    let mut next = row;
    let mut place = Place { sheet, name, next: HELPERS };
    let own = table.charts.iter().filter_map(|chart| Some((chart, table, own_cells(table, layout)?)));
    let mut all: Vec<(&table::Chart, &Table, Cells)> = own.collect();
    for key in &table.shows {
        let other = book.report.tables.iter().find(|other| other.key == *key && !other.charts.is_empty());
        if let Some((other, chart)) = other.and_then(|other| Some((other, other.charts.first()?)))
            && let Some(cells) = copied(&mut place, other, layout, book)?
        {
            all.push((chart, other, cells));
        }
    }
    for (chart, table, cells) in all {
        let Some(mut made) = make(&mut place, chart, table, cells, layout, book)? else { continue };
        made.set_width(page.width.clamp(WIDTHS.0, WIDTHS.1)).set_height(HEIGHT).show_hidden_data();
        made.legend().set_position(ChartLegendPosition::Bottom);
        place.sheet.insert_chart(next, 0, &made)?;
        next += ROWS;
    }
    let charts = (next - row) / ROWS;
    let breaks = page.breaks(row, charts as usize);
    if !breaks.is_empty() {
        place.sheet.set_page_breaks(&breaks)?;
    }
    for helper in HELPERS..place.next {
        place.sheet.set_column_hidden(helper)?;
    }
    Ok(if next > row { next } else { row - 1 })
}

/// Where the rows of a table stand on its own sheet; none where it has none.
fn own_cells(table: &Table, layout: Layout) -> Option<Cells> {
    let body = u32::try_from(bodies(table).count()).ok().filter(|body| *body > 0)?;
    let leading = u32::try_from(table.rows.iter().take_while(|row| row.kind == RowKind::Total).count()).ok()?;
    let first = layout.first + leading;
    Some(Cells { rows: (first, first + body - 1), left: 0 })
}

fn bodies(table: &Table) -> impl Iterator<Item = &table::Row> {
    table.rows.iter().filter(|row| row.kind == RowKind::Body)
}

/// Copies the rows of another table to hidden columns; none where it has none.
fn copied(place: &mut Place<'_>, table: &Table, layout: Layout, book: &Book<'_>) -> Result<Option<Cells>, XlsxError> {
    let left = place.next;
    let mut row = layout.first;
    for body in bodies(table) {
        for (at, cell) in body.cells.iter().enumerate() {
            let at = left.saturating_add(column(at)?);
            match cell.hundredths() {
                Some(size) if matches!(cell, Datum::Percent(_)) => place.sheet.write_number(row, at, float(size, -4))?,
                Some(size) => place.sheet.write_number(row, at, float(size, -2))?,
                None => place.sheet.write_string(row, at, book.words.datum(cell))?,
            };
        }
        row += 1;
    }
    place.next = left.saturating_add(column(table.columns.len())?);
    Ok((row > layout.first).then_some(Cells { rows: (layout.first, row - 1), left }))
}

fn make(
    place: &mut Place<'_>,
    chart: &table::Chart,
    table: &Table,
    cells: Cells,
    layout: Layout,
    book: &Book<'_>,
) -> Result<Option<Chart>, XlsxError> {
    let mut made = match chart {
        table::Chart::Bars { label, values, goals, .. } => bars(place, table, *label, values, goals, cells)?,
        table::Chart::Histogram { label, value, .. } => {
            let mut made = Chart::new_column();
            series(made.add_series(), place.name, table, *label, *value, cells, COLOURS[2])?.set_gap(20);
            axis_title(&mut made, table, *label, *value);
            made.legend().set_hidden();
            made
        }
        table::Chart::Line { label, values, breaks, goals, .. } => {
            line(place, table, *label, values, breaks, goals, layout, book)?
        }
        table::Chart::Flow { .. } => return Ok(None),
    };
    let title = match chart {
        table::Chart::Bars { title, .. }
        | table::Chart::Line { title, .. }
        | table::Chart::Histogram { title, .. }
        | table::Chart::Flow { title, .. } => title,
    };
    let mut font = ChartFont::new();
    font.set_name("Times New Roman").set_size(14).set_bold();
    made.title().set_name(title).set_font(&font);
    made.set_alt_text(title);
    Ok(Some(made))
}

fn bars(
    place: &mut Place<'_>,
    table: &Table,
    label: usize,
    values: &[usize],
    goals: &[Limit],
    cells: Cells,
) -> Result<Chart, XlsxError> {
    let rows = cells.rows;
    let mut made = Chart::new_column();
    for (index, value) in values.iter().enumerate() {
        series(made.add_series(), place.name, table, label, *value, cells, COLOURS[index % COLOURS.len()])?.set_gap(60);
    }
    if values.iter().all(|&value| holds_percents(table, value)) {
        made.y_axis().set_num_format("0%");
    }
    let mut lines = Chart::new_line();
    for (index, goal) in goals.iter().enumerate() {
        for row in rows.0..=rows.1 {
            place.sheet.write_number(row, place.next, float(goal.value.get(), -4))?;
        }
        lines
            .add_series()
            .set_name(&goal.name)
            .set_categories((place.name, rows.0, cells.column(label)?, rows.1, cells.column(label)?))
            .set_values((place.name, rows.0, place.next, rows.1, place.next))
            .set_format(&mut dashed(GOALS[index % GOALS.len()]));
        place.next += 1;
    }
    if !goals.is_empty() {
        made.combine(&lines);
    }
    Ok(made)
}

/// A line over years: rows of the table and years of goals in one order, one series for each stretch between breaks.
#[expect(clippy::too_many_arguments, reason = "the parts of one kind of chart, named as in the table")]
fn line(
    place: &mut Place<'_>,
    table: &Table,
    label: usize,
    values: &[usize],
    breaks: &[usize],
    goals: &[(String, String, Hundredths)],
    layout: Layout,
    book: &Book<'_>,
) -> Result<Chart, XlsxError> {
    let rows: Vec<&table::Row> = table.rows.iter().filter(|row| row.kind == RowKind::Body).collect();
    let labels: Vec<String> =
        rows.iter().map(|row| row.cells.get(label).map_or_else(String::new, |cell| book.words.datum(cell))).collect();
    let points = in_order(&labels, goals.iter().map(|goal| goal.1.as_str()));
    let at = |index: usize| u32::try_from(index).map(|index| layout.first + index).map_err(|_| XlsxError::RowColumnLimitError);
    let end = at(points.len().max(1) - 1)?;
    let categories = place.next;
    for (index, point) in points.iter().enumerate() {
        place.sheet.write_string(at(index)?, categories, point)?;
    }
    place.next += 1;
    let mut made = Chart::new_line();
    made.show_empty_cells_as(ChartEmptyCells::Connected);
    let mut doubles = Vec::new();
    let mut count = 0;
    let name = place.name;
    let range = |col: u16| (name, layout.first, col, end, col);
    for (index, value) in values.iter().enumerate() {
        for (stretch, (from, to)) in stretches(rows.len(), breaks).into_iter().enumerate() {
            for row in from..to {
                let cell = rows[row].cells.get(*value).and_then(Datum::hundredths);
                if let (Some(size), Some(point)) = (cell, points.iter().position(|point| *point == labels[row])) {
                    place.sheet.write_number(at(point)?, place.next, float(size, -4))?;
                }
            }
            let colour = COLOURS[index % COLOURS.len()];
            let added = made.add_series();
            added.set_name(&table.columns[*value].heading).set_categories(range(categories)).set_values(range(place.next));
            added.set_format(&mut *ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(2.25)));
            added.set_marker(&marker(ChartMarkerType::Circle, colour, 6));
            if stretch > 0 {
                doubles.push(count);
            }
            count += 1;
            place.next += 1;
        }
    }
    for (index, (name, goal, limit)) in goals.iter().enumerate() {
        // A line up to the year in which the goal is to be reached.
        let years = points.iter().position(|point| point == goal).map_or(0, |last| last + 1);
        for point in 0..years {
            place.sheet.write_number(at(point)?, place.next, float(limit.get(), -4))?;
        }
        let added = made.add_series();
        added.set_name(name).set_categories(range(categories)).set_values(range(place.next));
        added.set_format(&mut dashed(GOALS[index % GOALS.len()]));
        place.next += 1;
    }
    made.y_axis().set_num_format("0%");
    made.legend().delete_entries(&doubles);
    Ok(made)
}

fn series<'a>(
    series: &'a mut ChartSeries,
    name: &str,
    table: &Table,
    label: usize,
    value: usize,
    cells: Cells,
    colour: &str,
) -> Result<&'a mut ChartSeries, XlsxError> {
    let (rows, label, values) = (cells.rows, cells.column(label)?, cells.column(value)?);
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour);
    Ok(series
        .set_name(&table.columns[value].full_name())
        .set_categories((name, rows.0, label, rows.1, label))
        .set_values((name, rows.0, values, rows.1, values))
        .set_format(&mut *ChartFormat::new().set_solid_fill(&fill)))
}

fn holds_percents(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.cells.get(column), Some(Datum::Percent(_))))
}

fn axis_title(made: &mut Chart, table: &Table, label: usize, value: usize) {
    made.x_axis().set_name(&table.columns[label].heading);
    made.y_axis().set_name(&table.columns[value].heading);
}

fn dashed(colour: &str) -> ChartFormat {
    let mut line = ChartLine::new();
    line.set_color(colour).set_width(2).set_dash_type(ChartLineDashType::Dash);
    let mut format = ChartFormat::new();
    format.set_line(&line);
    format
}

fn marker(kind: ChartMarkerType, colour: &str, size: u8) -> ChartMarker {
    let mut fill = ChartSolidFill::new();
    fill.set_color(colour);
    let mut marker = ChartMarker::new();
    marker.set_type(kind).set_size(size).set_format(&mut *ChartFormat::new().set_solid_fill(&fill));
    marker
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_that_do_not_fit_below_the_table_begin_a_new_page_and_two_share_one_that_holds_them() {
        let low = Page { above: 0.0, width: 952, height: 642 };
        let none: Vec<u32> = Vec::new();
        assert_eq!(low.breaks(13, 1), none, "13 rows of 22 pixels, and 336");
        assert_eq!(low.breaks(14, 1), [13]);
        assert_eq!(low.breaks(13, 2), [29]);
        assert_eq!(Page { above: 60.0, ..low }.breaks(13, 1), [12], "rows of several lines");
        let tall = Page { height: 971, ..low };
        assert_eq!((tall.breaks(11, 2), tall.breaks(12, 2), tall.breaks(400, 3)), (none, vec![28], vec![399, 433]));
    }
}
