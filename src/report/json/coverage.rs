//! JSON of `coverage`.

use schemars::JsonSchema;
use serde::Serialize;

use super::masked;
use crate::domain::coverage::{self, CoverageSums};
use crate::domain::household::Class;
use crate::domain::rate::Share;
use crate::report::audience::Audience;
use crate::report::views;
use crate::report::wording::{Lang, words};

/// How far support reaches those who need it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Coverage {
    /// By kind of support and class.
    pub rows: Vec<Row>,
    /// Households that need it and did not receive it; none for the public.
    pub left_out: Vec<LeftOut>,
}

/// One kind of support for households of one class; numbers are null where hidden from the audience.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// The kind of support.
    pub support: String,
    /// poor, `near_poor` or other; null for households that are not in the survey.
    pub class: Option<&'static str>,
    /// Households that need it.
    pub needed: Option<u64>,
    /// Those among them that received it.
    pub received: Option<u64>,
    /// Received, of those of which the register says whether they did.
    pub percent: Option<String>,
    /// Those among them that did not receive it.
    pub left_out: Option<u64>,
}

/// A household that needs support and did not receive it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LeftOut {
    /// The kind of support.
    pub support: String,
    /// Citizen number of the head, or made key; null where hidden from the audience.
    pub household: Option<String>,
    /// Name of the head; null for a household that is not in the survey.
    pub head: Option<String>,
    /// Commune.
    pub commune: Option<String>,
    /// Village.
    pub village: Option<String>,
}

impl Coverage {
    /// The shape of coverage for an audience: the public sees no households, the village board no numbers of them.
    #[must_use]
    pub fn new(sums: &CoverageSums<'_>, audience: Audience) -> Self {
        let cells = masked(views::coverage::table(sums, words(Lang::En)), audience);
        let row = |(row, cells): (&coverage::CoverageRow, Vec<Option<u64>>)| {
            let cell = |at: usize| cells.get(at).copied().flatten();
            let (received, left_out) = (cell(3), cell(5));
            let share = received.zip(left_out).map(|(part, left)| Share { part, whole: part.checked_add(left) });
            Row {
                support: row.support.to_string(),
                class: row.class.map(Class::word),
                needed: cell(2),
                received,
                percent: share.and_then(Share::percent).map(|percent| percent.to_string()),
                left_out,
            }
        };
        let left_out = sums.left_out.iter().filter(|_| audience != Audience::Public);
        Self {
            rows: sums.rows.iter().zip(cells).map(row).collect(),
            left_out: left_out.map(|left| LeftOut::new(left, audience)).collect(),
        }
    }
}

impl LeftOut {
    fn new(left: &coverage::LeftOut<'_>, audience: Audience) -> Self {
        let place = left.found.map(|household| &household.place);
        Self {
            support: left.support.to_string(),
            household: (audience == Audience::Internal).then(|| left.household.to_string()),
            head: left.found.map(|household| household.head.to_string()),
            commune: place.map(|place| place.commune.name().to_owned()),
            village: place.and_then(|place| place.village.as_ref()).map(ToString::to_string),
        }
    }
}
