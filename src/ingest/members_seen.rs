//! Which members were seen, by citizen number and by Party card, and where each first: exact, in some fifty bytes a member.

use std::collections::{BTreeMap, HashMap};

use super::identity::fingerprint;
use super::numbers_seen::NumbersSeen;
use crate::domain::ids::CitizenNumber;

/// Members of the rosters that were read so far, by the year of the roster; under `None` those whose year nothing tells.
#[derive(Debug, Default)]
pub(crate) struct MembersSeen(BTreeMap<Option<i16>, OfYear>);

/// What is known of one year. The map of cards is only asked, never walked.
#[derive(Debug, Default)]
struct OfYear {
    numbers: NumbersSeen,
    cards: HashMap<[u8; 16], u64>,
}

impl MembersSeen {
    /// Where a member was seen before, in a roster of the same year or where either tells none: by number first, then by card.
    /// One who was not is noted here, at a place that is behind all places before it.
    pub(crate) fn note(
        &mut self,
        year: Option<i16>,
        number: Option<CitizenNumber>,
        card: Option<&str>,
        here: u64,
    ) -> Option<u64> {
        let card = card.map(fingerprint);
        let same = || self.0.iter().filter(|(of, _)| of.is_none() || year.is_none() || **of == year).map(|(_, seen)| seen);
        let by_number = number.and_then(|number| same().filter_map(|seen| seen.numbers.row_of(number)).min());
        let by_card = || card.and_then(|card| same().filter_map(|seen| seen.cards.get(&card).copied()).min());
        let first = by_number.or_else(by_card);
        // Two members with two usable numbers are two members, even where a card number was copied by mistake.
        let known = |number| self.0.values().any(|seen| seen.numbers.row_of(number).is_some());
        if let Some(first) = first.filter(|_| number.is_none_or(known)) {
            return Some(first);
        }
        let seen = self.0.entry(year).or_default();
        if let Some(number) = number {
            seen.numbers.note(number, here);
        }
        if let Some(card) = card {
            seen.cards.entry(card).or_insert(here);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A row as the rule has it, in plain words: the rows that are noted, each with all that is known of it.
    #[derive(Clone, Debug)]
    struct Plain {
        year: Option<i16>,
        number: Option<CitizenNumber>,
        card: Option<String>,
    }

    fn row() -> impl Strategy<Value = Plain> {
        let number = prop::option::of(1_u64..6).prop_map(|of| of.and_then(CitizenNumber::of_u64));
        let card = prop::option::of(1_u8..6).prop_map(|of| of.map(|of| format!("66.{of}")));
        (prop::option::of(2022_i16..2024), number, card).prop_map(|(year, number, card)| Plain { year, number, card })
    }

    proptest! {
        #[test]
        fn a_member_is_seen_as_a_look_at_all_rows_before_would_tell(rows in prop::collection::vec(row(), 0..40)) {
            let (mut seen, mut noted) = (MembersSeen::default(), Vec::<(u64, Plain)>::new());
            for (here, of) in (0_u64..).step_by(3).zip(rows) {
                let same = |other: &&(u64, Plain)| other.1.year.is_none() || of.year.is_none() || other.1.year == of.year;
                let by_number = noted.iter().filter(same).find(|(_, other)| of.number.is_some() && other.number == of.number);
                let by_card = noted.iter().filter(same).find(|(_, other)| of.card.is_some() && other.card == of.card);
                let known = noted.iter().any(|(_, other)| other.number == of.number);
                let first = by_number.or(by_card).filter(|_| of.number.is_none() || known).map(|(place, _)| *place);
                prop_assert_eq!(seen.note(of.year, of.number, of.card.as_deref(), here), first);
                if first.is_none() {
                    noted.push((here, of));
                }
            }
        }
    }
}
