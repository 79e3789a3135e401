//! A conversation to its end: what is asked, what each answer settles, where it stops.

#[path = "../../examples/interview/answer.rs"]
mod answer;
#[path = "../../examples/common/birth.rs"]
mod birth;
#[path = "../../examples/interview/conversation.rs"]
mod conversation;
#[path = "../../examples/common/day.rs"]
mod day;
#[path = "../../examples/interview/kept.rs"]
mod kept;

use std::io;

use chrono::NaiveDate;
use proptest::prelude::*;
use spie::fact::{FactEntry, Reason, Statement, Values};
use spie::interop::Person;
use spie::orientation::Question;
use spie::vocabulary::{Code, FactName};
use spie::{Engine, EngineAt, Knowledge, Pack, Profile};

use answer::{Answer, Asked, Picked};
use conversation::{Conversation, Ended};
use kept::{Kept, nobody};

type Failure = Box<dyn std::error::Error>;

fn on() -> NaiveDate {
    "2025-03-15".parse().unwrap()
}

/// What somebody answers when they are asked about a fact; to the rest, not.
const ANSWERS: [(&str, &str); 24] = [
    ("employed", "non"),
    ("jobseeker", "oui"),
    ("rsa", "oui"),
    ("birth_date", "04/07/1992"),
    ("project.state", "3"),
    ("project.sectors", "2"),
    ("residence.commune", "vitry-le-françois"),
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
    let (mut out, mut asked) = (Vec::new(), Vec::new());
    let mut conversation = Conversation::new(&pack, at, person, &mut out).unwrap();
    let mut ended = Ended::Kept;
    while asked.len() < most {
        let Some(question) = conversation.next().unwrap() else {
            ended = Ended::Over;
            break;
        };
        let fact = question.fact.name.to_string();
        let known = ANSWERS.iter().find(|(name, _)| *name == fact);
        // What cannot be read is asked again; the fields of a row are not known.
        let typed = known.map_or("?", |(_, answer)| *answer);
        let typed = std::iter::once(typed).chain(std::iter::repeat("?"));
        let mut lines = typed.map(|line| Ok(line.to_owned()));
        let Answer::Told(told) = answer::ask(&question, &mut lines, &mut out).unwrap() else {
            panic!("the lines have no end");
        };
        conversation.tell(&question, told, &mut out).unwrap();
        asked.push(fact);
    }
    conversation.end(ended, &mut out).unwrap();
    (
        conversation.person().clone(),
        asked,
        String::from_utf8(out).unwrap(),
    )
}

#[test]
fn a_parent_is_asked_what_matters_and_told_what_it_settles() {
    let (_, _, said) = converse(nobody().unwrap(), usize::MAX);
    insta::assert_snapshot!("a_parent_of_vitry", said);
}

/// Put aside in the middle, kept as a caseload, read again: the same questions follow.
#[test]
fn what_was_kept_goes_on_where_it_stopped() {
    let (_, whole, _) = converse(nobody().unwrap(), usize::MAX);
    let (half, first, said) = converse(nobody().unwrap(), 12);
    assert!(said.contains("il peut être repris"));
    let engine = Engine::new(&Pack::marne().unwrap());
    let file = std::env::temp_dir().join(format!("spie-{}.json", std::process::id()));
    let kept = Kept::new(&file).unwrap();
    assert!(!file.exists(), "nothing is written before an answer");
    kept.write(&half).unwrap();
    let (read, _) = kept.begun(&engine, on()).unwrap();
    std::fs::remove_file(&file).unwrap();
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
    let mut person = nobody().unwrap();
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
        let mut person = nobody().unwrap();
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

/// Two of the roles that may answer are held by one body: it is asked once.
#[test]
fn a_body_is_named_once_though_it_holds_two_roles() {
    let text = r#"
[pack]
id = "twice"
title = "Deux rôles"
extends = "marne"
[[fact]]
name = "garden"
type = "flag"
label = "jardin"
question = "Avez-vous un jardin ?"
theme = "housing"
attest = ["departement", "coordination"]
sensitivity = 0
[[scheme]]
id = "seeds"
title = "Graines"
source = "aucune"
verified = true
[[rule]]
id = "seeds-for-a-garden"
title = "Graines"
when = "garden"
propose = { scheme = "seeds", partner = "departement", priority = 1 }
because = "Un jardin veut des graines."
source = "aucune"
verified = true
"#;
    let pack = Pack::parse([("twice.toml", text)], Some(&Pack::marne().unwrap())).unwrap();
    let at = Engine::new(&pack).at(on());
    let mut person = nobody().unwrap();
    let question = loop {
        let profile = person.profile(at.engine(), on()).unwrap();
        let question = at.next_question(&profile, None).unwrap().unwrap();
        if question.missing.fact.as_str() == "garden" {
            break question;
        }
        let declined = Statement::Unknown(Reason::Declined);
        person.facts.insert(question.missing.fact, declined);
    };
    assert_eq!(question.ask_first, ["le Département de la Marne"]);
}

/// One question about a fact, put to somebody who types these lines: what comes of it, and
/// what the terminal says.
fn put<'l>(fact: &str, typed: impl IntoIterator<Item = &'l [u8]>) -> (Answer, String) {
    static BUNDLED: std::sync::LazyLock<Pack> = std::sync::LazyLock::new(|| Pack::marne().unwrap());
    let mut facts = BUNDLED.facts();
    let fact = facts.find(|one| one.name.as_str() == fact).unwrap();
    let question = question_about(&fact);
    let asked = Asked {
        theme: None,
        words: question.missing.question.unwrap_or_default(),
        because: question.because,
        ask_first: question.ask_first,
        fields: question.fields,
        fact,
        on: on(),
    };
    let typed = typed.into_iter().collect::<Vec<_>>().join(&b'\n');
    let mut lines = io::BufRead::lines(typed.as_slice());
    let mut out = Vec::new();
    let answer = answer::ask(&asked, &mut lines, &mut out).unwrap();
    (answer, String::from_utf8(out).unwrap())
}

