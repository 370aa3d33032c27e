//! Which household of one year is which household of another.
//!
//! Rules are tried in order, the surest first, and each only on what the rules before it left. A rule that goes by name
//! is used only where the citizen number is missing or unusable on one side, and only where there is exactly one
//! candidate on both sides. What remains doubtful is listed for a person to decide and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::household::{Birth, Household};
use super::ids::Key;
use super::place::{CommuneRef, Village};
use super::spelling::fold_name;

/// The rule by which two rows were found to be one household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A person decided so.
    Correction,
    /// The citizen number of the head.
    Citizen,
    /// Name, birth and village of the head.
    NameBirthVillage,
    /// Name and village of the head, the birth being unknown on one side.
    NameVillage,
}

impl Rule {
    /// The word scripts see in `matched_by`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Citizen => "citizen",
            Self::NameBirthVillage => "name_birth_village",
            Self::NameVillage => "name_village",
        }
    }
}

/// A decision of a person about two rows, named by their keys.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The household of the earlier year.
    pub earlier: Key,
    /// The household of the later year.
    pub later: Key,
    /// The same household, or two different ones.
    pub same: bool,
}

impl Decision {
    /// Whether no more than one of two decisions about the same two years can hold: one household is two others, or two
    /// households are one and the same and are not.
    fn contradicts(&self, other: &Self) -> bool {
        let (earlier, later) = (self.earlier == other.earlier, self.later == other.later);
        if self.same && other.same { earlier != later } else { self.same != other.same && earlier && later }
    }
}

/// A field in which two doubtful rows differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Birth of the head.
    Birth,
    /// Sex of the head.
    Sex,
    /// Number of persons.
    Persons,
    /// People (dân tộc) of the head.
    People,
    /// Citizen number of the head: there on one side, missing on the other.
    Citizen,
}

impl Field {
    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Persons => "persons",
            Self::People => "people",
            Self::Citizen => "citizen",
        }
    }
}

/// Two rows that are one household.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// The row of the earlier year.
    pub earlier: &'a Household,
    /// The row of the later year.
    pub later: &'a Household,
    /// How that is known.
    pub by: Rule,
}

/// A household that a rule by name could not place. It is counted as gone or arrived until a person decides.
#[derive(Clone, Debug)]
pub struct Unsure<'a> {
    /// The household of the earlier year; `None` when the doubt is about one of the later year.
    pub earlier: Option<&'a Household>,
    /// The household of the later year that nothing fits; `None` when `candidates` says what might.
    pub later: Option<&'a Household>,
    /// Households of the later year that might be this one, and in what they differ from it; none or several, or one
    /// that something speaks against.
    pub candidates: Vec<(&'a Household, Vec<Field>)>,
}

/// Every household of both years: linked, gone or arrived.
#[derive(Clone, Debug, Default)]
pub struct Linkage<'a> {
    /// Households of both years.
    pub links: Vec<Link<'a>>,
    /// Households of the earlier year alone.
    pub gone: Vec<&'a Household>,
    /// Households of the later year alone.
    pub arrived: Vec<&'a Household>,
    /// What a person should look at.
    pub unsure: Vec<Unsure<'a>>,
    /// Decisions that name a household which is not there.
    pub unused: Vec<Decision>,
    /// Decisions that cannot all hold: none of them is applied, and each comes with one that speaks against it.
    pub contradictions: Vec<(Decision, Decision)>,
}

/// Commune, village and folded name: what the rules by name look rows up by.
type NameKey<'a> = (&'a CommuneRef, Option<&'a Village>, String);

struct Matcher<'a> {
    earlier: Vec<&'a Household>,
    later: Vec<&'a Household>,
    /// For each earlier household its later one.
    forth: Vec<Option<(usize, Rule)>>,
    /// Whether a later household is taken.
    taken: Vec<bool>,
    different: BTreeSet<(Key, Key)>,
}

/// What became of the decisions that were not applied.
struct Decided {
    unused: Vec<Decision>,
    contradictions: Vec<(Decision, Decision)>,
}

