//! What no fact holds, and what is never shown.

use super::*;

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
