//! The programme as the domain takes it: goals, standards, communes, mergers, and the settings of the assignment.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Programme;
use super::file::{Comparison, Goal, Measure, Minimum, Published, Standard};
use super::lists::{Level, Pair, Pool};
use super::values::Year;
use crate::domain::assignment;
use crate::domain::duty::{DutyRules, Least, Money, Requirement};
use crate::domain::gazetteer;
use crate::domain::goals::{self, Known, Point};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::mergers::{Merger, Mergers};
use crate::domain::peoples::People;
use crate::domain::place::{Commune, CommuneRef, Village};
use crate::domain::plan::{self, PreviousPair};
use crate::domain::rate::{Hundredths, Share};
use crate::domain::spelling::fold;
use crate::domain::standard;
use crate::domain::survey::end_of;

/// Communes that became another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedCommunes {
    /// The communes that ended.
    pub from: Vec<CommuneRef>,
    /// The commune that they became.
    pub into: CommuneRef,
    /// Its first day.
    pub on: Date,
}

impl Programme {
    /// The goals, in the order of the file.
    #[must_use]
    pub fn goals(&self) -> Vec<goals::Goal> {
        self.file.goals.iter().map(Goal::to_domain).collect()
    }

    /// The poverty standard of a year's survey.
    #[must_use]
    pub fn standard(&self, year: i16) -> standard::Standard {
        let stated = self.year(year).and_then(|table| table.standard);
        stated.map_or_else(|| standard::Standard::of_year(year), standard::Standard::from)
    }

    /// The day for which a year is judged: that of the file, else 31 December; `None` for no year of the calendar.
    #[must_use]
    pub fn as_of(&self, year: i16) -> Option<Date> {
        self.year(year).and_then(|table| table.as_of).map(|day| day.0).or_else(|| end_of(year))
    }

    /// What is published about a rate in a year: the counts where the file has them, else the percentage.
    #[must_use]
    pub fn published(&self, year: i16, measure: goals::Measure) -> Option<Point> {
        let known = self.year(year)?.published.as_ref()?.known(measure)?;
        Some(Point { year, standard: self.standard(year), known })
    }

    /// The rate that the province published for a year.
    #[must_use]
    pub fn province(&self, year: i16, measure: goals::Measure) -> Option<Hundredths> {
        let published = self.file.province.get(&Year::new(year)?)?;
        published.known(measure)?.percent()
    }

    /// Who says what the province published for a year.
    #[must_use]
    pub fn province_source(&self, year: i16) -> Option<&str> {
        self.file.province.get(&Year::new(year)?)?.source.as_deref()
    }

    /// Whether the file lists the communes; else they are those of Lắk as far as the tool knows them.
    #[must_use]
    pub fn communes_listed(&self) -> bool {
        !self.file.communes.is_empty()
    }

    /// The communes of all times: those of the file, else those of Lắk before and after 1 July 2025.
    #[must_use]
    pub fn communes(&self) -> Vec<Commune> {
        if !self.communes_listed() {
            return gazetteer::lak();
        }
        let listed = self.file.communes.iter();
        listed
            .map(|row| {
                let by_name = Commune::unlisted(&row.name);
                Commune {
                    code: row.code,
                    aliases: row.aliases.0.clone(),
                    urban: row.urban.unwrap_or(by_name.urban),
                    valid_from: row.valid_from.map(|day| day.0),
                    valid_to: row.valid_to.map(|day| day.0),
                    ..by_name
                }
            })
            .collect()
    }

    /// The communes of a day.
    #[must_use]
    pub fn communes_on(&self, day: Date) -> Vec<Commune> {
        self.communes().into_iter().filter(|commune| commune.exists_on(day)).collect()
    }

    /// The villages that the file lists for a commune; `None` where it lists none.
    #[must_use]
    pub fn villages(&self, commune: &Commune) -> Option<Vec<Village>> {
        let row = self.file.communes.iter().find(|row| {
            row.name == commune.name && row.code == commune.code && row.valid_from.map(|day| day.0) == commune.valid_from
        })?;
        let villages: Vec<Village> = row.villages.0.iter().map(|name| Village::new(name)).collect();
        Some(villages).filter(|villages| !villages.is_empty())
    }

