//! The sources of a pack and of its parents.

use std::borrow::Cow;
use std::collections::BTreeMap;

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

/// Parts of sources, those that meet as one: a look-up is quick however many there are.
#[derive(Debug, Default)]
pub(crate) struct Parts(BTreeMap<(usize, usize), usize>);

impl Parts {
    pub(crate) fn add(&mut self, at: At) {
        let (mut start, mut end) = (at.start(), at.end());
        while let Some((first, last)) = self.met(at.with(start..end)) {
            self.0.remove(&(at.source(), first));
            (start, end) = (start.min(first), end.max(last));
        }
        self.0.insert((at.source(), start), end);
    }

    /// Whether a part meets one of these, be it at its edge.
    pub(crate) fn meet(&self, at: At) -> bool {
        self.met(at).is_some()
    }

    fn met(&self, at: At) -> Option<(usize, usize)> {
        let mut before = self.0.range((at.source(), 0)..=(at.source(), at.end()));
        let ((_, start), end) = before.next_back()?;
        (*end >= at.start()).then_some((*start, *end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_meet_are_one_and_others_are_found() {
        let at = |source, start, end| At::new(source, start..end);
        let mut parts = Parts::default();
        for part in [
            at(0, 10, 12),
            at(0, 20, 22),
            at(0, 5, 6),
            at(0, 11, 20),
            at(1, 0, 1),
        ] {
            parts.add(part);
        }
        assert_eq!(parts.0.len(), 3);
        for (part, meets) in [
            (at(0, 0, 4), false),
            (at(0, 0, 5), true),
            (at(0, 7, 9), false),
            (at(0, 15, 15), true),
            (at(0, 22, 30), true),
            (at(0, 23, 30), false),
            (at(1, 1, 2), true),
            (at(2, 0, 9), false),
        ] {
            assert_eq!(parts.meet(part), meets, "{part:?}");
        }
    }
}
