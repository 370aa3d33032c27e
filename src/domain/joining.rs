//! Who joins a roster that is already there: a member as a person types it, and rows of another roster.

use std::sync::Arc;

use super::ids::Key;
use super::member::{Member, Standing};
use super::organisation::{Cell, Organisation, village_of};
use super::place::Village;
use super::plan::Basis;
use super::source::{Sheet, Source};
use super::spelling::{fold, fold_name, nearest};

/// Why a typed member is nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Untold {
    /// The text is not `NAME, ORGANISATION` or `NAME, ORGANISATION, CELL`.
    Shape,
    /// No organisation of the roster or of the twinning list is called so, or several are; the nearest name.
    Organisation(String, Option<String>),
    /// The organisation has no such cell, or several; the nearest name.
    Cell(String, Option<String>),
}

/// The member that a text of the form `NAME, ORGANISATION, CELL` tells; the cell may be left out. Organisation and cell must
/// be known, whole or by the end of their names (`Yang Tao` for `Đảng bộ xã Yang Tao`), since they decide where the member helps.
///
/// # Errors
/// What is not told, or not known.
pub fn typed(text: &str, basis: &Basis<'_>) -> Result<Member, Untold> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let (name, organisation, cell) = match parts[..] {
        [name, organisation] if !name.is_empty() && !organisation.is_empty() => (name, organisation, None),
        [name, organisation, cell] if !name.is_empty() && !organisation.is_empty() => {
            (name, organisation, Some(cell).filter(|cell| !cell.is_empty()))
        }
        _ => return Err(Untold::Shape),
    };
    let of_roster = basis.members.iter().map(|member| &member.organisation);
    let mut known: Vec<&Organisation> = of_roster.chain(basis.twinning.iter().map(|twinning| &twinning.organisation)).collect();
    known.sort();
    known.dedup();
    let names: Vec<&str> = known.iter().map(|of| of.name()).collect();
    let at = one_of(organisation, &names).map_err(|near| Untold::Organisation(organisation.to_owned(), near))?;
    let organisation = known[at].clone();
    let cell = cell.map(|cell| cell_of(cell, &organisation, basis)).transpose()?;
    Ok(Member {
        // As the key of a row without number and birth, so that the same person in a list gets the same key.
        key: Key::Made(format!("{}..{}", fold_name(name), organisation.folded())),
        source: Source { sheet: Arc::new(Sheet { file: Arc::from("--add"), name: text.to_owned() }), row: 0 },
        name: Arc::from(name),
        birth: None,
        sex: None,
        people: None,
        card: None,
        organisation,
        cell,
        admitted: None,
        official: None,
        standing: Standing::Official,
        salaried: None,
        coefficient: None,
        pledged: None,
        delivered: None,
    })
}

/// The cell of an organisation, as its members and the twinning list have it.
fn cell_of(text: &str, organisation: &Organisation, basis: &Basis<'_>) -> Result<Cell, Untold> {
    let of_members = basis.members.iter().filter(|member| member.organisation == *organisation);
    let mut cells: Vec<Cell> = of_members.filter_map(|member| member.cell.clone()).collect();
    let twinned = basis.twinning.iter().filter(|twinning| twinning.organisation == *organisation);
    cells.extend(twinned.filter_map(|twinning| twinning.cell.clone()).map(|name| Cell {
        name,
        village: None,
        restricted: false,
    }));
    // Of a cell with and without its village, the one with it says more.
    cells.sort_by_key(|cell| (fold(&cell.name), cell.village.is_none()));
    cells.dedup_by_key(|cell| fold(&cell.name));
    let names: Vec<&str> = cells.iter().map(|cell| &*cell.name).collect();
    let at = one_of(text, &names).map_err(|near| Untold::Cell(text.to_owned(), near))?;
    Ok(cells[at].clone())
}

/// The place of the one name that the text is, or that alone ends with it; else the nearest name.
fn one_of(text: &str, names: &[&str]) -> Result<usize, Option<String>> {
    let wanted = fold(text);
    let whole = names.iter().position(|name| fold(name) == wanted);
    let ending = format!(" {wanted}");
    let mut ends = (0..names.len()).filter(|&at| fold(names[at]).ends_with(&ending));
    match (whole, ends.next(), ends.next()) {
        (Some(at), _, _) | (None, Some(at), None) => Ok(at),
        _ => Err(near(text, names)),
    }
}

/// The name that is nearest, as a whole or by its last words: those before tell what it is, and nobody types them.
fn near(text: &str, names: &[&str]) -> Option<String> {
    let words = text.split_whitespace().count();
    let end = |name: &&str| {
        let of: Vec<&str> = name.split_whitespace().collect();
        of[of.len().saturating_sub(words)..].join(" ")
    };
    let ends: Vec<String> = names.iter().map(end).collect();
    let whole = nearest(text, names.iter().copied()).map(str::to_owned);
    whole.or_else(|| {
        let like = nearest(text, ends.iter().map(String::as_str))?;
        let at = ends.iter().position(|end| end == like)?;
        Some(names[at].to_owned())
    })
}

