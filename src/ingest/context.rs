//! What stands around a table: commune, village, organisation and year from its title, its sheet's name and its file's name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::addresses::Addresses;
use super::settings::Settings;
use crate::domain::issue::Hint;
use crate::domain::organisation::{Organisation, cell_place, committee_place};
use crate::domain::place::{Commune, CommuneRef, Village, village_key};
use crate::domain::pledge::Amounts;
use crate::domain::spelling::{self, fold, fold_tight, nearest, title_case_place};

/// The communes that are known, ready to be found in texts.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    communes: Vec<CommuneRef>,
    /// Tight fold of a spelling, whether it holds the rank, and the commune's place in the list.
    spellings: Vec<(String, bool, usize)>,
}

impl Places {
    pub(crate) fn new(settings: &Settings) -> Self {
        let communes: Vec<CommuneRef> = settings.communes.iter().cloned().map(CommuneRef::new).collect();
        let mut spellings = Vec::new();
        for (index, commune) in communes.iter().enumerate() {
            for spelling in std::iter::once(&commune.name).chain(&commune.aliases) {
                let ranked = rank_at(&words(spelling), 0).is_some();
                spellings.push((fold_tight(spelling), ranked, index));
                if !ranked {
                    let rank = if commune.urban { "thitran" } else { "xa" };
                    spellings.push((format!("{rank}{}", fold_tight(spelling)), true, index));
                }
            }
        }
        spellings.sort();
        spellings.dedup();
        Self { communes, spellings }
    }

    /// The communes in the order of the list.
    pub(crate) fn all(&self) -> &[CommuneRef] {
        &self.communes
    }

    /// Of several communes of one name the one that existed on the day; without a day, or if none did, the first.
    fn pick(&self, candidates: impl Iterator<Item = usize> + Clone, day: Option<Date>) -> Option<CommuneRef> {
        let communes = || candidates.clone().filter_map(|index| self.communes.get(index));
        let existing = day.and_then(|day| communes().find(|commune| commune.exists_on(day)));
        existing.or_else(|| communes().next()).cloned()
    }

    /// The commune of a name that stands alone in a cell.
    pub(crate) fn by_name(&self, name: &str, day: Option<Date>) -> Option<CommuneRef> {
        let wanted = fold_tight(name);
        let hits = self.spellings.iter().filter(|(spelling, ..)| *spelling == wanted).map(|(_, _, index)| *index);
        self.pick(hits, day)
    }

    /// The commune of a code, on a day: a code alone is ambiguous.
    pub(crate) fn by_code(&self, code: u32, day: Option<Date>) -> Option<CommuneRef> {
        let hits = self.communes.iter().enumerate().filter(|(_, commune)| commune.code == Some(code)).map(|(index, _)| index);
        self.pick(hits, day)
    }

    /// Whether a code alone is that of several communes of different times, and no day tells which.
    pub(crate) fn is_ambiguous(&self, code: u32, day: Option<Date>) -> bool {
        day.is_none() && self.communes.iter().filter(|commune| commune.code == Some(code)).count() > 1
    }

    /// The known name most like a name.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.communes.iter().map(|commune| commune.name.as_str()))
    }

    /// The commune that a running text names; `bare` allows the name without its rank, as file names have it. The longest
    /// name wins. Gives the text without the name too, in which a village may still stand.
    pub(crate) fn in_text(&self, text: &str, bare: bool, day: Option<Date>) -> Option<(CommuneRef, String)> {
        let words = words(text);
        let tight: Vec<String> = words.iter().map(|word| fold_tight(word)).collect();
        let mut best: Option<(usize, usize, usize)> = None;
        for start in 0..tight.len() {
            let mut joined = String::new();
            for end in start..tight.len() {
                joined.push_str(tight.get(end).map_or("", String::as_str));
                if joined.len() > 40 {
                    break;
                }
                let known = self.spellings.iter().any(|(spelling, ranked, _)| *spelling == joined && (bare || *ranked));
                if known && !joined.is_empty() && best.is_none_or(|(most, ..)| joined.len() > most) {
                    best = Some((joined.len(), start, end));
                }
            }
        }
        let (_, start, end) = best?;
        let name: String = tight.get(start..=end)?.concat();
        let hits = self.spellings.iter().filter(|(spelling, ..)| *spelling == name).map(|(_, _, index)| *index);
        let rest: Vec<&str> =
            words.iter().enumerate().filter(|(at, _)| !(start..=end).contains(at)).map(|(_, word)| *word).collect();
        Some((self.pick(hits, day)?, rest.join(" ")))
    }
}

