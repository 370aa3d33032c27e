//! The programme file where files are at hand: the examples, missing workbooks, the schema and the documentation.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use thoatngheo::domain::goals::{Known, Measure};
use thoatngheo::domain::rate::Hundredths;
use thoatngheo::programme::{FILE_NAME, Input, Programme, lists, schema};

#[test]
fn a_missing_workbook_is_named_with_key_and_line() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.xlsx"), "").unwrap();
    let path = folder.path().join(FILE_NAME);
    std::fs::write(
        &path,
        "[years.2022]\nhouseholds = [\n  \"a.xlsx\",\n  \"b.xlsx\",\n]\nmembers = \"c.xlsx\"\npledges = \"a.xlsx\"\n",
    )
    .unwrap();
    let programme = Programme::load(&path).unwrap();
    assert_eq!(programme.inputs(2022, Input::Pledges).unwrap(), [folder.path().join("a.xlsx")]);
    assert!(programme.inputs(2022, Input::Support).unwrap().is_empty());
    assert!(programme.inputs(2030, Input::Support).unwrap().is_empty());
    let error = programme.all_inputs(2022).unwrap_err();
    let found: Vec<_> = error.problems().iter().map(|problem| (problem.key.as_str(), problem.at.unwrap().line)).collect();
    assert_eq!(found, [("years.2022.households.1", 4), ("years.2022.members", 6)]);
}

#[test]
fn the_published_series_of_lak_loads_with_its_sources() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/lak-series/thoatngheo.toml");
    let programme = Programme::load(&path).unwrap();
    let shown = |measure| -> Vec<String> {
        let points = programme.years().filter_map(|year| programme.published(year, measure));
        points.filter_map(|point| point.known.percent()).map(|percent| percent.to_string()).collect()
    };
    assert_eq!(shown(Measure::Poor), ["29.11", "25.24", "20.95", "17.63"]);
    assert_eq!(shown(Measure::NearPoor), ["16.62", "18.21", "16.77", "15.02"]);
    let (of_2022, of_2023) =
        (programme.published(2022, Measure::Poor).unwrap(), programme.published(2023, Measure::Poor).unwrap());
    assert!(matches!(of_2022.known, Known::Counts(_)), "2022 is known by its counts");
    assert_eq!(of_2023.known, Known::Published { percent: Hundredths::new(2095), households: None });
    assert!(
        programme.file().years.values().all(|year| year.published.as_ref().is_some_and(|published| published.source.is_some()))
    );
    assert_eq!(programme.latest_year(), Some(2024));
}

#[test]
fn the_sample_district_loads_and_its_workbooks_are_there() {
    let programme = Programme::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(FILE_NAME)).unwrap();
    assert_eq!(programme.latest_year(), Some(2023));
    for year in programme.years() {
        programme.all_inputs(year).unwrap_or_else(|error| panic!("{error}"));
    }
}

/// Every key of the schema, without the tables it stands in.
fn keys(node: &Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = node.get("properties").and_then(Value::as_object) {
        found.extend(properties.keys().cloned());
    }
    match node {
        Value::Object(parts) => parts.values().for_each(|part| keys(part, found)),
        Value::Array(parts) => parts.iter().for_each(|part| keys(part, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn every_key_and_every_word_is_in_the_documentation() {
    let page = include_str!("../docs/programme-file.md");
    let mut found = BTreeSet::new();
    keys(&schema(), &mut found);
    let missing: Vec<_> =
        found.iter().filter(|key| !page.contains(&format!("`{key}`")) && !page.contains(&format!("[{key}]"))).collect();
    assert!(missing.is_empty(), "docs/programme-file.md lacks {missing:?}");
    for level in lists::Level::ALL {
        let word = serde_json::to_string(&level).unwrap();
        assert!(page.contains(word.trim_matches('"')), "{word}");
    }
}

#[test]
fn the_schema_for_editors_is_the_schema_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/programme.schema.json");
    let now = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == now, "run UPDATE_SCHEMA=1 cargo test --test programme and commit docs/programme.schema.json");
}
