//! Which kind of table a set of headings makes, and what is missing for it.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::columns::Columns;
use super::fields::Field;
use super::headings::Heading;
use super::kind::Kind;
use super::vocabulary;
use crate::domain::spelling::fold;

/// What a kind of table must have, each a choice of fields.
const fn required(kind: Kind) -> &'static [&'static [Field]] {
    match kind {
        Kind::Households => &[
            &[Field::Head, Field::Name],
            &[Field::Class, Field::ClassPoor],
            &[Field::Persons, Field::HouseholdNumber, Field::Relation, Field::PersonNumber],
        ],
        Kind::Totals => &[
            &[Field::Commune, Field::Village, Field::CommuneCode],
            &[Field::Households, Field::AreaPersons, Field::Poor, Field::NearPoor],
        ],
        Kind::Members => &[&[Field::Name]],
        Kind::Pledges => &[&[Field::Donor, Field::Name, Field::Member, Field::Citizen], &Field::AMOUNTS],
        // The title may tell the committee of cells.
        Kind::Twinning => &[&[Field::Organisation, Field::Cell], &[Field::Village]],
        Kind::Support => {
            &[&[Field::Household, Field::Citizen, Field::Head], &[Field::SupportKind], &[Field::Needed, Field::Received]]
        }
        Kind::Assignment => &[&[Field::Household, Field::Head], &[Field::Member, Field::Name]],
        Kind::Corrections => &[&[Field::File], &[Field::IssueCell], &[Field::Code], &[Field::Decision]],
    }
}

/// The fields that a kind of table must have and the columns lack; for a choice the usual one.
pub(crate) fn missing(kind: Kind, columns: &Columns) -> Vec<Field> {
    let lacks = required(kind).iter().filter(|choice| !columns.has_any(choice)).filter_map(|choice| choice.first().copied());
    // Columns of single kinds tell both the kind and whether it is needed or was received.
    lacks.filter(|field| !(columns.has_kinds() && matches!(field, Field::SupportKind | Field::Needed))).collect()
}

/// The usual heading of a field, as it is named where it is missing.
pub(crate) fn usual(kind: Kind, field: Field) -> &'static str {
    let headings = vocabulary::of(kind).filter(|(of, _)| *of == field).find_map(|(_, headings)| headings.first());
    headings.copied().unwrap_or(field.key())
}

/// Fields that only a roster has.
pub(super) const ROSTER: [Field; 15] = [
    Field::Admitted,
    Field::Official,
    Field::AdmittedOfficial,
    Field::Card,
    Field::CardLines,
    Field::Standing,
    Field::StandingDate,
    Field::Salaried,
    Field::Coefficient,
    Field::MovedAway,
    Field::Died,
    Field::LeftParty,
    Field::Exempt,
    Field::Probation,
    Field::Membership,
];

/// Whether the columns have what tells this kind from the others, beside what it must have.
fn speaks_of(kind: Kind, columns: &Columns, only: Option<Kind>) -> bool {
    let amounts = columns.has_any(&Field::AMOUNTS);
    let roster = columns.has_any(&ROSTER);
    let personal = columns.has_any(&[Field::Birth, Field::BirthMale, Field::People]);
    match kind {
        Kind::Households => columns.has_any(&[Field::Class, Field::ClassPoor, Field::Persons, Field::B1]),
        Kind::Totals => !columns.has_any(&[Field::Citizen]),
        Kind::Members => roster || ((amounts || columns.has_any(&[Field::Organisation, Field::Cell])) && personal),
        Kind::Pledges => amounts && (columns.has(Field::Donor) || (!roster && !personal_list(columns))),
        Kind::Assignment => {
            // Where nothing else is wanted, names tell the pairs of a list that somebody made by hand. With the numbers of members
            // alone it is the list of slips that `assign` writes beside the pairs.
            let by_hand = only == Some(Kind::Assignment) && !columns.has(Field::Member);
            !ended_pairs(columns) && (numbered_pairs(columns) || columns.has(Field::Reasons) || by_hand)
        }
        Kind::Twinning | Kind::Support | Kind::Corrections => true,
    }
}

/// Whether the columns are those of pairs that ended: both sides and a reason, and no word of the class or the organisation.
fn ended_pairs(columns: &Columns) -> bool {
    columns.has(Field::Reasons) && !columns.has_any(&[Field::Status, Field::Organisation, Field::Cell])
}

