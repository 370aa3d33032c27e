//! What is read of one file before the files are put together: records with what is needed to find doubles among them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::account::{SheetAccount, add};
use super::corrections::{Answer, Decision};
use super::counted::CountedRows;
use super::counted_members::CountedMembers;
use super::findings::Findings;
use super::settings::Counting;
use crate::domain::household::{Birth, Household};
use crate::domain::ids::CitizenNumber;
use crate::domain::issue::Issue;
use crate::domain::member::Member;
use crate::domain::organisation::Twinning;
use crate::domain::pledge::Pledge;
use crate::domain::previous::PreviousRow;
use crate::domain::source::{CellRef, Source};
use crate::domain::support::Support;
use crate::domain::survey::Coverage;
use crate::domain::totals::AreaTotal;

/// A record and where it counts.
#[derive(Clone, Debug)]
pub(crate) struct Record<T> {
    /// The record.
    pub(crate) value: T,
    /// Its sheet, by place in the file's accounts.
    pub(crate) sheet: usize,
    /// How many rows it took.
    pub(crate) rows: u64,
    /// The year of its list.
    pub(crate) year: Option<i16>,
    /// The cell that carries an issue about its identity: of the number, else of the name.
    pub(crate) identity: CellRef,
    /// The cell of its place or organisation.
    pub(crate) place: Option<CellRef>,
}

/// A household with what its list says of the list as a whole.
#[derive(Clone, Debug)]
pub(crate) struct HouseholdRecord {
    /// The household.
    pub(crate) record: Record<Household>,
    /// What the row itself says of the list, in what `ingest` writes.
    pub(crate) coverage: Option<Coverage>,
}

/// The citizen number of a person beside the head of a household.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Other {
    /// The sheet, by place in the file's accounts.
    pub(crate) sheet: usize,
    /// The cell of the number.
    pub(crate) cell: CellRef,
    /// The row of the head.
    pub(crate) head: u32,
    /// The number.
    pub(crate) number: CitizenNumber,
}

/// Everything read of one file.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) file: Arc<str>,
    pub(crate) sha256: String,
    pub(crate) error: Option<Issue>,
    pub(crate) sheets: Vec<SheetAccount>,
    pub(crate) findings: Findings,
    pub(crate) households: Vec<HouseholdRecord>,
    /// Households that are counted and not kept, where nothing but sums is asked for.
    pub(crate) counted: CountedRows,
    /// Whether a cell says that it says the same as the one above.
    pub(crate) dittos: bool,
    /// Whether a table of the file has more to say than numbers can keep.
    pub(crate) uncountable: bool,
    pub(crate) totals: Vec<Record<AreaTotal>>,
    pub(crate) members: Vec<Record<Member>>,
    /// Sheets that list members of one standing beside the whole roster.
    pub(crate) standing_lists: BTreeSet<usize>,
    /// Sheets that list members with what they pledge, and say of them nothing else that a roster does.
    pub(crate) pledge_lists: BTreeSet<usize>,
    /// Members who are counted and not kept, where nothing but numbers is asked for.
    pub(crate) counted_members: CountedMembers,
    pub(crate) pledges: Vec<Record<Pledge>>,
    pub(crate) twinning: Vec<Record<Twinning>>,
    pub(crate) supports: Vec<Record<Support>>,
    /// Births that rows of registers tell of households without a number, by sheet and row.
    pub(crate) register_births: BTreeMap<(usize, u32), Birth>,
    pub(crate) previous: Vec<Record<PreviousRow>>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) answers: Vec<Answer>,
    /// Persons beside the heads whose citizen number is known: where the number stands, and the row of the head.
    pub(crate) others: Vec<Other>,
    /// Whom the rows are about that were left out as doubles.
    pub(crate) doubled: Vec<(Source, String)>,
    pub(crate) persons: Vec<super::persons::Returning>,
    /// Whether a household list of the file speaks of everybody: a title or a column says so, or a household is neither
    /// poor nor near-poor.
    pub(crate) everybody: bool,
    /// Whether a row was read as it was because nothing had said so until then.
    pub(crate) asked_everybody: bool,
    /// Villages whose counts cannot be compared with a summary, because a row of theirs was rejected.
    pub(crate) disturbed: Vec<(String, Option<String>)>,
    /// Decisions of the settings that were applied, by their place in the list.
    pub(crate) applied: Vec<usize>,
}

