//! What an answer may bring about: that a condition holds, and that nothing which comes before does.

use std::borrow::Cow;

use crate::profile::answers::questions::Questions;
use crate::profile::answers::search::Chosen;
use crate::rule::Truth;
use crate::rule::condition::Cond;

/// Something that a person is given where it holds. What stays open and would come before takes
/// nothing away: only what holds does.
#[derive(Clone)]
pub(super) enum Aim<'o> {
    Is(Cow<'o, Cond>),
    Unless {
        is: Box<Aim<'o>>,
        before: Vec<Aim<'o>>,
    },
}

impl<'o> Aim<'o> {
    pub(super) fn is(condition: &'o Cond) -> Self {
        Self::Is(Cow::Borrowed(condition))
    }

    /// The same, where nothing of this comes before.
    pub(super) fn unless(self, before: Vec<Self>) -> Self {
        if before.is_empty() {
            return self;
        }
        Self::Unless {
            is: Box::new(self),
            before,
        }
    }

    /// The condition itself.
    pub(super) fn condition(&self) -> &Cond {
        match self {
            Self::Is(condition) => condition,
            Self::Unless { is, .. } => is.condition(),
        }
    }

    /// All conditions that it reads.
    pub(super) fn conditions(&self) -> Vec<&Cond> {
        match self {
            Self::Is(condition) => vec![condition],
            Self::Unless { is, before } => {
                let before = before.iter().flat_map(Self::conditions);
                is.conditions().into_iter().chain(before).collect()
            }
        }
    }

    /// Whether it comes about: see [`Questions::comes_out`].
    pub(super) fn comes_out(
        &self,
        questions: &Questions<'_>,
        chosen: &Chosen,
        may: &[bool],
    ) -> Truth {
        match self {
            Self::Is(condition) => questions.comes_out(condition, true, chosen, may),
            Self::Unless { is, before } => {
                let mut truth = is.comes_out(questions, chosen, may);
                for one in before {
                    if truth == Truth::False {
                        break;
                    }
                    truth = truth.and(one.comes_out(questions, chosen, may).not());
                }
                truth
            }
        }
    }

    /// The first question on which it still hangs whether it comes about.
    pub(super) fn open(
        &self,
        questions: &Questions<'_>,
        chosen: &Chosen,
        may: &[bool],
    ) -> Option<usize> {
        if self.comes_out(questions, chosen, may) != Truth::Open {
            return None;
        }
        match self {
            Self::Is(condition) => questions.open(condition, true, chosen, may),
            Self::Unless { is, before } => {
                let mut all = std::iter::once(&**is).chain(before);
                all.find_map(|one| one.open(questions, chosen, may))
            }
        }
    }
}
