//! Questions about a plan of a district: whose pairs these are and why, and who else could help a household.

use super::assignment::explain::{self, Alternative, LevelPrice, Suggestion};
use super::assignment::{Idle, Link, NotAllowed, Reason, Refusal, Settings, Uncovered};
use super::plan::{Basis, CommunePlan, DistrictPlan, Excluded};
use super::spelling::fold;

/// How many pairs that are not in the plan a story tells of.
pub const RUNNERS_UP: usize = 5;

/// Somebody of the survey or the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Position in [`Basis::households`].
    Household(usize),
    /// Position in [`Basis::members`].
    Member(usize),
}

/// Everybody whose key is the text; where it is nobody's key, everybody of that name.
#[must_use]
pub fn find(basis: &Basis<'_>, text: &str) -> Vec<Subject> {
    let (text, name) = (text.trim(), fold(text));
    let households = || basis.households.iter().enumerate();
    let members = || basis.members.iter().enumerate();
    let mut found: Vec<Subject> = households()
        .filter(|(_, household)| household.key.to_string() == text)
        .map(|(at, _)| Subject::Household(at))
        .chain(members().filter(|(_, member)| member.key.to_string() == text).map(|(at, _)| Subject::Member(at)))
        .collect();
    if found.is_empty() {
        found.extend(households().filter(|(_, household)| fold(&household.head) == name).map(|(at, _)| Subject::Household(at)));
        found.extend(members().filter(|(_, member)| fold(&member.name) == name).map(|(at, _)| Subject::Member(at)));
    }
    found
}

/// How somebody stands in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Story {
    /// There are pairs: first those of the plan, then the best others; and whom a rule keeps from being one.
    Pairs(Vec<Told>, Vec<Forbidden>),
    /// A member without a household, and the households in reach that are forbidden.
    Idle(Idle, Vec<Forbidden>),
    /// A household without a helper, and the members in reach who are forbidden.
    Uncovered(Uncovered, Vec<Forbidden>),
    /// A member who is no helper at all.
    Excluded(Excluded),
    /// A household that is neither poor nor near-poor.
    NotToBeHelped,
}

/// A pair that a rule forbids although the member helps in that village.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forbidden {
    /// Position in [`Basis::members`].
    pub member: usize,
    /// Position in [`Basis::households`].
    pub household: usize,
    /// The rule.
    pub why: NotAllowed,
}

/// A pair of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Position in [`Basis::members`].
    pub member: usize,
    /// Position in [`Basis::households`].
    pub household: usize,
    /// What speaks for a pair of the plan; empty for one that is not in it.
    pub reasons: Vec<Reason>,
    /// What the opposite decision would change.
    pub other: Alternative,
}

/// Tells how somebody stands in the plan.
///
/// # Errors
/// As the solver's, which is asked again.
pub fn tell(plan: &DistrictPlan, settings: &Settings, subject: Subject) -> Result<Story, Refusal> {
    if let Subject::Member(at) = subject
        && let Some((_, why)) = plan.excluded.iter().find(|(member, _)| *member == at)
    {
        return Ok(Story::Excluded(*why));
    }
    let Some((commune, inside)) = plan.communes.iter().find_map(|commune| Some((commune, place_in(commune, subject)?))) else {
        return Ok(Story::NotToBeHelped);
    };
    let assignment = &commune.assignment;
    match inside {
        explain::Subject::Member(at) => {
            if let Some((_, why)) = assignment.idle.iter().find(|(idle, _)| *idle == at) {
                return Ok(Story::Idle(*why, forbidden(commune, inside)?));
            }
        }
        explain::Subject::Household(at) => {
            if let Some((_, why)) = assignment.uncovered.iter().find(|(uncovered, _)| *uncovered == at) {
                return Ok(Story::Uncovered(*why, forbidden(commune, inside)?));
            }
        }
    }
    let answers = explain::alternatives(&commune.problem.unit, settings, inside, RUNNERS_UP)?;
    Ok(Story::Pairs(answers.into_iter().map(|other| told(commune, other)).collect(), forbidden(commune, inside)?))
}

/// A pair of a commune in positions of the district.
fn told(commune: &CommunePlan, other: Alternative) -> Told {
    let pair = commune.assignment.pairs.iter().find(|pair| (pair.member, pair.household) == (other.member, other.household));
    Told {
        member: commune.problem.members[other.member],
        household: commune.problem.households[other.household],
        reasons: pair.map(|pair| pair.reasons.clone()).unwrap_or_default(),
        other,
    }
}

