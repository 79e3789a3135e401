//! The flow, in small.

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

const MONTHLY: &[u8] = include_bytes!("../../../tests/samples/RSABEM_marne.xml");
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

#[test]
fn the_state_is_that_of_the_right() {
    for (state, open, suspended) in [
        ("0", false, None),
        ("1", false, None),
        ("2", true, flag(false)),
        ("3", true, flag(true)),
        ("4", true, flag(true)),
        ("5", false, None),
        ("6", false, None),
    ] {
        let work = "<Activite><ACT>SAL</ACT><DDACT>2023-07-01</DDACT></Activite>";
        let said = alone(work, state, "");
        let asked_or_open = open || state == "0";
        for fact in ["employed", "household.size"] {
            assert_eq!(said.contains_key(fact), asked_or_open, "{state} {fact}");
        }
        assert_eq!(said.get("rsa").cloned(), flag(open), "{state}");
        assert_eq!(said.get("rsa.suspended").cloned(), suspended, "{state}");
        let payer = said.get("benefits.payer").cloned();
        let current = open || state == "0";
        assert_eq!(payer, codes(&["caf"]).filter(|_| current), "{state}");
        assert_eq!(said.get("rsa.rights_duties"), None);
    }
    for state in ["7", "", "22"] {
        let people = person("DEM", "ROSE", "1978-12-01", "");
        let (all, tally, _) = read(flow(&household(&people, "CEL", state, "")).as_bytes()).unwrap();
        let error = all[0].as_ref().unwrap_err().to_string();
        assert!(
            error.contains("`InfosFoyerRSA[1]/PrestationRSA/SituationDossierRSA"),
            "{error}"
        );
        assert_eq!(
            (tally.households, tally.refused_households, tally.people),
            (1, 1, 0)
        );
    }
}

/// One reference at two caisses, one of which has closed the file: both are true, one after the
/// other.
#[test]
fn a_closed_file_says_no_more_than_that_and_since_when() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let flow_day = day("2024-02-29");
    for (state, end, expected) in [
        (
            "5",
            "<FinDroit><MOTICLORSA>MUT</MOTICLORSA><DTCLORSA>2023-12-31</DTCLORSA></FinDroit>",
            day("2023-12-31"),
        ),
        (
            "6",
            "<FinDroitMoisAnterieur><MOTICLORSA>MUT</MOTICLORSA><DTCLORSA>2023-11-30</DTCLORSA></FinDroitMoisAnterieur>",
            day("2023-11-30"),
        ),
        (
            "1",
            "<Refus><DTREFURSA>2024-01-15</DTREFURSA></Refus>",
            day("2024-01-15"),
        ),
        (
            "5",
            "<FinDroit><DTCLORSA>2024-03-31</DTCLORSA></FinDroit>",
            flow_day,
        ),
        ("5", "", flow_day),
    ] {
        let closed = household(&people, "CEL", state, "")
            .replace("</EtatDossierRSA>", &format!("</EtatDossierRSA>{end}"));
        let (all, _, _) = read(flow(&closed).as_bytes()).unwrap();
        let closed = all.into_iter().next().unwrap().unwrap().diagnostic;
        let said: BTreeMap<_, _> = closed
            .entries()
            .map(|(_, entry)| match entry {
                Entry::Observation(one) => (one.fact.to_string(), one.observed_on),
                entry => panic!("{entry:?}"),
            })
            .collect();
        assert_eq!(
            said,
            BTreeMap::from([
                ("birth_date".to_owned(), flow_day),
                ("rsa".to_owned(), expected)
            ]),
            "{state}"
        );
        if expected == flow_day {
            continue;
        }
        let open = household(&people, "CEL", "2", "");
        let (all, _, _) = read(flow(&open).as_bytes()).unwrap();
        let open = all.into_iter().next().unwrap().unwrap().diagnostic;
        let merged = closed.merge(&open).unwrap();
        let engine = crate::Engine::new(&Pack::marne().unwrap());
        let at = engine.at(day("2024-03-15"));
        let resolution = merged.resolve(&at);
        let rsa = &resolution.facts[&crate::vocabulary::FactName::parse("rsa").unwrap()];
        assert_eq!(rsa.value.as_deref(), Some("oui"), "{state} {rsa:?}");
    }
}

