//! The map of the house.
//!
//! - [`domain`] is the survey and its sums: pure, values in, values out.
//! - [`ingest`] reads workbooks into typed rows and issues.
//! - [`programme`] turns the programme file into settings of the domain.
//! - [`report`] turns results into tables and tables into bytes: pure.

pub mod domain;
pub mod ingest;
pub mod programme;
pub mod report;
