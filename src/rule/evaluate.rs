//! One person through a program: no allocation, no branch on the data.

use super::compile::{Extent, Lowered, Output, Program, RangeTest, RangeValue, Tests};
use super::condition;
use super::truth::{Both, Truth, Word};
use crate::fact::set::ValueSet;

/// A `u32` that the program made, as an index.
#[inline]
#[expect(
    clippy::as_conversions,
    reason = "u32 fits usize on every platform with 32 bits or more"
)]
pub(super) fn index(number: u32) -> usize {
    number as usize
}

#[inline]
fn mask_truth(value: u64, pass: u64) -> (bool, bool) {
    (value & pass != 0, value & !pass == 0)
}

#[inline]
fn range_truth(value: RangeValue, test: &RangeTest) -> (bool, bool) {
    let possible = (value.lo <= test.hi && test.lo <= value.hi) || (value.none && test.none);
    let certain = test.lo <= value.lo && value.hi <= test.hi && (!value.none || test.none);
    (possible, certain)
}

fn bits(truth: Truth) -> (bool, bool) {
    (truth != Truth::False, truth == Truth::True)
}

#[inline]
#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT of Program: every slot exists in the layout"
)]
fn ranged(lowered: &Lowered, test: &RangeTest) -> (bool, bool) {
    let value = lowered.ranges[index(test.slot)];
    if value.holes {
        holed_truth(lowered, test)
    } else {
        range_truth(value, test)
    }
}

/// The set a range slot stands for.
fn range_set(lowered: &Lowered, slot: u32) -> ValueSet {
    if let Some((_, set)) = lowered.holes.iter().find(|(place, _)| *place == slot) {
        return set.clone();
    }
    let Some(value) = lowered.ranges.get(index(slot)) else {
        return ValueSet::empty();
    };
    let set = ValueSet::range(value.lo, value.hi);
    if value.none { set.with_none() } else { set }
}

/// Truth of a range test on a value with holes.
#[cold]
fn holed_truth(lowered: &Lowered, test: &RangeTest) -> (bool, bool) {
    let pass = ValueSet::range(test.lo, test.hi);
    let pass = if test.none { pass.with_none() } else { pass };
    bits(condition::test(&range_set(lowered, test.slot), &pass))
}

/// Truth of a test by a set with holes: a point is looked up, anything else compared.
fn set_truth(lowered: &Lowered, slot: u32, pass: &ValueSet) -> (bool, bool) {
    match lowered.ranges.get(index(slot)) {
        Some(value) if value.lo == value.hi && !value.none => {
            let after = pass.ranges().partition_point(|range| range.lo <= value.lo);
            let found = after
                .checked_sub(1)
                .and_then(|at| pass.ranges().get(at))
                .is_some_and(|range| value.lo <= range.hi);
            (found, found)
        }
        _ => bits(condition::test(&range_set(lowered, slot), pass)),
    }
}

/// Truth of every test of one world, through `put`: for the kernel of many people.
#[cfg(test)]
#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT of Program: every slot exists in the layout"
)]
pub(super) fn tests(tests: &Tests, lowered: &Lowered, mut put: impl FnMut(usize, (bool, bool))) {
    for (at, test) in tests.masks.iter().enumerate() {
        put(at, mask_truth(lowered.masks[index(test.slot)], test.pass));
    }
    let start = tests.masks.len();
    for (at, test) in tests.ranges.iter().enumerate() {
        put(start.saturating_add(at), ranged(lowered, test));
    }
    let start = start.saturating_add(tests.ranges.len());
    for (at, test) in tests.sets.iter().enumerate() {
        put(
            start.saturating_add(at),
            set_truth(lowered, test.slot, &test.pass),
        );
    }
}

/// Negations and gates, once the tests stand at the front of `nodes`.
#[inline]
#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT of Program: nodes refer to lower nodes only"
)]
pub(super) fn gates<W: Word>(program: &Program, extent: Extent, nodes: &mut [W]) {
    let mut next = program.tests();
    for negated in program.negations.iter().take(extent.negations) {
        nodes[next] = nodes[index(*negated)].not();
        next = next.saturating_add(1);
    }
    let mut next = program.tests().saturating_add(program.negations.len());
    for gate in program.gates.iter().take(extent.gates) {
        let (left, right) = (nodes[index(gate.left)], nodes[index(gate.right)]);
        nodes[next] = left.gate(right, gate.either);
        next = next.saturating_add(1);
    }
}

/// Evaluates one person as far as `extent` goes; `presumed` is left out where no
/// presumption was used.
pub(crate) fn run(
    program: &Program,
    extent: Extent,
    dated: &Tests,
    told: &Lowered,
    presumed: Option<&Lowered>,
    nodes: &mut Vec<Both>,
) {
    nodes.clear();
    nodes.resize(program.nodes(), Both::FALSE);
    match presumed {
        None => one_world(dated, extent, told, nodes),
        Some(presumed) => two_worlds(dated, extent, told, presumed, nodes),
    }
    gates(program, extent, nodes);
}

#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT of Program: every slot exists in the layout"
)]
fn one_world(dated: &Tests, extent: Extent, told: &Lowered, nodes: &mut [Both]) {
    let (masks, rest) = nodes.split_at_mut(dated.masks.len());
    let (ranges, sets) = rest.split_at_mut(dated.ranges.len());
    for (test, node) in dated.masks.iter().zip(masks).take(extent.masks) {
        let truth = mask_truth(told.masks[index(test.slot)], test.pass);
        *node = Both::from_bits(truth, truth);
    }
    for (test, node) in dated.ranges.iter().zip(ranges).take(extent.ranges) {
        let truth = ranged(told, test);
        *node = Both::from_bits(truth, truth);
    }
    for (test, node) in dated.sets.iter().zip(sets).take(extent.sets) {
        let truth = set_truth(told, test.slot, &test.pass);
        *node = Both::from_bits(truth, truth);
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT of Program: every slot exists in the layout"
)]
fn two_worlds(
    dated: &Tests,
    extent: Extent,
    told: &Lowered,
    presumed: &Lowered,
    nodes: &mut [Both],
) {
    let (masks, rest) = nodes.split_at_mut(dated.masks.len());
    let (ranges, sets) = rest.split_at_mut(dated.ranges.len());
    for (test, node) in dated.masks.iter().zip(masks).take(extent.masks) {
        let slot = index(test.slot);
        let told = mask_truth(told.masks[slot], test.pass);
        *node = Both::from_bits(told, mask_truth(presumed.masks[slot], test.pass));
    }
    for (test, node) in dated.ranges.iter().zip(ranges).take(extent.ranges) {
        *node = Both::from_bits(ranged(told, test), ranged(presumed, test));
    }
    for (test, node) in dated.sets.iter().zip(sets).take(extent.sets) {
        let told = set_truth(told, test.slot, &test.pass);
        *node = Both::from_bits(told, set_truth(presumed, test.slot, &test.pass));
    }
}

/// Truth of an output, after [`run`].
#[inline]
pub(crate) fn output(output: Output, nodes: &[Both]) -> Both {
    match output {
        Output::Constant(true) => Both::new(Truth::True, Truth::True),
        Output::Constant(false) => Both::FALSE,
        Output::Node(node) => nodes.get(index(node)).copied().unwrap_or(Both::FALSE),
    }
}
