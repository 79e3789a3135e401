//! The SPIE extract of Pôle emploi / France Travail: the principal file, one line
//! a registered person (`…extract_spie_carnet_spie_carnet_de_bord_principal.csv`).
//!
//! Semicolons, one header line, `NULL` or nothing where nothing is known, days
//! written as midnights (`1987-06-14 00:00:00.0`), UTF-8 or windows-1252
//! ([`Encoding`]). Columns are found by name: they may stand in another order, and
//! all but `identifiant_unique_de` and `date_naissance` may be missing. One line is
//! one row; memory is that of a line, and of what sees a person twice.
//!
//! # Nobody's name enters
//!
//! Number, names and birth place are lent as [`Identifiers`] to a function of the
//! caller, which returns the reference to use. Two rows with one reference, and
//! one number with two references, are refused with the line of the first: twins
//! and homonyms are for a human to tell apart. The first row has gone out by then.
//!
//! # What the columns say
//!
//! | Column | Fact | |
//! |---|---|---|
//! | `date_naissance` | `birth_date` | required |
//! | `inscription`, `categorie_inscription` | `jobseeker` | true when either is there: the extract holds registrations in course and has no column for their end; nothing is concluded from their absence |
//! | `inscription` | `jobseeker.registered_on` | |
//! | `categorie_inscription` | `jobseeker.category` | `1` to `8` until 2024, `A` to `G` from 2025 |
//! | `brsa` | `rsa` | |
//! | `dif_transport` | `barrier.mobility` | yes: at least light; no: absent |
//! | `dif_sante` | `barrier.health` | the same |
//! | `dif_logement` | `barrier.housing` | the same |
//! | `dif_financiere` | `barrier.financial` | the same |
//! | `dif_admin_jur` | `barrier.administrative` | the same |
//! | `dif_familiale` | `barrier.childcare` | no: absent; yes: a family difficulty of any nature (care of children, of a relative, separation), so that nothing is told and a note asks |
//! | `dif_inser_com` | none | its sense is not documented ("insertion, communication"): yes gives a note to ask about `barrier.language`, no says nothing |
//! | `rome_1`, `rome_2` | `project.rome` | surely wished; others stay open |
//! | `adresse_ligne6` | `residence.commune` | one or several INSEE codes, by a [`CommuneIndex`] |
//!
//! Flags are `O`, `OUI`, `N`, `NON`, in capitals. A row is the words of one body, which the caller names
//! ([`Options::new`]), by computation ([`Means::Computed`](crate::fact::Means)). What the register holds (registration,
//! category, RSA, address, birth) is observed on the day of the reception, as the file does not say when it was made;
//! difficulties and occupations on the later of `der_entretien` and `der_entretien_ppae`, and on that of the
//! reception where there is neither. A registration to come is told by a note alone. The reader knows no pack:
//! [`Resolution::left_out`](crate::diagnostic::Resolution::left_out) names what one cannot take.
//!
//! # What is not read
//!
//! These columns say no fact; [`Options::keep`] gives the text of those that name nobody, untouched.
//!
//! | Column | Why no fact is made of it | Kept on request |
//! |---|---|---|
//! | `identifiant_unique_de`, `nom`, `prenom`, `lieu_naissance`, `code_lieu_naissance` | lent to the function of the caller, and let go | no |
//! | `civilite`, `adresse_ligne2` to `adresse_ligne5` | name or place the person, and are not looked at | no |
//! | `referent_civilite`, `referent_nom`, `referent_prenom`, `referent_mail` | name a counsellor | no |
//! | `departement`, `dr` | the office's own area; the commune of `adresse_ligne6` says where the person lives | yes |
//! | `appelation_rome_1`, `appelation_rome_2` | the title beside an occupation code that is read | yes |
//! | `mrech.axetravailprincipal`, `mrech.axetravailsecondaire` | the counsellor's plan of work, in free and shortened words | yes |
//! | `code_motif_inscription`, `motif_inscription` | why the person registered, at that time; no list of its codes is published | yes |
//! | `struct_principale`, `code_safir` | the agency, whose code is not sure to be a key | yes |
//! | `modalite_accompagnement`, `struct_suivi`, `suivi_debut`, `suivi_fin_prev` | the support that the sender decided on before orientation: an answer to compare with, no fact to reason from | yes |
//!
//! # What goes wrong
//!
//! A row without number or birth date, with cells too many or too few, is refused
//! ([`RowError`]); any other cell of another form leaves its fact unknown, with a
//! [`Note`], and is kept in [`Arrival::unread`](super::Arrival::unread). No row stops another. Messages hold lines, columns and forms, never
//! what a cell says.
//!
//! ```
//! use spie::interop::france_travail::{CommuneIndex, Options, Reader};
//! use spie::vocabulary::{BodyId, PersonRef};
//! use spie::{Engine, Pack, Profile};
//!
//! let file = "\
//! identifiant_unique_de;nom;date_naissance;adresse_ligne6;inscription;dif_transport;modalite_accompagnement\n\
//! 5b0c1d2e-1111;BERTHELOT;1987-06-14 00:00:00.0;51100 REIMS;2022-02-05 00:00:00.0;OUI;GUIDE\n\
//! 5b0c1d2e-2222;ORSINI;NULL;51200 EPERNAY;NULL;NULL;SUIVI\n";
//! let options = Options::new(BodyId::parse("pole-emploi")?, "2024-03-01".parse()?)
//!     .communes(CommuneIndex::marne()?)
//!     .keep("modalite_accompagnement");
//! let at = Engine::new(&Pack::marne()?).at("2024-03-15".parse()?);
//!
//! let mut rows = Reader::new(file.as_bytes(), options, |person| {
//!     // A real office looks up its own reference.
//!     PersonRef::parse(person.number()).ok()
//! })?;
//! for row in rows.by_ref() {
//!     match row {
//!         Ok(row) => {
//!             let profile = Profile::of_diagnostic(&at, &row.arrival.diagnostic);
//!             assert!(at.orient(&profile)?.track.is_some());
//!             assert_eq!(row.columns["modalite_accompagnement"], "GUIDE");
//!         }
//!         Err(error) => assert_eq!(
//!             error.to_string(),
//!             "line 3, column `date_naissance`: empty: expected a value"
//!         ),
//!     }
//! }
//! let tally = rows.tally();
//! assert_eq!((tally.rows, tally.kept, tally.refused), (2, 1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cell;
mod columns;
mod communes;
mod encoding;
mod error;
mod facts;
mod header;
mod identifiers;
mod lines;
mod once;
mod options;
mod reader;

#[cfg(test)]
mod tests;

pub use communes::{CommuneError, CommuneIndex};
pub use encoding::Encoding;
pub use error::{
    FileError, Form, HeaderError, HeaderNote, Note, NoteReason, RowError, RowReason, UnknownColumn,
};
pub use identifiers::Identifiers;
pub use options::Options;
pub use reader::{Reader, Row, Tally};