/// What the names of a table were found to be. A table names the same few places on each of its rows, and to look through
/// all known names for each row was half of the time of reading a list whose communes no programme lists.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    communes: BTreeMap<Option<Date>, BTreeMap<String, Option<CommuneRef>>>,
    strangers: BTreeMap<String, (CommuneRef, Hint)>,
    strange_committees: BTreeMap<String, Hint>,
    villages: BTreeMap<String, BTreeMap<String, Option<Hint>>>,
    names: BTreeMap<String, Village>,
    pub(crate) addresses: Addresses,
    kinds: BTreeMap<&'static str, Arc<str>>,
    organisations: BTreeMap<Option<i16>, BTreeMap<String, Organisation>>,
    known_organisations: BTreeMap<String, Option<usize>>,
    cells: BTreeMap<String, Arc<str>>,
    amounts: BTreeSet<Arc<Amounts>>,
}

impl Remembered {
    /// As [`Places::by_name`].
    pub(crate) fn by_name(&mut self, places: &Places, name: &str, day: Option<Date>) -> Option<CommuneRef> {
        let of_day = self.communes.entry(day).or_default();
        remember(of_day, name, || places.by_name(name, day))
    }

    /// A commune that no list knows, and the known one that may be meant.
    pub(crate) fn stranger(&mut self, places: &Places, name: &str) -> (CommuneRef, Hint) {
        remember(&mut self.strangers, name, || (unlisted(name), hint(places.nearest(name))))
    }

    /// The same of a commune that only the name of its committee tells.
    pub(crate) fn stranger_of(&mut self, places: &Places, organisation: &str, name: &str) -> CommuneRef {
        let (commune, hint) = self.stranger(places, name);
        let meant = if let Hint::Nearest(name) = hint { Hint::Nearest(committee_in_print(&name)) } else { Hint::None };
        self.strange_committees.insert(fold(organisation), meant);
        commune
    }

    /// The committee that may be meant by one whose commune no list knows.
    pub(crate) fn strange_committee(&self, organisation: &Organisation) -> Option<Hint> {
        self.strange_committees.get(organisation.folded()).cloned()
    }

    /// The village of a name.
    pub(crate) fn village(&mut self, name: &str) -> Village {
        remember(&mut self.names, name, || Village::new(&title_case_place(name)))
    }

    /// Amounts, of which thousands of members share one copy. So many that are all different are not remembered.
    pub(crate) fn amounts(&mut self, amounts: Amounts) -> Arc<Amounts> {
        const MOST: usize = 1000;
        if let Some(known) = self.amounts.get(&amounts) {
            return Arc::clone(known);
        }
        let new = Arc::new(amounts);
        if self.amounts.len() < MOST {
            self.amounts.insert(Arc::clone(&new));
        }
        new
    }

    /// The name of a kind of support, of which thousands of rows share one copy.
    pub(crate) fn kind(&mut self, kind: &'static str) -> Arc<str> {
        self.kinds.entry(kind).or_insert_with(|| kind.into()).clone()
    }

    /// The organisation that a name was found to be in lists of a year.
    pub(crate) fn organisation(&self, year: Option<i16>, name: &str) -> Option<Organisation> {
        self.organisations.get(&year)?.get(name).cloned()
    }

    /// Remembers it.
    pub(crate) fn note_organisation(&mut self, year: Option<i16>, name: &str, organisation: &Organisation) {
        self.organisations.entry(year).or_default().insert(name.to_owned(), organisation.clone());
    }

    /// The place of a name among the organisations of the programme file.
    pub(crate) fn known_organisation(&mut self, name: &str, find: impl FnOnce() -> Option<usize>) -> Option<usize> {
        remember(&mut self.known_organisations, name, find)
    }

    /// The name of a cell, of which its members share one copy.
    pub(crate) fn cell(&mut self, name: &str) -> Arc<str> {
        remember(&mut self.cells, name, || name.into())
    }

