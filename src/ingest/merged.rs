//! Cells that are merged over several rows, and marks that say the same as the row above: what stands in the first row holds of all
//! of them.
//!
//! Communes and organisations merge the cells of a village, a commune or a Party cell beside all rows that are of it. Workbooks
//! name merged cells behind their rows, so a sheet that has such cells is read a second time, knowing them. Text with separators
//! and xlsb tell none. Where a cell says "nt" (như trên) or has a ditto mark, the sheet is read again too: rows that were only counted
//! left nothing behind that the next could repeat.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::Columns;
use super::fields::Field;
use super::grain::Grain;
use super::kind::Kind;
use super::sheet::owned;
use super::workbook::{Cell, Merge, Row, Value};
use crate::domain::spelling::fold;

/// What rows may have in common. Names, numbers and marks are of one row each, and whose row it is where these are merged is for
/// the readers of registers and ledgers to say.
const SHARED: [Field; 14] = [
    Field::Commune,
    Field::CommuneCode,
    Field::Village,
    Field::Address,
    Field::Organisation,
    Field::Cell,
    Field::CellVillage,
    Field::People,
    Field::SupportKind,
    Field::PledgedSpecies,
    Field::DeliveredSpecies,
    Field::Standing,
    Field::StandingDate,
    Field::Note,
];

/// A column in which rows may share a cell, and the first row below its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SharedColumn {
    col: u32,
    from: u32,
}

/// The columns of a table in which rows may share a cell; `from` is the first row below its headings.
pub(crate) fn shared(kind: Kind, columns: &Columns, from: u32) -> impl Iterator<Item = SharedColumn> {
    // A class beside several persons is told once, in the row of the head.
    let class = (kind == Kind::Households && Grain::of(columns) == Grain::Household).then_some(Field::Class);
    // One member may help several households, and several members one.
    let pair = if kind == Kind::Assignment { &PAIR[..] } else { &[] };
    let all = SHARED.into_iter().chain(class).chain(pair.iter().copied());
    all.filter_map(|field| columns.get(field)).map(move |col| SharedColumn { col, from })
}

/// What names the sides of a pair.
const PAIR: [Field; 5] = [Field::Household, Field::Head, Field::Status, Field::Member, Field::Name];

/// What rows of a sheet share: merged cells of several rows, by column and row, each column's sorted, and whether marks repeat the
/// row above.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shares {
    blocks: Arc<[Block]>,
    dittos: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Block {
    col: u32,
    first: u32,
    last: u32,
}

impl Shares {
    /// Those of a sheet that lie in these columns.
    pub(crate) fn of(merges: &[Merge], columns: &[SharedColumn], dittos: bool) -> Self {
        // A sheet may have many tables, and each has its own.
        let mut from: BTreeMap<u32, u32> = BTreeMap::new();
        for shared in columns {
            from.entry(shared.col).and_modify(|from| *from = shared.from.min(*from)).or_insert(shared.from);
        }
        let several = merges.iter().filter(|merge| merge.first.row < merge.last.row);
        let mut blocks: Vec<Block> = several
            .filter(|merge| from.get(&merge.first.col).is_some_and(|from| *from <= merge.first.row))
            .map(|merge| Block { col: merge.first.col, first: merge.first.row, last: merge.last.row })
            .collect();
        blocks.sort_unstable();
        Self { blocks: blocks.into(), dittos }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.blocks.is_empty() && !self.dittos
    }

    /// The last row of the block that begins in a cell.
    fn last(&self, col: u32, first: u32) -> Option<u32> {
        let at = self.blocks.binary_search_by_key(&(col, first), |block| (block.col, block.first)).ok()?;
        self.blocks.get(at).map(|block| block.last)
    }
}

/// Whether a cell says that it says the same as the one above: `"`, `nt`, `-nt-`, `như trên`.
pub(crate) fn is_ditto(cell: &Cell<'_>) -> bool {
    let Value::Text(text) = &cell.value else { return false };
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '.' | '/'));
    if bare.is_empty() || bare.len() > 12 {
        return false;
    }
    let marks = bare.chars().all(|c| matches!(c, '"' | '\'' | '“' | '”' | '„' | '〃' | '″'));
    marks || matches!(fold(bare).as_str(), "nt" | "n.t" | "nhu tren")
}

