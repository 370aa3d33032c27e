//! What is wrong with an input, where, and how much it matters.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::household::{Birth, Class};
use super::source::CellRef;

/// How much an issue matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row or the file is not counted.
    Error,
    /// The row is counted; somebody should look at it.
    Warning,
}

impl Severity {
    /// The word scripts see.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Something that helps to mend an issue, beside its code.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hint {
    /// Nothing more.
    #[default]
    None,
    /// The nearest known word.
    Nearest(String),
    /// What the value should be by the rest of the file (a sum, a restored number).
    Value(String),
    /// What a doubtful value contradicts, or the file that was read first.
    Other(String),
    /// The class that something else tells.
    Class(Class),
    /// The birth that the number contradicts.
    Birth(Birth),
    /// The day that the date contradicts.
    Day(Date),
    /// Why a file or a sheet cannot be read, by its key among the words; what was found says it in English, for support.
    Fault(&'static str),
    /// Where the first of two doubles stands.
    Row {
        /// Its file.
        file: Arc<str>,
        /// Its sheet.
        sheet: String,
        /// Its cell.
        cell: CellRef,
    },
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        /// The kinds of issues. Each has a word that is unique, stable and documented, and a severity by default.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// All codes in the order in which they are documented.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word scripts see.
            #[must_use]
            pub fn word(self) -> &'static str { match self { $(Self::$name => $text),+ } }

            /// The severity, unless the programme file makes it heavier.
            #[must_use]
            pub fn severity(self) -> Severity { match self { $(Self::$name => Severity::$severity),+ } }
        }
    };
}

