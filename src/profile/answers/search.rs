//! Trying answers until something holds.

use crate::rule::Truth;

/// Answers chosen so far: by question, the place of its answer.
pub(crate) type Chosen = [Option<usize>];

/// What a search ends with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// These answers make it hold, whatever the others are; none can be left out.
    Found(Vec<Option<usize>>),
    /// No answers do: every branch was decided, in so many tries.
    Never(usize),
    /// Not found in so many tries.
    NotFound(usize),
}

/// Looks for answers that make `judge` true, the questions in their order. `judge` must be
/// monotone: what is true or false stays so under any further answer.
pub(crate) fn search(
    answers: &[usize],
    most: usize,
    judge: &mut impl FnMut(&Chosen) -> Truth,
) -> Outcome {
    let mut in_order = |chosen: &Chosen| {
        let mut places = chosen.iter().zip(answers);
        places.position(|(chosen, count)| chosen.is_none() && *count > 0)
    };
    search_by(answers, most, judge, &mut in_order)
}

/// The same, where `next` says which question is to be answered next, if any helps.
pub(crate) fn search_by(
    answers: &[usize],
    most: usize,
    judge: &mut impl FnMut(&Chosen) -> Truth,
    next: &mut impl FnMut(&Chosen) -> Option<usize>,
) -> Outcome {
    let mut chosen: Vec<Option<usize>> = vec![None; answers.len()];
    let mut tries = 0_usize;
    let mut undecided = false;
    // Questions answered so far, in order: the last one is tried further on return.
    let mut answered: Vec<usize> = Vec::new();
    let mut forward = true;
    loop {
        if forward {
            if tries >= most {
                return Outcome::NotFound(tries);
            }
            tries = tries.saturating_add(1);
            match judge(&chosen) {
                Truth::True => return Outcome::Found(fewest(chosen, judge)),
                Truth::Open => match next(&chosen) {
                    Some(place) => {
                        if let Some(slot) = chosen.get_mut(place) {
                            *slot = Some(0);
                        }
                        answered.push(place);
                        continue;
                    }
                    None => undecided = true,
                },
                Truth::False => {}
            }
            forward = false;
        }
        // Back to the last question that has another answer.
        let Some(last) = answered.last().copied() else {
            return if undecided {
                Outcome::NotFound(tries)
            } else {
                Outcome::Never(tries)
            };
        };
        let another = chosen
            .get(last)
            .copied()
            .flatten()
            .map(|answer| answer.saturating_add(1))
            .filter(|another| answers.get(last).is_some_and(|count| another < count));
        if let Some(slot) = chosen.get_mut(last) {
            *slot = another;
        }
        if another.is_some() {
            forward = true;
        } else {
            answered.pop();
        }
    }
}

/// Leaves out every answer that is not needed, the last first.
fn fewest(
    mut chosen: Vec<Option<usize>>,
    judge: &mut impl FnMut(&Chosen) -> Truth,
) -> Vec<Option<usize>> {
    for place in (0..chosen.len()).rev() {
        let Some(slot) = chosen.get_mut(place) else {
            continue;
        };
        let Some(answer) = slot.take() else {
            continue;
        };
        if judge(&chosen) != Truth::True
            && let Some(slot) = chosen.get_mut(place)
        {
            *slot = Some(answer);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All of these questions have these answers, which may be any while not chosen.
    fn all(wanted: &[(usize, usize)], chosen: &Chosen) -> Truth {
        wanted.iter().fold(Truth::True, |truth, (place, answer)| {
            truth.and(match chosen[*place] {
                None => Truth::Open,
                Some(given) if given == *answer => Truth::True,
                Some(_) => Truth::False,
            })
        })
    }

    proptest! {
        /// What is found holds and needs each of its answers; what is not found is in no
        /// combination.
        #[test]
        fn it_finds_what_there_is(
            answers in prop::collection::vec(1..4_usize, 1..5),
            ways in prop::collection::vec(prop::collection::vec((0..4_usize, 0..5_usize), 1..4), 0..4),
        ) {
            let ways: Vec<Vec<(usize, usize)>> = ways
                .into_iter()
                .map(|way| way.into_iter().map(|(place, answer)| (place % answers.len(), answer)).collect())
                .collect();
            let mut judge = |chosen: &Chosen| {
                ways.iter().fold(Truth::False, |truth, way| truth.or(all(way, chosen)))
            };
            let possible = ways.iter().any(|way| {
                way.iter().all(|(place, answer)| *answer < answers[*place])
                    && way.iter().all(|(place, answer)| {
                        way.iter().all(|(other, given)| other != place || given == answer)
                    })
            });
            match search(&answers, usize::MAX, &mut judge) {
                Outcome::Found(chosen) => {
                    prop_assert!(possible);
                    prop_assert_eq!(judge(&chosen), Truth::True);
                    for place in 0..chosen.len() {
                        if chosen[place].is_some() {
                            let mut without = chosen.clone();
                            without[place] = None;
                            prop_assert_ne!(judge(&without), Truth::True);
                        }
                    }
                }
                Outcome::Never(_) => prop_assert!(!possible),
                Outcome::NotFound(_) => prop_assert!(false),
            }
        }
    }

    #[test]
    fn it_gives_up_after_so_many_tries() {
        assert_eq!(
            search(&[2; 64], 1000, &mut |_| Truth::Open),
            Outcome::NotFound(1000)
        );
        // All answered, and still not decided: that is no proof that there is nobody.
        assert_eq!(
            search(&[2], 1000, &mut |_| Truth::Open),
            Outcome::NotFound(3)
        );
    }
}
