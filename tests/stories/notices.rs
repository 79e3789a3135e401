//! What people are told: in plain words, on a printed page, and to be read aloud.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use spie::diagnostic::Diagnostic;
use spie::fact::Means;
use spie::interop::{Caseload, Person};
use spie::orientation::Certainty;
use spie::orientation::decision::{
    Answer, Choice, Decision, DecisionRecord, Departure, DepartureReason, Subject,
};
use spie::orientation::notice::{Catalogue, Element, Notice, NoticeError};
use spie::vocabulary::{PersonRef, SchemeId};
use spie::{Engine, EngineAt, Pack, Profile};

use crate::saying::{body, code, day, fact, over_marne, says};

const DATES: [&str; 3] = ["2021-09-15", "2024-06-15", "2025-03-15"];

fn marne() -> Engine {
    Engine::new(&Pack::marne().unwrap())
}

fn people(engine: &Engine) -> Vec<Person> {
    Caseload::bundled(engine).unwrap().people
}

/// The body that leads a person, or the Département while that is open.
fn giver(at: &EngineAt, profile: &Profile) -> String {
    let orientation = at.orient(profile).unwrap();
    let track = orientation.track.as_ref();
    let option = track.and_then(|track| track.options.first());
    let known = option.and_then(|option| option.lead.known());
    known.map_or_else(
        || "departement-marne".to_owned(),
        |lead| lead.partner.to_string(),
    )
}

/// The first proposal accepted, the second not, and a day for the third.
fn decided(at: &EngineAt, profile: &Profile, by: &str) -> DecisionRecord {
    let orientation = at.orient(profile).unwrap();
    let departs = |reason, text: &str| {
        Some(Departure {
            reason,
            text: Some(text.to_owned()),
        })
    };
    let answers = [
        (Answer::Accepted, None),
        (
            Answer::Refused,
            departs(
                DepartureReason::PersonWishes,
                "Préfère en parler à sa sœur Zénobie.",
            ),
        ),
        (
            Answer::Postponed {
                until: Some(day("2026-01-05")),
            },
            departs(
                DepartureReason::NotAvailable,
                "Liste d'attente jusqu'à l'hiver.",
            ),
        ),
    ];
    let choices = orientation.proposals.iter().zip(answers);
    let choices = choices.map(|(proposal, (answer, departure))| Choice {
        subject: Subject::Scheme(proposal.scheme.clone()),
        answer,
        departure,
    });
    let mut choices: Vec<Choice> = choices.collect();
    let mut seen: Vec<Subject> = Vec::new();
    choices.retain(|choice| {
        let new = !seen.contains(&choice.subject);
        seen.push(choice.subject.clone());
        new
    });
    let decision = Decision {
        by: body(by),
        on: at.date(),
        choices,
    };
    let person = PersonRef::parse("dossier-12").unwrap();
    DecisionRecord::of_profile(at, person, profile, decision).unwrap()
}

/// Every form in which a notice leaves the library.
fn forms(notice: &Notice) -> Vec<(&'static str, String)> {
    vec![
        ("text", notice.to_string()),
        ("easy", notice.easy_to_read().to_string()),
        ("html", notice.page().html()),
        ("easy html", notice.easy_to_read().html()),
    ]
}

/// Notices of the twelve on three days: of what is proposed, and of a decision.
fn all_notices() -> Vec<(String, Notice)> {
    let engine = marne();
    let mut notices = Vec::new();
    for on in DATES {
        let at = engine.at(day(on));
        for person in people(&engine) {
            let profile = person.profile(&engine, day(on)).unwrap();
            let by = giver(&at, &profile);
            let name = format!("{} {on}", person.reference);
            let proposals = at.notice(&profile, &body(&by)).unwrap();
            notices.push((format!("{name}, proposals"), proposals));
            if !at.orient(&profile).unwrap().proposals.is_empty() {
                let record = decided(&at, &profile, &by);
                let of = at.notice_of(&profile, &record).unwrap();
                notices.push((format!("{name}, decision"), of));
            }
        }
    }
    notices
}

fn golden(name: &str, notice: &Notice) {
    let [text, easy, html, easy_html] = forms(notice).try_into().unwrap();
    insta::assert_snapshot!(format!("{name}_text"), text.1);
    insta::assert_snapshot!(format!("{name}_easy"), easy.1);
    insta::assert_snapshot!(format!("{name}_html"), html.1);
    insta::assert_snapshot!(format!("{name}_easy_html"), easy_html.1);
}

#[test]
fn a_person_is_told_what_is_proposed() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[0].profile(&engine, at.date()).unwrap();
    golden(
        "proposed",
        &at.notice(&profile, &body("departement-marne")).unwrap(),
    );
}

#[test]
fn a_person_is_told_what_was_decided() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[5].profile(&engine, at.date()).unwrap();
    let by = giver(&at, &profile);
    let record = decided(&at, &profile, &by);
    let notice = at.notice_of(&profile, &record).unwrap();
    let notice = notice.with_contact("donnees@exemple.fr");
    golden("decided", &notice);
    insta::assert_snapshot!("decided_on_request", notice.with_sensitive());
}

/// After a decision each thing is told once, with its answer, and nobody is given a day for
/// what was refused or put off.
#[test]
fn a_decision_tells_each_thing_once_and_days_only_for_what_is_to_be_done() {
    let (mut answered, mut open) = (0, 0);
    for (name, notice) in all_notices() {
        if !name.ends_with("decision") {
            continue;
        }
        let text = notice.to_string();
        let mut heads: Vec<&str> = Vec::new();
        let mut refused = false;
        for line in text.lines() {
            if !line.starts_with(' ') {
                refused = false;
                if let Some((title, answer)) = line.split_once(" : la réponse ") {
                    heads.push(title);
                    refused = !answer.starts_with("est oui");
                    answered += 1;
                } else if let Some((number, title)) = line.split_once(". ")
                    && number.parse::<u32>().is_ok()
                {
                    heads.push(title.trim_end_matches(", sous réserve"));
                    open += 1;
                }
            }
            assert!(
                !refused || !line.contains("Quand :"),
                "{name}: {line}\n{text}"
            );
        }
        let told: std::collections::BTreeSet<_> = heads.iter().collect();
        assert_eq!(told.len(), heads.len(), "{name}: {heads:?}");
        assert!(
            !text.contains("\nCe qui vous est proposé\n"),
            "{name}: what is decided is no more proposed"
        );
    }
    assert!(
        answered > 30 && open > 30,
        "{answered} answered, {open} open"
    );
}

