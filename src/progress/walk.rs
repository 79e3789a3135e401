//! From levels and actions, day after day, to stages and moves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::history::{Look, in_french, says_something};
use super::steps::Step;
use super::{Move, MoveKind, Stage, StageKind};
use crate::fact::dictionary::Fact;
use crate::fact::set::ValueSet;

/// The lowest level: no barrier.
const ABSENT: i64 = 0;

/// Whether a barrier is surely there, or surely not; nothing where both are possible.
pub(super) fn is_there(fact: &Fact, level: &ValueSet) -> Option<bool> {
    if !says_something(fact, level) {
        return None;
    }
    if !level.contains(ABSENT) {
        return Some(true);
    }
    (level.single() == Some(ABSENT)).then_some(false)
}

/// What happens to a barrier on a day; on one day actions begin, then somebody looks, then
/// actions end.
#[derive(Clone, Copy)]
enum Event<'e> {
    Begins(usize, &'e Step),
    Looked(&'e Look),
    Ends(usize, &'e Step),
}

/// Looks on days on which somebody spoke of something new: what goes stale, or time that passes, moves
/// nothing, nor does what an assessment had replaced and is said again after its end.
fn spoken(looks: &[Look]) -> impl Iterator<Item = &Look> {
    looks
        .iter()
        .filter(|look| !look.said.is_empty() && !look.resumes)
}

fn events<'e>(looks: &'e [Look], steps: &[&'e Step]) -> Vec<(NaiveDate, Event<'e>)> {
    let mut events: Vec<(NaiveDate, Event<'_>)> = Vec::new();
    let steps = || steps.iter().enumerate();
    events
        .extend(steps().map(|(place, step)| (step.action.started_on, Event::Begins(place, step))));
    events.extend(spoken(looks).map(|look| (look.day, Event::Looked(look))));
    let ends = steps().filter_map(|(place, step)| {
        let ended = step.action.ended_on?;
        Some((ended.max(step.action.started_on), Event::Ends(place, step)))
    });
    events.extend(ends);
    // A sort that keeps the order of those of one day.
    events.sort_by_key(|(day, _)| *day);
    events
}

/// The life of a barrier. What is no longer fresh is neither lifted nor gone: it is where it
/// was last seen. An action is told once: where it begins, or where the barrier is found while
/// it runs.
pub(super) fn stages(fact: &Fact, looks: &[Look], steps: &[&Step]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let (mut there, mut lifted) = (false, false);
    let mut running: BTreeSet<usize> = BTreeSet::new();
    let mut untold: BTreeMap<usize, &Step> = BTreeMap::new();
    let of_step = |kind, on, step: &Step| Stage {
        kind,
        on,
        level: None,
        action: Some(step.action.clone()),
        said: vec![step.said.clone()],
    };
    for (on, event) in events(looks, steps) {
        match event {
            Event::Begins(place, step) => {
                running.insert(place);
                if there {
                    stages.push(of_step(StageKind::BeingLifted, on, step));
                } else {
                    untold.insert(place, step);
                }
            }
            Event::Looked(look) => {
                let kind = match (there, is_there(fact, &look.level)) {
                    (false, Some(true)) if lifted => StageKind::CameBack,
                    (false, Some(true)) => StageKind::Identified,
                    (true, Some(false)) => StageKind::Lifted,
                    _ => continue,
                };
                there = !there;
                lifted |= !there;
                stages.push(Stage {
                    kind,
                    on,
                    level: Some(in_french(fact, &look.level)),
                    action: None,
                    said: look.said.clone(),
                });
                if there {
                    let found = std::mem::take(&mut untold).into_values();
                    stages.extend(found.map(|step| of_step(StageKind::BeingLifted, on, step)));
                }
            }
            Event::Ends(place, step) => {
                running.remove(&place);
                untold.remove(&place);
                if there && running.is_empty() && step.stopped {
                    stages.push(of_step(StageKind::GivenUp, on, step));
                }
            }
        }
    }
    stages
}

/// How the level moved. Only what is surely more or less than before is a move: a look that
/// leaves more open than the last one forgets nothing.
pub(super) fn moves(fact: &Fact, looks: &[Look]) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    let mut before: Option<ValueSet> = None;
    for look in spoken(looks).filter(|look| says_something(fact, &look.level)) {
        let found = match &before {
            // Perhaps there is no barrier: nobody has told one yet.
            None if is_there(fact, &look.level).is_none() => continue,
            None => Some((MoveKind::Told, 0)),
            Some(before) => moved(before, &look.level),
        };
        let Some((kind, levels)) = found else {
            before = before.map(|before| in_both(&before, &look.level));
            continue;
        };
        moves.push(Move {
            kind,
            on: look.day,
            from: before.as_ref().map(|before| in_french(fact, before)),
            to: in_french(fact, &look.level),
            levels,
            said: look.said.clone(),
        });
        before = Some(look.level.clone());
    }
    moves
}

/// What two looks that may be of one level leave possible, levels in between included.
fn in_both(before: &ValueSet, after: &ValueSet) -> ValueSet {
    let (Some(one), Some(other)) = (before.hull(), after.hull()) else {
        return before.clone();
    };
    ValueSet::range(one.lo.max(other.lo), one.hi.min(other.hi))
}

fn moved(before: &ValueSet, after: &ValueSet) -> Option<(MoveKind, u32)> {
    let (before, after) = (before.hull()?, after.hull()?);
    let levels = |from: i64, to: i64| u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX);
    if after.lo > before.hi {
        let kind = if before.hi == ABSENT {
            MoveKind::Come
        } else {
            MoveKind::Grown
        };
        return Some((kind, levels(before.hi, after.lo)));
    }
    if after.hi < before.lo {
        let kind = if after.hi == ABSENT {
            MoveKind::Lifted
        } else {
            MoveKind::Eased
        };
        return Some((kind, levels(after.hi, before.lo)));
    }
    None
}
