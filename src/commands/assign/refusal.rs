//! Why a commune has no plan, in words that say which rules clash and what would help.

use crate::domain::assignment::{Infeasible, InputFault, Refusal};
use crate::domain::ids::CitizenNumber;
use crate::domain::plan::{Basis, CommuneProblem};
use crate::report::wording::Words;

/// Says why a commune has no plan; a fault of the settings or the lists is said without the commune.
pub(super) fn in_words(problem: &CommuneProblem, refusal: &Refusal, basis: &Basis<'_>, words: &Words) -> String {
    let member = |at: usize| basis.members[problem.members[at]].name.to_string();
    let head = |at: usize| basis.households[problem.households[at]].head.to_string();
    let lines: Vec<String> = match refusal {
        Refusal::Input(fault) => return fault_in_words(fault, words),
        Refusal::TooLarge => vec![words.say("said", "too_large").to_owned()],
        Refusal::Infeasible(Infeasible::PinNotAllowed(pins)) => pins
            .iter()
            .map(|(link, why)| {
                let why = words.say("not_allowed", why.name());
                words.fill_in(
                    "said",
                    "pin_not_allowed",
                    &[("member", &member(link.member)), ("head", &head(link.household)), ("why", why)],
                )
            })
            .collect(),
        Refusal::Infeasible(Infeasible::CapBelowPins(members)) => members
            .iter()
            .map(|over| {
                let (pins, cap) = (over.pins.to_string(), over.cap.to_string());
                words.fill_in("said", "cap_below_pins", &[("member", &member(over.member)), ("pins", &pins), ("cap", &cap)])
            })
            .collect(),
        Refusal::Infeasible(Infeasible::TooManyChanges { least, allowed }) => {
            vec![words.fill_in("said", "too_many_changes", &[("least", &least.to_string()), ("allowed", &allowed.to_string())])]
        }
        Refusal::Infeasible(Infeasible::Shortage(shortages)) => shortages
            .iter()
            .map(|shortage| {
                let villages: Vec<String> = shortage
                    .villages
                    .iter()
                    .map(|part| {
                        let village = part
                            .households
                            .first()
                            .and_then(|at| basis.households[problem.households[*at]].place.village.as_ref());
                        format!("{} ({})", village.map_or("?", |village| village.name()), part.households.len())
                    })
                    .collect();
                let (members, room, short) =
                    (shortage.members.len().to_string(), shortage.room.to_string(), shortage.short.to_string());
                words.fill_in(
                    "said",
                    "shortage",
                    &[("villages", &villages.join(", ")), ("members", &members), ("room", &room), ("short", &short)],
                )
            })
            .collect(),
    };
    let commune = problem.commune.name();
    lines.iter().map(|line| format!("{commune}: {line}")).collect::<Vec<_>>().join("\n")
}

/// A setting or a list that contradicts itself.
fn fault_in_words(fault: &InputFault, words: &Words) -> String {
    let said = |key, name: &str| words.fill_in("said", key, &[("name", name)]);
    match fault {
        InputFault::DoubledMember(key) => said("doubled_member", &masked(key)),
        InputFault::DoubledHousehold(key) => said("doubled_household", &masked(key)),
        // Pairs are looked up before they are handed over, so that only a fault of the program can bring this about.
        InputFault::NoSuchLink(_) => words.say("said", "no_such_pair").to_owned(),
        InputFault::CapIsZero => words.say("said", "cap_is_zero").to_owned(),
        InputFault::MinHelpersIsZero => words.say("said", "min_helpers_is_zero").to_owned(),
        InputFault::Order(level) => said("order", level.name()),
    }
}

/// A key as a message may show it: an identity number keeps its ends.
fn masked(key: &str) -> String {
    CitizenNumber::parse(key).map_or_else(|| key.to_owned(), |number| number.masked())
}

/// A refusal of a question about a plan: the settings made a plan already, so that only memory can be short.
pub(super) fn of_a_question(refusal: &Refusal, words: &Words) -> String {
    match refusal {
        Refusal::Input(fault) => fault_in_words(fault, words),
        Refusal::TooLarge | Refusal::Infeasible(_) => words.say("said", "too_large").to_owned(),
    }
}