/// An accepted track is no more said to be open, and its lead is named.
/// What was refused passes before nothing: what it set aside may be talked about again.
#[test]
fn nothing_stays_aside_for_what_was_refused() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let everybody = people(&engine).into_iter().map(|person| {
        let profile = person.profile(&engine, at.date()).unwrap();
        let orientation = at.orient(&profile).unwrap();
        (profile, orientation)
    });
    let mut with_one_aside = everybody.filter(|(_, one)| !one.set_aside.is_empty());
    let (profile, orientation) = with_one_aside.next().unwrap();
    let aside = &orientation.set_aside[0];
    let told = |answer: Answer, departure: Option<Departure>| {
        let decision = Decision {
            by: body("departement-marne"),
            on: at.date(),
            choices: vec![Choice {
                subject: Subject::Scheme(aside.winner.clone()),
                answer,
                departure,
            }],
        };
        let person = PersonRef::parse("dossier-12").unwrap();
        let record = DecisionRecord::of_profile(&at, person, &profile, decision).unwrap();
        at.notice_of(&profile, &record).unwrap().to_string()
    };
    let before = format!("{} : « {} » passe avant", aside.title, aside.winner_title);
    let again = before.replace("passe avant", "passait avant");
    let accepted = told(Answer::Accepted, None);
    assert!(accepted.contains(&before), "{accepted}");
    assert!(!accepted.contains(&again), "{accepted}");
    let wishes = Departure {
        reason: DepartureReason::PersonWishes,
        text: None,
    };
    let refused = told(Answer::Refused, Some(wishes));
    assert!(!refused.contains(&before), "{refused}");
    assert!(refused.contains(&again), "{refused}");
}

#[test]
fn an_accepted_track_is_told_as_decided() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[0].profile(&engine, at.date()).unwrap();
    let decision = Decision {
        by: body("departement-marne"),
        on: day("2025-04-20"),
        choices: vec![Choice {
            subject: Subject::Track(code("socio_professional")),
            answer: Answer::Accepted,
            // Several were possible: which of them, and why, the professional says.
            departure: Some(because(DepartureReason::MoreKnown, None)),
        }],
    };
    let person = PersonRef::parse("dossier-12").unwrap();
    let record = DecisionRecord::of_profile(&at, person, &profile, decision).unwrap();
    let notice = at.notice_of(&profile, &record).unwrap();
    assert!(notice.missing_elements().is_empty());
    let text = notice.to_string();
    assert!(
        text.contains(
            "parcours socio-professionnel : la réponse est oui.\n   Avec : Département de la Marne."
        ),
        "{text}"
    );
    assert!(
        !text.contains("Votre parcours n'est pas encore décidé"),
        "{text}"
    );
    assert!(!text.contains("parcours professionnel, avec"), "{text}");
    // On the day of the decision, what was due before has passed.
    assert!(
        text.contains("3 avril 2025 (cette date est passée)"),
        "{text}"
    );
    let easy = notice.easy_to_read().to_string();
    assert!(
        easy.contains("Qui vous suit ?\n - Département de la Marne"),
        "{easy}"
    );
    assert!(
        !easy.contains("Votre parcours n'est pas encore choisi"),
        "{easy}"
    );
}

/// The files of the example, merged by reference.
fn family() -> Vec<Diagnostic> {
    let mut all: BTreeMap<PersonRef, Diagnostic> = BTreeMap::new();
    for file in [
        include_str!("../../examples/shared_diagnostic/family/caf.json"),
        include_str!("../../examples/shared_diagnostic/family/france_travail.json"),
        include_str!("../../examples/shared_diagnostic/family/mission_locale.json"),
    ] {
        let list: Vec<serde_json::Value> = serde_json::from_str(file).unwrap();
        for one in list {
            let one = Diagnostic::parse(&one.to_string()).unwrap();
            let person = one.person().clone();
            let held = all.entry(person.clone());
            let held = held.or_insert_with(|| Diagnostic::new(person));
            *held = held.merge(&one).unwrap();
        }
    }
    all.into_values().collect()
}

/// The son as the Mission locale sees him: nothing of what only others may see.
#[test]
fn a_son_is_told_by_the_body_that_leads_him() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let mut told = String::new();
    for whole in family() {
        let view = whole.view(&at, &body("ml-reims")).unwrap();
        let profile = Profile::of_diagnostic(&at, &view.diagnostic);
        let notice = at.notice(&profile, &body("ml-reims")).unwrap();
        writeln!(told, "==== {}\n{notice}", whole.person()).unwrap();
    }
    insta::assert_snapshot!("family_text", told);
}

#[test]
fn every_notice_tells_what_the_law_asks_for() {
    for (name, notice) in all_notices() {
        let missing = notice.missing_elements();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        for (form, text) in forms(&notice) {
            let of = format!("{name}, {form}");
            for asked in [
                "CNIL",
                "CADA",
                "2 mois",
                "tribunal",
                "programme",
                "professionnel",
            ] {
                let easy = form.starts_with("easy");
                // In easy words, a professional is a person who works there.
                let asked = if easy && asked == "professionnel" {
                    "Une personne"
                } else {
                    asked
                };
                assert!(text.contains(asked), "{of}: « {asked} »\n{text}");
            }
            assert!(
                !text.contains('{') || form.ends_with("html"),
                "{of}: a name left open"
            );
        }
        let text = notice.to_string();
        for asked in ["L.311-3-1", "R.311-3-1-2", "RGPD, article 22", "article 47"] {
            assert!(text.contains(asked), "{name}: « {asked} »");
        }
    }
}