/// Whether both sides of the pairs have their numbers; in an annex, which is narrower, names stand in their place.
fn numbered_pairs(columns: &Columns) -> bool {
    columns.has(Field::Household) && columns.has(Field::Member)
}

/// Whether the columns describe persons as a roster does; a ledger names them only.
fn personal_list(columns: &Columns) -> bool {
    columns.has_any(&[Field::Birth, Field::BirthMale, Field::People])
}

/// What a set of headings could be.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    /// One kind, complete.
    Is(Kind, Columns),
    /// Complete as two kinds at once.
    Either(Kind, Kind),
    /// Most like this kind, but headings are missing or doubled.
    Nearly(Kind, Columns),
    /// Nothing that is known.
    Nothing,
}

impl Reading {
    /// The year of the columns that are read, where there are some of other years beside them.
    pub(crate) fn year(&self) -> Option<i16> {
        match self {
            Self::Is(_, columns) => columns.year,
            Self::Nearly(..) | Self::Either(..) | Self::Nothing => None,
        }
    }
}

/// Tells the kind of table from its headings.
pub(crate) fn read_headings(
    headings: &[Heading],
    told: &BTreeMap<Kind, BTreeMap<String, String>>,
    only: Option<Kind>,
) -> Reading {
    let asked: Vec<Asked<'_>> = Asked::all(headings);
    let kinds: Vec<(Kind, Columns)> = Kind::ALL
        .into_iter()
        .filter(|kind| only.is_none_or(|only| only == *kind))
        .map(|kind| (kind, Columns::new(kind, &asked, told.get(&kind))))
        .collect();
    // An area has no class, no head, no birth and no relatives: a table with such a column is one of people, whatever it lacks.
    let households = kinds.iter().find(|(kind, _)| *kind == Kind::Households).map(|(_, columns)| columns);
    let of_household = [Field::Class, Field::Head, Field::Relation, Field::Birth, Field::Citizen]
        .map(|field| households.and_then(|columns| columns.get(field)));
    let classed = |kind: Kind, columns: &Columns| {
        kind == Kind::Totals && of_household.into_iter().flatten().any(|col| columns.field_at(col).is_none())
    };
    let fits: Vec<&(Kind, Columns)> = kinds
        .iter()
        .filter(|(kind, columns)| {
            missing(*kind, columns).is_empty() && speaks_of(*kind, columns, only) && !classed(*kind, columns)
        })
        .filter(|(kind, _)| *kind != Kind::Twinning || !of_persons(&kinds, headings))
        // Cells beside villages may be those of the villages.
        .filter(|(kind, columns)| *kind != Kind::Twinning || columns.has(Field::Organisation) || speaks_of_twins(headings))
        // Who is twinned with whom may stand beside the poor of each village, of which a rate would need all households.
        .filter(|(kind, columns)| *kind != Kind::Totals || columns.has_any(&ALL) || !(twins(&kinds) && speaks_of_twins(headings)))
        .filter(|(kind, columns)| *kind != Kind::Pledges || columns.has_any(&GIVERS) || !of_heads(&kinds))
        .collect();
    // A survey may mark what each household needs, and a roster what each member gives.
    let others = fits.iter().any(|(kind, _)| *kind != Kind::Support);
    let fits: Vec<&(Kind, Columns)> =
        fits.into_iter().filter(|(kind, columns)| !(others && *kind == Kind::Support && columns.has_kinds())).collect();
    let rules: Vec<Kind> = fits.iter().map(|(kind, _)| *kind).collect();
    // A ledger of pledges has no days of admission and no standings, and its own words do not know them.
    let roster = fits.iter().any(|(kind, columns)| *kind == Kind::Members && columns.has_any(&ROSTER));
    let ledger = |kind: Kind, columns: &Columns| kind == Kind::Pledges && roster && !columns.has(Field::Donor);
    // Names alone tell pairs only where the columns are nothing else.
    let named = |kind: Kind, columns: &Columns| kind == Kind::Assignment && rules.len() > 1 && !numbered_pairs(columns);
    let beaten = |kind: Kind| fits.iter().any(|(other, columns)| beats(*other, kind) && !named(*other, columns));
    let mut left: Vec<&&(Kind, Columns)> =
        fits.iter().filter(|(kind, columns)| !beaten(*kind) && !ledger(*kind, columns) && !named(*kind, columns)).collect();
    left.sort_by_key(|(kind, columns)| (std::cmp::Reverse(columns.known()), *kind));
    match left.as_slice() {
        [] => nearly(kinds, only),
        [(kind, columns)] => {
            let (kind, columns) = (*kind, columns.clone());
            if columns.doubled.is_empty() { Reading::Is(kind, columns) } else { Reading::Nearly(kind, columns) }
        }
        [(first, ..), (second, ..), ..] => Reading::Either(*first, *second),
    }
}

