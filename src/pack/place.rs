//! The sources of a pack.

pub(crate) use crate::vocabulary::At;

/// A named text handed over as part of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
}
