//! What the decisions of a person make of a row.

use super::convert;
use super::corrections::{Decision, Verdict, is_double, same_text};
use super::encoding::Script;
use super::sheet::owned;
use super::workbook::{Cell, Row, Value};

/// What decisions make of a row.
pub(super) enum Decided {
    /// Nobody decided anything about it.
    Nothing,
    /// It is left out.
    Dropped,
    /// It is read with these cells.
    Changed(Vec<Cell<'static>>),
}

/// Applies decisions about cells of a row, where what was found then is what is found now.
/// `decisions` have their places in the list of the settings; those that were applied are noted.
pub(super) fn decided(row: &Row<'_>, guess: Script, decisions: &[(usize, &Decision)], applied: &mut Vec<usize>) -> Decided {
    let mut cells: Option<Vec<Cell<'static>>> = None;
    for (index, decision) in decisions {
        let Some(at) = decision.cell.filter(|at| at.row == row.row || decision.renames()) else { continue };
        let found = row.cell(at.col).map(|cell| convert::text(cell, guess).into_owned()).unwrap_or_default();
        // A banner says more than the name that is doubtful in it.
        let inside = at.row == row.row && decision.renames() && !decision.found.is_empty() && found.contains(&decision.found);
        if !same_text(&decision.found, &found) && !inside {
            continue;
        }
        match &decision.verdict {
            // Which of two doubles is left out is known where both are known.
            Verdict::Drop if is_double(&decision.code) => {}
            Verdict::Drop => {
                applied.push(*index);
                return Decided::Dropped;
            }
            Verdict::Value(value) => {
                applied.push(*index);
                let cells = cells.get_or_insert_with(|| row.cells.iter().map(owned).collect());
                cells.retain(|cell| cell.col != at.col);
                let value = if inside { found.replace(&decision.found, value) } else { value.clone() };
                let value = Value::Text(value.into());
                cells.push(Cell { col: at.col, value, script: Script::Unicode, formula: false });
                cells.sort_by_key(|cell| cell.col);
            }
            Verdict::Keep | Verdict::Same | Verdict::Different => {}
        }
    }
    cells.map_or(Decided::Nothing, Decided::Changed)
}