    /// For a village that is not among those of its commune, the one that may be meant.
    pub(crate) fn unknown_village(&mut self, commune: &str, known: &[String], name: &str) -> Option<Hint> {
        let of_commune = self.villages.entry(commune.to_owned()).or_default();
        remember(of_commune, name, || {
            let key = village_key(name);
            let is_known = known.iter().any(|known| village_key(known) == key);
            (!is_known).then(|| hint(nearest(name, known.iter().map(String::as_str))))
        })
    }
}

fn remember<T: Clone>(map: &mut BTreeMap<String, T>, name: &str, find: impl FnOnce() -> T) -> T {
    if let Some(found) = map.get(name) {
        return found.clone();
    }
    let found = find();
    map.insert(name.to_owned(), found.clone());
    found
}

fn hint(nearest: Option<&str>) -> Hint {
    nearest.map_or(Hint::None, |name| Hint::Nearest(name.to_owned()))
}

/// The words of a text, as they stand.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || c == '_').filter(|word| !word.is_empty()).collect()
}

/// How many words the rank of a commune takes at a place, if one stands there.
fn rank_at(words: &[&str], at: usize) -> Option<usize> {
    let word = |offset: usize| words.get(at + offset).map(|word| fold(word).trim_end_matches('.').to_owned()).unwrap_or_default();
    match word(0).as_str() {
        "xa" if word(1) != "hoi" && !word(1).is_empty() => Some(1),
        "phuong" if !word(1).is_empty() => Some(1),
        "tt" | "x" if !word(1).is_empty() => Some(1),
        "thi" if word(1) == "tran" => Some(2),
        _ => None,
    }
}

/// How many words the rank of a village takes at a place, if one stands there.
fn village_rank_at(words: &[&str], at: usize) -> Option<usize> {
    let word = |offset: usize| words.get(at + offset).map(|word| fold(word).trim_end_matches('.').to_owned()).unwrap_or_default();
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map(|word| fold(word)).unwrap_or_default();
    match word(0).as_str() {
        "thon" if before == "nong" => None,
        // "ÁP DỤNG CHO" is no hamlet.
        "ap" if words.get(at).is_some_and(|word| word.to_lowercase().starts_with('á')) => None,
        // "CẤP BỒN NƯỚC" is no village.
        "bon" if words.get(at).is_some_and(|word| !word.to_lowercase().starts_with("bon")) => None,
        "buon" | "thon" | "tdp" | "bon" | "ap" | "lang" => Some(1),
        "to" if word(1) == "dan" && word(2) == "pho" => Some(3),
        "khu" | "khoi" if word(1) == "pho" => Some(2),
        _ => None,
    }
}

/// Words that end a name in a title, beside the year.
const STOPS: [&str; 17] = [
    "thang", "huyen", "tinh", "giai", "ky", "dot", "theo", "xa", "thi", "phuong", "tt", "ngay", "va", "den", "tai", "quy", "sau",
];

/// Whether the year begins at a word: "NĂM 2023", but neither "XÃ NAM KA" nor "BUÔN NĂM PĂ".
fn year_begins_at(words: &[&str], at: usize) -> bool {
    let counts = words.get(at + 1).is_none_or(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    counts && words.get(at).is_some_and(|word| fold(word) == "nam")
}

/// The name that begins at a rank: the rank and the capitalised words after it.
fn name_at(words: &[&str], at: usize, rank: usize) -> Option<String> {
    let mut name: Vec<&str> = words.get(at..at + rank)?.to_vec();
    for (at, word) in words.iter().enumerate().skip(at + rank).take(5) {
        // "Thôn Năm" is the fifth.
        let fifth = name.len() == rank && words.get(at + 1).is_none();
        if year_begins_at(words, at) && !fifth {
            break;
        }
        let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
        let starts = inner.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let is_year = inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit());
        if !starts || is_year || word.starts_with(['(', '-', '–']) || STOPS.contains(&fold(inner).as_str()) {
            break;
        }
        name.push(word.trim_end_matches([',', ';', ':', '.', ')']));
        if word.ends_with([',', ';', ':', '.', ')']) {
            break;
        }
    }
    (name.len() > rank).then(|| title_case_place(&name.join(" ")).into_owned())
}

/// The name of a commune that no list knows, from its rank and the capitalised words after it.
pub(crate) fn unlisted_commune(text: &str) -> Option<String> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let rank = rank_at(&words, at)?;
        // A single letter X or TT in running text is no rank.
        let short = words.get(at).is_some_and(|word| matches!(fold(word).trim_end_matches('.'), "x" | "tt"));
        if short { None } else { name_at(&words, at, rank) }
    })
}