impl Batch {
    pub(crate) fn new(file: Arc<str>) -> Self {
        Self {
            findings: Findings::new(file.clone()),
            file,
            sha256: String::new(),
            error: None,
            sheets: Vec::new(),
            households: Vec::new(),
            counted: CountedRows::default(),
            dittos: false,
            uncountable: false,
            totals: Vec::new(),
            members: Vec::new(),
            standing_lists: BTreeSet::new(),
            pledge_lists: BTreeSet::new(),
            counted_members: CountedMembers::default(),
            pledges: Vec::new(),
            twinning: Vec::new(),
            supports: Vec::new(),
            register_births: BTreeMap::new(),
            previous: Vec::new(),
            decisions: Vec::new(),
            answers: Vec::new(),
            others: Vec::new(),
            doubled: Vec::new(),
            persons: Vec::new(),
            everybody: false,
            asked_everybody: false,
            disturbed: Vec::new(),
            applied: Vec::new(),
        }
    }

    /// Adds what was read of a later sheet of the same file, as if it had been read into this one.
    pub(crate) fn append(&mut self, part: Self) {
        // All fields by name, so that none that is new is forgotten.
        let Self {
            file: _,
            sha256: _,
            error: _,
            sheets,
            findings,
            mut households,
            counted,
            dittos: _,
            uncountable,
            totals,
            members,
            standing_lists,
            pledge_lists,
            counted_members,
            pledges,
            twinning,
            supports,
            register_births,
            previous,
            decisions,
            answers,
            mut others,
            doubled,
            persons,
            everybody,
            asked_everybody,
            disturbed,
            applied,
        } = part;
        let before = self.sheets.len();
        households.iter_mut().for_each(|household| household.record.sheet += before);
        others.iter_mut().for_each(|other| other.sheet += before);
        self.findings.append(findings);
        self.counted.append(counted, before);
        self.counted_members.append(counted_members, before);
        add(&mut self.sheets, sheets);
        add(&mut self.households, households);
        add(&mut self.totals, later(totals, before));
        add(&mut self.members, later(members, before));
        self.standing_lists.extend(standing_lists.into_iter().map(|sheet| sheet + before));
        self.pledge_lists.extend(pledge_lists.into_iter().map(|sheet| sheet + before));
        add(&mut self.pledges, later(pledges, before));
        add(&mut self.twinning, later(twinning, before));
        add(&mut self.supports, later(supports, before));
        self.register_births.extend(register_births.into_iter().map(|((sheet, row), birth)| ((sheet + before, row), birth)));
        add(&mut self.previous, later(previous, before));
        add(&mut self.decisions, decisions);
        add(&mut self.answers, answers);
        add(&mut self.others, others);
        add(&mut self.doubled, doubled);
        add(&mut self.persons, persons);
        add(&mut self.disturbed, disturbed);
        add(&mut self.applied, applied);
        self.uncountable |= uncountable;
        self.everybody |= everybody;
        self.asked_everybody |= asked_everybody;
    }

    /// Lets households go that were read since the last time, and keeps what sums need of them; gives the slot of the last.
    /// The same with members where they are counted too.
    pub(crate) fn settle(&mut self, counting: Counting) -> Option<u32> {
        if counting.members() {
            self.members.drain(..).for_each(|member| self.counted_members.take(&member));
        }
        self.households.drain(..).map(|household| self.counted.take(household)).last()
    }
}

/// Records of a sheet before which others stand.
fn later<T>(mut records: Vec<Record<T>>, before: usize) -> Vec<Record<T>> {
    records.iter_mut().for_each(|record| record.sheet += before);
    records
}
