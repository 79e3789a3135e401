//! Who the payers of the flow are.

use crate::vocabulary::BodyId;

/// The body that pays the benefits of a household, `FONORG`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Payer {
    /// A caisse d'allocations familiales.
    Caf,
    /// The Mutualité sociale agricole, for households that live by farming.
    Msa,
}

impl Payer {
    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "CAF" => Some(Self::Caf),
            "MSA" => Some(Self::Msa),
            _ => None,
        }
    }

    /// Its code in the fact `benefits.payer`.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Caf => "caf",
            Self::Msa => "msa",
        }
    }
}

/// Which bodies speak in a flow. A payer without one has its households refused.
///
/// ```
/// use spie::interop::caf_rsa::Options;
/// use spie::vocabulary::BodyId;
/// let options = Options::default()
///     .caf(BodyId::parse("caf-51")?)
///     .msa(BodyId::parse("msa-mam")?);
/// # let _ = options;
/// # Ok::<(), spie::vocabulary::ParseIdError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Options {
    caf: Option<BodyId>,
    msa: Option<BodyId>,
}

impl Options {
    /// The body that `CAF` is, in the pack that will read its observations.
    #[must_use]
    pub fn caf(self, body: BodyId) -> Self {
        Self {
            caf: Some(body),
            ..self
        }
    }

    /// The body that `MSA` is.
    #[must_use]
    pub fn msa(self, body: BodyId) -> Self {
        Self {
            msa: Some(body),
            ..self
        }
    }

    pub(super) fn body(&self, payer: Payer) -> Option<&BodyId> {
        match payer {
            Payer::Caf => self.caf.as_ref(),
            Payer::Msa => self.msa.as_ref(),
        }
    }
}
