//! The kinds of tables that are known, and their words.

/// What a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The yearly survey, or the state list of the poor and near-poor.
    Households,
    /// All households and persons of an area.
    Totals,
    /// The Party roster, with or without pledge columns.
    Members,
    /// What members and donors pledged and delivered.
    Pledges,
    /// Which organisation is twinned with which village.
    Twinning,
    /// Support that households need and receive.
    Support,
    /// What `assign` wrote.
    Assignment,
    /// Decisions of a person on doubtful rows.
    Corrections,
}

impl Kind {
    /// All kinds in the order in which they are documented.
    pub const ALL: [Self; 8] = [
        Self::Households,
        Self::Totals,
        Self::Members,
        Self::Pledges,
        Self::Twinning,
        Self::Support,
        Self::Assignment,
        Self::Corrections,
    ];

    /// The word that `--kind`, `[columns]` and scripts use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Households => "households",
            Self::Totals => "totals",
            Self::Members => "members",
            Self::Pledges => "pledges",
            Self::Twinning => "twinning",
            Self::Support => "support",
            Self::Assignment => "assignment",
            Self::Corrections => "corrections",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
