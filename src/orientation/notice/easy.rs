//! The easy-to-read version (FALC): short sentences, one idea each, meant to be read aloud.
//!
//! No article of law and no sentence of a rule stands in it: what is known of the person
//! tells why. Names and facts stand alone on their line.

use std::collections::BTreeMap;

use super::decided::{Behind, departure};
use super::document::{Arg, Block, Document, Say, Section, Words, say};
use super::messages::Key;
use super::plain::sentence;
use super::{Appeal, Element, Notice};
use crate::orientation::decision::{Answer, Subject};
use crate::orientation::{Certainty, Deadline, ProofFact, Proposal, Standing, TrackAnswer};
use crate::pack::EngineAt;
use crate::vocabulary::{Code, FactName, SchemeId};

/// Words of the pack for the easy version, where its own are hard to read.
#[derive(Clone, Default)]
pub(super) struct EasyWords {
    facts: BTreeMap<FactName, String>,
    schemes: BTreeMap<SchemeId, String>,
    tracks: BTreeMap<Code, String>,
}

impl EasyWords {
    fn scheme<'w>(&'w self, scheme: &SchemeId, title: &'w str) -> &'w str {
        self.schemes.get(scheme).map_or(title, |words| words)
    }

    fn track<'w>(&'w self, track: &Code, label: &'w str) -> &'w str {
        self.tracks.get(track).map_or(label, |words| words)
    }
}

impl EngineAt {
    pub(super) fn easy_words(&self) -> EasyWords {
        let model = self.engine.model();
        let facts = model.dictionary.iter();
        let facts = facts.filter_map(|(_, fact)| {
            let easy = fact.easy.as_ref()?;
            Some((fact.name.clone(), easy.to_string()))
        });
        let network = &model.network;
        let schemes = network.scheme_ids.iter().zip(&network.schemes);
        let schemes = schemes.filter_map(|(id, dated)| {
            let dated = dated.at(self.date).or_else(|| dated.last())?;
            Some((id.clone(), dated.easy.as_ref()?.to_string()))
        });
        let tracks = model.standing.track.map(|id| model.dictionary.fact(id));
        let codes = tracks.and_then(|fact| fact.kind.nomenclature());
        let tracks = codes.into_iter().flat_map(|codes| {
            let easy = |code: &Code| codes.easy(codes.place(code.as_str())?);
            let all = codes.codes();
            all.filter_map(move |code| Some((code.clone(), easy(code)?.to_owned())))
        });
        EasyWords {
            facts: facts.collect(),
            schemes: schemes.collect(),
            tracks: tracks.collect(),
        }
    }
}

/// Things to be asked about that are listed: an interview holds no more.
const QUESTIONS: usize = 5;

fn line(key: Key) -> Block {
    Block::Line(say(key))
}

fn telling(key: Key, element: Element) -> Block {
    Block::Line(say(key).telling(element))
}

fn name(arg: impl Into<Arg>) -> Block {
    Block::Points(vec![arg.into()])
}

/// What can be asked of the court, and within how long.
fn easy_court(appeal: &Appeal) -> Vec<Block> {
    let mut blocks = Vec::new();
    if appeal.required {
        blocks.push(line(Key::EasyAppealFirst));
    }
    let silence = appeal.silence;
    blocks.extend(silence.map(|term| Block::Line(say(Key::EasyAppealSilence).with("term", term))));
    let court = match (appeal.court_within, &appeal.court_from) {
        (Some(term), Some(event)) => say(Key::EasyAppealCourtFrom)
            .with("term", term)
            .with("event", event.as_str()),
        (Some(term), None) => say(Key::EasyAppealCourtWithin).with("term", term),
        (None, _) => say(Key::EasyAppealCourt),
    };
    blocks.push(Block::Line(court.telling(Element::Court)));
    blocks.push(name(appeal.court.as_str()));
    if appeal.court_within.is_none() {
        blocks.push(line(Key::EasyAppealCourtOpen));
    }
    if !appeal.required {
        let direct = match appeal.court_within {
            Some(term) => say(Key::EasyAppealDirect).with("term", term),
            None => say(Key::EasyAppealDirectOpen),
        };
        blocks.push(Block::Line(direct));
    }
    blocks
}

impl Notice {
    pub(super) fn easy(&self) -> Document {
        let title = match &self.decision {
            None => Key::EasyTitleProposals,
            Some(_) => Key::EasyTitleDecision,
        };
        let sections = [
            self.easy_decided(),
            self.undecided_track().map(|track| self.easy_track(&track)),
            self.easy_proposals(),
            self.easy_unknown(),
            Some(self.easy_who()),
            Some(self.easy_appeal()),
            Some(self.easy_data()),
        ];
        Document {
            title: say(title),
            opening: self.easy_opening(),
            sections: sections.into_iter().flatten().collect(),
        }
    }