/// Links two years. Neither the order of the rows nor that of the decisions matters. Communes are compared as they are:
/// across a merger bring the earlier year to the new communes first.
#[must_use]
pub fn link<'a>(
    earlier: impl IntoIterator<Item = &'a Household>,
    later: impl IntoIterator<Item = &'a Household>,
    decisions: &[Decision],
) -> Linkage<'a> {
    let sorted = |mut rows: Vec<&'a Household>| {
        rows.sort_by(|a, b| (&a.place, &a.key, &a.source).cmp(&(&b.place, &b.key, &b.source)));
        rows
    };
    let (earlier, later) = (sorted(earlier.into_iter().collect()), sorted(later.into_iter().collect()));
    let mut matcher =
        Matcher { forth: vec![None; earlier.len()], taken: vec![false; later.len()], different: BTreeSet::new(), earlier, later };
    let Decided { unused, contradictions } = matcher.by_decision(decisions);
    matcher.by_citizen();
    matcher.by_name(Rule::NameBirthVillage);
    matcher.by_name(Rule::NameVillage);
    let unsure = matcher.unsure();
    let mut linkage = Linkage { unsure, unused, contradictions, ..Linkage::default() };
    for (&earlier, forth) in matcher.earlier.iter().zip(&matcher.forth) {
        match forth {
            Some((at, by)) => linkage.links.push(Link { earlier, later: matcher.later[*at], by: *by }),
            None => linkage.gone.push(earlier),
        }
    }
    let free = matcher.later.iter().zip(&matcher.taken).filter(|(_, taken)| !**taken);
    linkage.arrived = free.map(|(later, _)| *later).collect();
    linkage
}

