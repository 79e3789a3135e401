//! Packs: rules of law and of the local network, as checked and dated data.
//!
//! A [`Pack`] is a set of named TOML and CSV sources, handed over as text: the
//! crate never opens a file. It may extend another pack. Everything in it may be
//! dated, so that one pack answers for any day; every rule and scheme names its
//! source and says whether its text was read. Reading reports all mistakes at
//! once, each with its place and likeliest mend ([`PackErrors`]).
//!
//! An [`Engine`] is a pack made ready to answer.

mod build;
mod bundled;
pub(crate) mod engine;
pub(crate) mod error;
mod layer;
mod limits;
pub(crate) mod place;
mod report;

pub(crate) mod model;
pub(crate) mod tree;

use std::fmt::{self, Write as _};
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use bundled::{Sources, core_sources, france_sources, marne_sources};
pub use engine::{Engine, EngineAt};
pub use error::{PackError, PackErrors};
pub use limits::Limits;

pub use crate::vocabulary::Mistake;

use crate::fact::FactEntry;
use error::Errors;
use layer::Layers;
use model::Model;
use place::Document;

/// Version of what the language means: part of a pack's identity, so that the
/// same sources under other semantics are another pack.
pub const SEMANTICS_VERSION: u32 = 1;

/// Checked rules, facts, schemes and network, with those of the packs it extends.
///
/// ```
/// use spie::Pack;
///
/// let pack = Pack::parse(
///     [("pack.toml", r#"
///         [pack]
///         id = "essai"
///         title = "Un essai"
///
///         [[fact]]
///         name = "licence.b"
///         type = "flag"
///         label = "permis B"
///         question = "Avez-vous le permis B ?"
///     "#)],
///     None,
/// )?;
/// assert_eq!(pack.id(), "essai");
/// # Ok::<(), spie::PackErrors>(())
/// ```
#[derive(Clone)]
pub struct Pack {
    inner: Arc<Inner>,
}

struct Inner {
    laid: Laid,
    model: Arc<Model>,
}

/// The sources of a pack over those of its parents, not yet checked.
#[derive(Clone, Default)]
struct Laid {
    layers: Layers,
    identity: Box<str>,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = &self.inner.model;
        f.debug_struct("Pack")
            .field("id", &model.id)
            .field("identity", &model.identity)
            .finish_non_exhaustive()
    }
}

/// Hash over the sources (BOM dropped, CRLF as LF), the parent and the semantics.
fn identity(sources: &[Document], parent: Option<&str>) -> Box<str> {
    let mut sorted: Vec<&Document> = sources.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text.as_bytes());
    };
    part("spie-pack");
    part(&SEMANTICS_VERSION.to_string());
    part(parent.unwrap_or(""));
    for document in sorted {
        part(&document.name);
        part(&document.text);
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}

impl Laid {
    fn over<N, T>(
        parent: Option<Self>,
        sources: impl IntoIterator<Item = (N, T)>,
        limits: &Limits,
        errors: &mut Errors,
    ) -> Result<Self, PackErrors>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        let mut documents = Vec::new();
        let mut bytes = 0_usize;
        let mut too_large = None;
        for (name, text) in sources {
            bytes = bytes.saturating_add(text.as_ref().len());
            let name = name.into();
            if bytes > limits.source_bytes {
                too_large = Some(name);
                break;
            }
            let text = text.as_ref();
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            documents.push(Document {
                name,
                text: text.replace("\r\n", "\n"),
            });
        }
        if let Some(name) = too_large {
            let document = Document {
                name,
                text: String::new(),
            };
            let message = format!("les sources dépassent {} octets", limits.source_bytes);
            errors.add(Mistake::TooLarge, place::At::default(), message, None);
            return Err(std::mem::take(errors).finish(&[document]));
        }
        let below = parent.as_ref().map(|parent| &*parent.identity);
        let identity = identity(&documents, below);
        let parent_header = parent.as_ref().map(|parent| parent.layers.header());
        let mut layers = parent.map(|parent| parent.layers).unwrap_or_default();
        layers.add(documents, limits.entries, errors);
        let header = layers.header();
        let expected = header.extends.as_ref().map(|(id, _)| id.as_str());
        let given = parent_header.as_ref().map(|header| header.id.as_str());
        if expected != given {
            let at = header.extends.as_ref().map_or(header.at, |(_, at)| *at);
            let message = match (expected, given) {
                (Some(expected), None) => {
                    format!("ce paquet prolonge `{expected}`, qui n'a pas été donné")
                }
                (Some(expected), Some(given)) => {
                    format!("ce paquet prolonge `{expected}`, et `{given}` a été donné")
                }
                _ => "ce paquet ne dit pas quel paquet il prolonge".to_owned(),
            };
            let mend = given.map(|given| format!("écrivez `extends = \"{given}\"`"));
            errors.add(Mistake::Parent, at, message, mend);
        }
        Ok(Self { layers, identity })
    }
}

