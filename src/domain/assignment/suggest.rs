//! Who could take one more household as things stand.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Level, Link, Settings, Unit};
use super::objective::{Order, count_levels};
use super::outcome::Refusal;
use super::prepare::{PairIx, prepare};

/// One more helper for a household, without moving anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Position in [`Unit::members`].
    pub member: usize,
    /// Households the member has now.
    pub load: usize,
    /// Per level, in the order of the settings: the value with the pair minus the value without.
    pub change: Vec<(Level, i64)>,
}

/// Members who could take the household as things stand, best first: the pair is allowed, not there yet, and
/// the cap leaves room. `current` are the pairs in force. Pairs and caps are those of the unit and settings.
///
/// # Errors
///
/// [`Refusal::Input`] and [`Refusal::Infeasible`] when the unit itself is not sound.
pub fn suggest(unit: &Unit, settings: &Settings, current: &[Link], household: usize) -> Result<Vec<Suggestion>, Refusal> {
    let problem = prepare(unit, settings)?;
    let order = Order::new(&settings.order);
    let member_at: BTreeMap<usize, u32> = (0_u32..).zip(&problem.members).map(|(m, x)| (x.origin, m)).collect();
    let household_at: BTreeMap<usize, u32> = (0_u32..).zip(&problem.households).map(|(h, x)| (x.origin, h)).collect();
    let Some(&wanted) = household_at.get(&household) else { return Ok(Vec::new()) };
    let now: BTreeSet<PairIx> =
        current.iter().filter_map(|link| Some((*member_at.get(&link.member)?, *household_at.get(&link.household)?))).collect();
    let now_pairs: Vec<PairIx> = now.iter().copied().collect();
    let max_load = count_levels(&problem, &now_pairs).get(Level::MaxLoad);
    let helpers = int(now.iter().filter(|(_, h)| *h == wanted).count());
    let class = problem.class(wanted);
    let mut found = Vec::new();
    for (m, member) in (0_u32..).zip(&problem.members) {
        let mine = now.range((m, 0)..=(m, u32::MAX));
        let load = mine.clone().count();
        if now.contains(&(m, wanted)) || !problem.allowed(m, wanted) || load >= member.limit as usize {
            continue;
        }
        let poor = int(mine.filter(|(_, h)| problem.class(*h).poor).count());
        let signature = problem.signature(m);
        let by = |level| match level {
            Level::MaxLoad => (int(load) + 1 - max_load).max(0),
            Level::SumSqLoad => 2 * int(load) + 1,
            Level::SumSqCover => 2 * helpers + 1,
            Level::NearExtra => i64::from(!class.poor && helpers > 0),
            Level::Continuity => i64::from(problem.previous.contains(&(m, wanted))),
            Level::SameVillage => i64::from(signature.same_village(class)),
            Level::SumSqPoor => i64::from(class.poor) * (2 * poor + 1),
            Level::SameEthnicity => i64::from(signature.same_ethnicity(class)),
        };
        let change: Vec<(Level, i64)> = order.levels().iter().map(|&level| (level, by(level))).collect();
        let rank: Vec<i64> = change.iter().map(|&(level, by)| if level.more_is_better() { -by } else { by }).collect();
        found.push((rank, m, Suggestion { member: member.origin, load, change }));
    }
    found.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    Ok(found.into_iter().map(|(_, _, suggestion)| suggestion).collect())
}

/// A number of pairs as a value of a level.
fn int(pairs: usize) -> i64 {
    i64::from(super::prepare::count(pairs))
}
