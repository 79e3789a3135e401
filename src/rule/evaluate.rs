//! One person through a program, without allocation.
//!
//! A profile keeps what each literal is worth as four bits: it may hold and it surely
//! holds, as told and with presumptions. `and`, `or` and `at least` say the same of
//! their parts in each of the four, so that one question is plain two-valued logic on
//! one bit of each literal. A whole block of them is compared at once, and that
//! decides most rules; the parts of a condition are looked at only where it does not.

use chrono::NaiveDate;

use super::condition::{self, Atom, Tables, Target, World};
use super::program::{BLOCK, Bits, Join, Literal, Output, Program};
use super::truth::{Both, Truth};
use crate::fact::set::ValueSet;

/// One of the four questions, by its place in a block of [`Literals`].
type Question = usize;
const MAY_AS_TOLD: Question = 0;
const SURELY_AS_TOLD: Question = 1;
const MAY_AS_PRESUMED: Question = 2;
const SURELY_AS_PRESUMED: Question = 3;

/// What passes the tests of a program on one date, in order; nothing where the date
/// does not matter, and the test itself says it.
pub(crate) type Dated = Vec<Option<ValueSet>>;

/// The answers of one block of literals to the four questions.
type Block = [Bits; 4];

/// What every literal of a program is worth for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Literals {
    /// At hand for all outputs: see [`Output`].
    first: Block,
    rest: Box<[Block]>,
}

impl Literals {
    fn block(&self, block: usize) -> Option<&Block> {
        match block.checked_sub(1) {
            None => Some(&self.first),
            Some(place) => self.rest.get(place),
        }
    }
}

#[cfg(test)]
impl Literals {
    /// Whether a literal answers a question with yes.
    pub(super) fn answer(&self, block: usize, question: usize, bit: usize) -> bool {
        self.block(block).unwrap()[question][bit / 64] >> (bit % 64) & 1 == 1
    }
}

impl Program {
    /// The tests as values, once relative dates and dated values are numbers.
    pub(crate) fn dated(&self, tables: &Tables, on: NaiveDate) -> Dated {
        let dated = |test: &Atom| match &test.target {
            Target::Set(_) => None,
            target => Some(tables.target(target, on).into_owned()),
        };
        self.tests.iter().map(dated).collect()
    }

    /// What the literals are worth in two worlds.
    pub(crate) fn literals(
        &self,
        dated: &Dated,
        told: &impl World,
        presumed: Option<&impl World>,
    ) -> Literals {
        let nothing = ValueSet::empty();
        let tests: Vec<Both> = (self.tests.iter().zip(dated))
            .map(|(test, dated)| {
                let passing = match (dated, &test.target) {
                    (Some(set), _) | (None, Target::Set(set)) => set,
                    (None, _) => &nothing,
                };
                let as_told = condition::test(&told.slot(test.slot), passing);
                let presumed = presumed.map(|world| world.slot(test.slot));
                Both {
                    told: as_told,
                    presumed: presumed.map_or(as_told, |set| condition::test(&set, passing)),
                }
            })
            .collect();
        let worth = |literal: &Literal| {
            let both = tests.get(literal.test).copied()?;
            let signed = |truth: Truth| if literal.negated { truth.not() } else { truth };
            Some([signed(both.told), signed(both.presumed)])
        };
        let mut blocks = self.literals.chunks(BLOCK).map(|literals| {
            let mut block = Block::default();
            for (place, literals) in literals.chunks(64).enumerate() {
                for (bit, literal) in (0_u32..).zip(literals) {
                    let [told, presumed] = worth(literal).unwrap_or([Truth::False; 2]);
                    let answers = [
                        told != Truth::False,
                        told == Truth::True,
                        presumed != Truth::False,
                        presumed == Truth::True,
                    ];
                    for (bits, answer) in block.iter_mut().zip(answers) {
                        if let Some(word) = bits.get_mut(place) {
                            *word |= u64::from(answer).wrapping_shl(bit);
                        }
                    }
                }
            }
            block
        });
        Literals {
            first: blocks.next().unwrap_or_default(),
            rest: blocks.collect(),
        }
    }

