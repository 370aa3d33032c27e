//! What the reader is told from outside: the programme file and the flags of one run, already in typed form.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::corrections::Decision;
use super::kind::Kind;
use super::workbook::Limits;
use crate::domain::place::Commune;
use crate::domain::standard::Standard;

/// How to understand the inputs. The default knows the communes of Lắk and takes nothing else for granted.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The communes that are known, by code, name and other spellings.
    pub communes: Vec<Commune>,
    /// Whether the programme file lists the communes: then a commune outside the list is an error, not a warning.
    pub communes_listed: bool,
    /// Whether every commune of the list that exists at the end of a year must have a household list of that year.
    pub expect_every_commune: bool,
    /// The villages of a commune (by its printed name), where the programme file lists them; others are then unknown.
    pub villages: BTreeMap<String, Vec<String>>,
    /// The organisations that the programme file lists; empty where it lists none.
    pub organisations: Vec<KnownOrganisation>,
    /// Columns that headings cannot tell: per kind, field key → text of the heading.
    pub columns: BTreeMap<Kind, BTreeMap<String, String>>,
    /// Every sheet is read as this kind (`--kind`).
    pub kind: Option<Kind>,
    /// Only sheets of this name are read (`--sheet`).
    pub sheet: Option<String>,
    /// The year of every list that is read; else titles, folders and file names tell it.
    pub year: Option<i16>,
    /// The year that is asked for (`--year`) where lists may be of several: the year of surveys that tell none. Those that
    /// tell one keep it, unless `year` is set too.
    pub asked: Option<i16>,
    /// The poverty standards that the programme file states for years; the others have those of the decrees.
    pub standards: BTreeMap<i16, Standard>,
    /// The day against which dates are judged (`--as-of`); else 31 December of the list's year.
    pub as_of: Option<Date>,
    /// Decisions of a person on doubtful rows; read them first, with a call of their own.
    pub decisions: Vec<Decision>,
    /// Of what nothing but numbers is asked for, so that it need not be kept: then surveys and roster hold it in `counted`.
    /// Inputs that numbers cannot keep whole (decisions on doubles, registers of support) are read as if this were not set.
    pub counting: Counting,
    /// Whether of rosters and ledgers of several years those of one count: the year that is asked for, or the last before it.
    pub one_year: bool,
    /// Households up to which lists that are counted are read once more, and kept, where records alone tell whether two sheets have one
    /// household (1,000,000, a province twice). Of longer lists those without a number are told that say exactly the same.
    pub kept_rows: u64,
    /// Whether the support that mark columns of household lists tell is asked for; else the marks are looked at and not kept.
    pub supports: bool,
    /// Whether skipped rows are listed in the accounts of their sheets, each with what it was taken for; else they are counted.
    pub listing: bool,
    /// What one file may cost, and which process reads the formats whose parser can abort.
    pub limits: Limits,
}

/// What is counted as it is read and not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Counting {
    /// Nothing: every record is kept.
    #[default]
    Nothing,
    /// Households.
    Households,
    /// Households, and the members of rosters.
    HouseholdsAndMembers,
}

impl Counting {
    pub(super) fn households(self) -> bool {
        self != Self::Nothing
    }

    pub(super) fn members(self) -> bool {
        self == Self::HouseholdsAndMembers
    }
}

impl Settings {
    /// The poverty standard under which a list was made; without a year that of 2022 to 2026, whose forms have B1 and B2.
    #[must_use]
    pub fn standard(&self, year: Option<i16>) -> Standard {
        let of = |year| self.standards.get(&year).copied().unwrap_or_else(|| Standard::of_year(year));
        year.map_or(Standard::Nd07_2021, of)
    }
}

/// An organisation of the programme file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownOrganisation {
    /// The name as it is printed.
    pub name: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// The printed name of the commune whose committee it is, or `none` where it is no committee although its name looks like one.
    pub committee_of: Option<String>,
    /// Its cells, where the name does not tell their village.
    pub cells: Vec<KnownCell>,
}

/// A cell of an organisation of the programme file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownCell {
    /// The name as it is printed.
    pub name: String,
    /// The village whose cell it is.
    pub village: Option<String>,
    /// Whether its members help in that village only.
    pub restricted: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            communes: crate::domain::gazetteer::lak(),
            communes_listed: false,
            expect_every_commune: false,
            villages: BTreeMap::new(),
            organisations: Vec::new(),
            columns: BTreeMap::new(),
            kind: None,
            sheet: None,
            year: None,
            asked: None,
            standards: BTreeMap::new(),
            as_of: None,
            decisions: Vec::new(),
            counting: Counting::Nothing,
            one_year: false,
            kept_rows: 1_000_000,
            supports: true,
            listing: false,
            limits: Limits::default(),
        }
    }
}
