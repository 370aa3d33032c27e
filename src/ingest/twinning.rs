//! Twinning tables: which organisation, or which of its cells, goes with which village.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::batch::Batch;
use super::desk::Desk;
use super::fields::Field;
use super::line::Line;
use super::reader::{Outcome, RowReader};
use crate::domain::issue::{Code, Hint};
use crate::domain::organisation::Twinning;
use crate::domain::place::{CommuneRef, Village};
use crate::domain::spelling::{fold, nearest};

/// Reads pairs of an organisation and a village.
#[derive(Debug, Default)]
pub(crate) struct TwinningRows {
    /// The organisation of the row above: merged cells leave the rows below blank.
    last: Option<(String, Option<String>)>,
    /// The commune of the row above, likewise; a cell may name several villages of it.
    commune: Option<CommuneRef>,
}

impl RowReader for TwinningRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        // Cells without a column of their committees are of that of the title, or stand for themselves.
        let named = line.text(Field::Organisation).map(|text| (text, line.text(Field::Cell))).or_else(|| {
            let cell = line.text(Field::Cell).filter(|_| !line.columns.has(Field::Organisation))?;
            Some(desk.around.organisation.clone().map_or((cell.clone(), None), |committee| (committee, Some(cell))))
        });
        let organisation = match named {
            Some((text, cell)) => {
                desk.look_at(line, Field::Organisation, &text);
                self.last = Some((text, cell));
                self.last.clone()
            }
            None => self.last.clone().map(|(organisation, cell)| (organisation, line.text(Field::Cell).or(cell))),
        };
        let Some((organisation, cell)) = organisation else {
            desk.find_at(Code::OrganisationNone, line, Field::Organisation, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let told = line.cell(Field::Commune).is_some() || line.cell(Field::CommuneCode).is_some();
        let above = self.commune.clone().filter(|_| !told && desk.around.banner_commune.is_none());
        let Ok(places) = desk.places(line, above) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let villages: Option<Vec<(CommuneRef, Village)>> =
            places.into_iter().map(|place| Some((place.commune, place.village?))).collect();
        let Some(villages) = villages else {
            desk.find_at(Code::VillageUnknown, line, Field::Village, Hint::None);
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        self.commune = villages.first().map(|(commune, _)| commune.clone());
        let (organisation, cell) = (desk.organisation(&organisation), cell.map(Arc::<str>::from));
        for (commune, village) in villages {
            let source = desk.source(line);
            let twinning = Twinning { organisation: organisation.clone(), cell: cell.clone(), commune, village, source };
            let record = desk.record(twinning, line.at_first(&[Field::Organisation]), line.at(Field::Village));
            desk.batch.twinning.push(record);
        }
        desk.used(1);
        Outcome::Head
    }
}

/// Says where a row names an organisation or a cell that the roster lacks and that is most likely another's name mistyped: its
/// members would be left out as twinned with no village. A roster may be that of a part of the district, so that a name is
/// doubtful only where one like it stands on the roster and in no row of its own.
pub(crate) fn mistyped(batches: &mut [Batch]) {
    let mut cells: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for member in batches.iter().flat_map(|batch| &batch.members).map(|record| &record.value) {
        let known = cells.entry(member.organisation.name().to_owned()).or_default();
        known.extend(member.cell.as_ref().map(|cell| cell.name.to_string()));
    }
    if cells.is_empty() {
        return;
    }
    let rows = || batches.iter().flat_map(|batch| &batch.twinning).map(|record| &record.value);
    let named: BTreeSet<String> = rows().map(|row| fold(row.organisation.name())).collect();
    let named_cells: BTreeSet<(String, String)> =
        rows().filter_map(|row| Some((fold(row.organisation.name()), fold(row.cell.as_ref()?)))).collect();
    let on_roster = |name: &str| cells.iter().find(|(known, _)| fold(known) == fold(name));
    for batch in batches {
        for record in &batch.twinning {
            let name = record.value.organisation.name();
            let (field, found, near) = match (on_roster(name), &record.value.cell) {
                (None, _) => {
                    let free = cells.keys().map(String::as_str).filter(|known| !named.contains(&fold(known)));
                    (Field::Organisation, name, nearest(name, free))
                }
                (Some((_, known)), Some(cell)) if !known.is_empty() && !known.iter().any(|known| fold(known) == fold(cell)) => {
                    let free = known.iter().map(String::as_str).filter(|known| !named_cells.contains(&(fold(name), fold(known))));
                    (Field::Cell, &**cell, nearest(cell, free))
                }
                (Some(_), _) => continue,
            };
            let Some(near) = near else { continue };
            let sheet = batch.sheets.get(record.sheet).map(|sheet| sheet.sheet.as_str());
            let hint = Hint::Nearest(near.to_owned());
            batch.findings.add(Code::OrganisationUnknown, sheet, Some(record.identity), Some(field), found, hint);
        }
    }
}
