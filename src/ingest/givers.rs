//! Finds on the rosters whom ledgers and lists of pledges name: by the name, and by what is told beside it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::batch::{Batch, Record};
use super::doubles::{First, named};
use super::fields::Field;
use crate::domain::household::Birth;
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::member::Member;
use crate::domain::organisation::{Cell, Organisation};
use crate::domain::pledge::{Amounts, Clues, Giver, Pledge};
use crate::domain::spelling::{fold, fold_name, fold_tight, words};

/// Whom a row names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// One member.
    One(Key),
    /// One member, who by the roster is of another organisation or cell: that.
    Elsewhere(Key, String),
    /// Nobody on the rosters, or any of several.
    Nobody,
}

/// The members of rosters of some names.
#[derive(Debug)]
pub(crate) struct Givers(HashMap<String, Vec<Candidate>>);

/// A member whom a name may mean.
#[derive(Debug)]
struct Candidate {
    key: Key,
    /// The name as it stands, in small letters.
    written: String,
    folded: String,
    organisation: String,
    cell: Option<String>,
    card: Option<String>,
    birth: Option<Birth>,
}

/// A name by which spellings of one person meet: "Y Thử", "Ythử" and "Y Thử (Ama Lan)", without what is added to it.
pub(super) fn name_key(name: &str) -> String {
    let bare = name.split('(').next().filter(|bare| !bare.trim().is_empty()).unwrap_or(name);
    let folded = fold_name(bare);
    match folded.split_once(' ') {
        Some(("y", rest)) => format!("y{rest}"),
        _ => folded,
    }
}

/// Whether two names are those of one person, but for a slip of one letter.
pub(super) fn is_one_name(a: &str, b: &str) -> bool {
    let tight = |name: &str| fold_tight(&name_key(name));
    strsim::damerau_levenshtein(&tight(a), &tight(b)) <= 1
}

/// The digits of a Party card, which are written with and without a dot.
pub(super) fn card_key(card: &str) -> Option<String> {
    let digits: String = card.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

impl Givers {
    /// The members of these names.
    pub(crate) fn of<'a>(members: impl Iterator<Item = &'a Member>, names: impl Iterator<Item = &'a str>) -> Self {
        let wanted: HashSet<String> = names.map(name_key).collect();
        let mut givers: HashMap<String, Vec<Candidate>> = HashMap::new();
        // A name takes time to fold, and most ledgers name all members by keys that the rosters have.
        for member in members.take_while(|_| !wanted.is_empty()) {
            let key = name_key(&member.name);
            if !wanted.contains(&key) {
                continue;
            }
            givers.entry(key).or_default().push(Candidate {
                key: member.key.clone(),
                written: member.name.to_lowercase(),
                folded: fold_name(&member.name),
                organisation: member.organisation.name().to_owned(),
                cell: member.cell.as_ref().map(|cell| cell.name.to_string()),
                card: member.card.as_deref().and_then(card_key),
                birth: member.birth,
            });
        }
        Self(givers)
    }

    /// The member of a name: not one of another number, card or birth; of several the one of the organisation and the cell that are
    /// told, and then the one whose name is written alike.
    pub(crate) fn find(&self, name: &str, number: Option<CitizenNumber>, clues: &Clues) -> Found {
        let card = clues.card.as_deref().and_then(card_key);
        let named = self.0.get(&name_key(name)).into_iter().flatten();
        let possible: Vec<&Candidate> = named
            .filter(|of| number.is_none() || of.key.citizen().is_none_or(|other| Some(other) == number))
            .filter(|of| card.is_none() || of.card.is_none() || of.card == card)
            .filter(|of| clues.birth.zip(of.birth).is_none_or(|(told, known)| told.agrees(known)))
            .collect();
        let told: Vec<Vec<String>> = [&clues.organisation, &clues.cell]
            .into_iter()
            .flatten()
            .map(|unit| core(unit))
            .filter(|core| !core.is_empty())
            .collect();
        let alike = |of: &Candidate| told.iter().filter(|unit| of.is_of(unit)).count();
        let most = possible.iter().map(|of| alike(of)).max().unwrap_or(0);
        let nearest: Vec<&Candidate> = possible.into_iter().filter(|of| alike(of) == most).collect();
        let Some(of) = only(nearest, name) else { return Found::Nobody };
        if most < told.len() {
            let unit = of.cell.as_ref().map_or_else(|| of.organisation.clone(), |cell| format!("{}, {cell}", of.organisation));
            return Found::Elsewhere(of.key.clone(), unit);
        }
        Found::One(of.key.clone())
    }
}

