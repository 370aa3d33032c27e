//! Decisions of a person on doubtful rows: what a filled-in corrections file says.

use std::sync::Arc;

use super::account::TakenFor;
use super::desk::Desk;
use super::fields::Field;
use super::line::Line;
use super::reader::{Outcome, RowReader};
use crate::domain::issue::{Code, Hint, Issue};
use crate::domain::source::CellRef;
use crate::domain::spelling::{fold, nfc_squeezed};

/// The code of a doubtful pair of two years.
pub const LINK: &str = "link";

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The row counts as it is.
    Keep,
    /// The row does not count, and that is no longer an issue.
    Drop,
    /// Two rows are the same household or member.
    Same,
    /// Two rows are different households or members.
    Different,
    /// The cell holds this instead.
    Value(String),
}

/// One decided row of a corrections file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The code of the issue that was decided on, or `link` for a doubtful pair of two years.
    pub code: String,
    /// The file of the doubtful row, as it was named in the issue.
    pub file: Arc<str>,
    /// Its sheet.
    pub sheet: Arc<str>,
    /// Its cell.
    pub cell: Option<CellRef>,
    /// What was found there; a decision on something else than what is found now is not applied.
    pub found: String,
    /// The other of the two, for pairs.
    pub other: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Initials of who decided.
    pub initials: String,
    /// The cell of the decision itself, for issues about it.
    pub at: (Arc<str>, Arc<str>, CellRef),
}

impl Decision {
    /// Whether the decision is about a sheet. Its file is named as it was then, or with more or fewer folders before it.
    #[must_use]
    pub fn concerns(&self, file: &str, sheet: &str) -> bool {
        nfc_squeezed(&self.sheet) == nfc_squeezed(sheet) && self.is_of(file)
    }

    /// Whether the decision is about a file.
    #[must_use]
    pub fn is_of(&self, file: &str) -> bool {
        is_one_file(&self.file, file)
    }

    /// Whether it decides on an issue.
    #[must_use]
    pub fn is_about(&self, issue: &Issue) -> bool {
        self.code == issue.code.word()
            && self.cell == issue.cell
            && self.concerns(&issue.file, issue.sheet.as_deref().unwrap_or_default())
            && same_text(&self.found, &issue.found)
    }

    /// The issue that it matches nothing.
    #[must_use]
    pub fn unused(&self) -> Issue {
        self.issue(Code::DecisionUnused)
    }

    /// The issue that it and another cannot both hold.
    #[must_use]
    pub fn contradicts(&self, other: &Self) -> Issue {
        let (file, sheet, cell) = other.at.clone();
        let hint = Hint::Row { file, sheet: sheet.to_string(), cell };
        Issue { hint, ..self.issue(Code::DecisionContradicts) }
    }

    fn issue(&self, code: Code) -> Issue {
        let (file, sheet, cell) = self.at.clone();
        Issue { sheet: Some(sheet), cell: Some(cell), ..Issue::of_file(code, file, self.found.clone()) }
    }

    /// Whether it gives a text of a whole column another spelling: the issue it decides on stands for all cells of the
    /// column that say the same.
    #[must_use]
    pub fn renames(&self) -> bool {
        matches!(self.verdict, Verdict::Value(_)) && NAMES.iter().any(|code| code.word() == self.code)
    }
}

/// Issues about names, which stand for all cells of a column with that name.
pub const NAMES: [Code; 4] = [Code::CommuneUnknown, Code::VillageUnknown, Code::OrganisationUnknown, Code::PeopleUnknown];

/// Whether a code is about one household or member that stands twice.
#[must_use]
pub fn is_double(code: &str) -> bool {
    [Code::CitizenTwice, Code::MemberTwice, Code::HouseholdTwice].iter().any(|double| double.word() == code)
}

/// Whether two names of a file differ only in folders before it.
#[must_use]
pub fn is_one_file(one: &str, other: &str) -> bool {
    let (one, other) = (plain_path(one), plain_path(other));
    let ends = |long: &str, short: &str| long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
    !one.is_empty() && !other.is_empty() && (ends(&one, &other) || ends(&other, &one))
}

/// A path without what only says where the user stood.
fn plain_path(path: &str) -> String {
    let parts = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    // A cell that names a file holds single spaces and composed letters, whatever the name itself has.
    nfc_squeezed(&parts.collect::<Vec<_>>().join("/")).into_owned()
}

/// Whether what was found then is what is found now. Spreadsheet programs take the first zeros of a number away when they
/// save delimited text, and spaces in a number mean nothing.
#[must_use]
pub fn same_text(then: &str, now: &str) -> bool {
    let digits = |text: &str| {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let number = plain.len() > 6 && plain.bytes().all(|b| b.is_ascii_digit());
        number.then(|| plain.trim_start_matches('0').to_owned())
    };
    let plain = |text: &str| nfc_squeezed(unguarded(text)).into_owned();
    plain(then) == plain(now) || digits(then).is_some_and(|number| digits(now) == Some(number))
}

/// A row of a corrections file as it stands in it, decided or not, so that a later writing of the file loses nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// The code of the issue, or `link`.
    pub code: String,
    /// The file of the doubtful row.
    pub file: String,
    /// Its sheet.
    pub sheet: String,
    /// Its cell.
    pub cell: String,
    /// What was found there.
    pub found: String,
    /// The other of the two, or what helps to decide.
    pub other: String,
    /// Whom the row is about.
    pub about: String,
    /// The word of the decision.
    pub decision: String,
    /// The new value.
    pub value: String,
    /// Who decided.
    pub initials: String,
    /// A remark.
    pub note: String,
}

