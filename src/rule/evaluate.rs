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
    let mut inputs = program.inputs.as_slice();
    let mut start = 0_u32;
    for gate in program.gates.iter().take(extent.gates) {
        let (of_gate, rest) = inputs.split_at(index(gate.end.saturating_sub(start)));
        (inputs, start) = (rest, gate.end);
        let read = of_gate.iter().map(|input| nodes[index(*input)]);
        // A gate has inputs, so that where folding starts does not matter.
        let value = if gate.either {
            read.reduce(W::or)
        } else {
            read.reduce(W::and)
        };
        nodes[next] = value.unwrap_or(W::FALSE);
        next = next.saturating_add(1);
    }
}

/// Truth of every test, as told and with presumptions: what a profile keeps of
/// its values for the program of its date.
#[expect(
    clippy::indexing_slicing,
    reason = "INVARIANT of Program: every slot exists in the layout"
)]
pub(crate) fn truths(dated: &Tests, told: &Lowered, presumed: &Lowered) -> Vec<Both> {
    let masks = dated.masks.iter().map(|test| {
        let slot = index(test.slot);
        let told = mask_truth(told.masks[slot], test.pass);
        Both::from_bits(told, mask_truth(presumed.masks[slot], test.pass))
    });
    let ranges = dated
        .ranges
        .iter()
        .map(|test| Both::from_bits(ranged(told, test), ranged(presumed, test)));
    let sets = dated.sets.iter().map(|test| {
        let told = set_truth(told, test.slot, &test.pass);
        Both::from_bits(told, set_truth(presumed, test.slot, &test.pass))
    });
    masks.chain(ranges).chain(sets).collect()
}

/// Evaluates one person, whose tests are known, as far as `extent` goes.
pub(crate) fn run(program: &Program, extent: Extent, truths: &[Both], nodes: &mut Vec<Both>) {
    nodes.clear();
    nodes.extend_from_slice(truths);
    nodes.resize(program.nodes(), Both::FALSE);
    gates(program, extent, nodes);
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