/// The question that is put about a list, as it says which fields are asked; of another fact, only
/// its form is looked at, and any question will do.
fn question_about(fact: &FactEntry) -> Question {
    static AT: std::sync::LazyLock<EngineAt> =
        std::sync::LazyLock::new(|| Engine::new(&Pack::marne().unwrap()).at(on()));
    let mut person = nobody().unwrap();
    loop {
        let profile = person.profile(AT.engine(), on()).unwrap();
        let question = AT.next_question(&profile, None).unwrap().unwrap();
        let is_list = matches!(fact.values, Values::Rows { .. });
        if !is_list || question.missing.fact == fact.name {
            return question;
        }
        let declined = Statement::Unknown(Reason::Declined);
        person.facts.insert(question.missing.fact, declined);
    }
}

/// The answer, where one line gives it.
fn at_once(fact: &str, typed: &str) -> Option<Knowledge> {
    match put(fact, [typed.as_bytes()]).0 {
        Answer::Told(Statement::Known(knowledge, _)) => Some(knowledge),
        Answer::Stopped => None,
        _ => panic!("neither read nor refused: {typed}"),
    }
}

#[test]
fn amounts_have_no_sign_in_them() {
    let cents = spie::vocabulary::Cents::new;
    let paid = |typed| at_once("resources.monthly", typed);
    for (typed, amount) in [
        ("565,34", 56_534),
        ("565,3", 56_530),
        ("1 200 €", 120_000),
        ("12", 1_200),
    ] {
        assert_eq!(paid(typed), Some(cents(amount).into()), "{typed}");
    }
    for typed in ["-0,50", "12,-5", "+3", "12,+5", "12,345", ",50", "-12"] {
        assert_eq!(paid(typed), None, "{typed}");
    }
}

#[test]
fn nobody_is_born_after_the_day_asked_about() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let born = |typed| at_once("birth_date", typed);
    assert_eq!(born("15/03/2025"), Some(day("2025-03-15").into()));
    assert_eq!(born("16/03/2025"), None);
    assert_eq!(born("04/2025"), None);
    // Of a year that is not over, only the part until now.
    let until_now = Knowledge::between(day("2025-01-01"), day("2025-03-15"));
    assert_eq!(born("2025"), Some(until_now));
    let (_, said) = put("birth_date", [&b"16/03/2025"[..]]);
    assert!(said.contains("Une date de naissance ne vient pas après le 15 mars 2025."));
    let (answer, said) = put("children", [&b"1"[..], b"16/03/2025"]);
    assert!(said.contains("ne vient pas après"));
    assert!(matches!(answer, Answer::Stopped));
    // Nor so long before that nobody lives: 120 years and not one day more.
    assert_eq!(born("16/03/1904"), Some(day("1904-03-16").into()));
    assert_eq!(born("15/03/1904"), None);
    assert_eq!(born("1900"), None);
    let of_age = Knowledge::between(day("1904-03-16"), day("1904-12-31"));
    assert_eq!(born("1904"), Some(of_age));
    let (_, said) = put("birth_date", [&b"1900"[..]]);
    assert!(said.contains("ne vient pas avant le 16 mars 1904 : cela ferait plus de 120 ans"));
    // Other days may lie ahead.
    let due = at_once("housing.loss_on", "16/03/2025");
    assert_eq!(due, Some(day("2025-03-16").into()));
}

