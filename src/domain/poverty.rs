//! Rates of poor and near-poor households: counts are summed first and divided once.
//!
//! A commune with a full survey is its own denominator. One with only the state list of the poor takes the totals
//! table of its commune, or the sum of its villages there. One with neither list has the counts of the totals table.
//! What nobody counted is `None`, is passed on to every sum that it belongs to, and never becomes zero.

use std::collections::{BTreeMap, BTreeSet};

use super::place::{CommuneRef, Village};
use super::rate::{Hundredths, Share};
use super::standard::Standard;
use super::tally::{By, CommuneTally, Group, Tallies, Tally};
use super::totals::AreaTotal;

/// Households and persons of a row; `None` is "not counted by anybody".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All households: the denominator.
    pub households: Option<u64>,
    /// All persons.
    pub persons: Option<u64>,
    /// Poor households.
    pub poor: Option<u64>,
    /// Near-poor households.
    pub near_poor: Option<u64>,
    /// Persons in poor households.
    pub poor_persons: Option<u64>,
    /// Persons in near-poor households.
    pub near_poor_persons: Option<u64>,
}

/// Printed percentages of a row; each is `None` without its counts or its denominator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Percents {
    /// Poor.
    pub poor: Option<Hundredths>,
    /// Near-poor.
    pub near_poor: Option<Hundredths>,
    /// Both together, from the counts: adding the two rounded rates would be off by 0.01 in a third of the rows.
    pub both: Option<Hundredths>,
}

/// Differences to an earlier year in percentage points, of the printed percentages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Poor.
    pub poor_points: Option<Hundredths>,
    /// Near-poor.
    pub near_poor_points: Option<Hundredths>,
    /// Both together.
    pub both_points: Option<Hundredths>,
}

impl Counts {
    /// The counts of a list of every household.
    fn of_survey(tally: Tally) -> Self {
        let all = tally.all();
        Self { households: Some(all.households), persons: Some(all.persons), ..Self::of_state_list(tally) }
    }

    /// The counts of a list of the poor and the near-poor only: it never tells the denominator.
    fn of_state_list(tally: Tally) -> Self {
        Self {
            households: None,
            persons: None,
            poor: Some(tally.poor.households),
            near_poor: Some(tally.near_poor.households),
            poor_persons: Some(tally.poor.persons),
            near_poor_persons: Some(tally.near_poor.persons),
        }
    }

    /// The counts of a row of a totals table.
    fn of_totals(total: &AreaTotal) -> Self {
        Self {
            households: total.households,
            persons: total.persons,
            poor: total.poor,
            near_poor: total.near_poor,
            poor_persons: total.poor_persons,
            near_poor_persons: total.near_poor_persons,
        }
    }

    fn zip(self, other: Self, join: impl Fn(Option<u64>, Option<u64>) -> Option<u64>) -> Self {
        Self {
            households: join(self.households, other.households),
            persons: join(self.persons, other.persons),
            poor: join(self.poor, other.poor),
            near_poor: join(self.near_poor, other.near_poor),
            poor_persons: join(self.poor_persons, other.poor_persons),
            near_poor_persons: join(self.near_poor_persons, other.near_poor_persons),
        }
    }

    /// Fills what is unknown here from a second source.
    fn or(self, other: Self) -> Self {
        self.zip(other, Option::or)
    }

    /// The sum of parts. A sum is known only if every part is, and a sum of nothing is unknown.
    #[must_use]
    pub fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        let add = |a: Option<u64>, b: Option<u64>| a?.checked_add(b?);
        parts.into_iter().reduce(|a, b| a.zip(b, add)).unwrap_or_default()
    }

    /// Percentages of households.
    #[must_use]
    pub fn percents(&self) -> Percents {
        percents(self.poor, self.near_poor, self.households)
    }

    /// Percentages of persons.
    #[must_use]
    pub fn person_percents(&self) -> Percents {
        percents(self.poor_persons, self.near_poor_persons, self.persons)
    }

    /// The poor households as a share, for goals; `None` where they were not counted.
    #[must_use]
    pub fn poor_share(&self) -> Option<Share> {
        self.poor.map(|part| Share { part, whole: self.households })
    }

    /// The near-poor households as a share, for goals.
    #[must_use]
    pub fn near_poor_share(&self) -> Option<Share> {
        self.near_poor.map(|part| Share { part, whole: self.households })
    }
}

