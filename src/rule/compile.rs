//! From checked conditions to one program of shared nodes.
//!
//! The program of a period is a table of distinct atoms, the negations of some
//! of them, and a graph of `and` and `or` gates in topological order. Negation
//! is pushed down to the atoms (De Morgan holds in Kleene logic), `at least n`
//! is unrolled, equal parts are made once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::condition::{Atom, Cond, Slot, Tables, Target, World};
use crate::fact::dictionary::{ConditionId, Dictionary, FactId, Kind};
use crate::fact::set::ValueSet;

/// Highest value that a mask can hold; the bit above stands for `none`.
const MASK_TOP: i64 = 62;
const MASK_NONE: u64 = 1 << 63;

/// Where the lowered value of a slot lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Few values: one bit each.
    Mask(u32),
    /// Many values: smallest and largest.
    Range(u32),
}

/// Where the lowered values of all slots lie, for every program of an engine.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    facts: Vec<Option<Place>>,
    counts: Vec<Place>,
    members: BTreeMap<(FactId, i64), Place>,
    masks: u32,
    ranges: u32,
    /// What each place is lowered from, in order of places.
    mask_slots: Vec<Slot>,
    range_slots: Vec<Slot>,
}

impl Layout {
    /// A place for each slot that occurs in `atoms`.
    pub(crate) fn new(dictionary: &Dictionary, tables: &Tables, used: &BTreeSet<Slot>) -> Self {
        let mut layout = Self {
            facts: vec![None; dictionary.len()],
            ..Self::default()
        };
        for slot in used {
            match *slot {
                Slot::Fact(id) => {
                    let fact = dictionary.fact(id);
                    let hull = fact.kind.domain().hull();
                    let small = match fact.kind {
                        Kind::Codes(_) | Kind::Records { .. } => true,
                        _ => hull.is_some_and(|hull| hull.lo >= 0 && hull.hi <= MASK_TOP),
                    };
                    let place = if small {
                        layout.mask(*slot)
                    } else {
                        layout.range(*slot)
                    };
                    if let Some(entry) = layout.facts.get_mut(id.0) {
                        *entry = Some(place);
                    }
                }
                Slot::Member(id, code) => {
                    let place = layout.mask(*slot);
                    layout.members.insert((id, code), place);
                }
                Slot::Count(_) | Slot::Field(_) => {}
            }
        }
        for count in 0..tables.counts.len() {
            let place = layout.range(Slot::Count(crate::fact::dictionary::CountId(count)));
            layout.counts.push(place);
        }
        layout
    }

    fn mask(&mut self, slot: Slot) -> Place {
        let place = Place::Mask(self.masks);
        self.masks = self.masks.saturating_add(1);
        self.mask_slots.push(slot);
        place
    }

    fn range(&mut self, slot: Slot) -> Place {
        let place = Place::Range(self.ranges);
        self.ranges = self.ranges.saturating_add(1);
        self.range_slots.push(slot);
        place
    }

    fn place(&self, slot: Slot) -> Option<Place> {
        match slot {
            Slot::Fact(id) => self.facts.get(id.0).copied().flatten(),
            Slot::Member(id, code) => self.members.get(&(id, code)).copied(),
            Slot::Count(id) => self.counts.get(id.0).copied(),
            Slot::Field(_) => None,
        }
    }

    /// Lowers what each slot may be in a world.
    pub(crate) fn lower(&self, world: &impl World) -> Lowered {
        let masks = self
            .mask_slots
            .iter()
            .map(|slot| mask_of(&world.slot(*slot)))
            .collect();
        let mut holes = Vec::new();
        let ranges = (0_u32..)
            .zip(&self.range_slots)
            .map(|(place, slot)| {
                let set = world.slot(*slot);
                let several = set.ranges().len() > 1;
                let hull = set.hull();
                let lowered = RangeValue {
                    // An absent value fits in no range and sticks out of none.
                    lo: hull.map_or(i64::MAX, |hull| hull.lo),
                    hi: hull.map_or(i64::MIN, |hull| hull.hi),
                    none: set.may_be_none(),
                    holes: several,
                };
                if several {
                    holes.push((place, set.into_owned()));
                }
                lowered
            })
            .collect();
        Lowered {
            masks,
            ranges,
            holes,
        }
    }
}