#[test]
fn a_commune_is_found_without_its_accents() {
    let code = |code| Knowledge::from(spie::fact::Value::from(Code::parse(code).unwrap()));
    let lives = |typed| at_once("residence.commune", typed);
    for (typed, commune) in [
        ("epernay", "51230"),
        ("Épernay", "51230"),
        ("chalons en champagne", "51108"),
        ("CHÂLONS-EN-CHAMPAGNE", "51108"),
        ("vitry le francois", "51649"),
    ] {
        assert_eq!(lives(typed), Some(code(commune)), "{typed}");
    }
    let (_, said) = put("residence.commune", [&b"chalons"[..], b"'"]);
    assert!(said.contains("Châlons-en-Champagne"), "{said}");
    assert!(said.contains("Rien de ce nom"), "{said}");
}

/// 51100 is the postal code of Reims, and the INSEE code of La Caure.
#[test]
fn a_postal_code_is_never_taken_for_another_commune() {
    let code = |code| Knowledge::from(spie::fact::Value::from(Code::parse(code).unwrap()));
    let lives = |typed| at_once("residence.commune", typed);
    for typed in ["51100", "51100 Reims", "Reims (51100)", "51100 reim"] {
        assert_eq!(lives(typed), Some(code("51454")), "{typed}");
    }
    let (_, said) = put("residence.commune", [&b"51100"[..]]);
    assert!(said.contains("Compris : Reims"), "{said}");
    // A postal code of several communes, of none, of another one; an INSEE code.
    for typed in ["51300", "10000", "51100 Épernay", "51454", "3", "510"] {
        assert_eq!(lives(typed), None, "{typed}");
    }
    let (_, said) = put("residence.commune", [&b"51300"[..], b"51300 vitry en per"]);
    assert!(said.contains("Plusieurs possibles : "), "{said}");
    assert!(said.contains("Compris : Vitry-en-Perthois"), "{said}");
    // Of all postal codes, none is a commune that it does not serve.
    let table = include_str!("../../packs/marne/communes.csv");
    let served: std::collections::BTreeSet<(&str, &str)> = table
        .lines()
        .skip(1)
        .flat_map(|line| {
            let mut cells = line.split(',');
            let insee = cells.next().unwrap();
            let postal = cells.nth(1).unwrap();
            postal.split('|').map(move |postal| (postal, insee))
        })
        .collect();
    let postal: std::collections::BTreeSet<&str> =
        served.iter().map(|(postal, _)| *postal).collect();
    assert!(postal.len() > 40);
    for typed in postal {
        if let Some(Knowledge::OneOf(told)) = lives(typed) {
            let Some(spie::fact::Value::Code(insee)) = told.first() else {
                panic!("no code: {typed}");
            };
            assert!(
                served.contains(&(typed, insee.as_str())),
                "{typed}: {insee}"
            );
        }
    }
}

#[test]
fn a_commune_is_found_by_its_short_form_and_one_elsewhere_can_be_told() {
    let code = |code| Knowledge::from(spie::fact::Value::from(Code::parse(code).unwrap()));
    let lives = |typed| at_once("residence.commune", typed);
    for typed in ["ST MEMMIE", "St-Memmie", "saint memmie"] {
        assert_eq!(lives(typed), Some(code("51506")), "{typed}");
    }
    assert_eq!(lives("ste menehould"), Some(code("51507")));
    assert_eq!(lives("Troyes"), None);
    let (_, said) = put("residence.commune", [&b"Troyes"[..]]);
    assert!(said.contains("« autre » hors de la liste"), "{said}");
    // Somebody who lives elsewhere is handed on to another Département.
    let Some(elsewhere) = lives("autre") else {
        panic!("a commune elsewhere cannot be told");
    };
    let engine = Engine::new(&Pack::marne().unwrap());
    let profile = Profile::builder(&engine, on())
        .set("residence.commune", elsewhere)
        .set("rsa", true)
        .set("rsa.rights_duties", true)
        .set("decision.track", Code::parse("social").unwrap())
        .set(
            "decision.lead_body",
            Code::parse("departement-marne").unwrap(),
        );
    let orientation = engine.at(on()).orient(&profile.build().unwrap()).unwrap();
    let mut proposals = orientation.proposals.iter();
    assert!(proposals.any(|one| one.scheme.as_str() == "relais-departement"));
}

