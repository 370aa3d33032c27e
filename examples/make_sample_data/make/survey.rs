//! The two surveys: every household at the end of 2022, and what became of it by the end of 2023.

use super::chance::{Chance, share};
use super::names::{Person, Registry};
use super::places::{COMMUNES, Commune, Settlers};

/// The class of a household.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Class {
    Poor,
    NearPoor,
    Other,
}

/// A household in one survey.
#[derive(Clone)]
pub(crate) struct Household {
    pub(crate) commune: usize,
    pub(crate) village: usize,
    pub(crate) head: Person,
    pub(crate) persons: u32,
    pub(crate) class: Class,
    pub(crate) b1: u32,
    /// Which of the twelve indicators the household lacks, one bit each.
    pub(crate) lacks: u16,
    pub(crate) no_labour: bool,
}

impl Household {
    /// The commune's row in [`COMMUNES`].
    pub(crate) fn place(&self) -> &'static Commune {
        &COMMUNES[self.commune]
    }

    /// The village's name.
    pub(crate) fn village_name(&self) -> &'static str {
        self.place().villages[self.village].0
    }

    /// Ten points for each indicator that is lacking.
    pub(crate) fn b2(&self) -> u32 {
        10 * self.lacks.count_ones()
    }

    fn score(&mut self, chance: &mut Chance) {
        let line = self.place().line();
        let (b1, lacking) = match self.class {
            Class::Poor => (5 * chance.between(8, line / 5), chance.between(3, 8)),
            Class::NearPoor => (5 * chance.between(9, line / 5), chance.between(0, 2)),
            Class::Other => (line + 5 * chance.between(1, 46), chance.between(0, 2)),
        };
        let mut indicators: Vec<u32> = (0..12).collect();
        chance.shuffle(&mut indicators);
        self.b1 = b1;
        self.lacks = indicators.iter().zip(0..lacking).fold(0, |bits, (i, _)| bits | (1 << i));
    }
}

/// The two surveys, each in order of commune and village.
pub(crate) struct Surveys {
    pub(crate) y2022: Vec<Household>,
    pub(crate) y2023: Vec<Household>,
    /// Everybody's citizen number, so that others can be added.
    pub(crate) registry: Registry,
}

/// Persons in the district at the end of 2022, as published.
const PERSONS_2022: u32 = 78_254;

/// How many households of the district moved from one class to another during 2023. With them the
/// year ends at 4,052 poor (20.95 %) and 3,243 near-poor (16.77 %) among 19,340.
const MOVES: [(Class, Option<Class>, u32); 9] = [
    (Class::Poor, Some(Class::NearPoor), 512),
    (Class::Poor, Some(Class::Other), 489),
    (Class::Poor, None, 24),
    (Class::NearPoor, Some(Class::Poor), 38),
    (Class::NearPoor, Some(Class::Other), 930),
    (Class::NearPoor, None, 18),
    (Class::Other, Some(Class::Poor), 131),
    (Class::Other, Some(Class::NearPoor), 176),
    (Class::Other, None, 89),
];

/// Households that arrived during 2023, by class.
const ARRIVALS: [(Class, u32); 3] = [(Class::Poor, 40), (Class::NearPoor, 29), (Class::Other, 118)];

/// Makes both surveys.
pub(crate) fn surveys() -> Surveys {
    let mut registry = Registry::new(1);
    let y2022 = first_year(&mut registry);
    let y2023 = second_year(&y2022, &mut registry);
    Surveys { y2022, y2023, registry }
}

fn first_year(registry: &mut Registry) -> Vec<Household> {
    let mut chance = Chance::of(2);
    let mut all = Vec::new();
    for (index, commune) in COMMUNES.iter().enumerate() {
        let weights: Vec<u32> = commune.villages.iter().map(|_| chance.between(70, 190)).collect();
        let mut here = Vec::new();
        for (village, size) in share(commune.households, &weights).into_iter().enumerate() {
            for _ in 0..size {
                here.push(newcomer(registry, &mut chance, index, village, Class::Other));
            }
        }
        choose_classes(&mut here, commune, &mut chance);
        all.append(&mut here);
    }
    fit_persons(&mut all, &mut chance);
    all
}

