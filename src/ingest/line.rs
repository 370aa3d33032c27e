//! One row of a table by its fields.

use super::columns::Columns;
use super::convert::{self, Take};
use super::encoding::Script;
use super::fields::Field;
use super::given::completes;
use super::measured;
use super::merged::{Beside, is_ditto};
use super::workbook::{Cell, Row, Value};
use crate::domain::source::CellRef;
use crate::domain::spelling::fold;

/// Fields of words in which dashes and dots say that there is nothing to say; what a person found or decided is taken as it stands.
const DASHED: [Field; 16] = [
    Field::Commune,
    Field::CommuneCode,
    Field::Village,
    Field::Address,
    Field::Organisation,
    Field::Cell,
    Field::CellVillage,
    Field::People,
    Field::Sex,
    Field::Class,
    Field::Card,
    Field::Donor,
    Field::SupportKind,
    Field::PledgedSpecies,
    Field::DeliveredSpecies,
    Field::Standing,
];

/// Whether a text says that there is nothing to say: dashes and dots.
fn is_nothing(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '−' | '.' | '…' | '_' | '/' | '\\' | '*'))
}

/// A row by its fields.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) row: &'a Row<'a>,
    pub(crate) columns: &'a Columns,
    pub(crate) guess: Script,
    /// Cells that the row shares with rows above it.
    pub(crate) merged: &'a [Beside],
}

impl<'a> Line<'a> {
    /// A row by itself.
    pub(crate) fn new(row: &'a Row<'a>, columns: &'a Columns, guess: Script) -> Self {
        Self { row, columns, guess, merged: &[] }
    }

    /// The cell of a field, its own or one that it shares; error values and formulas without a value too.
    pub(crate) fn cell(&self, field: Field) -> Option<&'a Cell<'a>> {
        let col = self.columns.get(field)?;
        let own = self.row.cell(col).or_else(|| self.columns.further(field).find_map(|col| self.row.cell(col)));
        let repeats = |cell: &&Cell<'_>| !self.merged.is_empty() && is_ditto(cell);
        own.filter(|cell| !repeats(cell)).or_else(|| Some(&self.beside(col)?.cell)).or(own)
    }

    /// The cell of a column, the row's own or one that it shares.
    pub(crate) fn cell_at(&self, col: u32) -> Option<&'a Cell<'a>> {
        self.row.cell(col).or_else(|| Some(&self.beside(col)?.cell))
    }

    /// The text of a field, where there is any that can be read; of a name in two columns that of both.
    pub(crate) fn text(&self, field: Field) -> Option<String> {
        let text = self.cell(field).and_then(|cell| self.text_of(cell));
        let text = text.filter(|text| !(DASHED.contains(&field) && is_nothing(text)));
        let Some(given) = self.columns.given(field) else { return text };
        let second = self.row.cell(given.col).and_then(|cell| self.text_of(cell));
        match (text, second.filter(|second| given.headed || completes(second))) {
            (Some(first), Some(second)) => Some(format!("{first} {second}")),
            (first, second) => first.or(second.filter(|_| given.headed)),
        }
    }

    fn text_of(&self, cell: &Cell<'_>) -> Option<String> {
        if matches!(cell.value, Value::Error(_) | Value::MissingCache) {
            return None;
        }
        Some(convert::text(cell, self.guess).into_owned()).filter(|text| !text.is_empty())
    }

    /// The cell that the row shares in a column.
    fn beside(&self, col: u32) -> Option<&'a Beside> {
        self.merged.iter().find(|beside| beside.cell.col == col)
    }

    /// The place of a field: in this row, or where the cell begins that it shares.
    pub(crate) fn at(&self, field: Field) -> Option<CellRef> {
        let col = self.columns.get(field)?;
        let shared = self.beside(col).filter(|_| self.row.cell(col).is_none());
        Some(CellRef::new(shared.map_or(self.row.row, |shared| shared.row), col))
    }

    /// The place of the first of some fields that has a column, else of the row's first cell.
    pub(crate) fn at_first(&self, fields: &[Field]) -> CellRef {
        let first = self.row.cells.first().map_or(0, |cell| cell.col);
        fields.iter().find_map(|field| self.at(*field)).unwrap_or(CellRef::new(self.row.row, first))
    }

    /// Whether the row stands right below another and has none of the fields that would name somebody else: merged cells leave them
    /// blank in all rows but the first.
    pub(crate) fn goes_on(&self, above: Option<u32>, naming: &[Field]) -> bool {
        above.and_then(|above| above.checked_add(1)) == Some(self.row.row)
            && !naming.iter().filter_map(|field| self.columns.get(*field)).any(|col| self.row.cell(col).is_some())
    }

    /// What stands in a field, as text, for an issue.
    pub(crate) fn found(&self, field: Field) -> String {
        self.cell(field).map(|cell| convert::text(cell, self.guess).into_owned()).unwrap_or_default()
    }

    /// Reads a field with a conversion. The unit of its column may stand behind a number, and behind one of seedlings the species,
    /// where no other is told.
    pub(crate) fn take<T>(&self, field: Field, read: impl Fn(&Cell<'_>, Script) -> Take<T>) -> Take<T> {
        self.cell(field).map_or(Take::Blank, |cell| self.take_of(field, cell, read))
    }

    /// Reads a count with a conversion; where several columns of the field are added up, their sum.
    pub(crate) fn take_sum(&self, field: Field, read: impl Fn(&Cell<'_>, Script) -> Take<u64>) -> Take<u64> {
        let Some(parts) = self.columns.instalments(field) else { return self.take(field, read) };
        let mut sum: Take<u64> = Take::Blank;
        for cell in parts.cols.iter().filter_map(|col| self.cell_at(*col)) {
            sum = match (sum, self.take_of(field, cell, &read)) {
                (Take::Is(sum), Take::Is(part)) => Take::Is(sum.saturating_add(part)),
                (sum, Take::Blank) => sum,
                (_, part) => part,
            };
            if matches!(sum, Take::Wrong(_)) {
                break;
            }
        }
        sum
    }

    /// The same of a cell that is one of several of the field.
    pub(crate) fn take_of<T>(&self, field: Field, cell: &Cell<'_>, read: impl Fn(&Cell<'_>, Script) -> Take<T>) -> Take<T> {
        match measured::bare(field, cell, self.guess) {
            Some((number, behind)) if behind.is_empty() || self.is_species(field, &behind) => read(&number, self.guess),
            Some(_) | None => read(cell, self.guess),
        }
    }

    /// Whether words behind a number of seedlings are the species of the row.
    fn is_species(&self, field: Field, behind: &str) -> bool {
        let columns = [(Field::PledgedSeedlings, Field::PledgedSpecies), (Field::DeliveredSeedlings, Field::DeliveredSpecies)];
        let species = columns.into_iter().find(|(seedlings, _)| *seedlings == field);
        species.is_some_and(|(_, species)| self.text(species).is_none_or(|told| fold(&told) == fold(behind)))
    }

    /// The species that stands behind a number of seedlings.
    pub(crate) fn species_in(&self, seedlings: Field) -> Option<String> {
        let (_, behind) = measured::bare(seedlings, self.cell(seedlings)?, self.guess)?;
        (!behind.is_empty()).then_some(behind)
    }
}
