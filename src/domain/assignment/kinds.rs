//! What makes members or households alike, and what two of them have in common.

use super::model::{Helper, Scope, Target, VillageIndex};

/// What members have in common who can stand in for one another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Signature {
    /// Sorted villages, or the whole commune.
    pub(super) scope: Scope,
    /// Sorted own villages that are within the scope.
    pub(super) own: Vec<VillageIndex>,
    pub(super) people: Option<u16>,
    pub(super) languages: Vec<u16>,
}

/// What households have in common that can stand in for one another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Class {
    pub(super) village: VillageIndex,
    pub(super) poor: bool,
    pub(super) people: Option<u16>,
    pub(super) languages: Vec<u16>,
}

impl Signature {
    pub(super) fn reaches(&self, village: VillageIndex) -> bool {
        match &self.scope {
            Scope::WholeCommune => true,
            Scope::Villages(villages) => villages.binary_search(&village).is_ok(),
        }
    }

    pub(super) fn same_village(&self, class: &Class) -> bool {
        self.own.binary_search(&class.village).is_ok()
    }

    pub(super) fn same_people(&self, class: &Class) -> bool {
        self.people.is_some() && self.people == class.people
    }

    pub(super) fn common_language(&self, class: &Class) -> bool {
        self.languages.iter().any(|language| class.languages.binary_search(language).is_ok())
    }

    /// What the level `same_ethnicity` counts.
    pub(super) fn same_ethnicity(&self, class: &Class) -> bool {
        self.same_people(class) || self.common_language(class)
    }
}

/// The signature of a member.
pub(super) fn signature(member: &Helper) -> Signature {
    let scope = match &member.scope {
        Scope::WholeCommune => Scope::WholeCommune,
        Scope::Villages(villages) => Scope::Villages(sorted_set(villages)),
    };
    let mut own = sorted_set(&member.own_villages);
    if let Scope::Villages(villages) = &scope {
        own.retain(|village| villages.binary_search(village).is_ok());
    }
    Signature { scope, own, people: member.people, languages: sorted_set(&member.languages) }
}

/// The class of a household.
pub(super) fn class(household: &Target) -> Class {
    Class {
        village: household.village,
        poor: household.poor,
        people: household.people,
        languages: sorted_set(&household.languages),
    }
}

fn sorted_set<T: Ord + Copy>(values: &[T]) -> Vec<T> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.dedup();
    values
}
