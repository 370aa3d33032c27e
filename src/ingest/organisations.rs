//! Organisations and cells by name: whose committee, which village's cell. The programme file goes before the name.

use super::context;
use super::desk::Desk;
use super::settings::KnownOrganisation;
use crate::domain::organisation::{NO_COMMITTEE, Organisation, committee_of};
use crate::domain::place::CommuneRef;
use crate::domain::spelling::fold;

impl<'a> Desk<'a> {
    /// The organisation of a name as found.
    pub(crate) fn organisation(&mut self, name: &str) -> Organisation {
        if let Some(known) = self.remembered.organisation(self.around.year, name) {
            return known;
        }
        let organisation = self.find_organisation(name);
        self.remembered.note_organisation(self.around.year, name, &organisation);
        organisation
    }

    fn find_organisation(&mut self, name: &str) -> Organisation {
        if let Some(known) = self.known_organisation(name) {
            let committee = match known.committee_of.as_deref() {
                // A name may look like that of a committee and be none.
                Some(NO_COMMITTEE) => None,
                told => {
                    let day = context::place_day(self.around.year, self.settings);
                    told.and_then(|commune| self.places.by_name(commune, day)).or_else(|| self.committee(&known.name))
                }
            };
            return Organisation::new(&known.name, committee);
        }
        let committee = self.committee(name);
        Organisation::new(&context::print_organisation(name, committee.as_ref()), committee)
    }

    /// The entry of the programme file.
    pub(crate) fn known_organisation(&mut self, name: &str) -> Option<&'a KnownOrganisation> {
        let known = &self.settings.organisations;
        if known.is_empty() {
            return None;
        }
        let at = self.remembered.known_organisation(name, || {
            let wanted = fold(name);
            known.iter().position(|known| std::iter::once(&known.name).chain(&known.aliases).any(|name| fold(name) == wanted))
        });
        known.get(at?)
    }

    /// The commune whose committee a name is, of the communes that exist on the day of the list; where nobody listed them, one
    /// that only this name tells.
    fn committee(&mut self, name: &str) -> Option<CommuneRef> {
        let Some(commune) = committee_of(name, self.places.all()) else {
            let named = context::named_by_committee(name).filter(|_| !self.settings.communes_listed)?;
            return Some(self.remembered.stranger_of(self.places, name, &named));
        };
        self.places.by_name(commune.name(), context::place_day(self.around.year, self.settings))
    }
}
