//! JSON of `quotas`.

use schemars::JsonSchema;
use serde::Serialize;

use super::masked;
use crate::domain::quota;
use crate::report::audience::Audience;
use crate::report::views;
use crate::report::wording::silent;

/// A reduction shared out.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Quotas {
    /// Households that the district has to bring out.
    pub reduction: u64,
    /// By commune.
    pub rows: Vec<Row>,
    /// Households that no commune could take, because all have fewer that can work.
    pub unplaced: u64,
}

/// The share of a commune; numbers are null where hidden from the audience.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Row {
    /// Name.
    pub commune: String,
    /// Poor households.
    pub poor: Option<u64>,
    /// Those among them that can work, or of which the list does not say.
    pub able: Option<u64>,
    /// Households to bring out.
    pub quota: Option<u64>,
}

impl Quotas {
    /// The shape of quotas for an audience.
    #[must_use]
    pub fn new(quotas: &quota::Quotas, audience: Audience) -> Self {
        let cells = masked(views::quotas::table(quotas, silent()), audience);
        let row = |(row, cells): (&quota::QuotaRow, Vec<Option<u64>>)| {
            let cell = |at: usize| cells.get(at).copied().flatten();
            Row { commune: row.pool.commune.name().to_owned(), poor: cell(1), able: cell(2), quota: cell(3) }
        };
        Self { reduction: quotas.reduction, rows: quotas.rows.iter().zip(cells).map(row).collect(), unplaced: quotas.unplaced }
    }
}