#[test]
fn the_appeal_fits_the_author() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[0].profile(&engine, at.date()).unwrap();
    let told = |by: &str| at.notice(&profile, &body(by)).unwrap().to_string();
    let rsa = told("departement-marne");
    assert!(rsa.contains("recours administratif préalable") && rsa.contains("R.262-88"));
    assert!(rsa.contains("Destinataire : le président du conseil départemental"));
    let agency = told("pole-emploi");
    assert!(agency.contains("le médiateur régional") && agency.contains("R.5312-47"));
    assert!(!agency.contains("R.262-88"));
    let fund = told("cpam-51");
    assert!(fund.contains("la commission de recours amiable"));
    // Of a body of which the pack says nothing: what holds for all.
    let other = told("crepi");
    assert!(other.contains("la direction de l'organisme qui a décidé"));
    // Before it was the law, there was no mediation.
    let early = engine.at(day("2021-09-15"));
    let profile = people(&engine)[0].profile(&engine, early.date()).unwrap();
    let early = early
        .notice(&profile, &body("pole-emploi"))
        .unwrap()
        .to_string();
    assert!(early.contains("Pôle emploi") && !early.contains("médiat"));
}

/// From the decision to the court: by when to write, what no answer means, and within how long
/// the court is turned to, at once where that is allowed.
#[test]
fn every_way_of_appeal_is_told_to_its_end() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[0].profile(&engine, at.date()).unwrap();
    let told = |by: &str| {
        let notice = at.notice(&profile, &body(by)).unwrap();
        let (plain, easy) = (notice.to_string(), notice.easy_to_read().to_string());
        let after = |text: &str, heading: &str| {
            text.split_once(heading)
                .unwrap_or_else(|| panic!("{heading}: {text}"))
                .1
                .to_owned()
        };
        (
            after(&plain, "Si vous n'êtes pas d'accord"),
            after(&easy, "Vous n'êtes pas d'accord ?"),
        )
    };
    let (plain, easy) = told("departement-marne");
    for said in [
        "Sans cette démarche, le tribunal ne peut pas être saisi. Sans réponse au bout de 2 mois, c'est un refus. \
         Après un refus, vous avez 2 mois pour saisir : le tribunal administratif.\n",
        "Ce recours n'est pas obligatoire : dans un délai de 2 mois dès la décision reçue, \
         vous pouvez aussi saisir directement : le tribunal administratif.",
    ] {
        assert!(plain.contains(said), "« {said} » in {plain}");
    }
    for said in [
        "Écrivez cette lettre avant d'écrire au tribunal.\nIl n'y a pas de réponse après 2 mois ?\nCela veut dire non.",
        "La réponse est non ?\nVous avez 2 mois pour écrire à :\n - le tribunal administratif",
        "Vous pouvez aussi écrire tout de suite au tribunal.\nVous avez 2 mois pour cela.",
    ] {
        assert!(easy.contains(said), "« {said} » in {easy}");
    }
    let (plain, easy) = told("pole-emploi");
    // A mediation ends when it is said to end: its silence is no refusal.
    let of_mediation = plain.split("Pour une autre décision").next().unwrap();
    assert!(
        of_mediation.contains(
            "Vous avez ensuite 2 mois, à compter de la fin de la médiation, pour saisir : le tribunal administratif."
        ) && !of_mediation.contains("c'est un refus"),
        "{plain}"
    );
    assert!(easy.contains("Après la fin de la médiation, vous avez 2 mois pour écrire à :"));
    // Which court, and so within how long, hangs on the decision.
    assert!(plain.contains(
        "Après un refus, vous pouvez saisir, dans le délai que la décision indique : le tribunal que la décision indique. \
         Ce recours n'est pas obligatoire : le tribunal peut aussi être saisi directement."
    ));
}

/// Who may see the data and for how long they are kept, as the policy of the pack says.
#[test]
fn a_person_is_told_who_sees_the_data_and_for_how_long() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[0].profile(&engine, at.date()).unwrap();
    let notice = at.notice(&profile, &body("caf-51")).unwrap();
    let text = notice.to_string();
    for said in [
        "Peuvent en voir ce qui sert à leur mission : le Département",
        "Avec votre accord seulement : ",
        "Ces informations servent 3 ans après le jour où elles sont données, restent 2 ans en archive, puis s'effacent. \
         D'autres durées valent pour certaines : vous pouvez les demander.",
    ] {
        assert!(text.contains(said), "« {said} » in {text}");
    }
    // To be read aloud: what holds for whoever hands it out.
    let easy = notice.easy_to_read().to_string();
    assert!(
        easy.contains("Nous utilisons vos informations pendant 3 ans."),
        "{easy}"
    );
    assert!(
        easy.contains("Peuvent voir vos informations :\n - le Département"),
        "{easy}"
    );
}

/// A translated catalogue translates all that the library says: what is left is of the pack.
#[test]
fn nothing_of_the_library_is_left_in_french_in_a_translation() {
    let engine = marne();
    let french = Catalogue::french();
    let messages: BTreeMap<String, String> = french
        .messages()
        .map(|(key, template)| {
            let mut names = String::new();
            for name in template.split('{').skip(1) {
                let name = name.split('}').next().unwrap();
                write!(names, "{{{name}}}").unwrap();
            }
            (key.to_owned(), format!("§{names}§"))
        })
        .collect();
    let marked = Catalogue::translated("x-test", &messages).unwrap();
    for on in DATES {
        let at = engine.at(day(on));
        for person in people(&engine) {
            let profile = person.profile(&engine, day(on)).unwrap();
            let by = giver(&at, &profile);
            let mut notices = vec![at.notice(&profile, &body(&by)).unwrap()];
            if !at.orient(&profile).unwrap().proposals.is_empty() {
                let record = decided(&at, &profile, &by);
                notices.push(at.notice_of(&profile, &record).unwrap());
            }
            for notice in notices {
                let notice = notice.with_sensitive().in_words_of(marked.clone());
                for text in [notice.to_string(), notice.easy_to_read().to_string()] {
                    for part in text.split(['§', '\n']).map(str::trim) {
                        for word in [
                            "oui",
                            "non",
                            "aucun",
                            "inconnu",
                            "mois",
                            "an",
                            "ans",
                            "jours",
                            "janvier",
                            "mars",
                            "rien à ce jour",
                        ] {
                            assert!(part != word, "« {word} » in {text}");
                        }
                        for start in ["au moins ", "au plus ", "entre "] {
                            let number = part
                                .strip_prefix(start)
                                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
                            assert!(!number, "« {part} » in {text}");
                        }
                    }
                }
            }
        }
    }
}

