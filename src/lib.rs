//! The map of the house.
//!
//! - [`domain`] is the survey and its sums: pure, values in, values out.
pub mod domain;
