//! From flows through shared nodes to pairs of a member and a household.
//!
//! A unit of flow that runs member → hub → (crossing) → class → household says only who *some* member and
//! *some* household at each shared node are. So tokens are dealt: every node hands what comes in to what goes out. The
//! dealing keeps tokens of one member apart, so that they rarely meet the same household twice; where
//! they do, or where the pair is forbidden, [`repair`] exchanges the tails of two units that share a node. That
//! changes no load, no cover and no cost.

use std::collections::BTreeMap;

use super::build::{Link, Model};
use super::prepare::{PairIx, Problem};

/// One unit of flow through shared nodes.
#[derive(Debug, Clone, Copy)]
struct Token {
    member: u32,
    hub: usize,
    crossing: Option<usize>,
    class: usize,
    household: u32,
}

/// What the deal came to.
pub(super) struct Dealt {
    /// All pairs, the pins too, sorted.
    pub(super) pairs: Vec<PairIx>,
    /// Members whose units could not be put right.
    pub(super) conflicts: Vec<u32>,
    /// Exchanges made.
    pub(super) swaps: usize,
}

/// Turns a flow into pairs.
pub(super) fn deal(problem: &Problem, model: &Model, flow: &[u32]) -> Dealt {
    let mut held: Vec<Vec<u32>> = problem.members.iter().map(|member| member.pins.clone()).collect();
    for &(arc, (m, h)) in &model.pairs {
        if flow[arc] > 0 {
            held[m as usize].push(h);
        }
    }
    let mut units = units(problem, model, flow);
    for unit in &units {
        held[unit.member as usize].push(unit.household);
    }
    let (conflicts, swaps) = repair(problem, &mut units, &mut held);
    let mut pairs: Vec<PairIx> = Vec::new();
    for (m, households) in (0_u32..).zip(held) {
        pairs.extend(households.into_iter().map(|h| (m, h)));
    }
    pairs.sort_unstable();
    Dealt { pairs, conflicts, swaps }
}

/// Each item as often as it is counted, in rounds: first every item once, then those with a second, and so on.
fn rounds(mut counted: Vec<(u32, u32)>) -> Vec<u32> {
    let mut out = Vec::new();
    while !counted.is_empty() {
        for (item, left) in &mut counted {
            out.push(*item);
            *left -= 1;
        }
        counted.retain(|(_, left)| *left > 0);
    }
    out
}

/// The units of flow, dealt.
fn units(problem: &Problem, model: &Model, flow: &[u32]) -> Vec<Token> {
    let mut at_crossing: Vec<Vec<(u32, usize)>> = vec![Vec::new(); model.crossings];
    let mut at_class: Vec<Vec<(u32, usize, Option<usize>)>> = vec![Vec::new(); problem.classes.len()];
    let (to_class, to_crossing) = (by_source(&model.hub_to_class), by_source(&model.hub_to_crossing));
    for (hub, tokens) in hub_tokens(model, flow) {
        let mut tokens = tokens.into_iter();
        for link in to_class.get(&hub).into_iter().flatten() {
            at_class[link.to].extend(tokens.by_ref().take(flow[link.arc] as usize).map(|m| (m, hub, None)));
        }
        for link in to_crossing.get(&hub).into_iter().flatten() {
            at_crossing[link.to].extend(tokens.by_ref().take(flow[link.arc] as usize).map(|m| (m, hub)));
        }
    }
    let from_crossing = by_source(&model.crossing_to_class);
    for (crossing, tokens) in at_crossing.into_iter().enumerate() {
        let mut tokens = tokens.into_iter();
        for link in from_crossing.get(&crossing).into_iter().flatten() {
            let taken = tokens.by_ref().take(flow[link.arc] as usize);
            at_class[link.to].extend(taken.map(|(m, hub)| (m, hub, Some(crossing))));
        }
    }
    let to_cluster = by_source(&model.class_to_cluster);
    let mut units = Vec::new();
    for (class, mut tokens) in at_class.into_iter().enumerate() {
        let mut slots = Vec::new();
        for link in to_cluster.get(&class).into_iter().flatten() {
            let households = &model.clusters[link.to].households;
            slots.extend(shares(households, flow[link.arc], 0));
        }
        slots.retain(|(_, n)| *n > 0);
        // Tokens of one member stand together, and neighbours get different households.
        tokens.sort_unstable();
        for ((member, hub, crossing), household) in tokens.into_iter().zip(rounds(slots)) {
            units.push(Token { member, hub, crossing, class, household });
        }
    }
    units
}

fn by_source(links: &[Link]) -> BTreeMap<usize, Vec<Link>> {
    let mut map: BTreeMap<usize, Vec<Link>> = BTreeMap::new();
    for &link in links {
        map.entry(link.from).or_default().push(link);
    }
    map
}

/// `units` dealt to equals one by one, beginning with the `start`th: each gets the mean, rounded down or up.
fn shares(among: &[u32], units: u32, start: u32) -> Vec<(u32, u32)> {
    let n = super::prepare::count(among.len());
    let (each, rest) = (units / n, units % n);
    let extra = |at: u32| u32::from((at + n - start % n) % n < rest);
    (0..n).zip(among).map(|(at, &who)| (who, each + extra(at))).collect()
}

