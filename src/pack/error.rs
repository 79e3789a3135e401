//! What a pack author meets: every mistake, with its place and its mend.

use std::fmt;

use super::report;

/// Place in the sources of a pack: bytes of one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct At {
    pub(crate) source: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// One mistake in a pack.
///
/// The code is stable (`P011`); the wording is not. Messages are French, for
/// the people who write packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    pub(crate) code: &'static str,
    pub(crate) at: At,
    pub(crate) message: String,
    pub(crate) mend: Option<String>,
    file: String,
    line: usize,
    column: usize,
    rendered: String,
}

impl PackError {
    /// Stable code of the kind of mistake, such as `P011`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Name of the source as handed over.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Line in that source, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column in characters, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, in one French sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The likeliest mend, in French.
    #[must_use]
    pub fn mend(&self) -> Option<&str> {
        self.mend.as_deref()
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered)
    }
}

impl std::error::Error for PackError {}

/// All mistakes of a pack at once, in the order of its sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackErrors(Vec<PackError>);

impl PackErrors {
    /// The mistakes, in the order of the sources.
    pub fn iter(&self) -> impl Iterator<Item = &PackError> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Never true: errors are returned only when there is one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for PackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in &self.0 {
            writeln!(f, "{error}\n")?;
        }
        let count = self.0.len();
        if count > 1 {
            write!(f, "{count} erreurs")
        } else {
            write!(f, "{count} erreur")
        }
    }
}

impl std::error::Error for PackErrors {}

/// A named text handed over as part of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Document {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Collects mistakes while a pack is read.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    found: Vec<(At, &'static str, String, Option<String>)>,
}

impl Errors {
    pub(crate) fn add(
        &mut self,
        code: &'static str,
        at: At,
        message: impl Into<String>,
        mend: Option<String>,
    ) {
        self.found.push((at, code, message.into(), mend));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The mistakes with their lines marked.
    pub(crate) fn finish(mut self, documents: &[Document]) -> PackErrors {
        self.found.sort();
        self.found.dedup();
        let errors = self.found.into_iter().map(|(at, code, message, mend)| {
            let document = documents.get(at.source);
            let text = document.map_or("", |document| document.text.as_str());
            let file = document.map_or_else(String::new, |document| document.name.clone());
            let (line, column) = report::line_and_column(text, at.start);
            let rendered = report::render(code, &file, text, at, &message, mend.as_deref());
            PackError {
                code,
                at,
                message,
                mend,
                file,
                line,
                column,
                rendered,
            }
        });
        PackErrors(errors.collect())
    }
}
