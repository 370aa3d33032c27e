//! Typed results to bytes. Pure: width, date and language are arguments.

pub mod table;