/// The village that a text names, with its rank.
pub(crate) fn village_in(text: &str) -> Option<String> {
    let words = words(text);
    (0..words.len()).find_map(|at| {
        let rank = village_rank_at(&words, at)?;
        let listing = words.get(at + rank - 1).is_some_and(|word| word.ends_with([',', '/']));
        if listing { None } else { name_at(&words, at, rank) }
    })
}

/// Whether a name begins with the rank of a village.
pub(crate) fn begins_as_village(name: &str) -> bool {
    village_rank_at(&words(name), 0).is_some()
}

/// The villages that the cell of one names: "Buôn Cuôr, Buôn Jun", "Buôn Cuôr; Jun", "Buôn Yang Lah 1, 2 và 3".
pub(crate) fn villages_in(text: &str) -> Vec<String> {
    let mut villages: Vec<String> = Vec::new();
    let parts = text.split([',', ';']).flat_map(|part| part.split(" và ")).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        let words = words(part);
        // Lines of a cell are one line by now: each rank before a name begins another, behind the name of the last.
        let mut starts = vec![0];
        for at in 1..words.len() {
            let last = starts.last().copied().unwrap_or(0);
            let named = |at: usize| village_rank_at(&words, at).is_some_and(|rank| at + rank < words.len());
            if named(at) && at > last + village_rank_at(&words, last).unwrap_or(0) {
                starts.push(at);
            }
        }
        let ends = starts.iter().skip(1).copied().chain([words.len()]);
        for (start, end) in starts.iter().copied().zip(ends) {
            let name = words.get(start..end).unwrap_or_default().join(" ");
            let of_last = if village_rank_at(&words, start).is_some() { None } else { villages.last() };
            villages.push(of_last.map_or_else(|| name.clone(), |last| like(last, &name)));
        }
    }
    villages
}

/// A name that is given short behind another: its number is that of a village of the same name, else its rank is the same.
fn like(last: &str, short: &str) -> String {
    let words = words(last);
    let numbered = short.starts_with(|c: char| c.is_ascii_digit());
    let rank = village_rank_at(&words, 0).unwrap_or(0);
    let kept = if numbered { words.len().saturating_sub(1).max(rank) } else { rank };
    let kept = words.get(..kept).unwrap_or_default();
    kept.iter().copied().chain([short]).collect::<Vec<_>>().join(" ")
}

/// Whether a whole text is the name of a village with its rank.
pub(crate) fn is_village_name(text: &str) -> bool {
    let words = words(text);
    village_rank_at(&words, 0).is_some_and(|rank| words.len() > rank && words.len() <= rank + 5)
}

/// The year of a title: four digits after "năm".
pub(crate) fn year_in_title(text: &str) -> Option<i16> {
    let folded = fold(text);
    let words: Vec<&str> = spelling::words(&folded).collect();
    // A list of several years is that of the last.
    let span = (0..words.len()).find_map(|at| match words.get(at..)? {
        ["tu", "nam", _, "den", "nam", year, ..] | ["tu", "nam", _, "den", year, ..] => plausible_year(year),
        _ => None,
    });
    let named = words.windows(2).find_map(|pair| match pair {
        ["nam", year] => plausible_year(year),
        _ => None,
    });
    span.or(named)
}

/// The year of the day up to which a line says that a list is counted, of its month or quarter, or of the poor it names: "tính đến ngày
/// 31/12/2023", "tháng 12/2023", "quý IV/2023", "hộ nghèo 2023". A day in January is as well the end of the year before, and tells
/// none; so do the days of decisions.
pub(crate) fn year_counted_to(text: &str) -> Option<i16> {
    let folded = fold(text);
    if ["quyet dinh", "kem theo", "thong tu", "nghi quyet", "cong van", "thong bao"].iter().any(|word| folded.contains(word)) {
        return None;
    }
    let words: Vec<&str> = spelling::words(&folded).collect();
    (0..words.len()).find_map(|at| match words.get(at..)? {
        // The day of a decision stands behind its number.
        ["den" | "diem", "ngay", _, month, year, ..] | ["den" | "diem", _, month, year, ..]
            if (2..=12).contains(&month.parse::<u8>().unwrap_or(0)) =>
        {
            plausible_year(year)
        }
        ["thang", month, year, ..] if (2..=12).contains(&month.parse::<u8>().unwrap_or(0)) => plausible_year(year),
        ["quy", "i" | "ii" | "iii" | "iv" | "1" | "2" | "3" | "4", year, ..] => plausible_year(year),
        // "Chuẩn nghèo 2022-2025" is of no year.
        ["ho" | "can", "ngheo", year, after @ ..] if after.first().is_none_or(|next| plausible_year(next).is_none()) => {
            plausible_year(year)
        }
        _ => None,
    })
}

