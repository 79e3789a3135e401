//! Rules that do people wrong, one fault planted at a time, and the person who shows it.

use spie::Pack;
use spie::pack::PackError;

const SOUND: &str = include_str!("../samples/sound_rules.toml");

/// What is planted: the remark it must cause, what is written, and what is written instead.
type Fault = (&'static str, &'static str, &'static str);

const WHEN: &str = "when = \"not licence.b and registered\"";
const WITHIN: &str = "within = \"10 working days\"\nbecause = \"Sans";

/// The rule from its condition to the first word of its reason.
macro_rules! rule {
    ($when:literal, $within:literal) => {
        concat!(
            "when = \"",
            $when,
            "\"\nunless = \"any(aids, aid = licence-aid and granted_on in the last 24 months)\"\npropose = { scheme = \"licence-aid\", partner = \"desk\", priority = 10 }\nwithin = \"",
            $within,
            "\"\nbecause = \"Sans"
        )
    };
}

const RULE: &str = rule!("not licence.b and registered", "10 working days");

const BY_CAR: &str = "  { id = \"by-car\", \"licence.b\" = true, vehicle = true, scheme = \"bus-pass\", priority = 50 },\n";

const FAULTS: &[Fault] = &[
    (
        "L001",
        WHEN,
        "when = \"not licence.b and age < 18 and age >= 26\"",
    ),
    (
        "L001",
        WHEN,
        "when = \"not licence.b and registered and count(aids, aid = other) < 1 and any(aids, aid = other)\"",
    ),
    (
        "L001",
        WHEN,
        "when = \"not licence.b and not registered and registered_on in the last 2 months\"",
    ),
    (
        "L001",
        "when = \"registered\"\ntrack",
        "when = \"registered and registered_on = none\"\ntrack",
    ),
    (
        "L002",
        "[[track]]\nid = \"registered\"",
        "[[rule]]\nid = \"licence-and-vehicle\"\ntitle = \"Permis, sans voiture\"\nwhen = \"not licence.b and registered and not vehicle\"\nunless = \"any(aids, aid = licence-aid)\"\npropose = { scheme = \"licence-aid\", partner = \"desk\", priority = 20 }\nwithin = \"10 working days\"\nbecause = \"Sans permis ni voiture, votre recherche est plus difficile.\"\nsource = \"Convention locale, art. 1\"\nverified = true\nfrom = 2021-01-01\n\n[[track]]\nid = \"registered\"",
    ),
    (
        "L003",
        "unless = \"any(aids, aid = licence-aid and granted_on in the last 24 months)\"",
        "unless = \"not licence.b or vehicle\"",
    ),
    ("L004", WITHIN, "because = \"Sans"),
    ("L005", WITHIN, "within = \"3 days\"\nbecause = \"Sans"),
    (
        "L005",
        WITHIN,
        "within = \"before 2021-01-01\"\nbecause = \"Sans",
    ),
    // Counted from an event: one on the eve of days without work, one of today at the latest,
    // one that is past too long, told by its day or by the months since, and one that is not.
    (
        "L005",
        RULE,
        rule!("not licence.b and registered", "1 days of registered_on"),
    ),
    (
        "L005",
        RULE,
        rule!(
            "not licence.b and registered_on more than 2 days ago",
            "4 days of registered_on"
        ),
    ),
    (
        "L005",
        RULE,
        rule!(
            "not licence.b and registered_on more than 3 months ago",
            "1 month of registered_on"
        ),
    ),
    (
        "L005",
        RULE,
        rule!(
            "not licence.b and registered_months >= 3",
            "2 months of registered_on"
        ),
    ),
    (
        "L005",
        RULE,
        rule!(
            "not licence.b and registered_on in the next 2 months",
            "3 months before registered_on"
        ),
    ),
    (
        "L005",
        RULE,
        rule!(
            "not licence.b and registered_on = none",
            "1 month of registered_on"
        ),
    ),
    (
        "L005",
        RULE,
        rule!(
            "not licence.b and not registered",
            "1 month of registered_on"
        ),
    ),
    (
        "L006",
        WHEN,
        "when = \"not licence.b and (registered or not registered)\"",
    ),
    (
        "L006",
        WHEN,
        "when = \"not licence.b and registered and (registered_on in the last 6 months or registered_on more than 3 months ago or registered_on > 2020-01-01)\"",
    ),
    (
        "L006",
        WHEN,
        "when = \"(not licence.b and vehicle) or (registered and not vehicle)\"",
    ),
    (
        "L007",
        WHEN,
        "when = \"not licence.b and registered or (health.limit and not licence.b and registered)\"",
    ),
    (
        "L008",
        WHEN,
        "when = \"not licence.b and registered and not health.limit\"",
    ),
    ("L009", WHEN, "when = \"not licence.b and age < 26\""),
    (
        "L009",
        "unless = \"any(aids, aid = licence-aid and granted_on in the last 24 months)\"",
        "unless = \"age > 60\"",
    ),
    (
        "L009",
        "title = \"Aide au permis\"",
        "title = \"Aide au permis\"\neligible = \"age in 18..25\"",
    ),
    (
        "L009",
        "when = \"registered\"\ntrack",
        "when = \"registered and not health.limit\"\ntrack",
    ),
    (
        "L010",
        "because = \"Sans permis,",
        "because = \"Sans permis ni voiture,",
    ),
    // Tested, and yet not what the rule holds by.
    (
        "L010",
        RULE,
        rule!("not licence.b and registered or vehicle", "10 working days"),
    ),
    (
        "L010",
        RULE,
        rule!(
            "at least 2 of (not licence.b, registered, vehicle)",
            "10 working days"
        ),
    ),
    // Tested, and the other way round.
    (
        "L010",
        RULE,
        rule!("licence.b and registered", "10 working days"),
    ),
    // The rule itself counts from an event.
    (
        "L011",
        RULE,
        rule!(
            "not licence.b and registered_on in the last 2 months",
            "2 months"
        ),
    ),
    (
        "L011",
        RULE,
        rule!("not licence.b and registered_months < 2", "1 month"),
    ),
    (
        "L011",
        "[[track]]\nid = \"registered\"",
        "[[rule]]\nid = \"licence-new\"\ntitle = \"Permis, inscription récente\"\nwhen = \"not licence.b and registered_on in the last 2 months\"\npropose = { scheme = \"licence-aid\", partner = \"desk\", priority = 5 }\nwithin = \"2 months of registered_on\"\nbecause = \"Sans permis, votre recherche est plus difficile.\"\nsource = \"Convention locale, art. 1\"\nverified = true\nfrom = 2021-01-01\n\n[[track]]\nid = \"registered\"",
    ),
    (
        "L012",
        "partner = \"desk\", priority = 10",
        "partner = \"school\", priority = 10",
    ),
    (
        "L013",
        "because = \"Sans permis, votre recherche est plus difficile.\"",
        "because = \"À compléter\"",
    ),
    (
        "L013",
        "source = \"Convention locale, art. 1\"",
        "source = \"?\"",
    ),
    (
        "L013",
        "source = \"Convention locale, art. 1\"",
        "source = \"aucune\"",
    ),
    (
        "L013",
        "source = \"Convention locale, art. 1\"",
        "source = \"Source inconnue\"",
    ),
    (
        "L013",
        "unless = \"any(aids, aid = licence-aid and granted_on in the last 24 months)\"",
        "unless = { when = \"any(aids, aid = licence-aid and granted_on in the last 24 months)\", source = \"Lorem ipsum\", verified = false }",
    ),
    (
        "L014",
        WITHIN,
        "answers = { L004 = \"rien ne presse\" }\nwithin = \"10 working days\"\nbecause = \"Sans",
    ),
    // A row that is missing, or asks more than the table leaves to it.
    ("L015", BY_CAR, ""),
    (
        "L015",
        "\"licence.b\" = true, vehicle = false",
        "\"licence.b\" = true, vehicle = false, when = \"registered_on in the last 6 months\"",
    ),
    // Two rows for the same people: another scheme, another rank, another day, other words.
    (
        "L016",
        "\"licence.b\" = true, vehicle = false",
        "vehicle = false",
    ),
    (
        "L016",
        "\"licence.b\" = true, vehicle = true",
        "vehicle = true",
    ),
    (
        "L016",
        BY_CAR,
        "  { \"licence.b\" = true, vehicle = true, scheme = \"bus-pass\", priority = 50 },\n  { registered_on = \"more than 12 months ago\", \"licence.b\" = true, vehicle = true, scheme = \"bus-pass\", priority = 50, within = \"5 working days\", because = \"Vous êtes sur la liste depuis plus d'un an.\" },\n",
    ),
    (
        "L014",
        "title = \"Se déplacer\"",
        "title = \"Se déplacer\"\nanswers = { L015 = \"voulu\" }",
    ),
];

fn remarks(text: &str) -> Vec<PackError> {
    let pack = Pack::parse([("pack.toml", text)], None).unwrap_or_else(|errors| panic!("{errors}"));
    match pack.check_rules(|_, _| {}) {
        Ok(()) => Vec::new(),
        Err(remarks) => remarks.iter().cloned().collect(),
    }
}

fn planted((code, from, to): &Fault) -> String {
    assert_eq!(SOUND.matches(from).count(), 1, "{code}: {from}");
    SOUND.replacen(from, to, 1)
}

#[test]
fn sound_rules_are_left_alone() {
    assert_eq!(remarks(SOUND), []);
}

#[test]
fn every_planted_fault_is_found_and_shown_by_a_person() {
    let mut shown = String::new();
    for fault in FAULTS {
        let found = remarks(&planted(fault));
        assert!(
            found.iter().any(|remark| remark.code() == fault.0),
            "{fault:?}: {found:?}"
        );
        for remark in &found {
            assert!(remark.mistake().is_remark());
            shown.extend([remark.to_string(), "\n".to_owned()]);
            if let Some(example) = remark.example() {
                shown.extend(["\n", example]);
            }
            shown.push_str("\n---\n");
        }
    }
    insta::assert_snapshot!(shown);
}

/// Every kind of remark is planted.
#[test]
fn every_kind_of_remark_is_planted() {
    let kinds = spie::pack::Mistake::ALL.iter().map(|kind| kind.code());
    for code in kinds.filter(|code| code.starts_with('L')) {
        assert!(FAULTS.iter().any(|fault| fault.0 == code), "{code}");
    }
}

/// The person pasted into the pack is somebody for whom that comes out today.
#[test]
fn the_person_can_be_pasted_as_an_example() {
    for fault in FAULTS {
        let text = planted(fault);
        for remark in remarks(&text) {
            let Some(example) = remark.example() else {
                assert!(matches!(remark.code(), "L014"), "{remark}");
                continue;
            };
            let pasted = format!("{text}\n{example}");
            let pack = Pack::parse([("pack.toml", pasted)], None)
                .unwrap_or_else(|errors| panic!("{errors}"));
            assert_eq!(pack.run_examples(), Ok(1), "{example}");
        }
    }
}

/// A reason given at the entry answers the remark; one too many is told.
#[test]
fn a_remark_is_answered_at_its_entry() {
    for fault in FAULTS.iter().filter(|fault| fault.0 != "L014") {
        let text = planted(fault);
        let before = remarks(&text);
        let remark = before
            .iter()
            .find(|remark| remark.code() == fault.0)
            .unwrap();
        let start: usize = text
            .lines()
            .take(remark.line() - 1)
            .map(|line| line.len() + 1)
            .sum();
        let (head, tail) = text.split_at(start);
        let answered = format!("{head}answers = {{ {} = \"voulu\" }}\n{tail}", fault.0);
        let after = remarks(&answered);
        assert!(
            after
                .iter()
                .all(|remark| remark.code() != fault.0 && remark.code() != "L014"),
            "{after:?}"
        );
    }
}

/// The later of two days lies ahead where one of them does: a rule that holds for such people alone
/// holds for somebody.
#[test]
fn what_is_computed_from_the_order_of_two_days_holds_for_somebody() {
    let day = |name: &str, more: &str| {
        format!("[[fact]]\nname = \"told.{name}\"\ntype = \"date\"\nlabel = \"jour\"\n{more}\n")
    };
    let asked = "question = \"Quand ?\"";
    for (order, never) in [("max", false), ("min", true)] {
        let derived = format!("derive = {{ {order} = [\"told.first\", \"told.other\"] }}");
        let facts = day("first", asked) + &day("other", asked) + &day("one", &derived);
        // Today, and yet the later of both is not in this year: the other one is ahead. The
        // sooner of both is before, where that is not.
        let when = if never {
            "told.first in the last 0 days and told.one in the next 1 years and told.other more than 1 days ago"
        } else {
            "told.first in the last 0 days and not (told.one in the last 1 years)"
        };
        let text = format!("{SOUND}\n{facts}");
        let text = text.replacen(WHEN, &format!("when = \"not licence.b and {when}\""), 1);
        let found = remarks(&text);
        let nobody = found.iter().any(|remark| remark.code() == "L001");
        assert_eq!(nobody, never, "{order}: {found:?}");
    }
}

/// Where answers cannot all be tried, a remark says how far was looked, and claims no more.
#[test]
fn what_was_not_found_is_said_to_be_no_more_than_that() {
    let count = |name: &str, more: &str| {
        format!(
            "[[fact]]\nname = \"told.{name}\"\ntype = \"integer\"\nmin = 0\nlabel = \"nombre\"\n{more}\n"
        )
    };
    let asked = "max = 10\nquestion = \"Combien ?\"";
    let sum = "max = 100\nderive = { sum = [\"told.one\", \"told.two\"] }";
    let facts = count("one", asked) + &count("two", asked) + &count("both", sum);
    // Ten and ten are twenty; whoever looks at sums by their bounds alone proves nothing.
    let when = "when = \"not licence.b and told.both > 25\"";
    let found = remarks(&format!("{SOUND}\n{facts}").replacen(WHEN, when, 1));
    let nobody = found.iter().find(|remark| remark.code() == "L001");
    let nobody = nobody.unwrap_or_else(|| panic!("{found:?}"));
    assert!(nobody.message().contains("(non trouvé en "), "{nobody}");
    // Where all are tried, it is nobody.
    let when = "when = \"not licence.b and told.one > 4 and told.one < 4\"";
    let found = remarks(&format!("{SOUND}\n{facts}").replacen(WHEN, when, 1));
    let nobody = found.iter().find(|remark| remark.code() == "L001").unwrap();
    assert!(!nobody.message().contains("essais"), "{nobody}");
}

/// Each ground on which the law alone may tell people apart, where it closes a scheme by a rule, an
/// exception or who is eligible, and where it sets a track.
#[test]
fn every_protected_ground_is_told_wherever_it_closes_or_sets_a_track() {
    for ground in [
        "age",
        "sex",
        "nationality",
        "family",
        "disability",
        "justice",
    ] {
        let fact = format!(
            "[[fact]]\nname = \"told.ground\"\ntype = \"flag\"\nlabel = \"situation\"\nquestion = \"Laquelle ?\"\n\
             protected = \"{ground}\"\n"
        );
        let open = format!("{SOUND}\n{fact}");
        let planted = [
            (
                WHEN,
                "when = \"not licence.b and registered and not told.ground\"",
            ),
            (
                "unless = \"any(aids, aid = licence-aid and granted_on in the last 24 months)\"",
                "unless = \"told.ground\"",
            ),
            (
                "title = \"Aide au permis\"",
                "title = \"Aide au permis\"\neligible = \"not told.ground\"",
            ),
            (
                "when = \"registered\"\ntrack",
                "when = \"registered and told.ground\"\ntrack",
            ),
        ];
        for (from, to) in planted {
            assert_eq!(open.matches(from).count(), 1, "{from}");
            let found = remarks(&open.replacen(from, to, 1));
            let mut told = found.iter().filter(|remark| remark.code() == "L009");
            let told = told
                .next()
                .unwrap_or_else(|| panic!("{ground}, {to}: {found:?}"));
            assert!(told.message().contains("(`told.ground`)"), "{told}");
        }
    }
}

/// What answers for an age says nothing of a disability: each ground is told, and answered by
/// its fact.
#[test]
fn where_there_are_several_grounds_an_answer_names_its_fact() {
    let when = "when = \"not licence.b and age < 26 and not health.limit\"";
    let told = |answers: &str| -> Vec<String> {
        let text = SOUND.replacen(WHEN, &format!("{when}\n{answers}"), 1);
        let of_ground = remarks(&text).into_iter();
        let of_ground = of_ground.filter(|remark| ["L009", "L014"].contains(&remark.code()));
        of_ground
            .map(|remark| remark.message().to_owned())
            .collect()
    };
    let names = |message: &String, fact: &str| message.contains(&format!("(`{fact}`)"));
    let unanswered = told("");
    assert_eq!(unanswered.len(), 2, "{unanswered:?}");
    assert!(unanswered.iter().any(|one| names(one, "birth_date")));
    assert!(unanswered.iter().any(|one| names(one, "health.limit")));
    let general = told("answers = { L009 = \"l'assurance le demande\" }");
    assert_eq!(general.len(), 2, "{general:?}");
    assert!(
        general
            .iter()
            .all(|one| one.contains("ne dit pas pour quel fait"))
    );
    let [left] = &told("answers.L009 = { birth_date = \"l'assurance le demande\" }")[..] else {
        panic!("one ground is answered");
    };
    assert!(names(left, "health.limit"), "{left}");
    assert_eq!(
        told("answers.L009 = { birth_date = \"l'assurance\", \"health.limit\" = \"la sécurité\" }"),
        [""; 0]
    );
}

#[test]
fn an_answer_needs_a_known_remark_and_a_reason() {
    for (answers, message) in [
        ("{ L4 = \"voulu\" }", "aucune remarque n'a le code `L4`"),
        ("{ P011 = \"voulu\" }", "aucune remarque n'a le code `P011`"),
        ("{ L004 = \" \" }", "il manque la raison de répondre à L004"),
        ("{ L004 = true }", "il manque la raison de répondre à L004"),
        (
            "{ L004 = { age = \"voulu\" } }",
            "il manque la raison de répondre à L004",
        ),
        (
            "{ L009 = { age = \" \" } }",
            "il manque la raison de répondre à L009",
        ),
    ] {
        let text = SOUND.replacen(
            "title = \"Permis\"",
            &format!("title = \"Permis\"\nanswers = {answers}"),
            1,
        );
        let errors = Pack::parse([("pack.toml", text)], None).unwrap_err();
        let told: Vec<&str> = errors.iter().map(PackError::message).collect();
        assert_eq!(told, [message]);
    }
}

/// Deadlines that count from an event and can be met: the condition asks for one that is recent
/// enough, or leaves time before it.
#[test]
fn a_deadline_that_an_event_leaves_time_for_is_left_alone() {
    for rule in [
        rule!("not licence.b and registered", "1 month of registered_on"),
        rule!(
            "not licence.b and registered_on in the last 3 months",
            "1 month of registered_on"
        ),
        rule!(
            "not licence.b and registered_on in the next 6 months",
            "0 days of registered_on"
        ),
        rule!(
            "not licence.b and registered_on more than 3 months ago",
            "4 months of registered_on"
        ),
        rule!("not licence.b", "1 month before registered_on"),
        rule!(
            "not licence.b and registered",
            "1 working days of registered_on"
        ),
    ] {
        let text = planted(&("L005", RULE, rule));
        let found = remarks(&text).into_iter();
        let of_deadline = found.filter(|remark| remark.code() == "L005");
        assert_eq!(of_deadline.collect::<Vec<_>>(), [], "{rule}");
    }
}

/// Words that « ou » joins say that one of them is enough, and an event that only some have
/// says nothing of the others' deadline.
#[test]
fn a_reason_that_gives_a_choice_and_an_event_of_some_are_left_alone() {
    let text = planted(&(
        "",
        RULE,
        rule!("not licence.b or not vehicle", "10 working days"),
    ));
    let with = |reason: &str| {
        let text = text.replacen("Sans permis, votre", reason, 1);
        let found = remarks(&text).into_iter();
        let of_reason = found.filter(|remark| remark.code() == "L010");
        of_reason.count()
    };
    assert_eq!(with("Sans permis ou sans voiture, votre"), 0);
    assert_eq!(with("Sans permis, sans voiture, votre"), 2);
    let some = rule!(
        "not licence.b and (vehicle or registered_on in the last 2 months)",
        "2 months"
    );
    // A deadline that counts from what is long past is past itself.
    let long = rule!(
        "not licence.b and registered_on more than 6 months ago",
        "1 month"
    );
    let months = rule!("not licence.b and registered_months >= 12", "1 month");
    for silent in [some, long, months] {
        let found = remarks(&planted(&("", RULE, silent)));
        assert!(
            found.iter().all(|remark| remark.code() != "L011"),
            "{found:?}"
        );
    }
}

/// What `core` says of the grounds that the law protects.
#[test]
fn the_words_of_protected_grounds_are_known() {
    let core = Pack::core().unwrap();
    let rule = |reason: &str| {
        format!(
            "[pack]\nid = \"p\"\ntitle = \"P\"\nextends = \"core\"\n\n[[role]]\nid = \"desk\"\nlabel = \"l'accueil\"\n\n[[scheme]]\nid = \"aide\"\ntitle = \"Aide\"\nsource = \"règlement, art. 1\"\nverified = true\n\n[[rule]]\nid = \"aide\"\ntitle = \"Aide\"\nwhen = \"licence.b = false\"\npropose = {{ scheme = \"aide\", partner = \"desk\", priority = 10 }}\nwithin = \"10 working days\"\nbecause = \"{reason}\"\nsource = \"règlement, art. 1\"\nverified = true\n"
        )
    };
    for (reason, fact) in [
        ("Vous êtes une femme.", "pregnancy.expected_on"),
        ("Une place pour les mères.", "pregnancy.expected_on"),
        ("De nationalité étrangère.", "stay.citizenship"),
        ("Pour une personne détenue.", "justice.measure"),
        ("En sortie de prison.", "justice.measure"),
    ] {
        let pack = Pack::parse([("p.toml", rule(reason))], Some(&core)).unwrap();
        let found = pack.check_rules(|_, _| {}).unwrap_err();
        let told = found.iter().any(|remark| {
            remark.code() == "L010" && remark.message().contains(&format!("`{fact}`"))
        });
        assert!(told, "{reason}: {found}");
    }
}

#[test]
fn the_bundled_packs_are_sound_or_say_why() {
    for pack in [Pack::core(), Pack::france(), Pack::marne()] {
        let pack = pack.unwrap();
        let mut last = None;
        let remarks = pack.check_rules(|done, all| last = Some((done, all)));
        assert!(remarks.is_ok(), "{}", remarks.unwrap_err());
        assert!(last.is_none_or(|(done, all)| done == all));
    }
}
