//! Laws of what became of barriers, on random exchanges.

use super::*;
use crate::progress::{MoveKind, Progress, StageKind, Word};

fn words(progress: &Progress) -> impl Iterator<Item = &Word> {
    progress.barriers.iter().flat_map(|barrier| {
        let stages = barrier.stages.iter().flat_map(|stage| &stage.said);
        stages.chain(barrier.moves.iter().flat_map(|one| &one.said))
    })
}

/// Levels by their French words, lowest first.
fn rank(level: &str) -> usize {
    let found = LEVELS.iter().position(|(_, label)| *label == level);
    found.unwrap_or_else(|| panic!("a level"))
}

proptest! {
    /// It rests on what is held and in use on the date, and on nothing that comes later.
    #[test]
    fn progress_names_what_is_held(sent in exchanges(12), asked in 60_u64..700) {
        let at = SHORT.at(day(asked));
        let held = diagnostic(&sent);
        let active = held.active(&at);
        let progress = at.progress(&held);
        for word in words(&progress) {
            let entry = active.entries().find(|(id, _)| Some(**id) == word.entry);
            let entry = entry.map(|(_, entry)| entry);
            let Some(Entry::Observation(one)) = entry else {
                return Err(TestCaseError::fail(format!("{word:?}")));
            };
            prop_assert_eq!((Some(&one.by), &one.fact), (word.by.as_ref(), &word.fact));
            prop_assert!(one.observed_on <= at.date());
        }
        prop_assert_eq!(&at.progress(&active), &progress);
    }

    /// With one professional who says one level at a time, it is read off the page.
    #[test]
    fn progress_is_what_was_assessed(
        said in prop::collection::btree_map(0_u64..400, 0_usize..4, 1..8),
        asked in 60_u64..450,
    ) {
        let date = day(asked);
        let mut held = Diagnostic::new(person());
        for (on, level) in &said {
            held.receive(Observation {
                by: BodyId::parse("ml-reims").unwrap(),
                means: Means::Assessed,
                observed_on: day(*on),
                recorded_on: day(*on),
                fact: fact("barrier.isolation"),
                said: Said::Known(Knowledge::from(code(LEVELS[*level].0))),
                remark: None,
            }).unwrap();
        }
        let heard: Vec<(NaiveDate, usize)> = said
            .iter()
            .map(|(on, level)| (day(*on), *level))
            .filter(|(on, _)| *on <= date)
            .collect();
        let progress = ENGINE.at(date).progress(&held);
        let barrier = progress.barriers.first();
        prop_assert_eq!(barrier.is_some(), !heard.is_empty());
        let Some(barrier) = barrier else {
            return Ok(());
        };
        let moves: Vec<(NaiveDate, usize)> = barrier
            .moves
            .iter()
            .map(|one| (one.on, rank(&one.to)))
            .collect();
        let mut expected = heard.clone();
        expected.dedup_by_key(|(_, level)| *level);
        prop_assert_eq!(moves, expected);
        let there: Vec<bool> = heard.iter().map(|(_, level)| *level > 0).collect();
        let mut changes = there.clone();
        changes.dedup();
        let starts_absent = usize::from(!there[0]);
        prop_assert_eq!(barrier.stages.len(), changes.len() - starts_absent);
    }

    /// With levels said in part, what is lifted or comes back has moved, and what surely came or
    /// went is a stage.
    #[test]
    fn stages_and_moves_tell_one_story(
        said in prop::collection::btree_map(0_u64..400, (0_usize..4, 0_usize..4), 1..10),
    ) {
        let mut held = Diagnostic::new(person());
        for (on, (one, other)) in &said {
            let (from, to) = (LEVELS[*one.min(other)].0, LEVELS[*one.max(other)].0);
            held.receive(Observation {
                by: BodyId::parse("ml-reims").unwrap(),
                means: Means::Assessed,
                observed_on: day(*on),
                recorded_on: day(*on),
                fact: fact("barrier.isolation"),
                said: Said::Known(Knowledge::between(code(from), code(to))),
                remark: None,
            }).unwrap();
        }
        let progress = ENGINE.at(day(400)).progress(&held);
        for barrier in &progress.barriers {
            let stage_on = |on, kinds: &[StageKind]| {
                let mut stages = barrier.stages.iter();
                stages.any(|stage| stage.on == on && kinds.contains(&stage.kind))
            };
            for one in &barrier.moves {
                prop_assert!(!one.said.is_empty());
                match one.kind {
                    MoveKind::Lifted => prop_assert!(stage_on(one.on, &[StageKind::Lifted])),
                    MoveKind::Come => prop_assert!(
                        stage_on(one.on, &[StageKind::Identified, StageKind::CameBack])
                    ),
                    MoveKind::Told | MoveKind::Grown | MoveKind::Eased => {}
                }
            }
            for pair in barrier.stages.windows(2) {
                let between = |on: NaiveDate| pair[0].on < on && on <= pair[1].on;
                prop_assert!(barrier.moves.iter().any(|one| between(one.on)));
            }
        }
    }
}
