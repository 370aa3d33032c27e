//! JSON of `assign`.

use schemars::JsonSchema;
use serde::Serialize;

use super::masked;
use crate::domain::ids::Key;
use crate::domain::member::Member;
use crate::domain::plan::{Basis, DistrictPlan, VillageShare};
use crate::domain::previous::Names;
use crate::report::audience::Audience;
use crate::report::json::answer::{Price, Suggested, Told};
use crate::report::views::assign::{communes, idle_word, uncovered_word};
use crate::report::wording::silent;

/// Who helps whom.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Assign {
    /// Each commune's problem and its answer.
    pub communes: Vec<Commune>,
    /// The pairs, by commune, village and household; none for the public.
    pub pairs: Vec<Pair>,
    /// Eligible members without a household they may help.
    pub idle: Vec<Left>,
    /// Members who are out, with the reason.
    pub excluded: Vec<Left>,
    /// Households without a member who may help them.
    pub uncovered: Vec<Uncovered>,
    /// What became of last year's pairs; null without them.
    pub changes: Option<Changes>,
    /// Pins and exclusions without effect: the household is no longer poor, the member no longer helps, or one of the two is not
    /// in the lists; none for the public.
    pub without_effect: Vec<WithoutEffect>,
    /// Households with fewer helpers than `min_helpers`, because no more may help; none for the public.
    pub short_of_helpers: Vec<ShortOfHelpers>,
    /// With `--add`: who came in, and how many households each has; none for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub added: Option<Vec<Added>>,
    /// With `--explain`: how somebody stands in the plan; none for any audience but the office's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<Vec<Told>>,
    /// With `--suggest`: who could help the household, best first; none for any audience but the office's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestions: Option<Vec<Suggested>>,
    /// With `--prices`: what each level costs; none for the public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<Vec<Price>>,
}

/// A decision of a person that has no effect on the plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WithoutEffect {
    /// A pin; else an exclusion.
    pub pin: bool,
    /// The household, as the programme file names it; null where hidden from the audience.
    pub household: Option<String>,
    /// The member.
    pub member: Option<String>,
    /// not_poor, no_household, no_member, exempt, suspended, transferred, departed or taken_out.
    pub why: &'static str,
}

/// A commune.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Commune {
    /// Name.
    pub commune: String,
    /// Poor and near-poor households; null where hidden from the audience.
    pub households: Option<u64>,
    /// Members who help there.
    pub members: u64,
    /// The value of each level, in order; none where the households are hidden.
    pub objective: Vec<(&'static str, i64)>,
    /// True only when the certificate of this run proves that no plan is better.
    pub optimal: bool,
    /// Its villages, with what makes members help outside their own; none for the public.
    pub villages: Vec<Village>,
}

/// A village of a commune.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Village {
    /// Name; null for households whose list names none.
    pub village: Option<String>,
    /// Poor and near-poor households.
    pub households: u64,
    /// Members for whom it is a village of their own, or a twinned one.
    pub members: u64,
    /// Pairs with a member from elsewhere.
    pub from_elsewhere: u64,
}

impl From<VillageShare> for Village {
    fn from(share: VillageShare) -> Self {
        let VillageShare { village, households, members, from_elsewhere, .. } = share;
        Self { village: village.map(|village| village.to_string()), households, members, from_elsewhere }
    }
}

/// A pair.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Pair {
    /// Commune.
    pub commune: String,
    /// Village.
    pub village: Option<String>,
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// poor or near_poor.
    pub status: &'static str,
    /// Citizen number of the member, or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name of the member.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Cell.
    pub cell: Option<String>,
    /// Why this pair.
    pub reasons: Vec<&'static str>,
}

/// A member who is left out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Left {
    /// Citizen number, or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Why.
    pub why: &'static str,
}

/// A household without a helper.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Uncovered {
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// Commune.
    pub commune: String,
    /// Village.
    pub village: Option<String>,
    /// Why.
    pub why: &'static str,
}

/// A member who was added.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Added {
    /// Citizen number, or made key; null where hidden from the audience.
    pub member: Option<String>,
    /// Name.
    pub name: String,
    /// Organisation.
    pub organisation: String,
    /// Households in the plan.
    pub households: u64,
}

/// What became of last year's pairs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changes {
    /// Pairs that stay.
    pub kept: u64,
    /// Pairs that were not there last year.
    pub new: u64,
    /// Pairs that are no more.
    pub ended: Vec<Ended>,
}

/// A pair that is no more.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Ended {
    /// The household as last year's list names it; null where hidden from the audience.
    pub household: Option<String>,
    /// The member as last year's list names it; null where hidden from the audience.
    pub member: Option<String>,
    /// The head of the household, by this year's lists, else by last year's; null where neither tells.
    pub head: Option<String>,
    /// The member's name, in the same way.
    pub name: Option<String>,
    /// Why.
    pub why: &'static str,
}

/// A household that has fewer helpers than were asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShortOfHelpers {
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head.
    pub head: String,
    /// Commune.
    pub commune: String,
    /// Its helpers; nobody else may help it.
    pub helpers: u32,
}

