//! `spie` is the engine of a public service of inclusion and employment: it takes
//! what several partners know about a person and a date, and returns what to
//! propose next, why, what is still missing to decide, and by when.
//!
//! It is a pure library: no clock, no I/O, no global state, no randomness. The
//! same inputs give the same bytes everywhere. The embedding software owns
//! storage, screens, mail, identity and transport.
//!
//! # One complete example
//!
//! ```
//! use chrono::NaiveDate;
//! use spie::{Engine, Knowledge, Pack, Profile};
//! use spie::vocabulary::Code;
//!
//! // Law and local network are data: the bundled pack of the Marne.
//! let engine = Engine::new(&Pack::marne()?);
//! let date: NaiveDate = "2025-03-15".parse()?;
//!
//! // What is known about a person: values, several possible values, or nothing.
//! let profile = Profile::builder(&engine, date)
//!     .set("birth_date", "1990-03-01".parse::<NaiveDate>()?)
//!     .set("residence.commune", Code::parse("51621")?)
//!     .set("residence.transport_served", Code::parse("unserved")?)
//!     .set("jobseeker", true)
//!     .set("licence.b", false)
//!     .set("vehicle.available", false)
//!     .set("french.level", Knowledge::one_of([Code::parse("b1")?, Code::parse("b2")?]))
//!     .build()?;
//!
//! // What to propose, why, with whom and by when.
//! let orientation = engine.at(date).orient(&profile)?;
//! let check = orientation.proposal("mobilite-diagnostic").expect("mobility is in the way");
//! assert_eq!(check.body.in_french(), "la plateforme de mobilité");
//! let facts: Vec<_> = check.grounds[0].proof.facts.iter().map(|fact| fact.fact.as_str()).collect();
//! assert_eq!(facts, ["licence.b", "residence.transport_served"]);
//!
//! // The page that a caseworker reads aloud with the person.
//! println!("{orientation}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The central types, in the order one meets them
//!
//! - [`Pack`]: rules, facts, schemes and network, read from TOML, all dated.
//! - [`Engine`]: a pack made ready to answer; [`EngineAt`] is it on a date.
//! - [`Knowledge`]: what is told about one fact, as the values still possible.
//! - [`Profile`]: a person at a date, with where everything comes from.
//! - [`Diagnostic`]: what several partners said about one person, merged; a profile is built from
//!   it, and each partner sees what its mission needs.
//! - [`Orientation`]: track and lead body, proposals with proofs, what is open.
//! - [`orientation::Verdicts`]: the fast call, every rule at once, nothing allocated.
//! - [`interop::Caseload`]: people from a JSON file; twelve invented ones come with
//!   the crate.
//!
//! # What it does and does not do
//!
//! It keeps three truths apart: certain, open, and not; a fact nobody told is
//! never taken for a "no". What stands in for an answer is marked *presumed* and
//! makes a proposal « sous réserve ». Each proposal carries the facts it rests on,
//! none of which can be left out.
//!
//! It decides nothing: a professional does, with the person. It sends nothing,
//! stores nothing, knows no name and no NIR, and never computes a sanction.
//!
//! # Modules
//!
//! | module | holds |
//! |---|---|
//! | [`vocabulary`] | checked names, codes and amounts |
//! | [`calendar`] | completed years and months, French working days, terms |
//! | [`fact`] | knowledge, provenance, the dictionary described |
//! | [`rule`] | the rule language |
//! | [`pack`] | packs, their errors, engines |
//! | [`diagnostic`] | what several partners said, merged, erased, resolved, seen by each |
//! | [`profile`] | a person at a date |
//! | [`progress`] | what became of barriers, the distance travelled |
//! | [`orientation`] | verdicts, proposals, proofs, the page |
//! | [`review`] | what the author of a pack asks: who gains, who loses |
//! | [`interop`] | readers of files, and the writer of one |
//!
//! # Features
//!
//! - `schema` (default): JSON Schemas of the exchanged types, by schemars.
//! - `france-travail`: the reader of the Pôle emploi / France Travail SPIE extract.
//! - `france-travail-file`: the reader and the writer of the individual file of France Travail.
//! - `caf-rsa`: the reader of the RSA flow of CAF and MSA.
//! - `report`: notices as HTML pages that print.
//!
//! Why things are as they are is told in `docs/design.md`.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::float_arithmetic,
        clippy::iter_over_hash_type,
        clippy::print_stdout,
        clippy::print_stderr,
        clippy::disallowed_types,
        clippy::disallowed_methods,
        clippy::fn_params_excessive_bools,
        clippy::struct_excessive_bools,
    )
)]

pub mod calendar;
pub mod diagnostic;
pub mod fact;
pub mod interop;
pub mod orientation;
pub mod pack;
pub mod profile;
pub mod progress;
pub mod review;
pub mod rule;
pub mod vocabulary;

mod debug;
pub(crate) mod network;

pub use diagnostic::Diagnostic;
pub use fact::Knowledge;
pub use orientation::Orientation;
pub use pack::{Engine, EngineAt, Pack, PackErrors};
pub use profile::Profile;

/// Types that programs share between threads.
const _: () = {
    const fn shared<T: Send + Sync>() {}
    shared::<Engine>();
    shared::<EngineAt>();
    shared::<Pack>();
    shared::<Diagnostic>();
    shared::<Profile>();
    shared::<Orientation>();
};

#[cfg(doctest)]
mod readme {
    #![doc = include_str!("../README.md")]
}

#[cfg(doctest)]
mod integrer {
    #![doc = include_str!("../docs/integrer.md")]
}

#[cfg(doctest)]
mod rgpd {
    #![doc = include_str!("../docs/rgpd.md")]
}
