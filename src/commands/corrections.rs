//! `check --corrections FILE`: the rows that a person has to decide on. Decisions that stand in the file already are
//! applied by the run and kept in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::changes::Earlier;
use super::input::{Loaded, language};
use super::options::{AudienceArg, CheckArgs};
use super::output::write_file;
use super::refused::Refused;
use super::world::World;
use crate::domain::changes::Changes;
use crate::domain::household::Household;
use crate::domain::issue::{Code, Issue, Severity};
use crate::domain::source::{CellRef, Source};
use crate::ingest::SheetAccount;
use crate::ingest::corrections::{Answer, LINK, NAMES, is_double, is_one_file};
use crate::report::corrections::{Choice, Question, delimited, workbook};
use crate::report::wording::{Words, words};

/// The file to write, before anything is read: its name must be one that can be written.
///
/// # Errors
/// When several are named, the extension tells no format, or the audience may not see what it holds.
pub fn target(args: &CheckArgs, world: &World<'_>) -> Result<Option<PathBuf>> {
    let words = words(world.language(args.output.lang, None));
    let [file] = args.inputs.corrections.as_slice() else {
        if args.inputs.corrections.is_empty() {
            return Ok(None);
        }
        bail!(words.say("corrections", "one").to_owned());
    };
    if args.output.audience != AudienceArg::Internal {
        bail!(words.say("corrections", "private").to_owned());
    }
    if !is(file, "csv") && !is(file, "xlsx") {
        bail!(words.fill_in("corrections", "name", &[("file", &file.display().to_string())]));
    }
    Ok(Some(file.clone()))
}

fn is(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}

/// Writes the file: what is to be decided now, and every row of the file that somebody wrote into.
///
/// # Errors
/// When a file of that name is there and is no corrections file, or it cannot be written.
pub fn write(file: &Path, args: &CheckArgs, loaded: &Loaded, world: &mut World<'_>) -> Result<()> {
    let words = words(world.language(args.output.lang, language(&loaded.programme)));
    let shown = file.display().to_string();
    if file.exists() && !was_read_as_one(&shown, loaded) {
        bail!(words.fill_in("corrections", "foreign", &[("file", &shown)]));
    }
    let asked = answers(loaded, words)?;
    let rows = merged(asked, loaded);
    let decided = rows.iter().filter(|(answer, _)| !answer.decision.is_empty()).count();
    let questions: Vec<Question> = rows.into_iter().map(|(answer, choices)| question(answer, choices, words)).collect();
    let bytes = if is(file, "csv") { delimited(&questions, words) } else { workbook(&questions, words) };
    let bytes = bytes.map_err(|error| Refused::new("no_corrections").because(error))?;
    let itself = file.canonicalize().ok();
    let others = loaded.paths.iter().filter(|path| itself.is_none() || path.canonicalize().ok() != itself);
    write_file(file, &bytes, &others.cloned().collect::<Vec<_>>())?;
    if !args.output.quiet {
        let count = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
        let (asked, decided) = (count(questions.len()), count(decided));
        world.say(&words.fill_in("corrections", "written", &[("file", &shown), ("asked", &asked), ("decided", &decided)]));
    }
    Ok(())
}

/// Whether the run read the file and found the headings of a corrections file in it.
fn was_read_as_one(file: &str, loaded: &Loaded) -> bool {
    let name = file.replace('\\', "/");
    let files = loaded.data.files.iter().filter(|account| *account.file == *name);
    files.flat_map(|account| &account.sheets).any(SheetAccount::holds_decisions)
}

/// The order of rows: by file, sheet and cell, then code and what was found.
fn order(answer: &Answer) -> (&str, &str, Option<CellRef>, &str, &str, &str) {
    (&answer.file, &answer.sheet, CellRef::parse(&answer.cell), &answer.code, &answer.found, &answer.other)
}

/// The questions of this run with what was answered before, and the answered ones that are no question any more.
fn merged(asked: Vec<Answer>, loaded: &Loaded) -> Vec<(Answer, Vec<Choice>)> {
    let mut known: BTreeMap<(String, String), Vec<Answer>> = BTreeMap::new();
    for answer in &loaded.data.answers {
        known.entry((answer.code.clone(), answer.cell.clone())).or_default().push(answer.clone());
    }
    let mut rows = Vec::new();
    for mut answer in asked {
        let same = known.get_mut(&(answer.code.clone(), answer.cell.clone()));
        let at = same.and_then(|known| known.iter().position(|old| old.asks_the_same(&answer)).map(|at| known.remove(at)));
        if let Some(old) = at {
            answer = Answer { decision: old.decision, value: old.value, initials: old.initials, note: old.note, ..answer };
        }
        rows.push(answer);
    }
    // A row that nobody wrote into stays only as long as its file is not looked at.
    let read = |old: &Answer| loaded.data.files.iter().any(|file| is_one_file(&old.file, &file.file));
    rows.extend(known.into_values().flatten().filter(|old| old.is_touched() || !read(old)));
    rows.sort_by(|a, b| order(a).cmp(&order(b)));
    rows.into_iter()
        .map(|answer| {
            let choices = choices(&answer);
            (answer, choices)
        })
        .collect()
}

