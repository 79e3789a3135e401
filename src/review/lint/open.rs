//! Does it stay open though every answer gives the same?

use super::lens::{Entry, Lens, Sought, Subject, seek};
use crate::profile::answers::questions::Questions;
use crate::profile::answers::search::Chosen;
use crate::rule::Truth;
use crate::vocabulary::Mistake;

/// Facts that a condition tests more than once: it may wait for an answer that changes
/// nothing, as `a or not a` does.
pub(super) fn check(lens: &mut Lens<'_>, subject: &Subject<'_>) {
    let verdict = match subject.entry {
        Entry::Rule(_) => subject.verdict.clone(),
        // That a stronger track is open is the answer, not a fault.
        Entry::Track(track) => match &track.when {
            Some(when) => when.clone(),
            None => return,
        },
    };
    let questions = Questions::new(subject.model(), subject.on(), &[&verdict]);
    for (place, question) in questions.asked.iter().enumerate() {
        if question.tests < 2 || question.answers.len() < 2 {
            continue;
        }
        for holds in [true, false] {
            let truth = |chosen: &Chosen| {
                let truth = questions.truth(&verdict, chosen);
                if holds { truth } else { truth.not() }
            };
            let sought = seek(&questions, &[place], |chosen| {
                if truth(chosen) != Truth::Open || !questions.is_natural(chosen) {
                    // Settled without the fact: it stays so.
                    return Truth::False;
                }
                let answers = 0..question.answers.len();
                answers.fold(Truth::True, |all, answer| {
                    if all == Truth::False {
                        return all;
                    }
                    let mut chosen = chosen.to_vec();
                    if let Some(slot) = chosen.get_mut(place) {
                        *slot = Some(answer);
                    }
                    all.and(truth(&chosen))
                })
            });
            let Sought::Found(person) = sought else {
                continue;
            };
            let fact = subject.model().dictionary.fact(question.fact);
            let message = format!(
                "`{}` attend `{}`, alors que toute réponse donne le même résultat, par exemple pour : {}",
                subject.entry.id(),
                fact.name,
                person.in_french(subject.model(), subject.on())
            );
            lens.remark(subject, Mistake::AskedInVain, message, Some(&person));
            break;
        }
    }
}
