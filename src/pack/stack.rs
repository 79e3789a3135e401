//! The sources of a pack over those of its parents, as text, and their identity.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::error::Errors;
use super::layer::{Examples, Layers};
use super::limits::Limits;
use super::place::{At, Document};
use super::{PackErrors, SEMANTICS_VERSION, Sources};
use crate::vocabulary::Mistake;

/// A pack's sources and, below, those of its parents; a clone shares them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stack {
    documents: Arc<Vec<Document>>,
    packs: usize,
    /// Hashed when first asked for: to read a pack takes less.
    identity: Arc<OnceLock<Box<str>>>,
}

/// Without its byte order mark, and with the line ends of Unix.
fn plain(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

impl Stack {
    /// Lays the sources of one more pack over these.
    pub(super) fn lay<N, T>(
        &mut self,
        sources: impl IntoIterator<Item = (N, T)>,
        limits: &Limits,
    ) -> Result<(), PackErrors>
    where
        N: Into<String>,
        T: AsRef<str>,
    {
        let mut documents = Vec::new();
        let mut bytes = 0_usize;
        for (name, text) in sources {
            let text = text.as_ref();
            bytes = bytes.saturating_add(text.len());
            let within = bytes <= limits.source_bytes;
            documents.push(Document {
                name: Cow::Owned(name.into()),
                text: Cow::Owned(plain(if within { text } else { "" }).into_owned()),
                layer: self.packs,
                waits: false,
            });
            if !within {
                let mut errors = Errors::default();
                let message = format!("les sources dépassent {} octets", limits.source_bytes);
                errors.add(Mistake::TooLarge, At::default(), message, None);
                let too_large = documents.len().saturating_sub(1);
                return Err(errors.finish(documents.get(too_large..).unwrap_or(&[])));
            }
        }
        self.push(documents);
        Ok(())
    }

    /// The same, for sources whose examples may wait: see [`Document::waits`].
    pub(super) fn lay_bundled(&mut self, sources: Sources) {
        let documents = sources.iter().map(|(name, text)| Document {
            name: Cow::Borrowed(name),
            text: plain(text),
            layer: self.packs,
            waits: name.starts_with("examples"),
        });
        self.push(documents.collect());
    }

    fn push(&mut self, documents: Vec<Document>) {
        Arc::make_mut(&mut self.documents).extend(documents);
        self.packs = self.packs.saturating_add(1);
        self.identity = Arc::default();
    }

    pub(super) fn documents(&self) -> &[Document] {
        &self.documents
    }

    pub(crate) fn identity(&self) -> &str {
        self.identity.get_or_init(|| {
            let layers = (0..self.packs).map(|layer| {
                let documents = self.documents.iter();
                documents.filter(move |document| document.layer == layer)
            });
            layers.fold(Box::default(), |parent, documents| {
                identity(documents, &parent)
            })
        })
    }

    /// What the sources say, each pack over its parent.
    pub(super) fn layers(
        &self,
        examples: Examples,
        max_entries: usize,
        errors: &mut Errors,
    ) -> Layers<'_> {
        Layers::read(&self.documents, self.packs, examples, max_entries, errors)
    }
}

/// Hash over the sources (BOM dropped, CRLF as LF), the parent and the semantics.
fn identity<'d>(sources: impl Iterator<Item = &'d Document>, parent: &str) -> Box<str> {
    let mut sorted: Vec<&Document> = sources.collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text.as_bytes());
    };
    part("spie-pack");
    part(&SEMANTICS_VERSION.to_string());
    part(parent);
    for document in sorted {
        part(&document.name);
        part(&document.text);
    }
    hex::encode(hash.finalize()).into()
}
