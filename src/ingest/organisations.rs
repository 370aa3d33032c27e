//! Organisations and cells by name: whose committee, which village's cell. The programme file goes before the name.

use super::context;
use super::line::Desk;
use super::settings::KnownOrganisation;
use crate::domain::organisation::{Organisation, committee_of};
use crate::domain::place::CommuneRef;
use crate::domain::spelling::fold;

impl Desk<'_> {
    /// The organisation of a name as found.
    pub(crate) fn organisation(&self, name: &str) -> Organisation {
        if let Some(known) = self.known_organisation(name) {
            let told = known
                .committee_of
                .as_deref()
                .and_then(|commune| self.places.by_name(commune, context::place_day(self.around.year, self.settings)));
            return Organisation::new(&known.name, told.or_else(|| self.committee(&known.name)));
        }
        let committee = self.committee(name);
        Organisation::new(&context::print_organisation(name, committee.as_ref()), committee)
    }

    /// The entry of the programme file.
    pub(crate) fn known_organisation(&self, name: &str) -> Option<&KnownOrganisation> {
        let wanted = fold(name);
        let known = &self.settings.organisations;
        known.iter().find(|known| std::iter::once(&known.name).chain(&known.aliases).any(|name| fold(name) == wanted))
    }

    /// The commune whose committee a name is, of the communes that exist on the day of the list.
    fn committee(&self, name: &str) -> Option<CommuneRef> {
        let commune = committee_of(name, self.places.all())?;
        self.places.by_name(commune.name(), context::place_day(self.around.year, self.settings))
    }
}
