//! What a file says of one person, as observations of the body that wrote it.

use std::fmt;

use crate::Diagnostic;
use crate::debug::shows_only;
use crate::diagnostic::Entry;
use crate::vocabulary::FactName;

/// What a file says of one person, as observations of the body that wrote it.
///
/// The diagnostic holds that body's words alone, under the caller's reference: merge it into
/// the one that is kept of this person.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arrival {
    /// The observations.
    pub diagnostic: Diagnostic,
    /// What could not become one, in the order of the file.
    pub unread: Vec<Unread>,
}

/// Something that the file says and no observation holds: kept here and told, never dropped.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unread {
    /// Where it stands.
    pub place: Place,
    /// Name of the element or member as the file writes it.
    pub element: String,
    /// What it holds, as the file writes it, cut where it is long: data of a person, which no
    /// message shows.
    pub code: String,
    /// Why it became no observation.
    pub reason: UnreadReason,
}

/// Why something that a file says became no observation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum UnreadReason {
    /// The reader knows what it means, and no fact of the dictionary holds it.
    #[error("no fact holds this")]
    NoFact,
    /// The lists of the format have no such code, or the format no such element.
    #[error("not in the lists of the format")]
    Unknown,
    /// It has not the form that the format gives it.
    #[error("not in the form of the format")]
    Form,
    /// It is of a day after the one on which the file was received.
    #[error("after the day on which the file was received")]
    Later,
    /// It stands more than once where it may stand once. Where the rows say the same, the first counts; where
    /// they differ, each of them is told and none counts: which is right, a person must say.
    #[error("said more than once in the same list")]
    Twice,
}

/// A place in a file, in names of the format alone: nothing of it is somebody's data.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Place {
    /// Line of the file, from 1: of the thing itself, or of the record where no more is known.
    pub line: u64,
    /// Column of that line, from 1, in characters, where the reader knows it.
    pub column: Option<u64>,
    /// Elements or members from the record down to it (`Personne/Activite/ACT`); to the
    /// element around it where the format does not know its name.
    pub path: String,
}

impl Arrival {
    /// Observations, and what is no part of them.
    #[must_use]
    pub fn new(diagnostic: Diagnostic, unread: Vec<Unread>) -> Self {
        Self { diagnostic, unread }
    }

    /// The same without observations of the facts that the caller does not need, before any of it is
    /// stored (RGPD art. 5(1)(c)).
    ///
    /// ```
    /// use std::collections::BTreeSet;
    /// use spie::interop::Sheet;
    /// use spie::{Engine, Pack};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let sheet = r#"{ "version": 1, "person": "dossier-12", "by": "ml-reims", "on": "2025-03-10",
    ///     "recorded_on": "2025-03-10", "means": "declared",
    ///     "answers": { "licence.b": false, "bike.able": true } }"#;
    /// let arrival = Sheet::parse(sheet, &engine)?.arrival();
    ///
    /// let unused = engine.unused_facts().facts.into_iter();
    /// let unused: BTreeSet<_> = unused.map(|one| one.fact).collect();
    /// let kept = arrival.keeping(|fact| !unused.contains(fact));
    /// assert_eq!(kept.diagnostic.entries().count(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn keeping(self, needed: impl Fn(&FactName) -> bool) -> Self {
        let person = self.diagnostic.person().clone();
        let goes = |entry: &Entry| !needed(entry.fact());
        let (diagnostic, _) = self.diagnostic.split(person, |_, entry| goes(entry));
        Self { diagnostic, ..self }
    }
}

impl Unread {
    /// The longest `code` that is kept, in characters.
    pub const LONGEST: usize = 200;

    /// Something that became no observation; `code` is cut to [`Unread::LONGEST`].
    #[must_use]
    pub fn new(place: Place, element: &str, code: &str, reason: UnreadReason) -> Self {
        Self {
            place,
            element: element.chars().take(Self::LONGEST).collect(),
            code: code.chars().take(Self::LONGEST).collect(),
            reason,
        }
    }
}

impl Place {
    /// A line and a path.
    #[must_use]
    pub fn new(line: u64, path: impl Into<String>) -> Self {
        Self {
            line,
            column: None,
            path: path.into(),
        }
    }

    /// The same with a column, from 1.
    #[must_use]
    pub fn at_column(self, column: u64) -> Self {
        Self {
            column: Some(column),
            ..self
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        if self.path.is_empty() {
            return Ok(());
        }
        write!(f, ", `{}`", self.path)
    }
}

/// Place and reason, never what stands there.
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

shows_only!(
    /// Shows place and reason, never what stands there.
    Unread { place, reason }
);

/// Shows how much there is, never what.
impl fmt::Debug for Arrival {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arrival")
            .field("diagnostic", &self.diagnostic)
            .field("unread", &self.unread)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::PersonRef;

    #[test]
    fn what_is_shown_holds_no_value() {
        let place = Place::new(3, "Personne/Activite/ACT");
        let unread = Unread::new(place, "ACT", "SECRET", UnreadReason::Unknown);
        let person = PersonRef::parse("SECRET").unwrap();
        let arrival = Arrival::new(Diagnostic::new(person), vec![unread.clone()]);
        let shown = format!("{unread} {unread:?} {arrival:?}");
        assert!(!shown.contains("SECRET"), "{shown}");
        assert!(shown.contains("line 3, `Personne/Activite/ACT`: not in the lists"));
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        let text = "é".repeat(Unread::LONGEST + 1);
        let unread = Unread::new(Place::new(1, ""), "", &text, UnreadReason::Form);
        assert_eq!(unread.code.chars().count(), Unread::LONGEST);
        assert_eq!(unread.to_string(), "line 1: not in the form of the format");
        let place = Place::new(1, "ACT").at_column(9);
        assert_eq!(place.to_string(), "line 1, column 9, `ACT`");
    }
}
