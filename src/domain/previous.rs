//! Last year's assignment as people give it back: whom of this year's lists each row means.
//!
//! A row names both sides by number and by name. The number decides; where it is missing, broken, or that of somebody who
//! had none a year ago, the name decides in the same place, by the rules that link households of two years: only where there is
//! exactly one candidate. A number and a name that are of two different people are told and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::household::{Birth, Household};
use super::ids::Key;
use super::issue::Code;
use super::member::Member;
use super::place::village_key;
use super::plan::{Basis, DistrictPlan, PreviousPair};
use super::source::{CellRef, Source};
use super::spelling::{fold, fold_name};

/// One side of a row, as the row tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The number, or the key that a run made.
    pub key: Option<Key>,
    /// The name.
    pub name: Option<String>,
    /// What the row says of where somebody is, folded: commune and village, or organisation and cell.
    pub places: Vec<String>,
    /// The cell of the number, else of the name.
    pub cell: Option<CellRef>,
}

/// A row of last year's assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviousRow {
    /// The household.
    pub household: Told,
    /// The member.
    pub member: Told,
    /// The row.
    pub source: Source,
}

/// A row that is not used, because one of its sides cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt<'a> {
    /// The row.
    pub row: &'a PreviousRow,
    /// The side.
    pub side: &'a Told,
    /// The field of the side's number, as lists call it.
    pub field: &'static str,
    /// Why.
    pub code: Code,
    /// Whose number it is, where the name is another's.
    pub holder: Option<String>,
}

/// What last year's rows mean.
#[derive(Debug, Default)]
pub struct Meant<'a> {
    /// The pairs, under the keys of this year's lists where these have both sides.
    pub pairs: Vec<PreviousPair>,
    /// The names that the rows have for those whom this year's lists lack.
    pub names: BTreeMap<Key, String>,
    /// The sides that cannot be told.
    pub doubts: Vec<Doubt<'a>>,
}

/// What is known beside keys: for people, who ask for names and causes, and never for the plan itself.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// The names that last year's list has for those who are in no list any more.
    pub names: BTreeMap<Key, String>,
    /// Who decided a pin or an exclusion, and why.
    pub whys: BTreeMap<PreviousPair, String>,
}

/// The names behind the keys of pairs that ended.
#[derive(Debug, Default)]
pub struct Names<'a> {
    households: BTreeMap<&'a Key, &'a Household>,
    members: BTreeMap<&'a Key, &'a Member>,
    gone: Option<&'a BTreeMap<Key, String>>,
}

impl<'a> Names<'a> {
    /// Looks names up where a plan has pairs that ended.
    #[must_use]
    pub fn of(plan: &DistrictPlan, basis: &Basis<'a>) -> Self {
        if plan.continuity.as_ref().is_none_or(|continuity| continuity.ended.is_empty()) {
            return Self::default();
        }
        Self {
            households: basis.households.iter().map(|household| (&household.key, *household)).collect(),
            members: basis.members.iter().map(|member| (&member.key, member)).collect(),
            gone: basis.remarks.map(|remarks| &remarks.names),
        }
    }

    /// The household of a key, where the survey has it.
    #[must_use]
    pub fn household(&self, key: &Key) -> Option<&'a Household> {
        self.households.get(key).copied()
    }

    /// The name of a head.
    #[must_use]
    pub fn head(&self, key: &Key) -> Option<String> {
        self.household(key).map(|household| household.head.to_string()).or_else(|| self.before(key))
    }

    /// The name of a member.
    #[must_use]
    pub fn member(&self, key: &Key) -> Option<String> {
        self.members.get(key).map(|member| member.name.to_string()).or_else(|| self.before(key))
    }

    fn before(&self, key: &Key) -> Option<String> {
        self.gone?.get(key).cloned()
    }
}

/// Finds whom each row means.
#[must_use]
pub fn meant<'a>(rows: &'a [PreviousRow], households: &[&Household], members: &[Member]) -> Meant<'a> {
    let households =
        Lists::new(households.iter().map(|household| of_household(household)), rows.iter().map(|row| &row.household));
    let members = Lists::new(members.iter().map(of_member), rows.iter().map(|row| &row.member));
    let mut meant = Meant::default();
    for row in rows {
        match (households.find(&row.household), members.find(&row.member)) {
            (Ok(household), Ok(member)) => {
                let sides = [(&households, &row.household, &household), (&members, &row.member, &member)];
                let gone = sides.into_iter().filter(|(lists, _, key)| !lists.by_key.contains_key(key));
                meant.names.extend(gone.filter_map(|(_, told, key)| Some((key.clone(), told.name.clone()?))));
                meant.pairs.push(PreviousPair { household, member });
            }
            (household, member) => {
                let sides = [("household", &row.household, household.err()), ("member", &row.member, member.err())];
                meant.doubts.extend(sides.into_iter().filter_map(|(field, side, why)| {
                    let Unclear { code, holder } = why?;
                    Some(Doubt { row, side, field, code, holder })
                }));
            }
        }
    }
    meant
}

/// What a row may say of where a member is: organisation, cell, or both as an annex writes them.
#[must_use]
pub fn unit_name(member: &Member) -> String {
    let organisation = member.organisation.name();
    match &member.cell {
        Some(cell) if member.organisation.committee_of().is_some() || fold(&cell.name) == fold(organisation) => {
            cell.name.to_string()
        }
        Some(cell) => format!("{} – {organisation}", cell.name),
        None => organisation.to_owned(),
    }
}

