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

    /// Whether it comes out as wanted: see [`Questions::comes_out`].
    pub(super) fn comes_out(
        &self,
        questions: &Questions<'_>,
        wanted: bool,
        chosen: &Chosen,
        may: &[bool],
    ) -> Truth {
        match self {
            Self::Is(condition) => questions.comes_out(condition, wanted, chosen, may),
            Self::Unless { is, before } => {
                let mut before = before.iter();
                let none = before.try_fold(Truth::True, |none, one| {
                    let none = none.and(one.comes_out(questions, true, chosen, may).not());
                    (none != Truth::False).then_some(none)
                });
                let none = none.unwrap_or(Truth::False);
                let is = is.comes_out(questions, wanted, chosen, may);
                if wanted {
                    is.and(none)
                } else {
                    is.or(none.not())
                }
            }
        }
    }

    /// The first question on which it still hangs whether it comes out as wanted.
    pub(super) fn open(
        &self,
        questions: &Questions<'_>,
        wanted: bool,
        chosen: &Chosen,
        may: &[bool],
    ) -> Option<usize> {
        if self.comes_out(questions, wanted, chosen, may) != Truth::Open {
            return None;
        }
        match self {
            Self::Is(condition) => questions.open(condition, wanted, chosen, may),
            Self::Unless { is, before } => {
                let mut before = before.iter();
                let first = is.open(questions, wanted, chosen, may);
                first.or_else(|| before.find_map(|one| one.open(questions, true, chosen, may)))
            }
        }
    }
}
