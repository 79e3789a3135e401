//! The sources of a pack and of its parents.

use std::borrow::Cow;

pub(crate) use crate::vocabulary::At;

/// A named text handed over as part of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) name: Cow<'static, str>,
    pub(crate) text: Cow<'static, str>,
    /// Number of the pack in the chain of parents that holds it, root first.
    pub(crate) layer: usize,
    /// Examples of a bundled pack: nothing that answers needs them, and the crate's own
    /// tests read them, so that they stay text until somebody asks for examples.
    pub(crate) waits: bool,
}
