//! What bodies say of a person, in the stories of shared diagnostics.

use chrono::NaiveDate;
use spie::diagnostic::{Diagnostic, Erasure, ErasureGround, Observation, Said, Scope, View};
use spie::fact::{Means, Without};
use spie::vocabulary::{BodyId, Code, FactName, PersonRef};
use spie::{Engine, Knowledge, Pack};

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

/// What is held of one person, once all of it was recorded.
/// The engine of a pack of one source that extends the bundled one of the Marne.
pub(crate) fn over_marne(source: &str) -> Engine {
    let marne = Pack::marne().unwrap();
    let pack = Pack::parse([("pack.toml", source)], Some(&marne));
    Engine::new(&pack.unwrap_or_else(|errors| panic!("{errors}")))
}

pub(crate) fn held(engine: &Engine, said: impl IntoIterator<Item = Observation>) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for one in said {
        diagnostic.record(engine, one).unwrap();
    }
    diagnostic
}

/// The facts that a view opens.
pub(crate) fn shown(view: &View) -> Vec<&str> {
    let openings = view.account.openings.iter();
    openings.map(|opening| opening.fact.as_str()).collect()
}

/// What a body erases up to a day, on that day.
pub(crate) fn erasure(by: &str, scope: Scope, on: &str, ground: ErasureGround) -> Erasure {
    Erasure {
        by: body(by),
        scope,
        up_to: day(on),
        recorded_on: day(on),
        ground,
    }
}