/// A part of a name may be of a town that the list does not hold.
#[test]
fn what_is_guessed_from_a_part_of_a_name_is_confirmed() {
    let vitry = &b"vitry-le-fran"[..];
    for (lines, told) in [
        (vec![vitry], false),
        (vec![vitry, b"non"], false),
        (vec![vitry, b"oui"], true),
        (vec![vitry, b"non", vitry, b"o"], true),
        (vec![&b"rei"[..], b"Vitry-le-Fran\xc3\xa7ois"], true),
    ] {
        let (answer, said) = put("residence.commune", lines);
        assert!(said.contains("Compris : Vitry-le-François"), "{said}");
        assert_eq!(matches!(answer, Answer::Told(_)), told, "{said}");
    }
}

#[test]
fn a_line_that_is_no_answer_is_asked_again() {
    let lines = [&b"\xff"[..], b"", b"oui"];
    let (answer, said) = put("employed", lines);
    assert!(matches!(answer, Answer::Told(Statement::Known(..))));
    assert!(said.contains("Cette ligne n'est pas lisible"));
    assert!(said.contains("« ? » si elle n'est pas connue"));
    let (_, said) = put("children", [&b"255"[..], b"-1", b"0"]);
    assert_eq!(said.matches("Un nombre de 0 à 20 est attendu").count(), 2);
}

/// Whoever stops in the middle of a list keeps what they typed, and not that it is all.
#[test]
fn rows_typed_before_the_end_are_kept() {
    let lines = "2 enfants\n03/2020\noui\n?\n07/2022\nfin";
    let (answer, _) = put("children", lines.split('\n').map(str::as_bytes));
    let Answer::Last(told @ Statement::Known(..)) = answer else {
        panic!("two children were told");
    };
    let engine = Engine::new(&Pack::marne().unwrap());
    let mut person = nobody().unwrap();
    person
        .facts
        .insert(FactName::parse("children").unwrap(), told);
    let profile = person.profile(&engine, on()).unwrap();
    let orientation = engine.at(on()).orient(&profile).unwrap();
    let missing = &orientation.missing["children"];
    assert_eq!(missing.reason, Reason::Partial, "there may be a third");
    for lines in ["2\nfin", "2", "fin"] {
        let (answer, _) = put("children", lines.split('\n').map(str::as_bytes));
        assert!(matches!(answer, Answer::Stopped));
    }
}

/// A child has eight fields, and the rules read three at most.
#[test]
fn of_a_row_only_what_is_read_is_asked() {
    let (_, said) = put("children", [&b"deux"[..]]);
    let labels: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("n° 1, "))
        .collect();
    assert_eq!(labels.len(), 1, "the first field is waited for: {said}");
    let pack = Pack::marne().unwrap();
    let mut facts = pack.facts();
    let children = facts.find(|fact| fact.name.as_str() == "children");
    let asked = question_about(&children.unwrap()).fields;
    let names: Vec<&str> = asked.iter().map(|field| field.name.as_str()).collect();
    // Nobody told of the RSA here: whether a child comes every other week matters to nothing else.
    assert_eq!(names, ["birth_date", "at_home"]);
}

/// What a pack knows no more is kept in the file, and stops nobody.
#[test]
fn what_a_pack_cannot_read_is_kept_and_counts_for_nothing() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    let text = r#"{ "version": 1, "people": [ { "ref": "a", "facts": {
        "rsa": true, "gone.fact": { "value": "x" }, "licence.b": "perhaps" } } ] }"#;
    std::fs::write(&file, text).unwrap();
    let kept = Kept::new(&file).unwrap();
    let (person, unread) = kept.begun(&engine, on()).unwrap();
    assert_eq!(unread, ["gone.fact", "licence.b"]);
    assert_eq!(person.facts.len(), 1);
    kept.write(&person).unwrap();
    let (again, unread) = kept.begun(&engine, on()).unwrap();
    assert_eq!((&again.facts, unread.len()), (&person.facts, 0));
    assert_eq!(again.columns["unread.gone.fact"], r#"{"value":"x"}"#);
    // What is wrong outside the facts is not put aside.
    std::fs::write(&file, text.replace("\"a\"", "\"\"")).unwrap();
    assert!(kept.begun(&engine, on()).is_err());
}

/// What nobody asks closes schemes all the same: that is said at the end.
#[test]
fn what_was_presumed_is_said_at_the_end() {
    let (_, asked, said) = converse(nobody().unwrap(), usize::MAX);
    assert!(!asked.contains(&"housing.lease_in_view".to_owned()));
    let supposed = said
        .lines()
        .find(|line| line.starts_with("Nous avons supposé : "));
    let supposed = supposed.unwrap();
    assert!(supposed.contains("bail en vue : non"), "{supposed}");
    assert!(!supposed.contains("permis B"), "told: {supposed}");
}

