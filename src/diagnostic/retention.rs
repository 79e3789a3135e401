//! For how long what a body said is used, kept aside, and then gone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Diagnostic, Entry, Erasure, ErasureGround, Scope, UnknownBodyError};
use crate::network::BodyRef;
use crate::pack::EngineAt;
use crate::pack::model::{Model, Retention, Since};
use crate::vocabulary::{BodyId, FactName};

impl Retention {
    /// The last day of active use of what counts from a day; none where that never comes.
    fn used_until(&self, start: NaiveDate) -> Option<NaiveDate> {
        self.active.after(start)
    }

    /// The last day on which it is kept at all.
    fn kept_until(&self, start: NaiveDate) -> Option<NaiveDate> {
        let used = self.used_until(start)?;
        match self.archive {
            Some(archive) => archive.after(used),
            None => Some(used),
        }
    }

    fn is_over(&self, start: NaiveDate, date: NaiveDate) -> bool {
        self.kept_until(start).is_some_and(|until| until < date)
    }

    /// The last day of which what was observed is kept no more on a date.
    fn cut(&self, date: NaiveDate) -> Option<NaiveDate> {
        let used = self.archive.map_or(Some(date), |span| span.before(date))?;
        last_day(self.active.before(used)?, |day| self.is_over(day, date))
    }

    /// Whether what counts from a day is still used on a later one.
    fn is_used(&self, start: NaiveDate, on: NaiveDate) -> bool {
        self.used_until(start).is_none_or(|last| on <= last)
    }

    /// How closely it names a fact: by itself, by its theme, with all others; or not.
    fn names(&self, model: &Model, fact: &FactName) -> Option<u8> {
        if self.themes.is_empty() && self.facts.is_empty() {
            return Some(0);
        }
        let id = model.dictionary.id(fact.as_str())?;
        let theme = model.dictionary.fact(id).theme.as_ref();
        match (
            self.facts.contains(&id),
            theme.is_some_and(|theme| self.themes.contains(theme)),
        ) {
            (true, _) => Some(2),
            (false, true) => Some(1),
            (false, false) => None,
        }
    }

    /// How closely it names a body: by itself, by a role that it ever holds, with all
    /// others; or not.
    pub(crate) fn binds(&self, model: &Model, body: &BodyId) -> Option<u8> {
        if self.by.is_empty() {
            return Some(0);
        }
        let network = &model.network;
        let closeness = |one: &BodyRef| match one {
            BodyRef::Partner(place) => network
                .partners
                .get(place.0)
                .filter(|partner| partner.id.as_str() == body.as_str())
                .map(|_| 2),
            BodyRef::Role(place) => network
                .roles
                .get(place.0)
                .filter(|role| network.holds(body, &role.id, None))
                .map(|_| 1),
        };
        self.by.iter().filter_map(closeness).max()
    }
}

/// The last day of which something is true that is true of all days before: near a guess, as
/// months have several lengths, and there and back ends a few days off.
fn last_day(guess: NaiveDate, is_true: impl Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let mut day = guess;
    while !is_true(day) {
        day = day.pred_opt()?;
    }
    while let Some(next) = day.succ_opt().filter(|next| is_true(*next)) {
        day = next;
    }
    Some(day)
}

/// Days on which a body spoke, each while the word before was still used: the first and the
/// last, and those after one another. Whoever comes back to an archived file opens another.
#[derive(Default)]
struct Follow(Vec<(NaiveDate, NaiveDate)>);

impl Follow {
    fn of(rule: &Retention, days: &BTreeSet<NaiveDate>) -> Self {
        let mut follow = Self::default();
        for day in days {
            match follow.0.last_mut() {
                Some((_, last)) if rule.is_used(*last, *day) => *last = *day,
                _ => follow.0.push((*day, *day)),
            }
        }
        follow
    }

    /// The words in whose time a day is, or which follow it in its own time.
    fn joined_by(&self, rule: &Retention, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        let next = self.0.partition_point(|(_, last)| *last < day);
        let (first, last) = *self.0.get(next)?;
        (first <= day || rule.is_used(day, first)).then_some((first, last))
    }
}

