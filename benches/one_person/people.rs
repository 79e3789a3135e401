//! The people of the bench: the twelve, and some drawn by a small deterministic
//! generator, of whom all is known or only a part.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::fact::{Rows, Value, Values, Without};
use super::{Cents, Code, Engine, FactName, Knowledge, Pack, Profile};

/// The day that everybody is asked about.
pub(crate) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 3, 15).expect("a day")
}

/// How many people are drawn of whom everything is known, then those of whom something is not.
const WHOLE: u64 = 100;
const PARTLY: u64 = 24;

/// The twelve, those of whom everything is known, and those of whom something is not.
pub(crate) fn all(pack: &Pack, engine: &Engine) -> Vec<Profile> {
    let caseload = super::Caseload::bundled(engine).expect("the bundled people");
    let bundled = caseload.people.iter();
    let bundled = bundled.map(|person| person.profile(engine, day()).expect("a profile"));
    let drawn = (0..WHOLE + PARTLY).map(|seed| {
        let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        draw.person(pack, engine, seed < WHOLE)
    });
    bundled.chain(drawn).collect()
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

    fn number(&mut self, bound: u64) -> i64 {
        i64::try_from(self.below(bound)).expect("a small number")
    }

    fn value(&mut self, values: &Values, name: &str) -> Value {
        let on = day();
        match values {
            Values::Flag => Value::Flag(self.below(2) == 1),
            Values::Integer { min, max, .. } => {
                let wide = max.abs_diff(*min).min(90);
                Value::Integer(min + self.number(wide + 1))
            }
            Values::Money { .. } => Value::Money(Cents::new(self.number(80_000))),
            Values::Date { .. } if name == "birth_date" => {
                Value::Date(on - Days::new(365 * 16 + self.below(365 * 50)))
            }
            Values::Date { .. } => Value::Date(on - Days::new(700) + Days::new(self.below(800))),
            Values::Level(codes) | Values::Code { codes, .. } => {
                let count = u64::try_from(codes.len()).expect("a small number");
                let place = usize::try_from(self.below(count)).expect("a small number");
                Value::Code(codes[place].0.clone())
            }
            _ => unreachable!("sets and lists are drawn apart"),
        }
    }

    /// One value, or bounds or a choice of two where not all is known.
    fn knowledge(&mut self, values: &Values, name: &str, whole: bool) -> Knowledge {
        let one = self.value(values, name);
        // Two of many codes may lie anywhere: the floor keeps long nomenclatures as numbers.
        let many = matches!(values, Values::Code { codes, .. } if codes.len() > 60);
        if whole || many || self.below(4) > 0 {
            return one.into();
        }
        let other = self.value(values, name);
        match values {
            Values::Integer { .. } | Values::Money { .. } | Values::Date { .. } => {
                let (from, to) = (one.clone().min(other.clone()), one.max(other));
                Knowledge::between(from, to)
            }
            _ => Knowledge::one_of([one, other]),
        }
    }

    fn fact(&mut self, values: &Values, name: &str, whole: bool) -> Knowledge {
        match values {
            Values::Codes { codes, .. } => {
                let with = codes.iter().filter(|_| self.below(3) == 0);
                let with: BTreeSet<Code> = with.map(|(code, _)| code.clone()).collect();
                if whole {
                    return Knowledge::exactly(with);
                }
                let without = codes.iter().map(|(code, _)| code.clone());
                let without = without.filter(|code| !with.contains(code) && self.below(2) == 0);
                Knowledge::Members {
                    without: Without::These(without.collect()),
                    with,
                }
            }
            Values::Rows { fields, .. } => {
                let rows = (0..self.below(3)).map(|_| {
                    let told = fields.iter().map(|field| {
                        let known = if field.name.as_str() == "birth_date" {
                            Value::Date(day() - Days::new(self.below(365 * 15))).into()
                        } else {
                            self.knowledge(&field.values, "", whole)
                        };
                        (field.name.clone(), known)
                    });
                    told.collect::<BTreeMap<FactName, Knowledge>>()
                });
                let rows = rows.collect();
                let complete = whole || self.below(2) == 0;
                Rows { rows, complete }.into()
            }
            // Nothing is computed for the dead: that would flatter the bench.
            _ if name == "person.deceased_on" => Knowledge::none(),
            values => self.knowledge(values, name, whole),
        }
    }

    /// Somebody of whom every fact is told, or two out of three.
    fn person(&mut self, pack: &Pack, engine: &Engine, whole: bool) -> Profile {
        let mut builder = Profile::builder(engine, day());
        for fact in pack.facts().filter(|fact| !fact.derived) {
            if whole || self.below(3) > 0 {
                let name = fact.name.as_str();
                builder = builder.set(name, self.fact(&fact.values, name, whole));
            }
        }
        builder.build().expect("a person of the dictionary")
    }
}
