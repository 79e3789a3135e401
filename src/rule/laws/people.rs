//! Random people: what is told about them, read off one number for each fact.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::pools::{DAYS, LENGTHS, amount, near};
use crate::calendar::{Span, Unit};
use crate::fact::dictionary::{Field, Kind, date_of, day_number};
use crate::fact::{Knowledge, Rows, Value, Without};
use crate::vocabulary::{Cents, Code, FactName};

/// A stream of small numbers out of one; zero gives zeros, so that it shrinks.
#[derive(Debug, Clone)]
pub(super) struct Genes(u64);

impl Genes {
    pub(super) fn new(gene: u32) -> Self {
        Self(gene.into())
    }

    pub(super) fn next(&mut self) -> u8 {
        // The finish of splitmix64; its one fixed point is zero.
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        self.0 = mixed ^ (mixed >> 31);
        self.0.to_le_bytes()[3]
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::from(self.next()) % end
    }

    pub(super) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }
}

/// A day at one of the lengths of time that tests ask for, or one beside it.
fn day(genes: &mut Genes, on: NaiveDate) -> NaiveDate {
    if genes.one_in(3) {
        return DAYS[genes.below(DAYS.len())].parse().unwrap();
    }
    let (count, unit) = LENGTHS[genes.below(LENGTHS.len())];
    let unit = match unit {
        "days" => Unit::Days,
        "weeks" => Unit::Weeks,
        "months" => Unit::Months,
        _ => Unit::Years,
    };
    let span = Span { count, unit };
    let far = if genes.one_in(3) {
        span.after(on)
    } else {
        span.before(on)
    };
    let beside = i64::from(genes.next() % 3) - 1;
    let first = day_number(DAYS[6].parse().unwrap());
    let last = day_number(DAYS[7].parse().unwrap());
    let number = day_number(far.unwrap_or(on)) + beside;
    date_of(number.clamp(first, last)).unwrap()
}

fn value(kind: &Kind, genes: &mut Genes, on: NaiveDate) -> Value {
    match kind {
        Kind::Flag => Value::Flag(genes.one_in(2)),
        Kind::Integer { min, max, .. } => Value::Integer(near(*min, *max, genes.next())),
        Kind::Money { .. } => Value::Money(Cents::new(amount(genes.next()))),
        Kind::Date => Value::Date(day(genes, on)),
        Kind::Level(codes) | Kind::Code(codes) | Kind::Codes(codes) => {
            let listed: Vec<&Code> = codes.codes().collect();
            let place = genes.below(listed.len() + usize::from(codes.open));
            Value::Code(match listed.get(place) {
                // The last ones stand where machine words end.
                Some(_) if genes.one_in(4) => (*listed.last().unwrap()).clone(),
                Some(code) => (*code).clone(),
                None => Code::parse("unlisted").unwrap(),
            })
        }
        Kind::Records { .. } => panic!("rows are told otherwise"),
    }
}

fn scalar(kind: &Kind, none: bool, genes: &mut Genes, on: NaiveDate) -> Knowledge {
    let form = genes.below(8);
    let mut values: BTreeSet<Value> = BTreeSet::from([value(kind, genes, on)]);
    match form {
        0..=2 => {}
        3 if none => return Knowledge::none(),
        4 if !matches!(kind, Kind::Code(_) | Kind::Flag) => {
            let other = value(kind, genes, on);
            let one = values.pop_first().unwrap();
            // Levels are told by name, which has another order than their rank.
            let ranked = |value: &Value| match (kind.nomenclature(), value) {
                (Some(codes), Value::Code(code)) => codes.place(code.as_str()),
                _ => None,
            };
            let swapped = if kind.nomenclature().is_some() {
                ranked(&one) > ranked(&other)
            } else {
                one > other
            };
            let (low, high) = if swapped { (other, one) } else { (one, other) };
            return match genes.below(3) {
                0 => Knowledge::between(low, high),
                1 => Knowledge::at_least(low),
                _ => Knowledge::at_most(high),
            };
        }
        more => {
            for _ in 0..more % 4 {
                values.insert(value(kind, genes, on));
            }
            if none && genes.one_in(3) {
                values.insert(Value::None);
            }
        }
    }
    Knowledge::OneOf(values)
}

fn members(codes: &Kind, genes: &mut Genes, on: NaiveDate) -> Knowledge {
    let several = |genes: &mut Genes| -> BTreeSet<Code> {
        let count = genes.below(3);
        let codes = (0..count).map(|_| match value(codes, genes, on) {
            Value::Code(code) => code,
            other => panic!("{other:?} is no code"),
        });
        codes.collect()
    };
    let with = several(genes);
    let without = if genes.one_in(3) {
        Without::AllOthers
    } else {
        let out = several(genes);
        Without::These(out.difference(&with).cloned().collect())
    };
    Knowledge::Members { with, without }
}

fn row(fields: &[Field], genes: &mut Genes, on: NaiveDate) -> BTreeMap<FactName, Knowledge> {
    let mut row = BTreeMap::new();
    for field in fields.iter().filter(|field| field.derive.is_none()) {
        if !genes.one_in(4) {
            row.insert(
                field.name.clone(),
                scalar(&field.kind, field.optional, genes, on),
            );
        }
    }
    row
}

/// What is told about one fact; `None` where nothing is. `none` says whether the
/// fact may be told as absent.
pub(super) fn knowledge(kind: &Kind, none: bool, gene: u32, on: NaiveDate) -> Option<Knowledge> {
    if gene.is_multiple_of(4) {
        return None;
    }
    let mut genes = Genes::new(gene / 4);
    Some(match kind {
        Kind::Codes(_) | Kind::Records { .. } if none && genes.one_in(5) => Knowledge::none(),
        Kind::Codes(_) => members(kind, &mut genes, on),
        Kind::Records { fields, .. } => {
            let count = genes.below(4);
            let rows = (0..count).map(|_| row(fields, &mut genes, on)).collect();
            let complete = genes.one_in(2);
            Knowledge::Rows(Rows { rows, complete })
        }
        _ => scalar(kind, none, &mut genes, on),
    })
}