impl Candidate {
    /// Whether the member is of an organisation or a cell that is told by these words.
    fn is_of(&self, unit: &[String]) -> bool {
        [Some(&*self.organisation), self.cell.as_deref()].into_iter().flatten().any(|known| is_unit(&core(known), unit))
    }
}

/// Whether the words of one unit are among those of the other.
fn is_unit(a: &[String], b: &[String]) -> bool {
    let holds = |whole: &[String], part: &[String]| !part.is_empty() && whole.windows(part.len()).any(|at| at == part);
    holds(a, b) || holds(b, a)
}

/// A name by which spellings of one organisation or cell meet: the words that are its own, or all where it has none.
fn unit_key(unit: &str) -> String {
    let own = core(unit).join(" ");
    if own.is_empty() { fold(unit) } else { own }
}

/// The organisation and the cell of a member, by the words of theirs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Units {
    pub(super) organisation: String,
    pub(super) cell: Option<String>,
}

impl Units {
    pub(super) fn of(organisation: &Organisation, cell: Option<&Cell>) -> Self {
        Self { organisation: unit_key(organisation.name()), cell: cell.map(|cell| unit_key(&cell.name)) }
    }

    /// Whether both are of one organisation, or the organisation of one is the cell of the other.
    pub(super) fn are_one(&self, other: &Self) -> bool {
        self.organisation == other.organisation
            || self.cell.as_ref() == Some(&other.organisation)
            || other.cell.as_ref() == Some(&self.organisation)
    }
}

/// The one that is left; of several the one whose name is written as this one is.
fn only<'a>(candidates: Vec<&'a Candidate>, name: &str) -> Option<&'a Candidate> {
    let (written, folded) = (name.to_lowercase(), fold_name(name));
    let one = |of: &[&'a Candidate]| if let [only] = of { Some(*only) } else { None };
    let some =
        |is: &dyn Fn(&Candidate) -> bool| -> Vec<&'a Candidate> { candidates.iter().copied().filter(|of| is(of)).collect() };
    one(&candidates).or_else(|| one(&some(&|of| of.written == written))).or_else(|| one(&some(&|of| of.folded == folded)))
}

/// The words of an organisation or a cell that are its own: "Đảng bộ xã Nam Ka" and "UBND xã Nam Ka" are both of Nam Ka.
fn core(unit: &str) -> Vec<String> {
    const COMMON: [&str; 27] = [
        "dang", "bo", "uy", "chi", "xa", "thi", "tran", "tt", "phuong", "ubnd", "hdnd", "ban", "nhan", "dan", "huyen", "co",
        "so", "cua", "thuoc", "cb", "db", "buon", "thon", "to", "pho", "tdp", "truc",
    ];
    let folded = fold(unit);
    words(&folded).filter(|word| !COMMON.contains(word)).map(str::to_owned).collect()
}

