//! Checks the text against the JSON Schema before serde reads it, so that all unknown keys and wrong values of a file
//! come out at once, each with its place.
//!
//! The schema comes from the types of [`super::file`]; only the part of JSON Schema that those types need is
//! understood: references, properties, lists, alternatives, words, bounds and our own formats.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Expected, Fault, Position, Problem};
use super::values::{Day, HalfDays, Percent, Year};

/// Where every key of the file stands: `years.2022.households` → line and column of the key, `….0` of a list's item.
pub(super) type Places = BTreeMap<String, Position>;

/// The file against the schema: problems in the order of the file, and where every key stands.
pub(super) fn check(text: &str, tree: &Spanned<DeTable<'_>>, schema: &Value) -> (Vec<Problem>, Places) {
    let mut checker = Checker { text, schema, problems: Vec::new(), places: Places::new() };
    checker.table(tree.get_ref(), &tree.span(), schema, "");
    checker.problems.sort_by_key(|problem| problem.at);
    (checker.problems, checker.places)
}

struct Checker<'a> {
    text: &'a str,
    schema: &'a Value,
    problems: Vec<Problem>,
    places: Places,
}

impl<'a> Checker<'a> {
    fn problem(&mut self, span: &Range<usize>, key: &str, fault: Fault) {
        self.problems.push(Problem { at: Some(Position::of(self.text, span)), key: key.to_owned(), fault });
    }

    /// Follows `$ref`.
    fn resolved(&self, node: &'a Value) -> &'a Value {
        node.get("$ref")
            .and_then(Value::as_str)
            .and_then(|path| self.schema.pointer(path.strip_prefix('#')?))
            .map_or(node, |target| self.resolved(target))
    }

    /// The alternatives that a value may choose from; `null` is none, since TOML has none.
    fn alternatives(&self, node: &'a Value) -> Vec<&'a Value> {
        let node = self.resolved(node);
        match node.get("anyOf").or_else(|| node.get("oneOf")).and_then(Value::as_array) {
            Some(nodes) => nodes.iter().flat_map(|node| self.alternatives(node)).collect(),
            None if node.get("type").and_then(Value::as_str) == Some("null") => Vec::new(),
            None => vec![node],
        }
    }

    fn table(&mut self, table: &DeTable<'_>, span: &Range<usize>, node: &'a Value, path: &str) {
        let node = self.resolved(node);
        let properties = node.get("properties").and_then(Value::as_object);
        let by_year = node.get("patternProperties").and_then(Value::as_object).and_then(|all| all.values().next());
        let others = node.get("additionalProperties").filter(|others| others.is_object());
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let path = joined(path, name);
            self.places.insert(path.clone(), Position::of(self.text, &key.span()));
            if let Some(node) = properties.and_then(|properties| properties.get(name)) {
                self.value(value, node, &path);
            } else if let Some(node) = by_year {
                if Year::parse(name).is_some() {
                    self.value(value, node, &path);
                } else {
                    let fault = Fault::WrongValue { found: name.to_owned(), expected: Expected::Year, nearest: None };
                    self.problem(&key.span(), &path, fault);
                }
            } else if let Some(node) = others {
                self.value(value, node, &path);
            } else {
                let fault = Fault::UnknownKey { nearest: nearest(name, properties.into_iter().flat_map(Map::keys)) };
                self.problem(&key.span(), &path, fault);
            }
        }
        let required = node.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for name in required.filter(|name| !table.iter().any(|(key, _)| key.get_ref() == name)) {
            self.problem(span, &joined(path, name), Fault::MissingKey);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, node: &'a Value, path: &str) {
        let alternatives = self.alternatives(node);
        let words = words(&alternatives);
        if !words.is_empty() {
            return self.word(value, words, path);
        }
        let Some(node) = alternatives.iter().copied().find(|node| fits(value.get_ref(), node)) else {
            return self.wrong(value, expected(&alternatives), None, path);
        };
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, &value.span(), node, path),
            DeValue::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let path = joined(path, &index.to_string());
                    self.places.insert(path.clone(), Position::of(self.text, &item.span()));
                    if let Some(node) = node.get("items") {
                        self.value(item, node, &path);
                    }
                }
            }
            scalar @ (DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)) => {
                if !holds(scalar, node) {
                    self.wrong(value, expected(&alternatives), None, path);
                }
            }
        }
    }

    /// A value that must be one of a few words.
    fn word(&mut self, value: &Spanned<DeValue<'_>>, words: Vec<String>, path: &str) {
        let found = value.get_ref().as_str();
        if found.is_some_and(|found| words.iter().any(|word| word == found)) {
            return;
        }
        let nearest = found.and_then(|found| nearest(found, &words));
        self.wrong(value, Expected::OneOf(words), nearest, path);
    }

    fn wrong(&mut self, value: &Spanned<DeValue<'_>>, expected: Expected, nearest: Option<String>, path: &str) {
        let raw = self.text.get(value.span()).unwrap_or_default();
        // A table or a long list is named by its first line.
        let found = raw.lines().next().unwrap_or_default().chars().take(60).collect();
        self.problem(&value.span(), path, Fault::WrongValue { found, expected, nearest });
    }
}