/// The times of a diagnostic on a date.
pub(super) struct Clocks<'d> {
    model: &'d Model,
    date: NaiveDate,
    /// What binds each author, and how closely it names it.
    rules: BTreeMap<&'d BodyId, Vec<(u8, &'d Retention)>>,
    /// The days on which each author observed anything that a rule is for, and did not take it
    /// back: all that the rule is for leaves at once. A word of a later day than the date makes
    /// no difference on it: it follows only what is used until then.
    words: BTreeMap<(&'d BodyId, &'d str), Follow>,
}

impl<'d> Clocks<'d> {
    pub(super) fn new(diagnostic: &'d Diagnostic, model: &'d Model, date: NaiveDate) -> Self {
        let in_force = model.retention.iter();
        let in_force: Vec<&Retention> = in_force
            .filter(|(period, _)| period.contains(date))
            .map(|(_, rule)| rule)
            .collect();
        let mut clocks = Self {
            model,
            date,
            rules: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        if in_force.is_empty() {
            return clocks;
        }
        let retracted = diagnostic.retracted();
        let mut days: BTreeMap<(&BodyId, &str), (&Retention, BTreeSet<NaiveDate>)> =
            BTreeMap::new();
        for (id, entry) in &diagnostic.entries {
            let author = entry.of();
            clocks.rules.entry(author).or_insert_with(|| {
                let binding = in_force.iter();
                binding
                    .filter_map(|rule| Some((rule.binds(model, author)?, *rule)))
                    .collect()
            });
            if !matches!(entry, Entry::Observation(_)) || retracted.contains(id) {
                continue;
            }
            let rule = clocks.rule(author, entry.fact());
            if let Some(rule) = rule.filter(|rule| rule.since == Since::LastWord) {
                let known = days.entry((author, &rule.id));
                let (_, known) = known.or_insert_with(|| (rule, BTreeSet::new()));
                known.insert(entry.observed_on());
            }
        }
        let words = days.into_iter();
        clocks.words = words
            .map(|(key, (rule, days))| (key, Follow::of(rule, &days)))
            .collect();
        clocks
    }

    /// The rule for what a body says of a fact: the one that names the fact most closely, then
    /// the body; of two that do alike, the shorter.
    fn rule(&self, author: &BodyId, fact: &FactName) -> Option<&'d Retention> {
        let rules = self.rules.get(author)?.iter();
        let naming = rules
            .filter_map(|(closely, rule)| Some((rule.names(self.model, fact)?, *closely, *rule)));
        let closest = naming.min_by_key(|(fact, body, rule)| {
            let ends = [rule.used_until(self.date), rule.kept_until(self.date)];
            let ends = ends.map(|end| (end.is_none(), end));
            (Reverse((*fact, *body)), ends, &rule.id)
        });
        closest.map(|(_, _, rule)| rule)
    }

    /// The words by which the time of what a body said on a day counts; none where it counts by
    /// that day alone.
    fn joined_by(
        &self,
        rule: &Retention,
        author: &BodyId,
        observed: NaiveDate,
    ) -> Option<(NaiveDate, NaiveDate)> {
        let words = self.words.get(&(author, &*rule.id))?;
        words.joined_by(rule, observed)
    }

    /// Whether an entry is in active use. What is about a statement is used as long as that: the
    /// times of whoever asks for a rectification make no difference.
    pub(super) fn is_active(&self, entry: &Entry) -> bool {
        self.keeps_in_use(entry.of(), entry.fact(), entry.observed_on())
    }

    /// Whether what a body observed of a fact on a day is in active use.
    pub(super) fn keeps_in_use(&self, author: &BodyId, fact: &FactName, day: NaiveDate) -> bool {
        self.rule(author, fact).is_none_or(|rule| {
            let words = self.joined_by(rule, author, day);
            rule.is_used(words.map_or(day, |(_, last)| last), self.date)
        })
    }

    /// The last day of which what a body observed of a fact is to go.
    fn cut(&self, author: &BodyId, fact: &FactName) -> Option<NaiveDate> {
        let rule = self.rule(author, fact)?;
        let cut = rule.cut(self.date)?;
        match self.joined_by(rule, author, cut) {
            // Words that follow one another go together: only what is before them is due.
            Some((first, last)) if !rule.is_over(last, self.date) => {
                last_day(rule.active.before(first)?, |day| !rule.is_used(day, first))
            }
            _ => Some(cut),
        }
    }
}

