//! The yearly report as prose, for an office to number, date, sign and send with its annexes.
//!
//! Every figure is taken from the tables of a report that masking has been over already: the prose holds no figure that
//! the tables of the same audience do not hold, and what is hidden there is withheld here. Parts without tables are left
//! out; a figure that nobody counted is said to be missing.

use jiff::civil::Date;

use super::heading;
use crate::domain::issue::{Code, Issue, Severity};
use crate::report::narrative::{Narrative, Passage};
use crate::report::table::{Annex, Column, Datum, Issuer, Report, Row, RowKind, Sensitivity, Table};
use crate::report::wording::Words;

/// How many kinds of data issues are named; the sheet of issues has them all.
const DIFFICULTIES: usize = 5;

/// What the programme file and the run say about the report.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Name of the programme: "Nghị quyết số 14-NQ/HU về …".
    pub programme: &'a str,
    /// The area that all communes make up together.
    pub area: &'a str,
    /// The body that issues the report.
    pub issuer: &'a str,
    /// The body above it.
    pub superior: &'a str,
    /// Whose form.
    pub kind: Issuer,
    /// The place in "place, date".
    pub place: &'a str,
    /// The year of the report.
    pub year: i16,
    /// The day of the figures.
    pub as_of: Option<Date>,
    /// The files that go with it.
    pub annexes: &'a str,
}

/// The most frequent kinds of issues, errors first, with how often each was found.
#[must_use]
pub fn difficulties(issues: &[Issue], words: &Words) -> Table {
    let columns = vec![
        Column::new("title", heading(words, "title")),
        Column::new("count", heading(words, "count")).number().telling(Sensitivity::SmallCount),
    ];
    let mut table = Table::new("difficulties", words.say("title", "issues"), columns);
    let of = |severity: Severity| {
        let count = |code: Code| {
            let those = issues.iter().filter(|issue| issue.code == code && issue.severity == severity);
            those.fold(0u64, |sum, issue| sum.saturating_add(issue.count))
        };
        let mut counts: Vec<(u64, Code)> = Code::ALL.iter().map(|&code| (count(code), code)).collect();
        counts.retain(|(count, _)| *count > 0);
        counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.word().cmp(b.1.word())));
        counts
    };
    let most = of(Severity::Error).into_iter().chain(of(Severity::Warning)).take(DIFFICULTIES);
    table.rows =
        most.map(|(count, code)| Row::body(vec![Datum::text(words.issue_title(code)), Datum::count(Some(count))])).collect();
    table
}

/// Writes the narrative of a masked report; `difficulties` is masked as well.
#[must_use]
pub fn narrative(report: &Report, difficulties: &Report, about: &About<'_>, words: &Words) -> Narrative {
    let facts = Facts { report, words };
    let mut text = Text { passages: Vec::new(), headings: 0, words };
    let as_of = about.as_of.map(|day| words.date(day)).unwrap_or_default();
    let year = about.year.to_string();
    let key = if as_of.is_empty() { "opening" } else { "opening_as_of" };
    text.paragraph(key, &[("programme", about.programme), ("issuer", about.issuer), ("year", &year), ("as_of", &as_of)]);
    facts.rates(about, &mut text);
    facts.movement(about, &mut text);
    facts.assignment(&mut text);
    facts.pledges(&mut text);
    facts.coverage(&mut text);
    facts.goals(about, &mut text);
    facts.difficulties(difficulties, &mut text);
    if text.withheld() {
        let least = words.count(crate::report::suppress::LEAST);
        text.paragraph("withheld_note", &[("least", &least)]);
    }
    text.paragraph("closing", &[("programme", about.programme), ("year", &year), ("annexes", about.annexes)]);
    let everybody = match about.kind {
        Issuer::Party => words.say("narrative", "recipients_party"),
        Issuer::State => words.say("narrative", "recipients_state"),
    };
    let recipients = [about.superior, everybody].into_iter().filter(|name| !name.is_empty()).map(str::to_owned);
    Narrative {
        annex: Annex {
            issuer: about.kind,
            superior: about.superior.to_uppercase(),
            body: about.issuer.to_uppercase(),
            title: words.say("narrative", "title").to_owned(),
        },
        subject: words.fill_in("narrative", "subject", &[("programme", about.programme), ("year", &year)]),
        place: about.place.to_owned(),
        recipients: recipients.collect(),
        passages: text.passages,
        as_of: about.as_of,
    }
}

