//! The assignment of one small commune with the domain alone: no file, no workbook, no settings file.
//!
//! `cargo run --example one_commune`

#![expect(clippy::print_stdout, reason = "an example shows its result")]

use thoatngheo::domain::assignment::{Helper, Scope, Settings, Target, Unit, VillageIndex, assign};

const JUN: VillageIndex = VillageIndex(0);
const LE: VillageIndex = VillageIndex(1);

fn helper(key: &str, scope: Scope, own: VillageIndex) -> Helper {
    Helper { key: key.into(), scope, own_villages: vec![own], people: None, languages: Vec::new(), cap: None }
}

fn target(key: &str, village: VillageIndex, poor: bool) -> Target {
    Target { key: key.into(), village, poor, people: None, languages: Vec::new() }
}

fn main() {
    let unit = Unit {
        members: vec![
            helper("Y Bang (cell of Buôn Jun)", Scope::WholeCommune, JUN),
            helper("H Gro (cell of Buôn Lê)", Scope::WholeCommune, LE),
            helper("Nguyễn Văn An (agency twinned with Buôn Lê)", Scope::Villages(vec![LE]), LE),
        ],
        households: vec![
            target("household 1, Buôn Jun, poor", JUN, true),
            target("household 2, Buôn Jun, near-poor", JUN, false),
            target("household 3, Buôn Jun, poor", JUN, true),
            target("household 4, Buôn Lê, poor", LE, true),
            target("household 5, Buôn Lê, near-poor", LE, false),
        ],
        ..Unit::default()
    };
    match assign(&unit, &Settings::default()) {
        Ok(plan) => {
            for pair in &plan.pairs {
                let reasons: Vec<&str> = pair.reasons.iter().map(|reason| reason.name()).collect();
                println!(
                    "{} helps {} ({})",
                    unit.members[pair.member].key,
                    unit.households[pair.household].key,
                    reasons.join(", ")
                );
            }
            for (level, value) in &plan.objective {
                println!("{:<15} {value}", level.name());
            }
            println!("proved best: {}", plan.optimal);
        }
        Err(refusal) => println!("no plan: {refusal:?}"),
    }
}