/// Whether rows are of persons, such as who helps which household, and no heading speaks of who is twinned with whom: the person
/// who answers for an organisation is told beside its villages too.
fn of_persons(kinds: &[(Kind, Columns)], headings: &[Heading]) -> bool {
    let named = |(kind, columns): &(Kind, Columns)| {
        (*kind == Kind::Members && columns.has(Field::Name)) || (*kind == Kind::Households && columns.has(Field::Head))
    };
    kinds.iter().any(named) && !speaks_of_twins(headings)
}

/// Whether a heading speaks of who is twinned with whom.
fn speaks_of_twins(headings: &[Heading]) -> bool {
    headings.iter().any(|heading| {
        let text = fold(&heading.joined());
        ["ket nghia", "phu trach"].iter().any(|word| text.contains(word))
    })
}

/// Whether the rows name both sides of a twinning.
fn twins(kinds: &[(Kind, Columns)]) -> bool {
    kinds.iter().any(|(kind, columns)| *kind == Kind::Twinning && missing(*kind, columns).is_empty())
}

/// The whole of an area.
const ALL: [Field; 2] = [Field::Households, Field::AreaPersons];

/// What names who gives; a citizen number may be that of who got it.
const GIVERS: [Field; 3] = [Field::Donor, Field::Name, Field::Member];

/// Whether the rows name heads of households.
fn of_heads(kinds: &[(Kind, Columns)]) -> bool {
    kinds.iter().any(|(kind, columns)| *kind == Kind::Households && columns.has(Field::Head))
}

/// Whether a table that fits both kinds is always the first: it has all that the second has, and more.
const fn beats(first: Kind, second: Kind) -> bool {
    match first {
        Kind::Corrections => !matches!(second, Kind::Corrections),
        Kind::Assignment => !matches!(second, Kind::Corrections | Kind::Assignment),
        Kind::Support => matches!(second, Kind::Pledges),
        Kind::Households => matches!(second, Kind::Totals | Kind::Twinning),
        Kind::Members => matches!(second, Kind::Twinning | Kind::Totals),
        Kind::Pledges => matches!(second, Kind::Twinning | Kind::Totals),
        Kind::Totals => matches!(second, Kind::Twinning),
        Kind::Twinning => false,
    }
}

/// The kind that most headings speak of, where none is complete.
fn nearly(kinds: Vec<(Kind, Columns)>, only: Option<Kind>) -> Reading {
    // No survey knows the numbers of members: such a table is a slip for each member that `assign` wrote beside the pairs.
    let slips = kinds.iter().any(|(kind, columns)| {
        *kind == Kind::Assignment && columns.has(Field::Member) && !columns.has_any(&[Field::Household, Field::Status])
    });
    let likely = |kind: Kind, columns: &Columns| match kind {
        Kind::Households => {
            !slips
                && (columns.has_any(&[Field::Class, Field::ClassPoor, Field::Persons, Field::Relation, Field::HouseholdNumber])
                    || (columns.has_any(&[Field::Head, Field::Household]) && !columns.has(Field::Reasons)))
        }
        Kind::Members => columns.has_any(&ROSTER),
        Kind::Totals => columns.has_any(&[Field::Households, Field::Poor]),
        Kind::Pledges => columns.has_any(&Field::AMOUNTS),
        Kind::Twinning => false,
        // Its title may tell what it lacks.
        Kind::Support => columns.has(Field::SupportKind) || (only == Some(Kind::Support) && columns.has(Field::Head)),
        Kind::Assignment => columns.has(Field::Reasons) && columns.has(Field::Status),
        Kind::Corrections => columns.has(Field::Decision),
    };
    kinds
        .into_iter()
        .filter(|(kind, columns)| columns.known() >= if only == Some(*kind) { 2 } else { 3 } && likely(*kind, columns))
        .min_by_key(|(kind, columns)| (std::cmp::Reverse(columns.known()), *kind))
        .map_or(Reading::Nothing, |(kind, columns)| Reading::Nearly(kind, columns))
}
