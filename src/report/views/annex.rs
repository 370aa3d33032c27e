//! The pairs of one commune as an annex to be signed, and under them why they are as they are: how the commune was shared out,
//! in which order the levels were decided, what each reason means, which villages need helpers from elsewhere, and who
//! is left out. Who holds the annex alone can say of each pair why it is there.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{idle_word, reason_key, reasons, uncovered_word};
use super::{heading, number};
use crate::domain::assignment::{Level, Reason};
use crate::domain::organisation::Organisation;
use crate::domain::plan::{Basis, CommunePlan, Excluded, VillageShare};
use crate::domain::previous::unit_name;
use crate::report::table::{Annex, Column, Datum, Issuer, Row, Sensitivity, Table};
use crate::report::wording::{Key, Words};

/// Whose form the annexes of a programme have.
#[derive(Clone, Copy, Debug)]
pub struct Form<'a> {
    /// A Party body or a State body.
    pub issuer: Issuer,
    /// The body that issues the report, which stands above that of the commune.
    pub superior: &'a str,
}

/// The pairs of one commune as an annex to be signed by its Party committee or its People's Committee.
#[must_use]
pub fn annex(plan: &CommunePlan, basis: &Basis<'_>, excluded: &[(usize, Excluded)], form: Form<'_>, words: &Words) -> Table {
    let commune = plan.problem.commune.name();
    let title = words.fill_in("title", "annex", &[("commune", commune)]);
    // Narrow enough for a page across: what the letterhead says of all is not repeated in each row.
    let named = |key: &'static str| Column::new(key, heading(words, key)).telling(Sensitivity::Named);
    let columns = vec![
        Column::new("number", heading(words, "number")).centred().wide(5),
        named("village").wide(18),
        named("head").wide(18),
        Column::new("status", heading(words, "class")).telling(Sensitivity::Named).wide(13),
        Column::new("household", heading(words, "household_number")).telling(Sensitivity::Identity).wide(14),
        Column::new("name", heading(words, "helper")).telling(Sensitivity::Named).wide(18),
        named("cell").wide(20),
        Column::new("reasons", heading(words, "reasons")).telling(Sensitivity::Private).wide(29),
    ];
    let mut table = Table::new("annex", title.clone(), columns);
    table.sheet = Some(commune.to_owned());
    table.persons = true;
    for (index, pair) in plan.pairs(basis).iter().enumerate() {
        table.rows.push(Row::body(vec![
            number(index + 1),
            Datum::maybe_text(pair.household.place.village.as_ref().map(|village| village.name())),
            Datum::text(&*pair.household.head),
            Datum::text(words.class(pair.household.class)),
            Datum::display(&pair.household.key),
            Datum::text(&*pair.member.name),
            // Under this very name the annex is read again next year.
            Datum::text(unit_name(pair.member)),
            Datum::text(reasons(pair, basis, words)),
        ]));
    }
    table.notes = how(plan, words);
    table.notes.extend(legend(plan, basis, words));
    table.notes.extend(twinned(plan, basis, words));
    table.notes.extend(ruled_out(plan, words));
    let shares = plan.villages(basis);
    table.notes.extend(shares.iter().filter(|share| share.from_elsewhere > 0).map(|share| from_elsewhere(share, words)));
    table.notes.extend(left_out(plan, basis, excluded, words));
    let body = match form.issuer {
        Issuer::Party => Key::PartyBody,
        Issuer::State => Key::StateBody,
    };
    table.annex = Some(Annex {
        issuer: form.issuer,
        superior: form.superior.to_uppercase(),
        body: words.fill(body, &[("commune", &commune.to_uppercase())]),
        title: title.to_uppercase(),
    });
    table
}

