//! The map of the house.
//!
//! - [`domain`] is the survey and its sums: pure, values in, values out.
//! - [`ingest`] reads workbooks into typed rows and issues.
//! - [`report`] turns results into tables and tables into bytes: pure.
//! - [`programme`] turns the programme file into settings of the domain.
//! - [`commands`] reads, computes, renders and writes: one file for each subcommand.

pub mod commands;
pub mod domain;
pub mod ingest;
pub mod programme;
pub mod report;