/// Who left a household learns nothing of who stayed: not where they live, nor with whom.
#[test]
fn who_left_is_no_member_and_learns_nothing_of_who_stayed() {
    let address = "<DonneesAdministratives><Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse>\
        <AdresseDetailleeFrance><NOMVOIE>DES LILAS</NOMVOIE><NUMCOM>51108</NUMCOM></AdresseDetailleeFrance></Adresse>";
    let with = |more: &str, counted: &str| {
        let partner = person("CJT", "YANNIS", "1980-01-31", more).replace(
            "<TOPCHAPERS>1</TOPCHAPERS>",
            &format!("<TOPCHAPERS>{counted}</TOPCHAPERS>"),
        );
        let people = person("DEM", "ROSE", "1978-12-01", "")
            + &partner
            + &person("ENF", "LINA", "2022-08-20", "");
        let file =
            flow(&household(&people, "ISO", "2", "").replace("<DonneesAdministratives>", address));
        let mut lines = Vec::new();
        let reader = Reader::new(file.as_bytes(), options(), |person| {
            lines.push(person.address().count());
            by_first_name(person)
        });
        let all: Vec<_> = reader.unwrap().map(Result::unwrap).collect();
        let facts = |place: usize| -> Vec<String> {
            let entries = all[place].diagnostic.entries();
            entries.map(|(_, entry)| entry.fact().to_string()).collect()
        };
        let left: Vec<_> = all[1]
            .unread
            .iter()
            .map(|one| one.element.clone())
            .collect();
        (facts(0), facts(1), left, lines)
    };
    let ended = |day: &str| {
        format!(
            "<DossierCAF><DDRATDOS>2020-01-01</DDRATDOS><DFRATDOS>{day}</DFRATDOS></DossierCAF>"
        )
    };
    for (more, left) in [
        (ended("2024-01-15"), ["DFRATDOS"]),
        (ended("2024-02-29"), ["DFRATDOS"]),
        (ended("15/01/2024"), ["DFRATDOS"]),
    ] {
        let (stayed, gone, unread, lines) = with(&more, "1");
        assert_eq!(gone, ["birth_date"], "{more}");
        assert_eq!(
            (unread, lines),
            (left.map(str::to_owned).to_vec(), vec![2, 0, 2])
        );
        let known = !more.contains("15/01");
        assert_eq!(
            stayed.contains(&"household.size".to_owned()),
            known,
            "{more}"
        );
        assert_eq!(
            stayed.contains(&"household.single_parent".to_owned()),
            known
        );
        assert!(stayed.contains(&"residence.commune".to_owned()));
    }
    let (_, stays, unread, lines) = with(&ended("2024-03-01"), "1");
    assert!(stays.contains(&"residence.commune".to_owned()) && stays.contains(&"rsa".to_owned()));
    assert_eq!((unread, lines), (vec![], vec![2, 2, 2]));
    // Not counted: perhaps gone.
    let (stayed, uncounted, unread, lines) = with("", "0");
    assert_eq!(
        (uncounted, unread),
        (vec!["birth_date".to_owned()], vec!["TOPCHAPERS".to_owned()])
    );
    assert_eq!(lines, [2, 0, 2]);
    assert!(
        stayed.contains(&"children".to_owned()) && !stayed.contains(&"household.size".to_owned())
    );
    // Excluded: here, without the right.
    for (until, runs) in [
        ("", true),
        ("2024-02-29", true),
        ("2024-01-31", false),
        ("x", true),
    ] {
        let excluded = format!(
            "<AvisPCGPersonne><ExclueRSA><EXCL>O</EXCL><DDEXCL>2023-01-01</DDEXCL><DFEXCL>{until}</DFEXCL></ExclueRSA></AvisPCGPersonne>"
        );
        let (_, excluded, unread, lines) = with(&excluded, "1");
        assert_eq!(excluded.contains(&"rsa".to_owned()), !runs, "{until}");
        assert!(excluded.contains(&"residence.commune".to_owned()));
        assert_eq!(unread.contains(&"EXCL".to_owned()), runs);
        assert_eq!(lines, [2, 2, 2]);
    }
}

#[test]
fn a_couple_with_children_is_said_of_both_and_a_child_depends() {
    let people = [
        person("DEM", "ROSE", "1978-12-01", ""),
        person("CJT", "YANNIS", "1980-01-31", ""),
        person("ENF", "LINA", "2022-08-20", ""),
        person(
            "ENF",
            "TOM",
            "2010-08-20",
            "<Activite><ACT>ABS</ACT><DDACT>2023-09-01</DDACT></Activite>",
        ),
    ]
    .concat();
    let said = said(&household(&people, "MAR", "2", ""));
    for adult in ["ROSE", "YANNIS"] {
        let said = &said[adult];
        assert_eq!(said["household.size"], Knowledge::from(4_i64));
        assert_eq!(said["household.single_parent"], Knowledge::from(false));
        assert_eq!(said["rsa"], Knowledge::from(true));
        let Knowledge::Rows(rows) = &said["children"] else {
            panic!()
        };
        assert!(!rows.complete);
        let at_home = rows
            .rows
            .iter()
            .filter(|row| row.keys().any(|key| key.as_str() == "at_home"));
        assert_eq!((rows.rows.len(), at_home.count()), (2, 1));
    }
    let lina = &said["LINA"];
    assert_eq!(
        (&lina["rsa"], &lina["rsa.dependent"]),
        (&Knowledge::from(false), &Knowledge::from(true))
    );
    assert!(!lina.contains_key("children") && !lina.contains_key("household.single_parent"));
}

#[test]
fn who_cannot_be_read_leaves_the_composition_unsaid() {
    let people = [
        person("DEM", "ROSE", "1978-12-01", ""),
        person("ENF", "LINA", "20/08/2022", ""),
        person("XXX", "TOM", "2010-08-20", ""),
    ]
    .concat();
    let (all, tally, _) = read(flow(&household(&people, "ISO", "2", "")).as_bytes()).unwrap();
    assert_eq!((tally.people, tally.kept, tally.refused), (3, 1, 2));
    let errors: Vec<String> = all
        .iter()
        .filter_map(|one| one.as_ref().err())
        .map(ToString::to_string)
        .collect();
    assert!(errors[0].ends_with("`InfosFoyerRSA[1]/Personne[2]/Identification/DTNAI`: expected a day from 1900 to 2200, such as `2024-02-29`"), "{errors:?}");
    assert!(
        errors[1].contains("Personne[3]/Prestations/ROLEPERS`: expected a role"),
        "{errors:?}"
    );
    let kept = all.iter().find_map(|one| one.as_ref().ok()).unwrap();
    let said = |fact: &str| {
        kept.diagnostic
            .entries()
            .any(|(_, entry)| entry.fact().as_str() == fact)
    };
    assert!(
        said("rsa")
            && !said("household.size")
            && !said("children")
            && !said("household.single_parent")
    );
}

#[test]
fn a_parent_alone_is_one_by_situation_and_people() {
    let single = |family: &str, others: &[&str]| {
        let people = others.iter().enumerate().map(|(place, role)| {
            let name = ["LINA", "TOM", "ADA"][place];
            person(role, name, "2015-01-01", "")
        });
        let people = person("DEM", "ROSE", "1978-12-01", "") + &people.collect::<String>();
        said(&household(&people, family, "2", ""))["ROSE"]
            .get("household.single_parent")
            .cloned()
    };
    assert_eq!(single("ISO", &["ENF", "ENF"]), flag(true));
    // A child may be counted elsewhere.
    assert_eq!(single("ISO", &[]), None);
    assert_eq!(single("MAR", &["CJT", "ENF"]), flag(false));
    // They contradict each other, or somebody else may be an adult.
    for (family, others) in [
        ("MAR", &["ENF"][..]),
        ("ISO", &["CJT", "ENF"]),
        ("ISO", &["AUT", "ENF"]),
        ("ABA", &["ENF"]),
        ("ZZZ", &["ENF"]),
    ] {
        assert_eq!(single(family, others), None, "{family} {others:?}");
    }
    let uncounted = person("DEM", "ROSE", "1978-12-01", "")
        + &person("ENF", "LINA", "2015-01-01", "")
            .replace("<TOPCHAPERS>1</TOPCHAPERS>", "<TOPCHAPERS>0</TOPCHAPERS>");
    let said = said(&household(&uncounted, "ISO", "2", ""));
    assert_eq!(said["ROSE"].get("household.single_parent"), None);
}

