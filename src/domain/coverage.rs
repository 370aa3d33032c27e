//! How far support reaches those who need it, and what poor and near-poor households lack.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::household::{Class, Household};
use super::ids::Key;
use super::place::CommuneRef;
use super::rate::Share;
use super::spelling::fold;
use super::standard::Standard;
use super::support::{Support, kind_key};
use super::units::Standing;

/// One kind of support for households of one class.
///
/// A household in the register needs the support unless the register says that it does not; of the mark columns of a survey
/// those of poor and near-poor households are in it, and the marks that are set of the others. The percentage is of those
/// of whom the register says whether they got it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageRow {
    /// The kind of support, in its first spelling by reading order.
    pub support: Arc<str>,
    /// The class; `None` holds households that the survey does not have.
    pub class: Option<Class>,
    /// Households that need it.
    pub needed: u64,
    /// Households among them that received it.
    pub received: u64,
    /// Households among them that did not.
    pub left_out: u64,
    /// Households among them of which the register does not say.
    pub unknown: u64,
    /// Households that received it and did not need it; in none of the numbers above.
    pub without_need: u64,
    /// Households of the class that the register does not name; `None` for a class that only some are listed of by
    /// design (neither poor nor near-poor) and for households outside the survey.
    pub not_listed: Option<u64>,
    /// Persons concerned, where the register counts persons.
    pub persons_needed: Option<u64>,
    /// Persons who received it, where the register counts persons.
    pub persons_received: Option<u64>,
    /// Among those who received it, households whose use of it was checked; `None` where the register never says.
    pub use_checked: Option<u64>,
}

impl CoverageRow {
    /// Received among those of whom it is known.
    #[must_use]
    pub fn share(&self) -> Share {
        Share { part: self.received, whole: Some(self.received.saturating_add(self.left_out)) }
    }

    /// Persons who received it among the persons concerned.
    #[must_use]
    pub fn persons_share(&self) -> Option<Share> {
        self.persons_received.map(|part| Share { part, whole: self.persons_needed })
    }
}

/// A household that needs a kind of support and did not receive it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut<'a> {
    /// The kind of support.
    pub support: Arc<str>,
    /// The household as the register names it.
    pub household: &'a Key,
    /// The household in the survey, where it is there.
    pub found: Option<&'a Household>,
}

/// Coverage of every kind of support.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CoverageSums<'a> {
    /// By kind, then class.
    pub rows: Vec<CoverageRow>,
    /// By kind, then household.
    pub left_out: Vec<LeftOut<'a>>,
}

/// What all rows of one household and one kind say together.
#[derive(Default)]
struct Told<'a> {
    needed: Option<bool>,
    received: Option<bool>,
    checked: Option<bool>,
    persons_needed: Option<u64>,
    persons_received: Option<u64>,
    first: Option<&'a Support>,
}

/// Two statements about one thing: what is said somewhere holds, and yes beats no.
fn either(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a || b),
        (known, None) | (None, known) => known,
    }
}

fn plus(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (known, None) | (None, known) => known,
    }
}

