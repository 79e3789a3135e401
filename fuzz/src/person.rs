//! A person twice: as one partner knows them, and as one who knows more. What is
//! true or false of the first is so of the second.

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::{Result, Unstructured};
use chrono::{Days, NaiveDate};
use spie::fact::{Reason, Rows, Value, Without};
use spie::profile::ProfileBuilder;
use spie::vocabulary::{Cents, Code, FactName};
use spie::{Engine, Knowledge, Profile};

use crate::asked::day;

/// What a fact can be, as the pack of the target `expression` declares it.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Flag,
    Integer(i64, i64),
    Money,
    Date,
    Level(&'static [&'static str]),
    Code(&'static [&'static str]),
    Codes(&'static [&'static str]),
    /// Fields of a row, and whether the list is whole.
    Rows(&'static [(&'static str, Kind)], bool),
}

pub const LEVELS: &[&str] = &["absent", "light", "heavy"];
pub const SECTORS: &[&str] = &["btp", "logistique"];
pub const TRACKS: &[&str] = &["social", "professional"];
pub const CHILDREN: &[(&str, Kind)] = &[("birth_date", Kind::Date)];
pub const AIDS: &[(&str, Kind)] = &[
    ("aid", Kind::Code(SECTORS)),
    ("granted_on", Kind::Date),
    ("paid", Kind::Flag),
];

/// The facts that are told; the flag: whether they may be surely absent.
pub const TOLD: [(&str, Kind, bool); 11] = [
    ("licence.b", Kind::Flag, false),
    ("vehicle", Kind::Flag, false),
    ("birth_date", Kind::Date, false),
    ("registered_on", Kind::Date, true),
    ("hours", Kind::Integer(0, 80), false),
    ("income", Kind::Money, false),
    ("barrier.mobility", Kind::Level(LEVELS), false),
    ("decision", Kind::Code(TRACKS), true),
    ("sectors", Kind::Codes(SECTORS), false),
    ("children", Kind::Rows(CHILDREN, true), false),
    ("aids", Kind::Rows(AIDS, false), false),
];

/// Days between the ends of the calendar, many of them near each other.
pub fn any_day(u: &mut Unstructured<'_>) -> Result<NaiveDate> {
    const NEAR: [&str; 9] = [
        "1900-01-01",
        "1960-02-29",
        "1999-03-15",
        "2000-02-29",
        "2007-01-31",
        "2021-01-01",
        "2024-02-29",
        "2025-03-15",
        "2200-12-31",
    ];
    let near = day(u.choose(&NEAR)?);
    let days = Days::new(u.int_in_range(0..=400)?);
    let moved = if u.arbitrary()? {
        near.checked_add_days(days)
    } else {
        near.checked_sub_days(days)
    };
    let ends = day("1900-01-01")..=day("2200-12-31");
    Ok(moved.filter(|moved| ends.contains(moved)).unwrap_or(near))
}

pub fn code(text: &str) -> Code {
    Code::parse(text).expect("a code of the pack")
}

fn value(u: &mut Unstructured<'_>, kind: Kind) -> Result<Value> {
    Ok(match kind {
        Kind::Flag => Value::Flag(u.arbitrary()?),
        Kind::Integer(min, max) => Value::Integer(u.int_in_range(min..=max)?),
        Kind::Money => Value::Money(Cents::new(u.int_in_range(0..=100_000)?)),
        Kind::Date => Value::Date(any_day(u)?),
        Kind::Level(codes) | Kind::Code(codes) => Value::Code(code(u.choose(codes)?)),
        // Written by `knowledge` itself.
        Kind::Codes(_) | Kind::Rows(..) => Value::None,
    })
}

/// The same thing known loosely, or not at all, and known exactly.
struct Known {
    loose: Option<Knowledge>,
    exact: Knowledge,
}

fn codes(u: &mut Unstructured<'_>, all: &[&str]) -> Result<Known> {
    let mut exact = BTreeSet::new();
    let (mut with, mut without) = (BTreeSet::new(), BTreeSet::new());
    for text in all {
        let is_in: bool = u.arbitrary()?;
        let said: bool = u.arbitrary()?;
        if is_in {
            exact.insert(code(text));
        }
        match (said, is_in) {
            (true, true) => drop(with.insert(code(text))),
            (true, false) => drop(without.insert(code(text))),
            (false, _) => {}
        }
    }
    let nothing = with.is_empty() && without.is_empty();
    let without = Without::These(without);
    Ok(Known {
        loose: (!nothing).then_some(Knowledge::Members { with, without }),
        exact: Knowledge::exactly(exact),
    })
}

