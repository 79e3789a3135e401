//! Fully known people by a small deterministic generator: every fact of the
//! dictionary has one value, every list is complete.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use spie::fact::{Rows, Value, Values};
use spie::vocabulary::{Cents, Code, FactName};
use spie::{Engine, Knowledge, Pack, Profile};

/// The value of each fact, and the rows of each list.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) values: BTreeMap<String, Value>,
    pub(crate) sets: BTreeMap<String, Vec<Code>>,
    pub(crate) rows: BTreeMap<String, Vec<BTreeMap<String, Value>>>,
}

/// Numbers without pattern enough, the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound.max(1)
    }
}

fn value(values: &Values, name: &str, on: NaiveDate, draw: &mut Draw) -> Value {
    match values {
        Values::Flag => Value::Flag(draw.below(2) == 1),
        Values::Integer { min, max, .. } => {
            let wide = max.abs_diff(*min).min(90);
            Value::Integer(min + i64::try_from(draw.below(wide + 1)).unwrap_or(0))
        }
        Values::Money { .. } => {
            Value::Money(Cents::new(i64::try_from(draw.below(80_000)).unwrap_or(0)))
        }
        Values::Date { .. } if name == "birth_date" => {
            Value::Date(on - Days::new(365 * 16 + draw.below(365 * 50)))
        }
        Values::Date { .. } => Value::Date(on - Days::new(700) + Days::new(draw.below(800))),
        Values::Level(codes) | Values::Code { codes, .. } => {
            let at =
                usize::try_from(draw.below(u64::try_from(codes.len()).unwrap_or(1))).unwrap_or(0);
            Value::Code(codes[at].0.clone())
        }
        Values::Codes { .. } | Values::Rows { .. } => {
            unreachable!("sets and lists are drawn apart")
        }
        _ => unreachable!("every type of the dictionary is drawn"),
    }
}

impl Told {
    pub(crate) fn draw(pack: &Pack, on: NaiveDate, seed: u64) -> Self {
        let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut told = Self::default();
        for fact in pack.facts().filter(|fact| !fact.derived) {
            let name = fact.name.to_string();
            match &fact.values {
                Values::Codes { codes, .. } => {
                    let inside = codes.iter().filter(|_| draw.below(3) == 0);
                    let inside = inside.map(|(code, _)| code.clone()).collect();
                    told.sets.insert(name, inside);
                }
                Values::Rows { fields, .. } => {
                    let count = draw.below(3);
                    let rows = (0..count).map(|_| {
                        let cells = fields.iter().map(|(field, values)| {
                            let mut cell = value(values, "", on, &mut draw);
                            if field.as_str() == "birth_date" {
                                cell = Value::Date(on - Days::new(draw.below(365 * 15)));
                            }
                            (field.to_string(), cell)
                        });
                        cells.collect()
                    });
                    let rows = rows.collect();
                    told.rows.insert(name, rows);
                }
                // Nothing is computed for the dead: that would flatter the bench.
                _ if name == "person.deceased_on" => {
                    told.values.insert(name, Value::None);
                }
                values => {
                    let value = value(values, &name, on, &mut draw);
                    told.values.insert(name, value);
                }
            }
        }
        told
    }

    pub(crate) fn profile(&self, engine: &Engine, on: NaiveDate) -> Profile {
        let mut builder = Profile::builder(engine, on);
        for (name, value) in &self.values {
            builder = builder.set(name, Knowledge::one_of([value.clone()]));
        }
        for (name, codes) in &self.sets {
            builder = builder.set(name, Knowledge::exactly(codes.iter().cloned()));
        }
        for (name, rows) in &self.rows {
            let rows = rows.iter().map(|row| {
                let cells = row.iter().map(|(field, value)| {
                    (
                        FactName::parse(field).expect("a field"),
                        Knowledge::one_of([value.clone()]),
                    )
                });
                cells.collect()
            });
            builder = builder.set(
                name,
                Rows {
                    rows: rows.collect(),
                    complete: true,
                },
            );
        }
        builder.build().expect("a fully known person")
    }
}
