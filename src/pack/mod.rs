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
pub(crate) mod layer;
mod limits;
mod parse;
pub(crate) mod place;
mod replacement;
mod report;
mod stack;
mod tells;

pub(crate) mod model;
pub(crate) mod tree;

use std::fmt;
use std::sync::Arc;

pub use bundled::{Sources, core_sources, france_sources, marne_sources};
pub use engine::{Engine, EngineAt};
pub use error::{PackError, PackErrors};
pub use limits::Limits;
pub(crate) use parse::french::{french_date, french_flag};

pub use crate::vocabulary::Mistake;

use crate::fact::FactEntry;
use crate::fact::entry::Lists;
use error::Errors;
use layer::{Examples, Layers};
use model::Model;
use place::Document;
use stack::Stack;

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
    model: Arc<Model>,
}

impl fmt::Debug for Pack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pack")
            .field("id", &self.id())
            .field("identity", &self.identity())
            .finish_non_exhaustive()
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
        let mut stack = parent.map_or_else(Stack::default, |parent| parent.model.sources.clone());
        stack.lay(sources, limits)?;
        Self::build(&stack, limits)
    }

    /// A pack with all its parents, each extending the one before: one check for
    /// all of them instead of one for each.
    fn parse_chain(chain: &[Sources]) -> Result<Self, PackErrors> {
        let mut stack = Stack::default();
        for sources in chain {
            stack.lay_bundled(sources);
        }
        Self::build(&stack, &Limits::default())
    }

    fn build(stack: &Stack, limits: &Limits) -> Result<Self, PackErrors> {
        let mut errors = Errors::default();
        let layers = stack.layers(Examples::Wait, limits.entries, &mut errors);
        if !layers.parent_known {
            return Err(errors.finish(stack.documents()));
        }
        match build::build(&layers, stack, limits, &mut errors) {
            Some(model) => Ok(Self {
                model: Arc::new(model),
            }),
            None => Err(errors.finish(stack.documents())),
        }
    }

    /// Identifier of the pack, as its `pack.toml` gives it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.model.id
    }

    /// Title of the pack.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.model.title
    }

    /// Hash over sources, parent and semantics: the same identity, the same answers.
    #[must_use]
    pub fn identity(&self) -> &str {
        self.model.sources.identity()
    }

    /// Identity of the pack that this one supersedes, if it says so.
    #[must_use]
    pub fn supersedes(&self) -> Option<&str> {
        self.model.supersedes.as_deref()
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
        let mut lists = Lists::default();
        let facts = self.model.dictionary.iter();
        facts.map(move |(_, fact)| FactEntry::of(fact, &mut lists))
    }

    pub(crate) fn documents(&self) -> &[Document] {
        self.model.sources.documents()
    }

    /// The sources read once more, now with all examples: mistakes in those of bundled
    /// packs are told here.
    pub(crate) fn layers(&self, errors: &mut Errors) -> Layers<'_> {
        // They were within the limits when the pack was made.
        self.model
            .sources
            .layers(Examples::Asked, usize::MAX, errors)
    }

    pub(crate) fn model(&self) -> &Arc<Model> {
        &self.model
    }
}
