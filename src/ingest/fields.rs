//! The fields that columns may hold, and their keys: the words of `[columns]`, of issues, and the headings of what
//! `ingest` writes.

macro_rules! fields {
    ($($(#[doc = $doc:literal])+ $name:ident = $key:literal;)+) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($(#[doc = $doc])+ $name,)+ }

        impl Field {
            /// All fields.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The English key of the field, unique and stable.
            #[must_use]
            pub const fn key(self) -> &'static str { match self { $(Self::$name => $key),+ } }
        }
    };
}

fields! {
    /// Running number of the row.
    Number = "number";
    /// Running number of the household, on the head's row only.
    HouseholdNumber = "household_number";
    /// Running number of a person within the household.
    PersonNumber = "person_number";
    /// Free remarks; on a roster they may tell the standing.
    Note = "note";
    /// A column that is known and not needed.
    Unused = "unused";
    /// The stable key that `ingest` prints.
    Key = "key";
    /// The year of the list, in what `ingest` writes.
    Year = "year";
    /// Whether the list is of all households or of the poor only, in what `ingest` writes.
    Coverage = "coverage";
    /// File of a row, in what `ingest` and `check` write.
    File = "file";
    /// Sheet of a row.
    Sheet = "sheet";
    /// Row of a row.
    Row = "row";
    /// Code of the commune.
    CommuneCode = "commune_code";
    /// Commune.
    Commune = "commune";
    /// Village.
    Village = "village";
    /// Where somebody lives, in one cell: village, commune and the rest.
    Address = "address";
    /// Name of the head of household.
    Head = "head";
    /// Name of a member, or of a person of a household.
    Name = "name";
    /// The last part of a name, where it has a column of its own.
    GivenName = "given_name";
    /// Relation of a person to the head.
    Relation = "relation";
    /// Birth: a date or a year.
    Birth = "birth";
    /// The day of the month of a birth, where it has a column of its own; the year is in that of the birth.
    BirthDay = "birth_day";
    /// The month of a birth, likewise.
    BirthMonth = "birth_month";
    /// Birth of a man: the column tells the sex.
    BirthMale = "birth_male";
    /// Birth of a woman.
    BirthFemale = "birth_female";
    /// Sex.
    Sex = "sex";
    /// A mark for a man.
    SexMale = "sex_male";
    /// A mark for a woman.
    SexFemale = "sex_female";
    /// Sex, people and religion in one cell, a line each (Mẫu 7-HSĐV).
    SexPeople = "sex_people";
    /// People (dân tộc).
    People = "people";
    /// Citizen number.
    Citizen = "citizen";
    /// Old identity card number.
    OldCard = "old_card";
    /// Persons of the household.
    Persons = "persons";
    /// Class as a word.
    Class = "class";
    /// Mark: poor.
    ClassPoor = "class_poor";
    /// Mark: near-poor.
    ClassNearPoor = "class_near_poor";
    /// Mark: neither.
    ClassOther = "class_other";
    /// Score B1.
    B1 = "b1";
    /// Score B2.
    B2 = "b2";
    /// Deprivation mark 1.
    Cs1 = "cs1";
    /// Deprivation mark 2.
    Cs2 = "cs2";
    /// Deprivation mark 3.
    Cs3 = "cs3";
    /// Deprivation mark 4.
    Cs4 = "cs4";
    /// Deprivation mark 5.
    Cs5 = "cs5";
    /// Deprivation mark 6.
    Cs6 = "cs6";
    /// Deprivation mark 7.
    Cs7 = "cs7";
    /// Deprivation mark 8.
    Cs8 = "cs8";
    /// Deprivation mark 9.
    Cs9 = "cs9";
    /// Deprivation mark 10.
    Cs10 = "cs10";
    /// Deprivation mark 11.
    Cs11 = "cs11";
    /// Deprivation mark 12.
    Cs12 = "cs12";
    /// Nobody in the household can work.
    NoLabour = "no_labour";
    /// A member of the household has merit.
    Merit = "merit";
    /// Minority household, as marked; the people decides.
    Minority = "minority";
    /// Received health support.
    SupportHealth = "support_health";
    /// Received education support.
    SupportEducation = "support_education";
    /// Received production support.
    SupportProduction = "support_production";
    /// Received credit.
    SupportCredit = "support_credit";
    /// Received housing support.
    SupportHousing = "support_housing";
    /// Received vocational training.
    SupportTraining = "support_training";
    /// Received other support.
    SupportOther = "support_other";
    /// Number of the Party card.
    Card = "card";
    /// Card, file and badge numbers in one cell (Mẫu 7-HSĐV).
    CardLines = "card_lines";
    /// Base organisation of the Party.
    Organisation = "organisation";
    /// Commune whose committee the organisation is.
    CommitteeOf = "committee_of";
    /// Party cell.
    Cell = "cell";
    /// Village whose cell it is.
    CellVillage = "cell_village";
    /// Whether the cell's members help there only.
    CellRestricted = "cell_restricted";
    /// Day of admission.
    Admitted = "admitted";
    /// Day of official membership.
    Official = "official";
    /// Both days in one cell (Mẫu 7-HSĐV).
    AdmittedOfficial = "admitted_official";
    /// Standing.
    Standing = "standing";
    /// Day from which the standing holds.
    StandingDate = "standing_date";
    /// Transferred away, when and where to.
    MovedAway = "moved_away";
    /// Died, when.
    Died = "died";
    /// Left the Party, when and how.
    LeftParty = "left_party";
    /// Exempt from the life of the Party: a mark or a day.
    Exempt = "exempt";
    /// On probation: a mark.
    Probation = "probation";
    /// Whether somebody is a member of the Party, on a list of others too: a mark or a word.
    Membership = "membership";
    /// Paid from the state budget.
    Salaried = "salaried";
    /// Salary coefficient.
    Coefficient = "coefficient";
    /// Days of salary pledged.
    PledgedSalary = "pledged_salary_days";
    /// Days of labour pledged.
    PledgedLabour = "pledged_labour_days";
    /// Seedlings pledged.
    PledgedSeedlings = "pledged_seedlings";
    /// Species pledged.
    PledgedSpecies = "pledged_species";
    /// Money pledged, in đồng.
    PledgedMoney = "pledged_money_dong";
    /// What is pledged, in words.
    PledgedText = "pledged_text";
    /// How much of what the words name.
    AmountNumber = "amount_number";
    /// Days of salary delivered.
    DeliveredSalary = "delivered_salary_days";
    /// Days of labour delivered.
    DeliveredLabour = "delivered_labour_days";
    /// Seedlings delivered.
    DeliveredSeedlings = "delivered_seedlings";
    /// Species delivered.
    DeliveredSpecies = "delivered_species";
    /// Money delivered, in đồng.
    DeliveredMoney = "delivered_money_dong";
    /// What was delivered, in words.
    DeliveredText = "delivered_text";
    /// A donor who is no member.
    Donor = "donor";
    /// What the gift bought.
    Bought = "bought";
    /// The household that got it; or the household's key in an assignment or a register.
    Household = "household";
    /// Class of the household in an assignment.
    Status = "status";
    /// The member's key in an assignment.
    Member = "member";
    /// Why the pair was made.
    Reasons = "reasons";
    /// All households of an area.
    Households = "households";
    /// All persons of an area.
    AreaPersons = "area_persons";
    /// Poor households of an area.
    Poor = "poor";
    /// Near-poor households of an area.
    NearPoor = "near_poor";
    /// Persons in poor households of an area.
    PoorPersons = "poor_persons";
    /// Persons in near-poor households of an area.
    NearPoorPersons = "near_poor_persons";
    /// Printed rate of the poor.
    PoorRate = "poor_percent";
    /// Printed rate of the near-poor.
    NearPoorRate = "near_poor_percent";
    /// Kind of support.
    SupportKind = "support";
    /// Whether it is needed.
    Needed = "needed";
    /// Whether it was received.
    Received = "received";
    /// Persons who need it.
    PersonsNeeded = "persons_needed";
    /// Persons who received it.
    PersonsReceived = "persons_received";
    /// Whether the use of a loan was checked.
    UseChecked = "use_checked";
    /// Code of an issue.
    Code = "code";
    /// Cell of an issue.
    IssueCell = "issue_cell";
    /// What was found.
    Found = "found";
    /// The other of two.
    Other = "other";
    /// What a person decided.
    Decision = "decision";
    /// The new value.
    NewValue = "value";
    /// Who decided.
    Initials = "initials";
}

impl Field {
    /// The twelve deprivation marks in the order of the form.
    pub const INDICATORS: [Self; 12] = [
        Self::Cs1,
        Self::Cs2,
        Self::Cs3,
        Self::Cs4,
        Self::Cs5,
        Self::Cs6,
        Self::Cs7,
        Self::Cs8,
        Self::Cs9,
        Self::Cs10,
        Self::Cs11,
        Self::Cs12,
    ];

    /// The columns that mark the class, poorest first.
    pub const CLASS_MARKS: [Self; 3] = [Self::ClassPoor, Self::ClassNearPoor, Self::ClassOther];

    /// What tells of one person, who may be another than the head of the household.
    pub(crate) const OF_ONE: [Self; 9] = [
        Self::Citizen,
        Self::Birth,
        Self::BirthMale,
        Self::BirthFemale,
        Self::BirthDay,
        Self::BirthMonth,
        Self::Sex,
        Self::SexMale,
        Self::SexFemale,
    ];

    /// The columns of a household list that mark support received, with the kind as it is printed.
    pub const SUPPORT_MARKS: [(Self, &'static str); 7] = [
        (Self::SupportHealth, "Y tế"),
        (Self::SupportEducation, "Giáo dục"),
        (Self::SupportProduction, "Hỗ trợ sản xuất"),
        (Self::SupportCredit, "Vay vốn tín dụng"),
        (Self::SupportHousing, "Nhà ở"),
        (Self::SupportTraining, "Đào tạo nghề"),
        (Self::SupportOther, "Khác"),
    ];

    /// The amounts of pledges and deliveries.
    pub const AMOUNTS: [Self; 12] = [
        Self::PledgedSalary,
        Self::PledgedLabour,
        Self::PledgedSeedlings,
        Self::PledgedSpecies,
        Self::PledgedMoney,
        Self::DeliveredSalary,
        Self::DeliveredLabour,
        Self::DeliveredSeedlings,
        Self::DeliveredSpecies,
        Self::DeliveredMoney,
        Self::PledgedText,
        Self::DeliveredText,
    ];

    /// Whether a second column of the same kind does no harm, because nothing is read from either or both are remarks.
    #[must_use]
    pub const fn may_double(self) -> bool {
        matches!(self, Self::Number | Self::Note | Self::Unused | Self::PersonNumber | Self::GivenName)
    }

    /// The field of a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }
}