#[test]
fn who_is_without_address_has_no_commune() {
    let address = "<DonneesAdministratives><Adresse><TroncCommunAdresse><RGADR>02</RGADR></TroncCommunAdresse>\
        <AdresseDetailleeFrance><NUMCOM>51108</NUMCOM></AdresseDetailleeFrance></Adresse>\
        <Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse>\
        <AdresseDetailleeFrance><NUMCOM>08105</NUMCOM></AdresseDetailleeFrance></Adresse></DonneesAdministratives>";
    let with = |homeless: &str| {
        let detail = format!(
            "<TroncCommunDroitRSA><TOPSANSDOMFIXE>{homeless}</TOPSANSDOMFIXE></TroncCommunDroitRSA>"
        );
        let people = person("DEM", "ROSE", "1978-12-01", "");
        let household = household(&people, "CEL", "2", &detail);
        let (start, end) = (
            household.find("<Donnees").unwrap(),
            household.find("<PrestationRSA").unwrap(),
        );
        said(&format!(
            "{}{address}{}",
            &household[..start],
            &household[end..]
        ))
        .remove("ROSE")
        .unwrap()
    };
    let (here, nowhere) = (with("0"), with("1"));
    assert_eq!(here.get("residence.commune").cloned(), codes(&["08105"]));
    assert_eq!(here.get("housing.status"), None);
    assert_eq!(nowhere.get("residence.commune"), None);
    assert_eq!(
        nowhere.get("housing.status").cloned(),
        codes(&["hosted_precarious", "other", "shelter", "street"])
    );
}

#[test]
fn the_activity_in_course_is_said_and_no_illness_is() {
    let act = |code: &str, from: &str, until: &str| {
        format!(
            "<Activite><REG>GE</REG><ACT>{code}</ACT><DDACT>{from}</DDACT><DFACT>{until}</DFACT></Activite>"
        )
    };
    let working = |more: &str| alone(more, "2", "").get("employed").cloned();
    assert_eq!(working(&act("SAL", "2023-07-01", "")), flag(true));
    // Both run: which of them is true, and since when, is not known.
    let both = act("SAL", "2023-07-01", "") + &act("CHR", "2024-01-01", "");
    assert_eq!(working(&both), None);
    let after = act("SAL", "2023-07-01", "2023-12-31") + &act("CHR", "2024-01-01", "");
    assert_eq!(working(&after), flag(false));
    let two_jobs = act("SAL", "2023-07-01", "") + &act("VRP", "2024-01-01", "");
    assert_eq!(working(&two_jobs), flag(true));
    let ended = act("SAL", "2023-07-01", "2023-12-31");
    assert_eq!(working(&ended), None);
    assert_eq!(working(&(ended + &act("SAL", "2024-07-01", ""))), None);
    // The last one may be the one whose day cannot be read.
    assert_eq!(
        working(&(act("SAL", "2023-07-01", "") + &act("SSA", "2024-13-01", ""))),
        None
    );
    assert_eq!(
        working(&(act("SAL", "2023-07-01", "") + &act("SSA", "2023-07-01", ""))),
        None
    );
    let ill = alone(&act("MLD", "2023-07-01", ""), "2", "");
    let common = alone("", "2", "");
    assert_eq!(
        ill.keys().collect::<Vec<_>>(),
        common.keys().collect::<Vec<_>>()
    );
    let apprentice = alone(&act("APP", "2023-07-01", ""), "2", "");
    assert_eq!(
        apprentice.get("employment.contract").cloned(),
        codes(&["apprenticeship"])
    );
}

#[test]
fn earnings_are_the_mean_of_three_months_or_nothing() {
    let month = |day: &str, details: &[(&str, &str)]| {
        let details = details.iter().map(|(nature, amount)| {
            format!("<DetailRessourcesMensuelles><NATRESS>{nature}</NATRESS><MTNATRESSMEN>{amount}</MTNATRESSMEN></DetailRessourcesMensuelles>")
        });
        format!(
            "<RessourcesMensuelles><GeneraliteRessourcesMensuelles><MOISRESS>{day}</MOISRESS></GeneraliteRessourcesMensuelles>{}</RessourcesMensuelles>",
            details.collect::<String>()
        )
    };
    let earned = |nothing: &str, months: &[String]| {
        let resources = format!(
            "<Ressources><GeneraliteRessourcesTrimestre><TOPRESSNUL>{nothing}</TOPRESSNUL><DDRESS>2023-11-01</DDRESS><DFRESS>2024-01-31</DFRESS></GeneraliteRessourcesTrimestre>{}</Ressources>",
            months.concat()
        );
        alone(&resources, "2", "").remove("income.professional_monthly")
    };
    let cents = |cents| Some(Knowledge::from(Value::Money(Cents::new(cents))));
    assert_eq!(earned("1", &[]), cents(0));
    let wages = [
        month(
            "2023-11-01",
            &[("001", "0000500.00"), ("010", "0000900.00")],
        ),
        month(
            "2023-12-01",
            &[("001", "0000100.00"), ("003", "0000050.00")],
        ),
        month("2024-01-01", &[("000", "0000000.00")]),
    ];
    assert_eq!(earned("0", &wages), cents(21_667));
    assert_eq!(earned("0", &wages[..2]), None);
    assert_eq!(earned("1", &wages), None);
    let twice = [
        wages[0].clone(),
        wages[1].clone(),
        wages[1].replace("12-01", "12-02"),
    ];
    assert_eq!(earned("0", &twice), None);
    // A nature that is open, unknown, or an amount that is none.
    for (nature, amount) in [
        ("030", "0000001.00"),
        ("ZZZ", "0000001.00"),
        ("001", "1,00"),
    ] {
        let open = [
            wages[0].clone(),
            wages[1].clone(),
            month("2024-01-01", &[(nature, amount)]),
        ];
        assert_eq!(earned("0", &open), None, "{nature}");
    }
}

