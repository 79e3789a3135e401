//! What a pack author meets: every mistake, with its place and its mend.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::place::{At, Document, Parts};
use super::replacement::replacement;
use super::report::{self, Cursor};
use crate::fact::possible::Slips;
use crate::vocabulary::Mistake;

/// One mistake in a pack.
///
/// The code is stable (`P011`); the wording is not. Messages are French, for
/// the people who write packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackError {
    pub(crate) mistake: Mistake,
    pub(crate) at: At,
    pub(crate) message: String,
    pub(crate) mend: String,
    replacement: Option<String>,
    example: Option<String>,
    file: String,
    line: usize,
    column: usize,
    end: (usize, usize),
    rendered: String,
}

impl PackError {
    /// The kind of mistake.
    #[must_use]
    pub fn mistake(&self) -> Mistake {
        self.mistake
    }

    /// Stable code of the kind of mistake, such as `P011`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.mistake.code()
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

    /// Line on which what is wrong ends, from 1.
    #[must_use]
    pub fn end_line(&self) -> usize {
        self.end.0
    }

    /// Column in characters just after what is wrong, from 1.
    #[must_use]
    pub fn end_column(&self) -> usize {
        self.end.1
    }

    /// What is wrong, in one French sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The likeliest mend, in French.
    #[must_use]
    pub fn mend(&self) -> &str {
        &self.mend
    }

    /// What to write in place of what is marked, from [`column`](Self::column) to
    /// [`end_column`](Self::end_column), where the mend says so: this mistake is then gone.
    ///
    /// ```
    /// use spie::Pack;
    ///
    /// let text = "[pack]\nid = \"essai\"\ntitel = \"Un essai\"";
    /// let errors = Pack::parse([("pack.toml", text)], None).unwrap_err();
    /// let wrong = errors.iter().find(|error| error.line() == 3).unwrap();
    /// assert_eq!((wrong.column(), wrong.end_column()), (1, 6));
    /// assert_eq!(wrong.replacement(), Some("title"));
    /// ```
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        self.replacement.as_deref()
    }

    /// An invented person who shows it, as an `[[example]]` that can be pasted into the
    /// pack, where there is one.
    #[must_use]
    pub fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered)
    }
}

impl std::error::Error for PackError {}

/// All mistakes of a pack at once, in the order of its sources.
///
/// A pack with more than ten thousand is told the first of them, and how many more
/// there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackErrors {
    told: Vec<PackError>,
    more: usize,
}

impl PackErrors {
    /// The mistakes, in the order of the sources.
    pub fn iter(&self) -> impl Iterator<Item = &PackError> {
        self.told.iter()
    }

    /// How many are told.
    #[must_use]
    pub fn len(&self) -> usize {
        self.told.len()
    }

    /// How many more there are, which are not told.
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }

    /// Never true: errors are returned only when there is one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.told.is_empty()
    }
}

impl fmt::Display for PackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in &self.told {
            writeln!(f, "{error}\n")?;
        }
        let remarks = self.told.iter().all(|error| error.mistake.is_remark());
        let what = if remarks { "remarque" } else { "erreur" };
        match (self.told.len(), self.more) {
            (1, 0) => write!(f, "1 {what}"),
            (told, 0) => write!(f, "{told} {what}s"),
            (told, more) => write!(f, "{told} {what}s, et {more} autres qui ne sont pas dites"),
        }
    }
}

impl std::error::Error for PackErrors {}

/// More mistakes than anybody reads: a file of another kind, or an attack.
const MOST: usize = 10_000;

/// What was found, before its line is marked.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    at: At,
    mistake: Mistake,
    message: String,
    mend: Option<String>,
    example: Option<String>,
}

/// Collects mistakes while a pack is read.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    /// In order, each once: what several entries share is told where it stands.
    found: BTreeSet<Found>,
    more: usize,
    /// How often anything was added.
    added: usize,
    /// Where sources could not be read, which is told before all else of them.
    unreadable: Parts,
    /// Finds the mends of wrong names.
    pub(crate) slips: Slips,
    /// The list of a reader that has finished, for the next one.
    pub(crate) asked: Vec<&'static str>,
}

impl Errors {
    pub(crate) fn add(
        &mut self,
        mistake: Mistake,
        at: At,
        message: impl Into<String>,
        mend: Option<String>,
    ) {
        self.push(Found {
            at,
            mistake,
            message: message.into(),
            mend,
            example: None,
        });
    }

    /// A remark, with the invented person who shows it.
    pub(crate) fn remark(
        &mut self,
        mistake: Mistake,
        at: At,
        message: String,
        example: Option<String>,
    ) {
        self.push(Found {
            at,
            mistake,
            message,
            mend: None,
            example,
        });
    }

    fn push(&mut self, found: Found) {
        self.added = self.added.saturating_add(1);
        if found.mistake == Mistake::Toml {
            self.unreadable.add(found.at);
        } else if self.unreadable.meet(found.at) {
            // What the parser made of it is nobody's mistake.
            return;
        }
        if self.found.len() < MOST {
            self.found.insert(found);
        } else if !self.found.contains(&found) {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Whatever else is said of this part would be told for nothing.
    pub(crate) fn set_aside(&mut self, at: At) {
        self.unreadable.add(at);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Grows with every mistake added, told before or not.
    pub(crate) fn count(&self) -> usize {
        self.added
    }

    /// The mistakes with their lines marked.
    pub(crate) fn finish(self, documents: &[Document]) -> PackErrors {
        let mut cursors: Vec<Cursor<'_>> = documents
            .iter()
            .map(|document| Cursor::new(&document.text))
            .collect();
        let mut ends: BTreeMap<usize, Cursor<'_>> = BTreeMap::new();
        let mut nowhere = Cursor::new("");
        let errors = self.found.into_iter().map(|found| {
            let Found {
                at,
                mistake,
                message,
                mend,
                example,
            } = found;
            let document = documents.get(at.source());
            let file = document.map_or_else(String::new, |document| document.name.to_string());
            let cursor = cursors.get_mut(at.source()).unwrap_or(&mut nowhere);
            cursor.go_to(at.start());
            let mend = mend.unwrap_or_else(|| mistake.mend().to_owned());
            let rendered = report::render(mistake, &file, cursor, at, &message, &mend);
            let marked = document.and_then(|document| document.text.get(at.start()..at.end()));
            let replacement = marked.and_then(|marked| replacement(&mend, cursor.before(), marked));
            // The next mistake may stand inside this one: its walk goes on from the start, and
            // that to the end from the end before, where it lies within.
            let end = ends.entry(at.source()).or_insert_with(|| cursor.clone());
            if !end.is_within(at) {
                *end = cursor.clone();
            }
            end.go_to(at.end());
            PackError {
                mistake,
                at,
                message,
                mend,
                replacement,
                example,
                file,
                line: cursor.line,
                column: cursor.column,
                end: (end.line, end.column),
                rendered,
            }
        });
        PackErrors {
            told: errors.collect(),
            more: self.more,
        }
    }
}
