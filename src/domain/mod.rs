//! The survey and its sums. Pure: no file, clock, terminal, environment or chance.

pub mod against;
pub mod assignment;
pub mod changes;
pub mod charge;
pub mod consistency;
pub mod counted;
pub mod coverage;
pub mod duty;
pub mod gazetteer;
pub mod goals;
pub mod household;
pub mod ids;
#[cfg(test)]
pub(crate) mod invented;
pub mod issue;
pub mod joining;
pub mod linkage;
pub mod member;
pub mod mergers;
pub mod movement;
pub mod organisation;
pub mod peoples;
pub mod pins;
pub mod place;
pub mod plan;
pub mod pledge;
pub mod pledges;
pub mod poverty;
pub mod previous;
pub mod quota;
pub mod rate;
pub mod roster;
pub mod scorecard;
pub mod source;
pub mod spelling;
pub mod standard;
pub mod story;
pub mod support;
pub mod survey;
pub mod tally;
pub mod totals;
pub mod units;
#[cfg(test)]
mod words_tests;
pub mod year_rates;
