//! JSON of questions about an assignment: `--explain`, `--suggest` and `--prices`.

use schemars::JsonSchema;
use serde::Serialize;

use super::assign::Assign;
use crate::domain::assignment::Level;
use crate::domain::assignment::explain::{LevelPrice, Suggestion};
use crate::domain::plan::{Basis, DistrictPlan};
use crate::domain::story::{self, Forbidden, Story, Subject};
use crate::report::audience::Audience;
use crate::report::views::assign::{idle_word, uncovered_word};

/// A pair of somebody's story, or why there is none.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Told {
    /// `in_plan`, `runner_up`, `forbidden`, `idle`, `uncovered`, `excluded` or `not_to_be_helped`.
    pub what: &'static str,
    /// Key of the household; null for a member without one.
    pub household: Option<String>,
    /// Its head.
    pub head: Option<String>,
    /// Key of the member; null for a household without one.
    pub member: Option<String>,
    /// The member's name.
    pub name: Option<String>,
    /// What speaks for a pair of the plan.
    pub reasons: Vec<&'static str>,
    /// The rule or the cause where there is no pair.
    pub why: Option<&'static str>,
    /// Per level, in order: the value after the opposite decision minus the value now; null where somebody would be left out.
    pub change: Option<Vec<(&'static str, i64)>>,
    /// Pairs of the plan that would end, at the least.
    pub ended: Option<u64>,
}

/// Somebody who could help.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Suggested {
    /// Key of the member.
    pub member: String,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Households of the member now.
    pub load: u64,
    /// Per level, in order: the value with this pair beside the others minus the value now.
    pub change: Vec<(&'static str, i64)>,
}

/// What a level costs in a commune.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Price {
    /// Commune.
    pub commune: String,
    /// Level of the objective.
    pub level: &'static str,
    /// Its value in the plan.
    pub value: i64,
    /// Per level, in order: the value if this level came last, minus the value in the plan.
    pub if_last: Vec<(&'static str, i64)>,
}

fn named(change: &[(Level, i64)]) -> Vec<(&'static str, i64)> {
    change.iter().map(|(level, by)| (level.name(), *by)).collect()
}

impl Told {
    /// What is told of a household, a member, or both.
    fn of(what: &'static str, household: Option<usize>, member: Option<usize>, basis: &Basis<'_>) -> Self {
        let (household, member) = (household.map(|at| basis.households[at]), member.map(|at| &basis.members[at]));
        Self {
            what,
            household: household.map(|household| household.key.to_string()),
            head: household.map(|household| household.head.to_string()),
            member: member.map(|member| member.key.to_string()),
            name: member.map(|member| member.name.to_string()),
            ..Self::default()
        }
    }

    fn pair(told: &story::Told, basis: &Basis<'_>) -> Self {
        Self {
            reasons: told.reasons.iter().map(|reason| reason.name()).collect(),
            change: told.other.change.as_deref().map(named),
            ended: Some(told.other.ended as u64),
            ..Self::of(if told.other.in_plan { "in_plan" } else { "runner_up" }, Some(told.household), Some(told.member), basis)
        }
    }

    fn forbidden(one: &Forbidden, basis: &Basis<'_>) -> Self {
        Self { why: Some(one.why.name()), ..Self::of("forbidden", Some(one.household), Some(one.member), basis) }
    }
}

impl Assign {
    /// Puts stories beside the plan; only the office itself is told why who helps whom.
    pub fn tell(&mut self, told: &[(Subject, Story)], basis: &Basis<'_>, audience: Audience) {
        let mut rows = Vec::new();
        for (subject, story) in told.iter().filter(|_| audience == Audience::Internal) {
            let (household, member) = match *subject {
                Subject::Household(at) => (Some(at), None),
                Subject::Member(at) => (None, Some(at)),
            };
            let alone = |what, why| Told { why, ..Told::of(what, household, member, basis) };
            let others = |forbidden: &[Forbidden]| forbidden.iter().map(|one| Told::forbidden(one, basis)).collect::<Vec<_>>();
            match story {
                Story::Pairs(pairs, forbidden) => {
                    rows.extend(pairs.iter().map(|pair| Told::pair(pair, basis)));
                    rows.extend(others(forbidden));
                }
                Story::Idle(why, forbidden) => {
                    rows.push(alone("idle", Some(idle_word(*why))));
                    rows.extend(others(forbidden));
                }
                Story::Uncovered(why, forbidden) => {
                    rows.push(alone("uncovered", Some(uncovered_word(*why))));
                    rows.extend(others(forbidden));
                }
                Story::Excluded(why) => rows.push(alone("excluded", Some(why.word()))),
                Story::NotToBeHelped => rows.push(alone("not_to_be_helped", None)),
            }
        }
        self.story = Some(rows);
    }

    /// Puts those who could help a household beside the plan; only the office itself is told.
    pub fn suggest(&mut self, helpers: &[(usize, Suggestion)], basis: &Basis<'_>, audience: Audience) {
        let helpers = helpers.iter().filter(|_| audience == Audience::Internal).map(|(at, suggestion)| {
            let member = &basis.members[*at];
            Suggested {
                member: member.key.to_string(),
                name: member.name.to_string(),
                organisation: member.organisation.to_string(),
                load: suggestion.load as u64,
                change: named(&suggestion.change),
            }
        });
        self.suggestions = Some(helpers.collect());
    }

    /// Puts what the levels cost beside the plan.
    pub fn price(&mut self, plan: &DistrictPlan, prices: &[Vec<LevelPrice>], audience: Audience) {
        let communes = plan.communes.iter().zip(prices).filter(|_| audience != Audience::Public);
        let of_commune = communes.flat_map(|(commune, prices)| {
            prices.iter().map(move |price| Price {
                commune: commune.problem.commune.name().to_owned(),
                level: price.level.name(),
                value: commune.assignment.value(price.level),
                if_last: named(&price.without),
            })
        });
        self.prices = Some(of_commune.collect());
    }
}
