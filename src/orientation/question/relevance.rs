//! Whether something hangs on a fact: two of its answers, with the other facts that may still be
//! asked completed in one same way, after which things do not stand alike.

use super::aim::Aim;
use super::may_come;
use super::stakes::{Side, Stake};
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
        let Some(place) = questions.place(about) else {
            // No condition tests it, or no answer to it can be thought of.
            continue;
        };
        for side in stake.sides {
            let compared = Compared::new(profile, &questions, &way, place, *side);
            match compared.sought(effort.tries) {
                Outcome::Found(_) => return Relevance::Shown,
                Outcome::Never(_) if questions.whole => {}
                Outcome::Never(_) | Outcome::NotFound(_) => found = Relevance::Unknown,
            }
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
    /// Which questions may be answered beside it: what nobody may be asked any more stays open.
    others: Vec<bool>,
    side: Side,
}

impl<'q> Compared<'q> {
    fn new(
        profile: &Profile,
        questions: &'q Questions<'q>,
        aims: &'q [Aim<'q>],
        place: usize,
        side: Side,
    ) -> Self {
        let dictionary = &profile.engine.model().dictionary;
        let others = questions.asked.iter().enumerate().map(|(other, asked)| {
            let fact = dictionary.fact(asked.fact);
            other != place && may_come(profile, asked.fact, fact)
        });
        let asked = questions.asked.get(place);
        Self {
            questions,
            aims,
            place,
            answers: asked.map_or(0, |asked| asked.answers.len()),
            others: others.collect(),
            side,
        }
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

    /// How things stand with each answer and these of others; nothing while that is open.
    fn each(&self, chosen: &Chosen) -> impl Iterator<Item = Option<Standing>> {
        let mut chosen = chosen.to_vec();
        (0..self.answers).map(move |answer| {
            if let Some(slot) = chosen.get_mut(self.place) {
                *slot = Some(answer);
            }
            self.standing(&chosen)
        })
    }

    fn standing(&self, chosen: &Chosen) -> Option<Standing> {
        let aims = self.aims.iter();
        let truth = match self.side {
            Side::So => aims.fold(Truth::False, |so, aim| so.or(self.so(aim, chosen))),
            Side::Not => aims.fold(Truth::True, |not, aim| not.and(self.not(aim, chosen))),
            Side::Which => {
                let each = aims.map(|aim| match (self.so(aim, chosen), self.not(aim, chosen)) {
                    (Truth::True, _) => Some(Truth::True),
                    (_, Truth::True) => Some(Truth::False),
                    (Truth::False, Truth::False) => Some(Truth::Open),
                    _ => None,
                });
                let each: Vec<Truth> = each.collect::<Option<_>>()?;
                // Those that may be it are named where none surely is.
                let named = if each.contains(&Truth::True) {
                    Truth::True
                } else {
                    Truth::Open
                };
                let named = each.into_iter().map(|one| one == named);
                return Some(Standing::Which(named.collect()));
            }
        };
        match truth {
            Truth::True => Some(Standing::Is(true)),
            Truth::False => Some(Standing::Is(false)),
            Truth::Open => None,
        }
    }

    fn so(&self, aim: &Aim<'_>, chosen: &Chosen) -> Truth {
        aim.comes_out(self.questions, chosen, &self.others)
    }

    fn not(&self, aim: &Aim<'_>, chosen: &Chosen) -> Truth {
        let condition = aim.condition();
        self.questions
            .comes_out(condition, false, chosen, &self.others)
    }

    /// Whether two answers make a difference, whatever else is answered.
    fn differs(&self, chosen: &Chosen) -> Truth {
        let (mut known, mut all_known) = (None, true);
        for standing in self.each(chosen) {
            match (standing, &known) {
                (None, _) => all_known = false,
                (one, None) => known = one,
                (Some(one), Some(other)) if one != *other => return Truth::True,
                _ => {}
            }
        }
        if all_known { Truth::False } else { Truth::Open }
    }

    /// What to answer next: a question that keeps it open for the first answer that does.
    fn next(&self, chosen: &Chosen) -> Option<usize> {
        let mut chosen = chosen.to_vec();
        (0..self.answers).find_map(|answer| {
            if let Some(slot) = chosen.get_mut(self.place) {
                *slot = Some(answer);
            }
            let questions = self.questions;
            let not = |aim: &Aim<'_>| {
                let condition = aim.condition();
                questions.open(condition, false, &chosen, &self.others)
            };
            let so = |aim: &Aim<'_>| aim.open(questions, &chosen, &self.others);
            let mut aims = self.aims.iter();
            match self.side {
                Side::So => aims.find_map(so),
                Side::Not => aims.find_map(not),
                Side::Which => aims.find_map(|aim| so(aim).or_else(|| not(aim))),
            }
        })
    }
}

/// How things stand once a question is answered.
#[derive(PartialEq, Eq)]
enum Standing {
    Is(bool),
    /// Which of several are named.
    Which(Vec<bool>),
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
    let mut ways = stake.ways().flat_map(|way| {
        let sides = stake.sides.iter();
        sides.map(move |side| (way.clone(), *side))
    });
    ways.find_map(|(way, side)| {
        let conditions: Vec<&Cond> = way.iter().flat_map(Aim::conditions).collect();
        let questions = Questions::still_open(profile, stake.known(), &conditions, about);
        let place = questions.place(about)?;
        let compared = Compared::new(profile, &questions, &way, place, side);
        let Outcome::Found(chosen) = compared.sought(THOROUGH.tries) else {
            return None;
        };
        let each: Vec<_> = compared.each(&chosen).collect();
        let so = each.iter().position(Option::is_some)?;
        let otherwise = each
            .iter()
            .position(|one| one.is_some() && *one != each[so])?;
        let answers = &questions.asked[place].answers;
        let others = questions.told(&chosen);
        Some(Witness {
            so: answers[so].possible.clone(),
            otherwise: answers[otherwise].possible.clone(),
            others: others
                .map(|(id, answer)| (id, answer.possible.clone()))
                .collect(),
        })
    })
}
