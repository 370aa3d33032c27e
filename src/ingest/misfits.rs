//! What is said of headings that are almost those of a kind of table.

use super::columns::Columns;
use super::desk::Desk;
use super::fields::Field;
use super::headings::Heading;
use super::kind::Kind;
use super::reading;
use crate::domain::issue::{Code, Hint};
use crate::domain::spelling::nearest;

/// All that is missing and doubled, at once, with the nearest heading that is there and was not understood.
pub(super) fn report(desk: &mut Desk<'_>, kind: Kind, columns: &Columns, headings: &[Heading]) {
    let sheet = desk.around.sheet.name.clone();
    let mut find = |code: Code, cell, field: Field, found: &str, hint: Hint| {
        desk.batch.findings.add(code, Some(&sheet), cell, Some(field), found, hint);
    };
    // What the title tells of support is no column that is missing.
    let told = desk.around.support;
    let is_told = |field: &Field| kind == Kind::Support && *field == Field::Needed && told.tells();
    let unknown: Vec<String> =
        headings.iter().filter(|heading| columns.field_at(heading.col).is_none()).map(Heading::joined).collect();
    for field in reading::missing(kind, columns).into_iter().filter(|field| !is_told(field)) {
        let usual = reading::usual(kind, field);
        let near = nearest(usual, unknown.iter().map(String::as_str)).unwrap_or_default();
        let cell = headings.iter().find(|heading| heading.joined() == near).or(headings.first()).map(|heading| heading.cell);
        find(Code::HeadingMissing, cell, field, near, Hint::Value(usual.to_owned()));
    }
    for (field, cols) in &columns.doubled {
        let of = |col: &u32| headings.iter().find(|heading| heading.col == *col);
        if let [first, rest @ ..] = cols.as_slice() {
            for later in rest {
                let (Some(first), Some(later)) = (of(first), of(later)) else { continue };
                let hint = Hint::Other(format!("{} {}", first.cell, first.joined()));
                find(Code::HeadingDoubled, Some(later.cell), *field, &later.joined(), hint);
            }
        }
    }
}
