//! Where knowledge comes from, and why there is none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::vocabulary::BodyId;

/// By what means something was observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "the name of a means")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Means {
    /// The person said so.
    Declared,
    /// A document attests it.
    Attested,
    /// A professional assessed it.
    Assessed,
    /// A file or a computation gave it.
    Computed,
}

impl Means {
    pub(crate) fn in_french(self) -> &'static str {
        match self {
            Self::Declared => "déclaré",
            Self::Attested => "attesté par un document",
            Self::Assessed => "évalué par un professionnel",
            Self::Computed => "repris d'un fichier",
        }
    }
}

/// Who said something, when and how. All parts may be missing in a poor file.
///
/// ```
/// use spie::fact::{Means, Source};
/// use spie::vocabulary::BodyId;
/// let source = Source { by: Some(BodyId::parse("caf-51")?), on: None, means: Some(Means::Attested) };
/// # let _ = source;
/// # Ok::<(), spie::vocabulary::ParseIdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "who said it, when and how")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The body (or role, such as `person`) that said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<BodyId>,
    /// The day it was observed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// By what means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<Means>,
}

impl Source {
    /// Whether what it says was said by that day. What has no day was.
    pub(crate) fn is_known_on(&self, date: NaiveDate) -> bool {
        self.on.is_none_or(|on| on <= date)
    }
}

/// Why nothing is known about a fact.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case", expecting = "why nothing is known")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Reason {
    /// Nobody asked.
    #[default]
    NeverAsked,
    /// Asked, and the person does not know.
    AskedUnknown,
    /// The person chose not to answer; this costs nothing elsewhere.
    Declined,
    /// Partners contradict each other.
    Disputed,
    /// Known in part only.
    Partial,
    /// What was known is too old.
    Stale,
    /// What was told contradicts other facts.
    Contradicted,
}

impl Reason {
    pub(crate) fn in_french(self) -> &'static str {
        match self {
            Self::NeverAsked => "pas encore demandé",
            Self::AskedUnknown => "demandé, non connu",
            Self::Declined => "vous avez choisi de ne pas répondre",
            Self::Disputed => "les partenaires ne disent pas la même chose",
            Self::Partial => "connu en partie seulement",
            Self::Stale => "information trop ancienne",
            Self::Contradicted => "information contredite par une autre",
        }
    }
}

/// How a profile came to what it holds about one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Somebody told it.
    Told(Source),
    /// Computed from other facts.
    Derived,
    /// Nothing was told; the dictionary's presumption stands in, to be checked.
    Presumed,
    /// The question does not arise: its `only_if` condition is false.
    NotApplicable,
    /// Nothing is known, for this reason.
    Unknown(Reason),
}