fn rows(u: &mut Unstructured<'_>, fields: &[(&str, Kind)], whole: bool) -> Result<Known> {
    let (mut loose, mut exact) = (Rows::default(), Rows::default());
    exact.complete = true;
    loose.complete = whole || u.arbitrary()?;
    for _ in 0..u.int_in_range(0..=3)? {
        let (mut loose_row, mut exact_row) = (BTreeMap::new(), BTreeMap::new());
        for (name, kind) in fields {
            let name = FactName::parse(name).expect("a field of the pack");
            let known = known(u, *kind, false)?;
            loose_row.extend(known.loose.map(|loose| (name.clone(), loose)));
            exact_row.insert(name, known.exact);
        }
        loose.rows.push(loose_row);
        exact.rows.push(exact_row);
    }
    Ok(Known {
        loose: u.arbitrary::<bool>()?.then_some(Knowledge::Rows(loose)),
        exact: Knowledge::Rows(exact),
    })
}

fn known(u: &mut Unstructured<'_>, kind: Kind, optional: bool) -> Result<Known> {
    match kind {
        Kind::Codes(all) => return codes(u, all),
        Kind::Rows(fields, whole) => return rows(u, fields, whole),
        _ => {}
    }
    let absent = optional && u.ratio(1, 4)?;
    let one = if absent { Value::None } else { value(u, kind)? };
    let other = value(u, kind)?;
    let exact = Knowledge::one_of([one.clone()]);
    let ordered = matches!(kind, Kind::Integer(..) | Kind::Money | Kind::Date) && !absent;
    let loose = match u.int_in_range(0..=3)? {
        0 => None,
        1 => Some(exact.clone()),
        2 if ordered && one < other => Some(Knowledge::between(one, other)),
        2 if ordered => Some(Knowledge::between(other, one)),
        _ => Some(Knowledge::one_of([one, other])),
    };
    Ok(Known { loose, exact })
}

/// A person as `loose` and as `exact` know them, on one day.
pub struct Person {
    on: NaiveDate,
    known: Vec<(&'static str, Known, Option<Reason>)>,
}

impl Person {
    /// Somebody, from bytes: when these run out, what is left is the simplest.
    pub fn any(u: &mut Unstructured<'_>) -> Result<Self> {
        const REASONS: [Reason; 3] = [Reason::AskedUnknown, Reason::Declined, Reason::Stale];
        let on = any_day(u)?;
        let known = TOLD.iter().map(|(name, kind, optional)| {
            let known = known(u, *kind, *optional)?;
            let reason = u.arbitrary::<bool>()?.then_some(*u.choose(&REASONS)?);
            Ok((*name, known, reason))
        });
        let known = known.collect::<Result<_>>()?;
        Ok(Self { on, known })
    }

    fn profile(&self, builder: ProfileBuilder) -> Profile {
        builder.build().expect("facts of the pack")
    }

    /// As one who knows part of it.
    pub fn loose(&self, engine: &Engine) -> Profile {
        let start = Profile::builder(engine, self.on);
        let builder = self
            .known
            .iter()
            .fold(start, |builder, (name, known, why)| {
                match (&known.loose, why) {
                    (Some(loose), _) => builder.set(name, loose.clone()),
                    (None, Some(why)) => builder.unknown(name, *why),
                    (None, None) => builder,
                }
            });
        self.profile(builder)
    }

    /// As one who knows part of it knows them by some facts alone.
    pub fn loose_by(&self, engine: &Engine, facts: &BTreeSet<&str>) -> Profile {
        let start = Profile::builder(engine, self.on);
        let kept = self.known.iter().filter(|(name, ..)| facts.contains(name));
        let builder = kept.fold(start, |builder, (name, known, _)| match &known.loose {
            Some(loose) => builder.set(name, loose.clone()),
            None => builder,
        });
        self.profile(builder)
    }

    /// As one who knows all of it.
    pub fn exact(&self, engine: &Engine) -> Profile {
        let start = Profile::builder(engine, self.on);
        let known = self.known.iter();
        self.profile(known.fold(start, |builder, (name, known, _)| {
            builder.set(name, known.exact.clone())
        }))
    }
}