/// How many help how many, the levels in their order with what was reached, and whether it is proved.
fn how(plan: &CommunePlan, words: &Words) -> Vec<String> {
    let assignment = &plan.assignment;
    if assignment.pairs.is_empty() {
        return Vec::new();
    }
    let loads = plan.loads();
    let helping: u64 = loads.iter().filter(|(load, _)| **load > 0).map(|(_, members)| members).sum();
    let least = loads.keys().copied().find(|load| *load > 0).unwrap_or_default();
    let most = loads.keys().copied().max().unwrap_or_default();
    let households = plan.problem.households.len() - assignment.uncovered.len();
    let [members, least, most] = [helping, least, most].map(|count| said(count, words));
    let [households, pairs] =
        [households, assignment.pairs.len()].map(|count| said(u64::try_from(count).unwrap_or(u64::MAX), words));
    let values = [("members", &*members), ("households", &*households), ("pairs", &*pairs), ("least", &*least), ("most", &*most)];
    // Who helps with others is told apart: a household with two helpers has them because there are more members than households.
    let mut helpers = vec![0u32; plan.problem.households.len()];
    assignment.pairs.iter().for_each(|pair| helpers[pair.household] += 1);
    let shared = helpers.iter().filter(|&&count| count > 1).count();
    let shared_by_all = (shared > 0).then(|| words.fill_in("note", "annex_shared", &[("count", &shared.to_string())]));
    let level = |(at, (level, value)): (usize, &(Level, i64))| {
        let name = words.say("level", level.name());
        // Sums of squares are for comparing plans; what they come to says nothing to a reader.
        match level {
            Level::SumSqLoad | Level::SumSqCover | Level::SumSqPoor => format!("({}) {name}", at + 1),
            Level::MaxLoad => format!("({}) {name}: {}", at + 1, words.count(*value)),
            Level::NearExtra | Level::Continuity | Level::SameVillage | Level::SameEthnicity => {
                let reached = words.fill_in("note", "annex_pairs", &[("count", &words.count(*value))]);
                format!("({}) {name}: {reached}", at + 1)
            }
        }
    };
    let levels: Vec<String> = assignment.objective.iter().enumerate().map(level).collect();
    let how = if least == most { "annex_how_even" } else { "annex_how" };
    let told = [
        Some(words.fill_in("note", how, &values)),
        shared_by_all,
        Some(words.fill_in("note", "annex_order", &[("levels", &levels.join("; "))])),
        Some(words.say("note", if assignment.optimal { "annex_proved" } else { "annex_not_proved" }).to_owned()),
    ];
    told.into_iter().flatten().collect()
}

/// Which villages of the commune the organisations are twinned with that help here.
fn twinned(plan: &CommunePlan, basis: &Basis<'_>, words: &Words) -> Option<String> {
    let helping: BTreeSet<&Organisation> = plan.problem.members.iter().map(|&at| &basis.members[at].organisation).collect();
    let mut villages: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in basis.twinning.iter().filter(|row| row.commune == plan.problem.commune && helping.contains(&row.organisation)) {
        let organisation = row.organisation.name();
        let who = row.cell.as_ref().map_or_else(|| organisation.to_owned(), |cell| format!("{cell} – {organisation}"));
        villages.entry(who).or_default().insert(row.village.name());
    }
    let listed =
        villages.into_iter().map(|(who, villages)| format!("{who}: {}", villages.into_iter().collect::<Vec<_>>().join(", ")));
    let listed: Vec<String> = listed.collect();
    (!listed.is_empty()).then(|| words.fill_in("note", "annex_twinned", &[("list", &listed.join("; "))]))
}

/// How many pairs no plan of the commune may have, by rule.
fn ruled_out(plan: &CommunePlan, words: &Words) -> Vec<String> {
    let unit = &plan.problem.unit;
    let told = [("annex_excluded", unit.exclusions.len()), ("annex_own", unit.own_households.len())];
    let told = told.into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| words.fill_in("note", key, &[("count", &count.to_string())])).collect()
}

/// A count with its thousands apart.
fn said(count: u64, words: &Words) -> String {
    words.count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// What each reason means that stands beside a pair, and beside how many.
fn legend(plan: &CommunePlan, basis: &Basis<'_>, words: &Words) -> Vec<String> {
    let mut counts: BTreeMap<(Reason, &str), i64> = BTreeMap::new();
    for pair in plan.pairs(basis) {
        for reason in pair.reasons {
            *counts.entry((*reason, reason_key(&pair, *reason))).or_default() += 1;
        }
    }
    let told = |((_, key), count): ((Reason, &str), i64)| {
        let values =
            [("reason", words.say("reason", key)), ("count", &*words.count(count)), ("meaning", words.say("reason_means", key))];
        words.fill_in("note", "annex_reason", &values)
    };
    counts.into_iter().map(told).collect()
}

/// Who has no pair, by reason: members of the commune's own committee who are out, members without a household, households
/// without a helper. Their names stand in the lists beside the annex.
fn left_out(plan: &CommunePlan, basis: &Basis<'_>, excluded: &[(usize, Excluded)], words: &Words) -> Vec<String> {
    let commune = &plan.problem.commune;
    let own = excluded.iter().filter(|(at, _)| basis.members[*at].organisation.committee_of() == Some(commune));
    let out = by_reason(own.map(|(_, why)| words.say("excluded", why.word())));
    let idle = by_reason(plan.assignment.idle.iter().map(|(_, why)| words.say("idle", idle_word(*why))));
    let uncovered = by_reason(plan.assignment.uncovered.iter().map(|(_, why)| words.say("uncovered", uncovered_word(*why))));
    let told = [("annex_out", out), ("annex_idle", idle), ("annex_uncovered", uncovered)];
    let told = told.into_iter().filter(|(_, list)| !list.is_empty());
    told.map(|(key, list)| words.fill_in("note", key, &[("list", &list)])).collect()
}

/// Reasons with how often each was met, in the order of the alphabet.
fn by_reason<'a>(reasons: impl Iterator<Item = &'a str>) -> String {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    reasons.for_each(|why| *counts.entry(why).or_default() += 1);
    counts.into_iter().map(|(why, count)| format!("{count} ({why})")).collect::<Vec<_>>().join("; ")
}

