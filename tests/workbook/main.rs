//! Reads every look-alike workbook and a set of odd ones made here, cell by cell.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking and says aloud what it skips")]

mod delimited;
mod differential;
mod hostile;
mod lookalike;
mod making;
mod support;
