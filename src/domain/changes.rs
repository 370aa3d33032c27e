//! What became of the households of one survey in a later one: what `changes`, the scorecard and the yearly report show.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::household::{Class, Household};
use super::ids::Key;
use super::linkage::{Decision, Unsure, link};
use super::mergers::Mergers;
use super::movement::{Move, Movement, Register, Way, movement, moves};
use super::place::CommuneRef;
use super::standard::Standard;
use super::survey::Survey;
use super::units::Standing;
use super::year_rates::YearOf;

/// The changes between two surveys.
#[derive(Clone, Debug)]
pub struct Changes<'a> {
    /// The earlier year.
    pub from: i16,
    /// The later year.
    pub to: i16,
    /// The poverty standards of the two; where they differ, a change of class may be one of the standard alone.
    pub standards: (Standard, Standard),
    /// Every household of either year.
    pub moves: Vec<Move<'a>>,
    /// The way of each of them, in the same order.
    pub ways: Vec<Way>,
    /// The sums.
    pub movement: Movement,
    /// What a person should look at.
    pub unsure: Vec<Unsure<'a>>,
    /// Decisions that name a household which is not there.
    pub unused: Vec<Decision>,
    /// Decisions that cannot all hold, each with one that speaks against it; none of them is applied.
    pub contradictions: Vec<(Decision, Decision)>,
    /// Communes of which one of the two years has only the list of the poor and near-poor: there nobody can tell a
    /// household that rose above the line from one that is gone.
    pub poor_only: BTreeSet<CommuneRef>,
    /// The day of whose communes the sums are; `None` for those of the later year.
    pub units: Option<Date>,
}

/// The households of a survey as they stand in the communes of a later day; `None` where no merger lies between, and
/// the survey itself can be used.
#[must_use]
pub fn brought(survey: &Survey, mergers: &Mergers, day: Date) -> Option<Survey> {
    let moves = |household: &Household| mergers.on(&household.place.commune, day) != &household.place.commune;
    survey.households().any(moves).then(|| {
        let all = |rows: &[Household]| rows.iter().map(|household| mergers.household_on(household, day)).collect();
        // What counts is decided in the old communes, before one of them could hide the list of another.
        let surveyed: BTreeSet<&CommuneRef> = survey.all.iter().map(|household| &household.place.commune).collect();
        let rest = survey.poor_only.iter().filter(|household| !surveyed.contains(&household.place.commune));
        let mut whole: Vec<Household> = all(&survey.all);
        whole.extend(rest.map(|household| mergers.household_on(household, day)));
        Survey { all: whole, ..Survey::default() }
    })
}

/// The communes with households of which a survey has only the list of the poor and the near-poor.
fn poor_only(survey: &Survey, standing: &Standing) -> BTreeSet<CommuneRef> {
    let surveyed: BTreeSet<&CommuneRef> = survey.all.iter().map(|row| &row.place.commune).collect();
    let listed = survey.poor_only.iter().filter(|row| !surveyed.contains(&row.place.commune));
    listed.map(|row| standing.commune(&row.place).clone()).collect()
}

/// Links two surveys and sums the movement. Both must stand in the same communes ([`brought`]), in which households are
/// found again; the sums are of those in which they stand.
#[must_use]
pub fn changes<'a>(
    earlier: YearOf<'a>,
    later: YearOf<'a>,
    decisions: &[Decision],
    register: Option<&Register>,
    standing: &Standing,
) -> Changes<'a> {
    let mut linkage = link(earlier.survey.households(), later.survey.households(), decisions);
    let moves = moves(&linkage);
    let mut communes = poor_only(earlier.survey, standing);
    communes.extend(poor_only(later.survey, standing));
    Changes {
        from: earlier.year,
        to: later.year,
        standards: (earlier.standard, later.standard),
        movement: movement(&moves, register, standing),
        ways: moves.iter().map(|one| Way::of(one, register)).collect(),
        moves,
        unsure: std::mem::take(&mut linkage.unsure),
        unused: std::mem::take(&mut linkage.unused),
        contradictions: std::mem::take(&mut linkage.contradictions),
        poor_only: communes,
        units: standing.day(),
    }
}

/// The households of surveys before the two at hand; `None` without one, because nobody can then tell who fell back.
/// A household is known by its own key, and by that of the household of `from` that the rules of linkage find it to be:
/// a name that got its citizen number in between is no other household. All surveys must stand in the same communes
/// ([`brought`]); each comes with what was decided on pairs of its rows and later ones.
#[must_use]
pub fn register<'a>(surveys: impl IntoIterator<Item = (&'a Survey, &'a [Decision])>, from: &Survey) -> Option<Register> {
    let mut register = None;
    for (survey, decisions) in surveys {
        let register = register.get_or_insert_with(Register::default);
        // A number that somebody says was another household's then tells nothing about who has it now.
        let parted = decisions.iter().filter(|decision| !decision.same && decision.earlier == decision.later);
        let parted: BTreeSet<&Key> = parted.map(|decision| &decision.earlier).collect();
        let own = survey.households().filter(|household| !parted.contains(&household.key));
        own.for_each(|household| register.note(&household.key, household.class));
        for link in link(survey.households(), from.households(), decisions).links {
            register.note(&link.later.key, link.earlier.class);
        }
    }
    register
}

/// Every movement between classes, in the order in which tables show it; `None` is outside.
pub const MOVEMENTS: [(Option<Class>, Option<Class>); 15] = {
    let (poor, near_poor, other) = (Some(Class::Poor), Some(Class::NearPoor), Some(Class::Other));
    [
        (poor, poor),
        (poor, near_poor),
        (poor, other),
        (poor, None),
        (near_poor, poor),
        (near_poor, near_poor),
        (near_poor, other),
        (near_poor, None),
        (other, poor),
        (other, near_poor),
        (other, other),
        (other, None),
        (None, poor),
        (None, near_poor),
        (None, other),
    ]
};