#[test]
fn suspensions_have_the_kinds_of_their_labels() {
    let kind = |state: &str, around: &str, leaf: &str, reasons: &[&str]| {
        let reasons = reasons
            .iter()
            .map(|code| format!("<{around}><{leaf}>{code}</{leaf}></{around}>"));
        let people = person("DEM", "ROSE", "1978-12-01", "");
        let household = household(&people, "CEL", state, "");
        let household = household.replace(
            "</EtatDossierRSA>",
            &format!("</EtatDossierRSA>{}", reasons.collect::<String>()),
        );
        said(&household)["ROSE"].get("rsa.suspension_kind").cloned()
    };
    let payment = |reasons: &[&str]| kind("4", "SuspensionVersement", "MOTISUSVERSRSA", reasons);
    assert_eq!(payment(&["06"]), codes(&["missing_declaration"]));
    assert_eq!(payment(&["CG "]), codes(&["decision_of_department"]));
    assert_eq!(
        payment(&["06", "01"]),
        codes(&["missing_declaration", "resources"])
    );
    assert_eq!(payment(&["DB"]), codes(&["other_administrative"]));
    assert_eq!(payment(&["06", "ZZ"]), None);
    assert_eq!(payment(&[]), None);
    let right = |reasons: &[&str]| kind("3", "SuspensionDroit", "MOTISUSDRORSA", reasons);
    assert_eq!(
        right(&["GK"]),
        codes(&["decision_of_department", "other_administrative"])
    );
    assert_eq!(right(&["DB"]), codes(&["missing_declaration", "resources"]));
    // Reasons of another state say nothing of this one.
    assert_eq!(
        kind("2", "SuspensionVersement", "MOTISUSVERSRSA", &["06"]),
        None
    );
}

#[test]
fn the_increase_is_that_of_what_runs() {
    let running = |nature: &str, until: &str| {
        format!(
            "<DetailCalculDroitRSA><NATPF>{nature}</NATPF><DDNATDRO>2023-01-01</DDNATDRO><DFNATDRO>{until}</DFNATDRO></DetailCalculDroitRSA>"
        )
    };
    let increased = |detail: &str| alone("", "2", detail).remove("rsa.increased");
    assert_eq!(increased(&running("RSI", "")), flag(true));
    assert_eq!(
        increased(&(running("RSD", "") + &running("RSI", "2023-12-31"))),
        flag(false)
    );
    assert_eq!(increased(&(running("RSD", "") + &running("XXX", ""))), None);
    assert_eq!(increased(&running("RSI", "31/12/2024")), None);
    assert_eq!(increased(""), None);
}

#[test]
fn a_day_or_month_of_birth_that_is_not_known_is_a_range() {
    let born = |kind: &str| {
        let people = person("DEM", "ROSE", "1978-12-01", "");
        let people = people.replace(
            "</DTNAI>",
            &format!("</DTNAI><TYPEDTNAI>{kind}</TYPEDTNAI>"),
        );
        said(&household(&people, "CEL", "2", ""))["ROSE"]["birth_date"].clone()
    };
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    assert_eq!(born("N"), Knowledge::from(day("1978-12-01")));
    assert_eq!(
        born("J"),
        Knowledge::between(day("1978-12-01"), day("1978-12-31"))
    );
    assert_eq!(
        born("O"),
        Knowledge::between(day("1978-01-01"), day("1978-12-31"))
    );
    assert_eq!(
        born("?"),
        Knowledge::between(day("1978-01-01"), day("1978-12-31"))
    );
}

#[test]
fn what_is_not_read_is_kept_with_its_place_for_whom_it_is_about() {
    let act = "<Activite><REG>ZZ</REG><ACT>MLD</ACT><DDACT>2023-07-01</DDACT></Activite><NOUVEAU>7</NOUVEAU>";
    let people =
        person("DEM", "ROSE", "1978-12-01", act) + &person("ENF", "LINA", "2022-08-20", "");
    let household = household(
        &people,
        "ZZZ",
        "0",
        "<TroncCommunDroitRSA><TOPSANSDOMFIXE>2</TOPSANSDOMFIXE></TroncCommunDroitRSA>",
    );
    let (all, _, _) = read(flow(&household).as_bytes()).unwrap();
    let rose = all[0].as_ref().unwrap();
    let left: Vec<_> = rose
        .unread
        .iter()
        .map(|one| (one.element.as_str(), one.code.as_str(), one.reason))
        .collect();
    assert_eq!(
        left,
        [
            ("REG", "ZZ", UnreadReason::Unknown),
            ("ACT", "MLD", UnreadReason::NoFact),
            ("NOUVEAU", "", UnreadReason::Unknown),
            ("SITFAM", "ZZZ", UnreadReason::Unknown),
            ("ETATDOSRSA", "0", UnreadReason::NoFact),
            ("TOPSANSDOMFIXE", "2", UnreadReason::Form),
        ]
    );
    assert_eq!(
        rose.unread[1].place.path,
        "InfosFoyerRSA[1]/Personne[1]/Activite/ACT"
    );
    assert_eq!(rose.unread[2].place.path, "InfosFoyerRSA[1]/Personne[1]");
    // Nothing of the mother or her right in what is said of the child.
    assert!(all[1].as_ref().unwrap().unread.is_empty());
}

/// What the first person of a household is told that was not read.
fn unread_of_rose(household: &str) -> Vec<(String, String, UnreadReason)> {
    let (all, _, _) = read(flow(household).as_bytes()).unwrap();
    let rose = all.into_iter().next().unwrap().unwrap();
    let unread = rose.unread.into_iter();
    unread
        .map(|one| (one.element, one.code, one.reason))
        .collect()
}