impl Pack {
    /// Reads and checks a pack from its sources, named as a reader should find
    /// them (`rules.toml`, `communes.csv`), with the default [`Limits`].
    ///
    /// # Errors
    ///
    /// [`PackErrors`]: every mistake of these sources, with place and mend.
    pub fn parse<N, T>(
        sources: impl IntoIterator<Item = (N, T)>,
        parent: Option<&Self>,
    ) -> Result<Self, PackErrors>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        Self::parse_within(sources, parent, &Limits::default())
    }

    /// The same, within other limits.
    ///
    /// # Errors
    ///
    /// [`PackErrors`], also when a limit is exceeded.
    pub fn parse_within<N, T>(
        sources: impl IntoIterator<Item = (N, T)>,
        parent: Option<&Self>,
        limits: &Limits,
    ) -> Result<Self, PackErrors>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        let mut errors = Errors::default();
        let parent = parent.map(|parent| parent.inner.laid.clone());
        let laid = Laid::over(parent, sources, limits, &mut errors)?;
        Self::build(laid, limits, errors)
    }

    /// A pack with all its parents, each extending the one before: one check for
    /// all of them instead of one for each.
    fn parse_chain(chain: &[Sources]) -> Result<Self, PackErrors> {
        let limits = Limits::default();
        let mut errors = Errors::default();
        let mut laid = None;
        for sources in chain {
            let sources = sources.iter().copied();
            laid = Some(Laid::over(laid, sources, &limits, &mut errors)?);
        }
        Self::build(laid.unwrap_or_default(), &limits, errors)
    }

    fn build(laid: Laid, limits: &Limits, mut errors: Errors) -> Result<Self, PackErrors> {
        let identity = laid.identity.clone();
        match build::build(&laid.layers, identity, limits, &mut errors) {
            Some(model) => Ok(Self {
                inner: Arc::new(Inner {
                    laid,
                    model: Arc::new(model),
                }),
            }),
            None => Err(errors.finish(&laid.layers.documents)),
        }
    }

    /// Identifier of the pack, as its `pack.toml` gives it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.inner.model.id
    }

    /// Title of the pack.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.inner.model.title
    }

    /// Hash over sources, parent and semantics: the same identity, the same answers.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.inner.model.identity
    }

    /// Identity of the pack that this one supersedes, if it says so.
    #[must_use]
    pub fn supersedes(&self) -> Option<&str> {
        self.inner.model.supersedes.as_deref()
    }

    /// The dictionary of the pack: what can be known, in the order of its sources.
    ///
    /// ```
    /// use spie::Pack;
    /// let licence = Pack::core()?.facts().find(|fact| fact.name.as_str() == "licence.b");
    /// assert_eq!(licence.map(|fact| fact.label), Some("permis B".to_owned()));
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    pub fn facts(&self) -> impl Iterator<Item = FactEntry> {
        self.inner
            .model
            .dictionary
            .iter()
            .map(|(_, fact)| FactEntry::from(fact))
    }

    pub(crate) fn documents(&self) -> &[Document] {
        &self.inner.laid.layers.documents
    }

    /// The pack, below this one, whose sources hold a place.
    pub(crate) fn of_parent(&self, at: place::At) -> Option<&str> {
        self.inner.laid.layers.below(at.source)
    }

    pub(crate) fn model(&self) -> &Arc<Model> {
        &self.inner.model
    }
}
