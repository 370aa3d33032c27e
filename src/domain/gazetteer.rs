//! The communes that the tool knows without a programme file: those of Lắk, before and after 1 July 2025.
//!
//! Codes are those of the General Statistics Office. The merger is Resolution 1660/NQ-UBTVQH15 of 2025: the district
//! level ended on 1 July 2025 and the eleven units became five. A code or a name alone is ambiguous: the new Đắk Liêng
//! carries the code of the old Buôn Tría, and Đắk Liêng, Đắk Phơi and Nam Ka name other territories before and after
//! that day. Look units up together with a date.

use jiff::civil::Date;

use super::place::Commune;

/// The day on which the five new units began and ten of the eleven old ones ended.
pub const MERGER_DAY: Date = jiff::civil::date(2025, 7, 1);

/// How long a unit of the table existed.
#[derive(Clone, Copy)]
enum Span {
    /// Until the merger.
    Old,
    /// From the merger on.
    New,
    /// Before and after: the unit was left as it was.
    Throughout,
}

use Span::{New, Old, Throughout};

/// Code, rank, name, further spellings that folding alone does not make equal, and span.
const UNITS: [(u32, &str, &str, &[&str], Span); 15] = [
    (24580, "Thị trấn", "Liên Sơn", &["Thị trấn Lắk", "TT Lắk", "TT. Lắk"], Old),
    (24583, "Xã", "Yang Tao", &["Yangtao"], Old),
    (24586, "Xã", "Bông Krang", &["Bông K Rang"], Old),
    (24589, "Xã", "Đắk Liêng", &["Đắkliêng"], Old),
    (24592, "Xã", "Buôn Triết", &[], Old),
    (24595, "Xã", "Buôn Tría", &[], Old),
    (24598, "Xã", "Đắk Phơi", &["Đắkphơi"], Old),
    (24601, "Xã", "Đắk Nuê", &["Đắknuê"], Old),
    (24604, "Xã", "Krông Nô", &["Krôngnô"], Throughout),
    (24607, "Xã", "Nam Ka", &["Namka"], Old),
    (24610, "Xã", "Ea R'Bin", &["Ea R Bin", "EaR'Bin"], Old),
    (24580, "Xã", "Liên Sơn Lắk", &[], New),
    (24595, "Xã", "Đắk Liêng", &["Đắkliêng"], New),
    (24598, "Xã", "Đắk Phơi", &["Đắkphơi"], New),
    (24607, "Xã", "Nam Ka", &["Namka"], New),
];

/// The eleven units of the former Lắk district and the four that the merger made of ten of them; Krông Nô, the
/// eleventh, was left as it was and is there once, so the units of any day are eleven or five.
#[must_use]
pub fn lak() -> Vec<Commune> {
    UNITS
        .iter()
        .map(|&(code, rank, name, spellings, span)| {
            let (valid_from, valid_to) = match span {
                Old => (None, Some(MERGER_DAY)),
                New => (Some(MERGER_DAY), None),
                Throughout => (None, None),
            };
            Commune {
                code: Some(code),
                name: format!("{rank} {name}"),
                aliases: aliases(rank, name, spellings),
                urban: rank != "Xã",
                valid_from,
                valid_to,
            }
        })
        .collect()
}

/// The units of Lắk on a day: eleven until 30 June 2025, five from 1 July 2025 on.
#[must_use]
pub fn lak_on(day: Date) -> Vec<Commune> {
    lak().into_iter().filter(|commune| commune.exists_on(day)).collect()
}

/// The spellings of a unit beside its full name: without the rank, and with the rank shortened as lists do.
fn aliases(rank: &str, name: &str, spellings: &[&str]) -> Vec<String> {
    let short = if rank == "Xã" { "X" } else { "TT" };
    let mut aliases = vec![name.to_owned(), format!("{short} {name}"), format!("{short}. {name}"), format!("{short}.{name}")];
    for spelling in spellings {
        aliases.push((*spelling).to_owned());
        if !spelling.starts_with(rank) && !spelling.starts_with(short) {
            aliases.push(format!("{rank} {spelling}"));
        }
    }
    aliases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::CommuneRef;
    use crate::domain::spelling::fold;
    use jiff::civil::date;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_eleven_units_before_the_merger_and_five_after() {
        assert_eq!(lak_on(date(2022, 12, 31)).len(), 11);
        assert_eq!(lak_on(date(2025, 6, 30)).len(), 11);
        let new: Vec<String> = lak_on(MERGER_DAY).into_iter().map(|commune| commune.name).collect();
        assert_eq!(new, ["Xã Krông Nô", "Xã Liên Sơn Lắk", "Xã Đắk Liêng", "Xã Đắk Phơi", "Xã Nam Ka"]);
    }

    #[test]
    fn only_the_town_was_urban_and_inside_the_new_commune_it_is_rural() {
        let urban: Vec<String> = lak().into_iter().filter(|commune| commune.urban).map(|commune| commune.name).collect();
        assert_eq!(urban, ["Thị trấn Liên Sơn"]);
    }

    #[test]
    fn on_any_day_a_code_and_a_spelling_name_one_unit() {
        for day in [date(2025, 6, 30), MERGER_DAY] {
            let units = lak_on(day);
            let codes: BTreeSet<_> = units.iter().map(|unit| unit.code).collect();
            assert_eq!(codes.len(), units.len());
            let spellings: Vec<BTreeSet<String>> = units
                .iter()
                .map(|unit| unit.aliases.iter().chain([&unit.name]).map(|spelling| fold(spelling)).collect())
                .collect();
            let all: BTreeSet<&String> = spellings.iter().flatten().collect();
            assert_eq!(all.len(), spellings.iter().map(BTreeSet::len).sum::<usize>());
        }
    }

    #[test]
    fn units_of_the_same_name_and_code_before_and_after_are_two() {
        let units: BTreeSet<CommuneRef> = lak().into_iter().map(CommuneRef::new).collect();
        assert_eq!(units.len(), 15, "Đắk Phơi and Nam Ka keep name and code but not their territory");
    }

    #[test]
    fn a_unit_is_known_without_its_rank_with_a_short_one_and_by_other_spellings() {
        assert_eq!(aliases("Xã", "Yang Tao", &[]), ["Yang Tao", "X Yang Tao", "X. Yang Tao", "X.Yang Tao"]);
        let town = aliases("Thị trấn", "Liên Sơn", &["TT Liên Sơn (cũ)", "Lạc Thiện"]);
        assert_eq!(town[4..], ["TT Liên Sơn (cũ)", "Lạc Thiện", "Thị trấn Lạc Thiện"]);
    }
}