#[test]
fn what_a_list_has_and_no_fact_holds_is_told() {
    let told = |more: &str, state: &str, around: &str| {
        let people = person("DEM", "ROSE", "1978-12-01", more);
        let household = household(&people, "CEL", state, "");
        unread_of_rose(
            &household.replace("</EtatDossierRSA>", &format!("</EtatDossierRSA>{around}")),
        )
    };
    let no_fact =
        |element: &str, code: &str| (element.to_owned(), code.to_owned(), UnreadReason::NoFact);
    let payment = "<SuspensionVersement><MOTISUSVERSRSA>06</MOTISUSVERSRSA></SuspensionVersement>";
    let right = "<SuspensionDroit><MOTISUSDRORSA>GK</MOTISUSDRORSA></SuspensionDroit>";
    assert_eq!(told("", "2", payment), [no_fact("MOTISUSVERSRSA", "06")]);
    assert_eq!(told("", "3", payment), [no_fact("MOTISUSVERSRSA", "06")]);
    assert_eq!(told("", "4", right), [no_fact("MOTISUSDRORSA", "GK")]);
    assert_eq!(told("", "4", payment), []);
    assert_eq!(told("", "3", right), []);
    let resources = "<Ressources><GeneraliteRessourcesTrimestre><TOPRESSNUL>0</TOPRESSNUL><DFRESS>2024-01-31</DFRESS></GeneraliteRessourcesTrimestre>\
        <RessourcesMensuelles><GeneraliteRessourcesMensuelles><MOISRESS>2023-11-01</MOISRESS></GeneraliteRessourcesMensuelles>\
        <DetailRessourcesMensuelles><NATRESS>030</NATRESS><MTNATRESSMEN>0000001.00</MTNATRESSMEN></DetailRessourcesMensuelles></RessourcesMensuelles></Ressources>";
    assert_eq!(told(resources, "2", ""), [no_fact("NATRESS", "030")]);
    let both = "<Activite><ACT>SAL</ACT><DDACT>2023-07-01</DDACT></Activite><Activite><ACT>CHR</ACT><DDACT>2024-01-01</DDACT></Activite>";
    assert_eq!(
        told(both, "2", ""),
        [no_fact("ACT", "SAL"), no_fact("ACT", "CHR")]
    );
}

/// Free text may speak of one adult of a household to the other.
#[test]
fn free_text_is_told_of_and_not_kept() {
    let people = person("DEM", "ROSE", "1978-12-01", "<NOUVEAU>violences</NOUVEAU>");
    let household = household(&people, "CEL", "2", "").replace(
        "</InfosFoyerRSA>",
        "<Anomalie><LIBANO>violences</LIBANO></Anomalie></InfosFoyerRSA>",
    );
    assert_eq!(
        unread_of_rose(&household),
        [
            ("NOUVEAU".to_owned(), String::new(), UnreadReason::Unknown),
            ("LIBANO".to_owned(), String::new(), UnreadReason::NoFact),
        ]
    );
}

/// A marker in each leaf of a household, one after the other: what is printed never holds it, nor
/// what is said of anybody, nor what is kept of elements that the format has not.
#[test]
fn what_stands_in_a_leaf_is_in_nothing_that_is_shown() {
    const MARKER: &str = "M4RK3R";
    let file: String = encoding_rs::WINDOWS_1252.decode(MONTHLY).0.into_owned();
    let file = file.replacen(
        "</InfosFoyerRSA>",
        "<Anomalie><LIBANO>x</LIBANO></Anomalie><NOUVEAU>x</NOUVEAU></InfosFoyerRSA>",
        1,
    );
    let mut leaves = 0;
    for (place, _) in file.match_indices("</") {
        let before = &file[..place];
        let start = before.rfind('>').unwrap() + 1;
        let name = &before[before.rfind('<').unwrap() + 1..start - 1];
        if !file[place + 2..].starts_with(name) {
            continue;
        }
        leaves += 1;
        let marked = format!("{}{MARKER}{}", &file[..start], &file[place..]);
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&marked);
        let by_birth =
            |person: &Identity<'_>| PersonRef::parse(&format!("born-{}", person.birth_date())).ok();
        let mut shown = String::new();
        match Reader::new(&*bytes, options(), by_birth) {
            Err(error) => write!(shown, "{error} {error:?}").unwrap(),
            Ok(mut reader) => {
                for one in reader.by_ref() {
                    match one {
                        Err(error) => write!(shown, "{error} {error:?}").unwrap(),
                        Ok(arrival) => {
                            write!(shown, "{arrival:?}").unwrap();
                            shown += &serde_json::to_string(&arrival.diagnostic).unwrap();
                            for left in &arrival.unread {
                                write!(shown, "{left} {left:?} {}", left.element).unwrap();
                                let known = super::schema::list(&left.element).is_some()
                                    || left.reason == UnreadReason::Form;
                                if !known {
                                    shown += &left.code;
                                }
                            }
                        }
                    }
                }
                write!(shown, "{reader:?} {:?}", reader.warnings()).unwrap();
            }
        }
        assert!(!shown.contains(MARKER), "{name}: {shown}");
    }
    assert!(leaves > 100, "{leaves}");
}

#[test]
fn every_fact_is_one_of_the_dictionary_and_attested_by_who_may() {
    let engine = crate::Engine::new(&Pack::marne().unwrap());
    let (all, _, _) = read(MONTHLY).unwrap();
    let mut arrivals: Vec<_> = all.into_iter().map(Result::unwrap).collect();
    let act = |code| format!("<Activite><ACT>{code}</ACT><DDACT>2023-07-01</DDACT></Activite>");
    for code in super::schema::list("ACT").unwrap() {
        let file = flow(&household(
            &person("DEM", "ROSE", "1978-12-01", &act(code)),
            "CEL",
            "2",
            "",
        ));
        arrivals.extend(
            read(file.as_bytes())
                .unwrap()
                .0
                .into_iter()
                .map(Result::unwrap),
        );
    }
    for arrival in arrivals {
        let mut taken = crate::Diagnostic::new(arrival.diagnostic.person().clone());
        for (_, entry) in arrival.diagnostic.entries() {
            taken
                .record(&engine, entry.clone())
                .unwrap_or_else(|error| panic!("{error}: {entry:?}"));
            let Entry::Observation(one) = entry else {
                panic!()
            };
            let dictionary = &engine.model().dictionary;
            let fact = dictionary.fact(dictionary.id(one.fact.as_str()).unwrap());
            let by_caisse = fact.attest.iter().any(|role| role.as_str() == "caisse");
            match one.means {
                Means::Attested | Means::Declared => assert!(by_caisse, "{}", one.fact),
                _ => assert!(!by_caisse, "{}", one.fact),
            }
        }
    }
}