/// No line marks twice what is still to be confirmed, and an empty list says so.
#[test]
fn a_mark_stands_once_in_a_line_and_an_empty_list_says_nothing_yet() {
    let mut lists = 0;
    for (name, notice) in all_notices() {
        let text = notice.with_sensitive().to_string();
        for line in text.lines() {
            let marks = line.matches("(à vérifier)").count() + line.matches("à confirmer").count();
            assert!(marks <= 1, "{name}: {line}");
            lists += usize::from(line.contains("aides déjà accordées : rien à ce jour"));
        }
    }
    assert!(lists > 0);
}

/// A pack without appeals leaves a hole, which has a name.
#[test]
fn what_a_pack_does_not_say_is_missed() {
    let source = include_str!("../samples/base_pack.toml");
    let pack = Pack::parse([("pack.toml", source)], None).unwrap();
    let engine = Engine::new(&pack);
    let at = engine.at(day("2025-03-15"));
    let profile = Profile::builder(&engine, at.date()).build().unwrap();
    let missing = at
        .notice(&profile, &body("nord"))
        .unwrap()
        .missing_elements();
    let missing: Vec<String> = missing.iter().map(|one| format!("{one:?}")).collect();
    assert_eq!(
        missing,
        ["Appeal", "AppealTerm", "Court", "Recipients", "Retention"]
    );
}

#[test]
fn an_appeal_is_checked_as_the_rest_of_a_pack() {
    let appeal = r#"
        [pack]
        id = "ville"
        title = "Une ville"
        extends = "marne"

        [[appeal]]
        id = "recours"
        of = ["crepy"]
        about = "une décision"
        title = "recours"
        to = "la direction"
        within = "2 months of birth_date"
        silence = "2 months before birth_date"
        court = "le tribunal"
        court_from = "la fin de la médiation"
        source = "texte"
        verified = true
    "#;
    let marne = Pack::marne().unwrap();
    let errors = Pack::parse([("pack.toml", appeal)], Some(&marne)).unwrap_err();
    let errors = errors.to_string();
    for told in [
        "P021",
        "vouliez-vous `crepi` ?",
        "P026",
        "le délai `2 months of birth_date` ne compte pas de la décision reçue",
        "le délai `2 months before birth_date` ne compte pas de l'envoi du recours",
        "`court_within`",
    ] {
        assert!(errors.contains(told), "« {told} » in {errors}");
    }
}

#[test]
fn what_is_easy_to_read_has_short_sentences_and_no_law() {
    for (name, notice) in all_notices() {
        let text = notice.easy_to_read().to_string();
        for line in text.lines() {
            // Names and facts stand alone on their line.
            if line.starts_with(" - ") {
                continue;
            }
            let words = line.split_whitespace().count();
            assert!(words <= 15, "{name}: {words} words in « {line} »");
            for hard in [
                "article",
                " L.",
                " R.",
                "RGPD",
                "recours",
                "préalable",
                "contentieux",
                "notifi",
                "conformément",
                "(",
                " ; ",
            ] {
                assert!(!line.contains(hard), "{name}: « {hard} » in « {line} »");
            }
        }
        let html = notice.easy_to_read().html();
        assert!(html.contains("font:16pt"), "large type");
    }
}