/// The words that fit a row, by its code.
fn choices(answer: &Answer) -> Vec<Choice> {
    if answer.code == LINK {
        return vec![Choice::Same, Choice::Different];
    }
    // A Party card and a name stand in other columns than the number that a new value would go to.
    let number = answer.found.bytes().all(|byte| byte.is_ascii_digit());
    if is_double(&answer.code) {
        let both = [Choice::Same, Choice::Different];
        return both.into_iter().chain(number.then_some(Choice::Value)).collect();
    }
    let place = !answer.found.is_empty() && !answer.cell.is_empty();
    if NAMES.iter().any(|code| code.word() == answer.code) {
        return [Some(Choice::Keep), place.then_some(Choice::Value)].into_iter().flatten().collect();
    }
    vec![Choice::Keep, Choice::Value, Choice::Drop]
}

fn question(answer: Answer, choices: Vec<Choice>, words: &Words) -> Question {
    let code = Code::ALL.iter().find(|code| code.word() == answer.code);
    let asked = code.map_or_else(|| words.say("corrections", "link"), |code| words.issue_title(*code)).to_owned();
    let Answer { code, file, sheet, cell, found, other, about, decision, value, initials, note } = answer;
    Question { code, asked, file, sheet, cell, found, other, about, choices, decision, value, initials, note }
}

/// Whether a person can decide on an issue without the workbook being mended: doubles, doubtful numbers, unknown names.
fn is_for_a_person(issue: &Issue) -> bool {
    // A number that was restored is proven by its row, and thousands of them need nobody.
    const NUMBERS: [Code; 7] = [
        Code::PersonTwice,
        Code::CitizenLength,
        Code::CitizenWrong,
        Code::CitizenDigitsLost,
        Code::CitizenOld,
        Code::CitizenBirth,
        Code::CitizenSex,
    ];
    let settled = issue.severity == Severity::Warning || (issue.cell.is_some() && !issue.found.is_empty());
    is_double(issue.code.word()) || NUMBERS.contains(&issue.code) || (NAMES.contains(&issue.code) && settled)
}

/// What is to be decided: issues of rows, and households that may be one in two years.
fn answers(loaded: &Loaded, words: &Words) -> Result<Vec<Answer>> {
    let people = people(loaded);
    let about = |file: &str, sheet: Option<&str>, row: Option<u32>| {
        let at = (file.to_owned(), sheet.unwrap_or_default().to_owned(), row.unwrap_or(u32::MAX));
        people.get(&at).cloned().unwrap_or_default()
    };
    let issue = |issue: &Issue| Answer {
        code: issue.code.word().to_owned(),
        file: issue.file.to_string(),
        sheet: issue.sheet.as_deref().unwrap_or_default().to_owned(),
        cell: issue.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        found: issue.found.clone(),
        other: words.issue_hint(issue),
        // An unknown name stands for all rows of a column and is about no one household.
        about: if NAMES.contains(&issue.code) {
            String::new()
        } else {
            about(&issue.file, issue.sheet.as_deref(), issue.cell.map(|cell| cell.row))
        },
        ..Answer::default()
    };
    let mut answers: Vec<Answer> = loaded.data.issues.iter().filter(|of| is_for_a_person(of)).map(issue).collect();
    let with_lists = loaded.data.surveys.iter().filter(|(_, survey)| survey.households().next().is_some());
    let years: Vec<i16> = with_lists.filter_map(|(year, _)| *year).collect();
    for pair in years.windows(2) {
        if let [from, to] = pair {
            let earlier = Earlier::of(loaded, *from, *to)?;
            answers.extend(links(&earlier.changes(None)?, words));
        }
    }
    Ok(answers)
}

/// Whom each row is about: the head of a household or a member, with the village or the organisation.
fn people(loaded: &Loaded) -> BTreeMap<(String, String, u32), String> {
    let at = |source: &Source| (source.sheet.file.to_string(), source.sheet.name.clone(), source.row);
    let households = loaded.data.surveys.values().flat_map(|survey| survey.all.iter().chain(&survey.poor_only));
    let households = households.map(|household| (at(&household.source), described(household)));
    let members = loaded.data.roster.members.iter();
    let members = members.map(|member| (at(&member.source), format!("{}, {}", member.name, member.organisation.name())));
    let doubled = loaded.data.doubled.iter().map(|(source, name)| (at(source), name.clone()));
    households.chain(members).chain(doubled).collect()
}

fn described(household: &Household) -> String {
    let birth = household.birth.map(|birth| birth.to_string());
    let village = household.place.village.as_ref().map(|village| village.name().to_owned());
    [Some(household.head.to_string()), birth, village].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Pairs of households of two years that no rule could settle.
fn links(changes: &Changes<'_>, words: &Words) -> Vec<Answer> {
    let mut answers = Vec::new();
    for doubt in &changes.unsure {
        let Some(earlier) = doubt.earlier else { continue };
        for (later, fields) in &doubt.candidates {
            let differs: Vec<&str> = fields.iter().map(|field| words.field(field.word())).collect();
            let differs = if differs.is_empty() { words.say("corrections", "none").to_owned() } else { differs.join(", ") };
            let (head, other) = (described(earlier), described(later));
            let (from, to) = (changes.from.to_string(), changes.to.to_string());
            let values = [("head", head), ("other", other), ("from", from), ("to", to), ("differs", differs)];
            let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
            answers.push(Answer {
                code: LINK.to_owned(),
                file: earlier.source.sheet.file.to_string(),
                sheet: earlier.source.sheet.name.clone(),
                cell: earlier.source.cell(0).to_string(),
                found: earlier.key.to_string(),
                other: later.key.to_string(),
                about: words.fill_in("corrections", "pair", &values),
                ..Answer::default()
            });
        }
    }
    answers
}