#[test]
fn twins_with_one_reference_are_not_joined() {
    let people = person("DEM", "ROSE", "1978-12-01", "") + &person("CJT", "ROSE", "1978-12-01", "");
    let (all, tally, _) = read(flow(&household(&people, "MAR", "2", "")).as_bytes()).unwrap();
    assert_eq!((tally.kept, tally.refused), (1, 1));
    assert_eq!(
        all[1].as_ref().unwrap_err().reason(),
        &FlowReason::SharedReference
    );
    let nobody = person("DEM", "", "1978-12-01", "");
    let (all, tally, _) = read(flow(&household(&nobody, "MAR", "2", "")).as_bytes()).unwrap();
    assert_eq!((all.len(), tally.people, tally.skipped), (0, 1, 1));
}

#[test]
fn no_document_type_and_no_entity_is_expanded() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let sound = household(&people, "CEL", "2", "");
    let laughs = "<!DOCTYPE Racine [<!ENTITY a \"haha\"><!ENTITY b \"&a;&a;\">]>";
    let error = read(format!("{laughs}{}", flow(&sound)).as_bytes()).unwrap_err();
    assert!(
        matches!(
            error.reason(),
            FlowReason::DocumentType | FlowReason::Markup
        ),
        "{error}"
    );
    let reason = |household: String| {
        let (all, tally, _) = read(flow(&household).as_bytes()).unwrap();
        assert_eq!((tally.households, tally.refused_households), (1, 1));
        all[0].as_ref().unwrap_err().reason().clone()
    };
    assert_eq!(
        reason(sound.replace("<NOM>N", "<NOM>&b;")),
        FlowReason::Entity
    );
    assert_eq!(
        reason(sound.replace("<NOM>N", "<NOM>&#0;")),
        FlowReason::Entity
    );
    assert_eq!(
        reason(sound.replace("<NOM>", "<!DOCTYPE x><NOM>")),
        FlowReason::DocumentType
    );
    let named = sound.replace("ROSE", "R&#79;&#x53;E");
    assert_eq!(said(&named).keys().collect::<Vec<_>>(), ["ROSE"]);
}

#[test]
fn nothing_grows_without_bound() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let sound = household(&people, "CEL", "2", "");
    let cases = [
        sound.replace("<NOM>", &"<NOM>".repeat(40)),
        sound.replace("<NOM>N", &format!("<NOM>{}", "N".repeat(2000))),
        sound.replace("<NOM>", &format!("{}<NOM>", "<x/>".repeat(30_000))),
        household(&people.repeat(101), "CEL", "2", ""),
        sound.replace(
            "<NOM>N",
            &format!("<NOM>{}", "N".repeat(pieces::LONGEST + 1)),
        ),
        sound.replace("<NOM>N", &format!("<NOM>{}", "<N>".repeat(pieces::LONGEST))),
        sound.replace(
            "<NOM>",
            &format!("<NOM a=\"{}\">", "N".repeat(3 * pieces::LONGEST)),
        ),
        sound.replace(
            "<NOM>",
            &format!("<!--{}--><NOM>", "N".repeat(3 * pieces::LONGEST)),
        ),
    ];
    for case in cases {
        // The household after it is read.
        let (all, tally, warnings) = read(flow(&(case + &sound)).as_bytes()).unwrap();
        assert_eq!(
            (tally.households, tally.refused_households, tally.kept),
            (2, 1, 1),
            "{all:?}"
        );
        assert_eq!(warnings.len(), 1);
    }
}

#[test]
fn damage_refuses_one_household_and_no_other() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (before, sound, after) = (one("ADA"), one("ROSE"), one("TOM"));
    let cases = [
        sound.replacen("<InfosFoyerRSA>", "<InfosFoyer>", 1),
        sound.replacen("<InfosFoyerRSA>", "", 1),
        sound.replace("</InfosFoyerRSA>", ""),
        sound.replace("</InfosFoyerRSA>", "</InfosFoyerRSA"),
        sound.replace("</NOM>", "</NOMNAI>"),
        sound.replace("</NOM>", ""),
        sound.replace("<NOM>", "<NOM"),
        sound.replace("<Identification>", "<Identification"),
        sound.replace("InfosFoyerRSA>", "InfosFoyer>"),
        sound.replace("<Personne>", "<Personne>x"),
        "x".to_owned(),
        sound.replace("<NOM>N", "<NOM>&"),
        sound.replace("CAF", "SNCF"),
        sound.replace(
            "<ETATDOSRSA>2</ETATDOSRSA>",
            "<ETATDOSRSA>2</ETATDOSRSA><ETATDOSRSA>5</ETATDOSRSA>",
        ),
    ];
    for case in cases {
        let (all, tally, _) = read(flow(&format!("{before}\n{case}\n{after}")).as_bytes()).unwrap();
        assert_eq!(
            (tally.households, tally.refused_households),
            (3, 1),
            "{case}"
        );
        assert_eq!((tally.people, tally.kept), (2, 2), "{case}");
        let error = all[1].as_ref().unwrap_err();
        assert_eq!(error.place().line, 2, "{error}");
        assert!(
            error.place().path.starts_with("InfosFoyerRSA[2]"),
            "{error}"
        );
    }
}

/// What begins and does not end loses the household it stands in, and no other.
#[test]
fn what_begins_as_a_comment_and_does_not_end_loses_one_household() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (before, sound, after) = (one("ADA"), one("ROSE"), one("TOM"));
    // The bound is passed, or the end of the file.
    let many = pieces::LONGEST / after.len() * 2;
    for damage in ["<?OM>", "<!--", "<!-- >", "<![CDATA["] {
        let damaged = sound.replace("<NOM>", damage);
        for count in [1, many] {
            let file = flow(&format!("{before}\n{damaged}\n{}", after.repeat(count)));
            let (all, tally, _) = read(file.as_bytes()).unwrap();
            assert_eq!(
                (tally.households, tally.refused_households, tally.kept),
                (count as u64 + 2, 1, count as u64 + 1),
                "{damage} {count}"
            );
            let error = all[1].as_ref().unwrap_err();
            assert_eq!(error.place().line, 2, "{error}");
        }
    }
}