fn mask_of(set: &ValueSet) -> u64 {
    let mut mask = if set.may_be_none() { MASK_NONE } else { 0 };
    for range in set.ranges() {
        for value in range.lo.max(0)..=range.hi.min(MASK_TOP) {
            mask |= u32::try_from(value)
                .ok()
                .and_then(|bit| 1_u64.checked_shl(bit))
                .unwrap_or(0);
        }
    }
    mask
}

/// A value of a range slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RangeValue {
    pub(crate) lo: i64,
    pub(crate) hi: i64,
    pub(crate) none: bool,
    /// Not all values between `lo` and `hi` are possible: see [`Lowered::holes`].
    pub(crate) holes: bool,
}

/// The values of one profile, in the layout of its engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lowered {
    pub(crate) masks: Vec<u64>,
    pub(crate) ranges: Vec<RangeValue>,
    pub(crate) holes: Vec<(u32, ValueSet)>,
}

/// A test of a mask slot: the bits that pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MaskTest {
    pub(crate) slot: u32,
    pub(crate) pass: u64,
}

/// A test of a range slot: one range that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RangeTest {
    pub(crate) slot: u32,
    pub(crate) lo: i64,
    pub(crate) hi: i64,
    pub(crate) none: bool,
}

/// A test of a range slot by a set with holes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetTest {
    pub(crate) slot: u32,
    pub(crate) pass: ValueSet,
}

/// The atoms of a program on one date: relative dates and dated values are now numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tests {
    pub(crate) masks: Vec<MaskTest>,
    pub(crate) ranges: Vec<RangeTest>,
    pub(crate) sets: Vec<SetTest>,
}

/// `and` or `or` of earlier nodes: those of [`Program::inputs`] that stand before
/// `end` and after the gate before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gate {
    pub(crate) either: bool,
    pub(crate) end: u32,
}

/// Where the truth of a condition of the program is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    Constant(bool),
    Node(u32),
}

/// How far an evaluation goes: so many of each kind of computed node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) negations: usize,
    pub(crate) gates: usize,
}

/// The compiled conditions of one period.
///
/// INVARIANT: nodes are numbered tests first (masks, ranges, sets), then
/// negations, then gates; a gate or negation refers to lower numbers only, and
/// every slot of a test exists in the layout. [`compile`] makes it so, once;
/// the loops of `evaluate` and `batch` rely on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    mask_tests: Vec<(u32, Target)>,
    range_tests: Vec<(u32, Target)>,
    set_tests: Vec<(u32, Target)>,
    pub(crate) negations: Vec<u32>,
    pub(crate) gates: Vec<Gate>,
    /// The nodes that the gates read, gate after gate.
    pub(crate) inputs: Vec<u32>,
    pub(crate) outputs: Vec<Output>,
    /// What the first conditions need: those that the fast call answers. In each
    /// kind of node theirs come first.
    pub(crate) first: Extent,
}

impl Program {
    /// All nodes.
    pub(crate) fn whole(&self) -> Extent {
        Extent {
            negations: self.negations.len(),
            gates: self.gates.len(),
        }
    }

    pub(crate) fn tests(&self) -> usize {
        let tests = self.mask_tests.len().saturating_add(self.range_tests.len());
        tests.saturating_add(self.set_tests.len())
    }

    /// Number of nodes: the length of the working memory.
    pub(crate) fn nodes(&self) -> usize {
        self.tests()
            .saturating_add(self.negations.len())
            .saturating_add(self.gates.len())
    }