fn newcomer(registry: &mut Registry, chance: &mut Chance, commune: usize, village: usize, class: Class) -> Household {
    let settlers = COMMUNES[commune].villages[village].1;
    let mut household = Household {
        commune,
        village,
        head: registry.head(settlers),
        persons: chance.between(1, 4) + chance.between(0, 3),
        class,
        b1: 0,
        lacks: 0,
        no_labour: false,
    };
    finish(&mut household, chance);
    household
}

fn finish(household: &mut Household, chance: &mut Chance) {
    household.score(chance);
    let percent = if household.class == Class::Other { 1 } else { 6 };
    household.no_labour = household.persons <= 3 && chance.percent(percent * 2);
}

/// Minority households are likelier to be poor; the numbers of each class are the commune's own.
fn choose_classes(households: &mut [Household], commune: &Commune, chance: &mut Chance) {
    let mut order: Vec<(u32, usize)> = households
        .iter()
        .enumerate()
        .map(|(i, h)| {
            let weight = match (h.head.minority(), COMMUNES[h.commune].villages[h.village].1) {
                (true, Settlers::Local | Settlers::Northern) => 4,
                (true, Settlers::Lowland) => 2,
                (false, _) => 1,
            };
            (chance.between(0, 1_000_000) / weight, i)
        })
        .collect();
    order.sort_unstable();
    let poor = (0..commune.poor).map(|_| Class::Poor);
    let near = (0..commune.near_poor).map(|_| Class::NearPoor);
    let classes: Vec<Class> = poor.chain(near).collect();
    // Among the poorest quarter the two classes are mixed, as they are in life.
    let mut mixed = classes;
    chance.shuffle(&mut mixed);
    for ((_, i), class) in order.iter().zip(mixed) {
        households[*i].class = class;
    }
    for household in households {
        finish(household, chance);
    }
}

/// Adds or takes single persons until the district has the published number.
fn fit_persons(all: &mut [Household], chance: &mut Chance) {
    let mut total: u32 = all.iter().map(|h| h.persons).sum();
    while total != PERSONS_2022 {
        let at = chance.index(all.len());
        if total < PERSONS_2022 && all[at].persons < 8 {
            all[at].persons += 1;
            total += 1;
        } else if total > PERSONS_2022 && all[at].persons > 1 {
            all[at].persons -= 1;
            total -= 1;
        }
    }
}

fn second_year(before: &[Household], registry: &mut Registry) -> Vec<Household> {
    let mut chance = Chance::of(3);
    let mut next: Vec<Option<Household>> = before.iter().cloned().map(Some).collect();
    for from in [Class::Poor, Class::NearPoor, Class::Other] {
        let mut pools: Vec<Vec<usize>> = (0..COMMUNES.len())
            .map(|c| {
                let here = |h: &Household| h.commune == c && h.class == from;
                let mut pool: Vec<usize> = (0..before.len()).filter(|&i| here(&before[i])).collect();
                chance.shuffle(&mut pool);
                pool
            })
            .collect();
        let weights: Vec<u32> = pools.iter().map(|p| u32::try_from(p.len()).unwrap_or(0)).collect();
        for (_, to, count) in MOVES.iter().filter(|m| m.0 == from) {
            for (pool, part) in pools.iter_mut().zip(share(*count, &weights)) {
                for _ in 0..part {
                    let Some(at) = pool.pop() else { continue };
                    next[at] = to.and_then(|class| moved(next[at].take(), class, &mut chance));
                }
            }
        }
    }
    let mut after: Vec<Household> = next.into_iter().flatten().collect();
    for household in &mut after {
        if chance.percent(8) {
            household.persons = (household.persons + chance.between(0, 2)).clamp(2, 9) - 1;
        }
    }
    arrive(&mut after, registry, &mut chance);
    after.sort_by_key(|h| (h.commune, h.village));
    after
}

fn moved(household: Option<Household>, class: Class, chance: &mut Chance) -> Option<Household> {
    let mut household = household?;
    household.class = class;
    household.score(chance);
    Some(household)
}

fn arrive(after: &mut Vec<Household>, registry: &mut Registry, chance: &mut Chance) {
    let weights: Vec<u32> = COMMUNES.iter().map(|c| c.households).collect();
    for (class, count) in ARRIVALS {
        for (commune, part) in share(count, &weights).into_iter().enumerate() {
            for _ in 0..part {
                let village = chance.index(COMMUNES[commune].villages.len());
                after.push(newcomer(registry, chance, commune, village, class));
            }
        }
    }
}
