//! Movement between classes from one survey to another (diễn biến), and the ministry's tables of it.
//!
//! Each household of either year is in exactly one cell. Start − out + in = end holds for every class, commune and the
//! district, in households and in persons, and is checked against counts made independently.

use std::collections::{BTreeMap, BTreeSet};

use super::household::{Class, Household};
use super::ids::Key;
use super::linkage::{Linkage, Rule};
use super::place::CommuneRef;
use super::tally::Heads;
use super::units::Standing;

/// One household of either year.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    /// The row of the earlier year; `None` for an arrival.
    pub earlier: Option<&'a Household>,
    /// The row of the later year; `None` for one that is gone.
    pub later: Option<&'a Household>,
    /// How the two were found to be one.
    pub by: Option<Rule>,
}

/// What a household's way from one year to the other is in the ministry's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// In the same class.
    Unchanged,
    /// Hộ nghèo trở thành hộ cận nghèo.
    BecameNearPoor,
    /// Hộ cận nghèo trở thành hộ nghèo.
    BecamePoor,
    /// Vượt chuẩn cận nghèo.
    Above,
    /// Tái nghèo, tái cận nghèo: was in the class before, as a register says.
    FallenBack,
    /// Phát sinh mới; without a register those fallen back are among them.
    New,
    /// Not in the list of the earlier year.
    Arrived,
    /// Not in the list of the later year.
    Gone,
}

impl Way {
    /// The word of scripts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::BecameNearPoor => "became_near_poor",
            Self::BecamePoor => "became_poor",
            Self::Above => "above",
            Self::FallenBack => "fallen_back",
            Self::New => "new",
            Self::Arrived => "arrived",
            Self::Gone => "gone",
        }
    }

    /// The way of a household; of one that is in neither year nothing is told but that it is gone.
    #[must_use]
    pub fn of(one: &Move<'_>, register: Option<&Register>) -> Self {
        let (Some(earlier), Some(later)) = (one.earlier, one.later) else {
            return if one.later.is_some() { Self::Arrived } else { Self::Gone };
        };
        match (earlier.class, later.class) {
            (from, to) if from == to => Self::Unchanged,
            (Class::Poor, Class::NearPoor) => Self::BecameNearPoor,
            (Class::NearPoor, Class::Poor) => Self::BecamePoor,
            (_, Class::Other) => Self::Above,
            (_, class) if register.is_some_and(|register| register.knows(earlier, later, class)) => Self::FallenBack,
            (..) => Self::New,
        }
    }
}

/// Every household of two linked years.
#[must_use]
pub fn moves<'a>(linkage: &Linkage<'a>) -> Vec<Move<'a>> {
    let linked =
        linkage.links.iter().map(|link| Move { earlier: Some(link.earlier), later: Some(link.later), by: Some(link.by) });
    let gone = linkage.gone.iter().map(|&household| Move { earlier: Some(household), later: None, by: None });
    let arrived = linkage.arrived.iter().map(|&household| Move { earlier: None, later: Some(household), by: None });
    linked.chain(gone).chain(arrived).collect()
}

/// Households that moved from one class to another; `None` is outside: arrived, or gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix(BTreeMap<(Option<Class>, Option<Class>), u64>);

impl Matrix {
    /// The households of a cell.
    #[must_use]
    pub fn get(&self, from: Option<Class>, to: Option<Class>) -> u64 {
        self.0.get(&(from, to)).copied().unwrap_or(0)
    }

    /// All households of the earlier year in a class.
    #[must_use]
    pub fn start(&self, class: Class) -> u64 {
        self.0.iter().filter(|((from, _), _)| *from == Some(class)).map(|(_, households)| households).sum()
    }

    /// All households of the later year in a class.
    #[must_use]
    pub fn end(&self, class: Class) -> u64 {
        self.0.iter().filter(|((_, to), _)| *to == Some(class)).map(|(_, households)| households).sum()
    }
}