    /// The commune of a name or another spelling on a day.
    #[must_use]
    pub fn commune_on(&self, name: &str, day: Date) -> Option<CommuneRef> {
        self.find(name, |commune| commune.exists_on(day))
    }

    /// The commune of a name or another spelling on the day before.
    #[must_use]
    pub fn commune_before(&self, name: &str, day: Date) -> Option<CommuneRef> {
        let eve = day.yesterday().ok()?;
        self.commune_on(name, eve)
    }

    /// The first commune of a name or another spelling, whenever it existed.
    #[must_use]
    pub fn commune_named(&self, name: &str) -> Option<CommuneRef> {
        self.find(name, |_| true)
    }

    fn find(&self, name: &str, wanted: impl Fn(&Commune) -> bool) -> Option<CommuneRef> {
        let folded = fold(name);
        let named = |commune: &Commune| std::iter::once(&commune.name).chain(&commune.aliases).any(|known| fold(known) == folded);
        self.communes().into_iter().find(|commune| wanted(commune) && named(commune)).map(CommuneRef::new)
    }

    /// The mergers of the file, where its names are known (loading a file checks that).
    #[must_use]
    pub fn listed_mergers(&self) -> Vec<MergedCommunes> {
        let merger = |row: &super::lists::Merger| {
            let on = row.on.0;
            let from = row.from.0.iter().map(|name| self.commune_before(name, on)).collect::<Option<_>>()?;
            Some(MergedCommunes { from, into: self.commune_on(&row.into, on)?, on })
        };
        self.file.mergers.iter().filter_map(merger).collect()
    }

    /// The mergers that hold: those of the file, and where it lists no communes that of Lắk in 2025.
    #[must_use]
    pub fn mergers(&self) -> Mergers {
        let listed = self.listed_mergers();
        if listed.is_empty() && !self.communes_listed() {
            return Mergers::lak_2025();
        }
        let single = |merger: MergedCommunes| {
            let (into, day) = (merger.into, merger.on);
            merger.from.into_iter().map(move |from| Merger { from, into: into.clone(), day })
        };
        Mergers::new(listed.into_iter().flat_map(single))
    }

    /// What each kind of member owes.
    #[must_use]
    pub fn duty(&self) -> DutyRules {
        let rules = &self.file.duty;
        let any = |minimums: &[Minimum]| Requirement::any(minimums.iter().filter_map(Minimum::to_domain));
        DutyRules {
            elsewhere: any(&rules.outside_committees),
            committee_salaried: any(&rules.committee_salaried),
            committee_unsalaried: any(&rules.committee_unsalaried),
        }
    }

    /// How a day of salary becomes money, whether or not reports are to print it (`money.estimate` of the file).
    #[must_use]
    pub fn money(&self) -> Money {
        let money = &self.file.money;
        Money { base_salary: money.base_salary.iter().map(|row| (row.from.0, row.dong)).collect(), divisor: money.divisor }
    }

    /// Who may be a helper.
    #[must_use]
    pub fn pool(&self) -> plan::Pool {
        match self.file.assignment.pool {
            Pool::All => plan::Pool::All,
            Pool::Commune => plan::Pool::Commune,
            Pool::Twinned => plan::Pool::Twinned,
        }
    }

    /// The settings of the solver.
    #[must_use]
    pub fn assignment(&self) -> assignment::Settings {
        let settings = &self.file.assignment;
        assignment::Settings {
            cap: settings.cap,
            min_helpers: settings.min_helpers,
            order: settings.order.iter().map(|&level| level.into()).collect(),
            max_changes: settings.max_changes,
        }
    }

    /// Pairs that are in every plan of a year.
    #[must_use]
    pub fn pins(&self, year: i16) -> Vec<PreviousPair> {
        pairs(&self.file.assignment.pins, year)
    }

    /// Pairs that are in no plan of a year.
    #[must_use]
    pub fn exclusions(&self, year: i16) -> Vec<PreviousPair> {
        pairs(&self.file.assignment.exclusions, year)
    }

