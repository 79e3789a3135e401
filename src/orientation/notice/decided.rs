//! What was decided, each thing once, and what a decision leaves open.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::document::{Block, Say, Section, say};
use super::messages::Key;
use super::plain::{counted, grounded, line, private_reason, sentence, within};
use super::{Element, Notice};
use crate::orientation::decision::{Answer, Choice, DepartureReason, Subject};
use crate::orientation::{Certainty, Proposal, TrackAnswer, TrackOption};
use crate::vocabulary::{Code, SchemeId};

/// The reason for which a professional departed from what was proposed, in plain words and in easy
/// ones: what was accepted in its place is told as a yes.
pub(super) fn departure(reason: DepartureReason, accepted: bool) -> (Key, Key) {
    use DepartureReason as R;
    match (reason, accepted) {
        (R::PersonWishes, false) => (Key::PersonWishes, Key::EasyPersonWishes),
        (R::PersonWishes, true) => (Key::ChosenByPerson, Key::EasyChosenByPerson),
        (R::FactsDiffer, false) => (Key::FactsDiffer, Key::EasyFactsDiffer),
        (R::FactsDiffer, true) => (Key::ChosenByFacts, Key::EasyChosenByFacts),
        (R::MoreKnown, _) => (Key::MoreKnown, Key::EasyMoreKnown),
        (R::NotAvailable, false) => (Key::NotAvailable, Key::EasyNotAvailable),
        (R::NotAvailable, true) => (Key::ChosenNotAvailable, Key::EasyChosenNotAvailable),
        (R::AlreadyTried, false) => (Key::AlreadyTried, Key::EasyAlreadyTried),
        (R::AlreadyTried, true) => (Key::ChosenAlreadyTried, Key::EasyChosenAlreadyTried),
        (R::TooEarly, false) => (Key::TooEarly, Key::EasyTooEarly),
        (R::TooEarly, true) => (Key::ChosenTooEarly, Key::EasyChosenTooEarly),
        (R::BetterSuited, false) => (Key::BetterSuited, Key::EasyBetterSuited),
        (R::BetterSuited, true) => (Key::ChosenBetterSuited, Key::EasyChosenBetterSuited),
        (R::NotEligible, false) => (Key::NotEligible, Key::EasyNotEligible),
        (R::NotEligible, true) => (Key::ChosenNotEligible, Key::EasyChosenNotEligible),
        (R::Other, _) => (Key::OtherReason, Key::EasyOtherReason),
    }
}

