//! What a lint looks at, and how it makes a remark.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::apart::Asked;
use crate::orientation::{Deadline, Orientation};
use crate::pack::engine::InForce;
use crate::pack::error::Errors;
use crate::pack::model::{DecisionTable, Model, Rule, Template, TrackRule};
use crate::pack::{Engine, EngineAt};
use crate::profile::answers::questions::Questions;
use crate::profile::answers::search::{Chosen, Outcome, search};
use crate::review::people::invented::{Expecting, Invented, outcome, outcomes, tracks};
use crate::rule::Truth;
use crate::rule::condition::Cond;
use crate::vocabulary::{Answers, At, Mistake, Period};

/// Answers tried in one search at most.
const TRIES: usize = 20_000;

/// An entry on a day on which it is in force.
pub(super) struct Subject<'e> {
    pub(super) at: EngineAt,
    pub(super) entry: Entry<'e>,
    /// What must hold for the entry to answer.
    pub(super) verdict: Cond,
}

/// A rule or a track rule.
#[derive(Clone, Copy)]
pub(super) enum Entry<'e> {
    Rule(&'e Rule),
    Track(&'e TrackRule),
}

impl<'e> Entry<'e> {
    pub(super) fn place(self) -> (At, &'e Answers) {
        match self {
            Self::Rule(rule) => (rule.at, &rule.answers),
            Self::Track(track) => (track.at, &track.answers),
        }
    }

    pub(super) fn id(self) -> &'e str {
        match self {
            Self::Rule(rule) => rule.id.as_str(),
            Self::Track(track) => track.id.as_str(),
        }
    }

    pub(super) fn because(self) -> &'e Template {
        match self {
            Self::Rule(rule) => &rule.because,
            Self::Track(track) => &track.because,
        }
    }

    pub(super) fn source(self) -> &'e str {
        match self {
            Self::Rule(rule) => &rule.sourced.source,
            Self::Track(track) => &track.sourced.source,
        }
    }
}

impl<'e> Subject<'e> {
    /// The last law in force counts.
    pub(super) fn of_rule(engine: &Engine, period: Period, rule: &'e Rule) -> Option<Self> {
        Self::on_day(engine, engine.days(period).pop()?, rule)
    }

    pub(super) fn on_day(engine: &Engine, on: NaiveDate, rule: &'e Rule) -> Option<Self> {
        let at = engine.at(on);
        let rules = &engine.model().rules;
        let verdict = at.period.rules.iter().find_map(|in_force| {
            let (_, found) = rules.get(in_force.place)?;
            (found.at == rule.at).then(|| in_force.verdict.clone())
        })?;
        Some(Self {
            at,
            entry: Entry::Rule(rule),
            verdict,
        })
    }

    /// A track answers where its condition holds and that of no stronger one.
    pub(super) fn of_track(engine: &Engine, period: Period, track: &'e TrackRule) -> Option<Self> {
        let on = engine.days(period).pop()?;
        let at = engine.at(on);
        let stronger = engine
            .model()
            .tracks
            .iter()
            .filter(|(period, other)| period.contains(on) && other.order < track.order);
        let stronger = stronger
            .filter_map(|(_, other)| other.when.clone())
            .collect();
        let verdict = Cond::And(vec![
            track.when.clone().unwrap_or(Cond::Constant(true)),
            Cond::Not(Box::new(Cond::Or(stronger))),
        ]);
        Some(Self {
            at,
            entry: Entry::Track(track),
            verdict,
        })
    }

    pub(super) fn on(&self) -> NaiveDate {
        self.at.date
    }

    pub(super) fn model(&self) -> &Model {
        self.at.engine.model()
    }

    /// Somebody for whom a condition holds.
    pub(super) fn somebody(&self, cond: &Cond) -> Sought {
        let questions = Questions::new(self.model(), self.on(), &[cond]);
        seek(&questions, &[], |chosen| questions.truth(cond, chosen))
    }
}

/// What a search for a person ends with.
pub(super) enum Sought {
    Found(Invented),
    /// There is nobody.
    Nobody,
    /// Nobody in so many tries: there may be somebody.
    NotIn(usize),
}

