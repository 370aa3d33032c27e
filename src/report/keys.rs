//! The keys of the words in `words.toml`. A new sentence needs a line here and an entry there.

macro_rules! keys {
    ($($name:ident = $text:literal,)+) => {
        /// The key of some words for people; the name is where they stand in `words.toml`.
        #[expect(missing_docs, reason = "the words themselves say what each key stands for")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key { $($name,)+ }

        impl Key {
            /// All keys.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Where the words stand in the file.
            #[must_use]
            pub fn name(self) -> &'static str { match self { $(Self::$name => $text),+ } }
        }
    };
}

keys! {
    NoData = "general.no_data",
    Hidden = "general.hidden",
    HiddenNote = "general.hidden_note",
    Total = "general.total",
    Yes = "general.yes",
    No = "general.no",
    Note = "general.note",
    Contents = "general.contents",
    Chart = "general.chart",
    Goal = "general.goal",
    Page = "general.page",
    SkipToContents = "general.skip",
    ChartTable = "general.chart_table",
    StandardChanges = "general.standard_changes",
    Unnamed = "general.unnamed",
    AsOf = "general.as_of",
    MadeBy = "general.made_by",

    ClassPoor = "class.poor",
    ClassNearPoor = "class.near_poor",
    ClassOther = "class.other",
    SexMale = "sex.male",
    SexFemale = "sex.female",
    SeverityError = "severity.error",
    SeverityWarning = "severity.warning",
    FieldAny = "general.field_any",

    VerdictReached = "verdict.reached",
    VerdictOnPace = "verdict.on_pace",
    VerdictBehind = "verdict.behind",
    VerdictNoData = "verdict.no_data",
    VerdictNotComparable = "verdict.not_comparable",
    GoalAtMost = "verdict.at_most",
    GoalBelow = "verdict.below",

    HintNearest = "hint.nearest",
    HintValue = "hint.value",
    HintOther = "hint.other",
    HintHeading = "hint.heading",
    HintRead = "hint.read",
    HintFirst = "hint.first",
    HintElsewhere = "hint.elsewhere",
    HintKind = "hint.kind",
    HintYear = "hint.year",
    HintScores = "hint.scores",
    HintList = "hint.list",
    HintPoor = "hint.poor",
    HintBirth = "hint.birth",
    HintAdmitted = "hint.admitted",
    HintHolder = "hint.holder",

    EligibilityEligible = "eligibility.eligible",
    EligibilityExempt = "eligibility.exempt",
    EligibilitySuspended = "eligibility.suspended",
    EligibilityTransferred = "eligibility.transferred",
    EligibilityDeparted = "eligibility.departed",

    PartyCountry = "annex.party",
    StateCountry = "annex.state",
    StateMotto = "annex.motto",
    PartyNumber = "annex.party_number",
    StateNumber = "annex.state_number",
    PlaceDateOf = "annex.place_date_of",
    PlaceDate = "annex.place_date",
    PartySignature = "annex.party_signature",
    StateSignature = "annex.state_signature",
    PartySigner = "annex.party_signer",
    StateSigner = "annex.state_signer",
    Recipients = "annex.recipients",
    Archive = "annex.archive",
    PartyBody = "annex.party_body",
    StateBody = "annex.state_body",
    AnnexWord = "annex.annex",
    Annexed = "annex.annexed",
}
