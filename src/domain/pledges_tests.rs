//! Sums of pledges on rosters made by hand, and their laws.

use proptest::prelude::*;

use super::super::invented::{amounts, citizen, member, source};
use super::*;
use crate::domain::member::Standing;
use crate::domain::pledge::Clues;
use crate::domain::rate::Hundredths;

const DAY: Date = jiff::civil::date(2022, 12, 31);

fn sums(roster: &Roster) -> PledgeSums<'_> {
    pledge_sums(roster, DAY, &DutyRules::default(), None, &[GivingBy::Organisation, GivingBy::Commune, GivingBy::Cell])
}

fn owed(short: &Short<'_>) -> Vec<String> {
    short.owes.iter().map(ToString::to_string).collect()
}

fn ledger(giver: Giver, pledged: Option<Amounts>, delivered: Option<Amounts>) -> Pledge {
    let name = Arc::from(match &giver {
        Giver::Member(key) => key.to_string(),
        Giver::Donor(name) => name.to_string(),
    });
    Pledge { source: source(1), giver, name, clues: Clues::default(), pledged, delivered, bought: None, household: None }
}

/// Members of each kind with what they pledge: committee or not, salaried, salary halves, labour halves, seedlings.
fn roster(rows: &[(bool, Option<bool>, u64, u64, u64)]) -> Roster {
    let members = (0u32..)
        .zip(rows)
        .map(|(serial, &(committee, salaried, salary, labour, seedlings))| Member {
            salaried,
            pledged: Some(amounts(salary, labour, seedlings, Some("Bơ")).into()),
            ..member(serial, committee)
        })
        .collect();
    Roster { members, ..Roster::default() }
}

#[test]
fn every_kind_of_member_has_its_own_minimum() {
    let roster = roster(&[
        (false, Some(true), 2, 0, 0),
        (false, Some(true), 0, 0, 10),
        (false, Some(true), 1, 0, 9),
        (false, Some(true), 0, 4, 0),
        (true, Some(true), 2, 0, 0),
        (true, Some(true), 0, 0, 12),
        (true, Some(false), 0, 2, 0),
        (true, Some(false), 2, 1, 0),
        (true, None, 0, 2, 0),
        (true, Some(false), 0, 0, 0),
    ]);
    let sums = sums(&roster);
    assert_eq!((sums.total.members, sums.total.eligible, sums.total.taking_part, sums.total.meeting_minimum), (10, 10, 9, 5));
    let short: Vec<(String, Vec<String>, bool)> =
        sums.short.iter().map(|short| (short.member.name.to_string(), owed(short), short.takes_part)).collect();
    let row = |serial: u32, owes: &[&str], takes_part| {
        (format!("H Invented {serial}"), owes.iter().map(|way| (*way).to_owned()).collect(), takes_part)
    };
    let expected: Vec<(String, Vec<String>, bool)> = vec![
        row(5, &["salary_days>=1"], true),
        row(7, &["labour_days>=1"], true),
        row(9, &["labour_days>=1"], false),
        row(2, &["salary_days>=1", "seedlings>=10"], true),
        row(3, &["salary_days>=1", "seedlings>=10"], true),
    ];
    assert_eq!(short, expected, "half a day and nine seedlings are not added together");
    let pledged = sums.total.pledged;
    assert_eq!(
        (pledged.salary_days.to_string(), pledged.labour_days.to_string(), pledged.seedlings),
        ("3.5".into(), "4.5".into(), 31)
    );
}

#[test]
fn exempt_members_owe_nothing_and_are_listed() {
    let mut roster = roster(&[(true, Some(false), 0, 0, 0), (true, Some(false), 0, 0, 0), (true, Some(false), 0, 0, 0)]);
    roster.members[0].standing = Standing::Exempt { since: None };
    roster.members[1].standing = Standing::Exempt { since: Some(jiff::civil::date(2023, 3, 1)) };
    roster.members[2].standing = Standing::Transferred { since: None };
    let sums = sums(&roster);
    assert_eq!((sums.total.eligible, sums.total.taking_part), (1, 0));
    assert_eq!(sums.outside.iter().map(|(_, why)| *why).collect::<Vec<_>>(), [Eligibility::Exempt, Eligibility::Transferred]);
    assert_eq!(sums.short.len(), 1, "the exemption begins after the day");
}

