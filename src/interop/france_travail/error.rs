//! What a file, a row or a cell should have been. No message holds a cell.

use std::fmt;
use std::io;

use super::columns;
use crate::diagnostic::EntryError;

/// Why a whole file cannot be read. The variants are stable, the wording is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The day of reception is none that the library computes with.
    #[error("expected a day of reception from 1900-01-01 to 2200-12-31")]
    ReceivedOn,
    /// There is no header line.
    #[error("the file is empty: expected a header line, then one line a person")]
    Empty,
    /// The file begins with the mark of UTF-16.
    #[error("the file is in UTF-16: expected UTF-8 or windows-1252")]
    Utf16,
    /// The first line that is not blank is no header of the extract.
    #[error("line {line}: {reason}")]
    Header {
        /// The line, from 1.
        line: u64,
        /// What is wrong with it.
        reason: HeaderError,
    },
    /// A column to keep is not one of the extract, or names somebody.
    #[error("column `{column}` cannot be kept: it is unknown, or it names somebody")]
    NotKept {
        /// The column, as the caller wrote it.
        column: String,
    },
    /// The source failed before the header was read.
    #[error("the source failed: {kind}")]
    Read {
        /// What kind of failure.
        kind: io::ErrorKind,
    },
}

/// Why a line is no header of the extract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The file of prescribed actions was given instead of the principal file.
    #[error(
        "this is the actions file of the extract (11 columns, one line an action): \
         expected the principal file (44 columns, one line a person)"
    )]
    ActionsFile,
    /// It is one cell although it names columns of the extract.
    #[error("the columns are not separated by semicolons")]
    Separator,
    /// It lacks columns without which there is nobody to speak of.
    #[error("not the header of the extract: `{}` missing", .columns.join("` and `"))]
    MissingColumns {
        /// The columns that are missing.
        columns: Vec<&'static str>,
    },
    /// One column stands twice, and could say two things.
    #[error("column `{column}` stands twice in the header")]
    RepeatedColumn {
        /// The column.
        column: &'static str,
    },
    /// It is longer than any header of the extract.
    #[error("longer than {limit} bytes: not the header of the extract")]
    TooLong {
        /// The longest line that is read, in bytes.
        limit: usize,
    },
}

/// The form that a cell should have had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Form {
    /// A day; its time, if any, is midnight.
    #[error("a day from 1900 to 2200 at midnight, such as `1987-06-14 00:00:00.0`")]
    Date,
    /// A flag, in capitals.
    #[error("`O`, `OUI`, `N`, `NON` or `NULL`")]
    Flag,
    /// A code of the ROME.
    #[error("a ROME code such as `K1304`")]
    Rome,
    /// A category of registration.
    #[error("a category of one digit or one capital, such as `1`")]
    Category,
    /// The last line of a postal address.
    #[error("a postal code and a commune, such as `51100 REIMS`")]
    PostalLine,
    /// Readable text.
    #[error("text in the encoding of the file, without control characters")]
    Text,
}

/// Why a row is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RowReason {
    /// The line has more or fewer cells than the header.
    #[error("expected {expected} cells, found {found}")]
    CellCount {
        /// Cells of the header.
        expected: usize,
        /// Cells of the line.
        found: usize,
    },
    /// The line is longer than any row of the extract.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// The longest line that is read, in bytes.
        limit: usize,
    },
    /// A required cell is empty or `NULL`.
    #[error("empty: expected a value")]
    Missing,
    /// A required cell has another form.
    #[error("expected {0}")]
    Form(Form),
    /// The caller's function gave no reference.
    #[error("the caller gave no reference for this person")]
    NoReference,
    /// The same person, with the same reference, stood on an earlier line.
    #[error("this person stood on line {first} already")]
    RepeatedRow {
        /// The earlier line.
        first: u64,
    },
    /// The reference was given to another identifier before: twins, homonyms?
    #[error("this reference was given to another person on line {first}: never joined in silence")]
    SharedReference {
        /// The earlier line.
        first: u64,
    },
    /// The identifier was given another reference before.
    #[error("this person was given another reference on line {first}: never joined in silence")]
    SplitIdentifier {
        /// The earlier line.
        first: u64,
    },
    /// What it says is more than an observation may hold.
    #[error(transparent)]
    Observation(EntryError),
    /// The source failed; nothing can be read after this.
    #[error("the source failed: {kind}")]
    Read {
        /// What kind of failure.
        kind: io::ErrorKind,
    },
}

