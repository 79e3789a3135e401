//! Conditions that are sound by the way they are made.

use arbitrary::{Result, Unstructured};

use crate::person::{AIDS, Kind, LEVELS, SECTORS, TOLD, TRACKS, any_day};

/// Facts that are tested: those that are told, and those that follow from them.
const DERIVED: [(&str, Kind); 4] = [
    ("age", Kind::Integer(0, 130)),
    ("months", Kind::Integer(0, 400)),
    ("toddlers", Kind::Integer(0, 4)),
    ("mobile", Kind::Flag),
];

const CHILD: [(&str, Kind); 2] = [("birth_date", Kind::Date), ("age", Kind::Integer(0, 30))];

/// A condition, nested at most so deep.
pub fn any(u: &mut Unstructured<'_>, depth: u32) -> Result<String> {
    if depth == 0 || u.is_empty() {
        return test(u);
    }
    let mut inner = || any(u, depth - 1);
    let (one, other) = (inner()?, inner()?);
    Ok(match u.int_in_range(0..=8)? {
        0 => format!("{one} and {other}"),
        1 => format!("{one} or {other}"),
        2 => format!("not ({one})"),
        3 => format!("({one} or {other}) and not ({one})"),
        4 => format!(
            "at least {} of ({one}, {other}, young)",
            u.int_in_range(1..=3)?
        ),
        5 => format!(
            "at most {} of ({one}, {other}, young)",
            u.int_in_range(0..=2)?
        ),
        6 => format!("{one} and ({other})"),
        7 => format!("({one}) or true"),
        _ => one,
    })
}

fn test(u: &mut Unstructured<'_>) -> Result<String> {
    let told = TOLD.iter().map(|(name, kind, _)| (*name, *kind));
    let facts: Vec<_> = told.chain(DERIVED).collect();
    if u.ratio(1, 12)? {
        return Ok((*u.choose(&["young", "true", "false"])?).to_owned());
    }
    let (name, kind) = *u.choose(&facts)?;
    // Only an optional fact has no value in a way that can be told.
    if TOLD
        .iter()
        .any(|(told, _, optional)| *told == name && *optional)
        && u.ratio(1, 5)?
    {
        return Ok(format!("{name} {} none", u.choose(&["=", "!="])?));
    }
    match kind {
        Kind::Rows(fields, _) => {
            let fields = if fields.len() == AIDS.len() {
                fields
            } else {
                &CHILD
            };
            let filter = filter(u, fields)?;
            Ok(match u.int_in_range(0..=3)? {
                0 => format!("any({name}, {filter})"),
                1 => format!("count({name}) {} {}", order(u)?, u.int_in_range(0..=4)?),
                _ => format!(
                    "count({name}, {filter}) {} {}",
                    order(u)?,
                    u.int_in_range(0..=4)?
                ),
            })
        }
        _ => of(u, name, kind),
    }
}

fn filter(u: &mut Unstructured<'_>, fields: &[(&str, Kind)]) -> Result<String> {
    let one = |u: &mut Unstructured<'_>| {
        let (name, kind) = *u.choose(fields)?;
        of(u, name, kind)
    };
    let (first, second) = (one(u)?, one(u)?);
    Ok(match u.int_in_range(0..=3)? {
        0 => format!("{first} and {second}"),
        1 => format!("not ({first} or {second})"),
        _ => first,
    })
}

fn order(u: &mut Unstructured<'_>) -> Result<&'static str> {
    u.choose(&["<", "<=", "=", "!=", ">=", ">"]).copied()
}

/// Two of them, the lesser first; none without another.
fn range<T: Ord>(one: T, other: T) -> Option<(T, T)> {
    match one.cmp(&other) {
        std::cmp::Ordering::Less => Some((one, other)),
        std::cmp::Ordering::Greater => Some((other, one)),
        std::cmp::Ordering::Equal => None,
    }
}

fn among(u: &mut Unstructured<'_>, codes: &[&str]) -> Result<String> {
    let chosen: Vec<&str> = codes
        .iter()
        .copied()
        .filter(|_| u.arbitrary().unwrap_or(false))
        .collect();
    Ok(if chosen.is_empty() {
        codes.join(", ")
    } else {
        chosen.join(", ")
    })
}

fn of(u: &mut Unstructured<'_>, name: &str, kind: Kind) -> Result<String> {
    Ok(match kind {
        Kind::Flag => match u.int_in_range(0..=2)? {
            0 => name.to_owned(),
            1 => format!("not {name}"),
            _ => format!("{name} = {}", u.arbitrary::<bool>()?),
        },
        Kind::Integer(min, max) => {
            let (one, other) = (u.int_in_range(min..=max)?, u.int_in_range(min..=max)?);
            match range(one, other) {
                Some((low, high)) if u.ratio(1, 3)? => format!("{name} in {low}..{high}"),
                _ => format!("{name} {} {one}", order(u)?),
            }
        }
        Kind::Money => {
            if u.ratio(1, 4)? {
                return Ok(format!("{name} {} floor", order(u)?));
            }
            let cents: u32 = u.int_in_range(0..=100_000)?;
            format!(
                "{name} {} {}.{:02} EUR",
                order(u)?,
                cents / 100,
                cents % 100
            )
        }
        Kind::Date => {
            let unit = u.choose(&["days", "weeks", "months", "years"])?;
            let number: u32 = u.int_in_range(1..=90)?;
            match u.int_in_range(0..=4)? {
                0 => format!("{name} in the last {number} {unit}"),
                1 => format!("{name} in the next {number} {unit}"),
                2 => format!("{name} more than {number} {unit} ago"),
                3 => match range(any_day(u)?, any_day(u)?) {
                    Some((first, last)) => format!("{name} in {first}..{last}"),
                    None => format!("{name} != {}", any_day(u)?),
                },
                _ => format!("{name} {} {}", order(u)?, any_day(u)?),
            }
        }
        Kind::Level(_) => format!("{name} {} {}", order(u)?, u.choose(LEVELS)?),
        Kind::Code(codes) => {
            let codes = if codes.len() == TRACKS.len() {
                codes
            } else {
                SECTORS
            };
            match u.int_in_range(0..=2)? {
                0 => format!("{name} in {{{}}}", among(u, codes)?),
                1 => format!("{name} != {}", u.choose(codes)?),
                _ => format!("{name} = {}", u.choose(codes)?),
            }
        }
        Kind::Codes(codes) => match u.int_in_range(0..=2)? {
            0 => format!("{name} has {}", u.choose(codes)?),
            1 => format!("{name} has any of {{{}}}", among(u, codes)?),
            _ => format!("{name} has all of {{{}}}", among(u, codes)?),
        },
        Kind::Rows(..) => "true".to_owned(),
    })
}