impl Assign {
    /// The shape of a plan for an audience: the public sees no pairs, the village board no identity numbers.
    #[must_use]
    pub fn new(plan: &DistrictPlan, basis: &Basis<'_>, audience: Audience) -> Self {
        let id = |key: &Key| (audience == Audience::Internal).then(|| key.to_string());
        let persons = audience != Audience::Public;
        let mut result = Self {
            communes: Vec::new(),
            pairs: Vec::new(),
            idle: Vec::new(),
            excluded: Vec::new(),
            uncovered: Vec::new(),
            changes: None,
            without_effect: Vec::new(),
            short_of_helpers: Vec::new(),
            added: None,
            story: None,
            suggestions: None,
            prices: None,
        };
        let shown = masked(communes(plan, silent()), audience);
        for (at, commune) in plan.communes.iter().enumerate() {
            let (problem, assignment) = (&commune.problem, &commune.assignment);
            let name = problem.commune.name();
            let households = |at: usize| shown.get(at).and_then(|cells| cells.get(1).copied().flatten());
            let objective = || assignment.objective.iter().map(|(level, value)| (level.name(), *value));
            result.communes.push(Commune {
                commune: name.to_owned(),
                households: households(at),
                members: problem.members.len() as u64,
                objective: if households(at).is_some() { objective().collect() } else { Vec::new() },
                optimal: assignment.optimal,
                villages: if persons { commune.villages(basis).into_iter().map(Village::from).collect() } else { Vec::new() },
            });
            if !persons {
                continue;
            }
            result.pairs.extend(commune.pairs(basis).iter().map(|pair| Pair {
                commune: name.to_owned(),
                village: pair.household.place.village.as_ref().map(ToString::to_string),
                household: id(&pair.household.key),
                head: pair.household.head.to_string(),
                status: pair.household.class.word(),
                member: id(&pair.member.key),
                name: pair.member.name.to_string(),
                organisation: pair.member.organisation.to_string(),
                cell: pair.member.cell.as_ref().map(|cell| cell.name.to_string()),
                reasons: pair.reasons.iter().map(|reason| reason.name()).collect(),
            }));
            result
                .idle
                .extend(assignment.idle.iter().map(|(at, why)| left(&basis.members[problem.members[*at]], idle_word(*why), &id)));
            result.uncovered.extend(assignment.uncovered.iter().map(|(at, why)| {
                let household = basis.households[problem.households[*at]];
                Uncovered {
                    household: id(&household.key),
                    head: household.head.to_string(),
                    commune: name.to_owned(),
                    village: household.place.village.as_ref().map(ToString::to_string),
                    why: uncovered_word(*why),
                }
            }));
        }
        if persons {
            result.excluded = plan.excluded.iter().map(|(member, why)| left(&basis.members[*member], why.word(), &id)).collect();
        }
        let people = Names::of(plan, basis);
        result.changes = plan.continuity.as_ref().map(|continuity| Changes {
            kept: continuity.kept,
            new: continuity.new,
            ended: continuity
                .ended
                .iter()
                .filter(|_| persons)
                .map(|(pair, why)| Ended {
                    household: id(&pair.household),
                    member: id(&pair.member),
                    head: people.head(&pair.household),
                    name: people.member(&pair.member),
                    why: why.word(),
                })
                .collect(),
        });
        let short = plan.short_of_helpers.iter().filter(|_| persons);
        let short = short.map(|(at, helpers)| (basis.households[*at], *helpers)).map(|(household, helpers)| ShortOfHelpers {
            household: id(&household.key),
            head: household.head.to_string(),
            commune: household.place.commune.name().to_owned(),
            helpers,
        });
        result.short_of_helpers = short.collect();
        let ended = plan.without_effect.iter().filter(|_| persons);
        result.without_effect = ended
            .map(|idle| WithoutEffect {
                pin: idle.pin,
                household: id(&idle.pair.household),
                member: id(&idle.pair.member),
                why: idle.why.word(),
            })
            .collect();
        result
    }

    /// Says who was added; nothing where nobody was.
    pub fn add(&mut self, keys: &[Key], plan: &DistrictPlan, basis: &Basis<'_>, audience: Audience) {
        if keys.is_empty() {
            return;
        }
        let pairs = plan.previous_pairs(basis);
        let added = basis.members.iter().filter(|member| audience != Audience::Public && keys.contains(&member.key));
        let told = added.map(|member| Added {
            member: (audience == Audience::Internal).then(|| member.key.to_string()),
            name: member.name.to_string(),
            organisation: member.organisation.to_string(),
            households: pairs.iter().filter(|pair| pair.member == member.key).count() as u64,
        });
        self.added = Some(told.collect());
    }
}

fn left(member: &Member, why: &'static str, id: &dyn Fn(&Key) -> Option<String>) -> Left {
    Left { member: id(&member.key), name: member.name.to_string(), organisation: member.organisation.to_string(), why }
}
