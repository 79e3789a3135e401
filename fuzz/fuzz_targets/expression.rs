//! A condition of a rule: its text as people write it, or one made to be sound; and
//! a person, known loosely and exactly. Whatever the condition says, it says the
//! same in every way of writing it, and more knowledge never takes an answer back.
#![no_main]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use arbitrary::Unstructured;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use spie::orientation::Verdict;
use spie::{Engine, Pack, PackErrors};
use spie_fuzz::person::Person;
use spie_fuzz::{asked, condition, mutate, places};

/// Bytes before the text, of which the person is made.
const HEAD: usize = 160;

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    mutate::mutate(data, size, max_size, seed, HEAD)
});

/// A TOML string: with escapes, or without where the text can stand so.
fn quoted(text: &str, raw: bool) -> String {
    if raw && !text.contains("'''") && text.chars().all(|c| c == '\n' || !c.is_control()) {
        return format!("'''\n{text}'''");
    }
    // What JSON escapes, TOML reads; but for one character that JSON leaves.
    let escaped = serde_json::to_string(text).expect("a text");
    escaped.replace('\u{7f}', "\\u007f")
}

/// Rules that say the condition, each under a scheme of its own.
const WAYS: [(&str, &str); 6] = [
    ("plain", "{}"),
    ("not", "not ({})"),
    ("back", "not (not ({}))"),
    ("both", "({}) and ({})"),
    ("either", "({}) or ({})"),
    ("one-of", "at least 1 of ({}, false)"),
];

fn pack(condition: &str, raw: bool, ways: &[(&str, &str)]) -> (String, Result<Pack, PackErrors>) {
    const SMALL: &str = include_str!("../../tests/samples/base_pack.toml");
    let mut text = format!("{SMALL}{}", include_str!("../src/facts.toml"));
    let mut rule = |id: &str, when: &str, unless: &str| {
        let _ = write!(
            text,
            "\n[[scheme]]\nid = \"{id}\"\ntitle = \"{id}\"\nsource = \"texte\"\nverified = true\n\
             \n[[rule]]\nid = \"{id}\"\ntitle = \"{id}\"\nwhen = {when}\n{unless}\
             propose = {{ scheme = \"{id}\", partner = \"desk\", priority = 10 }}\n\
             because = \"Voilà.\"\nsource = \"texte\"\nverified = true\n"
        );
    };
    for (id, way) in ways {
        rule(id, &quoted(&way.replace("{}", condition), raw), "");
    }
    let same = quoted(condition, raw);
    if ways.len() > 1 {
        rule("closed", &same, &format!("unless = {same}\n"));
        rule("named", "\"same\"", "");
        let _ = write!(text, "\n[[condition]]\nid = \"same\"\nwhen = {same}\n");
    }
    let read = Pack::parse([("pack.toml", text.as_str())], None);
    (text, read)
}

/// What a verdict and that of the contrary can be at once.
fn are_contrary(one: Verdict, other: Verdict) -> bool {
    match one {
        Verdict::Not => other.is_proposed(),
        Verdict::Open => other == Verdict::Open,
        Verdict::Presumed | Verdict::Certain => other == Verdict::Not,
    }
}

/// What a verdict may become when more is known: one that rests on a presumption,
/// anything.
fn may_become(loose: Verdict, exact: Verdict, contrary_is_certain: bool) -> bool {
    match loose {
        Verdict::Certain => exact == Verdict::Certain,
        Verdict::Not => exact == Verdict::Not || !contrary_is_certain,
        Verdict::Open | Verdict::Presumed => true,
    }
}

fn ask(condition: &str, raw: bool, person: &Person) {
    let (text, read) = pack(condition, raw, &WAYS);
    let pack = match read {
        Ok(pack) => pack,
        Err(errors) => {
            places::of_pack(&errors, &[("pack.toml", &text)]);
            // Alone it was sound: together with itself it may only be too large.
            assert!(
                errors.iter().all(|error| error.code() == "P019"),
                "{errors}"
            );
            return;
        }
    };
    let engine = Engine::new(&pack);
    let loose = person.loose(&engine);
    let (known_loosely, orientation) = asked::of_person(&engine, &loose);
    let (known_exactly, _) = asked::of_person(&engine, &person.exact(&engine));
    let of = |verdicts: &[(String, Verdict)], id: &str| {
        let found = verdicts.iter().find(|(rule, _)| rule == id);
        found.map(|(_, verdict)| *verdict).expect("a rule in force")
    };
    for verdicts in [&known_loosely, &known_exactly] {
        let plain = of(verdicts, "plain");
        for same in ["back", "both", "either", "one-of", "named"] {
            assert_eq!(plain, of(verdicts, same), "{same}: {condition}");
        }
        assert!(
            are_contrary(plain, of(verdicts, "not")),
            "{verdicts:?}: {condition}"
        );
        assert!(!of(verdicts, "closed").is_proposed(), "{condition}");
    }
    let contrary = of(&known_loosely, "not") == Verdict::Certain;
    let (before, after) = (of(&known_loosely, "plain"), of(&known_exactly, "plain"));
    assert!(
        may_become(before, after, contrary),
        "{before:?}, then {after:?}: {condition}"
    );
    for (rule, verdict) in &known_loosely {
        // A rule of the small pack stands under another's scheme.
        if rule == "licence" {
            continue;
        }
        let proposal = orientation.proposal(rule);
        assert_eq!(
            proposal.is_some(),
            verdict.is_proposed(),
            "{rule}: {condition}"
        );
        let open = orientation
            .open
            .iter()
            .any(|open| open.scheme.as_str() == rule);
        assert_eq!(open, *verdict == Verdict::Open, "{rule}: {condition}");
        // The facts of a proof make it true again, alone.
        let Some(ground) = proposal.and_then(|proposal| proposal.grounds.first()) else {
            continue;
        };
        let facts: BTreeSet<&str> = ground
            .proof
            .facts
            .iter()
            .map(|fact| fact.fact.as_str())
            .collect();
        let (again, _) = asked::of_person(&engine, &person.loose_by(&engine, &facts));
        assert_eq!(
            of(&again, rule),
            *verdict,
            "{rule} by {facts:?}: {condition}"
        );
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((head, rest)) = data.split_at_checked(HEAD) else {
        return;
    };
    let (made, raw) = (head[0] & 1 == 1, head[0] & 2 == 2);
    let Ok(person) = Person::any(&mut Unstructured::new(&head[1..])) else {
        return;
    };
    let condition = if made {
        match condition::any(&mut Unstructured::new(rest), 4) {
            Ok(condition) => condition,
            Err(_) => return,
        }
    } else {
        String::from_utf8_lossy(rest).into_owned()
    };
    let (text, read) = pack(&condition, raw, &WAYS[..1]);
    match read {
        Ok(_) => ask(&condition, raw, &person),
        Err(errors) => {
            places::of_pack(&errors, &[("pack.toml", &text)]);
            // The rest of the pack is sound: only the rule can be wrong.
            let rule = text
                .split_once("title = \"plain\"\nwhen")
                .expect("a rule")
                .0;
            let rule = rule.lines().count();
            assert!(errors.iter().all(|error| error.line() > rule), "{errors}");
            let too_large = errors.iter().all(|error| error.code() == "P019");
            assert!(
                !made || too_large,
                "made to be sound: {condition}: {errors}"
            );
        }
    }
});
