//! Every rule and track of the bundled packs stands in an example that reaches it,
//! and every rule in one that does not.

use std::collections::BTreeSet;

use super::run::profile;
use crate::orientation::{Verdict, Verdicts};
use crate::pack::error::Errors;
use crate::pack::tree::Reader;
use crate::pack::{Engine, Pack};

#[derive(Default)]
struct Reached {
    /// Places in the model.
    proposed: BTreeSet<usize>,
    closed: BTreeSet<usize>,
    tracks: BTreeSet<usize>,
}

fn reached(engine: &Engine) -> Reached {
    let model = engine.model();
    let mut reached = Reached::default();
    for example in &model.examples {
        let mut errors = Errors::default();
        let mut reader = Reader::new(&example.table, example.at, &mut errors);
        let on = reader.date("at").unwrap();
        let facts = reader.table("facts").map(|(table, _)| table);
        let profile = profile(engine, on, facts, example.at, &mut errors).unwrap();
        let at = engine.at(on);
        let mut verdicts = Verdicts::new();
        at.verdicts(&profile, &mut verdicts).unwrap();
        for (rule, verdict) in at.period.rules.iter().zip(verdicts.as_slice()) {
            if verdict.is_proposed() {
                reached.proposed.insert(rule.place);
            } else if *verdict == Verdict::Not {
                reached.closed.insert(rule.place);
            }
        }
        let track = at.orient(&profile).unwrap().track.unwrap();
        if let [option] = track.options.as_slice() {
            let mut rules = model.tracks.iter();
            reached.tracks.extend(
                rules.position(|(period, rule)| period.contains(on) && rule.id == option.rule),
            );
        }
    }
    reached
}

#[test]
fn every_rule_and_track_has_its_examples() {
    let pack = Pack::marne().unwrap();
    let engine = Engine::new(&pack);
    let model = engine.model();
    let reached = reached(&engine);
    let mut missing = Vec::new();
    for (place, (period, rule)) in model.rules.iter().enumerate() {
        for (found, what) in [(&reached.proposed, "proposed"), (&reached.closed, "closed")] {
            if !found.contains(&place) {
                missing.push(format!("{} from {:?}: never {what}", rule.id, period.from));
            }
        }
    }
    for (place, (period, rule)) in model.tracks.iter().enumerate() {
        if !reached.tracks.contains(&place) {
            missing.push(format!("track {} from {:?}", rule.id, period.from));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
