//! What a flow, a household or a person should have been. No message holds what stands there.

use std::fmt;
use std::io;

use super::schema::STATES;
use crate::diagnostic::EntryError;
use crate::interop::Place;

/// The form that an element should have had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Form {
    /// A day.
    #[error("a day from 1900 to 2200, such as `2024-02-29`")]
    Date,
    /// A day of birth.
    #[error(
        "a day from 1900 to the one on which the flow was made (`DTCREAFLUX`), such as `1987-06-14`"
    )]
    BirthDate,
    /// A state of the right to RSA.
    #[error("a state of the right, one of `{}`", STATES.join("`, `"))]
    State,
    /// A role in the household.
    #[error("a role, one of `DEM`, `CJT`, `ENF`, `AUT`, `RDO`")]
    Role,
    /// The body that pays.
    #[error("`CAF` or `MSA`")]
    Payer,
    /// A yes or no.
    #[error("`0` or `1`")]
    Flag,
    /// Digits, whose leading zeros count.
    #[error("at most 15 digits")]
    Digits,
    /// The number of a person in the national register.
    #[error("a NIR of 13 characters, or of 15 with its key")]
    Nir,
    /// A number of households.
    #[error("a number of at most 8 digits")]
    Count,
    /// Readable text.
    #[error("text in the encoding of the file, without control characters")]
    Text,
}

/// Why a file, a household or a person is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlowReason {
    /// There is nothing before the end.
    #[error("the file is empty: expected `IdentificationFlux`, then households")]
    Empty,
    /// An encoding in which this flow is not written.
    #[error("expected windows-1252, UTF-8, or another encoding of one byte a character")]
    Encoding,
    /// It is another kind of document.
    #[error("expected the root `Racine`")]
    Root,
    /// It declares a document type, which this format has not: nothing of it is expanded.
    #[error("expected no document type declaration")]
    DocumentType,
    /// It refers to an entity that only a document type could declare.
    #[error("expected no entity but `lt`, `gt`, `amp`, `apos`, `quot`, and no number of none")]
    Entity,
    /// A tag, a comment or a reference that does not end, or ends something else.
    #[error("expected elements that begin and end in order")]
    Markup,
    /// Text stands between elements.
    #[error("expected elements and no text between them")]
    StrayText,
    /// The household has no end before the next thing begins.
    #[error("expected the end of the household")]
    NoEnd,
    /// The household has no beginning.
    #[error("expected the beginning of the household")]
    NoStart,
    /// Somebody stands where nobody does, or in an element that the format has not.
    #[error("expected a person in `Personne`, directly in the household")]
    Stray,
    /// Something stands where only households do.
    #[error("expected `InfosFoyerRSA`, or `TransmissionFlux` and the end")]
    Unexpected,
    /// More bytes than any household has.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// Most bytes.
        limit: usize,
    },
    /// A text that is longer than any of the format.
    #[error("expected a text of at most {limit} characters")]
    LongText {
        /// Most characters.
        limit: usize,
    },
    /// Elements within elements, deeper than the format has them.
    #[error("expected elements at most {limit} deep")]
    TooDeep {
        /// Most elements one within the other.
        limit: usize,
    },
    /// More elements than any household has.
    #[error("expected at most {limit} elements")]
    TooMany {
        /// Most elements.
        limit: usize,
    },
    /// More codes and elements that the format has not, or that no fact holds, than are kept.
    #[error("expected at most {limit} elements that no fact holds")]
    TooMuchUnread {
        /// Most elements.
        limit: usize,
    },
    /// More tags, texts and comments than any household has.
    #[error("expected at most {limit} tags, texts and comments")]
    TooManyParts {
        /// Most tags, texts and comments.
        limit: usize,
    },
    /// More people than a household has.
    #[error("expected at most {limit} people")]
    TooManyPeople {
        /// Most people.
        limit: usize,
    },
    /// An element without which nothing can be said is not there, or empty.
    #[error("expected `{element}` and something in it")]
    Missing {
        /// The element.
        element: &'static str,
    },
    /// An element that may stand once stands twice.
    #[error("expected `{element}` once")]
    Twice {
        /// The element.
        element: &'static str,
    },
    /// An element has another form.
    #[error("expected {0}")]
    Form(Form),
    /// The caller named no body for this payer.
    #[error("the options name no body for this payer")]
    NoBody,
    /// The reference was given to another person of this household: twins?
    #[error("this reference was given to another person of the household: never joined in silence")]
    SharedReference,
    /// What would be said of the person cannot be kept.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// Another flow begins, or something stands after the end of this one: of which day it speaks
    /// is not known, and nothing more is read.
    #[error("expected one flow and nothing after its end")]
    SecondFlow,
    /// The source failed; nothing can be read after this.
    #[error("the source failed: {kind}")]
    Read {
        /// What kind of failure.
        kind: io::ErrorKind,
    },
}

/// Why a flow is worth a second look, though all of it was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WarningReason {
    /// The file announces another number of households than it has.
    #[error("{announced} households announced, {found} found")]
    Households {
        /// What the file announces.
        announced: u64,
        /// Those that were met, refused ones included.
        found: u64,
    },
    /// The file announces another number of households with an anomaly than it has.
    #[error("{announced} households with an anomaly announced, {found} found")]
    Anomalies {
        /// What the file announces.
        announced: u64,
        /// Those that were met; what was refused is not looked into.
        found: u64,
    },
    /// The totals are not there, or cannot be read: the file may be cut.
    #[error("no totals that can be read: the file may be cut")]
    NoTotals,
    /// The flow speaks of a day after the one on which it was made: what it says counts from that day on.
    #[error(
        "`DTREF` is after `DTCREAFLUX`: expected a day of reference by the one on which the flow was made"
    )]
    ReferenceAhead,
    /// The root has no end: the file may be cut.
    #[error("no end of `Racine`: the file may be cut")]
    NoEnd,
}

impl WarningReason {
    /// Whether people of the flow may be missing from the file: what was read is sound, and is not all.
    #[must_use]
    pub fn loses_people(&self) -> bool {
        match self {
            Self::NoTotals | Self::NoEnd => true,
            Self::Households { announced, found } => found < announced,
            Self::Anomalies { .. } | Self::ReferenceAhead => false,
        }
    }
}

macro_rules! finding {
    ($(#[$doc:meta])* $name:ident, $reason:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name {
            place: Place,
            reason: $reason,
        }

        impl $name {
            pub(super) fn new(place: Place, reason: $reason) -> Self {
                Self { place, reason }
            }

            /// Line, column and path.
            #[must_use]
            pub fn place(&self) -> &Place {
                &self.place
            }

            /// What was expected.
            #[must_use]
            pub fn reason(&self) -> &$reason {
                &self.reason
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}: {}", self.place, self.reason)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

finding!(
    /// What was refused, and where: a household, one of its people, or the whole file. Its path
    /// counts households and people from 1 (`InfosFoyerRSA[3]/Personne[2]/Identification/DTNAI`);
    /// it holds nothing that stands in the file.
    FlowError,
    FlowReason
);
finding!(
    /// A remark about the whole flow.
    Warning,
    WarningReason
);

impl std::error::Error for FlowError {}