impl Sought {
    /// « ne … personne », as sure as the search was.
    pub(super) fn how_sure(&self) -> String {
        match self {
            Self::NotIn(tries) => format!(" (non trouvé en {tries} essais)"),
            Self::Found(_) | Self::Nobody => String::new(),
        }
    }
}

/// Looks for answers; those to the questions of `apart` are chosen by `judge` itself.
pub(super) fn seek(
    questions: &Questions<'_>,
    apart: &[usize],
    judge: impl FnMut(&Chosen) -> Truth,
) -> Sought {
    let mut judge = judge;
    let mut sizes = questions.sizes();
    for place in apart {
        if let Some(size) = sizes.get_mut(*place) {
            *size = 0;
        }
    }
    match search(&sizes, TRIES, &mut judge) {
        Outcome::Found(chosen) => Sought::Found(person(questions, &chosen)),
        Outcome::Never(_) if questions.whole => Sought::Nobody,
        Outcome::Never(tries) | Outcome::NotFound(tries) => Sought::NotIn(tries),
    }
}

/// The person who gives these answers.
pub(super) fn person(questions: &Questions<'_>, chosen: &Chosen) -> Invented {
    let told = questions.told(chosen);
    Invented {
        told: told
            .map(|(id, answer)| (id, answer.knowledge.clone()))
            .collect(),
    }
}

/// What is remarked of a fact, and somebody who shows it.
pub(super) struct Shown {
    pub(super) fact: Box<str>,
    pub(super) message: String,
    pub(super) person: Invented,
}

/// Makes remarks, unless their entry answers them.
pub(super) struct Lens<'e> {
    engine: &'e Engine,
    errors: Errors,
    /// Places of the answers that were of use.
    used: BTreeSet<At>,
    /// What the rules in force on a day ask at a glance.
    asked: BTreeMap<(NaiveDate, usize), Asked>,
    /// Names given to examples so far.
    named: BTreeMap<String, usize>,
}

impl<'e> Lens<'e> {
    pub(super) fn new(engine: &'e Engine) -> Self {
        Self {
            engine,
            errors: Errors::default(),
            used: BTreeSet::new(),
            asked: BTreeMap::new(),
            named: BTreeMap::new(),
        }
    }

    /// Whether two rules in force on a day exclude each other at a glance.
    pub(super) fn excludes(
        &mut self,
        at: &EngineAt,
        one: &InForce<Rule>,
        other: &InForce<Rule>,
    ) -> bool {
        let tables = &self.engine.model().tables;
        for rule in [one, other] {
            let asked = self.asked.entry((at.date, rule.place));
            asked.or_insert_with(|| Asked::new(&rule.verdict, tables, at.date));
        }
        let asked = |rule: &InForce<Rule>| self.asked.get(&(at.date, rule.place));
        match (asked(one), asked(other)) {
            (Some(one), Some(other)) => one.excludes(other),
            _ => false,
        }
    }

    /// A remark on an entry, shown by a person.
    pub(super) fn remark(
        &mut self,
        subject: &Subject<'_>,
        remark: Mistake,
        message: String,
        person: Option<&Invented>,
    ) {
        let (at, answers) = subject.entry.place();
        if self.is_answered(remark, answers) {
            return;
        }
        let example = person.and_then(|person| self.example(subject, remark, person));
        self.errors.remark(remark, at, message, example);
    }

    /// Remarks on an entry, or on a scheme that the subject proposes, each about a fact and
    /// shown by a person. Where there are several, an answer says which it is about: what
    /// answers for an age says nothing of a nationality.
    pub(super) fn remark_on_facts(
        &mut self,
        subject: &Subject<'_>,
        (at, answers): (At, &Answers),
        remark: Mistake,
        found: &[Shown],
    ) {
        let facts: BTreeSet<&str> = found.iter().map(|shown| &*shown.fact).collect();
        let alone = facts.len() < 2;
        let answer = |about: Option<&str>| {
            let mut answers = answers.iter().filter(|answer| answer.remark == remark);
            answers.find(|answer| answer.about.as_deref() == about)
        };
        let general = answer(None);
        for shown in found {
            let answered = answer(Some(&shown.fact)).or(general.filter(|_| alone));
            self.used
                .extend(answered.or(general).map(|answer| answer.at));
            if answered.is_some() {
                continue;
            }
            let mut message = shown.message.clone();
            if general.is_some() {
                message = format!(
                    "{message} ; la réponse ne dit pas pour quel fait elle vaut : écrivez `answers.{} = {{ \"{}\" = \"…\" }}`",
                    remark.code(),
                    shown.fact
                );
            }
            let example = self.example(subject, remark, &shown.person);
            self.errors.remark(remark, at, message, example);
        }
    }