/// Sums a register of supports over the households of a survey. Rows of one household and one kind are one support.
#[must_use]
pub fn coverage<'a>(
    supports: impl IntoIterator<Item = &'a Support>,
    households: impl IntoIterator<Item = &'a Household>,
) -> CoverageSums<'a> {
    let survey: BTreeMap<&Key, &Household> = households.into_iter().map(|household| (&household.key, household)).collect();
    let mut kinds: BTreeMap<String, BTreeMap<&Key, Told<'_>>> = BTreeMap::new();
    let mut ordered: Vec<&Support> = supports.into_iter().collect();
    ordered.sort_by(|a, b| a.source.cmp(&b.source));
    for support in ordered {
        let told = kinds.entry(kind_key(&support.kind)).or_default().entry(&support.household).or_default();
        told.needed = either(told.needed, support.needed);
        told.received = either(told.received, support.received);
        told.checked = either(told.checked, support.use_checked);
        told.persons_needed = plus(told.persons_needed, support.persons_needed);
        told.persons_received = plus(told.persons_received, support.persons_received);
        told.first.get_or_insert(support);
    }
    let mut sums = CoverageSums::default();
    for told in kinds.values() {
        let first = told.values().filter_map(|told| told.first).min_by(|a, b| a.source.cmp(&b.source));
        let name = first.map_or_else(|| Arc::from(""), |support| Arc::clone(&support.kind));
        let mut rows: BTreeMap<(bool, Option<Class>), CoverageRow> = BTreeMap::new();
        for class in [Class::Poor, Class::NearPoor] {
            let all = survey.values().filter(|household| household.class == class);
            let listed = all.clone().filter(|household| told.contains_key(&household.key)).count();
            let mut row = CoverageRow::new(&name, Some(class));
            row.not_listed = u64::try_from(all.count() - listed).ok();
            rows.insert((false, Some(class)), row);
        }
        for (&key, told) in told {
            let found = survey.get(key).copied();
            let class = found.map(|household| household.class);
            rows.entry((class.is_none(), class)).or_insert_with(|| CoverageRow::new(&name, class)).add(told);
            if told.needed != Some(false) && told.received == Some(false) {
                sums.left_out.push(LeftOut { support: Arc::clone(&name), household: key, found });
            }
        }
        // A blank cell of the column says "no" for a loan and nothing for a kind whose use nobody checks.
        let checked = is_loan(&name) || rows.values().any(|row| row.use_checked.is_some_and(|checked| checked > 0));
        sums.rows.extend(rows.into_values().map(|row| CoverageRow { use_checked: row.use_checked.filter(|_| checked), ..row }));
    }
    sums
}

/// Whether a kind of support is a loan, of which the programme asks that its use be checked (vay vốn, tín dụng).
fn is_loan(kind: &str) -> bool {
    let folded = fold(kind);
    folded.split_whitespace().any(|word| word == "vay") || folded.contains("tin dung")
}

impl CoverageRow {
    fn new(support: &Arc<str>, class: Option<Class>) -> Self {
        Self {
            support: Arc::clone(support),
            class,
            needed: 0,
            received: 0,
            left_out: 0,
            unknown: 0,
            without_need: 0,
            not_listed: None,
            persons_needed: None,
            persons_received: None,
            use_checked: None,
        }
    }

    fn add(&mut self, told: &Told<'_>) {
        if told.needed == Some(false) {
            self.without_need += u64::from(told.received == Some(true));
            return;
        }
        self.needed += 1;
        match told.received {
            Some(true) => {
                self.received += 1;
                self.use_checked = plus(self.use_checked, told.checked.map(u64::from));
            }
            Some(false) => self.left_out += 1,
            None => self.unknown += 1,
        }
        self.persons_needed = plus(self.persons_needed, told.persons_needed);
        self.persons_received = plus(self.persons_received, told.persons_received);
    }
}

/// Deprivations of the households of one class, in the district or in one commune.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeprivationRow {
    /// The commune; `None` for the district.
    pub commune: Option<CommuneRef>,
    /// Poor or near-poor.
    pub class: Class,
    /// Households of the class with marks: the denominator.
    pub households: u64,
    /// Households of the class whose list has no marks; in no count.
    pub without_marks: u64,
    /// Households deprived in each indicator, in the order of the standard.
    pub counts: Vec<u64>,
}

impl DeprivationRow {
    /// All marks together.
    #[must_use]
    pub fn marks(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The share of households deprived in an indicator, counted from zero; `None` past the last.
    #[must_use]
    pub fn share(&self, indicator: usize) -> Option<Share> {
        self.counts.get(indicator).map(|&part| Share { part, whole: Some(self.households) })
    }
}

/// What poor and near-poor households lack, as the lists of a year mark it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The district first, then the communes, each class in turn.
    pub rows: Vec<DeprivationRow>,
    /// The standard whose indicators are marked.
    pub standard: Standard,
    /// The day of whose communes the rows are; `None` for those that the lists name.
    pub units: Option<Date>,
}