fn percents(poor: Option<u64>, near_poor: Option<u64>, whole: Option<u64>) -> Percents {
    let percent = |part: Option<u64>| Share { part: part?, whole }.percent();
    let both = poor.and_then(|poor| poor.checked_add(near_poor?));
    Percents { poor: percent(poor), near_poor: percent(near_poor), both: percent(both) }
}

impl Percents {
    /// The change since earlier percentages; `None` where not one of the three can be compared. The caller sees to it
    /// that both are of one standard.
    #[must_use]
    pub fn change_since(&self, earlier: &Self) -> Option<Change> {
        let points = |now: Option<Hundredths>, before: Option<Hundredths>| now?.minus(before?);
        let change = Change {
            poor_points: points(self.poor, earlier.poor),
            near_poor_points: points(self.near_poor, earlier.near_poor),
            both_points: points(self.both, earlier.both),
        };
        let nothing = change.poor_points.is_none() && change.near_poor_points.is_none() && change.both_points.is_none();
        (!nothing).then_some(change)
    }
}

/// One row of a table of rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateRow {
    /// The grouping that the row belongs to.
    pub by: By,
    /// The commune, in rows by commune and by village.
    pub commune: Option<CommuneRef>,
    /// The village, in rows by village; `None` there holds the households whose village is not told.
    pub village: Option<Village>,
    /// The group, in rows by a group.
    pub group: Option<Group>,
    /// The counts.
    pub counts: Counts,
    /// The change on the year before, where it is known and of the same standard.
    pub change: Option<Change>,
    /// The counts of the year before that the change is on; `None` where it is on published rates or there is none.
    pub before: Option<Counts>,
}

impl RateRow {
    fn new(by: By, counts: Counts) -> Self {
        Self { by, commune: None, village: None, group: None, counts, change: None, before: None }
    }

    fn key(&self) -> (By, Option<&CommuneRef>, Option<&Village>, Option<Group>) {
        (self.by, self.commune.as_ref(), self.village.as_ref(), self.group)
    }
}

/// The rows of a year: the district first, then each grouping once, in the order asked for. Within a grouping communes
/// follow their codes, villages their names, groups a fixed order.
#[must_use]
pub fn rates(tallies: &Tallies, totals: &[AreaTotal], by: &[By]) -> Vec<RateRow> {
    let district = District::new(tallies, totals);
    let mut rows = Vec::new();
    let mut done = BTreeSet::new();
    for by in std::iter::once(By::District).chain(by.iter().copied()) {
        if done.insert(by) {
            district.rows(by, &mut rows);
        }
    }
    rows
}

/// Fills the changes of rows from the rows of an earlier year; nothing is compared across two standards.
pub fn compare(rows: &mut [RateRow], standard: Standard, earlier: &[RateRow], earlier_standard: Standard) {
    if standard != earlier_standard {
        return;
    }
    let before: BTreeMap<_, _> = earlier.iter().map(|row| (row.key(), row.counts)).collect();
    for row in rows {
        row.before = before.get(&row.key()).copied();
        row.change = row.before.and_then(|before| row.counts.percents().change_since(&before.percents()));
    }
}

/// The rows of one commune in the totals tables.
#[derive(Default)]
struct TotalsOf<'a> {
    own: Option<&'a AreaTotal>,
    villages: BTreeMap<&'a Village, &'a AreaTotal>,
}

impl TotalsOf<'_> {
    /// The counts of the commune: its own row, filled up by the sum of its villages.
    fn counts(&self) -> Counts {
        let villages = Counts::sum(self.villages.values().map(|total| Counts::of_totals(total)));
        self.own.map(Counts::of_totals).unwrap_or_default().or(villages)
    }
}

/// Everything about one commune.
struct Area<'a> {
    lists: Option<&'a CommuneTally>,
    totals: TotalsOf<'a>,
}