/// One line of the ministry's table for the poor or the near-poor (Circular 07/2021/TT-BLĐTBXH, tổng hợp diễn biến).
///
/// Persons leave as many as they were and come as many as they are; what households that stay have gained or lost in
/// persons is in `other_in` and `other_out`, so that the line balances in persons too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClassMovement {
    /// Đầu kỳ: counted from the earlier year.
    pub start: Heads,
    /// Trở thành hộ cận nghèo; for the near-poor: trở thành hộ nghèo.
    pub to_other_class: Heads,
    /// Vượt chuẩn cận nghèo.
    pub above: Heads,
    /// Khác giảm: gone, or moved to another commune.
    pub other_out: Heads,
    /// Hộ cận nghèo trở thành; for the near-poor: hộ nghèo trở thành hộ cận nghèo.
    pub from_other_class: Heads,
    /// Tái nghèo, tái cận nghèo: was in the class in a year before, as a register says; `None` without a register.
    pub fallen_back: Option<Heads>,
    /// Phát sinh mới; without a register those fallen back are among them.
    pub new: Heads,
    /// Khác tăng: arrived, or moved in from another commune.
    pub other_in: Heads,
    /// Cuối kỳ: counted from the later year.
    pub end: Heads,
}

impl ClassMovement {
    /// Thoát: no longer in the class, by either way out.
    #[must_use]
    pub fn left(&self) -> Heads {
        sum([self.to_other_class, self.above])
    }

    /// Start − out + in = end, in households and persons.
    #[must_use]
    pub fn balances(&self) -> bool {
        let out = sum([self.to_other_class, self.above, self.other_out]);
        let come = sum([self.from_other_class, self.fallen_back.unwrap_or_default(), self.new, self.other_in]);
        let (before, after) = (sum([self.start, come]), sum([self.end, out]));
        before == after
    }
}

fn sum<const N: usize>(parts: [Heads; N]) -> Heads {
    parts.into_iter().fold(Heads::default(), |mut all, part| {
        add(&mut all, part.households, part.persons);
        all
    })
}

fn add(heads: &mut Heads, households: u64, persons: u64) {
    heads.households = heads.households.saturating_add(households);
    heads.persons = heads.persons.saturating_add(persons);
}

/// Households that were poor or near-poor in surveys before the two years at hand; it tells those that fall back from
/// those that are new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    poor: BTreeSet<Key>,
    near_poor: BTreeSet<Key>,
}

impl Register {
    /// Notes a household of an earlier survey. One that was poor falls back as near-poor too, since it once was below
    /// the line.
    pub fn note(&mut self, key: &Key, class: Class) {
        match class {
            Class::Poor => {
                self.poor.insert(key.clone());
                self.near_poor.insert(key.clone());
            }
            Class::NearPoor => {
                self.near_poor.insert(key.clone());
            }
            Class::Other => {}
        }
    }

    /// Whether a household, by its row of either year, was in a class.
    fn knows(&self, earlier: &Household, later: &Household, class: Class) -> bool {
        self.has(earlier, class) || self.has(later, class)
    }

    fn has(&self, household: &Household, class: Class) -> bool {
        match class {
            Class::Poor => self.poor.contains(&household.key),
            Class::NearPoor => self.near_poor.contains(&household.key),
            Class::Other => false,
        }
    }
}

/// The movement of an area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AreaMovement {
    /// Households from class to class.
    pub matrix: Matrix,
    /// The ministry's line for the poor.
    pub poor: ClassMovement,
    /// The ministry's line for the near-poor.
    pub near_poor: ClassMovement,
}

impl AreaMovement {
    /// Both lines balance.
    #[must_use]
    pub fn balances(&self) -> bool {
        self.poor.balances() && self.near_poor.balances()
    }