/// Names of schemes and facts are told in easy words where those of the pack are hard.
#[test]
fn what_is_easy_to_read_names_things_in_easy_words() {
    // Under these stand names of bodies, which nobody writes otherwise.
    let of_bodies = [
        "Avec qui ?",
        "Ce papier vient de :",
        "Qui vous suit ?",
        "Elle travaille ici :",
        "Nos informations viennent de :",
    ];
    let hard = [
        "(",
        "CER",
        "IAE",
        "ACI",
        "PASS",
        "ASS",
        "PACEA",
        "opérateur",
        "bénéficiaire",
        "prescripteur",
        "préalable",
        "desserte",
        "soumission",
        "diagnostic",
        "orientation",
        "dispositif",
        "qualifi",
        "nomenclature",
        "frein",
        "surendettement",
        "socio-",
    ];
    let mut failed = std::collections::BTreeSet::new();
    for (_, notice) in all_notices() {
        let text = notice.easy_to_read().to_string();
        let mut under = "";
        for line in text.lines() {
            let Some(point) = line.strip_prefix(" - ") else {
                under = line;
                continue;
            };
            let body =
                of_bodies.contains(&under) || under.contains("écri") || under.contains("Écri");
            if body || under.contains("voir vos informations") || under.contains("entretien avec") {
                continue;
            }
            if hard.iter().any(|word| point.contains(word)) {
                failed.insert(point.to_owned());
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// A notice may lie on a kitchen table.
#[test]
fn no_notice_tells_health_justice_violence_or_the_household() {
    let engine = marne();
    let sensitive = [
        "handicap",
        "curatelle",
        "tutelle",
        "détention",
        "prison",
        "réfugi",
        "aidant",
        "invalidité",
        "violence",
        "addiction",
        "judiciaire :",
        "Zénobie",
        "RQTH",
    ];
    let mut asked_for = 0;
    for (name, notice) in all_notices() {
        for (form, text) in forms(&notice) {
            for word in sensitive {
                assert!(!text.contains(word), "{name}, {form}: « {word} »\n{text}");
            }
            for household in ["enfants à charge :", "isolement :", "composition du foyer"] {
                assert!(!text.contains(household), "{name}, {form}: « {household} »");
            }
        }
        let hidden = notice.to_string();
        let whole = notice.with_sensitive().to_string();
        if hidden.contains("protégée") || hidden.contains("votre foyer") {
            asked_for += 1;
            assert_ne!(hidden, whole, "{name}");
        }
        assert!(!whole.contains("vous pouvez demander à la lire"), "{name}");
    }
    assert!(asked_for > 10, "{asked_for} notices keep something back");
    // Nor does what debuggers show.
    let at = engine.at(day("2025-03-15"));
    let profile = people(&engine)[3].profile(&engine, at.date()).unwrap();
    let record = decided(&at, &profile, "departement-marne");
    let notice = at.notice_of(&profile, &record).unwrap();
    let shown = format!("{notice:?} {:?} {record:?}", notice.page());
    for word in ["Zénobie", "permis", "Reims", "oui"] {
        assert!(!shown.contains(word), "« {word} » in {shown}");
    }
}

/// Whatever is handed out in danger is the same wherever the person lives and whoever gives it.
#[test]
fn in_danger_at_home_no_notice_tells_a_place_or_the_flag() {
    let engine = marne();
    let handed_out = |commune: &str, by: &str| -> Vec<String> {
        let text = include_str!("../../packs/marne/people.json");
        let mut people: serde_json::Value = serde_json::from_str(text).unwrap();
        for person in people["people"].as_array_mut().unwrap() {
            person["facts"]["residence.commune"] = commune.into();
            person["facts"]["contact.restricted"] = true.into();
        }
        let caseload = Caseload::parse(&people.to_string(), &engine).unwrap();
        let mut all = Vec::new();
        for person in &caseload.people {
            for on in DATES.map(day) {
                let at = engine.at(on);
                let profile = person.profile(&engine, on).unwrap();
                let notice = at.notice(&profile, &body(by)).unwrap();
                let notice = notice.with_contact("12 rue de l'Exemple, Reims");
                all.extend(forms(&notice).into_iter().map(|(_, text)| text));
                let whole = notice.with_sensitive();
                all.extend(forms(&whole).into_iter().map(|(_, text)| text));
                let orientation = at.orient(&profile).unwrap();
                if let Some(first) = orientation.proposals.first() {
                    // A roof was agreed on too, face to face.
                    let chosen = [first.scheme.as_str(), "siao"].map(|scheme| Choice {
                        subject: Subject::Scheme(SchemeId::parse(scheme).unwrap()),
                        answer: Answer::Accepted,
                        departure: Some(Departure {
                            reason: DepartureReason::MoreKnown,
                            text: Some("Partie vivre à Vitry".to_owned()),
                        }),
                    });
                    let decision = Decision {
                        by: body(by),
                        on,
                        choices: chosen.to_vec(),
                    };
                    let record = DecisionRecord::of_profile(
                        &at,
                        PersonRef::parse("dossier-12").unwrap(),
                        &profile,
                        decision,
                    );
                    let notice = at.notice_of(&profile, &record.unwrap()).unwrap();
                    all.extend(
                        forms(&notice.with_sensitive())
                            .into_iter()
                            .map(|(_, text)| text),
                    );
                }
            }
        }
        all
    };
    let in_reims = handed_out("51454", "ml-reims");
    for text in &in_reims {
        for word in [
            "Reims",
            "51454",
            "Vitry",
            "rue de l'Exemple",
            "restricted",
            "hébergement",
        ] {
            assert!(!text.contains(word), "« {word} » in {text}");
        }
    }
    for (here, there) in in_reims.iter().zip(handed_out("51649", "ml-vitry")) {
        assert_eq!(*here, there);
    }
}

#[test]
fn after_a_death_no_notice_is_made_and_somebody_who_assists_is_named() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let by = body("departement-marne");
    let dead = Profile::builder(&engine, at.date())
        .set("person.deceased_on", day("2025-02-01"))
        .build()
        .unwrap();
    assert_eq!(at.notice(&dead, &by).unwrap_err(), NoticeError::Deceased);
    for (fact, known, plain, easy) in [
        (
            "legal_protection",
            spie::Knowledge::from(code("tutelle")),
            "Une personne vous représente pour vos actes",
            "Une personne vous représente et signe pour vous.",
        ),
        (
            "legal_protection",
            code("curatelle").into(),
            "Une personne vous assiste pour vos actes",
            "Une personne vous aide pour vos papiers et signe avec vous.",
        ),
        (
            "birth_date",
            day("2008-06-01").into(),
            "Vous avez moins de 18 ans",
            "Vous avez moins de 18 ans.",
        ),
    ] {
        let profile = Profile::builder(&engine, at.date())
            .set(fact, known)
            .build()
            .unwrap();
        let notice = at.notice(&profile, &by).unwrap();
        assert!(notice.missing_elements().is_empty());
        assert!(notice.to_string().contains(plain), "{plain}");
        assert!(notice.easy_to_read().to_string().contains(easy), "{easy}");
        assert!(
            !notice.to_string().contains("tutelle") && !notice.to_string().contains("curatelle")
        );
    }
    let error = at.notice(&dead, &body("ml-reim")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown body `ml-reim` (did you mean `ml-reims`?)"
    );
}

/// Nothing that a pack or a caller writes becomes part of the page.
#[test]
fn what_packs_and_callers_write_is_escaped() {
    let hostile = r#"
        [pack]
        id = "hostile"
        title = "<script>alert('titre')</script>"
        extends = "marne"

        [[scheme]]
        id = "piege"
        title = "</title><script>alert(1)</script> & <b>gras</b>"
        source = "\"><img src=x onerror=alert(2)>"
        verified = false

        [[rule]]
        id = "piege"
        title = "<i>règle</i>"
        when = "not licence.b"
        propose = { scheme = "piege", partner = "departement", priority = 1 }
        within = "1 month"
        because = "Parce que <script>alert(3)</script>."
        source = "<a href='javascript:alert(4)'>loi</a>"
        verified = true
    "#;
    let engine = over_marne(hostile);
    let at = engine.at(day("2025-03-15"));
    let profile = Profile::builder(&engine, at.date())
        .set("licence.b", false)
        .build()
        .unwrap();
    let notice = at.notice(&profile, &body("departement-marne")).unwrap();
    let notice = notice.with_contact("<svg onload=alert(5)>");
    for page in [notice.page().html(), notice.easy_to_read().html()] {
        for tag in ["<script", "<img", "<b>", "<i>", "<a ", "<svg"] {
            assert!(!page.contains(tag), "« {tag} » in {page}");
        }
        assert!(page.contains("&lt;script&gt;") && page.contains("&amp; "));
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"fr\">"));
    }
    is_well_formed(&notice.page().html());
    // A style is no text: nothing in it is escaped.
    assert!(notice.page().html().contains(".item>p"));
}

/// A day that counts from something private is on request, though the proposal is told for another reason.
#[test]
fn the_day_of_something_private_is_no_deadline_on_the_table() {
    let pack = r#"
        [pack]
        id = "dates"
        title = "Dates"
        extends = "marne"

        [[scheme]]
        id = "atelier"
        title = "Atelier"
        source = "usage"
        verified = false

        [[rule]]
        id = "atelier-reconnaissance"
        title = "Atelier avant la fin de la reconnaissance"
        when = "rqth.until in the next 6 months"
        propose = { scheme = "atelier", partner = "departement", priority = 1 }
        within = "0 days of rqth.until"
        because = "Une reconnaissance se termine."
        source = "usage"
        verified = false

        [[rule]]
        id = "atelier-permis"
        title = "Atelier sans permis"
        when = "not licence.b"
        propose = { scheme = "atelier", partner = "departement", priority = 20 }
        because = "Vous n'avez pas le permis."
        source = "usage"
        verified = false
    "#;
    let engine = over_marne(pack);
    let at = engine.at(day("2025-03-15"));
    let profile = Profile::builder(&engine, at.date())
        .set("rqth", true)
        .set("rqth.until", day("2025-07-09"))
        .set("licence.b", false)
        .build()
        .unwrap();
    let notice = at.notice(&profile, &body("departement-marne")).unwrap();
    for page in [notice.page().to_string(), notice.easy_to_read().to_string()] {
        assert!(page.contains("Atelier"));
        assert!(!page.contains("9 juillet 2025"), "{page}");
    }
    let all = notice.with_sensitive();
    for page in [all.page().to_string(), all.easy_to_read().to_string()] {
        assert!(page.contains("9 juillet 2025"), "{page}");
    }
}

/// Every element that opens is closed, in order; void elements stand alone.
fn is_well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in page.split('<').skip(1) {
        let inner = tag.split('>').next().unwrap();
        if let Some(name) = inner.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{page}");
        } else if !inner.starts_with('!') {
            let name = inner.split_whitespace().next().unwrap();
            if name != "meta" {
                open.push(name);
            }
        }
    }
    assert_eq!(open, Vec::<&str>::new());
}

