//! Time of the assignment by size, beside the limit it is compared with: `cargo bench --bench assign`.
//!
//! Each size is solved for a first year, without last year's pairs, and for a second one in which 70 % of the first
//! plan are last year's pairs. The province is 180 communes on two threads. Everything is synthetic and the
//! same in every run.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

use std::time::{Duration, Instant};

use rayon::prelude::*;
use thoatngheo::domain::assignment::{Helper, Link, Scope, Settings, Target, Unit, VillageIndex, assign};

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(n)).unwrap_or(0)
    }
}

/// A commune: 55 % of the members may go anywhere, the others to one to three villages; five peoples; some caps,
/// own households and exclusions.
fn unit(members: u32, households: u32, villages: u32, seed: u64) -> Unit {
    let mut dice = Dice(seed);
    // Peoples live together: each village has a main one.
    let people_of = |dice: &mut Dice, village: u32| {
        let other = dice.below(5);
        Some(u16::try_from(if dice.below(4) == 0 { other } else { village % 5 }).unwrap_or(0))
    };
    let mut unit = Unit::default();
    for i in 0..members {
        let village = dice.below(villages);
        let mut own_villages = vec![VillageIndex(village)];
        let scope = if dice.below(100) < 55 {
            Scope::WholeCommune
        } else {
            own_villages.extend((0..dice.below(3)).map(|step| VillageIndex((village + step * 7 + 1) % villages)));
            Scope::Villages(own_villages.clone())
        };
        let people = people_of(&mut dice, village);
        let cap = (dice.below(20) == 0).then(|| households / members + 2 + dice.below(3));
        unit.members.push(Helper { key: format!("{i:06}"), scope, own_villages, people, languages: Vec::new(), cap });
    }
    for i in 0..households {
        let village = dice.below(villages);
        let people = people_of(&mut dice, village);
        let poor = dice.below(5) < 3;
        let languages = Vec::new();
        unit.households.push(Target { key: format!("{i:06}"), village: VillageIndex(village), poor, people, languages });
    }
    let mut some = |n: u32| -> Vec<Link> {
        let mut one = |n: u32| usize::try_from(dice.below(n)).unwrap_or(0);
        (0..n).map(|_| Link { member: one(members), household: one(households) }).collect()
    };
    unit.own_households = some(members / 20);
    unit.exclusions = some(members / 50);
    unit
}

/// The next year: most of the plan's pairs are last year's.
fn next_year(unit: &Unit, seed: u64) -> Unit {
    let mut dice = Dice(seed);
    let mut next = unit.clone();
    if let Ok(plan) = assign(unit, &Settings::default()) {
        let kept = plan.pairs.iter().filter(|_| dice.below(10) < 7);
        next.previous = kept.map(|pair| Link { member: pair.member, household: pair.household }).collect();
    }
    next
}

fn timed(unit: &Unit, runs: usize) -> (Duration, String) {
    let mut times = Vec::new();
    let mut what = String::new();
    for _ in 0..runs {
        let start = Instant::now();
        let plan = assign(unit, &Settings::default());
        times.push(start.elapsed());
        what = match plan {
            Ok(plan) => format!(
                "{} pairs, optimal {}, {} nodes, {} arcs, {} pivots, {} rounds, {} swaps, {} explicit, {:?}",
                plan.pairs.len(),
                plan.optimal,
                plan.effort.nodes,
                plan.effort.arcs,
                plan.effort.pivots,
                plan.effort.rounds,
                plan.effort.swaps,
                plan.effort.explicit_members,
                plan.objective.iter().map(|(_, value)| *value).collect::<Vec<_>>()
            ),
            Err(refusal) => format!("{refusal:?}").chars().take(200).collect(),
        };
    }
    times.sort();
    (times[times.len() / 2], what)
}

fn main() {
    let sizes = [
        ("commune", 500, 200, 10, 10, 7),
        ("commune, short of members", 200, 1_200, 12, 20, 7),
        ("large commune", 2_546, 592, 20, 100, 3),
        ("quarter of the giant", 5_000, 2_500, 50, 500, 3),
        ("half of the giant", 10_000, 5_000, 75, 1_000, 3),
        ("giant", 20_000, 10_000, 100, 2_000, 3),
    ];
    println!("{:<28} {:>12} {:>12} {:>8}", "size (members x households)", "first year", "second year", "limit");
    for (name, members, households, villages, limit, runs) in sizes {
        let first = unit(members, households, villages, 42);
        let second = next_year(&first, 43);
        let (one, how) = timed(&first, runs);
        let (two, again) = timed(&second, runs);
        println!("{name} {members} x {households}: {one:.1?}, {two:.1?}; limit {limit} ms");
        println!("    first:  {how}\n    second: {again}");
    }
    let start = Instant::now();
    let build: Vec<Unit> = (0..180_u64)
        .into_par_iter()
        .map(|seed| {
            let size = 900 + Dice(seed).below(3_700);
            next_year(&unit(size, size / 5, 20, seed), seed)
        })
        .collect();
    println!("province made in {:.1?}", start.elapsed());
    let start = Instant::now();
    let solved: Vec<_> = build.par_iter().map(|unit| assign(unit, &Settings::default())).collect();
    let members: usize = build.iter().map(|unit| unit.members.len()).sum();
    let households: usize = build.iter().map(|unit| unit.households.len()).sum();
    let proved = solved.iter().flatten().filter(|plan| plan.optimal).count();
    println!("province {members} x {households}: {:.1?}, {proved} of {} proved; limit 9000 ms", start.elapsed(), solved.len());
}