    fn add(&mut self, earlier: Option<&Household>, later: Option<&Household>, register: Option<&Register>) {
        let (from, to) = (earlier.map(|household| household.class), later.map(|household| household.class));
        *self.matrix.0.entry((from, to)).or_default() += 1;
        for (class, opposite, line) in
            [(Class::Poor, Class::NearPoor, &mut self.poor), (Class::NearPoor, Class::Poor, &mut self.near_poor)]
        {
            if register.is_some() {
                line.fallen_back.get_or_insert_default();
            }
            line.leave(class, opposite, earlier, later);
            line.come(class, opposite, earlier, later, register);
        }
    }
}

impl ClassMovement {
    fn leave(&mut self, class: Class, opposite: Class, earlier: Option<&Household>, later: Option<&Household>) {
        let Some(earlier) = earlier.filter(|household| household.class == class) else { return };
        let persons = u64::from(earlier.persons);
        add(&mut self.start, 1, persons);
        match later.map(|household| household.class) {
            None => add(&mut self.other_out, 1, persons),
            Some(to) if to == opposite => add(&mut self.to_other_class, 1, persons),
            Some(to) if to == class => {
                let now = later.map_or(0, |household| u64::from(household.persons));
                add(&mut self.other_out, 0, persons.saturating_sub(now));
                add(&mut self.other_in, 0, now.saturating_sub(persons));
            }
            Some(_) => add(&mut self.above, 1, persons),
        }
    }

    fn come(
        &mut self,
        class: Class,
        opposite: Class,
        earlier: Option<&Household>,
        later: Option<&Household>,
        register: Option<&Register>,
    ) {
        let Some(later) = later.filter(|household| household.class == class) else { return };
        let persons = u64::from(later.persons);
        add(&mut self.end, 1, persons);
        let back = |before: &Household| register.is_some_and(|register| register.knows(before, later, class));
        match (earlier, &mut self.fallen_back) {
            (None, _) => add(&mut self.other_in, 1, persons),
            (Some(before), _) if before.class == opposite => add(&mut self.from_other_class, 1, persons),
            (Some(before), _) if before.class == class => {}
            (Some(before), Some(fallen_back)) if back(before) => add(fallen_back, 1, persons),
            (Some(_), _) => add(&mut self.new, 1, persons),
        }
    }
}

/// The movement of the district and of each commune.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// The district as a whole; a household that moved between its communes stays within it.
    pub district: AreaMovement,
    /// By commune, in their order; a household that moved is gone from one and has arrived in the other.
    pub communes: Vec<(CommuneRef, AreaMovement)>,
    /// Households that are in another commune than in the earlier year.
    pub moved_within: u64,
}

