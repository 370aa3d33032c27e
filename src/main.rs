//! Parse, run, outcome to exit code.
fn main() {}
