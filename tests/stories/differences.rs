//! Two packs that differ by a line, and the people whom it concerns.

use spie::Pack;
use spie::review::Difference;

const SOUND: &str = include_str!("../samples/sound_rules.toml");

fn pack(text: &str) -> Pack {
    Pack::parse([("pack.toml", text)], None).unwrap_or_else(|errors| panic!("{errors}"))
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
            shown.extend([change.to_string(), "\n\n".to_owned()]);
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
    let from = two.find("[[rule]]").unwrap();
    let end = from + two[from..].find("[[track]]").unwrap();
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
        let start = text.find("[[rule]]").unwrap();
        let end = start + text[start..].find("[[track]]").unwrap();
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
