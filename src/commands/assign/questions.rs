//! `--explain`, `--suggest` and `--prices`: questions about a plan.

use anyhow::{Result, bail};

use super::refusal;
use crate::commands::options::AssignArgs;
use crate::domain::assignment::explain::{LevelPrice, Suggestion};
use crate::domain::assignment::{Refusal, Settings};
use crate::domain::plan::{Basis, DistrictPlan};
use crate::domain::story::{self, Barred, Story, Subject};
use crate::report::audience::Audience;
use crate::report::json::assign::Assign;
use crate::report::table::Table;
use crate::report::views;
use crate::report::wording::Words;

/// Says that a name is nobody's, or that of several.
pub(super) fn not_one(name: &str, found: usize, words: &Words) -> String {
    words.fill_in("said", "not_one", &[("name", name), ("count", &found.to_string())])
}

/// What was found out about a plan that somebody asked about.
pub(super) enum Answer {
    /// How each of these stands in the plan.
    Stories(Vec<(Subject, Story)>),
    /// Who could help the household, best first.
    Helpers(usize, Vec<(usize, Suggestion)>, Barred),
    /// What each level costs, for each commune of the plan.
    Prices(Vec<Vec<LevelPrice>>),
}

impl Answer {
    /// Whether an audience may have the answer: why who helps whom is for the office, what levels cost for all but the public.
    pub(super) fn is_for(&self, audience: Audience) -> bool {
        match self {
            Self::Stories(_) | Self::Helpers(..) => audience == Audience::Internal,
            Self::Prices(_) => audience != Audience::Public,
        }
    }

    /// The answer as tables, which take the place of the plan's.
    pub(super) fn tables(&self, plan: &DistrictPlan, basis: &Basis<'_>, words: &Words) -> Vec<Table> {
        match self {
            Self::Stories(told) => told.iter().map(|(of, story)| views::story::story(*of, story, basis, words)).collect(),
            Self::Helpers(household, helpers, barred) => {
                vec![views::story::suggestions(*household, helpers, barred, basis, words)]
            }
            Self::Prices(prices) => vec![views::story::prices(plan, prices, words)],
        }
    }

    /// Puts the answer beside the plan.
    pub(super) fn put_into(&self, json: &mut Assign, plan: &DistrictPlan, basis: &Basis<'_>, audience: Audience) {
        match self {
            Self::Stories(told) => json.tell(told, basis, audience),
            Self::Helpers(_, helpers, _) => json.suggest(helpers, basis, audience),
            Self::Prices(prices) => json.price(plan, prices, audience),
        }
    }
}

/// The answer to `--explain`, `--suggest` or `--prices`; none where nothing was asked.
///
/// # Errors
/// When a name is nobody's or that of several, or the solver refuses the question.
pub(super) fn answer(
    args: &AssignArgs,
    plan: &DistrictPlan,
    basis: &Basis<'_>,
    settings: &Settings,
    words: &Words,
) -> Result<Option<Answer>> {
    let refused = |refusal: Refusal| anyhow::anyhow!("{}", refusal::of_a_question(&refusal, words));
    if args.prices {
        return Ok(Some(Answer::Prices(story::prices(plan, settings).map_err(refused)?)));
    }
    if let Some(name) = &args.explain {
        let found = story::find(basis, name);
        // The same citizen number may be that of a household and of a member; a name must be of one.
        let by_key = found.len() == 2
            && matches!(found[..], [Subject::Household(h), Subject::Member(m)] if basis.households[h].key == basis.members[m].key);
        if found.len() != 1 && !by_key {
            bail!("{}", not_one(name, found.len(), words));
        }
        let tell = |subject| Ok((subject, story::tell(plan, settings, subject).map_err(refused)?));
        return Ok(Some(Answer::Stories(found.into_iter().map(tell).collect::<Result<_>>()?)));
    }
    let Some(name) = &args.suggest else { return Ok(None) };
    let found: Vec<usize> = story::find(basis, name)
        .into_iter()
        .filter_map(|subject| if let Subject::Household(at) = subject { Some(at) } else { None })
        .collect();
    let [household] = found[..] else {
        if found.is_empty() && !story::find(basis, name).is_empty() {
            bail!("{}", words.fill_in("said", "a_member", &[("name", name)]));
        }
        bail!("{}", not_one(name, found.len(), words))
    };
    let helpers = story::suggest(plan, settings, household).map_err(refused)?;
    Ok(Some(Answer::Helpers(household, helpers, story::barred(plan, household).map_err(refused)?)))
}