/// Somebody of this year's lists.
struct Listed<'a> {
    key: &'a Key,
    name: &'a str,
    folded: String,
    birth: Option<Birth>,
    places: Vec<String>,
}

fn of_household(household: &Household) -> Listed<'_> {
    let village = household.place.village.as_ref().map(|village| village_key(village.name()));
    Listed {
        key: &household.key,
        name: &household.head,
        folded: fold_name(&household.head),
        birth: household.birth,
        places: village.into_iter().chain([fold(household.place.commune.name())]).collect(),
    }
}

fn of_member(member: &Member) -> Listed<'_> {
    let cell = member.cell.as_ref().map(|cell| fold(&cell.name));
    Listed {
        key: &member.key,
        name: &member.name,
        folded: fold_name(&member.name),
        birth: member.birth,
        places: cell.into_iter().chain([fold(member.organisation.name()), fold(&unit_name(member))]).collect(),
    }
}

impl Listed<'_> {
    fn is_at(&self, places: &[String]) -> bool {
        places.iter().all(|place| self.places.contains(place))
    }

    /// Whether the birth in a made key can be this one.
    fn is_born_as(&self, made: &str) -> bool {
        let rest = made.strip_prefix(&self.folded).and_then(|rest| rest.strip_prefix('.'));
        let year = rest.and_then(|rest| rest.get(..4)).and_then(|year| year.parse::<i16>().ok());
        year.zip(self.birth).is_none_or(|(year, birth)| year == birth.year())
    }
}

/// Why a side cannot be told.
struct Unclear {
    code: Code,
    holder: Option<String>,
}

/// This year's households or members, and what last year's rows say of them by number alone.
struct Lists<'a> {
    all: Vec<Listed<'a>>,
    by_key: BTreeMap<&'a Key, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// Whom a row names by the very key of this year: nobody else of last year is the same.
    named: BTreeSet<usize>,
    /// Whom a name finds for a key of last year that this year's lists lack; several keys for one are none.
    renamed: BTreeMap<Key, usize>,
}

impl<'a> Lists<'a> {
    fn new<'r>(all: impl Iterator<Item = Listed<'a>>, rows: impl Iterator<Item = &'r Told> + Clone) -> Self {
        let all: Vec<Listed<'a>> = all.collect();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, one) in all.iter().enumerate() {
            by_name.entry(one.folded.clone()).or_default().push(at);
        }
        let by_key: BTreeMap<&Key, usize> = all.iter().enumerate().map(|(at, one)| (one.key, at)).collect();
        let named = rows.clone().filter_map(|told| by_key.get(told.key.as_ref()?).copied()).collect();
        let mut lists = Self { all, by_key, by_name, named, renamed: BTreeMap::new() };
        let mut keys: BTreeMap<usize, BTreeSet<Key>> = BTreeMap::new();
        for told in rows {
            if let Some((key, at)) = lists.by_another_key(told) {
                keys.entry(at).or_default().insert(key.clone());
            }
        }
        let alone = keys.into_iter().filter_map(|(at, keys)| Some((keys.first().filter(|_| keys.len() == 1)?.clone(), at)));
        lists.renamed = alone.collect();
        lists
    }

    /// Those of the name in the place that the row tells.
    fn namesakes<'s>(&'s self, told: &'s Told) -> impl Iterator<Item = usize> + 's {
        let named = told.name.as_deref().and_then(|name| self.by_name.get(&fold_name(name)));
        named.into_iter().flatten().copied().filter(|at| self.all[*at].is_at(&told.places))
    }

    /// Somebody whom last year's list knows under a key that this year's lists lack, by name and place: a weaker rule, for
    /// those alone whose number is missing on one side.
    fn by_another_key<'r>(&self, told: &'r Told) -> Option<(&'r Key, usize)> {
        let key = told.key.as_ref().filter(|key| !self.by_key.contains_key(key) && !is_broken(key))?;
        let fits = |at: &usize| {
            let one = &self.all[*at];
            !self.named.contains(at)
                && match key {
                    Key::Citizen(_) => one.key.citizen().is_none(),
                    Key::Made(made) => one.is_born_as(made),
                }
        };
        Some((key, only(self.namesakes(told).filter(fits))?))
    }

    fn find(&self, told: &Told) -> Result<Key, Unclear> {
        let unclear = |code, holder| Err(Unclear { code, holder });
        match &told.key {
            Some(key) if self.by_key.contains_key(key) => {
                let holder = &self.all[self.by_key[key]];
                let other = told.name.as_deref().is_some_and(|name| fold_name(name) != holder.folded);
                if other && self.namesakes(told).next().is_some() {
                    return unclear(Code::PreviousName, Some(holder.name.to_owned()));
                }
                Ok(key.clone())
            }
            // Who is in no list any more keeps the key of last year, so that the pair is told as ended.
            Some(key) if !is_broken(key) => Ok(self.renamed.get(key).map_or(key, |at| self.all[*at].key).clone()),
            _ => {
                only(self.namesakes(told)).map_or_else(|| unclear(Code::PreviousUnknown, None), |at| Ok(self.all[at].key.clone()))
            }
        }
    }
}

/// Whether a key is neither a number nor one that a run made, which holds a name.
fn is_broken(key: &Key) -> bool {
    matches!(key, Key::Made(text) if !text.contains('.') && !text.chars().any(char::is_alphabetic))
}

fn only(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
#[path = "previous_tests.rs"]
mod tests;
