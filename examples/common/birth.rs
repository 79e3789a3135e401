//! Somebody who is not born on the date asked, or too old to live: a slip, and no age of 0 or of
//! 200 years.

use chrono::{Months, NaiveDate};
use spie::Knowledge;
use spie::fact::{BIRTH_DATE, Statement, Value};
use spie::interop::Person;

/// The age that nobody passes, in years.
pub(crate) const OLDEST: u32 = 120;

/// The first day on which somebody may be born who is not older than that on the date asked.
pub(crate) fn first(asked: NaiveDate) -> NaiveDate {
    let months = OLDEST.saturating_add(1).saturating_mul(12);
    let too_old = asked.checked_sub_months(Months::new(months));
    let first = too_old.and_then(|day| day.succ_opt());
    first.unwrap_or(NaiveDate::MIN)
}

/// Refuses a date of birth that can only lie after the date asked, or so long before it that
/// nobody lives, with its place.
pub(crate) fn check(person: &Person, asked: NaiveDate) -> Result<(), String> {
    let Some(Statement::Known(born, _)) = person.facts.get(BIRTH_DATE) else {
        return Ok(());
    };
    let (earliest, latest) = match born {
        Knowledge::OneOf(values) => (values.first(), values.last()),
        Knowledge::Between { from, to } => (from.as_ref(), to.as_ref()),
        _ => (None, None),
    };
    let first = first(asked);
    let expected = match (earliest, latest) {
        (Some(Value::Date(day)), _) if *day > asked => {
            format!("expected a day until {asked}, the date asked")
        }
        (_, Some(Value::Date(day))) if *day < first => {
            format!(
                "expected a day from {first} on, for an age of {OLDEST} years at most on {asked}"
            )
        }
        _ => return Ok(()),
    };
    Err(format!(
        "line {}, {}, `{BIRTH_DATE}`: {expected}",
        person.line, person.reference
    ))
}