/// Sums the movement of two years, by the communes in which the households stand. Both must be surveys of every household:
/// in a list of the poor alone nobody can tell a household that rose above the line from one that is gone.
#[must_use]
pub fn movement(moves: &[Move<'_>], register: Option<&Register>, standing: &Standing) -> Movement {
    let mut movement = Movement::default();
    let mut communes: BTreeMap<&CommuneRef, AreaMovement> = BTreeMap::new();
    for one in moves {
        movement.district.add(one.earlier, one.later, register);
        let from = one.earlier.map(|household| standing.commune(&household.place));
        let to = one.later.map(|household| standing.commune(&household.place));
        match (from, to) {
            (Some(from), Some(to)) if from != to => {
                movement.moved_within += 1;
                communes.entry(from).or_default().add(one.earlier, None, register);
                communes.entry(to).or_default().add(None, one.later, register);
            }
            (Some(only), _) | (None, Some(only)) => communes.entry(only).or_default().add(one.earlier, one.later, register),
            (None, None) => {}
        }
    }
    movement.communes = communes.into_iter().map(|(commune, area)| (commune.clone(), area)).collect();
    movement
}

#[cfg(test)]
mod tests {
    use super::super::invented::household;
    use super::super::linkage::link;
    use super::*;
    use proptest::prelude::*;

    fn own() -> Standing {
        Standing::default()
    }

    fn matrix_text(movement: &AreaMovement) -> Vec<(Option<Class>, Option<Class>, u64)> {
        movement.matrix.0.iter().map(|(&(from, to), &households)| (from, to, households)).collect()
    }

    #[test]
    fn each_household_is_in_one_cell_and_persons_balance() {
        let grown = Household { persons: 5, ..household(1, "Xã A", Class::Poor) };
        let earlier = [
            household(1, "Xã A", Class::Poor),
            household(2, "Xã A", Class::Poor),
            household(3, "Xã A", Class::Poor),
            household(4, "Xã A", Class::NearPoor),
            household(5, "Xã A", Class::Poor),
            household(6, "Xã A", Class::Other),
        ];
        let later = [
            grown,
            household(2, "Xã A", Class::NearPoor),
            household(3, "Xã A", Class::Other),
            household(4, "Xã A", Class::Poor),
            household(6, "Xã A", Class::Poor),
            household(7, "Xã A", Class::Poor),
        ];
        let linkage = link(&earlier, &later, &[]);
        let movement = movement(&moves(&linkage), None, &own());
        let (poor, near_poor, other) = (Some(Class::Poor), Some(Class::NearPoor), Some(Class::Other));
        let expected = [
            (None, poor, 1),
            (poor, None, 1),
            (poor, poor, 1),
            (poor, near_poor, 1),
            (poor, other, 1),
            (near_poor, poor, 1),
            (other, poor, 1),
        ];
        assert_eq!(matrix_text(&movement.district), expected);
        let line = movement.district.poor;
        assert_eq!((line.start.households, line.start.persons, line.end.households, line.end.persons), (4, 12, 4, 14));
        assert_eq!((line.other_in.households, line.other_in.persons), (1, 5), "one arrival of three, and two more persons");
        assert_eq!((line.left().households, line.fallen_back, line.new.households), (2, None, 1));
        assert_eq!((line.to_other_class.households, line.above.households, line.from_other_class.households), (1, 1, 1));
        assert!(movement.district.balances());
        let matrix = &movement.district.matrix;
        assert_eq!((matrix.get(other, near_poor), matrix.start(Class::Poor)), (0, 4), "a cell that nobody is in");
    }

    #[test]
    fn every_way_has_its_own_word_and_falling_back_needs_a_register() {
        let of = |from, to| (household(1, "Xã A", from), household(1, "Xã A", to));
        let mut register = Register::default();
        register.note(&household(1, "Xã A", Class::Other).key, Class::Poor);
        let way = |from, to, register: Option<&Register>| {
            let (earlier, later) = of(from, to);
            Way::of(&Move { earlier: Some(&earlier), later: Some(&later), by: None }, register).word()
        };
        let (poor, near_poor, other) = (Class::Poor, Class::NearPoor, Class::Other);
        let all = [(poor, poor), (poor, near_poor), (near_poor, poor), (poor, other), (other, poor)];
        let words = all.map(|(from, to)| way(from, to, Some(&register)));
        assert_eq!(words, ["unchanged", "became_near_poor", "became_poor", "above", "fallen_back"]);
        assert_eq!([None, Some(&Register::default())].map(|register| way(other, poor, register)), ["new", "new"]);
        let (one, _) = of(poor, poor);
        let (gone, arrived) = ((Some(&one), None), (None, Some(&one)));
        let words = [gone, arrived].map(|(earlier, later)| Way::of(&Move { earlier, later, by: None }, None).word());
        assert_eq!(words, ["gone", "arrived"]);
    }

    #[test]
    fn a_line_that_lost_somebody_does_not_balance() {
        let lost = ClassMovement { start: Heads { households: 1, persons: 3 }, ..ClassMovement::default() };
        let persons = ClassMovement { end: Heads { households: 0, persons: 1 }, ..ClassMovement::default() };
        assert!(!lost.balances() && !persons.balances() && ClassMovement::default().balances());
        let area = |poor, near_poor| AreaMovement { poor, near_poor, ..AreaMovement::default() };
        let sound = ClassMovement::default();
        assert!(area(sound, sound).balances());
        assert!(!area(lost, sound).balances() && !area(sound, lost).balances());
    }

    #[test]
    fn a_household_falls_back_by_its_earlier_or_its_later_number() {
        let (before, after) = (household(1, "Xã A", Class::Other), household(2, "Xã A", Class::NearPoor));
        let one = Move { earlier: Some(&before), later: Some(&after), by: Some(Rule::NameVillage) };
        for known in [&before, &after] {
            let mut register = Register::default();
            register.note(&known.key, Class::Poor);
            register.note(&household(3, "Xã A", Class::Other).key, Class::Other);
            let line = movement(&[one], Some(&register), &own()).district.near_poor;
            assert_eq!((line.fallen_back.unwrap().households, line.new.households), (1, 0));
        }
    }

    #[test]
    fn a_register_tells_those_fallen_back_from_the_new() {
        let earlier = [1, 2].map(|serial| household(serial, "Xã A", Class::Other));
        let later = [1, 2].map(|serial| household(serial, "Xã A", Class::Poor));
        let mut register = Register::default();
        register.note(&earlier[0].key, Class::Poor);
        register.note(&earlier[1].key, Class::NearPoor);
        let movement = movement(&moves(&link(&earlier, &later, &[])), Some(&register), &own());
        let line = movement.district.poor;
        assert_eq!((line.fallen_back.unwrap().households, line.new.households), (1, 1), "near-poor once is not poor once");
        assert_eq!(movement.district.near_poor.fallen_back, Some(Heads::default()), "known, and nobody");
        assert!(movement.district.balances());
    }

    #[test]
    fn a_move_between_communes_is_out_of_one_and_into_the_other() {
        let (a, b) = (household(1, "Xã A", Class::Poor), household(1, "Xã B", Class::Poor));
        let movement = movement(&moves(&link([&a], [&b], &[])), None, &own());
        assert_eq!((movement.moved_within, movement.district.matrix.get(Some(Class::Poor), Some(Class::Poor))), (1, 1));
        let [(_, from), (_, to)] = &movement.communes[..] else { panic!("two communes") };
        assert_eq!((from.matrix.get(Some(Class::Poor), None), to.matrix.get(None, Some(Class::Poor))), (1, 1));
    }

    prop_compose! {
        fn year()(rows in prop::collection::btree_map(0u32..20, (0usize..3, 0usize..3, 1u32..8), 0..20)) -> Vec<Household> {
            rows.into_iter().map(|(serial, (commune, class, persons))| Household {
                persons,
                ..household(serial, ["Xã A", "Xã B", "Xã C"][commune], Class::ALL[class])
            }).collect()
        }
    }

    proptest! {
        #[test]
        fn start_less_out_and_in_is_end_everywhere(earlier in year(), later in year(), before in year(), registered: bool) {
            let mut register = Register::default();
            before.iter().for_each(|household| register.note(&household.key, household.class));
            let linkage = link(&earlier, &later, &[]);
            let movement = movement(&moves(&linkage), registered.then_some(&register), &own());
            prop_assert!(movement.district.balances());
            prop_assert!(movement.communes.iter().all(|(_, area)| area.balances()));
            for class in Class::ALL {
                let count = |rows: &[Household]| rows.iter().map(|row| u64::from(row.class == class)).sum::<u64>();
                prop_assert_eq!(movement.district.matrix.start(class), count(&earlier));
                prop_assert_eq!(movement.district.matrix.end(class), count(&later));
                let starts = movement.communes.iter().map(|(_, area)| area.matrix.start(class)).sum::<u64>();
                prop_assert_eq!(starts, count(&earlier));
            }
        }
    }
}