/// A key with the tables that it stands in.
fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The words that alternatives allow, where they are words.
fn words(alternatives: &[&Value]) -> Vec<String> {
    let of = |node: &Value| -> Vec<String> {
        let several = node.get("enum").and_then(Value::as_array).into_iter().flatten();
        several.chain(node.get("const")).filter_map(Value::as_str).map(str::to_owned).collect()
    };
    alternatives.iter().flat_map(|node| of(node)).collect()
}

/// The types that a node of the schema names.
fn types(node: &Value) -> Vec<&str> {
    match node.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        Some(_) | None => Vec::new(),
    }
}

/// Whether a value is of a type that the node names. A TOML date is text to JSON.
fn fits(value: &DeValue<'_>, node: &Value) -> bool {
    let kind = match value {
        DeValue::Table(_) => "object",
        DeValue::Array(_) => "array",
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => return format(node) == Some("date"),
        DeValue::Float(_) => return false,
    };
    types(node).contains(&kind)
}

fn format(node: &Value) -> Option<&str> {
    node.get("format").and_then(Value::as_str)
}

fn bound(node: &Value, name: &str) -> Option<i64> {
    node.get(name).and_then(Value::as_i64)
}

/// Whether a value of the right type is also a right value.
fn holds(value: &DeValue<'_>, node: &Value) -> bool {
    let mut integer = None;
    let text = match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Integer(digits) => {
            integer = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
            let Some(number) = integer else { return false };
            number.to_string()
        }
        DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => return true,
    };
    match format(node) {
        Some("date") => Day::parse(&text).is_some(),
        Some("percent") => Percent::parse(&text).is_some(),
        Some("half-days") => HalfDays::parse(&text).is_some(),
        _ => integer.is_none_or(|integer| {
            bound(node, "minimum").is_none_or(|least| least <= integer) && most(node).is_none_or(|most| integer <= most)
        }),
    }
}

/// The most that an integer may be: the bound of the schema, or that of the type.
fn most(node: &Value) -> Option<i64> {
    let of_type = match format(node) {
        Some("uint32") => Some(i64::from(u32::MAX)),
        Some("int16") => Some(i64::from(i16::MAX)),
        _ => None,
    };
    bound(node, "maximum").or(of_type)
}

/// What the alternatives allow, in one word.
fn expected(alternatives: &[&Value]) -> Expected {
    let all: Vec<&str> = alternatives.iter().flat_map(|node| types(node)).collect();
    let node = alternatives.first().copied().unwrap_or(&Value::Null);
    match format(node) {
        Some("date") => return Expected::Date,
        Some("percent") => return Expected::Percent,
        Some("half-days") => return Expected::HalfDays,
        _ => {}
    }
    let has = |kind: &str| all.contains(&kind);
    if has("string") && has("array") {
        Expected::TextOrList
    } else if has("string") {
        Expected::Text
    } else if has("integer") {
        Expected::Integer { least: bound(node, "minimum"), most: bound(node, "maximum") }
    } else if has("boolean") {
        Expected::Boolean
    } else if has("array") {
        Expected::List
    } else {
        Expected::Table
    }
}

/// The nearest of the known words, where one is near enough to be meant.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a String>) -> Option<String> {
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 3)
        .min()
        .map(|(_, candidate)| candidate.clone())
}