/// Counts deprivations of poor and near-poor households: the district first, then the communes in which they stand, each
/// class in turn (Circular 07/2021/TT-BLĐTBXH, phân tích các chỉ số thiếu hụt).
#[must_use]
pub fn deprivations<'a>(
    households: impl IntoIterator<Item = &'a Household>,
    standard: Standard,
    standing: &'a Standing,
) -> Lacking {
    let indicators = standard.indicators().len();
    let mut rows: BTreeMap<(Option<&CommuneRef>, Class), DeprivationRow> = BTreeMap::new();
    let mut communes: BTreeSet<Option<&CommuneRef>> = BTreeSet::from([None]);
    let targets: Vec<&Household> = households.into_iter().filter(|household| household.class.is_target()).collect();
    communes.extend(targets.iter().map(|household| Some(standing.commune(&household.place))));
    for commune in communes {
        for class in [Class::Poor, Class::NearPoor] {
            let row =
                DeprivationRow { commune: commune.cloned(), class, households: 0, without_marks: 0, counts: vec![0; indicators] };
            rows.insert((commune, class), row);
        }
    }
    for household in targets {
        for commune in [None, Some(standing.commune(&household.place))] {
            if let Some(row) = rows.get_mut(&(commune, household.class)) {
                match household.deprivations {
                    None => row.without_marks += 1,
                    Some(marks) => {
                        row.households += 1;
                        row.counts.iter_mut().enumerate().for_each(|(index, count)| *count += u64::from(marks.has(index)));
                    }
                }
            }
        }
    }
    Lacking { rows: rows.into_values().collect(), standard, units: standing.day() }
}

#[cfg(test)]
mod tests {
    use super::super::invented::{citizen, household, source};
    use super::*;
    use crate::domain::household::Deprivations;
    use proptest::prelude::*;

    fn support(row: u32, serial: u32, kind: &str, needed: Option<bool>, received: Option<bool>) -> Support {
        Support {
            source: source(row),
            year: None,
            household: citizen(serial),
            head: None,
            place: None,
            kind: Arc::from(kind),
            needed,
            received,
            persons_needed: None,
            persons_received: None,
            use_checked: None,
        }
    }

    fn numbers(row: &CoverageRow) -> (Option<Class>, u64, u64, u64, u64) {
        (row.class, row.needed, row.received, row.left_out, row.unknown)
    }

    #[test]
    fn who_needs_and_did_not_get_is_left_out_and_named() {
        let survey = [1, 2, 3, 4].map(|serial| household(serial, "Xã A", Class::Poor));
        let register = [
            support(1, 1, "Vay vốn", Some(true), Some(true)),
            support(2, 2, "VAY VỐN", Some(true), Some(false)),
            support(3, 3, "Vay vốn", Some(false), Some(true)),
            support(4, 9, "Vay vốn", None, None),
        ];
        let sums = coverage(&register, &survey);
        assert_eq!(
            sums.rows.iter().map(numbers).collect::<Vec<_>>(),
            [(Some(Class::Poor), 2, 1, 1, 0), (Some(Class::NearPoor), 0, 0, 0, 0), (None, 1, 0, 0, 1)]
        );
        let poor = &sums.rows[0];
        assert_eq!((poor.without_need, poor.not_listed, &*poor.support), (1, Some(1), "Vay vốn"));
        assert_eq!(poor.share().percent().unwrap().to_string(), "50.00");
        assert_eq!(sums.rows[2].share().percent(), None, "nobody knows, so there is no percentage");
        assert_eq!(sums.left_out.iter().map(|out| out.household).collect::<Vec<_>>(), [&citizen(2)]);
    }

