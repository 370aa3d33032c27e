//! Invented households and members for the tests of the sums and of the plan.

use std::sync::Arc;

use super::household::{Class, Household};
use super::ids::{CitizenNumber, Key};
use super::member::{Member, Standing};
use super::organisation::Organisation;
use super::place::{Commune, CommuneRef, Place, Village};
use super::plan::{Basis, Pool};
use super::pledge::{Amounts, Days};
use super::source::{Sheet, Source};

/// A commune by its name alone.
pub(crate) fn commune(name: &str) -> CommuneRef {
    CommuneRef::new(Commune::unlisted(name))
}

/// A row of the only sheet of the only file.
pub(crate) fn source(row: u32) -> Source {
    Source { sheet: Arc::new(Sheet { file: Arc::from("a.xlsx"), name: "1".to_owned() }), row }
}

/// A citizen number with a serial.
pub(crate) fn citizen(serial: u32) -> Key {
    Key::Citizen(CitizenNumber::parse(&format!("066070{serial:06}")).unwrap())
}

/// A household of three of a commune, with a serial as its citizen number.
pub(crate) fn household(serial: u32, commune_name: &str, class: Class) -> Household {
    Household {
        key: citizen(serial),
        source: source(serial),
        place: Place { commune: commune(commune_name), village: Some(Village::new("Buôn 1")) },
        head: Arc::from(format!("Y Invented {serial}")),
        birth: None,
        sex: None,
        people: None,
        persons: 3,
        class,
        b1: None,
        b2: None,
        deprivations: None,
        no_labour: None,
        merit: None,
        others: Vec::new(),
    }
}

/// An official member of the committee of `Xã A`, or of an agency.
pub(crate) fn member(serial: u32, committee: bool) -> Member {
    let organisation = if committee {
        Organisation::new("Đảng bộ xã A", Some(commune("Xã A")))
    } else {
        Organisation::new("Chi bộ Kho bạc", None)
    };
    Member {
        key: citizen(serial),
        source: source(serial),
        name: Arc::from(format!("H Invented {serial}")),
        birth: None,
        sex: None,
        people: None,
        card: None,
        organisation,
        cell: None,
        admitted: None,
        official: None,
        standing: Standing::Official,
        salaried: Some(true),
        coefficient: None,
        pledged: None,
        delivered: None,
    }
}

/// A basis of a plan with nothing but households and members.
pub(crate) fn basis<'a>(households: &'a [&'a Household], members: &'a [Member]) -> Basis<'a> {
    Basis {
        households,
        members,
        twinning: &[],
        previous: None,
        pins: &[],
        exclusions: &[],
        without: &[],
        settled: false,
        day: jiff::civil::date(2023, 12, 31),
        pool: Pool::All,
        languages: &[],
        remarks: None,
    }
}

/// Amounts in half days of salary, half days of labour and seedlings.
pub(crate) fn amounts(salary: u64, labour: u64, seedlings: u64, species: Option<&str>) -> Amounts {
    let days = |halves| (halves > 0).then(|| Days::halves(halves));
    Amounts {
        salary_days: days(salary),
        labour_days: days(labour),
        seedlings: (seedlings > 0).then_some(seedlings),
        species: species.map(Arc::from),
        money_dong: None,
    }
}
