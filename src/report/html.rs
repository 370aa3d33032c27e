//! A web page in one file: works offline, needs no script, reads on a phone, prints on A4, and can be read aloud.
//!
//! Everything is escaped by construction (maud), and a content security policy forbids the page to load or run anything.

use std::io::{self, Write};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Setting;
use super::svg;
use super::table::{Align, Datum, Report, Row, RowKind, Table, runs};
use super::wording::{Key, Lang, Words, words};

const STYLE: &str = include_str!("page.css");

/// Where the long parts of a page come in: what no text of a page can hold, because [`clean`] takes it out.
const HERE: PreEscaped<&str> = PreEscaped("\0");

/// A report as a page, written table by table and row by row.
pub(super) fn write(report: &Report, setting: &Setting, out: &mut impl Write) -> io::Result<()> {
    let words = words(setting.lang);
    around(page(report, setting.lang, words), out, |out| {
        for (index, table) in report.tables.iter().enumerate() {
            around(section(table, index, report, words), out, |out| {
                table.rows.iter().try_for_each(|row| out.write_all(values(row, table, words).into_string().as_bytes()))
            })?;
        }
        Ok(())
    })
}

/// Writes what stands before [`HERE`], then the inner part, then what stands after it.
fn around<W: Write>(outer: Markup, out: &mut W, inner: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
    let outer = outer.into_string();
    let (before, after) = outer.split_once(HERE.0).unwrap_or((&outer, ""));
    out.write_all(before.as_bytes())?;
    inner(out)?;
    out.write_all(after.as_bytes())
}

/// The page without its tables.
fn page(report: &Report, lang: Lang, words: &Words) -> Markup {
    let tongue = match lang {
        Lang::Vi => "vi",
        Lang::En => "en",
    };
    let title = if report.title.is_empty() { "thoatngheo" } else { &report.title };
    html! {
        (DOCTYPE)
        html lang=(tongue) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (clean(title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#main" { (words.get(Key::SkipToContents)) }
                header {
                    h1 { (clean(title)) }
                    @for line in &report.subtitle { p { (clean(line)) } }
                    @for note in &report.notes { p .note { (clean(note)) } }
                }
                @if report.tables.len() > 1 { (contents(report, words)) }
                main #main { (HERE) }
                footer { p { (words.fill(Key::MadeBy, &[("version", env!("CARGO_PKG_VERSION"))])) } }
            }
        }
    }
}

/// The most columns that a table has which is printed on upright paper.
const UPRIGHT: usize = 7;

fn contents(report: &Report, words: &Words) -> Markup {
    html! {
        nav aria-label=(words.get(Key::Contents)) {
            ol {
                @for (index, table) in report.tables.iter().enumerate() {
                    li { a href=(format!("#{}", id(table, index))) { (clean(&title(table))) } }
                }
            }
        }
    }
}

/// The title of a table. Annexes bear one title, and are told from each other by the commune that names their sheet.
fn title(table: &Table) -> String {
    match (&table.annex, &table.sheet) {
        (Some(_), Some(sheet)) if !table.title.contains(&**sheet) => format!("{} – {sheet}", table.title),
        _ => table.title.clone(),
    }
}

fn id(table: &Table, index: usize) -> String {
    format!("{}-{}", table.key.replace('_', "-"), index + 1)
}

/// A table without its rows.
fn section(table: &Table, index: usize, report: &Report, words: &Words) -> Markup {
    let id = id(table, index);
    let headed = format!("{id}-h");
    html! {
        section #(id) class=[(table.columns.len() > UPRIGHT).then_some("wide")] {
            @let alone = report.tables.len() == 1 && table.title == report.title;
            h2 #(headed) class=[alone.then_some("unseen")] { (clean(&title(table))) }
            @for (number, chart) in table.charts.iter().enumerate() {
                (svg::figure(chart, table, &format!("{id}-c{}", number + 1), words))
            }
            div .scroll role="region" tabindex="0" aria-labelledby=(headed) {
                table {
                    caption .unseen { (clean(&title(table))) }
                    thead { (headings(table)) }
                    tbody { (HERE) }
                }
            }
            @for note in words.notes(table) { p .note { (clean(&note)) } }
        }
    }
}

fn headings(table: &Table) -> Markup {
    let grouped = table.columns.iter().any(|column| column.group.is_some());
    html! {
        @if grouped {
            tr {
                @for (column, span) in runs(&table.columns) {
                    @match &column.group {
                        Some(group) => th scope="colgroup" colspan=(span) { (clean(group)) },
                        None => th scope="col" rowspan="2" { (clean(&column.heading)) },
                    }
                }
            }
            tr { @for column in table.columns.iter().filter(|column| column.group.is_some()) { th scope="col" { (clean(&column.heading)) } } }
        } @else {
            tr { @for column in &table.columns { th scope="col" { (clean(&column.heading)) } } }
        }
    }
}