/// The passages as they grow.
struct Text<'a> {
    passages: Vec<Passage>,
    headings: usize,
    words: &'a Words,
}

impl Text<'_> {
    fn heading(&mut self, key: &str) {
        self.headings += 1;
        self.passages.push(Passage::Heading(format!("{}. {}", self.headings, self.words.say("narrative", key))));
    }

    fn paragraph(&mut self, key: &str, values: &[(&str, &str)]) {
        self.passages.push(Passage::Paragraph(self.words.fill_in("narrative", key, values)));
    }

    fn item(&mut self, key: &str, values: &[(&str, &str)]) {
        self.passages.push(Passage::Item(self.words.fill_in("narrative", key, values)));
    }

    /// Whether a sentence withholds a figure; tables say so themselves.
    fn withheld(&self) -> bool {
        let word = self.words.say("narrative", "withheld");
        self.passages.iter().any(|passage| match passage {
            Passage::Heading(text) | Passage::Paragraph(text) | Passage::Item(text) => text.contains(word),
            Passage::Table(_) => false,
        })
    }
}

/// The tables from which sentences take their figures.
struct Facts<'a> {
    report: &'a Report,
    words: &'a Words,
}

impl<'a> Facts<'a> {
    fn tables(&self, key: &'a str) -> impl Iterator<Item = &'a Table> {
        self.report.tables.iter().filter(move |table| table.key == key)
    }

    /// A line of the overview: the value, or the share beside it.
    fn line(&self, key: &str, column: &str) -> Datum {
        let name = Datum::text(self.words.say("line", key));
        let found = self.tables("overview").find_map(|table| {
            let row = table.rows.iter().find(|row| row.cells.first() == Some(&name))?;
            Some(cell(table, row, column))
        });
        found.unwrap_or(Datum::Missing)
    }

    /// A figure in a sentence.
    fn figure(&self, datum: &Datum) -> String {
        if *datum == Datum::Hidden { self.words.say("narrative", "withheld").to_owned() } else { self.words.datum(datum) }
    }

    fn rates(&self, about: &About<'_>, text: &mut Text<'_>) {
        let tables: Vec<&Table> = self.tables("rates").collect();
        let district = tables.iter().find_map(|table| {
            let row = table.rows.iter().find(|row| row.ties().about.as_deref() == Some("district"))?;
            Some((*table, row))
        });
        let Some((table, row)) = district else { return };
        text.heading("rates");
        let of = |key: &str| cell(table, row, key);
        let (households, persons) = (of("households"), of("persons"));
        text.paragraph(
            if households == Datum::Missing { "population_missing" } else { "population" },
            &[("area", about.area), ("households", &self.figure(&households)), ("persons", &self.figure(&persons))],
        );
        for (class, count, percent, points) in
            [("poor", "poor", "poor_percent", "poor_points"), ("near_poor", "near_poor", "near_poor_percent", "near_poor_points")]
        {
            self.class_item(self.words.say("line", class), [of(count), of(percent), of(points)], about, text);
        }
        let both = [self.line("both", "value"), of("both_percent"), self.line("both", "change")];
        self.class_item(self.words.say("line", "both"), both, about, text);
        if let Some(communes) = tables.iter().find(|table| table.columns.first().is_some_and(|column| column.key == "commune")) {
            text.passages.push(Passage::Table(Box::new(short(communes))));
        }
    }

    /// "Hộ nghèo: 4.868 hộ, chiếm 25,24 %, giảm 3,87 điểm phần trăm so với năm 2021."
    fn class_item(&self, class: &str, [count, percent, points]: [Datum; 3], about: &About<'_>, text: &mut Text<'_>) {
        let key = match (&count, &percent) {
            (Datum::Missing, _) => "class_missing",
            (_, Datum::Missing) => "class_no_rate",
            _ => "class",
        };
        let change = self.change(&points, about.year);
        let values =
            [("class", class), ("count", &*self.figure(&count)), ("percent", &*self.figure(&percent)), ("change", &change)];
        text.item(key, &values);
    }

    /// How a rate changed since the year before, as a clause; nothing where nobody can tell.
    fn change(&self, points: &Datum, year: i16) -> String {
        let Datum::Points(value) = points else { return String::new() };
        let size = self.words.decimal(*value);
        let size = size.trim_start_matches('-');
        let before = (year - 1).to_string();
        let key = match value.get() {
            0 => "change_none",
            1.. => "change_up",
            _ => "change_down",
        };
        self.words.fill_in("narrative", key, &[("points", size), ("before", &before)])
    }

    fn movement(&self, about: &About<'_>, text: &mut Text<'_>) {
        let Some((table, row)) = self.tables("changes").find_map(total) else { return };
        text.heading("movement");
        let of = |keys: &[&str]| keys.iter().map(|key| cell(table, row, key)).reduce(plus).unwrap_or(Datum::Missing);
        let figure = |keys: &[&str]| self.figure(&of(keys));
        let before = (about.year - 1).to_string();
        text.paragraph(
            "escaped",
            &[
                ("before", &before),
                ("escaped", &figure(&["poor_to_near_poor", "poor_to_other"])),
                ("to_near", &figure(&["poor_to_near_poor"])),
                ("above", &figure(&["poor_to_other"])),
                ("near_above", &figure(&["near_poor_to_other"])),
            ],
        );
        text.paragraph(
            "fell",
            &[
                ("from_near", &figure(&["near_poor_to_poor"])),
                ("from_other", &figure(&["other_to_poor"])),
                ("new_near", &figure(&["other_to_near_poor"])),
            ],
        );
        text.paragraph(
            "gone",
            &[
                ("gone", &figure(&["poor_to_gone", "near_poor_to_gone"])),
                ("arrived", &figure(&["arrived_to_poor", "arrived_to_near_poor"])),
            ],
        );
    }

    fn assignment(&self, text: &mut Text<'_>) {
        let value = |key| self.line(key, "value");
        if value("assigned_households") == Datum::Missing {
            return;
        }
        text.heading("assignment");
        text.paragraph(
            "assigned",
            &[("members", &self.figure(&value("assigned_members"))), ("households", &self.figure(&value("assigned_households")))],
        );
        let (uncovered, idle) = (value("uncovered_households"), value("idle_members"));
        if [&uncovered, &idle] == [&Datum::Count(0); 2] {
            text.paragraph("all_assigned", &[]);
        } else {
            text.paragraph("unassigned", &[("households", &self.figure(&uncovered)), ("members", &self.figure(&idle))]);
        }
    }

    fn pledges(&self, text: &mut Text<'_>) {
        let value = |key| self.line(key, "value");
        if value("members") == Datum::Missing {
            return;
        }
        text.heading("pledges");
        let figure = |key| self.figure(&value(key));
        text.paragraph("members", &[("members", &figure("members")), ("eligible", &figure("eligible"))]);
        if value("taking_part") == Datum::Missing {
            text.paragraph("pledges_missing", &[]);
        } else {
            let percent = |key| self.figure(&self.line(key, "percent"));
            text.item("taking_part", &[("count", &figure("taking_part")), ("percent", &percent("taking_part"))]);
            text.item("meeting_minimum", &[("count", &figure("meeting_minimum")), ("percent", &percent("meeting_minimum"))]);
            self.given("pledged", ["pledged_salary_days", "pledged_labour_days", "pledged_seedlings"], text);
        }
        if value("delivered_seedlings") == Datum::Missing {
            text.item("delivered_missing", &[]);
        } else {
            self.given("delivered", ["delivered_salary_days", "delivered_labour_days", "delivered_seedlings"], text);
        }
    }

    fn given(&self, key: &str, lines: [&str; 3], text: &mut Text<'_>) {
        let [salary, labour, seedlings] = lines.map(|line| self.figure(&self.line(line, "value")));
        text.item(key, &[("salary_days", &salary), ("labour_days", &labour), ("seedlings", &seedlings)]);
    }

    /// A kind of support in one item, its classes one after the other.
    fn coverage(&self, text: &mut Text<'_>) {
        let Some(table) = self.tables("coverage").find(|table| !table.rows.is_empty()) else { return };
        text.heading("coverage");
        text.paragraph("coverage_how", &[]);
        let mut kinds: Vec<(String, Vec<String>)> = Vec::new();
        for row in &table.rows {
            let of = |key| cell(table, row, key);
            let values =
                [("class", of("class")), ("received", of("received")), ("needed", of("needed")), ("percent", of("percent"))]
                    .map(|(name, datum)| (name, self.figure(&datum)))
                    .map(|(name, value)| (name, if name == "class" { value.to_lowercase() } else { value }));
            let key = if of("percent") == Datum::Missing { "support_no_rate" } else { "support" };
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            let clause = self.words.fill_in("narrative", key, &values);
            let support = self.figure(&of("support"));
            match kinds.last_mut() {
                Some((last, clauses)) if *last == support => clauses.push(clause),
                _ => kinds.push((support, vec![clause])),
            }
        }
        for (support, clauses) in kinds {
            text.item("support_item", &[("support", &support), ("list", &clauses.join("; "))]);
        }
    }

    fn goals(&self, about: &About<'_>, text: &mut Text<'_>) {
        let Some(table) = self.tables("goals").find(|table| !table.rows.is_empty()) else { return };
        text.heading("goals");
        for row in &table.rows {
            let of = |key| cell(table, row, key);
            let values = [
                ("measure", of("measure")),
                ("year", of("year")),
                ("limit", of("limit_percent")),
                ("now", of("now_percent")),
                ("verdict", of("verdict")),
                ("gap_points", of("gap_points")),
                ("gap_households", of("gap_households")),
                ("pace_households", of("pace_needed_households")),
            ];
            let known = |key| of(key) != Datum::Missing;
            let key = if of("gap_points") == Datum::Missing {
                "goal_unknown"
            } else if of("gap_points").hundredths() == Some(0) && of("gap_households") != Datum::Hidden {
                "goal_reached"
            } else if known("gap_households") && known("pace_needed_households") {
                "goal_pace"
            } else if known("gap_households") {
                "goal_gap"
            } else {
                "goal_points"
            };
            let values = values.map(|(name, datum)| {
                let value = if name == "verdict" { self.figure(&datum).to_lowercase() } else { self.figure(&datum) };
                (name, value)
            });
            let now_year = about.year.to_string();
            let mut values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            values.push(("now_year", &now_year));
            text.item(key, &values);
        }
    }

    fn difficulties(&self, masked: &Report, text: &mut Text<'_>) {
        text.heading("difficulties");
        let value = |key| self.figure(&self.line(key, "value"));
        let rows = masked.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)));
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            text.paragraph("no_difficulties", &[]);
        } else {
            let counts = [("rejected", value("rejected")), ("errors", value("errors")), ("warnings", value("warnings"))];
            let nothing = |key| self.line(key, "value") == Datum::Count(0);
            let sentence = if nothing("errors") && nothing("rejected") { "warnings" } else { "issues" };
            text.paragraph(sentence, &counts.each_ref().map(|(name, value)| (*name, value.as_str())));
        }
        for (table, row) in rows {
            let (title, count) = (self.figure(&cell(table, row, "title")), self.figure(&cell(table, row, "count")));
            text.item("issue", &[("title", &title), ("count", &count)]);
        }
        for note in &self.report.notes {
            text.passages.push(Passage::Item(note.clone()));
        }
        text.paragraph("for_a_person", &[]);
    }
}

