//! The citizen number of a row, checked against the rest of the row.

use sha2::{Digest, Sha256};

use super::convert::{self, Identity, Take, Why};
use super::desk::Desk;
use super::fields::Field;
use super::line::Line;
use crate::domain::household::{Birth, Sex};
use crate::domain::ids::{CitizenNumber, Key};
use crate::domain::issue::{Code, Hint};
use crate::domain::place::{Place, village_key};
use crate::domain::spelling::{fold, fold_name};

impl Desk<'_> {
    /// The usable citizen number of a row. Short, long, lost and doubtful numbers are issues; a number that arrives without its
    /// first zero is restored only when the year of birth or the sex of the row proves it and neither speaks against it.
    pub(crate) fn citizen(&mut self, line: &Line<'_>, birth: Option<Birth>, sex: Option<Sex>) -> Option<CitizenNumber> {
        let cell = line.cell(Field::Citizen)?;
        let found = convert::identity(cell, line.guess);
        let found = match found {
            Take::Blank => return None,
            Take::Is(found) => found,
            Take::Wrong(Why::ErrorValue | Why::NoCache) => {
                self.find_at(Code::CellUnreadable, line, Field::Citizen, Hint::None);
                return None;
            }
            Take::Wrong(_) => Identity::NotDigits,
        };
        let code = match found {
            Identity::Citizen(number) => {
                self.check(line, number, birth, sex);
                return Some(number);
            }
            Identity::Restored(number) if proven(number, birth, sex) => {
                self.find_at(Code::CitizenRestored, line, Field::Citizen, Hint::Value(number.to_string()));
                return Some(number);
            }
            Identity::Restored(_) | Identity::WrongLength(_) => Code::CitizenLength,
            Identity::Old => Code::CitizenOld,
            Identity::DigitsLost => Code::CitizenDigitsLost,
            Identity::NotDigits => Code::CitizenWrong,
        };
        self.find_at(code, line, Field::Citizen, Hint::None);
        None
    }

    fn check(&mut self, line: &Line<'_>, number: CitizenNumber, birth: Option<Birth>, sex: Option<Sex>) {
        if let Some(birth) = birth.filter(|birth| i32::from(birth.year()) != i32::from(number.birth_year())) {
            self.find_at(Code::CitizenBirth, line, Field::Citizen, Hint::Birth(birth));
        }
        if sex.is_some_and(|sex| sex != number.sex()) {
            self.find_at(Code::CitizenSex, line, Field::Citizen, Hint::None);
        }
    }
}

/// Whether the rest of a row proves a restored number.
fn proven(number: CitizenNumber, birth: Option<Birth>, sex: Option<Sex>) -> bool {
    let year = birth.map(|birth| i32::from(birth.year()) == i32::from(number.birth_year()));
    let same_sex = sex.map(|sex| sex == number.sex());
    (1..=96).contains(&number.province())
        && year != Some(false)
        && same_sex != Some(false)
        && (year.is_some() || same_sex.is_some())
}

/// The key of a row: its citizen number, else name, birth and place. Rows that say exactly the same are numbered later.
pub(crate) fn key(citizen: Option<CitizenNumber>, name: &str, birth: Option<Birth>, place: &str) -> Key {
    citizen.map_or_else(
        || {
            let birth = birth.map(|birth| birth.to_string()).unwrap_or_default();
            Key::Made(format!("{}.{birth}.{place}", fold_name(name)))
        },
        Key::Citizen,
    )
}

/// What stands for a text where only its equals are looked for: 128 bits of a hash do not meet by chance.
pub(crate) fn fingerprint(text: &str) -> [u8; 16] {
    let mut short = [0; 16];
    short.iter_mut().zip(Sha256::digest(text)).for_each(|(to, from)| *to = from);
    short
}

/// The place part of a made key.
pub(crate) fn place_part(place: &Place) -> String {
    let village = place.village.as_ref().map(|village| village_key(village.name())).unwrap_or_default();
    format!("{village}.{}", fold(place.commune.name()))
}