    /// Who decided the pins and exclusions of a year, and why, where the file says so.
    #[must_use]
    pub fn whys(&self, year: i16) -> BTreeMap<PreviousPair, String> {
        let told = self.file.assignment.pins.iter().chain(&self.file.assignment.exclusions);
        let told = told.filter_map(|pair| Some((pairs(std::slice::from_ref(pair), year).pop()?, pair.why.clone()?)));
        told.collect()
    }

    /// Groups of peoples that share a language; the position in the list numbers the language.
    #[must_use]
    pub fn common_languages(&self) -> Vec<Vec<People>> {
        let groups = self.file.assignment.common_languages.iter();
        groups.map(|names| names.iter().filter_map(|name| People::parse(name)).collect()).collect()
    }
}

fn pairs(pairs: &[Pair], year: i16) -> Vec<PreviousPair> {
    // People write a number in groups of three digits.
    let key = |text: &str| {
        let closed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        CitizenNumber::parse(&closed).map_or_else(|| Key::Made(text.to_owned()), Key::Citizen)
    };
    let of_year = pairs.iter().filter(|pair| pair.year.is_none_or(|only| only == year));
    of_year.map(|pair| PreviousPair { household: key(&pair.household), member: key(&pair.member) }).collect()
}

impl Goal {
    /// The goal as the domain tests it.
    #[must_use]
    pub fn to_domain(&self) -> goals::Goal {
        goals::Goal {
            measure: match self.measure {
                Measure::Poor => goals::Measure::Poor,
                Measure::NearPoor => goals::Measure::NearPoor,
            },
            year: self.year,
            limit: self.limit.hundredths(),
            comparison: match self.comparison {
                Comparison::AtMost => goals::Comparison::AtMost,
                Comparison::Below => goals::Comparison::Below,
            },
            standard: self.standard.map(standard::Standard::from),
        }
    }
}

impl Minimum {
    /// The way to do one's duty; `None` where it names no amount, which loading a file refuses.
    #[must_use]
    pub fn to_domain(&self) -> Option<Least> {
        let salary = self.salary_days.map(|days| Least::SalaryDays(days.days()));
        let labour = self.labour_days.map(|days| Least::LabourDays(days.days()));
        salary.or(labour).or_else(|| self.seedlings.map(|seedlings| Least::Seedlings(u64::from(seedlings))))
    }
}

impl Published {
    /// What is known of a rate: counts before a percentage.
    #[must_use]
    pub fn known(&self, measure: goals::Measure) -> Option<Known> {
        let (part, percent) = match measure {
            goals::Measure::Poor => (self.poor, self.poor_percent),
            goals::Measure::NearPoor => (self.near_poor, self.near_poor_percent),
        };
        let counts = part.zip(self.households).map(|(part, whole)| Known::Counts(Share { part, whole: Some(whole) }));
        counts.or_else(|| percent.map(|percent| Known::Published { percent: percent.hundredths(), households: part }))
    }
}

impl From<Standard> for standard::Standard {
    fn from(standard: Standard) -> Self {
        match standard {
            Standard::Nd59_2015 => Self::Nd59_2015,
            Standard::Nd07_2021 => Self::Nd07_2021,
            Standard::Nd351_2025 => Self::Nd351_2025,
        }
    }
}

impl From<standard::Standard> for Standard {
    fn from(standard: standard::Standard) -> Self {
        match standard {
            standard::Standard::Nd59_2015 => Self::Nd59_2015,
            standard::Standard::Nd07_2021 => Self::Nd07_2021,
            standard::Standard::Nd351_2025 => Self::Nd351_2025,
        }
    }
}

impl From<Level> for assignment::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::MaxLoad => Self::MaxLoad,
            Level::SumSqLoad => Self::SumSqLoad,
            Level::SumSqCover => Self::SumSqCover,
            Level::NearExtra => Self::NearExtra,
            Level::Continuity => Self::Continuity,
            Level::SameVillage => Self::SameVillage,
            Level::SumSqPoor => Self::SumSqPoor,
            Level::SameEthnicity => Self::SameEthnicity,
        }
    }
}
