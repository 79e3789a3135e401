//! The whole notice, in plain language.

use super::document::{Arg, Block, Document, Say, Section, Words, say};
use super::messages::Key;
use super::protection::Hidden;
use super::{Appeal, Element, Notice};
use crate::fact::{Means, Reason, Source};
use crate::orientation::{
    Certainty, Deadline, Ground, Missing, ProofFact, Proposal, Standing, TrackAnswer, TrackOption,
};
use crate::vocabulary::SchemeId;

/// How many questions a notice lists before it only counts the others.
const QUESTIONS: usize = 8;

/// Digits of a pack's identity that are enough to tell it from others.
const IDENTITY: usize = 12;

pub(super) fn line(said: Say) -> Block {
    Block::Line(said)
}

/// The text that something rests on, and whether it was read.
fn source(text: &str, verified: bool, choice: bool) -> Arg {
    let key = match (verified, choice) {
        (true, _) => return text.into(),
        (false, true) => Key::ToConfirm,
        (false, false) => Key::ToCheck,
    };
    // The author of the pack may have said what is to be confirmed: once is enough.
    if ["à confirmer", "à vérifier"]
        .iter()
        .any(|mark| text.contains(mark))
    {
        text.into()
    } else {
        say(key).with("source", text).into()
    }
}