/// The height of a printed notice in hundredths of a millimetre, estimated from its text: 124 letters a
/// line in a type of the width of Arial, with the distances of the style.
fn height(notice: &Notice) -> usize {
    let headings = notice.page().html().matches("<h2>").count();
    let lines = notice.to_string();
    let lines = lines.lines().filter(|line| !line.is_empty());
    let lines = lines.map(|line| line.chars().count().div_ceil(124) * 354 + 60);
    lines.sum::<usize>() + headings * 400
}

#[test]
fn pages_are_whole_and_print_on_two() {
    let mut long = Vec::new();
    for (name, notice) in all_notices() {
        if let Ok(dir) = std::env::var("NOTICE_DUMP") {
            std::fs::write(format!("{dir}/{name}.html"), notice.page().html()).unwrap();
        }
        // With something in hand, as this is an estimate; what is told on request may need a third page.
        let (height, whole) = (height(&notice), height(&notice.clone().with_sensitive()));
        if height >= 2 * 27_900 * 96 / 100 || whole >= 3 * 27_900 * 96 / 100 {
            long.push(format!("{name}: {height} hundredths of a millimetre"));
        }
        for page in [notice.page().html(), notice.easy_to_read().html()] {
            is_well_formed(&page);
            assert!(page.contains("@page{size:A4"), "{name}");
            for forbidden in ["<script", "http://", "https://", "@import", "url("] {
                assert!(!page.contains(forbidden), "{name}: « {forbidden} »");
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

/// In a language of brackets, no letter stands outside a message but what the pack says.
#[test]
fn no_sentence_stands_outside_the_catalogue() {
    let french = Catalogue::french();
    let fake: BTreeMap<String, String> = french
        .messages()
        .map(|(key, template)| {
            let names = template.split('{').skip(1);
            let names = names.map(|name| format!(" {{{}}}", name.split('}').next().unwrap()));
            (
                key.to_owned(),
                format!("⟦{key}{}⟧", names.collect::<String>()),
            )
        })
        .collect();
    let fake = Catalogue::translated("zxx", &fake).unwrap();
    let mut used = std::collections::BTreeSet::new();
    for (name, notice) in all_notices() {
        let notice = notice.with_sensitive().in_words_of(fake.clone());
        for page in [notice.page(), notice.easy_to_read()] {
            for line in page.to_string().lines() {
                let mut depth = 0_i32;
                for c in line.chars() {
                    depth += i32::from(c == '⟦') - i32::from(c == '⟧');
                }
                assert_eq!(depth, 0, "{name}: {line}");
                let trimmed = line.trim_start_matches([' ', '-']);
                let sentence = trimmed.starts_with('⟦') || trimmed.is_empty();
                // A name of the pack may stand alone, as a point.
                assert!(
                    sentence || line.trim_start().starts_with("- "),
                    "{name}: {line}"
                );
                used.extend(line.split('⟦').skip(1).map(|part| {
                    let end = part.find([' ', '⟧']).unwrap();
                    part[..end].to_owned()
                }));
            }
            assert!(page.html().contains("<html lang=\"zxx\">"));
        }
    }
    assert!(used.len() > 100, "{} keys are used", used.len());
}

#[test]
fn a_translation_is_refused_with_all_that_it_lacks() {
    let french = Catalogue::french();
    let mut messages: BTreeMap<String, String> = french
        .messages()
        .map(|(key, template)| (key.to_owned(), template.to_owned()))
        .collect();
    assert_eq!(Catalogue::translated("fr", &messages).unwrap(), french);
    messages.remove("cada_");
    messages.remove("why");
    messages.insert("with".to_owned(), "Con: {cuerpo}.".to_owned());
    messages.insert("from".to_owned(), "De {body".to_owned());
    messages.insert("track".to_owned(), " ".to_owned());
    messages.insert("nada".to_owned(), "Nada".to_owned());
    let errors = Catalogue::translated("es es", &messages).unwrap_err();
    assert_eq!(
        errors.to_string(),
        "`es es` is no tag of a language, such as `fr`; \
         `from` has a brace that opens or closes no name; \
         `why` is missing; \
         `track` says nothing; \
         `with` does not use `{body}`; \
         `with` uses `{cuerpo}`, which it is not given; \
         `nada` is no key of the catalogue"
    );
}

#[test]
fn a_record_of_another_day_makes_no_notice() {
    let engine = marne();
    let person = &people(&engine)[0];
    let at = engine.at(day("2025-03-15"));
    let profile = person.profile(&engine, at.date()).unwrap();
    let record = decided(&at, &profile, "departement-marne");
    let later = engine.at(day("2025-03-16"));
    let profile = person.profile(&engine, later.date()).unwrap();
    let error = later.notice_of(&profile, &record).unwrap_err();
    assert!(matches!(error, NoticeError::OtherRecord { .. }));
}

/// The answers given to one person do not stand over the facts of another.
#[test]
fn a_decision_is_told_with_the_facts_it_was_made_of() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = |licence: bool| {
        Profile::builder(&engine, at.date())
            .set("birth_date", day("1990-03-01"))
            .set("jobseeker", true)
            .set("licence.b", licence)
            .set("vehicle.available", licence)
            .set("residence.transport_served", code("unserved"))
            .build()
            .unwrap()
    };
    let record = decided(&at, &profile(false), "pole-emploi");
    assert!(at.notice_of(&profile(false), &record).is_ok());
    let other = at.notice_of(&profile(true), &record);
    assert_eq!(other.unwrap_err(), NoticeError::OtherFacts);
    // Nor over those of a neighbour, to whom the same is proposed with other bodies.
    let living_in = |commune: &str| {
        Profile::builder(&engine, at.date())
            .set("birth_date", day("2003-03-01"))
            .set("jobseeker", true)
            .set("residence.commune", code(commune))
            .build()
            .unwrap()
    };
    let record = decided(&at, &living_in("51454"), "departement-marne");
    assert!(at.notice_of(&living_in("51454"), &record).is_ok());
    let other = at.notice_of(&living_in("51108"), &record);
    assert_eq!(other.unwrap_err(), NoticeError::OtherFacts);
}

/// What is not done says why, be it something that was not proposed: the person asked for it.
#[test]
fn a_refusal_of_what_was_not_proposed_has_its_reason() {
    let engine = marne();
    let at = engine.at(day("2025-03-15"));
    let profile = Profile::builder(&engine, at.date())
        .set("jobseeker", true)
        .build()
        .unwrap();
    let refuses = |reason: Option<DepartureReason>| {
        let decision = Decision {
            by: body("departement-marne"),
            on: at.date(),
            choices: vec![Choice {
                subject: Subject::Scheme("cej".parse().unwrap()),
                answer: Answer::Refused,
                departure: reason.map(|reason| Departure { reason, text: None }),
            }],
        };
        let person = PersonRef::parse("dossier-12").unwrap();
        DecisionRecord::of_profile(&at, person, &profile, decision)
    };
    let told = refuses(None).unwrap_err().to_string();
    assert!(
        told.contains("`cej`") && told.contains("expected a reason"),
        "{told}"
    );
    let record = refuses(Some(DepartureReason::NotEligible)).unwrap();
    let notice = at.notice_of(&profile, &record).unwrap();
    // « Demandez-nous lesquelles » motivates nothing: only words do.
    assert_eq!(
        notice.missing_elements(),
        BTreeSet::from([Element::Reasons])
    );
    let (plain, easy) = (notice.page().to_string(), notice.easy_to_read().to_string());
    assert!(
        plain.contains("les conditions ne sont pas remplies"),
        "{plain}"
    );
    assert!(easy.contains("Il y a des conditions."), "{easy}");
}

/// What was decided about one subject, and the notice of it.
fn noticed(
    at: &EngineAt,
    profile: &Profile,
    subject: Subject,
    answer: Answer,
    departure: Option<Departure>,
) -> Notice {
    let decision = Decision {
        by: body("departement-marne"),
        on: at.date(),
        choices: vec![Choice {
            subject,
            answer,
            departure,
        }],
    };
    let person = PersonRef::parse("dossier-12").unwrap();
    let record = DecisionRecord::of_profile(at, person, profile, decision).unwrap();
    at.notice_of(profile, &record).unwrap()
}

fn because(reason: DepartureReason, text: Option<&str>) -> Departure {
    let text = text.map(str::to_owned);
    Departure { reason, text }
}

/// A refusal is motivated once the words of the professional are told, in both versions.
#[test]
fn a_refusal_in_words_is_motivated_when_they_are_told() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let builder = Profile::builder(at.engine(), at.date());
    let profile = builder.set("jobseeker", true).build().unwrap();
    let words = "Le contrat d'engagement jeune s'arrête à 26 ans.";
    let cej = || Subject::Scheme("cej".parse().unwrap());
    for answer in [Answer::Refused, Answer::Other] {
        let why = Some(because(DepartureReason::NotEligible, Some(words)));
        let notice = noticed(&at, &profile, cej(), answer, why);
        assert!(notice.missing_elements().contains(&Element::Reasons));
        let full = notice.with_sensitive();
        assert!(full.missing_elements().is_empty(), "{answer:?}");
        for page in [full.page(), full.easy_to_read()] {
            assert!(page.to_string().contains(words));
        }
    }
}

/// What is accepted in place of a proposal is told as a yes.
#[test]
fn a_yes_to_something_else_reads_as_a_yes() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let builder = Profile::builder(at.engine(), at.date());
    let profile = builder.set("jobseeker", true).build().unwrap();
    let why = Some(because(DepartureReason::BetterSuited, None));
    let cej = Subject::Scheme("cej".parse().unwrap());
    let notice = noticed(&at, &profile, cej, Answer::Accepted, why);
    let (plain, easy) = (notice.page().to_string(), notice.easy_to_read().to_string());
    assert!(
        plain.contains("Pourquoi : c'est ce qui vous convient le mieux."),
        "{plain}"
    );
    assert!(
        easy.contains("Pourquoi ?\nC'est ce qui vous va le mieux."),
        "{easy}"
    );
    for page in [plain, easy] {
        assert!(!page.to_lowercase().contains("autre chose vous"), "{page}");
    }
}

/// Where several tracks are possible, no rule is the reason of the one that is chosen; and the one
/// that is left when another is refused is not proposed.
#[test]
fn a_track_that_no_rule_settled_has_no_rule_as_its_reason() {
    let at = Engine::new(&Pack::marne().unwrap()).at(day("2025-03-15"));
    let builder = Profile::builder(at.engine(), at.date());
    let profile = builder.set("rsa", true).build().unwrap();
    let track = at.orient(&profile).unwrap().track.unwrap();
    assert_eq!(track.certainty, Certainty::Open);
    let chosen = &track.options[0];
    let subject = || Subject::Track(chosen.track.clone());
    let notice = noticed(&at, &profile, subject(), Answer::Accepted, None);
    let plain = notice.page().to_string();
    assert!(!plain.contains(&chosen.because), "{plain}");
    assert!(notice.missing_elements().contains(&Element::Reasons));

    let why = Some(because(DepartureReason::PersonWishes, None));
    let notice = noticed(&at, &profile, subject(), Answer::Refused, why);
    let (plain, easy) = (notice.page().to_string(), notice.easy_to_read().to_string());
    let left: Vec<_> = track
        .options
        .iter()
        .filter(|one| one.track != chosen.track)
        .collect();
    assert!(!left.is_empty());
    for one in left {
        assert!(!plain.contains(&one.because), "{plain}");
    }
    assert!(
        plain.contains("Votre parcours n'est pas encore décidé"),
        "{plain}"
    );
    assert!(
        easy.contains("Votre parcours n'est pas encore choisi"),
        "{easy}"
    );
}

/// Somebody whom Cap emploi leads and who works with it, with an ordinary fact that it said, one
/// that the maison départementale said, and a step of a scheme that tells a disability.
fn led_by_cap_emploi(at: &EngineAt) -> Diagnostic {
    let on = "2025-03-01";
    let step = [
        ("scheme", code("esat").into()),
        ("partner", code("mdph-51").into()),
        ("started_on", day("2024-01-05").into()),
        ("ended_on", day("2025-01-15").into()),
        ("outcome", code("abandoned").into()),
        ("reason", code("no_transport").into()),
    ];
    let step: BTreeMap<_, spie::Knowledge> = step
        .into_iter()
        .map(|(name, known)| (fact(name), known))
        .collect();
    let steps = spie::fact::Rows {
        rows: vec![step],
        complete: true,
    };
    let said: Vec<(&str, &str, spie::Knowledge)> = vec![
        ("caf-51", "birth_date", day("1990-03-01").into()),
        ("caf-51", "residence.commune", code("51454").into()),
        ("mdph-51", "licence.b", false.into()),
        ("cap-emploi-51", "vehicle.available", false.into()),
        ("pole-emploi", "jobseeker", true.into()),
        ("cap-emploi-51", "barrier.mobility", code("moderate").into()),
        ("cap-emploi-51", "schemes", steps.into()),
        ("pole-emploi", "decision.track", code("professional").into()),
        (
            "pole-emploi",
            "decision.lead_body",
            code("cap-emploi-51").into(),
        ),
        // A contract is due: who leads is a fact on which that rests.
        ("caf-51", "rsa", true.into()),
        ("caf-51", "rsa.rights_duties", true.into()),
    ];
    let mut held = Diagnostic::new(PersonRef::parse("dossier-12").unwrap());
    for (by, about, known) in said {
        held.record(at.engine(), says(by, Means::Attested, on, about, known))
            .unwrap();
    }
    held
}

/// A body whose name alone tells a disability is not named, whoever proposes: but whoever gives the
/// notice is, and all are on request.
#[test]
fn a_body_whose_name_tells_something_private_is_not_named() {
    let at = marne().at(day("2025-03-15"));
    let profile = Profile::of_diagnostic(&at, &led_by_cap_emploi(&at));
    let notice = at.notice(&profile, &body("pole-emploi")).unwrap();
    let names = ["cap emploi", "handicap", "cap-emploi"];
    for (form, text) in forms(&notice) {
        // Whoever may see something of anybody is told to everybody, in the same words.
        let own = text.split("Peuvent en voir").next().unwrap();
        let own = own.split("Peuvent voir vos informations").next().unwrap();
        let small = own.to_lowercase();
        for name in names {
            assert!(!small.contains(name), "{form}: « {name} » in {text}");
        }
    }
    let plain = notice.to_string();
    assert!(
        plain.contains("avec : l'organisme dont on vous a parlé."),
        "{plain}"
    );
    assert!(
        plain.contains("l'organisme dont on vous a parlé, attesté par un document"),
        "{plain}"
    );
    let easy = notice.easy_to_read().to_string();
    assert!(
        easy.contains("un organisme dont nous vous avons parlé"),
        "{easy}"
    );
    assert!(notice.missing_elements().is_empty());
    let whole = notice.with_sensitive().to_string();
    assert!(whole.contains("avec : Cap emploi Marne"), "{whole}");
    assert!(
        whole.contains("Maison départementale des personnes handicapées"),
        "{whole}"
    );
    assert!(!whole.contains("dont on vous a parlé"), "{whole}");
    let own = at.notice(&profile, &body("cap-emploi-51")).unwrap();
    let text = own.to_string();
    assert!(text.contains("De la part de : Cap emploi Marne."), "{text}");
    assert!(!text.contains("handicap"), "{text}");
}

/// What a list says of a scheme that tells a disability is as sensitive as that: a reason that
/// rests on it is told on request, and so is the datum.
#[test]
fn a_value_that_names_a_private_scheme_is_as_sensitive() {
    let at = marne().at(day("2025-03-15"));
    let profile = Profile::of_diagnostic(&at, &led_by_cap_emploi(&at));
    let orientation = at.orient(&profile).unwrap();
    let proofs = orientation
        .proposals
        .iter()
        .flat_map(|proposal| &proposal.grounds)
        .map(|ground| &ground.proof);
    let of_steps: Vec<u8> = proofs
        .flat_map(|proof| &proof.facts)
        .filter(|fact| fact.fact.as_str() == "schemes" && !fact.presumed)
        .map(|fact| fact.sensitivity)
        .collect();
    assert!(of_steps.contains(&2), "{of_steps:?}");
    let reason = "Une étape précédente s'est arrêtée faute de moyen de transport";
    let notice = at.notice(&profile, &body("pole-emploi")).unwrap();
    assert!(!notice.to_string().contains(reason));
    assert!(notice.with_sensitive().to_string().contains(reason));
}
