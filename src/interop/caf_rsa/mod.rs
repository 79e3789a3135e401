//! The RSA flow of the caisses d'allocations familiales and of the Mutualité sociale agricole:
//! the people with a right to RSA, household by household, monthly (`RSABEM…`) or daily
//! (`RSABEI…`), in XML (`vrsb0801.xsd`).
//!
//! Written in windows-1252 unless the prolog says otherwise. One household is in memory at a
//! time, however long the file: the caller has each person before the next household is read.
//!
//! # Nobody's name enters
//!
//! Names, NIR, numbers and address are lent as an [`Identity`] to a function of the caller,
//! which returns the reference to use, or nothing for who is of no concern. They are in no
//! arrival and in no error. A child whom nobody accompanies needs no reference: households and
//! `children` of the parents count it all the same. One reference for two people of a household is refused. A person
//! who stands in two households of a file, one closed and one open, arrives twice: the end of the
//! one is observed on its day, and is older than the right of the other.
//!
//! # What the elements say
//!
//! All is said by the body that the caller names for `FONORG` ([`Options`]). Everything is
//! observed on `DTREF`, the day of which the flow speaks, and recorded on `DTCREAFLUX`, unless a line
//! below says otherwise. What is
//! a household's is said once per person. *Attested* is what the caisse attests by its own
//! decision or record; *computed* is what it repeats from somebody else, so that the word of the
//! person or of who knows better stands over it.
//!
//! | Element | Fact | Of whom | Means |
//! |---|---|---|---|
//! | `DTNAI`, `TYPEDTNAI` | `birth_date`, within a month or a year where the day or month is not known | each | attested where `TOPVALIEC` is 1, else declared |
//! | `NUMCOM` of the address of rank `01` | `residence.commune`; nothing where there is no fixed address | each | attested |
//! | `TOPSANSDOMFIXE` 1 | `housing.status`: one of `hosted_precarious`, `shelter`, `street`, `other`; 0 says nothing of where somebody lives | each | computed |
//! | `FONORG` | `benefits.payer`, where `ETATDOSRSA` is 0, 2, 3 or 4 | each | attested |
//! | `ETATDOSRSA` | `rsa`: true in states 2, 3, 4, false in 0, 1, 5, 6; in 5 and 6 observed on `DTCLORSA`, in 1 on `DTREFURSA`, where they are given and not after `DTREF` | `DEM`, `CJT` | attested |
//! | `ETATDOSRSA` | `rsa.suspended`: true in 3 and 4, false in 2 | `DEM`, `CJT` | attested |
//! | `MOTISUSDRORSA` in state 3, `MOTISUSVERSRSA` in state 4 | `rsa.suspension_kind`, several where the label leaves it open or there are several reasons | `DEM`, `CJT` | attested |
//! | `NATPF` of what runs on `DTREF` | `rsa.increased`, where the right is open | `DEM`, `CJT` | attested |
//! | `ETATDOSRSA` 2, 3, 4 and `TOPCHAPERS` 1 | `rsa` false and `rsa.dependent` true | `ENF`, `AUT` | attested |
//! | `TOPPERSDRODEVORSA` | `rsa.rights_duties`; a missing block is unknown, and not a no | each | attested |
//! | `ROLEPERS`, `TOPCHAPERS` for the RSA | `household.size` | each counted | attested |
//! | these, `SITFAM` | `household.single_parent`: false for a couple, true for who is not one and raises a child counted here, else nothing | `DEM`, `CJT` | attested |
//! | `DTNAI` of each `ENF` | `children`: birth date, and at home where counted; the list stays open, others may live elsewhere | `DEM`, `CJT` | attested |
//! | `Ressources` | `income.professional_monthly`: the mean of the three months, observed on `DFRESS` | each | attested |
//! | `ACT` | `employed`, `self_employed`, `apprentice`, `employment.contract`, `student`, `in_school`, `in_training`, `jobseeker`, `ass`, by the label of what is in course, where it says one thing | each | computed |
//!
//! In states 1, 5 and 6 the file is closed and no longer kept up: nothing but `rsa` and
//! `birth_date` is said. Who has left the household (`DFRATDOS` not after `DTREF`, or unreadable)
//! is no member of it: of them `birth_date` alone is said, and neither address nor anything of who
//! stayed reaches them; nor does it reach a `CJT` whom the RSA does not count, who may have left.
//! While an exclusion runs (`ExclueRSA`; no public list says what `EXCL` means, so that any code
//! counts) the right is not said of that person.
//!
//! Where one person of a household cannot be read, nothing is said of its composition. A
//! household has one `DEM` and one `CJT`, or is refused. The
//! number at the operator of employment (`IDASSEDIC`) says nothing of a registration.
//!
//! The meaning of states, of closures and of suspensions of payment is that of Carnet de bord
//! (`parse_infos_foyer_rsa.py`), of other codes that of `WebRSA`; what kind of suspension a
//! label is, and what an activity says of work, is this reader's reading of these labels.
//!
//! # What is not read
//!
//! [`Arrival::unread`](super::Arrival) keeps, with its place: codes that no list has and
//! elements that the format has not; what a list has and no fact holds (a request that waits,
//! reasons of refusal and closure, a suspension in another state, an activity that is an illness, a
//! leave or a pension, activities in course that contradict each other, resources that may be
//! earned or not, who has left or is excluded, a pregnancy in course, entering rights and duties,
//! an anomaly, the commune of a letter box); and
//! what has another form. Each adult has what is theirs, the claimant and the partner what is the household's, and
//! the first of them who is kept what is of those who depend on them. What is of anybody who is not kept is
//! given to nobody, and counted ([`Tally::untold`]). Of elements that the format has not, and of free text, the content is not
//! kept. Amounts of the right, dates of requests and moves, controls and events
//! are of no fact and not looked at, but for codes that are unknown.
//!
//! # What goes wrong
//!
//! A file that does not say of which day it speaks is refused whole. Damage in a household
//! refuses that household, damage in what names a person refuses that person, each with line,
//! column and path, and goes no further. A document type is refused, so that nothing is ever
//! expanded. Depth, length, elements and people of a household are bounded, and what of it is not read.
//! A comment that does not end within a piece is none, nor is one that ends households on its way to
//! the end of another. What stands after the end of the flow, a
//! second flow above all, is refused and not read. Totals that do not
//! agree with what was met are a [`Warning`].
//!
//! ```
//! use std::io::BufReader;
//! use spie::interop::caf_rsa::{Options, Reader, Role};
//! use spie::vocabulary::{BodyId, PersonRef};
//!
//! let file = r#"<?xml version="1.0" encoding="windows-1252"?>
//! <Racine>
//!   <IdentificationFlux><TYPEFLUX>M</TYPEFLUX><DTREF>2024-02-29</DTREF></IdentificationFlux>
//!   <InfosFoyerRSA>
//!     <IdentificationRSA><Organisme>
//!       <FONORG>CAF</FONORG><NUMORG>511</NUMORG><MATRICULE>031400210000000</MATRICULE>
//!     </Organisme></IdentificationRSA>
//!     <Personne>
//!       <Identification>
//!         <NOM>BERTHELOT</NOM><DTNAI>1987-06-14</DTNAI><NIR>2870651454101</NIR>
//!       </Identification>
//!       <Prestations>
//!         <NATPREST>RSA</NATPREST><ROLEPERS>DEM</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS>
//!       </Prestations>
//!     </Personne>
//!     <PrestationRSA><SituationDossierRSA>
//!       <EtatDossierRSA><ETATDOSRSA>2</ETATDOSRSA></EtatDossierRSA>
//!     </SituationDossierRSA></PrestationRSA>
//!   </InfosFoyerRSA>
//!   <TransmissionFlux>
//!     <NBTOTDOSRSATRANSM>00000001</NBTOTDOSRSATRANSM>
//!     <NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO>
//!   </TransmissionFlux>
//! </Racine>"#;
//!
//! let options = Options::default().caf(BodyId::parse("caf-51")?);
//! let mut people = Reader::new(BufReader::new(file.as_bytes()), options, |person| {
//!     // A real office looks up its own reference, and skips children.
//!     assert_eq!(person.file(), "031400210000000");
//!     (person.role() == Role::Claimant).then(|| PersonRef::parse("dossier-12").ok()).flatten()
//! })?;
//! let arrival = people.next().ok_or("a person is expected")??;
//! let rsa = arrival.diagnostic.entries().filter(|(_, entry)| entry.fact().as_str() == "rsa");
//! assert_eq!(rsa.count(), 1);
//! assert!(people.next().is_none() && people.warnings().is_empty());
//! assert_eq!((people.tally().people, people.tally().kept), (1, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod codes;
mod error;
mod flow;
mod form;
mod household;
mod identity;
mod options;
mod person;
mod pieces;
mod reader;
mod schema;
mod tree;
mod unread;

#[cfg(test)]
mod tests;

pub use error::{FlowError, FlowReason, Form, Warning, WarningReason};
pub use flow::{Flow, FlowKind};
pub use identity::{Identity, Role};
pub use options::{Options, Payer};
pub use reader::{Reader, Tally};
