//! JSON of `scorecard`.

use schemars::JsonSchema;
use serde::Serialize;

use super::masked;
use super::pledges::Amounts;
use crate::domain::scorecard::{ScoreBy, ScoreOf, ScoreRow};
use crate::report::audience::Audience;
use crate::report::views;
use crate::report::views::scorecard::Rests;
use crate::report::wording::silent;

/// What organisations and members gave and achieved.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Scorecard {
    /// Organisations first, then cells, then members; the public sees no members.
    pub rows: Vec<Row>,
}

/// An organisation or a member; numbers are null where the list that they rest on is not there, or hidden from the
/// audience.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// organisation, cell or member.
    pub by: &'static str,
    /// The name of the organisation, cell or member.
    pub name: String,
    /// The cell's or the member's organisation; null for an organisation.
    pub organisation: Option<String>,
    /// Citizen number of the member, or made key; null for an organisation and where hidden from the audience.
    pub member: Option<String>,
    /// Members of whom the programme asks something.
    pub eligible: Option<u64>,
    /// Those among them with a household to help.
    pub assigned: Option<u64>,
    /// Those among them who pledged anything.
    pub taking_part: Option<u64>,
    /// Those among them whose pledge meets the duty.
    pub meeting_minimum: Option<u64>,
    /// Those among them who pledged something and delivered all of it.
    pub kept: Option<u64>,
    /// Pledged.
    pub pledged: Option<Amounts>,
    /// Delivered.
    pub delivered: Option<Amounts>,
    /// Households helped.
    pub households: Option<u64>,
    /// Those among them that were poor and no longer are; without last year's assignment, of an organisation, those that
    /// left in its commune or twinned villages.
    pub left_poverty: Option<u64>,
    /// The grade by the programme's conditions; null where it sets none or nobody can tell.
    pub grade: Option<String>,
}

impl Scorecard {
    /// The shape of a scorecard for an audience: the public sees organisations only, the village board no single
    /// member's figures.
    #[must_use]
    pub fn new(
        organisations: &[ScoreRow],
        grades: &[Option<String>],
        (cells, members): (&[ScoreRow], &[ScoreRow]),
        rests: Rests,
        audience: Audience,
    ) -> Self {
        let table = views::scorecard::table(ScoreBy::Organisation, organisations, &[], rests, silent());
        let shown = masked(table, audience);
        let mut rows = Vec::new();
        for (at, (row, shown)) in organisations.iter().zip(shown).enumerate() {
            let cell = |at: usize| shown.get(at).copied().flatten();
            let whole = Row::new(row, rests, audience);
            rows.push(Row {
                assigned: cell(2),
                households: cell(12),
                left_poverty: cell(13),
                grade: grades.get(at).cloned().flatten(),
                ..whole
            });
        }
        // How few a cell helps is not for the public.
        rows.extend(cells.iter().map(|row| {
            let whole = Row::new(row, rests, audience);
            match audience {
                Audience::Public => Row { assigned: None, households: None, left_poverty: None, ..whole },
                Audience::Internal | Audience::Posted => whole,
            }
        }));
        let members = members.iter().filter(|_| audience == Audience::Internal);
        rows.extend(members.map(|row| Row::new(row, rests, audience)));
        Self { rows }
    }
}

impl Row {
    fn new(row: &ScoreRow, rests: Rests, audience: Audience) -> Self {
        let (giving, told) = (&row.giving, rests.told);
        let (by, name, organisation, member) = match &row.of {
            ScoreOf::Organisation(organisation) => (ScoreBy::Organisation, organisation.name().to_owned(), None, None),
            ScoreOf::Cell(organisation, cell) => {
                (ScoreBy::Cell, cell.as_deref().unwrap_or("unknown").to_owned(), Some(organisation), None)
            }
            ScoreOf::Member(organisation, key, name) => (ScoreBy::Member, name.to_string(), Some(organisation), Some(key)),
        };
        Self {
            by: by.word(),
            name,
            organisation: organisation.map(|organisation| organisation.name().to_owned()),
            member: member.filter(|_| audience == Audience::Internal).map(ToString::to_string),
            eligible: Some(giving.eligible),
            assigned: row.assigned,
            taking_part: told.pledged.then_some(giving.taking_part),
            meeting_minimum: told.pledged.then_some(giving.meeting_minimum),
            kept: (told.pledged && told.delivered).then_some(giving.kept),
            pledged: told.pledged.then(|| Amounts::new(&giving.pledged, rests.estimated)),
            delivered: told.delivered.then(|| Amounts::new(&giving.delivered, rests.estimated)),
            households: row.households,
            left_poverty: row.left_poverty,
            grade: None,
        }
    }
}