/// A slip of the tongue is taken back, and with it all that followed from it.
#[test]
fn an_answer_can_be_given_again() {
    let pack = Pack::marne().unwrap();
    let at = Engine::new(&pack).at(on());
    let mut out = Vec::new();
    let mut conversation = Conversation::new(&pack, at, nobody().unwrap(), &mut out).unwrap();
    conversation.back(&mut out).unwrap();
    let first = conversation.next().unwrap().unwrap();
    let mut tell = |conversation: &mut Conversation, typed: &str| {
        let question = conversation.next().unwrap().unwrap();
        let mut lines = std::iter::once(Ok(typed.to_owned()));
        let answer = answer::ask(&question, &mut lines, &mut out).unwrap();
        match answer {
            Answer::Told(told) => conversation.tell(&question, told, &mut out).unwrap(),
            Answer::Back => conversation.back(&mut out).unwrap(),
            _ => panic!("an answer or a way back"),
        }
        question.fact.name
    };
    let asked = tell(&mut conversation, "oui");
    assert_eq!(asked, first.fact.name);
    assert!(conversation.person().facts.contains_key(&asked));
    let second = tell(&mut conversation, "Retour");
    assert_ne!(second, asked);
    assert_eq!(conversation.person().facts, nobody().unwrap().facts);
    assert_eq!(tell(&mut conversation, "non"), asked);
    let said = String::from_utf8(out).unwrap();
    assert!(said.contains("Aucune réponse à reprendre"), "{said}");
    assert!(said.contains("La réponse d'avant ne compte plus."));
    // In the middle of a list, the list begins again.
    let (answer, said) = put("children", [&b"2"[..], b"retour", b"0"]);
    assert!(matches!(answer, Answer::Told(_)), "{said}");
    assert!(said.contains("On reprend la liste"));
}