/// Finds the member that a ledger means; one that the roster does not have is an issue, where there is a roster, and so is one whom
/// the roster has elsewhere or whose number is that of another.
pub(crate) fn settle(batches: &mut [Batch]) {
    let members = || batches.iter().flat_map(|batch| &batch.members).map(|record| &record.value);
    if members().next().is_none() {
        return;
    }
    // Only those are looked for whom the ledgers name.
    let pledges = || batches.iter().flat_map(|batch| &batch.pledges).map(|record| &record.value);
    let mut strangers: HashSet<Key> = pledges().filter_map(|pledge| pledge.giver.member().cloned()).collect();
    let numbers = strangers.iter().filter_map(Key::citizen);
    let mut holders: HashMap<CitizenNumber, String> = numbers.map(|number| (number, String::new())).collect();
    for member in members() {
        strangers.remove(&member.key);
        if let Some(holder) = member.citizen().and_then(|number| holders.get_mut(&number)) {
            *holder = member.name.to_string();
        }
    }
    let strange = pledges().filter(|pledge| pledge.giver.member().is_some_and(|key| strangers.contains(key)));
    let givers = Givers::of(members(), strange.map(|pledge| &*pledge.name));
    for batch in batches {
        let Batch { pledges, findings, sheets, .. } = batch;
        for record in pledges {
            let Pledge { giver: Giver::Member(key), name, clues, .. } = &mut record.value else { continue };
            let sheet = sheets.get(record.sheet).map(|sheet| sheet.sheet.as_str());
            if !strangers.contains(key) {
                // A row without a name is known by its number.
                let other = key.citizen().and_then(|number| holders.get(&number));
                let other = other.filter(|holder| **name != *key.to_string() && !is_one_name(holder, name));
                if let Some(holder) = other {
                    let hint = Hint::Other(holder.clone());
                    findings.add(Code::NumberName, sheet, Some(record.identity), Some(Field::Name), name, hint);
                }
                continue;
            }
            match givers.find(name, key.citizen(), clues) {
                Found::One(found) => *key = found,
                Found::Elsewhere(found, unit) => {
                    *key = found;
                    let (at, told) =
                        (record.place.unwrap_or(record.identity), clues.cell.as_ref().or(clues.organisation.as_ref()));
                    let told = told.map_or("", |told| told);
                    findings.add(Code::PledgeElsewhere, sheet, Some(at), Some(Field::Organisation), told, Hint::Other(unit));
                }
                Found::Nobody => {
                    findings.add(Code::PledgeMember, sheet, Some(record.identity), Some(Field::Member), name, Hint::None);
                }
            }
        }
    }
}