/// Words of titles by which a list is of a part of the households that it names, or of what may or shall become of them.
const PARTS: [&str; 22] = [
    "chi tieu giam",
    "ke hoach giam",
    "dang ky thoat ngheo",
    "kha nang thoat ngheo",
    "nguy co",
    "can ra soat",
    "du kien",
    "de nghi cong nhan",
    "de nghi xet",
    "ngheo phat sinh",
    "phu nu lam chu ho",
    "ngheo co chu ho la nu",
    "ngheo khong co kha nang lao dong",
    "ngheo khong co knld",
    "ngheo dan toc thieu so",
    "ngheo dtts",
    "ngheo la nguoi dan toc thieu so",
    "dan toc thieu so ngheo",
    "dtts ngheo",
    "ngheo co nguoi co cong",
    "ngheo co thanh vien la nguoi co cong",
    "ngheo co tre em",
];

/// Whether a title says that a list is of a part of the poor only, so that no rate can be counted from it.
pub(crate) fn is_of_part(line: &str) -> bool {
    let folded = fold(line);
    PARTS.iter().any(|words| folded.contains(words))
}

/// The year of a path: four digits that stand alone, in the last part that has such.
pub(crate) fn year_in_path(path: &str) -> Option<i16> {
    path.rsplit('/').find_map(|part| part.split(|c: char| !c.is_ascii_digit()).find_map(plausible_year))
}

/// A year in which a list may have been made.
pub(crate) fn plausible_year(text: &str) -> Option<i16> {
    if text.len() != 4 {
        return None;
    }
    text.parse().ok().filter(|year| (2000..2100).contains(year))
}

/// The day on which a list of a year stands.
pub(crate) fn day_of(year: Option<i16>, settings: &Settings) -> Option<Date> {
    settings.as_of.or_else(|| year.and_then(crate::domain::survey::end_of))
}

/// The day by which the communes of a list of a year are told: the last of its year, so that `--as-of` of a later year
/// takes no earlier list for one of merged communes.
pub(crate) fn place_day(year: Option<i16>, settings: &Settings) -> Option<Date> {
    let Some(year) = year else { return settings.as_of };
    settings.as_of.filter(|day| day.year() == year).or_else(|| crate::domain::survey::end_of(year))
}

/// The parts of a line that names a committee and a cell: "Đảng bộ xã Yang Tao - Chi bộ Buôn Jun", "Chi bộ Buôn Jun thuộc Đảng bộ …".
fn organisations_of(line: &str) -> Vec<String> {
    const BETWEEN: [&str; 8] = [" - ", " – ", ", ", "; ", " trực thuộc ", " TRỰC THUỘC ", " thuộc ", " THUỘC "];
    let is_one = |part: &str| {
        let folded = fold(part);
        committee_place(&folded).is_some() || cell_place(&folded).is_some()
    };
    let mut split =
        BETWEEN.iter().filter_map(|between| line.split_once(between)).map(|(first, second)| [first.trim(), second.trim()]);
    split
        .find(|parts| parts.iter().all(|part| is_one(part)))
        .map_or_else(|| vec![line.to_owned()], |parts| parts.map(str::to_owned).into())
}

/// The organisation and the cell that the lines above a table name.
pub(crate) fn organisation_in(lines: &[String]) -> (Option<String>, Option<String>) {
    let lines: Vec<String> = lines.iter().flat_map(|line| organisations_of(line)).collect();
    let lines = lines.as_slice();
    let starts = |line: &str, words: &[&str]| words.iter().any(|word| fold(line).starts_with(word));
    let superior = |line: &str| starts(line, &["dang bo tinh", "dang bo huyen", "dang bo thanh pho", "dang uy khoi"]);
    let committee = lines.iter().rev().find(|line| committee_place(&fold(line)).is_some() && !superior(line));
    let cell = lines.iter().rev().find(|line| cell_place(&fold(line)).is_some());
    match (committee, cell) {
        (Some(committee), cell) => (Some(committee.clone()), cell.cloned()),
        (None, Some(cell)) => (Some(cell.clone()), None),
        (None, None) => (lines.iter().find_map(|line| organisation_within(line)), None),
    }
}