fn values(row: &Row, table: &Table, words: &Words) -> Markup {
    // The first column of words names the row.
    let name = table.columns.iter().position(|column| column.align == Align::Left);
    html! {
        tr class=[(row.kind == RowKind::Total).then_some("total")] {
            @for (at, (column, datum)) in table.columns.iter().zip(&row.cells).enumerate() {
                @let text = words.cell(datum, column.align);
                @if name == Some(at) {
                    th scope="row" { (clean(&text)) }
                } @else {
                    td class=[class(column.align, datum)] { (clean(&text)) }
                }
            }
        }
    }
}

/// How a value is set; most words need no class, which keeps long lists small.
fn class(align: Align, datum: &Datum) -> Option<&'static str> {
    let absent = matches!(datum, Datum::Missing | Datum::Hidden);
    match align {
        Align::Right if absent => Some("r absent"),
        Align::Right => Some("r"),
        Align::Centre => Some("c"),
        Align::Left => absent.then_some("absent"),
    }
}

/// Without the control characters that a page may not hold.
pub(super) fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples;

    fn render(report: &Report, setting: &Setting) -> String {
        let mut page = Vec::new();
        write(report, setting, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn a_page_of_rates() {
        let page = render(&samples::rates(), &Setting::new(Lang::Vi));
        // The style is a file of its own; the golden file is about the page.
        insta::assert_snapshot!(page.replace(STYLE, "").replace('>', ">\n"));
    }

    #[test]
    fn nothing_is_loaded_and_nothing_runs() {
        let page = render(&samples::year(), &Setting::new(Lang::Vi));
        for forbidden in ["<script", "http://", "https://", "src=", "@import", "url(", "onload", "javascript:"] {
            assert!(!page.replace("http://www.w3.org/2000/svg", "").contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn text_from_files_is_text() {
        let mut report = samples::rates();
        report.tables[0].rows[0].cells[0] = Datum::text("<script>alert(1)</script>\u{1}");
        report.title = "<b>\"".to_owned();
        let page = render(&report, &Setting::new(Lang::En));
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains('\u{1}'));
    }

    #[test]
    fn every_id_is_there_once_and_every_link_has_its_goal() {
        let mut report = samples::year();
        report.tables.push(report.tables[0].clone());
        let page = render(&report, &Setting::new(Lang::Vi));
        let after = |mark: &str| -> Vec<String> {
            page.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let ids = after(" id=\"");
        let different: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(different.len(), ids.len());
        let references =
            after("aria-labelledby=\"").into_iter().flat_map(|all| all.split(' ').map(str::to_owned).collect::<Vec<_>>());
        for wanted in after("href=\"#").into_iter().chain(references) {
            assert!(ids.contains(&wanted), "{wanted}");
        }
    }

    #[test]
    fn a_wide_table_is_printed_across_and_annexes_are_told_from_each_other() {
        let mut report = samples::rates();
        let columns = |count: usize| (0..count).map(|at| crate::report::table::Column::new("name", at.to_string())).collect();
        let letterhead = crate::report::table::Annex {
            issuer: crate::report::table::Issuer::Party,
            superior: String::new(),
            body: String::new(),
            title: String::new(),
        };
        let annex = |sheet: &str, count| Table {
            sheet: Some(sheet.to_owned()),
            annex: Some(letterhead.clone()),
            ..Table::new("pairs", "Danh sách", columns(count))
        };
        report.tables = vec![annex("Xã Một", UPRIGHT), annex("Xã Hai", UPRIGHT + 1)];
        let page = render(&report, &Setting::new(Lang::Vi));
        let section = |name: &str| {
            let (before, _) = page.split_once(&format!(">Danh sách – {name}</h2>")).unwrap();
            before.rsplit("<section").next().unwrap().contains("class=\"wide\"")
        };
        assert!(!section("Xã Một") && section("Xã Hai"));
        assert!(page.contains("section.wide") && page.contains("@page wide"), "the style knows of it");
        assert!(page.contains("\">Danh sách – Xã Hai</a>"), "the contents tell them apart");
    }

    #[test]
    fn every_chart_has_a_title_a_description_and_its_table() {
        let page = render(&samples::year(), &Setting::new(Lang::Vi));
        assert_eq!(page.matches("<svg").count(), 8, "each once for a desk and once for a phone");
        assert_eq!(page.matches("<title id=").count(), 8);
        assert_eq!(page.matches("<desc id=").count(), 8);
        assert_eq!(page.matches("<table>").count(), 5);
    }
}
