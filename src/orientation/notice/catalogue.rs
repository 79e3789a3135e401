//! The sentences of a notice as templates, in French or in another language.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::messages::Key;
use crate::vocabulary::write_all;

/// The sentences of notices in one language.
///
/// French by default. A translation gives a template for every key of
/// [`messages`](Self::messages), with the same names between braces. What the pack says (titles,
/// reasons, labels of facts and of codes, sources) stays in the language of the pack; amounts and
/// numbers are written as in French.
///
/// ```
/// use std::collections::BTreeMap;
/// use spie::orientation::notice::Catalogue;
///
/// let french = Catalogue::french();
/// let mut messages: BTreeMap<String, String> = french
///     .messages()
///     .map(|(key, template)| (key.to_owned(), template.to_owned()))
///     .collect();
/// messages.insert("from".to_owned(), "From: {body}.".to_owned());
/// let english = Catalogue::translated("en", &messages)?;
/// assert_eq!(english.language(), "en");
///
/// messages.remove("from");
/// messages.insert("with".to_owned(), "With {whom}.".to_owned());
/// let errors = Catalogue::translated("en", &messages).unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "`from` is missing; `with` does not use `{body}`; `with` uses `{whom}`, which it is not given"
/// );
/// # Ok::<(), spie::orientation::notice::CatalogueErrors>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Catalogue {
    language: Arc<str>,
    /// In the order of the keys.
    templates: Arc<[Template]>,
}

/// A text in which names stand for what is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Template {
    written: Box<str>,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(Box<str>),
    Name(Box<str>),
}

/// What is wrong with a translation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// No tag of a language, such as `fr` or `pt-BR`.
    #[error("`{0}` is no tag of a language, such as `fr`")]
    Language(String),
    /// A key of the catalogue has no template.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// The catalogue has no such key.
    #[error("`{0}` is no key of the catalogue")]
    Unknown(String),
    /// A template of blanks.
    #[error("`{0}` says nothing")]
    Empty(&'static str),
    /// A brace that opens or closes nothing.
    #[error("`{0}` has a brace that opens or closes no name")]
    Brace(&'static str),
    /// A name that the template has to use.
    #[error("`{key}` does not use `{{{name}}}`")]
    MissingName {
        /// The key.
        key: &'static str,
        /// The name.
        name: String,
    },
    /// A name for which nothing is filled in.
    #[error("`{key}` uses `{{{name}}}`, which it is not given")]
    UnknownName {
        /// The key.
        key: &'static str,
        /// The name.
        name: String,
    },
}

/// Everything that is wrong with a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueErrors(Vec<CatalogueError>);

impl CatalogueErrors {
    /// The errors, in the order of the catalogue; keys that it does not have come last.
    pub fn iter(&self) -> impl Iterator<Item = &CatalogueError> {
        self.0.iter()
    }
}

impl fmt::Display for CatalogueErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_all(f, &self.0)
    }
}

impl std::error::Error for CatalogueErrors {}

impl Template {
    fn parse(written: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some((text, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            if text.contains('}') || name.is_empty() || !name.chars().all(is_name) {
                return None;
            }
            pieces.push(Piece::Text(text.into()));
            pieces.push(Piece::Name(name.into()));
            rest = after;
        }
        if rest.contains('}') {
            return None;
        }
        pieces.push(Piece::Text(rest.into()));
        Some(Self {
            written: written.into(),
            pieces,
        })
    }

    fn names(&self) -> BTreeSet<&str> {
        let names = self.pieces.iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(&**name),
            Piece::Text(_) => None,
        });
        names.collect()
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        Self::french()
    }
}

impl Catalogue {
    /// The sentences in French.
    #[must_use]
    pub fn french() -> Self {
        let templates = Key::ALL.iter().map(|key| {
            Template::parse(key.french()).unwrap_or_else(|| Template {
                written: key.french().into(),
                pieces: vec![Piece::Text(key.french().into())],
            })
        });
        Self {
            language: "fr".into(),
            templates: templates.collect(),
        }
    }