/// "… của Chi bộ Phòng Nội vụ": the organisation inside a longer line.
fn organisation_within(line: &str) -> Option<String> {
    let words = words(line);
    let at = (1..words.len()).find(|&at| {
        let pair = [words.get(at), words.get(at + 1)].map(|word| word.map(|word| fold(word)).unwrap_or_default());
        (pair[0] == "dang" || pair[0] == "chi") && pair[1] == "bo" && words.get(at + 2).is_some()
    })?;
    let within = |at: &usize| !year_begins_at(&words, *at) && words.get(*at).is_some_and(|word| fold(word) != "thang");
    let tail: Vec<&str> = (at..words.len()).take_while(within).filter_map(|at| words.get(at)).copied().collect();
    (tail.len() > 2).then(|| tail.join(" "))
}

/// An organisation's name as it is printed: capitals are written out, "Đảng bộ" and "Chi bộ" keep a small b, and a committee has one
/// name however it is written ("ĐB X", "Đảng ủy xã X").
pub(crate) fn print_organisation(name: &str, committee_of: Option<&CommuneRef>) -> String {
    let is_capital = !name.chars().any(char::is_lowercase);
    if let Some(printed) = committee_of.map(|commune| committee_in_print(commune.name()))
        && (is_capital || fold(name) != fold(&printed))
    {
        return printed;
    }
    if !is_capital {
        return name.to_owned();
    }
    let titled = title_case_place(name);
    let small = titled.split_once(' ').and_then(|(first, rest)| rest.split_once(' ').map(|(second, rest)| (first, second, rest)));
    small.map_or_else(|| titled.to_string(), |(first, second, rest)| format!("{first} {} {rest}", second.to_lowercase()))
}

/// The committee of a commune as it is printed.
fn committee_in_print(commune: &str) -> String {
    let mut chars = commune.chars();
    let lower: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
    format!("Đảng bộ {lower}{}", chars.as_str())
}

/// The commune that a committee names, with its rank, as it stands: "xã Ea Tul" of "Đảng bộ xã Ea Tul".
pub(crate) fn named_by_committee(organisation: &str) -> Option<String> {
    let words = words(organisation);
    let folded = fold(organisation);
    let before = folded.strip_suffix(committee_place(&folded)?)?;
    let named = words.get(before.split_whitespace().count()..)?;
    let rank = rank_at(named, 0)?;
    (named.len() > rank).then(|| named.join(" "))
}