    fn easy_opening(&self) -> Vec<Block> {
        let mut blocks = vec![
            line(Key::EasyForYou),
            line(Key::EasyReadAloud),
            telling(Key::EasyFrom, Element::Author),
            name(self.by()),
            Block::Line(say(Key::EasyDate).with("date", self.orientation.date)),
        ];
        blocks.push(match &self.decision {
            None => line(Key::EasyNothingDecided),
            Some(decision) => Block::Line(say(Key::EasyDecidedOn).with("date", decision.on)),
        });
        for standing in &self.orientation.standing {
            let keys = match standing {
                Standing::Minor => [Key::EasyMinor, Key::EasyMinorSigns],
                Standing::Assisted => [Key::EasyAssisted, Key::EasyAddressed],
                Standing::Represented => [Key::EasyRepresented, Key::EasyAddressed],
                // No notice is made.
                Standing::Deceased => continue,
            };
            blocks.extend(keys.map(|key| telling(key, Element::Assistance)));
        }
        blocks
    }

    fn easy_decided(&self) -> Option<Section> {
        self.decision.as_ref()?;
        let (shown, hidden) = self.chosen();
        let mut blocks = Vec::new();
        for (choice, title) in shown {
            let answer = match choice.answer {
                Answer::Accepted => say(Key::EasyAccepted),
                Answer::Refused => say(Key::EasyRefused),
                Answer::Postponed { .. } => match self.until(choice.answer) {
                    None => say(Key::EasyPostponed),
                    Some(until) => say(Key::EasyPostponedUntil).with("date", until),
                },
                Answer::Other => say(Key::EasyOtherwise),
            };
            let mut under = vec![
                name(match &choice.subject {
                    Subject::Scheme(scheme) => self.easy.scheme(scheme, title),
                    Subject::Track(code) => self.easy.track(code, title),
                }),
                Block::Line(answer.telling(Element::Content)),
            ];
            let behind = self.behind(choice);
            if choice.answer == Answer::Accepted {
                under.extend(self.easy_settled(&behind));
            }
            match &choice.departure {
                Some(why) => {
                    let accepted = choice.answer == Answer::Accepted;
                    let (_, easy) = departure(why.reason, accepted);
                    under.push(telling(easy, Element::Reasons));
                    if let Some(text) = self.words_of(choice) {
                        under.extend([line(Key::EasyInWords), name(sentence(text))]);
                    }
                }
                None if self.was_open(&choice.subject) => under.push(line(Key::EasyOtherReason)),
                None => under.extend(self.easy_because(&behind)),
            }
            blocks.push(Block::Item(say(Key::EasyAnswerAbout), under));
        }
        if hidden > 0 {
            blocks.push(telling(Key::EasyDecidedPrivately, Element::Content));
        }
        (!blocks.is_empty()).then(|| Section {
            heading: say(Key::EasyDecided),
            blocks,
        })
    }

    fn easy_settled(&self, behind: &Behind<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        match behind {
            Behind::Proposals(proposals) => {
                for proposal in proposals {
                    blocks.extend([
                        line(Key::EasyWith),
                        name(self.named(&proposal.body, Key::EasyBodyPrivate)),
                    ]);
                    let due = self.deadline_of(proposal);
                    blocks.extend(due.and_then(|one| self.easy_due(one)));
                }
            }
            Behind::Track(options) if !options.is_empty() => {
                blocks.push(line(Key::EasyLead));
                let leads = options
                    .iter()
                    .map(|option| self.named(&option.lead, Key::EasyBodyPrivate));
                blocks.push(Block::Points(leads.collect()));
            }
            Behind::Track(_) => {}
        }
        blocks
    }

    fn easy_because(&self, behind: &Behind<'_>) -> Vec<Block> {
        match behind {
            Behind::Proposals(proposals) => {
                let grounds = proposals.iter().flat_map(|one| &one.grounds);
                self.easy_why(grounds.flat_map(|ground| &ground.proof.facts))
            }
            Behind::Track(options) => {
                let proofs = options.iter().take(1);
                self.easy_why(proofs.flat_map(|option| &option.proof.facts))
            }
        }
    }

