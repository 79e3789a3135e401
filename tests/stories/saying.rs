//! What bodies say of a person, in the stories of shared diagnostics.

use chrono::NaiveDate;
use spie::Knowledge;
use spie::diagnostic::{Observation, Said};
use spie::fact::{Means, Without};
use spie::vocabulary::{BodyId, Code, FactName};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn body(id: &str) -> BodyId {
    BodyId::parse(id).unwrap()
}

pub(crate) fn fact(name: &str) -> FactName {
    FactName::parse(name).unwrap()
}

pub(crate) fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

pub(crate) fn says(
    by: &str,
    means: Means,
    on: &str,
    about: &str,
    knowledge: impl Into<Knowledge>,
) -> Observation {
    Observation {
        by: body(by),
        means,
        observed_on: day(on),
        recorded_on: day(on),
        fact: self::fact(about),
        said: Said::Known(knowledge.into()),
        remark: None,
    }
}

/// With whom a person agrees that what is known be shared, and with whom not.
pub(crate) fn accepts(
    by: &str,
    means: Means,
    on: &str,
    with: &[&str],
    without: &[&str],
) -> Observation {
    let codes = |ids: &[&str]| ids.iter().map(|id| code(id)).collect();
    let known = Knowledge::Members {
        with: codes(with),
        without: Without::These(codes(without)),
    };
    says(by, means, on, "consent.share", known)
}