/// A cell that rows share.
#[derive(Debug)]
pub(crate) struct Beside {
    /// The cell as it stands in the first of them.
    pub(crate) cell: Cell<'static>,
    /// That row.
    pub(crate) row: u32,
    until: u32,
}

/// The merged cells beside the rows of one table.
#[derive(Debug, Default)]
pub(super) struct Merged {
    shares: Shares,
    /// The columns in which rows may share a cell.
    cols: Vec<u32>,
    /// What was read of blocks that go on, and of the row above where a cell repeats it.
    open: Vec<Beside>,
    /// The last cell of each column that says something itself.
    above: Vec<(Cell<'static>, u32)>,
}

impl Merged {
    /// Those of a table.
    pub(super) fn new(shares: &Shares, kind: Kind, columns: &Columns) -> Self {
        let mut merged = Self { shares: shares.clone(), ..Self::default() };
        merged.of(kind, columns);
        merged
    }

    /// Goes on beside columns in another order.
    pub(super) fn of(&mut self, kind: Kind, columns: &Columns) {
        self.cols = shared(kind, columns, 0).map(|shared| shared.col).collect();
    }

    /// What a record shares with the rows above it. What begins in it is kept for those below.
    pub(super) fn beside(&mut self, row: &Row<'_>) -> &[Beside] {
        if self.shares.is_empty() {
            return &[];
        }
        self.open.retain(|beside| beside.until >= row.row);
        for col in &self.cols {
            let Some(cell) = row.cell(*col) else { continue };
            if let Some(until) = self.shares.last(*col, row.row) {
                self.open.push(Beside { cell: owned(cell), row: row.row, until });
            }
            if !self.shares.dittos {
                continue;
            }
            let above = self.above.iter_mut().find(|(above, _)| above.col == *col);
            match above {
                Some((above, at)) if is_ditto(cell) => {
                    self.open.push(Beside { cell: above.clone(), row: *at, until: row.row });
                }
                Some((above, at)) if *above != *cell => (*above, *at) = (owned(cell), row.row),
                None if !is_ditto(cell) => self.above.push((owned(cell), row.row)),
                Some(_) | None => {}
            }
        }
        &self.open
    }

    /// Whether a cell of a row above goes on beside this one.
    pub(super) fn goes_on(&self, row: u32) -> bool {
        self.open.iter().any(|beside| beside.row < row && row <= beside.until)
    }

    /// Whether a cell of a record repeats the row above, which is not known yet.
    pub(super) fn has_ditto(&self, row: &Row<'_>) -> bool {
        !self.shares.dittos && self.cols.iter().filter_map(|col| row.cell(*col)).any(is_ditto)
    }
}

#[cfg(test)]
mod tests {
    use super::super::encoding::Script;
    use super::*;
    use crate::domain::source::CellRef;

    #[test]
    fn only_cells_of_several_rows_below_a_heading_are_shared() {
        let merge = |first: (u32, u32), last: (u32, u32)| Merge {
            first: CellRef::new(first.0, first.1),
            last: CellRef::new(last.0, last.1),
        };
        let columns = [SharedColumn { col: 2, from: 6 }];
        let none = [merge((4, 2), (5, 2)), merge((6, 2), (6, 4)), merge((6, 3), (9, 3))];
        assert!(Shares::of(&none, &columns, false).is_empty(), "headings, cells of one row, other columns");
        let blocks = Shares::of(&[merge((9, 2), (12, 2)), merge((6, 2), (8, 3))], &columns, false);
        assert_eq!((blocks.last(2, 6), blocks.last(2, 9), blocks.last(2, 7), blocks.last(3, 6)), (Some(8), Some(12), None, None));
    }

    #[test]
    fn a_ditto_mark_repeats_and_an_apostrophe_or_a_dash_does_not() {
        let is = |text: &str| {
            is_ditto(&Cell { col: 0, value: Value::Text(text.to_owned().into()), script: Script::Unicode, formula: false })
        };
        assert!(["\"", "''", " ” ", "-\"-", "nt", "-nt-", "N.T.", "Như trên", "-//-\"", "〃"].into_iter().all(is));
        assert!(["", "-", "//", ".", "NTM", "H'", "Nt 2", "Buôn Jun", "x"].into_iter().all(|text| !is(text)));
    }
}
