//! From levels and actions, day after day, to stages and moves.

use chrono::NaiveDate;

use super::history::{Look, in_french, says_something};
use super::steps::Step;
use super::{Move, MoveKind, Stage, StageKind};
use crate::fact::dictionary::Fact;
use crate::fact::set::ValueSet;

/// The lowest level: no barrier.
const ABSENT: i64 = 0;

/// Whether a barrier is surely there, or surely not; nothing where both are possible.
fn is_there(fact: &Fact, level: &ValueSet) -> Option<bool> {
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
    Begins(&'e Step),
    Looked(&'e Look),
    Ends(&'e Step),
}

fn events<'e>(looks: &'e [Look], steps: &[&'e Step]) -> Vec<(NaiveDate, Event<'e>)> {
    let mut events: Vec<(NaiveDate, Event<'_>)> = Vec::new();
    let begins = steps.iter();
    events.extend(begins.map(|step| (step.action.started_on, Event::Begins(step))));
    events.extend(looks.iter().map(|look| (look.day, Event::Looked(look))));
    let ends = steps.iter().filter_map(|step| {
        let ended = step.action.ended_on?;
        Some((ended.max(step.action.started_on), Event::Ends(step)))
    });
    events.extend(ends);
    // A sort that keeps the order of those of one day.
    events.sort_by_key(|(day, _)| *day);
    events
}

/// The life of a barrier. What is no longer fresh is neither lifted nor gone: it is where it
/// was last seen.
pub(super) fn stages(fact: &Fact, looks: &[Look], steps: &[&Step]) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let (mut there, mut lifted) = (false, false);
    let mut running: Vec<&Step> = Vec::new();
    let of_step = |kind, on, step: &Step| Stage {
        kind,
        on,
        level: None,
        action: Some(step.action.clone()),
        said: vec![step.said.clone()],
    };
    for (on, event) in events(looks, steps) {
        match event {
            Event::Begins(step) => {
                running.push(step);
                if there {
                    stages.push(of_step(StageKind::BeingLifted, on, step));
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
                    let running = running.iter();
                    stages.extend(running.map(|step| of_step(StageKind::BeingLifted, on, step)));
                }
            }
            Event::Ends(step) => {
                running.retain(|one| !std::ptr::eq(*one, step));
                if there && running.is_empty() && step.stopped {
                    stages.push(of_step(StageKind::GivenUp, on, step));
                }
            }
        }
    }
    stages
}

/// How the level moved. Only what is surely more or less than before is a move.
pub(super) fn moves(fact: &Fact, looks: &[Look]) -> Vec<Move> {
    let mut moves: Vec<Move> = Vec::new();
    let mut before: Option<&ValueSet> = None;
    for look in looks
        .iter()
        .filter(|look| says_something(fact, &look.level))
    {
        let found = match before {
            None => Some((MoveKind::Told, 0)),
            Some(before) => moved(before, &look.level),
        };
        if let Some((kind, levels)) = found {
            moves.push(Move {
                kind,
                on: look.day,
                from: before.map(|before| in_french(fact, before)),
                to: in_french(fact, &look.level),
                levels,
                said: look.said.clone(),
            });
        }
        before = Some(&look.level);
    }
    moves
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