    /// The tests as numbers on a day of the program's period.
    pub(crate) fn dated(&self, tables: &Tables, on: NaiveDate) -> Tests {
        let masks = self.mask_tests.iter().map(|(slot, target)| MaskTest {
            slot: *slot,
            pass: mask_of(&tables.target(target, on)),
        });
        let ranges = self.range_tests.iter().map(|(slot, target)| {
            let pass = tables.target(target, on);
            let hull = pass.hull();
            RangeTest {
                slot: *slot,
                // An empty target passes nothing: a range no value lies in.
                lo: hull.map_or(i64::MAX, |hull| hull.lo),
                hi: hull.map_or(i64::MIN, |hull| hull.hi),
                none: pass.may_be_none(),
            }
        });
        let sets = self.set_tests.iter().map(|(slot, target)| SetTest {
            slot: *slot,
            pass: tables.target(target, on).into_owned(),
        });
        Tests {
            masks: masks.collect(),
            ranges: ranges.collect(),
            sets: sets.collect(),
        }
    }
}

/// A node while the graph grows, before it gets its final number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    True,
    False,
    Node(usize),
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Made {
    Atom(usize),
    NotAtom(usize),
    /// Sorted, without repetition: equal gates are equal values.
    And(Vec<usize>),
    Or(Vec<usize>),
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
        let (decides, idle) = if either {
            (Part::True, Part::False)
        } else {
            (Part::False, Part::True)
        };
        let mut inputs = BTreeSet::new();
        for part in parts {
            match part {
                part if part == decides => return decides,
                Part::Node(node) => {
                    inputs.insert(node);
                }
                _ => {}
            }
        }
        let mut inputs: Vec<usize> = inputs.into_iter().collect();
        match inputs.as_slice() {
            [] => idle,
            [only] => Part::Node(*only),
            _ => {
                inputs.shrink_to_fit();
                self.make(if either {
                    Made::Or(inputs)
                } else {
                    Made::And(inputs)
                })
            }
        }
    }

    fn and(&mut self, a: Part, b: Part) -> Part {
        self.join(false, [a, b])
    }

    fn or(&mut self, a: Part, b: Part) -> Part {
        self.join(true, [a, b])
    }

    /// `at least wanted of items`: row `j` holds "at least j of those seen so far".
    fn at_least(&mut self, wanted: usize, items: &[Part]) -> Part {
        if wanted > items.len() {
            return Part::False;
        }
        let mut rows = vec![Part::False; wanted];
        for item in items {
            for row in (0..wanted).rev() {
                let below = match row.checked_sub(1) {
                    None => Part::True,
                    Some(below) => rows.get(below).copied().unwrap_or(Part::False),
                };
                let with = self.and(*item, below);
                let before = rows.get(row).copied().unwrap_or(Part::False);
                let now = self.or(before, with);
                if let Some(slot) = rows.get_mut(row) {
                    *slot = now;
                }
            }
        }
        rows.last().copied().unwrap_or(Part::True)
    }

    /// The part that is worth `cond`, or its negation.
    fn lower(&mut self, cond: &Cond, holds: bool) -> Part {
        match cond {
            Cond::Constant(value) => {
                if *value == holds {
                    Part::True
                } else {
                    Part::False
                }
            }
            Cond::Atom(atom) => {
                let next = self.atoms.len();
                let place = *self.atoms.entry(atom.clone()).or_insert(next);
                self.make(if holds {
                    Made::Atom(place)
                } else {
                    Made::NotAtom(place)
                })
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
                    None if holds => Part::False,
                    None => Part::True,
                };
                self.named.insert((*id, holds), part);
                part
            }
        }
    }
}

/// Tests of one kind: place of the atom, slot, target.
type Class = Vec<(usize, u32, Target)>;

