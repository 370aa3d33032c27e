//! Why a commune has no plan, in words that say which rules clash and what would help.

use crate::domain::assignment::clash::{Clash, Rule};
use crate::domain::assignment::{CapBelowPins, Infeasible, InputFault, Link, NotAllowed, Refusal, Shortage, VillageShortage};
use crate::domain::ids::CitizenNumber;
use crate::domain::pins::{Idle, Without};
use crate::domain::plan::{Basis, CommuneProblem, Refused};
use crate::report::wording::Words;

/// The most households short of helpers that are named by their heads; more are counted.
const NAMED_HEADS: usize = 6;

/// Says why a commune has no plan: what is wrong, and the smallest set of rules that bring it about. A fault of the settings or
/// the lists is said without the commune.
pub(super) fn in_words(refused: &Refused, basis: &Basis<'_>, words: &Words) -> String {
    let told = Told { problem: &refused.problem, basis, words };
    let lines = match &refused.refusal {
        Refusal::Input(fault) => return fault_in_words(fault, words),
        Refusal::TooLarge => vec![words.say("said", "too_large").to_owned()],
        Refusal::Infeasible(why) if refused.clashes.is_empty() => told.infeasible(why),
        Refusal::Infeasible(_) => refused.clashes.iter().flat_map(|clash| told.clash(clash)).collect(),
    };
    let commune = refused.problem.commune.name();
    lines.iter().map(|line| format!("{commune}: {line}")).collect::<Vec<_>>().join("\n")
}

/// A commune that has no plan, told with the names of its people.
struct Told<'a> {
    problem: &'a CommuneProblem,
    basis: &'a Basis<'a>,
    words: &'a Words,
}

impl Told<'_> {
    fn member(&self, at: usize) -> &str {
        &self.basis.members[self.problem.members[at]].name
    }

    fn head(&self, at: usize) -> &str {
        &self.basis.households[self.problem.households[at]].head
    }

    /// What is wrong, and as the last line the rules that clash.
    fn clash(&self, clash: &Clash) -> Vec<String> {
        let mut lines = self.infeasible(&clash.why);
        let rules: Vec<String> = clash.rules.iter().map(|rule| self.rule(rule)).collect();
        let key = if rules.len() == 1 { "clash_of_one" } else { "clash" };
        lines.push(self.words.fill_in("said", key, &[("rules", &rules.join("; "))]));
        lines
    }

    fn rule(&self, rule: &Rule) -> String {
        let pair = |key, link: &Link| {
            let values = [("member", self.member(link.member)), ("head", self.head(link.household))];
            self.words.fill_in("rule", key, &values)
        };
        let setting = |key, count: u32| self.words.fill_in("rule", key, &[("count", &count.to_string())]);
        match rule {
            Rule::Pin(link) => pair("pin", link),
            Rule::Exclusion(link) => pair("exclusion", link),
            Rule::CapOf(member, cap) => {
                self.words.fill_in("rule", "cap_of", &[("member", self.member(*member)), ("count", &cap.to_string())])
            }
            Rule::MinHelpers(least) => setting("min_helpers", *least),
            Rule::MaxChanges(most) => setting("max_changes", *most),
            Rule::Cap(cap) => setting("cap", *cap),
        }
    }

    fn infeasible(&self, why: &Infeasible) -> Vec<String> {
        let words = self.words;
        match why {
            Infeasible::PinNotAllowed(pins) => {
                let said = |(link, why): &(Link, NotAllowed)| {
                    let why = words.say("not_allowed", why.name());
                    let values = [("member", self.member(link.member)), ("head", self.head(link.household)), ("why", why)];
                    words.fill_in("said", "pin_not_allowed", &values)
                };
                pins.iter().map(said).collect()
            }
            Infeasible::CapBelowPins(members) => {
                let said = |over: &CapBelowPins| {
                    let (pins, cap) = (over.pins.to_string(), over.cap.to_string());
                    let values = [("member", self.member(over.member)), ("pins", &*pins), ("cap", &*cap)];
                    words.fill_in("said", "cap_below_pins", &values)
                };
                members.iter().map(said).collect()
            }
            Infeasible::TooManyChanges { least, allowed } => {
                let values = [("least", &*least.to_string()), ("allowed", &*allowed.to_string())];
                vec![words.fill_in("said", "too_many_changes", &values)]
            }
            Infeasible::Shortage(shortages) => shortages.iter().map(|shortage| self.shortage(shortage)).collect(),
        }
    }

    /// Households whose helpers have too little room, village by village.
    fn shortage(&self, shortage: &Shortage) -> String {
        let few = shortage.villages.iter().map(|part| part.households.len()).sum::<usize>() <= NAMED_HEADS;
        let village = |part: &VillageShortage| {
            let first = part.households.first().map(|at| self.basis.households[self.problem.households[*at]]);
            let village = first.and_then(|household| household.place.village.as_ref());
            let village = village.map_or("?", |village| village.name());
            let heads: Vec<&str> = part.households.iter().map(|at| self.head(*at)).collect();
            if few { format!("{village} ({})", heads.join(", ")) } else { format!("{village} ({})", heads.len()) }
        };
        let villages: Vec<String> = shortage.villages.iter().map(village).collect();
        let (members, room, short) = (shortage.members.len().to_string(), shortage.room.to_string(), shortage.short.to_string());
        let values = [("villages", &*villages.join(", ")), ("members", &members), ("room", &room), ("short", &short)];
        self.words.fill_in("said", "shortage", &values)
    }
}

/// A pin or an exclusion that no plan can hold.
pub(super) fn idle(idle: &Idle, basis: &Basis<'_>, words: &Words) -> String {
    let member = basis.members.iter().find(|member| member.key == idle.pair.member);
    let member = member.map_or_else(|| idle.pair.member.masked(), |member| member.name.to_string());
    let head = basis.households.iter().find(|household| household.key == idle.pair.household);
    let head = head.map_or_else(|| idle.pair.household.masked(), |household| household.head.to_string());
    let why = match idle.why {
        Without::MemberOut(why) => words.say("excluded", why.word()),
        Without::NoMember | Without::NoHousehold | Without::NotTarget | Without::OtherCommune => {
            words.say("without", idle.why.word())
        }
    };
    let key = if idle.pin { "pin_idle" } else { "exclusion_idle" };
    let said = words.fill_in("said", key, &[("member", &member), ("head", &head), ("why", why)]);
    let near = idle.nearest.as_ref().map(|key| words.fill_in("said", "pin_near", &[("key", &key.masked())]));
    format!("{said}{}", near.unwrap_or_default())
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