/// What nobody told and closes something can be told at the end, and opens it.
#[test]
fn what_was_supposed_can_be_told_otherwise() {
    let (person, ..) = converse(nobody().unwrap(), usize::MAX);
    let pack = Pack::marne().unwrap();
    let at = Engine::new(&pack).at(on());
    let mut out = Vec::new();
    let mut conversation = Conversation::new(&pack, at, person, &mut out).unwrap();
    assert!(conversation.next().unwrap().is_none());
    let mut none = std::iter::once(Ok("fin".to_owned()));
    let left = conversation.doubt(&mut none, &mut out).unwrap();
    assert!(matches!(left, Picked::Nothing));
    let mut back = std::iter::once(Ok("retour".to_owned()));
    let back = conversation.doubt(&mut back, &mut out).unwrap();
    assert!(matches!(back, Picked::Back));
    let said = String::from_utf8(std::mem::take(&mut out)).unwrap();
    let line = said.lines().find(|line| line.contains("bail en vue : non"));
    let number = line.unwrap().trim().split(' ').next().unwrap();
    let mut typed = ["99", number, "oui"]
        .map(|line| Ok(line.to_owned()))
        .into_iter();
    let Picked::One(question) = conversation.doubt(&mut typed, &mut out).unwrap() else {
        panic!("one was chosen");
    };
    assert_eq!(question.fact.name.as_str(), "housing.lease_in_view");
    let Answer::Told(told) = answer::ask(&question, &mut typed, &mut out).unwrap() else {
        panic!("it was answered");
    };
    conversation.tell(&question, told, &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    assert!(said.contains("un des numéros de la liste"), "{said}");
    assert!(said.contains("Supposé jusqu'ici : non."), "{said}");
    assert!(said.contains("+ proposé : "), "{said}");
}

#[test]
fn answers_go_to_a_file_that_can_be_written_or_nowhere() {
    let file = std::env::temp_dir()
        .join("spie-no-such-folder")
        .join("x.json");
    let Err(why) = Kept::new(&file) else {
        panic!("there is no such folder");
    };
    assert!(why.to_string().contains("x.json"), "{why}");
}

/// Questions that ask a yes or no at once with a date, a number or a list.
#[test]
fn what_people_say_to_a_question_is_an_answer() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (fact, typed) in [
        ("housing.arrears_since", "non"),
        ("housing.arrears_since", "Non."),
        ("last_job.ended_on", "jamais"),
        ("last_job.ended_on", "0"),
        ("decision.track", "aucune"),
        ("decision.track", "non"),
        ("are.daily", "non"),
    ] {
        assert_eq!(
            at_once(fact, typed),
            Some(Knowledge::none()),
            "{fact}: {typed}"
        );
    }
    for (fact, typed, number) in [
        ("worked_hours_36m", "1 600", 1_600),
        ("worked_hours_36m", "1\u{a0}600 heures", 1_600),
        ("employment.hours_week", "35h", 35),
        ("employment.hours_week", "35 h", 35),
        ("employment.hours_week", "35.", 35),
        ("search.employer_refusals", "aucun", 0),
        ("search.employer_refusals", "0", 0),
    ] {
        assert_eq!(
            at_once(fact, typed),
            Some(Knowledge::from(number)),
            "{fact}: {typed}"
        );
    }
    assert_eq!(at_once("rsa", "Oui."), Some(true.into()));
    assert_eq!(
        at_once("project.rome", "aucun"),
        Some(Knowledge::exactly([]))
    );
    assert_eq!(at_once("rsa", "Oui,"), Some(true.into()));
    assert_eq!(at_once("rsa", "Non, pas en ce moment"), Some(false.into()));
    assert_eq!(at_once("search.employer_refusals", "deux"), Some(2.into()));
    let named = |code| {
        Some(Knowledge::from(spie::fact::Value::from(
            Code::parse(code).unwrap(),
        )))
    };
    assert_eq!(at_once("education.level", "bac"), named("4"));
    for typed in ["je sais pas", "Je ne sais plus…", "aucune idée"] {
        let (answer, _) = put("rsa", [typed.as_bytes()]);
        let unknown = Statement::Unknown(Reason::AskedUnknown);
        assert!(
            matches!(answer, Answer::Told(told) if told == unknown),
            "{typed}"
        );
    }
    let (answer, _) = put("rsa", ["je ne veux pas répondre".as_bytes()]);
    assert!(matches!(
        answer,
        Answer::Told(Statement::Unknown(Reason::Declined))
    ));
    let march = Knowledge::between(day("2025-03-01"), day("2025-03-31"));
    assert_eq!(
        at_once("jobseeker.registered_on", "03.2025"),
        Some(march.clone())
    );
    assert_eq!(at_once("jobseeker.registered_on", "mars 2025"), Some(march));
    let (answer, _) = put("children", [&b"non"[..]]);
    let Answer::Told(Statement::Known(Knowledge::Rows(rows), _)) = answer else {
        panic!("no child was told");
    };
    assert!(rows.rows.is_empty() && rows.complete);
    // What is no answer to a question stays none.
    for (fact, typed) in [
        ("birth_date", "non"),
        ("employment.hours_week", "non"),
        ("employment.hours_week", "35 mois"),
        ("employment.hours_week", "3 5"),
        ("employment.hours_week", "2h30"),
        ("worked_hours_36m", "1600 000"),
        ("rsa", "jamais"),
    ] {
        assert_eq!(at_once(fact, typed), None, "{fact}: {typed}");
    }
}

/// However a day is written; of two digits, the year that it may be.
#[test]
fn a_day_is_read_as_people_write_it() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for typed in [
        "12.04.1988",
        "12-04-1988",
        "12 04 1988",
        "12/4/1988",
        "12/04/88",
    ] {
        let born = Some(day("1988-04-12").into());
        assert_eq!(at_once("birth_date", typed), born, "{typed}");
    }
    assert_eq!(
        at_once("birth_date", "12/02/25"),
        Some(day("2025-02-12").into())
    );
    assert_eq!(
        at_once("birth_date", "12/04/26"),
        Some(day("1926-04-12").into())
    );
    assert_eq!(
        at_once("housing.loss_on", "12/04/26"),
        Some(day("2026-04-12").into())
    );
    let (_, said) = put("birth_date", [&b"12/04/88"[..]]);
    assert!(said.contains("Compris : 12 avril 1988"), "{said}");
}

