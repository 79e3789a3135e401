//! Values as people and files write them.

use chrono::NaiveDate;

use crate::vocabulary::{Cents, Code};

/// One value of a fact, before a dictionary gives it its type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number, in the unit of the fact.
    Integer(i64),
    /// An amount in cents.
    Money(Cents),
    /// A day.
    Date(NaiveDate),
    /// A code of a nomenclature, or a level of a scale.
    Code(Code),
    /// Surely absent: "has no licence date" is something known.
    None,
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<Cents> for Value {
    fn from(amount: Cents) -> Self {
        Self::Money(amount)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<Code> for Value {
    fn from(code: Code) -> Self {
        Self::Code(code)
    }
}