    fn easy_track(&self, track: &TrackAnswer) -> Section {
        let mut blocks = Vec::new();
        if self.decision.is_some() {
            blocks.push(line(Key::EasyNotDecided));
        }
        // The last of several that were possible is no proposal yet.
        if let ([option], false) = (&*track.options, track.certainty == Certainty::Open) {
            blocks.push(telling(Key::EasyTrackOne, Element::Content));
            blocks.push(name(self.easy.track(&option.track, &option.label)));
            blocks.push(line(Key::EasyLead));
            blocks.push(name(self.named(&option.lead, Key::EasyBodyPrivate)));
            blocks.extend(self.easy_why(option.proof.facts.iter()));
        } else {
            blocks.push(telling(Key::EasyTrackOpen, Element::Content));
            // One track may be led by several bodies.
            let mut labels: Vec<&str> = Vec::new();
            for option in &track.options {
                let label = self.easy.track(&option.track, &option.label);
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
            blocks.push(Block::Points(labels.into_iter().map(Arg::from).collect()));
            if let Some(meeting) = &track.meeting {
                if meeting.body.candidates.len() > 1 {
                    blocks.push(line(Key::EasyMeetingOpen));
                } else {
                    blocks.push(line(Key::EasyMeeting));
                    blocks.push(name(self.named(&meeting.body, Key::EasyBodyPrivate)));
                }
                blocks.extend(meeting.deadline.iter().filter_map(|one| self.easy_due(one)));
            }
        }
        Section {
            heading: say(Key::EasyTrack),
            blocks,
        }
    }

    /// What is known, what is to be checked, and that something is left out.
    fn easy_why<'f>(&self, facts: impl Iterator<Item = &'f ProofFact>) -> Vec<Block> {
        let (mut told, mut presumed, mut hidden) = (Vec::new(), Vec::new(), false);
        let mut seen = Vec::new();
        for fact in facts {
            if seen.contains(&&fact.fact) {
                continue;
            }
            seen.push(&fact.fact);
            if self.hides_known(fact).is_some() {
                hidden = true;
            } else if fact.presumed {
                presumed.push(self.easy_known(fact));
            } else {
                told.push(self.easy_known(fact));
            }
        }
        let mut blocks = Vec::new();
        for (key, points) in [(Key::EasyWhy, told), (Key::EasyPresumed, presumed)] {
            if !points.is_empty() {
                blocks.push(telling(key, Element::Reasons));
                blocks.push(Block::Points(points));
            }
        }
        if hidden {
            blocks.push(telling(Key::EasyPrivate, Element::Reasons));
        }
        // What nothing was needed for has no fact to show.
        if blocks.is_empty() {
            blocks.push(telling(Key::EasyOtherReason, Element::Reasons));
        }
        blocks
    }

    /// What is known of a fact, in the easy words of the pack.
    fn easy_known(&self, fact: &ProofFact) -> Arg {
        let label = self.easy.facts.get(&fact.fact).unwrap_or(&fact.label);
        let told = say(Key::Datum)
            .with("label", label.as_str())
            .with("value", Arg::Value(fact.worded.clone(), Words::Easy));
        told.into()
    }

    fn easy_due(&self, deadline: &Deadline) -> Option<Block> {
        let said = match deadline {
            Deadline::On { date } | Deadline::Between { last: date, .. }
                if *date < self.told_on() =>
            {
                say(Key::EasyDuePast).with("date", *date)
            }
            Deadline::Between { first, .. } if *first < self.told_on() => say(Key::EasyDueOpen),
            // The first of several possible days is the safe one.
            Deadline::On { date } | Deadline::Between { first: date, .. } => {
                say(Key::EasyDue).with("date", *date)
            }
            Deadline::Open { .. } => say(Key::EasyDueOpen),
            Deadline::Absent { .. } => return None,
        };
        Some(Block::Line(said.telling(Element::Deadlines)))
    }

    fn easy_proposal(&self, number: u32, proposal: &Proposal) -> Vec<Block> {
        let key = match proposal.certainty {
            Certainty::Presumed => Key::EasyProposalPresumed,
            Certainty::Certain | Certainty::Open => Key::EasyProposal,
        };
        let head = say(key).with("rank", number).telling(Element::Content);
        let mut under = vec![
            name(self.easy.scheme(&proposal.scheme, &proposal.title)),
            line(Key::EasyWith),
            name(self.named(&proposal.body, Key::EasyBodyPrivate)),
        ];
        let due = self.deadline_of(proposal);
        under.extend(due.and_then(|one| self.easy_due(one)));
        let facts = proposal
            .grounds
            .iter()
            .flat_map(|ground| &ground.proof.facts);
        under.extend(self.easy_why(facts));
        vec![Block::Item(head, under)]
    }