/// A commune that no list knows, by its name as found. It begins with a capital: "xã Ea Tul" and "Xã Ea Tul" are one commune.
pub(crate) fn unlisted(name: &str) -> CommuneRef {
    let titled = title_case_place(name);
    let mut chars = titled.chars();
    let name: String = chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default();
    CommuneRef::new(Commune::unlisted(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        Places::new(&Settings::default())
    }

    fn commune(text: &str, bare: bool) -> Option<String> {
        places().in_text(text, bare, Some(jiff::civil::date(2022, 12, 31))).map(|(commune, _)| commune.name().to_owned())
    }

    #[test]
    fn titles_and_file_names_tell_the_commune() {
        for (text, name) in [
            ("BIỂU TỔNG HỢP HỘ DÂN CƯ XÃ ĐẮK LIÊNG NĂM 2022", "Xã Đắk Liêng"),
            ("ỦY BAN NHÂN DÂN XÃ BUÔN TRIẾT", "Xã Buôn Triết"),
            ("XÃ EA R'BIN", "Xã Ea R'Bin"),
            ("UBND TT. Liên Sơn", "Thị trấn Liên Sơn"),
        ] {
            assert_eq!(commune(text, false).as_deref(), Some(name), "{text}");
        }
        for (text, name) in [
            ("xa dak lieng (ban cuoi sua 2)", "Xã Đắk Liêng"),
            ("xa ea r bin", "Xã Ea R'Bin"),
            ("thi tran lien son", "Thị trấn Liên Sơn"),
            ("Danh sach Yang Tao 2022", "Xã Yang Tao"),
        ] {
            assert_eq!(commune(text, true).as_deref(), Some(name), "{text}");
        }
        assert_eq!(commune("DANH SÁCH HỘ DÂN BUÔN TRIẾT", false), None, "a village may have the name of a commune");
        assert_eq!(commune("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", false), None);
    }

    #[test]
    fn a_commune_of_another_district_is_told_by_its_rank() {
        assert_eq!(unlisted_commune("UBND XÃ HÒA HIỆP").as_deref(), Some("Xã Hòa Hiệp"));
        assert_eq!(unlisted_commune("Danh sách hộ nghèo xã Ea Tiêu năm 2022").as_deref(), Some("xã Ea Tiêu"));
        assert_eq!(unlisted_commune("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), None);
        assert_eq!(unlisted_commune("Danh sách các xã, thị trấn"), None);
    }

    #[test]
    fn a_title_tells_the_village() {
        assert_eq!(village_in("DANH SÁCH HỘ DÂN NĂM 2022 - BUÔN YANG LAH 1").as_deref(), Some("Buôn Yang Lah 1"));
        assert_eq!(village_in("Danh sách hộ Thôn 2, xã Ea R'Bin").as_deref(), Some("Thôn 2"));
        assert_eq!(village_in("KHU VỰC NÔNG THÔN MỚI"), None);
        assert_eq!(village_in("Thôn, buôn, TDP"), None);
        assert!(is_village_name("TDP 1") && is_village_name("Buôn Đơng Kriêng") && !is_village_name("Biểu 01"));
    }

    #[test]
    fn titles_and_paths_tell_the_year() {
        assert_eq!(year_in_title("KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2022"), Some(2022));
        assert_eq!(year_in_title("Nghị quyết giai đoạn 2023-2025"), None);
        assert_eq!(year_in_title("DANH SÁCH HỘ NGHÈO TỪ NĂM 2022 ĐẾN NĂM 2023"), Some(2023));
        assert_eq!(year_in_title("Hộ nghèo từ năm 2022 đến 2023"), Some(2023));
        assert_eq!(year_counted_to("DANH SÁCH HỘ NGHÈO (tính đến ngày 31/12/2023)"), Some(2023));
        assert_eq!(year_counted_to("Thời điểm 15/12/2023"), Some(2023));
        assert_eq!(year_counted_to("(Kèm theo Quyết định số 15/QĐ-UBND ngày 05/10/2024 của UBND xã)"), None);
        for text in ["Danh sách hộ nghèo (tháng 12/2023)", "HỘ NGHÈO QUÝ IV/2023", "RÀ SOÁT HỘ NGHÈO 2023 - XÃ YANG TAO"]
        {
            assert_eq!(year_counted_to(text), Some(2023), "{text}");
        }
        for text in [
            "Kèm theo Thông báo của UBND xã tháng 12/2023",
            "HỘ NGHÈO THEO CHUẨN NGHÈO 2022-2025",
            "HỘ NGHÈO 2022 - 2025",
            "HỘ NGHÈO THEO CHUẨN NGHÈO 2022",
        ] {
            assert_eq!(year_counted_to(text), None, "{text}");
        }
        assert_eq!(year_counted_to("Số liệu đến 05/01/2024"), None, "the end of the year before as well");
        assert_eq!(year_in_path("data/2021/households-2022/xa-yang-tao.xlsx"), Some(2022));
        assert_eq!(year_in_path("20221231.xlsx"), None);
    }

    #[test]
    fn the_lines_above_a_table_tell_the_organisation() {
        let lines = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let (organisation, cell) =
            organisation_in(&lines(&["ĐẢNG BỘ HUYỆN LẮK", "ĐẢNG BỘ XÃ YANG TAO", "CHI BỘ BUÔN CUÔR", "DANH SÁCH"]));
        assert_eq!((organisation.as_deref(), cell.as_deref()), (Some("ĐẢNG BỘ XÃ YANG TAO"), Some("CHI BỘ BUÔN CUÔR")));
        let (organisation, _) = organisation_in(&lines(&["Danh sách đảng viên của Chi bộ Phòng Nội vụ năm 2023"]));
        assert_eq!(organisation.as_deref(), Some("Chi bộ Phòng Nội vụ"));
        assert_eq!(print_organisation("ĐẢNG BỘ CÔNG AN HUYỆN", None), "Đảng bộ Công An Huyện");
    }
}
