//! The peoples of Vietnam, as forms name them.

/// A people (dân tộc).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct People(u8);
