//! What the examples of a pack leave untried.

use std::collections::BTreeSet;

use super::changed::{Change, Unnoticed, Writer, unnoticed};
use super::compare::tells_figure;
use super::tried::{Entry, Tried};
use crate::orientation::figure;
use crate::pack::error::Errors;
use crate::pack::model::Model;
use crate::pack::place::At;
use crate::pack::{Engine, Pack, PackErrors};
use crate::vocabulary::Mistake;

impl Pack {
    /// Looks for what the `[[example]]` entries leave untried: a rule that none expects
    /// to propose its scheme, or not to; a deadline, a track or a figure of a reason that none
    /// expects; and, in rules, tracks, the filters of their lists and the conditions by which
    /// facts are derived, a comparison that could come out the other way and a threshold that
    /// could be one unit off without any example noticing. When facts apply (`only_if`) is not
    /// looked into.
    ///
    /// ```
    /// use spie::Pack;
    /// Pack::marne()?.check_coverage()?;
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PackErrors`]: a remark (codes `C001` to `C007`) for each, at its place.
    pub fn check_coverage(&self) -> Result<(), PackErrors> {
        let engine = Engine::new(self);
        let model = engine.model();
        let layers = self.layers(&mut Errors::default());
        let examples = layers.entries("example").iter();
        let tried: Vec<Tried> = examples
            .filter_map(|example| Tried::new(&engine, example))
            .collect();
        let mut remarks = Errors::default();
        unreached(model, &tried, &mut remarks);
        for one in unnoticed(&engine, &tried) {
            tell(model, &one, &mut remarks);
        }
        if remarks.is_empty() {
            Ok(())
        } else {
            Err(remarks.finish(self.documents()))
        }
    }
}

/// Rules, deadlines and tracks that no example expects.
fn unreached(model: &Model, tried: &[Tried], remarks: &mut Errors) {
    let places = |of: fn(&Tried) -> &[usize]| -> BTreeSet<usize> {
        tried.iter().flat_map(of).copied().collect()
    };
    let proposed = places(|one| &one.proposed);
    let closed = places(|one| &one.closed);
    let timed = places(|one| &one.timed);
    let tracks: BTreeSet<usize> = tried.iter().filter_map(|one| one.track).collect();
    for (place, (_, rule)) in model.rules.iter().enumerate() {
        if !proposed.contains(&place) {
            let message = format!("aucun exemple n'attend que `{}` propose", rule.id);
            remarks.add(Mistake::NeverProposed, rule.at, message, None);
        }
        if !closed.contains(&place) {
            let message = format!("aucun exemple n'attend que `{}` ne propose rien", rule.id);
            remarks.add(Mistake::NeverClosed, rule.at, message, None);
        }
        if rule.within.is_some() && !timed.contains(&place) {
            let message = format!("aucun exemple n'attend le délai de `{}`", rule.id);
            remarks.add(Mistake::Untimed, rule.at, message, None);
        }
        for figure in unsaid(model, tried, place) {
            let message = format!(
                "aucun exemple n'attend le chiffre {figure} dans le motif de `{}`",
                rule.id
            );
            remarks.add(Mistake::Unsaid, rule.at, message, None);
        }
    }
    for (place, (_, rule)) in model.tracks.iter().enumerate() {
        if !tracks.contains(&place) {
            let message = format!("aucun exemple n'attend le parcours `{}`", rule.id);
            remarks.add(Mistake::UntriedTrack, rule.at, message, None);
        }
    }
}

/// The figures of a rule's reason that no example expects, each in its time.
fn unsaid(model: &Model, tried: &[Tried], place: usize) -> Vec<String> {
    let Some((in_force, rule)) = model.rules.get(place) else {
        return Vec::new();
    };
    let mut left = Vec::new();
    let told: BTreeSet<_> = rule.because.values().collect();
    for id in told {
        let Some(dated) = model.tables.values.get(id.0) else {
            continue;
        };
        for (period, value) in &dated.versions {
            if !in_force.overlaps(*period) {
                continue;
            }
            let shown = figure(model, id, *value);
            let said = tried.iter().filter(|one| period.contains(one.on));
            let mut words = said.flat_map(|one| &one.said);
            if !words.any(|(rule, words)| *rule == place && tells_figure(words, &shown)) {
                left.push(shown);
            }
        }
    }
    left
}

fn tell(model: &Model, one: &Unnoticed, remarks: &mut Errors) {
    let Some((at, writer)) = written(model, one.writer) else {
        return;
    };
    let Unnoticed { is, would_be, .. } = one;
    let (remark, message) = match one.change {
        Change::Turned => (
            Mistake::NeverTurned,
            format!("aucun exemple ne dépend de {is} dans `{writer}`"),
        ),
        Change::Moved(_) => (
            Mistake::Unnoticed,
            format!("dans `{writer}`, aucun exemple ne voit si {is} devient {would_be}"),
        ),
    };
    remarks.add(remark, at, message, None);
}

/// Where a writer stands, and its name.
fn written(model: &Model, writer: Writer) -> Option<(At, &str)> {
    Some(match writer {
        Writer::Entry(Entry::Rule(place)) => {
            let (_, rule) = model.rules.get(place)?;
            (rule.at, rule.id.as_str())
        }
        Writer::Entry(Entry::Track(place)) => {
            let (_, track) = model.tracks.get(place)?;
            (track.at, track.id.as_str())
        }
        Writer::Fact(id) => {
            let fact = model.dictionary.fact(id);
            (fact.at, fact.name.as_str())
        }
    })
}
