//! From checked conditions to one program of shared nodes.
//!
//! Negation is pushed down to the tests (De Morgan holds in Kleene logic), nested
//! `and` and `or` are flattened, equal parts are made once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::condition::{Atom, Cond, Tables};
use super::program::{BLOCK, Bits, Gate, Join, Literal, Output, Program};
use crate::fact::dictionary::ConditionId;

/// Parts of an inner gate are taken over by the outer one of its kind when they are
/// no more than this; more would copy too much where many gates read the inner one.
const FLATTENED: usize = 8;

/// What a condition becomes while the graph grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    True,
    False,
    Node(usize),
}

impl Part {
    fn constant(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

/// A node of the graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Made {
    Literal(Literal),
    /// Inputs are sorted, so that equal gates are equal values.
    Gate(Join, Vec<usize>),
}

struct Builder<'b> {
    tables: &'b Tables,
    on: NaiveDate,
    atoms: BTreeMap<Atom, usize>,
    nodes: Vec<Made>,
    known: BTreeMap<Made, usize>,
    named: BTreeMap<(ConditionId, bool), Part>,
}

impl Builder<'_> {
    fn make(&mut self, made: Made) -> Part {
        let next = self.nodes.len();
        let place = *self.known.entry(made.clone()).or_insert(next);
        if place == next {
            self.nodes.push(made);
        }
        Part::Node(place)
    }

    /// `or` when `either`, else `and`, of any number of parts.
    fn join(&mut self, either: bool, parts: impl IntoIterator<Item = Part>) -> Part {
        let join = if either { Join::Any } else { Join::All };
        let mut inputs = BTreeSet::new();
        for part in parts {
            match part {
                Part::Node(node) => match self.nodes.get(node) {
                    Some(Made::Gate(inner, parts))
                        if *inner == join && parts.len() <= FLATTENED =>
                    {
                        inputs.extend(parts);
                    }
                    _ => {
                        inputs.insert(node);
                    }
                },
                part if part == Part::constant(either) => return part,
                _ => {}
            }
        }
        let inputs: Vec<usize> = inputs.into_iter().collect();
        match inputs.as_slice() {
            [] => Part::constant(!either),
            [only] => Part::Node(*only),
            _ => self.make(Made::Gate(join, inputs)),
        }
    }

    /// `at least wanted of items`, each counted as often as it is written.
    fn at_least(&mut self, wanted: usize, items: &[Part]) -> Part {
        let sure = items.iter().filter(|item| **item == Part::True).count();
        let wanted = wanted.saturating_sub(sure);
        let mut inputs: Vec<usize> = items
            .iter()
            .filter_map(|item| match item {
                Part::Node(node) => Some(*node),
                Part::True | Part::False => None,
            })
            .collect();
        inputs.sort_unstable();
        let nodes = inputs.iter().map(|node| Part::Node(*node));
        match wanted {
            0 => Part::True,
            1 => self.join(true, nodes),
            _ if wanted > inputs.len() => Part::False,
            _ if wanted == inputs.len() => self.join(false, nodes),
            _ => {
                let wanted = u32::try_from(wanted).unwrap_or(u32::MAX);
                self.make(Made::Gate(Join::AtLeast(wanted), inputs))
            }
        }
    }

    /// The part that is worth `cond`, or its negation.
    fn lower(&mut self, cond: &Cond, holds: bool) -> Part {
        match cond {
            Cond::Constant(value) => Part::constant(*value == holds),
            Cond::Atom(atom) => {
                let next = self.atoms.len();
                let place = *self.atoms.entry(atom.clone()).or_insert(next);
                self.make(Made::Literal(Literal {
                    test: place,
                    negated: !holds,
                }))
            }
            Cond::Not(inner) => self.lower(inner, !holds),
            Cond::And(items) | Cond::Or(items) => {
                let either = matches!(cond, Cond::Or(_)) == holds;
                let parts: Vec<_> = items.iter().map(|item| self.lower(item, holds)).collect();
                self.join(either, parts)
            }
            Cond::AtLeast(wanted, items) => {
                let wanted = usize::try_from(*wanted).unwrap_or(usize::MAX);
                let parts: Vec<_> = items.iter().map(|item| self.lower(item, holds)).collect();
                if holds {
                    self.at_least(wanted, &parts)
                } else {
                    // Fewer than n of k hold: at least k - n + 1 do not.
                    match parts.len().checked_sub(wanted) {
                        None => Part::True,
                        Some(rest) => self.at_least(rest.saturating_add(1), &parts),
                    }
                }
            }
            Cond::Named(id) => {
                if let Some(part) = self.named.get(&(*id, holds)) {
                    return *part;
                }
                let tables = self.tables;
                let part = match tables.condition(*id, self.on) {
                    Some(condition) => self.lower(condition, holds),
                    None => Part::constant(!holds),
                };
                self.named.insert((*id, holds), part);
                part
            }
        }
    }
}

/// Writes what outputs need, inputs first; literals in order of first use, so that
/// those of one condition stand in one block. Those that stand alone in an output come before
/// all others: they decide most conditions, and the first block is at hand.
struct Emitter<'g> {
    nodes: &'g [Made],
    literals: BTreeMap<usize, usize>,
    gates: BTreeMap<usize, usize>,
    program: Program,
}

