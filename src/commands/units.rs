//! `--units`: a year in the communes of any day, and why it may not exist in them.

use anyhow::Result;
use jiff::civil::Date;

use super::input::Loaded;
use super::refused::Refused;
use crate::domain::household::Household;
use crate::domain::mergers::Unmergeable;
use crate::domain::place::CommuneRef;
use crate::domain::units::{Homes, Standing, Units, note_homes};

/// Where households stand in the communes of the day that is asked for; without one, where their lists have them.
///
/// # Errors
/// When a household cannot be placed in the communes of the day.
pub(super) fn standing<'h>(
    loaded: &Loaded,
    day: Option<Date>,
    households: impl IntoIterator<Item = &'h Household>,
) -> Result<Standing> {
    let Some(day) = day else { return Ok(Standing::default()) };
    let (mergers, homes) = (loaded.programme.mergers(), homes(loaded));
    let units = Units { day, mergers: &mergers, homes: &homes };
    units.standing(households).map_err(|why| refused(&why).into())
}

/// In which communes villages lie: by the programme file, and by the lists of all years that were read.
pub(super) fn homes(loaded: &Loaded) -> Homes {
    let mut homes = Homes::new();
    for commune in loaded.programme.communes() {
        let villages = loaded.programme.villages(&commune).unwrap_or_default();
        homes.entry(CommuneRef::new(commune)).or_default().extend(villages);
    }
    loaded.data.surveys.values().for_each(|survey| note_homes(&mut homes, survey));
    homes
}

/// Why a year does not exist in other communes, and what would help.
pub(super) fn refused(why: &Unmergeable) -> Refused {
    let names = |units: &[CommuneRef]| units.iter().map(CommuneRef::name).collect::<Vec<_>>().join(", ");
    match why {
        Unmergeable::NeedsVillages { unit, parts } => {
            Refused::new("units_villages").with("unit", unit.name()).with("parts", names(parts))
        }
        Unmergeable::UnplacedVillage { unit, village, candidates } if candidates.is_empty() => {
            Refused::new("units_unplaced").with("village", village).with("unit", unit.name())
        }
        Unmergeable::UnplacedVillage { unit, village, candidates } => {
            Refused::new("units_several").with("village", village).with("unit", unit.name()).with("parts", names(candidates))
        }
        Unmergeable::BothTimes { old, new } => Refused::new("units_both").with("old", old.name()).with("new", new.name()),
    }
}