    /// A translation: the tag of its language (BCP 47, such as `en` or `pt-BR`) and a template
    /// for every key.
    ///
    /// # Errors
    ///
    /// [`CatalogueErrors`] with every key that is missing or unknown, and every name that a
    /// template leaves out or is not given.
    pub fn translated(
        language: &str,
        messages: &BTreeMap<String, String>,
    ) -> Result<Self, CatalogueErrors> {
        let mut errors = Vec::new();
        let is_tag = |part: &str| {
            (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        };
        if !language.split('-').all(is_tag) {
            errors.push(CatalogueError::Language(language.to_owned()));
        }
        let french = Self::french();
        let mut templates = Vec::new();
        for (key, reference) in Key::ALL.iter().zip(french.templates.iter()) {
            let key = key.name();
            let Some(written) = messages.get(key) else {
                errors.push(CatalogueError::Missing(key));
                continue;
            };
            if written.trim().is_empty() {
                errors.push(CatalogueError::Empty(key));
                continue;
            }
            let Some(template) = Template::parse(written) else {
                errors.push(CatalogueError::Brace(key));
                continue;
            };
            let (given, used) = (reference.names(), template.names());
            for name in given.difference(&used) {
                let name = (*name).to_owned();
                errors.push(CatalogueError::MissingName { key, name });
            }
            for name in used.difference(&given) {
                let name = (*name).to_owned();
                errors.push(CatalogueError::UnknownName { key, name });
            }
            templates.push(template);
        }
        let known = |text: &String| Key::ALL.iter().any(|key| key.name() == text);
        let unknown = messages.keys().filter(|key| !known(key));
        errors.extend(unknown.cloned().map(CatalogueError::Unknown));
        if !errors.is_empty() {
            return Err(CatalogueErrors(errors));
        }
        Ok(Self {
            language: language.into(),
            templates: templates.into(),
        })
    }

    /// The tag of the language.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Every key with its template: what a translator starts from.
    pub fn messages(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let keys = Key::ALL.iter().map(|key| key.name());
        keys.zip(self.templates.iter().map(|template| &*template.written))
    }

    /// The template of a key, with what is filled in for each name.
    pub(super) fn fill(&self, key: Key, filled: &[(&str, String)]) -> String {
        let place = Key::ALL.iter().position(|known| *known == key);
        let template = place.and_then(|place| self.templates.get(place));
        let mut text = String::new();
        for piece in template.into_iter().flat_map(|template| &template.pieces) {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Name(name) => {
                    let value = filled.iter().find(|(known, _)| **known == **name);
                    text.push_str(value.map_or("", |(_, value)| value));
                }
            }
        }
        text
    }
}

/// Shows the language; its sentences are no secret, only long.
impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue")
            .field("language", &self.language)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_french_template_is_read_and_every_key_is_its_own() {
        let mut seen = BTreeSet::new();
        for key in Key::ALL {
            assert!(seen.insert(key.name()), "{}", key.name());
            assert!(Template::parse(key.french()).is_some(), "{}", key.name());
        }
    }

    #[test]
    fn braces_that_name_nothing_are_refused() {
        for text in ["{", "}", "{}", "{a", "a}", "{a b}", "{A}", "{a}}", "{{a}"] {
            assert_eq!(Template::parse(text), None, "{text}");
        }
    }

    /// Short sentences with one idea each, in words of every day, and no article of law.
    #[test]
    fn what_is_easy_to_read_is_short_and_plain() {
        let hard = [
            "recours",
            "contentieux",
            "préalable",
            "notifi",
            "conformément",
            "susmentionné",
            "ledit",
            "afin",
            "notamment",
            "dispositif",
            "bénéficiaire",
            "article",
            " L.",
            " R.",
            "RGPD",
            "été ",
            "sera ",
            "seront ",
            "(",
            "—",
            ";",
        ];
        for key in Key::ALL
            .iter()
            .filter(|key| key.name().starts_with("easy."))
        {
            let text = key.french();
            for word in hard {
                assert!(!text.contains(word), "{} : « {word} »", key.name());
            }
            for sentence in text.split_inclusive(['.', '?', ':']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 15, "{} : {words} mots", key.name());
            }
        }
    }
}
