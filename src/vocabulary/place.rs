//! Where something stands in the sources of a pack.

use std::ops::Range;

/// Place in the sources of a pack: bytes of one source.
///
/// Of half the size of its numbers, since each value of a pack has one. Beyond four
/// gigabytes, which no limit lets pass, it stays at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct At {
    source: u32,
    start: u32,
    end: u32,
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn long(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl At {
    pub(crate) fn new(source: usize, bytes: Range<usize>) -> Self {
        Self {
            source: short(source),
            start: short(bytes.start),
            end: short(bytes.end),
        }
    }

    pub(crate) fn source(self) -> usize {
        long(self.source)
    }

    pub(crate) fn start(self) -> usize {
        long(self.start)
    }

    pub(crate) fn end(self) -> usize {
        long(self.end)
    }

    pub(crate) fn bytes(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Other bytes of the same source.
    pub(crate) fn with(self, bytes: Range<usize>) -> Self {
        Self::new(self.source(), bytes)
    }
}
