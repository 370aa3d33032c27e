//! What the solver is given: one commune's members and households, already cleaned, and the settings.
//!
//! The shapes are neutral on purpose. They know nothing of surveys or rosters, so that the solver can be
//! read, tested and benchmarked alone; turning rows into them is the work of the caller.

/// A village of the commune, numbered by the caller. Only equality matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct VillageIndex(pub u32);

/// One commune (or any other unit that is solved on its own).
///
/// The order of the rows does not matter: members and households are sorted by key before anything is
/// built, so the same facts in another order give the same pairs.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// The eligible members.
    pub members: Vec<Helper>,
    /// The poor and near-poor households.
    pub households: Vec<Target>,
    /// The pairs of last year. Pairs that are no longer allowed simply cannot be continued.
    pub previous: Vec<Link>,
    /// Pairs that a person has decided on: they are in every plan.
    pub pins: Vec<Link>,
    /// Pairs that a person has ruled out.
    pub exclusions: Vec<Link>,
    /// Pairs of a member with the member's own household.
    pub own_households: Vec<Link>,
}

impl Unit {
    /// Whether the link names a member and a household that exist.
    #[must_use]
    pub fn names(&self, link: Link) -> bool {
        link.member < self.members.len() && link.household < self.households.len()
    }
}

/// A member by position in [`Unit::members`] and a household by position in [`Unit::households`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Position in [`Unit::members`].
    pub member: usize,
    /// Position in [`Unit::households`].
    pub household: usize,
}

/// Where a member may help.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Any village of the commune: a member of the commune committee or of a cell under it.
    WholeCommune,
    /// Only these villages: a member of a twinned organisation, or of a cell that is bound to its villages.
    Villages(Vec<VillageIndex>),
}

/// A member who can be given households.
#[derive(Debug, Clone)]
pub struct Helper {
    /// A key that does not change from run to run (citizen number, then the key of the ingest). Unique in the unit.
    pub key: String,
    /// Where the member may help.
    pub scope: Scope,
    /// The village of the member's own cell, or the twinned villages: what `same_village` counts.
    pub own_villages: Vec<VillageIndex>,
    /// The member's people, numbered by the caller.
    pub people: Option<u16>,
    /// Languages the member speaks besides the one that everyone speaks.
    pub languages: Vec<u16>,
    /// The most households this member can take; the cap of [`Settings`] holds as well.
    pub cap: Option<u32>,
}

/// A household that needs a helper.
#[derive(Debug, Clone)]
pub struct Target {
    /// A key that does not change from run to run. Unique in the unit.
    pub key: String,
    /// The village it lives in.
    pub village: VillageIndex,
    /// Poor (true) or near-poor (false).
    pub poor: bool,
    /// The household's people, numbered by the caller as in [`Helper::people`].
    pub people: Option<u16>,
    /// Languages spoken in the household besides the one that everyone speaks.
    pub languages: Vec<u16>,
}

/// A level of the objective. Each is decided among the optima of the levels before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The largest number of households of one member; least is best.
    MaxLoad,
    /// The sum of the squares of the members' numbers of households; least is best.
    SumSqLoad,
    /// The sum of the squares of the households' numbers of helpers; least is best.
    SumSqCover,
    /// The helpers of near-poor households beyond the first of each; least is best.
    NearExtra,
    /// Pairs that were pairs last year; most is best.
    Continuity,
    /// Pairs whose household is in one of the member's own villages; most is best.
    SameVillage,
    /// The sum of the squares of the members' numbers of poor households; least is best.
    SumSqPoor,
    /// Pairs of one people, or with a common language; most is best.
    SameEthnicity,
}

impl Level {
    /// All levels in the order of the specification, which is the default.
    pub const ALL: [Self; 8] = [
        Self::MaxLoad,
        Self::SumSqLoad,
        Self::SumSqCover,
        Self::NearExtra,
        Self::Continuity,
        Self::SameVillage,
        Self::SumSqPoor,
        Self::SameEthnicity,
    ];

    /// The name under which the level is reported and set.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MaxLoad => "max_load",
            Self::SumSqLoad => "sum_sq_load",
            Self::SumSqCover => "sum_sq_cover",
            Self::NearExtra => "near_extra",
            Self::Continuity => "continuity",
            Self::SameVillage => "same_village",
            Self::SumSqPoor => "sum_sq_poor",
            Self::SameEthnicity => "same_ethnicity",
        }
    }

    /// Whether more is better (the pair counts) or less (all others).
    #[must_use]
    pub const fn more_is_better(self) -> bool {
        matches!(self, Self::Continuity | Self::SameVillage | Self::SameEthnicity)
    }
}

/// What a person can choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The most households of any member; at least 1. None: no limit.
    pub cap: Option<u32>,
    /// The least helpers of every household, at least 1. A household with fewer allowed members gets all of them.
    pub min_helpers: u32,
    /// The levels, most important first. Each of [`Level::ALL`] exactly once.
    pub order: Vec<Level>,
    /// The most pairs that were not pairs last year. None: no limit.
    pub max_changes: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { cap: None, min_helpers: 1, order: Level::ALL.to_vec(), max_changes: None }
    }
}