/// The days of two flows are not the same: what follows the first would be said of its day.
#[test]
fn a_second_flow_in_a_file_is_refused() {
    let one = |name: &str| household(&person("DEM", name, "1978-12-01", ""), "CEL", "2", "");
    let (first, second) = (flow(&one("ROSE")), flow(&one("TOM")));
    let prolog = "<?xml version=\"1.0\" encoding=\"windows-1252\"?>";
    let cut = first.find("<PrestationRSA>").unwrap();
    for (file, kept, refused) in [
        (format!("{prolog}{first}\n{prolog}{second}"), 1, 1),
        (format!("{first}\n{second}"), 1, 1),
        (format!("{first}{}", one("TOM")), 1, 1),
        (format!("{first}x"), 1, 1),
        (
            format!("{}{prolog}{second}", first.replace("</Racine>", "")),
            1,
            1,
        ),
        (
            format!(
                "{}{}",
                first.replace("</Racine>", ""),
                second.replace("<Racine>", "")
            ),
            1,
            1,
        ),
        // The first is cut within a household.
        (format!("{}{second}", &first[..cut]), 0, 2),
    ] {
        let (all, tally, _) = read(file.as_bytes()).unwrap();
        assert_eq!(
            (tally.kept, tally.refused_households),
            (kept, refused),
            "{file}"
        );
        let last = all.last().unwrap().as_ref().unwrap_err();
        assert_eq!(last.reason(), &FlowReason::SecondFlow);
    }
    let twice = format!("{first}<!-- the end -->\n</Racine>");
    assert_eq!(read(twice.as_bytes()).unwrap().1.refused_households, 0);
}

#[test]
fn one_household_has_one_claimant_and_one_partner() {
    for (roles, refused) in [
        (["DEM", "DEM"], 1),
        (["CJT", "CJT"], 1),
        (["DEM", "CJT"], 0),
        (["ENF", "ENF"], 0),
    ] {
        let people =
            person(roles[0], "ROSE", "1978-12-01", "") + &person(roles[1], "TOM", "1980-01-31", "");
        let (_, tally, _) = read(flow(&household(&people, "MAR", "2", "")).as_bytes()).unwrap();
        assert_eq!(tally.refused_households, refused, "{roles:?}");
    }
    let gone = "<DossierCAF><DFRATDOS>2023-12-31</DFRATDOS></DossierCAF>";
    let people = person("DEM", "ROSE", "1978-12-01", "")
        + &person("CJT", "TOM", "1980-01-31", gone)
        + &person("CJT", "YANNIS", "1980-01-31", "");
    assert_eq!(said(&household(&people, "MAR", "2", "")).len(), 3);
}

/// Each would take minutes if every part looked back at all before it.
#[test]
fn a_household_of_many_parts_is_read_or_refused_in_one_pass() {
    let people = person("DEM", "ROSE", "1978-12-01", "");
    let sound = household(&people, "CEL", "2", "");
    let blanks = " ".repeat(2000);
    let padded = sound.replace(
        "<NOM>",
        &format!("{}<NOM>", format!("{blanks}<!---->").repeat(300)),
    );
    let (_, tally, _) = read(flow(&padded).as_bytes()).unwrap();
    assert_eq!(tally.kept, 1);
    for (more, expected) in [
        (" <!---->".repeat(100_000), "tags, texts and comments"),
        ("<x/>".repeat(10_000), "elements that no fact holds"),
    ] {
        let file = flow(&sound.replace("<NOM>", &format!("{more}<NOM>")));
        let (all, _, _) = read(file.as_bytes()).unwrap();
        let error = all[0].as_ref().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn a_comment_is_no_household() {
    let sound = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "");
    let (_, tally, warnings) =
        read(flow(&format!("<!-- {sound} -->{sound}<!-- -->")).as_bytes()).unwrap();
    assert_eq!((tally.households, tally.kept, warnings.len()), (1, 1, 0));
}

#[test]
fn totals_that_do_not_agree_are_a_warning() {
    let sound = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "");
    let warnings = |file: String| -> Vec<String> {
        let (_, tally, warnings) = read(file.as_bytes()).unwrap();
        assert_eq!(tally.refused + tally.refused_households, 0);
        warnings
            .iter()
            .map(|warning| warning.reason().to_string())
            .collect()
    };
    assert!(warnings(flow(&sound)).is_empty());
    assert_eq!(
        warnings(flow(&sound.repeat(2))),
        ["1 households announced, 2 found"]
    );
    let odd = sound.replace(
        "</InfosFoyerRSA>",
        "<Anomalie><LIBANO>A</LIBANO></Anomalie></InfosFoyerRSA>",
    );
    assert_eq!(
        warnings(flow(&odd)),
        ["0 households with an anomaly announced, 1 found"]
    );
    assert_eq!(
        warnings(flow(&sound).replace("00000001", "un")),
        ["no totals that can be read: the file may be cut"]
    );
    assert_eq!(
        warnings(format!("{HEAD}{sound}")),
        [
            "no totals that can be read: the file may be cut",
            "no end of `Racine`: the file may be cut"
        ]
    );
}

