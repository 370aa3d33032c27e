//! The file of words. What stands on a line is read when it is asked for: a run says a few dozen words, and reading all of them takes
//! longer than reading the list of a commune.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;
use toml::de::ValueDeserializer;

use super::wording::Lang;

const FILE: &str = include_str!("words.toml");

/// The sections by their names.
static SECTIONS: LazyLock<BTreeMap<&str, Section>> = LazyLock::new(|| {
    // Words stand on one line, so that only a heading begins a line with a bracket.
    let parts = FILE.split("\n[").filter_map(|part| part.split_once(']'));
    parts.map(|(name, lines)| (name, Section { lines, entries: OnceLock::new() })).collect()
});

#[derive(Debug)]
struct Section {
    lines: &'static str,
    /// By their keys.
    entries: OnceLock<BTreeMap<&'static str, Entry>>,
}

#[derive(Debug)]
struct Entry {
    written: &'static str,
    texts: OnceLock<Option<Texts>>,
}

/// Words in both languages.
#[derive(Debug, Deserialize)]
struct Texts {
    vi: String,
    en: String,
}

impl Section {
    fn entries(&self) -> &BTreeMap<&'static str, Entry> {
        self.entries.get_or_init(|| {
            let lines = self.lines.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
            lines.map(|(key, written)| (key, Entry { written, texts: OnceLock::new() })).collect()
        })
    }
}

impl Entry {
    /// The words; `None` where they are no TOML, which a test looks after: the key would be printed for them.
    fn texts(&self) -> Option<&Texts> {
        let read = || Texts::deserialize(ValueDeserializer::parse(self.written).ok()?).ok();
        self.texts.get_or_init(read).as_ref()
    }
}

/// The words of a key in a section.
pub(super) fn text(section: &str, key: &str, lang: Lang) -> Option<&'static str> {
    let texts = SECTIONS.get(section)?.entries().get(key)?.texts()?;
    Some(match lang {
        Lang::Vi => &texts.vi,
        Lang::En => &texts.en,
    })
}

/// All that is in the file: sections, keys, and the words in Vietnamese and English.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str, [&'static str; 2])> {
    let entries =
        SECTIONS.iter().flat_map(|(section, of)| of.entries().iter().map(|(key, entry)| (*section, *key, entry.texts())));
    entries.map(|(section, key, texts)| (section, key, texts.map_or_else(Default::default, |texts| [&*texts.vi, &*texts.en])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_what_the_whole_file_says() {
        let file: toml::Table = FILE.parse().unwrap();
        let mut whole = Vec::new();
        let mut tables: Vec<(String, &toml::Table)> = vec![(String::new(), &file)];
        while let Some((path, table)) = tables.pop() {
            for (name, value) in table {
                let inner = value.as_table().unwrap();
                match (inner.get("vi"), inner.get("en")) {
                    (Some(vi), Some(en)) => {
                        assert_eq!(inner.len(), 2, "{path}.{name}");
                        whole.push((path.clone(), name.as_str(), [vi.as_str().unwrap(), en.as_str().unwrap()]));
                    }
                    _ if path.is_empty() => tables.push((name.clone(), inner)),
                    _ => tables.push((format!("{path}.{name}"), inner)),
                }
            }
        }
        whole.sort();
        let mut ours: Vec<_> = all().map(|(section, key, texts)| (section.to_owned(), key, texts)).collect();
        ours.sort();
        assert!(whole.len() > 1000);
        assert_eq!(ours, whole);
    }
}