#[test]
fn what_an_exempt_member_gives_is_summed_and_does_not_take_part() {
    let mut roster = roster(&[(true, Some(false), 0, 6, 0)]);
    roster.members[0].standing = Standing::Exempt { since: None };
    let sums = sums(&roster);
    assert_eq!((sums.total.taking_part, sums.total.pledged.labour_days), (0, Days::halves(6)));
}

#[test]
fn a_ledger_adds_up_and_counts_instead_of_the_roster() {
    let mut roster = roster(&[(true, Some(true), 2, 0, 0), (true, Some(true), 2, 0, 0)]);
    let half = || Some(amounts(1, 0, 0, None));
    roster.pledges = vec![
        ledger(Giver::Member(citizen(0)), half(), None),
        ledger(Giver::Member(citizen(0)), half(), None),
        ledger(Giver::Member(citizen(1)), None, half()),
        ledger(Giver::Member(citizen(77)), half(), None),
    ];
    let sums = sums(&roster);
    let amounts = |of: &GivingCounts| of.pledged.salary_days.to_string();
    assert_eq!(amounts(&sums.total), "2.5", "1 of the ledger, 1 of the roster for the second, and half a day of a stranger");
    let (of, stranger) = sums.rows.iter().find(|(of, _)| matches!(of, GivingOf::NotOnRoster(GivingBy::Cell))).unwrap();
    assert_eq!((amounts(stranger), stranger.members, stranger.taking_part), ("0.5".to_owned(), 0, 0), "{of:?}");
    assert_eq!((sums.total.delivering, sums.total.delivered_minimum), (1, 0));
    assert_eq!(sums.told_twice.iter().map(|member| &member.key).collect::<Vec<_>>(), [&citizen(0)]);
    assert_eq!(sums.unknown.len(), 1, "a pledge of nobody on the roster is named, and nobody is counted for it");
}

#[test]
fn donors_stand_beside_members() {
    let mut roster = roster(&[(true, Some(true), 2, 0, 0)]);
    let donor = |name: &str, seedlings| ledger(Giver::Donor(Arc::from(name)), Some(amounts(0, 0, seedlings, None)), None);
    roster.pledges = vec![donor("Công ty A", 100), donor("CÔNG TY A", 30), donor("Chùa B", 1)];
    let sums = sums(&roster);
    let donors: Vec<(&str, u64)> = sums.donors.iter().map(|donor| (&*donor.name, donor.pledged.seedlings)).collect();
    assert_eq!(donors, [("Chùa B", 1), ("Công ty A", 130)]);
    assert_eq!(sums.total.pledged.seedlings, 0);
}

#[test]
fn species_are_summed_in_their_usual_spelling() {
    let mut roster = roster(&[(false, None, 0, 0, 10), (false, None, 0, 0, 20), (false, None, 0, 0, 5), (false, None, 0, 0, 3)]);
    for (member, species) in roster.members.iter_mut().zip([Some("SẦU RIÊNG"), Some("Sầu riêng"), None, Some("Bơ")]) {
        Arc::make_mut(member.pledged.as_mut().unwrap()).species = species.map(Arc::from);
        member.delivered = Some(amounts(0, 0, 2, None).into());
    }
    let sums = sums(&roster);
    assert_eq!(sums.pledged_species.iter().collect::<Vec<_>>(), [(None, 5), (Some("Bơ"), 3), (Some("Sầu riêng"), 30)]);
    let delivered: Vec<u64> = sums.delivered_species.iter().map(|(_, seedlings)| seedlings).collect();
    assert_eq!(delivered, [2, 2, 4], "a delivery that names no species is of the species pledged");
}

