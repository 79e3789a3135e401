//! Invented households of the Marne, written as a flow writes them.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::{Days, NaiveDate};
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use spie::diagnostic::{Observation, Said};
use spie::fact::Means;
use spie::vocabulary::{BodyId, Code, FactName, PersonRef};
use spie::{Diagnostic, Knowledge};

type Failure = Box<dyn std::error::Error>;

/// One household in so many is damaged.
const DAMAGED: u64 = 1000;

const NAMES: [&str; 8] = [
    "AUBRY", "BENNANI", "CHÊNE", "DUPRÉ", "ÉTIENNE", "FAÏD", "GÉRÔME", "HUYNH",
];
const FIRST_NAMES: [&str; 8] = [
    "ANAÏS",
    "BRUNO",
    "CÉLINE",
    "DJAMEL",
    "ÉRIC",
    "FRANÇOISE",
    "GAËL",
    "HÉLÈNE",
];
const COMMUNES: [(&str, &str); 6] = [
    ("51454", "51100"),
    ("51108", "51000"),
    ("51230", "51200"),
    ("51649", "51300"),
    ("51535", "51120"),
    ("51507", "51800"),
];
const ACTIVITIES: [&str; 10] = [
    "SSA", "CHO", "SAL", "ETI", "SFP", "CNI", "INV", "ABA", "APP", "MLD",
];

/// Writes a flow of so many adults; says how many of its households are damaged.
pub(crate) fn flow(out: &mut impl Write, adults: u64, seed: u64) -> io::Result<u64> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"windows-1252\"?>\n<Racine><IdentificationFlux>\
          <APPLIEME>CRI</APPLIEME><NUMVERSIONAPPLIEME>6200</NUMVERSIONAPPLIEME>\
          <TYPEFLUX>M</TYPEFLUX><NATFLUX>D</NATFLUX><DTCREAFLUX>2025-03-05</DTCREAFLUX>\
          <HEUCREAFLUX>02:10:00.0000</HEUCREAFLUX><DTREF>2025-02-28</DTREF></IdentificationFlux>\n",
    )?;
    let (mut left, mut households, mut damaged) = (adults, 0_u64, 0);
    while left > 0 {
        households += 1;
        let couple = left > 1 && random.random_ratio(1, 5);
        left -= 1 + u64::from(couple);
        let mut household = household(&mut random, households, couple);
        if households % DAMAGED == 0 {
            household = household.replacen("</NOM>", "", 1);
            damaged += 1;
        }
        // Every letter that is written here is one byte of windows-1252, and the same in Unicode.
        let bytes = household
            .chars()
            .map(|letter| u8::try_from(letter).unwrap_or(b'?'));
        out.write_all(&bytes.collect::<Vec<u8>>())?;
    }
    writeln!(
        out,
        "<TransmissionFlux><NBTOTDOSRSATRANSM>{households:08}</NBTOTDOSRSATRANSM>\
         <NBTOTDOSRSATRANSMANO>00000000</NBTOTDOSRSATRANSMANO></TransmissionFlux></Racine>"
    )?;
    Ok(damaged)
}

fn household(random: &mut ChaCha8Rng, number: u64, couple: bool) -> String {
    let payer = if random.random_ratio(1, 12) {
        "MSA"
    } else {
        "CAF"
    };
    let children = random
        .random_range(0..=3_u32)
        .saturating_sub(u32::from(!couple));
    let (commune, postal) = COMMUNES.choose(random).copied().unwrap_or_default();
    let homeless = random.random_ratio(1, 40);
    let (state, situation) = state(random);
    let family = match (couple, random.random_range(0..3_u32)) {
        (true, 0) => "MAR",
        (true, _) => "VIM",
        (false, 0) => "ISO",
        (false, _) => "CEL",
    };
    let mut text = format!(
        "<InfosFoyerRSA><IdentificationRSA><Organisme><FONORG>{payer}</FONORG><NUMORG>511</NUMORG>\
         <MATRICULE>{number:07}00000000</MATRICULE></Organisme><Partenaire><TYPEPARTE>CG </TYPEPARTE>\
         <IDEPARTE>051</IDEPARTE></Partenaire><DemandeRSA><DTDEMRSA>2021-02-15</DTDEMRSA>\
         <NUMDEMRSA>{number:011}</NUMDEMRSA></DemandeRSA></IdentificationRSA>"
    );
    let name = NAMES.choose(random).copied().unwrap_or_default();
    person(random, &mut text, "DEM", name);
    if couple {
        person(random, &mut text, "CJT", name);
    }
    for _ in 0..children {
        person(random, &mut text, "ENF", name);
    }
    let _ = writeln!(
        text,
        "<DonneesAdministratives><SituationFamille><SITFAM>{family}</SITFAM>\
         <DDSITFAM>2018-09-01</DDSITFAM></SituationFamille><Adresse><TroncCommunAdresse>\
         <RGADR>01</RGADR><DTEMM>2022-01-10</DTEMM><PAYS>FRA</PAYS><TYPEADR>D</TYPEADR>\
         <ETATADR>CO</ETATADR></TroncCommunAdresse><AdresseDetailleeFrance><COMPLIDEADR />\
         <COMPLADR /><NUMVOIE>12</NUMVOIE><LIBTYPEVOIE>RUE</LIBTYPEVOIE>\
         <NOMVOIE>DES PRÉS</NOMVOIE><LIEUDIST /><NUMCOM>{commune}</NUMCOM>\
         <CODEPOS>{postal}</CODEPOS><NOMCOM>ICI</NOMCOM></AdresseDetailleeFrance></Adresse>\
         </DonneesAdministratives><PrestationRSA><SituationDossierRSA><EtatDossierRSA>\
         <ETATDOSRSA>{state}</ETATDOSRSA></EtatDossierRSA>{situation}</SituationDossierRSA>\
         <DetailDroitRSA><TroncCommunDroitRSA><TOPSANSDOMFIXE>{}</TOPSANSDOMFIXE>\
         <ORIDEMRSA>DEM</ORIDEMRSA></TroncCommunDroitRSA></DetailDroitRSA></PrestationRSA>\
         </InfosFoyerRSA>",
        u8::from(homeless)
    );
    text
}