#[cfg(test)]
mod tests {
    use super::super::gazetteer::{MERGER_DAY, lak_on};
    use super::super::invented::household;
    use super::*;

    fn of(year: i16, survey: &Survey) -> YearOf<'_> {
        YearOf { year, standard: Standard::Nd07_2021, survey }
    }

    #[test]
    fn across_a_merger_a_household_stays_what_it_is() {
        let old = lak_on(jiff::civil::date(2025, 6, 30))
            .into_iter()
            .map(CommuneRef::new)
            .find(|unit| unit.code == Some(24583))
            .unwrap();
        let new = lak_on(MERGER_DAY).into_iter().map(CommuneRef::new).find(|unit| unit.code == Some(24580)).unwrap();
        let place = |commune: &CommuneRef, class| {
            let mut household = household(1, "x", class);
            household.place.commune = commune.clone();
            Survey { all: vec![household], ..Survey::default() }
        };
        let (earlier, later) = (place(&old, Class::Poor), place(&new, Class::Other));
        let moved = brought(&earlier, &Mergers::lak_2025(), MERGER_DAY).unwrap();
        let found = changes(of(2024, &moved), of(2025, &later), &[], None, &Standing::default());
        assert_eq!(found.movement.moved_within, 0);
        assert_eq!(found.movement.communes[0].1.matrix.get(Some(Class::Poor), Some(Class::Other)), 1);
        assert!(brought(&later, &Mergers::lak_2025(), MERGER_DAY).is_none(), "nothing lies between");
    }

    #[test]
    fn a_list_of_the_poor_alone_is_named() {
        let list = Survey { poor_only: vec![household(1, "Xã A", Class::Poor)], ..Survey::default() };
        let survey = Survey { all: vec![household(1, "Xã A", Class::Other)], ..Survey::default() };
        let found = changes(of(2022, &list), of(2023, &survey), &[], None, &Standing::default());
        assert_eq!(found.poor_only.iter().map(|commune| commune.name()).collect::<Vec<_>>(), ["Xã A"]);
    }

    #[test]
    fn over_a_merger_a_state_list_counts_only_where_its_old_commune_has_no_survey() {
        let old = |code: u32| {
            let units = lak_on(jiff::civil::date(2025, 6, 30)).into_iter().map(CommuneRef::new);
            units.into_iter().find(|unit| unit.code == Some(code)).unwrap()
        };
        let of = |serial, code| {
            let mut household = household(serial, "x", Class::Poor);
            household.place.commune = old(code);
            household
        };
        // The town has a survey, Yang Tao a state list alone; both became one commune.
        let survey = Survey { all: vec![of(1, 24580)], poor_only: vec![of(1, 24580), of(2, 24583)], ..Survey::default() };
        let moved = brought(&survey, &Mergers::lak_2025(), MERGER_DAY).unwrap();
        let keys: Vec<String> = moved.households().map(|household| household.key.to_string()).collect();
        assert_eq!(keys, [1, 2].map(|serial| household(serial, "x", Class::Poor).key.to_string()));
        assert!(moved.households().all(|household| household.place.commune.name() == "Xã Liên Sơn Lắk"));
        let before = jiff::civil::date(2025, 6, 30);
        assert!(brought(&survey, &Mergers::lak_2025(), before).is_none(), "nothing lies between");
    }

    #[test]
    fn a_number_that_was_somebody_elses_tells_nothing_of_who_has_it_now() {
        let of = |class| Survey { all: vec![household(1, "Xã A", class), household(2, "Xã A", class)], ..Survey::default() };
        let (before, from) = (of(Class::Poor), of(Class::Other));
        let key = |serial| household(serial, "Xã A", Class::Poor).key;
        let decided = |serial, same| [Decision { earlier: key(serial), later: key(serial), same }];
        let known = |decisions: &[Decision]| {
            let register = register([(&before, decisions)], &from).unwrap();
            [1, 2].map(|serial| {
                let (earlier, later) = (household(serial, "Xã A", Class::Other), household(serial, "Xã A", Class::Poor));
                Way::of(&Move { earlier: Some(&earlier), later: Some(&later), by: None }, Some(&register)).word()
            })
        };
        assert_eq!(known(&[]), ["fallen_back", "fallen_back"]);
        assert_eq!(known(&decided(1, false)), ["new", "fallen_back"]);
        assert_eq!(known(&decided(1, true)), ["fallen_back", "fallen_back"]);
    }

    #[test]
    fn without_an_earlier_survey_there_is_no_register() {
        let from = Survey::default();
        assert!(register(std::iter::empty(), &from).is_none());
        assert!(register([(&Survey::default(), &[][..])], &from).is_some());
    }

    #[test]
    fn a_decision_on_two_numbers_does_not_part_a_household_from_itself() {
        let of = |serial, class| Survey { all: vec![household(serial, "Xã A", class)], ..Survey::default() };
        let (long_ago, from) = (of(1, Class::Poor), of(3, Class::Other));
        let key = |serial| household(serial, "Xã A", Class::Poor).key;
        let poor = |earlier: u32, later: u32, same| {
            let decided = [Decision { earlier: key(earlier), later: key(later), same }];
            let mut expected = Register::default();
            expected.note(&key(1), Class::Poor);
            register([(&long_ago, decided.as_slice())], &from) == Some(expected)
        };
        assert!(poor(1, 2, false) && poor(1, 1, true));
        assert!(!poor(1, 1, false), "the number was another household's then");
    }
}
