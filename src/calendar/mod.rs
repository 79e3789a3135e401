//! Completed years and months, French working days, terms and deadlines.
//!
//! The library has no clock: every function takes the days it needs. Days run
//! from 1 January 1900 to 31 December 2200; what would leave them is `None`.
//!
//! ```
//! use spie::calendar::{Term, TermUnit, Zone, in_french};
//!
//! // Ten working days, over the weekends and 14 July.
//! let term = Term { count: 10, unit: TermUnit::WorkingDays };
//! let due = term.due_after("2021-07-09".parse()?, Zone::Metropole);
//! assert_eq!(due.map(in_french).as_deref(), Some("26 juillet 2021"));
//! # Ok::<(), chrono::ParseError>(())
//! ```
//!
//! Two rules for months without the day number, as law and custom have them:
//! *elapsed* time is complete on the first day of the next month (an age, born
//! on 29 February), a *term* ends on the month's last day (31 January and one
//! month). Not known here: ponts, local closures, the overseas departments.

mod elapsed;
mod term;
#[cfg(test)]
mod tests;
mod working_days;

pub(crate) use elapsed::YEARS;
pub use elapsed::{Span, Unit, days_since, in_range, months_since, years_since};
pub(crate) use term::month;
pub use term::{Term, TermUnit, in_french};
pub use working_days::{
    Zone, add_working_days, is_public_holiday, is_working_day, next_working_day,
};