    #[test]
    fn two_rows_of_one_household_and_kind_are_one_support() {
        let survey = [household(1, "Xã A", Class::NearPoor)];
        let register = [
            Support { use_checked: Some(true), ..support(1, 1, "Nhà ở", None, Some(true)) },
            Support { persons_needed: Some(2), persons_received: Some(1), ..support(2, 1, "Nhà ở", Some(true), Some(false)) },
        ];
        let row = &coverage(&register, &survey).rows[1];
        assert_eq!(numbers(row), (Some(Class::NearPoor), 1, 1, 0, 0));
        assert_eq!((row.use_checked, row.persons_share().unwrap().percent().unwrap().to_string()), (Some(1), "50.00".to_owned()));
    }

    #[test]
    fn an_unset_mark_of_a_check_says_no_of_a_loan_and_nothing_of_other_kinds() {
        let survey = [household(1, "Xã A", Class::Poor), household(2, "Xã A", Class::Poor)];
        let unchecked = |row, kind| Support { use_checked: Some(false), ..support(row, 1, kind, None, Some(true)) };
        let checked = |kinds: &[Support]| -> Vec<Option<u64>> {
            coverage(kinds, &survey).rows.iter().filter(|row| row.class == Some(Class::Poor)).map(|row| row.use_checked).collect()
        };
        assert_eq!(checked(&[unchecked(1, "Vay vốn"), unchecked(2, "Nhà ở")]), [None, Some(0)], "by name: nha o, vay von");
        assert_eq!(checked(&[unchecked(1, "Tín dụng ưu đãi")]), [Some(0)]);
        let repaired = Support { use_checked: Some(true), ..support(3, 2, "Nhà ở", None, Some(true)) };
        assert_eq!(checked(&[unchecked(2, "Nhà ở"), repaired]), [Some(1)], "a register that checks houses says so of all");
    }

    #[test]
    fn deprivations_are_counts_and_rates_of_households_with_marks() {
        let marked = |serial, marks| Household { deprivations: marks, ..household(serial, "Xã A", Class::Poor) };
        let none = Deprivations::default();
        let survey = [marked(1, Some(none.with(0).with(8))), marked(2, Some(none.with(8))), marked(3, None)];
        let rows = deprivations(&survey, Standard::Nd07_2021, &Standing::default()).rows;
        let shown: Vec<_> = rows.iter().map(|row| (row.commune.is_some(), row.class)).collect();
        let (poor, near_poor) = (Class::Poor, Class::NearPoor);
        assert_eq!(shown, [(false, poor), (false, near_poor), (true, poor), (true, near_poor)]);
        let poor = &rows[0];
        assert_eq!((poor.households, poor.without_marks, poor.marks(), poor.counts[8]), (2, 1, 3, 2));
        assert_eq!(poor.share(0).unwrap().percent().unwrap().to_string(), "50.00");
        assert_eq!((poor.share(12), rows[1].share(0).unwrap().percent()), (None, None));
    }

    proptest! {
        #[test]
        fn each_support_is_counted_once_and_the_order_does_not_matter(
            rows in prop::collection::vec((0u32..8, 0usize..2, any::<Option<bool>>(), any::<Option<bool>>()), 0..30)
        ) {
            let survey: Vec<Household> =
                (0..6).map(|serial| household(serial, "Xã A", Class::ALL[usize::try_from(serial % 3).unwrap()])).collect();
            let register: Vec<Support> = (0u32..)
                .zip(&rows)
                .map(|(row, &(serial, kind, needed, received))| support(row, serial, ["Vay vốn", "Nhà ở"][kind], needed, received))
                .collect();
            let sums = coverage(&register, &survey);
            for row in &sums.rows {
                prop_assert_eq!(row.needed, row.received + row.left_out + row.unknown);
            }
            let left: u64 = sums.rows.iter().map(|row| row.left_out).sum();
            prop_assert_eq!(left, u64::try_from(sums.left_out.len()).unwrap());
            let backwards: Vec<Support> = register.iter().rev().cloned().collect();
            prop_assert_eq!(&coverage(&backwards, &survey).rows, &sums.rows);
        }
    }
}
