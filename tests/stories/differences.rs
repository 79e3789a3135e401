//! Two packs that differ by a line, and the people whom it concerns.

use std::collections::BTreeSet;

use spie::Pack;
use spie::review::Difference;

const SOUND: &str = include_str!("../samples/sound_rules.toml");

fn pack(text: &str) -> Pack {
    Pack::parse([("pack.toml", text)], None).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Where the first rule of a text begins, and where the tracks do that follow.
fn rule_in(text: &str) -> (usize, usize) {
    let start = text.find("[[rule]]").unwrap();
    (start, start + text[start..].find("[[track]]").unwrap())
}

fn difference(from: &str, to: &str) -> Difference {
    assert_eq!(SOUND.matches(from).count(), 1, "{from}");
    let next = SOUND.replacen(from, to, 1);
    let mut last = None;
    let found = pack(SOUND).difference(&pack(&next), |done, all| last = Some((done, all)));
    assert!(last.is_some_and(|(done, all)| done == all));
    // What is told of the second pack holds there.
    for change in &found.changes {
        let pasted = format!("{next}\n{}", change.example);
        assert_eq!(pack(&pasted).run_examples(), Ok(1), "{pasted}");
    }
    found
}

/// The way back: who gains then loses.
fn back(from: &str, to: &str) -> Difference {
    pack(&SOUND.replacen(from, to, 1)).difference(&pack(SOUND), |_, _| {})
}

const WHEN: &str = "when = \"not licence.b and registered\"";

#[test]
fn nothing_differs_where_nothing_is_written_otherwise() {
    assert_eq!(
        difference("title = \"Permis\"", "title = \"Le permis\""),
        Difference::default()
    );
    let marne = Pack::marne().unwrap();
    assert_eq!(marne.difference(&marne, |_, _| {}), Difference::default());
}

/// A scheme that no rule names is one more code of the lists that name schemes, and moves
/// those that follow: nothing else is written otherwise.
#[test]
fn nothing_differs_where_a_scheme_is_added_that_nothing_proposes() {
    let header = "[pack]\nid = \"ville\"\ntitle = \"Ville\"\nextends = \"marne\"\n\n";
    let over = |schemes: &str| {
        let text = format!("{header}{schemes}");
        Pack::parse([("pack.toml", text)], Some(&Pack::marne().unwrap())).unwrap()
    };
    let before = over(SCHEME);
    let another = SCHEME.replace("\"atelier\"", "\"atelier-deux\"");
    for after in [over(""), over(&format!("{another}{SCHEME}"))] {
        assert_eq!(before.difference(&after, |_, _| {}), Difference::default());
    }
}

const SCHEME: &str =
    "[[scheme]]\nid = \"atelier\"\ntitle = \"Atelier\"\nsource = \"usage\"\nverified = false\n\n";

/// The same in a list that only the packs name, whose codes and tests are told apart still.
#[test]
fn a_code_added_to_a_list_is_no_change_and_a_code_tested_is() {
    let with = |codes: &str, when: &str, open: bool| {
        let codes = codes.split(' ');
        let codes: Vec<String> = codes
            .map(|code| format!("{{ code = \"{code}\", label = \"{code}\" }}"))
            .collect();
        let codes = codes.join(", ");
        let text = SOUND.replacen(WHEN, &format!("when = \"{when}\""), 1);
        pack(&format!(
            "{text}\n[[nomenclature]]\nid = \"town\"\nopen = {open}\ncodes = [{codes}]\n\n[[fact]]\nname = \"town\"\ntype = \"code\"\nnomenclature = \"town\"\nlabel = \"commune\"\nquestion = \"Où habitez-vous ?\"\n\n[[fact]]\nname = \"towns\"\ntype = \"codes\"\nnomenclature = \"town\"\nlabel = \"communes\"\nquestion = \"Où cherchez-vous ?\"\n\n[[fact]]\nname = \"moves\"\ntype = \"records\"\nlist = \"whole\"\nlabel = \"déménagements\"\nquestion = \"Où avez-vous habité ?\"\nfields = [{{ name = \"town\", label = \"commune\", type = \"code\", nomenclature = \"town\" }}]\n"
        ))
    };
    for (when, other) in [
        ("town = b", "town = a"),
        ("town != b", "town != a"),
        ("towns has b", "towns has a"),
        ("any(moves, town = b)", "any(moves, town = a)"),
    ] {
        for open in [true, false] {
            let before = with("a b", when, open);
            let added = before.difference(&with("new a b", when, open), |_, _| {});
            assert_eq!(added, Difference::default(), "{when}");
            // `a` stands where `b` stood.
            let tested = before.difference(&with("new a b", other, open), |_, _| {});
            assert!(!tested.changes.is_empty(), "{other}");
        }
    }
    // What passed as any other code passes no more, once it has a name of its own.
    let before = with("a b", "town != b", true);
    let named = before.difference(&with("a b new", "town = a", true), |_, _| {});
    assert_eq!(named.changes.len(), 1, "{named:?}");
}

#[test]
fn nobody_differs_where_the_same_is_written_otherwise() {
    let same = "when = \"not (licence.b or not registered)\"";
    assert_eq!(difference(WHEN, same), Difference::default());
}

#[test]
fn each_change_is_shown_by_the_person_concerned() {
    let mut shown = String::new();
    for (from, to) in [
        (WHEN, "when = \"not licence.b and registered and vehicle\""),
        (WHEN, "when = \"not licence.b and age < 26\""),
        ("in the last 24 months", "in the last 12 months"),
        ("prescribers = [\"desk\"]", "eligible = \"age >= 18\""),
        (
            "within = \"10 working days\"",
            "within = \"1 month of registered_on\"",
        ),
        (
            "within = \"10 working days\"",
            "within = \"20 working days\"",
        ),
        ("within = \"10 working days\"\n", ""),
        (
            "partner = \"desk\", priority = 10",
            "partner = \"school\", priority = 10",
        ),
        (
            "because = \"Sans permis, votre",
            "because = \"Faute de permis, votre",
        ),
        (
            "when = \"registered\"\ntrack",
            "when = \"registered and licence.b\"\ntrack",
        ),
        (
            "lead = \"desk\"\nbecause = \"Vous cherchez",
            "lead = \"school\"\nbecause = \"Vous cherchez",
        ),
    ] {
        let found = difference(from, to);
        assert!(!found.changes.is_empty(), "{to}");
        assert_eq!(found.not_found, []);
        // What an example cannot expect is a reason alone.
        for change in &found.changes {
            let pasted = format!("{SOUND}\n{}", change.example);
            let reason = from.starts_with("because");
            assert_eq!(pack(&pasted).run_examples().is_ok(), reason, "{pasted}");
        }
        let (there, back) = (&found.changes, back(from, to).changes);
        let gains = |changes: &[spie::review::Change]| {
            changes
                .iter()
                .filter(|change| !change.gains.is_empty())
                .count()
        };
        let loses = |changes: &[spie::review::Change]| {
            changes
                .iter()
                .filter(|change| !change.loses.is_empty())
                .count()
        };
        assert_eq!(
            (gains(there), loses(there)),
            (loses(&back), gains(&back)),
            "{to}"
        );
        shown.extend([from, "\n", to, "\n\n"]);
        for change in there {
            shown.extend([change.to_string(), format!("\n\n{}\n", change.example)]);
        }
        shown.push_str("---\n");
    }
    insta::assert_snapshot!(shown);
}

/// The pack with a fact for the town, of four.
fn in_town(text: &str) -> String {
    let codes = ["a", "b", "c", "d"];
    let codes = codes.map(|code| format!("{{ code = \"{code}\", label = \"Ville {code}\" }}"));
    format!(
        "{text}\n[[nomenclature]]\nid = \"town\"\ncodes = [{}]\n\n[[fact]]\nname = \"town\"\ntype = \"code\"\nnomenclature = \"town\"\nlabel = \"commune\"\nquestion = \"Où habitez-vous ?\"\n",
        codes.join(", ")
    )
}

/// Each pack sees two kinds of towns, and this one is of another kind in each.
#[test]
fn a_code_that_passes_from_one_set_to_another_is_found() {
    let with = |towns: &str| {
        let when = format!("when = \"town in {{{towns}}}\"");
        pack(&in_town(&SOUND.replacen(WHEN, &when, 1)))
    };
    let found = with("a, b, d").difference(&with("a, b"), |_, _| {});
    assert_eq!(found.not_found, []);
    let [change] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    assert!(change.person.contains("commune : Ville d"), "{change}");
    assert_eq!(change.loses.len(), 1);
    let found = with("a, b").difference(&with("a, b, d"), |_, _| {});
    assert!(found.changes[0].person.contains("commune : Ville d"));
}

/// A fact that only one of the packs knows, and a scheme that only one offers.
#[test]
fn what_only_one_pack_knows_is_compared() {
    let more = format!(
        "{SOUND}\n[[fact]]\nname = \"bike\"\ntype = \"flag\"\nlabel = \"vélo\"\nquestion = \"Avez-vous un vélo ?\"\n\n[[scheme]]\nid = \"bike-loan\"\ntitle = \"Prêt d'un vélo\"\nsource = \"usage\"\nverified = false\n\n[[rule]]\nid = \"bike\"\ntitle = \"Vélo\"\nwhen = \"not bike and not vehicle\"\npropose = {{ scheme = \"bike-loan\", partner = \"desk\", priority = 20 }}\nwithin = \"1 month\"\nbecause = \"Vous n'avez pas de vélo.\"\nsource = \"usage\"\nverified = false\n"
    );
    let found = pack(SOUND).difference(&pack(&more), |_, _| {});
    assert_eq!(found.changes.len(), 1);
    let gain = &found.changes[0].gains[0];
    assert_eq!(gain.before.answer, "aucune règle ne le propose");
    assert_eq!(found.changes[0].person, "véhicule : non, vélo : non");
    let lost = pack(&more).difference(&pack(SOUND), |_, _| {});
    assert_eq!(lost.changes[0].loses[0].what, "bike-loan");
}

/// The law of the last period is shown first, and each change once.
#[test]
fn a_change_is_shown_once_over_all_periods() {
    let two = SOUND.replacen(
        "verified = true\nfrom = 2021-01-01",
        "verified = true\nfrom = 2021-01-01\nuntil = 2023-12-31",
        1,
    );
    let (from, end) = rule_in(&two);
    let rule = two[from..end].replace("from = 2021-01-01\nuntil = 2023-12-31", "from = 2024-01-01");
    let two = format!("{two}\n{rule}");
    let next = two.replace(WHEN, "when = \"not licence.b and registered and vehicle\"");
    let found = pack(&two).difference(&pack(&next), |_, _| {});
    assert_eq!(found.changes.len(), 1);
    assert_eq!(found.changes[0].at.to_string(), "2024-01-01");
}

/// A figure that changed for a year in between is a change of that year.
#[test]
fn a_figure_is_compared_in_each_of_its_periods() {
    let with = |middle: &str| {
        let figure = format!(
            "[[fact]]\nname = \"income\"\ntype = \"money\"\nlabel = \"revenu\"\nquestion = \"Quel est votre revenu ?\"\n\n[[value]]\nid = \"ceiling\"\ntype = \"money\"\nperiods = [{{ value = \"500 EUR\", until = 2022-12-31, source = \"usage\", verified = false }}, {{ value = \"{middle}\", from = 2023-01-01, until = 2023-12-31, source = \"usage\", verified = false }}, {{ value = \"600 EUR\", from = 2024-01-01, source = \"usage\", verified = false }}]\n"
        );
        let when = WHEN.replace("registered\"", "income <= ceiling\"");
        format!("{}\n{figure}", SOUND.replacen(WHEN, &when, 1))
    };
    let found = pack(&with("550 EUR")).difference(&pack(&with("580 EUR")), |_, _| {});
    let [change] = found.changes.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(change.at.to_string(), "2023-01-01");
    assert!(change.person.contains("revenu : 550,01"), "{change}");
}

/// Two rules for one scheme: each is a change of its own. What the scheme asks of all
/// is one.
#[test]
fn each_rule_written_otherwise_is_shown() {
    let two = |first: &str, second: &str, eligible: &str| {
        let text = SOUND.replacen(WHEN, &format!("when = \"{first}\""), 1);
        let text = text.replacen("prescribers = [\"desk\"]", eligible, 1);
        let (start, end) = rule_in(&text);
        let rule = text[start..end].replacen(
            &format!("when = \"{first}\""),
            &format!("when = \"{second}\""),
            1,
        );
        let id = rule.lines().find(|line| line.starts_with("id = ")).unwrap();
        let rule = rule.replacen(id, "id = \"by-vehicle\"", 1);
        pack(&format!("{text}\n{rule}"))
    };
    let adult = "eligible = \"age >= 18\"";
    let before = two(
        "not licence.b and registered",
        "vehicle and registered",
        adult,
    );
    let after = two("not licence.b", "vehicle", adult);
    let found = before.difference(&after, |_, _| {});
    let gains: Vec<&str> = found
        .changes
        .iter()
        .map(|change| change.person.as_str())
        .collect();
    assert_eq!(gains.len(), 2, "{gains:#?}");
    assert_ne!(found.changes[0].example, found.changes[1].example);
    let younger = two("not licence.b", "vehicle", "eligible = \"age >= 16\"");
    let found = after.difference(&younger, |_, _| {});
    assert_eq!(found.changes.len(), 1, "{:#?}", found.changes);
    assert!(
        found.changes[0].person.starts_with("16 ans")
            || found.changes[0].person.starts_with("17 ans")
    );
}

/// Two parts of one rule are two changes, each with the person whom it alone concerns; so are two
/// ways in, where one is enough.
#[test]
fn each_part_of_a_rule_written_otherwise_is_shown() {
    let mut shown = String::new();
    for (from, to) in [
        ("not licence.b and registered", "age >= 18"),
        ("registered", "registered or vehicle or age < 26"),
        (
            "registered and (vehicle or licence.b)",
            "vehicle or licence.b or age < 26",
        ),
        // Both ends of what passes.
        ("age in 18..25", "age in 16..29"),
        // Parts that hang on each other: who is not registered has no months of it.
        (
            "not licence.b and registered and registered_months >= 12",
            "not licence.b",
        ),
        // Branches that change places.
        (
            "(vehicle or age < 26) and (registered or health.limit)",
            "(registered or health.limit or not licence.b) and (vehicle or age < 30)",
        ),
    ] {
        let with = |when: &str| pack(&SOUND.replacen(WHEN, &format!("when = \"{when}\""), 1));
        let found = with(from).difference(&with(to), |_, _| {});
        let gains = found.changes.iter();
        let gains: BTreeSet<&str> = gains
            .filter(|change| !change.gains.is_empty())
            .map(|change| change.person.as_str())
            .collect();
        assert!(gains.len() > 1, "{gains:?}");
        let back = with(to).difference(&with(from), |_, _| {});
        let loses = back.changes.iter();
        let loses = loses.filter(|change| !change.loses.is_empty());
        assert_eq!(loses.count(), gains.len(), "{to}");
        assert_eq!((found.not_found, back.not_found), (vec![], vec![]));
        shown.extend([from, " -> ", to, "\n"]);
        shown.extend(gains.iter().flat_map(|person| ["  ", person, "\n"]));
    }
    insta::assert_snapshot!(shown);
}

/// The conditions of a scheme are told apart as those of a rule are.
#[test]
fn each_part_of_a_scheme_written_otherwise_is_shown() {
    let with = |eligible: &str| {
        let eligible = format!("eligible = \"{eligible}\"");
        pack(&SOUND.replacen("prescribers = [\"desk\"]", &eligible, 1))
    };
    let found = with("vehicle and age >= 18").difference(&with("age >= 16"), |_, _| {});
    let people: Vec<&str> = found
        .changes
        .iter()
        .map(|one| one.person.as_str())
        .collect();
    assert_eq!(people.len(), 2, "{people:?}");
    assert!(
        people
            .iter()
            .any(|person| person.contains("véhicule : non"))
    );
    assert!(people.iter().any(|person| person.starts_with("17 ans")));
}

/// Another change in an older law is another change.
#[test]
fn each_period_shows_its_own_change() {
    let (start, end) = rule_in(SOUND);
    let rule = |when: &str, period: &str| {
        let rule = SOUND[start..end].replacen(WHEN, &format!("when = \"{when}\""), 1);
        rule.replace("from = 2021-01-01", period)
    };
    let two = |before: &str, after: &str| {
        let rules = rule(before, "until = 2023-12-31") + &rule(after, "from = 2024-01-01");
        pack(&format!("{}{rules}{}", &SOUND[..start], &SOUND[end..]))
    };
    let of = two("registered and vehicle", "registered and licence.b");
    let found = of.difference(
        &two(
            "registered",
            "vehicle and licence.b or registered and licence.b",
        ),
        |_, _| {},
    );
    let years: BTreeSet<String> = found.changes.iter().map(|one| one.at.to_string()).collect();
    assert_eq!(years.len(), 2, "{:#?}", found.changes);
}

/// Nobody gains and nobody loses, and the page is another one.
#[test]
fn an_order_and_an_exclusion_that_change_are_shown() {
    let found = difference("priority = 10", "priority = 20");
    let [change] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    let [order] = change.otherwise.as_slice() else {
        panic!("{change}");
    };
    assert!(order.before.answer.contains("priorité 10"), "{change}");
    assert!(order.after.answer.contains("priorité 20"), "{change}");

    let (start, end) = rule_in(SOUND);
    let rule = SOUND[start..end]
        .replace("id = \"licence\"", "id = \"walk\"")
        .replace("scheme = \"licence-aid\"", "scheme = \"atelier\"")
        .replace("priority = 10", "priority = 30");
    let both = format!("{SOUND}\n{SCHEME}{rule}");
    let apart = format!(
        "{both}\n[[exclusive]]\nid = \"one\"\ntitle = \"L'un ou l'autre\"\nschemes = [\"atelier\", \"licence-aid\"]\nsource = \"usage\"\nverified = false\n"
    );
    let found = pack(&both).difference(&pack(&apart), |_, _| {});
    let [change] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    let [aside] = change.otherwise.as_slice() else {
        panic!("{change}");
    };
    assert_eq!(aside.what, "atelier");
    assert!(aside.before.answer.starts_with("proposé"), "{change}");
    assert!(aside.after.answer.starts_with("mis de côté"), "{change}");
    assert_eq!(
        pack(&format!("{apart}\n{}", change.example)).run_examples(),
        Ok(1)
    );
}

const HOLDER: &str =
    "[[holder]]\nrole = \"desk\"\npartner = \"nord\"\nsource = \"annuaire\"\nverified = true\n";

/// The pack with these bodies at the desk: each with what it asks, or its period.
fn held(holders: &[(&str, &str)]) -> String {
    let mut text = in_town(&SOUND.replacen(HOLDER, "", 1));
    for (id, name) in [("sud", "Maison Sud"), ("est", "Maison Est")] {
        text.extend([format!(
            "\n[[partner]]\nid = \"{id}\"\nnames = [{{ name = \"{name}\" }}]\nsource = \"annuaire\"\nverified = true\n"
        )]);
    }
    for (partner, line) in holders {
        text.extend([format!(
            "\n[[holder]]\nrole = \"desk\"\npartner = \"{partner}\"\nsource = \"annuaire\"\nverified = true\n{line}\n"
        )]);
    }
    text
}

/// The changes between two ways to hold the desk. The examples of all hold in the second
/// pack, and none in the first.
fn hands(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<spie::review::Change> {
    let (before, after) = (held(before), held(after));
    let found = pack(&before).difference(&pack(&after), |_, _| {});
    assert_eq!(found.not_found, []);
    for change in &found.changes {
        assert!(change.gains.is_empty() && change.loses.is_empty());
        let run = |text: &str| pack(&format!("{text}\n{}", change.example)).run_examples();
        assert_eq!(run(&after), Ok(1), "{}", change.example);
        assert!(run(&before).is_err(), "{}", change.example);
    }
    found.changes
}

#[test]
fn a_role_that_changes_hands_is_shown_once_by_the_person_concerned() {
    let on_foot = "when = \"not vehicle\"";
    let by_car = "when = \"vehicle\"";
    let mut shown = String::new();
    for (before, after) in [
        // For everybody, and for some.
        (&[("nord", "")][..], &[("sud", "")][..]),
        (&[("nord", "")], &[("nord", on_foot), ("sud", by_car)]),
        // Nobody any more, somebody at last, one more.
        (&[("nord", "")], &[("nord", on_foot)]),
        (&[], &[("nord", "")]),
        (&[("nord", "")], &[("nord", ""), ("sud", by_car)]),
        // In one town of a set.
        (
            &[
                ("nord", "when = \"town in {a, b}\""),
                ("sud", "when = \"town in {c, d}\""),
            ],
            &[
                ("nord", "when = \"town in {a, b, d}\""),
                ("sud", "when = \"town = c\""),
            ],
        ),
        // From a day on.
        (
            &[("nord", "")],
            &[("nord", "until = 2024-06-30"), ("sud", "from = 2024-07-01")],
        ),
    ] {
        let changes = hands(before, after);
        assert_eq!(changes.len(), 1, "{after:?}: {changes:#?}");
        shown.extend([format!("{before:?} → {after:?}\n\n{}\n\n", changes[0])]);
        shown.extend([changes[0].example.as_str(), "---\n"]);
    }
    insta::assert_snapshot!(shown);
}

/// Each way in which a role changes hands is a change of its own, and those who keep their
/// body are none.
#[test]
fn each_body_that_takes_over_from_another_is_shown() {
    let (walks, drives) = ("when = \"not vehicle\"", "when = \"vehicle\"");
    let answers = |changes: &[spie::review::Change]| {
        let answers = changes.iter().map(|change| {
            let one = &change.otherwise[0];
            (one.before.answer.clone(), one.after.answer.clone())
        });
        answers.collect::<Vec<_>>()
    };
    let swapped = hands(
        &[("nord", walks), ("sud", drives)],
        &[("nord", drives), ("sud", walks)],
    );
    let swapped = answers(&swapped);
    assert_eq!(swapped.len(), 2);
    assert_eq!(
        swapped[0],
        (swapped[1].1.clone(), swapped[1].0.clone()),
        "{swapped:?}"
    );
    let shared = hands(
        &[("nord", "")],
        &[
            ("nord", "when = \"not registered and not vehicle\""),
            ("sud", "when = \"registered and not vehicle\""),
            ("est", drives),
        ],
    );
    assert_eq!(shared.len(), 2, "{shared:#?}");
}

#[test]
fn a_role_held_alike_changes_no_hands() {
    let same = hands(
        &[
            ("nord", "when = \"vehicle\""),
            ("nord", "when = \"not vehicle\""),
        ],
        &[("nord", "when = \"not (vehicle and not vehicle)\"")],
    );
    assert_eq!(same, []);
    // Nobody is sent to a role that no rule and no track names.
    let school = |partner: &str| {
        held(&[("nord", "")])
            + &format!(
                "\n[[holder]]\nrole = \"school\"\npartner = \"{partner}\"\nsource = \"annuaire\"\nverified = true\n"
            )
    };
    let found = pack(&school("nord")).difference(&pack(&school("sud")), |_, _| {});
    assert_eq!(found, Difference::default());
}

/// The scheme where no track is led by the role: the person who needs least.
#[test]
fn a_scheme_that_comes_from_another_body_is_shown_with_it() {
    let desk = |partner: &str| {
        SOUND.replace("lead = \"desk\"", "lead = \"school\"").replacen(
            HOLDER,
            &format!("{}\n[[partner]]\nid = \"sud\"\nnames = [{{ name = \"Maison Sud\" }}]\nsource = \"annuaire\"\nverified = true\n", HOLDER.replace("nord", partner)),
            1,
        )
    };
    let found = pack(&desk("nord")).difference(&pack(&desk("sud")), |_, _| {});
    let [change] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    let [one] = change.otherwise.as_slice() else {
        panic!("{change}");
    };
    assert!(one.before.answer.contains("Maison Nord"), "{change}");
    assert!(one.after.answer.contains("Maison Sud"), "{change}");
    let expected = format!("partner = {{ {} = \"sud\" }}", one.what);
    assert!(change.example.contains(&expected), "{}", change.example);
    assert!(!one.before.proof.facts.is_empty());
}

/// Under the law in force, over all that the bundled packs ask.
#[test]
fn a_bundled_role_that_changes_hands_is_shown_in_a_row_of_its_own() {
    let with = |from: &str, to: &str| {
        let sources = spie::pack::marne_sources().iter().map(|(name, text)| {
            let text = if *name == "holders.toml" {
                assert!(text.contains(from));
                text.replacen(from, to, 1)
            } else {
                (*text).to_owned()
            };
            (*name, text)
        });
        Pack::parse(sources, Some(&Pack::france().unwrap())).unwrap()
    };
    let marne = Pack::marne().unwrap();
    let vitry = "partner = \"ml-vitry\"\nwhen = \"residence.commune in ml_area_vitry\"";
    let next = with(vitry, &vitry.replace("\"ml-vitry\"", "\"ml-chalons\""));
    let found = marne.difference(&next, |_, _| {});
    assert_eq!(found.not_found, []);
    let [change] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    insta::assert_snapshot!(format!("{change}\n\n{}", change.example));
}

const WEIGHED: &str = r#"
[[scale]]
id = "frein"
levels = [{ code = "absent", label = "absent" }, { code = "moyen", label = "moyen" }, { code = "fort", label = "fort" }]

[[fact]]
name = "minutes"
type = "integer"
unit = "minute"
min = 0
max = 999
label = "trajet"
question = "Combien ?"

[[fact]]
name = "frein"
type = "level"
scale = "frein"
label = "frein de trajet"
question = "Quel frein ?"
levels = [{ level = "fort", when = "minutes > 60" }, { level = "moyen", when = "minutes > 30" }]
"#;

/// No rule reads it, and the page tells it all the same.
#[test]
fn a_barrier_that_weighs_otherwise_is_shown_at_each_level_that_it_comes_to() {
    let before = pack(&format!("{SOUND}{WEIGHED}"));
    let shown = |weighed: &str| {
        let text = format!("{SOUND}{weighed}");
        let found = before.difference(&pack(&text), |_, _| {});
        assert_eq!(found.not_found, []);
        for change in &found.changes {
            assert!(change.gains.is_empty() && change.loses.is_empty());
            let pasted = format!("{text}\n{}", change.example);
            assert_eq!(pack(&pasted).run_examples(), Ok(1), "{pasted}");
        }
        let changes: Vec<String> = found.changes.iter().map(ToString::to_string).collect();
        changes.join("\n")
    };
    let stricter = shown(&WEIGHED.replace("minutes > 60", "minutes > 45"));
    assert_eq!(
        stricter,
        "Le 1er janvier 2021, trajet : 46 minutes : a un autre niveau de « frein de trajet »\n  avant : moyen (trajet : 46 minutes)\n  après : fort (trajet : 46 minutes)"
    );
    let milder = shown(&WEIGHED.replace("minutes > 30", "minutes > 40"));
    assert!(milder.contains("avant : moyen"), "{milder}");
    assert!(milder.contains("après : absent"), "{milder}");
    let both = WEIGHED.replace("minutes > 60", "minutes > 45 or licence.b = false");
    let both = shown(&both);
    assert_eq!(both.matches("a un autre niveau").count(), 2, "{both}");
    // Written otherwise, and the same.
    let same = WEIGHED.replace("minutes > 60", "minutes >= 61 or minutes > 70");
    assert_eq!(shown(&same), "");
    // One that is new weighs on somebody at each of its levels but the lowest.
    let new = pack(SOUND).difference(&before, |_, _| {});
    let levels = new.changes.iter().flat_map(|change| &change.levels);
    let levels: BTreeSet<(&str, &str)> = levels
        .map(|one| (one.before.answer.as_str(), one.after.answer.as_str()))
        .collect();
    assert_eq!(
        levels,
        BTreeSet::from([("pas évalué", "fort"), ("pas évalué", "moyen")])
    );
}

const LEVELS: &str = "levels = [{ level = \"fort\", when = \"minutes > 60\" }, { level = \"moyen\", when = \"minutes > 30\" }]";

/// Levels are compared by their codes, whatever stands between them.
#[test]
fn a_scale_and_a_fact_that_change_are_shown_too() {
    let text = |weighed: &str| format!("{SOUND}{weighed}\n{MOBILE}");
    let shown = |before: &str, after: &str| {
        let found = pack(&text(before)).difference(&pack(&text(after)), |_, _| {});
        assert_eq!(found.not_found, []);
        let all = found.changes.iter().flat_map(|change| {
            let pasted = format!("{}\n{}", text(after), change.example);
            assert_eq!(pack(&pasted).run_examples(), Ok(1), "{pasted}");
            change.levels.iter().map(|one| {
                let (before, after) = (&one.before.answer, &one.after.answer);
                format!("{} : {before} → {after}", change.person)
            })
        });
        all.collect::<BTreeSet<String>>()
    };
    let set = |all: &[&str]| -> BTreeSet<String> { all.iter().map(ToString::to_string).collect() };
    let faible = "{ code = \"absent\", label = \"absent\" }, ";
    let more = WEIGHED.replace(
        faible,
        &format!("{faible}{{ code = \"faible\", label = \"faible\" }}, "),
    );
    assert_eq!(
        shown(WEIGHED, &more.replace("minutes > 60", "minutes > 45")),
        set(&["trajet : 46 minutes : moyen → fort"])
    );
    let fewer = WEIGHED
        .replace(", { code = \"moyen\", label = \"moyen\" }", "")
        .replace(", { level = \"moyen\", when = \"minutes > 30\" }", "");
    assert_eq!(
        shown(WEIGHED, &fewer.replace("minutes > 60", "minutes > 30")),
        set(&["trajet : 31 minutes : moyen → fort"])
    );
    assert_eq!(
        shown(WEIGHED, &fewer),
        set(&["trajet : 31 minutes : moyen → absent"])
    );
    // Assessed alone, from now on or until now.
    let assessed = WEIGHED.replace(LEVELS, "");
    assert_eq!(
        shown(&assessed, WEIGHED),
        set(&[
            "trajet : 31 minutes : pas évalué → moyen",
            "trajet : 61 minutes : pas évalué → fort"
        ])
    );
    assert_eq!(
        shown(WEIGHED, &assessed),
        set(&[
            "trajet : 31 minutes : moyen → pas évalué",
            "trajet : 61 minutes : fort → pas évalué"
        ])
    );
    let some = WEIGHED.replace(LEVELS, &format!("only_if = \"mobile\"\n{LEVELS}"));
    let gone = shown(WEIGHED, &some);
    assert!(!gone.is_empty(), "{gone:?}");
    // What is told decides the level.
    let both = WEIGHED.replace("minutes > 60", "minutes > 30 and mobile");
    let both = shown(WEIGHED, &both);
    assert!(both.iter().all(|one| !one.contains(" ou ")), "{both:?}");
    assert_eq!(both.len(), 2, "{both:?}");
}

const MOBILE: &str =
    "[[fact]]\nname = \"mobile\"\ntype = \"flag\"\nlabel = \"mobile\"\nquestion = \"Mobile ?\"\n";

/// A rule reads the level, and only what is beneath it is written otherwise.
#[test]
fn a_rule_that_reads_a_level_changes_with_what_is_beneath_it() {
    let text = SOUND.replacen(WHEN, "when = \"frein >= fort\"", 1) + WEIGHED;
    let next = text.replace("minutes > 60", "minutes > 45");
    let found = pack(&text).difference(&pack(&next), |_, _| {});
    assert_eq!(found.not_found, []);
    let [change, level] = found.changes.as_slice() else {
        panic!("{found:#?}");
    };
    assert_eq!(change.person, "aides accordées : 0, trajet : 46 minutes");
    assert_eq!(level.levels[0].what, "frein");
    assert_eq!(change.gains[0].what, "licence-aid");
    let pasted = format!("{next}\n{}", change.example);
    assert_eq!(pack(&pasted).run_examples(), Ok(1), "{pasted}");
}