/// Tells of pledges that two sheets have alike: a list and the one that was put together from such lists. They may be two gifts, so
/// both count.
pub(crate) fn tell_doubled(batches: &mut [Batch]) {
    type Said = (Option<i16>, Giver, Option<Amounts>, Option<Amounts>);
    let mut seen: BTreeMap<Said, (usize, usize, First)> = BTreeMap::new();
    for (file, batch) in batches.iter_mut().enumerate() {
        let Batch { pledges, findings, sheets, file: name, .. } = batch;
        for Record { value, sheet, year, identity, .. } in pledges.iter() {
            if ![&value.pledged, &value.delivered].into_iter().flatten().any(Amounts::is_something) {
                continue;
            }
            let said = (*year, value.giver.clone(), value.pledged.clone(), value.delivered.clone());
            let of_sheet = sheets.get(*sheet).map(|sheet| sheet.sheet.clone()).unwrap_or_default();
            let (first_file, first_sheet, first) =
                seen.entry(said).or_insert_with(|| (file, *sheet, (name.clone(), of_sheet.clone(), *identity)));
            if (*first_file, *first_sheet) != (file, *sheet) {
                let hint = named(first);
                findings.add(Code::PledgeTwice, Some(&of_sheet), Some(*identity), Some(Field::Name), &value.name, hint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::invented::member;
    use jiff::civil::date;

    fn person(serial: u32, name: &str, organisation: &str, cell: &str) -> Member {
        let cell = Some(Cell { name: cell.into(), village: None, restricted: false }).filter(|cell| !cell.name.is_empty());
        Member {
            name: name.into(),
            organisation: Organisation::new(organisation, None),
            cell,
            card: None,
            birth: None,
            ..member(serial, true)
        }
    }

    fn clues(organisation: &str, cell: &str) -> Clues {
        let some = |text: &str| Some(text.into()).filter(|_| !text.is_empty());
        Clues { organisation: some(organisation), cell: some(cell), ..Clues::default() }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let members = [person(1, "H'Lan Triêk", "Đảng bộ xã A", ""), person(2, "Nguyễn Văn Hòa", "Đảng bộ xã A", "")];
        for (name, at) in [
            ("H’ Lan Triêk", 0),
            ("H Lan Triêk", 0),
            ("H'Lan Triêk (Ami Thử)", 0),
            ("Nguyễn Văn Hoà", 1),
            ("Đ/c NGUYỄN VĂN HÒA (Bí thư)", 1),
        ] {
            let givers = Givers::of(members.iter(), [name].into_iter());
            assert_eq!(givers.find(name, None, &Clues::default()), Found::One(members[at].key.clone()), "{name}");
        }
        let givers = Givers::of(members.iter(), ["Hòa"].into_iter());
        assert_eq!(givers.find("Hòa", None, &Clues::default()), Found::Nobody);
    }

    #[test]
    fn namesakes_are_told_apart_by_what_stands_beside_them() {
        let of = |serial, organisation, cell, birth, card: &str| Member {
            birth: Some(Birth::Day(birth)),
            card: Some(card.into()),
            ..person(serial, "Thử Văn Hải", organisation, cell)
        };
        let members = [
            of(1, "Đảng bộ xã Nam Ka", "Chi bộ Buôn Tu Sria", date(1974, 2, 1), "66.000006"),
            of(2, "Đảng bộ xã Yang Tao", "Chi bộ Buôn Jun", date(1980, 2, 1), "66.000007"),
        ];
        let givers = Givers::of(members.iter(), ["Thử Văn Hải"].into_iter());
        let find = |clues: &Clues| givers.find("Thử Văn Hải", None, clues);
        let [first, second] = [0, 1].map(|at: usize| Found::One(members[at].key.clone()));
        for (told, found) in [
            (clues("Xã Nam Ka", ""), &first),
            (clues("UBND xã Nam Ka", ""), &first),
            (clues("", "Buôn Tu Sria"), &first),
            (clues("Đảng bộ xã Yang Tao", "Chi bộ Buôn Jun"), &second),
            (clues("CHI BỘ BUÔN JUN", ""), &second),
            (Clues { card: Some("66000007".into()), ..Clues::default() }, &second),
            (Clues { birth: Some(Birth::Year(1974)), ..Clues::default() }, &first),
            (Clues { birth: Some(Birth::Month { year: 1980, month: 2 }), ..Clues::default() }, &second),
            (Clues { birth: Some(Birth::Year(1981)), ..Clues::default() }, &Found::Nobody),
            (Clues::default(), &Found::Nobody),
            (clues("Chi bộ Quân sự", ""), &Found::Nobody),
        ] {
            assert_eq!(&find(&told), found, "{told:?}");
        }
        let moved = Found::Elsewhere(members[1].key.clone(), "Đảng bộ xã Yang Tao, Chi bộ Buôn Jun".to_owned());
        assert_eq!(find(&clues("Đảng bộ xã Yang Tao", "Chi bộ Buôn Cuôr")), moved);
    }

    #[test]
    fn one_of_another_organisation_is_told_and_of_another_number_nobody() {
        let members = [
            person(1, "Thử Văn Hòa", "Đảng bộ xã A", ""),
            person(2, "Thử Thị Thủy", "Đảng bộ xã A", ""),
            person(3, "Thử Thị Thúy", "Đảng bộ xã A", ""),
        ];
        let givers = Givers::of(members.iter(), ["Thử Văn Hòa", "Thử Thị Thúy"].into_iter());
        let elsewhere = Found::Elsewhere(members[0].key.clone(), "Đảng bộ xã A".to_owned());
        assert_eq!(givers.find("Thử Văn Hòa", None, &clues("Phòng Nội vụ", "")), elsewhere);
        let other = CitizenNumber::of_u64(66_070_000_999);
        assert_eq!(givers.find("Thử Văn Hòa", other, &Clues::default()), Found::Nobody);
        assert_eq!(givers.find("Thử Thị Thúy", None, &Clues::default()), Found::One(members[2].key.clone()));
    }
}
