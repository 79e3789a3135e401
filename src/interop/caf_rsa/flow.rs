//! What a flow says of itself.

use chrono::NaiveDate;

use super::error::{FlowError, Form, Warning, WarningReason};
use super::form;
use super::tree::Tree;

/// How often such flows are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FlowKind {
    /// `M`: every household, once a month (`RSABEM…`).
    Monthly,
    /// `I`: households with an event, once a day (`RSABEI…`).
    Daily,
    /// Another code, or none.
    Other,
}

/// What a flow says of itself, in `IdentificationFlux`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flow {
    /// `TYPEFLUX`.
    pub kind: FlowKind,
    /// `DTREF`: the day of which it speaks, on which what it says is observed, but for the end of
    /// a right and earnings.
    pub reference_on: NaiveDate,
    /// `DTCREAFLUX`: the day it was made, on which everything in it is recorded; the day of
    /// reference where it is missing or earlier.
    pub made_on: NaiveDate,
    /// `APPLIEME`: the program that made it (`CRI` of the CAF, `AGO` of the MSA).
    pub application: Option<String>,
}

impl Flow {
    /// The flow, and what is odd about it.
    pub(super) fn read(head: &Tree<'_>) -> Result<(Self, Option<Warning>), FlowError> {
        let flow = head.root().needed("IdentificationFlux")?;
        let reference_on = flow.needed_in("DTREF", Form::Date, form::date)?;
        let made_on = match flow.text_of("DTCREAFLUX")? {
            Some(_) => flow.needed_in("DTCREAFLUX", Form::Date, form::date)?,
            None => reference_on,
        };
        let warning = (made_on < reference_on)
            .then(|| Warning::new(flow.place(), WarningReason::ReferenceAhead));
        let flow = Self {
            kind: match flow.text_of("TYPEFLUX")? {
                Some("M") => FlowKind::Monthly,
                Some("I") => FlowKind::Daily,
                _ => FlowKind::Other,
            },
            reference_on,
            made_on: made_on.max(reference_on),
            application: flow.text_of("APPLIEME")?.map(str::to_owned),
        };
        Ok((flow, warning))
    }
}
