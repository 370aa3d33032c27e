//! Party organisations and cells: whose committee, which village's cell.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use super::place::{CommuneRef, Village};
use super::spelling::fold;

/// A base organisation of the Party (tổ chức cơ sở đảng); two spellings that fold to the same are the same. Rows share it, so
/// it is no larger than a reference.
#[derive(Clone, Debug)]
pub struct Organisation(Arc<Named>);

#[derive(Debug)]
struct Named {
    printed: Box<str>,
    folded: Box<str>,
    committee_of: Option<CommuneRef>,
}

impl Organisation {
    /// An organisation by its printed name; `committee_of` is the commune whose committee it is, if it is one.
    #[must_use]
    pub fn new(printed: &str, committee_of: Option<CommuneRef>) -> Self {
        Self(Arc::new(Named { printed: printed.into(), folded: fold(printed).into(), committee_of }))
    }

    /// The name as printed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.printed
    }

    /// The folded name by which organisations are matched.
    #[must_use]
    pub fn folded(&self) -> &str {
        &self.0.folded
    }

    /// The commune whose committee this is; `None` for agencies and other organisations.
    #[must_use]
    pub fn committee_of(&self) -> Option<&CommuneRef> {
        self.0.committee_of.as_ref()
    }

    /// Whether the name says committee (Đảng bộ) and not cell (Chi bộ).
    #[must_use]
    pub fn is_committee(&self) -> bool {
        self.folded().starts_with("dang bo") || self.folded().starts_with("dang uy")
    }
}

impl PartialEq for Organisation {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.folded() == other.folded()
    }
}

impl Eq for Organisation {}

impl PartialOrd for Organisation {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Organisation {
    /// Commune committees first, in the order of their communes, then the others by name.
    fn cmp(&self, other: &Self) -> Ordering {
        fn rank(organisation: &Organisation) -> (bool, Option<&CommuneRef>) {
            (organisation.committee_of().is_none(), organisation.committee_of())
        }
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        rank(self).cmp(&rank(other)).then_with(|| self.folded().cmp(other.folded()))
    }
}

impl fmt::Display for Organisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A cell (chi bộ) within an organisation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The name as printed.
    pub name: Arc<str>,
    /// The village whose cell it is, if it is one.
    pub village: Option<Village>,
    /// Whether the programme file binds the cell's members to its villages (`restricted = true`).
    pub restricted: bool,
}

/// A village twinned with an organisation, or with one of its cells (kết nghĩa).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Twinning {
    /// The organisation.
    pub organisation: Organisation,
    /// The cell, where the pair names one; else all members of the organisation.
    pub cell: Option<Arc<str>>,
    /// The commune of the village.
    pub commune: CommuneRef,
    /// The village.
    pub village: Village,
    /// The row that says so.
    pub source: super::source::Source,
}

/// What the programme file says for the commune of an organisation that is no committee although its name looks like one.
pub const NO_COMMITTEE: &str = "none";

/// What stands behind the word for a committee in a folded name: "xa yang tao" of "dang bo xa yang tao".
#[must_use]
pub fn committee_place(folded: &str) -> Option<&str> {
    ["dang bo ", "dang uy ", "db ", "db. ", "dbx "].iter().find_map(|word| folded.strip_prefix(word))
}

/// The commune whose committee a name is: "Đảng bộ xã X", "ĐẢNG BỘ THỊ TRẤN X", "Đảng ủy xã X", "ĐB X". Where lists of organisations
/// name a commune alone, its committee is meant. "Đảng bộ Công an huyện" is nobody's committee.
#[must_use]
pub fn committee_of<'a>(name: &str, communes: impl IntoIterator<Item = &'a CommuneRef>) -> Option<CommuneRef> {
    let folded = fold(name);
    let place = committee_place(&folded).unwrap_or(&folded);
    communes
        .into_iter()
        .find(|commune| std::iter::once(&commune.name).chain(&commune.aliases).any(|known| fold(known) == place))
        .cloned()
}

/// What stands behind the word for a cell in a folded name: "buon jun" of "chi bo buon jun" and of "cb buon jun".
#[must_use]
pub fn cell_place(folded: &str) -> Option<&str> {
    folded.strip_prefix("chi bo ").or_else(|| folded.strip_prefix("cb ")).or_else(|| folded.strip_prefix("cb. "))
}

/// The village whose cell a name is: "Chi bộ Buôn Jun", or "Buôn Jun" alone, is the cell of Buôn Jun when the commune has that village.
#[must_use]
pub fn village_of<'a>(cell: &str, villages: impl IntoIterator<Item = &'a Village>) -> Option<Village> {
    let folded = fold(cell);
    let place = super::place::village_key(cell_place(&folded).unwrap_or(&folded));
    villages.into_iter().find(|village| village.folded() == place).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::Commune;

    #[test]
    fn a_committee_is_told_by_rank_and_name_in_any_case() {
        let communes = ["Thị trấn Liên Sơn", "Xã Yang Tao"].map(|name| CommuneRef::new(Commune::unlisted(name)));
        assert_eq!(committee_of("ĐẢNG BỘ THỊ TRẤN LIÊN SƠN", &communes).unwrap().name(), "Thị trấn Liên Sơn");
        assert_eq!(committee_of("Đảng bộ xã Yang Tao", &communes).unwrap().name(), "Xã Yang Tao");
        assert_eq!(committee_of("Đảng bộ Công an huyện", &communes), None);
        for name in ["ĐB xã Yang Tao", "ĐB. xã Yang Tao", "Đảng ủy xã Yang Tao", "Xã Yang Tao"] {
            assert_eq!(committee_of(name, &communes).unwrap().name(), "Xã Yang Tao", "{name}");
        }
        for name in ["Chi bộ xã Yang Tao", "UBND xã Yang Tao", "Công an xã Yang Tao"] {
            assert_eq!(committee_of(name, &communes), None, "{name}");
        }
    }

    #[test]
    fn a_village_cell_is_told_by_its_name() {
        let villages = ["Buôn Jun", "TDP 1"].map(Village::new);
        assert_eq!(village_of("Chi bộ buôn Jun", &villages).unwrap().name(), "Buôn Jun");
        assert_eq!(village_of("CB Buôn Jun", &villages).unwrap().name(), "Buôn Jun");
        assert_eq!(village_of("CB. buôn Jun", &villages).unwrap().name(), "Buôn Jun");
        assert_eq!(village_of("Chi bộ Tổ dân phố 1", &villages).unwrap().name(), "TDP 1");
        assert_eq!(village_of("buôn Jun", &villages).unwrap().name(), "Buôn Jun");
        assert_eq!(village_of("Chi bộ Cơ quan", &villages), None);
        assert_eq!(village_of("Cơ quan", &villages), None);
    }
}
