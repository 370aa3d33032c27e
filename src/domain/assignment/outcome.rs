//! What the solver answers: a plan with reasons and a proof, or a typed account of why there is none.

use super::model::{Level, Link, VillageIndex};

/// A plan for one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The pairs, by key of the member, then of the household.
    pub pairs: Vec<Pair>,
    /// The value of each level, in the order of the settings, counted again from the pairs.
    pub objective: Vec<(Level, i64)>,
    /// True only when the certificate of this very run was checked: node potentials prove that no plan has a
    /// better vector, and the vector counted from the pairs equals the proven one.
    pub optimal: bool,
    /// Members without any household that they may help, by key.
    pub idle: Vec<(usize, Idle)>,
    /// Households without any member who may help them, by key.
    pub uncovered: Vec<(usize, Uncovered)>,
    /// What the solver did, for benchmarks and logs.
    pub effort: Effort,
}

impl Assignment {
    /// The pairs without their reasons.
    #[must_use]
    pub fn links(&self) -> Vec<Link> {
        self.pairs.iter().map(|pair| Link { member: pair.member, household: pair.household }).collect()
    }

    /// The value of one level.
    #[must_use]
    pub fn value(&self, level: Level) -> i64 {
        self.objective.iter().find(|(l, _)| *l == level).map_or(0, |(_, value)| *value)
    }
}

/// One member and one household who belong together, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Position in [`super::Unit::members`].
    pub member: usize,
    /// Position in [`super::Unit::households`].
    pub household: usize,
    /// What speaks for the pair, in the order of [`Reason`]; never empty.
    pub reasons: Vec<Reason>,
}

/// What speaks for a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A person decided it.
    Pinned,
    /// It was a pair last year.
    Continued,
    /// The household is in the village of the member's cell, or in a twinned one.
    SameVillage,
    /// Member and household are of one people.
    SamePeople,
    /// They share a language that not everyone speaks.
    CommonLanguage,
    /// Nobody else may help this household.
    OnlyHelper,
    /// The member may help no other household.
    OnlyHousehold,
    /// None of the above: the pair makes loads or cover even.
    Balance,
}

impl Reason {
    /// The word that scripts read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::Continued => "continued",
            Self::SameVillage => "same_village",
            Self::SamePeople => "same_ethnicity",
            Self::CommonLanguage => "common_language",
            Self::OnlyHelper => "only_helper",
            Self::OnlyHousehold => "only_household",
            Self::Balance => "balance",
        }
    }
}

/// Why a member has no household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Idle {
    /// There is no poor or near-poor household in the villages where the member may help.
    NoHouseholdInReach,
    /// There are households, but each is the member's own or excluded.
    OnlyForbidden,
    /// The member's own cap is zero.
    CapIsZero,
}

/// Why a household has no helper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Uncovered {
    /// No member may help in that village.
    NoMemberInReach,
    /// Members may help there, but each lives in the household, is excluded or has a cap of zero.
    OnlyForbidden,
}

/// What the solver did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Effort {
    /// Nodes of the last network.
    pub nodes: usize,
    /// Arcs of the last network.
    pub arcs: usize,
    /// Pivots over all networks.
    pub pivots: usize,
    /// Networks solved: one, and one more for each time a convex cost or a shared node had to be refined.
    pub rounds: usize,
    /// Members who needed arcs of their own to each household.
    pub explicit_members: usize,
    /// Conflicts of shared nodes that a cost-free swap repaired.
    pub swaps: usize,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The input contradicts itself; a fault of the caller or of a settings file.
    Input(InputFault),
    /// No plan satisfies the hard rules.
    Infeasible(Infeasible),
    /// The unit is larger than the numbers or the memory of the solver allow.
    TooLarge,
}

/// A contradiction in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputFault {
    /// Two members have this key.
    DoubledMember(String),
    /// Two households have this key.
    DoubledHousehold(String),
    /// A pair names a member or household that does not exist.
    NoSuchLink(Link),
    /// The cap of the settings is zero.
    CapIsZero,
    /// `min_helpers` is zero.
    MinHelpersIsZero,
    /// The order of levels lacks or repeats this level.
    Order(Level),
}

/// No plan satisfies the hard rules: which and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Infeasible {
    /// A pinned pair is not allowed.
    PinNotAllowed(Vec<(Link, NotAllowed)>),
    /// A member has more pinned households than the cap allows.
    CapBelowPins(Vec<CapBelowPins>),
    /// Households whose allowed members have too little room under their caps.
    Shortage(Vec<Shortage>),
    /// The hard rules alone need more new pairs than `max_changes` allows.
    TooManyChanges {
        /// The fewest new pairs of any plan.
        least: i64,
        /// What was allowed.
        allowed: u32,
    },
}

/// Why a pair is not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotAllowed {
    /// The household is outside the member's villages.
    OutOfReach,
    /// It is the member's own household.
    OwnHousehold,
    /// A person excluded the pair.
    Excluded,
}

impl NotAllowed {
    /// The word of the rule, for scripts and for texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OutOfReach => "out_of_reach",
            Self::OwnHousehold => "own_household",
            Self::Excluded => "excluded",
        }
    }
}

/// A member with more pins than room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapBelowPins {
    /// Position in [`super::Unit::members`].
    pub member: usize,
    /// The cap that holds for the member.
    pub cap: u32,
    /// The member's pinned households.
    pub pins: u32,
}

/// One connected shortage: these households can be helped by these members only, and that is not enough.
///
/// `needed − room − outside = short`, and `short > 0` is exactly the capacity that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The households by village.
    pub villages: Vec<VillageShortage>,
    /// The members who may help them and are full, by key; positions in [`super::Unit::members`].
    pub members: Vec<usize>,
    /// Helpers that the households need in all, beyond the pinned ones.
    pub needed: u64,
    /// What the members can still take, beyond their pins.
    pub room: u64,
    /// Pairs with members outside the group that are used already (only with `min_helpers` above one).
    pub outside: u64,
    /// What is missing.
    pub short: u64,
}

/// The households of one village in a [`Shortage`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VillageShortage {
    /// The village.
    pub village: VillageIndex,
    /// Its households in the group, by key; positions in [`super::Unit::households`].
    pub households: Vec<usize>,
}
