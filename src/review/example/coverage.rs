//! What the examples of a pack leave untried.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::expected::Expected;
use super::run::profile;
use crate::fact::possible::Possible;
use crate::network::SchemeIndex;
use crate::orientation::{Verdict, Verdicts, french};
use crate::pack::engine::InForce;
use crate::pack::error::Errors;
use crate::pack::model::{Example, Model, Rule};
use crate::pack::tree::{Reader, Text};
use crate::pack::{Engine, Pack, PackErrors};
use crate::profile::Profile;
use crate::rule::condition::{Atom, Bound, Slot, Target, World as _, test};
use crate::vocabulary::{Code, Mistake};

/// Places in the model of what an example expects and reaches.
#[derive(Default)]
struct Reached {
    proposed: BTreeSet<usize>,
    closed: BTreeSet<usize>,
    /// Rules that give a proposal whose deadline is expected.
    timed: BTreeSet<usize>,
    tracks: BTreeSet<usize>,
    /// The comparisons of rules whose scheme an example names, each with a day on which
    /// it is looked at.
    atoms: BTreeMap<(usize, Atom), NaiveDate>,
    /// Those on which an example of the scheme hangs, whatever its rule: eligibility is
    /// written once, and decides for all of them.
    turned: BTreeSet<(SchemeIndex, Atom)>,
    /// Comparisons with a threshold moved by one, and whether an example of the scheme
    /// notices.
    moved: BTreeMap<(usize, Atom, Target), NaiveDate>,
    noticed: BTreeSet<(SchemeIndex, Atom, Target)>,
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
            if names(&expected.must) || names(&expected.must_not) {
                self.turn(engine, on, &profile, in_force, rule.scheme);
            }
            if verdict.is_proposed() && names(&expected.must) {
                self.proposed.insert(in_force.place);
            } else if *verdict == Verdict::Not && names(&expected.must_not) {
                self.closed.insert(in_force.place);
            }
        }
        let orientation = at.orient(&profile).ok()?;
        for (scheme, ..) in &expected.deadlines {
            // The first ground is the one whose deadline counts.
            let proposal = orientation.proposal(scheme);
            let ground = proposal.and_then(|proposal| proposal.grounds.first());
            let mut rules = model.rules.iter();
            self.timed.extend(rules.position(|(period, rule)| {
                period.contains(on) && ground.is_some_and(|ground| rule.id == ground.rule)
            }));
        }
        if expected.tracks.is_empty() && expected.lead.is_none() {
            return Some(());
        }
        let track = orientation.track?;
        if let [option] = track.options.as_slice() {
            let mut rules = model.tracks.iter();
            self.tracks.extend(
                rules.position(|(period, rule)| period.contains(on) && rule.id == option.rule),
            );
        }
        Some(())
    }
}

impl Reached {
    /// Notes which comparisons of a rule would change its verdict if they came out the
    /// other way.
    fn turn(
        &mut self,
        engine: &Engine,
        on: NaiveDate,
        profile: &Profile,
        rule: &InForce<Rule>,
        scheme: SchemeIndex,
    ) {
        let tables = &engine.model().tables;
        let worlds = &profile.worlds;
        let facts = worlds.presumed.as_ref().unwrap_or(&worlds.told);
        let is = |atom: &Atom| test(&facts.slot(atom.slot), &tables.target(&atom.target, on));
        let as_is = rule.verdict.judge(tables, on, &mut |atom| is(atom));
        let mut atoms = BTreeSet::new();
        rule.verdict.atoms(tables, on, &mut |atom| {
            atoms.insert(atom.clone());
        });
        for atom in &atoms {
            for target in moves(engine.model(), atom) {
                let passing = tables.target(&target, on);
                let verdict = rule.verdict.judge(tables, on, &mut |other| {
                    if other == atom {
                        test(&facts.slot(atom.slot), &passing)
                    } else {
                        is(other)
                    }
                });
                if verdict != as_is {
                    self.noticed.insert((scheme, atom.clone(), target.clone()));
                }
                self.moved.insert((rule.place, atom.clone(), target), on);
            }
        }
        for atom in atoms {
            let otherwise = rule.verdict.judge(tables, on, &mut |other| {
                if *other == atom {
                    is(other).not()
                } else {
                    is(other)
                }
            });
            if otherwise != as_is {
                self.turned.insert((scheme, atom.clone()));
            }
            self.atoms.insert((rule.place, atom), on);
        }
    }
}