codes! {
    // Files.
    /// The file cannot be read at all.
    FileUnreadable = "file-unreadable", Error;
    /// There is no file or folder of that name.
    FileMissing = "file-missing", Error;
    /// The file is locked with a password.
    FileLocked = "file-locked", Error;
    /// The file is larger than the limits allow, or made to be.
    FileTooLarge = "file-too-large", Error;
    /// The file is empty.
    FileEmpty = "file-empty", Error;
    /// The file is a web page or something else that is no workbook.
    FileNotWorkbook = "file-not-workbook", Error;
    /// The same content was already read from another file.
    FileTwice = "file-twice", Error;
    /// No table is known in a file that somebody named.
    TableUnknown = "table-unknown", Error;
    /// A file that was named for one kind of list holds lists of other kinds alone.
    TableOther = "table-other", Error;
    /// A commune is expected and no workbook holds it.
    CommuneMissing = "commune-missing", Warning;
    // Sheets and headings.
    /// A sheet is hidden; it is named and not read.
    SheetHidden = "sheet-hidden", Warning;
    /// A sheet could be two kinds of table.
    SheetAmbiguous = "sheet-ambiguous", Error;
    /// A list that could be a survey is a register of support by its title.
    RegisterByTitle = "register-by-title", Warning;
    /// By its title a list is of a part of the households only, or of what is planned.
    ListOfPart = "list-of-part", Warning;
    /// Rows of a roster or a ledger of another year, of which the year that counts has a list; they are left out.
    OtherYear = "other-year", Warning;
    /// Neither the title nor a heading of a list of sums says that they were given.
    LedgerUnclear = "ledger-unclear", Warning;
    /// A heading that this kind of table needs is missing.
    HeadingMissing = "heading-missing", Error;
    /// A column is known by what stands in it, and not by its heading.
    HeadingByContent = "heading-by-content", Warning;
    /// Two columns fit one field.
    HeadingDoubled = "heading-doubled", Error;
    /// The text was in an old encoding and was converted.
    OldEncoding = "old-encoding", Warning;
    /// Letters were lost before the file came (a `?` stands for them).
    LettersLost = "letters-lost", Warning;
    /// A cell lies far outside the table.
    FarCell = "far-cell", Warning;
    /// A cell could not be read.
    CellUnreadable = "cell-unreadable", Warning;
    /// A cell holds text that would be a formula if it were written plainly.
    FormulaText = "formula-text", Warning;
    /// A column, a banner, a sheet name or a title contradict each other about the place.
    PlaceContradicts = "place-contradicts", Warning;
    /// The year of the survey is not told, or told twice.
    YearUnknown = "year-unknown", Warning;
    /// A row that is neither a record, a banner, a sum nor a signature.
    RowUnknown = "row-unknown", Warning;
    /// Rows are hidden; they are counted.
    RowsHidden = "rows-hidden", Warning;
    /// Something is struck out in rows; they are counted.
    RowsStruck = "rows-struck", Warning;
    // Values of households.
    /// Persons of a household are missing.
    PersonsMissing = "persons-missing", Error;
    /// Persons of a household are no whole number of at least 1.
    PersonsWrong = "persons-wrong", Error;
    /// Persons of a household are not the number of its rows.
    PersonsRows = "persons-rows", Warning;
    /// A number looks like thousands that lost their separator.
    NumberSuspect = "number-suspect", Warning;
    /// The class is missing.
    ClassMissing = "class-missing", Error;
    /// Two classes are marked.
    ClassTwice = "class-twice", Error;
    /// The class is no known word.
    ClassUnknown = "class-unknown", Error;
    /// The class contradicts the scores B1 and B2.
    ClassScores = "class-scores", Warning;
    /// A remark beside a household says that it left, is listed twice or is of another class.
    RemarkContradicts = "remark-contradicts", Warning;
    /// The standard of the year has no scores that this tool knows: the class is not checked against B1 and B2.
    ScoresUnchecked = "scores-unchecked", Warning;
    /// B1 is no number.
    B1Wrong = "b1-wrong", Warning;
    /// B2 is no multiple of ten, or no number.
    B2Wrong = "b2-wrong", Warning;
    /// B2 is not ten times the number of marks.
    B2Marks = "b2-marks", Warning;
    /// The name is missing.
    NameMissing = "name-missing", Error;
    /// A person's row stands under no head of household.
    PersonWithoutHead = "person-without-head", Error;
    // Identity.
    /// The citizen number is too short or too long.
    CitizenLength = "citizen-length", Warning;
    /// The citizen number has other signs than digits.
    CitizenWrong = "citizen-wrong", Warning;
    /// The citizen number lost its first zero and was restored.
    CitizenRestored = "citizen-restored", Warning;
    /// The citizen number lost its last digits.
    CitizenDigitsLost = "citizen-digits-lost", Warning;
    /// An identity card number of nine digits (CMND) stands for the citizen number.
    CitizenOld = "citizen-old", Warning;
    /// The citizen number tells another year of birth.
    CitizenBirth = "citizen-birth", Warning;
    /// The citizen number tells another sex.
    CitizenSex = "citizen-sex", Warning;
    /// The citizen number stands twice.
    CitizenTwice = "citizen-twice", Error;
    /// A person with a citizen number stands in two households.
    PersonTwice = "person-twice", Warning;
    /// A household without a citizen number stands in two files.
    HouseholdTwice = "household-twice", Warning;
    // Dates.
    /// A date cannot be read or does not exist.
    DateWrong = "date-wrong", Warning;
    /// A date lies in the future or before 1900.
    DateOutside = "date-outside", Warning;
    /// Official membership lies before admission.
    OfficialBeforeAdmission = "official-before-admission", Warning;
    // Words.
    /// The sex cannot be read, or two are marked.
    SexUnknown = "sex-unknown", Warning;
    /// The people is not known.
    PeopleUnknown = "people-unknown", Warning;
    /// The commune is not known.
    CommuneUnknown = "commune-unknown", Warning;
    /// A code alone is that of two communes, one before and one after a merger, and nothing tells the year.
    CommuneAmbiguous = "commune-ambiguous", Error;
    /// The commune did not exist on the day of the list.
    CommuneOtherTime = "commune-other-time", Warning;
    /// No column, banner, title or name tells the commune.
    CommuneNone = "commune-none", Error;
    /// The village is not known.
    VillageUnknown = "village-unknown", Warning;
    /// A list has a column of villages, and a household none in it; nor does anything around the table tell it.
    VillageMissing = "village-missing", Warning;
    /// The organisation is not known.
    OrganisationUnknown = "organisation-unknown", Warning;
    /// A cell of the programme file is bound to its villages and has none.
    CellNoVillage = "cell-no-village", Warning;
    /// No column or title tells the organisation.
    OrganisationNone = "organisation-none", Error;
    /// A mark cannot be read.
    MarkUnknown = "mark-unknown", Warning;
    /// The standing of a member cannot be read.
    StandingUnknown = "standing-unknown", Warning;
    /// A species of seedling is missing where seedlings are pledged.
    SpeciesMissing = "species-missing", Warning;
    // Members and pledges.
    /// A member is listed twice.
    MemberTwice = "member-twice", Error;
    /// Somebody on a list is no member of the Party, or nothing says that they are.
    NoMember = "no-member", Error;
    /// Days or seedlings are no number, or less than zero, or more days than a year has.
    AmountWrong = "amount-wrong", Error;
    /// The words of a pledge do not say how much of what.
    AmountUnread = "amount-unread", Warning;
    /// A part of a seedling, or of a day other than a half.
    AmountFraction = "amount-fraction", Error;
    /// The salary coefficient cannot be read.
    CoefficientWrong = "coefficient-wrong", Warning;
    /// A pledge names a member that the roster does not have.
    PledgeMember = "pledge-member", Warning;
    /// The same pledge of the same giver stands on two sheets.
    PledgeTwice = "pledge-twice", Warning;
    /// A pledge names a member by another organisation or cell than the roster has.
    PledgeElsewhere = "pledge-elsewhere", Warning;
    // Sums and rates.
    /// A total or subtotal is unlike the sum of its rows.
    SumUnlike = "sum-unlike", Warning;
    /// A printed rate is unlike its counts.
    RateUnlike = "rate-unlike", Warning;
    /// An area stands twice in the totals.
    AreaTwice = "area-twice", Error;
    /// A count of the totals is missing or no whole number.
    TotalWrong = "total-wrong", Error;
    /// More poor and near-poor than households or persons in an area.
    TotalTooSmall = "total-too-small", Error;
    /// A totals table tells another number than the list of the same year.
    TotalUnlikeList = "total-unlike-list", Warning;
    /// A required cell holds an error value.
    ErrorValue = "error-value", Error;
    /// A required formula has no stored value.
    FormulaEmpty = "formula-empty", Error;
    // Support, corrections, assignment read back.
    /// A support names a household that no survey has.
    SupportHousehold = "support-household", Warning;
    /// A register tells another village than the survey.
    SupportElsewhere = "support-elsewhere", Warning;
    /// A number is that of one person, and the name beside it that of another.
    NumberName = "number-name", Warning;
    /// A household stands twice in the registers for one kind of support.
    SupportTwice = "support-twice", Warning;
    /// A row of last year's assignment has the number of one person and the name of another.
    PreviousName = "previous-name", Error;
    /// A row of last year's assignment has no usable number, and its name is nobody's or that of several.
    PreviousUnknown = "previous-unknown", Error;
    /// A decision of the corrections file is half made.
    DecisionHalf = "decision-half", Error;
    /// Two decisions of the corrections file cannot both hold.
    DecisionContradicts = "decision-contradicts", Error;
    /// A decision of the corrections file matches nothing.
    DecisionUnused = "decision-unused", Warning;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One finding about the input. The words for a person are made from it in `report`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// What kind of issue.
    pub code: Code,
    /// How much it matters here.
    pub severity: Severity,
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The sheet, where the issue is inside one.
    pub sheet: Option<Arc<str>>,
    /// The cell, where the issue has one.
    pub cell: Option<CellRef>,
    /// The field concerned, by its English key (`persons`, `class` …), where the issue is about one.
    pub field: Option<&'static str>,
    /// What was found, as it stands in the file.
    pub found: String,
    /// What helps to mend it.
    pub hint: Hint,
    /// How many cells of the same column, value and code this issue stands for, itself included.
    pub count: u64,
}

impl Issue {
    /// An issue of a file as a whole.
    #[must_use]
    pub fn of_file(code: Code, file: Arc<str>, found: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            file,
            sheet: None,
            cell: None,
            field: None,
            found: found.into(),
            hint: Hint::None,
            count: 1,
        }
    }

    /// The order in which issues are listed: by file, sheet, cell, then code.
    #[must_use]
    pub fn place_key(&self) -> (&str, Option<&str>, Option<CellRef>, Code) {
        (&self.file, self.sheet.as_deref(), self.cell, self.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_words_of_codes_are_unique_and_plain() {
        let words: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
        assert_eq!(words.len(), Code::ALL.len());
        assert!(words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')));
    }
}