impl<'a> Matcher<'a> {
    fn by_decision(&mut self, decisions: &[Decision]) -> Decided {
        let places = |rows: &[&'a Household]| -> BTreeMap<&'a Key, usize> {
            rows.iter().enumerate().map(|(at, household)| (&household.key, at)).collect()
        };
        let (earlier, later) = (places(&self.earlier), places(&self.later));
        let mut sorted = decisions.to_vec();
        sorted.sort();
        sorted.dedup();
        let place = |decision: &Decision| Some((*earlier.get(&decision.earlier)?, *later.get(&decision.later)?));
        let (found, unused): (Vec<Decision>, Vec<Decision>) = sorted.into_iter().partition(|one| place(one).is_some());
        let mut contradictions = Vec::new();
        for decision in &found {
            if let Some(other) = found.iter().find(|other| other.contradicts(decision)) {
                contradictions.push((decision.clone(), other.clone()));
            } else if !decision.same {
                self.different.insert((decision.earlier.clone(), decision.later.clone()));
            } else if let Some((from, to)) = place(decision) {
                self.take(from, to, Rule::Correction);
            }
        }
        Decided { unused, contradictions }
    }

    fn take(&mut self, from: usize, to: usize, by: Rule) {
        self.forth[from] = Some((to, by));
        self.taken[to] = true;
    }

    fn free(&self) -> (Vec<usize>, Vec<usize>) {
        let from = (0..self.earlier.len()).filter(|&at| self.forth[at].is_none()).collect();
        let to = (0..self.later.len()).filter(|&at| !self.taken[at]).collect();
        (from, to)
    }

    fn by_citizen(&mut self) {
        let (from, to) = self.free();
        let mut numbers: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for at in from {
            if let Some(number) = self.earlier[at].citizen() {
                numbers.entry(number).or_default().0.push(at);
            }
        }
        for at in to {
            if let Some(number) = self.later[at].citizen() {
                numbers.entry(number).or_default().1.push(at);
            }
        }
        for (from, to) in numbers.into_values() {
            if let ([from], [to]) = (from.as_slice(), to.as_slice())
                && self.is_open(*from, *to)
            {
                self.take(*from, *to, Rule::Citizen);
            }
        }
    }

    /// Nobody said that the two are different.
    fn is_open(&self, from: usize, to: usize) -> bool {
        self.different.is_empty() || !self.different.contains(&(self.earlier[from].key.clone(), self.later[to].key.clone()))
    }

    /// Whether a person said of one of these that it is another household.
    fn is_decided(&self, from: usize, to: &[usize]) -> bool {
        to.iter().any(|&at| !self.is_open(from, at))
    }

    /// Whether a rule by name may look at the two at all.
    fn may_compare(&self, from: usize, to: usize) -> bool {
        (self.earlier[from].citizen().is_none() || self.later[to].citizen().is_none()) && self.is_open(from, to)
    }

    /// Whether a rule by name would take the two for one household.
    fn fits(&self, from: usize, to: usize, rule: Rule) -> bool {
        let (a, b) = (self.earlier[from], self.later[to]);
        let births = match (a.birth, b.birth) {
            (Some(a), Some(b)) => a.agrees(b),
            (None, _) | (_, None) => rule == Rule::NameVillage,
        };
        births && a.sex.zip(b.sex).is_none_or(|(a, b)| a == b) && self.may_compare(from, to)
    }

    /// Free households of one name in one village, where both years have one.
    fn namesakes(&self) -> Vec<(Vec<usize>, Vec<usize>)> {
        let (from, to) = self.free();
        let mut names: BTreeMap<NameKey<'a>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        let key =
            |household: &'a Household| (&household.place.commune, household.place.village.as_ref(), fold_name(&household.head));
        from.into_iter().for_each(|at| names.entry(key(self.earlier[at])).or_default().0.push(at));
        to.into_iter().for_each(|at| names.entry(key(self.later[at])).or_default().1.push(at));
        names.into_values().collect()
    }

    fn by_name(&mut self, rule: Rule) {
        for (from, to) in self.namesakes() {
            let only = |mut fitting: Box<dyn Iterator<Item = usize> + '_>| fitting.next().filter(|_| fitting.next().is_none());
            let pairs: Vec<(usize, usize)> = from
                .iter()
                .filter_map(|&a| {
                    let b = only(Box::new(to.iter().copied().filter(|&b| self.fits(a, b, rule))))?;
                    let back = only(Box::new(from.iter().copied().filter(|&a| self.fits(a, b, rule))))?;
                    (back == a).then_some((a, b))
                })
                .collect();
            pairs.into_iter().for_each(|(a, b)| self.take(a, b, rule));
        }
    }

    /// Whether two households with two numbers could still be one, of which one number is a slip: the head was born on the same day.
    fn may_be_renumbered(&self, from: usize, to: usize) -> bool {
        let (a, b) = (self.earlier[from], self.later[to]);
        let of_one_day = matches!((a.birth, b.birth), (Some(Birth::Day(a)), Some(Birth::Day(b))) if a == b);
        of_one_day && a.sex.zip(b.sex).is_none_or(|(a, b)| a == b) && self.is_open(from, to)
    }

    /// What is left and has no citizen number, or has namesakes without one or of the same day.
    fn unsure(&self) -> Vec<Unsure<'a>> {
        let mut unsure = Vec::new();
        for (from, to) in self.namesakes() {
            let mut named = BTreeSet::new();
            for &a in &from {
                let may_be = |b: &usize| self.may_compare(a, *b) || self.may_be_renumbered(a, *b);
                let open: Vec<usize> = to.iter().copied().filter(may_be).collect();
                if open.is_empty() && (self.earlier[a].citizen().is_some() || self.is_decided(a, &to)) {
                    continue;
                }
                named.extend(open.iter().copied());
                let earlier = self.earlier[a];
                let candidates = open.into_iter().map(|b| (self.later[b], differences(earlier, self.later[b]))).collect();
                unsure.push(Unsure { earlier: Some(earlier), later: None, candidates });
            }
            let decided = |at: usize| from.iter().any(|&a| self.is_decided(a, &[at]));
            let unnamed = to.iter().filter(|at| !named.contains(at) && self.later[**at].citizen().is_none() && !decided(**at));
            unsure.extend(unnamed.map(|&at| Unsure { earlier: None, later: Some(self.later[at]), candidates: Vec::new() }));
        }
        unsure
    }
}

fn differences(a: &Household, b: &Household) -> Vec<Field> {
    let told = |differ: bool, field| differ.then_some(field);
    [
        told(a.birth.zip(b.birth).is_none_or(|(a, b)| !a.agrees(b)), Field::Birth),
        told(a.sex != b.sex, Field::Sex),
        told(a.persons != b.persons, Field::Persons),
        told(a.people != b.people, Field::People),
        told(a.citizen() != b.citizen(), Field::Citizen),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
#[path = "linkage_tests.rs"]
mod tests;