/// Gives the cell of a member who was read without the surveys the village that they know by its name.
pub fn place(member: &mut Member, basis: &Basis<'_>) {
    let Some(commune) = member.organisation.committee_of() else { return };
    let Some(cell) = member.cell.as_mut() else { return };
    let of_commune = basis.households.iter().filter(|household| household.place.commune == *commune);
    let villages: Vec<&Village> = of_commune.filter_map(|household| household.place.village.as_ref()).collect();
    if cell.village.as_ref().is_none_or(|village| !villages.contains(&village))
        && let Some(village) = village_of(&cell.name, villages)
    {
        cell.village = Some(village);
    }
}

/// The roster with these members on it: a row of theirs takes the place of the roster's own row for the same member.
#[must_use]
pub fn with(members: &[Member], added: &[Member]) -> Vec<Member> {
    let stays = |member: &&Member| !added.iter().any(|one| one.key == member.key);
    members.iter().filter(stays).chain(added).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::household::{Class, Household};
    use crate::domain::invented::{basis, household, member};

    fn in_cell(serial: u32, cell: &str) -> Member {
        Member { cell: Some(Cell { name: Arc::from(cell), village: None, restricted: false }), ..member(serial, true) }
    }

    #[test]
    fn a_typed_member_is_of_a_known_organisation_and_cell_by_name_or_by_its_end() {
        let members = [in_cell(1, "Chi bộ Buôn Cuôr"), in_cell(2, "Chi bộ Buôn Jun"), member(3, false)];
        let basis = basis(&[], &members);
        let told = typed("Y Thử Nghiệm, đảng bộ xã a, buôn jun", &basis).unwrap();
        assert_eq!((&*told.name, told.organisation.name()), ("Y Thử Nghiệm", "Đảng bộ xã A"));
        assert_eq!(told.cell.map(|cell| cell.name.to_string()), Some("Chi bộ Buôn Jun".to_owned()));
        assert_eq!(typed("Y Thử Nghiệm, xã A", &basis).unwrap().key.to_string(), "y thu nghiem..dang bo xa a");
        for shapeless in
            ["Y Thử Nghiệm", ", xã A", "Y Thử Nghiệm, ", ", xã A, Buôn Jun", "Y Thử Nghiệm, , Buôn Jun", "a, b, c, d"]
        {
            assert_eq!(typed(shapeless, &basis), Err(Untold::Shape), "{shapeless}");
        }
        assert!(matches!(typed("Y Thử, xã B", &basis), Err(Untold::Organisation(named, _)) if named == "xã B"));
        let near = Some("Chi bộ Buôn Jun".to_owned());
        assert_eq!(typed("Y Thử, xã A, Buôn Jum", &basis), Err(Untold::Cell("Buôn Jum".to_owned(), near)));
    }

    #[test]
    fn a_cell_gets_the_village_of_the_survey_and_an_added_row_replaces_the_rosters() {
        let all = [household(1, "Xã A", Class::Poor)];
        let households: Vec<&Household> = all.iter().collect();
        let basis = basis(&households, &[]);
        let mut added = in_cell(7, "Chi bộ Buôn 1");
        place(&mut added, &basis);
        assert_eq!(added.cell.as_ref().and_then(|cell| cell.village.clone()), all[0].place.village);
        let roster = [member(6, true), Member { standing: Standing::Suspended { since: None }, ..member(7, true) }];
        let now = with(&roster, &[added]);
        assert_eq!(now.len(), 2);
        assert_eq!((&now[0].key, now[1].standing), (&roster[0].key, Standing::Official));
    }

    #[test]
    fn a_cell_of_another_organisation_is_not_of_this_one_and_a_village_that_is_told_stays() {
        let members = [in_cell(1, "Chi bộ Buôn Cuôr"), member(3, false)];
        let twinning = [crate::domain::organisation::Twinning {
            organisation: members[1].organisation.clone(),
            cell: Some(Arc::from("Tổ Kế toán")),
            commune: crate::domain::invented::commune("Xã A"),
            village: Village::new("Buôn 1"),
            source: crate::domain::invented::source(1),
        }];
        let all = [household(1, "Xã A", Class::Poor), {
            let mut other = household(2, "Xã A", Class::Poor);
            other.place.village = Some(Village::new("Buôn 2"));
            other
        }];
        let households: Vec<&Household> = all.iter().collect();
        let basis = Basis { twinning: &twinning, ..basis(&households, &members) };
        let told = typed("Y Thử, Chi bộ Kho bạc, Tổ Kế toán", &basis).unwrap();
        assert_eq!(told.cell.map(|cell| cell.name.to_string()), Some("Tổ Kế toán".to_owned()));
        assert!(matches!(typed("Y Thử, xã A, Tổ Kế toán", &basis), Err(Untold::Cell(..))));
        let mut told = in_cell(7, "Chi bộ Buôn 1");
        told.cell.as_mut().unwrap().village = Some(Village::new("Buôn 2"));
        place(&mut told, &basis);
        assert_eq!(told.cell.and_then(|cell| cell.village), Some(Village::new("Buôn 2")));
    }
}