/// The members' tokens at each hub. The poor units of a group are dealt first and the near-poor ones go on where they
/// ended, so that both the poor and all households of each member are the mean, rounded down or up.
fn hub_tokens(model: &Model, flow: &[u32]) -> BTreeMap<usize, Vec<u32>> {
    let mut poor_units = vec![0; model.groups.len()];
    let is_poor = |link: &Link| Some(model.network.tail[link.arc]) == model.groups[link.from].poor_node;
    for link in model.group_to_hub.iter().filter(|link| is_poor(link)) {
        poor_units[link.from] = flow[link.arc];
    }
    let mut counted: BTreeMap<usize, Vec<(u32, u32)>> = BTreeMap::new();
    for link in &model.group_to_hub {
        let start = if is_poor(link) { 0 } else { poor_units[link.from] };
        let shares = shares(&model.groups[link.from].members, flow[link.arc], start);
        counted.entry(link.to).or_default().extend(shares.into_iter().filter(|(_, n)| *n > 0));
    }
    counted.into_iter().map(|(hub, counted)| (hub, rounds(counted))).collect()
}

/// Units by the shared nodes they run through.
struct Meetings {
    hub: BTreeMap<usize, Vec<usize>>,
    crossing: BTreeMap<usize, Vec<usize>>,
    class: BTreeMap<usize, Vec<usize>>,
}

/// Where two units meet.
#[derive(Clone, Copy)]
enum Meeting {
    Hub,
    Crossing,
    Class,
}

/// Exchanges tails until no pair is forbidden or doubled, as far as single exchanges go.
fn repair(problem: &Problem, units: &mut [Token], held: &mut [Vec<u32>]) -> (Vec<u32>, usize) {
    let wrong = |unit: &Token, held: &[Vec<u32>]| {
        let (m, h) = (unit.member, unit.household);
        !problem.allowed(m, h) || held[m as usize].iter().filter(|&&other| other == h).count() > 1
    };
    let broken: Vec<usize> = (0..units.len()).filter(|&at| wrong(&units[at], held)).collect();
    if broken.is_empty() {
        return (Vec::new(), 0);
    }
    let mut meetings = Meetings { hub: BTreeMap::new(), crossing: BTreeMap::new(), class: BTreeMap::new() };
    for (at, unit) in units.iter().enumerate() {
        meetings.hub.entry(unit.hub).or_default().push(at);
        if let Some(crossing) = unit.crossing {
            meetings.crossing.entry(crossing).or_default().push(at);
        }
        meetings.class.entry(unit.class).or_default().push(at);
    }
    let mut conflicts = Vec::new();
    let mut swaps = 0;
    for at in broken {
        if !wrong(&units[at], held) {
            continue;
        }
        match partner(problem, units, held, &meetings, at) {
            Some((other, meeting)) => {
                exchange(units, held, &mut meetings, (at, other), meeting);
                swaps += 1;
            }
            None => conflicts.push(units[at].member),
        }
    }
    conflicts.sort_unstable();
    conflicts.dedup();
    (conflicts, swaps)
}

/// A unit that shares a node with this one, such that both pairs are right after the exchange.
fn partner(problem: &Problem, units: &[Token], held: &[Vec<u32>], meetings: &Meetings, at: usize) -> Option<(usize, Meeting)> {
    let unit = units[at];
    let fits = |m: u32, h: u32| problem.allowed(m, h) && !held[m as usize].contains(&h);
    let good = |other: &usize| {
        let with = units[*other];
        fits(unit.member, with.household) && fits(with.member, unit.household)
    };
    let find = |list: Option<&Vec<usize>>| list.and_then(|list| list.iter().copied().find(good));
    find(meetings.class.get(&unit.class))
        .map(|other| (other, Meeting::Class))
        .or_else(|| find(meetings.hub.get(&unit.hub)).map(|other| (other, Meeting::Hub)))
        .or_else(|| {
            let crossing = unit.crossing?;
            find(meetings.crossing.get(&crossing)).map(|other| (other, Meeting::Crossing))
        })
}

fn exchange(units: &mut [Token], held: &mut [Vec<u32>], meetings: &mut Meetings, (a, b): (usize, usize), meeting: Meeting) {
    let (one, two) = (units[a], units[b]);
    replace(&mut held[one.member as usize], one.household, two.household);
    replace(&mut held[two.member as usize], two.household, one.household);
    match meeting {
        Meeting::Class => {
            units[a].household = two.household;
            units[b].household = one.household;
        }
        Meeting::Hub => {
            units[a].member = two.member;
            units[b].member = one.member;
        }
        Meeting::Crossing => {
            units[a] = Token { member: two.member, hub: two.hub, ..one };
            units[b] = Token { member: one.member, hub: one.hub, ..two };
            if one.hub != two.hub {
                for (hub, old, new) in [(one.hub, a, b), (two.hub, b, a)] {
                    if let Some(list) = meetings.hub.get_mut(&hub) {
                        replace(list, old, new);
                    }
                }
            }
        }
    }
}

/// Replaces one occurrence.
fn replace<T: PartialEq>(list: &mut [T], old: T, new: T) {
    if let Some(place) = list.iter_mut().find(|item| **item == old) {
        *place = new;
    }
}