/// A state of the right, and what is told with it.
fn state(random: &mut ChaCha8Rng) -> (u32, &'static str) {
    match random.random_range(0..20_u32) {
        0 => (0, ""),
        1 => (
            3,
            "<SuspensionDroit><MOTISUSDRORSA>GK</MOTISUSDRORSA><DDSUSDRORSA>2025-02-01</DDSUSDRORSA></SuspensionDroit>",
        ),
        2 => (
            4,
            "<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA><DDSUSVERSRSA>2025-01-01</DDSUSVERSRSA></SuspensionVersement>",
        ),
        3 => (
            5,
            "<FinDroit><MOTICLORSA>ECH</MOTICLORSA><DTCLORSA>2025-01-31</DTCLORSA></FinDroit>",
        ),
        _ => (2, ""),
    }
}

fn person(random: &mut ChaCha8Rng, text: &mut String, role: &str, name: &str) {
    let first_name = FIRST_NAMES.choose(random).copied().unwrap_or_default();
    let child = role == "ENF";
    let (sex, year) = (
        random.random_range(1..=2_u32),
        if child {
            random.random_range(2008..=2024_u32)
        } else {
            random.random_range(1962..=2004_u32)
        },
    );
    let (month, day) = (
        random.random_range(1..=12_u32),
        random.random_range(1..=28_u32),
    );
    let born = random.random_range(1..=999_u32);
    let _ = write!(
        text,
        "<Personne><Identification><NOM>{name}</NOM><NOMNAI>{name}</NOMNAI>\
         <PRENOM>{first_name}</PRENOM><NOMCOMNAI>REIMS</NOMCOMNAI>\
         <DTNAI>{year}-{month:02}-{day:02}</DTNAI><TYPEDTNAI>N</TYPEDTNAI>"
    );
    if !child {
        let _ = write!(
            text,
            "<NIR>{sex}{:02}{month:02}51454{born:03}</NIR>",
            year % 100
        );
    }
    let _ = write!(
        text,
        "<TOPVALIEC>1</TOPVALIEC><SEXE>{sex}</SEXE></Identification><DossierCAF>\
         <TOPRESPDOS>{}</TOPRESPDOS><DDRATDOS>2019-04-01</DDRATDOS></DossierCAF><Prestations>\
         <NATPREST>PFA</NATPREST><ROLEPERS>{role}</ROLEPERS><TOPCHAPERS>0</TOPCHAPERS>\
         </Prestations><Prestations><NATPREST>RSA</NATPREST><ROLEPERS>{role}</ROLEPERS>\
         <TOPCHAPERS>1</TOPCHAPERS></Prestations>",
        u8::from(role == "DEM")
    );
    if !child {
        let duties = u8::from(random.random_ratio(4, 5));
        let activity = ACTIVITIES.choose(random).copied().unwrap_or_default();
        let _ = write!(
            text,
            "<MontantCalculDroitRSAPersonne><TOPPERSDRODEVORSA>{duties}</TOPPERSDRODEVORSA>\
             </MontantCalculDroitRSAPersonne><Activite><REG>GE</REG><ACT>{activity}</ACT>\
             <DDACT>2023-07-01</DDACT></Activite>"
        );
    }
    text.push_str("</Personne>");
}

/// What the operator of employment might have said of a person, as invented as the flow.
pub(crate) fn operator(person: &PersonRef, on: NaiveDate) -> Result<Diagnostic, Failure> {
    let number: u64 = person
        .as_str()
        .bytes()
        .fold(7, |sum, byte| sum * 31 % 9973 + u64::from(byte));
    let observed_on = on.checked_sub_days(Days::new(number % 60)).ok_or("a day")?;
    let mut diagnostic = Diagnostic::new(person.clone());
    let mut says = |fact: &str, known: Knowledge| -> Result<(), Failure> {
        diagnostic.receive(Observation {
            by: BodyId::parse("pole-emploi")?,
            means: Means::Attested,
            observed_on,
            recorded_on: on,
            fact: FactName::parse(fact)?,
            said: Said::Known(known),
            remark: None,
        })?;
        Ok(())
    };
    says("jobseeker", Knowledge::from(!number.is_multiple_of(3)))?;
    says("employed", Knowledge::from(number.is_multiple_of(5)))?;
    let level = ["absent", "light", "moderate", "blocking"];
    let level = level.get(usize::try_from(number % 4)?).ok_or("a level")?;
    says("barrier.mobility", Knowledge::from(Code::parse(level)?))?;
    Ok(diagnostic)
}