    /// What every output is worth for a person.
    pub(crate) fn truths(&self, literals: &Literals) -> Vec<Both> {
        let truth = |output: Asked<'_>| Both {
            told: Truth::of(
                output.holds::<MAY_AS_TOLD>(),
                output.holds::<SURELY_AS_TOLD>(),
            ),
            presumed: Truth::of(
                output.holds::<MAY_AS_PRESUMED>(),
                output.holds::<SURELY_AS_PRESUMED>(),
            ),
        };
        self.asked(literals).map(truth).collect()
    }

    /// The outputs, one after the other, for whoever asks no more than is needed.
    #[inline]
    pub(crate) fn asked<'p>(&'p self, literals: &'p Literals) -> impl Iterator<Item = Asked<'p>> {
        self.outputs.iter().map(move |output| Asked {
            program: self,
            literals,
            output,
        })
    }

    /// What a part of a condition answers.
    fn part<const QUESTION: Question>(&self, gate: usize, literals: &Literals) -> bool {
        let Some(gate) = self.gates.get(gate) else {
            return false;
        };
        let answers = literals.block(gate.block).map(answers::<QUESTION>);
        let answers = answers.unwrap_or_default();
        let mut parts = gate.parts.iter();
        match gate.join {
            Join::All => {
                all(answers, gate.bits) && parts.all(|part| self.part::<QUESTION>(*part, literals))
            }
            Join::Any => {
                any(and(answers, gate.bits))
                    || parts.any(|part| self.part::<QUESTION>(*part, literals))
            }
            Join::AtLeast(wanted) => {
                let parts = parts.filter(|part| self.part::<QUESTION>(**part, literals));
                let parts = u32::try_from(parts.count()).unwrap_or(u32::MAX);
                let counts = and(answers, gate.bits).map(u64::count_ones);
                counts.into_iter().fold(parts, u32::saturating_add) >= wanted
            }
        }
    }
}

#[inline]
fn answers<const QUESTION: Question>(block: &Block) -> Bits {
    let [may, surely, may_presumed, surely_presumed] = block;
    match QUESTION {
        MAY_AS_TOLD => *may,
        SURELY_AS_TOLD => *surely,
        MAY_AS_PRESUMED => *may_presumed,
        _ => *surely_presumed,
    }
}

#[inline]
fn and([a, b, c, d]: Bits, other: Bits) -> Bits {
    [a & other[0], b & other[1], c & other[2], d & other[3]]
}

/// Whether any bit is set. A comparison of arrays would be a call for each rule.
#[inline]
fn any([a, b, c, d]: Bits) -> bool {
    a | b | c | d != 0
}

/// Whether `wanted` are all among `bits`.
#[inline]
fn all([a, b, c, d]: Bits, wanted: Bits) -> bool {
    !any(and([!a, !b, !c, !d], wanted))
}

/// One output of a program, and one person.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'p> {
    program: &'p Program,
    literals: &'p Literals,
    output: &'p Output,
}

impl Asked<'_> {
    /// May it hold, once presumptions stand in?
    #[inline]
    pub(crate) fn may_hold(&self) -> bool {
        self.holds::<MAY_AS_PRESUMED>()
    }

    /// Does it surely hold, by what was told alone?
    #[inline]
    pub(crate) fn surely_holds(&self) -> bool {
        self.holds::<SURELY_AS_TOLD>()
    }

    /// Does it surely hold, once presumptions stand in?
    #[inline]
    pub(crate) fn presumably_holds(&self) -> bool {
        self.holds::<SURELY_AS_PRESUMED>()
    }

    /// Literals first, a block at once: they decide most conditions.
    #[inline]
    fn holds<const QUESTION: Question>(&self) -> bool {
        let Output { bits, parts } = self.output;
        all(answers::<QUESTION>(&self.literals.first), *bits)
            && parts
                .iter()
                .all(|part| self.program.part::<QUESTION>(*part, self.literals))
    }
}