/// A file of another name is nobody's to delete, and answers are for one pair of eyes.
#[test]
fn answers_are_written_beside_no_other_file_and_for_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    let other = folder.path().join("x.json.part");
    std::fs::write(&other, "not ours").unwrap();
    let kept = Kept::new(&file).unwrap();
    kept.write(&nobody().unwrap()).unwrap();
    kept.write(&nobody().unwrap()).unwrap();
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "not ours");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// Taken up years later, or as of a day before: what was answered then does not count, is told
/// in one line, and is asked again.
#[test]
fn what_counts_no_more_is_told_and_asked_again() {
    let pack = Pack::marne().unwrap();
    let engine = Engine::new(&pack);
    let (told, _, _) = converse(nobody().unwrap(), 12);
    let taken_up = |day: &str| {
        let at = engine.at(day.parse().unwrap());
        let mut out = Vec::new();
        let conversation = Conversation::new(&pack, at, told.clone(), &mut out).unwrap();
        let facts = conversation.person().facts.clone();
        (facts, String::from_utf8(out).unwrap())
    };
    let known = |name: &str| told.facts.contains_key(name);
    assert!(known("rsa") && known("birth_date"));
    let (same, said) = taken_up("2025-03-15");
    assert_eq!((same, said.as_str()), (told.facts.clone(), ""));
    let (later, said) = taken_up("2029-03-15");
    assert!(!later.contains_key("rsa") && later.contains_key("birth_date"));
    let lines: Vec<&str> = said.lines().collect();
    let [old, again] = lines.as_slice() else {
        panic!("{said}");
    };
    assert!(old.contains("ne comptent plus"), "{said}");
    assert!(
        again.contains("posées de nouveau") || again.contains("posée de nouveau"),
        "{said}"
    );
    let (before, said) = taken_up("2021-03-15");
    assert!(!before.contains_key("birth_date"));
    assert!(said.contains("données après le 15 mars 2021"), "{said}");
}

/// What was not known is asked again a day later; what somebody preferred not to answer only when
/// an answer would not count any more. The days stand in the file.
#[test]
fn a_question_without_an_answer_comes_back_in_its_time() {
    let pack = Pack::marne().unwrap();
    let engine = Engine::new(&pack);
    let folder = tempfile::tempdir().unwrap();
    let kept = Kept::new(&folder.path().join("x.json")).unwrap();
    let mut out = Vec::new();
    let mut conversation =
        Conversation::new(&pack, engine.at(on()), nobody().unwrap(), &mut out).unwrap();
    let mut left = Vec::new();
    for reason in [Reason::AskedUnknown, Reason::Declined] {
        let question = conversation.next().unwrap().unwrap();
        left.push(question.fact.clone());
        let told = Statement::Unknown(reason);
        conversation.tell(&question, told, &mut out).unwrap();
    }
    kept.write(conversation.person()).unwrap();
    let [unknown, declined] = left.as_slice() else {
        panic!("two questions were put");
    };
    let until = declined.counts_until(on()).unwrap();
    let held = |day: NaiveDate| {
        let (person, _) = kept.begun(&engine, day).unwrap();
        let mut out = Vec::new();
        let conversation = Conversation::new(&pack, engine.at(day), person, &mut out).unwrap();
        let facts = &conversation.person().facts;
        let of = |fact: &spie::fact::FactEntry| facts.contains_key(&fact.name);
        (of(unknown), of(declined))
    };
    assert_eq!(held(on()), (true, true), "nothing twice on one day");
    assert_eq!(held(on().succ_opt().unwrap()), (false, true));
    assert_eq!(held(until), (false, true));
    assert_eq!(held(until.succ_opt().unwrap()), (false, false));
    // As of a day before, nobody had been asked.
    assert_eq!(held(on().pred_opt().unwrap()), (false, false));
    // An answer takes the place of the day.
    let day = on().succ_opt().unwrap();
    let (person, _) = kept.begun(&engine, day).unwrap();
    let mut conversation = Conversation::new(&pack, engine.at(day), person, &mut out).unwrap();
    while conversation.person().facts.len() < 3 {
        let question = conversation.next().unwrap().unwrap();
        let mut lines = ["?".to_owned()].into_iter().cycle().map(Ok);
        let (Answer::Told(told) | Answer::Last(told)) =
            answer::ask(&question, &mut lines, &mut out).unwrap()
        else {
            panic!("the lines have no end");
        };
        conversation.tell(&question, told, &mut out).unwrap();
    }
    assert_eq!(conversation.person().columns.len(), 3);
}

