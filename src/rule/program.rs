//! The compiled conditions of one period: plain data, read by `evaluate` and `batch`.

use super::condition::Atom;

/// A test, or its negation: true or false in itself, before anything is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Literal {
    /// Place of the test in [`Program::tests`].
    pub(super) test: usize,
    pub(super) negated: bool,
}

/// How a gate joins what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    All,
    Any,
    AtLeast(u32),
}

/// Literals of a block: as many as a few machine instructions compare at once.
pub(super) const BLOCK: usize = 256;

/// One bit for each literal of a block.
pub(super) type Bits = [u64; 4];

/// A part of a condition: literals of one block, and other parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gate {
    pub(super) join: Join,
    pub(super) block: usize,
    pub(super) bits: Bits,
    /// Places of earlier gates.
    pub(super) parts: Box<[usize]>,
}

/// A whole condition: all of these literals of the first block, and all of these
/// parts. Of nothing, it always holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) bits: Bits,
    /// Places of gates.
    pub(super) parts: Box<[usize]>,
}

/// The compiled conditions of one period.
///
/// INVARIANT: a literal refers to a test of the program, a gate to literals and to
/// earlier gates, an output to literals and gates. `compile` makes it so, once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    pub(super) tests: Vec<Atom>,
    pub(super) literals: Vec<Literal>,
    pub(super) gates: Vec<Gate>,
    pub(super) outputs: Vec<Output>,
}