/// The cell of a row under a key; a column that is not there has no data.
fn cell(table: &Table, row: &Row, key: &str) -> Datum {
    let at = table.columns.iter().position(|column| column.key == key);
    at.and_then(|at| row.cells.get(at)).cloned().unwrap_or(Datum::Missing)
}

/// A table with its sum.
fn total(table: &Table) -> Option<(&Table, &Row)> {
    table.rows.iter().find(|row| row.kind == RowKind::Total).map(|row| (table, row))
}

/// The sum of two counts. A reader could subtract one from it, so it is hidden when one of the two is.
fn plus(a: Datum, b: Datum) -> Datum {
    match (a, b) {
        (Datum::Hidden, _) | (_, Datum::Hidden) => Datum::Hidden,
        (Datum::Count(a), Datum::Count(b)) => a.checked_add(b).map_or(Datum::Missing, Datum::Count),
        _ => Datum::Missing,
    }
}

/// The counts and rates of a table of communes, narrow enough to stand in the text.
fn short(table: &Table) -> Table {
    const KEYS: [&str; 6] = ["commune", "households", "poor", "poor_percent", "near_poor", "near_poor_percent"];
    let places: Vec<usize> = KEYS.iter().filter_map(|key| table.columns.iter().position(|column| column.key == *key)).collect();
    let cells = |row: &Row| places.iter().map(|&at| row.cells.get(at).cloned().unwrap_or(Datum::Missing)).collect();
    Table {
        columns: places.iter().map(|&at| table.columns[at].clone()).collect(),
        rows: table.rows.iter().map(|row| Row { cells: cells(row), ..row.clone() }).collect(),
        charts: Vec::new(),
        ..table.clone()
    }
}
