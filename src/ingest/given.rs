//! Names in two columns: "Họ và tên đệm" and "Tên", or one heading over both.

use super::fields::Field;
use super::headings::Heading;
use crate::domain::spelling::fold;

/// What heads the first part of a name whose second one has a column of its own.
const FIRST_PARTS: [&str; 12] = [
    "ho",
    "ho dem",
    "ho lot",
    "ho va dem",
    "ho va lot",
    "ho dem va ten lot",
    "ho va ten dem",
    "ho va ten lot",
    "ho ten dem",
    "ho ten lot",
    "ho va chu dem",
    "ho va chu lot",
];

/// The most words of a given name: `Liêng`, `Rơ Yam`.
const MOST_WORDS: usize = 3;

/// A column of given names, which complete those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Given {
    /// The names that are completed.
    pub(super) field: Field,
    /// The column of their second parts.
    pub(super) col: u32,
    /// Whether the column has a heading of its own.
    pub(super) headed: bool,
}

/// Whether a heading is that of the first part of a name.
pub(super) fn heads_first_part(heading: &Heading) -> bool {
    heading.parts.last().is_some_and(|last| {
        // Folded alike: "Hộ" is a household.
        FIRST_PARTS.contains(&fold(last).replace(',', "").as_str()) && !last.to_lowercase().contains('ộ')
    })
}

/// Whether the column right of a name has no heading of its own and lies between others: what the heading of the name is merged
/// over.
pub(super) fn is_under(headings: &[u32], col: u32) -> bool {
    !headings.contains(&(col + 1)) && headings.iter().any(|other| *other > col + 1)
}

/// Whether a text in a column without a heading completes a name: a word or two with a capital and nothing but letters.
pub(super) fn completes(text: &str) -> bool {
    let letters = text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '\u{2019}' | '-'));
    letters && text.chars().next().is_some_and(char::is_uppercase) && text.split_whitespace().count() <= MOST_WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_no_family_name() {
        let heading = |text: &str| Heading {
            col: 1,
            parts: text.split(" / ").map(str::to_owned).collect(),
            cell: crate::domain::source::CellRef::new(0, 1),
        };
        for first in ["Họ", "HỌ", "Họ đệm", "Họ và tên đệm", "Họ, tên đệm", "Họ và tên / Họ", "Họ và chữ lót"]
        {
            assert!(heads_first_part(&heading(first)), "{first}");
        }
        for other in ["Hộ", "HỘ", "Họ và tên", "Tên", "Tổng số / Hộ", "Họ hàng"] {
            assert!(!heads_first_part(&heading(other)), "{other}");
        }
    }

    #[test]
    fn a_remark_completes_no_name() {
        assert!(["Liêng", "Rơ Yam", "H'Gro", "Ban"].into_iter().all(completes));
        assert!(["x", "đã mất", "1970", "Buôn 2", "Đi làm ăn xa lâu", "", "Nam (chết)"].into_iter().all(|text| !completes(text)));
    }
}
