//! A sound pack, asked all that can be asked of it.

use chrono::NaiveDate;
use spie::orientation::{Orientation, Verdict, Verdicts};
use spie::{Engine, Pack, Profile};

/// Days at the ends of the calendar, and such as the bundled packs are dated by.
pub const DAYS: [&str; 4] = ["1900-01-01", "2021-09-15", "2025-03-15", "2200-12-31"];

/// A day written as `2025-03-15`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Verdicts and orientation of one person; they agree.
pub fn of_person(engine: &Engine, profile: &Profile) -> (Vec<(String, Verdict)>, Orientation) {
    let at = engine.at(profile.date());
    let mut buffer = Verdicts::new();
    at.verdicts(profile, &mut buffer).expect("same engine");
    let rules = at.rules().map(|rule| rule.as_str().to_owned());
    let verdicts: Vec<_> = rules.zip(buffer.as_slice().iter().copied()).collect();
    assert_eq!(verdicts.len(), buffer.as_slice().len());
    let orientation = at.orient(profile).expect("same engine");
    for proposal in &orientation.proposals {
        for ground in &proposal.grounds {
            let mut fast = verdicts.iter();
            let same = (ground.rule.as_str().to_owned(), ground.verdict);
            assert!(
                fast.any(|fast| *fast == same),
                "{same:?} and not {verdicts:?}"
            );
            assert!(ground.verdict.is_proposed());
        }
    }
    for open in &orientation.open {
        for rule in &open.rules {
            let open = (rule.as_str().to_owned(), Verdict::Open);
            assert!(verdicts.contains(&open), "{open:?} and not {verdicts:?}");
        }
    }
    assert!(!orientation.to_string().is_empty());
    serde_json::to_string(&orientation).expect("an orientation is written");
    let receipt = at.receipt(profile).expect("same engine");
    assert_eq!(receipt.pack.identity, engine.pack_identity());
    (verdicts, orientation)
}

/// A person of whom nothing is known, on several days.
pub fn of_nobody_in_particular(pack: &Pack) {
    let engine = Engine::new(pack);
    for on in DAYS {
        let profile = Profile::builder(&engine, day(on)).build();
        of_person(&engine, &profile.expect("nothing that could be wrong"));
    }
}
