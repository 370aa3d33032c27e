//! Party rosters: one row a member, with or without pledge and delivery columns.

use jiff::civil::Date;

use super::amounts::sides;
use super::convert::{self, Take};
use super::desk::Desk;
use super::fields::Field;
use super::identity::key;
use super::line::Line;
use super::membership::no_member;
use super::pledges::unit_cell;
use super::reader::{Outcome, RowReader};
use super::standings::{day_in, kind_of_member, standing_of};
use crate::domain::household::Sex;
use crate::domain::issue::{Code, Hint};
use crate::domain::member::{Member, Standing};
use crate::domain::organisation::Cell;
use crate::domain::peoples::People;
use crate::domain::place::Village;
use crate::domain::pledge::{Clues, Giver, Pledge};
use crate::domain::spelling::fold;

/// Reads members.
#[derive(Debug, Default)]
pub(crate) struct MemberRows;

impl RowReader for MemberRows {
    fn row(&mut self, line: &Line<'_>, desk: &mut Desk<'_>) -> Outcome {
        let Some(told) = told(line, desk) else {
            desk.rejected(1);
            return Outcome::Disturbed;
        };
        let identity = line.at_first(&[Field::Citizen, Field::Name]);
        match told {
            Told::Member(member) => {
                let record = desk.record(member, identity, line.at(Field::Cell));
                desk.batch.members.push(record);
            }
            Told::Pledge(pledge) => {
                let record = desk.record(pledge, identity, unit_cell(line));
                desk.batch.pledges.push(record);
            }
        }
        desk.used(1);
        Outcome::Head
    }
}

/// What a row is.
enum Told {
    Member(Member),
    /// On a list of pledges that names no organisation: whose they are the rosters tell.
    Pledge(Pledge),
}

fn told(line: &Line<'_>, desk: &mut Desk<'_>) -> Option<Told> {
    let around = &desk.around;
    if let Some(field) = no_member(line, [&around.title, &around.sheet.name], around.outside()) {
        desk.find_at(Code::NoMember, line, field, Hint::None);
        return None;
    }
    let name = desk.name(line, Field::Name);
    let (birth, told) = desk.birth(line);
    let (of_lines, people_of_lines) = sex_people(line, desk);
    let sex = desk.sex(line, told).or(of_lines);
    let people = desk.people(line).or(people_of_lines);
    let citizen = desk.citizen(line, birth, sex);
    let organisation = line
        .text(Field::Organisation)
        .or_else(|| desk.around.banner_organisation.clone())
        .or_else(|| desk.around.organisation.clone());
    let (admitted, official) = dates(line, desk);
    let standing = standing(line, desk, official, admitted);
    let salaried = desk.mark(line, Field::Salaried);
    let coefficient = desk.optional(line, Field::Coefficient, Code::CoefficientWrong, convert::coefficient);
    let (pledged, delivered) = sides(line, desk);
    let Some(organisation) = organisation else {
        if desk.batch.pledge_lists.contains(&desk.around.index) {
            let (name, pledged, delivered) = (name?, pledged.ok()?, delivered.ok()?);
            let cell = line.text(Field::Cell).or_else(|| desk.around.cell.clone());
            let clues = Clues {
                organisation: None,
                cell: cell.map(|name| desk.remembered.cell(&name)),
                card: card(line).map(Into::into),
                birth,
            };
            let giver = Giver::Member(key(citizen, &name, birth, ""));
            let (source, name) = (desk.source(line), name.into());
            return Some(Told::Pledge(Pledge { source, giver, name, clues, pledged, delivered, bought: None, household: None }));
        }
        desk.find_at(Code::OrganisationNone, line, Field::Organisation, Hint::None);
        return None;
    };
    let (name, pledged, delivered) = (name?, pledged.ok()?, delivered.ok()?);
    let told = organisation;
    let organisation = desk.organisation(&told);
    if !desk.settings.organisations.is_empty() && desk.known_organisation(organisation.name()).is_none() {
        let names = desk.settings.organisations.iter().map(|known| known.name.as_str());
        let hint = crate::domain::spelling::nearest(organisation.name(), names)
            .map_or(Hint::None, |name| Hint::Nearest(name.to_owned()));
        desk.find_at(Code::OrganisationUnknown, line, Field::Organisation, hint);
    }
    if let Some(hint) = desk.remembered.strange_committee(&organisation) {
        let sheet = desk.around.sheet.name.clone();
        let (at, found) = (line.at(Field::Organisation), told.as_str());
        desk.batch.findings.add(Code::CommuneUnknown, Some(&sheet), at, Some(Field::Organisation), found, hint);
    }
    let cell = cell(line, desk, organisation.name());
    let made = line.text(Field::Key).filter(|_| citizen.is_none());
    let key = made.map_or_else(|| key(citizen, &name, birth, organisation.folded()), |text| super::support::key_of(&text, None));
    let (pledged, delivered) = (pledged.map(|of| desk.remembered.amounts(of)), delivered.map(|of| desk.remembered.amounts(of)));
    Some(Told::Member(Member {
        key,
        source: desk.source(line),
        name: name.into(),
        birth,
        sex,
        people,
        card: card(line).map(Into::into),
        organisation,
        cell,
        admitted,
        official,
        standing,
        salaried,
        coefficient,
        pledged,
        delivered,
    }))
}