/// Why members come to a village from elsewhere, in a sentence.
fn from_elsewhere(share: &VillageShare, words: &Words) -> String {
    let village = share.village.as_ref().map_or("?", |village| village.name());
    let [pairs, households, members] = [share.from_elsewhere, share.households, share.members].map(|count| said(count, words));
    let values = [("count", &*pairs), ("village", village), ("households", &*households), ("members", &*members)];
    let [pinned, ruled_out] = [share.pinned, share.ruled_out].map(|count| count.to_string());
    let more = [("elsewhere_pinned", share.pinned, pinned), ("elsewhere_ruled_out", share.ruled_out, ruled_out)];
    let more = more.into_iter().filter(|(_, count, _)| *count > 0);
    let more: Vec<String> = more.map(|(key, _, count)| words.fill_in("note", key, &[("count", &count)])).collect();
    [words.fill_in("note", "from_elsewhere", &values)].into_iter().chain(more).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assignment::Settings;
    use crate::domain::household::{Class, Household};
    use crate::domain::invented::{basis, household, member};
    use crate::domain::member::{Member, Standing};
    use crate::domain::plan::{self, DistrictPlan};
    use crate::report::wording::{Lang, words};

    #[test]
    fn an_annex_says_how_it_came_about_what_each_reason_means_and_who_is_left_out() {
        let all: Vec<Household> = (1..=5).map(|serial| household(serial, "Xã A", Class::Poor)).collect();
        let households: Vec<&Household> = all.iter().collect();
        let exempt = Member { standing: Standing::Exempt { since: None }, ..member(103, true) };
        let members = [member(101, true), member(102, true), exempt, member(104, false)];
        let basis = basis(&households, &members);
        let problems = plan::problems(&basis);
        let communes: Vec<CommunePlan> =
            problems.communes.into_iter().map(|problem| plan::solve(problem, &Settings::default()).unwrap()).collect();
        let whole = DistrictPlan {
            communes,
            excluded: problems.excluded,
            continuity: None,
            without_effect: Vec::new(),
            short_of_helpers: Vec::new(),
        };
        let alone = whole.of_commune(&whole.communes[0], &basis);
        assert_eq!(alone.excluded.len(), 1, "who is of no committee is of no commune");
        let words = words(Lang::En);
        let form = |issuer| Form { issuer, superior: "Ủy ban nhân dân huyện B" };
        let table = annex(&whole.communes[0], &basis, &whole.excluded, form(Issuer::Party), words);
        assert_eq!(table.annex.unwrap().body, "ĐẢNG ỦY XÃ A");
        let table = annex(&whole.communes[0], &basis, &whole.excluded, form(Issuer::State), words);
        let head = table.annex.as_ref().unwrap();
        assert_eq!((&*head.superior, &*head.body), ("ỦY BAN NHÂN DÂN HUYỆN B", "ỦY BAN NHÂN DÂN XÃ A"));
        assert_eq!(head.issuer, Issuer::State);
        let notes = table.notes.join("\n");
        assert!(
            notes.contains("2 members help 5 poor and near-poor households, 5 pairs in all; each member helps 2 to 3."),
            "{notes}"
        );
        assert!(notes.contains("(1) largest load: 3; (2) even loads; "), "{notes}");
        assert!(notes.contains("outside the assignment: 1 (exempt)."), "{notes}");
        // Every word that stands beside a pair is told under the table, with how many pairs it stands beside.
        for reason in whole.communes[0].assignment.pairs.iter().flat_map(|pair| &pair.reasons) {
            let word = words.say("reason", reason.name());
            let beside =
                table.rows.iter().filter(|row| matches!(&row.cells[7], Datum::Text(text) if text.contains(word))).count();
            assert!(notes.contains(&format!("“{word}” ({beside} pairs): ")), "{word} {beside} {notes}");
        }
    }
}