/// The forbidden pairs of a subject in positions of the district.
fn forbidden(commune: &CommunePlan, subject: explain::Subject) -> Result<Vec<Forbidden>, Refusal> {
    let found = explain::forbidden(&commune.problem.unit, subject)?;
    let in_district = |(link, why): (Link, NotAllowed)| Forbidden {
        member: commune.problem.members[link.member],
        household: commune.problem.households[link.household],
        why,
    };
    Ok(found.into_iter().map(in_district).collect())
}

/// Who may not take a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barred {
    /// Nobody has to: it is neither poor nor near-poor.
    NotToBeHelped,
    /// Those in reach whom a rule forbids.
    By(Vec<Forbidden>),
}

/// Whom a rule keeps from taking a household.
///
/// # Errors
/// As the solver's.
pub fn barred(plan: &DistrictPlan, household: usize) -> Result<Barred, Refusal> {
    for commune in &plan.communes {
        if let Some(inside) = place_in(commune, Subject::Household(household)) {
            return Ok(Barred::By(forbidden(commune, inside)?));
        }
    }
    Ok(Barred::NotToBeHelped)
}

/// Who could take a household as things stand, best first, by position in [`Basis::members`]; nobody where the household
/// is not to be helped.
///
/// # Errors
/// As the solver's.
pub fn suggest(plan: &DistrictPlan, settings: &Settings, household: usize) -> Result<Vec<(usize, Suggestion)>, Refusal> {
    for commune in &plan.communes {
        if let Some(explain::Subject::Household(at)) = place_in(commune, Subject::Household(household)) {
            let now: Vec<Link> = commune.assignment.links();
            let found = explain::suggest(&commune.problem.unit, settings, &now, at)?;
            return Ok(found.into_iter().map(|one| (commune.problem.members[one.member], one)).collect());
        }
    }
    Ok(Vec::new())
}

/// What each level costs the levels after it, for each commune of the plan in its order.
///
/// # Errors
/// As the solver's, which is asked once for each level.
pub fn prices(plan: &DistrictPlan, settings: &Settings) -> Result<Vec<Vec<LevelPrice>>, Refusal> {
    plan.communes.iter().map(|commune| explain::level_prices(&commune.problem.unit, settings)).collect()
}

