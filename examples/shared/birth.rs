//! Somebody who is not born on the date asked: a slip of a file, and no age of 0 years.

use chrono::NaiveDate;
use spie::Knowledge;
use spie::fact::{BIRTH_DATE, Statement, Value};
use spie::interop::Person;

/// Refuses a date of birth that can only lie after the date asked, with its place.
pub(crate) fn check(person: &Person, asked: NaiveDate) -> Result<(), String> {
    let Some(Statement::Known(born, _)) = person.facts.get(BIRTH_DATE) else {
        return Ok(());
    };
    let earliest = match born {
        Knowledge::OneOf(values) => values.first(),
        Knowledge::Between { from, .. } => from.as_ref(),
        _ => None,
    };
    match earliest {
        Some(Value::Date(day)) if *day > asked => Err(format!(
            "line {}, {}, `{BIRTH_DATE}`: expected a day until {asked}, the date asked",
            person.line, person.reference
        )),
        _ => Ok(()),
    }
}
