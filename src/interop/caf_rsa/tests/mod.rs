//! The flow, in small.

mod damage;
mod people;
mod rights;
mod unread;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufReader, Read};

use proptest::prelude::*;

use super::*;
use crate::diagnostic::{Entry, Said};
use crate::fact::{Means, Value};
use crate::interop::{Arrival, UnreadReason};
use crate::vocabulary::{BodyId, Cents, PersonRef};
use crate::{Knowledge, Pack};

const MONTHLY: &[u8] = include_bytes!("../../../../tests/samples/RSABEM_marne.xml");
const HEAD: &str = "<Racine><IdentificationFlux><TYPEFLUX>M</TYPEFLUX>\
    <DTCREAFLUX>2024-03-05</DTCREAFLUX><DTREF>2024-02-29</DTREF></IdentificationFlux>";
const TAIL: &str = "<TransmissionFlux><NBTOTDOSRSATRANSM>00000001</NBTOTDOSRSATRANSM>\
    <NBTOTDOSRSATRANSMANO>0</NBTOTDOSRSATRANSMANO></TransmissionFlux></Racine>";

fn options() -> Options {
    let body = |id| BodyId::parse(id).unwrap();
    Options::default().caf(body("caf-51")).msa(body("msa-mam"))
}

/// A reference of the first name, which is of ASCII letters in what these tests make.
fn by_first_name(person: &Identity<'_>) -> Option<PersonRef> {
    PersonRef::parse(person.first_names().next()?).ok()
}

type Read1 = (Vec<Result<Arrival, FlowError>>, Tally, Vec<Warning>);

fn read(file: &[u8]) -> Result<Read1, FlowError> {
    let mut reader = Reader::new(file, options(), by_first_name)?;
    let all: Vec<_> = reader.by_ref().collect();
    assert!(reader.next().is_none());
    let tally = reader.tally();
    assert_eq!(tally.people, tally.kept + tally.refused + tally.skipped);
    let errors = all.iter().filter(|one| one.is_err()).count() as u64;
    assert_eq!(errors, tally.refused_households + tally.refused);
    Ok((all, tally, reader.warnings().to_vec()))
}

/// A person of a household, with elements after `Prestations`.
fn person(role: &str, first_name: &str, born: &str, more: &str) -> String {
    format!(
        "<Personne><Identification><NOM>N</NOM><PRENOM>{first_name}</PRENOM><DTNAI>{born}</DTNAI>\
         </Identification><Prestations><NATPREST>PFA</NATPREST><ROLEPERS>{role}</ROLEPERS>\
         <TOPCHAPERS>0</TOPCHAPERS></Prestations><Prestations><NATPREST>RSA</NATPREST>\
         <ROLEPERS>{role}</ROLEPERS><TOPCHAPERS>1</TOPCHAPERS></Prestations>{more}</Personne>"
    )
}

fn household(people: &str, family: &str, state: &str, detail: &str) -> String {
    format!(
        "<InfosFoyerRSA><IdentificationRSA><Organisme><FONORG>CAF</FONORG><NUMORG>511</NUMORG>\
         <MATRICULE>031400210000000</MATRICULE></Organisme></IdentificationRSA>{people}\
         <DonneesAdministratives><SituationFamille><SITFAM>{family}</SITFAM></SituationFamille>\
         </DonneesAdministratives><PrestationRSA><SituationDossierRSA><EtatDossierRSA>\
         <ETATDOSRSA>{state}</ETATDOSRSA></EtatDossierRSA></SituationDossierRSA>\
         <DetailDroitRSA>{detail}</DetailDroitRSA></PrestationRSA></InfosFoyerRSA>"
    )
}

fn flow(households: &str) -> String {
    format!("{HEAD}{households}{TAIL}")
}

/// What is said of each person, by fact.
fn said(households: &str) -> BTreeMap<String, BTreeMap<String, Knowledge>> {
    let (all, _, _) = read(flow(households).as_bytes()).unwrap();
    let arrivals = all.into_iter().map(|one| one.unwrap().diagnostic);
    let facts = arrivals.map(|diagnostic| {
        let entries = diagnostic.entries().map(|(_, entry)| match entry {
            Entry::Observation(one) => match &one.said {
                Said::Known(known) => (one.fact.to_string(), known.clone()),
                said => panic!("{said:?}"),
            },
            entry => panic!("{entry:?}"),
        });
        (diagnostic.person().to_string(), entries.collect())
    });
    facts.collect()
}

fn alone(more: &str, state: &str, detail: &str) -> BTreeMap<String, Knowledge> {
    let people = person("DEM", "ROSE", "1978-12-01", more);
    said(&household(&people, "CEL", state, detail))
        .remove("ROSE")
        .unwrap()
}

/// One flag that is known.
fn flag(flag: impl Into<Option<bool>>) -> Option<Knowledge> {
    flag.into().map(Knowledge::from)
}

/// One of some codes; nothing where there is none.
fn codes(codes: &[&str]) -> Option<Knowledge> {
    let parsed = codes
        .iter()
        .map(|code| crate::vocabulary::Code::parse(code).unwrap());
    (!codes.is_empty()).then(|| Knowledge::one_of(parsed))
}
