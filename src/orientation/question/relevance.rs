//! Whether something hangs on a fact: two of its answers, with the other open facts
//! completed in one same way, one of which makes it so and one of which does not.

use super::stakes::Stake;
use crate::fact::dictionary::FactId;
#[cfg(test)]
use crate::fact::possible::Possible;
use crate::profile::Profile;
use crate::profile::answers::questions::Questions;
use crate::profile::answers::search::{Chosen, Outcome, search_by};
use crate::rule::Truth;
use crate::rule::condition::Cond;

/// How far is looked: combinations of other facts tried for one stake, and stakes for
/// which it is not found out, before a question gives way to others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    tries: usize,
    pub(super) doubts: usize,
}

/// Enough for nearly every question.
pub(super) const QUICK: Effort = Effort {
    tries: 60,
    doubts: 2,
};

/// Where nothing was found quickly: what is asked, is asked for something.
pub(super) const THOROUGH: Effort = Effort {
    tries: 3000,
    doubts: usize::MAX,
};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relevance {
    /// Two answers make a difference.
    Shown,
    /// No answers do.
    None,
    /// Not found in so many tries.
    Unknown,
}

/// Whether a stake hangs on the answer to a question.
pub(super) fn relevance(
    profile: &Profile,
    stake: &Stake<'_>,
    about: FactId,
    effort: Effort,
) -> Relevance {
    let mut found = Relevance::None;
    for way in stake.ways() {
        let conditions: Vec<&Cond> = way.iter().map(|one| &**one).collect();
        let questions = Questions::still_open(profile, stake.known(), &conditions, about);
        let Some(compared) = Compared::new(&questions, &conditions, about) else {
            // No condition tests it, or no answer to it can be thought of.
            continue;
        };
        match compared.sought(effort.tries) {
            Outcome::Found(_) => return Relevance::Shown,
            Outcome::Never(_) if questions.whole => {}
            Outcome::Never(_) | Outcome::NotFound(_) => found = Relevance::Unknown,
        }
    }
    found
}

struct Compared<'q> {
    questions: &'q Questions<'q>,
    conditions: &'q [&'q Cond],
    /// Of the fact asked about, among the questions.
    place: usize,
    answers: usize,
}

impl<'q> Compared<'q> {
    fn new(
        questions: &'q Questions<'q>,
        conditions: &'q [&'q Cond],
        about: FactId,
    ) -> Option<Self> {
        let place = questions
            .asked
            .iter()
            .position(|asked| asked.fact == about)?;
        let answers = questions.asked.get(place)?.answers.len();
        Some(Self {
            questions,
            conditions,
            place,
            answers,
        })
    }

    fn sought(&self, tries: usize) -> Outcome {
        let mut sizes = self.questions.sizes();
        // The fact itself is compared, not chosen.
        if let Some(size) = sizes.get_mut(self.place) {
            *size = 0;
        }
        search_by(
            &sizes,
            tries,
            &mut |chosen| self.differs(chosen),
            &mut |chosen| self.next(chosen),
        )
    }

    fn with(&self, chosen: &Chosen, answer: usize) -> Vec<Option<usize>> {
        let mut chosen = chosen.to_vec();
        if let Some(slot) = chosen.get_mut(self.place) {
            *slot = Some(answer);
        }
        chosen
    }

    /// Whether it is so, with one answer and these of others.
    fn is_so(&self, chosen: &Chosen, answer: usize) -> Truth {
        let chosen = self.with(chosen, answer);
        self.conditions.iter().fold(Truth::False, |so, condition| {
            so.or(self.questions.truth(condition, &chosen))
        })
    }

    /// Whether one answer makes it so, and another not.
    fn differs(&self, chosen: &Chosen) -> Truth {
        let (mut so, mut otherwise) = (Truth::False, Truth::False);
        for answer in 0..self.answers {
            let truth = self.is_so(chosen, answer);
            so = so.or(truth);
            otherwise = otherwise.or(truth.not());
        }
        so.and(otherwise)
    }

    /// What to answer next: a question that keeps it open for the first answer that does.
    fn next(&self, chosen: &Chosen) -> Option<usize> {
        (0..self.answers).find_map(|answer| {
            let chosen = self.with(chosen, answer);
            let mut conditions = self.conditions.iter();
            conditions.find_map(|condition| self.questions.open(condition, &chosen))
        })
    }
}

/// Two answers that make a difference, and what else is told for that.
#[cfg(test)]
pub(super) struct Witness {
    pub(super) so: Possible,
    pub(super) otherwise: Possible,
    pub(super) others: Vec<(FactId, Possible)>,
}

#[cfg(test)]
pub(super) fn witness(profile: &Profile, stake: &Stake<'_>, about: FactId) -> Option<Witness> {
    stake.ways().find_map(|way| {
        let conditions: Vec<&Cond> = way.iter().map(|one| &**one).collect();
        let questions = Questions::still_open(profile, stake.known(), &conditions, about);
        let compared = Compared::new(&questions, &conditions, about)?;
        let Outcome::Found(chosen) = compared.sought(THOROUGH.tries) else {
            return None;
        };
        let answer = |truth: Truth| {
            let mut all = 0..compared.answers;
            let place = all.find(|answer| compared.is_so(&chosen, *answer) == truth)?;
            let answers = &questions.asked.get(compared.place)?.answers;
            Some(answers.get(place)?.possible.clone())
        };
        let others = questions.told(&chosen);
        Some(Witness {
            so: answer(Truth::True)?,
            otherwise: answer(Truth::False)?,
            others: others
                .map(|(id, answer)| (id, answer.possible.clone()))
                .collect(),
        })
    })
}
