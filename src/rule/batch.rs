//! Sixty-four people per machine word through the same program.
//!
//! The gates are those of one person; the literals of sixty-four people are turned
//! so that a word holds one literal of them all. Used by the tests of the language;
//! populations will use it as it stands.

use super::evaluate::Literals;
use super::program::{BLOCK, Gate, Join, Program};
use super::truth::{Both, Truth};

/// The four questions of `evaluate`, each for sixty-four people.
type Lanes = [u64; 4];

const NOBODY: Lanes = [0; 4];
const EVERYBODY: Lanes = [u64::MAX; 4];

fn and(a: Lanes, b: Lanes) -> Lanes {
    std::array::from_fn(|question| a[question] & b[question])
}

fn or(a: Lanes, b: Lanes) -> Lanes {
    std::array::from_fn(|question| a[question] | b[question])
}

/// Row `j` holds for whom more than `j` of the items seen so far do.
fn at_least(wanted: u32, items: impl Iterator<Item = Lanes>) -> Lanes {
    let mut rows = vec![NOBODY; wanted as usize];
    for item in items {
        let mut with = item;
        for row in &mut rows {
            let before = *row;
            *row = or(before, with);
            with = and(before, item);
        }
    }
    rows.last().copied().unwrap_or(EVERYBODY)
}

/// The literals that a gate reads itself, each of everybody.
fn literals(gate: &Gate, people: &[&Literals]) -> impl Iterator<Item = Lanes> {
    let read = (0..BLOCK).filter(|bit| gate.bits[bit / 64] >> (bit % 64) & 1 == 1);
    read.map(move |bit| {
        let mut lanes = NOBODY;
        for (lane, person) in (0_u32..64).zip(people) {
            for (question, lanes) in lanes.iter_mut().enumerate() {
                *lanes |= u64::from(person.answer(gate.block, question, bit)) << lane;
            }
        }
        lanes
    })
}

fn worth(gate: &Gate, parts: &[Lanes], people: &[&Literals]) -> Lanes {
    let gates = gate.parts.iter().map(|place| parts[*place]);
    let items = literals(gate, people).chain(gates);
    match gate.join {
        Join::All => items.fold(EVERYBODY, and),
        Join::Any => items.fold(NOBODY, or),
        Join::AtLeast(wanted) => at_least(wanted, items),
    }
}

/// Truth of every output for up to sixty-four people, outputs first.
pub(crate) fn run(program: &Program, people: &[&Literals]) -> Vec<Vec<Both>> {
    let mut parts: Vec<Lanes> = Vec::new();
    for gate in &program.gates {
        parts.push(worth(gate, &parts, people));
    }
    let both = |lanes: Lanes, lane: usize| {
        let [may, surely, may_presumed, surely_presumed] =
            lanes.map(|people| people >> lane & 1 == 1);
        Both {
            told: Truth::of(may, surely),
            presumed: Truth::of(may_presumed, surely_presumed),
        }
    };
    let outputs = program.outputs.iter().map(|output| Gate {
        join: Join::All,
        block: 0,
        bits: output.bits,
        parts: output.parts.clone(),
    });
    outputs
        .map(|gate| worth(&gate, &parts, people))
        .map(|lanes| (0..people.len()).map(|lane| both(lanes, lane)).collect())
        .collect()
}
