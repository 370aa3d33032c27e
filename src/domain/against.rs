//! Totals tables beside the lists of the same year: where the two tell different numbers of one area.

use super::tally::{CommuneTally, ListTally, Tallies, Tally};
use super::totals::AreaTotal;

/// A number of a totals table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// All households.
    Households,
    /// All persons.
    Persons,
    /// Poor households.
    Poor,
    /// Near-poor households.
    NearPoor,
}

/// A number that a list tells otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unlike<'a> {
    /// The row.
    pub total: &'a AreaTotal,
    /// Which number of it.
    pub number: Number,
    /// What the table says.
    pub printed: u64,
    /// What the list holds.
    pub counted: u64,
    /// Whether the list has more poor and near-poor than the table has of everybody: no rate comes of that.
    pub too_small: bool,
}

/// Where totals and lists differ. Only areas that both know are compared: a list may be of some communes, and villages may
/// be spelt in two ways.
#[must_use]
pub fn unlike<'a>(tallies: &Tallies, totals: &'a [AreaTotal]) -> Vec<Unlike<'a>> {
    totals
        .iter()
        .flat_map(|total| tallies.communes().get(&total.place.commune).map(|lists| of_area(lists, total)))
        .flatten()
        .collect()
}

fn of_area<'a>(lists: &CommuneTally, total: &'a AreaTotal) -> Vec<Unlike<'a>> {
    let tally = |list: &ListTally| match &total.place.village {
        Some(_) => list.villages.get(&total.place.village).copied(),
        None => Some(list.total),
    };
    if let Some(survey) = &lists.survey {
        return tally(survey).map(|tally| of_survey(tally, total)).unwrap_or_default();
    }
    lists.state_list.as_ref().and_then(tally).map(|tally| of_state_list(tally, total)).unwrap_or_default()
}

/// A survey of everybody has all the numbers.
fn of_survey(tally: Tally, total: &AreaTotal) -> Vec<Unlike<'_>> {
    let all = tally.all();
    let everybody = [(Number::Households, total.households, all.households), (Number::Persons, total.persons, all.persons)];
    everybody.into_iter().chain(of_the_poor(tally, total)).filter_map(|number| differing(total, number)).collect()
}

/// A list of the poor has theirs, and everybody is at least as many.
fn of_state_list(tally: Tally, total: &AreaTotal) -> Vec<Unlike<'_>> {
    let all = tally.all();
    let everybody = [(Number::Households, total.households, all.households), (Number::Persons, total.persons, all.persons)];
    let too_small = everybody.into_iter().filter(|(_, printed, counted)| printed.is_some_and(|printed| printed < *counted));
    let too_small = too_small.filter_map(|number| differing(total, number)).map(|unlike| Unlike { too_small: true, ..unlike });
    too_small.chain(of_the_poor(tally, total).into_iter().filter_map(|number| differing(total, number))).collect()
}

type Compared = (Number, Option<u64>, u64);

fn of_the_poor(tally: Tally, total: &AreaTotal) -> [Compared; 2] {
    [(Number::Poor, total.poor, tally.poor.households), (Number::NearPoor, total.near_poor, tally.near_poor.households)]
}

fn differing(total: &AreaTotal, (number, printed, counted): Compared) -> Option<Unlike<'_>> {
    let printed = printed.filter(|printed| *printed != counted)?;
    Some(Unlike { total, number, printed, counted, too_small: false })
}

#[cfg(test)]
mod tests {
    use super::super::household::Class;
    use super::super::invented;
    use super::super::place::Place;
    use super::super::survey::Coverage;
    use super::*;

    fn total(households: u64, poor: Option<u64>) -> AreaTotal {
        AreaTotal {
            place: Place { commune: invented::commune("Xã A"), village: None },
            households: Some(households),
            persons: None,
            poor,
            near_poor: None,
            poor_persons: None,
            near_poor_persons: None,
            printed_poor: None,
            printed_near_poor: None,
            source: invented::source(1),
        }
    }

    fn found(coverage: Coverage, totals: &[AreaTotal]) -> Vec<(Number, u64, u64, bool)> {
        let mut tallies = Tallies::new(2023);
        for (number, class) in [(1, Class::Poor), (2, Class::Poor), (3, Class::NearPoor)] {
            tallies.add(&invented::household(number, "Xã A", class), coverage);
        }
        unlike(&tallies, totals).iter().map(|of| (of.number, of.printed, of.counted, of.too_small)).collect()
    }

    #[test]
    fn a_list_of_the_poor_is_compared_in_the_poor_and_is_never_more_than_everybody() {
        assert_eq!(found(Coverage::PoorOnly, &[total(10, Some(2))]), []);
        assert_eq!(found(Coverage::PoorOnly, &[total(10, Some(5))]), [(Number::Poor, 5, 2, false)]);
        assert_eq!(found(Coverage::PoorOnly, &[total(2, None)]), [(Number::Households, 2, 3, true)]);
    }

    #[test]
    fn a_survey_of_everybody_is_compared_in_everything_and_stands_by_itself() {
        assert_eq!(found(Coverage::All, &[total(3, Some(2))]), []);
        assert_eq!(found(Coverage::All, &[total(2, None)]), [(Number::Households, 2, 3, false)]);
    }

    #[test]
    fn an_area_that_no_list_knows_is_compared_with_nothing() {
        let elsewhere = Place { commune: invented::commune("Xã B"), village: None };
        assert_eq!(found(Coverage::PoorOnly, &[AreaTotal { place: elsewhere, ..total(1, Some(9)) }]), []);
    }
}
