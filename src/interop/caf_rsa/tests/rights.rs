//! The right: its state, what suspends and raises it, what is earned.

use super::*;

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
    // Three months and one of them again, a month without a line, months of another quarter, and a
    // line in an element that the format has not.
    let again = [&wages[..], &wages[..1]].concat();
    let empty = [wages[0].clone(), wages[1].clone(), month("2024-01-01", &[])];
    let other: Vec<String> = ["2019-11", "2020-12", "2030-01"]
        .iter()
        .map(|day| month(&format!("{day}-01"), &[("001", "0000500.00")]))
        .collect();
    let hidden = wages[1].replace("DetailRessourcesMensuelles", "DetailRessourcesMensuel");
    let hidden = [wages[0].clone(), hidden, wages[2].clone()];
    for damaged in [&again[..], &empty, &other, &hidden] {
        assert_eq!(earned("0", damaged), None, "{damaged:?}");
    }
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