/// Sex, people and religion of one cell, a line each.
fn sex_people(line: &Line<'_>, desk: &mut Desk<'_>) -> (Option<Sex>, Option<People>) {
    let Some(cell) = line.cell(Field::SexPeople) else { return (None, None) };
    let lines: Vec<String> =
        convert::lines(cell, line.guess).iter().flat_map(|text| text.split(',')).map(|text| text.trim().to_owned()).collect();
    let sex = lines.iter().find_map(|text| convert::sex(text));
    let people = lines.iter().find(|text| convert::sex(text).is_none()).cloned();
    (sex, people.and_then(|text| desk.people_of(line, Field::SexPeople, &text)))
}

/// The Party card number.
fn card(line: &Line<'_>) -> Option<String> {
    let card = line.text(Field::Card).or_else(|| {
        let cell = line.cell(Field::CardLines)?;
        convert::lines(cell, line.guess).into_iter().next()
    });
    // Of those who have none yet it is said in words ("chưa có"), which are nobody's number.
    card.filter(|card| card.contains(|c: char| c.is_ascii_digit()))
}

/// Days of admission and of official membership.
fn dates(line: &Line<'_>, desk: &mut Desk<'_>) -> (Option<Date>, Option<Date>) {
    let mut admitted = desk.date(line, Field::Admitted);
    let mut official = desk.date(line, Field::Official);
    if let Some(cell) = line.cell(Field::AdmittedOfficial) {
        let mut found = convert::lines(cell, line.guess).into_iter().map(|text| convert::date_of_text(&text));
        let mut next = |desk: &mut Desk<'_>| match found.next()? {
            Take::Is(date) => Some(date),
            Take::Blank => None,
            Take::Wrong(_) => {
                desk.find_at(Code::DateWrong, line, Field::AdmittedOfficial, Hint::None);
                None
            }
        };
        admitted = admitted.or_else(|| next(desk));
        official = official.or_else(|| next(desk));
    }
    if let (Some(first), Some(second)) = (admitted, official)
        && second < first
    {
        let field = if line.columns.has(Field::Official) { Field::Official } else { Field::AdmittedOfficial };
        desk.find_at(Code::OfficialBeforeAdmission, line, field, Hint::Day(first));
    }
    (admitted, official)
}

/// The standing: of its column, of the columns of those who left, of the remarks, of the section or the title, else official. Whether somebody is official or on
/// probation says nothing of exemption or departure, which others may tell.
fn standing(line: &Line<'_>, desk: &mut Desk<'_>, official: Option<Date>, admitted: Option<Date>) -> Standing {
    let since = desk.any_date(line, Field::StandingDate);
    let told = line.text(Field::Standing);
    let of_kind = told.as_deref().and_then(kind_of_member);
    if let (Some(text), None) = (&told, of_kind) {
        if let Some(standing) = standing_of(text, since) {
            return standing;
        }
        desk.find_at(Code::StandingUnknown, line, Field::Standing, Hint::None);
    }
    // Such a column holds a day, a decision or a mere mark; a dash or "không" says that nothing of the kind happened.
    let day = |text: &str| since.or_else(|| day_in(text));
    let happened = |field: Field| {
        let denied = line.take(field, convert::mark) == Take::Is(false);
        line.text(field).filter(|text| !denied && text.chars().any(char::is_alphanumeric))
    };
    if let Some(text) = happened(Field::Died).or_else(|| happened(Field::LeftParty)) {
        return Standing::Departed { since: day(&text) };
    }
    if let Some(text) = happened(Field::MovedAway) {
        return Standing::Transferred { since: day(&text) };
    }
    if let Some(text) = happened(Field::Exempt) {
        return Standing::Exempt { since: day(&text) };
    }
    if happened(Field::Probation).is_some() {
        return Standing::Probation;
    }
    let of_note = line.text(Field::Note).and_then(|text| standing_of(&text, since));
    let stronger = of_note
        .or(desk.around.standing())
        .filter(|standing| of_kind.is_none() || !matches!(standing, Standing::Official | Standing::Probation));
    if let Some(standing) = stronger.or(of_kind) {
        return standing;
    }
    // Without a column that says so, one who was admitted and is not official yet is on probation for twelve months.
    let probation = !line.columns.has(Field::Standing) && line.columns.has(Field::Official) && official.is_none();
    let recent = admitted.zip(desk.around.day).is_some_and(|(admitted, day)| {
        (i32::from(day.year()) - i32::from(admitted.year())) * 12 + i32::from(day.month()) - i32::from(admitted.month()) <= 13
    });
    if probation && recent { Standing::Probation } else { Standing::Official }
}

/// The cell, and its village where a column or the programme file tells it; names are matched with villages later.
fn cell(line: &Line<'_>, desk: &mut Desk<'_>, organisation: &str) -> Option<Cell> {
    let name = line.text(Field::Cell).or_else(|| desk.around.banner_cell.clone()).or_else(|| desk.around.cell.clone())?;
    let known =
        desk.known_organisation(organisation).and_then(|known| known.cells.iter().find(|cell| fold(&cell.name) == fold(&name)));
    let (told, restricted) = known.map_or((None, false), |known| (known.village.clone(), known.restricted));
    let village = line.text(Field::CellVillage).or(told).map(|village| Village::new(&village));
    let restricted = restricted
        || (line.columns.has(Field::CellRestricted) && line.take(Field::CellRestricted, convert::mark) == Take::Is(true));
    Some(Cell { name: desk.remembered.cell(&name), village, restricted })
}
