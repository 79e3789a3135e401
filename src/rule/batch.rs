//! Sixty-four people per machine word through the same program.
//!
//! The gates are those of one person; only the tests are gathered differently.
//! Used by the tests of the language; populations will use it as it stands.

use super::compile::{Lowered, Output, Program, Tests};
use super::evaluate;
use super::truth::{Truth, Word};

/// Possible and certain truth of sixty-four people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Lanes {
    possible: u64,
    certain: u64,
}

impl Word for Lanes {
    const FALSE: Self = Self {
        possible: 0,
        certain: 0,
    };

    fn and(self, other: Self) -> Self {
        Self {
            possible: self.possible & other.possible,
            certain: self.certain & other.certain,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            possible: self.possible | other.possible,
            certain: self.certain | other.certain,
        }
    }

    fn not(self) -> Self {
        Self {
            possible: !self.certain,
            certain: !self.possible,
        }
    }
}

/// Truth of every output for up to sixty-four people, outputs first.
pub(crate) fn run(program: &Program, dated: &Tests, people: &[&Lowered]) -> Vec<Vec<Truth>> {
    let mut nodes = vec![Lanes::FALSE; program.nodes()];
    for (lane, person) in people.iter().take(64).enumerate() {
        let lane = u32::try_from(lane).unwrap_or(0);
        evaluate::tests(dated, person, |at, (possible, certain)| {
            if let Some(node) = nodes.get_mut(at) {
                node.possible |= u64::from(possible).wrapping_shl(lane);
                node.certain |= u64::from(certain).wrapping_shl(lane);
            }
        });
    }
    evaluate::gates(program, program.whole(), &mut nodes);
    let lanes = |output: &Output| match output {
        Output::Constant(value) => {
            let all = if *value { u64::MAX } else { 0 };
            Lanes {
                possible: all,
                certain: all,
            }
        }
        Output::Node(node) => nodes
            .get(evaluate::index(*node))
            .copied()
            .unwrap_or(Lanes::FALSE),
    };
    program
        .outputs
        .iter()
        .map(lanes)
        .map(|word| {
            let truth = |lane: u32| match (
                word.certain.wrapping_shr(lane) & 1,
                word.possible.wrapping_shr(lane) & 1,
            ) {
                (1, _) => Truth::True,
                (_, 1) => Truth::Open,
                _ => Truth::False,
            };
            (0_u32..64)
                .zip(people)
                .map(|(lane, _)| truth(lane))
                .collect()
        })
        .collect()
}