#[test]
fn files_that_are_no_flow_are_refused_whole() {
    let refused = |file: &[u8]| read(file).unwrap_err().to_string();
    assert_eq!(
        refused(b""),
        "line 1, column 1: the file is empty: expected `IdentificationFlux`, then households"
    );
    assert_eq!(refused(b" \n "), refused(b""));
    for (file, expected) in [
        ("<html><p>x</p></html>", "the root `Racine`"),
        ("x", "elements and no text"),
        ("<Racine>", "expected `IdentificationFlux`"),
        ("<Racine></Racine>", "expected `IdentificationFlux`"),
        (
            "<InfosFoyerRSA></InfosFoyerRSA>",
            "expected `IdentificationFlux`",
        ),
        (
            "<Racine><IdentificationFlux></IdentificationFlux></Racine>",
            "expected `DTREF`",
        ),
        (
            "<Racine><IdentificationFlux><DTREF>29/02/2024</DTREF></IdentificationFlux></Racine>",
            "expected a day",
        ),
        (
            "<?xml version='1.0' encoding='utf-16'?><Racine/>",
            "expected windows-1252",
        ),
        (
            "<?xml version='1.0' encoding='klingon'?><Racine/>",
            "expected windows-1252",
        ),
    ] {
        let error = refused(file.as_bytes());
        assert!(error.contains(expected), "{error} for {file}");
    }
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(HEAD.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert!(refused(&wide).contains("expected windows-1252"));
    let no_body = Reader::new(MONTHLY, Options::default(), by_first_name)
        .unwrap()
        .next()
        .unwrap()
        .unwrap_err();
    assert_eq!(no_body.reason(), &FlowReason::NoBody);
}

#[test]
fn the_prolog_says_the_encoding() {
    let sound = flow(&household(
        &person("DEM", "ROSE", "1978-12-01", ""),
        "CEL",
        "2",
        "",
    ));
    let name = |file: &[u8]| {
        let mut names = Vec::new();
        let reader = Reader::new(file, options(), |person| {
            names.push(person.name().map(str::to_owned));
            None
        });
        assert_eq!(reader.unwrap().count(), 0);
        names.pop().flatten()
    };
    let with = |prolog: &str, name: &[u8]| -> Vec<u8> {
        let (before, after) = sound.split_once("<NOM>N").unwrap();
        [
            prolog.as_bytes(),
            before.as_bytes(),
            b"<NOM>",
            name,
            after.as_bytes(),
        ]
        .concat()
    };
    let declared = |label: &str| format!("<?xml version=\"1.0\" encoding=\"{label}\"?>");
    let expected = Some("LEFÈVRE".to_owned());
    assert_eq!(name(&with("", b"LEF\xc8VRE")), expected);
    assert_eq!(
        name(&with(&declared("windows-1252"), b"LEF\xc8VRE")),
        expected
    );
    assert_eq!(
        name(&with(&declared("ISO-8859-15"), b"LEF\xc8VRE")),
        expected
    );
    assert_eq!(
        name(&with(&declared("utf-8"), "LEFÈVRE".as_bytes())),
        expected
    );
    assert_eq!(name(&with("\u{feff}", "LEFÈVRE".as_bytes())), expected);
    assert_eq!(
        name(&with("", b"\x80 \x9cUVRE")).as_deref(),
        Some("€ œUVRE")
    );
    // What is no text names nobody.
    for (prolog, bytes) in [
        ("", &b"LEF\x81VRE"[..]),
        (&declared("utf-8"), b"LEF\xc8VRE"),
    ] {
        let (all, tally, _) = read(&with(prolog, bytes)).unwrap();
        assert_eq!((tally.people, tally.refused), (1, 1));
        assert_eq!(
            all[0].as_ref().unwrap_err().reason(),
            &FlowReason::Form(Form::Text)
        );
    }
}

/// Gives so many bytes at a time, and fails after so many of them.
struct Drip<'t> {
    left: &'t [u8],
    at_a_time: usize,
    fails_after: usize,
}

impl Read for Drip<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = self.at_a_time.min(into.len()).min(self.left.len());
        if self.fails_after < most {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        self.fails_after -= most;
        let (given, left) = self.left.split_at(most);
        into[..most].copy_from_slice(given);
        self.left = left;
        Ok(most)
    }
}

#[test]
fn a_source_in_pieces_says_the_same_and_one_that_fails_says_so() {
    let whole = read(MONTHLY).unwrap();
    for at_a_time in [1, 2, 3, 7, 100, 4096] {
        let drip = Drip {
            left: MONTHLY,
            at_a_time,
            fails_after: usize::MAX,
        };
        let mut reader =
            Reader::new(BufReader::with_capacity(16, drip), options(), by_first_name).unwrap();
        let all: Vec<_> = reader.by_ref().collect();
        assert_eq!((&all, reader.tally()), (&whole.0, whole.1));
    }
    for fails_after in [0, 100, 1000, 5000, 9900] {
        let drip = Drip {
            left: MONTHLY,
            at_a_time: 50,
            fails_after,
        };
        match Reader::new(BufReader::new(drip), options(), by_first_name) {
            Err(error) => assert_eq!(
                error.reason(),
                &FlowReason::Read {
                    kind: io::ErrorKind::ConnectionReset
                }
            ),
            Ok(reader) => {
                let last = reader.last().unwrap().unwrap_err();
                assert_eq!(
                    last.reason(),
                    &FlowReason::Read {
                        kind: io::ErrorKind::ConnectionReset
                    }
                );
            }
        }
    }
}

proptest! {
    /// Leading zeros, blanks around and any letters of the encoding reach the caller as written.
    #[test]
    fn what_names_somebody_reaches_the_caller_as_written(
        file in "0{0,14}[0-9]", commune in "0[1-9][0-9]{3}", letters in "[A-ZÀ-ÖØ-ÞŒ' -]{1,28}", blanks in "[ \n\t]{0,5}",
    ) {
        let household = household(&person("DEM", "ROSE", "1978-12-01", ""), "CEL", "2", "")
            .replace("031400210000000", &format!("{blanks}{file}{blanks}"))
            .replace("<NOM>N", &format!("<NOM>{blanks}{letters}{blanks}"))
            .replace("<SituationFamille>", &format!("<Adresse><TroncCommunAdresse><RGADR>01</RGADR></TroncCommunAdresse>\
                <AdresseDetailleeFrance><NUMCOM>{blanks}{commune}</NUMCOM></AdresseDetailleeFrance></Adresse><SituationFamille>"));
        let text = flow(&household);
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
        prop_assert!(!lossy);
        let mut seen = Vec::new();
        let reader = Reader::new(&*bytes, options(), |person| {
            seen.push((person.file().to_owned(), person.name().map(str::to_owned)));
            PersonRef::parse("ref").ok()
        });
        let arrivals: Vec<_> = reader.unwrap().collect::<Result<_, _>>().unwrap();
        let name = Some(letters.trim().to_owned()).filter(|name| !name.is_empty());
        prop_assert_eq!(seen, vec![(file, name)]);
        let code = crate::vocabulary::Code::parse(&commune).unwrap();
        let told = arrivals[0].diagnostic.entries().any(|(_, entry)| matches!(entry,
            Entry::Observation(one) if one.said == Said::Known(Knowledge::from(code.clone()))));
        prop_assert!(told);
    }

    /// Any bytes are read to an end, and everybody is accounted for.
    #[test]
    fn any_bytes_are_read_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..400), place in 0_usize..10_000) {
        let _ = read(&bytes);
        let place = place.min(MONTHLY.len());
        let mut file = MONTHLY[..place].to_vec();
        file.extend(&bytes);
        file.extend(&MONTHLY[place..]);
        let _ = read(&file);
    }
}
