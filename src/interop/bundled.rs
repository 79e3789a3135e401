//! The bundled caseload: twelve invented inhabitants of the Marne.

use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use super::{Caseload, CaseloadError};
use crate::pack::Engine;

/// The bundled people, as JSON.
const PEOPLE: &str = include_str!("../../packs/marne/people.json");

impl Caseload {
    /// Twelve invented inhabitants of the Marne, for trying out and for the
    /// tests of embedders, as told for 15 March 2025. They need the facts of the bundled pack `core`.
    ///
    /// ```
    /// use spie::interop::Caseload;
    /// use spie::{Engine, Pack};
    /// let people = Caseload::bundled(&Engine::new(&Pack::marne()?))?;
    /// assert_eq!(people.people.len(), 12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None with the bundled packs.
    pub fn bundled(engine: &Engine) -> Result<Self, CaseloadError> {
        Self::parse(PEOPLE, engine)
    }

    /// The same people, told for another day: each of their days is moved by as much, births as
    /// well, so that the law of that day is looked at with people of the same age.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use spie::interop::Caseload;
    /// use spie::{Engine, Pack};
    /// let engine = Engine::new(&Pack::marne()?);
    /// let on: NaiveDate = "2021-09-15".parse()?;
    /// let people = Caseload::bundled_on(&engine, on)?.people;
    /// assert!(people.iter().all(|person| person.told_after(on).count() == 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None with the bundled packs. Far from 2025, people are refused one by one where their days
    /// are none of the pack.
    pub fn bundled_on(engine: &Engine, on: NaiveDate) -> Result<Self, CaseloadError> {
        let told_for = NaiveDate::from_ymd_opt(2025, 3, 15).unwrap_or(on);
        let mut told: Value = serde_json::from_str(PEOPLE).unwrap_or_default();
        move_days(&mut told, on.signed_duration_since(told_for));
        Self::parse(&told.to_string(), engine)
    }
}

/// Moves whatever reads as a day. One that would lie outside the calendar stays.
fn move_days(told: &mut Value, by: TimeDelta) {
    match told {
        Value::String(text) => {
            let day = text.parse::<NaiveDate>().ok();
            if let Some(day) = day.and_then(|day| day.checked_add_signed(by)) {
                *text = day.to_string();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|one| move_days(one, by)),
        Value::Object(fields) => fields.values_mut().for_each(|one| move_days(one, by)),
        _ => {}
    }
}
