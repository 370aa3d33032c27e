//! The file of words is complete in both languages, and numbers and dates follow the language.

use super::*;
use crate::domain::source::CellRef;
use jiff::civil::date;
use std::collections::BTreeSet;
use std::sync::Arc;

const BOTH: [Lang; 2] = [Lang::Vi, Lang::En];

const BY_DATA: &[&str] = &[
    "rule",
    "way",
    "without",
    "screen",
    "standard",
    "sheet",
    "told",
    "init",
    "verify",
    "reason_means",
    "error",
    "column",
    "title",
    "note",
    "reason",
    "idle",
    "uncovered",
    "excluded",
    "ended",
    "answer",
    "fault",
    "decision",
    "corrections",
    "kind",
    "by",
    "group",
    "measure",
    "not_allowed",
    "duty",
    "line",
    "option",
    "skipped",
    "taken_for",
    "step",
    "said",
    "matched",
    "level",
    "story",
    "narrative",
];

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn every_key_has_words_in_both_languages_with_the_same_placeholders() {
    for key in Key::ALL {
        assert_ne!(words(Lang::Vi).get(*key), key.name(), "words.toml lacks it");
    }
    for (section, key, [vi, en]) in word_file::all() {
        assert!(!vi.trim().is_empty() && !en.trim().is_empty(), "{section}.{key} is empty");
        assert_eq!(placeholders(vi), placeholders(en), "{section}.{key}");
    }
}

#[test]
fn names_of_sheets_are_short_enough_and_each_names_one_table() {
    for lang in [0, 1] {
        let mut names = BTreeSet::new();
        for (key, name) in word_file::all().filter(|(section, ..)| *section == "sheet").map(|(_, key, texts)| (key, texts[lang]))
        {
            assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{key}: {name}");
            assert!(names.insert(name.to_lowercase()), "{key}: {name}");
        }
    }
}

#[test]
fn no_words_stand_in_the_file_unused() {
    let known: BTreeSet<&str> = Key::ALL.iter().map(|key| key.name()).collect();
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    for (section, key, _) in word_file::all() {
        let issue = section.strip_prefix("issue.");
        let used = issue.is_some_and(|code| codes.contains(code) && ["title", "expected", "fix"].contains(&key));
        // Sections that views look up by a key of the data; tests/words.rs holds them against the views.
        let by_data = BY_DATA.contains(&section) || section == "field";
        assert!(used || by_data || known.contains(format!("{section}.{key}").as_str()), "nobody uses {section}.{key}");
    }
}

#[test]
fn every_code_has_a_title_what_was_expected_and_how_to_mend_it() {
    for lang in BOTH {
        for code in Code::ALL {
            for part in ["title", "expected", "fix"] {
                assert!(words(lang).text(&format!("issue.{code}"), part).is_some(), "{code} lacks {part}");
            }
            let issue = Issue::of_file(*code, Arc::from("a.xlsx"), "a{b}");
            for text in [words(lang).issue_expected(&issue), words(lang).issue_fix(&issue)] {
                assert!(!text.contains("{field}") && !text.contains("{found}"), "{code}: {text}");
                assert!(placeholders(&text).iter().all(|name| *name == "b"), "{code}: {text}");
            }
        }
    }
}

#[test]
fn hints_are_told_in_words() {
    let mut issue = Issue::of_file(Code::CommuneUnknown, Arc::from("a.xlsx"), "Yang Tau");
    issue.hint = Hint::Nearest("Xã Yang Tao".to_owned());
    assert!(words(Lang::Vi).issue_fix(&issue).contains("Xã Yang Tao"));
    issue.hint = Hint::Class(Class::NearPoor);
    assert!(words(Lang::Vi).issue_fix(&issue).contains("cận nghèo"));
    issue.hint = Hint::Day(date(1975, 4, 4));
    assert!(words(Lang::Vi).issue_fix(&issue).contains("04/04/1975"));
    let row = |file: &str| Hint::Row { file: file.into(), sheet: "Biểu 01".to_owned(), cell: CellRef::new(34, 4) };
    issue.hint = row("b.xlsx");
    assert!(words(Lang::Vi).issue_fix(&issue).contains("b.xlsx [Biểu 01] E35"));
    issue.hint = row("a.xlsx");
    assert!(!words(Lang::Vi).issue_fix(&issue).contains("a.xlsx"), "a row of the same file needs no file");
    issue.hint = Hint::Value("220.5".to_owned());
    assert!(words(Lang::Vi).issue_expected(&issue).contains("220,5") && words(Lang::En).issue_expected(&issue).contains("220.5"));
    issue.hint = Hint::Value("45".to_owned());
    assert!(words(Lang::En).issue_expected(&issue).contains("45"));
}

#[test]
fn numbers_and_dates_follow_the_language() {
    let (vi, en) = (words(Lang::Vi), words(Lang::En));
    assert_eq!((vi.count(19284), en.count(19284)), ("19.284".to_owned(), "19,284".to_owned()));
    assert_eq!((vi.count(-1_234_567), vi.count(999), vi.count(0)), ("-1.234.567".into(), "999".into(), "0".into()));
    let rate = Hundredths::new(2524);
    assert_eq!((vi.percent(rate), en.percent(rate)), ("25,24 %".to_owned(), "25.24%".to_owned()));
    assert_eq!(vi.points(Hundredths::new(-387)), "-3,87");
    assert_eq!(en.points(Hundredths::new(159)), "+1.59");
    assert_eq!(vi.points(Hundredths::new(-5)), "-0,05");
    assert_eq!(vi.days(Days::halves(3041)), "1.520,5");
    let day = date(2022, 12, 31);
    assert_eq!((vi.date(day), en.date(day)), ("31/12/2022".to_owned(), "31 December 2022".to_owned()));
}

#[test]
fn a_missing_value_is_said_to_be_missing() {
    assert_eq!(words(Lang::Vi).datum(&Datum::Missing), "không có số liệu");
    assert_eq!(words(Lang::En).datum(&Datum::Missing), "no data");
}

#[test]
fn braces_in_what_was_found_are_left_alone() {
    assert_eq!(filled("{a} and {b} {c", &[("a", "{b}"), ("b", "2")]), "{b} and 2 {c");
}
