//! Who lives in a household, and what is said of each.

use super::*;

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
    assert!(errors[0].ends_with("`InfosFoyerRSA[1]/Personne[2]/Identification/DTNAI`: expected a day from 1900 to the one on which the flow was made (`DTCREAFLUX`), such as `1987-06-14`"), "{errors:?}");
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

/// A damaged tag that hides somebody leaves a household of which nothing is counted, and one person
/// refused; so does a couple of which one is not there.
#[test]
fn whoever_a_damaged_tag_hides_is_refused_and_not_left_out() {
    let (mother, child) = (
        person("DEM", "ROSE", "1978-12-01", ""),
        person("ENF", "LINA", "2018-05-02", ""),
    );
    let renamed = mother.clone() + &child.replace("Personne>", "Enfant>");
    let nested = mother.replace("</Personne>", &format!("{child}</Personne>"));
    for people in [renamed, nested] {
        let file = flow(&household(&people, "CEL", "2", ""));
        let (all, tally, _) = read(file.as_bytes()).unwrap();
        assert_eq!((tally.people, tally.kept, tally.refused), (2, 1, 1));
        let error = all.iter().find_map(|one| one.as_ref().err()).unwrap();
        assert_eq!(*error.reason(), FlowReason::Stray);
        let kept = all.iter().flatten().next().unwrap();
        let facts: Vec<&str> = kept
            .diagnostic
            .entries()
            .map(|(_, one)| one.fact().as_str())
            .collect();
        for fact in ["household.size", "household.single_parent", "children"] {
            assert!(!facts.contains(&fact), "{fact}");
        }
    }
    let alone_in_a_couple = said(&household(&mother, "VIM", "2", ""));
    assert!(!alone_in_a_couple["ROSE"].contains_key("household.size"));
}