/// What is worth saying about a row that is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoteReason {
    /// The cell has another form, and is left unknown.
    #[error("left unknown: expected {0}")]
    Form(Form),
    /// The day comes after the one on which the file was received.
    #[error("left unknown: expected a day up to that on which the file was received")]
    AfterReception,
    /// No commune of the caller's table has this postal code and this name.
    #[error("left unknown: no commune of the table has this postal code and name")]
    UnknownCommune,
    /// The flag says that there is a difficulty, and not of which nature.
    #[error("a difficulty whose nature is not said: `{fact}` is left unknown, to be asked")]
    NatureNotSaid {
        /// The fact to ask about.
        fact: &'static str,
    },
    /// The file ends without a line end, so that its last cell may lack its end.
    #[error("the file ends without a line end: this cell may be cut")]
    MayBeCut,
}

/// A place in the file and, when asked, what stands there.
#[derive(Clone, PartialEq, Eq)]
struct Place {
    line: u64,
    column: Option<&'static str>,
    cell: Option<Box<str>>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        match self.column {
            Some(column) => write!(f, ", column `{column}`"),
            None => Ok(()),
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
            pub(super) fn new(line: u64, column: Option<&'static str>, reason: $reason) -> Self {
                Self { place: Place { line, column, cell: None }, reason }
            }

            pub(super) fn with_cell(mut self, cell: &str) -> Self {
                self.place.cell = Some(cell.into());
                self
            }

            /// Line of the file, the header being line 1.
            #[must_use]
            pub fn line(&self) -> u64 {
                self.place.line
            }

            /// The column, where one is concerned.
            #[must_use]
            pub fn column(&self) -> Option<&'static str> {
                self.place.column
            }

            /// Why, and which form was expected.
            #[must_use]
            pub fn reason(&self) -> &$reason {
                &self.reason
            }

            /// The text of the cell: data of a person, which no message shows.
            #[must_use]
            pub fn cell(&self) -> Option<&str> {
                self.place.cell.as_deref()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}: {}", self.place, self.reason)
            }
        }

        /// Shows place and reason, never the cell.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    .field("line", &self.place.line)
                    .field("column", &self.place.column)
                    .field("reason", &self.reason)
                    .finish_non_exhaustive()
            }
        }
    };
}

finding!(
    /// A row that was refused: line, column, and the form expected. The cell is
    /// shown by [`RowError::cell`] alone.
    ///
    /// ```
    /// use spie::interop::france_travail::{Options, Reader};
    /// use spie::vocabulary::{BodyId, PersonRef};
    /// let file = "identifiant_unique_de;date_naissance\nx-1;14/06/1987\n";
    /// let options = Options::new(BodyId::parse("pole-emploi")?, "2024-03-01".parse()?);
    /// let mut rows = Reader::new(file.as_bytes(), options, |person| {
    ///     PersonRef::parse(person.number()).ok()
    /// })?;
    /// let error = rows.next().and_then(Result::err).ok_or("a row is expected")?;
    /// assert_eq!((error.line(), error.column()), (2, Some("date_naissance")));
    /// assert!(!error.to_string().contains("14/06"));
    /// assert_eq!(error.cell(), Some("14/06/1987"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    RowError,
    RowReason
);
finding!(
    /// A remark about a row that is kept: a cell left unknown, and why.
    Note,
    NoteReason
);

impl std::error::Error for RowError {}

/// A remark about the header, said once for the file.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderNote {
    /// A column that is read is missing: what it says stays unknown for everybody.
    #[error("column `{column}` is missing: what it says stays unknown")]
    Missing {
        /// The column.
        column: &'static str,
    },
    /// A column that is no part of the extract; nothing of it is read.
    #[error("{0}")]
    Unknown(UnknownColumn),
}

impl fmt::Debug for HeaderNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeaderNote({self})")
    }
}

/// A column that is no part of the extract.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownColumn {
    position: usize,
    name: Box<str>,
}

impl UnknownColumn {
    pub(super) fn new(position: usize, name: &str) -> Self {
        Self {
            position,
            name: name.into(),
        }
    }

    /// Its place in the header, from 1.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position
    }

    /// Its name as written. A file without a header would show a person's data
    /// here, so that no message does.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The column of the extract that was probably meant.
    #[must_use]
    pub fn mend(&self) -> Option<&'static str> {
        crate::fact::possible::nearest(&self.name, columns::PRINCIPAL)
    }
}

impl fmt::Display for UnknownColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "column {} is unknown, and nothing of it is read",
            self.position
        )?;
        match self.mend() {
            Some(near) => write!(f, " (did you mean `{near}`?)"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for UnknownColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnknownColumn({})", self.position)
    }
}