impl Answer {
    fn of(line: &Line<'_>) -> Self {
        let text = |field| plain_text(line, field).unwrap_or_default();
        Self {
            code: text(Field::Code),
            file: text(Field::File),
            sheet: text(Field::Sheet),
            cell: text(Field::IssueCell),
            found: text(Field::Found),
            other: text(Field::Other),
            about: text(Field::Name),
            decision: text(Field::Decision),
            value: text(Field::NewValue),
            initials: text(Field::Initials),
            note: text(Field::Note),
        }
    }
}

impl Answer {
    /// Whether anybody wrote into the row.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        [&self.decision, &self.value, &self.initials, &self.note].into_iter().any(|text| !text.is_empty())
    }

    /// Whether two rows ask the same.
    #[must_use]
    pub fn asks_the_same(&self, other: &Self) -> bool {
        let pair = self.code == LINK;
        self.code == other.code
            && self.cell == other.cell
            && nfc_squeezed(&self.sheet) == nfc_squeezed(&other.sheet)
            && same_text(&self.found, &other.found)
            && (!pair || same_text(&self.other, &other.other))
            && is_one_file(&self.file, &other.file)
    }
}

/// The text of a field without the apostrophe that kept it from being a formula.
fn plain_text(line: &Line<'_>, field: Field) -> Option<String> {
    line.text(field).map(|text| unguarded(&text).to_owned())
}

/// A text without the apostrophe that kept it from being a formula.
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

/// Reads decisions.
#[derive(Debug, Default)]
pub(crate) struct DecisionRows;

impl RowReader for DecisionRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        desk.batch.answers.push(Answer::of(line));
        // A row that nobody touched yet decides nothing and is no fault.
        let touched = [Field::Decision, Field::NewValue, Field::Initials].iter().any(|field| line.text(*field).is_some());
        if !touched {
            desk.skipped(line, TakenFor::Undecided);
            return Outcome::Part;
        }
        let Some(decision) = decision(line, desk) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        desk.used(1);
        desk.batch.decisions.push(decision);
        Outcome::Head
    }
}

/// A decision is whole when it has a known word, initials, and for a new value that value.
fn decision(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Decision> {
    let half = |desk: &mut Desk<'_>, field| {
        desk.find_at(Code::DecisionHalf, line, field, Hint::None);
        None
    };
    let Some(word) = line.text(Field::Decision) else { return half(desk, Field::Decision) };
    let Some(initials) = line.text(Field::Initials) else { return half(desk, Field::Initials) };
    let value = plain_text(line, Field::NewValue);
    let verdict = match fold(&word).as_str() {
        "keep" | "giu" | "giu lai" => Verdict::Keep,
        "drop" | "bo" | "loai" => Verdict::Drop,
        "same" | "cung" | "trung" | "cung mot" => Verdict::Same,
        "different" | "khac" => Verdict::Different,
        "value" | "new value" | "new_value" | "gia tri moi" | "sua" => match value {
            Some(value) => Verdict::Value(value),
            None => return half(desk, Field::NewValue),
        },
        _ => return half(desk, Field::Decision),
    };
    let (Some(code), Some(file)) = (line.text(Field::Code), plain_text(line, Field::File)) else {
        return half(desk, Field::Code);
    };
    // A pair of two years is one household or two, and nothing else.
    if code == LINK && !matches!(verdict, Verdict::Same | Verdict::Different) {
        return half(desk, Field::Decision);
    }
    let cell = match line.text(Field::IssueCell) {
        None => None,
        Some(text) => match CellRef::parse(&text) {
            Some(cell) => Some(cell),
            None => return half(desk, Field::IssueCell),
        },
    };
    Some(Decision {
        code,
        file: file.into(),
        sheet: plain_text(line, Field::Sheet).unwrap_or_default().into(),
        cell,
        found: plain_text(line, Field::Found).unwrap_or_default(),
        other: plain_text(line, Field::Other).unwrap_or_default(),
        verdict,
        initials,
        at: (desk.batch.file.clone(), desk.around.sheet.name.as_str().into(), line.at_first(&[Field::Decision])),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_the_same_from_whichever_folder_it_is_named() {
        for (one, other) in [
            ("2022/a.xlsx", "a.xlsx"),
            ("./2022/a.xlsx", "../ho-dan/2022/a.xlsx"),
            ("C:\\ho\\2022\\a.xlsx", "2022/a.xlsx"),
            ("xa  Đắk.xlsx", "xa \u{110}a\u{306}\u{301}k.xlsx"),
        ] {
            assert!(is_one_file(one, other) && is_one_file(other, one), "{one} {other}");
        }
        for (one, other) in [("2022/a.xlsx", "2023/a.xlsx"), ("ba.xlsx", "a.xlsx"), ("", "a.xlsx"), ("", "")] {
            assert!(!is_one_file(one, other) && !is_one_file(other, one), "{one} {other}");
        }
    }

    #[test]
    fn what_was_found_is_known_again_after_a_spreadsheet_program_had_the_file() {
        for (then, now) in
            [("66069000001", "066069000001"), ("066 069 000 001", "066069000001"), ("'=1+1", "=1+1"), ("A  B", "A B")]
        {
            assert!(same_text(then, now) && same_text(now, then), "{then} {now}");
        }
        for (then, now) in [("66069000001", "066069000002"), ("1", "01"), ("Buôn Đung", "Buôn Dung"), ("", "0")] {
            assert!(!same_text(then, now) && !same_text(now, then), "{then} {now}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_what_it_is_and_the_order_of_the_two_is_nothing(one in any::<String>(), other in any::<String>()) {
            prop_assert!(same_text(&one, &one));
            prop_assert_eq!(same_text(&one, &other), same_text(&other, &one));
            prop_assert_eq!(is_one_file(&one, &other), is_one_file(&other, &one));
        }
    }
}
