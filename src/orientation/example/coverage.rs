//! What the examples of a pack leave untried.

use std::collections::BTreeSet;

use super::expected::Expected;
use super::run::profile;
use crate::orientation::{Verdict, Verdicts};
use crate::pack::error::Errors;
use crate::pack::model::Example;
use crate::pack::tree::{Reader, Text};
use crate::pack::{Engine, Pack, PackErrors};
use crate::vocabulary::Mistake;

/// Places in the model of what an example expects and reaches.
#[derive(Default)]
struct Reached {
    proposed: BTreeSet<usize>,
    closed: BTreeSet<usize>,
    tracks: BTreeSet<usize>,
}

impl Reached {
    /// An example that cannot be read reaches nothing: [`Pack::run_examples`] tells it.
    fn add(&mut self, engine: &Engine, example: &Example) -> Option<()> {
        let mut errors = Errors::default();
        let mut reader = Reader::new(&example.table, example.at, &mut errors);
        let on = reader.date("at")?;
        let facts = reader.table("facts").map(|(table, _)| table);
        let expected = Expected::read(&mut reader);
        let profile = profile(engine, on, facts, example.at, &mut errors)?;
        let (model, at) = (engine.model(), engine.at(on));
        let mut verdicts = Verdicts::new();
        at.verdicts(&profile, &mut verdicts).ok()?;
        for (in_force, verdict) in at.period.rules.iter().zip(verdicts.as_slice()) {
            let Some((_, rule)) = model.rules.get(in_force.place) else {
                continue;
            };
            let scheme = model.network.scheme_ids.get(rule.scheme.0);
            let names = |expected: &[&Text]| {
                expected
                    .iter()
                    .any(|text| scheme.is_some_and(|scheme| scheme.as_str() == text.value))
            };
            if verdict.is_proposed() && names(&expected.must) {
                self.proposed.insert(in_force.place);
            } else if *verdict == Verdict::Not && names(&expected.must_not) {
                self.closed.insert(in_force.place);
            }
        }
        if expected.tracks.is_empty() && expected.lead.is_none() {
            return Some(());
        }
        let track = at.orient(&profile).ok()?.track?;
        if let [option] = track.options.as_slice() {
            let mut rules = model.tracks.iter();
            self.tracks.extend(
                rules.position(|(period, rule)| period.contains(on) && rule.id == option.rule),
            );
        }
        Some(())
    }
}

impl Pack {
    /// Looks for what the `[[example]]` entries leave untried: a rule that none expects
    /// to propose its scheme, or not to; a track that none expects.
    ///
    /// ```
    /// use spie::Pack;
    /// Pack::marne()?.check_coverage()?;
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PackErrors`]: a remark (codes `C001` to `C003`) for each, at its place.
    pub fn check_coverage(&self) -> Result<(), PackErrors> {
        let engine = Engine::new(self);
        let model = engine.model();
        let mut reached = Reached::default();
        for example in &model.examples {
            reached.add(&engine, example);
        }
        let mut remarks = Errors::default();
        for (place, (_, rule)) in model.rules.iter().enumerate() {
            if !reached.proposed.contains(&place) {
                let message = format!("aucun exemple n'attend que `{}` propose", rule.id);
                remarks.add(Mistake::NeverProposed, rule.at, message, None);
            }
            if !reached.closed.contains(&place) {
                let message = format!("aucun exemple n'attend que `{}` ne propose rien", rule.id);
                remarks.add(Mistake::NeverClosed, rule.at, message, None);
            }
        }
        for (place, (_, rule)) in model.tracks.iter().enumerate() {
            if !reached.tracks.contains(&place) {
                let message = format!("aucun exemple n'attend le parcours `{}`", rule.id);
                remarks.add(Mistake::UntriedTrack, rule.at, message, None);
            }
        }
        if remarks.is_empty() {
            Ok(())
        } else {
            Err(remarks.finish(self.documents()))
        }
    }
}