impl Diagnostic {
    /// What is in active use on a date, by the `[[retention]]` of the pack: what a view, a
    /// profile, a question and an orientation are made of. Each body's time is its own.
    ///
    /// Together with [`Diagnostic::archive`] it is the whole.
    #[must_use]
    pub fn active(&self, at: &EngineAt) -> Self {
        self.of_use(at, true)
    }

    /// What is out of active use on a date, and not erased yet: for an appeal, for accounts,
    /// and for the person, in hands that the embedder restricts.
    #[must_use]
    pub fn archive(&self, at: &EngineAt) -> Self {
        self.of_use(at, false)
    }

    fn of_use(&self, at: &EngineAt, active: bool) -> Self {
        let clocks = Clocks::new(self, at.engine.model(), at.date);
        let entries = self.entries.iter();
        let wanted = entries.filter(|(_, entry)| clocks.is_active(entry) == active);
        Self {
            person: self.person.clone(),
            entries: wanted.map(|(id, entry)| (*id, entry.clone())).collect(),
            erasures: self.erasures.clone(),
        }
    }

    /// The erasures that are due on a date for what a body said: by fact, up to the last day of
    /// which nothing may be kept any more. Record them, and tell those to whom it was shown.
    ///
    /// A body purges the copy that holds all that it said: time that counts from its last word
    /// is read in what is here. What others ask of it goes with its word; what it asks of others
    /// stays as long as theirs. The last word that there is no danger at home stays, and without one what was
    /// said of it and taken back: what is erased of that fact counts as a danger until somebody denies it.
    ///
    /// ```
    /// use spie::diagnostic::{Diagnostic, Observation, Said};
    /// use spie::fact::Means;
    /// use spie::vocabulary::{BodyId, FactName, PersonRef};
    /// use spie::{Engine, Knowledge, Pack};
    ///
    /// let engine = Engine::new(&Pack::marne()?);
    /// let mut diagnostic = Diagnostic::new(PersonRef::parse("dossier-12")?);
    /// let mission_locale = BodyId::parse("ml-reims")?;
    /// diagnostic.record(&engine, Observation {
    ///     by: mission_locale.clone(),
    ///     means: Means::Declared,
    ///     observed_on: "2025-02-03".parse()?,
    ///     recorded_on: "2025-02-03".parse()?,
    ///     fact: FactName::parse("licence.b")?,
    ///     said: Said::Known(Knowledge::from(true)),
    ///     remark: None,
    /// })?;
    /// // Two years after its last word it is in nobody's use, and kept for appeals.
    /// let archived = engine.at("2027-02-04".parse()?);
    /// assert!(diagnostic.resolve(&archived).facts.is_empty());
    /// assert_eq!(diagnostic.archive(&archived).entries().count(), 1);
    /// assert!(diagnostic.purge(&archived, &mission_locale)?.is_empty());
    /// // Then it goes.
    /// let over = engine.at("2033-01-01".parse()?);
    /// for erasure in diagnostic.purge(&over, &mission_locale)? {
    ///     diagnostic.record_erasure(&over, erasure)?;
    /// }
    /// assert_eq!(diagnostic.entries().count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownBodyError`] for an author that is neither a partner nor a role of the pack.
    pub fn purge(&self, at: &EngineAt, author: &BodyId) -> Result<Vec<Erasure>, UnknownBodyError> {
        UnknownBodyError::unless_known(&at.engine, author)?;
        let clocks = Clocks::new(self, at.engine.model(), at.date);
        let mut earliest: BTreeMap<&FactName, NaiveDate> = BTreeMap::new();
        for entry in self.entries.values().filter(|entry| entry.of() == author) {
            let day = entry.observed_on();
            let known = earliest.entry(entry.fact()).or_insert(day);
            *known = day.min(*known);
        }
        let spared = self.spared_denial(at.engine.model());
        let due = earliest.into_iter().filter_map(|(fact, earliest)| {
            let mut up_to = clocks.cut(author, fact)?;
            if let Some((_, denied)) = spared.filter(|(flag, _)| *flag == fact) {
                up_to = up_to.min(denied?.pred_opt()?);
            }
            (earliest <= up_to).then(|| Erasure {
                by: author.clone(),
                scope: Scope::Fact(fact.clone()),
                up_to,
                recorded_on: at.date,
                ground: ErasureGround::Retention,
            })
        });
        Ok(due.collect())
    }
}
