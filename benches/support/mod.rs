//! What the benches share: a made-up nation of any size, written as the workbooks that communes send, and programs that
//! run as children so that their time and memory are their own.
//!
//! Nothing is kept: a household is a function of its number, so that 27 million of them stream to disk in little memory,
//! and what they add up to is known without the program that is measured. No code of the library is used here.

#![allow(dead_code, reason = "every bench and test that includes this module uses a part of it")]

#[path = "../../examples/make_sample_data/make/chance.rs"]
#[allow(dead_code, reason = "the sample's generator uses more of it")]
mod chance;
pub(crate) mod child;
pub(crate) mod limits;
pub(crate) mod nation;
pub(crate) mod roster;
pub(crate) mod unit;
pub(crate) mod written;