/// Where somebody stands in the problem of a commune.
fn place_in(commune: &CommunePlan, subject: Subject) -> Option<explain::Subject> {
    let at = |among: &[usize], wanted: usize| among.iter().position(|one| *one == wanted);
    match subject {
        Subject::Household(wanted) => at(&commune.problem.households, wanted).map(explain::Subject::Household),
        Subject::Member(wanted) => at(&commune.problem.members, wanted).map(explain::Subject::Member),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::household::{Class, Household};
    use crate::domain::ids::Key;
    use crate::domain::invented::{basis, household, member};
    use crate::domain::plan;

    fn solved(basis: &Basis<'_>, settings: &Settings) -> DistrictPlan {
        let problems = plan::problems(basis);
        let communes: Vec<CommunePlan> =
            problems.communes.into_iter().map(|problem| plan::solve(problem, settings).unwrap()).collect();
        let continuity = plan::continuity(basis, &communes, &problems.excluded);
        DistrictPlan {
            communes,
            excluded: problems.excluded,
            continuity,
            without_effect: Vec::new(),
            short_of_helpers: Vec::new(),
        }
    }

    #[test]
    fn a_plan_made_again_from_its_own_pairs_keeps_all_of_them() {
        let all: Vec<Household> = (1..=7).map(|serial| household(serial, "Xã A", Class::Poor)).collect();
        let households: Vec<&Household> = all.iter().collect();
        let members = [member(101, true), member(102, true), member(103, true)];
        let first = basis(&households, &members);
        let pairs = solved(&first, &Settings::default()).previous_pairs(&first);
        let again = Basis { previous: Some(&pairs), ..first };
        let continuity = solved(&again, &Settings::default()).continuity.unwrap();
        assert_eq!((continuity.kept, continuity.new, continuity.ended.len()), (7, 0, 0));
    }

    #[test]
    fn without_a_member_only_that_members_pairs_end() {
        let all: Vec<Household> = (1..=7).map(|serial| household(serial, "Xã A", Class::Poor)).collect();
        let households: Vec<&Household> = all.iter().collect();
        let members = [member(101, true), member(102, true), member(103, true)];
        let first = basis(&households, &members);
        let pairs = solved(&first, &Settings::default()).previous_pairs(&first);
        let out: Vec<Key> = vec![members[0].key.clone()];
        let again = Basis { previous: Some(&pairs), without: &out, ..first };
        let plan = solved(&again, &plan::changing_least(&Settings::default()));
        let continuity = plan.continuity.unwrap();
        assert!(!continuity.ended.is_empty());
        assert!(continuity.ended.iter().all(|(pair, why)| pair.member == out[0] && *why == plan::Ended::MemberOut));
        assert_eq!(continuity.new, continuity.ended.len() as u64, "each of the households gets another helper");
        assert_eq!(plan.excluded, [(0, Excluded::TakenOut)]);
    }

    #[test]
    fn a_story_tells_the_pairs_and_who_else_could_help() {
        let all = [household(1, "Xã A", Class::Poor), household(2, "Xã A", Class::Poor), household(3, "Xã A", Class::Other)];
        let households: Vec<&Household> = all.iter().collect();
        let members = [member(101, true), member(102, true), member(103, false)];
        let basis = basis(&households, &members);
        let plan = solved(&basis, &Settings::default());
        let Story::Pairs(told, forbidden) = tell(&plan, &Settings::default(), Subject::Household(0)).unwrap() else { panic!() };
        assert_eq!((told.len(), forbidden.len()), (2, 0), "both members of the committee may help");
        assert!(told[0].other.in_plan && !told[0].reasons.is_empty());
        assert!(!told[1].other.in_plan && told[1].reasons.is_empty());
        let other = told[1].member;
        assert_eq!(tell(&plan, &Settings::default(), Subject::Household(2)), Ok(Story::NotToBeHelped));
        assert_eq!(tell(&plan, &Settings::default(), Subject::Member(2)), Ok(Story::Excluded(Excluded::NoVillage)));
        let levels = prices(&plan, &Settings::default()).unwrap();
        let own = explain::level_prices(&plan.communes[0].problem.unit, &Settings::default()).unwrap();
        assert_eq!(levels, [own]);
        assert!(!levels[0].is_empty());
        let others = suggest(&plan, &Settings::default(), 0).unwrap();
        assert_eq!(others.iter().map(|(member, _)| *member).collect::<Vec<_>>(), [other]);
        assert_eq!(find(&basis, &all[1].key.to_string()), [Subject::Household(1)]);
        assert_eq!(find(&basis, "h invented 102"), [Subject::Member(1)]);
    }

    #[test]
    fn a_member_whose_only_household_is_ruled_out_is_told_which_and_by_what_rule() {
        let all = [household(1, "Xã A", Class::Poor)];
        let households: Vec<&Household> = all.iter().collect();
        let members = [member(101, true), member(102, true)];
        let excluded = [plan::PreviousPair { household: all[0].key.clone(), member: members[1].key.clone() }];
        let basis = Basis { exclusions: &excluded, ..basis(&households, &members) };
        let plan = solved(&basis, &Settings::default());
        let forbidden = vec![Forbidden { member: 1, household: 0, why: NotAllowed::Excluded }];
        let story = tell(&plan, &Settings::default(), Subject::Member(1)).unwrap();
        assert_eq!(story, Story::Idle(Idle::OnlyForbidden, forbidden.clone()));
        let Story::Pairs(_, told) = tell(&plan, &Settings::default(), Subject::Household(0)).unwrap() else { panic!() };
        assert!(matches!(tell(&plan, &Settings::default(), Subject::Member(0)), Ok(Story::Pairs(pairs, _)) if pairs.len() == 1));
        assert_eq!(told, forbidden, "whom a rule keeps from helping is told of a household that has a helper too");
    }

    #[test]
    fn a_household_that_nobody_may_help_is_told_and_the_others_have_their_pairs() {
        let all = [household(1, "Xã A", Class::Poor), household(2, "Xã A", Class::Poor)];
        let households: Vec<&Household> = all.iter().collect();
        let members = [member(101, true)];
        let excluded = [plan::PreviousPair { household: all[1].key.clone(), member: members[0].key.clone() }];
        let basis = Basis { exclusions: &excluded, ..basis(&households, &members) };
        let plan = solved(&basis, &Settings::default());
        let of = |at| tell(&plan, &Settings::default(), Subject::Household(at)).unwrap();
        assert!(matches!(of(0), Story::Pairs(pairs, _) if pairs.len() == 1));
        assert!(matches!(of(1), Story::Uncovered(_, forbidden) if forbidden.len() == 1));
    }
}
