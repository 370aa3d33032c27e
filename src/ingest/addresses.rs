//! The commune and the village that an address names, for lists that have no columns of their own for them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::columns::Columns;
use super::context;
use super::desk::Desk;
use super::fields::Field;
use super::line::Line;

/// What an address names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Address {
    /// The name of the commune, with its rank.
    commune: Option<String>,
    /// The village, with its rank.
    village: Option<String>,
}

/// What addresses were found to name, by the day on which communes are looked for.
#[derive(Debug, Default)]
pub(crate) struct Addresses(BTreeMap<(Option<Date>, String), Address>);

/// Addresses that are remembered. A list of a commune has few; in one with the numbers of houses none is said twice.
const MOST: usize = 4096;

impl Addresses {
    fn read(&mut self, day: Option<Date>, text: String, read: impl FnOnce(&str) -> Address) -> Address {
        let asked = (day, text);
        if let Some(known) = self.0.get(&asked) {
            return known.clone();
        }
        let address = read(&asked.1);
        if self.0.len() < MOST {
            self.0.insert(asked, address.clone());
        }
        address
    }
}

/// Whether a column of addresses tells the places of the rows.
pub(crate) fn tell_places(columns: &Columns) -> bool {
    columns.has(Field::Address) && !(columns.has(Field::Village) && columns.has_any(&[Field::Commune, Field::CommuneCode]))
}

impl Desk<'_> {
    /// The commune that the address of a row names, or its village, where the list has no column for it: the field, and its name.
    pub(crate) fn commune_in_address(&mut self, line: &Line<'_>) -> Option<(Field, String)> {
        if line.columns.has_any(&[Field::Commune, Field::CommuneCode]) {
            return None;
        }
        let village = line.text(Field::Village).and_then(|text| self.in_village(line, &text)?.commune);
        let village = village.map(|name| (Field::Village, name));
        village.or_else(|| Some((Field::Address, self.address(line, line.text(Field::Address)?).commune?)))
    }

    /// The village of a row: that of its column, which may name the commune too ("Buôn Jun, xã Yang Tao"), or that of the address
    /// where the list has no such column.
    pub(crate) fn village_told(&mut self, line: &Line<'_>) -> Option<(Field, String)> {
        if line.columns.has(Field::Village) {
            let text = line.text(Field::Village)?;
            let alone = self.in_village(line, &text).and_then(|address| address.village);
            return Some((Field::Village, alone.unwrap_or(text)));
        }
        Some((Field::Address, self.address(line, line.text(Field::Address)?).village?))
    }

    /// What the text of a village names beside it, where it names a commune.
    fn in_village(&mut self, line: &Line<'_>, text: &str) -> Option<Address> {
        let address = text.contains([',', ';', '-', '–', '(']).then(|| self.address(line, text.to_owned()))?;
        (address.commune.is_some() && address.village.is_some()).then_some(address)
    }

    fn address(&mut self, line: &Line<'_>, text: String) -> Address {
        let day = context::place_day(self.year(line), self.settings);
        let places = self.places;
        let read = |text: &str| {
            let (known, rest) = places.in_text(text, false, day).unzip();
            let commune = known.map(|commune| commune.name().to_owned()).or_else(|| context::unlisted_commune(text));
            Address { commune, village: context::village_in(rest.as_deref().unwrap_or(text)) }
        };
        self.remembered.addresses.read(day, text, read)
    }
}