/// A proposal that another one sets aside is not taken for gone.
#[test]
fn what_another_one_sets_aside_is_said_with_why() {
    let text = r#"
[pack]
id = "one-of-two"
title = "L'un ou l'autre"
extends = "core"
[[partner]]
id = "desk"
names = [{ name = "Guichet", said = "le guichet" }]
source = "aucune"
verified = true
[[scheme]]
id = "bike"
title = "Prêt d'un vélo"
source = "aucune"
verified = true
[[scheme]]
id = "scooter"
title = "Prêt d'un scooter"
source = "aucune"
verified = true
[[exclusive]]
id = "one-loan"
title = "un seul prêt à la fois"
schemes = ["bike", "scooter"]
source = "aucune"
verified = true
[[rule]]
id = "bike-for-all"
title = "Vélo"
when = "vehicle.available = false"
propose = { scheme = "bike", partner = "desk", priority = 2 }
because = "Il n'y a pas de véhicule."
source = "aucune"
verified = true
[[rule]]
id = "scooter-with-a-licence"
title = "Scooter"
when = "licence.b"
propose = { scheme = "scooter", partner = "desk", priority = 1 }
because = "Il y a un permis."
source = "aucune"
verified = true
"#;
    let pack = Pack::parse([("one.toml", text)], Some(&Pack::core().unwrap())).unwrap();
    let at = Engine::new(&pack).at(on());
    let mut out = Vec::new();
    let mut person = nobody().unwrap();
    let known = |is: bool| Statement::Known(is.into(), spie::fact::Source::default());
    let name = |name| FactName::parse(name).unwrap();
    person.facts.insert(name("vehicle.available"), known(false));
    let mut conversation = Conversation::new(&pack, at, person, &mut out).unwrap();
    let question = conversation.next().unwrap().unwrap();
    assert_eq!(question.fact.name, name("licence.b"));
    conversation.tell(&question, known(true), &mut out).unwrap();
    let said = String::from_utf8(std::mem::take(&mut out)).unwrap();
    assert!(said.contains("+ proposé : Prêt d'un scooter"), "{said}");
    let aside = "~ mis de côté : Prêt d'un vélo. « Prêt d'un scooter » passe avant (un seul prêt à la fois)";
    assert!(said.contains(aside), "{said}");
    assert!(!said.contains("n'est plus"), "{said}");
    // What was set aside, and is right for them no more, does not go in silence.
    let mut again = question;
    let vehicle = pack.facts();
    again.fact = vehicle
        .into_iter()
        .find(|fact| fact.name == name("vehicle.available"))
        .unwrap();
    conversation.tell(&again, known(true), &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    let gone = "- n'est plus mis de côté, ni proposé : Prêt d'un vélo";
    assert!(said.contains(gone), "{said}");
}

#[test]
fn who_is_born_after_the_date_asked_is_refused_where_the_file_is_read() {
    let engine = Engine::new(&Pack::marne().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.json");
    let begun = |born: &str| {
        let text = format!(
            "{{ \"version\": 1, \"people\": [\n{{ \"ref\": \"a\", \"facts\": {{ \"birth_date\": {born} }} }}\n] }}"
        );
        std::fs::write(&file, text).unwrap();
        let begun = Kept::new(&file).unwrap().begun(&engine, on());
        begun.map_err(|mistake| mistake.to_string())
    };
    for born in [
        "\"2025-03-16\"",
        "{ \"from\": \"2099-01-01\" }",
        "{ \"one_of\": [\"2030-01-01\", \"2031-01-01\"] }",
    ] {
        let why = begun(born).unwrap_err();
        assert!(
            why.contains("line 2, a, `birth_date`: expected a day until 2025-03-15"),
            "{why}"
        );
        assert!(!why.contains("2099"), "{why}");
    }
    for born in ["\"1904-03-15\"", "{ \"to\": \"1900-12-31\" }"] {
        let why = begun(born).unwrap_err();
        assert!(why.contains("expected a day from 1904-03-16 on"), "{why}");
    }
    for born in [
        "\"1904-03-16\"",
        "\"2025-03-15\"",
        "{ \"one_of\": [\"2020-01-01\", \"2031-01-01\"] }",
    ] {
        assert!(begun(born).is_ok(), "{born}");
    }
}

#[test]
fn the_day_asked_about_is_one_of_a_pack() {
    assert_eq!(day::parse("2025-03-15"), Ok(on()));
    for text in ["1800-01-01", "9999-12-31", "15/03/2025", "demain", ""] {
        let why = day::parse(text).unwrap_err();
        assert!(why.contains("AAAA-MM-JJ"), "{text}: {why}");
    }
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
        let mut out = Vec::new();
        let mut conversation = Conversation::new(&PACK, at, nobody().unwrap(), &mut out).unwrap();
        let mut lines: Box<dyn Iterator<Item = io::Result<String>>> = Box::new(
            std::iter::repeat_n("?".to_owned(), skip).chain(typed).map(Ok),
        );
        while let Some(question) = conversation.next().unwrap() {
            let told = match answer::ask(&question, &mut lines, &mut out).unwrap() {
                Answer::Told(told) | Answer::Last(told) => told,
                Answer::Back => {
                    conversation.back(&mut out).unwrap();
                    continue;
                }
                Answer::Stopped => break,
            };
            conversation.tell(&question, told, &mut out).unwrap();
        }
        conversation.end(Ended::Aside, &mut out).unwrap();
    }
}