#[test]
fn money_is_estimated_only_when_asked_and_says_whom_it_leaves_out() {
    let mut roster = roster(&[(true, Some(true), 2, 0, 0), (true, Some(true), 4, 0, 0), (true, Some(true), 2, 0, 0)]);
    roster.members[0].coefficient = Some(Hundredths::new(234));
    roster.members[1].coefficient = Some(Hundredths::new(234));
    assert_eq!(sums(&roster).total.pledged.estimate_dong, None);
    let day = jiff::civil::date(2023, 12, 31);
    let asked = pledge_sums(&roster, day, &DutyRules::default(), Some(&Money::default()), &[]);
    assert_eq!(asked.total.pledged.estimate_dong, Some(191_455 + 382_909));
    assert_eq!(asked.total.without_coefficient, 1);
    assert_eq!(asked.total.pledged.money_dong, None, "an estimate is no stated sum");
    roster.members[2].pledged = Some(amounts(0, 2, 0, None).into());
    assert_eq!(sums(&roster).total.without_coefficient, 0, "days of labour need no coefficient");
}

fn any_roster() -> impl Strategy<Value = Vec<(bool, Option<bool>, u64, u64, u64)>> {
    prop::collection::vec((any::<bool>(), any::<Option<bool>>(), 0u64..4, 0u64..4, 0u64..13), 0..30)
}

proptest! {
    #[test]
    fn rows_add_up_to_the_total(rows in any_roster(), stray in prop::option::of(0u64..20)) {
        let mut roster = roster(&rows);
        let stranger = Giver::Member(citizen(999));
        roster.pledges.extend(stray.map(|seedlings| ledger(stranger, Some(amounts(1, 0, seedlings, None)), None)));
        let sums = sums(&roster);
        let is = |of: &GivingOf, by| matches!(
            (of, by),
            (GivingOf::Organisation(_) | GivingOf::NotOnRoster(GivingBy::Organisation), 0)
                | (GivingOf::Commune(_) | GivingOf::NotOnRoster(GivingBy::Commune), 1)
                | (GivingOf::Cell(..) | GivingOf::NotOnRoster(GivingBy::Cell), 2)
        );
        for by in 0..3 {
            let parts: Vec<&GivingCounts> = sums.rows.iter().filter(|(of, _)| is(of, by)).map(|(_, counts)| counts).collect();
            let sum = |of: fn(&GivingCounts) -> u64| parts.iter().map(|counts| of(counts)).sum::<u64>();
            prop_assert_eq!(sum(|counts| counts.members), sums.total.members);
            prop_assert_eq!(sum(|counts| counts.meeting_minimum), sums.total.meeting_minimum);
            prop_assert_eq!(sum(|counts| counts.pledged.seedlings), sums.total.pledged.seedlings);
            prop_assert_eq!(sum(|counts| counts.pledged.salary_days.in_halves()), sums.total.pledged.salary_days.in_halves());
        }
        prop_assert_eq!(sums.pledged_species.iter().map(|(_, seedlings)| seedlings).sum::<u64>(), sums.total.pledged.seedlings);
    }

    #[test]
    fn meeting_the_minimum_is_taking_part_and_the_short_are_the_rest(rows in any_roster()) {
        let roster = roster(&rows);
        let sums = sums(&roster);
        prop_assert!(sums.total.meeting_minimum <= sums.total.taking_part);
        prop_assert_eq!(sums.total.meeting_minimum + u64::try_from(sums.short.len()).unwrap(), sums.total.eligible);
        prop_assert_eq!(sums.total.eligible + u64::try_from(sums.outside.len()).unwrap(), sums.total.members);
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in any_roster()) {
        let forwards = roster(&rows);
        let mut backwards = forwards.clone();
        backwards.members.reverse();
        let (a, b) = (sums(&forwards), sums(&backwards));
        prop_assert_eq!((&a.rows, &a.short, &a.pledged_species), (&b.rows, &b.short, &b.pledged_species));
    }
}