    fn easy_proposals(&self) -> Option<Section> {
        let shown = self.undecided();
        let kept_back = self.kept_back();
        let mut blocks = Vec::new();
        if self.decision.is_some() && !shown.is_empty() {
            blocks.push(line(Key::EasyNotDecided));
        }
        for (number, proposal) in (1..).zip(&shown) {
            blocks.extend(self.easy_proposal(number, proposal));
        }
        if shown.is_empty() && kept_back == 0 {
            if self.easy_decided().is_some() {
                return None;
            }
            blocks.push(telling(Key::EasyNoProposal, Element::Content));
        }
        if kept_back > 0 {
            blocks.push(telling(Key::EasyPrivateProposal, Element::Content));
        }
        let heading = match &self.decision {
            None => Key::EasyProposals,
            Some(_) => Key::EasyStillOpen,
        };
        Some(Section {
            heading: say(heading),
            blocks,
        })
    }

    fn easy_unknown(&self) -> Option<Section> {
        let questions = self.questions();
        let labels = questions.iter().take(QUESTIONS);
        let labels = labels.map(|missing| {
            let label = self.easy.facts.get(&missing.fact);
            label.unwrap_or(&missing.label).as_str().into()
        });
        (!questions.is_empty()).then(|| Section {
            heading: say(Key::EasyUnknown).telling(Element::NotKnown),
            blocks: vec![
                line(Key::EasyWeAsk),
                Block::Points(labels.collect()),
                line(Key::EasyMayDecline),
            ],
        })
    }

    fn easy_who(&self) -> Section {
        let human = match &self.decision {
            None => Key::EasyHumanWillDecide,
            Some(_) => Key::EasyHumanDecided,
        };
        Section {
            heading: say(Key::EasyWho),
            blocks: vec![
                telling(human, Element::HumanDecides),
                name(self.by()),
                telling(Key::EasyAlgorithm, Element::Algorithm),
                telling(Key::EasyPurpose, Element::Purpose),
                telling(Key::EasyDoesNotDecide, Element::HumanDecides),
                telling(Key::EasyRules, Element::RulesOnRequest),
                name(self.by()),
                telling(Key::EasyCada, Element::DocumentsAuthority),
                line(Key::EasyCadaIs),
            ],
        }
    }

    fn easy_appeal(&self) -> Section {
        let mut blocks = match &self.decision {
            None => vec![line(Key::EasyAppealBefore), line(Key::EasyAppealLater)],
            Some(_) => vec![line(Key::EasyAppealAfter)],
        };
        for appeal in &self.appeals {
            let term: Say = say(Key::EasyAppealTerm).with("term", appeal.within);
            let mut under = vec![
                name(appeal.about.as_str()),
                telling(Key::EasyAppealTo, Element::Appeal),
                name(appeal.to.as_str()),
                Block::Line(term.telling(Element::AppealTerm)),
                line(Key::EasyAppealStart),
            ];
            under.extend(easy_court(appeal));
            blocks.push(Block::Item(say(Key::EasyAppealAbout), under));
        }
        blocks.push(line(Key::EasyHelp));
        Section {
            heading: say(Key::EasyAppeal),
            blocks,
        }
    }

    fn easy_data(&self) -> Section {
        // Who it is: by name, the person, or not to be named.
        type Told<'n> = (Option<&'n String>, bool, bool);
        let mut sources: Vec<(Told<'_>, Arg)> = Vec::new();
        let told = |fact: &&ProofFact| self.hides_known(fact).is_none();
        for fact in self.data().into_iter().filter(told) {
            let first = [(&fact.source, fact.said_by.as_ref())];
            let others = fact.others.iter();
            let others = others.map(|other| (&other.source, other.said_by.as_ref()));
            for (source, said_by) in first.into_iter().chain(others) {
                let person = source.by.as_ref().is_some_and(|by| by.as_str() == "person");
                let unnamed = self.said_by_unnamed(source);
                // Several that are not named are told once.
                let of = (said_by.filter(|_| !unnamed), person, unnamed);
                if sources.iter().any(|(known, _)| *known == of) {
                    continue;
                }
                if let Some(who) = self.who_said(source, said_by, Key::EasyBodyPrivate) {
                    sources.push((of, who));
                }
            }
        }
        let mut blocks = Vec::new();
        if !sources.is_empty() {
            blocks.push(line(Key::EasySources));
            let names = sources.into_iter().map(|(_, who)| who);
            blocks.push(Block::Points(names.collect()));
        }
        blocks.extend(self.easy_kept());
        blocks.extend([
            telling(Key::EasyRead, Element::DataRights),
            line(Key::EasyCorrect),
            line(Key::EasyErase),
            line(Key::EasyLimit),
            telling(Key::EasyObject, Element::Objection),
            telling(Key::EasyWriteTo, Element::WhomToWrite),
            name(self.by()),
        ]);
        blocks.extend(self.contact().map(name));
        blocks.extend([
            telling(Key::EasyCnil, Element::DataAuthority),
            line(Key::EasyCnilIs),
        ]);
        Section {
            heading: say(Key::EasyData).telling(Element::Data),
            blocks,
        }
    }
}
