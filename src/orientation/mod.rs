//! Orientation: what to propose, why, by when, and what is still open.
//!
//! - [`Verdicts`] hold what every rule is worth for a person: the fast call,
//!   [`EngineAt::verdicts`](crate::EngineAt::verdicts).
//! - [`Orientation`] is the whole answer, by
//!   [`EngineAt::orient`](crate::EngineAt::orient): track and lead body,
//!   proposals with their [`Proof`], what was set aside, what is [`Missing`].
//! - [`notice`]: what the person is told of it, in plain words and in easy ones.
//! - [`decision`]: what a professional decided, kept with what was proposed, and replayed.
//!
//! A human decides. Verdict and proof are one computation: a proof is found by
//! asking the same condition again about fewer facts.

mod agenda;
mod answer;
mod body;
mod change;
pub mod decision;
mod disputes;
#[cfg(test)]
mod floor;

#[cfg(test)]
mod known_in_part;

mod minimal;
pub mod notice;
mod orient;
mod orienting;
mod page;
mod proof;
mod question;
mod receipt;
mod restricted;
mod track;
mod verdict;
mod why_not;

pub use agenda::{AGENDA_VERSION, Agenda, GoesStale, Topic};
pub use answer::{
    Certainty, Contrast, Deadline, Ground, Grounding, Meeting, ORIENTATION_VERSION, OpenProposal,
    Orientation, PackReference, Proposal, Rival, SetAside, Standing, TrackAnswer, TrackOption,
};
pub use body::{Body, Candidate};
pub use change::FactChange;
pub use disputes::{Dispute, ProposalChange, ProposalChangeKind};
pub use minimal::{IDLE_FACTS_VERSION, IdleFact, IdleFacts, IdleReason, ThemeCoverage};
pub(crate) use orienting::figure;
pub(crate) use proof::prove;
pub use proof::{DerivedFact, Missing, Proof, ProofFact, Witness};
pub use question::{AskedField, Decides, Question};
pub use receipt::Receipt;
pub use verdict::{MismatchError, Verdict, Verdicts};
pub use why_not::{FailedTest, PresumedFact, WhyNot};