#[test]
fn a_pledge_is_kept_when_each_kind_of_it_is_delivered() {
    let money = |amounts: Amounts, dong| Amounts { money_dong: Some(dong), ..amounts };
    let full = || money(amounts(2, 2, 10, None), 1000);
    let kept = |pledged: Option<Amounts>, delivered: Option<Amounts>| {
        let (pledged, delivered) = (pledged.map(Arc::new), delivered.map(Arc::new));
        let roster = Roster { members: vec![Member { pledged, delivered, ..member(1, true) }], ..Roster::default() };
        of_members(&roster, DAY, &DutyRules::default(), None)[0].keeps_pledge()
    };
    assert!(kept(Some(full()), Some(full())));
    assert!(kept(Some(full()), Some(money(amounts(3, 4, 12, None), 2000))), "more than pledged");
    let short = [
        money(amounts(1, 2, 10, None), 1000),
        money(amounts(2, 1, 10, None), 1000),
        money(amounts(2, 2, 9, None), 1000),
        money(amounts(2, 2, 10, None), 999),
    ];
    for delivered in short {
        assert!(!kept(Some(full()), Some(delivered.clone())), "{delivered:?}");
    }
    assert!(!kept(Some(full()), None) && !kept(None, Some(full())));
    assert!(!kept(Some(amounts(0, 0, 0, None)), None), "who pledges nothing keeps nothing");
}

#[test]
fn a_delivery_that_names_no_species_is_of_the_species_that_its_row_pledges() {
    let giver = || Giver::Member(citizen(1));
    let row = ledger(giver(), Some(amounts(0, 0, 10, Some("Bơ"))), Some(amounts(0, 0, 7, None)));
    let roster = Roster { members: vec![member(1, true)], pledges: vec![row], ..Roster::default() };
    let of = of_members(&roster, DAY, &DutyRules::default(), None);
    assert_eq!(of[0].delivered_species.iter().collect::<Vec<_>>(), [(Some("Bơ"), 7)]);
}

#[test]
fn those_who_kept_their_pledge_are_counted_and_seedlings_of_nobody_are_no_species() {
    let giving = |serial, delivered: Amounts| Member {
        pledged: Some(amounts(2, 0, 0, Some("Mít")).into()),
        delivered: Some(delivered.into()),
        ..member(serial, true)
    };
    let members = vec![giving(1, amounts(2, 0, 0, None)), giving(2, amounts(4, 0, 0, None)), giving(3, amounts(1, 0, 0, None))];
    let bought = Pledge { bought: Some(Arc::from("Bò")), ..ledger(Giver::Donor(Arc::from("A")), None, None) };
    let to_somebody = Pledge { household: Some(Arc::from("066070000009")), ..ledger(Giver::Donor(Arc::from("B")), None, None) };
    let neither = ledger(Giver::Donor(Arc::from("C")), Some(amounts(0, 0, 5, None)), None);
    let roster = Roster { members, pledges: vec![bought, to_somebody, neither], ..Roster::default() };
    let found = sums(&roster);
    assert_eq!((found.total.kept, found.total.delivering, found.total.delivered_minimum), (2, 3, 2));
    assert!(found.pledged_species.iter().next().is_none_or(|(name, _)| name != Some("Mít")), "no seedling was pledged");
    assert_eq!(found.uses.iter().map(|pledge| &*pledge.name).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn days_of_labour_are_worth_no_money() {
    let mut roster = roster(&[(true, Some(true), 0, 2, 0)]);
    roster.members[0].coefficient = Some(Hundredths::new(234));
    let asked = pledge_sums(&roster, DAY, &DutyRules::default(), Some(&Money::default()), &[]);
    assert_eq!((asked.total.pledged.estimate_dong, asked.total.without_coefficient), (None, 0));
}
