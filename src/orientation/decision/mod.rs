//! What a professional decided, on what, and whether it can be found again.
//!
//! A human decides. A [`DecisionRecord`] keeps what was proposed on that day and by which pack,
//! the facts that those proposals used and no other, and what was decided, with the reason
//! where that departs from what was proposed. Years later it is [replayed](DecisionRecord::replay):
//! the same proposals, the difference by name, or that its inputs are not all in it.

mod choice;
mod exchange;
#[cfg(test)]
pub(crate) mod laws;
mod record;
mod replay;
mod uses;

pub use choice::{
    Answer, Choice, Decision, DecisionError, DecisionErrors, Departure, DepartureReason, Subject,
};
pub use exchange::{DECISION_VERSION, DecisionReadError};
pub(super) use record::stood;
pub use record::{
    DecisionRecord, KeptFact, ProposalState, RecordedBody, RecordedDeadline, RecordedProposal,
    RecordedTrack,
};
pub use replay::{Replay, ReplayChange, ReplayOutcome, TrackChange, TrackState};
