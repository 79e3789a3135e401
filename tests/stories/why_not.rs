//! Why not me, and what would change it: the answers of the bundled people, read aloud.

use spie::interop::Caseload;
use spie::{Engine, Pack, Profile};

#[test]
fn each_person_is_told_why_not() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let caseload = Caseload::bundled(&engine).unwrap();
    let on = "2025-03-15".parse().unwrap();
    let mut told = String::new();
    for person in &caseload.people {
        let profile = person.profile(&engine, on).unwrap();
        let title = person.title.as_deref().unwrap_or_default();
        told.extend([person.reference.as_str(), " — ", title, "\n"]);
        for why in engine.at(on).why_not(&profile).unwrap() {
            told.extend([" - ", &why.to_string(), "\n"]);
        }
        told.push('\n');
    }
    insta::assert_snapshot!(told);
}

/// What the person can do is told; what nobody chooses is not.
#[test]
fn only_what_can_be_changed_for_the_better_would_change_it() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on: chrono::NaiveDate = "2025-03-15".parse().unwrap();
    let born: chrono::NaiveDate = "1990-01-01".parse().unwrap();
    let person = Profile::builder(&engine, on)
        .set("birth_date", born)
        .set("jobseeker", false)
        .set("rsa", false)
        .set("licence.b", true)
        .build()
        .unwrap();
    let why = engine.at(on).why_not(&person).unwrap();
    let changes = |scheme: &str| {
        let one = why
            .iter()
            .find(|one| one.scheme.as_str() == scheme)
            .unwrap();
        let changes = one.changes.iter();
        changes
            .map(|change| format!("{} : {}", change.fact, change.to))
            .collect::<Vec<_>>()
    };
    // Registering is a step; losing a licence is none.
    assert_eq!(changes("diagnostic-global"), ["jobseeker : oui"]);
    assert_eq!(changes("permis-ft"), [""; 0]);
    assert_eq!(changes("permis-1-euro"), [""; 0]);
}

/// A lease in view is presumed away: said as known only where somebody told it.
#[test]
fn what_nobody_told_is_said_to_be_presumed() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on: chrono::NaiveDate = "2025-03-15".parse().unwrap();
    let nothing = || Profile::builder(&engine, on);
    let visale = |profile: &Profile| {
        let mut why = engine.at(on).why_not(profile).unwrap().into_iter();
        why.find(|one| one.scheme.as_str() == "visale").unwrap()
    };
    let presumed = visale(&nothing().build().unwrap());
    let [fact] = presumed.presumed.as_slice() else {
        panic!("one presumption: {presumed:?}");
    };
    assert_eq!(
        (fact.fact.as_str(), fact.is.as_str()),
        ("housing.lease_in_view", "non")
    );
    assert!(presumed.tests[0].presumed);
    assert!(
        presumed
            .to_string()
            .contains("bail en vue : non (présumé, à vérifier ; il faudrait : oui)")
    );
    let told = visale(
        &nothing()
            .set("housing.lease_in_view", false)
            .build()
            .unwrap(),
    );
    assert!(told.presumed.is_empty() && !told.tests[0].presumed);
    assert!(
        told.to_string()
            .contains("bail en vue : non (il faudrait : oui)")
    );
    // Computed from what is presumed: no step was interrupted, because none was taken.
    let why = engine.at(on).why_not(&nothing().build().unwrap()).unwrap();
    let mut of_steps = why.iter().flat_map(|one| &one.tests);
    assert!(of_steps.any(|test| test.fact.as_str() == "failures_12m" && test.presumed));
}

/// Any one of the codes that a set lacks would do: they are told once, and not one test each.
#[test]
fn codes_of_which_one_would_do_are_told_together() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let on: chrono::NaiveDate = "2025-03-15".parse().unwrap();
    let other = spie::vocabulary::Code::parse("other").unwrap();
    let person = Profile::builder(&engine, on)
        .set("french.level", spie::vocabulary::Code::parse("b1").unwrap())
        .set("project.sectors", spie::Knowledge::exactly([other]))
        .build()
        .unwrap();
    let why = engine.at(on).why_not(&person).unwrap();
    let trade = why.iter().find(|one| one.scheme.as_str() == "fle-pro");
    let tests: Vec<_> = trade
        .unwrap()
        .tests
        .iter()
        .map(|test| &*test.wanted)
        .collect();
    let wanted = "avec « bâtiment et travaux publics », « aide à la personne » ou « logistique et transport »";
    assert_eq!(tests, [wanted]);
}