impl Emitter<'_> {
    fn literal(&mut self, node: usize, literal: Literal) -> usize {
        let next = self.program.literals.len();
        let place = *self.literals.entry(node).or_insert(next);
        if place == next {
            self.program.literals.push(literal);
        }
        place
    }

    /// Writes a gate. Literals outside its block become gates of theirs.
    fn push(&mut self, join: Join, literals: &[usize], mut parts: Vec<usize>) -> usize {
        let mut blocks = by_block(literals);
        let (block, own) = blocks.pop_first().unwrap_or_default();
        for literals in blocks.into_values() {
            if let Join::AtLeast(_) = join {
                parts.extend(literals.iter().map(|literal| self.alone(*literal)));
            } else {
                parts.push(self.push(join, &literals, Vec::new()));
            }
        }
        self.program.gates.push(Gate {
            join,
            block,
            bits: bits(&own),
            parts: parts.into(),
        });
        self.program.gates.len().saturating_sub(1)
    }

    /// A gate with one literal.
    fn alone(&mut self, literal: usize) -> usize {
        self.push(Join::All, &[literal], Vec::new())
    }

    /// The literals and the gates that nodes become.
    fn inputs(&mut self, nodes: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let (mut literals, mut parts) = (Vec::new(), Vec::new());
        for node in nodes {
            let Some(Made::Literal(literal)) = self.nodes.get(*node) else {
                parts.push(self.gate(*node));
                continue;
            };
            let literal = self.literal(*node, *literal);
            if literals.contains(&literal) {
                // Written twice in `at least`, it counts twice: a bit would count once.
                parts.push(self.alone(literal));
            } else {
                literals.push(literal);
            }
        }
        (literals, parts)
    }

    /// Place of the gate that a node becomes; one that several share is made once.
    fn gate(&mut self, node: usize) -> usize {
        if let Some(place) = self.gates.get(&node) {
            return *place;
        }
        let alone = [node];
        let (join, inputs) = match self.nodes.get(node) {
            Some(Made::Gate(join, inputs)) => (*join, inputs.as_slice()),
            // A literal by itself is a gate with one input.
            _ => (Join::All, &alone[..]),
        };
        let (literals, parts) = self.inputs(inputs);
        let place = self.push(join, &literals, parts);
        self.gates.insert(node, place);
        place
    }

    /// The nodes of which an output is all.
    fn all_of(&self, part: Part) -> Vec<usize> {
        match part {
            Part::True | Part::False => Vec::new(),
            Part::Node(node) => match self.nodes.get(node) {
                Some(Made::Gate(Join::All, inputs)) => inputs.clone(),
                _ => vec![node],
            },
        }
    }

    /// Gives the literals that stand alone in an output their places.
    fn stand_alone(&mut self, part: Part) {
        for node in self.all_of(part) {
            if let Some(Made::Literal(literal)) = self.nodes.get(node) {
                self.literal(node, *literal);
            }
        }
    }

    fn output(&mut self, part: Part) {
        let (literals, mut parts) = self.inputs(&self.all_of(part));
        if part == Part::False {
            // Any of nothing: never.
            parts.push(self.push(Join::Any, &[], Vec::new()));
        }
        let mut blocks = by_block(&literals);
        let own = blocks.remove(&0).unwrap_or_default();
        for literals in blocks.into_values() {
            parts.push(self.push(Join::All, &literals, Vec::new()));
        }
        // What is found out at once comes before what has parts of its own.
        let gates = &self.program.gates;
        let size = |part: &usize| gates.get(*part).map(|gate| gate.parts.len());
        parts.sort_by_key(|part| (size(part), std::cmp::Reverse(*part)));
        self.program.outputs.push(Output {
            bits: bits(&own),
            parts: parts.into(),
        });
    }
}

fn by_block(literals: &[usize]) -> BTreeMap<usize, Vec<usize>> {
    let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for literal in literals {
        blocks.entry(literal / BLOCK).or_default().push(*literal);
    }
    blocks
}

/// Literals of one block, as bits.
fn bits(literals: &[usize]) -> Bits {
    let mut bits = Bits::default();
    for literal in literals {
        let place = literal % BLOCK;
        let bit = u32::try_from(place % 64).unwrap_or(0);
        if let Some(word) = bits.get_mut(place / 64) {
            *word |= 1_u64.wrapping_shl(bit);
        }
    }
    bits
}

/// Compiles the conditions in force on a day: any day of one period gives the same
/// program.
pub(crate) fn compile(conditions: &[&Cond], tables: &Tables, on: NaiveDate) -> Program {
    let mut builder = Builder {
        tables,
        on,
        atoms: BTreeMap::new(),
        nodes: Vec::new(),
        known: BTreeMap::new(),
        named: BTreeMap::new(),
    };
    let lower = |condition: &&Cond| builder.lower(condition, true);
    let parts: Vec<Part> = conditions.iter().map(lower).collect();
    let mut emitter = Emitter {
        nodes: &builder.nodes,
        literals: BTreeMap::new(),
        gates: BTreeMap::new(),
        program: Program::default(),
    };
    for part in &parts {
        emitter.stand_alone(*part);
    }
    for part in parts {
        emitter.output(part);
    }
    let mut tests: Vec<(usize, Atom)> = (builder.atoms.into_iter())
        .map(|(atom, place)| (place, atom))
        .collect();
    tests.sort_unstable_by_key(|(place, _)| *place);
    emitter.program.tests = tests.into_iter().map(|(_, atom)| atom).collect();
    emitter.program
}