    fn is_answered(&mut self, remark: Mistake, answers: &Answers) -> bool {
        let mut answers = answers.iter().filter(|answer| answer.remark == remark);
        answers.next().is_some_and(|answer| {
            self.used.insert(answer.at);
            true
        })
    }

    /// The same, on a table whose rows propose some schemes.
    pub(super) fn remark_on_table(
        &mut self,
        at: &EngineAt,
        table: &DecisionTable,
        schemes: &[&str],
        remark: Mistake,
        (message, person): (String, &Invented),
    ) {
        if self.is_answered(remark, &table.answers) {
            return;
        }
        let example = self.orientation(at, person).map(|orientation| {
            let lines = outcomes(&orientation, schemes);
            self.written(at, &table.id, remark, person, &lines)
        });
        self.errors.remark(remark, table.at, message, example);
    }

    /// The person as an example that says what comes out today.
    fn example(
        &mut self,
        subject: &Subject<'_>,
        remark: Mistake,
        person: &Invented,
    ) -> Option<String> {
        let orientation = self.orientation(&subject.at, person)?;
        let mut lines = Vec::new();
        match subject.entry {
            Entry::Rule(rule) => {
                let network = &subject.model().network;
                let scheme = network.scheme_id(rule.scheme).as_str();
                lines.push(outcome(&orientation, scheme));
                let proposal = orientation.proposal(scheme);
                if let (Mistake::UnmetDeadline, Some(Deadline::On { date })) = (
                    remark,
                    proposal.and_then(|proposal| proposal.deadline.as_ref()),
                ) {
                    lines.push(format!("deadline = {{ {scheme} = {date} }}"));
                }
            }
            Entry::Track(_) => lines.push(tracks(&orientation)?),
        }
        Some(self.written(&subject.at, subject.entry.id(), remark, person, &lines))
    }

    fn orientation(&self, at: &EngineAt, person: &Invented) -> Option<Orientation> {
        let profile = person.profile(self.engine, at.date)?;
        at.orient_whole(&profile).ok()
    }

    /// The person as an example of these lines, under a name of its own.
    fn written(
        &mut self,
        at: &EngineAt,
        entry: &str,
        remark: Mistake,
        person: &Invented,
        lines: &[String],
    ) -> String {
        let model = at.engine.model();
        let mut id = format!("{entry}-{}", remark.code().to_lowercase());
        let before = self.named.entry(id.clone()).or_default();
        *before = before.saturating_add(1);
        if *before > 1 {
            id = format!("{id}-{before}");
        }
        let expecting = Expecting {
            id: &id,
            title: &person.in_french(model, at.date),
            at: at.date,
            lines,
        };
        person.example(&model.dictionary, &expecting)
    }

    /// All remarks, and the answers to remarks that nobody makes.
    pub(super) fn finish(mut self) -> Errors {
        let model = self.engine.model();
        let of_rules = model.rules.iter().map(|(_, rule)| &rule.answers);
        let of_tracks = model.tracks.iter().map(|(_, track)| &track.answers);
        let schemes = model.network.schemes.iter();
        let of_schemes =
            schemes.flat_map(|dated| dated.versions.iter().map(|(_, scheme)| &scheme.answers));
        let of_tables = model.decisions.iter().map(|(_, table)| &table.answers);
        let all = of_rules.chain(of_tracks).chain(of_schemes).chain(of_tables);
        for answer in all.flatten() {
            // What the examples leave untried is answered elsewhere.
            if answer.remark.code().starts_with('L') && !self.used.contains(&answer.at) {
                let message = format!("la remarque {} n'est pas faite ici", answer.remark.code());
                self.errors
                    .remark(Mistake::AnswersNothing, answer.at, message, None);
            }
        }
        self.errors
    }
}