/// What stands in the answer about one subject.
pub(super) enum Behind<'n> {
    /// The proposals of the scheme that are told, one for each body.
    Proposals(Vec<&'n Proposal>),
    /// The track with each body that may lead it.
    Track(Vec<&'n TrackOption>),
}

impl Notice {
    /// The day on which it is told: that of the decision, where there is one.
    pub(super) fn told_on(&self) -> NaiveDate {
        let decision = self.decision.as_ref();
        decision.map_or(self.orientation.date, |decision| decision.on)
    }

    fn choices(&self) -> impl Iterator<Item = &Choice> {
        self.decision.iter().flat_map(|one| &one.choices)
    }

    /// Whether something was answered about a scheme.
    pub(super) fn is_decided(&self, scheme: &SchemeId) -> bool {
        let mut choices = self.choices();
        choices.any(|choice| matches!(&choice.subject, Subject::Scheme(id) if id == scheme))
    }

    /// Whether a scheme was refused: it passes before nothing.
    pub(super) fn is_refused(&self, scheme: &SchemeId) -> bool {
        let mut choices = self.choices();
        choices.any(|choice| {
            choice.answer == Answer::Refused
                && matches!(&choice.subject, Subject::Scheme(id) if id == scheme)
        })
    }

    fn is_track_decided(&self, track: &Code) -> bool {
        let mut choices = self.choices();
        choices.any(|choice| match &choice.subject {
            // One person has one track: whatever is accepted settles the others.
            Subject::Track(code) => choice.answer == Answer::Accepted || code == track,
            Subject::Scheme(_) => false,
        })
    }

    /// The choices that are told by their names, and how many are not.
    pub(super) fn chosen(&self) -> (Vec<(&Choice, &str)>, u32) {
        // What has no title there tells a place.
        let titled = self.choices().filter_map(|choice| {
            let title = self.titles.get(&choice.subject)?;
            Some((choice, title.as_str()))
        });
        let (shown, hidden): (Vec<_>, Vec<_>) =
            titled.partition(|(choice, _)| self.shows_choice(choice));
        (shown, u32::try_from(hidden.len()).unwrap_or(u32::MAX))
    }

    /// The proposals that are told by their names and about which nothing was answered.
    pub(super) fn undecided(&self) -> Vec<&Proposal> {
        let mut shown = self.shown();
        shown.retain(|proposal| !self.is_decided(&proposal.scheme));
        shown
    }

    /// The tracks about which nothing was answered.
    pub(super) fn undecided_track(&self) -> Option<TrackAnswer> {
        let mut track = self.orientation.track.clone()?;
        track
            .options
            .retain(|option| !self.is_track_decided(&option.track));
        (!track.options.is_empty()).then_some(track)
    }

    /// What was answered about, as it had been proposed.
    pub(super) fn behind(&self, choice: &Choice) -> Behind<'_> {
        match &choice.subject {
            Subject::Scheme(scheme) => {
                let mut shown = self.shown();
                shown.retain(|proposal| proposal.scheme == *scheme);
                Behind::Proposals(shown)
            }
            Subject::Track(code) => {
                let track = self.orientation.track.iter();
                let options = track.flat_map(|track| &track.options);
                Behind::Track(options.filter(|option| option.track == *code).collect())
            }
        }
    }

    /// The proposals whose deadlines are told: nobody has to do what was refused or put off.
    pub(super) fn running(&self) -> Vec<&Proposal> {
        let accepted = |proposal: &&Proposal| {
            let mut choices = self.choices();
            choices.any(|choice| {
                choice.answer == Answer::Accepted
                    && matches!(&choice.subject, Subject::Scheme(id) if *id == proposal.scheme)
            })
        };
        let mut shown = self.shown();
        shown.retain(|proposal| !self.is_decided(&proposal.scheme) || accepted(proposal));
        shown
    }

    /// With whom and by when, of what is accepted.
    fn settled(&self, behind: &Behind<'_>) -> Vec<Block> {
        let with = |body| say(Key::With).with("body", self.named(body, Key::BodyPrivate));
        match behind {
            Behind::Proposals(proposals) => {
                let rows = proposals.iter().map(|proposal| {
                    let due = self.deadline_of(proposal).and_then(|one| self.due(one));
                    Block::Row([with(&proposal.body)].into_iter().chain(due).collect())
                });
                rows.collect()
            }
            Behind::Track(options) => {
                let rows = options.iter().map(|option| line(with(&option.lead)));
                rows.collect()
            }
        }
    }

    /// Why it is done, with the rules; else only why it had been proposed: no rule refuses it.
    fn because(&self, behind: &Behind<'_>, accepted: bool) -> Vec<Block> {
        let had_been = |because: &str| {
            let said = say(Key::WasProposed).with("because", sentence(because));
            line(said.telling(Element::Reasons))
        };
        match behind {
            Behind::Proposals(proposals) => {
                let grounds = proposals.iter().map(|proposal| &proposal.grounds);
                let told = grounds.flat_map(|grounds| {
                    if accepted {
                        self.reasons(grounds, grounded)
                    } else {
                        self.reasons(grounds, |ground| vec![had_been(&ground.because)])
                    }
                });
                told.collect()
            }
            // Whoever leads, the reason is the same.
            Behind::Track(options) => match options.first() {
                None => Vec::new(),
                Some(option) if accepted => self.track_reason(option),
                Some(option) => vec![match self
                    .hides_reason(&option.proof, [&option.because, &option.source])
                {
                    Some(hidden) => line(private_reason(hidden)),
                    None => had_been(&option.because),
                }],
            },
        }
    }

    pub(super) fn decided(&self) -> Option<Section> {
        self.decision.as_ref()?;
        let (shown, hidden) = self.chosen();
        let mut blocks = Vec::new();
        for (choice, title) in shown {
            blocks.push(Block::Item(
                self.answer(choice, title),
                self.explained(choice),
            ));
        }
        let kept = counted(hidden, Key::DecidedPrivately, Key::DecidedPrivatelyMany);
        blocks.extend(kept.map(|said| line(said.telling(Element::Content))));
        // With danger at home nothing may be left, and a heading over nothing would tell.
        (!blocks.is_empty()).then(|| Section {
            heading: say(Key::Decided),
            blocks,
        })
    }

    fn answer(&self, choice: &Choice, title: &str) -> Say {
        let until = self.until(choice.answer);
        let key = match choice.answer {
            Answer::Accepted => Key::Accepted,
            Answer::Refused => Key::Refused,
            Answer::Postponed { .. } if until.is_some() => Key::PostponedUntil,
            Answer::Postponed { .. } => Key::Postponed,
            Answer::Other => Key::AnsweredOtherwise,
        };
        let said = say(key)
            .with("title", within(title))
            .telling(Element::Content);
        match until {
            Some(until) => said.with("date", until),
            None => said,
        }
    }

    fn explained(&self, choice: &Choice) -> Vec<Block> {
        let behind = self.behind(choice);
        let accepted = choice.answer == Answer::Accepted;
        let mut under = Vec::new();
        if accepted {
            under.extend(self.settled(&behind));
        }
        if let Some(why) = &choice.departure {
            let (plain, _) = departure(why.reason, accepted);
            let reason = say(Key::Why).with("because", say(plain));
            under.push(line(reason.telling(Element::Reasons)));
            if let Some(text) = self.words_of(choice) {
                under.push(line(say(Key::InWords).with("text", sentence(text))));
            }
        }
        // A rule that may not hold is no reason.
        if !self.was_open(&choice.subject) {
            under.extend(self.because(&behind, accepted));
        }
        under
    }

    /// The words of the professional, where they are told: they may tell anything, a place, a relative.
    pub(super) fn words_of<'c>(&self, choice: &'c Choice) -> Option<&'c str> {
        let words = choice.departure.as_ref()?.text.as_deref();
        words.filter(|_| self.sensitive && !self.restricted)
    }

    /// What of the choices that are told is left to be asked for: a reason that is none until it is
    /// told in words (CRPA L.211-5), an answer that only words say.
    pub(super) fn left_to_ask(&self) -> BTreeSet<Element> {
        let (shown, _) = self.chosen();
        let unsaid = shown
            .into_iter()
            .filter(|(choice, _)| self.words_of(choice).is_none());
        let left = unsaid.flat_map(|(choice, _)| {
            let reason = choice.departure.as_ref().map(|why| why.reason);
            let no_reason = match reason {
                Some(DepartureReason::NotEligible | DepartureReason::Other) => {
                    choice.answer != Answer::Accepted
                }
                Some(_) => false,
                None => choice.answer != Answer::Accepted || self.was_open(&choice.subject),
            };
            let no_answer = choice.answer == Answer::Other;
            let no_reason = no_reason.then_some(Element::Reasons);
            no_reason
                .into_iter()
                .chain(no_answer.then_some(Element::Content))
        });
        left.collect()
    }

    /// Whether it is a track of several that are possible: no rule says yet that it is the one.
    pub(super) fn was_open(&self, subject: &Subject) -> bool {
        let track = self.orientation.track.as_ref();
        matches!(subject, Subject::Track(_))
            && track.is_some_and(|track| track.certainty == Certainty::Open)
    }

    /// The day to which an answer was put off; with danger at home nobody is told when
    /// somebody is where.
    pub(super) fn until(&self, answer: Answer) -> Option<NaiveDate> {
        match answer {
            Answer::Postponed { until } if !self.restricted => until,
            _ => None,
        }
    }
}
