//! What the example of the shared diagnostic does at a desk: who hands a notice out.

#[path = "../../examples/shared_diagnostic/handed.rs"]
mod handed;

use spie::{Diagnostic, Engine, EngineAt, Pack};

use crate::saying::{body, day};
use crate::shared_diagnostic::family;
use handed::Handed;

type Failure = Box<dyn std::error::Error>;

fn at() -> EngineAt {
    Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"))
}

fn of_the_family(person: &str) -> Diagnostic {
    let mut family = family().into_iter();
    family.find(|one| one.person().as_str() == person).unwrap()
}

#[test]
fn a_notice_is_of_a_body_that_can_be_written_to() {
    let at = at();
    let (mother, son) = (of_the_family("famille-mere"), of_the_family("famille-fils"));
    let by = |whole: &Diagnostic, by: &str| Handed::of(&at, whole, Some(&body(by))).unwrap();
    for role in ["reception", "lead", "operateur-emploi", "person"] {
        assert!(matches!(by(&son, role), Handed::Role), "{role}");
    }
    let notice = by(&son, "ml-reims");
    let notice = notice.notice().unwrap().to_string();
    assert!(notice.contains("De la part de : la Mission locale de Reims."));
    // Nobody leads the son yet, and the Département would lead the mother.
    let unnamed = |whole: &Diagnostic| Handed::of(&at, whole, None).unwrap();
    assert!(matches!(unnamed(&son), Handed::NoLead));
    let notice = unnamed(&mother);
    let notice = notice.notice().unwrap().to_string();
    assert!(notice.contains("De la part de : le Département de la Marne."));
}

/// Where some of the tracks that are possible have another lead, or none, who leads is not known.
#[test]
fn whoever_might_lead_is_not_who_leads() {
    let at = at();
    let nobody = Diagnostic::new(spie::vocabulary::PersonRef::parse("dossier-12").unwrap());
    let orientation = at
        .orient(&spie::Profile::of_diagnostic(&at, &nobody))
        .unwrap();
    let options = &orientation.track.unwrap().options;
    assert!(options.iter().any(|option| option.lead.known().is_some()));
    assert!(matches!(
        Handed::of(&at, &nobody, None).unwrap(),
        Handed::NoLead
    ));
}