/// Atoms by the kind of their slot and target, each kind in order of first use.
fn classify(atoms: BTreeMap<Atom, usize>, layout: &Layout) -> [Class; 3] {
    // An atom only ever met negated still needs its plain node.
    let mut atoms: Vec<(usize, Atom)> = atoms
        .into_iter()
        .map(|(atom, place)| (place, atom))
        .collect();
    atoms.sort_unstable_by_key(|(place, _)| *place);
    let mut classes: [Class; 3] = Default::default();
    for (place, atom) in atoms {
        let [masks, ranges, sets] = &mut classes;
        match layout.place(atom.slot) {
            Some(Place::Mask(slot)) => masks.push((place, slot, atom.target)),
            Some(Place::Range(slot)) => match &atom.target {
                Target::Set(set) if set.ranges().len() > 1 => sets.push((place, slot, atom.target)),
                Target::Named(_) => sets.push((place, slot, atom.target)),
                _ => ranges.push((place, slot, atom.target)),
            },
            // A slot outside the layout occurs in no pack that was built.
            None => {}
        }
    }
    classes
}

/// Compiles the conditions in force on a day (any day of one period gives the
/// same program); the `first` of them can be evaluated without the others.
pub(crate) fn compile(
    conditions: &[&Cond],
    first: usize,
    tables: &Tables,
    layout: &Layout,
    on: NaiveDate,
) -> Program {
    let mut builder = Builder {
        tables,
        on,
        atoms: BTreeMap::new(),
        nodes: Vec::new(),
        known: BTreeMap::new(),
        named: BTreeMap::new(),
    };
    let mut parts: Vec<_> = Vec::with_capacity(conditions.len());
    let mut first_nodes = 0;
    for (place, cond) in conditions.iter().enumerate() {
        parts.push(builder.lower(cond, true));
        if place < first {
            first_nodes = builder.nodes.len();
        }
    }
    let nodes = builder.nodes;

    let mut program = Program::default();
    let classes = classify(builder.atoms, layout);
    let made = |negation: bool| {
        let of_kind = |node: &&Made| matches!(node, Made::NotAtom(_)) == negation;
        let plain = |node: &&Made| !matches!(node, Made::Atom(_));
        nodes
            .iter()
            .take(first_nodes)
            .filter(plain)
            .filter(of_kind)
            .count()
    };
    program.first = Extent {
        negations: made(true),
        gates: made(false),
    };
    let mut number = 0_u32;
    let mut atom_numbers: BTreeMap<usize, u32> = BTreeMap::new();
    let [masks, ranges, sets] = classes;
    for (class, tests) in [
        (masks, &mut program.mask_tests),
        (ranges, &mut program.range_tests),
        (sets, &mut program.set_tests),
    ] {
        for (place, slot, target) in class {
            tests.push((slot, target));
            atom_numbers.insert(place, number);
            number = number.saturating_add(1);
        }
    }
    let mut numbers: Vec<u32> = vec![0; nodes.len()];
    for (node, place) in nodes.iter().zip(&mut numbers) {
        match node {
            Made::Atom(atom) => *place = atom_numbers.get(atom).copied().unwrap_or(0),
            Made::NotAtom(atom) => {
                program
                    .negations
                    .push(atom_numbers.get(atom).copied().unwrap_or(0));
                *place = number;
                number = number.saturating_add(1);
            }
            Made::And(_) | Made::Or(_) => {}
        }
    }
    for (place, node) in nodes.iter().enumerate() {
        let (either, inputs) = match node {
            Made::And(inputs) => (false, inputs),
            Made::Or(inputs) => (true, inputs),
            _ => continue,
        };
        let of = |node: &usize| numbers.get(*node).copied().unwrap_or(0);
        program.inputs.extend(inputs.iter().map(of));
        let end = u32::try_from(program.inputs.len()).unwrap_or(u32::MAX);
        program.gates.push(Gate { either, end });
        if let Some(slot) = numbers.get_mut(place) {
            *slot = number;
        }
        number = number.saturating_add(1);
    }
    program.outputs = parts
        .into_iter()
        .map(|part| match part {
            Part::True => Output::Constant(true),
            Part::False => Output::Constant(false),
            Part::Node(node) => Output::Node(numbers.get(node).copied().unwrap_or(0)),
        })
        .collect();
    program
}
