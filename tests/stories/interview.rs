//! A conversation to its end: what is asked, what each answer settles, where it stops.

#[path = "../../examples/interview/answer.rs"]
mod answer;
#[path = "../../examples/interview/conversation.rs"]
mod conversation;

use std::io;

use chrono::NaiveDate;
use proptest::prelude::*;
use spie::fact::{Reason, Statement};
use spie::interop::{Caseload, Person};
use spie::vocabulary::{FactName, PersonRef};
use spie::{Engine, Knowledge, Pack, Profile};

use conversation::Conversation;

type Failure = Box<dyn std::error::Error>;

fn on() -> NaiveDate {
    "2025-03-15".parse().unwrap()
}

fn nobody() -> Person {
    Person::new(PersonRef::parse("entretien").unwrap(), 1)
}

/// What somebody answers when they are asked about a fact; to the rest, not.
const ANSWERS: [(&str, &str); 24] = [
    ("employed", "non"),
    ("jobseeker", "oui"),
    ("rsa", "oui"),
    ("birth_date", "04/07/1992"),
    ("project.state", "3"),
    ("project.sectors", "2"),
    ("residence.commune", "vitry-le-fran"),
    ("licence.b", "non"),
    ("vehicle.available", "non"),
    ("vehicle.state", "1"),
    ("residence.transport_served", "2"),
    ("children", "1"),
    ("housing.status", "2"),
    ("housing.eviction_procedure", "non"),
    ("french.level", "langue maternelle"),
    ("literacy.level", "peut-être"),
    ("childcare.needed", "oui"),
    ("childcare.solution", "1"),
    ("bank_account", "oui"),
    ("food_insecurity", "non"),
    ("debt.over_indebted", "non"),
    ("residence.postal_address", "oui"),
    ("rqth", "-"),
    ("health_cover.complete", "oui"),
];

/// Goes through with somebody, for so many questions at most.
fn converse(person: Person, most: usize) -> (Person, Vec<String>, String) {
    let pack = Pack::marne().unwrap();
    let at = Engine::new(&pack).at(on());
    let mut conversation = Conversation::new(&pack, at, person);
    let (mut out, mut asked) = (Vec::new(), Vec::new());
    let mut over = false;
    while asked.len() < most {
        let Some(question) = conversation.next().unwrap() else {
            over = true;
            break;
        };
        let fact = question.fact.name.to_string();
        let known = ANSWERS.iter().find(|(name, _)| *name == fact);
        // What cannot be read is asked again; the fields of a row are not known.
        let typed = known.map_or("?", |(_, answer)| *answer);
        let typed = std::iter::once(typed).chain(std::iter::repeat("?"));
        let mut lines = typed.map(|line| Ok(line.to_owned()));
        let told = answer::ask(&question, &mut lines, &mut out).unwrap();
        conversation
            .tell(&question, told.unwrap(), &mut out)
            .unwrap();
        asked.push(fact);
    }
    conversation.end(over, &mut out).unwrap();
    (
        conversation.person().clone(),
        asked,
        String::from_utf8(out).unwrap(),
    )
}

#[test]
fn a_parent_is_asked_what_matters_and_told_what_it_settles() {
    let (_, _, said) = converse(nobody(), usize::MAX);
    insta::assert_snapshot!("a_parent_of_vitry", said);
}

/// Put aside in the middle, kept as a caseload, read again: the same questions follow.
#[test]
fn what_was_kept_goes_on_where_it_stopped() {
    let (_, whole, _) = converse(nobody(), usize::MAX);
    let (half, first, said) = converse(nobody(), 12);
    assert!(said.contains("il peut être repris"));
    let kept = serde_json::to_string(&Caseload::from(vec![half.clone()])).unwrap();
    let engine = Engine::new(&Pack::marne().unwrap());
    let read = Caseload::parse(&kept, &engine).unwrap().people.remove(0);
    assert_eq!(read.facts, half.facts);
    let (end, rest, _) = converse(read, usize::MAX);
    let mut asked: Vec<String> = first.into_iter().chain(rest).collect();
    assert_eq!(end.facts.len(), asked.len());
    // The theme talked about last is not kept: the order may differ, the answers do not.
    let mut whole = whole;
    whole.sort();
    asked.sort();
    assert_eq!(asked, whole);
}

/// Nothing is asked about somebody who has died, and nothing twice.
#[test]
fn who_has_died_is_asked_nothing_and_who_declined_is_left_alone() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(on());
    let died: NaiveDate = "2025-01-02".parse().unwrap();
    let dead = Profile::builder(&engine, on()).set("person.deceased_on", died);
    assert_eq!(
        at.next_question(&dead.build().unwrap(), None).unwrap(),
        None
    );
    let mut person = nobody();
    for _ in 0..3 {
        let profile = person.profile(&engine, on()).unwrap();
        let question = at.next_question(&profile, None).unwrap().unwrap();
        let declined = Statement::Unknown(Reason::Declined);
        assert_eq!(person.facts.insert(question.missing.fact, declined), None);
    }
}

/// What a partner told in part is asked; what the person told in part is not asked again.
#[test]
fn a_part_is_asked_for_where_it_was_a_partner_who_told_it() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let at = engine.at(on());
    let born = Knowledge::between(
        "1960-01-01".parse::<NaiveDate>().unwrap(),
        "2009-12-31".parse::<NaiveDate>().unwrap(),
    );
    let questions = |by: &str| {
        let mut person = nobody();
        let source = spie::fact::Source {
            by: Some(by.parse().unwrap()),
            on: Some(on()),
            means: None,
        };
        let told = Statement::Known(born.clone(), source);
        let name = FactName::parse("birth_date").unwrap();
        person.facts.insert(name.clone(), told);
        (0..20).any(|_| {
            let profile = person.profile(&engine, on()).unwrap();
            let question = at.next_question(&profile, None).unwrap().unwrap();
            let fact = question.missing.fact;
            let declined = Statement::Unknown(Reason::Declined);
            person.facts.insert(fact.clone(), declined);
            fact == name
        })
    };
    assert!(questions("caf-51"));
    assert!(!questions("person"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Whatever is typed, it is an answer, asked again, or the end.
    #[test]
    fn whatever_is_typed_is_answered_for(
        skip in 0_usize..20,
        typed in prop::collection::vec("(\\PC{0,12}|[0-9/,.;-]{0,11})", 0..12),
    ) {
        static PACK: std::sync::LazyLock<Pack> = std::sync::LazyLock::new(|| Pack::marne().unwrap());
        let at = Engine::new(&PACK).at(on());
        let mut conversation = Conversation::new(&PACK, at, nobody());
        let mut out = Vec::new();
        let mut lines: Box<dyn Iterator<Item = io::Result<String>>> = Box::new(
            std::iter::repeat_n("?".to_owned(), skip).chain(typed).map(Ok),
        );
        while let Some(question) = conversation.next().unwrap() {
            let Some(told) = answer::ask(&question, &mut lines, &mut out).unwrap() else {
                break;
            };
            conversation.tell(&question, told, &mut out).unwrap();
        }
        conversation.end(false, &mut out).unwrap();
    }
}