/// A sentence of the pack ends as one.
pub(super) fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// The rows of a title in a sentence that has its own end.
pub(super) fn within(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

pub(super) fn means(means: Means) -> Key {
    match means {
        Means::Declared => Key::Declared,
        Means::Attested => Key::Attested,
        Means::Assessed => Key::Assessed,
        Means::Computed => Key::Computed,
    }
}

/// What is known of a fact.
fn known(fact: &ProofFact) -> Arg {
    let told = say(Key::Datum)
        .with("label", fact.label.as_str())
        .with("value", Arg::Value(fact.worded.clone(), Words::Plain));
    told.into()
}

fn question(missing: &Missing) -> Say {
    let asked = missing.question.as_deref().unwrap_or_default();
    let reason = match (missing.reason, missing.stale_since) {
        (Reason::NeverAsked | Reason::Declined, _) => None,
        (Reason::Stale, Some(since)) => Some(say(Key::Stale).with("date", since)),
        (Reason::Stale, None) => Some(say(Key::TooOld)),
        (Reason::AskedUnknown, _) => Some(say(Key::NotKnown)),
        (Reason::Disputed, _) => Some(say(Key::Disputed)),
        (Reason::Partial, _) => Some(say(Key::Partial)),
        (Reason::Contradicted, _) => Some(say(Key::Contradicted)),
    };
    match reason {
        None => say(Key::Question).with("question", asked),
        Some(reason) => say(Key::QuestionWhy)
            .with("question", asked)
            .with("reason", reason),
    }
}

/// One of something, or several.
pub(super) fn counted(count: u32, one: Key, many: Key) -> Option<Say> {
    match count {
        0 => None,
        1 => Some(say(one)),
        several => Some(say(many).with("count", several)),
    }
}

impl Appeal {
    /// What can be asked of the court, and within how long.
    fn before_court(&self) -> Vec<Say> {
        let of = |key| say(key).with("court", self.court.as_str());
        let court = match (self.court_within, &self.court_from) {
            (Some(term), Some(event)) => of(Key::AppealCourtFrom)
                .with("term", term)
                .with("event", event.as_str()),
            (Some(term), None) => of(Key::AppealCourtWithin).with("term", term),
            (None, _) if self.silence.is_some() => of(Key::AppealCourtOpen),
            (None, _) => of(Key::AppealCourt),
        };
        let mut row = vec![court.telling(Element::Court)];
        if !self.required {
            let direct = match self.court_within {
                Some(term) => of(Key::AppealDirect).with("term", term),
                None => say(Key::AppealDirectOpen),
            };
            row.push(direct.telling(Element::Court));
        }
        row
    }
}

impl Notice {
    /// Who gives it, in words.
    pub(super) fn by(&self) -> Arg {
        match &self.author {
            Some(name) => name.as_str().into(),
            None => say(Key::BodyThatDecides).into(),
        }
    }

    pub(super) fn plain(&self) -> Document {
        let orientation = &self.orientation;
        let title = match &self.decision {
            None => say(Key::TitleProposals).with("date", orientation.date),
            Some(decision) => say(Key::TitleDecision).with("date", decision.on),
        };
        let sections = [
            self.decided(),
            self.undecided_track().map(|track| self.track(&track)),
            self.proposed(),
            self.set_aside(Key::AsideHeading, Key::Aside, |winner| {
                !self.is_refused(winner)
            }),
            self.set_aside(Key::AsideAgainHeading, Key::AsideAgain, |winner| {
                self.is_refused(winner)
            }),
            Some(self.data_used()),
            self.unknown(),
            Some(self.who()),
            Some(self.contesting()),
            Some(self.rights()),
        ];
        Document {
            title,
            opening: self.opening(),
            sections: sections.into_iter().flatten().collect(),
        }
    }

    fn opening(&self) -> Vec<Block> {
        let orientation = &self.orientation;
        let mut blocks = vec![line(
            say(Key::From)
                .with("body", self.by())
                .telling(Element::Author),
        )];
        for framework in &orientation.frameworks {
            let title = within(&framework.title);
            blocks.push(line(say(Key::Framework).with("title", title)));
        }
        if self.decision.is_none() {
            blocks.push(line(say(Key::NothingDecided)));
        }
        for standing in &orientation.standing {
            let key = match standing {
                Standing::Minor => Key::Minor,
                Standing::Assisted => Key::Assisted,
                Standing::Represented => Key::Represented,
                // No notice is made.
                Standing::Deceased => continue,
            };
            blocks.push(line(say(key).telling(Element::Assistance)));
        }
        blocks
    }

    fn track(&self, track: &TrackAnswer) -> Section {
        let mut blocks = Vec::new();
        if self.decision.is_some() {
            blocks.push(line(say(Key::NotDecidedYet)));
        }
        let sole = match track.certainty {
            Certainty::Presumed => Some(Key::TrackPresumed),
            Certainty::Certain => Some(Key::TrackOne),
            // The last of several that were possible is no proposal yet.
            Certainty::Open => None,
        };
        if let ([option], Some(key)) = (&*track.options, sole) {
            let head = say(key)
                .with("label", option.label.as_str())
                .with("body", self.named(&option.lead, Key::BodyPrivate))
                .telling(Element::Content);
            blocks.push(Block::Item(head, self.track_reason(option)));
        } else {
            blocks.push(line(say(Key::TrackOpen).telling(Element::Content)));
            let options = track.options.iter().map(|option| {
                let of = say(Key::TrackOne)
                    .with("label", option.label.as_str())
                    .with("body", self.named(&option.lead, Key::BodyPrivate));
                Arg::from(of)
            });
            blocks.push(Block::Points(options.collect()));
            if let Some(meeting) = &track.meeting {
                let head = say(Key::TrackMeeting)
                    .with("title", within(&meeting.title))
                    .with("body", self.named(&meeting.body, Key::BodyPrivate));
                let mut under: Vec<Block> = meeting
                    .deadline
                    .iter()
                    .filter_map(|deadline| self.due(deadline).map(line))
                    .collect();
                let texts = [&meeting.because, &meeting.source];
                if texts.into_iter().any(|text| self.names_private_body(text)) {
                    under.push(line(private_reason(Hidden::Private)));
                } else {
                    let because = sentence(&meeting.because);
                    let why = say(Key::Why).with("because", because);
                    under.push(line(why.telling(Element::Reasons)));
                    let text = source(&meeting.source, meeting.verified, false);
                    under.push(line(say(Key::TextApplied).with("source", text)));
                }
                blocks.push(Block::Item(head, under));
            }
        }
        Section {
            heading: say(Key::TrackHeading),
            blocks,
        }
    }

    /// Why a track, and by which text.
    pub(super) fn track_reason(&self, option: &TrackOption) -> Vec<Block> {
        let texts = [&option.because, &option.source];
        if let Some(hidden) = self.hides_reason(&option.proof, texts) {
            return vec![line(private_reason(hidden))];
        }
        let why = say(Key::Why).with("because", sentence(&option.because));
        let text = source(&option.source, option.verified, false);
        vec![
            line(why.telling(Element::Reasons)),
            line(say(Key::TextApplied).with("source", text)),
        ]
    }

    pub(super) fn due(&self, deadline: &Deadline) -> Option<Say> {
        let said = match deadline {
            // Said without blame: who let it pass is not known here.
            Deadline::On { date } | Deadline::Between { last: date, .. }
                if *date < self.told_on() =>
            {
                say(Key::DuePast).with("date", *date)
            }
            Deadline::On { date } => say(Key::DueOn).with("date", *date),
            Deadline::Between { first, last } => say(Key::DueBetween)
                .with("first", *first)
                .with("last", *last),
            Deadline::Open { label, term, .. } => say(Key::DueOpen)
                .with("term", *term)
                .with("label", label.as_str()),
            // No day is running: there is nothing to tell.
            Deadline::Absent { .. } => return None,
        };
        Some(said.telling(Element::Deadlines))
    }

    /// Every reason once, each as it is told.
    pub(super) fn reasons(
        &self,
        grounds: &[Ground],
        told: impl Fn(&Ground) -> Vec<Block>,
    ) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut hidden = Vec::new();
        for ground in grounds {
            let hides = self.hides_ground(ground);
            match hides {
                None => blocks.extend(told(ground)),
                // Several reasons of one kind are left out in one sentence.
                Some(_) if hidden.contains(&hides) => {}
                Some(hides) => blocks.push(line(private_reason(hides))),
            }
            hidden.push(hides);
        }
        blocks
    }

    /// Numbered among those that are told: a gap would count the others.
    fn proposal(&self, number: u32, proposal: &Proposal) -> Block {
        let key = match proposal.certainty {
            Certainty::Presumed => Key::ProposalPresumed,
            Certainty::Certain | Certainty::Open => Key::Proposal,
        };
        let head = say(key)
            .with("rank", number)
            .with("title", proposal.title.as_str())
            .telling(Element::Content);
        let with = say(Key::With).with("body", self.named(&proposal.body, Key::BodyPrivate));
        let due = self.deadline_of(proposal).and_then(|one| self.due(one));
        let counted = proposal.counted_from;
        let counted = counted.map(|day| say(Key::CountedFrom).with("date", day));
        let told = [with].into_iter().chain(due).chain(counted);
        let mut under = vec![Block::Row(told.collect())];
        under.extend(self.reasons(&proposal.grounds, grounded));
        for rival in &proposal.provisional {
            if self.may_tell(&rival.scheme, &rival.title) {
                let title = within(&rival.title);
                under.push(line(say(Key::Provisional).with("title", title)));
            }
        }
        Block::Item(head, under)
    }

    /// What is proposed; beside a decision, what it leaves open.
    fn proposed(&self) -> Option<Section> {
        let shown = self.undecided();
        let kept_back = self.kept_back();
        let mut blocks: Vec<Block> = (1..)
            .zip(&shown)
            .map(|(number, one)| self.proposal(number, one))
            .collect();
        if shown.is_empty() && kept_back == 0 {
            // All is decided; with danger at home nothing of that may be left to tell.
            if self.decided().is_some() {
                return None;
            }
            blocks.push(line(say(Key::NoProposal).telling(Element::Content)));
        }
        let kept = counted(
            kept_back,
            Key::ProposedPrivately,
            Key::ProposedPrivatelyMany,
        );
        blocks.extend(kept.map(|said| line(said.telling(Element::Content))));
        let heading = match &self.decision {
            None => Key::ProposalsHeading,
            Some(_) => Key::StillOpenHeading,
        };
        Some(Section {
            heading: say(heading),
            blocks,
        })
    }

    /// What was set aside, and not decided, for those of the winners.
    fn set_aside(
        &self,
        heading: Key,
        each: Key,
        of: impl Fn(&SchemeId) -> bool,
    ) -> Option<Section> {
        let mut aside = self.aside();
        aside.retain(|aside| !self.is_decided(&aside.scheme) && of(&aside.winner));
        let told = aside.iter().map(|aside| {
            let said = say(each)
                .with("title", within(&aside.title))
                .with("winner", within(&aside.winner_title))
                .with("because", within(&aside.because))
                .with("source", source(&aside.source, aside.verified, false));
            Arg::from(said)
        });
        (!aside.is_empty()).then(|| Section {
            heading: say(heading),
            blocks: vec![Block::Points(told.collect())],
        })
    }

    fn witness(&self, source: &Source, said_by: Option<&String>) -> Option<Arg> {
        let who = self.who_said(source, said_by, Key::BodyPrivate);
        let mut parts: Vec<Arg> = who.into_iter().collect();
        parts.extend(source.means.map(|how| Arg::from(say(means(how)))));
        parts.extend(
            source
                .on
                .map(|on| Arg::from(say(Key::OnDay).with("date", on))),
        );
        (!parts.is_empty()).then_some(Arg::Row(parts, Key::Comma))
    }

    /// On whose word a fact rests, all of them.
    fn witnesses(&self, fact: &ProofFact) -> Vec<Arg> {
        let first = self.witness(&fact.source, fact.said_by.as_ref());
        let others = fact.others.iter();
        let others = others.filter_map(|other| self.witness(&other.source, other.said_by.as_ref()));
        first.into_iter().chain(others).collect()
    }

    /// Facts that rest on the same words, told together.
    fn grouped(&self, facts: &[&ProofFact]) -> Vec<Arg> {
        let same = |a: &ProofFact, b: &ProofFact| {
            a.presumed == b.presumed
                && (a.presumed || (&a.source, &a.others) == (&b.source, &b.others))
        };
        let mut groups: Vec<Vec<&ProofFact>> = Vec::new();
        for fact in facts {
            let known = groups
                .iter_mut()
                .find(|group| group.first().is_some_and(|first| same(first, fact)));
            match known {
                Some(group) => group.push(fact),
                None => groups.push(vec![fact]),
            }
        }
        // What somebody said comes before what was supposed.
        groups.sort_by_key(|group| group.first().is_some_and(|first| first.presumed));
        let told = groups.iter().filter_map(|group| {
            let first = group.first()?;
            let facts = group.iter().map(|fact| known(fact)).collect();
            let facts = Arg::Row(facts, Key::Semicolon);
            let by = self.witnesses(first);
            let of = if first.presumed {
                say(Key::DataPresumed)
            } else if by.is_empty() {
                say(Key::DataUnsigned)
            } else {
                say(Key::DataFrom).with("witnesses", Arg::Row(by, Key::Semicolon))
            };
            Some(Arg::from(of.with("facts", facts)))
        });
        told.collect()
    }

    fn data_used(&self) -> Section {
        let mut told = Vec::new();
        let mut hidden = Vec::new();
        for fact in self.data() {
            match self.hides_known(fact) {
                None => told.push(fact),
                Some(why) => hidden.push(why),
            }
        }
        let mut blocks = Vec::new();
        if !told.is_empty() {
            blocks.push(Block::Points(self.grouped(&told)));
        }
        for (why, key) in [
            (Hidden::Private, Key::DataPrivate),
            (Hidden::Household, Key::DataOfHousehold),
        ] {
            if hidden.contains(&why) {
                blocks.push(line(say(key)));
            }
        }
        if blocks.is_empty() {
            // What only ruled something out has served as well.
            let key = if self.known {
                Key::DataCompared
            } else {
                Key::NoData
            };
            blocks.push(line(say(key)));
        }
        Section {
            heading: say(Key::DataHeading).telling(Element::Data),
            blocks,
        }
    }

    fn unknown(&self) -> Option<Section> {
        let questions = self.questions();
        let mut blocks = Vec::new();
        if !questions.is_empty() {
            let first = questions.iter().take(QUESTIONS);
            let first = first.map(|missing| Arg::from(question(missing)));
            blocks.push(Block::Points(first.collect()));
            let more = questions.len().saturating_sub(QUESTIONS);
            let more = u32::try_from(more).unwrap_or(u32::MAX);
            blocks.extend(counted(more, Key::UnknownMore, Key::UnknownMoreMany).map(line));
        }
        if self.declined() {
            blocks.push(line(say(Key::Declined)));
        }
        (!blocks.is_empty()).then(|| Section {
            heading: say(Key::UnknownHeading).telling(Element::NotKnown),
            blocks,
        })
    }

    fn who(&self) -> Section {
        let human = match &self.decision {
            None => Key::HumanWillDecide,
            Some(_) => Key::HumanDecided,
        };
        let pack = &self.orientation.pack;
        let identity: String = pack.identity.chars().take(IDENTITY).collect();
        let blocks = [
            say(human)
                .with("body", self.by())
                .telling(Element::HumanDecides),
            say(Key::Algorithm).telling(Element::Algorithm),
            say(Key::Purpose).telling(Element::Purpose),
            say(Key::RulesOnRequest)
                .with("body", self.by())
                .telling(Element::RulesOnRequest),
            say(Key::Cada).telling(Element::DocumentsAuthority),
            say(Key::PackUsed)
                .with("title", within(&pack.title))
                .with("identity", identity),
        ];
        Section {
            heading: say(Key::WhoHeading),
            blocks: blocks.into_iter().map(line).collect(),
        }
    }

    fn contesting(&self) -> Section {
        let intro = match &self.decision {
            None => Key::AppealBefore,
            Some(_) => Key::AppealAfter,
        };
        let mut blocks = vec![line(say(intro))];
        for appeal in &self.appeals {
            let head = say(Key::Appeal)
                .with("about", appeal.about.as_str())
                .with("title", appeal.title.as_str())
                .with("to", appeal.to.as_str())
                .with("source", source(&appeal.source, appeal.verified, false))
                .telling(Element::Appeal);
            let term = say(Key::AppealTerm).with("term", appeal.within);
            let mut row = vec![term.telling(Element::AppealTerm)];
            if appeal.required {
                row.push(say(Key::AppealRequired));
            }
            let silence = appeal.silence;
            row.extend(silence.map(|term| say(Key::AppealSilence).with("term", term)));
            row.extend(appeal.before_court());
            let under = vec![Block::Row(row)];
            blocks.push(Block::Item(head, under));
        }
        Section {
            heading: say(Key::AppealHeading),
            blocks,
        }
    }

    fn rights(&self) -> Section {
        let mut blocks = self.kept();
        blocks.extend([
            line(say(Key::Rights).telling(Element::DataRights)),
            line(say(Key::Objection).telling(Element::Objection)),
            line(
                say(Key::WriteTo)
                    .with("body", self.by())
                    .telling(Element::WhomToWrite),
            ),
        ]);
        let contact = self.contact();
        blocks.extend(contact.map(|contact| line(say(Key::Contact).with("contact", contact))));
        blocks.push(line(say(Key::Cnil).telling(Element::DataAuthority)));
        Section {
            heading: say(Key::RightsHeading),
            blocks,
        }
    }
}

/// A reason, with the rule that gives it.
pub(super) fn grounded(ground: &Ground) -> Vec<Block> {
    let why = say(Key::Why).with("because", sentence(&ground.because));
    let rule = say(Key::RuleApplied)
        .with("title", within(&ground.title))
        .with(
            "source",
            source(&ground.source, ground.verified, ground.choice),
        );
    vec![
        line(why.telling(Element::Reasons)),
        line(rule.telling(Element::Rules)),
    ]
}

pub(super) fn private_reason(hidden: Hidden) -> Say {
    say(match hidden {
        Hidden::Private => Key::GroundPrivate,
        Hidden::Household => Key::GroundOfHousehold,
    })
    .telling(Element::Reasons)
}
