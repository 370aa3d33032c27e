//! Names of sheets: at most 31 characters, none that Excel forbids, each once whatever its case.

use std::collections::BTreeSet;

/// Most characters of a sheet's name.
const MOST: usize = 31;

/// The names given so far, in lower case.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// A name that no other sheet has, as near to the wanted one as can be.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let wanted = allowed(wanted);
        let mut name = shortened(&wanted, MOST);
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            let suffix = format!(" ({number})");
            name = format!("{}{suffix}", shortened(&wanted, MOST - suffix.len()));
            number += 1;
        }
        name
    }
}

/// Without the signs that Excel forbids; never empty and never the reserved name "History".
fn allowed(wanted: &str) -> String {
    let plain: String = wanted.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = plain.trim_matches([' ', '\'']);
    if plain.is_empty() || plain.eq_ignore_ascii_case("history") {
        format!("Sheet {plain}").trim().to_owned()
    } else {
        plain.to_owned()
    }
}

/// At most so many characters (as UTF-16 counts them), cut at a space where one is near.
fn shortened(name: &str, most: usize) -> String {
    let mut used = 0;
    let Some((end, _)) = name.char_indices().find(|(_, c)| {
        used += c.len_utf16();
        used > most
    }) else {
        return name.to_owned();
    };
    let cut = &name[..end];
    let at_space = cut.rfind(' ').filter(|&space| space * 2 > end && !name[end..].starts_with(' ')).unwrap_or(end);
    cut[..at_space].trim_end_matches([' ', '\'', ',', '(']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_names_are_cut_at_a_word_and_doubles_are_numbered() {
        let mut names = Names::default();
        assert_eq!(names.unique("Tỷ lệ hộ nghèo, hộ cận nghèo theo xã"), "Tỷ lệ hộ nghèo, hộ cận nghèo");
        assert_eq!(names.unique("TỶ LỆ hộ nghèo, hộ cận nghèo theo thôn"), "TỶ LỆ hộ nghèo, hộ cận (2)");
        assert_eq!(names.unique("a/b:c"), "a b c");
        assert_eq!(names.unique(""), "Sheet");
        assert_eq!(names.unique("History"), "Sheet History");
    }

    proptest! {
        #[test]
        fn every_name_is_one_that_excel_takes(wanted in prop::collection::vec(".{0,50}", 1..8)) {
            let mut names = Names::default();
            let given: Vec<String> = wanted.iter().map(|wanted| names.unique(wanted)).collect();
            let different: BTreeSet<String> = given.iter().map(|name| name.to_lowercase()).collect();
            prop_assert_eq!(different.len(), given.len());
            for name in given {
                prop_assert!(!name.is_empty() && name.encode_utf16().count() <= MOST);
                prop_assert!(!name.starts_with('\'') && !name.ends_with('\'') && !name.contains(['[', ']', ':', '*', '?', '/', '\\']));
            }
        }
    }
}