impl Area<'_> {
    fn counts(&self) -> Counts {
        match self.lists {
            Some(CommuneTally { survey: Some(survey), .. }) => Counts::of_survey(survey.total),
            Some(CommuneTally { survey: None, state_list: Some(list) }) => {
                let totals = self.totals.counts();
                Counts { households: totals.households, persons: totals.persons, ..Counts::of_state_list(list.total) }
            }
            Some(CommuneTally { survey: None, state_list: None }) | None => self.totals.counts(),
        }
    }

    /// The villages in order, those of unknown name last.
    fn villages(&self) -> Vec<(Option<Village>, Counts)> {
        let mut rows: BTreeMap<(bool, Option<Village>), Counts> = BTreeMap::new();
        let key = |village: Option<&Village>| (village.is_none(), village.cloned());
        let survey = self.lists.and_then(|lists| lists.survey.as_ref());
        let state_list = self.lists.and_then(|lists| lists.state_list.as_ref());
        if let Some(survey) = survey {
            for (village, tally) in &survey.villages {
                rows.insert(key(village.as_ref()), Counts::of_survey(*tally));
            }
        } else if let Some(list) = state_list {
            // A village that the list does not name has no poor household, unless some rows name no village at all.
            let unnamed =
                if list.villages.contains_key(&None) { Counts::default() } else { Counts::of_state_list(Tally::default()) };
            for (village, total) in &self.totals.villages {
                rows.insert(key(Some(village)), Counts { households: total.households, persons: total.persons, ..unnamed });
            }
            for (village, tally) in &list.villages {
                let row = rows.entry(key(village.as_ref())).or_default();
                *row = Counts { households: row.households, persons: row.persons, ..Counts::of_state_list(*tally) };
            }
        } else {
            for (village, total) in &self.totals.villages {
                rows.insert(key(Some(village)), Counts::of_totals(total));
            }
        }
        rows.into_iter().map(|((_, village), counts)| (village, counts)).collect()
    }

    /// The counts of a group; without a household list nobody counted it.
    fn group(&self, group: Group) -> Counts {
        let of = |groups: &BTreeMap<Group, Tally>| groups.get(&group).copied().unwrap_or_default();
        match self.lists {
            Some(CommuneTally { survey: Some(survey), .. }) => Counts::of_survey(of(&survey.groups)),
            Some(CommuneTally { survey: None, state_list: Some(list) }) => Counts::of_state_list(of(&list.groups)),
            Some(CommuneTally { survey: None, state_list: None }) | None => Counts::default(),
        }
    }

    /// The groups that the list which counts has.
    fn groups(&self) -> impl Iterator<Item = Group> {
        let list = self.lists.and_then(|lists| lists.survey.as_ref().or(lists.state_list.as_ref()));
        list.into_iter().flat_map(|list| list.groups.keys().copied())
    }
}

struct District<'a>(BTreeMap<&'a CommuneRef, Area<'a>>);

impl<'a> District<'a> {
    fn new(tallies: &'a Tallies, totals: &'a [AreaTotal]) -> Self {
        let area = |lists| Area { lists, totals: TotalsOf::default() };
        let mut areas: BTreeMap<&CommuneRef, Area<'_>> =
            tallies.communes().iter().map(|(commune, lists)| (commune, area(Some(lists)))).collect();
        let mut ordered: Vec<&AreaTotal> = totals.iter().collect();
        ordered.sort_by(|a, b| a.source.cmp(&b.source));
        for total in ordered {
            let known = &mut areas.entry(&total.place.commune).or_insert_with(|| area(None)).totals;
            match &total.place.village {
                Some(village) => {
                    known.villages.entry(village).or_insert(total);
                }
                None => {
                    known.own.get_or_insert(total);
                }
            }
        }
        Self(areas)
    }

    fn rows(&self, by: By, rows: &mut Vec<RateRow>) {
        match by {
            By::District => rows.push(RateRow::new(by, Counts::sum(self.0.values().map(Area::counts)))),
            By::Commune => rows.extend(
                self.0
                    .iter()
                    .map(|(&commune, area)| RateRow { commune: Some(commune.clone()), ..RateRow::new(by, area.counts()) }),
            ),
            By::Village => rows.extend(self.0.iter().flat_map(|(&commune, area)| {
                let row =
                    move |(village, counts)| RateRow { commune: Some(commune.clone()), village, ..RateRow::new(by, counts) };
                area.villages().into_iter().map(row)
            })),
            By::Ethnicity | By::Minority | By::Sex | By::NoLabour | By::OldAlone => {
                let groups: BTreeSet<Group> = self.0.values().flat_map(Area::groups).filter(|group| group.by() == by).collect();
                rows.extend(groups.into_iter().map(|group| RateRow {
                    group: Some(group),
                    ..RateRow::new(by, Counts::sum(self.0.values().map(|area| area.group(group))))
                }));
            }
        }
    }
}

#[cfg(test)]
#[path = "poverty_tests.rs"]
mod tests;
