//! `--explain` and `--suggest`: questions about a plan.

use anyhow::{Result, bail};

use super::refusal;
use crate::commands::options::AssignArgs;
use crate::domain::assignment::{Refusal, Settings};
use crate::domain::plan::{Basis, DistrictPlan};
use crate::domain::story::{self, Subject};
use crate::report::table::Table;
use crate::report::views;
use crate::report::wording::Words;

/// Says that a name is nobody's, or that of several.
pub(super) fn not_one(name: &str, found: usize, words: &Words) -> String {
    words.fill_in("said", "not_one", &[("name", name), ("count", &found.to_string())])
}

/// The answer to `--explain` or `--suggest`, which takes the place of the tables.
pub(super) fn answers(
    args: &AssignArgs,
    plan: &DistrictPlan,
    basis: &Basis<'_>,
    settings: &Settings,
    words: &Words,
) -> Result<Option<Vec<Table>>> {
    let refused = |refusal: Refusal| anyhow::anyhow!("{}", refusal::of_a_question(&refusal, words));
    if let Some(name) = &args.explain {
        let found = story::find(basis, name);
        // The same citizen number may be that of a household and of a member; a name must be of one.
        let by_key = found.len() == 2
            && matches!(found[..], [Subject::Household(h), Subject::Member(m)] if basis.households[h].key == basis.members[m].key);
        if found.len() != 1 && !by_key {
            bail!("{}", not_one(name, found.len(), words));
        }
        let mut tables = Vec::new();
        for subject in found {
            let told = story::tell(plan, settings, subject).map_err(refused)?;
            tables.push(views::story::story(subject, &told, basis, words));
        }
        return Ok(Some(tables));
    }
    let Some(name) = &args.suggest else { return Ok(None) };
    let found: Vec<usize> = story::find(basis, name)
        .into_iter()
        .filter_map(|subject| if let Subject::Household(at) = subject { Some(at) } else { None })
        .collect();
    let [household] = found[..] else { bail!("{}", not_one(name, found.len(), words)) };
    let helpers = story::suggest(plan, settings, household).map_err(refused)?;
    Ok(Some(vec![views::story::suggestions(household, &helpers, basis, words)]))
}