/// The thresholds of a comparison, each moved by one unit to both sides.
fn moves(model: &Model, atom: &Atom) -> Vec<Target> {
    let ordered = match atom.slot {
        Slot::Fact(id) => model.dictionary.fact(id).kind.is_ordered(),
        Slot::Count(_) => true,
        Slot::Member(..) | Slot::Field(_) => false,
    };
    let by = |bound: Bound, step: i64| match bound {
        Bound::Fixed(i64::MIN | i64::MAX) => None,
        Bound::Fixed(value) => Some(Bound::Fixed(value.saturating_add(step))),
        Bound::Value(id, offset) => Some(Bound::Value(id, offset.saturating_add(step))),
    };
    match &atom.target {
        Target::Between(from, to) if ordered => [-1, 1]
            .into_iter()
            .flat_map(|step| {
                let from_moved = by(*from, step).map(|from| Target::Between(from, *to));
                let to_moved = by(*to, step).map(|to| Target::Between(*from, to));
                from_moved.into_iter().chain(to_moved)
            })
            .collect(),
        Target::Relative(relative, count, unit) => [count.checked_sub(1), count.checked_add(1)]
            .into_iter()
            .flatten()
            .map(|count| Target::Relative(*relative, count, *unit))
            .collect(),
        _ => Vec::new(),
    }
}

/// A comparison as its author knows it: the fact, and what passes.
fn in_words(model: &Model, atom: &Atom, on: NaiveDate) -> String {
    let fact = |id| model.dictionary.fact(id);
    let passing = model.tables.target(&atom.target, on).into_owned();
    match atom.slot {
        Slot::Fact(id) => {
            let passing = if fact(id).kind.domain().is_subset(&passing) {
                "n'importe quelle valeur".to_owned()
            } else {
                french::possible(fact(id), &Possible::Scalar(passing))
            };
            format!("`{}` ({passing})", fact(id).name)
        }
        Slot::Member(id, place) => {
            let codes = fact(id).kind.nomenclature();
            let code = codes.and_then(|codes| codes.code(place));
            let code = code.map_or("…", Code::as_str);
            format!("`{} has {code}`", fact(id).name)
        }
        Slot::Count(id) => {
            let list = model.tables.counts.get(id.0).map(|count| fact(count.list));
            format!(
                "un compte de `{}`",
                list.map_or("…", |list| list.name.as_str())
            )
        }
        // Fields are looked at row by row, within a count.
        Slot::Field(_) => "un champ".to_owned(),
    }
}

impl Pack {
    /// Looks for what the `[[example]]` entries leave untried: a rule that none expects
    /// to propose its scheme, or not to; a comparison that decides in none of them; a
    /// threshold that could be one unit off; a deadline or a track that none expects. What stands in
    /// the filter of a list is not looked into.
    ///
    /// ```
    /// use spie::Pack;
    /// Pack::marne()?.check_coverage()?;
    /// # Ok::<(), spie::PackErrors>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PackErrors`]: a remark (codes `C001` to `C006`) for each, at its place.
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
        for (place, (_, rule)) in model.rules.iter().enumerate() {
            if rule.within.is_some() && !reached.timed.contains(&place) {
                let message = format!("aucun exemple n'attend le délai de `{}`", rule.id);
                remarks.add(Mistake::Untimed, rule.at, message, None);
            }
        }
        for ((place, atom), on) in &reached.atoms {
            let Some((_, rule)) = model.rules.get(*place) else {
                continue;
            };
            if !reached.turned.contains(&(rule.scheme, atom.clone())) {
                let comparison = in_words(model, atom, *on);
                let message = format!("aucun exemple ne dépend de {comparison} dans `{}`", rule.id);
                remarks.add(Mistake::NeverTurned, rule.at, message, None);
            }
        }
        for ((place, atom, target), on) in &reached.moved {
            let Some((_, rule)) = model.rules.get(*place) else {
                continue;
            };
            let key = (rule.scheme, atom.clone(), target.clone());
            if !reached.noticed.contains(&key) {
                let is = in_words(model, atom, *on);
                let moved = Atom {
                    slot: atom.slot,
                    target: target.clone(),
                };
                let would_be = in_words(model, &moved, *on);
                let message = format!(
                    "dans `{}`, aucun exemple ne voit si {is} devient {would_be}",
                    rule.id
                );
                remarks.add(Mistake::Unnoticed, rule.at, message, None);
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
