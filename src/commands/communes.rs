//! The part of one commune of the yearly report: what is sent to the commune, made from its own rows only.

use std::collections::{BTreeMap, BTreeSet};

use super::input::Loaded;
use super::{coverage, pledges, report};
use crate::domain::coverage::coverage as sums_of;
use crate::domain::household::Household;
use crate::domain::ids::Key;
use crate::domain::place::CommuneRef;
use crate::domain::plan::{Basis, CommunePlan, DistrictPlan};
use crate::domain::pledge::{Giver, Pledge};
use crate::domain::pledges::{GivingBy, pledge_sums};
use crate::domain::support::Support;
use crate::domain::survey::Roster;
use crate::domain::year_rates::YearRates;
use crate::report::audience::{Audience, mask};
use crate::report::table::{Report, Table};
use crate::report::views;
use crate::report::wording::Words;

/// The rows of the year, commune by commune.
pub(super) struct Communes<'a> {
    households: BTreeMap<&'a CommuneRef, Vec<&'a Household>>,
    supports: BTreeMap<&'a CommuneRef, Vec<&'a Support>>,
    named: BTreeSet<&'a CommuneRef>,
}

/// What was computed of the whole year.
#[derive(Clone, Copy)]
pub(super) struct Computed<'a> {
    /// Rates, with their rows by commune and by village.
    pub rates: Option<&'a YearRates>,
    /// The assignment.
    pub plan: Option<&'a DistrictPlan>,
}

impl<'a> Communes<'a> {
    /// Parts the rows by commune. A commune of which nothing but totals or members is known has a part too, where the
    /// audience may see anything of it.
    pub(super) fn of(loaded: &'a Loaded, basis: &Basis<'a>, computed: Computed<'a>, audience: Audience) -> Self {
        let mut households: BTreeMap<&CommuneRef, Vec<&Household>> = BTreeMap::new();
        for household in basis.households {
            households.entry(&household.place.commune).or_default().push(household);
        }
        let mut supports: BTreeMap<&CommuneRef, Vec<&Support>> = BTreeMap::new();
        if loaded.supports().next().is_some() {
            let at: BTreeMap<&Key, &CommuneRef> =
                basis.households.iter().map(|household| (&household.key, &household.place.commune)).collect();
            for support in loaded.supports() {
                let told = support.place.as_ref().map(|place| &place.commune);
                if let Some(commune) = at.get(&support.household).copied().or(told) {
                    supports.entry(commune).or_default().push(support);
                }
            }
        }
        let counted = computed
            .rates
            .filter(|_| audience == Audience::Internal)
            .into_iter()
            .flat_map(|rates| &rates.rows)
            .filter_map(|row| row.commune.as_ref());
        let planned = computed.plan.into_iter().flat_map(|plan| &plan.communes).map(|plan| &plan.problem.commune);
        let named = counted.chain(planned).collect();
        Self { households, supports, named }
    }

    /// The communes, each once.
    pub(super) fn named(&self) -> impl Iterator<Item = &'a CommuneRef> {
        self.named.iter().copied()
    }

    /// The part of one commune. What its people sign comes first.
    ///
    /// Counts of villages are for the office alone: the report of the district hides small ones by all figures that it
    /// shows, and a second table of them, masked for itself, could show what the first one hides.
    pub(super) fn part(
        &self,
        commune: &CommuneRef,
        computed: Computed<'_>,
        loaded: &Loaded,
        basis: &Basis<'_>,
        audience: Audience,
        words: &Words,
    ) -> Report {
        let mut tables: Vec<Table> = Vec::new();
        let planned = |plan: &&CommunePlan| plan.problem.commune == *commune;
        let plan = computed.plan.and_then(|whole| Some((whole, whole.communes.iter().find(planned)?)));
        let alone = plan.map(|(whole, plan)| (plan, whole.of_commune(plan, basis)));
        if let Some((plan, alone)) = &alone {
            tables.push(views::annex::annex(plan, basis, &alone.excluded, report::form(loaded), words));
        }
        if audience == Audience::Internal {
            tables.extend(computed.rates.map(|rates| views::rates::villages_of(rates, commune, words)));
        }
        if let Some((_, alone)) = &alone {
            tables.push(views::year::by_cell(alone, basis, words));
        }
        if audience == Audience::Internal {
            tables.extend(pledged(commune, loaded, words));
        }
        if let Some((_, alone)) = &alone {
            let left_out = views::assign::left_out(alone, basis, words);
            tables.extend(left_out.into_iter().filter(|table| !table.rows.is_empty()));
        }
        if audience == Audience::Internal {
            tables.extend(self.supported(commune, words));
        }
        let year = loaded.year.unwrap_or_default();
        let report = Report {
            title: words.fill_in("title", "commune", &[("commune", commune.name()), ("year", &year.to_string())]),
            subtitle: report::subtitle(loaded, words),
            tables,
            notes: Vec::new(),
            as_of: loaded.as_of,
        };
        mask(report, audience)
    }

    /// How far support reaches the households of a commune, and whom it leaves out.
    fn supported(&self, commune: &CommuneRef, words: &Words) -> Vec<Table> {
        let Some(supports) = self.supports.get(commune) else { return Vec::new() };
        let households = self.households.get(commune).into_iter().flatten().copied();
        coverage::tables(&sums_of(supports.iter().copied(), households), true, words)
    }
}

/// What the members of a commune's committee pledged and delivered, cell by cell, and who is short of the minimum.
fn pledged(commune: &CommuneRef, loaded: &Loaded, words: &Words) -> Vec<Table> {
    let roster = &loaded.data.roster;
    let own = roster.members.iter().filter(|member| member.organisation.committee_of() == Some(commune));
    let members: Vec<_> = own.cloned().collect();
    if members.is_empty() {
        return Vec::new();
    }
    let keys: BTreeSet<&Key> = members.iter().map(|member| &member.key).collect();
    let given = |pledge: &&Pledge| matches!(&pledge.giver, Giver::Member(key) if keys.contains(key));
    let pledges = roster.pledges.iter().filter(given).cloned().collect();
    drop(keys);
    let own = Roster { members, pledges, ..Roster::default() };
    let sums = pledge_sums(&own, loaded.day(), &loaded.programme.duty(), pledges::money(loaded).as_ref(), &[GivingBy::Cell]);
    let mut tables = vec![views::pledges::table(GivingBy::Cell, &sums, pledges::told(loaded), words)];
    tables.extend((!sums.short.is_empty()).then(|| views::pledges::short(&sums, words)));
    tables
}
