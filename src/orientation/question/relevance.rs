//! Whether something hangs on a fact: two of its answers, with the other facts that may still be
//! asked completed in one same way, one of which makes it so and one of which does not.

use super::aim::Aim;
use super::may_be_asked;
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
        let conditions: Vec<&Cond> = way.iter().flat_map(Aim::conditions).collect();
        let questions = Questions::still_open(profile, stake.known(), &conditions, about);
        let compared = Compared::new(profile, &questions, &way, about, stake.of.opens());
        let Some(compared) = compared else {
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
    aims: &'q [Aim<'q>],
    /// Of the fact asked about, among the questions.
    place: usize,
    answers: usize,
    /// Which questions may be answered beside it. Of a scheme, what nobody may be asked any more stays
    /// open: beside that, nothing is proposed. Whom a proposal names, and by when, may still be told by
    /// anybody.
    others: Vec<bool>,
}

impl<'q> Compared<'q> {
    fn new(
        profile: &Profile,
        questions: &'q Questions<'q>,
        aims: &'q [Aim<'q>],
        about: FactId,
        opens: bool,
    ) -> Option<Self> {
        let place = questions
            .asked
            .iter()
            .position(|asked| asked.fact == about)?;
        let answers = questions.asked.get(place)?.answers.len();
        let dictionary = &profile.engine.model().dictionary;
        let others = questions.asked.iter().map(|asked| {
            let may = || may_be_asked(profile, asked.fact, dictionary.fact(asked.fact));
            asked.fact != about && (!opens || may())
        });
        Some(Self {
            questions,
            aims,
            place,
            answers,
            others: others.collect(),
        })
    }

    fn sought(&self, tries: usize) -> Outcome {
        let sizes = self.questions.sizes();
        search_by(
            &sizes,
            tries,
            &mut |chosen| self.differs(chosen),
            &mut |chosen| self.next(chosen),
        )
    }

    /// Whether it can be made so, with each answer and these of others.
    fn each(&self, chosen: &Chosen) -> impl Iterator<Item = Truth> {
        let mut chosen = chosen.to_vec();
        (0..self.answers).map(move |answer| {
            if let Some(slot) = chosen.get_mut(self.place) {
                *slot = Some(answer);
            }
            self.aims.iter().fold(Truth::False, |so, aim| {
                so.or(aim.comes_out(self.questions, &chosen, &self.others))
            })
        })
    }

    /// Whether one answer makes it so, and with another it does not come about whatever else is
    /// answered.
    fn differs(&self, chosen: &Chosen) -> Truth {
        let (mut so, mut otherwise) = (Truth::False, Truth::False);
        for truth in self.each(chosen) {
            so = so.or(truth);
            otherwise = otherwise.or(truth.not());
        }
        so.and(otherwise)
    }

    /// What to answer next: a question that keeps it open for the first answer that does.
    fn next(&self, chosen: &Chosen) -> Option<usize> {
        let mut chosen = chosen.to_vec();
        (0..self.answers).find_map(|answer| {
            if let Some(slot) = chosen.get_mut(self.place) {
                *slot = Some(answer);
            }
            let mut aims = self.aims.iter();
            aims.find_map(|aim| aim.open(self.questions, &chosen, &self.others))
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
        let conditions: Vec<&Cond> = way.iter().flat_map(Aim::conditions).collect();
        let questions = Questions::still_open(profile, stake.known(), &conditions, about);
        let compared = Compared::new(profile, &questions, &way, about, stake.of.opens())?;
        let Outcome::Found(chosen) = compared.sought(THOROUGH.tries) else {
            return None;
        };
        let answer = |wanted: Truth| {
            let mut all = compared.each(&chosen);
            let place = all.position(|truth| truth == wanted)?;
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
